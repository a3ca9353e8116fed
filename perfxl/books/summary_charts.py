"""The charts of the summary: claimed against recomputed, distribution of differences, findings by rule."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from perfxl.exact import Fraction
from perfxl.texts import Texts

# Upper ends of the classes of differences, in points; what is beyond the last one is a class of its own.
ENDS = tuple(Fraction(end) / 100 for end in (-500, -200, -100, -5, 5, 100, 200, 500))
MOST_RULES = 12
FIRST, CLAIMED, RECOMPUTED = 4, 5, 6
"""Where the list stands on the sheet 总览: its first row, and two of its columns, from 0."""
BLUE, RED, YELLOW, GREY = "#4472C4", "#E06666", "#F1C232", "#A5A5A5"
WIDE, HIGH = 620, 380
DATA, EQUAL = 22, 27
"""The column where the charts' own figures stand, beyond what is printed."""


class Points(NamedTuple):
    """What the charts of scores show: rows of the list, differences, and the ends of the axes."""

    rows: int
    differences: list[Fraction]
    least: int
    most: int


def chart_points(
    scores: Sequence[tuple[Fraction | None, Fraction | None]], differences: list[Fraction]
) -> Points:
    """The points of (claimed, recomputed) scores; the axes begin at the ten below the lowest."""
    known = [one for pair in scores for one in pair if one is not None]
    least = int(min(known, default=Fraction(0)) // 10 * 10)
    most = max(100, int(-(max(known, default=Fraction(0)) // -10) * 10))
    return Points(len(scores), differences, min(least, 90), most)


def classes(differences: Sequence[Fraction]) -> list[int]:
    """How many differences lie in each class; the ends belong to the class nearer to zero."""
    counts = [0] * (len(ENDS) + 1)
    for one in differences:
        counts[sum(one > end if end > 0 else one >= end for end in ENDS)] += 1
    return counts


def draw(
    book: Any, sheet: Any, texts: Texts, points: Points,
    rules: Counter[tuple[str, str]], overview: str,
) -> None:  # fmt: skip
    """Draw the charts on their sheet.

    Args:
        book: the workbook.
        sheet: for the charts and their figures.
        texts: the user's language.
        points: how many rows the list has, and the differences of the totals.
        rules: how many findings, by severity and rule.
        overview: name of the sheet with the list.
    """
    count, differences, least, most = points
    labels = texts.list("summary/classes")
    counts = classes(differences)
    ranked = _ranked(rules, texts)
    rows = max(len(labels), len(ranked)) + 1
    title = book.add_format({"bold": True})
    # Constant memory: each row is written once, from left to right.
    for row in range(rows):
        if row == 0:
            for col, head in enumerate(texts.list("summary/chart_heads")):
                sheet.write_string(0, DATA + col, head, title)
            sheet.write_number(0, EQUAL, least)
            continue
        if row <= len(labels):
            sheet.write_string(row, DATA, labels[row - 1])
            sheet.write_number(row, DATA + 1, counts[row - 1])
        if row <= len(ranked):
            name, errors, warnings = ranked[row - 1]
            sheet.write_string(row, DATA + 2, name)
            sheet.write_number(row, DATA + 3, errors)
            sheet.write_number(row, DATA + 4, warnings)
        if row == 1:
            sheet.write_number(row, EQUAL, most)
    own = sheet.get_name()
    sheet.insert_chart("A1", _against(book, texts, count, (overview, own), (least, most)))
    sheet.insert_chart("K1", _distribution(book, texts, own, len(labels)))
    sheet.insert_chart("A21", _by_rule(book, texts, own, len(ranked)))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, 46, 20)


def _ranked(rules: Counter[tuple[str, str]], texts: Texts) -> list[tuple[str, int, int]]:
    """The rules with most errors and warnings: title, errors, warnings."""
    sums: Counter[str] = Counter()
    for (severity, rule), count in rules.items():
        if severity != "note":
            sums[rule] += count
    return [
        (texts.get(f"rules/{rule}/title") if texts.has(f"rules/{rule}/title") else rule,
         rules["error", rule], rules["warning", rule])
        for rule, _ in sums.most_common(MOST_RULES)
    ]  # fmt: skip


def _against(
    book: Any, texts: Texts, count: int, sheets: tuple[str, str], ends: tuple[int, int]
) -> Any:
    """A point for each form: on the line where the claim holds, below it where too much is claimed."""
    chart = book.add_chart({"type": "scatter"})
    overview, own = sheets
    last = FIRST + max(count, 1) - 1
    line = [own, 0, EQUAL, 1, EQUAL]
    marker = {"type": "circle", "size": 5, "fill": {"color": BLUE, "transparency": 40},
              "border": {"none": True}}  # fmt: skip
    chart.add_series({
        "name": texts.get("summary/series_forms"),
        "categories": [overview, FIRST, CLAIMED, last, CLAIMED],
        "values": [overview, FIRST, RECOMPUTED, last, RECOMPUTED],
        "marker": marker,
    })  # fmt: skip
    chart.add_series({
        "name": texts.get("summary/series_equal"), "categories": line, "values": line,
        "marker": {"type": "none"}, "line": {"color": GREY, "dash_type": "dash", "width": 1},
    })  # fmt: skip
    grid = {"visible": True, "line": {"color": "#E0E0E0"}}
    axis = {"min": ends[0], "max": ends[1], "major_gridlines": grid}
    chart.set_x_axis(axis | {"name": texts.get("summary/axis_claimed")})
    chart.set_y_axis(axis | {"name": texts.get("summary/axis_recomputed")})
    return _titled(chart, texts.get("summary/chart_against"), legend=True)


def _distribution(book: Any, texts: Texts, own: str, count: int) -> Any:
    chart = book.add_chart({"type": "column"})
    middle = ENDS.index(Fraction(5) / 100)
    colours = [YELLOW if n < middle else GREY if n == middle else RED for n in range(count)]
    chart.add_series({
        "name": texts.get("summary/axis_forms"),
        "categories": [own, 1, DATA, count, DATA], "values": [own, 1, DATA + 1, count, DATA + 1],
        "points": [{"fill": {"color": colour}} for colour in colours], "gap": 30,
        "data_labels": {"value": True, "num_format": "0;;"},
    })  # fmt: skip
    chart.set_x_axis({"name": texts.get("summary/axis_difference")})
    chart.set_y_axis({"name": texts.get("summary/axis_forms"), "num_format": "0",
                      "major_gridlines": {"visible": True, "line": {"color": "#E0E0E0"}}})  # fmt: skip
    return _titled(chart, texts.get("summary/chart_distribution"), legend=False)


def _by_rule(book: Any, texts: Texts, own: str, count: int) -> Any:
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for offset, (severity, colour) in enumerate((("error", RED), ("warning", YELLOW)), 3):
        chart.add_series({
            "name": texts.get(f"severity/{severity}"),
            "categories": [own, 1, DATA + 2, max(count, 1), DATA + 2],
            "values": [own, 1, DATA + offset, max(count, 1), DATA + offset],
            "fill": {"color": colour}, "gap": 40, "data_labels": {"value": True, "num_format": "0;;"},
        })  # fmt: skip
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis(
        {"num_format": "0", "major_gridlines": {"visible": True, "line": {"color": "#E0E0E0"}}}
    )
    return _titled(
        chart, texts.get("summary/chart_rules"), legend=True, wide=2 * WIDE + 30, high=500
    )


def _titled(chart: Any, title: str, *, legend: bool, wide: int = WIDE, high: int = HIGH) -> Any:
    font: Mapping[str, Any] = {"size": 13, "bold": True}
    chart.set_title({"name": title, "name_font": font, "overlay": False})
    chart.set_legend({"position": "bottom"} if legend else {"none": True})
    chart.set_size({"width": wide, "height": high})
    return chart
