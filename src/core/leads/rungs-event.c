/* rungs-event.c: one row of the timeline. */

#include "leads/rungs-event.h"

void
rungs_event_free (RungsEvent *self)
{
  g_free (self->kind);
  g_free (self->detail);
  g_free (self);
}
