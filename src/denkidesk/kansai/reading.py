"""Replies read by element name, after the schema has passed them.

Own reading instead of zeep's: it is thirty times cheaper for listings, and no odd date or empty element turns into nothing unseen.
"""

import time
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.domain.applications import ListedApplication
from denkidesk.kansai.binding import DATE_FIELDS, FLAG_FIELDS, Binding, ElementPath, OperationBinding
from denkidesk.kansai.wire_text import DateReader
from denkidesk.wire.known_secrets import KnownSecrets

_WORDS: Final = frozenset({"reception_message", "messages", "supply_point_address", "customer_name"})
"""What is written in words; all other items of ours are numbers, codes and days."""
_SLICE: Final = 250  # rows between two moments in which other threads may run


class ReplyUnfit(Exception):
    """A reply that the schema passed lacks something that the desk cannot do without. ``item``: our name of it. Never leaves this room."""

    def __init__(self, item: str) -> None:
        super().__init__(item)
        self.item = item


class ReplyReader:
    """Reads replies by one binding."""

    def __init__(self, binding: Binding, secrets: KnownSecrets) -> None:
        self._binding = binding
        self._secrets = secrets
        self._dates = DateReader(binding.date_format)

    def fields(
        self, reply: etree._Element, entry: OperationBinding, skip: ElementPath = ()
    ) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
        """Texts by our names (each a tuple, as an element may repeat), and the unnamed ones by element name; below ``skip`` nothing."""
        name_of_path = {path: name for name, path in entry.reply.items()}
        named: dict[str, tuple[str, ...]] = {}
        extra: dict[str, str] = {}
        for path, text in _leaves(reply, (), skip):
            name = name_of_path.get(path)
            if name is not None:
                named[name] = (*named.get(name, ()), self._clean(name, text))
            elif text:
                key, text = self._secrets.cleaned("/".join(path)), self._secrets.cleaned(text)
                extra[key] = f"{extra[key]}\n{text}" if key in extra else text
        return named, extra

    def items(self, named: Mapping[str, tuple[str, ...]], extra: dict[str, str], entry: OperationBinding) -> dict[str, str]:
        """Texts by our names, dates in ISO form, flags as ``true`` and ``false``; an odd date or flag goes to ``extra`` as it came."""
        items: dict[str, str] = {}
        for name, texts in named.items():
            text = "\n".join(texts)
            if not text:
                continue
            value = self._typed(name, text)
            if value is None:
                extra["/".join(entry.reply[name])] = text
            else:
                items[name] = value.isoformat() if isinstance(value, date) else str(value).lower() if isinstance(value, bool) else value
        return items

    def rows(self, reply: etree._Element, entry: OperationBinding) -> tuple[ListedApplication, ...]:
        """All rows of a listing. Raises ReplyUnfit for a row without a receipt number."""
        name_of_path = {path: name for name, path in (entry.row_items or {}).items()}
        rows: list[ListedApplication] = []
        for number, row in enumerate(_at(reply, entry.rows_path), 1):
            rows.append(self._row(row, name_of_path))
            if number % _SLICE == 0:
                time.sleep(0)  # lets the thread that draws the window have its turn
        return tuple(rows)

    def _row(self, row: etree._Element, name_of_path: Mapping[ElementPath, str]) -> ListedApplication:
        values: dict[str, Any] = {}
        extra: dict[str, str] = {}
        for path, text in _leaves(row, (), ()):
            if not text:
                continue
            name = name_of_path.get(path)
            value = None if name is None or name in values else self._typed(name, self._clean(name, text))
            if name is None or value is None:
                key, text = self._secrets.cleaned("/".join(path)), self._secrets.cleaned(text)
                extra[key] = f"{extra[key]}\n{text}" if key in extra else text
            else:
                values[name] = value
        if not values.get("receipt_number"):
            raise ReplyUnfit("receipt_number")
        return ListedApplication(
            receipt_number=values["receipt_number"],
            work_stage=values.get("work_stage", ""),
            registered_on=values.get("registered_on"),
            visit_on=values.get("visit_on"),
            selection_code=values.get("selection_code", ""),
            supply_point_number=values.get("supply_point_number", ""),
            has_message=values.get("has_message", False),
            extra=extra,
        )

    def _clean(self, name: str, text: str) -> str:
        return self._secrets.cleaned(text, is_code=name not in _WORDS)

    def _typed(self, name: str, text: str) -> str | date | bool | None:
        """The value, or None for a date or flag that is none."""
        if name in DATE_FIELDS:
            return self._dates.read(text)
        if name in FLAG_FIELDS:
            return {self._binding.true_value: True, self._binding.false_value: False}.get(text)
        return text


def _at(element: etree._Element, path: ElementPath) -> Iterator[etree._Element]:
    if not path:
        yield element
        return
    for child in element:
        if _local(child) == path[0]:
            yield from _at(child, path[1:])


def _leaves(element: etree._Element, path: ElementPath, skip: ElementPath) -> Iterator[tuple[ElementPath, str]]:
    for child in element:
        inner = (*path, _local(child))
        if inner == skip:
            continue
        if len(child):
            yield from _leaves(child, inner, skip)
        else:
            yield inner, (child.text or "").strip()


def _local(element: etree._Element) -> str:
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]
