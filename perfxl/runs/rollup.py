"""Files of several units in, roll-ups out."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from perfxl.files import lock, ownership, place
from perfxl.files.find import Found, Source
from perfxl.files.ownership import Kind
from perfxl.forms.model import Form
from perfxl.jobs import work
from perfxl.jobs.work import Result, Settings
from perfxl.rollups.model import Difference, Rollup
from perfxl.runs import run

NAME = "各单位汇总.xlsx"
"""The workbook of roll-ups where none is named."""


@dataclass
class Rolled:
    """What became of a call.

    Attributes:
        results: every file with its forms, or with the error that says why not.
        own: files that are roll-ups themselves, and were left alone.
        rollups: one for each kind, project and year.
        left: forms that are part of no roll-up, and why.
        written: the workbooks.
    """

    results: list[Result]
    own: list[Source] = field(default_factory=list)
    rollups: list[Rollup] = field(default_factory=list)
    left: list[Difference] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)

    @property
    def forms(self) -> list[Form]:
        """Every form that was read."""
        return [form for result in self.results for form in result.forms]

    @property
    def failed(self) -> list[Result]:
        """The files that could not be read."""
        return [result for result in self.results if result.error is not None]

    @property
    def clean(self) -> bool:
        """No errors and no warnings anywhere."""
        return all(rollup.clean for rollup in self.rollups) and all(
            one.severity == "note" for one in self.left
        )


def target(paths: Sequence[Path], out: Path | None) -> Path:
    """The workbook to write: the named one, else 各单位汇总.xlsx in the named folder or that of results."""
    if out is None:
        return place.folder_for(list(paths), None) / NAME
    return out if out.suffix and not out.is_dir() else out / NAME


def read(found: Found, settings: Settings) -> Rolled:
    """Read every file that was found; a roll-up that perfxl wrote is no unit's form."""
    settings.vocabulary()
    rolled = Rolled([], [source for source, own in found.own if own.kind is Kind.ROLLUP])
    for source, content in run.unpacked(found.sources, settings):
        result, document = work.read_file(source, settings, content)
        sheets = [] if document is None else [grid.name for grid in document.grids]
        if ownership.is_rollup(source.path, sheets):
            rolled.own.append(source)
        else:
            rolled.results.append(result)
    return rolled


def roll(rolled: Rolled, project: str | None, settings: Settings) -> None:
    """Roll up what was read.

    Raises:
        UsageError: no form is of that project, or there is no such policy.
    """
    from perfxl.rollups.roll import rollups  # noqa: PLC0415  # jinja2 only where texts are needed

    rolled.rollups, rolled.left = rollups(
        rolled.forms, project, policy=settings.policy, extra=settings.policies
    )


def write(rolled: Rolled, path: Path, sources: Sequence[Source], language: str) -> None:
    """Write the workbooks: one, or one for each official form that is needed.

    Raises:
        UsageError: the place cannot be written, or is one of the submissions.
    """
    from perfxl import texts  # noqa: PLC0415  # jinja2 only where something is written
    from perfxl.books import rolled as books  # noqa: PLC0415  # likewise

    catalogue = texts.load_texts(language)
    unread = [(one.file, catalogue.error(one.error)) for one in rolled.failed if one.error]
    workbooks = books.books(rolled.rollups, rolled.left, unread, catalogue)
    # A folder where perfxl chooses the names is one of results.
    with lock.alone(path.parent) if path.name == NAME else nullcontext():
        for book in workbooks:
            name = path if len(workbooks) == 1 else path.with_stem(f"{path.stem}-{book.title}")
            place.refuse_overwrite_inputs([name], [one for one in sources if one not in rolled.own])
            ownership.refuse_overwrite_foreign(name)
            place.write(name, book.data)
            rolled.written.append(name)
