"""What the clerk reads in 料金・見積 and on its pictures."""

from datetime import datetime
from typing import Final

from denkidesk.domain.clock import JST

PART_NAMES: Final = {
    "base": "基本料金",
    "usage": "電力量料金",
    "adjust": "燃料費調整額",
    "levy": "再エネ賦課金",
    "discount": "割引",
}
UNIT_YEN: Final = "円"
UNIT_MAN_YEN: Final = "万円"
COLUMN_MONTH: Final = "月"
COLUMN_TOTAL: Final = "請求額"
AXIS_HOUR: Final = "時"


def month_label(month: int) -> str:
    """1..12 as it stands under a bar."""
    return f"{month}月"


# --- the finder -----------------------------------------------------------------------------------------------------
FIND_TITLE: Final = "プランを選ぶ"
FIND_BY_AREA: Final = "エリア(&A)"
FIND_BY_PREFECTURE: Final = "都道府県(&R)"
FIND_BY_ZIP: Final = "郵便番号(&Z)"
ZIP_HINT: Final = "7桁（例 530-0000）"
ZIP_WRONG: Final = "郵便番号は数字7桁です。"
PREFECTURE_HINT: Final = "県境の市町村ではエリアが異なることがあります。供給地点特定番号の先頭2桁でご確認ください。"
COMPANY: Final = "電力会社(&C)"
COMPANY_FILTER: Final = "名前の一部で絞り込み"
CONTRACT_TYPE: Final = "契約種別(&T)"
CONTRACT_TYPE_ALL: Final = "すべて"
CONTRACT_TYPES: Final = {1: "低圧電灯", 2: "低圧電力", 3: "高圧", 4: "特別高圧"}
PLAN: Final = "料金プラン(&L)"
BASE: Final = "ご契約(&B)"
CAPACITY: Final = "契約容量(&Y)"
CAPACITY_HINT: Final = "このプランは容量を入れると計算できます。"
CAPACITY_WRONG: Final = "容量は数字で入れてください。"
PLAN_TYPES: Final = {1: "従量制", 2: "市場連動型", 3: "従量可変型"}
EXPIRED: Final = "（受付終了）"
NOTHING_FOUND: Final = "該当する電力会社がありません。"
NO_PLANS: Final = "該当するプランがありません。"
LOADING: Final = "読み込み中…"
FROM_STORE: Final = "サーバーに接続できないため、{age}に保存した内容を表示しています。"
RETRY: Final = "もう一度接続"

# --- pages ----------------------------------------------------------------------------------------------------------
PAGE_PRICES: Final = "単価表(&1)"
PAGE_USAGE: Final = "使用量(&2)"
PAGE_BILL: Final = "年間の料金(&3)"
PICK_A_PLAN: Final = "左の一覧から料金プランを選ぶと、単価表を表示します。"
PICK_USAGE: Final = "使用量のファイルを開くか、1か月の使用量を入れると、年間の料金を計算します。"

# --- price sheet ----------------------------------------------------------------------------------------------------
SECTION_BASE: Final = "基本料金"
SECTION_CONDITIONS: Final = "電力量料金"
SECTION_FUEL: Final = "燃料費調整"
SECTION_OTHER: Final = "その他"
HEAD_CONDITIONS: Final = ("区分", "期間", "曜日", "時間帯", "使用量", "単価（円/kWh）")
HEAD_PAIR: Final = ("項目", "内容")
BASE_FORMULAS: Final = {
    1: "定額：{u1} 円/月",
    2: "契約容量 × {u1} 円/月",
    3: "{u2} 円 ＋ {u1} 円 ×（契約容量 − {cf}）/月",
    4: "最低料金：{u1} 円/月",
    5: "年間最大需要電力 × {u1} 円/月",
    6: "{u2} 円 ＋ {u1} 円 ×（年間最大需要電力 − {cf} ＋ 1）/月",
    7: "契約により定める額：{u1} 円/月",
    8: "{u2} 円 ＋ {u1} 円 × 契約容量 /月",
    9: "{u2} 円 ＋ {u1} 円 ×（契約容量 − {cf} ＋ 1）/月",
}
BASE_UNKNOWN: Final = "この基本料金の方式（種別 {base_type}）には対応していません。"
BASE_MISSING: Final = "基本料金なし"
CAPACITY_RANGE: Final = "{low} {unit} 以上"
CAPACITY_RANGE_TO: Final = "{low} {unit} 以上 {high} {unit} 未満"
WHOLE_YEAR: Final = "通年"
MONTHS: Final = "{a}月～{b}月"
MONTHS_WRAP: Final = "{a}月～翌{b}月"
DAY_CLASSES: Final = {0: "毎日", 1: "平日", 2: "休日"}
WHOLE_DAY: Final = "終日"
HOURS_RANGE: Final = "{a}時～{b}時"
HOURS_WRAP: Final = "{a}時～翌{b}時"
ALL_KWH: Final = "すべて"
KWH_UP_TO: Final = "{b} kWh まで"
KWH_FROM: Final = "{a} kWh 超"
KWH_FROM_TO: Final = "{a} ～ {b} kWh"
CAP: Final = "（総使用量の {cap}% まで）"
GROUPED: Final = "（区分 {group} の合計）"
FUEL_PER_KWH: Final = "{unit} 円/kWh"
FUEL_FIXED: Final = "{unit} 円（定額）"
FUEL_NONE_GIVEN: Final = "なし"
LEVY: Final = "再エネ賦課金"
LEVY_UNIT: Final = "{unit} 円/kWh"
DISCOUNT: Final = "割引率"
DISCOUNT_UNIT: Final = "{rate} %"
HOLIDAYS: Final = "休日とする日"
HOLIDAY_NAMES: Final = ("土曜", "日曜", "祝日（1/2・1/3・4/30・5/1・5/2・12/30・12/31を含む）")
HOLIDAYS_NONE: Final = "なし（毎日が平日）"
VALID: Final = "適用期間"
VALID_FROM: Final = "{a} から"
VALID_FROM_TO: Final = "{a} から {b} まで"
PLAN_TYPE: Final = "料金の方式"
MARKET_NOTE: Final = "電力量料金は、エリアプライス（月平均・時間別。30分ごとのスポット価格ではありません）× 使用量で計算します。"
SOURCE: Final = "出典"

# --- usage ----------------------------------------------------------------------------------------------------------
OPEN_FILE: Final = "ファイルを開く(&O)…"
OPEN_FILE_TITLE: Final = "使用量のファイルを開く"
OPEN_FILE_FILTER: Final = "使用量 (*.csv *.txt *.tsv *.json);;すべてのファイル (*)"
DROP_HERE: Final = "CSV ファイルをここにドロップすることもできます。"
ONE_MONTH: Final = "1か月の使用量から"
ONE_MONTH_MONTH: Final = "月(&M)"
ONE_MONTH_KWH: Final = "使用量 kWh(&K)"
ONE_MONTH_GO: Final = "年間の使用量を推計(&E)"
ONE_MONTH_WRONG: Final = "使用量は 0 より大きい数字で入れてください。"
ESTIMATED: Final = "推計値"
MEASURED: Final = "計測値"
FACT_SOURCE: Final = "データ"
FACT_PERIOD: Final = "期間"
FACT_TOTAL: Final = "合計"
FACT_PEAK: Final = "最大需要電力"
FACT_PEAK_HALF_HOUR: Final = "{kw} kW（30分値）"
FACT_PEAK_HOUR: Final = "{kw} kW（1時間平均。30分値はこれより高くなります）"
FACT_LAYOUT: Final = "形式"
FACT_KIND: Final = "種類"
FACT_GAPS: Final = "欠測"
GAPS_NONE: Final = "なし"
GAPS_COUNT: Final = "{hours} 時間"
GAP_RULE: Final = "欠測の扱い(&G)"
GAP_RULES: Final = {"stop": "計算しない", "same_weekday_mean": "同じ曜日・時刻の平均で補う", "zero": "0 kWh とみなす"}
HEAT_MAP: Final = "使用量の分布（1行＝1日、1列＝1時間）"
PERIOD: Final = "{first} ～ {last}（{days}日）"

# --- bill -----------------------------------------------------------------------------------------------------------
FUEL_RULE: Final = "燃料費調整(&F)"
FUEL_RULES: Final = {"latest": "最新の単価を全ての月に使用", "none": "含めない"}
ROUNDING: Final = "端数処理(&D)"
ROUNDINGS: Final = {"bill": "請求書と同じ（円未満切り捨て）", "none": "端数を残す"}
CHARTS_MONTHS: Final = "月別の料金"
TABLE_HEAD: Final = ("月", "使用量\nkWh", "基本料金", "電力量料金", "燃料費調整額", "再エネ賦課金", "電気料金", "サーバーの計算", "差")
TABLE_YEAR: Final = "年間"
NOT_BILLED: Final = "―"
YEAR_TOTAL: Final = "年間 {yen} 円"
SERVER_WAITING: Final = "サーバーの計算を待っています…"
SERVER_MATCH: Final = "サーバーの計算と一致しました（端数を残した計算で比較）。"
SERVER_DIFFERS: Final = "サーバーの計算との差：年間 {yen} 円（{reason}）"
SERVER_AWAY: Final = "サーバー未照合：{reason}"
QUOTE_FOR: Final = "お客さま名(&N)"
QUOTE_FOR_HINT: Final = "空欄のままでも印刷できます"
SAVE_PDF: Final = "PDF に保存(&S)…"
PRINT: Final = "印刷(&P)…"
PREVIEW: Final = "プレビュー(&V)"
SAVE_PDF_TITLE: Final = "見積を PDF に保存"
PDF_FILTER: Final = "PDF (*.pdf)"
SAVED_PDF: Final = "保存しました：{name}"
PRINTED: Final = "印刷しました。"
COPY_TABLE: Final = "表をコピー"
COPY_PICTURE: Final = "図をコピー"
SAVE_PICTURE: Final = "図を保存…"
PICTURE_FILTER: Final = "PNG (*.png);;SVG (*.svg)"
COPIED: Final = "コピーしました。"
WARNING_CAPACITY: Final = "契約容量がプランの範囲外です。金額は参考としてください。"
DIFFERENCE_REASONS: Final = {
    "rounding": "端数処理の違い",
    "fuel": "燃料費調整の違い",
    "holiday": "休日の数え方の違い",
    "peak": "最大需要電力の違い",
    "capacity": "契約容量の違い",
    "discount": "割引の計算順序の違い",
    "unknown": "原因不明",
}

# --- notes of an imported file --------------------------------------------------------------------------------------
CLOSE: Final = "閉じる"
FROM_FILE: Final = "ファイルから"
AT_LINES: Final = "（{lines} 行目）"
MORE_LINES: Final = " ほか"
IMPORT_NOTE_OTHER: Final = "ファイルに確認が必要な点があります（{code}）。"
IMPORT_NOTES: Final = {
    "gap": "データの抜けが {count} か所あります。抜けは 0 kWh とはみなしません。",
    "duplicate": "同じ日時のデータが重複しています。値は同じでした。",
    "unit_kw": "単位が kW のため、kWh に換算しました。",
    "leap_day": "うるう日（2月29日）を含みます。",
}
CHOOSE_GAP_RULE: Final = "データに抜けがあります。「使用量」の画面で欠測の扱いを選ぶと計算します。"
PDF_NAME: Final = "電気料金試算書_{date}.pdf"
UNEXPECTED: Final = "予期しない問題が起きました。"
BILL_WARNINGS: Final = {"capacity_outside": WARNING_CAPACITY}


def age(moment: datetime) -> str:
    """When something was fetched, as it is said: 11月22日 18:02."""
    local = moment.astimezone(JST)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
