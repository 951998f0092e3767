/* rungs-web-html.h: pages of the business on the web, as a relay shows them: their frame, and text
 * that is put into them.
 *
 * A page has one inline <style>, whose hash its Content-Security-Policy names, and no script but
 * the relay's own /f.js. Text of the business never becomes markup, and never a blank that the
 * relay fills in ({{action}}, {{hidden}}, {{token}}): "{" is escaped, too. So where a body is put
 * together, blanks are written as they are, and text goes through the functions below. */

#pragma once

#include "web/rungs-web-style.h"

G_BEGIN_DECLS

/* All is lent. */
typedef struct
{
  const char *language;       /* BCP 47; NULL or "": en */
  const char *title;
  const char *business;       /* (nullable) stands under the page; NULL or "": nothing does */
  const RungsWebStyle *style; /* (nullable): NULL: as a new form has it */
  const char *css;            /* (nullable) more rules, behind those of the frame */
  gboolean has_script;        /* loads the relay's /f.js, which posts forms in place */
} RungsWebFrame;

/* Returns: (transfer full): from the doctype to where the body of the page begins, within <main>.
 */
char *rungs_web_frame_dup_head (const RungsWebFrame *frame);

/* Returns: (transfer full): from there, with the name of the business, to </html>. */
char *rungs_web_frame_dup_tail (const RungsWebFrame *frame);

/* Returns: (transfer full): the whole: head, `body` (markup), tail. */
char *rungs_web_frame_dup_page (const RungsWebFrame *frame,
                                const char          *body);

/* Returns: (transfer full): "sha256-…" of its <style>, as a Content-Security-Policy names it. */
char *rungs_web_frame_dup_hash (const RungsWebFrame *frame);

/* The same of any style sheet. */
char *rungs_web_html_dup_hash (const char *css);

/* Appends text, so that it is text: also within an attribute's quotes. Bytes that are no UTF-8 and
 * control characters are left out. */
void rungs_web_html_append_text (GString    *html,
                                 const char *text);

/* Appends ` name="value"`. */
void rungs_web_html_append_attribute (GString    *html,
                                      const char *name,
                                      const char *value);

/* Appends each run of lines as a paragraph, with its lines parted by <br>. */
void rungs_web_html_append_paragraphs (GString    *html,
                                       const char *text);

/* Takes `page`. Returns: (transfer full): it without the blanks of its form, as nobody fills it in:
 * to be looked at. */
char *rungs_web_html_without_blanks (char *page);

/* Whether a page may lead there: http or https, with a host and without a password, at most 2000
 * bytes. */
gboolean rungs_web_html_is_link (const char *text);

G_END_DECLS
