"""What stands on a printed quote."""

from collections.abc import Mapping
from typing import Final

from denkidesk.domain.ranking import Apart
from denkidesk.texts.names import FIELD_NAMES

TITLE: Final = "電気料金 試算書"
HONORIFIC: Final = "様"
TO_A_COMPANY: Final = "御中"
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
NOT_ISSUED: Final = "未発行"
PRESENT: Final = "現在のご契約"
PROPOSAL: Final = "ご提案"
DIFFERENCE: Final = "差引（{span}・税込）"
TRIAL: Final = "試算（実際の使い方と違います）"
YEN: Final = "{yen} 円"
MONTHS_HEAD: Final = ("月（暦月）", "ご使用量 kWh", "現在 円", "ご提案 円", "差 円")
FIGURES: Final = "ご提案の内訳"
IN_PICTURES: Final = "図でみる試算"
BY_MONTH: Final = "月ごとの料金"
PAIRS_MEANT: Final = "税込　左 現在、右 ご提案（太い上線）"
PRESENT_SHORT: Final = "現在 円"
PROPOSAL_SHORT: Final = "ご提案 円"
DIFFERENCE_SHORT: Final = "差 円"
DAY: Final = "1日の使い方"
DAY_AND_PRICES: Final = "1日の使い方と単価の時間帯"
DAY_MEANT: Final = "縦 平均 kW、横 時"
BANDS_MEANT: Final = "　帯の数字は{plan}の平日の単価（円/kWh）"
YEAR_OF_HOURS: Final = "1年の使い方"
YEAR_MEANT: Final = "1列が1日、縦 0～24時、×は欠測のある日"
FUEL_CHANGES: Final = "燃料費が変わると"
FUEL_CHANGES_MEANT: Final = "分かっている月の単価を、どちらのプランにも同じ月で当てた場合"
FUEL_HEAD: Final = ("燃料費調整の単価", "現在 円", "ご提案 円", "差 円")
FUEL_MONTH: Final = "{month}分の単価"
THIS_QUOTE: Final = "この試算"
COMPARED_BY: Final = "比較：現在とご提案を、同じ使用量・同じ燃料費の規則・同じ端数処理で計算しています。"
_COMPARED_AMONG: Final = (
    "比べた範囲：保存してある{area}のプランのうち、このご契約と使用量で計算できる {companies}社 {plans}プラン{without}。"
)
_WITHOUT: Final = "（{plans}を除く）"
_APART: Final[Mapping[Apart, str]] = {
    Apart.FUEL: "燃料費の分からない {count:,}プラン",
    Apart.PRICES: "単価に漏れか重複のある {count:,}プラン",
}
FUEL_CAP: Final = (
    "燃料費調整の上限：規制料金などには上限があり、自由料金にはないことがあります。上限は計算に入れず、上の単価をそのまま使っています。"
)
TABLE_HEADER: Final = ("月", "使用量 kWh", "基本料金", "電力量料金", "燃料費調整額", "再エネ賦課金", "割引・端数", "電気料金")
ASSUMPTIONS: Final = "この試算の前提"
DISCLAIMER: Final = "この書面は試算です。請求額ではありません。実際の料金は、ご使用量、毎月の燃料費調整単価、制度の変更により変わります。"
FUEL_LATEST: Final = "燃料費調整額：直近の公表単価（1つの月のもの）を全ての月に当てはめています。単価は毎月変わります。"
FUEL_OWN_MONTH: Final = "燃料費調整額：使用した月ごとに、その月分の単価を当てはめています。"
FUEL_TYPED: Final = "燃料費調整額：入力した単価を全ての月に当てはめています。実際の単価は毎月変わります。"
FUEL_NONE: Final = "燃料費調整額：含めていません。実際の請求には加算または減算されます。"
LEVY: Final = "再エネ賦課金：{unit} 円/kWh（同じ単価を全ての月に使用）"
ROUNDING_NONE: Final = "端数処理：計算途中の端数を残しています（表示は円未満を四捨五入）。"
ROUNDING_BILL: Final = "端数処理：毎月、料金と再エネ賦課金をそれぞれ円未満切り捨て。"
USAGE_MEASURED: Final = "使用量：{source} の計測値（{first} ～ {last}、{kwh} kWh）"
USAGE_WHOLE: Final = "使用量の欠測・推計・読み取り時の指摘：ありません。"
USAGE_WHOLE_NOTED: Final = "使用量の欠測・推計：ありません。"
USAGE_ESTIMATED: Final = "使用量：推計値（{source}、{first} ～ {last}、{kwh} kWh）。実際の使い方により変わります。"
GAPS: Final = "欠測：{rule}"
SERVER_MATCH: Final = "照合：料金計算サービスの計算結果と一致しました。"
SERVER_MATCH_PERIOD: Final = "照合：データのある期間の合計が、料金計算サービスの計算結果と一致しました。"
SERVER_DIFFERS: Final = "照合：料金計算サービスの計算結果との差は{span} {yen} 円です（{reason}）。"
SERVER_UNCHECKED: Final = "照合：料金計算サービスとの照合はしていません。"
SOURCE: Final = "単価の出典：{source}"
MARKET_LINKED: Final = (
    "市場連動型のプランです。最も高い月は {month} の {yen} 円でした。市場価格が高騰すると、これを大きく上回ることがあります。"
)
REVISES: Final = "{number}（{before} の改訂）"
CHANGES: Final = "変更点　{number}（{day}）からの改訂"
CHANGES_HEAD: Final = ("変わったもの", "当初", "改訂", "{what}への影響 円")
CHANGES_DIFFERENCE: Final = "現在との差"
CHANGES_SUM: Final = "ご提案の料金"
CHANGES_PRESENT: Final = "現在のご契約の料金"
CHANGES_SIDE: Final = "{figure}（{side}）"
CHANGES_STAYS: Final = "変更なしの契約"
CHANGES_NONE: Final = "変わった単価はありません。"
CHANGES_REST: Final = "ご使用量とほかの条件は同じです。影響は、上から順に一つずつ替えたときの額で、合計は差と一致します。"
NOT_INCLUDED: Final = "含まれないもの：工事費、解約金、口座振替割引などの個別の割引、ガスなどの併用割引。"
ENGINE: Final = "計算エンジン {version}"
MISSING_LETTERS: Final = "このパソコンのどの書体にもなく、印刷すると四角になる文字があります：{letters}"
PLAIN_LETTERS: Final = "異体字の指定が効かず、標準の字体で印刷される文字があります：{letters}"
LETTERS_DETAIL: Final = "お名前などの文字を替えるか、その文字のある書体をパソコンに入れてください。"
LETTERS_YES: Final = "このまま作る(&Y)"
LETTERS_NO: Final = "キャンセル"
PDF_FILTER: Final = "PDF (*.pdf)"
XLSX_FILTER: Final = "Excel (*.xlsx)"
PRACTICE_MARK: Final = "練習用の見本です。実際のお客さまにお渡しできません。"


def compared_words(area: str, companies: int, plans: int, apart: Mapping[Apart, int]) -> str:
    """Among how many plans the customer's was compared, and how many have no sum to be compared."""
    without = "と".join(_APART[why].format(count=count) for why, count in apart.items() if count)
    facts = {"companies": f"{companies:,}", "plans": f"{plans:,}", "without": _WITHOUT.format(plans=without) if without else ""}
    return _COMPARED_AMONG.format(area=area, **facts)
