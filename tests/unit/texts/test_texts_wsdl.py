"""A finding about a WSDL set is one line."""

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.texts.wsdl import finding_line


def test_a_line_says_where_what_and_how_grave():
    line = finding_line("binding.json", "file", InstallationCode.MISSING, "", blocks=True)
    assert line == "誤り　binding.json：見つかりません。 [missing]"
    assert finding_line("a.wsdl", "b/c", WsdlCode.EXTRA_ELEMENT, "d", blocks=False).startswith("参考　a.wsdl b/c：対応表にない要素です。")
