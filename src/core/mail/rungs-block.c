/* rungs-block.c: what a message is made of, as an editor works on it. */

#include "mail/rungs-block.h"

#include "base/rungs-names.h"

static const char *const TYPES[] = {
  [RUNGS_BLOCK_TEXT] = "text",       [RUNGS_BLOCK_HEADING] = "heading",
  [RUNGS_BLOCK_BUTTON] = "button",   [RUNGS_BLOCK_PICTURE] = "picture",
  [RUNGS_BLOCK_PRODUCT] = "product", [RUNGS_BLOCK_COLUMNS] = "columns",
  [RUNGS_BLOCK_DIVIDER] = "divider", [RUNGS_BLOCK_SIGNATURE] = "signature",
  [RUNGS_BLOCK_HTML] = "html",
};

const char *
rungs_block_type_to_text (RungsBlockType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (TYPES), "");

  return TYPES[type];
}

gboolean
rungs_block_type_from_text (const char     *text,
                            RungsBlockType *type)
{
  g_return_val_if_fail (text != NULL && type != NULL, FALSE);

  return rungs_names_find (TYPES, G_N_ELEMENTS (TYPES), text, type);
}

GPtrArray *
rungs_blocks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_block_free);
}

RungsBlock *
rungs_block_new (RungsBlockType type)
{
  RungsBlock *self = g_new0 (RungsBlock, 1);
  char **texts[] = { &self->text, &self->link,   &self->picture, &self->alt,
                     &self->sku,  &self->button, &self->html };

  self->type = type;
  self->level = type == RUNGS_BLOCK_HEADING ? 2 : 0;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("");
  if (type != RUNGS_BLOCK_COLUMNS)
    return self;

  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < RUNGS_BLOCK_MIN_COLUMNS; i++)
    g_ptr_array_add (self->columns, rungs_blocks_new ());
  for (guint i = 0; i < RUNGS_BLOCK_MAX_COLUMNS; i++)
    self->weights[i] = 1;
  return self;
}

static GPtrArray *
copy_column (GPtrArray *column)
{
  GPtrArray *copy = rungs_blocks_new ();

  for (guint i = 0; i < column->len; i++)
    g_ptr_array_add (copy, rungs_block_copy (g_ptr_array_index (column, i)));
  return copy;
}

RungsBlock *
rungs_block_copy (const RungsBlock *self)
{
  RungsBlock *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->text = g_strdup (self->text);
  copy->link = g_strdup (self->link);
  copy->picture = g_strdup (self->picture);
  copy->alt = g_strdup (self->alt);
  copy->sku = g_strdup (self->sku);
  copy->button = g_strdup (self->button);
  copy->html = g_strdup (self->html);
  if (self->columns == NULL)
    return copy;

  copy->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->columns->len; i++)
    g_ptr_array_add (copy->columns, copy_column (g_ptr_array_index (self->columns, i)));
  return copy;
}

void
rungs_block_free (RungsBlock *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->link);
  g_free (self->picture);
  g_free (self->alt);
  g_free (self->sku);
  g_free (self->button);
  g_free (self->html);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_free (self);
}
