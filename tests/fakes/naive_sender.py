"""What the outbox must not be: sends first, notes it afterwards, and sends again what it has no note of. The matrix has to find it out."""

import json
from pathlib import Path

from denkidesk.domain.applications import NewApplication
from denkidesk.domain.errors import DeskError, OutcomeUnknown
from denkidesk.kansai.client import KansaiClient
from denkidesk.settings import PRACTICE_IP_ADDRESS, PRACTICE_LOGIN_ID, PRACTICE_PASSWORD, load_settings, resources_dir
from denkidesk.store.values import application_from_json, application_to_json
from denkidesk.wire.closed_hours import ClosedHours
from denkidesk.wire.http import WireClient


class NaiveBook:
    """One file for each application, and one for each that was answered."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "naive"
        self._folder.mkdir(parents=True, exist_ok=True)

    def add(self, application: NewApplication) -> None:
        """Keeps an application."""
        (self._folder / f"{application.supply_point_number}.json").write_text(application_to_json(application), encoding="utf-8")

    def waiting(self) -> list[NewApplication]:
        """Those without an answer."""
        found = [file for file in sorted(self._folder.glob("*.json")) if not file.with_suffix(".done").exists()]
        return [application_from_json(file.read_text(encoding="utf-8")) for file in found]

    def mark(self, application: NewApplication, answer: str) -> bool:
        """Notes the answer."""
        done = self._folder / f"{application.supply_point_number}.done"
        done.write_text(json.dumps(answer), encoding="utf-8")
        return True


class NaiveSender:
    """Goes through the same wire to the same server."""

    def __init__(self, home: Path) -> None:
        self._book = NaiveBook(home)
        settings = load_settings(home / "settings.toml").kansai
        self._wire = WireClient("kansai")
        self._client = KansaiClient(
            self._wire,
            base_url=settings.base_url,
            wsdl_dir=resources_dir() / "kansai",
            login_id=PRACTICE_LOGIN_ID,
            password=lambda: PRACTICE_PASSWORD,
            ip_address=PRACTICE_IP_ADDRESS,
            answer_timeout_s=settings.answer_timeout_s,
            closed_hours=lambda: ClosedHours(weekly=False),
        )

    def run(self) -> None:
        """Sends what has no answer, and once more what was not answered in time."""
        for application in self._book.waiting():
            for _ in range(2):
                request = self._client.prepare(application, request_id=self._client.new_request_id())
                try:
                    receipt = self._client.submit(request)
                except OutcomeUnknown:
                    continue
                except DeskError:
                    break
                self._book.mark(application, receipt.receipt_number)
                break
        self._wire.close()
