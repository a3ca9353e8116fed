"""perfxl's answer to consistent forms and to single errors, counted."""

import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from oracle import errors, layouts
from oracle.families import FAMILIES
from oracle.model import Key, Plan

TRIES = 1000
CHUNK = 200
ALARMS = ("error", "warning")
CLEANED = 10
"""Of so many wrong forms one is filled into a clean copy, and the copy audited."""
SETTLED = {
    "indicator-score", "score-range", "scores-exceed-points", "execution-score", "execution-rate",
    "goal-sum", "total-sum", "grade",
}  # fmt: skip
"""Rules that a clean copy must pass: what it writes itself."""
UNJUDGED = {"incomplete", "blank", "other"}
"""Conclusions that a form which can be read never has."""
CENT = Fraction(1, 200)
FULL = Fraction(100)


class Seen(NamedTuple):
    """One finding as far as the count needs it."""

    rule: str
    severity: str
    cell: str | None


@dataclass
class Case:
    """A consistent form, and the same form with one error."""

    kind: str
    plan: Plan
    wrong: Plan
    fault: errors.Fault
    allowed: frozenset[str] = frozenset()


@dataclass
class KindCount:
    """What became of the single errors of one kind."""

    made: int = 0
    found: int = 0
    elsewhere: int = 0
    silent: int = 0
    findings: int = 0
    missed: list[str] = field(default_factory=list)


@dataclass
class Counts:
    """The figures of a run."""

    consistent: int = 0
    accused: int = 0
    false: int = 0
    unreadable: list[str] = field(default_factory=list)
    by_family: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    by_trait: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    totals_off: int = 0
    sums_off: list[str] = field(default_factory=list)
    """Outputs that contradict themselves: parts that do not add up, 不符 beside a difference of nothing."""
    not_understood: list[str] = field(default_factory=list)
    """Consistent forms whose conclusion is that they were not understood, or were nothing to judge."""
    cleaned: int = 0
    unclean: list[str] = field(default_factory=list)
    """Clean copies of wrong forms that have findings of scores or sums themselves."""
    kinds: dict[str, KindCount] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)


def cases(forms: int, seed: int) -> Iterator[Case]:
    """So many pairs of a consistent form and one with an error, kinds and families in turn."""
    kinds = list(errors.every())
    names = list(FAMILIES)
    for number in range(forms):
        kind, place = kinds[number % len(kinds)]
        case = _place(kind, place, names, number, seed)
        if case is not None:
            yield case


def _place(
    kind: str, place: errors.Kind, names: Sequence[str], number: int, seed: int
) -> Case | None:
    for attempt in range(TRIES):
        rng = random.Random(f"{seed}/{number}/{attempt}")  # noqa: S311 - reproducible, no secret
        family = names[(number // 7 + attempt) % len(names)]
        plan = FAMILIES[family](rng)
        wrong = plan.copy()
        fault = place(rng, wrong)
        if fault is not None:
            return Case(kind, plan, wrong, fault)
    return None


def measure(forms: int, seed: int, *, jobs: int = 1) -> Counts:
    """Draw, audit and count; the same seed gives the same forms."""
    counts = Counts(kinds={name: KindCount() for name, _ in errors.every()})
    batch: list[Case] = []
    for case in cases(forms, seed):
        batch.append(case)
        if len(batch) == CHUNK:
            _audit(batch, counts, jobs)
            batch = []
    _audit(batch, counts, jobs)
    counts.unplaced = [name for name, kind in counts.kinds.items() if not kind.made]
    return counts


def _audit(batch: Sequence[Case], counts: Counts, jobs: int) -> None:
    import perfxl  # noqa: PLC0415 - what is measured, and nothing else of it

    if not batch:
        return
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(batch):
            data, places = layouts.draw(case.plan)
            (Path(folder) / f"{number:04}-a.xlsx").write_bytes(data)
            data, wrong_places = layouts.draw(case.wrong)
            (Path(folder) / f"{number:04}-b.xlsx").write_bytes(data)
            case.allowed = frozenset(
                wrong_places[key] for key in case.fault.cells if key in wrong_places
            )
            case.plan.style["places"] = places
        results = {result.file: result for result in perfxl.audit(folder, jobs=jobs)}
        _count_clean(batch, Path(folder), counts)
    for number, case in enumerate(batch):
        right = _count_consistent(case, results[f"{number:04}-a.xlsx"], counts)
        _count_wrong(case, results[f"{number:04}-b.xlsx"], right, counts)


def _count_clean(batch: Sequence[Case], folder: Path, counts: Counts) -> None:
    import perfxl  # noqa: PLC0415 - what is measured

    # A blank form has nothing to fill, a transfer form no scores.
    some = [
        number
        for number, case in enumerate(batch)
        if number % CLEANED == 0 and case.plan.kind != "transfer" and case.kind != "blank form"
    ]
    for number in some:
        case = batch[number]
        (done,) = perfxl.fill(folder / f"{number:04}-b.xlsx", out=folder / "clean")
        if done.copy is None:
            continue
        counts.cleaned += 1
        (result,) = perfxl.audit(done.copy)
        found = [
            one for one in _seen(result) or [] if one.rule in SETTLED and one.severity in ALARMS
        ]
        if found:
            said = ", ".join(f"{one.severity} {one.rule} {one.cell}" for one in found)
            counts.unclean.append(f"{case.kind}, {case.plan.family}: {said}")


def _seen(result: Any) -> list[Seen] | None:
    """The findings of a file's only form; None where it could not be read as one form."""
    if result.error is not None or len(result.audits) != 1:
        return None
    return [
        Seen(one.rule, one.severity.value, one.cell) for one in result.audits[0].findings
    ]  # fmt: skip


def _count_consistent(case: Case, result: Any, counts: Counts) -> Counter[Seen]:
    plan = case.plan
    counts.consistent += 1
    family = counts.by_family[plan.family]
    family[0] += 1
    seen = _seen(result)
    if seen is None:
        counts.unreadable.append(f"{plan.family}: {result.error or 'no form, or several'}")
        return Counter()
    alarms = Counter(one for one in seen if one.severity in ALARMS)
    counts.false += alarms.total()
    family[2] += alarms.total()
    if alarms:
        counts.accused += 1
        family[1] += 1
        counts.by_trait.update(plan.traits)
        counts.by_rule.update(one.rule for one in alarms.elements())
        counts.examples += [describe(plan, one) for one in alarms]
    conclusion = getattr(result.audits[0], "conclusion", None)
    if getattr(conclusion, "value", conclusion) in UNJUDGED:
        counts.not_understood.append(
            f"{plan.family}: {conclusion}; {[one for one in seen if one.severity not in ALARMS]}"
        )
    total = result.audits[0].total
    counts.sums_off += contradictions(result.audits[0], f"consistent {plan.family}")
    if plan.total is not None and (
        total.recomputed is None or abs(total.recomputed - plan.total) > plan.slack() + CENT
    ):
        counts.totals_off += 1
    return alarms


def _count_wrong(case: Case, result: Any, right: Counter[Seen], counts: Counts) -> None:
    kind = counts.kinds[case.kind]
    kind.made += 1
    seen = _seen(result)
    if seen is None:
        # A blank form may be no form to perfxl; whatever it says is then no finding.
        kind.silent += 1
        return
    counts.sums_off += contradictions(result.audits[0], f"{case.kind}, {case.plan.family}")
    new = Counter(seen) - right
    alarms = [one for one in new.elements() if one.severity in ALARMS]
    kind.findings += len(alarms)
    hit = any(
        one.severity in case.fault.severities and (one.cell in case.allowed or not case.allowed)
        for one in seen
    )
    if hit:
        kind.found += 1
        return
    if alarms:
        kind.elsewhere += 1
    else:
        kind.silent += 1
    kind.missed.append(_missed(case, seen))


def contradictions(audit: Any, where: str) -> list[str]:
    """What an audit's own numbers say against each other.

    A goal is the sum of its rows and the total the sum of its parts, where all are known; a claim that
    does not hold differs from what is right by a hundredth at least.
    """
    scores = list(audit.scores)
    found = [
        f"{where}: {one.of} does not hold and differs by {float(one.difference)}"
        for one in scores
        if one.verdict.value == "不符" and one.difference is not None and abs(one.difference) < CENT
    ]
    rows = [one for one in scores if one.of.startswith("indicator:")]
    parts = [one.recomputed for one in scores if one.of.startswith("budget")]
    parts += [one.recomputed for one in rows if one.goal is None]
    for goal in (one for one in scores if one.of.startswith("goal:")):
        own = _whole([one.recomputed for one in rows if one.goal == goal.goal])
        if own is not None and goal.recomputed is not None and own != goal.recomputed:
            found.append(f"{where}: {goal.of} is {float(goal.recomputed)}, its rows {float(own)}")
        parts.append(own if goal.recomputed is None else goal.recomputed)
    whole, total = _whole(parts), audit.total.recomputed if audit.total else None
    if whole is not None and total is not None and min(whole, FULL) != total:
        found.append(f"{where}: total is {float(total)}, its parts {float(whole)}")
    return found


def _whole(parts: Sequence[Fraction | None]) -> Fraction | None:
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(parts) else None


def _at(places: dict[Key, str], cell: str | None) -> Key | None:
    return next((key for key, place in places.items() if place == cell), None)


def describe(plan: Plan, one: Seen) -> str:
    """A false finding as a minimal example."""
    key = _at(plan.style["places"], one.cell)
    head = f"{plan.family} {one.severity} {one.rule} at {key or one.cell}"
    if key is not None and key[0] == "row":
        return f"{head}: {tell_row(plan, key[1])}"
    if key is not None and key[0] == "goal":
        section = plan.sections[key[1]]
        rows = "; ".join(tell_row(plan, number) for number, _, its in plan.rows() if its is section)
        return f"{head}: goal of {section.points}, claimed {section.score}; {rows}; {plan.traits}"
    return f"{head}; {plan.traits}"


def tell_row(plan: Plan, number: int) -> str:
    """A row in one line: names, target → actual, weight, score, and what is right."""
    row = next(row for at, row, _ in plan.rows() if at == number)
    target = f"{row.sign}{row.target.value}{row.unit}" if row.sign else row.target.value
    if row.target.shown != "General":
        target = f"{target} as {row.target.shown}"
    actual = row.actual.value
    if row.actual.shown != "General":
        actual = f"{actual} as {row.actual.shown}"
    weight = None if not plan.known or row.weight is None else float(row.weight)
    score = row.stored.value if row.stored else None if row.score is None else float(row.score)
    ends = f"{row.low}..{row.high}"
    return f"{row.level2} {row.name}: {target} → {actual}, weight {weight}, score {score}, ratio {ends}"


def _missed(case: Case, seen: Sequence[Seen]) -> str:
    key = case.fault.cells[0] if case.fault.cells else None
    said = [f"{one.severity} {one.rule} {one.cell}" for one in seen if one.severity in ALARMS]
    about = tell_row(case.wrong, key[1]) if key is not None and key[0] == "row" else str(key)
    return f"{case.plan.family}: {about}; said instead: {', '.join(said) or 'nothing'}"
