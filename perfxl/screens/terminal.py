"""Text on a terminal: how wide it is, and where its lines break."""

import re
from unicodedata import east_asian_width

_PIECE = re.compile(
    r"\s+|[“（《]*(?:[0-9][0-9.,]* )?(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef“”]+)[，。；：、！？）》”…]*|."
)


def cells(text: str) -> int:
    """Columns of a terminal that a text takes; a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def wrap(text: str, width: int) -> list[str]:
    """A paragraph in lines; Chinese breaks anywhere but before a stop, other words at blanks."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if cells(lines[-1]) + cells(piece.rstrip()) > width and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return lines
