"""What the clerk reads on the card of an accepted application, and on its paper."""

from datetime import date, datetime
from typing import Final

from denkidesk.domain.applications import NewApplication
from denkidesk.texts import dates
from denkidesk.texts.apply import ACCEPTED_TITLE
from denkidesk.texts.names import FIELD_NAMES, KIND_NAMES
from denkidesk.texts.shortcuts import (
    CLOSE_RECEIPT,
    COPY_NUMBER,
    COPY_SENTENCE,
    NEW_OUTAGE,
    RECEIPT_IN_INBOX,
    SAVE_RECEIPT,
)

NUMBER: Final = FIELD_NAMES["receipt_number"]
COPY: Final = f"コピー　{COPY_NUMBER.label}"
SENT_AT: Final = "送信の日時"
ACCEPTED_AT: Final = "受付の日時"
FOUND_AT: Final = "一覧で確かめた日時"
MESSAGE: Final = FIELD_NAMES["reception_message"]
TO_CUSTOMER: Final = "お客さまへ"
COPY_TEXT: Final = f"文をコピー　{COPY_SENTENCE.label}"
PAPER: Final = "控え"
PAPER_HINT: Final = "内容と番号を PDF に保存します"
SAVE: Final = f"PDF で保存　{SAVE_RECEIPT.label}"
SAVE_TITLE: Final = "控えを PDF に保存"
FILE_NAME: Final = "申込控え_{number}.pdf"
SAVED: Final = "保存しました：{name}"
COPIED: Final = "コピーしました：{what}"
NOT_COPIED: Final = "クリップボードは変えていません"
STAYS: Final = "この控えは、閉じるまで残ります（Enter では閉じません）"
NEXT_OUTAGE: Final = f"次の停電の申込　{NEW_OUTAGE.label}"
IN_INBOX: Final = f"受付トレイで見る　{RECEIPT_IN_INBOX.label}"
CLOSE: Final = f"閉じる　{CLOSE_RECEIPT.label}"
NAME: Final = "受付の控え"
PARKED: Final = "{when}　受付済 {number}"
PAPER_TITLE: Final = "申込の控え"
SPOKEN: Final = "{title}。{label} {digits}"
_TAKEN: Final = "{kind}のお申し込みを受け付けました。"
_NUMBER: Final = "受付番号は {number} です。"
_VISIT: Final = "訪問のご希望は {day}で承りました。"


def sentences(application: NewApplication, number: str) -> tuple[str, ...]:
    """What the clerk says or writes to the customer. The number is in one piece: it is pasted and searched for more often than read out."""
    day = application.visit_on
    visit = (_VISIT.format(day=dates.day(day)),) if day else ()
    return (_TAKEN.format(kind=KIND_NAMES[application.kind]), _NUMBER.format(number=number), *visit)


def spoken(number: str) -> str:
    """As a screen reader says it: the number letter by letter."""
    return SPOKEN.format(title=ACCEPTED_TITLE, label=NUMBER, digits=" ".join(number))


def parked(at: datetime, number: str, today: date) -> str:
    """When it was accepted, among the drafts that wait."""
    return PARKED.format(when=dates.clock(at) if at.date() == today else dates.recent(at, today), number=number)
