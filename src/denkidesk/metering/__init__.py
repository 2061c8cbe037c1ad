"""The customer's files -> hourly usage: CSV layouts, encodings, gaps, and a year made of monthly figures.

May touch: domain. Reads bytes that it is given, opens no file, knows neither store nor network nor Japanese sentences. Nothing is
filled silently: what was odd stands in the notes, a gap stays a gap.
"""
