"""The quote is one page whatever stands on it, and says word for word what it was given."""

import ast
import subprocess
import sys
from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter

import denkidesk
from denkidesk.domain.clock import JST
from denkidesk.domain.plans import PlanType
from denkidesk.domain.quote_sheet import FuelSeen
from denkidesk.domain.supply_point import masked
from denkidesk.domain.usage import GapRule, ImportNote, ImportNoteCode, Usage, UsageDay
from denkidesk.settings import resources_dir
from denkidesk.texts.quote_facts import addressed, dearest_hour, estimated_share, fuel_note, retailer_lines
from denkidesk.ui.charts.style import load_chart_fonts
from denkidesk.ui.parts.paper import set_page
from denkidesk.ui.quote.printing import play, record
from denkidesk.ui.quote.sheet import assumptions, clean
from denkidesk.ui.tariffs.usage_facts import cautions_of, usage_notes
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
        usage_notes=("欠測：同じ月の平日・休日別の平均で補う",),
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


def test_everything_that_a_reader_can_notice_stands_on_the_one_page(tmp_path):
    facts = (("question", "unit"), ("answer", "kW"), ("shape", "household-plain"), ("rule", "day_class_mean"), ("days", "306"))
    hours = (("first", "2026-01-01 03:00"), ("last", "2026-01-01 05:00"), ("hours", "3"), ("count", "2"))
    notes = tuple(ImportNote(code, 12, facts + hours) for code in ImportNoteCode)
    usage = Usage((UsageDay(date(2026, 1, 1), (1.0,) * 24),), filled_by=GapRule.ZERO, notes=notes)
    quote = sheet(usage_notes=usage_notes(usage), warnings=cautions_of(usage, date(2029, 1, 1)))
    assert len(quote.usage_notes) >= len(ImportNoteCode) - 2
    _, text = written(tmp_path, quote)
    for line in assumptions(quote):
        assert joined(line) in text


def test_who_sends_it_and_for_which_supply_point_stand_in_the_head(tmp_path):
    lines = retailer_lines("〒000-0000 見本県見本市 0-0", "00-0000-0000", "例示 さくら")
    assert lines == ("〒000-0000 見本県見本市 0-0", "電話 00-0000-0000　担当 例示 さくら")
    assert retailer_lines("", "", "") == ()
    point = masked("0610000000000000000123")
    assert point == "06-****-****-****-****-0123"
    _, text = written(tmp_path, sheet(retailer_lines=lines, supply_point=point))
    for line in (*lines, point):
        assert joined(line) in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("見本 太郎", "見本 太郎 様"),
        ("株式会社見本", "株式会社見本 御中"),
        ("小野寺", "小野寺 様"),
        ("(有)例示商店", "(有)例示商店 御中"),
        ("例示荘 管理組合", "例示荘 管理組合 御中"),
        ("例示商店 店長 見本様", "例示商店 店長 見本様"),
        ("", "お客さま"),
    ],
)
def test_a_company_is_addressed_as_one_and_what_was_typed_stays(name, said):
    assert addressed(sheet(customer_name=name)) == said


def test_the_fuel_price_stands_with_its_month_and_its_age():
    seen = FuelSeen(Decimal("-1.16"), "2026-10", datetime(2026, 11, 19, 8, 50, tzinfo=JST))
    note = fuel_note(
        (("現在", seen), ("ご提案", replace(seen, per_kwh=Decimal(2), fetched_at=seen.fetched_at + timedelta(3)))), date(2026, 11, 22)
    )
    assert note == (
        "燃料費調整の単価：現在 −1.16 円/kWh（2026年10月分、2026年11月19日 8:50 取得、作成の3日前）、"
        "ご提案 2.00 円/kWh（2026年10月分、2026年11月22日 8:50 取得）。"
    )
    several = fuel_note((("現在", replace(seen, per_kwh=None, bill_month="")), ("ご提案", None)), date(2026, 11, 19))
    assert several == "燃料費調整の単価：現在 単価表のとおり（2026年11月19日 8:50 取得）。"
    unknown = fuel_note((("ご提案", replace(seen, per_kwh=None, bill_month="", is_known=False)),), date(2026, 11, 19))
    assert unknown == "燃料費調整の単価：ご提案 不明（2026年11月19日 8:50 取得）。"
    assert fuel_note((("ご提案", None),), date(2026, 11, 19)) == ""


def test_the_share_of_the_estimated_months_is_said():
    quote = sheet(estimated_months=frozenset({1, 2, 3}))
    assert estimated_share(quote.bill, quote.estimated_months) == "推計の月：12 か月のうち 3 か月（使用量の 25%）。"
    assert any("使用量の 25%" in line for line in assumptions(quote))
    assert estimated_share(quote.bill, frozenset()) == ""


def test_a_market_linked_plan_says_how_high_the_market_was(tmp_path):
    note = dearest_hour("2026-01", 18, Decimal("88.5"), "2025-02", "2026-10")
    assert "2026年1月 18時台の 88.50 円/kWh" in note
    _, text = written(tmp_path, sheet(plan_type=PlanType.MARKET_LINKED, market_note=note))
    assert joined(note) in text


def test_an_issued_quote_says_what_was_said_then():
    quote = sheet(conditions=("その日の文。",))
    assert assumptions(quote) == ["その日の文。"]


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
class Sheet:
    number = "1"
    present = None
    revision = None
    points = ()
sheet = Sheet()
def fail(*_): raise RuntimeError("half a page")
page.Page.__init__ = fail
for paint in (lambda: record(sheet), lambda: page.paint_on(QPrinter(), sheet), lambda: page.write_pdf(Path(sys.argv[1]), sheet)):
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
