"""Clients of the application API on plain servers."""

from datetime import date

import pytest

from denkidesk.domain.applications import ApplicationKind, NewApplication
from denkidesk.kansai.client import KansaiClient
from denkidesk.settings import PRACTICE_IP_ADDRESS, PRACTICE_LOGIN_ID, PRACTICE_PASSWORD
from denkidesk.wire.http import WireClient
from fakes.wsdl_variants import PROVISIONAL

SUPPLY_POINT = "06" + "0" * 19 + "1"
ADDRESS = "大阪府大阪市見本町0-0-0"


@pytest.fixture
def make_client():
    """A client for a base URL; all are closed at the end."""
    wires = []

    def make(base_url, *, wsdl_dir=PROVISIONAL, **changes):
        wire = WireClient("kansai", loopback_only=True)
        wires.append(wire)
        given = {
            "login_id": PRACTICE_LOGIN_ID,
            "password": lambda: PRACTICE_PASSWORD,
            "ip_address": PRACTICE_IP_ADDRESS,
            "answer_timeout_s": 10,
        }
        return KansaiClient(wire, base_url=base_url, wsdl_dir=wsdl_dir, **(given | changes))

    yield make
    for wire in wires:
        wire.close()


@pytest.fixture
def applications():
    """One application of each kind."""
    day = date(2026, 12, 1)
    common = {"supply_point_number": SUPPLY_POINT, "supply_point_address": ADDRESS, "visit_on": day}
    return {
        ApplicationKind.UTILITY_EQUIPMENT: NewApplication(
            ApplicationKind.UTILITY_EQUIPMENT, "PS101", "PE101", content_code="PC101", **common
        ),
        ApplicationKind.CUSTOMER_EQUIPMENT: NewApplication(
            ApplicationKind.CUSTOMER_EQUIPMENT, "PS201", "PE201", content_code="PC201", **common
        ),
        ApplicationKind.OUTAGE: NewApplication(
            ApplicationKind.OUTAGE, "PS301", "PE301", customer_name="見本 太郎", extra={"contactPhone": "06-0000-0000"}, **common
        ),
        ApplicationKind.OTHER: NewApplication(ApplicationKind.OTHER, "PS401", "PE401", content_code="PC401", **common),
        ApplicationKind.MENU_CHANGE: NewApplication(
            ApplicationKind.MENU_CHANGE,
            "PS501",
            "PE501",
            SUPPLY_POINT,
            change_on=day,
            service_menu="PM02",
            customer_name="見本 花子",
        ),
    }
