# The README's commands. Everything is installed into .venv, and again only when its list changes.
PYTHON ?= $(firstword $(foreach name,python3.14 python3.13 python3.12 python3.11 python3,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
READY := .venv/ready
LOCKS := requirements/build.txt requirements/dev.txt
# Without isolation and dependencies, pip fetches nothing that the locks do not name.
PIP_INSTALL = $(BIN)/python -m pip install --quiet
LOCKED = $(PIP_INSTALL) --require-hashes --no-build-isolation

.PHONY: setup setup-bench demo run test install lock messages
setup: $(READY)

$(READY): pyproject.toml $(LOCKS)
	@test -n "$(PYTHON)" || { echo "HueHarvest needs Python 3.11 or newer, and none was found." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(LOCKED) --requirement requirements/build.txt
	$(LOCKED) --requirement requirements/dev.txt
	$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# What tests/bench needs on top.
setup-bench: $(READY)
	$(LOCKED) --requirement requirements/bench.txt

demo: $(READY)
	$(BIN)/python -m bot demo $(ARGS)

run: $(READY)
	$(BIN)/python -m bot

test: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell
	$(BIN)/validate-pyproject pyproject.toml
	$(BIN)/lint-imports
	$(BIN)/basedpyright
	$(BIN)/pytest --cov --numprocesses logical --maxprocesses 4 --dist worksteal

# For systemd: the bot without tools, in a new folder each time, so that a running one keeps its own.
PREFIX ?= /opt/hueharvest
install: RELEASE := $(PREFIX)-$(shell date +%Y%m%dT%H%M%S)
install: BIN = $(RELEASE)/bin
install:
	$(PYTHON) -m venv $(RELEASE)
	$(LOCKED) --requirement requirements/build.txt
	$(LOCKED) --requirement requirements/run.txt
# From a copy: here, setuptools would leave traces, and pack those of earlier versions.
	mkdir $(RELEASE)/source
	cp -R LICENSE README.md bot palette pyproject.toml $(RELEASE)/source
	$(PIP_INSTALL) --no-deps --no-build-isolation $(RELEASE)/source
	rm -r $(RELEASE)/source
	ln -sfn $(RELEASE) $(PREFIX)

# What a deployed bot can need, for deploy/ and docs/hosting.md.
RUN_EXTRAS := bot cluster jxl postgres

# Locks what pyproject.toml asks for, keeping the versions locked now; ARGS=--upgrade takes the newest.
lock: export UV_CUSTOM_COMPILE_COMMAND = make lock
lock: COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url $(ARGS)
lock: $(READY)
	$(COMPILE) --group build -o requirements/build.txt
	$(COMPILE) --all-extras --group dev -o requirements/dev.txt pyproject.toml
	$(COMPILE) --constraint requirements/dev.txt $(RUN_EXTRAS:%=--extra %) -o requirements/run.txt pyproject.toml
	$(COMPILE) --constraint requirements/dev.txt --group bench -o requirements/bench.txt

# Brings the catalogues in bot/locale up to date with the texts marked in bot/; new ones are empty.
# American English is left alone: it holds only what is spelled otherwise.
messages: LANGUAGES = $(filter-out en_US,$(notdir $(wildcard bot/locale/*)))
messages: $(READY)
	mkdir -p build
	$(BIN)/pybabel -q extract --no-default-keywords -k say -k plural:1,2 -k N_ -k locale_str \
		--no-location --project=HueHarvest -o build/hueharvest.pot bot
	for language in $(LANGUAGES); do \
		$(BIN)/pybabel -q update -D hueharvest -i build/hueharvest.pot -d bot/locale -l $$language \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit 1; \
	done
