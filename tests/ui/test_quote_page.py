"""The quote is one page whatever stands on it, and says word for word what it was given."""

import ast
import subprocess
import sys
from calendar import monthrange
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter

import denkidesk
from denkidesk.domain.plans import PlanType
from denkidesk.settings import resources_dir
from denkidesk.ui.charts.style import load_chart_fonts
from denkidesk.ui.quote.page import set_page
from denkidesk.ui.quote.printing import play, record
from denkidesk.ui.quote.sheet import assumptions, clean
from fakes.desk_home import environment
from fakes.quote_sheet import sheet, written

HOSTILE = "見本<b>プラン</b>&amp;{0}%s\\n'\";--«»①Ⅱ"
WORDY = "この文は二行になるほど長いので、折り返しても次の文に重ならないことを確かめます。" * 2
LONG = "見本の非常に長い名前のプラン" * 12


@pytest.fixture(autouse=True)
def fonts(theme):
    load_chart_fonts(resources_dir() / "fonts")


def joined(text):
    return "".join(clean(text).split())


@pytest.mark.parametrize("name", [HOSTILE, LONG])
def test_names_come_out_as_they_went_in(tmp_path, name):
    quote = sheet(plan_name=name, company_name=name, customer_name=name[:60], contract=name)
    _, text = written(tmp_path, quote)
    assert text.count(joined(name)) >= 3


def test_thirteen_conditions_stand_on_the_one_page(tmp_path):
    quote = sheet(
        plan_type=PlanType.MARKET_LINKED,
        warnings=tuple(f"見本の注意{n}。{WORDY}" for n in range(6)),
        assumed="仮定の説明。",
        gap_rule="同じ曜日・時刻の平均で補う",
        server_difference_yen=Decimal(-12),
        server_difference_reason="休日の数え方の違い",
        tariff_source="見本の出典。" * 30,
        estimated_months=frozenset(range(1, 13)),
    )
    lines = assumptions(quote)
    assert len(lines) >= 13
    _, text = written(tmp_path, quote)
    for line in lines:
        assert joined(line) in text


def test_fonts_are_embedded(tmp_path):
    document, _ = written(tmp_path, sheet())
    fonts = [font.get_object() for font in document.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        for inner in font.get("/DescendantFonts", [font]):
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))


def test_a_part_of_a_year_is_not_called_a_year(tmp_path):
    _, text = written(tmp_path, sheet(months=3))
    assert "3か月分の電気料金" in text
    assert "1年分の料金ではありません" in text
    assert "年間の電気料金" not in text


def partial(quote, **days):
    """The quote with some months that are not whole: ``m7=3`` are three days of July."""
    months = tuple(
        replace(month, days=days.get(f"m{int(month.month[5:])}", of := monthrange(2026, int(month.month[5:]))[1]), days_of=of)
        if month.billed
        else month
        for month in quote.bill.months
    )
    return replace(quote, bill=replace(quote.bill, months=months))


def test_months_that_are_not_whole_stand_with_their_days_and_are_no_year(tmp_path):
    quote = partial(sheet(server_difference_yen=Decimal(-12), server_difference_reason="休日の数え方の違い"), m1=1, m7=3)
    document, text = written(tmp_path, quote)
    days = 1 + 28 + 31 + 30 + 31 + 30 + 3 + 31 + 30 + 31 + 30 + 31
    assert f"{days}日分の電気料金" in text
    assert text.count("2026年7月3/31日") == 3  # beside the sum, in its row, among the conditions
    assert text.count("3/31日") == 4  # and below its bar
    assert text.count("1/31日") == 4
    assert "1年分の料金ではありません" in text
    assert "1か月あたり平均" not in text
    assert "との差はデータのある期間−12円です" in text
    assert "年間" not in text
    assert "年間" not in str(document.metadata)


def test_an_agreement_over_less_than_a_year_is_said_of_the_period(tmp_path):
    _, text = written(tmp_path, partial(sheet(), m7=3))
    assert "データのある期間の合計が、料金計算サービスの計算結果と一致しました" in text
    _, text = written(tmp_path, partial(sheet()))
    assert "年間の電気料金" in text
    assert "照合：料金計算サービスの計算結果と一致しました" in text
    assert "/31日" not in text


def test_every_month_of_a_sparse_year_fits_on_the_page(tmp_path):
    _, text = written(tmp_path, partial(sheet(), **{f"m{month}": 10 + month for month in range(1, 13)}))
    for month in range(1, 13):
        named = text.count(f"2026年{month}月{10 + month}/{monthrange(2026, month)[1]}日")
        assert named == (3 if month <= 2 else 2)  # row and conditions; the first two beside the sum, too
    assert "ほか10か月" in text


def test_what_is_doubtful_is_counted_beside_the_figure(tmp_path):
    _, text = written(tmp_path, sheet(warnings=("単価のない時間帯があります。", "プランの適用期間は終わっています。")))
    assert "金額の注意が2件あります" in text
    assert "単価のない時間帯があります。" in text
    _, text = written(tmp_path, sheet())
    assert "金額の注意" not in text


def test_market_linked_names_its_dearest_month():
    assert any("最も高い月は" in line for line in assumptions(sheet(plan_type=PlanType.MARKET_LINKED)))


def test_control_characters_do_not_reach_the_paper():
    assert clean("a\x00b\u202ec\nd\te") == "a b c d e"
    assert len(clean("x" * 5000)) == 400


def test_what_is_printed_is_the_page_that_is_saved(tmp_path):
    """Recorded, then played back at a printer's own resolution: nothing grows, shrinks or moves."""
    saved, _ = written(tmp_path, sheet())
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    set_page(printer)
    play(record(sheet()), printer)
    printed = PdfReader(tmp_path / "printed.pdf")
    assert len(printed.pages) == 1
    assert corners(printed.pages[0]) == pytest.approx(corners(saved.pages[0]), abs=4)  # points


def corners(page):
    """Leftmost, rightmost, lowest and highest place where a text begins, in points."""
    places = []

    def note(text, current, placed, _font, _size):
        if text.strip():
            x, y = (
                placed[4] * current[0] + placed[5] * current[2] + current[4],
                placed[4] * current[1] + placed[5] * current[3] + current[5],
            )
            places.append((x, y))

    page.extract_text(visitor_text=note)
    return [edge for values in zip(*places, strict=True) for edge in (min(values), max(values))]


BROKEN = """
import sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
import denkidesk.ui.quote.page as page
from denkidesk.ui.quote.printing import record
app = QGuiApplication([])
class Sheet: number = "1"
def fail(*_): raise RuntimeError("half a page")
page._Page.__init__ = fail
for paint in (lambda: record(None), lambda: page.paint_on(QPrinter(), None), lambda: page.write_pdf(Path(sys.argv[1]), Sheet)):
    try:
        paint()
    except RuntimeError:
        print("told")
"""


def test_a_page_that_cannot_be_painted_is_an_error_and_not_the_end_of_the_process(tmp_path):
    """A painter that is still at work when what it paints on goes takes the whole process along."""
    done = subprocess.run(
        [sys.executable, "-c", BROKEN, str(tmp_path / "quote.pdf")],
        capture_output=True,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        timeout=100,
        check=False,
    )
    assert (done.returncode, done.stdout.split()) == (0, [b"told"] * 3), done.stderr.decode()


def test_painters_end_whatever_happens():
    """A painter outlives the exception that leaves its function; only ``with`` ends it in time."""
    loose = []
    for path in sorted((Path(denkidesk.__file__).parent).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        held = {id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
        made = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("QPainter")]
        loose += [f"{path.name}:{node.lineno}" for node in made if id(node) not in held]
    assert loose == []
