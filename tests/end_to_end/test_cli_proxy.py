"""A company's proxy that wants a login: its password comes from the credentials, and stands in no file and no output."""

import base64
import sys

import pytest

from fakes.desk_home import run_program
from fakes.hostile_server import HostileServer
from fakes.tls import make_certificate, server_context, tunnel_to

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only OpenSSL's store can be replaced by a variable")

SETTINGS = """
[kansai]
base_url = "https://utility.example/services/"
login_id = "x"
ip_address = "192.0.2.1"
proxy = "{proxy}"
{more}
"""


def sync(folder, proxy, more="", **env):
    home = folder / "home"
    home.mkdir(exist_ok=True)
    (home / "settings.toml").write_text(SETTINGS.format(proxy=proxy, more=more), encoding="utf-8")
    secrets = {"DENKIDESK_SECRET_KANSAI_PASSWORD": "CANARY-1", "XDG_DATA_HOME": str(folder / "data")}
    return run_program(home, "inbox", "sync", env={**secrets, **env})


def test_the_client_logs_in_at_the_proxy(tmp_path):
    certificate = make_certificate(tmp_path, "utility.example")
    seen = []
    with HostileServer(tunnel_to(server_context(certificate), seen)) as proxy:
        ran = sync(
            tmp_path,
            f"http://127.0.0.1:{proxy.port}",
            "proxy_login_id = 'clerk'",
            DENKIDESK_SECRET_KANSAI_PROXY_PASSWORD="CANARY-2 秘密",
            SSL_CERT_FILE=str(certificate),
        )
    assert ran.code == 4  # it is no utility that stands behind
    authorization = b"Basic " + base64.b64encode("clerk:CANARY-2 秘密".encode())
    assert b"Proxy-Authorization: " + authorization in seen[0]
    assert b"CANARY-1" not in seen[0]
    told = ran.stdout + ran.stderr.encode()
    assert b"CANARY" not in told
    assert authorization not in told
    files = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(secret in content for content in files for secret in (b"CANARY", authorization.removeprefix(b"Basic ")))


def test_a_login_in_the_address_is_refused_and_not_told(tmp_path):
    ran = sync(tmp_path, "http://clerk:CANARY-3@proxy.invalid:8080")
    assert (ran.code, ran.stdout) == (6, b"")
    assert "プロキシ：アドレスにIDやパスワードは書けません" in ran.stderr
    assert "CANARY" not in ran.stderr


def test_a_proxys_password_that_is_missing_is_named(tmp_path):
    with HostileServer(lambda peer: peer.request()) as proxy:
        ran = sync(tmp_path, f"http://127.0.0.1:{proxy.port}", "proxy_login_id = 'clerk'", DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere")
    assert ran.code == 6
    assert "資格情報" in ran.stderr or "保管" in ran.stderr
