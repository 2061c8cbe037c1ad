"""The stable words by which errors are told apart: in the program, in its stored data, and in the command line's JSON.

Their values are a contract: none is ever changed. Each member has its words in ``texts``, proved by a test. Only what the first screen
needs stands here, since members take time to make; faults of other inputs are in ``fault_codes``, those of a WSDL set in ``wsdl_codes``.
"""

from enum import StrEnum
from typing import TypeAlias


class FaultCode(StrEnum):
    """Which rule an input breaks. Without members: each kind of input has its own codes."""


class SetupCode(StrEnum):
    """Which rule the installation breaks. Without members, as :class:`FaultCode`."""


class RefusalCode(StrEnum):
    """Why a server refused a request that it had read."""

    BAD_REQUEST = "bad_request"  # 400
    FORBIDDEN = "forbidden"  # 403: login, rights or token
    UNKNOWN_SERVICE = "unknown_service"  # 404
    FAULT = "fault"  # a SOAP fault
    DECLINED = "declined"  # a 200 whose request status says no
    NOT_FOUND = "not_found"
    LOGIN_STATUS = "login_status"  # a 200 whose request status means a refused login
    STOPPED = "stopped"  # the server was not even asked: it had refused this very login before


class ClosedReason(StrEnum):
    """Why a service is closed."""

    WEEKLY = "weekly"
    WINDOW = "window"  # a closure that the clerk entered
    MAINTENANCE = "maintenance"  # the server said so
    HELD = "held"  # one application that waits for the end of a closed time


class ConnectCode(StrEnum):
    """Why there is no connection: nothing was handed over."""

    CONNECT = "connect"
    TLS = "tls"
    PROXY = "proxy"  # cannot be reached, or gives no answer that means anything
    PROXY_LOGIN = "proxy_login"  # wants a login, or another one
    PROXY_FORBIDS = "proxy_forbids"
    PROXY_NO_SERVER = "proxy_no_server"  # cannot reach the server itself


class ExchangeCode(StrEnum):
    """Why a request got no answer that can be read."""

    TIMEOUT = "timeout"
    CUT = "cut"
    SERVER_ERROR = "server_error"
    REDIRECT = "redirect"
    NOT_SOAP = "not_soap"
    NOT_JSON = "not_json"
    TOO_LARGE = "too_large"
    PROTOCOL = "protocol"  # not proper HTTP, or a packed body that nobody asked for
    SCHEMA = "schema"
    UNEXPECTED = "unexpected"  # a bug of ours


class OutcomeCode(StrEnum):
    """What besides an :class:`ExchangeCode` leaves it open whether an application was taken."""

    NO_RECEIPT = "no_receipt"  # a 200 without a receipt number
    RECEIPT_TAKEN = "receipt_taken"  # with a number that already belongs to another application
    MAINTENANCE = "maintenance"  # a 503 outside of the closed hours
    FAULT = "fault"  # a SOAP fault
    KILLED = "killed"  # the program ended meanwhile
    RESTORED = "restored"  # the books are a backup's
    LISTED = "listed"  # refused by a status alone, and in the listing all the same
    NOT_STORED = "not_stored"  # taken, but the books could not be written


class OutboxCode(StrEnum):
    """Why an application is not on its way, where the outbox keeps a word of its own instead of the error's code."""

    CLOSED = "closed"
    LOGIN_REFUSED = "login_refused"
    INPUT = "input"
    SETUP = "setup"
    COUNTING = "counting"  # the clerk may still stop it
    STOPPED = "stopped"  # by the clerk


class InstallationCode(SetupCode):
    """What is wrong with a file, a folder, the secrets or the settings as a whole."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNWRITABLE = "unwritable"
    FULL = "full"  # disk or quota
    UNKNOWN = "unknown"  # no such item
    TYPE = "type"
    NOT_TOML = "not_toml"
    BACKSLASH = "backslash"  # in double quotes, where TOML reads the letter behind it as a sign of its own
    INVALID = "invalid"
    LOCKED = "locked"
    DAMAGED = "damaged"
    NEWER = "newer"  # written by a later version of this program
    NO_MODULE = "no_module"  # a part of a library that the program needs is not built in
    NOT_DURABLE = "not_durable"
    SYNCED_FOLDER = "synced_folder"  # a service such as OneDrive copies it elsewhere
    NETWORK_FOLDER = "network_folder"
    NOT_SHARED = "not_shared"  # each user of this machine has a gate of his own
    SHAPE = "shape"  # a table or a column is missing, or one too many
    ROWS = "rows"  # some rows cannot be read
    REPLACED = "replaced"  # another file stands in its place since it was opened
    CLOSED = "closed"
    FAILED = "failed"
    PORT = "port"
    NO_SECURE_STORE = "no_secure_store"
    NO_BASE_URL = "no_base_url"
    HEADER_VALUE = "header_value"
    PRACTICE_ONLY = "practice_only"


class SettingCode(FaultCode):
    """What is wrong with the value of one setting: a fault beside its field, and one of the installation where the file is read."""

    URL = "url"
    PLAIN_HTTP = "plain_http"
    HTTPS_PROXY = "https_proxy"
    LOGIN_IN_ADDRESS = "login_in_address"
    BELOW_ONE_SECOND = "below_one_second"
    RANGE = "range"
    IP_ADDRESS = "ip_address"
    CHOICE = "choice"
    PLACEHOLDER = "placeholder"
    CHARACTER = "character"  # one that it cannot hold


class SecretCode(FaultCode):
    """What is wrong with a password or a key that is to be kept."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    PRACTICE = "practice"  # those of practice mode are fixed


FailureCode: TypeAlias = RefusalCode | ConnectCode | ExchangeCode | OutcomeCode | OutboxCode | SetupCode | SettingCode
"""What is stored with an application of the outbox, as plain text: whoever reads it meets the words of other versions too."""
