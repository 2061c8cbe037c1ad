"""What the clerk and the IT person read in the settings dialog."""

from collections.abc import Mapping
from typing import Final

from denkidesk.texts.names import FIELD_NAMES

TITLE: Final = "設定"
SAVE: Final = "保存"
CANCEL: Final = "キャンセル"
LOADING: Final = "設定を読んでいます…"

PAGE_KANSAI: Final = "送配電会社"
PAGE_ENEGAERU: Final = "料金API"
PAGE_SET: Final = "接続仕様"
PAGE_CLOSED: Final = "停止時間"
PAGE_DESK: Final = "会社・表示・送信"

SET_INTRO: Final = (
    "送配電会社から受け取ったWSDL・スキーマと、対応表（binding.json）・コード表（code_tables.json）を入れたフォルダーを選びます。"
    "調べるだけでは何も変わりません。誤りのある一式は設置できません。"
)
SET_FOLDER: Final = "一式のフォルダー"
SET_IN_USE: Final = "いまの設定：{folder}"
SET_OWN: Final = "付属の仮の一式"
SET_CHECK: Final = "調べる(&H)"
SET_CHECKING: Final = "調べています…"
SET_INSTALL: Final = "設置する(&I)"
SET_BACK: Final = "前の一式に戻す(&R)"
SET_REPORT: Final = "調べた結果"
SET_INSTALLED: Final = "設置しました。次の起動から使います。"
SET_WENT_BACK: Final = "前の一式に戻しました。次の起動から使います。"
SET_REFUSED: Final = "誤りがあるため設置しませんでした。設定は変わっていません。"
SET_NEWS: Final = "送配電会社の返答からわかったこと"
SET_RESTART: Final = "保存して再起動"
PRACTICE_HINT: Final = "アドレスを入れて保存すると、次の起動から本番のサーバーを使います。空にすると練習モードに戻ります。"
KEYRING_HINT: Final = "パスワードは OS の資格情報の保管場所に入り、設定ファイルには書かれません。"

LABELS: Final[Mapping[str, str]] = {
    "kansai.base_url": "アドレス",
    "kansai.login_id": "ログインID",
    "kansai.password": "パスワード",
    "kansai.ip_address": FIELD_NAMES["kansai.ip_address"],
    "kansai.proxy": "プロキシ",
    "kansai.proxy_login_id": "プロキシのID",
    "kansai.proxy_password": "プロキシのパスワード",
    "kansai.wsdl_dir": FIELD_NAMES["kansai.wsdl_dir"],
    "kansai.interval_s": FIELD_NAMES["kansai.interval_s"],
    "kansai.status_budget": "状況を確かめる件数",
    "kansai.outage_page": "停電情報のページ",
    "kansai.outage_phone": "停電の電話番号",
    "enegaeru.base_url": "アドレス",
    "enegaeru.auth": "認証方式",
    "enegaeru.login_id": "ログインID",
    "enegaeru.password": "パスワード",
    "enegaeru.api_key": "APIキー",
    "enegaeru.proxy": "プロキシ",
    "enegaeru.proxy_login_id": "プロキシのID",
    "enegaeru.proxy_password": "プロキシのパスワード",
    "desk.company_name": FIELD_NAMES["desk.company_name"],
    "desk.company_address": FIELD_NAMES["desk.company_address"],
    "desk.company_phone": FIELD_NAMES["desk.company_phone"],
    "desk.company_person": FIELD_NAMES["desk.company_person"],
    "desk.color_scheme": FIELD_NAMES["desk.color_scheme"],
    "desk.type_size": FIELD_NAMES["desk.type_size"],
    "desk.unmoved_days": FIELD_NAMES["desk.unmoved_days"],
    "desk.countdown_s": FIELD_NAMES["desk.countdown_s"],
    "desk.outage_countdown_s": FIELD_NAMES["desk.outage_countdown_s"],
}
HINTS: Final[Mapping[str, str]] = {
    "kansai.base_url": "https で始まるアドレス。空のままなら練習モードです。",
    "kansai.ip_address": "送配電会社に届け出た、呼び出し側サーバーのIPアドレス。",
    "kansai.proxy": "社内のプロキシを通るときだけ。例: http://proxy.example:8080",
    "kansai.proxy_login_id": "プロキシがログインを求めるときだけ。アドレスの中には書けません。",
    "kansai.wsdl_dir": "送配電会社から受け取った一式。空のままなら付属の暫定版を使います。",
    "kansai.interval_s": "会社全体で 1 秒に 1 回までです。ほかのパソコンも使うときは長くしてください。",
    "kansai.outage_page": "送配電会社の停電情報のアドレス。停電の用紙から、押したときだけ開きます。",
    "kansai.outage_phone": "停電の用紙に出します。例：0000-00-0000",
    "kansai.status_budget": "更新のたびに、動きのありそうな申込の状況をこの件数まで 1 件ずつ取り寄せます。0 なら一覧だけです。",
    "enegaeru.base_url": "https で始まるアドレス。",
    "enegaeru.proxy": "社内のプロキシを通るときだけ。",
    "enegaeru.proxy_login_id": "プロキシがログインを求めるときだけ。",
    "desk.company_name": "見積書に印刷します。",
    "desk.company_address": "郵便番号から入れます。見積書の会社名の下に印刷します。",
    "desk.company_phone": "お客さまがかける番号。見積書に印刷します。",
    "desk.company_person": "見積書の担当者名。",
    "desk.type_size": "ボタンや行の高さも一緒に変わります。Denki Desk を終了して、開き直したときから変わります。",
    "desk.unmoved_days": "終わっていない申込がこの日数のあいだ動かないと、受付トレイで時計が付き「動きなし」に入ります。",
    "desk.countdown_s": "送信した後、この秒数が過ぎるまでは止められます（1～60 秒）。",
    "desk.outage_countdown_s": "停電だけの秒数です（1～10 秒）。ほかの申込より長くは待ちません。",
}
SECONDS: Final = " 秒"
DAYS: Final = " 日"
APPLICATIONS: Final = " 件"
SECRET_PRESENT: Final = "登録済み(変えるときだけ入力)"
SECRET_ABSENT: Final = "未登録"
SECRET_UNKNOWN: Final = "確認できません"
SECRET_DELETE: Final = "削除"
SECRET_DELETED: Final = "保存すると削除します"
CHOOSE_FOLDER: Final = "選ぶ…"
AUTH_CHOICES: Final = (("login", "ログインIDとパスワード"), ("token", "固定のトークン(APIキー)"))
SCHEME_CHOICES: Final = (("system", "システムに合わせる"), ("light", "明るい"), ("dark", "暗い"))
TYPE_SIZE: Final = "{percent} %"
IP_DIFFERS: Final = "このパソコンのアドレス（{own}）とは違います。社外へ出るときのアドレスなら、このままでかまいません。"

TEST: Final = "接続テスト"
TESTING: Final = "試しています…"
TEST_HINT: Final = "読むだけの呼び出しを 1 回行います。何も申し込みません。"
TEST_OK_KANSAI: Final = "つながりました。今日の申込は {count} 件です。"
TEST_OK_ENEGAERU: Final = "つながりました。"

TAKE_OVER: Final = "ほかの端末のログインを終了して使う"
TAKE_OVER_TITLE: Final = "料金APIへのログイン"
TAKE_OVER_QUESTION: Final = "ほかの端末のログインを終了して、この端末で使いますか。"
TAKE_OVER_DETAIL: Final = (
    "同じIDで料金APIを使っているほかの端末は、ログアウトされます。その端末で計算や検索をしている人がいないか確かめてください。"
    "理由がログインIDやパスワードの間違いのときは、これでは直りません。設定を直してください。"
)
TAKE_OVER_YES: Final = "終了して使う"
TAKE_OVER_NO: Final = "キャンセル"
OPEN_SETTINGS: Final = "設定を開く"
REFUSED_LOGIN: Final = "ログインを確かめる"
REFUSED_LOGIN_TITLE: Final = "送配電会社へのログイン"
REFUSED_LOGIN_QUESTION: Final = "ログインを断られたため、送配電会社との送受信をすべて止めています。"
REFUSED_LOGIN_DETAIL: Final = (
    "パスワードを設定で直すと再開します。パスワードが正しいとき（送配電会社が制限を解いた後など）は、一度だけ試せます。"
    "間違ったまま続けて試すと、会社のIDが使えなくなることがあります。"
)
TRY_ONCE: Final = "一度だけ試す"
LEAVE_STOPPED: Final = "止めたままにする"

CLOSED_INTRO: Final = "毎週日曜 1:00〜3:00 は自動で止まります。臨時の停止時間をここに登録すると、その間は何も送りません。"
CLOSED_NAME: Final = "登録した停止時間"
CLOSED_FROM: Final = FIELD_NAMES["starts_at"]
CLOSED_TO: Final = FIELD_NAMES["ends_at"]
CLOSED_NOTE: Final = FIELD_NAMES["window_note"]
CLOSED_ADD: Final = "登録"
CLOSED_REMOVE: Final = "選んだものを削除"
CLOSED_NONE: Final = "登録した停止時間はありません。"
CLOSED_LINE: Final = "{starts} 〜 {ends}"
CLOSED_LINE_NOTE: Final = "{starts} 〜 {ends}  {note}"
