# Each target works first and alone, in a fresh clone on a machine with Python 3.11 or later and make.
#   make demo | test | check | audit | fuzz | bench | lock | licences | lint | format | clean | help        (another Python: make PYTHON=python3.12)

PYTHON ?= python3
VENV ?= .venv

BIN := $(VENV)/bin
TAG := $(subst /,-,$(PYTHON))
CREATED := $(VENV)/created-$(TAG)
INSTALLED := $(VENV)/installed-$(TAG)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test check bench scores audit fuzz licences lock lint format docs clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*##/\1:/p' Makefile | sort | while IFS=: read -r name what; do printf '  make %-8s %s\n' "$$name" "$$what"; done

$(CREATED):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(PYTHON) is not Python 3.11 or later: name one that is, as in 'make PYTHON=python3.12'" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "$(PYTHON) cannot make environments (no ensurepip): install its venv package, on Debian 'apt-get install python3-venv'" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(INSTALLED): $(CREATED) requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(INSTALLED)  ## build a graph from the reports in data/, check it, ask it three questions
	@mkdir -p out
	$(BIN)/kg build data/reports -o out/demo.ttl
	$(BIN)/kg validate out/demo.ttl
	$(BIN)/kg query captures --data out/demo.ttl
	$(BIN)/kg query who_met_whom --data out/demo.ttl
	$(BIN)/kg query positions --data out/demo.ttl --limit 20

test: $(INSTALLED)  ## run all tests
	$(BIN)/python -m pytest

lint: $(INSTALLED)  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

scores: $(INSTALLED)  ## score against the gold in ../shared, and hold the floors
	$(BIN)/python tests/scores/scores.py

audit: $(INSTALLED)  ## ask pip-audit for known vulnerabilities of what is locked, where its data can be reached
	$(BIN)/python tests/supply/audit.py

fuzz: $(INSTALLED)  ## fuzz with atheris, where it is installed (pip install atheris); SECONDS=60 for each target
	$(BIN)/python tests/fuzz/run.py --seconds $(or $(SECONDS),60)

licences: $(INSTALLED)  ## write THIRD_PARTY.md: what is installed, and under which licences
	$(BIN)/python tests/supply/licences.py

check: lint test scores audit  ## all that CI asks: lint, types, tests, documentation, score floors

bench: $(INSTALLED)  ## speed and memory, as ratios to what they stand on, and what each step adds (BENCH="build memory" for some)
	$(BIN)/python tests/bench/bench.py $(BENCH)

format: $(INSTALLED)  ## let ruff lay out the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(INSTALLED)  ## write the parts of the README that are generated; with FIGURES=1 the scores and the ablation too
	@mkdir -p out
	$(if $(FIGURES),-$(BIN)/python tests/scores/scores.py --markdown out/figures.md)
	$(if $(FIGURES),$(BIN)/python tests/bench/bench.py ablation --markdown out/ablation.md)
	$(BIN)/python tests/ontology/context_file.py
	$(BIN)/python tests/docs/reference.py $(if $(FIGURES),out/figures.md out/ablation.md)

lock: $(INSTALLED)  ## work out requirements.lock again from pyproject.toml (LOCK=--upgrade for newer versions)
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --custom-compile-command 'make lock' --no-config --quiet $(LOCK) -o requirements.lock

clean:  ## remove the environment and all that was built
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
