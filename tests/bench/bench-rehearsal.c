/* bench-rehearsal.c: how long a rehearsal of 10,000 leads over 90 days takes.
 *
 * All walk a sequence of eight messages. Once they enter together on the first day; once they walk
 * already, each from another minute on, so that hardly two are ever due at the same time. The aim
 * is ten seconds. */

#include <stdio.h>
#include <time.h>

#include "engine/rungs-business.h"
#include "engine/rungs-rehearsal.h"
#include "leads/rungs-consent-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-message-store.h"
#include "rungs-fixture.h"
#include "sequences/rungs-enrolment-many-store.h"
#include "sequences/rungs-sequence-store.h"

#define LEADS 10000
#define DAYS 90
#define MESSAGES 8

typedef struct
{
  RungsFixture *fixture;
  GArray *leads; /* (element-type gint64) */
  gint64 sequence;
} Setup;

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static void
add_messages (RungsFixture *fixture)
{
  for (int i = 0; i < MESSAGES; i++)
    {
      g_autoptr (RungsMessage) message = rungs_message_new ();
      g_autoptr (GError) error = NULL;

      g_free (message->name);
      g_free (message->purpose);
      g_free (message->value);
      g_free (message->subject);
      g_free (message->blocks);
      message->name = g_strdup_printf ("M%d", i);
      message->purpose = g_strdup ("sell");
      message->value = g_strdup ("a hint");
      message->subject = g_strdup ("For {{ lead.first_name | default: 'you' }}");
      message->blocks = rungs_message_blocks_from_text (
          "Hello {{ lead.first_name | default: 'you' }}!\n\nThis says a few things.");
      rungs_message_save (fixture->db, message, rungs_fixture_now (fixture), &error);
      g_assert_no_error (error);
    }
}

static gint64
add_sequence (RungsFixture *fixture)
{
  g_autoptr (GString) json = g_string_new ("{\"name\":\"S\",\"start\":\"m0\",\"steps\":{");
  g_autoptr (GError) error = NULL;
  gint64 sequence;

  for (int i = 0; i < MESSAGES - 1; i++)
    g_string_append_printf (json,
                            "\"m%d\":{\"kind\":\"message\",\"message\":\"M%d\",\"next\":\"w%d\"},"
                            "\"w%d\":{\"kind\":\"wait\",\"days\":10,\"next\":\"m%d\"},",
                            i, i, i, i, i + 1);
  g_string_append_printf (json, "\"m%d\":{\"kind\":\"message\",\"message\":\"M%d\"}}}",
                          MESSAGES - 1, MESSAGES - 1);
  sequence = rungs_sequence_add (fixture->db, json->str, rungs_fixture_now (fixture), NULL, &error);
  g_assert_no_error (error);
  rungs_sequence_start (fixture->db, sequence, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
  return sequence;
}

static gboolean
make (RungsDb  *db,
      gpointer  data,
      GError  **error)
{
  Setup *setup = data;
  RungsFixture *fixture = setup->fixture;
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_PRACTICE);

  g_free (account->name);
  account->name = g_strdup ("Practice");
  g_assert_true (rungs_account_add (db, account, rungs_fixture_now (fixture), NULL));
  add_messages (fixture);
  setup->sequence = add_sequence (fixture);
  for (int i = 0; i < LEADS; i++)
    {
      g_autofree char *email = g_strdup_printf ("lead%d@example.com", i);
      gint64 lead = rungs_fixture_add_lead (fixture, email, "Ann");

      rungs_consent_give (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                          rungs_fixture_now (fixture), "bench", "yes", NULL);
      g_array_append_val (setup->leads, lead);
    }
  return TRUE;
}

/* Each at another minute of the next week. */
static gboolean
enter (RungsDb  *db,
       gpointer  data,
       GError  **error)
{
  Setup *setup = data;
  gint64 counts[RUNGS_ENROL_SUPPRESSED + 1] = { 0 };

  if (!rungs_enrolments_enter (db, setup->leads, setup->sequence, "bench",
                               rungs_fixture_now (setup->fixture), counts, NULL, error))
    return FALSE;
  rungs_fixture_run (setup->fixture, "UPDATE enrolment SET due_at = due_at + id * 60000");
  return TRUE;
}

static void
report (Setup      *setup,
        const char *what,
        GArray     *entering)
{
  const RungsRehearsalPlan plan = { .sequence = setup->sequence,
                                    .from = rungs_fixture_now (setup->fixture),
                                    .days = DAYS,
                                    .enter = entering };
  g_autoptr (GError) error = NULL;
  double begun = cpu_seconds ();
  g_autoptr (RungsRehearsal) rehearsal
      = rungs_rehearsal_run (setup->fixture->db, &plan, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  printf ("%s: %d leads, %d days, %u messages in %.2f s of one core\n", what, LEADS, DAYS,
          rungs_rehearsal_get_mails (rehearsal)->len, cpu_seconds () - begun);
}

int
main (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  Setup setup = { .fixture = fixture, .leads = leads };
  g_autoptr (GError) error = NULL;

  rungs_business_follow (fixture->db, fixture->clock, &error);
  g_assert_no_error (error);
  rungs_db_write (fixture->db, make, &setup, &error);
  g_assert_no_error (error);
  report (&setup, "entering together", leads);
  rungs_db_write (fixture->db, enter, &setup, &error);
  g_assert_no_error (error);
  report (&setup, "each at another minute", NULL);
  return 0;
}
