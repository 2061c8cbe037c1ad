"""A small invented WSDL set as another house would make it, and the shapes that it may take. Names and forms are not those of our set."""

import json
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from fakes.soap_server import XML, SoapServer, envelope

NS = "urn:mihon:mado:1"
HEAD = "urn:mihon:mado:head"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
KINDS = ("utility-equipment", "customer-equipment", "outage", "other", "menu-change")
TYPES = (
    '<x:simpleType name="Moji"><x:restriction base="x:string"><x:maxLength value="60"/></x:restriction></x:simpleType>'
    '<x:simpleType name="Code"><x:restriction base="x:string"><x:pattern value="[A-Z][0-9]{2}"/></x:restriction></x:simpleType>'
    '<x:simpleType name="Bango"><x:restriction base="x:string"><x:pattern value="U-[0-9]{6}"/></x:restriction></x:simpleType>'
    '<x:simpleType name="Hi"><x:restriction base="x:string"><x:pattern value="[0-9]{4}/[0-9]{2}/[0-9]{2}"/></x:restriction></x:simpleType>'
    '<x:simpleType name="Aru"><x:restriction base="x:string"><x:enumeration value="ARI"/><x:enumeration value="NASHI"/></x:restriction>'
    "</x:simpleType>"
)
ITEMS = {  # our name: element, type
    "login_id": ("riyosha", "Moji"),
    "selection_code": ("sentaku", "Code"),
    "equipment_class": ("kubun", "Code"),
    "content_code": ("naiyo", "Code"),
    "visit_on": ("homonbi", "Hi"),
    "change_on": ("henkobi", "Hi"),
    "service_menu": ("menyu", "Code"),
    "supply_point_number": ("chiten", "Moji"),
    "supply_point_address": ("jusho", "Moji"),
    "customer_name": ("namae", "Moji"),
    "receipt_number": ("bango", "Bango"),
    "work_stage": ("kotei", "Code"),
    "registered_on": ("torokubi", "Hi"),
    "registered_from": ("torokuKara", "Hi"),
    "has_message": ("renraku", "Aru"),
    "request_status": ("kekka", "Code"),
    "reception_message": ("bunmen", "Moji"),
    "messages": ("tsutatsu", "Moji"),
}
POINT = ("selection_code", "equipment_class", "content_code", "visit_on", "supply_point_number", "supply_point_address")
REQUESTS = {
    "list_applications": ("receipt_number", "work_stage", "registered_from", "has_message"),
    "application_status": ("receipt_number",),
    "new_utility_equipment": ("login_id", *POINT),
    "new_customer_equipment": ("login_id", *POINT),
    "new_outage": ("login_id", *(name for name in POINT if name != "content_code"), "customer_name"),
    "new_other": ("login_id", *POINT),
    "new_menu_change": (
        *("login_id", "selection_code", "equipment_class", "change_on", "service_menu", "supply_point_number", "customer_name"),
    ),
}
ROW = ("receipt_number", "work_stage", "registered_on", "visit_on", "selection_code", "supply_point_number", "has_message")
REPLIES = {
    "list_applications": ("request_status", "reception_message"),
    "application_status": (
        *("request_status", "reception_message", "receipt_number", "work_stage", "registered_on", "visit_on", "customer_name", "messages"),
    ),
} | {operation: ("request_status", "reception_message", "receipt_number") for operation in REQUESTS if operation.startswith("new_")}
OPTIONAL = {"visit_on", "reception_message", "receipt_number", "messages", *REQUESTS["list_applications"]}
ANSWERS = {  # on the wire
    "request_status": "K00", "reception_message": "受け取りました", "receipt_number": "U-000123", "work_stage": "S10",
    "registered_on": "2026/11/20", "visit_on": "2026/12/01", "customer_name": "見本 太郎", "messages": "折り返します",
    "selection_code": "A01", "supply_point_number": "06" + "0" * 19 + "1", "has_message": "ARI",
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How requests and replies are put together. ``around``: schema of the items -> schema of the message; ``path``: blocks around them."""

    around: object = staticmethod(lambda inner, _name: f"<x:sequence>{inner}</x:sequence>")
    path: tuple[str, ...] = ()
    reply_around: object = None
    extra_items: str = ""  # schema of further elements of each request
    extra_reply: str = ""  # what a reply holds besides
    types: str = TYPES
    item: object = staticmethod(
        lambda element, kind, optional, *_: f'<x:element name="{element}" type="t:{kind}" minOccurs="{int(not optional)}"/>'
    )
    answer: object = staticmethod(lambda element, text: f"<m:{element}>{text}</m:{element}>")
    rows: tuple[str, ...] = ("ichiran", "ken")
    form: str = "qualified"
    answers: dict = field(default_factory=lambda: ANSWERS)
    binding: object = staticmethod(lambda _tree: None)
    in_block: dict = field(default_factory=dict)  # items of the replies to new applications that stand in a block of their own
    missing: str = ""  # how a reply says that there is no value
    head: str = "one"
    style: str = "document"
    files: str = "one"
    namespaces: object = staticmethod(lambda _operation: NS)


def codes(prefix):
    return {kind: [{"code": f"{prefix}{number:02d}", "label_ja": f"見本{number}"} for number in (1, 2)] for kind in KINDS}


def write_set(folder, shape):
    """Writes schema, WSDL, binding and code tables."""
    folder.mkdir(parents=True)
    tables = {"selection_code": codes("A"), "equipment_class": codes("B"), "content_code": codes("C")}
    tables |= {"work_stage": [{"code": "S10", "label_ja": "受付"}], "service_menu": codes("D")["other"]}
    tables |= {"request_status": [{"code": "K00", "label_ja": "可"}, {"code": "K90", "label_ja": "否"}]}
    (folder / "code_tables.json").write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
    binding = {
        "format": 1,
        "date_format": "yyyy/MM/dd",
        "time_stamp_format": "yyyy-MM-dd'T'HH:mm:ss.SSS'+09:00'",
        "true_value": "ARI",
        "false_value": "NASHI",
        "accepted_request_status": ["K00"],
        "header": {"items": HEADERS[shape.head][1]},
        "operations": {name: _entry(name, shape) for name in REQUESTS},
    }
    if shape.head == "undeclared":
        binding["header"] |= {"element": "atama", "namespace": HEAD, "qualified": False}
    shape.binding(binding)
    (folder / "binding.json").write_text(json.dumps(binding, ensure_ascii=False), encoding="utf-8")
    FILES[shape.files](folder, shape)
    return folder


def _entry(name, shape):
    def place(item):
        return "/".join((*shape.path, ITEMS[item][0]))

    entry = {
        "wsdl": f"{name}.wsdl" if shape.files == "seven" else "mado.wsdl",
        "service": f"{name}Service",
        "operation": f"{name}Op",
        "service_name": f"{name}Mado",
        "request": {item: place(item) for item in REQUESTS[name]},
        "reply": {item: place(item) for item in REPLIES[name]},
    }
    if name == "list_applications":
        entry["rows"] = {"path": "/".join((*shape.path, *shape.rows)), "items": {item: ITEMS[item][0] for item in ROW}}
    return entry


def messages_of(shape, names=tuple(REQUESTS)):
    """The global elements of the requests and replies."""
    made = []
    for name in names:
        items = "".join(shape.item(*ITEMS[item], item in OPTIONAL, item) for item in REQUESTS[name]) + shape.extra_items
        made.append(f'<x:element name="{name}Op"><x:complexType>{shape.around(items, name)}</x:complexType></x:element>')
        made.append(f'<x:element name="{name}OpResponse"><x:complexType>{reply_schema(shape, name)}</x:complexType></x:element>')
    return "".join(made)


def reply_schema(shape, name):
    items = "".join(shape.item(*ITEMS[item], item in OPTIONAL, item) for item in REPLIES[name])
    if name == "list_applications":
        row = "".join(shape.item(*ITEMS[item], item in OPTIONAL, item) for item in ROW)
        inner = f"<x:complexType><x:sequence>{row}</x:sequence></x:complexType>"
        for depth, block in enumerate(reversed(shape.rows)):
            repeated = ' maxOccurs="unbounded"' if depth == 0 or len(shape.rows) > 2 else ""
            block_schema = f'<x:element name="{block}" minOccurs="0"{repeated}>{inner}</x:element>'
            inner = f"<x:complexType><x:sequence>{block_schema}</x:sequence></x:complexType>"
        items += block_schema
    return (shape.reply_around or shape.around)(items, name)


def schema_of(body, namespace=NS, form="qualified", attributes=""):
    return (
        f'<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:m="{namespace}" xmlns:t="{NS}" xmlns:h="{HEAD}" '
        f'targetNamespace="{namespace}" elementFormDefault="{form}" {attributes}>{body}</x:schema>'
    )


def _header_schema(kind):
    return schema_of(HEADERS[kind][0].replace("t:", "x:").replace("x:Moji", "x:string"), HEAD)


def _wsdl(shape, body_types, names=tuple(REQUESTS), imports=""):
    parts = []
    for name in names:
        ns = shape.namespaces(name)
        for side, element in (("In", f"{name}Op"), ("Out", f"{name}OpResponse")):
            if shape.style == "rpc":
                items = REQUESTS[name] if side == "In" else REPLIES[name]
                inner = "".join(f'<w:part name="{ITEMS[item][0]}" type="t:{ITEMS[item][1]}"/>' for item in items)
                if side == "Out" and name == "list_applications":
                    inner += f'<w:part name="{shape.rows[0]}" type="t:Ichiran"/>'
            else:
                inner = f'<w:part name="p" element="e:{element}" xmlns:e="{ns}"/>'
            parts.append(f'<w:message name="{name}{side}">{inner}</w:message>')
    if shape.head != "undeclared":
        inner = "".join(f'<w:part name="{part}" element="h:{part}"/>' for part in HEADERS[shape.head][2])
        parts.append(f'<w:message name="atama">{inner}</w:message>')
    heads = "".join(f'<soap:header message="s:atama" part="{part}" use="literal"/>' for part in HEADERS[shape.head][2])
    heads = "" if shape.head == "undeclared" else heads
    for name in names:
        ns = f' namespace="{shape.namespaces(name)}"' if shape.style == "rpc" else ""
        body = f'{heads}<soap:body use="literal"{ns}/>'
        if shape.files == "multipart":
            body = f"<mime:multipartRelated><mime:part>{body}</mime:part></mime:multipartRelated>"
        parts.append(
            f'<w:portType name="{name}Type"><w:operation name="{name}Op"><w:input message="s:{name}In"/><w:output message="s:{name}Out"/>'
            f"</w:operation></w:portType>"
            f'<w:binding name="{name}Binding" type="s:{name}Type"><soap:binding style="{shape.style}" '
            f'transport="http://schemas.xmlsoap.org/soap/http"/><w:operation name="{name}Op">'
            f'<soap:operation soapAction="urn:mihon:{name}"/>'
            f'<w:input>{body}</w:input><w:output><soap:body use="literal"{ns}/></w:output></w:operation></w:binding>'
            f'<w:service name="{name}Service"><w:port name="{name}Port" binding="s:{name}Binding">'
            f'<soap:address location="https://mihon.invalid/{name}Mado"/></w:port></w:service>'
        )
    return (
        f'<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" '
        f'xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/" xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:m="{NS}" xmlns:t="{NS}" '
        f'xmlns:h="{HEAD}" xmlns:s="urn:mihon:mado:wsdl" targetNamespace="urn:mihon:mado:wsdl">{imports}<w:types>{body_types}</w:types>'
        f"{''.join(parts)}</w:definitions>"
    )


def _import(namespace, location):
    place = f' schemaLocation="{location}"' if location else ""
    return f'<x:import namespace="{namespace}"{place}/>'


def _imports(*pairs):
    return f"<x:schema>{''.join(_import(*pair) for pair in pairs)}</x:schema>"


def _one_file(folder, shape):
    (folder / "denbun.xsd").write_text(schema_of(shape.types + messages_of(shape), form=shape.form), encoding="utf-8")
    (folder / "atama.xsd").write_text(_header_schema(shape.head), encoding="utf-8")
    (folder / "mado.wsdl").write_text(_wsdl(shape, _imports((NS, "denbun.xsd"), (HEAD, "atama.xsd"))), encoding="utf-8")


def _seven_files(folder, shape):
    """A WSDL for each service, over folders: types in one file that all include, imports that lead up and down again."""
    (folder / "kyotsu").mkdir()
    (folder / "kyotsu" / "kata.xsd").write_text(schema_of(shape.types), encoding="utf-8")
    (folder / "kyotsu" / "atama.xsd").write_text(_header_schema(shape.head), encoding="utf-8")
    for name in REQUESTS:
        (folder / name).mkdir()
        ns = shape.namespaces(name)
        link = '<x:include schemaLocation="../kyotsu/kata.xsd"/>' if ns == NS else _import(NS, "../kyotsu/kata.xsd")
        (folder / name / "denbun.xsd").write_text(schema_of(link + messages_of(shape, (name,)), ns, shape.form), encoding="utf-8")
        types = _imports((ns, f"{name}/denbun.xsd"), (HEAD, "kyotsu/atama.xsd"))
        (folder / f"{name}.wsdl").write_text(_wsdl(shape, types, (name,)), encoding="utf-8")


def _inline(folder, shape):
    """Everything in one file, the prefixes of the schemas declared on wsdl:definitions alone."""
    bare = partial(str.replace)
    schemas = [schema_of(shape.types + messages_of(shape), form=shape.form), _header_schema(shape.head)]
    for declaration in (
        'xmlns:x="http://www.w3.org/2001/XMLSchema"',
        f'xmlns:m="{NS}"',
        f'xmlns:m="{HEAD}"',
        f'xmlns:t="{NS}"',
        f'xmlns:h="{HEAD}"',
    ):
        schemas = [bare(schema, declaration, "") for schema in schemas]
    (folder / "mado.wsdl").write_text(_wsdl(shape, "".join(schemas)), encoding="utf-8")


def _by_address(folder, shape):
    """Schemas imported by web addresses."""
    _one_file(folder, shape)
    path = folder / "mado.wsdl"
    text = path.read_text(encoding="utf-8")
    for name in ("denbun.xsd", "atama.xsd"):
        text = text.replace(f'schemaLocation="{name}"', f'schemaLocation="https://mihon.invalid/xsd/{name}"')
    path.write_text(text, encoding="utf-8")


def _rpc(folder, shape):
    row = "".join(f'<x:element name="{ITEMS[item][0]}" type="t:{ITEMS[item][1]}" minOccurs="0"/>' for item in ROW)
    rows = (
        f'<x:complexType name="Ichiran"><x:sequence><x:element name="{shape.rows[1]}" minOccurs="0" maxOccurs="unbounded"><x:complexType>'
        f"<x:sequence>{row}</x:sequence></x:complexType></x:element></x:sequence></x:complexType>"
    )
    (folder / "denbun.xsd").write_text(schema_of(shape.types + rows, form="unqualified"), encoding="utf-8")
    (folder / "atama.xsd").write_text(_header_schema(shape.head), encoding="utf-8")
    (folder / "mado.wsdl").write_text(_wsdl(shape, _imports((NS, "denbun.xsd"), (HEAD, "atama.xsd"))), encoding="utf-8")


FILES = {"one": _one_file, "multipart": _one_file, "seven": _seven_files, "inline": _inline, "address": _by_address, "rpc": _rpc}

_SIX = ("YokyuID", "ServiceID", "IPAddress", "Nichiji", "LoginID", "Himitsu")
_NAMES = ("request_id", "service_id", "ip_address", "time_stamp", "login_id", "password")


def _leaf(name):
    return f'<x:element name="{name}" type="t:Moji"/>'


HEADERS = {  # schema, items of the binding, parts
    "one": (
        f'<x:element name="atama"><x:complexType><x:sequence>{"".join(map(_leaf, _SIX))}'
        '<x:element name="yobi" type="t:Moji" minOccurs="0"/></x:sequence></x:complexType></x:element>',
        dict(zip(_NAMES, _SIX, strict=True)),
        ("atama",),
    ),
    "six": ("".join(map(_leaf, _SIX)), dict(zip(_NAMES, _SIX, strict=True)), _SIX),
    "nested": (
        f'<x:element name="atama"><x:complexType><x:sequence><x:element name="ninsho"><x:complexType><x:all>'
        f'{_leaf("LoginID")}{_leaf("Himitsu")}</x:all></x:complexType></x:element><x:element name="kyotsu"><x:complexType><x:sequence>'
        f'{"".join(map(_leaf, _SIX[:3]))}<x:element name="Nichiji" type="x:dateTime"/></x:sequence></x:complexType></x:element>'
        "</x:sequence></x:complexType></x:element>",
        {name: f"ninsho/{one}" if one in ("LoginID", "Himitsu") else f"atama/kyotsu/{one}" for name, one in zip(_NAMES, _SIX, strict=True)},
        ("atama",),
    ),
    "undeclared": ("", dict(zip(_NAMES, _SIX, strict=True)), ()),
}


def raw_schema(folder):
    """The schemas of a set compiled by lxml alone, without any of our own reading."""
    schemas = []
    for path in sorted(folder.rglob("*.wsdl")):
        for number, schema in enumerate(etree.parse(str(path)).getroot().iter("{http://www.w3.org/2001/XMLSchema}schema")):
            if schema.get("targetNamespace"):
                inline = path.with_name(f".{path.stem}-{number}.inline")
                inline.write_bytes(etree.tostring(schema))
                schemas.append((schema.get("targetNamespace"), inline))
    for path in sorted(folder.rglob("*.xsd")):
        namespace = etree.parse(str(path)).getroot().get("targetNamespace")
        if path.name != "kata.xsd":
            schemas.append((namespace, path))
    by_namespace = {}
    for namespace, path in schemas:
        by_namespace.setdefault(namespace, []).append(path)
    imports = []
    for number, (namespace, paths) in enumerate(by_namespace.items()):
        together = folder / f".together-{number}.inline"
        includes = "".join(f'<x:include schemaLocation="{path.as_uri()}"/>' for path in paths)
        together.write_text(
            f'<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}">{includes}</x:schema>', encoding="utf-8"
        )
        imports.append(f'<x:import namespace="{namespace}" schemaLocation="{together.as_uri()}"/>')
    driver = f'<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema">{"".join(imports)}</x:schema>'
    return etree.XMLSchema(etree.fromstring(driver, base_url=folder.as_uri() + "/"))


def sent_envelope(body):
    return etree.fromstring(body[body.index(b"<?xml") : body.rindex(b"\r\n--")])


class ForeignServer(SoapServer):
    """Validates by the raw schema, and answers what each operation answers in a shape; ``faults`` are what the schema found."""

    def __init__(self, folder, shape, *, changed=lambda _name, inner: inner):
        self.schema = raw_schema(folder) if shape.files != "rpc" else None
        self.faults = []
        self.bodies = {}
        self._shape = shape
        self._changed = changed
        super().__init__(self._answer)

    def _answer(self, path, _headers, body):
        root = sent_envelope(body)
        name = path.rsplit("/", 1)[1].removesuffix("Mado")
        head, message = root[0], root[1][0]
        self.bodies[name] = message
        if self.schema is not None:
            for element in (message, *(head if self._shape.head != "undeclared" else ())):
                if not self.schema.validate(element):
                    self.faults.append(f"{name}: {self.schema.error_log[0].message}")
        return 200, XML, envelope(self.reply(name))

    def reply(self, name):
        """One reply, as the shape writes it."""
        shape = self._shape
        inner = "".join(self._item(name, item) for item in REPLIES[name])
        if name == "list_applications":
            row = "".join(self._item(name, item) for item in ROW)
            for block in reversed(shape.rows):
                row = f"<m:{block}>{row}</m:{block}>"
            inner += row
        inner += shape.extra_reply
        for block in reversed(shape.path):
            inner = f"<m:{block}>{inner}</m:{block}>"
        inner = self._changed(name, inner)
        if shape.form == "unqualified" or shape.style == "rpc":
            inner = inner.replace("<m:", "<").replace("</m:", "</")
        return f'<m:{name}OpResponse xmlns:m="{shape.namespaces(name)}" xmlns:xsi="{XSI}">{inner}</m:{name}OpResponse>'

    def _item(self, operation, item):
        element, text = ITEMS[item][0], self._shape.answers.get(item)
        made = self._shape.answer(element, text) if text else self._shape.missing.format(element)
        block = self._shape.in_block.get(item) if operation.startswith("new_") else None
        return f"<m:{block}>{made}</m:{block}>" if block else made
