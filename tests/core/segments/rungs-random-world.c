/* rungs-random-world.c: leads with all that rules can ask about, and rules, by chance. */

#include "rungs-random-world.h"

#include <string.h>

#include "segments/rungs-rule-choice-store.h"

static const char *const NAMES[] = { "Ann", "ann", "Bob", "Müller", "MARTIN", "O'Neil", "", "x" };
static const char *const COUNTRIES[] = { "DE", "de", "FR", "AT", "" };
static const char *const TAGS[] = { "VIP", "news", "old", "fair" };
static const char *const KINDS[] = { "customers", "ppc", "other", "seo", "jv", "affiliate" };
static const char *const PATHS[] = { "opt-in", "direct", "phone", "in person" };
static const char *const DETAILS[] = { "spring", "Spring", "fair 7", "" };
static const char *const SKUS[] = { "GUIDE", "KIT", "CLUB", "ALL" };
static const char *const COUPONS[] = { "", "", "TEN", "ten", "spring, ten" };
static const char *const HOWS[] = { "phone", "post" };
static const char *const MESSAGES[] = { "Welcome", "Offer", "Bye" };
static const char *const SEQUENCES[] = { "Hello", "Selling" };
static const char *const STEPS[] = { "a", "b" };
static const char *const OUTCOMES[] = { "finished", "goal", "bought", "stopped" };
static const char *const EVENTS[] = { "note.added", "form.submitted", "order.placed",
                                      "mail.clicked", "mail.replied", "mail.bounced",
                                      "tag.added", "tag.removed", "touch.made", "mail.sent",
                                      "sequence.entered" };
static const char *const PURPOSES[] = { "marketing", "newsletter" };
static const char *const CHANNELS[] = { "email", "phone" };
static const char *const ACTIONS[] = { "given", "given", "withdrawn" };
static const char *const LISTS[] = { "[]", "[1,2,3,5,8,13,21,34]", "[4]", "[7,", "7" };
static const char *const SEGMENTS[] = { "friends", "live_one", "live_two" };
static const char *const ROOMS[] = { "bath", "bathroom", "hall" };
static const char *const DOGS[] = { "Rex", "rex", "Bello", "" };

#define PICK(list) (list)[rungs_chance (0, G_N_ELEMENTS (list))]

int
rungs_chance (int from,
              int to)
{
  return g_test_rand_int_range (from, to);
}

gboolean
rungs_happens (int percent)
{
  return rungs_chance (0, 100) < percent;
}

G_GNUC_PRINTF (2, 3)
static void
run (RungsFixture *self,
     const char   *format,
     ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  rungs_fixture_run (self, sql);
}

/* An instant up to so many days before the fixture's now, or a little after it; often a whole
 * number of days away, where mistakes live. */
static gint64
some_time (RungsFixture *self,
           int           days)
{
  gint64 now = rungs_fixture_now (self);

  return now - rungs_chance (-3, days) * RUNGS_DAY
         - (rungs_happens (40) ? 0 : rungs_chance (0, 86400000));
}

static char *
some_day (gint64 now)
{
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime) day = g_date_time_add_days (today, rungs_chance (-30, 30));
  g_autoptr (GDateTime) then = g_date_time_add_years (day, rungs_chance (-30, 1));

  return rungs_happens (10) ? g_strdup ("2000-02-29") : g_date_time_format (then, "%Y-%m-%d");
}

/* ---- the world */

static const char *const CATALOGUE[] = {
  "INSERT INTO tag (id, name) VALUES (1, 'VIP'), (2, 'news'), (3, 'old'), (4, 'fair')",
  "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'customers', 'Letter', 0),"
  " (2, 'ppc', 'Spring', 0), (3, 'other', 'Radio', 0), (4, 'seo', 'Blog', 0), (5, 'jv', 'Sue', 0),"
  " (6, 'affiliate', 'Spring', 0)",
  "INSERT INTO product (id, sku, name, price, currency, rung, created_at)"
  " VALUES (1, 'GUIDE', 'Guide', 0, 'EUR', 1, 0), (2, 'KIT', 'Kit', 2900, 'EUR', 2, 0),"
  "        (3, 'CLUB', 'Club', 900, 'EUR', NULL, 0), (4, 'ALL', 'All', 9000, 'EUR', 4, 0)",
  "UPDATE product SET lapse_days = 3 WHERE sku IN ('KIT', 'ALL')",
  "INSERT INTO product_part (bundle, part) VALUES (4, 1), (4, 2)",
  "INSERT INTO product_holds (whole, part)"
  " VALUES (1, 1), (2, 2), (3, 3), (4, 4), (4, 1), (4, 2)",
  "INSERT INTO coupon (id, code, code_key, created_at, updated_at)"
  " VALUES (1, 'Ten', 'ten', 0, 0), (2, 'Spring 10', 'spring10', 0, 0)",
  "INSERT INTO message (id, name, purpose, value, created_at, updated_at)"
  " VALUES (1, 'Welcome', 'p', 'v', 0, 0), (2, 'Offer', 'p', 'v', 0, 0),"
  " (3, 'Bye', 'p', 'v', 0, 0)",
  "INSERT INTO sequence (id, name, state, created_at) VALUES (1, 'Hello', 'live', 0),"
  " (2, 'Selling', 'paused', 0)",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " VALUES (1, 1, 1, '{}', 0), (2, 2, 1, '{}', 0)",
  "INSERT INTO field (id, key, label, kind, created_at) VALUES (1, 'dog', 'Dog', 'text', 0),"
  " (2, 'weight', 'Weight', 'number', 0), (3, 'born', 'Born', 'date', 0),"
  " (4, 'chip', 'Chip', 'yesno', 0), (6, 'size', 'Size', 'one', 0),"
  " (7, 'rooms', 'Rooms', 'several', 0), (8, 'site', 'Site', 'link', 0)",
  "INSERT INTO field (id, key, label, kind, currency, created_at)"
  " VALUES (5, 'budget', 'Budget', 'money', 'EUR', 0)",
  "INSERT INTO field_choice (field, key, label, position)"
  " VALUES (6, 'bath', 'Small', 1), (6, 'bathroom', 'Large', 2), (7, 'bath', 'Bath', 1),"
  " (7, 'bathroom', 'Bathroom', 2), (7, 'hall', 'Hall', 3)",
  "INSERT INTO import_run (id, file_name, on_match, mapping, started_at, finished_at, undone_at)"
  " VALUES (1, 'a.csv', 'fill', '{}', 0, 0, NULL), (2, 'b.csv', 'fill', '{}', 0, 0, 7)",
  "INSERT INTO segment (id, key, name, kind, rule, created_at, updated_at)"
  " VALUES (1, 'friends', 'Friends', 'fixed', NULL, 0, 0),"
  "        (2, 'live_one', 'Live one', 'live',"
  "         '{\"field\":\"tag\",\"op\":\"has\",\"value\":\"VIP\"}', 0, 0),"
  "        (3, 'live_two', 'Live two', 'live',"
  "         '{\"any\":[{\"field\":\"segment\",\"op\":\"has_any\",\"value\":"
  "           [\"live_one\",\"friends\"]},"
  "           {\"field\":\"orders\",\"within_days\":9,\"op\":\"is\",\"value\":0}]}', 0, 0)",
};

static void
add_orders (RungsFixture *self,
            gint64        lead)
{
  for (int i = rungs_chance (-2, 3); i > 0; i--)
    {
      gint64 order;

      run (self,
           "INSERT INTO sales_order (lead, at, currency, coupon, created_at)"
           " VALUES (%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", '%s', '%s', 0)",
           lead, some_time (self, 40), rungs_happens (80) ? "EUR" : "USD", PICK (COUPONS));
      order = rungs_fixture_number (self, "SELECT max (id) FROM sales_order");
      for (int n = rungs_chance (1, 3); n > 0; n--)
        {
          int amount = rungs_chance (0, 4) * 1000;

          run (self,
               "INSERT INTO order_line (sales_order, product, amount, paid_until)"
               " VALUES (%" G_GINT64_FORMAT ", %d, %d, %s%" G_GINT64_FORMAT ")",
               order, rungs_chance (1, 5), amount, rungs_happens (70) ? "NULL AND " : "",
               some_time (self, 9));
          if (!rungs_happens (25))
            continue;
          run (self,
               "INSERT INTO refund (sales_order, at, created_at) VALUES (%" G_GINT64_FORMAT
               ", 0, 0)",
               order);
          run (self,
               "INSERT INTO refund_line (refund, order_line, amount)"
               " VALUES ((SELECT max (id) FROM refund), (SELECT max (id) FROM order_line), %d)",
               amount / rungs_chance (1, 3));
        }
    }
}

/* Some orders use coupons, one of them or both; some coupons were given. */
static void
add_coupons (RungsFixture *self,
             gint64        lead)
{
  for (int coupon = 1; coupon <= 2; coupon++)
    run (self,
         "INSERT INTO coupon_use (sales_order, coupon, at)"
         " SELECT o.id, %d, o.at FROM sales_order o"
         "  WHERE o.lead = %" G_GINT64_FORMAT " AND o.coupon <> '' AND o.id %% 3 <> %d"
         " ON CONFLICT DO NOTHING",
         coupon, lead, coupon);
  for (int i = rungs_chance (-2, 3); i > 0; i--)
    run (self,
         "INSERT INTO coupon_given (lead, coupon, at, how, created_at)"
         " VALUES (%" G_GINT64_FORMAT ", %d, %" G_GINT64_FORMAT ", '%s', 0)",
         lead, rungs_chance (1, 3), some_time (self, 40), PICK (HOWS));
}

static void
add_touches (RungsFixture *self,
             gint64        lead)
{
  for (int i = rungs_chance (-1, 4); i > 0; i--)
    run (self,
         "INSERT INTO touch (lead, source, path, at, detail)"
         " VALUES (%" G_GINT64_FORMAT ", %d, '%s', %" G_GINT64_FORMAT ", '%s')",
         lead, rungs_chance (1, 7), PICK (PATHS), some_time (self, 40), PICK (DETAILS));
  for (int i = rungs_chance (-1, 4); i > 0; i--)
    run (self,
         "INSERT INTO consent (lead, purpose, channel, action, at, origin)"
         " VALUES (%" G_GINT64_FORMAT ", '%s', '%s', '%s', 0, 'test')",
         lead, PICK (PURPOSES), PICK (CHANNELS), PICK (ACTIONS));
  if (rungs_happens (25))
    run (self,
         "INSERT INTO consent (lead, purpose, channel, action, annuls, at, origin)"
         " SELECT lead, purpose, channel, 'annulled', id, 0, 'test' FROM consent"
         "  WHERE lead = %" G_GINT64_FORMAT " AND action <> 'annulled' ORDER BY id DESC LIMIT 1",
         lead);
}

static void
add_mail (RungsFixture *self,
          gint64        lead)
{
  static int message_id = 0;

  for (int i = rungs_chance (-1, 4); i > 0; i--)
    {
      run (self,
           "INSERT INTO outbox (lead, message, state, due_at, message_id, ended_at, created_at)"
           " VALUES (%" G_GINT64_FORMAT ", %d, '%s', 0, 'm%d', %" G_GINT64_FORMAT ", 0)",
           lead, rungs_chance (1, 4), rungs_happens (70) ? "sent" : "withheld", message_id++,
           some_time (self, 40));
      if (rungs_happens (40))
        run (self,
             "INSERT INTO event (lead, kind, at, ref) SELECT %" G_GINT64_FORMAT
             ", '%s', %" G_GINT64_FORMAT ", max (id) FROM outbox",
             lead, EVENTS[rungs_chance (3, 6)], some_time (self, 40));
    }
  for (int i = rungs_chance (-1, 4); i > 0; i--)
    run (self,
         "INSERT INTO event (lead, kind, at, detail)"
         " VALUES (%" G_GINT64_FORMAT ", '%s', %" G_GINT64_FORMAT ", '%s')",
         lead, EVENTS[rungs_chance (0, 3)], some_time (self, 40), PICK (DETAILS));
}

static void
add_walks (RungsFixture *self,
           gint64        lead)
{
  for (int i = 1; i <= 2; i++)
    {
      if (rungs_happens (30))
        run (self,
             "INSERT INTO enrolment (lead, sequence, version, step, due_at, entered_at, arrived_at)"
             " VALUES (%" G_GINT64_FORMAT ", %d, %d, '%s', 1, %" G_GINT64_FORMAT ", 0)",
             lead, i, i, PICK (STEPS), some_time (self, 40));
      if (rungs_happens (30))
        run (self,
             "INSERT INTO enrolment (lead, sequence, version, step, outcome, entered_at,"
             "                       arrived_at, ended_at)"
             " VALUES (%" G_GINT64_FORMAT ", %d, %d, '%s', '%s', %" G_GINT64_FORMAT
             ", 0, %" G_GINT64_FORMAT ")",
             lead, i, i, PICK (STEPS), PICK (OUTCOMES), some_time (self, 40), some_time (self, 20));
    }
  if (rungs_happens (30))
    run (self,
         "INSERT INTO task (lead, title, due_at, done_at, created_at)"
         " VALUES (%" G_GINT64_FORMAT ", 'Call', 0, %s, 0)",
         lead, rungs_happens (50) ? "NULL" : "5");
}

/* Of tags, touches, messages and walks; some say what the thing is called now, some what it is not,
 * and some are of what is gone. */
static void
add_events_of_things (RungsFixture *self,
                      gint64        lead)
{
  static const char *const OF[]
      = { "'tag.added', t.id AS thing, t.name FROM tag t",
          "'tag.removed', t.id + 2 AS thing, t.name FROM tag t",
          "'touch.made', c.id AS thing, s.kind || ':' || s.name"
          " FROM touch c JOIN source s ON s.id = c.source",
          "'mail.sent', o.id AS thing, m.name FROM outbox o JOIN message m ON m.id <> o.message",
          "'sequence.entered', e.id AS thing, s.name"
          " FROM enrolment e JOIN sequence s ON s.id = e.sequence" };

  for (int i = rungs_chance (-2, 4); i > 0; i--)
    run (self,
         "INSERT INTO event (lead, at, kind, ref, detail) SELECT %" G_GINT64_FORMAT
         ", %" G_GINT64_FORMAT ", %s ORDER BY thing * 7919 %% %d LIMIT 1",
         lead, some_time (self, 40), PICK (OF), rungs_chance (1, 101));
}

static void
add_picked_values (RungsFixture *self,
                   gint64        lead)
{
  static const char *const SETS[]
      = { "bath", "hall", "bath,bathroom", "bathroom,hall", "bath,bathroom,hall" };

  if (rungs_happens (60))
    run (self, "INSERT INTO lead_value VALUES (%" G_GINT64_FORMAT ", 5, '%d')", lead,
         rungs_chance (-3, 12));
  if (rungs_happens (60))
    run (self, "INSERT INTO lead_value VALUES (%" G_GINT64_FORMAT ", 6, '%s')", lead, PICK (ROOMS));
  if (rungs_happens (60))
    run (self, "INSERT INTO lead_value VALUES (%" G_GINT64_FORMAT ", 7, '%s')", lead, PICK (SETS));
  if (rungs_happens (60))
    run (self, "INSERT INTO lead_value VALUES (%" G_GINT64_FORMAT ", 8, 'https://%s.example')",
         lead, PICK (ROOMS));
}

static void
add_values (RungsFixture *self,
            gint64        lead)
{
  g_autofree char *born = some_day (rungs_fixture_now (self));

  for (int i = 1; i <= 4; i++)
    if (rungs_happens (30))
      run (self,
           "INSERT INTO lead_tag (lead, tag, added_at) VALUES (%" G_GINT64_FORMAT
           ", %d, %" G_GINT64_FORMAT ")",
           lead, i, some_time (self, 40));
  if (rungs_happens (60))
    run (self, "INSERT INTO lead_value VALUES (%" G_GINT64_FORMAT ", 1, '%s')", lead,
         DOGS[rungs_chance (0, 3)]);
  if (rungs_happens (60))
    run (self, "INSERT INTO lead_value VALUES (%" G_GINT64_FORMAT ", 2, '%d.5')", lead,
         rungs_chance (-3, 12));
  if (rungs_happens (70))
    run (self, "INSERT INTO lead_value VALUES (%" G_GINT64_FORMAT ", 3, '%s')", lead, born);
  if (rungs_happens (60))
    run (self, "INSERT INTO lead_value VALUES (%" G_GINT64_FORMAT ", 4, '%s')", lead,
         rungs_happens (50) ? "yes" : "no");
  add_picked_values (self, lead);
  for (int i = 1; i <= 2; i++)
    if (rungs_happens (40))
      run (self,
           "INSERT INTO import_lead (run, lead, created) VALUES (%d, %" G_GINT64_FORMAT ", 0)", i,
           lead);
  if (rungs_happens (40))
    run (self, "INSERT INTO segment_member VALUES (1, %" G_GINT64_FORMAT ", 0)", lead);
}

static gint64
add_lead (RungsFixture *self)
{
  g_autofree char *email = g_strdup_printf ("'Lead%d@Example.com'", rungs_chance (0, 99));
  g_auto (GStrv)
    quoted = g_strsplit (PICK (NAMES), "'", -1);
  g_autofree char *name = g_strjoinv ("''", quoted);

  run (self,
       "INSERT INTO lead (email, first_name, last_name, city, country, score, notes, bounced_at,"
       "                  created_at, updated_at)"
       " VALUES (%s, '%s', '%s', '%s', '%s', %d, '%s', %s, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
       ")",
       rungs_happens (80) ? email : "NULL", name, name, PICK (DETAILS), PICK (COUNTRIES),
       rungs_chance (-2, 12), PICK (DETAILS), rungs_happens (80) ? "NULL" : "5",
       some_time (self, 40), some_time (self, 40));
  return rungs_fixture_number (self, "SELECT max (id) FROM lead");
}

void
rungs_random_world (RungsFixture *self,
                    guint         leads)
{
  for (guint i = 0; i < G_N_ELEMENTS (CATALOGUE); i++)
    rungs_fixture_run (self, CATALOGUE[i]);
  for (guint i = 0; i < leads; i++)
    {
      gint64 lead = add_lead (self);

      add_orders (self, lead);
      add_coupons (self, lead);
      add_touches (self, lead);
      add_mail (self, lead);
      add_walks (self, lead);
      add_events_of_things (self, lead);
      add_values (self, lead);
    }
  rungs_fixture_run (self, "INSERT INTO lead_search (lead_search) VALUES ('rebuild')");
}

/* What was there goes, for all that can be added again. */
static void
take_values (RungsFixture *self,
             gint64        lead)
{
  static const char *const TABLES[] = { "lead_tag", "lead_value", "import_lead", "segment_member" };

  for (guint i = 0; i < G_N_ELEMENTS (TABLES); i++)
    run (self, "DELETE FROM %s WHERE lead = %" G_GINT64_FORMAT "%s", TABLES[i], lead,
         g_str_equal (TABLES[i], "segment_member") ? " AND segment = 1" : "");
}

void
rungs_random_change (RungsFixture *self,
                     gint64        lead)
{
  switch (rungs_chance (0, 6))
    {
    case 0:
      add_orders (self, lead);
      add_coupons (self, lead);
      break;
    case 1:
      add_touches (self, lead);
      break;
    case 2:
      add_mail (self, lead);
      break;
    case 3:
      run (self, "UPDATE enrolment SET outcome = '%s', ended_at = %" G_GINT64_FORMAT
                 " WHERE lead = %" G_GINT64_FORMAT " AND outcome IS NULL",
           PICK (OUTCOMES), rungs_fixture_now (self), lead);
      add_walks (self, lead);
      add_events_of_things (self, lead);
      break;
    case 4:
      take_values (self, lead);
      add_values (self, lead);
      break;
    case 5:
    default:
      run (self, "UPDATE lead SET score = %d, country = '%s', updated_at = %" G_GINT64_FORMAT
                 " WHERE id = %" G_GINT64_FORMAT,
           rungs_chance (-2, 12), PICK (COUNTRIES), rungs_fixture_now (self), lead);
      break;
    }
  run (self, "INSERT INTO event (lead, kind, at) VALUES (%" G_GINT64_FORMAT
             ", 'lead.changed', %" G_GINT64_FORMAT ")",
       lead, rungs_fixture_now (self));
  /* what was logged of the lead may be among it, and the search index follows the program only */
  rungs_fixture_run (self, "INSERT INTO lead_search (lead_search) VALUES ('rebuild')");
}

/* ---- the rules */

static const char *
some_word (RungsRuleSource source)
{
  switch (source)
    {
    case RUNGS_RULE_FROM_TAGS:
      return rungs_happens (20) ? "vip" : PICK (TAGS);
    case RUNGS_RULE_FROM_SOURCES:
    case RUNGS_RULE_FROM_PARTNERS:
      return rungs_happens (50) ? "Spring" : rungs_happens (50) ? "jv:Sue" : "affiliate:Spring";
    case RUNGS_RULE_FROM_DETAILS:
      return PICK (DETAILS);
    case RUNGS_RULE_FROM_PRODUCTS:
      return rungs_happens (20) ? "kit" : PICK (SKUS);
    case RUNGS_RULE_FROM_COUPONS:
      return rungs_happens (50) ? "Ten" : "SPRING 10";
    case RUNGS_RULE_FROM_MESSAGES:
      return PICK (MESSAGES);
    case RUNGS_RULE_FROM_SEQUENCES:
      return PICK (SEQUENCES);
    case RUNGS_RULE_FROM_STEPS:
      return PICK (STEPS);
    case RUNGS_RULE_FROM_SEGMENTS:
      return rungs_happens (10) ? "nowhere" : PICK (SEGMENTS);
    case RUNGS_RULE_FROM_IMPORTS:
      return rungs_happens (50) ? "1" : "2";
    case RUNGS_RULE_FROM_EVENT_KINDS:
      return PICK (EVENTS);
    case RUNGS_RULE_FROM_PURPOSES:
      return PICK (PURPOSES);
    case RUNGS_RULE_FROM_SOURCE_KINDS:
      return PICK (KINDS);
    case RUNGS_RULE_FROM_PATHS:
      return PICK (PATHS);
    case RUNGS_RULE_FROM_TOUCHES:
      return rungs_happens (50) ? "first" : "last";
    case RUNGS_RULE_FROM_HOLDINGS:
      return rungs_happens (50) ? "itself" : "bundle";
    case RUNGS_RULE_FROM_HOWS:
      return PICK (HOWS);
    case RUNGS_RULE_FROM_LIFECYCLES:
      return rungs_happens (50) ? "customer" : rungs_happens (50) ? "former" : "lead";
    case RUNGS_RULE_FROM_OUTCOMES:
      return PICK (OUTCOMES);
    case RUNGS_RULE_FROM_CHANNELS:
      return PICK (CHANNELS);
    case RUNGS_RULE_FROM_CONSENT_STATES:
      return rungs_happens (50) ? "given" : rungs_happens (50) ? "withdrawn" : "none";
    case RUNGS_RULE_FROM_CUSTOM:
      return PICK (DOGS);
    case RUNGS_RULE_FROM_CHOICES:
      return rungs_happens (10) ? "ba" : PICK (ROOMS);
    case RUNGS_RULE_FROM_NOWHERE:
    case RUNGS_RULE_FROM_LEADS:
    default:
      return rungs_happens (10)   ? PICK (LISTS)
             : rungs_happens (40) ? PICK (NAMES)
             : rungs_happens (50) ? PICK (COUNTRIES)
                                  : PICK (DETAILS);
    }
}

static void
add_texts (JsonBuilder     *builder,
           RungsRuleSource  source)
{
  json_builder_begin_array (builder);
  for (int i = rungs_chance (1, 4); i > 0; i--)
    json_builder_add_string_value (builder, some_word (source));
  json_builder_end_array (builder);
}

static void
add_date (JsonBuilder   *builder,
          gint64         now,
          RungsRuleType  type)
{
  g_autofree char *day = some_day (now);
  g_autofree char *minute = g_strconcat (day, "T22:30:00Z", NULL);

  json_builder_add_string_value (builder,
                                 type == RUNGS_RULE_DATE && rungs_happens (30) ? minute : day);
}

static void
add_value (JsonBuilder *builder,
           const RungsRuleField *field,
           const RungsRuleOperator *
           operator,
           gint64 now)
{
  gboolean money = field->unit == RUNGS_RULE_UNIT_MONEY;
  RungsRuleSource source = field->type == RUNGS_RULE_CUSTOM && (operator->type == RUNGS_RULE_SET
                                                                || rungs_happens (30))
                               ? RUNGS_RULE_FROM_CHOICES
                               : field->source;

  if (operator->shape != RUNGS_SHAPE_NONE)
    json_builder_set_member_name (builder, "value");
  switch (operator->shape)
    {
    case RUNGS_SHAPE_TEXT:
      json_builder_add_string_value (builder, some_word (source));
      break;
    case RUNGS_SHAPE_TEXTS:
      add_texts (builder, source);
      break;
    case RUNGS_SHAPE_NUMBER:
      if (rungs_happens (20))
        json_builder_add_double_value (builder, rungs_chance (-1, 12) + 0.5);
      else
        json_builder_add_int_value (builder, rungs_chance (-1, 5) * (money ? 500 : 1));
      break;
    case RUNGS_SHAPE_DATE:
      add_date (builder, now, operator->type);
      break;
    case RUNGS_SHAPE_DAYS:
      json_builder_add_int_value (builder, rungs_happens (5) ? 400 : rungs_chance (0, 40));
      break;
    case RUNGS_SHAPE_BOOLEAN:
      json_builder_add_boolean_value (builder, rungs_happens (50));
      break;
    case RUNGS_SHAPE_NONE:
    default:
      break;
    }
}

static const char *
some_detail (void)
{
  static const RungsRuleSource SOURCES[]
      = { RUNGS_RULE_FROM_DETAILS, RUNGS_RULE_FROM_TAGS, RUNGS_RULE_FROM_SOURCES,
          RUNGS_RULE_FROM_MESSAGES, RUNGS_RULE_FROM_SEQUENCES };

  return some_word (PICK (SOURCES));
}

static void
add_parameters (JsonBuilder          *builder,
                const RungsRuleField *field)
{
  for (guint i = 0; field->parameters[i].name != NULL; i++)
    {
      const RungsRuleParameter *parameter = &field->parameters[i];

      if (!parameter->required && !rungs_happens (40))
        continue;
      json_builder_set_member_name (builder, parameter->name);
      if (parameter->shape == RUNGS_SHAPE_DAYS)
        json_builder_add_int_value (builder, rungs_chance (0, 40));
      else
        json_builder_add_string_value (builder, g_str_equal (parameter->name, "detail")
                                                    ? some_detail ()
                                                    : some_word (parameter->source));
    }
}

static const RungsRuleField *
some_field (gboolean segments)
{
  const RungsRuleField *field;
  guint n = 0;

  while (rungs_field_table_get_field (n) != NULL)
    n++;
  do
    field = rungs_happens (15)  ? rungs_field_table_get_custom ()
            : rungs_happens (5) ? rungs_field_table_find ("next_offer")
                                : rungs_field_table_get_field ((guint) rungs_chance (0, (int) n));
  while (!segments && g_str_equal (field->name, "segment"));
  return field;
}

/* One that the field takes; of a custom field, that its kind takes. */
static const RungsRuleOperator *
some_operator (const RungsRuleField *field,
               RungsRuleType         type)
{
  const RungsRuleOperator *operator;
  guint n = 0;

  while (rungs_field_table_get_operator (n) != NULL)
    n++;
  do
    operator= rungs_field_table_get_operator ((guint) rungs_chance (0, (int) n));
  while (field->type == RUNGS_RULE_CUSTOM ? operator->type != type
                                          : !rungs_rule_field_takes (field, operator));
  return operator;
}

static void
add_leaf (JsonBuilder *builder,
          gint64       now,
          gboolean     segments)
{
  static const struct
  {
    const char *name;
    RungsRuleType type;
  } CUSTOM[] = {
    { "field:dog", RUNGS_RULE_TEXT },
    { "field:weight", RUNGS_RULE_NUMBER },
    { "field:born", RUNGS_RULE_DAY },
    { "field:chip", RUNGS_RULE_YESNO },
    { "field:budget", RUNGS_RULE_NUMBER },
    { "field:rooms", RUNGS_RULE_SET },
    { "field:size", RUNGS_RULE_CHOICE },
    { "field:site", RUNGS_RULE_TEXT },
  };
  int custom = rungs_chance (0, G_N_ELEMENTS (CUSTOM));
  const RungsRuleField *field = some_field (segments);
  const RungsRuleOperator *operator= some_operator (field, CUSTOM[custom].type);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "field");
  json_builder_add_string_value (builder, field->type == RUNGS_RULE_CUSTOM ? CUSTOM[custom].name
                                                                           : field->name);
  add_parameters (builder, field);
  json_builder_set_member_name (builder, "op");
  json_builder_add_string_value (builder, operator->name);
  add_value (builder, field, operator, now);
  json_builder_end_object (builder);
}

static void
add_node (JsonBuilder *builder,
          gint64       now,
          guint        depth,
          gboolean     segments)
{
  static const char *const GROUPS[] = { "all", "any", "none" };

  if (depth == 0 || rungs_happens (40))
    {
      add_leaf (builder, now, segments);
      return;
    }
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, PICK (GROUPS));
  json_builder_begin_array (builder);
  for (int i = rungs_chance (1, 4); i > 0; i--)
    add_node (builder, now, depth - 1, segments);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

JsonNode *
rungs_random_rule (gint64   now,
                   guint    depth,
                   gboolean segments)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  add_node (builder, now, depth, segments);
  return json_builder_get_root (builder);
}
