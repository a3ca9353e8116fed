"""Notes: the comments part. A note that is there keeps its text; ours stands under it."""

import re
from collections.abc import Container

from perfxl.errors import UsageError
from perfxl.ooxml.address import a1, position
from perfxl.ooxml.parts.canonical_xml import (
    Element,
    NotCanonical,
    attributes,
    children,
    root,
    unescape,
)
from perfxl.ooxml.parts.splice import Splices, close_of
from perfxl.ooxml.parts.strings import cell_text, cut

MAX_TEXT = 32_000
_REFERENCE = re.compile(rb'<threadedComment\b[^<>]*?\sref="([A-Z]+[0-9]+)"')
_LOOKS = (
    '<rPr><sz val="9"/><color indexed="81"/><rFont val="宋体"/><family val="3"/>'
    '<charset val="134"/></rPr>'
)
_PLAIN_TEXT = re.compile(rb"<text>\s*(<t(?:\s[^<>]*)?(?:/>|>[^<]*</t>))")
_PHONETIC = re.compile(rb"<rPh\b|<phoneticPr\b")


def separator(author: str) -> str:
    """The line between a note that was there and what an author adds under it."""
    return f"——— {author} ———"


def threaded_cells(data: bytes) -> set[tuple[int, int]]:
    """The cells with threaded comments of a plain part."""
    return {position(reference.decode()) for reference in _REFERENCE.findall(data)}


class Comments:
    """A comments part being extended."""

    def __init__(self, data: bytes | None, namespace: str) -> None:
        """Take a plain comments part; ``None`` begins a new one.

        Raises:
            NotCanonical: it is not what a comments part should be.

        """
        self._data = (
            data
            or (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                f'<comments xmlns="{namespace}"><authors></authors><commentList></commentList>'
                "</comments>"
            ).encode()
        )
        top = root(self._data)
        parts = {
            part.name: part for part in children(self._data, top.inside, close_of(self._data, top))
        }
        if not {b"authors", b"commentList"} <= parts.keys():
            raise NotCanonical
        self._authors, self._list = parts[b"authors"], parts[b"commentList"]
        self.cells = self._existing()
        self._new: dict[tuple[int, int], tuple[str, str]] = {}
        self._joined: dict[tuple[int, int], list[tuple[str, str]]] = {}

    def _existing(self) -> dict[tuple[int, int], Element]:
        found = {}
        place = self._list
        for comment in children(self._data, place.inside, close_of(self._data, place)):
            reference = attributes(comment.attributes).get(b"ref", b"")
            try:
                found[position(reference.decode())] = comment
            except UsageError as error:
                raise NotCanonical from error
        return found

    def text(self, row: int, col: int) -> str:
        """The text of the note that the file has at a cell; empty if there is none."""
        comment = self.cells.get((row, col))
        if comment is None:
            return ""
        texts = re.findall(rb"<t(?:\s[^<>]*)?>([^<]*)</t>", self._data[comment.start : comment.end])
        return unescape(b"".join(texts).decode())

    def add(self, row: int, col: int, text: str, author: str) -> None:
        """Put a note at a cell, or under the one that is there."""
        here = (row, col)
        if here in self.cells:
            self._joined.setdefault(here, []).append((text, author))
        elif here in self._new:
            first, first_author = self._new[here]
            self._new[here] = (f"{first}\n{text}", first_author)
        else:
            self._new[here] = (text, author)

    def result(self) -> bytes:
        """The part with the notes in it, in the order of their cells."""
        splices = Splices(self._data)
        numbers = self._author_numbers(splices)
        existing = sorted(self.cells.items())
        at = 0
        end = close_of(self._data, self._list)
        fresh = []
        for (row, col), (text, author) in sorted(self._new.items()):
            while at < len(existing) and existing[at][0] < (row, col):
                at += 1
            comment = (
                f'<comment ref="{a1(row, col)}" authorId="{numbers[author]}">'
                f"<text>{_run(text)}</text></comment>"
            ).encode()
            if at < len(existing):
                splices.insert(existing[at][1].start, comment)
            else:
                fresh.append(comment)
        if fresh and self._list.empty:
            splices.append_to(self._list, b"".join(fresh))
        elif fresh:
            splices.insert(end, b"".join(fresh))
        for here, additions in self._joined.items():
            self._join(splices, self.cells[here], additions)
        return splices.result()

    def without(
        self, author: str, noted: Container[tuple[int, int]]
    ) -> tuple[bytes, list[tuple[int, int]]]:
        """See `without_author`."""
        splices = Splices(self._data)
        names = self._author_names()
        gone = []
        for here, comment in self.cells.items():
            number = attributes(comment.attributes).get(b"authorId", b"")
            name = names[int(number)] if number.isdigit() and int(number) < len(names) else ""
            if name == author or (not name.strip() and here in noted):
                splices.replace(comment.start, comment.end, b"")
                gone.append(here)
                continue
            body = self._data[comment.start : comment.end]
            at = body.find(separator(author).encode())
            if at >= 0:
                splices.replace(comment.start, comment.end, _without_tail(body, at))
        return splices.result(), gone

    def _author_names(self) -> list[str]:
        place = self._authors
        return [
            unescape(self._data[author.inside : close_of(self._data, author)].decode())
            for author in children(self._data, place.inside, close_of(self._data, place))
        ]

    def _author_numbers(self, splices: Splices) -> dict[str, int]:
        place = self._authors
        names = self._author_names()
        numbers = {name: number for number, name in reversed(list(enumerate(names)))}
        new: list[str] = []
        for _, author in self._new.values():
            if author not in numbers:
                numbers[author] = len(names) + len(new)
                new.append(f"<author>{cell_text(author)}</author>")
        if new:
            splices.append_to(place, "".join(new).encode())
        return numbers

    def _join(self, splices: Splices, comment: Element, additions: list[tuple[str, str]]) -> None:
        body = self._data[comment.inside : comment.end]
        close = body.rfind(b"</text>")
        runs = "".join(_run(f"\n{separator(author)}\n{text}") for text, author in additions)
        plain = _PLAIN_TEXT.search(body)
        if close < 0:
            closed = re.search(rb"<text\s*/>", body)
            if closed is None:
                raise NotCanonical
            start, stop = (comment.inside + offset for offset in closed.span())
            splices.replace(start, stop, b"<text>" + runs.encode() + b"</text>")
            return
        phonetic = _PHONETIC.search(body)
        if phonetic:
            close = phonetic.start()
        at = comment.inside
        if plain:
            # A plain text beside runs is not shown by every program: it becomes the first run.
            splices.replace(at + plain.start(1), at + plain.end(1), b"<r>" + plain[1] + b"</r>")
        splices.insert(at + close, runs.encode())


def _without_tail(comment: bytes, at: int) -> bytes:
    """A comment without its text from an offset on; runs that are left empty go too."""
    close = comment.rfind(b"</text>")
    text = comment.rfind(b">", 0, at) + 1
    kept = comment[text:at].rstrip()
    run = comment.rfind(b"<r>", 0, at)
    phonetic = _PHONETIC.search(comment, at)
    rest = comment[phonetic.start() if phonetic else close :]
    if run < 0:
        return comment[:text] + kept + b"</t>" + rest
    return (comment[:text] + kept + b"</t></r>" if kept else comment[:run]) + rest


def without_author(
    data: bytes, author: str, noted: Container[tuple[int, int]]
) -> tuple[bytes, list[tuple[int, int]]]:
    """A plain comments part without an author's notes and what he joined under others' notes.

    Args:
        data: the part.
        author: whose notes go.
        noted: cells where a note without any author is his (LibreOffice keeps no authors).

    Returns:
        The part, and the cells whose notes are gone altogether.

    """
    comments = Comments(data, "")
    return comments.without(author, noted)


def _run(text: str) -> str:
    text = cell_text(cut(text, MAX_TEXT))
    return f'<r>{_LOOKS}<t xml:space="preserve">{text}</t></r>'
