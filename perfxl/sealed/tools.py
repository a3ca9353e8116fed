"""Archives that only other programs can read (.rar, .7z): asked for one after the other, on their standard output.

Nothing is unpacked to the disk. A password goes in by standard input, never as an argument: everybody
on the machine can see those.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from perfxl import bounds
from perfxl.bounds import ARCHIVE_LIST, ARCHIVE_MEMBERS, LARGEST
from perfxl.errors import Locked, NotAWorkbook, PerfxlError, TooLarge
from perfxl.sealed.budget import Budget
from perfxl.sealed.kinds import RAR
from perfxl.sealed.member import FILE, FOLDER, LINK, Member
from perfxl.sealed.passwords import Passwords
from perfxl.sealed.tarred import CHUNK, Read, Tar

SEVEN_ZIPS, TARS = ("7zz", "7z", "7za"), ("bsdtar", "tar")
LOOK = 0.1
"""Seconds between two looks at the clock."""
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


@cache
def unpacks_rar() -> bool:
    """Whether the 7z here undoes what .rar packs with: Linux leaves that out for its licence, and lists only."""
    program = seven_zip()
    if program is None:
        return False
    with _running([program, "i"]) as process:
        return re.search(rb"(?im)^.*\bRAR[1-5]\s*$", process.read(ARCHIVE_LIST)) is not None


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


class _Program:
    """A program at work. Only the time for which it is waited for counts: its output may lie there for long."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process
        self.overdue = False
        self._spent = 0.0
        self._since: float | None = None
        self._over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def read(self, length: int) -> bytes:
        """The next so many bytes of what it says, less only at the end."""
        assert self.process.stdout is not None  # noqa: S101  # a pipe was asked for
        with self._waiting():
            return self.process.stdout.read(length)

    def wait(self) -> int:
        """Its exit code."""
        with self._waiting():
            return self.process.wait()

    def end(self) -> None:
        """End it, if it has not ended by itself."""
        self._over.set()
        self.process.kill()
        with suppress(OSError):
            assert self.process.stdout is not None  # noqa: S101  # a pipe was asked for
            self.process.stdout.close()
        self.process.wait()

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        self._since = since = time.monotonic()
        try:
            yield
        finally:
            self._since = None
            self._spent += time.monotonic() - since

    def _watch(self) -> None:
        while not self._over.wait(LOOK):
            since = self._since
            waited = 0.0 if since is None else time.monotonic() - since
            if self._spent + waited > bounds.PROGRAM_SECONDS:
                self.overdue = True
                self.process.kill()
                return


@contextmanager
def _running(command: list[str], said: str = "", given: Path | None = None) -> Iterator[_Program]:
    """A program at work, ended when nobody listens any more.

    Args:
        command: what to run.
        said: a line for its standard input, or
        given: a file that it gets there, through a pipe.

    Raises:
        TooLarge: it took too long and was ended.
    """
    environment = {**os.environ, "LC_ALL": "C.UTF-8"} if sys.platform != "win32" else None
    process = subprocess.Popen(  # noqa: S603  # found on the path
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment, **_GROUP,
    )  # fmt: skip
    _hold(process.pid)
    line = io.BytesIO(f"{said}\n".encode() if said else b"")
    source = line if given is None else given.open("rb")
    feeder = threading.Thread(target=_feed, args=(process, source), daemon=True)
    feeder.start()
    program = _Program(process)
    try:
        yield program
        if program.overdue:  # what it gave until then proves nothing
            raise TooLarge("archive-slow", seconds=round(bounds.PROGRAM_SECONDS))
    finally:
        program.end()
        feeder.join()


def _feed(process: "subprocess.Popen[bytes]", source: BinaryIO) -> None:
    """Give a program its input, as far as it takes it."""
    assert process.stdin is not None  # noqa: S101  # a pipe was asked for
    with source, suppress(OSError, ValueError):
        shutil.copyfileobj(source, process.stdin)
    with suppress(OSError):
        process.stdin.close()


def _hold(number: int) -> None:
    """Limit the memory of a program, where the system can."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # not on Windows

        with suppress(OSError, ValueError):
            resource.prlimit(number, resource.RLIMIT_AS, (bounds.PROGRAM_MEMORY,) * 2)


# ---------------------------------------------------------------- bsdtar
def with_bsdtar(program: str, path: Path, kind: str) -> Tar:
    """An archive as bsdtar turns it into a tar file, on the way.

    Raises:
        NotAWorkbook: it finds nothing.
    """
    # Where it can look at the end of a .rar, it takes that for a .zip if a form was packed there as it is.
    piped = kind == RAR

    @contextmanager
    def start() -> Iterator[Read]:
        command = [program, "-cf", "-", "--format", "pax", "@-" if piped else f"@{path}"]
        with _running(command, given=path if piped else None) as process:
            codes.append(-1)
            yield lambda length: process.read(min(length, CHUNK))
            # What it could not read it says by its code, and ends the stream as if nothing were wrong.
            while process.read(CHUNK):
                pass
            codes[-1] = process.wait()

    codes: list[int] = []
    with suppress(NotAWorkbook):
        archive = Tar(start, lost="member-unopened", empty=kind != RAR)
        archive.cut = "archive-partly" if archive.cut or codes[0] else ""
        if archive.members:
            return archive
    # It tells nothing apart; most of what it cannot open needs a password.
    raise NotAWorkbook("archive-unopened", kind=kind)


# ---------------------------------------------------------------- 7z
class _Listed(NamedTuple):
    member: Member
    crc: int | None


class SevenZip:
    """An archive as 7z reads it: its list, and then one stream of all members, parted by their sizes.

    Attributes:
        members: in the order of the list.
        cut: the code of the reason where 7z finds something wrong, so that there may have been more.

    Raises:
        Locked: its list is encrypted, and no password fits. NotAWorkbook: it cannot be read.
    """

    def __init__(
        self, program: str, path: Path, passwords: Passwords, shown: str, kind: str
    ) -> None:
        self._program, self._path, self._password = program, path, ""
        self._passwords = list(passwords.for_file(shown))
        self._tried, self.cut = False, ""
        self._able = kind != RAR or unpacks_rar()
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
        stream = _running(self._command(["x", "-so", "-bd"]), self._password)
        # Where it takes too long and is ended, the rest is asked for one by one.
        with suppress(TooLarge), stream as process:
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
        if member.encrypted and not self._tried and (self._able or not self._passwords):
            raise _locked(len(self._passwords))
        content = self._alone(member) if number <= MOST_ALONE else None
        if content is None:
            raise NotAWorkbook("member-damaged" if self._able else "member-unopened")
        return content

    def _next(self, process: _Program, one: _Listed) -> bytes | None:
        """The next member of the stream, if it is whole; passed over where it is larger than any form."""
        if one.member.size <= LARGEST:
            content = process.read(one.member.size)
            return content if _is_right(content, one) else None
        left = one.member.size
        while left and (passed := len(process.read(min(left, CHUNK)))):
            left -= passed
        return None

    def _alone(self, member: Member) -> bytes | None:
        """The bytes of one member, where 7z itself finds nothing wrong with them."""
        command = self._command(["x", "-so", "-bd", "-spd"], member.name)
        with _running(command, self._password) as process:
            content = process.read(LARGEST + 1)
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
            said = process.read(ARCHIVE_LIST)
            self.cut = "archive-cut" if process.wait() else ""
            return said

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
            if len(listed) > ARCHIVE_MEMBERS:
                raise TooLarge("archive-many", count=len(listed), limit=ARCHIVE_MEMBERS)
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
