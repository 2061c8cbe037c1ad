"""お客さま画面: one key shows the customer what the clerk has chosen, and nothing else; it follows, and one key takes it away."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from tests.end_to_end.test_window_ranking import fill, page

from denkidesk.domain.bills import FuelRule
from denkidesk.domain.price_history import FuelPrice, PriceOrigin
from denkidesk.settings import resources_dir
from denkidesk.texts.shortcuts import CUSTOMER_VIEW
from denkidesk.ui.customer.link import CustomerLink
from denkidesk.ui.customer.strokes import Strokes
from fakes.desk_home import environment
from fakes.dialog_sites import SOURCE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

FAKES = Path(__file__).parents[1] / "fakes"
SAMPLE = resources_dir() / "practice" / "sample_usage.csv"


def link(clerk):
    return clerk.window.findChild(CustomerLink)


def shown(clerk):
    """The customer's page, when what is chosen stands on it."""
    clerk.until(lambda: link(clerk) is not None and link(clerk).window is not None)
    clerk.until(lambda: not link(clerk)._soon.isActive() and not link(clerk)._job.is_busy)
    return link(clerk).window.page


def press_there(clerk, keys):
    QTest.keySequence(link(clerk).window, QKeySequence(keys))


def look(clerk, name):
    if folder := os.environ.get("DENKIDESK_PICTURES"):
        for size in ((1280, 800), (853, 533), (800, 480)):
            window = link(clerk).window
            window.resize(*size)
            window.grab().save(str(Path(folder) / f"customer-{name}-{size[0]}.png"))


@pytest.fixture
def ranked(clerk):
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.tariffs.bill_page.customer.setText("見本 太郎")
    clerk.press("Alt+5")
    clerk.until(page(clerk).isVisible)
    clerk.settle_tariffs()
    fill(clerk)
    clerk.settle_tariffs()
    return clerk


def test_it_needs_no_comparison_and_follows_the_one_that_is_opened_later(clerk):
    clerk.open_tariffs()
    for company, plan in (("関西電力", "従量電灯A"), ("見本電力", "見本おうち")):
        clerk.tariffs.finder.choose(company, company)
        clerk.settle_tariffs()
        clerk.tariffs.finder.choose(company, plan)
        clerk.settle_tariffs()
        if company == "関西電力":
            clerk.drop(SAMPLE)
    clerk.until(lambda: clerk.tariffs.quote_output.pair is not None)
    clerk.press(CUSTOMER_VIEW.key)
    clerk.until(lambda: shown(clerk).offer is not None)
    assert clerk.tariffs.ranking is None
    assert shown(clerk).offer.plan_name == clerk.tariffs.detail.name
    clerk.tariffs.pages.setCurrentIndex(4)
    clerk.until(lambda: clerk.tariffs.ranking is not None and page(clerk).isVisible())
    clerk.settle_tariffs()
    page(clerk).fill.click()
    clerk.settle_tariffs()
    for _ in range(2):
        press_there(clerk, "Down")
        clerk.until(lambda: shown(clerk).offer is not None and shown(clerk).offer.plan_name == page(clerk).chosen.detail.name)
    assert shown(clerk).offer.why.difference == page(clerk).chosen.difference


def test_one_key_shows_the_chosen_plan_and_it_follows_the_clerk_to_the_yen(ranked):
    clerk = ranked
    clerk.press(CUSTOMER_VIEW.key)
    view = shown(clerk)
    line = page(clerk).chosen
    assert view.offer.plan_name == line.detail.name
    assert view.offer.why.difference == line.difference
    assert f"{abs(line.difference):,}円" in view.words
    assert "見本 太郎 様" in view.words
    assert sum(pair.difference for pair in view.offer.why.months) == line.difference
    look(clerk, "first")
    others = {page(clerk).model.line(row).company.name for row in range(page(clerk).model.rowCount())} - {line.company.name}
    assert others
    assert [name for name in others if name in view.words] == [], "no other retailer"
    press_there(clerk, "Down")
    view = shown(clerk)
    assert page(clerk).chosen != line
    assert view.offer.why.difference == page(clerk).chosen.difference
    press_there(clerk, "Esc")
    clerk.until(lambda: link(clerk).window is None)
    clerk.until(clerk.window.isActiveWindow)
    clerk.press("Alt+L")
    clerk.until(page(clerk).trial.night.hasFocus)
    clerk.press(CUSTOMER_VIEW.key)
    shown(clerk)
    press_there(clerk, "Right")
    clerk.settle_tariffs()
    view = shown(clerk)
    chosen = page(clerk).chosen
    assert view.offer.why.difference == chosen.difference
    assert "昼（7～23時）から夜へ 1%" in view.words
    look(clerk, "tried")
    clerk.context.theme.set_scheme("dark")
    look(clerk, "dark")
    press_there(clerk, "Esc")
    clerk.until(lambda: link(clerk).window is None)
    clerk.until(clerk.window.isActiveWindow)
    clerk.press(CUSTOMER_VIEW.key)
    shown(clerk)
    press_there(clerk, CUSTOMER_VIEW.key)
    clerk.until(lambda: link(clerk).window is None)


class Lettering:
    """The sizes of all words that a page draws, as they reach the painter."""

    def __init__(self, monkeypatch):
        self.sizes: set[int] = set()
        draw = Strokes.font

        def seen(strokes, pixels, *, bold=False):
            if strokes._painter is not None:
                self.sizes.add(round(pixels))
            return draw(strokes, pixels, bold=bold)

        monkeypatch.setattr(Strokes, "font", seen)


RULES = {
    FuelRule.LATEST: "燃料費調整は、どちらにも同じ決め方の単価",
    FuelRule.NONE: "燃料費調整を含めていません",
    FuelRule.OWN_MONTH: "燃料費調整：各月の単価",
    FuelRule.TYPED: "燃料費調整：入力した単価 −2.50",
}


@pytest.mark.parametrize("rule", RULES)
def test_under_each_fuel_rule_the_page_has_the_ranking_s_yen_in_large_type_and_nobody_else(ranked, rule, tmp_path, monkeypatch):
    clerk = ranked
    made = []
    clerk.tariffs.bill_page.customer.setText("別の 花子")  # who was here before
    clerk.tariffs.quote_output.finished.connect(made.append)
    clerk.tariffs.quote_output.save_pdf(tmp_path / "before.pdf")
    clerk.until(lambda: made)
    clerk.tariffs.bill_page.customer.setText("見本 太郎")
    present = page(clerk).ranking.question
    desk = clerk.context.desk
    if rule is FuelRule.OWN_MONTH:
        terms = desk.paper.supplement(present.company, present.detail)
        months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
        desk.store.paper_bills.put_prices(
            FuelPrice(terms.company, terms.contract_class, month, Decimal(place) / 10, Decimal(0), Decimal(0), "見本", PriceOrigin.HAND)
            for place, month in enumerate(months)
        )
    clerk.press("Alt+U")
    clerk.press("Home")
    for _ in range(list(RULES).index(rule)):
        clerk.press("Down")
    if rule is FuelRule.TYPED:
        clerk.until(page(clerk).fuel.typed.hasFocus)
        clerk.write("-2.5")
    clerk.until(lambda: page(clerk).ranking is not None and page(clerk).ranking.question.fuel.rule is rule)
    clerk.settle_tariffs()
    line = page(clerk).chosen
    assert line.rank is not None
    lettering = Lettering(monkeypatch)
    clerk.press(CUSTOMER_VIEW.key)
    view = shown(clerk)
    view.grab()
    look(clerk, f"rule-{rule.value}")
    assert (view.offer.why.present_yen, view.offer.why.proposed_yen) == (page(clerk).ranking.present_yen, line.yen)
    assert view.offer.why.difference == line.difference
    assert f"{abs(line.difference):,}円" in view.words
    assert RULES[rule] in view.words
    assert ("上限は計算に入れていません" in view.words) is (rule is not FuelRule.NONE)
    assert "見本 太郎 様" in view.words
    assert "花子" not in view.words
    assert "花子" not in link(clerk).window.accessibleName()
    assert min(lettering.sizes - {12}) >= 18, "13.5 points, but for the key that closes the page"
    assert max(lettering.sizes) >= 48


def test_of_another_usage_nothing_stays_and_the_bill_page_shows_what_is_billed(ranked, tmp_path):
    clerk = ranked
    clerk.press("Alt+3")
    clerk.press(CUSTOMER_VIEW.key)
    view = shown(clerk)
    bill = clerk.tariffs.bill_page.bill
    assert view.offer.is_present
    assert f"{int(bill.year.charge):,}円の見込みです" in view.words
    assert view.offer.is_year is bill.is_year
    look(clerk, "present")
    other = tmp_path / "other.csv"
    other.write_bytes(SAMPLE.read_bytes())
    clerk.drop_now(other)
    clerk.until(lambda: view.offer is None)
    assert "見本 太郎" not in view.words
    clerk.settle_tariffs()
    assert shown(clerk).offer.why.proposed_yen == int(bill.year.charge)


def test_a_plan_whose_fuel_price_is_unknown_has_no_figure_there(ranked):
    clerk = ranked
    model = page(clerk).model
    row = next(row for row in range(model.rowCount()) if model.line(row).rank is None)
    page(clerk).table.choose_row(row)
    clerk.press(CUSTOMER_VIEW.key)
    view = shown(clerk)
    assert view.offer.why is None
    assert "比べられません" in view.words
    assert "円" not in view.words
    look(clerk, "unknown")


def test_with_a_second_screen_it_is_there_and_the_clerk_types_on(tmp_path):
    screen = {"y": 0, "width": 1280, "height": 800, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": [screen | {"name": "desk", "x": 0}, screen | {"name": "customer", "x": 1280}]}))
    path = os.pathsep.join([str(FAKES.parent), str(SOURCE.parent)])
    env = environment(QT_QPA_PLATFORM=f"offscreen:configfile={config}", PYTHONPATH=path, HOME=str(tmp_path))
    done = subprocess.run(
        [sys.executable, str(FAKES / "customer_screens.py"), str(tmp_path)], capture_output=True, env=env, timeout=200, check=False
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-3000:]
    assert json.loads(done.stdout) == {"geometry": [1280, 0, 1280, 800], "own_screen": True, "clerk_types": True, "leave": ""}
