"""Archives and encrypted workbooks with bits, stretches and ends changed: each ends with a form or a reason, in time.

More of them, from another seed: ``python -m tests.sealed.test_mutants SEED COUNT``.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from perfxl.files.find import Source
from perfxl.jobs import work
from perfxl.jobs.work import Settings
from perfxl.runs import run
from perfxl.sealed.passwords import Passwords
from tests.folder.forms import form
from tests.grid import builders
from tests.sealed.makers import (
    aes_member,
    agile,
    old_cipher,
    rar,
    raw_zip,
    standard,
    tar,
    xls,
    zipped,
)

XLS = (builders.DATA / "form.xls").read_bytes()
SETTINGS = Settings(passwords=Passwords(("pw1",)))
WHOLE = {
    "zip": zipped({"a/b.xlsx": form(1), "c.zip": zipped({"d.xlsx": form(2)})}),
    "locked.zip": raw_zip(
        {"name": "单位/表.xlsx".encode("gbk"), "data": form(1)},
        aes_member(b"b.xlsx", form(2), b"pw1"),
        {"name": b"o.xlsx", "data": form(3), "packed": old_cipher(form(3), b"pw1"), "flags": 1},
    ),
    "tgz": tar({"a.xlsx": form(1), "b.xlsx": form(2)}),
    "tar": tar({"a.xlsx": form(1), "长" * 60 + ".xlsx": form(2)}, packed=False),
    "rar": rar({"a.xlsx": form(1), "b.xlsx": form(2)}),
    "agile": agile(form(1), "pw1", 500),
    "standard": standard(form(1), "pw1"),
    **{how: xls(XLS, "pw1", how) for how in ("xor", "rc4", "cryptoapi")},
}


def mutant(seed: int) -> tuple[str, bytes]:
    """A file that was changed in one to ten places, most of them near its beginning or its end."""
    chance = random.Random(seed)  # noqa: S311  # the same mutant for the same seed
    kind = chance.choice(list(WHOLE))
    data = bytearray(WHOLE[kind])
    for _ in range(chance.choice((1, 1, 3, 10))):
        near = min(len(data) - 1, int(chance.expovariate(1 / 200)))
        at = chance.choice((near, len(data) - 1 - near, chance.randrange(len(data))))
        how = chance.random()
        if how < 0.4:
            data[at] ^= 1 << chance.randrange(8)
        elif how < 0.6:
            data[at : at + 4] = chance.choice(
                (b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff", b"\1\0\0\0")
            )
        elif how < 0.75:
            del data[at : at + chance.randrange(1, 200)]
        elif how < 0.9:
            data[at:at] = data[max(0, at - 50) : at]
        elif at > 10:
            del data[at:]
        data = data if len(data) > 10 else bytearray(WHOLE[kind])
    return kind, bytes(data)


def faults(seeds: range, folder: Path) -> list[str]:
    """What does not end as it must."""
    found = []
    for seed in seeds:
        kind, data = mutant(seed)
        path = folder / f"m.{kind}"
        path.write_bytes(data)
        started = time.thread_time()
        for source, content in run.unpacked([Source(path, path.name)], SETTINGS):
            result, _ = work.read_file(source, SETTINGS, content)
            if result.error is not None and result.error.code == "internal":
                found.append(f"{seed} {kind}: {result.error}")
        if time.thread_time() - started > 5:
            found.append(f"{seed} {kind}: slow")
    return found


def test_every_mutant_ends_with_a_form_or_a_reason(tmp_path):
    assert faults(range(120), tmp_path) == []


if __name__ == "__main__":
    first, count = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as place:
        print(faults(range(first, first + count), Path(place)))  # noqa: T201  # a script
