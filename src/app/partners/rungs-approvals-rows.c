/* rungs-approvals-rows.c: commissions that are approved by hand, as rows of a browser. */

#include "rungs-approvals-rows.h"

#include <glib/gi18n.h>

#include "partners/rungs-approval-store.h"
#include "widgets/rungs-browser-ids.h"
#include "widgets/rungs-display.h"

static gpointer
list_lines (RungsDb  *db,
            gpointer  query,
            guint     limit,
            GError  **error)
{
  return rungs_approval_find (db, query, error);
}

static gpointer
load_row (RungsDb *db,
          gint64   id,
          GError **error)
{
  return rungs_approval_row_load (db, id, error);
}

const RungsBrowserSource *
rungs_approvals_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_lines,
    RUNGS_BROWSER_IDS,
    .load = load_row,
    .row_free = (GDestroyNotify) rungs_approval_row_free,
    .query_free = g_free,
  };

  return &source;
}

/* ---- the columns */

static char *
partner_text (gpointer row)
{
  return g_strdup (((const RungsApprovalRow *) row)->name);
}

static char *
amount_text (gpointer row)
{
  return rungs_display_money (((const RungsApprovalRow *) row)->amount);
}

static char *
lead_text (gpointer row)
{
  return g_strdup (((const RungsApprovalRow *) row)->lead);
}

static char *
what_text (gpointer row)
{
  return g_strdup (((const RungsApprovalRow *) row)->what);
}

static char *
at_text (gpointer row)
{
  return rungs_display_moment (((const RungsApprovalRow *) row)->at, rungs_display_now ());
}

/* Nothing once it is held no more. */
static char *
held_text (gpointer data)
{
  const RungsApprovalRow *row = data;

  return row->hold_until > rungs_display_now () ? rungs_display_day (row->hold_until) : NULL;
}

static char *
order_text (gpointer data)
{
  const RungsApprovalRow *row = data;

  return row->order != 0 ? rungs_display_number (row->order) : NULL;
}

#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND
#define HIDDEN RUNGS_BROWSER_COLUMN_HIDDEN

/* What is seen in a small window stands first. */
static const RungsBrowserColumn COLUMNS[] = {
  { "partner", N_ ("Partner"), RUNGS_BROWSER_COLUMN_FIXED | EXPAND, 120, partner_text, NULL },
  { "amount", N_ ("Amount"), NUMERIC, 80, amount_text, NULL },
  { "held", N_ ("Held until"), 0, 152, held_text, NULL },
  { "lead", N_ ("Lead"), EXPAND, 110, lead_text, NULL },
  { "what", N_ ("For"), EXPAND, 120, what_text, NULL },
  { "at", N_ ("Since"), 0, 112, at_text, NULL },
  { "order", N_ ("Order"), HIDDEN | NUMERIC, 64, order_text, NULL },
};

const RungsBrowserColumn *
rungs_approvals_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
