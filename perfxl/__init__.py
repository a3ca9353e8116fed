"""perfxl: reads, recomputes and marks budget performance self-evaluation forms (绩效自评表).

import perfxl

for result in perfxl.audit("自评表/"):  # read, recompute, check
print(result.file, [audit.total.recomputed for audit in result.audits])
tables = perfxl.frames(perfxl.audit("自评表/"))  # forms, funds, goals, indicators, findings
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfxl.folder.work import Result
    from perfxl.forms.model import Form
    from perfxl.rules.audit import Audit
    from perfxl.tables import Frames

__all__ = ["__version__", "audit", "frames", "read"]
__version__ = "0.1.0"

Paths = str | Path | Iterable[str | Path]


def _listed(paths: Paths) -> list[str | Path]:
    return [paths] if isinstance(paths, str | Path) else list(paths)


def read(paths: Paths, *, vocabulary: Iterable[str | Path] = ()) -> "list[Result]":
    """Read every form in some files and folders.

    Args:
        paths: a file, a folder (searched through), or several.
        vocabulary: files with further spellings.

    Returns:
        One result a file, with its forms or with the error that says why not.

    Raises:
        UsageError: a path is not there. ConfigError: a vocabulary cannot be used.
    """
    from perfxl.folder import find, run, work

    settings = work.Settings.of(words=vocabulary)
    return list(run.read(find.find(_listed(paths)).sources, settings))


def audit(
    paths: Paths,
    *,
    out: str | Path | None = None,
    policy: str | None = None,
    lang: str = "zh",
    vocabulary: Iterable[str | Path] = (),
    jobs: int | None = 1,
) -> "list[Result]":
    """Audit every form in some files and folders.

    Args:
        paths: a file, a folder (searched through), or several.
        out: folder for the marked copies; none are written without it.
        policy: name of the policy for all forms; each form's own without it.
        lang: language of the copies, zh or en.
        vocabulary: files with further spellings.
        jobs: how many processes share the work; None: one for each core.

    Returns:
        One result a file, with its audits or with the error that says why not.

    Raises:
        UsageError: a path is not there, an unknown policy or language.
    """
    from perfxl.folder import find, run, work

    settings = work.Settings.of(policy, lang, vocabulary)
    folder = None if out is None else Path(out)
    return list(run.audit(find.find(_listed(paths), folder).sources, settings, folder, jobs))


def frames(items: "Iterable[Result | Form | Audit | Any]", *, lang: str = "zh") -> "Frames":
    """Tidy frames of any number of results, forms or audits at once.

    Returns:
        A mapping of pandas frames: forms, funds, goals, indicators; for audits also findings.
    """
    from perfxl import tables, texts
    from perfxl.folder.work import Result

    flat: list[Any] = []
    for item in items:
        flat += (item.audits or item.forms) if isinstance(item, Result) else [item]
    return tables.frames(flat, texts.of(lang))
