/* rungs-source-argument.c: a source as it is named on the command line. */

#include "rungs-source-argument.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"

RungsSource *
rungs_source_load_by_text (RungsDb     *db,
                           const char  *text,
                           GError     **error)
{
  RungsSourceKind kind;
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) sources = NULL;

  if (!rungs_source_parse (text, &kind, &name, error))
    return NULL;
  sources = rungs_source_list (db, error);
  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      const RungsSource *source = g_ptr_array_index (sources, i);

      if (source->kind == kind && strcmp (source->name, name) == 0)
        return g_ptr_array_steal_index (sources, i);
    }
  if (sources != NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no source %s."), text);
  return NULL;
}

gint64
rungs_source_ensure_by_text (RungsDb     *db,
                             const char  *text,
                             gint64       now,
                             GError     **error)
{
  RungsSourceKind kind;
  g_autofree char *name = NULL;

  if (!rungs_source_parse (text, &kind, &name, error))
    return 0;
  return rungs_source_ensure (db, kind, name, now, error);
}
