/* rungs-erasure-store.c: forgets a person who asks for it.
 *
 * A lead without orders is deleted with all its rows. Of one with orders the row stays, for the
 * orders need it, with every text emptied; so do its touches, which the figures of the sources
 * count, without what they tell. Everything else that hangs on it goes: timeline, messages, walks,
 * tasks, consents, tags, values, and what imports wrote down about it. Of merges it was in, what
 * they kept so that they could be undone goes too. */

#include "leads/rungs-erasure-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"

static const char SQL_HAS_ORDERS[] = "SELECT EXISTS (SELECT 1 FROM sales_order WHERE lead = :id)";

static const char SQL_IS_WRITTEN_TO[]
    = "SELECT EXISTS (SELECT 1 FROM outbox WHERE lead = :id AND state = 'claimed')";

static const char SQL_DELETE[] = "DELETE FROM lead WHERE id = :id";

static const char SQL_DELETE_OUTBOX[] = "DELETE FROM outbox WHERE lead = :id";

static const char SQL_MERGED_ADDRESSES[]
    = "SELECT DISTINCT r.before ->> '$.email_key'"
      "  FROM lead_merge m JOIN lead_merge_row r ON r.lead_merge = m.id"
      " WHERE m.lead = :id AND r.place = 'lead' AND r.before ->> '$.email_key' IS NOT NULL";

/* What goes from a lead whose orders stay; its messages first, for they name its walks. */
static const char *const SQL_STRIP[] = {
  "DELETE FROM outbox WHERE lead = :id",
  "DELETE FROM enrolment WHERE lead = :id",
  "DELETE FROM task WHERE lead = :id",
  "DELETE FROM event WHERE lead = :id",
  "DELETE FROM consent WHERE lead = :id",
  "DELETE FROM lead_tag WHERE lead = :id",
  "DELETE FROM lead_value WHERE lead = :id",
  "DELETE FROM segment_member WHERE lead = :id",
  "DELETE FROM lead_different WHERE lead = :id OR other = :id",
  "UPDATE lead_merge SET lead = NULL WHERE lead = :id",
  "DELETE FROM import_change WHERE lead = :id",
  "DELETE FROM import_lead WHERE lead = :id",
  "UPDATE touch SET detail = '' WHERE lead = :id",
  "UPDATE refund SET reason = ''"
  " WHERE sales_order IN (SELECT id FROM sales_order WHERE lead = :id)",
  "UPDATE lead SET email = NULL, email_key = NULL, first_name = '', last_name = '', company = '',"
  "       phone = '', street = '', postcode = '', city = '', region = '', country = '',"
  "       language = '', zone = '', notes = '', score = 0, bounced_at = NULL"
  " WHERE id = :id",
};

static gboolean
erase_whole (RungsDb *db,
             gint64   lead,
             gint64   now,
             GError **error)
{
  return rungs_record_run (db, SQL_DELETE_OUTBOX, lead, error)
         && rungs_record_run (db, SQL_DELETE, lead, error)
         && rungs_event_add (db, 0, RUNGS_EVENT_LEAD_ERASED, now, lead, NULL, error) != 0;
}

static gboolean
erase_to_orders (RungsDb *db,
                 gint64   lead,
                 gint64   now,
                 GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SQL_STRIP); i++)
    if (!rungs_record_run (db, SQL_STRIP[i], lead, error))
      return FALSE;
  return rungs_lead_search_add (db, lead, error)
         && rungs_event_add (db, lead, RUNGS_EVENT_LEAD_ERASED, now, lead, NULL, error) != 0;
}

/* The addresses of leads that were merged into it are the person's too. */
static gboolean
suppress_merged (RungsDb *db,
                 gint64   lead,
                 gint64   now,
                 GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_MERGED_ADDRESSES, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", lead);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    if (!rungs_suppression_add (db, rungs_statement_get_text (query, 0), RUNGS_SUPPRESSED_ERASED,
                                NULL, now, error))
      return FALSE;
  return rungs_statement_done (query, error);
}

static gboolean
suppress (RungsDb         *db,
          const RungsLead *lead,
          gint64           now,
          GError         **error)
{
  return (lead->email_key == NULL
          || rungs_suppression_add (db, lead->email_key, RUNGS_SUPPRESSED_ERASED, NULL, now,
                                    error))
         && suppress_merged (db, lead->id, now, error);
}

gboolean
rungs_lead_erase (RungsDb     *db,
                  gint64       lead,
                  gint64       now,
                  RungsErased *erased,
                  GError     **error)
{
  g_autoptr (RungsLead) stored = rungs_lead_load (db, lead, error);
  gint64 written, ordered;

  if (stored == NULL || !rungs_record_ask (db, SQL_IS_WRITTEN_TO, lead, 0, &written, error)
      || !rungs_record_ask (db, SQL_HAS_ORDERS, lead, 0, &ordered, error))
    return FALSE;
  if (written != 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_BUSY,
                           _ ("a message to this lead is being sent just now"));
      return FALSE;
    }
  if (erased != NULL)
    *erased = ordered ? RUNGS_ERASED_TO_ORDERS : RUNGS_ERASED_WHOLE;
  return suppress (db, stored, now, error) && rungs_lead_search_forget (db, lead, error)
         && (ordered ? erase_to_orders (db, lead, now, error) : erase_whole (db, lead, now, error));
}
