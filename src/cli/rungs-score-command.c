/* rungs-score-command.c: what things that leads do are worth, and why a lead has its score. */

#include <glib/gi18n.h>
#include <math.h>

#include "engine/rungs-score-round.h"
#include "leads/rungs-score-explain-store.h"
#include "leads/rungs-score-store.h"
#include "rungs-commands.h"
#include "rungs-interrupt.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"
#include "rungs-progress-line.h"

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "words", N_ ("Rule"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn CHANGE_COLUMNS[] = {
  { "words", N_ ("Rule"), RUNGS_COLUMN_TEXT, NULL },
  { "leads", N_ ("Leads whose points change"), RUNGS_COLUMN_NUMBER, NULL },
  { "least", N_ ("By at least"), RUNGS_COLUMN_NUMBER, NULL },
  { "most", N_ ("By at most"), RUNGS_COLUMN_NUMBER, NULL },
  { "dry_run", N_ ("Only tried"), RUNGS_COLUMN_FLAG, NULL },
  { NULL },
};

static const RungsColumn KIND_COLUMNS[] = {
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TEXT, NULL },
  { "label", N_ ("What it is"), RUNGS_COLUMN_TEXT, NULL },
  { "pattern", N_ ("Takes a pattern"), RUNGS_COLUMN_FLAG, NULL },
  { NULL },
};

static const RungsColumn TERM_COLUMNS[] = {
  { "subject", N_ ("For"), RUNGS_COLUMN_TEXT, NULL },
  { "events", N_ ("How often"), RUNGS_COLUMN_NUMBER, NULL },
  { "full", N_ ("Points at first"), RUNGS_COLUMN_NUMBER, NULL },
  { "points", N_ ("Points now"), RUNGS_COLUMN_NUMBER, NULL },
  { "last_at", N_ ("Last"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn REASON_COLUMNS[] = {
  { "name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "score", N_ ("Score"), RUNGS_COLUMN_NUMBER, NULL },
  { "given", N_ ("Given points"), RUNGS_COLUMN_NUMBER, NULL },
  { "terms", N_ ("By rules"), RUNGS_COLUMN_ROWS, TERM_COLUMNS },
  { "rescore_at", N_ ("Changes next"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

#define RULE_JSON "id, kind, pattern, points, half_life, day_cap, words"
#define CHANGE_JSON "{" RULE_JSON ", leads, least, most, sum, dry_run}"

/* Half-life and cap are null where there is none. */
static JsonObject *
rule_to_row (const RungsScoreRule *rule)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *words = rungs_score_rule_describe (rule);

  rungs_row_set_id (row, "id", rule->id);
  rungs_row_set_text (row, "kind", rule->kind);
  rungs_row_set_text (row, "pattern", *rule->pattern != '\0' ? rule->pattern : NULL);
  rungs_row_set_number (row, "points", rule->points);
  rungs_row_set_id (row, "half_life", rule->half_life);
  rungs_row_set_id (row, "day_cap", rule->day_cap);
  rungs_row_set_text (row, "words", words);
  return row;
}

static gboolean
list_rules (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (GPtrArray) rules = rungs_score_rule_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    rungs_listing_add (listing, rule_to_row (g_ptr_array_index (rules, i)));
  if (rules != NULL)
    rungs_listing_end (listing, _ ("There are no rules: a score is what was given."));
  return rules != NULL;
}

static gboolean
list_kinds (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, KIND_COLUMNS);
  const RungsScoreKind *kind;

  for (guint i = 0; (kind = rungs_score_kind_get (i)) != NULL; i++)
    {
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "kind", kind->kind);
      rungs_row_set_text (row, "label", _ (kind->label));
      rungs_row_set_flag (row, "pattern", kind->about != RUNGS_SCORE_ABOUT_NOTHING);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, "");
  return TRUE;
}

/* ---- counting */

static void
progress_cb (gint64   done,
             gint64   all,
             gpointer data)
{
  if (all > 0)
    rungs_progress_line_show (_ ("Counting scores anew: %d %%"), (int) (100 * done / all));
}

static gboolean
work_off (RungsInvocation  *call,
          RungsDb          *db,
          gint64           *counted,
          GError          **error)
{
  g_autoptr (RungsInterrupt) interrupt = rungs_interrupt_new ();
  gboolean done = rungs_scores_work_off (db, rungs_invocation_get_now (call), progress_cb, NULL,
                                         rungs_interrupt_get_cancellable (interrupt), counted,
                                         error);

  rungs_progress_line_clear ();
  return done;
}

static gboolean
begin_cb (RungsDb   *db,
          gpointer   data,
          GError   **error)
{
  return rungs_scores_begin_anew (db, error);
}

static gboolean
recompute (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autofree char *number = NULL;
  gint64 counted = 0;
  JsonObject *row;

  if (!rungs_db_write (db, begin_cb, NULL, error) || !work_off (call, db, &counted, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "leads", counted);
  number = g_strdup_printf ("%" G_GINT64_FORMAT, counted);
  rungs_column_say (call, row,
                    ngettext ("The score of %s lead was counted anew.",
                              "The scores of %s leads were counted anew.", (gulong) counted),
                    number);
  return TRUE;
}

/* ---- changing */

/* A change of one rule: `draft` NULL removes the rule `id`, an id of 0 adds the draft. */
typedef struct
{
  RungsInvocation *call;
  gint64 id;
  RungsScoreRule *draft; /* (owned) (nullable) */
  RungsScorePreview preview;
} Change;

static void
change_clear (Change *change)
{
  g_clear_pointer (&change->draft, rungs_score_rule_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, change_clear)

static gboolean
change_cb (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  Change *change = data;
  gint64 now = rungs_invocation_get_now (change->call);

  if (change->draft == NULL)
    return rungs_score_rule_remove (db, change->id, error);
  if (change->id != 0)
    return rungs_score_rule_save (db, change->draft, error);
  change->draft->id = rungs_score_rule_add (db, change->draft, now, error);
  return change->draft->id != 0;
}

static void
show_change (Change               *change,
             const RungsScoreRule *rule)
{
  JsonObject *row = rule_to_row (rule);

  rungs_row_set_number (row, "leads", change->preview.leads);
  rungs_row_set_number (row, "least", change->preview.least);
  rungs_row_set_number (row, "most", change->preview.most);
  rungs_row_set_number (row, "sum", change->preview.sum);
  rungs_row_set_flag (row, "dry_run", rungs_invocation_has (change->call, "dry-run"));
  rungs_column_show (change->call, CHANGE_COLUMNS, row);
}

/* `rule` is what is shown. */
static gboolean
make_change (Change                *change,
             RungsDb               *db,
             const RungsScoreRule  *rule,
             GError               **error)
{
  gint64 counted = 0;

  if (!rungs_score_preview (db, change->id, change->draft, rungs_invocation_get_now (change->call),
                            &change->preview, error)
      || (!rungs_invocation_has (change->call, "dry-run")
          && (!rungs_db_write (db, change_cb, change, error)
              || !work_off (change->call, db, &counted, error))))
    return FALSE;
  show_change (change, rule);
  return TRUE;
}

static gboolean
read_options (RungsInvocation  *call,
              RungsScoreRule   *rule,
              GError          **error)
{
  const char *pattern = rungs_invocation_get_text (call, "pattern", NULL);

  if (pattern != NULL)
    {
      g_free (rule->pattern);
      rule->pattern = g_strdup (pattern);
    }
  return rungs_invocation_get_number (call, "points", -RUNGS_SCORE_MOST_POINTS,
                                      RUNGS_SCORE_MOST_POINTS, &rule->points, error)
         && rungs_invocation_get_number (call, "half-life", 0, RUNGS_SCORE_MOST_DAYS,
                                         &rule->half_life, error)
         && rungs_invocation_get_number (call, "cap", 0, RUNGS_SCORE_MOST_CAP, &rule->day_cap,
                                         error);
}

static gboolean
add_rule (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_auto (Change) change = { .call = call, .draft = rungs_score_rule_new () };

  if (!rungs_invocation_require (call, "points", error))
    return FALSE;
  g_free (change.draft->kind);
  change.draft->kind = g_strdup (rungs_invocation_get_argument (call, 0));
  return read_options (call, change.draft, error)
         && make_change (&change, db, change.draft, error);
}

static gboolean
add_usual_cb (RungsDb   *db,
              gpointer   data,
              GError   **error)
{
  return rungs_score_rule_add_usual (db, rungs_invocation_get_now (data), error);
}

static gboolean
add_usual (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  gint64 counted = 0;

  return rungs_db_write (db, add_usual_cb, call, error) && work_off (call, db, &counted, error)
         && list_rules (call, db, error);
}

static gboolean
edit_rule (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_auto (Change) change = { .call = call };

  if (!rungs_invocation_get_id (call, 0, &change.id, error)
      || (change.draft = rungs_score_rule_load (db, change.id, error)) == NULL)
    return FALSE;
  return read_options (call, change.draft, error)
         && make_change (&change, db, change.draft, error);
}

static gboolean
remove_rule (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_auto (Change) change = { .call = call };
  g_autoptr (RungsScoreRule) rule = NULL;

  if (!rungs_invocation_get_id (call, 0, &change.id, error))
    return FALSE;
  rule = rungs_score_rule_load (db, change.id, error);
  return rule != NULL && make_change (&change, db, rule, error);
}

/* ---- why */

static JsonObject *
term_to_row (const RungsScoreTerm *term)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *subject = rungs_score_rule_describe_subject (term->rule);
  g_autofree char *words = rungs_score_rule_describe (term->rule);

  rungs_row_set_number (row, "rule", term->rule->id);
  rungs_row_set_text (row, "kind", term->rule->kind);
  rungs_row_set_text (row, "subject", subject);
  rungs_row_set_text (row, "words", words);
  rungs_row_set_number (row, "events", term->events);
  rungs_row_set_number (row, "full", term->full);
  json_object_set_double_member (row, "points", round (term->points * 100) / 100);
  rungs_row_set_time (row, "last_at", term->last_at);
  return row;
}

static gboolean
explain (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  g_autoptr (RungsScoreReasons) reasons =
      lead ? rungs_score_explain (db, lead->id, rungs_invocation_get_now (call), error) : NULL;
  g_autofree char *name = lead ? rungs_lead_dup_title (lead) : NULL;
  JsonObject *row;
  JsonArray *terms;

  if (reasons == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "lead", reasons->lead);
  rungs_row_set_text (row, "name", name);
  rungs_row_set_number (row, "score", reasons->score);
  rungs_row_set_number (row, "stored", reasons->stored);
  rungs_row_set_number (row, "given", reasons->given);
  terms = rungs_row_set_array (row, "terms");
  for (guint i = 0; i < reasons->terms->len; i++)
    json_array_add_object_element (terms, term_to_row (g_ptr_array_index (reasons->terms, i)));
  rungs_row_set_time (row, "rescore_at", reasons->rescore_at);
  rungs_column_show (call, REASON_COLUMNS, row);
  return TRUE;
}

#define RULE_OPTIONS                                                                               \
  RUNGS_OPTION ("points", N_ ("N"), N_ ("What each is worth; may be below 0")),                    \
    RUNGS_OPTION ("pattern", N_ ("PATTERN"),                                                       \
                  N_ ("Only forms, tags, … of such a name, or links to such addresses")),          \
    RUNGS_OPTION ("half-life", N_ ("DAYS"),                                                        \
                  N_ ("Half of it is gone after so many days; 0: never")),                         \
    RUNGS_OPTION ("cap", N_ ("N"), N_ ("At most so many points a day; 0: no cap")),                \
    RUNGS_FLAG ("dry-run", N_ ("Only say what would change"))

static const GOptionEntry RULE_ENTRIES[] = {
  RULE_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry REMOVE_ENTRIES[] = {
  RUNGS_FLAG ("dry-run", N_ ("Only say what would change")),
  RUNGS_OPTIONS_END,
};

#define RULE_DETAILS                                                                               \
  N_ ("KIND is one of “score kinds”. In a pattern * stands for any letters and ? for one; case\n"  \
      "does not count. For links, a pattern that begins with / is compared with what comes after"  \
      "\n"                                                                                         \
      "the host: “/prices*”. Clicks of machines count for nothing.")

const RungsCommand RUNGS_SCORE_COMMANDS[] = {
  { "score list", "", N_ ("List what is worth how many points"), RUNGS_COMMAND_READS, list_rules,
    NULL, NULL, "[" RULE_JSON "]" },
  { "score kinds", "", N_ ("List what can be worth points"), RUNGS_COMMAND_READS, list_kinds, NULL,
    NULL, "[kind, label, pattern]" },
  { "score add", "KIND", N_ ("Make something worth points"), RUNGS_COMMAND_HOLDS, add_rule,
    RULE_ENTRIES, RULE_DETAILS, CHANGE_JSON },
  { "score usual", "", N_ ("Add the rules that many begin with"), RUNGS_COMMAND_HOLDS, add_usual,
    NULL, NULL, "[" RULE_JSON "]" },
  { "score edit", "NUMBER", N_ ("Change what something is worth"), RUNGS_COMMAND_HOLDS, edit_rule,
    RULE_ENTRIES, RULE_DETAILS, CHANGE_JSON },
  { "score remove", "NUMBER", N_ ("Make something worth nothing again"), RUNGS_COMMAND_HOLDS,
    remove_rule, REMOVE_ENTRIES, NULL, CHANGE_JSON },
  { "score explain", "EMAIL", N_ ("Say what the score of a lead is made of"), RUNGS_COMMAND_READS,
    explain, NULL, N_ ("Instead of the address the number of the lead can be given."),
    "{lead, name, score, stored, given, terms: [rule, kind, subject, words, events, full, points, "
    "last_at], rescore_at}" },
  { "score recompute", "", N_ ("Count all scores anew"), RUNGS_COMMAND_HOLDS, recompute, NULL,
    N_ ("The window and “run” do so by themselves after a change of the rules, and as days pass."),
    "{leads}" },
  { NULL },
};
