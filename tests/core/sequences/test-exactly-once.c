/* test-exactly-once.c: whatever the graph, and wherever the program dies, every lead gets the same
 * messages, each once.
 *
 * A world is a few random sequences, leads, and things that happen to them on random days. It is
 * lived through once in one go, once more the same (a rehearsal), and in small batches of which
 * every third dies before its commit. What was planned, walked and how it ended must be the same
 * each time. */

#include <gio/gio.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "rungs-random-sequence.h"
#include "rungs-shop.h"
#include "sequences/rungs-sequence-store.h"
#include "sequences/rungs-sequences-advance.h"
#include "sequences/rungs-sequences-follow.h"

#define WORLDS 8
#define LEADS 25
#define DAYS 40
#define HAPPENINGS 60

typedef enum
{
  GETS_TAG,
  ORDERS,
  SAYS_NO,
} Kind;

/* What happens to a lead. */
typedef struct
{
  gint64 at;
  gint64 lead;
  Kind kind;
  char tag[8];
} Happening;

typedef struct
{
  RungsFixture *fixture;
  GRand *crashes; /* (nullable): decides which transactions die; NULL: none */
  guint batch;
  gint64 product;
} World;

/* ---- making a world */

typedef struct
{
  World *world;
  guint32 seed;
} Making;

static gboolean
make_cb (RungsDb   *db,
         gpointer   data,
         GError   **error)
{
  Making *making = data;
  World *world = making->world;
  g_autoptr (GRand) rand = g_rand_new_with_seed (making->seed);

  world->product = rungs_fixture_add_product (world->fixture, "BOOK", 1000);
  rungs_shop_add_message (world->fixture, "M0", TRUE);
  rungs_shop_add_message (world->fixture, "M1", TRUE);
  rungs_shop_add_message (world->fixture, "M2", TRUE);
  for (int i = 0; i < LEADS; i++)
    {
      g_autofree char *name = g_strdup_printf ("lead%d", i);

      rungs_shop_add_lead (world->fixture, name);
    }
  for (int i = 0; i < 3; i++)
    rungs_random_sequence_add (world->fixture, rand, i, 3);
  return TRUE;
}

static int
compare_happenings (gconstpointer a,
                    gconstpointer b)
{
  const Happening *one = a;
  const Happening *other = b;

  return one->at < other->at ? -1 : one->at > other->at;
}

static GArray *
random_happenings (guint32 seed,
                   gint64  start)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed + 1);
  GArray *happenings = g_array_new (FALSE, TRUE, sizeof (Happening));

  for (int i = 0; i < HAPPENINGS; i++)
    {
      int dice = g_rand_int_range (rand, 0, 10);
      Happening happening = {
        .at = start + g_rand_int_range (rand, 0, DAYS * 24 * 60) * RUNGS_MINUTE,
        .lead = g_rand_int_range (rand, 1, LEADS + 1),
        .kind = dice == 0   ? ORDERS
                : dice == 1 ? SAYS_NO
                            : GETS_TAG,
      };

      g_snprintf (happening.tag, sizeof happening.tag, "t%d", g_rand_int_range (rand, 0, 3));
      g_array_append_val (happenings, happening);
    }
  g_array_sort (happenings, compare_happenings);
  return happenings;
}

/* ---- living through it */

typedef struct
{
  World *world;
  const Happening *happening; /* (nullable): else a batch is walked */
  guint limit;
  guint advanced;
  gboolean dies;
} Turn;

static void
let_happen (World           *world,
            const Happening *happening)
{
  RungsFixture *fixture = world->fixture;

  if (happening->kind == GETS_TAG)
    rungs_shop_tag (fixture, happening->lead, happening->tag);
  else if (happening->kind == ORDERS)
    rungs_fixture_add_order (fixture, happening->lead, world->product);
  else
    rungs_consent_withdraw (fixture->db, happening->lead, RUNGS_PURPOSE_MARKETING,
                            RUNGS_CHANNEL_EMAIL, rungs_fixture_now (fixture), "test", NULL);
}

static gboolean
turn_cb (RungsDb   *db,
         gpointer   data,
         GError   **error)
{
  Turn *turn = data;
  gint64 now = rungs_fixture_now (turn->world->fixture);

  if (turn->happening != NULL)
    let_happen (turn->world, turn->happening);
  else if (!rungs_sequences_advance (db, now, turn->limit, &turn->advanced, error))
    return FALSE;
  if (!rungs_sequences_follow (db, now, error))
    return FALSE;
  if (turn->dies)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "died");
  return !turn->dies;
}

/* Takes the turn until it is not killed. */
static guint
take_turn (World           *world,
           const Happening *happening)
{
  Turn turn = { .world = world, .happening = happening };

  do
    {
      g_autoptr (GError) error = NULL;

      turn.dies = world->crashes != NULL && g_rand_int_range (world->crashes, 0, 3) == 0;
      turn.limit = world->crashes ? (guint) g_rand_int_range (world->crashes, 1, 5) : world->batch;
      rungs_db_write (world->fixture->db, turn_cb, &turn, &error);
      if (!turn.dies)
        g_assert_no_error (error);
    }
  while (turn.dies);
  return turn.advanced;
}

/* Walks all that is due until `end`, each at the minute when it is due. */
static void
walk_until (World  *world,
            gint64  end)
{
  gint64 due;

  while (rungs_sequences_next_due (world->fixture->db, &due, NULL) && due <= end)
    {
      rungs_clock_set (world->fixture->clock, MAX (due, rungs_fixture_now (world->fixture)));
      g_assert_cmpint (take_turn (world, NULL), >, 0);
    }
  rungs_clock_set (world->fixture->clock, end);
}

static const char SQL_STORY[] =
    "SELECT 'mail', o.lead, s.name, o.step, o.visit, m.name, o.created_at, o.state || o.reason"
    "  FROM outbox o JOIN message m ON m.id = o.message JOIN enrolment e ON e.id = o.enrolment"
    "  JOIN sequence s ON s.id = e.sequence"
    " UNION ALL "
    "SELECT 'step', e.lead, s.name, w.step, w.visit, w.result, w.at, ''"
    "  FROM enrolment_step w JOIN enrolment e ON e.id = w.enrolment"
    "  JOIN sequence s ON s.id = e.sequence"
    " UNION ALL "
    "SELECT 'walk', e.lead, s.name, e.step, e.visit, coalesce (e.outcome, 'walks'), e.entered_at,"
    "       coalesce (e.ended_at, '')"
    "  FROM enrolment e JOIN sequence s ON s.id = e.sequence"
    " ORDER BY 1, 2, 3, 7, 5, 4, 6, 8";

static char *
tell_story (RungsDb *db)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_STORY, NULL);
  g_autoptr (GString) story = g_string_new (NULL);

  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    {
      for (int i = 0; i < 8; i++)
        g_string_append_printf (story, "%s ", rungs_statement_get_text (query, i));
      g_string_append_c (story, '\n');
    }
  return g_string_free (g_steal_pointer (&story), FALSE);
}

static void
assert_sound (RungsFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = rungs_db_check (fixture->db, &error);

  g_assert_no_error (error);
  g_assert_cmpint (faults->len, ==, 0);
  /* every message that was walked is in the outbox, and nothing else is */
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM outbox"), ==,
                   rungs_fixture_number (fixture,
                                         "SELECT count(*) FROM enrolment_step w JOIN outbox o"
                                         " ON o.enrolment = w.enrolment AND o.step = w.step"
                                         " AND o.visit = w.visit WHERE w.result = 'planned'"));
  g_assert_cmpint (rungs_fixture_number (
                       fixture, "SELECT count(*) FROM enrolment_step WHERE result = 'planned'"),
                   ==, rungs_fixture_number (fixture, "SELECT count(*) FROM outbox"));
  /* nothing that sells was planned for an owner, and nothing for somebody who had said no */
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM outbox o JOIN sales_order b"
                                                  " ON b.lead = o.lead WHERE o.sells IS NOT NULL"
                                                  " AND o.created_at > b.at"),
                   ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM outbox o JOIN consent c"
                                                  " ON c.lead = o.lead WHERE c.action = 'withdrawn'"
                                                  " AND o.created_at > c.at"),
                   ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture,
                                         "SELECT count(*) FROM enrolment"
                                         " WHERE outcome = 'error'"
                                         "    OR (outcome IS NULL) <> (due_at IS NOT NULL)"),
                   ==, 0);
}

/* Returns: the story of the world of that seed. */
static char *
live (guint32  seed,
      guint    batch,
      GRand   *crashes)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  gint64 start = rungs_fixture_now (fixture);
  g_autoptr (GArray) happenings = random_happenings (seed, start);
  World world = { .fixture = fixture, .crashes = crashes, .batch = batch };
  Making making = { .world = &world, .seed = seed };

  g_assert_true (rungs_db_write (fixture->db, make_cb, &making, NULL));
  for (guint i = 0; i < happenings->len; i++)
    {
      const Happening *happening = &g_array_index (happenings, Happening, i);

      walk_until (&world, happening->at);
      take_turn (&world, happening);
    }
  walk_until (&world, start + (DAYS + 10) * RUNGS_DAY);
  assert_sound (fixture);
  return tell_story (fixture->db);
}

static void
test_worlds (void)
{
  gsize told = 0;

  for (guint32 seed = 1; seed <= WORLDS; seed++)
    {
      g_autoptr (GRand) crashes = g_rand_new_with_seed (seed);
      g_autofree char *story = live (seed, 1000, NULL);
      g_autofree char *again = live (seed, 1000, NULL);
      g_autofree char *batches = live (seed, 2, NULL);
      g_autofree char *crashing = live (seed, 0, crashes);

      g_assert_cmpstr (again, ==, story);
      g_assert_cmpstr (batches, ==, story);
      g_assert_cmpstr (crashing, ==, story);
      told += strlen (story);
    }
  g_test_message ("%" G_GSIZE_FORMAT " bytes of stories", told);
  g_assert_cmpint (told, >, WORLDS * 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sequences/exactly-once", test_worlds);
  return g_test_run ();
}
