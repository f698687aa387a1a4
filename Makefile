# Two commands matter: `make run` and `make test`. Each sets up what is missing first.

# The machine's own Python, where it will do: a distribution builds it with a profile, and it is a fifth faster than one that is not.
WILL_DO = import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell /usr/bin/python3 -c '$(WILL_DO)' 2>/dev/null && echo /usr/bin/python3 || echo python3)
.DEFAULT_GOAL := help
.PHONY: help setup run test lint mutants bench lock

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

setup: ## Set everything up, start nothing
	@$(PYTHON) -m workshop.setup

run: setup ## Start the tracker with a demonstration council on 127.0.0.1:5000
	@exec .venv/bin/tracker run

test: setup ## Lint, types, import contracts and every test; ARGS="-k name" runs only those tests
	@.venv/bin/python -m workshop.test $(ARGS)

lint: setup ## Lint, types and import contracts
	@.venv/bin/python -m workshop.quality

mutants: setup ## Change the policy in small ways and see that a test notices each
	@.venv/bin/python -m workshop.mutants

bench: setup ## Print how long things take, beside a floor
	@.venv/bin/python -m bench.decide
	@.venv/bin/python -m bench.sweep
	@.venv/bin/python -m bench.imports
	@.venv/bin/python -m bench.detection

lock: setup ## Take the newest versions allowed and write the lock files again
	@.venv/bin/python -m workshop.lock
