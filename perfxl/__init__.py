"""perfxl: reads, recomputes and marks budget performance self-evaluation forms (绩效自评表).

    import perfxl

    results = perfxl.audit("自评表/", out="结果/")  # read, recompute, mark
    for result in results:
        print(result.file, result.error or [audit.total.recomputed for audit in result.audits])
    tables = perfxl.frames(results)  # pandas: forms, funds, goals, indicators, findings

`Result`, `Form`, `Audit` and `Finding` are the types of what comes back.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfxl.forms.model import Form as Form
    from perfxl.jobs.work import Result as Result
    from perfxl.rules.audit import Audit as Audit
    from perfxl.rules.findings import Finding as Finding
    from perfxl.runs.rollup import Rolled
    from perfxl.tables import Frames

__all__ = [
    "Audit", "Finding", "Form", "Result", "__version__", "audit", "fill", "frames", "read", "rollup",
]  # fmt: skip
from perfxl.errors import PerfxlError
from perfxl.version import __version__

Paths = str | Path | Iterable[str | Path]


_TYPES = {
    "Audit": "perfxl.rules.audit",
    "Finding": "perfxl.rules.findings",
    "Form": "perfxl.forms.model",
    "Result": "perfxl.jobs.work",
}


def _word_error(error: PerfxlError) -> str:
    """An error as the sentence that the command line would say."""
    import os

    from perfxl import resources, texts

    asked = os.environ.get("PERFXL_LANG", "")
    return texts.load_texts(asked if asked in resources.LANGUAGES else "zh").error(error)


PerfxlError.wording = _word_error


def __getattr__(name: str) -> Any:
    """The exported types, imported when they are asked for: `import perfxl` stays instant."""
    if name not in _TYPES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_TYPES[name]), name)


def _as_list(paths: Paths) -> list[str | Path]:
    return [paths] if isinstance(paths, str | Path) else list(paths)


def read(
    paths: Paths,
    *,
    vocabulary: Iterable[str | Path] = (),
    passwords: str | Path | None = None,
) -> "list[Result]":
    """Read every form in some files, folders and archives.

    Args:
        paths: a file, a folder (searched through), an archive, or several.
        vocabulary: files with further spellings.
        passwords: a file of passwords, a line each.

    Returns:
        One result a file, with its forms or with the error that says why not.

    Raises:
        UsageError: a path is not there. ConfigError: a vocabulary cannot be used.
    """
    from perfxl.files import find
    from perfxl.jobs import work
    from perfxl.runs import run

    settings = work.Settings.create(words=vocabulary, passwords=passwords)
    sources = find.find(_as_list(paths), passwords=passwords).sources
    return list(run.read(sources, settings))


def audit(  # noqa: PLR0913
    paths: Paths,
    *,
    out: str | Path | None = None,
    policy: str | Path | None = None,
    lang: str = "zh",
    vocabulary: Iterable[str | Path] = (),
    approved: Paths = (),
    jobs: int | None = 1,
    passwords: str | Path | None = None,
    decrypted_copies: bool = False,
) -> "list[Result]":
    """Audit every form in some files and folders.

    Args:
        paths: a file, a folder (searched through), or several.
        out: folder for the marked copies; none are written without it.
        policy: name of the policy for all forms, or a policy workbook; each form's own without it.
        lang: language of the copies, zh or en.
        vocabulary: files with further spellings.
        approved: files and folders of approved targets that the forms are compared with.
        jobs: how many processes share the work; None: one for each core.
        passwords: a file of passwords, a line each.
        decrypted_copies: copies of files that have a password too, without one.

    Returns:
        One result a file, with its audits or with the error that says why not.

    Raises:
        UsageError: a path is not there, an unknown policy or language, approved targets that
            cannot be used.
    """
    from perfxl.files import find
    from perfxl.jobs import work
    from perfxl.runs import approval, run

    settings = work.Settings.create(
        policy, lang, vocabulary, passwords, decrypted_copies=decrypted_copies
    )
    folder = None if out is None else Path(out)
    sources = find.find(
        _as_list(paths), folder, work.policy_file(policy), passwords=passwords
    ).sources
    settings.approved = approval.read(
        _as_list(approved), settings.vocabulary(), sources, settings.passwords
    )
    return list(run.audit(sources, settings, folder, jobs))


def fill(
    paths: Paths,
    *,
    out: str | Path,
    template: str | Path | None = None,
    policy: str | Path | None = None,
    lang: str = "zh",
    vocabulary: Iterable[str | Path] = (),
    passwords: str | Path | None = None,
    decrypted_copies: bool = False,
) -> "list[Result]":
    """Fill every form in some files and folders into the official forms.

    Args:
        paths: a file, a folder (searched through), or several.
        out: folder for the clean copies; for a single file also the workbook to write (.xlsx).
        template: your own template workbook instead of the official forms.
        policy: name of the policy for all forms, or a policy workbook; each form's own without it.
        lang: language of the explanations, zh or en.
        vocabulary: files with further spellings.
        passwords: a file of passwords, a line each.
        decrypted_copies: copies of files that have a password too, without one.

    Returns:
        One result a file: its audits, and in ``copy`` the clean copy, or in ``error`` or ``no_copy``
        why there is none.

    Raises:
        UsageError: a path is not there, or a submission would be written over.
        ConfigError: the template cannot be used.
    """
    from perfxl.files import find
    from perfxl.jobs import work
    from perfxl.runs import fill as filling

    target = Path(out)
    settings = work.Settings.create(
        policy, lang, vocabulary, passwords, decrypted_copies=decrypted_copies
    )
    below = None if filling.is_one_file(target) else target
    sources = find.find(
        _as_list(paths), below, work.policy_file(policy), passwords=passwords
    ).sources
    own = None if template is None else Path(template)
    return [filled.result for filled in filling.fill(sources, settings, own, target)]


def frames(items: "Iterable[Result | Form | Audit | Any]", *, lang: str = "zh") -> "Frames":
    """Tidy frames of any number of results, forms or audits at once.

    Returns:
        A mapping of pandas frames: forms, funds, goals, indicators; for audits also findings.
    """
    from perfxl import tables, texts
    from perfxl.jobs.work import Result

    flat: list[Any] = []
    for item in items:
        flat += (item.audits or item.forms) if isinstance(item, Result) else [item]
    return tables.frames(flat, texts.load_texts(lang))


def rollup(
    paths: Paths,
    *,
    project: str | None = None,
    out: str | Path | None = None,
    policy: str | Path | None = None,
    lang: str = "zh",
    vocabulary: Iterable[str | Path] = (),
    passwords: str | Path | None = None,
) -> "Rolled":
    """Roll up the forms of several units into one.

    Args:
        paths: a file, a folder (searched through), or several.
        project: its name; every project, and whole departments goal by goal, without it.
        out: the workbook to write; none is written without it.
        policy: name of the policy, or a policy workbook; that of most forms without it.
        lang: language of the workbook, zh or en.
        vocabulary: files with further spellings.
        passwords: a file of passwords, a line each.

    Returns:
        The roll-ups, each figure with its sources; every file with its forms or its error; and
        what belongs to no roll-up.

    Raises:
        UsageError: a path is not there, no form is of that project, an unknown policy or language.
    """
    from perfxl.files import find
    from perfxl.jobs import work
    from perfxl.runs import rollup as rolling

    settings = work.Settings.create(policy, lang, vocabulary, passwords)
    policy_file = work.policy_file(policy)
    found = find.find(_as_list(paths), apart=policy_file, passwords=passwords)
    rolled = rolling.read(found, settings)
    rolling.roll(rolled, project, settings)
    if out is not None and rolled.rollups:
        rolling.write(rolled, rolling.target([], Path(out)), found.sources, lang)
    return rolled
