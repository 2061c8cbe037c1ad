"""Every plan at once, at the desk, by keyboard: the catalogue is filled, ranked, filtered, and a plan goes into the quote."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from denkidesk.domain.areas import Area
from denkidesk.domain.bills import FuelRule, Rounding
from denkidesk.domain.clock import JST
from denkidesk.domain.ranking import Trial
from denkidesk.settings import resources_dir
from denkidesk.texts import tariffs as texts
from denkidesk.ui.tariffs.pair_table import PairTable
from denkidesk.ui.tariffs.ranking_model import DIFFERENCE, PLAN, QUOTE, RANK, YEN
from denkidesk.ui.tariffs.schedule_view import ScheduleView
from denkidesk.ui.tariffs.trial_row import tried

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"


def page(clerk):
    return clerk.tariffs.ranking_page


def rows(clerk):
    model = page(clerk).model
    return [[model.index(row, column).data() for column in (QUOTE, RANK, PLAN, YEN, DIFFERENCE)] for row in range(model.rowCount())]


def fill(clerk):
    """A button that is reached by its letter goes down before it acts."""
    page(clerk).strips.clear()
    clerk.press("Alt+D")
    clerk.until(lambda: page(clerk).strips.messages)


def to_ranking(clerk):
    """関西電力's 従量電灯A on the sample, all plans stored and ranked."""
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.press("Alt+5")
    clerk.until(page(clerk).isVisible)
    clerk.settle_tariffs()
    clerk.picture("empty")
    fill(clerk)
    clerk.settle_tariffs()
    return clerk


@pytest.fixture
def ranked(clerk):
    """At the ranking."""
    return to_ranking(clerk)


def test_all_plans_are_ranked_as_their_own_bills_say_and_the_counts_are_the_whole_catalogue(ranked):
    ranked.picture()
    shown, ranking = rows(ranked), page(ranked).ranking
    assert len(shown) > 3
    ours = ranking.present
    assert (ours.detail.name, ours.difference, ours.rank) == ("従量電灯A", 0, 1 + ranking.cheaper)
    assert all("従量電灯A 従量電灯A" not in row[2] for row in shown), "nothing is listed twice"
    ranks = [int(row[1]) for row in shown if row[1] != "―"]
    assert ranks == sorted(ranks)
    for number, (_, rank, _, yen, difference) in enumerate(shown):
        line = page(ranked).model.line(number)
        if rank == "―":
            assert difference == "燃料費が不明"
            continue
        assert int(yen.replace(",", "")) == line.yen == ours.yen + line.difference
        assert difference.removesuffix("円/年").replace("−", "-").replace(",", "") == f"{line.difference:+}".replace("+0", "0")
    assert len(ranking.compared) + len(ranking.fuel_unknown) + len(ranking.left_out) == len(ranking.catalogue.plans)
    assert f"対象外 {len(ranking.left_out)}件" in page(ranked).counts_text
    seen = ranking.catalogue.checked_at[0].astimezone(JST).date().replace(day=1) - timedelta(days=1)
    assert page(ranked).counts_text.endswith(f"全プランの燃料費調整：直近の公表単価（{seen.year}年{seen.month}月分）")
    assert "1位" in page(ranked).model.spoken(page(ranked).model.line(0)) or shown[0][1] != "1"
    bill = ranked.context.desk.quoting.bill(ours.detail, ranking.question.usage, ranking.question.options(Rounding.BILL))
    assert ours.yen == bill.year.charge


def test_space_puts_the_chosen_plan_into_the_quote_and_the_present_plan_stays(ranked):
    before = page(ranked).ranking.present
    ranked.press("Down")
    chosen = page(ranked).chosen
    ranked.press("Space")
    ranked.settle_tariffs()
    ranked.until(lambda: ranked.tariffs.detail is not None and ranked.tariffs.detail.epplan_id == chosen.detail.epplan_id)
    ranked.settle_tariffs()
    assert page(ranked).ranking.present == before
    assert page(ranked).chosen.detail == chosen.detail
    assert [row[0] for row in rows(ranked)].count("✓") == 1
    ranked.picture("proposed")
    ranked.press("Alt+3")
    assert chosen.detail.name in ranked.tariffs.bill_page._title.text()
    assert ranked.tariffs.bill_page.bill.year.charge == chosen.yen


def test_a_filter_hides_and_never_changes_a_rank(ranked):
    every = rows(ranked)
    ranked.press("Alt+O")
    ranked.until(lambda: page(ranked).marks.companies)
    assert "［自社］" in rows(ranked)[0][2]
    page(ranked).filter.setFocus()
    ranked.write(page(ranked).chosen.detail.name)
    some = rows(ranked)
    assert 0 < len(some) < len(every)
    assert [row[1] for row in some] == [row[1] for row in every if row[2].startswith(some[0][2].split()[0])]
    assert page(ranked).counts_text.startswith(f"{len(page(ranked).ranking.compared)}件を比較")


def test_the_list_is_narrowed_by_readings_and_short_names_too(ranked):
    page(ranked).filter.setFocus()
    ranked.write("かんでん きじべつ")
    assert [row[2].split("（")[0] for row in rows(ranked)] == ["季時別電灯PS"]
    ranked.write("KEPCO 見本")
    assert rows(ranked) == []


def test_a_market_plan_has_the_range_of_the_stored_years_in_words_and_all_bars_have_one_scale(ranked):
    market = next(row for row in range(len(rows(ranked))) if page(ranked).model.line(row).spread)
    page(ranked).table.choose_row(market)
    assert "2年分の市場価格がまだない" in page(ranked).card.words
    assert "市場 " in page(ranked).model.spoken(page(ranked).chosen)
    ranked.picture("one-year")
    months = ranked.context.desk.quoting.area_prices(Area.KANSAI).value
    before = {one.year_month: f"{int(one.year_month[:4]) - 2}{one.year_month[4:]}" for one in months}
    dearer = [replace(one, year_month=before[one.year_month], prices_yen=tuple(5 * yen for yen in one.prices_yen)) for one in months]
    for version in (tuple(dearer), months):
        ranked.context.desk.store.catalogue.put("area_prices", "06", version)
    for keys in ("Alt+K", "Right", "Home"):
        ranked.press(keys)
        ranked.settle_tariffs()
    ranked.until(lambda: page(ranked).ranking.ranges.months is None)
    line, model = page(ranked).model.line(0), page(ranked).model
    ranked.picture("range")
    low, high = line.spread.ends
    words = f"市場 {low:,}～{high:,} 円"
    assert low == line.yen < high
    assert words in page(ranked).card.words
    assert words in model.spoken(line)
    ours = page(ranked).ranking.present_yen
    assert max(high for _, high in page(ranked).ranking.ranges.yen.values()) > model.most_yen == int(1.5 * ours), "cut off, not squeezed"
    scale, moving = model.most_yen, tried(page(ranked).ranking, Trial(kwh_percent=1))
    assert moving.ranges.is_before
    model.show_ranking(moving, moving.compared)
    assert model.most_yen == scale, "the bars do not jump while a slider moves"


def test_without_fuel_on_both_sides_every_plan_has_a_rank(ranked):
    unknown = len(page(ranked).ranking.fuel_unknown)
    ranked.press("Alt+U")
    ranked.press("Down")
    ranked.until(lambda: page(ranked).ranking.question.no_fuels)
    ranked.settle_tariffs()
    assert unknown
    assert not page(ranked).ranking.fuel_unknown
    assert all(row[1] != "―" for row in rows(ranked))


def test_a_typed_fuel_price_is_everybodys_and_each_months_own_asks_for_what_is_not_known(ranked):
    ranked.press("Alt+U")
    for _ in range(3):
        ranked.press("Down")
    assert page(ranked).fuel.typed.hasFocus(), "the price is asked for"
    ranked.settle_tariffs()
    assert ranked.tariffs.bill_page.total_text == "計算できません"
    ranked.write("-2.5")
    ranked.until(lambda: page(ranked).ranking.question.fuel.typed == Decimal("-2.5"))
    ranked.settle_tariffs()
    ranked.picture()
    assert not page(ranked).ranking.fuel_unknown
    assert "全プランの燃料費調整：入力した単価 −2.50 円/kWh" in page(ranked).counts_text
    bill = ranked.tariffs.bill_page
    assert (bill.bill.fuel_rule, bill.fuel.choice) == (FuelRule.TYPED, page(ranked).fuel.choice)
    assert bill.bill.year.charge == page(ranked).ranking.present.yen
    page(ranked).fuel.combo.setFocus()
    ranked.press("Up")
    ranked.until(lambda: page(ranked).ranking.question.fuel.rule is FuelRule.OWN_MONTH)
    ranked.settle_tariffs()
    ranked.picture("own")
    assert page(ranked).ranking.fuel_unknown, "a month that nobody knows is no 0"
    assert all(row[1] == "―" for row in rows(ranked)[len(page(ranked).ranking.compared) :])
    ranked.press("Alt+3")
    assert bill.bill is None
    assert "か月の単価が分かりません" in ranked.words_in(bill)
    assert bill.fuel.isVisible()
    ranked.picture("bill")


def test_with_the_servers_off_all_stored_plans_are_ranked_with_their_age(ranked, practice):
    practice.stop()
    first = rows(ranked)
    fill(ranked)
    ranked.settle_tariffs()
    assert rows(ranked) == first
    assert "取り込みを止めました" in " ".join(message.text for message in page(ranked).strips.messages)
    assert "に取得" in page(ranked)._age.text()


def test_the_list_has_the_finders_room_whichever_page_was_there_before(ranked):
    for keys, is_there in (("Alt+4", False), ("Alt+5", False), ("Alt+4", False), ("Alt+3", True), ("Alt+5", False)):
        ranked.press(keys)
        assert ranked.tariffs.finder.isVisible() is is_there


def test_the_chosen_plan_says_what_it_saves_month_by_month_and_the_reasons_name_every_plan_that_is_left_out(ranked):
    ranking, card, line = page(ranked).ranking, page(ranked).card, page(ranked).chosen
    months = ranking.months(ranking.catalogue.place_of[line.detail.key])
    apart = [theirs - ours for theirs, ours in zip(months, ranking.present_months, strict=True)]
    assert sum(apart) == line.difference
    assert line.detail.name in card.words
    assert f"{abs(line.difference):,}円/年" in card.words
    assert f"{abs(min(apart)):,}" in card.words
    before = card.words
    for _ in range(6):
        ranked.press("Down")
    assert card.words != before
    ranked.press("Alt+E")
    ranked.until(lambda: page(ranked).other.table.isVisible() and page(ranked).other.table.hasFocus())
    ranked.picture("left-out")
    model = page(ranked).other.rows
    named = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert len(named) == len(ranking.left_out)
    assert {"別のエリア", "別の契約種別"} <= {reason for reason, _, _ in named}
    assert not page(ranked).table.isVisible()
    ranked.press("Alt+E")
    ranked.until(page(ranked).table.hasFocus)
    changed = replace(line.detail, levy_yen_per_kwh=line.detail.levy_yen_per_kwh + 1)
    ranked.context.desk.store.catalogue.put("plan_detail", f"{changed.epplan_id}/{changed.base_cd}/", changed)
    ranked.press("Alt+N")
    ranked.until(lambda: page(ranked).other.rows.rowCount() == 1)
    row = [page(ranked).other.rows.index(0, column).data() for column in range(1, 6)]
    name = f"{line.detail.name} {line.detail.base_name}"
    assert row == [line.company.name, name, "再エネ賦課金", str(line.detail.levy_yen_per_kwh), str(changed.levy_yen_per_kwh)]
    assert "1件のプラン" in page(ranked).other.words
    ranked.picture("changed")


def test_the_prices_of_the_present_and_the_chosen_plan_stand_side_by_side_with_one_key(ranked):
    present = page(ranked).ranking.present.detail
    while page(ranked).chosen.detail.plan_type != present.plan_type:
        ranked.press("Down")
    chosen = page(ranked).chosen.detail
    ranked.press("Alt+T")
    sheet = ranked.tariffs.price_page
    ranked.until(sheet.isVisible)
    ranked.settle_tariffs()
    ranked.picture("prices")
    names = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert {present.name, chosen.name} <= set(names)
    table = sheet.findChild(PairTable)
    assert {row[0] for row in table.rows()} == {"違う", "同じ"}
    assert len(sheet.findChildren(ScheduleView)) == 2
    ranked.press("Alt+T")
    ranked.until(lambda: not sheet.pairs)
    assert sheet.findChild(ScheduleView).words
    assert sheet.hold.hasFocus()
    ranked.settle_tariffs()
    names = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert ranked.tariffs.finder.choice().plan.name in names, "the sheet is of what is picked beside it"
    assert chosen.name not in names


def test_all_retailers_or_the_allotted_ones_are_a_choice_that_stays(clerk):
    clerk.open_tariffs()
    clerk.settle_tariffs()
    names = clerk.tariffs.finder.company_list
    few = names.count()
    clerk.press("Alt+9")
    clerk.until(lambda: names.count() > few)
    clerk.settle_tariffs()
    clerk.picture()
    assert [section.title for section in clerk.tariffs.price_page.sections][-1] == "電力会社"
    assert clerk.tariffs.finder.all_companies.isChecked()
    clerk.press("Alt+9")
    clerk.until(lambda: names.count() == few)


def test_a_slider_ranks_anew_and_says_so_and_so_does_the_bill(ranked):
    def sums():
        return {row[2]: int(row[3].replace(",", "")) for row in rows(ranked) if row[1] != "―"}

    measured, bill, doubts = sums(), ranked.tariffs.bill_page.bill, ranked.tariffs.bill_page.doubts.lines
    ranked.press("Alt+K")
    ranked.until(page(ranked).trial.kwh.hasFocus)
    for key in ("PgUp", "PgUp", "Right"):
        ranked.press(key)
    ranked.settle_tariffs()
    assert page(ranked).counts_text.startswith("試算中：使用量 +11%　")
    tried = ranked.tariffs.bill_page
    assert tried.bill.year.charge > bill.year.charge
    assert tried.doubts.lines[0].startswith("試算：使用量 +11%")
    more = sums()
    assert more.keys() == measured.keys()
    assert all(measured[name] < more[name] < 1.2 * measured[name] for name in more)
    ranked.press("Home")
    ranked.settle_tariffs()
    assert sums() == measured
    ranked.press("Alt+L")
    ranked.until(page(ranked).trial.night.hasFocus)
    for _ in range(6):
        ranked.press("PgUp")
    ranked.settle_tariffs()
    assert "昼（7～23時）から夜へ 30%" in page(ranked).counts_text
    assert any("↑" in row[1] or "↓" in row[1] for row in rows(ranked))
    ranked.picture("tried")
    assert tried.doubts.lines[0].startswith("試算：昼（7～23時）から夜へ 30%")
    ranked.press("Alt+R")
    ranked.until(lambda: not page(ranked).trial._reset.isEnabled())
    ranked.settle_tariffs()
    assert sums() == measured
    assert "試算中" not in page(ranked).counts_text
    assert (tried.bill, tried.doubts.lines) == (bill, doubts)


def own_plans(clerk):
    """The page of the own plans, opened by its key."""
    clerk.press("Alt+P")
    button = page(clerk).own_plans
    clerk.until(lambda: button.page is not None and button.page.isVisible() and not button.is_busy)
    return button.page


def own_plan(clerk, name, price):
    """By hand: added from the comparison, which comes back."""
    own = own_plans(clerk)
    clerk.press("Alt+C")
    clerk.until(own.form.isVisible)
    for field, text in (("name", name), ("base_unit", "500"), ("price 1", price)):
        own.form.editors[field].setFocus()
        clerk.write(text)
    clerk.picture("own-form")
    clerk.press("Return")
    clerk.until(lambda: own.plans and not own.is_busy)
    clerk.picture("own-plans")
    clerk.press("Esc")
    clerk.settle_tariffs()


def test_a_dear_own_plan_is_ranked_as_own_and_stands_at_the_foot_until_the_list_shows_it(ranked):
    own_plan(ranked, "ひなた", "99")
    ranked.until(lambda: any("ひなた" in row[2] for row in rows(ranked)))
    at = next(at for at, row in enumerate(rows(ranked)) if "ひなた" in row[2])
    assert "［自社］" in rows(ranked)[at][2]
    ranked.window.resize(800, 480)
    ranked.settle_tariffs()
    ranked.picture()
    ranked.until(page(ranked).foot.isVisible)
    assert page(ranked).foot.rows.line(0).detail.name == "ひなた"
    page(ranked).table.choose_row(at)
    ranked.until(lambda: not page(ranked).foot.isVisible())
    page(ranked).table.choose_row(0)
    ranked.until(page(ranked).foot.isVisible)


def test_an_own_plan_goes_into_a_quote_and_no_server_is_asked_about_it(ranked):
    own_plan(ranked, "ひなた", "21")
    ranked.until(lambda: any("ひなた" in row[2] for row in rows(ranked)))
    page(ranked).table.choose_row(next(at for at, row in enumerate(rows(ranked)) if "ひなた" in row[2]))
    line = page(ranked).chosen
    ranked.press("Space")
    bill = ranked.tariffs.bill_page
    ranked.until(lambda: ranked.tariffs.detail == line.detail and bill.bill is not None)
    ranked.settle_tariffs()
    assert bill.bill.epplan_id == line.detail.epplan_id
    assert bill.bill.year.charge == line.yen
    ranked.press("Alt+3")
    ranked.picture()
    assert "サーバとは照合しません" in bill.server_text
    assert page(ranked).ranking.present.detail.name == "従量電灯A", "the present plan stays"


def test_own_plans_are_changed_deleted_and_put_back(ranked):
    own_plan(ranked, "ひなた", "21")
    own = own_plans(ranked)
    ranked.until(lambda: own.chosen is not None)
    ranked.press("Alt+G")
    ranked.until(own.form.isVisible)
    assert own.form.values()["price 1"] == "21"
    own.form.editors["price 1"].setText("x")
    ranked.press("Return")
    assert own.form.isVisible()
    assert "1行目の円/kWh" in own.form.notes
    own.form.editors["price 1"].setText("22")
    ranked.press("Return")
    ranked.until(lambda: [one.detail.conditions[0].unit_yen for one in own.plans] == [22])
    ranked.until(lambda: not own.is_busy)
    ranked.press("Alt+X")
    ranked.until(lambda: not own.plans)
    ranked.settle_tariffs()
    own.strips.messages[-1].action()
    ranked.until(lambda: len(own.plans) == 1 and not own.is_busy)
    ranked.settle_tariffs()


def test_a_favourite_is_marked_and_found_by_its_chip(ranked):
    page(ranked).table.choose_row(2)
    name = page(ranked).chosen.detail.name
    ranked.press("Alt+S")
    ranked.until(lambda: "［★］" in rows(ranked)[2][2])
    page(ranked)._filters.chips["★お気に入り"].click()
    assert [row[2].split()[0] for row in rows(ranked)] == [name]
    ranked.press("Alt+S")
    ranked.until(lambda: rows(ranked) == [])


def handed_on(clerk, menu, words):
    """What a menu puts on the clipboard, as lines of cells."""
    (act,) = [action for action in menu.actions() if action.text() == words]
    act.trigger()
    clerk.settle_tariffs()
    return [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]


def saved(clerk, menu, folder):
    """The same picture as pixels, lines and a page."""
    for ending in ("png", "svg", "pdf"):
        menu.save_picture(folder / f"picture.{ending}")
        clerk.until(lambda: not menu.is_busy)
    assert QImage(str(folder / "picture.png")).width() == 1600
    assert "<svg" in (folder / "picture.svg").read_text(encoding="utf-8")
    return PdfReader(folder / "picture.pdf").pages[0].extract_text()


def test_the_ranking_goes_into_a_letter_as_a_picture_and_into_a_spreadsheet_as_its_numbers(ranked, tmp_path):
    clerk, menu = ranked, page(ranked).picture_menu
    clerk.picture("with-pictures")
    head, *table = handed_on(clerk, menu.menu(), texts.COPY_TABLE)
    assert head[:3] == ["順位", "プラン", "会社"]
    ranking = page(clerk).ranking
    assert len(table) == page(clerk).model.rowCount() + 1, "and the present plan in its place"
    ranked_rows = [row for row in table if row[0] != "―"]
    assert [int(row[4]) for row in ranked_rows] == [int(yen) for yen in ranking.sums]
    assert all(int(row[5]) == int(row[4]) - ranking.present_yen for row in ranked_rows)
    words = saved(clerk, menu, tmp_path)
    cheapest = page(clerk).model.line(0)
    assert f"{cheapest.yen:,}" in words
    assert "燃料費調整" in words
    handed_on(clerk, menu.menu(), texts.COPY_PICTURE)
    clerk.until(lambda: not QGuiApplication.clipboard().image().isNull())
    assert QGuiApplication.clipboard().image().width() == 2000


def test_both_pictures_of_why_are_handed_on_with_their_numbers(ranked, tmp_path):
    clerk = ranked
    clerk.press("Alt+Y")
    clerk.until(lambda: page(clerk).why is not None and page(clerk).why.answer is not None)
    clerk.settle_tariffs()
    why, menu = page(clerk).why.answer.explained.why, page(clerk).why.picture_menu
    clerk.picture("why")
    steps, pairs = (action.menu() for action in menu.menu().actions())
    assert [steps.title(), pairs.title()] == ["差の内訳", "現在と提案（月別）"]
    table = handed_on(clerk, steps, texts.COPY_TABLE)
    assert sum(int(row[3] or 0) for row in table[2:-1]) == why.difference
    assert "差の内訳" in menu._chart.accessibleName()
    assert f"{why.present_yen:,}" in saved(clerk, menu, tmp_path)
    table = handed_on(clerk, pairs, texts.COPY_TABLE)
    assert [int(row[3]) for row in table[1:]] == [pair.difference for pair in why.months]
    assert [int(row[1]) for row in table[1:]] == [pair.present_yen for pair in why.months]
    words = saved(clerk, menu, tmp_path)
    assert "太い上線" in "".join(words.split())
    both = menu._chart.maker.both
    assert (int(both.present.year.charge), int(both.proposed.year.charge)) == (why.present_yen, why.proposed_yen)


@pytest.fixture
def low(ranked):
    """The smallest window: the list is in sight, conditions and acts are put away behind Alt+M."""
    ranked.window.resize(800, 480)
    ranked.until(page(ranked).tools.isVisible)
    page(ranked).table.setFocus()
    assert not page(ranked).tools.isChecked()
    return ranked


def test_in_a_low_window_the_keys_of_acts_act_on_the_list_that_stays_in_sight(low):
    plan = page(low).chosen
    for key, is_marked in (("Alt+S", page(low).marks.is_favourite), ("Alt+O", page(low).marks.is_own)):
        what = plan.detail if key == "Alt+S" else plan.company
        for expected in (True, False, True):
            low.press(key)
            assert is_marked(what) is expected
            assert page(low).table.isVisible()
            assert page(low).table.hasFocus()
    low.picture()
    low.press("Alt+Y")
    low.until(lambda: page(low).why is not None and page(low).why.isVisible())
    low.settle_tariffs()
    low.press("Esc")
    low.until(page(low).table.hasFocus)
    low.press("Alt+T")
    low.until(low.tariffs.price_page.isVisible)
    assert low.tariffs.price_page.pairs
    low.window.resize(1280, 800)
    low.press("Alt+5")
    low.until(page(low).table.hasFocus)
    low.press("Alt+S")  # the button's own key again, and not both
    low.until(lambda: not page(low).marks.is_favourite(plan.detail))
    low.settle_tariffs()
    assert not page(low).marks.is_favourite(plan.detail)


def test_in_a_low_window_the_key_of_a_condition_brings_it_into_sight(low):
    low.press("Alt+U")
    field = page(low).fuel
    low.until(lambda: field.isVisible() and QApplication.focusWidget() in (field, *field.findChildren(QWidget)))
    low.picture()
    low.press("Alt+M")
    low.until(page(low).table.isVisible)


def test_in_a_low_window_changed_prices_and_own_plans_open_by_their_keys(low):
    low.press("Alt+N")
    low.until(page(low).other.isVisible)
    low.settle_tariffs()
    low.press("Alt+N")
    low.until(page(low).table.isVisible)
    page(low).table.setFocus()
    assert own_plans(low).isVisible()
    low.press("Esc")
    low.settle_tariffs()
