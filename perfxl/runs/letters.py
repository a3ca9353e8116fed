"""The letters of a folder of results: one for each department, with all its forms and what was decided."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import NamedTuple

from perfxl import resources
from perfxl.books.letter.content import LetterForm, Wishes, letter_values
from perfxl.books.letter.document import LetterTemplate, is_untouched
from perfxl.books.summary.entry import Entry
from perfxl.errors import ConfigError, PerfxlError, UsageError
from perfxl.files import place
from perfxl.forms.values.text import match_key
from perfxl.jobs import work
from perfxl.runs import summary_data
from perfxl.runs.summary_data import SummaryData
from perfxl.texts import Texts

TEMPLATE = "opinion"
FOLDER = "审核意见书"


class Letter(NamedTuple):
    """A letter, or the reason why there is none.

    Attributes:
        unit: to whom. path: where it is; None where there is none.
        findings: how many it tells. error: why it could not be written.
        spared: nothing was to be said, and nobody asked for letters that say so.
    """

    unit: str
    path: Path | None = None
    findings: int = 0
    error: PerfxlError | None = None
    spared: bool = False


def template_path(given: Path | None, language: str) -> Path:
    """The template that was asked for, else the one that comes with perfxl."""
    return given or resources.templates() / "letters" / f"{TEMPLATE}.{language}.docx"


def write_letters(
    season: SummaryData,
    folder: Path,
    wishes: Wishes,
    texts: Texts,
    template: Path | None = None,
    units: Sequence[str] = (),
    *,
    also_clean: bool = False,
) -> Iterator[Letter]:
    """Write the letters, one after the other.

    Args:
        season: the forms as they were submitted last.
        folder: where the letters go.
        wishes: of the auditor.
        texts: the language of the letters.
        template: a .docx of the bureau's own.
        units: only to departments whose name contains one of these; all where none is named.
        also_clean: also to those of whom nothing was found.

    Raises:
        ConfigError: the template cannot be used: no letter would be right.
        UsageError: the folder cannot be written.
    """
    document = LetterTemplate(template_path(template, texts.language))
    taken: set[str] = set()
    for unit, entries in _departments(season, units):
        try:
            values = letter_values(unit, [_form(entry, season) for entry in entries], wishes, texts)
            if not values["findings"] and not also_clean:
                yield Letter(unit, spared=True)
                continue
            path = _place(folder, unit, texts, taken)
            place.write(path, document.fill(values))
            yield Letter(unit, path, values["findings"])
        except (ConfigError, UsageError):
            raise
        except Exception as error:  # noqa: BLE001  # one department never stops the others
            yield Letter(unit, error=work.reason_for(error))


def _departments(season: SummaryData, units: Sequence[str]) -> Iterator[tuple[str, list[Entry]]]:
    """The departments by name, each with its forms."""
    wanted = [match_key(unit) for unit in units]
    found: dict[str, list[Entry]] = {}
    for entry in season.entries:
        key = match_key(entry.short.unit or entry.short.name)
        if not wanted or any(one in key for one in wanted):
            found.setdefault(key, []).append(entry)
    for key in sorted(found):
        first = found[key][0].short
        yield first.unit or first.name, found[key]


def _form(entry: Entry, season: SummaryData) -> LetterForm:
    record = summary_data.record_of(season, entry)
    told = entry.decisions.told if entry.decisions else {}
    choices = {finding: choice for finding, (choice, *_) in told.items()}
    copy = Path(entry.copy).name if entry.copy else None
    return LetterForm(entry.short, record, choices, entry.file, copy, entry.policy)


def _place(folder: Path, unit: str, texts: Texts, taken: set[str]) -> Path:
    """Where a letter goes: no other letter of this run is there, and none that somebody worked on.

    Raises:
        UsageError: the folder cannot be read.
    """
    stem = place.file_name(texts.get("letters/file", unit=unit))
    for number in count(1):
        path = folder / (f"{stem}.docx" if number == 1 else f"{stem}-{number}.docx")
        key = path.name.casefold()
        try:
            if key not in taken and (not path.exists() or is_untouched(path)):
                taken.add(key)
                return path
        except OSError as error:
            raise UsageError("output-unwritable", path=str(path), reason=error) from error
    raise AssertionError


def parse_day(text: str) -> date:
    """A date as people type it.

    Raises:
        UsageError: it is none.
    """
    try:
        return date.fromisoformat(text.strip().replace("/", "-").replace(".", "-"))
    except ValueError:
        raise UsageError("no-date", text=text) from None
