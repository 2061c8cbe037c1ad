"""``denkidesk match``: a paper bill rebuilt, and the one switch that explains the rest; needs neither network nor store."""

import argparse

from denkidesk.billing.bill_match import match_bill
from denkidesk.cli.bill import decoded, tried
from denkidesk.cli.output import Exit, say, write_json_bytes
from denkidesk.cli.usage import gap_rule_of, read_usage, say_notes
from denkidesk.desk.usage_files import check_capacity, contract_of
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.enegaeru.encoding import match_json, to_json_bytes
from denkidesk.enegaeru.paper_files import decode_bill
from denkidesk.metering.gaps import apply_gap_rule
from denkidesk.texts import cli as texts
from denkidesk.texts.bill import reason_words


def run(arguments: argparse.Namespace) -> Exit:
    """Prints our bill, the rest in yen, and what explains it; exit 0 whatever the reason."""
    faults: list[FieldFault] = []
    gap_rule = gap_rule_of(arguments, faults)
    bill = decoded(faults, arguments.bill, "bill_file", decode_bill)
    imported = tried(faults, lambda: read_usage(arguments)) if arguments.usage else None
    if faults or bill is None:
        raise InputRefused(faults)
    usage = None
    if imported is not None:
        say_notes(imported)
        check_capacity(imported, contract_of(bill.detail, bill.capacity), accepted=arguments.accept_values)
        usage = apply_gap_rule(imported.usage, gap_rule)
    match = match_bill(bill, usage)
    say(texts.MATCHED.format(ours=f"{match.ours.parts.charge:,f}", rest=f"{match.rest_yen:+,f}", reason=reason_words(match)))
    write_json_bytes(to_json_bytes(match_json(match)))
    return Exit.DONE
