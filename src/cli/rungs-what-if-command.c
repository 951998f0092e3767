/* rungs-what-if-command.c: what the year would bring if something were otherwise. */

#include <glib/gi18n.h>
#include <math.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "insights/rungs-what-if-store.h"
#include "insights/rungs-what-if-words.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-what-if-options.h"

static const RungsColumn CHANGE_COLUMNS[] = {
  { "words", N_ ("Changed"), RUNGS_COLUMN_TEXT, NULL },
  { "now", N_ ("Now"), RUNGS_COLUMN_TEXT, NULL },
  { "then", N_ ("Then"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn FIGURE_COLUMNS[] = {
  { "words", N_ ("In twelve months"), RUNGS_COLUMN_TEXT, NULL },
  { "now", N_ ("As it goes on"), RUNGS_COLUMN_MONEY, NULL },
  { "then", N_ ("With the changes"), RUNGS_COLUMN_MONEY, NULL },
  { "difference", N_ ("Difference"), RUNGS_COLUMN_MONEY, NULL },
  { "low", N_ ("From"), RUNGS_COLUMN_MONEY, NULL },
  { "high", N_ ("To"), RUNGS_COLUMN_MONEY, NULL },
  { NULL },
};

static const RungsColumn PRODUCT_COLUMNS[] = {
  { "name", N_ ("Product"), RUNGS_COLUMN_TEXT, NULL },
  { "now_buyers", N_ ("Buyers now"), RUNGS_COLUMN_NUMBER, NULL },
  { "then_buyers", N_ ("Buyers then"), RUNGS_COLUMN_NUMBER, NULL },
  { "now_left", N_ ("Left now"), RUNGS_COLUMN_MONEY, NULL },
  { "then_left", N_ ("Left then"), RUNGS_COLUMN_MONEY, NULL },
  { NULL },
};

static const RungsColumn SOURCE_COLUMNS[] = {
  { "name", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "now_leads", N_ ("Leads a month now"), RUNGS_COLUMN_NUMBER, NULL },
  { "then_leads", N_ ("Leads a month then"), RUNGS_COLUMN_NUMBER, NULL },
  { "now_spend", N_ ("Spend a month now"), RUNGS_COLUMN_MONEY, NULL },
  { "then_spend", N_ ("Spend a month then"), RUNGS_COLUMN_MONEY, NULL },
  { "now_awards", N_ ("Awards a month now"), RUNGS_COLUMN_MONEY, NULL },
  { "then_awards", N_ ("Awards a month then"), RUNGS_COLUMN_MONEY, NULL },
  { "now_paid_back", N_ ("Paid back now"), RUNGS_COLUMN_TEXT, NULL },
  { "then_paid_back", N_ ("Paid back then"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn MONTH_COLUMNS[] = {
  { "month", N_ ("Month"), RUNGS_COLUMN_NUMBER, NULL },
  { "begins", N_ ("Begins"), RUNGS_COLUMN_TEXT, NULL },
  { "now_left", N_ ("Left now"), RUNGS_COLUMN_MONEY, NULL },
  { "then_left", N_ ("Left then"), RUNGS_COLUMN_MONEY, NULL },
  { NULL },
};

static const RungsColumn COLUMNS[] = {
  { "warning", N_ ("What if"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "since", N_ ("As since"), RUNGS_COLUMN_TIME, NULL },
  { "period_revenue", N_ ("It brought"), RUNGS_COLUMN_MONEY, NULL },
  { "rests_on", N_ ("Rests on"), RUNGS_COLUMN_TEXT, NULL },
  { "left_out", N_ ("Left out, for it is gone"), RUNGS_COLUMN_COUNT, NULL },
  { "changes", N_ ("Changes"), RUNGS_COLUMN_ROWS, CHANGE_COLUMNS },
  { "figures", N_ ("The year"), RUNGS_COLUMN_ROWS, FIGURE_COLUMNS },
  { "products", N_ ("Products"), RUNGS_COLUMN_ROWS, PRODUCT_COLUMNS },
  { "sources", N_ ("Sources"), RUNGS_COLUMN_ROWS, SOURCE_COLUMNS },
  { "months", N_ ("What is left, month by month"), RUNGS_COLUMN_ROWS, MONTH_COLUMNS },
  { NULL },
};

static const RungsColumn KNOB_COLUMNS[] = {
  { "words", N_ ("What can be changed"), RUNGS_COLUMN_TEXT, NULL },
  { "now", N_ ("Now"), RUNGS_COLUMN_TEXT, NULL },
  { "rests_on", N_ ("Rests on"), RUNGS_COLUMN_TEXT, NULL },
  { "option", N_ ("Option"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn SCENARIO_COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "days", N_ ("Days"), RUNGS_COLUMN_COUNT, NULL },
  { "changes", N_ ("Changes"), RUNGS_COLUMN_NUMBER, NULL },
  { "updated_at", N_ ("Changed"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

/* What is asked: a scenario, new or kept, and the period it is about. */
typedef struct
{
  RungsScenario *scenario; /* (owned) */
  RungsWhatIf *what_if;    /* (owned) */
  RungsWhatIfYear *now;    /* (owned) (nullable) */
  RungsWhatIfYear *then;   /* (owned) (nullable) */
} Asked;

static void
asked_clear (Asked *self)
{
  g_clear_pointer (&self->scenario, rungs_scenario_free);
  g_clear_pointer (&self->what_if, rungs_what_if_unref);
  g_clear_pointer (&self->now, rungs_what_if_year_free);
  g_clear_pointer (&self->then, rungs_what_if_year_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

static gboolean
read_days (RungsInvocation  *call,
           gint64           *days,
           GError          **error)
{
  if (g_strcmp0 (rungs_invocation_get_text (call, "period", NULL), "all") == 0)
    {
      *days = 0;
      return TRUE;
    }
  return rungs_invocation_get_number (call, "period", 1, 36600, days, error);
}

/* `name` is that of a scenario that is kept, from which it goes on; NULL: from nothing. */
static gboolean
read_asked (RungsInvocation  *call,
            RungsDb          *db,
            const char       *name,
            Asked            *asked,
            GError          **error)
{
  asked->scenario = name != NULL ? rungs_scenario_find (db, name, error) : rungs_scenario_new ();
  if (asked->scenario == NULL || !read_days (call, &asked->scenario->days, error))
    return FALSE;
  asked->what_if = rungs_what_if_load (db, asked->scenario->days, rungs_invocation_get_now (call),
                                       error);
  return asked->what_if != NULL
         && rungs_what_if_options_read (call, db, asked->what_if, asked->scenario->changes, error);
}

static gboolean
reckon (Asked   *asked,
        GError **error)
{
  g_autoptr (GArray) none = rungs_what_if_changes_new ();

  asked->now = rungs_what_if_year (asked->what_if, none, error);
  asked->then = asked->now != NULL
                    ? rungs_what_if_year (asked->what_if, asked->scenario->changes, error)
                    : NULL;
  return asked->then != NULL;
}

/* ---- rows */

static void
set_change (JsonObject              *row,
            const Asked             *asked,
            const RungsWhatIfChange *change)
{
  RungsWhatIfChange present = *change;
  gboolean known = rungs_what_if_present (asked->what_if, &present);
  g_autofree char *words = rungs_what_if_describe (asked->what_if->basis, change);
  g_autofree char *thing = rungs_what_if_thing_to_text (asked->what_if->basis, change);
  g_autofree char *now = known ? rungs_what_if_value_to_text (&present) : NULL;

  rungs_row_set_text (row, "change", rungs_what_if_kind_to_text (change->kind));
  rungs_row_set_text (row, "thing", thing);
  rungs_row_set_text (row, "words", words);
  rungs_row_set_text (row, "now", now);
}

static void
add_changes (JsonObject  *row,
             const Asked *asked)
{
  JsonArray *rows = rungs_row_set_array (row, "changes");
  gint64 left_out = 0;

  for (guint i = 0; i < asked->scenario->changes->len; i++)
    {
      const RungsWhatIfChange *change
          = &g_array_index (asked->scenario->changes, RungsWhatIfChange, i);
      g_autofree char *then = rungs_what_if_value_to_text (change);
      gboolean fits = rungs_what_if_fits (asked->what_if, change);
      JsonObject *one = rungs_row_new ();

      set_change (one, asked, change);
      rungs_row_set_text (one, "then", then);
      rungs_row_set_flag (one, "fits", fits);
      left_out += !fits;
      json_array_add_object_element (rows, one);
    }
  rungs_row_set_number (row, "left_out", left_out);
}

/* A range is told of what is left. */
static void
add_figure (JsonArray                *rows,
            const char               *figure,
            const char               *words,
            const RungsWhatIfAccount *then,
            const gint64             *now_months,
            const gint64             *then_months,
            const char               *currency)
{
  JsonObject *row = rungs_row_new ();
  gint64 before = rungs_what_if_sum (now_months), after = rungs_what_if_sum (then_months);

  rungs_row_set_text (row, "figure", figure);
  rungs_row_set_text (row, "words", words);
  rungs_row_set_money (row, "now", rungs_money (before, currency));
  rungs_row_set_money (row, "then", rungs_money (after, currency));
  rungs_row_set_money (row, "difference", rungs_money (after - before, currency));
  if (then != NULL)
    {
      rungs_row_set_money (row, "low", rungs_money (then->year_low, currency));
      rungs_row_set_money (row, "high", rungs_money (then->year_high, currency));
    }
  else
    {
      json_object_set_null_member (row, "low");
      json_object_set_null_member (row, "high");
    }
  json_array_add_object_element (rows, row);
}

static void
add_figures (JsonObject  *row,
             const Asked *asked)
{
  g_autoptr (GPtrArray) currencies
      = rungs_what_if_list_currencies (asked->now, asked->then);
  JsonArray *rows = rungs_row_set_array (row, "figures");

  for (guint i = 0; i < currencies->len; i++)
    {
      const char *currency = currencies->pdata[i];
      const RungsWhatIfAccount *now = rungs_what_if_get_account (asked->now->accounts, currency);
      const RungsWhatIfAccount *then = rungs_what_if_get_account (asked->then->accounts, currency);

      add_figure (rows, "revenue", _ ("Revenue"), NULL, now->revenue, then->revenue, currency);
      add_figure (rows, "refunds", _ ("Given back"), NULL, now->refunds, then->refunds, currency);
      add_figure (rows, "costs", _ ("Delivery"), NULL, now->costs, then->costs, currency);
      add_figure (rows, "commission", _ ("Commission"), NULL, now->commission, then->commission,
                  currency);
      add_figure (rows, "spend", _ ("Spend"), NULL, now->spend, then->spend, currency);
      add_figure (rows, "left", _ ("What is left"), then, now->left, then->left, currency);
    }
}

/* What the period itself brought, by which the base can be judged. */
static void
set_period (JsonObject  *row,
            const Asked *asked)
{
  g_autoptr (GArray) monies = rungs_what_if_list_revenue (asked->what_if);

  rungs_row_set_monies (row, "period_revenue", monies);
}

static void
set_left (JsonObject *row,
          const char *key,
          GArray     *accounts)
{
  g_autoptr (GArray) monies = g_array_new (FALSE, FALSE, sizeof (RungsMoney));

  for (guint i = 0; i < accounts->len; i++)
    {
      const RungsWhatIfAccount *account = &g_array_index (accounts, RungsWhatIfAccount, i);
      RungsMoney money = rungs_money (rungs_what_if_sum (account->left), account->currency);

      if (money.minor != 0)
        g_array_append_val (monies, money);
    }
  rungs_row_set_monies (row, key, monies);
}

static void
set_count (JsonObject *row,
           const char *key,
           double      count)
{
  json_object_set_double_member (row, key, round (count * 10) / 10);
}

static void
add_products (JsonObject  *row,
              const Asked *asked)
{
  JsonArray *rows = rungs_row_set_array (row, "products");

  for (guint i = 0; i < asked->now->products->len; i++)
    {
      const RungsWhatIfProduct *product
          = rungs_what_if_basis_get_product (asked->what_if->basis, i);
      const RungsWhatIfProductYear *now = asked->now->products->pdata[i];
      const RungsWhatIfProductYear *then = asked->then->products->pdata[i];
      JsonObject *one = rungs_row_new ();

      rungs_row_set_text (one, "sku", product->sku);
      rungs_row_set_text (one, "name", product->name);
      set_count (one, "now_buyers", rungs_what_if_count_up (now->buyers));
      set_count (one, "then_buyers", rungs_what_if_count_up (then->buyers));
      set_left (one, "now_left", now->accounts);
      set_left (one, "then_left", then->accounts);
      json_array_add_object_element (rows, one);
    }
}

static void
set_paid_back (JsonObject                  *row,
               const char                  *key,
               const RungsWhatIfSourceYear *source,
               GTimeZone                   *zone)
{
  g_autofree char *day
      = source->paid_back > 0 ? rungs_time_format_day (source->paid_back, zone) : NULL;

  rungs_row_set_text (row, key, day);
}

static void
add_sources (JsonObject  *row,
             const Asked *asked,
             GTimeZone   *zone)
{
  JsonArray *rows = rungs_row_set_array (row, "sources");

  for (guint i = 0; i < asked->now->sources->len; i++)
    {
      const RungsWhatIfSource *source = rungs_what_if_basis_get_source (asked->what_if->basis, i);
      const RungsWhatIfSourceYear *now = asked->now->sources->pdata[i];
      const RungsWhatIfSourceYear *then = asked->then->sources->pdata[i];
      JsonObject *one = rungs_row_new ();

      rungs_row_set_text (one, "kind", rungs_source_kind_to_text (source->kind));
      rungs_row_set_text (one, "name", source->name);
      set_count (one, "now_leads", now->leads);
      set_count (one, "then_leads", then->leads);
      rungs_row_set_monies (one, "now_spend", now->spend);
      rungs_row_set_monies (one, "then_spend", then->spend);
      rungs_row_set_monies (one, "now_awards", now->awards);
      rungs_row_set_monies (one, "then_awards", then->awards);
      set_paid_back (one, "now_paid_back", now, zone);
      set_paid_back (one, "then_paid_back", then, zone);
      json_array_add_object_element (rows, one);
    }
}

static void
add_months (JsonObject  *row,
            const Asked *asked,
            GTimeZone   *zone)
{
  g_autoptr (GPtrArray) currencies
      = rungs_what_if_list_currencies (asked->now, asked->then);
  JsonArray *rows = rungs_row_set_array (row, "months");

  for (guint i = 0; i < currencies->len; i++)
    for (guint month = 0; month < RUNGS_WHAT_IF_MONTHS; month++)
      {
        const char *currency = currencies->pdata[i];
        const RungsWhatIfAccount *now = rungs_what_if_get_account (asked->now->accounts, currency);
        const RungsWhatIfAccount *then
            = rungs_what_if_get_account (asked->then->accounts, currency);
        g_autofree char *begins = rungs_time_format_day (
            asked->what_if->basis->now + month * RUNGS_WHAT_IF_MONTH, zone);
        JsonObject *one = rungs_row_new ();

        rungs_row_set_number (one, "month", month + 1);
        rungs_row_set_text (one, "begins", begins);
        rungs_row_set_money (one, "now_left", rungs_money (now->left[month], currency));
        rungs_row_set_money (one, "then_left", rungs_money (then->left[month], currency));
        rungs_row_set_money (one, "low", rungs_money (then->low[month], currency));
        rungs_row_set_money (one, "high", rungs_money (then->high[month], currency));
        json_array_add_object_element (rows, one);
      }
}

static JsonObject *
asked_to_row (const Asked *asked,
              GTimeZone   *zone)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *rests_on = g_strdup_printf (
      ngettext ("%u arrow, %u of them with too few cases to be sure of",
                "%u arrows, %u of them with too few cases to be sure of", asked->then->arrows),
      asked->then->arrows, asked->then->few);

  rungs_row_set_text (row, "warning", _ ("Nothing of this has happened"));
  rungs_row_set_text (row, "name", *asked->scenario->name ? asked->scenario->name : NULL);
  rungs_row_set_number (row, "days", asked->scenario->days);
  rungs_row_set_time (row, "since", asked->what_if->basis->from);
  set_period (row, asked);
  rungs_row_set_number (row, "arrows", asked->then->arrows);
  rungs_row_set_number (row, "few", asked->then->few);
  rungs_row_set_text (row, "rests_on", rests_on);
  set_count (row, "now_leads", asked->now->leads);
  set_count (row, "then_leads", asked->then->leads);
  add_changes (row, asked);
  add_figures (row, asked);
  add_products (row, asked);
  add_sources (row, asked, zone);
  add_months (row, asked, zone);
  return row;
}

/* ---- the commands */

static gboolean
show (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  g_auto (Asked) asked = { 0 };

  if (!read_asked (call, db, rungs_invocation_get_argument (call, 0), &asked, error)
      || !reckon (&asked, error))
    return FALSE;
  if (rungs_invocation_has (call, "csv"))
    {
      g_autofree char *csv = rungs_what_if_to_csv (asked.what_if, asked.now, asked.then);

      rungs_output_text (rungs_invocation_get_output (call), csv);
    }
  else
    rungs_column_show (call, COLUMNS, asked_to_row (&asked, rungs_invocation_get_zone (call)));
  return TRUE;
}

/* What the present share rests on; "" of what is simply known. */
static char *
tell_cases (const RungsWhatIf       *what_if,
            const RungsWhatIfChange *change)
{
  const RungsWhatIfShare *share = NULL;
  int found;

  if (change->kind == RUNGS_WHAT_IF_CONVERSION)
    {
      found = rungs_what_if_basis_find_arrow (what_if->basis, change->at, change->to);
      share = &what_if->rates->arrows[found].share;
    }
  else if (change->kind == RUNGS_WHAT_IF_RENEWALS)
    {
      found = rungs_what_if_basis_find_product (what_if->basis, change->at.id);
      share = &what_if->rates->products[found].renewals;
    }
  if (share == NULL)
    return NULL;
  if (share->cases <= 0)
    return g_strdup (_ ("no cases"));
  if (share->too_few)
    return g_strdup_printf (ngettext ("%.0f case: too few to say", "%.0f cases: too few to say",
                                      (gulong) round (share->cases)),
                            share->cases);
  return g_strdup_printf (_ ("%.0f cases: %.1f–%.1f %%"), share->cases, share->range.low * 100,
                          share->range.high * 100);
}

static void
add_knob (RungsListing     *listing,
          const Asked      *asked,
          RungsWhatIfChange change)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *thing = rungs_what_if_thing_to_text (asked->what_if->basis, &change);
  g_autofree char *rests_on = tell_cases (asked->what_if, &change);
  g_autofree char *option
      = g_strdup_printf ("--%s '%s=…'", rungs_what_if_kind_to_text (change.kind), thing);

  set_change (row, asked, &change);
  rungs_row_set_text (row, "rests_on", rests_on);
  rungs_row_set_text (row, "option", option);
  rungs_listing_add (listing, row);
}

static gboolean
list_knobs (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, KNOB_COLUMNS);
  g_autoptr (GArray) knobs = NULL;
  g_auto (Asked) asked = { 0 };

  if (!read_asked (call, db, NULL, &asked, error))
    return FALSE;
  knobs = rungs_what_if_list (asked.what_if);
  for (guint i = 0; i < knobs->len; i++)
    add_knob (listing, &asked, g_array_index (knobs, RungsWhatIfChange, i));
  rungs_listing_end (listing, _ ("There is nothing to change: there are no products or sources."));
  return TRUE;
}

static JsonObject *
scenario_to_row (const RungsScenario *scenario)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", scenario->id);
  rungs_row_set_text (row, "name", scenario->name);
  rungs_row_set_number (row, "days", scenario->days);
  rungs_row_set_number (row, "changes", scenario->changes->len);
  rungs_row_set_time (row, "updated_at", scenario->updated_at);
  return row;
}

static gboolean
list_scenarios (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, SCENARIO_COLUMNS);
  g_autoptr (GPtrArray) scenarios = rungs_scenario_list (db, error);

  if (scenarios == NULL)
    return FALSE;
  for (guint i = 0; i < scenarios->len; i++)
    rungs_listing_add (listing, scenario_to_row (scenarios->pdata[i]));
  rungs_listing_end (listing, _ ("No what-if is kept."));
  return TRUE;
}

/* Saving under a name that is there goes on from what is kept there. */
static gboolean
save (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  gint64 now = rungs_invocation_get_now (call);
  g_autoptr (GError) missing = NULL;
  g_autoptr (RungsScenario) kept = rungs_scenario_find (db, name, &missing);
  g_auto (Asked) asked = { 0 };

  if (kept == NULL && !g_error_matches (missing, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  if (!read_asked (call, db, kept != NULL ? name : NULL, &asked, error))
    return FALSE;
  if (kept == NULL)
    {
      g_free (asked.scenario->name);
      asked.scenario->name = g_strdup (name);
    }
  if (kept == NULL ? (asked.scenario->id = rungs_scenario_add (db, asked.scenario, now, error)) == 0
                   : !rungs_scenario_save (db, asked.scenario, now, error))
    return FALSE;
  asked.scenario->updated_at = now;
  rungs_column_say (call, scenario_to_row (asked.scenario),
                    ngettext ("“%s” is kept, with %u change.", "“%s” is kept, with %u changes.",
                              asked.scenario->changes->len),
                    asked.scenario->name, asked.scenario->changes->len);
  return TRUE;
}

static gboolean
rename_scenario (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (RungsScenario) scenario
      = rungs_scenario_find (db, rungs_invocation_get_argument (call, 0), error);

  if (scenario == NULL)
    return FALSE;
  g_free (scenario->name);
  scenario->name = g_strdup (rungs_invocation_get_argument (call, 1));
  if (!rungs_scenario_save (db, scenario, rungs_invocation_get_now (call), error))
    return FALSE;
  scenario->updated_at = rungs_invocation_get_now (call);
  rungs_column_say (call, scenario_to_row (scenario), _ ("It is called “%s” now."),
                    scenario->name);
  return TRUE;
}

static gboolean
remove_scenario (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (RungsScenario) scenario
      = rungs_scenario_find (db, rungs_invocation_get_argument (call, 0), error);

  if (scenario == NULL || !rungs_scenario_delete (db, scenario->id, error))
    return FALSE;
  rungs_column_say (call, scenario_to_row (scenario), _ ("“%s” is kept no more."),
                    scenario->name);
  return TRUE;
}

#define PERIOD_OPTION                                                                              \
  RUNGS_OPTION ("period", N_ ("DAYS"),                                                             \
                N_ ("As in the last so many days; “all”: ever; else as in the last 365"))

static const GOptionEntry SHOW_OPTIONS[] = {
  PERIOD_OPTION,
  RUNGS_WHAT_IF_OPTIONS,
  RUNGS_FLAG ("csv", N_ ("Print a table of products and months instead")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry SAVE_OPTIONS[] = {
  PERIOD_OPTION,
  RUNGS_WHAT_IF_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry KNOB_OPTIONS[] = {
  PERIOD_OPTION,
  RUNGS_OPTIONS_END,
};

#define SCENARIO_ROW "id, name, days, changes, updated_at"

const RungsCommand RUNGS_WHAT_IF_COMMANDS[] = {
  { "what-if show", "[NAME]", N_ ("Show what the next twelve months would bring"),
    RUNGS_COMMAND_READS, show, SHOW_OPTIONS,
    N_ ("Without changes: as if all went on as in the period, with the leads who are here\n"
        "already and as many new ones. With changes: that prices, conversions or spend are\n"
        "otherwise from today on. NAME goes on from a what-if that is kept. Nothing is changed\n"
        "in the file. More spend is supposed to bring more leads at the same cost for each,\n"
        "which seldom holds for large changes; that a dearer product is bought by fewer is\n"
        "not supposed: say so with --conversion. What may be changed, and how it is named, is\n"
        "listed by “what-if knobs”: FROM and TO are SKUs; FROM can also be a source by a path,\n"
        "as in “ppc:Spring ads/direct”. Commissions go with sales: of each product partners get\n"
        "as large a part as they earned by it in the period, as the ledger has it; where that\n"
        "has nothing, the product's own rate counts. Awards (what partners earn by leads, and\n"
        "bonuses) go with the leads of their source."),
    "{warning, name, days, since, period_revenue, arrows, few, rests_on, now_leads, then_leads, "
    "changes: [change, thing, words, now, then, fits], left_out, figures: "
    "[figure, words, now, then, difference, low, high], products: "
    "[sku, name, now_buyers, then_buyers, now_left, then_left], sources: "
    "[kind, name, now_leads, then_leads, now_spend, then_spend, now_awards, then_awards, "
    "now_paid_back, then_paid_back], "
    "months: [month, begins, now_left, then_left, low, high]}" },
  { "what-if knobs", "", N_ ("List what can be changed, and what it is now"), RUNGS_COMMAND_READS,
    list_knobs, KNOB_OPTIONS, NULL, "[change, thing, words, now, rests_on, option]" },
  { "what-if list", "", N_ ("List the what-ifs that are kept"), RUNGS_COMMAND_READS,
    list_scenarios, NULL, NULL, "[" SCENARIO_ROW "]" },
  { "what-if save", "NAME", N_ ("Keep changes under a name"), RUNGS_COMMAND_WRITES, save,
    SAVE_OPTIONS, N_ ("Under a name that is there already they are added to those kept there."),
    "{" SCENARIO_ROW "}" },
  { "what-if rename", "NAME NEW", N_ ("Give a what-if another name"), RUNGS_COMMAND_WRITES,
    rename_scenario, NULL, NULL, "{" SCENARIO_ROW "}" },
  { "what-if remove", "NAME", N_ ("Keep a what-if no more"), RUNGS_COMMAND_WRITES,
    remove_scenario, NULL, NULL, "{" SCENARIO_ROW "}" },
  { NULL },
};
