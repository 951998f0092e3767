/* test-merge-undo.c: whatever belongs to leads, after a merge and its undo every table is as it
 * was, byte for byte, but for the record of the undo. */

#include "leads/rungs-merge-store.h"

#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "engine/rungs-check-store.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-merge-journal-store.h"
#include "leads/rungs-score-store.h"
#include "leads/rungs-suppression-store.h"
#include "process/rungs-process-follow.h"
#include "rungs-fixture.h"
#include "sequences/rungs-sequences-follow.h"

#define LEADS 7
#define ROUNDS 40

/* What leads are related to. */
static const char *const AROUND[] = {
  "INSERT INTO import_run (id, file_name, on_match, mapping, started_at, finished_at)"
  " VALUES (1, 'a.csv', 'fill', '{}', 1, 2), (2, 'b.csv', 'fill', '{}', 3, 4)",
  "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'ppc', 'Ads', 0), (2, 'jv', 'J', 0)",
  "INSERT INTO tag (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c')",
  "INSERT INTO field (id, key, label, kind, created_at)"
  " VALUES (1, 'dog', 'Dog', 'text', 0), (2, 'born', 'Born', 'date', 0)",
  "INSERT INTO segment (id, key, name, kind, rule, watched, created_at, updated_at)"
  " VALUES (1, 'f', 'F', 'fixed', NULL, 0, 0, 0), (2, 'l', 'L', 'live', '{\"all\":[]}', 1, 0, 0),"
  "        (3, 'g', 'G', 'fixed', NULL, 0, 0, 0)",
  "INSERT INTO product (id, sku, name, price, currency, created_at)"
  " VALUES (1, 'P', 'P', 100, 'EUR', 0), (2, 'Q', 'Q', 200, 'EUR', 0)",
  "INSERT INTO product_holds (whole, part) VALUES (1, 1), (2, 2)",
  "INSERT INTO account (id, uuid, name, kind, created_at) VALUES (1, 'u', 'A', 'practice', 0)",
  "INSERT INTO message (id, name, purpose, value, kind, created_at, updated_at)"
  " VALUES (1, 'm1', 'p', 'v', 'marketing', 0, 0), (2, 'm2', 'p', 'v', 'marketing', 0, 0),"
  "        (3, 'm3', 'p', 'v', 'transactional', 0, 0)",
  "INSERT INTO message_version (id, message, subject, blocks, created_at)"
  " VALUES (1, 1, 's', '[]', 0), (2, 2, 's', '[]', 0), (3, 3, 's', '[]', 0)",
  "UPDATE message SET version = id",
  "INSERT INTO sequence (id, name, sells, state, created_at)"
  " VALUES (1, 'S1', 1, 'live', 0), (2, 'S2', 2, 'live', 0), (3, 'S3', NULL, 'live', 0)",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " SELECT id, id, 1, '{\"name\":\"S' || id || '\",\"start\":\"a\",\"steps\":{\"a\":'"
  "   || '{\"kind\":\"message\",\"message\":\"m'"
  "   || id || '\",\"next\":\"b\"},\"b\":{\"kind\":\"wait\",\"days\":3}}}', 0 FROM sequence",
  "UPDATE sequence SET version = id",
};

static int
pick (int n)
{
  return g_test_rand_int_range (0, n);
}

static gboolean
now_and_then (void)
{
  return pick (2) == 0;
}

static void run (RungsFixture *f, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
run (RungsFixture *f,
     const char   *format,
     ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  rungs_fixture_run (f, sql);
}

static const char *
pick_text (const char *const *texts,
           int                n)
{
  return texts[pick (n)];
}

/* ---- leads with all kinds of rows */

static void
add_lead (RungsFixture *f,
          int           id)
{
  static const char *const NAMES[] = { "", "Ann", "Änne \"Q\"", "O''Neil\n" };
  static const char *const PLACES[] = { "", "Ulm", "Köln" };
  g_autofree char *email
      = pick (5) > 0 ? g_strdup_printf ("'l%d@example.com', 'l%d@example.com'", id, id)
                     : g_strdup ("NULL, NULL");

  run (f,
       "INSERT INTO lead (id, email, email_key, first_name, last_name, company, phone, street,"
       "  postcode, city, notes, score, bounced_at, created_at, updated_at)"
       " VALUES (%d, %s, 'L%d', '%s', '%s', '%s', '%s', '%s', '%s', '%s', %d, %s, %d, %d)",
       id, email, id, pick_text (NAMES, 4), pick_text (NAMES, 4), pick_text (NAMES, 4),
       pick_text (PLACES, 3), pick_text (PLACES, 3), pick_text (PLACES, 3), pick_text (NAMES, 4),
       pick (100), pick (4) == 0 ? "77" : "NULL", pick (1000), pick (1000) + 1000);
}

static const char *
pick_run (void)
{
  static const char *const RUNS[] = { "NULL", "1", "2" };

  return pick_text (RUNS, 3);
}

static void
add_small_things (RungsFixture *f,
                  int           lead)
{
  for (int i = 1; i <= 3; i++)
    {
      if (now_and_then ())
        run (f, "INSERT INTO lead_tag VALUES (%d, %d, %d, %s)", lead, i, pick (100), pick_run ());
      if (now_and_then ())
        run (f, "INSERT INTO segment_member VALUES (%d, %d, %d)", i, lead, pick (100));
      if (i < 3 && now_and_then ())
        run (f, "INSERT INTO lead_value VALUES (%d, %d, 'v%d')", lead, i, pick (3));
      if (i < 3 && now_and_then ())
        run (f, "INSERT INTO import_lead VALUES (%d, %d, %d)", i, lead, pick (2));
      if (i < 3 && now_and_then ())
        run (f, "INSERT INTO import_change VALUES (%d, %d, '%s', NULL, 'Ulm')", i, lead,
             now_and_then () ? "city" : "field:dog");
      if (now_and_then ())
        run (f, "INSERT INTO touch (lead, source, path, at, run) VALUES (%d, %d, 'direct', %d, %s)",
             lead, 1 + pick (2), pick (100), pick_run ());
      if (now_and_then ())
        run (f,
             "INSERT INTO event (lead, kind, at, ref, detail, run)"
             " SELECT lead, 'touch.made', at, id, 'ppc:Ads', run FROM touch WHERE lead = %d", lead);
    }
  if (pick (3) == 0)
    run (f, "INSERT INTO lead_different SELECT min (%d, id), max (%d, id), 5 FROM lead"
            " WHERE id <> %d ORDER BY id LIMIT 1 ON CONFLICT DO NOTHING", lead, lead, lead);
  if (now_and_then ())
    {
      run (f, "INSERT INTO event (lead, kind, at, detail) VALUES (%d, 'call.logged', 4, 'w%d')",
           lead, pick (3));
      run (f, "INSERT INTO note (event, who) SELECT max (id), 'Grace' FROM event");
    }
  if (pick (4) == 0)
    run (f, "INSERT INTO task (lead, title, due_at, created_at) VALUES (%d, 'Call', 5, 0)", lead);
}

static void
add_consents (RungsFixture *f,
              int           lead)
{
  static const char *const CHANNELS[] = { "email", "email", "phone" };

  for (int i = pick (5); i > 0; i--)
    run (f,
         "INSERT INTO consent (lead, purpose, channel, action, at, origin, run)"
         " VALUES (%d, 'marketing', '%s', '%s', %d, 'form', %s)", lead, pick_text (CHANNELS, 3),
         pick (3) > 0 ? "given" : "withdrawn", pick (100), pick_run ());
  if (pick (3) == 0)
    run (f,
         "INSERT INTO consent (lead, purpose, channel, action, annuls, at, origin)"
         " SELECT lead, purpose, channel, 'annulled', id, 9, 'x' FROM consent"
         "  WHERE lead = %d AND action = 'given' ORDER BY id DESC LIMIT 1", lead);
}

static void
add_orders (RungsFixture *f,
            int           lead)
{
  for (int i = pick (3); i > 0; i--)
    {
      run (f, "INSERT INTO sales_order (lead, at, currency, created_at) VALUES (%d, 5, 'EUR', 0)",
           lead);
      run (f, "INSERT INTO order_line (sales_order, product, amount)"
              " SELECT max (id), %d, 100 FROM sales_order", 1 + pick (2));
      if (pick (3) == 0)
        run (f, "INSERT INTO refund (sales_order, at, created_at) SELECT max (id), 6, 6"
                " FROM sales_order");
    }
}

static void
add_message (RungsFixture *f,
             int           lead,
             int           message,
             const char   *enrolment,
             int           visit)
{
  static const char *const STATES[] = { "planned", "planned", "sent", "failed", "withheld",
                                        "doubt" };
  const char *state = pick_text (STATES, 6);

  run (f,
       "INSERT INTO outbox (lead, message, enrolment, step, visit, state, due_at, message_id,"
       "  account, ended_at, created_at)"
       " SELECT %d, %d, %s, 'a', %d, '%s', %d, 'id' || (SELECT count (*) FROM outbox), 1, %s, 0",
       lead, message, enrolment, visit, state, pick (1000),
       strcmp (state, "planned") == 0 ? "NULL" : "50");
  run (f, "INSERT INTO event (lead, kind, at, ref, detail) SELECT lead, 'mail.planned', 3, id, 'm'"
          " FROM outbox ORDER BY id DESC LIMIT 1");
}

static void
add_walks (RungsFixture *f,
           int           lead)
{
  static const char *const OUTCOMES[] = { "finished", "stopped", "bought", "goal" };

  for (int i = 1; i <= 3; i++)
    {
      gboolean walks = now_and_then ();

      if (pick (3) == 0)
        continue;
      if (walks)
        run (f,
             "INSERT INTO enrolment (lead, sequence, version, step, visit, due_at, why, entered_at,"
             "  arrived_at) VALUES (%d, %d, %d, 'b', %d, %d, 'by hand', 1, 2)", lead, i, i,
             pick (4), pick (2000));
      else
        run (f,
             "INSERT INTO enrolment (lead, sequence, version, step, outcome, entered_at,"
             "  arrived_at, ended_at) VALUES (%d, %d, %d, 'b', '%s', 1, 2, 3)", lead, i, i,
             pick_text (OUTCOMES, 4));
      run (f, "INSERT INTO enrolment_step SELECT max (id), 0, 'a', 2, '' FROM enrolment");
      add_message (f, lead, i, "(SELECT max (id) FROM enrolment)", 1);
    }
  for (int i = pick (3); i > 0; i--)
    add_message (f, lead, 1 + pick (3), "NULL", 0);
}

static void
suppress_some (RungsFixture *f)
{
  for (int lead = 1; lead <= LEADS; lead++)
    {
      g_autofree char *email = g_strdup_printf ("l%d@example.com", lead);

      if (pick (4) == 0)
        rungs_suppression_add (f->db, email, 1 + pick (5), "n", 5, NULL);
    }
}

/* Some points stay, some are half gone on the day on which merges are made. */
static void
count_scores (RungsFixture *f)
{
  guint counted;

  run (f, "UPDATE lead SET points = score");
  run (f, "INSERT INTO score_rule (kind, points, half_life, created_at)"
          " VALUES ('mail.planned', 3, NULL, 0), ('lead.created', 700, 9, 0)");
  run (f, "INSERT INTO event (lead, kind, at) SELECT id, 'lead.created',"
          " %" G_GINT64_FORMAT " - id * 86400000 FROM lead", rungs_fixture_now (f));
  g_assert_true (rungs_scores_begin_anew (f->db, NULL));
  g_assert_true (rungs_scores_advance (f->db, rungs_fixture_now (f), 1000, &counted, NULL));
}

static void
populate (RungsFixture *f,
          RungsDb      *db)
{
  for (gsize i = 0; i < G_N_ELEMENTS (AROUND); i++)
    rungs_fixture_run (f, AROUND[i]);
  for (int lead = 1; lead <= LEADS; lead++)
    add_lead (f, lead);
  for (int lead = 1; lead <= LEADS; lead++)
    {
      add_small_things (f, lead);
      add_consents (f, lead);
      add_orders (f, lead);
      add_walks (f, lead);
    }
  suppress_some (f);
  count_scores (f);
  g_assert_true (rungs_lead_search_rebuild (db, NULL));
  g_assert_true (rungs_sequences_follow (db, 900, NULL) && rungs_process_follow (db, 900, NULL));
}

/* ---- what stands in the file */

/* The record of the undo is left out, and how far the timeline was read. */
static const char SQL_TABLES[]
    = "SELECT name FROM sqlite_schema"
      " WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'lead_search%'"
      "   AND name NOT IN ('cursor', 'lead_merge', 'lead_merged') ORDER BY name";

static void
dump_row (RungsStatement *row,
          GString        *dump)
{
  for (int i = 0; i < rungs_statement_count_columns (row); i++)
    {
      const char *text = rungs_statement_get_text (row, i);

      g_string_append_printf (dump, "|%s%s", rungs_statement_is_null (row, i) ? "NULL" : "'",
                              text ? text : "");
    }
  g_string_append_c (dump, '\n');
}

static void
dump_table (RungsFixture *f,
            const char   *table,
            GString      *dump)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql
      = g_strdup_printf ("SELECT * FROM %s %s ORDER BY 1, 2", table,
                         g_str_equal (table, "event") ? "WHERE kind <> 'lead.unmerged'" : "");
  g_autoptr (RungsStatement) rows = rungs_db_prepare (f->db, sql, &error);

  g_assert_no_error (error);
  g_string_append_printf (dump, "== %s\n", table);
  while (rungs_statement_step (rows, &error) == RUNGS_ROW)
    dump_row (rows, dump);
  g_assert_no_error (error);
}

static char *
dump_file (RungsFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) tables = rungs_db_prepare (f->db, SQL_TABLES, &error);
  GString *dump = g_string_new (NULL);

  g_assert_no_error (error);
  while (rungs_statement_step (tables, &error) == RUNGS_ROW)
    dump_table (f, rungs_statement_get_text (tables, 0), dump);
  g_assert_no_error (error);
  return g_string_free (dump, FALSE);
}

/* Says the first line that differs. */
static void
assert_same (const char *before,
             const char *after)
{
  g_auto (GStrv) old = g_strsplit (before, "\n", -1);
  g_auto (GStrv) new = g_strsplit (after, "\n", -1);

  for (guint i = 0; strcmp (before, after) != 0 && old[i] != NULL && new[i] != NULL; i++)
    if (strcmp (old[i], new[i]) != 0)
      {
        g_test_message ("before: %s", old[i]);
        g_test_message ("after:  %s", new[i]);
        break;
      }
  g_assert_true (strcmp (before, after) == 0);
}

static void
assert_sound (RungsFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = rungs_business_check (f->db, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (faults, i));
  g_assert_cmpuint (faults->len, ==, 0);
}

/* ---- merging */

typedef struct
{
  RungsFixture *fixture;
  GArray *leads;
  RungsMergeResult result;
} Work;

static void
choose_anything (RungsMergePlan *plan)
{
  for (guint i = 0; i < plan->fields->len; i++)
    {
      RungsMergeField *field = g_ptr_array_index (plan->fields, i);

      if (pick (3) == 0)
        field->chosen = pick (plan->leads->len);
    }
}

static gboolean
merge_cb (RungsDb *db,
          gpointer data,
          GError **error)
{
  Work *work = data;
  g_autoptr (RungsMergePlan) plan = rungs_merge_plan_load (db, work->leads, error);

  g_assert_nonnull (plan);
  choose_anything (plan);
  return rungs_leads_merge (db, plan, rungs_fixture_now (work->fixture), &work->result, error);
}

static gint64
merge (RungsFixture *f,
       GArray       *leads)
{
  Work work = { f, leads };
  g_autoptr (GError) error = NULL;

  rungs_fixture_pass (f, 1000);
  rungs_db_write (f->db, merge_cb, &work, &error);
  g_assert_no_error (error);
  assert_sound (f);
  return work.result.merge;
}

static gboolean
undo_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  Work *work = data;

  return rungs_merge_undo (db, work->result.merge, rungs_fixture_now (work->fixture), NULL, error);
}

static gboolean
undo (RungsFixture *f,
      gint64        merge,
      GError      **error)
{
  Work work = { f, NULL, { .merge = merge } };

  rungs_fixture_pass (f, 1000);
  return rungs_db_write (f->db, undo_cb, &work, error);
}

static gboolean
follow_cb (RungsDb *db,
           gpointer data,
           GError **error)
{
  gint64 now = rungs_clock_now (data);

  return rungs_scores_follow (db, now, error) && rungs_sequences_follow (db, now, error)
         && rungs_process_follow (db, now, error);
}

static RungsFixture *
fixture_new (void)
{
  RungsFixture *f = rungs_fixture_new ();

  rungs_fixture_write (f, populate);
  rungs_db_set_follower (f->db, follow_cb, g_object_ref (f->clock), g_object_unref);
  return f;
}

/* Between two and four of the leads that there are, in any order. */
static GArray *
pick_leads (RungsFixture *f)
{
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint wanted = 2 + pick (3);

  while (leads->len < wanted)
    {
      gint64 lead = 1 + pick (LEADS);
      g_autofree char *there
          = g_strdup_printf ("SELECT count (*) FROM lead WHERE id = %" G_GINT64_FORMAT, lead);
      gboolean fits = rungs_fixture_number (f, there) == 1;

      for (guint i = 0; i < leads->len; i++)
        fits = fits && g_array_index (leads, gint64, i) != lead;
      if (fits)
        g_array_append_val (leads, lead);
    }
  return leads;
}

static void
test_as_it_was (void)
{
  for (int round = 0; round < ROUNDS; round++)
    {
      g_autoptr (RungsFixture) f = fixture_new ();
      g_autoptr (GArray) leads = pick_leads (f);
      g_autofree char *before = dump_file (f);
      gint64 number = merge (f, leads);
      g_autoptr (GError) error = NULL;
      g_autofree char *merged = dump_file (f);
      g_autofree char *after = NULL;

      g_assert_true (strcmp (merged, before) != 0);
      undo (f, number, &error);
      g_assert_no_error (error);
      after = dump_file (f);
      assert_same (before, after);
      assert_sound (f);
      g_assert_false (undo (f, number, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
    }
}

/* One merge on top of another is undone before it. */
static void
test_on_top (void)
{
  for (int round = 0; round < ROUNDS / 2; round++)
    {
      g_autoptr (RungsFixture) f = fixture_new ();
      g_autofree char *before = dump_file (f);
      g_autofree char *between = NULL;
      g_autofree char *after = NULL;
      g_autofree char *last = NULL;
      g_autoptr (GArray) leads = pick_leads (f);
      g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GError) error = NULL;
      gint64 first = merge (f, leads);
      gint64 second;

      for (gint64 i = 1; others->len < 2; i++)
        {
          g_autofree char *there
              = g_strdup_printf ("SELECT count (*) FROM lead WHERE id = %" G_GINT64_FORMAT, i);

          if (i != g_array_index (leads, gint64, 0) && rungs_fixture_number (f, there) == 1)
            g_array_append_val (others, i);
        }
      g_array_insert_val (others, pick (3), g_array_index (leads, gint64, 0));
      between = dump_file (f);
      second = merge (f, others);
      g_assert_false (undo (f, first, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
      g_clear_error (&error);
      undo (f, second, &error);
      g_assert_no_error (error);
      after = dump_file (f);
      assert_same (between, after);
      undo (f, first, &error);
      g_assert_no_error (error);
      last = dump_file (f);
      assert_same (before, last);
      assert_sound (f);
    }
}

/* Whoever adds a table that knows leads must teach it to the merge. Of what hangs on something of
 * a lead and goes where that goes, only the steps of a walk can be changed by a merge. */
static void
test_every_table (void)
{
  static const char SQL_KNOW_LEADS[]
      = "SELECT DISTINCT m.name FROM sqlite_schema m, pragma_foreign_key_list (m.name) k"
        " WHERE m.type = 'table' AND k.\"table\" IN ('lead', 'enrolment')";
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (f->db, SQL_KNOW_LEADS, &error);
  guint n = 0;

  g_assert_no_error (error);
  while (rungs_statement_step (query, &error) == RUNGS_ROW)
    {
      const char *table = rungs_statement_get_text (query, 0);

      n++;
      if (!rungs_merge_journal_keeps (table))
        g_error ("a merge does not know what to do with the rows of “%s”", table);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, >=, 15);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge-undo/as-it-was", test_as_it_was);
  g_test_add_func ("/merge-undo/on-top", test_on_top);
  g_test_add_func ("/merge-undo/every-table", test_every_table);
  return g_test_run ();
}
