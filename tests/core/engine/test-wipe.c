/* test-wipe.c: no byte of a person who was erased is left, and no copy brings them back. */

#include <glib/gstdio.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-backup.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "engine/rungs-erasure-file.h"
#include "engine/rungs-wipe.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-merge-store.h"
#include "leads/rungs-note-store.h"
#include "leads/rungs-tag-store.h"
#include "leads/rungs-touch-store.h"
#include "mail/rungs-practice-transport.h"
#include "rungs-fixture.h"

/* Nobody else has any of these, in upper or lower case. */
static const char *const SECRETS[] = { "zebulon",  "quistel", "vermilax", "0817734", "pipperon",
                                       "hobbelgx", "trunkelm" };

static const char *const SQL_CROWD[] = {
  "INSERT INTO lead (email, email_key, first_name, last_name, company, notes, created_at,"
  "                  updated_at)"
  " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)"
  " SELECT 'p' || (i * 7919 % 6007) || '@example.com', 'p' || (i * 7919 % 6007) || '@example.com',"
  "        'First' || (i % 83), 'Last' || (i * 31 % 997), 'Firm' || (i % 411),"
  "        hex (zeroblob (i % 60)), i, i FROM n",
  "INSERT INTO event (lead, kind, at, detail)"
  " SELECT id, 'note.added', id, 'Note ' || hex (zeroblob (id % 90)) FROM lead",
};

/* Rows grow and go, so that pages are split, freed and used again. */
static const char *const SQL_CHURN[] = {
  "UPDATE lead SET notes = notes || hex (zeroblob (100 + id % 200)) WHERE id % 3 = 0",
  "UPDATE event SET detail = detail || hex (zeroblob (200)) WHERE id % 5 = 0",
  "DELETE FROM event WHERE id % 7 = 0",
  "UPDATE lead SET first_name = 'Other' || (id % 59), last_name = 'Name' || id"
  " WHERE id % 4 = 1 AND email LIKE 'p%'",
};

static const char SQL_FORGET_SEARCH[]
    = "INSERT INTO lead_search (lead_search) VALUES ('delete-all')";

static void
run_all (RungsFixture      *f,
         const char *const *statements,
         gsize              n)
{
  for (gsize i = 0; i < n; i++)
    rungs_fixture_run (f, statements[i]);
}

/* The search index is made anew only at the end: the crowd was written without it. */
static void
add_crowd (RungsFixture *f,
           RungsDb      *db)
{
  run_all (f, SQL_CROWD, G_N_ELEMENTS (SQL_CROWD));
  g_assert_true (rungs_lead_search_rebuild (db, NULL));
}

static gint64
add_person (RungsFixture *f,
            const char   *email)
{
  RungsDb *db = f->db;
  gint64 lead = rungs_fixture_add_lead (f, email, "Zebulon");
  gint64 ads = rungs_source_ensure (db, RUNGS_SOURCE_PPC, "Ads", 1, NULL);
  gint64 tag = rungs_tag_ensure (db, "Knows Zebulon", NULL);

  rungs_lead_set_text (db, lead, "last_name", "Quistel", 1, NULL);
  rungs_lead_set_text (db, lead, "company", "Vermilax Ltd", 1, NULL);
  rungs_lead_set_text (db, lead, "phone", "+49 0817734", 1, NULL);
  rungs_lead_set_text (db, lead, "notes", "Has a dog called Pipperon", 1, NULL);
  rungs_lead_add_note (db, lead, "Pipperon bit the postman", 1, NULL);
  rungs_lead_add_tag (db, lead, tag, 1, NULL);
  rungs_touch_add (db, lead, ads, RUNGS_PATH_PHONE, 1, "Zebulon asked", NULL);
  rungs_consent_give (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 1, "form",
                      "I, Zebulon, agree", NULL);
  return lead;
}

static gboolean
prepare (RungsDb *db,
         gpointer data,
         GError **error)
{
  RungsFixture *f = data;

  add_crowd (f, db);
  return TRUE;
}

static gboolean
bring (RungsDb *db,
       gpointer data,
       GError **error)
{
  RungsFixture *f = data;
  gint64 bob = rungs_fixture_add_lead (f, "bob@bob.example", "Bob");
  gint64 first = add_person (f, "zebulon@quistel.example");

  add_person (f, "hobbelgx@other.example");
  rungs_lead_set_text (db, bob, "notes", "Knows zebulon@quistel.example", 1, NULL);
  rungs_lead_set_text (db, first, "city", "Trunkelm", 1, NULL);
  run_all (f, SQL_CHURN, G_N_ELEMENTS (SQL_CHURN));
  rungs_fixture_run (f, SQL_FORGET_SEARCH);
  return rungs_lead_search_rebuild (db, error);
}

static gboolean
change (RungsDb *db,
        gpointer data,
        GError **error)
{
  RungsFixture *f = data;
  gint64 lead = rungs_fixture_number (f, "SELECT id FROM lead WHERE email LIKE 'zebulon@%'");

  for (gint64 i = 0; i < 40; i++)
    {
      g_autofree char *note = g_strdup_printf ("Zebulon Quistel, call %d: %0200d", (int) i, 1);

      if (!rungs_lead_set_text (db, lead, "city", i % 2 ? "Trunkelm" : "Hobbelgx", i, error)
          || !rungs_lead_add_note (db, lead, note, i, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
merge (RungsDb *db,
       gpointer data,
       GError **error)
{
  RungsFixture *f = data;
  gint64 keep = rungs_fixture_number (f, "SELECT id FROM lead WHERE email LIKE 'zebulon@%'");
  gint64 twin = rungs_fixture_number (f, "SELECT id FROM lead WHERE email LIKE 'hobbelgx@%'");

  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RungsMergePlan) plan = NULL;
  RungsMergeResult result;

  g_array_append_val (leads, keep);
  g_array_append_val (leads, twin);
  plan = rungs_merge_plan_load (db, leads, error);
  return plan != NULL && rungs_leads_merge (db, plan, rungs_fixture_now (f), &result, error);
}

static gboolean
order (RungsDb *db,
       gpointer data,
       GError **error)
{
  RungsFixture *f = data;
  gint64 lead = rungs_fixture_number (f, "SELECT id FROM lead WHERE email LIKE 'zebulon@%'");

  rungs_fixture_add_order (f, lead, rungs_fixture_add_product (f, "book", 1000));
  return TRUE;
}

static gboolean
erase (RungsDb *db,
       gpointer data,
       GError **error)
{
  gint64 lead = rungs_fixture_number (data, "SELECT id FROM lead WHERE email LIKE 'zebulon@%'");
  g_autoptr (RungsErasure) erasure
      = rungs_lead_erase (db, lead, "by letter", rungs_fixture_now (data), error);

  return erasure != NULL;
}

static void
write_all (RungsFixture *f,
           RungsDbFunc   func)
{
  g_autoptr (GError) error = NULL;

  rungs_db_write (f->db, func, f, &error);
  g_assert_no_error (error);
}

/* How many of the secrets stand in the file, whatever their case. */
static guint
count_in_file (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  guint count = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize i = 0; i < size; i++)
    bytes[i] = g_ascii_tolower (bytes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (SECRETS); i++)
    if (memmem (bytes, size, SECRETS[i], strlen (SECRETS[i])) != NULL)
      {
        g_test_message ("%s stands in %s", SECRETS[i], path);
        count++;
      }
  return count;
}

/* In all files of the folder, folders in it too, but for the copies. */
static guint
count_in_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_str_equal (name, "backups"))
        count += count_in_folder (path);
      else if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        count += count_in_file (path);
    }
  return count;
}

static void
write_practice (RungsFixture *f,
                const char   *name,
                const char   *to)
{
  g_autofree char *folder = rungs_practice_get_folder (f->path);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = g_strdup_printf ("From: shop@example.com\r\nTo: %s\r\nSubject: Hi\r\n"
                                           "\r\nHello\r\n", to);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* As the program has it open: what follows a write is written with it. */
static void
populate (RungsFixture *f)
{
  g_clear_pointer (&f->db, rungs_db_close);
  f->db = rungs_business_open_at (f->path, RUNGS_DB_WRITE, f->clock, NULL);
  g_assert_nonnull (f->db);
  write_all (f, prepare);
  write_all (f, bring);
  write_all (f, change);
  write_practice (f, "1.eml", "\"Zebulon Quistel\" <Zebulon@Quistel.example>");
  write_practice (f, "2.eml.XY12ab", "hobbelgx@other.example");
  write_practice (f, "3.eml", "bob@bob.example");
}

static void
assert_wiped (RungsFixture *f)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;
  RungsWipeReport report;
  gboolean unwiped;

  g_assert_true (rungs_wipe (f->db, rungs_fixture_now (f), &report, &error));
  g_assert_no_error (error);
  g_assert_true (report.was_due);
  g_assert_cmpint (report.mails, ==, 2);
  g_assert_cmpint (count_in_folder (f->folder), ==, 0);
  g_assert_true (rungs_erasure_is_unwiped (f->db, &unwiped, NULL));
  g_assert_false (unwiped);
  faults = rungs_db_check (f->db, &error);
  g_assert_cmpint (faults->len, ==, 0);
}

static void
test_bytes (gconstpointer data)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autofree char *others = NULL;
  RungsDbFunc before = data;

  populate (f);
  write_all (f, merge);
  if (before != NULL)
    write_all (f, before);
  g_assert_cmpint (count_in_folder (f->folder), >, 0);
  write_all (f, erase);
  /* rows that go leave their bytes behind: else this would show nothing */
  rungs_db_checkpoint (f->db, NULL);
  g_assert_cmpint (count_in_file (f->path), >, 0);
  assert_wiped (f);
  others = g_strconcat (f->path, "-practice/3.eml", NULL);
  g_assert_true (g_file_test (others, G_FILE_TEST_EXISTS));
}

/* A crash after the commit: whoever opens the file next does the rest, not knowing who it was. */
static void
test_after_crash (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();

  populate (f);
  write_all (f, merge);
  write_all (f, erase);
  g_clear_pointer (&f->db, rungs_db_close);
  f->db = rungs_business_open_at (f->path, RUNGS_DB_WRITE, f->clock, NULL);
  g_assert_nonnull (f->db);
  assert_wiped (f);
}

/* While somebody reads the log stays as it is: that is said, and the next try does it. */
static void
test_reader (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autoptr (GError) error = NULL;
  RungsDb *reader;
  RungsStatement *query;

  populate (f);
  write_all (f, merge);
  reader = rungs_db_open (f->path, RUNGS_DB_READ, NULL);
  query = rungs_db_prepare (reader, "SELECT id FROM lead", NULL);
  g_assert_cmpint (rungs_statement_step (query, NULL), ==, RUNGS_ROW);
  write_all (f, erase);
  g_assert_false (rungs_wipe (f->db, rungs_fixture_now (f), NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_BUSY);
  rungs_statement_free (query);
  rungs_db_close (reader);
  g_assert_true (rungs_wipe (f->db, rungs_fixture_now (f), NULL, NULL));
  g_assert_cmpint (count_in_folder (f->folder), ==, 0);
}

/* An older copy does not bring anybody back, whether it has its own file of erasures or not. */
static void
test_restore (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GPtrArray) erasures = NULL;
  g_autofree char *replaced = g_strconcat (f->path, ".replaced", NULL);
  g_autoptr (GError) error = NULL;

  populate (f);
  g_assert_true (rungs_backup_keep_daily (f->db, rungs_fixture_now (f), NULL, &error));
  copies = rungs_backup_list (f->path);
  g_assert_cmpint (copies->len, ==, 1);
  g_assert_cmpint (count_in_file (g_ptr_array_index (copies, 0)), >, 0);
  write_all (f, merge);
  write_all (f, erase);
  assert_wiped (f);
  write_practice (f, "1.eml", "zebulon@quistel.example");
  write_practice (f, "2.eml", "hobbelgx@other.example");
  g_clear_pointer (&f->db, rungs_db_close);

  g_assert_true (rungs_backup_restore (g_ptr_array_index (copies, 0), f->path, &error));
  g_assert_no_error (error);
  f->db = rungs_business_open_at (f->path, RUNGS_DB_WRITE, f->clock, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead WHERE email LIKE 'zeb%'"
                                            "    OR email LIKE 'hobb%'"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM suppression"
                                            " WHERE reason = 'erased'"), ==, 2);
  assert_wiped (f);
  erasures = rungs_erasure_list (f->db, &error);
  g_assert_cmpint (erasures->len, ==, 1);
  g_assert_cmpstr (((RungsErasure *) g_ptr_array_index (erasures, 0))->reason, ==, "by letter");
  g_assert_cmpint (count_in_file (replaced), ==, 0);
}

/* One that cannot be read is not passed over, and one of another business is. */
static void
test_file (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autofree char *path = rungs_erasure_file_get_path (f->path);
  g_autoptr (GError) error = NULL;
  gint64 again = 0;

  g_assert_true (rungs_erasure_file_reconcile (f->db, 1, &again, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (path, "{\"business\": \"x\", \"erasures\": [1]}", -1, NULL));
  g_assert_true (rungs_erasure_file_reconcile (f->db, 1, &again, &error));
  g_assert_true (g_file_set_contents (path, "{\"business\"", -1, NULL));
  g_assert_false (rungs_erasure_file_reconcile (f->db, 1, &again, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/wipe/whole", NULL, test_bytes);
  g_test_add_data_func ("/wipe/to-orders", order, test_bytes);
  g_test_add_func ("/wipe/after-crash", test_after_crash);
  g_test_add_func ("/wipe/reader", test_reader);
  g_test_add_func ("/wipe/restore", test_restore);
  g_test_add_func ("/wipe/file", test_file);
  return g_test_run ();
}
