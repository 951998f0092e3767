/* test-promises.c: whatever the graphs, leads, orders, hours and crashes: nobody gets a message for
 * a product they own, after they said no, twice, outside the hours, or over the cap.
 *
 * A world has random sequences, leads in several zones, hours, holidays and a cap. Leads get tags,
 * birthdays move, products are bought and given back, people say no, the program sleeps for days,
 * transactions die before their commit, and the program dies with messages under way. Each message
 * that a claim lets through is held against what this test has written down by itself: it knows
 * nothing of how the program decides.
 *
 * RUNGS_PROMISES=1000000 lets so many steps be taken; the default is for every day. */

#include <gio/gio.h>
#include <stdlib.h>

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-field-store.h"
#include "mail/rungs-outbox-store.h"
#include "rungs-shop.h"
#include "sequences/rungs-sequence-store.h"
#include "sequences/rungs-sequences-advance.h"
#include "sequences/rungs-sequences-follow.h"

#define STEPS 6000
#define LEADS 16
#define SEQUENCES 3
#define DAYS 60

static const char *const ZONES[] = { "", "America/New_York", "Australia/Lord_Howe",
                                     "Europe/Berlin", "Asia/Tokyo" };

/* What this test knows of a lead. */
typedef struct
{
  gint64 order; /* that it has, and was not given back; 0: none */
  gboolean said_no;
  const char *zone;
  GArray *got; /* (element-type gint64): when it got marketing */
} Person;

/* Hours as this test understands them. */
typedef struct
{
  guint weekdays;
  int from;
  int to;
  gboolean lead_zone;
} Hours;

typedef struct
{
  RungsFixture *fixture;
  GRand *rand;
  RungsAccount *account;
  gint64 product;
  Person people[LEADS + 1];
  Hours business;
  Hours sending[SEQUENCES + 1]; /* by the id of the sequence */
  GHashTable *holidays;         /* "YYYY-MM-DD" */
  gint64 cap;
  gint64 cap_days;
  GHashTable *sent; /* "ENROLMENT STEP VISIT" */
  GPtrArray *claims;
  guint64 steps;
  guint64 messages;
  gint64 next_at; /* when the outbox is to be looked at */
} World;

static int
pick (World *world,
      int    n)
{
  return g_rand_int_range (world->rand, 0, n);
}

/* ---- making it */

static void
add_step (World   *world,
          GString *json,
          int      i,
          int      n)
{
  int on = i + 1 + pick (world, n - i);

  g_string_append_printf (json, "\"s%d\":{", i);
  switch (pick (world, 10))
    {
    case 0:
      g_string_append_printf (json, "\"kind\":\"wait\",\"hours\":%d,", 1 + pick (world, 70));
      break;
    case 1:
      g_string_append_printf (json, "\"kind\":\"wait_until\",\"time\":\"%02d:00\",",
                              pick (world, 24));
      break;
    case 2:
      g_string_append_printf (json, "\"kind\":\"wait_until\",\"date\":\"2026-%02d-%02d 10:00\",",
                              3 + pick (world, 2), 1 + pick (world, 28));
      break;
    case 3:
      g_string_append_printf (json,
                              "\"kind\":\"wait_until\",\"lead_date\":\"field:birthday\","
                              "\"time\":\"%02d:30\",\"before_days\":%d,\"yearly\":%s,"
                              "\"missing\":\"s%d\",",
                              pick (world, 24), pick (world, 3), pick (world, 2) ? "true" : "false",
                              on);
      break;
    case 4:
      g_string_append_printf (json,
                              "\"kind\":\"wait_until\",\"event\":{\"on\":\"tag\",\"name\":\"t%d\"},"
                              "\"days\":2,\"timeout\":\"s%d\",",
                              pick (world, 3), on);
      break;
    case 5:
      g_string_append_printf (json, "\"kind\":\"action\",\"%s\":\"t%d\",",
                              pick (world, 2) ? "add_tag" : "remove_tag", pick (world, 3));
      break;
    case 6:
      g_string_append_printf (json,
                              "\"kind\":\"message\",\"message\":\"M%d\","
                              "\"late\":{\"hours\":%d,\"days\":%d},",
                              pick (world, 3), 1 + pick (world, 40), pick (world, 5));
      break;
    default:
      g_string_append_printf (json, "\"kind\":\"message\",\"message\":\"M%d\",", pick (world, 3));
      break;
    }
  g_string_append_printf (json, "\"next\":\"s%d\"},", i + 1);
}

static Hours
random_hours (World *world)
{
  Hours hours = {
    .weekdays = pick (world, 2) ? 0 : (guint) (1 + pick (world, 127)),
    .from = pick (world, 1440),
    .to = pick (world, 1440),
    .lead_zone = pick (world, 2),
  };

  if (hours.from == hours.to || pick (world, 4) == 0)
    hours.from = hours.to = -1;
  return hours;
}

static void
add_sending (World   *world,
             GString *json,
             Hours   *hours)
{
  static const char *const NAMES[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

  *hours = random_hours (world);
  if (hours->weekdays == 0 && hours->from < 0)
    return;
  g_string_append_printf (json, "\"sending\":{\"zone\":\"%s\"",
                          hours->lead_zone ? "lead" : "business");
  if (hours->from >= 0)
    g_string_append_printf (json, ",\"from\":\"%02d:%02d\",\"to\":\"%02d:%02d\"", hours->from / 60,
                            hours->from % 60, hours->to / 60, hours->to % 60);
  for (int day = 0; day < 7; day++)
    if (hours->weekdays >> day & 1)
      g_string_append_printf (json, "%s\"%s\"",
                              (hours->weekdays & ((1u << day) - 1)) == 0 ? ",\"weekdays\":[" : ",",
                              NAMES[day]);
  g_string_append (json, hours->weekdays ? "]}," : "},");
}

/* Graphs that are refused are made anew. */
static void
add_sequence (World *world,
              int    number)
{
  gint64 sequence = 0;

  while (sequence == 0)
    {
      g_autoptr (GString) json = g_string_new (NULL);
      int n = 4 + pick (world, 9);
      Hours hours;

      g_string_append_printf (
        json,
        "{\"name\":\"S%d\",%s\"entry\":{\"triggers\":[{\"on\":\"tag\",\"name\":\"t%d\"}],"
        "\"reentry\":\"after_end\"},",
        number, pick (world, 3) ? "\"sells\":\"BOOK\"," : "", pick (world, 3));
      add_sending (world, json, &hours);
      g_string_append (json, "\"start\":\"s0\",\"steps\":{");
      for (int i = 0; i < n; i++)
        add_step (world, json, i, n);
      g_string_append_printf (json, "\"s%d\":{\"kind\":\"exit\"}}}", n);
      sequence = rungs_sequence_add (world->fixture->db, json->str,
                                     rungs_fixture_now (world->fixture), NULL, NULL);
      if (sequence != 0)
        world->sending[sequence] = hours;
    }
  g_assert_true (rungs_sequence_start (world->fixture->db, sequence,
                                       rungs_fixture_now (world->fixture), NULL));
}

static void
add_rules_of_business (World *world)
{
  g_autofree char *sql = NULL;

  world->business = random_hours (world);
  if (pick (world, 3) == 0)
    world->business = (Hours) { .from = -1, .to = -1 };
  world->cap = pick (world, 4);
  world->cap_days = world->cap ? 1 + pick (world, 7) : 0;
  sql = world->business.from < 0
          ? g_strdup_printf ("UPDATE business SET window_days = %u, window_of_lead = %d",
                             world->business.weekdays, world->business.lead_zone)
          : g_strdup_printf ("UPDATE business SET window_days = %u, window_of_lead = %d,"
                             " window_from = %d, window_to = %d",
                             world->business.weekdays, world->business.lead_zone,
                             world->business.from, world->business.to);
  rungs_fixture_run (world->fixture, sql);
  if (world->cap > 0)
    {
      g_autofree char *cap = g_strdup_printf (
        "UPDATE business SET cap_messages = %d, cap_days = %d", (int) world->cap,
        (int) world->cap_days);

      rungs_fixture_run (world->fixture, cap);
    }
  for (int i = pick (world, 8); i > 0; i--)
    {
      char *day = g_strdup_printf ("2026-%02d-%02d", 3 + pick (world, 2), 1 + pick (world, 30));
      g_autofree char *insert
        = g_strdup_printf ("INSERT OR IGNORE INTO holiday (day) VALUES ('%s')", day);

      rungs_fixture_run (world->fixture, insert);
      g_hash_table_add (world->holidays, day);
    }
}

static void
set_birthday (World *world,
              gint64 lead)
{
  g_autofree char *day = pick (world, 6) == 0
                           ? NULL
                           : g_strdup_printf ("2026-%02d-%02d", 3 + pick (world, 3),
                                              1 + pick (world, 28));

  g_assert_true (rungs_field_set_value (world->fixture->db, lead, 1, day,
                                        rungs_fixture_now (world->fixture), NULL));
}

static void
add_people (World *world)
{
  for (int i = 1; i <= LEADS; i++)
    {
      Person *person = &world->people[i];
      g_autofree char *name = g_strdup_printf ("lead%d", i);
      g_autofree char *zone = NULL;

      g_assert_cmpint (rungs_shop_add_lead (world->fixture, name), ==, i);
      person->zone = ZONES[pick (world, G_N_ELEMENTS (ZONES))];
      person->got = g_array_new (FALSE, FALSE, sizeof (gint64));
      zone = g_strdup_printf ("UPDATE lead SET zone = '%s' WHERE id = %d", person->zone, i);
      rungs_fixture_run (world->fixture, zone);
      set_birthday (world, i);
    }
}

static gboolean
make_cb (RungsDb  *db,
         gpointer  data,
         GError  **error)
{
  World *world = data;
  RungsFixture *fixture = world->fixture;

  world->product = rungs_fixture_add_product (fixture, "BOOK", 1000);
  for (int i = 0; i < 3; i++)
    {
      const char name[] = { 'M', (char) ('0' + i), '\0' };

      rungs_shop_add_message (fixture, name, TRUE);
    }
  rungs_fixture_run (fixture, "INSERT INTO message_version (message, subject, blocks, created_at)"
                              " SELECT id, 's', '[]', 0 FROM message");
  rungs_fixture_run (fixture, "UPDATE message SET version = id");
  rungs_fixture_run (fixture, "INSERT INTO field (key, label, kind, created_at)"
                              " VALUES ('birthday', 'Birthday', 'date', 0)");
  rungs_fixture_run (fixture, "INSERT INTO account (uuid, name, kind, from_email, connections,"
                              "   is_default, created_at)"
                              " VALUES ('u', 'Real', 'smtp', 'shop@business.example', 2, 1, 0)");
  add_rules_of_business (world);
  add_people (world);
  for (int i = 0; i < SEQUENCES; i++)
    add_sequence (world, i);
  return TRUE;
}

/* ---- what this test knows */

static gboolean
are_open (World        *world,
          const Hours  *hours,
          gboolean      holidays,
          const Person *person,
          gint64        at)
{
  g_autoptr (GTimeZone) zone = rungs_time_zone (
    hours->lead_zone && *person->zone != '\0' ? person->zone : "Europe/Berlin");
  g_autoptr (GDateTime) local = rungs_time_in_zone (at, zone);
  g_autofree char *day = g_date_time_format (local, "%Y-%m-%d");
  int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);

  if (holidays && g_hash_table_contains (world->holidays, day))
    return FALSE;
  if (hours->weekdays && !(hours->weekdays >> (g_date_time_get_day_of_week (local) - 1) & 1))
    return FALSE;
  if (hours->from < 0)
    return TRUE;
  return hours->from < hours->to ? minute >= hours->from && minute < hours->to
                                 : minute >= hours->from || minute < hours->to;
}

static void
assert_may_get (World                  *world,
                const RungsOutboxClaim *claim,
                gint64                  sequence,
                const char             *key)
{
  gint64 now = rungs_fixture_now (world->fixture);
  Person *person = &world->people[claim->lead];
  gint64 lately = 0;

  g_assert_true (claim->sells == 0 || person->order == 0);
  g_assert_false (person->said_no);
  g_assert_false (g_hash_table_contains (world->sent, key));
  g_assert_true (are_open (world, &world->business, TRUE, person, now));
  g_assert_true (are_open (world, &world->sending[sequence], FALSE, person, now));
  for (guint i = 0; i < person->got->len; i++)
    if (g_array_index (person->got, gint64, i) > now - world->cap_days * RUNGS_DAY)
      lately++;
  g_assert_true (world->cap == 0 || lately < world->cap);

  g_hash_table_add (world->sent, g_strdup (key));
  g_array_append_val (person->got, now);
  world->messages++;
}

static void
look_at_claims (World *world)
{
  for (guint i = 0; i < world->claims->len; i++)
    {
      const RungsOutboxClaim *claim = g_ptr_array_index (world->claims, i);
      g_autoptr (RungsStatement) query = rungs_db_prepare (
        world->fixture->db,
        "SELECT e.sequence, o.enrolment || ' ' || o.step || ' ' || o.visit FROM outbox o"
        "  JOIN enrolment e ON e.id = o.enrolment WHERE o.id = :id",
        NULL);

      rungs_statement_bind_int64 (query, ":id", claim->id);
      g_assert_cmpint (rungs_statement_step (query, NULL), ==, RUNGS_ROW);
      assert_may_get (world, claim, rungs_statement_get_int64 (query, 0),
                      rungs_statement_get_text (query, 1));
    }
}

/* ---- living in it */

static void
give_back (World *world,
           gint64 lead)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO refund (id, sales_order, at, created_at) VALUES (%d, %d, %" G_GINT64_FORMAT ", 0)",
    (int) world->people[lead].order, (int) world->people[lead].order,
    rungs_fixture_now (world->fixture));
  g_autofree char *line = g_strdup_printf (
    "INSERT INTO refund_line (refund, order_line, amount)"
    " SELECT %d, id, amount FROM order_line WHERE sales_order = %d",
    (int) world->people[lead].order, (int) world->people[lead].order);

  rungs_fixture_run (world->fixture, sql);
  rungs_fixture_run (world->fixture, line);
}

static void
let_happen (World *world,
            int    what,
            gint64 lead,
            int    tag)
{
  Person *person = &world->people[lead];
  char name[] = { 't', (char) ('0' + tag), '\0' };

  if (what == 0)
    rungs_fixture_add_order (world->fixture, lead, world->product);
  else if (what == 1 && person->order != 0)
    give_back (world, lead);
  else if (what == 2)
    rungs_consent_withdraw (world->fixture->db, lead, RUNGS_PURPOSE_MARKETING,
                            RUNGS_CHANNEL_EMAIL, rungs_fixture_now (world->fixture), "test", NULL);
  else if (what == 3)
    set_birthday (world, lead);
  else
    rungs_shop_tag (world->fixture, lead, name);
}

/* What of it this test writes down, once it is committed. */
static void
remember (World *world,
          int    what,
          gint64 lead)
{
  Person *person = &world->people[lead];

  if (what == 0)
    person->order = rungs_fixture_number (world->fixture, "SELECT max (id) FROM sales_order");
  else if (what == 1)
    person->order = 0;
  else if (what == 2)
    person->said_no = TRUE;
}

static gboolean
is_due (World *world)
{
  gint64 due = G_MAXINT64;

  g_assert_true (rungs_sequences_next_due (world->fixture->db, &due, NULL));
  return due <= rungs_fixture_now (world->fixture);
}

typedef struct
{
  World *world;
  int what; /* -1: a batch is walked */
  gint64 lead;
  int tag;
  guint advanced;
  gboolean dies;
} Turn;

static gboolean
turn_cb (RungsDb  *db,
         gpointer  data,
         GError  **error)
{
  Turn *turn = data;
  gint64 now = rungs_fixture_now (turn->world->fixture);

  if (turn->what >= 0)
    let_happen (turn->world, turn->what, turn->lead, turn->tag);
  else if (!rungs_sequences_advance (db, now, 20, &turn->advanced, error))
    return FALSE;
  if (!rungs_sequences_follow (db, now, error))
    return FALSE;
  if (turn->dies)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "died");
  return !turn->dies;
}

/* Takes the turn until it is not killed. Returns: how many were walked. */
static guint
take_turn (World *world,
           int    what)
{
  Turn turn = {
    .world = world,
    .what = what,
    .lead = 1 + pick (world, LEADS),
    .tag = pick (world, 3),
  };

  /* who has it does not buy it again, else a refund of one would not be the end of owning */
  if (what == 0 && world->people[turn.lead].order != 0)
    turn.what = 1;
  do
    {
      g_autoptr (GError) error = NULL;

      turn.dies = pick (world, 6) == 0;
      rungs_db_write (world->fixture->db, turn_cb, &turn, &error);
      if (!turn.dies)
        g_assert_no_error (error);
    }
  while (turn.dies);
  if (turn.what >= 0)
    remember (world, turn.what, turn.lead);
  world->steps += 1 + turn.advanced;
  return turn.advanced;
}

static gboolean
recover_cb (RungsDb  *db,
            gpointer  data,
            GError  **error)
{
  World *world = data;

  return rungs_outbox_recover (db, world->fixture->folder, rungs_fixture_now (world->fixture), NULL,
                               error);
}

/* Tells what became of those that were claimed last, or dies with them under way; claims others. */
static void
turn_outbox (World *world)
{
  g_autoptr (GArray) results = g_array_new (FALSE, TRUE, sizeof (RungsOutboxResult));
  RungsOutboxTurn turn;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < world->claims->len; i++)
    {
      const RungsOutboxClaim *claim = g_ptr_array_index (world->claims, i);
      RungsOutboxResult result = {
        .id = claim->id,
        .delivery = { .outcome = RUNGS_DELIVERY_ACCEPTED, .reply = (char *) "250" },
      };

      g_array_append_val (results, result);
    }
  if (world->claims->len > 0 && pick (world, 10) == 0)
    {
      g_assert_true (rungs_db_write (world->fixture->db, recover_cb, world, NULL));
      g_array_set_size (results, 0);
    }
  g_ptr_array_set_size (world->claims, 0);
  rungs_outbox_take_turn (world->fixture->db, world->account,
                          (const RungsOutboxResult *) (gpointer) results->data, results->len,
                          (guint) pick (world, 6), rungs_fixture_now (world->fixture),
                          world->claims, &turn, &error);
  g_assert_no_error (error);
  look_at_claims (world);
  world->next_at = turn.next_at;
  world->steps++;
}

/* The next moment at which something is to be done; now and then much later: the program slept. */
static void
let_time_pass (World *world)
{
  gint64 now = rungs_fixture_now (world->fixture);
  gint64 due = G_MAXINT64;

  g_assert_true (rungs_sequences_next_due (world->fixture->db, &due, NULL));
  due = MIN (due, world->next_at);
  due = MIN (due, now + (1 + pick (world, 48)) * RUNGS_HOUR);
  due = MAX (due, now + RUNGS_SECOND);
  if (pick (world, 60) == 0)
    due += pick (world, 10 * 24) * RUNGS_HOUR;
  rungs_clock_set (world->fixture->clock, due);
}

static void
live (RungsFixture *empty,
      guint32       seed,
      guint64      *steps,
      guint64      *messages)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new_like (empty);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GHashTable) holidays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) claims
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);
  World world = {
    .fixture = fixture, .rand = rand, .holidays = holidays, .sent = sent, .claims = claims
  };
  gint64 end = rungs_fixture_now (fixture) + DAYS * RUNGS_DAY;

  g_assert_true (rungs_db_write (fixture->db, make_cb, &world, NULL));
  world.account = rungs_account_load (fixture->db, 1, NULL);
  g_assert_nonnull (world.account);
  while (rungs_fixture_now (fixture) < end)
    {
      while (is_due (&world))
        take_turn (&world, -1);
      turn_outbox (&world);
      if (pick (&world, 4) == 0)
        take_turn (&world, pick (&world, 25));
      let_time_pass (&world);
    }
  *steps += world.steps;
  *messages += world.messages;
  rungs_account_free (world.account);
  for (int i = 1; i <= LEADS; i++)
    g_array_unref (world.people[i].got);
}

static void
test_promises (void)
{
  const char *wanted = g_getenv ("RUNGS_PROMISES");
  guint64 wish = wanted ? g_ascii_strtoull (wanted, NULL, 10) : STEPS;
  g_autoptr (RungsFixture) empty = rungs_fixture_new ();
  guint64 steps = 0, messages = 0;
  guint32 seed = 0;

  while (steps < wish)
    live (empty, ++seed, &steps, &messages);
  g_test_message ("%u worlds, %" G_GUINT64_FORMAT " steps, %" G_GUINT64_FORMAT " messages", seed,
                  steps, messages);
  g_assert_cmpint (messages, >, steps / 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sequences/promises", test_promises);
  return g_test_run ();
}
