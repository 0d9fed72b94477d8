"""The servers that are measured, and how each is started."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving import HOST, Server, free_port, serving
from service.settings import Settings

FRONT = "service.wsgi:app"
FLASK = "benchmarks.serving_flask:app"
CONSTANT = "benchmarks.serving_constant:app"
BARE = "benchmarks.serving_bare:app"
SAMPLE = "BENCHMARK_SAMPLE"
"""The file of the answer that the bare function, the constant route and nginx give."""
THREADS, FEWEST = 8, 1
NGINX = """
worker_processes {workers}; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx-errors.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; default_type application/json; sendfile on; tcp_nopush on; keepalive_requests 10000000;
  open_file_cache max=100; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen {host}:{port}; root {root}; }}
}}
"""


@dataclass(frozen=True)
class Ground:
    """Where everything lies: scratch, the catalogue that is served, an answer of ordinary length."""

    folder: Path
    settings: Settings
    sample: Path

    def environ(self) -> Mapping[str, str]:
        return {
            "AMO_DATA_DIR": str(self.settings.data_dir),
            "AMO_DATABASE_URL": self.settings.database_url,
            SAMPLE: str(self.sample),
            "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        }

    def log(self, name: str) -> Path:
        return self.folder / f"{name.replace(' ', '-')}.log"


def granian(
    ground: Ground, name: str, target: str, workers: int, ready: str = "/", threads: int = FEWEST
) -> AbstractContextManager[Server]:
    """Any WSGI application behind the very server, with the very options, of ``amo-catalog serve``."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.serving_granian", target, port, workers, threads]
    return serving(name, list(map(str, command)), port, ready, ground.log(name), ground.environ())


def gunicorn(ground: Ground, name: str, target: str, workers: int, ready: str = "/") -> AbstractContextManager[Server]:
    """The same application behind gunicorn's threads."""
    port = free_port()
    options = f"--bind={HOST}:{port} --worker-class=gthread --workers={workers} --threads={THREADS} --keep-alive=60"
    command = [sys.executable, "-m", "gunicorn", *options.split(), target]
    return serving(name, command, port, ready, ground.log(name), ground.environ())


def has_gunicorn() -> bool:
    return importlib.util.find_spec("gunicorn") is not None


def nginx(ground: Ground, name: str, workers: int) -> AbstractContextManager[Server]:
    """nginx and one file, which it keeps open: what this machine can do at most."""
    port = free_port()
    place = ground.folder / f"nginx-{workers}"
    (place / "root").mkdir(parents=True)
    shutil.copy(ground.sample, place / "root" / "answer")
    config = place / "nginx.conf"
    config.write_text(NGINX.format(workers=workers, folder=place, host=HOST, port=port, root=place / "root"))
    # Started by root, its workers would take an account that cannot read a temporary folder.
    account = ["-g", "user root;"] if os.geteuid() == 0 else []
    command: list[str | Path] = [find_nginx() or "nginx", "-p", place, "-c", config, *account]
    return serving(name, command, port, "/answer", ground.log(name))


def find_nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
