"""Login, password, key and calling address of the practice servers are one account: it goes nowhere with a login of one's own."""

import pytest

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.domain.errors import SetupFault
from denkidesk.settings import PRACTICE_PASSWORD, EnegaeruSettings, KansaiSettings, Settings
from fakes.memory_keyring import MemoryKeyring
from fakes.soap_server import XML, message

OWN = {"login_id": "denki", "ip_address": "203.0.113.7"}
LISTING = (200, XML, message("listApplicationsResponse", "<m:requestStatus>PR00</m:requestStatus><m:applications/>"))


def missing(call):
    with pytest.raises(SetupFault) as fault:
        call()
    return fault.value.file, fault.value.item, fault.value.code


def run_of(tmp_path, kansai=None, enegaeru=None, *, practice=False):
    settings = Settings(kansai=kansai or KansaiSettings(), enegaeru=enegaeru or EnegaeruSettings())
    return Run.decide(tmp_path / "home", settings, practice=practice, credentials=Credentials({}, MemoryKeyring()))


@pytest.fixture
def desk_of(tmp_path, open_now):
    opened = []

    def start(**options):
        opened.append(open_desk(run_of(tmp_path, **options), now=open_now))
        return opened[-1]

    yield start
    for desk in opened:
        desk.close()


def test_an_own_login_on_this_machine_gets_no_practice_password(desk_of, soap_server):
    """A tunnel to the utility, or a server of one's own: what was forgotten is named as on any other machine, and nothing is sent."""
    soap_server.answer = lambda *_: LISTING
    own = KansaiSettings(base_url=soap_server.url, interval_s=0.01, margin_s=0.0, **OWN)
    assert missing(desk_of(kansai=own).inbox.refresh) == ("credentials", "kansai.password", "missing")
    without_address = KansaiSettings(base_url=soap_server.url, login_id="denki")
    assert missing(desk_of(kansai=without_address).inbox.refresh)[1] in ("kansai.ip_address", "kansai.password")
    assert soap_server.requests == []


def test_the_quoting_servers_account_is_whole_too(desk_of, practice):
    own = desk_of(enegaeru=EnegaeruSettings(base_url=practice.enegaeru_base_url, login_id="denki"))
    assert missing(own.quoting.companies)[1:] == ("enegaeru.password", "missing")


def test_practice_servers_of_this_machine_take_their_account(desk_of, practice, soap_server):
    """``denkidesk simulate``: no login in the settings, or that of the practice servers."""
    for login_id in ("", "renshu"):
        kansai = KansaiSettings(base_url=practice.kansai_base_url, login_id=login_id, interval_s=0.01, margin_s=0.0)
        desk = desk_of(kansai=kansai, enegaeru=EnegaeruSettings(base_url=practice.enegaeru_base_url, login_id=login_id))
        desk.inbox.refresh()
        assert desk.quoting.companies()
    soap_server.answer = lambda *_: LISTING
    desk_of(kansai=KansaiSettings(base_url=soap_server.url, interval_s=0.01, margin_s=0.0)).inbox.refresh()
    assert PRACTICE_PASSWORD.encode() in soap_server.requests[0][2]


def test_a_connection_test_in_practice_mode_sends_the_practice_password_nowhere_else(desk_of, soap_server):
    """The settings of the real server are being typed, and the password is not yet."""
    tried = KansaiSettings(base_url=soap_server.url, interval_s=0.01, margin_s=0.0, **OWN)
    report = desk_of(practice=True).connection.test_kansai(tried)
    assert not report.ok
    assert (report.error.file, report.error.item) == ("credentials", "kansai.password")
    assert soap_server.requests == []
