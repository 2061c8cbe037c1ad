"""What the clerk reads in 受付トレイ: the list, its filters, the detail pane."""

from collections.abc import Mapping
from typing import Final

from denkidesk.domain.applications import ApplicationKind
from denkidesk.texts import shortcuts
from denkidesk.texts.names import FIELD_NAMES, KIND_NAMES

LIST_NAME: Final = "受付トレイ"
REFRESH: Final = "更新"
REFRESH_BUTTON: Final = f"{REFRESH}　{shortcuts.REFRESH.label}"
REFRESH_TIP: Final = f"送配電会社の件名一覧を取り込みます ({shortcuts.REFRESH.label})"
SEARCH_NAME: Final = "検索"
SEARCH_HINT: Final = f"氏名・番号・住所・本文　{shortcuts.FIND.label}"
CANCEL: Final = "中止"

FILTER_ALL: Final = "すべて"
FILTER_UNREAD: Final = "未読"
FILTER_NEEDS_ACTION: Final = "要対応"
FILTER_OUTAGE: Final = KIND_NAMES[ApplicationKind.OUTAGE]
FILTER_VISIT: Final = "明日訪問"
FILTER_UNMOVED: Final = "{days}日動きなし"
FILTER_TIPS: Final[Mapping[str, str]] = {
    "all": "絞り込みと条件を外して、すべての申込",
    "unread": "新着と、前に見てから変わったもの",
    "needs_action": "送配電会社からのメッセージがあり、まだ読んでいないか取り込んでいないものと、確認する日が来たもの",
    "outage": "停電の申込",
    "visit_tomorrow": "訪問希望日が明日のもの",
    "unmoved": "終わっていない申込で、この日数のあいだ工程・訪問希望日・メッセージに動きがないもの（日数は設定で変えられます）",
}

CRITERIA: Final = "条件を付けて更新"
CRITERIA_TIP: Final = (
    f"送配電会社の一覧に条件を付けて取り込みます ({shortcuts.CRITERIA.label})。画面の絞り込みとは別です。"
    "条件に合わない申込も受付トレイに残ります"
)
CRITERIA_BUTTON: Final = "条件…"
CRITERIA_SHOWN: Final = "条件：{name}"
CRITERIA_UNNAMED: Final = "名前なし"
CRITERIA_NAME: Final = "名前"
CRITERIA_NAME_LENGTH: Final = 12  # the narrowest window shows it whole
CRITERIA_NAME_HINT: Final = "例：見本町のビル。入れると、この条件が名前で残ります"
CRITERIA_EMPTY: Final = "条件を一つは入れてください。"
CRITERIA_FORGET: Final = "残した条件を消す(&D)"
CRITERIA_CLEAR: Final = "すべて空にする(&E)"
CRITERIA_ASK: Final = "この条件で更新(&R)"

VIEWS_NAME: Final = "表示の切り替え"
VIEWS_MORE: Final = "ほか {count} ▾"
VIEW_TIP: Final = "名前を付けて残した表示"
VIEW_WITH_CRITERIA_TIP: Final = "名前を付けて残した表示。選ぶと、送配電会社の一覧をこの条件で更新します"
KEEP_VIEW: Final = "表示に名前を付けて残す"
KEEP_VIEW_TIP: Final = f"いまの表示に名前を付けて残します ({shortcuts.KEEP_VIEW.label})。残した表示は右に並び、件数が付きます"
KEEP_VIEW_NOTHING: Final = "絞り込み・検索・条件のどれかがあるときに残せます。"
KEEP_VIEW_SHOWN: Final = "いまの表示：{shown}"
KEEP_VIEW_HINT: Final = "例：見本町のビル"
KEEP_VIEW_UNNAMED: Final = "名前を入れてください。"
KEEP_VIEW_ACTION: Final = "残す(&S)"
FORGET_VIEW: Final = "残した表示を消す(&D)"
SEARCHED_FOR: Final = "検索「{words}」"

_REGISTERED, _RECEIPT, _POINT = (FIELD_NAMES[name] for name in ("registered_on", "receipt_number", "supply_point_number"))
COLUMNS: Final = (
    *("未読", "種類", "氏名", FIELD_NAMES["supply_point_address"], "工程", "訪問希望", "経過日数", "最新のメッセージ"),
    *(_REGISTERED, _RECEIPT, _POINT),
)
COLUMNS_TITLE: Final = "受付トレイの列"
COLUMNS_NAME: Final = "列"
COLUMNS_HINT: Final = (
    f"チェックした列を表示します。Enter でその列で並べ替え（もう一度で逆順）。見出しは引いて動かせます ({shortcuts.COLUMNS.label})。"
)
COLUMN_LEFT: Final = "前へ(&U)"
COLUMN_RIGHT: Final = "後ろへ(&N)"
COLUMN_SORT: Final = "この列で並べ替え(&O)"
COLUMN_SORTED: Final = ("　▲", "　▼")
COLUMNS_RESET: Final = "はじめの並びに戻す(&R)"
CLOSE: Final = "閉じる(&C)"
UNREAD: Final = "未読"
HAS_MESSAGE: Final = "あり(未取得)"
WHO_IS_UNKNOWN: Final = "受付番号 {receipt}"
VISIT_SPOKEN: Final = "訪問 {day}"
UNMOVED_SPOKEN: Final = "動きなし {days}"
NEWS_SPOKEN: Final = "新着 {message}"
LIKELY: Final = "結果不明の申込と一致しそうです"
NOTED: Final = "メモあり"

REFRESHING: Final = "あと {seconds} 秒ほど 件名一覧を取り込んでいます"
REFRESHED: Final = "更新しました。{changes}(全 {total} 件)"
REFRESHED_FOR: Final = "条件を付けて更新しました。{changes}(条件に合うもの {total} 件)"
REFRESHED_SINCE: Final = "申込が多すぎて一度に取り込めないため、{day}から後に登録されたものだけを取り込みました。"
CHANGES_NEW: Final = "新着 {count} 件"
CHANGES_CHANGED: Final = "変化 {count} 件"
CHANGES_NEWS: Final = "新しい知らせ {count} 件"
CHANGES_NONE: Final = "変わったものはありません"
ROUND: Final = "あと {left} 件・{seconds} 秒 状況を確認中"  # the figures first: a narrow window cuts the rest
ROUND_STOPPED: Final = "状況の確認は中止しました。取り寄せた分は残っています。"
ROUND_FAILED: Final = "受付トレイは更新しましたが、残り {left} 件の状況を確かめられませんでした。{why}"


NO_MORE_NEWS: Final = "動きのありそうな申込は、ほかにありません。"


def round_over(asked: int, beyond: int) -> str:
    """What came of asking for statuses after a listing."""
    if not asked:
        return "状況を確かめる申込はありません。"
    waiting = f"動きのありそうな申込があと {beyond:,} 件あり、次の更新で先に確かめます。" if beyond else NO_MORE_NEWS
    return f"状況を {asked:,} 件確かめました。{waiting}"


REFRESH_CANCELLED: Final = "更新を中止しました。受付トレイは前のままです。"
REFRESH_FAILED: Final = "更新できませんでした。{why}受付トレイは {when} 時点のものです。"
REFRESH_FAILED_NEVER: Final = "更新できませんでした。{why}"
STORE_FAILED: Final = "受付トレイを読めませんでした。{why}"
RETRY: Final = "もう一度"
OPEN_SETTINGS: Final = "設定を開く"
NO_UNREAD: Final = "未読はありません。"
COPIED_ROWS: Final = "{count} 件をコピーしました。"
COPIED_FIRST: Final = "多すぎるため、先頭の {count} 件だけをコピーしました。"

EMPTY_HEADING: Final = "まだ申込がありません"
EMPTY_TEXT: Final = "更新を押すと、送配電会社の件名一覧を取り込みます。"
EMPTY_ACTION: Final = "更新する"
NO_HIT_HEADING: Final = "該当する申込がありません"
NO_HIT_TEXT: Final = "絞り込みか検索の言葉を変えてください。"
NO_HIT_ACTION: Final = "すべて表示"
LOADING: Final = "受付トレイを読み込んでいます…"
SEARCHING: Final = "探しています…"

DETAIL_NAME: Final = "申込の詳細"
DETAIL_LOADING: Final = "詳細を読み込んでいます…"
DETAIL_NONE_HEADING: Final = "申込を選んでください"
DETAIL_NONE_TEXT: Final = "選んだ申込の状況とメッセージをここに表示します。"
BACK_TO_LIST: Final = "受付トレイへ戻る"
FETCH_STATUS: Final = "状況を取得"
FETCHING: Final = "状況を取得しています…"
COPY_RECEIPT: Final = "申込受付番号をコピー"
COPIED: Final = "申込受付番号 {receipt} をコピーしました。"
SECTION_EXTRA: Final = FIELD_NAMES["extra"]
MESSAGES_NOT_FETCHED: Final = "メッセージがあります。「状況を取得」で本文を取り込みます。"
MESSAGES_NONE: Final = "メッセージはありません。"
OLDER: Final = "これより前のもの"
NEW: Final = "新着"
STATUS_FAILED: Final = "{receipt} の状況を取得できませんでした。{why}"
STATUS_NOT_STORED: Final = "{receipt} の状況を取得しましたが、保存できませんでした。{why}"
NOT_LISTED_YET: Final = "一覧で確認中"
NOTHING: Final = "なし"


def changes(added: int, changed: int, news: int = 0) -> str:
    """新着 3 件、変化 2 件、新しい知らせ 1 件."""
    counts = ((CHANGES_NEW, added), (CHANGES_CHANGED, changed), (CHANGES_NEWS, news))
    parts = [text.format(count=count) for text, count in counts if count]
    return "、".join(parts) + "。" if parts else f"{CHANGES_NONE}。"
