/* bench-lead.c: one lead with ten thousand events among a million leads: how long it takes to read
 * what its pane shows, to merge it into another and to take that back, beside SQL by hand that does
 * the same with less care: it asks nobody for consent, and all it keeps is which rows it moved; or
 * not even that, and then it could not take anything back.
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
#include "sequences/rungs-enrolment-store.h"

#define NOW RUNGS_BENCH_NOW
#define EVENTS 10000
#define PAGE 50
#define HEAVY 4242
#define OTHER 4243
#define OPENINGS 200
#define MERGES 5

static const char SQL_HEAVY[] =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n)"
  " INSERT INTO event (lead, kind, at, detail)"
  " SELECT :lead, CASE i % 4 WHEN 0 THEN 'form.submitted' ELSE 'mail.clicked' END,"
  "        1774000000000 - i * 3600000, 'About ' || i FROM n";

static const char SQL_COUNT[] = "SELECT count(*) FROM event WHERE lead = :lead";

/* What a pane needs, as somebody would write it who needs nothing else. */
static const char *const SQL_OPEN[] = {
  "SELECT * FROM lead WHERE id = :lead",
  "SELECT f.key, v.value FROM lead_value v JOIN field f ON f.id = v.field WHERE v.lead = :lead",
  "SELECT t.name FROM lead_tag x JOIN tag t ON t.id = x.tag WHERE x.lead = :lead ORDER BY t.name",
  "SELECT p.name, x.since FROM owned x JOIN product p ON p.id = x.product WHERE x.lead = :lead",
  "SELECT s.name, e.step FROM enrolment e JOIN sequence s ON s.id = e.sequence"
  " WHERE e.lead = :lead",
  "SELECT o.at, n.product, n.amount FROM sales_order o JOIN order_line n ON n.sales_order = o.id"
  " WHERE o.lead = :lead ORDER BY o.at DESC",
  "SELECT * FROM consent WHERE lead = :lead ORDER BY id",
  "SELECT x.at, s.name FROM touch x JOIN source s ON s.id = x.source WHERE x.lead = :lead",
  "SELECT f.id, f.to_product, f.kind FROM offer f WHERE f.retired_at IS NULL"
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

static double
milliseconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / 1000;
}

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
      rungs_statement_bind_int64 (query, ":lead", HEAVY);
      while (rungs_statement_step (query, error) == RUNGS_ROW)
        for (int column = rungs_statement_count_columns (query); column > 0; column--)
          g_free (rungs_statement_dup_text (query, column - 1));
      if (!rungs_statement_done (query, error))
        return FALSE;
    }
  return TRUE;
}

/* The best of some, in a transaction each. */
static double
time_openings (RungsDb     *db,
               RungsDbFunc  func)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < OPENINGS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 began = g_get_monotonic_time ();

      rungs_db_read (db, func, NULL, &error);
      g_assert_no_error (error);
      best = MIN (best, milliseconds_since (began));
    }
  return best;
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

static double
time_write (RungsDb     *db,
            RungsDbFunc  func,
            gpointer     data)
{
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  rungs_db_write (db, func, data, &error);
  g_assert_no_error (error);
  return milliseconds_since (began);
}

static void
keep_best (double *best,
           double  time)
{
  *best = MIN (*best, time);
}

static void
print_merge (const char *what,
             double      own,
             double      kept,
             double      moved)
{
  g_print ("%-12s %7.1f ms, by hand %7.1f ms: %4.2f x; with nothing kept %7.1f ms: %4.2f x\n", what,
           own, kept, own / kept, moved, own / moved);
}

/* By hand all that the lead has is moved to the other, and back. */
static void
time_merges (RungsDb *db)
{
  Move there = { HEAVY, OTHER };
  Move back = { OTHER, HEAVY };
  double own[] = { G_MAXDOUBLE, G_MAXDOUBLE };
  double kept[] = { G_MAXDOUBLE, G_MAXDOUBLE };
  double moved[] = { G_MAXDOUBLE, G_MAXDOUBLE };
  RungsMergeResult result;

  time_write (db, make_moved, NULL);
  for (guint i = 0; i < MERGES; i++)
    {
      keep_best (&own[0], time_write (db, merge, &result));
      keep_best (&own[1], time_write (db, undo, &result));
      keep_best (&kept[0], time_write (db, merge_by_hand, &there));
      keep_best (&kept[1], time_write (db, part_by_hand, &back));
      keep_best (&moved[0], time_write (db, move_by_hand, &there));
      keep_best (&moved[1], time_write (db, move_by_hand, &back));
    }
  time_write (db, drop_moved, NULL);
  print_merge ("merging it", own[0], kept[0], moved[0]);
  print_merge ("parting them", own[1], kept[1], moved[1]);
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
  double opened;
  double hand;

  rungs_bench_business_make (path, n);
  db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  time_write (db, add_events, &(gint64){ HEAVY });
  opened = time_openings (db, open_lead);
  hand = time_openings (db, open_by_hand);
  g_print ("opening a lead with %d events %6.2f ms, by hand %6.2f ms: %4.2f x\n", EVENTS, opened,
           hand, opened / hand);
  time_merges (db);
  return 0;
}
