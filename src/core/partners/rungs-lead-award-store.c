/* rungs-lead-award-store.c: partners are paid for leads. */

#include "partners/rungs-lead-award-store.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-award-store.h"
#include "partners/rungs-programme-store.h"

static const char SQL_ARE_THERE[]
    = "SELECT EXISTS (SELECT 1 FROM programme_terms"
      "                WHERE json_type (terms, '$.leads') IS NOT NULL AND :id = 0)";

/* Whose a lead is that earned nobody anything yet. */
static const char SQL_FIRST[]
    = "SELECT p.id, t.id, t.at, t.run, l.country,"
      "       (SELECT min (o.confirmed_at) FROM opt_in_pending o WHERE o.lead = l.id)"
      "  FROM lead l"
      "  JOIN touch t ON t.id = (SELECT f.id FROM touch f WHERE f.lead = l.id"
      "                           ORDER BY f.at, f.id LIMIT 1)"
      "  JOIN partner p ON p.source = t.source"
      " WHERE l.id = :id AND l.created_at >= t.at"
      "   AND NOT EXISTS (SELECT 1 FROM partner_idle i WHERE i.partner = p.id"
      "                      AND i.from_at <= t.at"
      "                      AND (i.until_at IS NULL OR i.until_at > t.at))"
      "   AND NOT EXISTS (SELECT 1 FROM award a WHERE a.lead = l.id)"
      "   AND NOT EXISTS (SELECT 1 FROM partner_lead o WHERE o.lead = l.id AND o.partner = p.id)"
      "   AND NOT EXISTS (SELECT 1 FROM sales_order s WHERE s.lead = l.id AND s.at < t.at)";

static const char SQL_COUNT[]
    = "SELECT count (*) FROM award"
      " WHERE partner = :partner AND at >= :from AND at < :until AND kind = 'lead'"
      "   AND taken_at IS NULL";

static const char SQL_OF_IMPORT[] = "SELECT DISTINCT lead FROM touch WHERE run = :id ORDER BY lead";

static const char SQL_AWARDS_OF_IMPORT[]
    = "SELECT id FROM award WHERE run = :id AND run <> 0 AND taken_at IS NULL ORDER BY id";

/* How a lead came. */
typedef struct
{
  gint64 partner; /* 0: by none, or it counts for none */
  gint64 touch;
  gint64 at;
  gint64 run;
  gint64 confirmed_at; /* 0: not yet */
  char *country;       /* (owned) */
} Arrival;

static void
arrival_clear (Arrival *self)
{
  g_free (self->country);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arrival, arrival_clear)

gboolean
rungs_lead_awards_are_there (RungsDb   *db,
                             gboolean  *are_there,
                             GError   **error)
{
  gint64 there;

  g_return_val_if_fail (db != NULL && are_there != NULL, FALSE);

  if (!rungs_record_ask (db, SQL_ARE_THERE, 0, 0, &there, error))
    return FALSE;
  *are_there = there != 0;
  return TRUE;
}

static gboolean
find_arrival (RungsDb *db,
              gint64   lead,
              Arrival *arrival,
              GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIRST, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", lead);
  step = rungs_statement_step (query, error);
  if (step != RUNGS_ROW)
    return step == RUNGS_DONE;
  arrival->partner = rungs_statement_get_int64 (query, 0);
  arrival->touch = rungs_statement_get_int64 (query, 1);
  arrival->at = rungs_statement_get_int64 (query, 2);
  arrival->run = rungs_statement_get_int64 (query, 3);
  arrival->country = rungs_statement_dup_text (query, 4);
  arrival->confirmed_at = rungs_statement_get_int64 (query, 5);
  return TRUE;
}

/* How many leads the partner was awarded in the calendar month of `at`, by the business's clock. */
static gboolean
count_in_month (RungsDb *db,
                gint64   partner,
                gint64   at,
                gint64  *count,
                GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT, error);
  g_autoptr (GTimeZone) zone = query != NULL ? rungs_business_zone (db, error) : NULL;
  g_autoptr (GDateTime) day = zone != NULL ? rungs_time_in_zone (at, zone) : NULL;
  int first, days;

  if (day == NULL)
    return FALSE;
  first = 1 - g_date_time_get_day_of_month (day);
  days = g_date_get_days_in_month (g_date_time_get_month (day),
                                   (GDateYear) g_date_time_get_year (day));
  rungs_statement_bind_int64 (query, ":partner", partner);
  rungs_statement_bind_int64 (query, ":from", rungs_time_day_start (at, zone, first));
  rungs_statement_bind_int64 (query, ":until", rungs_time_day_start (at, zone, first + days));
  return rungs_statement_get_number (query, 0, count, error);
}

/* In the partner's own currency, at the rate of the day when it was earned; as the terms have it
 * where that would come to nothing. `words` (inout) (transfer full): why. */
static gboolean
tell_amount (RungsDb     *db,
             RungsAward  *award,
             char       **words,
             GError     **error)
{
  RungsMoney fixed = award->amount;
  g_autofree char *more = NULL;
  gint64 told;

  if (!rungs_own_currency_find (db, award->partner, fixed.currency, award->at, &award->own, error)
      || !rungs_own_currency_share (&award->own, fixed.minor, RUNGS_RATE_WHOLE, &told, error))
    return FALSE;
  if (told == 0)
    {
      award->own = (RungsOwnCurrency){ 0 };
      return TRUE;
    }
  more = rungs_own_currency_dup_words (&award->own, fixed.minor, RUNGS_RATE_WHOLE, told);
  award->amount = rungs_money (told, award->own.currency);
  award->told_from = fixed.minor;
  if (more != NULL)
    {
      char *both = g_strdup_printf ("%s · %s", *words, more);

      g_free (*words);
      *words = both;
    }
  return TRUE;
}

static gboolean
add_award (RungsDb                 *db,
           gint64                   lead,
           const Arrival           *arrival,
           const RungsTermsVersion *version,
           gint64                   now,
           GError                 **error)
{
  const RungsTermsLeads *leads = version->terms->leads;
  gint64 at = leads->when_confirmed ? arrival->confirmed_at : arrival->at;
  RungsAward award = { .partner = arrival->partner,
                       .kind = RUNGS_AWARD_LEAD,
                       .lead = lead,
                       .touch = arrival->touch,
                       .run = arrival->run,
                       .amount = leads->fixed,
                       .terms = version->id,
                       .at = at,
                       .hold_until = at + version->terms->hold_days * RUNGS_DAY,
                       .approved_at = version->terms->by_hand ? 0 : now };
  g_autofree char *words = g_strdup (leads->when_confirmed ? _ ("A lead who confirmed the address")
                                                           : _ ("A lead who arrived"));
  gint64 count = 0;

  if (leads->most_by_month > 0 && !count_in_month (db, award.partner, at, &count, error))
    return FALSE;
  if (leads->most_by_month > 0 && count >= leads->most_by_month)
    return TRUE;
  if (!tell_amount (db, &award, &words, error))
    return FALSE;
  award.words = words;
  return rungs_award_add (db, &award, now, error) != 0;
}

gboolean
rungs_lead_award_consider (RungsDb *db,
                           gint64   lead,
                           gint64   now,
                           GError **error)
{
  g_auto (Arrival)
    arrival = { 0 };
  g_autoptr (RungsTermsVersion) version = NULL;
  const RungsTermsLeads *leads;

  g_return_val_if_fail (db != NULL, FALSE);

  if (!find_arrival (db, lead, &arrival, error))
    return FALSE;
  if (arrival.partner == 0)
    return TRUE;
  if (!rungs_programme_find_terms (db, arrival.partner, arrival.at, &version, error))
    return FALSE;
  leads = version != NULL ? version->terms->leads : NULL;
  if (leads == NULL || (leads->when_confirmed && arrival.confirmed_at == 0)
      || !rungs_terms_leads_fit (leads, arrival.country))
    return TRUE;
  return add_award (db, lead, &arrival, version, now, error);
}

static GArray *
ids_of (RungsDb    *db,
        const char *sql,
        gint64      run,
        GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":id", run);
  return rungs_record_ids (query, error);
}

gboolean
rungs_lead_award_consider_import (RungsDb *db,
                                  gint64   run,
                                  gint64   now,
                                  GError **error)
{
  g_autoptr (GArray) leads = NULL;

  g_return_val_if_fail (db != NULL, FALSE);

  leads = ids_of (db, SQL_OF_IMPORT, run, error);
  for (guint i = 0; leads != NULL && i < leads->len; i++)
    if (!rungs_lead_award_consider (db, g_array_index (leads, gint64, i), now, error))
      return FALSE;
  return leads != NULL;
}

gboolean
rungs_lead_award_forget_import (RungsDb *db,
                                gint64   run,
                                gint64   now,
                                GError **error)
{
  g_autoptr (GArray) awards = NULL;

  g_return_val_if_fail (db != NULL, FALSE);

  awards = ids_of (db, SQL_AWARDS_OF_IMPORT, run, error);
  for (guint i = 0; awards != NULL && i < awards->len; i++)
    if (!rungs_award_take_back (db, g_array_index (awards, gint64, i),
                                _ ("The import that brought the lead was taken back"), now, error))
      return FALSE;
  return awards != NULL;
}
