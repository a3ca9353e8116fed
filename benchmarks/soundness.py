"""How often perfxl accuses falsely, and what it misses: consistent forms and single errors.

    python benchmarks/soundness.py [--forms 3000] [--seed 1] [--jobs 1] [--write docs/soundness.md] [--examples FILE]

Each of the forms is audited twice: as a consistent one, and with a single provable error of one of
the kinds in turn. The oracle that makes them stands in `oracle/` and shares no code with
`perfxl/rules`. `--examples` writes every false finding and every missed error as one line.
"""

import argparse
from pathlib import Path

from oracle import directions, items, measure, report


def main() -> None:
    """Run the benchmark and print or write its page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--forms", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--write", type=Path, help="the page to write")
    parser.add_argument("--examples", type=Path, help="where to write what was wrong, line by line")
    given = parser.parse_args()
    counts = measure.measure(given.forms, given.seed, jobs=given.jobs)
    tables = {
        "names with their directions": directions.compare(),
        "names on no list": directions.compare(items.UNSEEN),
        "spellings of values": directions.compare(items.VALUES),
    }
    page = report.page(counts, tables, f"--forms {given.forms} --seed {given.seed}")
    if given.write:
        given.write.write_text(page, encoding="utf-8")
    else:
        print(page)
    if given.examples:
        given.examples.write_text(report.examples(counts, tables), encoding="utf-8")
    print(report.summary(counts, tables))


if __name__ == "__main__":
    main()
