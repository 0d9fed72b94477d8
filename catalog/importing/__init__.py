"""From an official file to candidates for a draft, with a report by row."""
