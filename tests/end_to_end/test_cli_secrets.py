"""A password that is used is written nowhere: neither data folder, nor output, nor books of what was sent."""

import base64
import re
from html import escape
from urllib.parse import quote

import pytest

from denkidesk.settings import PRACTICE_PASSWORD
from fakes.desk_home import run_program, write_application, write_settings
from fakes.soap_server import XML, SoapServer, message
from fakes.soap_server import fault as soap_fault


def spellings(secret: str) -> list[bytes]:
    """The secret as it might hide in a file."""
    return [
        secret.encode(),
        secret.encode("utf-16-le"),
        base64.b64encode(secret.encode()).rstrip(b"="),
        quote(secret, safe="").encode(),
    ]


def test_the_password_is_in_no_file_and_no_output(tmp_path, practice):
    home = tmp_path / "home"
    write_settings(home, practice)
    path = write_application(tmp_path)
    outputs = []
    for fault in (None, "cut-after-accept", "declined", "error-500", "not-xml"):
        if fault is not None:
            practice.utility.inject(fault)
        for arguments in (["apply", "outage", str(path)], ["apply", "outage", str(path), "--dry-run"]):
            ran = run_program(home, *arguments, env={"DENKIDESK_SECRET_KANSAI_PASSWORD": PRACTICE_PASSWORD})
            outputs.append(ran.stdout + ran.stderr.encode())
    wrong = run_program(home, "inbox", "sync", env={"DENKIDESK_SECRET_KANSAI_PASSWORD": "CANARY-password-1"})
    assert wrong.code == 4
    outputs.append(wrong.stdout + wrong.stderr.encode())
    files = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    assert any(file.name == "desk.db" for file in files)
    for secret in (PRACTICE_PASSWORD, "CANARY-password-1"):
        for spelling in spellings(secret):
            assert [file.name for file, content in files.items() if spelling in content] == []
            assert not any(spelling in output for output in outputs)


CANARY = 'CANARY-pa<&>ss "1'


def echoing(shape):
    """What quotes the request's own password, in several spellings, in the place that ``shape`` gives it."""

    def answer(_path, _headers, body):
        sent = re.search(r">(CANARY[^<]*)<", body.decode())[1]  # as the envelope spells it
        spelt = (sent, escape(sent), quote(CANARY, safe=""), base64.b64encode(f"renshu:{CANARY}".encode()).decode())
        return shape(f"値『{'』『'.join(spelt)}』は不正です")

    return answer


def replied(name, words="", more=""):
    return 200, XML, message(name, f"<m:requestStatus>{words or 'PR00'}</m:requestStatus>{more}")


LISTED = (
    "<m:application><m:receiptNumber>R1</m:receiptNumber><m:workStage>PW01</m:workStage><m:registeredOn>20260102</m:registeredOn>"
    "<m:selectionCode>PS301</m:selectionCode><m:supplyPointNumber>0600000000000000000123</m:supplyPointNumber>"
    "<m:hasMessage>1</m:hasMessage><m:handlingOffice>{}</m:handlingOffice></m:application>"
)
ECHOES = {
    "refused": ("apply", lambda words: (400, XML, soap_fault(words))),
    "faulted": ("apply", lambda words: (500, XML, soap_fault(words))),
    "declined": ("apply", lambda words: replied("applyOutageResponse", "PR90", f"<m:receptionMessage>{words}</m:receptionMessage>")),
    "accepted": (
        "apply",
        lambda words: replied(
            "applyOutageResponse", "", f"<m:receptionMessage>{words}</m:receptionMessage><m:receiptNumber>R1</m:receiptNumber>"
        ),
    ),
    "status": (
        "status",
        lambda words: replied(
            "getApplicationStatusResponse",
            "",
            f"<m:receiptNumber>R1</m:receiptNumber><m:resultNote>{words}</m:resultNote><m:messages><m:message>{words}</m:message></m:messages>",
        ),
    ),
    "listed": (
        "inbox",
        lambda words: replied(
            "listApplicationsResponse", "", f"<m:applications>{LISTED.format(words.partition('』')[0] + '』')}</m:applications>"
        ),
    ),
    "login": ("apply", lambda words: (403, XML, soap_fault(words))),
}


@pytest.mark.parametrize("echo", ECHOES)
def test_a_password_that_the_server_quotes_is_stored_and_shown_nowhere(tmp_path, echo):
    command, shape = ECHOES[echo]
    words = {"apply": ["apply", "outage", str(write_application(tmp_path))], "status": ["status", "R1"], "inbox": ["inbox", "sync"]}[
        command
    ]
    with SoapServer(echoing(shape)) as server:
        write_settings(tmp_path / "home", None, base_url=server.url)
        ran = run_program(tmp_path / "home", *words, env={"DENKIDESK_SECRET_KANSAI_PASSWORD": CANARY})
    listed = run_program(tmp_path / "home", "inbox" if command != "apply" else "outbox", "list")
    outputs = [ran.stdout.decode() + ran.stderr, listed.stdout.decode() + listed.stderr]
    assert ("値『***』" if echo == "listed" else "値『***』『***』『***』『***』は不正です") in "".join(outputs), "told, or kept, or both"
    assert "CANARY" not in "".join(outputs)
    for path in (tmp_path / "home").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(spelling in content for spelling in (*spellings(CANARY), b"CANARY")), path.name
