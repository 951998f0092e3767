/* bench-lead.c: one lead with ten thousand events among a million leads: how long it takes to read
 * what its pane shows, to merge it into another and to take that back, beside SQL by hand.
 *
 * To open it, both read all that the pane shows: the lead, the fields and its values, tags,
 * products, walks, orders, consents, the offers to it and the newest fifty events; by hand the
 * touches and imports too. Ours weighs the offers: what speaks for and against each.
 *
 * By hand all rows of the lead are given to the other, in one durable transaction as ours, through
 * the same triggers and indexes, and what it keeps to take that back is which rows it moved; or not
 * even that, and then it could not. It asks nobody for consent, leaves the search index as it was
 * and both leads there, and weighs nothing that happened since; ours does, so that ours is the one
 * with more to do.
 *
 * usage: bench-lead [LEADS [FILE]]; a file that is there is used, and its heavy lead kept. */

#include <glib/gstdio.h>

#include "db/rungs-statement.h"
#include "ladder/rungs-next-offer.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-ownership-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-merge-store.h"
#include "leads/rungs-tag-store.h"
#include "rungs-bench-business.h"
#include "rungs-bench-time.h"
#include "sequences/rungs-enrolment-store.h"

#define NOW RUNGS_BENCH_NOW
#define EVENTS 10000
#define PAGE 50
#define HEAVY 4242
#define OTHER 4243
#define OPENINGS 60
#define AT_ONCE 20
#define MERGES 11

static const char SQL_HEAVY[] =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n)"
  " INSERT INTO event (lead, kind, at, detail)"
  " SELECT :lead, CASE i % 4 WHEN 0 THEN 'form.submitted' ELSE 'mail.clicked' END,"
  "        1774000000000 - i * 3600000, 'About ' || i FROM n";

static const char SQL_COUNT[] = "SELECT count(*) FROM event WHERE lead = :lead";

/* What a pane needs, as somebody would write it who needs nothing else. */
static const char *const SQL_OPEN[] = {
  "SELECT * FROM lead WHERE id = :lead",
  "SELECT id, key, label, kind, currency, retired_at FROM field ORDER BY position",
  "SELECT f.key, v.value FROM lead_value v JOIN field f ON f.id = v.field WHERE v.lead = :lead",
  "SELECT t.name FROM lead_tag x JOIN tag t ON t.id = x.tag WHERE x.lead = :lead ORDER BY t.name",
  "SELECT p.name, x.since FROM owned x JOIN product p ON p.id = x.product WHERE x.lead = :lead",
  "SELECT s.name, e.step FROM enrolment e JOIN sequence s ON s.id = e.sequence"
  " WHERE e.lead = :lead",
  "SELECT o.at, n.product, n.amount FROM sales_order o JOIN order_line n ON n.sales_order = o.id"
  " WHERE o.lead = :lead ORDER BY o.at DESC",
  "SELECT * FROM consent WHERE lead = :lead ORDER BY id",
  "SELECT x.at, s.name FROM touch x JOIN source s ON s.id = x.source WHERE x.lead = :lead",
  "SELECT f.id, f.to_product, p.name, f.kind FROM offer f JOIN product p ON p.id = f.to_product"
  " WHERE f.retired_at IS NULL"
  " AND (f.from_product IS NULL"
  "      OR f.from_product IN (SELECT product FROM owned WHERE lead = :lead))"
  " AND f.to_product NOT IN (SELECT product FROM owned WHERE lead = :lead)"
  " ORDER BY f.priority, f.id",
  "SELECT id, lead, kind, at, ref, detail, run FROM event WHERE lead = :lead"
  " ORDER BY at DESC, id DESC LIMIT 51",
  "SELECT r.id, r.file_name, r.finished_at FROM import_lead i JOIN import_run r ON r.id = i.run"
  " WHERE i.lead = :lead AND r.undone_at IS NULL",
};

static const char *const SQL_MOVE[] = {
  "UPDATE event SET lead = :to WHERE lead = :from",
  "UPDATE touch SET lead = :to WHERE lead = :from",
  "UPDATE sales_order SET lead = :to WHERE lead = :from",
  "UPDATE consent SET lead = :to WHERE lead = :from",
  "UPDATE OR IGNORE lead_tag SET lead = :to WHERE lead = :from",
  "UPDATE OR IGNORE lead_value SET lead = :to WHERE lead = :from",
  "UPDATE outbox SET lead = :to WHERE lead = :from",
  "UPDATE enrolment SET lead = :to WHERE lead = :from",
};

#define KEEP(table)                                                                                \
  "INSERT INTO bench_moved (place, id) SELECT '" table "', id FROM " table " WHERE lead = :from"
#define BACK(table)                                                                                \
  "UPDATE " table " SET lead = :to WHERE lead = :from"                                             \
  " AND id IN (SELECT m.id FROM bench_moved m WHERE m.place = '" table "')"

static const char SQL_MAKE_MOVED[]
  = "CREATE TABLE IF NOT EXISTS bench_moved (place TEXT, id INTEGER, PRIMARY KEY (place, id))"
    " WITHOUT ROWID";

static const char SQL_DROP_MOVED[] = "DROP TABLE bench_moved";

static const char *const SQL_KEEP[] = {
  KEEP ("event"),
  KEEP ("touch"),
  KEEP ("sales_order"),
  KEEP ("consent"),
  KEEP ("outbox"),
  KEEP ("enrolment"),
  "INSERT INTO bench_moved (place, id) SELECT 'tag', tag FROM lead_tag WHERE lead = :from",
  "INSERT INTO bench_moved (place, id) SELECT 'field', field FROM lead_value WHERE lead = :from",
};

static const char *const SQL_BACK[] = {
  BACK ("event"),
  BACK ("touch"),
  BACK ("sales_order"),
  BACK ("consent"),
  BACK ("outbox"),
  BACK ("enrolment"),
  "UPDATE OR IGNORE lead_tag SET lead = :to WHERE lead = :from"
  " AND tag IN (SELECT m.id FROM bench_moved m WHERE m.place = 'tag')",
  "UPDATE OR IGNORE lead_value SET lead = :to WHERE lead = :from"
  " AND field IN (SELECT m.id FROM bench_moved m WHERE m.place = 'field')",
  "DELETE FROM bench_moved",
};

static gboolean
add_events (RungsDb   *db,
            gpointer   lead,
            GError   **error)
{
  g_autoptr (RungsStatement) count = rungs_db_prepare (db, SQL_COUNT, error);
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_HEAVY, error);
  gint64 has = 0;

  if (count == NULL || insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (count, ":lead", *(gint64 *) lead);
  if (!rungs_statement_get_number (count, 0, &has, error) || has >= EVENTS)
    return has >= EVENTS;
  rungs_statement_bind_int64 (insert, ":lead", *(gint64 *) lead);
  rungs_statement_bind_int64 (insert, ":n", EVENTS);
  return rungs_statement_run (insert, error);
}

/* As app/leads/rungs-lead-view.c asks. */
static gboolean
open_lead (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_load (db, HEAVY, error);
  g_autoptr (GPtrArray) fields = lead ? rungs_field_list (db, error) : NULL;
  g_autoptr (GPtrArray) values = fields ? rungs_field_values (db, HEAVY, error) : NULL;
  g_autoptr (GPtrArray) tags = values ? rungs_tag_list_of_lead (db, HEAVY, error) : NULL;
  g_autoptr (GPtrArray) owned = tags ? rungs_ownership_list (db, HEAVY, NOW, error) : NULL;
  g_autoptr (GPtrArray) walks = owned ? rungs_enrolment_list_of_lead (db, HEAVY, error) : NULL;
  g_autoptr (GPtrArray) orders = walks ? rungs_order_list_of_lead (db, HEAVY, error) : NULL;
  g_autoptr (GPtrArray) consents = orders ? rungs_consent_list (db, HEAVY, error) : NULL;
  g_autoptr (RungsNextOffer) next = consents ? rungs_next_offer (db, HEAVY, NOW, error) : NULL;
  g_autoptr (GPtrArray) events
    = next ? rungs_timeline_page (db, HEAVY, NULL, PAGE + 1, error) : NULL;

  return events != NULL;
}

static gboolean
open_by_hand (RungsDb   *db,
              gpointer   data,
              GError   **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (SQL_OPEN); i++)
    {
      g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_OPEN[i], error);

      if (query == NULL)
        return FALSE;
      rungs_statement_offer_int64 (query, ":lead", HEAVY);
      while (rungs_statement_step (query, error) == RUNGS_ROW)
        for (int column = rungs_statement_count_columns (query); column > 0; column--)
          g_free (rungs_statement_dup_text (query, column - 1));
      if (!rungs_statement_done (query, error))
        return FALSE;
    }
  return TRUE;
}

/* In a transaction each. */
static void
read_in_turn (RungsDb     *db,
              RungsDbFunc  func,
              GArray      *times)
{
  g_autoptr (GError) error = NULL;
  RungsBenchTime began = rungs_bench_time_now ();

  for (guint i = 0; i < AT_ONCE; i++)
    rungs_db_read (db, func, NULL, &error);
  g_assert_no_error (error);
  rungs_bench_times_add (times, began, AT_ONCE);
}

static void
time_openings (RungsDb *db)
{
  g_autoptr (GArray) own = rungs_bench_times_new ();
  g_autoptr (GArray) by_hand = rungs_bench_times_new ();

  for (guint i = 0; i < OPENINGS; i++)
    {
      read_in_turn (db, open_lead, own);
      read_in_turn (db, open_by_hand, by_hand);
    }
  g_print ("opening a lead with %d events: ", EVENTS);
  rungs_bench_times_compare (own, by_hand);
  g_print ("\n");
}

static gboolean
merge (RungsDb   *db,
       gpointer   result,
       GError   **error)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gint64 both[] = { OTHER, HEAVY };
  g_autoptr (RungsMergePlan) plan = NULL;

  g_array_append_vals (leads, both, G_N_ELEMENTS (both));
  plan = rungs_merge_plan_load (db, leads, error);
  return plan != NULL && rungs_leads_merge (db, plan, NOW, result, error);
}

static gboolean
undo (RungsDb   *db,
      gpointer   result,
      GError   **error)
{
  return rungs_merge_undo (db, ((RungsMergeResult *) result)->merge, NOW, NULL, error);
}

typedef struct
{
  gint64 from;
  gint64 to;
} Move;

static gboolean
run (RungsDb     *db,
     const char  *sql,
     const Move  *move,
     GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_offer_int64 (statement, ":from", move->from);
  rungs_statement_offer_int64 (statement, ":to", move->to);
  return rungs_statement_run (statement, error);
}

static gboolean
run_all (RungsDb            *db,
         const char *const  *statements,
         gsize               n,
         const Move         *move,
         GError            **error)
{
  for (gsize i = 0; i < n; i++)
    if (!run (db, statements[i], move, error))
      return FALSE;
  return TRUE;
}

static gboolean
move_by_hand (RungsDb   *db,
              gpointer   move,
              GError   **error)
{
  return run_all (db, SQL_MOVE, G_N_ELEMENTS (SQL_MOVE), move, error);
}

static gboolean
merge_by_hand (RungsDb   *db,
               gpointer   move,
               GError   **error)
{
  return run_all (db, SQL_KEEP, G_N_ELEMENTS (SQL_KEEP), move, error)
         && run_all (db, SQL_MOVE, G_N_ELEMENTS (SQL_MOVE), move, error);
}

static gboolean
part_by_hand (RungsDb   *db,
              gpointer   move,
              GError   **error)
{
  return run_all (db, SQL_BACK, G_N_ELEMENTS (SQL_BACK), move, error);
}

static gboolean
make_moved (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  return run (db, SQL_MAKE_MOVED, &(Move){ 0 }, error);
}

static gboolean
drop_moved (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  return run (db, SQL_DROP_MOVED, &(Move){ 0 }, error);
}

/* `times`: (nullable) */
static void
write_in_turn (RungsDb     *db,
               RungsDbFunc  func,
               gpointer     data,
               GArray      *times)
{
  g_autoptr (GError) error = NULL;
  RungsBenchTime began = rungs_bench_time_now ();

  rungs_db_write (db, func, data, &error);
  g_assert_no_error (error);
  if (times != NULL)
    rungs_bench_times_add (times, began, 1);
}

static void
print_merge (const char *what,
             GArray     *own,
             GArray     *kept,
             GArray     *moved)
{
  g_print ("%s: ", what);
  rungs_bench_times_compare (own, kept);
  g_print ("\n  beside one that keeps nothing: ");
  rungs_bench_times_compare (own, moved);
  g_print ("\n");
}

/* By hand all that the lead has is moved to the other, and back. */
static void
time_merges (RungsDb *db)
{
  Move there = { HEAVY, OTHER };
  Move back = { OTHER, HEAVY };
  GArray *times[6];
  RungsMergeResult result;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    times[i] = rungs_bench_times_new ();
  write_in_turn (db, make_moved, NULL, NULL);
  for (guint i = 0; i < MERGES; i++)
    {
      write_in_turn (db, merge, &result, times[0]);
      write_in_turn (db, undo, &result, times[1]);
      write_in_turn (db, merge_by_hand, &there, times[2]);
      write_in_turn (db, part_by_hand, &back, times[3]);
      write_in_turn (db, move_by_hand, &there, times[4]);
      write_in_turn (db, move_by_hand, &back, times[5]);
    }
  write_in_turn (db, drop_moved, NULL, NULL);
  print_merge ("merging it", times[0], times[2], times[4]);
  print_merge ("parting them", times[1], times[3], times[5]);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    g_array_unref (times[i]);
}

int
main (int    argc,
      char **argv)
{
  gint64 n = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 1000000;
  g_autofree char *folder = g_dir_make_tmp ("rungs-XXXXXX", NULL);
  g_autofree char *own = g_build_filename (folder, "rungs.db", NULL);
  const char *path = argc > 2 ? argv[2] : own;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = NULL;

  rungs_bench_business_make (path, n);
  db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  write_in_turn (db, add_events, &(gint64){ HEAVY }, NULL);
  time_openings (db);
  time_merges (db);
  return 0;
}
