"""The same gap in many rows is one finding, which names its cells; a reader counts causes, not rows."""

from collections.abc import Sequence

from perfxl.rules.findings import Finding, Severity
from perfxl.rules.subject import merge_subjects

MANY = 4
"""So many equal gaps are told in one line."""
MOST_NAMED = 6
REPEATABLE = {
    # (rule, message) → the message for many; what is said of one row only is left as it is.
    ("missing-actual", "scored"): "scored-many",
    ("missing-actual", "empty"): "empty-many",
    ("missing-target", "empty"): "empty-many",
    ("missing-score", "empty"): "empty-many",
    ("missing-score", "whole"): "empty-many",
    ("clue-shared-name", "both"): "both-many",
    ("clue-misplaced", "level"): "level-many",
    ("clue-satisfaction", "text"): "text-many",
    ("clue-satisfaction", "complaints"): "complaints-many",
    ("clue-shown-value", "differs"): "differs-many",
    ("clue-late-completion", "after"): "after-many",
}


def merge_repeats(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings with equal gaps merged into the first of them, in its place.

    The merged finding's ``places`` are all cells, its consequences those of all. A message that is
    already about several rows says in ``count`` about how many.
    """
    groups: dict[tuple[str, str, Severity], list[Finding]] = {}
    for finding in findings:
        many = REPEATABLE.get((finding.rule, finding.message))
        if many is not None:
            groups.setdefault((finding.rule, many, finding.severity), []).append(finding)
    merged: dict[int, Finding | None] = {}
    for (_, message, _), group in groups.items():
        if len(group) > 1 and sum(map(_rows_of, group)) >= MANY:
            merged |= dict.fromkeys(map(id, group))
            merged[id(group[0])] = _merge(group, message)
    kept = (merged.get(id(finding), finding) for finding in findings)
    return tuple(finding for finding in kept if finding is not None)


def _rows_of(finding: Finding) -> int:
    return int(finding.arguments["count"]) if finding.message == "whole" else 1


def _merge(group: Sequence[Finding], message: str) -> Finding:
    first = group[0]
    places = tuple(place for finding in group for place in finding.places)
    causes: dict[tuple[object, ...], Finding] = {}
    for finding in group:
        for cause in finding.causes:
            causes.setdefault((cause.rule, cause.row, cause.col, cause.message), cause)
    return first._replace(
        message=message,
        lo=None,
        hi=None,
        arguments={
            "count": sum(_rows_of(finding) for finding in group),
            "rows": [(f.arguments["name"], f.cell or "") for f in group[:MOST_NAMED]],
            "more": len(group) > MOST_NAMED,
            "places": places,
        },
        causes=tuple(causes.values()),
        parts=tuple(group),
        subject=merge_subjects([finding.subject for finding in group]),
    )
