/* rungs-merge-data.c: what a message can say of a lead. */

#include "mail/rungs-merge-data.h"

#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "ladder/rungs-next-offer.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"
#include "mail/rungs-merge-data-store.h"

struct _RungsMergeData
{
  RungsArena *arena;       /* (owned) */
  RungsBusiness *business; /* (owned) */
  GTimeZone *zone;         /* (owned) */
  char *lead_name;         /* (owned) */
  char *language;          /* (owned) of the lead */
  gboolean is_example;
  RungsLiquidValue values;
};

/* The columns of a lead that messages may show: not the notes, not the zone. */
static const char *const COLUMNS[] = {
  "first_name", "last_name", "email",  "company", "phone",    "street",
  "postcode",   "city",      "region", "country", "language",
};

static const char *const PRODUCT_KEYS[] = { "name",   "sku",      "price",
                                            "amount", "currency", "period_months" };

/* ---- which names there are */

static const struct
{
  const char *path;
  RungsMergeParts parts;
} PARTS[] = {
  { "lead.fields", RUNGS_MERGE_FIELDS },
  { "lead.tags", RUNGS_MERGE_TAGS },
  { "lead.products", RUNGS_MERGE_PRODUCTS },
  { "next_offer", RUNGS_MERGE_NEXT_OFFER },
};

/* Whether `path` is `whole` or something in it. */
static gboolean
is_within (const char *path,
           const char *whole)
{
  gsize length = strlen (whole);

  return strncmp (path, whole, length) == 0
         && (path[length] == '\0' || path[length] == '.' || path[length] == '[');
}

RungsMergeParts
rungs_merge_parts_of (GPtrArray *variables)
{
  RungsMergeParts parts = 0;

  g_return_val_if_fail (variables != NULL, RUNGS_MERGE_ALL);

  for (guint i = 0; i < variables->len; i++)
    {
      const RungsLiquidVariable *variable = g_ptr_array_index (variables, i);

      if (strcmp (variable->path, "lead") == 0)
        parts |= RUNGS_MERGE_FIELDS | RUNGS_MERGE_TAGS | RUNGS_MERGE_PRODUCTS;
      for (gsize j = 0; j < G_N_ELEMENTS (PARTS); j++)
        if (is_within (variable->path, PARTS[j].path))
          parts |= PARTS[j].parts;
    }
  return parts;
}

static gboolean
is_one_of (const char        *key,
           const char *const *keys,
           gsize              n)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (key, keys[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_fixed_name (const char *path)
{
  static const char *const NAMES[] = {
    "lead",
    "lead.name",
    "lead.score",
    "lead.fields",
    "lead.tags",
    "lead.tags[]",
    "lead.products",
    "lead.products[]",
    "lead.products[].name",
    "lead.products[].sku",
    "lead.products[].since",
    "product",
    "next_offer",
    "business",
    "business.name",
    "business.address",
    "today",
    "now",
    RUNGS_MERGE_PREFERENCES,
    RUNGS_MERGE_CONFIRM,
  };

  if (is_one_of (path, NAMES, G_N_ELEMENTS (NAMES))
      || (g_str_has_prefix (path, RUNGS_MERGE_FORM) && path[strlen (RUNGS_MERGE_FORM)] != '\0'))
    return TRUE;
  if (g_str_has_prefix (path, "lead."))
    return is_one_of (path + strlen ("lead."), COLUMNS, G_N_ELEMENTS (COLUMNS));
  if (g_str_has_prefix (path, "product.") || g_str_has_prefix (path, "next_offer."))
    return is_one_of (strchr (path, '.') + 1, PRODUCT_KEYS, G_N_ELEMENTS (PRODUCT_KEYS));
  return FALSE;
}

gboolean
rungs_merge_data_knows (RungsDb     *db,
                        const char  *path,
                        gboolean    *knows,
                        GError     **error)
{
  g_autoptr (RungsField) field = NULL;
  g_autoptr (GError) inner = NULL;

  g_return_val_if_fail (db != NULL && path != NULL && knows != NULL, FALSE);

  *knows = is_fixed_name (path);
  if (*knows || !g_str_has_prefix (path, "lead.fields."))
    return TRUE;

  field = rungs_field_load_by_key (db, path + strlen ("lead.fields."), &inner);
  *knows = field != NULL;
  if (field != NULL || g_error_matches (inner, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

/* ---- values */

static void
put (RungsMergeData   *self,
     RungsLiquidValue *map,
     const char       *key,
     RungsLiquidValue  value)
{
  rungs_liquid_map_put (map, self->arena, key, value);
}

static void
put_text (RungsMergeData   *self,
          RungsLiquidValue *map,
          const char       *key,
          const char       *text)
{
  put (self, map, key, rungs_merge_data_take_text (self->arena, text));
}

static RungsLiquidValue
take_product (RungsMergeData     *self,
              const RungsProduct *product)
{
  RungsLiquidValue map = rungs_liquid_map ();
  g_autofree char *price = rungs_money_format (product->price);

  put_text (self, &map, "name", product->name);
  put_text (self, &map, "sku", product->sku);
  put_text (self, &map, "price", price);
  put (self, &map, "amount", rungs_liquid_integer (product->price.minor));
  put_text (self, &map, "currency", product->price.currency);
  put (self, &map, "period_months",
       product->period_months > 0 ? rungs_liquid_integer (product->period_months)
                                  : RUNGS_LIQUID_NIL_VALUE);
  return map;
}

/* `id` 0: nil. */
static gboolean
put_product (RungsMergeData  *self,
             RungsDb         *db,
             const char      *key,
             gint64           id,
             GError         **error)
{
  g_autoptr (RungsProduct) product = NULL;

  if (id == 0)
    {
      put (self, &self->values, key, RUNGS_LIQUID_NIL_VALUE);
      return TRUE;
    }
  product = rungs_product_load (db, id, error);
  if (product == NULL)
    return FALSE;
  put (self, &self->values, key, take_product (self, product));
  return TRUE;
}

static gboolean
put_next_offer (RungsMergeData  *self,
                RungsDb         *db,
                gint64           lead,
                gint64           now,
                GError         **error)
{
  g_autoptr (RungsNextOffer) next = rungs_next_offer (db, lead, now, error);

  return next != NULL && put_product (self, db, "next_offer", next->product, error);
}

static gboolean
put_parts_of_lead (RungsMergeData    *self,
                   RungsLiquidValue  *map,
                   RungsDb           *db,
                   gint64             lead,
                   RungsMergeParts    parts,
                   gint64             now,
                   GError           **error)
{
  RungsLiquidValue fields = rungs_liquid_map ();
  RungsLiquidValue tags = rungs_liquid_list ();
  RungsLiquidValue products = rungs_liquid_list ();

  if (((parts & RUNGS_MERGE_FIELDS) != 0
       && !rungs_merge_data_read_fields (db, lead, self->arena, &fields, error))
      || ((parts & RUNGS_MERGE_TAGS) != 0
          && !rungs_merge_data_read_tags (db, lead, self->arena, &tags, error))
      || ((parts & RUNGS_MERGE_PRODUCTS) != 0
          && !rungs_merge_data_read_products (db, lead, now, self->arena, &products, error)))
    return FALSE;

  put (self, map, "fields", fields);
  put (self, map, "tags", tags);
  put (self, map, "products", products);
  return TRUE;
}

static RungsLiquidValue
take_lead (RungsMergeData  *self,
           const RungsLead *lead)
{
  RungsLiquidValue map = rungs_liquid_map ();

  self->lead_name = g_strstrip (g_strconcat (lead->first_name, " ", lead->last_name, NULL));
  self->language = g_strdup (rungs_lead_get (lead, "language"));
  for (gsize i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    put_text (self, &map, COLUMNS[i], rungs_lead_get (lead, COLUMNS[i]));
  put_text (self, &map, "name", self->lead_name);
  put (self, &map, "score", rungs_liquid_integer (lead->score));
  return map;
}

/* The business and the time: what is the same for every lead. */
static RungsMergeData *
new_with_business (RungsDb  *db,
                   gint64    now,
                   GError  **error)
{
  g_autoptr (RungsMergeData) self = g_new0 (RungsMergeData, 1);
  RungsLiquidValue business = rungs_liquid_map ();
  g_autofree char *today = NULL;
  g_autofree char *instant = rungs_time_format (now);

  self->arena = rungs_arena_new ();
  self->values = rungs_liquid_map ();
  self->business = rungs_business_load (db, error);
  if (self->business == NULL)
    return NULL;

  self->zone = rungs_time_zone (self->business->zone);
  today = rungs_time_format_day (now, self->zone);
  put_text (self, &business, "name", self->business->name);
  put_text (self, &business, "address", self->business->address);
  put (self, &self->values, "business", business);
  put_text (self, &self->values, "today", today);
  put_text (self, &self->values, "now", instant);
  return g_steal_pointer (&self);
}

RungsMergeData *
rungs_merge_data_new (RungsDb          *db,
                      gint64            lead,
                      gint64            sells,
                      RungsMergeParts   parts,
                      gint64            now,
                      GError          **error)
{
  g_autoptr (RungsMergeData) self = new_with_business (db, now, error);
  g_autoptr (RungsLead) row = NULL;
  RungsLiquidValue map;

  if (self == NULL)
    return NULL;
  row = rungs_lead_load (db, lead, error);
  if (row == NULL)
    return NULL;

  map = take_lead (self, row);
  if (!put_parts_of_lead (self, &map, db, lead, parts, now, error))
    return NULL;
  put (self, &self->values, "lead", map);
  if (!put_product (self, db, "product", sells, error)
      || ((parts & RUNGS_MERGE_NEXT_OFFER) != 0 && !put_next_offer (self, db, lead, now, error)))
    return NULL;
  return g_steal_pointer (&self);
}

static RungsLiquidValue
take_example_field (RungsMergeData   *self,
                    const RungsField *field)
{
  switch (field->kind)
    {
    case RUNGS_FIELD_NUMBER:
      return rungs_liquid_integer (12);
    case RUNGS_FIELD_DATE:
      return rungs_liquid_string ("2026-01-31");
    case RUNGS_FIELD_YESNO:
      return rungs_liquid_boolean (TRUE);
    case RUNGS_FIELD_TEXT:
    default:
      return rungs_merge_data_take_text (self->arena, field->label);
    }
}

/* An example of everything that a message may name, so that nothing looks empty. */
static gboolean
put_example_parts (RungsMergeData    *self,
                   RungsLiquidValue  *map,
                   RungsDb           *db,
                   gint64             now,
                   GError           **error)
{
  g_autoptr (GPtrArray) products = rungs_product_list (db, error);
  g_autoptr (GPtrArray) known = products ? rungs_field_list (db, error) : NULL;
  RungsLiquidValue fields = rungs_liquid_map ();
  RungsLiquidValue tags = rungs_liquid_list ();
  RungsLiquidValue owned = rungs_liquid_list ();

  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < known->len; i++)
    {
      const RungsField *field = g_ptr_array_index (known, i);

      put (self, &fields, rungs_arena_strndup (self->arena, field->key, strlen (field->key)),
           take_example_field (self, field));
    }
  rungs_liquid_list_add (&tags, self->arena, rungs_liquid_string ("example"));
  if (products->len > 0)
    {
      RungsLiquidValue product = take_product (self, g_ptr_array_index (products, 0));
      g_autofree char *since = rungs_time_format (now);

      put_text (self, &product, "since", since);
      rungs_liquid_list_add (&owned, self->arena, product);
      put (self, &self->values, "next_offer",
           take_product (self, g_ptr_array_index (products, products->len - 1)));
    }
  put (self, map, "fields", fields);
  put (self, map, "tags", tags);
  put (self, map, "products", owned);
  return TRUE;
}

RungsMergeData *
rungs_merge_data_new_stranger (RungsDb     *db,
                               const char  *language,
                               const char  *first_name,
                               gint64       now,
                               GError     **error)
{
  g_autoptr (RungsMergeData) self = new_with_business (db, now, error);
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  RungsLiquidValue map;

  if (self == NULL)
    return NULL;

  rungs_lead_set (lead, "language", language);
  rungs_lead_set (lead, "first_name", first_name);
  map = take_lead (self, lead);
  put (self, &map, "fields", rungs_liquid_map ());
  put (self, &map, "tags", rungs_liquid_list ());
  put (self, &map, "products", rungs_liquid_list ());
  put (self, &self->values, "lead", map);
  return put_product (self, db, "product", 0, error) ? g_steal_pointer (&self) : NULL;
}

RungsMergeData *
rungs_merge_data_new_example (RungsDb  *db,
                              gint64    sells,
                              gint64    now,
                              GError  **error)
{
  g_autoptr (RungsMergeData) self = new_with_business (db, now, error);
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  RungsLiquidValue map;

  if (self == NULL)
    return NULL;

  self->is_example = TRUE;
  rungs_lead_set (lead, "first_name", "Ann");
  rungs_lead_set (lead, "last_name", "Example");
  rungs_lead_set (lead, "email", "ann@example.com");
  rungs_lead_set (lead, "company", "Example & Co.");
  rungs_lead_set (lead, "city", "Exampletown");
  map = take_lead (self, lead);
  if (!put_example_parts (self, &map, db, now, error))
    return NULL;
  put (self, &self->values, "lead", map);
  return put_product (self, db, "product", sells, error) ? g_steal_pointer (&self) : NULL;
}

void
rungs_merge_data_free (RungsMergeData *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->business, rungs_business_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  rungs_arena_free (self->arena);
  g_free (self->lead_name);
  g_free (self->language);
  g_free (self);
}

void
rungs_merge_data_set_link (RungsMergeData *self,
                           const char     *name,
                           const char     *link)
{
  g_return_if_fail (self != NULL && name != NULL);

  put_text (self, &self->values, name, link);
}

RungsLiquidValue
rungs_merge_data_get_values (const RungsMergeData *self)
{
  g_return_val_if_fail (self != NULL, RUNGS_LIQUID_NIL_VALUE);

  return self->values;
}

GTimeZone *
rungs_merge_data_get_zone (const RungsMergeData *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->zone;
}

const RungsBusiness *
rungs_merge_data_get_business (const RungsMergeData *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->business;
}

gboolean
rungs_merge_data_is_example (const RungsMergeData *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_example;
}

const char *
rungs_merge_data_get_language (const RungsMergeData *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->language;
}

const char *
rungs_merge_data_get_lead_name (const RungsMergeData *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->lead_name;
}
