"""From the matched bill and the file to the ranking, a slider, and the why of the first three: by keyboard, with pictures."""

import pytest
from tests.end_to_end.test_window_paper_bill import Counting, sample_bill
from tests.end_to_end.test_window_quote import save, text_of
from tests.end_to_end.test_window_ranking import fill

from denkidesk.settings import resources_dir
from denkidesk.texts.ranking import signed

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"


def page(clerk):
    return clerk.tariffs.ranking_page


def why_of(clerk):
    clerk.until(lambda: page(clerk).why is not None and page(clerk).why.isVisible() and page(clerk).why.answer is not None)
    clerk.settle_tariffs()
    return page(clerk).why


def number(text):
    return int(text.replace(",", "").replace("−", "-").replace("+", "") or 0)


def adds_up(why):
    rows = why.lines.rows()
    parts, (first, last) = rows[1:-1], (rows[0], rows[-1])
    assert sum(number(row[1]) for row in parts) == number(first[1]) == number(last[1])
    assert sum(number(row[2]) for row in parts) == number(last[2])
    assert sum(number(row[3]) for row in parts) == number(last[3]) == number(last[2]) - number(last[1])
    assert sum(number(row[3]) for row in why.months.rows()) == number(last[3])


def match_paper_bill(clerk, hand, first, last, kwh):
    """Types a bill of 従量電灯A over 30 days, has it computed, types its sum and accepts it as matched."""
    hand.press("Alt+4")
    paper = clerk.tariffs.paper_page
    clerk.until(paper.isVisible)
    hand.press("Alt+C")
    for text in ("かんでん じゅうりょう", first.isoformat(), last.isoformat(), str(kwh), "1"):
        hand.type(text)
        hand.press("Return")
        clerk.settle_tariffs()
    clerk.until(paper.known.price.isVisible)
    hand.press("Alt+S")
    clerk.until(lambda: paper.view.match is not None)
    hand.press("Alt+Y")
    hand.type(f"{paper.view.match.ours.parts.charge:f}")
    clerk.until(lambda: paper.view.can_accept)
    hand.press("Alt+M")
    clerk.until(lambda: paper.match is not None)


def test_the_desk_s_two_minutes_from_the_paper_bill_to_the_why_of_the_first_three(clerk):
    clerk.open_tariffs()
    hand = Counting(clerk)
    clerk.drop(SAMPLE)
    clerk.settle_tariffs()
    first, last, kwh = sample_bill(clerk)
    match_paper_bill(clerk, hand, first, last, kwh)
    clerk.picture("matched")
    hand.press("Alt+5")
    clerk.until(page(clerk).isVisible)
    clerk.settle_tariffs()
    hand.press("Alt+D")
    clerk.until(lambda: page(clerk).ranking is not None)
    clerk.settle_tariffs()
    clerk.until(lambda: page(clerk).model.rowCount() > 2)
    hand.press("Alt+L", "Right")
    clerk.settle_tariffs()
    hand.press("Shift+Tab", "Shift+Tab")
    assert page(clerk).table.hasFocus()
    for place in range(3):
        line = page(clerk).chosen
        hand.press("Return")
        why = why_of(clerk)
        clerk.picture(f"why-{place + 1}")
        adds_up(why)
        assert why.answer.line.detail == line.detail
        assert why.answer.explained.why.difference == line.difference
        assert number(why.lines.rows()[-1][3]) == line.difference
        assert signed(line.difference) in why.range.rows()[0][3]
        assert "試算中" in clerk.words_in(why)
        hand.press("Esc", "Down")
        clerk.until(page(clerk).table.hasFocus)
    assert hand.keys <= 25


def test_a_small_window_and_a_plan_that_follows_the_market(clerk):
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.press("Alt+5")
    clerk.until(page(clerk).isVisible)
    clerk.settle_tariffs()
    fill(clerk)
    clerk.settle_tariffs()
    market = next(row for row in range(page(clerk).model.rowCount()) if "市場連動" in page(clerk).model.index(row, 2).data())
    page(clerk).table.choose_row(market)
    page(clerk).table.setFocus()
    clerk.press("Alt+Y")
    why = why_of(clerk)
    adds_up(why)
    ranges = [row[0] for row in why.range.rows()]
    assert sum("市場価格" in row for row in ranges) == 2, "its dearest and its cheapest month"
    clerk.picture("market")
    clerk.window.resize(800, 480)
    clerk.settle_tariffs()
    clerk.picture("small")
    assert why.lines.width() <= why.width()


def test_of_a_plan_whose_fuel_price_is_unknown_neither_the_why_nor_the_quote_names_a_saving(clerk, tmp_path):
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.press("Alt+5")
    clerk.until(page(clerk).isVisible)
    clerk.settle_tariffs()
    fill(clerk)
    clerk.settle_tariffs()
    model = page(clerk).model
    row = next(row for row in range(model.rowCount()) if model.line(row).rank is None)
    page(clerk).table.choose_row(row)
    page(clerk).table.setFocus()
    clerk.press("Return")
    why = why_of(clerk)
    clerk.picture("unknown")
    assert "分かりません" in why.words
    assert "単価の取得：現在" in clerk.words_in(why)
    assert "安くなります" not in clerk.words_in(why)
    assert not any("この比較の単価" in cells[0] for cells in why.range.rows())
    assert [cells[0] for cells in why.lines.rows() if "燃料費調整額" in cells[0]] == []
    adds_up(why)
    assert not why.picture_menu.isEnabled()
    line = page(clerk).chosen
    clerk.press("Esc")
    clerk.until(page(clerk).table.hasFocus)
    clerk.press("Space")
    clerk.settle_tariffs()
    clerk.until(lambda: clerk.tariffs.detail is not None and clerk.tariffs.detail.key == line.detail.key)
    clerk.settle_tariffs()
    path = tmp_path / "unknown.pdf"
    save(clerk, path)
    text = "".join(text_of(path))
    assert "安くなります" not in text
    assert "との差は、提案の燃料費調整の単価が分からないため示していません" in text
    quote = clerk.context.desk.quoting.quote(clerk.context.desk.quoting.quote_lines()[0].quote_id)
    assert quote.sheet.present is None
    assert len(quote.plans) == 1
