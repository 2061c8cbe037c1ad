"""The stable words for what is wrong, or merely worth knowing, in an installed set of WSDL, binding and code tables."""

from denkidesk.domain.error_codes import SetupCode


class WsdlCode(SetupCode):
    """One rule of an installed set; what any file can lack or break is an ``InstallationCode``."""

    NOT_JSON = "not_json"
    NOT_XML = "not_xml"
    TOO_LARGE = "too_large"
    DOCTYPE = "doctype"
    DOUBLE = "double"
    ALREADY_FILLED = "already_filled"  # one place of a message, and two lines that fill it
    WITHOUT_EFFECT = "without_effect"  # it may stand there, and changes nothing
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_OPERATION = "unknown_operation"
    UNKNOWN_ELEMENT = "unknown_element"
    BLOCK = "block"  # bound, and a block of elements that takes no text
    REPEATED = "repeated"  # bound as one value where there may be several
    UNKNOWN_HEADER = "unknown_header"
    EXTRA_ELEMENT = "extra_element"  # of a reply
    EXTRA_REQUEST_ELEMENT = "extra_request_element"
    REQUIRED_EXTRA = "required_extra"
    REQUIRED_ABSENT = "required_absent"
    EXCLUDED = "excluded"
    VALUE_REFUSED = "value_refused"
    REPLY_UNREAD = "reply_unread"
    MISSING_OPERATION = "missing_operation"
    MISSING_SERVICE = "missing_service"
    MISSING_PORT = "missing_port"
    MISSING_HEADER = "missing_header"
    HEADER_UNDECLARED = "header_undeclared"
    NOT_SOAP11 = "not_soap11"
    RPC_STYLE = "rpc_style"
    EMPTY_BODY = "empty_body"
    SOAP_ACTION = "soap_action"
    SERVICE_NAME = "service_name"
    UNKNOWN_SERVICE_NAME = "unknown_service_name"
    FORMAT = "format"
    ABSENT = "absent"
    NOT_NILLABLE = "not_nillable"
    OLDER_THAN_SERVER = "older_than_server"
    DATE_UNREADABLE = "date_unreadable"
    DATE_FORMAT = "date_format"
    DATE_ORDER = "date_order"  # not from year to second: the other day that it may be is no fault of the schema
    IMPORT_NETWORK = "import_network"
    IMPORT_OUTSIDE = "import_outside"
    IMPORT_UNRESOLVED = "import_unresolved"
    SCHEMA_INVALID = "schema_invalid"
    WSDL_INVALID = "wsdl_invalid"
    CANNOT_BUILD = "cannot_build"
