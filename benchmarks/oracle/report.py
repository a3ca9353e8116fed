"""The counts as a page, as lines of examples, and in one sentence."""

from collections.abc import Iterable

from oracle.directions import Agreement
from oracle.measure import Counts, KindCount


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _per_thousand(part: float, whole: float) -> str:
    return f"{1000 * part / whole:.1f}" if whole else "-"


def _found(counts: Counts) -> tuple[int, int]:
    made = sum(kind.made for kind in counts.kinds.values())
    return sum(kind.found for kind in counts.kinds.values()), made


def _per_cause(counts: Counts) -> str:
    hits = [kind for name, kind in counts.kinds.items() if kind.findings and "(note)" not in name]
    made = sum(kind.made - kind.silent for kind in hits)
    return f"{sum(kind.findings for kind in hits) / made:.2f}" if made else "-"


def summary(counts: Counts, table: Agreement, unseen: Agreement) -> str:
    """The run in one line."""
    found, made = _found(counts)
    return (
        f"{counts.consistent} consistent forms: {counts.false} false findings on {counts.accused}; "
        f"{found} of {made} single errors found at the right cell; {_per_cause(counts)} findings a cause; "
        f"directions: {table.agreed} of {table.rows} agreed, {len(table.left_open)} left open, "
        f"{len(table.against)} against the table, {len(table.unread)} unread; "
        f"unseen names: {unseen.agreed} of {unseen.rows} agreed, {len(unseen.left_open)} left open, "
        f"{len(unseen.against)} against"
    )


PAGE = """\
# Soundness

Made by `python benchmarks/soundness.py {command} --write docs/soundness.md`; do not edit.

摘要：由独立程序（不使用 `perfxl/rules` 的任何代码）生成 {consistent} 份各类自评表，全部符合评分规则；
误报 {false} 处，即每千份 {rate} 处，涉及 {accused} 份。另在每份表中各植入一处可以证实的错误，
共 {kinds} 类 {made} 处，在应当标注的单元格查出 {found} 处（{share}），平均每个原因 {cause} 条问题。
指标方向对照表 {rows} 行，一致 {agreed} 行，留待判断 {open} 行，不一致 {against} 行。

An oracle of its own (`benchmarks/oracle/`) makes consistent forms of every family, with the spellings,
roundings, blanks and dashes of real ones, and puts one provable error into each. It shares no code with
`perfxl/rules`: what is right follows from how a form was made. A finding on a consistent form is false; an
error counts as found only where a finding of the severity that its kind states stands at the cell that a
person would correct.

| figure | value | aim |
| --- | --- | --- |
| consistent forms | {consistent} | |
| false findings (errors and warnings) | {false} | 0 |
| false findings per 1,000 consistent forms | {rate} | 0 |
| consistent forms with any false finding | {accused} | 0 |
| consistent forms whose recomputed total is not the claim | {totals} | 0 |
| outputs that contradict themselves (sums, 不符 with a difference of 0.00) | {sums} | 0 |
| clean copies (of {cleaned}) with findings of scores or sums | {unclean} | 0 |
| consistent forms called incomplete, blank or no self-evaluation | {odd} | 0 |
| forms not read | {unreadable} | 0 |
| kinds of single errors, all found | {complete} of {kinds} | all |
| single errors found at the right cell | {found} of {made}, {share} | 100 % |
| findings per cause | {cause} | 1 |
| directions: rows agreed | {agreed} of {rows} | all |
| directions: full claims of reached or open targets called errors | {accused_rows} | 0 |
| directions: full claims of missed targets let pass | {passed} | 0 |
| directions: rows left open | {open} | 0 |
| directions: rows read against the table | {against} | 0 |
| names on no list: agreed | {unseen_agreed} of {unseen_rows} | |
| names on no list: left open | {unseen_open} | |
| names on no list: read against the meaning | {unseen_against} | 0 |
"""
KINDS = """
## Single errors by kind

“Elsewhere”: something was found, but at no cell that a person would correct for it. The last column counts
errors and warnings that the consistent form does not have.

| kind | made | found | recall | elsewhere | silent | findings per error |
| --- | --- | --- | --- | --- | --- | --- |"""
DIRECTIONS = """
## Directions

`tests/rules/directions.csv` asks for the ratio of one row each, `benchmarks/oracle/unseen.csv` for that of
names which no word list was written beside. A row left open is read as wider than it is: nobody is accused,
and less is proven.
"""


def page(counts: Counts, table: Agreement, unseen: Agreement, command: str) -> str:
    """The report in English, with a summary in Chinese."""
    found, made = _found(counts)
    head = PAGE.format(
        command=command, consistent=counts.consistent, false=counts.false,
        rate=_per_thousand(counts.false, counts.consistent), accused=counts.accused,
        kinds=len(counts.kinds), made=made, found=found, share=_share(found, made),
        cause=_per_cause(counts), rows=table.rows, agreed=table.agreed, open=len(table.left_open),
        against=len(table.against), accused_rows=len(table.accused),
        passed=len(table.let_pass), unseen_rows=unseen.rows, unseen_agreed=unseen.agreed,
        unseen_open=len(unseen.left_open), unseen_against=len(unseen.against),
        odd=len(counts.not_understood),
        cleaned=counts.cleaned, unclean=len(counts.unclean), totals=counts.totals_off, sums=len(counts.sums_off),
        unreadable=len(counts.unreadable),
        complete=sum(kind.made == kind.found for kind in counts.kinds.values() if kind.made),
    )  # fmt: skip
    lines = [
        head,
        "## Consistent forms by family",
        "",
        "| family | forms | with a false finding | false findings |",
        "| --- | --- | --- | --- |",
        *(
            f"| {name} | {all_} | {bad} | {false} |"
            for name, (all_, bad, false) in sorted(counts.by_family.items())
        ),
        "",
        "## False findings by rule",
        "",
        *(_table("rule", counts.by_rule.most_common()) if counts.by_rule else ["None."]),
        KINDS,
        *(_kind(name, kind) for name, kind in counts.kinds.items()),
        DIRECTIONS,
        *_list("Read against the table", table.against),
        *_list("Left open", table.left_open),
        *_list("Without an interval", table.unread),
        *_list("Names on no list, read against the meaning", unseen.against),
        *_list("Names on no list, left open", unseen.left_open),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _kind(name: str, kind: KindCount) -> str:
    each = f"{kind.findings / kind.made:.2f}" if kind.made else "-"
    return (
        f"| {name} | {kind.made} | {kind.found} | {_share(kind.found, kind.made)} | {kind.elsewhere} | "
        f"{kind.silent} | {each} |"
    )


def _table(head: str, rows: Iterable[tuple[str, int]]) -> list[str]:
    return [
        f"| {head} | false findings |",
        "| --- | --- |",
        *(f"| {name} | {count} |" for name, count in rows),
    ]


def _list(head: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    shown = [f"- {line}" for line in lines[:25]]
    if len(lines) > len(shown):
        shown.append(f"- and {len(lines) - len(shown)} more")
    return [f"{head} ({len(lines)}):", "", *shown, ""]


def examples(counts: Counts, table: Agreement, unseen: Agreement) -> str:
    """Everything that went wrong, one line each."""
    lines = [f"not read: {line}" for line in counts.unreadable]
    lines += [f"false: {line}" for line in counts.examples]
    lines += [f"not understood: {line}" for line in counts.not_understood]
    lines += [f"clean copy: {line}" for line in counts.unclean]
    lines += [f"contradiction: {line}" for line in counts.sums_off]
    for name, kind in counts.kinds.items():
        lines += [f"missed: {name}: {line}" for line in kind.missed]
    lines += [f"not placed: {name}" for name in counts.unplaced]
    lines += [f"direction against: {line}" for line in table.against]
    lines += [f"direction open: {line}" for line in table.left_open]
    lines += [f"direction unread: {line}" for line in table.unread]
    for name, found in (("direction", table), ("unseen", unseen)):
        lines += [f"{name} accused: {line}" for line in found.accused]
        lines += [f"{name} let pass: {line}" for line in found.let_pass]
    lines += [f"unseen against: {line}" for line in unseen.against]
    lines += [f"unseen open: {line}" for line in unseen.left_open]
    return "\n".join(lines) + "\n"
