/* rungs-rehearsal-send.c: empties the outbox of a copy, without sending anything. */

#include "engine/rungs-rehearsal-send.h"

#include "base/rungs-error.h"
#include "mail/rungs-outbox-route-store.h"
#include "mail/rungs-outbox-store.h"

#define CLAIMS_AT_ONCE 4000

typedef struct
{
  RungsDb *db;
  const RungsAccount *account;
  gint64 now;
  RungsComposer *composer;
  GPtrArray *claims; /* (element-type RungsOutboxClaim) */
  GArray *results;   /* (element-type RungsOutboxResult) */
} Rehearsing;

static void
result_clear (gpointer data)
{
  RungsOutboxResult *result = data;

  rungs_delivery_clear (&result->delivery);
}

/* What a sender would say of the claim. */
static gboolean
answer (Rehearsing              *self,
        const RungsOutboxClaim  *claim,
        GError                 **error)
{
  RungsOutboxResult result = { .id = claim->id, .delivery.outcome = RUNGS_DELIVERY_ACCEPTED };
  g_autoptr (GError) cause = NULL;

  if (!rungs_composer_try (self->composer, self->db, claim, self->now, &cause))
    {
      result.no_text = g_error_matches (cause, RUNGS_ERROR, RUNGS_ERROR_INVALID)
                       || g_error_matches (cause, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
      result.delivery.reply = g_strdup (cause->message);
    }
  g_array_append_val (self->results, result);
  if (cause != NULL && !result.no_text)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  return TRUE;
}

static gboolean
take_turn (Rehearsing         *self,
           RungsSenderReport  *report,
           GError            **error)
{
  RungsOutboxTurn turn;

  if (!rungs_outbox_take_turn (self->db, self->account,
                               (const RungsOutboxResult *) (void *) self->results->data,
                               self->results->len, CLAIMS_AT_ONCE, self->now, self->claims, &turn,
                               error))
    return FALSE;
  report->sent += turn.sent;
  report->withheld += turn.withheld;
  report->postponed += turn.postponed;
  report->next_at = turn.next_at;
  g_array_set_size (self->results, 0);
  for (guint i = 0; i < self->claims->len; i++)
    if (!answer (self, g_ptr_array_index (self->claims, i), error))
      return FALSE;
  g_ptr_array_set_size (self->claims, 0);
  return TRUE;
}

gboolean
rungs_rehearsal_send (RungsDb            *db,
                      RungsComposer      *composer,
                      gint64              now,
                      const RungsAccount *account,
                      GCancellable       *cancellable,
                      RungsSenderReport  *report,
                      GError            **error)
{
  g_autoptr (GPtrArray) claims
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (RungsOutboxResult));
  Rehearsing self = { db, account, now, composer, claims, results };

  g_return_val_if_fail (report != NULL, FALSE);

  g_array_set_clear_func (results, result_clear);
  *report = (RungsSenderReport) { .next_at = G_MAXINT64 };
  if (!rungs_outbox_next_due_by (db, account->id, &report->next_at, error))
    return FALSE;
  if (report->next_at > now)
    return TRUE;
  do
    if (!take_turn (&self, report, error))
      return FALSE;
  while (results->len > 0 && !g_cancellable_is_cancelled (cancellable));
  return TRUE;
}
