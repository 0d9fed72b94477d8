"""Versioned truth: facts, spans, releases, drafts."""
