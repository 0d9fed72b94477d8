"""The compiled, immutable read model of everything published: built beside, checked, swapped whole."""
