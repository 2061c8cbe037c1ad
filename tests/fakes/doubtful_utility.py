"""A utility behind a gateway: what is filed gets the gateway's page, and the listing shows what really came."""

from denkidesk.domain.clock import now_jst
from fakes.soap_server import XML, SoapServer, message

HTML = {"Content-Type": "text/html"}
PAGE = b"<html><body>Forbidden</body></html>"


class DoubtfulUtility:
    """``filing``: the answer to each application; ``takes``: whether it is filed all the same. ``calls``: what was asked, in order."""

    def __init__(self, filing=(404, HTML, PAGE), *, takes=False):
        self.filing = filing
        self.takes = takes
        self.calls = []
        self._rows = []
        self.server = SoapServer(self._answer)

    def _answer(self, path, _headers, body):
        if "ichiran" in path:
            self.calls.append(f"list {_between(body, b'supplyPointNumber>')}")
            return (
                200,
                XML,
                message(
                    "listApplicationsResponse",
                    f"<m:requestStatus>PR00</m:requestStatus><m:applications>{''.join(self._rows)}</m:applications>",
                ),
            )
        self.calls.append(f"file {_between(body, b'supplyPointNumber>')}")
        if self.takes:
            self._rows.append(self._row(_between(body, b"supplyPointNumber>"), _between(body, b"selectionCode>")))
        return self.filing

    def _row(self, point, code):
        day = now_jst().strftime("%Y%m%d")
        return (
            f"<m:application><m:receiptNumber>D{len(self._rows) + 1:011}</m:receiptNumber><m:workStage>PW01</m:workStage>"
            f"<m:registeredOn>{day}</m:registeredOn><m:selectionCode>{code}</m:selectionCode>"
            f"<m:supplyPointNumber>{point}</m:supplyPointNumber><m:hasMessage>0</m:hasMessage></m:application>"
        )


def accepted(number="D00000000099"):
    """The utility's own acceptance of an outage."""
    inner = f"<m:requestStatus>PR00</m:requestStatus><m:receiptNumber>{number}</m:receiptNumber>"
    return 200, XML, message("applyOutageResponse", inner)


def _between(body, tag):
    return body.partition(tag)[2].partition(b"<")[0].decode()
