"""What a quote says of its addressee, of its prices and of its usage: sentences with figures in them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from denkidesk.domain.bills import Bill
from denkidesk.domain.plans import AreaPriceMonth
from denkidesk.domain.quote_sheet import FuelSeen, QuoteSheet, Revision
from denkidesk.texts import dates
from denkidesk.texts.bill import price
from denkidesk.texts.quote import CHANGES_REST, HONORIFIC, NO_NAME, NOT_BILLED, TO_A_COMPANY
from denkidesk.texts.ranking import changed_item

_FUEL_NOTE: Final = "燃料費調整の単価：{sides}。"
_FUEL_SEEN: Final = "{side} {unit} 円/kWh（{month}分、{moment} 取得{age}）"
_FUEL_SEEN_SEVERAL: Final = "{side} 単価表のとおり（{moment} 取得{age}）"
_FUEL_UNKNOWN: Final = "{side} 不明（{moment} 取得{age}）"
_FUEL_TYPED: Final = "{side} {unit} 円/kWh"
_FUEL_TYPED_NOTE: Final = "公表の単価が分からないため入力した燃料費調整の単価：{sides}。"
_FUEL_AGE: Final = "、作成の{before}"
_ESTIMATED_SHARE: Final = "推計の月：{of} か月のうち {count} か月（使用量の {percent}%）。"
_TRIAL_NOTE: Final = "試算：{what}。お客さまの実際の使い方・契約の金額ではありません。"
_PHONE: Final = "電話 {phone}"
_PERSON: Final = "担当 {person}"
_DEAREST_HOUR: Final = (
    "市場価格の過去の最高：{month} {hour}時台の {price} 円/kWh（保存されている{first}～{last}の月平均・時間別の価格のうち）。"
    "30分ごとの価格は、これより高いことがあります。"
)
_CHANGED_ROW: Final = "{figure}（{name}）"
_MARKET_PRICES: Final = "市場価格"
_MARKET_MONTHS: Final = "{first}～{last}"
_RULES: Final = "計算の決まり"
_RECALLED: Final = "当初の見積に電力会社の記録がないため、保存済みの一覧から {name} としました。単価と使用量は当初の見積のものです。"
_RULES_VERSION: Final = "版 {version}"
_PRICED: Final = frozenset({"unit_yen", "base_unit", "base_fix_unit", "levy_yen_per_kwh"})
_SEVERAL: Final = " / "
_OF_A_COMPANY: Final = re.compile(
    "会社|法人|[(（][株有合社医財学]|[㈱㈲]|組合|協会|自治会|町内会|病院|学校|大学|保育園|幼稚園|役所|役場|事務所"
)
_ADDRESSED: Final = ("様", "御中", "殿", "先生")


def honorific(name: str) -> str:
    """様 or 御中, nothing where the clerk has typed one behind the name."""
    if name.endswith(_ADDRESSED):
        return ""
    return TO_A_COMPANY if _OF_A_COMPANY.search(name) else HONORIFIC


def addressed(sheet: QuoteSheet) -> str:
    """The customer's name as a letter begins."""
    behind = sheet.honorific or honorific(sheet.customer_name)
    return f"{sheet.customer_name} {behind}".strip() if sheet.customer_name else NO_NAME


def retailer_lines(address: str, phone: str, person: str) -> tuple[str, ...]:
    """Below the retailer's name; what is not set has no place."""
    reached = [_PHONE.format(phone=phone)] if phone else []
    reached += [_PERSON.format(person=person)] if person else []
    return tuple(filter(None, (address, "　".join(reached))))


def fuel_note(sides: Iterable[tuple[str, FuelSeen | None]], today: date) -> str:
    """The fuel price of each plan with its month and its age; empty where none is known."""
    words = []
    for side, seen in sides:
        if seen is None:
            continue
        days = (today - seen.fetched_on).days
        facts = {
            "side": side,
            "moment": dates.paper_moment(seen.fetched_at),
            "age": _FUEL_AGE.format(before=dates.days_before(days)) if days > 0 else "",
        }
        if seen.per_kwh is None:
            words.append((_FUEL_SEEN_SEVERAL if seen.is_known else _FUEL_UNKNOWN).format(**facts))
        else:
            words.append(_FUEL_SEEN.format(unit=price(seen.per_kwh), month=dates.written(seen.bill_month), **facts))
    return _FUEL_NOTE.format(sides="、".join(words)) if words else ""


def typed_fuel_note(sides: Iterable[tuple[str, Decimal]]) -> str:
    """The price that was typed for a plan that has none of its own; empty where there is none."""
    words = "、".join(_FUEL_TYPED.format(side=side, unit=price(per_kwh)) for side, per_kwh in sides)
    return _FUEL_TYPED_NOTE.format(sides=words) if words else ""


def estimated_share(bill: Bill, estimated_months: frozenset[int]) -> str:
    """How many of the months were not measured whole, and how much of the usage is theirs; empty where all were."""
    months = [month for month in bill.billed_months if int(month.month[5:7]) in estimated_months]
    total = sum((month.kwh for month in bill.months), Decimal(0))
    if not months:
        return ""
    percent = sum((month.kwh for month in months), Decimal(0)) * 100 / total if total else Decimal(100)
    return _ESTIMATED_SHARE.format(of=len(bill.billed_months), count=len(months), percent=f"{percent:.0f}")


def dearest_hour(month: str, hour: int, price_yen: Decimal, first: str, last: str) -> str:
    """How high the market price was."""
    facts = {"month": dates.written(month), "hour": hour, "price": price(price_yen)}
    return _DEAREST_HOUR.format(first=dates.written(first), last=dates.written(last), **facts)


def trial_note(what: str) -> str:
    """That the figures are of another usage than measured; empty where nothing is tried."""
    return _TRIAL_NOTE.format(what=what) if what else ""


def changed_figure(items: Sequence[tuple[str, str, str]], row: str = "") -> tuple[str, str, str]:
    """Name, before and after of what changed in one figure, or in one row of a table of them. ``row``: what the plan calls the row."""
    paths = [path for path, _, _ in items]
    figure = changed_item(paths[0] if len(paths) == 1 else paths[0].partition(".")[0])
    before, after = (_SEVERAL.join(_figure(item[0], item[side]) for item in items) for side in (1, 2))
    return _CHANGED_ROW.format(figure=figure, name=row) if row else figure, before, after


def changed_market(before: Sequence[AreaPriceMonth], after: Sequence[AreaPriceMonth]) -> tuple[str, str, str]:
    """The same of the market prices, by the months that they are of."""
    sides = []
    for prices in (before, after):
        months = sorted(month.year_month for month in prices)
        sides.append(_MARKET_MONTHS.format(first=dates.written(months[0]), last=dates.written(months[-1])) if months else NOT_BILLED)
    return _MARKET_PRICES, sides[0], sides[1]


def changed_rules(before: str, after: str) -> tuple[str, str, str]:
    """The same of the rules that bills are computed by."""
    return _RULES, _RULES_VERSION.format(version=before.partition(" ")[0]), _RULES_VERSION.format(version=after)


def recalled_company(name: str) -> str:
    """That the quote before was kept without its retailer."""
    return _RECALLED.format(name=name)


def changes_rest(revision: Revision) -> str:
    """What stands below the changes."""
    return CHANGES_REST + revision.note


def _figure(path: str, written: str) -> str:
    if not written:
        return NOT_BILLED
    return price(Decimal(written)) if path.rpartition(".")[2] in _PRICED else written
