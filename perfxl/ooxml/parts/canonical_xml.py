"""One shape of XML: UTF-8, double quotes, the root's namespace unprefixed, no comments.

Nearly every file has it from birth and is scanned as it stands. The others are brought into it
first; no element, attribute or namespace is lost on the way.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

from lxml import etree

from perfxl.bounds import MOST_ATTRIBUTES, MOST_NAMESPACES, MOST_NODES
from perfxl.errors import NotAWorkbook, TooLarge

T = TypeVar("T")
ATTRIBUTES = rb'(?:\s+[\w:.\-]+="[^"<]*")*+\s*+'

_ATTRIBUTE = re.compile(rb'([\w:.\-]+)="([^"]*)"')
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml ([^?]*)\?>)?\s*<(\w[\w.\-]*)(?=[\s/>])")
_ENCODING = re.compile(rb'encoding=["\']([^"\']*)["\']')
_BODY = re.compile(rb"(?:[^<]*+<(?:/[\w:.\-]+\s*+|[\w:.\-]+" + ATTRIBUTES + rb"/?)>)*+\s*")
_OPEN = re.compile(rb"<([\w:.\-]+)(" + ATTRIBUTES + rb")(/?)>")
_LONG_TAG = re.compile(rb"<[^<]{2000,}")
_QUOTED = re.compile(rb"=\s*[\"']")
_PREFIX = re.compile(rb"<([\w.\-]+):")
_SPACE = re.compile(rb"\s*")
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));|&|\r\n?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_DEFAULT_NAMESPACE = re.compile(rb'\sxmlns="([^"]*)"')
_XML = "{http://www.w3.org/XML/1998/namespace}"


class NotCanonical(Exception):
    """A part is not in the plain shape where a scanner relied on it."""


# What a scanner runs into on bytes that are not what they should be: a number that is none, an
# index beyond its list, text in another encoding.
_NOT_AS_EXPECTED = (NotCanonical, ValueError, IndexError)


class Element(NamedTuple):
    """Where an element stands: ``data[start:end]``; its content begins at ``inside``."""

    name: bytes
    attributes: bytes
    start: int
    inside: int
    end: int

    @property
    def empty(self) -> bool:
        """Whether it is written as one closed tag."""
        return self.inside == self.end


def attributes(text: bytes) -> dict[bytes, bytes]:
    """The attributes of a plain tag; values still escaped."""
    return dict(_ATTRIBUTE.findall(text))


def unescape(text: str) -> str:
    """Character data as an XML parser gives it.

    Raises:
        NotCanonical: an entity that XML itself does not know.

    """
    return _ENTITY.sub(_entity, text) if "&" in text or "\r" in text else text


def _entity(match: re.Match[str]) -> str:
    code, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    if code or decimal:
        point = int(code, 16) if code else int(decimal)
        if not 0 < point < 0x110000:
            raise NotCanonical
        return chr(point)
    if match[0] == "&":
        raise NotCanonical
    return "\n"


def children(data: bytes, start: int, end: int) -> list[Element]:
    """The elements directly inside ``data[start:end]``, which holds nothing else.

    Raises:
        NotCanonical: it holds something else.

    """
    found = []
    at = _after_space(data, start)
    while at < end:
        element = element_at(data, at, end)
        found.append(element)
        at = _after_space(data, element.end)
    if at > end:
        raise NotCanonical
    return found


def element_at(data: bytes, at: int, end: int) -> Element:
    """The element whose tag opens at an offset.

    Raises:
        NotCanonical: there is none, or it does not close before the end.

    """
    match = _OPEN.match(data, at, end)
    if match is None:
        raise NotCanonical
    name, attrs, closed = match.groups()
    inside = match.end()
    if closed:
        return Element(name, attrs, at, inside, inside)
    closing = b"</" + name
    depth, position = 1, inside
    while depth:
        close = data.find(closing, position, end)
        if close < 0:
            raise NotCanonical
        depth += _count_open(data, b"<" + name, position, close) - 1
        position = close + len(closing)
        if data[position : position + 1] not in b"> \t\r\n":
            depth += 1  # a longer name that begins the same
    stop = data.find(b">", position, end) + 1
    if not stop:
        raise NotCanonical
    return Element(name, attrs, at, inside, stop)


def _count_open(data: bytes, opening: bytes, start: int, end: int) -> int:
    """How many elements of a name open, and stay open, in a stretch."""
    count = 0
    at = data.find(opening, start, end)
    while at >= 0:
        match = _OPEN.match(data, at, end)
        if match and b"<" + match[1] == opening and not match[3]:
            count += 1
        at = data.find(opening, at + len(opening), end)
    return count


def _after_space(data: bytes, at: int) -> int:
    match = _SPACE.match(data, at)
    return match.end() if match else at


def root(data: bytes) -> Element:
    """The root element of a plain part.

    Raises:
        NotCanonical: the part does not begin like a plain one, or does not end with its root.

    """
    match = _PROLOG.match(data)
    if match is None:
        raise NotCanonical
    encoding = _ENCODING.search(match[1] or b"")
    if encoding and encoding[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}:
        raise NotCanonical
    at = match.start(2) - 1
    tag = _OPEN.match(data, at)
    if tag is None:
        raise NotCanonical
    if tag[3]:
        return Element(tag[1], tag[2], at, tag.end(), tag.end())
    close = data.rfind(b"</" + tag[1] + b">")
    if close < 0 or data[close + len(tag[1]) + 3 :].strip():
        raise NotCanonical
    return Element(tag[1], tag[2], at, tag.end(), close + len(tag[1]) + 3)


def looks_plain(data: bytes) -> bool:
    """Whether nothing in a part is of the kind that only an XML parser should read.

    Tags inside are taken on trust; a scanner that trusts them all asks `is_plain`.
    """
    try:
        top = root(data)
    except NotCanonical:
        return False
    if b"<!" in data or data.find(b"<?", top.start) >= 0:
        return False
    namespace = _DEFAULT_NAMESPACE.search(top.attributes)
    if namespace is None:
        return False
    # The same namespace under a prefix as well: harmless unless an element uses it.
    if data.count(b'"' + namespace[1] + b'"') == 1:
        return True
    twins = re.findall(rb'xmlns:([\w.\-]+)="' + re.escape(namespace[1]) + rb'"', data)
    return not twins or set(twins).isdisjoint(_PREFIX.findall(data))


def is_plain(data: bytes) -> bool:
    """Whether a whole part, tag by tag, is in the plain shape and its text can be decoded."""
    if not looks_plain(data) or _BODY.fullmatch(data, root(data).start) is None:
        return False
    try:
        text = data.decode()
        if "&" in text:
            unescape(text)
    except _NOT_AS_EXPECTED:
        return False
    return True


def parse(data: bytes, part: str) -> Any:
    """The element tree of a part, by a parser that fetches and expands nothing.

    Raises:
        NotAWorkbook: not well-formed, or with a document type, which office files never have.
        TooLarge: more elements and attributes than any part of a form has.

    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    if data.count(b"<") + data.count(b"=") > MOST_NODES:
        raise TooLarge("part-too-large", part=part, size=len(data), limit=MOST_NODES)
    if any(len(_QUOTED.findall(tag)) > MOST_ATTRIBUTES for tag in _LONG_TAG.findall(data)):
        raise NotAWorkbook("damaged-part", part=part)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAWorkbook("damaged-part", part=part) from error
    if cast("Any", tree.getroottree().docinfo).doctype:
        raise NotAWorkbook("doctype", part=part)
    return tree


def canonical(data: bytes, part: str) -> bytes:
    """A part brought into the plain shape.

    Raises:
        NotAWorkbook: as `parse`.

    """
    top = parse(data, part)
    main = etree.QName(top).namespace
    out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']

    # Recursion goes as deep as the part, which libxml2 caps at 256 without huge_tree.
    def write(element: Any, default: str | None, above: _Scope) -> None:
        name = etree.QName(element)
        head = ""
        if element.prefix and name.namespace != main:
            tag = f"{element.prefix}:{name.localname}"
        else:
            tag = name.localname
            if name.namespace != default:
                default = name.namespace
                head = f' xmlns="{_quote(default or "")}"'
        scope = above.at(element.nsmap, part)
        if scope is not above:
            head += "".join(f' xmlns:{p}="{_quote(uri)}"' for p, uri in scope.new.items())
        for key, value in element.attrib.items():
            head += f' {_attribute_name(key, scope.prefixes)}="{_quote(value)}"'
        if not len(element) and not element.text:
            out.append(f"<{tag}{head}/>")
            return
        out.extend((f"<{tag}{head}>", _escape(element.text or "")))
        for child in element:
            if isinstance(child.tag, str):
                write(child, default, scope)
            out.append(_escape(child.tail or ""))
        out.append(f"</{tag}>")

    write(top, None, _Scope({}, {"xml": _XML[1:-1]}))
    return "".join(out).encode()


class _Scope:
    """The prefixes that hold at an element: made where namespaces are declared, shared below."""

    def __init__(self, nsmap: dict[str | None, str], scope: dict[str, str]) -> None:
        self.nsmap, self.scope = nsmap, scope
        self.new: dict[str, str] = {}
        self.prefixes = {uri: prefix for prefix, uri in scope.items()}

    def at(self, nsmap: dict[str | None, str], part: str) -> "_Scope":
        """The scope at an element with these namespaces; itself where they are the same."""
        if nsmap == self.nsmap:
            return self
        if len(nsmap) > MOST_NAMESPACES:
            raise NotAWorkbook("damaged-part", part=part)
        new = {p: uri for p, uri in nsmap.items() if p and self.scope.get(p) != uri}
        below = _Scope(nsmap, self.scope | new)
        below.new = new
        return below


def _attribute_name(key: str, prefixes: dict[str, str]) -> str:
    if key.startswith(_XML):
        return "xml:" + key[len(_XML) :]
    namespace, _, local = key.rpartition("}")
    return f"{prefixes[namespace[1:]]}:{local}" if namespace else local


def _escape(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def _quote(text: str) -> str:
    text = _escape(text).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")


def scan_part(data: bytes, part: str, scan: Callable[[bytes], T]) -> T:
    """What a scanner makes of a part; of its plain shape where it is not born with it.

    Raises:
        NotAWorkbook: as `parse`, and ``damaged-part`` where the scanner fails on the plain shape.

    """
    if looks_plain(data):
        try:
            return scan(data)
        except _NOT_AS_EXPECTED:
            pass
    try:
        return scan(canonical(data, part))
    except _NOT_AS_EXPECTED as error:
        raise NotAWorkbook("damaged-part", part=part) from error
