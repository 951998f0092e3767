/* rungs-coupon-store.c: reads and writes coupons. */

#include "ladder/rungs-coupon-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-field.h"

#define COLUMNS                                                                                    \
  " c.id, c.code, c.name, c.source, c.path, c.product, c.discount, c.valid_from, c.valid_until,"   \
  " c.most_uses, c.most_per_lead, c.run, c.created_at, c.updated_at, c.retired_at, s.kind,"        \
  " s.name, p.name "
#define FROM                                                                                       \
  "FROM coupon c LEFT JOIN source s ON s.id = c.source LEFT JOIN product p ON p.id = c.product "

static const char SQL_FIND[] = "SELECT id FROM coupon WHERE code_key = :key";

static const char SQL_ADD[]
    = "INSERT INTO coupon (code, code_key, name, source, path, product, discount, valid_from,"
      " valid_until, most_uses, most_per_lead, run, created_at, updated_at)"
      " VALUES (:code, :key, :name, :source, :path, :product, :discount, :from, :until, :uses,"
      " :per_lead, :run, :now, :now)";

static const char SQL_LOAD[] = "SELECT" COLUMNS FROM "WHERE c.id = :id";

static const char SQL_LOAD_BY_KEY[] = "SELECT" COLUMNS FROM "WHERE c.code_key = :key";

static const char SQL_SAVE[]
    = "UPDATE coupon"
      "   SET code = :code, code_key = :key, name = :name, source = :source, path = :path,"
      "       product = :product, discount = :discount, valid_from = :from, valid_until = :until,"
      "       most_uses = :uses, most_per_lead = :per_lead, updated_at = :now"
      " WHERE id = :id";

static const char SQL_RETIRE[] = "UPDATE coupon SET retired_at = :at WHERE id = :id";

static const char SQL_IS_USED[]
    = "SELECT EXISTS (SELECT 1 FROM coupon_use WHERE coupon = :id)"
      "    OR EXISTS (SELECT 1 FROM coupon_given WHERE coupon = :id)";

static const char SQL_DELETE[] = "DELETE FROM coupon WHERE id = :id";

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

/* A day as it is stored. */
static gboolean
tidy_day (char   **day,
          GError **error)
{
  g_autofree char *tidy = NULL;

  if (**day == '\0')
    return TRUE;
  tidy = rungs_field_normalize (RUNGS_FIELD_DATE, *day, error);
  if (tidy == NULL)
    return FALSE;
  g_free (*day);
  *day = g_steal_pointer (&tidy);
  return TRUE;
}

/* Returns: (transfer full) (nullable): a copy with its texts as they are stored. */
static RungsCoupon *
tidy_copy (const RungsCoupon *given,
           GError           **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_copy (given);
  char **texts[] = { &coupon->code, &coupon->name, &coupon->discount, &coupon->valid_from,
                     &coupon->valid_until };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    rungs_coupon_set (texts[i], *texts[i]);
  return tidy_day (&coupon->valid_from, error) && tidy_day (&coupon->valid_until, error)
             ? g_steal_pointer (&coupon)
             : NULL;
}

static gboolean
is_free (RungsDb           *db,
         const RungsCoupon *coupon,
         GError           **error)
{
  gint64 other;

  if (!rungs_coupon_find (db, coupon->code, &other, error))
    return FALSE;
  if (other == 0 || other == coupon->id)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("the coupon %s is there already"),
               coupon->code);
  return FALSE;
}

static gboolean
is_sound (RungsDb           *db,
          const RungsCoupon *coupon,
          GError           **error)
{
  if (*coupon->code == '\0')
    return refuse (error, _ ("a coupon needs a code"));
  if (strchr (coupon->code, ',') != NULL)
    return refuse (error, _ ("the code of a coupon has no comma in it"));
  if (g_utf8_strlen (coupon->code, -1) > RUNGS_COUPON_CODE_MAX)
    return refuse (error, _ ("the code is too long: nobody can say it on the telephone"));
  if (*coupon->valid_from != '\0' && *coupon->valid_until != '\0'
      && strcmp (coupon->valid_from, coupon->valid_until) > 0)
    return refuse (error, _ ("the last day of the coupon lies before its first day"));
  if (coupon->most_uses < 0 || coupon->most_per_lead < 0)
    return refuse (error, _ ("a coupon can be used once, or more often"));
  return is_free (db, coupon, error);
}

static void
bind_day (RungsStatement *statement,
          const char     *name,
          const char     *day)
{
  rungs_statement_bind_text (statement, name, *day != '\0' ? day : NULL);
}

static void
bind_coupon (RungsStatement    *statement,
             const RungsCoupon *coupon,
             gint64             now)
{
  g_autofree char *key = rungs_coupon_key (coupon->code);

  rungs_statement_bind_text (statement, ":code", coupon->code);
  rungs_statement_bind_text (statement, ":key", key);
  rungs_statement_bind_text (statement, ":name", coupon->name);
  rungs_statement_bind_id (statement, ":source", coupon->source);
  rungs_statement_bind_text (statement, ":path",
                             coupon->source != 0 ? rungs_path_to_text (coupon->path) : NULL);
  rungs_statement_bind_id (statement, ":product", coupon->product);
  rungs_statement_bind_text (statement, ":discount", coupon->discount);
  bind_day (statement, ":from", coupon->valid_from);
  bind_day (statement, ":until", coupon->valid_until);
  rungs_statement_bind_id (statement, ":uses", coupon->most_uses);
  rungs_statement_bind_id (statement, ":per_lead", coupon->most_per_lead);
  rungs_statement_bind_int64 (statement, ":now", now);
}

gint64
rungs_coupon_add (RungsDb           *db,
                  const RungsCoupon *coupon,
                  gint64             now,
                  GError           **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);
  g_autoptr (RungsCoupon) tidy = NULL;

  g_return_val_if_fail (coupon != NULL, 0);

  if (add == NULL || (tidy = tidy_copy (coupon, error)) == NULL)
    return 0;
  tidy->id = 0;
  if (!is_sound (db, tidy, error))
    return 0;
  bind_coupon (add, tidy, now);
  rungs_statement_bind_id (add, ":run", tidy->run);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

static void
take_text (RungsStatement *row,
           int             column,
           char          **text)
{
  if (rungs_statement_is_null (row, column))
    return;
  g_free (*text);
  *text = rungs_statement_dup_text (row, column);
}

static gpointer
coupon_from_row (RungsStatement *row)
{
  RungsCoupon *coupon = rungs_coupon_new ();

  coupon->id = rungs_statement_get_int64 (row, 0);
  take_text (row, 1, &coupon->code);
  take_text (row, 2, &coupon->name);
  coupon->source = rungs_statement_get_int64 (row, 3);
  rungs_path_from_text (rungs_statement_get_text (row, 4), &coupon->path);
  coupon->product = rungs_statement_get_int64 (row, 5);
  take_text (row, 6, &coupon->discount);
  take_text (row, 7, &coupon->valid_from);
  take_text (row, 8, &coupon->valid_until);
  coupon->most_uses = rungs_statement_get_int64 (row, 9);
  coupon->most_per_lead = rungs_statement_get_int64 (row, 10);
  coupon->run = rungs_statement_get_int64 (row, 11);
  coupon->created_at = rungs_statement_get_int64 (row, 12);
  coupon->updated_at = rungs_statement_get_int64 (row, 13);
  coupon->retired_at = rungs_statement_get_int64 (row, 14);
  rungs_source_kind_from_text (rungs_statement_get_text (row, 15), &coupon->source_kind);
  take_text (row, 16, &coupon->source_name);
  take_text (row, 17, &coupon->product_name);
  return coupon;
}

RungsCoupon *
rungs_coupon_load (RungsDb *db,
                   gint64   id,
                   GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, coupon_from_row, "coupon", error);
}

RungsCoupon *
rungs_coupon_load_by_code (RungsDb    *db,
                           const char *code,
                           GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_BY_KEY, error);
  g_autofree char *key = rungs_coupon_key (code);
  g_autofree char *missing = NULL;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":key", key);
  missing = g_strdup_printf (_ ("There is no coupon “%s”."), code ? code : "");
  return rungs_record_first (query, coupon_from_row, missing, error);
}

gboolean
rungs_coupon_find (RungsDb    *db,
                   const char *code,
                   gint64     *id,
                   GError    **error)
{
  g_autoptr (RungsStatement) find = rungs_db_prepare (db, SQL_FIND, error);
  g_autofree char *key = rungs_coupon_key (code);

  if (find == NULL)
    return FALSE;
  rungs_statement_bind_text (find, ":key", key);
  return rungs_statement_get_number (find, 0, id, error);
}

gboolean
rungs_coupon_save (RungsDb           *db,
                   const RungsCoupon *coupon,
                   gint64             now,
                   GError           **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE, error);
  g_autoptr (RungsCoupon) tidy = NULL;

  g_return_val_if_fail (coupon != NULL, FALSE);

  if (save == NULL || (tidy = tidy_copy (coupon, error)) == NULL || !is_sound (db, tidy, error))
    return FALSE;
  bind_coupon (save, tidy, now);
  return rungs_record_change (db, save, coupon->id, "coupon", error);
}

gboolean
rungs_coupon_retire (RungsDb *db,
                     gint64   coupon,
                     gint64   at,
                     GError **error)
{
  return rungs_record_mark (db, SQL_RETIRE, coupon, at, "coupon", error);
}

gboolean
rungs_coupon_delete (RungsDb *db,
                     gint64   coupon,
                     GError **error)
{
  g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_DELETE, error);
  gint64 used;

  if (delete == NULL || !rungs_record_ask (db, SQL_IS_USED, coupon, 0, &used, error))
    return FALSE;
  if (used != 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                           _ ("the coupon was given to somebody or used: retire it instead"));
      return FALSE;
    }
  return rungs_record_change (db, delete, coupon, "coupon", error);
}
