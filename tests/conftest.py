"""What all tests share: the samples, and a quiet, repeatable Hypothesis."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import perfxl

ROOT = Path(__file__).parent.parent
# The samples of single file formats have tests of their own (tests/forms/test_formats.py).
SAMPLES = sorted(
    path for path in (ROOT / "samples").glob("*.xlsx") if not path.name.startswith("format-")
)
REFERENCE = ROOT / "samples" / "01-参考表.xlsx"
CONSISTENT = ROOT / "samples" / "02-一致.xlsx"

# The same examples each time: a red build is about the change, not about luck. A slow machine is no
# failure either.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=150,
)
settings.load_profile("repeatable")


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request):
    """Each workbook of samples/."""
    return request.param


@pytest.fixture(scope="session")
def reference_audit():
    """The audit of the reference form, worked by hand in the scoring rules."""
    return perfxl.audit(REFERENCE)[0].audits[0]


def expected_reading(path: Path):
    """What a careful person reads out of a sample."""
    return json.loads(path.with_suffix(".json").read_text("utf-8"))
