"""Tidy pandas frames of any number of forms at once; never a frame per file."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from perfxl.forms import records
from perfxl.forms.model import Field, Form
from perfxl.rules.audit import Audit
from perfxl.rules.findings import Score
from perfxl.rules.records import VERDICT_WORDS, admissible, finding_record, json_number
from perfxl.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

Rows = list[dict[str, Any]]
JUDGED = ("lo", "hi", "recomputed", "difference", "verdict")
FORMS = ("form", "file", "sheet", "kind")
FINDINGS = (
    "rule", "severity", "verdict", "sheet", "cell", "field", "claimed", "lo", "hi", "clause", "message", "causes",
    "clue", "problem", "kind", "goal_name", "name", "field_name", "claimed_text", "due", "difference",
    "difference_unit", "quotation", "quoted_from", "text",
)  # fmt: skip
FRAMES = ("forms", "funds", "goals", "indicators", "findings")


class Frames(dict[str, "pd.DataFrame"]):
    """forms, funds, goals, indicators, and for audits findings; by key or by attribute."""

    def __getattr__(self, name: str) -> "pd.DataFrame":
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def _columns(fields: tuple[str, ...]) -> list[str]:
    return [name for field in fields for name in (field, f"{field}_cell")]


def _field_values(names: tuple[str, ...], source: object) -> dict[str, Any]:
    return dict(records.cells(names, source))


def frames(items: Iterable[Form | Audit], texts: Texts) -> Frames:
    """The frames of forms or of audits.

    Args:
        items: forms as read, or audits; audits add the admissible columns and the findings.
        texts: the language of the findings' messages.

    Returns:
        forms (one row a form), funds, goals, indicators (one row each, keyed by ``form``) and,
        where audits were given, findings. Money in the form's unit, rates as fractions.
    """
    import pandas as pd  # noqa: PLC0415  # half a second that no other command pays

    tables: dict[str, Rows] = {
        name: [] for name in ("forms", "funds", "goals", "indicators", "findings")
    }
    audited = False
    for item in items:
        audit = item if isinstance(item, Audit) else None
        audited = audited or audit is not None
        _add(tables, item.form if isinstance(item, Audit) else item, audit, texts)
    return Frames({
        name: pd.DataFrame(tables[name], columns=names)
        for name, names in _all_columns(audited=audited).items()
    })  # fmt: skip


def _all_columns(*, audited: bool) -> dict[str, list[str]]:
    """The columns of every frame; audits add the admissible ones and the findings."""
    judged = list(JUDGED) if audited else []
    columns = {
        "forms": [*FORMS, *_columns(records.HEAD), *(["conclusion"] if audited else []), *judged],
        "funds": ["form", *_columns(records.FUND), *judged],
        "goals": ["form", "goal", *_columns(records.GOAL), *judged],
        "indicators": ["form", "goal", *_columns(records.INDICATOR), *judged],
    }
    if audited:
        columns["findings"] = ["form", *FINDINGS]
    return columns


def from_records(items: Iterable[tuple[str, records.Record]]) -> Frames:
    """The same frames of audits that were kept as records.

    Args:
        items: (file, `perfxl.rules.records.audit_record` of its form).
    """
    import pandas as pd  # noqa: PLC0415  # likewise

    tables: dict[str, Rows] = {name: [] for name in FRAMES}
    for file, one in items:
        key = {"form": one["form"]}
        scores = {score["of"]: score for score in one["scores"]}
        cells = {score["cell"]: score for score in one["scores"] if score["cell"]}
        tables["forms"].append({**one, **_kept(scores.get("total")), "file": file})
        tables["goals"] += [
            {**row, **_kept(scores.get(f"goal:{row['goal']}")), **key} for row in one["goals"]
        ]
        for name in ("funds", "indicators"):
            tables[name] += [
                {**row, **_kept(cells.get(row["score_cell"])), **key} for row in one[name]
            ]
        tables["findings"] += [{**finding, **key} for finding in one["findings"]]
    return Frames({
        name: pd.DataFrame(tables[name], columns=columns)
        for name, columns in _all_columns(audited=True).items()
    })  # fmt: skip


def _kept(score: records.Record | None) -> records.Record:
    return {} if score is None else {name: score[name] for name in JUDGED}


def _add(tables: dict[str, Rows], form: Form, audit: Audit | None, texts: Texts) -> None:
    scores = admissible(audit) if audit is not None else {}
    key = {"form": form.form}
    tables["forms"].append(
        {**key, "file": form.file, "sheet": form.sheet, "kind": form.kind,
         **_field_values(records.HEAD, form), **_score_columns(scores.get("total")),
         **({} if audit is None else {"conclusion": str(audit.conclusion)})}
    )  # fmt: skip
    budgets = [score for score in scores.values() if score.kind == "budget"]
    for fund in form.funds:
        own = next((score for score in budgets if _same(score.place, fund.score)), None)
        tables["funds"].append({**key, **_field_values(records.FUND, fund), **_score_columns(own)})
    for goal in form.goals:
        tables["goals"].append(
            {
                **key,
                "goal": goal.goal,
                **_field_values(records.GOAL, goal),
                **_score_columns(scores.get(f"goal:{goal.goal}")),
            }
        )
    for row in form.indicators:
        tables["indicators"].append(
            {
                **key,
                "goal": row.goal,
                **_field_values(records.INDICATOR, row),
                **_score_columns(scores.get(f"indicator:{row.row}")),
            }
        )
    if audit is not None:
        tables["findings"] += [
            {**key, **finding_record(finding, texts.statement)} for finding in audit.findings
        ]


def _same(one: Field, other: Field) -> bool:
    return (one.row, one.col) == (other.row, other.col)


def _score_columns(score: Score | None) -> dict[str, Any]:
    if score is None:
        return {}
    return {
        "lo": json_number(score.lo),
        "hi": json_number(score.hi),
        "recomputed": json_number(score.recomputed),
        "difference": json_number(score.difference),
        "verdict": VERDICT_WORDS[score.verdict],
    }
