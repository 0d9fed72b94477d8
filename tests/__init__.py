"""The tests, one folder per way of looking at the catalogue."""
