"""Every way in which clerks write a value: the table tests/data/readings.txt, read line by line."""

from decimal import Decimal

import pytest

from perfxl.forms.values.quantity import BLANK, DATE, NUMBER, RANGE, TEXT, parse
from tests.conftest import ROOT

AREA = 3
"""The measure of areas is a third of a square metre; the table states square metres."""
SIGNS = "≥≤><="
NEAR = Decimal("0.0001")


def lines():
    for line in (ROOT / "tests/data/readings.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            # The value may hold an equals sign of its own: ==100% = =100 ratio.
            value, _, meaning = line.partition(" = ")
            yield value, meaning


def of_date(found):
    parts = ["date", *("-" if part is None else str(part) for part in found.day)]
    if found.since is not None:
        parts += ["from", *map(str, found.since)]
    return [*parts, "period"] if found.comparator == "=" else parts


def check_number(found, meaning):
    size, *words = meaning.split()
    sign = size[0] if size[0] in SIGNS else ""
    assert found.comparator == sign
    ends = [Decimal(end) for end in size.removeprefix(sign).split("..")]
    assert found.kind == (NUMBER if len(ends) == 1 else RANGE)
    factor = found.factor / AREA if found.family == "area" else found.factor
    sizes = (found.low * factor, found.high * factor)
    assert all(abs(size - end) < NEAR for size, end in zip(sizes, (ends[0], ends[-1]), strict=True))
    assert found.rough == ("~" in words)
    assert found.per == (words[words.index("per") + 1] if "per" in words else "")
    assert found.family == (words[0] if words and words[0] not in ("~", "per") else "")


@pytest.mark.parametrize(("value", "meaning"), list(lines()))
def test_a_value_means_what_the_clerk_meant(value, meaning):
    found = parse(value)

    assert found.text == value.strip()
    if meaning in (TEXT, BLANK):
        assert found.kind == meaning
    elif meaning.startswith(DATE):
        assert found.kind == DATE
        assert of_date(found) == meaning.split()
    else:
        assert found.kind in (NUMBER, RANGE)
        check_number(found, meaning)


def test_the_table_is_a_large_one_without_repetitions():
    values = [value for value, _ in lines()]

    assert len(values) == len(set(values)) > 300
