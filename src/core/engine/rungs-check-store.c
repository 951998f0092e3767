/* rungs-check-store.c: what a file holds against the rules of the business. */

#include "engine/rungs-check-store.h"

#include "db/rungs-statement.h"
#include "insights/rungs-first-contact-store.h"
#include "insights/rungs-ladder-keep-store.h"
#include "leads/rungs-score-store.h"
#include "partners/rungs-ledger-cost-store.h"

typedef struct
{
  const char *fault; /* what a row of the query means; the row's one column names the culprit */
  const char *sql;
} Rule;

static const Rule RULES[] = {
  { "bundle: what the product holds is out of date",
    "WITH RECURSIVE held (whole, part) AS ("
    "  SELECT id, id FROM product"
    "  UNION SELECT h.whole, p.part FROM held h JOIN product_part p ON p.bundle = h.part)"
    " SELECT whole FROM (SELECT whole, part FROM held EXCEPT SELECT whole, part FROM product_holds)"
    " UNION SELECT whole FROM (SELECT whole, part FROM product_holds"
    "                          EXCEPT SELECT whole, part FROM held)" },
  { "order line: more was given back than was paid",
    "SELECT l.id FROM order_line l JOIN refund_line r ON r.order_line = l.id"
    " GROUP BY l.id, l.amount HAVING sum (r.amount) > l.amount" },
  { "coupon: an order that uses it came with the touch of another lead",
    "SELECT u.sales_order FROM coupon_use u JOIN sales_order o ON o.id = u.sales_order"
    "  JOIN touch t ON t.id = u.touch WHERE t.lead <> o.lead" },
  { "cursor: it stands behind the end of the timeline",
    "SELECT name FROM cursor"
    " WHERE event > coalesce ((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0)" },
  { "enrolment: it walks and has no time to go on",
    "SELECT id FROM enrolment WHERE outcome IS NULL AND due_at IS NULL" },
  { "enrolment: it has ended and does not say when",
    "SELECT id FROM enrolment WHERE outcome IS NOT NULL AND ended_at IS NULL" },
  { "message: it has ended and does not say when",
    "SELECT id FROM outbox WHERE state IN ('sent', 'failed', 'withheld') AND ended_at IS NULL" },
  { "message: it is under way without an account",
    "SELECT id FROM outbox WHERE state IN ('claimed', 'doubt') AND account IS NULL" },
  { "consent: an annulment names no consent of the same lead",
    "SELECT c.id FROM consent c LEFT JOIN consent a ON a.id = c.annuls AND a.lead = c.lead"
    " WHERE c.action = 'annulled' AND a.id IS NULL" },
  { "segment: leads are written down of one that nobody watches",
    "SELECT DISTINCT m.segment FROM segment_member m JOIN segment s ON s.id = m.segment"
    " WHERE s.kind = 'live' AND s.watched = 0" },
  { "import: it was undone and leads still carry its tags",
    "SELECT DISTINCT r.id FROM import_run r JOIN lead_tag t ON t.run = r.id"
    " WHERE r.undone_at IS NOT NULL" },
};

static gboolean
collect (RungsDb    *db,
         const Rule *rule,
         GPtrArray  *faults,
         GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, rule->sql, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  while ((step = rungs_statement_step (query, error)) == RUNGS_ROW)
    g_ptr_array_add (faults,
                     g_strdup_printf ("%s (%s)", rule->fault, rungs_statement_get_text (query, 0)));
  return step == RUNGS_DONE;
}

GPtrArray *
rungs_business_check (RungsDb *db,
                      GError **error)
{
  g_autoptr (GPtrArray) faults = rungs_db_check (db, error);

  if (faults == NULL)
    return NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (RULES); i++)
    if (!collect (db, &RULES[i], faults, error))
      return NULL;
  return rungs_scores_check (db, faults, error) && rungs_ladder_keep_check (db, faults, error)
             && rungs_first_contacts_check (db, faults, error)
             && rungs_ledger_costs_check (db, faults, error)
           ? g_steal_pointer (&faults)
           : NULL;
}
