"""The quote on paper: one A4 page, the same for PDF, printer and preview. Shows what it is given; computes nothing."""
