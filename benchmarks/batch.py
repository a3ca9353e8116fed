"""What a folder of many forms costs: files a second with 1 and 2 processes, memory, and a run again.

    python benchmarks/batch.py [--files 2000] [--unchanged 10000] [--rounds 3]

Every round takes the same folder through `perfxl audit` with one process and with two (the program as
a person starts it: its start, the ledger and all copies included), and every tenth file of it through
openpyxl (load + save, which neither audits nor marks), one right after the other, so that a machine
that slows down slows all three. Rates are medians of the rounds, memory the largest of all processes.
`--unchanged` is the size of the folder that is audited twice; its second time is what is told.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

from bench import _LAUNCHER, openpyxl_copy, samples

EVERY = 10
"""Every so many-th file goes through openpyxl: all of them would take minutes."""


def fill(folder: Path, count: int) -> list[Path]:
    """So many forms of many departments, a hundred in a folder."""
    originals = samples()
    paths = []
    for number in range(count):
        path = folder / f"{number // 100:03}" / f"{number:05}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(originals[number % len(originals)].variant(number))
        paths.append(path)
    return paths


def audit(folder: Path, results: Path, jobs: int) -> tuple[float, float]:
    """Seconds and peak megabytes of one run."""
    command = [
        sys.executable,
        "-m",
        "perfxl",
        "audit",
        str(folder),
        "-o",
        str(results),
        "-j",
        str(jobs),
    ]
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _LAUNCHER, *command], capture_output=True, text=True, check=False
    )
    taken = time.perf_counter() - started
    code, peak = (int(word) for word in done.stdout.split())
    if code not in (0, 1):
        raise SystemExit(done.stderr)
    return taken, peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def peer(paths: list[Path]) -> float:
    """Files a second through openpyxl."""
    some = [path.read_bytes() for path in paths[::EVERY]]
    return len(some) / sum(openpyxl_copy(data) for data in some)


def speed(folder: Path, count: int, rounds: int) -> None:
    paths = fill(folder / "in", count)
    rates: dict[str, list[float]] = {"1": [], "2": [], "openpyxl": []}
    peak = 0.0
    for number in range(rounds):
        for jobs in (1, 2):
            results = folder / f"out-{number}-{jobs}"
            taken, used = audit(folder / "in", results, jobs)
            rates[str(jobs)].append(count / taken)
            peak = max(peak, used)
            shutil.rmtree(results)
        rates["openpyxl"].append(peer(paths))
    one, two, other = (statistics.median(found) for found in rates.values())
    scaling = statistics.median(b / a for a, b in zip(rates["1"], rates["2"], strict=True))
    print(f"`perfxl audit` of {count} forms, median of {rounds} rounds; "
          f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")  # fmt: skip
    print("| | files a second | openpyxl load + save = 1 |\n| --- | --: | --: |")
    print(f"| perfxl, 1 process | {one:.1f} | {one / other:.1f} |")
    print(f"| perfxl, 2 processes | {two:.1f} | {two / other:.1f} |")
    print(f"| openpyxl, 1 process | {other:.1f} | 1 |")
    print(
        f"\nTwo processes are {scaling:.2f} times as fast as one; peak memory of a process {peak:.0f} MB.\n"
    )


def unchanged(folder: Path, count: int) -> None:
    """The time of a run in which nothing is to be done."""
    fill(folder / "in", count)
    first, used = audit(folder / "in", folder / "out", 2)
    again = [audit(folder / "in", folder / "out", 2)[0] for _ in range(3)]
    print(
        f"{count} forms: {first:.0f} s with 2 processes ({used:.0f} MB); unchanged once more: {min(again):.1f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--unchanged", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # openpyxl tells what it is about to lose
    for step in (
        lambda folder: speed(folder, options.files, options.rounds),
        lambda folder: unchanged(folder, options.unchanged),
    ):
        with tempfile.TemporaryDirectory() as name:
            step(Path(name))


if __name__ == "__main__":
    main()
