"""Gaps, doubles, odd figures: named with their line, never mended silently; and no bytes at all make anything but a refusal."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.usage import ImportedUsage, UsageChoices
from denkidesk.metering.files import read_files

HEAD = "日時,使用量(kWh)\n"
HOURS = [f"2026/4/1 {hour}:00,0.5" for hour in range(24)]


def read_usage(data, name, unit=None):
    return read_files([(name, data)], UsageChoices(unit=unit))


def read(lines, head=HEAD):
    return read_usage((head + "\n".join(lines)).encode(), "a.csv")


def codes(imported):
    return [note.code for note in imported.notes]


def faults_of(lines, head=HEAD):
    with pytest.raises(InputRefused) as refused:
        read(lines, head)
    return refused.value.faults


def test_a_gap_stays_a_gap():
    for gap in ("", "-", "－", "欠測", "NaN", "***"):
        lines = list(HOURS)
        lines[5] = f"2026/4/1 5:00,{gap}"
        imported = read(lines)
        assert imported.usage.days[0].hourly_kwh[4:7] == (0.5, None, 0.5)
        assert codes(imported) == ["gap"]


def test_half_of_an_hour_is_a_gap():
    lines = [f"2026/4/1 {slot // 2}:{slot % 2 * 30:02},0.5" for slot in range(48) if slot != 11]
    assert read(lines).usage.days[0].hourly_kwh[4:7] == (1.0, None, 1.0)


def test_a_day_that_is_missing_is_a_day_of_gaps():
    lines = [f"2026/4/{day} {hour}:00,0.5" for day in (1, 3) for hour in range(24)]
    imported = read(lines)
    assert imported.usage.days[1].hourly_kwh == (None,) * 24
    assert dict(imported.notes[0].facts) == {"first": "2026-04-02 00:00", "last": "2026-04-02 23:00", "hours": "24"}


def test_a_whole_month_that_is_missing_is_a_gap_and_named():
    lines = [f"2026/{month}/{day} {hour}:00,0.5" for month, day in ((4, 30), (6, 1)) for hour in range(24)]
    imported = read(lines)
    assert len(imported.usage.days) == 33
    assert imported.usage.gap_hours == 31 * 24
    gap = {"first": "2026-05-01 00:00", "last": "2026-05-31 23:00", "hours": "744"}
    assert [(note.code, dict(note.facts)) for note in imported.notes] == [("month_missing", {"month": "2026-05"}), ("gap", gap)]


def test_a_double_with_the_same_figure_is_noted():
    imported = read([*HOURS, HOURS[3]])
    assert imported.usage.total_kwh == 12
    assert [(note.code, note.line) for note in imported.notes] == [("not_in_order", None), ("duplicate", 26)]


def test_a_double_with_another_figure_is_refused_with_both_lines():
    (fault,) = faults_of([*HOURS, "2026/4/1 3:00,0.7"])
    assert fault.code == "duplicate"
    assert {name: fault.facts[name] for name in ("line", "first_line", "first", "second", "day", "time")} == {
        "line": "26", "first_line": "5", "first": "0.5", "second": "0.7", "day": "2026-04-01", "time": "03:00",
    }  # fmt: skip


def test_all_bad_cells_are_named_at_once():
    lines = list(HOURS)
    lines[3], lines[7] = "2026/4/1 3:00,many", "2026/4/1 7:00,0.5.5"
    found = faults_of(lines)
    assert [(fault.code, fault.facts["line"], fault.facts["value"]) for fault in found] == [
        ("not_a_number", "5", "many"),
        ("not_a_number", "9", "0.5.5"),
    ]


def test_a_negative_figure_becomes_a_gap_with_its_line():
    imported = read([*HOURS[:22], "2026/4/1 22:00,-0.5", HOURS[23]])
    assert imported.usage.days[0].hourly_kwh[22] is None
    assert [(note.code, note.line) for note in imported.notes] == [("negative", 24), ("gap", None)]


def test_what_is_missing_at_the_ends_is_no_gap():
    lines = [f"2026/4/{day} {hour}:00,0.5" for day in (1, 2, 3) for hour in range(24)][13:-5]
    empty = [f"2026/{day} {hour}:00," for day in ("3/31", "4/4", "5/9") for hour in range(24)]
    imported = read([*empty[:24], *lines, *empty[24:]])
    usage = imported.usage
    assert [day.day for day in usage.days] == [date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 3)]
    assert [day.is_whole for day in usage.days] == [False, True, False]
    assert (usage.gap_hours, usage.total_kwh) == (0, 27.0)
    assert codes(imported) == ["partial_first_day", "partial_last_day"]


def test_a_file_with_no_figure_at_all_is_refused():
    assert [fault.code for fault in faults_of([f"2026/4/1 {hour}:00,-1" for hour in range(24)])] == ["no_readings"]


def test_an_absurd_figure_is_refused_and_an_unlikely_one_must_be_confirmed():
    assert faults_of([*HOURS[:23], "2026/4/1 23:00,99999999"])[0].code == "absurd_value"
    many = [f"2026/4/{day} {hour}:00,{500 if (day, hour) == (3, 4) else 0.5}" for day in range(1, 11) for hour in range(24)]
    fault = faults_of(many)[0]
    assert (fault.code, fault.facts["value"], fault.facts["day"], fault.facts["time"]) == ("implausible", "500", "2026-04-03", "04:00")
    confirmed = read_files([("a.csv", (HEAD + "\n".join(many)).encode())], UsageChoices(accept_values=True))
    assert [(note.code, dict(note.facts)["time"]) for note in confirmed.notes] == [("outlier", "04:00")]


@pytest.mark.parametrize(
    ("stamp", "code"),
    [
        ("2026/2/30 0:00", "no_such_day"),
        ("2026/4/1 24:30", "no_such_time"),
        ("2026/4/1 0:75", "no_such_time"),
        ("2026/4/1 0:10", "too_fine"),
        ("2026/4/1 0:00:20", "too_fine"),
        ("2026-04-01T00:00:00Z", "other_time_zone"),
        ("1926/4/1 0:00", "absurd_year"),
    ],
)
def test_stamps_that_cannot_be(stamp, code):
    fault = faults_of([HOURS[0], f"{stamp},0.5"])[0]
    assert (fault.code, fault.facts["line"]) == (code, "3")


def test_a_row_that_is_no_day_is_refused_if_it_has_figures_and_noted_if_not():
    assert faults_of([*HOURS, "someday,0.5"])[0].code == "bad_date"
    assert [(note.code, note.line) for note in read([*HOURS, "以上"]).notes] == [("row_ignored", 26)]


@pytest.mark.parametrize(("days", "accepted"), [(365, True), (366, False)])
def test_more_than_a_year_is_refused_with_its_span(days, accepted):
    first = date(2024, 4, 1)
    lines = [f"{first + timedelta(days=number)}," + ",".join(["0.5"] * 24) for number in range(days)]
    head = "日付(kWh)," + ",".join(str(hour) for hour in range(24)) + "\n"
    if accepted:
        assert len(read(lines, head).usage.days) == days
        return
    fault = faults_of(lines, head)[0]
    assert fault.code == "more_than_a_year"
    span = {"first": "2024-04-01", "last": "2025-04-01", "newest_year_from": "2024-04-02"}
    assert dict(fault.facts) == {"choices": "2024-04-02 / 2024-04-01", **span}


def test_a_wide_row_that_is_cut():
    lines = ["2026/4/1," + ",".join(["0.5"] * 24), "2026/4/2," + ",".join(["0.5"] * 20)]
    fault = faults_of(lines, "日付(kWh)," + ",".join(str(hour) for hour in range(24)) + "\n")[0]
    assert (fault.code, fault.facts["line"]) == ("short_row", "3")


def test_wide_headings_that_are_no_whole_day():
    lines = ["2026/4/1," + ",".join(["0.5"] * 23)]
    assert faults_of(lines, "日付(kWh)," + ",".join(str(hour) for hour in range(23)) + "\n")[0].code == "slot_headings"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"PK\x03\x04abc", "damaged_archive"),
        (b"\xd0\xcf\x11\xe0abc", "excel_file"),
        (b"<?xml version='1.0'?><usage/>", "xml_file"),
        (b"\n<html>", "xml_file"),
        (b"%PDF-1.7", "pdf_file"),
        (b"\x00\x01\x02", "not_text"),
        ("日付,1".encode("utf-16-le"), "not_text"),
        (b"\xff\xfe\x00", "broken_encoding"),
        (b"\xef\xbb\xbf\xff", "broken_encoding"),
        (b"\x81\xff\xfe", "unknown_encoding"),
        (b"a,b\n1,2\n", "no_days"),
        (b"hour_of_year,shop\n0,1.5\n", "no_days"),
        (b'"' + b"a" * 200_000, "not_a_table"),
    ],
)
def test_files_that_are_something_else(data, code):
    with pytest.raises(InputRefused) as refused:
        read_usage(data, "a.csv")
    assert refused.value.faults[0].code == code


CELLS = st.one_of(
    st.sampled_from(
        [
            "2026/4/1", "2026/4/1 0:00", "2026/4/1 0:30", "2026/4/1 24:00", "4/1", "02/29", "0:00", "0:30", "24:00", "0-1時", "23-24時",
            "1", "24", "48", "0.5", "-1", "1e9", "1e99", "1,234", "kW", "kWh", "合計", "", "-", '"', "令和8年4月1日", "R0.1.1", "20260401",
            "データ抽出対象期間：2026年3月1日 ～ 2027年2月28日", "#", "９", "²", "٣", "9999/12/31 24:00", "2100/12/31", "令和年1月1日",
        ]
    ),
    st.text(max_size=8),
)  # fmt: skip


def reads_or_refuses(data, name):
    """The one promise about unknown bytes: a usage, or InputRefused with its faults; anything else escapes and fails the test."""
    try:
        imported = read_usage(data, name)
    except InputRefused as refused:
        return bool(refused.faults)
    return isinstance(imported, ImportedUsage) and all(len(day.hourly_kwh) == 24 for day in imported.usage.days)


@settings(max_examples=400, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, max_size=30), max_size=12),
    separator=st.sampled_from([",", "\t", ";"]),
    encoding=st.sampled_from(["utf-8", "cp932", "utf-16"]),
)
def test_any_table_is_read_or_refused(rows, separator, encoding):
    assert reads_or_refuses("\n".join(separator.join(row) for row in rows).encode(encoding, errors="replace"), "a.csv")


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.json"]))
@example(data=b"[" * 100_000, name="a.json")
@example(data=b'[{"date":"2026-01-01","hourlyPowers":[' + b"9" * 5000 + b"]}]", name="a.json")
def test_any_bytes_are_read_or_refused(data, name):
    assert reads_or_refuses(data, name)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 2000), byte=st.binary(min_size=0, max_size=3), cut=st.integers(0, 5))
def test_a_file_damaged_anywhere_is_read_or_refused(place, byte, cut):
    sound = (HEAD + "\n".join(HOURS)).encode("cp932")
    place %= len(sound)
    assert reads_or_refuses(sound[:place] + byte + sound[place + cut :], "a.csv")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("#####", "hidden"),
        ("#N/A", "error_value"),
        ("#REF!", "error_value"),
        ("12月3日", "date"),
        ("1.23E+11", "exponent"),
        ("３-Dec", "date"),
    ],
)
def test_a_figure_that_a_spreadsheet_broke_is_named_with_its_line(cell, code):
    lines = list(HOURS)
    lines[5] = f"2026/4/1 5:00,{cell}"
    (fault,) = faults_of(lines)
    assert (fault.code, fault.facts["line"]) == (code, "7")


def test_a_small_figure_may_have_an_exponent():
    lines = list(HOURS)
    lines[5] = "2026/4/1 5:00,5E-05"
    assert read(lines).usage.days[0].hourly_kwh[5] == 5e-05


@pytest.mark.parametrize("broken", [[5], list(range(24))])
def test_a_date_that_a_spreadsheet_could_not_show_is_no_comment(broken):
    """Excel writes ##### for a date in a column that is too narrow: such rows were passed over in silence."""
    lines = [f"########,{hour}:00,0.5" if hour in broken else f"2026/4/1,{hour}:00,0.5" for hour in range(24)]
    fault = faults_of(lines, "日付,時刻,使用量(kWh)\n")[0]
    assert (fault.code, fault.facts["line"]) == ("hidden", str(broken[0] + 2))


def test_a_line_of_number_signs_is_a_comment():
    assert read(["##########", "# 見本", *HOURS], "##########\n" + HEAD).usage.gap_hours == 0
