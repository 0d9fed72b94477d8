"""What is paid for a line, and who pays it: rules over a snapshot."""
