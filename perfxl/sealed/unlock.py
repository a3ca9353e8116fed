"""Office files that are encrypted: opened with Excel's own password, or with one that was told.

The work is msoffcrypto's. What its header asks for is judged before: how often a password is hashed
stands in the file, and a file may ask for minutes.
"""

import io
import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from perfxl import bounds
from perfxl.bounds import ENCRYPTION_HEADER, MOST_SPINS
from perfxl.errors import Locked, PerfxlError
from perfxl.grid.formats.ole import CompoundFile
from perfxl.sealed.passwords import Passwords

DEFAULT = "VelvetSweatshop"
"""What Excel encrypts with where nobody chose a password, and tries before it asks for one."""
_SPINS = re.compile(rb"spinCount\s*=\s*[\"']\s*(\d+)")
_fitted: list[str] = []
"""Passwords that opened a file of this process, the last one first: a county often has one for all."""


class Opened(NamedTuple):
    """A file without its encryption.

    Attributes:
        data: the bytes of the plain file.
        secret: whether somebody had to tell the password; Excel's own hides nothing.
    """

    data: bytes
    secret: bool


def unlock(data: bytes, path: str, passwords: Passwords) -> Opened:
    """Open an encrypted office file.

    Args:
        data: the whole file, one that `perfxl.grid.load` refuses as encrypted.
        path: by which its password is found.
        passwords: those that were told.

    Raises:
        Locked: no password fits, there are too many of them to try, or it is encrypted in a way
            that is not known or not to be trusted.
        PerfxlError: the library for it is not there.
    """
    _judge(data, passwords)
    try:
        import msoffcrypto  # noqa: PLC0415  # hardly ever needed, and 20 ms
    except ImportError as error:
        raise PerfxlError("no-decryption", name=error.name or "msoffcrypto") from error
    try:
        with _silent():
            file: Any = msoffcrypto.OfficeFile(io.BytesIO(data))
            found = _fitting(file, path, passwords)
            file.load_key(password=found)
            plain = io.BytesIO()
            file.decrypt(plain)
    except PerfxlError:
        raise
    except Exception as error:  # a library at a file made to break it
        raise _unknown(passwords, type(error).__name__) from error
    if found != DEFAULT:
        if found in _fitted:
            _fitted.remove(found)
        _fitted.insert(0, found)
        del _fitted[8:]
    return Opened(plain.getvalue(), found != DEFAULT)


@contextmanager
def _silent() -> Iterator[None]:
    """Let msoffcrypto say nothing: it would tell the password to whoever listens to its log."""
    logging.getLogger("msoffcrypto").setLevel(logging.CRITICAL)
    root = logging.getLogger()
    handlers = list(root.handlers)
    try:
        yield
    finally:
        root.handlers[:] = handlers  # it speaks to the root, which then gets one


def _unknown(passwords: Passwords, detail: str) -> Locked:
    """Why a file is not opened; that it is locked at all says enough where nobody told a password."""
    return Locked("encryption-unknown", detail=detail) if passwords else Locked("encrypted")


def _judge(data: bytes, passwords: Passwords) -> None:
    """Refuse what msoffcrypto must not be given.

    Raises:
        Locked: no compound file, an oversized header, too many rounds.
    """
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Locked("encrypted-other")  # OpenDocument, or members of a zip file
    container = CompoundFile(data)
    if "ENCRYPTEDPACKAGE" not in container.streams:
        return
    if container.streams.get("ENCRYPTIONINFO", (0, ENCRYPTION_HEADER + 1))[1] > ENCRYPTION_HEADER:
        raise _unknown(passwords, "EncryptionInfo")
    header = container.read("EncryptionInfo")
    if b"<!" in header:
        raise _unknown(passwords, "DOCTYPE")
    if any(int(count[:12]) > MOST_SPINS for count in _SPINS.findall(header)):
        raise Locked("encryption-costly", limit=MOST_SPINS)


def _fitting(file: Any, path: str, passwords: Passwords) -> str:
    """The password that opens a file.

    Raises:
        Locked: none does.
    """
    if _fits(file, DEFAULT):
        return DEFAULT
    if not passwords:
        raise Locked("encrypted")
    started, tried = time.thread_time(), 0
    wanted = list(passwords.for_file(path))
    known = set(wanted)
    # What its own name leads to stays first; then what opened others.
    first = [*wanted[:1], *(one for one in _fitted if one in known)]
    for tried, password in enumerate(dict.fromkeys([*first, *wanted])):
        if time.thread_time() - started > bounds.TRYING:
            raise Locked("passwords-too-slow", tried=tried, count=len(wanted))
        if _fits(file, password):
            return password
    raise Locked("passwords-wrong", count=tried + 1)


def _fits(file: Any, password: str) -> bool:
    """Whether a password opens a file."""
    try:
        if file.format == "ooxml" and file.type == "agile":
            # load_key would hash the password twice where it is to be verified.
            return _fits_agile(file.info, password)
        if file.format == "ooxml":
            file.load_key(password=password, verify_password=True)
        else:
            file.load_key(password=password)
    except Exception:  # noqa: BLE001  # what a wrong password does there is not told
        return False
    return True


def _fits_agile(info: dict[str, Any], password: str) -> bool:
    from msoffcrypto.method.ecma376_agile import ECMA376Agile  # noqa: PLC0415  # as above

    return bool(
        ECMA376Agile.verify_password(
            password,
            info["passwordSalt"],
            info["passwordHashAlgorithm"],
            info["encryptedVerifierHashInput"],
            info["encryptedVerifierHashValue"],
            info["spinValue"],
            info["passwordKeyBits"],
        )
    )
