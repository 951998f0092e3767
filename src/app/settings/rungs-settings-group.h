/* rungs-settings-group.h: a group of the page Settings that shows what is in the file.
 *
 * How to add one: derive a final type whose template has this as its parent, set in class_init what
 * it reads and how that is shown, and refresh it in rungs-settings-page.c. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SETTINGS_GROUP (rungs_settings_group_get_type ())

G_DECLARE_DERIVABLE_TYPE (RungsSettingsGroup, rungs_settings_group, RUNGS, SETTINGS_GROUP, AdwBin)

/**
 * RungsSettingsGroupClass:
 * @load: reads what it shows, on a thread of the store, of no data
 * @found_free: frees what @load returned
 * @show: shows what @load returned, which is lent; a page and a store are there
 */
struct _RungsSettingsGroupClass
{
  AdwBinClass parent_class;

  RungsStoreFunc load;
  GDestroyNotify found_free;
  void (*show) (RungsSettingsGroup *self,
                gpointer            found);

  gpointer padding[3];
};

/* NULL before it is refreshed, and once either is gone. */
RungsPage *rungs_settings_group_get_page (RungsSettingsGroup *self);

/* Reads and shows what there is; what cannot be read is told by `page`, the one it stands on. */
void rungs_settings_group_refresh (RungsSettingsGroup *self,
                                   RungsPage          *page);

/* ---- rows that are made anew whenever they are shown */

void rungs_settings_group_add_row (RungsSettingsGroup  *self,
                                   AdwPreferencesGroup *group,
                                   GtkWidget           *row);

/* All that were added; they stand in `group`. */
void rungs_settings_group_remove_rows (RungsSettingsGroup  *self,
                                       AdwPreferencesGroup *group);

G_END_DECLS
