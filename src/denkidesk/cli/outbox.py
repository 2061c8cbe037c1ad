"""``denkidesk outbox list`` and ``outbox run``."""

import argparse

from denkidesk.cli.output import Exit, say, say_outcome, tell, write_json
from denkidesk.cli.session import opened, run_of
from denkidesk.cli.shapes import item_json, listed_json, sent_json
from denkidesk.desk.outbox import SendResult
from denkidesk.domain.applications import OutboxState
from denkidesk.texts import cli as texts
from denkidesk.texts.reconcile import NAME_HINT

_GRAVEST_FIRST = (Exit.BUG, Exit.UNKNOWN, Exit.SETUP, Exit.SERVER_REFUSED, Exit.INPUT_REFUSED, Exit.NOT_NOW, Exit.INTERRUPTED)


def run(arguments: argparse.Namespace) -> Exit:
    """``outbox list``, ``outbox run`` or ``outbox reconcile``."""
    if arguments.action == "list":
        with opened(run_of(arguments), servers=False) as desk:
            items = desk.outbox.items()
        write_json([item_json(item) for item in items])
        return Exit.DONE
    if arguments.action == "reconcile":
        return _reconcile(arguments)
    with opened(run_of(arguments), servers=True) as desk:
        if arguments.try_once:
            desk.login_guard.try_once()
        results = desk.outbox.run()
    code = worst(results)
    accepted = sum(result.item.state is OutboxState.ACCEPTED for result in results)
    say(texts.SENT.format(sent=len(results), accepted=accepted) if results else texts.NOTHING_WAITS)
    return tell([sent_json(result) for result in results], code)


def _reconcile(arguments: argparse.Namespace) -> Exit:
    with opened(run_of(arguments), servers=True) as desk:
        desk.outbox.recover()
        looked_up = desk.reconciliation.reconcile()
    settled = sum(item.state is OutboxState.ACCEPTED for item, _ in looked_up)
    say(texts.RECONCILED.format(unknown=len(looked_up), settled=settled) if looked_up else texts.NOTHING_UNKNOWN)
    if settled:
        say(NAME_HINT)
    shown = [
        {
            "item_id": item.item_id,
            "state": item.state.value,
            "receipt_number": item.receipt_number or None,
            "candidates": [listed_json(row) for row in candidates],
        }
        for item, candidates in looked_up
    ]
    return tell(shown, Exit.DONE if settled == len(looked_up) else Exit.UNKNOWN)


def worst(results: tuple[SendResult, ...]) -> Exit:
    """The gravest code of all: an unknown outcome must not hide behind a closed door."""
    codes = [say_outcome(result) for result in results]
    return next((code for code in _GRAVEST_FIRST if code in codes), Exit.DONE)
