"""Every finding about a WSDL set has a sentence."""

import ast
from pathlib import Path

import denkidesk.kansai
from denkidesk.texts.wsdl import FINDINGS, finding_line

_ROOM = Path(denkidesk.kansai.__file__).parent
_PLACE_OF_CODE = {"Finding": 2, "note": 1}


def _codes():
    for path in _ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in _PLACE_OF_CODE:
                argument = node.args[_PLACE_OF_CODE[name]]
                yield from (
                    leaf.value
                    for leaf in ast.walk(argument)
                    if isinstance(leaf, ast.Constant) and leaf.value and isinstance(leaf.value, str)
                )


def test_every_code_has_a_sentence():
    codes = set(_codes())
    assert {"missing_operation", "rpc_style", "import_outside"} <= codes
    assert codes <= FINDINGS.keys()


def test_a_line_says_where_what_and_how_grave():
    line = finding_line("binding.json", "file", "missing", "", blocks=True)
    assert line == "誤り　binding.json：見つかりません。 [missing]"
    assert finding_line("a.wsdl", "b/c", "extra_element", "d", blocks=False).startswith("参考　a.wsdl b/c：対応表にない要素です。")
