"""What the server runs: the application, configured from the environment."""

from __future__ import annotations

from admin.revue.planner import start_planner
from admin.workplace import EXTENSION
from service import create_app

app = create_app()
# In every worker: the lock of writers lets one of them publish what is due.
start_planner(app.extensions[EXTENSION])
# The first visitor of a worker does not wait for it to open what it serves.
app.extensions["catalogue"].warm()
