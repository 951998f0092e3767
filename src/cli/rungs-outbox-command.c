/* rungs-outbox-command.c: messages on their way. */

#include <glib/gi18n.h>
#include <string.h>

#include "mail/rungs-outbox-store.h"
#include "mail/rungs-practice-transport.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"

#define LIST_ROWS 100
#define MOST_ROWS 100000000
#define PAGE_ROWS 1000

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "due_at", N_ ("Due"), RUNGS_COLUMN_TIME, NULL },
  { "ended_at", N_ ("Ended"), RUNGS_COLUMN_TIME, NULL },
  { "email", N_ ("To"), RUNGS_COLUMN_TEXT, NULL },
  { "message", N_ ("Message"), RUNGS_COLUMN_TEXT, NULL },
  { "sequence", N_ ("Sequence"), RUNGS_COLUMN_TEXT, NULL },
  { "reason", N_ ("Reason"), RUNGS_COLUMN_TERM, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "reason", N_ ("Reason"), RUNGS_COLUMN_TERM, NULL },
  { "reply", N_ ("The server said"), RUNGS_COLUMN_TEXT, NULL },
  { "lead_name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "email", N_ ("To"), RUNGS_COLUMN_TEXT, NULL },
  { "message", N_ ("Message"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "sequence", N_ ("Sequence"), RUNGS_COLUMN_TEXT, NULL },
  { "step", N_ ("Step"), RUNGS_COLUMN_TEXT, NULL },
  { "account", N_ ("Account"), RUNGS_COLUMN_TEXT, NULL },
  { "message_id", N_ ("Message-ID"), RUNGS_COLUMN_TEXT, NULL },
  { "practice_file", N_ ("Practice file"), RUNGS_COLUMN_TEXT, NULL },
  { "attempts", N_ ("Attempts"), RUNGS_COLUMN_NUMBER, NULL },
  { "created_at", N_ ("Planned"), RUNGS_COLUMN_TIME, NULL },
  { "due_at", N_ ("Due"), RUNGS_COLUMN_TIME, NULL },
  { "claimed_at", N_ ("Begun"), RUNGS_COLUMN_TIME, NULL },
  { "ended_at", N_ ("Ended"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static JsonObject *
outbox_to_row (const RungsOutboxRow *outbox)
{
  JsonObject *row = rungs_row_new ();
  const char *reason = rungs_outbox_row_get_reason (outbox);

  rungs_row_set_number (row, "id", outbox->id);
  rungs_row_set_number (row, "lead", outbox->lead);
  rungs_row_set_text (row, "lead_name", outbox->lead_name);
  rungs_row_set_text (row, "email", *outbox->email ? outbox->email : NULL);
  rungs_row_set_text (row, "message", outbox->message_name);
  rungs_row_set_id (row, "version", outbox->message_version);
  rungs_row_set_text (row, "kind", outbox->marketing ? "marketing" : "transactional");
  rungs_row_set_text (row, "account", outbox->account_name);
  rungs_row_set_id (row, "enrolment", outbox->enrolment);
  rungs_row_set_text (row, "sequence", outbox->sequence_name);
  rungs_row_set_text (row, "step", outbox->step);
  rungs_row_set_number (row, "visit", outbox->visit);
  rungs_row_set_text (row, "state", rungs_outbox_state_to_text (outbox->state));
  rungs_row_set_text (row, "reason", *reason != '\0' ? reason : NULL);
  rungs_row_set_text (row, "reply", *outbox->reply ? outbox->reply : NULL);
  rungs_row_set_number (row, "attempts", outbox->attempts);
  rungs_row_set_text (row, "message_id", outbox->message_id);
  rungs_row_set_time (row, "due_at", outbox->due_at);
  rungs_row_set_time (row, "claimed_at", outbox->claimed_at);
  rungs_row_set_time (row, "ended_at", outbox->ended_at);
  rungs_row_set_time (row, "created_at", outbox->created_at);
  return row;
}

static gboolean
read_state (RungsInvocation   *call,
            RungsOutboxState  *state,
            GError           **error)
{
  const char *text = rungs_invocation_get_text (call, "state", NULL);

  *state = text ? rungs_outbox_state_from_text (text) : 0;
  return text == NULL || *state != 0
         || rungs_invocation_refuse (
             call, "state", _ ("planned, claimed, sent, failed, withheld or doubt"), error);
}

static gboolean
read_lead (RungsInvocation  *call,
           RungsDb          *db,
           gint64           *id,
           GError          **error)
{
  g_autoptr (RungsLead) lead = NULL;

  *id = 0;
  if (rungs_invocation_count_arguments (call) == 0)
    return TRUE;
  lead = rungs_lead_argument (call, db, 0, error);
  *id = lead ? lead->id : 0;
  return lead != NULL;
}

/* Page by page, from the newest down. */
static gboolean
put_rows (RungsInvocation *call,
          RungsDb *db,
          RungsOutboxState state,
          gint64 lead,
          gint64 limit,
          GError **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  gint64 before = 0, n;

  do
    {
      g_autoptr (GPtrArray) rows =
          rungs_outbox_list (db, state, lead, before, MIN (limit, PAGE_ROWS), error);

      if (rows == NULL)
        return FALSE;
      n = rows->len;
      limit -= n;
      for (guint i = 0; i < rows->len; i++)
        {
          before = ((RungsOutboxRow *) g_ptr_array_index (rows, i))->id;
          rungs_listing_add (listing, outbox_to_row (g_ptr_array_index (rows, i)));
        }
    }
  while (n > 0 && limit > 0 && !rungs_output_is_closed (rungs_invocation_get_output (call)));
  rungs_listing_end (listing, _ ("There are no such messages."));
  return TRUE;
}

static gboolean
list_outbox (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  RungsOutboxState state;
  gint64 lead, limit = LIST_ROWS;

  return read_state (call, &state, error) && read_lead (call, db, &lead, error)
         && rungs_invocation_get_number (call, "limit", 1, MOST_ROWS, &limit, error)
         && put_rows (call, db, state, lead, limit, error);
}

static void
add_practice_file (JsonObject           *row,
                   RungsDb              *db,
                   const RungsOutboxRow *outbox)
{
  g_autofree char *folder = rungs_practice_get_folder (rungs_db_get_path (db));
  g_autofree char *name = rungs_practice_file_name (outbox->message_id);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  rungs_row_set_text (row, "practice_file",
                      rungs_practice_has (folder, outbox->message_id) ? path : NULL);
}

static gboolean
show_row (RungsInvocation  *call,
          RungsDb          *db,
          gint64            id,
          GError          **error)
{
  g_autoptr (RungsOutboxRow) outbox = rungs_outbox_load (db, id, error);
  JsonObject *row;

  if (outbox == NULL)
    return FALSE;
  row = outbox_to_row (outbox);
  add_practice_file (row, db, outbox);
  rungs_column_show (call, SHOW_COLUMNS, row);
  return TRUE;
}

static gboolean
show_outbox (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  gint64 id;

  return rungs_invocation_get_id (call, 0, &id, error) && show_row (call, db, id, error);
}

static gboolean
resolve (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  const char *answer = rungs_invocation_get_argument (call, 1);
  gint64 now = rungs_invocation_get_now (call), id;

  if (!rungs_invocation_get_id (call, 0, &id, error))
    return FALSE;
  if (strcmp (answer, "sent") == 0)
    return rungs_outbox_resolve_sent (db, id, now, error) && show_row (call, db, id, error);
  if (strcmp (answer, "retry") == 0)
    return rungs_outbox_resolve_retry (db, id, now, error) && show_row (call, db, id, error);
  g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
               _ ("A message in doubt is resolved by “sent” or “retry”, not “%s”."), answer);
  return FALSE;
}

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("state",
                N_ ("STATE"),
                N_ ("Only planned, claimed, sent, failed, withheld or doubt")),
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("Only the newest N; 100 where nothing is said")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_OUTBOX_COMMANDS[] = {
  { "outbox list", "[EMAIL]",
    N_ ("List messages on their way, and those that ended, to all or to one"), RUNGS_COMMAND_READS,
    list_outbox, LIST_OPTIONS, NULL,
    "[id, lead, lead_name, email, message, version, kind, account, enrolment, sequence, "
    "step, visit, state, reason, reply, attempts, message_id, due_at, claimed_at, "
    "ended_at, created_at]" },
  { "outbox show", "NUMBER", N_ ("Show a message on its way"), RUNGS_COMMAND_READS, show_outbox,
    NULL, NULL,
    "{id, lead, lead_name, email, message, version, kind, account, enrolment, sequence, "
    "step, visit, state, reason, reply, attempts, message_id, due_at, claimed_at, "
    "ended_at, created_at, practice_file}" },
  { "outbox resolve", "NUMBER sent|retry",
    N_ ("Decide about a message in doubt, or one that failed"), RUNGS_COMMAND_WRITES, resolve, NULL,
    N_ ("Nobody knows whether a message in doubt arrived: the line broke after it had gone out.\n"
        "“sent” leaves it at that, “retry” sends it once more.") },
  { NULL },
};
