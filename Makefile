# The README's commands. Everything is installed into .venv, once, and again only when its list changes.
PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
READY := .venv/ready

.PHONY: setup demo run test messages
setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "HueHarvest needs Python 3.11 or newer, and none was found." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[demo,dev]'
	@touch $@

demo: $(READY)
	$(BIN)/python -m bot demo $(ARGS)

run: $(READY)
	$(BIN)/python -m bot

test: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/pytest

# Brings the catalogues in bot/locale up to date with the texts marked in bot/; new ones are empty.
messages: $(READY)
	mkdir -p build
	$(BIN)/pybabel -q extract --no-default-keywords -k say -k plural:1,2 -k N_ -k locale_str \
		--no-location --project=HueHarvest -o build/hueharvest.pot bot
	$(BIN)/pybabel -q update -D hueharvest -i build/hueharvest.pot -d bot/locale \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
