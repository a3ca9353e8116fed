"""The layout that writer and reader of policy workbooks share: sheets, columns, rows, lists of words."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from perfxl.forms.values.text import fold
from perfxl.rules.policies.parameters import PARAMETERS, TIERS, Parameter
from perfxl.texts import Texts

GUIDE, ROWS, EXECUTION, GRADES, CLAUSES, WORDS = (
    "guide", "parameters", "execution", "grades", "clauses", "words",
)  # fmt: skip
ON_OWN_SHEET = {"budget.steps": EXECUTION, "grade.steps": GRADES}
"""Parameters of several rows; the sheet of parameters only tells where they come from."""
SEPARATOR = "、"
LONGEST_CELL = 900
"""Maximum number of characters of words in one cell, so that it can be read and printed."""
_WORD = re.compile(r"“([^“”]*)”|[^\s、]+")


class Line(NamedTuple):
    """A row of the sheet of parameters: a parameter, or one end of a tier.

    Attributes:
        end: 0 the lowest share, 1 the highest; None for a whole parameter.
    """

    parameter: Parameter
    end: int | None = None

    def label(self, texts: Texts) -> str:
        """What the row is called."""
        name = label(self.parameter, texts)
        if self.end is None:
            return name
        return texts.get(f"policy/labels/{('lowest', 'highest')[self.end]}", name=name)


def lines() -> list[Line]:
    """The rows of the sheet of parameters, in their order."""
    found = []
    for one in PARAMETERS:
        ends = (0, 1) if one.kind == "tier" else (None,)
        found += [Line(one, end) for end in ends]
    return found


def label(parameter: Parameter, texts: Texts) -> str:
    """What people call a parameter."""
    name = texts.get(f"policy/labels/{parameter.key.replace('.', '_')}")
    tier = parameter.key.removeprefix("qualitative.")
    return (
        f"{texts.get('policy/sections/qualitative')}{_dash(texts)}{name}" if tier in TIERS else name
    )


def _dash(texts: Texts) -> str:
    return "" if texts.language == "zh" else ": "


def meaning(parameter: Parameter, texts: Texts) -> str:
    """What a parameter decides, in a sentence."""
    return texts.get(f"policy/meanings/{parameter.key.replace('.', '_')}")


def section(parameter: Parameter, texts: Texts) -> str:
    """The group that a parameter belongs to."""
    return texts.get(f"policy/sections/{parameter.section or 'about'}")


def sheet(name: str, texts: Texts) -> str:
    """The title of a sheet."""
    return texts.get(f"policy_book/sheets/{name}")


def columns(name: str, texts: Texts) -> list[str]:
    """The heads of a sheet's columns."""
    return texts.list(f"policy_book/{name}_columns")


def choice(name: str, texts: Texts) -> str:
    """What people call one of a parameter's choices."""
    return texts.get(f"policy/choices/{name}")


def joined(words: Iterable[str]) -> str:
    """Words in one cell; a word that holds the separator stands in quotes."""
    return SEPARATOR.join(f"“{word}”" if SEPARATOR in word else word for word in words)


def portions(words: Iterable[str]) -> list[str]:
    """Words over as many cells as they need: no row of a sheet is higher than 409 points."""
    found: list[list[str]] = []
    length = LONGEST_CELL
    for word in words:
        if length + len(word) > LONGEST_CELL:
            found.append([])
            length = 0
        found[-1].append(word)
        length += len(word) + 1
    return [joined(part) for part in found]


def parted(text: str) -> list[str]:
    """The words of one cell."""
    found = [match[1] if match[1] is not None else match[0] for match in _WORD.finditer(text)]
    return [word for word in found if fold(word)]
