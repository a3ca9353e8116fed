"""The sheet 审核结果: what the audit comes to, the findings with links to their cells, what is left open.

An ordinary form's fits one page: what decides stands above, how often each rule held below, and
nothing stands there that does not apply.
"""

from collections.abc import Sequence

from perfxl.books import decision_cells
from perfxl.books.margin import list_findings, name_of, round_score
from perfxl.books.sheet_rows import SheetRows
from perfxl.exact import Fraction, round_half_up
from perfxl.ooxml.address import Span
from perfxl.ooxml.newsheet import NewCell, NewSheet
from perfxl.rules.audit import Audit
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.findings import CLUE, Finding, Severity, Statement, Unit, Verdict
from perfxl.rules.keys import Decisions, finding_keys
from perfxl.rules.matching.counterpart import where
from perfxl.rules.registry import RULES
from perfxl.texts import Texts
from perfxl.version import __version__

WIDTHS = (4.5, 8.0, 17.0, 17.0, 6.5, 7.0, 9.0, 10.5, 14.5, 78.0)
"""Of the columns of findings, in characters; columns that a person fills in may follow."""
COLUMNS = len(WIDTHS)
ENTRY_WIDTHS = (11.0, 26.0, 10.0, 12.0)
"""Of the columns that a person fills in, beside what is printed; the finding's key is hidden behind them."""
KEY_WIDTH = 4.0
THIRDS = ((1, 4), (5, 9), (10, 10))
"""First and last column of three parts of the width that are about as wide."""
SIZE, LEAST_SIZE = 10.0, 7.5
"""Of the texts, and the least that they may be printed in, in points."""
TALL = 27.0
REMARKED = ("covered", "disputed")
"""Cells that were not understood for a reason worth a word."""
MOST_UNREAD = 200
LONGEST_NOTE = 160
"""Of a printed note no more characters are quoted."""
STYLES = dict.fromkeys(Conclusion, "error") | {
    Conclusion.WARNINGS: "warning",
    Conclusion.CLEAN: "good",
    Conclusion.OTHER: "warning",
}
UNJUDGED = (Conclusion.BLANK, Conclusion.OTHER)
SHOWN = (Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_JUDGE)


class ResultSheet(SheetRows):
    """The sheet in the making.

    Attributes:
        title: its name.
    """

    def __init__(self, title: str, texts: Texts, *, clean: bool) -> None:
        super().__init__(len(WIDTHS))
        self.title = title
        self.texts = texts
        self._clean = clean
        self._findings: dict[tuple[int, int], int] = {}
        self._entries: list[Span] = []
        self._quoted: dict[str, None] = {}

    def keep(self, form: int, number: int, row: int) -> None:
        """Remember the row of a finding: the number of its form, its own."""
        self._findings[form, number] = row

    def quote(self, statement: Statement) -> None:
        """Remember the sentence of a clause, to print it once under all that rests on it."""
        if statement.quotation:
            self._quoted[statement.basis] = None

    def add_quotations(self) -> None:
        """Append the sentences of the clauses that were named."""
        if self._quoted:
            self.wide(self.texts.get("result/quoted", clauses=list(self._quoted)), "note")
        self._quoted.clear()

    def cell_of(self, form: int, number: int) -> str:
        """The cell where a finding begins, to lead to."""
        return f"A{self._findings[form, number]}"

    def entries(self, first: int, last: int) -> None:
        """Rows where a person decides of findings get the list of words to choose from."""
        self._entries.append(Span(first, COLUMNS + 1, last, COLUMNS + 1))

    def finished(self, remarks: Sequence[str]) -> NewSheet:
        """The sheet, with what is to be said of the copy itself and a line for those who sign."""
        texts = self.texts
        who = [texts.get(f"result/{one}") for one in ("auditor", "reviewer", "signed_on")]
        self.side_by_side([NewCell(one) for one in who], THIRDS, TALL)
        signed = texts.get("result/made_by", version=__version__)
        for remark in (*remarks, f"{texts.get('result/legend')} {signed}"):
            self.wide(remark, "note")
        return NewSheet(
            self.title,
            self.rows,
            widths=(*WIDTHS, *ENTRY_WIDTHS, KEY_WIDTH) if self._entries else WIDTHS,
            hidden=frozenset({COLUMNS + len(ENTRY_WIDTHS) + 1}) if self._entries else frozenset(),
            printed=COLUMNS if self._entries else 0,
            choices=[(area, decision_cells.words(texts)) for area in self._entries],
            heights=self.heights,
            merges=self.merges,
            landscape=True,
            tab_colour="70AD47" if self._clean else "C00000",
            size=SIZE,
            least_scale=LEAST_SIZE / SIZE,
            footer=texts.get("result/footer"),
            selected=True,
        )


def draw(
    audits: Sequence[Audit],
    texts: Texts,
    title: str,
    name: str,
    remark: str = "",
    decisions: Sequence[Decisions] = (),
) -> ResultSheet:
    """The sheet for the forms of one file, all but what is to be said of the copy.

    Args:
        audits: the audited forms.
        texts: the user's language.
        title: the sheet's name.
        name: of the submitted file.
        remark: what is to be said of the file before anything else (that it was redrawn).
        decisions: what people decided of each form's findings; () where nobody is to decide here.
    """
    sheet = ResultSheet(title, texts, clean=all(audit.clean for audit in audits))
    sheet.parts(
        (1, 8, NewCell(texts.get("result/title"), "title")), (9, COLUMNS, NewCell(name, "note"))
    )
    if remark:
        sheet.wide(remark, "note")
    for number, audit in enumerate(audits):
        if len(audits) > 1:
            sheet.wide(f"{audit.form.sheet} {name_of(audit.form)}", "header")
        _head(sheet, audit, texts)
        _findings(sheet, audit, number, texts, decisions[number] if decisions else None)
        _notes(sheet, audit, texts)
        sheet.add_quotations()
        _rules(sheet, audit, texts)
    return sheet


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


def _head(sheet: ResultSheet, audit: Audit, texts: Texts) -> None:
    """核減 and the conclusion, large; the totals; which form it is and what it was judged by."""
    form, total, agreed = audit.form, audit.total, audit.facts.approved
    said, style = verdict(audit, texts)
    headline = ""
    if total.difference is not None and audit.conclusion is not Conclusion.INCOMPLETE:
        headline = texts.get("result/headline", difference=round_score(total.difference))
    large = f"headline-{style}"
    if headline:
        both = (1, 4, NewCell(headline, large)), (5, COLUMNS, NewCell(said, large))
        sheet.parts(*both, height=TALL)
    else:
        sheet.parts((1, COLUMNS, NewCell(said, large)), height=TALL)

    def label(key: str) -> NewCell:
        return NewCell(texts.get(f"result/{key}"), "header")

    sheet.parts(
        (1, 2, label("claimed")), (3, 3, NewCell(_points(total.claimed), "strong")),
        (4, 4, label("recomputed")), (5, 8, NewCell(_recomputed(audit, texts), "strong")),
        (9, 9, label("proven")), (10, 10, NewCell(_points(audit.proven or None), "strong")),
    )  # fmt: skip
    sheet.parts(
        (1, 2, label("unit")), (3, 4, NewCell(str(form.unit.value or form.project.value or "—"))),
        (5, 6, label("year")), (7, 8, NewCell(str(form.year.value or "—"))),
        (9, 9, label("kind")), (10, 10, NewCell(texts.get(f"kind/{form.kind}"))),
    )  # fmt: skip
    policy = audit.choice.policy
    titled = texts.get("common/inside", text=policy.titles[texts.language], inner=policy.source)
    sheet.parts(
        (1, 2, label("policy")), (3, 8, NewCell(titled)), (9, 10, NewCell(_why(audit, texts)))
    )
    if agreed and agreed.table:
        sheet.parts((1, 2, label("approved")), (3, COLUMNS, NewCell(where(agreed.table))))


def _points(value: Fraction | None) -> str:
    return "—" if value is None else f"{round_score(value):.2f}"


def _recomputed(audit: Audit, texts: Texts) -> str:
    total = audit.total
    if total.recomputed is None and total.lo is None and total.hi is None:
        return (
            "—" if audit.facts.scored or audit.conclusion in UNJUDGED else texts.get("cli/unscored")
        )
    span = texts.range(total.lo, total.hi)
    if total.recomputed is None:
        return span
    points = _points(total.recomputed)
    # The interval of unrounded parts may end a hundredth beside the sum of the rounded ones.
    if span == points:
        return points
    return texts.get("common/inside", text=points, inner=texts.get("result/range_note", range=span))


def _findings(
    sheet: ResultSheet, audit: Audit, form: int, texts: Texts, decisions: Decisions | None
) -> None:
    """The errors and warnings, numbered as they are everywhere, and beside them what people decide."""
    shown = list_findings(audit)
    sheet.wide(texts.get("result/findings"), "header")
    if not shown:
        sheet.wide(texts.get("result/no_findings"), "good")
        return
    heads = [NewCell(head, "header") for head in texts.list("result/columns")]
    if decisions is None:
        sheet.add(*heads)
    else:
        more = [
            NewCell(texts.get(f"decisions/{one}"), "entry-head") for one in decision_cells.FIELDS
        ]
        first = sheet.add(*heads, *more) + 1
        sheet.entries(first, first + len(shown) - 1)
    keys = dict(zip(map(id, audit.findings), finding_keys(audit.findings), strict=True))
    for number, finding in enumerate(shown, start=1):
        row = _finding(sheet, number, finding, texts)
        sheet.keep(form, number, row)
        if decisions is not None:
            sheet.rows[row - 1] += _entry(keys[id(finding)], decisions, texts)


def _entry(key: str, decisions: Decisions, texts: Texts) -> list[NewCell | None]:
    """The cells of a finding that a person fills in, with what was filled in before, and its key."""
    choice, *others = decisions.told.get(key, ("", "", "", ""))
    told = [texts.get(f"decisions/{choice}") if choice else "", *others]
    looks = ("entry", "entry-text", "entry", "entry")
    cells = [NewCell(text or None, look) for text, look in zip(told, looks, strict=True)]
    return [*cells, NewCell(decision_cells.key_text(decisions.form, key), "key")]


def _notes(sheet: ResultSheet, audit: Audit, texts: Texts) -> None:
    """What a person has to judge, what was not recognised, clues, remarks; what there is not, in one line."""
    notes = [finding for finding in audit.findings if finding.severity is Severity.NOTE]
    clues = [finding for finding in notes if finding.clue]
    open_ones = [f for f in notes if f.verdict is Verdict.CANNOT_JUDGE and not f.clue]
    others = [f for f in notes if f.verdict is not Verdict.CANNOT_JUDGE and not f.clue]
    _section(sheet, "not_judged", open_ones, texts)
    _unread(sheet, audit, texts)
    there = {"not_judged_none": open_ones, "unread_none": audit.form.unread}
    none = " ".join(texts.get(f"result/{key}") for key, found in there.items() if not found)
    if none:
        sheet.wide(none, "text")
    # An accusation they are not: the heading says so.
    _section(sheet, "clues", clues, texts, texts.get("result/clue"))
    _section(sheet, "notes", others, texts)


def _section(
    sheet: ResultSheet, key: str, findings: Sequence[Finding], texts: Texts, word: str = ""
) -> None:
    if findings:
        sheet.wide(texts.get(f"result/{key}"), "header")
    for number, finding in enumerate(findings, start=1):
        _finding(sheet, number, finding, texts, word)


def _finding(
    sheet: ResultSheet, number: int, finding: Finding, texts: Texts, word: str = ""
) -> int:
    style = {Severity.ERROR: "error", Severity.WARNING: "warning"}.get(finding.severity, "text")
    told = texts.statement(finding)
    sheet.quote(told)
    text = told.text
    if finding.causes:
        items = [texts.finding(cause) for cause in finding.causes]
        text += "\n" + texts.get("marks/follows", items=items)
    return sheet.add(
        NewCell(number, "drawn", number_format="0"),
        NewCell(word or texts.get(f"severity/{finding.severity}"), style),
        NewCell(told.goal or None),
        NewCell(told.name or None),
        NewCell(told.cell or "—", "link" if told.cell else "text",
                (told.sheet, told.cell) if told.cell else None),
        NewCell(told.claimed or None, "figure"),
        NewCell(told.due or None, "figure"),
        _difference(told.difference, told.unit, texts),
        NewCell(told.clause or None, "drawn"),
        NewCell(text),
    )  # fmt: skip


def _difference(value: Fraction | None, unit: Unit, texts: Texts) -> NewCell:
    """By how much a claim is off, as a number: 多计 and 少计 are its format."""
    if value is None:
        return NewCell(None, "figure")
    digits = 4 if unit is Unit.RATE else 2
    return NewCell(
        round_half_up(value, digits), "figure", number_format=texts.get(f"result/off_{unit}")
    )


def _unread(sheet: ResultSheet, audit: Audit, texts: Texts) -> None:
    """The cells that nobody understood: silence is never mistaken for a pass."""
    unread = audit.form.unread
    if unread:
        sheet.wide(texts.get("result/unread"), "header")
    cells = []
    for item in unread[:MOST_UNREAD]:
        why = texts.get(f"result/unread_{item.why}") if item.why in REMARKED else ""
        text = texts.get("result/unread_cell", cell=item.cell, text=item.text + why)
        cells.append(NewCell(text, "link", (audit.form.sheet, item.cell)))
    sheet.side_by_side(cells, THIRDS)
    if len(unread) > MOST_UNREAD:
        sheet.wide(texts.get("result/unread_more", count=len(unread) - MOST_UNREAD), "text")


def _rules(sheet: ResultSheet, audit: Audit, texts: Texts) -> None:
    """How often each rule held, three in a row; those that did not apply are not listed."""
    heads = dict(zip(Verdict, texts.list("result/verdicts"), strict=True))
    told = []
    clues = 0
    for rule in RULES:
        counts = [(heads[one], audit.verdicts[rule.code, one]) for one in SHOWN]
        if rule.code.startswith(CLUE):
            clues += any(count for _, count in counts)
        elif any(count for _, count in counts):
            title = texts.get(f"rules/{rule.code}/title")
            found = [item for item in counts if item[1]]
            told.append(texts.get("result/rule_counted", title=title, counts=found))
    if told:
        told.append(texts.get("result/clues_counted", count=clues))
        sheet.wide(texts.get("result/rules"), "header")
        sheet.side_by_side([NewCell(one) for one in told], THIRDS)
