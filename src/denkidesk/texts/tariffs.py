"""What the clerk reads in 料金・見積 and on its pictures."""

from collections.abc import Mapping
from typing import Final

from denkidesk.domain.bills import AssumedRule, DifferenceReason, FuelRule
from denkidesk.domain.plans import BaseType
from denkidesk.domain.usage import ImportNoteCode

PART_NAMES: Final = {
    "base": "基本料金",
    "usage": "電力量料金",
    "adjust": "燃料費調整額",
    "levy": "再エネ賦課金",
    "discount": "割引",
}
UNIT_YEN: Final = "円"
UNIT_MAN_YEN: Final = "万円"
AXIS_HOUR: Final = "時"


def month_label(month: int) -> str:
    """1..12 as it stands under a bar."""
    return f"{month}月"


# --- the finder -----------------------------------------------------------------------------------------------------
FIND_BY_AREA: Final = "エリア(&I)"
FIND_BY_PREFECTURE: Final = "都道府県(&R)"
FIND_BY: Final = "場所の選び方、{words}"
FIND_BY_ZIP: Final = "郵便番号(&Z)"
ZIP_HINT: Final = "7桁（例 530-0000）"
ZIP_WRONG: Final = "郵便番号は数字7桁です。"
PREFECTURE_HINT: Final = "県境の市町村ではエリアが異なることがあります。供給地点特定番号の先頭2桁でご確認ください。"
COMPANY: Final = "電力会社(&C)"
FIND_BY_NAME: Final = "会社・プランの名前や読みの一部"
NAME_HITS: Final = "見つかった会社とプラン"
NAME_HIT_HEADINGS: Final = ("プラン", "会社")
A_COMPANY: Final = "（会社）"
NAMES_FOUND: Final = "{count}件。↑↓で選び、Enter で開きます。"
MORE_NAMES_FOUND: Final = "{count}件のうち、はじめの{shown}件。言葉を足すと絞れます。↑↓で選び、Enter で開きます。"
NO_SUCH_NAME: Final = "「{words}」に合う会社・プランは、保存された中にありません。「比較」の「プランを取り込む」で全社を取り込めます。"
ALL_COMPANIES: Final = "割り当て外の会社も(&9)"
ALL_COMPANIES_TIP: Final = "料金APIの管理者がこのアカウントに割り当てていない会社も並べ、プランの取り込みでも取り寄せます。"
CONTRACT_TYPE: Final = "契約種別(&0)"
CONTRACT_TYPE_ALL: Final = "すべて"
CONTRACT_TYPES: Final = {1: "低圧電灯", 2: "低圧電力", 3: "高圧", 4: "特別高圧"}
PLAN: Final = "料金プラン(&L)"
BASE: Final = "ご契約(&B)"
CAPACITY: Final = "契約容量(&Y)"
CAPACITY_HINT: Final = "このプランは容量を入れると計算できます。"
CAPACITY_WRONG: Final = "容量は数字で入れてください。"
PLAN_TYPES: Final = {1: "従量制", 2: "市場連動型", 3: "従量可変型"}
OLD_PRICES: Final = "（注意：今の単価ではありません）"
EXPIRED: Final = "（受付終了）"
SHOW_EXPIRED: Final = "受付終了のプラン {count}件も表示"
NOT_YET: Final = "（{day}から）"
GO_TO_CAPACITY: Final = "契約容量を入れる"
GO_TO_USAGE: Final = "使用量を入れる"
NO_BILL_TO_PRINT: Final = "印刷する見積がまだありません。プランと使用量を選んでください。"
NO_COMPANIES: Final = "該当する電力会社がありません。"
NO_PLANS: Final = "該当するプランがありません。"
LOADING: Final = "読み込み中…"
COMPUTING: Final = "計算中…"
DRAWING: Final = "描画中…"
FROM_STORE: Final = "サーバーに接続できないため、{age}に保存した内容を表示しています。"
RETRY: Final = "もう一度接続"

# --- pages ----------------------------------------------------------------------------------------------------------
PAGE_PRICES: Final = "単価表(&1)"
PAGE_USAGE: Final = "使用量(&2)"
PAGE_BILL: Final = "電気料金(&3)"
PICK_A_PLAN: Final = "左の一覧から料金プランを選ぶと、単価表を表示します。"
PICK_USAGE: Final = "使用量のファイルを開くか、1か月の使用量を入れると、電気料金を計算します。"

# --- price sheet ----------------------------------------------------------------------------------------------------
SECTION_BASE: Final = "基本料金"
SECTION_CONDITIONS: Final = "電力量料金"
SECTION_FUEL: Final = "燃料費調整"
SECTION_OTHER: Final = "その他"
HEAD_CONDITIONS: Final = ("区分", "期間", "曜日", "時間帯", "使用量", "単価（円/kWh）")
HEAD_PAIR: Final = ("項目", "内容")
BASE_FORMULAS: Final[Mapping[int, str]] = {
    BaseType.FLAT: "定額：{u1} 円/月",
    BaseType.PER_CAPACITY: "契約容量 × {u1} 円/月",
    BaseType.FIXED_AND_PER_CAPACITY_ABOVE: "{u2} 円 ＋ {u1} 円 ×（契約容量 − {cf}）/月",
    BaseType.MINIMUM_CHARGE: "最低料金：{u1} 円/月",
    BaseType.PER_PEAK: "年間最大需要電力 × {u1} 円/月",
    BaseType.FIXED_AND_PER_PEAK_FROM: "{u2} 円 ＋ {u1} 円 ×（年間最大需要電力 − {cf} ＋ 1）/月",
    BaseType.BY_CONTRACT: "契約により定める額：{u1} 円/月",
    BaseType.FIXED_AND_PER_CAPACITY: "{u2} 円 ＋ {u1} 円 × 契約容量 /月",
    BaseType.FIXED_AND_PER_CAPACITY_FROM: "{u2} 円 ＋ {u1} 円 ×（契約容量 − {cf} ＋ 1）/月",
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
FUEL_UNKNOWN: Final = "不明"
FUEL_NONE_GIVEN: Final = "なし"
FUEL_CAP: Final = ("単価の上限", "料金APIに項目がないため、計算に入れません（規制料金などにはあります）。")
LEVY: Final = "再エネ賦課金"
LEVY_NONE_GIVEN: Final = "記載なし"
AMPERE: Final = "アンペア"
BASE_NAME: Final = "契約"
CAPACITY_UNIT: Final = "契約容量の単位"
AMPERE_UNIT: Final = "{a} A"
CAPACITY_OF_PRICES: Final = "この単価の契約容量"
LEVY_UNIT: Final = "{unit} 円/kWh"
DISCOUNT: Final = "割引率"
DISCOUNT_UNIT: Final = "{rate} %"
HOLIDAYS: Final = "休日とする日"
HOLIDAY_NAMES: Final = ("土曜", "日曜", "祝日（1/2・1/3・4/30・5/1・5/2・12/30・12/31を含む）")
HOLIDAYS_NONE: Final = "なし（毎日が平日）"
VALID: Final = "適用期間"
VALID_TO: Final = "{b}まで"
VALID_FROM: Final = "{a}から"
VALID_FROM_TO: Final = "{a}から{b}まで"
PLAN_TYPE: Final = "料金の方式"
MARKET_NOTE: Final = "電力量料金は、エリアプライス（月平均・時間別。30分ごとのスポット価格ではありません）× 使用量で計算します。"
SOURCE: Final = "出典"
SECTION_AREA_PRICES: Final = "使用したエリアプライス（{area}、円/kWh）"
HEAD_AREA_PRICES: Final = ("年月", "最も安い時刻", "最も高い時刻", "平均")
AREA_PRICE_AT: Final = "{price}（{hour}時）"
AREA_PRICES_AGE: Final = "{age}に取得"
COMMISSION: Final = "手数料"
COMMISSION_UNITS: Final = {"yen": "{value} 円/kWh（単位は設定による）", "percent": "{value} %（単位は設定による）"}
COMMISSION_NONE: Final = "サーバーに記載なし（0 として計算）"

# --- usage ----------------------------------------------------------------------------------------------------------
OPEN_FILE: Final = "ファイルを開く(&O)…"
READING_FILE: Final = "「{name}」を読み込んでいます…"
FORMER_USAGE_STAYS: Final = "画面は前の使用量（{source}）のままです。"
OPEN_FILE_TITLE: Final = "使用量のファイルを開く"
OPEN_FILE_FILTER: Final = "使用量 (*.csv *.txt *.tsv *.xlsx *.xlsm *.zip *.json);;すべてのファイル (*)"
DROP_HERE: Final = "CSV・Excel・ZIP・JSON を、いくつでも、この画面のどこにでもドロップできます。"
ONE_MONTH: Final = "請求書・月ごとの使用量から"
ONE_MONTH_MONTH: Final = "月(&M)"
ONE_MONTH_AMOUNT: Final = "量・金額(&K)"
ONE_MONTH_HINT: Final = "300"
ONE_MONTH_UNIT: Final = "使用量の単位"
ONE_MONTH_UNITS: Final = {False: "kWh", True: "円"}
TWELVE_MONTHS_TIP: Final = (
    "1か月分を入れるか、12か月分を、選んだ月から順に空白で区切って入れます（表計算ソフトの行や列を貼り付けられます）。"
)
TWELVE_MONTHS_READ: Final = "12か月分：{months}（合計 {total} {unit}）"
MONTH_AND_AMOUNT: Final = "{month} {amount}"
LOAD_SHAPE: Final = "使い方の形(&S)"
LOAD_SHAPES: Final = {
    "household-plain": "家庭（仮定）",
    "house-france-2008": "家庭（フランスの1軒）",
    "apartments-us": "集合住宅（米国の模擬計算）",
    "office-us": "小規模事務所（米国の模擬計算）",
    "shop-us": "店舗（米国の模擬計算）",
}
_US: Final = "米国ボルティモアの参照建物の模擬計算で、計測でも日本のものでもない。出典：米国エネルギー省、NREL REopt.jl、Apache-2.0"
LOAD_SHAPES_MEANT: Final = {
    "household-plain": "家庭（当社の仮定。計測にも統計にもよらない）",
    "house-france-2008": (
        "家庭1軒の計測（フランスのソー、2008年。日本のものではなく、8月は留守。出典：UCI Machine Learning Repository 235、CC BY 4.0）"
    ),
    "apartments-us": f"集合住宅（{_US}）",
    "office-us": f"小規模事務所（{_US}）",
    "shop-us": f"店舗（{_US}）",
}
"""What each shape is, and whose: none of them is measured in Japan, and none may look so."""
ONE_MONTH_GO: Final = "年間の使用量を推計(&E)"
ONE_MONTH_WRONG: Final = "使用量は 0 より大きい数字を、1か月分か12か月分入れてください（いまは {count} 個）。"
ONE_MONTH_NO_PLAN: Final = "円から推計するには、左の一覧で今の契約のプラン（必要なら契約容量も）を選んでください。"
ESTIMATED: Final = "推計値"
ESTIMATED_MONTHS: Final = "推計の月の電力量"
ESTIMATED_FROM: Final = "{month}の使用量 {kwh} kWh からの推計"
ESTIMATED_FROM_YEN: Final = "{month}の請求 {yen} 円を、{plan}で {kwh} kWh（計算 {ours} 円）とみなした推計"
TWELVE_MONTHS: Final = "{month}から12か月分"
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
OLD_USAGE: Final = "使用量は{year}年のデータで、単価は{today}のものです。使い方が今も同じか確かめてください。"
FACT_PARTIAL: Final = "日数がそろわない月"
TOTAL_OF_DAYS: Final = "{kwh} kWh（{days}日分）"
GAPS_NONE: Final = "なし"
GAPS_COUNT: Final = "{hours} 時間"
GAP_RULE: Final = "欠測の扱い(&Q)"
YEAR_RULE: Final = "1年に足りない分(&X)"
YEAR_RULES: Final = {
    "what_is_there": "補わない（ある日の合計。年間にしない）",
    "day_class_mean": "同じ月（なければ近い月）の平日・休日別の平均で補う",
    "load_shape": "家庭の形（当社の仮定、統計によらない）で補う",
}
GAP_RULES: Final = {"day_class_mean": "同じ月の平日・休日別の平均で補う", "zero": "0 kWh とみなす"}
HEAT_MAP_ESTIMATED: Final = "使用量の分布（推計値。計測した使い方ではありません）"
HEAT_MAP: Final = "使用量の分布（1行＝1日、1列＝1時間）"
PERIOD: Final = "{first} ～ {last}（{days}日）"

# --- bill -----------------------------------------------------------------------------------------------------------
FUEL_RULE: Final = "燃料費調整(&U)"
FUEL_RULES: Final[Mapping[str, str]] = {
    FuelRule.LATEST: "直近の公表単価",
    FuelRule.NONE: "含めない",
    FuelRule.OWN_MONTH: "各月の単価",
    FuelRule.TYPED: "入力した単価",
}
FUEL_RULE_HINTS: Final[Mapping[str, str]] = {
    FuelRule.LATEST: "直近の公表単価：料金APIから最後に取得した月の単価を、全ての月に使います。どの月のものかは比較と見積書に出ます。",
    FuelRule.NONE: "含めない：燃料費調整額を料金に含めません。",
    FuelRule.OWN_MONTH: "各月の単価：8月の使用量には8月分の単価、のように使います。分からない月があるプランは比べません。",
    FuelRule.TYPED: "入力した単価：燃料費調整のある全プランで、全ての使用量に同じ単価を掛けます。",
}
NO_SUM: Final = "計算できません"
FUEL_CAP_HINT: Final = "燃料費調整の上限（規制料金など）は、どの場合も計算に入れません。"
FUEL_TYPED: Final = "燃料費調整の単価（円/kWh）"
FUEL_TYPED_HINT: Final = "円/kWh。値引きはマイナスで入れます（例：-3.5）。"
YEN_PER_KWH: Final = "円/kWh"
FUEL_OF_PLANS: Final = "{rule}、ほか{count}プランは入力した単価"
FUEL_OF_PLAN: Final = "燃料費調整：公表の単価が分からないため、入力した単価 {price} 円/kWh で計算しています。"
FUEL_OF_MONTH: Final = "{rule}（{month}分）"
FUEL_OF_MONTHS: Final = "{rule}（{month}分～{last}分）"
SERVER_TAKES_LATEST: Final = "サーバとの照合は、どちらも取得した燃料費調整単価で計算した料金で行います。"
ROUNDING: Final = "端数処理(&D)"
ROUNDINGS: Final = {"bill": "円未満切り捨て", "none": "端数を残す"}
ROUNDING_HINTS: Final = {
    "bill": "請求書と同じように、毎月の料金の円未満を切り捨てます。",
    "none": "端数を残して計算します。サーバーの計算と同じです。",
}
CHARTS_MONTHS: Final = "月別の料金"
TABLE_HEAD: Final = (
    "月",
    "使用量\nkWh",
    "基本\n料金",
    "電力量\n料金",
    "燃料費\n調整額",
    "再エネ\n賦課金",
    "割引・\n端数",
    "電気\n料金",
)
NOT_BILLED: Final = "―"
TOTAL: Final = "{span} {yen} 円"
DOUBTS: Final = "金額についての注意"
SERVER_WAITING: Final = "サーバーの計算を待っています…"
SERVER_MATCH: Final = "サーバーと一致"
SERVER_MATCH_DETAIL: Final = "サーバーの計算と一致しました（端数を残した計算で比較）。"
SERVER_MATCH_PERIOD: Final = "合計はサーバーと一致"
SERVER_MATCH_PERIOD_DETAIL: Final = (
    "データのある期間の合計が、サーバーの計算と一致しました（端数を残した計算で比較）。サーバーも、データのある月を1か月分で計算します。"
)
SERVER_DIFFERS: Final = "サーバーとの差 {yen} 円"
SERVER_DIFFERS_DETAIL: Final = "サーバーの計算との差は、端数を残した計算どうしで{span} {yen} 円です（{reason}）。"
SERVER_PARTS_DIFFER: Final = "合計は同じ、内訳が違う"
SERVER_PARTS_DIFFER_DETAIL: Final = "合計はサーバーの計算と同じですが、月や項目に差があります（{reason}）。"
SERVER_TABLE: Final = "サーバーとの照合"
SERVER_TABLE_NOTE: Final = "端数を残した計算どうしの比較です（円）。差＝当社−サーバー。"
SERVER_SAME: Final = "{of} か月のうち {same} か月は、どの項目も同じです。"
SERVER_TABLE_HEAD: Final = ("期間", "項目", "当社", "サーバー", "差", "差の理由")
SERVER_PARTS: Final = {**{part: PART_NAMES[part] for part in ("base", "usage", "adjust", "levy")}, "charge": "電気料金"}
SERVER_AWAY: Final = "サーバー未照合"
SERVER_AWAY_DETAIL: Final = "サーバー未照合：{reason}"
QUOTE_FOR: Final = "宛名(&N)"
QUOTE_FOR_EMPTIED: Final = "使用量が替わったので、宛名を空けました。"
QUOTE_FOR_BACK: Final = "前の宛名に戻す"
QUOTE_FOR_HINT: Final = "お客さま名（空欄でも可）"
QUOTE_POINT: Final = "地点番号(&T)"
QUOTE_POINT_HINT: Final = "22桁（空欄でも可）"
QUOTE_POINT_TIP: Final = "見積書には、先頭の2桁と末尾の4桁だけを印刷します。"
SUPPLY_POINT_MASKED: Final = "供給地点 {number}"
SAVE_PDF: Final = "PDF に保存(&S)…"
PRINT: Final = "印刷(&P)…"
PREVIEW: Final = "プレビュー(&W)"
SAVE_PDF_TITLE: Final = "見積を PDF に保存"
SAVE_XLSX: Final = "Excel(&X)…"
SAVE_XLSX_TITLE: Final = "見積を Excel に保存（計算式つき）"
SAVE_XLSX_TIP: Final = "計算式の入った表（xlsx）に保存します。見積の番号が付き、見積一覧に残ります。"
SAVED_PDF: Final = "保存しました：{name}"
PRINTED: Final = "印刷しました。"
COPY_TABLE: Final = "表をコピー"
COPY_PICTURE: Final = "図をコピー"
SAVE_PICTURE: Final = "図を保存…"
PICTURE_FILTER: Final = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
COPIED: Final = "コピーしました。"
COPY_MENU: Final = "図と表(&G)"
SAVED_PICTURE: Final = "図を保存しました：{name}"
PICTURE_NAME: Final = "{title}_{date}.png"

ASSUMED_RULES: Final = {
    AssumedRule.WHOLE_MONTHS: "データのある月は日割りせず、同じ月が両端にあるときは1か月として計算",
    AssumedRule.HOLIDAYS: "休日は土・日・祝日のいずれかに当たる日とし、1/2・1/3・4/30・5/1・5/2・12/30・12/31 を祝日に含める",
    AssumedRule.WRAPPING_WINDOWS: "夜をまたぐ時間帯と年をまたぐ期間は、翌日・翌年へ続くものとして計算",
    AssumedRule.OVER_THE_CAP: "割合の上限を超えた使用量は、次の区分へ回す",
    AssumedRule.BASE_TYPE_3: "種別3の基本料金は、契約容量との差に単価を掛けて計算",
    AssumedRule.AREA_PRICES: "市場連動の単価は、その年月のエリアプライス。なければ最も新しい年の同じ月",
}
"""Rules that the server has not published."""
ASSUMED: Final = "公表されていない計算の決まりを、次のように仮定しています：{rules}。"
DIFFERENCE_REASONS: Final = {
    DifferenceReason.MONTH_NOT_BILLED: "データのない月の扱い",
    DifferenceReason.MONTH_BOTH_ENDS: "期間の両端にある同じ月の扱い",
    DifferenceReason.PARTIAL_MONTH: "日数がそろわない月の基本料金の扱い",
    DifferenceReason.ROUNDING: "端数処理の違い",
    DifferenceReason.WHOLE_KWH: "使用量を 1 kWh 単位にするかどうかの違い",
    DifferenceReason.PEAK_BASE: "最大需要電力の違い",
    DifferenceReason.CAPACITY: "契約容量の違い",
    DifferenceReason.BASE_TYPE_ASSUMED: "基本料金の方式の解釈の違い",
    DifferenceReason.FUEL_LEFT_OUT: "燃料費調整を含めるかどうかの違い",
    DifferenceReason.FUEL_MONTH: "燃料費調整の月の違い",
    DifferenceReason.LEVY_YEAR: "再エネ賦課金の年度の違い",
    DifferenceReason.AREA_PRICE: "エリアプライスの手数料の違い",
    DifferenceReason.HOLIDAY: "休日の数え方の違い",
    DifferenceReason.WINDOW_ENDS: "時間帯や期間の終わりの数え方の違い",
    DifferenceReason.WINDOW_WRAP: "夜や年をまたぐ時間帯の扱いの違い",
    DifferenceReason.CAP: "割合の上限を超えた分の扱いの違い",
    DifferenceReason.DISCOUNT_ORDER: "割引の計算順序の違い",
    DifferenceReason.SUM_OF_PARTS: "内訳の合計",
    DifferenceReason.UNKNOWN: "不明",
}

# --- notes of an imported file --------------------------------------------------------------------------------------
FROM_FILE: Final = "ファイルから"
AT_LINES: Final = "（{lines} 行目）"
MORE_LINES: Final = " ほか"
NOTES_TITLE: Final = "データの確認"
IMPORT_WARNINGS: Final = {
    ImportNoteCode.GAP: "データの抜けが {count} か所、合計 {hours} 時間あります（{places}）。抜けは 0 kWh とはみなしません。",
    ImportNoteCode.MONTH_MISSING: "{month}のデータがありません。抜けとして扱います。",
    ImportNoteCode.NEGATIVE: "0 より小さい値が {count} か所あり、抜けとして扱います（初めは {day} {time} の {value}）。",
    ImportNoteCode.OUTLIER: "{day} {time} の {value} kWh は、ほかの時間に比べて大きすぎます。",
    ImportNoteCode.ALL_ZERO: "使用量がすべて 0 kWh です。",
    ImportNoteCode.UNIT_KW: "単位が kW のため、コマの長さを掛けて kWh にしました。",
    ImportNoteCode.COLUMN_TAKEN: "複数の列のうち「{column}」を使いました。",
    ImportNoteCode.REGISTER_DIFFERENCES: "指示数（積算値）の差を使用量としました。",
    ImportNoteCode.MONTHLY_FIGURES: "月ごとの使用量だけのファイルです。時間ごとの使い方は推計です。",
    ImportNoteCode.YEAR_MADE: "{days}日分のデータを1年にしています：{rule}。",
    ImportNoteCode.ONE_PERIOD: "検針から検針までの1期間（{first} ～ {last}）のようです。暦の月ごとに計算すると、2つの月に分かれます。",
    ImportNoteCode.PERIOD_NOT_COVERED: "データが、ファイルに書かれた期間（{first} ～ {last}）の全部をおおっていません。",
}
"""What can make a wrong yen."""
IMPORT_REMARKS: Final = {
    ImportNoteCode.PARTIAL_FIRST_DAY: "最初の日（{day}）は途中から始まっています。",
    ImportNoteCode.PARTIAL_LAST_DAY: "最後の日（{day}）は途中で終わっています。",
    ImportNoteCode.DUPLICATE: "同じ時刻のデータが {count} か所で重なっていました。値は同じで、一方だけを使いました。",
    ImportNoteCode.NEWEST_FIRST: "新しい日付から順に並んでいます。日付順に並べ直しました。",
    ImportNoteCode.NOT_IN_ORDER: "日付の順に並んでいません。日付順に並べ直しました。",
    ImportNoteCode.LEAP_DAY: "うるう日（2月29日）を含みます。",
    ImportNoteCode.FILES_JOINED: "{count} 個の表をつなげました。",
    ImportNoteCode.FILE_IGNORED: "使用量の表ではないものを {count} 個読み飛ばしました（初めは「{name}」）。",
    ImportNoteCode.NEWEST_YEAR: "{first}から{last}までのデータのうち、{start}からの1年を使いました。",
    ImportNoteCode.LOAD_SHAPE: "使い方の形：{shape}。",
    ImportNoteCode.ANSWERED: "窓口で確かめたこと：{answers}。",
    ImportNoteCode.UNIT_CONVERTED: "単位 {unit} を kWh に換算しました。",
    ImportNoteCode.HEADINGS_MISSING: "時刻の見出しがないため、0時からの {slots} コマとして読みました。",
    ImportNoteCode.INTERVAL_END: "時刻はコマの終わりとして読みました（{minutes}分ごと）。",
    ImportNoteCode.INTERVAL_END_ASSUMED: "時刻はコマの終わりと判断しました（{minutes}分ごと）。",
    ImportNoteCode.SLOT_NUMBERS: "時刻は {first} から始まるコマ番号として読みました（{minutes}分ごと）。",
    ImportNoteCode.ROW_IGNORED: "データではない行を {count} 行読み飛ばしました（初めは「{value}」）。",
}
"""What was read as it should be, and is said all the same."""
IMPORT_GAPS_AT_LEAST: Final = "データの抜けが {count} か所、少なくとも {hours} 時間あります（{places}）。抜けは 0 kWh とはみなしません。"
MORE_PLACES: Final = " ほか"
HOURS_OF_DAY: Final = "{day} {first}時～{last}時"
DAYS_AND_HOURS: Final = "{first} ～ {last}"
LAYOUTS: Final = {
    "wide-hourly": "1行＝1日（1時間値）",
    "wide-half-hourly": "1行＝1日（30分値）",
    "long-hourly": "1行＝1時間",
    "long-half-hourly": "1行＝30分",
    "wide-quarter-hourly": "1行＝1日（15分値）",
    "long-quarter-hourly": "1行＝15分",
    "monthly": "1行＝1か月",
    "kepco-miruden": "はぴeみる電（1行＝1日）",
    "purchase-json": "料金API の purchase（JSON）",
    "estimate": "推計",
    "quote": "保存した見積",
}
NOT_USED: Final = "「{name}」は使えません。"
NOT_ESTIMATED: Final = "推計できません。"
FILE_REFUSED: Final = NOT_USED + "\n{reason}"
PDF_NAME: Final = "電気料金試算書_{date}.pdf"
XLSX_NAME: Final = "電気料金試算書_{date}.xlsx"
