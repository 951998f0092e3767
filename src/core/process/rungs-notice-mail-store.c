/* rungs-notice-mail-store.c: mail that tells staff of new leads. */

#include "process/rungs-notice-mail-store.h"

#include <glib/gi18n.h>

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "process/rungs-notice-words.h"

/* Milliseconds after the first, second, … failure; the last one again and again. */
static const gint64 AGAIN_AFTER[] = { 1 * RUNGS_MINUTE, 5 * RUNGS_MINUTE, 15 * RUNGS_MINUTE,
                                      60 * RUNGS_MINUTE };

#define IS_FOR_ADDRESS                                                                             \
  "n.id > a.told AND n.mail <> ''"                                                                 \
  " AND instr (char (10) || n.mail || char (10), char (10) || a.address || char (10)) > 0"

static const char SQL_RECOVER[]
    = "UPDATE notice_address SET told = claimed, claimed = NULL, trouble = :words"
      " WHERE claimed IS NOT NULL";

static const char SQL_NEXT[]
    = "SELECT min (a.again_at) FROM notice_address a"
      " WHERE a.claimed IS NULL AND EXISTS (SELECT 1 FROM notice n WHERE " IS_FOR_ADDRESS ")";

static const char SQL_FIND[]
    = "SELECT a.address FROM notice_address a"
      " WHERE a.claimed IS NULL AND a.again_at <= :now"
      "   AND EXISTS (SELECT 1 FROM notice n WHERE " IS_FOR_ADDRESS ")"
      " ORDER BY a.again_at, a.address LIMIT 1";

static const char SQL_LEADS[]
    = "SELECT n.lead, n.id FROM notice_address a JOIN notice n ON " IS_FOR_ADDRESS
      " WHERE a.address = :address ORDER BY n.id";

static const char SQL_CLAIM[]
    = "UPDATE notice_address SET claimed = :until WHERE address = :address";

static const char SQL_TOLD[]
    = "UPDATE notice_address"
      "   SET told = :until, claimed = NULL, again_at = :again_at, tries = 0, trouble = :words,"
      "       sent_at = coalesce (:sent_at, sent_at)"
      " WHERE address = :address";

static const char SQL_FAILED[]
    = "UPDATE notice_address"
      "   SET claimed = NULL, again_at = :again_at, tries = tries + 1, trouble = :words"
      " WHERE address = :address";

static const char SQL_TRIES[] = "SELECT tries FROM notice_address WHERE address = :address";

static const char SQL_LIST[]
    = "SELECT a.address, (SELECT count (*) FROM notice n WHERE " IS_FOR_ADDRESS "),"
      "       coalesce (a.sent_at, 0), a.trouble"
      "  FROM notice_address a ORDER BY a.address";

void
rungs_notice_mail_free (RungsNoticeMail *self)
{
  g_free (self->address);
  g_free (self->subject);
  g_free (self->text);
  g_free (self);
}

void
rungs_notice_address_free (RungsNoticeAddress *self)
{
  g_free (self->address);
  g_free (self->trouble);
  g_free (self);
}

gboolean
rungs_notice_mail_recover (RungsDb  *db,
                           GError  **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_RECOVER, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_text (update, ":words",
                             _ ("Rungs ended while the last one was sent: it may have arrived."));
  return rungs_statement_run (update, error);
}

gboolean
rungs_notice_mail_next_due (RungsDb  *db,
                            gint64   *next_at,
                            GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NEXT, error);

  *next_at = G_MAXINT64;
  if (query == NULL)
    return FALSE;
  if (rungs_statement_step (query, error) == RUNGS_ROW && !rungs_statement_is_null (query, 0))
    *next_at = rungs_statement_get_int64 (query, 0);
  rungs_statement_reset (query);
  return TRUE;
}

/* ---- claiming */

static gboolean
find_address (RungsDb  *db,
              gint64    now,
              char    **address,
              GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":now", now);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    *address = rungs_statement_dup_text (query, 0);
  rungs_statement_reset (query);
  return step != RUNGS_FAILED;
}

/* The leads that it tells of, and the last of its notices. */
static GArray *
list_leads (RungsDb          *db,
            RungsNoticeMail  *mail,
            GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LEADS, error);
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":address", mail->address);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 lead = rungs_statement_get_int64 (query, 0);

      g_array_append_val (leads, lead);
      mail->until = rungs_statement_get_int64 (query, 1);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&leads) : NULL;
}

static gboolean
mark_claimed (RungsDb                *db,
              const RungsNoticeMail  *mail,
              GError                **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_CLAIM, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_text (update, ":address", mail->address);
  rungs_statement_bind_int64 (update, ":until", mail->until);
  return rungs_statement_run (update, error);
}

gboolean
rungs_notice_mail_claim (RungsDb          *db,
                         gint64            now,
                         RungsNoticeMail **mail,
                         GError          **error)
{
  g_autoptr (RungsNoticeMail) found = g_new0 (RungsNoticeMail, 1);
  g_autoptr (GArray) leads = NULL;

  g_return_val_if_fail (mail != NULL, FALSE);

  *mail = NULL;
  if (!find_address (db, now, &found->address, error))
    return FALSE;
  if (found->address == NULL)
    return TRUE;
  leads = list_leads (db, found, error);
  if (leads == NULL
      || !rungs_notice_words (db, leads, &found->subject, &found->text, error)
      || !mark_claimed (db, found, error))
    return FALSE;
  found->leads = leads->len;
  *mail = g_steal_pointer (&found);
  return TRUE;
}

/* ---- settling */

static gboolean
settle_as_told (RungsDb                *db,
                const RungsNoticeMail  *mail,
                gboolean                sent,
                const char             *words,
                gint64                  now,
                GError                **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_TOLD, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_text (update, ":address", mail->address);
  rungs_statement_bind_int64 (update, ":until", mail->until);
  rungs_statement_bind_int64 (update, ":again_at", now + RUNGS_NOTICE_MAIL_EVERY);
  rungs_statement_bind_id (update, ":sent_at", sent ? now : 0);
  rungs_statement_bind_text (update, ":words", words);
  return rungs_statement_run (update, error);
}

static gboolean
settle_as_failed (RungsDb                *db,
                  const RungsNoticeMail  *mail,
                  const char             *words,
                  gint64                  now,
                  GError                **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TRIES, error);
  g_autoptr (RungsStatement) update = query ? rungs_db_prepare (db, SQL_FAILED, error) : NULL;
  gint64 tries = 0;

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":address", mail->address);
  if (!rungs_statement_get_number (query, 0, &tries, error))
    return FALSE;
  tries = CLAMP (tries, 0, (gint64) G_N_ELEMENTS (AGAIN_AFTER) - 1);
  rungs_statement_bind_text (update, ":address", mail->address);
  rungs_statement_bind_int64 (update, ":again_at", now + AGAIN_AFTER[tries]);
  rungs_statement_bind_text (update, ":words", words);
  return rungs_statement_run (update, error);
}

gboolean
rungs_notice_mail_settle (RungsDb                *db,
                          const RungsNoticeMail  *mail,
                          RungsNoticeMailResult   result,
                          const char             *words,
                          gint64                  now,
                          GError                **error)
{
  g_return_val_if_fail (mail != NULL, FALSE);

  if (words == NULL || result == RUNGS_NOTICE_MAIL_SENT)
    words = "";
  if (result == RUNGS_NOTICE_MAIL_AGAIN)
    return settle_as_failed (db, mail, words, now, error);
  return settle_as_told (db, mail, result == RUNGS_NOTICE_MAIL_SENT, words, now, error);
}

static gpointer
read_address (RungsStatement *row)
{
  RungsNoticeAddress *self = g_new0 (RungsNoticeAddress, 1);

  self->address = rungs_statement_dup_text (row, 0);
  self->waiting = rungs_statement_get_int64 (row, 1);
  self->sent_at = rungs_statement_get_int64 (row, 2);
  self->trouble = rungs_statement_dup_text (row, 3);
  return self;
}

GPtrArray *
rungs_notice_address_list (RungsDb  *db,
                           GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, read_address, (GDestroyNotify) rungs_notice_address_free, error);
}
