"""Words of whatever knows a customer: the search, what is held of one, how it goes away."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from denkidesk.domain.customers import Customer
from denkidesk.domain.supply_point import grouped
from denkidesk.texts.dates import full_day
from denkidesk.texts.names import field_name

CUSTOMER: Final = "お客さま"
SEARCH_HINT: Final = "氏名・読み・電話・番号・住所の一部"
HITS: Final = "見つかったお客さま"
HIT_HEADINGS: Final = ("氏名", "住所", "電話番号", field_name("supply_point_number"))
NOBODY: Final = "見つかりません。そのまま入力を続けられます。"
NOT_SEARCHED: Final = "お客さまを検索できません。"
CHOOSE_HIT: Final = "↑↓ で選び、Enter で入れます"
NO_NAME: Final = "氏名は未登録"
NO_ADDRESS: Final = "住所は未登録"
NO_PHONE: Final = "電話は未登録"
NO_POINT: Final = "番号は未登録"
FILLED: Final = "お客さまの{names}を入れました"
TOWNS: Final = "この郵便番号の町"
TOWN_HEADINGS: Final = ("町",)
CHOOSE_TOWN: Final = "町を ↑↓ で選び、Enter で入れます"
NO_TOWN: Final = "この郵便番号の町は見つかりません。住所を入力してください。"
TOWN_KNOWN: Final = "〒{postcode} は {address}。入力してある住所はそのままです。"

PLACES: Final[Mapping[str, str]] = {
    "customers": "お客さまの一覧",
    "drafts": "下書き",
    "outbox": "送信した申込",
    "inbox": "受付トレイ",
    "quotes": "見積",
    "bills": "検針票の照合",
    "tables": "まとめて申込の表",
}
"""By where something is held."""
EXPORT_HEADINGS: Final = ("保存場所", "番号", "日時", "項目", "内容")
DATA_TITLE: Final = "お客さまのデータ"
DATA_HINT: Final = "一人のお客さまについて、この PC に残っているものを調べ、書き出し、消去します。"
DATA_HEADINGS: Final = ("保存場所", "数", "新しいもの")
DATA_NONE: Final = "このお客さまのデータはありません。"
DATA_CHOOSE: Final = "お客さまを検索して選んでください。"
DATA_OF: Final = "{customer} のデータ {count}件"
DATA_COUNT: Final = "{count}件"
EXPORT: Final = "書き出す(&X)…"
EXPORT_TITLE: Final = "お客さまのデータを書き出す"
EXPORT_FILTER: Final = "Excel (*.xlsx);;CSV (*.csv);;JSON (*.json)"
EXPORT_NAME: Final = "お客さまのデータ"
EXPORTED: Final = "{count}件を書き出しました：{path}"
ERASE: Final = "消去する(&E)"
ERASE_LABEL: Final = "消去するには「{wanted}」と入力してください"
ERASE_KEPT: Final = "元に戻せません。送信の記録には、申込受付番号・日時・送った内容のハッシュだけが残ります。"
ERASE_LISTED: Final = "送配電会社の一覧にある申込は、次の更新で番号などがまた届きます。"
ERASED: Final = "{customer} のデータ {count}件を消去しました。"
IN_BACKUPS: Final = "毎日の控え {count}個には、{until} まで残ります。"
NO_BACKUPS: Final = "毎日の控えはまだありません。"
IMPORT: Final = "お客さまの表を読み込む(&I)…"
IMPORT_TITLE: Final = "お客さまの表を読み込む"
IMPORT_FILTER: Final = "表 (*.xlsx *.csv)"
IMPORTING: Final = "読み込んでいます…"
IMPORTED: Final = "{count:,}件を読み込みました。"
IMPORT_WRONG: Final = "番号か氏名が正しくない {count:,}件は入れていません（{lines}行目{more}）。"
CLOSE: Final = "閉じる(&C)"


def imported(count: int, wrong_count: int, wrong: Sequence[int]) -> str:
    """What came of reading a table; ``wrong``: the first lines of those that were left out."""
    said = IMPORTED.format(count=count)
    more = "ほか" if wrong_count > len(wrong) else ""
    return said + (IMPORT_WRONG.format(count=wrong_count, lines="、".join(map(str, wrong)), more=more) if wrong_count else "")


def still_in_backups(count: int, until: date | None) -> str:
    """How long the daily copies go on holding what was erased."""
    return NO_BACKUPS if until is None else IN_BACKUPS.format(count=count, until=full_day(until))


def hit(customer: Customer) -> tuple[str, str, str, str]:
    """A customer as a row of the hits."""
    name = f"{customer.name}（{customer.reading}）" if customer.name and customer.reading else customer.name or NO_NAME
    return name, customer.address or NO_ADDRESS, customer.phone or NO_PHONE, grouped(customer.supply_point_number) or NO_POINT


def filled(names: Sequence[str]) -> str:
    """What a customer has put into a form; ``names``: of the fields."""
    return FILLED.format(names="・".join(names))
