# Two commands do everything on a fresh machine: `make demo` and `make test`.
# Both set up .venv first, and only when the lock has changed since (.ci/setup).

SHELL := /usr/bin/env bash
.DEFAULT_GOAL := help
.PHONY: demo test nightly benchmark lint lock clean help setup setup-test
# Recipes share .venv.
.NOTPARALLEL:

# Importing the numerical libraries without compiled files takes two to five times as long.
unexport PYTHONDONTWRITEBYTECODE
export PYTHON

BIN := .venv/bin
# Processes that tests are shared out to.
WORKERS ?= 2

demo: setup ## compare four ways of policing Columbus, Ohio, and write the report
	@$(BIN)/coproduce demo $(ARGS)
	@echo "Next: $(BIN)/coproduce dashboard opens the cities in a browser, and lessons for a class (docs/lessons.md)."

# Intel's vector library may round the last bit of exp() otherwise than libm does, and the two engines
# are compared bit for bit.
test nightly: export NUMBA_DISABLE_INTEL_SVML = 1
test nightly: export MPLBACKEND = Agg

test: lint ## set up, then every check that continuous integration makes
	@.ci/browser
	@echo "== compiling the model, once for all test processes"
	@$(BIN)/python -m coproduction.experiments.warm_up
	@echo "== pytest"
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal $(ARGS)

lint: setup-test ## style, types and layers
	@echo "== ruff"
	@$(BIN)/ruff check --quiet --output-format concise
	@$(BIN)/ruff format --check --quiet || { $(BIN)/ruff format --check; exit 1; }
	@echo "== mypy"
	@$(BIN)/mypy
	@$(BIN)/mypy tests $(if $(wildcard benchmarks/*.py),benchmarks)
	@echo "== import-linter"
	@$(BIN)/lint-imports --no-logo

nightly: setup-test ## the long checks, and agreement under the newest Mesa 4 pre-release
	@$(BIN)/python -m pytest -q -m nightly $(ARGS)
	@.ci/mesa4

benchmark: setup ## speed and memory; fails when far slower than it was; with PEERS=yes beside other packages (in .venv-peers)
	@$(if $(PEERS),benchmarks/peers/setup && $(BIN)/python benchmarks/peers/compare.py,$(BIN)/python benchmarks/run.py) $(ARGS)
	@$(if $(PEERS),,$(BIN)/python -m benchmarks.dashboard)
	@$(BIN)/python benchmarks/guard.py

# Keeps the locked versions that still fit; `make lock UPGRADE=yes` takes the newest of everything.
lock: setup ## renew requirements/*.txt from pyproject.toml and requirements/*.in
	@.ci/lock $(if $(UPGRADE),--upgrade)

clean: ## remove everything that make has made
	rm -rf .venv .venv-mesa4 .venv-lock .venv-peers build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup:
	@.ci/setup run

setup-test:
	@.ci/setup test
