"""The editors' side: accounts and roles today; the console of the commission stands on them."""
