"""Every key that does something by itself, in one table: menus, key handlers, tips, the sheet of keys and the guide follow it.

A key is spelled as it stands on a menu ("Ctrl+Shift+T"), which is also how Qt reads it. The letters of menus and buttons (Alt and an
underlined letter) stand in their own words; one that the sheet of keys names is in the table as well. Stands on
hardly any other module: the window has its menus before anything else is loaded.
"""

from typing import Final

from denkidesk.domain.values import dataclass

_LABELS: Final = {
    "Alt+Left": "Alt+←",
    "Alt+Up": "Alt+↑",
    "Alt+Down": "Alt+↓",
    "Right": "→",
    "Ctrl+PgDown": "Ctrl+PgDn",
    "Ctrl+Return": "Ctrl+Enter",
    "Del": "Delete",
}
"""Where the keyboard shows another word than Qt has; Return and Enter are two keys and one word."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """``keys``: each of them does it. ``does``: what, as the sheet of keys says it."""

    keys: tuple[str, ...]
    does: str

    @property
    def key(self) -> str:
        """The key as Qt reads it, where there is one alone."""
        (only,) = self.keys
        return only

    @property
    def label(self) -> str:
        """The keys as the clerk reads them: Ctrl+Enter, Alt+1 ～ 5."""
        labels = list(dict.fromkeys(_LABELS.get(key, key) for key in self.keys))
        return labels[0] if len(labels) == 1 else f"{labels[0]} ～ {labels[-1].rpartition('+')[2]}"


def _of(key: str, does: str) -> Shortcut:
    return Shortcut((key,), does)


SHOW_INBOX: Final = _of("Ctrl+1", "受付トレイ")
SHOW_APPLY: Final = _of("Ctrl+2", "新規申込")
SHOW_OUTBOX: Final = _of("Ctrl+3", "送信トレイ")
SHOW_TARIFFS: Final = _of("Ctrl+4", "料金・見積")
NEW_OUTAGE: Final = _of("Ctrl+Shift+T", "停電の申込を始める")
NEW_APPLICATION: Final = _of("Ctrl+N", "新規申込を始める")
REFRESH: Final = _of("F5", "受付トレイを更新する")
FIND: Final = _of("Ctrl+F", "検索する")
RECONCILE: Final = _of("Ctrl+Shift+K", "結果不明を確かめる")
PAUSE: Final = _of("Ctrl+Shift+P", "送信をすべて一時停止 / 再開")
UNDO: Final = _of("Ctrl+Z", "取り消しなどを元に戻す")
PRINT: Final = _of("Ctrl+P", "見積・選んだ申込を印刷する")
CUSTOMER_VIEW: Final = _of("Ctrl+Shift+V", "お客さま画面を出す / 閉じる")
POINTS: Final = _of("Ctrl+Shift+B", "複数の地点を1つの見積にする")
READ_NOTICES: Final = _of("Ctrl+Shift+M", "知らせをすべて読む / 閉じる")
SETTINGS: Final = _of("Ctrl+,", "設定")
FIND_ACT: Final = _of("Ctrl+K", "操作を名前で探す")
HELP: Final = _of("F1", "この一覧")
QUIT: Final = _of("Ctrl+Q", "終了")

CHOOSE_KIND: Final = Shortcut(("Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5"), "種類を選び、新しい用紙を開く")
OPEN_DRAFT: Final = _of("Alt+W", "選んだ下書き・控えを開く")
DISCARD_CHOSEN: Final = _of("Del", "選んだ下書きを破棄、選んだ送信待ちを取り消し")
SEND: Final = Shortcut(("Ctrl+Return", "Ctrl+Enter"), "送信する。狭い画面では、先に送る内容を確認")
BACK_TO_FORM: Final = _of("Alt+Left", "送る内容の確認から用紙に戻る（狭い画面）")
PARKED_BEFORE: Final = _of("Ctrl+PgUp", "前の書きかけ・控えを開く")
PARKED_NEXT: Final = _of("Ctrl+PgDown", "次の書きかけ・控えを開く")
TEMPLATES: Final = _of("Ctrl+T", "ひな形を使う / 用紙をひな形として残す")
UNDO_FILL: Final = _of("Alt+Z", "お客さまの検索で入れた内容を元に戻す")
OUTAGE_PAGE: Final = _of("Alt+W", "停電の用紙で、送配電会社の停電情報を開く")
BESIDE: Final = _of("Alt+O", "同じ地点の申込を横に開く / 次へ / 閉じる")
NOT_DOUBLE: Final = _of("Alt+D", "二重の申込でないことをチェック")

COPY_NUMBER: Final = _of("Ctrl+C", "申込受付番号をコピー")
COPY_SENTENCE: Final = _of("Ctrl+Shift+C", "お客さまへの文をコピー")
SAVE_RECEIPT: Final = _of("Ctrl+S", "控えを PDF に保存")
RECEIPT_IN_INBOX: Final = _of("Alt+I", "受付トレイで見る")
CLOSE_RECEIPT: Final = _of("Esc", "控えを閉じる")

BULK: Final = _of("Ctrl+Shift+N", "まとめて申込（Excel の表から）")
BULK_PASTE: Final = _of("Ctrl+V", "表を貼り付ける")
BULK_OPEN: Final = _of("Ctrl+O", "表のファイルを開く")
BULK_BAD: Final = _of("Tab", "次の要修正のセルへ（Shift と押すと前へ）")
BULK_MEND: Final = _of("F2", "セルをその場で直す")
BULK_TICK: Final = _of("Space", "選んだ行を送る / 送らない")
BULK_COLUMN: Final = _of("Alt+Down", "列の割り当てを選ぶ")
BULK_BESIDE: Final = _of("Alt+O", "二重の疑いの相手を開く")
BULK_HOLD: Final = _of("Enter", "1秒の長押しで送信する")
BULK_SEND: Final = Shortcut(("Ctrl+Return", "Ctrl+Enter"), "確認へ。もう一度押すと送信")
BULK_REST: Final = _of("Alt+C", "残りを止める")
BULK_SAVE: Final = _of("Ctrl+S", "結果を保存する")

MEND: Final = _of("F2", "選んだ申込を用紙に戻して直す")

NEXT_UNREAD: Final = _of("Space", "次の未読へ")
UNREAD_ONLY: Final = _of("Ctrl+Shift+U", "未読だけを表示 / 解除")
COLUMNS: Final = _of("Ctrl+Shift+L", "列を選ぶ・並べ替える")
COLUMN_LEFT: Final = _of("Alt+Up", "選んだ列を前へ（列の画面で）")
COLUMN_RIGHT: Final = _of("Alt+Down", "選んだ列を後ろへ（列の画面で）")
CRITERIA: Final = _of("Ctrl+Shift+F", "条件を付けて更新する")
CHOOSE_VIEW: Final = Shortcut(tuple(f"Alt+{number}" for number in range(1, 10)), "表示（すべて、未読、… 名前を付けて残した表示）を選ぶ")
KEEP_VIEW: Final = _of("Ctrl+Shift+S", "いまの表示（絞り込み・検索・条件）を名前を付けて残す / 消す")
LEAVE_CRITERIA: Final = _of("Alt+0", "条件を外す")
FOLLOW_ON: Final = _of("Ctrl+R", "選んだ申込の続きの申込を始める")
FETCH_STATUS: Final = _of("Shift+F5", "選んだ申込の状況を取得")
SUMMARY: Final = _of("Ctrl+Shift+C", "選んだ申込の電話の要約をコピー")
NOTE: Final = _of("Ctrl+M", "選んだ申込にメモを残す")
TAG: Final = _of("Ctrl+L", "選んだ申込にタグを付ける")
TAKE_TAG: Final = _of("Right", "書きかけのタグを、使ったことのあるタグにする")
FOLLOW_UP: Final = _of("Ctrl+D", "選んだ申込の確認する日を決める")
KEEP_NOTE: Final = Shortcut(("Ctrl+Return", "Ctrl+Enter"), "メモ・タグ・確認する日を残す")
MARK: Final = _of("Ctrl+U", "選んだ申込の既読・未読を切り替え")
MARK_ALL: Final = _of("Ctrl+Shift+A", "表示中の申込をすべて既読にする")
COPY_RECEIPT: Final = _of("Ctrl+Shift+R", "選んだ申込の受付番号をコピー")
EXPORT: Final = _of("Ctrl+E", "選んだ申込を Excel・CSV に書き出す")
MORE_ACTS: Final = _of("Shift+F10", "選んだ申込にできることをすべて表示")
COPY_ROWS: Final = _of("Ctrl+C", "選んだ行を表としてコピー")
ESCAPE: Final = _of("Esc", "秒読み中の送信を止める。検索を消す。詳細から受付トレイ・送信トレイへ戻る")

ANSWER: Final = Shortcut(tuple(str(number) for number in range(1, 10)), "使用量の確認に、その番号の答えで答える")
GIVE_UP: Final = _of("Esc", "使用量の確認をキャンセルして、前の使用量に戻す。比較でスライダー・絞り込み・別の一覧から戻る")
PROPOSE_PLAN: Final = _of("Space", "比較で選んだプランを見積に入れる / 外す。選んだ補助金を見積に載せる / 外す")
WHY_PLAN: Final = _of("Alt+Y", "比較で選んだプランの差の理由")
COMPARE_PRICES: Final = _of("Alt+T", "2つのプランの単価を並べる / 戻す")
EXCLUDE_PLAN: Final = _of("Alt+X", "比較で選んだプランを比較から外す（一覧では Delete でも）")
INCLUDE_PLAN: Final = _of("Alt+I", "外したプランを比較に戻す（対象外の理由で）")
LEFT_OUT_PLANS: Final = _of("Alt+E", "比較の対象外のプランとその理由")
CHANGED_PRICES: Final = _of("Alt+N", "今月変わった単価")
FUEL_RULE: Final = _of("Alt+U", "燃料費調整の規則を選ぶ")
OWN_PLANS: Final = _of("Alt+P", "比較の自社プラン")
PRICE_OF_PLAN: Final = _of("Alt+C", "比較で燃料費が不明なプランの単価を入れる")
FAVOURITE_PLAN: Final = _of("Alt+S", "比較で選んだプランを★お気に入りにする / 外す")

CHOOSE_PICTURE: Final = _of("Alt+J", "電気料金の図の種類を選ぶ")
PICTURE_NUMBERS: Final = _of("Alt+K", "図の数字を表で見る / 図に戻る")
OPEN_PLACE: Final = _of("Enter", "図の選んだ月・日を開く（矢印キーで選ぶ）")
LEAVE_PLACE: Final = _of("Esc", "日から月、月から年の図に戻る")
COPY_NUMBERS: Final = _of("Ctrl+C", "図の数字を表としてコピー")

SHEET: Final[tuple[tuple[str, tuple[Shortcut, ...]], ...]] = (
    (
        "どの画面でも",
        (
            SHOW_INBOX,
            SHOW_APPLY,
            SHOW_OUTBOX,
            SHOW_TARIFFS,
            NEW_OUTAGE,
            NEW_APPLICATION,
            BULK,
            REFRESH,
            FIND,
            READ_NOTICES,
            RECONCILE,
            PAUSE,
            UNDO,
            PRINT,
            CUSTOMER_VIEW,
            POINTS,
            FIND_ACT,
            SETTINGS,
            HELP,
            QUIT,
        ),
    ),
    (
        "新規申込",
        (
            CHOOSE_KIND,
            OPEN_DRAFT,
            DISCARD_CHOSEN,
        ),
    ),
    (
        "申込の用紙",
        (
            SEND,
            BACK_TO_FORM,
            PARKED_BEFORE,
            PARKED_NEXT,
            BESIDE,
            NOT_DOUBLE,
            UNDO_FILL,
            TEMPLATES,
            OUTAGE_PAGE,
        ),
    ),
    (
        "まとめて申込",
        (
            BULK_PASTE,
            BULK_OPEN,
            BULK_BAD,
            BULK_MEND,
            BULK_TICK,
            BULK_COLUMN,
            BULK_BESIDE,
            BULK_HOLD,
            BULK_SEND,
            BULK_REST,
            BULK_SAVE,
        ),
    ),
    ("受付の控え", (COPY_NUMBER, COPY_SENTENCE, SAVE_RECEIPT, RECEIPT_IN_INBOX, CLOSE_RECEIPT)),
    ("送信トレイ", (MEND, ESCAPE)),
    (
        "受付トレイ",
        (
            NEXT_UNREAD,
            UNREAD_ONLY,
            FOLLOW_ON,
            FETCH_STATUS,
            SUMMARY,
            NOTE,
            TAG,
            TAKE_TAG,
            FOLLOW_UP,
            KEEP_NOTE,
            MARK,
            MARK_ALL,
            EXPORT,
            MORE_ACTS,
            COPY_RECEIPT,
            COPY_ROWS,
            CHOOSE_VIEW,
            KEEP_VIEW,
            COLUMNS,
            COLUMN_LEFT,
            COLUMN_RIGHT,
            CRITERIA,
            LEAVE_CRITERIA,
        ),
    ),
    (
        "料金・見積",
        (
            ANSWER,
            GIVE_UP,
            PROPOSE_PLAN,
            EXCLUDE_PLAN,
            INCLUDE_PLAN,
            WHY_PLAN,
            COMPARE_PRICES,
            LEFT_OUT_PLANS,
            CHANGED_PRICES,
            FUEL_RULE,
            OWN_PLANS,
            PRICE_OF_PLAN,
            FAVOURITE_PLAN,
        ),
    ),
    ("電気料金の図", (CHOOSE_PICTURE, PICTURE_NUMBERS, OPEN_PLACE, LEAVE_PLACE, COPY_NUMBERS)),
)
"""The sheet of keys: where they work, and which."""


def without_mnemonic(words: str) -> str:
    """「電力会社(&C)」 as it is read aloud: 電力会社."""
    return words.split("(&", maxsplit=1)[0]
