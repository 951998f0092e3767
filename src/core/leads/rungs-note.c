/* rungs-note.c: what a person wrote down about a lead: a note, a call or a meeting. */

#include "leads/rungs-note.h"

#include "base/rungs-names.h"
#include "leads/rungs-event.h"

static const char *const EVENTS[]
    = { RUNGS_EVENT_NOTE_ADDED, RUNGS_EVENT_CALL_LOGGED, RUNGS_EVENT_MEETING_LOGGED };

static const char *const DIRECTIONS[] = { "", "in", "out" };

static const char *const OUTCOMES[]
    = { "reached", "no-answer", "left-message", "busy", "wrong", NULL };

RungsNote *
rungs_note_new (gint64        lead,
                RungsNoteKind kind,
                gint64        at)
{
  RungsNote *self = g_new0 (RungsNote, 1);

  self->lead = lead;
  self->kind = kind;
  self->at = at;
  self->text = g_strdup ("");
  self->who = g_strdup ("");
  self->outcome = g_strdup ("");
  self->place = g_strdup ("");
  return self;
}

RungsNote *
rungs_note_copy (const RungsNote *self)
{
  RungsNote *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->text = g_strdup (self->text);
  copy->who = g_strdup (self->who);
  copy->outcome = g_strdup (self->outcome);
  copy->place = g_strdup (self->place);
  return copy;
}

void
rungs_note_free (RungsNote *self)
{
  g_free (self->text);
  g_free (self->who);
  g_free (self->outcome);
  g_free (self->place);
  g_free (self);
}

void
rungs_note_set (char       **field,
                const char  *text)
{
  char *copy = g_strdup (text ? text : "");

  g_free (*field);
  *field = copy;
}

const char *
rungs_note_kind_to_event (RungsNoteKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (EVENTS), EVENTS[RUNGS_NOTE]);

  return EVENTS[kind];
}

gboolean
rungs_note_kind_from_event (const char    *event_kind,
                            RungsNoteKind *kind)
{
  return rungs_names_find (EVENTS, G_N_ELEMENTS (EVENTS), event_kind, kind);
}

const char *
rungs_call_direction_to_text (RungsCallDirection direction)
{
  g_return_val_if_fail (direction < G_N_ELEMENTS (DIRECTIONS), "");

  return DIRECTIONS[direction];
}

RungsCallDirection
rungs_call_direction_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (DIRECTIONS); i++)
    if (g_strcmp0 (text, DIRECTIONS[i]) == 0)
      return i;
  return RUNGS_CALL_UNKNOWN;
}

const char *const *
rungs_call_outcomes (void)
{
  return OUTCOMES;
}
