/* test-html-clean.c: what others wrote in HTML comes in clean, whatever it holds. */

#include <string.h>

#include "mail/rungs-block.h"
#include "mail/rungs-html-clean.h"

static void
test_clean (void)
{
  static const struct
  {
    const char *html, *clean;
  } CASES[] = {
    { "<p>a <b>b</b> &amp; c</p>", "<p>a <b>b</b> &amp; c</p>" },
    { "<p onclick=\"x()\" style=\"color:red\">a", "<p style=\"color:red\">a</p>" },
    { "a<script>x()</script>b<SCRIPT SRC=//e.example></SCRIPT>c", "abc" },
    { "<form action=/x>a<input name=b><button>c</button><select><option>d</select></form>", "a" },
    { "<iframe src=https://e.example></iframe><object><embed></object><svg onload=x()>y</svg>z",
      "z" },
    { "<a href=\"javascript:x()\">a</a><a href=\" JAVA&#09;script:x()\">b</a>",
      "<a>a</a><a>b</a>" },
    { "<a href=\"https://e.example/?a=1&amp;b='2'\">a</a>",
      "<a href=\"https://e.example/?a=1&amp;b=&#39;2&#39;\">a</a>" },
    { "<a href=data:text/html,x>a</a><a href=//e.example>b</a>", "<a>a</a><a>b</a>" },
    { "<img src=https://e.example/x.png><img src=file:///etc/passwd alt=x><img src=cid:a alt=b>",
      "<img alt=\"\" src=\"https://e.example/x.png\"><img alt=\"b\" src=\"cid:a\">" },
    { "<p style=\"background:u\\72l(//e.example)\">a</p><p style=\"width:expression(x())\">b</p>",
      "<p>a</p><p>b</p>" },
    { "<style>p{color:red}</style><p>a</p><style>@import '//e.example'</style>",
      "<style>p{color:red}</style><p>a</p>" },
    { "<html><head><style>p{margin:0}</style><title>t</title><link rel=stylesheet href=x></head>"
      "<body onload=x()><p>a</body></html>",
      "<style>p{margin:0}</style><p>a</p>" },
    { "<table><tr><td bgcolor=red width=5>a<td>b</table>",
      "<table><tr><td bgcolor=\"red\" width=\"5\">a</td><td>b</td></tr></table>" },
    { "<!-- a --><p>b<![if x]>c<![endif]></p><!--[if mso]><p>d</p><![endif]-->", "<p>bc</p>" },
    { "<marquee>a</marquee><blink>b</blink>", "ab" },
    { "<p>\xff\xfe a", "<p>\xEF\xBF\xBD\xEF\xBF\xBD a</p>" },
    { "<p title='\"><script>x()</script>'>a</p>",
      "<p title=\"&quot;&gt;&lt;script&gt;x()&lt;/script&gt;\">a</p>" },
    { "<noscript><p title=\"</noscript><img src=x onerror=x()>\"></noscript>a", "a" },
    { "", "" },
    { "  ", "  " },
    { "<", "&lt;" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *clean = rungs_html_clean (CASES[i].html);
      g_autofree char *again = rungs_html_clean (clean);

      g_assert_cmpstr (clean, ==, CASES[i].clean);
      g_assert_cmpstr (again, ==, clean);
    }
}

/* What the programs named put on the clipboard, shortened. */
static const char WORD[]
  = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style><!-- p.MsoNormal "
    "{margin:0cm} --></style></head><body lang=DE style='tab-interval:35.4pt'>"
    "<!--StartFragment--><h1>Gla&szlig;<o:p></o:p></h1>"
    "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Fett</b> und\n<i>schr&auml;g</i>, "
    "<a href=\"https://a.example/\">ein <b>Link</b></a><o:p></o:p></p>"
    "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    "<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>"
    "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>&middot;"
    "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>Eins"
    "<o:p></o:p></p>"
    "<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>&middot; </span><![endif]>Zwei</p>"
    "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1."
    "&nbsp;</span>Erstens</p><!--EndFragment--></body></html>";
static const char DOCS[]
  = "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\"><h2 "
    "dir=\"ltr\"><span style=\"font-size:16pt;font-weight:400;\">Fire</span></h2><p dir=\"ltr\">"
    "<span style=\"font-weight:400;\">Plain </span><span style=\"font-weight:700;\">bold</span>"
    "<span style=\"font-style:italic;\"> slanted</span></p><ul><li dir=\"ltr\"><p dir=\"ltr\" "
    "role=\"presentation\"><span>one</span></p></li><li><p><span>two</span></p></li></ul></b>"
    "<br class=\"Apple-interchange-newline\">";
static const char WRITER[]
  = "<!DOCTYPE html>\n<html>\n<head>\n<title></title>\n<style>p { margin: 1in }</style>\n</head>\n"
    "<body>\n<p style=\"margin-bottom: 0in\">A line<br/>\nand another *star*</p>\n"
    "<ol>\n\t<li><p>first</p></li>\n\t<li><p><b>second</b></p></li>\n</ol>\n</body>\n</html>";
static const char PAGE[]
  = "<div class=x><nav><a href=\"/home\">Home</a></nav><article><h3>News</h3><p>Text with <a "
    "href=\"https://a.example/x y\">a link</a> and <img src=x.png alt=pic></p><script>evil()"
    "</script><table><tr><th>Clay</th><td>5 kg</td></tr><tr><td>Kiln</td><td>1</td></tr></table>"
    "<span style=\"display:none\">hidden</span></article></div>";

static void
test_paste (void)
{
  static const struct
  {
    const char *html, *markdown;
  } CASES[] = {
    { WORD, "# Glaß\n\n**Fett** und *schräg*, [ein **Link**](https://a.example/)\n\n"
            "- Eins\n- Zwei\n\n1. Erstens" },
    { DOCS, "## Fire\n\nPlain **bold** *slanted*\n\n- one\n- two" },
    { WRITER, "A line\nand another \\*star\\*\n\n1. first\n2. **second**" },
    { PAGE, "Home\n\n### News\n\nText with [a link](https://a.example/x%20y) and\n\n"
            "**Clay** · 5 kg\n\nKiln · 1" },
    { "plain\n\n text", "plain text" },
    { "<pre>a\n  b</pre>", "a\nb" },
    { "<p><script>x()</script> &nbsp; </p>", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *markdown = rungs_html_to_markdown (CASES[i].html, FALSE);

      g_assert_cmpstr (markdown, ==, CASES[i].markdown);
    }
}

static void
test_blocks (void)
{
  g_autoptr (GPtrArray) blocks = rungs_html_to_blocks (
    "<p>a</p><h1>One <b>1</b></h1><p>b</p><p>c</p><h3>Three<br>lines</h3>");
  g_autofree char *json = rungs_blocks_to_json (blocks);

  g_assert_cmpstr (json, ==,
                   "[{\"type\":\"text\",\"text\":\"a\"},"
                   "{\"type\":\"heading\",\"level\":1,\"text\":\"One 1\"},"
                   "{\"type\":\"text\",\"text\":\"b\\n\\nc\"},"
                   "{\"type\":\"heading\",\"text\":\"Three lines\"}]");
}

/* Nested without end, or without sense: it ends soon, and with what was above. */
static void
test_deep (void)
{
  static const char *const TAGS[]
    = { "<div>", "<b>", "<table><tr><td>", "<ul><li>", "<p><a href=x>" };

  for (gsize i = 0; i < G_N_ELEMENTS (TAGS); i++)
    {
      g_autoptr (GString) html = g_string_new ("<p>top</p>");
      g_autofree char *clean = NULL;
      g_autofree char *markdown = NULL;

      for (guint n = 0; n < 20000; n++)
        g_string_append (html, TAGS[i]);
      clean = rungs_html_clean (html->str);
      markdown = rungs_html_to_markdown (html->str, FALSE);
      g_assert_nonnull (strstr (clean, "top"));
      g_assert_nonnull (strstr (markdown, "top"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/html-clean/clean", test_clean);
  g_test_add_func ("/mail/html-clean/paste", test_paste);
  g_test_add_func ("/mail/html-clean/blocks", test_blocks);
  g_test_add_func ("/mail/html-clean/deep", test_deep);
  return g_test_run ();
}
