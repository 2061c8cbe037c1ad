"""A customer's files at the window: what they leave open is asked in place and answered by one key; nothing is billed in silence."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from denkidesk.domain.usage import GapRule
from denkidesk.settings import resources_dir
from fakes import usage_files as files

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

COMPANY, PLAN = "関西電力", "従量電灯A"
SAMPLE = resources_dir() / "practice" / "sample_usage.csv"
TOTAL = float(sum(files.KWH.values()))
YEAR = [date(2025, 4, 1) + timedelta(days=number) for number in range(365)]


@pytest.fixture
def clerk(come_to_work):
    """At the tariffs, a plan chosen."""
    clerk = come_to_work(answer_timeout_s=30.0)
    clerk.open_tariffs()
    assert clerk.tariffs.finder.choose(COMPANY, PLAN)
    clerk.settle_tariffs()
    return clerk


@pytest.fixture
def on_disk(tmp_path):
    def write(rows, name="usage.csv"):
        path = tmp_path / name
        path.write_bytes(files.csv_of(rows).encode())
        return path

    return write


def plain(table=files.KWH, heads=("日時", "値")):
    return [list(heads), *([f"{day:%Y/%m/%d} {files.clock(slot * 30)}", *[kwh] * (len(heads) - 1)] for (day, slot), kwh in table.items())]


def usage_page(clerk):
    return clerk.tariffs.usage_page


def bill(clerk):
    return clerk.tariffs.bill_page.bill


def words(clerk):
    return "\n".join(label.text() for label in usage_page(clerk).findChildren(QLabel) if label.isVisible())


def sees(clerk, *texts):
    """What a layout was given a moment ago is shown a turn later."""
    clerk.until(lambda: all(text in words(clerk) for text in texts))


def test_an_open_unit_is_asked_with_a_picture_of_both_answers_and_one_key_answers(clerk, on_disk):
    clerk.drop(on_disk(plain()))
    page = usage_page(clerk)
    sums = [f"合計（12日分） {kwh:,.1f} kWh" for kwh in (TOTAL, TOTAL / 2)]
    sees(clerk, "確認 1/1", "この値は kWh ですか、kW ですか。", *sums)
    clerk.picture("asked")
    assert bill(clerk) is None
    assert "確認が残っています" in clerk.tariffs.bill_page.empty_text
    assert page.panel.hasFocus(), "nothing is chosen beforehand"
    clerk.press("Return")
    assert page.usage is None
    clerk.press("2")
    clerk.settle_tariffs()
    clerk.picture("answered")
    assert page.usage.total_kwh == pytest.approx(TOTAL / 2)
    sees(clerk, "窓口で確かめたこと：単位 kW。")
    assert bill(clerk) is not None


def test_a_remembered_answer_is_said_and_one_click_gives_it_anew(clerk, on_disk):
    clerk.drop(on_disk(plain()))
    clerk.press("2")
    clerk.settle_tariffs()
    clerk.drop(on_disk(plain(files.OTHER), "next.csv"))
    page = usage_page(clerk)
    assert page.usage is not None
    sees(clerk, "窓口で確かめたこと：単位 kW（前回の答え）。")
    clerk.picture("recalled")
    clerk.press("Alt+J")
    clerk.settle_tariffs()
    sees(clerk, "確認 1/1")
    clerk.press("1")
    clerk.settle_tariffs()
    assert page.usage.total_kwh == pytest.approx(float(sum(files.OTHER.values())))
    assert "（前回の答え）" not in words(clerk)


def test_three_questions_come_one_at_a_time(clerk, on_disk):
    rows = plain(heads=("日時", "1階", "2階"))
    del rows[100:104]
    clerk.drop(on_disk(rows))
    for number, key in enumerate("211", start=1):
        sees(clerk, f"確認 {number}/3")
        clerk.picture(f"question-{number}")
        clerk.press(key)
        clerk.settle_tariffs()
    page = usage_page(clerk)
    assert page.usage.filled_by is GapRule.DAY_CLASS_MEAN
    sees(clerk, "列 2階、単位 kWh")
    clerk.picture("settled")
    page.summary._gap_rule.combo.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.summary._gap_rule.combo, Qt.Key.Key_Down)
    clerk.settle_tariffs()
    assert page.usage.filled_by is GapRule.ZERO


def test_esc_puts_the_file_back(clerk, on_disk):
    clerk.drop(SAMPLE)
    before, yen = usage_page(clerk).usage, bill(clerk).year.charge
    clerk.tariffs.bill_page.customer.setText("見本 太郎")
    clerk.drop(on_disk(plain()))
    assert bill(clerk) is None
    assert SAMPLE.name not in words(clerk)
    clerk.press("Esc")
    clerk.settle_tariffs()
    assert usage_page(clerk).usage is before
    assert bill(clerk).year.charge == yen
    assert clerk.tariffs.bill_page.customer_name() == "見本 太郎"
    assert usage_page(clerk).panel.isHidden()


def test_every_layout_is_read_or_asked_and_none_is_billed_wrong_in_silence(clerk, tmp_path):
    page = usage_page(clerk)
    for number, (name, rows) in enumerate(files.LAYOUTS.items()):
        clumsy = list(files.CLUMSY.values())[number % len(files.CLUMSY)]
        ((member, data),) = clumsy(rows())
        path = tmp_path / f"{number}-{member}"
        path.write_bytes(data)
        clerk.drop(path)
        assert page.usage is not None, (name, words(clerk))
        assert page.usage.total_kwh == pytest.approx(TOTAL), name
        assert abs(float(bill(clerk).months[5].kwh) - page.usage.months[0].kwh) <= 0.5, "whole kWh"


def never_usage():
    """A register, the use of a house with solar, the running total of each day, sums of day and night, a file of two points."""
    total, register, running = Decimal(1000), [["日時", "積算電力量(kWh)"]], [["日時", "kWh"]]
    of_day = dict.fromkeys(files.DAYS, Decimal(0))
    for (day, slot), kwh in files.KWH.items():
        stamp = f"{day} {files.clock(slot * 30)}"
        total += kwh
        of_day[day] += kwh
        register.append([stamp, total])
        running.append([stamp, of_day[day]])
    yield "register", register, "この値はメーターの指示数ですか。"
    yield "running", running, "この値はメーターの指示数ですか。"
    own = [["日時", "消費電力量(kWh)", "発電電力量(kWh)"], *([*row, row[1]] for row in files.long()[1:])]
    yield "own use", own, "どの列の電力量を使いますか。"
    yield "day and night", [["日付", "昼間(kWh)", "夜間(kWh)"], *([day, 10, 5] for day in files.DAYS)], "は使えません。"
    points = [["供給地点特定番号", "日時", "使用量(kWh)"], *([f"06{n:020}", *row] for n in (1, 2) for row in files.long()[1:])]
    yield "two points", points, "どの供給地点を使いますか。"


def test_what_is_no_usage_is_asked_or_refused_with_its_reason(clerk, on_disk):
    for name, rows, said in never_usage():
        clerk.drop(on_disk(rows, f"{name}.csv"))
        sees(clerk, said)
        assert usage_page(clerk).usage is None
        assert bill(clerk) is None
        clerk.picture(name)
        clerk.press("Esc")
        clerk.settle_tariffs()


def test_a_quote_keeps_how_its_usage_was_read_and_filled(clerk, on_disk, tmp_path):
    rows = plain()
    del rows[100:104]
    clerk.drop(on_disk(rows))
    for key in "12":
        clerk.press(key)
        clerk.settle_tariffs()
    pdf = tmp_path / "quote.pdf"
    clerk.tariffs.quote_output.save_pdf(pdf)
    clerk.settle_tariffs()
    text = "".join(PdfReader(pdf).pages[0].extract_text().split())
    assert "窓口で確かめたこと：単位kWh。" in text
    assert "欠測：0kWhとみなす" in text
    assert "データの抜けが1か所、合計3時間あります" in text
    (stored,) = clerk.context.desk.store.quotes.all()
    usage = clerk.context.desk.quoting.quote(stored.quote_id).usage
    assert usage == usage_page(clerk).usage
    assert usage.filled_by is GapRule.ZERO
    assert usage.notes


def test_another_file_takes_the_question_about_the_last_one_away_at_once(clerk, on_disk):
    clerk.drop(on_disk(plain()))
    sees(clerk, "確認 1/1")
    clerk.drop_now(on_disk(files.long(), "clear.csv"))
    assert usage_page(clerk).panel.isHidden()
    assert usage_page(clerk).panel.question is None
    clerk.settle_tariffs()
    assert usage_page(clerk).usage.source == "clear.csv"


def test_several_files_and_an_archive_are_one_usage(clerk, tmp_path):
    days = files.by_day(files.long())
    paths = []
    for name, data in days.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    clerk.drop(*paths)
    assert usage_page(clerk).usage.total_kwh == pytest.approx(TOTAL)
    sees(clerk, "12 個の表をつなげました")
    packed = tmp_path / "all.zip"
    packed.write_bytes(files.archive(days))
    clerk.drop(packed)
    assert usage_page(clerk).usage.total_kwh == pytest.approx(TOTAL)


def test_a_figure_over_the_contract_stops_the_bill_until_it_is_confirmed_whichever_plan_is_chosen(clerk, on_disk):
    table = dict(files.KWH)
    table[files.DAYS[3], 20] = Decimal(30)
    clerk.drop(on_disk(files.long(table)))
    assert bill(clerk) is not None, "the plan has no capacity"
    finder = clerk.tariffs.finder
    finder.company_list.setCurrentRow(4)
    clerk.settle_tariffs()
    assert finder.choose("見本電力", "見本可変")
    clerk.settle_tariffs()
    finder.focus_capacity()
    QTest.keyClicks(finder.capacity_editor, "6")
    clerk.settle_tariffs()
    assert bill(clerk) is None
    clerk.press("Alt+2")
    sees(clerk, "契約容量（6 kW）では使えない大きさです", "× 契約 6 kW を超える")
    clerk.picture()
    usage_page(clerk).focus_first()
    clerk.press("1")
    clerk.settle_tariffs()
    assert bill(clerk) is not None
    sees(clerk, "大きな値も正しいものとして使う")


def test_what_is_refused_says_why_on_the_page(clerk, tmp_path):
    path = tmp_path / "use.xml"
    path.write_text("<?xml version='1.0'?><usage/>", encoding="utf-8")
    clerk.drop(path)
    clerk.picture()
    sees(clerk, "「use.xml」は使えません。")
    clerk.drop(SAMPLE)
    assert "use.xml" not in words(clerk)
    clerk.drop(path)
    sees(clerk, "「use.xml」は使えません。", "XMLかHTMLのファイルです", SAMPLE.name)


def test_from_a_clear_file_to_the_years_bill_no_key_is_needed_but_those_that_show_it(clerk):
    keys = ["Alt+2", "Alt+3"]
    clerk.press(keys[0])
    clerk.open_usage(SAMPLE)  # Space, and the file's name
    clerk.settle_tariffs()
    clerk.press(keys[1])
    clerk.settle_tariffs()
    assert clerk.tariffs.bill_page.total_text.startswith("年間 ")
    assert len(keys) + len(["Space", "Return"]) <= 5


def test_one_reading_period_is_offered_as_one_period(clerk, on_disk):
    days = [date(2026, 9, 10) + timedelta(days=number) for number in range(30)]
    clerk.drop(on_disk(files.wide(files.kwh_of(5, days))))
    page = clerk.tariffs.bill_page
    assert page.total_text.startswith("30日分 ")
    assert any("検針の1期間（2026年9月10日 ～ 2026年10月9日）の請求書としては" in line for line in page.doubts.lines), page.doubts.lines
    clerk.tariffs.pages.setCurrentWidget(page)
    clerk.picture()


def test_a_market_linked_sum_stands_with_its_downside_and_old_usage_says_so(clerk, on_disk, tmp_path):
    clerk.drop(on_disk(files.wide(files.kwh_of(6, [day.replace(year=day.year - 17) for day in YEAR]))))
    finder = clerk.tariffs.finder
    finder.company_list.setCurrentRow(4)
    clerk.settle_tariffs()
    assert finder.choose("見本電力", "見本市場連動")
    clerk.settle_tariffs()
    page = clerk.tariffs.bill_page
    (old, spread, *_) = page.doubts.lines
    assert "2009年のデータ" in old
    figures = [int(figure.replace(",", "")) for figure in re.findall(r"([\d,]+) 円（[+−]", spread)]
    low, high = sorted(figures)
    assert low < page.bill.year.charge < high
    pdf = tmp_path / "quote.pdf"
    clerk.tariffs.quote_output.save_pdf(pdf)
    clerk.settle_tariffs()
    text = "".join(PdfReader(pdf).pages[0].extract_text().split())
    assert all("".join(line.split()) in text for line in (old, spread))
    clerk.tariffs.pages.setCurrentWidget(page)
    clerk.picture()


def test_306_days_are_no_year_until_a_rule_is_named_and_then_the_rule_is_said(clerk, on_disk):
    clerk.drop(on_disk(files.wide(files.kwh_of(4, YEAR[3:309]))))
    page = clerk.tariffs.bill_page
    assert page.total_text.startswith("306日分 ")
    combo = usage_page(clerk).summary._year_rule.combo
    assert combo.isVisible()
    clerk.picture("short")
    combo.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(combo, Qt.Key.Key_Down)
    clerk.settle_tariffs()
    clerk.picture("completed")
    assert page.total_text.startswith("年間 ")
    assert any("306日分" in line and "平日・休日別の平均" in line for line in page.doubts.lines)
    measured = [row.cells[0] for row in page.model.rows[1:] if "推計" not in row.cells[0]]
    assert measured == [f"2025年{month}月" for month in range(5, 13)] + ["2026年1月"]


def test_a_paper_bill_s_yen_become_a_year_with_the_plan_and_the_shape_named_on_paper(clerk, tmp_path):
    clerk.press("Alt+2")
    page = usage_page(clerk)
    page.type_one_month(11, "12,480", in_yen=True)
    clerk.settle_tariffs()
    assert "請求 12,480 円を、従量電灯A" in page.usage.source
    assert "使い方の形：家庭（当社の仮定。計測にも統計にもよらない）。" in words(clerk)
    clerk.picture()
    assert clerk.tariffs.bill_page._estimated.isVisibleTo(clerk.tariffs.bill_page)
    pdf = tmp_path / "quote.pdf"
    clerk.tariffs.quote_output.save_pdf(pdf)
    clerk.settle_tariffs()
    text = "".join(PdfReader(pdf).pages[0].extract_text().split())
    assert "使用量：推計値（11月の請求12,480円を" in text
    rows = clerk.tariffs.bill_page.model.rows
    assert [row.cells[0] for row in rows[1:]] == [f"2026年{month}月 推計" for month in range(1, 13)]
    assert "2026年12月推計" in text
    assert "使い方の形：家庭（当社の仮定。" in text


def test_twelve_months_are_pasted_and_read_back_before_they_count(clerk):
    clerk.press("Alt+2")
    page = usage_page(clerk)
    page._month_card._month.setCurrentIndex(10)
    QGuiApplication.clipboard().setText("\n".join(str(300 + place) for place in range(12)))
    clerk.press("Alt+K")
    clerk.press("Ctrl+V")
    sees(clerk, "12か月分：11月 300、12月 301、1月 302")
    clerk.picture("pasted")
    clerk.press("Return")
    clerk.settle_tariffs()
    assert page.usage.total_kwh == pytest.approx(12 * 300 + 66)
    clerk.press("Alt+K")
    clerk.write("310 280 290")
    clerk.press("Return")
    sees(clerk, "1か月分か12か月分入れてください（いまは 3 個）")
