"""What a run came to: as a table, and as the page of the documentation."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from mutants.trials import Mutant

LONGEST = 48
NOTICED = {"killed", "timed out"}


def line(mutant: Mutant, result: str) -> str:
    """One survivor."""
    change = mutant.change
    return f"{mutant.path}:{change.line}:{change.start}: {change.old[:60]!r} -> {change.new[:60]!r}: {result}"


def table(results: Mapping[Mutant, str]) -> str:
    """Mutants and the share of them that were killed, module by module."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for mutant, result in results.items():
        counts[mutant.path][result in NOTICED] += 1
    lines = ["| module | mutants | killed | share |", "| --- | ---: | ---: | ---: |"]
    for path, found in sorted(counts.items()):
        name = f"`{Path(path).parent.name}/{Path(path).name}`"
        lines.append(f"| {name} | {found.total()} | {found[True]} | {share(found)} |")
    whole = sum(counts.values(), Counter[bool]())
    lines.append(f"| together | {whole.total()} | {whole[True]} | {share(whole)} |")
    return "\n".join(lines)


def share(found: Counter[bool]) -> str:
    """Killed of all."""
    return f"{100 * found[True] / max(1, found.total()):.0f} %"


HEAD = """# Mutants

Made by `python benchmarks/mutation.py {command} --write docs/mutation.md` on {day}; do not edit.

检验测试本身的办法：在复核规则与取值的程序中，每次只改动一处（比较符号、加减乘除、常数、条件、返回值），再运行经过该行的测试；
测试未能发现的改动称为“存活”。本次从 {possible} 处可能的改动中抽取 {tried} 处，测试发现 {killed} 处，发现率 {share}。
存活的改动中，一部分并不改变结果（例如已由另一条件保证的分支）；全部列于文末，
逐批补充测试。各门槛值两侧均有算例。

A mutant is one comparison, operator, constant, condition or result changed at a time, in a scratch copy; it
is tried against the tests that its line was seen in, the most special and the quickest first, for {budget:g} seconds of
tests at most, and is killed when one of them fails. A mutant that survives here may be killed by a slower test that
the time did not reach, or may change nothing that anybody can see. The sample
is the same for the same seed and the same code.

| | |
| --- | ---: |
| possible mutants of these modules | {possible} |
| tried | {tried} |
| killed | {killed} |
| share killed | {share} |

{table}

## Survivors

Each as line, what stood there and what was put in its place. They are the list to work from: a case on the other side
of the condition kills it, and where no case can, the condition may not be needed.

{survivors}
"""


def page(results: Mapping[Mutant, str], possible: int, command: str, budget: float) -> str:
    """The page of the documentation."""
    killed = sum(result in NOTICED for result in results.values())
    counts = Counter(result in NOTICED for result in results.values())
    day = datetime.now(tz=UTC).date().isoformat()
    return HEAD.format(
        command=command, day=day, possible=possible, tried=len(results), killed=killed, share=share(counts),
        table=table(results), survivors=survivors(results), budget=budget,
    )  # fmt: skip


def survivors(results: Mapping[Mutant, str]) -> str:
    """The survivors, module by module."""
    lines: list[str] = []
    last = ""
    for mutant, result in results.items():
        if result in NOTICED:
            continue
        if mutant.path != last:
            lines += ["", f"`{mutant.path}`", ""]
            last = mutant.path
        change = mutant.change
        old, new = (_short(text) for text in (change.old, change.new))
        lines.append(f"- {change.line}: `{old}` → `{new}`")
    return "\n".join(lines).strip()


def _short(text: str) -> str:
    text = " ".join(text.split()).replace("`", "'")
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
