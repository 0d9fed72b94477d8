"""What was published: the releases, and what differs between any two."""
