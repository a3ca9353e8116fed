"""What one file costs, in a process of its own: seconds, megabytes at the peak, and what came of it.

python -m tests.hostile.measure [NAME …]
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MOST_SECONDS, MOST_MEGABYTES = 60, 6000
_ONE = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, ({most} << 20,) * 2)
from pathlib import Path
from perfxl.files import find
from perfxl.jobs import job
from perfxl.jobs.work import Settings
settings = Settings()
settings.vocabulary()
from perfxl import texts
from perfxl.books import marked
path = Path(sys.argv[1])
task = job.Task(find.Source(path, path.name), path.read_bytes(), path.with_suffix(".copy"))
started = time.process_time()
try:
    done = job.attempt(task, settings)
    told = [done.code, len(done.forms), done.copy is not None, done.no_copy or done.reason]
except BaseException as error:
    told = ["RAISED", 0, False, repr(error)[:200]]
peak = int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) // 1024
print(json.dumps([round(time.process_time() - started, 2), peak, *told]))
"""


def cost(path: Path) -> list:
    """(seconds of the processor, megabytes at the peak, code, forms, whether there is a copy, reason)."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _ONE.format(most=MOST_MEGABYTES), str(path)],
            capture_output=True, text=True, timeout=MOST_SECONDS, check=False, cwd=ROOT,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return [MOST_SECONDS, 0, "HANGS", 0, False, None]
    if done.returncode:
        return [0, 0, f"DIED {done.returncode}", 0, False, done.stderr[-200:]]
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    from tests.hostile import heavy

    folder = Path(sys.argv[1])
    for name in sys.argv[2:] or heavy.KINDS:
        data = heavy.KINDS[name]()
        path = folder / f"{name}.bin"
        path.write_bytes(data)
        seconds, memory, code, forms, copy, reason = cost(path)
        path.unlink()
        print(  # noqa: T201  # the table that is asked for
            f"{name:40} {len(data) / 1e6:6.2f} MB {seconds:6.2f} s {memory:5} MB {code} {forms} {copy} {(reason or '')[:70]}",
            flush=True,
        )


if __name__ == "__main__":
    main()
