"""Invented applications, obviously so: a fresh state begins with a dozen, and any number can be filled in for tests."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from denkidesk.domain.applications import ApplicationKind
from denkidesk.practice.utility.books import Entry
from denkidesk.practice.utility.interface import Interface
from denkidesk.practice.utility.wording import MENU_RESULT_NOTE, OFFICE, RESULT_NOTE, message_of_stage

_NAMES: Final = ("見本 太郎", "見本 花子", "練習 一郎", "練習 さくら", "例示 次郎", "例示 みどり", "仮名 三郎", "架空商店 見本町店")
_CHANGES_MENU: Final = ApplicationKind.MENU_CHANGE

# kind, place of its selection code, place of its stage, days ago, days until the visit or the change
_FIRST: Final = (
    (ApplicationKind.OUTAGE, 0, 3, 0, 0),
    (ApplicationKind.OUTAGE, 1, 0, 0, 1),
    (ApplicationKind.OUTAGE, 0, 4, 6, -5),
    (ApplicationKind.UTILITY_EQUIPMENT, 0, 2, 2, 3),
    (ApplicationKind.UTILITY_EQUIPMENT, 1, 1, 1, 5),
    (ApplicationKind.UTILITY_EQUIPMENT, 0, 4, 12, -7),
    (ApplicationKind.CUSTOMER_EQUIPMENT, 0, 3, 3, 1),
    (ApplicationKind.CUSTOMER_EQUIPMENT, 1, 0, 1, 6),
    (ApplicationKind.OTHER, 1, 1, 2, 8),
    (ApplicationKind.OTHER, 0, 5, 9, 2),
    (_CHANGES_MENU, 0, 2, 4, 20),
    (_CHANGES_MENU, 0, 4, 30, -10),
)


def first_applications(interface: Interface, today: date) -> list[Entry]:
    """The twelve that a fresh state begins with: all five kinds, various stages, some with messages."""
    return [
        _entry(interface, place, kind, selection, min(stage, len(interface.stages) - 1), (today - timedelta(ago), today + timedelta(until)))
        for place, (kind, selection, stage, ago, until) in enumerate(_FIRST)
    ]


def many_applications(interface: Interface, today: date, count: int) -> Iterator[Entry]:
    """``count`` more, spread over kinds, stages and the last ninety days."""
    kinds = tuple(ApplicationKind)
    for place in range(count):
        kind = kinds[place % len(kinds)]
        stage = place // len(kinds) % len(interface.stages)
        registered, visit = today - timedelta(place % 90), today + timedelta(place % 30 - 10)
        yield _entry(interface, place + len(_FIRST), kind, place, stage, (registered, visit))


def result_items(interface: Interface, stage: str, day: date, *, menu_change: bool) -> dict[str, str]:
    """What the utility adds to an application as it moves: the planned day of work, in the end the result."""
    place = interface.stages.index(stage) if stage in interface.stages else 0
    added: dict[str, str] = {}
    if place in (3, 4):
        added["plannedWorkOn"] = interface.date_to_wire(day.isoformat())
    if place == 4:
        added["resultNote"] = MENU_RESULT_NOTE if menu_change else RESULT_NOTE
    return added


def _entry(interface: Interface, place: int, kind: ApplicationKind, selection: int, stage: int, days: tuple[date, date]) -> Entry:
    registered, day = days

    def pick(table: str, index: int) -> str | None:
        codes = interface.codes_of(table, kind)
        return codes[index % len(codes)] if codes else None

    menu = kind is _CHANGES_MENU
    items = {
        "equipment_class": pick("equipment_class", place),
        "content_code": pick("content_code", place),
        "supply_point_address": None if menu else f"大阪府大阪市見本町0-0-{place % 1000}",
        "customer_name": _NAMES[place % len(_NAMES)] if menu or kind is ApplicationKind.OUTAGE else None,
        "change_on": day.isoformat() if menu else None,
        "service_menu": pick("service_menu", place) if menu else None,
    }
    said = [text for code in interface.stages[1 : stage + 1] if (text := message_of_stage(code, menu_change=menu))]
    if stage == 5 and len(said) > 1:
        said = said[:1] + said[-1:]  # withdrawn: no visit came before
    return Entry(
        kind.value,
        interface.stages[stage],
        registered.isoformat(),
        pick("selection_code", selection) or "",
        f"06{place % 10**4:04d}" + "0" * 11 + f"{place % 10**4:04d}1",
        OFFICE,
        None if menu else day.isoformat(),
        {name: value for name, value in items.items() if value is not None},
        result_items(interface, interface.stages[stage], day, menu_change=menu),
        said,
    )
