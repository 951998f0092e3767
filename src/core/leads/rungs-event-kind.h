/* rungs-event-kind.h: how people read the kinds of events, and which may be forgotten with time. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *kind;
  const char *label;   /* N_(): "Notes" */
  gboolean is_kept;    /* the books, consent and the do-not-send list need it for ever */
} RungsEventKind;

/* Every kind of which a lead's timeline can hold an event, in the order in which lists show them.
 * Returns: how many. */
gsize rungs_event_kinds (const RungsEventKind **kinds);

/* How people read it; the kind itself where it is not known. */
const char *rungs_event_kind_label (const char *kind);

G_END_DECLS
