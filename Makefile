# Every target that is meant to be called has a help line; `make help` prints them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-run setup-bench build run test schema fuzz soak bench clean

LISTEN ?= 127.0.0.1:8080
DOMAIN ?= sbx.localhost
# Started as root, the database runs as another user, who must reach the folder: a clone under
# /root would not do.
DATA ?= $(if $(filter 0,$(shell id -u)),/var/lib/sbx,$(CURDIR)/.data)

help: ## List the targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

setup-run: ## Install the Debian packages that building and running need and that are missing (as root or through sudo).
	@ops/install-packages.sh run

setup: setup-run ## The same for the tests: Chromium and Python packages.
	@ops/install-packages.sh test
	@ops/install-python.sh

setup-bench: setup
	@ops/install-packages.sh bench
	@ops/install-python.sh bench

build: setup-run ## Build the release executable, .build/release/sbx.
	swift build -c release --product sbx

run: build ## Build and start everything on LISTEN (127.0.0.1:8080), data in DATA.
	@LISTEN="$(LISTEN)" DOMAIN="$(DOMAIN)" DATA="$(DATA)" ops/run-local.sh .build/release/sbx

test: setup ## Run every test; the last line is "N passed, N failed". Some 20 minutes on two cores.
	@python3 Tests/run.py

schema: build ## Write schema.sql, the sum of all migrations; a test compares.
	@ops/dump-schema.sh .build/release/sbx > schema.sql.new
	@mv schema.sql.new schema.sql

fuzz: setup-run ## Fuzz each parser for FUZZ_SECONDS (60).
	@for target in Tests/Fuzz/*/; do \
	    Tests/Fuzz/run.sh "$$(basename "$$target")" $${FUZZ_SECONDS:-60}; \
	done

soak: setup ## Run the tests at full size, the fuzzers, the Thread Sanitizer and the kill loops; write bench/SOAK.md. PARTS="swift system fuzz tsan" picks some.
	@python3 bench/soak.py $(PARTS)

bench: setup-bench build ## Measure beside nginx and pgbench, print ratios, write bench/RESULTS.md.
	@python3 bench/run.py --write

clean: ## Remove what was built; data folders stay.
	rm -rf .build .fuzz
