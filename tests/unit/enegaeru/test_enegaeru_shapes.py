"""The JSON edge: both shapes of every code, Decimals as written, and nothing hostile comes through or breaks out."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from denkidesk.domain.errors import InputRefused, Unreachable
from denkidesk.domain.plans import HolidayFlags, PlanDetail, PlanType
from denkidesk.enegaeru import shapes
from denkidesk.enegaeru.shapes import Origin
from fakes.plan_json import encode_plan_detail

DECODERS: list[Callable[..., Any]] = [
    shapes.decode_companies,
    shapes.decode_plans,
    shapes.decode_plan_detail,
    shapes.decode_area_prices,
    shapes.decode_subsidies,
    shapes.decode_charge,
]


def outcome(decoder: Callable[..., Any], data: bytes) -> Any:
    """The value, or the code of our own refusal; any other exception is the test's failure."""
    try:
        return decoder(data)
    except Unreachable as refused:
        return refused.code


def encode(tree: Any) -> bytes:
    return json.dumps(tree, ensure_ascii=False).encode()


def a_condition(**changes: Any) -> dict[str, Any]:
    return {"calcOrder": 1, "monthFrom": 1, "monthTo": 12, "timeFrom": 0, "timeTo": 24, "volumeUnit": 20.21} | changes


def a_detail(**changes: Any) -> dict[str, Any]:
    return {
        "epplan_id": "0004_1_0001",
        "base_cd": "01",
        "epcorp_cd": 4,
        "contractType": 1,
        "epplanType": 1,
        "epplanName": "見本プラン",
        "planSuffix": "A",
        "periodFrom": "2024-04-01",
        "periodTo": "2999-12-31",
        "discountRate": 0,
        "holidayflg": "011",
        "baseName": "30A",
        "baseType": 1,
        "baseUnit": 935.25,
        "baseFixUnit": 0,
        "ampere": 30,
        "capacityFrom": 0,
        "capacityTo": 0,
        "conditions": [a_condition()],
        "fuels": [{"calcOrder": 1, "calcType": 0, "volumeFrom": 0, "volumeTo": 0, "volumeUnit": -9.21}],
        "renewable": 4.18,
    } | changes


def read(**changes: Any) -> PlanDetail:
    return shapes.decode_plan_detail(encode(a_detail(**changes)))


def a_company(**changes: Any) -> dict[str, Any]:
    return {"epcorp_cd": "4", "epcorpName": "見本電力", "eptype": 1, "area_cd": "04", "fitprices": [16, None], "commission": 1.5} | changes


# -- one code, several shapes


@pytest.mark.parametrize("code", ["4", 4, "04", "0004"])
def test_a_companys_code_has_one_form(code: Any) -> None:
    assert shapes.decode_companies(encode([a_company(epcorp_cd=code)]))[0].epcorp_cd == "4"
    assert read(epcorp_cd=code).epcorp_cd == "4"


@pytest.mark.parametrize(("code", "form"), [(1, "01"), ("1", "01"), ("01", "01"), (10, "10"), ("10", "10")])
def test_an_area_has_one_form(code: Any, form: str) -> None:
    assert shapes.decode_companies(encode([a_company(area_cd=code)]))[0].area_code == form
    prices = [{"area_cd": code, "yearmonth": "2026-01", "prices": [10.5] * 24}]
    assert shapes.decode_area_prices(encode(prices))[0].area_code == form


@pytest.mark.parametrize("code", ["00", 0, 11, "x", "", None, "１", True, [1]])
def test_what_is_no_area_is_refused(code: Any) -> None:
    with pytest.raises(Unreachable) as refused:
        shapes.decode_companies(encode([a_company(area_cd=code)]))
    assert refused.value.code == "schema"


@pytest.mark.parametrize("value", [9, "9", "09", 9.0, "9.0"])
def test_a_base_type_has_one_form(value: Any) -> None:
    assert read(baseType=value).base_type == 9


@pytest.mark.parametrize(
    ("value", "flags"),
    [
        ("011", (False, True, True)),
        (11, (False, True, True)),
        ("110", (True, True, False)),
        (0, (False, False, False)),
        ("1", (False, False, True)),
    ],
)
def test_holiday_flags_are_read_by_position(value: Any, flags: tuple[bool, bool, bool]) -> None:
    assert read(holidayflg=value).holidays == HolidayFlags(*flags)


@pytest.mark.parametrize("value", [2.24, "2.24", " 2.24 "])
def test_numbers_as_strings_are_numbers(value: Any) -> None:
    assert read(renewable=value).levy_yen_per_kwh == Decimal("2.24")


@pytest.mark.parametrize("written", ["20.21", "20.210", "0.1", "-9.21", "1100.84", "3E+1", "123456789.123456789123456789"])
def test_decimals_stay_as_they_were_written(written: str) -> None:
    data = encode(a_detail()).replace(b"20.21", written.encode())
    unit = shapes.decode_plan_detail(data).conditions[0].unit_yen
    assert unit == Decimal(written)
    assert unit.as_tuple() == Decimal(written).as_tuple()


@pytest.mark.parametrize(
    ("value", "day"),
    [("2999-12-31", None), (None, None), ("", None), ("2026/03/31", date(2026, 3, 31)), ("2026-03-31T00:00:00+09:00", date(2026, 3, 31))],
)
def test_periods(value: Any, day: date | None) -> None:
    assert read(periodTo=value).valid_to == day


@pytest.mark.parametrize("value", ["2026-01", "2026/1", "202601", 202601])
def test_months_have_one_form(value: Any) -> None:
    assert shapes.decode_area_prices(encode([{"area_cd": 6, "yearmonth": value, "prices": [1] * 24}]))[0].year_month == "2026-01"


def test_a_byte_order_mark_is_no_fault() -> None:
    assert shapes.decode_plan_detail(b"\xef\xbb\xbf" + encode(a_detail())) == read()


def test_items_that_nobody_knows_are_passed_over() -> None:
    assert read(somethingNew={"deep": [1, 2]}) == read()


# -- what may be missing, and what may not


def test_market_linked_plans_may_leave_items_out() -> None:
    detail = shapes.decode_plan_detail(encode({"epplan_id": "0901_1_0001", "epplanType": "2"}), base_cd="01")
    assert (detail.plan_type, detail.base_cd, detail.base_type, detail.base_unit) == (PlanType.MARKET_LINKED, "01", None, None)
    assert (detail.conditions, detail.fuels, detail.levy_yen_per_kwh) == ((), (), None)


@pytest.mark.parametrize("item", ["conditions", "fuels", "renewable", "baseType", "baseUnit", "epplan_id", "epplanType"])
@pytest.mark.parametrize("how", ["absent", "null"])
def test_a_price_that_is_missing_is_not_a_zero(item: str, how: str) -> None:
    tree = a_detail()
    if how == "absent":
        del tree[item]
    else:
        tree[item] = None
    with pytest.raises(Unreachable) as refused:
        shapes.decode_plan_detail(encode(tree))
    assert refused.value.code == "schema"
    assert item in refused.value.detail


def test_holiday_flags_are_needed_where_a_condition_asks_for_the_day() -> None:
    assert read(holidayflg=None).holidays == HolidayFlags(saturday=False, sunday=False, public_holiday=False)
    with pytest.raises(Unreachable, match="holidayflg"):
        read(holidayflg=None, conditions=[a_condition(holidayData=2)])


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("monthFrom", 0),
        ("monthTo", 13),
        ("timeFrom", -1),
        ("timeTo", 25),
        ("timeTo", 7.5),
        ("holidayData", 3),
        ("volumeFrom", -1),
        ("volumeUnit", None),
        ("volumeUnit", "二十"),
        ("volumeUnit", "１２"),
        ("volumeUnit", "NaN"),
        ("volumeUnit", "Infinity"),
        ("volumeUnit", True),
        ("volumeUnit", [1]),
        ("volumeUnit", "1_000"),
    ],
)
def test_a_condition_out_of_bounds_is_named(item: str, value: Any) -> None:
    with pytest.raises(Unreachable) as refused:
        read(conditions=[a_condition(), a_condition(**{item: value})])
    assert f"conditions[1].{item}" in refused.value.detail


@pytest.mark.parametrize(
    ("tree", "where"),
    [
        ([], "$"),
        ({name: value for name, value in a_detail().items() if name != "epplan_id"}, "epplan_id"),
        (a_detail(conditions=[a_condition(), {"monthFrom": 1}]), "conditions[1].monthTo"),
        (a_detail(fuels=[5]), "fuels[0]"),
    ],
)
def test_a_document_of_another_shape_is_refused_at_its_place_and_not_in_a_librarys_words(tree: Any, where: str) -> None:
    with pytest.raises(InputRefused) as refused:
        shapes.decode_plan_detail(encode(tree), origin=Origin.FILE)
    (fault,) = refused.value.faults
    assert (fault.code, fault.facts["where"]) == ("schema", where)


def test_area_prices_need_24_hours_and_each_month_once() -> None:
    month = {"area_cd": 6, "yearmonth": "2026-01", "prices": [1] * 24}
    for rows in ([month | {"prices": [1] * 23}], [month, month], [month | {"prices": [None] * 24}], [month | {"yearmonth": "2026-13"}]):
        with pytest.raises(Unreachable):
            shapes.decode_area_prices(encode(rows))
    in_order = shapes.decode_area_prices(encode([month | {"yearmonth": "2026-02"}, month]))
    assert [row.year_month for row in in_order] == ["2026-01", "2026-02"]


def test_subsidies_keep_their_free_texts() -> None:
    item = {"id": 7, "title": "見本<b>", "class": "個人", "facility": None, "price": "上限をご案内\x00"}
    subsidy = shapes.decode_subsidies(encode([item]))[0]
    assert (subsidy.id, subsidy.title, subsidy.subsidy_class, subsidy.facilities) == ("7", "見本<b>", "個人", ())
    assert subsidy.price == "上限をご案内 "


@pytest.mark.parametrize("gone", ["yearCharge", "monthlyCharges"])
def test_the_detail_of_a_charge_is_there_whole_or_not_at_all(gone: str) -> None:
    parts = dict.fromkeys(["charge", "base", "usage", "adjust", "levy"], 1)
    detail = {"yearCharge": parts, "monthlyCharges": [{"month": "2026-01", **parts}]}
    charge = {"yearCharge": 12, "monthlyCharges": [1] * 12}
    assert shapes.decode_charge(encode(charge)).months == ()
    assert len(shapes.decode_charge(encode(charge | {"detail": detail})).months) == 1
    with pytest.raises(Unreachable, match=gone):
        shapes.decode_charge(encode(charge | {"detail": {name: value for name, value in detail.items() if name != gone}}))


def test_a_login_gives_its_token_alone() -> None:
    assert shapes.decode_login(b'{"uid": "abc", "userinfo": {"name": "x"}}') == "abc"
    for body in (b'{"uid": ""}', b"{}", b'{"uid": null}'):
        with pytest.raises(Unreachable):
            shapes.decode_login(body)


# -- hostile JSON

HOSTILE = {
    "nothing": b"",
    "html": b"<html>",
    "NaN": b'{"renewable": NaN}',
    "Infinity": b'{"renewable": -Infinity}',
    "huge exponent": b'{"renewable": 1e999}',
    "huge number": b'{"renewable": 1e16}',
    "tiny exponent": b'{"renewable": 1e-400}',
    "4,301 digits": b'{"renewable": ' + b"9" * 4301 + b"}",
    "17 digits": b'{"renewable": 12345678901234567}',
    "many decimals": b'{"renewable": 0.' + b"1" * 100 + b"}",
    "name twice": b'{"renewable": 1, "renewable": 2}',
    "name twice, escaped": b'{"renewable": 1, "renewabl\\u0065": 2}',
    "name twice, deep": b'{"conditions": [{"group": 0, "group": 1}]}',
    "lone surrogate": b'{"epplanName": "\\ud800"}',
    "lone surrogate in a name": b'{"\\udc00": 1}',
    "raw surrogate": b'{"epplanName": "\xed\xa0\x80"}',
    "bad UTF-8": b'{"epplanName": "\xff"}',
    "cp932": '{"epplanName": "見本"}'.encode("cp932"),
    "UTF-16": '{"renewable": 1}'.encode("utf-16"),
    "deep lists": b"[" * 90_000 + b"]" * 90_000,
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "forty deep": b"[" * 40 + b"]" * 40,
    "cut": b'{"renewable": 1',
    "two documents": b"{} {}",
    "trailing comma": b'{"renewable": 1,}',
    "comment": b"{} // x",
    "raw control character": b'{"epplanName": "a\x00b"}',
    "single quotes": b"{'a': 1}",
}


def depth(levels: int) -> bytes:
    return encode(a_detail()).replace(b'"renewable"', b'"deep": ' + b"[" * levels + b"]" * levels + b', "renewable"')


def test_nesting_is_bounded_at_32() -> None:
    assert shapes.decode_plan_detail(depth(31)) == read()
    with pytest.raises(Unreachable) as refused:
        shapes.decode_plan_detail(depth(32))
    assert refused.value.code == "not_json"


def test_brackets_in_texts_hide_no_depth() -> None:
    hidden = b'["]",' * 40 + b'"["' + b"]" * 40
    with pytest.raises(Unreachable) as refused:
        shapes.decode_plan_detail(encode(a_detail()).replace(b'"renewable"', b'"deep": ' + hidden + b', "renewable"'))
    assert refused.value.detail == "plan: nesting"


@pytest.mark.parametrize("decoder", DECODERS, ids=lambda decoder: decoder.__name__)
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_json_is_refused_with_our_own_error(decoder: Callable[..., Any], data: bytes) -> None:
    with pytest.raises(Unreachable) as refused:
        decoder(data)
    assert refused.value.code == "not_json"
    with pytest.raises(InputRefused) as file_refused:
        decoder(data, origin=Origin.FILE)
    assert file_refused.value.faults[0].code == "not_json"


def test_a_pair_of_surrogates_is_a_character() -> None:
    tree = json.dumps(a_detail(epplanName="𠮷野家")).encode()
    assert b"\\ud8" in tree
    assert shapes.decode_plan_detail(tree).name == "𠮷野家"


MIB = 1024 * 1024


@pytest.mark.parametrize(
    "data",
    [b"[" + b" " * (4 * MIB) + b"]", b"[" + b"{}," * MIB + b"{}]", b"[" + b"[]," * MIB + b"[]]", b"[" + b"1," * MIB + b"1]"],
    ids=["bytes", "objects", "lists", "numbers"],
)
def test_size_is_bounded_in_bytes_and_in_items(data: bytes) -> None:
    with pytest.raises(Unreachable) as refused:
        shapes.decode_subsidies(data)
    assert refused.value.code == "too_large"


def test_length_of_a_list_is_bounded() -> None:
    with pytest.raises(Unreachable) as refused:
        shapes.decode_area_prices(b"[" + b"{}," * 30_000 + b"{}]")
    assert refused.value.code == "schema"


def test_brackets_inside_of_a_text_are_text() -> None:
    assert read(epplanName="[{" * 50).name == "[{" * 50
    assert read(epplanName="]}[{" * 50, unknown=[[]] * 50).name == "]}[{" * 50


def test_a_file_of_the_clerk_is_refused_as_input_naming_the_place() -> None:
    with pytest.raises(InputRefused) as refused:
        shapes.decode_plan_detail(encode(a_detail(renewable="高い")), origin=Origin.FILE)
    fault = refused.value.faults[0]
    assert (fault.field, fault.code, dict(fault.facts)) == ("plan", "schema", {"where": "renewable"})


@pytest.mark.parametrize("decoder", DECODERS, ids=lambda decoder: decoder.__name__)
@given(data=st.binary(max_size=200))
def test_any_bytes_give_a_value_or_our_own_error(decoder: Callable[..., Any], data: bytes) -> None:
    assert outcome(decoder, data) in ((), "not_json", "schema")


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["", "0", "1", "01", "011", "NaN", "2999-12-31", "1e5", "-1", "06"]),
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=6
)


@settings(max_examples=300)
@given(item=st.sampled_from([*a_detail(), "condition:" + "volumeUnit"]), value=ANYTHING)
def test_any_value_in_any_place_of_a_plan(item: str, value: Any) -> None:
    tree = a_detail(conditions=[a_condition(volumeUnit=value)]) if ":" in item else a_detail(**{item: value})
    detail = outcome(shapes.decode_plan_detail, json.dumps(tree).encode("utf-8", "surrogatepass"))
    if isinstance(detail, str):
        assert detail in ("not_json", "schema")
    else:
        figures = [detail.base_unit, detail.levy_yen_per_kwh, detail.capacity_to, *(condition.unit_yen for condition in detail.conditions)]
        assert all(figure is None or figure.is_finite() for figure in figures)
        assert shapes.decode_plan_detail(encode_plan_detail(detail)) == detail


def test_a_fuel_price_that_nobody_knows_is_no_zero():
    def fuel_of(**price):
        return shapes.decode_plan_detail(encode(a_detail(fuels=[{"calcOrder": 1, "calcType": 0, **price}]))).fuels[0]

    assert fuel_of(volumeUnit=0).is_known
    assert (fuel_of(volumeUnit=None).is_known, fuel_of(volumeUnit=None).unit_yen) == (False, 0)
    with pytest.raises(Unreachable):
        fuel_of()
