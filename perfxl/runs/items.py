"""What a run has to do, found while it runs: files, what is packed in archives, and what the ledger knows of both.

An archive is known by how it looks on the disk. While that is as it was, its members are not unpacked again;
they stand in the ledger under its path and their own names in it.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from perfxl.errors import PerfxlError, TooLarge
from perfxl.files import intake
from perfxl.files.find import Source
from perfxl.files.intake import Stamp
from perfxl.files.names import path_of
from perfxl.jobs import work
from perfxl.jobs.work import Settings
from perfxl.ledger.rows import ARCHIVE, Known
from perfxl.ledger.store import CHUNK, Ledger
from perfxl.runs import run
from perfxl.sealed import unpack
from perfxl.sealed.kinds import archive_kind
from perfxl.sealed.unpack import Content


@dataclass(slots=True)  # frozen, each of 10,000 would take three times as long to make
class Item:
    """A file of a run, or a member of an archive.

    Attributes:
        path: as the ledger knows it.
        known: what the ledger knows of it.
        stamp: of the file on the disk: of a member's archive.
        content: its bytes, or why there are none.
        kept: what the ledger knows is what came of it.
        whole: an archive that was gone through to its end; its members came before.
    """

    source: Source
    path: str
    known: Known | None
    stamp: Stamp | None = None
    content: Content = None
    kept: bool = False
    whole: bool = False


class Items:
    """Goes through files and archives.

    Args:
        ledger: what was done before.
        settings: of the run.
        stands: whether what the ledger knows need not be made again.
    """

    def __init__(self, ledger: Ledger, settings: Settings, stands: Callable[[Known], bool]) -> None:
        self._ledger, self._settings, self._stands = ledger, settings, stands

    def of(self, sources: Sequence[Source]) -> Iterator[Item]:
        """Every item, in the order of the files; each is found when it is asked for."""
        for start in range(0, len(sources), CHUNK):
            chunk = sources[start : start + CHUNK]
            paths = [path_of(source) for source in chunk]
            known = self._ledger.last(paths)
            for source, path in zip(chunk, paths, strict=True):
                try:
                    yield from self._look(source, path, known.get(path))
                except Exception as error:  # noqa: BLE001  # one file never stops the others
                    reason = work.reason_for(error)
                    yield Item(source, path, known.get(path), content=reason)

    def _look(self, source: Source, path: str, known: Known | None) -> Iterator[Item]:
        """A file as an item, or an archive as those of its members."""
        if known is not None and known.stamp is not None and known.stamp == stamp_of(source):
            kept = self._kept(source, known)
            if kept:
                yield from kept
                return
        try:
            data, stamp = intake.take(source.path)
        except PerfxlError as error:
            if isinstance(error, TooLarge) and unpack.is_archive(source.path):
                yield from self._unpacked(source, path, known)
            else:
                yield Item(source, path, known, content=error)
            return
        if archive_kind(io.BytesIO(data)) is None:
            yield Item(source, path, known, stamp, data)
        else:
            del data
            yield from self._unpacked(source, path, known)

    def _kept(self, source: Source, known: Known) -> list[Item]:
        """What the ledger knows of a file that looks as it did; nothing where some of it does not stand."""
        code = known.outcome.code or ""
        if not self._stands(known):
            return []
        if not code.startswith(ARCHIVE):
            return [Item(source, known.path, known, kept=True)]
        inside = [one for one in self._ledger.inside(known.path) if one.stamp == known.stamp]
        if not all(map(self._stands, inside)):
            return []
        items = [Item(_member(source, one), one.path, one, kept=True) for one in inside]
        if code != ARCHIVE:  # something is wrong with it, be it only from a certain place on
            items.append(Item(source, known.path, known, kept=True))
        return items

    def _unpacked(self, source: Source, path: str, known: Known | None) -> Iterator[Item]:
        stamp = intake.stamp(source.path)
        inside = {one.path: one for one in self._ledger.inside(path)}
        whole = True
        for member, content in run.members(source, self._settings):
            if member.path == source.path:
                whole = False
                yield Item(source, path, known, stamp, content)
            else:
                own = path_of(member)
                yield Item(member, own, inside.get(own), stamp, content)
        if whole:
            yield Item(source, path, known, stamp, whole=True)


def _member(archive: Source, known: Known) -> Source:
    """A member of an archive as the ledger knows it."""
    path = Path(known.path)
    inside = path.relative_to(path_of(archive))
    below = archive.below.joinpath(archive.path.name, *inside.parts[:-1])
    # The name of a member may say more than its path, where that could not be used.
    own = known.name.partition(f"{archive.path.name}/")[2] or inside.as_posix()
    return Source(path, f"{archive.name}/{own}", below, within=archive.path)


def stamp_of(source: Source) -> Stamp | None:
    """The stamp of a file, or of the archive that it is in; None where that is not there."""
    try:
        return intake.stamp(source.within or source.path)
    except OSError:
        return None
