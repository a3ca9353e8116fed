"""The conclusion on a form: one value, worked out here and nowhere else, shown everywhere."""

from collections.abc import Iterable
from enum import StrEnum

from perfxl.rules.findings import Finding, Severity


class Conclusion(StrEnum):
    """What an audit comes to; the texts stand in the catalogue under ``conclusion``."""

    ERRORS = "errors"
    """存在错误: the form contradicts itself or the rules."""
    WARNINGS = "warnings"
    """需补充说明: no error, but something is to be explained or mended."""
    CLEAN = "clean"
    """未发现问题: understood in all its scored parts, and nothing found."""
    INCOMPLETE = "incomplete"
    """未能完整识别: something that the scores depend on was not understood. No result of an audit."""
    BLANK = "blank"
    """空白表: nothing was filled in."""
    OTHER = "other"
    """非自评表: a monitoring form or a target form, which is not judged."""


WHOLE = {"other-form": Conclusion.OTHER, "blank-form": Conclusion.BLANK}
"""Rules that speak of a form as a whole: where one has found something, no other rule is asked."""
UNJUDGED = frozenset(WHOLE.values())
"""Conclusions of forms that are not judged: they are part of no roll-up, and have no clean copy."""
UNSEEN = frozenset({"unread-core", "uncomputed-formula"})
"""Rules that find what could not be read; whatever else is found, the form is not judged whole."""


def conclude(findings: Iterable[Finding]) -> Conclusion:
    """The conclusion that the findings of a form come to.

    What was proven stays proven beside an incomplete reading, but a reader must not take the rest for
    checked; so the incomplete reading is named first.
    """
    found = list(findings)
    rules = {finding.rule for finding in found}
    for rule, conclusion in WHOLE.items():
        if rule in rules:
            return conclusion
    if rules & UNSEEN:
        return Conclusion.INCOMPLETE
    severities = {finding.severity for finding in found}
    if Severity.ERROR in severities:
        return Conclusion.ERRORS
    return Conclusion.WARNINGS if Severity.WARNING in severities else Conclusion.CLEAN
