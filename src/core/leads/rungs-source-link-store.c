/* rungs-source-link-store.c: links of our own that tell which source somebody comes from. */

#include "leads/rungs-source-link-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "wire/rungs-link.h"

static const char *const REMEMBERS[] = { "first", "last", "both", "", NULL };

static const char SQL_SAVE[]
    = "INSERT INTO source_link (source, code, target, remember, days)"
      " VALUES (:source, :code, :target, :remember, :days)"
      " ON CONFLICT (source) DO UPDATE SET code = excluded.code, target = excluded.target,"
      "   remember = excluded.remember, days = excluded.days";

static const char SQL_REMOVE[] = "DELETE FROM source_link WHERE source = :id";

static const char SQL_LIST[]
    = "SELECT k.source, k.code, k.target, k.remember, k.days"
      "  FROM source_link k JOIN source s ON s.id = k.source"
      " WHERE s.retired_at IS NULL ORDER BY k.code";

static const char SQL_FIND[] = "SELECT source FROM source_link WHERE code = :code";

RungsSourceLink *
rungs_source_link_new (gint64      source,
                       const char *code,
                       const char *target)
{
  RungsSourceLink *self = g_new0 (RungsSourceLink, 1);

  self->source = source;
  self->code = g_strdup (code);
  self->target = g_strdup (target);
  self->remember = g_strdup ("both");
  self->days = RUNGS_SOURCE_LINK_DAYS;
  return self;
}

void
rungs_source_link_free (RungsSourceLink *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->target);
  g_free (self->remember);
  g_free (self);
}

static gboolean
refuse (const char  *why,
        GError     **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
is_code (const char *code)
{
  gsize length = strspn (code, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_");

  return length > 0 && length <= RUNGS_SOURCE_CODE_MOST && code[length] == '\0';
}

static gboolean
check (const RungsSourceLink  *link,
       GError                **error)
{
  if (!is_code (link->code))
    return refuse (_ ("a code has 1 to 64 letters from A to Z, digits, - and _"), error);
  if (!rungs_link_is_target (link->target))
    return refuse (_ ("a link leads to an address such as https://www.example.com/"), error);
  if (!g_strv_contains (REMEMBERS, link->remember))
    return refuse (_ ("what is remembered is first, last, both or nothing"), error);
  if (link->days < 1 || link->days > RUNGS_SOURCE_LINK_DAYS_MOST)
    return refuse (_ ("a source is remembered for 1 to 400 days"), error);
  return TRUE;
}

gboolean
rungs_source_link_save (RungsDb                *db,
                        const RungsSourceLink  *link,
                        GError                **error)
{
  g_autoptr (RungsStatement) save = NULL;
  gint64 owner = 0;

  g_return_val_if_fail (link != NULL, FALSE);

  if (!check (link, error) || !rungs_source_find_by_code (db, link->code, &owner, error))
    return FALSE;
  if (owner != 0 && owner != link->source)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("another source has the code “%s”"), link->code);
      return FALSE;
    }
  save = rungs_db_prepare (db, SQL_SAVE, error);
  if (save == NULL)
    return FALSE;
  rungs_statement_bind_int64 (save, ":source", link->source);
  rungs_statement_bind_text (save, ":code", link->code);
  rungs_statement_bind_text (save, ":target", link->target);
  rungs_statement_bind_text (save, ":remember", link->remember);
  rungs_statement_bind_int64 (save, ":days", link->days);
  return rungs_statement_run (save, error);
}

gboolean
rungs_source_link_remove (RungsDb  *db,
                          gint64    source,
                          GError  **error)
{
  g_autoptr (RungsStatement) remove = rungs_db_prepare (db, SQL_REMOVE, error);

  return remove != NULL && rungs_record_change (db, remove, source, "link of source", error);
}

static gpointer
read_link (RungsStatement *row)
{
  RungsSourceLink *self = g_new0 (RungsSourceLink, 1);

  self->source = rungs_statement_get_int64 (row, 0);
  self->code = rungs_statement_dup_text (row, 1);
  self->target = rungs_statement_dup_text (row, 2);
  self->remember = rungs_statement_dup_text (row, 3);
  self->days = rungs_statement_get_int64 (row, 4);
  return self;
}

GPtrArray *
rungs_source_link_list (RungsDb  *db,
                        GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, read_link, (GDestroyNotify) rungs_source_link_free, error);
}

gboolean
rungs_source_find_by_code (RungsDb     *db,
                           const char  *code,
                           gint64      *source,
                           GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND, error);

  g_return_val_if_fail (code != NULL && source != NULL, FALSE);

  *source = 0;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":code", code);
  return rungs_statement_get_number (query, 0, source, error);
}
