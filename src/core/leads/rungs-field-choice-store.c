/* rungs-field-choice-store.c: what can be chosen in a field of the kinds "one" and "several". */

#include "leads/rungs-field-choice-store.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-field-store.h"

static const char SQL_CLEAR[] = "DELETE FROM field_choice WHERE field = :field";

static const char SQL_ADD[]
    = "INSERT INTO field_choice (field, key, label, position, retired_at)"
      " VALUES (:field, :key, :label, :position, :retired_at)";

/* Keys have no comma in them: a value of the kind "one" is a list of one. */
static const char SQL_COUNT[]
    = "SELECT count (*) FROM lead_value"
      " WHERE field = :field AND instr (',' || value || ',', ',' || :key || ',') > 0";

static const char SQL_COUNT_ALL[] = "SELECT value, count (*) FROM lead_value"
                                    " WHERE field = :field GROUP BY value";

RungsFieldChoice *
rungs_field_choice_new (const char *label)
{
  RungsFieldChoice *self = g_new0 (RungsFieldChoice, 1);

  self->label = g_strdup (label);
  return self;
}

gboolean
rungs_field_choice_count (RungsDb    *db,
                          gint64      field,
                          const char *key,
                          gint64     *count,
                          GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT, error);

  g_return_val_if_fail (key != NULL && count != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":field", field);
  rungs_statement_bind_text (query, ":key", key);
  return rungs_statement_get_number (query, 0, count, error);
}

GHashTable *
rungs_field_choice_count_all (RungsDb *db,
                              gint64   field,
                              GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT_ALL, error);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":field", field);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      g_auto (GStrv) keys = g_strsplit (rungs_statement_get_text (query, 0), ",", -1);

      for (guint i = 0; keys[i] != NULL; i++)
        {
          const gint64 *before = g_hash_table_lookup (counts, keys[i]);
          gint64 count = (before ? *before : 0) + rungs_statement_get_int64 (query, 1);

          g_hash_table_replace (counts, g_strdup (keys[i]), g_memdup2 (&count, sizeof count));
        }
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&counts) : NULL;
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
check_label (const char *label,
             GHashTable *seen,
             GError    **error)
{
  if (*label == '\0')
    return refuse (error, _ ("a choice needs a name"));
  if (strpbrk (label, ";\n\r") != NULL)
    return refuse (error, _ ("a choice has no semicolon in its name: they part several choices"));
  if (g_hash_table_add (seen, g_utf8_casefold (label, -1)))
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("there are two choices “%s”"), label);
  return FALSE;
}

static gboolean
check_labels (GPtrArray *choices,
              GError   **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (choices->len > RUNGS_FIELD_MAX_CHOICES)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("a field has at most %d choices; these are %u"), RUNGS_FIELD_MAX_CHOICES,
                   choices->len);
      return FALSE;
    }
  for (guint i = 0; i < choices->len; i++)
    if (!check_label (g_strstrip (((RungsFieldChoice *) g_ptr_array_index (choices, i))->label),
                      seen, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_among (GPtrArray  *choices,
          const char *key)
{
  for (guint i = 0; i < choices->len; i++)
    if (g_strcmp0 (((RungsFieldChoice *) g_ptr_array_index (choices, i))->key, key) == 0)
      return TRUE;
  return FALSE;
}

/* Whether no lead has a choice that is left out. */
static gboolean
check_left_out (RungsDb          *db,
                const RungsField *field,
                GPtrArray        *choices,
                GError          **error)
{
  for (guint i = 0; i < field->choices->len; i++)
    {
      const RungsFieldChoice *old = g_ptr_array_index (field->choices, i);
      gint64 leads = 0;

      if (is_among (choices, old->key))
        continue;
      if (!rungs_field_choice_count (db, field->id, old->key, &leads, error))
        return FALSE;
      if (leads > 0)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                       g_dngettext (NULL, "%" PRId64 " lead has “%s”: retire it instead",
                                    "%" PRId64 " leads have “%s”: retire it instead", leads),
                       leads, old->label);
          return FALSE;
        }
    }
  return TRUE;
}

/* Neither a choice of before nor one of now has the key that a new one gets. */
static char *
make_key (const RungsField *field,
          GPtrArray        *choices,
          const char       *label)
{
  g_autofree char *made = rungs_field_key_from_label (label);
  const char *stem = strcmp (made, "field") == 0 ? "choice" : made;
  char *key = g_strdup (stem);

  for (guint i = 2; is_among (choices, key) || rungs_field_find_choice (field, key) != NULL; i++)
    {
      g_free (key);
      key = g_strdup_printf ("%s_%u", stem, i);
    }
  return key;
}

static gboolean
add (RungsDb                *db,
     gint64                  field,
     const RungsFieldChoice *choice,
     guint                   position,
     GError                **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":field", field);
  rungs_statement_bind_text (insert, ":key", choice->key);
  rungs_statement_bind_text (insert, ":label", choice->label);
  rungs_statement_bind_int64 (insert, ":position", position);
  rungs_statement_bind_id (insert, ":retired_at", choice->retired_at);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_field_choices_store (RungsDb   *db,
                           gint64     field,
                           GPtrArray *choices,
                           GError   **error)
{
  g_autoptr (RungsField) there = NULL;
  g_autoptr (RungsStatement) clear = NULL;

  g_return_val_if_fail (choices != NULL, FALSE);

  there = rungs_field_load (db, field, error);
  if (there == NULL)
    return FALSE;
  if (!rungs_field_kind_has_choices (there->kind))
    return refuse (error, _ ("only a field of the kinds one and several has choices"));
  if (!check_labels (choices, error) || !check_left_out (db, there, choices, error))
    return FALSE;
  clear = rungs_db_prepare (db, SQL_CLEAR, error);
  if (clear == NULL)
    return FALSE;
  rungs_statement_bind_int64 (clear, ":field", field);
  if (!rungs_statement_run (clear, error))
    return FALSE;
  for (guint i = 0; i < choices->len; i++)
    {
      RungsFieldChoice *choice = g_ptr_array_index (choices, i);

      if (choice->key == NULL)
        choice->key = make_key (there, choices, choice->label);
      if (!add (db, field, choice, i + 1, error))
        return FALSE;
    }
  return TRUE;
}
