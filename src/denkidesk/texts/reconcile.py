"""結果不明: what is asked and answered about an application whose answer never came."""

from datetime import date, datetime
from typing import Final

from denkidesk.domain.applications import ListedApplication, NewApplication
from denkidesk.texts import dates
from denkidesk.texts.names import FIELD_NAMES, kind_name

TITLE: Final = "結果不明を確かめる"
OPEN: Final = "確かめる"
ASK_AGAIN: Final = "一覧をもう一度確かめる"
ASKING: Final = "一覧を確かめています…"
LATER: Final = "あとで決める"
THIS: Final = "1  これです"
NOT_THIS: Final = "2  違います"
NOT_TAKEN: Final = "3  電話で未着を確認した → 送り直す"
SAID_BY: Final = "確認した相手"
SAID_AT: Final = "確認した時刻"
SEND_AGAIN: Final = "送信待ちに戻す"
ITEM: Final = "項目"
OURS: Final = "この申込"
LISTED: Final = "送配電会社の一覧"
VERDICT: Final = "照合"
SAME: Final = "一致"
NOT_LISTED: Final = "一覧になし"
NAME_HINT: Final = "一覧に氏名は出ません。電話など別の道で同じ申込をした人がいれば、その申込かもしれません。"
NOTHING_FOUND: Final = "一覧に、同じ申込は見当たりません。届いていない証拠にはなりません。送配電会社に電話で確かめてください。"
SEVERAL: Final = "同じ内容の申込が一覧に {count} 件あります。どれがこの申込か選ぶか、送配電会社に確かめてください。"
SHARED: Final = "一覧の 1 件に、この申込のほかにも結果不明の申込が当てはまります。送配電会社に確かめてください。"
SETTLED: Final = "{kind}の申込は受け付けられていました（{receipt}）。"
DISMISSED: Final = "この申込ではないと記録しました。"
QUEUED: Final = "{kind}の申込を送信待ちに戻しました。"
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
    return f"{kind_name(application.kind)}の申込{f'（{who}）' if who else ''}は届いていますか"


def why(sent_at: datetime) -> str:
    """The sentence below it."""
    return f"{dates.moment(sent_at)} に送りましたが、返事が届きませんでした。"


def evidence(row: ListedApplication) -> str:
    """What speaks for a candidate."""
    return f"{row.receipt_number}　{dates.day(row.registered_on)} 登録、同じ地点・同じ申込"


def comparison(application: NewApplication, sent_on: date, row: ListedApplication) -> tuple[tuple[str, str, str, str], ...]:
    """Both sides: item, ours, theirs, verdict."""
    return (
        (FIELD_NAMES["supply_point_number"], application.supply_point_number, row.supply_point_number, SAME),
        (FIELD_NAMES["kind"], kind_name(application.kind), kind_name(application.kind), SAME),
        (FIELD_NAMES["selection_code"], application.selection_code, row.selection_code, SAME),
        (FIELD_NAMES["registered_on"], dates.day(sent_on), dates.day(row.registered_on), SAME),
        (FIELD_NAMES["customer_name"], application.customer_name or "", "", NOT_LISTED),
    )
