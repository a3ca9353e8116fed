"""The marked copy of every sample, made once."""

import pytest

from tests.books.marking import marking
from tests.conftest import SAMPLES


@pytest.fixture(scope="session")
def copies():
    return {path: marking(path) for path in SAMPLES}


@pytest.fixture
def of(copies, sample):
    return (sample.read_bytes(), *copies[sample])
