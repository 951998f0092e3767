/* rungs-provider-round.c: asks providers what became of mail. */

#include "engine/rungs-provider-round.h"

#include "base/rungs-error.h"
#include "engine/rungs-doubt-round.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-account-provider.h"
#include "mail/rungs-account-pull-store.h"
#include "mail/rungs-event-pull.h"
#include "mail/rungs-return-store.h"
#include "mail/rungs-secret.h"

/* One look at one account. */
typedef struct
{
  RungsDb *db;
  RungsClock *clock;
  const RungsAccount *account;
  RungsProvider *provider; /* (owned) */
  JsonObject *options;     /* (owned) */
  const char *key;
  RungsHttpLine *line; /* (owned) */
  GCancellable *cancellable;
  RungsMailboxReport *report;
} Look;

static void
look_clear (Look *self)
{
  g_clear_pointer (&self->provider, rungs_provider_unref);
  g_clear_pointer (&self->options, json_object_unref);
  g_clear_pointer (&self->line, rungs_http_line_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/* ---- what is written */

typedef struct
{
  const Look *look;
  const RungsPulledEvent *event;
  RungsReturnTaken taken;
} Telling;

static gboolean
write_telling (RungsDb  *db,
               gpointer  data,
               GError  **error)
{
  Telling *telling = data;
  const RungsPulledEvent *event = telling->event;
  RungsReturnTold told = { .kind = event->kind,
                           .source = rungs_provider_get_key (telling->look->provider),
                           .event = event->event,
                           .message = event->message,
                           .email = event->email,
                           .words = event->words,
                           .at = event->at };

  return rungs_return_take_told (db, &told, rungs_clock_now (telling->look->clock),
                                 &telling->taken, error);
}

static gboolean
take_events (Look       *self,
             GPtrArray  *events,
             GError    **error)
{
  for (guint i = 0; i < events->len; i++)
    {
      Telling telling = { .look = self, .event = events->pdata[i] };

      if (!rungs_db_write (self->db, write_telling, &telling, error))
        return FALSE;
      self->report->looked_at++;
      self->report->taken += telling.taken == RUNGS_RETURN_TAKEN;
    }
  return TRUE;
}

typedef struct
{
  gint64 account;
  const RungsAccountPull *pull;
} Outcome;

static gboolean
write_outcome (RungsDb  *db,
               gpointer  data,
               GError  **error)
{
  Outcome *outcome = data;

  return rungs_account_pull_save (db, outcome->account, outcome->pull, error);
}

static gboolean
save (Look                   *self,
      const RungsAccountPull *pull,
      GError                **error)
{
  Outcome outcome = { self->account->id, pull };

  return rungs_db_write (self->db, write_outcome, &outcome, error);
}

/* ---- asking */

/* What is heard for the first time begins with the account. */
static GPtrArray *
ask (Look                   *self,
     const RungsAccountPull *pull,
     gint64                  now,
     gint64                 *wait,
     GError                **error)
{
  const RungsEventPull question = { .provider = self->provider,
                                    .options = self->options,
                                    .key = self->key,
                                    .name = pull->name,
                                    .since = pull->since != 0 ? pull->since
                                                              : self->account->created_at,
                                    .now = now };

  return rungs_event_pull_ask (&question, self->line, self->cancellable, wait, error);
}

static void
note_trouble (RungsAccountPull *pull,
              const char       *words)
{
  g_free (pull->trouble);
  pull->trouble = g_strdup (words);
}

static gboolean
look_at (Look              *self,
         RungsAccountPull  *pull,
         GError           **error)
{
  gint64 now = rungs_clock_now (self->clock), wait = 0;
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GPtrArray) events = ask (self, pull, now, &wait, &trouble);

  if (rungs_error_is_cancelled (trouble))
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  if (events != NULL && !take_events (self, events, error))
    return FALSE;
  pull->looked_at = now;
  pull->wait_until = wait > 0 ? now + wait : 0;
  if (events != NULL)
    pull->since = now;
  note_trouble (pull, trouble ? trouble->message : "");
  return save (self, pull, error);
}

static gint64
get_due (const Look             *self,
         const RungsAccountPull *pull)
{
  gint64 due = pull->looked_at != 0
                 ? pull->looked_at + rungs_event_pull_get_pause (self->provider)
                 : 0;

  return MAX (due, pull->wait_until);
}

/* A clock that was set back does not keep it from being asked. */
static gboolean
is_due (const Look             *self,
        const RungsAccountPull *pull,
        gint64                  now)
{
  gint64 due = get_due (self, pull);

  return due <= now || (pull->looked_at > now && pull->wait_until <= now);
}

static gboolean
look_at_all (Look      *self,
             gboolean   only_due,
             gint64    *next_at,
             GError   **error)
{
  g_auto (GStrv) names = rungs_event_pull_list (self->provider);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (RungsAccountPull) pull
        = rungs_account_pull_load (self->db, self->account->id, names[i], error);

      if (pull == NULL)
        return FALSE;
      if ((!only_due || is_due (self, pull, rungs_clock_now (self->clock)))
          && !look_at (self, pull, error))
        return FALSE;
      *next_at = MIN (*next_at, get_due (self, pull));
    }
  return TRUE;
}

gboolean
rungs_provider_round (RungsDb             *db,
                      RungsClock          *clock,
                      const RungsAccount  *account,
                      const char          *key,
                      gboolean             only_due,
                      GCancellable        *cancellable,
                      RungsMailboxReport  *report,
                      gint64              *next_at,
                      GError             **error)
{
  g_auto (Look) look = { .db = db,
                         .clock = clock,
                         .account = account,
                         .key = key,
                         .cancellable = cancellable,
                         .report = report };

  g_return_val_if_fail (account != NULL && key != NULL, FALSE);
  g_return_val_if_fail (report != NULL && next_at != NULL, FALSE);

  *next_at = G_MAXINT64;
  look.provider = rungs_account_load_provider (account, &look.options, error);
  if (look.provider == NULL)
    return FALSE;
  look.line = rungs_http_line_new (account->ca_file);
  return look_at_all (&look, only_due, next_at, error);
}

/* ---- all of them */

/* Whether one of its questions is due; `next_at` as above. */
static gboolean
find_due (RungsDb            *db,
          gint64              now,
          const RungsAccount *account,
          gboolean           *due,
          gint64             *next_at,
          GError            **error)
{
  g_auto (Look) look = { .db = db, .account = account };
  g_auto (GStrv) names = NULL;

  look.provider = rungs_account_load_provider (account, &look.options, NULL);
  names = look.provider ? rungs_event_pull_list (look.provider) : NULL;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (RungsAccountPull) pull
        = rungs_account_pull_load (db, account->id, names[i], error);

      if (pull == NULL)
        return FALSE;
      *due |= is_due (&look, pull, now);
      *next_at = MIN (*next_at, get_due (&look, pull));
    }
  return TRUE;
}

/* Without the key nothing is asked; sending says that it is missing. */
static gboolean
work_off_one (RungsDb             *db,
              RungsClock          *clock,
              const char          *file,
              const RungsAccount  *account,
              GCancellable        *cancellable,
              RungsMailboxReport  *report,
              gint64              *next_at,
              GError             **error)
{
  gint64 now = rungs_clock_now (clock), next = G_MAXINT64;
  gboolean due = FALSE, done;
  char *key;

  if (!find_due (db, now, account, &due, next_at, error))
    return FALSE;
  if (!due)
    return TRUE;
  key = rungs_secret_lookup (file, account->uuid, RUNGS_SECRET_TIMEOUT, cancellable, NULL);
  *next_at = MAX (*next_at, now + 5 * RUNGS_MINUTE);
  if (key == NULL)
    return TRUE;
  done = rungs_provider_round (db, clock, account, key, TRUE, cancellable, report, &next, error);
  rungs_secret_free (key);
  *next_at = next;
  return done;
}

gboolean
rungs_providers_work_off (RungsDb             *db,
                          RungsClock          *clock,
                          GCancellable        *cancellable,
                          RungsMailboxReport  *report,
                          gint64              *next_at,
                          GError             **error)
{
  g_autoptr (GPtrArray) accounts = rungs_account_list (db, error);
  g_autoptr (RungsBusiness) business = accounts ? rungs_business_load (db, error) : NULL;

  g_return_val_if_fail (next_at != NULL, FALSE);

  *next_at = G_MAXINT64;
  if (business == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const RungsAccount *account = accounts->pdata[i];
      gint64 next = G_MAXINT64;
      g_autoptr (GError) trouble = NULL;

      if (account->kind == RUNGS_ACCOUNT_HTTP
          && !work_off_one (db, clock, business->uuid, account, cancellable, report, &next,
                            &trouble)
          && !rungs_error_is_cancelled (trouble))
        {
          g_propagate_error (error, g_steal_pointer (&trouble));
          return FALSE;
        }
      *next_at = MIN (*next_at, next);
    }
  return TRUE;
}

gboolean
rungs_returns_work_off (RungsDb             *db,
                        RungsClock          *clock,
                        GCancellable        *cancellable,
                        RungsMailboxReport  *report,
                        gint64              *next_at,
                        GError             **error)
{
  gint64 mailboxes_at = G_MAXINT64, providers_at = G_MAXINT64, doubts_at = G_MAXINT64;

  g_return_val_if_fail (next_at != NULL, FALSE);

  if (!rungs_mailboxes_work_off (db, clock, cancellable, report, &mailboxes_at, error)
      || !rungs_providers_work_off (db, clock, cancellable, report, &providers_at, error)
      || !rungs_doubts_work_off (db, clock, cancellable, report, &doubts_at, error))
    return FALSE;
  *next_at = MIN (MIN (mailboxes_at, providers_at), doubts_at);
  return TRUE;
}
