/* rungs-block-json.c: the blocks of a message as JSON, and back. */

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-block.h"

typedef enum
{
  MEMBER_TEXT,
  MEMBER_NUMBER,
  MEMBER_FLAG,
} MemberKind;

/* The members of the types, in the order in which they are written. */
static const struct
{
  RungsBlockType type;
  const char *name;
  MemberKind kind;
  gsize offset;
  gboolean needed;
  int lowest, highest, usual; /* of a number */
} MEMBERS[] = {
  { RUNGS_BLOCK_TEXT, "text", MEMBER_TEXT, offsetof (RungsBlock, text), TRUE },
  { RUNGS_BLOCK_HEADING, "level", MEMBER_NUMBER, offsetof (RungsBlock, level), FALSE, 1, 2, 2 },
  { RUNGS_BLOCK_HEADING, "text", MEMBER_TEXT, offsetof (RungsBlock, text), TRUE },
  { RUNGS_BLOCK_BUTTON, "text", MEMBER_TEXT, offsetof (RungsBlock, text), TRUE },
  { RUNGS_BLOCK_BUTTON, "link", MEMBER_TEXT, offsetof (RungsBlock, link), TRUE },
  { RUNGS_BLOCK_PICTURE, "picture", MEMBER_TEXT, offsetof (RungsBlock, picture), TRUE },
  { RUNGS_BLOCK_PICTURE, "alt", MEMBER_TEXT, offsetof (RungsBlock, alt) },
  { RUNGS_BLOCK_PICTURE, "decorative", MEMBER_FLAG, offsetof (RungsBlock, decorative) },
  { RUNGS_BLOCK_PICTURE, "link", MEMBER_TEXT, offsetof (RungsBlock, link) },
  { RUNGS_BLOCK_PICTURE, "width", MEMBER_NUMBER, offsetof (RungsBlock, width), FALSE, 0, 1200, 0 },
  { RUNGS_BLOCK_PRODUCT, "sku", MEMBER_TEXT, offsetof (RungsBlock, sku), TRUE },
  { RUNGS_BLOCK_PRODUCT, "text", MEMBER_TEXT, offsetof (RungsBlock, text) },
  { RUNGS_BLOCK_PRODUCT, "button", MEMBER_TEXT, offsetof (RungsBlock, button) },
  { RUNGS_BLOCK_HTML, "html", MEMBER_TEXT, offsetof (RungsBlock, html), TRUE },
};

/* ---- names */

static char *
dup_name (guint       index,
          const char *within)
{
  return within != NULL ? g_strdup_printf (_ ("%s, block %u"), within, index + 1)
                        : g_strdup_printf (_ ("Block %u"), index + 1);
}

char *
rungs_block_dup_name (GPtrArray  *blocks,
                      guint       index,
                      const char *within)
{
  const RungsBlock *block;

  g_return_val_if_fail (blocks != NULL && index < blocks->len, NULL);

  block = g_ptr_array_index (blocks, index);
  if (within == NULL && blocks->len == 1 && block->type == RUNGS_BLOCK_TEXT)
    return g_strdup ("Text");
  return dup_name (index, within);
}

char *
rungs_block_dup_column_name (const char *block,
                             guint       column)
{
  return g_strdup_printf (_ ("%s, column %u"), block, column + 1);
}

static void
foreach_in_column (GPtrArray      *column,
                   const char     *name,
                   RungsBlockFunc  func,
                   gpointer        data)
{
  for (guint i = 0; i < column->len; i++)
    {
      g_autofree char *inner = dup_name (i, name);

      func (g_ptr_array_index (column, i), inner, data);
    }
}

void
rungs_blocks_foreach (GPtrArray      *blocks,
                      RungsBlockFunc  func,
                      gpointer        data)
{
  g_return_if_fail (blocks != NULL && func != NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const RungsBlock *block = g_ptr_array_index (blocks, i);
      g_autofree char *name = rungs_block_dup_name (blocks, i, NULL);

      func (block, name, data);
      for (guint j = 0; block->columns != NULL && j < block->columns->len; j++)
        {
          g_autofree char *column = rungs_block_dup_column_name (name, j);

          foreach_in_column (g_ptr_array_index (block->columns, j), column, func, data);
        }
    }
}

/* ---- reading */

static gboolean
refuse (GError    **error,
        const char *name,
        const char *why)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "%s: %s", name, why);
  return FALSE;
}

static gboolean
read_text (JsonNode *node,
           char    **target)
{
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  g_free (*target);
  *target = g_strdup (json_node_get_string (node));
  return TRUE;
}

static gboolean
read_number (JsonNode *node,
             int       lowest,
             int       highest,
             int      *target)
{
  gint64 number = json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : -1;

  *target = CLAMP (number, lowest, highest);
  return number >= lowest && number <= highest;
}

static gboolean
read_flag (JsonNode *node,
           gboolean *target)
{
  *target = json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
  return json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

static gboolean
read_member (JsonObject  *object,
             gsize        member,
             RungsBlock  *block,
             const char  *name,
             GError     **error)
{
  JsonNode *node = json_object_get_member (object, MEMBERS[member].name);
  gpointer target = (char *) block + MEMBERS[member].offset;
  g_autofree char *why = NULL;
  gboolean good;

  if (node == NULL && !MEMBERS[member].needed)
    return TRUE;
  if (node == NULL)
    {
      why = g_strdup_printf (_ ("it is damaged: it has no “%s”"), MEMBERS[member].name);
      return refuse (error, name, why);
    }
  switch (MEMBERS[member].kind)
    {
    case MEMBER_NUMBER:
      good = read_number (node, MEMBERS[member].lowest, MEMBERS[member].highest, target);
      break;
    case MEMBER_FLAG:
      good = read_flag (node, target);
      break;
    case MEMBER_TEXT:
    default:
      good = read_text (node, target);
      break;
    }
  why = g_strdup_printf (_ ("it is damaged: its “%s” cannot be what it is"), MEMBERS[member].name);
  return good || refuse (error, name, why);
}

static gboolean
read_type (JsonObject      *object,
           RungsBlockType  *type,
           const char      *name,
           GError         **error)
{
  JsonNode *node = object ? json_object_get_member (object, "type") : NULL;
  const char *text = node && json_node_get_value_type (node) == G_TYPE_STRING
                         ? json_node_get_string (node)
                         : NULL;
  g_autofree char *why = NULL;

  if (text == NULL)
    return refuse (error, name, _ ("it is damaged"));
  if (rungs_block_type_from_text (text, type))
    return TRUE;
  why = g_strdup_printf (_ ("it is a “%s”, which this version of Rungs does not know"), text);
  return refuse (error, name, why);
}

static JsonObject *
get_object (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* All but what columns hold. */
static RungsBlock *
parse_members (JsonNode    *node,
               const char  *name,
               GError     **error)
{
  g_autoptr (RungsBlock) block = NULL;
  RungsBlockType type;

  if (!read_type (get_object (node), &type, name, error))
    return NULL;
  block = rungs_block_new (type);
  for (gsize i = 0; i < G_N_ELEMENTS (MEMBERS); i++)
    if (MEMBERS[i].type == type && !read_member (get_object (node), i, block, name, error))
      return NULL;
  return g_steal_pointer (&block);
}

/* What errors call an element that could not be read yet. */
static char *
dup_name_of_node (JsonArray  *array,
                  guint       index,
                  const char *within)
{
  JsonObject *object = get_object (json_array_get_element (array, index));
  JsonNode *type = object ? json_object_get_member (object, "type") : NULL;
  gboolean is_alone = within == NULL && json_array_get_length (array) == 1;

  if (is_alone && type != NULL && json_node_get_value_type (type) == G_TYPE_STRING
      && strcmp (json_node_get_string (type), "text") == 0)
    return g_strdup ("Text");
  return dup_name (index, within);
}

static GPtrArray *
parse_column (JsonNode    *node,
              const char  *name,
              GError     **error)
{
  g_autoptr (GPtrArray) blocks = rungs_blocks_new ();
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    {
      refuse (error, name, _ ("it is damaged"));
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *inner = dup_name (i, name);
      RungsBlock *block = parse_members (json_array_get_element (array, i), inner, error);

      if (block == NULL)
        return NULL;
      g_ptr_array_add (blocks, block);
      if (block->type == RUNGS_BLOCK_COLUMNS)
        {
          refuse (error, inner, _ ("columns cannot stand in columns"));
          return NULL;
        }
    }
  return g_steal_pointer (&blocks);
}

static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
parse_weights (JsonObject  *object,
               RungsBlock  *block,
               const char  *name,
               GError     **error)
{
  JsonArray *weights = get_array (object, "weights");
  gboolean good = !json_object_has_member (object, "weights")
                  || (weights && json_array_get_length (weights) == block->columns->len);

  for (guint i = 0; good && weights != NULL && i < block->columns->len; i++)
    good = read_number (json_array_get_element (weights, i), 1, RUNGS_BLOCK_MAX_WEIGHT,
                        &block->weights[i]);
  return good || refuse (error, name, _ ("its weights are not one for each column, 1 to 12"));
}

static gboolean
parse_columns (JsonObject  *object,
               RungsBlock  *block,
               const char  *name,
               GError     **error)
{
  JsonArray *columns = get_array (object, "columns");
  guint n = columns ? json_array_get_length (columns) : 0;

  if (n < RUNGS_BLOCK_MIN_COLUMNS || n > RUNGS_BLOCK_MAX_COLUMNS)
    return refuse (error, name, _ ("there can be two columns or three"));
  g_ptr_array_set_size (block->columns, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *column = rungs_block_dup_column_name (name, i);
      GPtrArray *blocks = parse_column (json_array_get_element (columns, i), column, error);

      if (blocks == NULL)
        return FALSE;
      g_ptr_array_add (block->columns, blocks);
    }
  return parse_weights (object, block, name, error);
}

GPtrArray *
rungs_blocks_parse (const char  *json,
                    GError     **error)
{
  g_autoptr (GPtrArray) blocks = rungs_blocks_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array;

  g_return_val_if_fail (json != NULL, NULL);

  root = json_from_string (json, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      refuse (error, "Text", _ ("it is damaged"));
      return NULL;
    }
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *name = dup_name_of_node (array, i, NULL);
      JsonNode *node = json_array_get_element (array, i);
      RungsBlock *block = parse_members (node, name, error);

      if (block == NULL)
        return NULL;
      g_ptr_array_add (blocks, block);
      if (block->type == RUNGS_BLOCK_COLUMNS
          && !parse_columns (json_node_get_object (node), block, name, error))
        return NULL;
    }
  return g_steal_pointer (&blocks);
}

/* ---- writing */

static void
add_member (JsonObject       *object,
            const RungsBlock *block,
            gsize             member)
{
  const void *source = (const char *) block + MEMBERS[member].offset;
  const char *name = MEMBERS[member].name;
  const char *text;

  switch (MEMBERS[member].kind)
    {
    case MEMBER_NUMBER:
      if (*(const int *) source != MEMBERS[member].usual)
        json_object_set_int_member (object, name, *(const int *) source);
      break;
    case MEMBER_FLAG:
      if (*(const gboolean *) source)
        json_object_set_boolean_member (object, name, TRUE);
      break;
    case MEMBER_TEXT:
    default:
      text = *(const char *const *) source;
      if (MEMBERS[member].needed || *text != '\0')
        json_object_set_string_member (object, name, text);
      break;
    }
}

static JsonObject *
members_to_json (const RungsBlock *block)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", rungs_block_type_to_text (block->type));
  for (gsize i = 0; i < G_N_ELEMENTS (MEMBERS); i++)
    if (MEMBERS[i].type == block->type)
      add_member (object, block, i);
  return object;
}

static JsonArray *
column_to_json (GPtrArray *column)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < column->len; i++)
    json_array_add_object_element (array, members_to_json (g_ptr_array_index (column, i)));
  return array;
}

static void
add_columns (JsonObject       *object,
             const RungsBlock *block)
{
  JsonArray *columns = json_array_new ();
  JsonArray *weights = json_array_new ();
  gboolean alike = TRUE;

  for (guint i = 0; i < block->columns->len; i++)
    {
      GPtrArray *column = g_ptr_array_index (block->columns, i);

      json_array_add_array_element (columns, column_to_json (column));
      json_array_add_int_element (weights, block->weights[i]);
      alike = alike && block->weights[i] == 1;
    }
  json_object_set_array_member (object, "columns", columns);
  if (alike)
    json_array_unref (weights);
  else
    json_object_set_array_member (object, "weights", weights);
}

char *
rungs_blocks_to_json (GPtrArray *blocks)
{
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);

  g_return_val_if_fail (blocks != NULL, NULL);

  json_node_take_array (root, array);
  for (guint i = 0; i < blocks->len; i++)
    {
      const RungsBlock *block = g_ptr_array_index (blocks, i);
      JsonObject *object = members_to_json (block);

      if (block->type == RUNGS_BLOCK_COLUMNS)
        add_columns (object, block);
      json_array_add_object_element (array, object);
    }
  return json_to_string (root, FALSE);
}
