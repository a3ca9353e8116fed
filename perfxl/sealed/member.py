"""A member of an archive, before it is unpacked."""

from typing import NamedTuple

FILE, FOLDER, LINK, OTHER = "file", "folder", "link", "other"


class Member(NamedTuple):
    """What the archive says of a member.

    Attributes:
        name: as it stands there, decoded; not to be trusted.
        kind: file, folder, link, or something else (a device, a pipe).
        size: in bytes, as stated.
        encrypted: whether it needs a password.
    """

    name: str
    kind: str
    size: int
    encrypted: bool = False
