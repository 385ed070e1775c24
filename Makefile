# Every door for a developer; `make help` lists them. Needs only Python 3.11 or later with pip and venv.

PYTHON ?= python3
BIN := .venv/bin
CENTRE := examples/centre/centre.xlsx
DEMO_SECONDS ?= 30
SESSION_SECONDS ?= 10

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Zvonok needs Python 3.11 or later: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The kernel of the local search compiles for some seconds and is cached: at set-up, not in somebody's first run.
.venv/.warm: .venv/.ready solver/kernel.py
	$(BIN)/python -m solver.warm
	@touch $@

.PHONY: setup
setup: .venv/.warm ## install the pinned packages and the project into .venv

# What is audited, and where that is told: its first lines are shown, all of it where something required is broken.
audited = $(BIN)/zvonok audit $(CENTRE) $(1) > $(2) && head -n 2 $(2) || { cat $(2); exit 1; }

# A consultation that has no proposal makes consult end with 1, as what is impossible does: the reasons are its answer.
.PHONY: demo
demo: setup ## make, audit and show the sample centre's term, exams and consultations (in out/)
	@mkdir -p out
	$(BIN)/zvonok generate $(CENTRE) -o out/timetable.json --seconds $(DEMO_SECONDS)
	COLUMNS=120 $(BIN)/zvonok consult $(CENTRE) out/timetable.json > out/consult.txt || [ $$? -eq 1 ]
	@grep -E '^(r-[0-9]+ .*:|[-+] )' out/consult.txt
	$(BIN)/zvonok consult $(CENTRE) out/timetable.json --accept r-02=1 --accept r-05=1 --accept r-06=1 -o out/consulted.json
	$(BIN)/zvonok attest $(CENTRE) --session summer -o out/session.json --seconds $(SESSION_SECONDS)
	$(BIN)/zvonok attest $(CENTRE) --session winter --timetable out/consulted.json -o out/december.json --seconds $(SESSION_SECONDS)
	$(call audited,out/consulted.json,out/audit.txt)
	$(call audited,out/session.json,out/session-audit.txt)
	$(call audited,out/december.json --timetable out/consulted.json,out/december-audit.txt)
	$(BIN)/zvonok export $(CENTRE) out/consulted.json --to html -o out/index.html
	$(BIN)/zvonok export $(CENTRE) out/consulted.json --to xlsx -o out/timetable.xlsx
	$(BIN)/zvonok export $(CENTRE) out/session.json --to html -o out/session.html
	$(BIN)/zvonok export $(CENTRE) out/session.json --to xlsx -o out/session.xlsx
	$(BIN)/zvonok export $(CENTRE) out/december.json --timetable out/consulted.json --to html -o out/december.html
	$(BIN)/zvonok export $(CENTRE) out/december.json --timetable out/consulted.json --to ics -o out/calendars > /dev/null
	@echo
	@echo "Where to look:"
	@echo "  out/index.html      everybody's weeks; open it in a browser"
	@echo "  out/timetable.xlsx  the same as sheets"
	@echo "  out/session.html    the summer session: by date, grade, student, examiner, room; a protocol for each exam"
	@echo "  out/session.xlsx    the same as sheets"
	@echo "  out/december.html   exams in December and the lessons that give way to them"
	@echo "  out/consult.txt     ten requests for consultations: proposals, or why there is none and what would help"
	@echo "  out/calendars/      a calendar for each student, teacher, parent, room, ...: lessons and December's exams"
	@echo "  out/*audit.txt      every rule recounted: where each is missed, and what the calendar breaks"
	@echo "  out/timetable.json  the timetable itself, for zvonok compare and --start; three requests later, consulted.json"

.PHONY: test
test: setup ## run every check: format, lint, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

.PHONY: format
format: .venv/.ready ## put the code into its one format, and mend what lint can mend
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

.PHONY: lint
lint: .venv/.ready ## look for bad habits
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

.PHONY: types
types: .venv/.ready ## check the types
	$(BIN)/mypy

.PHONY: messages
messages: .venv/.ready ## collect the texts to translate into the catalogues
	$(BIN)/python -m scheduler.catalogue

.PHONY: lock
lock: ## pin the newest packages that pyproject.toml allows, with their hashes
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	build/lock/bin/uv pip compile --quiet --no-config --upgrade --universal --fork-strategy fewest --python-version 3.11 \
		--extra dev --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
		--output-file requirements.lock pyproject.toml

.PHONY: clean
clean: ## remove what was made, .venv too
	rm -rf .venv build dist out .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
