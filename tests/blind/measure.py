"""Measures perfxl against forms that it has not seen: python tests/blind/measure.py [FOLDER].

Beside each workbook stands NAME.json with what a careful person reads. Values alone are compared, numbers as
numbers, texts without white space. A field counts where the form or the reading has it; rows are matched by name
and order. Findings count where they are errors or warnings.
"""

import difflib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

LISTS = {"funds": "name", "goals": "label", "indicators": "level3"}
APART = {"form", "sheet", "unread", "cells"}


def plain(value: Any) -> Any:
    """A value as it is compared: texts without white space, numbers to six decimals."""
    if isinstance(value, str):
        return "".join(value.split()) or None
    return round(float(value), 6) if isinstance(value, int | float) else value


def fields(entry: dict[str, Any], keys: "set[str] | None" = None) -> dict[str, Any]:
    """The values that are compared; cells' addresses are not among them."""
    return {
        k: plain(v)
        for k, v in entry.items()
        if not k.endswith("_cell")
        and k not in APART
        and not isinstance(v, list | dict)
        and (keys is None or k in keys)
    }


def compare(where: str, truth: dict[str, Any], got: dict[str, Any]) -> tuple[int, list[str]]:
    """How many fields there are, and the wrong ones."""
    expected = fields(truth)
    read = fields(got, set(expected) or None)
    pairs = [(k, expected.get(k), read.get(k)) for k in expected or read]
    pairs = [(k, e, r) for k, e, r in pairs if e is not None or r is not None]
    return len(pairs), [f"{where}.{k}: {e!r} read as {r!r}" for k, e, r in pairs if e != r]


def rows(key: str, truth: list[dict[str, Any]], got: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """The same for the rows of a table; a row that is missing or too many is wrong in all its fields."""
    name = LISTS[key]
    names = [str(plain(r.get(name))) for r in truth], [str(plain(r.get(name))) for r in got]
    number, wrong = 0, []
    for _, i, i2, j, j2 in difflib.SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        for n in range(max(i2 - i, j2 - j)):
            expected = truth[i + n] if i + n < i2 else {}
            read = got[j + n] if j + n < j2 else {}
            one, bad = compare(f"{key}[{i + n}]", expected, read)
            number, wrong = number + one, wrong + bad
    return number, wrong


def form(truth: dict[str, Any], got: dict[str, Any]) -> tuple[int, list[str]]:
    """One form: its own fields and those of its tables."""
    number, wrong = compare("form", truth, got)
    for key in LISTS:
        one, bad = rows(key, truth[key], got.get(key) or [])
        number, wrong = number + one, wrong + bad
    return number, wrong


def findings(seeded: list[dict[str, Any]], forms: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """How many seeded discrepancies were found, and the findings at other cells."""
    told = [f for one in forms for f in one["findings"] if f["severity"] in {"error", "warning"}]
    places = [{s["cell"], *s.get("also", ()), *s.get("or", ())} for s in seeded]
    cells = [set(f.get("cells") or [f["cell"]]) for f in told]
    found = sum(any(at & {s["cell"], *s.get("or", ())} for at in cells) for s in seeded)
    other = [
        f"{f['cell']} {f['rule']}: {f['message']}"
        for f, at in zip(told, cells, strict=True)
        if not any(at & place for place in places)
    ]
    return found, other


def audits(folder: Path) -> dict[str, dict[str, Any]]:
    """What perfxl reads and finds in each file of a folder."""
    with tempfile.TemporaryDirectory() as out:
        call = [
            sys.executable,
            "-m",
            "perfxl",
            "audit",
            str(folder),
            "-o",
            out,
            "--json",
            str(Path(out) / "all.jsonl"),
        ]
        subprocess.run(call, check=False, stdout=subprocess.DEVNULL)
        lines = (Path(out) / "all.jsonl").read_text(encoding="utf-8").splitlines()
    return {line["file"]: line for line in map(json.loads, lines)}


def report(
    name: str, truth: dict[str, Any], got: dict[str, Any]
) -> tuple[int, int, bool, int, int, int]:
    """Print one file; fields, wrong fields, perfect or not, findings seeded, found, not seeded."""
    number, wrong = 0, []
    forms = got.get("forms") or []
    for i, expected in enumerate(truth["forms"]):
        one, bad = form(expected, forms[i] if i < len(forms) else {})
        number, wrong = number + one, wrong + bad
    wrong += [f"form {i + 1}: there is none" for i in range(len(truth["forms"]), len(forms))]
    rest = {u["cell"] for f in truth["forms"] for u in f.get("unread", ())}
    unread = [
        f"{u['cell']} {u['text']!r}" for f in forms for u in f["unread"] if u["cell"] not in rest
    ]
    seeded = truth.get("findings")
    found, other = findings(seeded or [], forms)
    if seeded is None:
        other = []
    perfect = not wrong and not unread
    print(f"{name}: {number} fields, {len(wrong)} wrong, {'perfect' if perfect else 'not perfect'}, {len(unread)} unread; "
          f"findings: {len(seeded or [])} seeded, {found} found, {len(other)} not seeded")  # fmt: skip
    for line in [*wrong, *(f"unread {u}" for u in unread), *(f"not seeded {o}" for o in other)]:
        print("   ", line)
    return number, len(wrong), perfect, len(seeded or []), found, len(other)


class Sums(NamedTuple):
    """What a folder comes to."""

    fields: int
    wrong: int
    perfect: int
    seeded: int
    found: int
    accused: int


def main(folder: Path) -> Sums:
    """Measure all forms of a folder."""
    results = audits(folder)
    sums = [
        report(name, json.loads(path.read_text(encoding="utf-8")), got)
        for name, got in results.items()
        if (path := (folder / name).with_suffix(".json")).is_file()
    ]
    if not sums:
        sys.exit("no workbook with a reading beside it")
    made = Sums(*(sum(column) for column in zip(*sums, strict=True)))
    right = (made.fields - made.wrong) / made.fields
    print(f"{len(sums)} forms: {made.fields} fields, {made.wrong} wrong ({right:.1%} right), {made.perfect} perfect; "
          f"findings: {made.seeded} seeded, {made.found} found, {made.accused} not seeded")  # fmt: skip
    return made


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "forms")
