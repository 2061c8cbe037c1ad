"""The items of a new application (各種WEB申込): one table, from which form, checks, JSON and message follow.

The table is :class:`NewApplication` itself: a line of it is an item with its type, the kinds that have it and its bounds. A new item of
the official interface is one line there, one line in the binding of the installed set, and its name for the clerk.

Which kind has which items is public; which of them the utility insists on is not. **Assumed**: every main item is required, but for the
desired visit date, without which an enquiry is still an enquiry. Lengths are those of the provisional schema. The installed schema has the
last word on all of this.
"""

from collections.abc import Mapping
from dataclasses import field, fields
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from denkidesk.domain.values import dataclass

NO_EXTRA: Final[Mapping[str, str]] = {}


class ApplicationKind(StrEnum):
    """The five kinds of new application, by their names on the command line."""

    UTILITY_EQUIPMENT = "utility-equipment"  # 新規申込（弊社設備）
    CUSTOMER_EQUIPMENT = "customer-equipment"  # 新規申込（お客さま設備）
    OUTAGE = "outage"  # 新規申込（停電）
    OTHER = "other"  # 新規申込（その他受付）
    MENU_CHANGE = "menu-change"  # 新規申込（メニュー変更）


class ItemType(StrEnum):
    """What an item's value is."""

    CODE = "code"  # one code of the code table of the item's name
    SUPPLY_POINT = "supply-point"  # 22 digits
    TEXT = "text"  # one line
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``max_length`` in characters, of a TEXT."""

    name: str
    type: ItemType
    kinds: frozenset[ApplicationKind]
    required: bool = True
    max_length: int | None = None


_ALL: Final = frozenset(ApplicationKind)
_ALL_BUT_MENU: Final = _ALL - {ApplicationKind.MENU_CHANGE}
_WITH_CONTENT: Final = _ALL_BUT_MENU - {ApplicationKind.OUTAGE}
_WITH_NAME: Final = frozenset({ApplicationKind.OUTAGE, ApplicationKind.MENU_CHANGE})
_MENU: Final = frozenset({ApplicationKind.MENU_CHANGE})


def _item(
    item_type: ItemType, kinds: frozenset[ApplicationKind] = _ALL, *, required: bool = True, max_length: int | None = None
) -> dict[str, object]:
    """What makes a field of :class:`NewApplication` an item."""
    return {"type": item_type, "kinds": kinds, "required": required, "max_length": max_length}


@dataclass(frozen=True, slots=True)
class NewApplication:
    """One application as the clerk made it: normalised, checked, without credentials.

    An item is None where the kind has no such item. ``extra`` holds further items of the official message by element name.
    """

    kind: ApplicationKind
    selection_code: str = field(metadata=_item(ItemType.CODE))  # 選択項目コード
    equipment_class: str = field(metadata=_item(ItemType.CODE))  # 設備項目区分
    supply_point_number: str = field(metadata=_item(ItemType.SUPPLY_POINT))  # 供給地点特定番号
    content_code: str | None = field(default=None, metadata=_item(ItemType.CODE, _WITH_CONTENT))  # 内容種別コード
    visit_on: date | None = field(default=None, metadata=_item(ItemType.DATE, _ALL_BUT_MENU, required=False))  # 訪問希望年月日
    change_on: date | None = field(default=None, metadata=_item(ItemType.DATE, _MENU))  # 変更希望年月日
    supply_point_address: str | None = field(default=None, metadata=_item(ItemType.TEXT, _ALL_BUT_MENU, max_length=200))  # 供給地点住所
    customer_name: str | None = field(default=None, metadata=_item(ItemType.TEXT, _WITH_NAME, max_length=100))  # 需要者名
    service_menu: str | None = field(default=None, metadata=_item(ItemType.CODE, _MENU))  # 接続送電サービスメニュー
    extra: Mapping[str, str] = field(default_factory=lambda: NO_EXTRA)

    @classmethod
    def from_texts(cls, kind: ApplicationKind, texts: Mapping[str, str], extra: Mapping[str, str] = NO_EXTRA) -> "NewApplication":
        """The application of items in their written form: dates in ISO, an empty text for an item that is not there.

        Raises KeyError for a name that is no item, ValueError for a date that is none.
        """
        if unknown := texts.keys() - ITEM_BY_NAME.keys():
            raise KeyError(min(unknown))
        values = {
            name: date.fromisoformat(text) if ITEM_BY_NAME[name].type is ItemType.DATE else text for name, text in texts.items() if text
        }
        must_be_there = {f.name: "" for f in fields(cls) if f.metadata and f.default is not None}
        return cls(kind=kind, extra=extra, **{**must_be_there, **values})  # type: ignore[arg-type]  # each value has its item's own type

    def items(self) -> dict[str, str | date]:
        """The items that are present, by their names; without ``kind`` and ``extra``."""
        return {item.name: value for item in ITEMS if (value := getattr(self, item.name)) is not None}

    def texts(self) -> dict[str, str]:
        """The items that are present in their written form: dates in ISO."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in self.items().items()}


ITEMS: Final = tuple(Item(f.name, **f.metadata) for f in fields(NewApplication) if f.metadata)
"""Every item, in the order of the table."""
ITEM_BY_NAME: Final = MappingProxyType({item.name: item for item in ITEMS})
DATE_ITEMS: Final = tuple(item.name for item in ITEMS if item.type is ItemType.DATE)
CODE_ITEMS: Final = tuple(item.name for item in ITEMS if item.type is ItemType.CODE)
TEXT_ITEMS: Final = tuple(item.name for item in ITEMS if item.type is ItemType.TEXT)


TRIAGE_ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    "triage_neighbours": ("only_here", "around_too", "unknown"),
    "triage_scope": ("all", "part", "unknown"),
    "triage_breaker": ("all_on", "tripped", "unknown"),
    "triage_meter": ("lit", "dark", "unknown"),
}
"""What is asked on the telephone before an outage is filed, and the answers that there are."""


def items_of(kind: ApplicationKind) -> tuple[Item, ...]:
    """The items of a kind, in the order of the table."""
    return tuple(item for item in ITEMS if kind in item.kinds)
