/* rungs-why-command.c: why a lead gets a message or not, and is in a sequence or not. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-outbox-why-store.h"
#include "mail/rungs-why-words.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"
#include "sequences/rungs-sequence-store.h"
#include "sequences/rungs-sequence-why-store.h"

static const RungsColumn LINE_COLUMNS[] = {
  { "decides", N_ ("Decides"), RUNGS_COLUMN_FLAG, NULL },
  { "what", N_ ("Check"), RUNGS_COLUMN_TEXT, NULL },
  { "why", N_ ("Answer"), RUNGS_COLUMN_TEXT, NULL },
  { "until", N_ ("Until"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn COLUMNS[] = {
  { "lead", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "message", N_ ("Message"), RUNGS_COLUMN_TEXT, NULL },
  { "sequence", N_ ("Sequence"), RUNGS_COLUMN_TEXT, NULL },
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "step", N_ ("Step"), RUNGS_COLUMN_TEXT, NULL },
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "lines", N_ ("Checks"), RUNGS_COLUMN_ROWS, LINE_COLUMNS },
  { NULL },
};

static void
add_lines (JsonObject *row,
           GArray     *lines)
{
  JsonArray *array = rungs_row_set_array (row, "lines");

  for (guint i = 0; i < lines->len; i++)
    {
      const RungsWhyLine *line = &g_array_index (lines, RungsWhyLine, i);
      JsonObject *member = rungs_row_new ();
      g_autofree char *why = rungs_why_line_dup_words (line);

      rungs_row_set_text (member, "check", line->check);
      rungs_row_set_text (member, "what", rungs_why_check_words (line->check));
      rungs_row_set_flag (member, "passes", line->reason == NULL);
      rungs_row_set_text (member, "reason", line->reason);
      rungs_row_set_text (member, "why", why);
      rungs_row_set_time (member, "until", line->until);
      rungs_row_set_flag (member, "decides", line->decides);
      json_array_add_object_element (array, member);
    }
}

static JsonObject *
new_row (const RungsLead *lead,
         const char      *message,
         const char      *sequence)
{
  g_autofree char *title = rungs_lead_dup_title (lead);
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "lead", title);
  rungs_row_set_text (row, "message", message);
  rungs_row_set_text (row, "sequence", sequence);
  return row;
}

static gboolean
explain_sequence (RungsInvocation      *call,
                  RungsDb              *db,
                  const RungsLead      *lead,
                  const RungsSequence  *sequence,
                  GError              **error)
{
  g_autoptr (RungsSequenceWhy) why
      = rungs_sequence_why (db, lead->id, sequence->id, rungs_invocation_get_now (call), error);
  const RungsEnrolment *walk;
  JsonObject *row;

  if (why == NULL)
    return FALSE;
  walk = why->walk;
  row = new_row (lead, NULL, sequence->name);
  rungs_row_set_text (row, "state",
                      walk == NULL             ? "never-entered"
                      : walk->outcome == NULL  ? "walks-on"
                                               : walk->outcome);
  rungs_row_set_text (row, "step", walk != NULL ? walk->step : NULL);
  rungs_row_set_time (row, "at",
                      walk == NULL            ? 0
                      : walk->outcome == NULL ? walk->arrived_at
                                              : walk->ended_at);
  add_lines (row, why->lines);
  rungs_column_show (call, COLUMNS, row);
  return TRUE;
}

static gboolean
explain_message (RungsInvocation     *call,
                 RungsDb             *db,
                 const RungsLead     *lead,
                 const RungsMessage  *message,
                 GError             **error)
{
  g_autoptr (RungsOutboxWhy) why
      = rungs_outbox_why_lead (db, lead->id, message->id, rungs_invocation_get_now (call), error);
  const RungsOutboxRow *sent;
  JsonObject *row;

  if (why == NULL)
    return FALSE;
  sent = why->row;
  row = new_row (lead, message->name, sent != NULL ? sent->sequence_name : NULL);
  rungs_row_set_text (row, "state",
                      sent != NULL ? rungs_outbox_state_to_text (sent->state) : "not-planned");
  rungs_row_set_text (row, "step", sent != NULL ? sent->step : NULL);
  rungs_row_set_time (row, "at",
                      sent == NULL          ? 0
                      : sent->ended_at != 0 ? sent->ended_at
                                            : sent->due_at);
  add_lines (row, why->lines);
  rungs_column_show (call, COLUMNS, row);
  return TRUE;
}

/* A name is that of a sequence, else of a message. */
static gboolean
why (RungsInvocation  *call,
     RungsDb          *db,
     GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 1);
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  g_autoptr (RungsSequence) sequence = NULL;
  g_autoptr (RungsMessage) message = NULL;
  g_autoptr (GError) failure = NULL;

  if (lead == NULL)
    return FALSE;
  sequence = rungs_sequence_load_by_name (db, name, &failure);
  if (sequence != NULL)
    return explain_sequence (call, db, lead, sequence, error);
  if (!g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  message = rungs_message_load_by_name (db, name, NULL);
  if (message != NULL)
    return explain_message (call, db, lead, message, error);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
               _ ("There is no message or sequence “%s”."), name);
  return FALSE;
}

const RungsCommand RUNGS_WHY_COMMANDS[] = {
  { "why", "LEAD NAME", N_ ("Say why a lead gets a message or not, or is in a sequence or not"),
    RUNGS_COMMAND_READS, why, NULL,
    N_ ("NAME is that of a message or a sequence. All checks are told with their results, the one\n"
        "that decides first. Of a message they are those that are asked when it is about to\n"
        "leave; where it is not in the outbox they are asked as if it were due now. Of a sequence\n"
        "they are those that are asked when the lead enters it, or, while it walks, what it waits\n"
        "for."),
    "{lead, message, sequence, state, step, at, lines: "
    "[check, what, passes, reason, why, until, decides]}" },
  { NULL },
};
