"""What a run came to: as a table, and as the page of the documentation."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from mutants.trials import Mutant

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


def page(results: Mapping[Mutant, str], command: str) -> str:
    """The page of the documentation."""
    raise NotImplementedError
