/* rungs-way-command.c: the ways in: from the sources of leads to what is sold. */

#include <glib/gi18n.h>
#include <string.h>

#include "ladder/rungs-product-store.h"
#include "ladder/rungs-sales-letter-store.h"
#include "ladder/rungs-way-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-source-argument.h"
#include "sequences/rungs-sequence-store.h"

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Path"), RUNGS_COLUMN_TERM, NULL },
  { "to", N_ ("Leads to"), RUNGS_COLUMN_TERM, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "sells", N_ ("Sells"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const char *
target_of (const RungsWay *way)
{
  if (way->sequence != 0)
    return "sequence";
  if (way->letter != 0)
    return "letter";
  return way->product != 0 ? "product" : "opt-in";
}

static JsonObject *
way_to_row (RungsDb         *db,
            const RungsWay  *way,
            GError         **error)
{
  g_autoptr (RungsProduct) sells = NULL;
  JsonObject *row;

  if (way->sells != 0 && (sells = rungs_product_load (db, way->sells, error)) == NULL)
    return NULL;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", way->id);
  rungs_row_set_text (row, "kind", rungs_source_kind_to_text (way->kind));
  rungs_row_set_text (row, "source", way->source != 0 ? way->source_name : NULL);
  rungs_row_set_text (row, "path", rungs_path_to_text (way->path));
  rungs_row_set_text (row, "to", target_of (way));
  rungs_row_set_text (row, "name", *way->target_name != '\0' ? way->target_name : NULL);
  rungs_row_set_id (row, "letter", way->letter);
  rungs_row_set_text (row, "sells", sells != NULL ? sells->sku : NULL);
  rungs_row_set_time (row, "created_at", way->created_at);
  return row;
}

/* The product that --product names; 0: none. */
static gboolean
read_product (RungsInvocation  *call,
              RungsDb          *db,
              gint64           *id,
              GError          **error)
{
  const char *sku = rungs_invocation_get_text (call, "product", NULL);
  g_autoptr (RungsProduct) product
      = sku != NULL ? rungs_product_load_by_sku (db, sku, error) : NULL;

  *id = product != NULL ? product->id : 0;
  return sku == NULL || product != NULL;
}

static gboolean
list_ways (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (GPtrArray) ways = NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  gint64 product;

  if (!read_product (call, db, &product, error)
      || (ways = rungs_way_list (db, product, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < ways->len; i++)
    {
      JsonObject *row = way_to_row (db, g_ptr_array_index (ways, i), error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no ways in."));
  return TRUE;
}

/* "ppc": all sources of the kind; "ppc:Spring search ads": one. */
static gboolean
read_source (RungsInvocation  *call,
             RungsDb          *db,
             RungsWay         *way,
             GError          **error)
{
  const char *text = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsSource) source = NULL;

  if (rungs_source_kind_from_text (text, &way->kind))
    return TRUE;
  source = rungs_source_load_by_text (db, text, error);
  way->source = source != NULL ? source->id : 0;
  return source != NULL;
}

/* Reads where it leads to, and the path that suits that. */
static gboolean
read_target (RungsInvocation  *call,
             RungsDb          *db,
             RungsWay         *way,
             GError          **error)
{
  const char *name = rungs_invocation_get_text (call, "sequence", NULL);
  g_autoptr (RungsSequence) sequence
      = name != NULL ? rungs_sequence_load_by_name (db, name, error) : NULL;
  g_autoptr (RungsSalesLetter) letter = NULL;

  if ((name != NULL && sequence == NULL) || !read_product (call, db, &way->product, error)
      || !rungs_invocation_get_number (call, "letter", 1, G_MAXINT32, &way->letter, error))
    return FALSE;
  way->sequence = sequence != NULL ? sequence->id : 0;
  way->path = way->product != 0 ? RUNGS_PATH_DIRECT : RUNGS_PATH_OPT_IN;
  if (way->letter == 0)
    return TRUE;
  letter = rungs_sales_letter_load (db, way->letter, error);
  if (letter != NULL)
    way->path = rungs_way_path_to (rungs_letter_path_to_text (letter->path));
  return letter != NULL;
}

static gboolean
read_path (RungsInvocation  *call,
           RungsWay         *way,
           GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "path", NULL);

  return text == NULL
         || rungs_path_from_text (strcmp (text, "in-person") == 0 ? "in person" : text, &way->path)
         || rungs_invocation_refuse (call, "path", _ ("opt-in, direct, phone or in-person"), error);
}

static gboolean
say_way (RungsInvocation  *call,
         RungsDb          *db,
         const RungsWay   *way,
         const char       *format,
         GError          **error)
{
  JsonObject *row = way_to_row (db, way, error);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, way->id);
  g_autofree char *sentence = g_strdup_printf (format, number);

  if (row == NULL)
    return FALSE;
  rungs_column_say (call, row, "%s", sentence);
  return TRUE;
}

static gboolean
add_way (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  g_autoptr (RungsWay) way = rungs_way_new ();
  g_autoptr (RungsWay) added = NULL;
  gint64 id;

  if (!read_source (call, db, way, error) || !read_target (call, db, way, error)
      || !read_path (call, way, error))
    return FALSE;
  id = rungs_way_add (db, way, rungs_invocation_get_now (call), error);
  added = id != 0 ? rungs_way_load (db, id, error) : NULL;
  return added != NULL && say_way (call, db, added, _ ("The way in %s was added."), error);
}

static gboolean
remove_way (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsWay) way = NULL;
  gint64 id;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || (way = rungs_way_load (db, id, error)) == NULL || !rungs_way_delete (db, id, error))
    return FALSE;
  return say_way (call, db, way, _ ("The way in %s was removed."), error);
}

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("product", N_ ("SKU"), N_ ("Only those that lead to this product")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_OPTION ("sequence", N_ ("NAME"), N_ ("To this sequence")),
  RUNGS_OPTION ("letter", N_ ("NUMBER"), N_ ("Straight to this sales letter")),
  RUNGS_OPTION ("product", N_ ("SKU"), N_ ("Straight to this product")),
  RUNGS_OPTION ("path", N_ ("PATH"), N_ ("How: opt-in, direct, phone or in-person")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_WAY_COMMANDS[] = {
  { "way list", "", N_ ("List the ways in"), RUNGS_COMMAND_READS, list_ways, LIST_OPTIONS, NULL,
    "[id, kind, source, path, to, name, letter, sells, created_at]" },
  { "way add", "KIND[:NAME]", N_ ("Add a way in, from a source or all sources of a kind"),
    RUNGS_COMMAND_WRITES, add_way, ADD_OPTIONS,
    N_ ("It leads to the opt-in where nothing else is said, and by the path that suits what it"
        " leads to.") },
  { "way remove", "NUMBER", N_ ("Remove a way in"), RUNGS_COMMAND_WRITES, remove_way, NULL, NULL },
  { NULL },
};
