"""The sentences of errors, by their codes: one for every member of ``domain.error_codes`` and ``domain.wsdl_codes``.

Where a sentence names the server, ``{service}`` stands for it.
"""

from collections.abc import Mapping
from typing import Final

from denkidesk.domain.error_codes import ClosedReason, ConnectCode, ExchangeCode, InstallationCode, OutcomeCode, RefusalCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.texts.faults import SETTING_FAULTS

REFUSED: Final[Mapping[str, str]] = {
    RefusalCode.BAD_REQUEST: "{service}が、項目に誤りがあるとして受け付けませんでした。",
    RefusalCode.FORBIDDEN: (
        "{service}に接続を断られました。ログインID・パスワード・呼出元IPアドレス・利用権限を確かめてください。"
        "続けて試すとIDが使えなくなることがあります。"
    ),
    RefusalCode.UNKNOWN_SERVICE: "{service}に、この機能の窓口がありません。アドレスの設定を確かめてください。",
    RefusalCode.FAULT: "{service}の処理でエラーが起きました。",
    RefusalCode.DECLINED: "{service}が受け付けませんでした。",
    RefusalCode.NOT_FOUND: "その申込受付番号の申込は見つかりません。",
    RefusalCode.LOGIN_STATUS: (
        "{service}へのログインを断られました。ログインID・パスワードを確かめてください。続けて試すとIDが使えなくなることがあります。"
    ),
    RefusalCode.STOPPED: "{service}へのログインが前に断られたため、送受信を止めています。パスワードが変わると再開します。",
}
LOGIN_REFUSED_OR_IN_USE: Final = (
    "{service}へのログインを断られました。同じIDがほかの端末で使われているか、ログインID・パスワードが違います。"
    "続けて試すとIDが使えなくなることがあります。"
)
"""Instead of ``FORBIDDEN`` where a session elsewhere can be the reason of a refused login."""
CLOSED: Final[Mapping[str, str]] = {
    ClosedReason.WEEKLY: "送配電会社のシステムは、日曜日の 1:00 から 3:00 まで止まっています。",
    ClosedReason.WINDOW: "登録された停止時間です。",
    ClosedReason.MAINTENANCE: "送配電会社のシステムは保守のため止まっています。",
    ClosedReason.HELD: "停止時間が終わるまで送信を待っています。",
}
UNREACHABLE: Final[Mapping[str, str]] = {
    ConnectCode.CONNECT: "{service}につながりません。ネットワークを確かめてください。",
    ConnectCode.TLS: "{service}との安全な接続ができません。証明書を信頼できないか、パソコンの日時がずれています。",
    ConnectCode.PROXY: "プロキシにつながりません。プロキシの設定を確かめてください。",
    ConnectCode.PROXY_LOGIN: "プロキシがログインを求めています。プロキシのログインIDとパスワードを確かめてください。",
    ConnectCode.PROXY_FORBIDS: "プロキシが{service}への接続を許していません。許可が要ることをIT担当に伝えてください。",
    ConnectCode.PROXY_NO_SERVER: "プロキシから{service}につながりません。アドレスの設定と、{service}が動いているかを確かめてください。",
    ExchangeCode.TIMEOUT: "{service}から時間内に応答がありません。",
    ExchangeCode.CUT: "{service}との接続が途中で切れました。",
    ExchangeCode.SERVER_ERROR: "{service}の側でエラーが起きています。",
    ExchangeCode.REDIRECT: "{service}が別のアドレスへ案内してきました。安全のため従いません。アドレスの設定を確かめてください。",
    ExchangeCode.NOT_SOAP: "{service}の応答を読み取れません。",
    ExchangeCode.NOT_JSON: "{service}の応答を読み取れません。",
    ExchangeCode.TOO_LARGE: "{service}の応答が大きすぎます。",
    ExchangeCode.PROTOCOL: "{service}の応答が通信の決まりと違います。",
    ExchangeCode.SCHEMA: "{service}の応答の形が決まりと違います。",
    ExchangeCode.UNEXPECTED: "予期しない不具合のため、{service}との送受信ができませんでした。",
}
UNREADABLE_ANSWER: Final = "送信しましたが、応答を読み取れませんでした。"
OUTCOME_UNKNOWN: Final[Mapping[str, str]] = {
    ExchangeCode.TIMEOUT: "送信しましたが、時間内に応答がありませんでした。",
    ExchangeCode.CUT: "送信しましたが、応答の前に接続が切れました。",
    ExchangeCode.SERVER_ERROR: "送信しましたが、送配電会社の側でエラーが起きました。",
    ExchangeCode.REDIRECT: UNREADABLE_ANSWER,
    ExchangeCode.NOT_SOAP: UNREADABLE_ANSWER,
    ExchangeCode.NOT_JSON: UNREADABLE_ANSWER,
    ExchangeCode.TOO_LARGE: UNREADABLE_ANSWER,
    ExchangeCode.PROTOCOL: UNREADABLE_ANSWER,
    ExchangeCode.SCHEMA: UNREADABLE_ANSWER,
    ExchangeCode.UNEXPECTED: "送信の途中で、予期しない不具合が起きました。",
    OutcomeCode.NO_RECEIPT: "応答に申込受付番号がありませんでした。",
    OutcomeCode.RECEIPT_TAKEN: "応答の申込受付番号は、すでに別の申込のものです。",
    OutcomeCode.MAINTENANCE: "送信しましたが、送配電会社のシステムが保守中と答えました。",
    OutcomeCode.FAULT: "送信しましたが、送配電会社の側でエラーが起きました。",
    OutcomeCode.KILLED: "送信の途中でプログラムが終わりました。",
    OutcomeCode.RESTORED: "バックアップから戻したため、送信されたかどうか分かりません。",
    OutcomeCode.LISTED: "受付不可だったはずの申込と同じ地点の申込が、送配電会社の一覧に載っています。",
    OutcomeCode.NOT_STORED: "受け付けられましたが、受付番号を保存できませんでした。",
}
SETUP: Final[Mapping[str, str]] = {
    **SETTING_FAULTS,
    InstallationCode.MISSING: "見つかりません。",
    InstallationCode.UNREADABLE: "読み取れません。",
    InstallationCode.UNWRITABLE: "書き込めません。",
    InstallationCode.FULL: "ディスクに空きがありません。不要なファイルを消してください。",
    InstallationCode.UNKNOWN: "知らない項目です。",
    InstallationCode.TYPE: "値の型が違います。",
    InstallationCode.NOT_TOML: "TOMLとして読めません。",
    InstallationCode.BACKSLASH: "\" \" の中の \\ は別の意味になります。一重の引用符で 'C:\\見本\\wsdl' のように書いてください。",
    InstallationCode.INVALID: "正しくありません。",
    InstallationCode.LOCKED: "ほかのプログラムが使っています。しばらくしてやり直してください。",
    InstallationCode.DAMAGED: "壊れています。バックアップから戻してください。",
    InstallationCode.NEWER: "新しい版のプログラムのデータです。プログラムを更新してください。",
    InstallationCode.NO_MODULE: (
        "このパソコンの SQLite に検索の部品（FTS5）がないため、データを使えません。データは壊れていません。"
        "FTS5 のある SQLite を入れるか、Setup.exe で入れ直すよう、IT 担当に頼んでください。"
    ),
    InstallationCode.NOT_DURABLE: "この場所では、保存したものを失うおそれがあります。パソコンの中のフォルダーを使ってください。",
    InstallationCode.SYNCED_FOLDER: (
        "クラウドと同期するフォルダー（OneDrive など）にあります。データが壊れたり二つに分かれたりすることがあるので、"
        "同期しないフォルダーに移してください。"
    ),
    InstallationCode.NETWORK_FOLDER: (
        "ネットワーク上のフォルダーにあります。保存したものを失うことがあるので、このパソコンの中のフォルダーに移してください。"
    ),
    InstallationCode.NOT_SHARED: (
        "パソコンの利用者みんなで使う場所を使えないため、1秒に1回の決まりを利用者ごとに守ります。"
        "同じパソコンでほかの利用者も申込を送るときは、IT担当に相談してください。"
    ),
    InstallationCode.SHAPE: "形が違います。足りないか余分な表・項目があります。",
    InstallationCode.ROWS: "読めない記録があります。ほかの記録は無事です。",
    InstallationCode.REPLACED: "開いている間に、別のファイルに置き換えられました。Denki Desk を開き直してください。",
    InstallationCode.CLOSED: "もう閉じられています。",
    InstallationCode.FAILED: "応答がありません。",
    InstallationCode.PORT: "ポートを使えません。ほかのプログラムが使っています。",
    InstallationCode.NO_SECURE_STORE: "このシステムには、秘密を安全に保管する場所がありません。",
    InstallationCode.NO_BASE_URL: "アドレスが設定されていません。",
    InstallationCode.HEADER_VALUE: "送れない文字が入っています。前後の空白・改行・全角文字がないか確かめて、入れ直してください。",
    InstallationCode.PRACTICE_ONLY: "練習モードでは、このパソコンの外へは接続しません。",
    WsdlCode.NOT_JSON: "JSONとして読めません。",
    WsdlCode.NOT_XML: "XMLとして読めません。",
    WsdlCode.TOO_LARGE: "大きすぎます。",
    WsdlCode.DOCTYPE: "使えない宣言（DOCTYPE）があります。",
    WsdlCode.DOUBLE: "同じものが2度あります。",
    WsdlCode.ALREADY_FILLED: (
        "同じ場所に、もう binding.json か further_items.json の別の行から値が入ります。どちらか一方の行を消してください。"
    ),
    WsdlCode.WITHOUT_EFFECT: "書いてあっても何も変わりません。名前と値を確かめ、要らなければ消してください。",
    WsdlCode.UNKNOWN_KIND: "知らない申込の種類です。",
    WsdlCode.UNKNOWN_FIELD: "知らない項目名です。",
    WsdlCode.UNKNOWN_OPERATION: "知らない操作です。",
    WsdlCode.UNKNOWN_ELEMENT: "WSDLにない要素です。パスは電文の要素から下を / でつなぎます。",
    WsdlCode.BLOCK: "中に要素が入るまとまりで、値の入る要素ではありません。中の要素を書いてください。",
    WsdlCode.REPEATED: "1つのはずの項目が、繰り返す要素の中にあります。rows.path をその要素までにするか、項目を外してください。",
    WsdlCode.UNKNOWN_HEADER: "対応表にないヘッダー要素です。値が要るときは header の items か constants に書いてください。",
    WsdlCode.EXTRA_ELEMENT: "対応表にない要素です。返答にあればその他の項目として残します。",
    WsdlCode.EXTRA_REQUEST_ELEMENT: (
        "対応表にない、送る電文の要素です。送りません。送るには request・constants・further_items.json のどれかに書きます。"
    ),
    WsdlCode.REQUIRED_EXTRA: (
        "必ず送る要素ですが、値の出どころがありません。request で項目に結びつけるか、constants に決まった値を、"
        "absent に空の送り方を、further_items.json に入力欄を書いてください。"
    ),
    WsdlCode.REQUIRED_ABSENT: (
        "値がないことがある項目ですが、スキーマでは必須です。"
        "absent か absent_items に、値がないときの送り方（empty か nil）を書いてください。"
    ),
    WsdlCode.EXCLUDED: "スキーマではほかの項目とどちらか一つしか入れられない位置にあります。パスを確かめてください。",
    WsdlCode.VALUE_REFUSED: "この値をスキーマが認めません。書式・コード表・対応表の値か、パスを確かめてください。",
    WsdlCode.REPLY_UNREAD: "返答の見本から読み取れません。パスと日付の書式を確かめてください。",
    WsdlCode.FORMAT: "この版が読める形（1）ではありません。",
    WsdlCode.ABSENT: "omit・empty・nil のどれかを書いてください。",
    WsdlCode.NOT_NILLABLE: "スキーマで nillable ではないため、nil では送れません。empty にするか、この行を消してください。",
    WsdlCode.OLDER_THAN_SERVER: "設置した一式にない項目が返答にありました。一式が送配電会社のものより古くなっています。",
    WsdlCode.DATE_UNREADABLE: "返答の日付を読み取れません。値はその他の項目に残しました。date_formats に書式を書いてください。",
    WsdlCode.MISSING_OPERATION: "操作がありません。",
    WsdlCode.MISSING_SERVICE: "サービスがWSDLにありません。",
    WsdlCode.MISSING_PORT: "ポートがWSDLにないか、一つに決まりません。",
    WsdlCode.MISSING_HEADER: "ヘッダー要素がWSDLにありません。",
    WsdlCode.HEADER_UNDECLARED: "WSDLにヘッダーの宣言がないため、対応表のとおりに作ります。",
    WsdlCode.NOT_SOAP11: "SOAP 1.1 ではありません。",
    WsdlCode.RPC_STYLE: "encoded 形式の電文は作れません。literal のWSDLが要ります。",
    WsdlCode.EMPTY_BODY: "電文の本体がありません。WSDLと対応表を調べてください。",
    WsdlCode.SOAP_ACTION: "SOAPAction に使えない文字があります。",
    WsdlCode.SERVICE_NAME: "サービス名に使えない文字があります。",
    WsdlCode.UNKNOWN_SERVICE_NAME: (
        "WSDLのアドレスやサービスの名前とも、公開されているサービス名とも違います。送り先になるため、つづりを確かめてください。"
    ),
    WsdlCode.DATE_ORDER: (
        "年・月・日・時・分・秒の順ではありません（矢印の右のとおりに送ります）。ほかに使える順は、日・月・年と月・日・年だけです。"
    ),
    WsdlCode.DATE_FORMAT: "日付か時刻の書式が正しくありません。yyyy MM dd HH mm ss SSS と記号で書き、文字は ' で囲みます。",
    WsdlCode.IMPORT_NETWORK: "ネットワークから読み込もうとしています。フォルダーの中のファイルにしてください。",
    WsdlCode.IMPORT_OUTSIDE: "フォルダーの外を読み込もうとしています。",
    WsdlCode.IMPORT_UNRESOLVED: "読み込む名前空間のファイルがありません。",
    WsdlCode.SCHEMA_INVALID: "スキーマとして正しくありません。",
    WsdlCode.WSDL_INVALID: "WSDLとして正しくありません。",
    WsdlCode.CANNOT_BUILD: "電文を作れません。WSDLと対応表を調べてください。",
}
"""Faults of the installation, and findings about an installed set of WSDL, binding and code tables."""
