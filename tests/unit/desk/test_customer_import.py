"""The retailer's own table of customers becomes the desk's: headings guessed, wrong rows named."""

import pytest

from denkidesk.desk.spreadsheets import write_table
from denkidesk.domain.errors import InputRefused

NUMBERS = [f"06{number:020}" for number in range(1, 9)]


def test_headings_are_guessed_below_a_title_and_cells_put_in_order(desk, tmp_path):
    headings = ("お客様番号", "契約者名", "フリガナ", "ＴＥＬ", "〒", "需要場所", "供給地点特定番号*")
    rows = [
        ("契約の一覧", *[""] * 6),
        headings,
        ("1", " 見本　太郎 ", "ﾐﾎﾝ ﾀﾛｳ", "０６ー００００ー００００", "1000001", "大阪府例示市１", f"'{NUMBERS[0]}"),
        ("2", "例示 花子", "", "#N/A", "", "", "06-0000-0000-0000-0000-0002"),
        ("3", "番号なし 次郎", "", "06-0000-0003", "", "", ""),
        ("4", "番号違い 三郎", "", "", "", "", "1.23E+21"),
        ("", "", "", "", "", "", ""),
        ("5", "", "", "06-0000-0005", "", "", ""),
    ]
    path = tmp_path / "customers.xlsx"
    write_table(path, rows[0], rows[1:])
    came = desk.customers.import_table(path)
    assert (came.count, came.wrong_count, came.wrong) == (3, 2, (6, 8))
    assert came.fields == ("supply_point_number", "name", "reading", "phone", "postcode", "address")
    (taro,) = desk.customers.search("みほん")
    assert (taro.supply_point_number, taro.name, taro.reading) == (NUMBERS[0], "見本　太郎", "ミホン タロウ")
    assert (taro.phone, taro.postcode, taro.address) == ("06-0000-0000", "100-0001", "大阪府例示市１")
    assert [one.name for one in desk.customers.at_point(NUMBERS[1])] == ["例示 花子"]
    assert [one.phone for one in desk.customers.search("次郎")] == ["06-0000-0003"]


def test_read_again_it_brings_up_to_date_and_adds_nobody_twice(desk, tmp_path):
    for number, address in enumerate(("旧町", "新町")):
        write_table(path := tmp_path / f"{number}.csv", ("氏名", "住所", "地点番号"), [("見本 太郎", address, NUMBERS[0])])
        assert desk.customers.import_table(path).count == 1
    assert [one.address for one in desk.customers.search("太郎")] == ["新町"]


@pytest.mark.parametrize("headings", [("月", "使用量"), ("住所", "電話")])
def test_a_table_of_something_else_is_refused(desk, tmp_path, headings):
    write_table(tmp_path / "t.csv", headings, [("1", "2")])
    with pytest.raises(InputRefused) as refused:
        desk.customers.import_table(tmp_path / "t.csv")
    assert refused.value.faults[0].code == "headings"
