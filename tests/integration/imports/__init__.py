"""Imports of the real files, and of bad ones, through the command line or the verb."""
