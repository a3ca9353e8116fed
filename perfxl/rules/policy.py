"""Policies: the parameters of the official rules, with their clause, source and first year.

They live in templates/policies/*.toml and never as constants in code. A form selects its policy by
what it shows (its notes, its points for budget execution); `--policy` overrides the choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from perfxl import resources
from perfxl.errors import ConfigError, UsageError
from perfxl.exact import Fraction
from perfxl.forms.model import Form
from perfxl.forms.text import fold

DEFAULT = "ministry"
FUNDS = ("budget", "executed")
"""What may weigh the units in a roll-up."""
INVERSE = ("proportional", "linear", "both")
"""How a missed ceiling may be scored."""
CLUE_SEVERITIES = ("note", "warning")
"""What a clue may weigh: it is never an error, for it proves nothing."""
WORDS = "words"


@dataclass(frozen=True, eq=False)
class Policy:
    """One set of rules.

    Attributes:
        id: its name on the command line.
        titles: what people call it, by language (zh, en).
        source: the document it comes from.
        valid_from: first year of validity. valid_to: its last one, None: still valid.
        province: where it applies, "" everywhere.
        tiers: reached / partly / missed → (lowest, highest) share of the weight.
        budget_points: points for budget execution where the form states none.
        total_weight: what all weights sum to.
        far_above: completion above this share asks for an explanation; None: silent.
        satisfaction_required: whether satisfaction indicators must be there.
        grades: (least total, grade), from the best down; empty: no grades.
        tolerance: the most that rounding may move a score.
        decimals: at how many decimals scores are kept.
        inverse: how a missed ceiling is scored: proportional (A/B), linear (1 - (B - A)/A, not below 0)
            or both, where the rules print no formula and the interval spans the two.
        zero_rate: the rate of execution where nothing of no budget was spent; None: open.
        rate_above_one: whether a stated rate above 100 % is admitted as it is.
        execution_steps: (least rate, share of the points), from the best down; empty: in proportion.
        reason_rate: a rate of execution below this asks for a reason; None: silent.
        reason_length: least number of characters of that reason.
        rollup_weight: which funds weigh the units in a roll-up: budget or executed.
        clauses: subject → clause.
        words: word lists that decide how an indicator is judged; those of clues begin with ``clue_``.
        clue_severity: clue → warning, where the policy raises one; a clue is a note otherwise.
        grade_words: spelling → grade.
    """

    id: str
    titles: Mapping[str, str]
    source: str
    valid_from: int
    valid_to: int | None
    province: str
    tiers: Mapping[str, tuple[Fraction, Fraction]]
    budget_points: Fraction
    total_weight: Fraction
    far_above: Fraction | None
    satisfaction_required: bool
    grades: tuple[tuple[Fraction, str], ...]
    tolerance: Fraction
    decimals: int
    inverse: str
    zero_rate: Fraction | None
    rate_above_one: bool
    execution_steps: tuple[tuple[Fraction, Fraction], ...]
    reason_rate: Fraction | None
    reason_length: int
    rollup_weight: str
    clauses: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    clue_severity: Mapping[str, str]
    grade_words: Mapping[str, str]
    select: Mapping[str, tuple[str, ...]]

    def clause(self, subject: str) -> str:
        """The clause that a subject rests on; the policy's source where it names none."""
        return self.clauses.get(subject, self.source)


@dataclass(frozen=True)
class Choice:
    """The policy of a form, and why it was taken (a code of the texts)."""

    policy: Policy
    why: str
    evidence: str = ""


def _folder(extra: Path | None) -> list[Path]:
    folders = [resources.templates() / "policies"]
    return [*folders, extra] if extra is not None and extra.is_dir() else folders


@cache
def load(extra: Path | None = None) -> Mapping[str, Policy]:
    """Every policy by its id; files of the user's own folder come over the built-in ones.

    Raises:
        ConfigError: a policy file cannot be used; says which and why.
    """
    words = resources.toml(resources.templates() / "policies" / f"{WORDS}.toml")
    found: dict[str, Policy] = {}
    for folder in _folder(extra):
        for path in sorted(folder.glob("*.toml")):
            if path.stem == WORDS:
                continue
            policy = _policy(resources.toml(path), words, path.name)
            found[policy.id] = policy
    return found


def _exact(text: object) -> Fraction:
    """A parameter as an exact number.

    By way of Decimal, always: quicktions 1.24 writes over the interpreter's own one-byte objects
    when it is given a text of one character.
    """
    return Fraction(Decimal(str(text)))


def _optional(text: object) -> Fraction | None:
    return None if text is None else _exact(text)


def _policy(data: Mapping[str, Any], words: Mapping[str, Any], file: str) -> Policy:
    try:
        clues = {f"clue_{name}": entries for name, entries in words["clues"].items()}
        lists = {**words, **clues, **data.get("words", {})}
        clauses = {
            name: str(part["clause"])
            for name, part in {**words, **data}.items()
            if isinstance(part, Mapping) and "clause" in part
        }
        tiers = data["qualitative"]
        return Policy(
            id=str(data["id"]),
            titles={"zh": str(data["zh"]), "en": str(data.get("en", data["zh"]))},
            source=str(data["source"]),
            valid_from=int(data.get("valid_from", 0)),
            valid_to=int(data["valid_to"]) if "valid_to" in data else None,
            province=str(data.get("province", "")),
            tiers={
                name: (_exact(tiers[name][0]), _exact(tiers[name][1]))
                for name in ("reached", "partly", "missed")
            },
            budget_points=_exact(data["budget"]["points"]),
            total_weight=_exact(data["weights"]["total"]),
            far_above=_optional(data["quantitative"].get("far_above")),
            satisfaction_required=bool(data["satisfaction"]["required"]),
            grades=tuple(
                (_exact(least), str(grade))
                for least, grade in data.get("grade", {}).get("steps", ())
            ),
            tolerance=_exact(data["rounding"]["tolerance"]),
            decimals=int(data["rounding"].get("decimals", 2)),
            inverse=INVERSE[INVERSE.index(data["quantitative"].get("inverse", INVERSE[0]))],
            zero_rate=_optional(data["budget"].get("zero_rate")),
            rate_above_one=bool(data["budget"].get("rate_above_one", False)),
            execution_steps=tuple(
                (_exact(least), _exact(share)) for least, share in data["budget"].get("steps", ())
            ),
            reason_rate=_optional(data["budget"].get("reason_rate")),
            reason_length=int(data["budget"].get("reason_length", 0)),
            rollup_weight=FUNDS[FUNDS.index(data.get("rollup", {}).get("weight", FUNDS[0]))],
            clauses=clauses,
            words={
                name: tuple(fold(word) for word in entries)
                for name, entries in lists.items()
                if isinstance(entries, list)
            },
            clue_severity={
                str(clue): CLUE_SEVERITIES[CLUE_SEVERITIES.index(severity)]
                for clue, severity in data.get("clue_severity", {}).items()
            },
            grade_words={fold(k): v for k, v in lists["grades"].items()},
            select={
                "points": tuple(str(p) for p in data["select"].get("budget_points", ())),
                "notes": tuple(fold(word) for word in data["select"].get("notes", ())),
                "columns": tuple(fold(word) for word in data["select"].get("columns", ())),
            },
        )
    except (KeyError, TypeError, ValueError, IndexError, InvalidOperation) as error:
        raise ConfigError("policy-shape", file=file, reason=str(error)) from error


def named(name: str, extra: Path | None = None) -> Policy:
    """The policy of that name.

    Raises:
        UsageError: there is none; the error lists those that are.
    """
    known = load(extra)
    if name not in known:
        raise UsageError("unknown-policy", policy=name, known=sorted(known))
    return known[name]


def choose(form: Form, name: str | None = None, extra: Path | None = None) -> Choice:
    """The policy that a form shows to follow, or the one that the user named."""
    if name is not None:
        return Choice(named(name, extra), "named", name)
    known = load(extra)
    notes = "".join(fold(note.text) for note in form.notes).replace("×", "*")
    for policy in known.values():
        for word in policy.select["notes"]:
            if word in notes:
                return Choice(policy, "notes", word)
    labels = fold(form.funds_label.text) + "".join(fold(f.weight.text) for f in form.funds)
    for policy in known.values():
        for word in policy.select["columns"]:
            if word in labels:
                return Choice(policy, "columns", word)
    points = [str(fund.weight.value) for fund in form.funds if fund.weight.value is not None]
    for policy in known.values():
        for worth in policy.select["points"]:
            if worth in points:
                return Choice(policy, "points", worth)
    return Choice(known.get(DEFAULT) or next(iter(known.values())), "default")
