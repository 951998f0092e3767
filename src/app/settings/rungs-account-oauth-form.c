/* rungs-account-oauth-form.c: an account that is signed in to through the browser.
 *
 * What signing in brings is held here until the account is saved; the dialog then puts it into the
 * keyring in place of a password. */

#include "rungs-account-oauth-form.h"

#include <glib/gi18n.h>

#include "mail/rungs-access-account.h"
#include "mail/rungs-oauth-sign-in.h"
#include "mail/rungs-secret.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-error-words.h"

struct _RungsAccountOAuthForm
{
  RungsAccountForm parent_instance;

  RungsChoiceRow *provider_row;
  AdwActionRow *register_row;
  AdwEntryRow *client_id_row;
  AdwEntryRow *client_secret_row;
  AdwEntryRow *user_row;
  AdwActionRow *state_row;
  GtkStack *state_stack;
  GtkImage *state_icon;
  GtkButton *copy_button;
  GtkButton *sign_in_button;
  GtkWidget *read_row;
  GtkSwitch *read_switch;

  GPtrArray *providers;      /* (owned) (element-type RungsOAuthProvider) */
  GCancellable *loading;     /* (owned): of the keyring */
  GCancellable *waiting;     /* (owned) (nullable): while the browser is waited for */
  char *address;             /* (owned) (nullable): that the browser opens */
  char *secret;              /* (owned) (nullable): what signing in brought now */
  gboolean is_stored;        /* the keyring has something already */
};

G_DEFINE_FINAL_TYPE (RungsAccountOAuthForm, rungs_account_oauth_form, RUNGS_TYPE_ACCOUNT_FORM)

static const RungsOAuthProvider *
get_provider (RungsAccountOAuthForm *self)
{
  const char *key = rungs_choice_row_get_value (self->provider_row);

  for (guint i = 0; i < self->providers->len; i++)
    if (g_strcmp0 (((RungsOAuthProvider *) self->providers->pdata[i])->key, key) == 0)
      return self->providers->pdata[i];
  return NULL;
}

static void
show_state (RungsAccountOAuthForm *self,
            const char            *icon_name,
            const char            *style,
            const char            *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  const char *classes[] = { style, NULL };

  gtk_stack_set_visible_child_name (self->state_stack, icon_name != NULL ? "still" : "waiting");
  gtk_image_set_from_icon_name (self->state_icon, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->state_icon), classes);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), markup);
}

static void
show_signed_in (RungsAccountOAuthForm *self,
                const char            *email)
{
  g_autofree char *text = email != NULL ? g_strdup_printf (_ ("Signed in as %s"), email)
                                        : g_strdup (_ ("Signed in"));

  show_state (self, "object-select-symbolic", "success", text);
}

/* While the browser is waited for, the button stops that. */
static void
show_button (RungsAccountOAuthForm *self)
{
  const RungsOAuthProvider *provider = get_provider (self);
  g_autofree char *label = NULL;

  if (self->waiting != NULL)
    label = g_strdup (_ ("_Stop"));
  else if (self->secret != NULL || self->is_stored)
    label = g_strdup (_ ("Sign In _Again…"));
  else
    label = g_strdup_printf (_ ("_Sign In with %s…"), provider ? provider->name : "");
  gtk_button_set_label (self->sign_in_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->copy_button), self->waiting != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->provider_row), self->waiting == NULL);
}

/* Where Rungs itself is not registered, the owner's program is needed. */
static gboolean
needs_own_client (RungsAccountOAuthForm *self)
{
  const RungsOAuthProvider *provider = get_provider (self);

  return provider != NULL && *provider->client_id == '\0';
}

static void
show_provider (RungsAccountOAuthForm *self)
{
  const RungsOAuthProvider *provider = get_provider (self);
  gboolean own = needs_own_client (self)
                 || *gtk_editable_get_text (GTK_EDITABLE (self->client_id_row)) != '\0';
  g_autofree char *title = NULL;
  g_autofree char *markup = NULL;

  if (provider == NULL)
    return;
  title = g_strdup_printf (_ ("This Rungs is not registered with %s"), provider->name);
  markup = g_markup_escape_text (title, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->register_row), markup);
  gtk_widget_set_visible (GTK_WIDGET (self->register_row), needs_own_client (self));
  gtk_widget_set_visible (GTK_WIDGET (self->client_id_row), own);
  gtk_widget_set_visible (GTK_WIDGET (self->client_secret_row), own && provider->needs_secret);
  gtk_widget_set_visible (self->read_row, provider->imap.host != NULL);
  show_button (self);
}

/* What another provider gave is worth nothing to this one. */
static void
provider_changed_cb (RungsAccountOAuthForm *self)
{
  if (self->providers == NULL)
    return;
  g_clear_pointer (&self->secret, rungs_secret_free);
  self->is_stored = FALSE;
  show_state (self, "avatar-default-symbolic", "dim-label", _ ("Nobody is signed in yet"));
  show_provider (self);
}

/* ---- signing in */

static void
take_tokens (RungsAccountOAuthForm  *self,
             const RungsOAuthTokens *tokens)
{
  rungs_secret_free (self->secret);
  self->secret = rungs_oauth_tokens_to_text (tokens);
  show_signed_in (self, tokens->email);
  if (tokens->email == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->user_row), tokens->email);
  gtk_widget_activate_action (GTK_WIDGET (self), "account.take-address", "s", tokens->email);
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsAccountOAuthForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOAuthTokens) tokens = rungs_oauth_sign_in_finish (result, &error);

  g_clear_object (&self->waiting);
  g_clear_pointer (&self->address, g_free);
  if (self->state_row == NULL) /* the window was closed */
    return;
  if (tokens != NULL)
    take_tokens (self, tokens);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_state (self, "avatar-default-symbolic", "dim-label", _ ("The sign-in was stopped."));
  else
    show_state (self, "dialog-error-symbolic", "error", error->message);
  show_button (self);
}

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (RungsAccountOAuthForm) self = data;

  if (!g_app_info_launch_default_for_uri_finish (result, NULL) && self->waiting != NULL
      && self->state_row != NULL)
    show_state (self, NULL, NULL,
                _ ("No browser could be opened: copy the address, and open it in one."));
}

static void
open_cb (const char *address,
         gpointer    data)
{
  RungsAccountOAuthForm *self = data;
  g_autoptr (GdkAppLaunchContext) context
    = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));

  g_free (self->address);
  self->address = g_strdup (address);
  g_app_info_launch_default_for_uri_async (address, G_APP_LAUNCH_CONTEXT (context), NULL,
                                           launched_cb, g_object_ref (self));
}

static gboolean
check_client (RungsAccountOAuthForm *self)
{
  const RungsOAuthProvider *provider = get_provider (self);
  gboolean right = provider != NULL;

  if (right && needs_own_client (self))
    {
      right = rungs_account_form_require (self->client_id_row);
      if (provider->needs_secret)
        right = rungs_account_form_require (self->client_secret_row) && right;
    }
  return right;
}

static void
start (RungsAccountOAuthForm *self)
{
  const RungsOAuthProvider *provider = get_provider (self);
  g_autofree char *id = rungs_account_form_dup_text (self->client_id_row);
  g_autofree char *user = rungs_account_form_dup_text (self->user_row);
  const char *secret = gtk_editable_get_text (GTK_EDITABLE (self->client_secret_row));
  RungsOAuthClient client = { *id != '\0' ? id : provider->client_id,
                              *id != '\0' ? secret : provider->client_secret };

  self->waiting = g_cancellable_new ();
  show_state (self, NULL, NULL, _ ("Waiting for you to sign in, in the browser…"));
  show_button (self);
  rungs_oauth_sign_in_async (provider, &client, user, RUNGS_OAUTH_PATIENCE, open_cb, self,
                             self->waiting, signed_in_cb, g_object_ref (self));
}

static void
sign_in_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  RungsAccountOAuthForm *self = RUNGS_ACCOUNT_OAUTH_FORM (widget);

  if (self->waiting != NULL)
    g_cancellable_cancel (self->waiting);
  else if (check_client (self))
    start (self);
}

static void
copy_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsAccountOAuthForm *self = RUNGS_ACCOUNT_OAUTH_FORM (widget);

  if (self->address != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->address);
}

static void
register_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  const RungsOAuthProvider *provider = get_provider (RUNGS_ACCOUNT_OAUTH_FORM (widget));

  if (provider != NULL && provider->register_at != NULL)
    g_app_info_launch_default_for_uri_async (provider->register_at, NULL, NULL, NULL, NULL);
}

/* ---- the form */

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsAccountOAuthForm) self = data;
  char *text = rungs_secret_lookup_finish (result, NULL);
  g_autoptr (RungsOAuthTokens) tokens = text ? rungs_oauth_tokens_from_text (text, NULL) : NULL;

  rungs_secret_free (text);
  if (tokens == NULL || self->state_row == NULL || self->secret != NULL || self->waiting != NULL
      || g_strcmp0 (tokens->provider, rungs_choice_row_get_value (self->provider_row)) != 0)
    return;
  self->is_stored = TRUE;
  if (tokens->client_secret != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->client_secret_row), tokens->client_secret);
  show_signed_in (self, tokens->email);
  show_button (self);
}

static void
rungs_account_oauth_form_fill (RungsAccountForm   *form,
                               const RungsAccount *account,
                               const char         *file)
{
  RungsAccountOAuthForm *self = RUNGS_ACCOUNT_OAUTH_FORM (form);
  g_autofree char *client_id = rungs_access_account_dup_client_id (account);

  if (*account->provider != '\0')
    rungs_choice_row_set_value (self->provider_row, account->provider);
  gtk_editable_set_text (GTK_EDITABLE (self->client_id_row), client_id);
  gtk_editable_set_text (GTK_EDITABLE (self->user_row), account->username);
  gtk_switch_set_active (self->read_switch, account->id == 0);
  show_provider (self);
  if (account->id == 0)
    return;
  if (account->paused_at != 0)
    show_state (self, "dialog-warning-symbolic", "warning",
                rungs_error_stored_words (account->paused_reason));
  else
    rungs_secret_lookup_async (file, account->uuid, RUNGS_SECRET_PATIENT_TIMEOUT, self->loading,
                               looked_up_cb, g_object_ref (self));
  self->is_stored = TRUE;
  show_button (self);
}

static gboolean
rungs_account_oauth_form_check (RungsAccountForm *form)
{
  RungsAccountOAuthForm *self = RUNGS_ACCOUNT_OAUTH_FORM (form);
  gboolean right = check_client (self);

  if (self->waiting != NULL || (self->secret == NULL && !self->is_stored))
    {
      if (self->waiting == NULL)
        show_state (self, "dialog-error-symbolic", "error", _ ("Sign in first."));
      return FALSE;
    }
  return rungs_account_form_require (self->user_row) && right;
}

static void
rungs_account_oauth_form_read (RungsAccountForm *form,
                               RungsAccount     *account)
{
  RungsAccountOAuthForm *self = RUNGS_ACCOUNT_OAUTH_FORM (form);
  const RungsOAuthProvider *provider = get_provider (self);
  g_autofree char *client_id = rungs_account_form_dup_text (self->client_id_row);
  g_autofree char *user = rungs_account_form_dup_text (self->user_row);

  if (provider != NULL)
    rungs_access_account_set_oauth (account, provider, client_id, user);
}

static const char *
rungs_account_oauth_form_get_secret (RungsAccountForm *form)
{
  RungsAccountOAuthForm *self = RUNGS_ACCOUNT_OAUTH_FORM (form);

  return self->secret != NULL ? self->secret : "";
}

static RungsMailbox *
rungs_account_oauth_form_dup_mailbox (RungsAccountForm   *form,
                                      const RungsAccount *account)
{
  RungsAccountOAuthForm *self = RUNGS_ACCOUNT_OAUTH_FORM (form);
  const RungsOAuthProvider *provider = get_provider (self);

  return provider != NULL && gtk_switch_get_active (self->read_switch)
           ? rungs_access_mailbox_new_oauth (provider, account->username)
           : NULL;
}

/* The window was closed, or another kind was chosen: nobody waits any more. */
static void
rungs_account_oauth_form_unroot (GtkWidget *widget)
{
  RungsAccountOAuthForm *self = RUNGS_ACCOUNT_OAUTH_FORM (widget);

  g_cancellable_cancel (self->loading);
  if (self->waiting != NULL)
    g_cancellable_cancel (self->waiting);

  GTK_WIDGET_CLASS (rungs_account_oauth_form_parent_class)->unroot (widget);
}

static void
rungs_account_oauth_form_finalize (GObject *object)
{
  RungsAccountOAuthForm *self = RUNGS_ACCOUNT_OAUTH_FORM (object);

  g_object_unref (self->loading);
  g_clear_object (&self->waiting);
  g_free (self->address);
  rungs_secret_free (self->secret);
  g_ptr_array_unref (self->providers);

  G_OBJECT_CLASS (rungs_account_oauth_form_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, provider_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, register_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, client_id_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, client_secret_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, user_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, state_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, state_stack);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, state_icon);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, copy_button);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, read_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountOAuthForm, read_switch);
  gtk_widget_class_bind_template_callback (widget_class, provider_changed_cb);
}

static void
rungs_account_oauth_form_class_init (RungsAccountOAuthFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsAccountFormClass *form_class = RUNGS_ACCOUNT_FORM_CLASS (klass);

  object_class->finalize = rungs_account_oauth_form_finalize;
  widget_class->unroot = rungs_account_oauth_form_unroot;
  form_class->fill = rungs_account_oauth_form_fill;
  form_class->check = rungs_account_oauth_form_check;
  form_class->read = rungs_account_oauth_form_read;
  form_class->get_secret = rungs_account_oauth_form_get_secret;
  form_class->dup_mailbox = rungs_account_oauth_form_dup_mailbox;

  g_type_ensure (RUNGS_TYPE_CHOICE_ROW);
  gtk_widget_class_install_action (widget_class, "account.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "account.copy-address", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "account.register", NULL, register_action);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-account-oauth-form.ui");
  bind_children (widget_class);
}

static void
rungs_account_oauth_form_init (RungsAccountOAuthForm *self)
{
  self->loading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->providers = rungs_oauth_provider_list ();
  for (guint i = 0; i < self->providers->len; i++)
    {
      const RungsOAuthProvider *provider = self->providers->pdata[i];

      rungs_choice_row_add (self->provider_row, provider->key, provider->name);
    }
  provider_changed_cb (self);
}
