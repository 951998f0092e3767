/* rungs-rich-buffer.c: paragraphs of formatted runs in a text buffer.
 *
 * Styles are tags; each link has a tag of its own, which knows the address. Items of lists begin
 * with a marker, "•" or "1." and a tab, under a tag: it is text, so that it is copied and read out
 * as that. Whoever deletes a part of a marker, or brings it away from the beginning of its line,
 * has deleted it. */

#include "rungs-rich-buffer.h"

#include <string.h>

#include "rungs-merge-words.h"

#define ITEM_INDENT 22 /* px: how far the text of an item stands behind its marker */
#define LINE_END "\xE2\x80\xA8"
#define BULLET "•\t"
#define LINK "rungs-link"
#define LIQUID "rungs-liquid"

static const char *const STYLES[] = { "bold", "italic", "code" };

/* ---- tags */

static GtkTextTag *
tag_of (GtkTextBuffer *buffer,
        const char    *name)
{
  return gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), name);
}

void
rungs_rich_buffer_prepare (GtkTextBuffer *buffer)
{
  const GdkRGBA grey = { 0.5f, 0.5f, 0.5f, 0.22f };
  const GdkRGBA dim = { 0.5f, 0.5f, 0.5f, 1 };
  PangoTabArray *tabs
    = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, ITEM_INDENT);

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  gtk_text_buffer_create_tag (buffer, "heading", "weight", PANGO_WEIGHT_BOLD, "scale", 1.25, NULL);
  gtk_text_buffer_create_tag (buffer, "item", "left-margin", 12, "indent", -ITEM_INDENT, "tabs",
                              tabs, NULL);
  pango_tab_array_free (tabs);
  gtk_text_buffer_create_tag (buffer, "marker", "foreground-rgba", &dim, NULL);
  gtk_text_buffer_create_tag (buffer, "source", "family", "monospace", "scale", 0.9,
                              "background-rgba", &grey, NULL);
  gtk_text_buffer_create_tag (buffer, "liquid", "family", "monospace", "scale", 0.9,
                              "background-rgba", &grey, NULL);
  gtk_text_buffer_create_tag (buffer, "bold", "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (buffer, "italic", "style", PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (buffer, "code", "family", "monospace", NULL);
}

static void
apply_style (GtkTextBuffer     *buffer,
             const GtkTextIter *start,
             const GtkTextIter *end,
             RungsRichStyle     style)
{
  for (gsize i = 0; i < G_N_ELEMENTS (STYLES); i++)
    if (style & (1 << i))
      gtk_text_buffer_apply_tag_by_name (buffer, STYLES[i], start, end);
}

gboolean
rungs_rich_buffer_has_style (GtkTextBuffer     *buffer,
                             const GtkTextIter *at,
                             RungsRichStyle     style)
{
  for (gsize i = 0; i < G_N_ELEMENTS (STYLES); i++)
    if (style & (1 << i) && !gtk_text_iter_has_tag (at, tag_of (buffer, STYLES[i])))
      return FALSE;
  return TRUE;
}

void
rungs_rich_buffer_set_style (GtkTextBuffer     *buffer,
                             const GtkTextIter *start,
                             const GtkTextIter *end,
                             RungsRichStyle     style,
                             gboolean           set)
{
  for (gsize i = 0; i < G_N_ELEMENTS (STYLES); i++)
    if (style & (1 << i) && set)
      gtk_text_buffer_apply_tag_by_name (buffer, STYLES[i], start, end);
    else if (style & (1 << i))
      gtk_text_buffer_remove_tag_by_name (buffer, STYLES[i], start, end);
}

static GtkTextTag *
link_tag_at (const GtkTextIter *at)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (at);

  for (GSList *tag = tags; tag != NULL; tag = tag->next)
    if (g_object_get_data (tag->data, LINK) != NULL)
      return tag->data;
  return NULL;
}

const char *
rungs_rich_buffer_get_link (const GtkTextIter *at)
{
  GtkTextTag *tag = link_tag_at (at);

  return tag != NULL ? g_object_get_data (G_OBJECT (tag), LINK) : NULL;
}

void
rungs_rich_buffer_to_link_ends (GtkTextIter *start,
                                GtkTextIter *end)
{
  GtkTextTag *tag = link_tag_at (start);

  g_return_if_fail (tag != NULL);

  *end = *start;
  if (!gtk_text_iter_starts_tag (start, tag))
    gtk_text_iter_backward_to_tag_toggle (start, tag);
  gtk_text_iter_forward_to_tag_toggle (end, tag);
}

static void
remove_link (GtkTextTag *tag,
             gpointer    data)
{
  const GtkTextIter *bounds = data;

  if (g_object_get_data (G_OBJECT (tag), LINK) != NULL)
    gtk_text_buffer_remove_tag (gtk_text_iter_get_buffer (bounds), tag, bounds, bounds + 1);
}

void
rungs_rich_buffer_set_link (GtkTextBuffer     *buffer,
                            const GtkTextIter *start,
                            const GtkTextIter *end,
                            const char        *link)
{
  GtkTextIter bounds[] = { *start, *end };
  GtkTextTag *tag;

  gtk_text_tag_table_foreach (gtk_text_buffer_get_tag_table (buffer), remove_link, bounds);
  if (link == NULL)
    return;
  tag = gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_SINGLE,
                                    "foreground", "#3584e4", NULL);
  g_object_set_data_full (G_OBJECT (tag), LINK, g_strdup (link), g_free);
  gtk_text_buffer_apply_tag (buffer, tag, start, end);
}

/* ---- anchors */

const char *
rungs_rich_buffer_get_liquid (GtkTextChildAnchor *anchor)
{
  return g_object_get_data (G_OBJECT (anchor), LIQUID);
}

void
rungs_rich_buffer_set_liquid (GtkTextChildAnchor *anchor,
                              const char         *liquid)
{
  g_object_set_data_full (G_OBJECT (anchor), LIQUID, g_strdup (liquid), g_free);
}

void
rungs_rich_buffer_insert_liquid (GtkTextBuffer *buffer,
                                 GtkTextIter   *at,
                                 const char    *liquid)
{
  g_autofree char *path = NULL;
  g_autofree char *fallback = NULL;

  if (rungs_merge_words_parse (liquid, &path, &fallback))
    {
      g_autoptr (GtkTextChildAnchor) anchor = gtk_text_child_anchor_new ();

      rungs_rich_buffer_set_liquid (anchor, liquid);
      gtk_text_buffer_insert_child_anchor (buffer, at, anchor);
      return;
    }
  gtk_text_buffer_insert (buffer, at, liquid, -1);
}

/* ---- filling */

/* Text of one look, its lines and its pieces of the merge language. */
static void
insert_text (GtkTextBuffer *buffer,
             GtkTextIter   *at,
             const char    *text,
             gboolean       has_chips)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize length = has_chips ? rungs_rich_liquid_length (text) : 0;
      g_autofree char *liquid = g_strndup (text, length);

      if (length > 0)
        {
          gtk_text_buffer_insert (buffer, at, plain->str, (int) plain->len);
          g_string_truncate (plain, 0);
          rungs_rich_buffer_insert_liquid (buffer, at, liquid);
        }
      else if (*text == '\n')
        g_string_append (plain, LINE_END);
      else
        g_string_append_c (plain, *text);
      text += MAX (length, 1);
    }
  gtk_text_buffer_insert (buffer, at, plain->str, (int) plain->len);
}

static void
insert_run (GtkTextBuffer      *buffer,
            GtkTextIter        *at,
            const RungsRichRun *run,
            gboolean            has_chips)
{
  int offset = gtk_text_iter_get_offset (at);
  GtkTextIter start;

  insert_text (buffer, at, run->text, has_chips && !(run->style & RUNGS_RICH_CODE));
  gtk_text_buffer_get_iter_at_offset (buffer, &start, offset);
  apply_style (buffer, &start, at, run->style);
  if (run->link != NULL)
    rungs_rich_buffer_set_link (buffer, &start, at, run->link);
}

static void
insert_marker (GtkTextBuffer *buffer,
               GtkTextIter   *at,
               RungsRichKind  kind)
{
  gtk_text_buffer_insert_with_tags_by_name (buffer, at, kind == RUNGS_RICH_NUMBER ? "1.\t" : BULLET,
                                            -1, "marker", NULL);
}

static void
insert_paragraph (GtkTextBuffer            *buffer,
                  GtkTextIter              *at,
                  const RungsRichParagraph *paragraph)
{
  int offset = gtk_text_iter_get_offset (at);
  gboolean is_source = paragraph->kind == RUNGS_RICH_SOURCE;
  GtkTextIter start;

  if ((paragraph->kind == RUNGS_RICH_BULLET || paragraph->kind == RUNGS_RICH_NUMBER)
      && gtk_text_iter_starts_line (at))
    insert_marker (buffer, at, paragraph->kind);
  for (guint i = 0; i < paragraph->runs->len; i++)
    insert_run (buffer, at, g_ptr_array_index (paragraph->runs, i), !is_source);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, offset);
  if (is_source)
    gtk_text_buffer_apply_tag_by_name (buffer, "source", &start, at);
  if (paragraph->kind == RUNGS_RICH_HEADING)
    {
      GtkTextTag *tag = tag_of (buffer, "heading");

      g_object_set_data (G_OBJECT (tag), "level", GUINT_TO_POINTER (paragraph->level));
      gtk_text_buffer_apply_tag (buffer, tag, &start, at);
    }
}

void
rungs_rich_buffer_insert (GtkTextBuffer *buffer,
                          GtkTextIter   *at,
                          GPtrArray     *paragraphs)
{
  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));
  g_return_if_fail (paragraphs != NULL);

  for (guint i = 0; i < paragraphs->len; i++)
    {
      if (i > 0)
        gtk_text_buffer_insert (buffer, at, "\n", 1);
      insert_paragraph (buffer, at, g_ptr_array_index (paragraphs, i));
    }
}

/* ---- lines */

RungsRichKind
rungs_rich_buffer_get_kind (GtkTextBuffer     *buffer,
                            const GtkTextIter *at)
{
  GtkTextIter start = *at;

  gtk_text_iter_set_line_offset (&start, 0);
  if (gtk_text_iter_has_tag (&start, tag_of (buffer, "marker")))
    return g_unichar_isdigit (gtk_text_iter_get_char (&start)) ? RUNGS_RICH_NUMBER
                                                               : RUNGS_RICH_BULLET;
  if (gtk_text_iter_has_tag (&start, tag_of (buffer, "source")))
    return RUNGS_RICH_SOURCE;
  return gtk_text_iter_has_tag (&start, tag_of (buffer, "heading")) ? RUNGS_RICH_HEADING
                                                                    : RUNGS_RICH_PLAIN;
}

void
rungs_rich_buffer_to_text (GtkTextBuffer *buffer,
                           GtkTextIter   *iter)
{
  GtkTextTag *marker = tag_of (buffer, "marker");

  gtk_text_iter_set_line_offset (iter, 0);
  while (!gtk_text_iter_ends_line (iter) && gtk_text_iter_has_tag (iter, marker))
    gtk_text_iter_forward_char (iter);
}

static void
delete_marker (GtkTextBuffer *buffer,
               GtkTextIter   *line)
{
  GtkTextIter end = *line;

  rungs_rich_buffer_to_text (buffer, &end);
  gtk_text_iter_set_line_offset (line, 0);
  gtk_text_buffer_delete (buffer, line, &end);
}

void
rungs_rich_buffer_set_kind (GtkTextBuffer     *buffer,
                            const GtkTextIter *at,
                            RungsRichKind      kind)
{
  GtkTextIter line = *at;
  GtkTextIter end;

  delete_marker (buffer, &line);
  end = line;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_remove_tag_by_name (buffer, "heading", &line, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, "source", &line, &end);
  if (kind == RUNGS_RICH_BULLET || kind == RUNGS_RICH_NUMBER)
    insert_marker (buffer, &line, kind);
}

/* ---- tidying */

/* The marker that the line should have; NULL: none. */
static char *
dup_marker (RungsRichKind kind,
            guint         number)
{
  if (kind == RUNGS_RICH_BULLET)
    return g_strdup (BULLET);
  return kind == RUNGS_RICH_NUMBER ? g_strdup_printf ("%u.\t", number) : NULL;
}

/* Whether a marker was whole before it is counted anew. */
static gboolean
is_whole (const char *marker)
{
  gsize digits = strspn (marker, "0123456789");

  return g_str_equal (marker, BULLET) || (digits > 0 && g_str_equal (marker + digits, ".\t"));
}

static void
tidy_marker (GtkTextBuffer *buffer,
             int            line,
             RungsRichKind  kind,
             guint          number)
{
  GtkTextIter start, end;
  g_autofree char *marker = NULL;
  g_autofree char *wanted = dup_marker (kind, number);

  gtk_text_buffer_get_iter_at_line (buffer, &start, line);
  end = start;
  rungs_rich_buffer_to_text (buffer, &end);
  marker = gtk_text_iter_get_slice (&start, &end);
  if (*marker == '\0' || g_strcmp0 (marker, wanted) == 0)
    return;
  gtk_text_buffer_delete (buffer, &start, &end);
  if (is_whole (marker))
    gtk_text_buffer_insert_with_tags_by_name (buffer, &start, wanted, -1, "marker", NULL);
}

/* Markers that are not at the beginning of the line any more. */
static void
drop_stray_markers (GtkTextBuffer *buffer,
                    int            line)
{
  GtkTextTag *tag = tag_of (buffer, "marker");
  GtkTextIter at, end;

  gtk_text_buffer_get_iter_at_line (buffer, &at, line);
  rungs_rich_buffer_to_text (buffer, &at);
  while (!gtk_text_iter_ends_line (&at))
    {
      if (!gtk_text_iter_has_tag (&at, tag))
        {
          gtk_text_iter_forward_char (&at);
          continue;
        }
      end = at;
      while (!gtk_text_iter_ends_line (&end) && gtk_text_iter_has_tag (&end, tag))
        gtk_text_iter_forward_char (&end);
      gtk_text_buffer_delete (buffer, &at, &end);
    }
}

static void
mark_liquid (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  int offset = 0;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, "liquid", &start, &end);
  text = gtk_text_iter_get_slice (&start, &end);
  for (const char *p = text; *p != '\0'; offset++)
    {
      gsize length = rungs_rich_liquid_length (p);
      glong signs = length > 0 ? g_utf8_strlen (p, (gssize) length) : 1;

      if (length > 0)
        {
          gtk_text_buffer_get_iter_at_offset (buffer, &start, offset);
          gtk_text_buffer_get_iter_at_offset (buffer, &end, offset + (int) signs);
          gtk_text_buffer_apply_tag_by_name (buffer, "liquid", &start, &end);
        }
      p = length > 0 ? p + length : g_utf8_next_char (p);
      offset += (int) signs - 1;
    }
}

static void
tidy_indent (GtkTextBuffer *buffer,
             int            line,
             gboolean       is_item)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (buffer, &start, line);
  end = start;
  gtk_text_iter_forward_line (&end);
  if (is_item)
    gtk_text_buffer_apply_tag_by_name (buffer, "item", &start, &end);
  else
    gtk_text_buffer_remove_tag_by_name (buffer, "item", &start, &end);
}

void
rungs_rich_buffer_tidy (GtkTextBuffer *buffer)
{
  guint number = 0;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  for (int line = 0; line < gtk_text_buffer_get_line_count (buffer); line++)
    {
      GtkTextIter at;
      RungsRichKind kind;

      gtk_text_buffer_get_iter_at_line (buffer, &at, line);
      kind = rungs_rich_buffer_get_kind (buffer, &at);
      number = kind == RUNGS_RICH_NUMBER ? number + 1 : 0;
      tidy_marker (buffer, line, kind, number);
      drop_stray_markers (buffer, line);
      gtk_text_buffer_get_iter_at_line (buffer, &at, line);
      kind = rungs_rich_buffer_get_kind (buffer, &at);
      tidy_indent (buffer, line, kind == RUNGS_RICH_BULLET || kind == RUNGS_RICH_NUMBER);
    }
  mark_liquid (buffer);
}

/* ---- reading */

static RungsRichStyle
style_at (GtkTextBuffer     *buffer,
          const GtkTextIter *at)
{
  RungsRichStyle style = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (STYLES); i++)
    if (gtk_text_iter_has_tag (at, tag_of (buffer, STYLES[i])))
      style |= 1 << i;
  return style;
}

/* The signs from `start` to `end`, which all look the same. */
static void
read_piece (RungsRichParagraph *paragraph,
            const GtkTextIter  *start,
            const GtkTextIter  *end)
{
  GtkTextBuffer *buffer = gtk_text_iter_get_buffer (start);
  RungsRichStyle style
    = paragraph->kind == RUNGS_RICH_SOURCE ? 0 : style_at (buffer, start);
  const char *link
    = paragraph->kind == RUNGS_RICH_SOURCE ? NULL : rungs_rich_buffer_get_link (start);
  g_autoptr (GString) text = g_string_new (NULL);

  for (GtkTextIter at = *start; gtk_text_iter_compare (&at, end) < 0;
       gtk_text_iter_forward_char (&at))
    {
      GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (&at);
      const char *liquid = anchor != NULL ? rungs_rich_buffer_get_liquid (anchor) : NULL;
      gunichar sign = gtk_text_iter_get_char (&at);

      if (liquid != NULL)
        g_string_append (text, liquid);
      else if (sign == 0x2028)
        g_string_append_c (text, '\n');
      else if (sign != 0xFFFC)
        g_string_append_unichar (text, sign);
    }
  rungs_rich_paragraph_append (paragraph, text->str, (gssize) text->len, style, link);
}

/* A line, or the part of it between `start` and `end`. */
static RungsRichParagraph *
read_line (GtkTextBuffer     *buffer,
           const GtkTextIter *start,
           const GtkTextIter *end)
{
  RungsRichParagraph *paragraph
    = rungs_rich_paragraph_new (rungs_rich_buffer_get_kind (buffer, start));
  GtkTextIter at = *start;
  GtkTextIter next = at;

  if (paragraph->kind == RUNGS_RICH_HEADING)
    paragraph->level
      = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (tag_of (buffer, "heading")), "level"));
  rungs_rich_buffer_to_text (buffer, &next);
  if (gtk_text_iter_compare (&next, &at) > 0)
    at = next;
  while (gtk_text_iter_compare (&at, end) < 0)
    {
      next = at;
      if (!gtk_text_iter_forward_to_tag_toggle (&next, NULL)
          || gtk_text_iter_compare (&next, end) > 0)
        next = *end;
      read_piece (paragraph, &at, &next);
      at = next;
    }
  return paragraph;
}

GPtrArray *
rungs_rich_buffer_read (GtkTextBuffer     *buffer,
                        const GtkTextIter *start,
                        const GtkTextIter *end)
{
  GPtrArray *paragraphs
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rich_paragraph_free);
  GtkTextIter at = *start;

  for (;;)
    {
      GtkTextIter line_end = at;

      if (!gtk_text_iter_ends_line (&line_end))
        gtk_text_iter_forward_to_line_end (&line_end);
      if (gtk_text_iter_compare (&line_end, end) > 0)
        line_end = *end;
      g_ptr_array_add (paragraphs, read_line (buffer, &at, &line_end));
      if (!gtk_text_iter_forward_line (&at) || gtk_text_iter_compare (&at, end) > 0)
        break;
      if (gtk_text_iter_is_end (&at) && gtk_text_iter_equal (&at, end))
        break;
    }
  return paragraphs;
}
