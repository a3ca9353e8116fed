"""Write one sample of every file format, each with its expected reading.

    python samples/formats.py                  # all that is written here
    python samples/formats.py --libreoffice    # also .xls, .et, .ods and .doc, by LibreOffice

Each has the content of another sample, and so its reading and its mistakes. What is written here has
the same bytes each time; what LibreOffice writes carries the hour and is committed as it came:

    soffice --headless --convert-to 'xls:MS Excel 97' department-hubei-1.xlsx    → format-xls.xls
    soffice --headless --convert-to 'xls:MS Excel 97' project-yunnan-1.xlsx      → format-et.et
    soffice --headless --convert-to ods transfer-1.xlsx                          → format-ods.ods
    soffice --headless --convert-to 'doc:MS Word 97' format-docx.docx            → format-doc.doc
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import formats_package as package
from drawing import HERE, save_reading
from formats_markup import html, xml2003
from formats_source import sheets
from formats_word import project_form
from formats_xlsb import xlsb

MINISTRY, YUNNAN, HUBEI, TRANSFER, WORD = (
    "project-ministry-1",
    "project-yunnan-1",
    "department-hubei-1",
    "transfer-1",
    "project-hubei-1",
)
TABLE = "表1"  # what has no tabs is named by its number
# The same package under other conventions.
REPACKED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "format-xlsm.xlsm": (MINISTRY, package.macro_enabled),
    "format-xltx.xltx": (YUNNAN, package.template),
    "format-strict.xlsx": (HUBEI, package.strict),
    "format-prefixed.xlsx": (TRANSFER, package.prefixed),
}
# By LibreOffice: the source, and the name of the filter.
CONVERTED = {
    "format-xls.xls": (f"{HUBEI}.xlsx", "xls:MS Excel 97"),
    "format-et.et": (f"{YUNNAN}.xlsx", "xls:MS Excel 97"),
    "format-ods.ods": (f"{TRANSFER}.xlsx", "ods"),
    "format-doc.doc": ("format-docx.docx", "doc:MS Word 97"),
}


def main() -> None:
    for file, (source, change) in REPACKED.items():
        (HERE / file).write_bytes(change((HERE / f"{source}.xlsx").read_bytes()))
        save_reading(file, _reading(source))
    (HERE / "format-xlsb.xlsb").write_bytes(xlsb(_sheets(MINISTRY)))
    save_reading("format-xlsb.xlsb", _reading(MINISTRY))
    (HERE / "format-html.xls").write_bytes(html(_sheets(MINISTRY)[0]))
    save_reading("format-html.xls", _renamed(_reading(MINISTRY), TABLE))
    (HERE / "format-xml2003.xls").write_bytes(xml2003(_sheets(HUBEI)))
    save_reading("format-xml2003.xls", _reading(HUBEI))
    _word()
    for file, (source, made_by) in CONVERTED.items():
        if "--libreoffice" in sys.argv[1:]:
            _convert(HERE / source, made_by, HERE / file)
        save_reading(file, _reading(Path(source).stem))


def _word() -> None:
    data, moved = project_form(_sheets(WORD)[0])
    (HERE / "format-docx.docx").write_bytes(data)
    forms = _moved(_reading(WORD), moved)
    save_reading("format-docx.docx", _renamed(forms, forms[0]["title"]))


def _sheets(source: str) -> Any:
    return sheets(HERE / f"{source}.xlsx")


def _reading(source: str) -> list[dict[str, Any]]:
    forms: list[dict[str, Any]] = json.loads((HERE / f"{source}.json").read_text("utf-8"))["forms"]
    return forms


def _renamed(forms: list[dict[str, Any]], sheet: str) -> list[dict[str, Any]]:
    return [form | {"sheet": sheet} for form in forms]


def _moved(node: Any, moved: dict[str, str]) -> Any:
    """A reading with each cell where the drawing put it."""
    if isinstance(node, list):
        return [_moved(item, moved) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: moved[value]
        if (key == "cell" or key.endswith("_cell")) and value
        else _moved(value, moved)
        for key, value in node.items()
    }


def _convert(source: Path, made_by: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        profile = (Path(folder) / "profile").as_uri()
        subprocess.run(  # noqa: S603 - our own arguments
            ["soffice", f"-env:UserInstallation={profile}", "--headless",  # noqa: S607 - on the path
             "--convert-to", made_by, "--outdir", folder, str(source)],
            check=True,
        )  # fmt: skip
        made = (Path(folder) / source.name).with_suffix("." + made_by.partition(":")[0])
        target.write_bytes(made.read_bytes())


if __name__ == "__main__":
    main()
