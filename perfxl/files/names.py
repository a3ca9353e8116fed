"""Names of copies: no two files have the same, and no file of anybody's is written over."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from perfxl.files import ownership, place
from perfxl.files.find import Source, printable_path


def path_of(source: Source) -> str:
    """A file's whole path as a text that can be shown and kept."""
    return printable_path(source.path.absolute())


class Names:
    """The names of copies in one folder of results.

    Args:
        folder: the folder.
        owners: which path each copy belongs to that is known from before, and what it was made
            from: copy → (path, digest of the content).
    """

    def __init__(self, folder: Path, owners: Mapping[str, tuple[str, str]] | None = None) -> None:
        self.folder = folder
        self._owners = {place.key(copy): owner for copy, owner in (owners or {}).items()}
        self._inputs: set[str] = set()
        self._given: dict[str, str] = {}

    def begin(self, sources: Iterable[Source]) -> None:
        """A new run: these are the files to read, and no name is given yet."""
        self._inputs = {place.key(source.path.absolute()) for source in sources}
        self._given.clear()

    def belongs(self, copy: Path, path: str) -> bool:
        """Whether a copy is still that of a path and not by now another one's."""
        return self._owners.get(place.key(copy), ("", ""))[0] == path

    def give(self, source: Source, content: str = "") -> Path:
        """The name for a file's copy: the one that it has already, else one that nobody has.

        A copy that somebody saved since may hold his remarks: it is left as it is, and the new one
        has another name. So is the copy of a file that is no longer there, unless it has only been
        moved: it may be all that is left of it.

        Args:
            source: the file.
            content: digest of its bytes.
        """
        path = path_of(source)
        for name in place.names(source):
            target = place.below(self.folder, name, source)
            key = place.key(target.relative_to(self.folder))
            if place.key(target.absolute()) in self._inputs:
                continue
            if self._given.get(key, path) != path or self._is_of_another(key, path, content):
                continue
            if not _is_of_somebody(target):
                break
        self._given[key] = path
        self._owners[key] = path, content
        return target

    def _is_of_another(self, key: str, path: str, content: str) -> bool:
        """Whether a copy belongs to another file, one that is still there or was of another content."""
        owner, made_from = self._owners.get(key, (path, content))
        return owner != path and (made_from != content or is_there(owner))


def is_there(path: str) -> bool:
    """Whether a file is where it was; of one in an archive, whether the archive is."""
    if Path(path).exists():
        return True
    above = next((one for one in Path(path).parents if one.exists()), None)
    return above is not None and above.is_file()


def _is_of_somebody(target: Path) -> bool:
    """Whether there is a file that is no untouched copy of ours; what a killed run left is nobody's."""
    try:
        return bool(target.stat().st_size) and not ownership.is_untouched(target)
    except OSError:
        return False
