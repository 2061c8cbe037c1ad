"""The verdict of the check against what then happens: a set is changed at random, checked, and called."""

import random
from datetime import date

import pytest
from lxml import etree

from denkidesk.domain.applications import OPERATION_OF_KIND, ListingCriteria, NewApplication, Operation
from denkidesk.domain.errors import DeskError, InputRefused
from denkidesk.domain.fault_codes import FormCode
from denkidesk.kansai.wsdl_check import check_wsdl_set
from fakes.filing import submit
from fakes.foreign_sets import ITEMS, NS, REQUESTS, ForeignServer, Shape, write_set

X = "{http://www.w3.org/2001/XMLSchema}"
MUTATIONS = 40
TYPES = {  # a text of each
    "t:Moji": "見本", "t:Code": "Z99", "t:Bango": "U-999999", "t:Hi": "2026/12/24", "t:Aru": "ARI",
    "x:int": "7", "x:date": "2026-12-24", "x:dateTime": "2026-12-24T00:00:00+09:00", "x:string": "見本",
}  # fmt: skip
ELEMENT_NAMES = {element: item for item, (element, _) in ITEMS.items()}
VALUES = {
    "selection_code": "A01", "equipment_class": "B01", "content_code": "C01", "visit_on": date(2026, 12, 1), "change_on": date(2026, 12, 1),
    "service_menu": "D01", "supply_point_number": "06" + "0" * 19 + "1", "supply_point_address": "大阪府大阪市見本町0-0-0",
    "customer_name": "見本 太郎",
}  # fmt: skip
SHAPE = Shape(extra_items='<x:element name="yobi" type="t:Moji" minOccurs="0"/>')


class Mutated:
    """A set of which one declaration was changed; knows what each declaration was before."""

    def __init__(self, folder, seed):
        self.folder = write_set(folder, SHAPE)
        self.trees = {name: etree.parse(str(folder / name)) for name in ("denbun.xsd", "atama.xsd")}
        self.origin = {}
        for tree in self.trees.values():
            for declaration in tree.iter(X + "element"):
                self.origin[declaration] = declaration.get("name")
        choices = [one for one in self.origin if one.getparent().tag == X + "sequence" and one.get("type")]
        chance = random.Random(seed)  # noqa: S311 - the same changes in each run
        declaration = chance.choice(choices)
        self.what = f"{self._owner(declaration)}/{declaration.get('name')}: {self._change(chance, declaration)}"
        for name, tree in self.trees.items():
            tree.write(str(folder / name), encoding="UTF-8")

    @staticmethod
    def _owner(declaration):
        return next(one.get("name") for one in declaration.iterancestors(X + "element"))

    @staticmethod
    def _change(chance, declaration):
        is_message = declaration.getroottree().getroot().get("targetNamespace") == NS
        way = chance.choice(["rename", "require", "type", "type", "move", "wrap"])
        if way == "rename":
            declaration.set("name", declaration.get("name") + "X")
        elif way == "require":
            declaration.attrib.pop("minOccurs", None)
        elif way == "type":
            declaration.set("type", chance.choice([one for one in sorted(TYPES) if is_message or one.startswith("x:")]))
        elif way == "move":
            parent = declaration.getparent()
            parent.insert(chance.randrange(len(parent)), declaration)
        else:
            parent = declaration.getparent()
            place = parent.index(declaration)
            block = etree.Element(X + "element", name="hako", minOccurs=declaration.get("minOccurs", "1"))
            etree.SubElement(etree.SubElement(block, X + "complexType"), X + "sequence").append(declaration)
            parent.insert(place, block)
        return f"{way} {declaration.get('type')}"

    def type_of(self, owner, name):
        """The type that an element of a message or header has now."""
        for declaration, was in self.origin.items():
            if was == name and declaration.get("type") and owner in [one.get("name") for one in declaration.iterancestors(X + "element")]:
                return declaration.get("type")
        return None

    def reply(self, operation, answers):
        """What a server of this set answers: its own schema, element by element, with a text that the type takes."""
        (root,) = (one for one in self.trees["denbun.xsd"].getroot() if one.get("name") == f"{operation}OpResponse")
        return "".join(self._texts(root, answers))

    def _texts(self, declaration, answers):
        for child in declaration.find(X + "complexType").find(X + "sequence"):
            name = child.get("name")
            inner = self._text(child, answers) if child.get("type") else "".join(self._texts(child, answers))
            yield f"<m:{name}>{inner}</m:{name}>"

    def _text(self, declaration, answers):
        text = answers[ELEMENT_NAMES[self.origin[declaration]]]
        own = declaration.get("type")
        probe = (
            f'<x:schema xmlns:x="{X[1:-1]}" xmlns:t="{NS}" targetNamespace="{NS}">{TYPE_TEXT}<x:element name="p" type="{own}"/></x:schema>'
        )
        element = etree.Element(f"{{{NS}}}p")
        element.text = text
        return text if etree.XMLSchema(etree.fromstring(probe)).validate(element) else TYPES[own]


TYPE_TEXT = SHAPE.types


class MutatedServer(ForeignServer):
    def __init__(self, mutated):
        super().__init__(mutated.folder, SHAPE)
        self._mutated = mutated

    def reply(self, name):
        inner = self._mutated.reply(name, SHAPE.answers)
        return f'<m:{name}OpResponse xmlns:m="{NS}">{inner}</m:{name}OpResponse>'


def really_callable(mutated, make_client):
    """The operations that do what the binding says: all that is given arrives, all that is bound is read."""
    with MutatedServer(mutated) as server:
        header = {name: mutated.type_of("atama", name) for name in ("LoginID", "Himitsu")}
        bodies = {operation: mutated.type_of(f"{operation}Op", ITEMS["login_id"][0]) for operation in REQUESTS}
        done = set()
        for operation in Operation:
            login = next(
                (TYPES[one] for one in (bodies[operation], header["LoginID"]) if one not in (None, "t:Moji", "x:string")), "renshu"
            )
            secret = TYPES[header["Himitsu"]]
            client = make_client(server.url, wsdl_dir=mutated.folder, login_id=login, password=lambda secret=secret: secret)
            try:
                works = _works(client, mutated, operation)
            except DeskError:
                works = False
            if works and not server.faults:
                done.add(operation)
            server.faults.clear()
    return done


def _works(client, mutated, operation):
    def free(item):
        own = mutated.type_of(f"{operation}Op", ITEMS[item][0])
        return {"receipt_number": "U-000123"}.get(item, "S10") if own in ("t:Moji", "x:string") else TYPES[own]

    if operation is Operation.LIST_APPLICATIONS:
        client.list_applications(ListingCriteria())
        criteria = ListingCriteria(free("receipt_number"), free("work_stage"), date(2026, 11, 1), has_message=True)
        listing = client.list_applications(criteria)
        (row,) = listing.applications
        read = (row.receipt_number, row.work_stage, row.registered_on, row.visit_on, row.selection_code, row.supply_point_number)
        return all(read) and row.has_message and bool(listing.reception_message)
    if operation is Operation.APPLICATION_STATUS:
        own = {type_: text for type_, text in TYPES.items() if type_ not in ("t:Moji", "x:string")} | {"t:Bango": "U-000123"}
        asked = own.get(mutated.type_of(f"{operation}OpResponse", "bango"), "U-000123")
        status = client.application_status(asked)
        return status.items.keys() >= {"work_stage", "registered_on", "visit_on", "customer_name"} and bool(
            status.messages and status.reception_message
        )
    kind = next(kind for kind, one in OPERATION_OF_KIND.items() if one is operation)
    values = {name: VALUES[name] for name in REQUESTS[operation] if name != "login_id"}
    receipt = submit(client, NewApplication(kind, **values), request_id=client.new_request_id())
    try:
        submit(client, NewApplication(kind, **{**values, "visit_on": None}), request_id=client.new_request_id())
    except InputRefused as refused:
        if [(fault.field, fault.code) for fault in refused.faults] != [("visit_on", FormCode.REQUIRED)]:
            return False
    return bool(receipt.receipt_number and receipt.reception_message)


@pytest.mark.parametrize("seed", [*range(MUTATIONS), 338])  # 338: a request that takes any number, and a reply that gives one form
def test_the_verdict_on_a_set_that_was_changed_at_random_is_the_truth(seed, tmp_path, make_client):
    mutated = Mutated(tmp_path / "set", seed)
    report = check_wsdl_set(mutated.folder)
    told = [(finding.code, finding.item, finding.detail) for finding in report.findings if finding.blocks]
    assert set(report.operations_callable) == really_callable(mutated, make_client), (mutated.what, told)
    assert report.ok == (report.operations_callable == tuple(Operation)), mutated.what


def test_the_changes_are_of_both_sorts(tmp_path):
    verdicts = [check_wsdl_set(Mutated(tmp_path / str(seed), seed).folder).ok for seed in range(MUTATIONS)]
    assert min(verdicts.count(True), verdicts.count(False)) >= MUTATIONS // 5
