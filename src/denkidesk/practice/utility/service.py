"""The seven services: every check that a strict server would make, in its order, then the work on the books."""

import ipaddress
from datetime import datetime, timedelta
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from denkidesk.domain.applications import ApplicationKind, Operation
from denkidesk.practice.messages import PracticeRequest, PracticeResponse, last_segment, maintenance_response, text_response
from denkidesk.practice.utility import wording
from denkidesk.practice.utility.books import CRITERIA, Books, Entry, Filed
from denkidesk.practice.utility.framing import root_part
from denkidesk.practice.utility.interface import SOAP, Interface, Service
from denkidesk.practice.utility.refusal import Refusal
from denkidesk.practice.utility.replies import Value, fault, reply, row_texts, soap_response
from denkidesk.practice.utility.samples import first_applications, result_items
from denkidesk.settings import PRACTICE_LOGIN_ID, PRACTICE_PASSWORD

BASE_PATH: Final = "/kakusyuapi/services/"
AUTO_MOVE_S: Final = 180.0
"""A listing this long after the newest change lets one application move on, so that a trainee sees something happen."""
_SUNDAY: Final = 6
_KANSAI_AREA: Final = "06"
_COLUMNS: Final = (  # of the books' listing
    "receipt_number", "work_stage", "registered_on", "visit_on", "selection_code", "supply_point_number", "has_message", "handlingOffice",
)  # fmt: skip
_OPEN_STAGES: Final = 4  # the first four of the stages of code_tables.json; after them an application is done


class UtilityService:
    """Answers requests to the seven services out of the books; ``handle`` is safe to call from any thread."""

    def __init__(self, interface: Interface, books: Books, *, auto_move_s: float | None = AUTO_MOVE_S) -> None:
        self._interface = interface
        self._books = books
        self._auto_move_s = auto_move_s
        with books.writing():
            if books.fact("seeded") is None:
                books.file(first_applications(interface, books.now().date()))
                books.set_fact("seeded", "1")

    def operation_of(self, path: str) -> str:
        """Our name of the operation behind a path; the last part of the path where there is none."""
        service = self._interface.services.get(path.removeprefix(BASE_PATH))
        return service.operation.value if service else last_segment(path)

    def handle(self, request: PracticeRequest) -> PracticeResponse:
        if is_closed(self._books.now()):
            return maintenance_response()
        try:
            return self._answer(request)
        except Refusal as refusal:
            words = wording.REFUSAL_OF_STATUS[refusal.status]
            return text_response(refusal.status, f"{words}: {refusal.item}" + (f" ({refusal.rule})" if refusal.rule else ""))

    def _answer(self, request: PracticeRequest) -> PracticeResponse:
        service = self._interface.services.get(request.path.removeprefix(BASE_PATH)) if request.path.startswith(BASE_PATH) else None
        if service is None:
            raise Refusal(404, last_segment(request.path))
        if request.method != "POST":
            raise Refusal(405, request.method)
        header, wrapper = self._read(request, service)
        if request.fault is not None and request.fault.name == "soap-fault-500":
            return fault("Server", wording.SOAP_FAULT)
        self._books.note_request_id(header["request_id"])
        values, extra = self._items(service, wrapper)
        answer = self._work(service, request, header, values, extra)
        if request.fault is not None and request.fault.name == "doctype":
            answer = answer.replace(b"?>\n", b'?>\n<!DOCTYPE practice [<!ENTITY practice "boo">]>\n', 1)
        return soap_response(answer)

    # Checks

    def _read(self, request: PracticeRequest, service: Service) -> tuple[dict[str, str], etree._Element]:
        """The header by our names, and the body's wrapper; all that the wire asks for is checked."""
        if request.headers.get("content-encoding", "identity") != "identity":
            raise Refusal(400, "Content-Encoding", "identity")
        octets = root_part(request.headers.get("content-type", ""), request.body)
        if request.headers.get("soapaction") != f'"{service.soap_action}"':
            raise Refusal(400, "SOAPAction", "quoted" if request.headers.get("soapaction") == service.soap_action else "value")
        envelope = self._envelope(octets)
        blocks = envelope.findall(f"{{{SOAP}}}Header")
        bodies = envelope.findall(f"{{{SOAP}}}Body")
        if len(blocks) != 1 or len(bodies) != 1 or len(envelope) != 2:
            raise Refusal(400, "Envelope", "Header and Body")
        header = self._header(blocks[0])
        if (header["login_id"], header["password"]) != (PRACTICE_LOGIN_ID, PRACTICE_PASSWORD):
            raise Refusal(403, "loginID, password")
        if header["service_id"] != service.service_id:
            raise Refusal(400, self._interface.header_items["service_id"], "value")
        try:
            ipaddress.ip_address(header["ip_address"])
        except ValueError:
            raise Refusal(400, self._interface.header_items["ip_address"], "value") from None
        wrappers = list(bodies[0])
        if len(wrappers) != 1:
            raise Refusal(400, "Body", "one element")
        if wrappers[0].tag != service.request:
            raise Refusal(400, etree.QName(wrappers[0]).localname, "not expected")
        self._interface.check(wrappers[0])
        return header, wrappers[0]

    def _envelope(self, octets: bytes) -> etree._Element:
        if octets.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
            raise Refusal(400, "XML", "byte order mark")
        if b"<!DOCTYPE" in octets:
            raise Refusal(400, "XML", "document type")
        try:
            octets.decode("utf-8")
            envelope = self._interface.parse(octets)
        except (UnicodeDecodeError, etree.XMLSyntaxError):
            raise Refusal(400, "XML", "not well-formed") from None
        if envelope.getroottree().docinfo.encoding.upper() != "UTF-8":
            raise Refusal(400, "XML", "encoding")
        if envelope.tag != f"{{{SOAP}}}Envelope":
            raise Refusal(400, "Envelope", "SOAP 1.1")
        return envelope

    def _header(self, block: etree._Element) -> dict[str, str]:
        names = self._interface.header_items
        if len(block) != 1 or block[0].tag != self._interface.header_element:
            raise Refusal(400, etree.QName(self._interface.header_element).localname, "required")
        present = {etree.QName(child).localname for child in block[0].iterchildren(etree.Element)}
        for element in names.values():
            if element not in present:
                raise Refusal(400, element, "required")
        self._interface.check(block[0])
        header = {name: block[0].findtext(f"{{*}}{element}") or "" for name, element in names.items()}
        try:
            # The provisional form, yyyyMMddHHmmssSSS; the schema has checked the digits.
            datetime.strptime(header["time_stamp"], "%Y%m%d%H%M%S%f")  # noqa: DTZ007 - only whether there is such a moment
        except ValueError:
            raise Refusal(400, names["time_stamp"], "value") from None
        return header

    def _items(self, service: Service, wrapper: etree._Element) -> tuple[dict[str, str], dict[str, str]]:
        """The items by our names with ISO dates, and the extra ones by element name."""
        ours = {path[-1]: name for name, path in service.request_paths.items()}
        values: dict[str, str] = {}
        extra: dict[str, str] = {}
        for child in wrapper.iterchildren(etree.Element):
            local, text = etree.QName(child).localname, child.text or ""
            name = ours.get(local)
            if name is None:
                extra[local] = text
            elif name.endswith(("_on", "_from", "_to")):
                values[name] = self._interface.date_from_wire(text, local)
            else:
                values[name] = text
        return values, extra

    # Work

    def _work(
        self, service: Service, request: PracticeRequest, header: dict[str, str], values: dict[str, str], extra: dict[str, str]
    ) -> bytes:
        acted = request.fault.name if request.fault is not None else ""
        appended = "<unknownPracticeItem>1</unknownPracticeItem>" if acted == "unknown-element" else ""
        if acted == "declined":
            return reply(service, self._verdict(self._interface.declined, wording.DECLINED), {}, appended=appended)
        if service.kind is not None:
            hidden_s = request.fault.seconds if request.fault is not None and acted == "late-in-listing" else 0.0
            answer = self._file(service.kind, header, values, extra, hidden_s)
            if acted == "no-receipt":
                answer.pop("receipt_number", None)
            return reply(service, answer, {}, appended=appended)
        if service.operation is Operation.LIST_APPLICATIONS:
            return self._list(service, values, appended)
        return self._status(service, values["receipt_number"], appended)

    def _verdict(self, status: str, message: str) -> dict[str, Value]:
        return {"request_status": status, "reception_message": message}

    def _file(
        self, kind: ApplicationKind, header: dict[str, str], values: dict[str, str], extra: dict[str, str], hidden_s: float
    ) -> dict[str, Value]:
        interface = self._interface
        if values.get("login_id", header["login_id"]) != header["login_id"]:
            raise Refusal(400, interface.header_items["login_id"], "differs from the header's")
        for table in ("selection_code", "equipment_class", "content_code", "service_menu"):
            if table in values and values[table] not in interface.codes_of(table, kind):
                return self._verdict(interface.declined, wording.DECLINED_ITEM.format(item=table))
        point = values.get("supply_point_number", "")  # none where it is what is looked for
        if point and not point.startswith(_KANSAI_AREA):
            return self._verdict(interface.declined, wording.DECLINED_AREA)
        columns = ("login_id", "selection_code", "supply_point_number", "visit_on")
        entry = Entry(
            kind.value,
            interface.stages[0],
            self._books.now().date().isoformat(),
            values["selection_code"],
            point,
            wording.OFFICE,
            values.get("visit_on"),
            {name: value for name, value in values.items() if name not in columns},
            extra,
            request_id=header["request_id"],
            hidden_s=hidden_s,
        )
        [number] = self._books.file([entry])
        return self._verdict(interface.accepted, wording.ACCEPTED) | {"receipt_number": number}

    def _list(self, service: Service, values: dict[str, str], appended: str) -> bytes:
        interface = self._interface
        self.move_on()
        criteria: dict[str, str | bool] = {name: values[name] for name in CRITERIA if name in values}
        if "has_message" in values:
            criteria["has_message"] = values["has_message"] == interface.true_value
        rows: list[tuple[str | None, ...]] = []
        dates: dict[str | None, str | None] = {None: None}
        for number, stage, registered, visit, selection, point, messages, office in self._books.listing(criteria):
            for day in (registered, visit):
                if day not in dates:
                    dates[day] = interface.date_to_wire(day)
            said = interface.true_value if messages else interface.false_value
            rows.append((number, stage, dates[registered], dates[visit], selection, point or None, said, office))
        verdict = self._verdict(interface.accepted, wording.LISTED)
        return reply(service, verdict, {}, row_texts(service, _COLUMNS, rows), appended)

    def _status(self, service: Service, receipt_number: str, appended: str) -> bytes:
        filed = self._books.application(receipt_number)
        if filed is None:
            return reply(service, self._verdict(self._interface.not_found, wording.NOT_FOUND), {}, appended=appended)
        values: dict[str, Value] = {
            **self._verdict(self._interface.accepted, wording.STATUS),
            **filed.items,
            "receipt_number": filed.receipt_number,
            "work_stage": filed.work_stage,
            "registered_on": filed.registered_on,
            "visit_on": filed.visit_on,
            "selection_code": filed.selection_code,
            "supply_point_number": filed.supply_point_number or None,
            "messages": filed.messages or None,
        }
        for name in ("registered_on", "visit_on", "change_on"):
            day = values.get(name)
            if isinstance(day, str):
                values[name] = self._interface.date_to_wire(day)
        return reply(service, values, {"handlingOffice": filed.office, **filed.extra}, appended=appended)

    def move_on(self) -> bool:
        """Lets one open application take its next stage, if the newest change is long enough ago. What the trainee filed goes first."""
        if self._auto_move_s is None:
            return False
        with self._books.writing():
            now = self._books.now()
            at = now.timestamp()
            before = self._books.fact("moved_at")
            # A practice clock that was set back starts the wait anew.
            if before is None or float(before) > at:
                self._books.set_fact("moved_at", repr(at))
                return False
            if at - float(before) < self._auto_move_s:
                return False
            self._books.set_fact("moved_at", repr(at))
            waiting = self._books.longest_unmoved(self._interface.stages[:_OPEN_STAGES])
            if waiting is None:
                return False
            return self.advance(waiting[0], None, None)

    def advance(self, receipt_number: str, stage: str | None, message: str | None) -> bool:
        """Moves an application to ``stage`` and adds ``message``; with neither, it takes its next stage with the usual message."""
        filed: Filed | None = self._books.application(receipt_number)
        if filed is None:
            return False
        stages = self._interface.stages
        menu_change = filed.kind == ApplicationKind.MENU_CHANGE.value
        if stage is None and message is None:
            place = stages.index(filed.work_stage) if filed.work_stage in stages else 0
            stage = stages[min(place + 1, _OPEN_STAGES)]
            message = wording.message_of_stage(stage, menu_change=menu_change)
        day = self._books.now().date() + timedelta(days=1)
        extra = result_items(self._interface, stage, day, menu_change=menu_change) if stage is not None else {}
        return self._books.advance(receipt_number, stage, message, extra)


def is_closed(now: datetime) -> bool:
    """Whether the weekly stop is on: Sunday from 01:00 to 03:00, Japan time."""
    return now.weekday() == _SUNDAY and 1 <= now.hour < 3
