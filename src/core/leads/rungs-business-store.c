/* rungs-business-store.c: whose file this is, and what holds for all of it. */

#include "leads/rungs-business-store.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/random.h>

#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-score-store.h"

#define SALT_SIZE 16
#define MINUTES_A_DAY (24 * 60)
#define ALL_DAYS 127u
#define KEPT_ZONES "zones of leads"

static const char SQL_INIT[]
    = "INSERT INTO business (id, uuid, salt, demo, created_at)"
      " VALUES (1, :uuid, :salt, :demo, :now)";

static const char SQL_LOAD[]
    = "SELECT uuid, name, address, zone, currency, demo, cap_messages, cap_days,"
      "       coalesce (window_from, -1), coalesce (window_to, -1), created_at,"
      "       report_currency, signature, window_days, window_of_lead,"
      "       count_clicks, country, vat_id"
      "  FROM business";

static const char SQL_ZONE[] = "SELECT zone FROM business";

static const char SQL_SAVE[]
    = "UPDATE business"
      "   SET name = :name, address = :address, signature = :signature, zone = :zone,"
      "       currency = :currency,"
      "       report_currency = :report_currency, cap_messages = :cap_messages,"
      "       cap_days = :cap_days, window_from = :window_from,"
      "       window_to = :window_to, window_days = :window_days,"
      "       window_of_lead = :window_of_lead, count_clicks = :count_clicks,"
      "       country = :country, vat_id = :vat_id";

void
rungs_business_free (RungsBusiness *self)
{
  g_free (self->uuid);
  g_free (self->name);
  g_free (self->address);
  g_free (self->signature);
  g_free (self->zone);
  g_free (self->vat_id);
  g_free (self);
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
is_minute (int minute)
{
  return minute >= 0 && minute < MINUTES_A_DAY;
}

static gboolean
is_country (const char *text)
{
  return strlen (text) == 2 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]);
}

/* As rungs_payee_check() leaves those of partners. */
static gboolean
is_vat_id (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isupper (text[i]) && (i < 2 || !g_ascii_isdigit (text[i])))
      return FALSE;
  return length >= 4 && length <= 15;
}

static gboolean
is_sound (const RungsBusiness *self,
          GError             **error)
{
  if (!rungs_time_zone_is_known (self->zone))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("“%s” is not a time zone such as Europe/Berlin"), self->zone);
      return FALSE;
    }
  if (!rungs_currency_is_valid (self->currency)
      || (*self->report_currency != '\0' && !rungs_currency_is_valid (self->report_currency)))
    return refuse (error, _ ("a currency has three capital letters, such as EUR"));
  if (*self->country != '\0' && !is_country (self->country))
    return refuse (error, _ ("a country is written with two letters: DE, AT, US …"));
  if (self->vat_id != NULL && *self->vat_id != '\0' && !is_vat_id (self->vat_id))
    return refuse (error, _ ("a VAT id begins with the two letters of its country: DE123456789"));
  if (!(self->cap_messages == 0 && self->cap_days == 0)
      && (self->cap_messages < 1 || self->cap_days < 1))
    return refuse (error, _ ("a cap needs both a number of messages and a number of days"));
  if (!(self->window_from == -1 && self->window_to == -1)
      && (!is_minute (self->window_from) || !is_minute (self->window_to)
          || self->window_from == self->window_to))
    return refuse (error, _ ("sending hours need both a beginning and a different end"));
  if (self->window_days > ALL_DAYS)
    return refuse (error, _ ("a week has seven days"));
  return TRUE;
}

/* Parameters of which -1 means none. */
static void
bind_minute (RungsStatement *statement,
             const char     *name,
             int             minute)
{
  if (minute < 0)
    rungs_statement_bind_null (statement, name);
  else
    rungs_statement_bind_int64 (statement, name, minute);
}

gboolean
rungs_business_init (RungsDb *db,
                     gboolean demo,
                     gint64   now,
                     GError **error)
{
  g_autoptr (RungsStatement) init = rungs_db_prepare (db, SQL_INIT, error);
  g_autofree char *uuid = g_uuid_string_random ();
  guint8 salt[SALT_SIZE];

  if (init == NULL)
    return FALSE;
  if (getrandom (salt, sizeof salt, 0) != sizeof salt)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                           _ ("the system gives no random numbers"));
      return FALSE;
    }

  rungs_statement_bind_text (init, ":uuid", uuid);
  rungs_statement_bind_blob (init, ":salt", salt, sizeof salt);
  rungs_statement_bind_int64 (init, ":demo", demo ? 1 : 0);
  rungs_statement_bind_int64 (init, ":now", now);
  return rungs_statement_run (init, error);
}

static RungsBusiness *
business_from_row (RungsStatement *row)
{
  RungsBusiness *self = g_new0 (RungsBusiness, 1);

  self->uuid = rungs_statement_dup_text (row, 0);
  self->name = rungs_statement_dup_text (row, 1);
  self->address = rungs_statement_dup_text (row, 2);
  self->zone = rungs_statement_dup_text (row, 3);
  g_strlcpy (self->currency, rungs_statement_get_text (row, 4), sizeof self->currency);
  self->demo = rungs_statement_get_int64 (row, 5) != 0;
  self->cap_messages = rungs_statement_get_int64 (row, 6);
  self->cap_days = rungs_statement_get_int64 (row, 7);
  self->window_from = rungs_statement_get_int64 (row, 8);
  self->window_to = rungs_statement_get_int64 (row, 9);
  self->created_at = rungs_statement_get_int64 (row, 10);
  g_strlcpy (self->report_currency, rungs_statement_get_text (row, 11),
             sizeof self->report_currency);
  self->signature = rungs_statement_dup_text (row, 12);
  self->window_days = (guint) rungs_statement_get_int64 (row, 13) & ALL_DAYS;
  self->window_of_lead = rungs_statement_get_int64 (row, 14) != 0;
  self->count_clicks = rungs_statement_get_int64 (row, 15) != 0;
  g_strlcpy (self->country, rungs_statement_get_text (row, 16), sizeof self->country);
  self->vat_id = rungs_statement_dup_text (row, 17);
  return self;
}

RungsBusiness *
rungs_business_load (RungsDb *db,
                     GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);
  RungsStep step;

  if (query == NULL)
    return NULL;
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                         _ ("the file holds no business"));
  return step == RUNGS_ROW ? business_from_row (query) : NULL;
}

/* Another zone has other days, and the score of a lead is a matter of days. */
static gboolean
zone_changes (RungsDb    *db,
              const char *zone,
              GError    **error)
{
  g_autoptr (RungsBusiness) stored = rungs_business_load (db, error);

  return stored != NULL
         && (g_str_equal (stored->zone, zone) || rungs_scores_begin_anew (db, error));
}

gboolean
rungs_business_save (RungsDb             *db,
                     const RungsBusiness *business,
                     GError             **error)
{
  g_autoptr (RungsStatement) save = NULL;

  g_return_val_if_fail (business != NULL, FALSE);

  if (!is_sound (business, error) || !zone_changes (db, business->zone, error))
    return FALSE;
  save = rungs_db_prepare (db, SQL_SAVE, error);
  if (save == NULL)
    return FALSE;

  rungs_statement_bind_text (save, ":name", business->name ? business->name : "");
  rungs_statement_bind_text (save, ":address", business->address ? business->address : "");
  rungs_statement_bind_text (save, ":signature", business->signature ? business->signature : "");
  rungs_statement_bind_text (save, ":zone", business->zone);
  rungs_statement_bind_text (save, ":currency", business->currency);
  rungs_statement_bind_text (save, ":report_currency", business->report_currency);
  rungs_statement_bind_id (save, ":cap_messages", business->cap_messages);
  rungs_statement_bind_id (save, ":cap_days", business->cap_days);
  bind_minute (save, ":window_from", business->window_from);
  bind_minute (save, ":window_to", business->window_to);
  rungs_statement_bind_int64 (save, ":window_days",
                              business->window_days == ALL_DAYS ? 0 : business->window_days);
  rungs_statement_bind_int64 (save, ":window_of_lead", business->window_of_lead ? 1 : 0);
  rungs_statement_bind_int64 (save, ":count_clicks", business->count_clicks ? 1 : 0);
  rungs_statement_bind_text (save, ":country", business->country);
  rungs_statement_bind_text (save, ":vat_id", business->vat_id ? business->vat_id : "");
  return rungs_statement_run (save, error);
}

static gpointer
zone_from_row (RungsStatement *row)
{
  return rungs_time_zone (rungs_statement_get_text (row, 0));
}

/* Asks for nothing that a file lacks which was not brought up to date yet: every command needs the
 * zone, also one that only reads. */
GTimeZone *
rungs_business_zone (RungsDb *db,
                     GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ZONE, error);

  return rungs_record_first (query, zone_from_row, _ ("the file holds no business"), error);
}

static gpointer
zones_from_row (RungsStatement *row)
{
  return rungs_zones_new (rungs_statement_get_text (row, 0));
}

RungsZones *
rungs_business_zones (RungsDb *db,
                      GError **error)
{
  static const char *const TABLES[] = { "business", NULL };
  RungsZones *zones = rungs_db_get_kept (db, KEPT_ZONES);
  g_autoptr (RungsStatement) query = NULL;

  if (zones != NULL)
    return rungs_zones_ref (zones);
  query = rungs_db_prepare (db, SQL_ZONE, error);
  zones = rungs_record_first (query, zones_from_row, _ ("the file holds no business"), error);
  if (zones != NULL)
    rungs_db_keep (db, KEPT_ZONES, TABLES, rungs_zones_ref (zones),
                   (GDestroyNotify) rungs_zones_unref);
  return zones;
}
