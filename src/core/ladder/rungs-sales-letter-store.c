/* rungs-sales-letter-store.c: reads and writes what sells the products. */

#include "ladder/rungs-sales-letter-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-product-store.h"

#define COLUMNS                                                                                    \
  " l.id, l.product, l.path, l.name, l.address, l.text, l.created_at, l.updated_at, l.retired_at "

static const char SQL_ADD[]
  = "INSERT INTO sales_letter (product, path, name, address, text, created_at, updated_at)"
    " VALUES (:product, :path, :name, :address, :text, :now, :now)";

static const char SQL_LOAD[] = "SELECT" COLUMNS "FROM sales_letter l WHERE l.id = :id";

static const char SQL_FIND[]
  = "SELECT" COLUMNS "FROM sales_letter l"
    " WHERE l.product = :product AND l.path = :path AND l.retired_at IS NULL AND l.address <> ''"
    " ORDER BY l.id LIMIT 1";

static const char SQL_SAVE[]
  = "UPDATE sales_letter"
    "   SET path = :path, name = :name, address = :address, text = :text, updated_at = :now"
    " WHERE id = :id";

static const char SQL_RETIRE[] = "UPDATE sales_letter SET retired_at = :at WHERE id = :id";

static const char SQL_IS_USED[] = "SELECT EXISTS (SELECT 1 FROM touch WHERE letter = :id)";

static const char SQL_DELETE[] = "DELETE FROM sales_letter WHERE id = :id";

static const char SQL_LIST[]
  = "SELECT" COLUMNS "FROM sales_letter l JOIN product p ON p.id = l.product"
    " WHERE :product IS NULL OR l.product = :product"
    " ORDER BY p.rung IS NULL, p.rung, p.price, p.id, l.retired_at IS NOT NULL,"
    "          CASE l.path WHEN 'ppc' THEN 0 WHEN 'email' THEN 1 WHEN 'phone' THEN 2 ELSE 3 END,"
    "          l.id";

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

/* A web page, or a telephone number. */
static gboolean
is_address (const char *address)
{
  g_autofree char *scheme = g_uri_parse_scheme (address);

  return *address == '\0' || (scheme != NULL && strpbrk (address, " \t\n\"<>") == NULL);
}

static gboolean
is_sound (const RungsSalesLetter *letter,
          GError                **error)
{
  if (*letter->name == '\0')
    return refuse (error, _ ("a sales letter needs a name"));
  if (!is_address (letter->address))
    return refuse (error, _ ("the address of a page begins with https://"));
  return TRUE;
}

static void
bind_letter (RungsStatement         *statement,
             const RungsSalesLetter *letter,
             gint64                  now)
{
  rungs_statement_bind_text (statement, ":path", rungs_letter_path_to_text (letter->path));
  rungs_statement_bind_text (statement, ":name", letter->name);
  rungs_statement_bind_text (statement, ":address", letter->address);
  rungs_statement_bind_text (statement, ":text", letter->text);
  rungs_statement_bind_int64 (statement, ":now", now);
}

gint64
rungs_sales_letter_add (RungsDb                *db,
                        const RungsSalesLetter *letter,
                        gint64                  now,
                        GError                **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);
  g_autoptr (RungsProduct) product = NULL;

  g_return_val_if_fail (letter != NULL, 0);

  if (add == NULL || !is_sound (letter, error))
    return 0;
  product = rungs_product_load (db, letter->product, error);
  if (product == NULL)
    return 0;
  rungs_statement_bind_int64 (add, ":product", letter->product);
  bind_letter (add, letter, now);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

static gpointer
letter_from_row (RungsStatement *row)
{
  RungsSalesLetter *letter = g_new0 (RungsSalesLetter, 1);

  letter->id = rungs_statement_get_int64 (row, 0);
  letter->product = rungs_statement_get_int64 (row, 1);
  rungs_letter_path_from_text (rungs_statement_get_text (row, 2), &letter->path);
  letter->name = rungs_statement_dup_text (row, 3);
  letter->address = rungs_statement_dup_text (row, 4);
  letter->text = rungs_statement_dup_text (row, 5);
  letter->created_at = rungs_statement_get_int64 (row, 6);
  letter->updated_at = rungs_statement_get_int64 (row, 7);
  letter->retired_at = rungs_statement_get_int64 (row, 8);
  return letter;
}

RungsSalesLetter *
rungs_sales_letter_load (RungsDb *db,
                         gint64   id,
                         GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, letter_from_row, "sales letter", error);
}

RungsSalesLetter *
rungs_sales_letter_find (RungsDb          *db,
                         gint64            product,
                         RungsLetterPath   path,
                         GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":product", product);
  rungs_statement_bind_text (query, ":path", rungs_letter_path_to_text (path));
  return rungs_record_first (query, letter_from_row, _ ("there is no such sales letter"), error);
}

gboolean
rungs_sales_letter_save (RungsDb                *db,
                         const RungsSalesLetter *letter,
                         gint64                  now,
                         GError                **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE, error);

  g_return_val_if_fail (letter != NULL, FALSE);

  if (save == NULL || !is_sound (letter, error))
    return FALSE;
  bind_letter (save, letter, now);
  return rungs_record_change (db, save, letter->id, "sales letter", error);
}

gboolean
rungs_sales_letter_retire (RungsDb *db,
                           gint64   letter,
                           gint64   at,
                           GError **error)
{
  return rungs_record_mark (db, SQL_RETIRE, letter, at, "sales letter", error);
}

gboolean
rungs_sales_letter_delete (RungsDb *db,
                           gint64   letter,
                           GError **error)
{
  g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_DELETE, error);
  gint64 used;

  if (delete == NULL || !rungs_record_ask (db, SQL_IS_USED, letter, 0, &used, error))
    return FALSE;
  if (used == 0)
    return rungs_record_change (db, delete, letter, "sales letter", error);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                       _ ("leads came by this sales letter: retire it instead"));
  return FALSE;
}

GPtrArray *
rungs_sales_letter_list (RungsDb *db,
                         gint64   product,
                         GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_id (query, ":product", product);
  return rungs_record_list (query, letter_from_row, (GDestroyNotify) rungs_sales_letter_free,
                            error);
}
