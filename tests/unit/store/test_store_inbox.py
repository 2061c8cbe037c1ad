"""What the utility lists becomes entries, unread marks and a history."""

import random
import re
from dataclasses import fields
from datetime import date, datetime, timedelta

import pytest

from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, ListedApplication, ListingCriteria
from denkidesk.domain.clock import JST
from denkidesk.store.inbox_views import InboxFilter, InboxView
from denkidesk.store.store import Store

NUMBER = "0600000000000000000123"


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 4, 1, 9, 0, tzinfo=JST)  # a Wednesday

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@pytest.fixture
def inbox(tmp_path):
    store = Store(tmp_path / "desk.db", now=Clock())
    yield store.inbox
    store.close()


def kind_of(code):
    return ApplicationKind.OUTAGE if code == "S3" else None


def row(number="R1", stage="10", **changes):
    return ListedApplication(number, stage, **{"registered_on": date(2026, 4, 1), "supply_point_number": NUMBER, **changes})


def status(*messages, number="R1", **items):
    return ApplicationStatus(number, "00", "", messages, items, {"unknownItem": "値"})


def numbers(inbox, view):
    return [entry.listed.receipt_number for entry in inbox.entries(view)]


def test_new_rows_are_unread_and_equal_rows_change_nothing(inbox):
    assert inbox.take_listing([row(), row("R2")], kind_of) == (2, 0)
    inbox.mark(["R1", "R2"], unread=False)
    assert inbox.take_listing([row(), row("R2")], kind_of) == (0, 0)
    assert inbox.counts().unread == 0
    assert [event.kind for event in inbox.history("R1")] == ["new"]


def test_a_moved_stage_is_news_until_it_is_read(inbox):
    inbox.take_listing([row()], kind_of)
    inbox.mark(["R1"], unread=False)
    assert inbox.take_listing([row(stage="20")], kind_of) == (0, 1)
    entry = inbox.entry("R1")
    assert (entry.unread, entry.previous_stage, entry.listed.work_stage) == (True, "10", "20")
    assert [(event.kind, event.before, event.after) for event in inbox.history("R1")][1:] == [("work_stage", "10", "20")]
    inbox.mark(["R1"], unread=False)
    assert inbox.entry("R1").previous_stage == ""


def test_a_changed_date_is_kept_but_is_no_news(inbox):
    inbox.take_listing([row()], kind_of)
    inbox.mark(["R1"], unread=False)
    inbox.take_listing([row(visit_on=date(2026, 4, 3))], kind_of)
    assert not inbox.entry("R1").unread
    assert [(event.kind, event.after) for event in inbox.history("R1")][1:] == [("visit_on", "2026-04-03")]


def test_what_is_unread_stays_unread_when_something_else_of_it_changes(inbox):
    inbox.take_listing([row()], kind_of)
    inbox.take_listing([row(visit_on=date(2026, 4, 9))], kind_of)
    assert inbox.counts().unread == 1


def test_rows_that_are_not_listed_stay(inbox):
    inbox.take_listing([row(), row("R2")], kind_of)
    inbox.take_listing([row("R2")], kind_of)
    assert inbox.counts().all == 2


def test_filters_and_counts_agree(inbox):
    inbox.take_listing(
        [
            row("R1", selection_code="S3"),
            row("R2", has_message=True),
            row("R3", visit_on=date(2026, 4, 2)),
            row("R4", visit_on=date(2026, 4, 3)),
        ],
        kind_of,
    )
    inbox.mark(["R3", "R4"], unread=False)
    counts = inbox.counts()
    expected = {
        InboxFilter.ALL: ["R4", "R3", "R2", "R1"],
        InboxFilter.UNREAD: ["R2", "R1"],
        InboxFilter.NEEDS_ACTION: ["R2"],
        InboxFilter.OUTAGE: ["R1"],
        InboxFilter.VISIT_TOMORROW: ["R3"],
        InboxFilter.UNMOVED: [],
    }
    for chosen, wanted in expected.items():
        assert numbers(inbox, InboxView(chosen)) == wanted
        assert getattr(counts, chosen.value) == len(wanted)


def test_what_is_to_be_looked_at_today_needs_action(inbox):
    inbox.take_listing([row("R1"), row("R2", has_message=True), row("R3"), row("R4")], kind_of)
    ids = [inbox.windows.whole(InboxView()).ids[place] for place in range(4)]  # R4 first
    inbox.notes.follow_up(ids[1:3], date(2026, 4, 1))  # R3, and R2 that needs it anyway
    inbox.notes.follow_up(ids[:1], date(2026, 4, 2))
    assert numbers(inbox, InboxView(InboxFilter.NEEDS_ACTION)) == ["R3", "R2"]
    assert inbox.counts().needs_action == 2


def test_who_and_where_are_known_from_the_status_and_stay(inbox):
    inbox.take_listing([row("R1"), row("R2")], kind_of)
    items = {"customer_name": "見本 太郎", "supply_point_address": "大阪市見本町0-0-1"}
    inbox.take_status(ApplicationStatus("R1", "00", "", (), items), kind_of)
    inbox.take_listing([row("R1", "20")], kind_of)
    entry = inbox.entry("R1")
    assert (entry.customer_name, entry.supply_point_address) == ("見本 太郎", "大阪市見本町0-0-1")
    assert inbox.entry("R2").customer_name == ""


def test_the_day_of_the_newest_movement_is_kept(tmp_path):
    clock = Clock()
    store = Store(tmp_path / "moved.db", now=clock)
    inbox = store.inbox

    def moved_on():
        return inbox.entry("R1").moved_on

    def day_later():
        clock.moment += timedelta(days=1)
        return clock.moment.date()

    inbox.take_listing([row("R1", registered_on=date(2026, 3, 3))], kind_of)
    inbox.take_status(ApplicationStatus("R1", "00", "", ("見本の知らせ",)), kind_of)
    assert moved_on() == date(2026, 3, 3), "nobody knows since when the message has been there"
    day = day_later()
    inbox.take_status(ApplicationStatus("R1", "00", "", ("見本の知らせ", "次の知らせ")), kind_of)
    assert moved_on() == day
    day_later()
    inbox.take_listing([row("R1", registered_on=date(2026, 3, 4))], kind_of)
    assert moved_on() == day, "a date that was put right is no movement"
    later = day_later()
    inbox.take_listing([row("R1", "20", registered_on=date(2026, 3, 4))], kind_of)
    assert moved_on() == later
    store.close()


def test_a_fetched_status_settles_what_needs_action(inbox):
    inbox.take_listing([row(has_message=True)], kind_of)
    inbox.take_status(status("返事をください"), kind_of)
    inbox.mark(["R1"], unread=False)
    assert numbers(inbox, InboxView(InboxFilter.NEEDS_ACTION)) == []


def test_a_status_without_news_leaves_an_unread_mark_as_it_is(inbox):
    inbox.take_listing([row()], kind_of)
    assert inbox.take_status(status("一"), kind_of).unread
    assert inbox.take_status(status("一"), kind_of).unread


def test_a_message_between_two_looks_is_news(inbox):
    inbox.take_listing([row()], kind_of)
    inbox.take_status(status("一"), kind_of)
    inbox.mark(["R1"], unread=False)
    assert not inbox.take_status(status("一"), kind_of).unread
    entry = inbox.take_status(status("一", "二"), kind_of)
    assert entry.unread
    assert entry.status.messages == ("一", "二")
    assert entry.status.extra == {"unknownItem": "値"}
    assert [event.after for event in inbox.history("R1") if event.kind == "message"] == ["一", "二"]


@pytest.mark.parametrize(
    ("seen", "now", "fresh"),
    [
        ("12", "12", ""),
        ("12", "123", "3"),
        ("", "1", "1"),
        ("123", "234", "4"),  # the oldest is let go
        ("123", "23", ""),
        ("121", "21", ""),
        ("12", "21", "1"),  # the same words once more
        ("11", "111", "1"),
        ("123", "12", ""),  # the newest is withdrawn
        ("12", "13", "3"),  # and written anew
        ("12", "34", "34"),
        ("12", "", ""),
    ],
)
def test_a_message_that_was_there_is_no_news(inbox, seen, now, fresh):
    inbox.take_listing([row()], kind_of)
    inbox.take_status(status(*seen), kind_of)
    inbox.mark(["R1"], unread=False)
    number = inbox.history("R1")[-1].number
    assert inbox.take_status(status(*now), kind_of).unread is bool(fresh)
    assert "".join(event.after for event in inbox.history("R1") if event.number > number and event.kind == "message") == fresh


def test_a_status_of_an_unlisted_application_makes_an_entry(inbox):
    entry = inbox.take_status(status("はい", number="R9", work_stage="30", visit_on="2026-04-02", supply_point_number=NUMBER), kind_of)
    assert (entry.listed.work_stage, entry.listed.visit_on, entry.listed.supply_point_number) == ("30", date(2026, 4, 2), NUMBER)


@pytest.mark.parametrize(
    "words", ["ミホン タロウ", "ﾐﾎﾝﾀﾛｳ", "みほん たろう", "06-0000", "０６０００", "ﾄﾄﾞｶﾅｲ とどかない", "abc", "ＡＢＣ"]
)
def test_search_is_blind_to_width_kana_and_case(inbox, words):
    inbox.take_listing([row(), row("R2", supply_point_number="05" + "9" * 20)], kind_of)
    inbox.take_status(status("電気が届かない。トドカナイ Abc", customer_name="みほん　タロウ"), kind_of)
    assert numbers(inbox, InboxView(search=words)) == ["R1"]


def test_search_takes_no_wildcards(inbox):
    inbox.take_listing([row()], kind_of)
    assert numbers(inbox, InboxView(search="%")) == []
    assert numbers(inbox, InboxView(search="R_")) == []


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("髙橋", "高橋"),
        ("高橋", "髙橋"),
        ("山﨑", "山崎"),
        ("山嵜", "山﨑"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡邊"),
        ("德川", "徳川"),
        ("濵田", "浜田"),
        ("濱田", "濵田"),
        ("齋藤", "斉藤"),
        ("齊藤", "斎藤"),
        ("澤田", "沢田"),
        ("廣田", "広田"),
        ("眞田", "真田"),
        ("國分", "国分"),
        ("嶋田", "島田"),
        ("嶌田", "嶋田"),
        ("櫻井", "桜井"),
        ("𠮷野", "吉野"),
        ("武藏", "武蔵"),
        ("彌生", "弥生"),
        ("神田", "神田"),  # a compatibility ideograph
        ("葛\U000e0100城", "葛城"),
        ("葛城", "葛\U000e0101城"),
        ("辻\ufe00本", "辻本"),
        ("龍ヶ崎", "竜ケ﨑"),
        ("見\u200b本", "見本"),
    ],
)
def test_search_finds_a_name_in_any_of_its_forms_and_it_stays_as_it_was_written(inbox, written, searched):
    inbox.take_listing([row(), row("R2")], kind_of)
    inbox.take_status(status("", customer_name=f"{written} 太郎"), kind_of)
    inbox.take_status(status("", number="R2", customer_name="見本山 太郎"), kind_of)
    (found,) = inbox.entries(InboxView(search=f"{searched}太郎"))
    assert found.status.items["customer_name"] == f"{written} 太郎"


@pytest.mark.parametrize("words", ['"06-0000"', '="060000"', "「06 0000」", "'06ー0000", "06~0000"])
def test_search_takes_a_number_as_it_is_pasted(inbox, words):
    inbox.take_listing([row(), row("R2", supply_point_number="05" + "9" * 20)], kind_of)
    assert numbers(inbox, InboxView(search=words)) == ["R1"]


def test_what_came_after_the_clerk_looked_stays_unread(inbox):
    inbox.take_listing([row()], kind_of)
    inbox.take_status(status("一"), kind_of)
    looked_at = inbox.history("R1")[-1].number
    inbox.take_status(status("一", "二"), kind_of)
    inbox.mark_seen("R1", looked_at)
    assert (inbox.entry("R1").unread, inbox.entry("R1").seen_to) == (True, looked_at)
    inbox.take_listing([row(visit_on=date(2026, 4, 3))], kind_of)  # no news
    inbox.mark_seen("R1", looked_at + 1)
    assert not inbox.entry("R1").unread


def test_a_stage_that_moved_after_the_clerk_looked_keeps_the_stage_before(inbox):
    inbox.take_listing([row()], kind_of)
    looked_at = inbox.history("R1")[-1].number
    inbox.take_listing([row(stage="20")], kind_of)
    inbox.mark_seen("R1", looked_at)
    assert (inbox.entry("R1").unread, inbox.entry("R1").previous_stage) == (True, "10")
    inbox.mark_seen("R1", looked_at + 1)
    assert (inbox.entry("R1").unread, inbox.entry("R1").previous_stage) == (False, "")


def test_marks_of_many_count_all_of_their_history_as_seen(inbox):
    inbox.take_listing([row(), row("R2")], kind_of)
    inbox.take_status(status("一"), kind_of)
    inbox.mark(["R1"], unread=False)
    assert inbox.entry("R1").seen_to == inbox.history("R1")[-1].number
    assert inbox.entry("R2").seen_to == 0


CRITERIA = {
    "receipt_number": ("R1", "R2"),
    "work_stage": ("", "10", "20"),
    "selection_code": ("", "S3", "S4"),
    "supply_point_number": ("", NUMBER),
    "registered_on": (None, date(2026, 4, 1), date(2026, 4, 5)),
    "visit_on": (None, date(2026, 4, 3), date(2026, 4, 9)),
    "has_message": (False, True),
}


def test_a_view_shows_what_meets_the_listings_criteria(inbox):
    """By themselves and together, and where a row leaves something out."""
    chance = random.Random(11)  # noqa: S311 - rows, no secrets
    drawn = [{name: chance.choice(values) for name, values in CRITERIA.items()} for _ in range(60)]
    rows = [ListedApplication(**{**one, "receipt_number": f"R{number}"}) for number, one in enumerate(drawn)]
    inbox.take_listing(rows, kind_of)
    for _ in range(150):
        names = chance.sample([field.name for field in fields(ListingCriteria)], chance.choice([1, 1, 2, 3]))
        asked = {name: chance.choice(CRITERIA[re.sub("_(from|to)$", "_on", name)][1:]) for name in names}
        criteria = ListingCriteria(**asked)
        met = [one for one in rows if criteria.is_met_by(one) and (criteria.has_message is None or criteria.has_message == one.has_message)]
        assert sorted(numbers(inbox, InboxView(criteria=criteria))) == sorted(one.receipt_number for one in met)
        assert inbox.windows.count_of(InboxView(criteria=criteria)) == len(met)
    both = InboxView(InboxFilter.OUTAGE, criteria=ListingCriteria(work_stage="10"))
    assert {(e.kind, e.listed.work_stage) for e in inbox.entries(both)} == {(ApplicationKind.OUTAGE, s) for s in ("", "10")}
