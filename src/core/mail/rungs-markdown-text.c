/* rungs-markdown-text.c: writes the plain text part of a mail, block by block. */

#include "mail/rungs-markdown-text.h"

#include <string.h>

#define WIDEST_UNDERLINE 72

void
rungs_markdown_text_init (RungsMarkdownText *self,
                          GString           *out)
{
  *self = (RungsMarkdownText){ .out = out, .begin = out->len, .at_line_start = TRUE };
  self->next = g_string_new (NULL);
  self->rest = g_string_new (NULL);
  self->last = g_string_new (NULL);
}

void
rungs_markdown_text_clear (RungsMarkdownText *self)
{
  if (self->out->len > self->begin && !self->at_line_start)
    g_string_append_c (self->out, '\n');
  g_string_free (self->next, TRUE);
  g_string_free (self->rest, TRUE);
  g_string_free (self->last, TRUE);
}

static void
begin_line (RungsMarkdownText *self)
{
  g_string_append_len (self->out, self->next->str, self->next->len);
  g_string_assign (self->next, self->rest->str);
  g_string_assign (self->last, self->rest->str);
  self->at_line_start = FALSE;
}

void
rungs_markdown_text_write (RungsMarkdownText *self,
                           const char        *text,
                           gsize              length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *line_end = memchr (text, '\n', end - text);
      gsize line = (line_end ? line_end : end) - text;

      if (line > 0 && self->at_line_start)
        begin_line (self);
      g_string_append_len (self->out, text, line);
      if (line_end != NULL)
        {
          g_string_append_c (self->out, '\n');
          self->at_line_start = TRUE;
        }
      text += line + (line_end != NULL);
    }
}

gboolean
rungs_markdown_is_tight (cmark_node *node)
{
  cmark_node *item = cmark_node_parent (node);

  return item != NULL && cmark_node_get_type (item) == CMARK_NODE_ITEM
         && cmark_node_get_list_tight (cmark_node_parent (item));
}

/* An empty line belongs to the quotes that both blocks beside it stand in. */
static void
append_empty_line (RungsMarkdownText *self)
{
  gsize length = 0;

  while (length < MIN (self->rest->len, self->last->len)
         && self->rest->str[length] == self->last->str[length])
    length++;
  while (length > 0 && self->rest->str[length - 1] == ' ')
    length--;
  g_string_append_len (self->out, self->rest->str, length);
  g_string_append_c (self->out, '\n');
}

void
rungs_markdown_text_begin_block (RungsMarkdownText *self,
                                 cmark_node        *node)
{
  gboolean is_first = self->out->len == self->begin;

  if (!is_first && !self->at_line_start)
    rungs_markdown_text_write (self, "\n", 1);
  if (!is_first && (!rungs_markdown_is_tight (node) || self->list_begins))
    append_empty_line (self);
  self->list_begins = FALSE;
}

void
rungs_markdown_text_underline (RungsMarkdownText *self,
                               int                level)
{
  const char *line = self->out->str + self->out->len;
  glong width;

  if (level > 2)
    return;
  while (line > self->out->str + self->begin && line[-1] != '\n')
    line--;
  width = g_utf8_strlen (line, -1) - (glong) self->rest->len;
  rungs_markdown_text_write (self, "\n", 1);
  for (glong i = 0; i < MIN (width, WIDEST_UNDERLINE); i++)
    rungs_markdown_text_write (self, level == 1 ? "=" : "-", 1);
}

/* What stands before the first line of an item. */
static char *
dup_mark (cmark_node *item)
{
  cmark_node *list = cmark_node_parent (item);
  int number = cmark_node_get_list_start (list);

  if (cmark_node_get_list_type (list) != CMARK_ORDERED_LIST)
    return g_strdup ("- ");
  while ((item = cmark_node_previous (item)) != NULL)
    number++;
  return g_strdup_printf ("%d. ", number);
}

void
rungs_markdown_text_begin (RungsMarkdownText *self,
                           cmark_node        *node)
{
  g_autofree char *mark = NULL;

  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_LIST:
      self->list_begins = !rungs_markdown_is_tight (node);
      break;
    case CMARK_NODE_ITEM:
      mark = dup_mark (node);
      g_string_append (self->next, mark);
      g_string_append_printf (self->rest, "%*s", (int) strlen (mark), "");
      break;
    case CMARK_NODE_BLOCK_QUOTE:
      g_string_append (self->next, "> ");
      g_string_append (self->rest, "> ");
      break;
    default:
      break;
    }
}

void
rungs_markdown_text_end (RungsMarkdownText *self,
                         cmark_node        *node)
{
  g_autofree char *mark = NULL;

  if (cmark_node_get_type (node) == CMARK_NODE_ITEM)
    mark = dup_mark (node);
  else if (cmark_node_get_type (node) == CMARK_NODE_BLOCK_QUOTE)
    mark = g_strdup ("> ");
  if (mark == NULL)
    return;

  g_string_truncate (self->rest, self->rest->len - strlen (mark));
  g_string_assign (self->next, self->rest->str);
}
