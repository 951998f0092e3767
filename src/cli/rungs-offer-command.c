/* rungs-offer-command.c: the arrows of the ladder. */

#include <glib/gi18n.h>
#include <string.h>

#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-product-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

#define MOST_DAYS 36500
#define MOST_PRIORITY 1000000

/* Stands for "leads who own nothing yet" where a SKU is expected. */
#define NOTHING "-"

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "from", N_ ("After"), RUNGS_COLUMN_TEXT, NULL },
  { "to", N_ ("Offer"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "after_days", N_ ("Days later"), RUNGS_COLUMN_NUMBER, NULL },
  { "priority", N_ ("Priority"), RUNGS_COLUMN_NUMBER, NULL },
  { "condition", N_ ("Condition"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

/* The SKU of a product, null for none. */
static gboolean
set_sku (JsonObject  *row,
         const char  *key,
         RungsDb     *db,
         gint64       id,
         GError     **error)
{
  g_autoptr (RungsProduct) product = id != 0 ? rungs_product_load (db, id, error) : NULL;

  rungs_row_set_text (row, key, product ? product->sku : NULL);
  return id == 0 || product != NULL;
}

static JsonObject *
offer_to_row (RungsDb           *db,
              const RungsOffer  *offer,
              GError           **error)
{
  g_autoptr (JsonObject) row = rungs_row_new ();

  rungs_row_set_number (row, "id", offer->id);
  if (!set_sku (row, "from", db, offer->from_product, error)
      || !set_sku (row, "to", db, offer->to_product, error))
    return NULL;
  rungs_row_set_text (row, "kind", rungs_offer_kind_to_text (offer->kind));
  rungs_row_set_number (row, "after_days", offer->after_days);
  rungs_row_set_number (row, "priority", offer->priority);
  rungs_row_set_json (row, "condition", offer->condition);
  rungs_row_set_time (row, "created_at", offer->created_at);
  rungs_row_set_time (row, "retired_at", offer->retired_at);
  return g_steal_pointer (&row);
}

static gboolean
list_offers (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (GPtrArray) offers = rungs_offer_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (offers == NULL)
    return FALSE;
  for (guint i = 0; i < offers->len; i++)
    {
      JsonObject *row = offer_to_row (db, g_ptr_array_index (offers, i), error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no offers."));
  return TRUE;
}

static gboolean
read_product (RungsInvocation  *call,
              RungsDb          *db,
              guint             n,
              gint64           *id,
              GError          **error)
{
  const char *sku = rungs_invocation_get_argument (call, n);
  g_autoptr (RungsProduct) product = NULL;

  if (n == 0 && strcmp (sku, NOTHING) == 0)
    return TRUE;
  product = rungs_product_load_by_sku (db, sku, error);
  *id = product ? product->id : 0;
  return product != NULL;
}

static gboolean
read_offer (RungsInvocation  *call,
            RungsDb          *db,
            RungsOffer       *offer,
            GError          **error)
{
  offer->condition = g_strdup (rungs_invocation_get_text (call, "condition", NULL));
  if (!rungs_offer_kind_from_text (rungs_invocation_get_text (call, "kind", "next"), &offer->kind))
    return rungs_invocation_refuse (call, "kind", _ ("next, upsell, downsell or cross"), error);
  return read_product (call, db, 0, &offer->from_product, error)
         && read_product (call, db, 1, &offer->to_product, error)
         && rungs_invocation_get_number (call, "after-days", 0, MOST_DAYS, &offer->after_days,
                                         error)
         && rungs_invocation_get_number (call, "priority", -MOST_PRIORITY, MOST_PRIORITY,
                                         &offer->priority, error);
}

static gboolean
say_offer (RungsInvocation  *call,
           RungsDb          *db,
           gint64            id,
           const char       *format,
           GError          **error)
{
  g_autoptr (RungsOffer) offer = rungs_offer_load (db, id, error);
  JsonObject *row = offer ? offer_to_row (db, offer, error) : NULL;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autofree char *sentence = g_strdup_printf (format, number);

  if (row == NULL)
    return FALSE;
  rungs_column_say (call, row, "%s", sentence);
  return TRUE;
}

static gboolean
add_offer (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (RungsOffer) offer = rungs_offer_new ();
  gint64 id;

  if (!read_offer (call, db, offer, error))
    return FALSE;
  id = rungs_offer_add (db, offer, rungs_invocation_get_now (call), error);
  return id != 0 && say_offer (call, db, id, _ ("Offer %s was added."), error);
}

static gboolean
remove_offer (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  gint64 id;

  return rungs_invocation_get_id (call, 0, &id, error)
         && rungs_offer_retire (db, id, rungs_invocation_get_now (call), error)
         && say_offer (call, db, id, _ ("Offer %s is made no longer."), error);
}

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_OPTION ("kind", N_ ("KIND"), N_ ("next (the default), upsell, downsell or cross")),
  RUNGS_OPTION ("after-days", N_ ("N"), N_ ("So many days after the first was bought")),
  RUNGS_OPTION ("priority", N_ ("N"), N_ ("The smaller is tried first; 0 where nothing is said")),
  RUNGS_OPTION ("condition", N_ ("RULE"), N_ ("A rule, as JSON, that the lead must meet")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_OFFER_COMMANDS[] = {
  { "offer list", "", N_ ("List the offers"), RUNGS_COMMAND_READS, list_offers, NULL, NULL,
    "[id, from, to, kind, after_days, priority, condition, created_at, retired_at]" },
  { "offer add", "FROM TO", N_ ("After the product FROM, offer TO"), RUNGS_COMMAND_WRITES,
    add_offer, ADD_OPTIONS,
    N_ ("FROM and TO are SKUs. FROM can be “-”: to leads who own nothing yet.") },
  { "offer remove", "NUMBER", N_ ("Make an offer no longer"), RUNGS_COMMAND_WRITES, remove_offer,
    NULL, NULL },
  { NULL },
};
