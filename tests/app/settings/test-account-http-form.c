/* test-account-http-form.c: the form of an HTTP account asks what the provider's file says, marks
 * what cannot be, and gives what was entered. */

#include "rungs-app-fixture.h"
#include "settings/rungs-account-http-form.h"
#include "widgets/rungs-choice-row.h"
#include "wire/rungs-provider.h"


static void
collect (GtkWidget *widget,
         GPtrArray *rows)
{
  if (ADW_IS_PREFERENCES_ROW (widget))
    g_ptr_array_add (rows, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, rows);
}

/* The row whose title begins so; a marked one says behind it what is wrong. */
static GtkWidget *
find_row (GtkWidget  *form,
          const char *title)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  collect (form, rows);
  for (guint i = 0; i < rows->len; i++)
    if (g_str_has_prefix (adw_preferences_row_get_title (rows->pdata[i]), title))
      return rows->pdata[i];
  return NULL;
}

static void
enter (GtkWidget  *form,
       const char *title,
       const char *text)
{
  GtkWidget *row = find_row (form, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
choose (GtkWidget  *form,
        const char *provider)
{
  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (find_row (form, "Provider")), provider);
}

static RungsAccount *
read_form (GtkWidget *form)
{
  RungsAccount *account = rungs_account_new (RUNGS_ACCOUNT_HTTP);

  rungs_account_form_read (RUNGS_ACCOUNT_FORM (form), account);
  return account;
}

static GtkWidget *
make_form (const RungsAccount *account)
{
  GtkWidget *form = g_object_ref_sink (g_object_new (RUNGS_TYPE_ACCOUNT_HTTP_FORM, NULL));

  rungs_account_form_fill (RUNGS_ACCOUNT_FORM (form), account, "file");
  return form;
}

static void
test_entered (void)
{
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_HTTP);
  GtkWidget *form = make_form (account);
  g_autoptr (RungsAccount) read = NULL;

  choose (form, "ses");
  g_assert_nonnull (find_row (form, "Region"));
  g_assert_nonnull (find_row (form, "Secret access key"));
  g_assert_false (rungs_account_form_check (RUNGS_ACCOUNT_FORM (form)));
  g_assert_true (gtk_widget_has_css_class (find_row (form, "Access key ID"), "error"));
  enter (form, "Access key ID", "AKIDEXAMPLEEXAMPLE");
  enter (form, "Region", "eu west");
  enter (form, "Secret access key", "s");
  g_assert_false (rungs_account_form_check (RUNGS_ACCOUNT_FORM (form)));
  enter (form, "Region", "eu-west-1");
  g_assert_true (rungs_account_form_check (RUNGS_ACCOUNT_FORM (form)));
  read = read_form (form);
  g_assert_cmpstr (read->provider, ==, "ses");
  g_assert_cmpstr (read->options, ==,
                   "{\"access_key\":\"AKIDEXAMPLEEXAMPLE\",\"region\":\"eu-west-1\","
                   "\"configuration_set\":\"\"}");
  g_assert_cmpstr (rungs_account_form_get_secret (RUNGS_ACCOUNT_FORM (form)), ==, "s");
  g_object_unref (form);
}

/* Each provider has rows of its own, and none of the one before. */
static void
test_change (void)
{
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_HTTP);
  GtkWidget *form = make_form (account);

  choose (form, "postmark");
  g_assert_nonnull (find_row (form, "Message stream"));
  choose (form, "mailgun");
  g_assert_null (find_row (form, "Message stream"));
  g_assert_true (RUNGS_IS_CHOICE_ROW (find_row (form, "Region")));
  choose (form, "resend");
  g_assert_null (find_row (form, "Region"));
  g_assert_nonnull (find_row (form, "API key"));
  g_object_unref (form);
}

/* A stored account shows what it has, and needs no new key. */
static void
test_stored (void)
{
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_HTTP);
  g_autoptr (RungsAccount) read = NULL;
  GtkWidget *form;

  account->id = 7;
  g_free (account->provider);
  g_free (account->options);
  account->provider = g_strdup ("postmark");
  account->options = g_strdup ("{\"stream\": \"offers\"}");
  form = make_form (account);
  g_assert_true (rungs_account_form_check (RUNGS_ACCOUNT_FORM (form)));
  read = read_form (form);
  g_assert_cmpstr (read->options, ==, "{\"stream\":\"offers\"}");
  g_object_unref (form);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add_func ("/app/account-http-form/entered", test_entered);
  g_test_add_func ("/app/account-http-form/change", test_change);
  g_test_add_func ("/app/account-http-form/stored", test_stored);
  return g_test_run ();
}
