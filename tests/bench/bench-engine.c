/* bench-engine.c: how many steps a second the engine walks at a million enrolments of which 100,000
 * are due, beside the same by SQL that was written by hand.
 *
 * A sequence of a wait, a condition, a message and a wait; each walk leaves the first wait, asks
 * the condition, plans the message and comes to stand at the second: three steps. The hand-written
 * SQL does it set-wise, and knows the graph by heart: it writes the same rows in as large
 * transactions. What it does not do is ask: who owns what is sold, who is suppressed, which goal is
 * reached, when the wait ends on the lead's clock. They take turns, each with another tenth of the
 * enrolments.
 *
 * usage: bench-engine [ENROLMENTS] */

#include <glib/gstdio.h>

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"
#include "mail/rungs-message-store.h"
#include "rungs-bench-time.h"
#include "rungs-fixture.h"
#include "sequences/rungs-sequence-store.h"
#include "sequences/rungs-sequences-advance.h"

#define ROUNDS 3
#define BATCH 500
#define STEPS 3 /* of each walk */

#define LEADS_FROM(what)                                                                           \
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n) " what

static const char GRAPH[]
    = "{\"name\":\"S\",\"sells\":\"BOOK\",\"start\":\"w\",\"steps\":{"
      "\"w\":{\"kind\":\"wait\",\"days\":3,\"next\":\"c\"},"
      "\"c\":{\"kind\":\"condition\","
      "\"rule\":{\"field\":\"score\",\"op\":\"at_least\",\"value\":0},"
      "\"yes\":\"m\",\"no\":\"w2\"},"
      "\"m\":{\"kind\":\"message\",\"message\":\"M\",\"next\":\"w2\"},"
      "\"w2\":{\"kind\":\"wait\",\"days\":30}}}";

/* One tenth is due at each of ten hours. */
static const char *const FILL[] = {
  LEADS_FROM ("INSERT INTO lead (email, email_key, first_name, created_at, updated_at)"
              " SELECT printf ('lead%d@example.com', i), printf ('lead%d@example.com', i), 'Ann',"
              "        0, 0 FROM n"),
  LEADS_FROM ("INSERT INTO enrolment (lead, sequence, version, step, visit, due_at, entered_at,"
              "                       arrived_at)"
              " SELECT i, 1, 1, 'w', 1, :now + i % 10 * 3600000, :now, :now FROM n"),
  LEADS_FROM ("INSERT INTO enrolment_step (enrolment, visit, step, at)"
              " SELECT i, 1, 'w', :now FROM n"),
};

static const char SQL_MAKE_DUE[]
    = "CREATE TEMP TABLE IF NOT EXISTS due (id INTEGER PRIMARY KEY, lead INTEGER, visit INTEGER)";

/* What a batch does by hand, in this order. */
static const char *const BY_HAND[] = {
  "DELETE FROM temp.due",
  "INSERT INTO temp.due (id, lead, visit)"
  " SELECT id, lead, visit FROM enrolment WHERE outcome IS NULL AND due_at <= :now"
  "  ORDER BY due_at, id LIMIT :batch",
  "UPDATE enrolment_step SET result = 'next'"
  " WHERE (enrolment, visit) IN (SELECT id, visit FROM temp.due)",
  "INSERT INTO enrolment_step (enrolment, visit, step, at, result)"
  " SELECT id, visit + 1, 'c', :now, 'yes' FROM temp.due",
  "INSERT INTO enrolment_step (enrolment, visit, step, at, result)"
  " SELECT id, visit + 2, 'm', :now, 'planned' FROM temp.due",
  "INSERT INTO enrolment_step (enrolment, visit, step, at)"
  " SELECT id, visit + 3, 'w2', :now FROM temp.due",
  "INSERT INTO outbox (lead, message, enrolment, step, visit, sells, due_at, meant_at,"
  "   message_id, created_at)"
  " SELECT lead, 1, id, 'm', visit + 2, 1, :now, :now,"
  "        lower (hex (randomblob (16))) || '@shop.example', :now FROM temp.due",
  "UPDATE enrolment SET step = 'w2', visit = visit + 3, due_at = :now + 30 * 86400000,"
  "   waits_for = NULL, arrived_at = :now, in_front = 0"
  " WHERE id IN (SELECT id FROM temp.due)",
};

typedef struct
{
  RungsFixture *fixture;
  gint64 n;
  gint64 walked;
} Bench;

static void
run (Bench      *bench,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) statement = rungs_db_prepare (bench->fixture->db, sql, &error);

  g_assert_no_error (error);
  rungs_statement_offer_int64 (statement, ":n", bench->n);
  rungs_statement_offer_int64 (statement, ":now", rungs_fixture_now (bench->fixture));
  rungs_statement_offer_int64 (statement, ":batch", BATCH);
  rungs_statement_run (statement, &error);
  g_assert_no_error (error);
}

static void
add_message (Bench *bench)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();
  g_autoptr (GError) error = NULL;

  g_free (message->name);
  g_free (message->purpose);
  g_free (message->value);
  g_free (message->subject);
  message->name = g_strdup ("M");
  message->purpose = g_strdup ("sell");
  message->value = g_strdup ("a hint");
  message->subject = g_strdup ("Hello");
  rungs_message_save (bench->fixture->db, message, 0, &error);
  g_assert_no_error (error);
}

static gboolean
make_cb (RungsDb  *db,
         gpointer  data,
         GError  **error)
{
  Bench *bench = data;
  gint64 now = rungs_fixture_now (bench->fixture);

  rungs_fixture_add_product (bench->fixture, "BOOK", 1000);
  add_message (bench);
  if (rungs_sequence_add (db, GRAPH, now, NULL, error) == 0
      || !rungs_sequence_start (db, 1, now, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (FILL); i++)
    run (bench, FILL[i]);
  return TRUE;
}

static gboolean
advance_cb (RungsDb  *db,
            gpointer  data,
            GError  **error)
{
  Bench *bench = data;
  guint advanced = 0;
  gboolean done = rungs_sequences_advance (db, rungs_fixture_now (bench->fixture), BATCH,
                                           &advanced, error);

  bench->walked += advanced;
  return done;
}

static gboolean
by_hand_cb (RungsDb  *db,
            gpointer  data,
            GError  **error)
{
  Bench *bench = data;

  run (bench, SQL_MAKE_DUE);
  for (guint i = 0; i < G_N_ELEMENTS (BY_HAND); i++)
    run (bench, BY_HAND[i]);
  bench->walked += rungs_db_get_changes (db);
  return TRUE;
}

/* Walks all that is due, in batches. */
static void
walk_all (Bench       *bench,
          RungsDbFunc  batch,
          GArray      *times)
{
  RungsBenchTime began = rungs_bench_time_now ();
  g_autoptr (GError) error = NULL;
  gint64 before;

  bench->walked = 0;
  do
    {
      before = bench->walked;
      rungs_db_write (bench->fixture->db, batch, bench, &error);
      g_assert_no_error (error);
    }
  while (bench->walked > before);
  rungs_bench_times_add (times, began, 1);
  g_assert_cmpint (bench->walked, ==, bench->n / 10);
  rungs_fixture_pass (bench->fixture, RUNGS_HOUR);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GArray) own = rungs_bench_times_new ();
  g_autoptr (GArray) by_hand = rungs_bench_times_new ();
  Bench bench = { .fixture = fixture,
                  .n = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 1000000 };
  g_autoptr (GError) error = NULL;
  double seconds;

  rungs_db_write (fixture->db, make_cb, &bench, &error);
  g_assert_no_error (error);
  for (int i = 0; i < ROUNDS; i++)
    {
      walk_all (&bench, advance_cb, own);
      walk_all (&bench, by_hand_cb, by_hand);
    }
  seconds = rungs_bench_times_get_median (own).work / 1000;
  g_print ("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " enrolments walk %d steps each: %.0f steps"
           " a second\n", bench.n / 10, bench.n, STEPS,
           (double) (bench.n / 10 * STEPS) / seconds);
  rungs_bench_times_compare (own, by_hand);
  g_print ("\n");
  return 0;
}
