/* test-message-body.c: a message's text becomes HTML and plain text, and nothing in a lead's fields
 * becomes markup in either. */

#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-markdown.h"
#include "mail/rungs-message-body.h"

#define NOW G_GINT64_CONSTANT (1795253400000) /* 2026-11-21T09:30:00Z */
#define P "<p style=\"margin:0 0 16px\">"
#define LINK(url) "<a href=\"" url "\">"
#define UL "<ul style=\"margin:0 0 16px;padding:0 0 0 24px\">\n"
#define LI "<li style=\"margin:0 0 4px\">"

static const char DATA[] =
    "{ \"name\": \"Ann\", \"empty\": \"\", \"list\": [\"a\", \"b\"], \"n\": 3,"
    "  \"url\": \"https://shop.example/a_b*c?d=1&e=(2)\", \"code\": \"SAVE-10*\","
    "  \"address\": \"Street 1\\n# Town\" }";

/* What a message says, merged with DATA, in both parts. */
static const struct
{
  const char *source;
  const char *html;
  const char *text;
} CASES[] = {
  { "Hello *{{ name }}*,\nhow **are** you?",
    P "Hello <em>Ann</em>,<br>\nhow <strong>are</strong> you?</p>\n",
    "Hello Ann,\nhow are you?\n" },
  { "a\n\nb", P "a</p>\n" P "b</p>\n", "a\n\nb\n" },
  { "5 < 6 & \"7\" > 3", P "5 &lt; 6 &amp; &quot;7&quot; &gt; 3</p>\n", "5 < 6 & \"7\" > 3\n" },
  { "a {{ empty }} b\n\n{{ empty }}\n\n**{{ empty }}**\n\nc", P "a  b</p>\n" P "c</p>\n",
    "a  b\n\nc\n" },
  { "{% if empty == '' %}\nx\n{% else %}\ny\n{% endif %}\nz", P "x<br>\nz</p>\n", "x\nz\n" },
  { "**{% if n == 4 %}a**{% endif %} b", P "** b</p>\n", "** b\n" },
  { "{% for i in list %}\n- {{ i }}\n{% endfor %}\n\nend",
    UL LI "a</li>\n" LI "b</li>\n</ul>\n" P "end</p>\n", "- a\n- b\n\nend\n" },
  { "{{ n }}. Step", P "3. Step</p>\n", "3. Step\n" },
  { "[Buy]({{ url }})", P LINK ("https://shop.example/a_b*c?d=1&amp;e=(2)") "Buy</a></p>\n",
    "Buy <https://shop.example/a_b*c?d=1&e=(2)>\n" },
  { "See https://a.example/x_y_z?q={{ n }}&r=1.",
    P "See " LINK (
        "https://a.example/x_y_z?q=3&amp;r=1") "https://a.example/x_y_z?q=3&amp;r=1</a>.</p>\n",
    "See https://a.example/x_y_z?q=3&r=1.\n" },
  { "(https://a.example/b_(c)) <https://d.example/>",
    P "(" LINK ("https://a.example/b_(c)") "https://a.example/b_(c)</a>) " LINK (
        "https://d.example/") "https://d.example/</a></p>\n",
    "(https://a.example/b_(c)) https://d.example/\n" },
  { "<me@a.example> [x](mailto:me@a.example)",
    P LINK ("mailto:me@a.example") "me@a.example</a> " LINK ("mailto:me@a.example") "x</a></p>\n",
    "me@a.example x <mailto:me@a.example>\n" },
  { "[x](javascript:alert(1)) [y](file:///etc/passwd) [z](data:text/html,hi) [w](relative)",
    P "x y z w</p>\n", "x y z w\n" },
  { "<b>{{ name }}</b> <script>x()</script>",
    P "&lt;b&gt;Ann&lt;/b&gt; &lt;script&gt;x()&lt;/script&gt;</p>\n",
    "<b>Ann</b> <script>x()</script>\n" },
  { "Code: `{{ code }}` and `*x*`", P "Code: <code>SAVE-10*</code> and <code>*x*</code></p>\n",
    "Code: SAVE-10* and *x*\n" },
  { "# Title\n\n## Sub",
    "<h1 style=\"margin:24px 0 12px;font-size:26px;line-height:1.25\">Title</h1>\n"
    "<h2 style=\"margin:24px 0 12px;font-size:22px;line-height:1.3\">Sub</h2>\n",
    "Title\n=====\n\nSub\n---\n" },
  { "> said\n> twice\n\nafter",
    "<blockquote style=\"margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #c0bfbc\">\n" P
    "said<br>\ntwice</p>\n</blockquote>\n" P "after</p>\n",
    "> said\n> twice\n\nafter\n" },
  { "2. a\n3. b",
    "<ol start=\"2\" style=\"margin:0 0 16px;padding:0 0 0 24px\">\n" LI "a</li>\n" LI
    "b</li>\n</ol>\n",
    "2. a\n3. b\n" },
  { "- a\n  - b\n\n  c\n- d", NULL, "- a\n\n  - b\n\n  c\n\n- d\n" },
  { "{{ address | newline_to_br }}", P "Street 1<br>\n# Town</p>\n", "Street 1\n# Town\n" },
  { "![A *cat*](https://a.example/cat.png)",
    P "<img src=\"https://a.example/cat.png\" alt=\"A cat\""
      " style=\"max-width:100%;height:auto;border:0\"></p>\n",
    "A cat\n" },
  { "a\n\n---\n\nb", NULL, "a\n\n----------\n\nb\n" },
  { "{{ '\\\\' }}*x*", P "\\<em>x</em></p>\n", "\\x\n" },
  { "an editor wraps lines at about this many characters, or at a few\nmore\\\nend",
    P "an editor wraps lines at about this many characters, or at a few\nmore<br>\nend</p>\n",
    "an editor wraps lines at about this many characters, or at a few more\nend\n" },
  { "[short](https://a.example/a-long-address-a-long-address-a-long-address-a-long-path)\nend",
    NULL,
    "short <https://a.example/a-long-address-a-long-address-a-long-address-a-long-path>\nend\n" },
  { "- - a\n  - b\n- > c\n  > d\n-\n- e", NULL, "- - a\n  - b\n\n- > c\n  > d\n- e\n" },
  { "> - a\n> - b\n>\n> c", NULL, "> - a\n> - b\n>\n> c\n" },
  { "", "", "" },
};

static void
render (const char *source,
        const char *json_text,
        GString    *html,
        GString    *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (JsonNode) json = json_from_string (json_text, NULL);
  g_autoptr (RungsLiquid) template = rungs_liquid_parse (source, RUNGS_LIQUID_TO_MARKDOWN, &error);
  g_autofree char *markdown = NULL;

  g_assert_no_error (error);
  markdown =
      rungs_liquid_render (template, rungs_liquid_from_json (json, arena), NOW, NULL, &error);
  g_assert_no_error (error);
  rungs_markdown_append (markdown, strlen (markdown), html, text);
}

static void
test_both_parts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GString) html = g_string_new (NULL);
      g_autoptr (GString) text = g_string_new (NULL);

      render (CASES[i].source, DATA, html, text);
      if (CASES[i].html != NULL)
        g_assert_cmpstr (html->str, ==, CASES[i].html);
      g_assert_cmpstr (text->str, ==, CASES[i].text);
    }
}

/* What people, or programs, write into the field of a name. */
static const char *const HOSTILE[] = {
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "</p></td></table>",
  "*bold*",
  "**bold**",
  "_em_",
  "[click](https://evil.example)",
  "![x](https://evil.example/x.png)",
  "https://evil.example",
  "http://evil.example/a_b",
  "<https://evil.example>",
  "evil@evil.example",
  "`code`",
  "# heading",
  "- item",
  "1. item",
  "1",
  "> quote",
  "    code",
  "\tcode",
  "***",
  "---",
  "===",
  "|a|b|",
  "a\n\nb",
  "a\n===",
  "a  \nb",
  "\\",
  "\\*",
  "&lt;b&gt;",
  "&#60;b&#62;",
  "{{ name }}",
  "{% if true %}x{% endif %}",
  "{{ name | raw }}",
  "[x]: https://evil.example",
  "<!-- x -->",
  "~~x~~",
  "\"quoted\" 'single'",
  "a:b",
  ":",
  "::",
  "*",
  "_",
  "`",
  "``",
  "~~~",
  "[",
  "]",
  "](",
  "<",
  "&",
  "!",
  "javascript:alert(1)",
  "\xEF\xB7\x90https://evil.example",
  "\xEF\xB7\x90",
  "a\xEF\xB7\x90*b*",
};

/* Where an author may put it. %s is the tag. */
static const char *const PLACES[] = {
  "%s",
  "Dear %s, hello",
  "*%s*",
  "**%s**",
  "_%s_",
  "- %s",
  "1. %s",
  "# %s",
  "> %s",
  "a\n%s\nb",
  "[%s](https://good.example/)",
  "a\\%s",
  "!%s",
  "(%s)",
  "%s%s",
  "- a\n\n  %s",
  "a%s",
  "  %s",
  "   %s",
  "see https:%s",
  "`%s`",
  "https://good.example/%s",
  "&%s",
  "[x]%s",
  "&#%s",
};

/* White space evened, as HTML and our escaping do; guards dropped. */
static char *
as_shown (const char *value)
{
  g_auto (GStrv)
    parts = g_strsplit (value, RUNGS_LIQUID_GUARD, -1);
  g_autofree char *clean = g_strjoinv ("", parts);
  GString *shown = g_string_new (NULL);

  for (const char *p = clean; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (shown, *p);
    else if (shown->len == 0 || shown->str[shown->len - 1] != ' ')
      g_string_append_c (shown, ' ');
  return g_string_free (shown, FALSE);
}

/* The tags of `html` without what stands between them. */
static char *
skeleton (const char *html)
{
  GString *tags = g_string_new (NULL);

  for (const char *p = strchr (html, '<'); p != NULL; p = strchr (p, '<'))
    {
      const char *end = strchr (p, '>');

      g_assert_nonnull (end);
      g_string_append_len (tags, p, end - p + 1);
      p = end;
    }
  return g_string_free (tags, FALSE);
}

/* A place with a value in it has the tags that it has with a harmless one (only addresses that the
 * author began may take up the value), and its text part shows the value as it is. */
static void
test_fields_are_inert (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (HOSTILE); j++)
      {
        g_auto (GStrv)
          around = g_strsplit (PLACES[i], "%s", -1);
        g_autofree char *source = g_strjoinv ("{{ name }}", around);
        g_autoptr (JsonNode) name = json_node_init_string (json_node_alloc (), HOSTILE[j]);
        g_autofree char *quoted = json_to_string (name, FALSE);
        g_autofree char *data = g_strdup_printf ("{ \"name\": %s }", quoted);
        g_autofree char *shown = as_shown (HOSTILE[j]);
        g_autoptr (GString) html = g_string_new (NULL);
        g_autoptr (GString) text = g_string_new (NULL);
        g_autoptr (GString) plain_html = g_string_new (NULL);
        g_autoptr (GString) plain_text = g_string_new (NULL);
        g_autofree char *tags = NULL;
        g_autofree char *plain_tags = NULL;

        render (source, data, html, text);
        render (source, "{ \"name\": \"Ann\" }", plain_html, plain_text);
        tags = skeleton (html->str);
        plain_tags = skeleton (plain_html->str);
        g_assert_null (strstr (html->str, "href=\"https://evil"));
        g_assert_null (strstr (html->str, "href=\"http://evil"));
        g_assert_null (strstr (html->str, "<script"));
        g_assert_null (strstr (html->str, "<img"));
        g_assert_null (strstr (html->str, RUNGS_LIQUID_GUARD));
        g_assert_null (strstr (text->str, RUNGS_LIQUID_GUARD));
        if (strstr (PLACES[i], "good.example/%s") != NULL || strchr (PLACES[i], '`') != NULL
            || *shown == '\0')
          continue;
        g_assert_cmpstr (tags, ==, plain_tags);
        if (strstr (text->str, shown) == NULL)
          g_error ("%s with %s: %s", source, HOSTILE[j], text->str);
      }
}

static RungsMessageTemplate *
new_template (const char  *subject,
              const char  *preview,
              const char  *text,
              GError     **error)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);
  g_autofree char *quoted = json_to_string (node, FALSE);
  g_autofree char *blocks = g_strdup_printf ("[{\"type\": \"text\", \"text\": %s}]", quoted);

  return rungs_message_template_new (subject, preview, blocks, error);
}

static gboolean
render_template (RungsMessageTemplate  *template,
                 const char            *unsubscribe,
                 RungsMessageContent   *content,
                 GError               **error)
{
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (JsonNode) json = json_from_string (DATA, NULL);
  const RungsMessageFrame frame = { .business_name = "Bolt & <Nut>",
                                    .business_address = "Street 1\n12345 Town",
                                    .unsubscribe = unsubscribe };

  return rungs_message_template_render (template, &frame, rungs_liquid_from_json (json, arena), NOW,
                                        NULL, content, error);
}

static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsMessageTemplate) template = new_template (
      "Hi  {{ name }}\r\nBcc: x@evil.example", "For {{ name }} & <you>", "Dear {{ name }}", &error);
  g_auto (RungsMessageContent)
    content = { NULL };

  g_assert_no_error (error);
  render_template (template, "mailto:a@b.example?subject=unsubscribe%20x", &content, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content.subject, ==, "Hi Ann Bcc: x@evil.example");
  g_assert_cmpstr (content.text, ==,
                   "Dear Ann\n\n-- \nBolt & <Nut>\nStreet 1\n12345 Town\n"
                   "Unsubscribe: <mailto:a@b.example?subject=unsubscribe%20x>\n");
  g_assert_nonnull (strstr (content.html, "<title>Hi Ann Bcc: x@evil.example</title>"));
  g_assert_nonnull (strstr (content.html, ">For Ann &amp; &lt;you&gt;&#847;"));
  g_assert_nonnull (strstr (content.html, P "Dear Ann</p>"));
  g_assert_nonnull (strstr (content.html,
                            "Bolt &amp; &lt;Nut&gt;<br>\nStreet 1<br>\n12345 Town<br>\n<a href=\""
                            "mailto:a@b.example?subject=unsubscribe%20x\""));
}

static void
test_without_unsubscribe (void)
{
  g_autoptr (RungsMessageTemplate) template = new_template ("Your order", "", "Thanks", NULL);
  g_auto (RungsMessageContent)
    content = { NULL };

  g_assert_true (render_template (template, NULL, &content, NULL));
  g_assert_null (strstr (content.html, "Unsubscribe"));
  g_assert_null (strstr (content.text, "Unsubscribe"));
  g_assert_null (strstr (content.html, "display:none"));
}

static void
test_errors (void)
{
  static const struct
  {
    const char *subject, *preview, *blocks, *message;
  } WRONG[] = {
    { "{{ a", "", "[]", "Subject: Line 1, column 1: “{{” is opened" },
    { "a", "{% b %}", "[]", "Preview: Line 1, column 1: there is no tag “b”" },
    { "a", "", "[{\"type\":\"text\",\"text\":\"x\\n{{ }}\"}]", "Text: Line 2, column 4: a value" },
    { "a", "", "[{\"type\":\"text\",\"text\":\"\"},{\"type\":\"text\",\"text\":\"{{\"}]",
      "Block 2: Line 1, column 1" },
    { "a", "", "[{\"type\":\"carousel\"}]",
      "Block 1: it is a “carousel”, which this version of Rungs" },
    { "a", "", "[{\"type\":\"text\"}]", "Text: it is damaged" },
    { "a", "", "[{\"type\":5}]", "Block 1: it is damaged" },
    { "a", "", "[5]", "Block 1: it is damaged" },
    { "a", "", "[{\"type\":\"button\",\"text\":\"{{\",\"link\":\"\"}]", "Block 1: Line 1" },
    { "a", "",
      "[{\"type\":\"columns\",\"columns\":[[],[{\"type\":\"text\",\"text\":\"{{\"}]]}]",
      "Block 1, column 2, block 1: Line 1, column 1" },
    { "a", "", "{}", "Text: it is damaged" },
    { "a", "", "[", "Text: it is damaged" },
    { "a", "", "", "Text: it is damaged" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (
          rungs_message_template_new (WRONG[i].subject, WRONG[i].preview, WRONG[i].blocks, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      if (!g_str_has_prefix (error->message, WRONG[i].message))
        g_error ("%s", error->message);
    }
}

static void
test_errors_of_a_lead (void)
{
  static const struct
  {
    const char *subject, *text, *message;
  } WRONG[] = {
    { "{{ empty }} ", "x", "Subject: it is empty for this lead" },
    { "a", "b\n{{ n | divided_by: empty }}", "Text: Line 2, column 8: nothing can be divided" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (RungsMessageTemplate) template =
          new_template (WRONG[i].subject, "", WRONG[i].text, NULL);
      g_auto (RungsMessageContent)
        content = { NULL };
      g_autoptr (GError) error = NULL;

      g_assert_false (render_template (template, NULL, &content, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      if (!g_str_has_prefix (error->message, WRONG[i].message))
        g_error ("%s", error->message);
    }
}

static void
test_variables (void)
{
  g_autoptr (RungsMessageTemplate) template =
      new_template ("{{ a }}{{ b }}", "{{ b }}{{ c }}", "{{ d }}\n{{ a }}{{ e }}", NULL);
  g_autoptr (GPtrArray) variables = rungs_message_template_list_variables (template);
  g_autoptr (GString) paths = g_string_new (NULL);

  for (guint i = 0; i < variables->len; i++)
    g_string_append (paths, ((RungsLiquidVariable *) g_ptr_array_index (variables, i))->path);
  g_assert_cmpstr (paths->str, ==, "abcde");
}

/* Markdown that is nested or repeated beyond reason. */
static void
test_long_markdown (void)
{
  static const char *const PIECES[] = { "*a ",    "**a", "[", "![",   "> ", "- ",
                                        "`",      "<",   "&", "[a](", "\\", "https://a.example/(",
                                        "http://" };

  for (gsize i = 0; i < G_N_ELEMENTS (PIECES); i++)
    {
      g_autoptr (GString) source = g_string_new (NULL);
      g_autoptr (GString) html = g_string_new (NULL);
      g_autoptr (GString) text = g_string_new (NULL);

      while (source->len < 50000)
        g_string_append (source, PIECES[i]);
      rungs_markdown_append (source->str, source->len, html, text);
      g_assert_cmpint (html->len, >, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-body/both-parts", test_both_parts);
  g_test_add_func ("/message-body/fields-are-inert", test_fields_are_inert);
  g_test_add_func ("/message-body/whole", test_whole);
  g_test_add_func ("/message-body/without-unsubscribe", test_without_unsubscribe);
  g_test_add_func ("/message-body/errors", test_errors);
  g_test_add_func ("/message-body/errors-of-a-lead", test_errors_of_a_lead);
  g_test_add_func ("/message-body/variables", test_variables);
  g_test_add_func ("/message-body/long-markdown", test_long_markdown);
  return g_test_run ();
}
