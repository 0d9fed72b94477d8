"""Finding entries by words; the only place that knows Whoosh."""
