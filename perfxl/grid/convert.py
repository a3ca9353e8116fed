"""Old formats through LibreOffice where it is installed: own process, own profile, time limit."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from perfxl.bounds import CONVERTING
from perfxl.errors import NotAWorkbook

_TO_XLSX = {"slk", "xls-old", "wk1"}
_SUFFIX = {"xls-old": "xls", "word-xml": "xml", "wk1": "wk1"}
# Where installers put the program without telling the search path.
_PLACES = (
    r"%ProgramFiles%\LibreOffice\program\soffice.exe",
    r"%ProgramFiles(x86)%\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
# Two runs may not share a profile, and making one takes seconds: one is kept for the process.
_lock = Lock()
_profile: "tempfile.TemporaryDirectory[str] | None" = None


def program() -> str | None:
    """The path of LibreOffice, or None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    for place in _PLACES:
        path = os.path.expandvars(place)
        if Path(path).is_file():
            return path
    return None


def to_modern(data: bytes, kind: str, seconds: float = CONVERTING) -> bytes:
    """The same document as .docx (.xlsx for a spreadsheet).

    Args:
        data: the file.
        kind: as `perfxl.grid.sniff.kind_of` names it.
        seconds: how long it may take.

    Raises:
        NotAWorkbook: LibreOffice is not installed (``needs-libreoffice``), could not convert the
            file (``conversion-failed``) or took too long (``conversion-timeout``).
    """
    soffice = program()
    if soffice is None:
        raise NotAWorkbook("needs-libreoffice", kind=kind)
    target = "xlsx" if kind in _TO_XLSX or _is_spreadsheet(data, kind) else "docx"
    with tempfile.TemporaryDirectory(prefix="perfxl-") as folder:
        source = Path(folder) / f"input.{_SUFFIX.get(kind, kind)}"
        source.write_bytes(data)
        with _lock:
            _run(soffice, source, target, kind, seconds)
        result = source.with_suffix(f".{target}")
        if not result.is_file():
            raise NotAWorkbook("conversion-failed", kind=kind)
        return result.read_bytes()


def _is_spreadsheet(data: bytes, kind: str) -> bool:
    return kind == "uof" and "电子表格" in data[:4096].decode("utf-8", "replace")


def _run(soffice: str, source: Path, target: str, kind: str, seconds: float) -> None:
    global _profile  # noqa: PLW0603  # one profile per process, see above
    if _profile is None:
        # It is removed at the end of the process; a file that Windows still holds may stay.
        _profile = tempfile.TemporaryDirectory(prefix="perfxl-lo-", ignore_cleanup_errors=True)
    command = [
        soffice,
        f"-env:UserInstallation={Path(_profile.name).as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nodefault",
        "--convert-to", target,
        "--outdir", str(source.parent),
        str(source),
    ]  # fmt: skip
    with _own_limit_lifted():
        process = subprocess.Popen(  # noqa: S603  # the program found above, no shell, our own paths
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=sys.platform != "win32",
        )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise NotAWorkbook("conversion-timeout", kind=kind, seconds=int(seconds)) from None
    finally:
        if process.poll() is None:
            _end(process)
            # What a killed run leaves in its profile would make the next one ask questions.
            _profile.cleanup()
            _profile = None


@contextlib.contextmanager
def _own_limit_lifted() -> Iterator[None]:
    """A limit on this process's memory is not for LibreOffice, which would inherit it."""
    if sys.platform == "win32":
        yield
        return
    import resource  # noqa: PLC0415  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program with the processes it started."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            subprocess.run(  # noqa: S603  # a number, no shell
                ["taskkill", "/T", "/F", "/PID", str(process.pid)],  # noqa: S607  # of Windows
                check=False,
                capture_output=True,
            )
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
