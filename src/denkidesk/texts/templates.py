"""Words of templates: forms that are filled in once and used again."""

from typing import Final

from denkidesk.texts.shortcuts import DISCARD_CHOSEN

TITLE: Final = "ひな形（{kind}）"
LIST: Final = "ひな形"
NONE: Final = "この種類のひな形はまだありません。"
HINT: Final = "選んだ項目と備考だけを残します。番号・氏名・住所・電話・日付・質問の答えは入りません。"
USE: Final = "用紙に入れる(&U)  Enter"
FORGET: Final = f"削除(&D)  {DISCARD_CHOSEN.label}"
NAME: Final = "いまの用紙を残す名前"
NAME_HINT: Final = "例：計器の交換"
NAME_LENGTH: Final = 30
KEEP: Final = "ひな形に残す(&K)"
NOTHING: Final = "いまの用紙には、ひな形に残す項目がありません。"
KEPT: Final = "「{name}」を残しました。"
FORGOTTEN: Final = "「{name}」を削除しました。"
CLOSE: Final = "閉じる(&C)"
