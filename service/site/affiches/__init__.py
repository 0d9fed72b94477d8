"""The posters of tariffs: one A4 document in French and Arabic, as a page to print and as PDF."""
