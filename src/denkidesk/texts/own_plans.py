"""What the clerk reads of plans of the own house."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.texts.errors import fault_text, said
from denkidesk.texts.plan_names import first_names
from denkidesk.texts.shortcuts import ESCAPE
from denkidesk.texts.tariffs import CAPACITY_UNIT, CONTRACT_TYPES, YEN_PER_KWH

TITLE: Final = "自社プラン"
HINT: Final = "料金APIにないプランを登録すると、比較に「自社」として並び、左の一覧から見積にも使えます。"
BACK: Final = f"一覧へ戻る　{ESCAPE.label}"
HEAD: Final = ("プラン", "エリア", "契約種別", "単価")
NONE: Final = "登録した自社プランはまだありません。"
ADD: Final = "追加(&C)"
CHANGE: Final = "変更(&G)"
DELETE: Final = "削除(&X)"
READ: Final = "ファイルから追加(&I)"
WRITE: Final = "ファイルへ書き出す(&Z)"
KEEP: Final = "登録(&S)"
CANCEL: Final = "キャンセル"
ADDING: Final = "自社プランを追加"
CHANGING: Final = "「{name}」を変更"
READ_TITLE: Final = "自社プランのファイル"
WRITE_TITLE: Final = "自社プランをファイルに書き出す"
FILTER: Final = "料金APIの形のプラン (*.json *.jsonl)"
FILE_NAME: Final = "自社プラン_{name}.json"
KEPT: Final = "「{name}」を登録しました。"
READ_DONE: Final = "{count}件を登録しました。"
READ_REPLACED: Final = "{count}件は同じ番号のプランを置き換えました：{names}。"
PUT_BACK: Final = "{count}件を置き換える前に戻しました。"
READ_DOUBTED: Final = "{count}件は単価を確かめてください：{names}"
KEEP_ANYWAY: Final = "このままでよければ、もう一度「登録」してください。"
WRITTEN: Final = "{name} に書き出しました。"
DELETED: Final = "「{name}」を削除しました。"
UNDO: Final = "元に戻す"
ONLY_BY_FILE: Final = "「{name}」はこの画面にない項目を使っています。ファイルへ書き出して変更し、もう一度読み込んでください。"
RETAILER: Final = "自社"
ENERGY: Final = "電力量料金"
PRICES: Final = "{count}種類　{low}～{high} 円/kWh"
PRICE: Final = "{low} 円/kWh"

FIELDS: Final[Mapping[str, str]] = {
    "name": "プラン名",
    "area": "エリア",
    "contract_type": "契約種別",
    "base": "基本料金",
    "base_unit": "基本料金の単価（円/月）",
    "unit": CAPACITY_UNIT,
    "fuel": f"燃料費調整（{YEN_PER_KWH}、空欄：なし）",
    "levy": f"再エネ賦課金（{YEN_PER_KWH}）",
    "discount": "割引率（%、空欄：なし）",
}
BASES: Final[Mapping[str, str]] = {"month": "1契約につき", "capacity": "契約容量1（A・kVA・kW）につき"}
KINDS: Final[Mapping[str, str]] = {str(code): name for code, name in CONTRACT_TYPES.items()}
COLUMNS: Final[Mapping[str, str]] = {
    "name": "名前",
    "from": "何時から",
    "to": "何時まで",
    "above": "kWh超",
    "up_to": "kWhまで",
    "price": YEN_PER_KWH,
}
ROWS_HINT: Final = "時間帯も段階もないときは単価だけ。段階は1か月のkWh（例：～120、120～300、300～）。空欄の時刻は終日です。"
CELL: Final = "{row}行目の{column}"
NAME_TOO_LONG: Final = "{most}文字までにしてください（いま{length}文字）。"
HOUR_RANGE: Final = "{least}から{most}までの整数にしてください。"
NUMBER_RANGE: Final = "{least}から{most}までの数にしてください。"


def field_words(field: str) -> str:
    """A field of the form, or a cell of its rows."""
    column, _, row = field.partition(" ")
    return CELL.format(row=row, column=COLUMNS[column]) if row else FIELDS.get(field, field)


def refused_words(faults: Iterable[FieldFault]) -> str:
    """What cannot be read, a field a line."""
    return "\n".join(f"{field_words(fault.field)}：{_sentence(fault)}" for fault in faults)


def _sentence(fault: FieldFault) -> str:
    if fault.code is InputCode.TOO_LARGE:
        return NAME_TOO_LONG.format(**fault.facts)
    if fault.code is InputCode.RANGE:
        return (HOUR_RANGE if fault.field.partition(" ")[0] in ("from", "to") else NUMBER_RANGE).format(**fault.facts)
    return fault_text(fault)


def failed_words(error: object) -> str:
    """Of the form where it is of the form."""
    of_form = isinstance(error, InputRefused) and all(fault.field.partition(" ")[0] in {*FIELDS, *COLUMNS} for fault in error.faults)
    return refused_words(error.faults) if of_form and isinstance(error, InputRefused) else said(error).text


def doubted_words(sentences: Iterable[str]) -> str:
    """What is doubtful in a plan that can be kept, a doubt a line, and how it is kept all the same."""
    return "\n".join([*sentences, KEEP_ANYWAY])


def read_words(count: int, replaced: Sequence[str], doubted: Sequence[str]) -> str:
    """How many plans came from a file, which took the place of others, and which are doubtful."""
    words = READ_DONE.format(count=count)
    for template, names in ((READ_REPLACED, replaced), (READ_DOUBTED, doubted)):
        words += template.format(count=len(names), names=first_names(names)) if names else ""
    return words


def price_words(prices: Iterable[str]) -> str:
    """The prices of a plan in a cell."""
    found = list(prices)
    if len(found) < 2:
        return PRICE.format(low=found[0]) if found else ""
    low, high = min(found, key=float), max(found, key=float)
    return PRICES.format(count=len(found), low=low, high=high)
