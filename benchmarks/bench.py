"""What perfxl costs, beside openpyxl on the same files in the same run.

    python benchmarks/bench.py [--rounds 15] [--files 500] [--readme]

Every round takes each file once through perfxl (read + audit + mark, from bytes to bytes) and once
through openpyxl (load + save, which neither audits nor marks), one right after the other, so that a
machine that slows down slows both. As with the forms of many departments, the official labels stay
from round to round, and the names of units, projects and indicators and the prose do not. Times are
medians of wall time in one process. `--readme` puts the main figures into both READMEs.
"""

import argparse
import gc
import io
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl

from perfxl import texts
from perfxl.books import content, marked, official
from perfxl.books.template.render import Data, TemplateBook
from perfxl.forms import read
from perfxl.forms.words import vocabulary
from perfxl.grid import load
from perfxl.rules import audit

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
REFERENCE = "01-参考表.xlsx"
STEPS = ("load", "read", "audit", "mark")
OTHER_FORMATS = (".xls", ".et", ".xlsb", ".ods", ".docx", ".html", ".xml")
OWN = {
    "unit",
    "project",
    "department",
    "name",
    "level3",
    "reason",
    "deviation_reason",
    "improvement",
}
"""The columns of a form whose texts are the department's own."""
_TEXT = re.compile(r"<t(?: [^>]*)?>([^<]{2,})(?=</t>)")
# The launcher is small: a child of this large process would be charged with our own memory.
_LAUNCHER = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def own_texts(node: Any, key: str = "") -> set[str]:
    """The texts of an expected reading that differ from department to department."""
    if isinstance(node, dict):
        return set().union(*(own_texts(child, name) for name, child in node.items()))
    if isinstance(node, list):
        return set().union(*(own_texts(child, key) for child in node))
    return {node} if key in OWN and isinstance(node, str) else set()


class Sample:
    """A form of samples/ and as many forms like it as are wanted."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.data = path.read_bytes()
        self.own = own_texts(json.loads(path.with_suffix(".json").read_text("utf-8")))

    def variant(self, number: int) -> bytes:
        """The same form, filled in by another department."""

        def renamed(match: re.Match[str]) -> str:
            text = match[1]
            return f"{match[0]}第{number}份" if "".join(text.split()) in self.own else match[0]

        out = io.BytesIO()
        source = zipfile.ZipFile(io.BytesIO(self.data))
        with source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for member in source.infolist():
                content = source.read(member)
                if member.filename.startswith(("xl/sharedStrings", "xl/worksheets/sheet")):
                    content = _TEXT.sub(renamed, content.decode()).encode()
                target.writestr(member, content)
        return out.getvalue()


def samples() -> list[Sample]:
    return [Sample(path) for path in sorted(SAMPLES.glob("*.xlsx")) if peer_can(path)]


def peer_can(path: Path) -> bool:
    """Whether openpyxl copies a sample at all: it finds no sheet in Strict OOXML."""
    try:
        openpyxl_copy(path.read_bytes())
    except IndexError:
        return False
    return True


class Perfxl:
    """The way of one file through perfxl, each step timed."""

    def __init__(self) -> None:
        self.words, self.texts = vocabulary.load(), texts.of("zh")
        self.load, self.read, self.audit, self.mark = (
            load.load,
            read.forms,
            audit.audit,
            marked.mark,
        )

    def __call__(self, data: bytes, name: str) -> list[float]:
        """Seconds of load, read, audit, mark."""
        marks = [time.perf_counter()]
        document = self.load(data, name)
        marks.append(time.perf_counter())
        forms = self.read(document.grids, name, self.words)
        marks.append(time.perf_counter())
        audits = [self.audit(form) for form in forms]
        marks.append(time.perf_counter())
        if document.book is not None:
            self.mark(document, audits, self.texts)
        marks.append(time.perf_counter())
        return [later - earlier for earlier, later in pairwise(marks)]


def openpyxl_copy(data: bytes) -> float:
    """Seconds of a plain load and save."""
    started = time.perf_counter()
    openpyxl.load_workbook(io.BytesIO(data)).save(io.BytesIO())
    return time.perf_counter() - started


def official_form(rounds: int) -> tuple[float, float, float]:
    """Milliseconds of the reference form in the official template: understood and filled, filled, openpyxl."""
    grids = load.load((SAMPLES / REFERENCE).read_bytes(), REFERENCE).grids
    [form] = read.forms(grids, REFERENCE, vocabulary.load())
    data = Data(None, content.content(form))
    official_path = official.named("department").path
    template = official_path.read_bytes()
    first, again, theirs = [], [], []
    for number in range(-2, rounds):
        gc.collect()
        started = time.perf_counter()
        book = TemplateBook(template, official_path.name, official.names())
        made = book.render(data)
        whole = time.perf_counter() - started
        started = time.perf_counter()
        book.render(data)
        filled = time.perf_counter() - started
        gc.collect()
        copied = openpyxl_copy(made)
        if number >= 0:
            first.append(whole)
            again.append(filled)
            theirs.append(copied)
    figures = ms(first), ms(again), ms(theirs)
    print(
        f"\nThe reference form in the official template: {figures[0]:.1f} ms, each further one {figures[1]:.1f} ms;"
        f" openpyxl's load + save of the result {figures[2]:.1f} ms.\n"
    )
    return figures


def ms(seconds: list[float]) -> float:
    return statistics.median(seconds) * 1000


def speed(rounds: int) -> tuple[float, float]:
    """Milliseconds for the reference form: perfxl's and openpyxl's."""
    ours = Perfxl()
    files = {sample.name: sample for sample in samples()}
    steps: dict[str, list[list[float]]] = {name: [] for name in files}
    theirs: dict[str, list[float]] = {name: [] for name in files}
    for number in range(-2, rounds):
        for name, sample in files.items():
            changed = sample.variant(number + 3)
            gc.collect()  # neither pays for what the other left behind
            taken = ours(changed, name)
            gc.collect()
            copied = openpyxl_copy(changed)
            if number >= 0:  # the first two rounds only warm up
                steps[name].append(taken)
                theirs[name].append(copied)
    print(f"One file, from bytes to bytes; median of {rounds} interleaved rounds, ms\n")
    print("| file | load | read | audit | mark | perfxl | openpyxl load + save | ratio |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    for name in files:
        line(name, steps[name], theirs[name])
    line(
        "all",
        [one for name in files for one in steps[name]],
        [one for name in files for one in theirs[name]],
    )
    whole, other = ms([sum(one) for one in steps[REFERENCE]]), ms(theirs[REFERENCE])
    print(
        f"\nThe reference form: perfxl {whole:.1f} ms, openpyxl {other:.1f} ms, 1/{other / whole:.1f} of its time.\n"
    )
    return whole, other


def line(name: str, steps: list[list[float]], theirs: list[float]) -> None:
    parts = [ms([one[index] for one in steps]) for index in range(len(STEPS))]
    whole, other = ms([sum(one) for one in steps]), ms(theirs)
    numbers = " | ".join(f"{part:.2f}" for part in parts)
    print(f"| {name} | {numbers} | {whole:.2f} | {other:.1f} | 1/{other / whole:.1f} |")


def formats(rounds: int) -> None:
    """Reading files that are no .xlsx; only where samples/ has some."""
    files = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in OTHER_FORMATS]
    if not files:
        return
    ours = Perfxl()
    print("Other formats, load and read, ms\n\n| file | load | read |\n| --- | --: | --: |")
    for path in files:
        data = path.read_bytes()
        taken = [ours(data, path.name) for _ in range(rounds + 2)][2:]
        print(
            f"| {path.name} | {ms([one[0] for one in taken]):.2f} | {ms([one[1] for one in taken]):.2f} |"
        )
    print()


def memory(count: int) -> tuple[float, float] | None:
    """Files a second and peak megabytes of one `perfxl audit` over a folder of many forms."""
    originals = samples()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number in range(count):
            data = originals[number % len(originals)].variant(number)
            (folder / "in" / f"{number:05}.xlsx").write_bytes(data)
        command = [
            sys.executable,
            "-m",
            "perfxl",
            "audit",
            str(folder / "in"),
            "-o",
            str(folder / "out"),
        ]
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _LAUNCHER, *command], capture_output=True, text=True, check=False
        )
        taken = time.perf_counter() - started
        copies = len(list((folder / "out").rglob("*.xlsx")))
    if done.returncode:
        print("Peak memory cannot be measured on this system.\n")
        return None
    code, peak = (int(word) for word in done.stdout.split())
    megabytes = peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(f"`perfxl audit` of {count} files: {taken:.1f} s, {count / taken:.0f} files a second, "
          f"peak memory {megabytes:.0f} MB (exit code {code}, {copies} copies)\n")  # fmt: skip
    return count / taken, megabytes


def start(rounds: int) -> tuple[float, float]:
    """Milliseconds of a bare interpreter and of `perfxl --help`."""

    def run(*arguments: str) -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - started

    cases: dict[str, Callable[[], float]] = {
        "python -c pass": lambda: run("-c", "pass"),
        "perfxl --help": lambda: run("-m", "perfxl", "--help"),
    }
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            taken[name].append(case())
    bare, usage = (ms(seconds) for seconds in taken.values())
    print(f"Start: `python -c pass` {bare:.0f} ms, `perfxl --help` {usage:.0f} ms")
    return bare, usage


README = {
    "README.md": (
        ("one run of `make bench`", "perfxl", "openpyxl"),
        "the reference form, from bytes to bytes: perfxl reads, audits and marks, openpyxl loads and saves",
        "openpyxl's time over perfxl's",
        "the reference form into the official template: first, each further; openpyxl loads and saves it",
        "`perfxl audit` of {} files: files a second, peak memory",
        "`perfxl --help`, of which a bare interpreter",
    ),
    "README.zh-CN.md": (
        ("`make bench` 一次运行", "perfxl", "openpyxl"),
        "参考表，从字节到字节：perfxl 读取、审核并标注，openpyxl 只读入再保存",
        "openpyxl 用时是 perfxl 的几倍",
        "参考表填入官方表格：第一份，以后每份；openpyxl 读入结果再保存",
        "`perfxl audit` 审核 {} 个文件：每秒文件数，内存峰值",
        "`perfxl --help`，其中 Python 自身启动",
    ),
}
MARK = "<!-- figures of benchmarks/bench.py -->"


def readme(
    form: tuple[float, float],
    filled: tuple[float, float, float],
    many: tuple[float, float] | None,
    opened: tuple[float, float],
    count: int,
) -> None:
    """Put the main figures between the marks of both READMEs."""
    for name, (heads, speed_row, ratio_row, fill_row, many_row, help_row) in README.items():
        rows = [
            heads,
            ("---", "--:", "--:"),
            (speed_row, f"{form[0]:.1f} ms", f"{form[1]:.1f} ms"),
            (ratio_row, f"{form[1] / form[0]:.1f}", ""),
            (fill_row, f"{filled[0]:.1f} ms, {filled[1]:.1f} ms", f"{filled[2]:.1f} ms"),
            (help_row, f"{opened[1]:.0f} ms, {opened[0]:.0f} ms", ""),
        ]
        if many is not None:
            rows.insert(5, (many_row.format(count), f"{many[0]:.0f}, {many[1]:.0f} MB", ""))
        table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
        path = SAMPLES.parent / name
        before, _, rest = path.read_text("utf-8").partition(MARK)
        after = rest.partition(MARK)[2]
        path.write_text(f"{before}{MARK}\n{table}{MARK}{after}", "utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # openpyxl tells what it is about to lose
    form = speed(options.rounds)
    formats(options.rounds)
    filled = official_form(options.rounds)
    many = memory(options.files)
    opened = start(options.rounds)
    if options.readme:
        readme(form, filled, many, opened, options.files)


if __name__ == "__main__":
    main()
