"""The sheet 重算过程: every scored row with target, actual, ratio, weight, interval and clause."""

from collections.abc import Sequence
from decimal import Decimal
from perfxl.exact import Fraction

from perfxl.ooxml.newsheet import NewCell, NewSheet
from perfxl.rules.audit import Audit
from perfxl.rules.facts import BOUNDED, STATED, Row
from perfxl.rules.findings import Score, Verdict
from perfxl.rules.scores import reasoning
from perfxl.texts import Texts, pct, rounded

WIDTHS = (8.0, 30.0, 16.0, 16.0, 14.0, 8.0, 16.0, 16.0, 9.0, 9.0, 8.0, 9.0, 34.0, 20.0)
STYLES = {Verdict.HOLDS: "good", Verdict.FAILS: "error"}


def build(audits: Sequence[Audit], texts: Texts) -> NewSheet:
    """The sheet for the forms of one file, one line a score."""
    heads = texts.list("steps/columns")
    rows: list[list[NewCell | None]] = [[NewCell(head, "header") for head in heads]]
    for audit in audits:
        if len(audits) > 1:
            title = f"{audit.form.sheet} {audit.form.name}"
            rows.append([NewCell(title, "header"), *[NewCell(None, "header")] * (len(heads) - 1)])
        by_row = {row.indicator.row: row for row in audit.facts.rows}
        for score in audit.scores:
            row = by_row.get(int(score.of.partition(":")[2])) if score.kind == "indicator" else None
            rows.append(_line(score, row, audit, texts))
    return NewSheet(
        texts.get("steps/sheet"),
        rows,
        widths=WIDTHS,
        freeze=(1, 2),
        landscape=True,
        print_title_rows=(1, 1),
        tab_colour="5B9BD5",
    )


def _line(score: Score, row: Row | None, audit: Audit, texts: Texts) -> list[NewCell | None]:
    place = score.place.cell
    link = (audit.form.sheet, place) if place else None
    weight, source = _weight(score, row, audit, texts)
    subject = "quantitative"
    if score.kind == "budget":
        subject = "budget"
    elif row is None:
        subject = "weights"
    elif row.ratio.why.startswith(("tier", "repeated", "words")):
        subject = "qualitative"
    return [
        NewCell(place or "—", "link" if link else "text", link),
        NewCell(_name(score, texts), "text" if row is not None else "header"),
        NewCell(row.indicator.target.text if row else None),
        NewCell(row.indicator.actual.text if row else None),
        NewCell(_ratio(score, row, audit, texts)),
        NewCell(weight, "number") if weight is not None else NewCell(None),
        NewCell(source),
        NewCell(texts.range(score.lo, score.hi)),
        _points(score.claimed),
        _points(score.recomputed),
        _points(score.difference),
        NewCell(str(score.verdict) if texts.language == "zh" else texts.get(f"verdict/{score.verdict.name}"),
                STYLES.get(score.verdict, "text")),
        NewCell(_how(score, row, texts)),
        NewCell(audit.choice.policy.clause(subject)),
    ]  # fmt: skip


def _name(score: Score, texts: Texts) -> str:
    if score.kind == "budget":
        return texts.get("steps/budget", name=score.name)
    if score.kind in ("goal", "section"):
        return texts.get("steps/goal", name=score.name)
    return texts.get("steps/total") if score.kind == "total" else score.name


def _points(value: Fraction | None) -> NewCell:
    return NewCell(None) if value is None else NewCell(rounded(value, 2), "number")


def _ratio(score: Score, row: Row | None, audit: Audit, texts: Texts) -> str | None:
    if score.kind == "budget":
        return pct(audit.facts.rate, 2) or None
    if row is None:
        return None
    if row.ratio.lo == row.ratio.hi:
        return pct(row.ratio.lo)
    return texts.get("steps/ratio_range", lo=row.ratio.lo, hi=row.ratio.hi)


def _weight(score: Score, row: Row | None, audit: Audit, texts: Texts) -> tuple[Decimal | None, str | None]:
    if score.kind == "budget":
        return _decimal(audit.facts.budget_weight), texts.get("steps/weight_stated")
    if row is None:
        block = next(
            (b for b in audit.facts.blocks if b.goal is not None and b.goal.goal == score.goal), None
        )
        if block is None or block.weight is None or score.kind == "total":
            return None, None
        return _decimal(block.weight), texts.get("steps/weight_label")
    if row.how == STATED:
        label = row.indicator.weight.how == "label"
        return _decimal(row.weight), texts.get("steps/weight_label" if label else "steps/weight_stated")
    if row.how == BOUNDED and row.claim is not None and row.slack is not None and row.slack >= 0:
        return None, texts.get("steps/weight_bounded", most=row.claim + row.slack)
    return None, texts.get("steps/weight_unknown")


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(value, 2)


def _how(score: Score, row: Row | None, texts: Texts) -> str | None:
    if row is None:
        return None
    arguments = reasoning(row)
    if arguments["weight"] is None and row.ratio.why in ("ratio", "inverse", "met", "within", "range-met", "date-met"):
        return None
    return texts.arithmetic(arguments, score.lo, score.hi)
