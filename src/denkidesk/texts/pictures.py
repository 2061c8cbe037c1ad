"""What the clerk reads in the pictures of a bill and of a usage, where one is chosen, and in the tables behind them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from denkidesk.texts.bill import price
from denkidesk.texts.dates import full_day

PRESENT: Final = "現在"
PROPOSAL: Final = "提案"
DIFFERENCE: Final = "差"
PAIR_UNIT: Final = "{unit}　左 現在、右 提案（太い上線）"
WATERFALL_UNIT: Final = "円（税込）"
CUT_UNIT: Final = "円（税込）　二重線まで目盛りを省略"
WAYS: Final[Mapping[int, str]] = {1: "↑ 増", 0: "", -1: "↓ 減"}

KINDS: Final[Mapping[str, str]] = {
    "months": "月別の料金",
    "pairs": "現在と提案（月別）",
    "waterfall": "差の内訳",
    "curves": "1日の使い方と単価",
    "load": "使用量の分布",
    "duration": "需要の大きさと時間",
    "schedule": "単価の時間帯",
    "market": "市場価格（月・時）",
}
"""In the order in which they are offered."""
RANKING: Final = "プラン比較"
RANKING_SCALE: Final = "0円からの長さ　点線は現在、淡い端は減、斜線の端は増　市場連動は市場価格による幅"
RANKING_REST: Final = "　ほか {count} 件"
HEAD_RANKING: Final = ("順位", "プラン", "会社", "区分", "料金 円", "現在との差 円", "市場の低い年 円", "市場の高い年 円", "備考")
CHOOSE: Final = "図の種類(&J)"
CHOOSE_TIP: Final = "Enter を押すと、選んだ図に移ります。"
SHOW_NUMBERS: Final = "数字を見る(&K)"
NUMBERS: Final = "図の数字"
BACK: Final = "戻る　{key}"
LEADS_ON: Final = "{what}をクリックするか、矢印キーで選んで Enter を押すと開きます。"
MONTH_OR_DAY: Final[Mapping[bool, str]] = {True: "月", False: "日"}
"""Of the year, of a month."""
GO_IN: Final = "{words}　Enter で開く"
NO_PRESENT: Final = (
    "現在のプランと違うプランを選び、端数処理を「円未満切り捨て」にすると、この図を表示します。"
    "現在のプランは、先に計算したプランか、「プラン比較」で決めたプランです。"
)
NO_SCHEDULE: Final = "市場価格に連動するなど、時間帯ごとの単価がないプランです。"
NO_MARKET: Final = "市場連動型のプランを選ぶと、計算に使ったエリアプライスを表示します。"
ESTIMATED: Final = "（推計値。計測した使い方ではありません）"
MISSING: Final = "欠測"
NOT_WHOLE: Final = "欠測 {hours} 時間"
WEEKDAY: Final = "平日"
HOLIDAY: Final = "休日"
EVERY_DAY: Final = "毎日"
HOUR: Final = "{hour}時"
HOURS: Final = "{first}時～{last}時"
MONTHS: Final = "{first}月～{last}月"
SHARE: Final = "{percent} %"
DAYS_TITLE: Final = "{month}の使用量（日別）"
DAY_TITLE: Final = "{day} {kind}の使用量（時間別）"
HEAD_PAIRS: Final = ("月", "現在 円", "提案 円", "差 円")
HEAD_DURATION: Final = ("時間の割合", "その値以上だった需要 kW")
HEAD_SCHEDULE: Final = ("日", "月", "時間帯", "区分", "単価 円/kWh")
HEAD_DAYS: Final = ("日", "使用量 kWh", "平日・休日", "欠測")
HEAD_HOURS: Final = ("時", "使用量 kWh", "単価 円/kWh")
HEAD_HOUR: Final = "時"
HEAD_DAY: Final = "日"
HEAD_MONTH: Final = "月"
HEAD_KWH: Final = "合計 kWh"
HEAD_KIND: Final = "{kind} {days}日 kWh"
HEAD_WEEKDAY_PRICE: Final = "平日の単価 円/kWh"

DAY_KINDS: Final[Mapping[str, str]] = {
    "summer": "夏（7～9月）の平日",
    "winter": "冬（12～2月）の平日",
    "between": "ほかの月の平日",
    "holiday": "休日",
}
SHORT_DAY_KINDS: Final[Mapping[str, str]] = {"summer": "夏の平日", "winter": "冬の平日", "between": "春秋の平日", "holiday": "休日"}
CURVES_UNIT: Final = "平均 kW　横 0～24時{bands}"
BANDS_MEANT: Final = "　帯は平日の単価（円/kWh）"
DAY_BANDS_MEANT: Final = "　帯はこの日の単価（円/kWh）"
PRICE_RANGE: Final = "{low}～{high}"
LOAD_TOP: Final = "{kwh} kWh/時 以上"
DAYS_UNIT: Final = "kWh/日　斜線は休日、×はデータのそろわない日"
DURATION_UNIT: Final = "kW（1時間の平均）　横 その値以上だった時間の割合 %"
CONTRACT_LINE: Final = "契約 {capacity}"
PEAK: Final = "最大 {kw} kW（30分値、{days}）"
PEAK_DAYS: Final = "{day}{more}"
MORE_DAYS: Final = " ほか{count}日"
MARKET_UNIT: Final = "円/kWh　横 0～23時、縦 月（月平均・時間別）"


def price_range(low: Decimal, high: Decimal) -> str:
    """One price, or from the lowest to the highest."""
    return price(low) if low == high else PRICE_RANGE.format(low=price(low), high=price(high))


def peak_words(kw: float, days: tuple[date, ...]) -> str:
    """The largest demand with its day."""
    more = MORE_DAYS.format(count=len(days) - 1) if len(days) > 1 else ""
    return PEAK.format(kw=f"{kw:.2f}", days=PEAK_DAYS.format(day=full_day(days[0]), more=more))
