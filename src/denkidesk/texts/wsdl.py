"""What is said about an installed set, on the command line and on its page of the settings."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Protocol

from denkidesk.domain.applications import OPERATION_OF_KIND, Operation
from denkidesk.domain.error_codes import InstallationCode, SettingCode, SetupCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.texts.errors import setup_text
from denkidesk.texts.names import KIND_NAMES, field_name

_LINE: Final = "{mark}　{where}：{sentence}{example} [{facts}]"
_BLOCKS, _NEWS = "誤り", "参考"
_ALIKE: Final = "（{count}操作で同じ）"
_MEANT: Final = "もしかして {detail}"
_SLIPS: Final = (
    *(InstallationCode.UNKNOWN, WsdlCode.UNKNOWN_FIELD, WsdlCode.UNKNOWN_KIND, WsdlCode.UNKNOWN_OPERATION, WsdlCode.WITHOUT_EFFECT),
    *(WsdlCode.REPEATED, WsdlCode.UNKNOWN_SERVICE_NAME),
)
_AT: Final = "場所（行:文字）は {detail}"
_SAVED_OTHERWISE: Final = "文字コードが {detail} ではありません。{detail} で保存し直してください。"
_THERE_ARE: Final = "ある名前：{detail}"
_ONE_FORM: Final = """一部の項目だけ違うときは、例："date_formats": {{"{name}": "yyyyMMddHHmmss"}}"""
_HEADER_ITEM: Final = """例：binding.json の header に "items": {{"{detail}": "{path}"}}"""
_CONSTANT: Final = """例：binding.json の操作に "constants": {{"{path}": "決まった値"}}"""
_EXAMPLES: Final[Mapping[SetupCode | SettingCode, str]] = {
    WsdlCode.ALREADY_FILLED: "別の行：{detail}",
    WsdlCode.DATE_ORDER: "{detail}",
    WsdlCode.REQUIRED_EXTRA: _CONSTANT,
    WsdlCode.REQUIRED_ABSENT: """例：binding.json の操作に "absent_items": {{"{detail}": "empty"}}""",
    WsdlCode.EXTRA_REQUEST_ELEMENT: _CONSTANT,
    WsdlCode.UNKNOWN_HEADER: """例：binding.json の header に "constants": {{"{path}": "決まった値"}}""",
    WsdlCode.IMPORT_NETWORK: """例：binding.json に "locations": {{"{detail}": "フォルダーの中のファイル名"}}""",
    WsdlCode.DATE_UNREADABLE: """例：binding.json に "date_formats": {{"{item}": "yyyy/MM/dd"}}""",
    WsdlCode.DATE_FORMAT: """例："yyyyMMdd"、"yyyy-MM-dd'T'HH:mm:ss" """.rstrip(),
}
_EXAMPLES_BY_DETAIL: Final[Mapping[SetupCode | SettingCode, str]] = {
    **dict.fromkeys(_SLIPS, _MEANT),
    **dict.fromkeys((WsdlCode.MISSING_OPERATION, WsdlCode.MISSING_SERVICE, WsdlCode.MISSING_PORT), _THERE_ARE),
    WsdlCode.BLOCK: "中の要素：{detail}",
    WsdlCode.REQUIRED_EXTRA: """例：further_items.json に "{detail}": {{"{path}": {{"label_ja": "画面での名前", "required": true}}}}""",
    WsdlCode.UNKNOWN_HEADER: _HEADER_ITEM,
    WsdlCode.EXTRA_REQUEST_ELEMENT: """例：further_items.json に "{detail}": {{"{path}": {{"label_ja": "画面での名前"}}}}""",
}
"""Instead, where the finding has a detail."""
_OPERATION_NAMES: Final = MappingProxyType(
    {Operation.LIST_APPLICATIONS: "申込件名一覧", Operation.APPLICATION_STATUS: "申込状況"}
    | {operation: f"新規申込（{KIND_NAMES[kind]}）" for kind, operation in OPERATION_OF_KIND.items()}
)
ALL_CALLABLE: Final = "七つの操作すべてを呼び出せます。"
NOT_CALLABLE: Final = "呼び出せない操作：{operations}"
FAULTY: Final = "七つの操作は呼び出せますが、誤りを直すまで、この一式は使えません。"
NOTHING_FOUND: Final = "指摘はありません。"


class Finding(Protocol):
    """One finding of the check."""

    @property
    def file(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def code(self) -> SetupCode | SettingCode: ...
    @property
    def detail(self) -> str: ...
    @property
    def blocks(self) -> bool: ...


def finding_line(file: str, item: str, code: SetupCode | SettingCode, detail: str, *, blocks: bool) -> str:
    """One finding as a line of its own: where, what, what to write, and the facts for whoever mends it in brackets."""
    named = field_name(item)
    place = "" if item == "file" else item if named == item else f"{item}（{named}）"
    where = " ".join(part for part in (file, place) if part)
    path = next((path for side in ("request", "reply", "header") if (path := f"/{item}".partition(f"/{side}/")[2])), item)
    example = (detail and _EXAMPLES_BY_DETAIL.get(code)) or _EXAMPLES.get(code, "")
    if code is WsdlCode.UNKNOWN_ELEMENT and (meant := detail.partition(" ")[2]):  # behind the line that names it
        example = _MEANT.format(detail=meant)
    if code is WsdlCode.NOT_JSON:
        example = _SAVED_OTHERWISE if detail == "UTF-8" else _AT if ":" in detail else ""
    if example is _MEANT and " " in detail:
        example = _THERE_ARE
    if code is WsdlCode.VALUE_REFUSED and item == "date_format":
        example = _ONE_FORM
    example = example.format(path=path, detail=detail, item=item, name=detail.partition(" ")[0].rpartition(".")[2])
    facts = code if code in _EXAMPLES_BY_DETAIL else f"{code} {detail}".rstrip()
    mark = _BLOCKS if blocks else _NEWS
    return _LINE.format(mark=mark, where=where, sentence=setup_text(code), example=example, facts=facts)


def report_lines(findings: Iterable[Finding]) -> tuple[str, ...]:
    """All findings, a line each; of an element that several operations have and nobody binds one line, with their number."""
    alike: dict[tuple[SetupCode | SettingCode, str], list[Finding]] = {}
    for one in findings:
        is_extra = one.code in (WsdlCode.EXTRA_ELEMENT, WsdlCode.EXTRA_REQUEST_ELEMENT)
        place = one.item.split("/", 2)[-1] if is_extra else f"{one.file} {one.item} {one.detail}"
        alike.setdefault((one.code, place), []).append(one)
    return tuple(
        finding_line(same[0].file, same[0].item, same[0].code, same[0].detail, blocks=same[0].blocks)
        + (_ALIKE.format(count=len(same)) if len(same) > 1 else "")
        for same in alike.values()
    )


def verdict(missing: Iterable[Operation], *, ok: bool) -> str:
    """Whether all operations can be called, or which cannot; ``ok``: nothing blocks."""
    names = "、".join(_OPERATION_NAMES[operation] for operation in missing)
    return NOT_CALLABLE.format(operations=names) if names else ALL_CALLABLE if ok else FAULTY
