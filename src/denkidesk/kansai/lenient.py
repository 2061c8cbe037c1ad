"""How far a reply may differ from the installed schema: what the binding names must be as it says, anything else may be news."""

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.kansai.binding import ElementPath
from denkidesk.kansai.schema import SchemaFault
from denkidesk.kansai.wsdl_set import CallPlan


@dataclass(frozen=True, slots=True)
class Verdict:
    """``faults``: what makes a reply unfit, as element names and rules; ``unknown``: what it has that the schema does not know.

    Both without values: a reply may hold names and addresses, which must not reach a log.
    """

    faults: str = ""
    unknown: tuple[str, ...] = ()


def judge(plan: CallPlan, reply: etree._Element, *, is_part: bool = False) -> Verdict:
    """Whether a reply can be read. A fault of a bound item, or of the order of items that the schema knows, makes it unfit.

    ``is_part``: some rows of a listing with what stands before them; what is to come behind them is not missed.
    """
    if reply.tag != plan.reply.tag:
        return Verdict("root")
    if plan.schema.is_valid(reply):
        return Verdict()
    known = deepcopy(reply)
    unknown: dict[str, None] = {}
    _prune(plan, known, (), unknown)
    bound = _bound(plan)
    names = {step.removeprefix("@") for path in bound for step in path} | {etree.QName(reply).localname}
    depth = len(plan.binding.rows_path) if is_part else 0
    faults = [
        fault
        for fault in plan.schema.faults(known, about=names)
        if _is_serious(fault, bound) and not (fault.missing and len(fault.path) < depth)
    ]
    if faults:
        return Verdict(", ".join(f"{fault.element}:{fault.rule}" for fault in faults[:3]), tuple(unknown))
    return Verdict("", tuple(unknown) or ("*",))


def _bound(plan: CallPlan) -> frozenset[ElementPath]:
    entry = plan.binding
    rows = {(*entry.rows_path, *path) for places in (entry.row_items or {}).values() for path in places}
    return frozenset({path for places in entry.reply.values() for path in places} | rows)


def _prune(plan: CallPlan, element: etree._Element, path: ElementPath, unknown: dict[str, None]) -> None:
    """Takes out every element and attribute that the schema does not know at its place, but for places where anything may stand."""
    declared = plan.reply if not path else plan.reply_elements[path]
    attributes = {attribute.tag for attribute in declared.attributes}
    for name in element.attrib:
        if name not in attributes and not name.startswith("{"):
            unknown["/".join((*path, f"@{name}"))] = None
            del element.attrib[name]
    for child in list(element):
        inner = (*path, etree.QName(child).localname)
        if inner in plan.reply_elements:
            _prune(plan, child, inner, unknown)
        elif not declared.is_open:
            unknown["/".join(inner)] = None
            element.remove(child)


def _is_serious(fault: SchemaFault, bound: frozenset[ElementPath]) -> bool:
    """A value counts where a bound item stands; a place, where the order is broken or a bound item is missing."""
    if fault.rule == "ELEMENT_CONTENT" and fault.missing:
        return any((*fault.path, name) in {path[: len(fault.path) + 1] for path in bound} for name in fault.missing)
    return fault.rule in ("ELEMENT_CONTENT", "CVC_ELT_1") or (fault.path in bound and fault.rule != "CVC_COMPLEX_TYPE_4")
