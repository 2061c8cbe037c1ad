"""Several threads of one desk may work on one outbox."""

import threading

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState


def outage(number):
    return NewApplication(
        ApplicationKind.OUTAGE,
        "PS301",
        "PE301",
        f"06{number:020}",
        customer_name="見本 太郎",
        supply_point_address="大阪府大阪市見本町0-0-0",
    )


def test_threads_share_the_work_and_never_take_an_item_from_each_other(desk, practice):
    items = [desk.outbox.queue(outage(number)) for number in range(60)]
    results = []

    def work():
        while done := desk.outbox.run():
            results.extend(done)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [result.error for result in results if result.error is not None] == []
    assert {item.state for item in desk.outbox.items()} == {OutboxState.ACCEPTED}
    assert sorted(filed.receipt_number for filed in practice.utility.filed()) == sorted(
        desk.outbox.item(item.item_id).receipt_number for item in items
    )
    assert len(results) == len(items)
