/* rungs-terms.c: what a partner earns by a sale. */

#include "partners/rungs-terms.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"
#include "base/rungs-json-members.h"
#include "base/rungs-names.h"

#define WHOLE 10000 /* basis points */
#define USUAL_HOLD 30
#define HOLD_MOST 3650
#define MONTHS_MOST 1200

static const char *const SALES[] = { "any", "first", "later", "renewal" };

static void
terms_rate_free (RungsTermsRate *rate)
{
  g_array_unref (rate->products);
  g_array_unref (rate->partners);
  g_array_unref (rate->tiers);
  g_free (rate);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTermsRate, terms_rate_free)

static RungsTermsRate *
terms_rate_new (RungsTermsPay pay)
{
  RungsTermsRate *rate = g_new0 (RungsTermsRate, 1);

  rate->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  rate->partners = g_array_new (FALSE, FALSE, sizeof (gint64));
  rate->tiers = g_array_new (FALSE, FALSE, sizeof (RungsTermsTier));
  rate->pay = pay;
  return rate;
}

static RungsTerms *
terms_empty (void)
{
  RungsTerms *self = g_new0 (RungsTerms, 1);

  self->hold_days = USUAL_HOLD;
  self->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) terms_rate_free);
  return self;
}

RungsTerms *
rungs_terms_new (void)
{
  RungsTerms *self = terms_empty ();

  g_ptr_array_add (self->rates, terms_rate_new (RUNGS_TERMS_OWN));
  return self;
}

void
rungs_terms_free (RungsTerms *self)
{
  g_ptr_array_unref (self->rates);
  g_clear_pointer (&self->leads, rungs_terms_leads_free);
  g_free (self);
}

/* ---- reading */

/* Where the reader stands; rates count from 1, 0: beside them. */
static gboolean
refuse (guint       rate,
        const char *why,
        GError    **error)
{
  if (rate > 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("rate %u: %s"), rate, why);
  else
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

/* A whole number from 0 to `most`; `fallback` where it is missing. */
static gboolean
read_number (JsonObject *object,
             const char *member,
             gint64      fallback,
             gint64      most,
             gint64     *number)
{
  if (!json_object_has_member (object, member))
    {
      *number = fallback;
      return TRUE;
    }
  *number = rungs_foreign_json_get_number (object, member, -1);
  return *number >= 0 && *number <= most;
}

/* FALSE where it is missing. */
static gboolean
read_flag (JsonObject *object,
           const char *member,
           gboolean   *flag)
{
  JsonNode *node = json_object_get_member (object, member);

  *flag = FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *flag = json_node_get_boolean (node);
  return TRUE;
}

static JsonArray *
find_array (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
read_ids (JsonObject *object,
          const char *member,
          GArray     *ids)
{
  JsonArray *array = find_array (object, member);

  if (array == NULL)
    return !json_object_has_member (object, member);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gint64 id = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;

      if (id <= 0)
        return FALSE;
      g_array_append_val (ids, id);
    }
  return ids->len > 0;
}

static gboolean
read_tier (JsonNode       *node,
           RungsTermsRate *rate)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  RungsTermsTier tier;

  if (object == NULL || !read_number (object, "from", -1, G_MAXINT64, &tier.from) || tier.from < 0
      || !read_number (object, "rate", -1, WHOLE, &tier.rate) || tier.rate < 0)
    return FALSE;
  if (rate->tiers->len > 0
      && g_array_index (rate->tiers, RungsTermsTier, rate->tiers->len - 1).from >= tier.from)
    return FALSE;
  g_array_append_val (rate->tiers, tier);
  return TRUE;
}

static gboolean
read_tiers (JsonObject     *object,
            RungsTermsRate *rate)
{
  JsonArray *array = find_array (object, "tiers");
  const char *by = rungs_foreign_json_get_text (object, "by");
  const char *of = rungs_foreign_json_get_text (object, "of");

  rate->by_month = g_strcmp0 (by, "month") == 0;
  rate->of_orders = g_strcmp0 (of, "orders") == 0;
  if (array == NULL || (!rate->by_month && g_strcmp0 (by, "ever") != 0)
      || (!rate->of_orders && g_strcmp0 (of, "amount") != 0))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_tier (json_array_get_element (array, i), rate))
      return FALSE;
  return rate->tiers->len > 0;
}

static gboolean
read_fixed (JsonObject     *object,
            RungsTermsRate *rate)
{
  const char *currency = rungs_foreign_json_get_text (object, "currency");
  gint64 minor;

  if (currency == NULL || !rungs_currency_is_valid (currency)
      || !read_number (object, "fixed", -1, G_MAXINT32, &minor) || minor < 0)
    return FALSE;
  rate->fixed = rungs_money (minor, currency);
  return TRUE;
}

/* What is paid: one of five, and only one. */
static gboolean
read_pay (JsonObject     *object,
          RungsTermsRate *rate,
          guint           place,
          GError        **error)
{
  static const char *const WAYS[] = { "rate", "own", "fixed", "tiers", "profit" };
  guint ways = 0;

  for (guint i = 0; i < G_N_ELEMENTS (WAYS); i++)
    if (json_object_has_member (object, WAYS[i]))
      {
        rate->pay = i;
        ways++;
      }
  if (ways != 1)
    return refuse (place,
                   _ ("say one of: a share, the product's own, an amount, tiers, of the profit"),
                   error);
  if ((rate->pay == RUNGS_TERMS_SHARE || rate->pay == RUNGS_TERMS_PROFIT)
      && !read_number (object, WAYS[rate->pay], -1, WHOLE, &rate->rate))
    return refuse (place, _ ("a share is 0 % to 100 %"), error);
  if (rate->pay == RUNGS_TERMS_FIXED && !read_fixed (object, rate))
    return refuse (place, _ ("an amount needs its currency"), error);
  if (rate->pay == RUNGS_TERMS_TIERS && !read_tiers (object, rate))
    return refuse (place, _ ("tiers rise, and say of what they are counted"), error);
  return TRUE;
}

static gboolean
read_sale (JsonObject    *object,
           RungsSaleKind *sale)
{
  const char *text = rungs_foreign_json_get_text (object, "sale");

  if (!json_object_has_member (object, "sale"))
    return TRUE;
  return rungs_names_find (SALES, G_N_ELEMENTS (SALES), text, sale);
}

static gboolean
read_rate (JsonNode   *node,
           RungsTerms *terms,
           GError    **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (RungsTermsRate) rate = terms_rate_new (RUNGS_TERMS_SHARE);
  guint place = terms->rates->len + 1;

  if (object == NULL)
    return refuse (place, _ ("it is none"), error);
  if (!read_ids (object, "products", rate->products))
    return refuse (place, _ ("these are no products"), error);
  if (!read_ids (object, "partners", rate->partners))
    return refuse (place, _ ("these are no partners"), error);
  if (!read_sale (object, &rate->sale))
    return refuse (place, _ ("a sale is the first, a later one, or a renewal"), error);
  if (!read_number (object, "months", 0, MONTHS_MOST, &rate->months))
    return refuse (place, _ ("say for how many months renewals earn"), error);
  if (!read_pay (object, rate, place, error))
    return FALSE;
  g_ptr_array_add (terms->rates, g_steal_pointer (&rate));
  return TRUE;
}

static gboolean
read_head (JsonObject *object,
           RungsTerms *terms,
           GError    **error)
{
  const char *approve = rungs_foreign_json_get_text (object, "approve");

  terms->by_hand = g_strcmp0 (approve, "hand") == 0;
  if (!read_number (object, "tax", 0, WHOLE, &terms->tax))
    return refuse (0, _ ("the tax is 0 % to 100 %"), error);
  if (!read_number (object, "hold_days", USUAL_HOLD, HOLD_MOST, &terms->hold_days))
    return refuse (0, _ ("say for how many days nothing is paid"), error);
  if (json_object_has_member (object, "approve") && !terms->by_hand
      && g_strcmp0 (approve, "rule") != 0)
    return refuse (0, _ ("commissions are approved by rule or by hand"), error);
  if (!read_number (object, "second", 0, WHOLE, &terms->second))
    return refuse (0, _ ("the second tier is 0 % to 100 %"), error);
  if (!read_flag (object, "before_discount", &terms->before_discount))
    return refuse (0, _ ("before_discount is true, or false"), error);
  return TRUE;
}

RungsTerms *
rungs_terms_parse (const char *json,
                   GError    **error)
{
  g_autoptr (RungsTerms) terms = terms_empty ();
  g_autoptr (JsonObject) object = NULL;
  JsonArray *rates;

  g_return_val_if_fail (json != NULL, NULL);

  object = rungs_foreign_json_parse (json, strlen (json), error);
  if (object == NULL || !read_head (object, terms, error)
      || !rungs_terms_leads_read (object, &terms->leads, error))
    return NULL;
  rates = find_array (object, "rates");
  if (rates == NULL)
    {
      refuse (0, _ ("the terms have no rates"), error);
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (rates); i++)
    if (!read_rate (json_array_get_element (rates, i), terms, error))
      return NULL;
  return g_steal_pointer (&terms);
}

/* ---- writing */

static void
add_ids (JsonBuilder *builder,
         const char  *member,
         GArray      *ids)
{
  if (ids->len == 0)
    return;
  rungs_json_begin_array (builder, member);
  for (guint i = 0; i < ids->len; i++)
    json_builder_add_int_value (builder, g_array_index (ids, gint64, i));
  json_builder_end_array (builder);
}

static void
add_tiers (JsonBuilder          *builder,
           const RungsTermsRate *rate)
{
  rungs_json_begin_array (builder, "tiers");
  for (guint i = 0; i < rate->tiers->len; i++)
    {
      const RungsTermsTier *tier = &g_array_index (rate->tiers, RungsTermsTier, i);

      json_builder_begin_object (builder);
      rungs_json_add_number (builder, "from", tier->from);
      rungs_json_add_number (builder, "rate", tier->rate);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  rungs_json_add_text (builder, "by", rate->by_month ? "month" : "ever");
  rungs_json_add_text (builder, "of", rate->of_orders ? "orders" : "amount");
}

static void
add_pay (JsonBuilder          *builder,
         const RungsTermsRate *rate)
{
  switch (rate->pay)
    {
    case RUNGS_TERMS_SHARE:
      rungs_json_add_number (builder, "rate", rate->rate);
      break;
    case RUNGS_TERMS_OWN:
      rungs_json_add_flag (builder, "own", TRUE);
      break;
    case RUNGS_TERMS_FIXED:
      rungs_json_add_number (builder, "fixed", rate->fixed.minor);
      rungs_json_add_text (builder, "currency", rate->fixed.currency);
      break;
    case RUNGS_TERMS_PROFIT:
      rungs_json_add_number (builder, "profit", rate->rate);
      break;
    case RUNGS_TERMS_TIERS:
      add_tiers (builder, rate);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
add_rate (JsonBuilder          *builder,
          const RungsTermsRate *rate)
{
  json_builder_begin_object (builder);
  add_ids (builder, "products", rate->products);
  add_ids (builder, "partners", rate->partners);
  if (rate->sale != RUNGS_SALE_ANY)
    rungs_json_add_text (builder, "sale", SALES[rate->sale]);
  if (rate->months > 0)
    rungs_json_add_number (builder, "months", rate->months);
  add_pay (builder, rate);
  json_builder_end_object (builder);
}

char *
rungs_terms_to_json (const RungsTerms *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  rungs_json_add_number (builder, "tax", self->tax);
  rungs_json_add_number (builder, "hold_days", self->hold_days);
  rungs_json_add_text (builder, "approve", self->by_hand ? "hand" : "rule");
  if (self->before_discount)
    rungs_json_add_flag (builder, "before_discount", TRUE);
  if (self->second > 0)
    rungs_json_add_number (builder, "second", self->second);
  rungs_json_begin_array (builder, "rates");
  for (guint i = 0; i < self->rates->len; i++)
    add_rate (builder, self->rates->pdata[i]);
  json_builder_end_array (builder);
  rungs_terms_leads_add (self->leads, builder);
  json_builder_end_object (builder);
  return rungs_json_dup (builder);
}

/* ---- what a sale earns */

static gboolean
is_among (GArray *ids,
          gint64  id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return ids->len == 0;
}

static gboolean
fits (const RungsTermsRate *rate,
      const RungsTermsSale *sale)
{
  return is_among (rate->products, sale->product) && is_among (rate->partners, sale->partner)
         && (rate->sale == RUNGS_SALE_ANY || rate->sale == sale->kind)
         && (rate->months == 0 || sale->kind != RUNGS_SALE_RENEWAL || sale->months < rate->months)
         && (rate->pay != RUNGS_TERMS_FIXED || strcmp (rate->fixed.currency, sale->currency) == 0);
}

const RungsTermsRate *
rungs_terms_find (const RungsTerms     *self,
                  const RungsTermsSale *sale)
{
  g_return_val_if_fail (self != NULL && sale != NULL, NULL);

  for (guint i = 0; i < self->rates->len; i++)
    if (fits (self->rates->pdata[i], sale))
      return self->rates->pdata[i];
  return NULL;
}

gint64
rungs_terms_rate_get_share (const RungsTermsRate *rate,
                            const RungsTermsSale *sale,
                            gint64                sold)
{
  gint64 share = RUNGS_TERMS_NO_SHARE;

  g_return_val_if_fail (rate != NULL && sale != NULL, share);

  if (rate->pay == RUNGS_TERMS_SHARE || rate->pay == RUNGS_TERMS_PROFIT)
    share = rate->rate;
  else if (rate->pay == RUNGS_TERMS_OWN)
    share = sale->own_rate;
  for (guint i = 0; i < rate->tiers->len; i++)
    if (g_array_index (rate->tiers, RungsTermsTier, i).from <= sold)
      share = g_array_index (rate->tiers, RungsTermsTier, i).rate;
  return share;
}

gboolean
rungs_terms_base (const RungsTerms *self,
                  gint64            kept,
                  gint64           *base,
                  GError          **error)
{
  g_return_val_if_fail (self != NULL && base != NULL, FALSE);

  return rungs_money_times (kept, WHOLE, WHOLE + self->tax, base)
         || refuse (0, _ ("the sum is too large"), error);
}

/* The part of `whole` that was kept. */
static gboolean
kept_part (const RungsTermsPaid *paid,
           gint64                whole,
           gint64               *part)
{
  if (paid->amount > 0)
    return rungs_money_times (whole, paid->kept, paid->amount, part);
  *part = paid->is_back ? 0 : whole;
  return TRUE;
}

gboolean
rungs_terms_net (const RungsTerms     *self,
                 const RungsTermsPaid *paid,
                 gint64               *net,
                 GError              **error)
{
  gint64 price = paid->kept, discount = 0;

  g_return_val_if_fail (self != NULL && paid != NULL && net != NULL, FALSE);

  if ((self->before_discount && !kept_part (paid, paid->discount, &discount))
      || __builtin_add_overflow (price, discount, &price))
    return refuse (0, _ ("the sum is too large"), error);
  if (paid->tax < 0 || paid->amount <= 0)
    return rungs_terms_base (self, price, net, error);
  return rungs_money_times (price, paid->amount - paid->tax, paid->amount, net)
         || refuse (0, _ ("the sum is too large"), error);
}

gboolean
rungs_terms_profit (const RungsTerms     *self,
                    const RungsTermsPaid *paid,
                    gint64                cost,
                    gint64               *base,
                    gint64               *costs,
                    GError              **error)
{
  g_return_val_if_fail (self != NULL && base != NULL && costs != NULL, FALSE);

  if (!rungs_terms_net (self, paid, base, error))
    return FALSE;
  if (!kept_part (paid, cost, costs))
    return refuse (0, _ ("the sum is too large"), error);
  *base = MAX (*base - *costs, 0);
  return TRUE;
}
