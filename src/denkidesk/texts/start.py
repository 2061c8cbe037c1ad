"""What the clerk reads when the desk cannot open as usual, about its last end, and about backups."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.texts import dates

QUIT: Final = "終了"
OPEN_PRACTICE: Final = "練習モードで開く"
RESTORE_NEWEST: Final = "{day}のバックアップから戻す"
START_EMPTY: Final = "空のデータで始める"

NO_ANSWER: Final = "Denki Desk はすでに開いていますが、応答がありません。"
NO_ANSWER_DETAIL: Final = (
    "同じデータフォルダーを、このパソコンのほかの利用者か、止まっている Denki Desk が使っています。"
    "そちらを閉じてから、もう一度開いてください。データは無事です。\n場所: {folder}"
)

_FOLDER: Final[Mapping[str, str]] = {
    InstallationCode.FULL: "ディスクに空きがないため、開けません。",
    InstallationCode.LOCKED: "ほかのプログラムがデータを使っているため、開けません。",
    InstallationCode.NEWER: "データが新しい版の Denki Desk のものです。プログラムを更新してください。",
    InstallationCode.NO_MODULE: "このパソコンの SQLite に検索の部品（FTS5）がないため、開けません。",
    InstallationCode.NOT_DURABLE: "この場所では、保存したものを失うおそれがあります。パソコンの中のフォルダーを使ってください。",
}
_FOLDER_OTHER: Final = "データフォルダーに書き込めないため、開けません。"
_FOLDER_ADVICE: Final[Mapping[str, str]] = {
    InstallationCode.FULL: "不要なファイルを消して空きを作ってから、もう一度開いてください。保存済みのデータは無事です。",
    InstallationCode.LOCKED: "しばらく待って、もう一度開いてください。保存済みのデータは無事です。",
    InstallationCode.NEWER: "保存済みのデータには触れていません。",
    InstallationCode.NO_MODULE: (
        "FTS5 のある SQLite を入れるか、Setup.exe で入れ直すよう、IT 担当に頼んでください。保存済みのデータは無事です。"
    ),
    InstallationCode.NOT_DURABLE: "保存済みのデータには触れていません。",
}
_FOLDER_ADVICE_OTHER: Final = "フォルダーが読み取り専用でないか、使う権限があるか、確かめてください。保存済みのデータは無事です。"
PLACE: Final = "場所: {file}"
RESOURCES_MISSING: Final = "プログラムのファイルが足りないため、開けません。もう一度インストールしてください。保存済みのデータは無事です。"

DAMAGED: Final = "データが壊れていて、開けません。"
DAMAGED_WITH_BACKUP: Final = (
    "{day}のバックアップに戻せます。壊れたデータは消さずに「set-aside」フォルダーに取っておきます。"
    "送信待ちだった申込は、二重に送らないよう「結果不明」になります。\n場所: {file}"
)
DAMAGED_NO_BACKUP: Final = (
    "使えるバックアップがありません。壊れたデータは消さずに「set-aside」フォルダーに取っておくので、IT 担当が調べられます。\n場所: {file}"
)

SETTINGS: Final = "設定ファイルが正しくないため、設定どおりに開けません。"
SETTINGS_DETAIL: Final = "{what}：{why}\n場所: {file}{line}\nファイルはそのまま残ります。直してから、もう一度開いてください。"
SETTINGS_LINE: Final = " の {line} 行目"

CRASHED: Final = "前回、プログラムに不具合がありました。入力したものと送信待ちの申込は保存されています。"
SHOW_REPORT: Final = "記録を見る"

BACKUP_TITLE: Final = "控えを保存"
BACKUP_NAME: Final = "DenkiDesk-控え-{date}.db"
BACKUP_FILTER: Final = "Denki Desk の控え (*.db)"
BACKUP_SAVED: Final = "すべてのデータを控えに保存しました：{name}。お客さまの情報が入っています。"
RESTORE_TITLE: Final = "バックアップから戻す"
RESTORE_TEXT: Final = "どの日のデータに戻しますか。"
RESTORE_DETAIL: Final = "今のデータは消さずに「set-aside」フォルダーに取っておきます。送信トレイの申込と受付番号は、戻しても残ります。"
RESTORE_COUNTING: Final = "戻すと失われるものを調べています…"
_LOST: Final[Mapping[str, str]] = {
    "quotes": "見積 {count}件",
    "drafts": "下書き {count}件",
    "closed_windows": "停止時間 {count}件",
    "read_marks": "既読にした記録 {count}件",
    "unread_marks": "未読に戻した記録 {count}件",
    "news": "受付トレイの新着・変更 {count}件（更新すると載り直します）",
    "tariffs": "料金データ {count}件（つながれば取り直せます）",
}
_LOST_LIST: Final = "戻すと失われるもの：{list}。"
_LOST_NOTHING: Final = "このバックアップの後に加わったものはありません。"
_LOST_WAITING: Final = "送信待ちの申込 {count}件は、二重に送らないよう「結果不明」になります。"
RESTORE_NONE: Final = "バックアップはまだありません。Denki Desk を開いた日ごとに、自動で 1 つ作られます。"
RESTORE_BUTTON: Final = "この日に戻す"
WRONG_CLOCK: Final = "パソコンの時計が違っていた日"
CANCEL: Final = "キャンセル"
RESTORED: Final = "{day}のバックアップに戻しました。"
RESTORED_DETAIL: Final = "前のデータの場所: {place}"
RESTORE_CANCELLED: Final = "バックアップから戻すのをやめました。今のデータはそのままです。"
WAIT_FOR_OTHERS: Final = "ほかのプログラムが申込を送っているか、データを使っています。終わるのを待っています。"
WAIT_FOR_OTHERS_DETAIL: Final = "終わりしだい、バックアップから戻します。キャンセルすると戻しません。今のデータはそのままです。"
READ_ONLY: Final = "データに書き込めないため、見るだけの状態です。下書きや申込の保存、送信、一覧の更新はできません。"
RESTORE_FAILED: Final = "バックアップから戻せませんでした。今のデータはそのままです。"
BACKUP_DAMAGED: Final = "データに壊れた所があります。バックアップから戻してください。"
BACKUP_DAMAGED_ACTION: Final = "バックアップから戻す…"
BACKUP_FAILED: Final = "今日のバックアップを作れませんでした。"
BACKUP_WHY: Final[Mapping[str, str]] = MappingProxyType(
    {InstallationCode.FULL: "ディスクに空きがありません。", InstallationCode.UNWRITABLE: "バックアップのフォルダーに書き込めません。"}
)
EMPTIED: Final = "空のデータで始めました。"


_TABLES: Final[Mapping[str, str]] = {
    "inbox": "受付トレイ",
    "inbox_history": "受付トレイの経過",
    "outbox": "送信トレイ",
    "outbox_events": "送信トレイの経過",
    "outbox_attempts": "送信の記録",
    "drafts": "下書き",
    "quotes": "見積",
    "catalogue": "料金データ",
    "closed_windows": "停止時間",
    "fuel_prices": "燃料費の履歴",
    "supplements": "プランの補足",
    "matched_bills": "請求書の一致の記録",
}
_UNREADABLE_ROWS: Final = "読めない記録があるため、表示していません：{list}。ほかの記録は無事です。IT担当に知らせてください。"


def backup_line(day: date, size_bytes: int, today: datetime) -> str:
    """One line of the list of backups: the day, how long ago, how large."""
    days = (today.date() - day).days
    ago = dates.days_ago(days) if days >= 0 else WRONG_CLOCK
    return f"{dates.full_day(day)}　{ago}　{max(1, round(size_bytes / 1024)):,} KB"


def what_is_lost(lost: Mapping[str, int]) -> str:
    """What goes when the desk goes back to a backup, counted by kind, and what becomes of the applications that wait."""
    parts = [words.format(count=lost[name]) for name, words in _LOST.items() if lost[name]]
    text = _LOST_LIST.format(list="、".join(parts)) if parts else _LOST_NOTHING
    return text + (_LOST_WAITING.format(count=lost["waiting"]) if lost["waiting"] else "")


def unreadable_rows(counts: Mapping[str, int]) -> str:
    """Which records are not shown because they cannot be read."""
    parts = [f"{_TABLES.get(table, table)} {count}件" for table, count in sorted(counts.items())]
    return _UNREADABLE_ROWS.format(list="、".join(parts))


def folder_fault(fault: SetupFault) -> tuple[str, str]:
    """A folder or disk that does not let us work: what it is, and what can be done."""
    place = PLACE.format(file=fault.file)
    if fault.item == "resources":
        return RESOURCES_MISSING, place
    advice = _FOLDER_ADVICE.get(fault.code, _FOLDER_ADVICE_OTHER)
    return _FOLDER.get(fault.code, _FOLDER_OTHER), f"{advice}\n{place}"


def settings_fault(fault: SetupFault, line: int | None) -> tuple[str, str]:
    """What is wrong with the settings, in which file, and in which line of it."""
    from denkidesk.texts.errors import setup_text  # the words of all errors, which a start without one need not load
    from denkidesk.texts.names import field_name

    at = SETTINGS_LINE.format(line=line) if line else ""
    return SETTINGS, SETTINGS_DETAIL.format(what=field_name(fault.item), why=setup_text(fault.code), file=fault.file, line=at)
