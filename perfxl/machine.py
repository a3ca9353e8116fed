"""The machine output: one JSON object a file and line, stable, described in docs/machine-output.md."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from perfxl.files import place
from perfxl.files.find import printable_path
from perfxl.forms.records import form_record
from perfxl.jobs.outcome import Outcome, outcome_of_error
from perfxl.jobs.work import Result, unforeseen
from perfxl.rules.records import audit_record
from perfxl.texts import Texts


def record(result: Result, texts: Texts) -> dict[str, Any]:
    """One file's object."""
    error = None
    if result.error is not None:
        error = {"code": result.error.code, "message": texts.error(result.error)}
    if result.audits:
        forms = [
            {
                **audit_record(audit, texts.statement),
                "copy": None if result.copy is None else printable_path(result.copy),
            }
            for audit in result.audits
        ]
    else:
        forms = [form_record(form) for form in result.forms]
    return {"file": result.file, "error": error, "forms": forms}


def line(result: Result, texts: Texts) -> str:
    """One file's object as a line."""
    return json.dumps(record(result, texts), ensure_ascii=False, separators=(", ", ": "))


def outcome_line(outcome: Outcome) -> str:
    """The same line of an audited file, from the records that were made with its copy."""

    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))

    error = None
    if outcome.code is not None:
        error = {"code": outcome.code, "message": outcome.reason}
    copy = text(None if outcome.copy is None else printable_path(outcome.copy))
    forms = ", ".join(f'{form.text()[:-1]}, "copy": {copy}}}' for form in outcome.forms)
    return f'{{"file": {text(outcome.file)}, "error": {text(error)}, "forms": [{forms}]}}'


def with_line(outcome: Outcome, texts: Texts) -> tuple[Outcome, str]:
    """An outcome with its line; one whose line cannot be made is that of a file that failed."""
    try:
        return outcome, outcome_line(outcome)
    except Exception as error:  # noqa: BLE001  # one file never silences the others
        lost = outcome_of_error(outcome.file, unforeseen(error), texts)
        return lost, outcome_line(lost)


@contextmanager
def lines(path: Path | None, out: TextIO) -> Iterator[Callable[[str], object]]:
    """Write lines to a file that appears whole or not at all, or to the screen ``out`` for ``-``.

    Raises:
        UsageError: the place cannot be written; says why.
    """
    if path is None or str(path) == "-":
        yield lambda text: out.write(text + "\n")
        return
    with place.atomic_write(path) as file:
        yield lambda text: file.write(f"{text}\n".encode())
