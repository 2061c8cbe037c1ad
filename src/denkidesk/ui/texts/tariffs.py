"""What the clerk reads in 料金・見積 and on its pictures."""

from typing import Final

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
