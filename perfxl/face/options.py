"""The options that several commands have.

What stands as ``help`` is a key of the catalogue's section ``help``, and a metavar one of ``metavars``,
where that has it: `perfxl.commands.app` puts in the words of the language.
"""

from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[list[Path], typer.Argument(help="paths", metavar="PATHS", readable=False)]
Vocabulary = Annotated[list[Path], typer.Option("--vocabulary", help="vocabulary", metavar="FILE")]
Policy = Annotated[str | None, typer.Option("--policy", help="policy", metavar="POLICY")]
Passwords = Annotated[Path | None, typer.Option("--passwords", help="passwords", metavar="FILE")]
DecryptedCopies = Annotated[bool, typer.Option("--decrypted-copies", help="decrypted_copies")]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", help="jobs", metavar="N", min=1)]
Ledger = Annotated[str | None, typer.Option("--ledger", help="ledger", metavar="LEDGER")]
Out = Annotated[Path | None, typer.Option("-o", "--out", help="out", metavar="DIR")]
OutFolder = Annotated[Path | None, typer.Option("-o", "--out", help="out_folder", metavar="DIR")]
Expected = Annotated[Path | None, typer.Option("--expected", help="expected", metavar="FILE")]
