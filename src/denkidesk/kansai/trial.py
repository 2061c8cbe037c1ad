"""Whether an operation can be called as it is bound: messages built from sample values, and sample replies read."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.domain.application_items import ITEM_BY_NAME, ItemType
from denkidesk.domain.applications import OPERATION_OF_KIND, Operation
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import FieldFault, SetupFault
from denkidesk.domain.fault_codes import FormCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.binding import BINDING_FILE, DATE_FIELDS, FLAG_FIELDS, Absent, Binding, ElementPath
from denkidesk.kansai.code_tables import CODE_TABLES_FILE, CodeTables
from denkidesk.kansai.element_tree import MessageElement
from denkidesk.kansai.envelope import EXTRA, Trial, Value, header_source, try_envelope
from denkidesk.kansai.findings import Finding, shown
from denkidesk.kansai.further_items import FURTHER_ITEMS_FILE
from denkidesk.kansai.lenient import judge
from denkidesk.kansai.message import Filler, Lack
from denkidesk.kansai.reading import ReplyReader, ReplyUnfit
from denkidesk.kansai.samples import TYPED, fitted
from denkidesk.kansai.schema import SchemaFault
from denkidesk.kansai.wire_text import write_moment, write_xsd
from denkidesk.kansai.wsdl_set import CallPlan, block_finding, near_place
from denkidesk.wire.known_secrets import KnownSecrets

_DAY: Final = date(2026, 12, 28)  # no month
_NOW: Final = datetime(2026, 11, 26, 9, 30, 15, 120_000, tzinfo=JST)
_ANYTHING: Final = "1"
Key = tuple[str, str]  # "item", "extra" or "header", and its name


@dataclass(frozen=True, slots=True)
class Further:
    """A further item of the set: where it goes, what it may be, and whether it is always there."""

    key: str  # in further_items.json
    name: str
    required: bool
    choices: Sequence[str] | None = None  # None: any text that the schema takes
    is_date: bool = False
    table: str = ""  # where its choices stand


class OperationTrial:
    """The trial of one operation. ``further``: by path, for one of the kinds of application."""

    def __init__(self, binding: Binding, plan: CallPlan, tables: CodeTables | None, further: Mapping[str, Further]) -> None:
        self._binding = binding
        self._plan = plan
        self._tables = tables
        self._further = further
        self._operation = plan.binding.operation
        self._kind = next((kind for kind, operation in OPERATION_OF_KIND.items() if operation is self._operation), None)
        self._receipts: tuple[str, ...] = ()  # that the request has taken, where the reply has to give the same
        self._where = f"{plan.binding.service}/{plan.binding.wsdl_operation}"

    def findings(self) -> list[Finding]:
        """Everything that keeps the operation from being called and its reply from being read."""
        try:
            return [*dict.fromkeys((*self._requests(), *self._replies()))]
        except SetupFault as fault:
            return [Finding(fault.file, fault.item, fault.code, fault.detail)]

    # -- requests

    def _requests(self) -> Iterator[Finding]:
        bound = self._plan.binding.request
        if self._kind is None:
            needed = {"receipt_number"} & bound.keys() if self._operation is Operation.APPLICATION_STATUS else set()
            forms = self._receipt_forms()  # before a number of the request binds the reply
            smallest, lacks = self._try(needed, [])
            yield from lacks
            for text in forms:
                self._tried(self._values(needed, []) | {("item", "receipt_number"): text})
            if smallest is not None:
                yield from self._try_all(needed, bound.keys() - needed, [])
                yield from self._idle(needed, [])
            return
        needed = {name for name in bound if name not in ITEM_BY_NAME or ITEM_BY_NAME[name].required}
        optional = bound.keys() - needed
        always = [path for path, item in self._further.items() if item.required]
        # What the schema demands of our items the form demands too, so that it is no fault.
        for _ in optional:
            missing = self._missing(needed, always) & optional
            needed, optional = needed | missing, optional - missing
        _, lacks = self._try(needed, always)
        yield from lacks
        if not lacks:
            yield from self._try_all(needed, optional, [path for path in self._further if path not in always], always=always)
            yield from self._codes(needed, always)
            yield from self._idle(needed, always)

    def _idle(self, needed: set[str], always: list[str]) -> Iterator[Finding]:
        """Each way of sending an absent item that changes no message: that of an item that is always there, or what is done anyway."""
        entry = self._plan.binding
        for name in entry.absent_items:
            others = {other: way for other, way in entry.absent_items.items() if other != name}
            without = replace(self._plan, binding=replace(entry, absent_items=others))
            fewest, most = self._values(needed, always), self._values({*entry.request} - {name}, always)
            if name in needed or all(self._body(values) == self._body(values, without) for values in (fewest, most)):
                item = f"operations.{self._operation.value}.absent_items.{name}"
                element = self._plan.request_elements.get(entry.request.get(name, ()))
                is_refused = entry.absent_items[name] is Absent.NIL and element is not None and not element.nillable
                yield Finding(BINDING_FILE, item, WsdlCode.NOT_NILLABLE if is_refused else WsdlCode.WITHOUT_EFFECT, blocks=False)

    def _body(self, values: dict[Key, str], plan: CallPlan | None = None) -> tuple[bytes, list[FieldFault]]:
        trial = self._trial(values, plan)
        return etree.tostring(trial.envelope[1]), trial.faults

    def _receipt_forms(self) -> list[str]:
        """Receipt numbers as the reply would give them; the request may take others too, but has to take these."""
        if self._operation is not Operation.APPLICATION_STATUS:
            return []
        found: list[str] = []
        for path in self._plan.binding.reply.get("receipt_number", ()):
            reply, faults = self._sample_reply({path: _ANYTHING}, frozenset())
            if reply is not None and not faults:
                found += ReplyReader(self._binding, self._plan, KnownSecrets()).fields(reply)[0].get("receipt_number", ())
        return found

    def _missing(self, items: set[str], extra: list[str]) -> set[str]:
        trial = self._trial(self._values(items, extra))
        unfilled = {trial.names.get(fault.path, "") for fault in trial.broken if fault.path not in trial.texts}
        return unfilled | {fault.field for fault in trial.faults if fault.code is FormCode.REQUIRED}

    def _try_all(self, needed: set[str], optional: set[str], extra: list[str], *, always: Sequence[str] = ()) -> Iterator[Finding]:
        """The fullest message; where items that need not be given exclude each other, each by itself."""
        if not optional and not extra:
            return
        trial, lacks = self._try(needed | optional, [*always, *extra])
        excluded = trial is None and all(finding.code is WsdlCode.EXCLUDED for finding in lacks)
        if not excluded:
            yield from lacks
            return
        for name in sorted(optional):
            yield from self._try(needed | {name}, list(always))[1]
        for path in extra:
            yield from self._try(needed, [*always, path])[1]

    def _codes(self, needed: set[str], always: list[str]) -> Iterator[Finding]:
        """Every code of the tables has to be one that the schema takes."""
        places: list[tuple[Key, str, Sequence[str]]] = [
            (("item", name), f"{name}.{self._kind}", self._codes_of(name)[1:]) for name in sorted(needed)
        ]
        places += [(("extra", path), item.table, (item.choices or ())[1:]) for path, item in self._further.items()]
        for key, table, codes in places:
            for code in codes:
                for finding in self._tried(self._values(needed, always) | {key: code})[1]:
                    if finding.code is WsdlCode.VALUE_REFUSED:
                        yield Finding(CODE_TABLES_FILE, table, finding.code, f"{code} {finding.detail}")

    def _try(self, items: set[str], extra: list[str]) -> tuple[Trial | None, list[Finding]]:
        return self._tried(self._values(items, extra))

    def _values(self, items: set[str], extra: list[str]) -> dict[Key, str]:
        digits = self._binding.request_id_digits
        number = f"{_NOW:%Y%m%d%H%M%S%f}0123" if digits is None else f"{_NOW.timestamp():.0f}".zfill(digits)[-digits:]
        header = {"request_id": number, "service_id": self._plan.binding.service_id}
        header["time_stamp"] = self._plan.header.time_stamp(_NOW, self._binding.time_stamp_format)
        values = {("header", name): header.get(name, "A") for name in self._plan.header.items}
        values |= {("item", name): self._first(name) for name in items}
        return values | {("extra", path): self._first_of_further(self._further[path]) for path in extra}

    def _first(self, name: str) -> str:
        if name in DATE_FIELDS:
            return _DAY.isoformat()
        if name in FLAG_FIELDS:
            return "true"
        return next(iter((*self._codes_of(name), *TYPED.get(name, ()), "1")))

    def _first_of_further(self, item: Further) -> str:
        if item.is_date:
            return _DAY.isoformat()
        return next(iter((*(item.choices or ()), *TYPED.get(item.name, ()), "1")))

    def _codes_of(self, name: str) -> list[str]:
        item = ITEM_BY_NAME.get(name)
        if self._tables is None or item is None or item.type is not ItemType.CODE or self._kind is None:
            return []
        return [entry.code for entry in self._tables.choices(name, self._kind)]

    def _tried(self, values: dict[Key, str]) -> tuple[Trial | None, list[Finding]]:
        """The message that was found, and what is wrong where none was."""
        made: list[Trial] = []

        def broken(texts: Mapping[Key, str]) -> list[tuple[Key, SchemaFault]]:
            made.append(self._trial(texts))
            return self._by_key(made[-1])

        fixed = {("header", name) for name in ("request_id", "service_id", "time_stamp")}
        choices: dict[Key, Sequence[str]] = {
            key: TYPED.get(key[1], ()) for key in values if key[1] in TYPED or key in fixed or key[1] in DATE_FIELDS | FLAG_FIELDS
        }
        choices |= {("item", name): () for name in ITEM_BY_NAME if self._codes_of(name)}
        for path, further in self._further.items():
            if further.choices is not None or further.is_date:
                choices[("extra", path)] = ()
            elif further.name in TYPED:
                choices[("extra", path)] = TYPED[further.name]
        texts, faults = fitted(values, broken, choices)
        trial = made[-1]
        if not trial.faults and not faults:
            if self._operation is Operation.APPLICATION_STATUS and ("item", "receipt_number") in texts:
                self._receipts = tuple(dict.fromkeys((*self._receipts, texts["item", "receipt_number"])))
            return trial, []
        lacks = [self._lack(fault.field, fault.code) for fault in trial.faults]
        meant = {f"{self._where}/request/{one.detail.partition(' ')[2]}" for one in lacks if one.code is WsdlCode.UNKNOWN_ELEMENT}
        found = [one for one in lacks if one.code is not WsdlCode.REQUIRED_EXTRA or one.item not in meant]
        for key, fault in faults:
            sent = trial.texts.get(fault.path) if key[0] != "header" else None  # a date or flag as it leaves
            found.append(self._refused(key, sent[1] if sent is not None else texts.get(key, ""), fault))
        return None, found

    def _trial(self, texts: Mapping[Key, str], plan: CallPlan | None = None) -> Trial:
        items: dict[str, Value] = {}
        for (group, name), text in texts.items():
            if group == "item":
                items[name] = date.fromisoformat(text) if name in DATE_FIELDS else text == "true" if name in FLAG_FIELDS else text
        extra = {name: text for (group, name), text in texts.items() if group == "extra"}
        return try_envelope(
            self._binding, plan or self._plan, items, {name: text for (group, name), text in texts.items() if group == "header"}, extra
        )

    def _by_key(self, trial: Trial) -> list[tuple[Key, SchemaFault]]:
        found: list[tuple[Key, SchemaFault]] = [(("header", name), fault) for name, fault in trial.header]
        for fault in trial.broken:
            name = trial.names.get(fault.path, "/".join(fault.path) or fault.element)
            found.append((("extra", name.removeprefix(EXTRA)) if name.startswith(EXTRA) else ("item", name), fault))
        return found

    def _lack(self, field: str, code: object) -> Finding:
        """What the message lacks or has too much, named where it has to be mended."""
        request = self._plan.binding.request
        path = "/".join(request[field]) if field in request else field.removeprefix(EXTRA)
        if code is FormCode.EXCLUDED:
            return Finding(self._plan.binding.wsdl, f"{self._where}/request/{path}", WsdlCode.EXCLUDED, field)
        if code is FormCode.UNKNOWN and path in self._further:
            steps = tuple(path.split("/"))
            if (element := self._plan.request_elements.get(steps)) is not None and not element.has_text:
                return block_finding(FURTHER_ITEMS_FILE, self._further[path].key, steps, self._plan.request_elements)
            near = near_place(self._plan, path, self._further)
            return Finding(FURTHER_ITEMS_FILE, self._further[path].key, WsdlCode.UNKNOWN_ELEMENT, f"{path} {near}".rstrip())
        rule = WsdlCode.REQUIRED_ABSENT if field in request else WsdlCode.REQUIRED_EXTRA
        return Finding(self._plan.binding.wsdl, f"{self._where}/request/{path}", rule, field if field in request else self._kind or "")

    def _refused(self, key: Key, text: str, fault: SchemaFault) -> Finding:
        group, name = key
        request = self._plan.binding.request
        told = _told(name, text, fault)
        if group == "header":
            file, item = header_source(self._plan, name)
            return Finding(BINDING_FILE, item if file == BINDING_FILE else f"header/{name}", WsdlCode.VALUE_REFUSED, told)
        if line := self._form_of(key, text, self._plan.request_elements.get(fault.path)):
            return self._form_refused(line, f"request.{name}" if group == "item" else self._further[name].key, text, fault)
        path = "/".join(request[name]) if group == "item" and name in request else "/".join(fault.path) or name
        return Finding(self._plan.binding.wsdl, f"{self._where}/request/{path}", WsdlCode.VALUE_REFUSED, told)

    def _form_of(self, key: Key, text: str, element: MessageElement | None) -> str:
        """The line of the binding that says how a date or a flag is written; "" for anything else, and for a date of the schema's own."""
        group, name = key
        if group == "item" and name in FLAG_FIELDS:
            return "true_value" if text == self._binding.true_value else "false_value"
        if name not in DATE_FIELDS if group == "item" else name not in self._further or not self._further[name].is_date:
            return ""
        if name in self._plan.binding.date_formats:
            return f"operations.{self._operation.value}.date_formats.{name}"
        if name in self._binding.date_formats:
            return f"date_formats.{name}"
        return "" if element is not None and element.moment else "date_format"

    def _form_refused(self, line: str, place: str, text: str, fault: SchemaFault) -> Finding:
        """Blames the form, and names the place first: it may be the path that is wrong."""
        return Finding(BINDING_FILE, line, WsdlCode.VALUE_REFUSED, _told(f"{self._operation.value}.{place}", text, fault))

    # -- replies

    def _replies(self) -> Iterator[Finding]:
        """One reply for each place of each item of ours, as small as it may be, with a verdict and, in a row, a receipt number."""
        entry = self._plan.binding
        verdicts = entry.reply["request_status"]
        statuses = {
            "accepted_request_status": self._binding.accepted_request_status,
            "not_found_request_status": self._binding.not_found_request_status,
            "login_refused_request_status": self._binding.login_refused_request_status,
        }
        usable: list[str] = []
        for key, codes in statuses.items():
            for code in sorted(codes):
                found = [*self._read("request_status", [{path: code} for path in verdicts], verdicts[0], key)]
                yield from found
                usable += [code] if codes is self._binding.accepted_request_status and not found else []
        if not usable:  # no reply can be told from it, and the others would be blamed for it
            return
        accepted = [{path: usable[0]} for path in verdicts]
        for name, places in entry.reply.items():
            if name == "request_status":
                continue
            for path in places:
                for text in self._reply_texts(name, path):
                    yield from self._read(name, [{**base, path: text} for base in accepted], path)
        receipts = (entry.row_items or {}).get("receipt_number", ())
        for name, places in (entry.row_items or {}).items():
            for path in places:
                inside = (*entry.rows_path, *path)
                keys = [{(*entry.rows_path, *receipt): _ANYTHING} for receipt in receipts] if name != "receipt_number" else [{}]
                for text in self._reply_texts(name, inside):
                    yield from self._read(name, [{**base, **row, inside: text} for base in accepted for row in keys], inside, in_row=True)

    def _reply_texts(self, name: str, path: ElementPath) -> tuple[str, ...]:
        if name in FLAG_FIELDS:
            return (self._binding.true_value, self._binding.false_value)
        if name not in DATE_FIELDS:
            return (_ANYTHING,)
        form = self._binding.date_format_of(self._plan.binding, name)
        element = self._plan.reply_elements.get(path)
        if form is None and element is not None and element.moment:
            return (write_xsd(_DAY, element.moment),)
        return (write_moment(_DAY, form or self._binding.date_format),)

    def _read(
        self, name: str, replies: Sequence[Mapping[ElementPath, str]], path: ElementPath, key: str = "", *, in_row: bool = False
    ) -> Iterator[Finding]:
        """Reads the first reply that there can be, of some with these texts. ``key``: of the binding, where the text in question stands."""
        found = [self._fault_of_reply(name, texts, path, key, in_row=in_row) for texts in replies]
        if None not in found:
            yield from sorted(filter(None, found), key=lambda finding: finding.code is WsdlCode.EXCLUDED)[:1]

    def _fault_of_reply(self, name: str, texts: Mapping[ElementPath, str], path: ElementPath, key: str, *, in_row: bool) -> Finding | None:
        file, where = self._plan.binding.wsdl, f"{self._where}/reply/{'/'.join(path)}"
        fixed = {*self._plan.binding.reply["request_status"], *((path,) if name in DATE_FIELDS | FLAG_FIELDS else ())}
        reply, faults = self._sample_reply(texts, fixed)
        if reply is None:
            return Finding(file, where, WsdlCode.EXCLUDED, name)
        for fault in faults:
            text = texts.get(path, "")
            if fault.path == path and (line := self._form_of(("item", name), text, self._plan.reply_elements.get(path))):
                return self._form_refused(line, f"{'rows.items' if in_row else 'reply'}.{name}", text, fault)
            return Finding(*((BINDING_FILE, key) if key else (file, where)), WsdlCode.VALUE_REFUSED, _told(name, text, fault))
        if not self._is_read(reply, name, in_row=in_row):
            return Finding(file, where, WsdlCode.REPLY_UNREAD, name)
        return None

    def _sample_reply(self, first: Mapping[ElementPath, str], fixed: Set[ElementPath]) -> tuple[etree._Element | None, list[SchemaFault]]:
        """A reply with these texts and whatever else it has to have; None where they cannot stand in one reply."""
        made: list[etree._Element] = []
        lacks: list[Lack] = []

        def fill(texts: Mapping[ElementPath, str]) -> list[tuple[ElementPath, SchemaFault]]:
            holder = etree.Element("x")
            lacks[:] = Filler(texts, lambda _element: None).fill(holder, self._plan.reply)
            made.append(holder[0])
            return [(fault.path, fault) for fault in self._plan.schema.faults(holder[0])]

        receipts = self._plan.binding.reply.get("receipt_number", ()) if self._receipts else ()
        texts = dict(first) | {path: self._receipts[0] for path in receipts if path in first}
        fill(texts)
        while lacks and not any(lack.excluded or lack.path in texts for lack in lacks):
            texts |= {lack.path: _ANYTHING for lack in lacks}
            fill(texts)
        if lacks:
            return None, []
        choices: dict[ElementPath, Sequence[str]] = dict.fromkeys(fixed, ())
        choices |= dict.fromkeys(receipts, self._receipts)
        _, faults = fitted(texts, fill, choices)
        return made[-1], [fault for _, fault in faults]

    def _is_read(self, reply: etree._Element, name: str, *, in_row: bool) -> bool:
        reader = ReplyReader(self._binding, self._plan, KnownSecrets())
        if judge(self._plan, reply).faults:
            return False
        named, extra = reader.fields(reply)
        if not in_row:
            return bool(reader.items(named, extra).get(name))
        try:
            rows = reader.rows(reply)
        except ReplyUnfit:
            return False
        return len(rows) == 1 and (name in FLAG_FIELDS or bool(getattr(rows[0], name)))


def _told(name: str, text: str, fault: SchemaFault) -> str:
    """A value that is refused: what it is for, the value, the rule, and what the rule wants."""
    return " ".join(part for part in (name, text, fault.rule, shown(fault.values) or fault.limit or fault.expected) if part)
