/* rungs-payout-rows.c: payouts as rows of a browser. */

#include "rungs-payout-rows.h"

#include <glib/gi18n.h>

#include "widgets/rungs-browser-ids.h"
#include "widgets/rungs-display.h"

/* ---- the source, on threads of the store */

static gpointer
list_payouts (RungsDb  *db,
              gpointer  query,
              guint     limit,
              GError  **error)
{
  return rungs_payout_find (db, *(gboolean *) query, error);
}

static gpointer
load_row (RungsDb *db,
          gint64   id,
          GError **error)
{
  return rungs_payout_row_load (db, id, error);
}

const RungsBrowserSource *
rungs_payout_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_payouts,
    RUNGS_BROWSER_IDS,
    .load = load_row,
    .row_free = (GDestroyNotify) rungs_payout_row_free,
    .query_free = g_free,
  };

  return &source;
}

/* ---- words */

/* `format` is of ngettext(), for so many. */
static void
add_count (GString    *words,
           gint64      count,
           const char *format)
{
  g_autofree char *number = rungs_display_number (count);

  if (count == 0)
    return;
  if (words->len > 0)
    g_string_append (words, ", ");
  g_string_append_printf (words, format, number);
}

char *
rungs_payout_row_words (const RungsPayoutRow *row)
{
  gulong payable = (gulong) row->counts[RUNGS_PAYOUT_PAYABLE];
  gulong paid = (gulong) row->counts[RUNGS_PAYOUT_PAID];
  gulong failed = (gulong) row->counts[RUNGS_PAYOUT_FAILED];
  gulong returned = (gulong) row->counts[RUNGS_PAYOUT_RETURNED];
  g_autoptr (GString) words = g_string_new (NULL);

  if ((gint64) paid == row->payout->partners)
    return g_strdup (_ ("All paid"));
  add_count (words, payable, ngettext ("%s on its way", "%s on their way", payable));
  add_count (words, paid, ngettext ("%s paid", "%s paid", paid));
  add_count (words, failed, ngettext ("%s failed", "%s failed", failed));
  add_count (words, returned, ngettext ("%s came back", "%s came back", returned));
  return g_strdup (words->str);
}

/* ---- the columns */

static const RungsPayout *
payout_of (gpointer row)
{
  return ((const RungsPayoutRow *) row)->payout;
}

static char *
number_text (gpointer row)
{
  return rungs_display_number (payout_of (row)->id);
}

static char *
made_text (gpointer row)
{
  return rungs_display_moment (payout_of (row)->made_at, rungs_display_now ());
}

static char *
until_text (gpointer row)
{
  return rungs_display_day (payout_of (row)->until);
}

static char *
partners_text (gpointer row)
{
  return rungs_display_number (payout_of (row)->partners);
}

static char *
amount_text (gpointer row)
{
  return rungs_display_money (rungs_money (payout_of (row)->amount, payout_of (row)->currency));
}

static char *
state_text (gpointer row)
{
  return rungs_payout_row_words (row);
}

static const char *
state_style (gpointer data)
{
  const RungsPayoutRow *row = data;

  if (row->counts[RUNGS_PAYOUT_FAILED] + row->counts[RUNGS_PAYOUT_RETURNED] > 0)
    return "warning";
  return row->counts[RUNGS_PAYOUT_PAYABLE] == 0 ? "success" : NULL;
}

#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND

static const RungsBrowserColumn COLUMNS[] = {
  { "number", N_ ("Payout"), RUNGS_BROWSER_COLUMN_FIXED | NUMERIC, 64, number_text, NULL },
  { "made", N_ ("Made"), 0, 124, made_text, NULL },
  { "amount", N_ ("Amount"), NUMERIC, 96, amount_text, NULL },
  { "state", N_ ("State"), EXPAND, 160, state_text, state_style },
  { "partners", N_ ("Partners"), NUMERIC, 76, partners_text, NULL },
  { "until", N_ ("Orders until"), 0, 150, until_text, NULL },
};

const RungsBrowserColumn *
rungs_payout_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
