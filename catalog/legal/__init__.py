"""Legal acts: their kinds, dates and status."""
