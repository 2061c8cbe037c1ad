"""What the clerk reads where all plans are compared."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from denkidesk.domain.ranking import Apart, Doubts, RankedPlan, Spread, Trial
from denkidesk.texts import dates
from denkidesk.texts.bill import doubt_lines, yen
from denkidesk.texts.dates import short_moment
from denkidesk.texts.plan_names import first_names
from denkidesk.texts.shortcuts import GIVE_UP, PROPOSE_PLAN
from denkidesk.texts.tariffs import GO_TO_CAPACITY, GO_TO_USAGE

PAGE: Final = "比較(&5)"
TITLE: Final = "現在の契約"
HEAD: Final = ("見積", "順位", "プラン", "0円から　点線は現在", "料金（円）", "現在との差")
YES: Final = "✓"
OWN: Final = "自社"
OWN_PLANS: Final = "自社プラン(&P)"
PRESENT: Final = "現在"
MARKET: Final = "市場連動"
PRESENT_PLAN: Final = "現在の契約"
NO_RANK: Final = "―"
UNKNOWN: Final = "燃料費が不明"
WRONG_PRICES: Final = "単価に漏れ・重複"
DOUBTFUL: Final = "要注意"
_REFERENCE: Final[Mapping[Apart, str]] = {Apart.FUEL: "燃料費なし {yen} 円（参考）", Apart.PRICES: "{yen} 円（参考）"}
APART_WORDS: Final[Mapping[Apart, str]] = {Apart.FUEL: UNKNOWN, Apart.PRICES: WRONG_PRICES}
_NO_PRESENT: Final[Mapping[Apart, str]] = {
    Apart.FUEL: "現在の契約の燃料費調整の単価が分からないため、差は出せません。",
    Apart.PRICES: "現在の契約の単価に漏れ・重複があるため、差は出せません。",
}
_DOUBTS_SHOWN: Final = 2
MORE_DOUBTS: Final = "ほか {count}件"
PROPOSED_DOUBTFUL: Final = "見積に入れた「{plan}」は要注意です：{first}"
RENEWED: Final = "現在の契約「{plan}」の単価が新しくなったため、計算し直しました。"
RENEWED_YEN: Final = "現在の契約「{plan}」の単価が新しくなったため、{before} 円 から {after} 円 に計算し直しました。"
PRESENT_STAYS: Final = "現在の契約は、この容量の単価がないため {name} のままです。"
A_YEAR: Final = "円/年"
A_PERIOD: Final = "円"
_SPREAD: Final = "市場 {low}～{high} 円"
_SPREAD_OF_YEARS: Final = "（保存された年ごとの市場価格で）"
_SPREAD_OF_MONTHS: Final = "（全月が{low}の市場価格なら ～ {high}なら。2年分の市場価格がまだないため）"
_BEFORE: Final = "（動かす前）"
_WIDTH: Final = "幅 {low}～{high}"
_WIDTH_BEFORE: Final = "前の幅 {low}～{high}"
NO_SPREAD: Final = "市場価格による幅は、2か月分の市場価格がまだないため出せません。"
CHEAPER_ONLY: Final = "現在より安い"
FAVOURITE: Final = "★"
FAVOURITES_ONLY: Final = "★お気に入り"
MARK_FAVOURITE: Final = "★お気に入り / 外す(&S)"
FOOT: Final = "自社の最も安いプラン"
OWN_ONLY: Final = "自社だけ"
NO_MARKET: Final = "市場連動を除く"
FILTER: Final = "プラン・会社名の一部"
FILTER_NAME: Final = "プラン・会社名で絞り込み"
ENTER_PRICE: Final = "燃料費の単価を入れる(&C)"
PRICE_OF_PLAN: Final = "燃料費調整の単価：{plan}"
KEEP_PRICE: Final = "この単価で比べる"
PRICE_TYPED: Final = "燃料費は入力"
SHOW_ALL: Final = "絞り込みを外す(&I)"
_NO_MATCH: Final = "{filters}に合うプランはありません。"
_NO_OTHERS: Final = "現在の契約のほかに比べられるプランがありません。\n対象外の理由(E)で確かめられます。"
TOOLS: Final = "条件・試算(&M)"
PROPOSE: Final = f"見積に入れる / 外す　{PROPOSE_PLAN.label}"
EXCLUDE: Final = "比較から外す(&X)"
INCLUDE: Final = "選んだプランを比較に戻す(&I)"
EXCLUDED: Final = "「{plan}」を比較から外しました。対象外の理由(E)からいつでも戻せます。"
PUT_BACK: Final = "元に戻す"
WHY: Final = "なぜ(&Y)"
REASONS_BUTTON: Final = "対象外の理由(&E)"
FETCH: Final = "契約容量 {size} の単価を取り込む(&Z)"
HEAD_LEFT_OUT: Final = ("理由", "会社", "プラン")
CHANGES: Final = "今月変わった単価(&N)"
HEAD_CHANGES: Final = ("変わった日", "会社", "プラン", "項目", "前", "今")
NO_CHANGES: Final = "今月は、保存されたプランの単価に変更はありません。"
SOME_CHANGES: Final = "今月、{plans}件のプランで {items}項目が変わりました。"
CHOSEN: Final = "選んだプラン"
MONTHS_APART: Final = "月ごとの差（円）"
MONTHS_ENDS: Final = "最も安い {low}　最も高い {high}"
MONTH_APART: Final = "{month}月 {yen}"
MARK_OWN: Final = "自社にする / 外す(&O)"
TAKE_AS_PRESENT: Final = "見積（✓）のプランを現在の契約にする(&J)"
FUEL: Final = "全プランの燃料費調整(&U)"
FUEL_OF_ALL: Final = "全プランの燃料費調整：{rule}"
COMPARED: Final = "{compared}件を比較（現在より安い {cheaper}件）"
APART: Final = "{why} {count}件"
LEFT_OUT: Final = "対象外 {count}件"
OF_CLERK: Final = "（うち比較から外した {count}件）"
UNLISTED: Final = "プラン未取得の会社 {count}社"
NO_PRESENT: Final = "現在の契約の料金を計算できないため、差は出せません。"
NO_DIFFERENCE: Final = "現在との差は不明"
PRESENT_RANK: Final = "現在の契約は {rank} 位です。"
_THEN: Final = "\n全プランを安い順に並べます。"
MISSING: Final[Mapping[str, tuple[str, str]]] = {
    "plan": (f"今の契約のプランを選び、使用量を入れると、{_THEN}", "プランを選ぶ(&C)"),
    "capacity": (f"今の契約の容量と使用量を入れると、{_THEN}", f"{GO_TO_CAPACITY}(&C)"),
    "usage": (f"今の契約のプランで、使用量を入れると、{_THEN}", f"{GO_TO_USAGE}(&C)"),
}
"""Sentence and button, by what the customer's own bill lacks."""
NO_CATALOGUE: Final = "比べるプランがまだ保存されていません。\n料金APIから取り込むと、接続がなくても比べられます。"
FILL: Final = "プランを取り込む(&D)"
FILLING: Final = "取り込み中 {asked}件、残り約 {left}件。止める(&D)"
FILLED: Final = "プラン {priced}件の単価を取り込みました（新しいプラン {added}件、単価の変更 {changed}件）。"
FILL_REFUSED: Final = "{count}件は料金APIが答えませんでした（{names}：{reason}）。"
LISTS: Final = "一覧・市場価格・補助金"
FILL_REST: Final = "まだ約 {left}件あります。もう一度押すと続きを取り込みます。"
FILL_STOPPED: Final = "取り込みを止めました：{reason}"
AGE: Final = "保存されたプラン {count}件　{span} に取得"
PRICES_AGE: Final = "単価 {at} 取得"
MARKET_AGE: Final = "市場価格 {at} 取得"
SPOKEN: Final = "{rank}位"
SPOKEN_CHEAPER: Final = "現在より {yen}円 安い"
SPOKEN_DEARER: Final = "現在より {yen}円 高い"
SPOKEN_SAME: Final = "現在と同じ"
IN_QUOTE: Final = "見積に入れる"

REASONS: Final[Mapping[str, str]] = {
    "area": "別のエリア",
    "contract_type": "別の契約種別",
    "not_on_offer": "受付期間外",
    "capacity": "契約容量が合わない",
    "capacity_unknown": "契約容量が未入力",
    "capacity_prices": "契約容量ごとの単価が未取得",
    "not_fetched": "単価が未取得",
    "area_prices": "市場価格が未取得",
    "no_bill": "単価が使えない",
    "excluded": "比較から外した",
}
"""Why a plan is not compared."""


def no_rows(filters: Sequence[str]) -> str:
    """「自社だけ」「ない語」に合うプランはありません。"""
    return _NO_MATCH.format(filters="".join(f"「{one}」" for one in filters)) if filters else _NO_OTHERS


def signed(amount: int) -> str:
    """+1,234 or −1,234."""
    return ("+" if amount > 0 else "") + yen(Decimal(amount))


def difference_words(difference: int, *, is_year: bool) -> str:
    """−8,420円/年; of a usage that is no year, without 年."""
    return signed(difference) + (A_YEAR if is_year else A_PERIOD)


def chosen_words(line: RankedPlan, *, is_year: bool) -> str:
    """A line's difference in large; without one, whether it is this plan or the present one that is not known."""
    if line.apart is not None:
        return APART_WORDS[line.apart]
    return NO_DIFFERENCE if line.difference is None else difference_words(line.difference, is_year=is_year)


def reference_words(apart: Apart, amount: int) -> str:
    """A sum that is none to be compared."""
    return _REFERENCE[apart].format(yen=yen(Decimal(amount)))


def present_words(present: RankedPlan | None) -> str:
    """The present plan's place, or why no difference to it is known."""
    if present is None:
        return NO_PRESENT
    return PRESENT_RANK.format(rank=present.rank) if present.apart is None else _NO_PRESENT[present.apart]


def doubt_sentences(doubts: Doubts) -> tuple[str, ...]:
    """What can make the sum another one, a sentence each."""
    return tuple(sentence for _, sentence in doubt_lines(doubts.warnings, doubts.faults))


def some_doubts(sentences: Sequence[str]) -> str:
    """The first of them where there is room for two, and how many more there are."""
    more = len(sentences) - _DOUBTS_SHOWN
    return "\n".join([*sentences[:_DOUBTS_SHOWN], *([MORE_DOUBTS.format(count=more)] if more > 0 else [])])


def renewed_words(plan: str, before: int | None, after: int | None) -> str:
    """The present plan has other prices than a moment ago."""
    if before is None or after is None:
        return RENEWED.format(plan=plan)
    return RENEWED_YEN.format(plan=plan, before=yen(Decimal(before)), after=yen(Decimal(after)))


def spread_words(spread: Spread) -> str:
    """市場 90,000～120,000 円: the sums with the cheapest and the dearest prices of the market that there were."""
    low, high = (yen(Decimal(end)) for end in spread.ends)
    return _SPREAD.format(low=low, high=high) + (_BEFORE if spread.is_before else "")


def long_spread_words(spread: Spread) -> str:
    """The same with what it is of."""
    if spread.months is None:
        return spread_words(spread) + _SPREAD_OF_YEARS
    low, high = map(dates.written, spread.months)
    return spread_words(spread) + _SPREAD_OF_MONTHS.format(low=low, high=high)


def width_words(spread: Spread) -> str:
    """幅 −18,213～+29,636: the same as differences from the present plan, where its sum is known."""
    present = spread.present
    low, high = (yen(Decimal(end)) if present is None else signed(end - present) for end in spread.ends)
    return (_WIDTH_BEFORE if spread.is_before else _WIDTH).format(low=low, high=high)


def spoken_difference(difference: int) -> str:
    """現在より 8,420円 安い."""
    if not difference:
        return SPOKEN_SAME
    return (SPOKEN_CHEAPER if difference < 0 else SPOKEN_DEARER).format(yen=yen(Decimal(abs(difference))))


def count_words(compared: int, cheaper: int, apart: Mapping[Apart, int], left_out: int, unlisted: int, excluded: int) -> str:
    """How many plans are compared and how many are not: together the whole catalogue; and of how many retailers none are known."""
    words = [COMPARED.format(compared=f"{compared:,}", cheaper=f"{cheaper:,}")]
    words += [APART.format(why=APART_WORDS[why], count=f"{count:,}") for why, count in apart.items() if count]
    of_clerk = OF_CLERK.format(count=f"{excluded:,}") if excluded else ""
    words += [LEFT_OUT.format(count=f"{left_out:,}") + of_clerk] if left_out else []
    words += [UNLISTED.format(count=f"{unlisted:,}")] if unlisted else []
    return "　".join(words)


def reason_words(reasons: Iterable[str]) -> str:
    """別のエリア 42件、別の契約種別 4件: the commonest first."""
    return "、".join(f"{REASONS[reason]} {count:,}件" for reason, count in Counter(reasons).most_common())


def fetch_words(capacity: Decimal | None, unit: str) -> str:
    """契約容量 6kW の単価を取り込む."""
    return FETCH.format(size="" if capacity is None else f"{capacity.normalize():f}{unit}")


def filled_words(priced: int, added: int, changed: int, refused: Sequence[tuple[str, str]], left: int) -> str:
    """What came of a filling. ``refused``: names of what the server had no answer for, and why; ``left``: not asked for yet."""
    words = FILLED.format(priced=f"{priced:,}", added=f"{added:,}", changed=f"{changed:,}")
    if refused:
        named = list(dict.fromkeys(name or LISTS for name, _ in refused))
        words += FILL_REFUSED.format(count=f"{len(refused):,}", names=first_names(named), reason=refused[0][1].rstrip("。"))
    return words + (FILL_REST.format(left=f"{left:,}") if left > 0 else "")


def age_words(plan: datetime | None, market: datetime | None) -> str:
    """単価 12/1(火) 9:05 取得　市場価格 12/1(火) 9:05 取得; empty for figures that nobody fetched."""
    found = ((PRICES_AGE, plan), (MARKET_AGE, market))
    return "　".join(words.format(at=short_moment(at)) for words, at in found if at is not None)


def month_ends(differences: Mapping[int, int]) -> str:
    """The best and the worst month of a plan, by the difference of each month."""
    ends = (pick(differences, key=differences.__getitem__) for pick in (min, max))
    low, high = (MONTH_APART.format(month=month, yen=signed(differences[month])) for month in ends)
    return MONTHS_ENDS.format(low=low, high=high)


_PARTS: Final[Mapping[str, str]] = {
    "conditions": "電力量料金",
    "fuels": "燃料費調整",
    "base_unit": "基本料金の単価",
    "base_fix_unit": "基本料金の定額",
    "levy_yen_per_kwh": "再エネ賦課金",
    "discount_rate": "割引率",
    "valid_from": "適用の開始",
    "valid_to": "適用の終了",
    "name": "プラン名",
    "base_name": "契約名",
    "source": "出典",
}
_FIGURES: Final[Mapping[str, str]] = {
    "unit_yen": "単価",
    "name": "名前",
    "volume_from": "使用量の下限",
    "volume_to": "使用量の上限",
    "month_from": "最初の月",
    "month_to": "最後の月",
    "time_from": "開始時刻",
    "time_to": "終了時刻",
}


def changed_item(path: str) -> str:
    """電力量料金 2 単価, of ``conditions[2].unit_yen``; a figure without a word here keeps its name."""
    part, _, figure = path.partition(".")
    name, _, number = part.partition("[")
    return " ".join(filter(None, (_PARTS.get(name, name), number.rstrip("]"), _FIGURES.get(figure, figure))))


# --- what if ----------------------------------------------------------------------------------------------------------

TRIAL: Final = "もし、こう使ったら"
KWH: Final = "使用量(&K)"
NIGHT: Final = "昼を夜へ移す(&L)"
CAPACITY: Final = "契約容量(&B)"
NO_CAPACITY: Final = "未入力"
HOUSE_SIZE_TIP: Final = "お客さまの契約容量（例：40A、6kVA）。入れると、その容量で契約できるプランだけを比べます。"
HOUSE_UNIT: Final = "契約容量の単位"
UNSIZED: Final = "契約容量が未入力：全アンペアを比較（契約容量(B)で絞れます）"
HOUSE: Final = "契約容量 {size} で比較"
HOME: Final = "平日の在宅(&W)"
HOME_DAYS: Final = "週＋{days}日"
HOME_TIP: Final = "増やした日は、同じ月の土・日の平均の使い方とします。"
NIGHT_TIP: Final = "移した分は、23時から7時までの各時間に均等に足します。"
RESET: Final = "元に戻す(&R)"
CLOSE_TRIAL: Final = f"閉じる　{GIVE_UP.label}"
TRYING: Final = "試算中：{what}"
PERCENT: Final = "{sign}{percent}%"
KWH_TRIED: Final = "使用量 {value}"
HOME_TRIED: Final = "平日の在宅 週{days}日多く"
NIGHT_TRIED: Final = "昼（7～23時）から夜へ {value}"
CAPACITY_TRIED: Final = "契約容量 {value}"


def rank_words(rank: int, moved: str) -> str:
    """2, or 2（↑3） where it is the fifth on the usage as measured. ``moved``: as :func:`moved_words` says it."""
    return f"{rank}（{moved}）" if moved else str(rank)


def moved_words(rank: int, measured: int | None) -> str:
    """↑3; empty where it is the same."""
    moved = 0 if measured is None else measured - rank
    return f"{'↑' if moved > 0 else '↓'}{abs(moved)}" if moved else ""


def percent_words(percent: int) -> str:
    """+10%, −5%, ±0%."""
    return PERCENT.format(sign="+" if percent > 0 else "−" if percent else "±", percent=abs(percent))


def tried_words(trial: Trial, unit: str) -> str:
    """What is tried otherwise than measured: 使用量 +10%、契約容量 30A; empty where nothing is."""
    what = [KWH_TRIED.format(value=percent_words(trial.kwh_percent))] if trial.kwh_percent else []
    what += [NIGHT_TRIED.format(value=f"{trial.night_percent}%")] if trial.night_percent else []
    what += [HOME_TRIED.format(days=trial.home_days)] if trial.home_days else []
    what += [CAPACITY_TRIED.format(value=f"{trial.capacity:f}{unit}")] if trial.capacity is not None else []
    return "、".join(what)


def trial_words(trial: Trial, unit: str) -> str:
    """The same as it stands beside the clerk's figures."""
    what = tried_words(trial, unit)
    return TRYING.format(what=what) if what else ""
