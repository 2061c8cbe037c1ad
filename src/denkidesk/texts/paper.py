"""What the clerk reads on the page of the paper bill: its form, our bill beside it, and what is known of prices."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from denkidesk.domain.paper_bills import BillMatch, Switch, Trial
from denkidesk.domain.price_history import FuelPrice, MatchedBill, PriceOrigin
from denkidesk.texts import dates
from denkidesk.texts.bill import MATCH_UNKNOWN, SWITCHES, yen
from denkidesk.texts.shortcuts import DISCARD_CHOSEN
from denkidesk.texts.tariffs import PART_NAMES

PAGE: Final = "請求書(&4)"
HEADING: Final = "紙の請求書"
ENTER_HINT: Final = "Enter で次の欄　空欄は飛ばせます"
PLAN: Final = "電力会社とプラン（名前の一部・旧名でも）(&C)"
PLAN_HINT: Final = "例：かんでん じゅうりょう"
FOUND_BY: Final = "「{words}」から見つけました"
MORE_FOUND: Final = "{count}件のうち、はじめの{shown}件です。言葉を足すと絞れます。"
NOTHING_FOUND: Final = "「{words}」に合うプランがありません。"
CONTRACT: Final = "ご契約の大きさ（{unit}）(&B)"
CONTRACT_WRONG: Final = "このプランにない大きさです（{choices}）。"
PERIOD: Final = "検針期間(&D)"
PERIOD_LAST: Final = "検針期間の最後の日"
PERIOD_FACTS: Final = "{month}分　{days}日"
PERIOD_WRONG: Final = "検針期間は、初めの日から最後の日まで（62日以内）を入れてください。"
KWH: Final = "使用量(&K)"
KWH_OF: Final = "使用量　{name}"
KWH_UNIT: Final = "kWh"
YEN: Final = "請求金額(&Y)"
NUMBER_WRONG: Final = "数字で入れてください。"
SAME_PERIOD: Final = "✓ ファイルの同じ期間 {kwh} kWh → {whole} kWh"
OTHER_KWH: Final = "ファイルの同じ期間は {kwh} kWh で、請求書と違います。請求書の使用量で計算します。"
LINES: Final = "明細"
LINES_HINT: Final = "任意。あれば差の場所が分かります"
LINE_NAMES: Final[Mapping[str, str]] = {
    "base": f"{PART_NAMES['base']}・最低料金",
    "usage": PART_NAMES["usage"],
    "fuel": PART_NAMES["adjust"],
    "subsidy": "国の補助",
    "deduction": "口座振替割引など",
    "levy": PART_NAMES["levy"],
}
OWN: Final = "契約"
OWN_HINT: Final = "任意。期間の途中で始まった・終わったとき"
BEGUN_ON: Final = "契約の開始日"
ENDED_ON: Final = "契約の終了日"
DEMAND: Final = "請求書の契約電力（kW、実量制）"
OWN_WRONG: Final = "契約の日は日付で、契約電力は数字で入れてください。"
PROMPT: Final = "左に請求書の内容を入れると、同じ料金を計算して、差の理由を調べます。"
RESULT: Final = "請求 {bill} / 計算 {ours}　差 {rest}円"
RESULT_HINT: Final = "円（税込）　差＝計算−請求"
EXPLAINED: Final = "✓ {switch}で、円まで一致します。ほかに説明できる条件はありません。"
EXACT: Final = "✓ 円まで一致しました。"
SEVERAL: Final = "不明：次のどれでも円まで説明できます（{switches}）。"
ACCEPT: Final = "「一致」にする(&M)"
ACCEPTED: Final = "✓ 請求書と一致（{month}分）"
ACCEPTED_NOTE: Final = "請求書との一致を記録しました。見積に印刷されます。"
BILL_CLEARED: Final = "別の使用量に替わったので、前の使用量に合う請求書の入力を消しました。"
BILL_BACK: Final = "入力を戻す"
FORGOTTEN: Final = "別の使用量に替わったので、請求書との一致（{month}分 {yen} 円）を外しました。"
HEAD_LINES: Final = ("項目", "数量と単価", "請求書", "計算", "差")
HEAD_TRIALS: Final = ("試した条件（1つずつ）", "0 に近いほど請求書に近い", "計算", "残り")
QUANTITY: Final = "{kwh} kWh × {unit}円"
QUANTITY_FIXED: Final = "{included} kWhまで {fixed}円{share}、{rest}"
SHARE: Final = "×{days}/{of}日"
PRORATED: Final = "日割り {share}"
FLOORED: Final = "{quantity}、円未満切り捨て"
TOTAL: Final = "合計"
TOTAL_FLOORED: Final = "円未満切り捨て"
NOT_IN_OURS: Final = "計算に入っていません"
DISCOUNT: Final = "割引（{rate}%）と端数"
RIGHT_TO_THE_YEN: Final = "0　✓ 円まで一致"
FUEL_SOURCE: Final = "燃料費調整 {month}分：{per_kwh} 円/kWh{fixed}{subsidy}（{source}）"
FUEL_SOURCE_FIXED: Final = "、定額 {fixed} 円"
FUEL_SOURCE_SUBSIDY: Final = "、国の補助 {subsidy} 円/kWh"
ORIGINS: Final[Mapping[PriceOrigin, str]] = {
    PriceOrigin.HAND: "手入力",
    PriceOrigin.FILE: "読み込んだ表",
    PriceOrigin.SHIPPED: "添付の表",
    PriceOrigin.SERVER: "料金API の前月分とみなした単価",
    PriceOrigin.STAND_IN: "不明な月の代わり",
}
PRICE_AGE: Final = "{origin}、{source}、{at}"
PRICE_AGELESS: Final = "{origin}、{source}"

# --- what is known beside the plan ------------------------------------------------------------------------------------
KNOWN: Final = "単価と補足(&G)"
ENTER_PRICE: Final = "燃料費の単価を入れる…"
READ_PRICES: Final = "単価の表を読み込む…"
WRITE_PRICES: Final = "単価の表を書き出す…"
EDIT_SUPPLEMENT: Final = "プランの補足を直す…"
READ_SUPPLEMENT: Final = "プランの補足を読み込む…"
WRITE_SUPPLEMENT: Final = "プランの補足を書き出す…"
PRICE_FILTER: Final = "CSV (*.csv)"
SUPPLEMENT_FILTER: Final = "JSON (*.json)"
PRICE_FILE_NAME: Final = "燃料費の単価_{date}.csv"
SUPPLEMENT_FILE_NAME: Final = "補足_{name}.json"
PRICES_READ: Final = "{count} か月分の単価を読み込みました。"
PRICES_WRITTEN: Final = "{count} か月分の単価を書き出しました：{name}"
SUPPLEMENT_READ: Final = "プランの補足を読み込みました。"
SUPPLEMENT_WRITTEN: Final = "プランの補足を書き出しました：{name}"
PRICE_HEADING: Final = "{month}分の燃料費調整（{contract_class}）"
PRICE_UNKNOWN: Final = "{month}分の単価が分かりません。検針票か、電力会社のサイトの単価を入れてください。"
PRICE_FIELDS: Final[Mapping[str, str]] = {
    "per_kwh": "単価（円/kWh）",
    "fixed": "最初の定額（円、なければ空欄）",
    "subsidy": "国の補助（円/kWh、空欄は公表の表）",
    "source": "出典",
}
SUPPLEMENT_HEADING: Final = "プランの補足"
OWN_SUPPLEMENT: Final = "この窓口で直した内容です。出典：{source}"
SUPPLEMENT_SOURCE: Final = "出典：{source}"
SUPPLEMENT_FIELDS: Final[Mapping[str, str]] = {
    "included_kwh": "最低料金に含まれる kWh",
    "deduct_yen": "毎月の割引（円、口座振替など）",
    "power_factor": "力率（%、なければ空欄）",
    "contract_class": "燃料費調整の区分",
    "source": "出典",
}
STAND_IN: Final = "{month}分の単価（{per_kwh} 円/kWh）で代用(&S)"
STAND_IN_SOURCE: Final = "{month}分の単価で代用"
HISTORY_TAB: Final = "燃料費の単価(&N)"
HISTORY_NEEDS: Final = "プランを選ぶと、料金月ごとの燃料費調整の単価が並びます。"
HISTORY_OF: Final = "燃料費調整の単価：{contract_class}"
HISTORY_HINT: Final = f"Enter で単価を入れる・直す　{DISCARD_CHOSEN.label} で手入力・代用を消す　表の読み書きは「単価と補足」から"
HEAD_HISTORY: Final = ("料金月", "円/kWh", "定額（円）", "国の補助", "出典")
HISTORY_UNKNOWN: Final = "不明"
HISTORY_OF_STATE: Final = "公表の表"
HALF_BASE: Final = "0 kWh の月は基本料金を半額にする"
KEEP: Final = "この内容を使う"
CANCEL: Final = "キャンセル"
SOURCE_OF_CLERK: Final = "検針票（{month}分）"

# --- the bills of reading periods --------------------------------------------------------------------------------------
MATCH_TAB: Final = "照合(&R)"
PERIODS_TAB: Final = "期間ごとの請求額(&P)"
READINGS: Final = "検針日(&W)"
READINGS_HINT: Final = "毎月の検針日（例 11）か、検針日を「,」で区切って（例 2026-08-11, 2026-09-10）"
READINGS_WRONG: Final = "検針日は 1～31 の数字か、2つ以上の日付を古い順に入れてください。"
PERIODS_NEED: Final = "プランと使用量がそろうと、検針期間ごとの請求額を計算します。"
HEAD_PERIODS: Final = (
    "料金月",
    "期間",
    "日数",
    "kWh",
    "基本\n料金",
    "電力量\n料金",
    "燃料費\n調整額",
    "補助・\n割引",
    "再エネ\n賦課金",
    "請求額",
)
PRICES_UNKNOWN: Final = "燃料費調整の単価が分からない月があります（{months}）。「単価と補足」から入れるか、表を読み込んでください。"
PERIODS_CUT: Final = "データが途中までの期間は計算していません：{periods}"
PERIOD_SOURCES: Final = "燃料費調整の単価：{sources}"
PERIOD_SOURCE: Final = "{months}分は{source}"

# --- on the quote ------------------------------------------------------------------------------------------------------
FACTS: Final = "{company} {plan} {month}分（{first}～{last}、{yen} 円）"
ON_QUOTE: Final = "請求書との照合：{match}を円まで再現しました{switch}。"
KNOWN_CUSTOMER: Final = "このお名前のお客さまは、前に請求書と一致しています：{match}"
ON_QUOTE_SWITCH: Final = "（{switch}）"


def trial_words(trial: Trial) -> str:
    """A condition that was tried, with what was put in its place."""
    value = trial.value
    match trial.switch:
        case Switch.FUEL_MONTH:
            return f"燃料費調整が {dates.written(value)}分"
        case Switch.SUBSIDY:
            return f"国の補助（{value} 円/kWh）なし"
        case Switch.LEVY_YEAR:
            return f"再エネ賦課金が別の年度（{value} 円/kWh）"
        case Switch.DIRECT_DEBIT:
            return f"口座振替割引 −{value}円" if value != "0" else "口座振替割引なし"
        case Switch.POWER_FACTOR:
            return f"力率 {value}%"
    return SWITCHES[trial.switch]


def result_words(match: BillMatch) -> str:
    """Bill, ours and the difference in one line."""
    return RESULT.format(bill=yen(match.ours.parts.charge - match.rest_yen), ours=yen(match.ours.parts.charge), rest=signed(match.rest_yen))


def verdict_words(match: BillMatch) -> str:
    """What explains the rest, or that nobody knows."""
    if not match.rest_yen:
        return EXACT
    names = list(dict.fromkeys(trial_words(trial) for trial in match.explaining))
    if len(match.reasons) == 1:
        return EXPLAINED.format(switch=names[0])
    return SEVERAL.format(switches="、".join(names)) if names else MATCH_UNKNOWN


def signed(amount: Decimal, places: int = 0) -> str:
    """With its sign, + too; 0 has none."""
    words = yen(amount, places)
    return f"+{words}" if amount > 0 and words.strip("0.") else words


def price_source(price: FuelPrice) -> str:
    """Where a price comes from and how old it is."""
    words = PRICE_AGELESS if price.noted_at is None else PRICE_AGE
    at = "" if price.noted_at is None else dates.moment(price.noted_at)
    return words.format(origin=ORIGINS[price.origin], source=price.source, at=at)


def stand_in(price: FuelPrice) -> str:
    """The price that may stand in for a month of which none is known."""
    return STAND_IN.format(month=dates.written(price.bill_month), per_kwh=f"{price.per_kwh:f}".replace("-", "−"))


def sources_words(prices: Iterable[FuelPrice]) -> str:
    """Where the prices of several months come from, the months of one source together."""
    months: dict[str, list[str]] = {}
    for price in prices:
        months.setdefault(price_source(price), []).append(dates.written(price.bill_month))
    return PERIOD_SOURCES.format(sources="、".join(PERIOD_SOURCE.format(months="・".join(of), source=name) for name, of in months.items()))


def match_facts(match: MatchedBill) -> str:
    """Which bill it was."""
    bill = match.bill
    return FACTS.format(
        company=match.company,
        plan=bill.detail.name,
        month=dates.written(bill.period.bill_month),
        first=dates.paper_day(bill.period.first),
        last=dates.paper_day(bill.period.last),
        yen=yen(bill.yen),
    )


def matched_words(match: MatchedBill) -> str:
    """The sentence of a quote."""
    switch = ON_QUOTE_SWITCH.format(switch=trial_words(match.trial)) if match.trial else ""
    return ON_QUOTE.format(match=match_facts(match), switch=switch)
