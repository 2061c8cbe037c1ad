"""Every foreseen failure has a sentence of its own in Japanese, and outside text stays data."""

from datetime import datetime

import pytest

from denkidesk.desk.spreadsheets import read_table
from denkidesk.domain.clock import JST
from denkidesk.domain.error_codes import InstallationCode, SecretCode, SettingCode
from denkidesk.domain.errors import (
    Cancelled,
    Closed,
    FieldFault,
    InputRefused,
    LoginRefused,
    OutcomeUnknown,
    ServerRefused,
    SetupFault,
    Unreachable,
)
from denkidesk.domain.fault_codes import AreaPriceCode, BillOptionCode, FormCode, InputCode, PlanCode, UsageCode
from denkidesk.domain.usage import ImportNote, ImportNoteCode
from denkidesk.texts.errors import Help, fault_line, fault_text, note_line, said
from denkidesk.texts.names import FIELD_NAMES, field_name


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (InputRefused.of("supply_point_number", FormCode.LENGTH, digits="21"), "供給地点特定番号：21桁です。あと1桁足りません"),
        (ServerRefused("kansai", "forbidden", "", 403), "ログインID・パスワード"),
        (ServerRefused("kansai", "declined", "重複しています", 200), "重複しています"),
        (LoginRefused("enegaeru", "forbidden", "別の端末でログイン中です。", 403), "同じIDがほかの端末で使われているか"),
        (LoginRefused("enegaeru", "forbidden", "別の端末でログイン中です。", 403), "（料金APIの言葉：別の端末でログイン中です。）"),
        (LoginRefused("enegaeru", "unknown_service", "", 404), "窓口がありません"),
        (Closed("weekly", datetime(2026, 11, 22, 3, 0, tzinfo=JST)), "再開は11月22日(日) 3:00です"),
        (Closed("maintenance"), "再開の時刻は分かりません"),
        (Unreachable("enegaeru", "connect"), "料金APIにつながりません"),
        (Unreachable("kansai", "tls"), "証明書"),
        (OutcomeUnknown("kansai", "killed"), "自動では再送しません"),
        (OutcomeUnknown("kansai", "something new"), "自動では再送しません"),
        (SetupFault("settings.toml", "kansai.base_url", "url"), "送配電会社のアドレス：アドレスの書き方が違います"),
        (Cancelled(), "取り消しました"),
    ],
)
def test_each_failure_says_what_happened(error, words):
    assert words in said(error).text
    assert words in said(error).line


@pytest.mark.parametrize(
    ("error", "way"),
    [
        (Unreachable("kansai", "connect"), Help.RETRY),
        (Closed("maintenance"), Help.RETRY),
        (ServerRefused("kansai", "declined"), Help.RETRY),
        (ServerRefused("enegaeru", "forbidden"), Help.SETTINGS),
        (SetupFault("settings.toml", "kansai.base_url", "url"), Help.SETTINGS),
        (LoginRefused("kansai", "forbidden"), Help.REFUSED_LOGIN),
        (LoginRefused("kansai", "stopped"), Help.REFUSED_LOGIN),
        (LoginRefused("kansai", "login_status"), Help.REFUSED_LOGIN),
        (LoginRefused("enegaeru", "forbidden"), Help.TAKE_OVER),
        (LoginRefused("enegaeru", "stopped"), Help.TAKE_OVER),
        (LoginRefused("enegaeru", "unknown_service"), Help.SETTINGS),
        (OutcomeUnknown("kansai", "timeout"), Help.NOTHING),
        (InputRefused.of("kwh", InputCode.RANGE), Help.NOTHING),
        (Cancelled(), Help.NOTHING),
        (ValueError("a bug"), Help.RETRY),
        (None, Help.NOTHING),
    ],
)
def test_each_failure_has_a_word_for_what_helps(error, way):
    assert said(error).help is way


def test_what_happened_stands_alone_where_other_advice_follows():
    unknown = said(OutcomeUnknown("kansai", "timeout"))
    assert unknown.happened == "送信しましたが、時間内に応答がありませんでした。"
    assert unknown.text == unknown.happened + unknown.advice != unknown.happened
    refused = said(ServerRefused("kansai", "declined", "重複しています"))
    assert "重複しています" in refused.text
    assert "重複しています" not in refused.happened


def test_a_bug_is_said_without_its_values():
    assert said(ValueError("秘密")).line == "予期しない問題が起きました。 [IT担当用：ValueError]"
    assert said(None).line == ""


@pytest.mark.parametrize("text", ["{0}", "{name}", "{", "}", "%s", "{ }", "<b>x</b>", "{0.__class__}"])
def test_outside_text_is_shown_as_it_is(text):
    assert text in said(ServerRefused("kansai", "declined", text, 200)).line
    assert text in said(SetupFault(text, text, InstallationCode.DAMAGED, text)).line
    assert text in fault_line(FieldFault(text, InputCode.REQUIRED))
    assert text in fault_text(FieldFault("fault", InputCode.UNKNOWN, {"name": text}))
    assert text in fault_text(FieldFault("arguments", InputCode.USAGE, {"message": text}))


@pytest.mark.parametrize("code", [*FormCode, *InputCode, *SecretCode, *SettingCode, *UsageCode, *PlanCode, *BillOptionCode, *AreaPriceCode])
def test_a_fault_without_its_facts_still_has_a_sentence(code):
    assert fault_text(FieldFault("anything", code))


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("base_unit", "プランに 基本料金の単価 がありません。"),
        ("conditions[3].unit_yen", "プランに 電力量料金（計算順 3）の単価 がありません。"),
        ("fuels[1]", "プランに 燃料費調整（計算順 1） がありません。"),
        ("something_else", "プランに something_else がありません。"),
    ],
)
def test_an_item_of_a_plan_has_a_name(item, words):
    assert fault_text(FieldFault("plan", PlanCode.MISSING, {"item": item})) == words


def test_a_name_that_is_not_ours_reads_as_itself():
    assert field_name("elementName") == "elementName"
    assert all(FIELD_NAMES.values())


def test_notes_of_a_usage_file_have_sentences():
    assert note_line(ImportNote(ImportNoteCode.UNIT_CONVERTED, 3, (("unit", "Wh"),))) == "3行目：単位 Wh を kWh に換算しました。"
    assert fault_text(FieldFault("usage", UsageCode.NO_SUCH_DAY, {"line": "7", "value": "2/30"})) == "7行目：2/30 という日はありません。"


@pytest.mark.parametrize("item", ["database", "folder", "gate", "backend", "backup", "resources", "port", "x-api-key"])
def test_a_fault_of_the_installation_names_its_place_in_japanese(item):
    what = said(SetupFault("/somewhere", item, "unwritable"))
    text, facts = what.text, what.detail
    assert not any("a" <= character.lower() <= "z" for character in text.replace("API", ""))
    assert item in facts


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("line 3", "3行目"),
        ("3:14", "3行目の14文字目"),
        ("byte 112", "113バイト目"),
        ("number", "使えない数"),
        ("$", "全体"),
        ("conditions[1].timeTo", "conditions[1].timeTo"),
    ],
)
def test_a_place_in_a_document_is_told_in_words(where, words):
    assert words in fault_line(FieldFault("plan", InputCode.NOT_JSON, {"where": where}))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\0\1\2"])
def test_a_wrong_file_for_applications_is_not_asked_for_a_usage(data, tmp_path):
    path = tmp_path / "見本.csv"
    path.write_bytes(data)
    with pytest.raises(InputRefused) as refused:
        read_table(path)
    words = said(refused.value).text
    assert "ファイル" in words
    assert "使用量" not in words
