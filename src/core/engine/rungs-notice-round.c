/* rungs-notice-round.c: mails staff what they are to be told of. */

#include "engine/rungs-notice-round.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "engine/rungs-sender-route.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-mime.h"
#include "process/rungs-notice-mail-store.h"
#include "process/rungs-notice-store.h"

/* A round, and the mail that it is at. */
typedef struct
{
  RungsDb *db;
  RungsClock *clock;
  GCancellable *cancellable; /* (nullable) */
  RungsBusiness *business;   /* (owned) */
  RungsSenderRoute *route;   /* (owned) (nullable): it was not opened yet */
  RungsNoticeMail *mail;     /* (owned) (nullable): none is due */
  RungsNoticeMailResult result;
  char *words;               /* (owned) (nullable): why it was not taken */
} Round;

static void
round_clear (Round *round)
{
  g_clear_pointer (&round->business, rungs_business_free);
  g_clear_pointer (&round->route, rungs_sender_route_unref);
  g_clear_pointer (&round->mail, rungs_notice_mail_free);
  g_clear_pointer (&round->words, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Round, round_clear)

/* ---- in the file */

static gboolean
recover (RungsDb   *db,
         gpointer   data,
         GError   **error)
{
  return rungs_notice_mail_recover (db, error);
}

static gboolean
claim (RungsDb   *db,
       gpointer   data,
       GError   **error)
{
  Round *round = data;

  g_clear_pointer (&round->mail, rungs_notice_mail_free);
  return rungs_notice_mail_claim (db, rungs_clock_now (round->clock), &round->mail, error);
}

static gboolean
settle (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  Round *round = data;

  return rungs_notice_mail_settle (db, round->mail, round->result, round->words,
                                   rungs_clock_now (round->clock), error);
}

/* ---- sending */

/* The first that can send. */
static const RungsAccount *
choose_account (GPtrArray *accounts)
{
  const RungsAccount *practice = NULL;

  for (guint i = 0; i < accounts->len; i++)
    {
      const RungsAccount *account = accounts->pdata[i];

      if (account->paused_at != 0)
        continue;
      if (account->kind != RUNGS_ACCOUNT_PRACTICE)
        return account;
      if (practice == NULL)
        practice = account;
    }
  return practice;
}

static gboolean
open_route (Round   *round,
            GError **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  const RungsAccount *account;
  RungsSenderRoutePlan plan = { .path = rungs_db_get_path (round->db),
                                .file = round->business->uuid };

  if (round->route != NULL)
    return TRUE;
  accounts = rungs_account_list (round->db, error);
  account = accounts != NULL ? choose_account (accounts) : NULL;
  if (accounts != NULL && account == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                         _ ("No mail account can send at the moment."));
  if (account == NULL)
    return FALSE;
  plan.account = account;
  round->route = rungs_sender_route_open (&plan, round->cancellable, error);
  return round->route != NULL;
}

static GBytes *
compose (Round      *round,
         const char *from_email,
         const char *message_id,
         GError    **error)
{
  const RungsMime mime = {
    .from_name = _ ("Rungs"),
    .from_email = from_email,
    .to_name = "",
    .to_email = round->mail->address,
    .reply_to = "",
    .subject = round->mail->subject,
    .text = round->mail->text,
    .message_id = message_id,
    .date = rungs_clock_now (round->clock),
  };

  return rungs_mime_compose (&mime, error);
}

static RungsNoticeMailResult
judge (RungsDeliveryOutcome outcome)
{
  switch (outcome)
    {
    case RUNGS_DELIVERY_ACCEPTED:
      return RUNGS_NOTICE_MAIL_SENT;
    case RUNGS_DELIVERY_PERMANENT:
      return RUNGS_NOTICE_MAIL_REFUSED;
    case RUNGS_DELIVERY_IN_DOUBT:
      return RUNGS_NOTICE_MAIL_DOUBT;
    case RUNGS_DELIVERY_TEMPORARY:
    case RUNGS_DELIVERY_ACCOUNT_TROUBLE:
    case RUNGS_DELIVERY_CANCELLED:
    default:
      return RUNGS_NOTICE_MAIL_AGAIN;
    }
}

static gboolean
hand_over (Round   *round,
           GError **error)
{
  g_autofree char *to = rungs_email_for_smtp (round->mail->address, error);
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *message_id = NULL;
  const char *from;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (RungsTransport) transport = NULL;
  g_auto (RungsDelivery) delivery = { 0 };

  if (to == NULL || !open_route (round, error))
    return FALSE;
  from = rungs_sender_route_get_from (round->route);
  message_id = g_strconcat (random, strrchr (from, '@'), NULL);
  message = compose (round, from, message_id, error);
  if (message == NULL)
    return FALSE;
  transport = rungs_sender_route_new_transport (round->route);
  rungs_transport_send (transport, &(RungsEnvelope){ from, to, message_id }, message,
                        round->cancellable, &delivery);
  round->result = judge (delivery.outcome);
  round->words = g_strdup (delivery.reply);
  return TRUE;
}

/* What could not even be tried is tried again. */
static void
send_mail (Round *round)
{
  g_autoptr (GError) failure = NULL;

  g_clear_pointer (&round->words, g_free);
  if (hand_over (round, &failure))
    return;
  round->result = g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_INVALID)
                    ? RUNGS_NOTICE_MAIL_REFUSED
                    : RUNGS_NOTICE_MAIL_AGAIN;
  round->words = g_strdup (failure->message);
}

static gboolean
send_due (Round   *round,
          guint   *sent,
          GError **error)
{
  while (!g_cancellable_is_cancelled (round->cancellable))
    {
      if (!rungs_db_write (round->db, claim, round, error))
        return FALSE;
      if (round->mail == NULL)
        return TRUE;
      send_mail (round);
      if (!rungs_db_write (round->db, settle, round, error))
        return FALSE;
      *sent += round->result == RUNGS_NOTICE_MAIL_SENT;
    }
  return TRUE;
}

gboolean
rungs_notice_round (RungsDb       *db,
                    RungsClock    *clock,
                    GCancellable  *cancellable,
                    guint         *sent,
                    gint64        *next_at,
                    GError       **error)
{
  g_auto (Round) round = { .db = db, .clock = clock, .cancellable = cancellable };

  g_return_val_if_fail (sent != NULL && next_at != NULL, FALSE);

  *sent = 0;
  if (!rungs_notice_mail_next_due (db, next_at, error))
    return FALSE;
  if (*next_at > rungs_clock_now (clock))
    return TRUE;
  round.business = rungs_business_load (db, error);
  return round.business != NULL && rungs_db_write (db, recover, NULL, error)
         && send_due (&round, sent, error) && rungs_notice_mail_next_due (db, next_at, error);
}

gboolean
rungs_notice_watch (RungsWatch  *watch,
                    RungsDb     *db,
                    gint64      *next_at,
                    GError     **error)
{
  guint sent = 0;
  gboolean due = FALSE;

  if (!rungs_notices_are_due (db, &due, error))
    return FALSE;
  if (due)
    rungs_watch_tell (watch);
  return rungs_notice_round (db, rungs_watch_get_clock (watch),
                             rungs_watch_get_cancellable (watch), &sent, next_at, error);
}
