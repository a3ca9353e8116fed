"""What stands in the letter to a department: plain values for the tags of its template.

Everything comes from the ledger: the forms in short, their findings as records, what was decided of
them. Which names there are tells docs/letters.zh.md.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from perfxl.exact import Fraction, round_half_up
from perfxl.forms.records import Record
from perfxl.rules.findings import COUNTED
from perfxl.rules.short import FormSummary
from perfxl.texts import Texts

REJECTED = "rejected"
"""Decided not to be held against the department: it never reads of it."""
UNDECIDED = ("mark", "tell", "omit")
"""What becomes of findings that nobody decided of yet: told with a mark, told like others, left out."""
_EARLIER = {
    **dict.fromkeys(("key", "name", "goal_name", "claimed_text", "due", "difference", "quotation")),
    "problem": "", "field_name": "", "difference_unit": "none",
}  # fmt: skip
"""What records of an earlier perfxl lack."""
_DIGITS = "〇一二三四五六七八九"


class LetterForm(NamedTuple):
    """A form of the department.

    Attributes:
        short: the form in short.
        record: as of `perfxl.rules.records.audit_record`.
        choices: finding → what was decided of it.
        file: name of the submission.
        copy: file name of its marked copy; None where there is none.
        basis: title of the rules that it was judged by.
    """

    short: FormSummary
    record: Record
    choices: Mapping[str, str]
    file: str
    copy: str | None
    basis: str


class Wishes(NamedTuple):
    """What the auditor wants of the letters.

    Attributes:
        deadline: until when the department answers; None: no date is named.
        today: the date of the letter.
        number: of the letter, as it is to be printed.
        undecided: one of `UNDECIDED`.
    """

    deadline: date | None
    today: date
    number: str
    undecided: str = "mark"


def letter_values(
    unit: str, forms: Sequence[LetterForm], wishes: Wishes, texts: Texts
) -> dict[str, Any]:
    """The values for one department's letter.

    Args:
        unit: as the forms call it.
        forms: its forms, at least one.
        wishes: of the auditor.
        texts: the language of the letter.
    """
    told = [_form(number, form, wishes, texts) for number, form in enumerate(forms, start=1)]
    findings = [one for form in told for one in form["findings"]]
    years = sorted({form.short.year for form in forms if form.short.year})
    copies = list(dict.fromkeys(form.copy for form in forms if form.copy))
    return {
        "unit": unit,
        "number": wishes.number or texts.get("letters/number", year=wishes.today.year),
        "date": official_date(wishes.today, texts),
        "deadline": "" if wishes.deadline is None else official_date(wishes.deadline, texts),
        "basis": texts.join("listed", dict.fromkeys(form.basis for form in forms)),
        "period": texts.get("letters/period", years=years) if years else "",
        "count": len(forms),
        "count_words": texts.get("letters/count", count=len(forms)),
        "forms": told,
        "findings": len(findings),
        "undecided": any(one["mark"] for one in findings),
        "enclosures": [{"number": n, "name": name} for n, name in enumerate(copies, start=1)],
    }


def _form(number: int, form: LetterForm, wishes: Wishes, texts: Texts) -> dict[str, Any]:
    one = form.short
    findings = [_EARLIER | finding for finding in form.record["findings"]]
    shown = [finding for finding in findings if _is_told(finding, form, wishes)]
    return {
        "number": number,
        "order": chinese_number(number),
        "name": one.project or PurePosixPath(form.file).stem,
        "claimed": points(one.claimed),
        "due": points(one.recomputed) if one.recomputed is not None else texts.range(one.lo, one.hi) or "—",
        "deduction": points(one.difference),
        "claimed_grade": one.claimed_grade or "—",
        "grade": one.grade or "—",
        "findings": [
            _finding(count, finding, form, wishes, texts) for count, finding in enumerate(shown, start=1)
        ],
    }  # fmt: skip


def _is_told(finding: Record, form: LetterForm, wishes: Wishes) -> bool:
    if finding["severity"] not in COUNTED:
        return False
    choice = form.choices.get(finding["key"], "")
    return choice != REJECTED and bool(choice or wishes.undecided != "omit")


def _finding(
    number: int, finding: Record, form: LetterForm, wishes: Wishes, texts: Texts
) -> dict[str, Any]:
    open_ = wishes.undecided == "mark" and not form.choices.get(finding["key"])
    cell = finding["cell"]
    name = finding["name"] or finding["goal_name"] or finding["field_name"]
    return {
        "number": number,
        "mark": texts.get("letters/undecided_mark") if open_ else "",
        "subject": texts.get("common/inside", text=name, inner=cell) if cell and name else name or cell or "—",
        "goal": finding["goal_name"] or "",
        "name": name,
        "cell": cell or "",
        "field": finding["field_name"],
        "claimed": finding["claimed_text"] or "—",
        "due": finding["due"] or "—",
        "difference": _difference(finding, texts),
        "problem": finding["problem"],
        "text": finding["message"],
        "clause": finding["clause"],
        "quotation": finding["quotation"] or "",
        "advice": texts.get(f"advice/{finding['rule']}"),
        "choice": form.choices.get(finding["key"], ""),
    }  # fmt: skip


def _difference(finding: Record, texts: Texts) -> str:
    off = finding["difference"]
    if not off:
        return "—"
    unit = finding["difference_unit"]
    value = round_half_up(Fraction(str(abs(off))), 4 if unit == "rate" else 2)
    shown = f"{value * 100:.2f}%" if unit == "rate" else f"{value:,.2f}"
    return texts.get("letters/more" if off > 0 else "letters/less", amount=shown)


def points(value: Fraction | None) -> str:
    """Points with two decimals; a dash where there are none."""
    return "—" if value is None else f"{round_half_up(value, 2):.2f}"


def official_date(day: date, texts: Texts) -> str:
    """A date as letters write it: 二〇二六年十二月三十一日."""
    if texts.language != "zh":
        return f"{day.day} {day:%B} {day.year}"
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


def chinese_number(number: int) -> str:
    """A number from 1 to 99 in Chinese: 十, 十一, 二十, 三十一; larger ones in digits."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
