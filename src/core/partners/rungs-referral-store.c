/* rungs-referral-store.c: which partner brought which order. */

#include "partners/rungs-referral-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "partners/rungs-programme-store.h"

static const char SQL_ORDER[]
    = "SELECT o.at, o.lead, l.created_at,"
      "       (SELECT count (*) FROM sales_order e"
      "         WHERE e.lead = o.lead AND (e.at, e.id) < (o.at, o.id)),"
      "       (SELECT min (e.at) FROM sales_order e WHERE e.lead = o.lead)"
      "  FROM sales_order o JOIN lead l ON l.id = o.lead WHERE o.id = :id";

/* Whether p earned nothing at the moment of o. */
#define IS_IDLE                                                                                    \
  "EXISTS (SELECT 1 FROM partner_idle i WHERE i.partner = p.id AND i.from_at <= o.at"              \
  "           AND (i.until_at IS NULL OR i.until_at > o.at))"

static const char SQL_TOUCHES[]
    = "SELECT t.id, t.at, p.id, s.kind = 'jv', t.path = 'phone', " IS_IDLE
      "  FROM sales_order o"
      "  JOIN touch t ON t.lead = o.lead AND t.at <= o.at"
      "  JOIN source s ON s.id = t.source"
      "  LEFT JOIN partner p ON p.source = t.source"
      " WHERE o.id = :id ORDER BY t.at, t.id";

/* In the order in which the order's text has them. */
static const char SQL_COUPONS[]
    = "SELECT u.coupon, o.at, p.id, s.kind = 'jv', 0, " IS_IDLE
      "  FROM coupon_use u"
      "  JOIN sales_order o ON o.id = u.sales_order"
      "  JOIN coupon c ON c.id = u.coupon"
      "  JOIN source s ON s.id = c.source"
      "  JOIN partner p ON p.source = s.id"
      " WHERE u.sales_order = :id ORDER BY instr (lower (o.coupon), lower (c.code)), c.id";

static const char SQL_FIRST_SALE[]
    = "SELECT r.partner, s.kind = 'jv', " IS_IDLE
      "  FROM sales_order o"
      "  JOIN referral r ON r.sales_order = (SELECT e.id FROM sales_order e WHERE e.lead = o.lead"
      "                                       ORDER BY e.at, e.id LIMIT 1)"
      "  JOIN partner p ON p.id = r.partner"
      "  JOIN source s ON s.id = p.source"
      " WHERE o.id = :id AND r.sales_order <> o.id";

static const char SQL_LOAD[] = "SELECT sales_order, at, partner, touch, decided_at, by_hand, saw"
                               "  FROM referral WHERE sales_order = :id";

static const char SQL_IS_DECIDED[] = "SELECT count (*) FROM referral WHERE sales_order = :id";

static const char SQL_SAVE[]
    = "INSERT OR REPLACE INTO referral (sales_order, at, partner, touch, saw, decided_at, by_hand)"
      " VALUES (:order, :at, :partner, :touch, :saw, :now, :by_hand)";

static const char SQL_FORGET[] = "DELETE FROM referral WHERE sales_order = :id";

static const char SQL_AT[] = "SELECT at FROM sales_order WHERE id = :id";

/* ---- facts */

static RungsAttributionTouch
read_touch (RungsStatement *row)
{
  return (RungsAttributionTouch){
    .id = rungs_statement_get_int64 (row, 0),
    .at = rungs_statement_get_int64 (row, 1),
    .partner = rungs_statement_get_int64 (row, 2),
    .is_jv = rungs_statement_get_int64 (row, 3) != 0,
    .is_phone = rungs_statement_get_int64 (row, 4) != 0,
    .is_idle = rungs_statement_get_int64 (row, 5) != 0,
  };
}

static gboolean
read_touches (RungsDb    *db,
              const char *sql,
              gint64      order,
              GArray     *touches,
              GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", order);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsAttributionTouch touch = read_touch (query);

      g_array_append_val (touches, touch);
    }
  return rungs_statement_done (query, error);
}

static gboolean
read_first_sale (RungsDb               *db,
                 gint64                 order,
                 RungsAttributionFacts *facts,
                 GError               **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIRST_SALE, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", order);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    {
      facts->first_sale = rungs_statement_get_int64 (query, 0);
      facts->first_sale_is_jv = rungs_statement_get_int64 (query, 1) != 0;
      facts->first_sale_is_idle = rungs_statement_get_int64 (query, 2) != 0;
    }
  return step != RUNGS_FAILED;
}

/* Returns: (transfer full) (nullable). */
static RungsAttributionFacts *
read_order (RungsDb *db,
            gint64   order,
            gint64  *lead,
            GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ORDER, error);
  RungsAttributionFacts *facts;
  RungsStep step;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", order);
  step = rungs_statement_step (query, error);
  if (step != RUNGS_ROW)
    {
      if (step == RUNGS_DONE)
        rungs_record_refuse_missing ("order", order, error);
      return NULL;
    }
  facts = rungs_attribution_facts_new (rungs_statement_get_int64 (query, 0));
  *lead = rungs_statement_get_int64 (query, 1);
  facts->known_at
      = MIN (rungs_statement_get_int64 (query, 2), rungs_statement_get_int64 (query, 4));
  facts->orders_before = rungs_statement_get_int64 (query, 3);
  return facts;
}

RungsAttributionFacts *
rungs_referral_facts (RungsDb *db,
                      gint64   order,
                      gint64  *lead,
                      GError **error)
{
  g_autoptr (RungsAttributionFacts) facts = NULL;

  g_return_val_if_fail (db != NULL && lead != NULL, NULL);

  facts = read_order (db, order, lead, error);
  if (facts == NULL || !read_touches (db, SQL_TOUCHES, order, facts->touches, error)
      || !read_touches (db, SQL_COUPONS, order, facts->coupons, error)
      || !read_first_sale (db, order, facts, error))
    return NULL;
  if (facts->touches->len > 0)
    facts->known_at
        = MIN (facts->known_at, g_array_index (facts->touches, RungsAttributionTouch, 0).at);
  return g_steal_pointer (&facts);
}

/* ---- what was decided */

void
rungs_referral_free (RungsReferral *self)
{
  g_clear_pointer (&self->saw, g_array_unref);
  g_free (self);
}

static gpointer
read_referral (RungsStatement *row)
{
  RungsReferral *referral = g_new0 (RungsReferral, 1);

  referral->order = rungs_statement_get_int64 (row, 0);
  referral->at = rungs_statement_get_int64 (row, 1);
  referral->partner = rungs_statement_get_int64 (row, 2);
  referral->touch = rungs_statement_get_int64 (row, 3);
  referral->decided_at = rungs_statement_get_int64 (row, 4);
  referral->by_hand = rungs_statement_get_int64 (row, 5) != 0;
  referral->saw = rungs_attribution_lines_parse (rungs_statement_get_text (row, 6));
  return referral;
}

RungsReferral *
rungs_referral_load (RungsDb *db,
                     gint64   order,
                     GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LOAD, error);
  if (query != NULL)
    rungs_statement_bind_int64 (query, ":id", order);
  return rungs_record_first (query, read_referral,
                             _ ("nobody has decided yet who brought this order"), error);
}

static gboolean
save (RungsDb    *db,
      gint64      order,
      gint64      at,
      gint64      partner,
      gint64      touch,
      const char *saw,
      gboolean    by_hand,
      gint64      now,
      GError    **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, SQL_SAVE, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_bind_int64 (statement, ":order", order);
  rungs_statement_bind_int64 (statement, ":at", at);
  rungs_statement_bind_id (statement, ":partner", partner);
  rungs_statement_bind_id (statement, ":touch", touch);
  rungs_statement_bind_text (statement, ":saw", saw);
  rungs_statement_bind_int64 (statement, ":by_hand", by_hand);
  rungs_statement_bind_int64 (statement, ":now", now);
  return rungs_statement_run (statement, error);
}

gboolean
rungs_referral_decide (RungsDb  *db,
                       gint64    order,
                       gint64    now,
                       gboolean *decided,
                       GError  **error)
{
  g_auto (RungsAttribution) answer = { 0 };
  g_autoptr (RungsAttributionFacts) facts = NULL;
  g_autoptr (GArray) rules = NULL;
  g_autofree char *saw = NULL;
  gint64 lead, there;

  g_return_val_if_fail (db != NULL && decided != NULL, FALSE);

  *decided = FALSE;
  if (!rungs_record_ask (db, SQL_IS_DECIDED, order, 0, &there, error))
    return FALSE;
  if (there > 0)
    return TRUE;
  facts = rungs_referral_facts (db, order, &lead, error);
  rules = facts != NULL ? rungs_attribution_rules_load (db, facts->at, error) : NULL;
  if (rules == NULL)
    return FALSE;
  rungs_attribution_decide (rules, facts, &answer);
  saw = rungs_attribution_lines_to_json (answer.lines);
  *decided = save (db, order, facts->at, answer.partner, answer.touch, saw, FALSE, now, error);
  return *decided;
}

gboolean
rungs_referral_set (RungsDb *db,
                    gint64   order,
                    gint64   partner,
                    gint64   now,
                    GError **error)
{
  gint64 at;

  g_return_val_if_fail (db != NULL, FALSE);

  if (!rungs_record_ask (db, SQL_AT, order, G_MININT64, &at, error))
    return FALSE;
  return at != G_MININT64 ? save (db, order, at, partner, 0, "[]", TRUE, now, error)
                          : rungs_record_refuse_missing ("order", order, error);
}

gboolean
rungs_referral_restore (RungsDb             *db,
                        const RungsReferral *was,
                        GError             **error)
{
  g_autofree char *saw = NULL;

  g_return_val_if_fail (db != NULL && was != NULL, FALSE);

  saw = rungs_attribution_lines_to_json (was->saw);
  return save (db, was->order, was->at, was->partner, was->touch, saw, was->by_hand,
               was->decided_at, error);
}

gboolean
rungs_referral_forget (RungsDb *db,
                       gint64   order,
                       GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return rungs_record_run (db, SQL_FORGET, order, error);
}
