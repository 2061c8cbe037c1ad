"""What the clerk reads in 受付トレイ: the list, its filters, the detail pane, the outbox."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.error_codes import ConnectCode, ExchangeCode, InstallationCode, OutboxCode, OutcomeCode, RefusalCode
from denkidesk.texts import shortcuts
from denkidesk.texts.names import FIELD_NAMES, KIND_NAMES, OUTBOX_STATE_NAMES

LIST_NAME: Final = "申込の一覧"
REFRESH: Final = "更新"
REFRESH_TIP: Final = f"送配電会社の件名一覧を取り込みます ({shortcuts.REFRESH.label})"
SEARCH_NAME: Final = "検索"
SEARCH_HINT: Final = f"受付番号・地点番号・氏名・メッセージを検索 ({shortcuts.FIND.label})"
CANCEL: Final = "中止"
OUTBOX_VIEW: Final = "送信トレイ"

FILTER_UNREAD: Final = "未読"
FILTER_NEEDS_ACTION: Final = "要対応"
FILTER_OUTAGE: Final = KIND_NAMES[ApplicationKind.OUTAGE]
FILTER_VISIT: Final = "今週訪問"
FILTER_UNKNOWN: Final = OUTBOX_STATE_NAMES[OutboxState.UNKNOWN]
FILTER_TIPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unread": f"新着と、前に見てから変わったもの ({shortcuts.UNREAD_ONLY.label})",
        "needs_action": "送配電会社からのメッセージがあり、まだ読んでいないか取り込んでいないもの",
        "outage": "停電の申込",
        "visit_this_week": "月曜から日曜までに訪問希望日があるもの",
        "unknown": "送信したが、受け付けられたかわからないもの",
    }
)

_REGISTERED, _RECEIPT, _POINT = (FIELD_NAMES[name] for name in ("registered_on", "receipt_number", "supply_point_number"))
COLUMNS: Final = ("印", "種類", "工程", "訪問希望", _REGISTERED, _RECEIPT, _POINT, "メッセージ")
UNREAD: Final = "未読"
HAS_MESSAGE: Final = "あり(未取得)"
ROW_SPOKEN: Final = "{unread}{kind}、{stage}、受付番号 {receipt}、登録 {registered}、メッセージ {message}"

REFRESHING: Final = "あと {seconds} 秒ほど 件名一覧を取り込んでいます"
REFRESHED: Final = "更新しました。{changes}(全 {total} 件)"
REFRESHED_SINCE: Final = "申込が多すぎて一度に取り込めないため、{day}から後に登録されたものだけを取り込みました。"
CHANGES_NEW: Final = "新着 {count} 件"
CHANGES_CHANGED: Final = "変化 {count} 件"
CHANGES_NONE: Final = "変わったものはありません"
ROUND: Final = "あと {left} 件・{seconds} 秒 状況を確認中"  # the figures first: a narrow window cuts the rest
ROUND_STOPPED: Final = "状況の確認は中止しました。取り寄せた分は残っています。"
ROUND_FAILED: Final = "一覧は更新しましたが、残り {left} 件の状況を確かめられませんでした。{why}"


def round_over(asked: int, news: int, beyond: int) -> str:
    """What came of asking for statuses after a listing."""
    if not asked:
        return "状況を確かめる申込はありません。"
    waiting = f"動きのありそうな申込があと {beyond:,} 件あり、次の更新で先に確かめます。" if beyond else ""
    return f"状況を {asked:,} 件確かめました。新しい知らせ {news:,} 件。{waiting}"


REFRESH_CANCELLED: Final = "更新を中止しました。一覧は前のままです。"
REFRESH_FAILED: Final = "更新できませんでした。{why}一覧は {when} 時点のものです。"
REFRESH_FAILED_NEVER: Final = "更新できませんでした。{why}"
STORE_FAILED: Final = "一覧を読めませんでした。{why}"
RETRY: Final = "もう一度"
OPEN_SETTINGS: Final = "設定を開く"
NO_UNREAD: Final = "未読はありません。"

EMPTY_HEADING: Final = "まだ申込がありません"
EMPTY_TEXT: Final = "更新を押すと、送配電会社の件名一覧を取り込みます。"
EMPTY_ACTION: Final = "更新する"
NO_HIT_HEADING: Final = "当てはまる申込がありません"
NO_HIT_TEXT: Final = "絞り込みか検索の言葉を変えてください。"
NO_HIT_ACTION: Final = "すべて表示"
LOADING: Final = "一覧を読み込んでいます…"

DETAIL_NAME: Final = "申込の詳細"
DETAIL_LOADING: Final = "詳細を読み込んでいます…"
DETAIL_NONE_HEADING: Final = "申込を選んでください"
DETAIL_NONE_TEXT: Final = "一覧で選んだ申込の状況とメッセージをここに表示します。"
DETAIL_SEVERAL: Final = "{count} 件を選んでいます"
BACK_TO_LIST: Final = "一覧へ戻る"
FETCH_STATUS: Final = "状況を取得"
FETCHING: Final = "状況を取得しています…"
MARK_READ: Final = "既読にする"
MARK_UNREAD: Final = "未読に戻す"
COPY_RECEIPT: Final = "申込受付番号をコピー"
COPIED: Final = "申込受付番号 {receipt} をコピーしました。"
SECTION_MESSAGES: Final = FIELD_NAMES["messages"]
SECTION_ITEMS: Final = "申込の状況"
SECTION_EXTRA: Final = FIELD_NAMES["extra"]
SECTION_HISTORY: Final = "経過"
MESSAGES_NOT_FETCHED: Final = "メッセージがあります。「状況を取得」で本文を取り込みます。"
MESSAGES_NONE: Final = "メッセージはありません。"
STATUS_AT: Final = "{when} に取得"
STATUS_NEVER: Final = "状況はまだ取得していません。"
STATUS_FAILED: Final = "{receipt} の状況を取得できませんでした。{why}"
STATUS_NOT_STORED: Final = "{receipt} の状況を取得しましたが、保存できませんでした。{why}"
HISTORY_NEW: Final = "一覧に現れました({after})"
HISTORY_MESSAGE: Final = "メッセージ: {after}"
HISTORY_CHANGE: Final = "{item}: {before} → {after}"
NOTHING: Final = "なし"

OUTBOX_NAME: Final = "送信トレイ"
OUTBOX_COLUMNS: Final = ("状態", "種類", _POINT, _RECEIPT, "入れた時刻", "理由")
OUTBOX_EMPTY_HEADING: Final = "送信トレイは空です"
OUTBOX_EMPTY_TEXT: Final = "新規申込で送信した申込が、送信待ちから受付まで、ここに並びます。"
OUTBOX_EMPTY_ACTION: Final = "新規申込へ"
OUTBOX_OPEN: Final = "送信トレイを開く(&O)"
OUTBOX_NONE: Final = "申込はありません"
OUTBOX_ALL_DONE: Final = "待っている申込はありません"
OUTBOX_SEND: Final = "送信待ちを送信"
OUTBOX_CANCEL: Final = "送信を取り消す"
OUTBOX_REQUEUE: Final = "もう一度送信待ちにする"
OUTBOX_REQUEUE_DESPITE: Final = "重複ではないので送信待ちにする(&S)"
OUTBOX_ASKING: Final = "送り直す前に、送配電会社の一覧を確かめています…"
OUTBOX_CANCELLED: Final = "送信を取り消しました。送配電会社には届いていません。"
OUTBOX_TOO_LATE: Final = "もう送信が始まっているため、取り消せません。"
OUTBOX_DONE: Final = "送信が終わりました。{counts}"
OUTBOX_STOPPED: Final = "送信を止めました。送れなかったものは送信待ちのままです。{counts}"
OUTBOX_COUNT: Final = "{state} {count} 件"
OUTBOX_FAILED: Final = "送信トレイの操作ができませんでした。{why}"
OUTBOX_NOTHING: Final = "送信待ちの申込はありません。"
BY_STATUS: Final = "送配電会社のシステムの返答か確かめられません"
NOT_BEFORE: Final = "{when} に再開"
WHYS: Final[Mapping[str, str]] = MappingProxyType(
    {
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
        OutcomeCode.LISTED: "断られたはずの申込が一覧に載っています",
        OutcomeCode.NOT_STORED: "受け付けられましたが、受付番号を保存できませんでした",
        OutboxCode.LOGIN_REFUSED: "ログインを断られたため、送っていません",
        RefusalCode.BAD_REQUEST: "内容が受け付けられません",
        RefusalCode.DECLINED: "受け付けられませんでした",
        OutcomeCode.FAULT: "サーバーの処理でエラーが起きました",
        OutboxCode.SETUP: "設定に不備があります",
        OutboxCode.INPUT: "入力に誤りがあります",
    }
)
"""By the code that is stored with an application of the outbox."""


def changes(added: int, changed: int) -> str:
    """新着 3 件、変化 2 件."""
    parts = [text.format(count=count) for text, count in ((CHANGES_NEW, added), (CHANGES_CHANGED, changed)) if count]
    return "、".join(parts) + "。" if parts else f"{CHANGES_NONE}。"
