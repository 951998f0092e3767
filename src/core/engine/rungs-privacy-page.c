/* rungs-privacy-page.c: all that is known of a person, as JSON, as HTML and as text. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-json-members.h"
#include "base/rungs-time.h"
#include "engine/rungs-privacy-report.h"

static const char STYLE[] =
  "body { font: 15px/1.45 system-ui, sans-serif; color: #222; background: #fff;"
  " margin: 2.5rem auto; max-width: 62rem; padding: 0 1.5rem; }\n"
  "h1 { font-size: 1.7rem; margin-bottom: 0.2rem; }\n"
  "h2 { font-size: 1.1rem; margin: 2rem 0 0.4rem; break-after: avoid; }\n"
  "p { margin: 0.2rem 0; color: #555; }\n"
  "table { border-collapse: collapse; width: 100%; }\n"
  "th { text-align: left; font-weight: 600; border-bottom: 1px solid #999; }\n"
  "th, td { padding: 0.25rem 0.8rem 0.25rem 0; vertical-align: top; overflow-wrap: anywhere; }\n"
  "td { border-bottom: 1px solid #e3e3e3; white-space: pre-wrap; }\n"
  "tr { break-inside: avoid; }\n"
  "@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10.5pt; } }\n"
  "@media (prefers-color-scheme: dark) { @media screen { body { color: #ddd; background: #1e1e1e; }"
  " p { color: #aaa; } td { border-color: #3a3a3a; } } }\n";

static void
add_rows (JsonBuilder               *builder,
          const RungsPrivacySection *section)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < section->rows->len; i++)
    {
      const char *const *row = g_ptr_array_index (section->rows, i);

      json_builder_begin_object (builder);
      for (guint n = 0; section->headings[n] != NULL; n++)
        rungs_json_add_text (builder, section->headings[n], row[n]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

char *
rungs_privacy_report_to_json (const RungsPrivacyReport *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *made_at = NULL;
  JsonNode *stored;

  g_return_val_if_fail (self != NULL, NULL);

  made_at = rungs_time_format (self->made_at_ms);
  json_builder_begin_object (builder);
  rungs_json_add_number (builder, "lead", self->lead);
  rungs_json_add_text (builder, "made_at", made_at);
  rungs_json_add_text (builder, "business", self->business);
  rungs_json_begin_object (builder, "known");
  for (guint i = 0; i < self->sections->len; i++)
    {
      const RungsPrivacySection *section = g_ptr_array_index (self->sections, i);

      json_builder_set_member_name (builder, section->key);
      add_rows (builder, section);
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "stored");
  stored = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (stored, self->stored);
  json_builder_add_value (builder, stored);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

static void
append_escaped (GString    *html,
                const char *before,
                const char *text,
                const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (html, "%s%s%s", before, escaped, after);
}

static void
append_table (GString                   *html,
              const RungsPrivacySection *section)
{
  append_escaped (html, "<h2>", section->title, "</h2>\n<table>\n<thead><tr>");
  for (guint i = 0; section->headings[i] != NULL; i++)
    append_escaped (html, "<th scope=\"col\">", _ (section->headings[i]), "</th>");
  g_string_append (html, "</tr></thead>\n<tbody>\n");
  for (guint i = 0; i < section->rows->len; i++)
    {
      const char *const *row = g_ptr_array_index (section->rows, i);

      g_string_append (html, "<tr>");
      for (guint n = 0; section->headings[n] != NULL; n++)
        append_escaped (html, "<td>", row[n], "</td>");
      g_string_append (html, "</tr>\n");
    }
  g_string_append (html, "</tbody>\n</table>\n");
}

static char *
dup_title (const RungsPrivacyReport *self)
{
  /* Translators: %s is the name of a person. */
  return g_strdup_printf (_ ("What is known of %s"), self->title);
}

static char *
dup_subtitle (const RungsPrivacyReport *self)
{
  /* Translators: the name of a business, and a date with a time. */
  return g_strdup_printf (_ ("Kept by %s, as of %s"), self->business, self->made_at);
}

char *
rungs_privacy_report_to_html (const RungsPrivacyReport *self)
{
  g_autoptr (GString) html = g_string_new ("<!DOCTYPE html>\n<html>\n<head>\n"
                                           "<meta charset=\"utf-8\">\n");
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  title = dup_title (self);
  subtitle = dup_subtitle (self);
  append_escaped (html, "<title>", title, "</title>\n");
  g_string_append_printf (html, "<style>\n%s</style>\n</head>\n<body>\n", STYLE);
  append_escaped (html, "<h1>", title, "</h1>\n");
  append_escaped (html, "<p>", subtitle, "</p>\n");
  append_escaped (html, "<p>", self->address, "</p>\n");
  for (guint i = 0; i < self->sections->len; i++)
    append_table (html, g_ptr_array_index (self->sections, i));
  g_string_append (html, "</body>\n</html>\n");
  return g_string_free (g_steal_pointer (&html), FALSE);
}

/* What is empty is left out; lines after the first are set in. */
static void
append_record (GString     *text,
               const GStrv  headings,
               const char *const *row)
{
  gboolean first = TRUE;

  for (guint i = 0; headings[i] != NULL; i++)
    {
      g_auto (GStrv) lines = NULL;
      g_autofree char *value = NULL;

      if (*row[i] == '\0')
        continue;
      lines = g_strsplit (row[i], "\n", -1);
      value = g_strjoinv ("\n      ", lines);
      g_string_append_printf (text, "  %s %s: %s\n", first ? "-" : " ", _ (headings[i]), value);
      first = FALSE;
    }
}

char *
rungs_privacy_report_to_text (const RungsPrivacyReport *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  title = dup_title (self);
  subtitle = dup_subtitle (self);
  g_string_append_printf (text, "%s\n%s\n", title, subtitle);
  for (guint i = 0; i < self->sections->len; i++)
    {
      const RungsPrivacySection *section = g_ptr_array_index (self->sections, i);

      g_string_append_printf (text, "\n%s\n", section->title);
      for (guint n = 0; n < section->rows->len; n++)
        append_record (text, section->headings, g_ptr_array_index (section->rows, n));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
