/* rungs-markdown-text.h: writes the plain text part of a mail, block by block. Private to
 * mail/rungs-markdown.c. */

#pragma once

#include <cmark.h>
#include <glib.h>

G_BEGIN_DECLS

/* Every line begins with what the quotes and lists around it put before it. */
typedef struct
{
  GString *out;
  gsize begin;   /* of what is ours in `out` */
  GString *next; /* (owned) before the next line: with the marks of items that begin there */
  GString *rest; /* (owned) before the lines after that; as long as `next` */
  GString *last; /* (owned) before the last line that was begun */
  gboolean at_line_start;
  gboolean list_begins; /* no block of the innermost list was written yet */
} RungsMarkdownText;

/* Writes to the end of `out`. */
void rungs_markdown_text_init (RungsMarkdownText *self,
                               GString           *out);

/* Ends the last line. */
void rungs_markdown_text_clear (RungsMarkdownText *self);

/* Text of a line, or of several. */
void rungs_markdown_text_write (RungsMarkdownText *self,
                                const char        *text,
                                gsize              length);

/* Ends the line before and, except within a tight list, leaves one empty before the block
 * `node`. */
void rungs_markdown_text_begin_block (RungsMarkdownText *self,
                                      cmark_node        *node);

/* Draws a line below the last one, as wide as it, if the heading is of level 1 or 2. */
void rungs_markdown_text_underline (RungsMarkdownText *self,
                                    int                level);

/* Before and after what a list, an item or a quote holds. */
void rungs_markdown_text_begin (RungsMarkdownText *self,
                                cmark_node        *node);
void rungs_markdown_text_end (RungsMarkdownText *self,
                              cmark_node        *node);

/* Whether the block stands in an item of a list without empty lines. */
gboolean rungs_markdown_is_tight (cmark_node *node);

G_END_DECLS
