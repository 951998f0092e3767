/* test-lead-export.c: leads in a file, and the same leads again from that file. */

#include "leads/rungs-lead-export.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-import.h"
#include "leads/rungs-suppression-store.h"
#include "rungs-fixture.h"
#include "tables/rungs-table-cell.h"

/* Leads that are hard to bring through a table. */
static const char *const STATEMENTS[] = {
  "INSERT INTO lead (id, email, email_key, first_name, last_name, company, phone, street,"
  "                  postcode, city, region, country, language, zone, notes, created_at,"
  "                  updated_at) VALUES"
  " (3, 'Ann@Example.com', 'ann@example.com', 'Ann', 'O''Neill', '=HYPERLINK(\"x\";\"y\")',"
  "  '+49 170 1234567', '-1 Ring', '01067', '@Home', 'Sachsen', 'DE', 'de', 'Europe/Berlin',"
  "  'one, two;' || char (10) || '=three' || char (10) || '\"four\" ''=five', 1710231245000, 1),"
  " (5, 'bob@example.com', 'bob@example.com', '''+quoted', '''5 pounds', '', '', '', '', '', '',"
  "  '', '', '', '', 1710231245123, 1),"
  " (9, NULL, NULL, 'דבורה', '🐝', 'a=b ''-c ;-d', '0049 30 1', '', '', '', '', '', '', '',"
  "  '', 1710231246000, 1)",
  "INSERT INTO field (id, key, label, kind, position, created_at) VALUES"
  " (1, 'dogs_name', 'Dog''s name', 'text', 4, 1), (2, 'town', 'City', 'text', 3, 1),"
  " (3, 'bonus', '+Bonus', 'text', 1, 1), (4, 'birthday', 'Birthday', 'date', 2, 1)",
  "INSERT INTO lead_value (lead, field, value) VALUES"
  " (3, 1, '-Rex;=1'), (3, 2, 'own'), (5, 3, '''@x'), (9, 4, '1980-03-01')",
  "INSERT INTO tag (id, name) VALUES (1, 'VIP'), (2, '=tag')",
  "INSERT INTO lead_tag (lead, tag, added_at) VALUES (3, 1, 1), (3, 2, 1), (9, 2, 1)",
  "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'seo', 'Blog', 1)",
  "INSERT INTO touch (lead, source, path, at) VALUES (3, 1, 'opt-in', 1)",
};

static const char SQL_DUMP[]
    = "SELECT group_concat (line, char (10)) FROM (SELECT coalesce (email, '-') || '|'"
      " || first_name || '|' || last_name || '|' || company || '|' || phone"
      " || '|' || street || '|' || postcode"
      " || '|' || city || '|' || region || '|' || country || '|' || language || '|' || zone || '|'"
      " || notes || '|' || created_at || '|'"
      " || coalesce ((SELECT group_concat (name) FROM (SELECT name FROM lead_tag lt JOIN tag t"
      "               ON t.id = lt.tag WHERE lt.lead = lead.id ORDER BY name)), '') || '|'"
      " || coalesce ((SELECT group_concat (kv) FROM (SELECT key || '=' || value AS kv"
      "               FROM lead_value v JOIN field f ON f.id = v.field WHERE v.lead = lead.id"
      "               ORDER BY key)), '') AS line FROM lead ORDER BY id)";

static gboolean
fill_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (STATEMENTS); i++)
    {
      g_autoptr (RungsStatement) query = rungs_db_prepare (db, STATEMENTS[i], error);

      if (query == NULL || !rungs_statement_run (query, error))
        return FALSE;
    }
  return rungs_suppression_add (db, "bob@example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED, "", 5, error)
         && rungs_consent_give (db, 3, "marketing", "email", 1700000000000, "form", "Yes", error);
}

static RungsFixture *
filled_fixture (void)
{
  RungsFixture *self = rungs_fixture_new ();
  g_autoptr (GError) error = NULL;

  rungs_db_write (self->db, fill_cb, NULL, &error);
  g_assert_no_error (error);
  return self;
}

static char *
dump (RungsFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_DUMP, &error);
  char *text = NULL;

  g_assert_no_error (error);
  if (rungs_statement_step (query, &error) == RUNGS_ROW)
    text = rungs_statement_dup_text (query, 0);
  g_assert_no_error (error);
  return text;
}

static gboolean
export_cb (RungsDb *db,
           gpointer data,
           GError **error)
{
  return rungs_lead_export_write (db, data, NULL, error) == 3;
}

/* The leads 3, 5, 4 (who is not there) and 9. Returns: where the file is. */
static char *
export_to (RungsFixture *self,
           const char   *name,
           char          delimiter)
{
  static const gint64 IDS[] = { 3, 5, 4, 9 };
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  char *path = g_build_filename (self->folder, name, NULL);
  RungsLeadExport export = { .path = path, .leads = leads, .delimiter = delimiter };
  g_autoptr (GError) error = NULL;

  g_array_append_vals (leads, IDS, G_N_ELEMENTS (IDS));
  if (g_str_has_suffix (name, ".json"))
    export.format = RUNGS_LEAD_EXPORT_JSON;
  else if (g_str_has_suffix (name, ".vcf"))
    export.format = RUNGS_LEAD_EXPORT_VCARD;
  rungs_db_read (self->db, export_cb, &export, &error);
  g_assert_no_error (error);
  return path;
}

static void
import (RungsFixture *self,
        const char   *path)
{
  RungsImportOptions options = { .path = path };
  g_auto (RungsImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_import_run (self->db, &options, rungs_fixture_now (self), NULL, NULL, NULL, &result,
                    &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.rows_refused, ==, 0);
  g_assert_cmpint (result.leads_created, ==, 3);
}

static void
test_round_trip (gconstpointer data)
{
  const char *delimiter = data;
  g_autoptr (RungsFixture) self = filled_fixture ();
  g_autoptr (RungsFixture) other = rungs_fixture_new ();
  g_autofree char *path = export_to (self, "leads.csv", *delimiter);
  g_autofree char *before = dump (self);
  g_autofree char *after = NULL;

  import (other, path);
  after = dump (other);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (rungs_fixture_number (other, "SELECT count (*) FROM suppression"
                                                " WHERE email = 'bob@example.com'"),
                   ==, 1);
  g_assert_cmpint (rungs_fixture_number (other, "SELECT count (*) FROM field"), ==, 4);
  g_assert_cmpint (rungs_fixture_number (other, "SELECT count (*) FROM consent"), ==, 0);
}

static void
test_vcard_round_trip (void)
{
  g_autoptr (RungsFixture) self = filled_fixture ();
  g_autoptr (RungsFixture) other = rungs_fixture_new ();
  g_autofree char *path = export_to (self, "leads.vcf", 0);
  g_autofree char *before = dump (self);
  g_autofree char *after = NULL;

  import (other, path);
  after = dump (other);
  g_assert_cmpstr (after, ==, before);
}

/* No cell begins as a formula, wherever a spreadsheet splits the line. */
static void
test_no_formula (void)
{
  g_autoptr (RungsFixture) self = filled_fixture ();
  g_autofree char *path = export_to (self, "leads.csv", 0);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbfRungs number,E-mail,First name,"));
  for (const char *at = text; *at != '\0'; at++)
    if (strchr ("=+@", *at) != NULL && at > text)
      g_assert_null (strchr ("\",;\t\r\n", at[-1]));
}

/* A cell as it is read back, without its quotes. */
static char *
dup_cell (const char *text)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;

  rungs_table_append_csv (cell, text);
  if (cell->str[0] == '"')
    {
      g_string_erase (cell, 0, 1);
      g_string_truncate (cell, cell->len - 1);
    }
  parts = g_strsplit (cell->str, "\"\"", -1);
  return g_strjoinv ("\"", parts);
}

static void
test_unguard (void)
{
  static const char *const TEXTS[]
      = { "",    "'",   "''",              "=",      "'=",    "''=",        "a'=b",  ",=",
          ",'=", ",''=", "\n-\n'-\n''-",   "'a",     "\t=",   "'\t'=",      "x='+y", "\r=\r'=",
          "\"=\"'+;@,'-" };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autofree char *text = dup_cell (TEXTS[i]);

      rungs_table_unguard (text);
      g_assert_cmpstr (text, ==, TEXTS[i]);
    }
}

static void
test_json (void)
{
  g_autoptr (RungsFixture) self = filled_fixture ();
  g_autofree char *path = export_to (self, "leads.json", 0);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *leads;
  JsonObject *ann;
  JsonObject *bob;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  leads = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (leads), ==, 3);
  ann = json_array_get_object_element (leads, 0);
  bob = json_array_get_object_element (leads, 1);
  g_assert_cmpint (json_object_get_int_member (ann, "id"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (ann, "last_name"), ==, "O'Neill");
  g_assert_cmpstr (json_object_get_string_member (ann, "company"), ==, "=HYPERLINK(\"x\";\"y\")");
  g_assert_cmpstr (json_object_get_string_member (ann, "consent"), ==, "given");
  g_assert_cmpstr (json_object_get_string_member (ann, "created_at"), ==, "2024-03-12T08:14:05Z");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (ann, "tags")), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (ann, "fields"),
                                                  "dogs_name"),
                   ==, "-Rex;=1");
  g_assert_cmpstr (json_object_get_string_member (bob, "suppressed"), ==, "unsubscribed");
  g_assert_true (json_object_get_null_member (json_array_get_object_element (leads, 2), "email"));
}

/* RFC 6350: no line of more than 75 bytes, no character cut in two, all of it escaped. */
static void
test_vcard (void)
{
  g_autoptr (RungsFixture) self = filled_fixture ();
  g_autofree char *path = export_to (self, "leads.vcf", 0);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
    }
  g_assert_nonnull (strstr (text, "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ann O'Neill\r\n"
                                  "N:O'Neill;Ann;;;\r\nORG:=HYPERLINK(\"x\"\\;\"y\")\r\n"));
  g_assert_nonnull (strstr (text, "ADR:;;-1 Ring;@Home;Sachsen;01067;DE\r\n"));
  g_assert_nonnull (strstr (text, "NOTE:one\\, two\\;\\n=three\\n\"four\" '=five\r\n"));
  g_assert_nonnull (strstr (text, "CATEGORIES:=tag,VIP\r\nX-RUNGS-TOWN:own\r\n"));
  g_assert_nonnull (strstr (text, "BDAY:1980-03-01\r\n"));
  g_assert_nonnull (strstr (text, "X-RUNGS-STATUS:subscribed\r\nX-RUNGS-AGREED-ON:2023-11-14T"));
  g_assert_nonnull (strstr (text, "X-RUNGS-RUNGS-SOURCE:seo:Blog\r\n"));
}

static void
stop_cb (guint    done,
         guint    total,
         gpointer data)
{
  g_cancellable_cancel (data);
}

static gboolean
stopped_cb (RungsDb *db,
            gpointer data,
            GError **error)
{
  const RungsLeadExport *export = data;

  return rungs_lead_export_write (db, export, export->progress_data, error) >= 0;
}

/* What was there before stays, and no part of the new file does. */
static void
test_cancel (void)
{
  g_autoptr (RungsFixture) self = filled_fixture ();
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *folder = g_build_filename (self->folder, "out", NULL);
  g_autofree char *path = g_build_filename (folder, "leads.csv", NULL);
  RungsLeadExport export
      = { .path = path, .leads = leads, .progress = stop_cb, .progress_data = cancellable };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GDir) dir = NULL;
  gint64 id = 3;

  for (guint i = 0; i < 1000; i++)
    g_array_append_val (leads, id);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_assert_false (rungs_db_read (self->db, stopped_cb, &export, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "leads.csv");
  g_assert_null (g_dir_read_name (dir));
}

static gboolean
write_cb (RungsDb *db,
          gpointer data,
          GError **error)
{
  return rungs_lead_export_write (db, data, NULL, error) >= 0;
}

/* Only these columns, in this order, under headings of the user's. */
static void
test_columns (void)
{
  static const RungsLeadExportColumn COLUMNS[]
      = { { "field.dogs_name", NULL }, { "name", "Wer" }, { "source", NULL },
          { "field.town", NULL } };
  g_autoptr (RungsFixture) self = filled_fixture ();
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *path = g_build_filename (self->folder, "leads.csv", NULL);
  RungsLeadExport export = { .path = path, .leads = leads, .columns = COLUMNS,
                             .n_columns = G_N_ELEMENTS (COLUMNS) };
  const RungsLeadExportColumn unknown = { "field.nothing", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 id = 3;

  g_array_append_val (leads, id);
  rungs_db_read (self->db, write_cb, &export, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "\xef\xbb\xbf" "Dog's name,Wer,Source,town\r\n"
                             "\"'-Rex;'=1\",Ann O'Neill,Blog,own\r\n");
  export.columns = &unknown;
  export.n_columns = 1;
  g_assert_false (rungs_db_read (self->db, write_cb, &export, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static void
test_no_place (void)
{
  g_autoptr (RungsFixture) self = filled_fixture ();
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  RungsLeadExport export = { .path = "/nowhere/leads.csv", .leads = leads };
  g_autoptr (GError) error = NULL;

  g_assert_false (rungs_db_read (self->db, stopped_cb, &export, &error));
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/leads/lead-export/round-trip", ",", test_round_trip);
  g_test_add_data_func ("/leads/lead-export/round-trip-semicolon", ";", test_round_trip);
  g_test_add_func ("/leads/lead-export/no-formula", test_no_formula);
  g_test_add_func ("/leads/lead-export/unguard", test_unguard);
  g_test_add_func ("/leads/lead-export/json", test_json);
  g_test_add_func ("/leads/lead-export/vcard", test_vcard);
  g_test_add_func ("/leads/lead-export/vcard-round-trip", test_vcard_round_trip);
  g_test_add_func ("/leads/lead-export/cancel", test_cancel);
  g_test_add_func ("/leads/lead-export/columns", test_columns);
  g_test_add_func ("/leads/lead-export/no-place", test_no_place);
  return g_test_run ();
}
