"""Every layout and encoding, from bytes made here; the expected figures are written down, not computed by the reader."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from denkidesk.domain.errors import ChoiceOpen, InputRefused
from denkidesk.domain.usage import UsageChoices
from denkidesk.metering.files import read_files
from denkidesk.texts.errors import fault_line


def read_usage(data, name, unit=None):
    return read_files([(name, data)], UsageChoices(unit=unit))


def codes(imported):
    return [note.code for note in imported.notes]


def facts(imported, code):
    return dict(next(note.facts for note in imported.notes if note.code == code))


def fault_of(data, **options):
    with pytest.raises(InputRefused) as refused:
        read_usage(data if isinstance(data, bytes) else data.encode(), "usage.csv", **options)
    assert all(fault.field == "usage" for fault in refused.value.faults)
    return refused.value.faults[0]


MIRUDEN = """お客さま番号：00-0000-00-000-0000-00,契約種別：従量電灯Ａ,ニックネーム：見本
ご使用場所住所：大阪府大阪市見本町０－０－０
データ抽出対象期間：2025年12月31日 ～ 2026年1月2日
＊端数処理前で作成しています。
,１時間ごとの電力量内訳,,,,,,,,,,,,,,,,,,,,,,,
,0-1時,1-2時,2-3時,3-4時,4-5時,5-6時,6-7時,7-8時,8-9時,9-10時,10-11時,11-12時,12-13時,13-14時,14-15時,15-16時,16-17時,17-18時,18-19時,19-20時,20-21時,21-22時,22-23時,23-24時
抽出期間合計,9.99,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90,0.90
 01/02,0.21,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.22
 01/01,0.11,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.12
 12/31,0.31,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.30,0.32
"""


def test_miruden_newest_first_over_the_years_end():
    imported = read_usage(MIRUDEN.replace("\n", "\r\n").encode("cp932"), "miruden.csv")
    assert (imported.layout, imported.encoding, codes(imported)) == ("kepco-miruden", "cp932", ["newest_first"])
    days = imported.usage.days
    assert [day.day for day in days] == [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)]
    assert [(day.hourly_kwh[0], day.hourly_kwh[-1]) for day in days] == [(0.31, 0.32), (0.11, 0.12), (0.21, 0.22)]
    assert imported.usage.peak_kw is None
    assert imported.usage.source == "miruden.csv"


def test_miruden_without_its_period_has_no_year():
    fault = fault_of("\n".join(line for line in MIRUDEN.splitlines() if "期間：" not in line))
    assert (fault.code, fault.facts["line"], fault.facts["value"]) == ("year_unknown", "7", "01/02")


def test_miruden_day_outside_its_period():
    assert fault_of(MIRUDEN.replace("01/02", "02/02")).code == "outside_period"


def test_miruden_period_of_more_than_a_year():
    assert fault_of(MIRUDEN.replace("2025年12月31日", "2023年12月31日")).code == "more_than_a_year"


def test_miruden_29_february():
    text = MIRUDEN.replace("2025年12月31日 ～ 2026年1月2日", "2024年2月28日 ～ 2024年3月1日")
    text = text.replace("01/02", "03/01").replace("01/01", "02/29").replace("12/31", "02/28")
    imported = read_usage(text.encode(), "x.csv")
    assert [day.day for day in imported.usage.days] == [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)]
    assert "leap_day" in codes(imported)


def test_miruden_that_does_not_cover_its_period_says_so():
    imported = read_usage(MIRUDEN.replace("2026年1月2日", "2026年1月5日").encode(), "x.csv")
    assert facts(imported, "period_not_covered") == {"first": "2025-12-31", "last": "2026-01-05"}


def wide(count, heading, first=date(2026, 4, 1), days=2, figure="0.5", label="日付", separator=","):
    lines = [separator.join([label, *(heading(slot) for slot in range(count))])]
    lines += [separator.join([str(first + timedelta(days=day)), *([figure] * count)]) for day in range(days)]
    return "\n".join(lines) + "\n"


def clock(slot, step, shift=0):
    minute = (slot + shift) * step
    return f"{minute // 60}:{minute % 60:02}"


@pytest.mark.parametrize(
    ("count", "heading"),
    [
        (24, str),
        (24, lambda slot: str(slot + 1)),
        (24, lambda slot: f"{slot}時"),
        (24, lambda slot: f"{slot}時台(kWh)"),
        (24, lambda slot: f"{slot}-{slot + 1}時"),
        (24, lambda slot: f"{slot:02}:00～{slot + 1:02}:00"),
        (24, lambda slot: clock(slot, 60, 1)),
        (48, lambda slot: clock(slot, 30)),
        (48, lambda slot: clock(slot, 30, 1)),
        (48, lambda slot: f"{clock(slot, 30)}-{clock(slot, 30, 1)}"),
        (48, lambda slot: f"{slot // 2}時{slot % 2 * 30:02}分"),
        (48, lambda slot: str(slot + 1)),
        (48, lambda slot: clock(slot, 30, 1) if slot < 47 else "0:00"),
    ],
)
def test_wide_headings(count, heading):
    imported = read_usage(wide(count, heading).encode("utf-8-sig"), "wide.csv", unit="kWh")
    assert imported.layout == ("wide-hourly" if count == 24 else "wide-half-hourly")
    assert imported.encoding == "utf-8-sig"
    assert imported.usage.days[1].hourly_kwh == (0.5 * count / 24,) * 24
    assert imported.usage.peak_kw == (None if count == 24 else 1.0)
    assert codes(imported) == []


def test_wide_golden_half_hourly_with_total_and_weekday_columns():
    heads = ",".join(clock(slot, 30) for slot in range(48))
    values = ",".join(f"0.{slot:02}" for slot in range(48))
    text = f"供給地点,見本\n単位：kWh\n年月日,曜日,{heads},合計\n2026年4月1日(水),水,{values},11.28\n合計,,{values},11.28\n"
    imported = read_usage(text.encode("cp932"), "a.csv")
    (day,) = imported.usage.days
    assert day.day == date(2026, 4, 1)
    assert day.hourly_kwh[:3] == (0.01, 0.05, 0.09)
    assert day.hourly_kwh[23] == 0.93
    assert imported.usage.peak_kw == 0.94
    assert codes(imported) == ["row_ignored"]


def test_wide_without_headings():
    text = "\n".join(f"2026/4/{day},{','.join(['0.25'] * 24)}" for day in range(1, 4))
    imported = read_usage(text.encode(), "a.csv", unit="kWh")
    assert imported.usage.total_kwh == 18
    assert codes(imported) == ["headings_missing"]


def test_power_is_turned_into_energy_and_said():
    half_hours = read_usage(wide(48, lambda slot: clock(slot, 30), label="日付 (kW)", figure="1.5").encode(), "a.csv")
    assert half_hours.usage.days[0].hourly_kwh == (1.5,) * 24
    assert half_hours.usage.peak_kw == 1.5
    assert codes(half_hours) == ["unit_kw"]
    hours = read_usage(wide(24, str, figure="1.5").encode(), "a.csv", unit="kW")
    assert hours.usage.days[0].hourly_kwh == (1.5,) * 24
    watt_hours = read_usage(wide(24, str, label="日付 Wh", figure="1500").encode(), "a.csv")
    assert watt_hours.usage.days[0].hourly_kwh == (1.5,) * 24
    assert facts(watt_hours, "unit_converted") == {"unit": "Wh"}


@pytest.mark.parametrize("unit", ["mWh", "mwh", "mW"])
def test_a_unit_that_may_mean_two_is_refused_by_name(unit):
    for fault in (
        fault_of(wide(24, str, label=f"日付 ({unit})")),
        fault_of(f"日時,使用量({unit})\n2026/04/01 00:00,1\n2026/04/01 01:00,1\n"),
        fault_of(wide(24, str), unit=unit),
    ):
        assert (fault.code, fault.facts["unit"]) == ("unknown_unit", unit if unit != "mwh" else "mWh")
        assert fault.facts["unit"] in fault_line(fault)


def test_a_unit_that_nobody_named_is_asked():
    with pytest.raises(ChoiceOpen) as asked:
        read_usage(wide(24, str).encode(), "a.csv")
    assert (asked.value.faults[0].code, asked.value.item, asked.value.choices) == ("unit_open", "unit", ("kWh", "kW"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_encodings_newlines_separators(encoding, newline, separator):
    text = wide(24, lambda slot: f"{slot}時", label="年月日（kWh）", separator=separator).replace("\n", newline)
    imported = read_usage(text.encode(encoding), "a.csv")
    assert imported.encoding == encoding
    assert imported.usage.total_kwh == 24
    assert codes(imported) == []


def test_full_width_figures_and_thousands():
    text = "日付(kWh)," + ",".join(f"{slot}時" for slot in range(24)) + "\n２０２６／４／１," + ",".join(['"１，２３４．５"'] * 24)
    assert read_usage(text.encode("cp932"), "a.csv").usage.days[0].hourly_kwh[5] == 1234.5
    tabbed = "日付\t使用量kWh\n" + "\n".join(f"2026/4/1 {hour}:00\t1,234.5" for hour in range(24))
    assert read_usage(tabbed.encode(), "a.csv").usage.days[0].hourly_kwh[5] == 1234.5


def long(step, first=0, count=None, figure="0.5", heading="日時,使用電力量(kWh)"):
    count = count or 1440 // step
    stamps = [(number * step + first) for number in range(count)]
    lines = [f"2026-04-{1 + stamp // 1440:02} {stamp % 1440 // 60:02}:{stamp % 60:02},{figure}" for stamp in stamps]
    return "\n".join([heading, *lines]) + "\n"


def test_long_with_comment_lines():
    text = "# a house\n# licence\n" + long(60, heading="datetime,kwh")
    imported = read_usage(text.encode(), "a.csv")
    assert (imported.layout, imported.usage.total_kwh, codes(imported)) == ("long-hourly", 12, [])


def test_long_golden_half_hours():
    text = "日時,使用量(kWh)\n2026/4/1 0:00,0.1\n2026/4/1 0:30,0.2\n2026/4/1 1:00,0.3\n2026/4/1 1:30,0.6\n"
    imported = read_usage(text.encode(), "a.csv")
    assert imported.layout == "long-half-hourly"
    assert imported.usage.days[0].hourly_kwh[:3] == (0.3, 0.9, None)  # 0.1 + 0.2 as on paper
    assert imported.usage.peak_kw == 1.2
    assert codes(imported) == ["partial_last_day"]
    assert imported.usage.gap_hours == 0


def test_long_with_24_00_names_the_ends_of_its_hours():
    lines = [f"2026/4/{day} {hour}:00,{hour}" for day in (1, 2) for hour in range(1, 25)]
    imported = read_usage(("日時,kWh\n" + "\n".join(lines)).encode(), "a.csv")
    assert imported.usage.days[0].hourly_kwh == tuple(float(hour) for hour in range(1, 25))
    assert [day.day.day for day in imported.usage.days] == [1, 2]
    assert codes(imported) == ["interval_end"]


def test_long_that_ends_at_midnight_is_read_as_ends_and_says_so():
    imported = read_usage(long(30, first=30).encode(), "a.csv")
    assert imported.usage.days[0].hourly_kwh == (1.0,) * 24
    assert len(imported.usage.days) == 1
    assert codes(imported) == ["interval_end_assumed"]


def test_long_with_a_heading_that_says_end():
    imported = read_usage(long(60, first=180, count=3, heading="計測終了日時,kWh").encode(), "a.csv")
    assert imported.usage.days[0].hourly_kwh[1:6] == (None, 0.5, 0.5, 0.5, None)


@pytest.mark.parametrize(
    "stamp",
    [
        lambda hour: f"2026/04/01,{hour}:00",
        lambda hour: f"2026/04/01,{hour}:00～{hour + 1}:00",
        lambda hour: f"2026/04/01,{hour}:00-{hour}:59",
        lambda hour: f"2026/04/01,{hour}時",
        lambda hour: f"2026/04/01,{hour}",
        lambda hour: f"2026/04/01,{hour + 1}",
        lambda hour: f"20260401,{hour:02}:00:00",
        lambda hour: f"令和8年4月1日,{hour}時00分",
        lambda hour: f"2026-04-01T{hour:02}:00:00+09:00,x",
        lambda hour: f"2026-04-01 {hour:02}:00:00.000,x",
        lambda hour: f"20260401 {hour:02}00,x",
    ],
)
def test_long_stamps(stamp):
    text = "日付,時刻,電力量\n" + "\n".join(f"{stamp(hour)},{hour}.5" for hour in range(24))
    imported = read_usage(text.encode(), "a.csv", unit="kWh")
    assert imported.usage.days[0].day == date(2026, 4, 1)
    assert imported.usage.days[0].hourly_kwh == tuple(hour + 0.5 for hour in range(24))


def test_long_numbered_half_hours():
    text = "年月日,コマ,使用量(kWh)\n" + "\n".join(f"2026/4/1,{number},{number}" for number in range(1, 49))
    imported = read_usage(text.encode(), "a.csv")
    assert imported.usage.days[0].hourly_kwh[:2] == (3.0, 7.0)
    assert imported.usage.peak_kw == 96


def test_long_takes_the_usage_among_other_columns():
    text = "日時,売電量(kWh),買電量(kWh),気温,料金(円)\n" + "\n".join(f"2026/4/1 {hour}:00,9,0.5,20,30" for hour in range(24))
    assert read_usage(text.encode(), "a.csv").usage.total_kwh == 12


def test_long_with_two_usages_is_not_guessed():
    text = "日時,1階(kWh),2階(kWh)\n" + "\n".join(f"2026/4/1 {hour}:00,9,0.5" for hour in range(24))
    fault = fault_of(text)
    assert (fault.code, fault.facts["columns"]) == ("several_value_columns", "1階(kWh) / 2階(kWh)")


def test_hours_as_written_add_up_as_on_paper():
    text = "日時,kWh\n" + "\n".join(f"2026/4/1 {slot // 2}:{slot % 2 * 30:02},0.1" for slot in range(48))
    usage = read_usage(text.encode(), "a.csv").usage
    assert sum(Decimal(repr(kwh)) for kwh in usage.days[0].hourly_kwh) == Decimal("4.8")


def test_long_with_other_columns_before_and_between():
    rows = "\n".join(f"00-0000,見本,2026/04/01,水,{hour}:00～{hour + 1}:00,{hour}" for hour in range(24))
    imported = read_usage(f"お客さま番号,名義,年月日,曜日,使用時間帯,ご使用量(kWh)\n{rows}\n".encode("cp932"), "a.csv")
    assert imported.usage.days[0].hourly_kwh == tuple(float(hour) for hour in range(24))
    assert codes(imported) == []


def test_long_whose_midnight_is_a_bare_date():
    """Spreadsheets write 2026/4/1 0:00 back as 2026/4/1."""
    rows = "\n".join(f"2026/4/1{f' {hour}:00' if hour else ''},{hour}" for hour in range(24))
    assert read_usage(f"日時,kWh\n{rows}\n".encode(), "a.csv").usage.days[0].hourly_kwh[:2] == (0.0, 1.0)
