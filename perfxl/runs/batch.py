"""A run with a ledger: what was done already is not done again, and each file has one result.

The parent reads every file, so that the bytes that are judged are those whose digest is kept; it
decides the names of all copies, so that no two workers can meet; and it alone writes the ledger. A
copy is there before its entry: a run that is killed in between makes the same copy again.
"""

import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from perfxl import texts
from perfxl.errors import LedgerError, PerfxlError, UsageError
from perfxl.files import intake, lock, place
from perfxl.files.find import Source
from perfxl.files.intake import Stamp
from perfxl.files.names import Names, is_there
from perfxl.jobs import outcome, pool, rulebook, work
from perfxl.jobs.job import Answer, Task, digest
from perfxl.jobs.limits import Limits
from perfxl.jobs.outcome import FormOutcome, Outcome
from perfxl.jobs.pool import InlineExecutor, Pool
from perfxl.jobs.work import Settings
from perfxl.ledger import rows as ledger_rows
from perfxl.ledger.rows import ARCHIVE, Entry, Known
from perfxl.ledger.store import Ledger
from perfxl.rules.keys import Decided
from perfxl.runs import decisions, run
from perfxl.runs.decisions import Standing, TakenIn
from perfxl.runs.items import Item, Items, stamp_of
from perfxl.sealed import unpack

LOCKED = frozenset({
    "encrypted", "passwords-wrong", "passwords-too-slow", "member-locked", "member-password", "member-slow",
    "archive-locked", "archive-password",
})  # fmt: skip
"""Reasons that a password may do away with."""
OLE = b"\xd0\xcf\x11\xe0"
"""How a workbook begins that is encrypted itself."""
TRIES = 3
"""How often a file is worked on that changes meanwhile."""
OFTEN, MANY = 1.0, 64
"""Entries are written after so many seconds, or so many of them: what a killed run does again."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file whose bytes were taken."""

    number: int
    source: Source
    path: str
    stamp: Stamp
    content: str
    tries: int = 1
    decided: Decided = field(default_factory=dict)


class Batch:
    """Audits files into one folder of results, now or again and again.

    Args:
        settings: of every run.
        folder: of the results; nobody else may be at work there (`perfxl.files.lock`).
        ledger: what was done before.
        workers: who does the work; not closed here.
        again: do everything, even what did not change.
        records: whether outcomes from the ledger carry their records too.
    """

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        ledger: Ledger,
        workers: Pool | InlineExecutor,
        *,
        again: bool = False,
        records: bool = False,
    ) -> None:
        settings.vocabulary()
        self.settings = settings
        self.folder, self.ledger, self.workers = folder, ledger, workers
        self.again, self.records = again, records
        self.texts = texts.load_texts(settings.language)
        self.rules = rulebook.compute_rulebook(settings)
        ledger.use(self.rules)
        self.names = Names(folder, ledger.owners())
        self._entries: list[Entry] = []
        self._written = time.monotonic()
        self._items = Items(ledger, settings, self._stands)
        # How it is told in the ledger that there is no copy of a file that had a password.
        self._secret = self.texts.error(PerfxlError(work.SECRET_COPY))
        self._running: dict[str, list[_Taken]] = {}
        self._begun: dict[int, _Taken] = {}
        self._models: dict[str, tuple[Known, Known]] = {}
        self._contents = set() if again else ledger.contents(self.rules.digest)
        self.taken_in = TakenIn()
        self._standing = Standing(ledger)

    def run(self, sources: Sequence[Source]) -> Generator[Outcome, None, None]:
        """What became of each file, in the order of the files; in the place of an archive, of its members.

        Raises:
            LedgerError: the ledger cannot be written; what is entered stays.
        """
        with closing(self.each(sources)) as found:
            for _, done in found:
                yield done

    def each(self, sources: Sequence[Source]) -> Generator[tuple[Source, Outcome], None, None]:
        """As `run`, each outcome with its file."""
        if sources:
            self.taken_in = decisions.take_in(self.ledger, self.folder, self.texts)
            self._standing = Standing(self.ledger) if self.taken_in.new else self._standing
        self.names.begin(sources)
        self._models.clear()
        self._running.clear()
        self._begun.clear()
        begun: deque[Item] = deque()

        def items() -> Iterator[Item]:
            for item in self._items.of(sources):
                begun.append(item)
                yield item

        try:
            for done in run.in_order(items(), self._begin, self.workers, self._arrived):
                item = begun.popleft()
                if item.whole:
                    self._close(item, done)
                else:
                    yield item.source, done
        finally:
            self.flush()

    def _close(self, item: Item, done: Outcome) -> None:
        """Enter an archive once all of its members are."""
        known = item.known
        same = known is not None and known.outcome.code == ARCHIVE
        again = known.result if known is not None and same and self._stands(known) else None
        self._note(Entry(item.path, item.source.name, item.stamp, done, result=again))

    def flush(self) -> None:
        """Write the entries that are not in the ledger yet."""
        entries, self._entries = self._entries, []
        self._written = time.monotonic()
        try:
            self.ledger.add(entries, self.rules.digest)
            decisions.note_copies(self.ledger, self.folder, entries)
        except LedgerError:
            raise
        except Exception:  # noqa: BLE001  # one of them: which one shows when each goes alone
            for entry in entries:
                self._add_alone(entry)

    def _add_alone(self, entry: Entry) -> None:
        """Enter one file's outcome; one that the database does not take, with that as its reason."""
        try:
            self.ledger.add([entry], self.rules.digest)
        except Exception as error:  # noqa: BLE001  # one file never stops the others
            done = outcome.outcome_of_error(entry.name, work.reason_for(error), self.texts)
            self.ledger.add([Entry(entry.path, entry.name, None, done)], self.rules.digest)

    # ------------------------------------------------------------ one file
    def _begin(self, number: int, item: Item) -> Task | Outcome | None:
        try:
            return self._task_or_outcome(number, item)
        except Exception as error:  # noqa: BLE001  # one file never stops the others
            return self._unread(item.source, item.path, work.reason_for(error), item.known)

    def _task_or_outcome(self, number: int, item: Item) -> Task | Outcome | None:
        source, path, known, data = item.source, item.path, item.known, item.content
        if item.whole:
            return Outcome(source.name, code=ARCHIVE)
        if item.kept and known is not None:
            return self._kept(source, known)
        if isinstance(data, PerfxlError):
            return self._unread(source, path, data, known, item.stamp)
        assert data is not None  # noqa: S101  # what is not kept was taken
        assert item.stamp is not None  # noqa: S101  # likewise
        content = intake.digest(data)
        # The same file may come without the password that its archive had.
        same = source.secret or data.startswith(OLE) or not self._is_secret(known)
        if known is not None and known.content == content and same and self._stands(known):
            copy = known.outcome.copy
            self._note(
                Entry(path, source.name, item.stamp, known.outcome, _text(copy), known.result)
            )
            return self._kept(source, known)
        decided = self._standing.of_forms(() if known is None else known.outcome.forms, source.name)
        taken = _Taken(number, source, path, item.stamp, content, decided=decided)
        if content in self._running:
            self._running[content].append(taken)
            return None
        return self._shared(taken) or self._task(taken, data)

    def _stands(self, known: Known) -> bool:
        """Whether a result need not be made again: same rules, and its copy is still there."""
        if self.again or known.rules != self.rules.digest or not known.outcome.final:
            return False
        if known.outcome.code == ARCHIVE:
            return True
        if self._may_open(known.outcome):
            return False
        copy = known.outcome.copy
        if copy is None:
            return known.outcome.code is not None or known.outcome.no_copy is not None
        try:
            there = (self.folder / copy).stat().st_size > 0
        except OSError:
            return False
        return there and self.names.belongs(copy, known.path)

    def _is_secret(self, known: Known | None) -> bool:
        """Whether there is no copy because the file had a password."""
        return known is not None and known.outcome.no_copy == self._secret

    def _may_open(self, known: Outcome) -> bool:
        """Whether what is told now may open a file that was locked, or have it copied."""
        if known.code in LOCKED:
            return bool(self.settings.passwords)
        return known.no_copy == self._secret and self.settings.decrypted_copies

    def _kept(self, source: Source, known: Known) -> Outcome:
        """The outcome that the ledger has."""
        done = known.outcome
        if self.records and known.result is not None:
            records = self.ledger.records([known.result])[known.result]
            forms = zip(done.forms, records, strict=True)
            done = replace(done, forms=tuple(FormOutcome(one.summary, text) for one, text in forms))
        copy = None if done.copy is None else self.folder / done.copy
        return outcome.copy_for_file(replace(done, copy=copy), source.name)

    def _unread(
        self,
        source: Source,
        path: str,
        error: PerfxlError,
        known: Known | None,
        stamp: Stamp | None = None,
    ) -> Outcome:
        """A file that could not be read; with a stamp where that follows from an archive's content."""
        done = outcome.outcome_of_error(source.name, error, self.texts)
        stamp = stamp if done.final else None
        said = done.code, done.reason
        same = known is not None and (known.outcome.code, known.outcome.reason) == said
        if known is not None and same and stamp is not None and self._stands(known):
            if known.stamp != stamp:
                self._note(Entry(path, source.name, stamp, known.outcome, result=known.result))
            return self._kept(source, known)
        if not same or stamp is not None:
            self._note(Entry(path, source.name, stamp, done))
        return done

    def _task(self, taken: _Taken, data: bytes) -> Task:
        target = self.names.give(taken.source, taken.content)
        task = Task(taken.source, data, target, decided=taken.decided)
        self._running[taken.content] = []
        self._begun[taken.number] = taken
        return task

    def _shared(self, taken: _Taken) -> Outcome | None:
        """The result of another file with the same content; None where this one is to be done itself."""
        if taken.content not in self._contents:
            return None
        try:
            return self._shared_result(taken)
        except Exception as error:  # noqa: BLE001  # one file never stops the others
            work.reason_for(error)  # raised where it is the run's
            return None

    def _shared_result(self, taken: _Taken) -> Outcome | None:
        """The result of the other file, its copy copied, if nobody touched that."""
        model = self._models.get(taken.content)
        shared = None if model is None else self._copied(taken, *model)
        if shared is None:
            self.flush()
            same = self.ledger.of_content(taken.content, self.rules.digest)
            other = self._other(taken, same)
            for known in same:
                shared = self._copied(taken, known, other)
                if shared is not None:
                    holder = replace(known, path=taken.path, name=taken.source.name)
                    self._models[taken.content] = known, other or holder
                    break
        return shared

    def _copied(self, taken: _Taken, known: Known, other: Known | None) -> Outcome | None:
        """A file's outcome after the model of a known one; None where that one's copy is not as it was."""
        copy = known.outcome.copy
        if (self._is_secret(known) and not taken.source.secret) or self._may_open(known.outcome):
            return None
        try:
            if copy is not None:
                data = (self.folder / copy).read_bytes()
                if digest(data) != known.outcome.digest:
                    return None
                target = self.names.give(taken.source, taken.content)
                place.write(target, data)
                copy = target.relative_to(self.folder)
        except (OSError, PerfxlError):
            return None
        same_as = None if other is None or other.path == taken.path else other.name
        done = replace(known.outcome, copy=copy, same_as=same_as, kept=same_as is None)
        entry = Entry(taken.path, taken.source.name, taken.stamp, done, _text(copy), known.result)
        self._note(entry)
        return self._kept(taken.source, replace(known, outcome=done))

    def _other(self, taken: _Taken, same: list[Known]) -> Known | None:
        """Another file that is there and has the content still, the one that came first."""
        others = {one.path: one for one in same if one.path != taken.path and is_there(one.path)}
        there = self.ledger.last(list(others))
        has_still = (
            one
            for path, one in others.items()
            if path in there and there[path].content == taken.content
        )
        return next(has_still, None)

    # ------------------------------------------------------------ what comes back
    def _arrived(self, number: int, answer: Answer) -> list[tuple[int, Outcome]]:
        taken = self._begun.pop(number)
        try:
            return self._entered(taken, answer)
        except Exception as error:  # noqa: BLE001  # one file never stops the others
            reason = work.reason_for(error)
        if isinstance(answer, Outcome) and answer.copy is not None:
            with suppress(OSError):
                answer.copy.unlink()
        finished = [(number, self._unread(taken.source, taken.path, reason, None))]
        followers = self._running.pop(taken.content, [])
        return finished + (self._done_itself(followers[0], followers[1:]) if followers else [])

    def _entered(self, taken: _Taken, answer: Answer) -> list[tuple[int, Outcome]]:
        assert isinstance(answer, Outcome)  # noqa: S101  # no whole results were asked for
        now = stamp_of(taken.source)
        if now is not None and not now.is_same(taken.stamp):
            return self._changed_meanwhile(taken, answer)
        decided = self._standing.of_forms(answer.forms, taken.source.name)
        if answer.copy is not None and decided != taken.decided:
            # Whose form it is shows only now: what was decided of an earlier one stands in its copy too.
            followers = self._running.pop(taken.content)
            return self._done_itself(replace(taken, decided=decided), followers)
        done = replace(answer, content=taken.content)
        copy = _below(done.copy, self.folder)
        self._note(Entry(taken.path, taken.source.name, taken.stamp, done, _text(copy)))
        self._contents.add(taken.content)
        finished = [(taken.number, done)]
        followers = self._running.pop(taken.content)
        for index, follower in enumerate(followers):
            shared = self._shared(follower)
            if shared is None:
                finished += self._done_itself(follower, followers[index + 1 :])
                break
            finished.append((follower.number, shared))
        return finished

    def _changed_meanwhile(self, taken: _Taken, answer: Outcome) -> list[tuple[int, Outcome]]:
        """A file that was written to while it was worked on is worked on again, but not for ever."""
        others = self._running.pop(taken.content)
        if taken.tries < TRIES and taken.source.within is None:
            finished = self._done_itself(replace(taken, tries=taken.tries + 1), [])
        else:
            if answer.copy is not None:
                with suppress(OSError):
                    answer.copy.unlink()
            error = UsageError("file-changing")
            finished = [(taken.number, self._unread(taken.source, taken.path, error, None))]
        return finished + (self._done_itself(others[0], others[1:]) if others else [])

    def _done_itself(self, taken: _Taken, others: list[_Taken]) -> list[tuple[int, Outcome]]:
        """What was to share the result of another file that has none of use is worked on itself."""
        finished = []
        while True:
            try:
                data, stamp = self._taken_again(taken)
                again = replace(taken, stamp=stamp, content=intake.digest(data))
                running = self._running.get(again.content)
                if running is not None:
                    running += [again, *others]
                else:
                    self.workers.submit(again.number, self._task(again, data))
                    self._running[again.content] += others
            except Exception as error:  # noqa: BLE001  # one file never stops the others
                unread = self._unread(taken.source, taken.path, work.reason_for(error), None)
                finished.append((taken.number, unread))
                if not others:
                    return finished
                taken, *others = others
            else:
                return finished

    def _taken_again(self, taken: _Taken) -> tuple[bytes, Stamp]:
        """The bytes of a file once more."""
        source = taken.source
        if source.within is None:
            return intake.take(source.path)
        return unpack.fetch(source, self.settings.passwords), taken.stamp

    def _note(self, entry: Entry) -> None:
        """Keep an entry for the next flush; one that no ledger could take fails here, and alone."""
        if entry.result is None:
            ledger_rows.build_rows(entry)
        self._entries.append(entry)
        if len(self._entries) >= MANY or time.monotonic() - self._written >= OFTEN:
            self.flush()


def _below(path: Path | None, folder: Path) -> Path | None:
    return None if path is None else path.relative_to(folder)


def _text(path: Path | None) -> str | None:
    return None if path is None else path.as_posix()


@contextmanager
def open_batch(
    files: int,
    settings: Settings,
    folder: Path,
    ledger: str | Path | None = None,
    jobs: int | None = None,
    limits: Limits | None = None,
    **how: bool,
) -> Iterator[Batch]:
    """A batch with its folder of results, ledger and workers, all let go in the end.

    Args:
        files: how many there are, about.
        settings: of the run.
        folder: of the results.
        ledger: URL or file; None: the file in the folder of results.
        jobs: how many processes; None: one for each core.
        limits: what one file may cost.
        how: ``again`` and ``records`` of the batch.

    Raises:
        UsageError: another perfxl is at work in the folder, or it cannot be written.
        LedgerError: the ledger cannot be used.
    """
    with lock.alone(folder), closing(Ledger(ledger, folder)) as book:
        workers = pool.workers_for(files, jobs, settings, limits or Limits())
        with closing(workers):
            yield Batch(settings, folder, book, workers, **how)
