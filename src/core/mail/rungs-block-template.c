/* rungs-block-template.c: a block that was read, and can be rendered for any lead. */

#include "mail/rungs-block-template.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-block-layout.h"
#include "mail/rungs-html-clean.h"
#include "mail/rungs-markdown.h"
#include "mail/rungs-picture.h"

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

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static char *
merge_part (const RungsBlockMerge  *merge,
            RungsLiquid            *part,
            GError                **error)
{
  return rungs_liquid_render (part, merge->data, merge->now, merge->zone, error);
}

/* As merge_part(), on one line. */
static char *
merge_line (const RungsBlockMerge  *merge,
            RungsLiquid            *part,
            GError                **error)
{
  char *line = merge_part (merge, part, error);

  return line ? g_strstrip (g_strdelimit (line, "\r\n\t", ' ')) : NULL;
}

static gboolean
is_web_link (const char *link)
{
  static const char *const SCHEMES[] = { "https://", "http://", "mailto:", "tel:" };

  for (gsize i = 0; i < G_N_ELEMENTS (SCHEMES); i++)
    if (g_ascii_strncasecmp (link, SCHEMES[i], strlen (SCHEMES[i])) == 0)
      return link[strlen (SCHEMES[i])] != '\0';
  return FALSE;
}

/* A link that leads somewhere. With an invented lead, what is merged may be anything. */
static char *
merge_link (const RungsBlockMerge  *merge,
            RungsLiquid            *part,
            GError                **error)
{
  g_autofree char *link = merge_line (merge, part, error);

  if (link == NULL)
    return NULL;
  if (is_web_link (link) || (merge->frame->is_example && *link != '\0'))
    return g_steal_pointer (&link);
  if (*link == '\0')
    refuse (error, _ ("its link leads nowhere"));
  else
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                 _ ("its link “%s” does not begin with https://, mailto: or tel:"), link);
  return NULL;
}

/* ---- pictures */

static const RungsPicture *
find_picture (const RungsBlockMerge *merge,
              const char            *key)
{
  GPtrArray *pictures = merge->frame->pictures;

  for (guint i = 0; pictures != NULL && i < pictures->len; i++)
    {
      const RungsPicture *picture = g_ptr_array_index (pictures, i);

      if (strcmp (picture->key, key) == 0)
        return picture;
    }
  return NULL;
}

/* Its address in the HTML; it is remembered as shown. */
static char *
show_picture (const RungsBlockMerge *merge,
              const RungsPicture    *picture)
{
  g_autofree char *encoded = NULL;
  g_autofree char *id = rungs_picture_dup_content_id (picture);
  char *source = g_strdup_printf ("cid:%s", id);

  if (!g_ptr_array_find_with_equal_func (merge->pictures, picture->key, g_str_equal, NULL))
    g_ptr_array_add (merge->pictures, g_strdup (picture->key));
  if (!merge->frame->embeds_pictures || picture->bytes == NULL)
    return source;

  encoded = g_base64_encode (g_bytes_get_data (picture->bytes, NULL), picture->size);
  *merge->embedded -= strlen (source);
  g_free (source);
  source = g_strdup_printf ("data:%s;base64,%s", picture->media_type, encoded);
  *merge->embedded += strlen (source);
  return source;
}

static gboolean
refuse_picture (const char  *key,
                GError     **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("there is no picture “%s”"), key);
  return FALSE;
}

/* What a text needs while its pictures are looked up. */
typedef struct
{
  const RungsBlockMerge *merge;
  char *source;  /* (owned) (nullable) of the last one */
  char *missing; /* (owned) (nullable) a key that is none */
} Lookup;

static const char *
look_up (const char *key,
         int        *width,
         int        *height,
         gpointer    data)
{
  Lookup *lookup = data;
  const RungsPicture *picture = find_picture (lookup->merge, key);

  if (picture == NULL)
    {
      g_free (lookup->missing);
      lookup->missing = g_strdup (key);
      return NULL;
    }
  *width = picture->width;
  *height = picture->height;
  g_free (lookup->source);
  lookup->source = show_picture (lookup->merge, picture);
  return lookup->source;
}

/* ---- blocks */

static gboolean
append_markdown (const RungsBlockMerge  *merge,
                 const char             *markdown,
                 GError                **error)
{
  Lookup lookup = { .merge = merge };
  gboolean good;

  rungs_markdown_append_with_pictures (markdown, strlen (markdown), merge->html, merge->text,
                                       look_up, &lookup, merge->room);
  good = lookup.missing == NULL || refuse_picture (lookup.missing, error);
  g_free (lookup.source);
  g_free (lookup.missing);
  return good;
}

static gboolean
render_text (RungsBlockTemplate     *self,
             const RungsBlockMerge  *merge,
             GError                **error)
{
  g_autofree char *markdown = merge_part (merge, self->text, error);

  return markdown != NULL && append_markdown (merge, markdown, error);
}

/* The guard behind the line keeps signs at its end from being taken for the end of a heading. */
static gboolean
render_heading (RungsBlockTemplate     *self,
                const RungsBlockMerge  *merge,
                GError                **error)
{
  g_autofree char *line = merge_line (merge, self->text, error);
  g_autofree char *markdown = NULL;

  if (line == NULL || *line == '\0')
    return line != NULL;
  markdown = g_strdup_printf ("%s %s" RUNGS_LIQUID_GUARD, self->block->level == 1 ? "#" : "##",
                              line);
  return append_markdown (merge, markdown, error);
}

static void
append_button (const RungsBlockMerge *merge,
               const char            *label,
               const char            *link)
{
  rungs_layout_append_button (merge->html, label, link);
  g_string_append_printf (merge->text, "%s <%s>\n", label, link);
}

static gboolean
render_button (RungsBlockTemplate     *self,
               const RungsBlockMerge  *merge,
               GError                **error)
{
  g_autofree char *label = merge_line (merge, self->text, error);
  g_autofree char *link = label ? merge_link (merge, self->link, error) : NULL;

  if (link == NULL)
    return FALSE;
  if (*label == '\0')
    return refuse (error, _ ("nothing is written on the button"));
  append_button (merge, label, link);
  return TRUE;
}

static int
shown_width (const RungsBlock   *block,
             const RungsPicture *picture,
             int                 room)
{
  return MIN (block->width > 0 ? block->width : picture->width, room);
}

static gboolean
render_picture (RungsBlockTemplate     *self,
                const RungsBlockMerge  *merge,
                GError                **error)
{
  const RungsPicture *picture = find_picture (merge, self->block->picture);
  gboolean has_link = *self->block->link != '\0';
  g_autofree char *alt = merge_line (merge, self->alt, error);
  g_autofree char *link = alt && has_link ? merge_link (merge, self->link, error) : NULL;
  g_autofree char *source = NULL;
  int width;

  if (alt == NULL || (has_link && link == NULL))
    return FALSE;
  if (picture == NULL)
    return refuse_picture (self->block->picture, error);

  source = show_picture (merge, picture);
  width = shown_width (self->block, picture, merge->room);
  if (self->block->decorative)
    *alt = '\0';
  rungs_layout_append_picture (merge->html, source, alt, link, width,
                               MAX ((gint64) picture->height * width / picture->width, 1));
  if (*alt != '\0')
    g_string_append_printf (merge->text, link ? "[%s] <%s>\n" : "[%s]\n", alt, link);
  else if (link != NULL)
    g_string_append_printf (merge->text, "<%s>\n", link);
  return TRUE;
}

static const RungsMessageProduct *
find_product (const RungsBlockMerge *merge,
              const char            *sku)
{
  GPtrArray *products = merge->frame->products;

  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      const RungsMessageProduct *product = g_ptr_array_index (products, i);

      if (g_ascii_strcasecmp (product->sku, sku) == 0)
        return product;
    }
  return NULL;
}

static gboolean
render_product (RungsBlockTemplate     *self,
                const RungsBlockMerge  *merge,
                GError                **error)
{
  const RungsMessageProduct *product = find_product (merge, self->block->sku);
  g_autofree char *markdown = merge_part (merge, self->text, error);
  g_autofree char *label = markdown ? merge_line (merge, self->button, error) : NULL;
  RungsBlockMerge inner = *merge;

  if (label == NULL)
    return FALSE;
  if (product == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("there is no product “%s”"),
                   self->block->sku);
      return FALSE;
    }
  rungs_layout_begin_product (merge->html, product->name, product->price);
  g_string_append_printf (merge->text, "%s\n%s\n", product->name, product->price);
  inner.room = merge->room - 2 * RUNGS_LAYOUT_PADDING;
  if (*markdown != '\0')
    {
      g_string_append_c (merge->text, '\n');
      if (!append_markdown (&inner, markdown, error))
        return FALSE;
    }
  if (*label != '\0' && *product->link != '\0')
    {
      g_string_append_c (merge->text, '\n');
      append_button (merge, label, product->link);
    }
  rungs_layout_end_product (merge->html);
  return TRUE;
}

static gboolean
render_signature (const RungsBlockMerge  *merge,
                  GError                **error)
{
  return merge->frame->signature == NULL
         || append_markdown (merge, merge->frame->signature, error);
}

static gboolean
render_html (RungsBlockTemplate     *self,
             const RungsBlockMerge  *merge,
             GError                **error)
{
  g_autofree char *html = merge_part (merge, self->html, error);
  g_autofree char *clean = html ? rungs_html_clean (html) : NULL;
  g_autofree char *markdown = clean ? rungs_html_to_markdown (clean, TRUE) : NULL;
  g_autoptr (GString) unused = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  if (html == NULL)
    return FALSE;
  g_string_append_printf (merge->html, "<div style=\"margin:0 0 16px\">%s</div>\n", clean);
  rungs_markdown_append (markdown, strlen (markdown), unused, text);
  g_string_replace (text, "\u2060", "", 0); /* joined what would have meant something */
  g_string_append (merge->text, text->str);
  return TRUE;
}

/* All but columns. */
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
      return append_markdown (merge, "---", error);
    case RUNGS_BLOCK_SIGNATURE:
      return render_signature (merge, error);
    case RUNGS_BLOCK_HTML:
      return render_html (self, merge, error);
    case RUNGS_BLOCK_COLUMNS:
      return TRUE;
    case RUNGS_BLOCK_TEXT:
    default:
      return render_text (self, merge, error);
    }
}

/* With an empty line before its text, if there is any. */
static gboolean
render_parted (RungsBlockTemplate     *self,
               const RungsBlockMerge  *merge,
               GError                **error)
{
  gboolean is_first = merge->text->len == 0;
  gsize before;

  if (!is_first)
    g_string_append_c (merge->text, '\n');
  before = merge->text->len;
  if (!render_leaf (self, merge, error))
    {
      g_prefix_error (error, "%s: ", self->name);
      return FALSE;
    }
  if (merge->text->len == before && !is_first)
    g_string_truncate (merge->text, before - 1);
  return TRUE;
}

static gboolean
render_columns (RungsBlockTemplate     *self,
                const RungsBlockMerge  *merge,
                GError                **error)
{
  guint n = self->columns->len;
  RungsBlockMerge inner = *merge;

  rungs_layout_begin_columns (merge->html);
  for (guint i = 0; i < n; i++)
    {
      GPtrArray *column = g_ptr_array_index (self->columns, i);

      inner.room = rungs_layout_column_width (self->block->weights, n, i);
      rungs_layout_next_column (merge->html, i, n, inner.room, merge->is_rtl);
      for (guint j = 0; j < column->len; j++)
        if (!render_parted (g_ptr_array_index (column, j), &inner, error))
          return FALSE;
    }
  rungs_layout_end_columns (merge->html);
  return TRUE;
}

gboolean
rungs_block_templates_render (GPtrArray              *templates,
                              const RungsBlockMerge  *merge,
                              GError                **error)
{
  g_return_val_if_fail (templates != NULL && merge != NULL, FALSE);

  for (guint i = 0; i < templates->len; i++)
    {
      RungsBlockTemplate *self = g_ptr_array_index (templates, i);

      if (self->columns != NULL ? !render_columns (self, merge, error)
                                : !render_parted (self, merge, error))
        return FALSE;
    }
  return TRUE;
}
