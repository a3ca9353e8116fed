"""Where the data files stand: templates/ and docs/ of a checkout, or the same folders inside a wheel."""

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from perfxl.errors import ConfigError

LANGUAGES = ("zh", "en")
_PACKAGE = Path(__file__).parent


@cache
def templates() -> Path:
    """The folder of vocabulary, policies, texts and forms."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


@cache
def documents() -> Path:
    """The folder of the documentation's pages."""
    inside = _PACKAGE / "docs"
    return inside if inside.is_dir() else _PACKAGE.parent / "docs"


def toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        ConfigError: the file is missing or is not TOML; says where.
    """
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("config-unreadable", file=path.name, reason=error) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("config-syntax", file=path.name, reason=str(error)) from error


@cache
def words(name: str) -> dict[str, Any]:
    """A built-in file of words, read once; whoever changes what it holds copies it first."""
    return toml(templates() / f"{name}.toml")


@cache
def texts(language: str) -> dict[str, Any]:
    """One language's catalogue: ``zh.toml`` and, section by section, each ``….zh.toml``."""
    folder = templates() / "texts"
    found = toml(folder / f"{language}.toml")
    for path in sorted(folder.glob(f"*.{language}.toml")):
        for section, entries in toml(path).items():
            known = found.setdefault(section, {})
            known.update({key: text for key, text in entries.items() if key not in known})
    return found


def own_folder() -> Path:
    r"""The user's folder of vocabulary and policies: ``PERFXL_HOME``, or where the system keeps such.

    ``%APPDATA%\perfxl`` on Windows, ``$XDG_CONFIG_HOME/perfxl`` or ``~/.config/perfxl`` elsewhere.
    """
    given = os.environ.get("PERFXL_HOME")
    if given:
        return Path(given)
    base = os.environ.get("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "perfxl"


def own_words() -> tuple[Path, ...]:
    """The user's vocabulary files: every ``vocabulary*.toml`` of his folder, by name."""
    try:
        return tuple(sorted(own_folder().glob("vocabulary*.toml")))
    except OSError:
        return ()


def own_policies() -> Path | None:
    """The user's folder of policies, if there is one."""
    folder = own_folder() / "policies"
    try:
        return folder if folder.is_dir() else None
    except OSError:
        return None
