"""What is said beside a bill's figure, the same on screen, on paper and on the command line: its span, its doubts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from denkidesk.domain.bills import AssumedRule, Bill, BillWarning, DifferenceReason, FuelChoice, FuelRule, MonthBill
from denkidesk.domain.paper_bills import BillMatch, PaperBill, PeriodBill, Switch
from denkidesk.domain.plans import PlanFault, PlanFaultCode, PlanFigure, PricedHours
from denkidesk.texts import dates, tariffs
from denkidesk.texts.tariffs import ALL_KWH, DAY_CLASSES, MORE_PLACES, WHOLE_DAY, WHOLE_YEAR

WARNINGS: Final[Mapping[BillWarning, str]] = {
    BillWarning.CAPACITY_OUTSIDE: "契約容量がプランの範囲外です。金額は参考としてください。",
    BillWarning.CAPACITY_NOT_OF_PRICES: "表示中の単価は別の契約容量のものです。もう一度接続して、単価を取り直してください。",
    BillWarning.LEVY_MISSING: "このプランには再エネ賦課金の単価がなく、金額に含まれていません。",
    BillWarning.COMMISSION_MISSING: (
        "エリアプライスへの手数料がサーバーになく、0 として計算しています。実際の料金はこれより高くなります。"
    ),
    BillWarning.NO_CONDITIONS: "このプランには電力量料金の単価がなく、金額に含まれていません。",
    BillWarning.VOLUME_ABOVE_CAP_UNPRICED: "割合の上限を超えた使用量に単価がありません。その分は金額に含まれていません。",
    BillWarning.DEMAND_MONTHS_UNKNOWN: (
        "過去12か月の最大需要電力の一部が分かりません。分かっている月だけの最大で計算しました。実際の基本料金はこれより高いことがあります。"
    ),
    BillWarning.PEAK_OF_HOURLY_MEANS: (
        "最大需要電力を1時間の平均から求めました。実際の計量は30分値のため、基本料金はこれより高くなります。"
    ),
    BillWarning.BASE_BELOW_ZERO: "基本料金が 0 円を下回っています。契約容量とプランを確かめてください。",
}
"""Each of them can make a wrong yen."""

PLAN_FAULTS: Final[Mapping[PlanFaultCode, str]] = {
    PlanFaultCode.NO_CONDITIONS: WARNINGS[BillWarning.NO_CONDITIONS],
    PlanFaultCode.HOURS_UNPRICED: "単価のない時間帯があります（{where}）。その時間の電力量料金は金額に含まれていません。",
    PlanFaultCode.HOURS_TWICE: "単価が二重になっている時間帯があります（{where}）。その時間の電力量料金が重ねて加算されています。",
    PlanFaultCode.TIER_UNPRICED: "{kwh}の使用量に単価がありません（{where}）。その分は金額に含まれていません。",
    PlanFaultCode.TIER_TWICE: "{kwh}の使用量に単価が二重にあります（{where}）。電力量料金が重ねて加算されています。",
    PlanFaultCode.TIER_EMPTY: "使用量の段階（{low} kWh から {high} kWh まで）の上下が逆のため、この段階は計算されません（{where}）。",
    PlanFaultCode.CAP_WITHOUT_NEXT: (
        "「{name}」の上限（総使用量の {cap}%）を超えた分に単価がありません（{where}）。その分は金額に含まれません。"
    ),
    PlanFaultCode.CAP_IN_TIERS: (
        "「{name}」の上限（総使用量の {cap}%）を超えた分を、一つの区分が受けていません（{where}）。金額に漏れや重なりが出ます。"
    ),
    PlanFaultCode.ENDED: "このプランの適用期間は{day}で終わっています。",
    PlanFaultCode.NOT_BEGUN: "このプランの適用期間は{day}からで、まだ始まっていません。",
    PlanFaultCode.NOT_CURRENT: "プランの名前に、現行の単価ではないと書かれています。金額は参考としてください。",
    PlanFaultCode.STALE_PRICES: "単価は{day}からのもので、2019年10月の消費税率の変更より前です。現行の単価を確かめてください。",
    PlanFaultCode.FUEL_UNKNOWN: "燃料費調整の単価が分からないため、燃料費調整額は金額に含まれていません。実際の料金とは違います。",
    PlanFaultCode.IMPLAUSIBLE_PRICE: "{item}が通常の範囲から外れています（{values}）。単価を確かめてください。",
    PlanFaultCode.IMPLAUSIBLE_CAPACITY: "容量 {value} {unit} は、このプランの契約種別では通常ありません。",
    PlanFaultCode.CAPACITY_LIMITS: "プランの容量の範囲（{low} {unit} 以上 {high} {unit} 未満）の上下が逆です。",
}
"""What is wrong with the plan's own figures."""

PLAN_FIGURES: Final[Mapping[PlanFigure, tuple[str, str]]] = {
    PlanFigure.CONDITION_PRICE: ("電力量料金の単価", " 円/kWh"),
    PlanFigure.VOLUME_CAP: ("総使用量に対する上限", "%"),
    PlanFigure.FUEL_PRICE: ("燃料費調整の単価", " 円/kWh"),
    PlanFigure.FUEL_FIXED: ("燃料費調整の定額", " 円"),
    PlanFigure.LEVY_PRICE: ("再エネ賦課金の単価", " 円/kWh"),
    PlanFigure.DISCOUNT_RATE: ("割引率", "%"),
    PlanFigure.BASE_PER_UNIT: ("基本料金の単価", " 円"),
    PlanFigure.BASE_FIXED: ("基本料金の定額", " 円"),
}
"""Name and unit."""

_MOST_PLACES: Final = 3

ONE_PERIOD: Final = (
    "検針の1期間（{first} ～ {last}）の請求書としては {yen} 円です（{month}分の燃料費調整と再エネ賦課金、1か月分の基本料金）。"
)
SPREAD: Final = (
    "市場連動型のプランです。{dearest}の市場価格が続くと{span} {high} 円（{more}）、{cheapest}の価格が続くと {low} 円（{less}）になります。"
    "高騰すると、さらに大きく上回ることがあります。"
)
YEAR: Final = "年間"
MONTHS: Final = "{count}か月"
DAYS: Final = "{days}日"
PART: Final = "分"
PERIOD: Final = "データのある期間"
ESTIMATED_MARK: Final = "推計"
PARTIAL_MARK: Final = "{days}/{of} 日"
MORE_MONTHS: Final = " ほか {count} か月"
MONTHS_ONLY: Final = "データのある {count} か月だけの合計です。1年分の料金ではありません。"
DAYS_ONLY: Final = (
    "データのある期間だけの合計です。1年分の料金ではありません。日数がそろわない月も、基本料金などは1か月分で計算しています（{months}）。"
)


def yen(amount: Decimal, places: int = 0) -> str:
    """Grouped by three, half up for display, with a true minus sign; never "−0"."""
    rounded = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{abs(rounded):,}" if not rounded else f"{rounded:,}".replace("-", "−")


def price(amount: Decimal) -> str:
    """As a tariff writes it: 2,200.00, 21.00, −2.315; never fewer than two decimals, and never fewer than were published."""
    exponent = amount.as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 0)
    return yen(amount, places)


def warning_lines(bill: Bill | PaperBill) -> tuple[tuple[str, str], ...]:
    """Code and sentence of everything that can make a wrong yen: the bill's own warnings, then the plan's faults."""
    return doubt_lines(bill.warnings, bill.plan_faults)


def doubt_lines(warnings: Iterable[BillWarning], faults: Iterable[PlanFault]) -> tuple[tuple[str, str], ...]:
    """The same of a bill of which only the sum is held."""
    lines: dict[tuple[str, str], None] = {(code, WARNINGS[code]): None for code in warnings}
    lines |= {(fault.code, fault_sentence(fault)): None for fault in faults}
    return tuple(lines)


def fault_sentence(fault: PlanFault) -> str:
    """One fault of a plan in words."""
    facts = dates.in_words(dict(fault.facts))
    if fault.code == PlanFaultCode.IMPLAUSIBLE_PRICE:
        name, unit = PLAN_FIGURES[PlanFigure(facts["item"])]
        written = (price(Decimal(value)) if "円" in unit else value for value in facts["values"].split())
        facts |= {"item": name, "values": "、".join(f"{value}{unit}" for value in written)}
    if "low" in facts:
        facts["kwh"] = _kwh(Decimal(facts["low"]), Decimal(facts["high"]))
    return PLAN_FAULTS[fault.code].format(**{**facts, "where": _places(fault.hours)})


def _kwh(low: Decimal, high: Decimal) -> str:
    if not high:
        return f"{low:f} kWh を超える分" if low else ALL_KWH
    return f"{low:f}～{high:f} kWh "


def _places(places: tuple[PricedHours, ...]) -> str:
    words = "、".join(_place(place) for place in places[:_MOST_PLACES])
    return words + (MORE_PLACES if len(places) > _MOST_PLACES else "")


def _place(place: PricedHours) -> str:
    months = _runs(place.months, 1, 12)
    hours = _runs(place.hours, 0, 24)
    when = WHOLE_YEAR if len(place.months) == 12 else "・".join(_months(first, last) for first, last in months)
    clock = WHOLE_DAY if len(place.hours) == 24 else "・".join(f"{first}時～{(last + 1) % 24 or 24}時" for first, last in hours)
    return f"{when}・{DAY_CLASSES[place.day_class]}・{clock}"


def _months(first: int, last: int) -> str:
    return f"{first}月" if first == last else f"{first}月～{last}月"


def _runs(numbers: tuple[int, ...], lowest: int, count: int) -> list[tuple[int, int]]:
    """First and last of each run of neighbours; one over midnight or over the year's end is one run, first its beginning."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    if len(runs) > 1 and runs[0][0] == lowest and runs[-1][1] == lowest + count - 1:
        runs = [*runs[1:-1], (runs[-1][0], runs[0][1])]
    return runs


# --- bill match -------------------------------------------------------------------------------------------------------

SWITCHES: Final[Mapping[Switch, str]] = {
    Switch.FUEL_MONTH: "燃料費調整の月が違う",
    Switch.SUBSIDY: "国の値引きが入っていない",
    Switch.LEVY_YEAR: "再エネ賦課金の年度が違う",
    Switch.DIRECT_DEBIT: "口座振替割引の有無",
    Switch.SINGLE_FLOOR: "切り捨てが1回だけ",
    Switch.HALF_BASE: "使用量 0 kWh のときの基本料金の半額",
    Switch.POWER_FACTOR: "力率が違う",
    Switch.WHOLE_KWH: "使用量を 1 kWh 単位にしていない",
    Switch.HOLIDAYS: "休日扱いの日（年末年始など）が違う",
    Switch.PRORATION: "日割りをしていない",
}
MATCH_EXACT: Final = "請求書と一致しました。"
MATCH_REASON: Final = "理由：{reason}"
MATCH_SEVERAL: Final = "理由は不明です。次のどれでも説明できます：{reasons}"
MATCH_UNKNOWN: Final = "理由は不明です。"


def reason_words(match: BillMatch) -> str:
    """What explains the difference between our bill and the paper one."""
    names = [SWITCHES[switch] for switch in match.reasons]
    if not match.rest_yen:
        return MATCH_EXACT
    if len(names) == 1:
        return MATCH_REASON.format(reason=names[0])
    return MATCH_SEVERAL.format(reasons="、".join(names)) if names else MATCH_UNKNOWN


# --- how long a time the sum is of ------------------------------------------------------------------------------------


def span(bill: Bill) -> str:
    """年間 for twelve whole months and for nothing else; whole months are counted, else the days."""
    if bill.is_year:
        return YEAR
    return DAYS.format(days=bill.days) if bill.partial_months else MONTHS.format(count=len(bill.billed_months))


def span_of_sum(bill: Bill) -> str:
    """The same before a sum: 年間, 3か月分, 306日分."""
    return YEAR if bill.is_year else span(bill) + PART


def span_of_difference(bill: Bill) -> str:
    """The same where two sums are compared."""
    return YEAR if bill.is_year else PERIOD


def beside_the_sum(
    bill: Bill, period: PeriodBill | None, dearest: tuple[str, Decimal] | None, cheapest: tuple[str, Decimal] | None
) -> list[str]:
    """What a single figure does not show: the bill of the one reading period, and how far the market can take it.

    ``dearest``, ``cheapest``: the month whose prices are meant, and the sum that they make.
    """
    found = []
    if period is not None:
        facts = {"first": dates.paper_day(period.first), "last": dates.paper_day(period.last), "month": dates.written(period.month)}
        found.append(ONE_PERIOD.format(yen=yen(period.parts.charge), **facts))
    if dearest and cheapest:
        facts = {"dearest": dates.written(dearest[0]), "cheapest": dates.written(cheapest[0]), "span": span_of_sum(bill)}
        more, less = (_signed_yen(sum_yen - bill.year.charge) for _, sum_yen in (dearest, cheapest))
        found.append(SPREAD.format(high=yen(dearest[1]), more=more, low=yen(cheapest[1]), less=less, **facts))
    return found


def _signed_yen(amount: Decimal) -> str:
    return ("+" if amount > 0 else "") + yen(amount)


def month_name(month: MonthBill) -> str:
    """2026年7月."""
    return dates.written(month.month)


def partial_mark(month: MonthBill) -> str:
    """3/31 日 for a month that is not whole, else nothing."""
    return PARTIAL_MARK.format(days=month.days, of=month.days_of) if month.is_partial else ""


def month_with_mark(month: MonthBill, estimated: Collection[int] = ()) -> str:
    """2026年7月 3/31 日, 2026年7月 推計: a month that is not whole never stands without its days, nor an estimated one as if measured.

    ``estimated``: calendar months that were not measured whole.
    """
    is_estimated = month.billed and int(month.month[5:7]) in estimated
    return " ".join(filter(None, (month_name(month), partial_mark(month), ESTIMATED_MARK if is_estimated else "")))


def partial_months_words(bill: Bill, most: int = 12) -> str:
    """The months that are not whole, with their days; empty where all are. Beyond ``most`` they are counted."""
    months = bill.partial_months
    words = "、".join(month_with_mark(month) for month in months[:most])
    return words + (MORE_MONTHS.format(count=len(months) - most) if len(months) > most else "")


def not_a_year(bill: Bill) -> str:
    """Why the sum is no year's; empty where it is one."""
    if bill.is_year:
        return ""
    if bill.partial_months:
        return DAYS_ONLY.format(months=partial_months_words(bill))
    return MONTHS_ONLY.format(count=len(bill.billed_months))


# --- the server's figure beside ours ------------------------------------------------------------------------------------


def reasons_words(reasons: Sequence[DifferenceReason]) -> str:
    """Why our figure and the server's differ."""
    return "、".join(tariffs.DIFFERENCE_REASONS[reason] for reason in reasons)


def assumed_words(rules: Sequence[AssumedRule]) -> str:
    """The assumed rules that acted, for whoever wonders why two figures differ."""
    return tariffs.ASSUMED.format(rules="、".join(tariffs.ASSUMED_RULES[rule] for rule in rules))


def server_words(ours: Bill, difference_yen: Decimal, reasons: Sequence[DifferenceReason], *, agrees: bool) -> tuple[str, str]:
    """A badge and a sentence. ``ours``: unrounded, as it was compared."""
    if agrees:
        if ours.is_year:
            return tariffs.SERVER_MATCH, tariffs.SERVER_MATCH_DETAIL
        return tariffs.SERVER_MATCH_PERIOD, tariffs.SERVER_MATCH_PERIOD_DETAIL
    amount = yen(difference_yen)
    if amount == "0":
        return tariffs.SERVER_PARTS_DIFFER, tariffs.SERVER_PARTS_DIFFER_DETAIL.format(reason=reasons_words(reasons))
    sentence = tariffs.SERVER_DIFFERS_DETAIL.format(span=span_of_difference(ours), yen=amount, reason=reasons_words(reasons))
    return tariffs.SERVER_DIFFERS.format(yen=amount), sentence + (assumed_words(ours.assumed) if ours.assumed else "")


def fuel_words(choice: FuelChoice, months: tuple[str, str] | None = None) -> str:
    """The rule, with the price where one was typed. ``months``: the first and the last whose price is the newest of some plan."""
    rule = tariffs.FUEL_RULES[choice.rule]
    if choice.rule is FuelRule.TYPED and choice.typed is not None:
        return f"{rule} {yen(choice.typed, 2)} {tariffs.YEN_PER_KWH}"
    if choice.rule is FuelRule.LATEST and months is not None:
        month, last = map(dates.written, months)
        rule = (tariffs.FUEL_OF_MONTH if month == last else tariffs.FUEL_OF_MONTHS).format(rule=rule, month=month, last=last)
    return tariffs.FUEL_OF_PLANS.format(rule=rule, count=len(choice.of_plans)) if choice.of_plans else rule


def fuel_of_plan(choice: FuelChoice, epplan_id: str) -> str:
    """That one plan's price was typed; empty where it was not."""
    typed = choice.price_of(epplan_id)
    return "" if typed is None else tariffs.FUEL_OF_PLAN.format(price=yen(typed, 2))
