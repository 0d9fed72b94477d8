"""The glossary: what the words of the law mean, in French and Arabic."""
