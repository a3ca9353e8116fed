"""Thousands of good forms beside hundreds of hostile files, against the good ones alone.

    python -m tests.hostile.siege FOLDER [--good 5000] [--hostile 200] [--jobs 2]

Both folders are audited by the program itself. Said of each run: seconds, megabytes at the peak of the parent
and of the largest worker, files by what became of them. It ends with 1 where a good form had another result
beside the hostile files than alone, or where a hostile one had neither a result nor a reason.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.folder.forms import form
from tests.hostile import broken, heavy, traits

ROOT = Path(__file__).parent.parent.parent
# A process's own ru_maxrss begins with what the one that started it held; its VmHWM does not.
_SCRIPT = """
import resource, sys
from pathlib import Path
from perfxl import cli
try: cli.main()
finally:
    own = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
    print(own // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=sys.stderr)
"""


def hostile(most: int) -> Iterator[tuple[str, bytes]]:
    """Hostile files by turns of every collection, the costly ones first."""
    costly = [(name, build) for name, build in heavy.KINDS.items() if not name.startswith("below")]
    odd = [(name, build) for name, (_, build) in broken.KINDS.items()]
    strange = [
        (name, one.build) for name, one in traits.TRAITS.items() if one.outcome != traits.IN_PLACE
    ]
    step = max(len(odd) // max(most - len(costly) - len(strange), 1), 1)
    for name, build in [*costly, *strange, *odd[::step], *odd][:most]:
        yield name.replace("/", "_"), build()


def audit(folder: Path, jobs: int) -> tuple[dict[str, Any], float, list[int]]:
    """What the program says of each file of a folder, its seconds, and the megabytes of parent and workers."""
    target = folder.with_suffix(".jsonl")
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, "audit", folder, "-o", folder.with_suffix(".out"), "--json", target, "-j", str(jobs)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    seconds = time.monotonic() - started
    found = {}
    for line in map(json.loads, target.read_text("utf-8").splitlines()):
        for one in line["forms"]:
            one.pop("copy")
        found[line["file"]] = line
    return found, seconds, [int(word) for word in done.stderr.splitlines()[-1].split()]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--good", type=int, default=5000)
    parser.add_argument("--hostile", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    alone, beside = asked.folder / "alone", asked.folder / "beside"
    for place in (alone, beside):
        place.mkdir(parents=True)
        for number in range(asked.good):
            (place / f"单位{number:05}.xlsx").write_bytes(form(number, wrong=number % 3 == 0))
    bad = [
        f"坏{number:03}-{name[:60]}.xlsx" for number, (name, _) in enumerate(hostile(asked.hostile))
    ]
    for name, (_, data) in zip(bad, hostile(asked.hostile), strict=True):
        (beside / name).write_bytes(data)

    expected, seconds, memory = audit(alone, asked.jobs)
    say(f"alone: {len(expected)} files, {seconds:.1f} s, parent and worker {memory} MB")
    found, seconds, memory = audit(beside, asked.jobs)
    say(f"beside {len(bad)}: {len(found)} files, {seconds:.1f} s, parent and worker {memory} MB")
    errors = [found[name]["error"] for name in bad if name in found]
    ends = Counter("read" if error is None else error["code"] for error in errors)
    say(str(dict(ends.most_common())))
    other = [name for name, line in expected.items() if found.get(name) != line]
    lost = [name for name in bad if name not in found]
    say(f"{len(other)} good forms with another result, {len(lost)} hostile files without any")
    return int(bool(other or lost or ends.keys() & {"internal", "damaged-file", "worker-died"}))


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # the report


if __name__ == "__main__":
    sys.exit(main())
