/* rungs-partner-status-store.c: keeps what was said of whether a partner earns. */

#include "partners/rungs-partner-status-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-names.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"

static const char *const STATUSES[] = { "applied", "active", "paused", "ended" };

/* Never before the word before it, whatever the clock says. */
static const char SQL_SAY[]
    = "INSERT INTO partner_status (partner, status, at, said_at, why)"
      " SELECT :id, :status,"
      "        CASE WHEN :status = 'applied' THEN 0"
      "             ELSE max (:now, coalesce ((SELECT max (at) FROM partner_status"
      "                                         WHERE partner = :id), :now)) END,"
      "        :now, :why";

static const char SQL_DROP_NEWEST[]
    = "DELETE FROM partner_status WHERE id = (SELECT id FROM partner_status WHERE partner = :id"
      "                                        ORDER BY at DESC, id DESC LIMIT 1)";

/* What the newest word says, or nobody's. */
#define NEWEST(column)                                                                             \
  "(SELECT " column " FROM partner_status w WHERE w.partner = :id"                                 \
  "  ORDER BY w.at DESC, w.id DESC LIMIT 1)"

static const char SQL_FOLLOW[]
    = "UPDATE partner SET status = coalesce (" NEWEST ("w.status") ", 'active'),"
      "       ended_at = " NEWEST ("CASE WHEN w.status = 'ended' THEN w.at END") ","
      "       updated_at = :now WHERE id = :id";

static const char SQL_WORDS[]
    = "SELECT status, at, said_at, why FROM partner_status WHERE partner = :id"
      " ORDER BY at DESC, id DESC";

const char *
rungs_partner_status_to_text (RungsPartnerStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (STATUSES), STATUSES[RUNGS_PARTNER_ACTIVE]);

  return STATUSES[status];
}

gboolean
rungs_partner_status_from_text (const char         *text,
                                RungsPartnerStatus *status)
{
  return rungs_names_find (STATUSES, G_N_ELEMENTS (STATUSES), text, status);
}

void
rungs_partner_word_free (RungsPartnerWord *self)
{
  g_free (self->why);
  g_free (self);
}

static gboolean
may_be (const RungsPartner  *partner,
        RungsPartnerStatus   status,
        GError             **error)
{
  if (partner->status == status)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                         _ ("the partner is that already"));
  else if (status == RUNGS_PARTNER_APPLIED)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("who is a partner already does not apply any more: pause the partner"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
say (RungsDb             *db,
     gint64               partner,
     RungsPartnerStatus   status,
     const char          *why,
     gint64               now,
     GError             **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_SAY, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":id", partner);
  rungs_statement_bind_text (insert, ":status", rungs_partner_status_to_text (status));
  rungs_statement_bind_int64 (insert, ":now", now);
  rungs_statement_bind_text (insert, ":why", why != NULL ? why : "");
  return rungs_statement_run (insert, error);
}

static gboolean
follow (RungsDb  *db,
        gint64    partner,
        gint64    now,
        GError  **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_FOLLOW, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_record_change (db, update, partner, "partner", error);
}

gboolean
rungs_partner_set_status (RungsDb             *db,
                          gint64               partner,
                          RungsPartnerStatus   status,
                          const char          *why,
                          gint64               now,
                          GError             **error)
{
  g_autoptr (RungsPartner) who = NULL;

  g_return_val_if_fail (db != NULL, FALSE);

  who = rungs_partner_load (db, partner, error);
  return who != NULL && may_be (who, status, error) && say (db, partner, status, why, now, error)
         && follow (db, partner, now, error);
}

gboolean
rungs_partner_apply (RungsDb  *db,
                     gint64    partner,
                     gint64    now,
                     GError  **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return say (db, partner, RUNGS_PARTNER_APPLIED, NULL, now, error)
         && follow (db, partner, now, error);
}

gboolean
rungs_partner_take_back_status (RungsDb             *db,
                                gint64               partner,
                                RungsPartnerStatus   status,
                                gint64               now,
                                GError             **error)
{
  g_autoptr (RungsPartner) who = NULL;

  g_return_val_if_fail (db != NULL, FALSE);

  who = rungs_partner_load (db, partner, error);
  if (who == NULL)
    return FALSE;
  if (who->status != status)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                           _ ("something else was said of the partner meanwhile"));
      return FALSE;
    }
  return rungs_record_run (db, SQL_DROP_NEWEST, partner, error)
         && follow (db, partner, now, error);
}

static gpointer
read_word (RungsStatement *row)
{
  RungsPartnerWord *word = g_new0 (RungsPartnerWord, 1);

  rungs_partner_status_from_text (rungs_statement_get_text (row, 0), &word->status);
  word->at = rungs_statement_get_int64 (row, 1);
  word->said_at = rungs_statement_get_int64 (row, 2);
  word->why = rungs_statement_dup_text (row, 3);
  return word;
}

GPtrArray *
rungs_partner_list_words (RungsDb *db,
                          gint64   partner,
                          GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_WORDS, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", partner);
  return rungs_record_list (query, read_word, (GDestroyNotify) rungs_partner_word_free, error);
}
