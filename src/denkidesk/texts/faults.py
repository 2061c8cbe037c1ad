"""Sentences about faults of single inputs, by the kind of input and the code; those of the application forms stand with the forms.

Facts of a fault stand in braces by their names.
"""

from collections.abc import Mapping
from typing import Final

from denkidesk.domain.error_codes import FaultCode, SecretCode, SettingCode
from denkidesk.domain.fault_codes import (
    AreaPriceCode,
    BillOptionCode,
    BulkCode,
    ErasureCode,
    InputCode,
    PaperCode,
    PlanCode,
    SpreadsheetCode,
    UsageCode,
)
from denkidesk.domain.usage import ImportNoteCode

SPREADSHEET_FAULTS: Final[Mapping[str, str]] = {
    SpreadsheetCode.EXPONENT: "表計算ソフトで指数（1.23E+21 など）になり、桁が失われています。元の番号を入力してください。",
    SpreadsheetCode.ERROR_VALUE: "表計算ソフトのエラー（#REF!・#N/A など）です。元の値を入力してください。",
    SpreadsheetCode.HIDDEN: "表計算ソフトの列が狭く、##### になった値です。列を広げて写し直してください。",
    SpreadsheetCode.DATE: "数のはずが日付になっています。表計算ソフトで変わったものです。元の値を入力してください。",
    SpreadsheetCode.ZERO_LOST: "桁が足りません。先頭の 0 が失われていないか、元の番号を確かめてください。",
}
_INPUT_FAULTS: Final[Mapping[str, str]] = {
    InputCode.MISSING: "ファイルがありません。",
    InputCode.UNREADABLE: "読み取れません。",
    InputCode.TOO_LARGE: "大きすぎます。",
    InputCode.NOT_JSON: "JSONとして読めません（{where}）。",
    InputCode.SCHEMA: "形が決まりと違います（{where}）。",
    InputCode.NOT_OBJECT: "JSONの一つのオブジェクトにしてください。",
    InputCode.NOT_TEXT: "文字列にしてください。",
    InputCode.DOUBLE: "同じ名前が2度あります。",
    InputCode.ISO_DATE: "日付は 2026-12-01 のように書いてください。",
    InputCode.CHARACTERS: "保存できない文字が入っています。",
    InputCode.NUMBER: "数にしてください。",
    InputCode.RANGE: "範囲の外の値です。",
    InputCode.OUT_OF_RANGE: "範囲の外の値です。",
    InputCode.REQUIRED: "入力してください。",
    InputCode.PORT: "ポートは 0 から 65535 です。",
    InputCode.CHOICE: "選べない値です。",
    InputCode.UNKNOWN: "見つかりません。",
    InputCode.FORM: "書き方が違います。",
    InputCode.BEFORE_START: "終了は開始より後にしてください。",
    InputCode.EXISTS: "同じ名前の別のファイルがすでにあります。",
    InputCode.AT_MOST_ONE: "エリア・都道府県・郵便番号のどれか一つにしてください。",
    InputCode.USAGE: "{message}",
}
_BULK_FAULTS: Final[Mapping[str, str]] = {
    BulkCode.HEADINGS: "見出しの行が見つかりません。見出しは、申込の画面の項目名にしてください。",
    BulkCode.HEADING_TWICE: "同じ見出しの列が2つあります。",
    BulkCode.NO_COLUMN: "この見出しの列がありません。",
    BulkCode.NO_ROWS: "見出しの下に申込がありません。",
    BulkCode.POINT_TWICE: "同じ地点の行が、上にもあります。",
    BulkCode.SIMILAR_OPEN: "同じ地点の同じ種類の申込が、すでにあります。",
}
_ERASURE_FAULTS: Final[Mapping[str, str]] = {
    ErasureCode.STILL_OPEN: "送信の終わっていない申込が{count}件あり、消去できません。送信トレイで決着させてください。",
    ErasureCode.NOT_CONFIRMED: "入力がお客さまと一致しません。",
}
INPUT_FAULTS_OF_FIELDS: Final[Mapping[tuple[str, InputCode], str]] = {
    ("yen", InputCode.OUT_OF_RANGE): "このプランの1か月の料金は {least} 円からで、{value} 円になる使用量がありません。",
    ("kwh", InputCode.OUT_OF_RANGE): "使用量 {value} は使えません。",
    ("month", InputCode.OUT_OF_RANGE): "月は1から12です。",
    ("year", InputCode.OUT_OF_RANGE): "年 {value} は使えません。",
    ("item_id", InputCode.UNKNOWN): "その項目は送信トレイにありません。",
    ("zip_cd", InputCode.FORM): "7桁の数字で入力してください。",
    ("fault", InputCode.UNKNOWN): "{name} という障害はありません。",
    ("fault", InputCode.FORM): "{name} の書き方が違います。",
    ("kind", InputCode.CHOICE): "{given} という種類はありません。",
    ("plan", InputCode.DOUBLE): "{first}行目と同じプラン番号（{plan}）です。どちらかの番号を変えてください。",
    ("secret", InputCode.CHOICE): "{given} という名前の秘密はありません。",
}
"""Instead of the code's own sentence, where the field allows a better one."""
SETTING_FAULTS: Final[Mapping[str, str]] = {
    SettingCode.URL: "アドレスの書き方が違います。",
    SettingCode.PLAIN_HTTP: "https で始まるアドレスにしてください。",
    SettingCode.HTTPS_PROXY: "https のプロキシは使えません。http で始まるアドレスにしてください。",
    SettingCode.LOGIN_IN_ADDRESS: "アドレスにIDやパスワードは書けません。設定の画面の「プロキシのID」の欄に入れてください。",
    SettingCode.BELOW_ONE_SECOND: "1秒より短くできません。",
    SettingCode.RANGE: "範囲の外の値です。",
    SettingCode.IP_ADDRESS: "IPアドレスの書き方が違います。",
    SettingCode.CHOICE: "選べない値です。",
    SettingCode.PLACEHOLDER: "{{token}} が入っていません。",
    SettingCode.CHARACTER: "使えない文字が入っています。",
}
_SECRET_FAULTS: Final[Mapping[str, str]] = {
    SecretCode.EMPTY: "入力してください。",
    SecretCode.TOO_LONG: "長すぎます（{limit}文字まで）。",
    SecretCode.CONTROL_CHARACTER: "使えない文字が入っています。",
    SecretCode.PRACTICE: "練習モードでは変えられません。",
}
USAGE_FAULTS_OF_TABLES: Final[Mapping[UsageCode, str]] = {
    UsageCode.EMPTY: "空のファイルです。",
    UsageCode.NOT_TEXT: "表のファイルではありません。ExcelかCSVのファイルを選んでください。",
    UsageCode.PDF_FILE: "PDFのファイルです。ExcelかCSVのファイルを選んでください。",
}
"""What the reader of usage files says of a table of applications or customers, where its own sentence speaks of a usage."""
_USAGE_FAULTS: Final[Mapping[str, str]] = {
    UsageCode.TOO_LARGE: "ファイルが大きすぎます。",
    UsageCode.TOO_MANY_ROWS: "行が多すぎます。",
    UsageCode.UNKNOWN_ENCODING: "文字コードが分かりません。UTF-8 か Shift_JIS で保存してください。",
    UsageCode.BROKEN_ENCODING: "文字が壊れています。UTF-8 か Shift_JIS で保存し直してください。",
    UsageCode.NOT_A_TABLE: "表として読めません。CSVファイルを選んでください。",
    UsageCode.NOT_TEXT: "文字のファイルではありません。使用量のCSVファイルを選んでください。",
    UsageCode.EXCEL_FILE: (
        "古い形式か、パスワードの付いたExcelのファイルです。Excelで「Excelブック（.xlsx）」かCSVとして保存し直してください。"
    ),
    UsageCode.DAMAGED_WORKBOOK: "Excelのファイルとして読めません。Excelで開いて保存し直してください。",
    UsageCode.FORMULA_WITHOUT_VALUE: "計算式の値が保存されていません。Excelで開いて保存し直してください。",
    UsageCode.DAMAGED_ARCHIVE: "Excelとしても、ZIPとしても読めません。壊れていないか確かめて、CSVかExcelのファイルを選んでください。",
    UsageCode.LOCKED_FILE: "パスワードの付いたZIPファイルです。展開してから選んでください。",
    UsageCode.NO_USAGE_FILE: "CSV・Excel・JSONのファイルが1つもありません。",
    UsageCode.XML_FILE: "XMLかHTMLのファイルです。使用量のCSVかExcelのファイルを選んでください。",
    UsageCode.PDF_FILE: "PDFのファイルです。使用量のCSVファイルを選んでください。",
    UsageCode.COMPRESSED_FILE: "圧縮されたファイルです。展開して、中のCSVファイルを選んでください。",
    UsageCode.NO_DAYS: "日付の列が見つかりません。使用量のCSVファイルか確かめてください。",
    UsageCode.NO_READINGS: "使用量が1件もありません。",
    UsageCode.NO_VALUE_COLUMN: "使用量の列が見つかりません。",
    UsageCode.SEVERAL_VALUE_COLUMNS: "使用量の列が複数あり、一つに決まりません。列を選んでください。",
    UsageCode.NO_TIME: "時刻がありません。",
    UsageCode.NO_SUCH_DAY: "{value} という日はありません。",
    UsageCode.NO_SUCH_TIME: "{value} という時刻はありません。",
    UsageCode.BAD_DATE: "{value} は日付として読めません。",
    UsageCode.ABSURD_YEAR: "{value} の年が正しくありません。",
    UsageCode.ABSURD_VALUE: "{value} kWh は大きすぎます。単位を確かめてください。",
    UsageCode.OTHER_TIME_ZONE: "{value} は日本の時刻ではありません。",
    UsageCode.YEAR_UNKNOWN: "何年のデータか分かりません。期間の行がある元のファイルを使うか、年を選んでください。",
    UsageCode.OUTSIDE_PERIOD: "ファイルに書かれた期間の外の日です。",
    UsageCode.INTERVAL: "15分・30分・1時間ごとのデータではありません。",
    UsageCode.TOO_FINE: "15分より細かいデータ（1分・5分・10分ごとなど）は使えません。15分・30分・1時間ごとの使用量にしてください。",
    UsageCode.SUMS_OF_DAYS: (
        "1時間より長い時間の合計（1日の合計、昼夜別など）か、月ごとの最大電力です。時間ごとの料金は計算できません。"
        "15分・30分・1時間ごとの使用量か、月ごとの使用量にしてください。"
    ),
    UsageCode.SEVERAL_INTERVALS: "ファイルによって時間の間隔か種類が違うため、つなげられません。",
    UsageCode.SLOT_COLUMNS: "時間の列が24個・48個・96個のどれでもありません。",
    UsageCode.SLOT_HEADINGS: "時間の列の見出しが順に並んでいません。",
    UsageCode.SLOT_NUMBER: "時間帯の番号 {value} が正しくありません。",
    UsageCode.SHORT_ROW: "列が足りません（{wanted}列のはずが{columns}列）。",
    UsageCode.DUPLICATE: (
        "同じ時刻の値が2度あり、一致しません（{day} {time}：{first} と {second}）。別の地点のデータが混ざっていませんか。"
    ),
    UsageCode.NOT_A_NUMBER: "{value} は数ではありません。",
    UsageCode.NOT_A_VOLUME: "負の値か、数でない値があります。",
    UsageCode.UNKNOWN_UNIT: "単位（{unit}）が分かりません。",
    UsageCode.UNIT_OPEN: "単位が書かれていないか、一つに決まりません。kWh（使用電力量）か kW（平均電力）かを選んでください。",
    UsageCode.SUPPLY_POINTS: "複数の供給地点のデータがあります。地点を選んでください。",
    UsageCode.SHEETS: "同じ時刻の値が複数のシートにあります。シートを選んでください。",
    UsageCode.REGISTER: (
        "メーターの指示数（積算値）のようです（最大 {largest}）。使用量ではありません。"
        "指示数なら、その差を使用量とする扱いを選んでください。"
    ),
    UsageCode.NOT_A_REGISTER: "指示数（積算値）ではありません。値が {falls} 回減っています。",
    UsageCode.SOLD_OR_OWN_USE: (
        "買電（購入した電力量）の列が見つかりません。売電・発電や、自家消費を含む消費電力量に料金はかかりません。"
        "買った電力量の列があれば選んでください。"
    ),
    UsageCode.IMPLAUSIBLE: "{day} {time} の {value} kWh は、平均（{mean} kWh）の100倍を超えています。正しい値か確かめてください。",
    UsageCode.ABOVE_CAPACITY: "{day}の {value} kW は、契約容量（{capacity}）では使えない大きさです。正しい値か確かめてください。",
    UsageCode.NO_SUCH_CHOICE: "{value} はありません。",
    UsageCode.GAP_WITHOUT_PATTERN: "{day} {hour}時の欠測は、同じ時刻のデータがなく補えません。",
    UsageCode.NOT_JSON: "JSONとして読めません。",
    UsageCode.NOT_A_PURCHASE_ARRAY: "purchase の配列がありません。",
    UsageCode.NOT_A_DAY: "date と24個の hourlyPowers がそろっていない日があります。",
    UsageCode.EMPTY: "空のファイルです。使用量が1日もありません。",
    UsageCode.GAPS: "{first}から{hours}時間分の欠測があります。補い方を選んでください。",
    UsageCode.MORE_THAN_A_YEAR: "1年より長い期間です（{first}から{last}）。",
    UsageCode.DAYS_OUT_OF_ORDER: "日付の順番が乱れているか、同じ日が2度あります。",
    UsageCode.NOT_24_HOURS: "24時間分そろっていない日があります。",
}
_PLAN_FAULTS: Final[Mapping[str, str]] = {
    PlanCode.MISSING: "プランに {item} がありません。",
    PlanCode.BAD_FIGURE: "プランの {item} の値 {value} は使えません。",
    PlanCode.BAD_WINDOW: "プランの {item} の月か時刻が正しくありません（月 {months}、時 {hours}）。",
    PlanCode.UNKNOWN_BASE_TYPE: "基本料金の種類 {base_type} は計算できません。",
    PlanCode.UNKNOWN_FUEL_TYPE: "燃料費調整の種類 {calc_type} は計算できません。",
    PlanCode.ABSURD_PRICE: "プランの {item} の値 {value} は、1kWh あたり 10,000 円を超えています。単位を確かめてください。",
    PlanCode.PRICES_NOTHING: "このプランには、0 円でない単価が一つもありません。料金を計算できません。",
}
_BILL_OPTION_FAULTS: Final[Mapping[str, str]] = {
    BillOptionCode.REQUIRED: "このプランには契約容量が必要です。",
    BillOptionCode.NOT_A_CAPACITY: "契約容量として読めません。",
    BillOptionCode.NOT_A_PEAK: "年間最大需要電力として読めません。",
    BillOptionCode.NOT_A_NUMBER: "数で入力してください。",
    BillOptionCode.OWN_PLAN: "自社プランは料金APIにないため、サーバとは照合しません。",
    BillOptionCode.UNKNOWN_UNIT: "単位は yen か percent です。",
    BillOptionCode.ABSURD_PRICE: "{value} は、1kWh あたり 10,000 円を超えています。単位を確かめてください。",
}
_PAPER_FAULTS: Final[Mapping[str, str]] = {
    PaperCode.FUEL_MISSING: "{month}分（{bill_month}）の燃料費調整単価がありません。",
    PaperCode.FUEL_MONTHS_MISSING: "{first}～{last} のうち {count}か月の単価が分かりません。「請求書」の「燃料費の単価」で入れられます。",
    PaperCode.FUEL_UNTYPED: "単価を円/kWhで入れてください。",
    PaperCode.NO_DIFFERENCE: "「{name}」は、料金か燃料費調整の単価が分からないプランがあるため、差を出せません。",
    PaperCode.LEVY_MISSING: "{month}分（{bill_month}）の再エネ賦課金単価がありません。",
    PaperCode.NO_WHOLE_PERIOD: "検針から検針までの全部の日がそろった期間がありません。",
    PaperCode.NO_PERIODS: "検針日（--read-day）か検針日の一覧（--periods）が必要です。",
    PaperCode.READINGS_OUT_OF_ORDER: "検針日は2つ以上、古い順に並べてください。",
    PaperCode.BANDS_MISSING: "時間帯や季節ごとの使用量が必要です（足りないもの：{names}）。",
    PaperCode.UNKNOWN_BAND: "{name} という区分はプランにありません。",
    PaperCode.PEAK_MISSING: "基本料金に最大需要電力が要るプランです。使用量ファイルか、請求書の契約電力（demand_kw）を加えてください。",
}
_AREA_PRICE_FAULTS: Final[Mapping[str, str]] = {
    AreaPriceCode.MISSING: "市場連動型のプランには、エリアプライスが必要です。",
    AreaPriceCode.SEVERAL_AREAS: "複数のエリアの単価が混ざっています。",
    AreaPriceCode.MONTH_MISSING: "{month}の単価がありません。",
    AreaPriceCode.MONTH_TWICE: "{month}の単価が2度あります。",
    AreaPriceCode.NOT_24_PRICES: "{month}の単価が24個ありません。",
    AreaPriceCode.ABSURD_PRICE: "{month}に、1kWh あたり 10,000 円を超える単価があります。単位を確かめてください。",
}
FAULTS: Final[Mapping[type[FaultCode], Mapping[str, str]]] = {
    SpreadsheetCode: SPREADSHEET_FAULTS,
    InputCode: _INPUT_FAULTS,
    SettingCode: SETTING_FAULTS,
    SecretCode: _SECRET_FAULTS,
    UsageCode: _USAGE_FAULTS,
    PlanCode: _PLAN_FAULTS,
    BillOptionCode: _BILL_OPTION_FAULTS,
    AreaPriceCode: _AREA_PRICE_FAULTS,
    PaperCode: _PAPER_FAULTS,
    BulkCode: _BULK_FAULTS,
    ErasureCode: _ERASURE_FAULTS,
}
"""By the kind of input: the same word means another thing of a plan than of a file."""

IMPORT_NOTES: Final[Mapping[str, str]] = {
    ImportNoteCode.GAP: "欠測があります（{first}から{hours}時間）。0 kWh とはみなしません。",
    ImportNoteCode.MORE_GAPS: "欠測がほかに{count}か所あります。",
    ImportNoteCode.MONTH_MISSING: "{month} のデータがありません。抜けとして扱い、0 kWh とはみなしません。",
    ImportNoteCode.NEGATIVE: "負の値 {value} があります。",
    ImportNoteCode.OUTLIER: "ほかより大きく離れた値 {value} kWh があります（{day} {time}）。",
    ImportNoteCode.ALL_ZERO: "すべて 0 kWh です。",
    ImportNoteCode.UNIT_KW: "単位が kW のため kWh に換算しました。",
    ImportNoteCode.UNIT_CONVERTED: "単位 {unit} を kWh に換算しました。",
    ImportNoteCode.PERIOD_NOT_COVERED: "ファイルの期間（{first} から {last}）のすべての日はありません。",
    ImportNoteCode.PARTIAL_FIRST_DAY: "最初の日 {day} は一日分そろっていません。",
    ImportNoteCode.PARTIAL_LAST_DAY: "最後の日 {day} は一日分そろっていません。",
    ImportNoteCode.DUPLICATE: "同じ日時の値が重なっています。値は同じでした。",
    ImportNoteCode.NEWEST_FIRST: "新しい日が先に並んでいました。",
    ImportNoteCode.NOT_IN_ORDER: "日付の順に並んでいませんでした。",
    ImportNoteCode.LEAP_DAY: "うるう日（2月29日）を含みます。",
    ImportNoteCode.HEADINGS_MISSING: "時刻の見出しがないため、0時からの {slots} コマとして読みました。",
    ImportNoteCode.INTERVAL_END: "時刻は区間の終わりとして読みました。",
    ImportNoteCode.INTERVAL_END_ASSUMED: "時刻は区間の終わりとみなしました。",
    ImportNoteCode.SLOT_NUMBERS: "{first} から数える{minutes}分ごとの番号として読みました。",
    ImportNoteCode.LOAD_SHAPE: "使い方の形 {shape} で推計しました。",
    ImportNoteCode.YEAR_MADE: "{days}日分から1年にしました（{rule}）。",
    ImportNoteCode.ANSWERED: "{question}：{answer}",
    ImportNoteCode.COLUMN_TAKEN: "複数の列のうち「{column}」を使いました。",
    ImportNoteCode.FILES_JOINED: "{count} 個の表をつなげました。",
    ImportNoteCode.FILE_IGNORED: "「{name}」は使用量の表ではないため、使っていません。",
    ImportNoteCode.REGISTER_DIFFERENCES: "指示数（積算値）の差を使用量としました。",
    ImportNoteCode.MONTHLY_FIGURES: "{count} か月の使用量だけがあり、時間ごとの使い方は推計です。",
    ImportNoteCode.NEWEST_YEAR: "{first}から{last}までのデータのうち、{start}からの1年を使いました。",
    ImportNoteCode.ONE_PERIOD: "検針から検針までの1期間（{first}から{last}）のようです。暦の月ごとに計算すると、2つの月に分かれます。",
    ImportNoteCode.ROW_IGNORED: "日付のない行を読みとばしました（{value}）。",
}
"""What the reader of a usage file noticed, for the command line and for whoever has no shorter words."""
