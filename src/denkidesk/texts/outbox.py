"""What the clerk reads in 送信トレイ: what waits, until when and why, what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from denkidesk.domain.applications import ApplicationKind, OutboxItem, OutboxState
from denkidesk.domain.error_codes import ConnectCode, ExchangeCode, InstallationCode, OutboxCode, OutcomeCode, RefusalCode
from denkidesk.texts import dates
from denkidesk.texts.names import FIELD_NAMES, KIND_NAMES, OUTBOX_STATE_NAMES
from denkidesk.texts.shortcuts import DISCARD_CHOSEN, ESCAPE, FOLLOW_ON, MEND, PAUSE, UNDO

NAME: Final = "送信トレイ"
STATE: Final = "状態"
PUT_IN_AT: Final = "入れた時刻"
CHANGED_AT: Final = "変わった時刻"
WHY: Final = "理由"
NOT_SENT: Final = "未送信"
COLUMNS: Final = ("順番・状態", "種類", FIELD_NAMES["customer_name"], FIELD_NAMES["supply_point_address"], WHY, "送信の予定", "操作")
PANE_NAME: Final = "送信トレイの申込"
EMPTY_HEADING: Final = "送信トレイは空です"
EMPTY_TEXT: Final = "新規申込で送信した申込が、送信待ちから受付まで、ここに並びます。待っている申込は、送れるようになると自動で送ります。"
EMPTY_ACTION: Final = "新規申込へ"
PANE_EMPTY_HEADING: Final = "申込を選んでください"
PANE_EMPTY_TEXT: Final = "送信トレイで選んだ申込の内容と経過をここに表示します。"
COURSE: Final = "経過"
BACK: Final = "送信トレイへ戻る"

PAUSE_ALL: Final = f"すべて一時停止  {PAUSE.label}"
RESUME_ALL: Final = f"送信を再開  {PAUSE.label}"
MEND_ITEM: Final = f"直す  {MEND.label}"
CANCEL_ITEM: Final = f"取り消す  {DISCARD_CHOSEN.label}"
FOLLOW_ON_ITEM: Final = f"続きの申込(&R)  {FOLLOW_ON.label}"
REQUEUE: Final = "もう一度送信待ちにする"
STOP: Final = "止める"
STOP_COUNTDOWN: Final = f"止める  {ESCAPE.label}"
GO_ON: Final = "再開"
SETTLE: Final = "確かめる"
MEND_REJECTED: Final = "直して送る"
RECEIPT: Final = "控え"
OPEN: Final = "送信トレイを見る"

SOON: Final = "まもなく"
STOPPED: Final = "停止中"
LEFT: Final = "あと {seconds} 秒"
AROUND: Final = "{time} ごろ"
NEXT_LOOK: Final = "次の確認 {time}"
GOES_ON: Final = "{when} に再開"
NOT_BY_ITSELF: Final = "自動では送らない"
UNTIL_RESUMED: Final = "再開するまで"
UNTIL_ANSWERED: Final = "確かめるまで"
COUNTDOWN: Final = "秒後に送信します"
COUNTDOWN_ALL: Final = "秒後から {count} 件を順に送信します"
COUNTDOWN_ONE: Final = "秒後に {what}を送信します"
SENDING_NOW: Final = "送信しています"
COUNTDOWN_SPOKEN: Final = f"{{seconds}}秒後に送信します。止めるには {ESCAPE.label}"

WAITING: Final = "送信待ち {count} 件"
UNKNOWN_GROUP: Final = "結果不明 {count} 件　自動では送り直しません"
SETTLED_GROUP: Final = "今日送ったもの {count} 件"
ACCEPTED_COUNT: Final = "{state} {count} 件"
NOTHING_WAITS: Final = "待っている申込はありません"

HOLDS: Final[Mapping[str, str]] = {
    "counting": "まもなく送ります",
    "turn": "順番待ち",
    "checking": "接続を確かめています",
    "away": "回線待ち",
    "closed": "受付時間外",
    "login_refused": "ログイン情報の確認待ち",
    "setup": "設定に不備があります",
    "paused": "一時停止中",
    "stopped": "自分で止めました",
    "similar": "重複かもしれません",
    "faulty": "送る形にできません",
}
"""Why an item has not gone yet, by its hold."""
AFTER_OUTAGE: Final = "停電の次に送ります"
_STANDING: Final[Mapping[str, str]] = {
    "checking": "送る前に、接続を確かめています。",
    "away": "送配電会社につながりません。つながり次第、自動で送ります。",
    "closed": "受付が止まっています。再開したら、自動で送ります。",
    "login_refused": "ログインを断られたため、送っていません。",
    "setup": "設定に不備があるため、送れません。",
    "stopped": "止めたままの申込があります。",
    "similar": "重複かもしれない申込は、確かめるまで送りません。",
    "faulty": "送る形にできない申込があります。",
}
PAUSES: Final[Mapping[str, str]] = {
    "clerk": "送信を一時停止しています。",
    "unknown": "結果不明が続いたため、送信を止めています。",
    "unwritten": "パソコンのデータに書き込めないため、送信を止めています。",
}
"""Why nothing goes, by who has stopped it."""
RELEASED: Final = "まもなく自動で送ります。"
RESUME: Final = "再開"
CONFIRM_SIMILAR: Final = "確かめる"

REQUEUE_DESPITE: Final = "重複ではないので送信待ちにする(&S)"
ASKING: Final = "送り直す前に、送配電会社の一覧を確かめています…"
CANCELLED: Final = "「{what}」の送信を取り消しました。送配電会社には届いていません。"
CANCELLED_UNDO: Final = f"{UNDO.label} で元に戻せます。"
CANCELLATION: Final = "「{what}」の取り消し"
UNDO_BUTTON: Final = f"元に戻す  {UNDO.label}"
NOT_UNDONE: Final = "元に戻せません。申込はもう元のままではありません。"
UNDONE: Final = "「{what}」は、また送信待ちです。"
TOO_LATE: Final = "もう送信が始まっているため、取り消せません。"
DONE: Final = "{kind} {who}：{state} {receipt}"
OUTSIDE: Final = "{kind}：{state} {receipt}"
FAILED: Final = "送信トレイの操作ができませんでした。{why}"

CLOSING_TITLE: Final = "未送信の申込"
CLOSING_DETAIL: Final = "閉じている間は送信しません。次に起動したときに自動で送ります。"
CLOSING_YES: Final = "閉じる(&C)"
CLOSING_NO: Final = "閉じない"

_STEPS: Final[Mapping[str, str]] = {
    "stopped": "送信を止めました",
    "resumed": "送信を再開しました",
    "undone": "取り消しを元に戻しました",
    "no_double": "重複ではないと確かめました",
    "not_this": "送配電会社の一覧の申込ではないと答えました",
    "confirmed_not_taken": "電話で未着を確かめ、送信待ちに戻しました",
}
_TO: Final[Mapping[str, str]] = {
    OutboxState.QUEUED: "送信待ちに入れました",
    OutboxState.SENDING: "送信を始めました",
    OutboxState.ACCEPTED: "受け付けられました",
    OutboxState.REJECTED: "受け付けられませんでした",
    OutboxState.UNKNOWN: "結果が分からなくなりました",
    OutboxState.ASK: "結果が分からなくなりました",
    OutboxState.CANCELLED: "取り消しました",
}

CAME_BACK: Final = "送っていません"
BY_STATUS: Final = "送配電会社のシステムの返答か確かめられません"
NOT_BEFORE: Final = "{when} に再開"
WHYS: Final[Mapping[str, str]] = {
    **dict.fromkeys(InstallationCode, "このパソコンの側の不具合"),  # after the first byte
    OutboxCode.CLOSED: "サービス停止中",
    OutcomeCode.MAINTENANCE: "保守中と返事がありました",
    ExchangeCode.NOT_SOAP: "返事を読み取れません",
    ExchangeCode.NOT_JSON: "返事を読み取れません",
    ExchangeCode.SCHEMA: "返事を読み取れません",
    ExchangeCode.PROTOCOL: "返事を読み取れません",
    ExchangeCode.TOO_LARGE: "返事が大きすぎます",
    ExchangeCode.REDIRECT: "別のアドレスへ案内されました",
    ExchangeCode.UNEXPECTED: "予期しない不具合",
    RefusalCode.UNKNOWN_SERVICE: "窓口のアドレスがありません",
    ConnectCode.CONNECT: "接続できません",
    ConnectCode.TLS: "証明書を確かめられません",
    ConnectCode.PROXY: "プロキシにつながりません",
    ConnectCode.PROXY_LOGIN: "プロキシがログインを求めています",
    ConnectCode.PROXY_FORBIDS: "プロキシが接続を許していません",
    ConnectCode.PROXY_NO_SERVER: "プロキシの先につながりません",
    ExchangeCode.TIMEOUT: "時間内に返事がありません",
    ExchangeCode.CUT: "接続が途中で切れました",
    ExchangeCode.SERVER_ERROR: "サーバーの側の障害",
    OutcomeCode.NO_RECEIPT: "返事に受付番号がありません",
    OutcomeCode.RECEIPT_TAKEN: "返事の受付番号は、すでに別の申込のものです",
    OutcomeCode.RESTORED: "バックアップから戻したため、送信されたかどうか分かりません",
    OutcomeCode.KILLED: "送信の途中でプログラムが終わりました",
    OutcomeCode.LISTED: "受付不可だったはずの申込が送配電会社の一覧に載っています",
    OutcomeCode.NOT_STORED: "受け付けられましたが、受付番号を保存できませんでした",
    OutboxCode.LOGIN_REFUSED: "ログインを断られたため、送っていません",
    RefusalCode.BAD_REQUEST: "内容が受け付けられません",
    RefusalCode.DECLINED: "受け付けられませんでした",
    OutcomeCode.FAULT: "サーバーの処理でエラーが起きました",
    OutboxCode.SETUP: "設定に不備があります",
    OutboxCode.INPUT: "入力に誤りがあります",
    OutboxCode.COUNTING: "まもなく送ります",
    OutboxCode.STOPPED: "自分で止めました",
}
"""By the code that is stored with an application of the outbox."""


def course_step(from_state: str, to_state: str, code: str, detail: str) -> str:
    """One line of an item's course."""
    came_back = to_state == OutboxState.QUEUED and bool(from_state)
    words = _STEPS.get(code) or (CAME_BACK if came_back else _TO[to_state])
    has_reason = code not in _STEPS and to_state in (OutboxState.QUEUED, OutboxState.UNKNOWN, OutboxState.REJECTED)
    reason = WHYS.get(code, "") if has_reason else ""
    told = detail if to_state == OutboxState.ACCEPTED or code == "confirmed_not_taken" else reason
    return f"{words}：{told}" if told else words


def unsent(items: Sequence[OutboxItem]) -> str:
    """未送信 5 件（停電 1 件）."""
    outages = sum(item.application.kind is ApplicationKind.OUTAGE for item in items)
    return f"{NOT_SENT} {len(items):,} 件" + (f"（{KIND_NAMES[ApplicationKind.OUTAGE]} {outages:,} 件）" if outages else "")


def named(item: OutboxItem) -> str:
    """停電 見本 花子; without a name the number of the supply point."""
    return f"{KIND_NAMES[item.application.kind]} {item.application.customer_name or item.application.supply_point_number or ''}".strip()


def countdown(item: OutboxItem, together: int) -> str:
    """秒後に 見本 次郎 さまの停電を送信します; of several that go one after the other their number."""
    if together > 1:
        return COUNTDOWN_ALL.format(count=f"{together:,}")
    who = f"{item.application.customer_name} さまの" if item.application.customer_name else ""
    return COUNTDOWN_ONE.format(what=f"{who}{KIND_NAMES[item.application.kind]}")


def standing(items: Sequence[OutboxItem], holds: Sequence[str], pause: str, released: int) -> str:
    """The line on every tab for as long as something waits that is not on its way; empty if nothing does."""
    why = PAUSES.get(pause) or (RELEASED if released else next((_STANDING[hold] for hold in _STANDING if hold in holds), ""))
    return f"{unsent(items)}　{why}" if items and why else ""


def in_short(waiting: int, going: int, seconds: float, why: str) -> str:
    """送信待ち 3 件・約 4 秒; of some that do not move with the number of those that do; of none that do the reason."""
    words = WAITING.format(count=f"{waiting:,}")
    if not going:
        return f"{words}・{why}"
    return f"{words}・{'' if going == waiting else f'うち {going:,} 件は'}約 {max(1, round(seconds)):,} 秒"


def head(going: int, seconds: float, holds: Sequence[str], pause: str) -> str:
    """How what waits goes on, in one sentence."""
    if not holds:
        return NOTHING_WAITS
    if pause:
        return PAUSES[pause]
    if going:
        return f"停電から順に、あと約 {max(1, round(seconds)):,} 秒で {going:,} 件を送ります"
    return next((_STANDING[hold] for hold in _STANDING if hold in holds), "")


def closing(items: Sequence[OutboxItem]) -> str:
    """停電の申込 1 件が未送信です。"""
    outages = [item for item in items if item.application.kind is ApplicationKind.OUTAGE]
    what = f"{KIND_NAMES[ApplicationKind.OUTAGE]}の申込" if outages else FIELD_NAMES["application"]
    return f"{what} {len(outages or items):,} 件が未送信です。"


def settled(items: Sequence[OutboxItem]) -> str:
    """今日送ったもの 22 件　受付済 21 件・受付不可 1 件."""
    states = (OutboxState.ACCEPTED, OutboxState.REJECTED)
    counts = {state: sum(item.state is state for item in items) for state in states}
    told = "・".join(ACCEPTED_COUNT.format(state=OUTBOX_STATE_NAMES[state], count=count) for state, count in counts.items() if count)
    return f"{SETTLED_GROUP.format(count=len(items))}　{told}"


def moment_of(at: datetime, now: datetime) -> str:
    """14:02:45, with its day where that is not today."""
    return dates.clock_s(at) if at.date() == now.date() else dates.moment(at)
