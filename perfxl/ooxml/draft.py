"""The copy in the making: parts changed, added and removed, and the lists that know of them."""

import re

from perfxl.ooxml.parts.archive import UTF8_NAME, Member, Packed, pack
from perfxl.ooxml.parts.canonical_xml import root
from perfxl.ooxml.parts.package import CONTENT_TYPES, Package, relations_path, relative
from perfxl.ooxml.parts.splice import Splices
from perfxl.ooxml.parts.strings import xml_text

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = re.compile(rb"<Relationship\b[^<>]*?(?:/>|>\s*</Relationship>)")
_OVERRIDE = re.compile(rb"<Override\b[^<>]*?(?:/>|>\s*</Override>)")
_ID = re.compile(rb'\sId="([^"]*)"')
_PART_NAME = re.compile(rb'\sPartName="([^"]*)"')


class Draft:
    """A package with changes on top; the package itself is not touched."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.changed: dict[str, bytes] = {}
        self.removed: set[str] = set()
        # Names of parts that are declared or referred to count as taken, though they are not there.
        self._names = {name.casefold() for name in package.names} | set(package.overrides)
        self._names |= package.targets
        self._relations: dict[str, list[str]] = {}
        self._ids: dict[str, set[str]] = {}
        self._unrelated: dict[str, set[str]] = {}
        self._types: list[str] = []
        self._defaults = dict(package.defaults)
        listing = package.find(CONTENT_TYPES)
        self._listing = listing.name if listing else CONTENT_TYPES

    def put(self, part: str, content: bytes) -> None:
        """Set the content of a part, old or new; an old one keeps the name that the file has for it."""
        member = self.package.find(part)
        self.changed[part if member is None else member.name] = content
        self._names.add(part.casefold())

    def remove(self, part: str) -> None:
        """Leave a part out of the copy."""
        member = self.package.find(part)
        self.removed.add(part if member is None else member.name)

    def fresh(self, pattern: str) -> str:
        """A part name that is not taken: ``xl/comments{}.xml`` → ``xl/comments3.xml``."""
        number = 1
        while pattern.format(number).casefold() in self._names:
            number += 1
        name = pattern.format(number)
        self._names.add(name.casefold())
        return name

    def declare(self, part: str, content_type: str) -> None:
        """State the content type of a new part; one that a listing has already is not told twice."""
        if self.package.overrides.get(part.casefold()) == content_type:
            return
        self._types.append(f'<Override PartName="/{xml_text(part)}" ContentType="{content_type}"/>')

    def declare_suffix(self, part: str, content_type: str) -> None:
        """State the content type of a new part for all of its suffix, where that is free."""
        suffix = part.rpartition(".")[2].casefold()
        known = self._defaults.setdefault(suffix, "")
        if not known:
            self._defaults[suffix] = content_type
            self._types.append(f'<Default Extension="{suffix}" ContentType="{content_type}"/>')
        elif known != content_type:
            self.declare(part, content_type)

    def relate(self, source: str, type_: str, target: str, identifier: str = "") -> str:
        """Add a relationship between parts; its id: the given one in place of the one that has it."""
        ids = self._ids.get(source)
        if ids is None:
            ids = self._ids[source] = {r.id for r in self.package.relations(source)}
        number = len(ids) + 1
        while f"rId{number}" in ids:
            number += 1
        if identifier and identifier in ids:
            self.unrelate(source, identifier)
        identifier = identifier or f"rId{number}"
        ids.add(identifier)
        path = relative(source, target)
        self._relations.setdefault(source, []).append(
            f'<Relationship Id="{xml_text(identifier)}" Type="{type_}" Target="{xml_text(path)}"/>'
        )
        return identifier

    def unrelate(self, source: str, identifier: str) -> None:
        """Remove a relationship."""
        self._unrelated.setdefault(source, set()).add(identifier)

    def unrelate_missing(self, source: str, kind: str) -> None:
        """Remove the relationships of a kind that lead to parts which the file lacks."""
        for relation in self.package.relations(source):
            lacking = not relation.external and self.package.find(relation.target) is None
            if relation.kind == kind and lacking:
                self.unrelate(source, relation.id)

    def finalize(self) -> None:
        """Bring the listings up to date: relationships and content types."""
        for source in dict.fromkeys([*self._relations, *self._unrelated]):
            path = relations_path(source)
            self.put(path, self._with_relations(source, path))
        for part in [*self.removed]:
            path = relations_path(part)
            if self.package.find(path):
                self.remove(path)
        types = self._with_types()
        if types is not None:
            self.put(self._listing, types)

    def _with_relations(self, source: str, path: str) -> bytes:
        new = "".join(self._relations.get(source, ())).encode()
        if self.package.find(path) is None:
            whole = f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}">'.encode()
            return whole + new + b"</Relationships>"
        data = self.package.plain(path)
        splices = Splices(data)
        gone = self._unrelated.get(source, ())
        for match in _RELATION.finditer(data):
            identifier = _ID.search(match[0])
            if identifier and identifier[1].decode() in gone:
                splices.replace(*match.span(), b"")
        if new:
            splices.append_to(root(data), new)
        return splices.result()

    def _with_types(self) -> bytes | None:
        gone = {part.casefold() for part in self.removed}
        if not self._types and not gone & self.package.overrides.keys():
            return None
        data = self.package.plain(CONTENT_TYPES)
        splices = Splices(data)
        for match in _OVERRIDE.finditer(data):
            name = _PART_NAME.search(match[0])
            if name and name[1].decode().lstrip("/").casefold() in gone:
                splices.replace(*match.span(), b"")
        if self._types:
            splices.append_to(root(data), "".join(self._types).encode())
        return splices.result()

    def members(self) -> list[Packed]:
        """The members of the copy: the source's order, new parts behind, content types first."""
        archive = self.package.archive
        old = {member.name for member in archive.members}
        out = []
        for member in archive.members:
            if member.name in self.changed:
                out.append(pack(member.name, self.changed[member.name]))
            elif member.name not in self.removed:
                out.append(Packed(_with_slashes(member), archive.raw(member)))
        out += [pack(name, content) for name, content in self.changed.items() if name not in old]
        out.sort(key=lambda packed: packed.member.name != self._listing)
        return out


def _with_slashes(member: Member) -> Member:
    """The entry of a part whose name some writers spell with backslashes, or with one slash too many before it."""
    if b"\\" not in member.raw_name and not member.raw_name.startswith(b"/"):
        return member
    flags = member.flags if member.name.isascii() else member.flags | UTF8_NAME
    return member._replace(raw_name=member.name.encode(), flags=flags)
