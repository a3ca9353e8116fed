"""The list of rules. A rule is a generator named as its subject; its docstring is the clause."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import NamedTuple

from perfxl.rules.engine.facts import Facts
from perfxl.rules.findings import CLUE, Check, Severity

Function = Callable[[Facts], Iterator[Check]]


class Rule(NamedTuple):
    """A registered rule.

    Attributes:
        code: the function's name with hyphens; the key of its texts.
        severity: the severity of its findings; several where it depends.
        subject: which clause of the policy it rests on.
        check: the function.
    """

    code: str
    severity: str
    subject: str
    check: Function

    @property
    def clause(self) -> str:
        """The clause in plain words."""
        return " ".join((self.check.__doc__ or "").split())


RULES: list[Rule] = []


def rule(severity: str, subject: str) -> Callable[[Function], Function]:
    """Register a rule: its severity (error, warning, note, or several) and its clause's subject."""

    def register(check: Function) -> Function:
        RULES.append(Rule(check.__name__.replace("_", "-"), severity, subject, check))
        return check

    return register


def clue(check: Function) -> Function:
    """Register a clue: a rule whose findings are notes, unless the policy makes them warnings.

    Its function is named ``clue_…``; the policy names it by what follows.
    """
    code = check.__name__.replace("_", "-").removeprefix(CLUE)

    @wraps(check)
    def weighed(facts: Facts) -> Iterator[Check]:
        severity = Severity(facts.policy.clue_severity.get(code, Severity.NOTE))
        for found in check(facts):
            yield found._replace(severity=severity) if found.message else found

    return rule("note", "clues")(weighed)
