/* rungs-migrations.c: applies the numbered .sql files of a schema. */

#include "db/rungs-migrations.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "base/rungs-error.h"
#include "db/rungs-db-private.h"

static int
compare_names (const void *a,
               const void *b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The names of the migrations, "001-business.sql", in order. */
static char **
migration_names (const RungsSchema *schema)
{
  char **names = g_resource_enumerate_children (schema->get_resource (), schema->folder, 0, NULL);

  g_assert (names != NULL);
  qsort (names, g_strv_length (names), sizeof (char *), compare_names);
  return names;
}

int
rungs_migrations_get_newest (const RungsSchema *schema)
{
  g_auto (GStrv) names = migration_names (schema);

  return atoi (names[g_strv_length (names) - 1]);
}

static GBytes *
read_migration (const RungsSchema *schema,
                const char        *name,
                GError           **error)
{
  g_autofree char *path = g_strconcat (schema->folder, "/", name, NULL);

  return g_resource_lookup_data (schema->get_resource (), path, 0, error);
}

char *
rungs_migrations_dup_text (const RungsSchema *schema)
{
  g_auto (GStrv) names = migration_names (schema);
  GString *text = g_string_new (NULL);

  for (char **name = names; *name != NULL; name++)
    {
      g_autoptr (GBytes) sql = read_migration (schema, *name, NULL);

      g_string_append (text, g_bytes_get_data (sql, NULL));
    }
  return g_string_free (text, FALSE);
}

static gboolean
apply (const RungsSchema *schema,
       sqlite3           *handle,
       const char        *name,
       GError           **error)
{
  g_autoptr (GBytes) sql = read_migration (schema, name, error);
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %d", atoi (name));
  g_autofree char *doing = g_strdup_printf (_ ("bringing the file up to date (%s)"), name);

  if (sql == NULL)
    return FALSE;
  if (rungs_sqlite_exec (handle, "BEGIN IMMEDIATE", doing, error)
      && rungs_sqlite_exec (handle, g_bytes_get_data (sql, NULL), doing, error)
      && rungs_sqlite_exec (handle, stamp, doing, error)
      && rungs_sqlite_exec (handle, "COMMIT", doing, error))
    return TRUE;

  sqlite3_exec (handle, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

gboolean
rungs_migrations_apply (const RungsSchema *schema,
                        sqlite3           *handle,
                        int                version,
                        GError           **error)
{
  g_auto (GStrv) names = migration_names (schema);

  for (char **name = names; *name != NULL; name++)
    if (atoi (*name) > version && !apply (schema, handle, *name, error))
      return FALSE;
  return TRUE;
}
