"""A proxy's password is in no text that the program makes of a proxy or of settings."""

from denkidesk.settings import EnegaeruSettings, KansaiSettings, Settings
from denkidesk.wire.proxy import proxy_of

URL = "http://clerk:CANARY-proxy-password@proxy.invalid:8080"


def test_no_representation_shows_the_password() -> None:
    proxy = proxy_of("http://proxy.invalid:8080", item="kansai.proxy", login=lambda: ("clerk", "CANARY-proxy-password"))
    assert proxy.authorization()
    settings = Settings(kansai=KansaiSettings(proxy=URL), enegaeru=EnegaeruSettings(proxy=URL))  # while it is being typed
    for text in (repr(proxy), str(proxy), repr(settings), str(settings)):
        assert "CANARY" not in text
        assert proxy.authorization() not in text
