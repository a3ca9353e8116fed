"""Audits as plain records: the machine output of `perfxl audit`, and the rows of the frames."""

from collections.abc import Callable, Mapping
from numbers import Rational
from typing import Any

from perfxl.forms.records import Record, form_record
from perfxl.ooxml.address import a1
from perfxl.rules.audit import Audit
from perfxl.rules.findings import Finding, Score, Statement, Verdict
from perfxl.rules.keys import finding_keys

State = Callable[[Finding], Statement]
"""Says a finding in the reader's language, as `perfxl.texts.Texts.statement` does."""
VERDICT_WORDS = {
    Verdict.HOLDS: "符合",
    Verdict.FAILS: "不符",
    Verdict.NOT_APPLICABLE: "不适用",
    Verdict.CANNOT_JUDGE: "无法判定",
}
"""The words of records, frames and ledgers: stable whatever the language, see docs/machine-output.md."""
VERDICTS = {word: verdict for verdict, word in VERDICT_WORDS.items()}
"""A record's word → the verdict."""


def json_number(value: Any) -> Any:
    """A fraction as a JSON number; texts as they are."""
    if isinstance(value, Rational):
        if value.denominator == 1:
            return int(value.numerator)
        return round(float(value), 6)
    return value


def score_record(score: Score) -> Record:
    """One score beside its interval."""
    return {
        "of": score.of,
        "cell": score.place.cell,
        "claimed": json_number(score.claimed),
        "lo": json_number(score.lo),
        "hi": json_number(score.hi),
        "recomputed": json_number(score.recomputed),
        "difference": json_number(score.difference),
        "verdict": VERDICT_WORDS[score.verdict],
    }


def finding_record(finding: Finding, state: State) -> Record:
    """One finding with its sentence and what follows from it."""
    said = state(finding)
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "verdict": VERDICT_WORDS[finding.verdict],
        "sheet": finding.sheet,
        "cell": finding.cell,
        "field": finding.field,
        "claimed": json_number(finding.claimed),
        "lo": json_number(finding.lo),
        "hi": json_number(finding.hi),
        "clause": finding.clause,
        "message": said.sentence,
        "cells": [a1(row, col) for row, col in finding.places],
        "clue": finding.clue,
        "causes": [
            {"rule": cause.rule, "cell": cause.cell, "message": state(cause).sentence}
            for cause in finding.causes
        ],
        "problem": said.problem,
        "kind": str(said.kind),
        "goal_name": said.goal or None,
        "name": said.name or None,
        "field_name": said.field,
        "claimed_text": said.claimed or None,
        "due": said.due or None,
        "difference": json_number(said.difference),
        "difference_unit": str(said.unit),
        "quotation": said.quotation or None,
        "quoted_from": said.quoted_from or None,
        "text": said.text,
    }


def audit_record(audit: Audit, state: State) -> Record:
    """One form as `perfxl audit --json` prints it."""
    total = audit.total
    agreed = audit.facts.approved
    compared = {}
    if agreed is not None:
        compared = {"approved": None if agreed.table is None else agreed.table.form}
    return {
        **form_record(audit.form),
        "policy": audit.choice.policy.id,
        **compared,
        "conclusion": str(audit.conclusion),
        "scores": [score_record(score) for score in audit.scores],
        "recomputed_total": {
            "lo": json_number(total.lo),
            "hi": json_number(total.hi),
            "recomputed": json_number(total.recomputed),
        },
        "proven": json_number(audit.proven),
        "findings": [
            {**finding_record(finding, state), "key": key}
            for finding, key in zip(audit.findings, finding_keys(audit.findings), strict=True)
        ],
    }


def admissible(audit: Audit) -> Mapping[str, Score]:
    """What each score is of → the score."""
    return {score.of: score for score in audit.scores}
