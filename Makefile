# The front door. `make run` and `make test` install what is missing on Debian and Ubuntu, build, and
# run; all the rest is meson's.

BUILD    ?= _build
PREFIX   ?= /usr/local
DESTDIR  ?=
ARGS     ?=
MINUTES  ?= 1

.PHONY: help build run test test-all sanitize fuzz bench install clean

help:
	@echo 'make run       build Rungs and start it; without a display, take a picture of every page'
	@echo 'make test      build and run all tests'
	@echo 'make test-all  the same, and under the sanitizers, and fuzz each parser for 20 seconds'
	@echo 'make sanitize  the core tests with AddressSanitizer and UndefinedBehaviorSanitizer'
	@echo 'make fuzz      fuzz each parser for MINUTES=1'
	@echo 'make bench     build for speed and run the benchmarks'
	@echo 'make install   install to PREFIX=/usr/local, under DESTDIR where that is given'
	@echo 'make clean     delete all that was built'

build:
	@tools/install-packages build
	@tools/build $(BUILD)

run: build
	@BUILD='$(BUILD)' tools/run $(ARGS)

test:
	@BUILD='$(BUILD)' tools/test $(if $(CI),all,plain)

test-all:
	@BUILD='$(BUILD)' tools/test all

sanitize:
	@BUILD='$(BUILD)' tools/test sanitize

fuzz:
	@BUILD='$(BUILD)' MINUTES='$(MINUTES)' tools/test fuzz

bench:
	@BUILD='$(BUILD)' tools/bench

install:
	@tools/install-packages build
	@tools/build $(BUILD)-install -Dprefix='$(PREFIX)' -Dtests=false -Dbuildtype=release
	@DESTDIR='$(DESTDIR)' meson install -C $(BUILD)-install --no-rebuild --quiet

clean:
	rm -rf $(BUILD) $(BUILD)-*
