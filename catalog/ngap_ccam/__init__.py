"""Acts of the NGAP and the CCAM, and the mappings between them."""
