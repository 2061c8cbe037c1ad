"""Whatever a file, a server or a person gives: nothing comes out but what was given, or an error of our tree.

The whole is the chore ``dev.py attack fuzz``, ten minutes in all; here a seeded part. What was found stands in ``FOUND``.
"""

import base64
import contextlib
import json
import shutil
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from denkidesk.billing.engine import compute_bill
from denkidesk.cli import apply as apply_command
from denkidesk.cli import inbox as inbox_command
from denkidesk.cli.arguments import parse
from denkidesk.compose.run import Run
from denkidesk.desk.installed_set import InstalledSet
from denkidesk.domain.applications import ApplicationKind, ListingCriteria, NewApplication
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.errors import DeskError
from denkidesk.domain.supply_point import parse_supply_point_number
from denkidesk.domain.usage import GapRule, UsageChoices
from denkidesk.enegaeru import shapes
from denkidesk.forms.checks import cautions_of, check_application
from denkidesk.forms.cleaning import clean_code, clean_number, clean_text
from denkidesk.forms.dates import parse_date
from denkidesk.kansai.client import KansaiClient
from denkidesk.kansai.wsdl_check import check_wsdl_set
from denkidesk.metering.files import read_files
from denkidesk.metering.gaps import apply_gap_rule
from denkidesk.practice.faults import parse_fault
from denkidesk.settings import KansaiSettings, line_of, load_settings, resources_dir
from denkidesk.texts.errors import fault_line, note_line, said
from denkidesk.wire.addresses import address_of
from denkidesk.wire.http import Reply
from denkidesk.wire.known_secrets import KnownSecrets
from fakes.answers import GOOD, JSON, LISTING
from fakes.attack_size import IS_WHOLE
from fakes.mutations import mutated, octets, trees
from fakes.small_workbook import WORKBOOK, packed
from fakes.soap_server import message

SECONDS_EACH = 10 * 60 / 14
TODAY = date(2026, 11, 26)
KANSAI = resources_dir() / "kansai"

# -- what is given to whom


def usage(data, name="usage.csv"):
    """A customer's file under every choice, with its notes said and its gaps filled, and a bill of it."""
    for choices in CHOICES:
        with contextlib.suppress(DeskError):
            imported = read_files([(name, data)], choices)
            for note in imported.notes:
                note_line(note)
            for rule in GapRule:
                raise_said(lambda imported=imported, rule=rule: compute_bill(PLAN, apply_gap_rule(imported.usage, rule)))
    raise_said(lambda: read_files([(name, data), ("b.csv", LONG.encode())]))


def workbook(given):
    """A workbook with one part that is another, alone and packed with another file."""
    name, data = given
    book = packed({**WORKBOOK, name: data})
    usage(book, "usage.xlsx")
    raise_said(lambda: read_files([("a.zip", packed({"a.xlsx": book, "b.csv": LONG.encode()}))]))
    raise_said(lambda: read_files([("a.xlsx", book[: len(book) - len(data) // 2])]))


def plan(data):
    """A plan's file, and bills of it."""
    detail = shapes.decode_plan_detail(data, origin=shapes.Origin.FILE, base_cd="1")
    for options in (BillOptions(as_of=TODAY), BillOptions(capacity=Decimal(10), peak_kw=4.5, rounding=Rounding.BILL)):
        raise_said(lambda options=options: compute_bill(detail, USAGE, options))


def answers(data):
    """Every answer of the quoting API."""
    decoders = (shapes.decode_companies, shapes.decode_plans, shapes.decode_plan_detail, shapes.decode_area_prices, shapes.decode_subsidies)
    for decode in (*decoders, shapes.decode_charge, shapes.decode_login):
        raise_said(lambda decode=decode: decode(data))


class Wire:
    """The network: gives one reply."""

    def __init__(self, status, headers, content):
        self.secrets = KnownSecrets()
        self._reply = Reply(status, headers, content)

    def send(self, *_, before_first_byte=None, **__):
        """Whatever is asked."""
        if before_first_byte is not None:
            before_first_byte()
        return self._reply


def soap(given):
    """A reply to each of the three kinds of questions."""
    status, media, content = given
    wire = Wire(status, {"content-type": media.encode("latin-1", "replace").decode("latin-1"), "date": media}, content)
    client = KansaiClient(
        wire, base_url="http://127.0.0.1/", wsdl_dir=KANSAI, login_id="x", password=lambda: "y", ip_address="192.0.2.1", answer_timeout_s=1
    )
    client._loaded = LOADED
    raise_said(lambda: client.list_applications(ListingCriteria()))
    raise_said(lambda: client.application_status("X-1"))
    raise_said(lambda: client.submit(client.prepare(OUTAGE, request_id="1")))


def settings_file(text):
    """settings.toml, from its reading to the addresses that a run goes to."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "settings.toml")
        file.write_bytes(text)
        try:
            written = load_settings(file)
        except DeskError as fault:
            line_of(fault)
            raise
        run = Run.decide(Path(folder), written)
        InstalledSet(run.settings.kansai)
        for url in (run.settings.kansai.base_url, run.settings.enegaeru.base_url):
            raise_said(lambda url=url: address_of(url, item="x", loopback_only=False))


def with_file(name, data, folder):
    """A copy of the provisional set in which one file is another."""
    copy = Path(shutil.copytree(KANSAI, Path(folder, "set")))
    (copy / name).write_bytes(data)
    return copy


def installed_set(given):
    """One file of a set is another: the check names what is wrong and never fails, and neither does a client that lives with it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = with_file(*given, folder)
        for finding in check_wsdl_set(copy).findings:
            said(finding.as_fault())
        wire = Wire(200, {}, GOOD[LISTING][0])
        client = KansaiClient(wire, base_url="http://127.0.0.1/", wsdl_dir=copy, login_id="x", password=lambda: "y", ip_address="192.0.2.1")
        raise_said(lambda: client.prepare(OUTAGE, request_id="1").outgoing("secret", changes_something=True))
        raise_said(lambda: client.list_applications(ListingCriteria(registered_from=TODAY, has_message=True)))


def tables(given):
    """The same of the files that only the forms read."""
    with tempfile.TemporaryDirectory() as folder:
        installed = InstalledSet(KansaiSettings(wsdl_dir=str(with_file(*given, folder))))
        for read in (installed.readable_code_tables, installed.form_tables, installed.kinds_by_selection):
            raise_said(read)


def application_file(data):
    """A file of ``apply``, checked and put into an envelope."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.json")
        file.write_bytes(data)
        found, extra, _ = apply_command._read(file)
    for kind in (ApplicationKind.OUTAGE, ApplicationKind.MENU_CHANGE):
        with contextlib.suppress(DeskError):
            application = check_application(kind, found, TABLES.choices(kind), TODAY, extra=extra)
            for caution in cautions_of(application, TODAY):
                fault_line(caution)
            CLIENT.prepare(application, request_id="1")
        with contextlib.suppress(DeskError):
            check_application(kind, found, {}, TODAY, extra=extra)


def typed(text):
    """What a person types or pastes into a field, or on the command line."""
    for read in (
        *(lambda: parse_date(text, TODAY), lambda: parse_date(text, date.max), lambda: parse_supply_point_number(text)),
        *(lambda: clean_number(text), lambda: clean_text(text), lambda: clean_text(text, multiline=True), lambda: clean_code(text)),
        *(lambda: parse_fault(text), lambda: address_of(text, item="x", loopback_only=False)),
    ):
        raise_said(read)
    for name in ("--registered-from", "--supply-point-number", "--receipt-number", "--has-message"):
        raise_said(lambda name=name: inbox_command._criteria(parse(["inbox", "sync", f"{name}={text}"])))
    with contextlib.suppress(DeskError):
        apply_command._is_iso(text)
        if not {"-h", "--help"} & set(text.split()):  # the help ends the program, as it should
            parse(text.split())


def echo(given):
    """Words that quote a secret somewhere, in a few spellings: none of them is left, whatever stands around it."""
    text, secret, place = given
    secrets = KnownSecrets()
    secrets.learn(secret, "renshu")
    for spelt in (secret, escape(secret), quote(secret), json.dumps(secret)[1:-1], base64.b64encode(secret.encode()).decode()):
        cut = place % (len(text) + 1)
        cleaned = secrets.cleaned(f"{text[:cut]} '{spelt}' {text[cut:]}")
        assert spelt not in cleaned, (text, secret)


def raise_said(read):
    """Calls; an error of ours must have its words."""
    try:
        read()
    except DeskError as error:
        said(error).line.encode("utf-8", "surrogatepass")


# -- samples

HEADS = ",".join(f"{hour}:00" for hour in range(24))
WIDE = f"供給地点,見本\n単位：kWh\n年月日,曜日,{HEADS},合計\n" + "".join(
    f"2026/04/0{day},水,{','.join(['0.5'] * 24)},12\n" for day in (1, 2, 3)
)
LONG = "日時,使用量(kWh)\n" + "".join(f"2026/04/01 {hour:02}:00,0.{hour:02}\n" for hour in range(24))
RANGES = "日付,時間帯,使用電力量（kWh）\n" + "".join(
    f"2026年4月1日,{h // 2}:{h % 2 * 30:02}～{(h + 1) // 2}:{(h + 1) % 2 * 30:02},1.5\n" for h in range(48)
)
MIRUDEN = f"データ抽出対象期間：2025年12月31日 ～ 2026年1月2日\n,{','.join(f'{h}-{h + 1}時' for h in range(24))}\n" + "".join(
    f" {day},{','.join(['0.3'] * 24)}\n" for day in ("01/02", "01/01", "12/31")
)
PURCHASE = json.dumps([{"date": f"2026-04-0{day}", "hourlyPowers": [0.5] * 24} for day in (1, 2)])
CATALOGUE = json.loads((resources_dir() / "practice" / "catalogue.json").read_text(encoding="utf-8"))
ANSWERS = [
    GOOD[JSON][0].decode(),
    '[{"epplan_id":"6_1","epcorp_cd":6,"contractType":1,"epplanType":1,"epplanName":"a","bases":[{"base_cd":"1","baseType":1,"ampere":30}]}]',
    '[{"area_cd":"06","yearmonth":"2026-01","prices":[' + ",".join(["9.5"] * 24) + "]}]",
    '[{"id":"1","title":"a","facility":["b"],"modified":"2026-01-01"}]',
    '{"yearCharge":12,"monthlyCharges":[1,1,1,1,1,1,1,1,1,1,1,1],"detail":{"yearCharge":{"charge":1,"base":1,"usage":1,"adjust":1,"levy":1},'
    '"monthlyCharges":[{"month":"2026-01","charge":1,"base":1,"usage":1,"adjust":1,"levy":1}]}}',
    '{"uid":"x","userinfo":{}}',
]
PLANS = [
    json.dumps(
        {
            "epplan_id": "6_1", "base_cd": "1", "epplanType": kind, "epplanName": "見本", "planSuffix": "kVA", "discountRate": 5,
            "holidayflg": "011",
            "baseName": "a", "baseType": base, "baseUnit": 300.5, "baseFixUnit": 10, "ampere": 30, "capacityFrom": 0, "capacityTo": 50,
            "capacity": 6,
            "conditions": [
                {"calcOrder": n, "condName": str(n), "group": n % 2, "volumeCap": 30 * n, "volumeFrom": 0, "volumeTo": 120, "monthFrom": 7,
                 "monthTo": 6,
                 "holidayData": n % 3, "timeFrom": 8 * n, "timeTo": 8 * n + 8, "volumeUnit": 20.5}
                for n in range(3)
            ],
            "fuels": [{"calcOrder": 1, "calcType": n, "volumeFrom": 0, "volumeTo": 0, "volumeUnit": -1.5} for n in (0, 1)],
            "renewable": 3.98,
        },
        ensure_ascii=False,
    )
    for kind, base in ((1, 1), (1, 2), (1, 6), (1, 9), (2, 5), (3, 3))
]  # fmt: skip
SETTINGS = """# a
[kansai]
base_url = "https://utility.example/services/"
login_id = "x"
ip_address = "192.0.2.1"
wsdl_dir = "~/a"
interval_s = 1.0
margin_s = 0.05
answer_timeout_s = 60
proxy = "http://proxy.example:8080"
[enegaeru]
base_url = "http://127.0.0.1:80/sys"
path_prefix = "/sys"
auth = "token"
token_header = "X-A"
token_template = "Bearer {token}"
commission_unit = "yen"
[desk]
company_name = "見本"
color_scheme = "dark"
"""
APPLICATION = json.dumps(
    {
        "selection_code": "PS301", "equipment_class": "PE301", "supply_point_number": "0600000000000000000123", "visit_on": "2026-12-01",
        "supply_point_address": "大阪府大阪市見本町0-0-0", "customer_name": "見本 太郎", "extra": {"contactPhone": "06-0000-0000"},
    },
    ensure_ascii=False,
)  # fmt: skip
STATUS_REPLY = message(
    "getApplicationStatusResponse",
    "<m:requestStatus>PR00</m:requestStatus><m:receiptNumber>X-1</m:receiptNumber><m:workStage>PW10</m:workStage><m:visitOn>20261201</m:visitOn>"
    "<m:messages><m:message>a</m:message></m:messages>",
)
SOAP = [content.decode() for content, media in GOOD.values() if media.startswith("text/xml")] + [STATUS_REPLY.decode()]
MEDIA = ("text/xml; charset=UTF-8", 'multipart/related; type="text/xml"; boundary="B"; start="<a>"', "Sun, 22 Nov 2026 02:00:00 GMT")
PARTS = [f"--B\r\nContent-Type: text/xml\r\nContent-ID: <a>\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n--B--\r\n" for body in SOAP]
TYPED = (
    "2026-12-01",
    "令和8年12月1日(火)",
    "R8.12.1",
    "12/1",
    "+3",
    "明日",
    "06-0000 0000-0000-0000-0000-23",
    "late:5@new_outage*1",
    "https://a.example:1/b?c#d",
)
OUTAGE = NewApplication(
    ApplicationKind.OUTAGE, "PS301", "PE301", "0600000000000000000009", supply_point_address="見本町0-0-0", customer_name="見本 太郎"
)
CLIENT = KansaiClient(Wire(200, {}, b""), base_url="", wsdl_dir=KANSAI, login_id="x", password=lambda: "y", ip_address="192.0.2.1")
CLIENT.warm_up()
LOADED = CLIENT._loaded
TABLES = InstalledSet(KansaiSettings()).form_tables()
PLAN = shapes.decode_plan_detail(PLANS[0].encode(), origin=shapes.Origin.FILE)
USAGE = read_files([("a.json", PURCHASE.encode())]).usage
CHOICES = (
    *(None, UsageChoices(unit="kWh", accept_values=True), UsageChoices(register=True), UsageChoices(newest_year=True, unit="kW")),
    *(UsageChoices(column="使用量(kWh)", year=2026), UsageChoices(supply_point="0600000000000000000009", year_from=TODAY)),
)


SECRETS = st.one_of(st.text(st.characters(codec="ascii", exclude_categories=("Cc",)), min_size=8, max_size=20), st.just("CANARY-pa<&>ss 1"))


def file_of_set(name):
    """One file of the provisional set, otherwise."""
    text = (KANSAI / name).read_text(encoding="utf-8")
    return st.tuples(st.just(name), trees(text) if name.endswith(".json") else octets(text))


TARGETS = {
    "usage": (octets(WIDE, LONG, RANGES, MIRUDEN), usage),
    "purchase": (trees(PURCHASE), usage),
    "workbook": (st.sampled_from(sorted(WORKBOOK)).flatmap(lambda name: st.tuples(st.just(name), octets(WORKBOOK[name]))), workbook),
    "plan": (trees(*PLANS), plan),
    "answers": (trees(*ANSWERS, *PLANS), answers),
    "soap": (st.tuples(st.sampled_from((200, 200, 200, 200, 500, 400, 403, 503)), mutated(*MEDIA), octets(*SOAP, *PARTS)), soap),
    "settings": (octets(SETTINGS), settings_file),
    "application": (trees(APPLICATION), application_file),
    "typed": (st.one_of(mutated(*TYPED), st.text(max_size=20)), typed),
    "binding": (file_of_set("binding.json"), installed_set),
    "code tables": (st.one_of(file_of_set("code_tables.json"), file_of_set("further_items.json")), tables),
    "echo": (st.tuples(st.one_of(mutated(*TYPED), st.text(max_size=30)), SECRETS, st.integers(0, 100)), echo),
    "wsdl": (file_of_set("denkidesk-provisional.wsdl"), installed_set),
    "schema": (st.one_of(file_of_set("messages.xsd"), file_of_set("header.xsd")), installed_set),
}
SLOW = ("workbook", "usage", "binding", "wsdl", "schema")
FOUND = {
    "usage": [text.encode() for unit in ("mWh", "mwh", "mW") for text in (WIDE.replace("kWh", unit), LONG.replace("kWh", unit))],
    "settings": [
        text.encode()
        for text in (
            *(
                f'[{section}]\nbase_url = "http://{host}"\n'
                for section in ("kansai", "enegaeru")
                for host in ("[::1", "[::1]x/", "a\u2100b/")
            ),
            *(f"[kansai]\ninterval_s = {'9' * digits}\n" for digits in (400, 5_000)),
            *(f"a = {bracket * 3_000}\n" for bracket in ("[", "{a=")),
            f"a = {'[' * 3_000}{']' * 3_000}\n",
            *(f'[kansai]\nwsdl_dir = "{odd}"\n' for odd in ("\\u0000", "~nobody-of-this-name/a", "a" * 5_000)),
            *(f'[enegaeru]\ntoken_header = "{odd}"\n' for odd in ("a\\nb: c", "見本", "")),
        )
    ],
}
"""What ended in another exception before it was mended."""


def attack(target, value):
    """Once."""
    with contextlib.suppress(DeskError):
        TARGETS[target][1](value)


@pytest.mark.parametrize(("target", "value"), [(target, value) for target, found in FOUND.items() for value in found])
def test_what_was_found_is_mended(target, value):
    attack(target, value)


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_comes_out_but_errors_of_our_tree(target):
    quick = settings(
        derandomize=not IS_WHOLE,
        max_examples=15 if target in SLOW else 60,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink) if IS_WHOLE else (Phase.generate,),
    )
    begun, number = time.monotonic(), 0
    while number == 0 or (IS_WHOLE and time.monotonic() - begun < SECONDS_EACH):
        run = quick(given(TARGETS[target][0])(lambda value: attack(target, value)))
        (seed(time.time_ns())(run) if IS_WHOLE else run)()
        number += 1
