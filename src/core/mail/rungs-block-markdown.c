/* rungs-block-markdown.c: what blocks say, as one Markdown text. */

#include "mail/rungs-block-markdown.h"

#include <string.h>

#include "mail/rungs-picture.h"

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
append (const RungsBlock *block,
        const char       *name,
        gpointer          data)
{
  GString *text = data;
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

  rungs_blocks_foreach (blocks, append, text);
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

/* ---- what they show */

static void
add_once (GPtrArray  *keys,
          const char *key,
          gsize       length)
{
  g_autofree char *copy = g_strndup (key, length);

  if (length > 0 && !g_ptr_array_find_with_equal_func (keys, copy, g_str_equal, NULL))
    g_ptr_array_add (keys, g_steal_pointer (&copy));
}

static void
add_pictures (const RungsBlock *block,
              const char       *name,
              gpointer          keys)
{
  const char *p = block->text;

  add_once (keys, block->picture, strlen (block->picture));
  while ((p = strstr (p, RUNGS_PICTURE_SCHEME)) != NULL)
    {
      p += strlen (RUNGS_PICTURE_SCHEME);
      add_once (keys, p, rungs_picture_key_length (p));
    }
}

GPtrArray *
rungs_blocks_list_pictures (GPtrArray *blocks)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (blocks != NULL, keys);

  rungs_blocks_foreach (blocks, add_pictures, keys);
  return keys;
}

static void
add_product (const RungsBlock *block,
             const char       *name,
             gpointer          skus)
{
  add_once (skus, block->sku, strlen (block->sku));
}

GPtrArray *
rungs_blocks_list_products (GPtrArray *blocks)
{
  GPtrArray *skus = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (blocks != NULL, skus);

  rungs_blocks_foreach (blocks, add_product, skus);
  return skus;
}
