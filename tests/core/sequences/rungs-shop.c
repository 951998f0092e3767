/* rungs-shop.c: a shop with messages, leads and sequences, for the tests of sequences. */

#include "rungs-shop.h"

#include <string.h>

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-tag-store.h"
#include "sequences/rungs-enrolment-store.h"
#include "sequences/rungs-sequence-store.h"
#include "sequences/rungs-sequences-advance.h"
#include "sequences/rungs-sequences-follow.h"

void
rungs_shop_add_message (RungsFixture *fixture,
                        const char   *name,
                        gboolean      marketing)
{
  g_autofree char *sql =
      g_strdup_printf ("INSERT INTO message (name, purpose, value, kind, created_at, updated_at)"
                       " VALUES ('%s', 'p', 'v', '%s', 0, 0)",
                       name, marketing ? "marketing" : "transactional");

  rungs_fixture_run (fixture, sql);
}

gint64
rungs_shop_add_lead (RungsFixture *fixture,
                     const char   *name)
{
  g_autofree char *email = g_strconcat (name, "@example.com", NULL);
  gint64 lead = rungs_fixture_add_lead (fixture, email, name);

  g_assert_cmpint (rungs_consent_give (fixture->db, lead, RUNGS_PURPOSE_MARKETING,
                                       RUNGS_CHANNEL_EMAIL, rungs_fixture_now (fixture), "test",
                                       "yes", NULL),
                   >, 0);
  return lead;
}

gint64
rungs_shop_add_sequence (RungsFixture *fixture,
                         const char   *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  gint64 sequence =
      rungs_sequence_add (fixture->db, text, rungs_fixture_now (fixture), NULL, &error);

  g_assert_no_error (error);
  g_assert_true (rungs_sequence_start (fixture->db, sequence, rungs_fixture_now (fixture), &error));
  return sequence;
}

gint64
rungs_shop_add_steps (RungsFixture *fixture,
                      const char   *steps)
{
  g_autofree char *json = g_strdup_printf ("{'name': 'S', 'start': 'a', 'steps': {%s}}", steps);

  return rungs_shop_add_sequence (fixture, json);
}

void
rungs_shop_tag (RungsFixture *fixture,
                gint64        lead,
                const char   *tag)
{
  g_autoptr (GError) error = NULL;
  gint64 id = rungs_tag_ensure (fixture->db, tag, &error);

  rungs_lead_add_tag (fixture->db, lead, id, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
}

const char *
rungs_shop_enrol (RungsFixture *fixture,
                  gint64        lead,
                  gint64        sequence)
{
  g_autoptr (GError) error = NULL;
  RungsEnrolAnswer answer = RUNGS_ENROL_OK;

  rungs_enrolment_add (fixture->db, lead, sequence, "by hand", rungs_fixture_now (fixture), &answer,
                       &error);
  g_assert_no_error (error);
  return rungs_enrol_answer_to_text (answer);
}

void
rungs_shop_follow (RungsFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  rungs_sequences_follow (fixture->db, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
}

void
rungs_shop_run (RungsFixture *fixture,
                int           days)
{
  gint64 end = rungs_fixture_now (fixture) + days * RUNGS_DAY;
  g_autoptr (GError) error = NULL;
  gint64 due = 0;

  rungs_shop_follow (fixture);
  while (rungs_sequences_next_due (fixture->db, &due, &error) && due <= end)
    {
      guint advanced = 0;

      rungs_clock_set (fixture->clock, MAX (due, rungs_fixture_now (fixture)));
      rungs_sequences_advance (fixture->db, rungs_fixture_now (fixture), 3, &advanced, &error);
      g_assert_no_error (error);
      g_assert_cmpint (advanced, >, 0);
      rungs_shop_follow (fixture);
    }
  g_assert_no_error (error);
  rungs_clock_set (fixture->clock, end);
}

char *
rungs_shop_mails (RungsFixture *fixture,
                  gint64        lead)
{
  g_autoptr (RungsStatement) query =
      rungs_db_prepare (fixture->db,
                        "SELECT m.name, o.created_at, o.state, o.reason FROM outbox o"
                        "  JOIN message m ON m.id = o.message WHERE o.lead = :lead ORDER BY o.id",
                        NULL);
  g_autoptr (GTimeZone) zone = rungs_time_zone ("Europe/Berlin");
  g_autoptr (GString) text = g_string_new (NULL);

  rungs_statement_bind_int64 (query, ":lead", lead);
  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    {
      g_autofree char *at = rungs_time_format_minute (rungs_statement_get_int64 (query, 1), zone);
      const char *state = rungs_statement_get_text (query, 2);

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "",
                              rungs_statement_get_text (query, 0), at + strlen ("2026-"));
      if (!g_str_equal (state, "planned"))
        g_string_append_printf (text, " %s:%s", state, rungs_statement_get_text (query, 3));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rungs_shop_walks (RungsFixture *fixture,
                  gint64        lead)
{
  g_autoptr (RungsStatement) query =
      rungs_db_prepare (fixture->db,
                        "SELECT coalesce (e.outcome, e.step), e.why, e.outcome IS NULL"
                        "  FROM enrolment e WHERE e.lead = :lead ORDER BY e.id",
                        NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  rungs_statement_bind_int64 (query, ":lead", lead);
  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    {
      const char *why = rungs_statement_get_text (query, 1);

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              rungs_statement_get_text (query, 0));
      if (rungs_statement_get_int64 (query, 2) == 0 && *why != '\0')
        g_string_append_printf (text, " (%s)", g_str_has_prefix (why, "event:") ? "event" : why);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
