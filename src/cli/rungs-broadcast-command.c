/* rungs-broadcast-command.c: one message to many: planning it, sending it, and what came of it. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-rate.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-product-store.h"
#include "mail/rungs-broadcast-run-store.h"
#include "mail/rungs-message-store.h"
#include "rungs-broadcast-view.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"
#include "rungs-segment-view.h"

/* Stands for "not said". */
#define NONE "none"

static const char *const GOALS[] = { "clicks", "orders", NULL };

static const RungsColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "message", N_ ("Message"), RUNGS_COLUMN_TEXT, NULL },
  { "sells", N_ ("Sells"), RUNGS_COLUMN_TEXT, NULL },
  { "due_at", N_ ("Begins"), RUNGS_COLUMN_TIME, NULL },
  { "audience", N_ ("Leads"), RUNGS_COLUMN_COUNT, NULL },
  { "left_out", N_ ("Left out"), RUNGS_COLUMN_COUNT, NULL },
  { "held", N_ ("Held out"), RUNGS_COLUMN_COUNT, NULL },
  { "waiting", N_ ("Waiting"), RUNGS_COLUMN_COUNT, NULL },
  { "sent", N_ ("Sent"), RUNGS_COLUMN_COUNT, NULL },
  { "bounced", N_ ("Bounced"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

static const RungsColumn REASON_COLUMNS[] = {
  { "reason", N_ ("Reason"), RUNGS_COLUMN_TERM, NULL },
  { "later", N_ ("When it was to leave"), RUNGS_COLUMN_FLAG, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "why", N_ ("Why"), RUNGS_COLUMN_TEXT, NULL },
  { "message", N_ ("Message"), RUNGS_COLUMN_TEXT, NULL },
  { "sells", N_ ("Sells"), RUNGS_COLUMN_TEXT, NULL },
  { "words", N_ ("To whom"), RUNGS_COLUMN_TEXT, NULL },
  { "start_at", N_ ("Not before"), RUNGS_COLUMN_TIME, NULL },
  { "morning", N_ ("In each lead's own day at"), RUNGS_COLUMN_TEXT, NULL },
  { "spread_minutes", N_ ("Spread over minutes"), RUNGS_COLUMN_COUNT, NULL },
  { "held_share", N_ ("Held out"), RUNGS_COLUMN_RATE, NULL },
  { "subjects", N_ ("Subjects"), RUNGS_COLUMN_WORDS, NULL },
  { "test_share", N_ ("Tried on"), RUNGS_COLUMN_RATE, NULL },
  { "goal", N_ ("It is for"), RUNGS_COLUMN_TERM, NULL },
  { "window_days", N_ ("Days in which orders count"), RUNGS_COLUMN_NUMBER, NULL },
  { "due_at", N_ ("Begins"), RUNGS_COLUMN_TIME, NULL },
  { "fixed_at", N_ ("Audience fixed"), RUNGS_COLUMN_TIME, NULL },
  { "test_until", N_ ("Subjects compared"), RUNGS_COLUMN_TIME, NULL },
  { "undecided_at", N_ ("Too close to tell"), RUNGS_COLUMN_TIME, NULL },
  { "winner", N_ ("Subject of the rest"), RUNGS_COLUMN_COUNT, NULL },
  { "ended_at", N_ ("Ended"), RUNGS_COLUMN_TIME, NULL },
  { "audience", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "left_out", N_ ("Left out"), RUNGS_COLUMN_NUMBER, NULL },
  { "held", N_ ("Held out"), RUNGS_COLUMN_NUMBER, NULL },
  { "waiting", N_ ("Waiting"), RUNGS_COLUMN_NUMBER, NULL },
  { "sent", N_ ("Sent"), RUNGS_COLUMN_NUMBER, NULL },
  { "withheld", N_ ("Withheld"), RUNGS_COLUMN_COUNT, NULL },
  { "failed", N_ ("Failed"), RUNGS_COLUMN_COUNT, NULL },
  { "doubt", N_ ("In doubt"), RUNGS_COLUMN_COUNT, NULL },
  { "bounced", N_ ("Bounced"), RUNGS_COLUMN_COUNT, NULL },
  { "complained", N_ ("Complained"), RUNGS_COLUMN_COUNT, NULL },
  { "reasons", N_ ("Who does not get it"), RUNGS_COLUMN_ROWS, REASON_COLUMNS },
  { NULL },
};

static const RungsColumn RESULT_COLUMNS[] = {
  { "part", N_ ("Group"), RUNGS_COLUMN_TERM, NULL },
  { "words", N_ ("Subject"), RUNGS_COLUMN_TEXT, NULL },
  { "sent", N_ ("Sent"), RUNGS_COLUMN_NUMBER, NULL },
  { "bounced", N_ ("Bounced"), RUNGS_COLUMN_COUNT, NULL },
  { "complained", N_ ("Complained"), RUNGS_COLUMN_COUNT, NULL },
  { "unsubscribed", N_ ("Unsubscribed"), RUNGS_COLUMN_COUNT, NULL },
  { "clicked", N_ ("Clicked"), RUNGS_COLUMN_NUMBER, NULL },
  { "clicked_share", N_ ("Share"), RUNGS_COLUMN_RATE, NULL },
  { "clicked_share_from", N_ ("From"), RUNGS_COLUMN_RATE, NULL },
  { "clicked_share_to", N_ ("To"), RUNGS_COLUMN_RATE, NULL },
  { "buyers", N_ ("Bought"), RUNGS_COLUMN_NUMBER, NULL },
  { "bought_share", N_ ("Share"), RUNGS_COLUMN_RATE, NULL },
  { "bought_share_from", N_ ("From"), RUNGS_COLUMN_RATE, NULL },
  { "bought_share_to", N_ ("To"), RUNGS_COLUMN_RATE, NULL },
  { "revenue", N_ ("Revenue"), RUNGS_COLUMN_MONEY, NULL },
  { NULL },
};

static const RungsColumn RESULTS_COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "purpose", N_ ("Purpose"), RUNGS_COLUMN_TEXT, NULL },
  { "goal", N_ ("It is for"), RUNGS_COLUMN_TERM, NULL },
  { "window_days", N_ ("Days in which orders count"), RUNGS_COLUMN_NUMBER, NULL },
  { "winner", N_ ("Subject that wins"), RUNGS_COLUMN_COUNT, NULL },
  { "more_from", N_ ("More who bought than of those held out: from"), RUNGS_COLUMN_RATE, NULL },
  { "more_to", N_ ("… to"), RUNGS_COLUMN_RATE, NULL },
  { "groups", N_ ("Groups"), RUNGS_COLUMN_ROWS, RESULT_COLUMNS },
  { NULL },
};

/* ---- showing */

static gboolean
list_broadcasts (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (GPtrArray) broadcasts = rungs_broadcast_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (broadcasts == NULL)
    return FALSE;
  for (guint i = 0; i < broadcasts->len; i++)
    {
      JsonObject *row = rungs_broadcast_to_row (db, g_ptr_array_index (broadcasts, i), error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no broadcasts."));
  return TRUE;
}

static gboolean
add_reasons (RungsDb     *db,
             JsonObject  *row,
             gint64       broadcast,
             GError     **error)
{
  g_autoptr (GPtrArray) reasons = rungs_broadcast_reasons (db, broadcast, error);
  JsonArray *array = rungs_row_set_array (row, "reasons");

  for (guint i = 0; reasons != NULL && i < reasons->len; i++)
    {
      const RungsBroadcastReason *reason = g_ptr_array_index (reasons, i);
      JsonObject *one = rungs_row_new ();

      rungs_row_set_text (one, "reason", reason->reason);
      rungs_row_set_flag (one, "later", reason->later);
      rungs_row_set_number (one, "leads", reason->leads);
      json_array_add_object_element (array, one);
    }
  return reasons != NULL;
}

static gboolean
show_broadcast (RungsInvocation  *call,
                RungsDb          *db,
                gint64            id,
                GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_load (db, id, error);
  g_autoptr (RungsRule) rule = broadcast ? rungs_rule_parse (broadcast->rule, error) : NULL;
  g_autoptr (JsonObject) row = rule ? rungs_broadcast_to_row (db, broadcast, error) : NULL;
  g_autofree char *words = NULL;

  if (row == NULL || !add_reasons (db, row, id, error))
    return FALSE;
  words = rungs_rule_describe (rule);
  rungs_row_set_text (row, "words", words);
  rungs_column_show (call, SHOW_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
show (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_argument (call, db, error);

  return broadcast != NULL && show_broadcast (call, db, broadcast->id, error);
}

static void
set_difference (JsonObject                  *row,
                const RungsBroadcastResults *results)
{
  gboolean held = rungs_broadcast_results_get (results, "held", 0) != NULL;

  if (held)
    {
      rungs_row_set_number (row, "more_from", (gint64) (results->more.low * 10000));
      rungs_row_set_number (row, "more_to", (gint64) (results->more.high * 10000));
      return;
    }
  rungs_row_set_text (row, "more_from", NULL);
  rungs_row_set_text (row, "more_to", NULL);
}

static gboolean
show_results (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_argument (call, db, error);
  g_autoptr (RungsExchange) exchange = NULL;
  g_autoptr (RungsBroadcastResults) results = NULL;
  g_autoptr (JsonObject) row = rungs_row_new ();
  JsonArray *groups = rungs_row_set_array (row, "groups");

  if (broadcast == NULL || !rungs_exchange_load (db, NULL, &exchange, error))
    return FALSE;
  results = rungs_broadcast_results_load (db, broadcast->id, exchange, error);
  if (results == NULL)
    return FALSE;
  rungs_row_set_text (row, "name", broadcast->name);
  rungs_row_set_text (row, "purpose", broadcast->message_purpose);
  rungs_row_set_text (row, "goal", rungs_broadcast_goal_to_text (broadcast->goal));
  rungs_row_set_number (row, "window_days", broadcast->window_days);
  rungs_row_set_id (row, "winner", rungs_broadcast_results_winner (results));
  set_difference (row, results);
  for (guint i = 0; i < results->groups->len; i++)
    json_array_add_object_element (
        groups, rungs_broadcast_figures_to_row (g_ptr_array_index (results->groups, i)));
  rungs_column_show (call, RESULTS_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
list_leads (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_argument (call, db, error);
  g_autofree char *target = NULL;
  g_autofree char *json = NULL;
  g_autoptr (RungsRule) rule = NULL;
  g_autoptr (GArray) leads = NULL;
  gint64 subject = 0;
  RungsBroadcastCount count;

  if (broadcast == NULL
      || !rungs_invocation_get_number (call, "subject", 1, RUNGS_BROADCAST_SUBJECTS, &subject,
                                       error))
    return FALSE;
  if (!rungs_broadcast_count_from_text (rungs_invocation_get_argument (call, 1), &count))
    {
      g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
                   _ ("“%s” is no figure of a broadcast"), rungs_invocation_get_argument (call, 1));
      return FALSE;
    }
  target = rungs_broadcast_target (broadcast->id, count,
                                   rungs_invocation_get_text (call, "part", "all"), (int) subject);
  json = rungs_broadcast_target_dup_rule (db, target, error);
  rule = json ? rungs_rule_parse (json, error) : NULL;
  leads = rule ? rungs_rule_list (db, rule, rungs_invocation_get_now (call), 0, G_MAXINT32, error)
               : NULL;
  return leads != NULL && rungs_lead_list_behind (call, db, leads, error);
}

/* ---- options */

static gboolean
take_share (RungsInvocation  *call,
            const char       *option,
            int              *share,
            GError          **error)
{
  const char *text = rungs_invocation_get_text (call, option, NULL);
  gint64 points = *share;

  if (text == NULL)
    return TRUE;
  if (!rungs_rate_parse (text, &points, error))
    return FALSE;
  *share = (int) points;
  return TRUE;
}

/* A number of units, each of so many minutes. */
static gboolean
take_minutes (RungsInvocation  *call,
              const char       *option,
              int               unit,
              gint64            min,
              gint64            max,
              int              *minutes,
              GError          **error)
{
  gint64 n = *minutes / unit;

  if (!rungs_invocation_has (call, option))
    return TRUE;
  if (!rungs_invocation_get_number (call, option, min, max, &n, error))
    return FALSE;
  *minutes = (int) n * unit;
  return TRUE;
}

static gboolean
take_morning (RungsInvocation  *call,
              RungsBroadcast   *broadcast,
              GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "morning", NULL);

  if (text == NULL)
    return TRUE;
  broadcast->morning = rungs_minute_from_text (text);
  return broadcast->morning >= 0 || strcmp (text, NONE) == 0
         || rungs_invocation_refuse (call, "morning", _ ("a time of day such as 09:00, or “none”"),
                                     error);
}

static gboolean
take_time (RungsInvocation  *call,
           RungsBroadcast   *broadcast,
           GError          **error)
{
  if (strcmp (rungs_invocation_get_text (call, "at", ""), NONE) == 0)
    broadcast->start_at = 0;
  else if (!rungs_invocation_get_time (call, "at", &broadcast->start_at, error))
    return FALSE;
  return take_morning (call, broadcast, error)
         && take_minutes (call, "spread", 60, 0, 168, &broadcast->spread_minutes, error)
         && take_minutes (call, "grace", 1, 0, 1440, &broadcast->grace_minutes, error);
}

static gboolean
take_product (RungsInvocation  *call,
              RungsDb          *db,
              RungsBroadcast   *broadcast,
              GError          **error)
{
  const char *sku = rungs_invocation_get_text (call, "sells", NULL);
  g_autoptr (RungsProduct) product = NULL;

  if (sku == NULL)
    return TRUE;
  if (strcmp (sku, NONE) != 0 && (product = rungs_product_load_by_sku (db, sku, error)) == NULL)
    return FALSE;
  broadcast->sells = product != NULL ? product->id : 0;
  return TRUE;
}

static gboolean
take_message (RungsInvocation  *call,
              RungsDb          *db,
              RungsBroadcast   *broadcast,
              GError          **error)
{
  const char *name = rungs_invocation_get_text (call, "message", NULL);
  g_autoptr (RungsMessage) message = NULL;

  if (name == NULL)
    return TRUE;
  message = rungs_message_load_by_name (db, name, error);
  if (message == NULL)
    return FALSE;
  broadcast->message = message->id;
  return TRUE;
}

/* {"field": "segment", "op": "has", "value": KEY} */
static char *
dup_segment_rule (RungsDb     *db,
                  const char  *name,
                  GError     **error)
{
  g_autoptr (RungsSegment) segment = rungs_segment_find (db, name, error);

  if (segment == NULL)
    return NULL;
  return g_strdup_printf ("{\"field\":\"segment\",\"op\":\"has\",\"value\":\"%s\"}", segment->key);
}

static gboolean
take_audience (RungsInvocation  *call,
               RungsDb          *db,
               RungsBroadcast   *broadcast,
               GError          **error)
{
  const char *segment = rungs_invocation_get_text (call, "segment", NULL);
  g_autofree char *json = NULL;
  g_autoptr (RungsRule) rule = NULL;

  if (segment != NULL && rungs_invocation_has (call, "rule"))
    return rungs_invocation_refuse (call, "rule", _ ("a rule or a segment, not both"), error);
  if (segment != NULL)
    json = dup_segment_rule (db, segment, error);
  else if (rungs_invocation_has (call, "rule"))
    json = rungs_rule_option_dup (call, error);
  else
    return TRUE;
  rule = json != NULL ? rungs_rule_option_check (db, json, error) : NULL;
  if (rule == NULL)
    return FALSE;
  rungs_broadcast_set (&broadcast->rule, json);
  return TRUE;
}

static void
take_subjects (RungsInvocation *call,
               RungsBroadcast  *broadcast)
{
  GPtrArray *subjects = rungs_invocation_get_texts (call, "subject");

  if (subjects->len == 0)
    return;
  g_ptr_array_set_size (broadcast->subjects, 0);
  if (subjects->len == 1 && strcmp (g_ptr_array_index (subjects, 0), NONE) == 0)
    return;
  for (guint i = 0; i < subjects->len; i++)
    g_ptr_array_add (broadcast->subjects, g_strdup (g_ptr_array_index (subjects, i)));
}

static gboolean
take_test (RungsInvocation  *call,
           RungsBroadcast   *broadcast,
           GError          **error)
{
  guint goal = broadcast->goal;

  take_subjects (call, broadcast);
  if (!take_share (call, "test", &broadcast->test_share, error)
      || !take_minutes (call, "test-hours", 60, 1, 720, &broadcast->test_minutes, error)
      || !rungs_invocation_get_choice (call, "for", GOALS, &goal, error))
    return FALSE;
  broadcast->goal = goal;
  return TRUE;
}

static gboolean
take_limits (RungsInvocation  *call,
             RungsBroadcast   *broadcast,
             GError          **error)
{
  return take_share (call, "hold-out", &broadcast->held_share, error)
         && take_minutes (call, "window", 1, 1, 365, &broadcast->window_days, error)
         && take_share (call, "bounces", &broadcast->bounce_share, error)
         && take_share (call, "complaints", &broadcast->complaint_share, error)
         && take_minutes (call, "judged-from", 1, 1, G_MAXINT32, &broadcast->judged_from, error);
}

static gboolean
take_options (RungsInvocation  *call,
              RungsDb          *db,
              RungsBroadcast   *broadcast,
              GError          **error)
{
  return take_message (call, db, broadcast, error) && take_product (call, db, broadcast, error)
         && take_audience (call, db, broadcast, error) && take_time (call, broadcast, error)
         && take_test (call, broadcast, error) && take_limits (call, broadcast, error);
}

/* ---- writing */

static gboolean
add_broadcast (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_new ();

  rungs_broadcast_set (&broadcast->name, rungs_invocation_get_argument (call, 0));
  return rungs_invocation_require (call, "message", error)
         && take_options (call, db, broadcast, error)
         && rungs_broadcast_save (db, broadcast, rungs_invocation_get_now (call), error)
         && show_broadcast (call, db, broadcast->id, error);
}

static gboolean
edit_broadcast (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_argument (call, db, error);
  const char *name = rungs_invocation_get_text (call, "name", NULL);

  if (broadcast == NULL)
    return FALSE;
  if (name != NULL)
    rungs_broadcast_set (&broadcast->name, name);
  return take_options (call, db, broadcast, error)
         && rungs_broadcast_save (db, broadcast, rungs_invocation_get_now (call), error)
         && show_broadcast (call, db, broadcast->id, error);
}

static gboolean
say_broadcast (RungsInvocation  *call,
               RungsDb          *db,
               gint64            id,
               const char       *format,
               GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_load (db, id, error);
  JsonObject *row = broadcast ? rungs_broadcast_to_row (db, broadcast, error) : NULL;
  g_autofree char *sentence = row ? g_strdup_printf (format, broadcast->name) : NULL;

  if (row != NULL)
    rungs_column_say (call, row, "%s", sentence);
  return row != NULL;
}

static gboolean
remove_broadcast (RungsInvocation  *call,
                  RungsDb          *db,
                  GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_argument (call, db, error);

  return broadcast != NULL
         && say_broadcast (call, db, broadcast->id, _ ("“%s” was deleted."), error)
         && rungs_broadcast_remove (db, broadcast->id, error);
}

/* One of the things that people do with a broadcast, and what is said then. */
static gboolean
act (RungsInvocation *call,
     RungsDb         *db,
     gboolean       (*func) (RungsDb *db,
                             gint64   broadcast,
                             gint64   now,
                             GError **error),
     const char      *format,
     GError         **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_argument (call, db, error);

  return broadcast != NULL && func (db, broadcast->id, rungs_invocation_get_now (call), error)
         && say_broadcast (call, db, broadcast->id, format, error);
}

static gboolean
unsend_broadcast (RungsInvocation  *call,
                  RungsDb          *db,
                  GError          **error)
{
  return act (call, db, rungs_broadcast_unsend, _ ("“%s” is a draft again."), error);
}

static gboolean
pause_broadcast (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  return act (call, db, rungs_broadcast_pause, _ ("“%s” stands still."), error);
}

static gboolean
resume_broadcast (RungsInvocation  *call,
                  RungsDb          *db,
                  GError          **error)
{
  return act (call, db, rungs_broadcast_resume, _ ("“%s” goes on."), error);
}

static gboolean
cancel_broadcast (RungsInvocation  *call,
                  RungsDb          *db,
                  GError          **error)
{
  return act (call, db, rungs_broadcast_cancel,
              _ ("“%s” was cancelled: nothing more leaves of it."), error);
}

static gboolean
choose_subject (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_argument (call, db, error);
  gint64 subject = 0;

  return broadcast != NULL && rungs_invocation_get_id (call, 1, &subject, error)
         && rungs_broadcast_choose (db, broadcast->id, (int) MIN (subject, G_MAXINT), TRUE,
                                    rungs_invocation_get_now (call), error)
         && say_broadcast (call, db, broadcast->id,
                           _ ("The rest of “%s” leaves with that subject."), error);
}

#define PLAN_OPTIONS                                                                               \
  RUNGS_OPTION ("message", N_ ("NAME"), N_ ("The message")),                                       \
    RUNGS_OPTION ("sells", N_ ("SKU"), N_ ("What it sells: owners are left out; or “none”")),      \
    RUNGS_OPTION ("segment", N_ ("NAME"), N_ ("To this segment; without, to everybody")),          \
    RUNGS_OPTION ("rule", N_ ("JSON"), N_ ("To those for whom this rule holds")),                  \
    RUNGS_OPTION ("at", N_ ("TIME"), N_ ("Not before TIME; “none”: as soon as it is sent")),       \
    RUNGS_OPTION ("morning", N_ ("HH:MM"),                                                         \
                  N_ ("In each lead's own day at this time; “none”: to all at once")),             \
    RUNGS_OPTION ("spread", N_ ("HOURS"), N_ ("Spread over so many hours")),                       \
    RUNGS_OPTION ("grace", N_ ("MINUTES"), N_ ("Begin so long after it was sent; else 1")),        \
    RUNGS_OPTION ("subject", N_ ("TEXT"), N_ ("Try this subject; 2 to 4 times, or “none”")),       \
    RUNGS_OPTION ("test", N_ ("PERCENT"), N_ ("Try the subjects on so many")),                     \
    RUNGS_OPTION ("test-hours", N_ ("HOURS"), N_ ("Compare them after so many hours; else 4")),    \
    RUNGS_OPTION ("for", N_ ("WHAT"), N_ ("What it is for: clicks or orders")),                    \
    RUNGS_OPTION ("hold-out", N_ ("PERCENT"), N_ ("So many get nothing, to measure against")),     \
    RUNGS_OPTION ("window", N_ ("DAYS"), N_ ("Orders within so many days count; else 7")),         \
    RUNGS_OPTION ("bounces", N_ ("PERCENT"), N_ ("Pause where more bounce; else 5 %")),            \
    RUNGS_OPTION ("complaints", N_ ("PERCENT"), N_ ("Pause where more complain; else 0.3 %")),     \
    RUNGS_OPTION ("judged-from", N_ ("N"), N_ ("… of at least so many sent; else 100"))

static const GOptionEntry ADD_OPTIONS[] = { PLAN_OPTIONS, RUNGS_OPTIONS_END };

static const GOptionEntry EDIT_OPTIONS[] = {
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("Another name")),
  PLAN_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry LEADS_OPTIONS[] = {
  RUNGS_OPTION ("part", N_ ("PART"), N_ ("Of this group: test, rest or held")),
  RUNGS_OPTION ("subject", N_ ("N"), N_ ("Who gets this subject")),
  RUNGS_OPTIONS_END,
};

#define SHOWN "{" RUNGS_BROADCAST_JSON ", reasons: [reason, later, leads], words}"
#define SAID "{" RUNGS_BROADCAST_JSON "}"

const RungsCommand RUNGS_BROADCAST_COMMANDS[] = {
  { "broadcast list", "", N_ ("List the broadcasts, the newest first"), RUNGS_COMMAND_READS,
    list_broadcasts, NULL, NULL, "[" RUNGS_BROADCAST_JSON "]" },
  { "broadcast show", "NAME", N_ ("Show a broadcast and how far it has got"), RUNGS_COMMAND_READS,
    show, NULL, NULL, SHOWN },
  { "broadcast add", "NAME", N_ ("Plan a broadcast; nothing leaves yet"), RUNGS_COMMAND_WRITES,
    add_broadcast, ADD_OPTIONS,
    N_ ("Who has no address, has not agreed, or owns what it sells is left out, and counted.\n"
        "Its audience is fixed when it begins."),
    SHOWN },
  { "broadcast edit", "NAME", N_ ("Change a draft"), RUNGS_COMMAND_WRITES, edit_broadcast,
    EDIT_OPTIONS, NULL, SHOWN },
  { "broadcast remove", "NAME", N_ ("Delete a draft"), RUNGS_COMMAND_WRITES, remove_broadcast, NULL,
    NULL, SAID },
  { "broadcast unsend", "NAME", N_ ("Take it back, before it has begun"), RUNGS_COMMAND_WRITES,
    unsend_broadcast, NULL, NULL, SAID },
  { "broadcast choose", "NAME NUMBER", N_ ("Say which subject the rest gets"),
    RUNGS_COMMAND_WRITES, choose_subject, NULL, NULL, SAID },
  { "broadcast pause", "NAME", N_ ("Let it stand still"), RUNGS_COMMAND_WRITES, pause_broadcast,
    NULL, NULL, SAID },
  { "broadcast resume", "NAME", N_ ("Let it go on"), RUNGS_COMMAND_WRITES, resume_broadcast, NULL,
    NULL, SAID },
  { "broadcast cancel", "NAME", N_ ("End it: what has not left never will"), RUNGS_COMMAND_WRITES,
    cancel_broadcast, NULL, NULL, SAID },
  { "broadcast results", "NAME", N_ ("Show what came of it"), RUNGS_COMMAND_READS, show_results,
    NULL,
    N_ ("Machines that follow links are not counted, nor are opens. Beside a share stands where\n"
        "it most likely lies; shares are of those it was sent to. An order counts where it was\n"
        "placed within the days of the window, and holds what the broadcast sells."),
    "{groups: [part, subject, words, leads, sent, bounced, complained, unsubscribed, clicked, "
    "clicked_share, clicked_share_from, clicked_share_to, buyers, bought_share, "
    "bought_share_from, bought_share_to, orders, revenue], name, purpose, goal, window_days, "
    "winner, more_from, more_to}" },
  { "broadcast leads", "NAME FIGURE", N_ ("List the leads behind a figure of it"),
    RUNGS_COMMAND_READS, list_leads, LEADS_OPTIONS,
    N_ ("FIGURE is audience, left-out, held, waiting, sent, withheld, failed, doubt, bounced,\n"
        "complained, unsubscribed, clicked or bought."),
    "[id, email, first_name, last_name]" },
  { NULL },
};
