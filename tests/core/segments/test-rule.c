/* test-rule.c: rules are read, refused in words, say yes and no of leads, and are run by the
 * right index. */

#include <glib/gstdio.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-db.h"
#include "db/rungs-statement.h"
#include "segments/rungs-rule-node.h"

#define NOW (1000 * RUNGS_DAY)

typedef struct
{
  char *folder;
  RungsDb *db;
} Fixture;

/* Ann (1) of Berlin owns the course in a bundle and has given consent; Bob (2) of Paris gave it and
 * took it back; Cem (3) has next to nothing, not even an address. */
static const char *const ROWS[] = {
  "INSERT INTO business (id, uuid, zone, currency, salt, created_at)"
  " VALUES (1, 'u', 'America/New_York', 'EUR', x'00', 0)",
  "INSERT INTO lead (id, email, email_key, first_name, last_name, city, country, score,"
  "   created_at, updated_at)"
  " VALUES (1, 'Ann@Example.com', 'ann@example.com', 'Ann', 'Müller', 'Berlin', 'DE', 12,"
  "         86400000 * 990, 0),"
  "        (2, 'bob@example.org', 'bob@example.org', 'Bob', 'Martin', 'Paris', 'FR', 3,"
  "         86400000 * 10, 0),"
  "        (3, NULL, NULL, 'Cem', '', '', '', 0, 86400000 * 999, 0)",
  "INSERT INTO tag (id, name) VALUES (1, 'VIP'), (2, 'news')",
  "INSERT INTO lead_tag (lead, tag, added_at) VALUES (1, 1, 0), (1, 2, 0), (2, 2, 0)",
  "INSERT INTO source (id, kind, name, created_at)"
  " VALUES (1, 'ppc', 'Spring', 0), (2, 'jv', 'Sue', 0)",
  "INSERT INTO touch (lead, source, path, at) VALUES (1, 1, 'direct', 86400000 * 990),"
  " (1, 2, 'opt-in', 86400000 * 998), (2, 1, 'phone', 86400000 * 10)",
  "INSERT INTO product (id, sku, name, price, currency, created_at)"
  " VALUES (1, 'BOOK', 'Book', 1000, 'EUR', 0), (2, 'COURSE', 'Course', 9000, 'EUR', 0),"
  "        (3, 'ALL', 'Both', 9500, 'EUR', 0), (4, 'CLUB', 'Club', 500, 'EUR', 0)",
  "INSERT INTO product_part VALUES (3, 1), (3, 2)",
  "INSERT INTO product_holds VALUES (1, 1), (2, 2), (3, 3), (3, 1), (3, 2), (4, 4)",
  "INSERT INTO sales_order (id, lead, at, currency, created_at)"
  " VALUES (1, 1, 86400000 * 995, 'EUR', 0),"
  "        (2, 2, 86400000 * 20, 'EUR', 0), (3, 2, 86400000 * 30, 'USD', 0)",
  "INSERT INTO order_line (id, sales_order, product, amount, paid_until)"
  " VALUES (1, 1, 3, 9500, NULL),"
  "        (2, 2, 1, 1000, NULL), (3, 3, 4, 500, 86400000 * 60)",
  "INSERT INTO refund (id, sales_order, at, created_at) VALUES (1, 2, 86400000 * 25, 0)",
  "INSERT INTO refund_line VALUES (1, 2, 1000)",
  "INSERT INTO consent (id, lead, action, annuls, at, origin)"
  " VALUES (1, 1, 'given', NULL, 0, 'form'),"
  "        (2, 1, 'withdrawn', NULL, 5, 'by hand'), (3, 1, 'annulled', 2, 6, 'by hand'),"
  "        (4, 2, 'given', NULL, 0, 'form'), (5, 2, 'withdrawn', NULL, 5, 'form')",
  "INSERT INTO field (id, key, label, kind, created_at)"
  " VALUES (1, 'dog', 'Dog', 'text', 0), (2, 'weight', 'Weight', 'number', 0),"
  "        (3, 'born', 'Born', 'date', 0), (4, 'chip', 'Chip', 'yesno', 0),"
  "        (6, 'size', 'Size', 'one', 0), (7, 'rooms', 'Rooms', 'several', 0)",
  "INSERT INTO field (id, key, label, kind, currency, created_at)"
  " VALUES (5, 'fee', 'Fee', 'money', 'EUR', 0)",
  "INSERT INTO field_choice (field, key, label, position) VALUES (6, 'big', 'Large', 1),"
  " (7, 'bath', 'Bath', 1), (7, 'bathroom', 'Bathroom', 2), (7, 'hall', 'Hall', 3)",
  "INSERT INTO lead_value"
  " VALUES (1, 1, 'Rex'), (1, 2, '12.5'), (1, 3, '2020-02-29'), (1, 4, 'yes'),"
  "        (2, 2, '7'), (2, 4, 'no'), (1, 5, '4900'), (2, 5, '-5'), (1, 6, 'big'),"
  "        (1, 7, 'bath,hall'), (2, 7, 'bathroom')",
  "INSERT INTO sequence (id, name, state, created_at) VALUES (1, 'Welcome', 'live', 0)",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " VALUES (1, 1, 1, '{}', 0)",
  "INSERT INTO enrolment (lead, sequence, version, step, outcome, entered_at, arrived_at)"
  " VALUES (1, 1, 1, 'a', NULL, 0, 0), (2, 1, 1, 'a', 'finished', 0, 0)",
};

static gboolean
write_rows (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (RungsStatement) insert = rungs_db_prepare (db, ROWS[i], error);

      if (insert == NULL || !rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("rungs-XXXXXX", &error);
  path = g_build_filename (fixture->folder, "rungs.db", NULL);
  fixture->db = rungs_db_open (path, RUNGS_DB_CREATE, &error);
  g_assert_no_error (error);
  rungs_db_write (fixture->db, write_rows, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  rungs_db_close (fixture->db);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->folder);
}

static const struct
{
  const char *rule;
  const char *leads;
} ANSWERS[] = {
  { "{'all': []}", "1 2 3" },
  { "{'field': 'email', 'op': 'is', 'value': 'ANN@example.com'}", "1" },
  { "{'field': 'email', 'op': 'is_not', 'value': 'ann@example.com'}", "2 3" },
  { "{'field': 'email', 'op': 'ends_with', 'value': '@example.ORG'}", "2" },
  { "{'field': 'email', 'op': 'empty'}", "3" },
  { "{'field': 'last_name', 'op': 'starts_with', 'value': 'mü'}", "1" },
  { "{'field': 'last_name', 'op': 'contains', 'value': 'ART'}", "2" },
  { "{'field': 'last_name', 'op': 'not_contains', 'value': 'art'}", "1 3" },
  { "{'field': 'last_name', 'op': 'is', 'value': '%'}", "" },
  { "{'field': 'country', 'op': 'in', 'value': ['de', 'FR']}", "1 2" },
  { "{'field': 'country', 'op': 'not_in', 'value': ['DE', 'AT']}", "2 3" },
  { "{'field': 'score', 'op': 'at_least', 'value': 3}", "1 2" },
  { "{'field': 'score', 'op': 'more', 'value': 3}", "1" },
  { "{'field': 'score', 'op': 'less', 'value': 3}", "3" },
  { "{'field': 'score', 'op': 'is', 'value': 12}", "1" },
  { "{'field': 'spent', 'op': 'is', 'value': 9500}", "1" },
  { "{'field': 'spent', 'op': 'is', 'value': 0}", "2 3" },
  { "{'field': 'orders', 'op': 'at_least', 'value': 2}", "2" },
  { "{'field': 'created', 'op': 'within_days', 'value': 10}", "1 3" },
  { "{'field': 'created', 'op': 'not_within_days', 'value': 9}", "1 2" },
  { "{'field': 'last_touch', 'op': 'within_days', 'value': 2}", "1" },
  { "{'field': 'last_touch', 'op': 'not_within_days', 'value': 2}", "2 3" },
  { "{'field': 'last_order', 'op': 'empty'}", "3" },
  { "{'field': 'last_order', 'op': 'since', 'value': '1972-01-01'}", "1" },
  { "{'field': 'created', 'op': 'before', 'value': '1970-01-10 19:00'}", "" },
  { "{'field': 'created', 'op': 'before', 'value': '1970-01-10 19:01'}", "2" },
  { "{'field': 'created', 'op': 'before', 'value': '1970-01-11T00:00:01Z'}", "2" },
  { "{'field': 'tag', 'op': 'has', 'value': 'vip'}", "1" },
  { "{'field': 'tag', 'op': 'has_not', 'value': 'VIP'}", "2 3" },
  { "{'field': 'source', 'op': 'has', 'value': 'Spring'}", "1 2" },
  { "{'field': 'source_kind', 'op': 'has', 'value': 'jv'}", "1" },
  { "{'field': 'path', 'op': 'has', 'value': 'phone'}", "2" },
  { "{'field': 'owns', 'op': 'has', 'value': 'course'}", "1" },
  { "{'field': 'owns', 'op': 'has', 'value': 'BOOK'}", "1" },
  { "{'field': 'owns', 'op': 'has_not', 'value': 'CLUB'}", "1 2 3" },
  { "{'field': 'sequence', 'op': 'has', 'value': 'Welcome'}", "1" },
  { "{'field': 'was_in_sequence', 'op': 'has', 'value': 'Welcome'}", "1 2" },
  { "{'field': 'consent', 'op': 'is', 'value': true}", "1" },
  { "{'field': 'consent', 'op': 'is', 'value': false}", "2 3" },
  { "{'field': 'bounced', 'op': 'is_not', 'value': true}", "1 2 3" },
  { "{'field': 'field:dog', 'op': 'is', 'value': 'rex'}", "1" },
  { "{'field': 'field:dog', 'op': 'not_empty'}", "1" },
  { "{'field': 'field:dog', 'op': 'empty'}", "2 3" },
  { "{'field': 'field:weight', 'op': 'more', 'value': 9}", "1" },
  { "{'field': 'field:weight', 'op': 'is', 'value': 12.5}", "1" },
  { "{'field': 'field:weight', 'op': 'less', 'value': 100}", "1 2" },
  { "{'field': 'field:born', 'op': 'since', 'value': '2020-02-29'}", "1" },
  { "{'field': 'field:born', 'op': 'before', 'value': '2020-02-29'}", "" },
  { "{'field': 'field:chip', 'op': 'is', 'value': true}", "1" },
  { "{'field': 'field:chip', 'op': 'is_not', 'value': true}", "2 3" },
  { "{'field': 'field:fee', 'op': 'at_least', 'value': 4900}", "1" },
  { "{'field': 'field:fee', 'op': 'less', 'value': 4900}", "2" },
  { "{'field': 'field:size', 'op': 'is', 'value': 'big'}", "1" },
  { "{'field': 'field:size', 'op': 'not_in', 'value': ['big', 'small']}", "2 3" },
  { "{'field': 'field:rooms', 'op': 'has', 'value': 'bath'}", "1" },
  { "{'field': 'field:rooms', 'op': 'has_not', 'value': 'bath'}", "2 3" },
  { "{'field': 'field:rooms', 'op': 'has_any', 'value': ['bath', 'bathroom']}", "1 2" },
  { "{'field': 'field:rooms', 'op': 'has_all', 'value': ['bath', 'hall']}", "1" },
  { "{'field': 'field:rooms', 'op': 'has_all', 'value': ['bath', 'bathroom']}", "" },
  { "{'field': 'field:rooms', 'op': 'has_none', 'value': ['hall', 'x']}", "2 3" },
  { "{'field': 'field:rooms', 'op': 'empty'}", "3" },
  { "{'field': 'tag', 'op': 'has_all', 'value': ['vip', 'news']}", "1" },
  { "{'field': 'tag', 'op': 'has_none', 'value': ['vip', 'x']}", "2 3" },
  { "{'field': 'tag', 'op': 'empty'}", "3" },
  { "{'field': 'tag', 'within_days': 30, 'op': 'not_empty'}", "" },
  { "{'field': 'source', 'which': 'last', 'op': 'has', 'value': 'Spring'}", "2" },
  { "{'field': 'source', 'op': 'has', 'value': 'ppc:Spring'}", "1 2" },
  { "{'field': 'source', 'op': 'has', 'value': 'jv:Spring'}", "" },
  { "{'field': 'partner', 'op': 'not_empty'}", "1" },
  { "{'field': 'touches', 'path': 'direct', 'op': 'at_least', 'value': 1}", "1" },
  { "{'field': 'touches', 'op': 'less', 'value': 2}", "2 3" },
  { "{'field': 'owns', 'how': 'bundle', 'op': 'has', 'value': 'BOOK'}", "1" },
  { "{'field': 'owns', 'how': 'itself', 'op': 'has', 'value': 'BOOK'}", "" },
  { "{'field': 'refunded', 'op': 'has', 'value': 'book'}", "2" },
  { "{'field': 'bought', 'op': 'has', 'value': 'BOOK'}", "1 2" },
  { "{'field': 'products', 'op': 'is', 'value': 3}", "1" },
  { "{'field': 'owned_since', 'product': 'COURSE', 'op': 'within_days', 'value': 5}", "1" },
  { "{'field': 'owned_since', 'product': 'COURSE', 'op': 'over_days_ago', 'value': 5}", "" },
  { "{'field': 'lifecycle', 'op': 'is', 'value': 'former'}", "2" },
  { "{'field': 'lifecycle', 'op': 'in', 'value': ['lead', 'customer']}", "1 3" },
  { "{'field': 'orders', 'product': 'COURSE', 'within_days': 5, 'op': 'at_least', 'value': 1}",
    "1" },
  { "{'field': 'spent', 'within_days': 4, 'op': 'is', 'value': 0}", "1 2 3" },
  { "{'field': 'average_order', 'op': 'empty'}", "3" },
  { "{'field': 'consent_state', 'op': 'is', 'value': 'withdrawn'}", "2" },
  { "{'field': 'consent_state', 'op': 'is', 'value': 'none'}", "3" },
  { "{'field': 'consent', 'channel': 'phone', 'op': 'is', 'value': true}", "" },
  { "{'field': 'ended_sequence', 'outcome': 'finished', 'op': 'has', 'value': 'Welcome'}", "2" },
  { "{'field': 'sequence_step', 'sequence': 'Welcome', 'op': 'has', 'value': 'a'}", "1" },
  { "{'field': 'events', 'kind': 'note.added', 'op': 'is', 'value': 0}", "1 2 3" },
  { "{'field': 'created', 'op': 'days_ago', 'value': 1}", "3" },
  { "{'field': 'created', 'op': 'in_days', 'value': 1}", "" },
  { "{'field': 'created', 'op': 'yearly_within_days', 'value': 10}", "1 3" },
  { "{'field': 'first_order', 'op': 'yearly_in_days', 'value': 120}", "2" },
  { "{'field': 'last_click', 'op': 'empty'}", "1 2 3" },
  { "{'field': 'last_reply', 'op': 'empty'}", "1 2 3" },
  { "{'field': 'replied', 'op': 'has', 'value': 'Welcome'}", "" },
  { "{'field': 'segment', 'op': 'has_not', 'value': 'nowhere'}", "1 2 3" },
  { "{'all': [{'field': 'tag', 'op': 'has', 'value': 'news'},"
    " {'field': 'city', 'op': 'is', 'value': 'paris'}]}",
    "2" },
  { "{'any': [{'field': 'tag', 'op': 'has', 'value': 'vip'}, {'field': 'email', 'op': 'empty'}]}",
    "1 3" },
  { "{'none': [{'field': 'tag', 'op': 'has', 'value': 'vip'}, {'field': 'email', 'op': 'empty'}]}",
    "2" },
  { "{'all': [{'none': [{'field': 'score', 'op': 'less', 'value': 1}]}, {'any': [{'all': []}]}]}",
    "1 2" },
};

/* JSON with ' for ", which reads better here. */
static RungsRule *
rule_of (const char  *text,
         GError     **error)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  return rungs_rule_parse (json, error);
}

static char *
leads_of (RungsDb   *db,
          RungsRule *rule)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) leads = rungs_rule_list (db, rule, NOW, 0, 100, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < leads->len; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? " " : "", (int) g_array_index (leads, gint64, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The list, the count, the answer for one lead and its explanation agree. */
static void
test_answers (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (ANSWERS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsRule) rule = rule_of (ANSWERS[i].rule, &error);
      g_autofree char *leads = NULL;
      gint64 count = -1;
      gint64 matched = 0;

      g_assert_no_error (error);
      leads = leads_of (fixture->db, rule);
      g_test_message ("%s: %s", ANSWERS[i].rule, leads);
      g_assert_cmpstr (leads, ==, ANSWERS[i].leads);
      rungs_rule_count (fixture->db, rule, NOW, &count, &error);
      g_assert_no_error (error);

      for (gint64 lead = 1; lead <= 3; lead++)
        {
          gboolean matches = FALSE;
          gboolean explained = FALSE;
          g_autoptr (GPtrArray) reasons = NULL;

          rungs_rule_matches (fixture->db, rule, lead, NOW, &matches, &error);
          g_assert_no_error (error);
          reasons = rungs_rule_explain (fixture->db, rule, lead, NOW, &explained, &error);
          g_assert_no_error (error);
          g_assert_cmpint (matches, ==, explained);
          matched += matches;
        }
      g_assert_cmpint (matched, ==, count);
    }
}

static void
test_nobody_matches (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (RungsRule) rule = rule_of ("{'field': 'tag', 'op': 'has_not', 'value': 'x'}", NULL);
  g_autoptr (GError) error = NULL;
  gboolean matches = TRUE;

  g_assert_true (rungs_rule_matches (fixture->db, rule, 99, NOW, &matches, &error));
  g_assert_false (matches);
  g_assert_null (rungs_rule_explain (fixture->db, rule, 99, NOW, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (RungsRule) rule = rule_of ("{'all': []}", NULL);
  g_autoptr (GArray) first = rungs_rule_list (fixture->db, rule, NOW, 0, 2, NULL);
  g_autoptr (GArray) second = rungs_rule_list (fixture->db, rule, NOW, 2, 2, NULL);

  g_assert_cmpint (first->len, ==, 2);
  g_assert_cmpint (second->len, ==, 1);
  g_assert_cmpint (g_array_index (second, gint64, 0), ==, 3);
}

/* Ann was born on 29 February 2020; the answers on days of a year that has no such day, and of one
 * that has. */
static void
test_yearly (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char *now;
    const char *op;
    int days;
    gboolean comes;
  } CASES[] = {
    { "2027-02-28T12:00:00Z", "yearly_in_days", 0, TRUE },
    { "2027-02-27T12:00:00Z", "yearly_in_days", 0, FALSE },
    { "2027-02-27T12:00:00Z", "yearly_in_days", 1, TRUE },
    { "2027-03-01T12:00:00Z", "yearly_in_days", 300, FALSE },
    { "2027-03-01T12:00:00Z", "yearly_in_days", 364, FALSE },
    { "2027-03-01T12:00:00Z", "yearly_in_days", 365, TRUE },
    { "2027-12-31T12:00:00Z", "yearly_in_days", 59, FALSE },
    { "2027-12-31T12:00:00Z", "yearly_in_days", 60, TRUE },
    { "2028-02-28T12:00:00Z", "yearly_in_days", 0, FALSE },
    { "2028-02-29T12:00:00Z", "yearly_in_days", 0, TRUE },
    { "2027-03-01T12:00:00Z", "yearly_within_days", 0, FALSE },
    { "2027-03-01T12:00:00Z", "yearly_within_days", 1, TRUE },
    { "2027-02-28T12:00:00Z", "yearly_within_days", 0, TRUE },
    { "2028-02-28T12:00:00Z", "yearly_within_days", 9, FALSE },
    /* New York's clocks are behind: it is still the 27th */
    { "2027-02-28T03:00:00Z", "yearly_in_days", 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"field\": \"field:born\", \"op\": \"%s\", \"value\": %d}", CASES[i].op, CASES[i].days);
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsRule) rule = rungs_rule_parse (json, &error);
      gboolean matches = FALSE;
      gint64 now = 0;

      g_assert_no_error (error);
      g_test_message ("%s %s", CASES[i].now, json);
      g_assert_true (rungs_time_parse (CASES[i].now, NULL, &now, &error));
      g_assert_true (rungs_rule_matches (fixture->db, rule, 1, now, &matches, &error));
      g_assert_cmpint (matches, ==, CASES[i].comes);
    }
}

static void
test_count_leaf (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (RungsRule) rule =
      rule_of ("{'all': [{'field': 'tag', 'op': 'has', 'value': 'news'},"
               " {'none': [{'field': 'city', 'op': 'is', 'value': 'paris'}]}]}",
               NULL);
  gint64 count = 0;

  g_assert_cmpint (rungs_rule_count_leaves (rule), ==, 2);
  g_assert_true (rungs_rule_count_leaf (fixture->db, rule, 0, NOW, &count, NULL));
  g_assert_cmpint (count, ==, 2);
  g_assert_true (rungs_rule_count_leaf (fixture->db, rule, 1, NOW, &count, NULL));
  g_assert_cmpint (count, ==, 1);
}

static const struct
{
  const char *rule;
  const char *words;
} REFUSALS[] = {
  { "", "not JSON" },
  { "{", "not JSON" },
  { "[]", "expected an object in braces" },
  { "{}", "expected a group" },
  { "{'any': []}", "the group is empty" },
  { "{'all': {}}", "a group holds a list" },
  { "{'all': [{'field': 'shoe', 'op': 'is', 'value': 'x'}]}", "there is no field “shoe”" },
  { "{'field': 'field:', 'op': 'is', 'value': 'x'}", "there is no field “field:”" },
  { "{'field': 'opened', 'op': 'is', 'value': true}", "there is no field “opened”" },
  { "{'field': 'country', 'op': 'less', 'value': 'x'}",
    "country cannot be compared by “less”, only by is," },
  { "{'field': 'score', 'op': 'at_least', 'value': 'ten'}", "its value must be a number" },
  { "{'field': 'country', 'op': 'in', 'value': 'DE'}", "must be a list of texts" },
  { "{'field': 'country', 'op': 'in', 'value': []}", "must be a list of texts" },
  { "{'field': 'country', 'op': 'in', 'value': [1]}", "must be a list of texts" },
  { "{'field': 'country', 'op': 'is', 'value': null}", "must be a text" },
  { "{'field': 'created', 'op': 'since', 'value': 'tomorrow'}", "must be a date" },
  { "{'field': 'created', 'op': 'within_days', 'value': -1}", "whole number of days" },
  { "{'field': 'created', 'op': 'within_days', 'value': 1.5}", "whole number of days" },
  { "{'field': 'consent', 'op': 'is', 'value': 'yes'}", "must be true or false" },
  { "{'field': 'city', 'op': 'empty', 'value': 'x'}", "takes no value" },
  { "{'field': 'city', 'op': 'is', 'value': 'x', 'valeu': 1}", "city has no “valeu”" },
  { "{'field': 1, 'op': 'is', 'value': 'x'}", "expected a group" },
  { "{'field': 'path', 'op': 'has', 'value': 'email'}", "“email” is not one of the paths" },
  { "{'field': 'path', 'which': 'best', 'op': 'has', 'value': 'phone'}",
    "there is no which touch “best”" },
  { "{'field': 'events', 'op': 'is', 'value': 0}", "number of events needs “kind”" },
  { "{'field': 'orders', 'within_days': '9', 'op': 'is', 'value': 0}", "whole number of days" },
  { "{'field': 'orders', 'within_days': 99999, 'op': 'is', 'value': 0}", "whole number of days" },
  { "{'field': 'score', 'op': 'empty'}", "score cannot be compared by “empty”" },
  { "{'field': 'field:x', 'op': 'has_all', 'value': 'x'}", "list of texts" },
};

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (REFUSALS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsRule) rule = rule_of (REFUSALS[i].rule, &error);

      g_test_message ("%s: %s", REFUSALS[i].rule, error ? error->message : "taken");
      g_assert_null (rule);
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, REFUSALS[i].words));
    }
}

static void
test_depth (void)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (json, "{\"all\":[");
  for (guint i = 0; i < 100; i++)
    g_string_append (json, "]}");
  g_assert_null (rungs_rule_parse (json->str, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static void
test_words (void)
{
  g_autoptr (RungsRule) rule =
      rule_of ("{'all': [{'field': 'country', 'op': 'in', 'value': ['DE', 'AT']},"
               " {'any': [{'field': 'tag', 'op': 'has', 'value': 'vip'},"
               "          {'field': 'created', 'op': 'within_days', 'value': 7}]}]}",
               NULL);
  g_autofree char *words = rungs_rule_describe (rule);

  g_assert_cmpstr (words, ==,
                   "country is one of “DE”, “AT” and (tags include “vip” or "
                   "known since is within the last 7 days)");
}

static char *
deciding (RungsDb    *db,
          const char *text,
          gint64      lead)
{
  g_autoptr (RungsRule) rule = rule_of (text, NULL);
  g_autoptr (GPtrArray) reasons = rungs_rule_explain (db, rule, lead, NOW, NULL, NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < reasons->len; i++)
    {
      RungsRuleReason *reason = g_ptr_array_index (reasons, i);

      if (reason->decides)
        g_string_append_printf (names, "%s%s=%s", names->len > 0 ? " " : "", reason->value,
                                reason->holds ? "yes" : "no");
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
test_explain (Fixture       *fixture,
              gconstpointer  data)
{
  const char *all = "{'all': [{'field': 'tag', 'op': 'has', 'value': 'news'},"
                    " {'field': 'tag', 'op': 'has', 'value': 'vip'},"
                    " {'field': 'city', 'op': 'is', 'value': 'Rome'}]}";
  const char *any = "{'any': [{'field': 'city', 'op': 'is', 'value': 'Rome'},"
                    " {'all': [{'field': 'tag', 'op': 'has', 'value': 'vip'},"
                    "          {'field': 'tag', 'op': 'has', 'value': 'news'}]}]}";
  g_autofree char *ann_all = deciding (fixture->db, all, 1);
  g_autofree char *bob_all = deciding (fixture->db, all, 2);
  g_autofree char *ann_any = deciding (fixture->db, any, 1);
  g_autofree char *bob_any = deciding (fixture->db, any, 2);

  g_assert_cmpstr (ann_all, ==, "Rome=no");
  g_assert_cmpstr (bob_all, ==, "vip=no");
  g_assert_cmpstr (ann_any, ==, "vip=yes news=yes");
  g_assert_cmpstr (bob_any, ==, "Rome=no vip=no");
}

static void
test_check (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (RungsRule) rule = rule_of ("{'all': [{'field': 'field:cat', 'op': 'empty'},"
                                        " {'field': 'field:dog', 'op': 'more', 'value': 3},"
                                        " {'field': 'field:weight', 'op': 'more', 'value': 3},"
                                        " {'field': 'field:born', 'op': 'not_empty'},"
                                        " {'field': 'field:size', 'op': 'contains', 'value': 'b'},"
                                        " {'field': 'field:size', 'op': 'in',"
                                        "  'value': ['big', 'small']},"
                                        " {'field': 'field:rooms', 'op': 'has', 'value': 'hall'},"
                                        " {'field': 'field:fee', 'op': 'is', 'value': 3},"
                                        " {'field': 'owns', 'op': 'has', 'value': 'X1'},"
                                        " {'field': 'tag', 'op': 'has', 'value': 'vip'}]}",
                                        NULL);
  g_autoptr (GPtrArray) wrong = rungs_rule_check (fixture->db, rule, FALSE, NULL);
  g_autoptr (GPtrArray) missing = rungs_rule_check (fixture->db, rule, TRUE, NULL);

  g_assert_cmpint (wrong->len, ==, 3);
  g_assert_nonnull (strstr (g_ptr_array_index (wrong, 0), "“cat”"));
  g_assert_nonnull (strstr (g_ptr_array_index (wrong, 1), "“dog” (text)"));
  g_assert_nonnull (strstr (g_ptr_array_index (wrong, 2), "“size” (one of a list)"));
  g_assert_cmpint (missing->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (missing, 1), ==,
                   "The custom field “size” has no choice “small”.");
  g_assert_cmpstr (g_ptr_array_index (missing, 2), ==, "There is no product “X1” yet.");
}

/* How SQLite runs the list, one line a step. */
static char *
plan_of (RungsDb    *db,
         const char *text)
{
  g_autoptr (RungsRule) rule = rule_of (text, NULL);
  g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", rungs_rule_get_sql (rule), NULL);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, NULL);
  g_autoptr (GString) plan = g_string_new (NULL);

  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    g_string_append_printf (plan, "%s\n", rungs_statement_get_text (query, 3));
  return g_string_free (g_steal_pointer (&plan), FALSE);
}

static void
test_plans (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *broad =
      plan_of (fixture->db, "{'field': 'created', 'op': 'since', 'value': '2020-01-01'}");
  g_autofree char *tagged =
      plan_of (fixture->db, "{'all': [{'field': 'created', 'op': 'since', 'value': '2020-01-01'},"
                            " {'field': 'tag', 'op': 'has', 'value': 'vip'}]}");

  g_assert_null (strstr (broad, "lead_created"));
  g_assert_nonnull (strstr (broad, "SEARCH l USING INTEGER PRIMARY KEY"));
  g_assert_nonnull (strstr (tagged, "lead_tag_tag (tag=?)"));
  g_assert_null (strstr (tagged, "TEMP B-TREE FOR ORDER BY"));
}

/* How SQLite runs the list once the file was asked which line leads. */
static char *
plan_with_leader (RungsDb    *db,
                  const char *text)
{
  g_autoptr (RungsRule) rule = rule_of (text, NULL);
  g_autoptr (RungsRule) planned = rungs_rule_plan (db, rule, NOW, NULL);
  g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", rungs_rule_get_sql (planned), NULL);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, NULL);
  g_autoptr (GString) plan = g_string_new (NULL);

  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    g_string_append_printf (plan, "%s\n", rungs_statement_get_text (query, 3));
  return g_string_free (g_steal_pointer (&plan), FALSE);
}

/* The line with the fewest leads finds them, all others are asked about these. */
static void
test_leader (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *led = plan_with_leader (
    fixture->db, "{'all': [{'field': 'tag', 'op': 'has', 'value': 'news'},"
                 " {'field': 'owns', 'op': 'has_not', 'value': 'BOOK'},"
                 " {'field': 'events', 'kind': 'note.added', 'op': 'is', 'value': 0},"
                 " {'field': 'tag', 'op': 'has', 'value': 'vip'}]}");
  g_autofree char *unled = plan_with_leader (
    fixture->db, "{'all': [{'field': 'country', 'op': 'is', 'value': 'DE'},"
                 " {'field': 'tag', 'op': 'has_not', 'value': 'vip'}]}");

  g_test_message ("%s", led);
  g_assert_nonnull (strstr (led, "LIST SUBQUERY"));
  g_assert_true (strstr (led, "LIST SUBQUERY") == g_strrstr (led, "LIST SUBQUERY"));
  g_assert_nonnull (strstr (led, "SEARCH l USING INTEGER PRIMARY KEY (rowid=?)"));
  g_assert_nonnull (strstr (led, "lead_tag_tag (tag=?)"));
  g_assert_nonnull (strstr (led, "sales_order_lead (lead=?)"));
  g_assert_nonnull (strstr (led, "event_kind_lead (kind=? AND lead=?)"));
  g_assert_null (strstr (unled, "LIST SUBQUERY"));
  g_assert_nonnull (strstr (unled, "USING PRIMARY KEY (lead=?"));
}

/* How SQLite runs a question about one lead. */
static char *
plan_for_one (RungsDb    *db,
              const char *text)
{
  g_autoptr (RungsRule) rule = rule_of (text, NULL);
  g_autoptr (GString) sql = g_string_new ("EXPLAIN QUERY PLAN SELECT ");
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (GString) plan = g_string_new (NULL);

  rungs_rule_node_append_sql (rule->root, RUNGS_RULE_FOR_ONE, sql);
  g_string_append (sql, " FROM lead l WHERE l.id = 1");
  query = rungs_db_prepare (db, sql->str, NULL);
  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    g_string_append_printf (plan, "%s\n", rungs_statement_get_text (query, 3));
  return g_string_free (g_steal_pointer (&plan), FALSE);
}

/* One lead is never asked about by what many leads have in common, and no index is made for it. */
static void
test_plan_for_one (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char *const RULES[][2] = {
    { "{'field': 'owns', 'op': 'has', 'value': 'BOOK'}", "sales_order_lead (lead=?)" },
    { "{'field': 'bought', 'op': 'has', 'value': 'BOOK'}", "sales_order_lead (lead=?)" },
    { "{'field': 'spent', 'op': 'more', 'value': 5}", "sales_order_lead (lead=?)" },
    { "{'field': 'tag', 'op': 'has', 'value': 'vip'}", "USING PRIMARY KEY (lead=? AND tag=?)" },
    { "{'field': 'source', 'op': 'has', 'value': 'Spring'}", "touch_lead (lead=?)" },
    { "{'field': 'touches', 'source': 'Spring', 'op': 'more', 'value': 2}", "touch_lead (lead=?)" },
    { "{'field': 'got', 'op': 'has', 'value': 'Hello'}", "outbox_lead (lead=?)" },
    { "{'field': 'sequence', 'op': 'has', 'value': 'Hello'}", "(lead=? AND sequence=?" },
    { "{'field': 'events', 'kind': 'note.added', 'op': 'more', 'value': 0}",
      "event_kind_lead (kind=? AND lead=?)" },
    { "{'field': 'consent', 'op': 'is', 'value': true}",
      "consent_lead (lead=? AND purpose=? AND channel=?)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (RULES); i++)
    {
      g_autofree char *plan = plan_for_one (fixture->db, RULES[i][0]);

      g_test_message ("%s: %s", RULES[i][0], plan);
      g_assert_nonnull (strstr (plan, RULES[i][1]));
      g_assert_null (strstr (plan, "AUTOMATIC"));
      g_assert_null (strstr (plan, "order_line_product"));
    }
}

/* What is cheap and turns leads away comes first, whatever stands first in the rule, and what is
 * asked of none is asked of each. */
static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (RungsRule) rule =
    rule_of ("{'all': [{'field': 'spent', 'op': 'more', 'value': 5},"
             " {'none': [{'field': 'owns', 'op': 'has', 'value': 'BOOK'},"
             "           {'field': 'city', 'op': 'is', 'value': 'Rome'}]},"
             " {'all': [{'field': 'tag', 'op': 'has', 'value': 'vip'}]}]}",
             NULL);
  g_autoptr (GArray) terms = rungs_rule_node_terms (rule->root);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < terms->len; i++)
    {
      const RungsRuleTerm *term = &g_array_index (terms, RungsRuleTerm, i);

      g_string_append_printf (names, "%s%s ", term->negated ? "not " : "", term->node->name);
    }
  g_assert_cmpstr (names->str, ==, "not city tag spent not owns ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/segments/rule/answers", Fixture, NULL, set_up, test_answers, tear_down);
  g_test_add ("/segments/rule/nobody", Fixture, NULL, set_up, test_nobody_matches, tear_down);
  g_test_add ("/segments/rule/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/segments/rule/yearly", Fixture, NULL, set_up, test_yearly, tear_down);
  g_test_add ("/segments/rule/count-leaf", Fixture, NULL, set_up, test_count_leaf, tear_down);
  g_test_add_func ("/segments/rule/refusals", test_refusals);
  g_test_add_func ("/segments/rule/depth", test_depth);
  g_test_add_func ("/segments/rule/words", test_words);
  g_test_add ("/segments/rule/explain", Fixture, NULL, set_up, test_explain, tear_down);
  g_test_add ("/segments/rule/check", Fixture, NULL, set_up, test_check, tear_down);
  g_test_add ("/segments/rule/plans", Fixture, NULL, set_up, test_plans, tear_down);
  g_test_add ("/segments/rule/leader", Fixture, NULL, set_up, test_leader, tear_down);
  g_test_add ("/segments/rule/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/segments/rule/plan-for-one", Fixture, NULL, set_up, test_plan_for_one, tear_down);
  return g_test_run ();
}
