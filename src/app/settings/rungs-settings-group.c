/* rungs-settings-group.c: a group of the page Settings that shows what is in the file. */

#include "settings/rungs-settings-group.h"

typedef struct
{
  RungsPage *page; /* (weak) (nullable): holds this */
  GPtrArray *rows; /* (owned): those that were added, not owned */
} RungsSettingsGroupPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RungsSettingsGroup, rungs_settings_group, ADW_TYPE_BIN)

static RungsSettingsGroupPrivate *
private (RungsSettingsGroup *self)
{
  return rungs_settings_group_get_instance_private (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsSettingsGroup) self = data;
  g_autoptr (GError) error = NULL;
  gpointer found = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  RungsSettingsGroupClass *klass = RUNGS_SETTINGS_GROUP_GET_CLASS (self);
  RungsPage *page = private (self)->page;

  if (page != NULL && rungs_page_get_store (page) != NULL)
    {
      if (found != NULL)
        klass->show (self, found);
      else
        rungs_page_notify_error (page, error);
    }
  g_clear_pointer (&found, klass->found_free);
}

static void
rungs_settings_group_dispose (GObject *object)
{
  g_clear_weak_pointer (&private (RUNGS_SETTINGS_GROUP (object))->page);

  G_OBJECT_CLASS (rungs_settings_group_parent_class)->dispose (object);
}

static void
rungs_settings_group_finalize (GObject *object)
{
  g_ptr_array_unref (private (RUNGS_SETTINGS_GROUP (object))->rows);

  G_OBJECT_CLASS (rungs_settings_group_parent_class)->finalize (object);
}

static void
rungs_settings_group_class_init (RungsSettingsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_settings_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_settings_group_finalize;
}

static void
rungs_settings_group_init (RungsSettingsGroup *self)
{
  private (self)->rows = g_ptr_array_new ();
}

RungsPage *
rungs_settings_group_get_page (RungsSettingsGroup *self)
{
  g_return_val_if_fail (RUNGS_IS_SETTINGS_GROUP (self), NULL);

  return private (self)->page;
}

void
rungs_settings_group_refresh (RungsSettingsGroup *self,
                              RungsPage          *page)
{
  RungsSettingsGroupClass *klass = RUNGS_SETTINGS_GROUP_GET_CLASS (self);

  g_return_if_fail (RUNGS_IS_SETTINGS_GROUP (self));
  g_return_if_fail (RUNGS_IS_PAGE (page));

  g_set_weak_pointer (&private (self)->page, page);
  rungs_store_read_async (rungs_page_get_store (page), klass->load, NULL, NULL, klass->found_free,
                          NULL, loaded_cb, g_object_ref (self));
}

void
rungs_settings_group_add_row (RungsSettingsGroup  *self,
                              AdwPreferencesGroup *group,
                              GtkWidget           *row)
{
  g_return_if_fail (RUNGS_IS_SETTINGS_GROUP (self));

  adw_preferences_group_add (group, row);
  g_ptr_array_add (private (self)->rows, row);
}

void
rungs_settings_group_remove_rows (RungsSettingsGroup  *self,
                                  AdwPreferencesGroup *group)
{
  GPtrArray *rows;

  g_return_if_fail (RUNGS_IS_SETTINGS_GROUP (self));

  rows = private (self)->rows;
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}
