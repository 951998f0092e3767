/* rungs-order-import-command.c: orders from files of shops and payment services, and taking them
 * back. */

#include <glib/gi18n.h>

#include "base/rungs-names.h"
#include "ladder/rungs-order-import.h"
#include "rungs-commands.h"
#include "rungs-import-report.h"
#include "rungs-listing.h"
#include "rungs-progress-line.h"

#define LIST_ROWS 100
#define MOST_ROWS 1000000

static const RungsColumn NAME_COLUMNS[] = {
  { "name", N_ ("Name in the shop"), RUNGS_COLUMN_TEXT, NULL },
  { "sku", N_ ("Number in the shop"), RUNGS_COLUMN_TEXT, NULL },
  { "lines", N_ ("Lines"), RUNGS_COLUMN_NUMBER, NULL },
  { "is", N_ ("Product"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn CODE_COLUMNS[] = {
  { "code", N_ ("Code"), RUNGS_COLUMN_TEXT, NULL },
  { "orders", N_ ("Orders"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn RESULT_COLUMNS[] = {
  { "import", N_ ("Import"), RUNGS_COLUMN_NUMBER, NULL },
  { "file", N_ ("File"), RUNGS_COLUMN_TEXT, NULL },
  { "shop", N_ ("Shop"), RUNGS_COLUMN_TEXT, NULL },
  { "rows_read", N_ ("Rows read"), RUNGS_COLUMN_NUMBER, NULL },
  { "orders_created", N_ ("New orders"), RUNGS_COLUMN_NUMBER, NULL },
  { "sums", N_ ("What they cost"), RUNGS_COLUMN_MONEY, NULL },
  { "orders_known", N_ ("Orders that were there"), RUNGS_COLUMN_COUNT, NULL },
  { "orders_left_out", N_ ("Orders left out"), RUNGS_COLUMN_COUNT, NULL },
  { "refunds_created", N_ ("New refunds"), RUNGS_COLUMN_NUMBER, NULL },
  { "refunds_known", N_ ("Refunds that were there"), RUNGS_COLUMN_COUNT, NULL },
  { "leads_created", N_ ("New leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "leads_met", N_ ("Leads that were there"), RUNGS_COLUMN_COUNT, NULL },
  { "products_created", N_ ("New products"), RUNGS_COLUMN_COUNT, NULL },
  { "coupons_used", N_ ("Coupons used"), RUNGS_COLUMN_COUNT, NULL },
  { "coupons_against", N_ ("Of these, not meant for the order"), RUNGS_COLUMN_COUNT, NULL },
  { "coupons_created", N_ ("New coupons"), RUNGS_COLUMN_COUNT, NULL },
  { "consents", N_ ("Agreed to marketing, as the file says"), RUNGS_COLUMN_COUNT, NULL },
  { "may_write", N_ ("May get marketing by e-mail"), RUNGS_COLUMN_NUMBER, NULL },
  { "no_consent", N_ ("Not, for no consent is known"), RUNGS_COLUMN_COUNT, NULL },
  { "said_no", N_ ("Not, for they said no or the address failed"), RUNGS_COLUMN_COUNT, NULL },
  { "currency", N_ ("Amounts taken as"), RUNGS_COLUMN_TEXT, NULL },
  { "tax", N_ ("Tax"), RUNGS_COLUMN_TEXT, NULL },
  { "rows_other", N_ ("Rows that are no paid orders"), RUNGS_COLUMN_COUNT, NULL },
  { "bytes_replaced", N_ ("Bytes not understood"), RUNGS_COLUMN_COUNT, NULL },
  { "rows_refused", N_ ("Rows refused"), RUNGS_COLUMN_COUNT, NULL },
  { "names", N_ ("Products"), RUNGS_COLUMN_ROWS, NAME_COLUMNS },
  { "codes", N_ ("Codes that were no coupons"), RUNGS_COLUMN_ROWS, CODE_COLUMNS },
  { "shown_rejects", N_ ("Refused"), RUNGS_COLUMN_ROWS, RUNGS_IMPORT_REJECT_COLUMNS },
  { NULL },
};

static const RungsColumn RUN_COLUMNS[] = {
  { "import", N_ ("Import"), RUNGS_COLUMN_NUMBER, NULL },
  { "started_at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "file_name", N_ ("File"), RUNGS_COLUMN_TEXT, NULL },
  { "shop", N_ ("Shop"), RUNGS_COLUMN_TEXT, NULL },
  { "rows_read", N_ ("Rows"), RUNGS_COLUMN_NUMBER, NULL },
  { "orders_created", N_ ("New orders"), RUNGS_COLUMN_NUMBER, NULL },
  { "refunds_created", N_ ("New refunds"), RUNGS_COLUMN_COUNT, NULL },
  { "rows_refused", N_ ("Refused"), RUNGS_COLUMN_COUNT, NULL },
  { "undone_at", N_ ("Taken back"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn UNDO_COLUMNS[] = {
  { "import", N_ ("Import"), RUNGS_COLUMN_NUMBER, NULL },
  { "orders_deleted", N_ ("Orders deleted"), RUNGS_COLUMN_NUMBER, NULL },
  { "orders_kept", N_ ("Orders kept, money was given back since"), RUNGS_COLUMN_COUNT, NULL },
  { "refunds_deleted", N_ ("Refunds of other orders deleted"), RUNGS_COLUMN_COUNT, NULL },
  { "leads_deleted", N_ ("Leads deleted"), RUNGS_COLUMN_NUMBER, NULL },
  { "leads_kept", N_ ("Leads kept, there is more about them since"), RUNGS_COLUMN_COUNT, NULL },
  { "products_deleted", N_ ("Products deleted"), RUNGS_COLUMN_COUNT, NULL },
  { "products_kept", N_ ("Products kept, they are used since"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

static const char *
word_of_choice (const RungsOrderName *name)
{
  switch (name->choice)
    {
    case RUNGS_CHOICE_PRODUCT:
      return name->product_name;
    case RUNGS_CHOICE_NEW:
      return _ ("a new product");
    case RUNGS_CHOICE_MONTHLY:
      return _ ("a new subscription, paid each month");
    case RUNGS_CHOICE_YEARLY:
      return _ ("a new subscription, paid each year");
    case RUNGS_CHOICE_LEAVE_OUT:
      return _ ("left out");
    case RUNGS_CHOICE_NONE:
    default:
      return _ ("not known");
    }
}

static JsonArray *
codes_to_array (GPtrArray *codes)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; codes != NULL && i < codes->len; i++)
    {
      const RungsCouponUnknown *code = g_ptr_array_index (codes, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "code", code->code);
      rungs_row_set_number (row, "orders", code->orders);
      json_array_add_object_element (array, row);
    }
  return array;
}

static JsonArray *
names_to_array (GPtrArray *names)
{
  static const char *const CHOICES[] = { "unknown", "product", "new", "monthly", "yearly", "skip" };
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < names->len; i++)
    {
      const RungsOrderName *name = g_ptr_array_index (names, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "name", name->name);
      rungs_row_set_text (row, "sku", name->sku);
      rungs_row_set_number (row, "lines", name->lines);
      rungs_row_set_text (row, "choice", CHOICES[name->choice]);
      rungs_row_set_text (row, "is", word_of_choice (name));
      json_array_add_object_element (array, row);
    }
  return array;
}

/* Returns: (transfer full) (nullable): NULL where the file says nothing of it. */
static char *
dup_tax_words (const RungsOrderImportResult *result)
{
  if (result->tax_heading == NULL)
    return NULL;
  if (!result->asks_tax)
    return g_strdup (result->tax_heading);
  return result->tax_added ? g_strdup_printf (_ ("%s, added to the amounts"), result->tax_heading)
                           : g_strdup_printf (_ ("%s, in the amounts"), result->tax_heading);
}

static JsonObject *
result_to_row (const RungsOrderImportResult *result)
{
  JsonObject *row = rungs_row_new ();
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  g_autofree char *tax = dup_tax_words (result);

  for (guint i = 0; i < result->sums->len; i++)
    g_array_append_vals (sums, g_ptr_array_index (result->sums, i), 1);
  rungs_row_set_monies (row, "sums", sums);
  rungs_row_set_id (row, "import", result->run);
  rungs_row_set_text (row, "file", result->words);
  rungs_row_set_text (row, "shape", result->shape);
  rungs_row_set_text (row, "shop", result->shop);
  rungs_row_set_number (row, "rows_read", result->rows_read);
  rungs_row_set_number (row, "rows_refused", result->rows_refused);
  rungs_row_set_number (row, "rows_other", result->rows_other);
  rungs_row_set_number (row, "orders_created", result->orders_created);
  rungs_row_set_number (row, "orders_known", result->orders_known);
  rungs_row_set_number (row, "orders_left_out", result->orders_left_out);
  rungs_row_set_number (row, "refunds_created", result->refunds_created);
  rungs_row_set_number (row, "refunds_known", result->refunds_known);
  rungs_row_set_number (row, "leads_created", result->leads_created);
  rungs_row_set_number (row, "leads_met", result->leads_met);
  rungs_row_set_number (row, "products_created", result->products_created);
  rungs_row_set_number (row, "coupons_used", result->coupons_used);
  rungs_row_set_number (row, "coupons_against", result->coupons_against);
  rungs_row_set_number (row, "coupons_created", result->coupons_created);
  rungs_row_set_text (row, "agreed_heading", result->agreed_heading);
  rungs_row_set_number (row, "consents", result->consents);
  rungs_row_set_number (row, "may_write", result->reach.may_write);
  rungs_row_set_number (row, "no_consent", result->reach.no_consent);
  rungs_row_set_number (row, "said_no", result->reach.said_no);
  rungs_row_set_text (row, "currency", result->currency);
  rungs_row_set_text (row, "tax", tax);
  rungs_row_set_text (row, "tax_heading", result->tax_heading);
  rungs_row_set_number (row, "bytes_replaced", result->bytes_replaced);
  json_object_set_array_member (row, "names", names_to_array (result->names));
  json_object_set_array_member (row, "codes", codes_to_array (result->codes));
  return row;
}

static gboolean
lacks_products (const RungsOrderImportResult *result)
{
  for (guint i = 0; i < result->names->len; i++)
    if (((RungsOrderName *) g_ptr_array_index (result->names, i))->choice == RUNGS_CHOICE_NONE)
      return TRUE;
  return FALSE;
}

static void
say_what_next (RungsInvocation              *call,
               const RungsOrderImportResult *result)
{
  RungsOutput *output = rungs_invocation_get_output (call);

  if (lacks_products (result))
    rungs_output_printf (output, "\n%s\n",
                         _ ("Say which products these are: --product \"NAME=SKU\", and of one that "
                            "is not there yet\n--product \"NAME=new\" (or monthly, yearly: a "
                            "subscription; skip: leave it out). It is remembered."));
  if (result->agreed_heading == NULL && rungs_invocation_has (call, "consent"))
    rungs_output_printf (output, "\n%s\n",
                         _ ("No column of the file says who agreed to marketing, so no consent is "
                            "written down.\n--map HEADING=agreed says which one does."));
  else if (result->reach.no_consent > 0)
    rungs_output_printf (output, "\n%s\n",
                         _ ("An order is no consent to marketing: those of whom no consent is "
                            "known get none."));
  rungs_import_report_say_rejects (call, result->rows_refused);
}

static gboolean
read_tax (RungsInvocation  *call,
          RungsOrderTaxIn  *tax,
          GError          **error)
{
  static const char *const NAMES[] = { "", "within", "added" };
  const char *text = rungs_invocation_get_text (call, "tax", "");
  guint found = 0;

  if (!rungs_names_find (NAMES, G_N_ELEMENTS (NAMES), text, &found))
    return rungs_invocation_refuse (call, "tax", _ ("within or added"), error);
  *tax = found;
  return TRUE;
}

/* Lends what the invocation holds. The arrays are NULL-terminated. */
static gboolean
read_options (RungsInvocation         *call,
              RungsOrderImportOptions *options,
              GPtrArray               *assignments,
              GPtrArray               *products,
              GError                 **error)
{
  if (!rungs_import_report_read_table (call, &options->table, error)
      || !read_tax (call, &options->tax, error))
    return FALSE;
  options->path = rungs_invocation_get_argument (call, 0);
  options->assignments = (const char *const *) assignments->pdata;
  options->products = (const char *const *) products->pdata;
  options->shop = rungs_invocation_get_text (call, "shop", NULL);
  options->source = rungs_invocation_get_text (call, "source", NULL);
  options->consent = rungs_invocation_get_text (call, "consent", NULL);
  options->no_consent = rungs_invocation_has (call, "no-consent");
  options->rejects = rungs_invocation_get_text (call, "rejects", NULL);
  options->starts = rungs_invocation_has (call, "start-sequences");
  options->coupons = rungs_invocation_has (call, "coupons");
  options->dry_run = rungs_invocation_has (call, "dry-run");
  return TRUE;
}

/* What is imported, and what came of it. */
typedef struct
{
  RungsOrderImportOptions options;
  RungsOrderImportResult result;
} Work;

static gboolean
work (RungsDb                *db,
      gpointer                data,
      gint64                  now,
      RungsImportProgressFunc progress,
      gpointer                progress_data,
      GCancellable           *cancellable,
      GError                **error)
{
  Work *self = data;

  return rungs_order_import_run (db, &self->options, now, progress, progress_data, cancellable,
                                 &self->result, error);
}

static gboolean
import (RungsInvocation  *call,
        RungsDb          *db,
        GError          **error)
{
  g_autoptr (GPtrArray) assignments = rungs_import_report_list_texts (call, "map");
  g_autoptr (GPtrArray) products = rungs_import_report_list_texts (call, "product");
  Work self = { 0 };

  if (!read_options (call, &self.options, assignments, products, error)
      || !rungs_import_report_run (call, db, _ ("storing the orders…"), work, &self, error))
    return FALSE;
  rungs_import_report_show (call, RESULT_COLUMNS, result_to_row (&self.result),
                            self.result.rejects);
  if (!rungs_invocation_wants_json (call))
    say_what_next (call, &self.result);
  rungs_order_import_result_clear (&self.result);
  return TRUE;
}

/* Ctrl+C ends the program in the middle of the transaction: then nothing is taken back. */
static gboolean
undo_import (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  RungsOrderImportUndo undo = { 0 };
  JsonObject *row;
  gboolean undone;
  gint64 run;

  if (!rungs_invocation_get_id (call, 0, &run, error))
    return FALSE;
  undone = rungs_order_import_undo (db, run, rungs_invocation_get_now (call),
                                    rungs_import_report_undoing, NULL, NULL, &undo, error);
  rungs_progress_line_clear ();
  if (!undone)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "import", run);
  rungs_row_set_number (row, "orders_deleted", undo.orders_deleted);
  rungs_row_set_number (row, "orders_kept", undo.orders_kept);
  rungs_row_set_number (row, "refunds_deleted", undo.refunds_deleted);
  rungs_row_set_number (row, "leads_deleted", undo.leads_deleted);
  rungs_row_set_number (row, "leads_kept", undo.leads_kept);
  rungs_row_set_number (row, "products_deleted", undo.products_deleted);
  rungs_row_set_number (row, "products_kept", undo.products_kept);
  rungs_column_show (call, UNDO_COLUMNS, row);
  return TRUE;
}

static JsonObject *
run_to_row (const RungsOrderImport *run)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "import", run->run);
  rungs_row_set_text (row, "file_name", run->file_name);
  rungs_row_set_text (row, "shape", run->shape);
  rungs_row_set_text (row, "shop", run->shop);
  rungs_row_set_number (row, "rows_read", run->rows_read);
  rungs_row_set_number (row, "rows_refused", run->rows_refused);
  rungs_row_set_number (row, "orders_created", run->orders_created);
  rungs_row_set_number (row, "orders_known", run->orders_known);
  rungs_row_set_number (row, "refunds_created", run->refunds_created);
  rungs_row_set_number (row, "leads_created", run->leads_created);
  rungs_row_set_time (row, "started_at", run->started_at);
  rungs_row_set_time (row, "undone_at", run->undone_at);
  return row;
}

static gboolean
list_imports (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, RUN_COLUMNS);
  g_autoptr (GPtrArray) runs = NULL;
  gint64 limit = LIST_ROWS;

  if (!rungs_invocation_get_number (call, "limit", 1, MOST_ROWS, &limit, error))
    return FALSE;
  runs = rungs_order_import_list (db, limit, error);
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    rungs_listing_add (listing, run_to_row (g_ptr_array_index (runs, i)));
  if (runs != NULL)
    rungs_listing_end (listing, _ ("No orders were imported yet."));
  return runs != NULL;
}

static const GOptionEntry IMPORT_OPTIONS[] = {
  RUNGS_OPTION ("product",
                N_ ("NAME=SKU"),
                N_ ("Which product the shop means by a name; may be repeated")),
  RUNGS_OPTION ("shop",
                N_ ("NAME"),
                N_ ("Which of several shops the file is of; \"\" is the one without a name")),
  RUNGS_OPTION ("map", N_ ("HEADING=FIELD"), N_ ("Which field a column goes to; may be repeated")),
  RUNGS_OPTION ("tax",
                N_ ("HOW"),
                N_ ("Whether the tax is within the amounts of the file, or was added to them")),
  RUNGS_OPTION ("source", N_ ("KIND:NAME"), N_ ("Where these people came from")),
  RUNGS_OPTION ("consent",
                N_ ("WORDS"),
                N_ ("Those who agreed to marketing, as the file says, did in these words")),
  RUNGS_FLAG ("no-consent", N_ ("Write down no consent, whatever the file says")),
  RUNGS_FLAG ("coupons", N_ ("Codes that are no coupons become some")),
  RUNGS_FLAG ("start-sequences", N_ ("These orders are new: sequences begin with them")),
  RUNGS_FLAG ("dry-run", N_ ("Count and refuse the same, and write nothing")),
  RUNGS_OPTION ("rejects", N_ ("FILE"), N_ ("Write refused rows to this file")),
  RUNGS_OPTION ("encoding", N_ ("NAME"), N_ ("Encoding of the file; else found out")),
  RUNGS_OPTION ("sheet", N_ ("NAME"), N_ ("Sheet of a spreadsheet; else the first that has a row")),
  RUNGS_OPTION ("delimiter", N_ ("SIGN"), N_ ("What parts the columns, or “tab”; else found out")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("Only the newest N; 100 where nothing is said")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_ORDER_IMPORT_COMMANDS[] = {
  { "order import", "FILE", N_ ("Import a file of orders, whole or not at all"),
    RUNGS_COMMAND_HOLDS, import, IMPORT_OPTIONS,
    N_ ("The file is an export of Stripe (payments or invoices), PayPal (activity), WooCommerce,\n"
        "Shopify or Gumroad, or a table with columns for order number, e-mail address, date and\n"
        "amount. The same file twice changes nothing; of one that was exported later only new\n"
        "orders and refunds are taken. FIELD is number, email, full_name, first_name, last_name,\n"
        "date, time, zone, status, currency, refunded, sku, product, quantity, price, discount,\n"
        "line_amount, tax (an amount, or 19 %), tax_rate, coupon, agreed (to marketing), refuses\n"
        "(it), or ignore. Instead of a SKU, --product takes new, monthly, yearly (a product is\n"
        "made) or skip (its lines are left out); NAME \"*\" is all that are not known.\n"
        "Two shops that each count their orders from 1 on are told apart by --shop; once there\n"
        "are several of one seller, it must be said. An order is no consent to marketing:\n"
        "where a column says who agreed, what stands there is written down as the evidence, or\n"
        "the words of --consent."),
    "{sums, import, file, shape, shop, rows_read, rows_refused, rows_other, orders_created, "
    "orders_known, orders_left_out, refunds_created, refunds_known, leads_created, leads_met, "
    "products_created, coupons_used, coupons_against, coupons_created, "
    "agreed_heading, consents, may_write, no_consent, said_no, "
    "currency, tax, tax_heading, bytes_replaced, names: [name, sku, lines, choice, is], "
    "codes: [code, orders], rejects: [line, reason, text]}" },
  { "order undo-import", "NUMBER", N_ ("Take an import of orders back, whole"),
    RUNGS_COMMAND_WRITES, undo_import, NULL, NULL,
    "{import, orders_deleted, orders_kept, refunds_deleted, leads_deleted, leads_kept, "
    "products_deleted, products_kept}" },
  { "order imports", "", N_ ("List the imports of orders"), RUNGS_COMMAND_READS, list_imports,
    LIST_OPTIONS, NULL,
    "[import, file_name, shape, shop, rows_read, rows_refused, orders_created, orders_known, "
    "refunds_created, leads_created, started_at, undone_at]" },
  { NULL },
};
