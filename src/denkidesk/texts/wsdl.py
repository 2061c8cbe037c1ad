"""What ``denkidesk wsdl check`` says about an installed set."""

from typing import Final

from denkidesk.domain.error_codes import SettingCode, SetupCode
from denkidesk.texts.errors import setup_text

_LINE: Final = "{mark}　{where}：{sentence} [{facts}]"
_BLOCKS, _NEWS = "誤り", "参考"


def finding_line(file: str, item: str, code: SetupCode | SettingCode, detail: str, *, blocks: bool) -> str:
    """One finding as a line of its own, the facts for whoever mends it in brackets."""
    where = " ".join(part for part in (file, item if item != "file" else "") if part)
    facts = " ".join(part for part in (code, detail) if part)
    return _LINE.format(mark=_BLOCKS if blocks else _NEWS, where=where, sentence=setup_text(code), facts=facts)
