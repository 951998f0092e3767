/* rungs-coupon-use-store.c: has orders use coupons, and takes that back. */

#include "ladder/rungs-coupon-use-store.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <json-glib/json-glib.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-event-store.h"

static const char SQL_FIND_TOUCH[]
    = "SELECT id FROM touch"
      " WHERE lead = :lead AND source = :source AND path = :path AND at = :at ORDER BY id LIMIT 1";

static const char SQL_ADD_TOUCH[]
    = "INSERT INTO touch (lead, source, path, at, detail, run)"
      " VALUES (:lead, :source, :path, :at, :detail, :run)";

static const char SQL_USES[]
    = "SELECT EXISTS (SELECT 1 FROM coupon_use WHERE sales_order = :order AND coupon = :coupon)";

/* A touch that was made for another use goes with the last of them. */
static const char SQL_ADD[]
    = "INSERT INTO coupon_use (sales_order, coupon, at, touch, made_touch, against)"
      " VALUES (:order, :coupon, :at, :touch,"
      "         :made OR EXISTS (SELECT 1 FROM coupon_use u"
      "                           WHERE u.touch = :touch AND u.made_touch = 1),"
      "         :against)";

static const char SQL_SET_TEXT[] = "UPDATE sales_order SET coupon = :text WHERE id = :id";

#define OF_USE                                                                                     \
  "(SELECT o.lead, u.at FROM coupon_use u JOIN sales_order o ON o.id = u.sales_order"              \
  "  WHERE u.sales_order = :order AND u.coupon = :coupon)"
#define MADE_TOUCH                                                                                 \
  "(SELECT u.touch FROM coupon_use u"                                                              \
  "  WHERE u.sales_order = :order AND u.coupon = :coupon AND u.made_touch = 1"                     \
  "    AND NOT EXISTS (SELECT 1 FROM coupon_use x"                                                 \
  "                     WHERE x.touch = u.touch"                                                   \
  "                       AND (x.sales_order, x.coupon) <> (u.sales_order, u.coupon)))"

/* The points that the events gave go with them. */
static const char *const SQL_RELEASE[] = {
  "UPDATE lead SET rescore_at = 0"
  " WHERE id = (SELECT o.lead FROM sales_order o WHERE o.id = :order)"
  "   AND EXISTS (SELECT 1 FROM score_rule WHERE kind IN ('coupon.redeemed', 'touch.made'))",
  "DELETE FROM event"
  " WHERE (lead, at) = " OF_USE " AND kind = 'touch.made' AND ref = " MADE_TOUCH,
  "DELETE FROM event"
  " WHERE (lead, at) = " OF_USE " AND kind = 'coupon.redeemed' AND ref = :order"
  "   AND detail ->> '$.coupon' = :coupon",
  "DELETE FROM touch WHERE id = " MADE_TOUCH,
  "DELETE FROM coupon_use WHERE sales_order = :order AND coupon = :coupon",
};

static const char SQL_USE_IS_THERE[]
    = "SELECT o.lead FROM coupon_use u JOIN sales_order o ON o.id = u.sales_order"
      " WHERE u.sales_order = :order AND u.coupon = :coupon";

static const char SQL_TEXTS[]
    = "SELECT DISTINCT coupon FROM sales_order WHERE coupon <> ''";

static const char SQL_ORDERS_OF_TEXT[]
    = "SELECT o.id FROM sales_order o"
      " WHERE o.coupon = :text"
      "   AND NOT EXISTS (SELECT 1 FROM coupon_use u"
      "                    WHERE u.sales_order = o.id AND u.coupon = :coupon)"
      " ORDER BY o.at, o.id";

static const char SQL_ORDERS_OF_COUPON[]
    = "SELECT sales_order FROM coupon_use WHERE coupon = :coupon ORDER BY at, sales_order";

/* ---- the touch */

/* An order that uses a coupon. */
typedef struct
{
  gint64 order;
  gint64 lead;
  gint64 at;
  gint64 run; /* 0: none */
} Use;

static gboolean
find_touch (RungsDb           *db,
            const Use         *use,
            const RungsCoupon *coupon,
            gint64            *touch,
            GError           **error)
{
  g_autoptr (RungsStatement) find = rungs_db_prepare (db, SQL_FIND_TOUCH, error);

  if (find == NULL)
    return FALSE;
  rungs_statement_bind_int64 (find, ":lead", use->lead);
  rungs_statement_bind_int64 (find, ":source", coupon->source);
  rungs_statement_bind_text (find, ":path", rungs_path_to_text (coupon->path));
  rungs_statement_bind_int64 (find, ":at", use->at);
  return rungs_statement_get_number (find, 0, touch, error);
}

/* A touch of an import is no event by itself. */
static gint64
add_touch_of_run (RungsDb           *db,
                  const Use         *use,
                  const RungsCoupon *coupon,
                  GError           **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD_TOUCH, error);

  if (add == NULL)
    return 0;
  rungs_statement_bind_int64 (add, ":lead", use->lead);
  rungs_statement_bind_int64 (add, ":source", coupon->source);
  rungs_statement_bind_text (add, ":path", rungs_path_to_text (coupon->path));
  rungs_statement_bind_int64 (add, ":at", use->at);
  rungs_statement_bind_text (add, ":detail", coupon->code);
  rungs_statement_bind_int64 (add, ":run", use->run);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

/* `touch`: 0 where the coupon tells of no source; `made`: whether it was not there. */
static gboolean
ensure_touch (RungsDb           *db,
              const Use         *use,
              const RungsCoupon *coupon,
              gint64            *touch,
              gboolean          *made,
              GError           **error)
{
  *made = FALSE;
  *touch = 0;
  if (coupon->source == 0)
    return TRUE;
  if (!find_touch (db, use, coupon, touch, error))
    return FALSE;
  if (*touch != 0)
    return TRUE;
  *made = TRUE;
  *touch = use->run != 0 ? add_touch_of_run (db, use, coupon, error)
                         : rungs_touch_add (db, use->lead, coupon->source, coupon->path, use->at,
                                            coupon->code, error);
  return *touch != 0;
}

/* ---- using */

static gboolean
insert (RungsDb                *db,
        const Use              *use,
        const RungsCouponCheck *check,
        GError                **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);
  gboolean made;
  gint64 touch;

  if (add == NULL || !ensure_touch (db, use, check->coupon, &touch, &made, error))
    return FALSE;
  rungs_statement_bind_int64 (add, ":order", use->order);
  rungs_statement_bind_int64 (add, ":coupon", check->coupon->id);
  rungs_statement_bind_int64 (add, ":at", use->at);
  rungs_statement_bind_id (add, ":touch", touch);
  rungs_statement_bind_int64 (add, ":made", made);
  rungs_statement_bind_text (add, ":against", rungs_coupon_verdict_to_text (check->verdict));
  return rungs_statement_run (add, error);
}

/* {"coupon": 7, "code": "SPRING10", "against": "over"} */
static char *
describe (const RungsCouponCheck *check)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rungs_json_add_number (builder, "coupon", check->coupon->id);
  rungs_json_add_text (builder, "code", check->coupon->code);
  rungs_json_add_text (builder, "against", rungs_coupon_verdict_to_text (check->verdict));
  json_builder_end_object (builder);
  return rungs_json_dup (builder);
}

static gboolean
is_using (RungsDb  *db,
          gint64    coupon,
          gint64    order,
          gboolean *using,
          GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_USES, error);
  gint64 there;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":order", order);
  rungs_statement_bind_int64 (query, ":coupon", coupon);
  if (!rungs_statement_get_number (query, 0, &there, error))
    return FALSE;
  *using = there != 0;
  return TRUE;
}

static gboolean
use_one (RungsDb                *db,
         const Use              *use,
         const RungsCouponCheck *check,
         GError                **error)
{
  g_autofree char *detail = NULL;
  gboolean using;

  if (check->coupon == NULL)
    return TRUE;
  if (!is_using (db, check->coupon->id, use->order, &using, error))
    return FALSE;
  if (using)
    return TRUE;
  detail = describe (check);
  return insert (db, use, check, error)
         && rungs_event_add_of_run (db, use->lead, RUNGS_EVENT_COUPON_REDEEMED, use->at,
                                    use->order, detail, use->run, error)
                != 0;
}

gboolean
rungs_coupon_use (RungsDb   *db,
                  gint64     order,
                  gint64     lead,
                  gint64     at,
                  GPtrArray *checks,
                  gint64     run,
                  GError   **error)
{
  const Use use = { order, lead, at, run };

  g_return_val_if_fail (checks != NULL, FALSE);

  for (guint i = 0; i < checks->len; i++)
    if (!use_one (db, &use, g_ptr_array_index (checks, i), error))
      return FALSE;
  return TRUE;
}

/* ---- orders that are there */

static gboolean
set_text (RungsDb    *db,
          gint64      order,
          const char *text,
          GError    **error)
{
  g_autoptr (RungsStatement) set = rungs_db_prepare (db, SQL_SET_TEXT, error);

  if (set == NULL)
    return FALSE;
  rungs_statement_bind_text (set, ":text", text);
  return rungs_record_change (db, set, order, "order", error);
}

/* The text without the code; `found`: whether it was in it. */
static char *
text_without (const char *text,
              const char *code,
              gboolean   *found)
{
  g_auto (GStrv) codes = rungs_coupon_split (text);
  g_autoptr (GStrvBuilder) others = g_strv_builder_new ();
  g_autofree char *wanted = rungs_coupon_key (code);
  g_auto (GStrv) parts = NULL;

  *found = FALSE;
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *key = rungs_coupon_key (codes[i]);

      if (g_str_equal (key, wanted))
        *found = TRUE;
      else
        g_strv_builder_add (others, codes[i]);
    }
  parts = g_strv_builder_end (others);
  return g_strjoinv (", ", parts);
}

static gboolean
add_code (RungsDb          *db,
          const RungsOrder *order,
          const char       *code,
          GError          **error)
{
  gboolean found;
  g_autofree char *others = text_without (order->coupon, code, &found);
  g_autofree char *text = g_strconcat (others, *others != '\0' ? ", " : "", code, NULL);

  return found || set_text (db, order->id, text, error);
}

static gboolean
remove_code (RungsDb          *db,
             const RungsOrder *order,
             const char       *code,
             GError          **error)
{
  gboolean found;
  g_autofree char *others = text_without (order->coupon, code, &found);

  return !found || set_text (db, order->id, others, error);
}

static GPtrArray *
judge_order (RungsDb          *db,
             const RungsOrder *order,
             gint64            coupon,
             GError          **error)
{
  g_autoptr (GArray) products = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) checks
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_coupon_check_free);
  RungsCouponQuestion question = { order->lead, order->at, products, order->id };
  RungsCouponCheck *check = g_new0 (RungsCouponCheck, 1);

  g_ptr_array_add (checks, check);
  for (guint i = 0; i < order->lines->len; i++)
    g_array_append_val (products, ((RungsOrderLine *) order->lines->pdata[i])->product);
  check->coupon = rungs_coupon_load (db, coupon, error);
  if (check->coupon == NULL || !rungs_coupon_judge (db, &question, check, error))
    return NULL;
  check->code = g_strdup (check->coupon->code);
  return g_steal_pointer (&checks);
}

/* `anyway`: whatever the verdict. */
static gboolean
use_by (RungsDb          *db,
        const RungsOrder *order,
        gint64            coupon,
        gboolean          anyway,
        GError          **error)
{
  g_autoptr (GPtrArray) checks = judge_order (db, order, coupon, error);

  return checks != NULL && (anyway || rungs_coupon_checks_fit (checks, error))
         && rungs_coupon_use (db, order->id, order->lead, order->at, checks, 0, error);
}

gboolean
rungs_coupon_redeem (RungsDb *db,
                     gint64   coupon,
                     gint64   order,
                     gboolean anyway,
                     GError **error)
{
  g_autoptr (RungsOrder) stored = rungs_order_load (db, order, error);
  g_autoptr (RungsCoupon) known = stored ? rungs_coupon_load (db, coupon, error) : NULL;
  gboolean using;

  if (known == NULL || !is_using (db, coupon, order, &using, error))
    return FALSE;
  if (using)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("Order %" PRId64 " has used %s already."), order, known->code);
      return FALSE;
    }
  return use_by (db, stored, coupon, anyway, error)
         && add_code (db, stored, known->code, error);
}

/* ---- taking back */

static gboolean
run_release (RungsDb *db,
             gint64   coupon,
             gint64   order,
             GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (SQL_RELEASE); i++)
    {
      g_autoptr (RungsStatement) statement = rungs_db_prepare (db, SQL_RELEASE[i], error);

      if (statement == NULL)
        return FALSE;
      rungs_statement_offer_int64 (statement, ":order", order);
      rungs_statement_offer_int64 (statement, ":coupon", coupon);
      if (!rungs_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_is_used (RungsDb           *db,
               const RungsCoupon *coupon,
               gint64             order,
               gint64            *lead,
               GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_USE_IS_THERE, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":order", order);
  rungs_statement_bind_int64 (query, ":coupon", coupon->id);
  if (!rungs_statement_get_number (query, 0, lead, error))
    return FALSE;
  if (*lead == 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                 _ ("Order %" PRId64 " has not used %s."), order, coupon->code);
  return *lead != 0;
}

/* Tells it. */
static gboolean
release (RungsDb           *db,
         const RungsCoupon *coupon,
         gint64             order,
         gint64             now,
         GError           **error)
{
  gint64 lead;

  return check_is_used (db, coupon, order, &lead, error)
         && run_release (db, coupon->id, order, error)
         && rungs_event_add (db, lead, RUNGS_EVENT_COUPON_UNDONE, now, coupon->id, coupon->code,
                             error)
                != 0;
}

gboolean
rungs_coupon_release (RungsDb *db,
                      gint64   coupon,
                      gint64   order,
                      gint64   now,
                      GError **error)
{
  g_autoptr (RungsCoupon) known = rungs_coupon_load (db, coupon, error);
  g_autoptr (RungsOrder) stored = known ? rungs_order_load (db, order, error) : NULL;

  return stored != NULL && release (db, known, order, now, error)
         && remove_code (db, stored, known->code, error);
}

/* ---- all orders of a code */

static gboolean
collect_ids (RungsStatement *query,
             GArray         *ids,
             GError        **error)
{
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 0);

      g_array_append_val (ids, id);
    }
  return rungs_statement_done (query, error);
}

/* Adds the orders that carry the text and do not use the coupon. */
static gboolean
collect_orders (RungsDb    *db,
                gint64      coupon,
                const char *text,
                GArray     *orders,
                GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ORDERS_OF_TEXT, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":text", text);
  rungs_statement_bind_int64 (query, ":coupon", coupon);
  return collect_ids (query, orders, error);
}

static GArray *
find_orders (RungsDb           *db,
             const RungsCoupon *coupon,
             GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TEXTS, error);
  g_autoptr (GArray) orders = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      const char *text = rungs_statement_get_text (query, 0);
      gboolean found;
      g_autofree char *others = text_without (text, coupon->code, &found);

      if (found && !collect_orders (db, coupon->id, text, orders, error))
        return NULL;
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&orders) : NULL;
}

gboolean
rungs_coupon_adopt (RungsDb *db,
                    gint64   coupon,
                    gint64  *count,
                    GError **error)
{
  g_autoptr (RungsCoupon) known = rungs_coupon_load (db, coupon, error);
  g_autoptr (GArray) orders = known ? find_orders (db, known, error) : NULL;

  if (orders == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    {
      g_autoptr (RungsOrder) order
          = rungs_order_load (db, g_array_index (orders, gint64, i), error);

      if (order == NULL || !use_by (db, order, coupon, TRUE, error))
        return FALSE;
    }
  if (count != NULL)
    *count = orders->len;
  return TRUE;
}

gboolean
rungs_coupon_release_all (RungsDb *db,
                          gint64   coupon,
                          gint64   now,
                          GError **error)
{
  g_autoptr (RungsCoupon) known = rungs_coupon_load (db, coupon, error);
  g_autoptr (RungsStatement) query
      = known ? rungs_db_prepare (db, SQL_ORDERS_OF_COUPON, error) : NULL;
  g_autoptr (GArray) orders = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":coupon", coupon);
  if (!collect_ids (query, orders, error))
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    if (!release (db, known, g_array_index (orders, gint64, i), now, error))
      return FALSE;
  return TRUE;
}
