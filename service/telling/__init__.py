"""What is told of acts, conventions, devices and lists, as plain data: the same over HTTP and on the command line.

Each function takes the snapshot and the moment, and names the act a value rests on as ``legal_act``.
"""
