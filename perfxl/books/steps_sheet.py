"""The sheet 重算过程: every scored row with target, actual, ratio, weight, interval and clause."""

from collections.abc import Sequence
from decimal import Decimal

from perfxl.books.margin import name_of
from perfxl.exact import Fraction, round_half_up
from perfxl.ooxml.newsheet import NewCell, NewSheet
from perfxl.rules.audit import Audit
from perfxl.rules.checks.scores import reasoning
from perfxl.rules.engine.execution import Execution
from perfxl.rules.engine.facts import APPROVED, BOUNDED, STATED, ScoredRow
from perfxl.rules.engine.ratio import COMPUTED
from perfxl.rules.findings import Score, Verdict
from perfxl.texts import Texts, pct

WIDTHS = (5.5, 18.5, 11.0, 11.5, 9.0, 6.0, 13.5, 10.5, 8.0, 8.0, 7.0, 13.0, 23.0, 16.0)
"""So much and no more fits the width of a page in a size that can be read."""
SIZE = 10.0
STYLES = {Verdict.HOLDS: "good", Verdict.FAILS: "error"}


Value = NewCell | Decimal | int | str | None
COLUMNS = ("text", "text", "text", "text", "figure", "number", "drawn", "figure", "number", "number", "number",
           "drawn", "text", "drawn")  # fmt: skip


def build(audits: Sequence[Audit], texts: Texts) -> NewSheet:
    """The sheet for the forms of one file, one line a score."""
    heads = texts.list("steps/columns")
    rows: list[list[Value]] = [[NewCell(head, "header") for head in heads]]
    for audit in audits:
        if len(audits) > 1:
            title = f"{audit.form.sheet} {name_of(audit.form)}"
            rows.append([NewCell(title, "header"), *[NewCell(None, "header")] * (len(heads) - 1)])
        by_row = {row.indicator.row: row for row in audit.facts.rows}
        words = {verdict: _verdict(verdict, texts) for verdict in Verdict}
        clauses = {
            name: audit.choice.policy.clause(name)
            for name in ("budget", "weights", "quantitative", "qualitative")
        }
        for score in audit.scores:
            row = by_row.get(score.place.row) if score.kind == "indicator" else None
            rows.append(_line(score, row, audit, texts, words, clauses))
    return NewSheet(
        texts.get("steps/sheet"),
        rows,
        widths=WIDTHS,
        columns=COLUMNS,
        freeze=(1, 2),
        landscape=True,
        print_title_rows=(1, 1),
        tab_colour="5B9BD5",
        size=SIZE,
        footer=texts.get("result/footer"),
    )


def _verdict(verdict: Verdict, texts: Texts) -> NewCell | str:
    word = texts.get(f"verdict/{verdict}")
    style = STYLES.get(verdict)
    return word if style is None else NewCell(word, style)


def _ranged(score: Score, words: dict[Verdict, NewCell | str], texts: Texts) -> NewCell | str:
    """The verdict on a score of which only a range is known: it does not simply agree."""
    holds = score.verdict is Verdict.HOLDS
    return texts.verdict(score.verdict, exact=False) if holds else words[score.verdict]


def _line(
    score: Score, row: ScoredRow | None, audit: Audit, texts: Texts,
    words: dict[Verdict, NewCell | str], clauses: dict[str, str],
) -> list[Value]:  # fmt: skip
    place = score.place.cell
    weight, source = _weight(score, row, audit, texts)
    subject = "quantitative"
    if score.kind == "budget":
        subject = "budget"
    elif row is None:
        subject = "weights"
    elif row.ratio.why.startswith(("tier", "repeated", "words")):
        subject = "qualitative"
    return [
        NewCell(place, "link", (audit.form.sheet, place)) if place else "—",
        score.name if row is not None else NewCell(_name(score, texts), "header"),
        BLANK if row is None else row.indicator.target.text or BLANK,
        BLANK if row is None else row.indicator.actual.text or BLANK,
        _ratio(score, row, audit, texts) or BLANK,
        BLANK if weight is None else weight,
        source or BLANK,
        texts.range(score.lo, score.hi),
        _points(score.claimed),
        _points(score.recomputed),
        _points(score.difference),
        words[score.verdict] if score.lo == score.hi else _ranged(score, words, texts),
        _how(score, row, texts) or BLANK,
        clauses[subject],
    ]


BLANK = NewCell(None)


def _name(score: Score, texts: Texts) -> str:
    if score.kind == "budget":
        return texts.get("steps/budget", name=score.name)
    if score.kind in ("goal", "section"):
        return texts.get("steps/goal", name=score.name)
    return texts.get("steps/total") if score.kind == "total" else score.name


def _points(value: Fraction | None) -> Value:
    return BLANK if value is None else round_half_up(value, 2)


def _execution(score: Score, audit: Audit) -> Execution:
    return next(one for one in audit.facts.executions if one.of == score.of)


def _ratio(score: Score, row: ScoredRow | None, audit: Audit, texts: Texts) -> str | None:
    if score.kind == "budget":
        return pct(_execution(score, audit).rate, 2) or None
    if row is None:
        return None
    if row.ratio.lo == row.ratio.hi:
        return pct(row.ratio.lo)
    return texts.get("steps/ratio_range", lo=row.ratio.lo, hi=row.ratio.hi)


def _weight(
    score: Score, row: ScoredRow | None, audit: Audit, texts: Texts
) -> tuple[Decimal | None, str | None]:
    if score.kind == "budget":
        return _decimal(_execution(score, audit).weight), texts.get("steps/weight_stated")
    if row is None:
        block = next(
            (b for b in audit.facts.blocks if b.goal is not None and b.goal.goal == score.goal),
            None,
        )
        if block is None or block.weight is None or score.kind == "total":
            return None, None
        return _decimal(block.weight), texts.get("steps/weight_label")
    if row.how == STATED:
        label = row.indicator.weight.how == "label"
        return _decimal(row.weight), texts.get(
            "steps/weight_label" if label else "steps/weight_stated"
        )
    if row.how == APPROVED:
        return _decimal(row.weight), texts.get("steps/weight_approved", there=row.agreed)
    if row.how == BOUNDED and row.claim is not None and row.slack is not None and row.slack >= 0:
        return None, texts.get("steps/weight_bounded", most=row.claim + row.slack)
    return None, texts.get("steps/weight_unknown")


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value, 2)


def _how(score: Score, row: ScoredRow | None, texts: Texts) -> str | None:
    if row is None:
        return None
    arguments = reasoning(row)
    weighed = COMPUTED - {"not-met"} | {"range-met", "date-met"}
    if arguments["weight"] is None and row.ratio.why in weighed:
        return None
    return texts.arithmetic(arguments, score.lo, score.hi)
