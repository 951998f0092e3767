/* rungs-order-apply-store.c: stores the orders of an import.
 *
 * In this order: the import itself, the products that are to be made, leads with their touches and
 * consents, orders, their lines, until when subscriptions are paid, what happened (order.placed and
 * order.renewed, by the day on which it did), then what was given back. */

#include "ladder/rungs-order-apply-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-index.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-subscription-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-event.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-source-store.h"

/* Fewer are added to the indexes one by one in no time. */
#define MANY 5000

/* How often the refunds under way are counted as a step. */
#define REFUNDS_STEP 1000

typedef struct
{
  RungsOrderApply *apply;
  gint64 run;
  gint64 base;   /* of leads */
  gint64 orders; /* base of orders */
  gint64 source;
} Work;

static const char SQL_COUNT_ERASED[] = "SELECT count (*) FROM suppression WHERE reason = 'erased'";
static const char SQL_HIGHEST_LEAD[] = "SELECT max (coalesce ((SELECT max (id) FROM lead), 0),"
                                       " coalesce ((SELECT max (was) FROM lead_merged), 0))";
static const char SQL_HIGHEST_ORDER[] = "SELECT coalesce (max (id), 0) FROM sales_order";
static const char SQL_HIGHEST_SOURCE[] = "SELECT coalesce (max (id), 0) FROM source";
static const char SQL_COUNT_LEADS[] = "SELECT count (*) FROM lead";
static const char SQL_COUNT_ORDERS[] = "SELECT count (*) FROM sales_order";

static const char SQL_MATCH[]
    = "UPDATE order_stage_person SET lead = l.id FROM lead l"
      " WHERE l.email_key = +order_stage_person.key AND l.email_key IS NOT NULL";

static const char SQL_COUNT_MET[]
    = "SELECT count (*) FROM order_stage_person WHERE lead IS NOT NULL";
static const char SQL_COUNT_NEW[] = "SELECT count (*) FROM order_stage_person WHERE lead IS NULL";

static const char SQL_SUMS[]
    = "SELECT currency, sum (total) FROM order_stage GROUP BY currency ORDER BY currency";

/* How much of it was not given back before; 0: there is nothing new. */
#define NEWLY_GIVEN                                                                                \
  "max (0, g.upto - max (g.upto - g.amount,"                                                       \
  "  coalesce ((SELECT sum (b.amount) FROM refund f JOIN refund_line b ON b.refund = f.id"         \
  "              WHERE f.sales_order = g.known), 0)))"
#define IS_NEWLY_GIVEN                                                                             \
  "(" NEWLY_GIVEN " > 0 OR (g.amount = 0 AND NOT EXISTS (SELECT 1 FROM refund f"                   \
  "                                                      WHERE f.sales_order = g.known)))"

static const char SQL_COUNT_GIVEN[]
    = "SELECT count (*) FROM order_stage_given g WHERE " IS_NEWLY_GIVEN;

static const char SQL_ADD_RUN[]
    = "INSERT INTO import_run (file_name, source, on_match, mapping, rows_read, leads_created,"
      " leads_updated, leads_unchanged, rows_refused, started_at, finished_at)"
      " VALUES (:file, :source, 'skip', '[]', :rows_read, :created, 0, :met, :refused, :now,"
      " :now)";

static const char SQL_ADD_IMPORT[]
    = "INSERT INTO order_import (run, shape, starts, orders_created, orders_known, refunds_created,"
      " rows_other)"
      " VALUES (:run, :shape, :starts, :orders, :known, :refunds, :other)";

static const char SQL_MADE_SOURCE[]
    = "INSERT INTO import_made (run, place, id) VALUES (:run, 'source', :source)";

static const char SQL_ADD_LEADS[]
    = "INSERT INTO lead (id, email, email_key, first_name, last_name, company, phone, street,"
      " postcode, city, region, country, created_at, updated_at)"
      " SELECT :base + n, email, key, first_name, last_name, company, phone, street, postcode,"
      " city, region, country, min (first_at, :now), :now"
      "   FROM order_stage_person WHERE lead IS NULL ORDER BY n";

static const char *const SQL_NOTE_LEADS[] = {
  "INSERT INTO import_lead (run, lead, created)"
  " SELECT :run, lead, 0 FROM order_stage_person WHERE lead IS NOT NULL ORDER BY lead",
  "INSERT INTO import_lead (run, lead, created)"
  " SELECT :run, :base + n, 1 FROM order_stage_person WHERE lead IS NULL ORDER BY n",
};

#define LEAD "coalesce (p.lead, :base + p.n)"

static const char SQL_ADD_TOUCHES[]
    = "INSERT INTO touch (lead, source, path, at, run)"
      " SELECT " LEAD ", :source, 'direct', p.first_at, :run"
      "   FROM order_stage_person p"
      "  WHERE p.lead IS NULL"
      "     OR NOT EXISTS (SELECT 1 FROM touch t WHERE t.lead = p.lead AND +t.source = :source)"
      "  ORDER BY p.n";

static const char SQL_ADD_CONSENTS[]
    = "INSERT INTO consent (lead, purpose, channel, action, at, origin, wording, run)"
      " SELECT " LEAD ", 'marketing', 'email', 'given', p.first_at, 'import', :wording, :run"
      "   FROM order_stage_person p"
      "  WHERE p.agreed AND p.hash IS NULL AND NOT p.suppressed"
      "    AND (p.lead IS NULL"
      "         OR NOT EXISTS ("
      "               SELECT 1 FROM consent c"
      "                WHERE c.lead = p.lead AND c.purpose = 'marketing' AND c.channel = 'email'"
      "                  AND c.action <> 'annulled'"
      "                  AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = c.id)))"
      "  ORDER BY p.n";

static const char *const SQL_SUPPRESS[] = {
  "INSERT INTO suppression (hash, email, reason, note, at)"
  " SELECT hash, email, 'unsubscribed', :file, :now FROM order_stage_person WHERE hash IS NOT NULL"
  " ON CONFLICT (hash) DO UPDATE"
  "    SET reason = excluded.reason, note = excluded.note, at = excluded.at"
  "  WHERE suppression.reason IN ('bounced', 'by hand')",
  "INSERT INTO event (lead, kind, at, ref, detail, run)"
  " SELECT p.lead, 'lead.suppressed', :now, s.id, s.reason, :run"
  "   FROM order_stage_person p JOIN suppression s ON s.hash = p.hash"
  "  WHERE p.lead IS NOT NULL AND s.at = :now AND s.note = :file",
};

static const char SQL_ADD_ORDERS[]
    = "INSERT INTO sales_order (id, lead, at, currency, coupon, origin, external, created_at, run)"
      " SELECT :orders + s.n, " LEAD ", s.at, s.currency, s.coupon, :origin, s.external, :now, :run"
      "   FROM order_stage s JOIN order_stage_person p ON p.n = s.person ORDER BY s.n";

/* Until when it is paid is known of a subscription where the file says it. */
static const char SQL_ADD_LINES[]
    = "INSERT INTO order_line (sales_order, product, quantity, amount, paid_until)"
      " SELECT :orders + l.n, l.product, l.quantity, l.amount,"
      "        iif (p.period_months IS NOT NULL AND s.paid_until > s.at, s.paid_until, NULL)"
      "   FROM order_stage_line l"
      "   JOIN order_stage s ON s.n = l.n"
      "   JOIN product p ON p.id = l.product"
      "  ORDER BY l.id";

#define DETAIL                                                                                     \
  "json_object ('products', json ((SELECT json_group_array (name) FROM"                            \
  "   (SELECT p.name FROM order_line l JOIN product p ON p.id = l.product"                         \
  "     WHERE l.sales_order = o.id ORDER BY l.id))),"                                              \
  " 'amount', s.total, 'currency', o.currency, 'coupon', o.coupon)"

static const char SQL_TELL_PLACED[]
    = "INSERT INTO event (lead, kind, at, ref, detail, run)"
      " SELECT o.lead, 'order.placed', o.at, o.id, " DETAIL ", :run"
      "   FROM order_stage s CROSS JOIN sales_order o ON o.id = :orders + s.n"
      "  ORDER BY o.at, o.id";

static const char SQL_TELL_RENEWED[]
    = "INSERT INTO event (lead, kind, at, ref, detail, run)"
      " SELECT o.lead, 'order.renewed', o.at, o.id, " DETAIL ", :run"
      "   FROM order_stage s CROSS JOIN sales_order o ON o.id = :orders + s.n"
      "  WHERE EXISTS (SELECT 1 FROM order_line l WHERE l.sales_order = o.id"
      "                   AND l.paid_until IS NOT NULL"
      "                   AND EXISTS (SELECT 1 FROM sales_order e"
      "                                CROSS JOIN order_line k ON k.sales_order = e.id"
      "                                WHERE e.lead = o.lead AND +k.product = l.product"
      "                                  AND k.paid_until IS NOT NULL"
      "                                  AND (e.at, e.id) < (o.at, o.id)))"
      "  ORDER BY o.at, o.id";

static const char SQL_GIVEN[]
    = "SELECT coalesce (g.known, :orders + g.n), " NEWLY_GIVEN ", g.reason,"
      "       coalesce (g.at, (SELECT s.at FROM order_stage s WHERE s.n = g.n), :now), NULL"
      "  FROM order_stage_given g WHERE " IS_NEWLY_GIVEN " ORDER BY g.id";

static const char SQL_REFUNDS[]
    = "SELECT coalesce (:orders + r.n, r.known), r.amount, '', r.at, r.external"
      "  FROM order_stage_refund r ORDER BY r.at, r.id";

static const char SQL_NOTE_REFUNDED[]
    = "INSERT OR IGNORE INTO import_lead (run, lead, created)"
      " SELECT :run, o.lead, 0 FROM refund f JOIN sales_order o ON o.id = f.sales_order"
      "  WHERE f.run = :run";

static RungsStatement *
prepare (Work       *work,
         const char *sql,
         GError    **error)
{
  RungsOrderApply *apply = work->apply;
  RungsStatement *statement = rungs_db_prepare (apply->db, sql, error);

  if (statement == NULL)
    return NULL;
  rungs_statement_offer_int64 (statement, ":run", work->run);
  rungs_statement_offer_int64 (statement, ":base", work->base);
  rungs_statement_offer_int64 (statement, ":orders", work->orders);
  rungs_statement_offer_int64 (statement, ":source", work->source);
  rungs_statement_offer_int64 (statement, ":now", apply->now);
  if (rungs_statement_has (statement, ":wording"))
    rungs_statement_bind_text (statement, ":wording", apply->options->consent);
  if (rungs_statement_has (statement, ":file"))
    rungs_statement_bind_text (statement, ":file", apply->file_name);
  if (rungs_statement_has (statement, ":origin"))
    rungs_statement_bind_text (statement, ":origin",
                               rungs_order_seller_get_origin (apply->shape->seller));
  return statement;
}

static gboolean
step (Work    *work,
      GError **error)
{
  return work->apply->step == NULL || work->apply->step (work->apply->step_data, error);
}

static gboolean
run (Work       *work,
     const char *sql,
     GError    **error)
{
  g_autoptr (RungsStatement) statement = prepare (work, sql, error);

  return statement != NULL && rungs_statement_run (statement, error) && step (work, error);
}

static gboolean
ask (Work       *work,
     const char *sql,
     gint64     *number,
     GError    **error)
{
  g_autoptr (RungsStatement) query = prepare (work, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}

/* Runs a statement that fills a table, without its indexes if there will be far more rows than
 * there were. */
static gboolean
fill (Work       *work,
      const char *table,
      const char *sql,
      gboolean    without_indexes,
      GError    **error)
{
  g_autoptr (GPtrArray) indexes = NULL;

  if (!without_indexes)
    return run (work, sql, error);
  indexes = rungs_db_drop_indexes (work->apply->db, table, error);
  return indexes != NULL && run (work, sql, error)
         && rungs_db_create_indexes (work->apply->db, indexes, error);
}

/* ---- counting */

static gboolean
read_sums (Work    *work,
           GError **error)
{
  g_autoptr (RungsStatement) query = prepare (work, SQL_SUMS, error);
  GPtrArray *sums = work->apply->result->sums;

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsMoney sum = rungs_money (rungs_statement_get_int64 (query, 1),
                                    rungs_statement_get_text (query, 0));

      g_ptr_array_add (sums, g_memdup2 (&sum, sizeof sum));
    }
  return rungs_statement_done (query, error);
}

static gboolean
count (Work    *work,
       GError **error)
{
  RungsOrderImportResult *result = work->apply->result;
  const RungsOrderStageCounts *counts = rungs_order_stage_get_counts (work->apply->stage);
  gint64 given;

  if (!run (work, SQL_MATCH, error) || !ask (work, SQL_COUNT_MET, &result->leads_met, error)
      || !ask (work, SQL_COUNT_NEW, &result->leads_created, error)
      || !ask (work, SQL_COUNT_GIVEN, &given, error) || !read_sums (work, error))
    return FALSE;
  result->orders_created = counts->orders;
  result->orders_known = counts->known;
  result->orders_left_out = counts->left_out;
  result->refunds_created = counts->refunds + given;
  result->refunds_known = counts->repeated;
  return TRUE;
}

gboolean
rungs_order_apply_rehearse (RungsOrderApply *self,
                            GError         **error)
{
  Work work = { .apply = self };

  g_return_val_if_fail (self != NULL, FALSE);

  return count (&work, error);
}

/* ---- writing */

/* An erased person must not come back by a file that was read a moment before. */
static gboolean
check_erased (Work    *work,
              GError **error)
{
  gint64 erased;

  if (!ask (work, SQL_COUNT_ERASED, &erased, error))
    return FALSE;
  if (erased == rungs_order_stage_get_erased (work->apply->stage))
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_BUSY,
                       _ ("A person was erased while the file was read; import it again."));
  return FALSE;
}

/* `made`: whether the source was not there before. */
static gboolean
ensure_source (Work     *work,
               gboolean *made,
               GError  **error)
{
  const char *text = work->apply->options->source;
  g_autofree char *name = NULL;
  RungsSourceKind kind;
  gint64 highest;

  *made = FALSE;
  if (text == NULL)
    return TRUE;
  if (!rungs_source_parse (text, &kind, &name, error)
      || !ask (work, SQL_HIGHEST_SOURCE, &highest, error))
    return FALSE;
  work->source = rungs_source_ensure (work->apply->db, kind, name, work->apply->now, error);
  *made = work->source > highest;
  return work->source != 0;
}

static gboolean
add_run (Work    *work,
         GError **error)
{
  const RungsOrderImportResult *result = work->apply->result;
  g_autoptr (RungsStatement) insert = rungs_db_prepare (work->apply->db, SQL_ADD_RUN, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":file", work->apply->file_name);
  rungs_statement_bind_id (insert, ":source", work->source);
  rungs_statement_bind_int64 (insert, ":rows_read", result->rows_read);
  rungs_statement_bind_int64 (insert, ":created", result->leads_created);
  rungs_statement_bind_int64 (insert, ":met", result->leads_met);
  rungs_statement_bind_int64 (insert, ":refused", result->rows_refused);
  rungs_statement_bind_int64 (insert, ":now", work->apply->now);
  if (!rungs_statement_run (insert, error))
    return FALSE;
  work->run = rungs_db_get_last_id (work->apply->db);
  return TRUE;
}

static gboolean
add_import (Work    *work,
            GError **error)
{
  const RungsOrderImportResult *result = work->apply->result;
  g_autoptr (RungsStatement) insert = rungs_db_prepare (work->apply->db, SQL_ADD_IMPORT, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":run", work->run);
  rungs_statement_bind_text (insert, ":shape", work->apply->shape->id);
  rungs_statement_bind_int64 (insert, ":starts", work->apply->options->starts);
  rungs_statement_bind_int64 (insert, ":orders", result->orders_created);
  rungs_statement_bind_int64 (insert, ":known", result->orders_known);
  rungs_statement_bind_int64 (insert, ":refunds", result->refunds_created);
  rungs_statement_bind_int64 (insert, ":other", result->rows_other);
  return rungs_statement_run (insert, error);
}

static gboolean
write_leads (Work    *work,
             GError **error)
{
  gint64 created = work->apply->result->leads_created;
  RungsDb *db = work->apply->db;
  gint64 before;

  if (!ask (work, SQL_COUNT_LEADS, &before, error)
      || !fill (work, "lead", SQL_ADD_LEADS, before * 4 < created - MANY, error)
      || !run (work, SQL_NOTE_LEADS[0], error) || !run (work, SQL_NOTE_LEADS[1], error))
    return FALSE;
  return created > before ? rungs_lead_search_rebuild (db, error)
                          : rungs_lead_search_add_created (db, work->run, error);
}

static gboolean
write_about_leads (Work    *work,
                   GError **error)
{
  return (work->source == 0 || run (work, SQL_ADD_TOUCHES, error))
         && (work->apply->options->consent == NULL || run (work, SQL_ADD_CONSENTS, error))
         && run (work, SQL_SUPPRESS[0], error) && run (work, SQL_SUPPRESS[1], error);
}

static gboolean
write_orders (Work    *work,
              GError **error)
{
  gint64 created = work->apply->result->orders_created;
  gboolean many;
  gint64 before;

  if (!ask (work, SQL_COUNT_ORDERS, &before, error))
    return FALSE;
  many = before * 4 < created - MANY;
  return fill (work, "sales_order", SQL_ADD_ORDERS, many, error)
         && fill (work, "order_line", SQL_ADD_LINES, many, error)
         && rungs_subscription_date_run (work->apply->db, work->run, error) && step (work, error)
         && run (work, SQL_TELL_PLACED, error) && run (work, SQL_TELL_RENEWED, error);
}

static gboolean
give_back (Work       *work,
           const char *sql,
           gint64     *refunds,
           GError    **error)
{
  g_autoptr (RungsStatement) query = prepare (work, sql, error);
  gboolean done = TRUE;

  if (query == NULL)
    return FALSE;
  while (done && rungs_statement_step (query, error) == RUNGS_ROW)
    done = rungs_refund_add_of_run (
               work->apply->db, rungs_statement_get_int64 (query, 0),
               rungs_statement_get_int64 (query, 1), rungs_statement_get_text (query, 2),
               rungs_statement_get_int64 (query, 3), rungs_statement_get_text (query, 4), work->run,
               work->apply->now, error)
               != 0
           && (++*refunds % REFUNDS_STEP != 0 || step (work, error));
  if (!done)
    rungs_statement_reset (query);
  return done && rungs_statement_done (query, error);
}

static gboolean
write_all (Work    *work,
           GError **error)
{
  RungsOrderApply *apply = work->apply;
  gint64 refunds = 0;
  gboolean made;

  return ask (work, SQL_HIGHEST_LEAD, &work->base, error)
         && ask (work, SQL_HIGHEST_ORDER, &work->orders, error)
         && ensure_source (work, &made, error) && add_run (work, error) && add_import (work, error)
         && (!made || run (work, SQL_MADE_SOURCE, error))
         && rungs_order_products_make (apply->products, apply->db, work->run, apply->now,
                                       &apply->result->products_created, error)
         && write_leads (work, error) && write_about_leads (work, error)
         && write_orders (work, error) && give_back (work, SQL_GIVEN, &refunds, error)
         && give_back (work, SQL_REFUNDS, &refunds, error) && run (work, SQL_NOTE_REFUNDED, error)
         && rungs_order_products_remember (apply->products, apply->db, work->run, apply->now,
                                           error);
}

gboolean
rungs_order_apply (RungsOrderApply *self,
                   GError         **error)
{
  Work work = { .apply = self };

  g_return_val_if_fail (self != NULL && rungs_db_in_write (self->db), FALSE);

  if (!check_erased (&work, error) || !count (&work, error))
    return FALSE;
  if (self->result->orders_created + self->result->refunds_created == 0)
    return TRUE;
  if (!write_all (&work, error))
    return FALSE;
  self->result->run = work.run;
  return rungs_event_add_of_run (self->db, 0, RUNGS_EVENT_IMPORT_DONE, self->now, work.run,
                                 self->file_name, work.run, error)
         != 0;
}
