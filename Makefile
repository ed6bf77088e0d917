# The whole developer interface. Needs make and Python 3.11 or later; everything else goes to .venv.

AUTHORITY ?= peterborough
YEAR ?= 2020-21
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The first of these that is there and new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
QUARTO ?= $(or $(IROSTATS_QUARTO),$(shell command -v quarto))
# Tests look at the shipped samples, whatever the shell points irostats to.
SHIPPED := env -u IROSTATS_DATA -u IROSTATS_OUTPUT -u IROSTATS_BUILD -u SOURCE_DATE_EPOCH
PYTEST := $(SHIPPED) $(BIN)/python -m pytest

.PHONY: report test test-all lint nbval lock notebooks data check-quarto wheelhouse bench clean help

report: $(READY)  ## build one report: make report AUTHORITY=york YEAR=2016-17
	$(BIN)/irostats build $(AUTHORITY) $(YEAR)

test: lint nbval  ## everything that must pass before a change is done
	$(PYTEST) -n 2 tests

test-all: lint nbval  ## the same with every year and many more random examples
	IROSTATS_TEST_ALL=1 $(PYTEST) -n 2 tests

lint: $(READY)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

nbval: $(READY)  ## committed notebooks, run again and compared cell by cell
	$(PYTEST) --nbval --nbval-current-env -n 2 --dist loadfile notebooks

lock: $(READY)  ## pin the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--extra dev --custom-compile-command "make lock" pyproject.toml -o requirements.lock

notebooks: $(READY)  ## run the committed notebooks again, in place, with _variables.yml
	$(SHIPPED) $(BIN)/python -m irostats.build.committed

data: $(READY)  ## make the shipped synthetic returns anew
	$(SHIPPED) $(BIN)/python -m irostats.synthetic

check-quarto: $(READY)  ## the contract tests with a real Quarto
	@test -n "$(QUARTO)" || { echo "Quarto was not found; name it: make check-quarto QUARTO=..."; exit 1; }
	IROSTATS_QUARTO="$(QUARTO)" $(PYTEST) tests/contract
	IROSTATS_QUARTO="$(QUARTO)" IROSTATS_TEST_RENDERER=quarto $(PYTEST) tests/project/test_all_reports.py

# For a machine of another kind: make wheelhouse FOR="--platform win_amd64 --python-version 3.12"
wheelhouse: $(READY)  ## a folder of wheels that installs with pip install --no-index
	$(BIN)/python -m pip download --quiet --require-hashes --only-binary :all: $(FOR) \
		-r requirements.lock -d wheelhouse
	$(BIN)/python -m pip wheel --quiet --no-deps . -w wheelhouse
	@echo "Copy the folder wheelhouse, then: pip install --no-index --find-links wheelhouse irostats"

bench: $(READY)  ## one report against papermill on each notebook in turn
	$(SHIPPED) $(BIN)/python benchmarks/report_vs_papermill.py

clean:  ## remove what builds and tests leave, but neither .venv nor data
	rm -rf build output wheelhouse .pytest_cache .mypy_cache .ruff_cache .hypothesis dist

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

# Installed from the lock, hashes checked; then irostats itself, from this folder. The stamp is
# renewed when the lock or the package's description changes.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later was not found; name it: make PYTHON=..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the packages of requirements.lock into $(VENV): a minute or two the first time."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@
