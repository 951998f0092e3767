/* rungs-partner-store.c: who refers leads or sales for a commission. */

#include "partners/rungs-partner-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "partners/rungs-partner-status-store.h"

#define COLUMNS                                                                                    \
  " p.id, p.uuid, p.name, p.source, s.kind, p.email, p.phone, p.country, p.language, p.currency,"  \
  " p.manager, p.note, p.created_at, p.ended_at, p.pay_way, l.lead, p.recruited_by, p.status "
#define FROM                                                                                       \
  "FROM partner p JOIN source s ON s.id = p.source"                                                \
  "  LEFT JOIN partner_lead l ON l.partner = p.id "

static const char SQL_ADD[]
    = "INSERT INTO partner (uuid, name, source, email, phone, country, language, currency,"
      " manager, note, created_at, updated_at, recruited_by)"
      " VALUES (:uuid, :name, :source, :email, :phone, :country, :language, :currency,"
      " :manager, :note, :now, :now, :recruited_by)";

static const char SQL_SAVE[]
    = "UPDATE partner"
      "   SET name = :name, email = :email, phone = :phone, country = :country,"
      "       language = :language, currency = :currency, manager = :manager, note = :note,"
      "       updated_at = :now, recruited_by = :recruited_by"
      " WHERE id = :id";

static const char SQL_LOAD[] = "SELECT" COLUMNS FROM "WHERE p.id = :id";

static const char SQL_LOAD_BY_NAME[] = "SELECT" COLUMNS FROM "WHERE p.name = :name";

static const char SQL_LIST[] = "SELECT" COLUMNS FROM "ORDER BY p.name COLLATE NOCASE, p.id";

static const char SQL_NAME_IS_TAKEN[]
    = "SELECT count (*) FROM partner WHERE name = :name AND id <> :id";

static const char SQL_SOURCE_IS_TAKEN[] = "SELECT count (*) FROM partner WHERE source = :id";

static const char SQL_LEAD_IS_TAKEN[]
    = "SELECT count (*) FROM partner_lead WHERE lead = :lead AND partner <> :id";

/* Whether the partner is among those who recruited `by`, one after the other, or is it. */
static const char SQL_IS_CIRCLE[]
    = "WITH RECURSIVE above (id) AS ("
      "  SELECT :by UNION"
      "  SELECT p.recruited_by FROM above JOIN partner p ON p.id = above.id"
      "   WHERE p.recruited_by IS NOT NULL)"
      "SELECT count (*) FROM above WHERE id = :id";

static const char SQL_DROP_LEAD[] = "DELETE FROM partner_lead WHERE partner = :id";

static const char SQL_ADD_LEAD[]
    = "INSERT INTO partner_lead (lead, partner) VALUES (:lead, :partner)";

static const char SQL_OF_LEAD[]
    = "SELECT" COLUMNS FROM "WHERE l.lead = :id";

static const char SQL_ARE_THERE[] = "SELECT EXISTS (SELECT 1 FROM partner WHERE :id = 0)";

RungsPartner *
rungs_partner_new (const char *name,
                   const char *currency)
{
  RungsPartner *self = g_new0 (RungsPartner, 1);
  char **texts[] = { &self->uuid,     &self->name,    &self->email, &self->phone,
                     &self->country,  &self->language, &self->manager, &self->note };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("");
  rungs_partner_set (&self->name, name);
  self->kind = RUNGS_SOURCE_AFFILIATE;
  self->status = RUNGS_PARTNER_ACTIVE;
  g_strlcpy (self->currency, currency, sizeof self->currency);
  return self;
}

void
rungs_partner_free (RungsPartner *self)
{
  g_free (self->uuid);
  g_free (self->name);
  g_free (self->email);
  g_free (self->phone);
  g_free (self->country);
  g_free (self->language);
  g_free (self->manager);
  g_free (self->note);
  g_free (self);
}

void
rungs_partner_set (char      **text,
                   const char *value)
{
  char *tidy = g_strstrip (g_strdup (value != NULL ? value : ""));

  g_free (*text);
  *text = tidy;
}

/* ---- whether it can be stored */

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
is_country (const char *text)
{
  return strlen (text) == 2 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]);
}

static gboolean
is_address (const char *text,
            GError    **error)
{
  g_autofree char *key = rungs_email_key (text, error);

  return key != NULL;
}

static gboolean
name_is_free (RungsDb            *db,
              const RungsPartner *partner,
              GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NAME_IS_TAKEN, error);
  gboolean taken;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":name", partner->name);
  rungs_statement_bind_int64 (query, ":id", partner->id);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  taken = rungs_statement_get_int64 (query, 0) > 0;
  if (taken)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("there is a partner “%s” already"),
                 partner->name);
  return !taken;
}

static gboolean
lead_is_free (RungsDb             *db,
              const RungsPartner  *partner,
              GError             **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LEAD_IS_TAKEN, error);
  gint64 taken;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", partner->lead);
  rungs_statement_bind_int64 (query, ":id", partner->id);
  if (!rungs_statement_get_number (query, 0, &taken, error))
    return FALSE;
  if (taken > 0)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                         _ ("this lead is another partner already"));
  return taken == 0;
}

static gboolean
recruiter_is_above (RungsDb             *db,
                    const RungsPartner  *partner,
                    GError             **error)
{
  g_autoptr (RungsStatement) query = NULL;
  gint64 circles;

  if (partner->id == 0 || partner->recruited_by == 0)
    return TRUE;
  query = rungs_db_prepare (db, SQL_IS_CIRCLE, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":by", partner->recruited_by);
  rungs_statement_bind_int64 (query, ":id", partner->id);
  if (!rungs_statement_get_number (query, 0, &circles, error))
    return FALSE;
  return circles == 0
         || refuse (error, _ ("nobody is recruited by somebody they recruited themselves, or who "
                              "was recruited by those"));
}

static gboolean
is_sound (RungsDb            *db,
          const RungsPartner *partner,
          GError            **error)
{
  if (*partner->name == '\0')
    return refuse (error, _ ("a partner needs a name"));
  if (*partner->currency != '\0' && !rungs_currency_is_valid (partner->currency))
    return refuse (error, _ ("say in which currency the partner earns: EUR, USD …"));
  if (*partner->country != '\0' && !is_country (partner->country))
    return refuse (error, _ ("a country is written with two letters: DE, AT, US …"));
  if (*partner->email != '\0' && !is_address (partner->email, error))
    return FALSE;
  return name_is_free (db, partner, error) && lead_is_free (db, partner, error)
         && recruiter_is_above (db, partner, error);
}

/* ---- writing */

static void
bind_partner (RungsStatement     *statement,
              const RungsPartner *partner,
              gint64              now)
{
  rungs_statement_bind_text (statement, ":name", partner->name);
  rungs_statement_bind_text (statement, ":email", partner->email);
  rungs_statement_bind_text (statement, ":phone", partner->phone);
  rungs_statement_bind_text (statement, ":country", partner->country);
  rungs_statement_bind_text (statement, ":language", partner->language);
  rungs_statement_bind_text (statement, ":currency", partner->currency);
  rungs_statement_bind_text (statement, ":manager", partner->manager);
  rungs_statement_bind_text (statement, ":note", partner->note);
  rungs_statement_bind_int64 (statement, ":now", now);
  rungs_statement_bind_id (statement, ":recruited_by", partner->recruited_by);
}

/* Whether the source is one that a partner can have, and no other has. */
static gboolean
check_source (RungsDb      *db,
              RungsPartner *partner,
              GError      **error)
{
  g_autoptr (RungsSource) source = rungs_source_load (db, partner->source, error);
  gint64 taken;

  if (source == NULL)
    return FALSE;
  if (source->kind != RUNGS_SOURCE_AFFILIATE && source->kind != RUNGS_SOURCE_JV)
    return refuse (error, _ ("leads of a partner come from a source of affiliates or of joint "
                             "ventures"));
  partner->kind = source->kind;
  if (!rungs_record_ask (db, SQL_SOURCE_IS_TAKEN, partner->source, 0, &taken, error))
    return FALSE;
  if (taken > 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                 _ ("the source “%s” is that of another partner"), source->name);
  return taken == 0;
}

static gboolean
find_source (RungsDb      *db,
             RungsPartner *partner,
             gint64        now,
             GError      **error)
{
  if (partner->source == 0)
    partner->source = rungs_source_ensure (db, partner->kind, partner->name, now, error);
  return partner->source != 0 && check_source (db, partner, error);
}

static gboolean
set_lead (RungsDb             *db,
          const RungsPartner  *partner,
          GError             **error)
{
  g_autoptr (RungsStatement) add = NULL;

  if (!rungs_record_run (db, SQL_DROP_LEAD, partner->id, error))
    return FALSE;
  if (partner->lead == 0)
    return TRUE;
  add = rungs_db_prepare (db, SQL_ADD_LEAD, error);
  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":lead", partner->lead);
  rungs_statement_bind_int64 (add, ":partner", partner->id);
  return rungs_statement_run (add, error);
}

gint64
rungs_partner_add (RungsDb      *db,
                   RungsPartner *partner,
                   gint64        now,
                   GError      **error)
{
  g_autoptr (RungsStatement) add = NULL;

  g_return_val_if_fail (db != NULL && partner != NULL, 0);

  if (!is_sound (db, partner, error) || !find_source (db, partner, now, error))
    return 0;
  add = rungs_db_prepare (db, SQL_ADD, error);
  if (add == NULL)
    return 0;
  g_free (partner->uuid);
  partner->uuid = g_uuid_string_random ();
  rungs_statement_bind_text (add, ":uuid", partner->uuid);
  rungs_statement_bind_int64 (add, ":source", partner->source);
  bind_partner (add, partner, now);
  if (!rungs_statement_run (add, error))
    return 0;
  partner->id = rungs_db_get_last_id (db);
  partner->created_at = now;
  return set_lead (db, partner, error) ? partner->id : 0;
}

gboolean
rungs_partner_save (RungsDb            *db,
                    const RungsPartner *partner,
                    gint64              now,
                    GError            **error)
{
  g_autoptr (RungsStatement) save = NULL;

  g_return_val_if_fail (db != NULL && partner != NULL, FALSE);

  if (!is_sound (db, partner, error))
    return FALSE;
  save = rungs_db_prepare (db, SQL_SAVE, error);
  if (save == NULL)
    return FALSE;
  bind_partner (save, partner, now);
  return rungs_record_change (db, save, partner->id, "partner", error)
         && set_lead (db, partner, error);
}

/* ---- reading */

static gpointer
read_partner (RungsStatement *row)
{
  RungsPartner *partner = rungs_partner_new (rungs_statement_get_text (row, 2),
                                             rungs_statement_get_text (row, 9));

  partner->id = rungs_statement_get_int64 (row, 0);
  rungs_partner_set (&partner->uuid, rungs_statement_get_text (row, 1));
  partner->source = rungs_statement_get_int64 (row, 3);
  rungs_source_kind_from_text (rungs_statement_get_text (row, 4), &partner->kind);
  rungs_partner_set (&partner->email, rungs_statement_get_text (row, 5));
  rungs_partner_set (&partner->phone, rungs_statement_get_text (row, 6));
  rungs_partner_set (&partner->country, rungs_statement_get_text (row, 7));
  rungs_partner_set (&partner->language, rungs_statement_get_text (row, 8));
  rungs_partner_set (&partner->manager, rungs_statement_get_text (row, 10));
  rungs_partner_set (&partner->note, rungs_statement_get_text (row, 11));
  partner->created_at = rungs_statement_get_int64 (row, 12);
  partner->ended_at = rungs_statement_get_int64 (row, 13);
  rungs_pay_way_from_text (rungs_statement_get_text (row, 14), &partner->pay_way);
  partner->lead = rungs_statement_get_int64 (row, 15);
  partner->recruited_by = rungs_statement_get_int64 (row, 16);
  rungs_partner_status_from_text (rungs_statement_get_text (row, 17), &partner->status);
  return partner;
}

RungsPartner *
rungs_partner_load (RungsDb *db,
                    gint64   id,
                    GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  return rungs_record_load (db, SQL_LOAD, id, read_partner, "partner", error);
}

RungsPartner *
rungs_partner_load_by_name (RungsDb    *db,
                            const char *name,
                            GError    **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autofree char *missing = NULL;

  g_return_val_if_fail (db != NULL && name != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LOAD_BY_NAME, error);
  if (query != NULL)
    rungs_statement_bind_text (query, ":name", name);
  missing = g_strdup_printf (_ ("there is no partner “%s”"), name);
  return rungs_record_first (query, read_partner, missing, error);
}

gboolean
rungs_partner_find_of_lead (RungsDb       *db,
                            gint64         lead,
                            RungsPartner **partner,
                            GError       **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL && partner != NULL, FALSE);

  *partner = NULL;
  query = rungs_db_prepare (db, SQL_OF_LEAD, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", lead);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return rungs_statement_done (query, error);
  *partner = read_partner (query);
  return TRUE;
}

GPtrArray *
rungs_partner_list (RungsDb *db,
                    GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST, error);
  return rungs_record_list (query, read_partner, (GDestroyNotify) rungs_partner_free, error);
}

gboolean
rungs_partners_are_there (RungsDb  *db,
                          gboolean *there,
                          GError  **error)
{
  gint64 answer;

  g_return_val_if_fail (db != NULL && there != NULL, FALSE);

  if (!rungs_record_ask (db, SQL_ARE_THERE, 0, 0, &answer, error))
    return FALSE;
  *there = answer != 0;
  return TRUE;
}
