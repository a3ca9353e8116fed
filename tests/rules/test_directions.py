"""Which way a target points: a table written from the meaning of each row, and the kinds of evidence."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from perfxl.forms.quantity import parse
from perfxl.rules import policy
from perfxl.rules.ratio import judge, with_zeros

MINISTRY, HUBEI = policy.named("ministry"), policy.named("hubei")
TABLE = Path(__file__).parent / "directions.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


def ratio(target, actual, name="里程", level2="数量指标", rules=HUBEI, **stated):
    return judge(*with_zeros(parse(target), parse(actual)), name, level2, rules, **stated)
