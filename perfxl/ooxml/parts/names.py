"""Names of sheets: cleaned, unique, and quoted where a formula or a link holds them."""

import re
from collections.abc import Container

from perfxl.ooxml.parts.strings import cut

MAX_NAME = 31
_FORBIDDEN = re.compile("[\\\\/?*\\[\\]:\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def sheet_name(wanted: str, taken: Container[str]) -> str:
    """A name that the format allows and no other sheet has; ``taken`` holds casefolded names."""
    clean = cut(_FORBIDDEN.sub("", wanted), MAX_NAME).strip("' ") or "Sheet"
    name = clean
    number = 2
    # Excel keeps the name History for itself.
    while name.casefold() in taken or name.casefold() == "history":
        ending = f" ({number})"
        name = cut(clean, MAX_NAME - len(ending)).rstrip("' ") + ending
        number += 1
    return name


def quote_sheet_name(name: str) -> str:
    """A sheet's name as formulas and links write it."""
    return "'" + name.replace("'", "''") + "'"
