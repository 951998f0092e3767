/* rungs-what-if-words.c: what a change is about, in the user's words, and a year as a table. */

#include "insights/rungs-what-if-words.h"

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "tables/rungs-table-cell.h"

static char *
name_source (const RungsWhatIfBasis *basis,
             RungsLadderPlace        place)
{
  int found = rungs_what_if_basis_find_source (basis, place.id);
  const char *name
      = found >= 0 ? rungs_what_if_basis_get_source (basis, (guint) found)->name : NULL;

  if (place.id == 0)
    return g_strdup (_ ("leads without a source"));
  if (name == NULL)
    return g_strdup (_ ("a source that is gone"));
  switch (place.path)
    {
    case RUNGS_PATH_OPT_IN:
      return g_strdup_printf (_ ("%s, opt-in"), name);
    case RUNGS_PATH_DIRECT:
      return g_strdup_printf (_ ("%s, direct"), name);
    case RUNGS_PATH_PHONE:
      return g_strdup_printf (_ ("%s, by phone"), name);
    case RUNGS_PATH_IN_PERSON:
      return g_strdup_printf (_ ("%s, in person"), name);
    default:
      return g_strdup (name);
    }
}

char *
rungs_what_if_name_place (const RungsWhatIfBasis *basis,
                          RungsLadderPlace        place)
{
  int found;

  g_return_val_if_fail (basis != NULL, NULL);

  if (place.kind != RUNGS_LADDER_PRODUCT)
    return name_source (basis, place);
  found = rungs_what_if_basis_find_product (basis, place.id);
  return g_strdup (found >= 0 ? rungs_what_if_basis_get_product (basis, (guint) found)->name
                              : _ ("a product that is gone"));
}

char *
rungs_what_if_describe (const RungsWhatIfBasis  *basis,
                        const RungsWhatIfChange *change)
{
  g_autofree char *at = rungs_what_if_name_place (basis, change->at);
  g_autofree char *to = rungs_what_if_name_place (basis, change->to);

  switch (change->kind)
    {
    case RUNGS_WHAT_IF_PRICE:
      return g_strdup_printf (_ ("Price of %s"), at);
    case RUNGS_WHAT_IF_COST:
      return g_strdup_printf (_ ("Cost of %s"), at);
    case RUNGS_WHAT_IF_REFUNDS:
      return g_strdup_printf (_ ("Given back of %s"), at);
    case RUNGS_WHAT_IF_RENEWALS:
      return g_strdup_printf (_ ("Renewals of %s"), at);
    case RUNGS_WHAT_IF_SPEND:
      return g_strdup_printf (_ ("Spend a month on %s"), at);
    default:
      return g_strdup_printf (_ ("Conversion from %s to %s"), at, to);
    }
}

/* ---- as a table */

static void
put_text (GString    *table,
          const char *text)
{
  rungs_table_append_csv (table, text);
  g_string_append_c (table, ',');
}

/* A number is no text that a spreadsheet might compute. */
static void
put_amount (GString    *table,
            gint64      minor,
            const char *currency)
{
  g_autofree char *text = rungs_money_format_amount (rungs_money (minor, currency));

  g_string_append_printf (table, "%s,", text);
}

static void
put_count (GString *table,
           double   count)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (table, "%s,", g_ascii_formatd (text, sizeof text, "%.2f", count));
}

static void
end_line (GString *table)
{
  g_string_truncate (table, table->len - 1);
  g_string_append (table, "\r\n");
}

static void
put_month (GString           *table,
           const RungsWhatIf *self,
           guint              month)
{
  g_autofree char *day
      = rungs_time_format_day (self->basis->now + month * RUNGS_WHAT_IF_MONTH, NULL);

  g_string_append_printf (table, "%u,%s,", month + 1, day);
}

static void
put_account (GString                  *table,
             const RungsWhatIfAccount *account,
             const char               *currency,
             guint                     month)
{
  put_amount (table, account->revenue[month], currency);
  put_amount (table, account->refunds[month], currency);
  put_amount (table, account->costs[month], currency);
  put_amount (table, account->commission[month], currency);
  put_amount (table, account->spend[month], currency);
  put_amount (table, account->left[month], currency);
}

/* Of a product, also in currencies that only others have: the table has no gaps. */
static void
put_lines (GString           *table,
           const RungsWhatIf *self,
           const char        *sku,
           GArray            *base,
           GArray            *changed,
           const double      *base_buyers,
           const double      *buyers,
           GPtrArray         *currencies)
{
  for (guint i = 0; i < currencies->len; i++)
    for (guint month = 0; month < RUNGS_WHAT_IF_MONTHS; month++)
      {
        const char *currency = currencies->pdata[i];

        put_text (table, sku);
        put_text (table, currency);
        put_month (table, self, month);
        put_count (table, base_buyers[month]);
        put_account (table, rungs_what_if_get_account (base, currency), currency, month);
        put_count (table, buyers[month]);
        put_account (table, rungs_what_if_get_account (changed, currency), currency, month);
        end_line (table);
      }
}

#define FIGURES(before)                                                                            \
  before "buyers," before "revenue," before "given_back," before "delivery," before "commission,"  \
  before "spend," before "left"

/* Of everything, buyers are first orders of all products. */
static void
count_buyers (const RungsWhatIfYear *year,
              double                 buyers[RUNGS_WHAT_IF_MONTHS])
{
  for (guint i = 0; i < year->products->len; i++)
    for (guint month = 0; month < RUNGS_WHAT_IF_MONTHS; month++)
      buyers[month] += ((const RungsWhatIfProductYear *) year->products->pdata[i])->buyers[month];
}

char *
rungs_what_if_to_csv (const RungsWhatIf     *self,
                      const RungsWhatIfYear *base,
                      const RungsWhatIfYear *changed)
{
  GString *table = g_string_new ("product,currency,month,begins," FIGURES ("now_") ","
                                 FIGURES ("then_") "\r\n");
  g_autoptr (GPtrArray) currencies = NULL;
  double before[RUNGS_WHAT_IF_MONTHS] = { 0 }, after[RUNGS_WHAT_IF_MONTHS] = { 0 };

  g_return_val_if_fail (self != NULL && base != NULL && changed != NULL, NULL);

  count_buyers (base, before);
  count_buyers (changed, after);
  currencies = rungs_what_if_list_currencies (base, changed);
  put_lines (table, self, "", base->accounts, changed->accounts, before, after, currencies);
  for (guint i = 0; i < self->basis->products->len; i++)
    {
      const RungsWhatIfProductYear *one = base->products->pdata[i];
      const RungsWhatIfProductYear *other = changed->products->pdata[i];

      put_lines (table, self, rungs_what_if_basis_get_product (self->basis, i)->sku,
                 one->accounts, other->accounts, one->buyers, other->buyers, currencies);
    }
  return g_string_free (table, FALSE);
}
