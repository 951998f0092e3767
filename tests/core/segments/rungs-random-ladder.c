/* rungs-random-ladder.c: offers between the products of a random world, by chance. */

#include "rungs-random-ladder.h"

#include <string.h>

#define OFFERS 9
#define PRODUCTS 4

G_GNUC_PRINTF (2, 3)
static void
run (RungsFixture *self,
     const char   *format,
     ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  rungs_fixture_run (self, sql);
}

/* A rule that does not ask what depends on it; quoted for SQL. */
static char *
some_condition (RungsFixture *self)
{
  for (;;)
    {
      g_autoptr (JsonNode) json = rungs_random_rule (rungs_fixture_now (self), 1, TRUE);
      g_autofree char *text = json_to_string (json, FALSE);
      g_auto (GStrv) parts = g_strsplit (text, "'", -1);

      if (strstr (text, "next_offer") == NULL)
        return g_strjoinv ("''", parts);
    }
}

static char *
some_instant (RungsFixture *self,
              int           percent)
{
  return rungs_happens (percent)
             ? g_strdup_printf ("%" G_GINT64_FORMAT, rungs_fixture_now (self)
                                                         + rungs_chance (-20, 20) * RUNGS_DAY / 4)
             : g_strdup ("NULL");
}

static void
add_offer (RungsFixture *self)
{
  static const char *const KINDS[] = { "next", "upsell", "cross", "downsell" };
  int from = rungs_chance (0, PRODUCTS + 1);
  int to = (from + rungs_chance (0, PRODUCTS - 1)) % PRODUCTS + 1;
  g_autofree char *rule = some_condition (self);
  g_autofree char *condition
      = rungs_happens (35) ? g_strdup_printf ("'%s'", rule) : g_strdup ("NULL");
  g_autofree char *valid_from = some_instant (self, 15);
  g_autofree char *valid_until = some_instant (self, 15);

  run (self,
       "INSERT INTO offer (from_product, to_product, kind, after_days, priority, condition,"
       "                   valid_from, valid_until, cap, created_at)"
       " VALUES (nullif (%d, 0), %d, '%s', %d, %d, %s, %s, %s, nullif (%d, 0), 0)",
       from, to == from ? to % PRODUCTS + 1 : to, KINDS[rungs_chance (0, 4)],
       rungs_happens (50) ? 0 : rungs_chance (0, 30), rungs_chance (0, 3), condition, valid_from,
       valid_until, rungs_happens (25) ? rungs_chance (1, 3) : 0);
  if (rungs_happens (70))
    run (self,
         "INSERT INTO offer_figure (offer, cases, hits, counted_at)"
         " VALUES ((SELECT max (id) FROM offer), %d, %d, 0)",
         rungs_chance (100, 300), rungs_chance (0, 100));
}

static void
make_fallback (RungsFixture *self)
{
  run (self,
       "UPDATE offer SET fallback = (SELECT o.id FROM offer o WHERE o.id > offer.id"
       "                                AND o.from_product IS offer.from_product LIMIT 1)"
       " WHERE id %% 3 = %d",
       rungs_chance (0, 3));
}

static void
weigh_product (RungsFixture *self)
{
  run (self,
       "UPDATE product SET price = %d, currency = '%s', cost = nullif (%d, 0),"
       "                   affiliate_rate = nullif (%d, 0), retired_at = nullif (%d, 0)"
       " WHERE id = %d",
       rungs_chance (0, 90) * 100, rungs_happens (80) ? "EUR" : "USD",
       rungs_happens (30) ? rungs_chance (1, 3000) : 0,
       rungs_happens (30) ? rungs_chance (1, 5000) : 0, rungs_happens (10) ? 1 : 0,
       rungs_chance (1, PRODUCTS + 1));
}

void
rungs_random_ladder (RungsFixture *self)
{
  for (guint i = 0; i < OFFERS; i++)
    add_offer (self);
  make_fallback (self);
  for (int i = 1; i <= 2; i++)
    run (self, "UPDATE sequence SET sells = nullif (%d, 0) WHERE id = %d",
         rungs_chance (0, PRODUCTS + 1), i);
  for (guint i = 0; i < 3; i++)
    weigh_product (self);
}

void
rungs_random_ladder_change (RungsFixture *self)
{
  switch (rungs_chance (0, 6))
    {
    case 0:
      add_offer (self);
      break;
    case 1:
      run (self, "DELETE FROM offer WHERE id = (SELECT max (id) FROM offer)");
      break;
    case 2:
      run (self, "UPDATE offer SET priority = %d, after_days = %d WHERE id %% 4 = %d",
           rungs_chance (0, 3), rungs_chance (0, 20), rungs_chance (0, 4));
      break;
    case 3:
      make_fallback (self);
      break;
    case 4:
      run (self, "UPDATE sequence SET sells = nullif (%d, 0) WHERE id = %d",
           rungs_chance (0, PRODUCTS + 1), rungs_chance (1, 3));
      break;
    case 5:
    default:
      weigh_product (self);
      break;
    }
}
