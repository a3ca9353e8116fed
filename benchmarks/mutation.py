"""Which changes of the code no test notices: a sample of mutants, each against the tests of its line.

    python benchmarks/mutation.py [--sample 300] [--seed 1] [--only facts] [--jobs 2] [--write docs/mutation.md]

A mutant is one comparison, operator, constant, condition or result changed (`mutants/changes.py`); it is
killed when a test fails. Survivors are printed with file, line and change. What was killed stays in
`.mutation/` and is not tried again as long as its module is the same, so an interrupted run goes on where it
was; `--only` may be given several times.
"""

import argparse
import hashlib
import json
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mutants import page
from mutants.changes import find
from mutants.trials import Mutant, Trials

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".mutation"
MODULES = [
    *(f"perfxl/rules/{path.name}" for path in sorted((ROOT / "perfxl/rules").glob("*.py"))),
    *(f"perfxl/forms/{name}.py" for name in ("quantity", "amounts", "moments", "units", "statements")),
]  # fmt: skip
TESTS = (
    "tests/rules", "tests/forms", "tests/policies/test_choosing.py", "tests/approved/test_rules.py",
    "tests/approved/test_pairing.py", "tests/approved/test_samples.py",
)  # fmt: skip
COPIED = ("perfxl", "templates", "tests", "samples", "pyproject.toml")


def main() -> None:
    """Try the sample, and tell what survived."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=300, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], help="a module, by its name")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--budget", type=float, default=8.0, help="seconds of tests for a mutant")
    parser.add_argument("--write", type=Path, help="the page to write")
    given = parser.parse_args()
    paths = [p for p in MODULES if not given.only or Path(p).stem in given.only]
    every = [
        Mutant(path, change) for path in paths for change in find((ROOT / path).read_text("utf-8"))
    ]
    mutants = sample(every, given.sample, given.seed)
    STATE.mkdir(exist_ok=True)
    copy = copied()
    known = Known(STATE / "results.jsonl", {path: digest(ROOT / path) for path in paths})
    left = [mutant for mutant in mutants if known.result(mutant) not in {"killed", "timed out"}]
    print(f"{len(mutants)} mutants, {len(mutants) - len(left)} of them killed before", flush=True)
    code = tree_digest(copy)
    trials = Trials(
        copy, MODULES, lambda: iter(left), known.keep, given.jobs, given.budget,
        lambda path: STATE / f"seen-{code}-{path.stem}-{digest(path)}.json",
    )  # fmt: skip
    sys.path.insert(0, str(copy))
    arguments = [str(copy / test) for test in TESTS]
    pytest.main(
        ["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal",
         f"--rootdir={copy}", "-m", "not long", *arguments],
        plugins=[trials],
    )  # fmt: skip
    results = {mutant: known.result(mutant) or "" for mutant in mutants}
    command = f"--sample {given.sample} --seed {given.seed}"
    command += "".join(f" --only {name}" for name in given.only)
    if given.write:
        told = page.page(results, len(every), command, given.budget)
        given.write.write_text(told, encoding="utf-8")
    print(page.table(results))


def sample(every: list[Mutant], number: int, seed: int) -> list[Mutant]:
    """So many of the mutants, the same ones for the same seed."""
    return sorted(random.Random(seed).sample(every, min(number, len(every))))  # noqa: S311


def copied() -> Path:
    """A scratch copy, so that the work on the code goes on while its mutants are tried."""
    copy = STATE / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    return copy


def digest(path: Path) -> str:
    """What a file holds, in short."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def tree_digest(copy: Path) -> str:
    """What code and words are, in short; and what all tests share."""
    files = [
        *(path for path in (copy / "perfxl").rglob("*.py")),
        *(path for path in (copy / "templates").rglob("*.toml")),
    ]
    return hashlib.sha256("".join(digest(path) for path in sorted(files)).encode()).hexdigest()[:12]


class Known:
    """Results of this and earlier runs."""

    def __init__(self, path: Path, digests: dict[str, str]) -> None:
        self.path, self.digests = path, digests
        self.results: dict[str, str] = {}
        for line in self._lines():
            told = json.loads(line)
            self.results[told["key"]] = told["result"]

    def _lines(self) -> Iterator[str]:
        if self.path.exists():
            yield from self.path.read_text("utf-8").splitlines()

    def _key(self, mutant: Mutant) -> str:
        return f"{self.digests[mutant.path]}:{mutant.key}"

    def result(self, mutant: Mutant) -> str | None:
        return self.results.get(self._key(mutant))

    def keep(self, mutant: Mutant, result: str) -> None:
        self.results[self._key(mutant)] = result
        with self.path.open("a", encoding="utf-8") as out:
            out.write(json.dumps({"key": self._key(mutant), "result": result}) + "\n")
        if result not in {"killed", "timed out"}:
            print(page.line(mutant, result), flush=True)


if __name__ == "__main__":
    main()
