"""The words of headings: what a column holds, and what of it is billed."""

import re
from collections.abc import Iterable
from typing import Final

SUPPLY_POINT: Final = re.compile(r"供給地点|地点特定|受電地点|地点番号|supply.?point", re.IGNORECASE)
PLACE: Final = re.compile(
    r"お客(?:様|さま)番号|契約番号|需要場所|計器|メータ|拠点|施設|店舗|建物|事業所|支店|部署|棟|テナント|地点|meter.?id|site|location",
    re.IGNORECASE,
)
BOUGHT: Final = re.compile(r"買電|買う|購入|受電|系統|\bimport|\bbought|\bgrid", re.IGNORECASE)
USED: Final = re.compile(r"使用|消費|買電|購入|受電|需要|usage|consum|import|demand|load|bought", re.IGNORECASE)
REGISTER: Final = re.compile(r"積算|累積|累計|指示数|指示値|指針|register|cumulat|reading", re.IGNORECASE)
NOT_USED: Final = re.compile(
    r"売電|売る|発電|逆潮|余剰|自家|充電|放電|蓄電|予測|計画|目標|前年|料金|金額|円|単価|気温|温度|湿度|契約|無効|力率|コマ|曜日|休祝日"
    r"|CO2|排出|係数|番号|コード|フラグ|件数|状態|電圧|電流"
    r"|generat|export|\bsold|price|cost|temp|status|\bpv\b|solar",
    re.IGNORECASE,
)
MADE: Final = re.compile(r"作成|出力|更新|登録|発行|取得|ダウンロード|配信|created|updated|download|issued", re.IGNORECASE)
TIMES: Final = re.compile(r"時|コマ|枠|hour|time|slot", re.IGNORECASE)
ENDS: Final = re.compile(r"終了|終わり|まで|\bend(?:\b|_?at|_?time)", re.IGNORECASE)
ELSEWHERE: Final = re.compile(r"\b(?:UTC|GMT)\b|協定世界時", re.IGNORECASE)
SOLD: Final = re.compile(r"売電|逆潮|余剰|\bexport|\bsold", re.IGNORECASE)

_GENERATED: Final = re.compile(r"発電|自家|太陽光|solar|generat|\bpv\b", re.IGNORECASE)
_CONSUMED: Final = re.compile(r"消費|自家|consum", re.IGNORECASE)


def has_own_use(label: str, labels: Iterable[str]) -> bool:
    """Whether a column can hold what a house made and used itself: the house has solar, and the column does not say "bought"."""
    if BOUGHT.search(label):
        return False
    others = " ".join(labels)
    return bool(_GENERATED.search(others) or (SOLD.search(others) and _CONSUMED.search(label)))


def is_sold(title: str) -> bool:
    """Whether the words above a table say that its figures are sold or generated, and nothing else."""
    return bool((SOLD.search(title) or _GENERATED.search(title)) and not USED.search(title))
