"""One request envelope: our values -> the installed WSDL's elements, checked against its schema before anything is sent."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types
from zeep import exceptions as zeep_exceptions

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import FieldFault, InputRefused, SetupFault
from denkidesk.domain.fault_codes import FormCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.binding import HEADER_ITEMS, Binding, ElementPath
from denkidesk.kansai.schema import SchemaFault
from denkidesk.kansai.triage import ENVELOPE_NAMESPACE
from denkidesk.kansai.wire_text import write_moment
from denkidesk.kansai.wsdl_set import CallPlan

Value = str | date | bool
MASK: Final = "****"
"""Stands where the password goes, in everything but the bytes on the wire."""
_CODES: Final = {
    "CVC_MAXLENGTH_VALID": FormCode.TOO_LONG,
    "CVC_MINLENGTH_VALID": FormCode.REQUIRED,
    "CVC_ENUMERATION_VALID": FormCode.CHOICE,
}


def build_envelope(
    binding: Binding,
    plan: CallPlan,
    values: Mapping[str, Value],
    header: Mapping[str, str],
    extra: Mapping[str, str] = MappingProxyType({}),
) -> etree._Element:
    """The whole envelope, valid by the schema, but for the password, in whose place MASK stands. ``values`` by our field names, ``extra``
    by element name, ``header`` by HEADER_ITEMS without the password.

    Raises InputRefused naming every field that does not fit, or SetupFault where the header of the installed set cannot be filled.
    """
    texts, faults = _texts(binding, plan, values, extra)
    if faults:
        raise InputRefused(faults)
    header = {**header, "password": MASK}
    soapheaders = _declared_header(binding, plan, header) if plan.header_parts else _undeclared_header(binding, header)
    try:
        serialized = plan.zeep_operation.create(**_tree(plan, texts), _soapheaders=soapheaders)
    except (zeep_exceptions.ValidationError, zeep_exceptions.Error, TypeError, ValueError) as error:
        # What zeep refuses beyond the checks above is the set's doing, say a choice that the binding fills twice.
        raise SetupFault(plan.binding.wsdl, plan.binding.wsdl_operation, WsdlCode.CANNOT_BUILD, type(error).__name__) from None
    envelope = serialized.content
    _check_header(plan, envelope, besides=_password_element(binding))
    _check_body(plan, envelope, texts)
    return envelope


def with_password(binding: Binding, plan: CallPlan, envelope: etree._Element, password: str) -> etree._Element:
    """A copy of the envelope that differs in the password alone. Raises SetupFault where the header cannot hold it."""
    filled = deepcopy(envelope)
    head = filled.find(f"{{{ENVELOPE_NAMESPACE}}}Header")
    name = _password_element(binding)
    places = [] if head is None else [e for e in head.iter(f"{{*}}{name}") if e.text == MASK]
    if len(places) != 1:
        raise SetupFault(plan.binding.wsdl, "header.password", WsdlCode.CANNOT_BUILD, name)
    places[0].text = password
    _check_header(plan, filled)
    return filled


def serialize(envelope: etree._Element, *, pretty: bool = False) -> bytes:
    """UTF-8 with a declaration, without a BOM."""
    return bytes(etree.tostring(envelope, encoding="UTF-8", xml_declaration=True, pretty_print=pretty))


def _texts(
    binding: Binding, plan: CallPlan, values: Mapping[str, Value], extra: Mapping[str, str]
) -> tuple[dict[ElementPath, tuple[str, str]], list[FieldFault]]:
    """Path -> (our name, text on the wire), and every fault that can be seen without building."""
    texts: dict[ElementPath, tuple[str, str]] = {}
    faults: list[FieldFault] = []
    entries = [(name, plan.binding.request.get(name), value) for name, value in values.items()]
    entries += [(f"extra.{name}", tuple(name.split("/")), value) for name, value in extra.items()]
    bound = set(plan.binding.request.values())
    for name, path, value in entries:
        element = None if path is None else plan.request_elements.get(path)
        if path is None or element is None or not element.leaf or (name.startswith("extra.") and path in bound):
            faults.append(FieldFault(name, FormCode.UNKNOWN))
            continue
        text = _wire_text(binding, value)
        illegal = next((character for character in text if not _is_xml(character)), None)
        if illegal is not None:
            faults.append(FieldFault(name, FormCode.CONTROL, MappingProxyType({"character": f"U+{ord(illegal):04X}"})))
        elif text:
            texts[path] = (name, text)
    name_of_path = {path: name for name, path in plan.binding.request.items()}
    refused = {fault.field for fault in faults}
    for path, element in plan.request_elements.items():
        name = name_of_path.get(path, "extra." + "/".join(path))
        if (
            element.leaf
            and element.required
            and not element.default
            and path not in texts
            and name not in refused
            and _is_wanted(plan, path, texts)
        ):
            faults.append(FieldFault(name, FormCode.REQUIRED))
    return texts, faults


def _is_wanted(plan: CallPlan, path: ElementPath, texts: Mapping[ElementPath, Any]) -> bool:
    """Whether a required element must be there: each parent is required too, or is there because of another child."""
    for depth in range(1, len(path)):
        parent = plan.request_elements.get(path[:depth])
        if parent is not None and not parent.required and not any(other[:depth] == path[:depth] for other in texts):
            return False
    return True


def _wire_text(binding: Binding, value: Value) -> str:
    if isinstance(value, bool):
        return binding.true_value if value else binding.false_value
    return write_moment(value, binding.date_format) if isinstance(value, date) else value


def _is_xml(character: str) -> bool:
    code = ord(character)
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def _tree(plan: CallPlan, texts: Mapping[ElementPath, tuple[str, str]]) -> dict[str, Any]:
    """The texts as the nested keywords that zeep takes."""
    tree: dict[str, Any] = {}
    for path, (_, text) in texts.items():
        node = tree
        keys = plan.request_elements[path].keys
        for depth, key in enumerate(keys[:-1], 1):
            repeated = plan.request_elements[path[:depth]].repeated
            node = node.setdefault(key, [{}])[0] if repeated else node.setdefault(key, {})
        node[keys[-1]] = [text] if plan.request_elements[path].repeated else text
    return tree


def _declared_header(binding: Binding, plan: CallPlan, header: Mapping[str, str]) -> dict[str, Any]:
    text_of_element = {binding.header.items[name]: header[name] for name in HEADER_ITEMS}
    blocks: dict[str, Any] = {}
    for part in plan.header_parts:
        if part.items:
            blocks[part.key] = {item: text_of_element[item] for item in part.items if item in text_of_element}
        elif part.element in text_of_element:
            blocks[part.key] = text_of_element[part.element]
    return blocks


def _undeclared_header(binding: Binding, header: Mapping[str, str]) -> list[Any]:
    """The header as the binding describes it, where the WSDL is silent: one block, or six."""
    shape = binding.header
    space = f"{{{shape.namespace}}}" if shape.namespace else ""
    inner = space if shape.qualified or not shape.element else ""
    items = [etree.Element(inner + binding.header.items[name]) for name in HEADER_ITEMS]
    for name, element in zip(HEADER_ITEMS, items, strict=True):
        element.text = header[name]
    if not shape.element:
        return items
    block = etree.Element(space + shape.element, nsmap={"h": shape.namespace} if shape.namespace else None)
    block.extend(items)
    return [block]


def _password_element(binding: Binding) -> str:
    return binding.header.items["password"].rpartition("/")[2]


def _check_header(plan: CallPlan, envelope: etree._Element, *, besides: str = "") -> None:
    """Raises SetupFault for a header that breaks the schema. ``besides``: the element whose value is not there yet."""
    head = envelope.find(f"{{{ENVELOPE_NAMESPACE}}}Header")
    if plan.header_parts:
        for block in () if head is None else head:
            for fault in plan.schema.faults(block):
                if fault.element != besides:
                    raise SetupFault("settings.toml", f"kansai.header.{fault.element}", InstallationCode.HEADER_VALUE, fault.rule)


def _check_body(plan: CallPlan, envelope: etree._Element, texts: Mapping[ElementPath, tuple[str, str]]) -> None:
    body = envelope.find(f"{{{ENVELOPE_NAMESPACE}}}Body")
    if body is None or len(body) != 1:
        raise SetupFault(plan.binding.wsdl, plan.binding.wsdl_operation, WsdlCode.EMPTY_BODY)
    found = plan.schema.faults(body[0])
    if found:
        by_field: dict[str, FieldFault] = {}
        for fault in found:
            named = _field_fault(fault, texts)
            by_field.setdefault(named.field, named)
        raise InputRefused(list(by_field.values()))


def _field_fault(fault: SchemaFault, texts: Mapping[ElementPath, tuple[str, str]]) -> FieldFault:
    name, text = next(((name, text) for path, (name, text) in texts.items() if path[-1] == fault.element), (f"extra.{fault.element}", ""))
    code = _CODES.get(fault.rule, FormCode.FORMAT)
    facts = {"length": str(len(text)), "limit": fault.limit} if code == FormCode.TOO_LONG else {"rule": fault.rule}
    return FieldFault(name, code, MappingProxyType(facts))
