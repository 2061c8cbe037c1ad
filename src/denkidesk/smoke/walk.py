"""The steps: whatever a frozen program needs at run time and a build may have left out, each used once for real."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, QLibraryInfo, QObject, QTimer, QTranslator
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.settings import resources_dir
from denkidesk.smoke.report import Facts, NotApplicable, Report, in_words

if TYPE_CHECKING:
    from denkidesk.domain.bills import Bill
    from denkidesk.domain.plans import Company, Plan, PlanDetail
    from denkidesk.domain.quote_sheet import QuoteSheet
    from denkidesk.domain.usage import Usage
    from denkidesk.ui.context import UiContext
    from denkidesk.ui.shell.main_window import MainWindow

_SUPPLY_POINT: Final = "0600000000000000000000"  # invented
_A_MONTHS_KWH: Final = 300.0
_REFRESH_LIMIT_MS: Final = 20_000
_FEWEST_COLOURS: Final = 20  # a window that was painted has more, a blank one fewer


@dataclass(frozen=True, slots=True)
class _Priced:
    """A year's bill and what it was computed from."""

    company: "Company"
    detail: "PlanDetail"
    usage: "Usage"
    bill: "Bill"


class Walk(QObject):
    """The steps, one after the other on the GUI thread: nobody waits for this window."""

    def __init__(self, window: "MainWindow", context: "UiContext", directory: Path, report: Report, on_walked: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._desk = context.desk
        self._directory = directory
        self._report = report
        self._on_walked = on_walked
        self._bugs: list[str] = []
        self._receipt = ""
        self._priced: _Priced | None = None
        context.notices.bug.connect(self._on_bug)

    def go(self) -> None:
        """All steps, whatever became of the ones before."""
        for name, step in (
            ("modules", self._modules),
            ("resources", self._resources),
            ("licences", self._licences),
            ("tls", self._tls),
            ("inbox", self._inbox),
            ("application", self._application),
            ("inbox_again", self._inbox_again),
            ("bill", self._year_bill),
            ("usage_file", self._usage_file),
            ("chart", self._chart),
            ("pdf", self._pdf),
            ("secret", self._secret),
            ("window", self._screens),
        ):
            self._try(name, step)
        self._on_walked()

    def _try(self, name: str, step: Callable[[], Facts]) -> None:
        self._report.begin(name)
        started = time.perf_counter()
        try:
            result, facts = "ok", step()
        except NotApplicable as reason:
            result, facts = "not_applicable", {"reason": str(reason)}
        except Exception as error:  # noqa: BLE001 - a lost part shows as any error; the next step is tried all the same
            result, facts = "failed", {"error": in_words(error)}
        self._report.add(name, result, time.perf_counter() - started, facts)

    # -- steps

    def _modules(self) -> Facts:
        """Every module of ours can be imported: what is imported by name only is easily left out of a frozen program."""
        import importlib
        import pkgutil

        import denkidesk

        names = [info.name for info in pkgutil.walk_packages(denkidesk.__path__, "denkidesk.") if not info.name.endswith("__main__")]
        for name in names:
            importlib.import_module(name)
        _expect(len(names) > 50, f"only {len(names)} modules")
        return {"modules": len(names)}

    def _resources(self) -> Facts:
        from PySide6.QtGui import QFontDatabase
        from PySide6.QtSvg import QSvgRenderer

        from denkidesk.kansai.wsdl_check import check_wsdl_set

        folder = resources_dir()
        files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
        fonts = drawings = 0
        for file in files:
            content = file.read_bytes()
            _expect(bool(content), f"{file.name} is empty")
            match file.suffix:
                case ".json":
                    json.loads(content)
                case ".svg":
                    drawings += 1
                    _expect(QSvgRenderer(str(file)).isValid(), f"{file.name} cannot be drawn")
                case ".ttf":
                    fonts += 1
                    _expect(QFontDatabase.addApplicationFont(str(file)) >= 0, f"{file.name} cannot be loaded")
        words = QTranslator()
        _expect(words.load("qtbase_ja", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)), "Qt's Japanese words are not there")
        wsdl = check_wsdl_set(folder / "kansai")
        _expect(wsdl.ok, f"WSDL: {[finding.code for finding in wsdl.findings]}")
        for name in self._context.icons.names():
            image = self._context.icons.icon(name).pixmap(24).toImage()
            _expect(not image.isNull() and len(_colours(image)) > 1, f"the icon {name} is blank")
        return {"files": len(files), "fonts": fonts, "drawings": drawings, "operations": len(wsdl.operations_callable)}

    def _licences(self) -> Facts:
        frozen = getattr(sys, "_MEIPASS", None)
        if frozen is None:
            raise NotApplicable("runs from source")
        folder = Path(frozen) / "licenses"
        _expect((folder / "NOTICE.txt").is_file() and (folder / "LGPL-3.0.txt").is_file(), "no licences inside")
        return {"libraries": sum(1 for child in folder.iterdir() if child.is_dir())}

    def _tls(self) -> Facts:
        """The library that guards the real connections, with the system's own certificates. Nothing is contacted."""
        import ssl

        import truststore

        truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return {"openssl": ssl.OPENSSL_VERSION}

    def _inbox(self) -> Facts:
        self._leave_the_sunday_stop()
        result = self._desk.inbox.refresh()
        _expect(result.total > 0, "the practice server lists nothing")
        return {"total": result.total}

    def _leave_the_sunday_stop(self) -> None:
        """The practice server keeps the utility's hours; a build made on a Sunday at two in the morning is proved all the same."""
        from denkidesk.domain.clock import now_jst
        from denkidesk.practice.utility.books import Books

        now = now_jst()
        if now.weekday() == 6 and now.hour < 3:
            books = Books(self._context.places.practice_state, now_jst)
            books.set_clock(offset_s=3 * 3600)
            books.close()

    def _application(self) -> Facts:
        from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState

        tables = self._desk.installed_set.code_tables()
        kind = ApplicationKind.OUTAGE
        item = self._desk.outbox.queue(
            NewApplication(
                kind=kind,
                selection_code=tables.choices("selection_code", kind)[0].code,
                equipment_class=tables.choices("equipment_class", kind)[0].code,
                supply_point_number=_SUPPLY_POINT,
                supply_point_address="大阪府大阪市見本町０－０－０",
                customer_name="見本　太郎",
            )
        )
        sent = self._desk.outbox.send(item.item_id)
        if sent.error is not None:
            raise sent.error
        _expect(sent.item.state is OutboxState.ACCEPTED and bool(sent.item.receipt_number), f"it is {sent.item.state}")
        self._receipt = sent.item.receipt_number
        return {"receipt_number": self._receipt}

    def _inbox_again(self) -> Facts:
        self._desk.inbox.refresh()
        entry = self._desk.inbox.entry(self._receipt)
        _expect(entry is not None, "the application that was filed is not listed")
        return {"work_stage": entry.listed.work_stage if entry else ""}

    def _year_bill(self) -> Facts:
        from denkidesk.domain.bill_options import BillOptions

        company, plan = self._first_metered_plan()
        base = plan.bases[0]
        detail = self._desk.quoting.plan_detail(plan.epplan_id, base.base_cd).value
        usage = self._desk.quoting.usage_from_month(1, _A_MONTHS_KWH)
        bill = self._desk.quoting.bill(detail, usage, BillOptions(capacity=detail.capacity_from or detail.ampere or None))
        _expect(len(bill.months) == 12 and bill.year.charge > 0, "no bill of twelve months")
        self._priced = _Priced(company, detail, usage, bill)
        return {"plan": detail.name, "year_yen": str(bill.year.charge)}

    def _first_metered_plan(self) -> "tuple[Company, Plan]":
        from denkidesk.domain.plans import PlanType

        for company in self._desk.quoting.companies().value:
            for plan in self._desk.quoting.plans(company.epcorp_cd).value:
                if plan.plan_type is PlanType.METERED and plan.bases:
                    return company, plan
        raise LookupError("the practice catalogue has no metered plan")

    def _usage_file(self) -> Facts:
        files = sorted((resources_dir() / "practice").glob("*.csv"))
        _expect(bool(files), "no sample file")
        return {file.name: len(self._desk.quoting.import_usage(file).usage.days) for file in files}

    def _chart(self) -> Facts:
        from functools import partial

        from denkidesk.ui.charts.figures import load_heat_map, monthly_bars
        from denkidesk.ui.charts.style import PAPER

        priced = self._priced_year()
        renderer = self._context.charts
        image = renderer.image(partial(monthly_bars, priced.bill), PAPER, 800, 360)
        image.save(str(self._directory / "chart.png"))
        renderer.save(partial(load_heat_map, priced.usage), self._directory / "chart.svg")
        colours = len(_colours(image))
        _expect(colours >= _FEWEST_COLOURS, f"the chart has {colours} colours")
        return {"colours": colours, "svg_bytes": (self._directory / "chart.svg").stat().st_size}

    def _pdf(self) -> Facts:
        from denkidesk.ui.quote.page import write_pdf

        path = self._directory / "quote.pdf"
        write_pdf(path, self._sheet())
        content = path.read_bytes()
        _expect(content.startswith(b"%PDF-") and b"BIZUDPGothic" in content, "the PDF does not carry the Japanese typeface")
        return {"bytes": len(content)}

    def _sheet(self) -> "QuoteSheet":
        from datetime import timedelta

        from denkidesk.desk.quoting import engine_version
        from denkidesk.domain.clock import now_jst
        from denkidesk.domain.quote_sheet import QuoteSheet

        priced = self._priced_year()
        today = now_jst().date()
        return QuoteSheet(
            number="SMOKE",
            issued_on=today,
            valid_until=today + timedelta(days=30),
            customer_name="見本　太郎",
            retailer_name="見本電力",
            company_name=priced.company.name,
            plan_name=priced.detail.name,
            contract=priced.detail.base_name,
            bill=priced.bill,
            usage_first=priced.usage.days[0].day,
            usage_last=priced.usage.days[-1].day,
            usage_source=priced.usage.source,
            usage_estimated=priced.usage.estimated,
            plan_type=priced.detail.plan_type,
            levy_unit=priced.detail.levy_yen_per_kwh,
            tariff_source=priced.detail.source,
            server_difference_yen=None,
            server_difference_reason="",
            engine_version=engine_version(),
            practice=True,
        )

    def _priced_year(self) -> _Priced:
        if self._priced is None:
            raise LookupError("there is no bill")
        return self._priced

    def _secret(self) -> Facts:
        from denkidesk.credentials import Credentials
        from denkidesk.domain.errors import SetupFault

        credentials = Credentials(environ={})
        try:
            credentials.self_test()
        except SetupFault as fault:
            if fault.code == InstallationCode.NO_SECURE_STORE and sys.platform != "win32":
                raise NotApplicable("this machine has no secure store") from fault
            raise
        return {"store": credentials.backend_name}

    def _screens(self) -> Facts:
        """Each tab, as it would be seen; the inbox after a refresh by its own button, over the lanes."""
        facts: Facts = {"inbox_rows": self._rows_after_refresh()}
        for index in range(self._window.tabs.count()):
            self._window.show_tab(index)
            QApplication.processEvents()
            picture = self._window.grab()
            _expect(picture.save(str(self._directory / f"window-{index + 1}.png")), "the picture cannot be written")
            colours = len(_colours(picture.toImage()))
            _expect(colours >= _FEWEST_COLOURS, f"tab {index + 1} has {colours} colours")
            facts[f"tab_{index + 1}_colours"] = colours
        _expect(self._window.isVisible(), "the window is not on the screen")
        _expect(not self._bugs, f"the desk met a bug: {self._bugs}")
        return facts

    def _rows_after_refresh(self) -> int:
        model = self._window.inbox.list.table.model()
        turn = QEventLoop()
        self._window.inbox.synced.connect(turn.quit)
        QTimer.singleShot(_REFRESH_LIMIT_MS, turn, turn.quit)
        self._window.inbox.refresh()
        started = time.monotonic()
        while model.rowCount() == 0 and time.monotonic() - started < _REFRESH_LIMIT_MS / 1000:
            turn.exec()
        _expect(model.rowCount() > 0, "the inbox shows no application")
        return model.rowCount()

    def _on_bug(self, error: object) -> None:
        self._bugs.append(repr(error))


def _colours(image: QImage) -> set[int]:
    """The colours of a picture, looked at in a grid."""
    step = max(1, min(image.width(), image.height()) // 120)
    return {image.pixel(x, y) for y in range(0, image.height(), step) for x in range(0, image.width(), step)}


def _expect(true: bool, otherwise: str) -> None:
    if not true:
        raise AssertionError(otherwise)
