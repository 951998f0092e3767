/* rungs-note-command.c: notes, calls and meetings. */

#include <glib/gi18n.h>

#include "leads/rungs-note-store.h"
#include "process/rungs-task-store.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "kind", N_ ("What"), RUNGS_COLUMN_TERM, NULL },
  { "who", N_ ("Who"), RUNGS_COLUMN_TEXT, NULL },
  { "direction", N_ ("Direction"), RUNGS_COLUMN_TERM, NULL },
  { "outcome", N_ ("Result"), RUNGS_COLUMN_TERM, NULL },
  { "place", N_ ("Place"), RUNGS_COLUMN_TEXT, NULL },
  { "text", N_ ("Text"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static JsonObject *
note_to_row (const RungsNote *note)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", note->id);
  rungs_row_set_number (row, "lead", note->lead);
  rungs_row_set_text (row, "kind", rungs_note_kind_to_event (note->kind));
  rungs_row_set_time (row, "at", note->at);
  rungs_row_set_text (row, "who", note->who);
  rungs_row_set_text (row, "direction", rungs_call_direction_to_text (note->direction));
  rungs_row_set_text (row, "outcome", note->outcome);
  rungs_row_set_text (row, "place", note->place);
  rungs_row_set_text (row, "text", note->text);
  return row;
}

static void
take_text (RungsInvocation  *call,
           const char       *option,
           char            **field)
{
  const char *text = rungs_invocation_get_text (call, option, NULL);

  if (text != NULL)
    rungs_note_set (field, text);
}

/* What the options say of it; what they do not say stays. */
static gboolean
take_options (RungsInvocation  *call,
              RungsNote        *note,
              GError          **error)
{
  static const char *const DIRECTIONS[] = { "in", "out", NULL };
  guint direction = 0, outcome = 0;

  if (!rungs_invocation_get_time (call, "at", &note->at, error)
      || !rungs_invocation_get_choice (call, "direction", DIRECTIONS, &direction, error)
      || !rungs_invocation_get_choice (call, "outcome", rungs_call_outcomes (), &outcome, error))
    return FALSE;
  if (rungs_invocation_has (call, "direction"))
    note->direction = RUNGS_CALL_IN + direction;
  if (rungs_invocation_has (call, "outcome"))
    rungs_note_set (&note->outcome, rungs_call_outcomes ()[outcome]);
  take_text (call, "who", &note->who);
  take_text (call, "place", &note->place);
  take_text (call, "result", &note->outcome);
  return TRUE;
}

/* What is to be done next, where --task says so. */
static gboolean
add_task (RungsInvocation  *call,
          RungsDb          *db,
          gint64            lead,
          GError          **error)
{
  const char *title = rungs_invocation_get_text (call, "task", NULL);
  gint64 now = rungs_invocation_get_now (call), due = now;

  if (title == NULL)
    return TRUE;
  return rungs_invocation_get_time (call, "due", &due, error)
         && rungs_task_add (db, lead, title, due, now, error) != 0;
}

static gboolean
say_note (RungsInvocation  *call,
          RungsDb          *db,
          gint64            id,
          const char       *words,
          GError          **error)
{
  g_autoptr (RungsNote) note = rungs_note_load (db, id, error);

  if (note == NULL)
    return FALSE;
  rungs_column_say (call, note_to_row (note), "%s", words);
  return TRUE;
}

static gboolean
add (RungsInvocation  *call,
     RungsDb          *db,
     RungsNoteKind     kind,
     const char       *words,
     GError          **error)
{
  gint64 now = rungs_invocation_get_now (call);
  g_autofree char *text = rungs_invocation_join_arguments (call, 1);
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  g_autoptr (RungsNote) note = NULL;
  g_autofree char *title = NULL;
  g_autofree char *said = NULL;
  gint64 id;

  if (lead == NULL)
    return FALSE;
  note = rungs_note_new (lead->id, kind, now);
  rungs_note_set (&note->text, text);
  if (!take_options (call, note, error))
    return FALSE;
  id = rungs_note_add (db, note, now, error);
  if (id == 0 || !add_task (call, db, lead->id, error))
    return FALSE;
  title = rungs_lead_dup_title (lead);
  said = g_strdup_printf (words, title);
  return say_note (call, db, id, said, error);
}

static gboolean
add_note (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  return add (call, db, RUNGS_NOTE, _ ("The note about %s was added."), error);
}

static gboolean
add_call (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  return add (call, db, RUNGS_NOTE_CALL, _ ("The call with %s was written down."), error);
}

static gboolean
add_meeting (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  return add (call, db, RUNGS_NOTE_MEETING, _ ("The meeting with %s was written down."), error);
}

static gboolean
list_notes (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  g_autoptr (GPtrArray) notes = lead ? rungs_note_list (db, lead->id, error) : NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (notes == NULL)
    return FALSE;
  for (guint i = 0; i < notes->len; i++)
    rungs_listing_add (listing, note_to_row (g_ptr_array_index (notes, i)));
  rungs_listing_end (listing, _ ("There are no notes, calls or meetings."));
  return TRUE;
}

static gboolean
edit_note (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autofree char *text = rungs_invocation_join_arguments (call, 1);
  g_autoptr (RungsNote) note = NULL;
  gint64 id;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || !(note = rungs_note_load (db, id, error)) || !take_options (call, note, error))
    return FALSE;
  if (*text != '\0')
    rungs_note_set (&note->text, text);
  return rungs_note_save (db, note, rungs_invocation_get_now (call), error)
         && say_note (call, db, id, _ ("It was changed."), error);
}

static gboolean
delete_note (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsNote) note = NULL;
  gint64 id;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || !(note = rungs_note_delete (db, id, rungs_invocation_get_now (call), error)))
    return FALSE;
  rungs_column_say (call, note_to_row (note), _ ("It was deleted."));
  return TRUE;
}

#define NOTE_OPTIONS                                                                               \
  RUNGS_OPTION ("at", N_ ("TIME"), N_ ("When; now where nothing is said")),                        \
      RUNGS_OPTION ("who", N_ ("NAME"), N_ ("Who of you it was"))
#define CALL_OPTIONS                                                                               \
  RUNGS_OPTION ("direction", N_ ("WAY"), N_ ("Who called: in (the lead) or out (you)")),           \
      RUNGS_OPTION ("outcome", N_ ("WORD"),                                                        \
                    N_ ("reached, no-answer, left-message, busy or wrong"))
#define MEETING_OPTIONS                                                                            \
  RUNGS_OPTION ("place", N_ ("TEXT"), N_ ("Where")),                                               \
      RUNGS_OPTION ("result", N_ ("TEXT"), N_ ("What came of it"))
#define TASK_OPTIONS                                                                               \
  RUNGS_OPTION ("task", N_ ("TITLE"), N_ ("Add a task of what is to be done next")),               \
      RUNGS_OPTION ("due", N_ ("TIME"), N_ ("When that task is due; now where nothing is said"))

static const GOptionEntry ADD_NOTE_OPTIONS[] = {
  NOTE_OPTIONS,
  TASK_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry ADD_CALL_OPTIONS[] = {
  NOTE_OPTIONS,
  CALL_OPTIONS,
  TASK_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry ADD_MEETING_OPTIONS[] = {
  NOTE_OPTIONS,
  MEETING_OPTIONS,
  TASK_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry EDIT_OPTIONS[] = {
  NOTE_OPTIONS,
  CALL_OPTIONS,
  MEETING_OPTIONS,
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_NOTE_COMMANDS[] = {
  { "leads notes", "EMAIL", N_ ("List the notes, calls and meetings of a lead"),
    RUNGS_COMMAND_READS, list_notes, NULL, NULL,
    "[id, lead, kind, at, who, direction, outcome, place, text]" },
  { "leads note", "EMAIL TEXT…", N_ ("Add a note to the timeline of a lead"), RUNGS_COMMAND_WRITES,
    add_note, ADD_NOTE_OPTIONS, NULL },
  { "leads call", "EMAIL [TEXT…]", N_ ("Write down a call with a lead"), RUNGS_COMMAND_WRITES,
    add_call, ADD_CALL_OPTIONS, NULL },
  { "leads meeting", "EMAIL [TEXT…]", N_ ("Write down a meeting with a lead"), RUNGS_COMMAND_WRITES,
    add_meeting, ADD_MEETING_OPTIONS, NULL },
  { "leads edit-note", "NUMBER [TEXT…]", N_ ("Change a note, a call or a meeting"),
    RUNGS_COMMAND_WRITES, edit_note, EDIT_OPTIONS,
    N_ ("The number is the one that “leads notes” shows. What is not said stays as it is.") },
  { "leads delete-note", "NUMBER", N_ ("Delete a note, a call or a meeting"), RUNGS_COMMAND_WRITES,
    delete_note, NULL, NULL },
  { NULL },
};
