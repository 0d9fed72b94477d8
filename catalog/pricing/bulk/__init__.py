"""Frames of millions of lines, priced by whole columns: the same answers as line by line. Needs the ``bulk`` extra."""
