/* rungs-liquid-evaluate.c: what the expressions of a template give.
 *
 * A hostile template must end in an error, not in a stuck program. Each expression and filter is a
 * step, and each kilobyte that it handles another; steps are counted over the whole rendering. The
 * arena is never emptied on the way, so that its size bounds what all filters together can make. */

#include "mail/rungs-liquid-render.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/rungs-error.h"

void
rungs_liquid_render_fail (RungsLiquidRender *self,
                          const char        *format,
                          ...)
{
  g_autofree char *message = NULL;
  va_list args;

  if (self->error != NULL)
    return;
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  rungs_liquid_set_error (&self->error, self->template->source, self->at, "%s", message);
}

gsize
rungs_liquid_weight (RungsLiquidValue value)
{
  gsize weight = 16;

  if (value.kind == RUNGS_LIQUID_STRING)
    return weight + value.length;
  if (value.kind == RUNGS_LIQUID_LIST)
    for (gsize i = 0; i < value.length; i++)
      weight += rungs_liquid_weight (value.items[i]);
  return weight;
}

gboolean
rungs_liquid_render_charge (RungsLiquidRender *self,
                            gsize              size)
{
  self->steps += 1 + size / 1024;
  if (self->steps > RUNGS_LIQUID_MAX_STEPS)
    rungs_liquid_render_fail (self,
                              _ ("the text does more than a message can do; is a “for” too long?"));
  return self->error == NULL;
}

gboolean
rungs_liquid_render_allows (RungsLiquidRender *self,
                            gsize              size)
{
  if (size > RUNGS_LIQUID_MAX_MEMORY
      || rungs_arena_get_used (self->arena) + size > RUNGS_LIQUID_MAX_MEMORY)
    rungs_liquid_render_fail (self, _ ("this makes more text than a message can hold"));
  return self->error == NULL;
}

gboolean
rungs_liquid_render_allows_items (RungsLiquidRender *self,
                                  gsize              n_items)
{
  if (n_items > RUNGS_LIQUID_MAX_ITEMS)
    rungs_liquid_render_fail (self, _ ("a list can have at most %d items"), RUNGS_LIQUID_MAX_ITEMS);
  return self->error == NULL
         && rungs_liquid_render_allows (self, n_items * sizeof (RungsLiquidValue));
}

RungsLiquidValue
rungs_liquid_render_string (RungsLiquidRender *self,
                            RungsLiquidValue   value)
{
  if (value.kind == RUNGS_LIQUID_LIST
      && !rungs_liquid_render_allows (self, rungs_liquid_weight (value) * 2))
    return rungs_liquid_string_of ("", 0);
  return rungs_liquid_to_string (value, self->arena);
}

RungsLiquidValue
rungs_liquid_render_take (RungsLiquidRender *self,
                          const GString     *text)
{
  return rungs_liquid_string_of (rungs_arena_strndup (self->arena, text->str, text->len),
                                 text->len);
}

static RungsLiquidValue
get_item (RungsLiquidValue list,
          gint64           index)
{
  if (index < 0)
    index += list.length;
  if (index < 0 || (guint64) index >= list.length)
    return RUNGS_LIQUID_NIL_VALUE;
  return list.items[index];
}

static gboolean
is_text (RungsLiquidValue  value,
         const char       *text)
{
  return value.length == strlen (text) && memcmp (value.string, text, value.length) == 0;
}

static RungsLiquidValue
get_list_key (RungsLiquidValue list,
              RungsLiquidValue key)
{
  double index;

  if (is_text (key, "size"))
    return rungs_liquid_integer (list.length);
  if (is_text (key, "first"))
    return get_item (list, 0);
  if (is_text (key, "last"))
    return get_item (list, -1);
  if (key.length > 0 && g_ascii_isdigit (key.string[0]) && rungs_liquid_to_double (key, &index)
      && index < RUNGS_LIQUID_MAX_ITEMS)
    return get_item (list, (gint64) index);
  return RUNGS_LIQUID_NIL_VALUE;
}

RungsLiquidValue
rungs_liquid_get_key (RungsLiquidRender *self,
                      RungsLiquidValue   value,
                      RungsLiquidValue   key)
{
  const RungsLiquidValue *found;

  if (value.kind == RUNGS_LIQUID_LIST && key.kind == RUNGS_LIQUID_INTEGER)
    return get_item (value, key.integer);
  if (key.kind == RUNGS_LIQUID_NIL)
    return RUNGS_LIQUID_NIL_VALUE;

  key = rungs_liquid_render_string (self, key);
  if (value.kind == RUNGS_LIQUID_LIST)
    return get_list_key (value, key);
  found = rungs_liquid_map_get (&value, key.string, key.length);
  if (found != NULL)
    return *found;
  if (!is_text (key, "size"))
    return RUNGS_LIQUID_NIL_VALUE;
  if (value.kind == RUNGS_LIQUID_STRING)
    return rungs_liquid_integer (g_utf8_strlen (value.string, value.length));
  return value.kind == RUNGS_LIQUID_MAP ? rungs_liquid_integer (value.length)
                                        : RUNGS_LIQUID_NIL_VALUE;
}

/* Names are looked for in the loops, from the inside, then among what was assigned, then among the
 * counters of increment, last in the data. */
static RungsLiquidValue
get_root (RungsLiquidRender *self,
          const char        *name,
          gsize              length)
{
  const RungsLiquidValue *found;

  for (RungsLiquidScope *loop = self->loops; loop != NULL; loop = loop->outer)
    {
      if (loop->name_length == length && memcmp (loop->name, name, length) == 0)
        return loop->item;
      if (length == strlen ("forloop") && memcmp (name, "forloop", length) == 0)
        return loop->forloop;
    }
  found = rungs_liquid_map_get (&self->assigned, name, length);
  if (found == NULL)
    found = rungs_liquid_map_get (&self->counters, name, length);
  if (found == NULL)
    found = rungs_liquid_map_get (&self->data, name, length);
  return found ? *found : RUNGS_LIQUID_NIL_VALUE;
}

static RungsLiquidValue
evaluate_path (RungsLiquidRender           *self,
               const RungsLiquidExpression *path)
{
  RungsLiquidValue value = path->root ? get_root (self, path->root, path->root_length)
                                      : rungs_liquid_evaluate (self, path->left);

  for (const RungsLiquidExpression *key = path->keys; key != NULL; key = key->next)
    value = rungs_liquid_get_key (
        self, value,
        key->operation == RUNGS_LIQUID_LITERAL ? key->literal : rungs_liquid_evaluate (self, key));
  return value;
}

static RungsLiquidValue
evaluate_range (RungsLiquidRender           *self,
                const RungsLiquidExpression *range)
{
  RungsLiquidValue list = rungs_liquid_list ();
  double first, last;

  if (!rungs_liquid_to_double (rungs_liquid_evaluate (self, range->left), &first)
      || !rungs_liquid_to_double (rungs_liquid_evaluate (self, range->right), &last)
      || last < first)
    return list;
  self->at = range->at;
  if (!rungs_liquid_render_allows_items (self, MIN (last - first + 1, 1e9)))
    return list;

  for (double i = first; i < last + 1; i++)
    rungs_liquid_list_add (&list, self->arena, rungs_liquid_number (i));
  return list;
}

static gboolean
contains (RungsLiquidRender *self,
          RungsLiquidValue   whole,
          RungsLiquidValue   part)
{
  if (whole.kind == RUNGS_LIQUID_LIST)
    {
      for (gsize i = 0; i < whole.length; i++)
        if (rungs_liquid_equal (whole.items[i], part))
          return TRUE;
      return FALSE;
    }
  if (whole.kind != RUNGS_LIQUID_STRING || part.kind == RUNGS_LIQUID_NIL)
    return FALSE;

  part = rungs_liquid_render_string (self, part);
  return part.length == 0 || memmem (whole.string, whole.length, part.string, part.length) != NULL;
}

static gboolean
compare (RungsLiquidOperation operation,
         RungsLiquidValue     left,
         RungsLiquidValue     right)
{
  int order;

  if (!rungs_liquid_compare (left, right, &order))
    return FALSE;
  if (operation == RUNGS_LIQUID_LESS)
    return order < 0;
  if (operation == RUNGS_LIQUID_MORE)
    return order > 0;
  return operation == RUNGS_LIQUID_AT_MOST ? order <= 0 : order >= 0;
}

static gboolean
evaluate_comparison (RungsLiquidRender           *self,
                     const RungsLiquidExpression *expression)
{
  RungsLiquidValue left = rungs_liquid_evaluate (self, expression->left);
  RungsLiquidValue right = rungs_liquid_evaluate (self, expression->right);

  self->at = expression->at;
  if (!rungs_liquid_render_charge (self, rungs_liquid_weight (left) + rungs_liquid_weight (right)))
    return FALSE;
  switch (expression->operation)
    {
    case RUNGS_LIQUID_EQUAL:
      return rungs_liquid_equal (left, right);
    case RUNGS_LIQUID_UNEQUAL:
      return !rungs_liquid_equal (left, right);
    case RUNGS_LIQUID_CONTAINS:
      return contains (self, left, right);
    default:
      return compare (expression->operation, left, right);
    }
}

RungsLiquidValue
rungs_liquid_evaluate (RungsLiquidRender           *self,
                       const RungsLiquidExpression *expression)
{
  gboolean is_true;

  self->at = expression->at;
  if (!rungs_liquid_render_charge (self, 0))
    return RUNGS_LIQUID_NIL_VALUE;

  switch (expression->operation)
    {
    case RUNGS_LIQUID_LITERAL:
      return expression->literal;
    case RUNGS_LIQUID_PATH:
      return evaluate_path (self, expression);
    case RUNGS_LIQUID_RANGE:
      return evaluate_range (self, expression);
    case RUNGS_LIQUID_NOT:
      is_true = !rungs_liquid_is_true (rungs_liquid_evaluate (self, expression->right));
      break;
    case RUNGS_LIQUID_AND:
      is_true = rungs_liquid_is_true (rungs_liquid_evaluate (self, expression->left))
                && rungs_liquid_is_true (rungs_liquid_evaluate (self, expression->right));
      break;
    case RUNGS_LIQUID_OR:
      is_true = rungs_liquid_is_true (rungs_liquid_evaluate (self, expression->left))
                || rungs_liquid_is_true (rungs_liquid_evaluate (self, expression->right));
      break;
    default:
      is_true = evaluate_comparison (self, expression);
      break;
    }
  return rungs_liquid_boolean (is_true);
}

static RungsLiquidValue
apply_filter (RungsLiquidRender       *self,
              const RungsLiquidFilter *filter,
              RungsLiquidValue         input)
{
  RungsLiquidValue args[RUNGS_LIQUID_MAX_ARGS + 1];
  guint n_args = 0;
  gsize weight = rungs_liquid_weight (input);

  for (; n_args < filter->n_args; n_args++)
    {
      args[n_args] = rungs_liquid_evaluate (self, filter->args[n_args]);
      weight += rungs_liquid_weight (args[n_args]);
    }
  if (filter->allow_false != NULL)
    args[n_args++] = rungs_liquid_evaluate (self, filter->allow_false);

  self->at = filter->at;
  if (!rungs_liquid_render_charge (self, weight) || !rungs_liquid_render_allows (self, weight * 2))
    return RUNGS_LIQUID_NIL_VALUE;
  return filter->info->func (self, input, args, n_args);
}

RungsLiquidValue
rungs_liquid_evaluate_filtered (RungsLiquidRender         *self,
                                const RungsLiquidFiltered *filtered)
{
  RungsLiquidValue value = rungs_liquid_evaluate (self, filtered->expression);

  for (const RungsLiquidFilter *filter = filtered->filters; filter != NULL && self->error == NULL;
       filter = filter->next)
    value = apply_filter (self, filter, value);
  return self->error == NULL ? value : RUNGS_LIQUID_NIL_VALUE;
}
