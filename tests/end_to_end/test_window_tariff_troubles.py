"""The clerk in trouble in 料金・見積: files that are none, and a quoting server that is away, refuses, or talks nonsense."""

import pytest

from fakes.clerk import WRONG_PASSWORDS, Pulse

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

COMPANY, PLAN = "関西電力", "従量電灯A"
HEAD = "日付（kWh）," + ",".join(f"{hour}:00" for hour in range(24))
GOOD = "\n".join([HEAD, *(f"2026-01-{day:02}," + ",".join(["0.5"] * 24) for day in range(1, 32))]) + "\n"


@pytest.fixture
def at_tariffs(clerk):
    """A clerk who has picked a plan and typed a month's use, so that there is something to lose."""
    clerk.open_tariffs()
    assert clerk.tariffs.finder.choose(COMPANY, PLAN)
    clerk.settle_tariffs()
    clerk.tariffs.usage_page.type_one_month(8, "300")
    clerk.settle_tariffs()
    assert clerk.tariffs.bill_page.bill is not None
    return clerk


BROKEN = [
    ("not-a-table.csv", b"\x00\x01\x02\xff" * 400, ["文字のファイルではありません", "CSV"]),
    ("empty.csv", b"", ["空のファイル"]),
    ("scan.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", ["PDF", "CSV"]),
    ("table.csv", b"PK\x03\x04\x14\x00\x06\x00" + bytes(200), ["Excel", "CSV"]),
    ("packed.csv", b"\x1f\x8b\x08\x00" + bytes(200), ["圧縮", "CSV"]),
    ("letter.csv", "拝啓\nいつもお世話になっております。\n敬具\n".encode("cp932"), ["CSV"]),
    ("cut.csv", GOOD.replace("2026-01-15,0.5,0.5", "2026-01-15,0.5", 1).encode(), ["16行目", "列が足りません"]),
    ("word.csv", GOOD.replace("2026-01-15,0.5", "2026-01-15,故障", 1).encode(), ["16行目", "故障", "数ではありません"]),
    ("no-day.csv", GOOD.replace("2026-01-31", "2026-02-31", 1).encode(), ["32行目", "という日はありません"]),
    ("twice.csv", (GOOD + "2026-01-31," + ",".join(["0.7"] * 24) + "\n").encode(), ["33行目", "2度"]),
]


def test_a_file_that_is_no_usage(at_tariffs, tmp_path):
    clerk = at_tariffs
    bill = clerk.tariffs.bill_page.bill
    for name, content, words in BROKEN:
        path = tmp_path / name
        path.write_bytes(content)
        clerk.drop(path)
        clerk.picture(name)

        (message,) = clerk.messages()
        assert message in clerk.tariffs.usage_page.strips.messages, "where the file was wanted"
        for word in words:
            assert word in message.text, name
        assert "Error" not in message.text
        assert clerk.tariffs.usage_page.isVisible()
        assert clerk.tariffs.bill_page.bill == bill, "what was computed before is still there"
        assert clerk.tariffs.usage_page._month_card._amount.text() == "300"


@pytest.mark.parametrize(("name", "content", "words"), BROKEN[-4::3], ids=[case[0] for case in BROKEN[-4::3]])
def test_the_complaint_goes_with_the_next_good_file(at_tariffs, tmp_path, name, content, words):
    clerk = at_tariffs
    (tmp_path / name).write_bytes(content)
    clerk.drop(tmp_path / name)
    assert [message.tone for message in clerk.messages()] == ["error"]
    good = tmp_path / "good.csv"
    good.write_text(GOOD, encoding="utf-8")
    clerk.drop(good)
    assert [one for one in clerk.messages() if one.tone == "error"] == []
    assert clerk.tariffs.usage_page.imported.usage.source == "good.csv"


def test_a_file_that_is_gone(at_tariffs, tmp_path):
    at_tariffs.drop(tmp_path / "gone.csv")
    at_tariffs.picture()
    (message,) = at_tariffs.messages()
    assert message in at_tariffs.tariffs.usage_page.strips.messages
    assert "gone.csv" in message.text or "ファイル" in message.text
    assert "Errno" not in message.text


AWAY = [
    ("error-500", 0, "側でエラーが起きています", "応答が異常です"),
    ("bad-request-400", 0, "誤り", "接続済"),
    ("forbidden-403", 0, "ログインID・パスワード", "ログイン不可"),
    ("maintenance-503-html", 0, "", ""),
    ("cut-before-work", 0, "接続が途中で切れました", "つながりません"),
    ("late", 30, "時間内に応答がありません", "つながりません"),
    ("not-xml", 0, "応答を読み取れません", "応答が異常です"),
]


@pytest.mark.parametrize(("fault", "seconds", "words", "state"), AWAY, ids=[case[0] for case in AWAY])
def test_a_quoting_server_in_trouble_before_anything_was_fetched(clerk, practice, fault, seconds, words, state):
    practice.quoting.faults.inject(fault, None, seconds=seconds)
    with Pulse(clerk) as pulse:
        clerk.open_tariffs()
    clerk.picture()

    (message,) = clerk.messages()
    assert message in clerk.tariffs.strips.messages
    assert message.tone == "error"
    assert words in message.text
    assert "料金API" in message.text
    assert message.action_text
    assert clerk.standing("enegaeru").startswith(state)
    assert pulse.ticks > 0

    practice.quoting.faults.clear()
    practice.quoting.service.sessions.end()  # one whose token was lost on the way is still open at the server
    clerk.press("F5")
    clerk.settle_tariffs()
    if fault == "forbidden-403":
        (message,) = clerk.messages()
        assert "止めています" in message.text, "a refused login is not tried again by a key that asks for something else"
        message.action()
        clerk.picture("asked")
        clerk.tab_to("一度だけ試す")
        clerk.press("Space")
        clerk.back_in_the_window()
        clerk.settle_tariffs()
    assert clerk.messages() == []
    assert clerk.tariffs.finder.plan_list.count() > 0


@pytest.mark.parametrize("fault", ["error-500", "forbidden-403", "bad-request-400", "not-xml"])
def test_what_was_fetched_before_is_still_shown_and_its_age_is_said(at_tariffs, practice, fault):
    clerk = at_tariffs
    plans = clerk.tariffs.finder.plan_list.count()
    practice.quoting.faults.inject(fault, None)
    clerk.press("F5")
    clerk.settle_tariffs()
    clerk.picture()

    (message,) = clerk.messages()
    assert message in clerk.tariffs.strips.messages
    assert message.tone == "warn"
    assert clerk.tariffs.finder.plan_list.count() == plans
    assert clerk.tariffs.detail is not None
    assert clerk.tariffs.bill_page.bill is not None, "our own bill needs no server"
    assert clerk.tariffs.usage_page._month_card._amount.text() == "300"


def test_the_quoting_server_is_down(at_tariffs, practice):
    clerk = at_tariffs
    practice.enegaeru_server.stop()
    clerk.press("F5")
    clerk.settle_tariffs()
    clerk.tariffs.pages.setCurrentWidget(clerk.tariffs.bill_page)
    clerk.picture()

    (message,) = clerk.messages()
    assert message in clerk.tariffs.strips.messages
    assert "料金APIにつながりません" in f"{message.text}{message.detail}"
    assert clerk.standing("enegaeru") == "つながりません"
    assert clerk.tariffs.bill_page.bill is not None
    assert "照合" in clerk.tariffs.bill_page.server_text, "that nobody has checked the figure stands beside it"


def test_wrong_credentials_of_the_quoting_server(come_to_work):
    clerk = come_to_work(environ=WRONG_PASSWORDS)
    clerk.open_tariffs()
    clerk.picture()

    (message,) = clerk.messages()
    assert message in clerk.tariffs.strips.messages
    assert "ログインID・パスワード" in message.text
    assert clerk.standing("enegaeru") == "ログイン不可"
    assert clerk.messages() == [message]


def test_files_dropped_one_after_another_the_last_one_counts(at_tariffs, tmp_path):
    clerk = at_tariffs
    for number in range(5):
        path = tmp_path / f"{number}.csv"
        path.write_text(GOOD.replace("0.5", f"0.{number + 1}"), encoding="utf-8")
        clerk.tariffs.open_usage_file(path)
    clerk.settle_tariffs()
    usage = clerk.tariffs.usage_page.usage
    assert usage is not None
    assert usage.source.endswith("4.csv")
    assert [message for message in clerk.messages() if message.tone == "error"] == []
