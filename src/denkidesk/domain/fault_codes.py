"""The stable words for what is wrong with an input, by what the input is; see ``error_codes``."""

from denkidesk.domain.error_codes import FaultCode


class InputCode(FaultCode):
    """What is wrong with an argument, a file's form or any other single value."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    SCHEMA = "schema"
    NOT_OBJECT = "not_object"
    NOT_TEXT = "not_text"
    DOUBLE = "double"
    ISO_DATE = "iso_date"
    CHARACTERS = "characters"
    NUMBER = "number"
    RANGE = "range"
    OUT_OF_RANGE = "out_of_range"
    REQUIRED = "required"
    PORT = "port"
    CHOICE = "choice"
    UNKNOWN = "unknown"
    FORM = "form"  # not written as it must be
    EXISTS = "exists"  # a file that is not ours to replace
    BEFORE_START = "before_start"
    AT_MOST_ONE = "at_most_one"
    USAGE = "usage"  # of the command line


class BulkCode(FaultCode):
    """What is wrong with a table of many applications, or with a row of it beside what the form finds."""

    HEADINGS = "headings"  # no row of the table is made of them
    HEADING_TWICE = "heading_twice"
    NO_COLUMN = "no_column"
    NO_ROWS = "no_rows"
    POINT_TWICE = "point_twice"
    SIMILAR_OPEN = "similar_open"


class ErasureCode(FaultCode):
    """Why a customer's data cannot be taken out."""

    STILL_OPEN = "still_open"  # an application is on its way, or nobody knows its end
    NOT_CONFIRMED = "not_confirmed"


class SpreadsheetCode(FaultCode):
    """What a spreadsheet made of a number, wherever one is typed, pasted or read."""

    EXPONENT = "exponent"  # 1.23457E+21
    ERROR_VALUE = "error_value"  # #REF!
    HIDDEN = "hidden"  # #####: the column was too narrow
    DATE = "date"  # 12月3日 where a number was
    ZERO_LOST = "zero_lost"


class FormCode(FaultCode):
    """What is wrong with an item of an application, or deserves a second look."""

    REQUIRED = "required"
    UNKNOWN = "unknown"
    SIMILAR_OPEN = "similar_open"
    CONTROL = "control"
    TOO_LONG = "too_long"
    CHOICE = "choice"
    EXCLUDED = "excluded"  # another item of a choice is given
    FORMAT = "format"  # a rule of the utility's own schema
    NOT_PHONE = "not_phone"
    NOT_DIGITS = "not_digits"
    POSTCODE = "postcode"
    LENGTH = "length"
    AREA = "area"
    AREA_OTHER = "area_other"
    ZEROS_AT_END = "zeros_at_end"
    DATE_PAST = "date_past"
    DATE_FAR = "date_far"
    DATE_AHEAD = "date_ahead"
    DATE_MISSING = "date_missing"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_UNREADABLE = "date_unreadable"
    BEFORE_FROM = "before_from"  # the last day of a period lies before its first
    SUNDAY = "sunday"
    PUBLIC_HOLIDAY = "public_holiday"
    OUTSIDE_CP932 = "outside_cp932"


class UsageCode(FaultCode):
    """What is wrong with a customer's usage, or with the file that holds it."""

    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    UNKNOWN_ENCODING = "unknown_encoding"
    BROKEN_ENCODING = "broken_encoding"
    NOT_A_TABLE = "not_a_table"
    NOT_TEXT = "not_text"
    EXCEL_FILE = "excel_file"
    DAMAGED_WORKBOOK = "damaged_workbook"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    DAMAGED_ARCHIVE = "damaged_archive"
    LOCKED_FILE = "locked_file"
    NO_USAGE_FILE = "no_usage_file"
    XML_FILE = "xml_file"
    PDF_FILE = "pdf_file"
    COMPRESSED_FILE = "compressed_file"
    NO_DAYS = "no_days"
    NO_READINGS = "no_readings"
    NO_VALUE_COLUMN = "no_value_column"
    SEVERAL_VALUE_COLUMNS = "several_value_columns"
    NO_TIME = "no_time"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_TIME = "no_such_time"
    BAD_DATE = "bad_date"
    ABSURD_YEAR = "absurd_year"
    ABSURD_VALUE = "absurd_value"
    OTHER_TIME_ZONE = "other_time_zone"
    YEAR_UNKNOWN = "year_unknown"
    OUTSIDE_PERIOD = "outside_period"
    INTERVAL = "interval"
    TOO_FINE = "too_fine"  # under 15 minutes
    SUMS_OF_DAYS = "sums_of_days"  # or of other times longer than an hour
    SEVERAL_INTERVALS = "several_intervals"
    SLOT_COLUMNS = "slot_columns"
    SLOT_HEADINGS = "slot_headings"
    SLOT_NUMBER = "slot_number"
    SHORT_ROW = "short_row"
    DUPLICATE = "duplicate"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_VOLUME = "not_a_volume"
    UNKNOWN_UNIT = "unknown_unit"
    UNIT_OPEN = "unit_open"
    SUPPLY_POINTS = "supply_points"
    SHEETS = "sheets"
    REGISTER = "register"
    NOT_A_REGISTER = "not_a_register"
    SOLD_OR_OWN_USE = "sold_or_own_use"  # nothing that is bought stands in the file
    IMPLAUSIBLE = "implausible"
    ABOVE_CAPACITY = "above_capacity"
    NO_SUCH_CHOICE = "no_such_choice"
    GAP_WITHOUT_PATTERN = "gap_without_pattern"
    NOT_JSON = "not_json"
    NOT_A_PURCHASE_ARRAY = "not_a_purchase_array"
    NOT_A_DAY = "not_a_day"
    EMPTY = "empty"
    GAPS = "gaps"
    MORE_THAN_A_YEAR = "more_than_a_year"
    DAYS_OUT_OF_ORDER = "days_out_of_order"
    NOT_24_HOURS = "not_24_hours"


class PlanCode(FaultCode):
    """Why no bill can be made of a plan."""

    MISSING = "missing"
    BAD_FIGURE = "bad_figure"
    BAD_WINDOW = "bad_window"
    UNKNOWN_BASE_TYPE = "unknown_base_type"
    UNKNOWN_FUEL_TYPE = "unknown_fuel_type"
    ABSURD_PRICE = "absurd_price"
    PRICES_NOTHING = "prices_nothing"


class BillOptionCode(FaultCode):
    """What is wrong with a bill's contract size, peak or commission."""

    REQUIRED = "required"
    NOT_A_CAPACITY = "not_a_capacity"
    NOT_A_PEAK = "not_a_peak"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_UNIT = "unknown_unit"
    OWN_PLAN = "own_plan"  # no server knows it
    ABSURD_PRICE = "absurd_price"


class PaperCode(FaultCode):
    """What a paper bill lacks."""

    FUEL_MISSING = "fuel_missing"
    FUEL_MONTHS_MISSING = "fuel_months_missing"
    FUEL_UNTYPED = "fuel_untyped"
    NO_DIFFERENCE = "no_difference"
    LEVY_MISSING = "levy_missing"
    NO_WHOLE_PERIOD = "no_whole_period"
    NO_PERIODS = "no_periods"
    READINGS_OUT_OF_ORDER = "readings_out_of_order"
    BANDS_MISSING = "bands_missing"
    UNKNOWN_BAND = "unknown_band"
    PEAK_MISSING = "peak_missing"


class AreaPriceCode(FaultCode):
    """What is wrong with the area prices of a market-linked plan."""

    MISSING = "missing"
    SEVERAL_AREAS = "several_areas"
    MONTH_MISSING = "month_missing"
    MONTH_TWICE = "month_twice"
    NOT_24_PRICES = "not_24_prices"
    ABSURD_PRICE = "absurd_price"
