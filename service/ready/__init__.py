"""Answers kept as the bytes they are sent as: for which days one serves, how many are kept, how they are sent."""
