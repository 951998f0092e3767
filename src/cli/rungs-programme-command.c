/* rungs-programme-command.c: what partners earn by which sale. */

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-terms-trial-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-text-file.h"

static const RungsColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "partners", N_ ("Partners"), RUNGS_COLUMN_NUMBER, NULL },
  { "retired_at", N_ ("Retired"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn TERMS_COLUMNS[] = {
  { "from_at", N_ ("Valid From"), RUNGS_COLUMN_TIME, NULL },
  { "terms", N_ ("Terms"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "partners", N_ ("Partners"), RUNGS_COLUMN_NUMBER, NULL },
  { "retired_at", N_ ("Retired"), RUNGS_COLUMN_TIME, NULL },
  { "versions", N_ ("Terms"), RUNGS_COLUMN_ROWS, TERMS_COLUMNS },
  { NULL },
};

#define EARNED_COLUMNS                                                                             \
  { "orders", N_ ("Orders"), RUNGS_COLUMN_NUMBER, NULL },                                          \
      { "earned", N_ ("Earned"), RUNGS_COLUMN_MONEY, NULL },                                       \
      { "would", N_ ("Would have earned"), RUNGS_COLUMN_MONEY, NULL },                             \
      { "difference", N_ ("Difference"), RUNGS_COLUMN_MONEY, NULL }

static const RungsColumn TRIED_COLUMNS[] = {
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  EARNED_COLUMNS,
  { NULL },
};

static const RungsColumn ALL_COLUMNS[] = {
  EARNED_COLUMNS,
  { NULL },
};

static const RungsColumn TRIAL_COLUMNS[] = {
  { "from", N_ ("Orders From"), RUNGS_COLUMN_TIME, NULL },
  { "until", N_ ("Until"), RUNGS_COLUMN_TIME, NULL },
  { "partners", N_ ("Partners"), RUNGS_COLUMN_ROWS, TRIED_COLUMNS },
  { "all", N_ ("All"), RUNGS_COLUMN_ROWS, ALL_COLUMNS },
  { NULL },
};

/* ---- programmes */

static JsonObject *
row_of (const RungsProgramme *programme)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", programme->id);
  rungs_row_set_text (row, "name", programme->name);
  rungs_row_set_number (row, "partners", programme->partners);
  rungs_row_set_time (row, "retired_at", programme->retired_at);
  return row;
}

static gboolean
list_programmes (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (GPtrArray) list = rungs_programme_list (db, rungs_invocation_get_now (call), error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    rungs_listing_add (listing, row_of (g_ptr_array_index (list, i)));
  rungs_listing_end (listing, _ ("There are no programmes."));
  return TRUE;
}

static RungsProgramme *
programme_argument (RungsInvocation  *call,
                    RungsDb          *db,
                    GError          **error)
{
  return rungs_programme_load_by_name (db, rungs_invocation_get_argument (call, 0),
                                       rungs_invocation_get_now (call), error);
}

static gboolean
show_programme (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsProgramme) programme = programme_argument (call, db, error);
  g_autoptr (GPtrArray) versions
      = programme != NULL ? rungs_programme_list_terms (db, programme->id, error) : NULL;
  JsonObject *row;
  JsonArray *rows;

  if (versions == NULL)
    return FALSE;
  row = row_of (programme);
  rows = rungs_row_set_array (row, "versions");
  for (guint i = 0; i < versions->len; i++)
    {
      const RungsTermsVersion *version = g_ptr_array_index (versions, i);
      g_autofree char *terms = rungs_terms_to_json (version->terms);
      JsonObject *line = rungs_row_new ();

      rungs_row_set_time (line, "from_at", version->from_at);
      rungs_row_set_text (line, "terms", terms);
      json_array_add_object_element (rows, line);
    }
  rungs_column_show (call, SHOW_COLUMNS, row);
  return TRUE;
}

/* Terms that a file says; without one, each product's own rate. They begin when --from says, now
 * where it says nothing. */
static gboolean
set_terms (RungsInvocation  *call,
           RungsDb          *db,
           gint64            programme,
           gint64            from,
           GError          **error)
{
  const char *path = rungs_invocation_get_text (call, "terms", NULL);
  g_autofree char *json = NULL;
  g_autoptr (RungsTerms) terms = NULL;

  if (path != NULL && (json = rungs_text_file_read (path, error)) == NULL)
    return FALSE;
  terms = json != NULL ? rungs_terms_parse (json, error) : rungs_terms_new ();
  return terms != NULL && rungs_invocation_get_time (call, "from", &from, error)
         && rungs_programme_set_terms (db, programme, from, terms, rungs_invocation_get_now (call),
                                       error)
                != 0;
}

static gboolean
add_programme (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  gint64 now = rungs_invocation_get_now (call);
  gint64 id = rungs_programme_add (db, rungs_invocation_get_argument (call, 0), now, error);

  return id != 0 && set_terms (call, db, id, now, error) && show_programme (call, db, error);
}

static gboolean
change_terms (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsProgramme) programme = programme_argument (call, db, error);

  return programme != NULL && rungs_invocation_require (call, "terms", error)
         && set_terms (call, db, programme->id, rungs_invocation_get_now (call), error)
         && show_programme (call, db, error);
}

static gboolean
join_programme (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsProgramme) programme = programme_argument (call, db, error);
  gint64 from = rungs_invocation_get_now (call);

  if (programme == NULL || !rungs_invocation_get_time (call, "from", &from, error))
    return FALSE;
  for (guint i = 1; i < rungs_invocation_count_arguments (call); i++)
    {
      g_autoptr (RungsPartner) partner
          = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, i), error);

      if (partner == NULL
          || !rungs_programme_join (db, programme->id, partner->id, from, error))
        return FALSE;
    }
  return show_programme (call, db, error);
}

/* ---- what other terms would have done */

static JsonObject *
tried_row_of (const RungsTermsTrialRow *tried)
{
  JsonObject *row = rungs_row_new ();

  if (tried->partner != 0)
    rungs_row_set_text (row, "partner", tried->name);
  rungs_row_set_number (row, "orders", tried->orders);
  rungs_row_set_money (row, "earned", rungs_money (tried->earned, tried->currency));
  rungs_row_set_money (row, "would", rungs_money (tried->would, tried->currency));
  rungs_row_set_money (row, "difference",
                       rungs_money (tried->would - tried->earned, tried->currency));
  return row;
}

/* Last quarter, where nothing is said; the last day counts whole. */
static gboolean
take_time (RungsInvocation  *call,
           RungsDb          *db,
           gint64           *from,
           gint64           *until,
           GError          **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  gint64 last = G_MININT64;

  if (zone == NULL)
    return FALSE;
  rungs_terms_trial_last_quarter (zone, rungs_invocation_get_now (call), from, until);
  if (!rungs_invocation_get_time (call, "from", from, error)
      || !rungs_invocation_get_time (call, "to", &last, error))
    return FALSE;
  if (last != G_MININT64)
    *until = rungs_time_day_start (last, zone, 1);
  return TRUE;
}

static gboolean
try_terms (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (RungsProgramme) programme = programme_argument (call, db, error);
  g_autofree char *json = NULL;
  g_autoptr (RungsTerms) terms = NULL;
  g_autoptr (GPtrArray) tried = NULL;
  JsonArray *partners, *all;
  JsonObject *row;
  gint64 from, until;

  if (programme == NULL || !rungs_invocation_require (call, "terms", error)
      || !take_time (call, db, &from, &until, error))
    return FALSE;
  json = rungs_text_file_read (rungs_invocation_get_text (call, "terms", NULL), error);
  terms = json != NULL ? rungs_terms_parse (json, error) : NULL;
  if (terms == NULL
      || (tried = rungs_terms_trial (db, programme->id, terms, from, until, NULL, error)) == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_time (row, "from", from);
  rungs_row_set_time (row, "until", until);
  partners = rungs_row_set_array (row, "partners");
  all = rungs_row_set_array (row, "all");
  for (guint i = 0; i < tried->len; i++)
    {
      const RungsTermsTrialRow *one = g_ptr_array_index (tried, i);

      json_array_add_object_element (one->partner != 0 ? partners : all, tried_row_of (one));
    }
  rungs_column_show (call, TRIAL_COLUMNS, row);
  return TRUE;
}

/* `at`: 0: in use again. */
static gboolean
set_retired (RungsInvocation  *call,
             RungsDb          *db,
             gint64            at,
             GError          **error)
{
  g_autoptr (RungsProgramme) programme = programme_argument (call, db, error);

  return programme != NULL && rungs_programme_retire (db, programme->id, at, error)
         && show_programme (call, db, error);
}

static gboolean
retire_programme (RungsInvocation  *call,
                  RungsDb          *db,
                  GError          **error)
{
  return set_retired (call, db, rungs_invocation_get_now (call), error);
}

static gboolean
unretire_programme (RungsInvocation  *call,
                    RungsDb          *db,
                    GError          **error)
{
  return set_retired (call, db, 0, error);
}

static const GOptionEntry TERMS_OPTIONS[] = {
  RUNGS_OPTION ("terms", N_ ("FILE"), N_ ("The terms, as JSON; - for standard input")),
  RUNGS_OPTION ("from", N_ ("TIME"), N_ ("In force from then on; now where nothing is said")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry TRY_OPTIONS[] = {
  RUNGS_OPTION ("terms", N_ ("FILE"), N_ ("The terms, as JSON; - for standard input")),
  RUNGS_OPTION ("from", N_ ("DAY"), N_ ("The first day of the orders; else last quarter")),
  RUNGS_OPTION ("to", N_ ("DAY"), N_ ("The last day")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry JOIN_OPTIONS[] = {
  RUNGS_OPTION ("from", N_ ("TIME"), N_ ("In it from then on; now where nothing is said")),
  RUNGS_OPTIONS_END,
};

#define PROGRAMME_JSON "{id, name, partners, retired_at, versions: [from_at, terms]}"
#define TRIAL_JSON                                                                                 \
  "{from, until, partners: [partner, orders, earned, would, difference],"                          \
  " all: [orders, earned, would, difference]}"

const RungsCommand RUNGS_PROGRAMME_COMMANDS[] = {
  { "programme list", "", N_ ("List programmes"), RUNGS_COMMAND_READS, list_programmes, NULL, NULL,
    "[id, name, partners, retired_at]" },
  { "programme show", "NAME", N_ ("Show a programme and all versions of its terms"),
    RUNGS_COMMAND_READS, show_programme, NULL, NULL, PROGRAMME_JSON },
  { "programme add", "NAME", N_ ("Add a programme"), RUNGS_COMMAND_WRITES, add_programme,
    TERMS_OPTIONS,
    N_ ("Without --terms each product's own rate is paid, 30 days after the sale. The words of\n"
        "terms are told in docs/partners.md."),
    PROGRAMME_JSON },
  { "programme terms", "NAME", N_ ("Give a programme new terms"), RUNGS_COMMAND_WRITES,
    change_terms, TERMS_OPTIONS, N_ ("Sales before they are in force keep the old ones."),
    PROGRAMME_JSON },
  { "programme try", "NAME", N_ ("Show what other terms would have done to sales that were"),
    RUNGS_COMMAND_READS, try_terms, TRY_OPTIONS,
    N_ ("Nothing is changed by it. Each order of the time that was credited to a partner of the\n"
        "programme is decided again by the terms of the file, of what the buyer has kept; beside\n"
        "it stands what the ledger has."),
    TRIAL_JSON },
  { "programme join", "NAME PARTNER…", N_ ("Put partners into a programme"), RUNGS_COMMAND_WRITES,
    join_programme, JOIN_OPTIONS,
    N_ ("A partner is in one programme at a time, or in none:\n"
        "rungsctl partner edit NAME --programme \"\"."),
    PROGRAMME_JSON },
  { "programme retire", "NAME", N_ ("Let nobody join a programme any more"), RUNGS_COMMAND_WRITES,
    retire_programme, NULL, N_ ("Who is in it stays, and goes on earning."), PROGRAMME_JSON },
  { "programme unretire", "NAME", N_ ("Let partners join a programme again"),
    RUNGS_COMMAND_WRITES, unretire_programme, NULL, NULL, PROGRAMME_JSON },
  { NULL },
};
