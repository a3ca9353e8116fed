"""What one archive may cost, with all that is packed inside it."""

import time

from perfxl import bounds
from perfxl.errors import TooLarge


class Budget:
    """Counts what comes out of an archive on the disk, whatever its directories say."""

    def __init__(self) -> None:
        self.members = self.bytes = 0
        self._begun = 0.0

    def count(self, members: int) -> None:
        """More members are to be unpacked.

        Raises:
            TooLarge: too many in all.
        """
        self.members += members
        if self.members > bounds.ARCHIVE_MEMBERS:
            raise TooLarge("archive-many", count=self.members, limit=bounds.ARCHIVE_MEMBERS)

    def begin(self) -> None:
        """The next member is at hand."""
        self._begun = time.thread_time()

    def check(self) -> None:
        """Asked now and then where a member may take long.

        Raises:
            TooLarge: it has, and only this one.
        """
        if time.thread_time() - self._begun > bounds.MEMBER_SECONDS:
            raise TooLarge("member-slow", seconds=round(bounds.MEMBER_SECONDS))

    def allow(self, size: int, packed: int | None, *, shared: bool = False) -> None:
        """A member of this size is to be unpacked.

        Args:
            size: in bytes, as declared or as found.
            packed: None where that is not told.
            shared: whether it lies in bytes of another member.

        Raises:
            TooLarge: this member is larger than any form, or packed like a bomb.
        """
        if size > bounds.LARGEST:
            raise TooLarge(
                "member-large", megabytes=-(-size // 1_000_000), limit=bounds.LARGEST // 1_000_000
            )
        bomb = (
            packed is not None
            and size > bounds.MEMBER_RATIO_FROM
            and size > bounds.MEMBER_RATIO * max(packed, 1)
        )
        if bomb or shared:
            raise TooLarge("member-bomb", megabytes=-(-size // 1_000_000))

    def spend(self, size: int) -> None:
        """So much was unpacked.

        Raises:
            TooLarge: too much in all.
        """
        self.bytes += size
        if self.bytes > bounds.ARCHIVE_BYTES:
            raise TooLarge("archive-large", limit=bounds.ARCHIVE_BYTES // 1_000_000_000)
