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
_MEANT: Final = "もしかして {detail}"
_EXAMPLES: Final[Mapping[SetupCode | SettingCode, str]] = MappingProxyType(
    {
        WsdlCode.REQUIRED_EXTRA: """例：binding.json の操作に "constants": {{"{path}": "決まった値"}}""",
        WsdlCode.REQUIRED_ABSENT: """例：binding.json の操作に "absent_items": {{"{detail}": "empty"}}""",
        WsdlCode.EXTRA_REQUEST_ELEMENT: """例：further_items.json の種類の中に "{path}": {{"label_ja": "画面での名前"}}""",
        WsdlCode.UNKNOWN_HEADER: """例：binding.json の header に "constants": {{"{path}": "決まった値"}}""",
        WsdlCode.IMPORT_NETWORK: """例：binding.json に "locations": {{"{detail}": "フォルダーの中のファイル名"}}""",
        WsdlCode.DATE_UNREADABLE: """例：binding.json に "date_formats": {{"{item}": "yyyy/MM/dd"}}""",
        WsdlCode.DATE_FORMAT: """例："yyyyMMdd"、"yyyy-MM-dd'T'HH:mm:ss" """.rstrip(),
    }
)
_OPERATION_NAMES: Final = MappingProxyType(
    {Operation.LIST_APPLICATIONS: "申込件名一覧", Operation.APPLICATION_STATUS: "申込状況"}
    | {operation: f"新規申込（{KIND_NAMES[kind]}）" for kind, operation in OPERATION_OF_KIND.items()}
)
ALL_CALLABLE: Final = "七つの操作すべてを呼び出せます。"
NOT_CALLABLE: Final = "呼び出せない操作：{operations}"
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
    where = " ".join(part for part in (file, field_name(item) if item != "file" else "") if part)
    facts = " ".join(part for part in (code, detail) if part)
    path = next((item.partition(f"/{side}/")[2] for side in ("request", "reply", "header") if f"/{side}/" in item), item)
    example = _EXAMPLES.get(code, "").format(path=path, detail=detail, item=item)
    if code in (InstallationCode.UNKNOWN, WsdlCode.UNKNOWN_FIELD) and detail:
        example = _MEANT.format(detail=detail)
    mark = _BLOCKS if blocks else _NEWS
    return _LINE.format(mark=mark, where=where, sentence=setup_text(code), example=example, facts=facts)


def report_lines(findings: Iterable[Finding]) -> tuple[str, ...]:
    """All findings, a line each."""
    return tuple(finding_line(one.file, one.item, one.code, one.detail, blocks=one.blocks) for one in findings)


def verdict(missing: Iterable[Operation]) -> str:
    """Whether all operations can be called, or which cannot."""
    names = "、".join(_OPERATION_NAMES[operation] for operation in missing)
    return NOT_CALLABLE.format(operations=names) if names else ALL_CALLABLE
