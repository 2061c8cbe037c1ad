"""A new quote that begins with all that a stored one holds: customer, supply point, usage, plan and present plan."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from denkidesk.desk.comparison import PlanChoice
from denkidesk.domain.areas import area_of_quoting_code
from denkidesk.texts.quotes import begun, not_offered
from denkidesk.ui.parts.strip import Message

if TYPE_CHECKING:
    from denkidesk.desk.quote_start import QuoteStart
    from denkidesk.ui.tariffs.tab import TariffsTab


class Anew(QObject):
    """Puts what a quote holds on the pages as if the clerk had. What it does not hold has to be chosen again, and the tab says so."""

    def __init__(self, tab: "TariffsTab") -> None:
        super().__init__(tab)
        self._tab = tab
        self._awaited: QuoteStart | None = None  # its plan is not picked yet
        tab.finder.choice_changed.connect(self._on_choice)

    def begin(self, start: "QuoteStart") -> None:
        """Shows its bill with the prices of today."""
        tab, question = self._tab, start.proposal
        tab.usage_page.take(start.usage, start.estimated_months)
        tab.bill_page.take_customer(start.customer, start.supply_point)
        tab.present.begin_with(start.present)
        if question is not None:
            tab.finder.go_to(question.detail, question.capacity, area_of_quoting_code(question.company.area_code))
            self._awaited = start
            self._on_choice(tab.finder.choice())
        tab.pages.setCurrentWidget(tab.bill_page)
        facts = {"customer": bool(start.customer), "point": bool(start.supply_point), "present": start.present is not None}
        words = begun(start.number, plan=question is not None, **facts)
        tab.strips.say(Message("info" if question is not None else "warn", words, key="anew"))

    def _on_choice(self, choice: PlanChoice | None) -> None:
        """The first plan that is picked: another one than the quote's where its retailer does not offer that any more."""
        if choice is None or self._awaited is None or self._awaited.proposal is None:
            return
        wanted, self._awaited = self._awaited.proposal.detail, None
        if (choice.plan.epplan_id, choice.base.base_cd) != (wanted.epplan_id, wanted.base_cd):
            self._tab.strips.say(Message("warn", not_offered(wanted.name, choice.plan.name), key="anew"))


def begin_anew(tab: "TariffsTab", start: "QuoteStart") -> None:
    """The same of a tab, which has one."""
    (tab.findChild(Anew) or Anew(tab)).begin(start)
