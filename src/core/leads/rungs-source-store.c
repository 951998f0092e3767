/* rungs-source-store.c: reads and writes the sources of leads, and what they cost. */

#include "leads/rungs-source-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-names.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-field-store.h"

static const char *const KINDS[RUNGS_SOURCE_KINDS]
    = { "customers", "ppc", "other", "seo", "jv", "affiliate" };

static const char SQL_FIND[] = "SELECT id FROM source WHERE kind = :kind AND name = :name";

static const char SQL_ADD[]
    = "INSERT INTO source (kind, name, created_at) VALUES (:kind, :name, :now)";

static const char SQL_LOAD[]
    = "SELECT id, kind, name, created_at, retired_at FROM source WHERE id = :id";

static const char SQL_LIST[]
    = "SELECT id, kind, name, created_at, retired_at FROM source"
      " ORDER BY CASE kind WHEN 'customers' THEN 0 WHEN 'ppc' THEN 1 WHEN 'other' THEN 2"
      "                    WHEN 'seo' THEN 3 WHEN 'jv' THEN 4 ELSE 5 END, name COLLATE NOCASE, id";

static const char SQL_RENAME[] = "UPDATE source SET name = :name WHERE id = :id";

static const char SQL_RETIRE[] = "UPDATE source SET retired_at = :at WHERE id = :id";

static const char SQL_IS_USED[]
    = "SELECT EXISTS (SELECT 1 FROM touch WHERE source = :id)"
      "    OR EXISTS (SELECT 1 FROM import_run WHERE source = :id)"
      "    OR EXISTS (SELECT 1 FROM coupon WHERE source = :id)";

static const char SQL_DELETE[] = "DELETE FROM source WHERE id = :id";

static const char SQL_SPEND_ADD[]
    = "INSERT INTO source_spend (source, day, amount, currency, note)"
      " VALUES (:source, :day, :amount, :currency, :note)";

static const char SQL_SPEND_DELETE[] = "DELETE FROM source_spend WHERE id = :id";

static const char SQL_SPEND_LIST[] = "SELECT id, source, day, amount, currency, note"
                                     "  FROM source_spend WHERE source = :source"
                                     " ORDER BY day DESC, id DESC";

const char *
rungs_source_kind_to_text (RungsSourceKind kind)
{
  g_return_val_if_fail (kind < RUNGS_SOURCE_KINDS, KINDS[RUNGS_SOURCE_OTHER]);

  return KINDS[kind];
}

gboolean
rungs_source_kind_from_text (const char      *text,
                             RungsSourceKind *kind)
{
  return rungs_names_find (KINDS, RUNGS_SOURCE_KINDS, text, kind);
}

void
rungs_source_free (RungsSource *self)
{
  g_free (self->name);
  g_free (self);
}

void
rungs_spend_free (RungsSpend *self)
{
  g_free (self->day);
  g_free (self->note);
  g_free (self);
}

static char *
tidy_name (const char *name,
           GError    **error)
{
  g_autofree char *tidy = g_strstrip (g_utf8_make_valid (name ? name : "", -1));

  if (*tidy != '\0')
    return g_steal_pointer (&tidy);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("a source needs a name"));
  return NULL;
}

gboolean
rungs_source_parse (const char      *text,
                    RungsSourceKind *kind,
                    char           **name,
                    GError         **error)
{
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  parts = g_strsplit (text, ":", 2);
  if (g_strv_length (parts) != 2 || !rungs_source_kind_from_text (g_strstrip (parts[0]), kind))
    {
      g_set_error (
          error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
          _ ("“%s” is not a source such as “ppc:Spring search ads”; the kinds are customers, "
             "ppc, other, seo, jv and affiliate"),
          text);
      return FALSE;
    }
  *name = tidy_name (parts[1], error);
  return *name != NULL;
}

/* `id` is 0 where there is none. */
static gboolean
find (RungsDb        *db,
      RungsSourceKind kind,
      const char     *name,
      gint64         *id,
      GError        **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":kind", rungs_source_kind_to_text (kind));
  rungs_statement_bind_text (query, ":name", name);
  return rungs_statement_get_number (query, 0, id, error);
}

static gint64
insert (RungsDb        *db,
        RungsSourceKind kind,
        const char     *name,
        gint64          now,
        GError        **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);

  if (add == NULL)
    return 0;
  rungs_statement_bind_text (add, ":kind", rungs_source_kind_to_text (kind));
  rungs_statement_bind_text (add, ":name", name);
  rungs_statement_bind_int64 (add, ":now", now);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

static gboolean
refuse_taken (const char *name,
              GError    **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
               _ ("there is a source “%s” of this kind already"), name);
  return FALSE;
}

gint64
rungs_source_add (RungsDb        *db,
                  RungsSourceKind kind,
                  const char     *name,
                  gint64          now,
                  GError        **error)
{
  g_autofree char *tidy = tidy_name (name, error);
  gint64 id;

  if (tidy == NULL || !find (db, kind, tidy, &id, error))
    return 0;
  if (id != 0)
    return refuse_taken (tidy, error);
  return insert (db, kind, tidy, now, error);
}

gint64
rungs_source_ensure (RungsDb        *db,
                     RungsSourceKind kind,
                     const char     *name,
                     gint64          now,
                     GError        **error)
{
  g_autofree char *tidy = tidy_name (name, error);
  gint64 id;

  if (tidy == NULL || !find (db, kind, tidy, &id, error))
    return 0;
  return id != 0 ? id : insert (db, kind, tidy, now, error);
}

static gpointer
source_from_row (RungsStatement *row)
{
  RungsSource *source = g_new0 (RungsSource, 1);

  source->id = rungs_statement_get_int64 (row, 0);
  rungs_source_kind_from_text (rungs_statement_get_text (row, 1), &source->kind);
  source->name = rungs_statement_dup_text (row, 2);
  source->created_at = rungs_statement_get_int64 (row, 3);
  source->retired_at = rungs_statement_get_int64 (row, 4);
  return source;
}

RungsSource *
rungs_source_load (RungsDb *db,
                   gint64   id,
                   GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, source_from_row, "source", error);
}

GPtrArray *
rungs_source_list (RungsDb *db,
                   GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, source_from_row, (GDestroyNotify) rungs_source_free, error);
}

gboolean
rungs_source_rename (RungsDb    *db,
                     gint64      source,
                     const char *name,
                     GError    **error)
{
  g_autoptr (RungsStatement) rename = rungs_db_prepare (db, SQL_RENAME, error);
  g_autoptr (RungsSource) stored = rungs_source_load (db, source, error);
  g_autofree char *tidy = stored ? tidy_name (name, error) : NULL;
  gint64 taken;

  if (rename == NULL || tidy == NULL || !find (db, stored->kind, tidy, &taken, error))
    return FALSE;
  if (taken != 0 && taken != source)
    return refuse_taken (tidy, error);
  rungs_statement_bind_text (rename, ":name", tidy);
  return rungs_record_change (db, rename, source, "source", error);
}

gboolean
rungs_source_retire (RungsDb *db,
                     gint64   source,
                     gint64   at,
                     GError **error)
{
  return rungs_record_mark (db, SQL_RETIRE, source, at, "source", error);
}

gboolean
rungs_source_delete (RungsDb *db,
                     gint64   source,
                     GError **error)
{
  g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_DELETE, error);
  gint64 used;

  if (delete == NULL || !rungs_record_ask (db, SQL_IS_USED, source, 0, &used, error))
    return FALSE;
  if (used != 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                           _ ("leads came from this source, or a coupon names it: retire it "
                              "instead"));
      return FALSE;
    }
  return rungs_record_change (db, delete, source, "source", error);
}

gint64
rungs_spend_add (RungsDb    *db,
                 gint64      source,
                 const char *day,
                 RungsMoney  amount,
                 const char *note,
                 GError    **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_SPEND_ADD, error);
  g_autoptr (RungsSource) stored = rungs_source_load (db, source, error);
  g_autofree char *date = rungs_field_normalize (RUNGS_FIELD_DATE, day ? day : "", error);

  if (add == NULL || stored == NULL || date == NULL)
    return 0;
  if (!rungs_currency_is_valid (amount.currency))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("the amount has no currency"));
      return 0;
    }
  rungs_statement_bind_int64 (add, ":source", source);
  rungs_statement_bind_text (add, ":day", date);
  rungs_statement_bind_int64 (add, ":amount", amount.minor);
  rungs_statement_bind_text (add, ":currency", amount.currency);
  rungs_statement_bind_text (add, ":note", note ? note : "");
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

gboolean
rungs_spend_delete (RungsDb *db,
                    gint64   spend,
                    GError **error)
{
  return rungs_record_run (db, SQL_SPEND_DELETE, spend, error);
}

static gpointer
spend_from_row (RungsStatement *row)
{
  RungsSpend *spend = g_new0 (RungsSpend, 1);

  spend->id = rungs_statement_get_int64 (row, 0);
  spend->source = rungs_statement_get_int64 (row, 1);
  spend->day = rungs_statement_dup_text (row, 2);
  spend->amount
      = rungs_money (rungs_statement_get_int64 (row, 3), rungs_statement_get_text (row, 4));
  spend->note = rungs_statement_dup_text (row, 5);
  return spend;
}

GPtrArray *
rungs_spend_list (RungsDb *db,
                  gint64   source,
                  GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SPEND_LIST, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":source", source);
  return rungs_record_list (query, spend_from_row, (GDestroyNotify) rungs_spend_free, error);
}
