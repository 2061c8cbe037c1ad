"""What the clerk reads where many applications come out of one table."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState
from denkidesk.domain.error_codes import FaultCode
from denkidesk.domain.errors import FieldFault
from denkidesk.domain.fault_codes import FormCode, SpreadsheetCode
from denkidesk.texts import apply, dates
from denkidesk.texts.errors import fault_text
from denkidesk.texts.names import FIELD_NAMES, KIND_NAMES, OUTBOX_STATE_NAMES
from denkidesk.texts.shortcuts import (
    BULK_BESIDE,
    BULK_COLUMN,
    BULK_OPEN,
    BULK_PASTE,
    BULK_REST,
    BULK_SAVE,
    BULK_SEND,
    BULK_TICK,
    DISCARD_CHOSEN,
    ESCAPE,
    MEND,
    PAUSE,
)

NOT_FINISHED: Final = "途中"
"""In the name of a result that is written before all rows are through."""

TITLE: Final = "まとめて申込"
GRID_NAME: Final = "まとめて申込の表"
EMPTY_TEXT: Final = (
    "Excel の表を、見出しの行から選んでコピーし、ここに貼り付けます。Excel・CSV のファイルは、開くか、ここへドロップします。"
    "1行が1件の申込になり、送る前にすべての行を確かめます。"
)
PASTE: Final = f"貼り付け  {BULK_PASTE.label}"
PASTE_AGAIN: Final = f"貼り付け直す  {BULK_PASTE.label}"
OPEN: Final = f"ファイルを開く  {BULK_OPEN.label}"
OPEN_TITLE: Final = "申込の表を開く"
OPEN_FILTER: Final = "Excel・CSV (*.xlsx *.csv *.tsv *.txt);;すべてのファイル (*)"
LEAVE: Final = f"戻る  {ESCAPE.label}"
KEPT_TITLE: Final = "これまでの表"
KEPT_COLUMNS: Final = ("種類", "もとの表", "貼り付けた時刻", FIELD_NAMES["top"], "送信の様子")
KEPT_KEYS: Final = f"Enter で開く　{DISCARD_CHOSEN.label} で一覧から外す"
FROM_CLIPBOARD: Final = "貼り付けた表"
NOTHING_TO_PASTE: Final = "クリップボードに表がありません。Excel で見出しの行から選んでコピーしてください。"
READING: Final = "表を確かめています…"
ROWS_TITLE: Final = "{kind} {count}件"
PASTED_AT: Final = "貼り付け {time}"
OPENED_AT: Final = "{name}　{time}"
KNOWN: Final = "見出しは前回と同じ"
NOT_SENT_COLUMNS: Final = "送らない列：{headings}"
TWICE: Final = "「{fields}」の列が2つあります。左の列を使います。違うときは、見出しから割り当て直してください。"
BACK_TO_LAST: Final = "前の表に戻す"
REPLACED: Final = "表を貼り付け直しました。"
KIND: Final = "種類"
COMMON: Final = "列のない項目（すべての行に同じ値）"
COMMON_SHORT: Final = "全行に同じ値"
COMMON_CHOICE: Final = "選んでください"
COMMON_COLUMN: Final = "行ごとに"
COMMON_COLUMN_TIP: Final = "「{label}」の列を表に足し、行ごとに違う値にできるようにします"
HINT_BAD: Final = f"Tab で次の要修正へ　{MEND.label} でその場で直す"
HINT_GOOD: Final = f"{BULK_TICK.label} で送る・送らない　{MEND.label} で直す　{BULK_COLUMN.label} で列の割り当て"

LINE: Final = "行"
LINE_OF: Final = "{line}行"
RESULT: Final = "結果"
SEND_COLUMN: Final = "送る"
COLUMN_AS: Final = "{heading}（{field}）"
COLUMN_NOT_SENT: Final = "{heading}（送らない）"
NO_HEADING: Final = "{number}列目"
NOT_SENT: Final = "送らない"
TICKED: Final = "送る"
UNTICKED: Final = "送らない"
FAULTY: Final = "誤り"

READY: Final = "送れます"
READY_CAUTION: Final = "送れます（要確認）"
LOOKING: Final = "確認中"
DOUBLE: Final = "二重の疑い"
DOUBLE_OPEN: Final = f"開く {BULK_BESIDE.label}"
DOUBLE_TWICE: Final = "上の行と同じ地点"
STOPPED: Final = "止めました"
NEXT: Final = "次に送信"
AT: Final = "順番待ち {time}"
QUEUED: Final = OUTBOX_STATE_NAMES[OutboxState.QUEUED]
AFTER_OUTAGE: Final = "停電の後"
SEVERAL: Final = "{text}（ほか {count}）"

CHIPS: Final = {
    "all": "すべて",
    "bad": "要修正",
    "double": "二重の疑い",
    "ready": "送れる",
    "waiting": OUTBOX_STATE_NAMES[OutboxState.QUEUED],
    "accepted": OUTBOX_STATE_NAMES[OutboxState.ACCEPTED],
    "troubled": "受付不可・結果不明",
}
FILTER: Final = "表示の切り替え、{chip}"

CONFIRM_TITLE: Final = "この {count}件を送ります"
CONFIRM_AGAIN_TITLE: Final = "続けて {count}件を送ります"
NO_UNDO: Final = "送信した後は取り消せません"
NOTHING: Final = "送る行がありません"
NOTHING_TEXT: Final = f"要修正の行を直すか、送る行を選んで {BULK_TICK.label} を押してください。"
MISSING_TEXT: Final = "「{fields}」が決まっていません。表の上で選ぶか、見出しから列を割り当ててください。"
DATES: Final = "すべて {day}"
DATES_RANGE: Final = "{first} から {last} まで"
FIRST: Final = "最初の行"
LAST: Final = "最後の行"
TAKES: Final = "かかる時間"
TAKES_ABOUT: Final = "約 {seconds}（{time} ごろまで）"
SEND: Final = "{count}件を送信する　Enter を 1秒 長押し"
SEND_ARMED: Final = f"もう一度 {BULK_SEND.label} で {{count}}件を送信"
SEND_HINT: Final = f"長押しが難しいときは、{BULK_SEND.label} を 2回"
SEND_QUEUEING: Final = "送信トレイに入れています…"
TO_CONFIRM: Final = f"確認して送る  {BULK_SEND.label}"
TO_RUN: Final = f"送信の様子  {BULK_SEND.label}"
TO_GRID: Final = f"表へ戻る  {ESCAPE.label}"

RUNNING: Final = "送信しています"
PAUSED: Final = "一時停止中"
HELD: Final = "送信を待っています"
DONE: Final = "送り終わりました"
DONE_WITH: Final = "送り終わりました（{left}）"
OF: Final = "/ {total}件 受付済"
LEFT: Final = "あと 約 {seconds}　{time} ごろ"
STOP_ALL: Final = f"一時停止  {PAUSE.label}"
GO_ON: Final = f"再開  {PAUSE.label}"
REST: Final = f"残りを止める  {BULK_REST.label}"
REST_STOPPED: Final = "残りの {count}件を止めました。送配電会社には届いていません。"
TOO_LATE: Final = "もう送信が始まっているため、止められません。"
SPOKEN: Final = "{done} / {total}件 受付済"
OVERTAKEN: Final = "停電{who}を先に送っています"
OVERTAKES: Final = "停電{who}を先に送ります"
OVERTAKES_TEXT: Final = "電話の停電を優先します。"
OVERTAKEN_TEXT: Final = "電話の停電を優先します。{kind}は {time} ごろに続きます。"
HELD_BACK: Final = "{count}件は、確かめた後に同じ地点の申込が出されたため、送っていません。"

ROW_TITLE: Final = "この行"
LEFT_OUT: Final = "送らない {count}件"
BAD_ROWS: Final = "要修正 {count}件（{lines}）"
DOUBLE_ROWS: Final = "二重の疑い {count}件（{lines}）"
UNTICKED_ROWS: Final = "選ばれていない {count}件（{lines}）"
LINES_MORE: Final = "{lines}ほか"
MEND_KEY: Final = "直す  Tab"
COMPARE_KEY: Final = f"比べる  {BULK_BESIDE.label}"
FACTS: Final = "確認した内容"
FACTS_COUNT: Final = FIELD_NAMES["top"]
CONFIRMED: Final = "確認"
BY_HOLDING: Final = "{time}　Enter を長押し"
BY_TWICE: Final = f"{{time}}　{BULK_SEND.label} を 2回"

SAVE: Final = f"結果を保存  {BULK_SAVE.label}"
SAVE_TITLE: Final = "結果を Excel・CSV に保存"
SAVE_FILTER: Final = "Excel (*.xlsx);;CSV (*.csv)"
SAVE_HINT: Final = "元の行の順のまま、状態と受付番号を付けます"
SAVED: Final = "結果を保存しました：{name}"
NEEDS_LISTING: Final = "受付不可と返事のあった申込があります。送信トレイで確かめてください。"

_MOST_LINES: Final = 4
_SHORT_FAULTS: Final[Mapping[FaultCode, str]] = {
    SpreadsheetCode.EXPONENT: "指数表示です",
    SpreadsheetCode.ERROR_VALUE: "エラー値です",
    SpreadsheetCode.HIDDEN: "##### です",
    SpreadsheetCode.DATE: "日付になっています",
    FormCode.REQUIRED: "必須です",
    FormCode.LENGTH: "桁数が違います",
    FormCode.NOT_DIGITS: "数字ではありません",
    FormCode.AREA_OTHER: "関西の番号ではありません",
    FormCode.CHOICE: "選択肢にありません",
    FormCode.TOO_LONG: "長すぎます",
    FormCode.DATE_MISSING: "存在しない日付です",
    FormCode.DATE_PAST: "過去の日付です",
    FormCode.DATE_FAR: "先すぎる日付です",
    FormCode.DATE_UNREADABLE: "日付として読めません",
}
"""What is wrong with a cell, in the room that a cell has; the whole sentence is beside the grid."""


def short_fault(fault: FieldFault) -> str:
    """存在しない日付です."""
    return _SHORT_FAULTS.get(fault.code) or fault_text(fault)


def in_seconds(seconds: float) -> str:
    """18秒; 34分 from two minutes on."""
    return f"{max(1, round(seconds))}秒" if seconds < 120 else f"{round(seconds / 60)}分"


def lines_of(lines: Sequence[int]) -> str:
    """5行・13行, and no more than four."""
    shown = "・".join(LINE_OF.format(line=line) for line in lines[:_MOST_LINES])
    return LINES_MORE.format(lines=shown) if len(lines) > _MOST_LINES else shown


def row_in_full(line: int, application: NewApplication, menu: str) -> str:
    """A row as it is confirmed: line, name, what is asked for, supply point."""
    who = application.customer_name or application.supply_point_address or ""
    point = apply.grouped(application.supply_point_number) if application.supply_point_number else ""
    return "\n".join(part for part in (f"{LINE_OF.format(line=line)}　{who}", menu, point) if part)


def days(applications: Sequence[NewApplication]) -> str:
    """The wished days of all, in one line."""
    wished: set[date] = {day for one in applications if (day := one.change_on or one.visit_on) is not None}
    if not wished:
        return ""
    if len(wished) == 1:
        return DATES.format(day=dates.full_day(min(wished)))
    return DATES_RANGE.format(first=dates.full_day(min(wished)), last=dates.full_day(max(wished)))


def brought_at(name: str, at: datetime, today: date) -> str:
    """貼り付け 今日 11:01; a file by its name."""
    time = dates.recent(at, today)
    return OPENED_AT.format(name=name, time=time) if name else PASTED_AT.format(time=time)


def title(kind: ApplicationKind, count: int) -> str:
    """メニュー変更 20件."""
    return ROWS_TITLE.format(kind=KIND_NAMES[kind], count=f"{count:,}")
