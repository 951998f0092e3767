/* rungs-product-facets.c: all that is said of a product, as its inspector shows and changes it. */

#include "rungs-product-facets.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-rate.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-sales-letter-store.h"
#include "mail/rungs-message-store.h"

/* ---- reading */

void
rungs_product_facets_free (RungsProductFacets *self)
{
  g_clear_pointer (&self->product, rungs_product_free);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->letters, g_ptr_array_unref);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->figures, g_hash_table_unref);
  g_free (self);
}

gpointer
rungs_product_facets_load (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  gint64 id = *(gint64 *) data;
  g_autoptr (RungsProductFacets) self = g_new0 (RungsProductFacets, 1);
  g_autoptr (RungsExchange) exchange = NULL;

  if ((self->product = rungs_product_load (db, id, error)) == NULL
      || (self->parts = rungs_product_parts (db, id, error)) == NULL
      || (self->letters = rungs_sales_letter_list (db, id, error)) == NULL
      || (self->products = rungs_product_list (db, error)) == NULL
      || (self->messages = rungs_message_list (db, error)) == NULL
      || !rungs_exchange_load (db, NULL, &exchange, error)
      || (self->figures = rungs_product_figures (db, g_get_real_time () / 1000, exchange, error))
           == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- texts */

static char *
dup_amount (gint64      minor,
            const char *currency)
{
  return minor < 0 ? g_strdup ("") : rungs_money_format_amount (rungs_money (minor, currency));
}

char *
rungs_facet_dup_text (const RungsProduct *product,
                      RungsFacet          facet)
{
  switch ((int) facet)
    {
    case RUNGS_FACET_NAME:
      return g_strdup (product->name);
    case RUNGS_FACET_SKU:
      return g_strdup (product->sku);
    case RUNGS_FACET_PRICE:
      return dup_amount (product->price.minor, product->price.currency);
    case RUNGS_FACET_COST:
      return dup_amount (product->cost, product->price.currency);
    case RUNGS_FACET_RATE:
      return product->affiliate_rate < 0 ? g_strdup ("")
                                         : rungs_rate_format (product->affiliate_rate);
    case RUNGS_FACET_LINK:
      return g_strdup (product->delivery_link);
    case RUNGS_FACET_BY:
      return g_strdup (product->delivery_by);
    case RUNGS_FACET_WORDS:
      return g_strdup (product->delivery);
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
take (char      **field,
      const char *text,
      const char *missing,
      GError    **error)
{
  g_free (*field);
  *field = g_strdup (text);
  return missing == NULL || *text != '\0' || refuse (error, missing);
}

/* Another currency can be said with the price. */
static gboolean
take_price (RungsProduct *product,
            const char   *text,
            GError      **error)
{
  return (rungs_money_parse (text, product->price.currency, &product->price, NULL)
          && product->price.minor >= 0)
         || refuse (error, _ ("Write an amount such as 49.00"));
}

static gboolean
take_cost (RungsProduct *product,
           const char   *text,
           GError      **error)
{
  RungsMoney cost = rungs_money (RUNGS_PRODUCT_UNSAID, product->price.currency);

  if (*text != '\0'
      && (!rungs_money_parse (text, product->price.currency, &cost, NULL) || cost.minor < 0))
    return refuse (error, _ ("Write an amount such as 49.00"));
  if (strcmp (cost.currency, product->price.currency) != 0)
    return refuse (error, _ ("In the currency of the price, please"));
  product->cost = cost.minor;
  return TRUE;
}

static gboolean
take_rate (RungsProduct *product,
           const char   *text,
           GError      **error)
{
  product->affiliate_rate = RUNGS_PRODUCT_UNSAID;
  return *text == '\0' || rungs_rate_parse (text, &product->affiliate_rate, NULL)
         || refuse (error, _ ("Write a share such as 12.5 %"));
}

/* What begins with no scheme is a web page. */
static gboolean
take_link (RungsProduct *product,
           const char   *text,
           GError      **error)
{
  g_autofree char *scheme = g_uri_parse_scheme (text);
  g_autofree char *link = *text != '\0' && scheme == NULL ? g_strconcat ("https://", text, NULL)
                                                          : g_strdup (text);

  if (strpbrk (text, " \t\"<>") != NULL || (*text != '\0' && strchr (text, '.') == NULL))
    return refuse (error, _ ("Write an address such as https://example.com/guide.pdf"));
  return take (&product->delivery_link, link, NULL, error);
}

gboolean
rungs_facet_take_text (RungsProduct *product,
                       RungsFacet    facet,
                       const char   *text,
                       GError      **error)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));

  switch ((int) facet)
    {
    case RUNGS_FACET_NAME:
      return take (&product->name, plain, _ ("Give the product a name"), error);
    case RUNGS_FACET_SKU:
      return take (&product->sku, plain, _ ("Give it a short code"), error);
    case RUNGS_FACET_PRICE:
      return take_price (product, plain, error);
    case RUNGS_FACET_COST:
      return take_cost (product, plain, error);
    case RUNGS_FACET_RATE:
      return take_rate (product, plain, error);
    case RUNGS_FACET_LINK:
      return take_link (product, plain, error);
    case RUNGS_FACET_BY:
      return take (&product->delivery_by, plain, NULL, error);
    case RUNGS_FACET_WORDS:
      return take (&product->delivery, plain, NULL, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* ---- numbers */

static gint64 *
number_of (RungsProduct *product,
           RungsFacet    facet)
{
  switch ((int) facet)
    {
    case RUNGS_FACET_RUNG:
      return &product->rung;
    case RUNGS_FACET_REFUND:
      return &product->refund_days;
    case RUNGS_FACET_PERIOD:
      return &product->period_months;
    case RUNGS_FACET_LAPSE:
      return &product->lapse_days;
    case RUNGS_FACET_MESSAGE:
      return &product->delivery_message;
    default:
      return NULL;
    }
}

gint64
rungs_facet_get_number (const RungsProduct *product,
                        RungsFacet          facet)
{
  const gint64 *number = number_of ((RungsProduct *) product, facet);

  return number != NULL ? *number : (gint64) product->delivery_kind;
}

void
rungs_facet_set_number (RungsProduct *product,
                        RungsFacet    facet,
                        gint64        number)
{
  gint64 *place = number_of (product, facet);

  if (place != NULL)
    *place = number;
  else
    product->delivery_kind = (RungsDeliveryKind) number;
}

/* ---- words */

const char *
rungs_facet_done_words (RungsFacet facet)
{
  static const char *const WORDS[] = {
    [RUNGS_FACET_NAME] = N_ ("Name changed"),
    [RUNGS_FACET_SKU] = N_ ("Code changed"),
    [RUNGS_FACET_PRICE] = N_ ("Price changed"),
    [RUNGS_FACET_COST] = N_ ("Cost changed"),
    [RUNGS_FACET_RATE] = N_ ("Affiliates’ share changed"),
    [RUNGS_FACET_LINK] = N_ ("Delivery changed"),
    [RUNGS_FACET_BY] = N_ ("Delivery changed"),
    [RUNGS_FACET_WORDS] = N_ ("Delivery changed"),
    [RUNGS_FACET_RUNG] = N_ ("Rung changed"),
    [RUNGS_FACET_REFUND] = N_ ("Money back changed"),
    [RUNGS_FACET_PERIOD] = N_ ("Payment changed"),
    [RUNGS_FACET_LAPSE] = N_ ("Days of grace changed"),
    [RUNGS_FACET_DELIVERY] = N_ ("Delivery changed"),
    [RUNGS_FACET_MESSAGE] = N_ ("Delivery changed"),
  };

  g_return_val_if_fail (facet < G_N_ELEMENTS (WORDS), "");

  return _ (WORDS[facet]);
}

const char *
rungs_facet_hint (const RungsProduct *product,
                  RungsFacet          facet)
{
  RungsMoney margin;

  switch ((int) facet)
    {
    case RUNGS_FACET_COST:
      return rungs_product_margin (product, &margin) && margin.minor < 0
               ? _ ("more than the price")
               : NULL;
    case RUNGS_FACET_LINK:
      return product->delivery_kind == RUNGS_DELIVERY_LINK && *product->delivery_link == '\0'
               ? _ ("nothing to download yet")
               : NULL;
    case RUNGS_FACET_BY:
      return rungs_delivery_kind_needs_person (product->delivery_kind)
                 && *product->delivery_by == '\0'
               ? _ ("nobody is asked by name")
               : NULL;
    default:
      return NULL;
    }
}

/* ---- changes */

RungsFacetChange *
rungs_facet_change_new (gint64      product,
                        RungsFacet  facet,
                        const char *text,
                        gint64      number)
{
  RungsFacetChange *self = g_new0 (RungsFacetChange, 1);

  *self = (RungsFacetChange) { product, facet, g_strdup (text), number };
  return self;
}

void
rungs_facet_change_free (RungsFacetChange *self)
{
  g_free (self->text);
  g_free (self);
}

gboolean
rungs_facet_change_do (RungsDb  *db,
                       gpointer  data,
                       GError  **error)
{
  const RungsFacetChange *change = data;
  g_autoptr (RungsProduct) product = rungs_product_load (db, change->product, error);

  if (product == NULL)
    return FALSE;
  if (change->text == NULL)
    rungs_facet_set_number (product, change->facet, change->number);
  else if (!rungs_facet_take_text (product, change->facet, change->text, error))
    return FALSE;
  return rungs_product_save (db, product, error);
}

RungsPartsChange *
rungs_parts_change_new (gint64 product)
{
  RungsPartsChange *self = g_new0 (RungsPartsChange, 1);

  self->product = product;
  self->parts = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
rungs_parts_change_free (RungsPartsChange *self)
{
  g_array_unref (self->parts);
  g_free (self);
}

gboolean
rungs_parts_change_do (RungsDb  *db,
                       gpointer  data,
                       GError  **error)
{
  const RungsPartsChange *change = data;

  return rungs_product_set_parts (db, change->product,
                                  (const gint64 *) (void *) change->parts->data,
                                  change->parts->len, error);
}
