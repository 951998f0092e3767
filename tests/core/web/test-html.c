/* test-html.c: text that is put into pages, their frame, and colours that can be read. */

#include "web/rungs-web-html.h"

#include <string.h>

static void
test_text_stays_text (void)
{
  static const struct
  {
    const char *text;
    const char *html;
  } CASES[] = {
    { "Tea & Co", "Tea &amp; Co" },
    { "<script>alert('x')</script>", "&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;" },
    { "{{hidden}} \"q\"", "&#123;&#123;hidden}} &#34;q&#34;" },
    { "a\001b\r\nc", "ab\nc" },
    { "Z\xfcrich", "Z\xef\xbf\xbdrich" },
    { "Grüße 你好", "Grüße 你好" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GString) html = g_string_new (NULL);

      rungs_web_html_append_text (html, CASES[i].text);
      g_assert_cmpstr (html->str, ==, CASES[i].html);
    }
}

static void
test_paragraphs (void)
{
  g_autoptr (GString) html = g_string_new (NULL);

  rungs_web_html_append_paragraphs (html, "One\ntwo\n\n\n<b>three\n");
  g_assert_cmpstr (html->str, ==, "<p>One<br>two</p><p>&#60;b&#62;three</p>");
}

static void
test_links (void)
{
  static const char *const GOOD[]
      = { "https://tea.example/thanks?a=b#c", "http://localhost:8080/", "https://grüße.example/ü" };
  static const char *const BAD[]
      = { "javascript:alert(1)", "//tea.example", "/thanks", "ftp://tea.example", "https://",
          "https://me@tea.example/", "https://a.example/<b>", "https://a.example/\nx", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (GOOD); i++)
    g_assert_true (rungs_web_html_is_link (GOOD[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (BAD); i++)
    g_assert_false (rungs_web_html_is_link (BAD[i]));
}

static void
test_frame (void)
{
  const RungsWebFrame frame
      = { .language = "de", .title = "<Tee>", .business = "Tee & Co", .has_script = TRUE };
  g_autofree char *page = rungs_web_frame_dup_page (&frame, "<h1>Tee</h1>");
  g_autofree char *hash = rungs_web_frame_dup_hash (&frame);
  g_autofree char *head = rungs_web_frame_dup_head (&frame);
  const char *css = strstr (page, "<style>") + strlen ("<style>");
  g_autofree char *styles = g_strndup (css, (gsize) (strstr (css, "</style>") - css));
  g_autofree char *of_css = rungs_web_html_dup_hash (styles);

  g_assert_true (g_str_has_prefix (page, head));
  g_assert_nonnull (strstr (page, "<html lang=\"de\">"));
  g_assert_nonnull (strstr (page, "<title>&#60;Tee&#62;</title>"));
  g_assert_nonnull (strstr (page, "<footer>Tee &amp; Co</footer>"));
  g_assert_nonnull (strstr (page, "<script src=\"/f.js\" defer></script>"));
  g_assert_cmpstr (hash, ==, of_css);
  /* Of the specification's example. */
  g_free (g_steal_pointer (&of_css));
  of_css = rungs_web_html_dup_hash ("doSomething();");
  g_assert_cmpstr (of_css, ==, "sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc=");
}

/* Whatever the accent, letters can be read: 4.5 to 1. */
static void
test_any_accent_is_readable (void)
{
  g_autoptr (RungsWebStyle) style = rungs_web_style_new ();

  g_assert_cmpfloat_with_epsilon (rungs_web_colour_contrast ("#000000", "#ffffff"), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (rungs_web_colour_contrast ("#777777", "#ffffff"), 4.478, 1e-3);
  for (guint rgb = 0; rgb < 0x1000000; rgb += 0x50301)
    {
      g_autofree char *ink = NULL;

      g_free (style->accent);
      style->accent = g_strdup_printf ("#%06x", rgb);
      ink = rungs_web_style_dup_ink (style);
      g_assert_cmpfloat (rungs_web_colour_contrast (ink, "#ffffff"), >=, 4.5);
      g_assert_cmpfloat (
        rungs_web_colour_contrast (style->accent, rungs_web_style_get_on_accent (style)), >=, 4.5);
    }
}

static void
test_rules_hold_no_foreign_text (void)
{
  g_autoptr (RungsWebStyle) style = rungs_web_style_new ();
  g_autofree char *css = NULL;

  g_free (style->accent);
  g_free (style->font);
  style->accent = g_strdup ("red}</style><script>");
  style->font = g_strdup ("</style>");
  style->corners = 4000;
  css = rungs_web_style_dup_css (style, ".form");
  g_assert_null (strchr (css, '<'));
  g_assert_null (strchr (css, '$'));
  g_assert_null (strstr (css, "4000"));
  g_assert_nonnull (strstr (css, ".form button{"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web/html/text", test_text_stays_text);
  g_test_add_func ("/web/html/paragraphs", test_paragraphs);
  g_test_add_func ("/web/html/links", test_links);
  g_test_add_func ("/web/html/frame", test_frame);
  g_test_add_func ("/web/html/accents", test_any_accent_is_readable);
  g_test_add_func ("/web/html/rules", test_rules_hold_no_foreign_text);
  return g_test_run ();
}
