"""Every key that does something by itself, in one table: menus, key handlers, tips, the sheet of keys and the guide follow it.

A key is spelled as it stands on a menu ("Ctrl+Shift+T"), which is also how Qt reads it. The letters of menus and buttons (Alt and an
underlined letter) stand in their own words; one that the sheet of keys names is in the table as well. Stands on
hardly any other module: the window has its menus before anything else is loaded.
"""

from typing import Final

from denkidesk.domain.values import dataclass

_LABELS: Final = {"Alt+Left": "Alt+←", "Ctrl+Return": "Ctrl+Enter", "Del": "Delete"}
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
SHOW_TARIFFS: Final = _of("Ctrl+3", "料金・見積")
NEW_OUTAGE: Final = _of("Ctrl+Shift+T", "停電の申込を始める")
NEW_APPLICATION: Final = _of("Ctrl+N", "新規申込を始める")
REFRESH: Final = _of("F5", "受付トレイを更新する")
FIND: Final = _of("Ctrl+F", "検索する")
RECONCILE: Final = _of("Ctrl+Shift+K", "結果不明を確かめる")
PRINT: Final = _of("Ctrl+P", "見積を印刷する")
READ_NOTICES: Final = _of("Ctrl+Shift+M", "知らせをすべて読む / 閉じる")
SETTINGS: Final = _of("Ctrl+,", "設定")
HELP: Final = _of("F1", "この一覧")
QUIT: Final = _of("Ctrl+Q", "終了")

CHOOSE_KIND: Final = Shortcut(("Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5"), "種類を選び、新しい用紙を開く")
OPEN_DRAFT: Final = _of("Alt+W", "選んだ下書きを開く")
DISCARD_DRAFT: Final = _of("Del", "選んだ下書きを破棄")
NEXT_STEP: Final = Shortcut(("Ctrl+Return", "Ctrl+Enter"), "次へ。確認のページでは送信")
LAST_STEP: Final = _of("Alt+Left", "戻る")

NEXT_UNREAD: Final = _of("Space", "次の未読へ")
UNREAD_ONLY: Final = _of("Ctrl+U", "未読だけを表示 / 解除")
FETCH_STATUS: Final = _of("Ctrl+R", "選んだ申込の状況を取得")
COPY_RECEIPT: Final = _of("Ctrl+Shift+C", "申込受付番号をコピー")
COPY_ROWS: Final = _of("Ctrl+C", "選んだ行を表としてコピー")
LEAVE_SEARCH: Final = _of("Esc", "検索を消して、または申込の詳細から一覧へ戻る")

SHEET: Final[tuple[tuple[str, tuple[Shortcut, ...]], ...]] = (
    (
        "どの画面でも",
        (
            SHOW_INBOX,
            SHOW_APPLY,
            SHOW_TARIFFS,
            NEW_OUTAGE,
            NEW_APPLICATION,
            REFRESH,
            FIND,
            READ_NOTICES,
            RECONCILE,
            PRINT,
            SETTINGS,
            HELP,
            QUIT,
        ),
    ),
    ("新規申込", (CHOOSE_KIND, OPEN_DRAFT, DISCARD_DRAFT, NEXT_STEP, LAST_STEP)),
    ("受付トレイ", (NEXT_UNREAD, UNREAD_ONLY, FETCH_STATUS, COPY_RECEIPT, COPY_ROWS, LEAVE_SEARCH)),
)
"""The sheet of keys: where they work, and which."""


def without_mnemonic(words: str) -> str:
    """「電力会社(&C)」 as it is read aloud: 電力会社."""
    return words.split("(&", maxsplit=1)[0]
