/* rungs-lead-date-store.c: the dates of a lead that a sequence can wait for. */

#include "sequences/rungs-lead-date-store.h"

#include <stdio.h>
#include <string.h>

#include "base/rungs-time.h"
#include "db/rungs-statement.h"

#define FIELD_PREFIX "field:"

#define ORDER_LINES                                                                               \
  " FROM sales_order o JOIN order_line n ON n.sales_order = o.id"                                 \
  " WHERE o.lead = :lead AND (:name IS NULL OR EXISTS (SELECT 1 FROM product_holds h"              \
  "   JOIN product p ON p.id = h.part WHERE h.whole = n.product AND p.sku = :name))"

static const char SQL_CREATED[] = "SELECT l.created_at FROM lead l WHERE l.id = :lead";

static const char SQL_FIRST_ORDER[] = "SELECT min (o.at)" ORDER_LINES;

static const char SQL_LAST_ORDER[] = "SELECT max (o.at)" ORDER_LINES;

static const char SQL_PAID_UNTIL[] = "SELECT max (n.paid_until)" ORDER_LINES;

static const char SQL_FIELD[]
  = "SELECT v.value FROM lead_value v JOIN field f ON f.id = v.field"
    " WHERE v.lead = :lead AND f.key = :name AND f.kind = 'date'";

static const struct
{
  const char *name;
  const char *sql;
  gboolean products;
} DATES[] = {
  { "created", SQL_CREATED, FALSE },
  { "first_order", SQL_FIRST_ORDER, TRUE },
  { "last_order", SQL_LAST_ORDER, TRUE },
  { "paid_until", SQL_PAID_UNTIL, TRUE },
};

gboolean
rungs_lead_date_is_known (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (g_str_has_prefix (name, FIELD_PREFIX))
    return name[strlen (FIELD_PREFIX)] != '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (DATES); i++)
    if (strcmp (DATES[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

gboolean
rungs_lead_date_has_product (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (DATES); i++)
    if (strcmp (DATES[i].name, name) == 0)
      return DATES[i].products;
  return FALSE;
}

/* The day that a clock in the zone shows. */
static void
set_day (GDate     *date,
         gint64     instant,
         GTimeZone *zone)
{
  g_autoptr (GDateTime) local = rungs_time_in_zone (instant, zone);

  g_date_set_dmy (date, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));
}

static void
set_written_day (GDate      *date,
                 const char *text)
{
  int year, month, day;

  if (sscanf (text, "%4d-%2d-%2d", &year, &month, &day) == 3 && year > 0 && month > 0 && day > 0
      && g_date_valid_dmy (day, month, year))
    g_date_set_dmy (date, day, month, year);
}

static gboolean
load_field (RungsDb     *db,
            gint64       lead,
            const char  *key,
            GDate       *date,
            GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIELD, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_text (query, ":name", key);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    set_written_day (date, rungs_statement_get_text (query, 0));
  return step != RUNGS_FAILED;
}

static gboolean
load_instant (RungsDb     *db,
              gint64       lead,
              const char  *sql,
              const char  *sku,
              gint64      *instant,
              GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  if (sql != SQL_CREATED)
    rungs_statement_bind_text (query, ":name", sku);
  step = rungs_statement_step (query, error);
  *instant = G_MININT64;
  if (step == RUNGS_ROW && !rungs_statement_is_null (query, 0))
    *instant = rungs_statement_get_int64 (query, 0);
  return step != RUNGS_FAILED;
}

gboolean
rungs_lead_date_load (RungsDb     *db,
                      gint64       lead,
                      const char  *name,
                      const char  *sku,
                      GTimeZone   *zone,
                      GDate       *date,
                      GError     **error)
{
  gint64 instant = G_MININT64;

  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (zone != NULL, FALSE);
  g_return_val_if_fail (date != NULL, FALSE);

  g_date_clear (date, 1);
  if (g_str_has_prefix (name, FIELD_PREFIX))
    return load_field (db, lead, name + strlen (FIELD_PREFIX), date, error);
  for (gsize i = 0; i < G_N_ELEMENTS (DATES); i++)
    if (strcmp (DATES[i].name, name) == 0
        && !load_instant (db, lead, DATES[i].sql, sku, &instant, error))
      return FALSE;
  if (instant != G_MININT64)
    set_day (date, instant, zone);
  return TRUE;
}
