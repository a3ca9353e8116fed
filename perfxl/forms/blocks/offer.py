"""Which field of the form a labelled value is: the label says it, and now and then the value corrects it."""

from perfxl.forms.claims import Contents
from perfxl.forms.layout import fields
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import Field
from perfxl.forms.roles import How
from perfxl.forms.values.text import fold, number
from perfxl.forms.words.vocabulary import Vocabulary

LONGEST_GRADE = 6
NAMES = ("unit", "department", "project")


def offer(contents: Contents, name: str, field: Field, tile: Tile) -> None:
    """Offer a value under the name that it deserves; ``tile`` holds its label."""
    vocabulary = contents.reading.vocabulary
    label = fields.of_text(tile, How.LABEL)
    if name == "claimed_grade" and number(field.text) is not None:
        # 自评结果 | 99分 states the total.
        name, field = "claimed_total", field._replace(value=number(field.text))
    if name == "claimed_grade" and field.text and not _is_grade(field.text, vocabulary.grades):
        name = "other"
    if name == "unit" and field.text and fold(field.text).strip("()") in vocabulary.money:
        name = "money_unit"
    if name in NAMES and field.text:
        field = _without_seal(field, vocabulary)
    if name == "other":
        contents.others.append((label, field))
    else:
        contents.offered.append((name, field, label))


def _without_seal(field: Field, vocabulary: Vocabulary) -> Field:
    """某局（盖章） → 某局: the stamp is no part of the name."""
    bare = vocabulary.seal.sub("", field.text)
    return field if bare in ("", field.text) else field._replace(value=bare)


def _is_grade(text: str, grades: frozenset[str]) -> bool:
    folded = fold(text)
    return len(folded) <= LONGEST_GRADE and any(word in folded for word in grades)
