/* rungs-note.h: what a person wrote down about a lead: a note, a call or a meeting. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_NOTE,
  RUNGS_NOTE_CALL,
  RUNGS_NOTE_MEETING,
} RungsNoteKind;

typedef enum
{
  RUNGS_CALL_UNKNOWN,
  RUNGS_CALL_IN,  /* the lead called */
  RUNGS_CALL_OUT, /* the lead was called */
} RungsCallDirection;

/* An event of the timeline with its row in `note`. Texts are owned and never NULL. */
typedef struct
{
  gint64 id; /* of the event */
  gint64 lead;
  RungsNoteKind kind;
  gint64 at;
  char *text;                   /* what was said; lines are kept */
  char *who;                    /* who wrote it, called, met */
  RungsCallDirection direction; /* of a call */
  char *outcome;                /* of a call a word of rungs_call_outcomes(), of a meeting a text */
  char *place;                  /* of a meeting */
} RungsNote;

/* All texts empty. */
RungsNote *rungs_note_new (gint64        lead,
                           RungsNoteKind kind,
                           gint64        at);
RungsNote *rungs_note_copy (const RungsNote *self);
void rungs_note_free (RungsNote *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsNote, rungs_note_free)

/* Replaces a text of it (`&note->who`); NULL is "". */
void rungs_note_set (char       **field,
                     const char  *text);

/* The kind of event that tells of it, and back: FALSE where an event of that kind is none. */
const char *rungs_note_kind_to_event (RungsNoteKind kind);
gboolean rungs_note_kind_from_event (const char    *event_kind,
                                     RungsNoteKind *kind);

/* "", "in" and "out", as they are stored. */
const char *rungs_call_direction_to_text (RungsCallDirection direction);
RungsCallDirection rungs_call_direction_from_text (const char *text);

/* How a call ends: "reached", "no-answer", "left-message", "busy", "wrong";
 * NULL-terminated. */
const char *const *rungs_call_outcomes (void);

G_END_DECLS
