"""The charts of the summary: whom points are taken off, grades before and after, what is found most often."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from perfxl.books.summary.figures import ENDS, NOTHING, Figures, Sum
from perfxl.books.summary.sheets import Sheets, text_of_cell
from perfxl.exact import Fraction

MOST_UNITS, MOST_PROBLEMS = 20, 15
"""So many bars can be read on one page; what is beyond is counted in the title."""
LONGEST = 20
"""Of a name no more signs stand beside a bar."""
BLUE, RED, YELLOW, GREY, GREEN = "#4472C4", "#E06666", "#F1C232", "#A5A5A5", "#70AD47"
LEFT, RIGHT, WHOLE = 640, 500, 1152
"""Widths of charts in pixels: two beside each other are as wide as the page."""
BAR, AROUND, LEAST = 28, 90, 180
"""Heights in pixels: of a bar, of what stands around the bars, of the lowest chart."""
PIXELS, ROW_PIXELS = 64, 20
COLUMNS = 18
"""The printed columns; the charts' own figures stand beyond them."""
PAGE = 38
"""So many rows are a printed page."""
DATA = 20


class Bars(NamedTuple):
    """What a chart shows: a name for each bar, and a number in each series."""

    names: Sequence[str]
    series: Mapping[str, Sequence[float]]

    @property
    def empty(self) -> bool:
        """Nothing to draw."""
        return not any(number for numbers in self.series.values() for number in numbers)


class Charts:
    """The sheet of the charts in the making."""

    def __init__(self, book: Any, sheet: Any, writer: Sheets) -> None:
        self._book, self._sheet, self._texts = book, sheet, writer.texts
        self._writer = writer
        self._columns: list[list[str | float]] = []
        self._notes: list[tuple[int, int, str]] = []

    def draw(self, figures: Figures, problems: Counter[tuple[str, str]], forms: int) -> None:
        """Draw them.

        Args:
            figures: of the season.
            problems: how many findings, by severity and name of the problem.
            forms: how many forms there are.
        """
        self._sheet.set_column(0, COLUMNS - 1, 8.43)
        self._sheet.set_default_row(ROW_PIXELS * 0.75)
        self._units(figures)
        self._grades(figures, forms)
        self._classes(figures)
        self._problems(problems)
        self._write_data()
        self._sheet.hide_gridlines(2)
        self._writer.printed(self._sheet, None)
        self._sheet.set_print_scale(88)
        self._sheet.print_area(0, 0, 2 * PAGE - 1, COLUMNS - 1)
        self._sheet.set_h_pagebreaks([PAGE])

    # ------------------------------------------------------------ the four charts
    def _units(self, figures: Figures) -> None:
        """Who has most points taken off: ranked bars."""
        texts, units = self._texts, figures.units
        top = units[:MOST_UNITS]
        rest = Sum(
            sum((one.points for _, one in units[MOST_UNITS:]), NOTHING), len(units) - len(top)
        )
        title = texts.get("summary/chart_units", off=figures.off, units=len(units), rest=rest)
        bars = Bars(
            [name for name, _ in top],
            {texts.get("summary/series_off"): [float(one.points) for _, one in top]},
        )
        height = _height(len(top))
        self._bars("A1", title, bars, (RED,), (LEFT, height), numbers="0.00")

    def _grades(self, figures: Figures, forms: int) -> None:
        """How many forms have which grade before and after the audit."""
        texts = self._texts
        counted = sum(before for _, before, _ in figures.grades)
        title = texts.get("summary/chart_grades", forms=counted, rest=forms - counted)
        bars = Bars(
            [grade for grade, _, _ in figures.grades],
            {
                texts.get("summary/series_before"): [one for _, one, _ in figures.grades],
                texts.get("summary/series_after"): [one for _, _, one in figures.grades],
            },
        )
        self._bars("K1", title, bars, (GREY, BLUE), (RIGHT, 340), upright=True)

    def _classes(self, figures: Figures) -> None:
        """How many forms claim too much or too little, and by how much: too much at the top."""
        texts = self._texts
        names = texts.list("summary/classes")[::-1]
        counts = figures.classes[::-1]
        middle = len(names) - 1 - ENDS.index(Fraction(5) / 100)
        colours = [
            RED if n < middle else GREEN if n == middle else YELLOW for n in range(len(names))
        ]
        title = texts.get("summary/chart_distribution", forms=sum(counts))
        bars = Bars(names, {texts.get("summary/axis_forms"): counts})
        self._bars("K18", title, bars, colours, (RIGHT, 400), each=True)

    def _problems(self, problems: Counter[tuple[str, str]]) -> None:
        """What is found most often, by the name of the problem."""
        texts = self._texts
        ranked, rest = rank_problems(problems)
        title = texts.get("summary/chart_problems", kinds=len(ranked) + rest.forms, rest=rest)
        bars = Bars(
            [name for name, _, _ in ranked],
            {
                texts.get("severity/error"): [errors for _, errors, _ in ranked],
                texts.get("severity/warning"): [warnings for _, _, warnings in ranked],
            },
        )
        height = _height(len(ranked)) + 40
        self._bars(f"A{PAGE + 1}", title, bars, (RED, YELLOW), (WHOLE, height), stacked=True)

    # ------------------------------------------------------------ drawing
    def _bars(
        self, cell: str, title: str, bars: Bars, colours: Sequence[str], size: tuple[int, int], *,
        upright: bool = False, stacked: bool = False, each: bool = False, numbers: str = "0",
    ) -> None:  # fmt: skip
        """A chart of bars, the first at the top; a plain sentence where there is nothing to draw.

        Args:
            cell: where it begins.
            title: says what it shows.
            bars: what it shows.
            colours: of the series, or of the bars.
            size: width and height in pixels.
            upright: columns instead of bars.
            stacked: the series one behind the other.
            each: every bar has a colour of its own.
            numbers: the format of the numbers beside the bars.
        """
        first = DATA + len(self._columns)
        self._store(bars)
        if bars.empty:
            self._notes.append((int(cell[1:]) - 1, ord(cell[0]) - ord("A"), title))
            return
        kind: dict[str, str] = {"type": "column" if upright else "bar"}
        chart = self._book.add_chart(kind | ({"subtype": "stacked"} if stacked else {}))
        own, last = self._sheet.get_name(), len(bars.names)
        for offset, name in enumerate(bars.series, 1):
            series: dict[str, Any] = {
                "name": name,
                "categories": [own, 1, first, last, first],
                "values": [own, 1, first + offset, last, first + offset],
                "fill": {"color": colours[offset - 1]},
                "gap": 45,
                "data_labels": {"value": True, "num_format": f"{numbers};;", "font": {"size": 10}},
            }
            if each:
                series["points"] = [{"fill": {"color": colour}} for colour in colours]
            chart.add_series(series)
        self._axes(chart, upright=upright)
        chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}, "overlay": False})
        chart.set_legend({"position": "bottom"} if len(bars.series) > 1 else {"none": True})
        chart.set_size({"width": size[0] - 8, "height": size[1] - 8})
        self._sheet.insert_chart(cell, chart, {"x_offset": 2, "y_offset": 2})

    def _axes(self, chart: Any, *, upright: bool) -> None:
        """Names along one axis, apart from each other; the numbers stand at the bars themselves."""
        bare = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
        names = {"num_font": {"size": 10}, "interval_unit": 1}
        # Of lying bars XlsxWriter calls the axis of names y.
        if upright:
            chart.set_x_axis(names)
            chart.set_y_axis(bare)
        else:
            chart.set_y_axis(names | {"reverse": True})
            chart.set_x_axis(bare)

    def _store(self, bars: Bars) -> None:
        """The figures of a chart, a column for the names and one for each series."""
        self._columns.append(["", *(_short(name) for name in bars.names)])
        for name, series in bars.series.items():
            self._columns.append([name, *series])
        self._columns.append([])

    def _write_data(self) -> None:
        """Constant memory: each row is written once, from left to right."""
        notes: dict[int, list[tuple[int, str]]] = {}
        for at, left, note in self._notes:
            notes.setdefault(at, []).append((left, note))
        rows = max([*map(len, self._columns), *(row + 1 for row in notes)])
        for row in range(rows):
            for col, text in sorted(notes.get(row, [])):
                self._sheet.write_string(row, col, text, self._writer.formats["bold"])
            for col, column in enumerate(self._columns, DATA):
                if row >= len(column) or column[row] == "":
                    continue
                value = column[row]
                if isinstance(value, str):
                    self._sheet.write_string(row, col, text_of_cell(value))
                else:
                    self._sheet.write_number(row, col, value)


def rank_problems(
    problems: Counter[tuple[str, str]],
) -> tuple[list[tuple[str, int, int]], Sum]:
    """What is found most often, errors and warnings together, ties by name.

    Returns:
        (problem, errors, warnings) of the most frequent; of the others how many findings and problems.
    """
    sums: Counter[str] = Counter()
    for (severity, name), count in problems.items():
        if severity != "note":
            sums[name] += count
    ranked = sorted(sums, key=lambda name: (-sums[name], name))
    top, others = ranked[:MOST_PROBLEMS], ranked[MOST_PROBLEMS:]
    rest = Sum(Decimal(sum(sums[name] for name in others)), len(others))
    return [(name, problems["error", name], problems["warning", name]) for name in top], rest


def _height(bars: int) -> int:
    return max(LEAST, AROUND + BAR * bars)


def _short(name: str) -> str:
    """A name as much of it as stands beside a bar: its end tells one unit from another."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 7]}…{name[-6:]}"
