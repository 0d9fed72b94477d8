"""What the server runs: the application, configured from the environment, behind its hot path."""

from __future__ import annotations

import os
from functools import partial

from admin.revue.planner import start_planner
from admin.workplace import EXTENSION
from service import create_app
from service.hot import Front
from service.request_log import REQUESTS

behind = create_app()
# In every worker: the lock of writers lets one of them publish what is due. A machine that only reads has no console.
if EXTENSION in behind.extensions:
    start_planner(behind.extensions[EXTENSION])
# The first visitor of a worker does not wait for what it serves to be opened, nor any other for a newer release.
behind.extensions["catalogue"].follow()
REQUESTS.gather()
app = Front(behind)
# A server that forks what it has loaded (gunicorn --preload) must not share connections among workers.
os.register_at_fork(after_in_child=partial(behind.extensions["catalogue"].engine.dispose, close=False))
