/* rungs-relay-group.c: the relay that takes what comes in while this machine sleeps. */

#include "settings/rungs-relay-group.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "compat/rungs-question.h"
#include "engine/rungs-relay-here.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"
#include "settings/rungs-pair-dialog.h"
#include "web/rungs-web-relay-mail.h"
#include "web/rungs-web-relay-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

struct _RungsRelayGroup
{
  AdwBin parent_instance;

  AdwActionRow *row;
  GtkImage *icon;
  GtkWidget *remove_button;
  AdwComboRow *mail_row;
  GtkWidget *here_row;
  GtkWidget *office_row;

  RungsPage *page;      /* (weak) (nullable): holds this */
  RungsWebRelay *relay; /* (owned) (nullable) */
  char *file;           /* (owned) (nullable): uuid of the business */
  GPtrArray *accounts;  /* (owned) (nullable) (element-type RungsAccount): by which it can send */
  gboolean is_starting;
  gboolean is_showing;
};

G_DEFINE_FINAL_TYPE (RungsRelayGroup, rungs_relay_group, ADW_TYPE_BIN)

/* ---- what there is */

/* What is read in one go. */
typedef struct
{
  char *file;           /* (owned) */
  RungsWebRelay *relay; /* (owned) (nullable) */
  GPtrArray *accounts;  /* (owned) (nullable) */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_free (found->file);
  g_clear_pointer (&found->relay, rungs_web_relay_free);
  g_clear_pointer (&found->accounts, g_ptr_array_unref);
  g_free (found);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

/* Those by which the relay can send. */
static gboolean
load_accounts (RungsDb  *db,
               Found    *found,
               GError  **error)
{
  found->accounts = rungs_account_list (db, error);
  if (found->accounts == NULL)
    return FALSE;
  for (guint i = found->accounts->len; i > 0; i--)
    if (!rungs_web_relay_may_send_by (found->relay, found->accounts->pdata[i - 1], NULL))
      g_ptr_array_remove_index (found->accounts, i - 1);
  return TRUE;
}

/* On a thread of the store. */
static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (Found) found = g_new0 (Found, 1);
  g_autoptr (GError) missing = NULL;
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  if (business == NULL)
    return NULL;
  found->file = g_strdup (business->uuid);
  found->relay = rungs_web_relay_load (db, &missing);
  if (found->relay == NULL && !g_error_matches (missing, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return NULL;
    }
  if (found->relay != NULL && !load_accounts (db, found, error))
    return NULL;
  return g_steal_pointer (&found);
}

static char *
describe (const RungsWebRelay *relay)
{
  g_autofree char *when = NULL;

  if (relay == NULL)
    return g_strdup (_ ("Without one, forms and shops cannot reach you."));
  if (*relay->trouble != '\0')
    return g_strdup (rungs_error_stored_words (relay->trouble));
  if (relay->looked_at == 0)
    return g_strdup (_ ("Not asked yet"));
  when = rungs_display_moment (relay->looked_at, rungs_display_now ());
  /* Translators: when it was asked: "14:05", "Yesterday 09:00". */
  return g_strdup_printf (_ ("Asked: %s"), when);
}

/* One on a server is better than one of this computer, which sleeps. */
static void
show_offers (RungsRelayGroup *self)
{
  gboolean has_server = self->relay != NULL && self->relay->place == RUNGS_RELAY_ELSEWHERE;
  RungsRelayPlace place = self->relay != NULL ? self->relay->place : RUNGS_RELAY_ELSEWHERE;
  gboolean can_start = self->file != NULL && !self->is_starting;

  gtk_widget_set_visible (self->here_row, !has_server && place != RUNGS_RELAY_HERE);
  gtk_widget_set_visible (self->office_row, !has_server && place != RUNGS_RELAY_OFFICE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "relay.here", can_start);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "relay.office", can_start);
}

/* ---- by what it sends */

static const char *
describe_mail (const RungsWebRelay *relay)
{
  if (*relay->mail_trouble != '\0')
    return rungs_error_stored_words (relay->mail_trouble);
  if (relay->mail_account != 0)
    return _ ("The relay, at once, while this computer sleeps. The password of that account lies "
              "on the server: who reads its disk can read it.");
  if (relay->mail_is_there)
    return _ ("This computer, when it is awake. The password that lies on the server is deleted "
              "there when the relay is next reached.");
  return _ ("This computer, when it is awake. The relay can send them at once; the password of the "
            "account lies on the server then.");
}

static void
show_mail (RungsRelayGroup *self)
{
  const RungsWebRelay *relay = self->relay;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = relay != NULL ? self->accounts->len : 0;
  guint selected = 0;
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->mail_row),
                          n > 0 || (relay != NULL && relay->mail_is_there));
  if (relay == NULL)
    return;
  gtk_string_list_append (names, _ ("This Computer"));
  for (guint i = 0; i < n; i++)
    {
      const RungsAccount *account = self->accounts->pdata[i];
      /* Translators: the relay sends, by the mail account of that name. */
      g_autofree char *name = g_strdup_printf (_ ("Relay, by “%s”"), account->name);

      gtk_string_list_append (names, name);
      if (account->id == relay->mail_account)
        selected = i + 1;
    }
  subtitle = g_markup_escape_text (describe_mail (relay), -1);
  self->is_showing = TRUE;
  adw_combo_row_set_model (self->mail_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->mail_row, selected);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->mail_row), subtitle);
  self->is_showing = FALSE;
}

static void
show (RungsRelayGroup *self)
{
  const RungsWebRelay *relay = self->relay;
  gboolean trouble = relay != NULL && *relay->trouble != '\0';
  g_autofree char *subtitle = describe (relay);
  g_autofree char *title_markup
    = g_markup_escape_text (relay != NULL ? relay->address : _ ("No relay yet"), -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title_markup);
  adw_action_row_set_subtitle (self->row, subtitle_markup);
  gtk_image_set_from_icon_name (self->icon, trouble ? "dialog-warning-symbolic"
                                                    : "network-server-symbolic");
  if (trouble)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "error");
  gtk_widget_set_visible (self->remove_button, relay != NULL);
  show_mail (self);
  show_offers (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsRelayGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->page == NULL)
    return;
  if (found == NULL)
    {
      rungs_page_notify (self->page, error->message);
      return;
    }
  g_free (self->file);
  self->file = g_steal_pointer (&found->file);
  g_clear_pointer (&self->relay, rungs_web_relay_free);
  self->relay = g_steal_pointer (&found->relay);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  self->accounts = g_steal_pointer (&found->accounts);
  show (self);
}

/* ---- what is done */

static void
pair_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsRelayGroup *self = RUNGS_RELAY_GROUP (widget);

  if (self->page != NULL && rungs_page_get_store (self->page) != NULL)
    gtk_window_present (GTK_WINDOW (
      rungs_pair_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                             rungs_page_get_store (self->page))));
}

/* ---- by what account the relay sends */

/* On the store's writing thread. */
static gpointer
set_mail (RungsDb       *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return GINT_TO_POINTER (rungs_web_relay_set_mail (db, *(gint64 *) data, error));
}

static void
give_account (RungsRelayGroup *self,
              gint64           account)
{
  rungs_page_do (self->page,
                 &(RungsPageWork){ .func = set_mail,
                                   .data = g_memdup2 (&account, sizeof account),
                                   .data_free = g_free,
                                   .done = account != 0
                                             ? _ ("The relay sends confirming messages")
                                             : _ ("This computer sends confirming messages"),
                                   .failed = _ ("The Account Could Not Be Chosen") },
                 NULL);
}

/* What is selected; 0: this computer. */
static gint64
get_selected_account (RungsRelayGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->mail_row);

  if (selected == 0 || self->accounts == NULL || selected > self->accounts->len)
    return 0;
  return ((const RungsAccount *) self->accounts->pdata[selected - 1])->id;
}

static void
give_answered_cb (gboolean agreed,
                  gpointer data)
{
  g_autoptr (RungsRelayGroup) self = data;

  if (agreed && self->page != NULL)
    give_account (self, get_selected_account (self));
  else
    show_mail (self);
}

static void
mail_selected_cb (RungsRelayGroup *self)
{
  gint64 account;

  if (self->is_showing || self->page == NULL || self->relay == NULL)
    return;
  account = get_selected_account (self);
  if (account == self->relay->mail_account)
    return;
  if (account == 0)
    give_account (self, 0);
  else
    rungs_question_ask (GTK_WIDGET (self), _ ("Give the Relay a Password?"),
                        _ ("To send by this account while this computer sleeps, the relay must "
                           "have its password. It lies on the server, in a file that "
                           "only the relay's "
                           "user may read: who reads the disk of that server can read it. Choose "
                           "“This Computer” to have it deleted there."),
                        _ ("_Give"), RUNGS_QUESTION_PLAIN, give_answered_cb, g_object_ref (self));
}

/* ---- a relay of this computer */

/* One on its way; it is prepared on a thread of its own, which puts its key into the keyring. */
typedef struct
{
  char *file;             /* (owned) */
  RungsWebRelay *before;  /* (owned) (nullable) */
  RungsRelayPlace place;
  RungsWebPairing pairing;
} Start;

static void
start_free (gpointer data)
{
  Start *start = data;

  g_free (start->file);
  g_clear_pointer (&start->before, rungs_web_relay_free);
  rungs_web_pairing_clear (&start->pairing);
  g_free (start);
}

static void
prepare (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  Start *start = data;
  GError *error = NULL;

  if (rungs_relay_here_prepare (start->file, start->place, start->before, &start->pairing, &error)
      && rungs_secret_store (start->file, start->pairing.uuid, _ ("Rungs: relay"),
                             start->pairing.key, RUNGS_SECRET_PATIENT_TIMEOUT, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* On the store's writing thread. */
static gpointer
save_start (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Start *start = data;

  rungs_web_relay_save (db, start->pairing.uuid, start->pairing.address, "", start->place,
                        rungs_display_now (), error);
  return NULL;
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  RungsRelayGroup *self = RUNGS_RELAY_GROUP (source);
  Start *start = data;
  g_autoptr (GError) error = NULL;
  gboolean prepared = g_task_propagate_boolean (G_TASK (result), &error);

  self->is_starting = FALSE;
  show_offers (self);
  if (prepared && self->page != NULL)
    {
      rungs_page_do (self->page,
                     &(RungsPageWork){ .func = save_start,
                                       .data = start,
                                       .data_free = start_free,
                                       .done = _ ("A relay runs on this computer"),
                                       .failed = _ ("The Relay Could Not Be Started") },
                     NULL);
      return;
    }
  if (!prepared && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Relay Could Not Be Started"), error);
  start_free (start);
}

static RungsWebRelay *
copy_relay (const RungsWebRelay *relay)
{
  RungsWebRelay *copy = g_memdup2 (relay, sizeof *relay);

  copy->uuid = g_strdup (relay->uuid);
  copy->address = g_strdup (relay->address);
  copy->ca_file = g_strdup (relay->ca_file);
  copy->trouble = g_strdup (relay->trouble);
  copy->mail_trouble = g_strdup (relay->mail_trouble);
  return copy;
}

static void
begin_start (RungsRelayGroup *self,
             RungsRelayPlace  place)
{
  g_autoptr (GTask) task = NULL;
  Start *start;

  if (self->file == NULL || self->is_starting)
    return;
  start = g_new0 (Start, 1);
  start->file = g_strdup (self->file);
  start->before = self->relay != NULL ? copy_relay (self->relay) : NULL;
  start->place = place;
  self->is_starting = TRUE;
  show_offers (self);
  task = g_task_new (self, NULL, prepared_cb, start);
  g_task_set_task_data (task, start, NULL);
  g_task_run_in_thread (task, prepare);
}

static void
here_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  begin_start (RUNGS_RELAY_GROUP (widget), RUNGS_RELAY_HERE);
}

static void
office_answered_cb (gboolean agreed,
                    gpointer data)
{
  g_autoptr (RungsRelayGroup) self = data;

  if (agreed)
    begin_start (self, RUNGS_RELAY_OFFICE);
}

static void
office_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  rungs_question_ask (widget, _ ("Let the Whole Network In?"),
                      _ ("Whoever is in the same network can fill in your forms, which is what a "
                         "tablet at a fair is for. What is sent is not encrypted: others in that "
                         "network can read it. Do this only where you trust them."),
                      _ ("_Start"), RUNGS_QUESTION_PLAIN, office_answered_cb,
                      g_object_ref (widget));
}

/* On the store's writing thread. */
static gpointer
remove_relay (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return GINT_TO_POINTER (rungs_web_relay_remove (db, rungs_display_now (), error));
}

static void
remove_answered_cb (gboolean agreed,
                    gpointer data)
{
  g_autoptr (RungsRelayGroup) self = data;

  if (!agreed || self->relay == NULL || self->page == NULL)
    return;
  rungs_secret_clear_async (self->file, self->relay->uuid, RUNGS_SECRET_TIMEOUT, NULL, NULL, NULL);
  rungs_page_do (self->page,
                 &(RungsPageWork){ .func = remove_relay,
                                   .done = _ ("The relay is not asked any more"),
                                   .failed = _ ("The Relay Could Not Be Removed") },
                 NULL);
}

static void
remove_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  RungsRelayGroup *self = RUNGS_RELAY_GROUP (widget);

  rungs_question_ask (widget, _ ("Ask the Relay No More?"),
                      self->relay != NULL && self->relay->mail_is_there
                        ? _ ("What it still holds stays there, and what forms and shops send goes "
                             "on coming in there. To take it, pair with it again. The "
                             "password of a "
                             "mail account lies there, too: have it deleted first, by choosing "
                             "that this computer sends confirming messages.")
                        : _ ("What it still holds stays there, and what forms and shops send goes "
                             "on coming in there. To take it, pair with it again."),
                      _ ("_Remove"), RUNGS_QUESTION_DESTRUCTIVE, remove_answered_cb,
                      g_object_ref (widget));
}

static void
rungs_relay_group_dispose (GObject *object)
{
  g_clear_weak_pointer (&RUNGS_RELAY_GROUP (object)->page);

  G_OBJECT_CLASS (rungs_relay_group_parent_class)->dispose (object);
}

static void
rungs_relay_group_finalize (GObject *object)
{
  RungsRelayGroup *self = RUNGS_RELAY_GROUP (object);

  g_clear_pointer (&self->relay, rungs_web_relay_free);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_free (self->file);

  G_OBJECT_CLASS (rungs_relay_group_parent_class)->finalize (object);
}

static void
rungs_relay_group_class_init (RungsRelayGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_relay_group_dispose;
  object_class->finalize = rungs_relay_group_finalize;

  gtk_widget_class_install_action (widget_class, "relay.pair", NULL, pair_action);
  gtk_widget_class_install_action (widget_class, "relay.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "relay.here", NULL, here_action);
  gtk_widget_class_install_action (widget_class, "relay.office", NULL, office_action);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-relay-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsRelayGroup, row);
  gtk_widget_class_bind_template_child (widget_class, RungsRelayGroup, icon);
  gtk_widget_class_bind_template_child (widget_class, RungsRelayGroup, remove_button);
  gtk_widget_class_bind_template_child (widget_class, RungsRelayGroup, mail_row);
  gtk_widget_class_bind_template_child (widget_class, RungsRelayGroup, here_row);
  gtk_widget_class_bind_template_child (widget_class, RungsRelayGroup, office_row);
  gtk_widget_class_bind_template_callback (widget_class, mail_selected_cb);
}

static void
rungs_relay_group_init (RungsRelayGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

void
rungs_relay_group_refresh (RungsRelayGroup *self,
                           RungsPage       *page)
{
  g_return_if_fail (RUNGS_IS_RELAY_GROUP (self));

  g_set_weak_pointer (&self->page, page);
  rungs_store_read_async (rungs_page_get_store (page), load, NULL, NULL, found_free, NULL,
                          loaded_cb, g_object_ref (self));
}
