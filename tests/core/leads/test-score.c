/* test-score.c: rules of the score, what fits them, and how their points are added up. */

#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "leads/rungs-event.h"
#include "leads/rungs-score-pattern.h"
#include "leads/rungs-score-sum.h"

static RungsScoreRule *
rule_new (const char *kind,
          const char *pattern,
          gint64      points,
          gint64      half_life,
          gint64      day_cap)
{
  RungsScoreRule model = { .kind = (char *) kind,
                           .pattern = (char *) pattern,
                           .points = points,
                           .half_life = half_life,
                           .day_cap = day_cap };

  return rungs_score_rule_copy (&model);
}

static const struct
{
  const char *kind;
  const char *pattern;
  gint64 points, half_life, day_cap;
  const char *words; /* or, where it begins with "!", what is refused */
} RULES[] = {
  { "order.placed", "", 50, 90, 100, "An order: 50 points, half of it after 90 days, at most 100 a "
                                     "day" },
  { "form.submitted", "Trial*", 1, 0, 0, "A form “Trial*”: 1 point" },
  { "mail.bounced", "", -5, 1, 0, "A message that came back: -5 points, half of it after 1 day" },
  { "mail.scanned", "", 1, 0, 0, "!nothing called “mail.scanned”" },
  { "segment.entered", "", 1, 0, 0, "!nothing called “segment.entered”" },
  { "order.placed", "x", 1, 0, 0, "!no name" },
  { "order.placed", "", 0, 0, 0, "!the points" },
  { "order.placed", "", 10001, 0, 0, "!the points" },
  { "order.placed", "", 1, -1, 0, "!half of it" },
  { "order.placed", "", 1, 3651, 0, "!half of it" },
  { "order.placed", "", 1, 0, -1, "!the most for a day" },
};

static void
test_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (RULES); i++)
    {
      g_autoptr (RungsScoreRule) rule = rule_new (RULES[i].kind, RULES[i].pattern, RULES[i].points,
                                                  RULES[i].half_life, RULES[i].day_cap);
      g_autofree char *words = rungs_score_rule_describe (rule);
      g_autoptr (GError) error = NULL;
      gboolean sound = rungs_score_rule_check (rule, &error);

      g_assert_cmpint (sound, ==, *RULES[i].words != '!');
      if (sound)
        g_assert_cmpstr (words, ==, RULES[i].words);
      else if (strstr (error->message, RULES[i].words + 1) == NULL)
        g_error ("%s", error->message);
    }
}

static void
test_usual_rules (void)
{
  g_autoptr (GPtrArray) rules = rungs_score_usual_rules ();

  g_assert_cmpuint (rules->len, >, 3);
  for (guint i = 0; i < rules->len; i++)
    g_assert_true (rungs_score_rule_check (g_ptr_array_index (rules, i), NULL));
}

static const struct
{
  const char *kind;
  const char *pattern;
  const char *detail;
  gboolean fits;
} PATTERNS[] = {
  { "form.submitted", "Trial*", "trial lesson", TRUE },
  { "form.submitted", "Trial", "trial lesson", FALSE },
  { "form.submitted", "STRASSE", "Straße", TRUE },
  { "form.submitted", "/x", "/x", TRUE },
  { "form.submitted", "/x", "https://a.example/x", FALSE },
  { "mail.clicked", "/prices*", "https://shop.example/Prices?from=mail", TRUE },
  { "mail.clicked", "/prices*", "https://shop.example/blog/prices", FALSE },
  { "mail.clicked", "*prices*", "https://shop.example/blog/prices", TRUE },
  { "mail.clicked", "/", "https://shop.example", TRUE },
  { "mail.clicked", "/", "https://shop.example/", TRUE },
  { "mail.clicked", "/x", "/x", TRUE },
  { "mail.clicked", "https://shop.example/*", "https://shop.example/a", TRUE },
};

static void
test_patterns (void)
{
  g_autoptr (RungsScoreRule) all = rule_new ("form.submitted", "", 1, 0, 0);

  g_assert_null (rungs_score_pattern_new (all));
  for (guint i = 0; i < G_N_ELEMENTS (PATTERNS); i++)
    {
      g_autoptr (RungsScoreRule) rule = rule_new (PATTERNS[i].kind, PATTERNS[i].pattern, 1, 0, 0);
      g_autoptr (RungsScorePattern) pattern = rungs_score_pattern_new (rule);

      if (rungs_score_pattern_fits (pattern, PATTERNS[i].detail) != PATTERNS[i].fits)
        g_error ("“%s” and “%s”", PATTERNS[i].pattern, PATTERNS[i].detail);
    }
}

/* ---- sums; today is 2026-03-02 in Berlin, which it has been for ten hours */

static gint64
instant (const char *text)
{
  gint64 at = 0;

  g_assert_true (rungs_time_parse (text, NULL, &at, NULL));
  return at;
}

static GPtrArray *
rules_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_score_rule_free);
}

static RungsScoreSum *
sum_new (GPtrArray *rules)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  return rungs_score_sum_new (rules, zone, instant ("2026-03-02T09:00:00Z"));
}

static void
test_cap (void)
{
  g_autoptr (GPtrArray) rules = rules_new ();
  g_autoptr (RungsScoreSum) sum = NULL;
  int today, last_day;
  gint64 points;

  g_ptr_array_add (rules, rule_new ("order.placed", "", 30, 0, 50));
  g_ptr_array_add (rules, rule_new ("mail.bounced", "", -30, 0, 50));
  sum = sum_new (rules);
  today = rungs_score_sum_get_today (sum);
  /* Berlin is an hour ahead: three on one day, one on the next. */
  rungs_score_sum_add (sum, 0, instant ("2026-02-27T23:00:00Z"));
  rungs_score_sum_add (sum, 0, instant ("2026-02-28T10:00:00Z"));
  rungs_score_sum_add (sum, 0, instant ("2026-02-28T22:59:59Z"));
  rungs_score_sum_add (sum, 0, instant ("2026-02-28T23:00:00Z"));
  g_assert_cmpint (rungs_score_sum_get (sum, today), ==, 80);
  g_assert_cmpint (rungs_score_sum_count (sum, 0, &points, &last_day), ==, 4);
  g_assert_cmpint (points, ==, 80);
  g_assert_cmpint (last_day, ==, today - 1);
  rungs_score_sum_add (sum, 1, instant ("2026-03-01T10:00:00Z"));
  rungs_score_sum_add (sum, 1, instant ("2026-03-01T11:00:00Z"));
  g_assert_cmpint (rungs_score_sum_get (sum, today), ==, 30);
  g_assert_cmpint (rungs_score_sum_next (sum, today), ==, RUNGS_SCORE_FOREVER);
  rungs_score_sum_clear (sum);
  g_assert_cmpint (rungs_score_sum_get (sum, today), ==, 0);
}

static void
test_halves (void)
{
  g_autoptr (GPtrArray) rules = rules_new ();
  g_autoptr (RungsScoreSum) sum = NULL;
  int today;

  g_ptr_array_add (rules, rule_new ("order.placed", "", 5, 10, 0));
  g_ptr_array_add (rules, rule_new ("mail.bounced", "", -5, 10, 0));
  sum = sum_new (rules);
  today = rungs_score_sum_get_today (sum);
  rungs_score_sum_add (sum, 0, instant ("2026-02-20T12:00:00Z"));
  g_assert_cmpint (rungs_score_sum_get (sum, today), ==, 3); /* 2.5 */
  g_assert_cmpint (rungs_score_sum_next (sum, today), ==, today + 1);
  g_assert_cmpint (rungs_score_sum_get (sum, today + 1), ==, 2);
  rungs_score_sum_clear (sum);
  rungs_score_sum_add (sum, 1, instant ("2026-02-20T12:00:00Z"));
  g_assert_cmpint (rungs_score_sum_get (sum, today), ==, -3);
  /* what lies ahead counts as of today, and does not age before its day */
  rungs_score_sum_clear (sum);
  rungs_score_sum_add (sum, 0, instant ("2026-03-12T12:00:00Z"));
  g_assert_cmpint (rungs_score_sum_get (sum, today), ==, 5);
  g_assert_cmpint (rungs_score_sum_get (sum, today + 10), ==, 5);
  g_assert_cmpint (rungs_score_sum_next (sum, today), ==, today + 12); /* 4.35 */
}

/* Across the change to summer time, in which a day has 23 hours. */
static void
test_days (void)
{
  g_autoptr (GPtrArray) rules = rules_new ();
  g_autoptr (RungsScoreSum) sum = sum_new (rules);
  int today = rungs_score_sum_get_today (sum);

  g_assert_cmpint (rungs_score_sum_day_start (sum, today), ==, instant ("2026-03-01T23:00:00Z"));
  g_assert_cmpint (rungs_score_sum_day_start (sum, today + 27), ==,
                   instant ("2026-03-28T23:00:00Z"));
  g_assert_cmpint (rungs_score_sum_day_start (sum, today + 28), ==,
                   instant ("2026-03-29T22:00:00Z"));
  for (int day = -800; day < 800; day++)
    {
      gint64 start = rungs_score_sum_day_start (sum, today + day);

      g_assert_cmpint (rungs_score_sum_day_of (sum, start), ==, today + day);
      g_assert_cmpint (rungs_score_sum_day_of (sum, start - 1), ==, today + day - 1);
    }
}

/* Where clocks change at midnight, too: a day that is counted on begins later than the one before
 * has ended, or a score would be due for ever. */
static void
test_zones (void)
{
  static const char *const ZONES[] = { "Africa/Cairo",    "America/Havana", "America/Sao_Paulo",
                                       "America/Asuncion", "Asia/Beirut",   "Asia/Tehran",
                                       "Australia/Lord_Howe", "Asia/Kathmandu" };

  for (guint i = 0; i < G_N_ELEMENTS (ZONES); i++)
    {
      g_autoptr (GPtrArray) rules = rules_new ();
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (ZONES[i]);
      g_autoptr (RungsScoreSum) sum =
        rungs_score_sum_new (rules, zone, instant ("2020-03-02T09:00:00Z"));
      int today = rungs_score_sum_get_today (sum);

      for (int day = today - 4000; day < today + 4000; day++)
        {
          gint64 start = rungs_score_sum_day_start (sum, day);

          if (rungs_score_sum_day_of (sum, start) != day
              || rungs_score_sum_day_of (sum, start - 1) != day - 1)
            g_error ("%s, day %d", ZONES[i], day);
        }
    }
}

/* The next change is on the first day that has another sum, and on none between. */
static void
test_next (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GPtrArray) rules = rules_new ();
      g_autoptr (RungsScoreSum) sum = NULL;
      int n = g_test_rand_int_range (1, 4);
      int today, next;

      for (int i = 0; i < n; i++)
        g_ptr_array_add (rules, rule_new ("order.placed", "",
                                          g_test_rand_int_range (1, 60)
                                              * (g_test_rand_bit () ? 1 : -1),
                                          g_test_rand_int_range (0, 40), 0));
      sum = sum_new (rules);
      today = rungs_score_sum_get_today (sum);
      for (int i = 0; i < n; i++)
        for (int e = g_test_rand_int_range (0, 4); e > 0; e--)
          rungs_score_sum_add (sum, i, instant ("2026-03-02T09:00:00Z")
                                           - (e * 7 + i) * RUNGS_DAY);
      next = rungs_score_sum_next (sum, today);
      for (int day = today; day < MIN (next, today + 3000); day++)
        g_assert_cmpint (rungs_score_sum_get (sum, day), ==, rungs_score_sum_get (sum, today));
      if (next != RUNGS_SCORE_FOREVER)
        g_assert_cmpint (rungs_score_sum_get (sum, next), !=, rungs_score_sum_get (sum, today));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/score/rules", test_rules);
  g_test_add_func ("/score/usual-rules", test_usual_rules);
  g_test_add_func ("/score/patterns", test_patterns);
  g_test_add_func ("/score/cap", test_cap);
  g_test_add_func ("/score/halves", test_halves);
  g_test_add_func ("/score/days", test_days);
  g_test_add_func ("/score/zones", test_zones);
  g_test_add_func ("/score/next", test_next);
  return g_test_run ();
}
