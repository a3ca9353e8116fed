"""The sheet 审核结果: the verdict, the findings with links to their cells, what is left open."""

from collections.abc import Sequence

from perfxl.exact import Fraction, round_half_up
from perfxl.ooxml.address import Span
from perfxl.ooxml.newsheet import NewCell, NewSheet
from perfxl.rules.audit import Audit
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.findings import Finding, Severity, Verdict
from perfxl.rules.matching.counterpart import where
from perfxl.rules.registry import RULES
from perfxl.texts import Texts
from perfxl.version import __version__

WIDTHS = (7.0, 9.0, 9.0, 62.0, 32.0, 44.0)
COLUMNS = len(WIDTHS)
REMARKED = ("covered", "disputed")
"""Cells that were not understood for a reason worth a word."""
MOST_UNREAD = 200
LONGEST_NOTE = 160
"""Of a printed note no more characters are quoted."""
Row = list[NewCell | None]
STYLES = dict.fromkeys(Conclusion, "error") | {
    Conclusion.WARNINGS: "warning",
    Conclusion.CLEAN: "good",
    Conclusion.OTHER: "warning",
}


UNJUDGED = (Conclusion.BLANK, Conclusion.OTHER)


class Sheet:
    """Rows in the making."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.merges: list[Span] = []

    def add(self, *cells: NewCell | None) -> int:
        """Append a row; its number."""
        self.rows.append(list(cells))
        return len(self.rows)

    def wide(self, text: str, style: str) -> None:
        """Append a text over the whole width."""
        row = self.add(NewCell(text, style), *[NewCell(None, style)] * (COLUMNS - 1))
        self.join(row, 1, COLUMNS)

    def join(self, row: int, left: int, right: int) -> None:
        """Merge cells of a row."""
        self.merges.append(Span(row, left, row, right))


def build(audits: Sequence[Audit], texts: Texts, name: str, remarks: Sequence[str]) -> NewSheet:
    """The sheet for the forms of one file.

    Args:
        audits: the audited forms.
        texts: the user's language.
        name: of the submitted file.
        remarks: what is to be said of the file itself (signature, protection, redrawn).
    """
    sheet = Sheet()
    sheet.wide(texts.get("result/title"), "title")
    for remark in remarks:
        sheet.wide(remark, "note")
    sheet.wide(texts.get("result/legend"), "note")
    for audit in audits:
        if len(audits) > 1:
            sheet.wide(f"{audit.form.sheet} {audit.form.name}", "header")
        _head(sheet, audit, texts, name)
        sheet.add()
        _findings(sheet, audit, texts)
        _clues(sheet, audit, texts)
        _open(sheet, audit, texts)
        _unread(sheet, audit, texts)
        _rules(sheet, audit, texts)
    sheet.wide(texts.get("result/made_by", version=__version__), "note")
    return NewSheet(
        texts.get("result/sheet"),
        sheet.rows,
        widths=WIDTHS,
        merges=sheet.merges,
        landscape=True,
        tab_colour="C00000" if any(not audit.clean for audit in audits) else "70AD47",
    )


def verdict(audit: Audit, texts: Texts) -> tuple[str, str]:
    """The conclusion in words and its style."""
    conclusion = audit.conclusion
    said = texts.get(f"conclusion/{conclusion}")
    errors, warnings = audit.count(Severity.ERROR), audit.count(Severity.WARNING)
    if (errors or warnings) and conclusion is not Conclusion.BLANK:
        counted = texts.get("result/verdict_counts", errors=errors, warnings=warnings)
        said = texts.get("result/verdict_counted", verdict=said, counts=counted)
    if conclusion is Conclusion.INCOMPLETE:
        said = texts.get("result/not_final", verdict=said)
    return said, STYLES[conclusion]


def _why(audit: Audit, texts: Texts) -> str:
    """Why this policy was applied, whether its years are the form's, and what the form prints itself."""
    choice = audit.choice
    why = texts.get(f"policy_why/{choice.why}", evidence=choice.evidence)
    if not choice.in_force:
        first, last = choice.policy.valid_from, choice.policy.valid_to
        year = audit.form.year.value
        why = texts.get("policy_why/out-of-force", why=why, first=first, last=last, year=year)
    if choice.printed:
        note = " ".join(choice.printed.split())[:LONGEST_NOTE]
        why = texts.get("policy_why/printed", why=why, note=note)
    return why


def _head(sheet: Sheet, audit: Audit, texts: Texts, name: str) -> None:
    form, total, agreed = audit.form, audit.total, audit.facts.approved
    said, style = verdict(audit, texts)
    policy = audit.choice.policy
    pairs: list[tuple[str, NewCell]] = [
        ("file", NewCell(name)),
        ("unit", NewCell(str(form.unit.value or form.project.value or "—"))),
        ("year", NewCell(str(form.year.value or "—"))),
        ("kind", NewCell(texts.get(f"kind/{form.kind}"))),
        (
            "policy",
            NewCell(
                texts.get("common/inside", text=policy.titles[texts.language], inner=policy.source)
            ),
        ),
        ("policy_why", NewCell(_why(audit, texts))),
        *([("approved", NewCell(where(agreed.table)))] if agreed and agreed.table else []),
        ("claimed", _points(total.claimed)),
        ("recomputed", NewCell(_recomputed(audit, texts))),
        ("difference", _points(total.difference)),
        (
            "proven",
            NewCell(f"{round_half_up(audit.proven, 2):.2f}") if audit.proven else NewCell("—"),
        ),
        ("verdict", NewCell(said, style)),
    ]
    for key, value in pairs:
        label = NewCell(texts.get(f"result/{key}"), "header")
        row = sheet.add(
            label, NewCell(None, "header"), NewCell(None, "header"), value,
            *[NewCell(None, value.style)] * (COLUMNS - 4),
        )  # fmt: skip
        sheet.merges += [Span(row, 1, row, 3), Span(row, 4, row, COLUMNS)]


def _points(value: Fraction | None) -> NewCell:
    return NewCell("—") if value is None else NewCell(f"{round_half_up(value, 2):.2f}")


def _recomputed(audit: Audit, texts: Texts) -> str:
    total = audit.total
    if total.recomputed is None and total.lo is None and total.hi is None:
        return (
            "—" if audit.facts.scored or audit.conclusion in UNJUDGED else texts.get("cli/unscored")
        )
    span = texts.range(total.lo, total.hi)
    if total.recomputed is None:
        return span
    points = f"{round_half_up(total.recomputed, 2):.2f}"
    # The interval of unrounded parts may end a hundredth beside the sum of the rounded ones.
    if span == points:
        return points
    return texts.get("common/inside", text=points, inner=texts.get("result/range_note", range=span))


def _findings(sheet: Sheet, audit: Audit, texts: Texts) -> None:
    shown = [finding for finding in audit.findings if finding.severity is not Severity.NOTE]
    sheet.wide(texts.get("result/findings"), "header")
    if not shown:
        sheet.wide(texts.get("result/no_findings"), "good")
    else:
        sheet.add(*[NewCell(head, "header") for head in texts.list("result/columns")])
    for number, finding in enumerate(shown, start=1):
        _finding(sheet, number, finding, texts)
    notes = [
        finding
        for finding in audit.findings
        if finding.severity is Severity.NOTE
        and finding.verdict is not Verdict.CANNOT_JUDGE
        and not finding.clue
    ]
    if notes:
        sheet.wide(texts.get("result/notes"), "header")
        for number, finding in enumerate(notes, start=1):
            _finding(sheet, number, finding, texts)


def _clues(sheet: Sheet, audit: Audit, texts: Texts) -> None:
    """What a person is asked to look into: apart from the findings, for it accuses nobody."""
    found = [f for f in audit.findings if f.clue and f.severity is Severity.NOTE]
    if found:
        sheet.wide(texts.get("result/clues"), "header")
        sheet.wide(texts.get("result/clues_note"), "note")
    for number, finding in enumerate(found, start=1):
        _finding(sheet, number, finding, texts, texts.get("result/clue"))


def _finding(sheet: Sheet, number: int, finding: Finding, texts: Texts, word: str = "") -> None:
    style = {Severity.ERROR: "error", Severity.WARNING: "warning"}.get(finding.severity, "text")
    cell = finding.cell
    text = texts.finding(finding)
    follows = texts.join("joined", map(texts.finding, finding.causes))
    sheet.add(
        NewCell(number, "text", number_format="0"),
        NewCell(word or texts.get(f"severity/{finding.severity}"), style),
        NewCell(cell or "—", "link" if cell else "text", (finding.sheet, cell) if cell else None),
        NewCell(text),
        NewCell(finding.clause),
        NewCell(follows or None),
    )


def _open(sheet: Sheet, audit: Audit, texts: Texts) -> None:
    """What could not be judged, so that silence is never mistaken for a pass."""
    left = [
        finding
        for finding in audit.findings
        if finding.severity is Severity.NOTE
        and finding.verdict is Verdict.CANNOT_JUDGE
        and not finding.clue
    ]
    sheet.wide(texts.get("result/not_judged"), "header")
    if not left:
        sheet.wide(texts.get("result/not_judged_none"), "text")
    for number, finding in enumerate(left, start=1):
        _finding(sheet, number, finding, texts)


def _unread(sheet: Sheet, audit: Audit, texts: Texts) -> None:
    sheet.wide(texts.get("result/unread"), "header")
    unread = audit.form.unread
    if not unread:
        sheet.wide(texts.get("result/unread_none"), "text")
    for number, item in enumerate(unread[:MOST_UNREAD], start=1):
        text = item.text + (texts.get(f"result/unread_{item.why}") if item.why in REMARKED else "")
        row = sheet.add(
            NewCell(number, "text", number_format="0"),
            NewCell(None),
            NewCell(item.cell, "link", (audit.form.sheet, item.cell)),
            NewCell(text), NewCell(None), NewCell(None),
        )  # fmt: skip
        sheet.merges.append(Span(row, 4, row, COLUMNS))
    if len(unread) > MOST_UNREAD:
        sheet.wide(texts.get("result/unread_more", count=len(unread) - MOST_UNREAD), "text")


def _rules(sheet: Sheet, audit: Audit, texts: Texts) -> None:
    """Every rule with its four counts."""
    sheet.wide(texts.get("result/rules"), "header")
    heads = texts.list("result/rules_columns")
    row = sheet.add(
        NewCell(heads[0], "header"), NewCell(None, "header"), NewCell(None, "header"), NewCell(None, "header"),
        NewCell(heads[-1], "header"), NewCell(texts.get("result/rules_counts"), "header"),
    )  # fmt: skip
    sheet.merges.append(Span(row, 1, row, 4))
    for rule in RULES:
        counts = [audit.verdicts[rule.code, verdict] for verdict in Verdict]
        row = sheet.add(
            NewCell(texts.get(f"rules/{rule.code}/title")), NewCell(None), NewCell(None), NewCell(None),
            NewCell(audit.choice.policy.clause(rule.subject)),
            NewCell("　".join(
                f"{head} {count}" for head, count in zip(heads[1:-1], counts, strict=True) if count
            )),
        )  # fmt: skip
        sheet.merges.append(Span(row, 1, row, 4))
