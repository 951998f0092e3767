/* rungs-lead-export-store.c: all that an export tells of a lead. */

#include "leads/rungs-lead-export-store.h"

#include "leads/rungs-lead-row.h"

static const char SQL_ROW[]
    = "SELECT" RUNGS_LEAD_ROW_COLUMNS
      ",     (SELECT group_concat (name, ', ')"
      "         FROM (SELECT t.name FROM lead_tag lt JOIN tag t ON t.id = lt.tag"
      "                WHERE lt.lead = l.id ORDER BY t.name)),"
      "      (SELECT s.kind || ':' || s.name FROM touch t JOIN source s ON s.id = t.source"
      "        WHERE t.lead = l.id ORDER BY t.at, t.id LIMIT 1),"
      "      c.action, c.at"
      "  FROM lead l"
      "  LEFT JOIN consent c"
      "    ON c.id = (SELECT max (d.id) FROM consent d"
      "                WHERE d.lead = l.id AND d.purpose = 'marketing' AND d.channel = 'email'"
      "                  AND d.action <> 'annulled'"
      "                  AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = d.id))"
      " WHERE l.id = :id";

void
rungs_lead_export_row_free (RungsLeadExportRow *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->lead, rungs_lead_free);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self->tags);
  g_free (self->source);
  g_free (self);
}

static RungsLeadExportRow *
row_from_row (RungsStatement *query)
{
  RungsLeadExportRow *self = g_new0 (RungsLeadExportRow, 1);
  const char *action = rungs_statement_get_text (query, RUNGS_LEAD_ROW_LENGTH + 2);

  self->lead = rungs_lead_from_row (query);
  self->tags = rungs_statement_dup_text (query, RUNGS_LEAD_ROW_LENGTH);
  self->source = rungs_statement_dup_text (query, RUNGS_LEAD_ROW_LENGTH + 1);
  if (self->tags == NULL)
    self->tags = g_strdup ("");
  if (action != NULL && *action != '\0')
    {
      self->consent
          = g_str_equal (action, "given") ? RUNGS_CONSENT_GIVEN : RUNGS_CONSENT_WITHDRAWN;
      self->consent_at = rungs_statement_get_int64 (query, RUNGS_LEAD_ROW_LENGTH + 3);
    }
  return self;
}

static gboolean
load_more (RungsDb            *db,
           RungsLeadExportRow *self,
           GError            **error)
{
  self->values = rungs_field_values (db, self->lead->id, error);
  return self->values != NULL
         && (self->lead->email == NULL
             || rungs_suppression_check (db, self->lead->email, &self->suppressed, error));
}

RungsLeadExportRow *
rungs_lead_export_row_load (RungsDb *db,
                            gint64   lead,
                            GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ROW, error);
  g_autoptr (RungsLeadExportRow) self = NULL;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", lead);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return NULL;
  self = row_from_row (query);
  return load_more (db, self, error) ? g_steal_pointer (&self) : NULL;
}
