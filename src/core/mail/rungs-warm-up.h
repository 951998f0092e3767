/* rungs-warm-up.h: limits that rise by day, so that mail servers get to know who sends.
 *
 * On the first day `start` messages may leave. After each day on which something was sent the limit
 * grows by `growth` per cent, rounded down, but by one message at least:
 *
 *   limit (0) = start
 *   limit (n + 1) = max (limit (n) + 1, limit (n) * (100 + growth) / 100)
 *
 * up to the account's own limit of a day, where it has one: from there on the warm-up is over. Days
 * on which nothing was sent do not count: what nobody has seen for a week is not known any better.
 * A day is one of the business's zone, from midnight to midnight. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No limit is higher: more than anybody sends. */
#define RUNGS_WARM_UP_MOST G_GINT64_CONSTANT (1000000000)

/* Per cent a day. */
#define RUNGS_WARM_UP_MOST_GROWTH 400

/* A usual way to begin. */
typedef struct
{
  const char *key;  /* "careful", "usual", "quick" */
  const char *name; /* translatable */
  gint64 start;
  gint64 growth;
} RungsWarmUpPreset;

/* In the order in which they are offered; the last has no key. */
extern const RungsWarmUpPreset RUNGS_WARM_UP_PRESETS[];

/* How many messages may leave on a day before which there were `days` with messages. `most`: the
 * account's own limit of a day; 0: none. `start` 0: there is no warm-up, and the answer is
 * `most`. */
gint64 rungs_warm_up_limit (gint64 start,
                            gint64 growth,
                            gint64 days,
                            gint64 most);

/* Whether the limit still rises after such a day. */
gboolean rungs_warm_up_goes_on (gint64 start,
                                gint64 growth,
                                gint64 days,
                                gint64 most);

G_END_DECLS
