# `make help` lists the targets. Everything happens in .venv; repeat runs reuse what is there.
PYTHON ?= python3
CORPUS ?= qa/sample
INDEX ?= .make/index
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= ../shared/data
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help serve setup test test-models lint check fix models lock parse-report torture load-report fuzz bench profile \
        help-report container-steps docs release clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# One stamp a set-up: it is older than its lock file exactly when the set-up must be brought up to date.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt-get install python3-venv" >&2; exit 1; }

.make/serving: requirements/serving.lock pyproject.toml | $(BIN)/python
	$(BIN)/pip install -q --require-hashes -r requirements/serving.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@mkdir -p .make && touch $@

.make/test: requirements/test.lock .make/serving
	$(BIN)/pip install -q --require-hashes -r requirements/test.lock
	@mkdir -p .make && touch $@

.make/models: requirements/models.lock requirements/reference.lock .make/test
	$(BIN)/pip install -q --require-hashes -r requirements/models.lock
	$(BIN)/pip install -q --require-hashes --no-deps -r requirements/reference.lock
	@mkdir -p .make && touch $@

.make/tools: requirements/tools.lock .make/test
	$(BIN)/pip install -q --require-hashes -r requirements/tools.lock
	@mkdir -p .make && touch $@

setup: .make/serving ## install what serving needs (no torch)

serve: .make/serving ## index CORPUS (default: the bundled sample) and serve it on loopback
	$(BIN)/qa build $(CORPUS) --index $(INDEX)
	$(BIN)/qa serve --index $(INDEX) --host $(HOST) --port $(PORT)

.make/browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && \
		apt-get install -q -y --no-install-recommends chromium fonts-noto-core; } || \
		echo "no Chromium: browser tests will be skipped; to run them, as root: apt-get install chromium" >&2
	@mkdir -p .make && touch $@

test: .make/test .make/browser ## install what the tests need (as root Debian's Chromium too) and run them
	$(BIN)/python -m pytest -n 2

models: .make/models ## install the full set-up: torch and sentence-transformers, to load, export and train models

lint: .make/test ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test-models: .make/models ## install the full set-up and test the served models against sentence-transformers
	$(BIN)/python -m pytest tests/embeddings

check: lint test ## all of it: lint and tests

fix: .make/test ## format and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

parse-report: .make/test ## print the figures of the reading against the development data (DATA: its folder)
	$(BIN)/python -m eval.parsing $(DATA)

torture: .make/test ## kill, cut, flip and fill the index store in full, and print every count; takes long
	TORTURE=full $(BIN)/python -m pytest tests/qa/store -rP

load-report: .make/test ## print the figures of overload, slow sockets and restarts (about five minutes)
	$(BIN)/python -m tests.api.load

fuzz: .make/test ## print the figures of 20,000 generated and 600 hostile requests and 5,000 odd questions
	$(BIN)/python -m tests.api.fuzz --cases 20000

.make/bench/venv: requirements/bench.lock | $(BIN)/python
	$(PYTHON) -m venv --clear $@
	$@/bin/pip install -q --require-hashes -r requirements/bench.lock
	@touch $@

bench: .make/test .make/bench/venv ## compare with others at speed and write docs/benchmarks.md (12 minutes; QUICK=1: 3; FRESH=1: all anew)
	$(BIN)/python -m tests.bench --data $(DATA) --peers .make/bench/venv/bin/python $(if $(QUICK),--quick) $(if $(FRESH),--fresh)

profile: .make/test .make/bench/venv ## write docs/profile.md: where one question's time goes, with a flame graph
	$(BIN)/python -m tests.bench.profile --data $(DATA) --spy .make/bench/venv/bin/py-spy

docs: .make/tools ## build the documentation into .make/site; a warning or a dead link fails
	$(BIN)/mkdocs build

release: .make/tools ## dry run of a release: archives, bill of materials, licences and digests into dist/
	$(BIN)/python deploy/release.py

help-report: .make/test ## print how long the help of every command takes
	$(BIN)/python -m tests.help_times

container-steps: .make/test ## run the steps of the container file one by one in a fresh folder, packages included
	$(BIN)/python -m tests.deploy.steps

lock: .make/tools ## rewrite the hash-locked dependency files from pyproject.toml
	$(BIN)/python requirements/lock.py

clean: ## remove the virtual environment and what was built
	rm -rf $(VENV) .make
