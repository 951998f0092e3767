/* rungs-block-layout.c: the HTML around what blocks say, as mail programs show it right. */

#include "mail/rungs-block-layout.h"

#include <string.h>

#include "mail/rungs-markdown.h"

const char RUNGS_LAYOUT_STYLES[]
  = "<style>\n"
    ":root{color-scheme:light dark}\n"
    "@media (max-width:620px){.rungs-column{max-width:100%!important;padding-left:0!important;"
    "padding-right:0!important}}\n"
    "@media (prefers-color-scheme:dark){.rungs-footer,.rungs-footer a{color:#9a9996!important}"
    ".rungs-product{border-color:#5e5c64!important}}\n"
    "</style>\n"
    "<!--[if mso]><style>table{border-collapse:collapse}"
    "td,p,a,li,h1,h2{font-family:Arial,sans-serif}.rungs-button{padding:12px 24px}"
    ".rungs-preview{mso-hide:all}</style><![endif]-->\n";

static void
append_escaped (GString    *html,
                const char *text)
{
  rungs_markdown_append_escaped (html, text, strlen (text));
}

static void
append_attribute (GString    *html,
                  const char *name,
                  const char *url)
{
  g_string_append_printf (html, " %s=\"", name);
  rungs_markdown_append_url (html, url);
  g_string_append_c (html, '"');
}

void
rungs_layout_append_button (GString    *html,
                            const char *label,
                            const char *link)
{
  g_string_append (html,
                   "<table role=\"presentation\" style=\"border-collapse:separate;border-spacing:0;"
                   "margin:8px 0 24px\">\n<tr><td class=\"rungs-button\" style=\""
                   "background-color:#1a5fb4;border-radius:6px\"><a");
  append_attribute (html, "href", link);
  g_string_append (html, " style=\"display:inline-block;padding:12px 24px;font-weight:bold;"
                         "color:#ffffff;text-decoration:none\">");
  append_escaped (html, label);
  g_string_append (html, "</a></td></tr>\n</table>\n");
}

void
rungs_layout_append_picture (GString    *html,
                             const char *source,
                             const char *alt,
                             const char *link,
                             int         width,
                             int         height)
{
  g_string_append (html, "<p style=\"margin:0 0 16px\">");
  if (link != NULL)
    {
      g_string_append (html, "<a");
      append_attribute (html, "href", link);
      g_string_append_c (html, '>');
    }
  g_string_append (html, "<img");
  append_attribute (html, "src", source);
  g_string_append (html, " alt=\"");
  append_escaped (html, alt);
  g_string_append_printf (html,
                          "\" width=\"%d\" height=\"%d\" style=\"width:%dpx;max-width:100%%;"
                          "height:auto;border:0;vertical-align:bottom\">",
                          width, height, width);
  g_string_append (html, link != NULL ? "</a></p>\n" : "</p>\n");
}

void
rungs_layout_begin_product (GString    *html,
                            const char *name,
                            const char *price)
{
  g_string_append (html, "<table role=\"presentation\" style=\"width:100%;border-collapse:separate;"
                         "border-spacing:0;margin:8px 0 24px\">\n<tr><td class=\"rungs-product\""
                         " style=\"padding:16px 16px 0;border:1px solid #c0bfbc;"
                         "border-radius:8px\">\n"
                         "<p style=\"margin:0 0 4px;font-size:18px;font-weight:bold\">");
  append_escaped (html, name);
  g_string_append (html, "</p>\n<p style=\"margin:0 0 16px\">");
  append_escaped (html, price);
  g_string_append (html, "</p>\n");
}

void
rungs_layout_end_product (GString *html)
{
  g_string_append (html, "</td></tr>\n</table>\n");
}

void
rungs_layout_begin_columns (GString *html)
{
  g_string_append (html, "<div style=\"font-size:0\">\n<!--[if mso]><table role=\"presentation\" "
                         "width=\"600\" cellpadding=\"0\" cellspacing=\"0\"><tr><![endif]-->\n");
}

void
rungs_layout_next_column (GString  *html,
                          guint     index,
                          guint     n,
                          int       width,
                          gboolean  is_rtl)
{
  int outer = index + 1 < n ? width + RUNGS_LAYOUT_GAP : width;

  if (index > 0)
    g_string_append (html, "</div>\n<!--[if mso]></td><![endif]-->\n");
  g_string_append_printf (html, "<!--[if mso]><td width=\"%d\" valign=\"top\"><![endif]-->\n",
                          outer);
  g_string_append_printf (html,
                          "<div class=\"rungs-column\" style=\"display:inline-block;width:100%%;"
                          "max-width:%dpx;box-sizing:border-box;padding-%s:%dpx;"
                          "vertical-align:top;font-size:16px\">\n",
                          outer, is_rtl ? "left" : "right", outer - width);
}

void
rungs_layout_end_columns (GString *html)
{
  g_string_append (html, "</div>\n<!--[if mso]></td></tr></table><![endif]-->\n</div>\n");
}

int
rungs_layout_column_width (const int *weights,
                           guint      n,
                           guint      index)
{
  int room = RUNGS_LAYOUT_WIDTH - RUNGS_LAYOUT_GAP * ((int) n - 1);
  int sum = 0;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  return room * weights[index] / sum;
}
