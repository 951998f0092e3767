/* rungs-offer-command.c: the arrows of the ladder. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-time.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-product-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

#define MOST_DAYS 36500
#define MOST_PRIORITY 1000000
#define MOST_REFUSALS 1000

/* Stands for "leads who own nothing yet" where a SKU is expected. */
#define NOTHING "-"

/* Stands for "no such limit". */
#define NONE "none"

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "from", N_ ("After"), RUNGS_COLUMN_TEXT, NULL },
  { "to", N_ ("Offer"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "after_days", N_ ("Days later"), RUNGS_COLUMN_NUMBER, NULL },
  { "priority", N_ ("Priority"), RUNGS_COLUMN_NUMBER, NULL },
  { "valid_from", N_ ("Valid From"), RUNGS_COLUMN_TIME, NULL },
  { "valid_until", N_ ("Until before"), RUNGS_COLUMN_TIME, NULL },
  { "cap", N_ ("Refusals"), RUNGS_COLUMN_NUMBER, NULL },
  { "fallback", N_ ("Then offer"), RUNGS_COLUMN_NUMBER, NULL },
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
  rungs_row_set_time (row, "valid_from", offer->valid_from);
  rungs_row_set_time (row, "valid_until", offer->valid_until);
  rungs_row_set_id (row, "cap", offer->cap);
  rungs_row_set_id (row, "fallback", offer->fallback);
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
is_none (RungsInvocation *call,
         const char      *option)
{
  return strcmp (rungs_invocation_get_text (call, option, ""), NONE) == 0;
}

/* The midnight that begins the day `days` after the one that the option says. */
static gboolean
read_day (RungsInvocation  *call,
          const char       *option,
          int               days,
          gint64           *instant,
          GError          **error)
{
  gint64 day = 0;

  if (is_none (call, option))
    *instant = 0;
  if (!rungs_invocation_has (call, option) || is_none (call, option))
    return TRUE;
  if (!rungs_invocation_get_time (call, option, &day, error))
    return FALSE;
  *instant = rungs_time_day_start (day, rungs_invocation_get_zone (call), days);
  return TRUE;
}

static void
read_condition (RungsInvocation *call,
                RungsOffer      *offer)
{
  const char *condition = rungs_invocation_get_text (call, "condition", NULL);

  if (condition == NULL)
    return;
  g_free (offer->condition);
  offer->condition = is_none (call, "condition") ? NULL : g_strdup (condition);
}

/* What the options say of it; what they do not say stays. */
static gboolean
read_options (RungsInvocation  *call,
              RungsOffer       *offer,
              GError          **error)
{
  const char *kind = rungs_invocation_get_text (call, "kind", NULL);

  read_condition (call, offer);
  if (kind != NULL && !rungs_offer_kind_from_text (kind, &offer->kind))
    return rungs_invocation_refuse (call, "kind", _ ("next, upsell, downsell or cross"), error);
  return rungs_invocation_get_number (call, "after-days", 0, MOST_DAYS, &offer->after_days, error)
         && rungs_invocation_get_number (call, "priority", -MOST_PRIORITY, MOST_PRIORITY,
                                         &offer->priority, error)
         && rungs_invocation_get_number (call, "cap", 0, MOST_REFUSALS, &offer->cap, error)
         && rungs_invocation_get_number (call, "fallback", 0, G_MAXINT64, &offer->fallback, error)
         && read_day (call, "first-day", 0, &offer->valid_from, error)
         && read_day (call, "last-day", 1, &offer->valid_until, error);
}

static gboolean
read_offer (RungsInvocation  *call,
            RungsDb          *db,
            RungsOffer       *offer,
            GError          **error)
{
  return read_options (call, offer, error)
         && read_product (call, db, 0, &offer->from_product, error)
         && read_product (call, db, 1, &offer->to_product, error);
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
edit_offer (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsOffer) offer = NULL;
  gint64 id;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || (offer = rungs_offer_load (db, id, error)) == NULL)
    return FALSE;
  return read_options (call, offer, error) && rungs_offer_save (db, offer, error)
         && say_offer (call, db, id, _ ("Offer %s was changed."), error);
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

static const GOptionEntry OFFER_OPTIONS[] = {
  RUNGS_OPTION ("kind", N_ ("KIND"), N_ ("next (the default), upsell, downsell or cross")),
  RUNGS_OPTION ("after-days", N_ ("N"), N_ ("So many days after the first was bought")),
  RUNGS_OPTION ("priority", N_ ("N"), N_ ("The smaller is tried first; 0 where nothing is said")),
  RUNGS_OPTION ("condition", N_ ("RULE"),
                N_ ("A rule, as JSON, that the lead must meet; none: no condition")),
  RUNGS_OPTION ("first-day", N_ ("DAY"), N_ ("It is made from that day on; none: from ever")),
  RUNGS_OPTION ("last-day", N_ ("DAY"), N_ ("It is made up to that day; none: for ever")),
  RUNGS_OPTION ("cap", N_ ("N"),
                N_ ("A lead who refused it so often is not made it again; 0: no such end")),
  RUNGS_OPTION ("fallback", N_ ("NUMBER"),
                N_ ("The offer that is made once this one cannot be any more; 0: none")),
  RUNGS_OPTIONS_END,
};

/* What --json prints. */
#define OFFER_KEYS                                                                                 \
  "id, from, to, kind, after_days, priority, condition, valid_from, valid_until, cap, fallback, "  \
  "created_at, retired_at"

const RungsCommand RUNGS_OFFER_COMMANDS[] = {
  { "offer list", "", N_ ("List the offers"), RUNGS_COMMAND_READS, list_offers, NULL, NULL,
    "[" OFFER_KEYS "]" },
  { "offer add", "FROM TO", N_ ("After the product FROM, offer TO"), RUNGS_COMMAND_WRITES,
    add_offer, OFFER_OPTIONS,
    N_ ("FROM and TO are SKUs. FROM can be “-”: to leads who own nothing yet."),
    "{" OFFER_KEYS "}" },
  { "offer edit", "NUMBER", N_ ("Change an offer"), RUNGS_COMMAND_WRITES, edit_offer,
    OFFER_OPTIONS, NULL, "{" OFFER_KEYS "}" },
  { "offer remove", "NUMBER", N_ ("Make an offer no longer"), RUNGS_COMMAND_WRITES, remove_offer,
    NULL, NULL },
  { NULL },
};
