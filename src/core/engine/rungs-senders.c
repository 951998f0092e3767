/* rungs-senders.c: the mail accounts at work, each on a thread of its own.
 *
 * A sender (rungs-sender.c) runs until nothing more may leave by its account now. What it counted
 * is taken over by the thread of the shift, which alone looks who is to be started: who has
 * something that is due, is not paused, may send more within its limits, and whose server was not
 * away a moment ago. The senders share nothing but the file. */

#include "engine/rungs-senders.h"

#include "engine/rungs-sender.h"
#include "mail/rungs-outbox-limit-store.h"
#include "mail/rungs-outbox-route-store.h"

/* One that did nothing is not started again before. */
#define IDLE_WAIT RUNGS_SECOND

typedef struct
{
  RungsSenders *senders; /* (unowned) */
  RungsAccount *account; /* (owned): as it was when it was started */
  GThread *thread;       /* (nullable): at work */

  /* Of the shift. */
  gint64 not_before;
  char *waits_for; /* (owned) (nullable): what its server said that was away */
  char *trouble;   /* (owned) (nullable): why it stopped */

  /* Of its thread, until it has ended. */
  RungsSenderReport report;
  GError *error; /* (owned) (nullable) */

  gboolean ended; /* under the lock */
} Sender;

struct _RungsSenders
{
  char *path;
  RungsClock *clock;
  void (*told) (gpointer data);
  gpointer data;
  GCancellable *cancellable;
  GHashTable *senders; /* (owned) (element-type gint64 Sender): by the id of the account */

  GMutex lock;
  GCond ended;
};

static void
sender_free (gpointer data)
{
  Sender *self = data;

  g_assert (self->thread == NULL);
  g_clear_pointer (&self->account, rungs_account_free);
  g_free (self->waits_for);
  g_free (self->trouble);
  g_free (self);
}

RungsSenders *
rungs_senders_new (const char *path,
                   RungsClock *clock,
                   void (*ended) (gpointer data),
                   gpointer data)
{
  RungsSenders *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (RUNGS_IS_CLOCK (clock), NULL);

  self = g_new0 (RungsSenders, 1);
  self->path = g_strdup (path);
  self->clock = g_object_ref (clock);
  self->told = ended;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->senders = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, sender_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->ended);
  return self;
}

void
rungs_senders_free (RungsSenders *self)
{
  g_auto (RungsEngineReport) report = { 0 };

  if (self == NULL)
    return;
  rungs_senders_finish (self, &report, NULL);
  g_hash_table_unref (self->senders);
  g_object_unref (self->cancellable);
  g_object_unref (self->clock);
  g_free (self->path);
  g_cond_clear (&self->ended);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* ---- a sender's thread */

static gpointer
run_sender (gpointer data)
{
  Sender *sender = data;
  RungsSenders *self = sender->senders;

  rungs_sender_run (self->path, self->clock, sender->account, self->cancellable, &sender->report,
                    &sender->error);
  g_mutex_lock (&self->lock);
  sender->ended = TRUE;
  g_cond_broadcast (&self->ended);
  g_mutex_unlock (&self->lock);
  if (self->told != NULL)
    self->told (self->data);
  return NULL;
}

static void
start (RungsSenders       *self,
       Sender             *sender,
       const RungsAccount *account)
{
  g_clear_pointer (&sender->account, rungs_account_free);
  sender->account = rungs_account_copy (account);
  sender->ended = FALSE;
  sender->thread = g_thread_new ("mail-account", run_sender, sender);
}

/* ---- what they did */

/* Joins it, and takes over what it counted. */
static gboolean
take_over (RungsSenders       *self,
           Sender             *sender,
           RungsEngineReport  *report,
           gboolean           *worked,
           GError            **error)
{
  RungsSenderReport *did = &sender->report;
  gint64 now = rungs_clock_now (self->clock);
  gboolean did_something = did->sent + did->failed + did->withheld + did->doubtful > 0;

  g_clear_pointer (&sender->thread, g_thread_join);
  report->sent += did->sent;
  report->failed += did->failed;
  report->retried += did->retried;
  report->withheld += did->withheld;
  report->doubtful += did->doubtful;
  *worked |= did_something;
  g_free (sender->waits_for);
  g_free (sender->trouble);
  sender->waits_for = g_steal_pointer (&did->waits_for);
  sender->trouble = g_steal_pointer (&did->trouble);
  sender->not_before = sender->waits_for != NULL ? did->next_at
                       : did_something           ? now
                                                 : now + IDLE_WAIT;
  rungs_sender_report_clear (did);
  if (sender->error == NULL)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_propagate_error (error, g_steal_pointer (&sender->error));
  g_clear_error (&sender->error);
  return FALSE;
}

static gboolean
has_ended (RungsSenders *self,
           const Sender *sender)
{
  gboolean ended;

  g_mutex_lock (&self->lock);
  ended = sender->thread != NULL && sender->ended;
  g_mutex_unlock (&self->lock);
  return ended;
}

/* `all`: also those that are at work, which are waited for. */
static gboolean
collect (RungsSenders       *self,
         gboolean            all,
         RungsEngineReport  *report,
         gboolean           *worked,
         GError            **error)
{
  GHashTableIter iter;
  Sender *sender;
  gboolean good = TRUE;

  g_hash_table_iter_init (&iter, self->senders);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &sender))
    if (sender->thread != NULL && (all || has_ended (self, sender)))
      good = take_over (self, sender, report, worked, error) && good;
  return good;
}

gboolean
rungs_senders_finish (RungsSenders       *self,
                      RungsEngineReport  *report,
                      GError            **error)
{
  gboolean worked = FALSE;

  g_return_val_if_fail (self != NULL && report != NULL, FALSE);

  rungs_senders_stop (self);
  return collect (self, TRUE, report, &worked, error);
}

/* ---- who is to be started */

static Sender *
find_sender (RungsSenders       *self,
             const RungsAccount *account)
{
  Sender *sender = g_hash_table_lookup (self->senders, &account->id);

  if (sender == NULL)
    {
      sender = g_new0 (Sender, 1);
      sender->senders = self;
      g_hash_table_insert (self->senders, g_memdup2 (&account->id, sizeof account->id), sender);
    }
  return sender;
}

/* When the account has something to send and may; G_MAXINT64: not before something changes. */
static gboolean
find_start (RungsDb            *db,
            const Sender       *sender,
            const RungsAccount *account,
            gint64              now,
            gint64             *start_at,
            GError            **error)
{
  gint64 room = 1, next_at = 0;

  if (!rungs_outbox_next_due_by (db, account->id, start_at, error))
    return FALSE;
  if (*start_at == G_MAXINT64)
    return TRUE;
  if (!rungs_outbox_room (db, account, now, &room, &next_at, error))
    return FALSE;
  if (room == 0)
    *start_at = MAX (*start_at, next_at);
  *start_at = MAX (*start_at, sender->not_before);
  return TRUE;
}

/* The first account with a trouble tells it: they come with the default one first. */
static void
tell_trouble (RungsEngineReport  *report,
              const RungsAccount *account,
              const char         *trouble,
              gboolean            is_one_of_many)
{
  if (trouble == NULL || report->trouble != NULL)
    return;
  report->trouble = is_one_of_many ? g_strdup_printf ("%s: %s", account->name, trouble)
                                   : g_strdup (trouble);
}

static gboolean
look_at (RungsSenders       *self,
         RungsDb            *db,
         const RungsAccount *account,
         gboolean            is_one_of_many,
         RungsEngineReport  *report,
         gint64             *next_at,
         GError            **error)
{
  Sender *sender = find_sender (self, account);
  gint64 now = rungs_clock_now (self->clock);
  gint64 start_at = G_MAXINT64;

  if (sender->thread != NULL)
    {
      tell_trouble (report, account, sender->waits_for, is_one_of_many);
      return TRUE;
    }
  if (!find_start (db, sender, account, now, &start_at, error))
    return FALSE;
  if (account->paused_at != 0)
    {
      if (account->is_default || start_at <= now)
        tell_trouble (report, account, account->paused_reason, is_one_of_many);
      return TRUE;
    }
  if (start_at == G_MAXINT64)
    g_clear_pointer (&sender->waits_for, g_free);
  tell_trouble (report, account, sender->waits_for, is_one_of_many);
  if (start_at <= now && !g_cancellable_is_cancelled (self->cancellable))
    start (self, sender, account);
  else
    *next_at = MIN (*next_at, start_at);
  return TRUE;
}

gboolean
rungs_senders_look (RungsSenders       *self,
                    RungsDb            *db,
                    RungsEngineReport  *report,
                    gboolean           *worked,
                    gint64             *next_at,
                    GError            **error)
{
  g_autoptr (GPtrArray) accounts = NULL;

  g_return_val_if_fail (self != NULL && report != NULL, FALSE);
  g_return_val_if_fail (worked != NULL && next_at != NULL, FALSE);

  *next_at = G_MAXINT64;
  g_clear_pointer (&report->trouble, g_free);
  if (!collect (self, FALSE, report, worked, error))
    return FALSE;
  accounts = rungs_account_list (db, error);
  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    if (!look_at (self, db, accounts->pdata[i], accounts->len > 1, report, next_at, error))
      return FALSE;
  return TRUE;
}

gboolean
rungs_senders_are_at_work (RungsSenders *self)
{
  GHashTableIter iter;
  Sender *sender;

  g_return_val_if_fail (self != NULL, FALSE);

  g_hash_table_iter_init (&iter, self->senders);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &sender))
    if (sender->thread != NULL)
      return TRUE;
  return FALSE;
}

/* Under the lock. */
static gboolean
one_has_ended (RungsSenders *self)
{
  GHashTableIter iter;
  Sender *sender;

  g_hash_table_iter_init (&iter, self->senders);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &sender))
    if (sender->thread != NULL && sender->ended)
      return TRUE;
  return FALSE;
}

void
rungs_senders_wait (RungsSenders *self,
                    gint64        milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  while (!one_has_ended (self) && g_cond_wait_until (&self->ended, &self->lock, end))
    continue;
  g_mutex_unlock (&self->lock);
}

void
rungs_senders_stop (RungsSenders *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->cancellable);
}
