/* rungs-letter-command.c: what sells the products: pages, and scripts for the telephone. */

#include <glib/gi18n.h>

#include "ladder/rungs-product-store.h"
#include "ladder/rungs-sales-letter-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-text-file.h"

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "sku", N_ ("SKU"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Path"), RUNGS_COLUMN_TERM, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "address", N_ ("Address"), RUNGS_COLUMN_TEXT, NULL },
  { "hint", N_ ("Hint"), RUNGS_COLUMN_TEXT, NULL },
  { "retired_at", N_ ("Given up"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "sku", N_ ("SKU"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Path"), RUNGS_COLUMN_TERM, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "address", N_ ("Address"), RUNGS_COLUMN_TEXT, NULL },
  { "hint", N_ ("Hint"), RUNGS_COLUMN_TEXT, NULL },
  { "retired_at", N_ ("Given up"), RUNGS_COLUMN_TIME, NULL },
  { "text", N_ ("Text"), RUNGS_COLUMN_LINES, NULL },
  { NULL },
};

static const char *const PATHS[] = { "ppc", "email", "phone", "page", NULL };

static JsonObject *
letter_to_row (RungsDb                 *db,
               const RungsSalesLetter  *letter,
               GError                 **error)
{
  g_autoptr (RungsProduct) product = rungs_product_load (db, letter->product, error);
  JsonObject *row = product ? rungs_row_new () : NULL;

  if (row == NULL)
    return NULL;
  rungs_row_set_number (row, "id", letter->id);
  rungs_row_set_text (row, "sku", product->sku);
  rungs_row_set_text (row, "path", rungs_letter_path_to_text (letter->path));
  rungs_row_set_text (row, "name", letter->name);
  rungs_row_set_text (row, "address", letter->address);
  rungs_row_set_text (row, "text", letter->text);
  rungs_row_set_text (row, "hint",
                      rungs_letter_hint_to_words (rungs_sales_letter_get_hint (letter)));
  rungs_row_set_time (row, "created_at", letter->created_at);
  rungs_row_set_time (row, "updated_at", letter->updated_at);
  rungs_row_set_time (row, "retired_at", letter->retired_at);
  return row;
}

static gboolean
list_letters (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  const char *sku = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsProduct) product = sku ? rungs_product_load_by_sku (db, sku, error) : NULL;
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (sku != NULL && product == NULL)
    return FALSE;
  letters = rungs_sales_letter_list (db, product ? product->id : 0, error);
  if (letters == NULL)
    return FALSE;
  for (guint i = 0; i < letters->len; i++)
    {
      JsonObject *row = letter_to_row (db, g_ptr_array_index (letters, i), error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no sales letters."));
  return TRUE;
}

static gboolean
show_letter (RungsInvocation  *call,
             RungsDb          *db,
             gint64            id,
             GError          **error)
{
  g_autoptr (RungsSalesLetter) letter = rungs_sales_letter_load (db, id, error);
  g_autoptr (JsonObject) row = letter ? letter_to_row (db, letter, error) : NULL;

  if (row == NULL)
    return FALSE;
  rungs_column_show (call, SHOW_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
show (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  gint64 id;

  return rungs_invocation_get_id (call, 0, &id, error) && show_letter (call, db, id, error);
}

/* What the options say of it; what they do not say stays. */
static gboolean
take_options (RungsInvocation   *call,
              RungsSalesLetter  *letter,
              GError           **error)
{
  const char *file = rungs_invocation_get_text (call, "text", NULL);
  guint path = letter->path;

  if (!rungs_invocation_get_choice (call, "path", PATHS, &path, error))
    return FALSE;
  letter->path = path;
  rungs_invocation_take_text (call, "name", &letter->name);
  rungs_invocation_take_text (call, "address", &letter->address);
  if (file == NULL)
    return TRUE;
  g_free (letter->text);
  letter->text = rungs_text_file_read (file, error);
  return letter->text != NULL;
}

static gboolean
add_letter (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  const char *sku = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsProduct) product = rungs_product_load_by_sku (db, sku, error);
  g_autoptr (RungsSalesLetter) letter = NULL;
  gint64 id;

  if (product == NULL || !rungs_invocation_require (call, "name", error))
    return FALSE;
  letter = rungs_sales_letter_new (product->id, RUNGS_LETTER_PAGE);
  if (!take_options (call, letter, error))
    return FALSE;
  id = rungs_sales_letter_add (db, letter, rungs_invocation_get_now (call), error);
  return id != 0 && show_letter (call, db, id, error);
}

static RungsSalesLetter *
load_argument (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  gint64 id;

  return rungs_invocation_get_id (call, 0, &id, error) ? rungs_sales_letter_load (db, id, error)
                                                       : NULL;
}

static gboolean
edit_letter (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsSalesLetter) letter = load_argument (call, db, error);

  return letter != NULL && take_options (call, letter, error)
         && rungs_sales_letter_save (db, letter, rungs_invocation_get_now (call), error)
         && show_letter (call, db, letter->id, error);
}

static gboolean
retire_letter (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsSalesLetter) letter = load_argument (call, db, error);
  gboolean back = rungs_invocation_has (call, "undo");
  JsonObject *row;

  if (letter == NULL)
    return FALSE;
  letter->retired_at = back ? 0 : rungs_invocation_get_now (call);
  if (!rungs_sales_letter_retire (db, letter->id, letter->retired_at, error)
      || (row = letter_to_row (db, letter, error)) == NULL)
    return FALSE;
  rungs_column_say (call, row, back ? _ ("%s is used again.") : _ ("%s is no longer used."),
                    letter->name);
  return TRUE;
}

static gboolean
delete_letter (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsSalesLetter) letter = load_argument (call, db, error);
  g_autoptr (JsonObject) row = letter ? letter_to_row (db, letter, error) : NULL;

  if (row == NULL || !rungs_sales_letter_delete (db, letter->id, error))
    return FALSE;
  rungs_column_say (call, g_steal_pointer (&row), _ ("%s was deleted."), letter->name);
  return TRUE;
}

static const GOptionEntry LETTER_OPTIONS[] = {
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("Name")),
  RUNGS_OPTION ("path", N_ ("PATH"),
                N_ ("ppc, with links to content; email, without; phone, a script; or page")),
  RUNGS_OPTION ("address", N_ ("URL"), N_ ("Address of the page")),
  RUNGS_OPTION ("text", N_ ("FILE"), N_ ("Its text, from a file, or from “-”: standard input")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry RETIRE_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Use it again")),
  RUNGS_OPTIONS_END,
};

/* What --json prints. */
#define LETTER_KEYS                                                                                \
  "id, sku, path, name, address, text, hint, created_at, updated_at, retired_at"

const RungsCommand RUNGS_LETTER_COMMANDS[] = {
  { "letter list", "[SKU]", N_ ("List what sells the product, or all products"),
    RUNGS_COMMAND_READS, list_letters, NULL, NULL, "[" LETTER_KEYS "]" },
  { "letter show", "NUMBER", N_ ("Show a sales letter with its text"), RUNGS_COMMAND_READS, show,
    NULL, NULL, "{" LETTER_KEYS "}" },
  { "letter add", "SKU", N_ ("Add a sales letter of the product; needs --name"),
    RUNGS_COMMAND_WRITES, add_letter, LETTER_OPTIONS, NULL, "{" LETTER_KEYS "}" },
  { "letter edit", "NUMBER", N_ ("Change a sales letter"), RUNGS_COMMAND_WRITES, edit_letter,
    LETTER_OPTIONS, NULL, "{" LETTER_KEYS "}" },
  { "letter retire", "NUMBER", N_ ("Use a sales letter no longer"), RUNGS_COMMAND_WRITES,
    retire_letter, RETIRE_OPTIONS, NULL },
  { "letter delete", "NUMBER", N_ ("Delete a sales letter"), RUNGS_COMMAND_WRITES, delete_letter,
    NULL, NULL },
  { NULL },
};
