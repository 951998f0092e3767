/* rungs-ladder-template-command.c: ladders to start from. */

#include <glib/gi18n.h>

#include "ladder/rungs-ladder-template.h"
#include "ladder/rungs-product.h"
#include "leads/rungs-business-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const RungsColumn COLUMNS[] = {
  { "template", N_ ("Template"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "summary", N_ ("What it is for"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static void
add_products (JsonObject *row,
              GPtrArray  *products)
{
  JsonArray *array = rungs_row_set_array (row, "products");

  for (guint i = 0; i < products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (products, i);
      JsonObject *own = rungs_row_new ();

      rungs_row_set_text (own, "sku", product->sku);
      rungs_row_set_text (own, "name", product->name);
      rungs_row_set_money (own, "price", product->price);
      rungs_row_set_id (own, "rung", product->rung);
      json_array_add_object_element (array, own);
    }
}

static JsonObject *
template_to_row (const RungsLadderTemplate *template)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "template", template->id);
  rungs_row_set_text (row, "name", template->name);
  rungs_row_set_text (row, "summary", template->summary);
  add_products (row, template->products);
  rungs_row_set_number (row, "offers", template->offers->len);
  rungs_row_set_number (row, "letters", template->letters->len);
  return row;
}

static gboolean
list_templates (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (GPtrArray) templates = NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (business == NULL)
    return FALSE;
  templates = rungs_ladder_template_list (business->currency, g_get_language_names (), error);
  if (templates == NULL)
    return FALSE;
  for (guint i = 0; i < templates->len; i++)
    rungs_listing_add (listing, template_to_row (g_ptr_array_index (templates, i)));
  rungs_listing_end (listing, _ ("There are no templates."));
  return TRUE;
}

static gboolean
use_template (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  const char *id = rungs_invocation_get_argument (call, 0);
  const char *const *languages = g_get_language_names ();
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsLadderTemplate) template = NULL;

  if (business == NULL
      || !rungs_ladder_template_use (db, id, languages, rungs_invocation_get_now (call), error))
    return FALSE;
  template = rungs_ladder_template_load (id, business->currency, languages, error);
  if (template == NULL)
    return FALSE;
  rungs_column_say (call, template_to_row (template),
                    ngettext ("%u product of the template “%s” was added, with its offers and"
                              " sales letters.",
                              "%u products of the template “%s” were added, with their offers and"
                              " sales letters.",
                              template->products->len),
                    template->products->len, template->name);
  return TRUE;
}

#define ROW "template, name, summary, products: [sku, name, price, rung], offers, letters"

const RungsCommand RUNGS_LADDER_TEMPLATE_COMMANDS[] = {
  { "ladder-template list", "", N_ ("List the ladders to start from"), RUNGS_COMMAND_READS,
    list_templates, NULL, NULL, "[" ROW "]" },
  { "ladder-template use", "TEMPLATE", N_ ("Add the products of a template"),
    RUNGS_COMMAND_WRITES, use_template, NULL,
    N_ ("Its offers and sales letters come with them, in your language and the currency of the\n"
        "business, at round prices that you then change. Where one of its SKUs is taken,\n"
        "nothing is added."),
    "{" ROW "}" },
  { NULL },
};
