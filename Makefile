# `make help` lists what can be done. A command needs Python 3.11 or newer and make; it brings the rest itself.

SHELL := /bin/sh
.DEFAULT_GOAL := help

# The Python that makes the virtual environment; without it the first of python3, python3.14 … python3.11 that fits.
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
TEST_WORKERS ?= logical
PYTEST_ARGS ?=
BENCH_ARGS ?=

# Installing again is due when one of these changes, or when the front-end files are gone.
INSTALL_INPUTS := pyproject.toml hatch_build.py package.json package-lock.json
VENDORED := static/vendor/SHA256SUMS
NEEDS_FILES := $(if $(wildcard $(VENDORED)),,FORCE)
NEEDS_VENV := $(if $(wildcard $(BIN)/python),,FORCE)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help setup run test lint format bench clean FORCE

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.installed-dev ## Make .venv with the package and all tools
	@echo "Ready: make run, make test, $(BIN)/colophon --help"

run: $(VENV)/.installed ## Serve a blog on http://127.0.0.1:8000, with sample content where it is empty (PORT=, COLOPHON_DATA=)
	@$(BIN)/colophon demo --if-empty
	@exec $(BIN)/colophon serve --port $(PORT)

# Each process of a run would compile everything anew where the surroundings forbid Python to keep what it compiled.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.installed-dev ## Run all tests on SQLite and PostgreSQL, in Chromium too, with coverage (PYTEST_ARGS=)
	@scripts/ensure_chromium.sh
	@rm -rf .cache/coverage && mkdir -p .cache/coverage
	@$(BIN)/python -m pytest -n $(TEST_WORKERS) --dist worksteal --cov --cov-report=term $(PYTEST_ARGS)

lint: $(VENV)/.installed-dev ## Check style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict

format: $(VENV)/.installed-dev ## Sort imports and format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.installed-dev ## Measure everything beside a bare server that answers the same bytes (BENCH_ARGS=--quick)
	@$(BIN)/python -m bench $(BENCH_ARGS)

clean: ## Remove what can be made again; the blog in data/ and .venv stay
	rm -rf .cache build dist htmlcov static/vendor .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache
	find web tests bench scripts -type d -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.installed: $(INSTALL_INPUTS) $(NEEDS_VENV) $(NEEDS_FILES)
	@scripts/make_venv.sh "$(VENV)" $(PYTHON)
	@echo "Installing Colophon into $(VENV)"
	@$(PIP_INSTALL) --editable .
	@touch $@

$(VENV)/.installed-dev: $(INSTALL_INPUTS) $(NEEDS_VENV) $(NEEDS_FILES)
	@scripts/make_venv.sh "$(VENV)" $(PYTHON)
	@echo "Installing Colophon and the tools for development into $(VENV)"
	@$(PIP_INSTALL) --editable '.[dev]'
	@touch $(VENV)/.installed $@

FORCE:
