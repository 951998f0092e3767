/* test-rich.c: Markdown becomes runs and Markdown again, and means the same; so do runs that nobody
 * would type. */

#include "mail/rungs-rich.h"

#include <string.h>

#define TEXTS 4000

/* What is read, as one line: "P[text|style|link]…". */
static char *
tell (GPtrArray *paragraphs)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < paragraphs->len; i++)
    {
      const RungsRichParagraph *paragraph = g_ptr_array_index (paragraphs, i);

      g_string_append_c (out, "PBNHS"[paragraph->kind]);
      if (paragraph->level > 0)
        g_string_append_printf (out, "%u", paragraph->level);
      for (guint j = 0; j < paragraph->runs->len; j++)
        {
          const RungsRichRun *run = g_ptr_array_index (paragraph->runs, j);

          g_string_append_printf (out, "[%s%s%s%s%s%s]", run->text,
                                  run->style & RUNGS_RICH_BOLD ? "|b" : "",
                                  run->style & RUNGS_RICH_ITALIC ? "|i" : "",
                                  run->style & RUNGS_RICH_CODE ? "|c" : "", run->link ? "|" : "",
                                  run->link ? run->link : "");
        }
    }
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *markdown;
  const char *read;
  const char *written; /* NULL: as it was */
} CASES[] = {
  { "", "", NULL },
  { "Hello", "P[Hello]", NULL },
  { "a **b** *c* ***d***", "P[a ][b|b][ ][c|i][ ][d|b|i]", NULL },
  { "__b__ _c_", "P[b|b][ ][c|i]", "**b** *c*" },
  { "[x](https://a.example/?a=1&b=2)", "P[x|https://a.example/?a=1&b=2]",
    "[x](https://a.example/?a=1\\&b=2)" },
  { "**[x](https://a.example)** y", "P[x|b|https://a.example][ y]", NULL },
  { "**https://a.example[*x*](https://b.example)**",
    "P[https://a.example|b][x|b|i|https://b.example]",
    "**https://a.example&#8288;*\xE2\x81\xA0[x](https://b.example)***" },
  { "https://a.example[x](https://b.example)", "P[https://a.example][x|https://b.example]", NULL },
  { "[x](https://b.example)[y](https://b.example)", "P[xy|https://b.example]",
    "[xy](https://b.example)" },
  { "see https://a.example/b_c_d.", "P[see https://a.example/b_c_d.]", NULL },
  { "Dear Ann,\nhello", "P[Dear Ann,\nhello]", NULL },
  { "Dear {{ lead.first_name | default: \"there\" }},\nhello",
    "P[Dear {{ lead.first_name | default: \"there\" }},\nhello]",
    "Dear {{ lead.first_name | default: \"there\" }},\\\nhello" },
  { "- a\n- b\n\n1. c\n2. d", "B[a]B[b]N[c]N[d]", NULL },
  { "* a\n* b", "B[a]B[b]", "- a\n- b" },
  { "## Two", "H2[Two]", NULL },
  { "Two\n===", "H1[Two]", "# Two" },
  { "a `b*c` d", "P[a ][b*c|c][ d]", NULL },
  { "{% if lead.company != blank %}\n*a*\n{% endif %}",
    "P[{% if lead.company != blank %}\n][a|i][\n{% endif %}]", NULL },
  { "[go]({{ product.letter }})", "P[go|{{ product.letter }}]", NULL },
  { "1\\. a", "P[1. a]", NULL },
  { "\\- a", "P[- a]", NULL },
  { "a \\* b \\[c\\] \\<d> \\&amp;", "P[a * b [c] <d> &amp;]", NULL },
  { "a <b>c</b>", "P[a <b>c</b>]", "a \\<b>c\\</b>" },
  /* what an editor cannot hold */
  { "a\n\n> quote\n> two\n\nb", "P[a]S[> quote\n> two]P[b]", NULL },
  { "- a\n  - b\n- c", "S[- a\n  - b\n- c]", NULL },
  { "- a\n\n- b", "S[- a\n\n- b]", NULL },
  { "3. a\n4. b", "S[3. a\n4. b]", NULL },
  { "![pot](https://a.example/p.png)", "S[![pot](https://a.example/p.png)]", NULL },
  { "a\n\n---\n\nb", "P[a]S[---]P[b]", NULL },
  { "```\n{{ code }}\n```", "S[```\n{{ code }}\n```]", NULL },
  { "- a\n\n* b", "S[- a\n\n* b]", NULL },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GPtrArray) paragraphs = rungs_rich_read (CASES[i].markdown);
      g_autofree char *told = tell (paragraphs);
      g_autofree char *written = rungs_rich_write (paragraphs);

      g_assert_cmpstr (told, ==, CASES[i].read);
      g_assert_cmpstr (written, ==, CASES[i].written ? CASES[i].written : CASES[i].markdown);
      g_assert_true (rungs_rich_means_same (CASES[i].markdown, written));
    }
}

static void
test_wrapped (void)
{
  static const char LINE[]
    = "on Tuesdays and Thursdays the studio belongs to the members. You come when";
  g_autofree char *markdown = g_strconcat (LINE, "\nyou like", NULL);
  g_autofree char *joined = g_strconcat (LINE, " you like", NULL);
  g_autofree char *broken = g_strconcat (LINE, "\\\nyou like", NULL);
  g_autoptr (GPtrArray) wrapped = rungs_rich_read (markdown);
  g_autoptr (GPtrArray) parted = rungs_rich_read (broken);
  g_autofree char *one = rungs_rich_write (wrapped);
  g_autofree char *two = rungs_rich_write (parted);

  g_assert_cmpstr (one, ==, joined);
  g_assert_cmpstr (two, ==, broken);
  g_assert_false (rungs_rich_means_same (one, two));
}

static void
test_meaning (void)
{
  g_assert_true (rungs_rich_means_same ("**[a](tel:1)**", "[**a**](tel:1)"));
  g_assert_true (rungs_rich_means_same ("a\nb  \nc", "a\\\nb\nc"));
  g_assert_false (rungs_rich_means_same ("*a*", "a"));
  g_assert_false (rungs_rich_means_same ("*a*", "**a**"));
  g_assert_false (rungs_rich_means_same ("[a](tel:1)", "[a](tel:2)"));
  g_assert_false (rungs_rich_means_same ("- a", "1. a"));
  g_assert_false (rungs_rich_means_same ("a\n\nb", "a\nb"));
  g_assert_false (rungs_rich_means_same ("{{ a }}", "{{ b }}"));
  g_assert_false (
    rungs_rich_means_same ("a {{ b }}\n{% if c %}\n\nd", "a {{ b }}\\\n{% if c %}\n\nd"));
}

/* ---- any text that can be typed */

static const char *const SIGNS[] = {
  "a",  "b",  "x1", " ",  "  ", "\n", "\n\n", "*",  "**", "_",  "__",    "`",        "``",
  "[",  "]",  "(",  ")",  "<",  ">",  "#",    "# ", "- ", "1.", "1. ",   "2) ",      "> ",
  "!",  "\\", "&",  "&amp;", "~~~", "===", "---", ".",  "\"", "é", "—", "\u00a0",  "{{ a }}",
  "{% if b %}", "{% endif %}", "{{", "}}", "[x](tel:1)", "https://a.example", "    ", "\t",
  "word word word word word word word word word word word word word", "+ ", "![", "](", "|",
};

/* The same texts each time. */
#define SEED 4

static char *
make_text (GRand *rand)
{
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (rand, 1, 24);

  for (int i = 0; i < n; i++)
    g_string_append (text, SIGNS[g_rand_int_range (rand, 0, G_N_ELEMENTS (SIGNS))]);
  return g_string_free (text, FALSE);
}

static void
test_any_text (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  for (guint i = 0; i < TEXTS; i++)
    {
      g_autofree char *markdown = make_text (rand);
      g_autoptr (GPtrArray) paragraphs = rungs_rich_read (markdown);
      g_autofree char *written = rungs_rich_write (paragraphs);
      g_autoptr (GPtrArray) again = rungs_rich_read (written);
      g_autofree char *twice = rungs_rich_write (again);

      if (!rungs_rich_means_same (markdown, written))
        g_error ("“%s” became “%s”", markdown, written);
      g_assert_cmpstr (twice, ==, written);
    }
}

/* ---- any runs that can be edited */

static void
add_run (GRand              *rand,
         RungsRichParagraph *paragraph)
{
  static const char *const LINKS[]
    = { NULL, NULL, NULL, "https://a.example/(b)", "mailto:a@b.example", "{{ product.link }}" };
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (rand, 1, 5);
  RungsRichStyle style = g_rand_int_range (rand, 0, 4);

  for (int i = 0; i < n; i++)
    {
      const char *sign = SIGNS[g_rand_int_range (rand, 0, G_N_ELEMENTS (SIGNS))];

      /* What is torn, or takes lines away, is nothing that is formatted. */
      if (!g_str_equal (sign, "{{") && !g_str_has_prefix (sign, "{%"))
        g_string_append (text, sign);
    }
  for (char *p = text->str; (p = strstr (p, "\n\n")) != NULL;)
    *p = ' ';
  rungs_rich_paragraph_append (paragraph, text->str, -1, style,
                               LINKS[g_rand_int_range (rand, 0, G_N_ELEMENTS (LINKS))]);
  g_string_free (text, TRUE);
}

/* The styled signs without white space, in which alone what is written may differ. */
static char *
tell_solid (GPtrArray *paragraphs)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < paragraphs->len; i++)
    {
      const RungsRichParagraph *paragraph = g_ptr_array_index (paragraphs, i);
      GString *line = g_string_new (NULL);

      for (guint j = 0; j < paragraph->runs->len; j++)
        {
          const RungsRichRun *run = g_ptr_array_index (paragraph->runs, j);

          for (const char *p = run->text; *p != '\0'; p = g_utf8_next_char (p))
            {
              gunichar sign = g_utf8_get_char (p);

              if (sign == '\n' && line->len > 0 && line->str[line->len - 1] != '\n'
                  && paragraph->kind != RUNGS_RICH_HEADING)
                g_string_append_c (line, '\n');
              if (g_unichar_isspace (sign) || sign == 0xA0)
                continue;
              g_string_append_unichar (line, sign);
              g_string_append_printf (line, "%d%s", run->style, run->link ? run->link : "");
            }
        }
      g_strchomp (line->str);
      if (*line->str != '\0')
        g_string_append_printf (out, "%c%s\n\n", "PBNHS"[paragraph->kind], line->str);
      g_string_free (line, TRUE);
    }
  return g_string_free (out, FALSE);
}

static void
test_any_runs (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  for (guint i = 0; i < TEXTS; i++)
    {
      g_autoptr (GPtrArray) paragraphs
        = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rich_paragraph_free);
      g_autoptr (GPtrArray) read = NULL;
      g_autofree char *written = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        {
          RungsRichParagraph *paragraph
            = rungs_rich_paragraph_new (g_rand_int_range (rand, 0, RUNGS_RICH_HEADING));

          g_ptr_array_add (paragraphs, paragraph);
          for (int runs = g_rand_int_range (rand, 1, 5); runs > 0; runs--)
            add_run (rand, paragraph);
        }
      written = rungs_rich_write (paragraphs);
      read = rungs_rich_read (written);
      before = tell_solid (paragraphs);
      after = tell_solid (read);
      if (!g_str_equal (before, after))
        g_error ("“%s” was written as “%s” and read as “%s”", before, written, after);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rich/cases", test_cases);
  g_test_add_func ("/rich/wrapped", test_wrapped);
  g_test_add_func ("/rich/meaning", test_meaning);
  g_test_add_func ("/rich/any-text", test_any_text);
  g_test_add_func ("/rich/any-runs", test_any_runs);
  return g_test_run ();
}
