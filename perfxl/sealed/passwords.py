"""The passwords that departments told, from a file of the auditor's own; shown and kept nowhere."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from perfxl.bounds import LONGEST_PASSWORD, MOST_PASSWORDS, PASSWORD_FILE
from perfxl.errors import UsageError

_SEPARATORS = ("=>", "\t", "=", "＝")
"""What stands between a name and its password, the surest first."""


@dataclass(frozen=True, repr=False)
class Passwords:
    """Passwords in the order of their lines.

    Attributes:
        plain: those that stand alone on their line, and whole lines that may be a password themselves.
        named: (name as it is compared, password).
    """

    plain: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.plain or self.named)

    def __repr__(self) -> str:
        return "Passwords(…)"  # it may stand in a message, a log, a traceback

    def for_file(self, path: str) -> Iterator[str]:
        """All of them, each once: first those whose name stands in a file's path, then line by line."""
        key = _key(path)
        meant = (password for name, password in self.named if name in key)
        others = (password for _, password in self.named)
        yield from dict.fromkeys([*meant, *self.plain, *others])


NONE = Passwords()


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def read(path: str | Path) -> Passwords:
    """The passwords of a file: a line each, or the name of a unit or file before it.

    ``县水利局<TAB>密码``, ``县水利局=>密码`` and ``县水利局=密码`` name whose it is. A line with ``=`` may be a
    password as a whole as well. Lines that begin with ``# `` are remarks.

    Raises:
        UsageError: the file cannot be read, is no text, or holds nothing. Never with a line of it.
    """
    shown = str(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(PASSWORD_FILE + 1)
    except OSError as error:
        raise UsageError("passwords-unreadable", path=shown, reason=error) from error
    lines = [line.strip() for line in _text(data, shown).splitlines()]
    lines = [line for line in lines if line and not line.startswith("# ") and line != "#"]
    if not lines:
        raise UsageError("passwords-empty", path=shown)
    if len(lines) > MOST_PASSWORDS:
        raise UsageError("passwords-many", path=shown, count=len(lines), limit=MOST_PASSWORDS)
    plain, named = [], []
    for line in lines:
        name, separator, password = _parted(line)
        if separator:
            named.append((_key(name), password))
        if separator not in ("=>", "\t"):
            plain.append(line)
    return Passwords(
        tuple(one for one in plain if len(one) <= LONGEST_PASSWORD),
        tuple(pair for pair in named if len(pair[1]) <= LONGEST_PASSWORD),
    )


def _parted(line: str) -> tuple[str, str, str]:
    """A line as name, separator, password; the separator is empty where there is no name."""
    for separator in _SEPARATORS:
        name, found, password = line.partition(separator)
        if found and name.strip() and password.strip():
            return name, separator, password.strip()
    return "", "", line


def _text(data: bytes, shown: str) -> str:
    """The text of the file, in UTF-8, UTF-16 with its mark, or GBK as Windows saves it."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings if len(data) <= PASSWORD_FILE else []:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(sign >= " " or sign in "\t\r\n\f" for sign in text):
            return text
    raise UsageError("passwords-no-text", path=shown)
