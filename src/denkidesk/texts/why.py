"""What the clerk reads where the difference of two plans is explained."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from denkidesk.domain.why import Both, Outlook, Why, WhyLine, WhyPart
from denkidesk.texts import dates
from denkidesk.texts.bill import YEAR, yen
from denkidesk.texts.ranking import A_PERIOD, A_YEAR, signed
from denkidesk.texts.shortcuts import ESCAPE
from denkidesk.texts.tariffs import DAY_CLASSES, PART_NAMES

TITLE: Final = "なぜ"
BACK: Final = f"一覧へ戻る　{ESCAPE.label}"
HEAD: Final = ("項目", "現在", "提案", "差", "増減（円）")
HEAD_IF: Final = ("もし", "現在", "提案", "差", "左は安く、右は高く")
HEAD_MONTHS: Final = ("月", "現在", "提案", "差", "上 現在・下 提案（0円から）")
LINES: Final = "差の内訳"
RANGE: Final = "単価が変わると"
MONTHS: Final = "月ごとの料金"
NOTE: Final = (
    "段階料金は、各月の平均単価で時間帯に分けています。各項目は合計に合うよう円単位。税込・円未満切り捨て。"
    "燃料費調整の上限は計算に入れていません。"
)
UNIT: Final = "円（税込）　差＝提案−現在"
PRESENT: Final = "現在　{plan}"
PROPOSED: Final = "提案　{plan}"
_NOT_COMPARED: Final = "現在の契約（{plan}）との差は、{whose}の{what}ため示していません。"
PRESENT_SIDE: Final = "現在：{doubt}"
PROPOSED_SIDE: Final = "提案：{doubt}"
NOW: Final = "この比較の単価"
_NO_HISTORY: Final = "ほかの月の燃料費調整の単価が分からないため、単価が変わった場合は比べていません。"
_SEEN: Final = "単価の取得：{sides}"
_SEEN_SIDES: Final = ("現在", "提案", "市場価格")
_SEEN_AT: Final = "{side} {moment}（{age}）"
FUEL_OF: Final = "燃料費が {month}分の単価"
MARKET_OF: Final = "全月が {month}の市場価格"
OTHER_HOURS: Final = "その他の時間帯"
UP: Final = "↑ 増"
DOWN: Final = "↓ 減"
PARTIAL: Final = "（日数不足）"
_PARTS: Final[Mapping[WhyPart, str]] = {
    WhyPart.BASE: PART_NAMES["base"],
    WhyPart.BAND: PART_NAMES["usage"],
    WhyPart.FUEL: PART_NAMES["adjust"],
    WhyPart.LEVY: PART_NAMES["levy"],
    WhyPart.DISCOUNT: "割引",
    WhyPart.ROUNDING: "端数",
    WhyPart.REST: "割引・端数",
}
_RISES: Final = "{name}が {yen}円 上がり"
_FALLS: Final = "{name}が {yen}円 下がり"
_MORE_OFF: Final = "{name}が {yen}円 増え"
_LESS_OFF: Final = "{name}が {yen}円 減り"
_REASONS: Final = "{reasons}ます。"
_REASONS_OF_SEVERAL: Final = "おもに、{reasons}ます。"
_SUM: Final = "差し引きで、"
_SUM_OF_SEVERAL: Final = "ほかと合わせて、"
_CHEAPER: Final = " {yen}円 安くなります。"
_DEARER: Final = " {yen}円 高くなります。"
_SAME: Final = "の料金は変わりません。"
_NOTHING: Final = "どの項目も同じ金額です。"
_UNKNOWN: Final = "{whose}の{what}ため、安くなるか高くなるかは分かりません。"
_NO_FUEL_PRICE: Final = "燃料費調整の単価が分からない"
_MISCOUNTED: Final = "単価に漏れか重複がある"
_WHOSE: Final[Mapping[tuple[bool, bool], str]] = {(True, False): "現在", (False, True): "提案", (True, True): "現在と提案"}
WITHOUT_FUEL: Final = "下の金額は、どちらも燃料費調整を除いたものです。"
WITHOUT: Final = "（燃料費調整を除く）"
_TURNS: Final = "ただし、単価によっては逆転します。"
_THIS_PERIOD: Final = "この期間"
_SUMS: Final = "上がるもの {ups}円、下がるもの {downs}円。"
_UNCHANGED: Final = "{names}は変わりません。"
_ALWAYS: Final = "{what}が、{which}のどの月の水準でも、現在より{than}なります。"
_RANGE: Final = "{what}が変わった場合（{which}の単価）の差引は {low} ～ {high}{unit}です。"
_PAST: Final = "過去"
_WHICH: Final = "{first}～{last}の {count}か月"
_WHICH_AMONG: Final = "{first}～{last}のうち単価の分かる {count}か月"
_OF_MONTHS: Final = "{first}～{last}月"
_OF_HOURS: Final = "{first}～{last}時"
_BAND: Final = "{name}（{when}）"
_FUEL: Final = "燃料費"
_MARKET: Final = "市場価格"
_TURNING: Final = "逆転する境目：{cases}。"
_OR: Final = "、または、"
_TURNING_USAGE: Final = "使用量が {percent}% {moves}とき（年 約 {kwh} kWh）"
_TURNING_USAGE_PERIOD: Final = "使用量が {percent}% {moves}とき（この期間で 約 {kwh} kWh）"
_TURNING_FUEL: Final = "提案の燃料費調整だけが {yen} 円/kWh {moves}とき"


def name_of(line: WhyLine, *, several: bool) -> str:
    """``several``: whether the energy is in bands."""
    if line.part is not WhyPart.BAND or not several:
        return _PARTS[line.part]
    if line.when is None:
        return line.name or OTHER_HOURS
    months, hours, days = line.when.months, line.when.hours, line.when.day_class
    when = [_OF_MONTHS.format(first=months[0], last=months[1])] if months else []
    when += [DAY_CLASSES[days]] if days is not None else []
    when += [_OF_HOURS.format(first=hours[0], last=hours[1] or 24)] if hours else []
    return _BAND.format(name=line.name, when="　".join(when)) if when else line.name


def names_of(why: Why) -> tuple[str, ...]:
    """Of all lines, as they stand."""
    several = sum(line.part is WhyPart.BAND for line in why.lines) > 1
    return tuple(name_of(line, several=several) for line in why.lines)


def reasons_words(why: Why) -> str:
    """The two largest differences as a sentence, which says so where there are others; empty where nothing differs."""
    names = dict(zip((id(line) for line in why.lines), names_of(why), strict=True))
    words = []
    for line in why.largest:
        more, less = (_LESS_OFF, _MORE_OFF) if line.part is WhyPart.DISCOUNT else (_RISES, _FALLS)
        pattern = more if line.difference > 0 else less
        words.append(pattern.format(name=names[id(line)], yen=yen(Decimal(abs(line.difference)))))
    pattern = _REASONS if _is_all(why) else _REASONS_OF_SEVERAL
    return pattern.format(reasons="、".join(words)) if words else ""


def _is_all(why: Why) -> bool:
    """Whether the two largest differences are the whole one, as a customer adds them up."""
    return sum(line.difference for line in why.largest) == why.difference


def headline(why: Why, *, is_year: bool) -> str:
    """One sentence that a customer would repeat, made of the two largest differences."""
    reasons = reasons_words(why)
    if not reasons:
        return _NOTHING
    result = _SAME if not why.difference else (_CHEAPER if why.difference < 0 else _DEARER)
    words = result.format(yen=yen(Decimal(abs(why.difference))))
    return f"{reasons}{_SUM if _is_all(why) else _SUM_OF_SEVERAL}{YEAR if is_year else _THIS_PERIOD}{words}"


def unknown_words(unknown: tuple[bool, bool], miscounted: tuple[bool, bool]) -> str:
    """That nothing can be said, of two plans of which one has a fuel price that nobody knows, or prices that are not each kWh's own."""
    return _UNKNOWN.format(**_reason(unknown, miscounted))


def below_unknown(without_fuel: Why) -> str:
    """What the lines are of, and the two largest; without a sum that could be taken for a saving."""
    return WITHOUT_FUEL + reasons_words(without_fuel)


def not_compared(plan: str, unknown: tuple[bool, bool], miscounted: tuple[bool, bool]) -> str:
    """For the paper of the proposal alone: why the present plan does not stand beside it."""
    return _NOT_COMPARED.format(plan=plan, **_reason(unknown, miscounted))


def _reason(unknown: tuple[bool, bool], miscounted: tuple[bool, bool]) -> dict[str, str]:
    if any(miscounted):
        return {"whose": _WHOSE[miscounted], "what": _MISCOUNTED}
    return {"whose": _WHOSE[unknown], "what": _NO_FUEL_PRICE}


def below_headline(why: Why, outlook: Outlook) -> str:
    """What rises and what falls in all, what stays, and whether a price that was there turns it."""
    ups = sum(line.difference for line in why.lines if line.difference > 0)
    downs = sum(line.difference for line in why.lines if line.difference < 0)
    same = [name for name, line in zip(names_of(why), why.lines, strict=True) if not line.difference]
    words = [_SUMS.format(ups=signed(ups), downs=signed(downs))] if ups or downs else []
    words += [_UNCHANGED.format(names="、".join(same))] if same and words else []
    words += [_TURNS] if outlook.turns(why.difference) else []
    return "".join(words)


def lines_of(why: Why, present: str, proposed: str) -> list[tuple[str, str, str, str, str]]:
    """The two plans at the ends, each part between them."""
    rows = [(PRESENT.format(plan=present), yen(Decimal(why.present_yen)), "", "", "")]
    for name, line in zip(names_of(why), why.lines, strict=True):
        way = "" if not line.difference else UP if line.difference > 0 else DOWN
        rows.append((name, yen(Decimal(line.present_yen)), yen(Decimal(line.proposed_yen)), signed(line.difference), way))
    end = (PROPOSED.format(plan=proposed), yen(Decimal(why.present_yen)), yen(Decimal(why.proposed_yen)), signed(why.difference), "")
    return [*rows, end]


def ranges_of(why: Why | None, outlook: Outlook) -> list[tuple[str, Both]]:
    """Now, where that is known, and the ends that the two plans have had."""
    rows = [] if why is None else [(NOW, Both("", why.present_yen, why.proposed_yen))]
    for pair, words in ((outlook.fuel, FUEL_OF), (outlook.market, MARKET_OF)):
        rows += [(words.format(month=dates.written(both.of)), both) for both in pair or ()]
    return rows


def range_cells(name: str, both: Both) -> tuple[str, str, str, str, str]:
    """One line of it."""
    return (name, yen(Decimal(both.present_yen)), yen(Decimal(both.proposed_yen)), signed(both.difference), "")


def turning_words(why: Why, outlook: Outlook, kwh: float, *, is_year: bool) -> str:
    """What would turn the order, a sentence a line."""
    words = [] if outlook.fuel or outlook.market else [_NO_HISTORY]
    for pair, what, months in _ranges(outlook):
        if pair and why.difference and all((both.difference < 0) == (why.difference < 0) for both in pair):
            words.append(_ALWAYS.format(what=what, which=_which(months), than="安く" if why.difference < 0 else "高く"))
    cases = []
    if (percent := outlook.usage_percent) is not None:
        pattern = _TURNING_USAGE if is_year else _TURNING_USAGE_PERIOD
        at = kwh * (100 + percent) / 100
        cases.append(pattern.format(percent=abs(percent), moves="減った" if percent < 0 else "増えた", kwh=f"{at:,.0f}"))
    if outlook.fuel_yen is not None:
        moves = "上がった" if outlook.fuel_yen > 0 else "下がった"
        cases.append(_TURNING_FUEL.format(yen=f"{abs(outlook.fuel_yen):.2f}", moves=moves))
    words += [_TURNING.format(cases=_OR.join(cases))] if cases else []
    return "\n".join(words)


def _ranges(outlook: Outlook) -> tuple[tuple[tuple[Both, Both] | None, str, tuple[str, ...]], ...]:
    return (outlook.fuel, _FUEL, outlook.fuel_months), (outlook.market, _MARKET, outlook.market_months)


def _which(months: tuple[str, ...]) -> str:
    """2025年5月～2025年10月の 6か月: of which months the ends are the ends."""
    if not months:
        return _PAST
    (first_year, first), (last_year, last) = (map(int, month.split("-")) for month in (months[0], months[-1]))
    is_unbroken = (last_year - first_year) * 12 + last - first + 1 == len(months)
    pattern = _WHICH if is_unbroken else _WHICH_AMONG
    return pattern.format(first=dates.written(months[0]), last=dates.written(months[-1]), count=len(months))


def range_sentence(why: Why, outlook: Outlook, *, is_year: bool) -> str:
    """How far the difference went with the prices that there were; empty where they are not known."""
    found = []
    for pair, what, months in _ranges(outlook):
        if pair:
            low, high = (signed(both.difference) for both in pair)
            found.append(_RANGE.format(what=what, which=_which(months), low=low, high=high, unit=A_YEAR if is_year else A_PERIOD))
    return "".join([*found, *([_TURNS] if outlook.turns(why.difference) else [])])


def ages_words(seen_at: tuple[datetime | None, datetime | None, datetime | None], today: date) -> str:
    """単価の取得：現在 2026年10月18日 9:05（40日前）、提案 …: how old the prices are; empty where none was fetched."""
    sides = [
        _SEEN_AT.format(side=side, moment=dates.paper_moment(at), age=dates.age(at, today))
        for side, at in zip(_SEEN_SIDES, seen_at, strict=True)
        if at is not None
    ]
    return _SEEN.format(sides="、".join(sides)) if sides else ""


def months_of(why: Why) -> list[tuple[str, str, str, str, str]]:
    """Each month of both plans."""
    return [
        (
            dates.written(pair.month) + (PARTIAL if pair.is_partial else ""),
            yen(Decimal(pair.present_yen)),
            yen(Decimal(pair.proposed_yen)),
            signed(pair.difference),
            "",
        )
        for pair in why.months
    ]
