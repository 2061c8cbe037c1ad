"""What ``denkidesk wsdl check`` says about an installed set: one sentence for each code of a finding."""

from types import MappingProxyType
from typing import Final

FINDINGS: Final = MappingProxyType(
    {
        "missing": "見つかりません。",
        "unreadable": "読み取れません。",
        "too_large": "大きすぎます。",
        "not_json": "JSONとして読めません。",
        "not_xml": "XMLとして読めません。",
        "doctype": "使えない宣言（DOCTYPE）があります。",
        "double": "同じものが2度あります。",
        "type": "値の型が違います。",
        "unknown": "知らない項目です。",
        "unknown_kind": "知らない申込の種類です。",
        "unknown_field": "知らない項目名です。",
        "unknown_operation": "知らない操作です。",
        "unknown_element": "WSDLにない要素です。",
        "unknown_header": "対応表にないヘッダー要素です。",
        "extra_element": "対応表にない要素です。返答にあればその他の項目として残します。",
        "required_extra": "対応表にない必須の要素です。申込のその他の項目として入れてください。",
        "missing_operation": "操作がありません。",
        "missing_service": "サービスがWSDLにありません。",
        "missing_port": "ポートがWSDLにないか、一つに決まりません。",
        "missing_header": "ヘッダー要素がWSDLにありません。",
        "header_undeclared": "WSDLにヘッダーの宣言がないため、対応表のとおりに作ります。",
        "not_soap11": "SOAP 1.1 ではありません。",
        "rpc_style": "document 形式ではありません。",
        "empty_body": "電文の本体がありません。",
        "soap_action": "SOAPAction に使えない文字があります。",
        "service_name": "サービス名に使えない文字があります。",
        "date_format": "日付か時刻の書式が正しくありません。",
        "import_network": "ネットワークから読み込もうとしています。フォルダーの中のファイルにしてください。",
        "import_outside": "フォルダーの外を読み込もうとしています。",
        "import_unresolved": "読み込む名前空間のファイルがありません。",
        "schema_invalid": "スキーマとして正しくありません。",
        "wsdl_invalid": "WSDLとして正しくありません。",
    }
)
_OTHER: Final = "確かめてください。"
_LINE: Final = "{mark}　{where}：{sentence} [{facts}]"
_BLOCKS, _NEWS = "誤り", "参考"


def finding_line(file: str, item: str, code: str, detail: str, *, blocks: bool) -> str:
    """One finding as a line of its own, the facts for whoever mends it in brackets."""
    where = " ".join(part for part in (file, item if item != "file" else "") if part)
    facts = " ".join(part for part in (code, detail) if part)
    return _LINE.format(mark=_BLOCKS if blocks else _NEWS, where=where, sentence=FINDINGS.get(code, _OTHER), facts=facts)
