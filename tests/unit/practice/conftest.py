"""Requests to the practice utility, written out by hand: nothing here comes from the client that it is there to check."""

import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from lxml import etree

from denkidesk.practice.servers import PracticeServers

MESSAGES = "urn:denkidesk:provisional:kansai:messages:1"
HEADER = "urn:denkidesk:provisional:kansai:header:1"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICES = {
    "listApplications": "H231MshikomikenmeiichiranYokyuServiceProvider",
    "getApplicationStatus": "H231MshikomijokyoYokyuServiceProvider",
    "applyUtilityEquipment": "H231ShinikomishikomishasetsubiyokyuServiceProvider",
    "applyCustomerEquipment": "H231ShinikomishikomikyakusamasetsubiyokyuServiceProvider",
    "applyOutage": "H231ShinikomishikomiteidenYokyuServiceProvider",
    "applyOther": "H231ShinikomishikomisonotaketsukeYokyuServiceProvider",
    "applyMenuChange": "H231ShinikomishikomimenuhenkoyokyuServiceProvider",
}
POINT = "0600000000000000000018"
VALUES: dict[str, dict[str, str]] = {
    "applyUtilityEquipment": {
        "selectionCode": "PS101",
        "equipmentClass": "PE101",
        "contentCode": "PC101",
        "visitOn": "20261201",
        "supplyPointNumber": POINT,
        "supplyPointAddress": "大阪府大阪市見本町0-0-0",
        "remarks": "備考です <&>",
    },
    "applyCustomerEquipment": {
        "selectionCode": "PS201",
        "equipmentClass": "PE201",
        "contentCode": "PC201",
        "visitOn": "20261201",
        "supplyPointNumber": POINT,
        "supplyPointAddress": "大阪府大阪市見本町0-0-0",
    },
    "applyOutage": {
        "selectionCode": "PS301",
        "equipmentClass": "PE301",
        "visitOn": "20261201",
        "supplyPointNumber": POINT,
        "supplyPointAddress": "大阪府大阪市見本町0-0-0",
        "customerName": "見本 太郎",
    },
    "applyOther": {
        "selectionCode": "PS401",
        "equipmentClass": "PE403",
        "contentCode": "PC401",
        "supplyPointNumber": POINT,
        "supplyPointAddress": "大阪府大阪市見本町0-0-0",
    },
    "applyMenuChange": {
        "selectionCode": "PS501",
        "equipmentClass": "PE501",
        "changeOn": "20261215",
        "serviceMenu": "PM03",
        "supplyPointNumber": POINT,
        "customerName": "見本 太郎",
    },
}


@dataclass
class Answer:
    """An HTTP answer as it came."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8")

    def find(self, name: str) -> list[str]:
        """The texts of all elements of that name in the messages' namespace."""
        return [element.text or "" for element in etree.fromstring(self.content).iter(f"{{{MESSAGES}}}{name}")]


@dataclass
class SoapCaller:
    """Builds and sends requests; every part can be replaced to be wrong in one point."""

    base_url: str
    serial: int = 0
    options: dict[str, str] = field(default_factory=dict)

    def header(self, operation: str, **items: str | None) -> str:
        """The header block; an item given as None is left out."""
        self.serial += 1
        values: dict[str, str | None] = {
            "requestID": f"hand-{self.serial}",
            "serviceID": SERVICES[operation],
            "ipAddress": "192.0.2.1",
            "timeStamp": "20261122103000123",
            "loginID": "renshu",
            "password": "renshu-password",
        }
        values.update(items)
        inner = "".join(f"<h:{name}>{value}</h:{name}>" for name, value in values.items() if value is not None)
        return f'<h:requestHeader xmlns:h="{HEADER}">{inner}</h:requestHeader>'

    def body(self, operation: str, values: Mapping[str, str] | None = None) -> str:
        """The body's wrapper with its items, in the order given."""
        chosen = values if values is not None else VALUES.get(operation, {})
        inner = "".join(f"<m:{name}>{value.replace('&', '&amp;').replace('<', '&lt;')}</m:{name}>" for name, value in chosen.items())
        login = "<m:loginID>renshu</m:loginID>" if operation.startswith("apply") and "loginID" not in chosen else ""
        return f'<m:{operation} xmlns:m="{MESSAGES}">{login}{inner}</m:{operation}>'

    def envelope(self, header: str, body: str) -> bytes:
        """A SOAP 1.1 envelope in UTF-8."""
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="{SOAP}"><soapenv:Header>{header}</soapenv:Header>'
            f"<soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
        ).encode()

    def frame(self, envelope: bytes) -> bytes:
        """The envelope as the root part, with boundary ``=_hand`` and content id ``<root@hand>``."""
        return (
            b"--=_hand\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-ID: <root@hand>\r\n\r\n"
            + envelope
            + b"\r\n--=_hand--\r\n"
        )

    def http_headers(self, operation: str) -> dict[str, str]:
        """The HTTP headers of a right request."""
        return {
            "Content-Type": 'multipart/related; type="text/xml"; boundary="=_hand"; start="<root@hand>"',
            "SOAPAction": f'"urn:denkidesk:provisional:kansai:services:1:{operation}"',
        }

    def post(
        self,
        operation: str,
        values: Mapping[str, str] | None = None,
        *,
        header: Mapping[str, str | None] | None = None,
        framed: bytes | None = None,
        envelope: bytes | None = None,
        http_headers: Mapping[str, str] | None = None,
        service: str | None = None,
        method: str = "POST",
        timeout: float = 20,
    ) -> Answer:
        """One request on a connection of its own."""
        if framed is None:
            framed = self.frame(envelope or self.envelope(self.header(operation, **(header or {})), self.body(operation, values)))
        parts = urlsplit(self.base_url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
        try:
            path = parts.path + (SERVICES[operation] if service is None else service)
            connection.request(method, path, framed, {**self.http_headers(operation), **(http_headers or {})})
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def receipts(self, **criteria: str) -> list[str]:
        """The receipt numbers that a listing answers, in its order."""
        return self.post("listApplications", criteria).find("receiptNumber")


@pytest.fixture
def soap(practice: PracticeServers) -> SoapCaller:
    """A caller of the practice utility."""
    return SoapCaller(practice.kansai_base_url)


@pytest.fixture
def soap_caller() -> Callable[[str], SoapCaller]:
    """A caller of any practice utility."""
    return SoapCaller


@pytest.fixture
def filing_values() -> dict[str, dict[str, str]]:
    """A right application of each kind, by the name of the body's wrapper."""
    return {operation: dict(values) for operation, values in VALUES.items()}


@pytest.fixture
def service_names() -> dict[str, str]:
    """The seven service names by the name of the body's wrapper."""
    return dict(SERVICES)
