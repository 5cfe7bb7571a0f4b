# Every target that a person or CI needs; `make help` lists them.
CONFIGURATION ?= Release
CLI := services/Cli/bin/$(CONFIGURATION)/net10.0/linux-x64/SparsePipeline.Cli
RECIPE ?= recipes/sms-digits.yaml
STUDIES := studies/digits.yaml studies/glyphs.yaml studies/fashion-cnn.yaml studies/fashion-resnet.yaml

export CONFIGURATION

.DEFAULT_GOAL := help
.PHONY: help restore build demo plan up down status test load scale chaos chaos-gateway bench bench-gpu results docs lint format clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

restore: ## fetch the pinned packages
	dotnet restore SparsePipeline.sln --nologo -v quiet

build: ## build everything
	dotnet build SparsePipeline.sln -c $(CONFIGURATION) --nologo -v quiet

demo: ## run Sparse Model Soups on the digits data set in this process (no server) and write a report
	dotnet build services/Cli -c $(CONFIGURATION) --nologo -v quiet
	$(CLI) run $(RECIPE)

plan: ## say what `make demo` would do and what is cached, without doing it
	dotnet build services/Cli -c $(CONFIGURATION) --nologo -v quiet
	$(CLI) plan $(RECIPE)

up: ## start broker, object store, workers and a gateway on this machine, as processes; TRAINERS=2 starts two trainers
	infra/local/up.sh

down: ## stop what `make up` started; WIPE=1 also deletes what it holds
	infra/local/down.sh

status: ## say what `make up` started and how it is
	infra/local/status.sh

test: ## install what the tests need, build, check the format, run every test
	infra/local/test.sh

results: ## run the studies of studies/ (STUDY=studies/digits-quick.yaml: only that, a minute; EARLIER=docs/results: without what was computed there) and write docs/results.md
	dotnet build services/Cli -c $(CONFIGURATION) --nologo -v quiet
	$(CLI) study $(if $(STUDY),$(STUDY),$(STUDIES) --output docs/results --page docs/results.md --preface studies/preface.md --force $(if $(EARLIER),--earlier $(EARLIER)))

load: ## a thousand runs at once, and ten thousand events about unknown runs, on a real broker; says how it went
	dotnet build tests/Standalone.Tests -c $(CONFIGURATION) --nologo -v quiet
	SPARSEPIPELINE_LOAD_RUNS=1000 SPARSEPIPELINE_LOAD_EVENTS=10000 \
	  tests/Standalone.Tests/bin/$(CONFIGURATION)/net10.0/linux-x64/SparsePipeline.Standalone.Tests --filter-class '*LoadTests' --output Detailed

scale: ## requests and seconds of a sweep and of runs list at 1,000 and 10,000 active runs (SPARSEPIPELINE_SCALE_RUNS), on the folder store and on radosgw
	dotnet build tests/Infrastructure.Tests -c $(CONFIGURATION) --nologo -v quiet
	tests/Infrastructure.Tests/bin/$(CONFIGURATION)/net10.0/linux-x64/SparsePipeline.Infrastructure.Tests --filter-trait Category=Scale --explicit only --output Detailed

chaos: ## kill, cut off, fill up and confuse the distributed topology 200 times (CHAOS_SEED, CHAOS_FAULTS) and write docs/reliability.md
	dotnet build tests/Chaos -c $(CONFIGURATION) --nologo -v quiet
	tests/Chaos/bin/$(CONFIGURATION)/net10.0/linux-x64/SparsePipeline.Chaos --filter-trait Category=LongChaos --explicit only --no-progress

chaos-gateway: ## kill one of two gateways 100 times in the middle of a publication (CHAOS_SEED, CHAOS_FAULTS); says how it went
	dotnet build tests/Gateway.Tests -c $(CONFIGURATION) --nologo -v quiet
	tests/Gateway.Tests/bin/$(CONFIGURATION)/net10.0/linux-x64/SparsePipeline.Gateway.Tests --filter-trait Category=GatewayKills --explicit only --output Detailed

bench: ## measure the speed targets as ratios inside one run, on a quiet machine; installs PyTorch with a fast BLAS as the peer
	infra/local/bench.sh $(BENCH)

bench-gpu: ## measure training, evaluation and mask work on a CUDA device beside PyTorch; without one it says why not (exit code 0)
	infra/local/bench-gpu.sh $(BENCH)

docs: ## write the generated pages of docs/ and the golden messages again
	for tests in Contracts.Tests Architecture Infrastructure.Tests Learning.Tests Cli.Tests Gateway.Tests; do \
	  dotnet build tests/$$tests -c $(CONFIGURATION) --nologo -v quiet && \
	  UPDATE_DOCS=1 tests/$$tests/bin/$(CONFIGURATION)/net10.0/linux-x64/SparsePipeline.$$tests --filter-method '*up_to_date*' '*golden*' '*Keys_are*' || exit 1; \
	done

lint: ## fail when the format or an analyzer disagrees
	dotnet format SparsePipeline.sln --verify-no-changes --no-restore

format: ## format the code
	dotnet format SparsePipeline.sln

clean: ## remove build outputs, not artifacts of runs
	find . -type d \( -name bin -o -name obj \) -not -path './.git/*' -prune -exec rm -rf {} +
