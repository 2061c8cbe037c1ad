"""A listing of any length, read as it comes: its rows leave the tree in small batches, so that it never stands in memory as a whole."""

import codecs
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.domain.applications import ListedApplication
from denkidesk.kansai.binding import ElementPath
from denkidesk.kansai.triage import NotSoap, check_declared, is_plain_xml, join_halves, refuse_crowded, safe_parser, without_doctype

MAX_ROWS: Final = 100_000
MAX_TAGS_OF_ROW: Final = 1_000
MAX_STREAMED_BYTES: Final = 128 * 1024 * 1024
_MAX_BYTES_OF_ROW: Final = 256 * 1024
"""What may come between the ends of two rows, and before the first or after the last: what is not yet read stays in memory."""
_BATCH: Final = 250
_HEAD: Final = 512  # of these the declaration is a part
_TAIL: Final = 16  # a mark that must not stand in the document may be cut between two pieces

ReadRows = Callable[[Any, Iterable[Any]], list[ListedApplication]]
"""Judges a reply that holds these rows, and reads them."""


class TooManyRows(Exception):
    """The listing has more rows than :data:`MAX_ROWS`. Never leaves this room."""


class ListingStream:
    """Fed by the wire; :meth:`finish` gives the envelope with the last rows in it, and :attr:`rows` all that were before.

    Raises NotSoap (also ``too_many_tags`` for a part that is out of all proportion), TooManyRows, and what ``read_rows`` raises.
    """

    def __init__(self, rows_path: ElementPath, read_rows: ReadRows) -> None:
        self.rows: list[ListedApplication] = []
        self.blocks: list[etree._Element] = []  # where each of them stood
        self.has_begun = False
        self._rows_path = rows_path
        self._read_rows = read_rows
        self._parser: etree.XMLPullParser | None = None
        self._held = b""
        self._tail = b""
        self._since_row = 0
        self._done: list[etree._Element] = []

    def begin(self, status: int, headers: Mapping[str, str]) -> Callable[[bytes], None] | None:
        """Takes the body of a 200 that is plain XML; all else is small, and triage's."""
        if status != 200 or not self._rows_path or not is_plain_xml(headers):
            return None
        self.has_begun = True
        return self.feed

    def feed(self, piece: bytes) -> None:
        """The next piece of the body."""
        self._held += piece
        if self._parser is None:
            if len(self._held) >= _HEAD:
                self._start()
            return
        # Whatever may be half of something stays behind: a text up to its end, unless it is out of all proportion.
        end = self._held.rfind(b"<")
        if end > 0 and len(self._held) - end < _MAX_BYTES_OF_ROW:
            ready, self._held = self._held[:end], self._held[end:]
            self._parse(ready)
        elif len(self._held) >= _MAX_BYTES_OF_ROW:
            raise NotSoap("too_many_tags")

    def finish(self) -> etree._Element:
        """The root, from which the rows of :attr:`rows` are gone."""
        if self._parser is None:
            self._start()
        self._parse(self._held)
        assert self._parser is not None  # noqa: S101 - says to the type checker what _start does
        try:
            root = without_doctype(self._parser.close())
        except (etree.XMLSyntaxError, ValueError):
            raise NotSoap("not_xml") from None
        refuse_crowded(root.iter())
        return root

    def _start(self) -> None:
        self._held = self._held.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
        if not self._held:
            raise NotSoap("empty")
        check_declared(self._held)
        self._parser = safe_parser(etree.XMLPullParser, events=("end",), tag="{*}" + self._rows_path[-1])
        first, self._held = self._held, b""
        self.feed(first)

    def _parse(self, ready: bytes) -> None:
        assert self._parser is not None  # noqa: S101 - as above
        seen = self._tail + ready
        self._tail = seen[-_TAIL:]
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
            raise NotSoap("doctype")
        if b"\x00" in ready:
            raise NotSoap("encoding")
        self._since_row += len(ready)
        try:
            self._parser.feed(join_halves(ready))
            for _, row in self._parser.read_events():
                self._take(row)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            raise NotSoap("not_xml") from None
        if self._since_row > _MAX_BYTES_OF_ROW:
            raise NotSoap("too_many_tags")

    def _take(self, row: etree._Element) -> None:
        if not self._is_row(row):
            return
        self._since_row = 0
        if sum(1 + len(element.attrib) for element in row.iter()) > MAX_TAGS_OF_ROW:
            raise NotSoap("too_many_tags")
        self._done.append(row)
        if len(self.rows) + len(self._done) > MAX_ROWS:
            raise TooManyRows
        if len(self._done) > _BATCH:
            # One stays, so that a list that must have rows has some at the end too.
            batch, self._done = self._done[:-1], self._done[-1:]
            self.blocks += [one.getparent() for one in batch]
            reply = self._reply_with(batch)
            self.rows += self._read_rows(reply, batch)

    def _is_row(self, element: etree._Element) -> bool:
        """Whether it stands at the path of rows, below Envelope, Body and reply."""
        steps = [etree.QName(ancestor).localname for ancestor in element.iterancestors()]
        return len(steps) == len(self._rows_path) + 2 and tuple(reversed(steps[: len(self._rows_path) - 1])) == self._rows_path[:-1]

    def _reply_with(self, batch: list[etree._Element]) -> etree._Element:
        """A reply of its own for some rows, which leave the document; with what stands before them."""
        chain = [*reversed(list(batch[0].iterancestors())[: len(self._rows_path)])]  # from the reply down
        refuse_crowded(chain)
        copies = [etree.Element(element.tag, element.attrib, element.nsmap) for element in chain]
        for place, (element, holder) in enumerate(zip(chain, copies, strict=True)):
            for child in element:
                if child in chain or child is batch[0]:
                    break
                refuse_crowded(child.iter())
                holder.append(deepcopy(child))
            holder.extend(batch if element is chain[-1] else copies[place + 1 : place + 2])
        return copies[0]
