/* rungs-liquid-filters-list.c: the filters that work on lists. */

#include "mail/rungs-liquid-filters.h"

#include <string.h>

/* The list that a value is, or is the one item of; nil is empty. */
static RungsLiquidValue
as_list (RungsLiquidRender *render,
         RungsLiquidValue   value)
{
  RungsLiquidValue list = rungs_liquid_list ();

  if (value.kind == RUNGS_LIQUID_LIST)
    return value;
  if (value.kind != RUNGS_LIQUID_NIL)
    rungs_liquid_list_add (&list, render->arena, value);
  return list;
}

/* As a list of our own, that may be changed. */
static RungsLiquidValue
copy_list (RungsLiquidRender *render,
           RungsLiquidValue   value)
{
  RungsLiquidValue list = as_list (render, value);
  RungsLiquidValue *items;

  if (list.length == 0 || !rungs_liquid_render_allows_items (render, list.length))
    return rungs_liquid_list ();
  items = rungs_arena_new_array (render->arena, RungsLiquidValue, list.length);
  memcpy (items, list.items, list.length * sizeof *items);
  list.items = items;
  list.capacity = list.length;
  return list;
}

/* `item.a.b` for "a.b"; the item itself without a property. */
static RungsLiquidValue
get_property (RungsLiquidRender *render,
              RungsLiquidValue   item,
              RungsLiquidValue   property)
{
  const char *p = property.string;
  const char *end = p + property.length;

  while (p < end)
    {
      const char *dot = memchr (p, '.', end - p);
      const char *key_end = dot ? dot : end;

      item = rungs_liquid_get_key (render, item, rungs_liquid_string_of (p, key_end - p));
      p = dot ? dot + 1 : end;
    }
  return item;
}

RungsLiquidValue
rungs_liquid_substring (RungsLiquidValue string,
                        gsize            begin,
                        gsize            length)
{
  const char *end = string.string + string.length;
  const char *from = string.string;
  const char *to;

  for (; begin > 0 && from < end; begin--)
    from = g_utf8_next_char (from);
  for (to = from; length > 0 && to < end; length--)
    to = g_utf8_next_char (to);
  return rungs_liquid_string_of (from, to - from);
}

RungsLiquidValue
rungs_liquid_split (RungsLiquidRender *render,
                    RungsLiquidValue   string,
                    RungsLiquidValue   separator)
{
  RungsLiquidValue list = rungs_liquid_list ();
  const char *p = string.string;
  const char *end = p + string.length;

  while (p <= end && rungs_liquid_render_allows_items (render, list.length + 1))
    {
      const char *next = separator.length > 0
                             ? memmem (p, end - p, separator.string, separator.length)
                             : (p < end ? g_utf8_next_char (p) : end);

      if (separator.length == 0 && p == end)
        break;
      rungs_liquid_list_add (&list, render->arena,
                             rungs_liquid_string_of (p, (next ? next : end) - p));
      if (next == NULL)
        break;
      p = next + separator.length;
    }
  return list;
}

RungsLiquidValue
rungs_liquid_join (RungsLiquidRender *render,
                   RungsLiquidValue   list,
                   RungsLiquidValue   separator)
{
  g_autoptr (GString) text = NULL;
  gsize size = rungs_liquid_weight (list) * 2 + list.length * separator.length;

  if (!rungs_liquid_render_allows (render, size))
    return rungs_liquid_string_of ("", 0);
  text = g_string_new (NULL);
  for (gsize i = 0; i < list.length; i++)
    {
      RungsLiquidValue item = rungs_liquid_render_string (render, list.items[i]);

      if (i > 0)
        g_string_append_len (text, separator.string, separator.length);
      g_string_append_len (text, item.string, item.length);
    }
  return rungs_liquid_render_take (render, text);
}

static RungsLiquidValue
split (RungsLiquidRender      *render,
       RungsLiquidValue        input,
       const RungsLiquidValue *args,
       guint                   n_args)
{
  RungsLiquidValue list = rungs_liquid_split (render, rungs_liquid_render_string (render, input),
                                              rungs_liquid_render_string (render, args[0]));

  while (list.length > 0 && list.items[list.length - 1].length == 0)
    list.length--;
  return list;
}

static RungsLiquidValue
join (RungsLiquidRender      *render,
      RungsLiquidValue        input,
      const RungsLiquidValue *args,
      guint                   n_args)
{
  RungsLiquidValue separator = n_args > 0 && args[0].kind != RUNGS_LIQUID_NIL
                                   ? rungs_liquid_render_string (render, args[0])
                                   : rungs_liquid_string_of (" ", 1);

  return rungs_liquid_join (render, as_list (render, input), separator);
}

static RungsLiquidValue
first (RungsLiquidRender      *render,
       RungsLiquidValue        input,
       const RungsLiquidValue *args,
       guint                   n_args)
{
  if (input.kind == RUNGS_LIQUID_STRING)
    return rungs_liquid_substring (input, 0, 1);
  return input.kind == RUNGS_LIQUID_LIST && input.length > 0 ? input.items[0]
                                                             : RUNGS_LIQUID_NIL_VALUE;
}

static RungsLiquidValue
last (RungsLiquidRender      *render,
      RungsLiquidValue        input,
      const RungsLiquidValue *args,
      guint                   n_args)
{
  if (input.kind == RUNGS_LIQUID_STRING && input.length > 0)
    {
      const char *end = input.string + input.length;
      const char *from = g_utf8_prev_char (end);

      return rungs_liquid_string_of (from, end - from);
    }
  return input.kind == RUNGS_LIQUID_LIST && input.length > 0 ? input.items[input.length - 1]
                                                             : RUNGS_LIQUID_NIL_VALUE;
}

static RungsLiquidValue
size (RungsLiquidRender      *render,
      RungsLiquidValue        input,
      const RungsLiquidValue *args,
      guint                   n_args)
{
  if (input.kind == RUNGS_LIQUID_STRING)
    return rungs_liquid_integer (g_utf8_strlen (input.string, input.length));
  return rungs_liquid_integer (input.kind == RUNGS_LIQUID_LIST ? input.length : 0);
}

static RungsLiquidValue
reverse (RungsLiquidRender      *render,
         RungsLiquidValue        input,
         const RungsLiquidValue *args,
         guint                   n_args)
{
  RungsLiquidValue list = copy_list (render, input);

  for (gsize i = 0; i < list.length / 2; i++)
    {
      RungsLiquidValue item = list.items[i];

      list.items[i] = list.items[list.length - 1 - i];
      list.items[list.length - 1 - i] = item;
    }
  return list;
}

/* An item and what it is sorted by. */
typedef struct
{
  RungsLiquidValue item;
  RungsLiquidValue key;
} Keyed;

/* Nil comes last; what has no order stays as it is. */
static int
compare_keyed (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  RungsLiquidValue x = ((const Keyed *) a)->key;
  RungsLiquidValue y = ((const Keyed *) b)->key;
  int order;

  if (x.kind == RUNGS_LIQUID_NIL || y.kind == RUNGS_LIQUID_NIL)
    return (x.kind == RUNGS_LIQUID_NIL) - (y.kind == RUNGS_LIQUID_NIL);
  return rungs_liquid_compare (x, y, &order) ? order : 0;
}

static RungsLiquidValue
sort (RungsLiquidRender      *render,
      RungsLiquidValue        input,
      const RungsLiquidValue *args,
      guint                   n_args)
{
  RungsLiquidValue list = copy_list (render, input);
  RungsLiquidValue property =
      n_args > 0 ? rungs_liquid_render_string (render, args[0]) : rungs_liquid_string_of ("", 0);
  g_autofree Keyed *keyed = g_new (Keyed, list.length + 1);

  if (!rungs_liquid_render_charge (render, rungs_liquid_weight (list) * 16))
    return list;
  for (gsize i = 0; i < list.length; i++)
    {
      keyed[i].item = list.items[i];
      keyed[i].key = get_property (render, list.items[i], property);
    }
  g_qsort_with_data (keyed, list.length, sizeof *keyed, compare_keyed, NULL); /* is stable */
  for (gsize i = 0; i < list.length; i++)
    list.items[i] = keyed[i].item;
  return list;
}

static guint
hash_value (gconstpointer data)
{
  const RungsLiquidValue *value = data;
  guint hash = value->kind * 31;

  if (value->kind == RUNGS_LIQUID_STRING)
    for (gsize i = 0; i < value->length; i++)
      hash = hash * 33 + (guchar) value->string[i];
  else if (value->kind == RUNGS_LIQUID_INTEGER)
    hash += g_int64_hash (&value->integer);
  return hash;
}

static gboolean
is_same (gconstpointer a,
         gconstpointer b)
{
  const RungsLiquidValue *x = a, *y = b;

  if (x->kind == RUNGS_LIQUID_LIST && y->kind == RUNGS_LIQUID_LIST)
    return x->items == y->items;
  return rungs_liquid_equal (*x, *y);
}

static RungsLiquidValue
uniq (RungsLiquidRender      *render,
      RungsLiquidValue        input,
      const RungsLiquidValue *args,
      guint                   n_args)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_value, is_same);
  RungsLiquidValue list = as_list (render, input);
  RungsLiquidValue once = rungs_liquid_list ();

  for (gsize i = 0; i < list.length && rungs_liquid_render_allows_items (render, i + 1); i++)
    if (g_hash_table_add (seen, &list.items[i]))
      rungs_liquid_list_add (&once, render->arena, list.items[i]);
  return once;
}

static RungsLiquidValue
map (RungsLiquidRender      *render,
     RungsLiquidValue        input,
     const RungsLiquidValue *args,
     guint                   n_args)
{
  RungsLiquidValue list = copy_list (render, input);
  RungsLiquidValue property = rungs_liquid_render_string (render, args[0]);

  for (gsize i = 0; i < list.length; i++)
    list.items[i] = get_property (render, list.items[i], property);
  return list;
}

/* The items whose property is true, or equals the second argument. */
static RungsLiquidValue
where (RungsLiquidRender      *render,
       RungsLiquidValue        input,
       const RungsLiquidValue *args,
       guint                   n_args)
{
  RungsLiquidValue list = as_list (render, input);
  RungsLiquidValue property = rungs_liquid_render_string (render, args[0]);
  RungsLiquidValue found = rungs_liquid_list ();

  for (gsize i = 0; i < list.length && rungs_liquid_render_allows_items (render, i + 1); i++)
    {
      RungsLiquidValue value = get_property (render, list.items[i], property);

      if (n_args > 1 ? rungs_liquid_equal (value, args[1]) : rungs_liquid_is_true (value))
        rungs_liquid_list_add (&found, render->arena, list.items[i]);
    }
  return found;
}

static RungsLiquidValue
concat (RungsLiquidRender      *render,
        RungsLiquidValue        input,
        const RungsLiquidValue *args,
        guint                   n_args)
{
  RungsLiquidValue list = copy_list (render, input);
  RungsLiquidValue more = as_list (render, args[0]);

  if (rungs_liquid_render_allows_items (render, list.length + more.length))
    for (gsize i = 0; i < more.length; i++)
      rungs_liquid_list_add (&list, render->arena, more.items[i]);
  return list;
}

static RungsLiquidValue
slice (RungsLiquidRender      *render,
       RungsLiquidValue        input,
       const RungsLiquidValue *args,
       guint                   n_args)
{
  gboolean is_list = input.kind == RUNGS_LIQUID_LIST;
  RungsLiquidValue whole = is_list ? input : rungs_liquid_render_string (render, input);
  double size_of_whole =
      is_list ? (double) whole.length : (double) g_utf8_strlen (whole.string, whole.length);
  double begin = rungs_liquid_number_of (args[0]);
  double length = n_args > 1 ? rungs_liquid_number_of (args[1]) : 1;

  if (begin < 0)
    begin += size_of_whole;
  if (begin < 0 || begin > size_of_whole || length < 0)
    return is_list ? rungs_liquid_list () : rungs_liquid_string_of ("", 0);
  length = MIN (length, size_of_whole - begin);
  if (!is_list)
    return rungs_liquid_substring (whole, (gsize) begin, (gsize) length);

  whole.items += (gsize) begin;
  whole.length = (gsize) length;
  return copy_list (render, whole);
}

static const RungsLiquidFilterInfo FILTERS[] = {
  { "concat", 1, 1, concat }, { "first", 0, 0, first }, { "join", 0, 1, join },
  { "last", 0, 0, last },     { "map", 1, 1, map },     { "reverse", 0, 0, reverse },
  { "size", 0, 0, size },     { "slice", 1, 2, slice }, { "sort", 0, 1, sort },
  { "split", 1, 1, split },   { "uniq", 0, 0, uniq },   { "where", 1, 2, where },
};

const RungsLiquidFilterInfo *
rungs_liquid_list_filters (gsize *n)
{
  *n = G_N_ELEMENTS (FILTERS);
  return FILTERS;
}
