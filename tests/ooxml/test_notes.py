"""Notes: beside their cells, large enough, joined under those that were there."""

import re

import pytest

from perfxl.ooxml.address import Span
from perfxl.ooxml.parts import vml
from perfxl.ooxml.parts.geometry import Geometry, size_of
from tests.ooxml import builders
from tests.ooxml.builders import parts
from tests.ooxml.helpers import book_of, editor_of, opened
from tests.programs import libreoffice, validator_errors

VML = "xl/drawings/vmlDrawing1.vml"
COMMENTS = "xl/comments1.xml"


def marked(data: bytes, notes: dict, *, author=None) -> bytes:
    editor = editor_of(data)
    for (row, col), text in notes.items():
        editor.sheet(0).note(row, col, text, author=author)
    return editor.save()


def comments(data: bytes, sheet: int = 0) -> dict:
    return {
        cell.coordinate: cell.comment
        for row in opened(data).worksheets[sheet].iter_rows()
        for cell in row
        if cell.comment
    }


def test_a_note_on_a_sheet_without_any():
    found = comments(marked(builders.form(), {(8, 7): "多计 0.20", (6, 1): "目标", (7, 1): "再"}))

    assert found["G8"].text == "多计 0.20"
    assert found["G8"].author == "perfxl"
    # A covered cell's note stands at the head of its area, after the one that is there.
    assert found["A6"].text == "目标\n再"
    assert set(found) == {"A6", "G8"}


def test_a_note_under_one_that_is_there():
    source = builders.kitchen_sink()
    data = marked(source, {(6, 7): "应得 1.80", (10, 7): "新"}, author="李四")
    found = comments(data)

    assert found["G6"].text == "原有批注\n——— 李四 ———\n应得 1.80"
    assert found["G6"].author == "张三"
    assert found["C8"].text == comments(source)["C8"].text
    assert found["G10"].author == "李四"
    assert parts(data)[COMMENTS].count("<author>李四</author>".encode()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<t>原有</t>",
        '<t xml:space="preserve">原有</t>',
        "<r><rPr><b/></rPr><t>原</t></r><r><t>有</t></r>",
        '<t>原有</t><rPh sb="0" eb="1"><t>y</t></rPh><phoneticPr fontId="1"/>',
    ],
)
def test_the_looks_of_an_old_note_stay(text):
    whole = f"<text>{text}</text>".encode()
    source = builders.patched(
        builders.kitchen_sink(),
        {COMMENTS: lambda old: re.sub(rb"<text>.*?</text>", whole, old, count=1)},
    )
    new = parts(marked(source, {(6, 7): "应得"}))[COMMENTS].decode()
    body = re.search(r"<text>(.*?)</text>", new, re.DOTALL)[1]

    assert "".join(re.findall(r"<t(?: [^>]*)?>([^<]*)", body)).startswith("原有")
    for run in re.findall(r"<r>.*?</r>|<rPh.*?</rPh>|<phoneticPr[^>]*>", text):
        assert run in body
    assert "应得" in body


def test_an_empty_old_note():
    source = builders.patched(
        builders.kitchen_sink(),
        {COMMENTS: lambda old: re.sub(rb"<text>.*?</text>", b"<text/>", old, count=1)},
    )

    assert comments(marked(source, {(6, 7): "应得"}))["G6"].text.endswith("应得")


def test_a_discussion_is_left_alone():
    source = builders.kitchen_sink()
    editor = editor_of(source)

    assert not editor.sheet(0).note(7, 7, "不应写入")
    editor.sheet(0).fill(7, 7, "FFC7CE")
    new = parts(editor.save())
    for name in (COMMENTS, VML, "xl/threadedComments/threadedComment1.xml"):
        assert new[name] == parts(source)[name]


def test_notes_stand_in_the_order_of_their_cells():
    places = [(30, 1), (6, 3), (6, 2), (7, 7), (1, 1)]
    data = marked(builders.form(), dict.fromkeys(places, "x"))
    refs = re.findall(rb'<comment ref="([A-Z]+)(\d+)"', parts(data)[COMMENTS])
    order = [(int(row), col) for col, row in refs]

    assert order == sorted(order)


def test_form_controls_share_their_part_with_notes():
    def controls_only(old: bytes) -> bytes:
        shape = rb'<v:shape (?:(?!</v:shape>).)*ObjectType="Note".*?</v:shape>'
        return re.sub(shape, b"", old, flags=re.DOTALL)

    source = builders.patched(
        builders.kitchen_sink(),
        {
            VML: controls_only,
            COMMENTS: None,
            "xl/worksheets/_rels/sheet1.xml.rels": lambda old: re.sub(
                rb'<Relationship [^>]*comments1.xml"/>', b"", old
            ),
            "[Content_Types].xml": lambda old: re.sub(
                rb'<Override PartName="/xl/comments1.xml"[^>]*/>', b"", old
            ),
        },
    )
    data = marked(source, {(8, 7): "一"})
    new = parts(data)

    assert b'ObjectType="Button"' in new[VML]
    assert new[VML].count(b'ObjectType="Note"') == 1
    assert new["xl/worksheets/sheet1.xml"].count(b"<legacyDrawing") == 1
    assert [name for name in new if name.endswith(".vml")] == [VML]
    assert comments(data)["G8"].text == "一"


def test_shape_ids_are_unique_over_the_package():
    source = builders.kitchen_sink()
    editor = editor_of(source)
    editor.sheet(0).note(8, 7, "一")
    editor.sheet(1).note(1, 1, "二")
    vmls = [content for name, content in parts(editor.save()).items() if name.endswith(".vml")]
    ids = [number for content in vmls for number in re.findall(rb'id="_x0000_s(\d+)"', content)]
    claims = [set(re.search(rb'<o:idmap[^>]*data="([^"]*)"', c)[1].split(b",")) for c in vmls]

    assert len(vmls) == 2
    assert len(ids) == len(set(ids))
    assert not claims[0] & claims[1]
    for content, claim in zip(vmls, claims, strict=True):
        for number in re.findall(rb'id="_x0000_s(\d+)"', content):
            assert b"%d" % (int(number) // 1024) in claim


def test_thousands_of_notes_claim_blocks_enough():
    boxes = [vml.Box(n, 1, (1, 0, 1, 0, 2, 0, 2, 0), 0, 0, 9, 9) for n in range(1, 2500)]
    data = vml.with_boxes(None, boxes, 5)
    ids = [int(number) for number in re.findall(rb'id="_x0000_s(\d+)"', data)]

    assert b'data="5,6,7"' in data
    assert len(set(ids)) == 2499
    assert {number // 1024 for number in ids} == {5, 6, 7}
    assert vml.blocks_used(data) == {5, 6, 7}


@pytest.mark.parametrize(
    "old",
    [
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><br></xml>',
        (
            b"<xml xmlns:v='urn:schemas-microsoft-com:vml'\n"
            b" xmlns:o='urn:schemas-microsoft-com:office:office'\n"
            b" xmlns:x='urn:schemas-microsoft-com:office:excel'>\n<o:shapelayout v:ext='edit'>"
            b"<o:idmap v:ext='edit' data='3'/></o:shapelayout></xml>\n"
        ),
    ],
)
def test_old_boxes_are_edited_as_text(old):
    box = vml.Box(2, 3, (3, 15, 1, 4, 5, 0, 6, 0), 0, 0, 240, 80)
    new = vml.with_boxes(old, [box], 9)

    assert b'id="_x0000_s9217"' in new
    assert b"<x:Row>1</x:Row><x:Column>2</x:Column>" in new
    assert {9} <= vml.blocks_used(new)
    assert new.rstrip().endswith(b"</xml>")
    assert b"<br>" in new or b"data='3,9'" in new


def test_the_box_of_an_old_note_grows():
    source = builders.kitchen_sink()
    text = "自评得分高于应得分，请核对实际完成值与年初目标值的比例。" * 6
    data = marked(source, {(6, 7): text})

    def sides(content: bytes) -> list[int]:
        shape = re.search(
            rb"<x:Anchor>([^<]*)</x:Anchor>(?:(?!</x:ClientData>).)*<x:Row>5</x:Row><x:Column>6",
            content,
        )
        return [int(number) for number in shape[1].split(b",")]

    before, after = (sides(parts(each)[VML]) for each in (source, data))
    assert after[:4] == before[:4]
    assert after[6] > before[6]


@pytest.mark.parametrize("length", [1, 20, 60, 200, 600, 2000])
def test_a_box_has_room_for_its_text(length):
    width, height = size_of("审" * length)

    # 12 pixels a character, 15 a line, as 宋体 of 9 points is set.
    lines = -(-length // ((width - 10) // 12))
    assert lines * 15 + 6 <= height or height == 1200


def test_a_box_stands_to_the_right_of_its_area():
    geometry = Geometry(book_of(builders.form()).scan(0))

    assert geometry.box(6, 1, Span(6, 1, 10, 3), "文").anchor[0] == 3
    edge = geometry.box(1048576, 16384, Span(1048576, 16384, 1048576, 16384), "文" * 500)
    assert max(edge.anchor[0], edge.anchor[4]) < 16384
    assert max(edge.anchor[2], edge.anchor[6]) < 1048576


def test_libreoffice_finds_every_note(tmp_path):
    path = tmp_path / "marked.xlsx"
    path.write_bytes(marked(builders.kitchen_sink(), {(6, 7): "一", (8, 7): "二", (9, 7): "三"}))

    # Four with those of the source; the discussion's placeholder is a note for LibreOffice.
    flat = libreoffice(path, "fods", tmp_path).read_text(encoding="utf-8")
    assert flat.count("<office:annotation ") == 5
    assert validator_errors(path) == set()
