/* rungs-coupon-judge-store.c: whether an order may use a coupon, and why not. */

#include "ladder/rungs-coupon-judge-store.h"

#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-coupon-store.h"
#include "leads/rungs-business-store.h"

/* No more are counted than it takes. */
static const char SQL_COUNT[]
    = "SELECT count (*) FROM (SELECT 1 FROM coupon_redeemed"
      "                        WHERE coupon = :coupon AND sales_order <> :order LIMIT :most)";

static const char SQL_COUNT_OF_LEAD[]
    = "SELECT count (*) FROM (SELECT 1 FROM coupon_redeemed"
      "                        WHERE lead = :lead AND +coupon = :coupon AND sales_order <> :order"
      "                        LIMIT :most)";

/* Whether as many orders as may have used it; of the lead where the statement asks for one. */
static gboolean
is_used_up (RungsDb                   *db,
            const char                *sql,
            const RungsCouponQuestion *question,
            gint64                     coupon,
            gint64                     most,
            gboolean                  *used_up,
            GError                   **error)
{
  g_autoptr (RungsStatement) query = NULL;
  gint64 uses;

  *used_up = FALSE;
  if (most == 0)
    return TRUE;
  query = rungs_db_prepare (db, sql, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":coupon", coupon);
  rungs_statement_bind_int64 (query, ":order", question->order);
  rungs_statement_bind_int64 (query, ":most", most);
  rungs_statement_offer_int64 (query, ":lead", question->lead);
  if (!rungs_statement_get_number (query, 0, &uses, error))
    return FALSE;
  *used_up = uses >= most;
  return TRUE;
}

static gboolean
is_ordered (const RungsCouponQuestion *question,
            gint64                     product)
{
  if (product == 0 || question->products == NULL)
    return TRUE;
  for (guint i = 0; i < question->products->len; i++)
    if (g_array_index (question->products, gint64, i) == product)
      return TRUE;
  return FALSE;
}

/* What can be said without counting. */
static RungsCouponVerdict
judge_terms (const RungsCouponQuestion *question,
             const RungsCoupon         *coupon,
             GTimeZone                 *zone)
{
  g_autofree char *day = rungs_time_format_day (question->at, zone);

  if (coupon->retired_at != 0 && question->at >= coupon->retired_at)
    return RUNGS_COUPON_RETIRED;
  if (*coupon->valid_from != '\0' && strcmp (day, coupon->valid_from) < 0)
    return RUNGS_COUPON_NOT_YET;
  if (*coupon->valid_until != '\0' && strcmp (day, coupon->valid_until) > 0)
    return RUNGS_COUPON_OVER;
  return is_ordered (question, coupon->product) ? RUNGS_COUPON_FITS : RUNGS_COUPON_OTHER_PRODUCT;
}

static gboolean
judge_uses (RungsDb                   *db,
            const RungsCouponQuestion *question,
            RungsCouponCheck          *check,
            GError                   **error)
{
  const RungsCoupon *coupon = check->coupon;
  gboolean of_all, of_lead = FALSE;

  if (!is_used_up (db, SQL_COUNT, question, coupon->id, coupon->most_uses, &of_all, error)
      || (question->lead != 0
          && !is_used_up (db, SQL_COUNT_OF_LEAD, question, coupon->id, coupon->most_per_lead,
                          &of_lead, error)))
    return FALSE;
  if (of_all)
    check->verdict = RUNGS_COUPON_USED_UP;
  else if (of_lead)
    check->verdict = RUNGS_COUPON_USED_BY_LEAD;
  return TRUE;
}

gboolean
rungs_coupon_judge (RungsDb                   *db,
                    const RungsCouponQuestion *question,
                    RungsCouponCheck          *check,
                    GError                   **error)
{
  g_autoptr (GTimeZone) zone = NULL;

  g_return_val_if_fail (question != NULL && check != NULL, FALSE);

  check->verdict = RUNGS_COUPON_UNKNOWN;
  if (check->coupon == NULL)
    return TRUE;
  zone = rungs_business_zone (db, error);
  if (zone == NULL)
    return FALSE;
  check->verdict = judge_terms (question, check->coupon, zone);
  return check->verdict != RUNGS_COUPON_FITS || judge_uses (db, question, check, error);
}

static RungsCouponCheck *
check_code (RungsDb                   *db,
            const RungsCouponQuestion *question,
            const char                *code,
            GError                   **error)
{
  g_autoptr (RungsCouponCheck) check = g_new0 (RungsCouponCheck, 1);
  gint64 id;

  check->code = g_strdup (code);
  if (!rungs_coupon_find (db, code, &id, error)
      || (id != 0 && (check->coupon = rungs_coupon_load (db, id, error)) == NULL)
      || !rungs_coupon_judge (db, question, check, error))
    return NULL;
  return g_steal_pointer (&check);
}

GPtrArray *
rungs_coupon_check_text (RungsDb                   *db,
                         const RungsCouponQuestion *question,
                         const char                *text,
                         GError                   **error)
{
  g_autoptr (GPtrArray) checks
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_coupon_check_free);
  g_auto (GStrv) codes = rungs_coupon_split (text);

  g_return_val_if_fail (question != NULL, NULL);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      RungsCouponCheck *check = check_code (db, question, codes[i], error);

      if (check == NULL)
        return NULL;
      g_ptr_array_add (checks, check);
    }
  return g_steal_pointer (&checks);
}

GPtrArray *
rungs_coupon_check_order (RungsDb          *db,
                          const RungsOrder *order,
                          GError          **error)
{
  g_autoptr (GArray) products = g_array_new (FALSE, FALSE, sizeof (gint64));
  RungsCouponQuestion question = { order->lead, order->at, products, order->id };

  for (guint i = 0; i < order->lines->len; i++)
    g_array_append_val (products, ((RungsOrderLine *) order->lines->pdata[i])->product);
  return rungs_coupon_check_text (db, &question, order->coupon, error);
}

char *
rungs_coupon_checks_dup_codes (GPtrArray *checks)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (checks != NULL, NULL);

  for (guint i = 0; i < checks->len; i++)
    {
      const RungsCouponCheck *check = g_ptr_array_index (checks, i);

      g_strv_builder_add (codes, check->coupon != NULL ? check->coupon->code : check->code);
    }
  parts = g_strv_builder_end (codes);
  return g_strjoinv (", ", parts);
}

gboolean
rungs_coupon_checks_fit (GPtrArray *checks,
                         GError   **error)
{
  g_return_val_if_fail (checks != NULL, FALSE);

  for (guint i = 0; i < checks->len; i++)
    {
      g_autofree char *why = rungs_coupon_check_dup_why (g_ptr_array_index (checks, i));

      if (why == NULL)
        continue;
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
      return FALSE;
    }
  return TRUE;
}
