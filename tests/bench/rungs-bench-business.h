/* rungs-bench-business.h: a business with many leads, each with ten events, for benchmarks. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The moment of which its facts are. */
#define RUNGS_BENCH_NOW G_GINT64_CONSTANT (1774000000000)

/* Makes its file, with so many leads; the same in every run. One that is there stays as it is. */
void rungs_bench_business_make (const char *path,
                                gint64      leads);

G_END_DECLS
