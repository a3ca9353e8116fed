"""Every sentence a user meets, rendered late from templates/texts, in Chinese or English.

The catalogue's texts are Jinja2 templates, compiled once in a sandbox; what a form says is only
ever a value in them.
"""

import errno
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import SandboxedEnvironment

from perfxl import resources
from perfxl.errors import PerfxlError, UsageError
from perfxl.exact import Fraction, round_half_up
from perfxl.rules.findings import Finding, Kind, Severity, Statement, Unit, Verdict

MOST_RENDERED = 4096
NAMES = frozenset({"name", "label", "goal", "project"})
"""Arguments of findings that quote a name from the form."""
_PADDING = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
LONGEST_QUOTED = 60
LONGEST_NAME = 30
"""Of a name a sentence quotes no more; the data keep it whole."""
MOST_NAMES = 3
LATE = "late"
"""The message of a target that was missed by an unknown share: less than the full score, whatever it is."""
DUE = ("earned", "was", "promised")
"""Arguments of findings that say in words what would be right."""
DIRECTED = frozenset({"ratio", "inverse", "inverse-linear", "inverse-both", "not-met", "within"})
"""Ways of judging a row for which a reader is told why less, or more, is better."""


@lru_cache(maxsize=8192)
def score(value: Fraction | None) -> str:
    """Points with two decimals."""
    return "" if value is None else f"{round_half_up(value, 2):.2f}"


def num(value: Any) -> str:
    """A number as short as it is exact, at most four decimals."""
    if value is None or isinstance(value, str):
        return value or ""
    text = f"{round_half_up(value, 4):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=8192)
def pct(value: Fraction | None, digits: int | None = None) -> str:
    """A share as a percentage; two decimals at most where none are asked for."""
    if value is None:
        return ""
    if digits is not None:
        return f"{round_half_up(value * 100, digits):f}%"
    text = f"{round_half_up(value * 100, 2):f}"
    return (text.rstrip("0").rstrip(".") or "0") + "%"


def one_line(name: str) -> str:
    """A name as a sentence quotes it: what a form breaks or pads to fit its cell is one word."""
    return " ".join(_PADDING.sub("", name).split())


def money(value: Fraction | None) -> str:
    """An amount with thousands separators and the decimals it has, at most six."""
    if value is None:
        return ""
    text = f"{round_half_up(value, 6):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quote(value: Any, longest: int = LONGEST_QUOTED) -> str:
    """A text from a form, as much of it as a sentence can bear."""
    text = str(value)
    return text if len(text) <= longest else f"{text[:longest]}…"


class Texts:
    """One language's catalogue."""

    def __init__(self, language: str) -> None:
        if language not in resources.LANGUAGES:
            raise UsageError("unknown-language", language=language)
        self.language = language
        self._data = resources.texts(language)
        environment = SandboxedEnvironment(
            undefined=StrictUndefined, autoescape=False
        )  # plain text, no markup
        # Names of Jinja's own (range, dict) would hide ours from the list of a text's variables.
        environment.globals.clear()
        environment.filters.update(score=score, num=num, pct=pct, money=money, quoted=quote)
        self._environment = environment
        self._compiled: dict[str, str | tuple[Template, tuple[str, ...]]] = {}
        self._rendered: dict[tuple[Any, ...], str] = {}

    def has(self, key: str) -> bool:
        """Whether the catalogue has a text."""
        return self._find(key) is not None

    def _find(self, key: str) -> Any:
        node: Any = self._data
        for name in key.split("/"):
            if not isinstance(node, Mapping) or name not in node:
                return None
            node = node[name]
        return node

    def get(self, key: str, /, **values: Any) -> str:
        """A text by its path (``result/title``) with its values filled in.

        Raises:
            KeyError: the catalogue lacks it; a bug of ours.
        """
        found = self._compiled.get(key) or self._compile(key)
        if isinstance(found, str):
            return found
        template, names = found
        # The same few sentences fill a sheet: each is rendered once.
        try:
            known = (key, *(values.get(name) for name in names))
            text = self._rendered.get(known)
        except TypeError:
            return template.render(values)
        if text is None:
            text = template.render(values)
            if len(self._rendered) < MOST_RENDERED:
                self._rendered[known] = text
        return text

    def _compile(self, key: str) -> "str | tuple[Template, tuple[str, ...]]":
        raw = self._find(key)
        if not isinstance(raw, str):
            raise KeyError(key)
        found: str | tuple[Template, tuple[str, ...]] = raw
        if "{" in raw:
            names = meta.find_undeclared_variables(self._environment.parse(raw))
            found = self._environment.from_string(raw), tuple(sorted(names))
        self._compiled[key] = found
        return found

    def list(self, key: str, **values: Any) -> list[str]:
        """A list of texts, such as the heads of a table's columns."""
        raw = self._find(key)
        if not isinstance(raw, list):
            raise KeyError(key)
        return [
            self._environment.from_string(text).render(values) if "{" in text else text
            for text in raw
        ]

    def join(self, how: str, parts: Iterable[str]) -> str:
        """Texts one after the other: ``listed`` names, ``joined`` sentences."""
        return self.get(f"common/{how}").join(parts)

    def field(self, name: str, how: str = "") -> str:
        """What a cell was taken for, and how it was found, in words."""
        if not name:
            return self.get("inspect/no_field")
        key = f"fields/{name.replace(' ', '_')}"
        # A user's vocabulary may name columns of its own.
        text = self.get(key) if self.has(key) else name
        if not how or not self.has(f"how/{how}"):
            return text
        return self.get("common/inside", text=text, inner=self.get(f"how/{how}"))

    def verdict(self, verdict: Verdict, *, exact: bool = True) -> str:
        """A verdict in words; what is only known to lie in a range does not simply agree."""
        if verdict is Verdict.HOLDS and not exact:
            return self.get("verdict/within")
        return self.get(f"verdict/{verdict}")

    # ------------------------------------------------------------ findings
    def range(self, lo: Fraction | None, hi: Fraction | None) -> str:
        """An interval of scores in words."""
        return self.get("common/range", lo=lo, hi=hi)

    def arithmetic(
        self, arguments: Mapping[str, Any], lo: Fraction | None, hi: Fraction | None
    ) -> str:
        """How a row's score follows from its target and actual."""
        defaults = {
            "weight": None, "target_size": "", "actual_size": "", "share_lo": None, "share_hi": None,
        }  # fmt: skip
        values = {**defaults, **arguments, "lo": lo, "hi": hi}
        said = self.get(f"arithmetic/{arguments['why']}", **values)
        evidence = arguments.get("evidence")
        if arguments["why"] not in DIRECTED or not evidence or evidence == "comparator":
            return said
        pointed = self.get(f"direction/{evidence}", way=arguments["way"])
        return self.get("common/pointed", text=said, direction=pointed)

    def finding(self, finding: Finding) -> str:
        """A finding's sentence without its clause."""
        values = dict(finding.arguments)
        for key in NAMES & values.keys():
            if isinstance(values[key], str):
                values[key] = one_line(values[key])
        if "why" in values:
            values["arithmetic"] = self.arithmetic(values, finding.lo, finding.hi)
        values["range"] = self.range(finding.lo, finding.hi)
        values |= {
            "subject": self.subject(finding),
            "kind": str(finding.subject.kind),
            "named": bool(finding.subject.names),
            "field_name": self.field(finding.field),
        }
        values.update(claimed=finding.claimed, lo=finding.lo, hi=finding.hi)
        text = self.get(f"rules/{finding.rule}/messages/{finding.message}", **values)
        if "stored" in values and not finding.clue:
            # What the cell shows is not what was judged.
            text += self.get("common/stored", items=values["stored"])
        return text[:1].upper() + text[1:]

    def sentence(self, finding: Finding) -> str:
        """A finding's sentence with the clause it rests on."""
        return self._with_basis(self.finding(finding), self.basis(finding))

    def _with_basis(self, text: str, basis: str) -> str:
        return self.get("common/basis", text=text, clause=basis) if basis else text

    def basis(self, finding: Finding) -> str:
        """The clause that a finding rests on, with the sentence that it consists of where that is known."""
        quoted, unasked = finding.quotation, finding.severity is Severity.NOTE
        if unasked and finding.verdict is Verdict.CANNOT_JUDGE and not quoted.text:
            return ""  # what was not understood, and what a person may look into, breaks no rule
        own = f"clauses/{finding.clause}"
        if not quoted.text:
            return (
                self.get(own) if self.has(own) else self.get("common/clause", clause=finding.clause)
            )
        return self.get(
            "common/quoted", clause=finding.clause, text=quoted.text, on_form=quoted.on_form,
            gist=quoted.gist if self.language == "en" else "",
        )  # fmt: skip

    def problem(self, finding: Finding) -> str:
        """The short name of what is wrong: 漏填实际完成值, never the rule that does not hold."""
        rule = f"rules/{finding.rule}"
        own = f"{rule}/problems/{finding.message}"
        return self.get(own if self.has(own) else f"{rule}/problem")

    def problems(self, rule: str) -> tuple[str, ...]:
        """The names of all problems that a rule finds."""
        messages = self._find(f"rules/{rule}/messages")
        keys = (f"rules/{rule}/problems/{message}" for message in messages)
        found = (self.get(key if self.has(key) else f"rules/{rule}/problem") for key in keys)
        return tuple(dict.fromkeys(found))

    def statement(self, finding: Finding) -> Statement:
        """A finding as plain values for every output, with its sentence."""
        subject, text, basis = finding.subject, self.finding(finding), self.basis(finding)
        quoted = finding.quotation
        return Statement(
            problem=self.problem(finding), kind=subject.kind, goal=one_line(subject.goal),
            name="" if subject.kind is Kind.GOAL and not subject.names else self.name(finding),
            field=self.field(finding.field), sheet=finding.sheet, cell=finding.cell,
            claimed=self._amount(finding.claimed, finding.unit), due=self._due(finding),
            difference=finding.difference, unit=finding.unit, clause=finding.clause,
            quotation=quoted.text,
            quoted_from="" if not quoted.text else "form" if quoted.on_form else "document",
            basis=basis, text=text, sentence=self._with_basis(text, basis),
        )  # fmt: skip

    def name(self, finding: Finding) -> str:
        """What a finding speaks of, without its goal: the indicators, the row of funds, the field, the total."""
        kind, names = finding.subject.kind, [one_line(name) for name in finding.subject.names]
        if kind is Kind.FIELD:
            return self.join("listed", map(self.field, finding.subject.names))
        if names and kind is not Kind.TOTAL:
            listed = self.join("listed", names[:MOST_NAMES])
            more = len(names) > MOST_NAMES
            return self.get("subject/more", names=listed, count=len(names)) if more else listed
        return self.get(f"subject/{kind}", row=finding.row)

    def subject(self, finding: Finding) -> str:
        """The same as a sentence begins with it: names in quotes, cut where they are long, the goal where needed."""
        kind, called = finding.subject.kind, quote(one_line(finding.subject.called), LONGEST_NAME)
        names = [quote(one_line(name), LONGEST_NAME) for name in finding.subject.names]
        if kind is Kind.GOAL and not names:
            return self.get("subject/named", names=[called or self.get("subject/goal")])
        if not names or kind in (Kind.TOTAL, Kind.FIELD):
            return self.name(finding)
        key = "columns" if kind is Kind.COLUMN else "named"
        if len(names) > MOST_NAMES:
            key, names = "many", names[:MOST_NAMES]
        # Rows of the same name are one name, and as many rows as before.
        count = finding.arguments.get("count") if finding.parts else None
        text = self.get(f"subject/{key}", names=names, count=count or len(finding.subject.names))
        return self.get("subject/within", goal=called, names=text) if called else text

    def _amount(self, value: Any, unit: Unit) -> str:
        """A claim as shown: a number as its unit is written."""
        if value is None or isinstance(value, str):
            return one_line(value or "")
        return (
            money(value) if unit is Unit.MONEY else pct(value) if unit is Unit.RATE else num(value)
        )

    def _due(self, finding: Finding) -> str:
        """What would be right: a value, a range, or the words of what was approved or earned."""
        lo, hi, arguments = finding.lo, finding.hi, finding.arguments
        words = next((arguments[key] for key in DUE if isinstance(arguments.get(key), str)), None)
        if words is not None:
            return one_line(words)
        if finding.unit is Unit.NONE:
            # A text that stands for a rate; an interval beside any other text is of the row's score.
            return pct(lo) if lo is not None and lo == hi else ""
        least, most = (self._end(end, finding.unit) for end in (lo, hi))
        if hi is not None and lo == 0 and hi > 0:
            least = ""
        if not least and not most:
            return ""
        return self.get("common/due", lo=least, hi=most, below=finding.message == LATE)

    def _end(self, value: Fraction | None, unit: Unit) -> str:
        if value is None:
            return ""
        return score(value) if unit is Unit.POINTS else self._amount(value, unit)

    def error(self, error: PerfxlError) -> str:
        """What happened, where, and what to do."""
        arguments = dict(error.arguments)
        cause = arguments.get("reason")
        if isinstance(cause, PerfxlError):
            arguments["reason"] = self.error(cause)
        if isinstance(cause, OSError):
            key = f"os/{errno.errorcode.get(cause.errno or 0, '')}"
            arguments["reason"] = self.get(key) if self.has(key) else cause.strerror or str(cause)
        if isinstance(cause, PerfxlError):
            arguments["reason"] = self.error(cause)
        try:
            return self.get(f"errors/{error.code}", **arguments)
        except (KeyError, TemplateError):
            return self.get("errors/internal", detail=error.detail)


@cache
def load_texts(language: str) -> Texts:
    """The catalogue of a language.

    Raises:
        UsageError: a language that perfxl does not speak.
    """
    return Texts(language)
