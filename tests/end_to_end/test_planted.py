"""A planted password and a planted customer through all flows, crashes and echoes: the password is nowhere, the name in the store alone."""

import base64
import html
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from fakes import faulty_window, planted_flows
from fakes.desk_home import environment, write_application
from fakes.faulty_window import CANARY, CUSTOMER
from fakes.hostile_server import HostileServer
from fakes.soap_server import fault, message
from fakes.window_home import WindowHome, with_draft

KEY = "CANARY-key-0123456789"
TOKEN = "CANARY-token-9876543210"
SECRETS = {
    "DENKIDESK_SECRET_KANSAI_PASSWORD": CANARY,
    "DENKIDESK_SECRET_ENEGAERU_PASSWORD": CANARY,
    "DENKIDESK_SECRET_ENEGAERU_API_KEY": KEY,
}
ROW = (
    "<m:application><m:receiptNumber>R1</m:receiptNumber><m:workStage>PW10</m:workStage><m:registeredOn>20261101</m:registeredOn>"
    "<m:selectionCode>PS301</m:selectionCode><m:hasMessage>1</m:hasMessage><m:handlingOffice>{}</m:handlingOffice></m:application>"
)


def spellings(secret):
    """As it may lie in a file or an output, by this test's own reckoning: escaped, and in base64 at each alignment."""
    texts = [secret, html.escape(secret), quote(secret, safe=""), json.dumps(secret)[1:-1], secret.encode("unicode_escape").decode()]
    found = {text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le")}
    for raw in (secret.encode(), secret.encode("utf-16-le")):
        found |= {raw.hex().encode(), raw.hex().upper().encode()}
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + raw)[(0, 2, 3)[shift] :].rstrip(b"=")
            found.add(coded[: len(coded) - 1])  # the last letter holds bits of what follows
    return found | {b"CANARY", b"canary", "CANARY".encode("utf-16-le")}


FORBIDDEN = sorted(set.union(*(spellings(secret) for secret in (CANARY, KEY, TOKEN))))
NAME = [CUSTOMER.encode(encoding) for encoding in ("utf-8", "utf-16-le", "cp932")]


def quoted(*others):
    """The password, the name and what else a server was sent, as it may quote them."""
    said = [CANARY, html.escape(CANARY), quote(CANARY), json.dumps(CANARY)[1:-1], base64.b64encode(f"renshu:{CANARY}".encode()).decode()]
    return "『" + "』『".join([*said, *others, CUSTOMER]) + "』"


def soap_answer(mode, request):
    """Status line, extra headers and body of an answer to a SOAP request."""
    words = html.escape(quoted())
    said = f"<m:receptionMessage>{words}</m:receptionMessage>"
    accepted = "<m:requestStatus>PR00</m:requestStatus>"
    if b"listApplications" in request:
        good = message("listApplicationsResponse", f"{accepted}{said}<m:applications>{ROW.format(html.escape(CANARY))}</m:applications>")
    elif b"getApplicationStatus" in request:
        notes = f"<m:resultNote>{words}</m:resultNote><m:messages><m:message>{words}</m:message></m:messages>"
        good = message("getApplicationStatusResponse", f"{accepted}{said}<m:receiptNumber>R1</m:receiptNumber>{notes}")
    else:
        good = message("applyOutageResponse", f"{accepted}{said}<m:receiptNumber>R1</m:receiptNumber>")
    match mode:
        case "accepted" | "cut":
            return "200 OK", good
        case "declined":
            return "200 OK", good.replace(b"PR00", b"PR90")
        case "fault 400" | "fault 403" | "fault 500":
            return f"{mode[-3:]} Whatever", fault(words)
        case "page 404":
            return "404 Not Found", b"<html>" + words.encode() + b"</html>"
        case "itself":
            return "200 OK", request
        case _:
            return "307 Temporary Redirect", words.encode()


def json_answer(mode, path):
    """The same of the quoting API."""
    words = quoted(KEY, *([TOKEN] if mode != "fault 403" else []))  # before a login there is none
    company = {"epcorp_cd": "6", "epcorpName": words, "area_cd": "06"}
    plan = {"epplan_id": "6_1", "epcorp_cd": 6, "contractType": 1, "epplanType": 2, "epplanName": words, "source": words, "bases": []}
    good = {
        "login": {"uid": TOKEN},
        "epcorps": [company],
        "epplans/6_1": plan,
        "epplans/": [plan],
        "subsidy": [{"id": "1", "overview": words}],
    }
    tree = next((tree for name, tree in good.items() if name in path), {"message": words})
    body = json.dumps(tree, ensure_ascii=mode == "declined").encode()
    match mode:
        case _ if "login" in path and mode != "fault 403":
            return "200 OK", body
        case "fault 400" | "fault 403" | "fault 500":
            return f"{mode[-3:]} Whatever", words.encode()
        case "page 404":
            return "404 Not Found", b"<html>" + html.escape(words).encode() + b"</html>"
        case "redirect":
            return "302 Found", words.encode()
        case _:
            return "200 OK", body


def echoing(mode):
    """A server of both services that quotes what it should not, in the way that ``mode`` names."""

    def script(peer):
        while True:
            before = len(peer.server.requests)
            body = peer.request()
            if len(peer.server.requests) == before:
                return
            line = peer.server.requests[-1].partition(b"\r\n")[0].decode("latin-1")
            is_soap = "/services/" in line
            status, answer = soap_answer(mode, body) if is_soap else json_answer(mode, line)
            media = "text/html" if mode == "page 404" else "text/xml" if is_soap else "application/json"
            extra = [f"Content-Type: {media}", f"X-Echo: {quote(CANARY)}", f"Set-Cookie: a={quote(CANARY)}", f"Location: /{quote(CANARY)}"]
            if mode == "cut":
                peer.send(f"HTTP/1.1 {status}\r\nContent-Length: {len(answer)}\r\n\r\n".encode() + answer[: len(answer) // 2])
                return
            peer.reply(answer, *extra, status=f"{status} {quote(CANARY)}")

    return script


class Machine:
    """A person's folders, and all that the processes in them said."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.home = place / "home"
        self.said: list[bytes] = []
        self._env = {name: str(place / folder) for name, folder in (("HOME", "user"), ("TMPDIR", "tmp"), ("XDG_CACHE_HOME", "cache"))}
        for folder in self._env.values():
            Path(folder).mkdir(exist_ok=True)

    def set_up(self, port: int) -> None:
        self.home.mkdir(exist_ok=True)
        url = f"http://127.0.0.1:{port}"
        text = f'[kansai]\nbase_url = "{url}/services/"\nlogin_id = "renshu"\ninterval_s = 0.01\nmargin_s = 0.0\nanswer_timeout_s = 5\n'
        (self.home / "settings.toml").write_text(f'{text}[enegaeru]\nbase_url = "{url}/api"\nlogin_id = "renshu"\n', encoding="utf-8")

    def run(self, *words: str, home: Path | None = None) -> int:
        path = os.pathsep.join([str(Path(planted_flows.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
        env = environment(**self._env, **SECRETS, QT_QPA_PLATFORM="offscreen", PYTHONPATH=path)
        command = [sys.executable, planted_flows.__file__, str(home or self.home), *words]
        done = subprocess.run(command, capture_output=True, env=env, timeout=100, check=False)
        self.said += [done.stdout, done.stderr]
        return done.returncode

    def search(self) -> None:
        """Every file, and every word on every stream."""
        files = {path: path.read_bytes() for path in self.place.rglob("*") if path.is_file()}
        places = [*((path.name, content) for path, content in files.items()), *(("said", said) for said in self.said)]
        found = [
            (name, content[: content.index(spelling) + 60][-200:])
            for name, content in places
            for spelling in FORBIDDEN
            if spelling in content
        ]
        assert found == [], "\n".join(f"{name} {content!r} {content.decode(errors='replace')}" for name, content in found)
        named = {path.relative_to(self.place) for path, content in files.items() if any(name in content for name in NAME)}
        store = {path for path in named if path.name.startswith("desk.db") or path.parent.name in ("backups", "set-aside")}
        assert named - store == {Path("application.json")}, "the customer's own file, the store and its copies"


@pytest.fixture
def machine(tmp_path):
    machine = Machine(tmp_path)
    write_application(tmp_path, customer_name=CUSTOMER)
    yield machine
    machine.search()


MODES = ("accepted", "declined", "fault 400", "fault 403", "fault 500", "page 404", "itself", "redirect", "cut")


@pytest.mark.parametrize("mode", MODES)
def test_a_servers_echoes_are_kept_and_said_without_secrets(machine, mode):
    with HostileServer(echoing(mode)) as server:
        machine.set_up(server.port)
        assert machine.run(str(machine.place / "application.json")) == 0
        requests = b"".join(server.requests)
    assert html.escape(CANARY, quote=False).encode() in requests, "the password was sent"
    assert CUSTOMER.encode() in requests
    assert b"CANARY-key" in requests
    assert b"Traceback" not in b"".join(machine.said)
    if mode in ("accepted", "declined", "fault 400", "fault 403", "fault 500"):
        assert "『***』".encode() in b"".join(machine.said), "what the server said is said, but for the secrets"


@pytest.mark.parametrize("accident", ["bug", "kill"])
def test_a_crash_in_the_middle_leaves_no_secret(machine, accident):
    with HostileServer(echoing("accepted")) as server:
        machine.set_up(server.port)
        code = machine.run(str(machine.place / "application.json"), accident)
        assert code == (-9 if accident == "kill" else 0)
        assert machine.run(str(machine.place / "application.json")) == 0  # and the day after
    if accident == "bug":
        assert b"break_down" in machine.said[1]
        assert not any(name in machine.said[1].replace(b"\\u", b"") for name in NAME)


@pytest.mark.parametrize("trouble", ["slot", "segfault", "refused_login"])
def test_a_window_in_trouble_leaves_no_secret(machine, trouble):
    with HostileServer(echoing("fault 403")) as server:
        machine.set_up(server.port)
        window = with_draft(WindowHome(machine.home, machine.place / "seen.json"))
        assert window.home == machine.home
        ends = [window.open(trouble), *([window.open("see_report")] if trouble == "segfault" else [])]
    (machine.place / "seen.json").unlink()
    machine.said += [part.encode() for end in ends for part in (end.stderr, *end.reports, *end.seen, *(one["text"] for one in end.said))]
    assert faulty_window.CANARY == CANARY
    assert trouble == "refused_login" or any(end.reports or end.seen for end in ends)
