/* rungs-broadcast-load.c: what the window shows of broadcasts and does with them, for the threads
 * of the store. */

#include "rungs-broadcast-load.h"

#include "ladder/rungs-exchange-store.h"
#include "mail/rungs-broadcast-run-store.h"
#include "rungs-check-list.h"
#include "segments/rungs-rule.h"
#include "widgets/rungs-display.h"

void
rungs_broadcast_row_free (RungsBroadcastRow *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->broadcast, rungs_broadcast_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBroadcastRow, rungs_broadcast_row_free)

RungsBroadcastRow *
rungs_broadcast_row_load (RungsDb *db,
                          gint64   id,
                          GError **error)
{
  g_autoptr (RungsBroadcastRow) row = g_new0 (RungsBroadcastRow, 1);

  row->broadcast = rungs_broadcast_load (db, id, error);
  if (row->broadcast == NULL || !rungs_broadcast_progress (db, id, &row->progress, error))
    return NULL;
  return g_steal_pointer (&row);
}

void
rungs_broadcast_details_free (RungsBroadcastDetails *self)
{
  if (self == NULL)
    return;
  rungs_broadcast_row_free (self->row);
  g_free (self->audience);
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->results, rungs_broadcast_results_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBroadcastDetails, rungs_broadcast_details_free)

static gboolean
load_results (RungsDb               *db,
              RungsBroadcastDetails *details,
              GError               **error)
{
  const RungsBroadcast *broadcast = details->row->broadcast;
  g_autoptr (RungsExchange) exchange = NULL;

  if (broadcast->state == RUNGS_BROADCAST_DRAFT)
    {
      details->findings = rungs_broadcast_check (db, broadcast, rungs_display_now (), error);
      return details->findings != NULL;
    }
  if (broadcast->fixed_at == 0)
    return TRUE;
  if (!rungs_exchange_load (db, NULL, &exchange, error))
    return FALSE;
  details->results = rungs_broadcast_results_load (db, broadcast->id, exchange, error);
  return details->results != NULL;
}

gpointer
rungs_broadcast_details_load (RungsDb      *db,
                              gpointer      data,
                              GCancellable *cancellable,
                              GError      **error)
{
  g_autoptr (RungsBroadcastDetails) details = g_new0 (RungsBroadcastDetails, 1);
  g_autoptr (RungsRule) rule = NULL;
  gint64 id = *(gint64 *) data;

  details->row = rungs_broadcast_row_load (db, id, error);
  details->reasons = details->row ? rungs_broadcast_reasons (db, id, error) : NULL;
  if (details->reasons == NULL || !load_results (db, details, error))
    return NULL;
  rule = rungs_rule_parse (details->row->broadcast->rule, NULL);
  details->audience = rule != NULL ? rungs_rule_describe (rule) : g_strdup ("");
  return g_steal_pointer (&details);
}

gpointer
rungs_broadcast_checked_load (RungsDb      *db,
                              gpointer      data,
                              GCancellable *cancellable,
                              GError      **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_load (db, *(gint64 *) data, error);

  if (broadcast == NULL)
    return NULL;
  return rungs_checked_new (db, rungs_broadcast_check (db, broadcast, rungs_display_now (), error),
                            error);
}

/* ---- what is done */

typedef gboolean (*Deed) (RungsDb *db,
                          gint64   broadcast,
                          gint64   now,
                          GError **error);

static gpointer
do_deed (RungsDb      *db,
         const gint64 *id,
         Deed          deed,
         GError      **error)
{
  return deed (db, *id, rungs_display_now (), error) ? g_memdup2 (id, sizeof *id) : NULL;
}

gpointer
rungs_broadcast_do_send (RungsDb      *db,
                         gpointer      data,
                         GCancellable *cancellable,
                         GError      **error)
{
  return do_deed (db, data, rungs_broadcast_send, error);
}

gpointer
rungs_broadcast_do_unsend (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  return do_deed (db, data, rungs_broadcast_unsend, error);
}

gpointer
rungs_broadcast_do_pause (RungsDb      *db,
                          gpointer      data,
                          GCancellable *cancellable,
                          GError      **error)
{
  return do_deed (db, data, rungs_broadcast_pause, error);
}

gpointer
rungs_broadcast_do_resume (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  return do_deed (db, data, rungs_broadcast_resume, error);
}

gpointer
rungs_broadcast_do_cancel (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  return do_deed (db, data, rungs_broadcast_cancel, error);
}

gpointer
rungs_broadcast_do_remove (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  const gint64 *id = data;

  return rungs_broadcast_remove (db, *id, error) ? g_memdup2 (id, sizeof *id) : NULL;
}

gpointer
rungs_broadcast_do_save (RungsDb      *db,
                         gpointer      data,
                         GCancellable *cancellable,
                         GError      **error)
{
  RungsBroadcast *broadcast = data;

  return rungs_broadcast_save (db, broadcast, rungs_display_now (), error)
             ? g_memdup2 (&broadcast->id, sizeof broadcast->id)
             : NULL;
}

gpointer
rungs_broadcast_do_choose (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  const gint64 *choice = data;

  return rungs_broadcast_choose (db, choice[0], (int) choice[1], TRUE, rungs_display_now (), error)
             ? g_memdup2 (choice, sizeof *choice)
             : NULL;
}
