"""Where the data files stand: templates/ of a checkout, or the same folder inside a wheel."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from perfxl.errors import ConfigError

_PACKAGE = Path(__file__).parent


@cache
def templates() -> Path:
    """The folder of vocabulary, policies, texts and forms."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        ConfigError: the file is missing or is not TOML; says where.
    """
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("config-unreadable", file=path.name, reason=str(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("config-syntax", file=path.name, reason=str(error)) from error
