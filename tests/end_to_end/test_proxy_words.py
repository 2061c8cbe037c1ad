"""A company's proxy that says no: what it says, and that it is the proxy, is told at the window, in the connection test and by commands."""

import pytest

from fakes.desk_home import run_program, write_application, write_settings
from fakes.hostile_server import HostileServer

PASSWORD = {"DENKIDESK_SECRET_KANSAI_PASSWORD": "secret-of-a-test"}
UTILITY = "https://utility.invalid/services/"
ACCOUNT = {"login_id": "clerk", "ip_address": "192.0.2.7"}
ANSWERS = {
    "407 Proxy Authentication Required": ("proxy_login", "プロキシがログインを求めています"),
    "403 Forbidden": ("proxy_forbids", "プロキシが送配電会社への接続を許していません"),
    "502 Bad Gateway": ("proxy_no_server", "プロキシから送配電会社につながりません"),
    "504 Gateway Timeout": ("proxy_no_server", "プロキシから送配電会社につながりません"),
}


@pytest.fixture(params=ANSWERS)
def told(request):
    """A proxy that answers every CONNECT in one way, with the code and the words for it."""

    def refuse(peer):
        peer.request()
        peer.reply(b"<html>the proxy's own page</html>", status=request.param)

    with HostileServer(refuse) as proxy:
        yield (proxy, f"http://127.0.0.1:{proxy.port}", *ANSWERS[request.param])


def test_commands_say_it_and_keep_the_application(tmp_path, told):
    proxy, url, code, words = told
    home = tmp_path / "home"
    write_settings(home, None, base_url=UTILITY, interval_s=1.0, proxy=url, **ACCOUNT)
    listed = run_program(home, "inbox", "sync", env=PASSWORD)
    assert (listed.code, listed.stdout) == (4, b""), listed.stderr
    assert words in listed.stderr
    filed = run_program(home, "apply", "outage", str(write_application(tmp_path)), env=PASSWORD)
    assert (filed.code, filed.json["state"], filed.json["failure_code"]) == (4, "queued", code), filed.stderr
    assert words in filed.stderr
    assert len(proxy.requests) == 2
    assert all(request.startswith(b"CONNECT utility.invalid:443") for request in proxy.requests)


def test_the_window_and_its_connection_test_say_it(come_to_work, told):
    _, url, code, words = told
    clerk = come_to_work(environ=PASSWORD, kansai_base_url=UTILITY, proxy=url, **ACCOUNT)
    clerk.refresh()
    clerk.picture()
    (said,) = [message for message in clerk.messages() if "更新できませんでした" in message.text]
    assert words in said.text
    assert clerk.standing() == "つながりません", "nobody knows how the server is"
    assert ("設定" in said.action_text) == (code == "proxy_login")
    report = clerk.context.desk.connection.test_kansai(clerk.context.settings.kansai)
    assert (report.ok, report.error.code) == (False, code)
    clerk.file_outage()
    assert words in clerk.outcome()
