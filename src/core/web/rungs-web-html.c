/* rungs-web-html.c: the frame of pages on the web, and text that is put into them. */

#include "web/rungs-web-html.h"

#include <string.h>

#define LINK_MOST 2000

/* Of the page around what is in <main>. */
static const char FRAME_RULES[]
    = ":root{color-scheme:light}"
      "body{margin:0;padding:1.5rem 1rem;background:#fff;color:#1a1a1a;font-family:system-ui,"
      "sans-serif;line-height:1.5}"
      "img{max-width:100%;height:auto}"
      "footer{max-width:40rem;margin:2.5rem auto 0;color:#595959;font-size:.9rem;"
      "text-align:center}";

/* ---- text */

void
rungs_web_html_append_text (GString    *html,
                            const char *text)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (html != NULL && text != NULL);

  valid = g_utf8_make_valid (text, -1);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '&')
        g_string_append (html, "&amp;");
      else if (c == '<' || c == '>' || c == '"' || c == '\'' || c == '{')
        g_string_append_printf (html, "&#%u;", c);
      else if ((c >= 0x20 && (c < 0x7f || c > 0x9f) && (c & 0xfffe) != 0xfffe
                && !(c >= 0xfdd0 && c <= 0xfdef))
               || c == '\n' || c == '\t')
        g_string_append_unichar (html, c);
    }
}

void
rungs_web_html_append_attribute (GString    *html,
                                 const char *name,
                                 const char *value)
{
  g_return_if_fail (html != NULL && name != NULL && value != NULL);

  g_string_append_printf (html, " %s=\"", name);
  rungs_web_html_append_text (html, value);
  g_string_append_c (html, '"');
}

void
rungs_web_html_append_paragraphs (GString    *html,
                                  const char *text)
{
  g_auto (GStrv) lines = NULL;
  gboolean is_open = FALSE;

  g_return_if_fail (html != NULL && text != NULL);

  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      gboolean is_empty = *g_strstrip (*line) == '\0';

      if (is_empty && is_open)
        g_string_append (html, "</p>");
      else if (!is_empty)
        {
          g_string_append (html, is_open ? "<br>" : "<p>");
          rungs_web_html_append_text (html, *line);
        }
      is_open = !is_empty;
    }
  if (is_open)
    g_string_append (html, "</p>");
}

char *
rungs_web_html_without_blanks (char *page)
{
  g_autofree char *taken = page;
  g_autoptr (GString) text = g_string_new (taken);

  g_return_val_if_fail (page != NULL, NULL);

  g_string_replace (text, "{{hidden}}", "", 0);
  g_string_replace (text, "{{token}}", "", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
rungs_web_html_is_link (const char *text)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  if (text == NULL || strlen (text) > LINK_MOST)
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    if ((guchar) *at <= ' ' || *at == '\\' || *at == '"' || *at == '<' || *at == '>')
      return FALSE;
  uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL)
    return FALSE;
  scheme = g_uri_get_scheme (uri);
  return (strcmp (scheme, "https") == 0 || strcmp (scheme, "http") == 0)
         && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && g_uri_get_userinfo (uri) == NULL;
}

/* ---- the frame */

char *
rungs_web_html_dup_hash (const char *css)
{
  g_autoptr (GChecksum) hash = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *text = NULL;

  g_return_val_if_fail (css != NULL, NULL);

  g_checksum_update (hash, (const guchar *) css, (gssize) strlen (css));
  g_checksum_get_digest (hash, digest, &length);
  text = g_base64_encode (digest, length);
  return g_strconcat ("sha256-", text, NULL);
}

static char *
dup_css (const RungsWebFrame *frame)
{
  g_autoptr (RungsWebStyle) plain = rungs_web_style_new ();
  g_autofree char *rules
      = rungs_web_style_dup_css (frame->style != NULL ? frame->style : plain, "main");

  return g_strconcat (FRAME_RULES, rules, frame->css, NULL);
}

char *
rungs_web_frame_dup_hash (const RungsWebFrame *frame)
{
  g_autofree char *css = NULL;

  g_return_val_if_fail (frame != NULL, NULL);

  css = dup_css (frame);
  return rungs_web_html_dup_hash (css);
}

char *
rungs_web_frame_dup_head (const RungsWebFrame *frame)
{
  g_autoptr (GString) html = g_string_new ("<!DOCTYPE html>\n<html");
  g_autofree char *css = NULL;
  gboolean has_language;

  g_return_val_if_fail (frame != NULL && frame->title != NULL, NULL);

  has_language = frame->language != NULL && *frame->language != '\0';
  css = dup_css (frame);
  rungs_web_html_append_attribute (html, "lang", has_language ? frame->language : "en");
  g_string_append (html,
                   ">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                   "<title>");
  rungs_web_html_append_text (html, frame->title);
  g_string_append_printf (html, "</title>\n<style>%s</style>\n", css);
  if (frame->has_script)
    g_string_append (html, "<script src=\"/f.js\" defer></script>\n");
  g_string_append (html, "</head>\n<body>\n<main>\n");
  return g_string_free (g_steal_pointer (&html), FALSE);
}

char *
rungs_web_frame_dup_tail (const RungsWebFrame *frame)
{
  g_autoptr (GString) html = g_string_new ("\n</main>\n");

  g_return_val_if_fail (frame != NULL, NULL);

  if (frame->business != NULL && *frame->business != '\0')
    {
      g_string_append (html, "<footer>");
      rungs_web_html_append_text (html, frame->business);
      g_string_append (html, "</footer>\n");
    }
  g_string_append (html, "</body>\n</html>\n");
  return g_string_free (g_steal_pointer (&html), FALSE);
}

char *
rungs_web_frame_dup_page (const RungsWebFrame *frame,
                          const char          *body)
{
  g_autofree char *head = NULL;
  g_autofree char *tail = NULL;

  g_return_val_if_fail (frame != NULL && body != NULL, NULL);

  head = rungs_web_frame_dup_head (frame);
  tail = rungs_web_frame_dup_tail (frame);
  return g_strconcat (head, body, tail, NULL);
}
