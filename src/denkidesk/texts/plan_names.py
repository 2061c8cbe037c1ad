"""What people call retailers and plans beside their names: short names, readings, former names."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from denkidesk.domain.name_folding import folded_with

_MOST: Final = 3
_AND_MORE: Final = " ほか"
_ALSO: Final = {
    "北海道電力": "ほくでん ほっかいどうでんりょく",
    "東北電力": "とうほくでんりょく 東北電",
    "東京電力エナジーパートナー": "東電 とうでん とうきょうでんりょく TEPCO",
    "北陸電力": "りくでん ほくりくでんりょく",
    "中部電力ミライズ": "中電 ちゅうでん ちゅうぶでんりょく ミライズ",
    "関西電力": "関電 かんでん かんさいでんりょく KEPCO",
    "中国電力": "中電 ちゅうごくでんりょく エネルギア",
    "四国電力": "四電 よんでん しこくでんりょく",
    "九州電力": "九電 きゅうでん きゅうしゅうでんりょく",
    "沖縄電力": "沖電 おきでん おきなわでんりょく",
    "大阪ガス": "大ガス だいがす おおさかがす",
    "ENEOS": "エネオス えねおす",
    "idemitsu": "出光 いでみつ",
    "TERASEL": "テラセル 伊藤忠エネクス",
    "従量電灯": "じゅうりょうでんとう じゅうりょう",
    "低圧電力": "ていあつでんりょく 動力 どうりょく",
    "季時別電灯": "きじべつでんとう",
    "電化": "でんか",
    "見本": "みほん",
    "例示": "れいじ",
}


@lru_cache(maxsize=20_000)
def names_of(name: str) -> str:
    """A name with everything else that it is called, as a search compares it; thousands of them are compared at each letter."""
    return folded_with(name, _ALSO)


def full_name(name: str, base_name: str) -> str:
    """見本おうちプラン 40A: a plan with what its contract is called, once: a plan's contracts have other prices each."""
    return name if base_name in name else f"{name} {base_name}"


def first_names(names: Sequence[str]) -> str:
    """従量電灯A、おうちプラン、夜得プラン ほか: the first of many."""
    return "、".join(names[:_MOST]) + (_AND_MORE if len(names) > _MOST else "")
