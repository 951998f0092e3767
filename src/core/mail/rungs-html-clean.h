/* rungs-html-clean.h: HTML of others: what an author pastes, and what stands in a message as raw
 * HTML. Nothing in it is trusted; it is read by libxml2's HTML parser, which reads anything. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may be read; what is longer is cut there. */
#define RUNGS_HTML_MAX_SIZE (1024 * 1024)

/* Returns: (transfer full): what stands in the body of `html`, without what a mail must not hold:
 * scripts, event handlers, forms, frames, embedded objects, comments, style sheets from elsewhere
 * and styles that load anything, addresses that are neither web nor mail nor telephone, of pictures
 * neither web nor cid:. Every tag is closed. */
char *rungs_html_clean (const char *html);

/* Returns: (transfer full) (element-type RungsRichParagraph): what is said in `html`, as the
 * clipboard of a word processor or a browser has it (mail/rungs-rich.h): paragraphs, headings,
 * items of lists, bold and italic, links; the cells of a table's row as a line. Fonts, colours and
 * pictures are left behind; `with_alt`: in place of pictures stands what they show, in words. */
GPtrArray *rungs_html_to_rich (const char *html,
                               gboolean    with_alt);

/* Returns: (transfer full): the same as Markdown. Empty where nothing is said. */
char *rungs_html_to_markdown (const char *html,
                              gboolean    with_alt);

/* Returns: (transfer full) (element-type RungsBlock): the same as blocks: a heading is one, what
 * stands between two of them is a text. */
GPtrArray *rungs_html_to_blocks (const char *html);

G_END_DECLS
