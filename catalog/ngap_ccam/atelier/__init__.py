"""The workshop of the NGAP to CCAM mappings: proposals, comments, two validations, and the way into a draft."""
