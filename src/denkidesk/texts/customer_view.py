"""What the customer reads: their words, not the clerk's."""

from datetime import date
from decimal import Decimal
from typing import Final

from denkidesk.domain.bills import FuelChoice, FuelRule
from denkidesk.domain.ranking import Trial
from denkidesk.domain.why import Outlook, Why
from denkidesk.texts.bill import YEAR, fuel_words, yen
from denkidesk.texts.dates import paper_day
from denkidesk.texts.quote import HONORIFIC, NO_NAME
from denkidesk.texts.ranking import A_PERIOD, A_YEAR, FUEL_OF_ALL, tried_words
from denkidesk.texts.shortcuts import ESCAPE
from denkidesk.texts.why import range_sentence, reasons_words

TITLE: Final = "お客さま画面"
NOTHING: Final = "ただいま準備しています。"
REFUSED: Final = "このプランは、いまのご契約・ご使用量では計算できません。"
UNKNOWN: Final = "単価に分からないところがあるプランのため、金額を比べられません。"
NOW: Final = "いまの契約"
PROPOSAL: Final = "ご提案"
WITH: Final = "{plan}にすると"
STAYING: Final = "いまの{plan}では"
CHEAPER: Final = "安くなる見込みです。"
DEARER: Final = "高くなる見込みです。"
EXPECTED: Final = "の見込みです。"
SAME: Final = "料金は変わらない見込みです。"
PERIOD_SUM: Final = "この期間で"
YEN: Final = "{yen}円"
MONTHS: Final = "月ごとの差"
MONTHS_SUM: Final = "月ごとの料金"
MONTHS_OF: Final = "円　{first} ～ {last} のご使用量（{kwh} kWh）で計算"
MONTH: Final = "{month}月"
PARTIAL: Final = "日数のそろわない月があります。"
TRIAL: Final = "使い方を変えた場合の試算：{what}"
MARKET: Final = "市場価格に連動するプランです。市場価格が高騰すると、料金がこれを大きく上回ることがあります。"
DOUBTFUL: Final = "推計や未確認の単価を含む、参考の金額です。"
_SAME_RULE: Final = "燃料費調整は、どちらにも同じ決め方の単価を当てています。"
_NO_FUEL: Final = "燃料費調整を含めていません。"
_NO_CAP: Final = "燃料費調整の上限は計算に入れていません。"
_NO_PROMISE: Final = "請求額をお約束するものではありません。"
LEAVE: Final = f"{ESCAPE.label} 閉じる"
_SPOKEN_MONTH: Final = "{month} {yen}円"


def addressed(name: str) -> str:
    """見本 太郎 様."""
    return f"{name} {HONORIFIC}" if name else NO_NAME


def issued(retailer: str, day: date) -> str:
    """Who says so, and when."""
    return "　".join(filter(None, (retailer, paper_day(day))))


def saving_words(why: Why, *, is_present: bool, is_year: bool) -> tuple[str, str, str]:
    """What stands before the large figure, the figure, and what follows it."""
    span = f"{YEAR} " if is_year else f"{PERIOD_SUM} "
    if is_present:
        return span, YEN.format(yen=yen(Decimal(why.proposed_yen))), EXPECTED
    if not why.difference:
        return span, "", SAME
    return span, YEN.format(yen=yen(Decimal(abs(why.difference)))), f" {CHEAPER if why.difference < 0 else DEARER}"


def unit_words(*, is_year: bool) -> str:
    """円/年 for a year and for nothing else."""
    return A_YEAR if is_year else A_PERIOD


def because(why: Why, *, is_present: bool) -> str:
    """Why in one sentence; of the plan that the customer has already there is none."""
    return "" if is_present else reasons_words(why)


def outlook_words(why: Why, outlook: Outlook, *, is_present: bool, is_year: bool) -> str:
    """How far it goes with the prices that there were."""
    return "" if is_present else range_sentence(why, outlook, is_year=is_year)


def rule_words(*, fuel: FuelChoice, is_present: bool) -> str:
    """How the fuel adjustment was treated, and what the figures are not."""
    if fuel.rule is FuelRule.NONE:
        return _NO_FUEL + _NO_PROMISE
    is_told = fuel.rule in (FuelRule.OWN_MONTH, FuelRule.TYPED) or bool(fuel.of_plans)
    rule = f"{FUEL_OF_ALL.format(rule=fuel_words(fuel))}。" if is_told else "" if is_present else _SAME_RULE
    return rule + _NO_CAP + _NO_PROMISE


def trial_line(trial: Trial, unit: str) -> str:
    """What is tried otherwise than measured; empty where nothing is."""
    what = tried_words(trial, unit)
    return TRIAL.format(what=what) if what else ""


def spoken_months(amounts: list[tuple[str, str]]) -> str:
    """Each month with its figure, for a screen reader."""
    return "、".join(_SPOKEN_MONTH.format(month=month, yen=amount) for month, amount in amounts)
