"""One file's way from bytes to result. A bad file is a result with a reason, never an exception."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfxl import bounds, resources
from perfxl.bounds import MOST_ROWS
from perfxl.errors import ConfigError, LedgerError, Locked, PerfxlError, TooLarge, UsageError
from perfxl.files import intake, ownership, place
from perfxl.files.find import Source
from perfxl.forms import read as reader
from perfxl.forms.model import MONITORING, TARGETS, Form
from perfxl.forms.words import vocabulary
from perfxl.forms.words.vocabulary import Vocabulary
from perfxl.grid import load
from perfxl.grid.document import Document
from perfxl.jobs import limits
from perfxl.rules.audit import Audit, audit
from perfxl.rules.conclusion import UNJUDGED, Conclusion
from perfxl.rules.keys import Decided, Decisions, key_of_form
from perfxl.rules.policies import files as policy_files
from perfxl.rules.policies.policy import Policy, get_policy, of_file
from perfxl.sealed import passwords as told
from perfxl.sealed.passwords import NONE, Passwords
from perfxl.sealed.unlock import Opened, unlock
from perfxl.sealed.unpack import Content

if TYPE_CHECKING:
    from perfxl.books.clean import Clean
    from perfxl.books.template.render import TemplateBook


ASIDE = {"aside": True}
"""What a setting is marked with that changes no result."""
SECRET_COPY = "copy-decrypted"  # noqa: S105  # a code
"""The reason why there is no copy of a file that had a password."""


def _policy_workbook(path: Path) -> Mapping[str, Any]:
    from perfxl.books.policy import read  # noqa: PLC0415  # openpyxl, only for workbooks

    return read.content(path)


policy_files.READERS.setdefault(".xlsx", _policy_workbook)
"""A policy workbook among the user's own policies is one of them."""


@dataclass
class Settings:
    """What a run was asked for.

    Attributes:
        policy: of every form: its name, or itself where it came from a file; None: each form's own.
        language: of the copy and the messages.
        words: the user's own vocabulary files.
        policies: a folder of the user's own policies.
        approved: tables of approved targets, read once before the run.
        passwords: what departments told. They go to workers in this, over a pipe, and nowhere else.
        decrypted_copies: whether copies of files that had a password are written, without one.

    What is marked so changes no result: who has it changed need not do everything again.
    """

    policy: str | Policy | None = None
    language: str = "zh"
    words: tuple[Path, ...] = ()
    policies: Path | None = None
    approved: tuple[Form, ...] = ()
    passwords: Passwords = field(default=NONE, metadata=ASIDE)
    decrypted_copies: bool = field(default=False, metadata=ASIDE)

    @classmethod
    def create(
        cls,
        policy: str | Path | None = None,
        language: str = "zh",
        words: Iterable[str | Path] = (),
        passwords: str | Path | None = None,
        *,
        decrypted_copies: bool = False,
    ) -> "Settings":
        """The settings of a run: what was asked for, over what the user keeps in his folder.

        Args:
            policy: name of a policy, or the file that holds one (.xlsx or .toml).
            language: of the copy and the messages.
            words: the user's own vocabulary files.
            passwords: a file of passwords.
            decrypted_copies: whether copies of files that had a password are written.

        Raises:
            UsageError: an unknown policy or language, or a file of passwords that cannot be used.
            ConfigError: a policy cannot be used.
        """
        if language not in resources.LANGUAGES:
            raise UsageError("unknown-language", language=language)
        policies = resources.own_policies()
        more = (*resources.own_words(), *(Path(word) for word in words))
        known = NONE if passwords is None else told.read(passwords)
        return cls(
            asked_policy(policy, policies), language, more, policies,
            passwords=known, decrypted_copies=decrypted_copies,
        )  # fmt: skip

    def vocabulary(self) -> Vocabulary:
        """The words of forms."""
        return vocabulary.load(*self.words)


def policy_file(asked: str | Path | None) -> Path | None:
    """The file of a policy that was asked for by its file; None where it was asked for by its name."""
    path = None if asked is None else Path(asked)
    if path is None or path.suffix.casefold() not in (*place.EDITABLE, ".toml"):
        return None
    return path


def asked_policy(asked: str | Path | None, own: Path | None) -> str | Policy | None:
    """The policy that a user asked for by its name, or by the file that holds it.

    Raises:
        UsageError: there is none of that name. ConfigError: it cannot be used.
    """
    if asked is None:
        return None
    path = policy_file(asked)
    if path is None:
        return get_policy(str(asked), own).id
    if path.suffix.casefold() == ".toml":
        return of_file(resources.toml(path), path.name)
    from perfxl.books.policy import read  # noqa: PLC0415  # openpyxl, only for workbooks

    return read.read(path)


@dataclass
class Result:
    """What became of one file: its forms, or the reason why not.

    Attributes:
        audits: one for each form, where an audit was asked for.
        copy: where the marked copy is. digest: of its bytes. no_copy: why there is none.
        secret: whether the file needed a password that somebody had to tell.
    """

    file: str
    forms: tuple[Form, ...] = ()
    audits: tuple[Audit, ...] = ()
    error: PerfxlError | None = None
    copy: Path | None = None
    digest: str = ""
    no_copy: PerfxlError | None = None
    secret: bool = False


def document(path: Path, name: str, data: bytes | None = None) -> Document:
    """A submitted file; of a marked copy, the file that it was made from.

    A copy that somebody saved again in Excel no longer carries its original; its marks are then
    taken off one by one, and what was changed since stays.

    Args:
        path: where it is.
        name: how it is called.
        data: its bytes, where they have been read already.

    Raises:
        FileError, UsageError: it cannot be read.
    """
    found = load.load_file(path, name) if data is None else load.load(data, name)
    original = None if found.book is None else ownership.restore_submission(found.book)
    return found if original is None else load.load(original, name)


def read_file(
    source: Source, settings: Settings, content: Content = None
) -> tuple[Result, Document | None]:
    """Read a file's forms.

    Args:
        source: the file.
        settings: of the run.
        content: its bytes, where they have been read already, or why they could not be.
    """
    return _opened(_read, source, settings, content)


def audit_file(
    source: Source, settings: Settings, content: Content = None
) -> tuple[Result, Document | None]:
    """Read and audit a file's forms; as `read_file`."""
    return _opened(_judge, source, settings, content)


_Way = Callable[[Source, Settings, bytes | None], tuple[Result, Document | None]]


def _opened(
    way: _Way, source: Source, settings: Settings, content: Content
) -> tuple[Result, Document | None]:
    """Read a file in some way, without its encryption where it has one."""
    if isinstance(content, PerfxlError):
        return Result(source.name, error=content), None
    result, found = way(source, settings, content)
    result.secret = source.secret
    if result.error is None or result.error.code != "encrypted":
        return result, found

    def open_it() -> Opened:
        data = intake.take(source.path)[0] if content is None else content
        return unlock(data, source.path.as_posix(), settings.passwords)

    try:
        opened = limits.run_limited(bounds.OPENING, open_it)
    except Exception as error:  # noqa: BLE001  # one file never stops the others
        return Result(source.name, error=reason_for(error)), None
    result, found = way(source, settings, opened.data)
    result.secret = source.secret or opened.secret
    return result, found


def _read(source: Source, settings: Settings, data: bytes | None) -> tuple[Result, Document | None]:
    words = settings.vocabulary()

    def read() -> tuple[Document, list[Form]]:
        found = document(source.path, source.name, data)
        forms = reader.forms(found.grids, source.name, words)
        if any(len(form.indicators) > MOST_ROWS for form in forms):
            raise TooLarge("too-many-rows", limit=MOST_ROWS)
        return found, forms

    try:
        found, forms = limits.run_limited(bounds.READING, read)
    except Exception as error:  # noqa: BLE001  # one file never stops the others
        return Result(source.name, error=reason_for(error)), None
    return Result(source.name, tuple(forms)), found


def _judge(
    source: Source, settings: Settings, data: bytes | None
) -> tuple[Result, Document | None]:
    def judge() -> tuple[Result, Document | None]:
        result, found = _read(source, settings, data)
        result.audits = tuple(
            audit(form, settings.policy, settings.policies, settings.approved)
            for form in result.forms
        )
        return result, found

    try:
        return limits.run_limited(bounds.READING, judge)
    except Exception as error:  # noqa: BLE001  # one file never stops the others
        return Result(source.name, error=reason_for(error)), None


def refuse_secret(result: Result, settings: Settings) -> None:
    """Refuse to write what a file with a password holds into one without, unless that was asked for.

    Raises:
        Locked: it was not.
    """
    if result.secret and not settings.decrypted_copies:
        raise Locked(SECRET_COPY)


_NOTHING: Decided = {}


def marked_copy(
    result: Result, found: Document, settings: Settings, decided: Decided = _NOTHING
) -> bytes | None:
    """The marked copy's bytes; None with a reason in the result where there can be none.

    Args:
        result: of the file.
        found: the file.
        settings: of the run.
        decided: what people decided of its findings.
    """
    from perfxl import texts  # noqa: PLC0415  # jinja2 only where something is written
    from perfxl.books import marked  # noqa: PLC0415  # likewise

    try:
        refuse_secret(result, settings)
        words = texts.load_texts(settings.language)
        keys = [key_of_form(audit.form) for audit in result.audits]
        decisions = [Decisions(key, decided.get(key, {})) for key in keys]
        return limits.run_limited(
            bounds.MARKING, lambda: marked.mark(found, result.audits, words, decisions)
        )
    except Exception as error:  # noqa: BLE001  # one file never stops the others
        result.no_copy = reason_for(error)
    return None


def clean_copies(
    source: Source, settings: Settings, template: "TemplateBook | None", content: Content = None
) -> "tuple[Result, list[Clean]]":
    """A file audited and filled into the official forms; none with a reason where that fails."""
    result, found = audit_file(source, settings, content)
    if found is None:
        return result, []
    try:
        refuse_secret(result, settings)
        return result, limits.run_limited(
            bounds.MARKING, lambda: _filled(result, found, settings, template)
        )
    except Exception as error:  # noqa: BLE001  # one file never stops the others
        result.no_copy = reason_for(error)
    return result, []


def _filled(
    result: Result, found: Document, settings: Settings, template: "TemplateBook | None"
) -> "list[Clean]":
    from perfxl import texts  # noqa: PLC0415  # jinja2 only where something is written
    from perfxl.books import clean  # noqa: PLC0415  # likewise

    judged = [audit for audit in result.audits if audit.conclusion not in UNJUDGED]
    if len(judged) < len(result.audits):
        left = [audit for audit in result.audits if audit not in judged]
        result.no_copy = PerfxlError(
            "not-filled",
            blank=[audit.form.name for audit in left if audit.conclusion is Conclusion.BLANK],
            monitoring=[audit.form.name for audit in left if audit.form.nature == MONITORING],
            targets=[audit.form.name for audit in left if audit.form.nature == TARGETS],
        )
    if not judged:
        return []
    words = texts.load_texts(settings.language)
    return clean.clean(judged, words, result.file, template, _others(result, found))


def _others(result: Result, found: Document) -> list[str]:
    """The sheets of a file that hold something, but no form."""
    used = {form.sheet_index for form in result.forms}
    return [grid.name for grid in found.grids if grid.cells and grid.index not in used]


_OF_THE_RUN = frozenset({"unknown-policy", "unknown-language", "worker-start"})
"""Mistakes in the call that every file would run into."""


def reason_for(error: Exception) -> PerfxlError:
    """Whatever went wrong with one file, as the reason of that file: it never stops the others.

    Raises:
        UsageError, ConfigError, LedgerError: it is the whole run's (a policy, a vocabulary, the
            ledger) and would be the same for every file.
    """
    if not isinstance(error, PerfxlError):
        return unforeseen(error)
    config = isinstance(error, ConfigError) and error.code.startswith(("policy-", "config-"))
    if config or isinstance(error, LedgerError) or error.code in _OF_THE_RUN:
        raise error
    return error


def unforeseen(error: Exception) -> PerfxlError:
    """An error that nobody thought of, as one that can be told."""
    if isinstance(error, MemoryError):
        return TooLarge("unpacks-too-large")
    return PerfxlError("internal", detail=f"{type(error).__name__}: {error}"[:200])
