"""What a form's prose says: is a reason given, of which row or goal is it, does it speak of the budget only?

Prose is judged clause by clause, and the words stand in templates/policies/words.toml. Where a text may
be read as an explanation it is one: nobody is asked twice for what he wrote.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from perfxl.forms.model import Form, Indicator
from perfxl.forms.values.grammar import cardinal, grammar
from perfxl.forms.values.text import normalize
from perfxl.forms.words import vocabulary
from perfxl.rules.matching.ownwords import without_tail
from perfxl.rules.policies.policy import Policy

_SENTENCE = re.compile(r"[。;!?\n]+")
_CLAUSE = re.compile(r"[。;!?\n,、:]+")
_PRINTED = re.compile(r"[。;!?:()\[\]【】\n]+")
"""Where an instruction printed in a cell may end; its brackets are among them."""
_NUMBERS = re.compile(r"^[(]?(?:[0-9]+|[一二三四五六七八九十]+)?[).]*|[.]+$")
SHORTEST_NAME = 2
TELLING_NAME = 4
"""A name this long does not stand in a text by chance."""

Words = tuple[str, ...]


def own_words(text: str, policy: Policy) -> str:
    """A text without the instruction that is printed in its cell: （请说明原因，100字以内）因多雨 → 因多雨.

    An instruction reaches from the beginning of its sentence to the last clause that instructs, and over
    what goes on from there (并提出改进措施). What stands behind it is the department's.
    """
    folded = normalize(text)
    if not _has(folded, policy.words["asks_for_reasons"]) and not _states_length(folded, policy):
        return folded
    left: list[str] = []
    for sentence in _PRINTED.split(folded):
        clauses = sentence.split(",")
        asking = [place for place, clause in enumerate(clauses) if _asks(clause, policy)]
        behind = clauses[asking[-1] + 1 :] if asking else clauses
        if asking:
            behind = [c for c in behind if not c.startswith(policy.words["asks_on"])]
        left.append(",".join(behind))
    return "。".join(one for one in left if any(c.isalnum() for c in one))


def _asks(clause: str, policy: Policy) -> bool:
    """Whether a clause asks for a reason, and does not say where it was given (已说明原因, 详见报告)."""
    words = policy.words
    asked = _has(clause, words["asks_for_reasons"]) or _states_length(clause, policy)
    return asked and not _has(clause, words["answers"])


def _states_length(text: str, policy: Policy) -> bool:
    """Whether a text says how long a reason is to be: 100字以内, 不少于100字."""
    return _lengths(policy.words["asks_length"]).search(text) is not None


@lru_cache(maxsize=16)
def _lengths(ways: Words) -> re.Pattern[str]:
    found = (re.escape(way).replace(r"\#", "[0-9]+").replace(r"\$", "$") for way in ways)
    return re.compile("|".join(found) or "(?!)")


@lru_cache(maxsize=4096)
def says_something(text: str, policy: Policy) -> bool:
    """Whether a reason is given at all: not empty, no dash, not 无, 未发现偏差, 目标已全部完成 or 请说明原因."""
    folded = own_words(text, policy)
    if not folded or _is_nothing(folded.rstrip("。.;"), policy):
        return False
    clauses = [one for one in _CLAUSE.split(folded) if one and not _is_heading(one, policy)]
    if not clauses:
        return False
    left = [clause for clause in clauses if not _denies(clause, policy)]
    if len(left) == len(clauses):
        return True
    return any(_has(clause, policy.words["causes"]) for clause in left)


def _is_heading(clause: str, policy: Policy) -> bool:
    """Whether a clause only says what was to follow (1.原因：), and nothing followed."""
    return _NUMBERS.sub("", clause) in policy.words["skeleton"]


def _is_nothing(text: str, policy: Policy) -> bool:
    """Whether a text is a dash, or says as a whole that there is no reason: 不涉及."""
    return text in grammar().blanks or text in policy.words["no_reason"]


def _denies(clause: str, policy: Policy) -> bool:
    """Whether a clause says that there is nothing to explain."""
    words = policy.words
    if _is_nothing(clause.strip("."), policy):
        return True
    if _denial(words["deny"], words["deny_between"], words["denied"]).search(clause):
        return True
    return _has(clause, words["all_done"]) and not _has(clause, words["not_all"])


@lru_cache(maxsize=16)
def _denial(deny: Words, between: Words, denied: Words) -> re.Pattern[str]:
    """未发现 … 偏差, with nothing but such words between that leave the sense as it is."""
    ways = ["|".join(map(re.escape, words)) for words in (deny, between, denied)]
    return re.compile(f"(?:{ways[0]})(?:{ways[1]})*(?:{ways[2]})")


def _has(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def names(text: str, form: Form, indicator: Indicator, policy: Policy) -> bool:
    """Whether a form's reasons concern a row: they name its indicator, its goal or its goal's project."""
    folded = normalize(text)
    goal = next((goal for goal in form.goals if goal.goal == indicator.goal), None)
    # A form of one goal, or of sections, speaks of one project: its reasons concern all rows.
    if goal is None or goal.section or len(form.goals) == 1:
        return not speaks_of_budget_only(text, form, policy)
    called = [indicator.name, str(goal.name.value or "")]
    shorter = [without_tail(normalize(name)) for name in called]
    if any(
        cardinal(number) == goal.goal for number in vocabulary.load().goal_named.findall(folded)
    ):
        return True
    known = [normalize(name) for name in called]
    return any(len(name) >= SHORTEST_NAME and name in folded for name in [*known, *shorter])


def names_row(text: str, indicator: Indicator, policy: Policy) -> bool:
    """Whether a text anywhere on the form gives the reason of one indicator by its name."""
    name = normalize(indicator.name)
    return len(name) >= TELLING_NAME and any(
        name in sentence
        and not _has(sentence, policy.words["instructions"])
        and _has(sentence.replace(name, ""), policy.words["causes"])
        and says_something(sentence, policy)
        for sentence in _SENTENCE.split(normalize(text))
    )


def speaks_of_budget_only(text: str, form: Form, policy: Policy) -> bool:
    """Whether every sentence of some reasons is about the execution of the budget, and about no row."""
    sentences = [one for one in _SENTENCE.split(normalize(text)) if says_something(one, policy)]
    return bool(sentences) and all(_is_of_budget(one, form, policy) for one in sentences)


def _is_of_budget(sentence: str, form: Form, policy: Policy) -> bool:
    words = policy.words
    if any(name in sentence for name in _other_names(form, policy)):
        return False
    if _has(sentence, words["shortages"]):
        return False
    about = False
    for clause in _CLAUSE.split(sentence):
        if _has(clause, words["execution_words"]):
            about = True
            # 资金未到位导致工程延期: what the budget led to is about the rows.
            clause = _behind(clause, words["consequences"])  # noqa: PLW2901
        if _has(clause, words["row_words"]):
            return False
    return about


def _behind(clause: str, words: Words) -> str:
    """What stands behind the first of some words; nothing where none does."""
    ends = [clause.find(word) + len(word) for word in words if word in clause]
    return clause[min(ends) :] if ends else ""


def _other_names(form: Form, policy: Policy) -> Iterator[str]:
    """Names of indicators that are not about the budget."""
    for row in form.indicators:
        name = normalize(row.name)
        if len(name) > SHORTEST_NAME and not _has(name, policy.words["overspending"]):
            yield name


def explains_execution(text: str, form: Form, policy: Policy, *, over: bool) -> bool:
    """Whether a text among the reasons of all rows says why more, or less, than the budget was spent.

    A sentence about another indicator is none, unless it speaks of execution as well. That money came in
    late (资金到位率偏低) tells why less was spent, and never why more was.
    """
    words = policy.words
    for sentence in _SENTENCE.split(normalize(text)):
        if not says_something(sentence, policy):
            continue
        if _has(sentence, words["overspending"]) or (over and _has(sentence, words["overspent"])):
            return True
        shortage = _has(sentence, words["not_execution"])
        if shortage and not over:
            return True
        named = any(name in sentence for name in _other_names(form, policy))
        if not shortage and not named and _has(sentence, words["execution_words"]):
            return True
    return False


def explains_beside(text: str, policy: Policy, *, over: bool) -> bool:
    """Whether a text in the funds' own place for reasons is one: any but of too little money for too much spent."""
    return any(
        says_something(sentence, policy)
        and not (
            over
            and _has(sentence, policy.words["not_execution"])
            and not _has(sentence, policy.words["overspending"])
        )
        for sentence in _SENTENCE.split(normalize(text))
    )


def tells_of_overspending(text: str, policy: Policy) -> bool:
    """Whether a text that stands anywhere, and not where reasons belong, tells why too much was spent.

    Instructions printed on a form speak of it as well, and explain nothing.
    """
    words = policy.words
    return any(
        _has(sentence, words["overspent"])
        and not _has(sentence, words["instructions"])
        and says_something(sentence, policy)
        for sentence in _SENTENCE.split(normalize(text))
    )
