"""A quote with the present plan beside the proposal: on two pages, in the books, and again from the books alone."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication
from tests.end_to_end.test_window_ranking import fill

from denkidesk.desk.paper import fuel_of_fetch
from denkidesk.domain.bills import Rounding
from denkidesk.settings import resources_dir
from denkidesk.store.plain_json import to_json
from denkidesk.texts.dates import written
from denkidesk.texts.ranking import signed
from denkidesk.ui.quote.printing import PreviewDialog
from denkidesk.ui.tariffs.revision import RevisionDialog
from fakes.desk_home import environment, write_settings
from fakes.recalculated import by_formulas

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"


def text_of(path):
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(path).pages]


def save(clerk, path):
    made = []
    clerk.tariffs.quote_output.finished.connect(made.append)
    clerk.tariffs.quote_output.save_pdf(path)
    clerk.until(lambda: made)
    clerk.settle_tariffs()


def test_present_and_proposal_stand_side_by_side_and_the_paper_comes_again_from_the_books_alone(clerk, practice, tmp_path):
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.press("Alt+5")
    ranking_page = clerk.tariffs.ranking_page
    clerk.until(ranking_page.isVisible)
    clerk.settle_tariffs()
    fill(clerk)
    clerk.settle_tariffs()
    row = next(row for row in range(ranking_page.model.rowCount()) if ranking_page.model.line(row).rank is not None)
    ranking_page.table.choose_row(row)
    line = ranking_page.chosen
    ranking_page.table.setFocus()
    clerk.press("Space")
    clerk.settle_tariffs()
    clerk.until(lambda: clerk.tariffs.detail is not None and clerk.tariffs.detail.key == line.detail.key)
    clerk.settle_tariffs()
    clerk.press("Alt+3")
    clerk.tariffs.bill_page.customer.setText("見本 太郎")
    clerk.tariffs.bill_page.point.setText("06-1000-0000-0000-0000-0123")
    clerk.settle_tariffs()
    save(clerk, tmp_path / "quote.pdf")
    if folder := os.environ.get("DENKIDESK_PICTURES"):
        shutil.copy(tmp_path / "quote.pdf", folder)
    first, second = text_of(tmp_path / "quote.pdf")
    desk = clerk.context.desk
    (quote,) = desk.quoting.quotes()
    why = quote.sheet.present.why
    assert (why.difference, why.proposed_yen) == (line.difference, line.yen)
    words = f"{why.difference:,}".replace("-", "−") if why.difference < 0 else f"+{why.difference:,}"
    assert f"{words}円/年" in first
    for said in ("現在のご契約", "ご提案", "関西電力従量電灯A", "見本太郎様", quote.quote_id, "1/2"):
        assert said in first, said
    for pair in why.months:
        assert f"{pair.present_yen:,}" in first
        assert f"{pair.proposed_yen:,}" in first
    assert re.sub(r"\s", "", quote.sheet.present.sentences[0]) in first
    assert "06-****-****-****-****-0123" in first
    assert "061000" not in json.dumps([str(quote.sheet), str(quote.match)])
    assert f"円/kWh（{written(fuel_of_fetch(quote.plans[1].detail, quote.created_at.date()).bill_month)}分、" in first
    assert quote.sheet.conditions
    for sentence in quote.sheet.conditions:
        assert re.sub(r"\s", "", sentence) in first
    proposal, present = quote.plans
    assert (proposal.detail, proposal.options, present.detail.name) == (quote.detail, quote.options, "従量電灯A")
    assert "ご提案の内訳" in second
    assert "2/2" in second
    page = clerk.tariffs.further.quotes
    clerk.press("Alt+6")
    clerk.until(lambda: page.isVisible() and page.model.rowCount() == 1)
    clerk._keyboard.type("見本 太")
    clerk.until(page.finder.hasFocus)
    assert page.chosen.quote_id == quote.quote_id
    assert (page.chosen.customer, page.chosen.difference, page.chosen.state) == ("見本 太郎", line.difference, "issued")
    clerk.picture("list")
    page.save_pdf(tmp_path / "reopened.pdf")
    clerk.settle_tariffs()
    assert text_of(tmp_path / "reopened.pdf") == [first, second], "the paper as it was issued"
    page.save_table(tmp_path / "quote.xlsx")
    clerk.settle_tariffs()
    cells = by_formulas(tmp_path / "quote.xlsx")
    assert {"見積", "現在のご契約", "ご提案"} <= {sheet for sheet, _ in cells}
    place = next(at for (sheet, at), value in cells.items() if (sheet, value) == ("見積", "年間"))
    assert [cells["見積", f"{column}{place[1:]}"] for column in "CDE"] == [why.present_yen, why.proposed_yen, why.difference]
    detail = quote.detail
    desk.store.catalogue.put(
        "plan_detail", f"{detail.epplan_id}/{detail.base_cd}/", replace(detail, levy_yen_per_kwh=detail.levy_yen_per_kwh + 1)
    )
    clerk.press("Alt+3")
    clerk.press("Alt+6")
    clerk.until(lambda: page.isVisible() and page.chosen is not None and page.chosen.state == "prices_changed")
    clerk.press("Alt+J")
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), RevisionDialog))
    dialog = QApplication.activeModalWidget()
    clerk.picture("revision")
    rows = dialog.table.rows()
    assert rows[0][:3] == ["再エネ賦課金（ご提案）", "4.18", "5.18"]
    clerk.press("Return")
    clerk.settle_tariffs()
    clerk.until(lambda: page.model.rowCount() == 2 and page.chosen is not None and page.chosen.revises == quote.quote_id)
    revised = desk.quoting.quote(page.chosen.quote_id)
    apart = revised.sheet.present.why.difference - why.difference
    assert (revised.sheet.revision.number, sum(change.yen for change in revised.sheet.revision.changes)) == (quote.quote_id, apart)
    assert (revised.usage, revised.sheet.customer_name, revised.sheet.supply_point) == (quote.usage, "見本 太郎", quote.sheet.supply_point)
    page.save_pdf(tmp_path / "revised.pdf")
    clerk.settle_tariffs()
    if folder := os.environ.get("DENKIDESK_PICTURES"):
        shutil.copy(tmp_path / "revised.pdf", folder)
    new_first, _, changes = text_of(tmp_path / "revised.pdf")
    assert f"{revised.quote_id}（{quote.quote_id}の改訂）" in new_first
    for words in ("変更点", "5.18", signed(apart), signed(why.difference), signed(why.difference + apart), "3/3"):
        assert words in changes, words
    clerk.picture("revised")
    clerk.press("Down")
    assert page.chosen.quote_id == quote.quote_id
    page.save_pdf(tmp_path / "old.pdf")
    clerk.settle_tariffs()
    assert text_of(tmp_path / "old.pdf") == [first, second], "the quote that was replaced stays as it was issued"
    page.table.setFocus()
    clerk.press("Return")
    clerk.until(lambda: any(isinstance(one, PreviewDialog) for one in clerk.window.findChildren(PreviewDialog)))
    clerk.window.findChildren(PreviewDialog)[0].close()
    again = tmp_path / "again.pdf"
    home = clerk.context.places.home
    write_settings(home, practice)  # the window's own are in memory
    done = subprocess.run(
        [sys.executable, "-m", "denkidesk", "--home", str(home), "quote", "pdf", quote.quote_id, str(again)],
        capture_output=True,
        env=environment(),
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["quote_id"] == quote.quote_id
    assert text_of(again) == [first, second]


def kept_by_an_earlier_version(clerk, company=None):
    """What is billed in the window, as the first version kept quotes: usage, options, figures. ``company``: whose plan it says it is."""
    question, bill = clerk.tariffs.quote_output.pair[1], clerk.tariffs.bill_page.bill
    detail = question.detail if company is None else replace(question.detail, epcorp_cd=company)
    bill = replace(bill, months=tuple(replace(month, days=0, days_of=0) for month in bill.months))
    stored = clerk.context.desk.store.quotes.add(
        title=detail.name,
        engine_version="2 (0.1.0)",
        inputs=to_json([question.usage, question.options(Rounding.BILL)]),
        plan=to_json(detail),
        result=to_json(bill),
    )
    return stored.quote_id


def open_list(clerk, count):
    page = clerk.tariffs.further.quotes
    clerk.press("Alt+6")
    clerk.until(lambda: page.isVisible() and page.model.rowCount() == count and not page.is_busy)
    page.table.setFocus()
    return page


def billed(clerk):
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.until(lambda: clerk.tariffs.bill_page.bill is not None)
    clerk.settle_tariffs()


def test_a_quote_of_an_earlier_version_is_revised_in_the_window(clerk, tmp_path):
    billed(clerk)
    number = kept_by_an_earlier_version(clerk)
    page = open_list(clerk, 1)
    clerk.press("Alt+J")
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), RevisionDialog))
    clerk.picture("revision-of-an-earlier-version")
    clerk.press("Return")
    clerk.settle_tariffs()
    clerk.until(lambda: page.model.rowCount() == 2 and page.chosen is not None and page.chosen.revises == number)
    page.save_pdf(tmp_path / "revised.pdf")
    clerk.settle_tariffs()
    first, *_, changes = text_of(tmp_path / "revised.pdf")
    assert "関西電力" in first
    assert "電力会社の記録がないため" in changes


def test_a_stored_quote_begins_a_new_one_with_all_that_it_holds(clerk, tmp_path):
    billed(clerk)
    tab = clerk.tariffs
    tab.bill_page.customer.setText("見本 太郎")
    tab.bill_page.point.setText("06-1000-0000-0000-0000-0123")
    before = tab.bill_page.bill
    save(clerk, tmp_path / "quote.pdf")
    (quote,) = clerk.context.desk.quoting.quotes()
    tab.usage_page.type_one_month(7, "321")  # another customer meanwhile
    tab.finder.place.area_combo.setCurrentIndex(0)
    clerk.settle_tariffs()
    assert tab.bill_page.customer_name() == ""
    open_list(clerk, 1)
    clerk.press("Alt+N")
    clerk.until(lambda: tab.bill_page.isVisible() and tab.bill_page.bill is not None)
    clerk.settle_tariffs()
    assert (tab.bill_page.customer_name(), tab.bill_page.supply_point()) == ("見本 太郎", quote.sheet.supply_point)
    assert tab.usage_page.usage == quote.usage
    assert tab.detail.key == quote.detail.key
    assert tab.bill_page.bill.year == before.year
    said = tab.strips.messages[-1].text
    assert f"見積 {quote.quote_id} のお客さま・供給地点・使用量・プランで" in said
    clerk.picture("anew")
    save(clerk, tmp_path / "again.pdf")
    again = clerk.context.desk.quoting.quotes()[0]
    assert (again.sheet.supply_point, again.sheet.customer_name) == (quote.sheet.supply_point, "見本 太郎")


def test_what_a_quote_of_an_earlier_version_does_not_say_is_asked_for(clerk):
    billed(clerk)
    kept_by_an_earlier_version(clerk, company="987654")
    page = open_list(clerk, 1)
    clerk.press("Alt+J")
    clerk.settle_tariffs()
    clerk.until(lambda: page.strips.messages)
    (message,) = page.strips.messages
    assert "改訂できません" in message.text
    clerk.picture("not-revised")
    message.action()
    clerk.until(clerk.tariffs.bill_page.isVisible)
    clerk.settle_tariffs()
    assert "プラン・現在のご契約はこの見積に残っていません" in clerk.tariffs.strips.messages[-1].text


def test_a_preview_takes_no_number(clerk):
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.press("Alt+3")
    clerk.settle_tariffs()
    made = []
    clerk.tariffs.quote_output.finished.connect(made.append)
    clerk.tariffs.quote_output.preview()
    clerk.until(lambda: made)
    assert clerk.context.desk.quoting.quotes() == ()


def test_a_supply_point_that_is_none_is_said_and_nothing_is_issued(clerk):
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.press("Alt+3")
    clerk.settle_tariffs()
    page = clerk.tariffs.bill_page
    clerk.press("Alt+T")
    assert page.point.hasFocus()
    page.customer.setText("見本 太郎")
    clerk._keyboard.type("06-1000-123")
    clerk.tariffs.quote_output.preview()
    assert [message.text for message in page.strips.messages if message.key == "paper"] == [
        "供給地点特定番号：9桁です。あと13桁足りません（22桁）。"
    ]
    assert page.point.text() == "06-1000-123"
    clerk.picture("point")
    clerk.drop(SAMPLE)
    clerk.settle_tariffs()
    assert (page.customer.text(), page.point.text()) == ("", "")
    page._put_last_customer_back()
    assert (page.customer.text(), page.point.text()) == ("見本 太郎", "06-1000-123")


def test_a_quote_made_while_sliders_are_moved_is_of_what_they_try_and_says_so(clerk, tmp_path):
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.press("Alt+5")
    ranking_page = clerk.tariffs.ranking_page
    clerk.until(ranking_page.isVisible)
    clerk.settle_tariffs()
    fill(clerk)
    clerk.settle_tariffs()
    measured = clerk.tariffs.bill_page.bill
    ranking_page.trial.kwh.setValue(10)
    clerk.settle_tariffs()
    row = next(row for row in range(ranking_page.model.rowCount()) if ranking_page.model.line(row).rank is not None)
    ranking_page.table.choose_row(row)
    line = ranking_page.chosen
    ranking_page.table.setFocus()
    clerk.press("Space")
    clerk.settle_tariffs()
    clerk.until(lambda: clerk.tariffs.detail is not None and clerk.tariffs.detail.key == line.detail.key)
    clerk.settle_tariffs()
    clerk.press("Alt+3")
    page = clerk.tariffs.bill_page
    clerk.until(lambda: page.bill is not None and int(page.bill.year.charge) == line.yen)
    clerk.picture("tried")
    save(clerk, tmp_path / "tried.pdf")
    (quote,) = clerk.context.desk.quoting.quotes()
    assert (quote.sheet.present.why.difference, quote.sheet.present.why.proposed_yen) == (line.difference, line.yen)
    assert quote.sheet.trial_note == "試算：使用量 +10%。お客さまの実際の使い方・契約の金額ではありません。"
    first = text_of(tmp_path / "tried.pdf")[0]
    assert "試算（実際の使い方と違います）" in first
    assert quote.sheet.trial_note.replace(" ", "") in first
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    ranking_page.trial.reset()
    clerk.settle_tariffs()
    clerk.until(lambda: page.bill is not None and page.bill.year == measured.year)
    save(clerk, tmp_path / "measured.pdf")
    assert clerk.context.desk.quoting.quotes()[0].sheet.trial_note == ""
