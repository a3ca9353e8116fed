"""The rules of a run as one digest: whatever could change a result changes it.

perfxl's version, every data file of templates/ (words, quantities, policies, texts), the user's own
ones, and what the run was asked for. A result made under another digest is made again.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from perfxl import resources
from perfxl.jobs.work import Settings
from perfxl.rules.policies import files as policy_files
from perfxl.rules.policies.policy import Policy
from perfxl.version import __version__

LENGTH = 16


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of a run.

    Attributes:
        digest: of all of it.
        perfxl: the version.
        policy: the policy asked for; "" where each form chooses its own.
        language: of copies and messages.
        vocabulary: digest of the words alone. policies: of the policies alone.
    """

    digest: str
    perfxl: str
    policy: str
    language: str
    vocabulary: str
    policies: str


def compute_rulebook(settings: Settings) -> Rulebook:
    """The rules of a run with these settings."""
    folder = resources.templates()
    words = [folder / "vocabulary.toml", folder / "quantities.toml", *settings.words]
    own = [] if settings.policies is None else policy_files.policy_paths(settings.policies)
    policies = [folder / "clauses.toml", *sorted((folder / "policies").glob("*.toml")), *own]
    texts = sorted((folder / "texts").glob("*.toml"))
    vocabulary, judged = _digest(words), _digest(policies)
    asked = "\n".join(_parts(settings))
    whole = "\n".join((__version__, vocabulary, judged, _digest(texts), asked))
    return Rulebook(
        hashlib.sha256(whole.encode()).hexdigest()[:LENGTH],
        __version__,
        settings.policy.id if isinstance(settings.policy, Policy) else settings.policy or "",
        settings.language,
        vocabulary,
        judged,
    )


def _digest(paths: list[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(_content(path))
    return found.hexdigest()[:LENGTH]


def _content(path: Path) -> bytes:
    """The digest of a file; of a folder, that of everything in it. A file that is not there counts too."""
    found = hashlib.sha256()
    try:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                found.update(file.read_bytes())
    except OSError as error:
        found.update(type(error).__name__.encode())
    return found.digest()


def _parts(value: object) -> Iterator[str]:
    """What a setting says, file by file and value by value: never where a file stands."""
    if is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            if item.metadata.get("aside"):  # passwords above all: a digest of one can be tried out
                continue
            yield item.name
            yield from _parts(getattr(value, item.name))
    elif isinstance(value, Path):
        yield _content(value).hex()
    elif isinstance(value, Mapping):
        for name in sorted(value):
            yield repr(name)
            yield from _parts(value[name])
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _parts(part)
    else:
        yield repr(value)
