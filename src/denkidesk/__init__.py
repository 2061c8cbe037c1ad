"""Denki Desk: filing with the network utility and quoting at the desk of a small electricity retailer."""

from typing import Final

__version__: Final = "0.1.0"
