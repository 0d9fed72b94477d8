"""Bounds on what a child process may use: it reads files from outside."""

from __future__ import annotations


def limit_resources(memory: int, cpu_seconds: int) -> None:
    """Bounds memory (bytes) and time where the system can; elsewhere the parent's clock is the only bound."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
