/* rungs-outbox.c: the states of a message, and a row of the outbox. */

#include "mail/rungs-outbox.h"

static const char *const STATES[]
    = { NULL, "planned", "claimed", "sent", "failed", "withheld", "doubt" };

const char *
rungs_outbox_state_to_text (RungsOutboxState state)
{
  g_return_val_if_fail (state >= RUNGS_OUTBOX_PLANNED && state <= RUNGS_OUTBOX_DOUBT, NULL);

  return STATES[state];
}

RungsOutboxState
rungs_outbox_state_from_text (const char *text)
{
  for (int state = RUNGS_OUTBOX_PLANNED; state <= RUNGS_OUTBOX_DOUBT; state++)
    if (g_strcmp0 (STATES[state], text) == 0)
      return state;
  return 0;
}

const char *
rungs_outbox_row_get_reason (const RungsOutboxRow *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return *self->reason == '\0' && self->account_paused ? RUNGS_OUTBOX_ACCOUNT_PAUSED
                                                       : self->reason;
}

void
rungs_outbox_row_free (RungsOutboxRow *self)
{
  g_free (self->lead_name);
  g_free (self->email);
  g_free (self->message_name);
  g_free (self->account_name);
  g_free (self->sequence_name);
  g_free (self->step);
  g_free (self->broadcast_name);
  g_free (self->message_id);
  g_free (self->reason);
  g_free (self->reply);
  g_free (self);
}
