/* rungs-coupon-view.c: coupons as they are named and shown on the command line. */

#include "rungs-coupon-view.h"

#include <glib/gi18n.h>

#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-product-store.h"

const RungsColumn RUNGS_COUPON_GIVEN_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "code", N_ ("Code"), RUNGS_COLUMN_TEXT, NULL },
  { "lead_name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "how", N_ ("How"), RUNGS_COLUMN_TERM, NULL },
  { "who", N_ ("By whom"), RUNGS_COLUMN_TEXT, NULL },
  { "note", N_ ("Note"), RUNGS_COLUMN_TEXT, NULL },
  { "used_at", N_ ("Used"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

const RungsColumn RUNGS_COUPON_USE_COLUMNS[] = {
  { "order", N_ ("Order"), RUNGS_COLUMN_NUMBER, NULL },
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "code", N_ ("Code"), RUNGS_COLUMN_TEXT, NULL },
  { "lead_name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "discount", N_ ("Discount"), RUNGS_COLUMN_TEXT, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Path"), RUNGS_COLUMN_TERM, NULL },
  { "paid", N_ ("Paid"), RUNGS_COLUMN_MONEY, NULL },
  { "against", N_ ("Accepted although"), RUNGS_COLUMN_TERM, NULL },
  { NULL },
};

char *
rungs_coupon_dup_source (gint64          source,
                         RungsSourceKind kind,
                         const char     *name)
{
  return source != 0 ? g_strconcat (rungs_source_kind_to_text (kind), ":", name, NULL) : NULL;
}

static void
set_filled (JsonObject *row,
            const char *key,
            const char *text)
{
  rungs_row_set_text (row, key, *text != '\0' ? text : NULL);
}

static void
set_figures (JsonObject           *row,
             const RungsCouponRow *coupon)
{
  set_filled (row, "state", rungs_coupon_verdict_to_text (coupon->verdict));
  rungs_row_set_number (row, "given", coupon->given);
  rungs_row_set_number (row, "uses", coupon->uses);
  rungs_row_set_number (row, "leads", coupon->leads);
  rungs_row_set_number (row, "against", coupon->against);
  rungs_row_set_time (row, "last_at", coupon->last_at);
  rungs_row_set_monies (row, "paid", coupon->paid);
}

JsonObject *
rungs_coupon_to_row (RungsDb              *db,
                     const RungsCouponRow *shown,
                     GError              **error)
{
  const RungsCoupon *coupon = shown->coupon;
  g_autofree char *source
      = rungs_coupon_dup_source (coupon->source, coupon->source_kind, coupon->source_name);
  g_autoptr (RungsProduct) product
      = coupon->product != 0 ? rungs_product_load (db, coupon->product, error) : NULL;
  JsonObject *row;

  if (coupon->product != 0 && product == NULL)
    return NULL;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", coupon->id);
  rungs_row_set_text (row, "code", coupon->code);
  rungs_row_set_text (row, "name", coupon->name);
  rungs_row_set_text (row, "source", source);
  rungs_row_set_text (row, "path",
                      coupon->source != 0 ? rungs_path_to_text (coupon->path) : NULL);
  rungs_row_set_text (row, "partner", rungs_coupon_get_partner (coupon));
  rungs_row_set_text (row, "product", product ? product->sku : NULL);
  rungs_row_set_text (row, "discount", coupon->discount);
  set_filled (row, "valid_from", coupon->valid_from);
  set_filled (row, "valid_until", coupon->valid_until);
  rungs_row_set_id (row, "most_uses", coupon->most_uses);
  rungs_row_set_id (row, "most_per_lead", coupon->most_per_lead);
  set_figures (row, shown);
  rungs_row_set_time (row, "created_at", coupon->created_at);
  rungs_row_set_time (row, "updated_at", coupon->updated_at);
  rungs_row_set_time (row, "retired_at", coupon->retired_at);
  return row;
}

JsonObject *
rungs_coupon_given_to_row (const RungsCouponGiven *given)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", given->id);
  rungs_row_set_time (row, "at", given->at);
  rungs_row_set_number (row, "lead", given->lead);
  rungs_row_set_text (row, "lead_name", given->lead_name);
  rungs_row_set_text (row, "code", given->code);
  rungs_row_set_text (row, "discount", given->discount);
  rungs_row_set_text (row, "how", rungs_coupon_how_to_text (given->how));
  rungs_row_set_text (row, "who", given->who);
  rungs_row_set_text (row, "note", given->note);
  rungs_row_set_time (row, "used_at", given->used_at);
  return row;
}

JsonObject *
rungs_coupon_use_to_row (const RungsCouponUse *use)
{
  g_autofree char *source
      = rungs_coupon_dup_source (use->source, use->source_kind, use->source_name);
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "order", use->order);
  rungs_row_set_time (row, "at", use->at);
  rungs_row_set_number (row, "lead", use->lead);
  rungs_row_set_text (row, "lead_name", use->lead_name);
  rungs_row_set_text (row, "code", use->code);
  rungs_row_set_text (row, "discount", use->discount);
  rungs_row_set_text (row, "source", source);
  rungs_row_set_text (row, "path", use->source != 0 ? rungs_path_to_text (use->path) : NULL);
  set_filled (row, "against", rungs_coupon_verdict_to_text (use->against));
  rungs_row_set_flag (row, "stands", use->stands);
  rungs_row_set_money (row, "paid", use->paid);
  return row;
}

void
rungs_coupon_add_uses (JsonArray *rows,
                       GPtrArray *uses)
{
  for (guint i = 0; i < uses->len; i++)
    json_array_add_object_element (rows, rungs_coupon_use_to_row (g_ptr_array_index (uses, i)));
}

RungsCoupon *
rungs_coupon_argument (RungsInvocation *call,
                       RungsDb         *db,
                       guint            n,
                       GError         **error)
{
  return rungs_coupon_load_by_code (db, rungs_invocation_get_argument (call, n), error);
}
