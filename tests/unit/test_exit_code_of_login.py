"""A refused login ends a command with code 4, because nothing was lost and nothing done, and with a sentence."""

from denkidesk.cli.output import Exit, exit_code
from denkidesk.domain.errors import LoginRefused
from denkidesk.texts.errors import said


def test_a_refused_login_has_a_code_and_a_sentence() -> None:
    refused = LoginRefused("enegaeru", "forbidden", "このIDは別の端末でログイン中です。", 403)
    assert exit_code(refused) is Exit.NOT_NOW
    assert said(refused).line.startswith("料金APIへのログインを断られました。")
    assert "このIDは別の端末でログイン中です。" in said(refused).line
