"""`perfxl history` and `perfxl changed`: what was submitted when, and what a resubmission changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from perfxl.errors import UsageError
from perfxl.exact import Fraction
from perfxl.files.find import Source, printable_path
from perfxl.forms.records import Record
from perfxl.jobs import work
from perfxl.ledger import changes, history
from perfxl.ledger.changes import Change
from perfxl.ledger.history import Event
from perfxl.ledger.rectification import Rectified, State, compare_findings
from perfxl.rules.records import audit_record
from perfxl.screens.screen import Screen, format_points, format_recomputed, safe
from perfxl.texts import Texts

LONGEST = 80
NARROW = (0, 1, 2, 4, 7, 10)
"""Which of the columns of ``history/columns``, and the remark, a narrow terminal has room for."""
RATES = ("rate",)
DETAILS = ("target", "actual", "score", "budget", "executed")
"""What is told of a row that is new or gone, as far as it has them."""


def show_history(screen: Screen, unit: str, ledger: str | None, out: Path | None) -> int:
    """Print every submission, or those of one unit; how many there were."""
    texts = screen.texts
    with closing(history.find_ledger(ledger, out)) as book:
        screen.migrated(book)
        listed = list(history.events(book, unit))
        # Most seasons are judged once; a column of blanks would only take room.
        remarked = any(event.again for event in listed)
        heads = texts.list("history/columns") + [texts.get("history/remark")] * remarked
        lines = [_cells(event, texts)[: len(heads)] for event in listed]
        if listed:
            screen.console.print(_table(screen, heads, lines))
            screen.say("history/hint")
        else:
            screen.say("history/nothing", ledger=book.shown, unit=unit)
    return len(listed)


def _table(screen: Screen, heads: Sequence[str], lines: Sequence[list[Text]]) -> Table:
    """The submissions; on a narrow terminal in a line each, by their days and without files."""
    if not screen.narrow:
        table = screen.table(heads)
        for line in lines:
            table.add_row(*line)
        return table
    shown = [place for place in NARROW if place < len(heads)]
    unread = Text(screen.texts.get("screen/unread"))
    for line in lines:
        line[1] = line[1][:10]
        if not line[2].plain:  # no form was read: the file's name and no reason
            line[2], line[4] = line[3], unread
    names = (2, len(shown) - 1) if NARROW[-1] in shown else (2,)
    return screen.list_table(
        [heads[place] for place in shown], [[line[place] for place in shown] for line in lines], names
    )  # fmt: skip


def _cells(event: Event, texts: Texts) -> list[Text]:
    """All that is shown of a submission, in the order of ``history/columns``, and what is remarked of it."""
    form = event.form
    first = [
        Text(str(event.number)),
        Text(event.when.strftime("%Y-%m-%d %H:%M")),
        safe("" if form is None else form.name, 30),
        safe(event.name, 50),
    ]
    remark = Text(texts.get(f"history/again_{event.again}") if event.again else "")
    if form is None:
        return [*first, safe(event.reason or "", LONGEST), *(Text("") for _ in range(5)), remark]
    return [
        *first,
        Text(texts.get(f"conclusion/{form.conclusion}")),
        Text(format_points(form.claimed)),
        Text(format_recomputed(form, texts)),
        Text(format_points(form.difference)),
        Text(str(form.errors)),
        Text(str(form.warnings)),
        remark,
    ]


def list_rectified(old: Record | None, new: Record | None, texts: Texts) -> list[str]:
    """What became of the findings of the earlier submission, counted and one by one."""
    if old is None or new is None:
        return []
    found = compare_findings(old.get("findings", []), new.get("findings", []))
    if not found:
        return []
    counts = Counter(one.state for one in found)
    counted = [
        (texts.get(f"changes/state_{state}"), counts[state]) for state in State if counts[state]
    ]
    return [
        texts.get("changes/findings", counts=counted),
        *(_word_rectified(one, texts) for one in found),
    ]


def _word_rectified(one: Rectified, texts: Texts) -> str:
    finding = one.finding
    name = finding.get("name") or finding.get("goal_name") or finding.get("field_name")
    return texts.get(
        "changes/finding", state=texts.get(f"changes/state_{one.state}"), name=name or finding["cell"],
        problem=finding.get("problem") or finding["message"], old=_points(one.old), new=_points(one.new),
        cell=None if one.new is None else one.new["cell"],
    )  # fmt: skip


def _points(finding: Record | None) -> Fraction | None:
    """By how many points a claim is off."""
    if finding is None or finding.get("difference_unit") != "points" or not finding["difference"]:
        return None
    return Fraction(str(finding["difference"]))


def show_changes(screen: Screen, old: str, new: str, ledger: str | None, out: Path | None) -> int:
    """Print what is different between two submissions; how many differences there are."""
    texts = screen.texts
    before, after = (_submission(one, texts, ledger, out) for one in (old, new))
    count = 0
    pairs = changes.pair_forms(before[1], after[1])
    for (name, found), pair in zip(changes.between(before[1], after[1]), pairs, strict=True):
        heading = texts.get("changes/heading", name=name, old=before[0], new=after[0])
        screen.console.print(safe(heading, 200), style="bold", soft_wrap=True)
        for line in list_rectified(*pair, texts):
            screen.console.print(Text("  "), safe(line, 400), sep="", soft_wrap=True)
        for change in found:
            screen.console.print(
                Text("  "), safe(sentence(change, texts), 400), sep="", soft_wrap=True
            )
        if not found:
            screen.console.print(Text("  " + texts.get("changes/same")))
        count += len(found)
    return count


def _submission(
    given: str, texts: Texts, ledger: str | None, out: Path | None
) -> tuple[str, list[Record]]:
    """A submission as the user names it: a file, or the number of an entry of the ledger.

    Raises:
        PerfxlError: it cannot be read, or there is none.
    """
    path = Path(given)
    if not path.exists() and given.isdigit():
        with closing(history.find_ledger(ledger, out)) as book:
            return history.submission(book, int(given))
    if not path.is_file():
        raise UsageError("no-such-path", path=given)
    settings = work.Settings.create(language=texts.language)
    result, _ = work.audit_file(Source(path, printable_path(path.name)), settings)
    if result.error is not None:
        raise result.error
    return result.file, [audit_record(audit, texts.statement) for audit in result.audits]


def sentence(change: Change, texts: Texts) -> str:
    """A change in words."""
    if change.what == "renamed":
        return texts.get("changes/renamed", old=change.old, new=change.new)
    of = texts.get(f"changes/of/{change.of}") if change.of != "result" else ""
    if change.what in ("added", "removed"):
        row = change.new if change.what == "added" else change.old
        details = [
            f"{texts.field(name)} {_shown(name, row[name], texts)}"
            for name in DETAILS
            if row is not None and row.get(name) is not None
        ]
        joined = texts.get("changes/between").join(details)
        return texts.get(f"changes/{change.what}", of=of, name=change.name, details=joined)
    if change.of == "result":
        field = texts.get("changes/recomputed")
        old, new = (texts.range(*map(_exact, _ends(one))) for one in (change.old, change.new))
    else:
        field = texts.field(change.field)
        old, new = (_shown(change.field, one, texts) for one in (change.old, change.new))
    return texts.get(
        "changes/value",
        name=change.name,
        field=field,
        old=old,
        new=new,
        kept=change.kept,
        cell=change.cell,
    )


def _shown(field: str, value: Any, texts: Texts) -> str:
    if value is None or value == "":
        return texts.get("changes/blank")
    if isinstance(value, str):
        text = " ".join(value.split())
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    exact = _exact(value)
    return texts.get("changes/rate" if field in RATES else "changes/number", value=exact)


def _ends(total: Mapping[str, Any]) -> tuple[Any, Any]:
    """The recomputed total, or the ends of what it may be."""
    known = total["recomputed"]
    return (total["lo"], total["hi"]) if known is None else (known, known)


def _exact(value: Any) -> Fraction | None:
    return None if value is None else Fraction(Decimal(str(value)))
