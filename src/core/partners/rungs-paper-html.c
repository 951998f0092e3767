/* rungs-paper-html.c: a paper as a page. */

#include "partners/rungs-paper.h"

static const char STYLE[]
    = "body { font: 15px/1.45 system-ui, sans-serif; color: #222; background: #fff;"
      " margin: 2.5rem auto; max-width: 56rem; padding: 0 1.5rem; }\n"
      "h1 { font-size: 1.6rem; margin: 1.5rem 0 0.2rem; }\n"
      "p { margin: 0.2rem 0; }\n"
      "address { font-style: normal; white-space: pre-line; color: #555; }\n"
      "address.to { color: inherit; margin: 1.5rem 0 0; }\n"
      "table { border-collapse: collapse; width: 100%; margin: 1.5rem 0; }\n"
      "th { text-align: left; border-bottom: 1px solid #777; vertical-align: bottom; }\n"
      "th, td { padding: 0.3rem 0.8rem 0.3rem 0; }\n"
      "td { border-bottom: 1px solid #e3e3e3; overflow-wrap: anywhere; vertical-align: top; }\n"
      "tr { break-inside: avoid; }\n"
      ".n { text-align: right; white-space: nowrap; padding-right: 0; padding-left: 0.8rem;"
      " font-variant-numeric: tabular-nums; }\n"
      "tfoot th { font-weight: normal; border-bottom: none; }\n"
      "tfoot tr:last-child * { font-weight: 700; border-top: 1px solid #777; }\n"
      "tfoot td { border-bottom: none; }\n"
      "@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10pt; } }\n"
      "@media (prefers-color-scheme: dark) { @media screen { body { color: #ddd;"
      " background: #1e1e1e; } address { color: #aaa; } td { border-color: #3a3a3a; } } }\n";

static void
append (GString    *html,
        const char *before,
        const char *text,
        const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (html, "%s%s%s", before, escaped, after);
}

static void
append_party (GString    *html,
              const char *before,
              const char *name,
              const char *address)
{
  append (html, before, name, "");
  append (html, *address != '\0' ? "\n" : "", address, "</address>\n");
}

static void
append_texts (GString   *html,
              GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    append (html, "<p>", texts->pdata[i], "</p>\n");
}

static void
append_row (GString             *html,
            const RungsPaper    *self,
            const RungsPaperRow *row)
{
  g_string_append (html, "<tr>");
  for (guint i = 0; i < self->columns->len; i++)
    append (html,
            g_array_index (self->columns, RungsPaperColumn, i).number ? "<td class=\"n\">" : "<td>",
            row->cells[i], "</td>");
  g_string_append (html, "</tr>\n");
}

static void
append_table (GString          *html,
              const RungsPaper *self)
{
  g_string_append (html, "<table><thead><tr>");
  for (guint i = 0; i < self->columns->len; i++)
    {
      const RungsPaperColumn *column = &g_array_index (self->columns, RungsPaperColumn, i);

      append (html, column->number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">",
              column->heading, "</th>");
    }
  g_string_append (html, "</tr></thead>\n<tbody>\n");
  for (guint i = 0; i < self->rows->len; i++)
    append_row (html, self, self->rows->pdata[i]);
  g_string_append (html, "</tbody>\n<tfoot>\n");
  for (guint i = 0; i < self->sums->len; i++)
    {
      const RungsPaperSum *sum = self->sums->pdata[i];

      g_string_append_printf (html, "<tr><th scope=\"row\" colspan=\"%u\">",
                              self->columns->len - 1);
      append (html, "", sum->what, "</th>");
      append (html, "<td class=\"n\">", sum->amount, "</td></tr>\n");
    }
  g_string_append (html, "</tfoot></table>\n");
}

char *
rungs_paper_to_html (const RungsPaper *self)
{
  GString *html = g_string_new ("<!DOCTYPE html>\n");

  g_return_val_if_fail (self != NULL && self->columns->len > 1, NULL);

  append (html, "<html lang=\"", self->language, "\">\n<head><meta charset=\"utf-8\">");
  g_string_append (html, "<meta name=\"viewport\" content=\"width=device-width\">\n");
  append (html, "<title>", self->title, "");
  append (html, " – ", self->to, "</title>\n");
  g_string_append_printf (html, "<style>\n%s</style></head>\n<body>\n", STYLE);
  append_party (html, "<address>", self->from, self->from_address);
  append_party (html, "<address class=\"to\">", self->to, self->to_address);
  append (html, "<h1>", self->title, "</h1>\n");
  append_texts (html, self->facts);
  append_table (html, self);
  append_texts (html, self->notes);
  g_string_append (html, "</body>\n</html>\n");
  return g_string_free (html, FALSE);
}
