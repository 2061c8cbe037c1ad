"""Notes, tags, days to look again and marks: on one row or ten thousand, and taken back."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

import pytest

from denkidesk.desk.inbox_acts import Act, Chosen, InboxActs
from denkidesk.domain.applications import ApplicationStatus, ListedApplication
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import Cancelled
from denkidesk.store.inbox_views import InboxFilter, InboxOrder, InboxView
from denkidesk.store.store import Store

NOON = datetime(2026, 4, 1, 12, 0, tzinfo=JST)


def listed(number, stage="PW01"):
    return ListedApplication(f"P{number:010}", stage, date(2026, 3, 1), None, "", "0600000000000000000001")


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "desk.db", now=lambda: NOON)
    store.inbox.take_listing([listed(number) for number in range(1, 6)], {}.get)
    yield store
    store.close()


@pytest.fixture
def acts(store):
    return InboxActs(store, lambda: NOON)


def chosen(*numbers):
    return Chosen(tuple(f"P{number:010}" for number in numbers))


def entry(store, number):
    return store.inbox.entry(f"P{number:010}")


def test_marks_are_taken_back_for_those_that_changed_alone(store, acts):
    store.inbox.mark(["P0000000002"], unread=False)
    seen = entry(store, 1).seen_to
    done = acts.mark_read(chosen(1, 2, 3))
    assert (done.act, done.count) == (Act.READ, 2)
    assert [entry(store, number).unread for number in (1, 2, 3, 4)] == [False, False, False, True]
    assert store.inbox.counts().unread == 2
    acts.take_back(done)
    assert [entry(store, number).unread for number in (1, 2, 3, 4)] == [True, False, True, True]
    assert (entry(store, 1).seen_to, store.inbox.counts().unread) == (seen, 4)


def test_what_the_utility_said_since_stays_when_a_mark_is_taken_back(store, acts):
    store.inbox.take_listing([listed(1, "PW02")], {}.get)  # moved once before it is read, and once after
    done = acts.mark_read(chosen(1))
    store.inbox.take_listing([listed(1, "PW03")], {}.get)
    acts.take_back(done)
    assert (entry(store, 1).previous_stage, entry(store, 1).listed.work_stage, entry(store, 1).unread) == ("PW01", "PW03", True)


def test_a_note_of_one_is_replaced_and_of_many_goes_below(store, acts):
    first = acts.note(chosen(1), "鍵は管理人さんへ\n")
    assert (entry(store, 1).note, entry(store, 1).noted_at) == ("鍵は管理人さんへ", NOON)
    many = acts.note(chosen(1, 2), "見本の件")
    assert [entry(store, number).note for number in (1, 2, 3)] == ["鍵は管理人さんへ\n見本の件", "見本の件", ""]
    assert [found.listed.receipt_number for found in store.inbox.entries(InboxView(search="管理人"))] == ["P0000000001"]
    acts.take_back(many)
    assert [entry(store, number).note for number in (1, 2)] == ["鍵は管理人さんへ", ""]
    acts.take_back(first)
    assert (entry(store, 1).note, entry(store, 1).noted_at) == ("", None)
    assert store.inbox.entries(InboxView(search="管理人")) == ()


def test_tags_are_words_and_each_stands_once(store, acts):
    acts.tag(chosen(1), "至急  鍵 至急")
    assert entry(store, 1).tags == ("至急", "鍵")
    done = acts.tag(chosen(1, 2), "鍵 見本")
    assert [entry(store, number).tags for number in (1, 2)] == [("至急", "鍵", "見本"), ("鍵", "見本")]
    assert acts.tags_in_use() == ("見本", "鍵", "至急")
    acts.take_back(done)
    assert [entry(store, number).tags for number in (1, 2)] == [("至急", "鍵"), ()]
    acts.tag(chosen(1), "")
    assert entry(store, 1).tags == ()


def test_a_day_to_look_again_is_counted_from_that_day_on(store, acts):
    acts.follow_up(chosen(1, 2), date(2026, 4, 1))
    done = acts.follow_up(chosen(2, 3), date(2026, 4, 2))
    assert store.inbox.counts().due == 1
    acts.take_back(done)
    assert [entry(store, number).follow_up_on for number in (2, 3)] == [date(2026, 4, 1), None]
    acts.follow_up(chosen(1), None)
    assert store.inbox.counts().due == 1


@pytest.mark.parametrize("order", [InboxOrder.REGISTRATION, InboxOrder.STAGE])
@pytest.mark.parametrize("search", ["", "P0000000002"])
def test_what_is_due_needs_action_once_and_leaves_when_it_is_settled(store, acts, order, search):
    store.inbox.take_listing([replace(listed(3), has_message=True)], {}.get)
    acts.follow_up(chosen(2, 3), date(2026, 3, 31))
    acts.follow_up(chosen(4), date(2026, 4, 2))
    view = InboxView(InboxFilter.NEEDS_ACTION, search, order=order)
    wanted = {"P0000000002"} if search else {"P0000000002", "P0000000003"}
    assert {found.listed.receipt_number for found in store.inbox.entries(view)} == wanted
    assert (store.inbox.counts().needs_action, store.inbox.counts().due) == (2, 2)
    acts.follow_up(chosen(2, 3), None)
    assert [found.listed.receipt_number for found in store.inbox.entries(view)] == ([] if search else ["P0000000003"])
    assert store.inbox.counts().needs_action == 1


def test_the_utility_rewrites_nothing_of_the_clerks_own(store, acts):
    acts.note(chosen(1), "見本")
    acts.tag(chosen(1), "鍵")
    acts.follow_up(chosen(1), date(2026, 4, 9))
    store.inbox.take_listing([listed(1, "PW02")], {}.get)
    store.inbox.take_status(ApplicationStatus("P0000000001", "00", "", ("見本の知らせ",)), {}.get)
    kept = entry(store, 1)
    assert (kept.note, kept.tags, kept.follow_up_on) == ("見本", ("鍵",), date(2026, 4, 9))
    assert [found.note for found in store.inbox.entries(InboxView(search="見本の知らせ"))] == ["見本"]


class Counted:
    """A database that counts what is written by it."""

    def __init__(self, store):
        self.store, self.statements = store, []

    @contextmanager
    def writing(self):
        with self.store.writing() as connection:
            self._connection = connection
            yield self

    def execute(self, statement, parameters):
        self.statements.append(statement.split()[0])
        return self._connection.execute(statement, parameters)


def test_ten_thousand_rows_are_read_by_one_statement(tmp_path):
    store = Store(tmp_path / "desk.db", now=lambda: NOON)
    store.inbox.take_listing([listed(number) for number in range(10_000)], {}.get)
    acts = InboxActs(store, lambda: NOON)
    everything = Chosen((), store.inbox.windows.open(InboxView()), ((0, 3_999), (4_000, 9_999)))
    counted = store.inbox.notes._database = Counted(store)
    done = acts.mark_read(everything)
    assert (everything.count, done.count, counted.statements) == (10_000, 10_000, ["SELECT", "UPDATE"])
    assert store.inbox.counts().unread == 0
    acts.take_back(done)
    assert (store.inbox.counts().unread, counted.statements) == (10_000, ["SELECT", "UPDATE", "UPDATE"])
    store.close()


def test_rows_that_are_known_by_their_places_are_let_be_once_others_have_come(store, acts):
    window = store.inbox.windows.open(InboxView())
    everything = Chosen((), window, ((0, 4),))
    store.inbox.take_listing([listed(6)], {}.get)
    with pytest.raises(Cancelled):
        acts.mark_read(everything)
    assert store.inbox.counts().unread == 6
    assert acts.mark_read(Chosen((), store.inbox.windows.open(InboxView()), ((0, 4),))).count == 5


def test_rows_of_a_filter_are_those_that_it_showed(store, acts):
    acts.note(chosen(2, 4), "見本")
    window = store.inbox.windows.open(InboxView(search="見本"))
    assert [found.listed.receipt_number for found in acts.entries(Chosen((), window, ((1, 1),)))] == ["P0000000002"]


def test_a_tag_is_asked_for_by_its_sign_alone_and_with_everything_else(store, acts):
    acts.tag(chosen(1, 3), "ビル 見本")
    acts.tag(chosen(2), "ビル2")
    acts.note(chosen(4), "ビル の裏口、#9 の札")
    acts.mark_read(chosen(3))

    def found(search, shown=InboxFilter.ALL):
        view = InboxView(shown, search)
        numbers = [one.listed.receipt_number[-1] for one in store.inbox.entries(view)]
        assert store.inbox.windows.count_of(view) == len(numbers)
        return sorted(numbers)

    assert found("ビル") == ["1", "2", "3", "4"]
    assert found("#ビル") == ["1", "3"], "the whole tag, and no note"
    assert found("＃ﾋﾞﾙ") == found("#びる") == ["1", "3"], "as blind as every search"
    assert found("#ビル #見本") == ["1", "3"]
    assert found("#ビル P0000000003") == ["3"]
    assert found("#ビル", InboxFilter.UNREAD) == ["1"]
    assert found("#ビル #ビル2") == []
    assert found("#9") == ["4"], "no such tag: a word like any other"
