/* rungs-order-apply-store.c: stores the orders of an import.
 *
 * In this order: the import itself, the products and coupons that are to be made, leads with their
 * consents, orders, their lines, until when subscriptions are paid, what happened (order.placed and
 * order.renewed, by the day on which it did), which coupons they use, the touches, then what was
 * given back. A coupon says better than the import where an order came from: so who came with one
 * has no touch of the import's source at that moment. */

#include "ladder/rungs-order-apply-store.h"

#include "db/rungs-statement.h"
#include "ladder/rungs-coupon-run-store.h"
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

static const char SQL_HIGHEST_LEAD[] = "SELECT max (coalesce ((SELECT max (id) FROM lead), 0),"
                                       " coalesce ((SELECT max (was) FROM lead_merged), 0))";
/* Of those that are gone, too. */
#define HIGHEST(what, table)                                                                       \
  "SELECT max (n.last, coalesce ((SELECT max (id) FROM " table "), 0))"                            \
  "  FROM order_number n WHERE n.what = '" what "'"

static const char SQL_HIGHEST_ORDER[] = HIGHEST ("order", "sales_order");
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
      " VALUES (:file, :from, 'skip', '[]', :rows_read, :created, 0, :leads, :refused, :now,"
      " :now)";

static const char SQL_ADD_IMPORT[]
    = "INSERT INTO order_import (run, shape, shop, starts, orders_created, orders_known,"
      " refunds_created, rows_other)"
      " VALUES (:run, :shape, :shop, :starts, :created, :known, :refunds, :other)";

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
      "  WHERE (p.lead IS NULL"
      "         OR NOT EXISTS (SELECT 1 FROM touch t"
      "                         WHERE t.lead = p.lead AND +t.source = :source))"
      "    AND NOT EXISTS (SELECT 1 FROM touch t WHERE t.lead = " LEAD
      "                       AND t.at = p.first_at AND +t.run = :run)"
      "  ORDER BY p.n";

static const char SQL_ADD_CONSENTS[]
    = "INSERT INTO consent (lead, purpose, channel, action, at, origin, wording, run)"
      " SELECT " LEAD ", 'marketing', 'email', 'given', p.said_at, 'import',"
      "        coalesce (:wording, :heading || ': ' || p.agreed), :run"
      "   FROM order_stage_person p"
      "  WHERE p.agreed IS NOT NULL AND NOT p.suppressed"
      "    AND p.key NOT IN (SELECT r.key FROM order_stage_refusal r)"
      "    AND (p.lead IS NULL"
      "         OR NOT EXISTS ("
      "               SELECT 1 FROM consent c"
      "                WHERE c.lead = p.lead AND c.purpose = 'marketing' AND c.channel = 'email'"
      "                  AND c.action <> 'annulled'"
      "                  AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = c.id)))"
      "  ORDER BY p.n";

/* What holds about a lead that is there: the last row that is not annulled. */
static const char SQL_COUNT_REACH[]
    = "SELECT count (*) FILTER (WHERE reach IN ('yes', 'new')),"
      "       count (*) FILTER (WHERE reach = 'none'), count (*) FILTER (WHERE reach = 'no'),"
      "       count (*) FILTER (WHERE reach = 'new')"
      "  FROM (SELECT CASE"
      "           WHEN suppressed OR refuses OR bounced OR action = 'withdrawn' THEN 'no'"
      "           WHEN action = 'given' THEN 'yes'"
      "           WHEN :heading IS NOT NULL AND agreed IS NOT NULL THEN 'new'"
      "           ELSE 'none' END AS reach"
      "          FROM (SELECT p.suppressed, p.agreed, l.bounced_at IS NOT NULL AS bounced,"
      "                       p.key IN (SELECT r.key FROM order_stage_refusal r) AS refuses,"
      "                       (SELECT c.action FROM consent c"
      "                         WHERE c.lead = p.lead AND c.purpose = 'marketing'"
      "                           AND c.channel = 'email' AND c.action <> 'annulled'"
      "                           AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = c.id)"
      "                         ORDER BY c.id DESC LIMIT 1) AS action"
      "                  FROM order_stage_person p LEFT JOIN lead l ON l.id = p.lead))";

static const char *const SQL_SUPPRESS[] = {
  "DELETE FROM order_stage_refusal"
  " WHERE hash IN (SELECT s.hash FROM suppression s WHERE s.reason NOT IN ('bounced', 'by hand'))",
  "INSERT INTO suppression (hash, email, reason, note, at)"
  " SELECT hash, email, 'unsubscribed', :file, :now FROM order_stage_refusal WHERE true"
  " ON CONFLICT (hash) DO UPDATE"
  "    SET reason = excluded.reason, note = excluded.note, at = excluded.at",
  "INSERT INTO event (lead, kind, at, ref, detail, run)"
  " SELECT l.id, 'lead.suppressed', :now, s.id, s.reason, nullif (:run, 0)"
  "   FROM order_stage_refusal r JOIN suppression s ON s.hash = r.hash"
  "   JOIN lead l ON l.email_key = r.key",
};

static const char SQL_ADD_ORDERS[]
    = "INSERT INTO sales_order (id, lead, at, currency, coupon, origin, shop, external, created_at,"
      " run)"
      " SELECT :orders + s.n, " LEAD ", s.at, s.currency, s.coupon, :origin, :shop, s.external,"
      " :now, :run"
      "   FROM order_stage s JOIN order_stage_person p ON p.n = s.person ORDER BY s.n";

/* Until when it is paid is known of a subscription where the file says it. */
static const char SQL_ADD_LINES[]
    = "INSERT INTO order_line (id, sales_order, product, quantity, amount, paid_until, tax,"
      " discount)"
      " SELECT (" HIGHEST ("line", "order_line") ") + l.id, :orders + l.n, l.product,"
      "        l.quantity, l.amount,"
      "        iif (p.period_months IS NOT NULL AND s.paid_until > s.at, s.paid_until, NULL),"
      "        l.tax, l.discount"
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

/* ---- counting */

static gboolean
read_sums (RungsOrderApply *self,
           GError         **error)
{
  g_autoptr (RungsStatement) query = rungs_import_script_prepare (&self->script, SQL_SUMS, error);
  GPtrArray *sums = self->result->sums;

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
count_reach (RungsOrderApply *self,
             GError         **error)
{
  RungsOrderImportResult *result = self->result;
  g_autoptr (RungsStatement) query
      = rungs_import_script_prepare (&self->script, SQL_COUNT_REACH, error);

  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  result->reach.may_write = rungs_statement_get_int64 (query, 0);
  result->reach.no_consent = rungs_statement_get_int64 (query, 1);
  result->reach.said_no = rungs_statement_get_int64 (query, 2);
  result->consents = rungs_statement_get_int64 (query, 3);
  return TRUE;
}

static gboolean
count_coupons (RungsOrderApply *self,
               GError         **error)
{
  RungsOrderImportResult *result = self->result;

  g_clear_pointer (&result->codes, g_ptr_array_unref);
  return rungs_coupon_run_count (self->script.db, &result->coupons_used, &result->codes, error);
}

static gboolean
count (RungsOrderApply *self,
       GError         **error)
{
  RungsImportScript *script = &self->script;
  RungsOrderImportResult *result = self->result;
  const RungsOrderStageCounts *counts = rungs_order_stage_get_counts (self->stage);
  gint64 given;

  if (!rungs_import_script_run (script, SQL_MATCH, error)
      || !rungs_import_script_ask (script, SQL_COUNT_MET, &result->leads_met, error)
      || !rungs_import_script_ask (script, SQL_COUNT_NEW, &result->leads_created, error)
      || !rungs_import_script_ask (script, SQL_COUNT_GIVEN, &given, error)
      || !read_sums (self, error) || !count_reach (self, error)
      || !count_coupons (self, error))
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
  g_return_val_if_fail (self != NULL, FALSE);

  return count (self, error);
}

/* ---- writing */

/* `made`: whether the source was not there before. */
static gboolean
ensure_source (RungsOrderApply *self,
               gboolean        *made,
               GError         **error)
{
  RungsImportParameters *parameters = &self->script.parameters;
  const char *text = self->options->source;
  g_autofree char *name = NULL;
  RungsSourceKind kind;
  gint64 highest;

  *made = FALSE;
  if (text == NULL)
    return TRUE;
  if (!rungs_source_parse (text, &kind, &name, error)
      || !rungs_import_script_ask (&self->script, SQL_HIGHEST_SOURCE, &highest, error))
    return FALSE;
  parameters->source
      = rungs_source_ensure (self->script.db, kind, name, parameters->now, error);
  *made = parameters->source > highest;
  return parameters->source != 0;
}

static gboolean
add_run (RungsOrderApply *self,
         GError         **error)
{
  const RungsOrderImportResult *result = self->result;
  g_autoptr (RungsStatement) insert
      = rungs_import_script_prepare (&self->script, SQL_ADD_RUN, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_id (insert, ":from", self->script.parameters.source);
  rungs_statement_bind_int64 (insert, ":rows_read", result->rows_read);
  rungs_statement_bind_int64 (insert, ":created", result->leads_created);
  rungs_statement_bind_int64 (insert, ":leads", result->leads_met);
  rungs_statement_bind_int64 (insert, ":refused", result->rows_refused);
  if (!rungs_statement_run (insert, error))
    return FALSE;
  self->script.parameters.run = rungs_db_get_last_id (self->script.db);
  return TRUE;
}

static gboolean
add_import (RungsOrderApply *self,
            GError         **error)
{
  const RungsOrderImportResult *result = self->result;
  g_autoptr (RungsStatement) insert
      = rungs_import_script_prepare (&self->script, SQL_ADD_IMPORT, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":shape", self->shape->id);
  rungs_statement_bind_int64 (insert, ":starts", self->options->starts);
  rungs_statement_bind_int64 (insert, ":created", result->orders_created);
  rungs_statement_bind_int64 (insert, ":known", result->orders_known);
  rungs_statement_bind_int64 (insert, ":refunds", result->refunds_created);
  rungs_statement_bind_int64 (insert, ":other", result->rows_other);
  return rungs_statement_run (insert, error);
}

static gboolean
write_leads (RungsOrderApply *self,
             GError         **error)
{
  RungsImportScript *script = &self->script;
  gint64 created = self->result->leads_created;
  gint64 before;

  if (!rungs_import_script_ask (script, SQL_COUNT_LEADS, &before, error)
      || !rungs_import_script_fill (script, "lead", SQL_ADD_LEADS, before * 4 < created - MANY,
                                    error)
      || !rungs_import_script_run_all (script, SQL_NOTE_LEADS, G_N_ELEMENTS (SQL_NOTE_LEADS),
                                       error))
    return FALSE;
  return created > before
             ? rungs_lead_search_rebuild (script->db, error)
             : rungs_lead_search_add_created (script->db, script->parameters.run, error);
}

static gboolean
suppress (RungsOrderApply *self,
          GError         **error)
{
  return rungs_import_script_run_all (&self->script, SQL_SUPPRESS, G_N_ELEMENTS (SQL_SUPPRESS),
                                      error);
}

static gboolean
write_about_leads (RungsOrderApply *self,
                   GError         **error)
{
  RungsImportScript *script = &self->script;

  return (script->parameters.heading == NULL
          || rungs_import_script_run (script, SQL_ADD_CONSENTS, error))
         && suppress (self, error);
}

static gboolean
write_orders (RungsOrderApply *self,
              GError         **error)
{
  RungsImportScript *script = &self->script;
  gint64 created = self->result->orders_created;
  gboolean many;
  gint64 before;

  if (!rungs_import_script_ask (script, SQL_COUNT_ORDERS, &before, error))
    return FALSE;
  many = before * 4 < created - MANY;
  return rungs_import_script_fill (script, "sales_order", SQL_ADD_ORDERS, many, error)
         && rungs_import_script_fill (script, "order_line", SQL_ADD_LINES, many, error)
         && rungs_subscription_date_run (script->db, script->parameters.run, error)
         && rungs_import_script_step (script, error)
         && rungs_import_script_run (script, SQL_TELL_PLACED, error)
         && rungs_import_script_run (script, SQL_TELL_RENEWED, error);
}

static gboolean
write_coupons (RungsOrderApply *self,
               GError         **error)
{
  const RungsImportParameters *parameters = &self->script.parameters;
  RungsOrderImportResult *result = self->result;

  if (!self->options->coupons)
    return TRUE;
  result->coupons_created = result->codes->len;
  for (guint i = 0; i < result->codes->len; i++)
    result->coupons_used += ((RungsCouponUnknown *) g_ptr_array_index (result->codes, i))->orders;
  return rungs_coupon_run_make (self->script.db, result->codes, parameters->run, parameters->now,
                                error);
}

static gboolean
write_touches (RungsOrderApply *self,
               GError         **error)
{
  RungsImportScript *script = &self->script;

  return rungs_coupon_run_use (script, &self->result->coupons_against, error)
         && (script->parameters.source == 0
             || rungs_import_script_run (script, SQL_ADD_TOUCHES, error));
}

static gboolean
give_back (RungsOrderApply *self,
           const char      *sql,
           gint64          *refunds,
           GError         **error)
{
  const RungsImportParameters *parameters = &self->script.parameters;
  g_autoptr (RungsStatement) query = rungs_import_script_prepare (&self->script, sql, error);
  gboolean done = TRUE;

  if (query == NULL)
    return FALSE;
  while (done && rungs_statement_step (query, error) == RUNGS_ROW)
    done = rungs_refund_add_of_run (
               self->script.db, rungs_statement_get_int64 (query, 0),
               rungs_statement_get_int64 (query, 1), rungs_statement_get_text (query, 2),
               rungs_statement_get_int64 (query, 3), rungs_statement_get_text (query, 4),
               parameters->run, parameters->now, error)
               != 0
           && (++*refunds % REFUNDS_STEP != 0 || rungs_import_script_step (&self->script, error));
  if (!done)
    rungs_statement_reset (query);
  return done && rungs_statement_done (query, error);
}

static gboolean
write_all (RungsOrderApply *self,
           GError         **error)
{
  RungsImportScript *script = &self->script;
  RungsImportParameters *parameters = &script->parameters;
  gint64 refunds = 0;
  gboolean made;

  return rungs_import_script_ask (script, SQL_HIGHEST_LEAD, &parameters->base, error)
         && rungs_import_script_ask (script, SQL_HIGHEST_ORDER, &parameters->orders, error)
         && ensure_source (self, &made, error) && add_run (self, error) && add_import (self, error)
         && (!made || rungs_import_script_run (script, SQL_MADE_SOURCE, error))
         && rungs_order_products_make (self->products, script->db, parameters->run,
                                       parameters->now, &self->result->products_created, error)
         && write_coupons (self, error) && write_leads (self, error)
         && write_about_leads (self, error) && write_orders (self, error)
         && write_touches (self, error) && give_back (self, SQL_GIVEN, &refunds, error)
         && give_back (self, SQL_REFUNDS, &refunds, error)
         && rungs_import_script_run (script, SQL_NOTE_REFUNDED, error)
         && rungs_order_products_remember (self->products, script->db, parameters->run,
                                           parameters->now, error);
}

gboolean
rungs_order_apply (RungsOrderApply *self,
                   GError         **error)
{
  const RungsImportParameters *parameters = &self->script.parameters;

  g_return_val_if_fail (self != NULL && rungs_db_in_write (self->script.db), FALSE);

  if (!rungs_order_stage_check_erased (self->stage, error) || !count (self, error))
    return FALSE;
  if (self->result->orders_created + self->result->refunds_created == 0)
    return suppress (self, error);
  if (!write_all (self, error))
    return FALSE;
  self->result->run = parameters->run;
  return rungs_event_add_of_run (self->script.db, 0, RUNGS_EVENT_IMPORT_DONE, parameters->now,
                                 parameters->run, parameters->file, parameters->run, error)
         != 0;
}
