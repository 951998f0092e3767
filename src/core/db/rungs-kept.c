/* rungs-kept.c: what was made of rows of the file and is kept until they may be others. */

#include "db/rungs-kept.h"

struct _RungsKept
{
  GPtrArray *entries; /* (owned) (element-type Entry): few */
};

typedef struct
{
  const char *name;
  const char *const *tables;
  gint64 version;
  gpointer value; /* (owned) */
  GDestroyNotify value_free;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  entry->value_free (entry->value);
  g_free (entry);
}

RungsKept *
rungs_kept_new (void)
{
  RungsKept *self = g_new0 (RungsKept, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

void
rungs_kept_free (RungsKept *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static Entry *
find (RungsKept  *self,
      const char *name,
      guint      *index)
{
  for (*index = 0; *index < self->entries->len; (*index)++)
    {
      Entry *entry = g_ptr_array_index (self->entries, *index);

      if (g_str_equal (entry->name, name))
        return entry;
    }
  return NULL;
}

void
rungs_kept_put (RungsKept         *self,
                const char        *name,
                const char *const *tables,
                gint64             version,
                gpointer           value,
                GDestroyNotify     value_free)
{
  Entry *entry = g_new0 (Entry, 1);
  guint index;

  g_return_if_fail (name != NULL && tables != NULL && value_free != NULL);

  entry->name = name;
  entry->tables = tables;
  entry->version = version;
  entry->value = value;
  entry->value_free = value_free;
  if (find (self, name, &index) != NULL)
    g_ptr_array_remove_index_fast (self->entries, index);
  g_ptr_array_add (self->entries, entry);
}

gpointer
rungs_kept_get (RungsKept  *self,
                const char *name,
                gint64      version)
{
  guint index;
  Entry *entry = find (self, name, &index);

  if (entry != NULL && entry->version == version)
    return entry->value;
  if (entry != NULL)
    g_ptr_array_remove_index_fast (self->entries, index);
  return NULL;
}

static gboolean
is_made_of (const Entry *entry,
            GPtrArray   *tables)
{
  for (guint i = 0; i < tables->len; i++)
    if (g_strv_contains (entry->tables, g_ptr_array_index (tables, i)))
      return TRUE;
  return FALSE;
}

void
rungs_kept_forget (RungsKept *self,
                   GPtrArray *tables)
{
  for (guint i = self->entries->len; i > 0; i--)
    if (is_made_of (g_ptr_array_index (self->entries, i - 1), tables))
      g_ptr_array_remove_index_fast (self->entries, i - 1);
}
