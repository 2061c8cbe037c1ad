"""What is said of a customer with several supply points: where they are put together, and on the first page of their quote."""

from typing import Final

from denkidesk.texts.ranking import A_PERIOD, A_YEAR, signed
from denkidesk.texts.shortcuts import POINTS as KEY

TITLE: Final = "複数の地点の見積"
LEAD: Final = "1地点ずつ、使用量・現在の契約・見積のプランを決めて、ここに加えます。"
NAME: Final = "地点の名前(&N)"
NAME_HINT: Final = "本店、2号店、事務所の動力 など"
NAME_AGAIN: Final = "「{name}」という地点はもうあります。別の名前にしてください。"
ADD: Final = "いまの試算を加える(&A)"
REMOVE: Final = "外す(&D)"
CLEAR: Final = "すべて外す"
TAKE: Final = "この会社のプランにする(&T)"
SAVE: Final = "PDF に保存(&S)…"
PRINT: Final = "印刷(&P)…"
PREVIEW: Final = "プレビュー(&W)"
POINTS: Final = "地点"
HEAD: Final = ("地点", "使用量 kWh", "現在", "現在（円）", "ご提案", "ご提案（円）", "差（円）")
RETAILERS: Final = "会社ごとの合計（各地点で最も安いプラン）"
HEAD_RETAILERS: Final = ("順位", "会社", "プラン", "合計（円）", "現在との差")
IN_ALL: Final = "合計 {count}地点"
OF: Final = "{customer}　{count}地点"
SUM: Final = "{count}地点の合計：現在 {present}円 → ご提案 {proposed}円（{difference}）"
NONE: Final = "まだ地点がありません。"
NO_BILL: Final = "加える試算がありません。使用量とプランを選び、電気料金が出てから加えてください。"
ROUNDED_ONLY: Final = "端数処理が「円未満切り捨て」の試算だけを合計できます。電気料金のページで選んでください。"
OTHER_CUSTOMER: Final = "いまの試算は「{name}」のものです。ここには「{other}」の地点があります。先に「すべて外す」を押してください。"
OTHER_FUEL: Final = "燃料費調整の扱いが、先に加えた地点と違います。そろえてから加えてください。"
NO_PRESENT: Final = "現在の契約の料金か、どちらかの燃料費調整の単価が分からず、差を出せないため、見積にできません。"
TOO_MANY: Final = "1つの見積に入れられるのは {count}地点までです。"
ADDED: Final = "「{name}」を加えました。次の地点の使用量を開いてください（{key} でここに戻ります）。"
REMOVED: Final = "「{name}」を外しました。"
TAKEN: Final = "全地点のご提案を {company} のプランにしました。"
LEFT_OUT: Final = "一部の地点にしかプランのない会社：{count}社（合計に入れていません）"
GOES_ON: Final = "前回の続きです（下書き、{moment} 保存）。金額はそのとき計算したものです。"
COMPUTING: Final = "計算しています…"
NEEDS_TWO: Final = "2地点から、まとめた見積を作れます。"
DEFAULT_NAME: Final = "地点{number}"
POINT: Final = "地点：{name}"
UNCHANGED: Final = "（変更なし）"
MONTHS_HEAD: Final = ("月（暦月）", "ご使用量 kWh", "現在 円", "ご提案 円", "差 円")
EACH_ON_ITS_PAGE: Final = "各地点の内訳・前提・注意は、それぞれのページにあります。"
DOUBTS: Final = "金額の注意がある地点：{names}"
SAME_RULE: Final = "すべての地点を、同じ燃料費の規則・同じ端数処理で計算しています。"
ALL_POINTS: Final = "全地点"
AT: Final = "{point}　{figure}"
SAVE_TABLE: Final = "Excel に保存(&X)…"
SHEET_OF: Final = "{number} {side}"


def added(name: str) -> str:
    """What to do next."""
    return ADDED.format(name=name, key=KEY.label)


def difference(yen: int, *, is_year: bool) -> str:
    """−8,420円/年."""
    return signed(yen) + (A_YEAR if is_year else A_PERIOD)


def at_points(names: tuple[str, ...], count: int) -> str:
    """Where something holds: each name, or that it holds everywhere."""
    return ALL_POINTS if len(names) == count > 1 else "・".join(names)


def plans_counted(plan: str, points: int) -> str:
    """A quote's plan in the list, with how many points it is of."""
    return f"{plan}（{points}{POINTS}）" if points else plan
