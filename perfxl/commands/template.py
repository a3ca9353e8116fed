"""The commands `perfxl template …`: the official forms, and templates of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from perfxl.exits import OK
from perfxl.face.face import Face


def template_list(context: typer.Context) -> int:
    """List the official forms."""
    from perfxl.books import official

    face: Face = context.obj
    face.screen().templates(official.forms().values())
    return OK


def template_new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="template_name", metavar="NAME")],
    out: Annotated[Path, typer.Option("-o", "--out", help="template_out", metavar="FILE")],
    goals: Annotated[int, typer.Option("--goals", help="template_goals", metavar="N")] = 1,
    rows: Annotated[int, typer.Option("--rows", help="template_rows", metavar="N")] = 1,
    year: Annotated[
        int | None, typer.Option("--year", help="template_year", metavar="YEAR")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="template_unit", metavar="UNIT")
    ] = None,
) -> int:
    """Write a blank official form."""
    from perfxl.books import official
    from perfxl.files import place

    face: Face = context.obj
    place.refuse_overwrite_existing(out)
    place.write(out, official.blank(official.find_official(name), goals, rows, year, unit))
    face.screen().written([out])
    return OK


def template_check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="check_file", metavar="FILE", readable=False)],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="check_out", metavar="FILE")
    ] = None,
) -> int:
    """Check a template by filling it with example data."""
    from perfxl.books import official
    from perfxl.files import place

    face: Face = context.obj
    book = official.open_template(file)
    data, rows = official.try_template(book)
    screen = face.screen()
    if out is not None:
        place.refuse_overwrite(out, file)
        place.write(out, data)
    screen.template_good(book.environment.typed, rows)
    screen.written([] if out is None else [out])
    return OK
