/* rungs-partner-rows.c: partners as rows of a browser. */

#include "rungs-partner-rows.h"

#include <glib/gi18n.h>

#include "rungs-partner-words.h"
#include "widgets/rungs-browser-ids.h"
#include "widgets/rungs-display.h"

/* ---- the source, on threads of the store */

static gpointer
list_partners (RungsDb  *db,
               gpointer  query,
               guint     limit,
               GError  **error)
{
  return rungs_partner_find (db, query, error);
}

static gpointer
load_row (RungsDb *db,
          gint64   id,
          GError **error)
{
  return rungs_partner_row_load (db, id, rungs_display_now (), error);
}

const RungsBrowserSource *
rungs_partner_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_partners,
    RUNGS_BROWSER_IDS,
    .load = load_row,
    .row_free = (GDestroyNotify) rungs_partner_row_free,
    .query_free = (GDestroyNotify) rungs_partner_query_free,
  };

  return &source;
}

/* ---- the columns */

static const RungsPartner *
partner_of (gpointer row)
{
  return ((const RungsPartnerRow *) row)->partner;
}

static char *
name_text (gpointer row)
{
  return g_strdup (partner_of (row)->name);
}

static const char *
name_style (gpointer row)
{
  return partner_of (row)->status != RUNGS_PARTNER_ACTIVE ? "dim-label" : NULL;
}

static char *
kind_text (gpointer row)
{
  return g_strdup (rungs_partner_kind_words (partner_of (row)->kind));
}

static char *
programme_text (gpointer row)
{
  return g_strdup (((const RungsPartnerRow *) row)->programme);
}

static char *
count_text (gint64 count)
{
  return count > 0 ? rungs_display_number (count) : NULL;
}

static char *
sales_text (gpointer row)
{
  return count_text (((const RungsPartnerRow *) row)->sales);
}

static char *
refunds_text (gpointer row)
{
  return count_text (((const RungsPartnerRow *) row)->refunds);
}

/* "4.2 % of 1,200" */
static char *
quality_text (gpointer row)
{
  const RungsPartnerRow *self = row;
  g_autofree char *leads = rungs_display_number (self->leads);

  if (self->leads == 0)
    return NULL;
  /* Translators: how many of its leads bought: a share, and how many leads there are. */
  return g_strdup_printf (_ ("%.1f %% of %s"), 100.0 * (double) self->buyers / (double) self->leads,
                          leads);
}

static char *
balance_text (gpointer         row,
              RungsLedgerState state)
{
  return rungs_partner_balance_words (((const RungsPartnerRow *) row)->balances, state);
}

static char *
flags_text (gpointer row)
{
  return count_text (((const RungsPartnerRow *) row)->flags);
}

static const char *
flags_style (gpointer row)
{
  return "warning";
}

static char *
held_text (gpointer row)
{
  return balance_text (row, RUNGS_LEDGER_HELD);
}

static char *
approved_text (gpointer row)
{
  return balance_text (row, RUNGS_LEDGER_APPROVED);
}

static char *
payable_text (gpointer row)
{
  return balance_text (row, RUNGS_LEDGER_PAYABLE);
}

static char *
paid_text (gpointer row)
{
  return balance_text (row, RUNGS_LEDGER_PAID);
}

static char *
carried_text (gpointer row)
{
  return balance_text (row, RUNGS_LEDGER_CARRIED);
}

static const char *
carried_style (gpointer row)
{
  return "error";
}

static char *
email_text (gpointer row)
{
  return g_strdup (partner_of (row)->email);
}

static char *
status_text (gpointer row)
{
  return g_strdup (rungs_partner_status_words (partner_of (row)->status));
}

static char *
ended_text (gpointer row)
{
  gint64 at = partner_of (row)->ended_at;

  return at != 0 ? rungs_display_moment (at, rungs_display_now ()) : NULL;
}

#define SORTABLE RUNGS_BROWSER_COLUMN_SORTABLE
#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND
#define HIDDEN RUNGS_BROWSER_COLUMN_HIDDEN

/* What is seen in a small window stands first: who it is, and the money. */
static const RungsBrowserColumn COLUMNS[] = {
  { "name", N_ ("Name"), SORTABLE | RUNGS_BROWSER_COLUMN_FIXED | EXPAND, 168, name_text,
    name_style },
  { "held", N_ ("Held"), SORTABLE | NUMERIC, 92, held_text, NULL },
  { "approved", N_ ("May be paid"), SORTABLE | NUMERIC, 92, approved_text, NULL },
  /* Translators: what a partner was paid, and has to give back */
  { "carried", N_ ("To give back"), SORTABLE | NUMERIC, 92, carried_text, carried_style },
  { "paid", N_ ("Paid"), SORTABLE | NUMERIC, 92, paid_text, NULL },
  { "flags", N_ ("To look at"), NUMERIC, 72, flags_text, flags_style,
    .help = N_ ("How much of it is out of the ordinary, and waits for you to decide") },
  { "sales", N_ ("Sales"), SORTABLE | NUMERIC, 52, sales_text, NULL },
  { "refunds", N_ ("Refunds"), SORTABLE | NUMERIC, 68, refunds_text, NULL },
  { "quality", N_ ("Lead quality"), SORTABLE | NUMERIC, 104, quality_text, NULL,
    .help = N_ ("How many of the leads that it brought have paid for something since, and how many "
                "leads that are") },
  { "kind", N_ ("Kind"), EXPAND, 96, kind_text, NULL },
  { "programme", N_ ("Programme"), EXPAND, 96, programme_text, NULL },
  { "payable", N_ ("On its way"), NUMERIC | HIDDEN, 96, payable_text, NULL },
  { "email", N_ ("E-mail"), HIDDEN | EXPAND, 160, email_text, NULL },
  { "status", N_ ("Status"), HIDDEN, 96, status_text, NULL },
  { "ended", N_ ("Ended"), HIDDEN, 110, ended_text, NULL },
};

const RungsBrowserColumn *
rungs_partner_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}

RungsPartnerSort
rungs_partner_rows_get_sort (const char *id)
{
  static const struct
  {
    const char *id;
    RungsPartnerSort sort;
  } SORTS[] = {
    { "sales", RUNGS_PARTNERS_BY_SALES },       { "refunds", RUNGS_PARTNERS_BY_REFUNDS },
    { "held", RUNGS_PARTNERS_BY_HELD },         { "paid", RUNGS_PARTNERS_BY_PAID },
    { "approved", RUNGS_PARTNERS_BY_APPROVED }, { "carried", RUNGS_PARTNERS_BY_CARRIED },
    { "quality", RUNGS_PARTNERS_BY_QUALITY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (SORTS); i++)
    if (g_strcmp0 (SORTS[i].id, id) == 0)
      return SORTS[i].sort;
  return RUNGS_PARTNERS_BY_NAME;
}
