/* rungs-web-order-store.c: orders, money given back, and subscriptions that end.
 *
 * A seller tells of one purchase under several numbers: of the payment, the invoice, the session.
 * All are written down (web_reference); an order of which any is known is there already, and gets
 * the others. So it does not matter which message comes first.
 *
 * What was given back is told one refund at a time, each with its number, or as the sum until now;
 * then only what the sum is more than before is given back. Never more than is left. */

#include "web/rungs-web-order-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-order-products-store.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-lead-store.h"
#include "web/rungs-web-won-store.h"

static const char SQL_FIND[]
    = "SELECT r.sales_order FROM web_reference r"
      " WHERE r.seller = :seller AND r.reference = :reference AND r.is_order = 1"
      " UNION ALL SELECT o.id FROM sales_order o WHERE o.external = :seller || ':' || :reference"
      " LIMIT 1";

static const char SQL_REFER[]
    = "INSERT INTO web_reference (seller, reference, sales_order, is_order)"
      " VALUES (:seller, :reference, :order, :is_order)"
      " ON CONFLICT (seller, reference, sales_order) DO UPDATE"
      " SET is_order = max (is_order, excluded.is_order)";

static const char SQL_LEAD[] = "SELECT lead FROM sales_order WHERE id = :id";

static const char SQL_CLAIM[] = "UPDATE web_delivery SET lead = :lead WHERE id = :delivery";

static const char SQL_PAID_UNTIL[]
    = "UPDATE order_line SET paid_until = :until"
      " WHERE sales_order = :order AND paid_until IS NOT NULL";

static const char SQL_END[]
    = "INSERT INTO web_ended (seller, reference, at) VALUES (:seller, :reference, :at)"
      " ON CONFLICT (seller, reference) DO UPDATE SET at = min (at, excluded.at)";

/* What ended ends then, whichever came first. */
static const char SQL_HEED_ENDS[]
    = "UPDATE order_line SET paid_until ="
      "   (SELECT min (e.at) FROM web_ended e"
      "      JOIN web_reference r ON r.seller = e.seller AND r.reference = e.reference"
      "     WHERE r.sales_order = order_line.sales_order)"
      " WHERE paid_until IS NOT NULL"
      "   AND sales_order IN (SELECT r.sales_order FROM web_reference r"
      "                        WHERE r.seller = :seller AND r.reference = :reference)"
      "   AND paid_until > (SELECT min (e.at) FROM web_ended e"
      "      JOIN web_reference r ON r.seller = e.seller AND r.reference = e.reference"
      "     WHERE r.sales_order = order_line.sales_order)";

static const char SQL_SO_FAR[] = "SELECT amount FROM web_given_back WHERE sales_order = :id";

static const char SQL_SET_SO_FAR[]
    = "INSERT INTO web_given_back (sales_order, amount) VALUES (:order, :amount)"
      " ON CONFLICT (sales_order) DO UPDATE SET amount = excluded.amount";

static const char SQL_IS_REFUND[]
    = "SELECT EXISTS (SELECT 1 FROM refund WHERE external = :external)";

/* ---- references */

/* `order` (out): that has one of them; 0: none. */
static gboolean
find_order (RungsWebWork  *work,
            GPtrArray     *references,
            gint64        *order,
            GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (work->db, SQL_FIND, error);

  *order = 0;
  for (guint i = 0; query != NULL && *order == 0 && i < references->len; i++)
    {
      rungs_statement_bind_text (query, ":seller", work->seller);
      rungs_statement_bind_text (query, ":reference", references->pdata[i]);
      if (!rungs_statement_get_number (query, 0, order, error))
        return FALSE;
    }
  return query != NULL;
}

static gboolean
run_for (RungsWebWork  *work,
         const char    *sql,
         const char    *reference,
         gint64         order,
         gint64         number,
         GError       **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (work->db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_offer_text (statement, ":seller", work->seller);
  rungs_statement_offer_text (statement, ":reference", reference);
  rungs_statement_offer_int64 (statement, ":order", order);
  rungs_statement_offer_int64 (statement, ":is_order", number);
  rungs_statement_offer_int64 (statement, ":at", number);
  rungs_statement_offer_int64 (statement, ":until", number);
  rungs_statement_offer_int64 (statement, ":amount", number);
  rungs_statement_offer_int64 (statement, ":lead", number);
  rungs_statement_offer_int64 (statement, ":delivery", work->delivery);
  return rungs_statement_run (statement, error);
}

static gboolean
refer (RungsWebWork  *work,
       GPtrArray     *references,
       gint64         order,
       gboolean       is_order,
       GError       **error)
{
  for (guint i = 0; i < references->len; i++)
    if (!run_for (work, SQL_REFER, references->pdata[i], order, is_order, error)
        || !run_for (work, SQL_HEED_ENDS, references->pdata[i], order, 0, error))
      return FALSE;
  return TRUE;
}

static gboolean
claim (RungsWebWork  *work,
       gint64         order,
       GError       **error)
{
  gint64 lead = 0;

  if (!rungs_record_ask (work->db, SQL_LEAD, order, 0, &lead, error))
    return FALSE;
  work->lead = work->lead == 0 || work->lead == lead ? lead : -1;
  return work->lead <= 0 || run_for (work, SQL_CLAIM, NULL, 0, lead, error);
}

/* ---- orders */

static gint64
find_product (RungsWebWork        *work,
              RungsOrderProducts  *products,
              const RungsWebLine  *line,
              const char          *currency,
              GError             **error)
{
  const RungsOrderName *name = rungs_order_products_find (
      products, line->sku, line->name, line->quantity,
      rungs_money (MAX (line->amount, 0), *currency != '\0' ? currency : "EUR"));

  if (name != NULL && name->choice == RUNGS_CHOICE_PRODUCT)
    return name->product;
  if (name != NULL && name->choice == RUNGS_CHOICE_LEAVE_OUT)
    return -1;
  if (work->endpoint->product != 0)
    return work->endpoint->product;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
               _ ("It sells “%s”, which is no product here: add it with that number or name, or say"
                  " which product this endpoint sells."),
               *line->name != '\0' ? line->name : line->sku);
  return 0;
}

/* What a line costs that does not say it. */
static gboolean
price (const RungsWebDeed  *deed,
       const RungsWebLine  *line,
       gint64              *amount,
       GError             **error)
{
  *amount = line->amount;
  if (*amount < 0 && deed->lines->len == 1)
    *amount = deed->total;
  return *amount >= 0
         || rungs_error_refuse (error, _ ("It does not say what each of its lines costs."));
}

static void
add_line (RungsOrder          *order,
          gint64               product,
          const RungsWebLine  *line,
          gint64               amount)
{
  RungsOrderLine *added;

  rungs_order_add_line (order, product, line->quantity, amount);
  added = g_ptr_array_index (order->lines, order->lines->len - 1);
  added->tax = line->tax;
  added->discount = line->discount;
}

static gboolean
add_lines (RungsWebWork        *work,
           const RungsWebDeed  *deed,
           RungsOrder          *order,
           GError             **error)
{
  g_autoptr (RungsOrderProducts) products
      = rungs_order_products_new (work->db, work->seller, work->endpoint->shop, error);

  if (products == NULL)
    return FALSE;
  for (guint i = 0; i < deed->lines->len; i++)
    {
      const RungsWebLine *line = deed->lines->pdata[i];
      gint64 product = find_product (work, products, line, deed->currency, error);
      gint64 amount;

      if (product == 0 || !price (deed, line, &amount, error))
        return FALSE;
      if (product > 0)
        add_line (order, product, line, amount);
    }
  return TRUE;
}

static gint64
add_order (RungsWebWork        *work,
           const RungsWebDeed  *deed,
           gint64               lead,
           GError             **error)
{
  g_autoptr (RungsOrder) order = rungs_order_new (lead, deed->at);

  g_strlcpy (order->currency, deed->currency, sizeof order->currency);
  g_free (order->origin);
  g_free (order->external);
  g_free (order->coupon);
  order->origin = g_strdup (work->origin);
  order->external = g_strdup_printf ("%s:%s", work->seller, deed->number);
  order->coupon = g_strdup (deed->coupon != NULL ? deed->coupon : "");
  order->anyway = TRUE;
  return add_lines (work, deed, order, error) ? rungs_order_add (work->db, order, work->now, error)
                                              : 0;
}

static gboolean
take_wish (RungsWebWork        *work,
           const RungsWebDeed  *deed,
           gint64               lead,
           GError             **error)
{
  g_autofree char *origin = g_strdup_printf ("order: %s", work->endpoint->name);
  const char *wording = work->endpoint->wording;

  if (deed->refused)
    return rungs_web_lead_refuse (work, lead, deed->at, origin, error);
  return !deed->agreed
         || rungs_web_lead_agree (work, lead, deed->at, origin,
                                  *wording != '\0' ? wording : work->origin, error);
}

static gboolean
place (RungsWebWork        *work,
       const RungsWebDeed  *deed,
       gint64              *order,
       GError             **error)
{
  gint64 lead = rungs_web_lead_ensure (work, (const char *const *) deed->person, NULL, deed->at,
                                       error);

  if (lead == 0)
    return FALSE;
  *order = add_order (work, deed, lead, error);
  return *order != 0
         && (deed->paid_until == 0
             || run_for (work, SQL_PAID_UNTIL, NULL, *order, deed->paid_until, error))
         && rungs_web_lead_touch (work, lead, RUNGS_PATH_DIRECT, deed->at, deed->number, NULL,
                                  error)
         && take_wish (work, deed, lead, error);
}

/* An order that is there: what this message says of the person, where it is still theirs. */
static gboolean
meet (RungsWebWork        *work,
      const RungsWebDeed  *deed,
      gint64               order,
      GError             **error)
{
  const char *email = deed->person[RUNGS_IMPORT_EMAIL];
  gint64 lead = 0;

  if (!claim (work, order, error)
      || (email != NULL && work->lead > 0 && !rungs_lead_find (work->db, email, &lead, error)))
    return FALSE;
  return lead == 0 || lead != work->lead
         || rungs_web_lead_ensure (work, (const char *const *) deed->person, NULL, deed->at, error)
              != 0;
}

gboolean
rungs_web_order_find (RungsWebWork  *work,
                      GPtrArray     *references,
                      gint64        *order,
                      GError       **error)
{
  return find_order (work, references, order, error)
         && (*order == 0 || claim (work, *order, error));
}

gboolean
rungs_web_order_apply (RungsWebWork        *work,
                       const RungsWebDeed  *deed,
                       GError             **error)
{
  gint64 order = 0;

  if (!find_order (work, deed->same, &order, error))
    return FALSE;
  if (order == 0 ? !place (work, deed, &order, error) : !meet (work, deed, order, error))
    return FALSE;
  return refer (work, deed->same, order, TRUE, error)
         && refer (work, deed->refs, order, FALSE, error);
}

/* ---- money given back */

/* What is to be given back now, of what is left. */
static gboolean
settle_amount (RungsWebWork        *work,
               const RungsWebDeed  *deed,
               gint64               order,
               gint64              *amount,
               GError             **error)
{
  g_autoptr (RungsOrder) stored = rungs_order_load (work->db, order, error);
  gint64 left, so_far = 0;

  if (stored == NULL)
    return FALSE;
  left = rungs_order_total (stored).minor - rungs_order_refunded (stored).minor;
  *amount = deed->amount < 0 ? left : MIN (deed->amount, left);
  if (!deed->is_so_far || deed->amount < 0)
    return TRUE;
  if (!rungs_record_ask (work->db, SQL_SO_FAR, order, 0, &so_far, error))
    return FALSE;
  *amount = CLAMP (deed->amount - so_far, 0, left);
  return deed->amount <= so_far
         || run_for (work, SQL_SET_SO_FAR, NULL, order, deed->amount, error);
}

static gboolean
is_known (RungsWebWork  *work,
          const char    *external,
          gboolean      *known,
          GError       **error)
{
  g_autoptr (RungsStatement) query = NULL;
  gint64 is = 0;

  *known = FALSE;
  if (external == NULL)
    return TRUE;
  query = rungs_db_prepare (work->db, SQL_IS_REFUND, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":external", external);
  if (!rungs_statement_get_number (query, 0, &is, error))
    return FALSE;
  *known = is != 0;
  return TRUE;
}

static gboolean
give_back (RungsWebWork        *work,
           const RungsWebDeed  *deed,
           gint64               order,
           GError             **error)
{
  g_autofree char *external
      = deed->number != NULL && !deed->is_so_far
          ? g_strdup_printf ("%s:%s%s", work->seller,
                             deed->kind == RUNGS_WEB_DISPUTE ? "dispute/" : "", deed->number)
          : NULL;
  const char *reason = deed->reason;
  gboolean known;
  gint64 amount;

  if (reason == NULL)
    reason = deed->kind == RUNGS_WEB_DISPUTE ? _ ("taken back by the bank") : "";
  if (!is_known (work, external, &known, error)
      || (!known && deed->kind == RUNGS_WEB_DISPUTE
          && !rungs_web_won_take (work, deed, &known, error)))
    return FALSE;
  if (known)
    return TRUE;
  if (!settle_amount (work, deed, order, &amount, error))
    return FALSE;
  return amount == 0
         || rungs_refund_add_of_run (work->db, order, amount, reason, deed->at, external, 0,
                                     work->now, error)
              != 0;
}

gboolean
rungs_web_refund_apply (RungsWebWork        *work,
                        const RungsWebDeed  *deed,
                        gboolean            *waits,
                        GError             **error)
{
  gint64 order = 0;

  g_return_val_if_fail (waits != NULL, FALSE);

  if (!find_order (work, deed->refs, &order, error))
    return FALSE;
  *waits = order == 0;
  return *waits || (claim (work, order, error) && give_back (work, deed, order, error));
}

/* ---- subscriptions that end */

gboolean
rungs_web_lapse_apply (RungsWebWork        *work,
                       const RungsWebDeed  *deed,
                       GError             **error)
{
  for (guint i = 0; i < deed->refs->len; i++)
    if (!run_for (work, SQL_END, deed->refs->pdata[i], 0, deed->at, error)
        || !run_for (work, SQL_HEED_ENDS, deed->refs->pdata[i], 0, 0, error))
      return FALSE;
  return TRUE;
}
