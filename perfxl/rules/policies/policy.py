"""Policies: the parameters of the official rules, with their clause, source and years.

They live in templates/policies/*.toml and never as constants in code. A form selects its policy by
what it shows (its notes, its points for budget execution) and its year selects among the editions of
one policy; `--policy` overrides the choice.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from perfxl.errors import UsageError
from perfxl.exact import Fraction
from perfxl.forms.model import Field, Form
from perfxl.forms.values.text import normalize
from perfxl.rules.policies import files as policy_files
from perfxl.rules.policies import printed
from perfxl.rules.policies.parameters import TIERS

DEFAULT = "ministry"
PRINTED = "printed"
"""The subject whose clause is quoted for what a form's own notes say."""


@dataclass(frozen=True, eq=False)
class Policy:
    """One edition of one set of rules.

    Attributes:
        id: its name on the command line; several editions share it.
        titles: what people call it, by language (zh, en).
        source: the document it comes from.
        valid_from: first year of validity, 0: always. valid_to: its last one, None: still valid.
        province: where it applies, "" everywhere.
        tiers: reached / partly / missed → (lowest, highest) share of the weight.
        budget_points: points for budget execution where the form states none.
        total_weight: what all weights sum to.
        far_above: completion above this share asks for an explanation; None: silent.
        far_above_included: whether that share itself asks for it, too.
        satisfaction_required: whether satisfaction indicators must be there.
        satisfaction_points: their points; None: not fixed.
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
        sources: stated parameter (budget.points) → where it comes from, or practice.
        words: word lists that decide how an indicator is judged; those of clues begin with ``clue_``.
        clue_severity: clue → warning, where the policy raises one; a clue is a note otherwise.
        grade_words: spelling → grade.
        select_notes, select_columns, select_points: what a form shows that follows this policy.
        based_on: the policy whose parameters it takes over, "" where it has all of its own.
        own: whether it is the user's and not a built-in one.
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
    far_above_included: bool
    satisfaction_required: bool
    satisfaction_points: Fraction | None
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
    sources: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    clue_severity: Mapping[str, str]
    grade_words: Mapping[str, str]
    select_notes: tuple[str, ...] = ()
    select_columns: tuple[str, ...] = ()
    select_points: tuple[Fraction, ...] = ()
    based_on: str = ""
    own: bool = False

    def mentions(self, text: str, *lists: str) -> bool:
        """Whether a text holds a word of one of the lists of words."""
        return any(_pattern(self, name).search(text) for name in lists)

    def clause(self, subject: str) -> str:
        """The clause that a subject rests on; the policy's source where it names none."""
        return self.clauses.get(subject, self.source)

    def distance(self, year: int | None) -> int:
        """How many years a year lies outside the policy's; 0 inside, and where no year is known."""
        if year is None:
            return 0
        last = year if self.valid_to is None else self.valid_to
        return max(0, self.valid_from - year, year - last)


@lru_cache(maxsize=1024)
def _pattern(policy: Policy, name: str) -> re.Pattern[str]:
    """The words of a list as one pattern, which looks for all of them at once."""
    return re.compile("|".join(map(re.escape, policy.words[name])) or "(?!)")


@dataclass(frozen=True)
class Choice:
    """The policy of a form, and why it was taken (a code of the texts).

    Attributes:
        evidence: what of the form speaks for it.
        in_force: whether the form's year is one of the policy's.
        printed: where the form prints its own qualitative tiers: the note that does.
    """

    policy: Policy
    why: str
    evidence: str = ""
    in_force: bool = True
    printed: str = ""


@cache
def editions(extra: Path | None = None) -> tuple[Policy, ...]:
    """Every edition of every policy, in the order in which they are tried.

    The user's own ones come first; of one policy the newest edition comes first. An edition of the
    user's own takes the place of a built-in one of the same name and first year.

    Raises:
        ConfigError: a policy file cannot be used; says which, where and why.
    """
    found = [Policy(**values) for values in policy_files.read_folders(extra)]
    replaced = {(one.id, one.valid_from) for one in found if one.own}
    kept = [one for one in found if one.own or (one.id, one.valid_from) not in replaced]
    order = {name: place for place, name in enumerate(dict.fromkeys(one.id for one in kept))}
    return tuple(sorted(kept, key=lambda one: (not one.own, order[one.id], -one.valid_from)))


@cache
def load(extra: Path | None = None) -> Mapping[str, Policy]:
    """Every policy by its id, of each the edition that a form without a year follows.

    Raises:
        ConfigError: a policy file cannot be used; says which, where and why.
    """
    found: dict[str, Policy] = {}
    for one in editions(extra):
        found.setdefault(one.id, one)
    return found


def of_file(data: Mapping[str, Any], file: str) -> Policy:
    """A policy from the content of a file: sections of parameters, as the TOML files have them.

    Raises:
        ConfigError: it cannot be used; says where and why.
    """
    return Policy(**policy_files.values_of(data, file), own=True)


def get_policy(name: str, extra: Path | None = None, year: int | None = None) -> Policy:
    """The policy of that name, in the edition of a year.

    Raises:
        UsageError: there is none; the error lists those that are.
    """
    known = [one for one in editions(extra) if one.id == name]
    if not known:
        raise UsageError("unknown-policy", policy=name, known=sorted(load(extra)))
    return min(known, key=lambda one: one.distance(year))


def choose(form: Form, name: str | Policy | None = None, extra: Path | None = None) -> Choice:
    """The policy that a form shows to follow, or the one that the user named.

    Args:
        form: the form.
        name: of a policy, or the policy itself; None: the form shows it.
        extra: a folder of the user's own policies.
    """
    year = form.year.value
    if name is None:
        choice = _with_printed(form, _shown(form, extra, year))
    else:
        # Whoever names a policy wants that one, whatever the form prints.
        one = name if isinstance(name, Policy) else get_policy(name, extra, year)
        choice = Choice(one, "named", one.id)
    return replace(choice, in_force=not choice.policy.distance(year))


def _shown(form: Form, extra: Path | None, year: int | None) -> Choice:
    known = editions(extra)
    for why, found in (
        ("notes", _by_notes(form, known)),
        ("columns", _by_columns(form, known)),
        ("points", _by_points(form, known)),
    ):
        best = min(found, key=lambda pair: pair[0].distance(year), default=None)
        if best is not None:
            return Choice(best[0], why, best[1])
    of_ministry = [one for one in known if one.id == DEFAULT] or known
    return Choice(min(of_ministry, key=lambda one: one.distance(year)), "default")


def _by_notes(form: Form, known: tuple[Policy, ...]) -> Iterator[tuple[Policy, str]]:
    # A note may go on in the next cell; some forms print theirs beside the funds, under reasons.
    beside = (place for fund in form.funds for place in fund if isinstance(place, Field))
    texts = ("".join(note.text for note in form.notes), *(place.text for place in beside))
    notes = "\n".join(normalize(text) for text in texts).replace("×", "*")
    yield from ((one, word) for one in known for word in one.select_notes if word in notes)


def _by_columns(form: Form, known: tuple[Policy, ...]) -> Iterator[tuple[Policy, str]]:
    labels = normalize(form.funds_label.text) + "".join(
        normalize(f.weight.text) for f in form.funds
    )
    yield from ((one, word) for one in known for word in one.select_columns if word in labels)


def _by_points(form: Form, known: tuple[Policy, ...]) -> Iterator[tuple[Policy, str]]:
    stated = [fund.weight.value for fund in form.funds]
    for one in known:
        for worth in one.select_points:
            points = Decimal(worth.numerator) / Decimal(worth.denominator)
            if any(isinstance(value, Decimal | int) and value == points for value in stated):
                yield one, f"{points:f}"


def _with_printed(form: Form, choice: Choice) -> Choice:
    """The choice, with the qualitative tiers that the form's own notes print."""
    for note in form.notes:
        tiers = printed.tiers(note.text, choice.policy.words.get("qualitative_notes", ()))
        if tiers is not None:
            if tiers == tuple(choice.policy.tiers[name] for name in TIERS):
                return choice
            return replace(choice, policy=_replace_tiers(choice.policy, tiers), printed=note.text)
    return choice


@lru_cache(maxsize=64)
def _replace_tiers(policy: Policy, tiers: printed.Tiers) -> Policy:
    clauses = {**policy.clauses, "qualitative": policy.clause(PRINTED)}
    sources = {
        **policy.sources, **{f"qualitative.{name}": clauses["qualitative"] for name in TIERS}
    }  # fmt: skip
    return replace(
        policy, tiers=dict(zip(TIERS, tiers, strict=True)), clauses=clauses, sources=sources
    )
