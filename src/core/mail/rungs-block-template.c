/* rungs-block-template.c: a block that was read, and can be rendered for any lead. */

#include "mail/rungs-block-template.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-markdown.h"

struct _RungsBlockTemplate
{
  RungsBlock *block;   /* (owned) */
  char *name;          /* (owned) what errors call it */
  RungsLiquid *text;   /* (owned) */
  RungsLiquid *link;   /* (owned) */
  RungsLiquid *alt;    /* (owned) */
  RungsLiquid *button; /* (owned) */
  RungsLiquid *html;   /* (owned) */
  GPtrArray *columns;  /* (owned) (nullable) (element-type GPtrArray of RungsBlockTemplate) */
};

/* ---- reading */

static void
template_free (gpointer data)
{
  RungsBlockTemplate *self = data;

  rungs_block_free (self->block);
  g_free (self->name);
  g_clear_pointer (&self->text, rungs_liquid_unref);
  g_clear_pointer (&self->link, rungs_liquid_unref);
  g_clear_pointer (&self->alt, rungs_liquid_unref);
  g_clear_pointer (&self->button, rungs_liquid_unref);
  g_clear_pointer (&self->html, rungs_liquid_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBlockTemplate, template_free)

/* Reads the texts of the block; those that its type does not have are empty. */
static RungsBlockTemplate *
template_new (const RungsBlock  *block,
              const char        *name,
              GError           **error)
{
  g_autoptr (RungsBlockTemplate) self = g_new0 (RungsBlockTemplate, 1);
  const struct
  {
    RungsLiquid **part;
    const char *source;
    RungsLiquidOutput output;
  } parts[] = {
    { &self->text, block->text,
      block->type == RUNGS_BLOCK_BUTTON ? RUNGS_LIQUID_TO_TEXT : RUNGS_LIQUID_TO_MARKDOWN },
    { &self->link, block->link, RUNGS_LIQUID_TO_TEXT },
    { &self->alt, block->alt, RUNGS_LIQUID_TO_TEXT },
    { &self->button, block->button, RUNGS_LIQUID_TO_TEXT },
    { &self->html, block->html, RUNGS_LIQUID_TO_HTML },
  };

  self->block = rungs_block_copy (block);
  self->name = g_strdup (name);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      *parts[i].part = rungs_liquid_parse (parts[i].source, parts[i].output, error);
      if (*parts[i].part == NULL)
        {
          g_prefix_error (error, "%s: ", name);
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

/* Templates of blocks without columns. */
static GPtrArray *
templates_of_column (GPtrArray   *blocks,
                     const char  *name,
                     GError     **error)
{
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func (template_free);

  for (guint i = 0; i < blocks->len; i++)
    {
      g_autofree char *inner = rungs_block_dup_name (blocks, i, name);
      RungsBlockTemplate *template = template_new (g_ptr_array_index (blocks, i), inner, error);

      if (template == NULL)
        return NULL;
      g_ptr_array_add (templates, template);
    }
  return g_steal_pointer (&templates);
}

static gboolean
read_columns (RungsBlockTemplate  *self,
              GError             **error)
{
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->block->columns->len; i++)
    {
      g_autofree char *name = rungs_block_dup_column_name (self->name, i);
      GPtrArray *column =
          templates_of_column (g_ptr_array_index (self->block->columns, i), name, error);

      if (column == NULL)
        return FALSE;
      g_ptr_array_add (self->columns, column);
    }
  return TRUE;
}

GPtrArray *
rungs_block_templates_new (GPtrArray  *blocks,
                           GError    **error)
{
  g_autoptr (GPtrArray) templates = NULL;

  g_return_val_if_fail (blocks != NULL, NULL);

  templates = templates_of_column (blocks, NULL, error);
  for (guint i = 0; templates != NULL && i < templates->len; i++)
    {
      RungsBlockTemplate *template = g_ptr_array_index (templates, i);

      if (template->block->columns != NULL && !read_columns (template, error))
        return NULL;
    }
  return g_steal_pointer (&templates);
}

static void
call_with_parts (const RungsBlockTemplate *self,
                 GFunc                     func,
                 gpointer                  data)
{
  RungsLiquid *const parts[] = { self->text, self->alt, self->button, self->link, self->html };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    func (parts[i], data);
}

void
rungs_block_templates_foreach (GPtrArray *templates,
                               GFunc      func,
                               gpointer   data)
{
  g_return_if_fail (templates != NULL && func != NULL);

  for (guint i = 0; i < templates->len; i++)
    {
      const RungsBlockTemplate *self = g_ptr_array_index (templates, i);

      call_with_parts (self, func, data);
      for (guint j = 0; self->columns != NULL && j < self->columns->len; j++)
        {
          GPtrArray *column = g_ptr_array_index (self->columns, j);

          for (guint k = 0; k < column->len; k++)
            call_with_parts (g_ptr_array_index (column, k), func, data);
        }
    }
}

/* ---- rendering */

static char *
merge_part (const RungsBlockMerge  *merge,
            RungsLiquid            *part,
            GError                **error)
{
  return rungs_liquid_render (part, merge->data, merge->now, merge->zone, error);
}

static gboolean
render_markdown (RungsBlockTemplate     *self,
                 const RungsBlockMerge  *merge,
                 GError                **error)
{
  g_autofree char *markdown = merge_part (merge, self->text, error);

  if (markdown != NULL)
    rungs_markdown_append (markdown, strlen (markdown), merge->html, merge->text);
  return markdown != NULL;
}

static gboolean
render_heading (RungsBlockTemplate     *self,
                const RungsBlockMerge  *merge,
                GError                **error)
{
  g_autofree char *line = merge_part (merge, self->text, error);
  g_autofree char *markdown = NULL;

  if (line == NULL)
    return FALSE;
  markdown = g_strdup_printf ("%s %s", self->block->level == 1 ? "#" : "##",
                              g_strstrip (g_strdelimit (line, "\r\n", ' ')));
  rungs_markdown_append (markdown, strlen (markdown), merge->html, merge->text);
  return TRUE;
}

static void
append_link (const RungsBlockMerge *merge,
             const char            *label,
             const char            *link)
{
  g_string_append (merge->html, "<p style=\"margin:0 0 16px\"><a href=\"");
  rungs_markdown_append_url (merge->html, link);
  g_string_append (merge->html, "\">");
  rungs_markdown_append_escaped (merge->html, label, strlen (label));
  g_string_append (merge->html, "</a></p>\n");
  g_string_append_printf (merge->text, "%s <%s>\n", label, link);
}

static gboolean
render_button (RungsBlockTemplate     *self,
               const RungsBlockMerge  *merge,
               GError                **error)
{
  g_autofree char *label = merge_part (merge, self->text, error);
  g_autofree char *link = label ? merge_part (merge, self->link, error) : NULL;

  if (link != NULL)
    append_link (merge, label, link);
  return link != NULL;
}

static gboolean
render_picture (RungsBlockTemplate     *self,
                const RungsBlockMerge  *merge,
                GError                **error)
{
  g_autofree char *alt = merge_part (merge, self->alt, error);

  if (alt == NULL)
    return FALSE;
  g_string_append (merge->html, "<img src=\"cid:");
  rungs_markdown_append_url (merge->html, self->block->picture);
  g_string_append (merge->html, "\" alt=\"");
  rungs_markdown_append_escaped (merge->html, alt, strlen (alt));
  g_string_append (merge->html, "\" style=\"max-width:100%;height:auto;border:0\">\n");
  if (*alt != '\0')
    g_string_append_printf (merge->text, "[%s]\n", alt);
  return TRUE;
}

static gboolean
render_product (RungsBlockTemplate     *self,
                const RungsBlockMerge  *merge,
                GError                **error)
{
  g_string_append (merge->html, "<p style=\"margin:0 0 16px\">");
  rungs_markdown_append_escaped (merge->html, self->block->sku, strlen (self->block->sku));
  g_string_append (merge->html, "</p>\n");
  g_string_append_printf (merge->text, "%s\n", self->block->sku);
  return render_markdown (self, merge, error);
}

static gboolean
render_divider (const RungsBlockMerge *merge)
{
  rungs_markdown_append ("---", 3, merge->html, merge->text);
  return TRUE;
}

static gboolean
render_leaf (RungsBlockTemplate     *self,
             const RungsBlockMerge  *merge,
             GError                **error)
{
  switch (self->block->type)
    {
    case RUNGS_BLOCK_HEADING:
      return render_heading (self, merge, error);
    case RUNGS_BLOCK_BUTTON:
      return render_button (self, merge, error);
    case RUNGS_BLOCK_PICTURE:
      return render_picture (self, merge, error);
    case RUNGS_BLOCK_PRODUCT:
      return render_product (self, merge, error);
    case RUNGS_BLOCK_DIVIDER:
      return render_divider (merge);
    case RUNGS_BLOCK_COLUMNS:
    case RUNGS_BLOCK_SIGNATURE:
    case RUNGS_BLOCK_HTML:
      return TRUE;
    case RUNGS_BLOCK_TEXT:
    default:
      return render_markdown (self, merge, error);
    }
}

static gboolean
render_list (GPtrArray              *templates,
             const RungsBlockMerge  *merge,
             GError                **error)
{
  for (guint i = 0; i < templates->len; i++)
    {
      RungsBlockTemplate *self = g_ptr_array_index (templates, i);
      gsize before;

      if (merge->text->len > 0)
        g_string_append_c (merge->text, '\n');
      before = merge->text->len;
      if (!render_leaf (self, merge, error))
        {
          g_prefix_error (error, "%s: ", self->name);
          return FALSE;
        }
      if (merge->text->len == before && before > 0)
        g_string_truncate (merge->text, before - 1);
    }
  return TRUE;
}

gboolean
rungs_block_templates_render (GPtrArray              *templates,
                              const RungsBlockMerge  *merge,
                              GError                **error)
{
  g_return_val_if_fail (templates != NULL && merge != NULL, FALSE);

  return render_list (templates, merge, error);
}
