"""The list of ranked plans draws its rows whole: what each looks like, and that a paint asks nothing cell by cell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor

from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.fuel_rules import FuelTerms
from denkidesk.desk.ranked_catalogue import RankedCatalogue
from denkidesk.desk.ranking import rank
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bills import FuelChoice, Rounding
from denkidesk.domain.paper_bills import Supplement
from denkidesk.domain.plans import BaseOption, Company
from denkidesk.ui.parts.ui_state import UiState
from denkidesk.ui.tariffs.plan_filters import Marks
from denkidesk.ui.tariffs.ranking_model import BAR, MOVED, PLAN, RANK, RankingModel
from denkidesk.ui.tariffs.ranking_table import RankingTable
from fakes.plan_builder import condition, plan, usage

COMPANY = Company("1", "見本電力", QuotingAreaCode("06"), former_monopoly=False)
YEAR = usage(date(2025, 1, 1), 365)


@pytest.fixture
def shown(theme, qtbot, tmp_path):
    """Five plans, each 2 yen dearer than the one before; the third is the present one."""
    plans = [replace(plan(condition(str(20 + 2 * n))), epplan_id=f"1_1_{n}", epcorp_cd="1", name=f"見本{n}") for n in range(5)]
    base = BaseOption("1", "", 1, None, Decimal(0), Decimal(0))
    asked = BillQuestion(COMPANY, base, plans[2], YEAR, None, (), fuel=FuelChoice(), rounding=Rounding.NONE, commission_unit="yen")
    fuel = FuelTerms(FuelChoice(), (), lambda _company, _detail: Supplement())
    ranking = rank(RankedCatalogue([(COMPANY, one) for one in plans], (), {}, {}, fuel), asked)
    marks = Marks(UiState(tmp_path / "window.json"))
    model = RankingModel(marks)
    table = RankingTable("見本", theme, model, None)
    model.setParent(table)
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    model.show_ranking(ranking, ranking.compared)
    table.marks = marks
    return table


def picture(table, row, column=None):
    """The pixels of a row, or of one cell of it."""
    first = table.visualRect(table.model().index(row, 0))
    rect = (
        QRect(0, first.top(), table.viewport().width(), first.height())
        if column is None
        else table.visualRect(table.model().index(row, column))
    )
    return table.viewport().grab(rect).toImage()


def colours(image):
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_paint_asks_for_no_cell(shown, monkeypatch):
    calls = []
    data = RankingModel.data
    monkeypatch.setattr(RankingModel, "data", lambda *asked: (calls.append(asked), data(*asked))[1])
    shown.grab()
    assert calls == []


def test_a_chosen_row_has_another_ground(shown, theme):
    before = picture(shown, 1).pixelColor(2, 2).name()
    shown.choose_row(1)
    assert before == theme.colours.surface_alternate
    assert picture(shown, 1).pixelColor(2, 2).name() == QColor(theme.colours.accent_soft).name()


def test_what_is_saved_and_what_is_more_is_in_the_bar(shown, theme):
    saved, more = QColor(theme.colours.ok_soft).name(), "#e8b08a"
    assert [(saved in colours(picture(shown, row, BAR)), more in colours(picture(shown, row, BAR))) for row in range(5)] == [
        (True, False),
        (True, False),
        (False, False),
        (False, True),
        (False, True),
    ]


def test_a_line_stands_above_the_first_plan_that_is_not_cheaper_and_crosses_the_whole_row(shown, theme):
    dark = QColor(theme.colours.text).name()
    tops = [[picture(shown, row).pixelColor(x, 0).name() for x in range(shown.viewport().width())].count(dark) for row in range(5)]
    assert tops[2] > shown.viewport().width() / 2
    assert max(tops[:2] + tops[3:]) < 20


def test_a_mark_is_seen_at_once_beside_the_name(shown):
    before = picture(shown, 1, PLAN)
    shown.marks.toggle_favourite(shown.model().line(1))
    shown.viewport().update()
    assert picture(shown, 1, PLAN) != before


def test_another_look_is_painted_in_its_colours(shown, theme):
    shown.grab()
    theme.set_scheme("dark")
    shown.choose_row(0)
    assert picture(shown, 0).pixelColor(2, 2).name() == QColor(theme.colours.accent_soft).name()
    theme.set_scheme("light")


def test_names_are_cut_to_their_column(shown):
    """Laid out once for a width: another width lays them out again."""
    wide = picture(shown, 0, PLAN)
    shown.setColumnWidth(PLAN, 40)
    narrow = picture(shown, 0, PLAN)
    shown.setColumnWidth(PLAN, wide.width())
    assert narrow != wide.copy(0, 0, narrow.width(), narrow.height())
    assert picture(shown, 0, PLAN) == wide


def test_what_is_far_dearer_is_cut_off_and_does_not_squeeze_the_others(shown, theme):
    """Else a customer's own plans are a sixth of the column beside one at a hundred yen."""
    ranking, model = shown.model().ranking, shown.model()
    far = replace(ranking.catalogue.plans[4][1], epplan_id="1_1_9", conditions=(condition("300"),))
    plans = [*ranking.catalogue.plans, (COMPANY, far)]
    fuel = FuelTerms(FuelChoice(), (), lambda _company, _detail: Supplement())
    wide = rank(RankedCatalogue(plans, (), {}, {}, fuel), ranking.question)
    model.show_ranking(wide, wide.compared)
    assert model.most_yen == int(1.5 * wide.present_yen) < wide.sums[-1]
    point = picture(shown, 5, BAR)
    tip, dark = point.width() - 6, QColor(theme.colours.text).name()
    assert dark in {point.pixelColor(x, point.height() // 2).name() for x in range(tip, point.width())}
    bar = picture(shown, 4, BAR)
    assert dark not in {bar.pixelColor(x, bar.height() // 2).name() for x in range(tip, bar.width())}


def test_a_far_move_is_written_whole_below_the_rank(shown, theme, monkeypatch):
    """585（↑115） in one line lost its first figure."""
    before = picture(shown, 1, RANK)
    monkeypatch.setattr(RankingModel, "measured_rank", lambda _self, _line: 1_117)
    shown.model().show_ranking(shown.model().ranking, shown.model().ranking.compared)  # as a step of a slider does
    moved = picture(shown, 1, RANK)
    assert shown.model().cells(1)[MOVED] == "↑1115"
    ground = before.pixelColor(1, 1)
    lit = [x for x in range(moved.width()) for y in range(moved.height()) if moved.pixelColor(x, y) != ground]
    assert moved != before
    assert min(lit) > 4, "nothing touches the left end of the cell"
