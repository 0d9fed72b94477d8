"""Feeds: the releases, and what became of the medicines of one DCI, as Atom and JSON Feed."""
