/* rungs-rule-uses-store.c: whose rules ask for a field of the business's own.
 *
 * A rule names it "field:KEY", as a value of its JSON by itself, wherever in it that stands; keys
 * have no letter that JSON writes in another way. */

#include "segments/rungs-rule-uses-store.h"

#include <glib/gi18n.h>

#include "db/rungs-statement.h"

#define SHOWN 2

#define NAMED_IN(text)                                                                             \
  "instr (" text ", (SELECT '\"field:' || f.key || '\"' FROM field f WHERE f.id = :field)) > 0"

static const char SQL_USES[] =
  "SELECT 0, s.name FROM segment s WHERE s.archived_at IS NULL AND " NAMED_IN ("s.rule")
  " UNION ALL "
  "SELECT 1, p.name FROM offer o JOIN product p ON p.id = o.to_product"
  " WHERE o.retired_at IS NULL AND " NAMED_IN ("o.condition")
  " UNION ALL "
  "SELECT 3, b.name FROM broadcast b WHERE b.fixed_at IS NULL AND " NAMED_IN ("b.rule")
  " UNION ALL "
  "SELECT 2, s.name FROM sequence s JOIN sequence_version v ON v.id = s.version"
  " WHERE " NAMED_IN ("v.graph")
  " ORDER BY 1, 2";

static char *
words_from_row (RungsStatement *row)
{
  const char *name = rungs_statement_get_text (row, 1);

  switch (rungs_statement_get_int64 (row, 0))
    {
    case 0:
      return g_strdup_printf (_ ("the segment “%s”"), name);
    case 1:
      return g_strdup_printf (_ ("the offer of “%s”"), name);
    case 3:
      return g_strdup_printf (_ ("the broadcast “%s”"), name);
    default:
      return g_strdup_printf (_ ("the sequence “%s”"), name);
    }
}

GPtrArray *
rungs_rule_uses_of_field (RungsDb  *db,
                          gint64    field,
                          GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_USES, error);
  g_autoptr (GPtrArray) uses = g_ptr_array_new_with_free_func (g_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":field", field);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_ptr_array_add (uses, words_from_row (query));
  return rungs_statement_done (query, error) ? g_steal_pointer (&uses) : NULL;
}

char *
rungs_rule_uses_to_text (GPtrArray *uses)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint more;

  g_return_val_if_fail (uses != NULL, NULL);

  more = uses->len > SHOWN ? uses->len - SHOWN : 0;
  for (guint i = 0; i < uses->len - more; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (uses, i));
  if (more > 0)
    g_string_append_printf (text, ngettext (" and %u more", " and %u more", more), more);
  return g_strdup (text->str);
}
