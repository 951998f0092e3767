/* rungs-coupon-command.c: coupons: making, changing and listing them. */

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-product-store.h"
#include "rungs-commands.h"
#include "rungs-coupon-view.h"
#include "rungs-listing.h"
#include "rungs-source-argument.h"

#define MOST_USES G_MAXINT32
#define ROWS_SHOWN 20
#define MOST_ROWS 100000000

/* Stands for "not said". */
#define NONE "none"

static const char *const FILTERS[] = { "all", "good", "partner", "ended", NULL };

static const RungsColumn COLUMNS[] = {
  { "code", N_ ("Code"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "discount", N_ ("Discount"), RUNGS_COLUMN_TEXT, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Path"), RUNGS_COLUMN_TERM, NULL },
  { "valid_until", N_ ("Until"), RUNGS_COLUMN_TEXT, NULL },
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "given", N_ ("Given"), RUNGS_COLUMN_COUNT, NULL },
  { "uses", N_ ("Orders"), RUNGS_COLUMN_COUNT, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_COUNT, NULL },
  { "paid", N_ ("Paid"), RUNGS_COLUMN_MONEY, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "code", N_ ("Code"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "discount", N_ ("Discount"), RUNGS_COLUMN_TEXT, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Path"), RUNGS_COLUMN_TERM, NULL },
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "product", N_ ("Product"), RUNGS_COLUMN_TEXT, NULL },
  { "valid_from", N_ ("Valid From"), RUNGS_COLUMN_TEXT, NULL },
  { "valid_until", N_ ("Until"), RUNGS_COLUMN_TEXT, NULL },
  { "most_uses", N_ ("At most"), RUNGS_COLUMN_COUNT, NULL },
  { "most_per_lead", N_ ("At most per lead"), RUNGS_COLUMN_COUNT, NULL },
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "given", N_ ("Given"), RUNGS_COLUMN_NUMBER, NULL },
  { "uses", N_ ("Orders"), RUNGS_COLUMN_NUMBER, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "against", N_ ("Orders it was not meant for"), RUNGS_COLUMN_COUNT, NULL },
  { "paid", N_ ("Paid"), RUNGS_COLUMN_MONEY, NULL },
  { "last_at", N_ ("Last used"), RUNGS_COLUMN_TIME, NULL },
  { "retired_at", N_ ("Given up"), RUNGS_COLUMN_TIME, NULL },
  { "given_to", N_ ("Given to"), RUNGS_COLUMN_ROWS, RUNGS_COUPON_GIVEN_COLUMNS },
  { "used_by", N_ ("Used by"), RUNGS_COLUMN_ROWS, RUNGS_COUPON_USE_COLUMNS },
  { NULL },
};

static const RungsColumn UNKNOWN_COLUMNS[] = {
  { "code", N_ ("Code"), RUNGS_COLUMN_TEXT, NULL },
  { "orders", N_ ("Orders"), RUNGS_COLUMN_NUMBER, NULL },
  { "last_at", N_ ("Last used"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static gboolean
list_coupons (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autofree char *words = rungs_invocation_join_arguments (call, 0);
  RungsCouponQuery query = { .words = words, .now = rungs_invocation_get_now (call) };
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (GPtrArray) coupons = NULL;
  guint filter = 0;

  if (!rungs_invocation_get_choice (call, "filter", FILTERS, &filter, error))
    return FALSE;
  query.filter = filter;
  coupons = rungs_coupon_list (db, &query, error);
  if (coupons == NULL)
    return FALSE;
  for (guint i = 0; i < coupons->len; i++)
    {
      JsonObject *row = rungs_coupon_to_row (db, g_ptr_array_index (coupons, i), error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no coupons."));
  return TRUE;
}

static gboolean
add_lists (RungsDb     *db,
           JsonObject  *row,
           gint64       id,
           GError     **error)
{
  g_autoptr (GPtrArray) given = rungs_coupon_given_list (db, 0, id, ROWS_SHOWN, error);
  g_autoptr (GPtrArray) uses
      = given ? rungs_coupon_uses_of_coupon (db, id, ROWS_SHOWN, error) : NULL;
  JsonArray *given_to = rungs_row_set_array (row, "given_to");
  JsonArray *used_by = rungs_row_set_array (row, "used_by");

  if (uses == NULL)
    return FALSE;
  for (guint i = 0; i < given->len; i++)
    json_array_add_object_element (given_to,
                                   rungs_coupon_given_to_row (g_ptr_array_index (given, i)));
  rungs_coupon_add_uses (used_by, uses);
  return TRUE;
}

static JsonObject *
load_row (RungsInvocation  *call,
          RungsDb          *db,
          gint64            id,
          GError          **error)
{
  g_autoptr (RungsCouponRow) coupon
      = rungs_coupon_row_load (db, id, rungs_invocation_get_now (call), error);

  return coupon != NULL ? rungs_coupon_to_row (db, coupon, error) : NULL;
}

static gboolean
show_coupon (RungsInvocation  *call,
             RungsDb          *db,
             gint64            id,
             GError          **error)
{
  g_autoptr (JsonObject) row = load_row (call, db, id, error);

  if (row == NULL || !add_lists (db, row, id, error))
    return FALSE;
  rungs_column_show (call, SHOW_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
show (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_argument (call, db, 0, error);

  return coupon != NULL && show_coupon (call, db, coupon->id, error);
}

/* ---- options */

static gboolean
is_none (RungsInvocation *call,
         const char      *option)
{
  return strcmp (rungs_invocation_get_text (call, option, ""), NONE) == 0;
}

static void
take_text (RungsInvocation  *call,
           const char       *option,
           char            **text)
{
  if (is_none (call, option))
    rungs_coupon_set (text, NULL);
  else if (rungs_invocation_has (call, option))
    rungs_coupon_set (text, rungs_invocation_get_text (call, option, NULL));
}

static gboolean
take_count (RungsInvocation  *call,
            const char       *option,
            gint64           *count,
            GError          **error)
{
  if (is_none (call, option))
    *count = 0;
  else
    return rungs_invocation_get_number (call, option, 1, MOST_USES, count, error);
  return TRUE;
}

static gboolean
take_source (RungsInvocation  *call,
             RungsDb          *db,
             RungsCoupon      *coupon,
             GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "source", NULL);

  if (text == NULL)
    return TRUE;
  coupon->source = is_none (call, "source")
                       ? 0
                       : rungs_source_ensure_by_text (db, text, rungs_invocation_get_now (call),
                                                      error);
  return coupon->source != 0 || is_none (call, "source");
}

static gboolean
take_path (RungsInvocation  *call,
           RungsCoupon      *coupon,
           GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "path", NULL);

  if (text == NULL)
    return TRUE;
  if (!rungs_path_from_text (strcmp (text, "in-person") == 0 ? "in person" : text, &coupon->path))
    return rungs_invocation_refuse (call, "path", _ ("opt-in, direct, phone or in-person"), error);
  return coupon->source != 0
         || rungs_invocation_refuse (call, "path", _ ("a coupon with a source only"), error);
}

static gboolean
take_product (RungsInvocation  *call,
              RungsDb          *db,
              RungsCoupon      *coupon,
              GError          **error)
{
  const char *sku = rungs_invocation_get_text (call, "product", NULL);
  g_autoptr (RungsProduct) product = NULL;

  if (sku == NULL)
    return TRUE;
  if (!is_none (call, "product") && (product = rungs_product_load_by_sku (db, sku, error)) == NULL)
    return FALSE;
  coupon->product = product != NULL ? product->id : 0;
  return TRUE;
}

/* What the options say of it; what they do not say stays. */
static gboolean
take_options (RungsInvocation  *call,
              RungsDb          *db,
              RungsCoupon      *coupon,
              GError          **error)
{
  take_text (call, "name", &coupon->name);
  take_text (call, "discount", &coupon->discount);
  take_text (call, "from", &coupon->valid_from);
  take_text (call, "until", &coupon->valid_until);
  return take_source (call, db, coupon, error) && take_path (call, coupon, error)
         && take_product (call, db, coupon, error)
         && take_count (call, "uses", &coupon->most_uses, error)
         && take_count (call, "per-lead", &coupon->most_per_lead, error);
}

/* ---- writing */

static gboolean
add_coupon (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();
  gint64 id;

  rungs_coupon_set (&coupon->code, rungs_invocation_get_argument (call, 0));
  if (!take_options (call, db, coupon, error))
    return FALSE;
  id = rungs_coupon_add (db, coupon, rungs_invocation_get_now (call), error);
  return id != 0
         && (!rungs_invocation_has (call, "adopt") || rungs_coupon_adopt (db, id, NULL, error))
         && show_coupon (call, db, id, error);
}

static gboolean
edit_coupon (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_argument (call, db, 0, error);
  const char *code = rungs_invocation_get_text (call, "code", NULL);

  if (coupon == NULL)
    return FALSE;
  if (code != NULL)
    rungs_coupon_set (&coupon->code, code);
  return take_options (call, db, coupon, error)
         && rungs_coupon_save (db, coupon, rungs_invocation_get_now (call), error)
         && show_coupon (call, db, coupon->id, error);
}

static gboolean
say_coupon (RungsInvocation    *call,
            RungsDb            *db,
            const RungsCoupon  *coupon,
            const char         *format,
            GError            **error)
{
  g_autofree char *sentence = g_strdup_printf (format, coupon->code);
  JsonObject *row = load_row (call, db, coupon->id, error);

  if (row == NULL)
    return FALSE;
  rungs_column_say (call, row, "%s", sentence);
  return TRUE;
}

static gboolean
retire_coupon (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_argument (call, db, 0, error);
  gboolean back = rungs_invocation_has (call, "undo");

  return coupon != NULL
         && rungs_coupon_retire (db, coupon->id, back ? 0 : rungs_invocation_get_now (call), error)
         && say_coupon (call, db, coupon,
                        back ? _ ("%s is accepted again.") : _ ("%s is not accepted any more."),
                        error);
}

static gboolean
delete_coupon (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_argument (call, db, 0, error);

  return coupon != NULL && say_coupon (call, db, coupon, _ ("%s was deleted."), error)
         && rungs_coupon_delete (db, coupon->id, error);
}

/* ---- codes that are no coupons */

static gboolean
list_unknown (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (GPtrArray) codes = rungs_coupon_unknown_list (db, MOST_ROWS, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, UNKNOWN_COLUMNS);

  if (codes == NULL)
    return FALSE;
  for (guint i = 0; i < codes->len; i++)
    {
      const RungsCouponUnknown *code = g_ptr_array_index (codes, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "code", code->code);
      rungs_row_set_number (row, "orders", code->orders);
      rungs_row_set_time (row, "last_at", code->last_at);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("Every code on an order is a coupon."));
  return TRUE;
}

static gboolean
adopt (RungsInvocation  *call,
       RungsDb          *db,
       GError          **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_argument (call, db, 0, error);
  g_autofree char *sentence = NULL;
  JsonObject *row;
  gint64 count;

  if (coupon == NULL || !rungs_coupon_adopt (db, coupon->id, &count, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "code", coupon->code);
  rungs_row_set_number (row, "orders", count);
  sentence = g_strdup_printf (ngettext ("%" PRId64 " order that carries %s uses it now.",
                                        "%" PRId64 " orders that carry %s use it now.", count),
                              count, coupon->code);
  rungs_column_say (call, row, "%s", sentence);
  return TRUE;
}

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("filter", N_ ("WHICH"),
                N_ ("Only the good ones, those of a partner, or ended ones")),
  RUNGS_OPTIONS_END,
};

#define COUPON_OPTIONS                                                                             \
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("What it is for")),                                       \
      RUNGS_OPTION ("discount", N_ ("TEXT"), N_ ("What it gives, in words")),                      \
      RUNGS_OPTION ("source", N_ ("KIND:NAME"),                                                    \
                    N_ ("Who uses it came from there; made where there is none")),                 \
      RUNGS_OPTION ("path", N_ ("PATH"), N_ ("How: opt-in, direct, phone or in-person")),          \
      RUNGS_OPTION ("product", N_ ("SKU"), N_ ("It is for this product only")),                    \
      RUNGS_OPTION ("from", N_ ("DAY"), N_ ("The first day on which it is good")),                 \
      RUNGS_OPTION ("until", N_ ("DAY"), N_ ("The last day")),                                     \
      RUNGS_OPTION ("uses", N_ ("N"), N_ ("So many orders may use it")),                           \
      RUNGS_OPTION ("per-lead", N_ ("N"), N_ ("So many orders of one lead may use it"))

static const GOptionEntry ADD_OPTIONS[] = {
  COUPON_OPTIONS,
  RUNGS_FLAG ("adopt", N_ ("Orders that carry the code use it")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry EDIT_OPTIONS[] = {
  RUNGS_OPTION ("code", N_ ("CODE"), N_ ("Another code")),
  COUPON_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry RETIRE_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Accept it again")),
  RUNGS_OPTIONS_END,
};

/* What --json prints. */
#define COUPON_JSON                                                                                \
  "{" RUNGS_COUPON_KEYS ", given_to: [" RUNGS_COUPON_GIVEN_KEYS "], "                              \
  "used_by: [" RUNGS_COUPON_USE_KEYS "]}"

const RungsCommand RUNGS_COUPON_COMMANDS[] = {
  { "coupon list", "[WORDS…]", N_ ("List coupons with what they did"), RUNGS_COMMAND_READS,
    list_coupons, LIST_OPTIONS,
    N_ ("A coupon is good if an order of today could use it; it has ended when it is over, used\n"
        "up or given up. Partners are joint ventures and affiliates. WHICH is good, partner or\n"
        "ended."),
    "[" RUNGS_COUPON_KEYS "]" },
  { "coupon show", "CODE", N_ ("Show a coupon, whom it was given to and who used it"),
    RUNGS_COMMAND_READS, show, NULL, NULL, COUPON_JSON },
  { "coupon add", "CODE", N_ ("Add a coupon"), RUNGS_COMMAND_WRITES, add_coupon, ADD_OPTIONS,
    N_ ("Capitals and blanks in a code do not count. Whoever uses a coupon with a source came\n"
        "from there, by its path: by phone where nothing is said."),
    COUPON_JSON },
  { "coupon edit", "CODE", N_ ("Change a coupon"), RUNGS_COMMAND_WRITES, edit_coupon, EDIT_OPTIONS,
    N_ ("An option with “none” takes away what was said. Orders that used it stay as they are."),
    COUPON_JSON },
  { "coupon retire", "CODE", N_ ("Accept a coupon no longer"), RUNGS_COMMAND_WRITES, retire_coupon,
    RETIRE_OPTIONS, NULL },
  { "coupon delete", "CODE", N_ ("Delete a coupon that nobody was given or has used"),
    RUNGS_COMMAND_WRITES, delete_coupon, NULL, NULL },
  { "coupon unknown", "", N_ ("List codes on orders that are no coupons"), RUNGS_COMMAND_READS,
    list_unknown, NULL, NULL, "[code, orders, last_at]" },
  { "coupon adopt", "CODE", N_ ("Have all orders that carry the code use the coupon"),
    RUNGS_COMMAND_WRITES, adopt, NULL, NULL, "{code, orders}" },
  { NULL },
};
