/* rungs-relay-round.c: takes what waits at the relay, and does what it says.
 *
 * While somebody watches, a request waits at the relay for the next delivery, so that a lead is
 * here within a moment. What the relay is to answer for is told to it at the beginning, and when
 * another connection has written to the file. */

#include "engine/rungs-relay-round.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "engine/rungs-relay-here.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-link-key-store.h"
#include "mail/rungs-secret.h"
#include "partners/rungs-partner-page-store.h"
#include "web/rungs-web-clicks.h"
#include "web/rungs-web-keys.h"
#include "web/rungs-web-relay-mail.h"

/* So long a request waits at the relay: then an endpoint that is new is told. */
#define WAIT_SECONDS 10
#define AGAIN_AFTER (1 * RUNGS_MINUTE)
#define HERE_AGAIN_AFTER (2 * RUNGS_SECOND)
#define NOTED_EVERY (5 * RUNGS_MINUTE)
#define PAGES_EVERY (10 * RUNGS_MINUTE)

/* A look, and those that follow it over the same line. */
typedef struct
{
  RungsDb *db;
  RungsClock *clock;
  GCancellable *cancellable; /* (nullable) */
  RungsWebRelay *relay;      /* (owned) */
  RungsRelayHere *here;      /* (owned) (nullable): where it is our own computer's */
  RungsWebRelayLine *line;   /* (owned) */
  RungsWebKeyring *keyring;  /* (owned) */
  char *file;                /* (owned): uuid of the business */
  gint64 password_of;        /* account; 0: there is none */
  char *password;            /* (owned) (nullable) */
  gint64 password_at;        /* when it was looked up */
  gboolean by_hand;          /* the engine may run elsewhere */
  gboolean applied;          /* what somebody before us took, and did not come to do */
  gint64 judge_at;           /* when a click can be judged */
  gint64 pages_at;           /* when the pages of partners were looked through; 0: not yet */
} Look;

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->here, rungs_relay_here_stop);
  g_clear_pointer (&look->relay, rungs_web_relay_free);
  g_clear_pointer (&look->line, rungs_web_relay_line_free);
  g_clear_pointer (&look->keyring, rungs_web_keyring_free);
  g_clear_pointer (&look->file, g_free);
  g_clear_pointer (&look->password, rungs_secret_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

typedef struct
{
  const char *uuid;
  const char *address;
} Move;

static gboolean
write_move (RungsDb *db,
            gpointer data,
            GError **error)
{
  const Move *move = data;

  return rungs_web_relay_move (db, move->uuid, move->address, error);
}

/* Starts the relay of this computer; where that is in another network now, it moves. */
static gboolean
start_here (Look       *look,
            const char *file,
            GError    **error)
{
  RungsWebRelay *relay = look->relay;
  g_autofree char *moved = rungs_relay_here_dup_moved (relay);
  Move move = { relay->uuid, moved };

  if (moved != NULL && !rungs_db_write (look->db, write_move, &move, error))
    return FALSE;
  if (moved != NULL)
    {
      g_free (relay->address);
      relay->address = g_steal_pointer (&moved);
    }
  look->here = rungs_relay_here_start (file, relay, look->cancellable, error);
  return look->here != NULL;
}

static gboolean
ensure_key (RungsDb *db,
            gpointer data,
            GError **error)
{
  return rungs_link_key_ensure (db, *(gint64 *) data, error);
}

/* One that was paired by an earlier release has nothing yet to sign links with. */
static gboolean
ensure_links (Look    *look,
              GError **error)
{
  g_autoptr (GPtrArray) keys = rungs_link_keys_load (look->db, error);
  gint64 now = rungs_clock_now (look->clock);

  return keys != NULL
         && (keys->len > 0 || rungs_db_write (look->db, ensure_key, &now, error));
}

static gboolean
open_line (Look    *look,
           GError **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (look->db, error);
  char *key;

  if (business == NULL || !ensure_links (look, error))
    return FALSE;
  if (look->relay->place != RUNGS_RELAY_ELSEWHERE
      && !start_here (look, business->uuid, look->by_hand ? NULL : error) && !look->by_hand)
    return FALSE; /* by hand: it runs already, or asking tells what is wrong */
  key = rungs_secret_lookup (business->uuid, look->relay->uuid, RUNGS_SECRET_TIMEOUT,
                             look->cancellable, error);
  if (key == NULL)
    return FALSE;
  look->line = rungs_web_relay_line_new (look->relay, key);
  look->keyring = rungs_web_keyring_new (business->uuid, NULL);
  look->file = g_strdup (business->uuid);
  rungs_secret_free (key);
  return TRUE;
}

/* ---- by what the relay sends */

/* Whether the password of the account is at hand; it is looked up again now and then. */
static gboolean
ensure_password (Look               *look,
                 const RungsAccount *account)
{
  gint64 now = rungs_clock_now (look->clock);

  if (look->password_of == account->id && now - look->password_at < RUNGS_MINUTE
      && look->password != NULL)
    return TRUE;
  g_clear_pointer (&look->password, rungs_secret_free);
  look->password_of = account->id;
  look->password_at = now;
  look->password = account->auth == RUNGS_SMTP_AUTH_NONE
                     ? g_strdup ("")
                     : rungs_secret_lookup (look->file, account->uuid, RUNGS_SECRET_TIMEOUT,
                                            look->cancellable, NULL);
  return look->password != NULL;
}

/* Where the keyring gives no password now, the relay keeps what it has. */
static gboolean
prepare_mail (Look    *look,
              GError **error)
{
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (look->db, error);
  g_autoptr (RungsAccount) account = NULL;
  char *mail = NULL;

  if (relay == NULL)
    return FALSE;
  if (relay->mail_account != 0)
    account = rungs_account_load (look->db, relay->mail_account, NULL);
  if (account == NULL || !rungs_web_relay_may_send_by (relay, account, NULL))
    mail = g_strdup ("");
  else if (ensure_password (look, account))
    mail = rungs_web_relay_mail_dup (relay, account, look->password);
  rungs_web_relay_line_set_mail (look->line, mail);
  look->relay->mail_is_there = relay->mail_is_there;
  return TRUE;
}

typedef struct
{
  const char *uuid;
  gboolean is_there;
} MailThere;

static gboolean
write_mail_there (RungsDb *db,
                  gpointer data,
                  GError **error)
{
  const MailThere *there = data;

  return rungs_web_relay_note_mail (db, there->uuid, there->is_there, error);
}

/* What stands on the pages of partners is looked up now and then; one that the owner has just asked
 * for was made by who asked. */
static gboolean
refresh_pages (Look    *look,
               GError **error)
{
  gint64 now = rungs_clock_now (look->clock);

  if (look->pages_at != 0 && ABS (now - look->pages_at) < PAGES_EVERY)
    return TRUE;
  look->pages_at = now;
  return rungs_partner_pages_refresh (look->db, now, error);
}

static gboolean
greet (Look                *look,
       RungsWebRelayHealth *health,
       GError             **error)
{
  MailThere there = { look->relay->uuid, FALSE };

  if (!prepare_mail (look, error) || !refresh_pages (look, error)
      || !rungs_web_relay_line_greet (look->line, look->db, look->cancellable, health, error))
    return FALSE;
  if (health->has_partners
      && !rungs_partner_pages_note_put (look->db, rungs_clock_now (look->clock), error))
    return FALSE;
  there.is_there = health->has_mail;
  return there.is_there == look->relay->mail_is_there
         || rungs_db_write (look->db, write_mail_there, &there, error);
}

/* What was taken before something broke off is done all the same. */
static gboolean
take_and_apply (Look             *look,
                guint             wait,
                RungsRelayReport *report,
                GError          **error)
{
  RungsWebKeys keys = rungs_web_keyring_get_keys (look->keyring);
  GError *failure = NULL;
  gboolean done;

  done = rungs_web_relay_line_take (look->line, look->db, look->clock, wait, look->cancellable,
                                    &report->taken, error);
  if (report->taken == 0 && look->applied && look->judge_at > rungs_clock_now (look->clock))
    return done;
  look->applied = TRUE;
  if (rungs_web_apply_all (look->db, &keys, rungs_clock_now (look->clock), &report->result,
                           &failure)
      && rungs_web_clicks_next (look->db, &look->judge_at, &failure))
    return done;
  if (done)
    g_propagate_error (error, failure);
  else
    g_error_free (failure); /* what went wrong first is told */
  return FALSE;
}

/* ---- what the file remembers of it */

typedef struct
{
  const char *uuid;
  gint64 now;
  const char *trouble;
} Outcome;

static gboolean
write_outcome (RungsDb *db,
               gpointer data,
               GError **error)
{
  const Outcome *outcome = data;

  return rungs_web_relay_note_look (db, outcome->uuid, outcome->now, outcome->trouble, error);
}

/* `failure` (nullable). A look that went as the one before is noted now and then only. */
static gboolean
note_look (Look         *look,
           const GError *failure,
           GError      **error)
{
  RungsWebRelay *relay = look->relay;
  Outcome outcome = { relay->uuid, rungs_clock_now (look->clock),
                      failure != NULL ? failure->message : "" };

  if (g_str_equal (relay->trouble, outcome.trouble)
      && outcome.now - relay->looked_at < NOTED_EVERY)
    return TRUE;
  if (!rungs_db_write (look->db, write_outcome, &outcome, error))
    return FALSE;
  g_free (relay->trouble);
  relay->trouble = g_strdup (outcome.trouble);
  relay->looked_at = outcome.now;
  return TRUE;
}

gboolean
rungs_relay_round (RungsDb             *db,
                   RungsClock          *clock,
                   GCancellable        *cancellable,
                   RungsWebRelayHealth *health,
                   RungsRelayReport    *report,
                   GError             **error)
{
  g_auto (Look) look = { .db = db, .clock = clock, .cancellable = cancellable };
  GError *failure = NULL;

  g_return_val_if_fail (report != NULL, FALSE);

  look.relay = rungs_web_relay_load (db, error);
  if (look.relay == NULL)
    return FALSE;
  look.relay->looked_at = 0; /* who asks by hand is told when that was */
  look.by_hand = TRUE;
  if (open_line (&look, &failure)
      && greet (&look, health, &failure)
      && take_and_apply (&look, 0, report, &failure))
    return note_look (&look, NULL, error);
  note_look (&look, failure, NULL);
  g_propagate_error (error, failure);
  return FALSE;
}

/* ---- watching */

static gboolean
is_of_file (const GError *error)
{
  return g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_BUSY)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_FAILED);
}

/* Whether the relay is the one that we speak with. Errors: NOT_FOUND where there is none any
 * more. */
static gboolean
is_ours (Look     *look,
         gboolean *ours,
         GError  **error)
{
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (look->db, error);

  *ours = relay != NULL && relay->paired_at == look->relay->paired_at
          && g_str_equal (relay->uuid, look->relay->uuid);
  return relay != NULL;
}

/* How long to wait for the next delivery: a click is judged in time. */
static guint
get_wait (const Look *look)
{
  gint64 until = look->judge_at - rungs_clock_now (look->clock);

  return (guint) CLAMP (until / 1000 + 1, 0, WAIT_SECONDS);
}

/* Until something fails, it is stopped, or it is another relay's turn. */
static gboolean
follow (Look       *look,
        RungsWatch *watch,
        GError    **error)
{
  gint64 version = -1;
  gboolean ours = TRUE;

  while (!g_cancellable_is_cancelled (look->cancellable))
    {
      RungsRelayReport report = { 0 };
      g_auto (RungsWebRelayHealth) health = { 0 };
      gint64 now = rungs_db_get_data_version (look->db);

      if (version != now && !is_ours (look, &ours, error))
        return FALSE;
      if (!ours)
        return TRUE;
      if (version != now
          && (!greet (look, &health, error)
              || !note_look (look, NULL, error)))
        return FALSE;
      version = now;
      if (!take_and_apply (look, get_wait (look), &report, error) || !note_look (look, NULL, error))
        return FALSE;
      if (report.taken > 0)
        rungs_watch_tell (watch);
    }
  return TRUE;
}

gboolean
rungs_relay_watch (RungsWatch *watch,
                   RungsDb    *db,
                   gint64     *next_at,
                   GError    **error)
{
  g_auto (Look) look = { .db = db, .clock = rungs_watch_get_clock (watch),
                         .cancellable = rungs_watch_get_cancellable (watch) };
  g_autoptr (GError) failure = NULL;

  *next_at = 0;
  look.relay = rungs_web_relay_load (db, &failure);
  if (look.relay != NULL && open_line (&look, &failure) && follow (&look, watch, &failure))
    return TRUE;
  *next_at = G_MAXINT64;
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND)
      || rungs_error_is_cancelled (failure))
    return TRUE;
  *next_at = rungs_clock_now (look.clock)
             + (look.here != NULL ? HERE_AGAIN_AFTER : AGAIN_AFTER);
  if (look.relay != NULL && !is_of_file (failure))
    return note_look (&look, failure, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
