"""What stands on a printed quote."""

from typing import Final

from denkidesk.texts.names import FIELD_NAMES

TITLE: Final = "電気料金 試算書"
HONORIFIC: Final = "様"
NO_NAME: Final = "お客さま"
QUOTE_NUMBER: Final = "番号"
ISSUED_ON: Final = "作成日"
VALID_UNTIL: Final = "有効期限"
CHARGE: Final = "{span}の電気料金（試算・税込）"
DOUBTS: Final = "金額の注意が {count} 件あります（下の「この試算の前提」の赤字）。"
PARTIAL: Final = "日数がそろわない月：{months}"
NOT_BILLED: Final = "―"
PER_MONTH: Final = "1か月あたり平均 {yen} 円"
COMPANY: Final = "電力会社"
PLAN: Final = FIELD_NAMES["plan"]
CONTRACT: Final = "ご契約"
USAGE: Final = "ご使用量"
USAGE_YEAR: Final = "{kwh} kWh（{first} ～ {last}）"
TABLE_HEADER: Final = ("月", "使用量 kWh", "基本料金", "電力量料金", "燃料費調整額", "再エネ賦課金", "割引・端数", "電気料金")
ASSUMPTIONS: Final = "この試算の前提"
DISCLAIMER: Final = "この書面は試算です。請求額ではありません。実際の料金は、ご使用量、毎月の燃料費調整単価、制度の変更により変わります。"
FUEL_LATEST: Final = "燃料費調整額：入手した最新の単価を全ての月に当てはめています。単価は毎月変わります。"
FUEL_NONE: Final = "燃料費調整額：含めていません。実際の請求には加算または減算されます。"
LEVY: Final = "再エネ賦課金：{unit} 円/kWh（最新の単価を全ての月に使用）"
ROUNDING_NONE: Final = "端数処理：計算途中の端数を残しています（表示は円未満を四捨五入）。"
ROUNDING_BILL: Final = "端数処理：毎月、料金と再エネ賦課金をそれぞれ円未満切り捨て。"
USAGE_MEASURED: Final = "使用量：{source} の計測値"
USAGE_ESTIMATED: Final = "使用量：推計値（{source}）。実際の使い方により変わります。"
GAPS: Final = "欠測：{rule}"
SERVER_MATCH: Final = "照合：料金計算サービスの計算結果と一致しました。"
SERVER_MATCH_PERIOD: Final = "照合：データのある期間の合計が、料金計算サービスの計算結果と一致しました。"
SERVER_DIFFERS: Final = "照合：料金計算サービスの計算結果との差は{span} {yen} 円です（{reason}）。"
SERVER_UNCHECKED: Final = "照合：料金計算サービスとの照合はしていません。"
SOURCE: Final = "単価の出典：{source}"
MARKET_LINKED: Final = (
    "市場連動型のプランです。最も高い月は {month} の {yen} 円でした。市場価格が高騰すると、これを大きく上回ることがあります。"
)
NOT_INCLUDED: Final = "含まれないもの：工事費、解約金、口座振替割引などの個別の割引、ガスなどの併用割引。"
ENGINE: Final = "計算エンジン {version}"
MISSING_LETTERS: Final = "このパソコンのどの書体にもなく、印刷すると四角になる文字があります：{letters}"
PLAIN_LETTERS: Final = "異体字の指定が効かず、標準の字体で印刷される文字があります：{letters}"
LETTERS_DETAIL: Final = "お名前などの文字を替えるか、その文字のある書体をパソコンに入れてください。"
LETTERS_YES: Final = "このまま作る(&Y)"
LETTERS_NO: Final = "やめる"
PRACTICE_MARK: Final = "練習用の見本です。実際のお客さまにお渡しできません。"
