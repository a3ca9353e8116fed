"""Marks can be taken off, and only where nobody changed the copy."""

import io
import zipfile

import openpyxl
import pytest

from perfxl.ooxml import marks
from perfxl.ooxml.parts.package import Package
from tests.ooxml import builders
from tests.ooxml.helpers import editor_of, opened
from tests.ooxml.test_editing import VARIANTS, edited


def streamed(data: bytes) -> bytes:
    """The same members as a writer to a pipe leaves them: sizes behind the data, comments."""

    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def tell(self):
            raise io.UnsupportedOperation

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in builders.parts(data).items():
            archive.writestr(name, content)
        archive.comment = b"by someone"
    return out.getvalue()


SOURCES = {
    **VARIANTS,
    "streamed": streamed,
    "types last": lambda data: builders.packed(dict(reversed(builders.parts(data).items()))),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_the_very_same_file_comes_back(source):
    data = source(builders.kitchen_sink())
    marked = edited(data)

    assert marks.is_marked(Package.open(marked))
    assert marks.restore_original(Package.open(marked)) == data
    assert edited(marks.restore_original(Package.open(marked))) == marked


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_copy_is_a_sound_zip_file(source):
    marked = edited(source(builders.kitchen_sink()))

    with zipfile.ZipFile(io.BytesIO(marked)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert not any(info.flag_bits & 8 for info in archive.infolist())


def test_a_file_that_was_never_marked():
    package = Package.open(builders.form())

    assert not marks.is_marked(package)
    assert marks.restore_original(package) is None


def with_changed_sheet(data: bytes) -> bytes:
    return builders.patched(
        data, {builders.SHEET: lambda old: old.replace(b"<v>1.8</v>", b"<v>1.7</v>", 1)}
    )


def saved_again(data: bytes) -> bytes:
    out = io.BytesIO()
    book = opened(data)
    assert isinstance(book, openpyxl.Workbook)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        with_changed_sheet,
        saved_again,
        lambda data: builders.patched(data, {"xl/new.xml": b"<a/>"}),
        lambda data: builders.patched(data, {"perfxl/original/0.part": None}),
        lambda data: builders.patched(data, {"perfxl/original/manifest.part": b"[]"}),
        lambda data: builders.patched(data, {"perfxl/original/frame.part": b"abc"}),
    ],
)
def test_what_somebody_changed_is_never_thrown_away(change):
    assert marks.restore_original(Package.open(change(edited(builders.kitchen_sink())))) is None


def test_a_changed_copy_can_be_marked_and_restored_as_it_was():
    changed = with_changed_sheet(edited(builders.kitchen_sink()))
    again = edited_lightly(changed)

    assert marks.restore_original(Package.open(again)) == changed


def edited_lightly(data: bytes) -> bytes:
    editor = editor_of(data)
    editor.sheet(0).fill(8, 7, "FFEB9C")
    return editor.save()


def test_pictures_are_copied_as_they_are_packed():
    source = builders.kitchen_sink()
    marked = edited(source)

    def raw(data):
        archive = Package.open(data).archive
        return archive.raw(archive.find("xl/media/image1.png"))

    assert raw(marked) == raw(source)
