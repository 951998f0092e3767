/* rungs-rehearse-command.c: what would leave, to whom and when, if nothing happened but time. */

#include <glib/gi18n.h>

#include "engine/rungs-rehearsal-csv.h"
#include "engine/rungs-rehearsal.h"
#include "leads/rungs-lead-list-store.h"
#include "rungs-commands.h"
#include "rungs-interrupt.h"
#include "rungs-lead-selection.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"
#include "rungs-progress-line.h"
#include "sequences/rungs-sequence-store.h"

static const RungsColumn DAY_COLUMNS[] = {
  { "day", N_ ("Day"), RUNGS_COLUMN_TEXT, NULL },
  { "mails", N_ ("Messages"), RUNGS_COLUMN_NUMBER, NULL },
  { "others", N_ ("Others"), RUNGS_COLUMN_COUNT, NULL },
  { "late", N_ ("Of an earlier day"), RUNGS_COLUMN_COUNT, NULL },
  { "limit", N_ ("Limit"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn CROWD_COLUMNS[] = {
  { "day", N_ ("Day"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "mails", N_ ("Messages"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn FALL_COLUMNS[] = {
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "how", N_ ("How"), RUNGS_COLUMN_TERM, NULL },
  { "reason", N_ ("Why"), RUNGS_COLUMN_TERM, NULL },
  { "message", N_ ("Message"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn OUTCOME_COLUMNS[] = {
  { "outcome", N_ ("Outcome"), RUNGS_COLUMN_TERM, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn WAY_COLUMNS[] = {
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "sequence", N_ ("Sequence"), RUNGS_COLUMN_TEXT, NULL },
  { "what", N_ ("What"), RUNGS_COLUMN_TERM, NULL },
  { "step", N_ ("Step"), RUNGS_COLUMN_TEXT, NULL },
  { "text", N_ ("Result or message"), RUNGS_COLUMN_TERM, NULL },
  { "reason", N_ ("Why"), RUNGS_COLUMN_TERM, NULL },
  { NULL },
};

static const RungsColumn COLUMNS[] = {
  { "sequence", N_ ("Sequence"), RUNGS_COLUMN_TEXT, NULL },
  { "from", N_ ("From"), RUNGS_COLUMN_TIME, NULL },
  { "until", N_ ("Until"), RUNGS_COLUMN_TIME, NULL },
  { "account", N_ ("Mail account"), RUNGS_COLUMN_TEXT, NULL },
  { "per_day", N_ ("At most a day"), RUNGS_COLUMN_COUNT, NULL },
  { "entered", N_ ("Would enter"), RUNGS_COLUMN_COUNT, NULL },
  { "mails", N_ ("Would leave"), RUNGS_COLUMN_NUMBER, NULL },
  { "outcomes", N_ ("How the walks end"), RUNGS_COLUMN_ROWS, OUTCOME_COLUMNS },
  { "days", N_ ("By day"), RUNGS_COLUMN_ROWS, DAY_COLUMNS },
  { "crowds", N_ ("Several messages on a day"), RUNGS_COLUMN_ROWS, CROWD_COLUMNS },
  { "falls", N_ ("Who falls out"), RUNGS_COLUMN_ROWS, FALL_COLUMNS },
  { "way", N_ ("The way of the lead"), RUNGS_COLUMN_ROWS, WAY_COLUMNS },
  { NULL },
};

/* ---- what is asked */

/* The leads that are named, and those that options choose. */
static GArray *
choose_leads (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RungsLeadQuery) query = g_new0 (RungsLeadQuery, 1);
  g_autoptr (RungsLeadList) list = NULL;

  for (guint i = 1; i < rungs_invocation_count_arguments (call); i++)
    {
      g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, i, error);

      if (lead == NULL)
        return NULL;
      g_array_append_val (leads, lead->id);
    }
  if (!rungs_lead_selection_is_given (call))
    return g_steal_pointer (&leads);
  if (!rungs_lead_selection_read (call, db, query, error))
    return NULL;
  list = rungs_lead_list_load (db, query, NULL, error);
  for (guint i = 0; list != NULL && i < rungs_lead_list_get_count (list); i++)
    {
      gint64 id = rungs_lead_list_get_id (list, i);

      g_array_append_val (leads, id);
    }
  return list != NULL ? g_steal_pointer (&leads) : NULL;
}

static gboolean
read_plan (RungsInvocation     *call,
           RungsDb             *db,
           RungsRehearsalPlan  *plan,
           GError             **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  gint64 days = RUNGS_REHEARSAL_DAYS;

  if (!rungs_invocation_get_number (call, "days", 1, RUNGS_REHEARSAL_MOST_DAYS, &days, error))
    return FALSE;
  if (name != NULL)
    {
      g_autoptr (RungsSequence) sequence = rungs_sequence_load_by_name (db, name, error);

      if (sequence == NULL)
        return FALSE;
      plan->sequence = sequence->id;
    }
  else if (rungs_lead_selection_is_given (call))
    return rungs_invocation_refuse (call, "segment", _ ("the name of a sequence before it"), error);
  plan->from = rungs_invocation_get_now (call);
  plan->days = (guint) days;
  plan->draft = rungs_invocation_has (call, "draft");
  return TRUE;
}

static void
progress_cb (const RungsRehearsalStage *stage,
             gpointer                   data)
{
  gint64 *shown = data;
  gint64 now = g_get_monotonic_time ();

  if (now - *shown < G_USEC_PER_SEC / 10)
    return;
  *shown = now;
  if (stage->at == 0)
    rungs_progress_line_show (_ ("Copying the file: %.0f %%"), stage->share * 100);
  else
    rungs_progress_line_show (_ ("Rehearsing: %.0f %%, %.0f messages…"), stage->share * 100,
                              (double) stage->mails);
}

/* ---- what is told */

typedef void (*Fill) (JsonObject   *member,
                      gconstpointer item);

/* A row for each of the items. */
static void
add_rows (JsonObject *row,
          const char *name,
          GArray     *items,
          Fill        fill)
{
  JsonArray *array = rungs_row_set_array (row, name);
  guint size = g_array_get_element_size (items);

  for (guint i = 0; i < items->len; i++)
    {
      JsonObject *member = rungs_row_new ();

      fill (member, items->data + (gsize) i * size);
      json_array_add_object_element (array, member);
    }
}

static void
fill_day (JsonObject   *member,
          gconstpointer item)
{
  const RungsRehearsalDay *day = item;

  rungs_row_set_text (member, "day", day->day);
  rungs_row_set_number (member, "mails", day->mails);
  rungs_row_set_number (member, "others", day->others);
  rungs_row_set_number (member, "late", day->late);
  rungs_row_set_id (member, "limit", day->limit);
}

static void
fill_crowd (JsonObject   *member,
            gconstpointer item)
{
  const RungsRehearsalCrowd *crowd = item;

  rungs_row_set_text (member, "day", crowd->day);
  rungs_row_set_id (member, "lead", crowd->lead);
  rungs_row_set_text (member, "name", crowd->lead_name);
  rungs_row_set_number (member, "mails", crowd->mails);
}

static void
fill_fall (JsonObject   *member,
           gconstpointer item)
{
  static const char *const HOW[] = { "not-let-in", "broken-off", "withheld" };
  const RungsRehearsalFall *fall = item;

  rungs_row_set_time (member, "at", fall->at);
  rungs_row_set_id (member, "lead", fall->lead);
  rungs_row_set_text (member, "name", fall->lead_name);
  rungs_row_set_text (member, "how", HOW[fall->kind]);
  rungs_row_set_text (member, "reason", fall->reason);
  rungs_row_set_text (member, "why", fall->why);
  rungs_row_set_text (member, "sequence", fall->sequence_name);
  rungs_row_set_text (member, "step", fall->step);
  rungs_row_set_text (member, "message", fall->message);
}

static void
fill_mail (JsonObject   *member,
           gconstpointer item)
{
  const RungsRehearsalMail *mail = item;

  rungs_row_set_time (member, "at", mail->left_at);
  rungs_row_set_time (member, "planned_at", mail->planned_at);
  rungs_row_set_id (member, "lead", mail->lead);
  rungs_row_set_text (member, "name", mail->lead_name);
  rungs_row_set_text (member, "message", mail->message);
  rungs_row_set_text (member, "sequence", mail->sequence_name);
  rungs_row_set_text (member, "step", mail->step);
}

/* How many walks end how, the most frequent way as it comes. */
static void
add_outcomes (JsonObject     *row,
              RungsRehearsal *rehearsal)
{
  JsonArray *array = rungs_row_set_array (row, "outcomes");
  GArray *walks = rungs_rehearsal_get_walks (rehearsal);
  g_autoptr (GHashTable) members = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < walks->len; i++)
    {
      const RungsRehearsalWalk *walk = &g_array_index (walks, RungsRehearsalWalk, i);
      const char *outcome = walk->outcome ? walk->outcome : "walks-on";
      JsonObject *member = g_hash_table_lookup (members, outcome);

      if (member == NULL)
        {
          member = rungs_row_new ();
          rungs_row_set_text (member, "outcome", outcome);
          rungs_row_set_number (member, "leads", 0);
          json_array_add_object_element (array, member);
          g_hash_table_insert (members, (gpointer) outcome, member);
        }
      rungs_row_set_number (member, "leads", json_object_get_int_member (member, "leads") + 1);
    }
}

static gboolean
add_way (JsonObject      *row,
         RungsRehearsal  *rehearsal,
         GArray          *leads,
         GError         **error)
{
  static const char *const WHAT[] = { "enters", "comes", "gets", "misses", "awaits", "leaves" };
  JsonArray *array = rungs_row_set_array (row, "way");
  g_autoptr (GPtrArray) way = NULL;

  if (leads->len != 1)
    return TRUE;
  way = rungs_rehearsal_list_way (rehearsal, g_array_index (leads, gint64, 0), error);
  for (guint i = 0; way != NULL && i < way->len; i++)
    {
      const RungsRehearsalWay *stop = g_ptr_array_index (way, i);
      JsonObject *member = rungs_row_new ();

      rungs_row_set_time (member, "at", stop->at);
      rungs_row_set_text (member, "sequence", stop->sequence_name);
      rungs_row_set_text (member, "what", WHAT[stop->kind]);
      rungs_row_set_text (member, "step", stop->step);
      rungs_row_set_text (member, "text", stop->text);
      rungs_row_set_text (member, "reason", stop->reason);
      json_array_add_object_element (array, member);
    }
  return way != NULL;
}

static gboolean
put_result (RungsInvocation  *call,
            RungsRehearsal   *rehearsal,
            GArray           *leads,
            GError          **error)
{
  const RungsAccount *account = rungs_rehearsal_get_account (rehearsal);
  g_autoptr (JsonObject) row = rungs_row_new ();

  rungs_row_set_text (row, "sequence", rungs_invocation_get_argument (call, 0));
  rungs_row_set_time (row, "from", rungs_rehearsal_get_from (rehearsal));
  rungs_row_set_time (row, "until", rungs_rehearsal_get_until (rehearsal));
  rungs_row_set_text (row, "account", account->name);
  rungs_row_set_number (row, "per_day", account->per_day);
  rungs_row_set_number (row, "entered", rungs_rehearsal_get_answers (rehearsal)[RUNGS_ENROL_OK]);
  rungs_row_set_number (row, "mails", rungs_rehearsal_get_mails (rehearsal)->len);
  add_outcomes (row, rehearsal);
  add_rows (row, "days", rungs_rehearsal_get_days (rehearsal), fill_day);
  add_rows (row, "crowds", rungs_rehearsal_get_crowds (rehearsal), fill_crowd);
  add_rows (row, "falls", rungs_rehearsal_get_falls (rehearsal), fill_fall);
  if (!add_way (row, rehearsal, leads, error))
    return FALSE;
  add_rows (row, "messages", rungs_rehearsal_get_mails (rehearsal), fill_mail);
  rungs_column_show (call, COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
rehearse (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_autoptr (RungsInterrupt) interrupt = rungs_interrupt_new ();
  g_autoptr (GArray) leads = choose_leads (call, db, error);
  g_autoptr (RungsRehearsal) rehearsal = NULL;
  RungsRehearsalPlan plan = { .enter = leads };
  gint64 shown = 0;

  if (leads == NULL || !read_plan (call, db, &plan, error))
    return FALSE;
  rehearsal = rungs_rehearsal_run (db, &plan, progress_cb, &shown,
                                   rungs_interrupt_get_cancellable (interrupt), error);
  rungs_progress_line_clear ();
  if (rehearsal == NULL)
    return FALSE;
  if (rungs_invocation_has (call, "csv"))
    {
      g_autofree char *csv
          = rungs_rehearsal_to_csv (rehearsal, rungs_invocation_get_zone (call));

      rungs_output_text (rungs_invocation_get_output (call), csv);
      return TRUE;
    }
  return put_result (call, rehearsal, leads, error);
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_OPTION ("days", N_ ("DAYS"), N_ ("For so many days; else 90")),
  RUNGS_FLAG ("draft", N_ ("As if the draft of the sequence were published now")),
  RUNGS_FLAG ("csv", N_ ("Print a table of all messages that would leave instead")),
  RUNGS_LEAD_SELECTION_OPTIONS,
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_REHEARSE_COMMANDS[] = {
  { "rehearse", "[SEQUENCE] [LEAD…]", N_ ("Show what would leave to whom in the next days"),
    RUNGS_COMMAND_READS, rehearse, OPTIONS,
    N_ ("The engine runs on a copy of the file, by a clock that jumps from one due time to the\n"
        "next. Nothing is sent, and nothing is changed in the file. A sequence that is a draft or\n"
        "paused is started in the copy; without SEQUENCE all that are live are rehearsed. Leads\n"
        "who are named or chosen are put into the sequence at the beginning; of a single one its\n"
        "way is shown, step by step. Nobody buys, answers or unsubscribes in a rehearsal."),
    "{sequence, from, until, account, per_day, entered, mails, outcomes: [outcome, leads], "
    "days: [day, mails, others, late, limit], crowds: [day, lead, name, mails], "
    "falls: [at, lead, name, how, reason, why, sequence, step, message], "
    "way: [at, sequence, what, step, text, reason], "
    "messages: [at, planned_at, lead, name, message, sequence, step]}" },
  { NULL },
};
