/* test-demo.c: the demo business is there at once, hangs together, ends today, and stays quiet. */

#include <glib/gstdio.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "engine/rungs-check-store.h"
#include "engine/rungs-demo.h"
#include "partners/rungs-ledger-store.h"
#include "sequences/rungs-sequences-advance.h"

typedef struct
{
  char *folder;
  char *path;
  RungsClock *clock;
  RungsDb *db;
} Demo;

static void
demo_free (Demo *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", self->folder);

  g_clear_pointer (&self->db, rungs_db_close);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_clear_object (&self->clock);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Demo, demo_free)

static Demo *
demo_new (const char *now)
{
  Demo *self = g_new0 (Demo, 1);
  g_autoptr (GError) error = NULL;
  gint64 instant = 0;

  g_assert_true (rungs_time_parse (now, NULL, &instant, &error));
  self->folder = g_dir_make_tmp ("rungs-demo-XXXXXX", &error);
  self->path = g_build_filename (self->folder, "demo.db", NULL);
  self->clock = rungs_clock_new_pretended (instant);
  self->db = rungs_demo_create (self->path, self->clock, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->db);
  return self;
}

/* The number that a question answers; the parameter :now, where it has one, is the time. */
static gint64
number (Demo       *self,
        const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, sql, &error);
  gint64 answer = 0;

  g_assert_no_error (error);
  if (strstr (sql, ":now") != NULL)
    rungs_statement_bind_int64 (query, ":now", rungs_clock_now (self->clock));
  g_assert_true (rungs_statement_get_number (query, 0, &answer, &error));
  return answer;
}

static void
test_counts (gconstpointer data)
{
  Demo *demo = (Demo *) data;

  g_assert_cmpint (number (demo, "SELECT count (*) FROM lead"), ==, 2000);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM product"), ==, 5);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM product WHERE cost IS NULL"), ==, 0);
  g_assert_cmpint (number (demo, "SELECT count (DISTINCT product) FROM sales_letter"), ==, 5);
  g_assert_cmpint (number (demo, "SELECT count (DISTINCT kind) FROM source"), ==, 6);
  g_assert_cmpint (number (demo, "SELECT count (DISTINCT source) FROM source_spend"), ==, 6);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM sequence WHERE state = 'live'"), ==, 3);
  g_assert_cmpint (number (demo, "SELECT demo FROM business"), ==, 1);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM web_endpoint"), ==, 2);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM web_delivery WHERE state = 'applied'"), ==,
                   6);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM web_delivery WHERE state = 'quarantine'"),
                   ==, 1);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM segment"), ==, 5);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM segment_member m JOIN segment s"
                                 "  ON s.id = m.segment WHERE s.kind = 'fixed'"), ==, 12);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM outbox WHERE state = 'sent'"), >, 5000);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM outbox WHERE state = 'doubt'"), ==, 1);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM enrolment WHERE outcome IS NULL"), >, 30);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM task WHERE done_at IS NULL"), >, 3);
  g_assert_cmpint (number (demo, "SELECT count (DISTINCT lead) FROM owned WHERE product IN"
                                 " (SELECT id FROM product WHERE sku = 'WEEKEND')"), >, 50);
}

/* How many partners have something in that state, in the book. */
static gint64
partners_with (Demo       *demo,
               const char *state)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count (*) FROM ledger_account a WHERE a.state = '%s' AND 0 <>"
      " (SELECT p.balance FROM posting p WHERE p.account = a.id ORDER BY p.number DESC LIMIT 1)",
      state);

  return number (demo, sql);
}

/* There are partners of each kind, and something of theirs in each state. */
static void
test_partners (gconstpointer data)
{
  Demo *demo = (Demo *) data;
  g_auto (RungsLedgerProof) proof = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (number (demo, "SELECT count (*) FROM partner"), ==, 4);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM programme_terms"), ==, 4);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM referral WHERE partner IS NOT NULL"), >,
                   20);
  g_assert_cmpint (partners_with (demo, "held"), >, 1);
  g_assert_cmpint (partners_with (demo, "approved"), >, 0);
  g_assert_cmpint (partners_with (demo, "payable"), >, 0);
  g_assert_cmpint (partners_with (demo, "paid"), >, 1);
  g_assert_cmpint (partners_with (demo, "carried"), ==, 1);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM payout"), ==, 2);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM payout_item WHERE state = 'returned'"), ==,
                   1);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM journal WHERE at > :now"
                                 " OR booked_at > :now"), ==, 0);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM journal j JOIN journal k"
                                 " ON k.id = j.id + 1 AND k.booked_at < j.booked_at"), ==, 0);
  g_assert_true (rungs_ledger_verify (demo->db, &proof, &error));
  g_assert_no_error (error);
  g_assert_cmpint (proof.fault, ==, 0);
}

static void
test_sound (gconstpointer data)
{
  Demo *demo = (Demo *) data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = rungs_business_check (demo->db, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (faults, i));
  g_assert_cmpuint (faults->len, ==, 0);
}

/* At any hour, also where the clocks have just been put forward:
 * nothing lies ahead but what is due. */
static void
test_ends_now (void)
{
  static const char *const TIMES[] = { "2026-03-29T01:00:30Z", "2028-02-29T23:59:00Z" };

  for (guint i = 0; i < G_N_ELEMENTS (TIMES); i++)
    {
      g_autoptr (Demo) demo = demo_new (TIMES[i]);

      g_assert_cmpint (number (demo, "SELECT count (*) FROM event WHERE at > :now"), ==, 0);
      g_assert_cmpint (number (demo, "SELECT count (*) FROM sales_order WHERE at > :now"), ==, 0);
      g_assert_cmpint (number (demo, "SELECT count (*) FROM outbox WHERE ended_at > :now"), ==, 0);
      g_assert_cmpint (number (demo, "SELECT :now - max (at) < 36 * 3600000 FROM event"), ==, 1);
    }
}

static gboolean
write_nothing (RungsDb   *db,
               gpointer   data,
               GError   **error)
{
  return TRUE;
}

/* The followers do not find the past. */
static void
test_quiet (gconstpointer data)
{
  Demo *demo = (Demo *) data;
  gint64 events = number (demo, "SELECT count (*) FROM event");
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_db_write (demo->db, write_nothing, NULL, &error));
  g_assert_cmpint (number (demo, "SELECT count (*) FROM event"), ==, events);
  g_assert_cmpint (number (demo, "SELECT min (event) FROM cursor"), ==,
                   number (demo, "SELECT max (id) FROM event"));
}

static gboolean
advance (RungsDb   *db,
         gpointer   demo,
         GError   **error)
{
  gint64 now = rungs_clock_now (((Demo *) demo)->clock) + 8 * G_GINT64_CONSTANT (86400000);
  guint advanced = 0;

  if (!rungs_sequences_advance (db, now, 1000, &advanced, error))
    return FALSE;
  g_assert_cmpuint (advanced, >, 30);
  return TRUE;
}

/* What lies ahead goes on by itself: a week later everybody has walked on. */
static void
test_goes_on (gconstpointer data)
{
  Demo *demo = (Demo *) data;
  gint64 planned = number (demo, "SELECT count (*) FROM outbox WHERE state = 'planned'");
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_db_write (demo->db, advance, demo, &error));
  g_assert_cmpint (number (demo, "SELECT count (*) FROM outbox WHERE state = 'planned'"), >,
                   planned + 10);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM enrolment WHERE outcome = 'error'"), ==, 0);
}

static void
test_refused (gconstpointer data)
{
  Demo *demo = (Demo *) data;
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_demo_create (demo->path, demo->clock, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_cmpint (number (demo, "SELECT count (*) FROM lead"), ==, 2000);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (Demo) demo = NULL;

  g_test_init (&argc, &argv, NULL);
  demo = demo_new ("2026-03-02T09:00:00Z");
  g_test_add_data_func ("/demo/counts", demo, test_counts);
  g_test_add_data_func ("/demo/partners", demo, test_partners);
  g_test_add_data_func ("/demo/sound", demo, test_sound);
  g_test_add_func ("/demo/ends-now", test_ends_now);
  g_test_add_data_func ("/demo/quiet", demo, test_quiet);
  g_test_add_data_func ("/demo/refused", demo, test_refused);
  g_test_add_data_func ("/demo/goes-on", demo, test_goes_on);
  return g_test_run ();
}
