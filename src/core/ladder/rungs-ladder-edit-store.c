/* rungs-ladder-edit-store.c: a change of the ladder that can be undone and done again.
 *
 * Before an edit and after it, all rows of the ladder's tables are read as JSON objects, whatever
 * columns the tables have: the statements are made from the schema. The ladder is small; what is
 * large about it (who bought what) is not among them. What differs is the edit.
 *
 * Undoing looks first whether each row still is as the edit left it, and whether rows that would go
 * have come to be named by what is no ladder (an order, the touch of a lead who came by a letter):
 * that would be refused by its foreign key, or else forgotten. Then what it changed is put
 * back, rows that it made go, and what it removed comes back. Last all is read once more: where
 * anything else changed by that (what stood by a row that went, say), the whole is refused, so that
 * an undo either does exactly what the edit did, backwards, or nothing. Doing again is the same
 * with before and after exchanged. */

#include "ladder/rungs-ladder-edit-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-product-store.h"

/* What stands by another stands after it. */
static const char *const TABLES[]
    = { "product", "product_part", "sales_letter", "offer", "source", "source_spend", "way_in" };

#define N_TABLES G_N_ELEMENTS (TABLES)

/* What is derived from them goes with them, and comes again. */
static const char *const DERIVED[] = { "product_holds", "offer_figure" };

static const char SQL_NAMED_BY[]
    = "SELECT m.name, k.\"from\" FROM sqlite_schema m, pragma_foreign_key_list (m.name) k"
      " WHERE m.type = 'table' AND k.\"table\" = :table";

static const char SQL_COLUMNS[] = "SELECT name, pk FROM pragma_table_info (:table) ORDER BY cid";

static const char SQL_DEFER[] = "PRAGMA defer_foreign_keys = ON";

/* A row that an edit changed. */
typedef struct
{
  guint table;
  char *key;    /* (owned): JSON array of its key */
  char *before; /* (owned) (nullable): JSON object; NULL: it was not there */
  char *after;  /* (owned) (nullable) */
} Change;

struct _RungsLadderEdit
{
  GPtrArray *changes; /* (owned) (element-type Change): table by table, by key */
};

/* The rows of all tables, each by its key. */
typedef struct
{
  GTree *rows[N_TABLES]; /* (owned) (element-type utf8 utf8) */
} Images;

static void
images_free (Images *self)
{
  for (guint i = 0; i < N_TABLES; i++)
    g_clear_pointer (&self->rows[i], g_tree_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Images, images_free)

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->key);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

void
rungs_ladder_edit_free (RungsLadderEdit *self)
{
  g_ptr_array_unref (self->changes);
  g_free (self);
}

/* ---- statements made from the schema */

/* The columns of a table, as statements name them. */
typedef struct
{
  GString *names;   /* "id", "name" */
  GString *object;  /* 'id', "id", 'name', "name" */
  GString *values;  /* :row ->> '$.id', :row ->> '$.name' */
  GString *sets;    /* "id" = :row ->> '$.id', … */
  GString *keys;    /* "id" */
  GString *key_is;  /* "id" = :key ->> '$[0]' AND … */
} Words;

static Words *
words_new (void)
{
  Words *self = g_new (Words, 1);

  *self = (Words) { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL),
                    g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  return self;
}

static void
words_free (Words *self)
{
  GString *all[] = { self->names, self->object, self->values, self->sets, self->keys,
                     self->key_is };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_string_free (all[i], TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Words, words_free)

static void
add_column (Words      *self,
            const char *name,
            guint       key)
{
  const char *comma = self->names->len > 0 ? ", " : "";

  g_string_append_printf (self->names, "%s\"%s\"", comma, name);
  g_string_append_printf (self->object, "%s'%s', \"%s\"", comma, name, name);
  g_string_append_printf (self->values, "%s:row ->> '$.%s'", comma, name);
  g_string_append_printf (self->sets, "%s\"%s\" = :row ->> '$.%s'", comma, name, name);
  if (key == 0)
    return;
  g_string_append_printf (self->keys, "%s\"%s\"", key > 1 ? ", " : "", name);
  g_string_append_printf (self->key_is, "%s\"%s\" = :key ->> '$[%u]'", key > 1 ? " AND " : "",
                          name, key - 1);
}

static Words *
load_words (RungsDb    *db,
            const char *table,
            GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COLUMNS, error);
  g_autoptr (Words) words = words_new ();

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":table", table);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    add_column (words, rungs_statement_get_text (query, 0),
                (guint) rungs_statement_get_int64 (query, 1));
  return rungs_statement_done (query, error) ? g_steal_pointer (&words) : NULL;
}

/* ---- images */

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  return g_strcmp0 (a, b);
}

static GTree *
read_table (RungsDb    *db,
            const char *table,
            GError    **error)
{
  g_autoptr (GTree) rows = g_tree_new_full (compare_keys, NULL, g_free, g_free);
  g_autoptr (Words) words = load_words (db, table, error);
  g_autoptr (RungsStatement) query = NULL;
  g_autofree char *sql = NULL;

  if (words == NULL)
    return NULL;
  sql = g_strdup_printf ("SELECT json_array (%s), json_object (%s) FROM \"%s\"", words->keys->str,
                         words->object->str, table);
  query = rungs_db_prepare (db, sql, error);
  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_tree_insert (rows, rungs_statement_dup_text (query, 0), rungs_statement_dup_text (query, 1));
  return rungs_statement_done (query, error) ? g_steal_pointer (&rows) : NULL;
}

static Images *
images_read (RungsDb *db,
             GError **error)
{
  g_autoptr (Images) self = g_new0 (Images, 1);

  for (guint i = 0; i < N_TABLES; i++)
    if ((self->rows[i] = read_table (db, TABLES[i], error)) == NULL)
      return NULL;
  return g_steal_pointer (&self);
}

static void
add_change (GPtrArray  *changes,
            guint       table,
            const char *key,
            const char *before,
            const char *after)
{
  Change *change = g_new (Change, 1);

  *change = (Change) { table, g_strdup (key), g_strdup (before), g_strdup (after) };
  g_ptr_array_add (changes, change);
}

/* What changed between the two in one table. */
static void
compare_table (GPtrArray *changes,
               guint      table,
               GTree     *before,
               GTree     *after)
{
  GTreeNode *node;

  for (node = g_tree_node_first (before); node != NULL; node = g_tree_node_next (node))
    {
      const char *now = g_tree_lookup (after, g_tree_node_key (node));

      if (g_strcmp0 (g_tree_node_value (node), now) != 0)
        add_change (changes, table, g_tree_node_key (node), g_tree_node_value (node), now);
    }
  for (node = g_tree_node_first (after); node != NULL; node = g_tree_node_next (node))
    if (g_tree_lookup (before, g_tree_node_key (node)) == NULL)
      add_change (changes, table, g_tree_node_key (node), NULL, g_tree_node_value (node));
}

static RungsLadderEdit *
compare (const Images *before,
         const Images *after)
{
  RungsLadderEdit *self = g_new (RungsLadderEdit, 1);

  self->changes = g_ptr_array_new_with_free_func (change_free);
  for (guint i = 0; i < N_TABLES; i++)
    compare_table (self->changes, i, before->rows[i], after->rows[i]);
  return self;
}

/* ---- putting back */

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                       _ ("the ladder has been changed since, elsewhere"));
  return FALSE;
}

/* What a change leads from and to, where it is undone or done again. */
static const char *
from_of (const Change *change,
         gboolean      undo)
{
  return undo ? change->after : change->before;
}

static const char *
to_of (const Change *change,
       gboolean      undo)
{
  return undo ? change->before : change->after;
}

static gboolean
stands (const Change *change,
        const Images *now,
        gboolean      undo)
{
  return g_strcmp0 (g_tree_lookup (now->rows[change->table], change->key),
                    from_of (change, undo))
         == 0;
}

static gboolean
is_in (const char        *table,
       const char *const *tables,
       gsize              n)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (tables[i], table))
      return TRUE;
  return FALSE;
}

static gboolean
is_named_in (RungsDb      *db,
             const char   *table,
             const char   *column,
             const Change *change,
             gboolean     *named,
             GError      **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM \"%s\" WHERE \"%s\" = :key ->> '$[0]')",
                         table, column);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  gint64 number;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":key", change->key);
  if (!rungs_statement_get_number (query, 0, &number, error))
    return FALSE;
  *named = number != 0;
  return TRUE;
}

/* Refuses where what is no ladder names the row. */
static gboolean
may_go (RungsDb      *db,
        const Change *change,
        GError      **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NAMED_BY, error);
  gboolean named = FALSE;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":table", TABLES[change->table]);
  while (!named && rungs_statement_step (query, error) == RUNGS_ROW)
    {
      const char *table = rungs_statement_get_text (query, 0);

      if (!is_in (table, TABLES, N_TABLES) && !is_in (table, DERIVED, G_N_ELEMENTS (DERIVED))
          && !is_named_in (db, table, rungs_statement_get_text (query, 1), change, &named, error))
        return FALSE;
    }
  if (!named)
    return rungs_statement_done (query, error);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                       _ ("what would go by that is in use by now"));
  return FALSE;
}

static char *
sql_of (const Change *change,
        const Words  *words,
        gboolean      undo)
{
  const char *table = TABLES[change->table];

  if (to_of (change, undo) == NULL)
    return g_strdup_printf ("DELETE FROM \"%s\" WHERE %s", table, words->key_is->str);
  if (from_of (change, undo) == NULL)
    return g_strdup_printf ("INSERT INTO \"%s\" (%s) SELECT %s", table, words->names->str,
                            words->values->str);
  return g_strdup_printf ("UPDATE \"%s\" SET %s WHERE %s", table, words->sets->str,
                          words->key_is->str);
}

static gboolean
put (RungsDb      *db,
     const Change *change,
     gboolean      undo,
     GError      **error)
{
  g_autoptr (Words) words = load_words (db, TABLES[change->table], error);
  g_autofree char *sql = words != NULL ? sql_of (change, words, undo) : NULL;
  g_autoptr (RungsStatement) statement = sql != NULL ? rungs_db_prepare (db, sql, error) : NULL;

  if (statement == NULL)
    return FALSE;
  if (rungs_statement_has (statement, ":key"))
    rungs_statement_bind_text (statement, ":key", change->key);
  if (rungs_statement_has (statement, ":row"))
    rungs_statement_bind_text (statement, ":row", to_of (change, undo));
  return rungs_statement_run (statement, error);
}

typedef enum
{
  CHANGES,
  GOES,
  COMES,
} Way;

static gboolean
put_those (RungsDb               *db,
           const RungsLadderEdit *self,
           gboolean               undo,
           Way                    way,
           GError               **error)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      guint at = way == GOES ? self->changes->len - 1 - i : i;
      const Change *change = g_ptr_array_index (self->changes, at);
      Way own = to_of (change, undo) == NULL ? GOES
                : from_of (change, undo) == NULL ? COMES : CHANGES;

      if (own == way && !put (db, change, undo, error))
        return FALSE;
    }
  return TRUE;
}

/* First what changes, so that it does not go with what it stood by; then what goes, from the last
 * table to the first; then what comes. */
static gboolean
put_all (RungsDb               *db,
         const RungsLadderEdit *self,
         gboolean               undo,
         GError               **error)
{
  return put_those (db, self, undo, CHANGES, error) && put_those (db, self, undo, GOES, error)
         && put_those (db, self, undo, COMES, error) && rungs_product_hold_anew (db, error);
}

/* Whether what was put back is this edit, the other way round, and nothing else. */
static gboolean
is_exact (RungsDb               *db,
          const RungsLadderEdit *self,
          const Images          *before,
          gboolean               undo,
          GError               **error)
{
  g_autoptr (Images) after = images_read (db, error);
  g_autoptr (RungsLadderEdit) done = NULL;
  gboolean exact;

  if (after == NULL)
    return FALSE;
  done = compare (before, after);
  exact = done->changes->len == self->changes->len;
  for (guint i = 0; exact && i < self->changes->len; i++)
    exact = stands (g_ptr_array_index (self->changes, i), after, !undo);
  return exact || refuse (error);
}

static gboolean
put_back (RungsDb               *db,
          const RungsLadderEdit *self,
          gboolean               undo,
          GError               **error)
{
  g_autoptr (Images) now = images_read (db, error);
  g_autoptr (RungsStatement) defer = now != NULL ? rungs_db_prepare (db, SQL_DEFER, error) : NULL;

  if (defer == NULL)
    return FALSE;
  for (guint i = 0; i < self->changes->len; i++)
    {
      const Change *change = g_ptr_array_index (self->changes, i);

      if (!stands (change, now, undo))
        return refuse (error);
      if (to_of (change, undo) == NULL && !may_go (db, change, error))
        return FALSE;
    }
  return rungs_statement_run (defer, error) && put_all (db, self, undo, error)
         && is_exact (db, self, now, undo, error);
}

/* ---- edits */

RungsLadderEdit *
rungs_ladder_edit_do (RungsDb    *db,
                      RungsDbFunc func,
                      gpointer    data,
                      GError    **error)
{
  g_autoptr (Images) before = NULL;
  g_autoptr (Images) after = NULL;

  g_return_val_if_fail (func != NULL, NULL);

  before = images_read (db, error);
  if (before == NULL || !func (db, data, error))
    return NULL;
  after = images_read (db, error);
  return after != NULL ? compare (before, after) : NULL;
}

gboolean
rungs_ladder_edit_is_empty (const RungsLadderEdit *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->changes->len == 0;
}

gint64
rungs_ladder_edit_find_added (const RungsLadderEdit *self,
                              const char            *table)
{
  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->changes->len; i++)
    {
      const Change *change = g_ptr_array_index (self->changes, i);

      if (change->before == NULL && g_str_equal (TABLES[change->table], table))
        return g_ascii_strtoll (change->key + 1, NULL, 10);
    }
  return 0;
}

gboolean
rungs_ladder_edit_undo (RungsDb               *db,
                        const RungsLadderEdit *self,
                        GError               **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return put_back (db, self, TRUE, error);
}

gboolean
rungs_ladder_edit_redo (RungsDb               *db,
                        const RungsLadderEdit *self,
                        GError               **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return put_back (db, self, FALSE, error);
}
