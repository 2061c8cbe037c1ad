"""No letter becomes a box in silence: it is asked before printing, and another face of the machine is taken where there is one."""

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QMessageBox

from denkidesk.domain.errors import FieldFault
from denkidesk.domain.fault_codes import FormCode
from denkidesk.settings import resources_dir
from denkidesk.texts.errors import fault_text
from denkidesk.texts.facts import letters_in_words
from denkidesk.ui.charts.figures import monthly_bars
from denkidesk.ui.charts.style import PAPER, load_chart_fonts
from denkidesk.ui.quote.coverage import ask_about_letters, coverage
from denkidesk.ui.quote.sheet import clean, written_texts
from fakes.lettering import make_face
from fakes.quote_sheet import sheet, written

LETTER = "𠮷"  # U+20BB7, which the printing face lacks and no face of a Linux machine without CJK fonts has
CHOSEN = "葛\U000e0101"


@pytest.fixture(autouse=True)
def fonts(theme):
    load_chart_fonts(resources_dir() / "fonts")


@pytest.fixture
def face(tmp_path):
    """The machine has a face for the letter."""
    number = QFontDatabase.addApplicationFont(str(make_face(tmp_path / "mihon.ttf", "Mihon Rare", LETTER)))
    assert number >= 0
    yield "Mihon Rare"
    QFontDatabase.removeApplicationFont(number)


def test_a_letter_that_no_face_has_is_named():
    found = coverage(["見本 太郎", f"{LETTER}野 {LETTER}", "\ue000"])
    assert found == ((LETTER, "\ue000"), ())
    assert letters_in_words(found.missing) == "𠮷（U+20BB7）、U+E000"


def test_a_chosen_form_that_comes_out_as_the_plain_one_is_named():
    found = coverage([f"{CHOSEN}城", "葛城"])
    assert found == ((), (CHOSEN,))
    assert letters_in_words(found.plain) == f"{CHOSEN}（U+845B U+E0101）"


def test_another_face_of_the_machine_is_taken_and_stands_in_the_pdf(face, tmp_path):
    quote = sheet(customer_name=f"{LETTER}野 太郎")
    assert coverage(written_texts(quote)) == ((), ())
    document, text = written(tmp_path, quote)
    assert "野太郎様" in text  # the letter itself is drawn, but Qt's map back to text knows 16 bits alone
    fonts = [font.get_object()["/BaseFont"] for font in document.pages[0]["/Resources"]["/Font"].values()]
    assert any("Mihon" in name for name in fonts)


def test_what_the_desk_itself_writes_is_covered():
    figure = monthly_bars(sheet(months=3).bill, PAPER, estimated=range(1, 13))
    words = [text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))]
    assert "".join(words)
    assert coverage([*written_texts(sheet()), *words]) == ((), ())


def test_marks_without_room_leave_no_blank_in_a_name():
    assert clean("見\u200b本\ufeff 太\u00ad郎") == "見本 太郎"
    assert clean("\ue000") == "\ue000"  # a letter of somebody's own: named, not made a blank


def test_a_caution_names_what_nobody_sees_by_its_code_point():
    said = fault_text(FieldFault("customer_name", FormCode.OUTSIDE_CP932, {"characters": "𠮷\U000e0101\u200b\u3164"}))
    assert said.endswith("：𠮷（U+20BB7）、U+E0101、U+200B、U+3164")


@pytest.mark.parametrize(("key", "goes_on"), [("このまま作る(&Y)", True), ("キャンセル", False)])
def test_the_question_names_the_letters(qtbot, key, goes_on):
    done = []
    parent = QMessageBox()
    qtbot.addWidget(parent)
    box = ask_about_letters(parent, coverage([LETTER, CHOSEN]), lambda: done.append(1))
    assert "𠮷（U+20BB7）" in box.text()
    assert "U+845B U+E0101" in box.text()
    assert box.defaultButton().text() == "キャンセル"
    next(button for button in box.buttons() if button.text() == key).click()
    assert bool(done) is goes_on
