/* rungs-block-layout.h: the HTML around what blocks say, as mail programs show it right. Private to
 * mail/rungs-block-template.c.
 *
 * Styles stand in the tags, for programs that drop others; what only some understand (telephones,
 * dark mode, Outlook's Word) is added by class in the head of the message. What Word needs and no
 * other program should see stands in its conditional comments. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNGS_LAYOUT_WIDTH 600 /* px, of the text */
#define RUNGS_LAYOUT_GAP 24    /* px, between columns */
#define RUNGS_LAYOUT_PADDING 17 /* px, between a product and its frame, with that */

/* What the classes mean: for the head of the message. */
extern const char RUNGS_LAYOUT_STYLES[];

void rungs_layout_append_button (GString    *html,
                                 const char *label,
                                 const char *link);

/* `link` NULL: none. Of `room` px the picture takes `width`. */
void rungs_layout_append_picture (GString    *html,
                                  const char *source,
                                  const char *alt,
                                  const char *link,
                                  int         width,
                                  int         height);

/* A frame around a product, which stands below its name and price. */
void rungs_layout_begin_product (GString    *html,
                                 const char *name,
                                 const char *price);
void rungs_layout_end_product (GString *html);

/* `n` columns side by side: begin, then for each `next` and what it holds, then end. `width` is
 * that of the column in px, without the gap behind it. */
void rungs_layout_begin_columns (GString *html);
void rungs_layout_next_column (GString  *html,
                               guint     index,
                               guint     n,
                               int       width,
                               gboolean  is_rtl);
void rungs_layout_end_columns (GString *html);

/* How wide column `index` is. */
int rungs_layout_column_width (const int *weights,
                               guint      n,
                               guint      index);

G_END_DECLS
