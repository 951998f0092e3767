/* test-notice.c: staff are told of a new lead as the rules say, and each is told once. */

#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-touch-store.h"
#include "process/rungs-notice-mail-store.h"
#include "process/rungs-notice-rule-store.h"
#include "process/rungs-notice-store.h"
#include "rungs-fixture.h"

static gint64
add_source (RungsDb    *db,
            const char *name)
{
  return rungs_source_add (db, RUNGS_SOURCE_SEO, name, 0, NULL);
}

/* A lead of that origin, by that source and form where they are given. */
static gint64
capture (RungsFixture *f,
         RungsDb      *db,
         const char   *email,
         const char   *origin,
         gint64        source,
         const char   *form)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (f);
  gint64 id;

  rungs_lead_set (lead, "email", email);
  rungs_lead_set (lead, "city", "Ulm");
  id = rungs_lead_add (db, lead, origin, now, &error);
  if (source != 0)
    rungs_touch_add (db, id, source, RUNGS_PATH_OPT_IN, now, form, &error);
  if (form != NULL)
    rungs_event_add (db, id, RUNGS_EVENT_FORM_SUBMITTED, now, 0, form, &error);
  g_assert_true (rungs_notices_follow (db, now, &error));
  g_assert_no_error (error);
  return id;
}

static void
set_rule (RungsDb          *db,
          RungsNoticeScope  scope,
          gint64            ref,
          const char       *form,
          gboolean          desktop,
          gboolean          today,
          const char       *mail)
{
  g_autoptr (RungsNoticeRule) rule = rungs_notice_rule_new (scope, ref, form);
  g_autoptr (GError) error = NULL;

  rule->desktop = desktop;
  rule->today = today;
  g_free (rule->mail);
  rule->mail = g_strdup (mail);
  g_assert_true (rungs_notice_rule_save (db, rule, &error));
  g_assert_no_error (error);
}

static guint
take (RungsFixture *f,
      RungsDb      *db)
{
  g_autoptr (GPtrArray) notices
    = rungs_notices_take (db, rungs_fixture_now (f) - 10 * RUNGS_MINUTE, NULL);

  return notices->len;
}

static void
test_who (RungsFixture *f,
          RungsDb      *db)
{
  capture (f, db, "hand@a.example", "by hand", 0, NULL);
  capture (f, db, "demo@a.example", "demo", 0, NULL);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM notice"), ==, 0);
  capture (f, db, "form@a.example", "form", 0, "Contact");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM notice"), ==, 1);
}

/* A form goes before its source, that before the business. */
static void
test_rules (RungsFixture *f,
            RungsDb      *db)
{
  gint64 site = add_source (db, "Site");
  gint64 fair = add_source (db, "Fair");
  static const char SQL_SUM[] = "SELECT sum (desktop * 100 + today * 10 + (mail <> ''))"
                                "  FROM notice WHERE id = (SELECT max (id) FROM notice)";

  set_rule (db, RUNGS_NOTICE_OF_ALL, 0, NULL, TRUE, FALSE, "");
  set_rule (db, RUNGS_NOTICE_OF_SOURCE, fair, NULL, FALSE, TRUE, "");
  set_rule (db, RUNGS_NOTICE_OF_FORM, 0, "Help", FALSE, FALSE, "mia@shop.example");
  set_rule (db, RUNGS_NOTICE_OF_FORM, 0, "Quiet", FALSE, FALSE, "");

  capture (f, db, "1@a.example", "form", site, "Contact");
  g_assert_cmpint (rungs_fixture_number (f, SQL_SUM), ==, 100);
  capture (f, db, "2@a.example", "form", fair, "Contact");
  g_assert_cmpint (rungs_fixture_number (f, SQL_SUM), ==, 10);
  capture (f, db, "3@a.example", "form", fair, "Help");
  g_assert_cmpint (rungs_fixture_number (f, SQL_SUM), ==, 1);
  capture (f, db, "4@a.example", "form", fair, "Quiet");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM notice"), ==, 3);

  g_assert_true (rungs_notice_rule_remove (db, RUNGS_NOTICE_OF_SOURCE, fair, NULL, NULL));
  capture (f, db, "5@a.example", "form", fair, "Contact");
  g_assert_cmpint (rungs_fixture_number (f, SQL_SUM), ==, 100);
}

static void
test_addresses (RungsFixture *f,
                RungsDb      *db)
{
  g_autoptr (RungsNoticeRule) rule = rungs_notice_rule_new (RUNGS_NOTICE_OF_ALL, 0, NULL);
  g_autoptr (RungsNoticeRule) saved = NULL;
  g_autoptr (GError) error = NULL;

  g_free (rule->mail);
  rule->mail = g_strdup ("mia@shop.example, nobody");
  g_assert_false (rungs_notice_rule_save (db, rule, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_free (rule->mail);
  rule->mail = g_strdup (" mia@shop.example, MIA@shop.example;tim@shop.example ");
  g_assert_true (rungs_notice_rule_save (db, rule, NULL));
  saved = rungs_notice_rule_load (db, RUNGS_NOTICE_OF_FORM, 0, "Other", NULL);
  g_assert_cmpstr (saved->mail, ==, "mia@shop.example\ntim@shop.example");
}

/* What came within some minutes and was not looked at is put together; none is told twice. */
static void
test_desktop (RungsFixture *f,
              RungsDb      *db)
{
  gint64 ann = capture (f, db, "ann@a.example", "form", 0, NULL);

  g_assert_cmpuint (take (f, db), ==, 1);
  g_assert_cmpuint (take (f, db), ==, 0);
  capture (f, db, "bob@a.example", "form", 0, NULL);
  g_assert_cmpuint (take (f, db), ==, 2);
  g_assert_true (rungs_notice_see (db, ann, rungs_fixture_now (f), NULL));
  capture (f, db, "cid@a.example", "form", 0, NULL);
  g_assert_cmpuint (take (f, db), ==, 2);
  rungs_fixture_pass (f, RUNGS_HOUR);
  capture (f, db, "dan@a.example", "form", 0, NULL);
  g_assert_cmpuint (take (f, db), ==, 1);
}

static void
test_unseen (RungsFixture *f,
             RungsDb      *db)
{
  gint64 ann = capture (f, db, "ann@a.example", "form", 0, NULL);
  g_autoptr (GArray) leads = NULL;
  gint64 n = 0;

  capture (f, db, "bob@a.example", "form", 0, NULL);
  g_assert_true (rungs_notices_count_unseen (db, &n, NULL));
  g_assert_cmpint (n, ==, 2);
  g_assert_true (rungs_notice_see (db, ann, 5, NULL));
  leads = rungs_notice_list_unseen (db, NULL);
  g_assert_cmpuint (leads->len, ==, 1);
  g_assert_true (rungs_notice_see (db, 0, 6, NULL));
  g_assert_true (rungs_notices_count_unseen (db, &n, NULL));
  g_assert_cmpint (n, ==, 0);
  g_assert_true (rungs_notice_unsee (db, leads, NULL));
  g_assert_true (rungs_notices_count_unseen (db, &n, NULL));
  g_assert_cmpint (n, ==, 1);
}

static RungsNoticeMail *
claim (RungsFixture *f,
       RungsDb      *db)
{
  RungsNoticeMail *mail = NULL;

  g_assert_true (rungs_notice_mail_claim (db, rungs_fixture_now (f), &mail, NULL));
  return mail;
}

static void
settle (RungsFixture          *f,
        RungsDb               *db,
        const RungsNoticeMail *mail,
        RungsNoticeMailResult  result)
{
  g_assert_true (
    rungs_notice_mail_settle (db, mail, result, "words", rungs_fixture_now (f), NULL));
}

/* The first is told at once, those of the next minutes together, none twice. */
static void
test_mail (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (RungsNoticeMail) first = NULL;
  g_autoptr (RungsNoticeMail) second = NULL;
  g_autoptr (RungsNoticeMail) third = NULL;
  gint64 site = add_source (db, "Site");
  gint64 next_at = 0;

  set_rule (db, RUNGS_NOTICE_OF_ALL, 0, NULL, FALSE, FALSE, "mia@shop.example");
  capture (f, db, "ann@a.example", "form", site, "Contact");
  first = claim (f, db);
  g_assert_cmpstr (first->address, ==, "mia@shop.example");
  g_assert_cmpstr (first->subject, ==, "New lead: ann@a.example");
  g_assert_nonnull (strstr (first->text, "City: Ulm\n"));
  g_assert_nonnull (strstr (first->text, "From: Site (Contact)\n"));
  g_assert_null (strstr (first->text, "http"));
  g_assert_null (claim (f, db));
  settle (f, db, first, RUNGS_NOTICE_MAIL_SENT);

  capture (f, db, "bob@a.example", "form", site, NULL);
  capture (f, db, "cid@a.example", "form", site, NULL);
  g_assert_null (claim (f, db));
  g_assert_true (rungs_notice_mail_next_due (db, &next_at, NULL));
  g_assert_cmpint (next_at, ==, rungs_fixture_now (f) + RUNGS_NOTICE_MAIL_EVERY);
  rungs_fixture_pass (f, RUNGS_NOTICE_MAIL_EVERY);
  second = claim (f, db);
  g_assert_cmpuint (second->leads, ==, 2);
  g_assert_cmpstr (second->subject, ==, "2 new leads");
  g_assert_null (strstr (second->text, "ann@"));

  settle (f, db, second, RUNGS_NOTICE_MAIL_AGAIN);
  g_assert_null (claim (f, db));
  rungs_fixture_pass (f, RUNGS_MINUTE);
  third = claim (f, db);
  g_assert_cmpuint (third->leads, ==, 2);
  settle (f, db, third, RUNGS_NOTICE_MAIL_REFUSED);
  rungs_fixture_pass (f, RUNGS_DAY);
  g_assert_null (claim (f, db));
}

/* What was claimed when the program ended may have arrived: it is not sent again. */
static void
test_mail_crash (RungsFixture *f,
                 RungsDb      *db)
{
  g_autoptr (RungsNoticeMail) mail = NULL;
  g_autoptr (GPtrArray) addresses = NULL;

  set_rule (db, RUNGS_NOTICE_OF_ALL, 0, NULL, FALSE, FALSE, "mia@shop.example tim@shop.example");
  capture (f, db, "ann@a.example", "form", 0, NULL);
  mail = claim (f, db);
  g_assert_cmpstr (mail->address, ==, "mia@shop.example");
  g_assert_true (rungs_notice_mail_recover (db, NULL));
  g_clear_pointer (&mail, rungs_notice_mail_free);
  mail = claim (f, db);
  g_assert_cmpstr (mail->address, ==, "tim@shop.example");
  settle (f, db, mail, RUNGS_NOTICE_MAIL_SENT);
  g_assert_null (claim (f, db));
  addresses = rungs_notice_address_list (db, NULL);
  g_assert_cmpuint (addresses->len, ==, 2);
  g_assert_cmpstr (((RungsNoticeAddress *) addresses->pdata[0])->trouble, !=, "");
  g_assert_cmpstr (((RungsNoticeAddress *) addresses->pdata[1])->trouble, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/notice/who", test_who);
  rungs_fixture_add_test ("/notice/rules", test_rules);
  rungs_fixture_add_test ("/notice/addresses", test_addresses);
  rungs_fixture_add_test ("/notice/desktop", test_desktop);
  rungs_fixture_add_test ("/notice/unseen", test_unseen);
  rungs_fixture_add_test ("/notice/mail", test_mail);
  rungs_fixture_add_test ("/notice/mail-crash", test_mail_crash);
  return g_test_run ();
}
