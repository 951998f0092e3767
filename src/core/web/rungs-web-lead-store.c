/* rungs-web-lead-store.c: the lead that a delivery is about.
 *
 * What a delivery says of a field is written down with when it was said (web_value). A field is
 * changed where it is empty, or where it still holds what an earlier delivery said. So the order of
 * arrival makes no difference, and what staff or an import wrote stays. */

#include "web/rungs-web-lead-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-import-value.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-phone-number.h"
#include "leads/rungs-suppression-store.h"

static const char SQL_VALUE[]
    = "INSERT OR REPLACE INTO web_value (delivery, field, value, at)"
      " VALUES (:delivery, :field, :value, :at)";

/* When a delivery said last what the field holds now; NULL: none did. Of two of the same instant
 * the greater text counts, so that it is the same one always. */
static const char SQL_SAID[]
    = "SELECT max (v.at) FROM web_value v JOIN web_delivery d ON d.id = v.delivery"
      " WHERE d.lead = :lead AND v.field = :field AND v.value = :value";

static const char SQL_CLAIM[] = "UPDATE web_delivery SET lead = :lead WHERE id = :delivery";

static const char SQL_TOUCH_TAG[]
    = "INSERT OR IGNORE INTO touch_tag (touch, name, value) VALUES (:touch, :name, :value)";

static const char SQL_EVIDENCE[]
    = "INSERT INTO web_consent (consent, delivery) VALUES (:consent, :delivery)";

/* The latest no after an instant. */
static const char SQL_REFUSED_SINCE[]
    = "SELECT max (at) FROM consent"
      " WHERE lead = :lead AND purpose = 'marketing' AND channel = 'email'"
      "   AND action = 'withdrawn' AND at > :at"
      "   AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = consent.id)";

static const char SQL_AGREED_SINCE[]
    = "SELECT EXISTS (SELECT 1 FROM consent"
      "                WHERE lead = :lead AND purpose = 'marketing' AND channel = 'email'"
      "                  AND action = 'given' AND at > :at)";

/* ---- what was said */

static gboolean
note_value (RungsWebWork  *work,
            const char    *field,
            const char    *value,
            gint64         at,
            GError       **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (work->db, SQL_VALUE, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":delivery", work->delivery);
  rungs_statement_bind_text (insert, ":field", field);
  rungs_statement_bind_text (insert, ":value", value);
  rungs_statement_bind_int64 (insert, ":at", at);
  return rungs_statement_run (insert, error);
}

/* Whether `value`, said at `at`, goes before `held`, which the field has now. */
static gboolean
may_change (RungsWebWork  *work,
            gint64         lead,
            const char    *field,
            const char    *held,
            const char    *value,
            gint64         at,
            gboolean      *may,
            GError       **error)
{
  g_autoptr (RungsStatement) query = NULL;
  gint64 said = 0;

  *may = *held == '\0';
  if (*may || strcmp (held, value) == 0)
    return TRUE;
  query = rungs_db_prepare (work->db, SQL_SAID, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_text (query, ":field", field);
  rungs_statement_bind_text (query, ":value", held);
  if (!rungs_statement_get_number (query, 0, &said, error))
    return FALSE;
  *may = said != 0 && (at > said || (at == said && strcmp (value, held) > 0));
  return TRUE;
}

/* The columns of a lead that a delivery can tell of. */
static const struct
{
  RungsImportTarget target;
  const char *column;
} TEXTS[] = {
  { RUNGS_IMPORT_EMAIL, "email" },         { RUNGS_IMPORT_FIRST_NAME, "first_name" },
  { RUNGS_IMPORT_LAST_NAME, "last_name" }, { RUNGS_IMPORT_COMPANY, "company" },
  { RUNGS_IMPORT_PHONE, "phone" },         { RUNGS_IMPORT_STREET, "street" },
  { RUNGS_IMPORT_POSTCODE, "postcode" },   { RUNGS_IMPORT_CITY, "city" },
  { RUNGS_IMPORT_REGION, "region" },       { RUNGS_IMPORT_COUNTRY, "country" },
  { RUNGS_IMPORT_LANGUAGE, "language" },   { RUNGS_IMPORT_ZONE, "zone" },
  { RUNGS_IMPORT_NOTES, "notes" },
};

static gboolean
is_zone (const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);

  return zone != NULL;
}

/* What `person` says, as a lead holds it: names parted, no zone that is none. */
static RungsLead *
read_person (const char *const *person)
{
  RungsLead *said = rungs_lead_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      const char *text = person[TEXTS[i].target];

      if (text != NULL && (TEXTS[i].target != RUNGS_IMPORT_ZONE || is_zone (text)))
        rungs_lead_set (said, TEXTS[i].column, text);
    }
  if (person[RUNGS_IMPORT_FULL_NAME] != NULL && *said->first_name == '\0'
      && *said->last_name == '\0')
    {
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;

      rungs_import_split_name (person[RUNGS_IMPORT_FULL_NAME], &first, &last);
      rungs_lead_set (said, "first_name", first);
      rungs_lead_set (said, "last_name", last);
    }
  return said;
}

static gboolean
note_all (RungsWebWork     *work,
          const RungsLead  *said,
          gint64            at,
          GError          **error)
{
  for (gsize i = 1; i < G_N_ELEMENTS (TEXTS); i++)
    {
      const char *value = rungs_lead_get (said, TEXTS[i].column);

      if (*value != '\0' && !note_value (work, TEXTS[i].column, value, at, error))
        return FALSE;
    }
  return TRUE;
}

/* All but the address, which found it. */
static gboolean
tell (RungsWebWork     *work,
      gint64            lead,
      const RungsLead  *said,
      gint64            at,
      GError          **error)
{
  g_autoptr (RungsLead) stored = rungs_lead_load (work->db, lead, error);

  if (stored == NULL)
    return FALSE;
  for (gsize i = 1; i < G_N_ELEMENTS (TEXTS); i++)
    {
      const char *value = rungs_lead_get (said, TEXTS[i].column);
      gboolean may = FALSE;

      if (*value == '\0')
        continue;
      if (!may_change (work, lead, TEXTS[i].column, rungs_lead_get (stored, TEXTS[i].column), value,
                       at, &may, error))
        return FALSE;
      if (may)
        rungs_lead_set (stored, TEXTS[i].column, value);
    }
  return rungs_lead_save (work->db, stored, work->now, error);
}

/* ---- fields of the business's own */

static const char *
find_held (GPtrArray  *values,
           const char *key)
{
  for (guint i = 0; i < values->len; i++)
    {
      const RungsFieldValue *value = values->pdata[i];

      if (strcmp (value->key, key) == 0)
        return value->value;
    }
  return "";
}

static gboolean
tell_field (RungsWebWork  *work,
            gint64         lead,
            GPtrArray     *held,
            const char    *key,
            const char    *text,
            gint64         at,
            GError       **error)
{
  g_autoptr (RungsField) field = rungs_field_load_by_key (work->db, key, error);
  g_autofree char *value = field != NULL ? rungs_field_read (field, text, error) : NULL;
  g_autofree char *name = g_strconcat ("field:", key, NULL);
  gboolean may = FALSE;

  if (value == NULL
      || !may_change (work, lead, name, find_held (held, key), value, at, &may, error))
    return FALSE;
  return note_value (work, name, value, at, error)
         && (!may || rungs_field_set_value (work->db, lead, field->id, text, work->now, error));
}

static gboolean
tell_fields (RungsWebWork  *work,
             gint64         lead,
             GHashTable    *fields,
             gint64         at,
             GError       **error)
{
  g_autoptr (GPtrArray) held = NULL;
  GHashTableIter iter;
  gpointer key, text;

  if (fields == NULL || g_hash_table_size (fields) == 0)
    return TRUE;
  held = rungs_field_values (work->db, lead, error);
  if (held == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &key, &text))
    if (!tell_field (work, lead, held, key, text, at, error))
      return FALSE;
  return TRUE;
}

/* ---- the lead */

static gboolean
claim (RungsWebWork  *work,
       gint64         lead,
       GError       **error)
{
  g_autoptr (RungsStatement) update = NULL;

  if (work->lead == lead)
    return TRUE;
  work->lead = work->lead == 0 ? lead : -1;
  update = rungs_db_prepare (work->db, SQL_CLAIM, error);
  if (update == NULL)
    return FALSE;
  rungs_statement_bind_id (update, ":lead", MAX (work->lead, 0));
  rungs_statement_bind_int64 (update, ":delivery", work->delivery);
  return rungs_statement_run (update, error);
}

gboolean
rungs_web_lead_find (RungsWebWork  *work,
                     const char    *email,
                     gint64        *lead,
                     GError       **error)
{
  g_autofree char *key = rungs_email_key (email, NULL);

  *lead = 0;
  if (key == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is no e-mail address."),
                   email);
      return FALSE;
    }
  return rungs_lead_find (work->db, email, lead, error)
         && (*lead == 0 || claim (work, *lead, error));
}

/* Erased persons do not come back by themselves. */
static gboolean
is_erased (RungsWebWork  *work,
           const char    *email,
           GError       **error)
{
  RungsSuppressed reason = RUNGS_SUPPRESSED_NOT;

  if (!rungs_suppression_check (work->db, email, &reason, error))
    return TRUE;
  return reason == RUNGS_SUPPRESSED_ERASED
         && !rungs_error_refuse (error, _ ("It is about a person who was erased: ask them before"
                                           " you add them again."));
}

gint64
rungs_web_lead_ensure (RungsWebWork       *work,
                       const char *const  *person,
                       GHashTable         *fields,
                       gint64              at,
                       GError            **error)
{
  g_autoptr (RungsLead) said = read_person (person);
  const char *email = person[RUNGS_IMPORT_EMAIL];
  gint64 lead = 0;

  if (email == NULL && (*said->phone == '\0' || !rungs_phone_is_plausible (said->phone)))
    return rungs_error_refuse (error, _ ("It has neither an e-mail address nor a telephone number:"
                                         " say which answer is one."));
  if (email != NULL
      && (!rungs_web_lead_find (work, email, &lead, error)
          || (lead == 0 && is_erased (work, email, error))))
    return 0;
  if (lead == 0)
    {
      lead = rungs_lead_add (work->db, said, work->origin, work->now, error);
      if (lead == 0 || !claim (work, lead, error))
        return 0;
    }
  else if (!tell (work, lead, said, at, error))
    return 0;
  return note_all (work, said, at, error) && tell_fields (work, lead, fields, at, error) ? lead : 0;
}

/* ---- touch and consent */

static gboolean
add_tags (RungsWebWork  *work,
          gint64         touch,
          GHashTable    *tags,
          GError       **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (work->db, SQL_TOUCH_TAG, error);
  GHashTableIter iter;
  gpointer name, value;

  if (insert == NULL || tags == NULL)
    return insert != NULL;
  g_hash_table_iter_init (&iter, tags);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      rungs_statement_bind_int64 (insert, ":touch", touch);
      rungs_statement_bind_text (insert, ":name", name);
      rungs_statement_bind_text (insert, ":value", value);
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_web_lead_touch (RungsWebWork  *work,
                      gint64         lead,
                      RungsPath      path,
                      gint64         at,
                      const char    *detail,
                      GHashTable    *tags,
                      GError       **error)
{
  gint64 touch;

  if (work->endpoint->source == 0)
    return TRUE;
  touch = rungs_touch_add (work->db, lead, work->endpoint->source, path, at, detail, error);
  return touch != 0 && add_tags (work, touch, tags, error);
}

static gboolean
ask (RungsWebWork  *work,
     const char    *sql,
     gint64         lead,
     gint64         at,
     gint64        *answer,
     GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (work->db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":at", at);
  return rungs_statement_get_number (query, 0, answer, error);
}

gboolean
rungs_web_lead_prove (RungsWebWork  *work,
                      gint64         consent,
                      GError       **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (work->db, SQL_EVIDENCE, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":consent", consent);
  rungs_statement_bind_int64 (insert, ":delivery", work->delivery);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_web_lead_agree (RungsWebWork  *work,
                      gint64         lead,
                      gint64         at,
                      const char    *origin,
                      const char    *wording,
                      GError       **error)
{
  gint64 refused = 0, consent;

  if (!ask (work, SQL_REFUSED_SINCE, lead, at, &refused, error))
    return FALSE;
  consent = rungs_consent_give (work->db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, at,
                                origin, wording, error);
  return consent != 0 && rungs_web_lead_prove (work, consent, error)
         && (refused == 0
             || rungs_consent_withdraw (work->db, lead, RUNGS_PURPOSE_MARKETING,
                                        RUNGS_CHANNEL_EMAIL, refused, origin, error)
                  != 0);
}

gboolean
rungs_web_lead_agreed_since (RungsWebWork  *work,
                             gint64         lead,
                             gint64         at,
                             gboolean      *agreed,
                             GError       **error)
{
  gint64 is = 0;

  g_return_val_if_fail (agreed != NULL, FALSE);

  if (!ask (work, SQL_AGREED_SINCE, lead, at, &is, error))
    return FALSE;
  *agreed = is != 0;
  return TRUE;
}

gboolean
rungs_web_lead_refuse (RungsWebWork  *work,
                       gint64         lead,
                       gint64         at,
                       const char    *origin,
                       GError       **error)
{
  gint64 agreed = 0;

  /* What was agreed to later counts, and came first. */
  return ask (work, SQL_AGREED_SINCE, lead, at, &agreed, error)
         && (agreed != 0
             || rungs_consent_withdraw (work->db, lead, RUNGS_PURPOSE_MARKETING,
                                        RUNGS_CHANNEL_EMAIL, at, origin, error)
                  != 0);
}
