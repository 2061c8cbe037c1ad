"""結果不明: what is asked and answered about an application whose answer never came."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from denkidesk.domain.applications import ListedApplication, NewApplication
from denkidesk.domain.supply_point import grouped
from denkidesk.texts import dates
from denkidesk.texts.errors import unknown_outcome
from denkidesk.texts.names import FIELD_NAMES, kind_name
from denkidesk.texts.shortcuts import ESCAPE, RECONCILE

TITLE: Final = "結果不明を確かめる"
OPEN: Final = f"確かめる  {RECONCILE.label}"
ASK_AGAIN: Final = "一覧をもう一度確かめる"
ASKING: Final = "一覧を確かめています…"
LATER: Final = f"あとで決める  {ESCAPE.label}"
ANSWERS_TITLE: Final = "どうしますか"
ANSWERS_KEYS: Final = "数字キーで選び、Enter で確定します"
THIS: Final = "これです"
NOT_THIS: Final = "違います"
NOT_TAKEN: Final = "電話で未着を確認した → 送り直す"
THIS_DOES: Final = "受付番号 {receipt} を付けて「受付済」にします"
NOT_THIS_DOES: Final = "この候補を外し、次の更新でも探し続けます。「結果不明」のままです"
NOT_TAKEN_DOES: Final = "確認した相手と時刻を記録してから、送信待ちに入れます"
NEEDS_ONE: Final = "一覧の申込を 1 件選ぶと答えられます"
OPEN_IN_INBOX: Final = "一覧で開く(&O)"
PHONE: Final = "電話で確かめるとき"
COPY_PHONE: Final = "文をコピー(&C)"
COPIED: Final = "コピーしました"
NONE: Final = "—"
NO_WISH: Final = "指定なし"
SAID_BY: Final = "確認した相手"
SAID_AT: Final = "確認した時刻"
SEND_AGAIN: Final = "送信待ちに戻す"
ITEM: Final = "項目"
OURS: Final = "この申込"
LISTED: Final = "送配電会社の一覧"
VERDICT: Final = "照合"
SAME: Final = "一致"
NOT_LISTED: Final = "一覧になし"
FOR_YOUR_NOTICE: Final = "参考"
NAME_HINT: Final = "一覧に氏名は出ません。電話など別の道で同じ申込をした人がいれば、その申込かもしれません。"
NOTHING_FOUND: Final = "一覧に、同じ申込は見当たりません。届いていない証拠にはなりません。送配電会社に電話で確かめてください。"
SEVERAL: Final = "同じ内容の申込が一覧に {count} 件あります。どれがこの申込か選ぶか、送配電会社に確かめてください。"
SHARED: Final = "一覧の 1 件に、この申込のほかにも結果不明の申込が当てはまります。送配電会社に確かめてください。"
SETTLED: Final = "{kind}の申込は受け付けられていました（{receipt}）。"
DISMISSED: Final = "この申込ではないと記録しました。"
QUEUED: Final = "{kind}の申込をまもなく送り直します。"
STOPPED: Final = "送信を止めました。申込は送信トレイに残っています。"
COURSE: Final = "送信の経過"
UNCHANGED: Final = "ほかで片付いていました。何も変えていません。"
NOTHING_OPEN: Final = "結果不明の申込はありません。"
ASK_FAILED: Final = "一覧を確かめられませんでした。{why}"


def standing(count: int, matches: int) -> str:
    """The line that stands on every tab until all are settled."""
    found = f"うち {matches:,} 件は一覧に見つかりました。" if matches else ""
    return f"結果不明の申込が {count:,} 件あります。{found}"


def question(application: NewApplication) -> str:
    """The title of the page."""
    who = application.customer_name
    return f"{f'{who} さまの' if who else ''}{kind_name(application.kind)}の申込は、届いていますか"


def why(sent_at: datetime, code: str) -> str:
    """The sentence below it. ``code``: why nobody knows."""
    return f"{dates.moment(sent_at)}　{unknown_outcome(code)}自動では送り直しません。"


def evidence(row: ListedApplication) -> str:
    """A candidate, with what speaks for it."""
    return f"{row.receipt_number}　{dates.day(row.registered_on)} 登録、同じ地点・同じ申込"


def proposal(receipt_number: str) -> str:
    """The only candidate."""
    return f"{receipt_number} が、この申込と思われます"


def grounds(row: ListedApplication) -> str:
    """What speaks for the only candidate."""
    return f"同じ地点・同じ申込で、{dates.day(row.registered_on)} の登録。ほかに該当する申込はありません。"


def by_telephone(application: NewApplication, sent_at: datetime) -> tuple[str, ...]:
    """What to ask the utility; the number in groups, as it is read aloud."""
    who = f"お客さまは {application.customer_name} さまです。" if application.customer_name else ""
    point = application.supply_point_number
    place = f"供給地点特定番号は {grouped(point).replace('-', '、')} です。" if point else ""
    asked = f"{dates.day(sent_at.date())} {dates.clock(sent_at)} に送った{kind_name(application.kind)}の申込です。"
    return tuple(part for part in (asked, place, who, "届いていますか。") if part)


def comparison(
    ours: NewApplication, sent_on: date, row: ListedApplication, label: Callable[[str, str], str]
) -> tuple[tuple[str, str, str, str], ...]:
    """Both sides: item, ours, theirs, verdict. ``label``: the words of a code, by the name of its item."""
    wished, listed = (dates.day(day) if day else NO_WISH for day in (ours.visit_on, row.visit_on))
    selected, listed_selection = (label("selection_code", code) for code in (ours.selection_code, row.selection_code))
    stage = label("work_stage", row.work_stage)
    return (
        (FIELD_NAMES["kind"], kind_name(ours.kind), kind_name(ours.kind), SAME),
        (FIELD_NAMES["supply_point_number"], grouped(ours.supply_point_number), grouped(row.supply_point_number), SAME),
        (FIELD_NAMES["registered_on"], dates.day(sent_on), dates.day(row.registered_on), SAME),
        (FIELD_NAMES["selection_code"], selected, listed_selection, SAME),
        (FIELD_NAMES["visit_on"], wished, listed, SAME if wished == listed else FOR_YOUR_NOTICE),
        (FIELD_NAMES["work_stage"], "", stage, FOR_YOUR_NOTICE),
        (FIELD_NAMES["customer_name"], ours.customer_name or "", "", NOT_LISTED),
    )
