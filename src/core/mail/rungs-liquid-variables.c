/* rungs-liquid-variables.c: which variables a template uses. */

#include "mail/rungs-liquid-node.h"

#include <string.h>

/* The variable of a `for`, and what it stands for. */
typedef struct _Loop Loop;
struct _Loop
{
  const char *name;
  gsize length;
  const char *path; /* (nullable) "lead.products[]" */
  const Loop *outer;
};

typedef struct
{
  RungsLiquid *template;
  GPtrArray *found;
  GHashTable *seen;  /* paths, lent by `found` */
  GHashTable *given; /* (owned) names that the template gives itself */
  const Loop *loops;
  guint depth;       /* conditions and loops around */
} Search;

void
rungs_liquid_variable_free (RungsLiquidVariable *self)
{
  g_free (self->path);
  g_free (self);
}

static void
collect_given (GHashTable            *given,
               const RungsLiquidNode *nodes)
{
  for (const RungsLiquidNode *node = nodes; node != NULL; node = node->next)
    {
      if (node->kind == RUNGS_LIQUID_NODE_ASSIGN || node->kind == RUNGS_LIQUID_NODE_CAPTURE
          || node->kind == RUNGS_LIQUID_NODE_COUNT)
        g_hash_table_add (given, g_strndup (node->text, node->text_length));
      for (RungsLiquidBranch *branch = node->branches; branch != NULL; branch = branch->next)
        collect_given (given, branch->body);
      collect_given (given, node->body);
      collect_given (given, node->otherwise);
    }
}

/* What a root name begins: its own name, or the list that its loop goes through; NULL where it is
 * the template's own. */
static char *
resolve_root (Search     *self,
              const char *root,
              gsize       length)
{
  g_autofree char *name = g_strndup (root, length);

  for (const Loop *loop = self->loops; loop != NULL; loop = loop->outer)
    {
      if (strcmp (name, "forloop") == 0)
        return NULL;
      if (loop->length == length && memcmp (loop->name, root, length) == 0)
        return g_strdup (loop->path);
    }
  return g_hash_table_contains (self->given, name) ? NULL : g_steal_pointer (&name);
}

static gboolean
is_key (RungsLiquidValue  key,
        const char       *text)
{
  return key.length == strlen (text) && memcmp (key.string, text, key.length) == 0;
}

/* NULL where it is no variable of the data. */
static char *
path_of (Search                      *self,
         const RungsLiquidExpression *expression)
{
  g_autofree char *root = NULL;
  GString *path;

  if (expression->operation != RUNGS_LIQUID_PATH || expression->root == NULL)
    return NULL;
  root = resolve_root (self, expression->root, expression->root_length);
  if (root == NULL)
    return NULL;

  path = g_string_new (root);
  for (const RungsLiquidExpression *key = expression->keys; key != NULL; key = key->next)
    {
      if (key->operation != RUNGS_LIQUID_LITERAL || is_key (key->literal, "size"))
        break;
      if (key->literal.kind == RUNGS_LIQUID_INTEGER || is_key (key->literal, "first")
          || is_key (key->literal, "last"))
        g_string_append (path, "[]");
      else if (key->literal.kind == RUNGS_LIQUID_STRING)
        g_string_append_printf (path, ".%.*s", (int) key->literal.length, key->literal.string);
      else
        break;
    }
  return g_string_free (path, FALSE);
}

static void
add_variable (Search *self,
              char *path, /* (transfer full) */
              gsize at)
{
  const char *source = self->template->source;
  const char *line_start = source;
  RungsLiquidVariable *variable;

  if (g_hash_table_contains (self->seen, path))
    {
      g_free (path);
      return;
    }

  variable = g_new0 (RungsLiquidVariable, 1);
  variable->path = path;
  variable->line = 1;
  for (const char *p = source; p < source + at; p++)
    if (*p == '\n')
      {
        variable->line++;
        line_start = p + 1;
      }
  variable->column = g_utf8_strlen (line_start, source + at - line_start) + 1;
  g_ptr_array_add (self->found, variable);
  g_hash_table_add (self->seen, variable->path);
}

static void
search_expression (Search                      *self,
                   const RungsLiquidExpression *expression)
{
  char *path;

  if (expression == NULL)
    return;
  path = path_of (self, expression);
  if (path != NULL)
    add_variable (self, path, expression->at);
  search_expression (self, expression->left);
  search_expression (self, expression->right);
  for (const RungsLiquidExpression *key = expression->keys; key != NULL; key = key->next)
    search_expression (self, key);
}

/* What a node puts out with nothing to fall back on is bare. */
static void
mark_bare (Search                *self,
           const RungsLiquidNode *node)
{
  g_autofree char *path = NULL;

  if (node->kind != RUNGS_LIQUID_NODE_OUTPUT || self->depth > 0 || node->value.expression == NULL)
    return;
  for (const RungsLiquidFilter *filter = node->value.filters; filter != NULL;
       filter = filter->next)
    if (strcmp (filter->info->name, "default") == 0)
      return;
  path = path_of (self, node->value.expression);
  for (guint i = 0; path != NULL && i < self->found->len; i++)
    {
      RungsLiquidVariable *variable = g_ptr_array_index (self->found, i);

      if (strcmp (variable->path, path) == 0)
        variable->is_bare = TRUE;
    }
}

static void
search_filtered (Search                    *self,
                 const RungsLiquidFiltered *filtered)
{
  search_expression (self, filtered->expression);
  for (const RungsLiquidFilter *filter = filtered->filters; filter != NULL; filter = filter->next)
    for (guint i = 0; i < filter->n_args; i++)
      search_expression (self, filter->args[i]);
}

static void
search_nodes (Search                *self,
              const RungsLiquidNode *nodes)
{
  for (const RungsLiquidNode *node = nodes; node != NULL; node = node->next)
    {
      g_autofree char *list = NULL;
      g_autofree char *item = NULL;
      Loop loop = { .name = node->text, .length = node->text_length, .outer = self->loops };

      search_filtered (self, &node->value);
      mark_bare (self, node);
      search_expression (self, node->collection);
      search_expression (self, node->offset);
      search_expression (self, node->limit);
      self->depth++;
      for (RungsLiquidBranch *branch = node->branches; branch != NULL; branch = branch->next)
        {
          search_filtered (self, &branch->condition);
          for (RungsLiquidExpression *value = branch->values; value != NULL; value = value->next)
            search_expression (self, value);
          search_nodes (self, branch->body);
        }

      if (node->kind == RUNGS_LIQUID_NODE_FOR)
        {
          list = path_of (self, node->collection);
          item = list ? g_strconcat (list, "[]", NULL) : NULL;
          loop.path = item;
          self->loops = &loop;
        }
      search_nodes (self, node->body);
      self->loops = loop.outer;
      search_nodes (self, node->otherwise);
      self->depth--;
    }
}

GPtrArray *
rungs_liquid_list_variables (RungsLiquid *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Search search = { .template = self, .seen = seen, .given = given };

  g_return_val_if_fail (self != NULL, NULL);

  search.found = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_liquid_variable_free);
  collect_given (given, self->nodes);
  search_nodes (&search, self->nodes);
  return search.found;
}
