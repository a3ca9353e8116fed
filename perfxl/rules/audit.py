"""The audit of one form: every rule, its verdicts counted, consequences folded under their cause."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from perfxl.exact import Fraction
from perfxl.forms.model import Form
from perfxl.rules.checks import approved as approved_rules
from perfxl.rules.checks import (
    approved_amounts,
    clues,
    completeness,
    funds,
    named_targets,
    promises,
    reasons,
    scores,
    spending,
    sums,
    values,
)
from perfxl.rules.checks.displayed import unlike, with_stored
from perfxl.rules.checks.disputes import Disputes
from perfxl.rules.conclusion import WHOLE, Conclusion, conclude
from perfxl.rules.engine.facts import Facts, compute_facts
from perfxl.rules.engine.ratio import ZERO
from perfxl.rules.findings import Check, Finding, Quotation, Score, Severity, Verdict
from perfxl.rules.matching.counterpart import counterpart
from perfxl.rules.policies import policy
from perfxl.rules.policies.policy import Choice, Policy
from perfxl.rules.policies.quoting import quote_clause
from perfxl.rules.recompute import recompute
from perfxl.rules.registry import RULES
from perfxl.rules.repeats import merge_repeats
from perfxl.rules.subject import Subjects

MODULES = (
    funds,
    spending,
    scores,
    sums,
    completeness,
    reasons,
    values,
    promises,
    named_targets,
    approved_rules,
    approved_amounts,
    clues,
)
"""Where the rules stand; importing a module registers its rules."""
RULES.sort(key=lambda rule: [module.__name__ for module in MODULES].index(rule.check.__module__))

SAME_ROW, SAME_GOAL, SAME_CELL, SAME_FORM = "row", "goal", "cell", "form"
SUMS = ("goal", "section", "total")
EXPLAINED = ("missing-reason", "far-above-target")
"""Rules that ask for a reason: no sum follows from its being missing."""
OF_GOALS = ("goal-sum", "scores-exceed-points")
"""Rules of a goal's score, from which the total follows."""
FOLDS = (
    # (what follows, its cause, where both must be): one cause is one finding.
    ("execution-rate", "money-units", SAME_FORM),
    ("execution-score", "money-units", SAME_FORM),
    ("overspent", "money-units", SAME_FORM),
    ("expenditure-total", "money-units", SAME_FORM),
    ("expenditure-total", "funds-parts:zero", SAME_FORM),
    ("execution-score:below", "score-range:negative", SAME_CELL),
    ("execution-score:no-rate", "funds-parts", SAME_FORM),
    ("execution-score", "funds-parts:zero", SAME_FORM),
    ("execution-score", "weight-sum:funds", SAME_FORM),
    ("score-range", "weight-sum:funds", SAME_ROW),
    ("score-range:form", "weight-sum:funds", SAME_FORM),
    ("execution-score:no-rate", "score-range", SAME_CELL),
    ("score-range", "execution-score:above", SAME_CELL),
    ("score-range:form", "execution-score:above", SAME_FORM),
    ("execution-score", "execution-rate", SAME_FORM),
    ("indicator-score", "missing-actual", SAME_ROW),
    ("indicator-score", "units-differ", SAME_ROW),
    ("coefficient", "indicator-score", SAME_ROW),
    ("missing-reason", "indicator-score:below", SAME_ROW),
    ("far-above-target", "impossible-rate", SAME_ROW),
    ("far-above-target", "missing-reason", SAME_ROW),
    ("scores-exceed-points", "score-range:row", SAME_GOAL),
    ("score-range:goal", "score-range:row", SAME_GOAL),
    ("score-range:form", "score-range:row", SAME_FORM),
    ("score-range:form", "indicator-score:above", SAME_FORM),
    ("score-range:form", "weight-sum:total", SAME_FORM),
    ("goal-sum", "scores-exceed-points", SAME_GOAL),
    ("score-range", "scores-exceed-points", SAME_CELL),
    ("score-range:goal", "scores-exceed-points", SAME_GOAL),
    ("score-range:form", "scores-exceed-points", SAME_FORM),
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
        total: the form's total, recomputed, beside its interval.
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
        again = {one.of for one in self.facts.executions if not one.counted}
        over = [
            score.difference
            for score in self.scores
            if score.kind in ("indicator", "budget")
            and score.of not in again
            and score.verdict is Verdict.FAILS
            and score.difference is not None
            and score.difference > 0
        ]
        return sum(over, ZERO)

    @property
    def conclusion(self) -> Conclusion:
        """What the audit comes to."""
        return conclude(self.findings)

    @property
    def clean(self) -> bool:
        """Understood in all its scored parts, and neither errors nor warnings."""
        return self.conclusion is Conclusion.CLEAN


def audit(
    form: Form,
    policy_name: str | Policy | None = None,
    extra: Path | None = None,
    approved: Sequence[Form] = (),
) -> Audit:
    """Recompute every score of a form and check it against every rule.

    Args:
        form: the form.
        policy_name: the policy to apply, or its name; None: the one that the form shows to follow.
        extra: a folder of the user's own policies.
        approved: tables of approved targets; the form's own is found among them.

    Raises:
        UsageError: the named policy does not exist.
        ConfigError: a policy file cannot be used.
    """
    choice = policy.choose(form, policy_name, extra)
    agreed = counterpart(form, approved, choice.policy.total_weight)
    facts = compute_facts(form, choice.policy, agreed)
    disputes = Disputes(facts)
    subjects = Subjects(facts)
    judged = tuple(map(disputes.open_score, recompute(facts)))
    findings: list[Finding] = []
    verdicts: Counter[tuple[str, Verdict]] = Counter()
    for rule in RULES:
        for check in rule.check(facts):
            if disputes.open and disputes.holds(rule.code, check):
                # Nobody is accused by what two readings dispute.
                verdicts[rule.code, Verdict.CANNOT_JUDGE] += 1
                continue
            verdicts[rule.code, check.verdict] += 1
            if check.message:
                findings.append(_finding(rule.code, rule.subject, check, facts, subjects))
    cells = tuple(unlike(form))
    findings = [with_stored(finding, cells) for finding in findings] if cells else findings
    whole = [finding for finding in findings if finding.rule in WHOLE]
    if whole:
        # No self-evaluation, or nothing in it: there is nothing that any other rule could speak of.
        findings = whole
        verdicts = Counter(
            {
                (rule.code, Verdict.NOT_APPLICABLE): 1
                for rule in RULES
                if all(rule.code != finding.rule for finding in whole)
            }
            | {(finding.rule, finding.verdict): 1 for finding in whole}
        )
        judged = tuple(map(_unjudged, judged))
    total = judged[-1]
    return Audit(form, choice, facts, judged, _folded(findings, subjects, judged), verdicts, total)


def _unjudged(score: Score) -> Score:
    """A score of a form that is not judged: no interval, and nothing to fill in."""
    return score._replace(
        lo=None, hi=None, recomputed=None, difference=None, verdict=Verdict.NOT_APPLICABLE
    )


def _finding(code: str, rests_on: str, check: Check, facts: Facts, subjects: Subjects) -> Finding:
    rests_on = str(check.arguments.get("subject", rests_on))
    return Finding(
        code, check.severity, check.verdict, facts.form.sheet, check.place.row, check.place.col,
        check.field, check.claimed, check.lo, check.hi, facts.policy.clause(rests_on), check.message,
        check.arguments, check.goal, check.row,
        subject=subjects.of_check(code, check), quotation=quote_clause(facts.form, facts.policy, rests_on),
    )  # fmt: skip


# ---------------------------------------------------------------- one cause, one finding
def _folded(
    findings: list[Finding], subjects: Subjects, judged: tuple[Score, ...]
) -> tuple[Finding, ...]:
    causes: dict[int, list[Finding]] = {}
    folded: set[int] = set()
    for follower, cause, where in FOLDS:
        for index, finding in enumerate(findings):
            if index in folded or not _follows(finding, follower):
                continue
            for other, leader in enumerate(findings):
                if other not in folded and other != index and _leads(leader, cause, where, finding):
                    # Its cause quotes the clause.
                    causes.setdefault(other, []).append(finding._replace(quotation=Quotation()))
                    folded.add(index)
                    break
    _add_consequences(findings, folded, causes, subjects, judged)
    kept = [
        finding._replace(causes=tuple(causes.get(index, ())))
        for index, finding in enumerate(findings)
        if index not in folded
    ]
    order = list(Severity)
    kept.sort(key=lambda f: (order.index(f.severity), f.row or 10**7, f.col))
    return merge_repeats(kept)


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
    subjects: Subjects,
    judged: tuple[Score, ...],
) -> None:
    """A goal or the total that is recomputed because of a row is listed under that row."""
    off = [score for score in judged if score.verdict is Verdict.FAILS]
    sums = [score for score in off if score.kind in SUMS]
    moved = {(score.place.row, score.place.col) for score in off if score.kind not in SUMS}
    lines = {score.place.row for score in off if score.kind == "indicator"}
    said = {
        (f.row, f.col)
        for index, f in enumerate(findings)
        if index not in folded and f.field == "score" and f.severity is not Severity.NOTE
    }
    for index, finding in enumerate(findings):
        if index in folded or finding.severity is Severity.NOTE or finding.rule in EXPLAINED:
            continue
        own = (finding, *causes.get(index, ()))
        if not (
            finding.rule in OF_GOALS
            or any((one.row, one.col) in moved or one.line in lines for one in own)
        ):
            continue
        for score in sums:
            if (
                (score.kind != "total" and score.goal != finding.goal)
                or (score.place.row, score.place.col) in said
                or _opposite(finding, score)
            ):
                continue
            follower = Finding(
                "follows", finding.severity, Verdict.FAILS, finding.sheet,
                score.place.row, score.place.col, "score", score.claimed,
                score.recomputed, score.recomputed,
                finding.clause, score.kind, {"name": score.name}, score.goal,
                subject=subjects.of_score(score),
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
