"""What a row proves, seen through the public face: tests/data/example_rows.txt, a file for every line."""

from fractions import Fraction

import pytest

import perfxl
from tests.conftest import ROOT
from tests.forms.builder import FIRST, ministry_lines, row, workbook

POINTS = 20
SCORE, REASON = f"H{FIRST}", f"I{FIRST}"


def lines():
    for line in (ROOT / "tests/data/example_rows.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield tuple(part.strip() for part in line.split("|"))


ROWS = list(lines())


@pytest.fixture(scope="module")
def audits(tmp_path_factory):
    """The audit of each row's form, from a file."""
    folder = tmp_path_factory.mktemp("rows")
    for number, (level2, name, target, actual, _) in enumerate(ROWS):
        one = row(name, target, actual, POINTS, POINTS, level2=level2)
        (folder / f"{number:04}.xlsx").write_bytes(workbook(ministry_lines(one)))
    return [result.audits[0] for result in perfxl.audit(folder)]


@pytest.mark.parametrize("number", range(len(ROWS)), ids=["-".join(each[1:4]) for each in ROWS])
def test_a_row_is_told_for_what_it_proves(audits, number):
    proves, audited = ROWS[number][-1], audits[number]
    (score,) = [one for one in audited.scores if one.of == f"indicator:{FIRST}"]
    faults = {
        (finding.rule, finding.cell)
        for finding in audited.findings if str(finding.severity) != "note"
    }  # fmt: skip
    accused = {("indicator-score", SCORE), ("missing-reason", REASON)}
    shares = proves.split(" to ")

    if proves in ("met", "open"):
        assert faults == set()
    elif proves == "missed" or Fraction(shares[-1]) < 1:
        assert faults == accused
    else:
        assert faults == set()
    if proves == "met":
        shares = ["1"]
    if proves not in ("missed", "open"):
        assert (score.lo / POINTS, score.hi / POINTS) == (Fraction(shares[0]), Fraction(shares[-1]))
        assert score.recomputed == pytest.approx(float(score.hi), abs=0.005)


def test_no_row_stands_twice_and_every_verdict_is_there():
    assert len({each[:4] for each in ROWS}) == len(ROWS) > 250
    assert {"met", "missed", "open"} < {each[-1] for each in ROWS}
