"""`perfxl inspect --explain C12`: what a cell is, who says so, and who else might have had it."""

import re
from collections.abc import Iterable, Sequence

from perfxl.forms.claims import Claim
from perfxl.forms.explain import Explanation, explain
from perfxl.forms.model import Form
from perfxl.forms.words.vocabulary import Vocabulary
from perfxl.grid.model import Grid
from perfxl.ooxml.address import position
from perfxl.texts import Texts

_CELL = re.compile(r"(?:(?P<sheet>.+)!)?(?P<cell>[A-Za-z]{1,3}[0-9]{1,7})")


def explanation(
    pairs: Sequence[tuple[Form, Grid]], asked: str, vocabulary: Vocabulary, texts: Texts
) -> list[str]:
    """The lines that explain a cell.

    Args:
        pairs: the forms of a file, each with its sheet.
        asked: the address as typed, C12 or Sheet!C12.
        vocabulary: the words that the forms were read with.
        texts: the catalogue of the language.
    """
    match = _CELL.fullmatch(asked.strip().replace("$", "").replace("！", "!"))
    if match is None:
        return [texts.get("explain/wrong", cell=asked)]
    cell = match["cell"].upper()
    sheet = (match["sheet"] or "").strip("'")
    place = position(cell)
    for form, grid in pairs:
        inside = form.area.top <= place[0] <= form.area.bottom
        if inside and sheet.casefold() in ("", form.sheet.casefold()):
            found = explain(form, grid, place, vocabulary)
            if found is None:
                return [texts.get("explain/blank", cell=cell)]
            return list(_lines(found, cell, texts))
    return [texts.get("explain/outside", cell=cell)]


def _lines(found: Explanation, cell: str, texts: Texts) -> Iterable[str]:
    role = texts.field("" if found.role == "unread" else str(found.role))
    yield texts.get("explain/head", cell=cell, text=" ".join(found.text.split())[:60], role=role)
    if found.held is not None:
        yield texts.get("explain/held", **_claim_words(found.held, texts))
    else:
        yield texts.get("explain/unread" if found.role == "unread" else "explain/around")
    for claim in found.others:
        yield texts.get("explain/gave_way", **_claim_words(claim, texts))
    if found.held is not None and not found.others:
        yield texts.get("explain/alone")


def _claim_words(claim: Claim, texts: Texts) -> dict[str, str]:
    return {
        "block": texts.get(f"blocks/{claim.by}"),
        "why": texts.get(f"claims/{claim.why}"),
        "sureness": texts.get(f"sureness/{int(claim.sureness)}"),
    }
