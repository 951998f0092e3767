/* rungs-rich-read.c: Markdown as paragraphs of formatted runs. */

#include "mail/rungs-rich.h"

#include <cmark.h>
#include <string.h>

#include "mail/rungs-markdown.h"
#include "mail/rungs-rich-pieces.h"

#define JOINER "\xE2\x81\xA0"

/* As in rungs-markdown.c: such a line was wrapped by an editor. */
#define SHORTEST_WRAPPED 60
#define LONGEST_WRAPPED 120

static void
run_free (gpointer data)
{
  RungsRichRun *run = data;

  g_free (run->text);
  g_free (run->link);
  g_free (run);
}

RungsRichParagraph *
rungs_rich_paragraph_new (RungsRichKind kind)
{
  RungsRichParagraph *self = g_new0 (RungsRichParagraph, 1);

  self->kind = kind;
  self->runs = g_ptr_array_new_with_free_func (run_free);
  return self;
}

void
rungs_rich_paragraph_free (RungsRichParagraph *self)
{
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_free (self);
}

void
rungs_rich_paragraph_append (RungsRichParagraph *self,
                             const char         *text,
                             gssize              length,
                             RungsRichStyle      style,
                             const char         *link)
{
  RungsRichRun *last = self->runs->len > 0
                         ? g_ptr_array_index (self->runs, self->runs->len - 1)
                         : NULL;
  g_autofree char *added = length < 0 ? g_strdup (text) : g_strndup (text, length);

  if (*added == '\0')
    return;
  if (last != NULL && last->style == style && g_strcmp0 (last->link, link) == 0)
    {
      char *joined = g_strconcat (last->text, added, NULL);

      g_free (last->text);
      last->text = joined;
      return;
    }
  last = g_new0 (RungsRichRun, 1);
  last->text = g_steal_pointer (&added);
  last->style = style;
  last->link = g_strdup (link);
  g_ptr_array_add (self->runs, last);
}

/* ---- inlines */

typedef struct
{
  const RungsRichPieces *pieces;
  RungsRichParagraph *paragraph;
  glong line_length; /* characters since the last line end */
} Reader;

static void
read_text (Reader         *self,
           const char     *hidden,
           RungsRichStyle  style,
           const char     *link)
{
  g_autofree char *text = rungs_rich_pieces_show (self->pieces, hidden);
  g_auto (GStrv) parts = g_strsplit (text, JOINER, -1);
  g_autofree char *clean = g_strjoinv ("", parts);

  self->line_length += g_utf8_strlen (hidden, -1);
  rungs_rich_paragraph_append (self->paragraph, clean, -1, style, link);
}

static void
read_line_end (Reader         *self,
               gboolean        is_hard,
               RungsRichStyle  style,
               const char     *link)
{
  gboolean is_wrapped =
      self->line_length >= SHORTEST_WRAPPED && self->line_length <= LONGEST_WRAPPED;

  self->line_length = 0;
  rungs_rich_paragraph_append (self->paragraph, is_hard || !is_wrapped ? "\n" : " ", 1, style,
                               link);
}

/* Whether all in `node` can be held. */
static gboolean
read_inlines (Reader         *self,
              cmark_node     *node,
              RungsRichStyle  style,
              const char     *link)
{
  gboolean can = TRUE;

  for (cmark_node *child = cmark_node_first_child (node); child != NULL && can;
       child = cmark_node_next (child))
    switch (cmark_node_get_type (child))
      {
      case CMARK_NODE_TEXT:
      case CMARK_NODE_HTML_INLINE:
        read_text (self, cmark_node_get_literal (child), style, link);
        break;
      case CMARK_NODE_CODE:
        read_text (self, cmark_node_get_literal (child), style | RUNGS_RICH_CODE, link);
        break;
      case CMARK_NODE_SOFTBREAK:
      case CMARK_NODE_LINEBREAK:
        read_line_end (self, cmark_node_get_type (child) == CMARK_NODE_LINEBREAK, style, link);
        break;
      case CMARK_NODE_EMPH:
        can = read_inlines (self, child, style | RUNGS_RICH_ITALIC, link);
        break;
      case CMARK_NODE_STRONG:
        can = read_inlines (self, child, style | RUNGS_RICH_BOLD, link);
        break;
      case CMARK_NODE_LINK:
        {
          g_autofree char *url = rungs_rich_pieces_show (self->pieces, cmark_node_get_url (child));

          can = read_inlines (self, child, style, url);
        }
        break;
      default:
        return FALSE;
      }
  return can;
}

static gboolean
read_paragraph (const RungsRichPieces *pieces,
                cmark_node            *node,
                RungsRichKind          kind,
                GPtrArray             *paragraphs)
{
  Reader reader = { pieces, rungs_rich_paragraph_new (kind), 0 };

  g_ptr_array_add (paragraphs, reader.paragraph);
  return node == NULL || read_inlines (&reader, node, 0, NULL);
}

/* ---- blocks */

static gboolean
read_list (const RungsRichPieces *pieces,
           cmark_node            *list,
           GPtrArray             *paragraphs)
{
  gboolean is_ordered = cmark_node_get_list_type (list) == CMARK_ORDERED_LIST;

  if (!cmark_node_get_list_tight (list) || (is_ordered && cmark_node_get_list_start (list) != 1))
    return FALSE;
  for (cmark_node *item = cmark_node_first_child (list); item != NULL;
       item = cmark_node_next (item))
    {
      cmark_node *text = cmark_node_first_child (item);

      if (text != NULL
          && (cmark_node_next (text) || cmark_node_get_type (text) != CMARK_NODE_PARAGRAPH))
        return FALSE;
      if (!read_paragraph (pieces, text, is_ordered ? RUNGS_RICH_NUMBER : RUNGS_RICH_BULLET,
                           paragraphs))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_block (const RungsRichPieces *pieces,
            cmark_node            *node,
            GPtrArray             *paragraphs)
{
  gboolean can;

  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_PARAGRAPH:
      return read_paragraph (pieces, node, RUNGS_RICH_PLAIN, paragraphs);
    case CMARK_NODE_LIST:
      return read_list (pieces, node, paragraphs);
    case CMARK_NODE_HEADING:
      can = read_paragraph (pieces, node, RUNGS_RICH_HEADING, paragraphs);
      ((RungsRichParagraph *) g_ptr_array_index (paragraphs, paragraphs->len - 1))->level =
          cmark_node_get_heading_level (node);
      return can;
    default:
      return FALSE;
    }
}

/* The lines of `node` up to the next, as they were typed. */
static void
add_source (const RungsRichPieces *pieces,
            char                 **lines,
            cmark_node            *node,
            GPtrArray             *paragraphs)
{
  cmark_node *next = cmark_node_next (node);
  int n = (int) g_strv_length (lines);
  int end = next != NULL ? MIN (cmark_node_get_start_line (next) - 1, n) : n;
  GString *text = g_string_new (NULL);
  RungsRichParagraph *paragraph = rungs_rich_paragraph_new (RUNGS_RICH_SOURCE);

  for (int i = cmark_node_get_start_line (node) - 1; i >= 0 && i < end; i++)
    g_string_append_printf (text, "%s\n", lines[i]);
  {
    g_autofree char *hidden = g_strchomp (g_string_free (text, FALSE));
    g_autofree char *source = rungs_rich_pieces_show (pieces, hidden);

    rungs_rich_paragraph_append (paragraph, source, -1, 0, NULL);
  }
  g_ptr_array_add (paragraphs, paragraph);
}

static GPtrArray *
new_paragraphs (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rich_paragraph_free);
}

static GPtrArray *
read_blocks (const RungsRichPieces *pieces,
             const char            *hidden)
{
  GPtrArray *paragraphs = new_paragraphs ();
  g_auto (GStrv) lines = g_strsplit (hidden, "\n", -1);
  cmark_node *document = cmark_parse_document (hidden, strlen (hidden), CMARK_OPT_DEFAULT);

  cmark_consolidate_text_nodes (document);
  for (cmark_node *node = cmark_node_first_child (document); node != NULL;
       node = cmark_node_next (node))
    {
      guint n = paragraphs->len;

      if (read_block (pieces, node, paragraphs))
        continue;
      g_ptr_array_set_size (paragraphs, (int) n);
      add_source (pieces, lines, node, paragraphs);
    }
  cmark_node_free (document);
  return paragraphs;
}

GPtrArray *
rungs_rich_read (const char *markdown)
{
  g_auto (RungsRichPieces) pieces = { NULL };
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;
  g_autofree char *hidden = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GPtrArray) paragraphs = NULL;
  RungsRichParagraph *source;

  g_return_val_if_fail (markdown != NULL, NULL);

  lines = g_strsplit (markdown, "\r\n", -1);
  text = g_strjoinv ("\n", lines);
  rungs_rich_pieces_init (&pieces);
  hidden = rungs_rich_pieces_hide (&pieces, text);
  if (!rungs_rich_pieces_is_full (&pieces, text))
    {
      paragraphs = read_blocks (&pieces, hidden);
      again = rungs_rich_write (paragraphs);
      if (rungs_rich_means_same (text, again))
        return g_steal_pointer (&paragraphs);
    }

  source = rungs_rich_paragraph_new (RUNGS_RICH_SOURCE);
  rungs_rich_paragraph_append (source, g_strchomp (text), -1, 0, NULL);
  g_clear_pointer (&paragraphs, g_ptr_array_unref);
  paragraphs = new_paragraphs ();
  g_ptr_array_add (paragraphs, source);
  return g_steal_pointer (&paragraphs);
}
