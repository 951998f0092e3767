/* test-attribution.c: docs/attribution.md is right, case by case. */

#include <string.h>

#include "base/rungs-error.h"
#include "partners/rungs-attribution.h"

#define DAY (24.0 * 60 * 60 * 1000)
#define LEAST_CASES 60

/* "1 Anna": by their numbers. */
static const struct
{
  const char *name;
  gboolean is_jv;
} PEOPLE[] = { { "nobody", FALSE }, { "Anna", FALSE }, { "Bert", FALSE }, { "Jo", TRUE },
               { "Kim", TRUE } };

static gint64
person (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (PEOPLE); i++)
    if (strcmp (PEOPLE[i].name, name) == 0)
      return i;
  g_error ("nobody is called “%s”", name);
}

/* ---- the rules of a case */

/* "coupon, last-click 30" as a file has them. */
static GArray *
read_rules (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ", ", -1);
  g_autoptr (GString) json = g_string_new ("[");
  g_autoptr (GError) error = NULL;
  GArray *rules;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (parts[i], " ", 2);

      g_string_append_printf (json, "%s{\"rule\": \"%s\", \"days\": %s}", i > 0 ? "," : "",
                              words[0], words[1] != NULL ? words[1] : "0");
    }
  g_string_append_c (json, ']');
  rules = rungs_attribution_rules_parse (json->str, &error);
  g_assert_no_error (error);
  return rules;
}

/* ---- what happened */

typedef struct
{
  RungsAttributionFacts *facts; /* (owned) */
  gint64 ended[G_N_ELEMENTS (PEOPLE)];
  GArray *elsewhere; /* (owned) touches on another device */
} World;

static void
add_touch (World      *world,
           GArray     *touches,
           gint64      at,
           const char *who,
           gboolean    is_phone)
{
  gint64 partner = strcmp (who, "ours") == 0 ? 0 : person (who);
  RungsAttributionTouch touch = { (gint64) touches->len + 1, at, partner, PEOPLE[partner].is_jv,
                                  is_phone, 0 };

  g_array_append_val (touches, touch);
  if (touches == world->facts->touches)
    world->facts->known_at = MIN (world->facts->known_at, at);
}

/* "with Anna's and Bert's coupons": those of partners. */
static void
add_coupons (World      *world,
             const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_suffix (words[i], "'s"))
      {
        words[i][strlen (words[i]) - 2] = '\0';
        add_touch (world, world->facts->coupons, world->facts->at, words[i], FALSE);
      }
}

static void
add_sale (World      *world,
          gint64      at,
          const char *of)
{
  RungsAttributionFacts *facts = world->facts;

  facts->known_at = MIN (facts->known_at, at);
  if (facts->orders_before++ == 0 && *of != '\0')
    {
      facts->first_sale = person (of);
      facts->first_sale_is_jv = PEOPLE[facts->first_sale].is_jv;
    }
}

/* What came before is not known any more. */
static void
erase (World *world,
       gint64 at)
{
  RungsAttributionFacts *facts = world->facts;

  g_array_set_size (facts->touches, 0);
  facts->orders_before = 0;
  facts->first_sale = 0;
  facts->known_at = at;
}

static int
compare_touches (gconstpointer one,
                 gconstpointer other)
{
  const RungsAttributionTouch *a = one, *b = other;

  return (a->at > b->at) - (a->at < b->at);
}

static void
merge (World *world)
{
  for (guint i = 0; i < world->elsewhere->len; i++)
    {
      const RungsAttributionTouch *touch
          = &g_array_index (world->elsewhere, RungsAttributionTouch, i);

      add_touch (world, world->facts->touches, touch->at, PEOPLE[touch->partner].name,
                 touch->is_phone);
    }
  g_array_sort (world->facts->touches, compare_touches);
}

/* What is said behind the day of an event. */
static void
happen (World      *world,
        gint64      at,
        const char *what)
{
  g_auto (GStrv) words = g_strsplit (what, " ", 2);
  const char *rest = words[1] != NULL ? words[1] : "";

  if (strcmp (words[0], "order") == 0)
    add_coupons (world, rest);
  else if (strcmp (words[0], "sale") == 0)
    add_sale (world, at, g_str_has_prefix (rest, "of ") ? rest + 3 : "");
  else if (strcmp (what, "known") == 0)
    world->facts->known_at = MIN (world->facts->known_at, at);
  else if (strcmp (what, "erased") == 0)
    erase (world, at);
  else if (strcmp (what, "merged") == 0)
    merge (world);
  else if (strcmp (rest, "ended") == 0)
    world->ended[person (words[0])] = at;
  else if (strcmp (rest, "on another device") == 0)
    add_touch (world, world->elsewhere, at, words[0], FALSE);
  else
    {
      g_assert_true (*rest == '\0' || strcmp (rest, "by phone") == 0);
      add_touch (world, world->facts->touches, at, words[0], *rest != '\0');
    }
}

/* By the order's time. */
static gboolean
has_ended (const World *world,
           gint64       partner)
{
  gint64 at = world->ended[partner];

  return at != 0 && at <= world->facts->at;
}

static void
end_partners (World  *world,
              GArray *touches)
{
  for (guint i = 0; i < touches->len; i++)
    {
      RungsAttributionTouch *touch = &g_array_index (touches, RungsAttributionTouch, i);

      touch->is_idle = has_ended (world, touch->partner);
    }
}

/* The event's day as an instant, and what it says. */
static gint64
split_event (const char  *event,
             const char **what)
{
  char *end;
  double day = g_ascii_strtod (event, &end);

  g_assert_true (end > event && *end == ' ');
  *what = end + 1;
  return (gint64) (day * DAY);
}

static RungsAttributionFacts *
read_world (const char *text)
{
  g_auto (GStrv) events = g_strsplit (text, "; ", -1);
  World world = { NULL, { 0 }, g_array_new (FALSE, FALSE, sizeof (RungsAttributionTouch)) };
  const char *what;

  for (guint i = 0; events[i] != NULL; i++)
    {
      gint64 at = split_event (events[i], &what);

      if (g_str_has_prefix (what, "order"))
        world.facts = rungs_attribution_facts_new (at);
    }
  g_assert_nonnull (world.facts);
  for (guint i = 0; events[i] != NULL; i++)
    {
      gint64 at = split_event (events[i], &what);

      happen (&world, at, what);
    }
  end_partners (&world, world.facts->touches);
  end_partners (&world, world.facts->coupons);
  world.facts->first_sale_is_idle = has_ended (&world, world.facts->first_sale);
  g_array_unref (world.elsewhere);
  return world.facts;
}

/* ---- the table */

static void
check_case (const char *rules_text,
            const char *events,
            const char *expected)
{
  g_autoptr (GArray) rules = read_rules (rules_text);
  g_autoptr (RungsAttributionFacts) facts = read_world (events);
  g_auto (RungsAttribution) answer = { 0 };

  g_test_message ("%s | %s", rules_text, events);
  rungs_attribution_decide (rules, facts, &answer);
  g_assert_cmpstr (PEOPLE[answer.partner].name, ==, expected);
  g_assert_cmpuint (answer.lines->len, >, 0);
}

static void
test_table (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "docs", "attribution.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  guint cases = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_no_error (error);
  lines = g_strsplit (strstr (text, "## Cases"), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], " | ", -1);
      gsize length = g_strv_length (cells) == 3 ? strlen (cells[2]) : 0;

      if (!g_str_has_prefix (lines[i], "| `"))
        continue;
      g_assert_cmpuint (length, >, 2);
      cells[0][strlen (cells[0]) - 1] = '\0';
      cells[2][length - 2] = '\0';
      check_case (cells[0] + 3, cells[1], cells[2]);
      cases++;
    }
  g_assert_cmpuint (cases, >=, LEAST_CASES);
}

/* ---- rules */

static void
test_rules (void)
{
  static const char *const BAD[] = {
    "", "{}", "[3]", "[{}]", "[{\"rule\": \"luck\"}]", "[{\"rule\": \"coupon\", \"days\": 3}]",
    "[{\"rule\": \"phone\", \"days\": -1}]", "[{\"rule\": \"phone\", \"days\": 99999999}]",
    "[{\"rule\": \"phone\"}, {\"rule\": \"phone\", \"days\": 3}]",
  };
  g_autoptr (GArray) usual = rungs_attribution_rules_usual ();
  g_autofree char *json = rungs_attribution_rules_to_json (usual);

  g_assert_cmpstr (json, ==, "[{\"rule\":\"coupon\"},{\"rule\":\"last-click\",\"days\":30}]");
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) rules = rungs_attribution_rules_parse (BAD[i], &error);

      g_assert_null (rules);
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

/* A decision keeps what each rule that was asked saw. */
static void
test_lines (void)
{
  g_autoptr (GArray) rules = read_rules ("coupon, jv-first 90, last-click 30, first-sale");
  g_autoptr (RungsAttributionFacts) facts = read_world ("1 Jo; 3 Anna; 5 order");
  g_auto (RungsAttribution) answer = { 0 };
  const RungsAttributionLine *lines;

  rungs_attribution_decide (rules, facts, &answer);
  lines = (const RungsAttributionLine *) (gpointer) answer.lines->data;
  g_assert_cmpuint (answer.lines->len, ==, 3);
  g_assert_cmpint (lines[0].verdict, ==, RUNGS_ATTRIBUTION_PASSES);
  g_assert_cmpint (lines[1].verdict, ==, RUNGS_ATTRIBUTION_NARROWS);
  g_assert_cmpint (lines[1].touch, ==, 1);
  g_assert_cmpint (lines[2].verdict, ==, RUNGS_ATTRIBUTION_CREDITS);
  g_assert_cmpint (answer.touch, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partners/attribution/table", test_table);
  g_test_add_func ("/partners/attribution/rules", test_rules);
  g_test_add_func ("/partners/attribution/lines", test_lines);
  return g_test_run ();
}
