"""A Word document filled from a template: the template is the bureau's, what is filled in is data.

The template is a .docx with Jinja2 tags, edited in Word or WPS (python-docx-template). Values are never
looked at for tags; unknown tags are refused by name and paragraph instead of leaving a gap.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from perfxl.errors import ConfigError
from perfxl.version import __version__

AUTHOR = f"perfxl {__version__}"
_SEAL, _SEAL_DIGITS = b"perfxl ", 64
"""A letter ends with a comment of its package: this, and the digest of all before it."""
_TAG = re.compile(r"\{[{%].*?[%}]\}")
_UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""
_WHEN = (1980, 1, 1, 0, 0, 0)
LONGEST_TOLD = 60


def is_untouched(path: Path) -> bool:
    """Whether perfxl wrote a document and nobody saved it since: a seal at its end tells.

    Raises:
        OSError: it cannot be read.
    """
    data = path.read_bytes()
    at = len(data) - len(_SEAL) - _SEAL_DIGITS
    bare = data[: max(at - 2, 0)] + b"\0\0"
    return data[max(at, 0) :] == _seal(bare)


def _seal(data: bytes) -> bytes:
    return _SEAL + hashlib.sha256(data).hexdigest().encode()


class _UnknownTag(Exception):
    """A tag that asks for a name which the data do not have."""


class _Unknown(StrictUndefined):
    """A name that the data do not have; even to ask whether it is there is a mistake."""

    def __init__(
        self, hint: str | None = None, *_: Any, name: str | None = None, **__: Any
    ) -> None:
        raise _UnknownTag(name or hint)


class LetterTemplate:
    """A template, read once and filled for many.

    Args:
        path: of the .docx.

    Raises:
        ConfigError: it cannot be read, or is no Word document.
    """

    def __init__(self, path: Path) -> None:
        self.file = path.name
        try:
            self._data = path.read_bytes()
            self._paragraphs = _paragraphs(self._data)
        except Exception as error:
            raise ConfigError(
                "letter-template", file=self.file, reason=type(error).__name__
            ) from error
        self._environment = SandboxedEnvironment(undefined=_Unknown, autoescape=True)

    def fill(self, values: Mapping[str, Any]) -> bytes:
        """The document with its tags replaced, the same bytes for the same values.

        Raises:
            ConfigError: a tag is unknown or wrong; says which, and in which paragraph.
        """
        from docxtpl import (  # type: ignore[import-untyped]  # noqa: PLC0415  # slow; ships no types
            DocxTemplate,
        )

        template = DocxTemplate(io.BytesIO(self._data))
        try:
            template.render(_clean(values), jinja_env=self._environment, autoescape=True)
        except _UnknownTag as error:
            name = str(error)
            raise ConfigError(
                "letter-tag", file=self.file, tag=name, paragraph=self._with(name)
            ) from None
        except SecurityError as error:
            raise ConfigError(
                "letter-syntax", file=self.file, detail=str(error), paragraph=""
            ) from None
        except TemplateSyntaxError as error:
            raise ConfigError(
                "letter-syntax", file=self.file, detail=error.message or "", paragraph=_near(error)
            ) from None
        except (TemplateError, TypeError, ValueError) as error:
            raise ConfigError(
                "letter-syntax", file=self.file, detail=str(error), paragraph=""
            ) from None
        told = template.docx.core_properties
        told.author, told.last_modified_by = AUTHOR, ""
        told.created = told.modified = datetime(*_WHEN, tzinfo=UTC).replace(tzinfo=None)
        stream = io.BytesIO()
        template.save(stream)
        return _sealed(stream.getvalue())

    def _with(self, name: str) -> str:
        """The paragraph whose tags have a name."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        for text in self._paragraphs:
            if any(word.search(tag) for tag in _TAG.findall(text)):
                return text[:LONGEST_TOLD]
        return ""


def _paragraphs(data: bytes) -> list[str]:
    """The texts of all paragraphs, those in tables, headers and footers too."""
    from docx import Document  # noqa: PLC0415  # likewise
    from docx.oxml.ns import qn  # noqa: PLC0415  # likewise

    document = Document(io.BytesIO(data))
    roots = [document.element.body]
    for section in document.sections:
        roots += [section.header.part.element, section.footer.part.element]
    return [
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for root in roots
        for paragraph in root.iter(qn("w:p"))
    ]


def _near(error: TemplateSyntaxError) -> str:
    """The text around a mistake, as the library shows it."""
    lines = [line.strip() for line in getattr(error, "docx_context", ())]
    return next((line for line in lines if "{" in line), "")[:LONGEST_TOLD]


def _clean(value: Any) -> Any:
    """Values without characters that no document can hold."""
    if isinstance(value, str):
        return _UNFIT.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value


def _sealed(data: bytes) -> bytes:
    """The same package with its members' times taken out and a seal at its end."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as made:
        for member in package.infolist():
            plain = zipfile.ZipInfo(member.filename, _WHEN)
            made.writestr(plain, package.read(member), zipfile.ZIP_DEFLATED)
    bare = out.getvalue()
    seal = _seal(bare)
    return bare[:-2] + len(seal).to_bytes(2, "little") + seal
