"""What the clerk speaks of: applications, receipts, supply points, plans, usage, bills.

Frozen values without I/O. This room imports nothing but the standard library, and nothing heavy of that.
"""
