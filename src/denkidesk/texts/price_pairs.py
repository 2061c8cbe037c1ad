"""What the clerk reads where two plans' prices stand side by side, and in the picture of one plan's prices."""

from typing import Final

WEEKDAYS: Final = "平日"
HOLIDAYS: Final = "休日"
AXES: Final = "円/kWh　横 0～24時、縦 1～12月"
EVERY_DAY: Final = "毎日　休日の区別なし"
HOLIDAY_DAYS: Final = "{days}　特別な日 1/2・1/3・4/30・5/1・5/2・12/30・12/31 も休日"
NO_PICTURE: Final = "市場価格に連動するため、時間帯ごとの単価はありません。"
STEPS: Final = "段階料金"
STEP_CHART: Final = "使用量と単価（横 kWh/月、縦 円/kWh）"
BLOCK: Final = "{days}、{first}～{last}月、{start}～{end}時、{price}円"
COMPANY: Final = "電力会社"
COMPANY_KIND: Final = "区分"
COMPANY_KINDS: Final = {True: "旧一般電気事業者（エリアの旧独占会社）", False: "それ以外の小売電気事業者"}
COMPANY_AREA: Final = "エリア"
COMPANY_CODES: Final = ("広域機関の事業者コード", "経済産業省の登録番号", "広域機関のコード")
SURPLUS: Final = "余剰電力の買取 {kind}"
SURPLUS_KINDS: Final = (
    "FIT期間中・低圧",
    "FIT終了後・低圧",
    "FIT期間中・高圧と特別高圧 10kW未満",
    "FIT期間中・高圧と特別高圧 10kW以上",
    "FIT期間中・高圧と特別高圧 50～250kW未満",
    "FIT終了後・高圧と特別高圧",
)
"""By the API's six positions."""
MARKET_COMMISSION: Final = "手数料（市場連動プランでエリアプライスに上乗せ）"
NOT_SAID: Final = "—（サーバーに記載なし）"
PER_KWH: Final = "{yen} 円/kWh"
PIN: Final = "このプランを左に置いて比べる(&T)"
UNPIN: Final = "比べるのを終える(&T)"
PICK_OTHER: Final = "左の一覧で、右に並べるプランを選んでください。"
COMPARE: Final = "単価を比べる(&T)"
HEAD: Final = ("", "項目", "差（右−左）")
DIFFERENT: Final = "違う"
SAME: Final = "同じ"
PRICE: Final = "{price}円　{when}"
ABSENT: Final = "なし"
ENERGY: Final = "電力量料金の決まり方"
BY_PRICES: Final = "単価 × 使用量"
MARKET: Final = "市場価格（エリアプライス）＋手数料"
BY_MARKET: Final = "市場価格に連動"
ORDER: Final = "計算の順"
THEN: Final = "→"
OTHERWISE: Final = "区分が違う"
JOINED: Final = "・"
NAMED: Final = "{name} {value}"


def difference(value: str) -> str:
    """A signed figure in words that a price sheet writes."""
    return value if value.startswith("−") or not value.strip("0.") else f"+{value}"
