/* rungs-lead-store.c: adds, reads and edits leads. */

#include "leads/rungs-lead-store.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-row.h"
#include "leads/rungs-lead-search-store.h"

#define FIELD_PREFIX "field:"

static const char SQL_LOAD[] = "SELECT" RUNGS_LEAD_ROW_COLUMNS "FROM lead l WHERE l.id = :id";

static const char SQL_LOAD_BY_KEY[]
    = "SELECT" RUNGS_LEAD_ROW_COLUMNS "FROM lead l WHERE l.email_key = :key";

static const char SQL_FIND[] = "SELECT id FROM lead WHERE email_key = :key";

/* The id of a lead that is now part of another stays free, for the merge can be undone. */
static const char SQL_ADD[]
    = "INSERT INTO lead (id, email, email_key, first_name, last_name, company, phone, street,"
      "                  postcode, city, region, country, language, zone, notes, created_at,"
      "                  updated_at)"
      " VALUES (1 + max (coalesce ((SELECT max (id) FROM lead), 0),"
      "                  coalesce ((SELECT max (was) FROM lead_merged), 0)),"
      "         :email, :email_key, :first_name, :last_name, :company, :phone, :street, :postcode,"
      "         :city, :region, :country, :language, :zone, :notes, :now, :now)";

static const char SQL_SAVE[]
    = "UPDATE lead"
      "   SET email = :email, first_name = :first_name, last_name = :last_name,"
      "       company = :company, phone = :phone, street = :street, postcode = :postcode,"
      "       city = :city, region = :region, country = :country, language = :language,"
      "       zone = :zone, notes = :notes, updated_at = :now, email_key = :email_key,"
      "       bounced_at = CASE WHEN email_key IS :email_key THEN bounced_at END"
      " WHERE id = :id";

static const char SQL_ADD_SCORE[]
    = "UPDATE lead SET points = points + :points, score = score + :points, updated_at = :now"
      " WHERE id = :id RETURNING score";

static const char SQL_SET_BOUNCED[] = "UPDATE lead SET bounced_at = :at WHERE id = :id";

static const char SQL_COUNT[] = "SELECT count (*) FROM lead";

RungsLead *
rungs_lead_from_row (RungsStatement *row)
{
  RungsLead *lead = g_new0 (RungsLead, 1);

  lead->id = rungs_statement_get_int64 (row, 0);
  lead->email = rungs_statement_dup_text (row, 1);
  lead->email_key = rungs_statement_dup_text (row, 2);
  lead->first_name = rungs_statement_dup_text (row, 3);
  lead->last_name = rungs_statement_dup_text (row, 4);
  lead->company = rungs_statement_dup_text (row, 5);
  lead->phone = rungs_statement_dup_text (row, 6);
  lead->street = rungs_statement_dup_text (row, 7);
  lead->postcode = rungs_statement_dup_text (row, 8);
  lead->city = rungs_statement_dup_text (row, 9);
  lead->region = rungs_statement_dup_text (row, 10);
  lead->country = rungs_statement_dup_text (row, 11);
  lead->language = rungs_statement_dup_text (row, 12);
  lead->zone = rungs_statement_dup_text (row, 13);
  lead->notes = rungs_statement_dup_text (row, 14);
  lead->score = rungs_statement_get_int64 (row, 15);
  lead->bounced_at = rungs_statement_get_int64 (row, 16);
  lead->created_at = rungs_statement_get_int64 (row, 17);
  lead->updated_at = rungs_statement_get_int64 (row, 18);
  return lead;
}

static gpointer
read_lead (RungsStatement *row)
{
  return rungs_lead_from_row (row);
}

RungsLead *
rungs_lead_load (RungsDb *db,
                 gint64   id,
                 GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, read_lead, "lead", error);
}

/* `lead` is NULL where there is none. */
static gboolean
load_by_key (RungsDb    *db,
             const char *key,
             RungsLead **lead,
             GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_BY_KEY, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":key", key);
  step = rungs_statement_step (query, error);
  *lead = step == RUNGS_ROW ? rungs_lead_from_row (query) : NULL;
  return step != RUNGS_FAILED;
}

RungsLead *
rungs_lead_load_by_email (RungsDb    *db,
                          const char *email,
                          GError    **error)
{
  g_autofree char *key = rungs_email_key (email, error);
  RungsLead *lead = NULL;

  if (key == NULL || !load_by_key (db, key, &lead, error))
    return NULL;
  if (lead == NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("no lead has the address %s"),
                 email);
  return lead;
}

gboolean
rungs_lead_find (RungsDb    *db,
                 const char *email,
                 gint64     *id,
                 GError    **error)
{
  g_autofree char *key = rungs_email_key (email, error);
  g_autoptr (RungsStatement) query = NULL;

  if (key == NULL)
    return FALSE;
  query = rungs_db_prepare (db, SQL_FIND, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":key", key);
  return rungs_statement_get_number (query, 0, id, error);
}

/* Refuses an address that a lead other than `id` has, and names that lead. */
static gboolean
is_free (RungsDb    *db,
         const char *key,
         gint64      id,
         GError    **error)
{
  g_autoptr (RungsLead) other = NULL;
  g_autofree char *name = NULL;

  if (!load_by_key (db, key, &other, error))
    return FALSE;
  if (other == NULL || other->id == id)
    return TRUE;
  name = rungs_lead_dup_name (other);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("%s already has the address %s"), name,
               other->email);
  return FALSE;
}

/* Checks what is to be stored, and makes its key (NULL where it has no address). */
static gboolean
is_sound (RungsDb         *db,
          const RungsLead *lead,
          char           **key,
          GError         **error)
{
  *key = NULL;
  if (lead->email == NULL && *lead->first_name == '\0' && *lead->last_name == '\0'
      && *lead->company == '\0' && *lead->phone == '\0')
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("a lead needs an address, a name, a company or a phone number"));
      return FALSE;
    }
  if (*lead->zone != '\0' && !rungs_time_zone_is_known (lead->zone))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("“%s” is not a time zone such as Europe/Berlin"), lead->zone);
      return FALSE;
    }
  if (lead->email == NULL)
    return TRUE;
  *key = rungs_email_key (lead->email, error);
  return *key != NULL && is_free (db, *key, lead->id, error);
}

/* A copy whose texts are as they are stored. */
static RungsLead *
tidy_copy (const RungsLead *lead)
{
  RungsLead *copy = rungs_lead_new ();

  copy->id = lead->id;
  for (const char *const *column = rungs_lead_columns (); *column != NULL; column++)
    rungs_lead_set (copy, *column, rungs_lead_get (lead, *column));
  return copy;
}

static void
bind_texts (RungsStatement  *statement,
            const RungsLead *lead,
            const char      *key)
{
  rungs_statement_bind_text (statement, ":email", lead->email);
  rungs_statement_bind_text (statement, ":email_key", key);
  rungs_statement_bind_text (statement, ":first_name", lead->first_name);
  rungs_statement_bind_text (statement, ":last_name", lead->last_name);
  rungs_statement_bind_text (statement, ":company", lead->company);
  rungs_statement_bind_text (statement, ":phone", lead->phone);
  rungs_statement_bind_text (statement, ":street", lead->street);
  rungs_statement_bind_text (statement, ":postcode", lead->postcode);
  rungs_statement_bind_text (statement, ":city", lead->city);
  rungs_statement_bind_text (statement, ":region", lead->region);
  rungs_statement_bind_text (statement, ":country", lead->country);
  rungs_statement_bind_text (statement, ":language", lead->language);
  rungs_statement_bind_text (statement, ":zone", lead->zone);
  rungs_statement_bind_text (statement, ":notes", lead->notes);
}

gint64
rungs_lead_add (RungsDb         *db,
                const RungsLead *lead,
                const char      *origin,
                gint64           now,
                GError         **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);
  g_autoptr (RungsLead) tidy = NULL;
  g_autofree char *key = NULL;
  gint64 id;

  g_return_val_if_fail (lead != NULL, 0);

  tidy = tidy_copy (lead);
  tidy->id = 0;
  if (add == NULL || !is_sound (db, tidy, &key, error))
    return 0;
  bind_texts (add, tidy, key);
  rungs_statement_bind_int64 (add, ":now", now);
  if (!rungs_statement_run (add, error))
    return 0;

  id = rungs_db_get_last_id (db);
  return rungs_lead_search_add (db, id, error)
                 && rungs_event_add (db, id, RUNGS_EVENT_LEAD_CREATED, now, 0, origin, error) != 0
             ? id
             : 0;
}

/* {"COLUMN": ["before", "after"], …}; NULL where nothing differs. */
static char *
describe_changes (const RungsLead *before,
                  const RungsLead *after)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  gboolean any = FALSE;

  json_builder_begin_object (builder);
  for (const char *const *column = rungs_lead_columns (); *column != NULL; column++)
    {
      const char *old = rungs_lead_get (before, *column);
      const char *new = rungs_lead_get (after, *column);

      if (strcmp (old, new) == 0)
        continue;
      any = TRUE;
      rungs_json_begin_array (builder, *column);
      json_builder_add_string_value (builder, old);
      json_builder_add_string_value (builder, new);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return any ? json_to_string (root, FALSE) : NULL;
}

static gboolean
update (RungsDb         *db,
        const RungsLead *lead,
        const char      *key,
        gint64           now,
        GError         **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE, error);

  if (save == NULL || !rungs_lead_search_forget (db, lead->id, error))
    return FALSE;
  bind_texts (save, lead, key);
  rungs_statement_bind_int64 (save, ":now", now);
  rungs_statement_bind_int64 (save, ":id", lead->id);
  return rungs_statement_run (save, error) && rungs_lead_search_add (db, lead->id, error);
}

gboolean
rungs_lead_save (RungsDb         *db,
                 const RungsLead *lead,
                 gint64           now,
                 GError         **error)
{
  g_autoptr (RungsLead) before = NULL;
  g_autoptr (RungsLead) after = NULL;
  g_autofree char *changes = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (lead != NULL, FALSE);

  before = rungs_lead_load (db, lead->id, error);
  if (before == NULL)
    return FALSE;
  after = tidy_copy (lead);
  changes = describe_changes (before, after);
  return changes == NULL
         || (is_sound (db, after, &key, error) && update (db, after, key, now, error)
             && rungs_event_add (db, lead->id, RUNGS_EVENT_LEAD_CHANGED, now, 0, changes, error)
                    != 0);
}

static gboolean
set_field (RungsDb    *db,
           gint64      lead,
           const char *key,
           const char *value,
           gint64      now,
           GError    **error)
{
  g_autoptr (RungsField) field = rungs_field_load_by_key (db, key, error);

  return field != NULL && rungs_field_set_value (db, lead, field->id, value, now, error);
}

gboolean
rungs_lead_set_text (RungsDb    *db,
                     gint64      lead,
                     const char *name,
                     const char *value,
                     gint64      now,
                     GError    **error)
{
  g_autoptr (RungsLead) stored = rungs_lead_load (db, lead, error);

  g_return_val_if_fail (name != NULL, FALSE);

  if (stored == NULL)
    return FALSE;
  if (g_str_has_prefix (name, FIELD_PREFIX))
    return set_field (db, lead, name + strlen (FIELD_PREFIX), value, now, error);
  if (!rungs_lead_set (stored, name, value))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("leads have no field “%s”"), name);
      return FALSE;
    }
  return rungs_lead_save (db, stored, now, error);
}

static char *
describe_score (gint64      from,
                gint64      to,
                const char *why)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rungs_json_add_number (builder, "from", from);
  rungs_json_add_number (builder, "to", to);
  rungs_json_add_text (builder, "why", why ? why : "");
  json_builder_end_object (builder);
  return rungs_json_dup (builder);
}

gboolean
rungs_lead_add_score (RungsDb    *db,
                      gint64      lead,
                      gint64      points,
                      const char *why,
                      gint64      now,
                      GError    **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD_SCORE, error);
  g_autofree char *detail = NULL;
  gint64 score;

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":points", points);
  rungs_statement_bind_int64 (add, ":now", now);
  rungs_statement_bind_int64 (add, ":id", lead);
  if (!rungs_statement_get_number (add, G_MININT64, &score, error))
    return FALSE;
  if (score == G_MININT64)
    return rungs_record_refuse_missing ("lead", lead, error);
  detail = describe_score (score - points, score, why);
  return rungs_event_add (db, lead, RUNGS_EVENT_SCORE_CHANGED, now, 0, detail, error) != 0;
}

gboolean
rungs_lead_set_bounced (RungsDb *db,
                        gint64   lead,
                        gint64   at,
                        GError **error)
{
  return rungs_record_mark (db, SQL_SET_BOUNCED, lead, at, "lead", error);
}

gboolean
rungs_lead_count (RungsDb *db,
                  gint64  *count,
                  GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT, error);

  return query != NULL && rungs_statement_get_number (query, 0, count, error);
}
