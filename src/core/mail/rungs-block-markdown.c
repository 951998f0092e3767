/* rungs-block-markdown.c: what blocks say, as one Markdown text. */

#include "mail/rungs-block-markdown.h"

static char *
dup_product (const RungsBlock *block)
{
  GString *text = g_string_new (block->sku);

  if (*block->text != '\0')
    g_string_append_printf (text, "\n\n%s", block->text);
  if (*block->button != '\0')
    g_string_append_printf (text, "\n\n%s", block->button);
  return g_string_free (text, FALSE);
}

static char *
dup_picture (const RungsBlock *block)
{
  return *block->link == '\0'
             ? g_strdup_printf ("![%s](picture:%s)", block->alt, block->picture)
             : g_strdup_printf ("[![%s](picture:%s)](%s)", block->alt, block->picture, block->link);
}

/* Of all but columns. */
static char *
dup_block (const RungsBlock *block)
{
  switch (block->type)
    {
    case RUNGS_BLOCK_TEXT:
      return g_strdup (block->text);
    case RUNGS_BLOCK_HEADING:
      return g_strdup_printf ("%s %s", block->level == 1 ? "#" : "##", block->text);
    case RUNGS_BLOCK_BUTTON:
      return g_strdup_printf ("[%s](%s)", block->text, block->link);
    case RUNGS_BLOCK_PICTURE:
      return dup_picture (block);
    case RUNGS_BLOCK_PRODUCT:
      return dup_product (block);
    case RUNGS_BLOCK_DIVIDER:
      return g_strdup ("---");
    case RUNGS_BLOCK_HTML:
      return g_strdup (block->html);
    case RUNGS_BLOCK_COLUMNS:
    case RUNGS_BLOCK_SIGNATURE:
    default:
      return g_strdup ("");
    }
}

static void
append (GString          *text,
        const RungsBlock *block)
{
  g_autofree char *said = dup_block (block);

  if (*said != '\0' && text->len > 0)
    g_string_append (text, "\n\n");
  g_string_append (text, said);
}

char *
rungs_blocks_to_markdown (GPtrArray *blocks)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (blocks != NULL, NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const RungsBlock *block = g_ptr_array_index (blocks, i);

      append (text, block);
      for (guint j = 0; block->columns != NULL && j < block->columns->len; j++)
        {
          GPtrArray *column = g_ptr_array_index (block->columns, j);

          for (guint k = 0; k < column->len; k++)
            append (text, g_ptr_array_index (column, k));
        }
    }
  return g_string_free (text, FALSE);
}

gboolean
rungs_blocks_are_text (GPtrArray *blocks)
{
  g_return_val_if_fail (blocks != NULL, FALSE);

  for (guint i = 0; i < blocks->len; i++)
    if (((const RungsBlock *) g_ptr_array_index (blocks, i))->type != RUNGS_BLOCK_TEXT)
      return FALSE;
  return TRUE;
}
