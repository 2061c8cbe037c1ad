"""A step of a slider over 3,000 plans, from its signal to the list drawn anew; B is the wall time of a bare Qt window's start.

A real page on a real store in a window (offscreen unless QT_QPA_PLATFORM says otherwise). The plans are those of ``ranking.py``. Prints one
JSON line: median and worst step in milliseconds and in B (bars 0.11 and 0.33); exits with 1 where one does not hold.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from billing import invented_house
from event_loop import until
from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication
from ranking import catalogue
from startup import BARE, OFFSCREEN, once

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.setup import SetupDesk
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bills import FuelChoice, Rounding
from denkidesk.domain.plans import BaseOption, Company
from denkidesk.jobs.lanes import Jobs
from denkidesk.journal.reports import report_of
from denkidesk.practice.servers import start_practice
from denkidesk.settings import Settings, resources_dir
from denkidesk.ui.charts.renderer import ChartRenderer
from denkidesk.ui.charts.style import style_within
from denkidesk.ui.context import UiContext
from denkidesk.ui.notices import Notices
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.theme import STYLE_ARGUMENTS, Theme
from denkidesk.ui.parts.ui_state import UiState
from denkidesk.ui.start.interpreter import give_way_to_window
from denkidesk.ui.tariffs.bill_page import BillPage
from denkidesk.ui.tariffs.finder import PlanFinder
from denkidesk.ui.tariffs.present_plan import PresentPlan
from denkidesk.ui.tariffs.ranking_page import RankingPage

PLANS, STEPS, ROUNDS = 3_000, 40, 5
BARS = (0.11, 0.33)


class Painted(QObject):
    """Which ranking the list was last painted with."""

    def __init__(self, page: RankingPage) -> None:
        super().__init__(page)
        self._page = page
        self.of: object = None
        page.table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Paints come before the event loop goes on."""
        if event.type() == QEvent.Type.Paint:
            self.of = self._page.ranking
        return False


def measure(folder: Path) -> list[float]:
    """Milliseconds of each step."""
    app = QApplication([sys.argv[0], *STYLE_ARGUMENTS])
    theme = Theme(app, resources_dir(), "light")
    give_way_to_window()
    jobs = Jobs()
    with start_practice(resources_dir(), folder / "utility.db") as servers:
        run = Run.decide(folder / "home", Settings(), servers=servers)
        desk = open_desk(run)
        company = Company("9999", "見本電力", QuotingAreaCode("06"), former_monopoly=False)
        desk.store.catalogue.put("companies", "//", (company,))
        plans = [replace(plan, name=f"見本プラン{number}") for number, plan in enumerate(catalogue(PLANS))]
        plans = [replace(plan, capacity_from=Decimal(0), valid_from=None) for plan in plans]
        for plan in plans:
            desk.store.catalogue.put("plan_detail", f"{plan.epplan_id}/{plan.base_cd}/", plan)
        context = UiContext(
            opened_desk=lambda: desk,
            jobs=jobs,
            settings=run.settings,
            places=run.places,
            practice=run.practice,
            setup=SetupDesk.of_run(run.places, run.credentials, practice=run.practice),
            notices=Notices(),
            theme=theme,
            icons=Icons(theme, resources_dir() / "icons"),
            ui_state=UiState(folder / "window.json"),
            charts=ChartRenderer(resources_dir() / "fonts"),
            report_of=report_of,
            request_restart=lambda: None,
        )
        present = PresentPlan(app)
        page = RankingPage(context, PlanFinder(context), BillPage(context, context.charts, style_within(theme.colours)), present)
        page.resize(1240, 700)
        page.show()
        base = BaseOption("1", "", 1, None, Decimal(0), Decimal(0))
        present.show_question(
            BillQuestion(
                company, base, plans[0], invented_house(), Decimal(4), (), fuel=FuelChoice(), rounding=Rounding.BILL, commission_unit="yen"
            )
        )
        until(app, lambda: not page.is_busy and page.ranking is not None)
        ranking: Any = page.ranking
        assert len(ranking.compared) + len(ranking.fuel_unknown) > PLANS * 0.9, len(ranking.left_out)
        steps = []
        painted = Painted(page)
        for number in range(STEPS):
            before = page.ranking
            begun = time.perf_counter()
            page.trial.kwh.setValue((number % 2 * 2 - 1) * (1 + number % 25))
            while page.ranking is before or painted.of is not page.ranking:
                app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            steps.append((time.perf_counter() - begun) * 1000)
            until(app, lambda: not page.is_busy)
        page.shut_down()
        page.close()
        until(app, lambda: jobs.is_idle)
        assert jobs.shut_down(10)
        desk.close()
    return steps


def main() -> int:
    """Prints the figures."""
    bare = [once(BARE, OFFSCREEN)["wall_ms"] for _ in range(ROUNDS)]
    with tempfile.TemporaryDirectory() as folder:
        steps = measure(Path(folder))
    b_ms = statistics.median(bare)
    figures = (statistics.median(steps), max(steps))
    print(
        json.dumps(
            {
                "plans": PLANS,
                "b_ms": round(b_ms, 1),
                "step_ms": [round(one, 1) for one in figures],
                "step_b": [round(one / b_ms, 3) for one in figures],
                "bars_b": BARS,
            }
        )
    )
    return int(any(one > bar * b_ms for one, bar in zip(figures, BARS, strict=True)))


if __name__ == "__main__":
    sys.exit(main())
