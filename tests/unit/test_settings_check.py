"""The settings refuse what the wire could not use, before anything is sent."""

from dataclasses import fields, replace

import pytest

from denkidesk.domain.errors import SetupFault
from denkidesk.settings import Settings, check
from denkidesk.texts.errors import fault_text
from denkidesk.wire.addresses import address_of, proxy_of


def faults_of(section, **values):
    settings = Settings()
    return {fault.field: fault for fault in check(replace(settings, **{section: replace(getattr(settings, section), **values)}))}


@pytest.mark.parametrize("section", ["kansai", "enegaeru"])
@pytest.mark.parametrize(
    ("proxy", "code"),
    [
        ("http://proxy.example:8080", None),
        ("http://clerk:secret@proxy.example", None),
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
