"""Medicines: presentations, opinions (SMR, ASMR), generic groups, substances listed by arrêté."""
