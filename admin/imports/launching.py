"""Starts the judgement of an upload beside the server, and watches that it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
import structlog

from admin.imports.uploads import State, Upload
from catalog.temporal import format_instant

MAX_SECONDS = 300
ENDED = (
    "Le contrôle a été interrompu : le fichier demande plus de temps ou de mémoire qu’une liste. Vérifiez que c’est le "
    "bon fichier, ou enregistrez-le en CSV."
)
_ROOT = Path(__file__).resolve().parents[2]
log = structlog.get_logger()


def launch(engine: sa.Engine, upload: Upload, *, by: str, at: datetime, message: str | None = None) -> None:
    """Puts the upload under judgement and returns at once; the state on disk tells the end."""
    state = upload.state()
    attempt = state.attempt + (0 if state.name == "judging" else 1)
    upload.become(State("judging", format_instant(at), by, attempt, message))
    run(engine, upload, attempt)


def run(engine: sa.Engine, upload: Upload, attempt: int) -> None:
    """A thread waits for the child, so that no server keeps a dead process; the child does the work."""
    threading.Thread(target=_watch, args=(engine.url, upload, attempt), daemon=True).start()


def _watch(url: sa.URL, upload: Upload, attempt: int) -> None:
    command = [sys.executable, "-m", "admin.imports.child", str(upload.folder.resolve()), str(attempt)]
    search = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
    # By the environment, where other people of the machine do not see it: the address may hold a password.
    told = {**os.environ, "PYTHONPATH": search, "AMO_DATABASE_URL": url.render_as_string(hide_password=False)}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, our own interpreter, no shell
            command, env=told, capture_output=True, timeout=MAX_SECONDS, check=False
        )
        failed, said = done.returncode != 0, done.stderr[-2000:].decode(errors="replace")
    except subprocess.TimeoutExpired:
        failed, said = True, f"more than {MAX_SECONDS} seconds"
    state = upload.state()
    if failed and (state.name, state.attempt) == ("judging", attempt):
        log.error("import not judged", upload=upload.folder.name, said=said)
        upload.become(replace(state, name="failed", message=ENDED))


def is_lost(state: State, now: datetime) -> bool:
    """Whether nobody can be judging any more: the server that watched was stopped."""
    return state.name == "judging" and now - state.since > timedelta(seconds=MAX_SECONDS + 30)
