"""What the desk knows beside a plan, to be changed, read and written: fuel prices by bill month, and the plan's supplement."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from denkidesk.desk.paper import newest_known
from denkidesk.desk.paper_question import LoadedPlan
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import Cancelled
from denkidesk.domain.price_history import FuelPrice, PriceOrigin
from denkidesk.domain.typed_numbers import decimal_of
from denkidesk.jobs.job import LaneName
from denkidesk.texts import dates
from denkidesk.texts import paper as texts
from denkidesk.texts.errors import said
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M
from denkidesk.ui.tariffs.entry_panel import EntryPanel


class KnownPrices(QWidget):
    """The panels, seen while one is open; ``button``, which stands elsewhere, has the menu.

    ``changed``: something was kept, and what was computed before does not count. ``opened``, ``closed``: it takes and gives back its place.
    """

    changed = Signal()
    opened = Signal()
    closed = Signal()

    def __init__(self, context: UiContext, strips: Strips, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._strips = strips
        self._plan: LoadedPlan | None = None
        self._month = self._asked_month = ""  # of the bill; the one whose price is being typed
        self._said = ""
        self._area = FittedPage(self)
        VBox(self, margins=0).add(self._area)
        self.hide()
        self.button = QPushButton(texts.KNOWN, parent)
        self.button.setProperty("kind", "quiet")
        menu = QMenu(self.button)
        self._of_plan = [
            menu.addAction(texts.ENTER_PRICE, self._edit_price),
            menu.addAction(texts.EDIT_SUPPLEMENT, self._edit_terms),
            menu.addAction(texts.READ_SUPPLEMENT, self._ask_and_read_supplement),
            menu.addAction(texts.WRITE_SUPPLEMENT, self._ask_and_write_supplement),
        ]
        menu.addAction(texts.READ_PRICES, self._ask_and_read_prices)
        menu.addAction(texts.WRITE_PRICES, self._ask_and_write_prices)
        self.button.setMenu(menu)
        self.show_plan(None, "")

    @cached_property
    def _panels(self) -> tuple[EntryPanel, EntryPanel]:
        """Built when one is wanted, which most bills never do."""
        page = QWidget(self._area.viewport())
        price, terms = EntryPanel(texts.PRICE_FIELDS, "", page), EntryPanel(texts.SUPPLEMENT_FIELDS, texts.HALF_BASE, page)
        price.kept.connect(self._keep_price)
        price.other.clicked.connect(lambda: self.stand_in([self._asked_month]))
        terms.kept.connect(self._keep_terms)
        for panel in (price, terms):
            panel.closed.connect(self._close)
        VBox(page, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M)).add(price, terms, Stretch())
        self._area.set_body(page)
        return price, terms

    @property
    def price(self) -> EntryPanel:
        """The fields of a fuel price."""
        return self._panels[0]

    @property
    def terms(self) -> EntryPanel:
        """The fields of a supplement."""
        return self._panels[1]

    @property
    def asks_for_price(self) -> bool:
        """Whether the fields of a fuel price are open."""
        return "_panels" in self.__dict__ and not self.price.isHidden()

    def show_plan(self, plan: LoadedPlan | None, month: str) -> None:
        """The plan and the bill month that the fields are about; a panel of another one closes."""
        if self._plan is None or plan is None or (plan.detail, month) != (self._plan.detail, self._month):
            if not self.isHidden():
                self.price.hide()
                self.terms.hide()
            self._close()
        self._plan, self._month = plan, month
        for action in self._of_plan:
            action.setEnabled(plan is not None and bool(month))

    def ask_for_price(self, bill_month: str = "") -> None:
        """Opens the fields for the fuel price of a month, else of that of the bill, with what is known."""
        if self._plan is None:
            return
        self._asked_month = bill_month or self._month
        month, known = dates.written(self._asked_month), self._plan.prices.get(self._asked_month)
        newest = newest_known(self._plan.prices)
        self.price.other.setVisible(known is None and newest is not None)
        self.price.other.setText(texts.stand_in(newest) if newest is not None else "")
        values = {"source": texts.SOURCE_OF_CLERK.format(month=month)}
        if known is not None:
            subsidy = "" if known.subsidy is None else f"{known.subsidy:f}"
            values = {"per_kwh": f"{known.per_kwh:f}", "fixed": f"{known.fixed:f}", "subsidy": subsidy, "source": known.source}
        note = texts.PRICE_UNKNOWN.format(month=month) if known is None else texts.price_source(known)
        self.terms.hide()
        heading = texts.PRICE_HEADING.format(month=month, contract_class=self._plan.supplement.contract_class)
        self.price.open(heading, note, values)
        self._open()

    def edit_price(self, bill_month: str = "") -> None:
        """Opens them, and puts the cursor there."""
        self.ask_for_price(bill_month)
        self.price.focus_first()

    def stand_in(self, months: Sequence[str]) -> None:
        """Lets the newest known price stand in for months of which none is known."""
        newest = None if self._plan is None else newest_known(self._plan.prices)
        if self._plan is None or newest is None:
            return
        source = texts.STAND_IN_SOURCE.format(month=dates.written(newest.bill_month))
        self.price.close_panel()
        paper = self._context.desk.paper
        self._change("", paper.stand_in, self._plan.supplement, self._plan.prices, list(months), source)

    def erase(self, price: FuelPrice) -> None:
        """Takes back what the clerk has put in for a month."""
        self._change("", self._context.desk.paper.erase_price, price)

    # --- files, without their dialogs

    def read_prices(self, path: Path) -> None:
        """Takes a table of prices."""
        self._change(texts.PRICES_READ, self._context.desk.paper.read_prices, path)

    def write_prices(self, path: Path) -> None:
        """Writes every price."""
        self._write(texts.PRICES_WRITTEN, path, self._context.desk.paper.write_prices, path)

    def read_supplement(self, path: Path) -> None:
        """Takes a supplement for this plan."""
        if self._plan is not None:
            self._change(texts.SUPPLEMENT_READ, self._context.desk.paper.read_supplement, path, self._plan.detail)

    def write_supplement(self, path: Path) -> None:
        """Writes this plan's supplement."""
        if self._plan is not None:
            plan = self._plan
            self._write(texts.SUPPLEMENT_WRITTEN, path, self._context.desk.paper.write_supplement, path, plan.supplement, plan.detail)

    # --- what happens -----------------------------------------------------------------------------------------------

    def _close(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _open(self) -> None:
        self.show()
        self.opened.emit()

    def _edit_price(self) -> None:
        self.edit_price()

    def _keep_price(self) -> None:
        typed = self.price.values()
        numbers = {name: decimal_of(typed[name]) for name in ("per_kwh", "fixed", "subsidy")}
        wrong = [name for name, value in numbers.items() if value is None and (typed[name] or name == "per_kwh")]
        wrong += [] if typed["source"] else ["source"]
        if wrong or self._plan is None:
            self.price.refuse(*wrong)
            return
        price = FuelPrice(
            company=self._plan.supplement.company,
            contract_class=self._plan.supplement.contract_class,
            bill_month=self._asked_month,
            per_kwh=numbers["per_kwh"] or Decimal(0),
            fixed=numbers["fixed"] or Decimal(0),
            subsidy=numbers["subsidy"],
            source=typed["source"],
            origin=PriceOrigin.HAND,
        )
        self.price.close_panel()
        self._change("", self._context.desk.paper.keep_price, price)

    def _edit_terms(self) -> None:
        if self._plan is None:
            return
        supplement = self._plan.supplement
        terms = supplement.terms
        values = {
            "included_kwh": f"{terms.included_kwh:f}",
            "deduct_yen": f"{terms.deduct_yen:f}",
            "power_factor": "" if terms.power_factor is None else str(terms.power_factor),
            "contract_class": supplement.contract_class,
            "source": supplement.source,
        }
        self.price.hide()
        note = (texts.OWN_SUPPLEMENT if supplement.is_own else texts.SUPPLEMENT_SOURCE).format(source=supplement.source)
        self._open()
        self.terms.open(f"{texts.SUPPLEMENT_HEADING}　{self._plan.detail.name}", note, values, ticked=terms.half_base_at_zero)
        self.terms.focus_first()

    def _keep_terms(self) -> None:
        typed = self.terms.values()
        numbers = {name: decimal_of(typed[name]) for name in ("included_kwh", "deduct_yen", "power_factor")}
        factor = numbers["power_factor"]
        wrong = [name for name in ("included_kwh", "deduct_yen") if (value := numbers[name]) is None or value < 0]
        wrong += ["power_factor"] if typed["power_factor"] and (factor is None or factor != int(factor) or not 0 <= factor <= 100) else []
        wrong += [name for name in ("contract_class", "source") if not typed[name]]
        if wrong or self._plan is None:
            self.terms.refuse(*wrong)
            return
        terms = replace(
            self._plan.supplement.terms,
            included_kwh=numbers["included_kwh"] or Decimal(0),
            deduct_yen=numbers["deduct_yen"] or Decimal(0),
            power_factor=None if factor is None else int(factor),
            half_base_at_zero=self.terms.tick.isChecked(),
        )
        kept = replace(self._plan.supplement, terms=terms, contract_class=typed["contract_class"], source=typed["source"])
        self.terms.close_panel()
        self._change("", self._context.desk.paper.keep_supplement, self._plan.detail, kept)

    def _change(self, words: str, act: Callable[..., object], *args: object) -> None:
        # heard of whatever the clerk does next
        self._said = words
        self._context.jobs.run(LaneName.STORE, act, *args).then(self._on_changed, self._on_failed)

    def _on_changed(self, count: object) -> None:
        if self._said:
            self._strips.say(Message("ok", self._said.format(count=count), key="known"))
        self.changed.emit()

    def _write(self, words: str, path: Path, act: Callable[..., object], *args: object) -> None:
        self._said = words.replace("{name}", path.name)
        self._context.jobs.run(LaneName.STORE, act, *args).then(self._on_written, self._on_failed)

    def _on_written(self, count: object) -> None:
        self._strips.say(Message("ok", self._said.format(count=count), key="known"))

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            what = said(error)
            self._strips.say(Message("error", what.text, key="known", detail=what.detail))

    # --- dialogs ----------------------------------------------------------------------------------------------------

    def _ask_and_read_prices(self) -> None:
        if (path := self._asked_to_read(texts.READ_PRICES, texts.PRICE_FILTER)) is not None:
            self.read_prices(path)

    def _ask_and_write_prices(self) -> None:
        name = texts.PRICE_FILE_NAME.format(date=dates.in_file_name(now_jst().date()))
        if (path := self._asked_to_write(texts.WRITE_PRICES, name, texts.PRICE_FILTER)) is not None:
            self.write_prices(path)

    def _ask_and_read_supplement(self) -> None:
        if (path := self._asked_to_read(texts.READ_SUPPLEMENT, texts.SUPPLEMENT_FILTER)) is not None:
            self.read_supplement(path)

    def _ask_and_write_supplement(self) -> None:
        name = texts.SUPPLEMENT_FILE_NAME.format(name="" if self._plan is None else self._plan.detail.name.replace("/", "_"))
        if (path := self._asked_to_write(texts.WRITE_SUPPLEMENT, name, texts.SUPPLEMENT_FILTER)) is not None:
            self.write_supplement(path)

    def _asked_to_read(self, title: str, kinds: str) -> Path | None:
        name, _filter = QFileDialog.getOpenFileName(self, title, self._context.ui_state.text("usage_folder"), kinds)
        return Path(name) if name else None

    def _asked_to_write(self, title: str, suggested: str, kinds: str) -> Path | None:
        folder = Path(self._context.ui_state.text("quote_folder") or Path.home())
        name, _filter = QFileDialog.getSaveFileName(self, title, str(folder / suggested), kinds)
        return Path(name) if name else None
