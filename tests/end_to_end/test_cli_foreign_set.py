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


def file_one(tmp_path, server, **extra):
    home = tmp_path / "home"
    write_settings(home, None, base_url=server.url, wsdl_dir=str(FOLDER), login_id="denki", ip_address="192.0.2.1")
    path = tmp_path / "application.json"
    path.write_text(json.dumps(OUTAGE | {"extra": {name: text for name, text in (FURTHER | extra).items() if text}}), encoding="utf-8")
    return run_program(home, "apply", "outage", str(path), env={"DENKIDESK_SECRET_KANSAI_PASSWORD": "himitsu-4711"})


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
