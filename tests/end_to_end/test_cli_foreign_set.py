"""The command line on a set that the code does not know: checked, filed with its further items, and told what the server said beyond it."""

import json
from pathlib import Path

import pytest

from fakes.desk_home import run_program, write_settings
from fakes.foreign_sets import sent_envelope
from fakes.soap_server import XML, SoapServer, envelope

FOLDER = Path(__file__).parents[1] / "golden" / "tsuda_set"
OUTAGE = {
    "selection_code": "S1",
    "equipment_class": "E1",
    "supply_point_number": "0612345678901234567890",
    "supply_point_address": "大阪府大阪市見本町0-0-0",
    "customer_name": "ﾐﾎﾝ 太郎",
    "visit_on": "2027-01-12",
}
FURTHER = {"Tatemono/Kaisu": "２", "Tatemono/Shurui": "H1", "Biko": "ﾐﾎﾝ\r\n二行目"}
REPLY = (
    '<TeidenMoshikomiKaito xmlns="urn:example:tsuda:messages" xmlns:c="urn:example:tsuda:common"><Kekka><c:Status>00</c:Status></Kekka>'
    "<Tsujo><Bango>K2026-00007</Bango></Tsujo><Shinki>1</Shinki></TeidenMoshikomiKaito>"
)


@pytest.fixture
def server():
    with SoapServer(lambda *_: (200, XML, envelope(REPLY))) as running:
        yield running


PASSWORD = {"DENKIDESK_SECRET_KANSAI_PASSWORD": "himitsu-4711"}


def settings_of(tmp_path, server):
    home = tmp_path / "home"
    write_settings(home, None, base_url=server.url, wsdl_dir=str(FOLDER), login_id="denki", ip_address="192.0.2.1")
    return home


def file_one(tmp_path, server, beside=(), **extra):
    home = settings_of(tmp_path, server)
    path = tmp_path / "application.json"
    further = {name: text for name, text in (FURTHER | extra).items() if text}
    path.write_text(json.dumps(OUTAGE | {"extra": further} | dict(beside)), encoding="utf-8")
    return run_program(home, "apply", "outage", str(path), env=PASSWORD)


def test_further_items_go_out_and_what_was_changed_is_said(tmp_path, server):
    ran = file_one(tmp_path, server)
    assert ran.code == 0, ran.stderr
    assert ran.json["receipt_number"] == "K2026-00007"
    ((_, _, body),) = server.requests
    message = sent_envelope(body)[1][0]
    texts = {element.tag.rpartition("}")[2]: element.text for element in message.iter() if not len(element)}
    assert (texts["Kaisu"], texts["Shurui"], texts["Biko"], texts["Customer"]) == ("2", "H1", "ミホン\n二行目", "ミホン 太郎")
    assert "建物の階数：整えました：全角を半角に" in ran.stderr
    assert "Biko：整えました：改行を整理、半角カナを全角に" in ran.stderr
    assert "new_outage/reply/Shinki" in ran.stderr, "the set is older than the server"
    assert ran.json["extra"] == {"Shinki": "1"}, "nothing that the utility says is dropped"


def sent(server):
    ((_, _, body),) = server.requests
    return {element.tag.rpartition("}")[2]: element.text for element in sent_envelope(body)[1][0].iter() if not len(element)}


def test_fields_of_the_form_are_taken_by_their_own_names_too(tmp_path, server):
    """The remarks, the answers of the telephone and a further item, as the form has them; the words are those that the form sends."""
    beside = {"note": "ﾐﾎﾝ 二行目", "triage_scope": "part", "extra.Tatemono/Kaisu": "３"}
    ran = file_one(tmp_path, server, beside, Biko="", **{"Tatemono/Kaisu": ""})
    assert ran.code == 0, ran.stderr
    texts = sent(server)
    assert (texts["Kaisu"], texts["Biko"]) == ("3", "停電しているのは：一部\nミホン 二行目")
    assert "備考（電話メモ）：整えました：半角カナを全角に" in ran.stderr


def test_remarks_given_twice_are_refused(tmp_path, server):
    ran = file_one(tmp_path, server, {"note": "見本"})
    assert ran.code == 2
    assert "備考（電話メモ）：同じ名前が2度あります。" in ran.stderr
    assert server.requests == []


@pytest.mark.parametrize(
    ("beside", "extra", "refused"),
    [
        ({}, {"note": "見本"}, "extra.note"),
        ({"Biko": "見本"}, {}, "Biko"),
        ({"contact_phone": "06-0000-0000"}, {}, "連絡先電話番号"),  # for which this message has no place
    ],
)
def test_a_name_that_is_none_is_answered_with_the_names_and_paths_there_are(tmp_path, server, beside, extra, refused):
    ran = file_one(tmp_path, server, beside, **extra)
    assert ran.code == 2
    assert f"{refused}：この種類の申込にはない項目です。" in ran.stderr
    assert "extra の外に、その名前のまま書く項目：note（備考（電話メモ））" in ran.stderr
    assert "extra の中に、パスで書く項目：Tatemono/Kaisu（建物の階数）、Tatemono/Shurui（建物の種類）" in ran.stderr
    assert server.requests == []


def test_what_a_listing_says_beside_its_rows_is_printed_and_what_is_around_them_stored(tmp_path, server):
    from unit.kansai.test_tsuda_set import LISTED, replied

    server.answer = lambda *_: replied("Ichiran", f"{LISTED}<Kensu>3</Kensu>")
    home = settings_of(tmp_path, server)
    ran = run_program(home, "inbox", "sync", "--no-status", env=PASSWORD)
    assert (ran.code, ran.json["total"], ran.json["extra"]) == (0, 3, {"Kensu": "3"})
    entries = {entry["receipt_number"]: entry["extra"] for entry in run_program(home, "inbox", "list").json}
    assert entries["K2026-00003"] == {"Eigyosho/Mei": "見本南"}


@pytest.mark.parametrize(("extra", "code"), [({"Tatemono/Kaisu": ""}, "入力してください"), ({"Tatemono/Shurui": "H9"}, "一覧から")])
def test_a_further_item_that_does_not_fit_is_refused_and_nothing_kept(tmp_path, server, extra, code):
    ran = file_one(tmp_path, server, **extra)
    assert ran.code == 2
    assert code in ran.stderr
    assert server.requests == []


def test_the_check_is_the_same_from_the_command_line(tmp_path):
    ran = run_program(tmp_path / "home", "wsdl", "check", str(FOLDER))
    assert ran.code == 0
    assert ran.json["ok"]
    assert len(ran.json["operations_callable"]) == 7
    assert "七つの操作すべてを呼び出せます。" in ran.stderr
