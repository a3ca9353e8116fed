"""The package: parts found by name and by relationship, whatever the writer called them."""

import posixpath
import re
from typing import NamedTuple, Self
from urllib.parse import unquote

from perfxl.errors import NotAWorkbook
from perfxl.ooxml.parts.archive import Archive, Member
from perfxl.ooxml.parts.canonical_xml import attributes, canonical, is_plain, unescape

CONTENT_TYPES = "[Content_Types].xml"
_ENTRY = re.compile(rb"<(Default|Override|Relationship)\b([^<>]*)>")


class Relation(NamedTuple):
    """A relationship.

    Attributes:
        id: of the relationship, as the source part names it.
        kind: the last word of its type: ``worksheet``, ``comments``, …
        type: the full type.
        target: the name of the target part; of an external one, its address.
        external: whether the target lies outside the package.

    """

    id: str
    kind: str
    type: str
    target: str
    external: bool


class Package:
    """An office file as its parts. Part names have no leading slash."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._read: dict[str, bytes] = {}
        self._plain: dict[str, bytes] = {}
        self._relations: dict[str, list[Relation]] = {}
        self.defaults: dict[str, str] = {}
        self.overrides: dict[str, str] = {}
        self._read_content_types()

    @classmethod
    def open(cls, data: bytes) -> Self:
        """Open a package.

        Raises:
            NotAWorkbook, Locked, TooLarge: as `Archive.open`; ``not-an-office-file`` for a zip
                without content types.

        """
        return cls(Archive.open(data))

    @property
    def names(self) -> list[str]:
        """The names of all members, in the file's order."""
        return [member.name for member in self.archive.members]

    def find(self, part: str) -> Member | None:
        """The member that holds a part."""
        return self.archive.find(part)

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises:
            NotAWorkbook: it is not there (``missing-part``) or damaged.

        """
        content = self._read.get(part)
        if content is None:
            member = self.archive.find(part)
            if member is None:
                raise NotAWorkbook("missing-part", part=part)
            content = self._read[part] = self.archive.read(member)
        return content

    def plain(self, part: str) -> bytes:
        """A part, every tag of it in the plain shape (see `perfxl.ooxml.parts.canonical_xml`)."""
        content = self._plain.get(part)
        if content is None:
            content = self.read(part)
            if not is_plain(content):
                content = canonical(content, part)
            self._plain[part] = content
        return content

    def content_type(self, part: str) -> str:
        """The declared type of a part, or an empty text."""
        part = part.casefold()
        return self.overrides.get(part) or self.defaults.get(part.rpartition(".")[2], "")

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to; the package itself is the part of empty name."""
        found = self._relations.get(part)
        if found is None:
            path = relations_path(part)
            found = [] if self.find(path) is None else self._read_relations(part, path)
            self._relations[part] = found
        return found

    def related(self, part: str, kind: str) -> Relation | None:
        """The first relationship of a kind, to a part inside the package."""
        for relation in self.relations(part):
            if relation.kind == kind and not relation.external:
                return relation
        return None

    @property
    def targets(self) -> set[str]:
        """The names, in small letters, of all parts that the listings read so far lead to."""
        return {
            relation.target.casefold()
            for found in self._relations.values()
            for relation in found
            if not relation.external
        }

    def main(self) -> Relation:
        """The relationship to the part that the file is about: the workbook, the document.

        Raises:
            NotAWorkbook: it names none.
        """
        relation = self.related("", "officeDocument")
        if relation is None:
            raise NotAWorkbook("not-an-office-file")
        return relation

    def _read_content_types(self) -> None:
        if self.find(CONTENT_TYPES) is None:
            raise NotAWorkbook("not-an-office-file")
        for tag, text in _ENTRY.findall(self.plain(CONTENT_TYPES)):
            entry = _texts(text)
            kind = entry.get("ContentType", "")
            if tag == b"Default":
                self.defaults[entry.get("Extension", "").casefold()] = kind
            elif tag == b"Override":
                self.overrides[entry.get("PartName", "").lstrip("/").casefold()] = kind

    def _read_relations(self, part: str, path: str) -> list[Relation]:
        found = []
        for _, text in _ENTRY.findall(self.plain(path)):
            entry = _texts(text)
            type_ = entry.get("Type", "")
            target = entry.get("Target", "")
            external = entry.get("TargetMode", "") == "External"
            if not external:
                target = _resolve(part, target)
                member = self.find(target)
                target = member.name if member else target
            kind = type_.rpartition("/")[2]
            found.append(Relation(entry.get("Id", ""), kind, type_, target, external))
        return found


def _texts(tag: bytes) -> dict[str, str]:
    return {key.decode(): unescape(value.decode()) for key, value in attributes(tag).items()}


def relations_path(part: str) -> str:
    """Where the relationships of a part stand."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _resolve(part: str, target: str) -> str:
    target = unquote(target.replace("\\", "/"))
    base = "/" + part.rpartition("/")[0]
    return posixpath.normpath(posixpath.join(base, target)).lstrip("/")


def relative(part: str, target: str) -> str:
    """The target as a part's relationship writes it."""
    return posixpath.relpath("/" + target, "/" + part.rpartition("/")[0])
