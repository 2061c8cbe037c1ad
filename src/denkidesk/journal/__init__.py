"""What the program writes down about itself: a log, reports of what it did not foresee, and whether its last run ended well.

Whitelisted fields alone: no message of an exception, no local variable, no envelope, name, address or password ever comes in here.
Standard library only, no Qt, and nothing that raises: it must work where everything else has failed, and before anything is imported.
"""
