"""What the clerk reads on the list of quotes."""

from collections.abc import Mapping
from typing import Final

from denkidesk.domain.quote_state import QuoteState
from denkidesk.texts.names import FIELD_NAMES
from denkidesk.texts.shortcuts import FIND as FIND_KEY

PAGE: Final = "見積一覧(&6)"
FIND: Final = f"お客さま・番号・プラン（{FIND_KEY.label}）"
FIND_NAME: Final = "見積をお客さま・番号・プランで探す"
HEAD: Final = ("番号", "作成日", "お客さま", "プラン", "料金（円）", "現在との差", "有効期限", "状態")
NOTHING: Final = "まだ見積はありません。電気料金のページで PDF に保存するか印刷すると、ここに残ります。"
NO_MATCH: Final = "「{words}」に合う見積はありません。"
OPEN: Final = "開く（プレビュー）(&O)"
SAVE: Final = "PDF に保存(&S)…"
PRINT: Final = "印刷(&P)…"
REVISE: Final = "いまの単価で改訂(&J)…"
REVISED: Final = "改訂を発行しました：{number}（{before} の改訂）。変更点の紙が付きます。"
NOT_REVISED: Final = "電力会社がこの見積にも保存済みの一覧にもなく、改訂できません。残っている内容から新しい見積を始められます。"
ANEW: Final = "新しい見積に使う(&N)"
ANEW_HERE: Final = "新しい見積を始める"
ANEW_TIP: Final = "お客さま、供給地点、使用量、プラン、現在のご契約をこの見積から取り出し、いまの単価で計算します。"
ANEW_OF_POINTS: Final = "複数の地点の見積は「いまの単価で改訂」でご利用ください。"
_BEGUN: Final = "見積 {number} の{taken}で新しい見積を始めました。"
_BEGUN_PARTS: Final = ("お客さま", "供給地点", "使用量", "プラン", "現在のご契約")
_BEGUN_MISSING: Final = "{missing}はこの見積に残っていません。選び直してください。"
REVISION_TITLE: Final = "{number} の改訂"
REVISION_TABLE: Final = "変わったものと影響"
REVISION_YES: Final = "改訂を発行する(&I)"
REVISION_NO: Final = "キャンセル"
REVISION_STAYS: Final = "当初の見積はそのまま残ります。改訂には新しい番号が付きます。"
REVISION_OF: Final = "{number}（改訂）"
SAME: Final = "発行したときと同じ金額・同じ紙面です。"
FILE_NAME: Final = "見積_{number}.pdf"
XLSX_NAME: Final = "見積_{number}.xlsx"
UNNAMED: Final = "（お名前なし）"
COUNT: Final = "{count} 件"
SPOKEN: Final = "{customer}、{plan}、{yen}円、期限 {until}、{state}"
STATES: Final[Mapping[QuoteState, str]] = {
    QuoteState.ISSUED: "● 発行済",
    QuoteState.EXPIRED: "○ 期限切れ",
    QuoteState.PRICES_CHANGED: "△ 単価が変わった",
}

# --- the workbook -----------------------------------------------------------------------------------------------------

SHEET_QUOTE: Final = "見積"
SHEET_MARKET: Final = "{side}の市場価格"
ADDRESSEE: Final = "宛名"
RETAILER: Final = "小売電気事業者"
SUPPLY_POINT: Final = "供給地点"
LIVE: Final = (
    "この表の金額は式で計算しています。単価や使用量の欄を変えると、金額も変わります。変えたあとの金額は、発行した見積の金額ではありません。"
)
BASE_UNIT: Final = "基本料金の単価"
CAPACITY: Final = FIELD_NAMES["capacity"]
PEAK: Final = FIELD_NAMES["peak_kw"]
DISCOUNT: Final = "割引率"
COMMISSION: Final = FIELD_NAMES["commission"]
PER_KWH: Final = "円/kWh"
PER_MONTH: Final = "円/月"
PERCENT: Final = "%"
KWH_TOTAL: Final = "使用量 kWh"
MARKET_YEN: Final = "市場価格の電力量料金"
MARKET_HEAD: Final = "月平均・時間別"
MARKET_PRICE: Final = "{month} 円/kWh"
MARKET_KWH: Final = "{month} kWh"
HOUR: Final = "{hour}時"
_NOT_OFFERED: Final = "見積のプラン「{wanted}」は一覧にありません。いまの金額は「{shown}」のものです。プランを選び直してください。"


def begun(number: str, *, customer: bool, point: bool, plan: bool, present: bool) -> str:
    """What of a stored quote a new one begins with, and what of it has to be chosen again."""
    parts = zip(_BEGUN_PARTS, (customer, point, True, plan, present), strict=True)
    words = _BEGUN.format(number=number, taken="・".join(name for name, is_there in parts if is_there))
    return words if plan else words + _BEGUN_MISSING.format(missing="・".join(_BEGUN_PARTS[3:]))


def not_offered(wanted: str, shown: str) -> str:
    """That the plan of a quote is not in the list any more, and which one stands there instead."""
    return _NOT_OFFERED.format(wanted=wanted, shown=shown)
