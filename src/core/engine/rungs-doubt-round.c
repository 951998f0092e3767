/* rungs-doubt-round.c: asks servers whether they have sent what is in doubt.
 *
 * Only "yes" settles anything: that a server does not have a message among what it sent does not
 * say that nobody got it. When an account was asked last is kept with what is asked of providers,
 * under a name of its own. */

#include "engine/rungs-doubt-round.h"

#include "base/rungs-error.h"
#include "engine/rungs-sender-route.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-account-pull-store.h"
#include "mail/rungs-outbox-store.h"

#define NAME "doubts"
#define MOST 200u
#define ASK_EVERY (5 * RUNGS_MINUTE)
#define ASK_FOR (24 * 60 * RUNGS_MINUTE)

/* What is in doubt of an account. */
typedef struct
{
  RungsDb *db;
  RungsClock *clock;
  const RungsAccount *account;
  GPtrArray *rows;        /* (element-type RungsOutboxRow) (unowned) */
  gint64 newest;          /* since when the last of them is */
  RungsAccountPull *pull; /* (owned) (nullable) */
  RungsMailboxReport *report;
} Doubts;

static void
doubts_clear (Doubts *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->pull, rungs_account_pull_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Doubts, doubts_clear)

static void
find_rows (Doubts          *self,
           const GPtrArray *all)
{
  gint64 since = rungs_clock_now (self->clock) - ASK_FOR;

  self->rows = g_ptr_array_new ();
  for (guint i = 0; i < all->len; i++)
    {
      const RungsOutboxRow *row = all->pdata[i];

      if (row->account != self->account->id || row->ended_at < since)
        continue;
      g_ptr_array_add (self->rows, (gpointer) row);
      self->newest = MAX (self->newest, row->ended_at);
    }
}

static gboolean
write_sent (RungsDb *db,
            gpointer data,
            GError **error)
{
  const RungsOutboxRow *row = data;

  return rungs_outbox_resolve_sent (db, row->id, row->ended_at, error);
}

static gboolean
write_asked (RungsDb *db,
             gpointer data,
             GError **error)
{
  Doubts *self = data;

  self->pull->looked_at = rungs_clock_now (self->clock);
  return rungs_account_pull_save (db, self->account->id, self->pull, error);
}

/* Somebody may have decided in between: then it is as they said. */
static gboolean
settle (Doubts               *self,
        const RungsOutboxRow *row,
        GError              **error)
{
  g_autoptr (GError) failure = NULL;

  if (rungs_db_write (self->db, write_sent, (gpointer) row, &failure))
    self->report->taken++;
  else if (!g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

/* Where the server cannot be reached, or the keyring is locked, it is asked again later; sending
 * says what is wrong. */
static gboolean
ask (Doubts       *self,
     const char   *file,
     GCancellable *cancellable,
     GError      **error)
{
  RungsSenderRoutePlan plan
    = { .path = rungs_db_get_path (self->db), .file = file, .account = self->account };
  g_autoptr (RungsSenderRoute) route = rungs_sender_route_open (&plan, cancellable, NULL);
  g_autoptr (RungsTransport) transport = route ? rungs_sender_route_new_transport (route) : NULL;

  for (guint i = 0; transport != NULL && i < self->rows->len; i++)
    {
      const RungsOutboxRow *row = self->rows->pdata[i];

      if (g_cancellable_is_cancelled (cancellable))
        return TRUE;
      if (rungs_transport_recall (transport, row->message_id, cancellable)
          && !settle (self, row, error))
        return FALSE;
    }
  return rungs_db_write (self->db, write_asked, self, error);
}

static gboolean
work_off_one (Doubts          *self,
              const GPtrArray *all,
              const char      *file,
              GCancellable    *cancellable,
              gint64          *next_at,
              GError         **error)
{
  gint64 now = rungs_clock_now (self->clock);

  find_rows (self, all);
  if (self->rows->len == 0)
    return TRUE;
  self->pull = rungs_account_pull_load (self->db, self->account->id, NAME, error);
  if (self->pull == NULL)
    return FALSE;
  if ((self->newest > self->pull->looked_at || now >= self->pull->looked_at + ASK_EVERY)
      && !ask (self, file, cancellable, error))
    return FALSE;
  *next_at = MIN (*next_at, self->pull->looked_at + ASK_EVERY);
  return TRUE;
}

gboolean
rungs_doubts_work_off (RungsDb            *db,
                       RungsClock         *clock,
                       GCancellable       *cancellable,
                       RungsMailboxReport *report,
                       gint64             *next_at,
                       GError            **error)
{
  g_autoptr (GPtrArray) all = rungs_outbox_list (db, RUNGS_OUTBOX_DOUBT, 0, 0, MOST, error);
  g_autoptr (GPtrArray) accounts = all ? rungs_account_list (db, error) : NULL;
  g_autoptr (RungsBusiness) business = accounts ? rungs_business_load (db, error) : NULL;

  g_return_val_if_fail (report != NULL && next_at != NULL, FALSE);

  *next_at = G_MAXINT64;
  if (business == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const RungsAccount *account = accounts->pdata[i];
      g_auto (Doubts) doubts
        = { .db = db, .clock = clock, .account = account, .report = report };

      if (account->kind == RUNGS_ACCOUNT_JMAP
          && !work_off_one (&doubts, all, business->uuid, cancellable, next_at, error))
        return FALSE;
    }
  return TRUE;
}
