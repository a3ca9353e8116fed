"""The oracle itself: it stands apart from the rules, repeats itself, and its forms follow the rules."""

import ast
import csv
import io
import random
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from oracle import errors, items, layouts, measure
from oracle.families import FAMILIES

BENCHMARKS = Path(errors.__file__).parents[1]
MODULES = [*sorted(Path(errors.__file__).parent.glob("*.py")), BENCHMARKS / "soundness.py"]


def _random(seed):
    return random.Random(seed)  # noqa: S311 - a repeatable form, no secret


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_oracle_knows_perfxl_only_by_its_public_face(path):
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")

    assert not {name for name in names if name.startswith("perfxl.")}


def test_there_are_many_kinds_of_errors():
    kinds = [name for name, _ in errors.every()]

    assert len(kinds) == len(set(kinds))
    assert len(kinds) >= 35


def test_the_same_seed_makes_the_same_forms():
    first, second = (
        [(case.kind, case.plan, case.wrong) for case in measure.cases(5, 3)] for _ in range(2)
    )

    assert first == second


def test_every_kind_can_be_put_into_some_form():
    kinds = [name for name, _ in errors.every()]

    assert {case.kind for case in measure.cases(len(kinds), 1)} == set(kinds)


@pytest.mark.parametrize("family", FAMILIES)
def test_sums_of_a_consistent_form_are_sums(family):
    for seed in range(20):
        plan = FAMILIES[family](_random(seed))
        if plan.total is None or plan.style.get("equal") or plan.style.get("sum2"):
            continue
        rows = sum(row.score or 0 for _, row, _ in plan.rows())
        funds = sum(fund.score or 0 for fund in plan.funds)
        weights = sum(row.weight or 0 for _, row, _ in plan.rows()) + (plan.budget_points or 0)

        assert plan.total == rows + funds
        assert weights == 100
        assert all((row.score or 0) <= (row.weight or 0) for _, row, _ in plan.rows())


@pytest.mark.parametrize("family", FAMILIES)
def test_places_name_the_cells_that_hold_the_values(family):
    plan = FAMILIES[family](_random(4))
    data, places = layouts.draw(plan)
    sheet = load_workbook(io.BytesIO(data)).active

    for number, row, _ in plan.rows():
        assert row.name in sheet[places["row", number, "level3"]].value
        assert sheet[places["row", number, "actual"]].value == row.actual.value
        if row.score is not None:
            assert sheet[places["row", number, "score"]].value == pytest.approx(float(row.score))


def test_a_missed_ceiling_has_two_readings_where_the_policy_prints_none():
    days = Fraction(100), Fraction(120)

    assert items.ratio("≤", *days, "ratio") == (Fraction(5, 6), Fraction(5, 6))
    assert items.ratio("≤", *days, "span") == (Fraction(4, 5), Fraction(5, 6))


def test_the_table_of_directions_is_a_table():
    with items.TABLE.open(encoding="utf-8", newline="") as text:
        lines = list(csv.DictReader(text))

    assert len(lines) >= 420
    assert sum(line["way"] == "either" for line in lines) >= 60
    assert {line["way"] for line in lines} == {"up", "down", "either", "text", "range", "date"}
    for line in lines:
        low, high = Fraction(line["lo"]), Fraction(line["hi"])
        assert 0 <= low <= high <= 1, line
        assert (line["met"] == "yes") <= (high == 1), line
        assert (line["met"] == "no") <= (low < 1), line
