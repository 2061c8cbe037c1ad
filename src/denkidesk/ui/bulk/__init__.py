"""まとめて申込: many applications of one kind out of a table of Excel. Knows the desk's tables; what a row is worth is decided there."""
