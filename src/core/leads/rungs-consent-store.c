/* rungs-consent-store.c: writes down and reads who agreed to what. */

#include "leads/rungs-consent-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"

#define COLUMNS                                                                                    \
  " c.id, c.lead, c.purpose, c.channel, c.action, c.annuls, c.at, c.origin, c.wording, c.run "

static const char SQL_ADD[]
    = "INSERT INTO consent (lead, purpose, channel, action, annuls, at, origin, wording)"
      " VALUES (:lead, :purpose, :channel, :action, :annuls, :at, :origin, :wording)";

static const char SQL_LOAD[] = "SELECT" COLUMNS "FROM consent c WHERE c.id = :id";

static const char SQL_LIST[] = "SELECT" COLUMNS "FROM consent c WHERE c.lead = :lead ORDER BY c.id";

static const char SQL_IS_ANNULLED[]
    = "SELECT EXISTS (SELECT 1 FROM consent WHERE lead = :lead AND annuls = :id)";

/* The last row that stands: neither an annulment nor annulled. */
static const char SQL_STATE[]
    = "SELECT CASE c.action WHEN 'given' THEN 1 ELSE 2 END"
      "  FROM consent c"
      " WHERE c.lead = :lead AND c.purpose = :purpose AND c.channel = :channel"
      "   AND c.action <> 'annulled'"
      "   AND NOT EXISTS (SELECT 1 FROM consent a"
      "                    WHERE a.lead = c.lead AND a.purpose = c.purpose"
      "                      AND a.channel = c.channel AND a.annuls = c.id)"
      " ORDER BY c.id DESC LIMIT 1";

void
rungs_consent_free (RungsConsent *self)
{
  g_free (self->purpose);
  g_free (self->channel);
  g_free (self->action);
  g_free (self->origin);
  g_free (self->wording);
  g_free (self);
}

/* Adds the row that `consent` describes, and the event `kind`. */
static gint64
add (RungsDb            *db,
     const RungsConsent *consent,
     const char         *kind,
     GError            **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD, error);
  g_autofree char *detail = g_strconcat (consent->purpose, "/", consent->channel, NULL);
  gint64 id;

  if (insert == NULL)
    return 0;
  rungs_statement_bind_int64 (insert, ":lead", consent->lead);
  rungs_statement_bind_text (insert, ":purpose", consent->purpose);
  rungs_statement_bind_text (insert, ":channel", consent->channel);
  rungs_statement_bind_text (insert, ":action", consent->action);
  rungs_statement_bind_id (insert, ":annuls", consent->annuls);
  rungs_statement_bind_int64 (insert, ":at", consent->at);
  rungs_statement_bind_text (insert, ":origin", consent->origin);
  rungs_statement_bind_text (insert, ":wording", consent->wording);
  if (!rungs_statement_run (insert, error))
    return 0;
  id = rungs_db_get_last_id (db);
  return rungs_event_add (db, consent->lead, kind, consent->at, id, detail, error) != 0 ? id : 0;
}

gint64
rungs_consent_give (RungsDb    *db,
                    gint64      lead,
                    const char *purpose,
                    const char *channel,
                    gint64      at,
                    const char *origin,
                    const char *wording,
                    GError    **error)
{
  RungsConsent consent = { .lead = lead,
                           .purpose = (char *) purpose,
                           .channel = (char *) channel,
                           .action = (char *) "given",
                           .at = at,
                           .origin = (char *) origin,
                           .wording = (char *) (wording ? wording : "") };

  return add (db, &consent, RUNGS_EVENT_CONSENT_GIVEN, error);
}

gint64
rungs_consent_withdraw (RungsDb    *db,
                        gint64      lead,
                        const char *purpose,
                        const char *channel,
                        gint64      at,
                        const char *origin,
                        GError    **error)
{
  RungsConsent consent = { .lead = lead,
                           .purpose = (char *) purpose,
                           .channel = (char *) channel,
                           .action = (char *) "withdrawn",
                           .at = at,
                           .origin = (char *) origin,
                           .wording = (char *) "" };

  return add (db, &consent, RUNGS_EVENT_CONSENT_WITHDRAWN, error);
}

static gpointer
consent_from_row (RungsStatement *row)
{
  RungsConsent *consent = g_new0 (RungsConsent, 1);

  consent->id = rungs_statement_get_int64 (row, 0);
  consent->lead = rungs_statement_get_int64 (row, 1);
  consent->purpose = rungs_statement_dup_text (row, 2);
  consent->channel = rungs_statement_dup_text (row, 3);
  consent->action = rungs_statement_dup_text (row, 4);
  consent->annuls = rungs_statement_get_int64 (row, 5);
  consent->at = rungs_statement_get_int64 (row, 6);
  consent->origin = rungs_statement_dup_text (row, 7);
  consent->wording = rungs_statement_dup_text (row, 8);
  consent->run = rungs_statement_get_int64 (row, 9);
  return consent;
}

static gboolean
can_be_annulled (RungsDb            *db,
                 const RungsConsent *consent,
                 GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_ANNULLED, error);
  gint64 annulled;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", consent->lead);
  rungs_statement_bind_int64 (query, ":id", consent->id);
  if (!rungs_statement_get_number (query, 0, &annulled, error))
    return FALSE;
  if (annulled == 0 && consent->annuls == 0)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                       annulled ? _ ("it was taken back already")
                                : _ ("a correction cannot be taken back"));
  return FALSE;
}

gint64
rungs_consent_annul (RungsDb    *db,
                     gint64      consent,
                     gint64      at,
                     const char *origin,
                     GError    **error)
{
  g_autoptr (RungsConsent) stored
    = rungs_record_load (db, SQL_LOAD, consent, consent_from_row, "consent", error);
  RungsConsent annulment;

  if (stored == NULL || !can_be_annulled (db, stored, error))
    return 0;
  annulment = (RungsConsent) { .lead = stored->lead,
                               .purpose = stored->purpose,
                               .channel = stored->channel,
                               .action = (char *) "annulled",
                               .annuls = consent,
                               .at = at,
                               .origin = (char *) origin,
                               .wording = (char *) "" };
  return add (db, &annulment, RUNGS_EVENT_CONSENT_ANNULLED, error);
}

gboolean
rungs_consent_state (RungsDb           *db,
                     gint64             lead,
                     const char        *purpose,
                     const char        *channel,
                     RungsConsentState *state,
                     GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_STATE, error);
  gint64 number;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_text (query, ":purpose", purpose);
  rungs_statement_bind_text (query, ":channel", channel);
  if (!rungs_statement_get_number (query, RUNGS_CONSENT_NONE, &number, error))
    return FALSE;
  *state = number;
  return TRUE;
}

GPtrArray *
rungs_consent_list (RungsDb *db,
                    gint64   lead,
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  return rungs_record_list (query, consent_from_row, (GDestroyNotify) rungs_consent_free, error);
}
