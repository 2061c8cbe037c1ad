"""What the clerk reads in the journal of what was sent."""

from typing import Final

from denkidesk.texts.names import FIELD_NAMES

TITLE: Final = "送信の記録"
LEAD: Final = "送信のすべての段階を、新しい順に記録しています。記録は書き換えられません。氏名・住所は出ません。"
HEADINGS: Final = (
    "日時",
    "できごと",
    "種類",
    FIELD_NAMES["supply_point_number"],
    FIELD_NAMES["receipt_number"],
    "送信番号",
    "電文の指紋（SHA-256）",
)
SEARCH: Final = "番号・できごと・日付で絞り込み"
COUNT: Final = "{count:,} 件"
COUNT_OF: Final = "{count:,} / {total:,} 件"
NONE: Final = "まだ何も送っていません。"
NOT_FOUND: Final = "当てはまる記録がありません。"
MOST: Final = "新しい {count:,} 件までを表示しています。"
EXPORT: Final = "Excel・CSVに書き出す(&X)"
EXPORT_NAME: Final = "送信の記録-{date}.xlsx"
EXPORT_FILTER: Final = "Excel (*.xlsx);;CSV (*.csv)"
EXPORTED: Final = "{count:,} 件を書き出しました：{name}"
_MASK: Final = "…"
_SHOWN_AHEAD, _SHOWN_BEHIND = 2, 4


def masked(number: str) -> str:
    """06…0017: enough to tell two supply points apart, too little to find the customer."""
    return f"{number[:_SHOWN_AHEAD]}{_MASK}{number[-_SHOWN_BEHIND:]}" if len(number) > _SHOWN_AHEAD + _SHOWN_BEHIND else number
