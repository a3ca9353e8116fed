"""The points that a label carries: 数量指标（10分）, 项目资金（万元，10分）, 产出（满分50分）, 数量指标15分."""

import re
from decimal import Decimal
from functools import cache, lru_cache

from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.text import TRAILING_POINTS, normalize, readable


@cache
def _bracketed() -> re.Pattern[str]:
    """Points in brackets; what stands before or behind them there is no number: （20分×执行率）."""
    words = "|".join(grammar().points_before)
    return re.compile(
        rf"[(\[【](?:[^()\[\]【】0-9]*[,;、/])?(?:{words})?:?([0-9]+(?:\.[0-9]+)?)(?:分|%|)"
        r"(?:[*×xX,;、/][^)\]】]*)?[)\]】]"
    )


@lru_cache(maxsize=8192)
def parse_points(text: str) -> Decimal | None:
    """The points that a label carries: ``（8分）``, ``(50分)``, ``数量指标15分`` → 8, 50, 15.

    A bare number in brackets counts only with the word 分 or a percent sign, so that
    ``（A）`` and ``（2020）`` are no points.
    """
    folded = normalize(text)
    for match in _bracketed().finditer(folded):
        if "分" in match[0] or "%" in match[0]:
            return _sane(Decimal(match[1]))
    match_end = TRAILING_POINTS.search(folded)
    return _sane(Decimal(match_end[1])) if match_end else None


_POINTS_BEHIND = re.compile(r"(?<![0-9０-９.．])[0-9０-９.．]+分$")


def without_points(name: str) -> str:
    """数量指标（10分） → 数量指标; 数量指标15分 → 数量指标."""
    for opening, closing in ("（）", "()", "【】", "[]"):
        start = name.rfind(opening)
        while start >= 0:
            end = name.find(closing, start)
            if end > start and parse_points(name[start : end + 1]) is not None:
                return name[:start] + name[end + 1 :]
            start = name.rfind(opening, 0, start)
    return _POINTS_BEHIND.sub("", name) or name


def _sane(value: Decimal) -> Decimal | None:
    return value if readable(value) else None
