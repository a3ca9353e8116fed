"""The counts as a page, as lines of examples, and in one sentence."""

from collections.abc import Iterable

from oracle.directions import Agreement
from oracle.measure import Counts, KindCount

Tables = dict[str, Agreement]
"""What each table of targets was asked for, by its name."""


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


def summary(counts: Counts, tables: Tables) -> str:
    """The run in one line."""
    found, made = _found(counts)
    told = [
        f"{name}: {table.agreed} of {table.rows} agreed, {len(table.left_open)} left open, "
        f"{len(table.against)} against, {len(table.accused)} accused, {len(table.let_pass)} let pass"
        for name, table in tables.items()
    ]
    return (
        f"{counts.consistent} consistent forms: {counts.false} false findings on {counts.accused}; "
        f"{found} of {made} single errors found at the right cell; {_per_cause(counts)} findings a cause; "
    ) + "; ".join(told)


PAGE = """\
# Soundness

Made by `python benchmarks/soundness.py {command} --write docs/soundness.md`; do not edit.

摘要：由独立程序（不使用 `perfxl/rules` 的任何代码）生成 {consistent} 份各类自评表，全部符合评分规则；
误报 {false} 处，即每千份 {rate} 处，涉及 {accused} 份。另在每份表中各植入一处可以证实的错误，
共 {kinds} 类 {made} 处，在应当标注的单元格查出 {found} 处（{share}），平均每个原因 {cause} 条问题。
目标值与实际值对照表 {rows} 行，一致 {agreed} 行，留待判断 {open} 行，读反 {against} 行，误判未完成 {convicted} 行。

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
"""
KINDS = """
## Single errors by kind

“Elsewhere”: something was found, but at no cell that a person would correct for it. The last column counts
errors and warnings that the consistent form does not have.

| kind | made | found | recall | elsewhere | silent | findings per error |
| --- | --- | --- | --- | --- | --- | --- |"""
ASKED = """
## Targets and actuals

Three tables ask for the ratio of one row each, and every row claims full points: `tests/rules/directions.csv`,
`benchmarks/oracle/unseen.csv` (names which no word list was written beside) and `benchmarks/oracle/values.csv`
(spellings). A row left open is read as wider than it is: nobody is accused, and less is proven. Accused: the
target is reached, or not provably missed, and the claim is called wrong. Let pass: the target is provably
missed, and the claim is not called wrong.

| table | rows | agreed | left open | against | accused | let pass |
| --- | --- | --- | --- | --- | --- | --- |"""


def page(counts: Counts, tables: Tables, command: str) -> str:
    """The report in English, with a summary in Chinese."""
    found, made = _found(counts)
    head = PAGE.format(
        command=command, consistent=counts.consistent, false=counts.false,
        rate=_per_thousand(counts.false, counts.consistent), accused=counts.accused,
        kinds=len(counts.kinds), made=made, found=found, share=_share(found, made),
        cause=_per_cause(counts), rows=sum(one.rows for one in tables.values()),
        agreed=sum(one.agreed for one in tables.values()),
        open=sum(len(one.left_open) for one in tables.values()),
        against=sum(len(one.against) for one in tables.values()),
        convicted=sum(len(one.accused) for one in tables.values()),
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
        ASKED,
        *(_asked(name, table) for name, table in tables.items()),
        "",
        *(line for name, table in tables.items() for line in _lists(name, table)),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _asked(name: str, table: Agreement) -> str:
    found = (table.left_open, table.against, table.accused, table.let_pass)
    return (
        f"| {name} | {table.rows} | {table.agreed} | "
        + " | ".join(str(len(one)) for one in found)
        + " |"
    )


def _lists(name: str, table: Agreement) -> list[str]:
    return [
        *_list(f"{name}: against", table.against),
        *_list(f"{name}: accused", table.accused),
        *_list(f"{name}: let pass", table.let_pass),
        *_list(f"{name}: left open", table.left_open),
        *_list(f"{name}: without an interval", table.unread),
    ]


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


def examples(counts: Counts, tables: Tables) -> str:
    """Everything that went wrong, one line each."""
    lines = [f"not read: {line}" for line in counts.unreadable]
    lines += [f"false: {line}" for line in counts.examples]
    lines += [f"not understood: {line}" for line in counts.not_understood]
    lines += [f"clean copy: {line}" for line in counts.unclean]
    lines += [f"contradiction: {line}" for line in counts.sums_off]
    for name, kind in counts.kinds.items():
        lines += [f"missed: {name}: {line}" for line in kind.missed]
    lines += [f"not placed: {name}" for name in counts.unplaced]
    for name, table in tables.items():
        for verdict, told in (
            ("against", table.against),
            ("accused", table.accused),
            ("let pass", table.let_pass),
            ("left open", table.left_open),
            ("no interval", table.unread),
        ):
            lines += [f"{name}, {verdict}: {line}" for line in told]
    return "\n".join(lines) + "\n"
