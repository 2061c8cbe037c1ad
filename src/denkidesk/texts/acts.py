"""What the clerk reads and types in the search of acts (Ctrl+K), and how the words of acts are said."""

from collections.abc import Mapping
from typing import Final

from denkidesk.texts.shell import TAB_APPLY, TAB_INBOX, TAB_OUTBOX, TAB_TARIFFS

TITLE: Final = "操作を探す"
HINT: Final = "操作の名前の一部（読みでも）"
FOUND: Final = "操作の一覧"
HEADINGS: Final = ("操作", "場所", "キー")
NONE: Final = "該当する操作がありません。"
ROW_SPOKEN: Final = "{name}、{place}、{key}{why}"
NO_KEY: Final = "キーなし"
CANNOT: Final = "今は使えません：対象がないか、選ばれていません"
CANNOT_WHY: Final = "今は使えません：{why}"
ON_SCREEN: Final = "「{screen}」の画面で使えます。Enter でその画面を開きます"

SCREENS: Final = (TAB_INBOX, TAB_APPLY, TAB_OUTBOX, TAB_TARIFFS)
SCREEN_OF_HEADING: Final[Mapping[str, str]] = {
    TAB_INBOX: TAB_INBOX,
    TAB_APPLY: TAB_APPLY,
    "申込の用紙": TAB_APPLY,
    "まとめて申込": TAB_APPLY,
    "受付の控え": TAB_APPLY,
    TAB_OUTBOX: TAB_OUTBOX,
    TAB_TARIFFS: TAB_TARIFFS,
    "電気料金の図": TAB_TARIFFS,
}
"""On which screen the keys of a group of the sheet work."""

_TABLE: Final = """
申込 もうしこみ
停電 ていでん
受付 うけつけ
送信 そうしん
料金 りょうきん
見積 みつもり
更新 こうしん 取得
検索 けんさく 探す さがす
設定 せってい
印刷 いんさつ プリント
知らせ しらせ 通知 つうち
未読 みどく
既読 きどく
控え ひかえ
バックアップ 控え ひかえ 復元 ふくげん
結果不明 けっかふめい 照合 しょうごう
条件 じょうけん 絞り込み しぼりこみ
取り消 とりけし 取消 キャンセル
元に戻す もとにもどす アンドゥ
一時停止 いちじていし 止める とめる
再開 さいかい
終了 しゅうりょう 閉じる とじる
新規 しんき あたらしい
使い方 つかいかた ヘルプ
練習 れんしゅう
状況 じょうきょう
下書き したがき
用紙 ようし
単価 たんか
比較 ひかく
使用量 しようりょう
請求書 せいきゅうしょ
画面 がめん
色 いろ
明るい あかるい ライト
暗い くらい ダーク
文字 もじ
大きさ おおきさ
通信 つうしん 電文 でんぶん
記録 きろく 履歴 りれき
保存 ほぞん
書き出 かきだし エクスポート
お客さま おきゃくさま 顧客 こきゃく
電話 でんわ
メモ めも
コピー こぴー 写す
表示 ひょうじ
図 ず グラフ
直す なおす 修正
"""
READINGS: Final[Mapping[str, str]] = {part: also for part, _, also in (line.partition(" ") for line in _TABLE.strip().splitlines())}
"""What an act is found by beside its own words."""
