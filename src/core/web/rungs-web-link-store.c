/* rungs-web-link-store.c: whom a signed link was made for. */

#include "web/rungs-web-link-store.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "db/rungs-statement.h"
#include "mail/rungs-link-key-store.h"
#include "web/rungs-web-own.h"

/* As many as the relay reads. */
#define KEYS_MOST 16

/* Only SQLite goes through merges of merges so. */
static const char SQL_LEAD[]
    = "WITH RECURSIVE chain (id) AS ("
      "   SELECT :lead"
      "   UNION"
      "   SELECT m.lead FROM chain c JOIN lead_merged w ON w.was = c.id"
      "     JOIN lead_merge m ON m.id = w.lead_merge"
      "    WHERE m.undone_at IS NULL AND m.lead IS NOT NULL)"
      " SELECT l.id, coalesce (l.email, '')"
      "   FROM chain c JOIN lead l ON l.id = c.id"
      "  WHERE l.id <> :lead OR l.created_at < :until";

static const char SQL_OUTBOX[]
    = "SELECT id, email, coalesce (ended_at, 0) FROM outbox"
      " WHERE id = :mail AND lead = :lead AND created_at < :until";

void
rungs_web_link_clear (RungsWebLink *self)
{
  rungs_link_clear (&self->link);
  g_clear_pointer (&self->email, g_free);
  g_clear_pointer (&self->sent_to, g_free);
}

static gboolean
find_lead (RungsDb       *db,
           RungsWebLink  *link,
           gint64         until,
           GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LEAD, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", link->link.lead);
  rungs_statement_bind_int64 (query, ":until", until);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    {
      link->lead = rungs_statement_get_int64 (query, 0);
      link->email = rungs_statement_dup_text (query, 1);
    }
  return step != RUNGS_FAILED;
}

static gboolean
find_outbox (RungsDb       *db,
             RungsWebLink  *link,
             gint64         until,
             GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_OUTBOX, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":mail", link->link.mail);
  rungs_statement_bind_int64 (query, ":lead", link->lead);
  rungs_statement_bind_int64 (query, ":until", until);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    {
      link->outbox = rungs_statement_get_int64 (query, 0);
      link->sent_to = rungs_statement_dup_text (query, 1);
      link->ended_at = rungs_statement_get_int64 (query, 2);
    }
  return step != RUNGS_FAILED;
}

static gboolean
parse (RungsDb                 *db,
       const RungsRawDelivery  *raw,
       RungsLinkKind            kind,
       RungsLink               *link,
       GError                 **error)
{
  g_autoptr (GPtrArray) keys = rungs_link_keys_load (db, error);
  g_autofree char *token = rungs_web_own_dup_rest (raw);

  if (keys == NULL || !rungs_link_parse (keys, token, link, error))
    return FALSE;
  if (link->kind == kind)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("Its link is meant for something else."));
  return FALSE;
}

gboolean
rungs_web_link_read (RungsWebWork            *work,
                     const RungsRawDelivery  *raw,
                     RungsLinkKind            kind,
                     RungsWebLink            *link,
                     GError                 **error)
{
  gint64 until;

  g_return_val_if_fail (work != NULL && raw != NULL && link != NULL, FALSE);

  if (!parse (work->db, raw, kind, &link->link, error))
    return FALSE;
  until = (link->link.minute + 1) * RUNGS_MINUTE;
  if (!find_lead (work->db, link, until, error)
      || (link->lead != 0 && !find_outbox (work->db, link, until, error)))
    return FALSE;
  link->email = link->email != NULL ? link->email : g_strdup ("");
  link->sent_to = link->sent_to != NULL ? link->sent_to : g_strdup ("");
  work->lead = link->lead;
  return TRUE;
}

gboolean
rungs_web_links_publish (RungsDb      *db,
                         JsonBuilder  *builder,
                         GError      **error)
{
  g_autoptr (GPtrArray) keys = rungs_link_keys_load (db, error);

  g_return_val_if_fail (JSON_IS_BUILDER (builder), FALSE);

  if (keys == NULL)
    return FALSE;
  rungs_json_begin_array (builder, "link_keys");
  for (guint i = 0; i < MIN (keys->len, KEYS_MOST); i++)
    {
      g_autofree char *text = rungs_link_key_to_text (keys->pdata[i]);

      json_builder_add_string_value (builder, text);
    }
  json_builder_end_array (builder);
  return TRUE;
}
