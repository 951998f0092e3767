/* test-liquid.c: what is ours alone in the merge language: escaping, errors, bounds, variables.
 * What it shares with Liquid is held against liquidjs (liquid-cases.json). */

#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-liquid.h"

#define NOW G_GINT64_CONSTANT (1795253400000) /* 2026-11-21T09:30:00Z */
#define G RUNGS_LIQUID_GUARD

static const char DATA[] =
    "{ \"name\": \"<b>*Ann* & [x](y)</b>\", \"plain\": \"Ann\", \"empty\": \"\", \"n\": 5,"
    "  \"lines\": \"a\\n# b\\n\\n- c\", \"spaces\": \"    code\","
    "  \"url\": \"https://evil.example\", \"tag\": \"{{ name }}{% if\", \"price\": 4900,"
    "  \"map\": { \"a\": 1 }, \"list\": [1, 2], \"emoji\": \"a😀b\", \"at\": \"2026-11-21\" }";

static char *
render (const char         *template_text,
        RungsLiquidOutput   output,
        GTimeZone          *zone,
        GError            **error)
{
  g_autoptr (RungsLiquid) template = rungs_liquid_parse (template_text, output, error);
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (JsonNode) json = json_from_string (DATA, NULL);

  return template ? rungs_liquid_render (template, rungs_liquid_from_json (json, arena), NOW, zone,
                                         error)
                  : NULL;
}

static const struct
{
  RungsLiquidOutput output;
  const char *template_text;
  const char *wanted;
} CASES[] = {
  { RUNGS_LIQUID_TO_TEXT, "{{ name }}", "<b>*Ann* & [x](y)</b>" },
  { RUNGS_LIQUID_TO_TEXT, "{{ name | escape }}", "<b>*Ann* & [x](y)</b>" },
  { RUNGS_LIQUID_TO_TEXT, "{{ 'a\nb' | newline_to_br }}", "a\nb" },
  { RUNGS_LIQUID_TO_TEXT, "{{ tag }}", "{{ name }}{% if" },
  { RUNGS_LIQUID_TO_TEXT, "{{ price | money: 'EUR' }} {{ 1200 | money: 'JPY' }}",
    "49.00 EUR 1200 JPY" },
  { RUNGS_LIQUID_TO_TEXT, "{{ nobody | money: 'EUR' }}", "" },
  { RUNGS_LIQUID_TO_TEXT, "{{ map }}", "" },
  { RUNGS_LIQUID_TO_TEXT, "{{ emoji.size }}{{ emoji | slice: 1 }}{{ emoji | truncate: 2, '' }}",
    "3😀a😀" },
  { RUNGS_LIQUID_TO_TEXT, "{{ 'a b c' | truncatewords: 3 }}", "a b c" },
  { RUNGS_LIQUID_TO_TEXT, "{{ at | date: '%Y-%m-%d %H:%M' }}", "2026-11-21 00:00" },
  { RUNGS_LIQUID_TO_TEXT, "{{ 'now' | date: '%H:%M' }}", "10:30" },
  { RUNGS_LIQUID_TO_TEXT, "{{ 9223372036854775807 | minus: 7 }}", "9223372036854776000" },
  { RUNGS_LIQUID_TO_TEXT, "{{ '1\xC2\xA0' | strip }}{%\xC2\xA0if n\xC2\xA0%}x{% endif %}", "1x" },

  { RUNGS_LIQUID_TO_HTML, "{{ name }}", "&lt;b&gt;*Ann* &amp; [x](y)&lt;/b&gt;" },
  { RUNGS_LIQUID_TO_HTML, "{{ name | raw }}", "<b>*Ann* & [x](y)</b>" },
  { RUNGS_LIQUID_TO_HTML, "{{ '<' | escape }}", "&lt;" },
  { RUNGS_LIQUID_TO_HTML, "{{ '&lt;<' | escape_once }}", "&lt;&lt;" },
  { RUNGS_LIQUID_TO_HTML, "{{ '<\n<' | newline_to_br }}", "&lt;<br />\n&lt;" },
  { RUNGS_LIQUID_TO_HTML, "{{ '<' | escape | upcase }}", "&amp;LT;" },
  { RUNGS_LIQUID_TO_HTML, "{% capture c %}<i>{{ '<' }}</i>{% endcapture %}{{ c }}", "<i>&lt;</i>" },
  { RUNGS_LIQUID_TO_HTML, "{{ tag }}", "{{ name }}{% if" },

  { RUNGS_LIQUID_TO_MARKDOWN, "{{ plain }}", G "Ann" G },
  { RUNGS_LIQUID_TO_MARKDOWN, "{{ empty }}{{ nobody }}", G G },
  { RUNGS_LIQUID_TO_MARKDOWN, "{{ '*_<[' }}", G "\\*\\_\\<\\[" G },
  { RUNGS_LIQUID_TO_MARKDOWN, "{{ lines }}", G "a \\# b \\- c" G },
  { RUNGS_LIQUID_TO_MARKDOWN, "{{ spaces }}", G " code" G },
  { RUNGS_LIQUID_TO_MARKDOWN, "{{ url }}", G "https\\:" G "\\/\\/evil\\.example" G },
  { RUNGS_LIQUID_TO_MARKDOWN, "{{ url | raw }}", "https://evil.example" },
  { RUNGS_LIQUID_TO_MARKDOWN, "{{ 'a\n#b' | newline_to_br }}", G "a" G "\\\n" G "\\#b" G },
  { RUNGS_LIQUID_TO_MARKDOWN, "a\n{% if n %}\nb\n{% else %}\nc\n{% endif %}\nd", "a\nb\nd" },
  { RUNGS_LIQUID_TO_MARKDOWN, "{% for i in list %}\n- x\n  {% endfor %}\nend", "- x\n- x\nend" },
  { RUNGS_LIQUID_TO_MARKDOWN, "{% if n %}{% if n %}\nb\n{% endif %} {% endif %}\nc", "b\nc" },
  { RUNGS_LIQUID_TO_MARKDOWN, "a {% if n %}b{% endif %}\nc", "a b\nc" },
  { RUNGS_LIQUID_TO_MARKDOWN, "a\n{% comment %}\nx\n{% endcomment %}\nb", "a\nb" },
};

static void
test_outputs (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = render (CASES[i].template_text, CASES[i].output, zone, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, CASES[i].wanted);
    }
}

/* A template and how its error begins. */
static const struct
{
  const char *template_text;
  const char *message;
} ERRORS[] = {
  { "{{ name", "Line 1, column 1: “{{” is opened here, but its “}}” is missing" },
  { "a\nb {% if", "Line 2, column 3: “{%” is opened here" },
  { "ä {{ }}", "Line 1, column 6: a value is missing here" },
  { "{{ a b }}", "Line 1, column 6: “b” is not understood here" },
  { "{{ a | }}", "Line 1, column 8: the name of a filter is missing" },
  { "{{ a | capitalise }}", "Line 1, column 8: there is no filter “capitalise”" },
  { "{{ a | upcase: 1 }}", "Line 1, column 8: the filter “upcase” takes nothing behind it" },
  { "{{ a | append }}", "Line 1, column 8: the filter “append” wants more" },
  { "{{ a | truncate: 1, '', 3 }}", "Line 1, column 25: the filter “truncate” takes less" },
  { "{{ a | round: 1, 2 }}", "Line 1, column 8: the filter “round” takes less" },
  { "{{ a | append: b: 2 }}", "Line 1, column 17: “:” is not understood here" },
  { "{{ a | default: allow_false: true }}", "Line 1, column 28: “,” or “|” is wanted" },
  { "{{ \"a }}", "Line 1, column 1: “{{” is opened here" },
  { "{{ name | default: “there” }}", "Line 1, column 20: write straight quotation" },
  { "{% if a = 1 %}{% endif %}", "Line 1, column 9: “=” is not understood here" },
  { "{% if a && b %}{% endif %}", "Line 1, column 9: “&” has no meaning here; write “and”" },
  { "{% if %}{% endif %}", "Line 1, column 7: a value is missing here" },
  { "x{% if a %}y", "Line 1, column 2: “if” is never closed: write {% endif %}" },
  { "{% if a %}{% for b in c %}\n{% endif %}",
    "Line 2, column 1: “endif” does not belong here: “for” of line 1 wants {% endfor %} first" },
  { "{% endif %}", "Line 1, column 1: “endif” does not belong here: nothing is open" },
  { "{% else %}", "Line 1, column 1: “else” does not belong here" },
  { "{% if a %}{% else %}{% else %}{% endif %}", "Line 1, column 21: “else” does not belong here" },
  { "{% iff a %}", "Line 1, column 1: there is no tag “iff”" },
  { "{% %}", "Line 1, column 1: the name of a tag" },
  { "{% include 'x' %}", "Line 1, column 1: there is no tag “include”" },
  { "{% for a of b %}{% endfor %}", "Line 1, column 10: “in” is wanted here, not “of”" },
  { "{% for a in b limits: 1 %}{% endfor %}", "Line 1, column 15: “limit:”, “offset:”" },
  { "{% for a in b offset: continue %}{% endfor %}", "Line 1, column 23: a number is wanted" },
  { "{% for a in (1..) %}{% endfor %}", "Line 1, column 17: a value is wanted here, not “)”" },
  { "{% for a in (1,2) %}{% endfor %}", "Line 1, column 15: “..” between the first and" },
  { "{% break %}", "Line 1, column 1: “break” is only understood between “for” and “endfor”" },
  { "{% assign x 1 %}", "Line 1, column 13: “=” is wanted here, not “1”" },
  { "{% assign = 1 %}", "Line 1, column 11: a name is wanted here, not “=”" },
  { "{% comment %}", "Line 1, column 1: “comment” is never closed: write {% endcomment %}" },
  { "{% raw %}{% endraws %}", "Line 1, column 1: “raw” is never closed" },
  { "{% capture %}{% endcapture %}", "Line 1, column 12: a name is missing here" },
  { "{% if a | upcase %}{% endif %}", "Line 1, column 9: “|” is not understood here" },
  { "{{ a[1 }}", "Line 1, column 8: “]” is missing here" },
  { "{{ a. }}", "Line 1, column 7: a name is missing here" },
  { "{{ 1 | divided_by: 0 }}", "Line 1, column 8: nothing can be divided by 0" },
  { "{{ n | modulo: empty }}", "Line 1, column 8: nothing can be divided by 0" },
  { "{{ n | money: 'euro' }}", "Line 1, column 8: “money” wants" },
  { "{{ 'now' | date: '%Y', 'Mars/Base' }}",
    "Line 1, column 12: there is no time zone “Mars/Base”" },
  { "{% for i in (1..10001) %}{% endfor %}", "Line 1, column 13: a list can have at most" },
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ERRORS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = render (ERRORS[i].template_text, RUNGS_LIQUID_TO_HTML, NULL, &error);

      g_assert_null (text);
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      if (!g_str_has_prefix (error->message, ERRORS[i].message))
        g_error ("%s gives: %s", ERRORS[i].template_text, error->message);
    }
}

/* Templates that would take for ever or all memory. Each ends in an error, soon. */
static const char *const HOSTILE[] = {
  "{% for a in (1..9999) %}{% for b in (1..9999) %}{% for c in (1..9999) %}"
  "{% endfor %}{% endfor %}{% endfor %}",
  "{% assign x = 'ab' %}{% for i in (1..99) %}{% assign x = x | append: x %}{% endfor %}{{ x }}",
  "{% assign x = 'aaaaaaaa' %}"
  "{% for i in (1..9) %}{% assign x = x | replace: 'a', x %}{% endfor %}",
  "{% assign x = 'a' | split: '' %}"
  "{% for i in (1..99) %}{% assign x = x | concat: x %}{% endfor %}",
  "{% for i in (1..9999) %}{% for j in (1..9999) %}xxxxxxxxxxxxxxxxxxxx{% endfor %}{% endfor %}",
  "{% for i in (1..9999) %}{% capture x %}{{ x }}xxxxxxxxxxxxxxxxx{% endcapture %}{% endfor %}"
  "{% for i in (1..9999) %}{{ x }}{% endfor %}",
  "{% assign x = (1..10000) %}{% for i in (1..9999) %}{% if x contains 'y' %}{% endif %}"
  "{% assign y = x | sort | reverse | uniq %}{% endfor %}",
  "{{ (1..9223372036854775807) }}",
  "{{ 'now' | date: '%99999999999Y%99999999999Y' | append: nope | divided_by: 0 }}",
};

static void
test_hostile (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (HOSTILE); i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;
      g_autofree char *text = render (HOSTILE[i], RUNGS_LIQUID_TO_TEXT, NULL, &error);

      g_assert_null (text);
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_TIME_SPAN_SECOND);
    }
}

static char *
repeat (const char *text,
        guint       n)
{
  GString *repeated = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (repeated, text);
  return g_string_free (repeated, FALSE);
}

/* Templates of one piece repeated, that would run out of stack or be read again and again. */
static void
test_long (void)
{
  static const char *const PIECES[] = { "{% if a %}",   "{%",          "{{ a[",
                                        "{{ 'x",        "{% raw %}",   "{% comment %}",
                                        "{% if x %}\n", "{%if x%}",    "{{ ((",
                                        "{% endif %}",  "\n",          "{{ a }}",
                                        "{% # x %}",    "{% # x %}\n", "{% raw %}{%" };

  for (gsize i = 0; i < G_N_ELEMENTS (PIECES); i++)
    {
      g_autofree char *source = repeat (PIECES[i], 900000 / strlen (PIECES[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsLiquid) template =
          rungs_liquid_parse (source, RUNGS_LIQUID_TO_MARKDOWN, &error);

      g_assert_true ((template == NULL) == (error != NULL));
    }
  for (int i = 0; i < 4; i++)
    {
      static const char *const JOINTS[] = { " and a", " == a", "[a", " | append: a[a" };
      g_autofree char *joints = repeat (JOINTS[i], 2000);
      g_autofree char *source = g_strconcat ("{{ a", joints, "}}", NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = render (source, RUNGS_LIQUID_TO_TEXT, NULL, &error);

      g_assert_null (text);
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

static void
test_refuses_bad_bytes (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_liquid_parse ("a\xFF{{ b }}", RUNGS_LIQUID_TO_TEXT, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static void
test_variables (void)
{
  static const char TEMPLATE[] =
      "{{ lead.first_name | default: business.name }}\n{{ lead.fields['dog'] }}{{ lead[x] }}"
      "{% for p in lead.products limit: n %}{{ p.name }}{{ forloop.index }}{{ lead.first_name }}"
      "{% for t in p.tags %}{{ t }}{% endfor %}{% endfor %}"
      "{% assign y = z.a.size %}{{ y.b }}{% for i in (1..last) %}{{ i }}{% endfor %}"
      "{{ lead.products[0].price }}{% if ä == 'b' and c contains d %}{% endif %}";
  static const char *const WANTED[] = {
    "lead.first_name 1:4",
    "business.name 1:31",
    "lead.fields.dog 2:4",
    "lead 2:28",
    "x 2:33",
    "lead.products 2:50",
    "n 2:71",
    "lead.products[].name 2:78",
    "lead.products[].tags 2:139",
    "lead.products[].tags[] 2:151",
    "z.a 2:193",
    "last 2:229",
    "lead.products[].price 2:259",
    "ä 2:290",
    "c 2:303",
    "d 2:314",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLiquid) template = rungs_liquid_parse (TEMPLATE, RUNGS_LIQUID_TO_TEXT, &error);
  g_autoptr (GPtrArray) variables = NULL;

  g_assert_no_error (error);
  variables = rungs_liquid_list_variables (template);
  for (guint i = 0; i < variables->len; i++)
    {
      const RungsLiquidVariable *variable = g_ptr_array_index (variables, i);
      g_autofree char *shown =
          g_strdup_printf ("%s %u:%u", variable->path, variable->line, variable->column);

      g_assert_cmpstr (shown, ==, i < G_N_ELEMENTS (WANTED) ? WANTED[i] : NULL);
    }
  g_assert_cmpint (variables->len, ==, G_N_ELEMENTS (WANTED));
}

static gpointer
render_often (gpointer data)
{
  RungsLiquid *template = data;
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (JsonNode) json = json_from_string (DATA, NULL);
  RungsLiquidValue values = rungs_liquid_from_json (json, arena);

  for (int i = 0; i < 2000; i++)
    {
      g_autofree char *text = rungs_liquid_render (template, values, NOW, NULL, NULL);

      g_assert_cmpstr (text, ==, "Ann 011.2. ann");
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (RungsLiquid) template =
      rungs_liquid_parse ("{{ plain }} {% increment c %}{% increment c %}"
                          "{% for i in list %}{{ i }}.{% endfor %} {{ plain | downcase }}",
                          RUNGS_LIQUID_TO_TEXT, NULL);
  GThread *threads[4];

  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("render", render_often, template);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/liquid/outputs", test_outputs);
  g_test_add_func ("/liquid/errors", test_errors);
  g_test_add_func ("/liquid/hostile", test_hostile);
  g_test_add_func ("/liquid/long", test_long);
  g_test_add_func ("/liquid/bad-bytes", test_refuses_bad_bytes);
  g_test_add_func ("/liquid/variables", test_variables);
  g_test_add_func ("/liquid/threads", test_threads);
  return g_test_run ();
}
