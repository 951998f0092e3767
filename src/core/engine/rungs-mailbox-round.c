/* rungs-mailbox-round.c: looks into mailboxes for what came back.
 *
 * A mailbox is a person's too: of each new mail only the headers are read at first, and the mail
 * itself only where they say that it may be about one of our messages. What is none of ours leaves
 * no trace in the file. How far the folder was read is kept as its kind has it; what was taken
 * before is known by its hash, too. */

#include "engine/rungs-mailbox-round.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-access.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-imap-reader.h"
#include "mail/rungs-jmap-reader.h"
#include "mail/rungs-return-store.h"
#include "mail/rungs-secret.h"

/* Bytes of a mail that are read. */
#define MOST_BYTES (2 * 1024 * 1024)

/* One look. */
typedef struct
{
  RungsDb *db;
  RungsClock *clock;
  const RungsMailbox *mailbox;
  GCancellable *cancellable;
  RungsMailboxReport *report;
  RungsMailFolder *folder;
} Look;

/* A mail that was read, or that is none of ours. */
typedef struct
{
  Look *look;
  const char *key; /* (nullable): there was none */
  gboolean is_last;
  GBytes *mail; /* (nullable) */
  RungsReturnTaken taken;
} Finding;

static gboolean
write_finding (RungsDb *db,
               gpointer data,
               GError **error)
{
  Finding *finding = data;
  Look *look = finding->look;

  return (finding->mail == NULL
          || rungs_return_take (db, finding->mail, rungs_clock_now (look->clock), &finding->taken,
                                error))
         && rungs_mail_folder_note (look->folder, db, finding->key, finding->is_last, error);
}

static gboolean
read_mail (Look        *look,
           const char  *key,
           GBytes     **mail,
           GError     **error)
{
  g_autoptr (GBytes) headers
    = rungs_mail_folder_read_headers (look->folder, key, look->cancellable, error);
  g_autoptr (RungsReturn) read = NULL;
  gsize length = 0;
  const char *bytes;
  gboolean wanted = FALSE;

  *mail = NULL;
  if (headers == NULL)
    return FALSE;
  bytes = g_bytes_get_data (headers, &length);
  read = rungs_return_read (bytes, length);
  if (!rungs_return_is_wanted (look->db, read, &wanted, error))
    return FALSE;
  if (!wanted)
    return TRUE;
  *mail = rungs_mail_folder_read_mail (look->folder, key, MOST_BYTES, look->cancellable, error);
  return *mail != NULL;
}

/* `is_last`: of a part. Where a mail is none of ours, how far it was read is only written down
 * at the end. */
static gboolean
look_at (Look        *look,
         const char  *key,
         gboolean     is_last,
         GError     **error)
{
  g_autoptr (GBytes) mail = NULL;
  Finding finding = { .look = look, .key = key, .is_last = is_last };

  if (!read_mail (look, key, &mail, error))
    return FALSE;
  look->report->looked_at++;
  finding.mail = mail;
  if ((mail != NULL || is_last) && !rungs_db_write (look->db, write_finding, &finding, error))
    return FALSE;
  look->report->taken += finding.taken == RUNGS_RETURN_TAKEN;
  look->report->unclear += finding.taken == RUNGS_RETURN_TAKEN_UNCLEAR;
  return TRUE;
}

/* A part of what is new. */
static gboolean
look_through (Look                *look,
              const RungsMailNews *news,
              GError             **error)
{
  const GPtrArray *keys = news->keys;
  Finding nothing = { .look = look, .is_last = TRUE };

  if (keys->len == 0)
    return !news->moved || rungs_db_write (look->db, write_finding, &nothing, error);
  for (guint i = 0; i < keys->len; i++)
    if (!look_at (look, keys->pdata[i], i + 1 == keys->len, error))
      return FALSE;
  return TRUE;
}

static gboolean
look_into (Look    *look,
           GError **error)
{
  gboolean more;

  do
    {
      g_auto (RungsMailNews) news = { 0 };

      if (!rungs_mail_folder_list (look->folder, &news, look->cancellable, error)
          || !look_through (look, &news, error))
        return FALSE;
      more = news.more;
    }
  while (more);
  return TRUE;
}

/* Whether it is not a password of ours that lets one in. */
static gboolean
has_access (const RungsMailbox *mailbox)
{
  return mailbox->auth == RUNGS_SMTP_AUTH_OAUTH || mailbox->auth == RUNGS_SMTP_AUTH_GOA;
}

/* Who signed in to send may read by that, too: then the keyring has it under the mail account. */
static gboolean
find_owner (RungsDb            *db,
            const RungsMailbox *mailbox,
            char              **owner,
            GError            **error)
{
  g_autoptr (GPtrArray) accounts = rungs_account_list (db, error);

  if (accounts == NULL)
    return FALSE;
  *owner = g_strdup (mailbox->uuid);
  for (guint i = 0; i < accounts->len; i++)
    {
      const RungsAccount *account = accounts->pdata[i];

      if (account->auth == RUNGS_SMTP_AUTH_OAUTH
          && g_str_equal (account->provider, mailbox->provider)
          && g_ascii_strcasecmp (account->username, mailbox->username) == 0)
        {
          g_free (*owner);
          *owner = g_strdup (account->uuid);
        }
    }
  return TRUE;
}

static RungsAccess *
new_access (RungsDb            *db,
            const RungsMailbox *mailbox,
            GError            **error)
{
  g_autoptr (RungsBusiness) business = NULL;
  g_autofree char *owner = NULL;

  if (mailbox->auth == RUNGS_SMTP_AUTH_GOA)
    return rungs_access_new_goa (mailbox->username, RUNGS_GOA_READS);
  business = rungs_business_load (db, error);
  if (business == NULL || !find_owner (db, mailbox, &owner, error))
    return NULL;
  return rungs_access_new_oauth (business->uuid, owner, mailbox->provider, NULL, error);
}

static gboolean
connect_and_look (Look       *look,
                  const char *password,
                  GError    **error)
{
  g_autoptr (RungsAccess) access = NULL;
  g_autoptr (RungsMailFolder) folder = NULL;

  if (has_access (look->mailbox) && !(access = new_access (look->db, look->mailbox, error)))
    return FALSE;
  folder = look->mailbox->kind == RUNGS_MAILBOX_JMAP
             ? rungs_jmap_reader_new (look->mailbox, access, password)
             : rungs_imap_reader_new (look->mailbox, access, password);
  look->folder = folder;
  return look_into (look, error);
}

/* What became of a look. */
typedef struct
{
  gint64 mailbox;
  gint64 now;
  const char *trouble;
} Outcome;

static gboolean
write_outcome (RungsDb *db,
               gpointer data,
               GError **error)
{
  const Outcome *outcome = data;

  return rungs_mailbox_note_look (db, outcome->mailbox, outcome->now, outcome->trouble, error);
}

static gboolean
note_outcome (RungsDb            *db,
              RungsClock         *clock,
              const RungsMailbox *mailbox,
              const GError       *failure,
              GError            **error)
{
  Outcome outcome = { .mailbox = mailbox->id,
                      .now = rungs_clock_now (clock),
                      .trouble = failure ? failure->message : "" };

  return rungs_db_write (db, write_outcome, &outcome, error);
}

gboolean
rungs_mailbox_round (RungsDb            *db,
                     RungsClock         *clock,
                     const RungsMailbox *mailbox,
                     const char         *password,
                     GCancellable       *cancellable,
                     RungsMailboxReport *report,
                     GError            **error)
{
  Look look = { .db = db, .clock = clock, .mailbox = mailbox, .cancellable = cancellable,
                .report = report };
  GError *failure = NULL;

  g_return_val_if_fail (report != NULL, FALSE);

  if (connect_and_look (&look, password, &failure))
    return note_outcome (db, clock, mailbox, NULL, error);
  if (!rungs_error_is_cancelled (failure))
    note_outcome (db, clock, mailbox, failure, NULL);
  g_propagate_error (error, failure);
  return FALSE;
}

/* ---- all of them */

static gint64
get_due (const RungsMailbox *mailbox)
{
  return mailbox->looked_at == 0 ? 0 : mailbox->looked_at + mailbox->minutes * RUNGS_MINUTE;
}

static gboolean
is_of_file (const GError *error)
{
  return error->domain == RUNGS_ERROR
         && (error->code == RUNGS_ERROR_DAMAGED || error->code == RUNGS_ERROR_BUSY);
}

/* Whether this program can read such a mailbox. */
static gboolean
check_kind (const RungsMailbox *mailbox,
            GError            **error)
{
  if (mailbox->kind == RUNGS_MAILBOX_IMAP || mailbox->auth != RUNGS_SMTP_AUTH_GOA)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("This Rungs cannot read a mailbox of this kind."));
  return FALSE;
}

/* Trouble with the mailbox is written down with it; only trouble with the file is an error. */
static gboolean
work_off_one (RungsDb            *db,
              RungsClock         *clock,
              const char         *file,
              const RungsMailbox *mailbox,
              GCancellable       *cancellable,
              RungsMailboxReport *report,
              GError            **error)
{
  g_autoptr (GError) failure = NULL;
  char *password = NULL;
  gboolean done;

  if (!check_kind (mailbox, &failure))
    return note_outcome (db, clock, mailbox, failure, error);
  if (!has_access (mailbox))
    password
        = rungs_secret_lookup (file, mailbox->uuid, RUNGS_SECRET_TIMEOUT, cancellable, &failure);
  if (failure != NULL)
    return rungs_error_is_cancelled (failure)
           || note_outcome (db, clock, mailbox, failure, error);
  done = rungs_mailbox_round (db, clock, mailbox, password, cancellable, report, &failure);
  rungs_secret_free (password);
  if (done || !is_of_file (failure))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
rungs_mailboxes_work_off (RungsDb            *db,
                          RungsClock         *clock,
                          GCancellable       *cancellable,
                          RungsMailboxReport *report,
                          gint64             *next_at,
                          GError            **error)
{
  g_autoptr (GPtrArray) mailboxes = rungs_mailbox_list (db, error);
  g_autoptr (RungsBusiness) business = mailboxes ? rungs_business_load (db, error) : NULL;

  g_return_val_if_fail (next_at != NULL, FALSE);

  *next_at = G_MAXINT64;
  if (business == NULL)
    return FALSE;
  for (guint i = 0; i < mailboxes->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const RungsMailbox *mailbox = mailboxes->pdata[i];
      gint64 now = rungs_clock_now (clock);
      gint64 due = get_due (mailbox);

      if (due > now && due - now <= mailbox->minutes * RUNGS_MINUTE)
        {
          *next_at = MIN (*next_at, due);
          continue;
        }
      if (!work_off_one (db, clock, business->uuid, mailbox, cancellable, report, error))
        return FALSE;
      *next_at = MIN (*next_at, now + mailbox->minutes * RUNGS_MINUTE);
    }
  return TRUE;
}
