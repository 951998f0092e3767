/* rungs-web-pages-store.c: in which language most messages are written. */

#include "web/rungs-web-pages-store.h"

#include "db/rungs-statement.h"

static const char SQL_LANGUAGE[]
    = "SELECT lower (substr (language, 1, 2)) AS tongue FROM message WHERE language <> ''"
      " GROUP BY tongue ORDER BY count (*) DESC, tongue LIMIT 1";

char *
rungs_web_pages_dup_language (RungsDb  *db,
                              GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LANGUAGE, error);
  RungsStep step;

  if (query == NULL)
    return NULL;
  step = rungs_statement_step (query, error);
  if (step == RUNGS_FAILED)
    return NULL;
  return step == RUNGS_ROW ? rungs_statement_dup_text (query, 0) : g_strdup ("");
}
