"""The provisional WSDL set, rewritten into the other shapes that an official set may have."""

import json
import re
import shutil
from pathlib import Path

PROVISIONAL = Path(__file__).resolve().parents[2] / "resources" / "kansai"
WSDL = "denkidesk-provisional.wsdl"
HEADER_NAMES = ("requestID", "serviceID", "ipAddress", "timeStamp", "loginID", "password")


def copy_set(target):
    shutil.copytree(PROVISIONAL, target)
    return target


def edit(path, *changes):
    """Replaces texts that must be there, so that a variant cannot silently be the original."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def edit_json(path, change):
    tree = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    change(tree)
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")


def edit_binding(folder, change):
    edit_json(folder / "binding.json", change)


def seven_files(target):
    """One WSDL for each service, each with its own messages, port type, binding and service."""
    folder = copy_set(target)
    text = (folder / WSDL).read_text(encoding="utf-8")
    (folder / WSDL).unlink()
    sections = re.split(r"\n  <!-- [^\n]+ -->\n", text.removesuffix("</wsdl:definitions>\n"))
    head, services = sections[0], sections[1:]
    assert len(services) == 7
    names = {}
    for number, section in enumerate(services, 1):
        service = re.search(r'<wsdl:service name="([^"]+)"', section)[1]
        names[service] = f"サービス {number}.wsdl"
        (folder / names[service]).write_text(f"{head}\n{section}</wsdl:definitions>\n", encoding="utf-8")

    def change(tree):
        for entry in tree["operations"].values():
            entry["wsdl"] = names[entry["service"]]
            del entry["port"]  # one port a service: need not be named

    edit_binding(folder, change)
    return folder


def six_header_parts(target):
    folder = copy_set(target)
    elements = "".join(f'  <xsd:element name="{name}" type="h:Text"/>\n' for name in HEADER_NAMES)
    edit(folder / "header.xsd", ('  <xsd:element name="requestHeader">', elements + '  <xsd:element name="unused">'))
    parts = "".join(f'<wsdl:part name="p{name}" element="h:{name}"/>' for name in HEADER_NAMES)
    headers = "".join(f'<soap:header message="s:requestHeader" part="p{name}" use="literal"/>' for name in HEADER_NAMES)
    edit(
        folder / WSDL,
        ('<wsdl:part name="requestHeader" element="h:requestHeader"/>', parts),
        ('<soap:header message="s:requestHeader" part="requestHeader" use="literal"/>', headers),
    )
    return folder


def multipart_body(target, *, header_inside=True):
    """soap:body (and soap:header) inside mime:multipartRelated, with an attachment part after it."""
    folder = copy_set(target)
    body, header = '<soap:body use="literal"/>', '<soap:header message="s:requestHeader" part="requestHeader" use="literal"/>'
    inside = f"{header}{body}" if header_inside else body
    wrapped = (
        f'<mime:multipartRelated xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/"><mime:part>{inside}</mime:part>'
        '<mime:part><mime:content part="attachment" type="application/octet-stream"/></mime:part></mime:multipartRelated>'
    )
    path = folder / WSDL
    text = path.read_text(encoding="utf-8")
    pattern = rf"{re.escape(header)}\s*{re.escape(body)}"
    assert len(re.findall(pattern, text)) == 7
    path.write_text(re.sub(pattern, wrapped if header_inside else f"{header}{wrapped}", text), encoding="utf-8")
    return folder


def header_undeclared(target, *, element="requestHeader"):
    folder = copy_set(target)
    edit(folder / WSDL, ('<soap:header message="s:requestHeader" part="requestHeader" use="literal"/>', ""))
    edit_binding(folder, lambda tree: tree["header"].update(element=element))
    return folder


def inline_schemas(target):
    """Everything in one file: both schemas inside wsdl:types, importing each other by namespace only."""
    folder = copy_set(target)
    inline = []
    for name in ("messages.xsd", "header.xsd"):
        text = (folder / name).read_text(encoding="utf-8")
        inline.append(re.sub(r"^<\?xml[^>]*\?>\s*(<!--.*?-->)?", "", text, flags=re.DOTALL))
        (folder / name).unlink()
    path = folder / WSDL
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"<xsd:schema>.*?</xsd:schema>", lambda _: "".join(inline), text, count=1, flags=re.DOTALL)
    assert changed != text
    # The header's schema refers to the other one, so that an import without a location is really followed.
    opening = re.search(r"<xsd:schema[^>]*kansai:header[^>]*>", changed)[0]
    changed = changed.replace(opening, opening + '<xsd:import namespace="urn:denkidesk:provisional:kansai:messages:1"/>')
    path.write_text(changed, encoding="utf-8")
    return folder


def split_namespace(target):
    """One namespace spread over several files: included, and imported from two places."""
    folder = copy_set(target)
    path = folder / "messages.xsd"
    text = path.read_text(encoding="utf-8")
    types = re.findall(r'  <xsd:simpleType name="\w+">.*?</xsd:simpleType>\n', text)
    assert len(types) > 5
    opening = re.search(r"<xsd:schema[^>]*>", text)[0]
    for part in types:
        text = text.replace(part, "")
    (folder / "parts").mkdir()
    (folder / "parts" / "simple types.xsd").write_text(f"{opening}\n{''.join(types)}</xsd:schema>", encoding="utf-8")
    path.write_text(text.replace(opening, opening + '<xsd:include schemaLocation="parts/simple%20types.xsd"/>'), encoding="utf-8")
    return folder


def header_in_the_body_message(target):
    """Header and body are parts of one message, told apart by soap:header and by parts="..."."""
    folder = copy_set(target)
    path = folder / WSDL
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        r'(<wsdl:message name="\w+Request">)(<wsdl:part name="parameters")',
        r'\1<wsdl:part name="requestHeader" element="h:requestHeader"/>\2',
        text,
    )
    for operation in re.findall(r'<wsdl:message name="(\w+)Request">', text):
        begin = text.index(f'<wsdl:binding name="{operation}Binding"')
        section = text[begin : text.index("</wsdl:binding>", begin)]
        changed = section.replace('message="s:requestHeader"', f'message="s:{operation}Request"').replace(
            '<soap:body use="literal"/>\n      </wsdl:input>', '<soap:body use="literal" parts="parameters"/>\n      </wsdl:input>'
        )
        assert changed.count("parameters") == 1
        text = text.replace(section, changed)
    path.write_text(text, encoding="utf-8")
    return folder


def nested(target):
    """Outage: items inside a block, the receipt inside another, dates with slashes, children in no namespace."""
    folder = copy_set(target)
    path = folder / "messages.xsd"
    text = path.read_text(encoding="utf-8").replace('elementFormDefault="qualified"', 'elementFormDefault="unqualified"')
    text = text.replace(
        '<xsd:pattern value="[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"/>',
        '<xsd:pattern value="[0-9]{4}/[0-9]{2}/[0-9]{2}"/>',
    )
    opening = '<xsd:element name="applyOutage">\n    <xsd:complexType><xsd:sequence>\n'
    begin = text.index(opening) + len(opening)
    end = text.index("    </xsd:sequence>", begin)
    block = '<xsd:element name="block"><xsd:complexType><xsd:sequence>\n%s</xsd:sequence></xsd:complexType></xsd:element>\n'
    text = text[:begin] + block % text[begin:end] + text[end:]
    receipt = '      <xsd:element name="receiptNumber" type="m:ReceiptNumber" minOccurs="0"/>\n'
    where = text.index(receipt, text.index('<xsd:element name="applyOutageResponse">'))
    text = text[:where] + (block % receipt).replace('name="block"', 'name="block" minOccurs="0"') + text[where + len(receipt) :]
    path.write_text(text, encoding="utf-8")

    def change(tree):
        tree["date_format"] = "yyyy/MM/dd"
        outage = tree["operations"]["new_outage"]
        outage["request"] = {name: f"block/{element}" for name, element in outage["request"].items()}
        outage["reply"]["receipt_number"] = "block/receiptNumber"

    edit_binding(folder, change)
    return folder


def japanese_names(target):
    """Element names as the overview prints them; a second port for SOAP 1.2; the port not named."""
    folder = copy_set(target)
    names = {
        "customerName": "需要者名",
        "receiptNumber": "申込受付番号",
        "visitOn": "訪問希望年月日",
        "requestStatus": "要求成否ステータス",
    }
    for name, japanese in names.items():
        edit(folder / "messages.xsd", (f'name="{name}"', f'name="{japanese}"'))
        edit(folder / "binding.json", (f'"{name}"', f'"{japanese}"'))
    edit_binding(folder, lambda tree: [entry.pop("port") for entry in tree["operations"].values()])
    path = folder / WSDL
    text = path.read_text(encoding="utf-8").replace(
        "<wsdl:definitions ", '<wsdl:definitions xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" '
    )
    for operation in re.findall(r'<wsdl:message name="(\w+)Request">', text):
        binding = re.search(rf'  <wsdl:binding name="{operation}Binding".*?</wsdl:binding>\n', text, re.DOTALL)[0]
        second = binding.replace(f'"{operation}Binding"', f'"{operation}Binding12"').replace("<soap:", "<soap12:")
        port = f'<wsdl:port name="{operation}Port"'
        address = '<soap12:address location="https://provisional.invalid/12"/>'
        port12 = f'<wsdl:port name="{operation}Port12" binding="s:{operation}Binding12">{address}</wsdl:port>\n    '
        text = text.replace(binding, binding + second).replace(port, port12 + port)
    path.write_text(text, encoding="utf-8")
    return folder
