"""The quoting API (エネがえる SYS API): JSON over HTTPS to domain values and back.

Knows the vendor's spellings and shapes, and nothing of windows, stores or bills. May touch ``wire``, ``settings`` and ``domain``;
imports nothing heavy here, since the window may ask for this package before its first paint.
"""
