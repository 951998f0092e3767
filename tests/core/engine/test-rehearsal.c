/* test-rehearsal.c: a rehearsal tells what then happens, and leaves the file as it is.
 *
 * A world is a few random sequences, leads of whom some walk already, and limits of all kinds. It
 * is rehearsed, and then lived through by the engine: what left must be what would have left. */

#include <gio/gio.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "engine/rungs-engine.h"
#include "engine/rungs-rehearsal.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-practice-transport.h"
#include "rungs-fixture.h"
#include "sequences/rungs-enrolment-many-store.h"
#include "sequences/rungs-random-sequence.h"
#include "sequences/rungs-sequence-draft-store.h"
#include "sequences/rungs-sequence-store.h"
#include "sequences/rungs-shop.h"

#define WORLDS 5
#define LEADS 20
#define DAYS 25

/* ---- worlds */

static void
add_message (RungsFixture *fixture,
             const char   *name,
             const char   *text,
             gboolean      marketing)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();
  g_autoptr (GError) error = NULL;

  g_free (message->name);
  g_free (message->purpose);
  g_free (message->value);
  g_free (message->subject);
  g_free (message->blocks);
  message->name = g_strdup (name);
  message->purpose = g_strdup ("sell");
  message->value = g_strdup ("a hint");
  message->subject = g_strdup ("Hello {{ lead.first_name }}");
  message->blocks = rungs_message_blocks_from_text (text);
  message->marketing = marketing;
  rungs_message_save (fixture->db, message, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
}

/* Fails for every fourth lead. */
#define FAILING "{% assign n = lead.first_name | size | modulo: 4 %}{{ 12 | divided_by: n }}"

/* Written with ' for ". */
static gint64
add_sequence (RungsFixture *fixture,
              const char   *json,
              gboolean      started)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  gint64 sequence
      = rungs_sequence_add (fixture->db, text, rungs_fixture_now (fixture), NULL, &error);

  g_assert_no_error (error);
  if (started)
    rungs_sequence_start (fixture->db, sequence, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
  return sequence;
}

static void
add_account (RungsFixture *fixture,
             gint64        per_hour,
             gint64        per_day)
{
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_PRACTICE);
  g_autoptr (GError) error = NULL;

  g_free (account->name);
  account->name = g_strdup ("Practice");
  account->per_hour = per_hour;
  account->per_day = per_day;
  rungs_account_add (fixture->db, account, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
}

static void
limit (RungsFixture *fixture,
       GRand        *rand)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (fixture->db, NULL);

  if (g_rand_boolean (rand))
    {
      business->cap_messages = g_rand_int_range (rand, 1, 3);
      business->cap_days = g_rand_int_range (rand, 1, 4);
    }
  if (g_rand_boolean (rand))
    {
      business->window_from = g_rand_int_range (rand, 0, 23) * 60;
      business->window_to = business->window_from + 60;
    }
  g_assert_true (rungs_business_save (fixture->db, business, NULL));
}

static void
let_happen (RungsFixture *fixture,
            GRand        *rand,
            gint64        lead,
            gint64        product)
{
  g_autofree char *name = g_strdup_printf ("t%d", g_rand_int_range (rand, 0, 3));

  switch (g_rand_int_range (rand, 0, 9))
    {
    case 0:
      rungs_fixture_add_order (fixture, lead, product);
      break;
    case 1:
      rungs_consent_withdraw (fixture->db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                              rungs_fixture_now (fixture), "test", NULL);
      break;
    default:
      rungs_shop_tag (fixture, lead, name);
      break;
    }
}

typedef struct
{
  RungsFixture *fixture;
  GRand *rand;
} Making;

static gboolean
make_world (RungsDb  *db,
            gpointer  data,
            GError  **error)
{
  Making *making = data;
  RungsFixture *fixture = making->fixture;
  GRand *rand = making->rand;
  gint64 product = rungs_fixture_add_product (fixture, "BOOK", 1000);

  add_account (fixture, g_rand_boolean (rand) ? 5 : 0, g_rand_boolean (rand) ? 12 : 0);
  limit (fixture, rand);
  add_message (fixture, "M0", "Hello!", TRUE);
  add_message (fixture, "M1", "Hello {{ lead.first_name | default: 'you' }}!", TRUE);
  add_message (fixture, "M2", FAILING, TRUE);
  add_message (fixture, "M3", "Your receipt", FALSE);
  for (int i = 0; i < 3; i++)
    rungs_random_sequence_add (fixture, rand, i, 4);
  for (int i = 0; i < LEADS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%0*d", 1 + i % 5, i);

      rungs_shop_add_lead (fixture, name);
    }
  for (int i = 0; i < LEADS; i++)
    let_happen (fixture, rand, g_rand_int_range (rand, 1, LEADS + 1), product);
  g_assert_true (rungs_suppression_add (db, "00007@example.com", RUNGS_SUPPRESSED_BY_HAND, "",
                                        rungs_fixture_now (fixture), NULL));
  return TRUE;
}

static void
run_engine (RungsFixture *fixture,
            gint64        until)
{
  g_autoptr (RungsEngine) engine = rungs_engine_new (fixture->path, fixture->clock, "rungsctl");
  g_auto (RungsEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_engine_run (engine, until, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report.trouble, ==, NULL);
}

static RungsFixture *
new_world (GRand *rand)
{
  RungsFixture *fixture = rungs_fixture_new ();
  Making making = { fixture, rand };
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_business_follow (fixture->db, fixture->clock, &error));
  rungs_db_write (fixture->db, make_world, &making, &error);
  g_assert_no_error (error);
  /* some have come half way by now */
  run_engine (fixture, rungs_fixture_now (fixture) + 3 * RUNGS_DAY + 5 * RUNGS_MINUTE);
  return fixture;
}

/* ---- what the file holds */

static const char SQL_TABLES[]
    = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
      " ORDER BY name";

static void
add_table (GChecksum  *sum,
           RungsDb    *db,
           const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, NULL);

  g_assert_nonnull (query);
  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    for (int i = 0; i < rungs_statement_count_columns (query); i++)
      {
        const char *text = rungs_statement_get_text (query, i);

        g_checksum_update (sum, (const guchar *) (text ? text : "NULL"), -1);
        g_checksum_update (sum, (const guchar *) "|", 1);
      }
}

/* Of all tables. */
static char *
sum_of (RungsDb *db)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TABLES, NULL);

  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    {
      g_checksum_update (sum, (const guchar *) rungs_statement_get_text (query, 0), -1);
      add_table (sum, db, rungs_statement_get_text (query, 0));
    }
  return g_strdup (g_checksum_get_string (sum));
}

static guint
count_practice_files (RungsFixture *fixture)
{
  g_autofree char *path = rungs_practice_get_folder (fixture->path);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static char *
line_of (gint64      lead,
         const char *message,
         const char *step,
         gint64      at)
{
  g_autofree char *time = rungs_time_format (at);

  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %s %s", time, lead, message, step);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
sort_and_join (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (GStrv) lines->pdata);
}

static char *
foretold (RungsRehearsal *rehearsal)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GArray *mails = rungs_rehearsal_get_mails (rehearsal);

  for (guint i = 0; i < mails->len; i++)
    {
      const RungsRehearsalMail *mail = &g_array_index (mails, RungsRehearsalMail, i);

      g_ptr_array_add (lines, line_of (mail->lead, mail->message, mail->step, mail->left_at));
    }
  return sort_and_join (lines);
}

/* What left after that message. */
static char *
happened (RungsDb *db,
          gint64   after)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RungsStatement) query = rungs_db_prepare (
      db,
      "SELECT o.lead, m.name, o.step, e.at FROM event e JOIN outbox o ON o.id = e.ref"
      "  JOIN message m ON m.id = o.message WHERE e.kind = 'mail.sent' AND e.id > :after",
      NULL);

  rungs_statement_bind_int64 (query, ":after", after);
  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    g_ptr_array_add (lines, line_of (rungs_statement_get_int64 (query, 0),
                                     rungs_statement_get_text (query, 1),
                                     rungs_statement_get_text (query, 2),
                                     rungs_statement_get_int64 (query, 3)));
  return sort_and_join (lines);
}

static GArray *
some_leads (GRand *rand)
{
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 lead = 1; lead <= LEADS; lead++)
    if (g_rand_int_range (rand, 0, 3) == 0)
      g_array_append_val (leads, lead);
  return leads;
}

typedef struct
{
  RungsFixture *fixture;
  GArray *leads;
} Entering;

static gboolean
enter (RungsDb  *db,
       gpointer  data,
       GError  **error)
{
  Entering *entering = data;
  gint64 counts[RUNGS_ENROL_SUPPRESSED + 1] = { 0 };

  return rungs_enrolments_enter (db, entering->leads, 1, "by hand",
                                 rungs_fixture_now (entering->fixture), counts, NULL, error);
}

/* Rehearses the world of that seed, then lives through it. Returns: how many messages left. */
static guint
compare_world (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (RungsFixture) fixture = new_world (rand);
  g_autoptr (GArray) leads = some_leads (rand);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = sum_of (fixture->db);
  guint files = count_practice_files (fixture);
  gint64 newest = rungs_fixture_number (fixture, "SELECT max (id) FROM event");
  const RungsRehearsalPlan plan
      = { .sequence = 1, .from = rungs_fixture_now (fixture), .days = DAYS, .enter = leads };
  g_autoptr (RungsRehearsal) rehearsal
      = rungs_rehearsal_run (fixture->db, &plan, NULL, NULL, NULL, &error);
  g_autofree char *after = sum_of (fixture->db);
  g_autofree char *would = NULL;
  g_autofree char *did = NULL;
  Entering entering = { fixture, leads };

  g_assert_no_error (error);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (count_practice_files (fixture), ==, files);

  rungs_db_write (fixture->db, enter, &entering, &error);
  g_assert_no_error (error);
  run_engine (fixture, plan.from + DAYS * RUNGS_DAY);
  would = foretold (rehearsal);
  did = happened (fixture->db, newest);
  g_assert_cmpstr (would, ==, did);
  return rungs_rehearsal_get_mails (rehearsal)->len;
}

static void
test_equals_reality (void)
{
  guint mails = 0;

  for (guint32 seed = 1; seed <= WORLDS; seed++)
    mails += compare_world (seed);
  g_test_message ("%u messages left as foretold", mails);
  g_assert_cmpint (mails, >, WORLDS * 5);
}

/* ---- what it tells */

#define STEPS                                                                                      \
  "'start':'a','steps':{'a':{'kind':'message','message':'M0','next':'b'},"                         \
  "'b':{'kind':'message','message':'M1','next':'c'},'c':{'kind':'wait','days':2,'next':'d'},"      \
  "'d':{'kind':'message','message':'M0'}}}"

/* Ann and Dee may get all of it, three messages a day; Bob said no, Cy owns it. */
static gboolean
make_shop (RungsDb  *db,
           gpointer  data,
           GError  **error)
{
  RungsFixture *fixture = data;
  gint64 product = rungs_fixture_add_product (fixture, "BOOK", 1000);

  add_account (fixture, 0, 3);
  add_message (fixture, "M0", "Hello!", TRUE);
  add_message (fixture, "M1", "{{ lead.first_name | default: 'you' }}", TRUE);
  add_sequence (fixture, "{'name':'S','sells':'BOOK'," STEPS, FALSE);
  rungs_shop_add_lead (fixture, "ann");
  rungs_shop_add_lead (fixture, "bob");
  rungs_shop_add_lead (fixture, "cy");
  rungs_shop_add_lead (fixture, "dee");
  rungs_consent_withdraw (fixture->db, 2, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                          rungs_fixture_now (fixture), "test", NULL);
  rungs_fixture_add_order (fixture, 3, product);
  return TRUE;
}

static RungsFixture *
new_shop (void)
{
  RungsFixture *fixture = rungs_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_business_follow (fixture->db, fixture->clock, &error));
  rungs_db_write (fixture->db, make_shop, fixture, &error);
  g_assert_no_error (error);
  return fixture;
}

static GArray *
all_four (void)
{
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 lead = 1; lead <= 4; lead++)
    g_array_append_val (leads, lead);
  return leads;
}

static RungsRehearsal *
rehearse (RungsFixture *fixture,
          gboolean      draft)
{
  g_autoptr (GArray) leads = all_four ();
  g_autoptr (GError) error = NULL;
  const RungsRehearsalPlan plan = { .sequence = 1,
                                    .draft = draft,
                                    .from = rungs_fixture_now (fixture),
                                    .days = 10,
                                    .enter = leads };
  RungsRehearsal *rehearsal
      = rungs_rehearsal_run (fixture->db, &plan, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return rehearsal;
}

static void
test_days (void)
{
  g_autoptr (RungsFixture) fixture = new_shop ();
  g_autoptr (RungsRehearsal) rehearsal = rehearse (fixture, FALSE);
  GArray *days = rungs_rehearsal_get_days (rehearsal);
  GArray *crowds = rungs_rehearsal_get_crowds (rehearsal);
  const RungsRehearsalDay *day = &g_array_index (days, RungsRehearsalDay, 0);
  const RungsRehearsalCrowd *crowd = &g_array_index (crowds, RungsRehearsalCrowd, 0);

  /* three of the four leave on the first day, the last waits for the limit of the account */
  g_assert_cmpint (days->len, ==, 3);
  g_assert_cmpstr (day->day, ==, "2026-03-02");
  g_assert_cmpint (day->mails, ==, 3);
  g_assert_cmpint (day->late, ==, 0);
  day = &g_array_index (days, RungsRehearsalDay, 1);
  g_assert_cmpstr (day->day, ==, "2026-03-03");
  g_assert_cmpint (day->mails, ==, 1);
  g_assert_cmpint (day->late, ==, 1);
  g_assert_cmpint (rungs_rehearsal_get_mails (rehearsal)->len, ==, 6);
  g_assert_cmpint (crowds->len, ==, 1);
  g_assert_cmpstr (crowd->lead_name, ==, "ann");
  g_assert_cmpint (crowd->mails, ==, 2);
  g_assert_cmpint (rungs_rehearsal_get_account (rehearsal)->per_day, ==, 3);
  g_assert_cmpint (rungs_rehearsal_get_until (rehearsal), ==,
                   rungs_fixture_now (fixture) + 10 * RUNGS_DAY);
}

static void
warm_up (RungsFixture *fixture,
         RungsDb      *db)
{
  rungs_fixture_run (fixture, "UPDATE account SET warm_start = 1, warm_growth = 100");
}

/* The limits rise with the days on which something would leave, and hold what leaves. */
static void
test_warm_up (void)
{
  g_autoptr (RungsFixture) fixture = new_shop ();
  g_autoptr (RungsRehearsal) rehearsal = NULL;
  GArray *days, *limits;
  guint mails = 0;

  rungs_fixture_write (fixture, warm_up);
  rehearsal = rehearse (fixture, FALSE);
  days = rungs_rehearsal_get_days (rehearsal);
  limits = rungs_rehearsal_get_limits (rehearsal);
  g_assert_cmpint (limits->len, ==, 11);
  g_assert_cmpint (g_array_index (limits, gint64, 0), ==, 1);
  g_assert_cmpint (g_array_index (limits, gint64, 1), ==, 2);
  g_assert_cmpint (g_array_index (limits, gint64, 2), ==, 3);
  g_assert_cmpint (g_array_index (limits, gint64, 10), ==, 3);
  for (guint i = 0; i < days->len; i++)
    {
      const RungsRehearsalDay *day = &g_array_index (days, RungsRehearsalDay, i);

      g_assert_cmpint (day->limit, >, 0);
      g_assert_cmpint (day->mails + day->others, <=, day->limit);
      mails += day->mails;
    }
  g_assert_cmpint (g_array_index (days, RungsRehearsalDay, 0).limit, ==, 1);
  g_assert_cmpint (g_array_index (days, RungsRehearsalDay, 0).mails, ==, 1);
  g_assert_cmpint (mails, ==, 6);
}

static void
test_falls_and_walks (void)
{
  g_autoptr (RungsFixture) fixture = new_shop ();
  g_autoptr (RungsRehearsal) rehearsal = rehearse (fixture, FALSE);
  GArray *falls = rungs_rehearsal_get_falls (rehearsal);
  GArray *walks = rungs_rehearsal_get_walks (rehearsal);
  const gint64 *answers = rungs_rehearsal_get_answers (rehearsal);
  const RungsRehearsalFall *fall = &g_array_index (falls, RungsRehearsalFall, 0);
  const RungsRehearsalWalk *walk = &g_array_index (walks, RungsRehearsalWalk, 0);

  g_assert_cmpint (answers[RUNGS_ENROL_OK], ==, 2);
  g_assert_cmpint (answers[RUNGS_ENROL_NO_CONSENT], ==, 1);
  g_assert_cmpint (answers[RUNGS_ENROL_OWNS], ==, 1);
  g_assert_cmpint (falls->len, ==, 2);
  g_assert_cmpint (fall->kind, ==, RUNGS_REHEARSAL_REFUSED);
  g_assert_cmpstr (fall->lead_name, ==, "bob");
  g_assert_cmpstr (fall->reason, ==, "no-consent");
  g_assert_cmpint (walks->len, ==, 2);
  g_assert_cmpstr (walk->lead_name, ==, "ann");
  g_assert_cmpstr (walk->outcome, ==, "finished");
  g_assert_cmpint (walk->mails, ==, 3);
}

static void
test_way (void)
{
  static const RungsRehearsalWayKind KINDS[]
      = { RUNGS_REHEARSAL_ENTERS, RUNGS_REHEARSAL_COMES, RUNGS_REHEARSAL_GETS,
          RUNGS_REHEARSAL_COMES,  RUNGS_REHEARSAL_GETS,  RUNGS_REHEARSAL_COMES,
          RUNGS_REHEARSAL_COMES,  RUNGS_REHEARSAL_GETS,  RUNGS_REHEARSAL_LEAVES };
  g_autoptr (RungsFixture) fixture = new_shop ();
  g_autoptr (RungsRehearsal) rehearsal = rehearse (fixture, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) way = rungs_rehearsal_list_way (rehearsal, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (way->len, ==, G_N_ELEMENTS (KINDS));
  for (guint i = 0; i < way->len; i++)
    {
      const RungsRehearsalWay *stop = g_ptr_array_index (way, i);

      g_assert_cmpint (stop->kind, ==, KINDS[i]);
      g_assert_cmpstr (stop->sequence_name, ==, "S");
    }
}

static gboolean
save_draft (RungsDb  *db,
            gpointer  data,
            GError  **error)
{
  g_autofree char *graph = g_strdelimit (
      g_strdup ("{'name':'S','sells':'BOOK','start':'a','steps':{"
                "'a':{'kind':'message','message':'M1'}}}"), "'", '"');

  return rungs_sequence_draft_save (db, 1, graph, rungs_fixture_now (data), error);
}

static void
test_draft (void)
{
  g_autoptr (RungsFixture) fixture = new_shop ();
  g_autoptr (RungsRehearsal) rehearsal = NULL;

  g_assert_true (rungs_db_write (fixture->db, save_draft, fixture, NULL));
  rehearsal = rehearse (fixture, TRUE);
  g_assert_cmpint (rungs_rehearsal_get_mails (rehearsal)->len, ==, 2);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM sequence_version"), ==, 1);
}

static void
cancel_cb (const RungsRehearsalStage *stage,
           gpointer                   data)
{
  if (stage->at > 0)
    g_cancellable_cancel (data);
}

static void
test_cancel (void)
{
  g_autoptr (RungsFixture) fixture = new_shop ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) leads = all_four ();
  g_autoptr (GError) error = NULL;
  const RungsRehearsalPlan plan
      = { .sequence = 1, .from = rungs_fixture_now (fixture), .days = 10, .enter = leads };
  RungsRehearsal *rehearsal = rungs_rehearsal_run (fixture->db, &plan, cancel_cb, cancellable,
                                                   cancellable, &error);

  g_assert_null (rehearsal);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/rehearsal/equals-reality", test_equals_reality);
  g_test_add_func ("/engine/rehearsal/days", test_days);
  g_test_add_func ("/engine/rehearsal/warm-up", test_warm_up);
  g_test_add_func ("/engine/rehearsal/falls-and-walks", test_falls_and_walks);
  g_test_add_func ("/engine/rehearsal/way", test_way);
  g_test_add_func ("/engine/rehearsal/draft", test_draft);
  g_test_add_func ("/engine/rehearsal/cancel", test_cancel);
  return g_test_run ();
}
