"""Replies read by element name, after the schema has passed them.

Own reading instead of zeep's: it is thirty times cheaper for listings, and no odd date or empty element turns into nothing unseen.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.domain.applications import ListedApplication
from denkidesk.kansai.binding import DATE_FIELDS, FLAG_FIELDS, Binding, ElementPath, Places
from denkidesk.kansai.wire_text import DateReader, XsdDateReader
from denkidesk.kansai.wsdl_set import CallPlan
from denkidesk.wire.known_secrets import KnownSecrets

_WORDS: Final = frozenset({"reception_message", "messages", "supply_point_address", "customer_name"})
"""What is written in words; all other items of ours are numbers, codes and days."""
_EACH_ITS_OWN: Final = frozenset({"receipt_number", "supply_point_number"})
_MOST_KEPT: Final = 10_000
_SLICE: Final = 250  # rows between two moments in which other threads may run


class ReplyUnfit(Exception):
    """A reply that the schema passed lacks something that the desk cannot do without. ``item``: our name of it. Never leaves this room."""

    def __init__(self, item: str) -> None:
        super().__init__(item)
        self.item = item


class ReplyReader:
    """Reads the replies of one call. ``unreadable``: our names of the dates that were none; their texts stay in ``extra``."""

    def __init__(self, binding: Binding, plan: CallPlan, secrets: KnownSecrets) -> None:
        self._binding = binding
        self._plan = plan
        self._secrets = secrets
        self._readers: dict[tuple[str, ElementPath], DateReader | XsdDateReader] = {}
        places = list((plan.binding.row_items or {}).values())
        self._may_be_flat = all(len(each) == len(each[0]) == 1 for each in places) and len(set(places)) == len(places)
        self._names: dict[str, tuple[str, bool]] = {}
        self._values: dict[tuple[str, str], str | date | bool | None] = {}
        self._texts: dict[str, str] = {}
        self.unreadable: set[str] = set()

    def fields(self, reply: etree._Element) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
        """Texts by our names (each a tuple, as an element may repeat), and the unnamed ones by path; of those nothing that is a row's."""
        path = self._plan.binding.rows_path
        named, extra = self._sorted_out(reply, self._plan.binding.reply, path)
        block = path[: self._plan.rows_repeat_from]
        return named, {name: text for name, text in extra.items() if not path or tuple(name.split("/"))[: len(block)] != block}

    def items(self, named: Mapping[str, tuple[str, ...]], extra: dict[str, str]) -> dict[str, str]:
        """Texts by our names, dates in ISO form, flags as ``true`` and ``false``; an odd date or flag goes to ``extra`` as it came."""
        items: dict[str, str] = {}
        for name, texts in named.items():
            text = "\n".join(texts)
            if not text:
                continue
            places = self._plan.binding.reply[name]
            value = self._typed(name, text, places, ())
            if value is None:
                extra["/".join(places[0])] = text
            else:
                items[name] = value.isoformat() if isinstance(value, date) else str(value).lower() if isinstance(value, bool) else value
        return items

    def rows(
        self, reply: etree._Element, ahead: Sequence[ListedApplication] = (), blocks: Sequence[etree._Element] = ()
    ) -> tuple[ListedApplication, ...]:
        """All rows of a listing, each with the texts of the blocks that it stands in under ``extra``.

        ``ahead``: rows that have left the reply; ``blocks``: where each of them stood. Raises ReplyUnfit for one without a receipt number.
        """
        elements = [*_at(reply, self._plan.binding.rows_path)]
        rows = [*ahead, *self.read(elements)]
        around: dict[etree._Element, dict[str, str]] = {}
        for number, block in enumerate([*blocks, *(element.getparent() for element in elements)]):
            if block not in around:
                around[block] = self._around(block)
            if around[block]:
                rows[number] = replace(rows[number], extra={**around[block], **rows[number].extra})
        return tuple(rows)

    def _around(self, block: etree._Element) -> dict[str, str]:
        """The unnamed texts of a block of rows and of those around it, by their path; nothing of what stands once in the reply."""
        path, reply = self._plan.binding.rows_path, self._plan.binding.reply
        texts: dict[str, str] = {}
        for depth in range(len(path) - 1, self._plan.rows_repeat_from - 1, -1):
            named = {name: tuple(one[depth:] for one in places if one[:depth] == path[:depth]) for name, places in reply.items()}
            beside = self._sorted_out(block, named, path[depth : depth + 1])[1]
            texts = {"/".join((*path[:depth], name)): text for name, text in beside.items()} | texts
            block = block.getparent()
        return texts

    def read(self, rows: Iterable[etree._Element]) -> list[ListedApplication]:
        """As :meth:`rows`, for some of them."""
        read: list[ListedApplication] = []
        for number, row in enumerate(rows, 1):
            read.append(self._flat_row(row) or self.row(row))
            if number % _SLICE == 0:
                time.sleep(0)  # lets the thread that draws the window have its turn
        return read

    def _flat_row(self, row: etree._Element) -> ListedApplication | None:
        """The row where each item stands once, right below it, and holds no secret; else None. Ten times as quick as :meth:`row`."""
        values: dict[str, Any] = {}
        extra: dict[str, str] = {}
        for child in row:
            text = (child.text or "").strip()
            name, is_ours = self._name_of(child.tag)
            if len(child) or child.attrib or name in values or name in extra:
                return None
            if is_ours:
                values[name] = self._value_of(name, text)
                if text and values[name] is None:
                    return None
            elif text:
                extra[name] = self._texts.setdefault(text, text) if len(self._texts) < _MOST_KEPT else text
        if not self._may_be_flat or row.attrib or not values.get("receipt_number") or self._secrets.may_stand_in("\n".join(row.itertext())):
            return None
        return _listed(values, extra)

    def _name_of(self, tag: str) -> tuple[str, bool]:
        """Our name of an element right below a row, or else its own."""
        found = self._names.get(tag)
        if found is None:
            local = tag[tag.rfind("}") + 1 :]
            name = next((name for name, places in (self._plan.binding.row_items or {}).items() if places[0] == (local,)), "")
            found = self._names[tag] = (name or local, bool(name))
        return found

    def _value_of(self, name: str, text: str) -> str | date | bool | None:
        """The typed value; the same object for the same text, since a hundred thousand rows have few stages, codes and days."""
        if name in _EACH_ITS_OWN or not text:
            return text or None
        known = self._values.get((name, text))
        if known is None:
            known = self._typed(name, text, (self._plan.binding.row_items or {})[name], self._plan.binding.rows_path)
            if len(self._values) < _MOST_KEPT:
                self._values[name, text] = known
        return known

    def row(self, row: etree._Element) -> ListedApplication:
        """One row of a listing. Raises ReplyUnfit where it has no receipt number."""
        entry = self._plan.binding
        values: dict[str, Any] = {}
        places_of = entry.row_items or {}
        named, extra = self._sorted_out(row, places_of, None)
        for name, texts in named.items():
            text = "\n".join(texts)
            value = self._typed(name, text, places_of[name], entry.rows_path) if text else None
            if value is not None:
                values[name] = value
            elif text:
                extra["/".join(places_of[name][0])] = text
        if not values.get("receipt_number"):
            raise ReplyUnfit("receipt_number")
        return _listed(values, extra)

    def _sorted_out(
        self, element: etree._Element, places_of: Mapping[str, Places], skip: ElementPath | None
    ) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
        """As :func:`_sorted_out`, without the secrets that a server quotes."""
        named, extra = _sorted_out(element, places_of, skip)
        clean = self._secrets.cleaned
        return (
            {name: tuple(clean(text, is_code=name not in _WORDS) for text in texts) for name, texts in named.items()},
            {clean(name): clean(text) for name, text in extra.items()},
        )

    def _typed(self, name: str, text: str, places: Places, base: ElementPath) -> str | date | bool | None:
        """The value, or None for a date or flag that is none."""
        if name in DATE_FIELDS:
            for path in places:
                day = self._reader(name, (*base, *path)).read(text)
                if day is not None:
                    return day
            self.unreadable.add(name)
            return None
        if name in FLAG_FIELDS:
            return {self._binding.true_value: True, self._binding.false_value: False}.get(text)
        return text

    def _reader(self, name: str, path: ElementPath) -> DateReader | XsdDateReader:
        """By the form that the binding gives to this item, by the schema's type, or by the form of all dates."""
        reader = self._readers.get((name, path))
        if reader is None:
            form = self._binding.date_format_of(self._plan.binding, name)
            element = self._plan.reply_elements.get(path)
            is_xsd = form is None and element is not None and element.moment
            reader = self._readers[name, path] = XsdDateReader() if is_xsd else DateReader(form or self._binding.date_format)
        return reader


def _listed(values: Mapping[str, Any], extra: Mapping[str, str]) -> ListedApplication:
    return ListedApplication(
        receipt_number=values["receipt_number"],
        work_stage=values.get("work_stage") or "",
        registered_on=values.get("registered_on"),
        visit_on=values.get("visit_on"),
        selection_code=values.get("selection_code") or "",
        supply_point_number=values.get("supply_point_number") or "",
        has_message=values.get("has_message") or False,
        extra=extra,
    )


def _sorted_out(
    element: etree._Element, places_of: Mapping[str, Places], skip: ElementPath | None
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """The texts below an element: those at the first place of each name that has any, and all others by their path."""
    texts: dict[ElementPath, list[str]] = {}
    for path, text in _leaves(element, (), skip):
        texts.setdefault(path, []).append(text)  # a tuple that grows would cost the square of a reply's repetitions
    named: dict[str, tuple[str, ...]] = {}
    for name, places in places_of.items():
        for path in places:
            if path in texts and (name not in named or not any(named[name])):
                named[name] = tuple(texts.pop(path))
        if len(places) > 1 and name in named:  # the same once more is nothing new
            for path in places:
                if tuple(texts.get(path, ())) == named[name]:
                    del texts[path]
    return named, {"/".join(path): "\n".join(filter(None, found)) for path, found in texts.items() if any(found)}


def _at(element: etree._Element, path: ElementPath) -> Iterator[etree._Element]:
    if not path:
        yield element
        return
    for child in element:
        if _local(child) == path[0]:
            yield from _at(child, path[1:])


def _leaves(element: etree._Element, path: ElementPath, skip: ElementPath | None) -> Iterator[tuple[ElementPath, str]]:
    """The texts of leaves, and their attributes but for those of a namespace, which are about the message and not of it."""
    for name, text in element.attrib.items():
        if not name.startswith("{"):
            yield (*path, f"@{name}"), text.strip()
    for child in element:
        inner = (*path, _local(child))
        if inner == skip:
            continue
        if not len(child):
            yield inner, (child.text or "").strip()
        if len(child) or child.attrib:
            yield from _leaves(child, inner, skip)


def _local(element: etree._Element) -> str:
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]
