"""A password that is used is written nowhere: neither data folder, nor output, nor books of what was sent."""

import base64
from urllib.parse import quote

from denkidesk.settings import PRACTICE_PASSWORD
from fakes.desk_home import run_program, write_application, write_settings


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
