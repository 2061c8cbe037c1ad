"""A server that takes every application and answers as if it had not: whatever its clock says, nothing is filed twice."""

from collections import Counter
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState
from denkidesk.domain.clock import JST
from fakes.desk_home import run_program, write_application, write_settings
from fakes.soap_server import XML, fault

SUNDAY_STOP = datetime(2026, 11, 22, 2, 0, tzinfo=JST)
HTML = {"Content-Type": "text/html"}
ANSWERS = {
    "503": (503, HTML, b"<html><p>maintenance</p></html>"),
    "503-fault": (503, XML, fault()),
    "500": (500, HTML, b""),
    "500-fault": (500, XML, fault()),
    "403": (403, XML, fault()),
    "403-page": (403, HTML, b"<html/>"),
    "404": (404, HTML, b"<html/>"),
    "400": (400, XML, fault()),
}
STATES = {
    503: OutboxState.UNKNOWN,
    500: OutboxState.UNKNOWN,
    403: OutboxState.QUEUED,  # and stopped
    404: OutboxState.REJECTED,
    400: OutboxState.REJECTED,
}
CLOCKS = [
    *(datetime(year, 1, 1, 12, tzinfo=UTC) for year in (1970, 2000, 2026, 2038, 2100)),
    # in the weekly stop: Sundays at 02:00 in Japan are Saturdays at 17:00 UTC
    *(
        datetime(year, month, day, 17, tzinfo=UTC)
        for year, month, day in ((1970, 1, 3), (2000, 1, 1), (2026, 11, 21), (2038, 1, 16), (2100, 1, 2))
    ),
]


def shown(moment):
    return {"Date": format_datetime(moment, usegmt=True)}


class TakesAll:
    """Keeps books of what it was sent, and gives one answer to all."""

    def __init__(self, answer):
        self.books = Counter()
        self.answer = answer

    def __call__(self, _path, _headers, body):
        point = body.partition(b"supplyPointNumber>")[2][:22].decode()
        self.books[point] += 1
        return self.answer


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_and_no_clock_files_an_application_twice(open_a_desk, practice, soap_server, open_now, name):
    status, headers, body = ANSWERS[name]
    for number, moment in enumerate([*CLOCKS, open_now().astimezone(UTC)]):
        server = soap_server.answer = TakesAll((status, headers | shown(moment), body))
        # a password of its own: the refused login of the case before would keep this one from being sent at all
        environ = {"DENKIDESK_SECRET_KANSAI_PASSWORD": f"{number}"}
        desk = open_a_desk(practice, environ=environ, base_url=soap_server.url)
        item = desk.outbox.queue(
            NewApplication(
                ApplicationKind.OUTAGE, "PS301", "PE301", f"06{number:020}", supply_point_address="見本町0-0-0", customer_name="見本 太郎"
            )
        )
        desk.outbox.run()
        desk.close()
        for _ in range(2):
            later = open_a_desk(practice, environ=environ, base_url=soap_server.url)
            later.outbox.run()
            later.outbox.send(item.item_id)
            later.close()
        assert server.books[item.application.supply_point_number] == 1, moment
        last = open_a_desk(practice, environ=environ, base_url=soap_server.url)
        assert last.outbox.item(item.item_id).state is STATES[status], moment
        last.outbox.cancel_item(item.item_id)
        last.close()


@pytest.mark.parametrize("moment", [SUNDAY_STOP.astimezone(UTC), datetime.now(UTC), None], ids=["in the stop", "now", "no clock"])
def test_two_later_runs_of_the_program_send_nothing_after_a_503(home, soap_server, tmp_path, moment):
    status, headers, body = ANSWERS["503"]
    server = soap_server.answer = TakesAll((status, headers | (shown(moment) if moment else {}), body))
    write_settings(home, None, base_url=soap_server.url)
    filed = run_program(home, "apply", "outage", str(write_application(tmp_path)))
    assert (filed.code, filed.json["state"]) == (5, "unknown")
    for _ in range(2):
        assert run_program(home, "outbox", "run").json == []
    assert set(server.books.values()) == {1}
