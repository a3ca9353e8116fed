"""Archives that only other programs can read (.rar, .7z): asked for one after the other, on their standard output.

Nothing is unpacked to the disk. A password goes in by standard input, never as an argument: everybody
on the machine can see those.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from perfxl.errors import Locked, NotAWorkbook, PerfxlError, TooLarge
from perfxl.grid.load import LARGEST
from perfxl.sealed.budget import MOST_MEMBERS, Budget
from perfxl.sealed.member import FILE, FOLDER, LINK, Member
from perfxl.sealed.passwords import Passwords
from perfxl.sealed.tarred import CHUNK, Read, Tar

SEVEN_ZIPS, TARS = ("7zz", "7z", "7za"), ("bsdtar", "tar")
PATIENCE = 60.0
"""Seconds for one run of a program."""
MEMORY = 1 << 30
LONGEST_LIST = 16 << 20
MOST_ALONE = 200
"""So many members are asked for one by one where the stream of all is damaged."""
_GROUP: dict[str, Any] = (
    {"creationflags": 0x08000000}  # CREATE_NO_WINDOW
    if sys.platform == "win32"
    else {"start_new_session": True}  # without a terminal it reads the password where we write it
)


@cache
def seven_zip() -> str | None:
    """The program 7z, where it is installed."""
    return next(filter(None, map(shutil.which, SEVEN_ZIPS)), None)


@cache
def bsdtar() -> str | None:
    """The program bsdtar, which is called tar on Windows and macOS."""
    for name in TARS:
        path = shutil.which(name)
        if path is not None:
            with suppress(OSError, subprocess.SubprocessError):
                said = subprocess.run(  # noqa: S603  # found on the path
                    [path, "--version"], capture_output=True, check=False, timeout=10
                ).stdout
                if said.startswith(b"bsdtar"):
                    return path
    return None


@contextmanager
def on_disk(file: BinaryIO, path: Path | None) -> Iterator[Path]:
    """A file for a program: where it is, or a copy for as long as that takes of one that was packed itself."""
    if path is not None:
        yield path.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="perfxl-") as folder:
        copy = Path(folder) / "archive"
        file.seek(0)
        with copy.open("wb") as target:
            shutil.copyfileobj(file, target)
        yield copy


@contextmanager
def _running(command: list[str], said: str = "") -> Iterator["subprocess.Popen[bytes]"]:
    """A program at work, ended with whatever it started when nobody listens any more."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"} if sys.platform != "win32" else None
    process = subprocess.Popen(  # noqa: S603  # found on the path
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment, **_GROUP,
    )  # fmt: skip
    _hold(process.pid)
    timer = threading.Timer(PATIENCE, process.kill)
    timer.daemon = True
    timer.start()
    try:
        with suppress(OSError):
            assert process.stdin is not None  # noqa: S101  # a pipe was asked for
            process.stdin.write(f"{said}\n".encode() if said else b"")
            process.stdin.close()
        yield process
    finally:
        timer.cancel()
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        process.wait()


def _hold(number: int) -> None:
    """Limit the memory of a program, where the system can."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # not on Windows

        with suppress(OSError, ValueError):
            resource.prlimit(number, resource.RLIMIT_AS, (MEMORY, MEMORY))


def _read(process: "subprocess.Popen[bytes]", length: int) -> bytes:
    assert process.stdout is not None  # noqa: S101  # a pipe was asked for
    return process.stdout.read(length)


# ---------------------------------------------------------------- bsdtar
def with_bsdtar(program: str, path: Path) -> Tar:
    """An archive as bsdtar turns it into a tar file, on the way."""

    @contextmanager
    def start() -> Iterator[Read]:
        command = [program, "-cf", "-", "--format", "pax", f"@{path}"]
        with _running(command) as process:
            yield lambda length: _read(process, min(length, CHUNK))

    return Tar(start)


# ---------------------------------------------------------------- 7z
class _Listed(NamedTuple):
    member: Member
    crc: int | None


class SevenZip:
    """An archive as 7z reads it: its list, and then one stream of all members, parted by their sizes.

    Raises:
        Locked: its list is encrypted, and no password fits. NotAWorkbook: it cannot be read.
    """

    def __init__(self, program: str, path: Path, passwords: Passwords, shown: str) -> None:
        self._program, self._path, self._password = program, path, ""
        self._passwords = list(passwords.for_file(shown))
        self._tried = False
        listed = self._list("")
        if listed is None:
            for password in self._passwords:
                listed = self._list(password)
                if listed is not None:
                    self._password, self._tried = password, True
                    break
        if listed is None:
            raise _no_list(self._output(["l", "-slt"], ""), len(self._passwords))
        self._listed = listed
        self.members = [one.member for one in listed]

    def contents(
        self,
        budget: Budget,
        passwords: Passwords,  # noqa: ARG002  # all kinds are asked in one way
        path: str,  # noqa: ARG002  # likewise
    ) -> Iterator[bytes | Exception]:
        """The bytes of each member in their order, or why there are none."""
        broken = not self._find_password()
        alone = 0
        with _running(self._command(["x", "-so", "-bd"]), self._password) as process:
            for one in self._listed:
                if one.member.kind == FOLDER:
                    yield b""
                    continue
                content = None if broken else self._next(process, one)
                broken = broken or (content is None and one.member.size <= LARGEST)
                try:
                    budget.allow(one.member.size, None)
                    if content is None:
                        alone += 1
                        content = self._by_itself(one.member, alone)
                    budget.spend(len(content))
                except Exception as error:  # noqa: BLE001  # one member never stops the others
                    yield error
                else:
                    yield content

    def _by_itself(self, member: Member, number: int) -> bytes:
        """A member that the stream of all does not give.

        Raises:
            Locked: no password fits. NotAWorkbook: it is damaged.
        """
        if member.encrypted and not self._tried:
            raise _locked(len(self._passwords))
        content = self._alone(member) if number <= MOST_ALONE else None
        if content is None:
            raise NotAWorkbook("member-damaged")
        return content

    def _next(self, process: "subprocess.Popen[bytes]", one: _Listed) -> bytes | None:
        """The next member of the stream, if it is whole; passed over where it is larger than any form."""
        if one.member.size <= LARGEST:
            content = _read(process, one.member.size)
            return content if _is_right(content, one) else None
        left = one.member.size
        while left and (passed := len(_read(process, min(left, CHUNK)))):
            left -= passed
        return None

    def _alone(self, member: Member) -> bytes | None:
        """The bytes of one member, where 7z itself finds nothing wrong with them."""
        command = self._command(["x", "-so", "-bd", "-spd"], member.name)
        with _running(command, self._password) as process:
            content = _read(process, LARGEST + 1)
            good = process.wait() == 0 and len(content) == member.size
        return content if good else None

    def _find_password(self) -> bool:
        """Whether the stream can be had: nothing is encrypted, or a password fits the smallest of what is."""
        secret = [one for one in self._listed if one.member.encrypted and one.member.size]
        if not secret or self._tried:
            return True
        probe = min(secret, key=lambda one: one.member.size)
        for password in self._passwords:
            self._password = password
            if probe.member.size <= LARGEST and self._alone(probe.member) is not None:
                self._tried = True
                return True
        self._password = ""
        return False

    def _command(self, verbs: list[str], *names: str) -> list[str]:
        return [self._program, *verbs, "-sccUTF-8", "--", str(self._path), *names]

    def _output(self, verbs: list[str], password: str) -> bytes:
        with _running(self._command(verbs), password) as process:
            return _read(process, LONGEST_LIST)

    def _list(self, password: str) -> list[_Listed] | None:
        """The members; None where they cannot be listed with this password."""
        said = self._output(["l", "-slt"], password).decode("utf-8", "replace")
        _, found, blocks = said.replace("\r\n", "\n").partition("\n----------\n")
        if not found:
            return None
        listed = []
        for block in blocks.split("\n\n"):
            pairs = (line.partition(" = ") for line in block.splitlines())
            fields = {name.removesuffix(" ="): value for name, _, value in pairs}
            if fields.get("Path"):
                listed.append(_listed(fields))
            if len(listed) > MOST_MEMBERS:
                raise TooLarge("archive-many", count=len(listed), limit=MOST_MEMBERS)
        return listed


def _listed(fields: dict[str, str]) -> _Listed:
    """A member of the list that 7z prints."""
    attributes = fields.get("Attributes", "").split()
    kind = FILE
    if (
        fields.get("Folder") == "+"
        or attributes[:1] == ["D"]
        or any(one.startswith("d") for one in attributes)
    ):
        kind = FOLDER
    elif (
        fields.get("Symbolic Link")
        or fields.get("Hard Link")
        or any(one[:1] == "l" for one in attributes)
    ):
        kind = LINK
    size = fields.get("Size", "")
    try:
        crc = int(fields["CRC"], 16)
    except (KeyError, ValueError):
        crc = None
    encrypted = fields.get("Encrypted") == "+"
    if encrypted and "Host OS" in fields:
        crc = None  # what an encrypted .rar states may be a sum of sum and key
    return _Listed(Member(fields["Path"], kind, int(size) if size.isdigit() else 0, encrypted), crc)


def _is_right(content: bytes, one: _Listed) -> bool:
    return len(content) == one.member.size and (one.crc is None or zlib.crc32(content) == one.crc)


def _locked(count: int) -> Locked:
    return Locked("member-password", count=count) if count else Locked("member-locked")


def _no_list(said: bytes, count: int) -> PerfxlError:
    if b"assword" in said:
        return Locked("archive-password", count=count) if count else Locked("archive-locked")
    return NotAWorkbook("archive-damaged")
