"""Conventions, key letters, forfaits, rates, payers' rules, tiers-payant lists and adhesions."""
