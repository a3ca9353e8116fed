"""The audit of one form: every rule, its verdicts counted, consequences folded under their cause."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from perfxl.exact import Fraction
from perfxl.forms.model import Field, Form
from perfxl.rules import approved as approved_rules
from perfxl.rules import (
    approved_amounts,
    completeness,
    funds,
    named_targets,
    policy,
    reasons,
    scores,
    sums,
    values,
)
from perfxl.rules.counterpart import counterpart
from perfxl.rules.facts import Facts, Interval, Row, exact, gather
from perfxl.rules.findings import Check, Finding, Score, Severity, Verdict
from perfxl.rules.policy import Choice
from perfxl.rules.ratio import ZERO
from perfxl.rules.registry import RULES

MODULES = (funds, scores, sums, completeness, reasons, values, named_targets,
           approved_rules, approved_amounts)  # fmt: skip
"""Where the rules stand; importing a module registers its rules."""
RULES.sort(key=lambda rule: [module.__name__ for module in MODULES].index(rule.check.__module__))

SAME_ROW, SAME_GOAL, SAME_CELL, SAME_FORM = "row", "goal", "cell", "form"
FOLDS = (
    # (what follows, its cause, where both must be): one cause is one finding.
    ("execution-rate", "money-units", SAME_FORM),
    ("execution-score", "money-units", SAME_FORM),
    ("overspent", "money-units", SAME_FORM),
    ("execution-score:no-rate", "funds-parts", SAME_FORM),
    ("execution-score", "execution-rate", SAME_FORM),
    ("indicator-score", "missing-actual", SAME_ROW),
    ("indicator-score", "units-differ", SAME_ROW),
    ("missing-reason", "indicator-score:below", SAME_ROW),
    ("far-above-target", "impossible-rate", SAME_ROW),
    ("scores-exceed-points", "score-range:row", SAME_GOAL),
    ("score-range:goal", "score-range:row", SAME_GOAL),
    ("score-range:form", "score-range:row", SAME_FORM),
    ("score-range:form", "indicator-score:above", SAME_FORM),
    ("goal-sum", "scores-exceed-points", SAME_GOAL),
    ("score-range", "scores-exceed-points", SAME_CELL),
    ("weights-fit", "missing-actual", SAME_GOAL),
    ("weights-fit", "indicator-score", SAME_GOAL),
    ("weights-fit", "scores-exceed-points", SAME_GOAL),
    ("weights-fit", "units-differ", SAME_GOAL),
    ("grade", "total-sum", SAME_FORM),
    ("missing-target", "approved-target:missing", SAME_ROW),
)


@dataclass(frozen=True, slots=True)
class Audit:
    """The result for one form.

    Attributes:
        scores: every place for a score with its interval, in the form's order.
        findings: by severity, then by place.
        verdicts: (rule, verdict) → how many subjects.
        total: the interval of the form's total; ``recomputed`` the value nearest to the claim.
    """

    form: Form
    choice: Choice
    facts: Facts
    scores: tuple[Score, ...]
    findings: tuple[Finding, ...]
    verdicts: Counter[tuple[str, Verdict]]
    total: Score

    def count(self, severity: Severity) -> int:
        """How many findings of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def proven(self) -> Fraction:
        """Points proven to be claimed too much, row by row: what goals and totals may hide."""
        over = [
            score.claimed - score.hi
            for score in self.scores
            if score.kind in ("indicator", "budget")
            and score.verdict is Verdict.FAILS
            and score.claimed is not None
            and score.hi is not None
            and score.claimed > score.hi
        ]
        return sum(over, ZERO)

    @property
    def unjudged(self) -> bool:
        """Whether rows claim points and none has a place for what was achieved: nothing to judge by."""
        claimed = [row for row in self.facts.rows if row.claim is not None]
        return bool(claimed) and not any(row.indicator.actual.row for row in claimed)

    @property
    def clean(self) -> bool:
        """Neither errors nor warnings."""
        return all(finding.severity is Severity.NOTE for finding in self.findings)


def audit(
    form: Form,
    policy_name: str | None = None,
    extra: Path | None = None,
    approved: Sequence[Form] = (),
) -> Audit:
    """Recompute every score of a form and check it against every rule.

    Args:
        form: the form.
        policy_name: the policy to apply; None: the one that the form shows to follow.
        extra: a folder of the user's own policies.
        approved: tables of approved targets; the form's own is found among them.

    Raises:
        UsageError: the named policy does not exist.
        ConfigError: a policy file cannot be used.
    """
    choice = policy.choose(form, policy_name, extra)
    agreed = counterpart(form, approved, choice.policy.total_weight)
    facts = gather(form, choice.policy, agreed)
    findings: list[Finding] = []
    verdicts: Counter[tuple[str, Verdict]] = Counter()
    for rule in RULES:
        for check in rule.check(facts):
            verdicts[rule.code, check.verdict] += 1
            if check.message:
                findings.append(_finding(rule.code, rule.subject, check, facts))
    judged = tuple(_scores(facts))
    total = judged[-1]
    return Audit(form, choice, facts, judged, _folded(findings, facts, judged), verdicts, total)


def _finding(code: str, subject: str, check: Check, facts: Facts) -> Finding:
    clause = facts.policy.clause(str(check.arguments.get("subject", subject)))
    return Finding(
        code, check.severity, check.verdict, facts.form.sheet, check.place.row, check.place.col,
        check.field, check.claimed, check.lo, check.hi, clause, check.message, check.arguments,
        check.goal, check.row,
    )  # fmt: skip


# ---------------------------------------------------------------- one cause, one finding
def _folded(
    findings: list[Finding], facts: Facts, judged: tuple[Score, ...]
) -> tuple[Finding, ...]:
    causes: dict[int, list[Finding]] = {}
    folded: set[int] = set()
    for follower, cause, where in FOLDS:
        for index, finding in enumerate(findings):
            if index in folded or not _follows(finding, follower):
                continue
            for other, leader in enumerate(findings):
                if other not in folded and other != index and _leads(leader, cause, where, finding):
                    causes.setdefault(other, []).append(finding)
                    folded.add(index)
                    break
    _add_consequences(findings, folded, causes, facts, judged)
    kept = [
        finding._replace(causes=tuple(causes.get(index, ())))
        for index, finding in enumerate(findings)
        if index not in folded
    ]
    order = list(Severity)
    return tuple(sorted(kept, key=lambda f: (order.index(f.severity), f.row or 10**7, f.col)))


def _follows(finding: Finding, follower: str) -> bool:
    rule, _, part = follower.partition(":")
    if finding.rule != rule:
        return False
    if part == SAME_GOAL:
        return not finding.line and finding.goal is not None
    if part == SAME_FORM:
        return not finding.line and finding.goal is None
    return part in ("", finding.message)


def _leads(leader: Finding, cause: str, where: str, follower: Finding) -> bool:
    rule, _, message = cause.partition(":")
    if leader.rule != rule:
        return False
    if message == SAME_ROW and not leader.line:
        return False
    if message not in ("", SAME_ROW) and leader.message != message:
        return False
    if where == SAME_ROW:
        return leader.line == follower.line != 0
    if where == SAME_GOAL:
        return leader.goal == follower.goal
    if where == SAME_CELL:
        return (leader.row, leader.col) == (follower.row, follower.col)
    return True


def _add_consequences(
    findings: list[Finding],
    folded: set[int],
    causes: dict[int, list[Finding]],
    facts: Facts,
    judged: tuple[Score, ...],
) -> None:
    """A goal or the total that leaves its interval because of a row is listed under that row."""
    off = {score.of: score for score in judged if score.verdict is Verdict.FAILS}
    places = {
        (f.row, f.col)
        for index, f in enumerate(findings)
        if index not in folded and f.field == "score"
    }
    for index, finding in enumerate(findings):
        if (
            index in folded
            or finding.severity is Severity.NOTE
            or finding.field not in ("score", "actual")
        ):
            continue
        for of in (f"goal:{finding.goal}", "total"):
            score = off.get(of)
            if (
                score is None
                or (score.place.row, score.place.col) in places
                or finding.goal is None
                or _opposite(finding, score)
            ):
                continue
            follower = Finding(
                "follows", finding.severity, Verdict.FAILS, facts.form.sheet,
                score.place.row, score.place.col, "score", score.claimed, score.lo, score.hi,
                finding.clause, score.kind, {"name": score.name}, score.goal,
            )  # fmt: skip
            causes.setdefault(index, []).append(follower)


def _opposite(finding: Finding, score: Score) -> bool:
    """Whether a sum is off the other way: one point too many here does not make it too low."""
    if finding.claimed is None or isinstance(finding.claimed, str) or score.difference is None:
        return False
    if finding.hi is not None and finding.claimed > finding.hi:
        return score.difference < 0
    if finding.lo is not None and finding.claimed < finding.lo:
        return score.difference > 0
    return False


# ---------------------------------------------------------------- scores beside their intervals
def _scores(facts: Facts) -> list[Score]:
    found: list[Score] = []
    parts: list[Fraction | None] = []
    if facts.budget is not None:
        name = str(facts.budget.name.value or "")
        found.append(
            _score("budget", "budget", name, facts.budget.score, facts.budget_score, facts)
        )
        parts.append(found[-1].recomputed)
    for block in facts.blocks:
        goal = block.goal
        rows = [
            _score(f"indicator:{row.indicator.row}", "indicator", row.indicator.name, row.indicator.score,
                   row.admissible, facts, row.indicator.goal)
            for row in block.rows
        ]  # fmt: skip
        rows = [_left_open(score, row) for score, row in zip(rows, block.rows, strict=True)]
        summed = _summed([score.recomputed for score in rows])
        if goal is not None:
            name = str(goal.label.value or goal.name.value or "")
            kind = "section" if goal.section else "goal"
            score = _score(
                f"goal:{goal.goal}", kind, name, goal.score, block.admissible, facts, goal.goal
            )
            found.append(_filled(score, summed))
            summed = found[-1].recomputed if found[-1].recomputed is not None else summed
        found += rows
        parts.append(summed)
    total = _score("total", "total", "", facts.form.claimed_total, facts.total, facts)
    found.append(_filled(total, _summed(parts)))
    return found


def _left_open(score: Score, row: Row) -> Score:
    """A claim within a range that only ignorance leaves open is not confirmed."""
    if row.ratio.open and score.verdict is Verdict.HOLDS:
        return score._replace(verdict=Verdict.CANNOT_JUDGE)
    return score


def _summed(parts: list[Fraction | None]) -> Fraction | None:
    known = [part for part in parts if part is not None]
    return sum(known, ZERO) if known and len(known) == len(parts) else None


def _filled(score: Score, summed: Fraction | None) -> Score:
    """A blank sum is determined by its parts, where each of them is."""
    blank = score.claimed is None and score.recomputed is None
    return score._replace(recomputed=summed) if blank and not score.place.text else score


def _score(
    of: str, kind: str, name: str, place: Field, interval: Interval, facts: Facts,
    goal: int | None = None,
) -> Score:  # fmt: skip
    claim = exact(place)
    tolerance: Fraction = facts.policy.tolerance
    if claim is None:
        verdict, value = Verdict.NOT_APPLICABLE, interval.point
        return Score(of, kind, name, place, None, *interval, value, None, verdict, goal)
    if interval.lo is None and interval.hi is None:
        return Score(
            of, kind, name, place, claim, None, None, None, None, Verdict.CANNOT_JUDGE, goal
        )
    value = interval.nearest(claim)
    holds = abs(value - claim) <= tolerance
    if holds:
        value = claim if interval.point is None else value
    verdict = Verdict.HOLDS if holds else Verdict.FAILS
    return Score(of, kind, name, place, claim, *interval, value, claim - value, verdict, goal)
