"""The frames as files for other programs: CSV that no spreadsheet takes for formulas, and Parquet.

Parquet needs pyarrow, which is larger than all else together: it comes with ``perfxl[parquet]`` only.
Written a few hundred forms at a time, so that a season of any size needs the memory of a few.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from perfxl.files import place
from perfxl.forms.records import Record
from perfxl.tables import FRAMES, from_records

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

CHUNK = 256
NUMBERS = frozenset({
    "claimed_total", "basic_expenditure", "project_expenditure", "initial", "budget", "executed", "rate",
    "weight", "score", "lo", "hi", "recomputed", "difference",
})  # fmt: skip
WHOLE = frozenset({"year", "goal"})
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take a text for a formula by."""


def can_write_parquet() -> bool:
    """Whether the package is installed that writes Parquet."""
    try:
        import pyarrow.parquet  # type: ignore[import-untyped]  # noqa: F401, PLC0415  # heavy
    except ImportError:
        return False
    return True


def write(items: Iterable[tuple[str, Record]], folder: Path) -> list[Path]:
    """Write every frame as CSV and, where that can be done, as Parquet; each whole or not at all.

    Args:
        items: (file, its form's audit as `perfxl.rules.records.audit_record`).
        folder: for the files.

    Returns:
        The files: forms.csv, forms.parquet, and so on for funds, goals, indicators and findings.
        Without pyarrow there are no .parquet files among them.

    Raises:
        UsageError: the folder cannot be written.
    """
    suffixes = ("csv", "parquet") if can_write_parquet() else ("csv",)
    paths = [folder / f"{name}.{suffix}" for name in FRAMES for suffix in suffixes]
    with ExitStack() as stack:
        files = {path.name: stack.enter_context(place.atomic_write(path)) for path in paths}
        writers = {
            name: _Parquet(files[f"{name}.parquet"], stack)
            for name in FRAMES
            if "parquet" in suffixes
        }
        for number, chunk in enumerate(_chunks(items)):
            for name, frame in from_records(chunk).items():
                _csv(frame, files[f"{name}.csv"], header=not number)
                if name in writers:
                    writers[name].write(frame)
    return paths


def _chunks(items: Iterable[tuple[str, Record]]) -> Iterator[list[tuple[str, Record]]]:
    """A few hundred forms at a time; at least one chunk, so that every file has its header."""
    left = iter(items)
    chunk = list(islice(left, CHUNK))
    yield chunk
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _csv(frame: "pd.DataFrame", file: BinaryIO, *, header: bool) -> None:
    # Excel takes a file for UTF-8 only by its mark.
    text = frame.map(safe).to_csv(index=False, header=header, lineterminator="\r\n")
    file.write(text.encode("utf-8-sig" if header else "utf-8", "backslashreplace"))


def safe(value: Any) -> Any:
    """A text that begins like a formula, told apart by the sign that spreadsheets have for a text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


class _Parquet:
    """One file of Parquet, a group of rows for each chunk; its columns have the same types in all."""

    def __init__(self, file: BinaryIO, stack: ExitStack) -> None:
        self._file, self._stack = file, stack
        self._writer: Any = None

    def write(self, frame: "pd.DataFrame") -> None:
        """Append the rows of a frame."""
        import pyarrow as pa  # noqa: PLC0415  # only where Parquet is written
        import pyarrow.parquet as pq  # noqa: PLC0415  # likewise

        schema = pa.schema([(str(name), _kind(str(name))) for name in frame.columns])
        columns = [
            _column(frame[name], field.type) for name, field in zip(frame, schema, strict=True)
        ]
        if self._writer is None:
            self._writer = self._stack.enter_context(pq.ParquetWriter(self._file, schema))
        self._writer.write_table(pa.table(columns, schema=schema))


def _kind(name: str) -> "pa.DataType":
    import pyarrow as pa  # noqa: PLC0415  # likewise

    return pa.float64() if name in NUMBERS else pa.int64() if name in WHOLE else pa.string()


def _column(values: "pd.Series[Any]", kind: "pa.DataType") -> "pa.Array":
    import pyarrow as pa  # noqa: PLC0415  # likewise

    plain = [None if value is None or value != value else value for value in values]  # noqa: PLR0124  # NaN
    if pa.types.is_string(kind):
        plain = [_text(value) for value in plain]
    elif pa.types.is_integer(kind):
        plain = [None if value is None else int(value) for value in plain]
    return pa.array(plain, type=kind)


def _text(value: Any) -> str | None:
    # Half a character of a damaged file cannot be written.
    return None if value is None else str(value).encode("utf-8", "backslashreplace").decode()
