"""Text in parts: shared and inline strings, rich text joined, and the escapes of the format."""

import re
from functools import lru_cache

from perfxl.ooxml.parts.canonical_xml import NotCanonical, unescape

MAX_TEXT = 32_767

# The last group: an item that does not end. It takes all the rest, so that its end is sought once.
_ITEM = re.compile(
    rb'<si>(?:<t(?: xml:space="preserve")?>([^<]*)</t></si>|(.*?)</si>|(.*))|<si/>', re.DOTALL
)
_PHONETIC = re.compile(rb"<rPh\b(?:.*?</rPh>|(.*))", re.DOTALL)
_TEXT = re.compile(rb"<t(?:\s[^<>]*)?>([^<]*)</t>")
_OPENED = re.compile(rb"<si[\s>/]")
_ESCAPE = re.compile(r"_x([0-9a-fA-F]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
# What XML 1.0 cannot hold, and the carriage return, which a parser would turn into a line feed.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_SPECIAL = re.compile(_UNWRITABLE.pattern[:-1] + "&<>_]")


def decode_text(raw: bytes) -> str:
    """Character data of a string: entities and ``_xHHHH_`` resolved."""
    text = raw.decode()
    if "&" in text or "\r" in text:
        text = unescape(text)
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def join_runs(body: bytes) -> str:
    """The text of an ``si`` or ``is`` element's content: its runs joined, phonetics left out.

    Raises:
        NotCanonical: phonetics that do not end.
    """
    if b"<rPh" in body:
        body = _PHONETIC.sub(_nothing, body)
    return decode_text(b"".join(_TEXT.findall(body)))


def _nothing(phonetic: re.Match[bytes]) -> bytes:
    if phonetic[1] is not None:
        raise NotCanonical
    return b""


def shared_strings(data: bytes) -> list[str]:
    """The shared strings of a plain part, in order.

    Raises:
        NotCanonical: something that is no string stands among them.

    """
    items = _ITEM.findall(data)
    if len(items) != len(_OPENED.findall(data)) or (items and items[-1][2]):
        raise NotCanonical
    if b"&" in data or b"_x" in data or b"\r" in data:
        return [join_runs(rich) if rich else decode_text(text) for text, rich, _ in items]
    return [join_runs(rich) if rich else text.decode() for text, rich, _ in items]


def xml_text(text: str) -> str:
    """Text escaped for the content of an element or an attribute in double quotes.

    Control characters and lone surrogates, which XML cannot hold, are left out; in a cell use
    `cell_text`.
    """
    text = _UNWRITABLE.sub("", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


@lru_cache(maxsize=4096)
def cell_text(text: str) -> str:
    """Text escaped for a ``t`` element: any reader of the format gets back the same text.

    A text beyond the 32,767 UTF-16 units that a cell holds is cut.
    """
    if len(text) * 2 > MAX_TEXT:
        text = cut(text, MAX_TEXT)
    if _SPECIAL.search(text) is None:
        return text
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;")


def cut(text: str, units: int) -> str:
    """At most so many UTF-16 units of a text; no pair is halved."""
    if len(text) * 2 <= units:
        return text
    encoded = text.encode("utf-16-le", "surrogatepass")
    if len(encoded) <= units * 2:
        return text
    encoded = encoded[: units * 2]
    if 0xD8 <= encoded[-1] <= 0xDB:
        encoded = encoded[:-2]
    return encoded.decode("utf-16-le", "surrogatepass")
