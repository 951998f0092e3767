/* rungs-naive-ask.h: a leaf that is asked about a lead, for the files of the naive evaluator. */

#pragma once

#include "rungs-naive-world.h"

G_BEGIN_DECLS

/* What a leaf is asked about. */
typedef struct
{
  RungsNaiveWorld *world;
  JsonObject *leaf;
  gint64 lead;
  gint64 now;
} Ask;

#define EACH(ask, table, i)                                                                        \
  for (guint i = 0; i < rungs_naive_table ((ask)->world, table)->rows->len; i++)
#define NUMBER(ask, table, i, column)                                                              \
  rungs_naive_number (rungs_naive_table ((ask)->world, table), i, column)
#define TEXT(ask, table, i, column)                                                                \
  rungs_naive_text (rungs_naive_table ((ask)->world, table), i, column)
#define IS_NULL(ask, table, i, column)                                                             \
  rungs_naive_cell (rungs_naive_table ((ask)->world, table), i, column)->null
#define FIND(ask, table, number)                                                                   \
  (guint) rungs_naive_find (rungs_naive_table ((ask)->world, table), "id", number)

const char *rungs_naive_said (Ask        *ask,
                              const char *name);
/* Whether the time is within the days that the leaf says, if it does. */
gboolean rungs_naive_in_time (Ask    *ask,
                              gint64  at);
gint64 rungs_naive_given_back (Ask    *ask,
                               gint64  line,
                               guint  *times);
gboolean rungs_naive_is_refunded (Ask   *ask,
                                  guint  line);
gboolean rungs_naive_is_owned (Ask   *ask,
                               guint  line);
gboolean rungs_naive_holds (Ask    *ask,
                            gint64  whole,
                            gint64  part);
/* Whether the product of that row is what the leaf's parameter "product" names, if it names one. */
gboolean rungs_naive_is_said_product (Ask   *ask,
                                      guint  product);
gboolean rungs_naive_order_holds_said_product (Ask    *ask,
                                               gint64  order);
gboolean rungs_naive_is_source (Ask        *ask,
                                guint       source,
                                const char *name);
/* Whether it is the first or last touch of the lead, where the leaf says so. */
gboolean rungs_naive_is_said_touch (Ask   *ask,
                                    guint  touch);
/* "given", "withdrawn" or "none". */
const char *rungs_naive_consent_state (Ask *ask);
gboolean rungs_naive_is_said_event (Ask   *ask,
                                    guint  event);
const char *rungs_naive_lifecycle (Ask *ask);
/* The SKU of the product that is offered next; NULL: nothing is. */
const char *rungs_naive_next_offer (Ask *ask);
gboolean rungs_naive_ask_set (Ask        *ask,
                              const char *field,
                              const char *op);
gboolean rungs_naive_number_of (Ask        *ask,
                                const char *field,
                                double     *number);
gboolean rungs_naive_compare_numbers (Ask        *ask,
                                      const char *op,
                                      gboolean    has,
                                      double      number);
void rungs_naive_day_of (gint64     instant,
                         GTimeZone *zone,
                         GDate     *day);
/* Whether the day comes round today or on one of so many days after, or before, as the operator has
 * it. */
gboolean rungs_naive_comes_round (const char  *op,
                                  const GDate *own,
                                  const GDate *today,
                                  int          days);
gboolean rungs_naive_compare_dates (Ask        *ask,
                                    const char *op,
                                    gboolean    has,
                                    gint64      at);
gboolean rungs_naive_date_of (Ask        *ask,
                              const char *field,
                              gint64     *at);

G_END_DECLS
