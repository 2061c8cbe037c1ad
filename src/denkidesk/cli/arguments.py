"""The words of the command line. Faulty arguments are refused input like any other: in Japanese, exit code 2."""

import argparse
import re
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.texts import cli as texts
from denkidesk.texts.names import field_name

_SENTENCES: Final = (
    (re.compile(r"the following arguments are required: (.*)"), texts.ARGUMENT_MISSING),
    (re.compile(r"unrecognized arguments: (.*)"), texts.ARGUMENT_UNKNOWN),
    (re.compile(r"argument (.*): expected (?:one argument|at least one argument)"), texts.ARGUMENT_WITHOUT_VALUE),
    (re.compile(r"argument (?:.*): invalid choice: (.*?) \(.*"), texts.ARGUMENT_UNKNOWN),
)


class _JapaneseHelp(argparse.HelpFormatter):
    """Help whose headings are Japanese too: argparse itself has them in English wherever no translation is installed."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The line of usage, begun with its Japanese word."""
        super().add_usage(usage, actions, groups, texts.HELP_USAGE if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """One list of arguments, under its Japanese heading."""
        super().start_section(texts.HELP_SECTIONS.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """Raises InputRefused instead of leaving the program; its help is Japanese."""

    def __init__(self, *, add_help: bool = True, **how: Any) -> None:
        super().__init__(add_help=False, formatter_class=_JapaneseHelp, **how)
        if add_help:
            self.add_argument("-h", "--help", action="help", help=texts.HELP)

    def error(self, message: str) -> NoReturn:
        """Names what is missing or wrong."""
        for pattern, sentence in _SENTENCES:
            if found := pattern.fullmatch(message):
                raise InputRefused.of("arguments", InputCode.USAGE, message=sentence.format(names=found[1]))
        raise InputRefused.of("arguments", InputCode.USAGE, message=texts.ARGUMENT_WRONG.format(message=message))


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The arguments of the command line. ``command`` None: the window."""
    return _parser().parse_args(words)


def _add_usage_choices(command: Parser) -> None:
    """What settles what a usage file leaves open."""
    command.add_argument("--unit", metavar="kWh|kW|Wh", help=texts.UNIT)
    command.add_argument("--column", metavar="NAME", help=texts.COLUMN)
    command.add_argument("--supply-point", metavar="N", help=texts.SUPPLY_POINT)
    command.add_argument("--sheet", metavar="NAME", help=texts.SHEET)
    command.add_argument("--year", metavar="YYYY", help=texts.YEAR)
    command.add_argument("--register", action="store_true", help=texts.REGISTER)
    command.add_argument("--newest-year", action="store_true", help=texts.NEWEST_YEAR)
    command.add_argument("--gaps", metavar="refuse|mean|zero", default="refuse", help=texts.GAPS)
    command.add_argument("--accept-values", action="store_true", help=texts.ACCEPT_VALUES)


def _add_bill_options(command: Parser) -> None:
    """The usage, and what else a bill hangs on beside its plan."""
    command.add_argument("usage", metavar="USAGE", nargs="+", help=texts.USAGE)
    command.add_argument("--capacity", metavar="C", help=texts.CAPACITY)
    command.add_argument("--peak", metavar="KW", help=texts.PEAK)
    command.add_argument("--no-fuels", action="store_true", help=texts.NO_FUELS)
    command.add_argument("--area-prices", metavar="F.json", help=texts.AREA_PRICES)
    command.add_argument("--commission", metavar="X", help=texts.COMMISSION)
    command.add_argument("--rounding", metavar="none|bill", help=texts.ROUNDING)


def _parser() -> Parser:
    parser = Parser(prog="denkidesk", description=texts.PROGRAM, allow_abbrev=False)
    parser.add_argument("--home", metavar="DIR", help=texts.HOME, default=None)
    parser.add_argument("--practice", action="store_true", help=texts.PRACTICE)
    parser.add_argument("--tour", metavar="DIR", default=None, help=texts.TOUR)
    parser.add_argument("--usage", metavar="FILE", default=None, help=texts.TOUR_USAGE)
    parser.add_argument("--smoke", metavar="DIR", default=None, help=texts.SMOKE)
    # The same two may follow the command.
    common = Parser(add_help=False, allow_abbrev=False)
    common.add_argument("--home", metavar="DIR", help=texts.HOME, default=argparse.SUPPRESS)
    common.add_argument("--practice", action="store_true", help=texts.PRACTICE, default=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)

    def add(group: "argparse._SubParsersAction[Parser]", name: str, text: str) -> Parser:
        return group.add_parser(name, help=text, description=text, parents=[common], allow_abbrev=False)

    def add_group(name: str, text: str) -> "argparse._SubParsersAction[Parser]":
        return add(commands, name, text).add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=Parser)

    simulate = add(commands, "simulate", texts.SIMULATE)
    simulate.add_argument("--kansai-port", metavar="N", default="0", help=texts.KANSAI_PORT)
    simulate.add_argument("--enegaeru-port", metavar="N", default="0", help=texts.ENEGAERU_PORT)
    simulate.add_argument("--fault", metavar="NAME", action="append", default=[], help=texts.FAULT)

    bill = add(commands, "bill", texts.BILL)
    bill.add_argument("plan", metavar="PLAN.json", help=texts.PLAN)
    _add_bill_options(bill)
    bill.add_argument("--paper", metavar="SUPPLEMENT.json", help=texts.PAPER)
    bill.add_argument("--read-day", metavar="N", help=texts.READ_DAY)
    bill.add_argument("--periods", metavar="DATE,DATE,...", help=texts.PERIODS)
    _add_usage_choices(bill)

    rank = add(commands, "rank", texts.RANK)
    rank.add_argument("plans", metavar="PLANS.jsonl", help=texts.PLANS)
    _add_bill_options(rank)
    rank.add_argument("--top", metavar="N", help=texts.TOP)
    rank.add_argument("--present", metavar="ID/BASE", help=texts.PRESENT)
    _add_usage_choices(rank)

    match = add(commands, "match", texts.MATCH)
    match.add_argument("bill", metavar="BILL.json", help=texts.MATCH_BILL)
    match.add_argument("usage", metavar="USAGE", nargs="*", help=texts.USAGE)
    _add_usage_choices(match)

    plans = add_group("plans", texts.PLANS_COMMAND)
    add(plans, "sync", texts.PLANS_SYNC).add_argument("--budget", metavar="N", help=texts.BUDGET)
    add(plans, "changes", texts.PLANS_CHANGES).add_argument("--since", metavar="YYYY-MM-DD", help=texts.SINCE)
    add(plans, "lint", texts.PLANS_LINT).add_argument("plan", metavar="PLAN.json", help=texts.PLAN)

    quote = add_group("quote", texts.QUOTE)
    add(quote, "list", texts.LIST)
    add(quote, "show", texts.QUOTE_SHOW).add_argument("quote_id", metavar="ID", help=texts.QUOTE_ID)
    pdf = add(quote, "pdf", texts.QUOTE_PDF)
    pdf.add_argument("quote_id", metavar="ID", help=texts.QUOTE_ID)
    pdf.add_argument("file", metavar="FILE", help=texts.QUOTE_FILE)

    inbox = add_group("inbox", texts.INBOX)
    sync = add(inbox, "sync", texts.SYNC)
    for name in ("registered-from", "registered-to", "visit-from", "visit-to"):
        sync.add_argument(f"--{name}", metavar="YYYY-MM-DD", help=field_name(name.replace("-", "_")))
    for name in ("work-stage", "selection-code", "supply-point-number", "receipt-number"):
        sync.add_argument(f"--{name}", metavar="X", help=field_name(name.replace("-", "_")))
    sync.add_argument("--has-message", metavar="yes|no", nargs="?", const="yes", help=field_name("has_message"))
    sync.add_argument("--no-status", action="store_true", help=texts.NO_STATUS)
    sync.add_argument("--status-budget", metavar="N", help=texts.STATUS_BUDGET)
    add(inbox, "list", texts.LIST).add_argument("--unread", action="store_true", help=texts.UNREAD)

    add(commands, "status", texts.STATUS).add_argument("receipt", metavar="RECEIPT", help=texts.RECEIPT)

    apply = add(commands, "apply", texts.APPLY)
    apply.add_argument("kind", metavar="KIND", help=texts.KIND)
    apply.add_argument("file", metavar="FILE.json", help=texts.APPLY_FILE)
    apply.add_argument("--dry-run", action="store_true", help=texts.DRY_RUN)

    apply_all = add(commands, "apply-all", texts.APPLY_ALL)
    apply_all.add_argument("kind", metavar="KIND", help=texts.KIND)
    apply_all.add_argument("file", metavar="FILE", help=texts.BULK_FILE)
    apply_all.add_argument("--dry-run", action="store_true", help=texts.BULK_DRY_RUN)
    apply_all.add_argument("--only-good", action="store_true", help=texts.ONLY_GOOD)

    outbox = add_group("outbox", texts.OUTBOX)
    add(outbox, "list", texts.LIST)
    add(outbox, "run", texts.RUN).add_argument("--try-once", action="store_true", help=texts.TRY_ONCE)
    add(outbox, "reconcile", texts.RECONCILE)

    export = add_group("export", texts.EXPORT)
    for name, text in (("inbox", texts.INBOX), ("outbox", texts.OUTBOX)):
        add(export, name, text).add_argument("file", metavar="FILE", help=texts.EXPORT_FILE)
    add(commands, "backup", texts.BACKUP).add_argument("file", metavar="FILE", help=texts.BACKUP_FILE)

    add(add_group("wsdl", texts.WSDL), "check", texts.WSDL_CHECK).add_argument("directory", metavar="DIR", help=texts.WSDL_DIR)
    add(add_group("secret", texts.SECRET), "set", texts.SECRET_SET).add_argument("name", metavar="NAME", help=texts.SECRET_NAME)
    add(commands, "doctor", texts.DOCTOR)
    return parser
