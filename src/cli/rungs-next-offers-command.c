/* rungs-next-offers-command.c: how many leads each product could be offered now. */

#include <glib/gi18n.h>

#include "insights/rungs-offer-outlook.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-offer-reason.h"

static const RungsColumn OFFER_COLUMNS[] = {
  { "number", N_ ("Offer"), RUNGS_COLUMN_NUMBER },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM },
  { "from", N_ ("After"), RUNGS_COLUMN_TEXT },
  { "people", N_ ("Leads"), RUNGS_COLUMN_NUMBER },
  { "consented", N_ ("Agreed to mail"), RUNGS_COLUMN_NUMBER },
  { "words", N_ ("Expected of each"), RUNGS_COLUMN_TEXT },
  { NULL },
};

static const RungsColumn COLUMNS[] = {
  { "sku", N_ ("SKU"), RUNGS_COLUMN_TEXT },
  { "name", N_ ("Product"), RUNGS_COLUMN_TEXT },
  { "people", N_ ("Leads"), RUNGS_COLUMN_NUMBER },
  { "consented", N_ ("Agreed to mail"), RUNGS_COLUMN_NUMBER },
  { "expected", N_ ("Expected"), RUNGS_COLUMN_ESTIMATE },
  { "low", N_ ("At least"), RUNGS_COLUMN_ESTIMATE },
  { "high", N_ ("At most"), RUNGS_COLUMN_ESTIMATE },
  { NULL },
};

static JsonObject *
offer_to_row (const RungsOutlookOffer *offer)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *words = rungs_offer_expectation_to_words (&offer->expected);

  rungs_row_set_number (row, "number", offer->offer);
  rungs_row_set_text (row, "kind", rungs_offer_kind_to_text (offer->kind));
  rungs_row_set_text (row, "from", offer->from_name);
  rungs_row_set_number (row, "people", offer->people);
  rungs_row_set_number (row, "consented", offer->consented);
  rungs_row_set_money (row, "margin", offer->expected.margin);
  rungs_row_set_number (row, "conversion", offer->expected.conversion);
  rungs_row_set_number (row, "cases", offer->expected.cases);
  rungs_row_set_money (row, "expected", offer->expected.value);
  rungs_row_set_text (row, "words", words);
  return row;
}

static JsonObject *
product_to_row (const RungsOutlookProduct *product)
{
  JsonObject *row = rungs_row_new ();
  JsonArray *offers;

  rungs_row_set_text (row, "sku", product->sku);
  rungs_row_set_text (row, "name", product->name);
  rungs_row_set_number (row, "people", product->people);
  rungs_row_set_number (row, "consented", product->consented);
  rungs_row_set_money (row, "expected", product->expected);
  rungs_row_set_money (row, "low", product->low);
  rungs_row_set_money (row, "high", product->high);
  offers = rungs_row_set_array (row, "offers");
  for (guint i = 0; i < product->offers->len; i++)
    json_array_add_object_element (offers, offer_to_row (g_ptr_array_index (product->offers, i)));
  return row;
}

/* The offers that lead to each product, under its name. */
static void
put_why (RungsInvocation    *call,
         const RungsOutlook *outlook)
{
  RungsOutput *output = rungs_invocation_get_output (call);

  for (guint i = 0; i < outlook->products->len; i++)
    {
      const RungsOutlookProduct *product = g_ptr_array_index (outlook->products, i);
      g_autoptr (JsonObject) row = product_to_row (product);

      rungs_output_printf (output, "\n%s\n", product->name);
      rungs_listing_put_table (call, OFFER_COLUMNS, json_object_get_array_member (row, "offers"),
                               2);
    }
}

static gboolean
list_next_offers (RungsInvocation  *call,
                  RungsDb          *db,
                  GError          **error)
{
  g_autoptr (RungsOutlook) outlook
    = rungs_outlook_load (db, rungs_invocation_get_now (call), error);
  g_autoptr (RungsListing) listing = NULL;

  if (outlook == NULL)
    return FALSE;
  listing = rungs_listing_new (call, COLUMNS);
  for (guint i = 0; i < outlook->products->len; i++)
    rungs_listing_add (listing, product_to_row (g_ptr_array_index (outlook->products, i)));
  rungs_listing_end (listing, _ ("There is nothing to offer anybody now."));
  if (rungs_invocation_has (call, "why") && !rungs_invocation_wants_json (call))
    put_why (call, outlook);
  return TRUE;
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_FLAG ("why", N_ ("Tell by which offers, and what each may be expected to bring")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_NEXT_OFFERS_COMMANDS[] = {
  { "next-offers", "", N_ ("Say how many leads each product could be offered now"),
    RUNGS_COMMAND_READS, list_next_offers, OPTIONS,
    N_ ("Each lead counts where its next offer is. What is expected is people × conversion ×"
        " margin;\n"
        "“at least” and “at most” are how far the conversion may lie from the truth. A rule finds\n"
        "the leads: rungsctl segment list --rule '{\"field\": \"next_offer\", \"op\": \"is\","
        " \"value\": \"SKU\"}'."),
    "[sku, name, people, consented, expected, low, high, offers: [number, kind, from, people, "
    "consented, margin, conversion, cases, expected, words]]" },
  { NULL },
};
