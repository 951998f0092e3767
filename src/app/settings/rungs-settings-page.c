/* rungs-settings-page.c: the business, its mail accounts, backups and privacy. */

#include "rungs-settings-page.h"

struct _RungsSettingsPage
{
  RungsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (RungsSettingsPage, rungs_settings_page, RUNGS_TYPE_PAGE)

static void
rungs_settings_page_class_init (RungsSettingsPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/app/rungs/Rungs/settings/rungs-settings-page.ui");
}

static void
rungs_settings_page_init (RungsSettingsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
