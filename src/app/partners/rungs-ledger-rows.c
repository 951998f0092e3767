/* rungs-ledger-rows.c: entries of the book as rows of a browser. */

#include "rungs-ledger-rows.h"

#include <glib/gi18n.h>

#include "rungs-ledger-load.h"
#include "rungs-partner-words.h"
#include "widgets/rungs-display.h"

/* ---- the source, on threads of the store */

static gpointer
list_entries (RungsDb  *db,
              gpointer  query,
              guint     limit,
              GError  **error)
{
  return rungs_ledger_find (db, query, limit, error);
}

static void
list_free (gpointer list)
{
  rungs_ledger_found_free (list);
}

static guint
get_count (gpointer list)
{
  return rungs_ledger_found_get_count (list);
}

static gint64
get_id (gpointer list,
        guint    position)
{
  return rungs_ledger_found_get_id (list, position);
}

static GPtrArray *
get_rows (RungsDb  *db,
          gpointer  list,
          guint     first,
          guint     n,
          GError  **error)
{
  const RungsLedgerFound *found = list;
  guint end = MIN (first + n, rungs_ledger_found_get_count (found));
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_ledger_row_free);

  for (guint i = first; i < end; i++)
    {
      RungsLedgerRow *row = rungs_ledger_row_load (
          db, &found->query, rungs_ledger_found_get_id (found, i), error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

const RungsBrowserSource *
rungs_ledger_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_entries,
    .list_free = list_free,
    .get_count = get_count,
    .get_id = get_id,
    .rows = get_rows,
    .query_free = g_free,
  };

  return &source;
}

/* ---- the columns */

static const RungsLedgerEntry *
entry_of (gpointer row)
{
  return ((const RungsLedgerRow *) row)->entry;
}

static char *
number_text (gpointer row)
{
  return rungs_display_number (entry_of (row)->id);
}

static char *
at_text (gpointer row)
{
  return rungs_display_moment (entry_of (row)->at, rungs_display_now ());
}

static char *
kind_text (gpointer row)
{
  return g_strdup (rungs_partner_entry_words (entry_of (row)->kind));
}

static char *
partner_text (gpointer row)
{
  return g_strdup (((const RungsLedgerRow *) row)->partner);
}

static char *
order_text (gpointer row)
{
  return entry_of (row)->order != 0 ? rungs_display_number (entry_of (row)->order) : NULL;
}

static char *
moves_text (gpointer data)
{
  const RungsLedgerRow *row = data;

  return g_strdup_printf ("%s → %s", rungs_partner_state_words (row->from),
                          rungs_partner_state_words (row->into));
}

static char *
money_text (gpointer row,
            gint64   amount)
{
  return rungs_display_money (rungs_money (amount, entry_of (row)->currency));
}

static char *
amount_text (gpointer row)
{
  return money_text (row, ((const RungsLedgerRow *) row)->amount);
}

static char *
balance_text (gpointer data)
{
  const RungsLedgerRow *row = data;

  return row->has_balance ? money_text (data, row->balance) : NULL;
}

static char *
why_text (gpointer row)
{
  return rungs_partner_entry_why (entry_of (row));
}

#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND
#define HIDDEN RUNGS_BROWSER_COLUMN_HIDDEN

#define SEARCHED RUNGS_BROWSER_COLUMN_SEARCHED

/* What is seen in a small window stands first. */
static const RungsBrowserColumn COLUMNS[] = {
  { "number", N_ ("Entry"), RUNGS_BROWSER_COLUMN_FIXED | NUMERIC, 76, number_text, NULL },
  { "at", N_ ("When"), 0, 112, at_text, NULL },
  { "amount", N_ ("Amount"), NUMERIC, 80, amount_text, NULL },
  { "balance", N_ ("Balance"), NUMERIC | SEARCHED, 88, balance_text, NULL },
  { "kind", N_ ("What"), 0, 104, kind_text, NULL },
  { "partner", N_ ("Partner"), EXPAND, 110, partner_text, NULL },
  { "moves", N_ ("Moves"), EXPAND, 150, moves_text, NULL },
  { "why", N_ ("Why"), HIDDEN | EXPAND, 150, why_text, NULL },
  { "order", N_ ("Order"), HIDDEN | NUMERIC, 64, order_text, NULL },
};

const RungsBrowserColumn *
rungs_ledger_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
