"""What a file is, by its bytes. Its name says what somebody wished it to be."""

import re

from perfxl.errors import Locked, NotAWorkbook
from perfxl.grid.formats.ole import MAGIC, CompoundFile
from perfxl.ooxml.parts.archive import Archive

# By a part of the main part's content type, the more special before the more general.
_PACKAGES = (
    (b"ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
    (b"ms-excel.template.macroEnabled.main+xml", "xltm"),
    (b"spreadsheetml.template.main+xml", "xltx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docx"),
    (b"ms-word.template.macroEnabledTemplate.main+xml", "docx"),
    (b"presentationml.", "slides"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_BEGINNINGS = (
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MZ", "program"),
    (b"{\\rtf", "rtf"),
    (b"ID;P", "slk"),
    # Spreadsheets of Excel 2 to 4 stand in no container.
    (b"\x09\x00\x04\x00", "xls-old"),
    (b"\x09\x02\x06\x00", "xls-old"),
    (b"\x09\x04\x06\x00", "xls-old"),
    (b"\x09\x08\x08\x00", "xls-old"),
    (b"\x00\x00\x02\x00", "wk1"),
)
# What LibreOffice can be asked to convert; every other kind without a reader is refused.
CONVERTIBLE = {"doc", "wps", "rtf", "slk", "xls-old", "wk1", "odt", "word-xml", "uof"}
# Programs that guard an office's documents: without them, what they wrap is not to be read.
_WRAPPERS = (
    (b"E-SafeNet", "esafenet"),
    (b"%TSD-Header-###%", "other"),
    (b"DOCGUARDER_FILE", "other"),
    (b"DG_FILE VER", "other"),
)
_MARKED = 64
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|table|meta|style|div|tr|td|p|span)\b", re.IGNORECASE
)
_WORKBOOK = re.compile(r"<(?:\w+:)?Workbook\b")
_MAIL = re.compile(
    rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type):", re.IGNORECASE
)
_HEAD = 4096


def kind_of(data: bytes) -> str:
    """The kind of a file: one of those that `load` reads, or of `CONVERTIBLE`.

    Raises:
        NotAWorkbook: empty, an archive of files, or something else than an office file, with a
            hint at what it seems to be (``looks_like``).
        Locked: encrypted.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise NotAWorkbook("empty-file")
    for mark, program in _WRAPPERS:
        if mark in data[:_MARKED]:
            raise Locked("wrapped", program=program)
    if data.startswith(b"PK\3\4"):
        return _in_zip(data)
    if data.startswith(MAGIC):
        return _in_ole(data)
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            if kind in CONVERTIBLE:
                return kind
            raise NotAWorkbook("not-a-workbook", looks_like=kind)
    return _in_text(data)


def _in_zip(data: bytes) -> str:
    archive = Archive.open(data)
    types = archive.find("[Content_Types].xml")
    if types is not None:
        content = archive.read(types)
        if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            content = content.decode("utf-16").encode()
        for mark, kind in _PACKAGES:
            if mark in content:
                if kind == "slides":
                    raise NotAWorkbook("not-a-workbook", looks_like="slides")
                return kind
    mimetype = archive.find("mimetype")
    if mimetype is not None:
        text = archive.read(mimetype).decode("ascii", "replace").strip()
        if text.startswith(_OPEN_DOCUMENT):
            return _open_document(text.removeprefix(_OPEN_DOCUMENT))
    if archive.find("OFD.xml"):
        raise NotAWorkbook("not-a-workbook", looks_like="ofd")
    if archive.find("xl/workbook.xml") or archive.find("word/document.xml") or types is not None:
        raise NotAWorkbook("damaged-zip")
    names = [member.name for member in archive.members if not member.name.endswith("/")]
    raise NotAWorkbook("zip-archive", count=len(names), first=names[0] if names else "")


def _open_document(kind: str) -> str:
    if kind.startswith("spreadsheet"):
        return "ods"
    if kind.startswith("text"):
        return "odt"
    raise NotAWorkbook("not-a-workbook", looks_like="slides" if "presentation" in kind else "other")


def _in_ole(data: bytes) -> str:
    container = CompoundFile(data)
    streams = container.streams
    if "ENCRYPTEDPACKAGE" in streams:
        raise Locked("encrypted")
    if "WORKBOOK" in streams or "BOOK" in streams:
        return "xls"
    if "WORDDOCUMENT" in streams:
        if int.from_bytes(container.read("WordDocument")[11:12]) & 1:
            raise Locked("encrypted")
        return "doc"
    if "POWERPOINT DOCUMENT" in streams:
        raise NotAWorkbook("not-a-workbook", looks_like="slides")
    if "CONTENTS" in streams or "MATOST" in streams:
        return "wps"
    raise NotAWorkbook("not-a-workbook", looks_like="other")


def _in_text(data: bytes) -> str:
    head = text_head(data)
    if head.startswith("<"):
        return _in_markup(head)
    if _MAIL.match(data[:_HEAD]) and b"multipart/related" in data[:_HEAD].lower():
        return "mhtml"
    # A page may begin with a line of text; a table of text may hold a "<" anywhere.
    if _HTML.search(head) and "<table" in head.lower():
        return "html"
    if "\0" in head or sum(c < " " and c not in "\t\r\n\f" for c in head) > len(head) // 50:
        raise NotAWorkbook("not-a-workbook", looks_like="other")
    table = "\t" in head or "," in head or "，" in head
    raise NotAWorkbook("not-a-workbook", looks_like="csv" if table else "text")


def _in_markup(head: str) -> str:
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and _WORKBOOK.search(head):
        return "xml2003"
    if "opendocument:xmlns:office" in head and "<office:document" in head:
        return "ods"
    if "schemas.microsoft.com/office/word/2003/wordml" in head or "<pkg:package" in head:
        return "word-xml"
    if "uof:UOF" in head or "<UOF" in head:
        return "uof"
    if _HTML.search(head):
        return "html"
    raise NotAWorkbook("not-a-workbook", looks_like="xml")


def text_head(data: bytes) -> str:
    """The first characters of a text file, however it is encoded, without what precedes them."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").lstrip("\ufeff \t\r\n")
    if head[:2] == b"<\0":
        return head.decode("utf-16-le", "replace")
    return head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n\0")
