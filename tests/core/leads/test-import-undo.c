/* test-import-undo.c: an import is taken back whole, and nothing that came after it. */

#include "leads/rungs-import.h"

#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-note-store.h"
#include "rungs-fixture.h"

static void
import (RungsFixture      *self,
        const char        *text,
        RungsImportOptions options)
{
  g_autofree char *path = g_build_filename (self->folder, "leads.csv", NULL);
  g_auto (RungsImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  options.path = path;
  rungs_import_run (self->db, &options, rungs_fixture_now (self), NULL, NULL, NULL, &result,
                    &error);
  g_assert_no_error (error);
}

typedef struct
{
  RungsFixture *fixture;
  gint64 run;
  RungsImportUndo undo;
  RungsImportProgressFunc progress;
  GCancellable *cancellable;
  double fraction; /* at which it is cancelled */
  gint64 rows;     /* told of */
} Undo;

static gboolean
undo_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  Undo *work = data;

  return rungs_import_undo (db, work->run, rungs_fixture_now (work->fixture), work->progress, work,
                            work->cancellable, &work->undo, error);
}

static RungsImportUndo
undo (RungsFixture *self,
      gint64        run)
{
  Undo work = { self, run };
  g_autoptr (GError) error = NULL;

  rungs_fixture_pass (self, 1000);
  rungs_db_write (self->db, undo_cb, &work, &error);
  g_assert_no_error (error);
  return work.undo;
}

static void
assert_fails (RungsFixture *self,
              gint64        run,
              RungsError    code)
{
  Undo work = { self, run };
  g_autoptr (GError) error = NULL;

  g_assert_false (rungs_db_write (self->db, undo_cb, &work, &error));
  g_assert_error (error, RUNGS_ERROR, (int) code);
}

static void
assert_sound (RungsFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = rungs_db_check (self->db, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (faults, i));
  g_assert_cmpuint (faults->len, ==, 0);
}

static void
assert_count (RungsFixture *self,
              const char   *sql,
              gint64        expected)
{
  gint64 count = rungs_fixture_number (self, sql);

  if (count != expected)
    g_test_message ("%s", sql);
  g_assert_cmpint (count, ==, expected);
}

static char *
ask (RungsFixture *self,
     const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rungs_statement_step (query, &error), ==, RUNGS_ROW);
  return rungs_statement_dup_text (query, 0);
}

static const char *const TAGS[] = { "list", NULL };

static const RungsImportOptions ALL = {
  .on_match = RUNGS_ON_MATCH_OVERWRITE,
  .source = "other:Fair",
  .tags = TAGS,
  .consent = "Yes, write to me",
};

static void
test_new (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  RungsImportUndo done;

  import (self, "email,name,dog,tags\nann@example.com,Ann,Rex,a\nbob@example.com,Bob,,b\n", ALL);
  done = undo (self, 1);
  g_assert_cmpint (done.leads_deleted, ==, 2);
  g_assert_cmpint (done.leads_kept, ==, 0);
  assert_count (self, "SELECT count (*) FROM lead", 0);
  assert_count (self, "SELECT count (*) FROM lead_value", 0);
  assert_count (self, "SELECT count (*) FROM lead_tag", 0);
  assert_count (self, "SELECT count (*) FROM touch", 0);
  assert_count (self, "SELECT count (*) FROM consent", 0);
  assert_count (self, "SELECT count (*) FROM import_lead", 0);
  assert_count (self, "SELECT count (*) FROM lead_search WHERE lead_search MATCH 'ann'", 0);
  assert_count (self, "SELECT count (*) FROM import_run WHERE undone_at IS NOT NULL", 1);
  assert_count (self, "SELECT count (*) FROM event WHERE kind = 'import.undone' AND ref = 1", 1);
  assert_sound (self);

  assert_fails (self, 1, RUNGS_ERROR_CONFLICT);
  assert_fails (self, 2, RUNGS_ERROR_NOT_FOUND);
}

static void
edit_cb (RungsFixture *self,
         RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  rungs_lead_set_text (db, 1, "city", "Ulm", rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  rungs_lead_set_text (db, 1, "field:cat", "Minka", rungs_fixture_now (self), &error);
  g_assert_no_error (error);
}

/* Of a lead that was there: values go back unless they changed again, consent is annulled. */
static void
test_met (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  RungsConsentState state;
  RungsImportUndo done;
  g_autofree char *lead = NULL;
  g_autofree char *values = NULL;

  import (self, "email,first name,city,dog,cat\nann@example.com,Ann,,Rex,Mimi\n",
          (RungsImportOptions){ 0 });
  import (self,
          "email,first name,last name,city,dog,cat,bird,tags\n"
          "ann@example.com,Anne,Smith,Bonn,Bello,Kitty,Tweety,new\nbob@example.com,Bob,,,,,,\n",
          ALL);
  rungs_fixture_write (self, edit_cb);

  done = undo (self, 2);
  g_assert_cmpint (done.leads_deleted, ==, 1);
  g_assert_cmpint (done.values_restored, ==, 4);
  g_assert_cmpint (done.values_kept, ==, 2);
  lead = ask (self, "SELECT first_name || last_name || city FROM lead");
  g_assert_cmpstr (lead, ==, "AnnUlm");
  values = ask (self, "SELECT group_concat (key || value) FROM (SELECT * FROM lead_value"
                      " JOIN field f ON f.id = field ORDER BY key)");
  g_assert_cmpstr (values, ==, "catMinka,dogRex");
  assert_count (self, "SELECT count (*) FROM lead_tag", 0);
  assert_count (self, "SELECT count (*) FROM touch", 0);
  assert_count (self, "SELECT count (*) FROM consent WHERE action = 'annulled'", 1);
  assert_count (self, "SELECT count (*) FROM event WHERE kind = 'consent.annulled' AND lead = 1",
                1);
  g_assert_true (rungs_consent_state (self->db, 1, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                                      &state, NULL));
  g_assert_cmpint (state, ==, RUNGS_CONSENT_NONE);
  assert_count (self, "SELECT count (*) FROM lead_search WHERE lead_search MATCH 'ann ulm'", 1);
  assert_count (self, "SELECT count (*) FROM lead_search WHERE lead_search MATCH 'smith'", 0);
  assert_sound (self);
}

static void
go_on_cb (RungsFixture *self,
          RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  rungs_fixture_run (
      self, "INSERT INTO sales_order (lead, at, currency, created_at) VALUES (1, 1, 'EUR', 1)");
  rungs_fixture_run (self, "INSERT INTO message (id, name, purpose, value, created_at, updated_at)"
                           " VALUES (1, 'Hello', 'p', 'v', 1, 1)");
  rungs_fixture_run (self,
                     "INSERT INTO outbox (lead, message, state, due_at, message_id, created_at)"
                     " VALUES (2, 1, 'sent', 1, 'a@x', 1), (3, 1, 'planned', 1, 'b@x', 1),"
                     " (4, 1, 'doubt', 1, 'c@x', 1), (5, 1, 'withheld', 1, 'd@x', 1)");
  rungs_fixture_run (self, "INSERT INTO event (lead, kind, at) VALUES (3, 'mail.planned', 1)");
  rungs_lead_add_note (db, 6, "called", 1, &error);
  g_assert_no_error (error);
  rungs_consent_withdraw (db, 7, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 1, "link", &error);
  g_assert_no_error (error);
}

/* Leads that have more to them than the import stay; what was planned for the others goes with
 * them. */
static void
test_kept (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autoptr (GString) text = g_string_new ("email,name\n");
  g_autofree char *left = NULL;
  RungsImportUndo done;

  for (int i = 1; i <= 9; i++)
    g_string_append_printf (text, "lead%d@example.com,Lead\n", i);
  import (self, text->str, ALL);
  rungs_fixture_write (self, go_on_cb);
  import (self, "email,city\nlead8@example.com,Bonn\n", (RungsImportOptions){ 0 });

  done = undo (self, 1);
  g_assert_cmpint (done.leads_deleted, ==, 3);
  g_assert_cmpint (done.leads_kept, ==, 6);
  left = ask (self, "SELECT group_concat (id) FROM (SELECT id FROM lead ORDER BY id)");
  g_assert_cmpstr (left, ==, "1,2,4,6,7,8");
  assert_count (self, "SELECT count (*) FROM outbox", 2);
  assert_count (self, "SELECT count (*) FROM touch", 0);
  assert_count (self, "SELECT count (*) FROM lead_tag", 0);
  assert_count (self, "SELECT count (*) FROM consent WHERE action = 'annulled'", 6);
  assert_count (self, "SELECT count (*) FROM lead_search WHERE lead_search MATCH 'lead'", 6);
  assert_sound (self);
}

/* What an import says of an address that wants nothing more holds whatever becomes of the import.
 */
static void
test_suppression_stays (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();

  import (self, "email,status\nann@example.com,unsubscribed\n", (RungsImportOptions){ 0 });
  undo (self, 1);
  assert_count (self, "SELECT count (*) FROM lead", 0);
  assert_count (self, "SELECT count (*) FROM suppression", 1);
}

/* Imports one upon the other, taken back in the order in which they came. */
static void
test_two (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autofree char *city = NULL;
  RungsImportUndo done;

  import (self, "email,city\nann@example.com,Ulm\n", (RungsImportOptions){ 0 });
  import (self, "email,city\nann@example.com,Bonn\nbob@example.com,\n", ALL);
  done = undo (self, 1);
  g_assert_cmpint (done.leads_kept, ==, 1);
  done = undo (self, 2);
  g_assert_cmpint (done.leads_deleted, ==, 1);
  g_assert_cmpint (done.values_restored, ==, 1);
  city = ask (self, "SELECT city FROM lead");
  g_assert_cmpstr (city, ==, "Ulm");
  assert_sound (self);
}

/* A consent that a second import gave does not keep the lead when both are taken back. */
static void
test_two_consents (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();

  import (self, "email\nann@example.com\n", (RungsImportOptions){ 0 });
  import (self, "email\nann@example.com\n", ALL);
  g_assert_cmpint (undo (self, 2).leads_deleted, ==, 0);
  assert_count (self, "SELECT count (*) FROM consent WHERE action = 'annulled'", 1);
  g_assert_cmpint (undo (self, 1).leads_deleted, ==, 1);
  assert_count (self, "SELECT count (*) FROM consent", 0);
  assert_sound (self);
}

static void
progress_cb (const RungsImportProgress *progress,
             gpointer                   data)
{
  Undo *work = data;

  g_assert_true (progress->fraction > 0 && progress->fraction <= 1);
  work->rows = progress->rows;
  if (progress->fraction >= work->fraction)
    g_cancellable_cancel (work->cancellable);
}

/* Cancelled at any step, nothing is taken back. */
static void
test_cancel (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  RungsImportUndo done;

  import (self, "email,name,dog,tags\nann@example.com,Ann,Rex,a\nbob@example.com,Bob,,b\n", ALL);
  for (double fraction = 0.05; fraction < 0.6; fraction += 0.05)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Undo work = { self, 1, .progress = progress_cb, .cancellable = cancellable };
      g_autoptr (GError) error = NULL;

      work.fraction = fraction;
      g_assert_false (rungs_db_write (self->db, undo_cb, &work, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (work.rows, ==, 2);
      assert_count (self, "SELECT count (*) FROM lead", 2);
      assert_count (self, "SELECT count (*) FROM lead_tag", 4);
      assert_count (self, "SELECT count (*) FROM import_run WHERE undone_at IS NULL", 1);
    }
  assert_sound (self);
  done = undo (self, 1);
  g_assert_cmpint (done.leads_deleted, ==, 2);
  assert_sound (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-undo/new", test_new);
  g_test_add_func ("/import-undo/met", test_met);
  g_test_add_func ("/import-undo/kept", test_kept);
  g_test_add_func ("/import-undo/suppression-stays", test_suppression_stays);
  g_test_add_func ("/import-undo/two", test_two);
  g_test_add_func ("/import-undo/two-consents", test_two_consents);
  g_test_add_func ("/import-undo/cancel", test_cancel);
  return g_test_run ();
}
