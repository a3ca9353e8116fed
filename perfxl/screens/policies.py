"""What a person sees of policies on the terminal: which there are, and every parameter of one."""

from collections.abc import Callable, Iterable
from typing import Any

from rich.text import Text

from perfxl.books.policy import layout
from perfxl.rules.policies import files as policy_files
from perfxl.rules.policies import parameters
from perfxl.rules.policies.parameters import PARAMETERS, PRACTICE, Parameter
from perfxl.rules.policies.policy import DEFAULT, Policy
from perfxl.screens.screen import Screen, safe
from perfxl.texts import Texts, num, pct

LONG = 400


def list_policies(screen: Screen, known: Iterable[Policy]) -> None:
    """Every edition of every policy: name, title, years, region, and when it is taken."""
    texts = screen.texts
    table = screen.table(texts.list("cli/policies_columns"))
    for one in known:
        region = one.province or texts.get("policy/everywhere")
        table.add_row(
            safe(one.id), safe(one.titles[texts.language]), Text(years(one, texts)), safe(region),
            safe(_selection_words(one, texts), LONG),
        )  # fmt: skip
    screen.console.print(table)
    screen.say("policies_more")


def explain_policy(screen: Screen, one: Policy) -> None:
    """A policy with every parameter, its value and where it comes from."""
    texts = screen.texts
    title = f"{one.titles[texts.language]} · {years(one, texts)}"
    table = screen.table(texts.list("cli/policy_columns"), title)
    for parameter in PARAMETERS:
        if parameter.key in ("zh", "en", "source", "valid_from", "valid_to"):
            continue
        said = value(one, parameter, texts)
        stated = said != texts.get("policy/unstated")
        name = layout.label(parameter, texts)
        table.add_row(
            Text(name),
            safe(said, LONG),
            safe(source(one, parameter, texts) if stated else "—", LONG),
        )
    screen.console.print(table)
    screen.say("policy_source", source=one.source)
    if one.based_on:
        screen.say("policy_based", base=one.based_on)
    built_in = policy_files.built_in_words()
    other = [name for name, words in one.words.items() if list(words) != _fold(built_in[name])]
    if other:
        screen.say("policy_words", count=len(other), names=other)


def _fold(words: Any) -> list[str]:
    return list(parameters.words(words))


def years(one: Policy, texts: Texts) -> str:
    """The years that a policy is for, in words."""
    first, last = one.valid_from, one.valid_to
    if not first and last is None:
        return texts.get("policy/always")
    if last is None:
        return texts.get("policy/years_from", first=first)
    if not first:
        return texts.get("policy/years_to", last=last)
    return texts.get("policy/years_between", first=first, last=last)


def _selection_words(one: Policy, texts: Texts) -> str:
    """What a form shows that follows the policy."""
    ways = [
        texts.get(f"policy/{key}", words=words)
        for key, words in (
            ("select_notes", one.select_notes), ("select_columns", one.select_columns),
        )
        if words
    ]  # fmt: skip
    if one.select_points:
        ways.append(texts.get("policy/select_points", points=one.select_points))
    if one.id == DEFAULT:
        ways.append(texts.get("policy/select_default"))
    return texts.get("policy/between").join(ways) or texts.get("policy/select_never")


def source(one: Policy, parameter: Parameter, texts: Texts) -> str:
    """Where a parameter comes from, in words; — for what only describes the policy."""
    if not parameter.section or parameter.section == "select":
        return "—"
    told = one.sources.get(parameter.key, "—")
    return texts.get("policy/practice") if told == PRACTICE else told


def value(one: Policy, parameter: Parameter, texts: Texts) -> str:
    """What a policy says of a parameter, in words."""
    if parameter.kind == "tier":
        low, high = one.tiers[parameter.key.partition(".")[2]]
        return texts.get("policy/range", lo=low, hi=high)
    if parameter.key in one.titles:
        return one.titles[parameter.key]
    found = getattr(one, parameter.field)
    if parameter.kind == "flag":
        return texts.get("policy/yes" if found else "policy/no")
    if found is None or found in ("", ()) or (parameter.kind == "count" and not found):
        return texts.get("policy/unstated")
    said = _WORDED.get(parameter.kind)
    return num(found) if said is None else said(found, texts)


def _steps(found: Any, texts: Texts) -> str:
    steps = (texts.get("policy/execution_step", least=a, share=b) for a, b in found)
    return texts.get("policy/between").join(steps)


def _grades(found: Any, texts: Texts) -> str:
    steps = (texts.get("policy/grade_step", least=a, grade=b) for a, b in found)
    return texts.get("policy/between").join(steps)


_WORDED: dict[str, Callable[[Any, Texts], str]] = {
    "share": lambda found, _: pct(found),
    "factor": lambda found, _: pct(found),
    "choice": layout.choice,
    "words": lambda found, _: layout.join_words(found),
    "numbers": lambda found, _: layout.join_words(num(each) for each in found),
    "execution": _steps,
    "grades": _grades,
}
