"""``denkidesk inbox sync``, ``inbox list`` and ``status``."""

import argparse
from datetime import date

from denkidesk.cli.output import Exit, say, write_json
from denkidesk.cli.session import opened, run_of
from denkidesk.cli.shapes import entry_json, status_json
from denkidesk.desk.desk import Desk
from denkidesk.desk.inbox import InboxFilter, InboxView, concerns_one
from denkidesk.desk.setup import MOST_STATUS_CALLS
from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.errors import FieldFault, InputRefused, Unreachable
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.supply_point import parse_supply_point_number
from denkidesk.texts import cli as texts
from denkidesk.texts import dates
from denkidesk.texts.inbox import REFRESHED_SINCE


def run(arguments: argparse.Namespace) -> Exit:
    """``inbox sync``, ``inbox list`` or ``status``."""
    if arguments.command == "status":
        return _status(arguments)
    return _sync(arguments) if arguments.action == "sync" else _list(arguments)


def _sync(arguments: argparse.Namespace) -> Exit:
    criteria = _criteria(arguments)
    run = run_of(arguments)
    budget = _budget(arguments, run.settings.kansai.status_budget)
    with opened(run, servers=True) as desk:
        result = desk.inbox.refresh(criteria)
        say(texts.SYNCED.format(total=result.total, added=result.added, changed=result.changed))
        if result.since is not None:
            say(REFRESHED_SINCE.format(day=dates.day(result.since)))
        counts = {"added": result.added, "changed": result.changed, "total": result.total, "at": result.at.isoformat()}
        write_json({**counts, "extra": dict(result.extra)} if result.extra else counts)
        if budget:
            _look_for_news(desk, budget)
    return Exit.DONE


def _look_for_news(desk: Desk, budget: int) -> None:
    queue = desk.inbox.status_queue(budget)
    news, failures = 0, dict[int, Unreachable]()
    for turn, number in enumerate(queue.receipt_numbers):
        try:
            news += desk.inbox.look_for_news(number)
        except Unreachable as error:
            if not concerns_one(error) or turn - 1 in failures:
                raise
            failures[turn] = error
    say(texts.LOOKED_FOR_NEWS.format(asked=len(queue.receipt_numbers) - len(failures), news=news))
    say(texts.NEWS_BEYOND.format(count=queue.beyond) if queue.beyond else texts.NO_MORE_NEWS)
    for failure in failures.values():
        raise failure


def _budget(arguments: argparse.Namespace, setting: int) -> int:
    if arguments.no_status:
        return 0
    if arguments.status_budget is None:
        return setting
    if not arguments.status_budget.isascii() or not arguments.status_budget.isdigit() or int(arguments.status_budget) > MOST_STATUS_CALLS:
        raise InputRefused.of("status_budget", InputCode.RANGE)
    return int(arguments.status_budget)


def _list(arguments: argparse.Namespace) -> Exit:
    with opened(run_of(arguments), servers=False) as desk:
        entries = desk.inbox.entries(InboxView(InboxFilter.UNREAD if arguments.unread else InboxFilter.ALL))
    write_json([entry_json(entry) for entry in entries])
    return Exit.DONE


def _status(arguments: argparse.Namespace) -> Exit:
    receipt_number = arguments.receipt.strip()
    if not receipt_number:
        raise InputRefused.of("receipt_number", InputCode.REQUIRED)
    with opened(run_of(arguments), servers=True) as desk:
        fetched = desk.inbox.fetch_status(receipt_number)
    if fetched.entry.status is None:
        raise AssertionError("a fetched status was not stored")
    write_json(status_json(fetched.entry.status))
    if fetched.not_stored is not None:
        raise fetched.not_stored
    return Exit.DONE


def _criteria(arguments: argparse.Namespace) -> ListingCriteria:
    faults: list[FieldFault] = []

    def day(name: str) -> date | None:
        text = getattr(arguments, name)
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            faults.append(FieldFault(name, InputCode.ISO_DATE))
            return None

    number = arguments.supply_point_number
    if number is not None:
        try:
            number = parse_supply_point_number(number)
        except InputRefused as refused:
            faults.extend(refused.faults)
    if arguments.has_message not in (None, "yes", "no"):
        faults.append(FieldFault("has_message", InputCode.CHOICE))
    criteria = ListingCriteria(
        receipt_number=arguments.receipt_number,
        work_stage=arguments.work_stage,
        registered_from=day("registered_from"),
        registered_to=day("registered_to"),
        visit_from=day("visit_from"),
        visit_to=day("visit_to"),
        selection_code=arguments.selection_code,
        supply_point_number=number,
        has_message=None if arguments.has_message is None else arguments.has_message == "yes",
    )
    if faults:
        raise InputRefused(faults)
    return criteria
