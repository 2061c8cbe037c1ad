"""One request a second for the whole company: over processes, as the server sees it."""

from concurrent.futures import ThreadPoolExecutor

from fakes.desk_home import run_program, write_application, write_settings

PROCESSES = 4
REQUESTS = 8


def test_four_processes_keep_the_interval_and_lose_nothing(tmp_path, practice):
    home = tmp_path / "home"
    write_settings(home, practice, interval_s=1.0, margin_s=0.05)
    files = [write_application(tmp_path, f"{number}.json", supply_point_number=f"06{number:020}") for number in range(REQUESTS)]

    def file_some(numbers):
        return [run_program(home, "apply", "outage", str(files[number])) for number in numbers]

    with ThreadPoolExecutor(PROCESSES) as pool:
        ran = [one for many in pool.map(file_some, (range(start, REQUESTS, PROCESSES) for start in range(PROCESSES))) for one in many]
    assert [one.code for one in ran] == [0] * REQUESTS, [one.stderr for one in ran]
    assert len({one.json["receipt_number"] for one in ran}) == REQUESTS == len(practice.utility.filed())
    assert len(practice.utility.request_starts()) == REQUESTS
    assert sorted(practice.utility.request_ids().values()) == [1] * REQUESTS, "every request arrived exactly once"
    assert practice.utility.report()["gaps_below_1s"] == 0
    # How little time is lost between them is bench/four_processes.py's figure.
