"""A quote with the prices that are stored now: what it would come to, and what each changed price does to the result."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from denkidesk.billing.engine import ENGINE_VERSION, compute_bill
from denkidesk.billing.plan_faults import is_fuel_unknown
from denkidesk.billing.sums import UsageSums
from denkidesk.desk.catalogue import differing
from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.fuel_rules import terms_for
from denkidesk.desk.kept_quotes import Quote
from denkidesk.desk.quote_facts import newest_detail
from denkidesk.desk.quote_start import recalled_plans
from denkidesk.domain.areas import area_of_quoting_code
from denkidesk.domain.bills import FuelChoice, FuelRule
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import PaperCode
from denkidesk.domain.plans import Fuel, PlanDetail, PlanType
from denkidesk.domain.quote_sheet import PriceChange, QuotedPlan, Revision
from denkidesk.domain.quoted_points import sums_of
from denkidesk.domain.usage import Usage
from denkidesk.texts.points import at_points
from denkidesk.texts.quote_facts import changed_figure, changed_market, changed_rules, recalled_company
from denkidesk.texts.tariffs import month_label

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

_TABLES: Final = ("conditions", "fuels")


@dataclass(frozen=True, slots=True)
class Revised:
    """A stored quote, and what it would be with the stored prices of ``questions``: the proposal's, then the present plan's if any."""

    quote: Quote
    questions: tuple[BillQuestion, ...]
    revision: Revision
    proposed_yen: int
    present_yen: int | None
    points: tuple["Revised", ...] = ()  # of a quote of several supply points; then ``questions`` is empty

    @property
    def result(self) -> int:
        """The difference to the present plan, or the proposal's sum where none stands beside it."""
        return self.proposed_yen - (self.present_yen or 0)


def revised(desk: "Desk", quote: Quote, today: date) -> Revised | None:
    """None where nobody knows the plans that the quote was kept without. Needs no network. Raises InputRefused where a plan has no bill
    any more, or for "fuel" where nobody knows a plan's fuel price now: it would count as 0 and make a difference of its own.
    """
    if quote.points:
        return _revised_points(desk, quote, today)
    kept = recalled_plans(desk, quote)
    if not kept or (quote.sheet.present is not None) != (len(kept) > 1):
        return None
    before = [replace(plan, options=replace(plan.options, as_of=today)) for plan in kept]
    sums = UsageSums(quote.usage)
    present = quote.sheet.present
    first = [quote.sheet.proposed_yen, *([] if present is None else [present.why.present_yen])]
    yen = [_yen(plan, sums) for plan in before]
    changes = []
    if (apart := _result(yen) - _result(first)) != 0:
        changes.append(PriceChange(False, *changed_rules(quote.engine_version, ENGINE_VERSION), apart))
    plans = list(before)
    for side in range(len(plans) - 1, -1, -1):  # the present plan first, as the paper has it
        for name, old, new, plan in _steps(desk, plans[side], quote.bill.fuel_rule, quote.usage):
            was, plans[side] = _result(yen), plan
            yen[side] = _yen(plan, sums)
            changes.append(PriceChange(side == 1, name, old, new, _result(yen) - was))
    if quote.bill.fuel_rule is FuelRule.LATEST:
        for kept_before, now in zip(before, plans, strict=True):
            if is_fuel_unknown(now.detail) and (present is not None or not is_fuel_unknown(kept_before.detail)):
                raise InputRefused.of("fuel", PaperCode.NO_DIFFERENCE, name=f"{now.company.name} {now.detail.name}")
    note = "" if quote.plans else recalled_company(kept[0].company.name)
    revision = Revision(quote.quote_id, quote.sheet.issued_on, first[1] if present else None, first[0], tuple(changes), note)
    questions = tuple(
        replace(BillQuestion.of(plan, quote.usage, quote.sheet.estimated_months), fuel=_fuel(plan, quote.bill.fuel_rule)) for plan in plans
    )
    return Revised(quote, questions, revision, yen[0], yen[1] if present else None)


def _revised_points(desk: "Desk", quote: Quote, today: date) -> Revised | None:
    """Every point by itself. A plan that stays where it is changes both sums alike, and so nothing of their difference."""
    each = [revised(desk, one, today) for one in quote.of_points]
    found = [one for one in each if one is not None]
    if len(found) < len(each):
        return None
    is_pair = any(one.present_yen is not None for one in found)
    changes = []
    for one in found:
        stays = is_pair and one.present_yen is None
        name = one.quote.sheet.point_name
        changes += [replace(change, point=name, stays=stays, yen=0 if stays else change.yen) for change in one.revision.changes]
    before, proposed = sums_of(quote.sheet)
    revision = Revision(quote.quote_id, quote.sheet.issued_on, before, proposed, _merged(changes, len(found)))
    present = sum(one.proposed_yen if one.present_yen is None else one.present_yen for one in found)
    return Revised(quote, (), revision, sum(one.proposed_yen for one in found), present if is_pair else None, tuple(found))


def _merged(changes: list[PriceChange], count: int) -> tuple[PriceChange, ...]:
    """What is the same at several points once, with all that it does."""
    groups: dict[tuple[object, ...], list[PriceChange]] = {}
    for change in changes:
        groups.setdefault((change.is_present, change.stays, change.name, change.before, change.after), []).append(change)
    return tuple(
        replace(
            same[0],
            point=at_points(tuple(dict.fromkeys(one.point for one in same)), count),
            yen=sum(one.yen for one in same),
        )
        for same in groups.values()
    )


def _fuel(plan: QuotedPlan, rule: FuelRule) -> FuelChoice:
    """The rule that the quote was made by; a price that was typed is the plan's own there."""
    fuels = plan.detail.fuels
    return FuelChoice(rule, fuels[0].unit_yen if rule is FuelRule.TYPED and fuels else None)


def _steps(desk: "Desk", plan: QuotedPlan, rule: FuelRule, usage: Usage) -> Iterator[tuple[str, str, str, QuotedPlan]]:
    """Each figure that is another one now: name, before, after, and the plan with it and with all earlier ones."""
    newest = newest_detail(desk, plan.detail)
    if rule in (FuelRule.OWN_MONTH, FuelRule.TYPED):
        newest = replace(newest, fuels=_fuels_of_rule(desk, plan, newest, rule, usage))
    for part in fields(newest):
        old, new = getattr(plan.detail, part.name), getattr(newest, part.name)
        if old == new:
            continue
        if part.name in _TABLES and len(old) == len(new):
            rows: list[Any] = list(old)
            for place, row in enumerate(new):
                if row != old[place]:
                    rows[place] = row
                    plan = _with(plan, part.name, tuple(rows))
                    items = list(differing(old[place], row, f"{part.name}[{place + 1}]"))
                    yield (*changed_figure(items, _name_of(row)), plan)
        else:
            plan = _with(plan, part.name, new)
            yield (*changed_figure(list(differing(old, new, part.name))), plan)
    area = area_of_quoting_code(plan.company.area_code)
    if plan.detail.plan_type is PlanType.MARKET_LINKED and area is not None:
        prices = desk.quoting.kept_area_prices(area)
        if prices and prices != plan.options.area_prices:
            words = changed_market(plan.options.area_prices, prices)
            yield (*words, replace(plan, options=replace(plan.options, area_prices=prices)))


def _fuels_of_rule(desk: "Desk", plan: QuotedPlan, newest: PlanDetail, rule: FuelRule, usage: Usage) -> tuple[Fuel, ...]:
    """They are the rule's, not what the server has: what was typed, or each month's price as it is known now."""
    if rule is FuelRule.TYPED:
        return plan.detail.fuels
    billed = terms_for(desk, FuelChoice(rule), usage).of(plan.company, newest)
    return billed.detail.fuels if billed.is_known else plan.detail.fuels


def _name_of(row: object) -> str:
    """A band's name, or the month that a fuel price is of."""
    month = getattr(row, "month", 0)
    return getattr(row, "name", "") or (month_label(month) if month else "")


def _with(plan: QuotedPlan, part: str, value: object) -> QuotedPlan:
    changed: dict[str, Any] = {part: value}
    return replace(plan, detail=replace(plan.detail, **changed))


def _yen(plan: QuotedPlan, sums: UsageSums) -> int:
    return _whole(compute_bill(plan.detail, sums, plan.options).year.charge)


def _whole(yen: Decimal) -> int:
    return int(yen.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _result(yen: list[int]) -> int:
    """Of the proposal, less the present plan where there is one."""
    return yen[0] - sum(yen[1:])
