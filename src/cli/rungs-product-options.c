/* rungs-product-options.c: what the options of a command say of a product. */

#include "rungs-product-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-rate.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-message-store.h"

#define MOST_RUNGS 1000
#define MOST_DAYS 36500
#define MOST_MONTHS 1200

/* Stands for "not said". */
#define NONE "none"

static const char *const DELIVERIES[]
  = { "none", "link", "message", "shipping", "appointment", NULL };

static gboolean
is_none (RungsInvocation *call,
         const char      *option)
{
  return strcmp (rungs_invocation_get_text (call, option, ""), NONE) == 0;
}

/* In the currency of the price. */
static gboolean
take_cost (RungsInvocation  *call,
           RungsProduct     *product,
           GError          **error)
{
  RungsMoney cost = rungs_money (product->cost, product->price.currency);

  if (is_none (call, "cost"))
    {
      product->cost = RUNGS_PRODUCT_UNSAID;
      return TRUE;
    }
  if (!rungs_invocation_get_money (call, "cost", product->price.currency, &cost, error))
    return FALSE;
  product->cost = cost.minor;
  if (strcmp (cost.currency, product->price.currency) == 0)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("the cost is in %s, the price in %s: they must be in one currency"),
               cost.currency, product->price.currency);
  return FALSE;
}

static gboolean
take_rate (RungsInvocation  *call,
           RungsProduct     *product,
           GError          **error)
{
  const char *rate = rungs_invocation_get_text (call, "affiliate-rate", NULL);

  if (rate == NULL)
    return TRUE;
  if (is_none (call, "affiliate-rate"))
    {
      product->affiliate_rate = RUNGS_PRODUCT_UNSAID;
      return TRUE;
    }
  return rungs_rate_parse (rate, &product->affiliate_rate, error);
}

static gboolean
take_message (RungsInvocation  *call,
              RungsDb          *db,
              RungsProduct     *product,
              GError          **error)
{
  const char *name = rungs_invocation_get_text (call, "message", NULL);
  g_autoptr (RungsMessage) message = NULL;

  if (name == NULL)
    return TRUE;
  product->delivery_message = 0;
  if (is_none (call, "message"))
    return TRUE;
  message = rungs_message_load_by_name (db, name, error);
  if (message == NULL)
    return FALSE;
  product->delivery_message = message->id;
  return TRUE;
}

static gboolean
take_delivery (RungsInvocation  *call,
               RungsDb          *db,
               RungsProduct     *product,
               GError          **error)
{
  guint kind = product->delivery_kind;

  rungs_invocation_take_text (call, "delivery", &product->delivery);
  rungs_invocation_take_text (call, "link", &product->delivery_link);
  rungs_invocation_take_text (call, "by", &product->delivery_by);
  if (!rungs_invocation_get_choice (call, "deliver", DELIVERIES, &kind, error))
    return FALSE;
  product->delivery_kind = kind;
  return take_message (call, db, product, error);
}

gboolean
rungs_product_take_options (RungsInvocation  *call,
                            RungsDb          *db,
                            RungsProduct     *product,
                            GError          **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  if (business == NULL)
    return FALSE;
  rungs_invocation_take_text (call, "name", &product->name);
  rungs_invocation_take_text (call, "sku", &product->sku);
  return rungs_invocation_get_money (call, "price", business->currency, &product->price, error)
         && rungs_invocation_get_number (call, "rung", 0, MOST_RUNGS, &product->rung, error)
         && rungs_invocation_get_number (call, "refund-days", 0, MOST_DAYS, &product->refund_days,
                                         error)
         && rungs_invocation_get_number (call, "period-months", 0, MOST_MONTHS,
                                         &product->period_months, error)
         && rungs_invocation_get_number (call, "lapse-days", 0, MOST_DAYS, &product->lapse_days,
                                         error)
         && take_cost (call, product, error) && take_rate (call, product, error)
         && take_delivery (call, db, product, error);
}
