"""A postcode fills the address, offline; the codes here are public ones of public places."""

import time

import pytest

from denkidesk.desk.postcodes import addresses_of
from denkidesk.settings import resources_dir


@pytest.mark.parametrize("typed", ["1000001", "100-0001", "〒１００－０００１", " 100 0001 "])
def test_a_postcode_is_one_town(typed):
    assert addresses_of(typed) == ("東京都千代田区千代田",)


def test_several_towns_are_a_choice_also_over_two_municipalities():
    assert {"北海道夕張市南部青葉町", "北海道夕張市南部菊水町"} <= set(addresses_of("0680546"))
    assert {"北海道札幌市厚別区", "北海道札幌市清田区"} <= set(addresses_of("0040000"))


@pytest.mark.parametrize("typed", ["", "1", "100000", "10000011", "0000000", "１００-ＯＯＯ１", "\n100000", "北海道x"])
def test_what_is_no_postcode_is_nowhere(typed):
    assert addresses_of(typed) == ()


def test_the_whole_table_is_found_at_its_first_and_its_last_code():
    lines = (resources_dir() / "postcodes" / "towns.txt").read_text(encoding="utf-8").splitlines()
    codes = [line[:7] for line in lines if line[:1].isdigit()]
    assert codes == sorted(codes)
    assert len(set(codes)) > 120_000
    municipality = next(line for line in reversed(lines) if line.startswith("\t"))[1:]
    assert addresses_of(codes[-1])[-1] == municipality + lines[-1][7:]
    assert addresses_of(codes[0])[0].startswith("北海道")


def test_a_look_takes_a_fraction_of_a_keystroke():
    """Held against reading the file twenty times, so that a slow machine is slow in both."""
    table = resources_dir() / "postcodes" / "towns.txt"
    begin = time.perf_counter()
    for _ in range(20):
        table.read_bytes()
    reading = time.perf_counter() - begin
    begin = time.perf_counter()
    addresses_of("9998531")
    assert time.perf_counter() - begin < reading
