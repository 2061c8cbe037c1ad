"""The utility's application API: a WSDL and a binding become typed calls and typed refusals.

May use ``wire`` and everything below it. Knows no store, no desk and no window; retries nothing; logs no envelope. Wire spellings live
in ``resources/kansai`` or in the folder of the official set, never here. zeep, lxml and httpx are imported by the implementation
modules only, so that importing this package costs nothing.
"""
