/* rungs-coupon-use-command.c: coupons that are given to leads, and used by orders. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "ladder/rungs-coupon-judge-store.h"
#include "ladder/rungs-product-store.h"
#include "rungs-commands.h"
#include "rungs-coupon-view.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"

#define LIST_ROWS 100
#define MOST_ROWS 100000000

static const RungsColumn CHECK_COLUMNS[] = {
  { "code", N_ ("Code"), RUNGS_COLUMN_TEXT, NULL },
  { "why", N_ ("Not, because"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "discount", N_ ("Discount"), RUNGS_COLUMN_TEXT, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Path"), RUNGS_COLUMN_TERM, NULL },
  { "product", N_ ("Product"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

/* ---- giving */

static gboolean
take_how (RungsInvocation   *call,
          RungsCouponGiven  *given,
          GError           **error)
{
  const char *text = rungs_invocation_get_text (call, "how", NULL);

  return text == NULL
         || rungs_coupon_how_from_text (strcmp (text, "in-person") == 0 ? "in person" : text,
                                        &given->how)
         || rungs_invocation_refuse (call, "how", _ ("phone, in-person, email, sms or post"),
                                     error);
}

static gboolean
show_given (RungsInvocation  *call,
            RungsDb          *db,
            gint64            id,
            GError          **error)
{
  g_autoptr (RungsCouponGiven) given = rungs_coupon_given_load (db, id, error);

  if (given == NULL)
    return FALSE;
  rungs_column_show (call, RUNGS_COUPON_GIVEN_COLUMNS, rungs_coupon_given_to_row (given));
  return TRUE;
}

static gboolean
give_coupon (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_argument (call, db, 0, error);
  g_autoptr (RungsLead) lead = coupon ? rungs_lead_argument (call, db, 1, error) : NULL;
  gint64 now = rungs_invocation_get_now (call), id;
  g_autoptr (RungsCouponGiven) given = NULL;

  if (lead == NULL)
    return FALSE;
  given = rungs_coupon_given_new (lead->id, coupon->id, now);
  rungs_coupon_set (&given->who, rungs_invocation_get_text (call, "who", NULL));
  rungs_coupon_set (&given->note, rungs_invocation_get_text (call, "note", NULL));
  if (!take_how (call, given, error) || !rungs_invocation_get_time (call, "at", &given->at, error))
    return FALSE;
  id = rungs_coupon_give (db, given, now, error);
  return id != 0 && show_given (call, db, id, error);
}

static gboolean
take_back (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (RungsCouponGiven) given = NULL;
  gint64 id;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || (given = rungs_coupon_given_load (db, id, error)) == NULL
      || !rungs_coupon_given_undo (db, id, rungs_invocation_get_now (call), error))
    return FALSE;
  rungs_column_say (call, rungs_coupon_given_to_row (given),
                    _ ("It is taken back that %s was given."), given->code);
  return TRUE;
}

static gboolean
list_given (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsLead) lead = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, RUNGS_COUPON_GIVEN_COLUMNS);
  gint64 limit = LIST_ROWS;

  if (!rungs_invocation_get_number (call, "limit", 1, MOST_ROWS, &limit, error))
    return FALSE;
  if (rungs_invocation_count_arguments (call) > 0
      && (lead = rungs_lead_argument (call, db, 0, error)) == NULL)
    return FALSE;
  list = rungs_coupon_given_list (db, lead ? lead->id : 0, 0, limit, error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    rungs_listing_add (listing, rungs_coupon_given_to_row (g_ptr_array_index (list, i)));
  rungs_listing_end (listing, _ ("No coupon was given to anybody."));
  return TRUE;
}

/* ---- using */

static JsonObject *
find_use (RungsDb  *db,
          gint64    order,
          gint64    coupon,
          GError  **error)
{
  g_autoptr (GPtrArray) uses = rungs_coupon_uses_of_order (db, order, error);

  for (guint i = 0; uses != NULL && i < uses->len; i++)
    if (((RungsCouponUse *) g_ptr_array_index (uses, i))->coupon == coupon)
      return rungs_coupon_use_to_row (g_ptr_array_index (uses, i));
  if (uses != NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                         _ ("the order does not use this coupon"));
  return NULL;
}

static gboolean
release_coupon (RungsInvocation    *call,
                RungsDb            *db,
                const RungsCoupon  *coupon,
                gint64              order,
                GError            **error)
{
  g_autoptr (JsonObject) row = find_use (db, order, coupon->id, error);

  if (row == NULL
      || !rungs_coupon_release (db, coupon->id, order, rungs_invocation_get_now (call), error))
    return FALSE;
  rungs_column_say (call, g_steal_pointer (&row), _ ("The order does not use %s any more."),
                    coupon->code);
  return TRUE;
}

static gboolean
redeem_coupon (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_argument (call, db, 0, error);
  JsonObject *row;
  gint64 order;

  if (coupon == NULL || !rungs_invocation_get_id (call, 1, &order, error))
    return FALSE;
  if (rungs_invocation_has (call, "undo"))
    return release_coupon (call, db, coupon, order, error);
  if (!rungs_coupon_redeem (db, coupon->id, order, rungs_invocation_has (call, "anyway"), error)
      || (row = find_use (db, order, coupon->id, error)) == NULL)
    return FALSE;
  rungs_column_show (call, RUNGS_COUPON_USE_COLUMNS, row);
  return TRUE;
}

/* ---- checking */

static gboolean
take_products (RungsInvocation  *call,
               RungsDb          *db,
               GArray           *products,
               GError          **error)
{
  GPtrArray *skus = rungs_invocation_get_texts (call, "product");

  for (guint i = 0; i < skus->len; i++)
    {
      g_autoptr (RungsProduct) product
          = rungs_product_load_by_sku (db, g_ptr_array_index (skus, i), error);

      if (product == NULL)
        return FALSE;
      g_array_append_val (products, product->id);
    }
  return TRUE;
}

static JsonObject *
check_to_row (const RungsCouponCheck *check)
{
  g_autofree char *why = rungs_coupon_check_dup_why (check);
  const RungsCoupon *coupon = check->coupon;
  g_autofree char *source
      = coupon ? rungs_coupon_dup_source (coupon->source, coupon->source_kind, coupon->source_name)
               : NULL;
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "code", coupon ? coupon->code : check->code);
  rungs_row_set_flag (row, "fits", check->verdict == RUNGS_COUPON_FITS);
  rungs_row_set_text (row, "verdict",
                      why != NULL ? rungs_coupon_verdict_to_text (check->verdict) : NULL);
  rungs_row_set_text (row, "why", why);
  rungs_row_set_text (row, "name", coupon ? coupon->name : NULL);
  rungs_row_set_text (row, "discount", coupon ? coupon->discount : NULL);
  rungs_row_set_text (row, "source", source);
  rungs_row_set_text (row, "path", source ? rungs_path_to_text (coupon->path) : NULL);
  rungs_row_set_text (row, "product",
                      coupon && coupon->product != 0 ? coupon->product_name : NULL);
  return row;
}

static gboolean
check_coupon (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (GArray) products = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RungsLead) lead = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  RungsCouponQuestion question = { .at = rungs_invocation_get_now (call) };

  if (!take_products (call, db, products, error)
      || !rungs_invocation_get_time (call, "at", &question.at, error))
    return FALSE;
  if (rungs_invocation_count_arguments (call) > 1
      && (lead = rungs_lead_argument (call, db, 1, error)) == NULL)
    return FALSE;
  question.lead = lead != NULL ? lead->id : 0;
  question.products = products->len > 0 ? products : NULL;
  checks = rungs_coupon_check_text (db, &question, rungs_invocation_get_argument (call, 0), error);
  if (checks == NULL)
    return FALSE;
  for (guint i = 0; i < checks->len; i++)
    rungs_column_show (call, CHECK_COLUMNS, check_to_row (g_ptr_array_index (checks, i)));
  return TRUE;
}

static const GOptionEntry GIVE_OPTIONS[] = {
  RUNGS_OPTION ("how", N_ ("HOW"),
                N_ ("phone (where nothing is said), in-person, email, sms or post")),
  RUNGS_OPTION ("who", N_ ("NAME"), N_ ("Who gave it")),
  RUNGS_OPTION ("note", N_ ("TEXT"), N_ ("What else is to be remembered")),
  RUNGS_OPTION ("at", N_ ("TIME"), N_ ("When; now where nothing is said")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("Only the newest N; 100 where nothing is said")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry REDEEM_OPTIONS[] = {
  RUNGS_FLAG ("anyway", N_ ("Even where it does not fit")),
  RUNGS_FLAG ("undo", N_ ("Take it back that the order uses it")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry CHECK_OPTIONS[] = {
  RUNGS_OPTION ("product", N_ ("SKU"), N_ ("Of an order of this product; may be given again")),
  RUNGS_OPTION ("at", N_ ("TIME"), N_ ("When; now where nothing is said")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_COUPON_USE_COMMANDS[] = {
  { "coupon check", "CODE [EMAIL]", N_ ("Say what a code means, and whether an order may use it"),
    RUNGS_COMMAND_READS, check_coupon, CHECK_OPTIONS, NULL,
    "{code, fits, verdict, why, name, discount, source, path, product}" },
  { "coupon give", "CODE EMAIL", N_ ("Write down that a lead was told the code"),
    RUNGS_COMMAND_WRITES, give_coupon, GIVE_OPTIONS, NULL, "{" RUNGS_COUPON_GIVEN_KEYS "}" },
  { "coupon given", "[EMAIL]", N_ ("List who was given which coupon"), RUNGS_COMMAND_READS,
    list_given, LIST_OPTIONS, NULL, "[" RUNGS_COUPON_GIVEN_KEYS "]" },
  { "coupon take-back", "NUMBER", N_ ("Take it back that a coupon was given"),
    RUNGS_COMMAND_WRITES, take_back, NULL, NULL },
  { "coupon redeem", "CODE ORDER", N_ ("Have an order use a coupon"), RUNGS_COMMAND_WRITES,
    redeem_coupon, REDEEM_OPTIONS, NULL, "{" RUNGS_COUPON_USE_KEYS "}" },
  { NULL },
};
