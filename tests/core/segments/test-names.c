/* test-names.c: whatever is renamed, rules ask what they asked before; and what goes is known at
 * once to whoever watches. */

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "rungs-random-world.h"
#include "segments/rungs-rule-uses-store.h"
#include "segments/rungs-rule.h"
#include "segments/rungs-segment-member-store.h"
#include "segments/rungs-segments-follow.h"

#define LEADS 20
#define RULES 60
#define WORLDS 4

static gboolean
follow_cb (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  return rungs_segments_follow (db, rungs_fixture_now (data), error);
}

/* ---- random rules, all renamed */

static void
add_rules (RungsFixture *self,
           RungsDb      *db)
{
  gint64 now = rungs_fixture_now (self);

  rungs_random_world (self, LEADS);
  for (guint i = 0; i < RULES; i++)
    {
      g_autoptr (JsonNode) json = rungs_random_rule (now, i % 4, TRUE);
      g_autofree char *text = json_to_string (json, FALSE);
      g_autofree char *name = g_strdup_printf ("Rule %u", i);
      g_autoptr (GError) error = NULL;
      gint64 id = rungs_segment_create (db, name, NULL, text, now, &error);

      g_assert_no_error (error);
      if (i % 3 == 0)
        rungs_segment_watch (db, id, TRUE, now, &error);
      g_assert_no_error (error);
    }
}

/* Who is in each segment, by its rule and, where it is watched, by its list. */
static char *
answers (RungsFixture *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) segments = rungs_segment_list (self->db, FALSE, NULL);

  for (guint i = 0; i < segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (segments, i);
      g_autoptr (RungsRule) rule = segment->rule ? rungs_rule_parse (segment->rule, NULL) : NULL;
      g_autofree char *members = g_strdup_printf (
        "SELECT count(*) FROM segment_member WHERE segment = %" G_GINT64_FORMAT, segment->id);
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) leads = NULL;

      g_string_append_printf (text, "%s:", segment->key);
      if (rule != NULL)
        leads = rungs_rule_list (self->db, rule, rungs_fixture_now (self), 0, 1000, &error);
      if (error != NULL)
        g_error ("%s: %s", segment->rule, error->message);
      for (guint j = 0; leads != NULL && j < leads->len; j++)
        g_string_append_printf (text, " %" G_GINT64_FORMAT, g_array_index (leads, gint64, j));
      g_string_append_printf (text, " = %d\n", (int) rungs_fixture_number (self, members));
      if (segment->watched)
        {
          if (rungs_fixture_number (self, members) != leads->len)
            g_error ("%s: %s", segment->rule, text->str);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* One statement in a transaction of its own; FALSE where it is refused. */
static gboolean
write_cb (RungsDb   *db,
          gpointer   sql,
          GError   **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

static gboolean
change (RungsFixture *self,
        const char   *sql)
{
  g_autoptr (GError) error = NULL;

  if (rungs_db_write (self->db, write_cb, (gpointer) g_intern_string (sql), &error))
    return TRUE;
  g_test_message ("%s: %s", sql, error->message);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  return FALSE;
}

static void
rename_everything (RungsFixture *self,
                   const char   *suffix)
{
  static const struct
  {
    const char *table;
    const char *column;
  } NAMES[] = {
    { "tag", "name" },     { "source", "name" },   { "product", "sku" },
    { "message", "name" }, { "sequence", "name" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    for (gint64 id = 1; id <= 6; id++)
      {
        g_autofree char *sql =
          g_strdup_printf ("UPDATE %s SET %s = %s || '%s' WHERE id = %" G_GINT64_FORMAT,
                           NAMES[i].table, NAMES[i].column, NAMES[i].column, suffix, id);

        change (self, sql);
      }
}

static void
test_world (gconstpointer data)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;

  rungs_fixture_write (fixture, add_rules);
  rungs_db_set_follower (fixture->db, follow_cb, fixture, NULL);
  before = answers (fixture);
  rename_everything (fixture, " \"new\"");
  after = answers (fixture);
  g_assert_cmpstr (after, ==, before);
  rename_everything (fixture, "er");
  again = answers (fixture);
  g_assert_cmpstr (again, ==, before);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM name_change"), ==, 0);
}

/* ---- by hand */

static void
add_facts (RungsFixture *self,
           RungsDb      *db)
{
  gint64 now = rungs_fixture_now (self);
  g_autoptr (GError) error = NULL;
  gint64 vip;

  rungs_random_world (self, LEADS);
  rungs_segment_create (
    db, "Spring", NULL,
    "{\"all\":[{\"field\":\"source\",\"which\":\"first\",\"op\":\"has\",\"value\":\"Spring\"},"
    "{\"field\":\"source\",\"op\":\"has_all\",\"value\":[\"Spring\",\"jv:Sue\"]}]}",
    now, &error);
  g_assert_no_error (error);
  rungs_segment_create (
    db, "Touches", NULL,
    "{\"field\":\"touches\",\"source\":\"Blog\",\"op\":\"more\",\"value\":0}", now, &error);
  g_assert_no_error (error);
  vip = rungs_segment_create (
    db, "VIP", NULL, "{\"field\":\"tag\",\"op\":\"has\",\"value\":\"vip\"}", now, &error);
  g_assert_no_error (error);
  rungs_segment_watch (db, vip, TRUE, now, &error);
  g_assert_no_error (error);
  rungs_fixture_run (
    self, "INSERT INTO sequence_version (id, sequence, number, graph, created_at) VALUES (9, 1, 2,"
          " '{\"name\":\"Hello\",\"sells\":\"KIT\",\"entry\":{\"triggers\":[{\"on\":\"tag\","
          "\"name\":\"VIP\"},{\"on\":\"import\",\"source\":\"jv:Sue\"}]},\"steps\":{\"a\":"
          "{\"kind\":\"message\",\"message\":\"Welcome\"},\"b\":{\"kind\":\"condition\",\"rule\":"
          "{\"field\":\"tag\",\"op\":\"has_any\",\"value\":[\"VIP\",\"old\"]}},\"c\":"
          "{\"kind\":\"action\","
          "\"start\":\"Selling\"}}}', 0)");
  rungs_fixture_run (
    self, "INSERT INTO offer (to_product, kind, condition, created_at) VALUES"
          " (2, 'next', '{\"field\":\"tag\",\"op\":\"has\",\"value\":\"VIP\"}', 0)");
}

static void
assert_text (RungsFixture *self,
             const char   *sql,
             const char   *expected)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, sql, NULL);

  g_assert_cmpint (rungs_statement_step (query, NULL), ==, RUNGS_ROW);
  g_assert_cmpstr (rungs_statement_get_text (query, 0), ==, expected);
}

#define RULE_OF(key) "SELECT rule FROM segment WHERE key = '" key "'"

static void
test_places (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, add_facts);
  rungs_db_set_follower (fixture->db, follow_cb, fixture, NULL);
  g_assert_true (change (fixture, "UPDATE tag SET name = 'Gold' WHERE id = 1"));
  g_assert_true (change (fixture, "UPDATE product SET sku = 'BOX' WHERE id = 2"));
  g_assert_true (change (fixture, "UPDATE message SET name = 'Hi' WHERE id = 1"));
  g_assert_true (change (fixture, "UPDATE sequence SET name = 'Pitch' WHERE id = 2"));
  g_assert_true (change (fixture, "UPDATE source SET name = 'Susan' WHERE id = 5"));
  assert_text (fixture, "SELECT graph FROM sequence_version WHERE id = 9",
               "{\"name\":\"Hello\",\"sells\":\"BOX\",\"entry\":{\"triggers\":[{\"on\":\"tag\","
               "\"name\":\"Gold\"},{\"on\":\"import\",\"source\":\"jv:Susan\"}]},\"steps\":{\"a\":"
               "{\"kind\":\"message\",\"message\":\"Hi\"},\"b\":{\"kind\":\"condition\",\"rule\":"
               "{\"field\":\"tag\",\"op\":\"has_any\",\"value\":[\"Gold\",\"old\"]}},\"c\":"
               "{\"kind\":\"action\",\"start\":\"Pitch\"}}}");
  assert_text (fixture, "SELECT condition FROM offer",
               "{\"field\":\"tag\",\"op\":\"has\",\"value\":\"Gold\"}");
  assert_text (fixture, RULE_OF ("vip"), "{\"field\":\"tag\",\"op\":\"has\",\"value\":\"Gold\"}");
}

/* Two sources are called Spring: the rule goes on asking for both. */
static void
test_shared (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, add_facts);
  rungs_db_set_follower (fixture->db, follow_cb, fixture, NULL);
  g_assert_true (change (fixture, "UPDATE source SET name = 'Summer' WHERE id = 2"));
  assert_text (fixture, RULE_OF ("spring"),
               "{\"all\":[{\"field\":\"source\",\"which\":\"first\",\"op\":\"has_any\",\"value\":"
               "[\"Spring\",\"ppc:Summer\"]},{\"all\":[{\"field\":\"source\",\"op\":\"has_any\","
               "\"value\":[\"Spring\",\"ppc:Summer\"]},{\"field\":\"source\",\"op\":\"has_all\","
               "\"value\":[\"jv:Sue\"]}]}]}");
  g_assert_true (change (fixture, "INSERT INTO source (kind, name, created_at)"
                                  " VALUES ('ppc', 'Blog', 0)"));
  g_assert_false (change (fixture, "UPDATE source SET name = 'Log' WHERE id = 4"));
  assert_text (fixture, "SELECT name FROM source WHERE id = 4", "Blog");
}

/* What an event is about goes on being that, by whatever name, and so does what comes after. */
static void
add_events (RungsFixture *self,
            RungsDb      *db)
{
  static const char *const ABOUT[] = {
    "{\"field\":\"events\",\"kind\":\"tag.added\",\"detail\":\"vip\",\"op\":\"is\",\"value\":2}",
    "{\"field\":\"events\",\"kind\":\"touch.made\",\"detail\":\"jv:Sue\",\"op\":\"is\","
    "\"value\":2}",
    "{\"field\":\"events\",\"kind\":\"mail.sent\",\"detail\":\"welcome\",\"op\":\"is\","
    "\"value\":2}",
    "{\"field\":\"events\",\"kind\":\"sequence.entered\",\"detail\":\"Selling\",\"op\":\"is\","
    "\"value\":2}",
  };

  rungs_random_world (self, LEADS);
  rungs_fixture_run (self, "DELETE FROM event");
  rungs_fixture_run (self, "INSERT INTO touch (id, lead, source, path, at)"
                           " VALUES (901, 1, 5, 'direct', 1)");
  rungs_fixture_run (self, "INSERT INTO outbox (id, lead, message, due_at, message_id, created_at)"
                           " VALUES (901, 1, 1, 1, 'x', 1)");
  rungs_fixture_run (self, "INSERT INTO enrolment (id, lead, sequence, version, step, outcome,"
                           " entered_at, arrived_at) VALUES (901, 1, 2, 2, 'a', 'goal', 1, 1)");
  for (guint i = 0; i < G_N_ELEMENTS (ABOUT); i++)
    {
      g_autofree char *name = g_strdup_printf ("About %u", i);
      gint64 id = rungs_segment_create (db, name, NULL, ABOUT[i], rungs_fixture_now (self), NULL);

      g_assert_true (rungs_segment_watch (db, id, TRUE, rungs_fixture_now (self), NULL));
    }
}

/* An event of each kind, with the names that things have now. */
#define HAPPENS                                                                                    \
  "INSERT INTO event (lead, kind, at, ref, detail)"                                                \
  " SELECT 1, 'tag.added', 1, t.id, t.name FROM tag t WHERE t.id = 1"                              \
  " UNION ALL SELECT 1, 'touch.made', 1, 901, s.kind || ':' || s.name FROM source s"               \
  "            WHERE s.id = 5"                                                                     \
  " UNION ALL SELECT 1, 'mail.sent', 1, 901, m.name FROM message m WHERE m.id = 1"                 \
  " UNION ALL SELECT 1, 'sequence.entered', 1, 901, s.name FROM sequence s WHERE s.id = 2"

static void
test_events (void)
{
  static const char SQL_MEMBERS[]
    = "SELECT count (*) FROM segment_member m JOIN segment s ON s.id = m.segment"
      " WHERE s.name LIKE 'About %'";
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, add_events);
  rungs_db_set_follower (fixture->db, follow_cb, fixture, NULL);
  g_assert_true (change (fixture, HAPPENS));
  g_assert_cmpint (rungs_fixture_number (fixture, SQL_MEMBERS), ==, 0);
  g_assert_true (change (fixture, "UPDATE tag SET name = 'Gold' WHERE id = 1"));
  g_assert_true (change (fixture, "UPDATE source SET name = 'Susan' WHERE id = 5"));
  g_assert_true (change (fixture, "UPDATE message SET name = 'Hi' WHERE id = 1"));
  g_assert_true (change (fixture, "UPDATE sequence SET name = 'Pitch' WHERE id = 2"));
  assert_text (fixture, RULE_OF ("about_0"),
               "{\"field\":\"events\",\"kind\":\"tag.added\",\"detail\":\"Gold\",\"op\":\"is\","
               "\"value\":2}");
  g_assert_true (change (fixture, HAPPENS));
  g_assert_cmpint (rungs_fixture_number (fixture, SQL_MEMBERS), ==, 4);

  /* of what is gone there is only what it was called then */
  g_assert_true (change (fixture, "DELETE FROM tag WHERE id = 1"));
  g_assert_cmpint (rungs_fixture_number (fixture, SQL_MEMBERS), ==, 3);
}

/* Who changes a version otherwise is refused, as ever. */
static void
test_immutable (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GError) error = NULL;

  rungs_fixture_write (fixture, add_facts);
  g_assert_false (rungs_db_write (fixture->db, write_cb,
                                  (gpointer) "UPDATE sequence_version SET graph = '{}'", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (rungs_db_write (fixture->db, write_cb,
                                  (gpointer) "UPDATE sequence_version SET number = 7", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

/* What goes takes its leads along, in the timeline too. */
static void
test_gone (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (RungsRule) rule = NULL;
  gint64 members;

  rungs_fixture_write (fixture, add_facts);
  rungs_db_set_follower (fixture->db, follow_cb, fixture, NULL);
  members = rungs_fixture_number (fixture, "SELECT count(*) FROM segment_member WHERE segment > 3");
  g_assert_cmpint (members, >, 0);
  g_assert_true (change (fixture, "DELETE FROM tag WHERE id = 1"));
  g_assert_cmpint (rungs_fixture_number (
                     fixture, "SELECT count(*) FROM event WHERE kind = 'segment.left'"),
                   ==, members);
  rule = rungs_rule_parse ("{\"field\":\"tag\",\"op\":\"has\",\"value\":\"vip\"}", NULL);
  missing = rungs_rule_check (fixture->db, rule, TRUE, NULL);
  g_assert_cmpint (missing->len, ==, 1);
}

/* Whoever deletes a field is told whose rules ask for it, and for nothing like it. */
static void
test_uses (void)
{
  static const char *const STATEMENTS[] = {
    "INSERT INTO field (id, key, label, kind, created_at) VALUES (71, 'pet', 'Pet', 'text', 0),"
    " (72, 'pets', 'Pets', 'text', 0)",
    "INSERT INTO segment (key, name, kind, rule, created_at, updated_at) VALUES"
    " ('a', 'Has pet', 'live', '{\"any\":[{\"field\":\"field:pet\",\"op\":\"not_empty\"}]}',"
    "  0, 0),"
    " ('b', 'Has pets', 'live', '{\"field\":\"field:pets\",\"op\":\"not_empty\"}', 0, 0)",
    "INSERT INTO segment (key, name, kind, rule, archived_at, created_at, updated_at) VALUES"
    " ('c', 'Put away', 'live', '{\"field\":\"field:pet\",\"op\":\"not_empty\"}', 1, 0, 0)",
    "INSERT INTO product (id, sku, name, price, currency, created_at)"
    " VALUES (71, 'BONE', 'Bone', 1, 'EUR', 0)",
    "INSERT INTO offer (to_product, kind, condition, created_at)"
    " VALUES (71, 'next', '{\"field\":\"field:pet\",\"op\":\"is\",\"value\":\"dog\"}', 0)",
    "INSERT INTO sequence (id, name, created_at) VALUES (71, 'Walkies', 0)",
    "INSERT INTO sequence_version (id, sequence, number, graph, created_at) VALUES (71, 71, 1,"
    " '{\"steps\":{\"a\":{\"kind\":\"condition\",\"if\":"
    "  {\"field\":\"field:pet\",\"op\":\"empty\"}}}}', 0)",
    "UPDATE sequence SET version = 71 WHERE id = 71",
  };
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GPtrArray) of_pet = NULL;
  g_autoptr (GPtrArray) of_pets = NULL;
  g_autofree char *all = NULL;
  g_autofree char *one = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (STATEMENTS); i++)
    g_assert_true (change (fixture, STATEMENTS[i]));
  of_pet = rungs_rule_uses_of_field (fixture->db, 71, NULL);
  all = rungs_rule_uses_to_text (of_pet);
  g_assert_cmpuint (of_pet->len, ==, 3);
  g_assert_cmpstr (all, ==, "the segment “Has pet”, the offer of “Bone” and 1 more");
  g_assert_cmpstr (of_pet->pdata[2], ==, "the sequence “Walkies”");
  of_pets = rungs_rule_uses_of_field (fixture->db, 72, NULL);
  one = rungs_rule_uses_to_text (of_pets);
  g_assert_cmpstr (one, ==, "the segment “Has pets”");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < WORLDS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/segments/names/world-%u", i + 1);

      g_test_add_data_func (path, NULL, test_world);
    }
  g_test_add_func ("/segments/names/places", test_places);
  g_test_add_func ("/segments/names/shared", test_shared);
  g_test_add_func ("/segments/names/events", test_events);
  g_test_add_func ("/segments/names/immutable", test_immutable);
  g_test_add_func ("/segments/names/gone", test_gone);
  g_test_add_func ("/segments/names/uses", test_uses);
  return g_test_run ();
}
