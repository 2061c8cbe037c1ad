"""The sentences of a printed quote's assumptions box, and the rows of its table."""

import unicodedata
from decimal import Decimal
from typing import Final

from denkidesk.domain.bills import FuelRule, Rounding
from denkidesk.domain.plans import PlanType
from denkidesk.domain.quote_sheet import QuoteSheet, Revision
from denkidesk.domain.quoted_points import sums_of
from denkidesk.texts import quote as texts
from denkidesk.texts.bill import month_with_mark, not_a_year, price, span, span_of_difference, yen
from denkidesk.texts.dates import paper_day
from denkidesk.texts.points import AT
from denkidesk.texts.quote_facts import addressed, estimated_share
from denkidesk.texts.ranking import signed
from denkidesk.texts.subsidies import subsidy_sentence

_NOT_PRINTED: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_FUEL_RULES: Final = {
    FuelRule.LATEST: texts.FUEL_LATEST,
    FuelRule.OWN_MONTH: texts.FUEL_OWN_MONTH,
    FuelRule.TYPED: texts.FUEL_TYPED,
    FuelRule.NONE: texts.FUEL_NONE,
}
_NO_ROOM: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


def clean(text: str, most: int = 400) -> str:
    """One line without control characters; whatever a server calls its plan must not turn a page's text around or end it."""
    kept = "".join("" if c in _NO_ROOM else " " if unicodedata.category(c) in _NOT_PRINTED else c for c in text)
    line = " ".join(kept.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def written_texts(sheet: QuoteSheet) -> list[str]:
    """All of the page that is not ours: names, sources and reasons, as they will be printed."""
    names: tuple[str, ...] = (addressed(sheet), sheet.retailer_name, sheet.company_name, sheet.plan_name, sheet.contract)
    if (present := sheet.present) is not None:
        names += (present.company_name, present.plan_name, present.contract, *present.sentences)
    return [*(clean(name) for name in (*names, *sheet.retailer_lines, sheet.supply_point)), *assumptions(sheet)]


def assumptions(sheet: QuoteSheet) -> list[str]:
    """The sentences of the box, none of them optional reading: a saving without its fuel rule has got retailers into trouble.

    Those of an issued quote are as they were said then, whatever a later version of the program would say.
    """
    if sheet.conditions:
        return list(sheet.conditions)
    lines = list(sheet.warnings)
    if period := not_a_year(sheet.bill):
        lines.append(period)
    lines += [
        (texts.USAGE_ESTIMATED if sheet.usage_estimated else texts.USAGE_MEASURED).format(
            source=sheet.usage_source, first=paper_day(sheet.usage_first), last=paper_day(sheet.usage_last), kwh=yen(sheet.kwh)
        ),
        *filter(None, (estimated_share(sheet.bill, sheet.estimated_months), _completeness(sheet))),
        *sheet.usage_notes,
        _FUEL_RULES[sheet.bill.fuel_rule],
        *filter(None, (sheet.fuel_note, _cap(sheet), sheet.trial_note, texts.COMPARED_BY if sheet.present else "", sheet.compared)),
    ]
    if sheet.matched:
        lines.append(sheet.matched)
    if sheet.levy_unit is not None:
        lines.append(texts.LEVY.format(unit=price(sheet.levy_unit)))
    lines.append(texts.ROUNDING_BILL if sheet.bill.rounding is Rounding.BILL else texts.ROUNDING_NONE)
    if sheet.plan_type is PlanType.MARKET_LINKED and sheet.present is None:  # else it stands below the reasons
        dearest = max(sheet.bill.months, key=lambda month: month.parts.charge)
        lines.append(texts.MARKET_LINKED.format(month=f"{int(dearest.month[5:7])}月", yen=yen(dearest.parts.charge)))
        lines += filter(None, (sheet.market_note,))
    if sheet.server_difference_yen is None:
        lines.append(texts.SERVER_UNCHECKED)
    elif abs(sheet.server_difference_yen) < 1:
        lines.append(texts.SERVER_MATCH if sheet.bill.is_year else texts.SERVER_MATCH_PERIOD)
    else:
        facts = {"yen": yen(sheet.server_difference_yen), "reason": sheet.server_difference_reason}
        lines.append(texts.SERVER_DIFFERS.format(span=span_of_difference(sheet.bill), **facts))
    if sheet.assumed:
        lines.append(sheet.assumed)
    if sheet.tariff_source:
        lines.append(texts.SOURCE.format(source=sheet.tariff_source))
    lines += [subsidy_sentence(subsidy) for subsidy in sheet.subsidies]
    lines.append(texts.NOT_INCLUDED)
    return [clean(line) for line in lines]


def _completeness(sheet: QuoteSheet) -> str:
    """That nothing was missing; what was is said by the notes of its usage."""
    usage = sheet.usage
    if usage is None or sheet.usage_estimated or sheet.estimated_months or usage.filled_by is not None or usage.completed_by is not None:
        return ""
    if not all(day.is_whole for day in usage.days):
        return ""
    return texts.USAGE_WHOLE_NOTED if sheet.usage_notes else texts.USAGE_WHOLE


def _cap(sheet: QuoteSheet) -> str:
    """No server has a field for it: a saving beside a plan that may have one is not said without a word about it."""
    return texts.FUEL_CAP if sheet.present is not None and sheet.bill.fuel_rule is not FuelRule.NONE else ""


def table_rows(sheet: QuoteSheet) -> list[list[str]]:
    """Twelve months in billing order and the year; every row adds up to its last cell as it stands."""
    rows = []
    year_kwh = sheet.kwh
    for month in sorted(sheet.bill.months, key=lambda m: m.month):
        label = month_with_mark(month, sheet.estimated_months)
        if not month.billed:
            rows.append([label, *([texts.NOT_BILLED] * 7)])
            continue
        rows.append([label, f"{month.kwh:,.1f}", *map(yen, month.parts.shown())])
    rows.append(
        [
            span(sheet.bill),
            f"{year_kwh:,.1f}",
            *map(yen, sheet.bill.year.shown()),
        ]
    )
    return rows


def number_words(sheet: QuoteSheet) -> str:
    """The quote's number, with that of the one that it replaces."""
    number = sheet.number or texts.NOT_ISSUED
    return number if sheet.revision is None else texts.REVISES.format(number=number, before=sheet.revision.number)


def change_rows(sheet: QuoteSheet, revision: Revision) -> tuple[list[str], list[list[str]], list[list[str]]]:
    """What changed since the quote before: the heading, a row a change, and the sums, in which the last figures add up."""
    present_yen, proposed_yen = sums_of(sheet)
    *head, effect = texts.CHANGES_HEAD
    what = texts.CHANGES_SUM if present_yen is None else texts.CHANGES_DIFFERENCE
    rows = []
    for change in revision.changes:
        side = texts.CHANGES_STAYS if change.stays else texts.PRESENT if change.is_present else texts.PROPOSAL
        name = change.name if present_yen is None else texts.CHANGES_SIDE.format(figure=change.name, side=side)
        name = AT.format(point=change.point, figure=name) if change.point else name
        rows.append([clean(name), clean(change.before), clean(change.after), signed(change.yen)])
    if not rows:
        rows.append([texts.CHANGES_NONE, "", "", ""])
    sums = [(texts.CHANGES_SUM, revision.proposed_yen, proposed_yen)]
    if present_yen is not None and revision.present_yen is not None:
        sums = [
            (texts.CHANGES_PRESENT, revision.present_yen, present_yen),
            *sums,
            (texts.CHANGES_DIFFERENCE, revision.result, proposed_yen - present_yen),
        ]
    cells = [
        [name, *(signed(one) if name == texts.CHANGES_DIFFERENCE else yen(Decimal(one)) for one in (was, now)), signed(now - was)]
        for name, was, now in sums
    ]
    return [*head, effect.format(what=what)], rows, cells
