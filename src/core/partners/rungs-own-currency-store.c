/* rungs-own-currency-store.c: in which currency a partner earns. */

#include "partners/rungs-own-currency-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "base/rungs-rate.h"
#include "db/rungs-record.h"
#include "ladder/rungs-exchange-store.h"

static const char SQL_CURRENCY[] = "SELECT currency FROM partner WHERE id = :id";

gboolean
rungs_own_currency_find (RungsDb           *db,
                         gint64             partner,
                         const char        *sold,
                         gint64             at,
                         RungsOwnCurrency  *own,
                         GError           **error)
{
  g_autoptr (RungsStatement) query = NULL;
  char wanted[4];

  g_return_val_if_fail (db != NULL && sold != NULL && own != NULL, FALSE);

  *own = (RungsOwnCurrency){ 0 };
  g_strlcpy (own->currency, sold, sizeof own->currency);
  query = rungs_db_prepare (db, SQL_CURRENCY, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", partner);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return rungs_statement_done (query, error)
           && rungs_record_refuse_missing ("partner", partner, error);
  g_strlcpy (wanted, rungs_statement_get_text (query, 0), sizeof wanted);
  if (*wanted == '\0' || strcmp (wanted, sold) == 0)
    return TRUE;
  if (!rungs_exchange_rate_find (db, wanted, sold, at, &own->exchange, error))
    return FALSE;
  g_strlcpy (own->exchange.rate != 0 ? own->currency : own->no_rate_to, wanted, sizeof wanted);
  return TRUE;
}

const char *
rungs_own_currency_get_sold (const RungsOwnCurrency *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->exchange.rate != 0
             ? rungs_exchange_rate_get_other (&self->exchange, self->currency)
             : self->currency;
}

gboolean
rungs_own_currency_share (const RungsOwnCurrency  *self,
                          gint64                   minor,
                          gint64                   basis_points,
                          gint64                  *told,
                          GError                 **error)
{
  RungsMoney share;

  g_return_val_if_fail (self != NULL && told != NULL, FALSE);

  if (self->exchange.rate == 0)
    {
      if (!rungs_money_share (rungs_money (minor, self->currency), basis_points, &share, error))
        return FALSE;
      *told = share.minor;
      return TRUE;
    }
  if (rungs_exchange_rate_share (&self->exchange, self->currency, minor, basis_points, told))
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the share is too large"));
  return FALSE;
}

char *
rungs_own_currency_dup_words (const RungsOwnCurrency *self,
                              gint64                  minor,
                              gint64                  basis_points,
                              gint64                  told)
{
  g_autofree char *statement = NULL, *amount = NULL, *words = NULL, *share = NULL;
  gint64 product;

  g_return_val_if_fail (self != NULL, NULL);

  if (*self->no_rate_to != '\0')
    return g_strdup_printf (_ ("as sold: no rate to %s was known on that day"), self->no_rate_to);
  if (self->exchange.rate == 0)
    return NULL;
  statement = rungs_exchange_rate_dup_statement (&self->exchange);
  amount = rungs_money_format (rungs_money (told, self->currency));
  /* Translators: a rate, its day and an amount: "at 1 USD = 0.92 EUR of 2026-11-20: 11.50 EUR" */
  words = g_strdup_printf (_ ("at %s of %s: %s"), statement, self->exchange.day, amount);
  if (__builtin_mul_overflow (minor, basis_points, &product) || product % RUNGS_RATE_WHOLE != 0)
    return g_steal_pointer (&words);
  share = rungs_money_format (
      rungs_money (product / RUNGS_RATE_WHOLE, rungs_own_currency_get_sold (self)));
  return g_strdup_printf ("%s %s", share, words);
}
