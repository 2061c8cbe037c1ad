"""お客さま画面: what the customer at the desk sees of one comparison, and nothing of the clerk's."""
