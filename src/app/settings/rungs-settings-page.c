/* rungs-settings-page.c: the business, its mail accounts, backups and privacy.
 *
 * Every change is stored at once and can be taken back. */

#include "rungs-settings-page.h"

#include <glib/gi18n.h>

#include "db/rungs-backup.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-mailbox-store.h"
#include "settings/rungs-account-rules-group.h"
#include "settings/rungs-accounts-group.h"
#include "settings/rungs-background-group.h"
#include "settings/rungs-backups-group.h"
#include "settings/rungs-business-group.h"
#include "settings/rungs-erased-group.h"
#include "settings/rungs-fields-group.h"
#include "settings/rungs-holidays-group.h"
#include "settings/rungs-idle-group.h"
#include "settings/rungs-mailboxes-group.h"
#include "settings/rungs-notices-group.h"
#include "settings/rungs-rates-group.h"
#include "settings/rungs-relay-group.h"
#include "settings/rungs-retention-group.h"
#include "settings/rungs-score-group.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-sheet.h"

struct _RungsSettingsPage
{
  RungsPage parent_instance;

  AdwViewStack *stack;
  RungsBusinessGroup *business_group;
  RungsSettingsGroup *holidays_group;
  RungsSettingsGroup *rates_group;
  RungsFieldsGroup *fields_group;
  RungsAccountsGroup *accounts_group;
  RungsAccountRulesGroup *account_rules_group;
  RungsMailboxesGroup *mailboxes_group;
  RungsRelayGroup *relay_group;
  RungsSettingsGroup *notices_group;
  RungsSettingsGroup *score_group;
  RungsBackupsGroup *backups_group;
  RungsErasedGroup *erased_group;
  RungsSettingsGroup *retention_group;
  RungsIdleGroup *idle_group;
  AdwActionRow *file_row;

  RungsBusiness *business; /* (owned) (nullable): as it is stored */
  gint64 account_to_open;  /* as soon as it is loaded; 0: none */
};

G_DEFINE_FINAL_TYPE (RungsSettingsPage, rungs_settings_page, RUNGS_TYPE_PAGE)

static const char *const TABLES[]
  = { "account",      "account_rule",   "business",    "currency_rate", "erasure",
      "field",        "field_choice",   "holiday",     "lead_value",    "mailbox",
      "notice_rule",  "notice_address", "retention",   "score_rule",    "score_sweep",
      "web_endpoint", "web_relay",      NULL };

/* What is read in one go. */
typedef struct
{
  RungsBusiness *business;
  GPtrArray *accounts;
  GPtrArray *mailboxes;
  GPtrArray *backups;
} Settings;

static void
settings_free (gpointer data)
{
  Settings *settings = data;

  g_clear_pointer (&settings->business, rungs_business_free);
  g_clear_pointer (&settings->accounts, g_ptr_array_unref);
  g_clear_pointer (&settings->mailboxes, g_ptr_array_unref);
  g_clear_pointer (&settings->backups, g_ptr_array_unref);
  g_free (settings);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settings, settings_free)

static RungsBusiness *
copy_business (const RungsBusiness *business)
{
  RungsBusiness *copy = g_memdup2 (business, sizeof *business);

  copy->uuid = g_strdup (business->uuid);
  copy->name = g_strdup (business->name);
  copy->address = g_strdup (business->address);
  copy->signature = g_strdup (business->signature);
  copy->zone = g_strdup (business->zone);
  copy->vat_id = g_strdup (business->vat_id);
  return copy;
}

static gboolean
is_same (const RungsBusiness *a,
         const RungsBusiness *b)
{
  return g_str_equal (a->name, b->name) && g_str_equal (a->address, b->address)
         && g_str_equal (a->signature, b->signature) && g_str_equal (a->zone, b->zone)
         && g_str_equal (a->currency, b->currency)
         && g_str_equal (a->report_currency, b->report_currency)
         && a->cap_messages == b->cap_messages && a->cap_days == b->cap_days
         && a->window_from == b->window_from && a->window_to == b->window_to
         && a->window_days == b->window_days && a->window_of_lead == b->window_of_lead
         && a->count_clicks == b->count_clicks && g_str_equal (a->country, b->country)
         && g_str_equal (a->vat_id, b->vat_id);
}

/* On a thread of the store. */
static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (Settings) settings = g_new0 (Settings, 1);

  settings->business = rungs_business_load (db, error);
  if (settings->business == NULL)
    return NULL;
  settings->accounts = rungs_account_list (db, error);
  settings->mailboxes = settings->accounts ? rungs_mailbox_list (db, error) : NULL;
  if (settings->mailboxes == NULL)
    return NULL;
  settings->backups = rungs_backup_list (rungs_db_get_path (db));
  return g_steal_pointer (&settings);
}

static void
open_awaited_account (RungsSettingsPage *self)
{
  gint64 account = self->account_to_open;

  self->account_to_open = 0;
  if (account != 0)
    rungs_accounts_group_open (self->accounts_group, account);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsSettingsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Settings) settings = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  RungsStore *store = rungs_page_get_store (RUNGS_PAGE (self));

  if (store == NULL)
    return;
  if (settings == NULL)
    {
      rungs_page_notify (RUNGS_PAGE (self), error->message);
      return;
    }
  g_clear_pointer (&self->business, rungs_business_free);
  self->business = copy_business (settings->business);
  rungs_business_group_show (self->business_group, self->business);
  rungs_accounts_group_show (self->accounts_group, store, self->business, settings->accounts);
  rungs_mailboxes_group_show (self->mailboxes_group, RUNGS_PAGE (self), self->business->uuid,
                              settings->mailboxes);
  rungs_backups_group_show (self->backups_group, store, settings->backups);
  adw_action_row_set_subtitle (self->file_row, rungs_store_get_path (store));
  open_awaited_account (self);
}

static void
rungs_settings_page_refresh (RungsPage *page)
{
  RungsSettingsPage *self = RUNGS_SETTINGS_PAGE (page);
  RungsSettingsGroup *const groups[]
    = { self->holidays_group, self->notices_group,   self->rates_group,
        self->score_group,    self->retention_group, RUNGS_SETTINGS_GROUP (self->erased_group) };

  if (rungs_page_get_store (page) == NULL)
    return;
  rungs_store_read_async (rungs_page_get_store (page), load, NULL, NULL, settings_free, NULL,
                          loaded_cb, g_object_ref (page));
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    rungs_settings_group_refresh (groups[i], page);
  rungs_account_rules_group_refresh (self->account_rules_group, page);
  rungs_relay_group_refresh (self->relay_group, page);
  rungs_fields_group_refresh (self->fields_group, page);
  rungs_idle_group_refresh (self->idle_group, page);
}

/* On the store's writing thread. */
static gpointer
store_business (RungsDb       *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return GINT_TO_POINTER (rungs_business_save (db, data, error));
}

/* Takes the business. */
static RungsPageWork
storing (RungsBusiness *business)
{
  return (RungsPageWork) {
    .func = store_business,
    .data = business,
    .data_free = (GDestroyNotify) rungs_business_free,
    .done = _ ("The settings are saved"),
    .failed = _ ("The Settings Could Not Be Saved"),
  };
}

static void
edited_cb (RungsSettingsPage *self)
{
  g_autoptr (RungsBusiness) before = g_steal_pointer (&self->business);
  RungsPageWork work, undo;

  if (before == NULL)
    return;
  self->business = copy_business (before);
  rungs_business_group_read (self->business_group, self->business);
  if (is_same (self->business, before))
    return;
  work = storing (copy_business (self->business));
  undo = storing (g_steal_pointer (&before));
  rungs_page_do (RUNGS_PAGE (self), &work, &undo);
}

static void
open_folder_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  RungsStore *store = rungs_page_get_store (RUNGS_PAGE (widget));
  g_autofree char *folder = g_path_get_dirname (rungs_store_get_path (store));
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static void
notify_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  rungs_page_notify (RUNGS_PAGE (widget), g_variant_get_string (parameter, NULL));
}

/* "business", "mail", "leads" and "data", which are the views; "address", "tax", "rates", "fields",
 * "erased", "accounts", and "account:ID". */
static void
rungs_settings_page_show_target (RungsPage  *page,
                                 const char *target)
{
  RungsSettingsPage *self = RUNGS_SETTINGS_PAGE (page);

  if (adw_view_stack_get_child_by_name (self->stack, target) != NULL)
    {
      adw_view_stack_set_visible_child_name (self->stack, target);
      return;
    }
  if (g_str_equal (target, "address"))
    {
      adw_view_stack_set_visible_child_name (self->stack, "business");
      rungs_business_group_focus_address (self->business_group);
      return;
    }
  if (g_str_equal (target, "tax"))
    {
      adw_view_stack_set_visible_child_name (self->stack, "business");
      rungs_business_group_focus_tax (self->business_group);
      return;
    }
  if (g_str_equal (target, "rates"))
    {
      adw_view_stack_set_visible_child_name (self->stack, "business");
      gtk_widget_child_focus (GTK_WIDGET (self->rates_group), GTK_DIR_TAB_FORWARD);
      return;
    }
  if (g_str_equal (target, "fields"))
    {
      adw_view_stack_set_visible_child_name (self->stack, "leads");
      gtk_widget_child_focus (GTK_WIDGET (self->fields_group), GTK_DIR_TAB_FORWARD);
      return;
    }
  if (g_str_equal (target, "erased"))
    {
      adw_view_stack_set_visible_child_name (self->stack, "data");
      rungs_erased_group_unfold (self->erased_group);
      return;
    }
  adw_view_stack_set_visible_child_name (self->stack, "mail");
  gtk_widget_child_focus (GTK_WIDGET (self->accounts_group), GTK_DIR_TAB_FORWARD);
  if (!g_str_has_prefix (target, "account:"))
    return;
  self->account_to_open = g_ascii_strtoll (target + strlen ("account:"), NULL, 10);
  if (self->business != NULL)
    open_awaited_account (self);
}

static void
rungs_settings_page_finalize (GObject *object)
{
  g_clear_pointer (&RUNGS_SETTINGS_PAGE (object)->business, rungs_business_free);

  G_OBJECT_CLASS (rungs_settings_page_parent_class)->finalize (object);
}

static void
rungs_settings_page_class_init (RungsSettingsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageClass *page_class = RUNGS_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_settings_page_finalize;
  page_class->tables = TABLES;
  page_class->refresh = rungs_settings_page_refresh;
  page_class->show_target = rungs_settings_page_show_target;

  g_type_ensure (RUNGS_TYPE_ACCOUNT_RULES_GROUP);
  g_type_ensure (RUNGS_TYPE_ACCOUNTS_GROUP);
  g_type_ensure (RUNGS_TYPE_MAILBOXES_GROUP);
  g_type_ensure (RUNGS_TYPE_BACKGROUND_GROUP);
  g_type_ensure (RUNGS_TYPE_BACKUPS_GROUP);
  g_type_ensure (RUNGS_TYPE_BUSINESS_GROUP);
  g_type_ensure (RUNGS_TYPE_ERASED_GROUP);
  g_type_ensure (RUNGS_TYPE_FIELDS_GROUP);
  g_type_ensure (RUNGS_TYPE_HOLIDAYS_GROUP);
  g_type_ensure (RUNGS_TYPE_RATES_GROUP);
  g_type_ensure (RUNGS_TYPE_RELAY_GROUP);
  g_type_ensure (RUNGS_TYPE_RETENTION_GROUP);
  g_type_ensure (RUNGS_TYPE_IDLE_GROUP);
  g_type_ensure (RUNGS_TYPE_NOTICES_GROUP);
  g_type_ensure (RUNGS_TYPE_SCORE_GROUP);
  g_type_ensure (RUNGS_TYPE_SHEET);
  gtk_widget_class_install_action (widget_class, "settings.open-folder", NULL, open_folder_action);
  gtk_widget_class_install_action (widget_class, "settings.notify", "s", notify_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/settings/rungs-settings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, business_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, accounts_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, mailboxes_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, relay_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, account_rules_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, holidays_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, rates_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, fields_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, notices_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, score_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, backups_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, erased_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, retention_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, idle_group);
  gtk_widget_class_bind_template_child (widget_class, RungsSettingsPage, file_row);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
}

static void
rungs_settings_page_init (RungsSettingsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
