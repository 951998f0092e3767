/* rungs-markdown.h: Markdown as the two parts of a mail, HTML and plain text. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends what the CommonMark text says, as HTML with its styles inside (mail programs drop
 * others), and as text that reads well without any: links with their addresses behind them,
 * lists, quotes. HTML in it is shown as it was typed. Only http, https, mailto and tel are
 * linked to, of images only http and https shown; of others, what they show in words. Guards
 * (RUNGS_LIQUID_GUARD) are left out. */
void rungs_markdown_append (const char *markdown,
                            gsize       length,
                            GString    *html,
                            GString    *text);

/* Where a picture of the business is found, ![alt](picture:KEY): its address, which is valid until
 * the next call, and its size in px. NULL: there is none. */
typedef const char *(*RungsMarkdownPictureFunc) (const char *key,
                                                 int        *width,
                                                 int        *height,
                                                 gpointer    data);

/* The same, with pictures of the business, none wider than `room` px. */
void rungs_markdown_append_with_pictures (const char               *markdown,
                                          gsize                     length,
                                          GString                  *html,
                                          GString                  *text,
                                          RungsMarkdownPictureFunc  find,
                                          gpointer                  data,
                                          int                       room);

/* Whether there is something in it that looks like HTML to Markdown, and would be shown as
 * typed. */
gboolean rungs_markdown_has_html (const char *markdown);

/* Appends text with what HTML would understand escaped, guards left out. */
void rungs_markdown_append_escaped (GString    *html,
                                    const char *text,
                                    gsize       length);

/* Appends a URL as an attribute's value: what may not stand in one (RFC 3986) is
 * percent-encoded. */
void rungs_markdown_append_url (GString    *html,
                                const char *url);

G_END_DECLS
