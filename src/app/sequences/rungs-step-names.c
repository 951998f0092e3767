/* rungs-step-names.c: how people call what the steps of a sequence name by a key. */

#include "rungs-step-names.h"

#include <string.h>

#include "ladder/rungs-product-store.h"
#include "leads/rungs-field-store.h"
#include "segments/rungs-segment-store.h"

struct _RungsStepNames
{
  GHashTable *products; /* (owned) SKU in capitals -> name */
  GHashTable *fields;   /* (owned) key -> label */
  GHashTable *segments; /* (owned) key -> name */
};

static GHashTable *
table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gboolean
load_segments (RungsStepNames *self,
               RungsDb        *db,
               gboolean        archived,
               GError        **error)
{
  g_autoptr (GPtrArray) segments = rungs_segment_list (db, archived, error);

  for (guint i = 0; segments != NULL && i < segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (segments, i);

      g_hash_table_insert (self->segments, g_ascii_strdown (segment->key, -1),
                           g_strdup (segment->name));
    }
  return segments != NULL;
}

RungsStepNames *
rungs_step_names_load (RungsDb  *db,
                       GError  **error)
{
  g_autoptr (RungsStepNames) self = g_new0 (RungsStepNames, 1);
  g_autoptr (GPtrArray) products = rungs_product_list (db, error);
  g_autoptr (GPtrArray) fields = products != NULL ? rungs_field_list (db, error) : NULL;

  self->products = table_new ();
  self->fields = table_new ();
  self->segments = table_new ();
  if (fields == NULL || !load_segments (self, db, FALSE, error)
      || !load_segments (self, db, TRUE, error))
    return NULL;
  for (guint i = 0; i < products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (products, i);

      g_hash_table_insert (self->products, g_ascii_strup (product->sku, -1),
                           g_strdup (product->name));
    }
  for (guint i = 0; i < fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (fields, i);

      g_hash_table_insert (self->fields, g_strdup (field->key), g_strdup (field->label));
    }
  return g_steal_pointer (&self);
}

void
rungs_step_names_free (RungsStepNames *self)
{
  g_hash_table_unref (self->products);
  g_hash_table_unref (self->fields);
  g_hash_table_unref (self->segments);
  g_free (self);
}

const char *
rungs_step_names_product (RungsStepNames *self,
                          const char     *sku)
{
  g_autofree char *key = g_ascii_strup (sku, -1);
  const char *name = g_hash_table_lookup (self->products, key);

  return name != NULL ? name : sku;
}

const char *
rungs_step_names_field (RungsStepNames *self,
                        const char     *field)
{
  const char *label = g_str_has_prefix (field, "field:")
                        ? g_hash_table_lookup (self->fields, field + strlen ("field:"))
                        : NULL;

  return label != NULL ? label : field;
}

const char *
rungs_step_names_segment (RungsStepNames *self,
                          const char     *key)
{
  g_autofree char *lower = g_ascii_strdown (key, -1);
  const char *name = g_hash_table_lookup (self->segments, lower);

  return name != NULL ? name : key;
}

const char *
rungs_step_names_name (RungsRuleNamed  what,
                       const char     *key,
                       gpointer        names)
{
  RungsStepNames *self = names;

  if (what == RUNGS_RULE_NAMED_PRODUCT)
    return rungs_step_names_product (self, key);
  return what == RUNGS_RULE_NAMED_SEGMENT ? rungs_step_names_segment (self, key)
                                          : g_hash_table_lookup (self->fields, key);
}
