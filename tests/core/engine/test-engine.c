/* test-engine.c: the main job in small: leads walk, messages leave, an order ends it, and what
 * crashed or was claimed before is settled. Through the practice account, with a pretended
 * clock. */

#include <glib/gstdio.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "engine/rungs-engine.h"
#include "ladder/rungs-next-offer.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-store.h"
#include "mail/rungs-message-file.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-practice-folder.h"
#include "mail/rungs-practice-transport.h"
#include "sequences/rungs-enrolment-store.h"
#include "sequences/rungs-sequence-store.h"

typedef struct
{
  char *folder;
  char *path;
  RungsClock *clock;
  RungsDb *db;
  gint64 lead, book, course, sequence;
} Fixture;

static const char GRAPH[]
    = "{\"name\": \"Sell the book\", \"sells\": \"BOOK\", \"start\": \"one\", \"steps\": {"
      "  \"one\": {\"kind\": \"message\", \"message\": \"Letter\", \"next\": \"pause\"},"
      "  \"pause\": {\"kind\": \"wait\", \"days\": 2, \"next\": \"two\"},"
      "  \"two\": {\"kind\": \"message\", \"message\": \"Letter\", \"next\": \"rest\"},"
      "  \"rest\": {\"kind\": \"wait\", \"days\": 2, \"next\": \"three\"},"
      "  \"three\": {\"kind\": \"message\", \"message\": \"Letter\"}}}";

static const char LETTER[] = "Subject: For {{ lead.first_name }}\n"
                             "Purpose: sell the book\nValue: a chapter\n\n"
                             "Hello {{ lead.first_name }}!";

static gint64
add_product (RungsDb    *db,
             const char *sku,
             gint64      price)
{
  g_autoptr (RungsProduct) product = rungs_product_new ();

  g_free (product->sku);
  g_free (product->name);
  product->sku = g_strdup (sku);
  product->name = g_strdup (sku);
  product->price = rungs_money (price, "EUR");
  product->rung = price;
  return rungs_product_add (db, product, 1, NULL);
}

static gint64
add_lead (RungsDb    *db,
          const char *name,
          gint64      now)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  g_autofree char *email = g_strdup_printf ("%s@example.com", name);
  gint64 id;

  rungs_lead_set (lead, "email", email);
  rungs_lead_set (lead, "first_name", name);
  id = rungs_lead_add (db, lead, "by hand", now, NULL);
  g_assert_cmpint (
      rungs_consent_give (db, id, "marketing", "email", now, "by hand", "yes, please", NULL), >, 0);
  return id;
}

static gboolean
fill (RungsDb *db,
      gpointer data,
      GError **error)
{
  Fixture *fixture = data;
  gint64 now = rungs_clock_now (fixture->clock);
  g_autoptr (RungsMessage) message = rungs_message_file_parse (LETTER, error);
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsOffer) offer = rungs_offer_new ();
  RungsEnrolAnswer answer;

  g_free (business->address);
  business->address = g_strdup ("1 Test Street, Testville");
  g_assert_true (rungs_business_save (db, business, error));
  g_free (message->name);
  message->name = g_strdup ("Letter");
  g_assert_true (rungs_message_save (db, message, now, error));
  fixture->book = add_product (db, "BOOK", 2900);
  fixture->course = add_product (db, "COURSE", 24000);
  offer->from_product = fixture->book;
  offer->to_product = fixture->course;
  g_assert_cmpint (rungs_offer_add (db, offer, now, error), >, 0);
  fixture->lead = add_lead (db, "ann", now);
  fixture->sequence = rungs_sequence_add (db, GRAPH, now, NULL, error);
  g_assert_cmpint (fixture->sequence, >, 0);
  return rungs_sequence_start (db, fixture->sequence, now, error)
         && rungs_enrolment_add (db, fixture->lead, fixture->sequence, "by hand", now, &answer,
                                 error)
         && answer == RUNGS_ENROL_OK;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 start = 0;

  rungs_time_parse ("2026-03-02T09:00:00Z", NULL, &start, &error);
  fixture->folder = g_dir_make_tmp ("rungs-XXXXXX", &error);
  fixture->path = g_build_filename (fixture->folder, "rungs.db", NULL);
  fixture->clock = rungs_clock_new_pretended (start);
  fixture->db
    = rungs_business_create (fixture->path, "Test", "EUR", "Europe/Berlin", fixture->clock, &error);
  g_assert_no_error (error);
  rungs_db_write (fixture->db, fill, fixture, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  rungs_db_close (fixture->db);
  g_object_unref (fixture->clock);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
run_days (Fixture           *fixture,
          int                days,
          RungsEngineReport *report)
{
  g_autoptr (RungsEngine) engine = rungs_engine_new (fixture->path, fixture->clock, "rungsctl");
  g_autoptr (GError) error = NULL;
  gint64 until = days ? rungs_clock_now (fixture->clock) + days * RUNGS_DAY : 0;

  rungs_engine_run (engine, until, NULL, report, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report->trouble, ==, NULL);
}

static guint
count_files (Fixture *fixture)
{
  g_autofree char *folder = rungs_practice_get_folder (fixture->path);
  guint total = 0;
  g_autoptr (GPtrArray) mails = rungs_practice_folder_list (folder, 10, &total, NULL);

  for (guint i = 0; i < mails->len; i++)
    {
      RungsPracticeMail *mail = g_ptr_array_index (mails, i);

      g_assert_cmpstr (mail->subject, ==, "For ann");
    }
  return total;
}

static gboolean
order (RungsDb *db,
       gpointer data,
       GError **error)
{
  Fixture *fixture = data;
  gint64 now = rungs_clock_now (fixture->clock);
  g_autoptr (RungsOrder) placed = rungs_order_new (fixture->lead, now);

  rungs_order_add_line (placed, fixture->book, 1, RUNGS_AMOUNT_DEFAULT);
  return rungs_order_add (db, placed, now, error) != 0;
}

static void
test_all_letters (Fixture      *fixture,
                  gconstpointer data)
{
  g_auto (RungsEngineReport) now = { 0 };
  g_auto (RungsEngineReport) later = { 0 };

  run_days (fixture, 0, &now);
  g_assert_cmpint (now.sent, ==, 1);
  g_assert_cmpint (count_files (fixture), ==, 1);
  run_days (fixture, 30, &later);
  g_assert_cmpint (later.sent, ==, 2);
  g_assert_cmpint (count_files (fixture), ==, 3);
}

static void
test_order_ends_it (Fixture      *fixture,
                    gconstpointer data)
{
  g_auto (RungsEngineReport) first = { 0 };
  g_auto (RungsEngineReport) rest = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) walks = NULL;
  g_autoptr (RungsNextOffer) next = NULL;
  RungsEnrolment *walk;

  run_days (fixture, 1, &first);
  g_assert_true (rungs_db_write (fixture->db, order, fixture, &error));
  /* at once, in the same transaction: nothing else has run since */
  walks = rungs_enrolment_list_of_lead (fixture->db, fixture->lead, &error);
  walk = g_ptr_array_index (walks, 0);
  g_assert_cmpstr (walk->outcome, ==, "bought");
  next = rungs_next_offer (fixture->db, fixture->lead, rungs_clock_now (fixture->clock), &error);
  g_assert_cmpint (next->product, ==, fixture->course);

  run_days (fixture, 30, &rest);
  g_assert_cmpint (rest.sent, ==, 0);
  g_assert_cmpint (count_files (fixture), ==, 1);
}

static gboolean
claim (RungsDb *db,
       gpointer data,
       GError **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (
      db, "UPDATE outbox SET state = 'claimed', claimed_at = 1, account = 1", error);

  return rungs_statement_run (update, error);
}

/* A crash between claiming and writing: the file is not there,
 * so the message leaves with the next run. */
static void
test_after_a_crash (Fixture      *fixture,
                    gconstpointer data)
{
  g_auto (RungsEngineReport) walked = { 0 };
  g_auto (RungsEngineReport) again = { 0 };
  g_autofree char *folder = rungs_practice_get_folder (fixture->path);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);

  run_days (fixture, 0, &walked);
  g_assert_true (rungs_db_write (fixture->db, claim, NULL, NULL));
  run_days (fixture, 0, &again);
  g_assert_cmpint (again.sent, ==, 0); /* the file was there: known to be sent */
  g_assert_cmpint (count_files (fixture), ==, 1);

  g_assert_true (rungs_db_write (fixture->db, claim, NULL, NULL));
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  rungs_engine_report_clear (&again);
  run_days (fixture, 0, &again);
  g_assert_cmpint (again.sent, ==, 1);
  g_assert_cmpint (count_files (fixture), ==, 1);
}

typedef struct
{
  RungsEngine *engine;
  guint worked;
} Watch;

static void
worked_cb (RungsEngine *engine,
           gpointer     data)
{
  ((Watch *) data)->worked++;
}

/* The window's engine: on a thread, with signals on this one. */
static void
test_on_a_thread (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (RungsEngine) engine = rungs_engine_new (fixture->path, fixture->clock, "rungs");
  g_autoptr (RungsEngine) second = rungs_engine_new (fixture->path, fixture->clock, "rungsctl");
  g_auto (RungsEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  Watch watch = { engine, 0 };

  g_signal_connect (engine, "worked", G_CALLBACK (worked_cb), &watch);
  rungs_engine_start (engine);
  while (count_files (fixture) == 0 || watch.worked == 0
         || rungs_engine_get_state (engine) != RUNGS_ENGINE_RUNNING)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  g_assert_false (rungs_engine_run (second, 0, NULL, &report, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_BUSY);

  /* two days on: the wait is over as soon as the clock says so */
  rungs_clock_set (fixture->clock, rungs_clock_now (fixture->clock) + 3 * RUNGS_DAY);
  rungs_engine_wake (engine);
  while (count_files (fixture) < 2)
    g_usleep (2000);
  rungs_engine_stop (engine);
  g_assert_cmpint (rungs_engine_get_state (engine), ==, RUNGS_ENGINE_STOPPED);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

#define ADD(name, func) \
  g_test_add ("/engine/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("all-letters", test_all_letters);
  ADD ("order-ends-it", test_order_ends_it);
  ADD ("after-a-crash", test_after_a_crash);
  ADD ("on-a-thread", test_on_a_thread);
  return g_test_run ();
}
