"""What was found out of texts, kept: forms say the same again and again, and so do the files of a batch."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
MOST_KNOWN = 16384
"""Maximum number of texts that are kept; then all are forgotten, so that no batch grows without end."""
LONGEST_KEPT = 200
"""A longer text is prose, which nobody says again."""


class Memo(dict[str, T]):
    """Text → what a function says of it, worked out when it is first asked for."""

    def __init__(self, find: Callable[[str], T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, text: str) -> T:
        found = self._find(text)
        if len(text) <= LONGEST_KEPT:
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[text] = found
        return found
