/* test-import.c: what an import makes of a file, and what it refuses. */

#include "leads/rungs-import.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-import-run-store.h"
#include "leads/rungs-suppression-store.h"
#include "rungs-fixture.h"

static const char LEADS[] =
    "SELECT group_concat (coalesce (email, '-') || ' ' || first_name || ' ' || last_name"
    " || ' ' || city, ';') FROM (SELECT * FROM lead ORDER BY id)";

static char *
ask (RungsFixture *self,
     const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, sql, &error);
  char *text = NULL;

  g_assert_no_error (error);
  if (rungs_statement_step (query, &error) == RUNGS_ROW)
    text = rungs_statement_dup_text (query, 0);
  g_assert_no_error (error);
  return text;
}

#define assert_text(self, sql, expected)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *got = ask (self, sql);                                                        \
    g_assert_cmpstr (got, ==, expected);                                                           \
  }                                                                                                \
  G_STMT_END

static char *
write_file (RungsFixture *self,
            const char   *text)
{
  char *path = g_build_filename (self->folder, "leads.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* Imports `text` as `options` say, apart from their path. */
static void
import (RungsFixture      *self,
        const char        *text,
        RungsImportOptions options,
        RungsImportResult *result)
{
  g_autofree char *path = write_file (self, text);
  g_autoptr (GError) error = NULL;

  options.path = path;
  rungs_import_run (self->db, &options, rungs_fixture_now (self), NULL, NULL, NULL, result, &error);
  g_assert_no_error (error);
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
test_new (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_auto (RungsImportResult) result = { 0 };

  import (self,
          "Email,First Name,Last Name,City,Created,Dog,Tags\r\n"
          "Ann@Example.com,Ann, Smith ,Köln,2024-03-12 09:14,Rex,\"VIP, new\"\r\n"
          "\r\n"
          "bob@example.com,Bob,,,,,vip\r\n",
          (RungsImportOptions){ 0 }, &result);
  g_assert_cmpint (result.rows_read, ==, 2);
  g_assert_cmpint (result.leads_created, ==, 2);
  g_assert_cmpint (result.rows_refused, ==, 0);
  g_assert_cmpstr (result.encoding, ==, "UTF-8");
  g_assert_cmpint (result.delimiter, ==, ',');

  assert_text (self, LEADS, "Ann@Example.com Ann Smith Köln;bob@example.com Bob  ");
  assert_text (self, "SELECT group_concat (email_key) FROM lead",
               "ann@example.com,bob@example.com");
  /* 9:14 in Berlin */
  g_assert_cmpint (rungs_fixture_number (self, "SELECT created_at FROM lead WHERE id = 1"), ==,
                   G_GINT64_CONSTANT (1710231240000));
  g_assert_cmpint (rungs_fixture_number (self, "SELECT created_at FROM lead WHERE id = 2"), ==,
                   rungs_fixture_now (self));
  assert_text (self,
               "SELECT group_concat (f.key || '=' || f.label || '=' || value) FROM lead_value v"
               " JOIN field f ON f.id = v.field",
               "dog=Dog=Rex");
  assert_text (self, "SELECT group_concat (lead || t.name) FROM lead_tag JOIN tag t ON t.id = tag"
                     " ORDER BY lead, t.name", "1VIP,2VIP,1new");
  assert_text (self, "SELECT group_concat (rowid) FROM lead_search WHERE lead_search MATCH 'koln'",
               "1");
  assert_text (self, "SELECT kind || ref || detail || run FROM event WHERE lead IS NULL",
               "import.done1leads.csv1");
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM event"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM import_lead WHERE created"),
                   ==, 2);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM consent"), ==, 0);
  assert_sound (self);
}

/* What the three rules make of a lead that is there. */
static void
test_match (void)
{
  static const struct
  {
    RungsOnMatch on_match;
    const char *lead;
    const char *value;
    gint64 updated;
    gint64 changes;
    gint64 tags;
  } CASES[] = {
    { RUNGS_ON_MATCH_FILL, "ann@example.com Ann Smith Bonn", "Rex", 1, 1, 1 },
    { RUNGS_ON_MATCH_OVERWRITE, "ann@example.com Anne Smith Bonn", "Bello", 1, 3, 1 },
    { RUNGS_ON_MATCH_SKIP, "ann@example.com Ann Smith ", "Rex", 0, 0, 0 },
  };
  static const char *const TAGS[] = { "again", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsFixture) self = rungs_fixture_new ();
      g_auto (RungsImportResult) first = { 0 };
      g_auto (RungsImportResult) second = { 0 };

      import (self, "email,first name,last name,dog\nann@example.com,Ann,Smith,Rex\n",
              (RungsImportOptions){ 0 }, &first);
      import (self, "email,first name,last name,city,dog\nANN@example.com,Anne,,Bonn,Bello\n",
              (RungsImportOptions){ .on_match = CASES[i].on_match, .tags = TAGS }, &second);
      g_assert_cmpint (second.leads_created, ==, 0);
      g_assert_cmpint (second.leads_updated, ==, CASES[i].updated);
      g_assert_cmpint (second.leads_unchanged, ==, 1 - CASES[i].updated);
      assert_text (self, LEADS, CASES[i].lead);
      assert_text (self, "SELECT value FROM lead_value", CASES[i].value);
      g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM import_change"
                                                   " WHERE field <> 'updated_at'"),
                       ==, CASES[i].changes);
      g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM lead_tag"), ==,
                       CASES[i].tags);
      g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM import_lead"), ==, 2);
      assert_sound (self);
    }
}

/* Rows of one lead: in other case, by its international domain, with other fields. */
static void
test_repeats (void)
{
  static const char TEXT[] = "email,first name,last name,city,dog,tags\n"
                             "anna@bücher.example,Anna,,,,a\n"
                             "x@example.com,,,,,\n"
                             "ANNA@xn--bcher-kva.example,Anne,Smith,,Rex,b\n"
                             "anna@BÜCHER.example,,Jones,Bonn,Bello,a\n";
  static const struct
  {
    RungsOnMatch on_match;
    const char *leads;
    const char *dog;
    const char *tags;
  } CASES[] = {
    { RUNGS_ON_MATCH_FILL, "anna@bücher.example Anna Smith Bonn;x@example.com   ", "Rex", "a,b" },
    { RUNGS_ON_MATCH_OVERWRITE, "anna@bücher.example Anne Jones Bonn;x@example.com   ", "Bello",
      "a,b" },
    { RUNGS_ON_MATCH_SKIP, "anna@bücher.example Anna  ;x@example.com   ", NULL, "a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsFixture) self = rungs_fixture_new ();
      g_auto (RungsImportResult) result = { 0 };

      import (self, TEXT, (RungsImportOptions){ .on_match = CASES[i].on_match }, &result);
      g_assert_cmpint (result.rows_read, ==, 4);
      g_assert_cmpint (result.rows_repeated, ==, 2);
      g_assert_cmpint (result.leads_created, ==, 2);
      assert_text (self, LEADS, CASES[i].leads);
      assert_text (self, "SELECT group_concat (value) FROM lead_value", CASES[i].dog);
      assert_text (
          self,
          "SELECT group_concat (name) FROM (SELECT t.name FROM lead_tag JOIN tag t ON t.id = tag"
          " ORDER BY t.name)",
          CASES[i].tags);
      assert_sound (self);
    }
}

static void
test_telephone (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_auto (RungsImportResult) first = { 0 };
  g_auto (RungsImportResult) second = { 0 };

  import (self, "name,email,phone\nAnn Smith,,+49 (30) 123-45\nBob,bob@example.com,+49 30 12345\n",
          (RungsImportOptions){ 0 }, &first);
  g_assert_cmpint (first.leads_created, ==, 2);
  import (self, "name,email,phone,city\nAnn,,+493012345,Bonn\nCleo,,0307,\n",
          (RungsImportOptions){ 0 }, &second);
  g_assert_cmpint (second.leads_created, ==, 1);
  g_assert_cmpint (second.leads_updated, ==, 1);
  assert_text (self, LEADS, "- Ann Smith Bonn;bob@example.com Bob  ;- Cleo  ");
  assert_sound (self);
}

/* Addresses as address books write them. */
static void
test_addresses (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_auto (RungsImportResult) result = { 0 };

  import (self,
          "email,phone\n"
          "Ann Smith <ann@example.com>,\n"
          "mailto:bob@example.com,'+49 30 1\n"
          "c@example.com ::: d@example.com,030 12 ::: 040 13\n"
          "\xc2\xa0" "e@example.com\xc2\xa0 ,\n"
          ",12\n",
          (RungsImportOptions){ 0 }, &result);
  assert_text (self,
               "SELECT group_concat (email || phone, ';') FROM (SELECT * FROM lead ORDER BY id)",
               "ann@example.com;bob@example.com+49 30 1;c@example.com030 12;e@example.com");
  g_assert_cmpint (result.rows_refused, ==, 1);
}

static void
test_consent (void)
{
  static const char TEXT[] = "email,accepts marketing,unsubscribed\n"
                             "yes@example.com,yes,\n"
                             "silent@example.com,,\n"
                             "no@example.com,no,\n"
                             "never@example.com,yes,2024-01-01\n";
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_auto (RungsImportResult) result = { 0 };
  g_auto (RungsImportResult) again = { 0 };

  import (self, TEXT, (RungsImportOptions){ .consent = "Please write to me" }, &result);
  g_assert_cmpint (result.leads_suppressed, ==, 1);
  assert_text (
      self,
      "SELECT group_concat (l.email || c.action || c.wording || c.origin, ';') FROM consent c"
      " JOIN lead l ON l.id = c.lead ORDER BY c.id",
      "yes@example.comgivenPlease write to meimport;"
               "silent@example.comgivenPlease write to meimport");
  assert_text (self, "SELECT group_concat (email || reason || note) FROM suppression",
               "never@example.comunsubscribedleads.csv");

  import (self, TEXT, (RungsImportOptions){ .consent = "Once more" }, &again);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM consent"), ==, 2);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM suppression"), ==, 1);
  assert_sound (self);
}

static void
suppress_cb (RungsFixture *self,
             RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  rungs_suppression_add (db, "gone@example.com", RUNGS_SUPPRESSED_ERASED, "", 1, &error);
  g_assert_no_error (error);
  rungs_suppression_add (db, "out@example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED, "", 1, &error);
  g_assert_no_error (error);
  rungs_suppression_add (db, "back@example.com", RUNGS_SUPPRESSED_BOUNCED, "", 1, &error);
  g_assert_no_error (error);
}

/* Erased persons do not come back; who unsubscribed comes in without consent. */
static void
test_suppressed (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_auto (RungsImportResult) result = { 0 };

  rungs_fixture_write (self, suppress_cb);
  import (self,
          "email,status\ngone@example.com,active\nout@example.com,active\n"
          "back@example.com,unsubscribed\n",
          (RungsImportOptions){ .consent = "Yes" }, &result);
  g_assert_cmpint (result.leads_created, ==, 2);
  g_assert_cmpint (result.rows_refused, ==, 1);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM consent"), ==, 0);
  assert_text (self, "SELECT group_concat (reason) FROM (SELECT * FROM suppression ORDER BY id)",
               "erased,unsubscribed,unsubscribed");
  assert_sound (self);
}

/* Mailchimp says by the name of the file what all its rows are. */
static void
test_file_name (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autofree char *path = g_build_filename (self->folder, "cleaned_export_1.csv", NULL);
  RungsImportOptions options = { .path = path, .consent = "Yes" };
  g_auto (RungsImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "Email Address\nann@example.com\n", -1, NULL));
  rungs_import_run (self->db, &options, 1, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.leads_suppressed, ==, 1);
  assert_text (self, "SELECT reason FROM suppression", "bounced");
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM consent"), ==, 0);
}

/* One date of a column that can only be read one way tells how the others are read. */
static void
test_dates (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_auto (RungsImportResult) result = { 0 };

  import (self,
          "email,created\na@example.com,03/04/2024\nb@example.com,25/12/2023\n"
          "c@example.com,soon\nd@example.com,2099-01-01\n",
          (RungsImportOptions){ 0 }, &result);
  assert_text (self,
               "SELECT group_concat (date (created_at / 1000, 'unixepoch', '+2 hours'))"
               "  FROM (SELECT * FROM lead ORDER BY id)",
               "2024-04-03,2023-12-25,2026-03-02,2026-03-02");
  g_assert_cmpint (result.dates_unread, ==, 2);
}

/* When they agreed is not when they became known; one stands for the other that is not said. */
static void
test_time_of_consent (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_auto (RungsImportResult) result = { 0 };

  import (self,
          "email,OPTIN_TIME,CONFIRM_TIME\n"
          "both@example.com,2024-01-01T10:00:00Z,2024-01-02T10:00:00Z\n"
          "optin@example.com,2024-01-03T10:00:00Z,\n"
          "confirmed@example.com,,2024-01-04T10:00:00Z\n"
          "neither@example.com,,\n",
          (RungsImportOptions){ .consent = "Yes" }, &result);
  assert_text (self,
               "SELECT group_concat (date (l.created_at / 1000, 'unixepoch') || '>'"
               "                     || date (c.at / 1000, 'unixepoch'))"
               "  FROM (SELECT * FROM consent ORDER BY id) c JOIN lead l ON l.id = c.lead",
               "2024-01-01>2024-01-02,2024-01-03>2024-01-03,2024-01-04>2024-01-04,"
               "2026-03-02>2026-03-02");
}

static void
test_touches (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  RungsImportOptions options = { .source = "jv:Sue's list" };
  g_auto (RungsImportResult) first = { 0 };
  g_auto (RungsImportResult) again = { 0 };

  import (self, "email,created\nann@example.com,2024-01-01T00:00:00Z\nbob@example.com,\n", options,
          &first);
  import (self, "email,created\nann@example.com,2024-01-01T00:00:00Z\ncleo@example.com,\n", options,
          &again);
  assert_text (self, "SELECT group_concat (kind || name) FROM source", "jvSue's list");
  assert_text (self,
               "SELECT group_concat (lead || path || run) FROM (SELECT * FROM touch ORDER BY id)",
               "1opt-in1,2opt-in1,4opt-in2");
  g_assert_cmpint (rungs_fixture_number (self, "SELECT at FROM touch WHERE lead = 1"), ==,
                   G_GINT64_CONSTANT (1704067200000));
}

static void
add_age_cb (RungsFixture *self,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  rungs_field_add (db, "age", "Age", RUNGS_FIELD_NUMBER, 1, &error);
  g_assert_no_error (error);
}

static void
test_refused (void)
{
  static const char TEXT[] = "Email;Name;Age;Line\n"
                             "nobody;\"Ann; \"\"A\"\"\";1;\n"
                             ";Bob;2;\n"
                             "c@example.com;Cleo;many;\n"
                             "d@example.com;Dan;4;;5\n"
                             "e@example.com;Eva;5;x\n"
                             "f@example.com;\"Fay;6;\n";
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autofree char *rejects = g_build_filename (self->folder, "rejects.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (RungsImportResult) result = { 0 };
  RungsImportReject *reject;

  rungs_fixture_write (self, add_age_cb);
  import (self, TEXT, (RungsImportOptions){ .rejects = rejects }, &result);
  g_assert_cmpint (result.rows_read, ==, 6);
  g_assert_cmpint (result.rows_refused, ==, 5);
  g_assert_cmpint (result.leads_created, ==, 1);
  g_assert_cmpuint (result.rejects->len, ==, 5);
  reject = g_ptr_array_index (result.rejects, 0);
  g_assert_cmpint (reject->line, ==, 2);
  g_assert_cmpstr (reject->text, ==, "nobody;\"Ann; \"\"A\"\"\";1;");

  g_assert_true (g_file_get_contents (rejects, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbf" "Email;Name;Age;Line;Line;Reason\r\n"
                   "nobody;\"Ann; \"\"A\"\"\";1;;2;“nobody” is not an e-mail address: it has "
                   "no name or no domain around an @\r\n"
                   ";Bob;2;;3;the row has no e-mail address and no telephone number\r\n"
                   "c@example.com;Cleo;many;;4;Age: “many” is not a number\r\n"
                   "d@example.com;Dan;4;\";5\";5;the row has 5 fields, the heading has 4\r\n"
                   "f@example.com;\"Fay;6;\";;;7;a quotation mark that opens here is never "
                   "closed\r\n");
}

/* A mended file of refused rows is imported without its two columns, and refused again with new
 * ones. */
static void
test_mended (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autofree char *rejects = g_build_filename (self->folder, "rejects.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (RungsImportResult) result = { 0 };

  import (self, "Email,Name,Line,Reason\nann@example.com,Ann,7,bad\nbob,Bob,9,worse\n",
          (RungsImportOptions){ .rejects = rejects }, &result);
  g_assert_cmpint (result.leads_created, ==, 1);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM field"), ==, 0);
  g_assert_true (g_file_get_contents (rejects, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbf" "Email,Name,Line,Reason\r\n"
                   "bob,Bob,3,“bob” is not an e-mail address: it has no name or no domain "
                   "around an @\r\n");
}

static gint64
table_rows (RungsFixture *self)
{
  return rungs_fixture_number (
      self, "SELECT (SELECT count (*) FROM lead) + (SELECT count (*) FROM event)"
            " + (SELECT count (*) FROM import_run) + (SELECT count (*) FROM field)"
            " + (SELECT count (*) FROM tag) + (SELECT count (*) FROM source)"
            " + (SELECT count (*) FROM suppression)");
}

static void
test_dry_run (void)
{
  static const char TEXT[] =
      "email,city,dog,tags,status\nann@example.com,Bonn,Rex,a,\nbob@example.com,,,,cleaned\n"
      "x,,,,\nBOB@example.com,Ulm,,,\n";
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_auto (RungsImportResult) before = { 0 };
  g_auto (RungsImportResult) dry = { 0 };
  g_auto (RungsImportResult) real = { 0 };
  gint64 rows;

  import (self, "email\nann@example.com\n", (RungsImportOptions){ 0 }, &before);
  rows = table_rows (self);
  import (self, TEXT, (RungsImportOptions){ .dry_run = TRUE, .source = "seo:Web" }, &dry);
  g_assert_cmpint (dry.run, ==, 0);
  g_assert_cmpint (table_rows (self), ==, rows);
  import (self, TEXT, (RungsImportOptions){ .source = "seo:Web" }, &real);
  g_assert_cmpint (real.leads_created, ==, 1);
  g_assert_cmpint (dry.leads_created, ==, real.leads_created);
  g_assert_cmpint (dry.leads_updated, ==, real.leads_updated);
  g_assert_cmpint (dry.leads_unchanged, ==, real.leads_unchanged);
  g_assert_cmpint (dry.leads_suppressed, ==, real.leads_suppressed);
  g_assert_cmpint (dry.rows_refused, ==, real.rows_refused);
  g_assert_cmpint (dry.rows_repeated, ==, real.rows_repeated);
}

static void
test_runs (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_auto (RungsImportResult) first = { 0 };
  g_auto (RungsImportResult) second = { 0 };
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (RungsImportRun) run = NULL;
  GError *error = NULL;

  import (self, "email\nann@example.com\nx\n", (RungsImportOptions){ .source = "seo:Web" }, &first);
  import (self, "email\nann@example.com\n", (RungsImportOptions){ .on_match = RUNGS_ON_MATCH_SKIP },
          &second);
  runs = rungs_import_run_list (self->db, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 2);
  g_assert_cmpint (((RungsImportRun *) g_ptr_array_index (runs, 0))->id, ==, second.run);
  run = rungs_import_run_load (self->db, first.run, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (run->source, ==, "seo:Web");
  g_assert_cmpstr (run->file_name, ==, "leads.csv");
  g_assert_cmpint (run->rows_read, ==, 2);
  g_assert_cmpint (run->rows_refused, ==, 1);
  g_assert_cmpint (run->leads_created, ==, 1);
  g_assert_cmpint (run->undone_at, ==, 0);
  g_assert_null (rungs_import_run_load (self->db, 99, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
}

static void
test_assignments (void)
{
  static const char *const ASSIGNMENTS[] = { "who=email", "Pet=field:dog", "email=ignore", NULL };
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_auto (RungsImportResult) result = { 0 };

  import (self, "email,who,pet\nold@example.com,ann@example.com,Rex\n",
          (RungsImportOptions){ .assignments = ASSIGNMENTS }, &result);
  assert_text (self, LEADS, "ann@example.com   ");
  assert_text (self, "SELECT key || label FROM field", "dogpet");
  assert_text (self, "SELECT mapping FROM import_run",
               "[[\"who\",\"email\"],[\"pet\",\"field:dog\"]]");
}

static void
test_bad_options (void)
{
  static const char *const NO_HEADING[] = { "mail=email", NULL };
  static const char *const NO_KEY[] = { "email=ignore", NULL };
  static const char *const BAD_TAGS[] = { "a,b", NULL };
  const RungsImportOptions OPTIONS[] = {
    { .assignments = NO_HEADING }, { .assignments = NO_KEY }, { .tags = BAD_TAGS },
    { .source = "friends:Ann" },   { .table = { .encoding = "KLINGON" } },
  };
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autofree char *path = write_file (self, "email,name\nann@example.com,Ann\n");

  for (gsize i = 0; i < G_N_ELEMENTS (OPTIONS); i++)
    {
      RungsImportOptions options = OPTIONS[i];
      g_auto (RungsImportResult) result = { 0 };
      g_autoptr (GError) error = NULL;

      options.path = path;
      g_assert_false (rungs_import_run (self->db, &options, 1, NULL, NULL, NULL, &result, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == RUNGS_ERROR);
    }
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM lead"), ==, 0);
}

static void
test_empty (void)
{
  static const char *const FILES[] = { "", "\n\n", "email,name" };

  for (gsize i = 0; i < G_N_ELEMENTS (FILES); i++)
    {
      g_autoptr (RungsFixture) self = rungs_fixture_new ();
      g_autofree char *path = write_file (self, FILES[i]);
      RungsImportOptions options = { .path = path };
      g_auto (RungsImportResult) result = { 0 };
      g_autoptr (GError) error = NULL;
      gboolean done = rungs_import_run (self->db, &options, 1, NULL, NULL, NULL, &result, &error);

      g_assert_cmpint (done, ==, i == 2);
      if (!done)
        g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

/* The export of each program comes in whole, twice with the same result. */
static void
test_exports (void)
{
  static const struct
  {
    const char *file;
    gint64 leads;
    gint64 suppressed;
  } EXPORTS[] = {
    { "activecampaign.csv", 4, 2 },       { "brevo.csv", 3, 1 },
    { "google-contacts-2019.csv", 3, 0 }, { "google-contacts.csv", 2, 0 },
    { "hubspot.csv", 4, 1 },              { "mailchimp-subscribed.csv", 4, 0 },
    { "mailchimp-unsubscribed.csv", 2, 2 }, { "outlook-german.csv", 2, 0 },
    { "outlook.csv", 2, 0 },              { "shopify-customers.csv", 3, 0 },
    { "woocommerce-customers.csv", 3, 0 },
  };
  g_autoptr (RungsFixture) self = rungs_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (EXPORTS); i++)
    for (int again = 0; again < 2; again++)
      {
        g_autofree char *path =
            g_test_build_filename (G_TEST_DIST, "tests", "data", "exports", EXPORTS[i].file, NULL);
        RungsImportOptions options = { .path = path,
                                       .consent = "Yes",
                                       .source = "other:Old lists" };
        g_auto (RungsImportResult) result = { 0 };
        g_autoptr (GError) error = NULL;

        rungs_import_run (self->db, &options, rungs_fixture_now (self), NULL, NULL, NULL, &result,
                          &error);
        g_assert_no_error (error);
        g_assert_cmpint (result.leads_created, ==, again ? 0 : EXPORTS[i].leads);
        g_assert_cmpint (result.leads_unchanged, ==, again ? EXPORTS[i].leads : 0);
        g_assert_cmpint (result.leads_suppressed, ==, EXPORTS[i].suppressed);
        g_assert_cmpint (result.rows_refused, ==, 0);
        g_assert_cmpint (result.bytes_replaced, ==, 0);
        g_assert_cmpint (result.dates_unread, ==, 0);
      }
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM touch"), ==, 32);
  assert_sound (self);
}

static void
cancel_when_told (const RungsImportProgress *progress,
                  gpointer                   data)
{
  g_cancellable_cancel (data);
}

/* Cancelled while it reads, and while it writes: nothing is left, and the next import works. */
static void
test_cancel (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autoptr (GString) text = g_string_new ("email\n");
  g_autofree char *rejects = g_build_filename (self->folder, "rejects.csv", NULL);
  g_autofree char *path = NULL;
  RungsImportOptions options = { .rejects = rejects };
  g_auto (RungsImportResult) result = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 3000; i++)
    g_string_append_printf (text, "lead%d@example.com\n%s", i, i == 7 ? "nobody\n" : "");
  path = write_file (self, text->str);
  options.path = path;
  g_assert_false (rungs_import_run (self->db, &options, 1, cancel_when_told, cancellable,
                                    cancellable, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (table_rows (self), ==, 0);
  g_assert_false (g_file_test (rejects, G_FILE_TEST_EXISTS));
  assert_sound (self);

  import (self, text->str, (RungsImportOptions){ 0 }, &result);
  g_assert_cmpint (result.leads_created, ==, 3000);
}

/* So many that the indexes are made anew: they are the same ones, and whole. */
static void
test_many (void)
{
  static const char INDEXES[] =
      "SELECT group_concat (name || sql) FROM (SELECT name, sql FROM sqlite_schema"
      " WHERE type = 'index' AND sql IS NOT NULL ORDER BY name)";
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autofree char *before = ask (self, INDEXES);
  g_autoptr (GString) text = g_string_new ("email,name,city\n");
  g_auto (RungsImportResult) result = { 0 };
  g_auto (RungsImportResult) more = { 0 };

  for (int i = 0; i < 6000; i++)
    g_string_append_printf (text, "lead%d@example.com,Lead %d,City %d\n", i, i, i % 7);
  import (self, text->str, (RungsImportOptions){ .source = "seo:Web", .consent = "Yes" }, &result);
  g_assert_cmpint (result.leads_created, ==, 6000);
  for (int i = 0; i < 30000; i++)
    g_string_append_printf (text, "more%d@example.com,,\n", i);
  import (self, text->str, (RungsImportOptions){ .source = "seo:Web" }, &more);
  g_assert_cmpint (more.leads_created, ==, 30000);
  g_assert_cmpint (more.leads_unchanged, ==, 6000);
  assert_text (self, INDEXES, before);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM touch"), ==, 36000);
  g_assert_cmpint (rungs_fixture_number (
                       self, "SELECT count (*) FROM lead WHERE email_key = 'lead7@example.com'"),
                   ==, 1);
  assert_sound (self);
}

static gboolean
fail_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, "a follower failed");
  return FALSE;
}

/* What fails after everything is written leaves nothing either. */
static void
test_whole_or_not (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autofree char *path = write_file (self, "email,dog,tags\nann@example.com,Rex,a\n");
  RungsImportOptions options = { .path = path, .source = "seo:Web" };
  g_auto (RungsImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_db_set_follower (self->db, fail_cb, NULL, NULL);
  g_assert_false (rungs_import_run (self->db, &options, 1, NULL, NULL, NULL, &result, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED);
  g_assert_cmpint (table_rows (self), ==, 0);
  rungs_db_set_follower (self->db, NULL, NULL, NULL);
  assert_sound (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/new", test_new);
  g_test_add_func ("/import/match", test_match);
  g_test_add_func ("/import/repeats", test_repeats);
  g_test_add_func ("/import/telephone", test_telephone);
  g_test_add_func ("/import/addresses", test_addresses);
  g_test_add_func ("/import/consent", test_consent);
  g_test_add_func ("/import/suppressed", test_suppressed);
  g_test_add_func ("/import/file-name", test_file_name);
  g_test_add_func ("/import/dates", test_dates);
  g_test_add_func ("/import/time-of-consent", test_time_of_consent);
  g_test_add_func ("/import/touches", test_touches);
  g_test_add_func ("/import/refused", test_refused);
  g_test_add_func ("/import/mended", test_mended);
  g_test_add_func ("/import/dry-run", test_dry_run);
  g_test_add_func ("/import/runs", test_runs);
  g_test_add_func ("/import/assignments", test_assignments);
  g_test_add_func ("/import/bad-options", test_bad_options);
  g_test_add_func ("/import/empty", test_empty);
  g_test_add_func ("/import/exports", test_exports);
  g_test_add_func ("/import/cancel", test_cancel);
  g_test_add_func ("/import/many", test_many);
  g_test_add_func ("/import/whole-or-not", test_whole_or_not);
  return g_test_run ();
}
