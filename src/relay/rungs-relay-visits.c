/* rungs-relay-visits.c: visits of pages, added up. */

#include "rungs-relay-visits.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-json-members.h"

#define KINDS_MOST 1000

struct _RungsRelayVisits
{
  GHashTable *counts; /* (owned): key -> Count */
  gint64 from;        /* of the first one; 0: there is none */
};

typedef struct
{
  char *path;    /* (owned) */
  char *variant; /* (owned) */
  char *code;    /* (owned) */
  gboolean is_machine;
  gint64 n;
} Count;

static void
count_free (gpointer data)
{
  Count *count = data;

  g_free (count->path);
  g_free (count->variant);
  g_free (count->code);
  g_free (count);
}

RungsRelayVisits *
rungs_relay_visits_new (void)
{
  RungsRelayVisits *self = g_new0 (RungsRelayVisits, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, count_free);
  return self;
}

void
rungs_relay_visits_free (RungsRelayVisits *self)
{
  g_hash_table_unref (self->counts);
  g_free (self);
}

static gboolean
add (RungsRelayVisits *self,
     const Count      *seen)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s\n%s\n%d", seen->path, seen->variant, seen->code,
                                          seen->is_machine);
  Count *count = g_hash_table_lookup (self->counts, key);

  if (count == NULL)
    {
      if (g_hash_table_size (self->counts) >= KINDS_MOST)
        return FALSE;
      count = g_new0 (Count, 1);
      count->path = g_strdup (seen->path);
      count->variant = g_strdup (seen->variant);
      count->code = g_strdup (seen->code);
      count->is_machine = seen->is_machine;
      g_hash_table_insert (self->counts, g_steal_pointer (&key), count);
    }
  count->n += seen->n;
  return TRUE;
}

gboolean
rungs_relay_visits_count (RungsRelayVisits *self,
                          const char       *path,
                          const char       *variant,
                          const char       *code,
                          gboolean          is_machine,
                          gint64            now)
{
  const Count seen = { (char *) path, (char *) variant, (char *) code, is_machine, 1 };

  g_return_val_if_fail (self != NULL && path != NULL && variant != NULL && code != NULL, FALSE);

  if (self->from == 0)
    self->from = now;
  return add (self, &seen);
}

void
rungs_relay_visits_add_all (RungsRelayVisits *self,
                            RungsRelayVisits *other)
{
  GHashTableIter counts;
  gpointer count;

  g_hash_table_iter_init (&counts, other->counts);
  while (g_hash_table_iter_next (&counts, NULL, &count))
    add (self, count);
  self->from = self->from != 0 ? MIN (self->from, other->from) : other->from;
}

static void
add_count (JsonBuilder *builder,
           const Count *count)
{
  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "path", count->path);
  rungs_json_add_text (builder, "variant", count->variant);
  rungs_json_add_text (builder, "code", count->code);
  rungs_json_add_flag (builder, "machine", count->is_machine);
  rungs_json_add_number (builder, "n", count->n);
  json_builder_end_object (builder);
}

char *
rungs_relay_visits_dup_json (RungsRelayVisits *self,
                             gint64            now)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GHashTableIter counts;
  gpointer count;

  if (g_hash_table_size (self->counts) == 0)
    return NULL;
  json_builder_begin_object (builder);
  rungs_json_add_number (builder, "from", self->from);
  rungs_json_add_number (builder, "to", now);
  rungs_json_begin_array (builder, "counts");
  g_hash_table_iter_init (&counts, self->counts);
  while (g_hash_table_iter_next (&counts, NULL, &count))
    add_count (builder, count);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return rungs_json_dup (builder);
}
