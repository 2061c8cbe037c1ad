"""What a thing is called, the same wherever it is named: items and other fields, kinds of application, states of the outbox."""

import re
from collections.abc import Mapping
from typing import Final

from denkidesk.domain.applications import ApplicationKind, OutboxState

KIND_NAMES: Final[Mapping[ApplicationKind, str]] = {
    ApplicationKind.OUTAGE: "停電",
    ApplicationKind.MENU_CHANGE: "メニュー変更",
    ApplicationKind.UTILITY_EQUIPMENT: "送配電会社の設備（弊社設備）",
    ApplicationKind.CUSTOMER_EQUIPMENT: "お客さま設備",
    ApplicationKind.OTHER: "その他受付",
}
"""In the order in which they are offered."""
_NARROW_KIND_NAMES: Final[Mapping[ApplicationKind, str]] = {ApplicationKind.UTILITY_EQUIPMENT: "送配電設備"}
UNKNOWN_KIND: Final = "種類不明"

OUTBOX_STATE_NAMES: Final[Mapping[OutboxState, str]] = {
    OutboxState.QUEUED: "送信待ち",
    OutboxState.SENDING: "送信中",
    OutboxState.ACCEPTED: "受付済",
    OutboxState.REJECTED: "受付不可",
    OutboxState.UNKNOWN: "結果不明",
    OutboxState.ASK: "要確認",
    OutboxState.CANCELLED: "取消",
}

FIELD_NAMES: Final[Mapping[str, str]] = {
    # applications
    "kind": "申込の種類",
    "receipt_number": "申込受付番号",
    "work_stage": "作業工程",
    "registered_on": "登録日",
    "registered_from": "登録日（から）",
    "registered_to": "登録日（まで）",
    "visit_on": "訪問希望日",
    "visit_from": "訪問希望日（から）",
    "visit_to": "訪問希望日（まで）",
    "change_on": "変更希望日",
    "selection_code": "選択項目",
    "equipment_class": "設備項目区分",
    "content_code": "内容種別",
    "supply_point_number": "供給地点特定番号",
    "supply_point_address": "供給地点住所",
    "customer_name": "需要者名",
    "service_menu": "接続送電サービスメニュー",
    "has_message": "送配電会社からのメッセージの有無",
    "messages": "送配電会社からのメッセージ",
    "request_status": "要求成否ステータス",
    "reception_message": "受付メッセージ",
    "login_id": "ログインID",
    "contact_phone": "連絡先電話番号",
    "postcode": "郵便番号",
    "note": "備考（電話メモ）",
    "triage_neighbours": "周囲も停電していますか",
    "triage_scope": "停電しているのは",
    "triage_breaker": "ブレーカー",
    "triage_meter": "メーターの表示",
    "extra": "その他の項目",
    "item_id": "送信トレイの項目",
    "application": "申込",
    # bills and quotes
    "plan": "料金プラン",
    "fuel": "燃料費調整の規則",
    "capacity": "契約容量",
    "peak": "年間最大需要電力",
    "peak_kw": "年間最大需要電力",
    "usage": "電力使用量",
    "usage_file": "使用量ファイル",
    "plan_file": "プランファイル",
    "budget": "料金APIを呼ぶ回数",
    "since": "この日から",
    "quote_id": "見積番号",
    "plans_file": "プランの一覧のファイル",
    "top": "件数",
    "present": "いまのプラン",
    "area_prices": "エリアプライス",
    "area_prices_file": "エリアプライスのファイル",
    "commission": "エリアプライスの手数料",
    "rounding": "端数処理",
    "month": "月",
    "kwh": "使用量(kWh)",
    "yen": "請求金額",
    "supplement": "請求書の補足",
    "bill_file": "請求書のファイル",
    "price_file": "単価の表（CSV）",
    "fuel_price": "燃料費調整単価",
    "matched_bill": "請求書の照合",
    "period": "検針期間",
    "read_day": "検針日",
    "periods": "検針日の一覧",
    "gaps": "欠測の扱い",
    "year": "データの年",
    "zip_cd": "郵便番号",
    "company_search": "電力会社の検索条件",
    "title": "見積の名称",
    # closed hours
    "starts_at": "開始日時",
    "ends_at": "終了日時",
    "window_note": "メモ",
    # settings
    "kansai.base_url": "送配電会社のアドレス",
    "kansai.login_id": "送配電会社のログインID",
    "kansai.ip_address": "呼出元IPアドレス",
    "kansai.wsdl_dir": "WSDLのフォルダー",
    "kansai.interval_s": "送信間隔",
    "kansai.margin_s": "送信間隔の余裕",
    "kansai.answer_timeout_s": "送配電会社の応答待ち時間",
    "kansai.status_budget": "更新のたびに状況を確かめる件数",
    "kansai.proxy": "送配電会社のプロキシ",
    "kansai.proxy_login_id": "送配電会社のプロキシのID",
    "kansai.proxy_password": "送配電会社のプロキシのパスワード",
    "kansai.password": "送配電会社のパスワード",
    "desk.unmoved_days": "動きなしとする日数",
    "desk.countdown_s": "送信前の秒読み",
    "desk.outage_countdown_s": "停電の送信前の秒読み",
    "enegaeru.base_url": "料金APIのアドレス",
    "enegaeru.path_prefix": "料金APIのパス",
    "enegaeru.auth": "料金APIの認証方式",
    "enegaeru.login_id": "料金APIのログインID",
    "enegaeru.token_header": "料金APIのトークンのヘッダー名",
    "enegaeru.token_template": "料金APIのトークンの書式",
    "enegaeru.answer_timeout_s": "料金APIの応答待ち時間",
    "enegaeru.proxy": "料金APIのプロキシ",
    "enegaeru.proxy_login_id": "料金APIのプロキシのID",
    "enegaeru.proxy_password": "料金APIのプロキシのパスワード",
    "enegaeru.commission_unit": "手数料の単位",
    "enegaeru.api_key": "料金APIのAPIキー",
    "enegaeru.password": "料金APIのパスワード",
    "desk.company_name": "会社名",
    "desk.company_address": "会社の住所",
    "desk.company_phone": "会社の電話番号",
    "desk.company_person": "担当者",
    "desk.color_scheme": "画面の色",
    "desk.type_size": "文字の大きさ",
    # the installation
    "database": "データベース",
    "stdout": "標準出力",
    "folder": "データのフォルダー",
    "gate": "送信間隔の記録",
    "backend": "秘密の保管場所",
    "self-test": "秘密の保管場所",
    "backup": "バックアップ",
    "resources": "プログラムの付属ファイル",
    "port": "ポート",
    "x-api-key": "料金APIのAPIキー",
    "Authorization": "料金APIのトークン",
    # the command line
    "arguments": "引数",
    "file": "ファイル",
    "fault": "障害の名前",
    "secret": "秘密の名前",
}

_PLAN_ITEMS: Final[Mapping[str, str]] = {
    "base_type": "基本料金の種類",
    "base_unit": "基本料金の単価",
    "base_fix_unit": "基本料金の固定額",
    "levy_yen_per_kwh": "再エネ賦課金の単価",
    "discount_rate": "割引率",
    "capacity_from": "契約容量の下限",
    "capacity_to": "契約容量の上限",
    "conditions": "電力量料金",
    "fuels": "燃料費調整",
    "volume_cap": "使用量の割合の上限",
    "volume_from": "使用量の下限",
    "volume_to": "使用量の上限",
    "unit_yen": "単価",
}
_PLAN_PART: Final = re.compile(r"(conditions|fuels)\[(-?[0-9]+)\](?:\.([a-z_]+))?")


def plan_item_name(item: str) -> str:
    """What the clerk reads for an item of a plan: "conditions[3].unit_yen" is the price of the third tier. Another name reads as itself."""
    if part := _PLAN_PART.fullmatch(item):
        name = f"{_PLAN_ITEMS[part[1]]}（計算順 {part[2]}）"
        return f"{name}の{_PLAN_ITEMS.get(part[3], part[3])}" if part[3] else name
    return _PLAN_ITEMS.get(item, item)


def kind_name(kind: ApplicationKind | None) -> str:
    """What the clerk reads for a kind; an application of the utility's list may be of none that is known here."""
    return UNKNOWN_KIND if kind is None else KIND_NAMES[kind]


def narrow_kind_name(kind: ApplicationKind | None) -> str:
    """What the clerk reads for a kind in a column of a table, where its whole name has no room."""
    return kind_name(kind) if kind is None else _NARROW_KIND_NAMES.get(kind, KIND_NAMES[kind])


def field_name(name: str) -> str:
    """What the clerk reads for a field; a name that is not ours reads as itself."""
    return FIELD_NAMES.get(name, name)
