# Bare `make` shows this help. Each target makes what it needs; nothing asks a question.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
ARGS ?=

.PHONY: help setup run test check e2e digest pictures page-pictures docs eval bench lock clean

help: ## Show this help
	@echo "Aneroid. make run: see it work; make test: see that it works."
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

define CHECK_PYTHON
import sys
v = ".".join(map(str, sys.version_info[:3]))
if sys.version_info < (3, 11):
    sys.exit(f"Aneroid needs Python 3.11 or newer; {sys.executable} is {v}. Say which to use: make PYTHON=/path/to/python3.11")
try:
    import ensurepip, venv
except ImportError:
    sys.exit("Python's venv module is missing. On Debian: apt-get install python3-venv, then run make again.")
endef
export CHECK_PYTHON

$(BIN)/python:
	@$(PYTHON) -c "$$CHECK_PYTHON"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@$(BIN)/python -c "$$CHECK_PYTHON"
	@echo "Installing into $(VENV): about 890 MB on disk, 280 MB of downloads, one to four minutes. Only packages are fetched." >&2
	@$(PIP) install --quiet --progress-bar off --only-binary :all: --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.installed-site: requirements-site.lock $(VENV)/.installed-dev
	@echo "Installing what drives a browser and builds the documentation (about 300 MB more)." >&2
	@$(PIP) install --quiet --progress-bar off --only-binary :all: --require-hashes -r requirements-site.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing the tools for tests and checks (about 220 MB more)." >&2
	@$(PIP) install --quiet --progress-bar off --only-binary :all: --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.installed-dev ## Install everything for development

run: $(VENV)/.installed ## Build the store, read two articles, show where Iraq leans, serve the pages (ARGS=--no-serve leaves them out)
	@$(BIN)/aneroid demo $(ARGS)

test: $(VENV)/.installed-dev ## Run the tests (under five minutes on two cores)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow" $(ARGS)

check: $(VENV)/.installed-dev ## Style, types, layers and the slow tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile -m slow

e2e: $(VENV)/.installed-site ## Walk every page in headless Chromium (Debian: apt-get install chromium)
	@ANEROID_E2E=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest tests/e2e $(ARGS)

page-pictures: $(VENV)/.installed-site ## Draw the dial and photograph three pages for the README (needs Chromium)
	@$(BIN)/python scripts/pictures.py --pages $(ARGS)

docs: $(VENV)/.installed-site ## Renew the computed pages and build the documentation into site/
	@$(BIN)/python scripts/reference_pages.py
	@$(BIN)/python scripts/renew_tutorials.py
	@$(BIN)/zensical build --clean --strict

digest: $(VENV)/.installed ## Write iraq.pdf, the digest of Iraq 2003–2020
	@$(BIN)/aneroid digest IRQ --from 2003 --to 2020 -o iraq.pdf

pictures: $(VENV)/.installed ## Draw the pictures of this README from the packaged data
	@$(BIN)/python scripts/pictures.py

eval: $(VENV)/.installed-dev ## Print the evaluation tables (minutes)
	@$(BIN)/python -m aneroid.evaluation
	@$(BIN)/python -m aneroid.evaluation.agreement
	@for table in benchmarks/eval_*.py; do $(BIN)/python $$table $(ARGS) || exit 1; done

bench: $(VENV)/.installed-dev ## Print the benchmarks: time and memory as ratios within one run (minutes)
	@for bench in benchmarks/bench_*.py; do $(BIN)/python $$bench $(ARGS) || exit 1; done

lock: $(VENV)/.installed-dev ## Renew the hashed lock files from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group build pyproject.toml -o requirements.lock
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group site -c requirements.lock -c requirements-dev.lock pyproject.toml -o requirements-site.lock

clean: ## Remove the virtual environment and the tools' caches; stores stay
	@rm -rf $(VENV) site .pytest_cache .mypy_cache .ruff_cache .hypothesis
