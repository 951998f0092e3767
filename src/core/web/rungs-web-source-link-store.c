/* rungs-web-source-link-store.c: links that tell a source, with what came by them. */

#include "web/rungs-web-source-link-store.h"

#include <glib/gi18n.h>

#include "db/rungs-record.h"
#include "web/rungs-web-relay-store.h"
#include "wire/rungs-relay-protocol.h"

/* A page that counts its own visitors has the code, too: only those of the link are meant. */
#define LINKS                                                                                      \
  "SELECT k.source, k.code, k.target, k.remember, k.days, s.kind, s.name,"                         \
  "       coalesce ((SELECT address FROM web_relay), '') || '" RUNGS_RELAY_SOURCE "' || k.code,"   \
  "       coalesce (sum (v.visits) FILTER (WHERE v.machine = 0), 0),"                              \
  "       coalesce (sum (v.visits) FILTER (WHERE v.machine = 1), 0),"                              \
  "       coalesce (max (v.day) FILTER (WHERE v.machine = 0), ''),"                                \
  "       (SELECT count (DISTINCT t.lead) FROM touch t WHERE t.source = k.source)"                 \
  "  FROM source_link k JOIN source s ON s.id = k.source"                                          \
  "  LEFT JOIN web_visit v ON v.path = '" RUNGS_RELAY_SOURCE "' || k.code"

static const char SQL_LIST[]
  = LINKS " WHERE s.retired_at IS NULL GROUP BY k.source ORDER BY k.code";

static const char SQL_LOAD[] = LINKS " WHERE k.source = :id GROUP BY k.source";

void
rungs_web_source_link_free (RungsWebSourceLink *self)
{
  if (self == NULL)
    return;
  rungs_source_link_free (self->link);
  g_free (self->name);
  g_free (self->address);
  g_free (self->last_day);
  g_free (self);
}

static gpointer
read_link (RungsStatement *row)
{
  RungsWebSourceLink *self = g_new0 (RungsWebSourceLink, 1);

  self->link = rungs_source_link_new (rungs_statement_get_int64 (row, 0),
                                      rungs_statement_get_text (row, 1),
                                      rungs_statement_get_text (row, 2));
  g_free (self->link->remember);
  self->link->remember = rungs_statement_dup_text (row, 3);
  self->link->days = rungs_statement_get_int64 (row, 4);
  rungs_source_kind_from_text (rungs_statement_get_text (row, 5), &self->kind);
  self->name = rungs_statement_dup_text (row, 6);
  self->address = rungs_statement_dup_text (row, 7);
  self->visits = rungs_statement_get_int64 (row, 8);
  self->machines = rungs_statement_get_int64 (row, 9);
  self->last_day = rungs_statement_dup_text (row, 10);
  self->leads = rungs_statement_get_int64 (row, 11);
  return self;
}

GPtrArray *
rungs_web_source_link_list (RungsDb  *db,
                            GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, read_link, (GDestroyNotify) rungs_web_source_link_free, error);
}

RungsWebSourceLink *
rungs_web_source_link_load (RungsDb  *db,
                            gint64    source,
                            GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":id", source);
  return rungs_record_first (query, read_link, _ ("This source has no link."), error);
}
