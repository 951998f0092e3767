/* rungs-liquid-value.c: what a template works on: texts, numbers, lists and maps. */

#include "mail/rungs-liquid-value.h"

#include <math.h>
#include <string.h>

#define LARGEST_EXACT 9007199254740992.0 /* 2^53 */
#define LONGEST_NUMBER 64

RungsLiquidValue
rungs_liquid_boolean (gboolean boolean)
{
  return (RungsLiquidValue){ .kind = RUNGS_LIQUID_BOOLEAN, .boolean = boolean };
}

RungsLiquidValue
rungs_liquid_integer (gint64 integer)
{
  return (RungsLiquidValue){ .kind = RUNGS_LIQUID_INTEGER, .integer = integer };
}

RungsLiquidValue
rungs_liquid_number (double number)
{
  if (fabs (number) <= LARGEST_EXACT && number == floor (number))
    return rungs_liquid_integer ((gint64) number);
  return (RungsLiquidValue){ .kind = RUNGS_LIQUID_NUMBER, .number = number };
}

RungsLiquidValue
rungs_liquid_string (const char *text)
{
  return text ? rungs_liquid_string_of (text, strlen (text)) : RUNGS_LIQUID_NIL_VALUE;
}

RungsLiquidValue
rungs_liquid_string_of (const char *text,
                        gsize       length)
{
  return (RungsLiquidValue){ .kind = RUNGS_LIQUID_STRING, .length = length, .string = text };
}

RungsLiquidValue
rungs_liquid_list (void)
{
  return (RungsLiquidValue){ .kind = RUNGS_LIQUID_LIST };
}

RungsLiquidValue
rungs_liquid_map (void)
{
  return (RungsLiquidValue){ .kind = RUNGS_LIQUID_MAP };
}

void
rungs_liquid_list_add (RungsLiquidValue *list,
                       RungsArena       *arena,
                       RungsLiquidValue  item)
{
  g_return_if_fail (list->kind == RUNGS_LIQUID_LIST);

  if (list->length >= list->capacity)
    {
      guint32 capacity = MAX (4, list->length * 2);
      RungsLiquidValue *items = rungs_arena_new_array (arena, RungsLiquidValue, capacity);

      if (list->length > 0)
        memcpy (items, list->items, list->length * sizeof *items);
      list->items = items;
      list->capacity = capacity;
    }
  list->items[list->length++] = item;
}

void
rungs_liquid_map_put (RungsLiquidValue *map,
                      RungsArena       *arena,
                      const char       *key,
                      RungsLiquidValue  value)
{
  g_return_if_fail (map->kind == RUNGS_LIQUID_MAP);

  if (map->length >= map->capacity)
    {
      guint32 capacity = MAX (8, map->length * 2);
      RungsLiquidPair *pairs = rungs_arena_new_array (arena, RungsLiquidPair, capacity);

      if (map->length > 0)
        memcpy (pairs, map->pairs, map->length * sizeof *pairs);
      map->pairs = pairs;
      map->capacity = capacity;
    }
  map->pairs[map->length++] =
      (RungsLiquidPair){ .key = key, .key_length = strlen (key), .value = value };
}

static RungsLiquidValue
from_json_array (JsonArray  *array,
                 RungsArena *arena)
{
  RungsLiquidValue list = rungs_liquid_list ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    rungs_liquid_list_add (&list, arena,
                           rungs_liquid_from_json (json_array_get_element (array, i), arena));
  return list;
}

static RungsLiquidValue
from_json_object (JsonObject *object,
                  RungsArena *arena)
{
  RungsLiquidValue map = rungs_liquid_map ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &member))
    rungs_liquid_map_put (&map, arena, rungs_arena_strndup (arena, key, strlen (key)),
                          rungs_liquid_from_json (member, arena));
  return map;
}

static RungsLiquidValue
from_json_scalar (JsonNode   *node,
                  RungsArena *arena)
{
  GType type = json_node_get_value_type (node);
  const char *text;

  if (type == G_TYPE_BOOLEAN)
    return rungs_liquid_boolean (json_node_get_boolean (node));
  if (type == G_TYPE_INT64)
    return rungs_liquid_integer (json_node_get_int (node));
  if (type == G_TYPE_DOUBLE)
    return rungs_liquid_number (json_node_get_double (node));

  text = json_node_get_string (node);
  return rungs_liquid_string (rungs_arena_strndup (arena, text, strlen (text)));
}

RungsLiquidValue
rungs_liquid_from_json (JsonNode   *node,
                        RungsArena *arena)
{
  g_return_val_if_fail (node != NULL, RUNGS_LIQUID_NIL_VALUE);

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return from_json_object (json_node_get_object (node), arena);
    case JSON_NODE_ARRAY:
      return from_json_array (json_node_get_array (node), arena);
    case JSON_NODE_VALUE:
      return from_json_scalar (node, arena);
    case JSON_NODE_NULL:
    default:
      return RUNGS_LIQUID_NIL_VALUE;
    }
}

const RungsLiquidValue *
rungs_liquid_map_get (const RungsLiquidValue *map,
                      const char             *key,
                      gsize                   key_length)
{
  if (map->kind != RUNGS_LIQUID_MAP)
    return NULL;

  for (gsize i = 0; i < map->length; i++)
    if (map->pairs[i].key_length == key_length && memcmp (map->pairs[i].key, key, key_length) == 0)
      return &map->pairs[i].value;
  return NULL;
}

gboolean
rungs_liquid_is_true (RungsLiquidValue value)
{
  return value.kind != RUNGS_LIQUID_NIL && (value.kind != RUNGS_LIQUID_BOOLEAN || value.boolean);
}

static gboolean
is_empty (RungsLiquidValue value)
{
  return (value.kind == RUNGS_LIQUID_STRING || value.kind == RUNGS_LIQUID_LIST
          || value.kind == RUNGS_LIQUID_MAP)
         && value.length == 0;
}

static gboolean
is_blank (RungsLiquidValue value)
{
  if (value.kind == RUNGS_LIQUID_STRING)
    return rungs_liquid_trim (value, TRUE, FALSE).length == 0;
  return !rungs_liquid_is_true (value) || is_empty (value);
}

static gboolean
lists_equal (RungsLiquidValue a,
             RungsLiquidValue b)
{
  if (a.length != b.length)
    return FALSE;
  for (gsize i = 0; i < a.length; i++)
    if (!rungs_liquid_equal (a.items[i], b.items[i]))
      return FALSE;
  return TRUE;
}

gboolean
rungs_liquid_equal (RungsLiquidValue a,
                    RungsLiquidValue b)
{
  if (a.kind == RUNGS_LIQUID_EMPTY || a.kind == RUNGS_LIQUID_BLANK)
    return a.kind == RUNGS_LIQUID_EMPTY ? is_empty (b) : is_blank (b);
  if (b.kind == RUNGS_LIQUID_EMPTY || b.kind == RUNGS_LIQUID_BLANK)
    return rungs_liquid_equal (b, a);
  if (a.kind != b.kind)
    return FALSE;

  switch ((RungsLiquidKind) a.kind)
    {
    case RUNGS_LIQUID_BOOLEAN:
      return a.boolean == b.boolean;
    case RUNGS_LIQUID_INTEGER:
      return a.integer == b.integer;
    case RUNGS_LIQUID_NUMBER:
      return a.number == b.number;
    case RUNGS_LIQUID_STRING:
      return a.length == b.length && (a.length == 0 || memcmp (a.string, b.string, a.length) == 0);
    case RUNGS_LIQUID_LIST:
      return lists_equal (a, b);
    case RUNGS_LIQUID_MAP:
      return a.pairs == b.pairs && a.length == b.length;
    case RUNGS_LIQUID_NIL:
    case RUNGS_LIQUID_EMPTY:
    case RUNGS_LIQUID_BLANK:
    default:
      return TRUE;
    }
}

static int
compare_strings (RungsLiquidValue a,
                 RungsLiquidValue b)
{
  gsize shared = MIN (a.length, b.length);
  int order = shared > 0 ? memcmp (a.string, b.string, shared) : 0;

  if (order != 0)
    return order;
  return a.length < b.length ? -1 : a.length > b.length;
}

gboolean
rungs_liquid_compare (RungsLiquidValue  a,
                      RungsLiquidValue  b,
                      int              *order)
{
  double x, y;

  if (a.kind == RUNGS_LIQUID_STRING && b.kind == RUNGS_LIQUID_STRING)
    {
      *order = compare_strings (a, b);
      return TRUE;
    }
  if (a.kind == RUNGS_LIQUID_INTEGER && b.kind == RUNGS_LIQUID_INTEGER)
    {
      *order = a.integer < b.integer ? -1 : a.integer > b.integer;
      return TRUE;
    }
  if (!rungs_liquid_to_double (a, &x) || !rungs_liquid_to_double (b, &y))
    return FALSE;

  *order = x < y ? -1 : x > y;
  return TRUE;
}

/* The number that a text is, in JavaScript's grammar: an empty one is 0; no hexadecimal, no
 * names. */
static gboolean
string_to_double (RungsLiquidValue  string,
                  double           *number)
{
  RungsLiquidValue trimmed = rungs_liquid_trim (string, TRUE, TRUE);
  char text[LONGEST_NUMBER];
  char *end;

  if (trimmed.length >= sizeof text)
    return FALSE;
  for (gsize i = 0; i < trimmed.length; i++)
    if (!g_ascii_isdigit (trimmed.string[i]) && strchr ("+-.eE", trimmed.string[i]) == NULL)
      return FALSE;

  if (trimmed.length > 0)
    memcpy (text, trimmed.string, trimmed.length);
  text[trimmed.length] = '\0';
  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*number);
}

gboolean
rungs_liquid_to_double (RungsLiquidValue  value,
                        double           *number)
{
  switch ((RungsLiquidKind) value.kind)
    {
    case RUNGS_LIQUID_BOOLEAN:
      *number = value.boolean;
      return TRUE;
    case RUNGS_LIQUID_INTEGER:
      *number = (double) value.integer;
      return TRUE;
    case RUNGS_LIQUID_NUMBER:
      *number = value.number;
      return TRUE;
    case RUNGS_LIQUID_STRING:
      return string_to_double (value, number);
    case RUNGS_LIQUID_NIL:
    case RUNGS_LIQUID_LIST:
    case RUNGS_LIQUID_MAP:
    case RUNGS_LIQUID_EMPTY:
    case RUNGS_LIQUID_BLANK:
    default:
      return FALSE;
    }
}

/* The fewest digits that read back as the same number, "d.ddde±xx", split in digits and
 * exponent. */
static int
shortest_digits (double  number,
                 char   *digits)
{
  char text[LONGEST_NUMBER];
  char format[] = "%.00e";
  char *exponent;
  gsize n = 0;

  for (int precision = 14; precision <= 16; precision++)
    {
      format[2] = '0' + precision / 10;
      format[3] = '0' + precision % 10;
      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  exponent = strchr (text, 'e');
  for (char *p = text; p < exponent; p++)
    if (*p != '.')
      digits[n++] = *p;
  while (n > 1 && digits[n - 1] == '0')
    n--;
  digits[n] = '\0';
  return atoi (exponent + 1);
}

static void
append_double (GString *out,
               double   number)
{
  char digits[LONGEST_NUMBER];
  int exponent = shortest_digits (fabs (number), digits);
  int n = strlen (digits);

  if (number < 0)
    g_string_append_c (out, '-');
  if (exponent >= 21 || exponent < -6)
    {
      g_string_append_c (out, digits[0]);
      if (n > 1)
        g_string_append_printf (out, ".%s", digits + 1);
      g_string_append_printf (out, "e%+d", exponent);
    }
  else if (exponent < 0)
    g_string_append_printf (out, "0.%.*s%s", -exponent - 1, "000000", digits);
  else if (n <= exponent + 1)
    g_string_append_printf (out, "%s%.*s", digits, exponent + 1 - n, "000000000000000000000");
  else
    g_string_append_printf (out, "%.*s.%s", exponent + 1, digits, digits + exponent + 1);
}

static void
append_value (GString          *out,
              RungsLiquidValue  value)
{
  switch ((RungsLiquidKind) value.kind)
    {
    case RUNGS_LIQUID_BOOLEAN:
      g_string_append (out, value.boolean ? "true" : "false");
      break;
    case RUNGS_LIQUID_INTEGER:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, value.integer);
      break;
    case RUNGS_LIQUID_NUMBER:
      append_double (out, value.number);
      break;
    case RUNGS_LIQUID_STRING:
      g_string_append_len (out, value.string, value.length);
      break;
    case RUNGS_LIQUID_LIST:
      for (gsize i = 0; i < value.length; i++)
        append_value (out, value.items[i]);
      break;
    case RUNGS_LIQUID_NIL:
    case RUNGS_LIQUID_MAP:
    case RUNGS_LIQUID_EMPTY:
    case RUNGS_LIQUID_BLANK:
    default:
      break;
    }
}

RungsLiquidValue
rungs_liquid_to_string (RungsLiquidValue  value,
                        RungsArena       *arena)
{
  g_autoptr (GString) out = NULL;

  if (value.kind == RUNGS_LIQUID_STRING)
    return value;
  if (value.kind == RUNGS_LIQUID_NIL)
    return rungs_liquid_string_of ("", 0);

  out = g_string_new (NULL);
  append_value (out, value);
  return rungs_liquid_string_of (rungs_arena_strndup (arena, out->str, out->len), out->len);
}

gboolean
rungs_liquid_is_space (gunichar character)
{
  if (character < 0x80)
    return character == ' ' || (character >= '\t' && character <= '\r');
  return character == 0xA0 || character == 0x1680 || (character >= 0x2000 && character <= 0x200A)
         || character == 0x2028 || character == 0x2029 || character == 0x202F || character == 0x205F
         || character == 0x3000 || character == 0xFEFF;
}

RungsLiquidValue
rungs_liquid_trim (RungsLiquidValue string,
                   gboolean         start,
                   gboolean         end)
{
  const char *from = string.string;
  const char *to = string.string + string.length;

  while (start && from < to && rungs_liquid_is_space (g_utf8_get_char (from)))
    from = g_utf8_next_char (from);
  while (end && to > from)
    {
      const char *before = g_utf8_prev_char (to);

      if (!rungs_liquid_is_space (g_utf8_get_char (before)))
        break;
      to = before;
    }
  return rungs_liquid_string_of (from, to - from);
}
