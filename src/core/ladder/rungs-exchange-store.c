/* rungs-exchange-store.c: the rates that the owner enters. */

#include "ladder/rungs-exchange-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-field.h"

#define SELECT "SELECT id, base, quote, rate, day FROM currency_rate"
#define OF_DAY                                                                                     \
  " WHERE min (base, quote) = min (:base, :quote) AND max (base, quote) = max (:base, :quote)"     \
  "   AND day = :day"

static const char SQL_OF_DAY[] = SELECT OF_DAY;

static const char SQL_REMOVE[] = "DELETE FROM currency_rate" OF_DAY;

static const char SQL_ADD[] = "INSERT INTO currency_rate (base, quote, rate, day)"
                              " VALUES (:base, :quote, :rate, :day)";

static const char SQL_ALL[] = SELECT " ORDER BY min (base, quote), max (base, quote), day DESC";

static const char SQL_OF_CURRENCY[]
  = SELECT " WHERE base = :currency OR quote = :currency"
           " ORDER BY min (base, quote), max (base, quote), day DESC";

static const char SQL_BY_DAY[]
  = SELECT " WHERE base = :currency OR quote = :currency ORDER BY day, id";

static const char SQL_LAST[]
  = SELECT " WHERE min (base, quote) = min (:report, :currency)"
           "   AND max (base, quote) = max (:report, :currency) AND day <= :day"
           " ORDER BY day DESC LIMIT 1";

static const char SQL_LOAD[] = SELECT " WHERE id = :id";

static const char SQL_TELL[]
  = "INSERT INTO name_change (kind, thing, before) VALUES ('offer', 0, '')";

static const char SQL_CURRENCIES[]
  = "SELECT currency, sum (n) FROM"
    " (SELECT currency, count (*) AS n FROM sales_order GROUP BY currency"
    "  UNION ALL SELECT currency, count (*) FROM product WHERE currency <> '' GROUP BY currency"
    "  UNION ALL SELECT currency, count (*) FROM source_spend GROUP BY currency"
    "  UNION ALL SELECT currency, count (*) FROM partner WHERE currency <> '' GROUP BY currency)"
    " GROUP BY currency ORDER BY currency";

/* ---- reading */

static void
rate_from_row (RungsStatement    *row,
               RungsExchangeRate *rate)
{
  rate->id = rungs_statement_get_int64 (row, 0);
  g_strlcpy (rate->base, rungs_statement_get_text (row, 1), sizeof rate->base);
  g_strlcpy (rate->quote, rungs_statement_get_text (row, 2), sizeof rate->quote);
  rate->rate = rungs_statement_get_int64 (row, 3);
  g_strlcpy (rate->day, rungs_statement_get_text (row, 4), sizeof rate->day);
}

static gboolean
read_rates (RungsStatement *query,
            GArray         *rates,
            GError        **error)
{
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsExchangeRate rate;

      rate_from_row (query, &rate);
      g_array_append_val (rates, rate);
    }
  return rungs_statement_done (query, error);
}

static GArray *
list_rates (RungsDb    *db,
            const char *sql,
            const char *currency,
            GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));

  if (query == NULL)
    return NULL;
  if (currency != NULL)
    rungs_statement_bind_text (query, ":currency", currency);
  return read_rates (query, rates, error) ? g_steal_pointer (&rates) : NULL;
}

GArray *
rungs_exchange_rates_list (RungsDb    *db,
                           const char *currency,
                           GError    **error)
{
  return list_rates (db, currency != NULL ? SQL_OF_CURRENCY : SQL_ALL, currency, error);
}

static gpointer
rate_of_row (RungsStatement *row)
{
  RungsExchangeRate *rate = g_new0 (RungsExchangeRate, 1);

  rate_from_row (row, rate);
  return rate;
}

gboolean
rungs_exchange_rate_load (RungsDb           *db,
                          gint64             id,
                          RungsExchangeRate *rate,
                          GError           **error)
{
  g_autofree RungsExchangeRate *loaded
    = rungs_record_load (db, SQL_LOAD, id, rate_of_row, "rate", error);

  g_return_val_if_fail (rate != NULL, FALSE);

  if (loaded != NULL)
    *rate = *loaded;
  return loaded != NULL;
}

gboolean
rungs_exchange_rate_find (RungsDb           *db,
                          const char        *one,
                          const char        *other,
                          gint64             at,
                          RungsExchangeRate *rate,
                          GError           **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *day = NULL;
  RungsStep step;

  g_return_val_if_fail (one != NULL && other != NULL && rate != NULL, FALSE);

  *rate = (RungsExchangeRate){ 0 };
  zone = rungs_business_zone (db, error);
  query = zone != NULL ? rungs_db_prepare (db, SQL_LAST, error) : NULL;
  if (query == NULL)
    return FALSE;
  day = rungs_time_format_day (at, zone);
  rungs_statement_bind_text (query, ":report", one);
  rungs_statement_bind_text (query, ":currency", other);
  rungs_statement_bind_text (query, ":day", day);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    rate_from_row (query, rate);
  return step != RUNGS_FAILED;
}

void
rungs_exchange_rate_bind (RungsStatement          *statement,
                          const RungsExchangeRate *rate)
{
  g_return_if_fail (statement != NULL && rate != NULL);

  if (rate->rate == 0)
    {
      rungs_statement_bind_null (statement, ":exchange");
      rungs_statement_bind_null (statement, ":exchange_base");
      rungs_statement_bind_null (statement, ":exchange_quote");
      rungs_statement_bind_null (statement, ":exchange_day");
      return;
    }
  rungs_statement_bind_int64 (statement, ":exchange", rate->rate);
  rungs_statement_bind_text (statement, ":exchange_base", rate->base);
  rungs_statement_bind_text (statement, ":exchange_quote", rate->quote);
  rungs_statement_bind_text (statement, ":exchange_day", rate->day);
}

static void
read_text (RungsStatement *row,
           int             column,
           char           *text,
           gsize           size)
{
  if (!rungs_statement_is_null (row, column))
    g_strlcpy (text, rungs_statement_get_text (row, column), size);
}

void
rungs_exchange_rate_read (RungsStatement    *row,
                          int                column,
                          RungsExchangeRate *rate)
{
  g_return_if_fail (row != NULL && rate != NULL);

  *rate = (RungsExchangeRate){ 0 };
  if (rungs_statement_is_null (row, column))
    return;
  rate->rate = rungs_statement_get_int64 (row, column);
  read_text (row, column + 1, rate->base, sizeof rate->base);
  read_text (row, column + 2, rate->quote, sizeof rate->quote);
  read_text (row, column + 3, rate->day, sizeof rate->day);
}

gboolean
rungs_exchange_load (RungsDb        *db,
                     const char     *currency,
                     RungsExchange **exchange,
                     GError        **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GArray) rates = NULL;

  g_return_val_if_fail (exchange != NULL, FALSE);

  *exchange = NULL;
  if (business == NULL)
    return FALSE;
  if (currency == NULL)
    currency = business->report_currency;
  if (*currency == '\0')
    return TRUE;
  zone = rungs_time_zone (business->zone);
  rates = list_rates (db, SQL_BY_DAY, currency, error);
  if (rates != NULL)
    *exchange = rungs_exchange_new (currency, zone, rates);
  return rates != NULL;
}

/* The rates that hold on the day. */
static GArray *
list_last (RungsDb            *db,
           const char         *report,
           const char *const  *currencies,
           const char         *day,
           GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LAST, error);
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));

  if (query == NULL)
    return NULL;
  for (; *currencies != NULL; currencies++)
    {
      rungs_statement_bind_text (query, ":report", report);
      rungs_statement_bind_text (query, ":currency", *currencies);
      rungs_statement_bind_text (query, ":day", day);
      if (!read_rates (query, rates, error))
        return NULL;
    }
  return g_steal_pointer (&rates);
}

gboolean
rungs_exchange_load_at (RungsDb            *db,
                        const char *const  *currencies,
                        gint64              at,
                        RungsExchange     **exchange,
                        GError            **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *day = NULL;
  g_autoptr (GArray) rates = NULL;

  g_return_val_if_fail (currencies != NULL && exchange != NULL, FALSE);

  *exchange = NULL;
  if (business == NULL || *business->report_currency == '\0')
    return business != NULL;
  zone = rungs_time_zone (business->zone);
  day = rungs_time_format_day (at, zone);
  rates = list_last (db, business->report_currency, currencies, day, error);
  if (rates != NULL)
    *exchange = rungs_exchange_new (business->report_currency, zone, rates);
  return rates != NULL;
}

GArray *
rungs_exchange_list_currencies (RungsDb *db,
                                GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CURRENCIES, error);
  g_autoptr (GArray) currencies = g_array_new (FALSE, FALSE, sizeof (RungsMoney));

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsMoney money = rungs_money (rungs_statement_get_int64 (query, 1),
                                      rungs_statement_get_text (query, 0));

      g_array_append_val (currencies, money);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&currencies) : NULL;
}

/* ---- writing */

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
is_sound (const RungsExchangeRate *rate,
          GError                 **error)
{
  g_autofree char *day = NULL;

  if (!rungs_currency_is_valid (rate->base) || !rungs_currency_is_valid (rate->quote))
    return refuse (error, _ ("a currency has three capital letters, such as EUR"));
  if (strcmp (rate->base, rate->quote) == 0)
    return refuse (error, _ ("a rate is of two different currencies"));
  if (rate->rate <= 0)
    return refuse (error, _ ("a rate is above 0"));
  day = rungs_field_normalize (RUNGS_FIELD_DATE, rate->day, error);
  return day != NULL
         && (strcmp (day, rate->day) == 0
             || refuse (error, _ ("a day is written as 2026-11-22")));
}

static void
bind_day (RungsStatement          *statement,
          const RungsExchangeRate *rate)
{
  rungs_statement_bind_text (statement, ":base", rate->base);
  rungs_statement_bind_text (statement, ":quote", rate->quote);
  rungs_statement_bind_text (statement, ":day", rate->day);
}

/* What is to be changed, and what stood there. */
typedef struct
{
  RungsStatement *find;
  RungsStatement *remove;
  RungsStatement *add; /* (nullable): nothing is put in its place */
  GArray *before;      /* (element-type RungsExchangeRate) */
} Change;

static gboolean
change_rate (const Change            *self,
             const RungsExchangeRate *rate,
             GError                 **error)
{
  bind_day (self->find, rate);
  if (!read_rates (self->find, self->before, error))
    return FALSE;
  bind_day (self->remove, rate);
  if (!rungs_statement_run (self->remove, error))
    return FALSE;
  if (self->add == NULL)
    return TRUE;
  bind_day (self->add, rate);
  rungs_statement_bind_int64 (self->add, ":rate", rate->rate);
  return rungs_statement_run (self->add, error);
}

static gboolean
change_rates (RungsDb      *db,
              const GArray *rates,
              gboolean      adds,
              GArray      **before,
              GError      **error)
{
  g_autoptr (RungsStatement) find = rungs_db_prepare (db, SQL_OF_DAY, error);
  g_autoptr (RungsStatement) remove = find ? rungs_db_prepare (db, SQL_REMOVE, error) : NULL;
  g_autoptr (RungsStatement) add = remove ? rungs_db_prepare (db, SQL_ADD, error) : NULL;
  g_autoptr (RungsStatement) tell = add ? rungs_db_prepare (db, SQL_TELL, error) : NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  Change change = { find, remove, adds ? add : NULL, found };

  if (tell == NULL)
    return FALSE;
  for (guint i = 0; i < rates->len; i++)
    {
      const RungsExchangeRate *rate = &g_array_index (rates, RungsExchangeRate, i);

      if (!is_sound (rate, error) || !change_rate (&change, rate, error))
        return FALSE;
    }
  if (before != NULL)
    *before = g_steal_pointer (&found);
  return rungs_statement_run (tell, error);
}

gboolean
rungs_exchange_rates_set (RungsDb      *db,
                          const GArray *rates,
                          GArray      **before,
                          GError      **error)
{
  g_return_val_if_fail (rates != NULL, FALSE);

  return change_rates (db, rates, TRUE, before, error);
}

gboolean
rungs_exchange_rates_remove (RungsDb      *db,
                             const GArray *rates,
                             GArray      **before,
                             GError      **error)
{
  g_return_val_if_fail (rates != NULL, FALSE);

  return change_rates (db, rates, FALSE, before, error);
}
