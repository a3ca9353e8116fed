"""The command line of this process: its arguments, its streams, its end."""

import os
import sys
from pathlib import Path
from typing import Any

from perfxl.commands import app
from perfxl.exits import OK


def main() -> None:
    """Run the command line; every error ends as a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A Windows console may speak GBK; a character that it lacks must not stop the run.
            reconfigure(
                encoding="utf-8" if not stream.isatty() else stream.encoding, errors="replace"
            )
    try:
        code = app.run(_expand(sys.argv[1:]))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = OK
    raise SystemExit(code)


def _expand(arguments: list[str]) -> list[str]:
    """The arguments, where the shell of Windows leaves it to programs to find what *.xlsx stands for."""
    if os.name != "nt":
        return arguments
    found = []
    for word in arguments:
        path = Path(word)
        wild = "*" in path.name or "?" in path.name
        found += sorted(map(str, path.parent.glob(path.name))) if wild else [word]
    return found


if __name__ == "__main__":
    main()
