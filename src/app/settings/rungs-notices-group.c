/* rungs-notices-group.c: how staff are told of new leads. */

#include "settings/rungs-notices-group.h"

#include <glib/gi18n.h>

#include "leads/rungs-source-store.h"
#include "process/rungs-notice-mail-store.h"
#include "process/rungs-notice-rule-store.h"
#include "settings/rungs-notice-dialog.h"
#include "web/rungs-web-endpoint-store.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-row-menu.h"

struct _RungsNoticesGroup
{
  RungsSettingsGroup parent_instance;

  AdwPreferencesGroup *group;

  GPtrArray *rules; /* (owned) (nullable) (element-type RungsNoticeRule) */
  GPtrArray *ways;  /* (owned) (nullable) (element-type RungsNoticeRule): without one */
};

G_DEFINE_FINAL_TYPE (RungsNoticesGroup, rungs_notices_group, RUNGS_TYPE_SETTINGS_GROUP)

static RungsPage *
page_of (RungsNoticesGroup *self)
{
  return rungs_settings_group_get_page (RUNGS_SETTINGS_GROUP (self));
}

/* What is read in one go. */
typedef struct
{
  GPtrArray *rules;     /* (owned) */
  GPtrArray *ways;      /* (owned) */
  GPtrArray *addresses; /* (owned) (element-type RungsNoticeAddress) */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->rules, g_ptr_array_unref);
  g_clear_pointer (&found->ways, g_ptr_array_unref);
  g_clear_pointer (&found->addresses, g_ptr_array_unref);
  g_free (found);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

/* ---- reading, on a thread of the store */

static gboolean
is_known (GPtrArray             *rules,
          const RungsNoticeRule *way)
{
  for (guint i = 0; i < rules->len; i++)
    {
      const RungsNoticeRule *rule = rules->pdata[i];

      if (rule->scope == way->scope && rule->ref == way->ref && g_str_equal (rule->form, way->form))
        return TRUE;
    }
  return FALSE;
}

/* Where there is no rule yet. */
static void
add_way (Found            *found,
         RungsNoticeScope  scope,
         gint64            ref,
         const char       *name)
{
  g_autoptr (RungsNoticeRule) way
    = rungs_notice_rule_new (scope, ref, scope == RUNGS_NOTICE_OF_FORM ? name : NULL);

  g_free (way->name);
  way->name = g_strdup (name);
  if (!is_known (found->rules, way))
    g_ptr_array_add (found->ways, g_steal_pointer (&way));
}

static gboolean
add_ways (Found    *found,
          RungsDb  *db,
          GError  **error)
{
  g_autoptr (GPtrArray) forms = rungs_notice_list_forms (db, error);
  g_autoptr (GPtrArray) endpoints = forms != NULL ? rungs_web_endpoint_list (db, error) : NULL;
  g_autoptr (GPtrArray) sources = endpoints != NULL ? rungs_source_list (db, error) : NULL;

  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < forms->len; i++)
    add_way (found, RUNGS_NOTICE_OF_FORM, 0, forms->pdata[i]);
  for (guint i = 0; i < endpoints->len; i++)
    {
      const RungsWebEndpoint *endpoint = endpoints->pdata[i];

      if (endpoint->retired_at == 0)
        add_way (found, RUNGS_NOTICE_OF_ENDPOINT, endpoint->id, endpoint->name);
    }
  for (guint i = 0; i < sources->len; i++)
    {
      const RungsSource *source = sources->pdata[i];

      if (source->retired_at == 0)
        add_way (found, RUNGS_NOTICE_OF_SOURCE, source->id, source->name);
    }
  return TRUE;
}

static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (Found) found = g_new0 (Found, 1);

  found->ways = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_notice_rule_free);
  found->rules = rungs_notice_rule_list (db, error);
  if (found->rules == NULL || !add_ways (found, db, error))
    return NULL;
  found->addresses = rungs_notice_address_list (db, error);
  return found->addresses != NULL ? g_steal_pointer (&found) : NULL;
}

/* ---- showing */

/* "Desktop, Today, mia@shop.example". */
static char *
describe (const RungsNoticeRule *rule)
{
  g_autoptr (GPtrArray) ways = g_ptr_array_new ();
  g_auto (GStrv) addresses = g_strsplit (rule->mail, "\n", -1);

  if (rule->desktop)
    g_ptr_array_add (ways, (gpointer) _ ("on the desktop"));
  if (rule->today)
    g_ptr_array_add (ways, (gpointer) _ ("on Today"));
  for (char **address = addresses; *address != NULL; address++)
    g_ptr_array_add (ways, *address);
  if (ways->len == 0)
    return g_strdup (_ ("told to nobody"));
  g_ptr_array_add (ways, NULL);
  return g_strjoinv (", ", (char **) ways->pdata);
}

static void
add_rule (RungsNoticesGroup *self,
          guint              i)
{
  const RungsNoticeRule *rule = self->rules->pdata[i];
  g_autofree char *title = rungs_notice_dup_title (rule);
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *words = describe (rule);
  g_autofree char *words_markup = g_markup_escape_text (words, -1);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words_markup);
  if (rule->scope != RUNGS_NOTICE_OF_ALL)
    adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      rungs_row_remove_button_new (_ ("Remove the Exception"), "notices.remove", i));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "u", i);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "notices.edit");
  rungs_settings_group_add_row (RUNGS_SETTINGS_GROUP (self), self->group, row);
}

/* Mail that does not leave. */
static void
add_trouble (RungsNoticesGroup        *self,
             const RungsNoticeAddress *address)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  g_autofree char *title = g_markup_escape_text (address->address, -1);
  g_autofree char *words
    = g_markup_escape_text (rungs_error_stored_words (address->trouble), -1);

  gtk_widget_add_css_class (icon, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  rungs_settings_group_add_row (RUNGS_SETTINGS_GROUP (self), self->group, row);
}

static void
show_rules (RungsNoticesGroup *self,
            GPtrArray         *addresses)
{
  rungs_settings_group_remove_rows (RUNGS_SETTINGS_GROUP (self), self->group);
  for (guint i = 0; i < self->rules->len; i++)
    add_rule (self, i);
  for (guint i = 0; i < addresses->len; i++)
    if (*((RungsNoticeAddress *) addresses->pdata[i])->trouble != '\0')
      add_trouble (self, addresses->pdata[i]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notices.add", self->ways->len > 0);
}

static void
show (RungsSettingsGroup *group,
      gpointer            data)
{
  RungsNoticesGroup *self = RUNGS_NOTICES_GROUP (group);
  Found *found = data;

  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->ways, g_ptr_array_unref);
  self->rules = g_steal_pointer (&found->rules);
  self->ways = g_steal_pointer (&found->ways);
  show_rules (self, found->addresses);
}

/* ---- what is done */

static void
open_dialog (RungsNoticesGroup     *self,
             const RungsNoticeRule *rule)
{
  if (page_of (self) != NULL && self->ways != NULL)
    gtk_window_present (GTK_WINDOW (
      rungs_notice_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                               rungs_page_get_store (page_of (self)), rule, self->ways)));
}

static void
add_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  open_dialog (RUNGS_NOTICES_GROUP (widget), NULL);
}

static void
edit_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsNoticesGroup *self = RUNGS_NOTICES_GROUP (widget);
  guint i = g_variant_get_uint32 (parameter);

  if (self->rules != NULL && i < self->rules->len)
    open_dialog (self, self->rules->pdata[i]);
}

/* On the store's writing thread. */
static gpointer
remove_rule (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const RungsNoticeRule *rule = data;

  return GINT_TO_POINTER (rungs_notice_rule_remove (db, rule->scope, rule->ref, rule->form, error));
}

static gpointer
put_back (RungsDb       *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return GINT_TO_POINTER (rungs_notice_rule_save (db, data, error));
}

static void
remove_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  RungsNoticesGroup *self = RUNGS_NOTICES_GROUP (widget);
  gint64 i = g_variant_get_int64 (parameter);
  RungsPageWork work = {
    .func = remove_rule,
    .data_free = (GDestroyNotify) rungs_notice_rule_free,
    .done = _ ("What counts for all leads counts"),
    .failed = _ ("The Exception Could Not Be Removed"),
  };
  RungsPageWork undo = {
    .func = put_back,
    .data_free = (GDestroyNotify) rungs_notice_rule_free,
    .failed = _ ("The Exception Could Not Be Put Back"),
  };

  if (page_of (self) == NULL || self->rules == NULL || i >= self->rules->len)
    return;
  work.data = rungs_notice_rule_copy (self->rules->pdata[i]);
  undo.data = rungs_notice_rule_copy (self->rules->pdata[i]);
  rungs_page_do (page_of (self), &work, &undo);
}

static void
rungs_notices_group_finalize (GObject *object)
{
  RungsNoticesGroup *self = RUNGS_NOTICES_GROUP (object);

  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->ways, g_ptr_array_unref);

  G_OBJECT_CLASS (rungs_notices_group_parent_class)->finalize (object);
}

static void
rungs_notices_group_class_init (RungsNoticesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsSettingsGroupClass *group_class = RUNGS_SETTINGS_GROUP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_notices_group_finalize;
  group_class->load = load;
  group_class->found_free = found_free;
  group_class->show = show;

  gtk_widget_class_install_action (widget_class, "notices.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "notices.edit", "u", edit_action);
  gtk_widget_class_install_action (widget_class, "notices.remove", "x", remove_action);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-notices-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsNoticesGroup, group);
}

static void
rungs_notices_group_init (RungsNoticesGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
