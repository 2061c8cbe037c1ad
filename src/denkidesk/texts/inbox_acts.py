"""What the clerk reads about the acts on applications of 受付トレイ, and about the course of one, its supply point, its messages."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from denkidesk.domain.applications import ApplicationKind
from denkidesk.texts import dates
from denkidesk.texts.names import FIELD_NAMES, KIND_NAMES
from denkidesk.texts.shortcuts import TAKE_TAG, Shortcut

# -- the acts: the word, the letter in a menu

FOLLOW_ON: Final = "続きの申込"
SUMMARY: Final = "電話の要約"
NOTE: Final = FIELD_NAMES["window_note"]
FETCH: Final = "状況を取得"
FETCHING: Final = "取得しています…"
FOLLOW_UP: Final = "確認する日"
MORE: Final = "ほかの操作"
MARK: Final = "既読・未読を切り替え"
MARK_ALL: Final = "表示中をすべて既読にする"
TAG: Final = "タグ"
COPY_NUMBER: Final = "申込受付番号をコピー"
EXPORT: Final = "ファイルに書き出す…"
PRINT: Final = "印刷…"
NOTHING_CHOSEN: Final = "受付トレイで申込を選んでください。"


def in_menu(word: str, letter: str, key: Shortcut) -> str:
    """A line of a menu; the key stands at its right, where the screen has it and not the menu."""
    return f"{word}(&{letter})\t{key.label}"


# -- what was done, and its way back

MARKED_READ: Final = "{count} 件を既読にしました。"
MARKED_UNREAD: Final = "{count} 件を未読にしました。"
NOTED: Final = "{count} 件のメモを残しました。"
NOTE_GONE: Final = "{count} 件のメモを消しました。"
TAGGED: Final = "{count} 件のタグを残しました。"
FOLLOW_UP_KEPT: Final = "{count} 件を {day}に確認します。"
FOLLOW_UP_GONE: Final = "{count} 件の確認する日を消しました。"
UNDONE: Final = "元に戻しました：{name}"
UNDO_READ: Final = "「{count} 件を既読にした」"
UNDO_UNREAD: Final = "「{count} 件を未読にした」"
UNDO_NOTE: Final = "「{count} 件のメモ」"
UNDO_TAG: Final = "「{count} 件のタグ」"
UNDO_FOLLOW_UP: Final = "「{count} 件の確認する日」"
NOTHING_UNREAD: Final = "未読はありません。"
MOVED: Final = "受付トレイに新しい申込が載ったため、何もしませんでした。もう一度選んでください。"
NOTHING_CHANGED: Final = "変わったものはありません。"
FAILED: Final = "できませんでした。{why}"
FOLLOW_ON_ONE: Final = "続きの申込は、申込を1件だけ選んで始めます。"
DUE: Final = "確認する日の来た申込が {count} 件あります。"
DUE_SHOW: Final = "見る"

# -- the editors in the pane

EDIT_NOTE: Final = "メモ（この端末だけに残ります）"
EDIT_NOTE_MANY: Final = "{count} 件に同じメモを書き足す"
EDIT_TAGS: Final = "タグ（空白で区切ります）"
EDIT_TAGS_MANY: Final = "{count} 件にタグを足す"
EDIT_FOLLOW_UP: Final = "確認する日"
EDIT_FOLLOW_UP_MANY: Final = "{count} 件の確認する日"
NOTE_HINT: Final = "例：鍵は管理人さんへ"
TAGS_HINT: Final = "例：至急 見本町。検索に #至急 と入れると、そのタグの申込だけになります"
FOLLOW_UP_HINT: Final = "例：明日、+3、12/1。空にすると消えます"
SAVE_NOTE: Final = "残す"
CANCEL: Final = "キャンセル"
TAGS_KNOWN: Final = "使ったことのあるタグ：{tags}"
TAG_FITS: Final = f"{TAKE_TAG.label} で「{{tag}}」"
TAGS_FIT: Final = f"{TAKE_TAG.label} で「{{tag}}」　ほかに：{{others}}"

# -- the pane

SEVERAL: Final = "{count} 件を選択中"
SEVERAL_TEXT: Final = "下のボタンは、選んだ {count} 件すべてに効きます。"
SEVERAL_KINDS: Final = "内訳　{kinds}"
NAME: Final = "{name} さま"
NAME_UNKNOWN: Final = "氏名は不明です"
NEXT_TO_ACT: Final = "次に動くのは {who}"
WHO_ACTS: Final[Mapping[str, str]] = {"utility": "送配電会社", "us": "当社", "customer": "お客さま"}
TAB_COURSE: Final = "経過"
TAB_ITEMS: Final = "申込の内容"
TAB_POINT: Final = "この地点 {count}件"
TAB_POINT_NONE: Final = "この地点"
TAB_WIRE: Final = "電文"
TABS_NAME: Final = "申込の詳細の見出し"
FETCHED_AT: Final = "{when} 取得"
NOT_FETCHED: Final = "未取得"
COURSE: Final = "経過"
TAGS: Final = "タグ　{tags}"
FOLLOW_UP_ON: Final = "確認する日　{day}"
FOLLOW_UP_DUE: Final = "確認する日　{day}（来ています）"

# -- the course in sentences

FILED: Final = "こちらから申し込みました"
LISTED: Final = "送配電会社の一覧に「{stage}」で載りました"
LISTED_BARE: Final = "送配電会社の一覧に載りました"
MESSAGE: Final = "メッセージが届きました"
MESSAGE_GONE: Final = "メッセージが届きました：{text}"
MESSAGE_FLAG: Final = ("メッセージの知らせがなくなりました", "メッセージがあると知らせがありました")
STAGE_MOVED: Final = "「{before}」から「{after}」へ進みました"
STAGE_SET: Final = "「{after}」になりました"
ITEM_CHANGED: Final = "{item}が「{before}」から「{after}」に変わりました"
ITEM_CAME: Final = "{item}が「{after}」になりました"
ITEM_GONE: Final = "{item}「{before}」がなくなりました"
NOTED_LINE: Final = "メモ：{text}"

# -- the supply point

POINT_NONE: Final = "供給地点特定番号が分からないため、ほかの記録を探せません。"
POINT_ALONE: Final = "この地点の記録は、この申込だけです。"
POINT_SORTS: Final = {"draft": "下書き", "bill": FIELD_NAMES["matched_bill"], "quote": "見積"}
"""By what a record is; an application is called by its kind."""
POINT_SHOW: Final = "受付トレイで見る"

# -- the messages as sent

WIRE_NONE: Final = "この申込はこの端末から送っていないため、送った電文はありません。"
WIRE_SENT: Final = "送った電文　{when}　要求番号 {request}　{attempt} 回目"
WIRE_MASKED: Final = "パスワードは保存していません（伏せ字です）。返事は読み取った内容だけを残しています。"
WIRE_HASH: Final = "SHA-256 {hash}"
WIRE_ANSWER: Final = "返事から読み取った内容　{when}"
WIRE_NO_ANSWER: Final = "状況をまだ取得していないため、返事はありません。"

# -- many statuses

FETCHED_MANY: Final = "{asked} 件の状況を取得しました。{news}"
FETCHED_NEWS: Final = "新しい知らせ {count} 件。"
FETCH_MANY_FAILED: Final = "残り {left} 件の状況を取得できませんでした。{why}"
FETCH_MANY_STOPPED: Final = "状況の取得を中止しました。取得した分は残っています。"

# -- files and paper

EXPORT_TITLE: Final = "選んだ申込を書き出す"
EXPORT_FILTER: Final = "Excel ブック (*.xlsx);;CSV (*.csv)"
EXPORT_NAME: Final = "受付トレイ_{day}_{count}件.xlsx"
EXPORTED: Final = "{count} 件を書き出しました：{path}"
EXPORT_RUNNING: Final = "{count} 件を書き出しています…"
EXPORT_BESIDE: Final = "同じ名前のファイルがあったため、別の名前にしました。"
EXPORT_FAILED: Final = "書き出せませんでした。{why}"
EXPORT_OPEN: Final = "{name} は、Excel などで開かれているため書き換えられません。閉じてからやり直すか、別の名前にしてください。"
PAGE: Final = "{page} / {pages}"
PRINT_TITLE: Final = "受付トレイ　{count} 件　{when}"
PRINTED: Final = "{count} 件を印刷しました。"
PRINT_MOST: Final = "印刷は {most} 件までです。多いときはファイルに書き出してください。"

# -- on the phone

_ABOUT: Final = "{who}の{kind}のお申し込み（受付番号 {receipt}）"
_STAGE: Final = "は、ただいま「{stage}」です。"
_NO_STAGE: Final = "は、送配電会社へ送ったところです。"
_VISIT: Final = "訪問のご希望日は{day}です。"
_NEWEST: Final = "送配電会社からの最新の連絡：{text}"
_UNKNOWN_WHO: Final = "お客さま"
_LINE: Final = "{receipt}　{who}　{kind}　{stage}{visit}{message}"
SUMMED_UP: Final = "電話の要約をコピーしました：{text}"
SUMMED_UP_MANY: Final = "{count} 件の要約をコピーしました。"


def summary(who: str, kind: ApplicationKind | None, receipt: str, stage: str, visit: date | None, message: str) -> str:
    """What the clerk says on the phone about one application."""
    about = _ABOUT.format(who=NAME.format(name=who) if who else _UNKNOWN_WHO, kind=_kind(kind), receipt=receipt)
    parts = (
        (_STAGE.format(stage=stage) if stage else _NO_STAGE),
        _VISIT.format(day=dates.day(visit)) if visit else "",
        _NEWEST.format(text=" ".join(message.split())) if message else "",
    )
    return about + "".join(parts)


def summary_line(who: str, kind: ApplicationKind | None, receipt: str, stage: str, visit: date | None, message: str) -> str:
    """The same as one line among several."""
    return _LINE.format(
        receipt=receipt,
        who=NAME.format(name=who) if who else _UNKNOWN_WHO,
        kind=_kind(kind),
        stage=stage or FIELD_NAMES["work_stage"],
        visit=f"　訪問 {dates.short_day(visit)}" if visit else "",
        message=f"　{' '.join(message.split())}" if message else "",
    )


def kinds(counts: Sequence[tuple[ApplicationKind | None, int]]) -> str:
    """停電 3、メニュー変更 9."""
    return "、".join(f"{_kind(kind)} {count}" for kind, count in counts)


def _kind(kind: ApplicationKind | None) -> str:
    return "設備" if kind is None else KIND_NAMES[kind]


def key_tip(word: str, key: Shortcut) -> str:
    """How a button with its key is read aloud."""
    return f"{word} {key.label}"
