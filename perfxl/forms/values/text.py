"""Texts brought to one shape for comparison; the cell itself keeps what was written."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from perfxl.forms.values.memo import Memo

_SPACE = re.compile(r"[\s\u200b\ufeff\u00a0]+")
_BRACKETS = re.compile(r"[(\[【〔<《][^()\[\]【】〔〕<>《》]*[)\]】〕>》]")
_EDGE = re.compile(r"^[*※★☆●○◆■□▲#、,.;:_\-—]+|[*※★☆:;,.、。_\-—]+$")
_NUMBERING = re.compile(
    r"^(?:[((][一二三四五六七八九十0-9]{1,3}[))]|[一二三四五六七八九十]{1,3}[、.:]|[0-9]{1,2}[、.)](?![0-9]))"
)
# The look back: of a run of digits without end, only its beginning is tried.
TRAILING_POINTS = re.compile(r"(?<![0-9])([0-9]+(?:\.[0-9]+)?)分$")
_NUMBER = re.compile(r"[+\-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[+\-]?\.[0-9]+")

_MOST_DIGITS = 40
_LARGEST, _FINEST = 15, -30


@lru_cache(maxsize=8192)
def readable(value: Decimal) -> bool:
    """Whether a number can be one of a form: below 10^15 (a spreadsheet's digits), of no endless tail.

    A score of 1E308, or one of 400 digits, is a slip of the keyboard; as a number it would end the run
    at the first float that is made of it. It is a text in the place of a number, and reported as such.
    """
    if not value.is_finite() or len(value.as_tuple().digits) > _MOST_DIGITS:
        return False
    exponent = value.as_tuple().exponent
    return (
        isinstance(exponent, int)
        and exponent >= -_MOST_DIGITS - _LARGEST
        and (not value or _FINEST <= value.adjusted() < _LARGEST)
    )


@lru_cache(maxsize=16384)
def normalize(text: str) -> str:
    """NFKC without any white space: the shape in which texts are compared."""
    if text.isascii():
        return "".join(text.split())
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=16384)
def normalize_label(text: str) -> str:
    """A label without white space, brackets, numbering and edge punctuation.

    ``一、预算数（A）：`` → ``预算数``. A label that stands wholly in brackets loses only those.
    """
    folded = normalize(text)
    bare = _BRACKETS.sub("", folded)
    bare = _NUMBERING.sub("", _EDGE.sub("", bare or folded.strip("()[]【】〔〕<>《》")))
    return _EDGE.sub("", TRAILING_POINTS.sub("", bare) or bare)


@lru_cache(maxsize=16384)
def parse_number(text: str) -> Decimal | None:
    """A plain number: thousands separators, full-width digits and a trailing 分 or 元 allowed.

    ``"215,457.6"`` → 215457.6; a percentage is a fraction, ``"95.0%"`` → 0.950; anything
    else, and a number beyond all measure, → None, never zero.
    """
    folded = normalize(text)
    share = folded.endswith("%")
    bare = folded[:-1] if share else folded.removesuffix("分").removesuffix("元").removesuffix("万")
    if not _NUMBER.fullmatch(bare):
        return None
    try:
        value = Decimal(bare.replace(",", ""))
    except InvalidOperation:  # pragma: no cover  # the pattern admits only decimals
        return None
    if not readable(value):
        return None
    return value / 100 if share else value


compact = Memo(lambda text: "".join(text.split())).__getitem__
"""A name without white space and line breaks, as names are compared."""


has_digit = Memo(lambda text: any(map(str.isdigit, text))).__getitem__
"""Whether a text holds a digit of any script."""


def same(one: str, other: str) -> bool:
    """Whether two texts say the same but for spelling: width, spaces, punctuation."""
    return strip_punctuation(one) == strip_punctuation(other)


def without_numbering(name: str) -> str:
    """一、服务产出 → 服务产出; a name that is nothing but its number stays."""
    return _NUMBERING.sub("", name).strip() or name


_MARKS = re.compile(r"^[\s*＊※★☆●○◆◇■□▲△◎✱#①-⑳⑴-⒛㈠-㈩❶-❿]+|[\s*※★☆●○◆◇■□▲△◎✱#＊]+$")


def without_marks(text: str) -> str:
    """A name without stars and ordinals around it: ★培训人数, ①培训人数 and 1.培训人数 → 培训人数."""
    bare = _MARKS.sub("", text)
    return _NUMBERING.sub("", normalize(bare)) or normalize(bare) or normalize(text)


_PUNCTUATION = re.compile(r"[,.;:!?、。,;:!?·\"'“”‘’()\[\]【】<>《》\-—_]+")


@lru_cache(maxsize=8192)
def strip_punctuation(text: str) -> str:
    """What a text says: folded, without marks and punctuation; names match where this is the same."""
    folded = without_marks(text)
    return _PUNCTUATION.sub("", folded) or folded


_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[.:/\-~](?=[0-9])")
_DROPPED = re.compile(r"[^\w%‰℃≥≤<>=+×]|_")


@lru_cache(maxsize=16384)
def match_key(text: str) -> str:
    """What is left of a name when width, case, white space and punctuation are taken away.

    A sign between two digits stays, for 1.5 is not 15 and 1-3 is not 13. Two names that are equal so
    are one name, written in two ways.
    """
    folded = without_marks(text).casefold()
    kept = {match.start() for match in _BETWEEN_DIGITS.finditer(folded)}
    letters = [
        character
        for place, character in enumerate(folded)
        if place in kept or not _DROPPED.match(character)
    ]
    return "".join(letters) or folded
