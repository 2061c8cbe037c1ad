"""A plan's figures in words, section by section: what the clerk reads aloud to a customer. Qt-free."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from denkidesk.domain.areas import AREA_NAMES_JA, area_of_quoting_code
from denkidesk.domain.plans import AreaPriceMonth, Company, Condition, Fuel, HolidayFlags, PlanDetail, PlanType
from denkidesk.texts import price_pairs as pair_texts
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import price, yen
from denkidesk.texts.dates import paper_day, written
from denkidesk.texts.shortcuts import without_mnemonic


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and a small table below it; every cell is plain text."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def number(value: Decimal) -> str:
    """As it was published: 20.21 stays 20.21, 120 does not become 1.2E+2; a true minus sign."""
    return f"{value:f}".replace("-", "−")


def price_sheet(detail: PlanDetail) -> tuple[Section, ...]:
    """Everything that makes this plan's bill, in the order of a bill."""
    sections = [Section(texts.SECTION_BASE, texts.HEAD_PAIR, tuple(base_rows(detail)))]
    conditions = tuple(condition_row(condition) for condition in sorted(detail.conditions, key=lambda c: c.calc_order))
    if conditions:
        sections.append(Section(texts.SECTION_CONDITIONS, texts.HEAD_CONDITIONS, conditions))
    if detail.plan_type is PlanType.MARKET_LINKED:
        sections.append(Section(texts.SECTION_CONDITIONS, texts.HEAD_PAIR, ((texts.PLAN_TYPES[2], texts.MARKET_NOTE),)))
    fuels = tuple(map(fuel_row, detail.fuels))
    fuels += (texts.FUEL_CAP,) if fuels else ()
    sections.append(Section(texts.SECTION_FUEL, texts.HEAD_PAIR, fuels or ((texts.SECTION_FUEL, texts.FUEL_NONE_GIVEN),)))
    sections.append(Section(texts.SECTION_OTHER, texts.HEAD_PAIR, tuple(other_rows(detail))))
    return tuple(sections)


def area_price_section(prices: Sequence[AreaPriceMonth], age: str) -> Section:
    """The area prices that a market-linked bill is made of, month by month: cheapest hour, dearest hour, mean."""
    area = area_of_quoting_code(prices[0].area_code) if prices else None
    rows = []
    for month in sorted(prices, key=lambda entry: entry.year_month):
        low, high = (pick(range(len(month.prices_yen)), key=month.prices_yen.__getitem__) for pick in (min, max))
        ends = (texts.AREA_PRICE_AT.format(price=price(month.prices_yen[hour]), hour=hour) for hour in (low, high))
        mean = sum(month.prices_yen, Decimal(0)) / len(month.prices_yen)
        rows.append((written(month.year_month), *ends, yen(mean, 2)))
    title = texts.SECTION_AREA_PRICES.format(area=AREA_NAMES_JA[area] if area else "")
    return Section(f"{title}　{texts.AREA_PRICES_AGE.format(age=age)}", texts.HEAD_AREA_PRICES, tuple(rows))


def company_section(company: Company, commission_unit: str) -> Section:
    """What the server says of the retailer itself, and where it says nothing: every fact has its row, so that nobody looks for it."""
    area = area_of_quoting_code(company.area_code)
    rows = [(pair_texts.COMPANY_KIND, pair_texts.COMPANY_KINDS[company.former_monopoly])]
    rows.append((pair_texts.COMPANY_AREA, AREA_NAMES_JA[area] if area else pair_texts.NOT_SAID))
    for kind, paid in zip_longest(pair_texts.SURPLUS_KINDS, company.fit_prices[: len(pair_texts.SURPLUS_KINDS)]):
        words = pair_texts.NOT_SAID if paid is None else pair_texts.PER_KWH.format(yen=price(paid))
        rows.append((pair_texts.SURPLUS.format(kind=kind), words))
    rows.append((pair_texts.MARKET_COMMISSION, commission_row(company.commission, commission_unit)[1]))
    codes = (company.occto_epcorp_cd, company.meti_epcorp_cd, company.occto_cd)
    rows += [(name, code or pair_texts.NOT_SAID) for name, code in zip(pair_texts.COMPANY_CODES, codes, strict=True)]
    return Section(pair_texts.COMPANY, texts.HEAD_PAIR, tuple(rows))


def commission_row(commission: Decimal | None, unit: str) -> tuple[str, str]:
    """What the retailer puts on the area price; its unit is not public and therefore said to be a setting."""
    if commission is None:
        return texts.COMMISSION, texts.COMMISSION_NONE
    return texts.COMMISSION, texts.COMMISSION_UNITS.get(unit, "{value}").format(
        value=price(commission) if unit == "yen" else number(commission)
    )


def base_rows(detail: PlanDetail) -> list[tuple[str, str]]:
    """The base charge first, then the contracts that it is for."""
    rows = [(detail.base_name or texts.SECTION_BASE, base_words(detail))]
    if detail.capacity_from or detail.capacity_to:
        low, high = number(detail.capacity_from), number(detail.capacity_to)
        template = texts.CAPACITY_RANGE_TO if detail.capacity_to else texts.CAPACITY_RANGE
        rows.append((without_mnemonic(texts.CAPACITY), template.format(low=low, high=high, unit=detail.capacity_unit)))
    if detail.capacity_unit:
        rows.append((texts.CAPACITY_UNIT, detail.capacity_unit))
    if detail.ampere is not None:
        rows.append((texts.AMPERE, texts.AMPERE_UNIT.format(a=number(detail.ampere))))
    if detail.capacity is not None:
        rows.append((texts.CAPACITY_OF_PRICES, f"{number(detail.capacity)} {detail.capacity_unit}".strip()))
    return rows


def base_words(detail: PlanDetail) -> str:
    """The base charge's formula with its figures (billing rule 7)."""
    if detail.base_type is None:
        return texts.BASE_MISSING
    formula = texts.BASE_FORMULAS.get(detail.base_type)
    if formula is None:
        return texts.BASE_UNKNOWN.format(base_type=detail.base_type)
    u1, u2 = detail.base_unit or Decimal(0), detail.base_fix_unit or Decimal(0)
    return formula.format(u1=price(u1), u2=price(u2), cf=number(detail.capacity_from))


def condition_row(condition: Condition) -> tuple[str, ...]:
    """Its name, when it is due in four cells, and its price."""
    kwh = kwh_range(condition.volume_from, condition.volume_to)
    if condition.group:
        kwh += texts.GROUPED.format(group=condition.group)
    if condition.volume_cap:
        kwh += texts.CAP.format(cap=number(condition.volume_cap))
    return (
        condition.name,
        months(condition.month_from, condition.month_to),
        texts.DAY_CLASSES[int(condition.day_class)],
        hours(condition.time_from, condition.time_to),
        kwh,
        price(condition.unit_yen),
    )


def months(first: int, last: int) -> str:
    """Both ends belong to it (billing rule 3)."""
    if (last % 12) + 1 == first:
        return texts.WHOLE_YEAR
    if first == last:
        return texts.month_label(first)
    return (texts.MONTHS if first < last else texts.MONTHS_WRAP).format(a=first, b=last)


def hours(first: int, last: int) -> str:
    """The end is a boundary, not an hour (billing rule 3)."""
    if first == last or (first == 0 and last == 24):
        return texts.WHOLE_DAY
    return (texts.HOURS_RANGE if first < last else texts.HOURS_WRAP).format(a=first, b=last)


def kwh_range(low: Decimal, high: Decimal) -> str:
    """A tier in kWh a month; 0 as the upper end is no limit."""
    if not low and not high:
        return texts.ALL_KWH
    if not low:
        return texts.KWH_UP_TO.format(b=number(high))
    if not high:
        return texts.KWH_FROM.format(a=number(low))
    return texts.KWH_FROM_TO.format(a=number(low), b=number(high))


def fuel_row(fuel: Fuel) -> tuple[str, str]:
    """Which kWh a fuel adjustment is due for, and its figure."""
    return kwh_range(fuel.volume_from, fuel.volume_to), fuel_words(fuel)


def fuel_words(fuel: Fuel) -> str:
    """A fuel adjustment's figure, or that nobody knows it."""
    if not fuel.is_known:
        return texts.FUEL_UNKNOWN
    template = texts.FUEL_FIXED if fuel.calc_type == 1 else texts.FUEL_PER_KWH
    return template.format(unit=price(fuel.unit_yen))


def holiday_words(flags: HolidayFlags) -> str:
    """Which days are holidays, by name."""
    chosen = [name for name, on in zip(texts.HOLIDAY_NAMES, (flags.saturday, flags.sunday, flags.public_holiday), strict=True) if on]
    return "・".join(chosen) if chosen else texts.HOLIDAYS_NONE


def other_rows(detail: PlanDetail) -> list[tuple[str, str]]:
    """What is neither base, band nor fuel."""
    rows = [(texts.PLAN_TYPE, texts.PLAN_TYPES[int(detail.plan_type)])]
    if (contract := texts.CONTRACT_TYPES.get(detail.contract_type)) is not None:
        rows.append((without_mnemonic(texts.CONTRACT_TYPE), contract))
    levy = texts.LEVY_NONE_GIVEN if detail.levy_yen_per_kwh is None else texts.LEVY_UNIT.format(unit=price(detail.levy_yen_per_kwh))
    rows.append((texts.LEVY, levy))
    rows.append((texts.HOLIDAYS, holiday_words(detail.holidays)))
    if detail.discount_rate:
        rows.append((texts.DISCOUNT, texts.DISCOUNT_UNIT.format(rate=number(detail.discount_rate))))
    if detail.valid_from and detail.valid_to:
        rows.append((texts.VALID, texts.VALID_FROM_TO.format(a=paper_day(detail.valid_from), b=paper_day(detail.valid_to))))
    elif detail.valid_to:
        rows.append((texts.VALID, texts.VALID_TO.format(b=paper_day(detail.valid_to))))
    elif detail.valid_from:
        rows.append((texts.VALID, texts.VALID_FROM.format(a=paper_day(detail.valid_from))))
    if detail.source:
        rows.append((texts.SOURCE, detail.source))
    return rows
