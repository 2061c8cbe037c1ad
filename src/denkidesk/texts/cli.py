"""What the command line says in Japanese: help, and what stands on stderr beside the JSON."""

from types import MappingProxyType
from typing import Final

from denkidesk.texts.names import FIELD_NAMES

PROGRAM: Final = "Denki Desk：送配電会社への申込と、料金の見積をする。"
HELP: Final = "この説明を表示して終わる"
HELP_USAGE: Final = "使い方："
HELP_SECTIONS: Final = MappingProxyType({"positional arguments": FIELD_NAMES["arguments"], "options": "オプション"})
HOME: Final = "データと設定をすべて置くフォルダー（環境変数 DENKIDESK_HOME でも指定できる）"
PRACTICE: Final = "設定にかかわらず、内蔵の練習サーバーで動かす"
SIMULATE: Final = "練習サーバーだけを動かす"
KANSAI_PORT: Final = "申込APIのポート（0 は空いているもの）"
ENEGAERU_PORT: Final = "料金APIのポート（0 は空いているもの）"
FAULT: Final = "起こす障害。例：cut-after-accept@new_outage*1"
BILL: Final = "電気料金を月ごとに計算する"
PLAN: Final = "プラン詳細のJSON"
USAGE: Final = "使用量（purchase のJSON、またはCSV）"
CAPACITY: Final = FIELD_NAMES["capacity"]
PEAK: Final = "30分の年間最大需要電力(kW)"
NO_FUELS: Final = "燃料費調整額を含めない"
AREA_PRICES: Final = "エリアプライスのJSON"
COMMISSION: Final = FIELD_NAMES["commission"]
ROUNDING: Final = "端数処理。none はしない、bill は請求書と同じ"
INBOX: Final = "受付トレイ"
SYNC: Final = "申込の一覧を取り寄せて保存する"
LIST: Final = "保存されているものを表示する"
UNREAD: Final = "未読だけ"
NO_STATUS: Final = "一覧だけを取り寄せ、1件ずつの状況は確かめない"
STATUS_BUDGET: Final = "状況を確かめる件数の上限（省けば設定の値）"
STATUS: Final = "1件の状況を取り寄せて保存する"
RECEIPT: Final = FIELD_NAMES["receipt_number"]
APPLY: Final = "新規に申し込む"
KIND: Final = FIELD_NAMES["kind"]
APPLY_FILE: Final = "申込の内容のJSON"
DRY_RUN: Final = "送らずに、確かめて電文を表示する"
OUTBOX: Final = "送信トレイ"
RUN: Final = "待っているものを送る"
TRY_ONCE: Final = "ログインを断られて止まっていても、一度だけ試す"
RECONCILE: Final = "結果不明の申込を、送配電会社の一覧で確かめる"
RECONCILED: Final = "結果不明{unknown}件のうち{settled}件が、受け付けられていると分かりました。"
NOTHING_UNKNOWN: Final = "結果不明の申込はありません。"
WSDL: Final = "WSDLの一式"
WSDL_CHECK: Final = "WSDLと対応表を調べる"
WSDL_DIR: Final = "調べるフォルダー"
SECRET: Final = "パスワードとAPIキー"
SECRET_SET: Final = "標準入力から読んで、システムの安全な場所に保管する"
SECRET_NAME: Final = FIELD_NAMES["secret"]
DOCTOR: Final = "版・場所・サーバー・データベースを調べる"

PRACTICE_RUN: Final = "練習モードです。本物の送配電会社には送られません。"
LOGIN_STOPPED: Final = (
    "パスワードが変わるまで、送配電会社へは何も送りません。"
    "secret set kansai.password で入れ直すか、outbox run --try-once で一度だけ試せます。"
)
KEPT: Final = "申込は届いていません。送信トレイに残っています。"
NOTHING_WAITS: Final = "送るものはありません。"
SENT: Final = "{sent}件のうち{accepted}件が受け付けられました。"
SYNCED: Final = "{total}件のうち、新着{added}件、変更{changed}件。"
LOOKED_FOR_NEWS: Final = "{asked}件の状況を確かめました。新しい知らせ{news}件。"
NO_MORE_NEWS: Final = "状況を確かめる申込は、ほかにありません。"
NEWS_BEYOND: Final = "動きのありそうな申込が、あと{count}件あります。次の更新で先に確かめます。"
SECRET_KEPT: Final = "保管しました。"
WSDL_OK: Final = "七つの操作すべてを呼び出せます。"
WSDL_NOT_OK: Final = "呼び出せない操作があります：{operations}"
WSDL_FINDINGS: Final = "指摘が{count}件あります。"
IMPORT_NOTE: Final = "使用量ファイルの注意：{note}"
BILL_WARNING: Final = "料金計算の注意：{warning}"
BILL_PARTIAL: Final = "日数の注意：{text}"
BILL_ASSUMED: Final = "公開されていないため仮定した計算規則：{rules}"
BUG: Final = "プログラムの誤りです：{name}。"
INTERRUPTED: Final = "中断しました。"
CAUTION: Final = "確かめてください　{line}"
SIMILAR: Final = "同じ地点の同じ種類の申込がほかにあります：{reference}"
ARGUMENT_MISSING: Final = "足りない引数があります：{names}"
ARGUMENT_WRONG: Final = "引数が正しくありません：{message}"
TOUR: Final = "窓をひと通り動かし、各手順の画像をこのフォルダーに保存する"
TOUR_USAGE: Final = "--tour で開く使用量のファイル（省けば見本）"
SMOKE: Final = "人の手を借りずに自分を試し、結果をこのフォルダーの smoke.json に書く"
ARGUMENT_UNKNOWN: Final = "知らない引数があります：{names}"
ARGUMENT_WITHOUT_VALUE: Final = "値がありません：{names}"
NO_SCREEN: Final = (
    "この端末には画面がないため、窓を開けません。コマンドは使えます（denkidesk --help）。"
    "画面なしで動きを見るには、QT_QPA_PLATFORM=offscreen を付けて --practice --tour フォルダー を実行してください。"
)
