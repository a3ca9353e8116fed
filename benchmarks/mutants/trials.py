"""Mutants against tests: a pytest plug-in that collects once and forks a process for each mutant.

The child takes the changed code into the functions that are loaded already and runs the tests that
the changed line was seen in, the most special first, up to the first that fails. So a mutant costs a fraction of a
second, where a new process would cost two. Runs on systems that can fork.
"""

import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Container, Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple

import pytest

from mutants.changes import Change

NEAR = 8
KILLED, SURVIVED, TIMED_OUT, UNSEEN = "killed", "survived", "timed out", "no test"


class Mutant(NamedTuple):
    """A change of one file."""

    path: str
    change: Change

    @property
    def key(self) -> str:
        return f"{self.path}:{self.change.start}:{self.change.end}:{self.change.new}"


class Seen(NamedTuple):
    """What the tests told of the unchanged code.

    Attributes:
        seconds: how long each test that passed took.
        lines: file:line → the tests it was run in.
    """

    seconds: dict[str, float]
    lines: dict[str, list[str]]

    def add(self, kept: Path) -> None:
        """What was kept of one file of tests."""
        told = json.loads(kept.read_text("utf-8"))
        names = list(told["seconds"])
        self.seconds.update(told["seconds"])
        for line, numbers in told["lines"].items():
            self.lines.setdefault(line, []).extend(names[number] for number in numbers)


class Trials:
    """The plug-in: watches all tests once, then tries the mutants that are asked for."""

    def __init__(
        self, root: Path, paths: list[str], mutants: Callable[[], Iterator[Mutant]],
        told: Callable[[Mutant, str], None], jobs: int, budget: float, kept: Callable[[Path], Path],
    ) -> None:  # fmt: skip
        self.root, self.paths, self.mutants, self.told = root, paths, mutants, told
        self.jobs, self.budget, self.kept = jobs, budget, kept
        self.running: dict[int, tuple[Mutant, float]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        seen = self._watch(session)
        items = {item.nodeid: item for item in session.items}
        for mutant in self.mutants():
            chosen = self._chosen(mutant, seen)
            if not chosen:
                self.told(mutant, UNSEEN)
                continue
            while len(self.running) >= self.jobs:
                self._reap()
            self._start(mutant, [items[name] for name in chosen if name in items])
        while self.running:
            self._reap()
        return True

    def _watch(self, session: pytest.Session) -> Seen:
        """Which lines each test runs; kept for the next run, for each file of tests as long as it is the same."""
        by_file: dict[Path, list[pytest.Item]] = {}
        for item in session.items:
            by_file.setdefault(self.kept(item.path), []).append(item)
        missing = {kept: items for kept, items in by_file.items() if not kept.exists()}
        if missing and os.fork() == 0:
            _quietly()
            try:
                for kept, items in missing.items():
                    told = _watched(items, {str(self.root / path): path for path in self.paths})
                    kept.write_text(json.dumps(told), encoding="utf-8")
            finally:
                os._exit(0)
        if missing:
            os.wait()
        seen = Seen({}, {})
        for kept in by_file:
            seen.add(kept)
        return seen

    def _chosen(self, mutant: Mutant, seen: Seen) -> list[str]:
        """The tests of a line, the most special first, as many as the budget of time allows."""
        line = mutant.change.line
        if mutant.change.within:
            # The operator of a long expression may stand on a line that is never told.
            near = (seen.lines.get(f"{mutant.path}:{line - up}") for up in range(NEAR))
            names = next((found for found in near if found), [])
        else:
            top = f"{mutant.path}:"
            lines = (tests for line, tests in seen.lines.items() if line.startswith(top))
            names = list(dict.fromkeys(name for tests in lines for name in tests))
        rare = self._rarest(mutant, seen)
        special = sorted(names, key=lambda name: rare.get(name, len(names)) * seen.seconds[name])
        quick = sorted(names, key=lambda name: seen.seconds[name])
        chosen: dict[str, None] = {}
        spent = 0.0
        for order, budget in ((special, self.budget / 2), (quick, self.budget)):
            for name in order:
                if name not in chosen and (not chosen or spent + seen.seconds[name] <= budget):
                    spent += seen.seconds[name]
                    chosen[name] = None
        return list(chosen)

    @staticmethod
    def _rarest(mutant: Mutant, seen: Seen) -> dict[str, int]:
        """How few tests come where a test comes near the change: those behind a branch tell most of it."""
        rare: dict[str, int] = {}
        for line in range(mutant.change.line - NEAR, mutant.change.line + 2 * NEAR):
            tests = seen.lines.get(f"{mutant.path}:{line}", [])
            for name in tests:
                rare[name] = min(rare.get(name, len(tests)), len(tests))
        return rare

    def _start(self, mutant: Mutant, items: list[pytest.Item]) -> None:
        pid = os.fork()
        if pid == 0:
            _quietly()
            code = 3
            try:
                code = self._tried(mutant, items)
            finally:
                os._exit(code)
        self.running[pid] = mutant, time.monotonic()

    def _tried(self, mutant: Mutant, items: list[pytest.Item]) -> int:
        path = self.root / mutant.path
        source = path.read_text("utf-8")
        try:
            _take(str(path), source, mutant.change.applied(source))
        except Exception:  # noqa: BLE001  # a module that cannot be loaded is a mutant that is noticed
            return 1
        for index, item in enumerate(items):
            following = items[index + 1] if index + 1 < len(items) else None
            reports = _run(item, following)
            if any(report.failed for report in reports):
                return 1
        return 0

    def _reap(self) -> None:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid in self.running:
            mutant, _ = self.running.pop(pid)
            self.told(mutant, SURVIVED if status == 0 else KILLED)
            return
        late = time.monotonic() - 30 - 4 * self.budget
        for child, (mutant, started) in list(self.running.items()):
            if started < late:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                del self.running[child]
                self.told(mutant, TIMED_OUT)
                return
        time.sleep(0.01)


def _quietly() -> None:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)


def _run(item: pytest.Item, following: pytest.Item | None) -> list[pytest.TestReport]:
    from _pytest.runner import runtestprotocol  # noqa: PLC0415

    return runtestprotocol(item, log=False, nextitem=following)


def _watched(items: list[pytest.Item], files: dict[str, str]) -> dict[str, object]:
    """Seconds and lines of the tests of one file, the tests by number."""
    lines: set[tuple[str, int]] = set()

    def in_line(frame, event, _arg):
        if event == "line":
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return in_line

    def in_call(frame, _event, _arg):
        return in_line if frame.f_code.co_filename in files else None

    seconds: dict[str, float] = {}
    found: dict[str, list[int]] = {}
    caches = list(_caches(files))
    for index, item in enumerate(items):
        for cache in caches:
            cache.cache_clear()
        lines.clear()
        began = time.perf_counter()
        sys.settrace(in_call)
        reports = _run(item, items[index + 1] if index + 1 < len(items) else None)
        sys.settrace(None)
        if any(report.failed for report in reports):
            continue
        for path, line in lines:
            found.setdefault(f"{files[path]}:{line}", []).append(len(seconds))
        seconds[item.nodeid] = round(time.perf_counter() - began, 4)
    return {"seconds": seconds, "lines": found}


def _caches(files: Container[str]) -> Iterator[_lru_cache_wrapper]:
    """What the functions of these files remember; reading policies and word lists anew costs too much."""
    for one in gc.get_objects():
        if isinstance(one, _lru_cache_wrapper):
            wrapped = getattr(one, "__wrapped__", None)
            if getattr(getattr(wrapped, "__code__", None), "co_filename", "") in files:
                yield one


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _take(path: str, source: str, changed: str) -> None:
    """The changed code into the functions of a loaded module, and its constants wherever they are."""
    before, after = compile(source, path, "exec"), compile(changed, path, "exec")
    new = {(code.co_qualname, code.co_firstlineno, code.co_name): code for code in _codes(after)}
    module = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == path)
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == path:
            code = one.__code__
            one.__code__ = new.get((code.co_qualname, code.co_firstlineno, code.co_name), code)
    if before.co_code != after.co_code or _plain(before) != _plain(after):
        _take_constants(module, after)
    for cache in list(gc.get_objects()):
        if isinstance(cache, _lru_cache_wrapper) and "perfxl" in str(
            getattr(cache, "__module__", "")
        ):
            cache.cache_clear()


def _plain(code: CodeType) -> list[object]:
    return [one for one in code.co_consts if not isinstance(one, CodeType)]


def _take_constants(module, code: CodeType) -> None:
    """What the module's top makes now, in place of what it made, in every module that took it by name."""
    values = {"__name__": module.__name__ + ".changed", "__file__": module.__file__}
    sys.modules[values["__name__"]] = module
    exec(code, values)  # noqa: S102  # our own code, changed
    for name, old in list(vars(module).items()):
        value = values.get(name)
        if name.startswith("__") or callable(old) or type(old) is not type(value) or old == value:
            continue
        for other in list(sys.modules.values()):
            if getattr(other, "__name__", "").startswith("perfxl"):
                for bound, held in list(vars(other).items()):
                    if held is old and bound == name:
                        setattr(other, bound, value)
