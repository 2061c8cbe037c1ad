"""What the practice utility writes: Japanese, because it plays a server whose texts the desk shows as they came."""

from collections.abc import Mapping
from typing import Final

ACCEPTED: Final = "申込を受け付けました（練習）。"
LISTED: Final = "申込件名一覧を回答します（練習）。"
STATUS: Final = "申込状況を回答します（練習）。"
NOT_FOUND: Final = "該当する申込がありません（練習）。"
DECLINED: Final = "この申込は受け付けられません（練習）。"
DECLINED_ITEM: Final = "この申込は受け付けられません（練習）。項目「{item}」の値が正しくありません。"
DECLINED_AREA: Final = "この申込は受け付けられません（練習）。供給地点特定番号が当社の供給区域のものではありません。"
SOAP_FAULT: Final = "練習用の内部エラーです。"
OFFICE: Final = "見本町サービスセンター（練習）"

REFUSAL_OF_STATUS: Final[Mapping[int, str]] = {
    400: "要求に誤りがあります（練習）",
    403: "アクセス権限がありません（練習）",
    404: "サービスが見つかりません（練習）",
    405: "POSTで要求してください（練習）",
}

_MESSAGES: Final[Mapping[str, str]] = {
    "PW02": "内容を確認しています。確認が終わりしだい、ご連絡します（練習）。",
    "PW03": "訪問日の調整が必要です。ご都合のよい日をお知らせください（練習）。",
    "PW04": "担当者が現地へ向かいます。当日はお客さまの立会いをお願いします（練習）。",
    "PW05": "作業が完了しました。ご確認ください（練習）。",
    "PW06": "申込の取下げを受け付けました（練習）。",
}
_MENU_MESSAGES: Final[Mapping[str, str]] = {
    "PW03": "変更日の調整が必要です。ご都合のよい日をお知らせください（練習）。",
    "PW04": "計器の設定変更を予定しています（練習）。",
    "PW05": "メニューの変更が完了しました（練習）。",
}


def message_of_stage(stage: str, *, menu_change: bool) -> str | None:
    """What the utility says when an application reaches a provisional stage; None where it says nothing."""
    return (_MENU_MESSAGES.get(stage) if menu_change else None) or _MESSAGES.get(stage)


RESULT_NOTE: Final = "現地を確認し、異常のないことを確かめました（練習）。"
MENU_RESULT_NOTE: Final = "変更日から新しいメニューを適用します（練習）。"
