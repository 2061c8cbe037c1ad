"""Past customers: met in own applications and in status answers, found by any part of what is known."""

import sqlite3
from datetime import datetime, timedelta

import pytest

from denkidesk.desk.customers import CustomerDesk
from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, NewApplication
from denkidesk.domain.clock import JST
from denkidesk.domain.customers import Customer
from denkidesk.store.store import Store

POINT = "0600000000000000000123"
OTHER = "0600000000000000000456"


@pytest.fixture
def store(tmp_path):
    clock = (datetime(2026, 4, 1, 9, tzinfo=JST) + timedelta(minutes=minute) for minute in range(1000))
    opened = Store(tmp_path / "desk.db", now=lambda: next(clock))
    yield opened
    opened.close()


@pytest.fixture
def desk(store):
    return CustomerDesk(store)


def outage(name="見本 太郎", point=POINT, address="大阪府大阪市例示町0-0-1"):
    return NewApplication(ApplicationKind.OUTAGE, "見本A", "見本B", point, customer_name=name, supply_point_address=address)


def status(receipt, **items):
    return ApplicationStatus(receipt, "見本", "", (), items=items)


def names(found):
    return [one.name for one in found]


def test_an_application_leaves_its_customer_with_what_only_the_form_knew(store, desk):
    typed = {"customer_name": "見本 太郎", "contact_phone": "０６（0000）0000", "postcode": "000-0000"}
    store.drafts.save("d", ApplicationKind.OUTAGE, typed)
    item = store.outbox.add(outage(), draft_id="d")
    assert desk.at_point(POINT) == (
        Customer(
            POINT,
            "見本 太郎",
            phone="０６（0000）0000",
            postcode="000-0000",
            address="大阪府大阪市例示町0-0-1",
            seen_at=item.created_at.isoformat(timespec="microseconds"),
            customer_id=1,
        ),
    )


def test_a_status_answer_makes_a_customer_and_brings_one_up_to_date(store, desk):
    store.drafts.save("d", ApplicationKind.OUTAGE, {"contact_phone": "06-0000-0000"})
    store.outbox.add(outage(), draft_id="d")
    at_point = {"supply_point_number": POINT}
    store.inbox.take_status(status("P1", customer_name="見本　太郎", supply_point_address="大阪府例示市1", **at_point), lambda _code: None)
    (known,) = desk.at_point(POINT)
    assert (known.name, known.phone, known.address) == ("見本　太郎", "06-0000-0000", "大阪府例示市1")
    store.inbox.take_status(status("P2", supply_point_number=OTHER, supply_point_address="京都府例示市2"), lambda _code: None)
    store.inbox.take_status(status("P2", supply_point_number=OTHER, customer_name="例示 花子"), lambda _code: None)
    (known,) = desk.at_point(OTHER)
    assert (known.name, known.address) == ("例示 花子", "京都府例示市2")
    store.inbox.take_status(status("P3"), lambda _code: None)
    assert desk.at_point("") == ()


def test_another_name_at_a_point_is_another_customer_at_the_same_address(store, desk):
    store.customers.note(Customer(POINT, "見本 太郎", "ミホン タロウ", "06-0000-0000", "000-0000", "大阪府例示市1"))
    store.customers.note(Customer(POINT, "例示 花子"))
    newest, before = desk.at_point(POINT)
    assert (newest.name, newest.phone, newest.reading, newest.postcode, newest.address) == (
        "例示 花子",
        "",
        "",
        "000-0000",
        "大阪府例示市1",
    )
    assert before.name == "見本 太郎"
    assert desk.at_points([POINT, OTHER, ""]) == {POINT: newest}
    store.customers.note(Customer(POINT, "見本太郎", address="大阪府例示市2"))
    moved = desk.at_point(POINT)[0]
    assert (moved.name, moved.reading, moved.phone, moved.postcode) == ("見本太郎", "ミホン タロウ", "06-0000-0000", "")


@pytest.mark.parametrize(
    "words",
    [
        "0123",
        "06-0000-0000-0000-0000-0123",
        "高崎",
        "髙﨑",
        "みほん",
        "ﾐﾎﾝ",
        "ミホン　太郎",
        "06(0000)0099",
        "0099",
        "例示市",
        "高崎 0099",
        "-高崎-",
    ],
)
def test_a_customer_is_found_by_any_part_in_any_writing(desk, store, words):
    store.customers.note(Customer(POINT, "髙﨑 太郎", "ミホン タロウ", "06-0000-0099", "", "大阪府例示市1"))
    store.customers.note(Customer(OTHER, "例示 花子", "レイジ ハナコ", "06-0000-0077"))
    assert names(desk.search(words)) == ["髙﨑 太郎"]
    assert desk.search(words + " ない") == ()


def test_nothing_is_found_where_nothing_is_asked_for(desk, store):
    store.customers.note(Customer(POINT, "見本 太郎"))
    assert desk.search("") == desk.search(" 　-") == ()


def test_signs_alone_and_what_looks_like_a_query_are_looked_for_as_they_stand(desk, store):
    store.customers.note(Customer(POINT, 'NOT "見本" OR *'))
    assert names(desk.search("*")) == names(desk.search("NOT *")) == names(desk.search('見本"')) == ['NOT "見本" OR *']
    assert desk.search("%") == ()


def test_the_customer_met_last_is_found_first_and_only_as_last_known(desk, store):
    for name in ("見本 太郎", "見本 花子", "見本 次郎"):
        store.customers.note(Customer("06" + f"{len(name) * ord(name[-2]):020}", name, address="旧町"))
    first = desk.search("太郎")[0]
    store.customers.note(Customer(first.supply_point_number, first.name, address="新町"))
    assert names(desk.search("見本")) == ["見本 太郎", "見本 次郎", "見本 花子"]
    assert names(desk.search("見本", 1)) == ["見本 太郎"]
    assert names(desk.search("旧町")) == ["見本 次郎", "見本 花子"]


def test_one_without_a_supply_point_is_known_by_name(desk, store):
    store.customers.note(Customer("", "見本 太郎", phone="06-0000-0000"))
    store.customers.note(Customer("", "見本太郎", address="大阪府例示市1"))
    store.customers.note(Customer("", " "))
    (known,) = desk.search("太郎")
    assert (known.phone, known.address) == ("06-0000-0000", "大阪府例示市1")


def test_what_was_there_before_the_table_is_in_it(tmp_path, pytestconfig):
    """Of own applications and of statuses; a row that cannot be read is passed over."""
    path = tmp_path / "desk.db"
    script = (pytestconfig.rootpath / "tests" / "golden" / "store" / "v11.sql").read_text(encoding="utf-8")
    connection = sqlite3.connect(path)
    connection.executescript(script)
    said = '{"items":{"customer_name":"%s","supply_point_address":"%s"}}'
    for receipt, point, text, at in (
        ("P1", OTHER, said % ("例示 花子", ""), "2026-04-02T09:00:00.000000+09:00"),
        ("P2", OTHER, said % ("", "京都府例示市2"), "2026-04-03T09:00:00.000000+09:00"),
        ("P3", OTHER, said % ("例示　花子 ", "京都府例示市1"), "2026-04-01T09:00:00.000000+09:00"),
        ("P4", OTHER, "no json", "2026-04-04T09:00:00.000000+09:00"),
        ("P5", "0600000000000000000789", said % ("", "兵庫県例示市3"), "2026-04-04T09:00:00.000000+09:00"),
        ("P6", "", said % ("名だけ 見本", ""), "2026-04-05T09:00:00.000000+09:00"),
    ):
        connection.execute(
            "INSERT INTO inbox (receipt_number, supply_point_number, status, status_at, work_stage, selection_code, has_message, extra, "
            "unread, previous_stage, first_seen_at, changed_at, synced_at, search_text) "
            "VALUES (?, ?, ?, ?, '', '', 0, '{}', 0, '', '', '', '', '')",
            (receipt, point, text, at),
        )
    connection.commit()
    connection.close()
    store = Store(path)
    desk = CustomerDesk(store)
    found = [(one.supply_point_number, one.name, one.address) for text in ("見本", "例示") for one in desk.search(text)]
    assert found == [
        ("", "名だけ 見本", ""),
        (POINT, "見本 太郎", "大阪府大阪市見本町0-0-0"),
        ("0600000000000000000789", "", "兵庫県例示市3"),
        (OTHER, "例示 花子", "京都府例示市2"),
    ]
    assert store.check() == ()
    store.close()
