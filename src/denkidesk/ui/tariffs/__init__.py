"""料金・見積: from an area to a plan, its prices, a customer's usage, the year's bill, the quote.

Widgets ask ``desk`` through ``jobs``; what they show is made of domain values by the Qt-free modules ``price_sheet`` and ``bill_rows``.
"""
