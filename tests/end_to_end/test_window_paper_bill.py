"""A paper bill at the desk, by keyboard: from its first word to 「一致」 and onto the quote."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader

from denkidesk.desk.paper_question import whole_kwh
from denkidesk.domain.paper_bills import Period, Switch
from denkidesk.settings import resources_dir

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"


class Counting:
    """Counts the keys that are pressed beside typed values."""

    def __init__(self, clerk):
        self.clerk, self.keys = clerk, 0

    def press(self, *keys):
        for key in keys:
            self.keys += 1
            self.clerk.press(key)

    def type(self, text):
        self.clerk._keyboard.type(text)


def page(clerk):
    return clerk.tariffs.paper_page


def settle(clerk):
    clerk.until(lambda: not page(clerk).is_busy and clerk.context.jobs.is_idle)


@pytest.fixture
def hand(clerk):
    clerk.open_tariffs()
    return Counting(clerk)


def fill(clerk, hand, *, plan="かんでん じゅうりょう", first="2025-08-11", last="", kwh="398", yen="11521"):
    hand.press("Alt+4")
    clerk.until(page(clerk).isVisible)
    page(clerk).form.focus_first()
    hand.type(plan)
    hand.press("Return")
    clerk.until(lambda: page(clerk).form.search.found is not None)
    hand.type(first)
    hand.press("Return")
    if last:
        hand.type(last)
    hand.press("Return")
    hand.type(kwh)
    hand.press("Return")
    hand.type(yen)
    hand.press("Return")
    settle(clerk)


def test_a_bill_with_direct_debit_is_matched_in_thirty_keys_and_stands_on_the_quote(clerk, hand, tmp_path):
    fill(clerk, hand, last="2025-09-09")
    view = page(clerk).view
    clerk.picture("explained")
    assert view.words.startswith("請求 11,521 / 計算 11,576　差 +55円")
    assert "口座振替割引 −55円で、円まで一致します" in view.words
    accept(clerk, hand)
    clerk.picture("matched")
    assert hand.keys <= 30
    match = page(clerk).match
    assert (match.company, match.bill.yen, match.trial.switch, match.trial.value) == ("関西電力", 11_521, Switch.DIRECT_DEBIT, "55")
    assert "請求書と一致（2025年9月分）" in view.words


def accept(clerk, hand):
    hand.press("Alt+M")
    clerk.until(lambda: page(clerk).match is not None)
    settle(clerk)


def quote_of(clerk, tmp_path):
    clerk.press("Alt+3")
    clerk.settle_tariffs()
    made = []
    clerk.tariffs.quote_output.finished.connect(made.append)
    clerk.tariffs.quote_output.save_pdf(tmp_path / "quote.pdf")
    clerk.until(lambda: made)
    clerk.settle_tariffs()
    return re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "quote.pdf").pages))


def sample_bill(clerk):
    """The sample's own kWh from 11 August to 9 September."""
    usage = clerk.tariffs.usage_page.usage
    first = next(day.day for day in usage.days if (day.day.month, day.day.day) == (8, 11))
    last = first.replace(month=9, day=9)
    kwh = clerk.context.desk.paper.kwh_in(usage, Period(first, last))
    return first, last, whole_kwh(kwh)


def test_the_line_that_differs_is_told_and_what_is_not_in_ours_is_said(clerk, hand):
    fill(clerk, hand, last="2025-09-09")
    for line in ("522.58", "9,533.67", "891.58", "955.20", "55", "1584"):
        hand.type(line)
        hand.press("Return")
    settle(clerk)
    clerk.picture()
    rows = {row[0].strip(): row[1:] for row in page(clerk).view.lines.rows()}
    assert rows["口座振替割引など"] == ["計算に入っていません", "−55.00", "0.00", "+55.00"]
    assert rows["国の補助"] == ["398 kWh × −2.40円", "−955.20", "−955.20", "0"]
    assert [rows[name][3] for name in ("基本料金・最低料金", "電力量料金", "燃料費調整額", "再エネ賦課金")] == ["0"] * 4
    assert rows["第2段階"][:1] == ["180 kWh × 25.61円"]
    assert rows["合計"][3] == "+55"


def test_a_contract_that_began_within_the_period_is_prorated_and_the_file_counts_from_that_day(clerk, hand):
    clerk.drop(SAMPLE)
    clerk.settle_tariffs()
    first, last, _kwh = sample_bill(clerk)
    begun = first + timedelta(days=15)
    assert (last - first).days == 29
    inside = clerk.context.desk.paper.kwh_in(clerk.tariffs.usage_page.usage, Period(begun, last))
    kwh = whole_kwh(inside)
    clerk.context.desk.paper.read_prices(_prices(clerk))
    fill(clerk, hand, first=first.isoformat(), last=last.isoformat(), kwh=str(kwh), yen="1")
    for _line in range(6):
        hand.press("Return")
    hand.type(f"{begun.month}/{begun.day}")
    hand.press("Return")
    clerk.until(lambda: page(clerk).view.match is not None)
    settle(clerk)
    clerk.picture()
    assert f"→ {kwh} kWh" in clerk.words_in(page(clerk).form), "the file's kWh of the days under contract"
    ours = page(clerk).view.match.ours
    assert (ours.first, ours.days, ours.kwh) == (begun, 15, kwh)
    rows = {row[0].strip(): row[1] for row in page(clerk).view.lines.rows()}
    assert rows["第1段階"].startswith("53 kWh ×"), "half of 105 kWh, rounded up (billing rule 20)"
    assert rows["燃料費調整額"] == f"8 kWhまで 33.66円×15/30日、{kwh - 8} kWh × 2.24円"
    assert rows["基本料金・最低料金"] == "日割り ×15/30日"
    clerk.press("Alt+P")
    clerk.until(lambda: page(clerk).periods.isVisible() and page(clerk).periods.table.rows())
    assert page(clerk).periods.table.rows()[0][2] == "16", "from that day to the next reading on the 11th"


def test_a_contract_by_demand_takes_the_kw_that_stand_on_the_bill(clerk, hand):
    fill(clerk, hand, plan="見本 高圧 実量", first="2025-08-11", last="2025-09-09", kwh="398", yen="1")
    hand.type("-1.5")
    hand.press(*["Return"] * 4)
    clerk.until(lambda: not page(clerk).known.isVisible())
    settle(clerk)
    assert "契約電力" in clerk.words_in(page(clerk).view), "asked for where nothing was measured"
    demand = page(clerk).form._demand
    demand.setFocus()
    hand.type("40")
    clerk.until(lambda: page(clerk).view.match is not None)
    clerk.picture()
    assert page(clerk).view.match.ours.parts.base == 40 * 1850
    hand.type("x")
    settle(clerk)
    assert page(clerk).view.match is None
    assert "契約電力は数字で" in clerk.words_in(page(clerk).form)


def test_a_bill_that_nothing_explains_is_unknown_and_cannot_be_accepted(clerk, hand):
    fill(clerk, hand, last="2025-09-09", yen="11500")
    assert "理由は不明です" in page(clerk).view.words
    assert page(clerk).view.trials.rows(), "how near each came is shown"
    hand.press("Alt+M")
    settle(clerk)
    assert page(clerk).match is None


def test_what_is_typed_on_takes_the_answer_away_at_once(clerk, hand):
    fill(clerk, hand, last="2025-09-09", yen="11576")
    assert "円まで一致しました" in page(clerk).view.words
    accept(clerk, hand)
    page(clerk).form.yen.setFocus()
    hand.type("7")
    assert page(clerk).view.match is None
    assert page(clerk).match is None, "another bill is not matched yet"


def test_an_unknown_fuel_price_is_named_typed_with_its_source_and_kept(clerk, hand):
    fill(clerk, hand, first="2026-05-11", last="2026-06-09", yen="11000")
    clerk.until(page(clerk).known.price.isVisible)
    clerk.picture("asked")
    assert "2026年6月分" in clerk.words_in(page(clerk).known.price)
    hand.type("2.5")
    hand.press("Return")
    hand.type("37.5")
    hand.press("Return", "Return", "Return")  # the state's subsidy is none or known, and the source that is suggested
    clerk.until(lambda: page(clerk).view.match is not None)
    settle(clerk)
    clerk.picture("computed")
    assert page(clerk).view.match.fuel.per_kwh == Decimal("2.5")
    said = clerk.words_in(page(clerk).view)
    assert "手入力" in said
    assert "検針票（2026年6月分）" in said
    (kept,) = [one for one in clerk.context.desk.store.paper_bills.prices() if one.origin == "hand"]
    assert (kept.company, kept.bill_month, kept.fixed, kept.subsidy) == ("関西電力", "2026-06", Decimal("37.5"), None)


def test_the_newest_price_stands_in_only_when_the_clerk_says_so_and_that_is_told(clerk, hand):
    fill(clerk, hand, first="2026-05-11", last="2026-06-09", yen="11000")
    clerk.until(page(clerk).known.price.isVisible)
    assert page(clerk).view.match is None
    newest = page(clerk).known.price.other.text()
    assert "で代用" in newest
    hand.press("Alt+S")
    clerk.until(lambda: page(clerk).view.match is not None)
    settle(clerk)
    clerk.picture("computed")
    said = clerk.words_in(page(clerk).view)
    assert newest.partition("の単価")[0] + "の単価で代用" in said
    assert "不明な月の代わり" in said
    hand.press("Alt+N")
    history = page(clerk).history
    clerk.until(history.isVisible)
    rows = history.table.rows()
    clerk.picture("history")
    stood_in = next(place for place, row in enumerate(rows) if row[0] == "2026年6月")
    assert "不明な月の代わり" in rows[stood_in][-1]
    assert rows[stood_in + 1][-1] == "不明" or "添付の表" in rows[stood_in + 1][-1]
    history.table.setFocus()
    history.table.choose_row(stood_in)
    hand.press("Delete")
    clerk.until(lambda: history.table.rows()[stood_in][-1] == "不明")
    settle(clerk)
    assert page(clerk).view.match is None, "no bill without a price"
    history.table.choose_row(stood_in)
    hand.press("Return")
    clerk.until(page(clerk).known.price.isVisible)
    hand.type("2.5")
    hand.press(*["Return"] * 4)
    clerk.until(lambda: "手入力" in history.table.rows()[stood_in][-1])
    settle(clerk)
    assert page(clerk).view.match.fuel.per_kwh == Decimal("2.5")


def test_what_nothing_is_called_is_said_and_bands_are_asked_for(clerk, hand):
    hand.press("Alt+4")
    clerk.until(page(clerk).isVisible)
    page(clerk).form.focus_first()
    hand.type("kanden はぴ")
    hand.press("Return")
    settle(clerk)
    assert "合うプランがありません" in clerk.words_in(page(clerk).form.search)
    hand.press("Ctrl+A")
    fill(clerk, hand, plan="関電 はぴeタイム 新規", first="8", last="2025-08-11", kwh="2025-09-09", yen="")
    clerk.picture()
    said = [line for line in clerk.words_in(page(clerk).form).split("\n") if line.startswith("使用量")]
    assert len(said) > 2
    assert any("ナイトタイム" in line for line in said)
    hand.press("Alt+K")
    for _band in said:
        hand.type("60")
        hand.press("Return")
    hand.type("20000")
    settle(clerk)
    assert page(clerk).view.match.ours.kwh == 60 * len(said)


def test_the_match_stays_with_its_customers_file_and_goes_with_anothers(clerk, hand, tmp_path):
    clerk.drop(SAMPLE)
    clerk.settle_tariffs()
    first, last, kwh = sample_bill(clerk)
    fill(clerk, hand, first=first.isoformat(), last=last.isoformat(), kwh=str(kwh), yen="1")
    said = clerk.words_in(page(clerk).form)
    assert f"→ {kwh} kWh" in said
    page(clerk).known.read_prices(_prices(clerk))
    clerk.until(lambda: page(clerk).view.match is not None)
    settle(clerk)
    ours = page(clerk).view.match.ours.parts.charge
    page(clerk).form.focus_yen()
    hand.type(f"{ours:f}")
    hand.press("Return")
    settle(clerk)
    accept(clerk, hand)
    assert clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.settle_tariffs()
    assert page(clerk).match is not None, "the same customer's file again"
    text = quote_of(clerk, tmp_path)
    assert f"請求書との照合：関西電力従量電灯A{last.year}年9月分" in text
    desk = clerk.context.desk
    assert desk.quoting.quote(desk.store.quotes.all()[0].quote_id).match == page(clerk).match
    clerk.tariffs.bill_page.customer.setFocus()
    hand.type("見本 太郎")
    quote_of(clerk, tmp_path)
    assert [one.bill for one in desk.paper.matches_of("見本 太郎")] == [page(clerk).match.bill], "the name came after the match"
    other = tmp_path / "other.csv"
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    other.write_text(
        "\n".join([lines[0], *(re.sub(r"(?<=,)\d+\.\d+", lambda kwh: f"{float(kwh[0]) * 1.5:.2f}", line) for line in lines[1:])]),
        encoding="utf-8",
    )
    clerk.drop(other)
    clerk.settle_tariffs()
    clerk.press("Alt+4")
    clerk.until(page(clerk).isVisible)
    assert page(clerk).match is None
    assert any("一致" in message.text and "外しました" in message.text for message in page(clerk).strips.messages)
    assert page(clerk).form.question() is None, "what was typed is another customer's"
    assert page(clerk).form.yen.text() == ""
    (cleared,) = [message for message in page(clerk).strips.messages if message.action_text == "入力を戻す"]
    cleared.action()
    assert page(clerk).form.question().yen == ours
    page(clerk).form.put_in({})
    assert "請求書との照合" not in quote_of(clerk, tmp_path)
    clerk.tariffs.bill_page.customer.setFocus()
    hand.type("見本 太郎")
    hand.press("Tab")
    clerk.settle_tariffs()
    assert any("前に請求書と一致しています" in message.text for message in clerk.tariffs.bill_page.strips.messages)


def test_the_bills_of_every_reading_period(clerk, hand):
    clerk.drop(SAMPLE)
    clerk.settle_tariffs()
    first, last, kwh = sample_bill(clerk)
    fill(clerk, hand, first=first.isoformat(), last=last.isoformat(), kwh=str(kwh), yen="1")
    hand.press("Esc", "Alt+P")
    clerk.until(page(clerk).periods.isVisible)
    settle(clerk)
    assert page(clerk).periods.readings.text() == "11"
    assert f"単価が分からない月があります（{last.year}年4月" in page(clerk).periods.note, "months that nobody knows the price of are named"
    clerk.until(page(clerk).periods.stand_in.isVisible)
    page(clerk).periods.stand_in.click()
    clerk.until(page(clerk).periods.table.rows)
    settle(clerk)
    clerk.picture("stand-in")
    assert "不明な月の代わり" in clerk.words_in(page(clerk).periods)
    page(clerk).known.read_prices(_prices(clerk))
    settle(clerk)
    clerk.until(page(clerk).periods.table.rows)
    clerk.picture()
    rows = page(clerk).periods.table.rows()
    assert len(rows) == 12
    assert rows[-1][0] == "合計"
    assert sum(int(row[-1].replace(",", "")) for row in rows[:-1]) == int(rows[-1][-1].replace(",", ""))
    assert "途中までの期間" in page(clerk).periods.note


def _prices(clerk):
    file = clerk.context.places.data_dir / "prices.csv"
    first = clerk.tariffs.usage_page.usage.days[0].day
    head = "company,contract_class,from_bill_month,to_bill_month,per_kwh,fixed,subsidy,source"
    rows = f"関西電力,従量電灯A（規制料金）,{first.year}-01,{first.year + 1}-12,2.24,33.66,,見本"
    file.write_text(f"{head}\n{rows}\n", encoding="utf-8")
    return file


def test_the_fields_of_bands_are_there_at_once(clerk, hand):
    hand.press("Alt+4")
    clerk.until(page(clerk).isVisible)
    form = page(clerk).form
    form.ask_for_bands(("デイタイム", "ナイトタイム"))
    said = [line for line in clerk.words_in(form).split("\n") if line.startswith("使用量")]
    assert len(said) == 2
    assert all(editor.isVisible() for editor in form._kwh.values())
