"""The inbox by place: every order and filter, each letter of a search, against a plain sort of all entries."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise, product

import pytest

from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, ListedApplication
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import Cancelled
from denkidesk.store import inbox_lists, inbox_windows
from denkidesk.store.inbox_rows import newest_message
from denkidesk.store.inbox_views import InboxFilter, InboxOrder, InboxView, Judging
from denkidesk.store.inbox_windows import Window
from denkidesk.store.store import Store
from denkidesk.store.values import search_text

NOON = datetime(2026, 4, 1, 12, 0, tzinfo=JST)
ROWS = 150
NAMES = ("見本 太郎", "見本 花子", "例題 一郎", "高橋 次郎", "停電 三郎")
WAYS = {"few": (10**6, 0), "met": (0, 0), "looked at": (0, 10**6)}
"""How a list may be made, by what counts as few and as dense."""
LAST = chr(0x10FFFF)
ORDERS = list(product(InboxOrder, (False, True)))


def who_and_where(dice):
    return {"customer_name": dice.choice(NAMES), "supply_point_address": f"大阪市見本町0-0-{dice.randrange(9)}"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """150 applications, many with equal keys."""
    dice = random.Random(11)  # noqa: S311 - the same at each run
    store = Store(tmp_path_factory.mktemp("inbox") / "desk.db", now=lambda: NOON)
    numbers = [f"P{dice.randrange(10**8):010}" for _ in range(ROWS)]
    kinds = {"PS301": ApplicationKind.OUTAGE, "PS101": ApplicationKind.OTHER}
    store.inbox.take_listing(
        [
            ListedApplication(
                number,
                dice.choice(("PW01", "PW02", "PW09")),
                dice.choice((None, date(2026, 3, 1) + timedelta(dice.randrange(9)))),
                dice.choice((None, None, date(2026, 3, 28) + timedelta(dice.randrange(9)))),
                dice.choice((*kinds, "")),
                f"06{dice.randrange(10**20):020}",
                dice.random() < 0.3,
            )
            for number in numbers
        ],
        kinds.get,
    )
    for number in dice.sample(numbers, 60):
        messages = (dice.choice(("日程を\nご確認ください", "Ａbc 受付 (1)", "停")),) if dice.random() < 0.7 else ()
        store.inbox.take_status(ApplicationStatus(number, "00", "", messages, who_and_where(dice)), kinds.get)
    store.inbox.mark(dice.sample(numbers, 90), unread=False)
    yield store
    store.close()


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    few, dense = WAYS[request.param]
    monkeypatch.setattr(inbox_lists, "_FEW", few)
    monkeypatch.setattr(inbox_lists, "_DENSE", dense)
    return request.param


def key_of(entry, order):
    listed = entry.listed
    return {
        InboxOrder.READING: not entry.unread,
        InboxOrder.KIND: entry.kind or "",
        InboxOrder.STAGE: listed.work_stage,
        InboxOrder.VISIT: listed.visit_on or date.max,
        InboxOrder.REGISTRATION: listed.registered_on or date.min,
        InboxOrder.RECEIPT: listed.receipt_number,
        InboxOrder.SUPPLY_POINT: listed.supply_point_number,
        InboxOrder.NAME: entry.customer_name or LAST,
        InboxOrder.ADDRESS: entry.supply_point_address or LAST,
        InboxOrder.MOVEMENT: entry.moved_on,
        InboxOrder.MESSAGE: newest_message(entry.status, listed.has_message),
    }[order]


def plain_sort(entries, view):
    """Python's sort is stable: first by what decides between equal keys."""
    newest_first = (view.order in (InboxOrder.MOVEMENT, InboxOrder.REGISTRATION, InboxOrder.RECEIPT)) is view.is_descending
    by_number = sorted(entries, key=lambda entry: entry.listed.receipt_number, reverse=newest_first)
    return numbers(sorted(by_number, key=lambda entry: key_of(entry, view.order), reverse=view.is_descending))


def numbers(entries):
    return [entry and entry.listed.receipt_number for entry in entries]


def is_shown(entry, chosen, closed=()):
    visit = entry.listed.visit_on
    return {
        InboxFilter.ALL: True,
        InboxFilter.UNREAD: entry.unread,
        InboxFilter.NEEDS_ACTION: entry.listed.has_message and (entry.unread or entry.status is None),
        InboxFilter.OUTAGE: entry.kind is ApplicationKind.OUTAGE,
        InboxFilter.VISIT_TOMORROW: visit == date(2026, 4, 2),
        InboxFilter.UNMOVED: entry.moved_on <= date(2026, 3, 25) and entry.listed.work_stage not in closed,
    }[chosen]


@pytest.mark.parametrize("stride", [7, 1024])
@pytest.mark.parametrize(("order", "descending"), ORDERS)
def test_the_whole_inbox_stands_in_each_order_whatever_page_is_asked_for_first(store, monkeypatch, order, descending, stride):
    monkeypatch.setattr(inbox_windows, "_STRIDE", stride)
    windows, view = store.inbox.windows, InboxView(order=order, is_descending=descending)
    expected = plain_sort(store.inbox.entries(InboxView()), view)
    for first, count in ((140, 20), (0, 10), (60, 33), (75, 40), (149, 1), (0, ROWS), (ROWS, 5), (-3, 5)):
        window = windows.open(view)
        assert window.count == ROWS
        assert numbers(windows.entries(window, first, count)) == expected[max(first, 0) : max(first, 0) + count]
    window = windows.open(view)
    for place in random.Random(order).sample(range(ROWS), ROWS):  # noqa: S311 - the same at each run
        assert numbers(windows.entries(window, place, 1)) == [expected[place]]
    assert [windows.place_of(window, number) for number in expected[::11]] == list(range(0, ROWS, 11))


@pytest.mark.parametrize(("order", "descending"), ORDERS)
def test_the_rows_about_a_place_that_was_asked_for_are_found_from_there(store, monkeypatch, order, descending):
    monkeypatch.setattr(inbox_windows, "_ABOVE", 20)
    windows, view = store.inbox.windows, InboxView(order=order, is_descending=descending)
    expected = plain_sort(store.inbox.entries(InboxView()), view)
    window = windows.open(view)
    for place in (3, 60, 110, 149):
        assert windows.place_of(window, expected[place]) == place
        for first in range(max(0, place - 25), min(ROWS, place + 25)):
            assert numbers(windows.entries(window, first, 9)) == expected[first : first + 9]
    assert sorted(window.marks) == [40, 90, 129]
    monkeypatch.setattr(inbox_windows, "_from_top", None)
    assert numbers(windows.entries(window, 41, 40)) == expected[41:81]


def test_a_place_far_from_both_ends_is_not_counted_out(store):
    windows, window = store.inbox.windows, store.inbox.windows.open(InboxView())
    expected = plain_sort(store.inbox.entries(InboxView()), InboxView())
    assert [windows.place_of(window, expected[place], at_most=20) for place in (19, 20, 75, 129, 130)] == [19, None, None, None, 130]
    assert windows.place_of(window, "nobody's") is None


@pytest.mark.parametrize(("order", "descending"), ORDERS)
def test_no_page_of_the_whole_inbox_is_sorted_or_counted_out(store, order, descending):
    """Each order has an index that SQLite takes."""
    about = {"anchor": 5, "limit": 1, "offset": 0}
    with store.reading() as connection:
        for statement in (inbox_windows._from_top(order, descending), inbox_windows._behind(order, descending)):
            plan = " / ".join(row["detail"] for row in connection.execute("EXPLAIN QUERY PLAN " + statement, about))
            assert "TEMP B-TREE" not in plan
            assert "SCAN inbox USING" in plan or plan.count("SEARCH inbox USING") >= 2, plan


@pytest.mark.parametrize("chosen", InboxFilter)
@pytest.mark.parametrize(("order", "descending"), [(InboxOrder.REGISTRATION, True), (InboxOrder.KIND, False), (InboxOrder.MESSAGE, True)])
def test_a_filter_is_a_list_in_any_order_however_many_it_shows(store, way, chosen, order, descending):
    view = InboxView(chosen, order=order, is_descending=descending)
    everything = store.inbox.entries(InboxView())
    expected = plain_sort([entry for entry in everything if is_shown(entry, chosen)], view)
    windows = store.inbox.windows
    for window in (windows.open(view), windows.whole(view)):
        assert numbers(windows.entries(window, 0, ROWS)) == expected
        assert window.count == len(expected) == getattr(store.inbox.counts(), chosen)
        assert [windows.place_of(window, number) for number in expected[::7]] == list(range(0, len(expected), 7))


def test_nobody_waits_for_what_is_closed(store):
    windows = store.inbox.windows_judged(lambda: Judging(NOON.date(), lambda: {"PW02", "PW09"}))
    everything = store.inbox.entries(InboxView())
    shown = windows.all_entries(InboxView(InboxFilter.UNMOVED))
    expected = [entry for entry in everything if is_shown(entry, InboxFilter.UNMOVED, {"PW02", "PW09"})]
    assert shown == tuple(expected)
    assert 0 < len(shown) == windows.counts().unmoved < store.inbox.counts().unmoved
    assert store.inbox.windows_judged(lambda: Judging(NOON.date(), unmoved_days=365)).counts().unmoved == 0


def test_a_long_list_begins_before_it_is_whole(store, monkeypatch):
    for name, value in (("_FEW", 0), ("_DENSE", 0), ("_BEGINNING", 10), ("_AT_ONCE", 16)):
        monkeypatch.setattr(inbox_lists, name, value)
    windows, everything = store.inbox.windows, store.inbox.entries(InboxView())
    unread = plain_sort([entry for entry in everything if entry.unread], InboxView())
    begun = windows.open(InboxView(InboxFilter.UNREAD))
    assert (begun.count, begun.is_whole) == (len(unread), False)
    assert numbers(windows.entries(begun, 0, 20)) == unread[:10] + [None] * 10
    assert numbers(windows.entries(windows.whole(begun.view), 0, 20)) == unread[:20]
    searched = windows.open(InboxView(search="0600"[:1] + "6"))
    assert (searched.count, searched.is_whole) == (ROWS, False), "the index of grams knows how many have two letters"
    unsure = windows.open(InboxView(InboxFilter.UNREAD, search="06"))
    assert (unsure.count, unsure.is_whole) == (11, False)
    cancelled = CancelToken()
    cancelled.cancel()
    with pytest.raises(Cancelled):
        windows.whole(begun.view, cancelled)


@pytest.mark.parametrize("chosen", [InboxFilter.ALL, InboxFilter.UNREAD])
def test_a_search_finds_what_has_every_word_in_it(store, way, chosen):
    dice = random.Random(3)  # noqa: S311 - the same at each run
    everything = store.inbox.entries(InboxView())
    with store.reading() as connection:
        texts = {row["receipt_number"]: row["search_text"] for row in connection.execute("SELECT receipt_number, search_text FROM inbox")}
    asked = ["停", "p", "見本", "本太", "Ａｂｃ", "(1)", "受付(1", "(", "%", "見本 06", "p000000 太", "x", "ﾐﾎﾝ"]
    for text in dice.sample(sorted(texts.values()), 12):
        begin, length = dice.randrange(len(text) - 9), dice.choice((1, 2, 3, 4, 9))
        asked.append(text[begin : begin + length].replace("\n", " "))
    hits = 0
    for search in asked:
        words = [word for word in map(search_text, search.split()) if word]
        found = [e for e in everything if is_shown(e, chosen) and all(word in texts[e.listed.receipt_number] for word in words)]
        view = InboxView(chosen, search)
        assert numbers(store.inbox.entries(view)) == plain_sort(found, view), search
        opened = store.inbox.windows.open(view)
        begun = [number for number in numbers(store.inbox.windows.entries(opened, 0, ROWS)) if number]
        assert begun == plain_sort(found, view)[: len(begun)], search
        assert not opened.is_whole or len(begun) == len(found), search
        hits += len(found)
    assert hits > 200


def test_what_is_kept_stays_among_the_rows_of_a_filter(store, way):
    read = next(entry for entry in store.inbox.entries(InboxView()) if not entry.unread).listed.receipt_number
    view = InboxView(InboxFilter.UNREAD, kept=frozenset((read, "nobody's")))
    windows = store.inbox.windows
    shown = numbers(windows.entries(windows.whole(view), 0, ROWS))
    assert set(shown) == {read, *numbers(store.inbox.entries(replace(view, kept=frozenset())))}
    assert len(shown) == len(set(shown))
    assert read in numbers(store.inbox.entries(replace(view, search=read)))
    assert read not in numbers(store.inbox.entries(replace(view, search="見本 例題"))), "kept or not, it has to have the words"


@pytest.mark.parametrize("order", [InboxOrder.REGISTRATION, InboxOrder.STAGE])
@pytest.mark.parametrize(("chosen", "search"), [(InboxFilter.ALL, ""), (InboxFilter.OUTAGE, ""), (InboxFilter.ALL, "06")])
@pytest.mark.parametrize("near", [3, 500])
def test_the_next_unread_goes_on_from_the_top(store, monkeypatch, order, chosen, search, near):
    monkeypatch.setattr(inbox_windows, "_FIRST_LOOK", near)
    windows = store.inbox.windows
    window = windows.open(InboxView(chosen, search, order=order))
    rows = windows.entries(window, 0, ROWS)
    unread = [entry.listed.receipt_number for entry in rows if entry.unread]
    assert windows.next_unread(window, "") == unread[0]
    for number, following in pairwise([*unread, unread[0]]):
        assert windows.next_unread(window, number) == following
    read_last = rows[-1].listed.receipt_number
    assert windows.next_unread(window, read_last) == unread[0]
    assert windows.next_unread(Window(window.view, 0, []), "") is None


def test_counts_and_grams_follow_whatever_happens(tmp_path):
    dice = random.Random(5)  # noqa: S311 - the same at each run
    store = Store(tmp_path / "desk.db", now=lambda: NOON)
    kind = {"PS301": ApplicationKind.OUTAGE}.get
    for _ in range(120):
        number = f"R{dice.randrange(12)}"
        match dice.randrange(4):
            case 0:
                listed = ListedApplication(
                    number,
                    dice.choice("12"),
                    selection_code=dice.choice(("PS301", "")),
                    has_message=dice.random() < 0.5,
                    supply_point_number=dice.choice(("06111", "06222")),
                    registered_on=dice.choice((None, date(2026, 3, 1))),
                )
                store.inbox.take_listing([listed], kind)
            case 1:
                store.inbox.take_status(ApplicationStatus(number, "00", "", (dice.choice("甲乙丙"),)), kind)
            case 2:
                store.inbox.mark([number], unread=dice.random() < 0.5)
            case _:
                with store.writing() as connection:  # damaged: the next listing makes room for what the utility says
                    connection.execute("UPDATE inbox SET extra = '{' WHERE receipt_number = ? AND ?", (number, dice.random() < 0.2))
    with store.writing() as connection:
        connection.execute("UPDATE inbox SET extra = '{}'")
    everything = store.inbox.entries(InboxView())
    assert len(everything) == 12
    for chosen in InboxFilter:
        shown = store.inbox.entries(InboxView(chosen))
        assert getattr(store.inbox.counts(), chosen) == len(shown)
        if chosen is not InboxFilter.NEEDS_ACTION:
            assert len(shown) == sum(is_shown(entry, chosen) for entry in everything)
    for word in ("甲", "乙", "丙", "111", "22", "r1", "r"):
        with store.reading() as connection:
            having = {row["receipt_number"] for row in connection.execute("SELECT * FROM inbox WHERE instr(search_text, ?)", (word,))}
        assert set(numbers(store.inbox.entries(InboxView(search=word)))) == having
    store.close()


PLAIN_QUEUE = """
    SELECT receipt_number,
        has_message = 1 OR status_is_old = 1 OR kind IS 'outage' OR (visit_on IS NOT NULL AND visit_on BETWEEN ? AND ?) AS news
    FROM inbox WHERE work_stage NOT IN ('PW09')
    ORDER BY news DESC, status_look, kind IS 'outage' DESC, registered_on DESC, receipt_number
"""


def test_the_queue_of_looks_is_the_same_as_sorting_everything(store):
    with store.reading() as connection:
        rows = connection.execute(PLAIN_QUEUE, ("2026-04-01", "2026-04-04")).fetchall()
    with_news = sum(row["news"] for row in rows)
    for budget in (1, 20, 60, ROWS):
        queue = store.inbox.status_queue(("PW09",), budget)
        told = {row["receipt_number"]: place for place, row in enumerate(rows)}
        places = [told[number] for number in queue.receipt_numbers]
        assert len(places) == min(budget, len(rows))
        assert queue.beyond == max(0, with_news - budget)
        keys = [(-rows[place]["news"], *looked(store, rows[place])) for place in places]
        assert keys == sorted(keys)
        assert keys == [(-row["news"], *looked(store, row)) for row in rows[: len(places)]]


def looked(store, row):
    """What decides who comes first, among those with or without news."""
    with store.reading() as connection:
        found = connection.execute("SELECT * FROM inbox WHERE receipt_number = ?", (row["receipt_number"],)).fetchone()
    return found["status_look"], -(found["kind"] == "outage"), [-ord(sign) for sign in found["registered_on"] or ""] or [0]


@pytest.mark.parametrize("chosen", [InboxFilter.UNREAD, InboxFilter.NEEDS_ACTION, InboxFilter.OUTAGE])
@pytest.mark.parametrize("descending", [False, True])
def test_a_filter_in_the_order_of_registration_is_read_from_an_index_of_its_own(store, monkeypatch, chosen, descending):
    asked = []
    statement = inbox_lists._statement
    monkeypatch.setattr(inbox_lists, "_statement", lambda *parts: asked.append(statement(*parts)) or asked[-1])
    store.inbox.windows.open(InboxView(chosen, is_descending=descending))
    with store.reading() as connection:
        (plan,) = connection.execute("EXPLAIN QUERY PLAN " + asked[0], {"limit": 9}).fetchall()
    assert "USING INDEX inbox_" in plan["detail"]
    assert "inbox_by_" not in plan["detail"]


def test_those_in_which_nothing_moves_are_found_without_the_closed_ones(store):
    """Most of a long inbox is closed, and has not moved for long."""
    with store.reading() as connection:
        asked = "EXPLAIN QUERY PLAN SELECT id FROM inbox WHERE "
        plan = connection.execute(asked + inbox_lists._SHOWN_BY[InboxFilter.UNMOVED], Judging(NOON.date()).parameters).fetchall()
    assert any("inbox_unmoved (work_stage=? AND moved_on<?)" in row["detail"] for row in plan)
