"""Two area codes that look alike and are not: 04 and 05 are swapped between them.

The quoting API counts 04 Hokuriku, 05 Chubu; the first two digits of a supply point number count 04 Chubu, 05 Hokuriku.
Two types and one mapping keep them apart. Source: the quoting API's document; the public design document of the
supply point number (供給地点特定番号).
"""

from enum import StrEnum
from typing import Final, NewType

from denkidesk.domain.values import dataclass

QuotingAreaCode = NewType("QuotingAreaCode", str)
"""Area as the quoting API counts it: "01".."10", 04 Hokuriku, 05 Chubu."""

SupplyAreaPrefix = NewType("SupplyAreaPrefix", str)
"""First two digits of a supply point number: "01".."10", 04 Chubu, 05 Hokuriku."""


class Area(StrEnum):
    """The ten supply areas (託送供給エリア)."""

    HOKKAIDO = "hokkaido"
    TOHOKU = "tohoku"
    TOKYO = "tokyo"
    HOKURIKU = "hokuriku"
    CHUBU = "chubu"
    KANSAI = "kansai"
    CHUGOKU = "chugoku"
    SHIKOKU = "shikoku"
    KYUSHU = "kyushu"
    OKINAWA = "okinawa"


@dataclass(frozen=True, slots=True)
class _AreaRow:
    area: Area
    name_ja: str
    quoting: QuotingAreaCode
    supply_prefix: SupplyAreaPrefix
    prefectures: tuple[str, ...]


# Usual area of each prefecture (JIS X 0401 code). Some are split in reality (静岡 at the Fuji river, parts of 福井, 三重, 岐阜,
# 兵庫, 香川, 愛媛): it is a first guess that the clerk corrects. 新潟 is Tohoku's and 山梨 Tokyo's, whatever the region is called.
_ROWS: Final = (
    _AreaRow(Area.HOKKAIDO, "北海道", QuotingAreaCode("01"), SupplyAreaPrefix("01"), ("01",)),
    _AreaRow(Area.TOHOKU, "東北", QuotingAreaCode("02"), SupplyAreaPrefix("02"), ("02", "03", "04", "05", "06", "07", "15")),
    _AreaRow(Area.TOKYO, "東京", QuotingAreaCode("03"), SupplyAreaPrefix("03"), ("08", "09", "10", "11", "12", "13", "14", "19")),
    _AreaRow(Area.HOKURIKU, "北陸", QuotingAreaCode("04"), SupplyAreaPrefix("05"), ("16", "17", "18")),
    _AreaRow(Area.CHUBU, "中部", QuotingAreaCode("05"), SupplyAreaPrefix("04"), ("20", "21", "22", "23", "24")),
    _AreaRow(Area.KANSAI, "関西", QuotingAreaCode("06"), SupplyAreaPrefix("06"), ("25", "26", "27", "28", "29", "30")),
    _AreaRow(Area.CHUGOKU, "中国", QuotingAreaCode("07"), SupplyAreaPrefix("07"), ("31", "32", "33", "34", "35")),
    _AreaRow(Area.SHIKOKU, "四国", QuotingAreaCode("08"), SupplyAreaPrefix("08"), ("36", "37", "38", "39")),
    _AreaRow(Area.KYUSHU, "九州", QuotingAreaCode("09"), SupplyAreaPrefix("09"), ("40", "41", "42", "43", "44", "45", "46")),
    _AreaRow(Area.OKINAWA, "沖縄", QuotingAreaCode("10"), SupplyAreaPrefix("10"), ("47",)),
)

AREA_NAMES_JA: Final = {row.area: row.name_ja for row in _ROWS}
AREAS_WITH_PRICES: Final = tuple(area for area in Area if area is not Area.OKINAWA)
"""Where the wholesale market has an area price: Okinawa has none."""

_PREFECTURES: Final = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 "
    "茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 "
    "新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 "
    "三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 "
    "鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 "
    "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
)
PREFECTURE_NAMES_JA: Final = {f"{number:02}": name for number, name in enumerate(_PREFECTURES.split(), 1)}


def quoting_code(area: Area) -> QuotingAreaCode:
    """The area as the quoting API writes it."""
    return next(row.quoting for row in _ROWS if row.area is area)


def supply_prefix(area: Area) -> SupplyAreaPrefix:
    """The area as a supply point number begins."""
    return next(row.supply_prefix for row in _ROWS if row.area is area)


def area_of_quoting_code(code: str | int) -> Area | None:
    """The area of a quoting API code, with or without its leading zero; None if there is no such area."""
    text = str(code).strip().zfill(2)
    return next((row.area for row in _ROWS if row.quoting == text), None)


def area_of_supply_prefix(prefix: str) -> Area | None:
    """The area of the first two digits of a supply point number; None if there is no such area."""
    return next((row.area for row in _ROWS if row.supply_prefix == prefix), None)


def usual_area_of_prefecture(prefecture_code: str) -> Area | None:
    """The area that serves most of a prefecture ("01".."47"): a first guess, to be corrected by the clerk."""
    return next((row.area for row in _ROWS if prefecture_code in row.prefectures), None)
