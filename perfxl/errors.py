"""Every error that perfxl raises on purpose, by who can mend it.

PerfxlError
├── UsageError        the caller: a path that is not there, an unknown policy
├── FileError         the submitter: the file cannot be read
│   ├── NotAWorkbook  not a workbook at all, or damaged
│   ├── Locked        encrypted or password protected
│   ├── TooLarge      a bomb, or beyond every size that a form has
│   └── NoForm        a workbook, but no self-evaluation form in it
├── ConfigError       the office: a vocabulary, policy or template that cannot be used
└── LedgerError       the office: the ledger cannot be read or written

An error carries a code and arguments. Its text is rendered late, in the user's language, from
``templates/texts``: `perfxl.texts.Texts.error`. As a string it is that text, in Chinese or in the language
that ``PERFXL_LANG`` names.
"""

from collections.abc import Callable
from typing import Any, ClassVar


class PerfxlError(Exception):
    """The base of all: a code of the text catalogue and the arguments of its text."""

    wording: ClassVar[Callable[["PerfxlError"], str] | None] = None
    """Puts errors into words; `perfxl` sets it, for texts know of errors and not the other way round."""

    def __init__(self, code: str, **arguments: Any) -> None:
        super().__init__(code, arguments)
        self.code = code
        self.arguments = arguments
        self.add_note(self.detail)  # a traceback shows it below the sentence

    @property
    def detail(self) -> str:
        """Code and arguments, for those who maintain perfxl."""
        detail = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"{self.code} ({detail})" if detail else self.code

    def __str__(self) -> str:
        return self.detail if PerfxlError.wording is None else PerfxlError.wording(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.code, self.arguments)


def _rebuild(kind: type[PerfxlError], code: str, arguments: dict[str, Any]) -> PerfxlError:
    return kind(code, **arguments)


class UsageError(PerfxlError):
    """The call cannot be carried out as it was made."""


class FileError(PerfxlError):
    """The submitted file cannot be read."""


class NotAWorkbook(FileError):
    """The file is not a workbook, or is damaged."""


class Locked(FileError):
    """The file is encrypted; its password is not known here."""


class TooLarge(FileError):
    """The file unpacks to more than any form needs."""


class NoForm(FileError):
    """The workbook holds no self-evaluation form."""


class ConfigError(PerfxlError):
    """A vocabulary, policy or template is not usable."""


class LedgerError(PerfxlError):
    """The ledger cannot be read or written."""

    @property
    def passing(self) -> bool:
        """Whether waiting may help: a full disk, a ledger in use, a server or share out of reach."""
        return self.code.removeprefix("ledger-") in (
            "full",
            "io",
            "locked",
            "unreachable",
            "unwritable",
        )
