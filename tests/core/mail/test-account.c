/* test-account.c: accounts and mailboxes of each kind are kept as they are, and refused where they
 * could not work. */

#include "base/rungs-error.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-mailbox-store.h"
#include "rungs-fixture.h"

static void
set (char       **field,
     const char  *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* One that can be stored. */
static RungsAccount *
new_account (RungsAccountKind kind)
{
  RungsAccount *account = rungs_account_new (kind);

  set (&account->name, rungs_account_kind_to_text (kind));
  set (&account->from_email, "shop@business.example");
  set (&account->host, "mail.example");
  set (&account->url, "https://jmap.example/session");
  set (&account->provider, "postmark");
  set (&account->options, "{\"stream\":\"broadcast\"}");
  return account;
}

static void
test_kinds (RungsFixture *fixture,
            RungsDb      *db)
{
  static const char *const TEXTS[] = { "practice", "smtp", "jmap", "http" };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autoptr (RungsAccount) account = NULL;
      g_autoptr (RungsAccount) copy = NULL;
      g_autoptr (RungsAccount) stored = NULL;
      g_autoptr (GError) error = NULL;
      RungsAccountKind kind;

      g_assert_true (rungs_account_kind_from_text (TEXTS[i], &kind));
      account = new_account (kind);
      account->auth = RUNGS_SMTP_AUTH_GOA;
      g_assert_true (rungs_account_add (db, account, 7, &error));
      copy = rungs_account_copy (account);
      set (&copy->url, "https://other.example/");
      g_assert_true (rungs_account_save (db, copy, &error));
      g_assert_no_error (error);
      stored = rungs_account_load_by_name (db, TEXTS[i], &error);
      g_assert_no_error (error);
      g_assert_cmpint (stored->kind, ==, kind);
      g_assert_cmpint (stored->auth, ==, RUNGS_SMTP_AUTH_GOA);
      g_assert_cmpstr (stored->provider, ==, "postmark");
      g_assert_cmpstr (stored->options, ==, "{\"stream\":\"broadcast\"}");
      g_assert_cmpstr (stored->url, ==, "https://other.example/");
      g_assert_cmpstr (stored->uuid, ==, account->uuid);
    }
}

static void
test_refused (RungsFixture *fixture,
              RungsDb      *db)
{
  static const struct
  {
    RungsAccountKind kind;
    gsize field; /* of RungsAccount: what is wrong … */
    const char *text; /* … like this */
  } CASES[] = {
    { RUNGS_ACCOUNT_SMTP, G_STRUCT_OFFSET (RungsAccount, host), "" },
    { RUNGS_ACCOUNT_JMAP, G_STRUCT_OFFSET (RungsAccount, url), "" },
    { RUNGS_ACCOUNT_JMAP, G_STRUCT_OFFSET (RungsAccount, url), "jmap.example" },
    { RUNGS_ACCOUNT_HTTP, G_STRUCT_OFFSET (RungsAccount, provider), "" },
    { RUNGS_ACCOUNT_HTTP, G_STRUCT_OFFSET (RungsAccount, options), "[1]" },
    { RUNGS_ACCOUNT_HTTP, G_STRUCT_OFFSET (RungsAccount, options), "nonsense" },
    { RUNGS_ACCOUNT_HTTP, G_STRUCT_OFFSET (RungsAccount, from_email), "" },
    { RUNGS_ACCOUNT_PRACTICE, G_STRUCT_OFFSET (RungsAccount, name), "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsAccount) account = new_account (CASES[i].kind);
      g_autoptr (GError) error = NULL;

      set (G_STRUCT_MEMBER_P (account, CASES[i].field), CASES[i].text);
      g_assert_false (rungs_account_add (db, account, 7, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

static void
test_secrets (void)
{
  static const struct
  {
    RungsAccountKind kind;
    RungsSmtpAuth auth;
    gboolean has;
  } CASES[] = {
    { RUNGS_ACCOUNT_PRACTICE, RUNGS_SMTP_AUTH_AUTO, FALSE },
    { RUNGS_ACCOUNT_SMTP, RUNGS_SMTP_AUTH_NONE, FALSE },
    { RUNGS_ACCOUNT_SMTP, RUNGS_SMTP_AUTH_LOGIN, TRUE },
    { RUNGS_ACCOUNT_SMTP, RUNGS_SMTP_AUTH_OAUTH, FALSE },
    { RUNGS_ACCOUNT_JMAP, RUNGS_SMTP_AUTH_GOA, FALSE },
    { RUNGS_ACCOUNT_JMAP, RUNGS_SMTP_AUTH_XOAUTH2, TRUE },
    { RUNGS_ACCOUNT_HTTP, RUNGS_SMTP_AUTH_NONE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsAccount) account = rungs_account_new (CASES[i].kind);

      account->auth = CASES[i].auth;
      g_assert_cmpint (rungs_account_has_secret (account), ==, CASES[i].has);
    }
}

/* Where a mailbox is another one, it is read anew. */
static void
test_jmap_mailbox (RungsFixture *fixture,
                   RungsDb      *db)
{
  g_autoptr (RungsMailbox) mailbox = rungs_mailbox_new ();
  g_autoptr (RungsMailbox) stored = NULL;
  g_autoptr (RungsMailbox) moved = NULL;
  g_autoptr (GError) error = NULL;

  mailbox->kind = RUNGS_MAILBOX_JMAP;
  mailbox->auth = RUNGS_SMTP_AUTH_OAUTH;
  set (&mailbox->name, "Replies");
  set (&mailbox->username, "shop");
  g_assert_false (rungs_mailbox_add (db, mailbox, 7, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  set (&mailbox->url, "https://jmap.example/session");
  set (&mailbox->provider, "google");
  g_assert_true (rungs_mailbox_add (db, mailbox, 7, &error));
  g_assert_true (rungs_mailbox_note_state (db, mailbox->id, "s-12", &error));
  g_assert_no_error (error);

  stored = rungs_mailbox_load (db, mailbox->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stored->kind, ==, RUNGS_MAILBOX_JMAP);
  g_assert_cmpint (stored->auth, ==, RUNGS_SMTP_AUTH_OAUTH);
  g_assert_cmpstr (stored->provider, ==, "google");
  g_assert_cmpstr (stored->state, ==, "s-12");
  set (&stored->url, "https://other.example/session");
  g_assert_true (rungs_mailbox_save (db, stored, &error));
  moved = rungs_mailbox_load (db, mailbox->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (moved->url, ==, "https://other.example/session");
  g_assert_cmpstr (moved->state, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/mail/account/kinds", test_kinds);
  rungs_fixture_add_test ("/mail/account/refused", test_refused);
  rungs_fixture_add_test ("/mail/account/jmap-mailbox", test_jmap_mailbox);
  g_test_add_func ("/mail/account/secrets", test_secrets);
  return g_test_run ();
}
