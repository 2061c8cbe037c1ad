"""The paste cleaner: what it changes, it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denkidesk.forms.cleaning import clean_code, clean_number, clean_text

POINT = "0612345678901234567890"


@pytest.mark.parametrize(
    ("pasted", "changes"),
    [
        (POINT, ()),
        (f" {POINT}\r\n", ("trimmed",)),
        ("06-1234-5678-9012-3456-7890", ("separators",)),
        ("06 1234 5678 9012 3456 7890", ("separators",)),
        ("０６１２３４５６７８９０１２３４５６７８９０", ("width",)),
        ("０６－１２３４－５６７８－９０１２－３４５６－７８９０", ("width", "separators")),
        ("06ー1234ー5678ー9012ー3456ー7890", ("separators",)),
        ("06\u20111234567890\u200b1234567890", ("invisible", "separators")),
    ],
)
def test_numbers_as_people_paste_them(pasted: str, changes: tuple[str, ...]) -> None:
    cleaned = clean_number(pasted)
    assert (cleaned.text, cleaned.changes) == (POINT, changes)


@pytest.mark.parametrize(
    ("pasted", "text", "changes"),
    [
        ("見本 太郎", "見本 太郎", ()),
        ("　見本 太郎 ", "見本 太郎", ("trimmed",)),
        ("見本\t太郎", "見本 太郎", ("lines",)),
        ("大阪市\r\n見本町", "大阪市 見本町", ("lines",)),
        ("見本町\n", "見本町", ("trimmed",)),
        ("ﾐﾎﾝ ｶﾞﾛｳ", "ミホン ガロウ", ("kana",)),
        ("カ\u3099ロウ", "ガロウ", ("composed",)),
        ("見\u200b本\ufeff", "見本", ("invisible",)),
        ("㈱見本①髙﨑", "㈱見本①髙﨑", ()),
        ("０-０", "０-０", ()),
        ("神\u4e00", "神\u4e00", ()),
        ("葛\U000e0100城", "葛\U000e0100城", ()),
    ],
)
def test_names_and_addresses_keep_what_was_meant(pasted: str, text: str, changes: tuple[str, ...]) -> None:
    cleaned = clean_text(pasted)
    assert (cleaned.text, cleaned.changes) == (text, changes)


def test_lines_stay_lines_where_there_is_room_for_them() -> None:
    assert clean_text("一行目 \r\n二行目\r三行目\n\n", multiline=True).text == "一行目\n二行目\n三行目"


def test_codes_are_made_half_width_and_nothing_more() -> None:
    assert clean_code(" ＰＳ301 ").text == "PS301"
    assert clean_code("PS 301").text == "PS 301"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for clean in (clean_number, clean_text, clean_code, lambda t: clean_text(t, multiline=True)):
        once = clean(text)
        again = clean(once.text)
        assert again.text == once.text
        assert again.changes == ()
        assert bool(once.changes) == (once.text != text)
