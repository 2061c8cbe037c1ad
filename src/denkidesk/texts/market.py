"""What the clerk reads on the market's area prices."""

from datetime import date
from decimal import Decimal
from typing import Final

from denkidesk.domain.areas import AREA_NAMES_JA
from denkidesk.domain.market import AreaArchive, PricedMonth, PricedYear
from denkidesk.domain.plans import AreaPriceMonth
from denkidesk.texts import dates

PAGE: Final = "市場価格(&7)"
AREA: Final = "エリア(&R)"
PERIOD: Final = "期間(&E)"
COMPARE: Final = "比べるエリア(&B)"
NO_COMPARISON: Final = "なし"
FETCH: Final = "市場価格を取得(&D)"
FETCHING: Final = "市場価格を取得しています…"
LABEL: Final = "月平均・時間別（30分ごとのスポット価格ではありません）"
KEPT: Final = "保存 {count}か月分　{age} に取得"
SPAN: Final = "{first} ～ {last}"
NOTHING: Final = "{area}エリアの市場価格がまだありません。料金APIから取得すると、接続がなくても見られます。"
NO_USAGE: Final = "使用量を入れると、このお客さまの加重平均が出ます。"
DEARER: Final = "このお客さまの使い方では、一日中同じ量を使う場合より {yen}円/kWh 高くなります。"
CHEAPER: Final = "このお客さまの使い方では、一日中同じ量を使う場合より {yen}円/kWh 安くなります。"
EQUAL: Final = "このお客さまの使い方では、一日中同じ量を使う場合と同じです。"
PARTS: Final = "うち時間帯の偏り {hours}、季節の偏り {season}。"
SOME_MONTHS: Final = "使用量のある {count}か月で比べています。"
ESTIMATED: Final = "使用量は推計です。"
GAPS: Final = "使用量の抜け {hours}時間は数えていません。"
OTHER_YEAR: Final = "使用量（{first} ～ {last}）を、同じ月の価格に当てています。"
DEAREST: Final = "最高は {month} {hour}時台の {yen}円。"
NOTE: Final = "円/kWh。太枠＝安い3時間。加重＝Σ（時間ごとの使用量×価格）÷使用量。年は日数で平均。託送・手数料は含みません。"
DOTS: Final = "エリアの比較（点）"
MAP: Final = "月×時の図"
CELLS: Final = "表"
SHOW: Final = "表示(&J)"
PICTURE: Final = "市場価格の図"
DOTS_UNIT: Final = "円/kWh（月平均・時間別）"
DOT_FLAT: Final = "{area} 単純平均"
DOT_WEIGHTED: Final = "{area} このお客さまの加重平均"
HEAD_DOTS: Final = ("月", "エリア", "単純平均 円/kWh", "加重平均 円/kWh", "差 円/kWh")
HEAD_MONTH: Final = "月＼時"
HEAD_FLAT: Final = "単純"
HEAD_WEIGHTED: Final = "加重"
HEAD_DIFFERENCE: Final = "差"
YEAR: Final = "全期間"
NONE: Final = "―"
TABLE: Final = "{area}エリアの市場価格　月平均・時間別"
SPOKEN_HOUR: Final = "{month} {hour}時台、{yen}円{cheap}"
SPOKEN_CHEAP: Final = "、安い3時間"
SPOKEN_MEAN: Final = "{month} {name} {yen}円"


def headings() -> tuple[str, ...]:
    """Of the map: the hours, then the means."""
    return (HEAD_MONTH, *(str(hour) for hour in range(24)), HEAD_FLAT, HEAD_WEIGHTED, HEAD_DIFFERENCE)


def price(value: Decimal | None, decimals: int = 2) -> str:
    """A price with a true minus sign; what is not known has a dash."""
    return NONE if value is None else f"{value:.{decimals}f}".replace("-", "−")


def signed(value: Decimal | None) -> str:
    """+0.71 or −0.71."""
    return ("+" if value is not None and round(value, 2) > 0 else "") + price(value)


def span_words(months: tuple[AreaPriceMonth, ...]) -> str:
    """2025年11月 ～ 2026年10月."""
    return SPAN.format(first=dates.written(months[0].year_month), last=dates.written(months[-1].year_month))


def row_words(month: PricedMonth, is_first: bool) -> str:
    """11月, with the year in the first row and in every January."""
    number = int(month.year_month[5:])
    return dates.written(month.year_month) if is_first or number == 1 else f"{number}月"


def kept_words(archive: AreaArchive, today: date) -> str:
    """How much is kept, and how old it is."""
    return KEPT.format(count=len(archive.months), age=dates.recent(archive.checked_at, today))


def headline(year: PricedYear) -> str:
    """What the customer's hours make of the prices, in one sentence."""
    if year.difference is None:
        return NO_USAGE
    shown = round(year.difference, 2)
    if not shown:
        return EQUAL
    return (DEARER if shown > 0 else CHEAPER).format(yen=price(abs(shown)))


def detail(year: PricedYear) -> str:
    """Where the difference comes from, as it adds up in two decimals, and the dearest hour."""
    month, hour = year.dearest
    words = DEAREST.format(month=dates.written(month.year_month), hour=hour, yen=price(month.prices[hour], 1))
    if year.difference is None or year.by_hours is None:
        return words
    by_hours = round(year.by_hours, 2)
    parts = PARTS.format(hours=signed(by_hours), season=signed(round(year.difference, 2) - by_hours))
    some = SOME_MONTHS.format(count=year.used_months) if year.used_months < len(year.months) else ""
    return f"{parts}{words}{some}"


def area_name(archive: AreaArchive) -> str:
    """関西."""
    return AREA_NAMES_JA[archive.area]
