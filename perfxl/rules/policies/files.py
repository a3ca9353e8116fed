"""Policy files: sections of parameters read, completed from the policy they are based on, checked."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from perfxl import resources
from perfxl.errors import ConfigError
from perfxl.forms.values.text import normalize
from perfxl.rules.matching.matcher import SIMILAR_KEY, suggest
from perfxl.rules.policies import parameters
from perfxl.rules.policies.parameters import (
    BY_KEY,
    CLUE_SEVERITIES,
    CLUES,
    PARAMETERS,
    SUBJECTS,
    TIERS,
    BadValue,
)

WORDS = "words"
GRADES = "grades"
CLUE_SEVERITY = "clue_severity"
OWN_MATTERS = ("id", "zh", "en", "province", "valid_from", "valid_to", "select", "based_on")
"""What a policy never takes over from the one that it is based on."""
RETIRED = ("weights.goals", "words.paces")
"""Keys of earlier versions that decide nothing; paces are those of templates/quantities.toml."""

NOTHING: tuple[Any, ...] = (None, "", [])
"""What states no value of a parameter."""

Data = Mapping[str, Any]
READERS: dict[str, Callable[[Path], Data]] = {".toml": resources.toml}
"""Suffix of a policy file → what reads it; whoever knows of workbooks adds theirs."""
SCRATCH = ("~$", ".")
"""So begin files that Excel, or the system, puts beside those of a user."""


class File(NamedTuple):
    """One policy file: its name, what stands in it, and whether it is the user's own."""

    name: str
    data: Data
    own: bool


@cache
def built_in_words() -> Data:
    """The word lists that every policy has and may override; those of clues as ``clue_…``."""
    words = resources.toml(resources.templates() / "policies" / f"{WORDS}.toml")
    return {**words, **{f"clue_{name}": entries for name, entries in words["clues"].items()}}


def read_folders(extra: Path | None) -> Iterator[dict[str, Any]]:
    """The values of every policy of the built-in folder and the user's own, file by file.

    Raises:
        ConfigError: a file cannot be used; says which, where and why.
    """
    files = [*_files(resources.templates() / "policies", own=False)]
    if extra is not None and extra.is_dir():
        files += _files(extra, own=True)
    for file in files:
        whole = _complete(file, files, ())
        yield {**values_of(whole, file.name), "own": file.own}


def _files(folder: Path, *, own: bool) -> Iterator[File]:
    for path in policy_paths(folder):
        if path.stem != WORDS:
            yield File(path.name, READERS[path.suffix.casefold()](path), own)


def policy_paths(folder: Path) -> list[Path]:
    """The policy files of a folder, by name."""
    found = (path for path in folder.iterdir() if path.suffix.casefold() in READERS)
    return sorted(path for path in found if not path.name.startswith(SCRATCH) and path.is_file())


def _complete(file: File, files: list[File], seen: tuple[File, ...]) -> Data:
    """What stands in a file, over what stands in the one that it is based on."""
    base = file.data.get("based_on", "")
    if not base:
        return file.data
    # An edition may be based on an earlier one of its own policy.
    found = [other for other in files if other.data.get("id") == base and other is not file]
    if not found or any(file is one for one in seen):
        known = sorted({str(other.data.get("id")) for other in files} - {file.data.get("id")})
        raise ConfigError("policy-base", file=file.name, base=str(base), known=known)
    first = file.data.get("valid_from", 0)
    # Of several editions the last one that was there when this policy began.
    found.sort(key=lambda other: (_first(other) <= _number(first), _first(other)))
    below = _complete(found[-1], files, (*seen, file))
    taken = {key: value for key, value in below.items() if key not in OWN_MATTERS}
    return _merge({**taken, "sources": _inherit(below, file.name)}, file.data)


def _inherit(below: Data, file: str) -> dict[str, Any]:
    """Where the parameters of a base come from, whatever clauses stand above them afterwards."""
    told = _section(below, "sources", file)
    return {
        one.key: told.get(one.key)
        or _section(below, one.section, file).get("clause")
        or below.get("source")
        for one in PARAMETERS
        if one.section and _raw(one, below, file) not in NOTHING
    }


def _first(file: File) -> int:
    return _number(file.data.get("valid_from", 0))


def _number(raw: Any) -> int:
    return raw if isinstance(raw, int) else 0


def _merge(below: Data, above: Data) -> Data:
    whole = dict(below)
    for key, value in above.items():
        under = whole.get(key)
        both = isinstance(value, Mapping) and isinstance(under, Mapping)
        whole[key] = {**dict(under or {}), **value} if both else value
    # What is stated anew does not rest on what the base rested on.
    anew = {
        f"{key}.{name}" for key, part in above.items() if isinstance(part, Mapping) for name in part
    }
    kept = {key: told for key, told in below["sources"].items() if key not in anew}
    stated = above.get("sources", {})
    whole["sources"] = {**kept, **stated} if isinstance(stated, Mapping) else stated
    return whole


def values_of(data: Data, file: str) -> dict[str, Any]:
    """The attributes of a policy from what a file says.

    Args:
        data: sections of parameters, complete.
        file: the file's name, for errors.

    Raises:
        ConfigError: ``policy-value`` with the key and the reason, or ``policy-key`` for an unknown one.
    """
    _known_only(data, file)
    found = {one.field: _value(one, data, file) for one in PARAMETERS}
    found["tiers"] = {name: found.pop(f"tier_{name}") for name in TIERS}
    title = found.pop("title_zh")
    found["titles"] = {"zh": title, "en": found.pop("title_en") or title}
    _consistent(found, file)
    found["clauses"] = {
        name: _check_text(part["clause"], f"{name}.clause", file)
        for name, part in {**built_in_words(), **data}.items()
        if isinstance(part, Mapping) and part.get("clause")
    }
    found["sources"] = _sources(data, found, file)
    lists = {**built_in_words(), **_section(data, WORDS, file)}
    found["words"] = {
        name: _check_words(entries, f"{WORDS}.{name}", file)
        for name, entries in lists.items()
        if isinstance(built_in_words().get(name), list)
    }
    found["clue_severity"] = {
        clue: _clue_severity(raw, f"{CLUE_SEVERITY}.{clue}", file)
        for clue, raw in _section(data, CLUE_SEVERITY, file).items()
    }
    grades = lists[GRADES]
    if not isinstance(grades, Mapping):
        raise _wrong(file, f"{WORDS}.{GRADES}", BadValue("bad-section"))
    found["grade_words"] = {normalize(grade): grade for _, grade in found["grades"]} | {
        normalize(spelling): _check_text(grade, f"{WORDS}.{GRADES}", file)
        for spelling, grade in grades.items()
    }
    found["based_on"] = str(data.get("based_on", ""))
    return found


def _value(parameter: parameters.Parameter, data: Data, file: str) -> Any:
    try:
        return parameters.read(parameter, _raw(parameter, data, file))
    except BadValue as reason:
        raise _wrong(file, parameter.key, reason) from reason


def _raw(parameter: parameters.Parameter, data: Data, file: str) -> Any:
    """What a file says of a parameter, as it stands there."""
    part = _section(data, parameter.section, file) if parameter.section else data
    return part.get(parameter.key.rpartition(".")[2])


def _section(data: Data, name: str, file: str) -> Data:
    part = data.get(name, {})
    if not isinstance(part, Mapping):
        raise _wrong(file, name, BadValue("bad-section"))
    return part


def _wrong(file: str, key: str, reason: BadValue) -> ConfigError:
    return ConfigError("policy-value", file=file, key=key, reason=reason)


def _check_text(raw: Any, key: str, file: str) -> str:
    if not isinstance(raw, str):
        raise _wrong(file, key, BadValue("bad-text", text=parameters.quote_value(raw)))
    return raw.strip()


def _check_words(entries: Any, key: str, file: str) -> tuple[str, ...]:
    try:
        return parameters.words(entries)
    except BadValue as reason:
        raise _wrong(file, key, reason) from reason


def _consistent(found: Mapping[str, Any], file: str) -> None:
    """What only several parameters together show."""
    last = found["valid_to"]
    if last is not None and last < found["valid_from"]:
        raise _wrong(file, "valid_to", BadValue("bad-years", first=found["valid_from"], last=last))
    tiers = [found["tiers"][name] for name in TIERS]
    for better, worse, name in zip(tiers, tiers[1:], TIERS[1:], strict=False):
        if worse[1] > better[0]:
            raise _wrong(file, f"qualitative.{name}", BadValue("bad-tiers"))


def _clue_severity(raw: Any, key: str, file: str) -> str:
    if raw not in CLUE_SEVERITIES:
        raise _wrong(
            file,
            key,
            BadValue("bad-choice", text=parameters.quote_value(raw), known=list(CLUE_SEVERITIES)),
        )
    return str(raw)


def _sources(data: Data, found: Mapping[str, Any], file: str) -> dict[str, str]:
    """Where each stated parameter comes from: its own source, its section's clause, or the policy's."""
    told = _section(data, "sources", file)
    return {
        one.key: _check_text(told[one.key], f"sources.{one.key}", file)
        if told.get(one.key)
        else found["clauses"].get(one.section) or found["source"]
        for one in PARAMETERS
        if _raw(one, data, file) not in NOTHING
    }


def _known_only(data: Data, file: str) -> None:
    """Refuse what nobody reads: a misspelt parameter would be one that is silently left out."""
    lists = set(built_in_words())
    for name, part in data.items():
        keys = [name]
        if name == WORDS and isinstance(part, Mapping):
            keys = [f"{WORDS}.{key}" for key in part if key not in lists]
            keys = [key for key in keys if key not in RETIRED]
        elif name == CLUE_SEVERITY and isinstance(part, Mapping):
            keys = [f"{name}.{key}" for key in part if key not in CLUES]
        elif name == "sources" and isinstance(part, Mapping):
            keys = [f"sources.{key}" for key in part if key not in BY_KEY]
        elif isinstance(part, Mapping):
            known = name in SUBJECTS or name == "select"
            keys = [f"{name}.{key}" for key in part if not known or key != "clause"]
        for key in keys:
            if key not in BY_KEY and key not in RETIRED and key != "based_on":
                raise ConfigError("policy-key", file=file, key=key, near=_near(key, lists))


def _near(key: str, lists: set[str]) -> list[str]:
    known = [
        *BY_KEY,
        *(f"{CLUE_SEVERITY}.{clue}" for clue in CLUES),
        *(f"{WORDS}.{name}" for name in lists),
    ]
    return suggest(key, known, 2, SIMILAR_KEY)
