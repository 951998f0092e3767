/* rungs-liquid-render.c: goes through a template and writes what it says for one lead. */

#include "mail/rungs-liquid-render.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"

#define MOST_NAMES 500 /* that a template may give; they are looked for one by one */

static void
check_output (RungsLiquidRender *self)
{
  if (self->out->len > RUNGS_LIQUID_MAX_OUTPUT - MIN (self->captured, RUNGS_LIQUID_MAX_OUTPUT))
    rungs_liquid_render_fail (self, _ ("the message becomes longer than %d MB"),
                              RUNGS_LIQUID_MAX_OUTPUT / (1024 * 1024));
}

static void
write_value (RungsLiquidRender         *self,
             const RungsLiquidFiltered *filtered)
{
  RungsLiquidValue value = rungs_liquid_evaluate_filtered (self, filtered);
  RungsLiquidValue string;

  if (value.kind == RUNGS_LIQUID_NIL || self->error != NULL)
    return;
  string = rungs_liquid_render_string (self, value);
  if (!rungs_liquid_render_charge (self, string.length))
    return;
  if (filtered->is_raw)
    g_string_append_len (self->out, string.string, string.length);
  else
    rungs_liquid_escape (self->template->output, self->out, string);
}

/* Sets a name of a map that the template itself fills. */
static void
set (RungsLiquidRender *self,
     RungsLiquidValue  *map,
     const char        *name,
     gsize              length,
     RungsLiquidValue   value)
{
  const RungsLiquidValue *found = rungs_liquid_map_get (map, name, length);

  if (found != NULL)
    *(RungsLiquidValue *) found = value;
  else if (map->length == MOST_NAMES)
    rungs_liquid_render_fail (self, _ ("a text can give at most %d names"), MOST_NAMES);
  else
    rungs_liquid_map_put (map, self->arena, rungs_arena_strndup (self->arena, name, length), value);
}

static void
count (RungsLiquidRender     *self,
       const RungsLiquidNode *node)
{
  const RungsLiquidValue *found =
      rungs_liquid_map_get (&self->counters, node->text, node->text_length);
  gint64 value = 0;

  if (found == NULL)
    found = rungs_liquid_map_get (&self->data, node->text, node->text_length);
  if (found != NULL && found->kind == RUNGS_LIQUID_INTEGER && ABS (found->integer) < G_MAXINT64 / 2)
    value = found->integer;
  set (self, &self->counters, node->text, node->text_length,
       rungs_liquid_integer (value + node->step));
  g_string_append_printf (self->out, "%" G_GINT64_FORMAT, node->step < 0 ? value - 1 : value);
}

static void
cycle (RungsLiquidRender     *self,
       const RungsLiquidNode *node)
{
  g_autoptr (GString) key = g_string_new (NULL);
  const RungsLiquidBranch *branch = node->branches;
  const RungsLiquidValue *turn;
  gint64 n = 0;

  if (node->collection != NULL)
    {
      RungsLiquidValue group =
          rungs_liquid_render_string (self, rungs_liquid_evaluate (self, node->collection));

      g_string_append_len (key, group.string, MIN (group.length, 1024));
    }
  g_string_append_c (key, ':');
  g_string_append_len (key, node->text, node->text_length);
  turn = rungs_liquid_map_get (&self->cycles, key->str, key->len);
  if (turn != NULL)
    n = turn->integer;
  for (gint64 i = 0; i < n; i++)
    branch = branch->next;
  set (self, &self->cycles, key->str, key->len, rungs_liquid_integer (branch->next ? n + 1 : 0));
  write_value (self, &branch->condition);
}

static void
render_if (RungsLiquidRender     *self,
           const RungsLiquidNode *node)
{
  for (const RungsLiquidBranch *branch = node->branches; branch != NULL; branch = branch->next)
    {
      RungsLiquidValue value = rungs_liquid_evaluate_filtered (self, &branch->condition);

      if (self->error != NULL)
        return;
      if (rungs_liquid_is_true (value) != branch->is_inverted)
        {
          rungs_liquid_render_nodes (self, branch->body);
          return;
        }
    }
  rungs_liquid_render_nodes (self, node->otherwise);
}

static gboolean
is_when (RungsLiquidRender       *self,
         const RungsLiquidBranch *branch,
         RungsLiquidValue         value)
{
  for (const RungsLiquidExpression *when = branch->values; when != NULL; when = when->next)
    {
      RungsLiquidValue wanted = rungs_liquid_evaluate (self, when);

      if (!rungs_liquid_render_charge (self,
                                       rungs_liquid_weight (value) + rungs_liquid_weight (wanted)))
        return FALSE;
      if (rungs_liquid_equal (value, wanted))
        return TRUE;
    }
  return FALSE;
}

/* Every `when` that fits is rendered, not only the first: so Liquid has it. */
static void
render_case (RungsLiquidRender     *self,
             const RungsLiquidNode *node)
{
  RungsLiquidValue value = rungs_liquid_evaluate_filtered (self, &node->value);
  gboolean is_hit = FALSE;

  for (const RungsLiquidBranch *branch = node->branches; branch != NULL; branch = branch->next)
    if (self->error == NULL && is_when (self, branch, value))
      {
        is_hit = TRUE;
        rungs_liquid_render_nodes (self, branch->body);
      }
  if (!is_hit)
    rungs_liquid_render_nodes (self, node->otherwise);
}

/* What a `for` goes through: a list; a map as pairs of key and value; a text as the one item. */
static RungsLiquidValue
as_list (RungsLiquidRender *self,
         RungsLiquidValue   value)
{
  RungsLiquidValue list = rungs_liquid_list ();

  if (value.kind == RUNGS_LIQUID_LIST)
    return value;
  if (value.kind == RUNGS_LIQUID_STRING && value.length > 0)
    rungs_liquid_list_add (&list, self->arena, value);
  if (value.kind == RUNGS_LIQUID_MAP && rungs_liquid_render_allows_items (self, value.length * 4))
    for (gsize i = 0; i < value.length; i++)
      {
        RungsLiquidValue pair = rungs_liquid_list ();

        rungs_liquid_list_add (
            &pair, self->arena,
            rungs_liquid_string_of (value.pairs[i].key, value.pairs[i].key_length));
        rungs_liquid_list_add (&pair, self->arena, value.pairs[i].value);
        rungs_liquid_list_add (&list, self->arena, pair);
      }
  return list;
}

/* The number that `offset` or `limit` gives, within the list; a negative one counts from its
 * end. */
static gsize
get_bound (RungsLiquidRender           *self,
           const RungsLiquidExpression *expression,
           gsize                        length,
           gsize                        otherwise)
{
  double number = 0;
  RungsLiquidValue value;

  if (expression == NULL)
    return otherwise;
  value = rungs_liquid_evaluate (self, expression);
  if (value.kind == RUNGS_LIQUID_NIL)
    return otherwise;
  rungs_liquid_to_double (value, &number);
  if (number < 0)
    number += length;
  return (gsize) CLAMP (number, 0, length);
}

static const char *const FORLOOP_KEYS[] = { "index", "index0", "rindex", "rindex0",
                                            "first", "last",   "length" };

static void
set_forloop (RungsLiquidRender *self,
             RungsLiquidScope  *scope,
             gsize              index,
             gsize              length)
{
  const RungsLiquidValue values[] = {
    rungs_liquid_integer (index + 1),      rungs_liquid_integer (index),
    rungs_liquid_integer (length - index), rungs_liquid_integer (length - index - 1),
    rungs_liquid_boolean (index == 0),     rungs_liquid_boolean (index + 1 == length),
    rungs_liquid_integer (length),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (values) == G_N_ELEMENTS (FORLOOP_KEYS));
  if (scope->forloop.length == 0)
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      rungs_liquid_map_put (&scope->forloop, self->arena, FORLOOP_KEYS[i], values[i]);
  else
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      scope->forloop.pairs[i].value = values[i];
}

static void
render_for (RungsLiquidRender     *self,
            const RungsLiquidNode *node)
{
  RungsLiquidValue list = as_list (self, rungs_liquid_evaluate (self, node->collection));
  gsize begin = get_bound (self, node->offset, list.length, 0);
  gsize rest = list.length - begin;
  gsize length = get_bound (self, node->limit, rest, rest);
  RungsLiquidScope scope = { .outer = self->loops,
                             .name = node->text,
                             .name_length = node->text_length,
                             .forloop = rungs_liquid_map () };

  if (list.length == 0)
    {
      rungs_liquid_render_nodes (self, node->otherwise);
      return;
    }

  self->loops = &scope;
  for (gsize i = 0; i < length && self->error == NULL && self->jump != RUNGS_LIQUID_BREAKS; i++)
    {
      scope.item = list.items[node->is_reversed ? begin + length - 1 - i : begin + i];
      set_forloop (self, &scope, i, length);
      self->jump = RUNGS_LIQUID_GOES_ON;
      rungs_liquid_render_charge (self, 0);
      rungs_liquid_render_nodes (self, node->body);
    }
  self->jump = RUNGS_LIQUID_GOES_ON;
  self->loops = scope.outer;
}

static void
render_capture (RungsLiquidRender     *self,
                const RungsLiquidNode *node)
{
  g_autoptr (GString) captured = g_string_new (NULL);
  GString *out = self->out;
  gsize held = self->captured;
  RungsLiquidValue value;

  self->captured += out->len;
  self->out = captured;
  rungs_liquid_render_nodes (self, node->body);
  self->out = out;
  self->captured = held;
  if (!rungs_liquid_render_allows (self, captured->len))
    return;

  value = rungs_liquid_render_take (self, captured);
  value.is_markup = self->template->output != RUNGS_LIQUID_TO_TEXT;
  set (self, &self->assigned, node->text, node->text_length, value);
}

static void
render_node (RungsLiquidRender     *self,
             const RungsLiquidNode *node)
{
  switch (node->kind)
    {
    case RUNGS_LIQUID_NODE_TEXT:
      g_string_append_len (self->out, node->text, node->text_length);
      break;
    case RUNGS_LIQUID_NODE_OUTPUT:
      write_value (self, &node->value);
      break;
    case RUNGS_LIQUID_NODE_IF:
      render_if (self, node);
      break;
    case RUNGS_LIQUID_NODE_CASE:
      render_case (self, node);
      break;
    case RUNGS_LIQUID_NODE_FOR:
      render_for (self, node);
      break;
    case RUNGS_LIQUID_NODE_ASSIGN:
      set (self, &self->assigned, node->text, node->text_length,
           rungs_liquid_evaluate_filtered (self, &node->value));
      break;
    case RUNGS_LIQUID_NODE_CAPTURE:
      render_capture (self, node);
      break;
    case RUNGS_LIQUID_NODE_COUNT:
      count (self, node);
      break;
    case RUNGS_LIQUID_NODE_CYCLE:
      cycle (self, node);
      break;
    case RUNGS_LIQUID_NODE_BREAK:
      self->jump = RUNGS_LIQUID_BREAKS;
      break;
    case RUNGS_LIQUID_NODE_CONTINUE:
      self->jump = RUNGS_LIQUID_CONTINUES;
      break;
    }
}

void
rungs_liquid_render_nodes (RungsLiquidRender     *self,
                           const RungsLiquidNode *nodes)
{
  for (const RungsLiquidNode *node = nodes; node != NULL; node = node->next)
    {
      if (self->error != NULL || self->jump != RUNGS_LIQUID_GOES_ON)
        return;
      self->at = node->at;
      if (!rungs_liquid_render_charge (
              self, node->kind == RUNGS_LIQUID_NODE_TEXT ? node->text_length : 0))
        return;
      render_node (self, node);
      check_output (self);
    }
}

char *
rungs_liquid_render (RungsLiquid       *self,
                     RungsLiquidValue   data,
                     gint64             now,
                     GTimeZone         *zone,
                     GError           **error)
{
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  RungsLiquidRender render = {
    .template = self,
    .arena = arena,
    .data = data,
    .assigned = rungs_liquid_map (),
    .counters = rungs_liquid_map (),
    .cycles = rungs_liquid_map (),
    .now = now,
    .zone = zone,
  };

  g_return_val_if_fail (self != NULL, NULL);

  render.out = g_string_sized_new (self->source_length + 256);
  rungs_liquid_render_nodes (&render, self->nodes);
  if (render.error == NULL)
    return g_string_free (render.out, FALSE);

  g_string_free (render.out, TRUE);
  g_propagate_error (error, render.error);
  return NULL;
}
