# Every target works from a fresh clone; each one that needs the environment makes it first.
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test test-bluez test-firmware test-arm64 test-systemd check bench truth soak drawings texts clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "make %-13s %s\n", $$1, $$2}' Makefile

setup: ## make .venv with .venv/bin/footspring; says what the system lacks
	@sh scripts/setup.sh

run: setup ## open the dashboard with the simulated pad
	@$(BIN)/footspring run --source sim

test: setup ## run all tests, headless
	$(BIN)/pytest -n 2

test-bluez: setup ## run the Bluetooth source on real BlueZ in a guest (qemu)
	@$(BIN)/python -m scripts.bluez

test-firmware: setup ## test the node's firmware without a board
	@$(BIN)/python -m scripts.firmware build/firmware

test-arm64: setup ## install the wheel in an emulated arm64 Debian and try it; needs root
	@$(BIN)/python -m scripts.arm64

test-systemd: setup ## boot a box in namespaces, systemd as process 1; needs root
	@$(BIN)/python -m scripts.box

# The linter's cache keeps what an import meant before the imported file existed.
check: setup ## linters, types, layers: runs them all, then fails if one did
	@failed=; for tool in "ruff check" "ruff format --check" mypy pyright "lint-imports --no-cache"; do \
		echo "== $$tool"; $(BIN)/$$tool || failed="$$failed, $$tool"; \
	done; [ -z "$$failed" ] || { echo "make check: failed: $${failed#, }"; exit 1; }

bench: setup ## measure the path beside its peers, the window, and the pins at emulated chips
	@$(BIN)/python -m scripts.peers build/peers
	@$(BIN)/footspring bench path --json --peers build/peers/bin/python
	@$(BIN)/footspring bench ui --json
	@$(BIN)/footspring bench pins --json

truth: setup ## judge it on recordings with known truth; keeps the figures in docs/truth.md
	@$(BIN)/python -m scripts.truth --publish

soak: setup ## run what takes longer, seeded; adds its output to docs/soak.md
	@$(BIN)/python -m scripts.soak

drawings: setup ## draw the pictures of hardware.md and fill in its tables
	@$(BIN)/python -m scripts.drawings

texts: setup ## bring the catalogues of other languages up to date
	@$(BIN)/python -m scripts.texts

clean: ## remove the environment and everything that was made
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
