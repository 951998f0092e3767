/* rungs-offer-facets.c: all that is said of an offer, as its inspector shows and changes it. */

#include "rungs-offer-facets.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-business-store.h"
#include "widgets/rungs-display.h"

/* ---- reading */

void
rungs_offer_facets_free (RungsOfferFacets *self)
{
  g_clear_pointer (&self->offer, rungs_offer_free);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->siblings, g_ptr_array_unref);
  g_free (self->first_day);
  g_free (self->last_day);
  g_free (self);
}

/* Of all offers those that leave from the same product; the others go. */
static void
keep_siblings (GPtrArray        *offers,
               const RungsOffer *offer)
{
  for (guint i = offers->len; i > 0; i--)
    {
      const RungsOffer *other = offers->pdata[i - 1];

      if (other->id == offer->id || other->from_product != offer->from_product)
        g_ptr_array_remove_index (offers, i - 1);
    }
}

static char *
dup_day (gint64     instant,
         GTimeZone *zone)
{
  return instant != 0 ? rungs_time_format_day (instant, zone) : g_strdup ("");
}

gpointer
rungs_offer_facets_load (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (RungsOfferFacets) self = g_new0 (RungsOfferFacets, 1);
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);

  if (zone == NULL || (self->offer = rungs_offer_load (db, *(gint64 *) data, error)) == NULL
      || (self->products = rungs_product_list (db, error)) == NULL
      || (self->siblings = rungs_offer_list (db, error)) == NULL)
    return NULL;
  keep_siblings (self->siblings, self->offer);
  self->first_day = dup_day (self->offer->valid_from, zone);
  self->last_day = self->offer->valid_until != 0 ? dup_day (self->offer->valid_until - 1, zone)
                                                 : g_strdup ("");
  self->over
    = self->offer->valid_until != 0 && self->offer->valid_until <= rungs_display_now ();
  return g_steal_pointer (&self);
}

const char *
rungs_offer_facets_name (const RungsOfferFacets *self,
                         gint64                  product)
{
  for (guint i = 0; i < self->products->len; i++)
    {
      const RungsProduct *found = self->products->pdata[i];

      if (found->id == product)
        return found->name;
    }
  return "";
}

/* ---- one facet */

static gint64 *
number_of (RungsOffer      *offer,
           RungsOfferFacet  facet)
{
  switch ((int) facet)
    {
    case RUNGS_OFFER_FACET_TO:
      return &offer->to_product;
    case RUNGS_OFFER_FACET_DAYS:
      return &offer->after_days;
    case RUNGS_OFFER_FACET_PRIORITY:
      return &offer->priority;
    case RUNGS_OFFER_FACET_CAP:
      return &offer->cap;
    case RUNGS_OFFER_FACET_FALLBACK:
      return &offer->fallback;
    default:
      return NULL;
    }
}

gint64
rungs_offer_facet_get_number (const RungsOffer *offer,
                              RungsOfferFacet   facet)
{
  const gint64 *number = number_of ((RungsOffer *) offer, facet);

  return number != NULL ? *number : (gint64) offer->kind;
}

const char *
rungs_offer_facet_done_words (RungsOfferFacet facet)
{
  static const char *const WORDS[] = {
    [RUNGS_OFFER_FACET_TO] = N_ ("The offer leads elsewhere now"),
    [RUNGS_OFFER_FACET_KIND] = N_ ("Kind of offer changed"),
    [RUNGS_OFFER_FACET_DAYS] = N_ ("Days to wait changed"),
    [RUNGS_OFFER_FACET_PRIORITY] = N_ ("Priority changed"),
    [RUNGS_OFFER_FACET_CAP] = N_ ("Refusals changed"),
    [RUNGS_OFFER_FACET_FALLBACK] = N_ ("What is offered instead changed"),
    [RUNGS_OFFER_FACET_FIRST_DAY] = N_ ("Days of the offer changed"),
    [RUNGS_OFFER_FACET_LAST_DAY] = N_ ("Days of the offer changed"),
    [RUNGS_OFFER_FACET_CONDITION] = N_ ("Condition changed"),
  };

  g_return_val_if_fail (facet < G_N_ELEMENTS (WORDS), "");

  return _ (WORDS[facet]);
}

/* ---- changes */

RungsOfferChange *
rungs_offer_change_new (gint64           offer,
                        RungsOfferFacet  facet,
                        const char      *text,
                        gint64           number)
{
  RungsOfferChange *self = g_new0 (RungsOfferChange, 1);

  *self = (RungsOfferChange) { offer, facet, g_strdup (text), number };
  return self;
}

void
rungs_offer_change_free (RungsOfferChange *self)
{
  g_free (self->text);
  g_free (self);
}

/* The midnight that begins the day `days` after the one that `text` names; "": none. */
static gboolean
take_day (RungsDb     *db,
          const char  *text,
          int          days,
          gint64      *instant,
          GError     **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  gint64 day;

  *instant = 0;
  if (zone == NULL || text == NULL || *text == '\0')
    return zone != NULL;
  if (!rungs_time_parse (text, zone, &day, NULL))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("Write a day such as 2026-12-31"));
      return FALSE;
    }
  *instant = rungs_time_day_start (day, zone, days);
  return TRUE;
}

static gboolean
take (RungsDb                 *db,
      RungsOffer              *offer,
      const RungsOfferChange  *change,
      GError                 **error)
{
  gint64 *number = number_of (offer, change->facet);

  if (number != NULL)
    *number = change->number;
  else if (change->facet == RUNGS_OFFER_FACET_KIND)
    offer->kind = (RungsOfferKind) change->number;
  else if (change->facet == RUNGS_OFFER_FACET_FIRST_DAY)
    return take_day (db, change->text, 0, &offer->valid_from, error);
  else if (change->facet == RUNGS_OFFER_FACET_LAST_DAY)
    return take_day (db, change->text, 1, &offer->valid_until, error);
  else
    {
      g_free (offer->condition);
      offer->condition = g_strdup (change->text);
    }
  return TRUE;
}

gboolean
rungs_offer_change_do (RungsDb  *db,
                       gpointer  data,
                       GError  **error)
{
  const RungsOfferChange *change = data;
  g_autoptr (RungsOffer) offer = rungs_offer_load (db, change->offer, error);

  return offer != NULL && take (db, offer, change, error) && rungs_offer_save (db, offer, error);
}

gboolean
rungs_offer_change_retire (RungsDb  *db,
                           gpointer  data,
                           GError  **error)
{
  return rungs_offer_retire (db, *(gint64 *) data, rungs_display_now (), error);
}
