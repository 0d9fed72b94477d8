"""The domain: no web, no command line, no clock."""
