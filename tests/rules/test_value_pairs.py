"""What a target and an actual prove together: the table tests/data/value_pairs.txt, line by line."""

from fractions import Fraction

import pytest

from perfxl.forms.values.quantity import parse
from perfxl.rules.engine.ratio import judge, with_zeros
from perfxl.rules.policies import policy
from tests.conftest import ROOT

RULES = policy.get_policy("hubei")
TIERS = {"tier": "reached", "partly": "partly", "not": "missed"}


def lines():
    for line in (ROOT / "tests/data/value_pairs.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            target, actual, proves, *rest = (part.strip() for part in line.split("|"))
            name, level2, *_ = (*rest, "", "")
            yield target, actual, proves, name, level2


REACHED = "服务时长"
"""A name whose head says that any bare number is to be reached, for lines in which no name matters."""


def ratio(target, actual, name, level2):
    read = with_zeros(parse(target), parse(actual), name, level2)
    return judge(*read, name or REACHED, level2, RULES)


@pytest.mark.parametrize(("target", "actual", "proves", "name", "level2"), list(lines()))
def test_a_target_and_an_actual_prove_just_this(target, actual, proves, name, level2):
    found = ratio(target, actual, name, level2)
    ends = found.lo, found.hi

    if proves == "open":
        assert (found.open, found.missed, found.hi) == (True, False, 1)
        assert found.over is None
    elif proves == "missed":
        assert found.missed
        assert found.lo < 1
    elif proves in TIERS:
        assert ends == RULES.tiers[TIERS[proves]]
    else:
        share = Fraction(1) if proves == "met" else Fraction(proves)
        assert ends == (share, share)


def test_the_table_is_a_large_one_without_repetitions():
    cases = list(lines())

    assert len(cases) == len(set(cases)) > 200
