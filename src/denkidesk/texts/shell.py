"""What the clerk reads around the screens: menus, status bar, the practice band, closing, bugs."""

from datetime import datetime
from typing import Final

from denkidesk.domain.clock import JST

PRODUCT: Final = "Denki Desk"
WINDOW_TITLE: Final = "Denki Desk — 申込と見積"
WINDOW_TITLE_UNREAD: Final = "({count}) Denki Desk — 申込と見積"
CLOSE_STRIP: Final = "この知らせを閉じる"

TAB_INBOX: Final = "受付トレイ"
TAB_APPLY: Final = "新規申込"
TAB_TARIFFS: Final = "料金・見積"
TABS_NAME: Final = "画面の切り替え"

PRACTICE_WORD: Final = "練習モード"
PRACTICE_TEXT: Final = "内蔵の練習用サーバーにつながっています。送信しても、送配電会社には届きません。データは本番と別に保管されます。"
PRACTICE_ACTION: Final = "本番の設定へ"

MENU_FILE: Final = "ファイル(&F)"
MENU_VIEW: Final = "表示(&V)"
MENU_APPLY: Final = "申込(&A)"
MENU_HELP: Final = "ヘルプ(&H)"
ACT_NEW: Final = "新規申込(&N)"
ACT_OUTAGE: Final = "停電の申込(&T)"
ACT_PRINT: Final = "印刷(&P)…"
ACT_SETTINGS: Final = "設定(&S)…"
ACT_RESTORE: Final = "バックアップから戻す(&B)…"
ACT_QUIT: Final = "終了(&Q)"
ACT_REFRESH: Final = "更新(&R)"
ACT_FIND: Final = "検索(&F)"
ACT_GUIDE: Final = "使い方とキー一覧(&G)"
ACT_ABOUT: Final = "Denki Desk について(&A)"
ACT_INBOX: Final = "受付トレイ(&1)"
ACT_APPLY: Final = "新規申込(&2)"
ACT_TARIFFS: Final = "料金・見積(&3)"
MENU_SCHEME: Final = "画面の色(&C)"
SCHEMES: Final = (("system", "システムに合わせる(&S)"), ("light", "明るい(&L)"), ("dark", "暗い(&D)"))

STATUS_NAME: Final = "状態"
KANSAI_NAME: Final = "送配電会社"
ENEGAERU_NAME: Final = "料金API"
SERVER_NOT_ASKED: Final = "未接続"
SERVER_OK: Final = "接続済 {time}"
SERVER_AWAY: Final = "つながりません"
SERVER_TROUBLED: Final = "応答が異常です"
SERVER_CLOSED: Final = "停止中"
SERVER_CLOSED_UNTIL: Final = "停止中 {time} 再開"
SERVER_REFUSED: Final = "ログイン不可"
SERVER_NOT_SET_UP: Final = "未設定"
SERVER_TIP: Final = "{service}: {state}"
GATE_WAITING: Final = "送信の順番待ち {count} 件 · 次まで {seconds:.1f} 秒"
GATE_BUSY: Final = "通信中"
GATE_TIP: Final = "送配電会社への通信は 1 秒に 1 回までです。順番が来ると自動で送ります。"
SYNCED_NEVER: Final = "最終更新 なし"
SYNCED: Final = "最終更新 {time}"
TODAY: Final = "今日 {time}"
YESTERDAY: Final = "昨日 {time}"
OTHER_DAY: Final = "{month}月{day}日 {time}"

CLOSING_WAIT: Final = "送信中の申込があります。結果が届くのを待って閉じます。"
CLOSING_NOW: Final = "待たずに閉じる"
CLOSING_DETAIL: Final = "待たずに閉じると、送信中の申込は「結果不明」になります。申込が失われることはありません。"

BUG_TITLE: Final = "プログラムの不具合"
BUG_TEXT: Final = "予期しない不具合が起きました。入力したものと送信待ちの申込は保存されています。"
BUG_DETAIL: Final = "続けて使えます。直らないときは、下の記録を IT 担当に渡してください。お客さまの情報は含まれていません。"
BUG_COPY: Final = "記録をコピー"
CLOSE: Final = "閉じる"

HELP_TITLE: Final = "使い方とキー一覧"
HELP_GUIDE: Final = "使い方"
HELP_KEYS: Final = "キー一覧"
ABOUT_TITLE: Final = "Denki Desk について"
ABOUT_TEXT: Final = "小売電気事業者の窓口のための、申込と見積の道具です。"
ABOUT_VERSION: Final = "版 {version}"
ABOUT_FONT: Final = "書体: BIZ UDPGothic (SIL Open Font License 1.1)"
ABOUT_LICENCE: Final = "このプログラムは MIT ライセンスで配布されています。"
ABOUT_PLACE: Final = "データの場所: {place}"


def moment(value: datetime, now: datetime) -> str:
    """今日 9:02, 昨日 18:02, 11月20日 9:00; in Japan's time."""
    there, here = value.astimezone(JST), now.astimezone(JST)
    time = f"{there.hour}:{there.minute:02}"
    days = (here.date() - there.date()).days
    if days == 0:
        return TODAY.format(time=time)
    if days == 1:
        return YESTERDAY.format(time=time)
    return OTHER_DAY.format(month=there.month, day=there.day, time=time)
