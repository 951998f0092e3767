/* rungs-accounts-group.c: the mail accounts, and what can be done with each. */

#include "rungs-accounts-group.h"

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "compat/rungs-question.h"
#include "mail/rungs-secret.h"
#include "settings/rungs-account-dialog.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-row-menu.h"

struct _RungsAccountsGroup
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;

  RungsStore *store;    /* (owned) (nullable) */
  char *business_name;  /* (owned) (nullable) */
  char *file;           /* (owned) (nullable): uuid of the business */
  GPtrArray *accounts;  /* (owned) (nullable) */
  GPtrArray *rows;      /* (owned): those of the group, not owned */
  gint64 asked_about;   /* the account a question is about */
};

G_DEFINE_FINAL_TYPE (RungsAccountsGroup, rungs_accounts_group, ADW_TYPE_BIN)

static const RungsAccount *
find_account (RungsAccountsGroup *self,
              gint64              id)
{
  for (guint i = 0; self->accounts != NULL && i < self->accounts->len; i++)
    if (((RungsAccount *) g_ptr_array_index (self->accounts, i))->id == id)
      return g_ptr_array_index (self->accounts, i);
  return NULL;
}

static void
open_dialog (RungsAccountsGroup *self,
             const RungsAccount *account)
{
  RungsBusiness business = { .uuid = self->file, .name = self->business_name };
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (
    GTK_WINDOW (rungs_account_dialog_new (window, self->store, &business, account)));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsAccountsGroup) self = data;
  g_autoptr (GError) error = NULL;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  if (error != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Account Could Not Be Changed"), error);
}

/* On the store's writing thread. */
static gpointer
make_default (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return GINT_TO_POINTER (rungs_account_set_default (db, *(gint64 *) data, error));
}

static gpointer
resume (RungsDb       *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  return GINT_TO_POINTER (rungs_account_resume (db, *(gint64 *) data, error));
}

static gpointer
remove_account (RungsDb       *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return GINT_TO_POINTER (rungs_account_remove (db, *(gint64 *) data, error));
}

static void
write_account (RungsAccountsGroup *self,
               RungsStoreFunc      func,
               gint64              account)
{
  rungs_store_write_async (self->store, func, g_memdup2 (&account, sizeof account), g_free, NULL,
                           NULL, written_cb, g_object_ref (self));
}

static void
add_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  RungsAccountsGroup *self = RUNGS_ACCOUNTS_GROUP (widget);
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_SMTP);

  if (self->store == NULL)
    return;
  g_free (account->from_name);
  account->from_name = g_strdup (self->business_name);
  open_dialog (self, account);
}

static void
edit_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  rungs_accounts_group_open (RUNGS_ACCOUNTS_GROUP (widget), g_variant_get_int64 (parameter));
}

static void
default_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  write_account (RUNGS_ACCOUNTS_GROUP (widget), make_default, g_variant_get_int64 (parameter));
}

static void
resume_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  write_account (RUNGS_ACCOUNTS_GROUP (widget), resume, g_variant_get_int64 (parameter));
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsAccountsGroup) self = data;
  g_autoptr (GError) error = NULL;
  const RungsAccount *account = find_account (self, self->asked_about);

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  if (error != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Account Could Not Be Removed"), error);
  else if (account != NULL)
    rungs_secret_clear_async (self->file, account->uuid, RUNGS_SECRET_TIMEOUT, NULL, NULL, NULL);
}

static void
remove_answered_cb (gboolean agreed,
                    gpointer data)
{
  RungsAccountsGroup *self = data;

  if (agreed)
    rungs_store_write_async (self->store, remove_account,
                             g_memdup2 (&self->asked_about, sizeof self->asked_about), g_free, NULL,
                             NULL, removed_cb, g_object_ref (self));
}

static void
remove_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  RungsAccountsGroup *self = RUNGS_ACCOUNTS_GROUP (widget);
  const RungsAccount *account = find_account (self, g_variant_get_int64 (parameter));
  g_autofree char *body = NULL;

  if (account == NULL)
    return;
  self->asked_about = account->id;
  body =
      g_strdup_printf (_ ("“%s” and its password are forgotten, and the rules that name it with "
                          "it: what waits for it leaves by the other accounts. What was sent by "
                          "it stays in the outbox."),
                       account->name);
  rungs_question_ask (widget, _ ("Remove the Account?"), body, _ ("_Remove"),
                      RUNGS_QUESTION_DESTRUCTIVE, remove_answered_cb, self);
}

static GtkWidget *
new_menu_button (const RungsAccount *account)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  rungs_row_menu_append (menu, _ ("_Edit…"), "accounts.edit", account->id);
  if (!account->is_default)
    rungs_row_menu_append (menu, _ ("Make It the _Default"), "accounts.make-default", account->id);
  if (account->paused_at != 0)
    rungs_row_menu_append (menu, _ ("Send _Again"), "accounts.resume", account->id);
  if (!account->is_default)
    rungs_row_menu_append (menu, _ ("_Remove…"), "accounts.remove", account->id);
  return rungs_row_menu_button_new (menu, account->name);
}

/* Through what its messages leave. */
static const char *
get_way (const RungsAccount *account)
{
  switch (account->kind)
    {
    case RUNGS_ACCOUNT_HTTP:
      return account->provider;
    case RUNGS_ACCOUNT_JMAP:
      return account->url;
    case RUNGS_ACCOUNT_PRACTICE:
    case RUNGS_ACCOUNT_SMTP:
    default:
      return account->host;
    }
}

/* `today` is the day of the business. */
static char *
describe (const RungsAccount *account,
          const char         *today)
{
  g_autofree char *now = rungs_display_number (rungs_account_get_limit_on (account, today));
  g_autofree char *then = rungs_display_number (rungs_account_get_limit_after (account, today));

  if (account->paused_at != 0)
    /* Translators: why an account does not send at the moment. */
    return g_strdup_printf (_ ("Stopped: %s"), rungs_error_stored_words (account->paused_reason));
  if (account->kind == RUNGS_ACCOUNT_PRACTICE)
    return g_strdup (_ ("Writes messages into the practice folder"));
  if (account->warm_start == 0 || g_str_equal (now, then))
    return g_strdup_printf ("%s · %s", account->from_email, get_way (account));
  /* Translators: an address, a server, and numbers of messages. */
  return g_strdup_printf (_ ("%s · %s · today up to %s, tomorrow %s"), account->from_email,
                          get_way (account), now, then);
}

/* Opens the account, where one signs in. */
static GtkWidget *
new_sign_in_button (const RungsAccount *account)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Sign In _Again…"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", account->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "accounts.edit");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
new_row (const RungsAccount *account,
         const char         *today)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean practice = account->kind == RUNGS_ACCOUNT_PRACTICE;
  GtkWidget *icon
    = gtk_image_new_from_icon_name (account->paused_at != 0 ? "dialog-warning-symbolic"
                                    : practice              ? "folder-symbolic"
                                                            : "mail-send-symbolic");
  g_autofree char *subtitle = describe (account, today);
  g_autofree char *title_markup = g_markup_escape_text (account->name, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);

  if (account->paused_at != 0)
    gtk_widget_add_css_class (icon, "error");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  if (account->is_default)
    {
      GtkWidget *label = gtk_label_new (_ ("Default"));

      gtk_widget_add_css_class (label, "badge");
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  if (account->paused_at != 0 && account->auth == RUNGS_SMTP_AUTH_OAUTH)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_sign_in_button (account));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_menu_button (account));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", account->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "accounts.edit");
  return row;
}

static void
rungs_accounts_group_dispose (GObject *object)
{
  RungsAccountsGroup *self = RUNGS_ACCOUNTS_GROUP (object);

  g_clear_object (&self->store);

  G_OBJECT_CLASS (rungs_accounts_group_parent_class)->dispose (object);
}

static void
rungs_accounts_group_finalize (GObject *object)
{
  RungsAccountsGroup *self = RUNGS_ACCOUNTS_GROUP (object);

  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  g_free (self->business_name);
  g_free (self->file);

  G_OBJECT_CLASS (rungs_accounts_group_parent_class)->finalize (object);
}

static void
rungs_accounts_group_class_init (RungsAccountsGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_accounts_group_dispose;
  object_class->finalize = rungs_accounts_group_finalize;

  gtk_widget_class_install_action (widget_class, "accounts.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "accounts.edit", "x", edit_action);
  gtk_widget_class_install_action (widget_class, "accounts.make-default", "x", default_action);
  gtk_widget_class_install_action (widget_class, "accounts.resume", "x", resume_action);
  gtk_widget_class_install_action (widget_class, "accounts.remove", "x", remove_action);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-accounts-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsAccountsGroup, group);
}

static void
rungs_accounts_group_init (RungsAccountsGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_accounts_group_show (RungsAccountsGroup  *self,
                           RungsStore          *store,
                           const RungsBusiness *business,
                           GPtrArray           *accounts)
{
  RungsFocus *focus = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (business->zone);
  g_autofree char *today = NULL;

  g_return_if_fail (RUNGS_IS_ACCOUNTS_GROUP (self));

  today = zone != NULL ? rungs_time_format_day (rungs_display_now (), zone) : g_strdup ("");

  focus = rungs_focus_note (GTK_WIDGET (self->group));
  g_set_object (&self->store, store);
  g_free (self->business_name);
  g_free (self->file);
  self->business_name = g_strdup (business->name);
  self->file = g_strdup (business->uuid);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  self->accounts = g_ptr_array_ref (accounts);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < accounts->len; i++)
    {
      GtkWidget *row = new_row (g_ptr_array_index (accounts, i), today);

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
  rungs_focus_restore (focus, GTK_WIDGET (self->group));
}

void
rungs_accounts_group_open (RungsAccountsGroup *self,
                           gint64              account)
{
  g_return_if_fail (RUNGS_IS_ACCOUNTS_GROUP (self));

  if (find_account (self, account) != NULL)
    open_dialog (self, find_account (self, account));
}
