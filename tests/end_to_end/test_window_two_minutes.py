"""The talk in two minutes: paper bill, file, ranking, slider, why, the customer's page and the PDF, with at most 60 keys."""

import csv
import re
from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from tests.end_to_end.test_window_customer_view import link, look, shown
from tests.end_to_end.test_window_paper_bill import Counting
from tests.end_to_end.test_window_why import adds_up, match_paper_bill, page, why_of

from denkidesk.desk.paper_question import whole_kwh
from denkidesk.domain.paper_bills import Period
from denkidesk.settings import resources_dir
from denkidesk.texts.shortcuts import CUSTOMER_VIEW

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"
BILLED = 2026


def days_of_sample():
    with SAMPLE.open(encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row and row[0][:2] == "20"]
    return [(date.fromisoformat(row[0]), row[1:25]) for row in rows]


def house(folder):
    """A line an hour, as a metered house is published."""
    lines = [f"{day} {hour:02}:00,{kwh}" for day, hours in days_of_sample() for hour, kwh in enumerate(hours)]
    return written(folder / "house.csv", "\n".join(["datetime,kwh", *lines]), "utf-8")


def house_of_2008(folder):
    """The same house in the year of the metered house that is published as UCI 235, a leap year, after two lines of remarks."""
    days = {(day.month, day.day): hours for day, hours in days_of_sample()}
    days[2, 29] = days[2, 28]
    lines = [
        f"2008-{month:02}-{day:02} {hour:02}:00,{kwh}" for (month, day), hours in sorted(days.items()) for hour, kwh in enumerate(hours)
    ]
    return written(folder / "house_2008.csv", "\n".join(["# kWh per hour", "# invented", "datetime,kwh", *lines]), "utf-8")


def kansai(folder):
    """はぴeみる電: a line a day without its year, the newest first."""
    days = days_of_sample()
    head = [
        "お客さま番号：00-0000-00-000-0000-00,契約種別：従量電灯Ａ,ニックネーム：見本",
        "ご使用場所住所：大阪府大阪市見本町０－０－０",
        f"データ抽出対象期間：{japanese(days[0][0])} ～ {japanese(days[-1][0])}",
        "＊端数処理前で作成しています。",
        ",１時間ごとの電力量内訳" + "," * 23,
        "," + ",".join(f"{hour}-{hour + 1}時" for hour in range(24)),
        "抽出期間合計" + ",1" * 24,
    ]
    lines = [f" {day:%m/%d},{','.join(hours)}" for day, hours in reversed(days)]
    return written(folder / "miruden.csv", "\r\n".join([*head, *lines]) + "\r\n", "cp932")


def japanese(day):
    return f"{day.year}年{day.month}月{day.day}日"


def written(path, text, encoding):
    path.write_text(text, encoding=encoding, newline="")
    return path


@pytest.mark.parametrize("file", [house, house_of_2008, kansai])
def test_from_the_paper_bill_to_the_pdf_with_at_most_sixty_keys(clerk, file, tmp_path):
    clerk.open_tariffs()
    hand = Counting(clerk)
    clerk.drop(file(tmp_path))
    clerk.settle_tariffs()
    usage = clerk.tariffs.usage_page.usage
    assert usage is not None, clerk.tariffs.usage_page.open_question
    first = next(day.day for day in usage.days if (day.day.month, day.day.day) == (8, 11))
    last = first.replace(month=9, day=9)
    kwh = whole_kwh(clerk.context.desk.paper.kwh_in(usage, Period(first, last)))
    first, last = first.replace(year=BILLED), last.replace(year=BILLED)  # nobody brings a bill of 2008, whatever the file's year is
    match_paper_bill(clerk, hand, first, last, kwh)
    hand.press("Alt+5")
    clerk.until(page(clerk).isVisible)
    clerk.settle_tariffs()
    hand.press("Alt+D")
    clerk.until(lambda: page(clerk).model.rowCount() > 2)
    clerk.settle_tariffs()
    hand.press("Alt+L", "Right", "Home")
    clerk.settle_tariffs()
    hand.press("Shift+Tab", "Shift+Tab")
    assert page(clerk).table.hasFocus()
    line = page(clerk).chosen
    hand.press("Return")
    adds_up(why_of(clerk))
    clerk.picture("why")
    hand.press("Esc", "Space")
    clerk.settle_tariffs()
    clerk.until(lambda: clerk.tariffs.detail is not None and clerk.tariffs.detail.key == line.detail.key)
    clerk.settle_tariffs()
    hand.press(CUSTOMER_VIEW.key)
    view = shown(clerk)
    assert view.offer.why.difference == line.difference
    look(clerk, f"walk-{file.__name__}")
    hand.press(CUSTOMER_VIEW.key)
    clerk.until(lambda: link(clerk).window is None)
    clerk.back_in_the_window()
    hand.press("Alt+3")
    clerk.settle_tariffs()
    hand.press("Alt+N")
    clerk.until(clerk.tariffs.bill_page.customer.hasFocus)
    hand.type("見本 太郎")
    clerk.until(lambda: clerk.tariffs.bill_page.bill is not None)
    made = []
    clerk.tariffs.quote_output.finished.connect(made.append)
    answer_file_dialog(clerk, tmp_path / "quote.pdf")
    hand.press("Alt+S")
    clerk.until(lambda: made)
    words = re.sub(r"\s", "", PdfReader(tmp_path / "quote.pdf").pages[0].extract_text())
    for said in ("見本太郎様", f"{abs(line.difference):,}円", "一致"):
        assert said in words, said
    assert hand.keys <= 60


def answer_file_dialog(clerk, path):
    """Types the name and presses Enter, when the dialog that asks for one is there."""
    timer = QTimer(clerk.window)
    timer.setInterval(5)

    def answer():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            timer.stop()
            dialog.selectFile(str(path))
            dialog.accept()

    timer.timeout.connect(answer)
    timer.start()
