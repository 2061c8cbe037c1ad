"""One request envelope: our values -> the installed WSDL's elements, checked against its schema before anything is sent."""

from collections.abc import Iterator, Mapping, Set
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import FieldFault, InputRefused, SetupFault
from denkidesk.domain.fault_codes import FormCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.binding import BINDING_FILE, Absent, Binding, ElementPath
from denkidesk.kansai.element_tree import MessageElement
from denkidesk.kansai.message import Filler
from denkidesk.kansai.schema import SchemaFault
from denkidesk.kansai.triage import ENVELOPE_NAMESPACE
from denkidesk.kansai.wire_text import write_moment, write_xsd
from denkidesk.kansai.wsdl_set import CallPlan

Value = str | date | bool
MASK: Final = "****"
"""Stands where the password goes, in everything but the bytes on the wire."""
EXTRA: Final = "extra."
"""Before the path of an item that has no name of ours, where it is named as a field."""
_SOAP: Final = f"{{{ENVELOPE_NAMESPACE}}}"
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_CODES: Final = {
    "CVC_MAXLENGTH_VALID": FormCode.TOO_LONG,
    "CVC_MINLENGTH_VALID": FormCode.REQUIRED,
    "CVC_ENUMERATION_VALID": FormCode.CHOICE,
}
_HEADER_KEYS: Final = {  # where the value of a header item comes from: settings.toml, the credential store, or the binding
    "login_id": ("settings.toml", "kansai.login_id"),
    "ip_address": ("settings.toml", "kansai.ip_address"),
    "password": ("credentials", "kansai.password"),
    "time_stamp": (BINDING_FILE, "time_stamp_format"),
    "request_id": (BINDING_FILE, "request_id_digits"),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """An envelope as it would be, and everything that speaks against it. Of no use while anything does.

    ``faults``: of the input; ``broken``: rules of the schema that the body breaks; ``header``: those that the header breaks, with our name
    of the item or its path.
    """

    envelope: etree._Element
    texts: Mapping[ElementPath, tuple[str, str]]
    names: Mapping[ElementPath, str]
    faults: list[FieldFault]
    broken: tuple[SchemaFault, ...] = ()
    header: tuple[tuple[str, SchemaFault], ...] = ()


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
    trial = try_envelope(binding, plan, values, {**header, "password": MASK}, extra)
    if trial.faults:
        raise InputRefused(trial.faults)
    for name, fault in trial.header:
        if name != "password":
            raise _header_fault(plan, name, fault)
    if trial.broken:
        by_field: dict[str, FieldFault] = {}
        for fault in trial.broken:
            named = _field_fault(fault, trial.texts, trial.names)
            by_field.setdefault(named.field, named)
        raise InputRefused(list(by_field.values()))
    return trial.envelope


def try_envelope(
    binding: Binding, plan: CallPlan, values: Mapping[str, Value], header: Mapping[str, str], extra: Mapping[str, str]
) -> Trial:
    """As :func:`build_envelope`, but raises for nothing that the values do. Raises SetupFault for a header that lacks a source."""
    texts, faults = _texts(binding, plan, values, extra)
    envelope = etree.Element(_SOAP + "Envelope", nsmap={"soap-env": ENVELOPE_NAMESPACE})
    head, body = etree.SubElement(envelope, _SOAP + "Header"), etree.SubElement(envelope, _SOAP + "Body")
    for number, lack in plan.header.fill(head, header):
        item = "/".join((etree.QName(plan.header.blocks[number].tag).localname, *lack.path))
        raise SetupFault(plan.binding.wsdl, f"header/{item}", WsdlCode.UNKNOWN_HEADER)
    names = {path: name for path, (name, _) in texts.items()} | {path: name for name, path in plan.binding.request.items()}
    emptied: set[ElementPath] = set()
    lacks = _filler(plan, texts, names, emptied, frozenset()).fill(body, plan.request)
    unfit = (
        frozenset(fault.path for fault in plan.schema.faults(body[0]) if fault.path in emptied) if emptied and not lacks else frozenset()
    )
    if unfit:  # what may be left out, and may not be empty
        body.clear()
        lacks = _filler(plan, texts, names, emptied, unfit).fill(body, plan.request)
    refused = {fault.field for fault in faults}
    for lack in lacks:
        name = names.get(lack.path, EXTRA + "/".join(lack.path))
        if name not in refused:
            refused.add(name)
            faults.append(FieldFault(name, FormCode.EXCLUDED if lack.excluded else FormCode.REQUIRED))
    if faults:
        return Trial(envelope, texts, names, faults)
    return Trial(envelope, texts, names, faults, plan.schema.faults(body[0]), tuple(_header_faults(plan, head)))


def with_password(plan: CallPlan, envelope: etree._Element, password: str) -> etree._Element:
    """A copy of the envelope that differs in the password alone. Raises SetupFault where the header cannot hold it."""
    filled = deepcopy(envelope)
    head = filled.find(_SOAP + "Header")
    place = None if head is None else plan.header.password(head)
    if place is None or place.text != MASK:
        raise SetupFault(BINDING_FILE, "header.items.password", WsdlCode.CANNOT_BUILD)
    place.text = password
    for name, fault in _header_faults(plan, head):
        raise _header_fault(plan, name, fault)
    return filled


def serialize(envelope: etree._Element, *, pretty: bool = False) -> bytes:
    """UTF-8 without a BOM; the declaration in double quotes, as every SOAP stack writes it."""
    return _DECLARATION + bytes(etree.tostring(envelope, encoding="UTF-8", xml_declaration=False, pretty_print=pretty))


def _filler(
    plan: CallPlan,
    texts: Mapping[ElementPath, tuple[str, str]],
    names: Mapping[ElementPath, str],
    emptied: set[ElementPath],
    unfit: Set[ElementPath],
) -> Filler:
    """``emptied`` takes the elements that are sent empty though they may be left out; ``unfit``: those that may not be empty."""

    def absent(element: MessageElement) -> Absent | None:
        way = None if element.path in unfit else _absent(plan, element, names)
        if way is Absent.EMPTY and element.least == 0 and names.get(element.path) not in plan.binding.absent_items:
            emptied.add(element.path)
        return way

    aside = [path for path in plan.binding.constants if path[-1].startswith("@")]
    return Filler({path: text for path, (_, text) in texts.items()}, absent, named=names, aside=aside)


def _absent(plan: CallPlan, element: MessageElement, names: Mapping[ElementPath, str]) -> Absent | None:
    """How an element without a value is sent, None for not at all.

    What is said of a single item holds in any case; what is said of the whole operation, where the element has to be there or has a name
    of ours, and only where the schema lets it be nil, or empty.
    """
    entry = plan.binding
    name = names.get(element.path)
    single = entry.absent_items.get(name) if name is not None else None
    way = single or entry.absent
    if way is Absent.OMIT or (single is None and element.least == 0 and name is None):
        return None
    if way is Absent.NIL and single is None and not element.nillable:
        return None
    return way if element.leaf or way is Absent.NIL else None


def _texts(
    binding: Binding, plan: CallPlan, values: Mapping[str, Value], extra: Mapping[str, str]
) -> tuple[dict[ElementPath, tuple[str, str]], list[FieldFault]]:
    """Path -> (our name, text on the wire), and every fault that can be seen without building."""
    texts = {path: ("/".join(path), text) for path, text in plan.binding.constants.items()}
    faults: list[FieldFault] = []
    entries = [(name, plan.binding.request.get(name), value) for name, value in values.items()]
    entries += [(EXTRA + name, tuple(name.split("/")), value) for name, value in extra.items()]
    bound = {*plan.binding.request.values(), *texts}
    for name, path, value in entries:
        if path is None or not _takes_text(plan, path) or (name.startswith(EXTRA) and path in bound):
            faults.append(FieldFault(name, FormCode.UNKNOWN))
            continue
        text = _wire_text(binding, plan, name, path, _as_date(value) if path in plan.further_dates else value)
        illegal = next((character for character in text if not _is_xml(character)), None)
        if illegal is not None:
            faults.append(FieldFault(name, FormCode.CONTROL, MappingProxyType({"character": f"U+{ord(illegal):04X}"})))
        elif text:
            texts[path] = (name, text)
    return texts, faults


def _takes_text(plan: CallPlan, path: ElementPath) -> bool:
    if path[-1].startswith("@"):
        owner = plan.request if len(path) == 1 else plan.request_elements.get(path[:-1])
        return owner is not None and any(attribute.path == path for attribute in owner.attributes)
    element = plan.request_elements.get(path)
    return element is not None and element.leaf and element.has_text


def _wire_text(binding: Binding, plan: CallPlan, name: str, path: ElementPath, value: Value) -> str:
    if isinstance(value, bool):
        return binding.true_value if value else binding.false_value
    if not isinstance(value, date):
        return value
    form = binding.date_format_of(plan.binding, name)
    element = plan.request_elements.get(path)
    if form is None and element is not None and element.moment:
        return write_xsd(value, element.moment)
    return write_moment(value, form or binding.date_format)


def _as_date(value: Value) -> Value:
    """A further item keeps a date as text in ISO form."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _is_xml(character: str) -> bool:
    code = ord(character)
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def _header_faults(plan: CallPlan, head: etree._Element) -> Iterator[tuple[str, SchemaFault]]:
    """Our name of the item, or its path, and the rule that it breaks."""
    for block in head if plan.header.is_declared else ():
        for fault in plan.schema.faults(block):
            yield plan.header.name_at(etree.QName(block).localname, fault.path), fault


def header_source(plan: CallPlan, name: str) -> tuple[str, str]:
    """File and item that the value of a header item comes from."""
    if name == "service_id":
        return BINDING_FILE, f"operations.{plan.binding.operation}.service_id"
    return _HEADER_KEYS.get(name, (plan.binding.wsdl, f"header/{name}"))


def _header_fault(plan: CallPlan, name: str, fault: SchemaFault) -> SetupFault:
    """Blames what the value comes from."""
    return SetupFault(*header_source(plan, name), InstallationCode.HEADER_VALUE, f"{fault.element}:{fault.rule}")


def _field_fault(fault: SchemaFault, texts: Mapping[ElementPath, tuple[str, str]], names: Mapping[ElementPath, str]) -> FieldFault:
    text = texts.get(fault.path, ("", ""))[1]
    name = names.get(fault.path, EXTRA + ("/".join(fault.path) or fault.element))
    code = _CODES.get(fault.rule, FormCode.FORMAT)
    if not text and fault.path in names:  # sent empty or nil, which the schema does not take
        code = FormCode.REQUIRED
    elif code is FormCode.REQUIRED:
        code = FormCode.FORMAT
    facts = {"length": str(len(text)), "limit": fault.limit} if code == FormCode.TOO_LONG else {"rule": fault.rule}
    return FieldFault(name, code, MappingProxyType(facts))
