/* rungs-liquid-expression.c: reads what stands inside braces.
 *
 * Operators by how tightly they bind: comparisons, then `not`, then `and` and `or`, which bind
 * alike. All group from the right: `a or b and c` is a or (b and c), `a and b or c` is a and (b or
 * c). */

#include "mail/rungs-liquid-expression.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEEPEST 100

static const struct
{
  const char *name;
  RungsLiquidOperation operation;
} COMPARISONS[] = {
  { "==", RUNGS_LIQUID_EQUAL },
  { "!=", RUNGS_LIQUID_UNEQUAL },
  { "<", RUNGS_LIQUID_LESS },
  { ">", RUNGS_LIQUID_MORE },
  { "<=", RUNGS_LIQUID_AT_MOST },
  { ">=", RUNGS_LIQUID_AT_LEAST },
  { "contains", RUNGS_LIQUID_CONTAINS },
};

static const struct
{
  const char *name;
  RungsLiquidValue value;
} LITERALS[] = {
  { "true", { .kind = RUNGS_LIQUID_BOOLEAN, .boolean = TRUE } },
  { "false", { .kind = RUNGS_LIQUID_BOOLEAN, .boolean = FALSE } },
  { "nil", { .kind = RUNGS_LIQUID_NIL } },
  { "null", { .kind = RUNGS_LIQUID_NIL } },
  { "empty", { .kind = RUNGS_LIQUID_EMPTY } },
  { "blank", { .kind = RUNGS_LIQUID_BLANK } },
};

static RungsLiquidExpression *
new_expression (RungsLiquidWords     *words,
                RungsLiquidOperation  operation)
{
  RungsLiquidExpression *self = rungs_arena_new_array (words->arena, RungsLiquidExpression, 1);

  self->operation = operation;
  self->at = words->word.at;
  return self;
}

/* What is entered is left with `words->depth--`, unless reading ends in an error. */
static gboolean
enter (RungsLiquidWords  *words,
       GError           **error)
{
  if (words->depth++ < DEEPEST)
    return TRUE;
  rungs_liquid_set_error (error, words->source, words->word.at,
                          _ ("this is too long: at most %d parts may depend on each other"),
                          DEEPEST);
  return FALSE;
}

/* `.name` or `[value]`; NULL without an error where there is neither. */
static gboolean
read_key (RungsLiquidWords       *words,
          RungsLiquidExpression **key,
          GError                **error)
{
  *key = NULL;
  if (rungs_liquid_words_is (words, "."))
    {
      if (!rungs_liquid_words_next (words, error))
        return FALSE;
      if (words->word.kind != RUNGS_LIQUID_WORD_NAME
          && words->word.kind != RUNGS_LIQUID_WORD_NUMBER)
        {
          rungs_liquid_words_refuse (words, _ ("a name"), error);
          return FALSE;
        }
      *key = new_expression (words, RUNGS_LIQUID_LITERAL);
      (*key)->literal = rungs_liquid_string_of (words->source + words->word.at, words->word.length);
      return rungs_liquid_words_next (words, error);
    }
  if (!rungs_liquid_words_is (words, "["))
    return TRUE;

  if (!rungs_liquid_words_next (words, error))
    return FALSE;
  *key = rungs_liquid_read_value (words, error);
  if (*key == NULL)
    return FALSE;
  if (!rungs_liquid_words_is (words, "]"))
    {
      rungs_liquid_words_refuse (words, "“]”", error);
      return FALSE;
    }
  return rungs_liquid_words_next (words, error);
}

/* The keys behind `base`: it becomes a path if there are any. */
static RungsLiquidExpression *
read_keys (RungsLiquidWords       *words,
           RungsLiquidExpression  *base,
           GError                **error)
{
  RungsLiquidExpression *path = base;
  RungsLiquidExpression **last = &path->keys;
  RungsLiquidExpression *key;

  if (base->operation != RUNGS_LIQUID_PATH
      && (rungs_liquid_words_is (words, ".") || rungs_liquid_words_is (words, "[")))
    {
      path = new_expression (words, RUNGS_LIQUID_PATH);
      path->at = base->at;
      path->left = base;
      last = &path->keys;
    }
  for (;;)
    {
      if (!read_key (words, &key, error))
        return NULL;
      if (key == NULL)
        return path;
      *last = key;
      last = &key->next;
    }
}

static RungsLiquidExpression *
read_name (RungsLiquidWords  *words,
           GError           **error)
{
  RungsLiquidExpression *self = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (LITERALS) && self == NULL; i++)
    if (rungs_liquid_words_is (words, LITERALS[i].name))
      {
        self = new_expression (words, RUNGS_LIQUID_LITERAL);
        self->literal = LITERALS[i].value;
      }
  if (self == NULL)
    {
      self = new_expression (words, RUNGS_LIQUID_PATH);
      self->root = words->source + words->word.at;
      self->root_length = words->word.length;
    }
  if (!rungs_liquid_words_next (words, error))
    return NULL;
  return read_keys (words, self, error);
}

static RungsLiquidExpression *
read_range (RungsLiquidWords  *words,
            GError           **error)
{
  RungsLiquidExpression *self = new_expression (words, RUNGS_LIQUID_RANGE);

  if (!rungs_liquid_words_next (words, error))
    return NULL;
  self->left = rungs_liquid_read_value (words, error);
  if (self->left == NULL)
    return NULL;
  if (!rungs_liquid_words_is (words, ".."))
    {
      rungs_liquid_words_refuse (words,
                                 _ ("“..” between the first and the last number, as in (1..5),"),
                                 error);
      return NULL;
    }
  if (!rungs_liquid_words_next (words, error))
    return NULL;
  self->right = rungs_liquid_read_value (words, error);
  if (self->right == NULL)
    return NULL;
  if (!rungs_liquid_words_is (words, ")"))
    {
      rungs_liquid_words_refuse (words, "“)”", error);
      return NULL;
    }
  if (!rungs_liquid_words_next (words, error))
    return NULL;
  return read_keys (words, self, error);
}

static RungsLiquidExpression *
read_literal (RungsLiquidWords  *words,
              GError           **error)
{
  RungsLiquidExpression *self = new_expression (words, RUNGS_LIQUID_LITERAL);

  self->literal = words->word.value;
  return rungs_liquid_words_next (words, error) ? read_keys (words, self, error) : NULL;
}

RungsLiquidExpression *
rungs_liquid_read_value (RungsLiquidWords  *words,
                         GError           **error)
{
  RungsLiquidExpression *self = NULL;

  if (!enter (words, error))
    return NULL;
  if (words->word.kind == RUNGS_LIQUID_WORD_NAME)
    self = read_name (words, error);
  else if (rungs_liquid_words_is (words, "("))
    self = read_range (words, error);
  else if (words->word.kind == RUNGS_LIQUID_WORD_STRING
           || words->word.kind == RUNGS_LIQUID_WORD_NUMBER)
    self = read_literal (words, error);
  else
    rungs_liquid_words_refuse (words, _ ("a value"), error);
  words->depth--;
  return self;
}

static RungsLiquidExpression *
join (RungsLiquidWords      *words,
      RungsLiquidOperation   operation,
      RungsLiquidExpression *left,
      RungsLiquidExpression *right)
{
  RungsLiquidExpression *self;

  if (right == NULL)
    return NULL;
  self = new_expression (words, operation);
  self->at = left ? left->at : right->at;
  self->left = left;
  self->right = right;
  return self;
}

static RungsLiquidExpression *
read_comparison (RungsLiquidWords  *words,
                 GError           **error)
{
  RungsLiquidExpression *self;

  if (!enter (words, error))
    return NULL;
  self = rungs_liquid_read_value (words, error);
  if (self == NULL)
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (COMPARISONS); i++)
    if (rungs_liquid_words_is (words, COMPARISONS[i].name))
      {
        if (!rungs_liquid_words_next (words, error))
          return NULL;
        self = join (words, COMPARISONS[i].operation, self, read_comparison (words, error));
        break;
      }
  words->depth--;
  return self;
}

static RungsLiquidExpression *
read_negation (RungsLiquidWords  *words,
               GError           **error)
{
  RungsLiquidExpression *self;

  if (!rungs_liquid_words_is (words, "not"))
    return read_comparison (words, error);
  if (!enter (words, error) || !rungs_liquid_words_next (words, error))
    return NULL;
  self = join (words, RUNGS_LIQUID_NOT, NULL, read_negation (words, error));
  words->depth--;
  return self;
}

static RungsLiquidExpression *
read_expression (RungsLiquidWords  *words,
                 GError           **error)
{
  RungsLiquidExpression *self;
  gboolean is_and;

  if (!enter (words, error))
    return NULL;
  self = read_negation (words, error);
  if (self == NULL)
    return NULL;

  is_and = rungs_liquid_words_is (words, "and");
  if (is_and || rungs_liquid_words_is (words, "or"))
    {
      if (!rungs_liquid_words_next (words, error))
        return NULL;
      self = join (words, is_and ? RUNGS_LIQUID_AND : RUNGS_LIQUID_OR, self,
                   read_expression (words, error));
    }
  words->depth--;
  return self;
}

/* `allow_false: true`, the one argument that has a name; only `default` takes it. */
static gboolean
read_named_arg (RungsLiquidWords   *words,
                RungsLiquidFilter  *filter,
                GError            **error)
{
  if (strcmp (filter->info->name, "default") != 0 || filter->n_args != 1)
    {
      rungs_liquid_words_refuse (words, _ ("“,” or “|”"), error);
      return FALSE;
    }
  if (!rungs_liquid_words_next (words, error))
    return FALSE;
  filter->allow_false = rungs_liquid_read_value (words, error);
  return filter->allow_false != NULL;
}

static gboolean
read_args (RungsLiquidWords   *words,
           RungsLiquidFilter  *filter,
           GError            **error)
{
  do
    {
      RungsLiquidExpression *arg;
      gboolean is_name;

      if (!rungs_liquid_words_next (words, error))
        return FALSE;
      is_name = rungs_liquid_words_is (words, "allow_false");
      arg = rungs_liquid_read_value (words, error);
      if (arg == NULL)
        return FALSE;
      if (is_name && rungs_liquid_words_is (words, ":"))
        {
          if (!read_named_arg (words, filter, error))
            return FALSE;
          continue;
        }
      if (filter->n_args == RUNGS_LIQUID_MAX_ARGS)
        {
          rungs_liquid_set_error (error, words->source, arg->at,
                                  _ ("the filter “%s” takes less than this"), filter->info->name);
          return FALSE;
        }
      filter->args[filter->n_args++] = arg;
    }
  while (rungs_liquid_words_is (words, ","));
  return TRUE;
}

static gboolean
check_args (RungsLiquidWords   *words,
            RungsLiquidFilter  *filter,
            GError            **error)
{
  if (filter->n_args < filter->info->min_args)
    rungs_liquid_set_error (error, words->source, filter->at,
                            _ ("the filter “%s” wants more: write “%s: …”%s"), filter->info->name,
                            filter->info->name,
                            filter->info->min_args > 1 ? _ (" with values divided by commas") : "");
  else if (filter->n_args > filter->info->max_args)
    rungs_liquid_set_error (error, words->source, filter->at,
                            filter->info->max_args == 0
                                ? _ ("the filter “%s” takes nothing behind it")
                                : _ ("the filter “%s” takes less than this"),
                            filter->info->name);
  else
    return TRUE;
  return FALSE;
}

static RungsLiquidFilter *
read_filter (RungsLiquidWords  *words,
             GError           **error)
{
  RungsLiquidFilter *filter = rungs_arena_new_array (words->arena, RungsLiquidFilter, 1);
  const char *name = words->source + words->word.at;
  gsize length = words->word.length;

  filter->at = words->word.at;
  if (words->word.kind != RUNGS_LIQUID_WORD_NAME)
    {
      rungs_liquid_words_refuse (words, _ ("the name of a filter"), error);
      return NULL;
    }
  filter->info = rungs_liquid_filter_find (name, length);
  if (filter->info == NULL)
    {
      rungs_liquid_set_error (error, words->source, filter->at, _ ("there is no filter “%.*s”"),
                              (int) length, name);
      return NULL;
    }
  if (!rungs_liquid_words_next (words, error))
    return NULL;
  if (rungs_liquid_words_is (words, ":") && !read_args (words, filter, error))
    return NULL;
  return check_args (words, filter, error) ? filter : NULL;
}

gboolean
rungs_liquid_read_filtered (RungsLiquidWords     *words,
                            gboolean              is_condition,
                            RungsLiquidFiltered  *filtered,
                            GError              **error)
{
  RungsLiquidFilter **last = &filtered->filters;

  filtered->expression = read_expression (words, error);
  if (filtered->expression == NULL)
    return FALSE;

  while (!is_condition && rungs_liquid_words_is (words, "|"))
    {
      RungsLiquidFilter *filter;

      if (!rungs_liquid_words_next (words, error))
        return FALSE;
      filter = read_filter (words, error);
      if (filter == NULL)
        return FALSE;
      filtered->is_raw = strcmp (filter->info->name, "raw") == 0;
      *last = filter;
      last = &filter->next;
    }
  return TRUE;
}

gboolean
rungs_liquid_read_end (RungsLiquidWords  *words,
                       GError           **error)
{
  if (words->word.kind == RUNGS_LIQUID_WORD_END)
    return TRUE;
  rungs_liquid_set_error (error, words->source, words->word.at, _ ("“%.*s” is not understood here"),
                          (int) (words->position - words->word.at), words->source + words->word.at);
  return FALSE;
}
