"""What the clerk reads while practising: the first practice in three steps, and what goes wrong on purpose."""

from collections.abc import Mapping
from typing import Final

from denkidesk.domain.troubles import Trouble
from denkidesk.domain.values import dataclass
from denkidesk.texts import shortcuts

MENU: Final = "練習(&L)"
ACT_FIRST: Final = "最初の練習(&F)…"
ACT_END: Final = "うまくいかないときの練習を終える(&E)"
TITLE: Final = "練習"

HEADING: Final = "ようこそ。まず、停電の電話を 1件 練習しませんか"
LEAD: Final = "3分ほどで終わります。途中でやめても、書きかけは残ります。"
BEGIN: Final = "練習をはじめる(&B)"
SAMPLES: Final = "見本の申込を見る(&W)"
LATER: Final = "あとで「ヘルプ」からも開けます。"


@dataclass(frozen=True, slots=True)
class Step:
    """One of the three. ``keys``: those of the daily work. ``said``: on the rail, when its turn has come."""

    title: str
    text: str
    keys: str
    said: str


STEPS: Final = (
    Step(
        "停電の申込を開く",
        "見本 太郎さまから「電気がつかない」と電話が入りました。どの画面からでも開けます。",
        shortcuts.NEW_OUTAGE.label,
        f"最初の練習 1 / 3：{shortcuts.NEW_OUTAGE.label} で停電の申込を開きます。",
    ),
    Step(
        "入力して送信する",
        "供給地点特定番号は、06 で始まる 22桁なら何でもかまいません。",
        shortcuts.SEND.label,
        f"最初の練習 2 / 3：必要な項目を入れて {shortcuts.SEND.label} で送信します。番号は 06 で始まる 22桁です。",
    ),
    Step(
        "返事を読む",
        "更新すると、送配電会社役の練習サーバーから見本の申込と新着のメッセージが届きます。",
        f"{shortcuts.REFRESH.label}　{shortcuts.NEXT_UNREAD.label}",
        f"最初の練習 3 / 3：{shortcuts.SHOW_INBOX.label} で受付トレイを開き、{shortcuts.REFRESH.label} で更新し、"
        f"{shortcuts.NEXT_UNREAD.label} で未読を読みます。",
    ),
)
STEP_SPOKEN: Final = "手順 {number} / {count}、{state}、{title}、キー {keys}、{text}"
STEP_STATES: Final = ("済み", "次にすること", "まだ")
FINISHED: Final = "最初の練習が終わりました。うまくいかないときの練習は、メニューの「表示」→「練習」から始められます。"

TROUBLES_HEADING: Final = "うまくいかないときの練習"
TROUBLES_LEAD: Final = "次に送る申込で 1回だけ、わざと起こします。"
TROUBLES_FOOT: Final = "メニューの「表示」→「練習」からも始められます。"
PRACTISE: Final = "練習する(&{number})"
PRACTISE_NAME: Final = "練習する：{name}。{happens}"
CLOSED_NOTE: Final = "練習（停止時間）"


@dataclass(frozen=True, slots=True)
class TroubleWords:
    """``name``: as a clerk would say it. ``happens``: what the window will do. ``then``: what to do about it."""

    name: str
    happens: str
    then: str


TROUBLES: Final[Mapping[Trouble, TroubleWords]] = {
    Trouble.CUT: TroubleWords(
        "受付の後に通信が切れる",
        "申込は届きますが、返事の前に通信が切れて「結果不明」になります。",
        f"送り直しません。{shortcuts.RECONCILE.label} で送配電会社の一覧と照らし合わせ、「1 これです」と答えます。",
    ),
    Trouble.LATE: TroubleWords(
        "返事が遅い",
        "返事が来るまで 10秒ほどかかります。",
        "送り直さずに待ちます。待つ間も、ほかの画面で仕事を続けられます。",
    ),
    Trouble.MAINTENANCE: TroubleWords(
        "保守中（503）",
        "返事の代わりに保守中の画面が返り、「結果不明」になります。",
        f"{shortcuts.RECONCILE.label} で照らし合わせます。一覧になければ、電話で未着を確かめてから 3 で送り直します。",
    ),
    Trouble.LOGIN: TroubleWords(
        "ログインできない",
        "会社のIDが使えなくなるのを防ぐため、送受信をすべて止めます。申込は送信待ちに残ります。",
        "知らせの「ログインを確かめる」から「一度だけ試す」を選びます。本番では、先に設定でパスワードを直します。",
    ),
    Trouble.CLOSED: TroubleWords(
        "受付時間外（停止時間）",
        "今から 2分間が停止時間になります。送った申込は送信待ちに残り、再開の時刻が出ます。",
        "待っていれば、再開の後に自動で送られます。「終える」を押すと、すぐに再開します。",
    ),
}
ACT_TROUBLE: Final = "{name}(&{number})"
ARMED: Final = "練習：次に送る申込で「{name}」が起きます。{happens}"
ARMED_CLOSED: Final = "練習：「{name}」が始まりました。{happens}"
STRUCK: Final = "練習：「{name}」が起きました。{then}"
END: Final = "終える"
NONE_ARMED: Final = "始めた練習がありません"
ENDED: Final = "うまくいかないときの練習を終えました。"


def armed(trouble: Trouble) -> str:
    """練習：次に送る申込で「返事が遅い」が起きます。…"""
    words = TROUBLES[trouble]
    return (ARMED_CLOSED if trouble is Trouble.CLOSED else ARMED).format(name=words.name, happens=words.happens)


def struck(trouble: Trouble) -> str:
    """練習：「返事が遅い」が起きました。送り直さずに…"""
    words = TROUBLES[trouble]
    return STRUCK.format(name=words.name, then=words.then)
