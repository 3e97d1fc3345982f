# Kizuna from one command. `make help` lists what there is; every target installs and builds what it needs.

.DEFAULT_GOAL := help
.PHONY: help python-tools deps swift build demo test lint checked-build format-check format bench bench-guarded bench-viewers \
	simulate mutants fuzz roundtrip pictures crash ha schemathesis browser
MAKEFLAGS += --no-print-directory

kizuna := .build/release/kizuna
swift_files := Sources Tests Fuzz Package.swift

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{ printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## Pay once in each direction, show it, then serve the pages (DEMO_EXIT=1 stops after the payments)
	@$(kizuna) demo $(if $(filter-out 0,$(DEMO_EXIT)),--exit)

# What waits for processes, for database servers or for sockets is tested apart from what computes, and from each other: a
# thread that waits is one less for all others, and on two cores there are two. Tests of processes wait one after the other:
# the switch that a command asks may run beside the test that waits for the command.
of_stores := StorePromiseTests
of_sockets := KizunaTransportTests|KizunaCertificationTests
of_processes := EndToEndTests

test: format-check checked-build python-tools ## Run every check and test that gates a change
	@scripts/run-tests alone --skip '$(of_stores)|$(of_sockets)|$(of_processes)'
	@scripts/run-tests stores --filter '$(of_stores)'
	@scripts/run-tests sockets --filter '$(of_sockets)'
	@scripts/run-tests processes --no-parallel --filter '$(of_processes)'

python-tools: deps
	@scripts/python-tools

lint: format-check checked-build ## Check the formatting and the arrows between the modules
	@scripts/run-tests arrows --filter ArchitectureTests

bench: build ## Measure codes, the engine and whole payments on this machine
	@$(kizuna) bench qr
	@$(kizuna) bench engine
	@$(kizuna) bench payments

simulate: build ## Run the switch in SEEDS=n simulated worlds (20,000 unless told), from FIRST=n on
	@$(kizuna) simulate --seeds $(or $(SEEDS),20000) --first-seed $(or $(FIRST),1)

mutants: deps ## Plant every bug of Mutants/table.txt and see which the simulator catches, in SEEDS=n worlds (100 unless told)
	@Mutants/run $(or $(SEEDS),100)

fuzz: swift ## Run every fuzz target for SECONDS=n each (60 unless told), from the kept inputs
	@Fuzz/run $(or $(SECONDS),60)

bench-guarded: build ## Whole payments with mutual TLS and signed requests beside plain ones, in one run
	@Benchmarks/guarded/run.py $(kizuna) --rounds $(or $(ROUNDS),3)

bench-viewers: build ## 500 payments a second with nobody and with 200 viewers of the console, in turn (ROUNDS=n of SECONDS=n each)
	@Benchmarks/viewers/run.py $(kizuna) --rounds $(or $(ROUNDS),3) --seconds $(or $(SECONDS),20)

roundtrip: deps ## Write, draw, read and compare CASES=n drafts (a million unless told) from seed FIRST=n on
	@swift build --configuration release --build-tests -Xswiftc -enable-testing --scratch-path .build/roundtrip
	@KIZUNA_ROUND_TRIPS=$(or $(CASES),1000000) KIZUNA_ROUND_TRIP_FIRST=$(or $(FIRST),0) \
		swift test --configuration release --skip-build --disable-xctest --scratch-path .build/roundtrip \
		-Xswiftc -enable-testing --filter 'KizunaQRImageTests.RoundTripTests'

# The switch that is killed is the one for use; what kills it and looks after the books are the tests.
crash: build checked-build ## Kill a switch under load KILLS=n times (1,000 unless told) from SEED=s, on both databases or ENGINE=sqlite, postgres
	@KIZUNA_KILLS=$(or $(KILLS),1000) KIZUNA_KILL_SEED=$(or $(SEED),1) $(if $(ENGINE),KIZUNA_KILL_ENGINE=$(ENGINE)) \
		KIZUNA_EXECUTABLE=$(CURDIR)/$(kizuna) KIZUNA_TEST_SECONDS=36000 scripts/run-tests crash --filter KillTests
	@grep -v '^[◇✔↳]' .build/tests-crash.log

ha: build checked-build ## Lose a database's primary KILLS=n times (20 unless told), then a switch, under load
	@scripts/deps --ha
	@KIZUNA_FAILOVERS=$(or $(KILLS),20) \
		KIZUNA_EXECUTABLE=$(CURDIR)/$(kizuna) KIZUNA_TEST_SECONDS=36000 scripts/run-tests ha --filter FailoverTests
	@grep -v '^[◇✔↳]' .build/tests-ha.log

# The same walks are among the tests of processes, so `make test` takes them too.
browser: checked-build python-tools ## Walk through the pages with chromium in three languages; PICTURES=docs/pictures/pages keeps what they look like
	@$(if $(PICTURES),mkdir -p $(PICTURES) && KIZUNA_PAGE_PICTURES=$(abspath $(PICTURES))) \
		KIZUNA_TEST_SECONDS=1200 scripts/run-tests browser --no-parallel --filter "PagesTests|ConsoleBrowserTests"

schemathesis: build python-tools ## Have schemathesis call every operation for SECONDS=n (600 unless told), by nobody and with four keys
	@.build/python/bin/python3 Tests/Python/judge_api.py $(kizuna) --seconds $(or $(SECONDS),600) $(if $(SEED),--seed $(SEED))

pictures: build ## Make photographs of codes that other tools drew (SEED=n), and see how many are read
	@scripts/deps --pictures
	@Benchmarks/pictures/run $(or $(SEED),1)

build: deps ## Build the kizuna command for use: .build/release/kizuna
	@test -e $(kizuna) || echo "Building Kizuna (the first time takes a minute or two) …" >&2
	@swift build --configuration release --product kizuna >&2

format: swift ## Format every Swift file in place
	@swift format format --in-place --parallel --recursive $(swift_files)

deps: swift ## Install what is missing: Debian's packages, through apt
	@scripts/deps

# The tests run what is built here, with nothing built twice. The check is SwiftPM's own: a target that imports another
# one which it neither depends on nor could know through those it depends on. The exit status counts, for "Build
# complete!" is printed even when it fails.
checked-build: deps
	@test -e .build/debug || echo "Building Kizuna and its tests (the first time takes a few minutes) …" >&2
	@swift build --build-tests --explicit-target-dependency-import-check error

format-check: swift
	@swift format lint --strict --parallel --recursive $(swift_files) || \
		{ echo "Not as the house formats: 'make format' puts most of it right" >&2; exit 1; }

swift:
	@command -v swift >/dev/null || \
		{ echo "Kizuna needs Swift 6.3: https://www.swift.org/install/linux (no 'swift' on the path)" >&2; exit 3; }
