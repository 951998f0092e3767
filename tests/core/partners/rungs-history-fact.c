/* rungs-history-fact.c: facts happen in a file. */

#include <string.h>

#include "db/rungs-statement.h"
#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-order-import.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-import.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-referral-store.h"
#include "rungs-history-private.h"

/* Two places, none, and three. */
const char *const HISTORY_CURRENCIES[4] = { "EUR", "JPY", "KWD", NULL };

const Product HISTORY_SOLD[HISTORY_PRODUCTS] = { { 2500, 0, 14 }, { NOBODY_SAID, 0, 0 },
                                                { 1000, 1, 60 }, { 7500, 0, 30 } };

static void
place_order (const Fact *fact,
             RungsDb    *db)
{
  g_autoptr (RungsOrder) order = rungs_order_new (fact->subject, fact->at);
  g_autoptr (GError) error = NULL;

  g_strlcpy (order->currency, fact->currency, sizeof order->currency);
  g_free (order->coupon);
  order->coupon = g_strdup (fact->coupon);
  for (guint i = 0; i < fact->n_lines; i++)
    rungs_order_add_line (order, fact->lines[i].product, fact->lines[i].quantity,
                          fact->lines[i].amount);
  rungs_order_add (db, order, fact->now, &error);
  g_assert_no_error (error);
}

/* The refund that was entered last. */
static void
take_again (const Fact *fact,
            RungsDb    *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refunds = rungs_refund_list (db, fact->subject, &error);
  gint64 last = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < refunds->len; i++)
    last = MAX (last, ((RungsRefund *) refunds->pdata[i])->id);
  rungs_refund_undo (db, last, fact->now, &error);
  g_assert_no_error (error);
}

static void
touch_lead (const Fact *fact,
            RungsDb    *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_load (db, fact->partner, &error);

  g_assert_no_error (error);
  rungs_touch_add (db, fact->subject, partner->source, RUNGS_PATH_DIRECT, fact->at, NULL, &error);
  g_assert_no_error (error);
}

static void
set_terms (const Fact *fact,
           RungsDb    *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms = rungs_terms_parse (fact->terms, &error);

  g_assert_no_error (error);
  rungs_programme_set_terms (db, fact->subject, fact->at, terms, fact->now, &error);
  g_assert_no_error (error);
}

/* 0: there was none. */
static gint64
find_run (RungsDb    *db,
          const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query
      = rungs_db_prepare (db, "SELECT id FROM import_run WHERE file_name = :name", &error);
  gint64 run = 0;

  g_assert_no_error (error);
  rungs_statement_bind_text (query, ":name", name);
  g_assert_true (rungs_statement_get_number (query, 0, &run, &error));
  return run;
}

static void
import_orders (const Fact *fact,
               const char *path,
               RungsDb    *db)
{
  RungsOrderImportOptions options = { .path = path };
  g_auto (RungsOrderImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_order_import_run (db, &options, fact->now, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.rows_refused, ==, 0);
}

static void
import_leads (const Fact *fact,
              const char *path,
              RungsDb    *db)
{
  g_autofree char *source = g_strdup_printf ("affiliate:Partner%" G_GINT64_FORMAT, fact->partner);
  RungsImportOptions options = { .path = path, .source = source };
  g_auto (RungsImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_import_run (db, &options, fact->now, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.rows_refused, ==, 0);
}

void
fact_prepare (const Fact *fact,
              RungsDb    *db)
{
  g_autofree char *folder = NULL, *path = NULL;

  if ((fact->kind != FACT_IMPORT_ORDERS && fact->kind != FACT_IMPORT_LEADS)
      || find_run (db, fact->name) != 0)
    return;
  folder = g_path_get_dirname (rungs_db_get_path (db));
  path = g_build_filename (folder, fact->name, NULL);
  g_assert_true (g_file_set_contents (path, fact->text, -1, NULL));
  if (fact->kind == FACT_IMPORT_ORDERS)
    import_orders (fact, path, db);
  else
    import_leads (fact, path, db);
}

static void
undo_import (const Fact *fact,
             RungsDb    *db)
{
  RungsOrderImportUndo orders;
  RungsImportUndo leads;
  g_autoptr (GError) error = NULL;
  gint64 run = find_run (db, fact->name);

  if (g_str_has_prefix (fact->name, "orders"))
    rungs_order_import_undo (db, run, fact->now, NULL, NULL, NULL, &orders, &error);
  else
    rungs_import_undo (db, run, fact->now, NULL, NULL, NULL, &leads, &error);
  g_assert_no_error (error);
}

/* What may be refused, and then changes nothing: nobody is to be paid, it is something else. */
static void
try_fact (const Fact *fact,
          RungsDb    *db)
{
  RungsPayoutRequest request = { .until = fact->at, .minimum = fact->amount };

  g_strlcpy (request.currency, fact->currency, sizeof request.currency);
  if (fact->kind == FACT_PAY)
    rungs_payout_make (db, &request, fact->now, NULL);
  else if (fact->kind == FACT_MARK)
    rungs_payout_mark (db, fact->subject, fact->partner, (RungsPayoutState) fact->state, fact->now,
                       NULL);
  else if (fact->kind == FACT_REVERSE)
    rungs_payout_reverse (db, fact->subject, fact->now, NULL);
  else
    rungs_commission_approve (db, fact->subject, fact->partner, fact->state, fact->now, NULL);
}

void
fact_happen (const Fact *fact,
             RungsDb    *db)
{
  g_autoptr (GError) error = NULL;
  gint64 released;

  switch (fact->kind)
    {
    case FACT_TOUCH:
      touch_lead (fact, db);
      break;
    case FACT_PLACE:
      place_order (fact, db);
      break;
    case FACT_IMPORT_ORDERS:
    case FACT_IMPORT_LEADS:
      break;
    case FACT_UNDO_IMPORT:
      undo_import (fact, db);
      break;
    case FACT_GIVE_BACK:
      rungs_refund_add (db, fact->subject, fact->line, fact->amount, "", fact->at, fact->now,
                        &error);
      break;
    case FACT_TAKE_AGAIN:
      take_again (fact, db);
      break;
    case FACT_CREDIT:
      if (rungs_referral_set (db, fact->subject, fact->partner, fact->now, &error))
        rungs_commission_settle (db, fact->subject, fact->now, &error);
      break;
    case FACT_TERMS:
      set_terms (fact, db);
      break;
    case FACT_JOIN:
      rungs_programme_join (db, fact->subject, fact->partner, fact->at, &error);
      break;
    case FACT_RELEASE:
      rungs_commissions_release (db, fact->now, 0, &released, &error);
      break;
    default:
      try_fact (fact, db);
    }
  g_assert_no_error (error);
  if (fact->follows)
    rungs_partners_follow (db, fact->now, &error);
  g_assert_no_error (error);
}

static void
add_coupon (RungsDb *db,
            gint64   number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_load (db, number, &error);
  g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();

  g_assert_no_error (error);
  g_free (coupon->code);
  coupon->code = g_strdup_printf ("CODE%" G_GINT64_FORMAT, number);
  coupon->source = partner->source;
  coupon->path = RUNGS_PATH_DIRECT;
  rungs_coupon_add (db, coupon, 1, &error);
  g_assert_no_error (error);
}

void
history_begin_file (RungsFixture *fixture,
                    RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  for (gint64 i = 1; i <= HISTORY_PRODUCTS; i++)
    {
      g_autofree char *sku = g_strdup_printf ("P%" G_GINT64_FORMAT, i);
      g_autofree char *set = g_strdup_printf (
          "UPDATE product SET affiliate_rate = nullif (%" G_GINT64_FORMAT ", -1),"
          " period_months = nullif (%" G_GINT64_FORMAT ", 0), refund_days = %" G_GINT64_FORMAT
          " WHERE id = %" G_GINT64_FORMAT,
          HISTORY_SOLD[i - 1].own_rate, HISTORY_SOLD[i - 1].period_months,
          HISTORY_SOLD[i - 1].refund_days, i);

      g_assert_cmpint (rungs_fixture_add_product (fixture, sku, 1000), ==, i);
      rungs_fixture_run (fixture, set);
    }
  for (gint64 i = 1; i <= HISTORY_PARTNERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Partner%" G_GINT64_FORMAT, i);
      g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");

      g_assert_cmpint (rungs_partner_add (db, partner, 1, &error), ==, i);
      add_coupon (db, i);
    }
  for (gint64 i = 1; i <= HISTORY_PROGRAMMES; i++)
    {
      g_autofree char *name = g_strdup_printf ("Programme %" G_GINT64_FORMAT, i);

      g_assert_cmpint (rungs_programme_add (db, name, 1, &error), ==, i);
    }
  for (gint64 i = 1; i <= HISTORY_LEADS; i++)
    {
      g_autofree char *email = g_strdup_printf ("l%" G_GINT64_FORMAT "@example.com", i);

      g_assert_cmpint (rungs_fixture_add_lead (fixture, email, NULL), ==, i);
    }
}
