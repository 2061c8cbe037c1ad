"""rpc/literal: the wrapper elements that a WSDL only describes, as schemas of their own."""

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.kansai.documents import SOAP_BINDING, WSDL, XSD, Document

REPLY_SUFFIX: Final = "Response"
"""WS-I Basic Profile 1.1, R2729: the wrapper of a reply is called like the operation, with this behind it."""


def rpc_schemas(documents: Iterable[Document]) -> Iterator[etree._Element]:
    """A schema for each namespace that an rpc binding puts wrappers into."""
    roots = [document.root for document in documents]
    schemas: dict[str, etree._Element] = {}
    made: set[tuple[str, str]] = set()
    for binding in (found for root in roots for found in root.iterchildren(WSDL + "binding")):
        of_all = binding.find(SOAP_BINDING + "binding")
        for operation in binding.iterchildren(WSDL + "operation"):
            own = operation.find(SOAP_BINDING + "operation")
            style = next((one.get("style") for one in (own, of_all) if one is not None and one.get("style")), "document")
            for side, suffix in (("input", ""), ("output", REPLY_SUFFIX)):
                body = operation.find(f"{WSDL}{side}/{SOAP_BINDING}body")
                message = _message(roots, binding, operation.get("name", ""), side)
                if style != "rpc" or body is None or message is None:
                    continue
                namespace, name = body.get("namespace", ""), operation.get("name", "") + suffix
                if (namespace, name) not in made:
                    made.add((namespace, name))
                    schema = schemas.setdefault(namespace, _schema(namespace))
                    _wrapper(schema, name, message, body.get("parts"))
    yield from schemas.values()


def is_encoded(documents: Iterable[Document], binding: str, operation: str) -> bool:
    """Whether an operation's messages are SOAP-encoded, which no schema describes."""
    bodies = [
        body
        for document in documents
        for found in document.root.iterchildren(WSDL + "binding")
        if found.get("name") == binding
        for one in found.iterchildren(WSDL + "operation")
        if one.get("name") == operation
        for body in one.iter(SOAP_BINDING + "body")
    ]
    return any(body.get("use") == "encoded" for body in bodies)


def _message(roots: list[etree._Element], binding: etree._Element, operation: str, side: str) -> etree._Element | None:
    port_type = _named(roots, "portType", binding.get("type", ""))
    if port_type is None:
        return None
    for one in port_type.iterchildren(WSDL + "operation"):
        found = one.find(WSDL + side)
        if one.get("name") == operation and found is not None:
            return _named(roots, "message", found.get("message", ""))
    return None


def _named(roots: list[etree._Element], kind: str, name: str) -> etree._Element | None:
    local = name.rpartition(":")[2]
    return next((one for root in roots for one in root.iterchildren(WSDL + kind) if one.get("name") == local), None)


def _schema(namespace: str) -> etree._Element:
    return etree.Element(XSD + "schema", {"targetNamespace": namespace} if namespace else {})


def _wrapper(schema: etree._Element, name: str, message: etree._Element, parts: str | None) -> None:
    """``parts``: those of the body, where not all of the message are."""
    element = etree.SubElement(schema, XSD + "element", name=name)
    sequence = etree.SubElement(etree.SubElement(element, XSD + "complexType"), XSD + "sequence")
    for part in message.iterchildren(WSDL + "part"):
        if parts is not None and part.get("name") not in parts.split():
            continue
        attribute = "type" if part.get("type") else "element"
        prefix, _, local = part.get(attribute, "").rpartition(":")
        namespace = part.nsmap.get(prefix or None, "")
        # Each declaration carries its own prefix: those of two WSDL files may clash.
        facts = {"name": part.get("name"), "type": f"t:{local}"} if attribute == "type" else {"ref": f"t:{local}"}
        etree.SubElement(sequence, XSD + "element", facts, nsmap={"t": namespace})
        own = schema.get("targetNamespace", "")
        if namespace not in (own, XSD[1:-1]) and namespace not in [one.get("namespace") for one in schema.iterchildren(XSD + "import")]:
            schema.insert(0, etree.Element(XSD + "import", namespace=namespace))
