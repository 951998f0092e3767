/* rungs-product-copy.c: products as text that can be copied and pasted. */

#include "ladder/rungs-product-copy.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/rungs-error.h"
#include "ladder/rungs-product-store.h"

#define MOST 1000

static const struct
{
  const char *name;
  gsize offset;
} TEXTS[] = {
  { "sku", G_STRUCT_OFFSET (RungsProduct, sku) },
  { "name", G_STRUCT_OFFSET (RungsProduct, name) },
  { "delivery", G_STRUCT_OFFSET (RungsProduct, delivery) },
  { "delivery_link", G_STRUCT_OFFSET (RungsProduct, delivery_link) },
  { "delivery_by", G_STRUCT_OFFSET (RungsProduct, delivery_by) },
};

static const struct
{
  const char *name;
  gsize offset;
} NUMBERS[] = {
  { "cost", G_STRUCT_OFFSET (RungsProduct, cost) },
  { "rung", G_STRUCT_OFFSET (RungsProduct, rung) },
  { "refund_days", G_STRUCT_OFFSET (RungsProduct, refund_days) },
  { "period_months", G_STRUCT_OFFSET (RungsProduct, period_months) },
  { "lapse_days", G_STRUCT_OFFSET (RungsProduct, lapse_days) },
  { "affiliate_rate", G_STRUCT_OFFSET (RungsProduct, affiliate_rate) },
};

static JsonObject *
to_object (RungsProduct *product)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      const char *text = G_STRUCT_MEMBER (char *, product, TEXTS[i].offset);

      json_object_set_string_member (object, TEXTS[i].name, text != NULL ? text : "");
    }
  for (guint i = 0; i < G_N_ELEMENTS (NUMBERS); i++)
    json_object_set_int_member (object, NUMBERS[i].name,
                                G_STRUCT_MEMBER (gint64, product, NUMBERS[i].offset));
  json_object_set_int_member (object, "price", product->price.minor);
  json_object_set_string_member (object, "currency", product->price.currency);
  json_object_set_string_member (object, "delivery_kind",
                                 rungs_delivery_kind_to_text (product->delivery_kind));
  return object;
}

char *
rungs_product_copy (GPtrArray *products)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *array = json_array_new ();
  JsonObject *root = json_object_new ();

  g_return_val_if_fail (products != NULL, NULL);

  for (guint i = 0; i < products->len; i++)
    json_array_add_object_element (array, to_object (g_ptr_array_index (products, i)));
  json_object_set_string_member (root, "rungs", "products");
  json_object_set_array_member (root, "products", array);
  json_node_take_object (node, root);
  return json_to_string (node, TRUE);
}

/* ---- pasting */

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("the text on the clipboard tells of no products"));
  return FALSE;
}

/* Returns: (nullable): a text member, whatever else may be under that name. */
static const char *
text_of (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static RungsProduct *
from_object (JsonObject *object)
{
  RungsProduct *product = rungs_product_new ();
  const char *currency = text_of (object, "currency");
  const char *kind = text_of (object, "delivery_kind");

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      char **text = G_STRUCT_MEMBER_P (product, TEXTS[i].offset);
      const char *member = text_of (object, TEXTS[i].name);

      g_free (*text);
      *text = g_strdup (member != NULL ? member : "");
    }
  for (guint i = 0; i < G_N_ELEMENTS (NUMBERS); i++)
    {
      gint64 *number = G_STRUCT_MEMBER_P (product, NUMBERS[i].offset);
      JsonNode *node = json_object_get_member (object, NUMBERS[i].name);

      if (node != NULL && json_node_get_value_type (node) == G_TYPE_INT64)
        *number = json_node_get_int (node);
    }
  product->price = rungs_money (
    json_object_get_int_member_with_default (object, "price", 0), currency ? currency : "");
  if (kind != NULL)
    rungs_delivery_kind_from_text (kind, &product->delivery_kind);
  return product;
}

char *
rungs_product_free_sku (RungsDb    *db,
                        const char *wanted,
                        GError    **error)
{
  for (int i = 1;; i++)
    {
      g_autofree char *sku
        = i == 1 ? g_strdup (wanted) : g_strdup_printf ("%s-%d", wanted, i);
      g_autoptr (GError) failure = NULL;
      g_autoptr (RungsProduct) taken = rungs_product_load_by_sku (db, sku, &failure);

      if (taken != NULL)
        continue;
      if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
        return g_steal_pointer (&sku);
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
}

static gboolean
paste_one (RungsDb   *db,
           JsonNode  *node,
           gint64     now,
           GError   **error)
{
  g_autoptr (RungsProduct) product = NULL;
  char *sku;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error);
  product = from_object (json_node_get_object (node));
  if (*product->sku == '\0' || (sku = rungs_product_free_sku (db, product->sku, error)) == NULL)
    return *product->sku == '\0' ? refuse (error) : FALSE;
  g_free (product->sku);
  product->sku = sku;
  return rungs_product_add (db, product, now, error) != 0;
}

gboolean
rungs_product_paste (RungsDb    *db,
                     const char *json,
                     gint64      now,
                     GError    **error)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonObject *object
    = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *member = object != NULL ? json_object_get_member (object, "products") : NULL;
  JsonArray *array
    = member != NULL && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;

  if (array == NULL || g_strcmp0 (text_of (object, "rungs"), "products") != 0
      || json_array_get_length (array) == 0 || json_array_get_length (array) > MOST)
    return refuse (error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!paste_one (db, json_array_get_element (array, i), now, error))
      return FALSE;
  return TRUE;
}
