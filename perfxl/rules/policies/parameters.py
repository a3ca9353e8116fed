"""The parameters of a policy: what each may hold, and how it is read from a file.

One table serves the TOML files, the workbook in which an office keeps its policy, the list that
`perfxl policies` shows and the documentation. What a value may not be is an error with a code; the
caller says where it stands (file and key, or sheet and cell).
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any, NamedTuple

from perfxl.errors import ConfigError
from perfxl.exact import Fraction
from perfxl.forms.values.text import normalize

TIERS = ("reached", "partly", "missed")
"""Results of a qualitative indicator, the best first."""
FUNDS = ("budget", "executed")
"""What may weigh the units in a roll-up."""
INVERSE = ("proportional", "linear", "both")
"""How a missed ceiling may be scored."""
SUBJECTS = (
    "budget", "weights", "quantitative", "qualitative", "satisfaction", "grade", "rollup", "rounding",
    "form", "consistency", "approved", "printed", "clues",
)  # fmt: skip
"""What may have a clause of its own."""
CLUES = (
    "shared-name", "direction", "misplaced", "satisfaction", "full-marks", "execution", "shown-value",
    "reason-figure", "late-completion",
)  # fmt: skip
"""Clues that a policy may raise: the codes of their rules without ``clue-``."""
CLUE_SEVERITIES = ("note", "warning")
"""What a clue may weigh: it is never an error, for it proves nothing."""
PRACTICE = "practice"
"""In the place of a source: no document says so, but this is how it is done."""
EARLIEST, LATEST = 1990, 2100
LONGEST = 400
"""Maximum number of characters of a text."""
MOST_POINTS = 1000
MOST_DECIMALS = 6
MOST_DIGITS = 30
"""Maximum number of digits of a number; more are no parameter of any rule."""
MOST_STEPS = 20
ONE = Fraction(1)


class Parameter(NamedTuple):
    """One parameter.

    Attributes:
        key: where it stands in a policy file: section and name.
        field: the attribute of the policy that holds it.
        kind: what it holds: text, year, points, share, factor, count, decimals, flag, choice, tier,
            words, numbers, execution, grades.
        required: whether every policy states it.
        default: its value where a policy does not state it.
        choices: what it may be, where that is a list.
    """

    key: str
    field: str
    kind: str
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()

    @property
    def section(self) -> str:
        """The section of the file, which may have a clause; "" for what describes the policy."""
        return self.key.partition(".")[0] if "." in self.key else ""


PARAMETERS = (
    Parameter("id", "id", "name", required=True),
    Parameter("zh", "title_zh", "text", required=True),
    Parameter("en", "title_en", "text"),
    Parameter("source", "source", "text", required=True),
    Parameter("province", "province", "text", default=""),
    Parameter("valid_from", "valid_from", "year", default=0),
    Parameter("valid_to", "valid_to", "year"),
    Parameter("select.notes", "select_notes", "words", default=()),
    Parameter("select.columns", "select_columns", "words", default=()),
    Parameter("select.budget_points", "select_points", "numbers", default=()),
    Parameter("budget.points", "budget_points", "points", required=True),
    Parameter("budget.steps", "execution_steps", "execution", default=()),
    Parameter("budget.zero_rate", "zero_rate", "share"),
    Parameter("budget.rate_above_one", "rate_above_one", "flag", default=False),
    Parameter("budget.reason_rate", "reason_rate", "share"),
    Parameter("budget.reason_length", "reason_length", "count", default=0),
    Parameter("weights.total", "total_weight", "points", required=True),
    Parameter("quantitative.inverse", "inverse", "choice", default=INVERSE[0], choices=INVERSE),
    Parameter("quantitative.far_above", "far_above", "factor"),
    Parameter("quantitative.far_above_included", "far_above_included", "flag", default=False),
    *(Parameter(f"qualitative.{name}", f"tier_{name}", "tier", required=True) for name in TIERS),
    Parameter("satisfaction.required", "satisfaction_required", "flag", required=True),
    Parameter("satisfaction.points", "satisfaction_points", "points"),
    Parameter("grade.steps", "grades", "grades", default=()),
    Parameter("rounding.decimals", "decimals", "decimals", default=2),
    Parameter("rounding.tolerance", "tolerance", "tolerance", required=True),
    Parameter("rollup.weight", "rollup_weight", "choice", default=FUNDS[0], choices=FUNDS),
)
BY_KEY = {one.key: one for one in PARAMETERS}


class BadValue(ConfigError):
    """A value that a parameter cannot have; whoever knows its place says where it stands."""


def exact(raw: object) -> Fraction:
    """A number or a percentage, exact: 0.05, "0.05", "80%".

    By way of Decimal, always: quicktions 1.24 writes over the interpreter's own one-byte objects
    when it is given a text of one character.

    Raises:
        BadValue: it is none, or has more digits than any rule needs.
    """
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal | Fraction):
        raise BadValue("bad-number", text=quote_value(raw))
    if isinstance(raw, Fraction):
        return raw
    text = normalize(str(raw))
    share = text.endswith("%")
    try:
        number = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        raise BadValue("bad-number", text=quote_value(raw)) from None
    if not number.is_finite() or len(number.as_tuple().digits) > MOST_DIGITS:
        raise BadValue("bad-number", text=quote_value(raw))
    if number and abs(number.adjusted()) > MOST_DIGITS:
        raise BadValue("bad-number", text=quote_value(raw))
    value = Fraction(number)
    return value / 100 if share else value


def quote_value(raw: object) -> str:
    """A value as a message quotes it."""
    text = str(raw).upper() if isinstance(raw, bool) else " ".join(str(raw).split())
    return text if len(text) <= 40 else text[:40] + "…"


def _between(least: int | Fraction, most: int | Fraction, code: str) -> Callable[[Any], Fraction]:
    def read(raw: Any) -> Fraction:
        value = exact(raw)
        if not least <= value <= most:
            raise BadValue(code, text=quote_value(raw), least=least, most=most)
        return value

    return read


_share = _between(0, 1, "bad-share")
_tolerance = _between(0, 1, "bad-tolerance")


def _points(raw: Any) -> Fraction:
    value = exact(raw)
    if not 0 < value <= MOST_POINTS:
        raise BadValue("bad-points", text=quote_value(raw), most=MOST_POINTS)
    return value


def _factor(raw: Any) -> Fraction:
    value = exact(raw)
    if not 1 <= value <= 100:
        raise BadValue("bad-factor", text=quote_value(raw))
    return value


def _whole(most: int, code: str) -> Callable[[Any], int]:
    def read(raw: Any) -> int:
        value = exact(raw)
        if value.denominator != 1 or not 0 <= value <= most:
            raise BadValue(code, text=quote_value(raw), most=most)
        return int(value)

    return read


def _year(raw: Any) -> int:
    value = exact(raw)
    if value != 0 and (value.denominator != 1 or not EARLIEST <= value <= LATEST):
        raise BadValue("bad-year", text=quote_value(raw), least=EARLIEST, most=LATEST)
    return int(value)


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise BadValue("bad-text", text=quote_value(raw))
    if len(raw) > LONGEST:
        raise BadValue("bad-long", text=quote_value(raw), most=LONGEST)
    return raw.strip()


def _name(raw: Any) -> str:
    text = str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else _text(raw)
    if not text or any(character.isspace() or character in "/\\" for character in text):
        raise BadValue("bad-name", text=quote_value(raw))
    return text


def _flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise BadValue("bad-flag", text=quote_value(raw))
    return raw


def _as_list(raw: Any) -> Sequence[Any]:
    if not isinstance(raw, list | tuple):
        raise BadValue("bad-list", text=quote_value(raw))
    return raw


def words(raw: Any) -> tuple[str, ...]:
    """A list of words in the shape in which texts are compared.

    Raises:
        BadValue: it is no list, or something in it is no text.
    """
    found = []
    for word in _as_list(raw):
        if not isinstance(word, str) or not normalize(word):
            raise BadValue("bad-word", text=quote_value(word))
        found.append(normalize(word))
    return tuple(found)


def _pair(raw: Any) -> tuple[Any, Any]:
    both = _as_list(raw)
    if len(both) != 2:
        raise BadValue("bad-pair", text=quote_value(raw))
    return both[0], both[1]


def _tier(raw: Any) -> tuple[Fraction, Fraction]:
    low, high = (_share(end) for end in _pair(raw))
    if low > high:
        raise BadValue("bad-tier", low=low, high=high)
    return low, high


def _falling(raw: Any, read: Callable[[Any, Any], tuple[Any, Any]]) -> tuple[tuple[Any, Any], ...]:
    """Steps from the best down: each begins below the one before."""
    steps = [read(*_pair(step)) for step in _as_list(raw)]
    if len(steps) > MOST_STEPS:
        raise BadValue("bad-steps", most=MOST_STEPS)
    for one, other in pairwise(steps):
        if other[0] >= one[0]:
            raise BadValue("bad-order", text=_number(other[0]), before=_number(one[0]))
    return tuple(steps)


def _number(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def _execution(raw: Any) -> tuple[tuple[Fraction, Fraction], ...]:
    steps = _falling(raw, lambda least, share: (_factor_or_share(least), _share(share)))
    for one, other in pairwise(steps):
        if other[1] > one[1]:
            raise BadValue("bad-order", text=_number(other[1]), before=_number(one[1]))
    return steps


def _factor_or_share(raw: Any) -> Fraction:
    return _share(raw) if exact(raw) <= 1 else _factor(raw)


def _least_points(raw: Any) -> Fraction:
    value = exact(raw)
    if not 0 <= value <= MOST_POINTS:
        raise BadValue("bad-points", text=quote_value(raw), most=MOST_POINTS)
    return value


def _grade(raw: Any) -> str:
    text = _text(raw)
    if not text:
        raise BadValue("bad-missing")
    return text


READERS: Mapping[str, Callable[[Any], Any]] = {
    "name": _name,
    "text": _text,
    "year": _year,
    "points": _points,
    "share": _share,
    "factor": _factor,
    "tolerance": _tolerance,
    "count": _whole(10000, "bad-count"),
    "decimals": _whole(MOST_DECIMALS, "bad-count"),
    "flag": _flag,
    "tier": _tier,
    "words": words,
    "numbers": lambda raw: tuple(exact(one) for one in _as_list(raw)),
    "execution": _execution,
    "grades": lambda raw: _falling(raw, lambda least, grade: (_least_points(least), _grade(grade))),
}


def read(parameter: Parameter, raw: Any) -> Any:
    """The value of a parameter.

    Args:
        parameter: which one.
        raw: as a file states it; None or "" where it does not.

    Raises:
        BadValue: it cannot be that.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        if parameter.required:
            raise BadValue("bad-missing")
        return parameter.default
    if parameter.kind == "choice":
        if raw not in parameter.choices:
            raise BadValue("bad-choice", text=quote_value(raw), known=list(parameter.choices))
        return raw
    return READERS[parameter.kind](raw)
