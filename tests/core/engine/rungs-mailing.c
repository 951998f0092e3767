/* rungs-mailing.c: a business with leads who all agreed, and a broadcast to them. */

#include "rungs-mailing.h"

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-store.h"
#include "mail/rungs-broadcast-run-store.h"
#include "mail/rungs-message-file.h"

#define START "2026-03-02T09:00:00Z"

static const char LETTER[] = "Subject: For {{ lead.first_name }}\n"
                             "Purpose: sell the book\nValue: a chapter\n\n"
                             "Hello {{ lead.first_name }}!";

typedef struct
{
  RungsMailing *fixture;
  RungsMailingDeed deed;
} Doing;

static gboolean
doing_cb (RungsDb *db,
          gpointer data,
          GError **error)
{
  Doing *doing = data;

  return doing->deed (db, doing->fixture, error);
}

void
rungs_mailing_write (RungsMailing    *fixture,
                     RungsMailingDeed deed)
{
  Doing doing = { fixture, deed };
  g_autoptr (GError) error = NULL;

  rungs_db_write (fixture->db, doing_cb, &doing, &error);
  g_assert_no_error (error);
}

gint64
rungs_mailing_ask (RungsMailing *fixture,
                   const char   *sql)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (fixture->db, sql, NULL);
  gint64 answer = 0;

  g_assert_nonnull (query);
  g_assert_true (rungs_statement_get_number (query, -1, &answer, NULL));
  return answer;
}

static gboolean
fill (RungsDb      *db,
      RungsMailing *fixture,
      GError      **error)
{
  gint64 now = rungs_clock_now (fixture->clock);
  g_autoptr (RungsMessage) message = rungs_message_file_parse (LETTER, error);
  g_autoptr (RungsProduct) product = rungs_product_new ();

  g_free (message->name);
  message->name = g_strdup ("Letter");
  g_assert_true (rungs_message_save (db, message, now, error));
  fixture->message = message->id;
  g_free (product->sku);
  g_free (product->name);
  product->sku = g_strdup ("BOOK");
  product->name = g_strdup ("Book");
  product->price = rungs_money (2900, "EUR");
  fixture->book = rungs_product_add (db, product, now, error);
  for (int i = 0; i < RUNGS_MAILING_LEADS; i++)
    {
      g_autoptr (RungsLead) lead = rungs_lead_new ();
      g_autofree char *name = g_strdup_printf ("lead%d", i);
      g_autofree char *email = g_strdup_printf ("%s@example.com", name);

      rungs_lead_set (lead, "email", email);
      rungs_lead_set (lead, "first_name", name);
      fixture->leads[i] = rungs_lead_add (db, lead, "by hand", now, error);
      g_assert_cmpint (rungs_consent_give (db, fixture->leads[i], "marketing", "email", now,
                                           "by hand", "yes", error),
                       >, 0);
    }
  return TRUE;
}

void
rungs_mailing_set_up (RungsMailing *fixture,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 start = 0;

  rungs_time_parse (START, NULL, &start, &error);
  fixture->folder = g_dir_make_tmp ("rungs-XXXXXX", &error);
  fixture->path = g_build_filename (fixture->folder, "rungs.db", NULL);
  fixture->clock = rungs_clock_new_pretended (start);
  fixture->db = rungs_business_create (fixture->path, "Test", "EUR", "Europe/Berlin",
                                       fixture->clock, &error);
  g_assert_no_error (error);
  rungs_mailing_write (fixture, fill);
  fixture->broadcast = rungs_broadcast_new ();
  fixture->broadcast->message = fixture->message;
  rungs_broadcast_set (&fixture->broadcast->name, "News");
}

void
rungs_mailing_tear_down (RungsMailing *fixture,
                         gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  rungs_broadcast_free (fixture->broadcast);
  rungs_db_close (fixture->db);
  g_object_unref (fixture->clock);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->path);
  g_free (fixture->folder);
}

gboolean
rungs_mailing_send (RungsDb      *db,
                    RungsMailing *fixture,
                    GError      **error)
{
  gint64 now = rungs_clock_now (fixture->clock);

  return rungs_broadcast_save (db, fixture->broadcast, now, error)
         && rungs_broadcast_send (db, fixture->broadcast->id, now, error);
}

void
rungs_mailing_run_until (RungsMailing *fixture,
                         gint64        until)
{
  g_autoptr (RungsEngine) engine = rungs_engine_new (fixture->path, fixture->clock, "rungsctl");
  g_auto (RungsEngineReport)
    report = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_engine_run (engine, until, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report.trouble, ==, NULL);
}

void
rungs_mailing_run (RungsMailing *fixture,
                   int           hours)
{
  rungs_mailing_run_until (fixture, rungs_clock_now (fixture->clock) + hours * RUNGS_HOUR);
}

RungsBroadcastState
rungs_mailing_get_state (RungsMailing *fixture)
{
  g_autoptr (RungsBroadcast) now = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);

  g_assert_nonnull (now);
  return now->state;
}

void
rungs_mailing_assert_once (RungsMailing *fixture)
{
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM (SELECT 1 FROM outbox"
                                               " WHERE state IN ('sent', 'doubt', 'claimed')"
                                               " GROUP BY lead, broadcast HAVING count (*) > 1)"),
                   ==, 0);
}

gboolean
rungs_mailing_resume (RungsDb      *db,
                      RungsMailing *fixture,
                      GError      **error)
{
  return rungs_broadcast_resume (db, fixture->broadcast->id, rungs_clock_now (fixture->clock),
                                 error);
}
