# The verbs of this project. Needs Python 3.11 or newer, make and git.

BIN := .venv/bin
FLASK := $(BIN)/flask --app reviews_app

# make PYTHON=/path/to/python3.12 … takes that one.
PYTHON ?=
CANDIDATES := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)

# make test ARGS="-k facet", make migration m="Add recalls", make seed FROM=some/folder
ARGS ?=
FROM ?= seed_data

# make bench SIZES="1000 10000 100000 1000000" SECONDS=30 (of questions per engine and size)
SIZES ?= 1000 10000
SECONDS ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: card screens speed reading-age test-browser help install run test test-postgres bench check lint format seed migration clean

help: ## Show these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: .venv/.tools ## Install what is needed to work on the site, into .venv

run: .venv/.runtime ## Migrate, import and serve on $HOST:$PORT (127.0.0.1:8000)
	@$(FLASK) db upgrade
	@$(FLASK) catalogue import $(FROM)
	@exec $(BIN)/gunicorn

test: .venv/.tools ## Run the fast tests (ARGS="-m slow" for the others)
	@$(BIN)/pytest --numprocesses auto --dist worksteal $(ARGS)

test-postgres: .venv/.tools ## Run the same tests on an embedded PostgreSQL
	@$(BIN)/pytest --numprocesses auto --dist worksteal --postgres $(ARGS)

bench: .venv-bench/.made ## Measure the browse index beside others: make bench SIZES="1000 10000"
	@.venv-bench/bin/python -m bench $(SIZES) $(if $(SECONDS),--seconds $(SECONDS))

test-browser: .venv/.tools ## Run the tests that need a Chromium on this machine
	@$(BIN)/pytest -m browser $(ARGS)

card: .venv/.tools ## Draw the card that is shown where somebody shares a page
	@$(BIN)/python -m social_card

speed: .venv/.tools ## Measure five pages as on a slow phone (ARGS=9 for nine runs)
	@$(BIN)/python -m speed $(ARGS)

screens: .venv/.tools ## Take the pictures of the main pages in docs/screens (ARGS="elsewhere --dark")
	@$(BIN)/python -m screens $(ARGS)

reading-age: .venv/.tools ## Say how old a reader must be for our prose, and which sentences are hardest
	@$(BIN)/python -m reading_age

check: lint test ## All that CI asks: lint, then the tests

lint: .venv/.tools ## Format, lint, types, contracts, templates, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	export DATABASE_URL="sqlite:///$$folder/empty.db" && \
	echo "$(FLASK) db check" && $(FLASK) db upgrade && $(FLASK) db check

format: .venv/.tools ## Write the code as the linter wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

seed: .venv/.runtime ## Import the catalogue (FROM=seed_data) into the database
	@$(FLASK) db upgrade
	@$(FLASK) catalogue import $(FROM)

migration: .venv/.tools ## Write the migration for changed models: make migration m="Add recalls"
	@test -n "$$m" || { echo 'Say what changes: make migration m="Add recalls"' >&2; exit 1; }
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	export DATABASE_URL="sqlite:///$$folder/empty.db" && \
	$(FLASK) db upgrade && $(FLASK) db migrate --message "$$m"

clean: ## Take away what make made; the database and its secret in instance/ stay
	rm -rf .venv .venv-bench .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp a list: a second run installs nothing.
.venv/.runtime: requirements.txt | .venv/.made
	@echo "Installing what the site runs on"
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/.tools: requirements-dev.txt | .venv/.made
	@echo "Installing what the site runs on and the tools"
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

# Apart from .venv: what the site is measured against has no place beside what it runs on.
.venv-bench/.made: requirements-bench.txt | .venv/.made
	@echo "Installing what the benchmarks need, into .venv-bench"
	@$(BIN)/python -m venv .venv-bench
	@.venv-bench/bin/pip install --quiet --require-hashes -r requirements-bench.txt
	@touch $@

.venv/.made:
	@for python in $(CANDIDATES); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    "$$python" -m venv .venv && touch $@ && exit 0; \
	    echo "$$python cannot make a virtual environment (on Debian: apt install python3-venv)." >&2; exit 1; \
	  fi; \
	done; \
	echo "Legwise needs Python 3.11 or newer; found none among: $(CANDIDATES)." >&2; \
	echo "Name one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1
