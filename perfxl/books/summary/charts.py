"""The charts of the summary: whom points are taken off, grades before and after, how far totals differ."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from perfxl.books.summary.figures import ENDS, NOTHING, Figures, Sum
from perfxl.books.summary.sheets import Sheets, text_of_cell
from perfxl.exact import Fraction

MOST_UNITS = 20
"""So many bars can be read on one page; what is beyond is counted in the title."""
LONGEST = 20
"""Of a name no more signs stand beside a bar."""
BLUE, RED, YELLOW, GREY, GREEN = "#4472C4", "#E06666", "#F1C232", "#A5A5A5", "#70AD47"
LEFT, RIGHT = 640, 500
"""Widths of charts in pixels: two beside each other are as wide as the page."""
BAR, AROUND, LEAST = 28, 90, 180
"""Heights in pixels: of a bar, of what stands around the bars, of the lowest chart."""
COLUMNS, ROWS = 18, 38
"""What is printed, on one page; the charts' own figures stand beyond it."""
ROW_HEIGHT = 15
DATA = 20


class Bars(NamedTuple):
    """What a chart shows: a name for each bar, and a number in each series."""

    names: Sequence[str]
    series: Mapping[str, Sequence[float]]

    @property
    def empty(self) -> bool:
        """Nothing to draw."""
        return not any(number for numbers in self.series.values() for number in numbers)


class Look(NamedTuple):
    """How a chart looks.

    Attributes:
        colours: of the series, or of the bars.
        size: width and height in pixels.
        upright: columns instead of bars.
        stacked: the series one behind the other.
        each: every bar has a colour of its own.
        numbers: the format of the numbers beside the bars.
    """

    colours: Sequence[str]
    size: tuple[int, int]
    upright: bool = False
    stacked: bool = False
    each: bool = False
    numbers: str = "0"


Span = tuple[int, int, int]
"""First row, last row and column of some cells, from 0."""


def draw_bars(
    book: Any, sheet: Any, title: str, names: Span, series: Mapping[str, Span], look: Look
) -> Any:  # fmt: skip
    """A chart of bars, the first at the top, with its numbers at the bars.

    Args:
        book: the workbook.
        sheet: where its figures are.
        title: says what it shows.
        names: the cells of the names.
        series: name → the cells of its numbers.
        look: how it looks.
    """
    kind = {"type": "column" if look.upright else "bar"}
    chart = book.add_chart(kind | ({"subtype": "stacked"} if look.stacked else {}))
    for (name, cells), colour in zip(series.items(), look.colours, strict=False):
        options: dict[str, Any] = {
            "name": name,
            "categories": _cells(sheet, names),
            "values": _cells(sheet, cells),
            "fill": {"color": colour},
            "gap": 45,
            "data_labels": {"value": True, "num_format": f"{look.numbers};;", "font": {"size": 10}},
        }
        if look.each:
            options["points"] = [{"fill": {"color": one}} for one in look.colours]
        chart.add_series(options)
    bare = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
    axis = {"num_font": {"size": 10}, "interval_unit": 1}
    # Of lying bars XlsxWriter calls the axis of names y.
    chart.set_x_axis(axis if look.upright else bare)
    chart.set_y_axis(bare if look.upright else axis | {"reverse": True})
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom"} if len(series) > 1 else {"none": True})
    chart.set_size({"width": look.size[0] - 8, "height": look.size[1] - 8})
    return chart


def _cells(sheet: Any, span: Span) -> list[Any]:
    first, last, col = span
    return [sheet.get_name(), first, col, last, col]


def height_of(bars: int) -> int:
    """The height of a chart of lying bars, in pixels."""
    return max(LEAST, AROUND + BAR * bars)


def short_name(name: str) -> str:
    """As much of a name as stands beside a bar: its end tells one unit from another."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 7]}…{name[-6:]}"


class Charts:
    """The sheet of the charts in the making: one printed page."""

    def __init__(self, book: Any, sheet: Any, writer: Sheets) -> None:
        self._book, self._sheet, self._texts = book, sheet, writer.texts
        self._writer = writer
        self._columns: list[list[str | float]] = []
        self._notes: dict[int, list[tuple[int, str]]] = {}

    def draw(self, figures: Figures, forms: int) -> None:
        """Draw them.

        Args:
            figures: of the season.
            forms: how many forms there are.
        """
        self._sheet.set_column(0, COLUMNS - 1, 8.43)
        self._sheet.set_default_row(ROW_HEIGHT)
        self._units(figures)
        self._grades(figures, forms)
        self._classes(figures)
        self._write_data()
        self._sheet.hide_gridlines(2)
        self._writer.printed(self._sheet, None)
        self._sheet.fit_to_pages(1, 1)
        self._sheet.print_area(0, 0, ROWS - 1, COLUMNS - 1)

    def _units(self, figures: Figures) -> None:
        """Who has most points taken off: ranked bars."""
        texts, units = self._texts, figures.units
        top, others = units[:MOST_UNITS], units[MOST_UNITS:]
        rest = Sum(sum((one.points for _, one in others), NOTHING), len(others))
        title = texts.get("summary/chart_units", off=figures.off, units=len(units), rest=rest)
        points = [float(one.points) for _, one in top]
        bars = Bars([name for name, _ in top], {texts.get("summary/series_off"): points})
        self._insert(0, 0, title, bars, Look((RED,), (LEFT, height_of(len(top))), numbers="0.00"))

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
        self._insert(0, 10, title, bars, Look((GREY, BLUE), (RIGHT, 340), upright=True))

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
        self._insert(17, 10, title, bars, Look(colours, (RIGHT, 400), each=True))

    def _insert(self, row: int, col: int, title: str, bars: Bars, look: Look) -> None:
        """A chart on the sheet; a plain sentence where there is nothing to draw."""
        first, last = DATA + len(self._columns), len(bars.names)
        self._columns.append(["", *map(short_name, bars.names)])
        self._columns += [[name, *numbers] for name, numbers in bars.series.items()]
        self._columns.append([])
        if bars.empty:
            self._notes.setdefault(row, []).append((col, title))
            return
        spans = {name: (1, last, first + place) for place, name in enumerate(bars.series, 1)}
        chart = draw_bars(self._book, self._sheet, title, (1, last, first), spans, look)
        self._sheet.insert_chart(row, col, chart, {"x_offset": 2, "y_offset": 2})

    def _write_data(self) -> None:
        """Constant memory: each row is written once, from left to right."""
        rows = max([*map(len, self._columns), *(row + 1 for row in self._notes)])
        for row in range(rows):
            for col, text in sorted(self._notes.get(row, [])):
                self._sheet.write_string(row, col, text, self._writer.formats["bold"])
            for col, column in enumerate(self._columns, DATA):
                value = column[row] if row < len(column) else ""
                if isinstance(value, str):
                    if value:
                        self._sheet.write_string(row, col, text_of_cell(value))
                else:
                    self._sheet.write_number(row, col, value)
