# The only door: every task of the project is a target here. `make` alone lists them.

VENV := .venv
HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=

# The first Python of the machine that is recent enough; `make run PYTHON=/path/to/python3` overrides it.
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
CANDIDATES := python3 python3.13 python3.12 python3.11 python3.14 python
PYTHON ?= $(shell for p in $(CANDIDATES); do $$p -c '$(RECENT)' 2>/dev/null && echo $$p && break; done)

# PySpark is 400 MB and runs on Java: it comes where there is Java, or where nothing may be left out.
SPARK := $(if $(AMO_REQUIRE_ALL)$(shell command -v java 2>/dev/null),$(shell echo ,spark))

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help run install test test-fast test-sqlite check lint format types imports frame fix bench clean

help: ## List these targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run ## Serve on http://127.0.0.1:8000 (HOST, PORT); an empty database gets the bundled pack
	@echo "Serving on http://$(HOST):$(PORT) - Ctrl-C stops."
	@$(BIN)/amo-catalog serve --host $(HOST) --port $(PORT) $(ARGS)

install: $(VENV)/.run ## Install the command amo-catalog into .venv

test: $(VENV)/.test ## Run every test (ARGS="-k word" narrows)
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

test-fast: $(VENV)/.test ## Run the quick tests: the domain alone, and the project's own files
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow and not browser and not postgres" tests/unit tests/frame $(ARGS)

test-sqlite: $(VENV)/.test ## Run all but the slow tests, PostgreSQL and the browser
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow and not browser and not postgres" $(ARGS)

check: lint format types imports frame ## Lint, format, types, import contracts, and the pages against the code

lint: $(VENV)/.dev
	@echo "== ruff check"
	@$(BIN)/ruff check --quiet

format: $(VENV)/.dev
	@echo "== ruff format"
	@$(BIN)/ruff format --quiet --check

types: $(VENV)/.dev
	@echo "== mypy"
	@$(BIN)/mypy --no-error-summary

imports: $(VENV)/.dev
	@echo "== import contracts"
	@$(BIN)/lint-imports --no-logo

frame: $(VENV)/.dev
	@echo "== style and pages against the code"
	@$(BIN)/python -m pytest -q tests/frame -m "not slow and not postgres" -p no:cacheprovider

fix: $(VENV)/.dev ## Mend what ruff can mend, and format
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(VENV)/.bench ## Run the benchmarks, write docs/performance.md (ARGS="--only lookup" for one part)
	@$(BIN)/python -m benchmarks $(ARGS)

clean: ## Remove caches and builds; data in var/ and the environment in .venv stay
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	@find catalog admin service migrations tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found. Name one: make run PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c '$(RECENT)' || { echo "$(PYTHON) is older than Python 3.11."; exit 1; }
	@echo "Creating $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV)

# Each stamp stands for one set of packages, and is older than pyproject.toml when that has changed since.
$(VENV)/.run: pyproject.toml | $(BIN)/python
	@echo "Installing amo-catalog into $(VENV) ..."
	@$(PIP) install --editable ".[bulk]"
	@touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	@echo "Installing amo-catalog and what its tests need into $(VENV) ..."
	@$(PIP) install --editable ".[test,bulk$(SPARK)]"
	@touch $@ $(VENV)/.run

$(VENV)/.bench: pyproject.toml | $(BIN)/python
	@echo "Installing amo-catalog and what it is measured beside into $(VENV) ..."
	@$(PIP) install --editable ".[test,bench,bulk$(SPARK)]"
	@touch $@ $(VENV)/.test $(VENV)/.run

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Installing amo-catalog and its development tools into $(VENV) ..."
	@$(PIP) install --editable ".[dev,test,bulk$(SPARK)]"
	@touch $@ $(VENV)/.test $(VENV)/.run
