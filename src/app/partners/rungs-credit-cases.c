/* rungs-credit-cases.c: the cases of docs/attribution.md in words, for the help.
 *
 * The document itself is a resource of the program: what it says, the help says. */

#include "rungs-credit-cases.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "partners/rungs-attribution.h"
#include "partners/rungs-partner-words.h"

/* What can happen; the first that fits. `\1` and `\2` are names. */
static const struct
{
  const char *pattern;
  const char *words;
} HAPPENINGS[] = {
  { "^order$", N_ ("the order") },
  { "^order with our coupon$", N_ ("the order, with a coupon of our own") },
  { "^order with our and (\\w+)'s coupons$",
    N_ ("the order, with a coupon of our own and one of \\1") },
  { "^order with (\\w+)'s and (\\w+)'s coupons$",
    N_ ("the order, with a coupon of \\1 and one of \\2") },
  { "^order with (\\w+)'s coupon$", N_ ("the order, with a coupon of \\1") },
  { "^ours$", N_ ("comes by a link of our own") },
  { "^ours by phone$", N_ ("calls our own number") },
  { "^known$", N_ ("we get to know the buyer") },
  { "^merged$", N_ ("both devices turn out to be the same person’s") },
  { "^erased$", N_ ("the buyer is erased") },
  { "^sale$", N_ ("buys, and nobody is credited") },
  { "^sale of (\\w+)$", N_ ("buys, and \\1 is credited") },
  { "^(\\w+) ended$", N_ ("\\1 is no partner any more") },
  { "^(\\w+) by phone$", N_ ("calls the number of \\1") },
  { "^(\\w+) on another device$", N_ ("comes by the link of \\1, on another device") },
  { "^(\\w+)$", N_ ("comes by the link of \\1") },
};

static void
credit_case_free (gpointer data)
{
  RungsCreditCase *self = data;

  g_free (self->rules);
  g_free (self->story);
  g_free (self->answer);
  g_free (self);
}

static char *
dup_happening (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (HAPPENINGS); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (HAPPENINGS[i].pattern, 0, 0, NULL);

      if (g_regex_match (regex, text, 0, NULL))
        return g_regex_replace (regex, text, -1, 0, _ (HAPPENINGS[i].words), 0, NULL);
    }
  return g_strdup (text);
}

/* "1 Anna; 5 order". */
static char *
dup_story (const char *cell)
{
  g_auto (GStrv) events = g_strsplit (cell, "; ", -1);

  for (guint i = 0; events[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (events[i], " ", 2);
      g_autofree char *what = dup_happening (parts[1]);

      g_free (events[i]);
      /* Translators: "Day 5: the order" */
      events[i] = g_strdup_printf (_ ("Day %s: %s"), parts[0], what);
    }
  return g_strjoinv (" · ", events);
}

/* "last-click 30". */
static char *
dup_rule (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 2);

  for (int kind = RUNGS_ATTRIBUTION_COUPON; kind <= RUNGS_ATTRIBUTION_CUSTOMERS; kind++)
    {
      RungsAttributionRule rule = { .kind = kind };
      g_autofree char *name = rungs_attribution_rule_to_text (&rule);

      if (!g_str_equal (name, parts[0]))
        continue;
      rule.days = parts[1] != NULL ? (guint) g_ascii_strtoull (parts[1], NULL, 10) : 0;
      return rungs_partner_rule_words (&rule);
    }
  return g_strdup (text);
}

/* "`coupon, last-click 30`". */
static char *
dup_rules (const char *cell)
{
  g_autofree char *plain = g_strndup (cell + 1, strlen (cell) - 2);
  g_auto (GStrv) rules = g_strsplit (plain, ", ", -1);

  for (guint i = 0; rules[i] != NULL; i++)
    {
      char *words = dup_rule (rules[i]);

      g_free (rules[i]);
      rules[i] = words;
    }
  return g_strjoinv (" → ", rules);
}

static char *
dup_answer (const char *cell)
{
  return g_str_equal (cell, "nobody") ? g_strdup (_ ("Nobody is credited"))
                                      : g_strdup_printf (_ ("%s is credited"), cell);
}

GPtrArray *
rungs_credit_cases_new (void)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (credit_case_free);
  g_autoptr (GBytes) bytes
    = g_resources_lookup_data ("/app/rungs/Rungs/attribution.md", 0, NULL);
  g_autofree char *text
    = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "|", -1);
      RungsCreditCase *one;

      if (g_strv_length (cells) != 5 || !g_str_has_prefix (g_strstrip (cells[1]), "`"))
        continue;
      one = g_new0 (RungsCreditCase, 1);
      one->rules = dup_rules (cells[1]);
      one->story = dup_story (g_strstrip (cells[2]));
      one->answer = dup_answer (g_strstrip (cells[3]));
      g_ptr_array_add (cases, one);
    }
  return g_steal_pointer (&cases);
}
