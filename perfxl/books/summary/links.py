"""Links from the summary to the marked copies, as the addresses that Excel, WPS and LibreOffice follow."""

import re
from urllib.parse import quote

LONGEST = 2079
"""Excel takes no longer address."""
_ESCAPED = re.compile(r'[%"#<>\[\]`^{}:?*|\\ \x00-\x1f]')
_OF_WHOLE = re.compile(r'[%"#<>\[\]`^{}?*| \x00-\x1f]')
_ELSEWHERE = re.compile(r"[A-Za-z]:[\\/]|[\\/]{2}")


def address(path: str) -> str:
    """A file as the target of a link; a sign that would end the path or change it is escaped.

    Args:
        path: relative to the summary, or a whole path on another drive.
    """
    if not _ELSEWHERE.match(path):
        return _ESCAPED.sub(_quoted, path)
    whole = _OF_WHOLE.sub(_quoted, path.replace("\\", "/"))
    return f"file:{whole}" if whole.startswith("//") else f"file:///{whole}"


def _quoted(sign: re.Match[str]) -> str:
    return quote(sign[0])


def location(sheet: str, cell: str) -> str:
    """A cell of a sheet as a link names it."""
    name = sheet.replace("'", "''")
    return f"'{name}'!{cell}"


def is_linkable(path: str) -> bool:
    """Whether a link can lead to a file: short enough, and of whole characters."""
    try:
        address(path).encode()
    except UnicodeEncodeError:
        return False
    return len(address(path)) <= LONGEST
