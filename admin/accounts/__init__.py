"""People who edit: their names, passwords and roles."""
