"""What the clerk reads where a usage file leaves something open."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from denkidesk.texts import shortcuts
from denkidesk.texts.dates import paper_day, written
from denkidesk.texts.tariffs import GAP_RULES

QUESTION: Final = "確認 {number}/{of}"
QUESTIONS: Final[Mapping[str, str]] = {
    "unit": "この値は kWh ですか、kW ですか。",
    "column": "どの列の電力量を使いますか。",
    "supply_point": "どの供給地点を使いますか。",
    "sheet": "どのシートを使いますか。",
    "year": "何年のデータですか。",
    "register": "この値はメーターの指示数ですか。",
    "year_from": "どの1年を使いますか。",
    "accept_values": "この値は正しいですか。",
    "capacity": "この値は正しいですか。",
    "gaps": "欠測（データの抜け）をどう扱いますか。",
}
ITEMS: Final[Mapping[str, str]] = {
    "unit": "単位",
    "column": "列",
    "supply_point": "供給地点",
    "sheet": "シート",
    "year": "年",
    "year_from": "1年の始まり",
}
_FIXED: Final[Mapping[str, str]] = {"kWh": "kWh（電力量）", "kW": "kW（平均電力）", **GAP_RULES}
_YES: Final[Mapping[str, str]] = {
    "register": "指示数の差を使用量とする",
    "accept_values": "大きな値も正しいものとして使う",
    "capacity": "大きな値も正しいものとして使う",
}
_YEAR: Final = "{year}年"
_YEAR_FROM: Final = "{day}からの1年"
_ELLIPSIS: Final = "…"
CHOOSE: Final = "こちらにする {key}"
CHOOSE_FURTHER: Final = "これにする"
FURTHER: Final = "ほかの答え"
GIVE_UP: Final = f"キャンセル（前に戻す） {shortcuts.GIVE_UP.label}"
SAME_SCALE: Final = "図は、答えごとの月の使用量です（同じ目盛。斜線の月は日数がそろっていません）。"
REMEMBERED_LATER: Final = "答えは、同じ見出しのファイルに覚えます。あとで変えられます。"
NOT_REMEMBERED: Final = "答えはこのファイルだけのもので、覚えません。"
SUM: Final = "合計（{days}日分） {kwh} kWh"
LARGEST: Final = "最大 {kw} kW"
WITHIN: Final = "✓ 契約 {contract} 以内"
BEYOND: Final = "× 契約 {contract} を超える"
IMPOSSIBLE: Final = "この答えでは読めません：{reason}"
RECALLED: Final = "{answer}（前回の答え）"
ASK_AGAIN: Final = "答え直す(&J)"
QUESTION_OPEN: Final = "使用量の確認が残っています：{question}「使用量」の画面で答えると計算します。"
SEVERAL_FILES: Final = "{name} ほか {count} 個"


def answer_words(item: str, value: object) -> str:
    """An answer as it stands on its card."""
    if item in _YES:
        return _YES[item]
    if isinstance(value, date):
        return _YEAR_FROM.format(day=paper_day(value))
    if item == "year":
        return _YEAR.format(year=value)
    return _FIXED.get(str(value), str(value)) if item in ("unit", "gaps") else str(value)


def settled_words(facts: Mapping[str, str]) -> str:
    """An answer as it stands on page and paper; a supply point by its last digits alone."""
    item, value = facts["question"], facts["answer"]
    if item == "supply_point":
        value = _ELLIPSIS + value[-4:]
    said = _YES.get(item) or f"{ITEMS[item]} {written(value)}"
    return RECALLED.format(answer=said) if facts.get("recalled") else said
