/* rungs-source-command.c: where leads come from, and what that costs. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-ledger-cost-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-source-argument.h"

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "spend", N_ ("Spend"), RUNGS_COLUMN_MONEY, NULL },
  { "commission", N_ ("Commissions"), RUNGS_COLUMN_MONEY, NULL },
  { "retired_at", N_ ("Given up"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn SPEND_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "day", N_ ("Day"), RUNGS_COLUMN_TEXT, NULL },
  { "what", N_ ("What"), RUNGS_COLUMN_TERM, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { "note", N_ ("Note"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static JsonObject *
source_to_row (const RungsSource *source)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", source->id);
  rungs_row_set_text (row, "kind", rungs_source_kind_to_text (source->kind));
  rungs_row_set_text (row, "name", source->name);
  rungs_row_set_time (row, "created_at", source->created_at);
  rungs_row_set_time (row, "retired_at", source->retired_at);
  return row;
}

static RungsMoney *
find_currency (GArray     *sums,
               const char *currency)
{
  for (guint i = 0; i < sums->len; i++)
    if (strcmp (g_array_index (sums, RungsMoney, i).currency, currency) == 0)
      return &g_array_index (sums, RungsMoney, i);
  return NULL;
}

/* What the source cost in all, by currency. */
static GArray *
sum_spend (RungsDb  *db,
           gint64    source,
           GError  **error)
{
  g_autoptr (GPtrArray) rows = rungs_spend_list (db, source, error);
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (RungsMoney));

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const RungsSpend *spend = g_ptr_array_index (rows, i);
      RungsMoney *sum = find_currency (sums, spend->amount.currency);

      if (sum == NULL)
        g_array_append_val (sums, spend->amount);
      else if (!rungs_money_add (*sum, spend->amount, sum, error))
        return NULL;
    }
  return rows ? g_steal_pointer (&sums) : NULL;
}

/* ---- what partners earned */

/* By source: (element-type RungsMoney), a currency each. */
static void
take_sum (const RungsLedgerCost *cost,
          gpointer               sums)
{
  RungsMoney money = rungs_money (cost->amount, cost->currency);
  GArray *own = g_hash_table_lookup (sums, &cost->source);

  if (own == NULL)
    {
      own = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
      g_hash_table_insert (sums, g_memdup2 (&cost->source, sizeof cost->source), own);
    }
  g_array_append_val (own, money);
}

/* Returns: (element-type gint64 GArray): what each source cost by its partner until now. */
static GHashTable *
sum_commissions (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                       (GDestroyNotify) g_array_unref);

  return rungs_ledger_costs_sum (db, 0, 0, rungs_invocation_get_now (call) + 1, NULL, take_sum,
                                 sums, error)
             ? g_steal_pointer (&sums)
             : NULL;
}

/* What a source cost on a day, in one currency. */
typedef struct
{
  char day[11];
  RungsMoney amount;
} DayCost;

typedef struct
{
  GTimeZone *zone;
  GArray *days; /* (element-type DayCost) */
  gboolean overflowed;
} Days;

/* The entries of a currency follow each other in time. */
static void
take_entry (const RungsLedgerCost *cost,
            gpointer               data)
{
  Days *self = data;
  g_autofree char *day = rungs_time_format_day (cost->at, self->zone);
  DayCost *last = self->days->len > 0
                      ? &g_array_index (self->days, DayCost, self->days->len - 1)
                      : NULL;
  DayCost next = { .amount = rungs_money (cost->amount, cost->currency) };

  if (last != NULL && strcmp (last->day, day) == 0
      && strcmp (last->amount.currency, cost->currency) == 0)
    {
      if (__builtin_add_overflow (last->amount.minor, cost->amount, &last->amount.minor))
        self->overflowed = TRUE;
      return;
    }
  g_strlcpy (next.day, day, sizeof next.day);
  g_array_append_val (self->days, next);
}

/* The newest day first, as spend is listed. */
static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  const DayCost *one = a, *other = b;
  int order = strcmp (other->day, one->day);

  return order != 0 ? order : strcmp (one->amount.currency, other->amount.currency);
}

/* Returns: (element-type DayCost): what the partner whose source it is earned until now. */
static GArray *
list_commissions (RungsInvocation    *call,
                  RungsDb            *db,
                  const RungsSource  *source,
                  GError            **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (DayCost));
  Days self = { .zone = zone, .days = days };

  if (zone == NULL
      || !rungs_ledger_costs_list (db, source->id, 0, rungs_invocation_get_now (call) + 1, NULL,
                                   take_entry, &self, error))
    return NULL;
  if (self.overflowed)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the sum is too large"));
      return NULL;
    }
  g_array_sort (days, compare_days);
  return g_steal_pointer (&days);
}

/* ---- the commands */

static gboolean
list_sources (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (GPtrArray) sources = rungs_source_list (db, error);
  g_autoptr (GHashTable) commissions = sources ? sum_commissions (call, db, error) : NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (RungsMoney));

  if (commissions == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    {
      const RungsSource *source = g_ptr_array_index (sources, i);
      g_autoptr (GArray) sums = sum_spend (db, source->id, error);
      GArray *earned = g_hash_table_lookup (commissions, &source->id);
      JsonObject *row;

      if (sums == NULL)
        return FALSE;
      row = source_to_row (source);
      rungs_row_set_monies (row, "spend", sums);
      rungs_row_set_monies (row, "commission", earned != NULL ? earned : none);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no sources."));
  return TRUE;
}

static gboolean
add_source (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  const char *text = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsSource) source = NULL;
  g_autofree char *name = NULL;
  RungsSourceKind kind;
  gint64 id;

  if (!rungs_source_parse (text, &kind, &name, error))
    return FALSE;
  id = rungs_source_add (db, kind, name, rungs_invocation_get_now (call), error);
  source = id != 0 ? rungs_source_load (db, id, error) : NULL;
  if (source == NULL)
    return FALSE;
  rungs_column_say (call, source_to_row (source), _ ("The source %s was added."), text);
  return TRUE;
}

static gboolean
retire_source (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  const char *text = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsSource) source = rungs_source_load_by_text (db, text, error);
  gboolean back = rungs_invocation_has (call, "undo");

  if (source == NULL
      || !rungs_source_retire (db, source->id, back ? 0 : rungs_invocation_get_now (call), error))
    return FALSE;
  source->retired_at = back ? 0 : rungs_invocation_get_now (call);
  rungs_column_say (call, source_to_row (source),
                    back ? _ ("The source %s is in use again.") : _ ("The source %s is given up."),
                    text);
  return TRUE;
}

/* Without `id` it is no cost that was written down. */
static JsonObject *
cost_to_row (gint64      id,
             const char *day,
             RungsMoney  amount,
             const char *note)
{
  JsonObject *row = rungs_row_new ();

  if (id != 0)
    rungs_row_set_number (row, "id", id);
  else
    json_object_set_null_member (row, "id");
  rungs_row_set_text (row, "day", day);
  rungs_row_set_text (row, "what", id != 0 ? "spend" : "commission");
  rungs_row_set_money (row, "amount", amount);
  rungs_row_set_text (row, "note", note);
  return row;
}

static gboolean
parse_amount (RungsInvocation  *call,
              RungsDb          *db,
              RungsMoney       *amount,
              GError          **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  return business != NULL
         && rungs_money_parse (rungs_invocation_get_argument (call, 1), business->currency, amount,
                               error);
}

static gboolean
add_spend (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  const char *text = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsSource) source = rungs_source_load_by_text (db, text, error);
  g_autofree char *today =
      rungs_time_format_day (rungs_invocation_get_now (call), rungs_invocation_get_zone (call));
  const char *day = rungs_invocation_get_text (call, "day", today);
  const char *note = rungs_invocation_get_text (call, "note", "");
  g_autofree char *money = NULL;
  RungsMoney amount;
  gint64 id;

  if (source == NULL || !parse_amount (call, db, &amount, error))
    return FALSE;
  id = rungs_spend_add (db, source->id, day, amount, note, error);
  if (id == 0)
    return FALSE;
  money = rungs_money_format (amount);
  rungs_column_say (call, cost_to_row (id, day, amount, note), _ ("%s cost %s on %s."), text,
                    money, day);
  return TRUE;
}

/* Both are the newest day first. */
static gboolean
list_costs (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsSource) source =
      rungs_source_load_by_text (db, rungs_invocation_get_argument (call, 0), error);
  g_autoptr (GPtrArray) rows = source ? rungs_spend_list (db, source->id, error) : NULL;
  g_autoptr (GArray) days = rows ? list_commissions (call, db, source, error) : NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, SPEND_COLUMNS);
  guint i = 0, j = 0;

  if (days == NULL)
    return FALSE;
  while (i < rows->len || j < days->len)
    {
      const RungsSpend *spend = i < rows->len ? g_ptr_array_index (rows, i) : NULL;
      const DayCost *earned = j < days->len ? &g_array_index (days, DayCost, j) : NULL;

      if (spend != NULL && (earned == NULL || strcmp (spend->day, earned->day) >= 0))
        {
          rungs_listing_add (listing, cost_to_row (spend->id, spend->day, spend->amount,
                                                   spend->note));
          i++;
        }
      else
        {
          rungs_listing_add (listing, cost_to_row (0, earned->day, earned->amount, ""));
          j++;
        }
    }
  rungs_listing_end (listing, _ ("No costs of this source are written down."));
  return TRUE;
}

static const GOptionEntry RETIRE_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Take it into use again")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry SPEND_OPTIONS[] = {
  RUNGS_OPTION ("day", N_ ("DAY"), N_ ("The day, such as 2026-11-21; today where nothing is said")),
  RUNGS_OPTION ("note", N_ ("TEXT"), N_ ("A note about it")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_SOURCE_COMMANDS[] = {
  { "source list", "",
    N_ ("List the sources, with what was spent on them and what their partners earned"),
    RUNGS_COMMAND_READS, list_sources, NULL, NULL,
    "[id, kind, name, created_at, retired_at, spend, commission]" },
  { "source add", "KIND:NAME", N_ ("Add a source"), RUNGS_COMMAND_WRITES, add_source, NULL,
    N_ ("The kinds are customers, ppc, other, seo, jv and affiliate.") },
  { "source retire", "KIND:NAME", N_ ("Give a source up; what came from it stays"),
    RUNGS_COMMAND_WRITES, retire_source, RETIRE_OPTIONS, NULL },
  { "source spend", "KIND:NAME AMOUNT", N_ ("Write down what a source cost"), RUNGS_COMMAND_WRITES,
    add_spend, SPEND_OPTIONS, NULL },
  { "source costs", "KIND:NAME", N_ ("List what a source cost, day by day"), RUNGS_COMMAND_READS,
    list_costs, NULL,
    N_ ("What was spent, as it was written down, and what the ledger has for the partner whose\n"
        "source it is: commissions and awards, less what was taken back, a sum each day."),
    "[id, day, what, amount, note]" },
  { NULL },
};
