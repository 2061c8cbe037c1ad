"""The practice utility: a strict SOAP server for the seven services, with books of its own.

Stands on the interface files under ``resources/kansai`` and reads them by itself: it may not share code with ``denkidesk.kansai``, which
it checks.
"""
