/* rungs-account-dialog.c: adds or edits a mail account, and tests it.
 *
 * What only its kind has is entered in a form of its own, which is put beside what all have.
 *
 * The account is stored first, for its uuid names the password in the keyring. Where the keyring
 * does not take the password the account stays, and the user is told: nothing is stored in plain
 * text instead. */

#include "rungs-account-dialog.h"

#include <glib/gi18n.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "compat/rungs-question.h"
#include "mail/rungs-access-account.h"
#include "mail/rungs-secret.h"
#include "settings/rungs-account-goa-form.h"
#include "settings/rungs-account-http-form.h"
#include "settings/rungs-account-jmap-form.h"
#include "settings/rungs-account-oauth-form.h"
#include "settings/rungs-account-practice-form.h"
#include "settings/rungs-account-smtp-form.h"
#include "settings/rungs-account-test.h"
#include "settings/rungs-warm-up-group.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

struct _RungsAccountDialog
{
  AdwWindow parent_instance;

  AdwPreferencesPage *page;
  RungsChoiceRow *kind_row;
  GtkWidget *kind_group;
  GtkWidget *early_group; /* of a form that tells who the sender is */
  AdwBin *early_place;
  GtkWidget *form_group;
  AdwBin *form_place;
  RungsAccountForm *form; /* of the kind that is chosen */
  AdwEntryRow *name_row;
  AdwEntryRow *from_name_row;
  AdwEntryRow *from_email_row;
  AdwEntryRow *reply_to_row;
  GtkWidget *default_row;
  GtkSwitch *default_switch;
  GtkWidget *limits_group;
  GtkSpinButton *second_spin;
  GtkSpinButton *hour_spin;
  GtkSpinButton *day_spin;
  RungsWarmUpGroup *warm_up_group;
  GtkSpinButton *connections_spin;
  AdwEntryRow *to_row;
  AdwActionRow *result_row;
  GtkStack *result_stack;
  GtkImage *result_icon;

  RungsStore *store;         /* (owned) */
  char *business_name;       /* (owned) */
  char *file;                /* (owned): uuid of the business */
  RungsAccount *account;     /* (owned): as it was opened, then as it is stored */
  GCancellable *cancellable; /* (owned): of the test */
};

G_DEFINE_FINAL_TYPE (RungsAccountDialog, rungs_account_dialog, ADW_TYPE_WINDOW)

/* The kinds of accounts, in the order in which they are offered. */
static const struct
{
  RungsAccountKind kind;
  const char *label;
  GType (*get_form_type) (void);
  RungsSmtpAuth access; /* OAUTH, GOA: signs in so; else by a password of ours */
} KINDS[] = {
  { RUNGS_ACCOUNT_SMTP, N_ ("A Mail Server (SMTP)"), rungs_account_smtp_form_get_type },
  { RUNGS_ACCOUNT_SMTP, N_ ("Google or Microsoft (Sign In)"),
    rungs_account_oauth_form_get_type, RUNGS_SMTP_AUTH_OAUTH },
  { RUNGS_ACCOUNT_SMTP, N_ ("An Account of This Computer"), rungs_account_goa_form_get_type,
    RUNGS_SMTP_AUTH_GOA },
  { RUNGS_ACCOUNT_HTTP, N_ ("A Provider, by Its Own Interface (HTTP)"),
    rungs_account_http_form_get_type },
  { RUNGS_ACCOUNT_JMAP, N_ ("A JMAP Server"), rungs_account_jmap_form_get_type },
  { RUNGS_ACCOUNT_PRACTICE, N_ ("The Practice Folder"), rungs_account_practice_form_get_type },
};

static RungsSmtpAuth
get_access (const RungsAccount *account)
{
  return account->auth == RUNGS_SMTP_AUTH_OAUTH || account->auth == RUNGS_SMTP_AUTH_GOA
           ? account->auth
           : RUNGS_SMTP_AUTH_NONE;
}

/* Which of KINDS the account is; 0 where it is none of them. */
static guint
find_kind (const RungsAccount *account)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (KINDS[i].kind == account->kind && KINDS[i].access == get_access (account))
      return i;
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (KINDS[i].kind == account->kind)
      return i;
  return 0;
}

/* What stands for it in the row in which the kind is chosen. */
static const char *
get_kind_value (guint i)
{
  return KINDS[i].access != RUNGS_SMTP_AUTH_NONE ? rungs_smtp_auth_to_text (KINDS[i].access)
                                                 : rungs_account_kind_to_text (KINDS[i].kind);
}

/* What is entered, as an account. */
static RungsAccount *
read_account (RungsAccountDialog *self)
{
  RungsAccount *account = rungs_account_copy (self->account);

  rungs_account_form_take_text (&account->name, self->name_row);
  rungs_account_form_take_text (&account->from_name, self->from_name_row);
  rungs_account_form_take_text (&account->from_email, self->from_email_row);
  rungs_account_form_take_text (&account->reply_to, self->reply_to_row);
  account->is_default = gtk_switch_get_active (self->default_switch);
  account->connections = gtk_spin_button_get_value_as_int (self->connections_spin);
  account->per_second = gtk_spin_button_get_value_as_int (self->second_spin);
  account->per_hour = gtk_spin_button_get_value_as_int (self->hour_spin);
  account->per_day = gtk_spin_button_get_value_as_int (self->day_spin);
  rungs_warm_up_group_read (self->warm_up_group, account);
  rungs_account_form_read (self->form, account);
  return account;
}

/* Marks the row where its address is none; an empty one is right where it may be left out. */
static gboolean
check_address (AdwEntryRow *row,
               gboolean     may_be_empty)
{
  g_autofree char *address = rungs_account_form_dup_text (row);
  g_autofree char *key = rungs_email_key (address, NULL);
  gboolean right = key != NULL || (may_be_empty && *address == '\0');

  rungs_error_mark_row (row, right ? NULL : _ ("this is not an e-mail address"));
  return right;
}

static gboolean
check_all (RungsAccountDialog *self)
{
  gboolean right = rungs_account_form_require (self->name_row);

  right = check_address (self->from_email_row, FALSE) && right;
  right = check_address (self->reply_to_row, TRUE) && right;
  return rungs_account_form_check (self->form) && right;
}

static void
show_result (RungsAccountDialog *self,
             const char         *icon_name,
             const char         *style,
             const char         *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  const char *classes[] = { style, NULL };

  gtk_image_set_from_icon_name (self->result_icon, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->result_icon), classes);
  gtk_stack_set_visible_child_name (self->result_stack, icon_name != NULL ? "tested" : "testing");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result_row), markup);
  gtk_widget_set_visible (GTK_WIDGET (self->result_row), TRUE);
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsAccountDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (RungsDelivery) delivery = { 0 };
  g_autofree char *words = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.test", TRUE);
  if (!rungs_account_test_finish (result, &delivery, &error))
    {
      words = rungs_error_words (error);
      show_result (self, "dialog-error-symbolic", "error", words);
      return;
    }
  words = rungs_account_test_describe (&delivery, self->account);
  if (delivery.outcome == RUNGS_DELIVERY_ACCEPTED)
    show_result (self, "object-select-symbolic", "success", words);
  else
    show_result (self, "dialog-error-symbolic", "error", words);
}

static void
test_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsAccountDialog *self = RUNGS_ACCOUNT_DIALOG (widget);
  g_autoptr (RungsAccount) account = NULL;
  g_autofree char *to = rungs_account_form_dup_text (self->to_row);
  gboolean right = check_all (self);

  if (!check_address (self->to_row, FALSE) || !right)
    return;
  account = read_account (self);
  gtk_widget_action_set_enabled (widget, "account.test", FALSE);
  show_result (self, NULL, NULL, _ ("Sending the test message…"));
  rungs_account_test_async (
    &(RungsAccountTest) {
      .account = account,
      .file = self->file,
      .business_name = self->business_name,
      .path = rungs_store_get_path (self->store),
      .password = rungs_account_form_get_secret (self->form),
      .to = to,
    },
    self->cancellable, tested_cb, g_object_ref (self));
}

/* On the store's writing thread. Returns: the account as it is stored. A person mended it: it may
 * send. */
static gpointer
store_account (RungsDb       *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (RungsAccount) account = rungs_account_copy (data);
  gboolean sends = account->is_default;
  gboolean stored = account->id == 0
                      ? rungs_account_add (db, account, rungs_display_now (), error)
                      : rungs_account_save (db, account, error);

  if (!stored || (account->paused_at != 0 && !rungs_account_resume (db, account->id, error))
      || (sends && !rungs_account_set_default (db, account->id, error)))
    return NULL;
  return g_steal_pointer (&account);
}

static void
password_stored_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (RungsAccountDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.save", TRUE);
  if (rungs_secret_store_finish (result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  body = g_strdup_printf (
      _ ("The account is saved, but the keyring did not take the password, and Rungs keeps it "
         "nowhere else. Until it does, nothing is sent by this account.\n\n%s"),
      error->message);
  rungs_question_tell (GTK_WIDGET (self), _ ("The Password Could Not Be Stored"), body,
                       error->message);
}

static void
store_password (RungsAccountDialog *self)
{
  const char *password = rungs_account_form_get_secret (self->form);
  g_autofree char *label = NULL;

  if (*password == '\0'
      || (!rungs_account_has_secret (self->account)
          && self->account->auth != RUNGS_SMTP_AUTH_OAUTH))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  /* Translators: what programs that show the keyring call a password of Rungs. */
  label = g_strdup_printf (_ ("Rungs: mail account %s"), self->account->name);
  rungs_secret_store_async (self->file, self->account->uuid, label, password,
                            RUNGS_SECRET_PATIENT_TIMEOUT, NULL, password_stored_cb,
                            g_object_ref (self));
}

/* On the store's writing thread. */
static gpointer
add_mailbox (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return GINT_TO_POINTER (rungs_access_mailbox_add (db, data, rungs_display_now (), error));
}

static void
mailbox_added_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (RungsAccountDialog) self = data;
  g_autoptr (GError) error = NULL;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  if (error != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Mailbox Could Not Be Added"), error);
}

/* The one that is read by the same sign-in. */
static void
store_mailbox (RungsAccountDialog *self)
{
  RungsMailbox *mailbox = rungs_account_form_dup_mailbox (self->form, self->account);

  if (mailbox != NULL)
    rungs_store_write_async (self->store, add_mailbox, mailbox,
                             (GDestroyNotify) rungs_mailbox_free, NULL, NULL, mailbox_added_cb,
                             g_object_ref (self));
}

static void
account_stored_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (RungsAccountDialog) self = data;
  g_autoptr (GError) error = NULL;
  RungsAccount *account = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  if (account != NULL)
    {
      rungs_account_free (self->account);
      self->account = account;
      store_mailbox (self);
      store_password (self);
      return;
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.save", TRUE);
  if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    rungs_error_mark_row (self->name_row, _ ("another account has this name"));
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Account Could Not Be Saved"), error);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsAccountDialog *self = RUNGS_ACCOUNT_DIALOG (widget);

  if (!check_all (self))
    return;
  gtk_widget_action_set_enabled (widget, "account.save", FALSE);
  rungs_store_write_async (self->store, store_account, read_account (self),
                           (GDestroyNotify) rungs_account_free,
                           (GDestroyNotify) rungs_account_free, NULL, account_stored_cb,
                           g_object_ref (self));
}

/* The form of the kind that the account has now. */
static void
show_form (RungsAccountDialog *self)
{
  RungsAccountKind kind = self->account->kind;
  guint found = find_kind (self->account);
  gboolean early = KINDS[found].access != RUNGS_SMTP_AUTH_NONE;

  self->form = g_object_new (KINDS[found].get_form_type (), NULL);
  adw_bin_set_child (self->early_place, early ? GTK_WIDGET (self->form) : NULL);
  adw_bin_set_child (self->form_place, early ? NULL : GTK_WIDGET (self->form));
  gtk_widget_set_visible (self->early_group, early);
  gtk_widget_set_visible (self->form_group, !early);
  rungs_account_form_fill (self->form, self->account, self->file);
  gtk_widget_set_visible (self->limits_group, kind != RUNGS_ACCOUNT_PRACTICE);
  gtk_widget_set_visible (GTK_WIDGET (self->warm_up_group), kind != RUNGS_ACCOUNT_PRACTICE);
}

static void
day_limit_changed_cb (RungsAccountDialog *self)
{
  rungs_warm_up_group_set_most (self->warm_up_group,
                                gtk_spin_button_get_value_as_int (self->day_spin));
}

static void
kind_changed_cb (RungsAccountDialog *self)
{
  const char *value = rungs_choice_row_get_value (self->kind_row);
  guint before = self->form != NULL ? find_kind (self->account) : 0;

  for (guint i = 0; self->form != NULL && i < G_N_ELEMENTS (KINDS); i++)
    if (i != before && g_strcmp0 (value, get_kind_value (i)) == 0)
      {
        self->account->kind = KINDS[i].kind;
        self->account->auth = KINDS[i].access != RUNGS_SMTP_AUTH_NONE ? KINDS[i].access
                                                                      : RUNGS_SMTP_AUTH_AUTO;
        show_form (self);
      }
}

/* Who signed in is, where nothing else was entered, who writes. */
static void
take_address_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  RungsAccountDialog *self = RUNGS_ACCOUNT_DIALOG (widget);
  AdwEntryRow *rows[] = { self->name_row, self->from_email_row, self->to_row };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (*gtk_editable_get_text (GTK_EDITABLE (rows[i])) == '\0')
      gtk_editable_set_text (GTK_EDITABLE (rows[i]), g_variant_get_string (parameter, NULL));
}

static void
show_account (RungsAccountDialog *self)
{
  const RungsAccount *account = self->account;
  gboolean practice = account->kind == RUNGS_ACCOUNT_PRACTICE;

  rungs_choice_row_set_value (self->kind_row, get_kind_value (find_kind (account)));
  gtk_widget_set_visible (self->kind_group, account->id == 0);
  rungs_account_form_set_text (self->name_row, account->name);
  rungs_account_form_set_text (self->from_name_row, account->from_name);
  rungs_account_form_set_text (self->from_email_row, account->from_email);
  rungs_account_form_set_text (self->reply_to_row, account->reply_to);
  rungs_account_form_set_text (self->to_row,
                               practice ? "me@business.example" : account->from_email);
  gtk_spin_button_set_value (self->connections_spin, account->connections);
  gtk_spin_button_set_value (self->second_spin, account->per_second);
  gtk_spin_button_set_value (self->hour_spin, account->per_hour);
  gtk_spin_button_set_value (self->day_spin, account->per_day);
  gtk_switch_set_active (self->default_switch, account->is_default);
  gtk_widget_set_sensitive (self->default_row, !account->is_default);
  show_form (self);
}

static void
show_warm_up (RungsAccountDialog *self,
              const char         *zone_name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *today = rungs_time_format_day (rungs_display_now (), zone ? zone : utc);

  rungs_warm_up_group_show (self->warm_up_group, self->account, today);
}

static void
rungs_account_dialog_dispose (GObject *object)
{
  RungsAccountDialog *self = RUNGS_ACCOUNT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (rungs_account_dialog_parent_class)->dispose (object);
}

static void
rungs_account_dialog_finalize (GObject *object)
{
  RungsAccountDialog *self = RUNGS_ACCOUNT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->account, rungs_account_free);
  g_free (self->business_name);
  g_free (self->file);

  G_OBJECT_CLASS (rungs_account_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, page);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, kind_group);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, early_group);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, early_place);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, form_group);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, form_place);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, from_name_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, from_email_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, reply_to_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, default_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, default_switch);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, limits_group);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, second_spin);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, hour_spin);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, day_spin);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, connections_spin);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, to_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, result_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, result_stack);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, result_icon);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountDialog, warm_up_group);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_limit_changed_cb);
}

static void
rungs_account_dialog_class_init (RungsAccountDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_account_dialog_dispose;
  object_class->finalize = rungs_account_dialog_finalize;

  g_type_ensure (RUNGS_TYPE_CHOICE_ROW);
  g_type_ensure (RUNGS_TYPE_WARM_UP_GROUP);
  gtk_widget_class_install_action (widget_class, "account.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "account.test", NULL, test_action);
  gtk_widget_class_install_action (widget_class, "account.take-address", "s", take_address_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "account.save",
                                       NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-account-dialog.ui");
  bind_children (widget_class);
}

static void
rungs_account_dialog_init (RungsAccountDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    rungs_choice_row_add (self->kind_row, get_kind_value (i), _ (KINDS[i].label));
}

RungsAccountDialog *
rungs_account_dialog_new (GtkWindow           *parent,
                          RungsStore          *store,
                          const RungsBusiness *business,
                          const RungsAccount  *account)
{
  RungsAccountDialog *self = g_object_new (RUNGS_TYPE_ACCOUNT_DIALOG,
                                           "transient-for", parent,
                                           "title", account->id == 0 ? _ ("New Mail Account")
                                                                     : _ ("Mail Account"),
                                           NULL);

  self->store = g_object_ref (store);
  self->business_name = g_strdup (business->name);
  self->file = g_strdup (business->uuid);
  self->account = rungs_account_copy (account);
  show_account (self);
  show_warm_up (self, business->zone);
  return self;
}
