"""The settings refuse what the wire could not use, before anything is sent."""

from dataclasses import fields, replace

import pytest

from denkidesk.domain.errors import SetupFault
from denkidesk.settings import Settings, check, line_of, load_settings
from denkidesk.texts.errors import fault_text, said
from denkidesk.wire.addresses import address_of
from denkidesk.wire.proxy import proxy_of


def faults_of(section, **values):
    settings = Settings()
    return {fault.field: fault for fault in check(replace(settings, **{section: replace(getattr(settings, section), **values)}))}


@pytest.mark.parametrize("section", ["kansai", "enegaeru"])
@pytest.mark.parametrize(
    ("proxy", "code"),
    [
        ("http://proxy.example:8080", None),
        ("http://clerk:secret@proxy.example", "login_in_address"),
        ("http://clerk@proxy.example", "login_in_address"),
        ("http://@proxy.example", "login_in_address"),
        ("https://clerk:secret@proxy.example", "login_in_address"),
        ("http://proxy .example", "url"),
        ("", None),
        ("https://proxy.example", "https_proxy"),
        ("socks5://proxy.example", "url"),
        ("proxy.example:8080", "url"),
        ("http://", "url"),
        ("http://proxy.example:port", "url"),
        ("http://proxy.example:0", "url"),
        ("http://[proxy", "url"),
    ],
)
def test_settings_and_wire_agree_on_every_proxy(section, proxy, code):
    fault = faults_of(section, proxy=proxy).get(f"{section}.proxy")
    assert (fault and fault.code) == code
    if code is not None:
        with pytest.raises(SetupFault) as caught:
            proxy_of(proxy, item=f"{section}.proxy")
        assert (caught.value.item, caught.value.code) == (fault.field, fault.code)
    elif proxy:
        assert proxy_of(proxy, item="").host == "proxy.example"


@pytest.mark.parametrize(
    "url",
    [
        *("https://[server", "https://server.example:port/", "https://", "server.example"),
        *("https://:CANARY@server.example/", "https://@server.example/", "https://who:CANARY@server.example/"),
    ],
)
def test_settings_and_wire_agree_on_an_address_that_is_none(url):
    assert faults_of("kansai", base_url=url)["kansai.base_url"].code == "url"
    with pytest.raises(SetupFault, match="url"):
        address_of(url, item="kansai.base_url", loopback_only=False)


def test_a_proxy_that_cannot_be_used_is_told_beside_its_field():
    assert "http で始まる" in fault_text(faults_of("kansai", proxy="https://proxy.example")["kansai.proxy"])


@pytest.mark.parametrize("text", ["\x00", "a\x1fb", "line\nline", "\x7f"])
def test_a_character_that_nothing_can_hold_is_told_beside_its_field(text):
    for section in fields(Settings()):
        part = getattr(Settings(), section.name)
        for name in (f.name for f in fields(part) if isinstance(getattr(part, f.name), str)):
            assert faults_of(section.name, **{name: text}).get(f"{section.name}.{name}"), name
    assert "使えない文字" in fault_text(faults_of("desk", company_name=text)["desk.company_name"])


@pytest.mark.parametrize("url", ["http://[::1", "http://[::1]x/", "http://[::1]x:80/", "https://[zz]/"])
def test_an_address_of_ipv6_is_whole(url):
    assert faults_of("kansai", base_url=url)["kansai.base_url"].code == "url"
    with pytest.raises(SetupFault, match="url"):
        address_of(url, item="kansai.base_url", loopback_only=False)


@pytest.mark.parametrize("section", ["kansai", "enegaeru"])
def test_a_proxys_login_id_has_no_colon(section):
    assert faults_of(section, proxy_login_id="a:b")[f"{section}.proxy_login_id"].code == "character"
    assert not faults_of(section, proxy_login_id="DOMAIN\\clerk@example")


def written(tmp_path, *lines):
    path = tmp_path / "settings.toml"
    path.write_text("\n".join(["# 見本", *lines]), encoding="utf-8")
    return path


@pytest.mark.parametrize("value", [r"C:\見本\wsdl", r"C:\temp\new", r"C:\users\wsdl", r"\\server\wsdl", r"\new", r"C:\bin"])
def test_a_path_in_double_quotes_is_named_with_its_line_and_a_hint(tmp_path, value):
    """Some of them are good TOML, with a tab or a line end in the name of the folder."""
    path = written(tmp_path, "[kansai]", f'wsdl_dir = "{value}"', "interval_s = 2")
    with pytest.raises(SetupFault) as caught:
        load_settings(path)
    assert (caught.value.file, caught.value.code, line_of(caught.value)) == (str(path), "backslash", 3)
    assert "3行目" in said(caught.value).text
    assert r"'C:\見本\wsdl'" in said(caught.value).text
    path = written(tmp_path, "[kansai]", f"wsdl_dir = '{value}'")
    assert load_settings(path).kansai.wsdl_dir == value


def test_another_fault_in_the_file_is_not_taken_for_a_path(tmp_path):
    with pytest.raises(SetupFault) as caught:
        load_settings(written(tmp_path, "[kansai]", r"wsdl_dir = 'C:\x'", "login_id =", "interval_s = 2"))
    assert (caught.value.code, line_of(caught.value)) == ("not_toml", 4)
    assert "4行目" in said(caught.value).text


@pytest.mark.parametrize("blank", [" ", "\u3000", "\xa0", "\u200b", "\ufeff"])
def test_blanks_round_a_value_are_left_out(tmp_path, blank):
    names = {"kansai": ("base_url", "proxy", "login_id", "ip_address", "wsdl_dir"), "enegaeru": ("base_url", "proxy")}
    good = {"base_url": "https://server.example/", "proxy": "http://proxy.example:8080", "ip_address": "192.0.2.1"}
    lines = [
        line
        for section, items in names.items()
        for line in (f"[{section}]", *(f"{item} = '{blank}{good.get(item, 'x')}{blank}'" for item in items))
    ]
    settings = load_settings(written(tmp_path, *lines))
    assert all(getattr(getattr(settings, section), item) == good.get(item, "x") for section, items in names.items() for item in items)


@pytest.mark.parametrize(
    "url", [" https://server.example/", "https://server.example/ ", "https://ser ver.example/", "https://server.example/a b"]
)
def test_a_blank_in_an_address_is_told_beside_its_field(url):
    assert faults_of("kansai", base_url=url)["kansai.base_url"].code == "url"
