/* rungs-what-if-keep.c: keeps what was changed by name, opens, renames and deletes what is kept,
 * and writes the year as a table. */

#include "ladder/rungs-what-if-private.h"

#include <glib/gi18n.h>

#include "insights/rungs-what-if-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-file-save.h"
#include "widgets/rungs-form.h"

/* ---- in the file */

static RungsScenario *
copy_scenario (const RungsScenario *scenario)
{
  RungsScenario *copy = g_new0 (RungsScenario, 1);

  *copy = *scenario;
  copy->name = g_strdup (scenario->name);
  copy->changes = rungs_what_if_changes_copy (scenario->changes);
  return copy;
}

/* A RungsStoreFunc: stores a scenario, a new one where its id is 0. Returns: its id. */
static gpointer
store (RungsDb       *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  const RungsScenario *scenario = data;
  gint64 now = rungs_display_now ();
  gint64 id = scenario->id;

  if (id == 0)
    id = rungs_scenario_add (db, scenario, now, error);
  else if (!rungs_scenario_save (db, scenario, now, error))
    id = 0;
  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

/* A RungsStoreFunc: one that was deleted comes back, as another row. */
static gpointer
restore (RungsDb       *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  RungsScenario *scenario = data;

  scenario->id = 0;
  rungs_scenario_add (db, scenario, rungs_display_now (), error);
  return NULL;
}

static gpointer
delete (RungsDb       *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const RungsScenario *scenario = data;

  rungs_scenario_delete (db, scenario->id, error);
  return NULL;
}

/* ---- saving */

/* What is open, as it would be kept. */
static RungsScenario *
make_scenario (RungsWhatIfView *self)
{
  RungsScenario *scenario = copy_scenario (self->kept);

  g_array_unref (scenario->changes);
  scenario->changes = rungs_what_if_changes_copy (self->changes);
  scenario->days = rungs_what_if_view_get_days (self);
  return scenario;
}

static void
set_kept (RungsWhatIfView *self,
          RungsScenario   *scenario)
{
  rungs_scenario_free (self->kept);
  self->kept = scenario;
  rungs_what_if_keep_show (self);
  rungs_ladder_view_summary_changed (RUNGS_LADDER_VIEW (self));
}

gboolean
rungs_what_if_keep_is_dirty (RungsWhatIfView *self)
{
  return !rungs_what_if_changes_equal (self->changes, self->kept->changes);
}

typedef struct
{
  RungsWhatIfView *view; /* (owned) */
  RungsScenario *scenario; /* (owned) (nullable): that was given to be stored */
  AdwEntryRow *name;
} Asking;

static void
asking_gone_cb (gpointer  data,
                GObject  *form)
{
  Asking *asking = data;

  g_object_unref (asking->view);
  g_clear_pointer (&asking->scenario, rungs_scenario_free);
  g_free (asking);
}

static void
agreed_cb (RungsForm *form,
           Asking    *asking)
{
  g_autofree char *name = rungs_form_dup_entry (asking->name);

  rungs_error_mark_row (asking->name, *name != '\0' ? NULL : _ ("Write a name"));
  if (*name == '\0' || asking->view->page == NULL)
    return;
  g_free (asking->scenario->name);
  asking->scenario->name = g_steal_pointer (&name);
  rungs_form_save (form, rungs_page_get_store (asking->view->page), store,
                   copy_scenario (asking->scenario), (GDestroyNotify) rungs_scenario_free,
                   _ ("The What-If Could Not Be Saved"), asking->name);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Asking    *asking)
{
  RungsScenario *scenario = g_steal_pointer (&asking->scenario);

  scenario->id = id;
  set_kept (asking->view, scenario);
}

/* Asks for the name of the scenario (taken), and stores it under that. */
static void
ask_name (RungsWhatIfView *self,
          RungsScenario   *scenario,
          const char      *title,
          const char      *agree)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  RungsForm *form = rungs_form_new (GTK_WINDOW (root), title, agree);
  Asking *asking = g_new0 (Asking, 1);

  asking->view = g_object_ref (self);
  asking->scenario = scenario;
  asking->name = rungs_form_add_entry (form, _ ("Name"), scenario->name);
  g_object_weak_ref (G_OBJECT (form), asking_gone_cb, asking);
  g_signal_connect (form, "agreed", G_CALLBACK (agreed_cb), asking);
  g_signal_connect (form, "saved", G_CALLBACK (saved_cb), asking);
  gtk_window_present (GTK_WINDOW (form));
}

static void
save_as_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (widget);
  RungsScenario *scenario = make_scenario (self);

  scenario->id = 0;
  ask_name (self, scenario, _ ("Save What-If"), _ ("_Save"));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (widget);
  RungsScenario *scenario;
  RungsPageWork work = {
    .func = store,
    .data_free = (GDestroyNotify) rungs_scenario_free,
    .result_free = g_free,
    .done = _ ("What-if saved"),
    .failed = _ ("The What-If Could Not Be Saved"),
  };

  if (self->kept->id == 0)
    {
      save_as_action (widget, name, parameter);
      return;
    }
  scenario = make_scenario (self);
  work.data = copy_scenario (scenario);
  rungs_page_do (self->page, &work, NULL);
  set_kept (self, scenario);
}

/* As it is kept: what is changed and not saved stays so. */
static void
rename_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (widget);

  ask_name (self, copy_scenario (self->kept), _ ("Rename What-If"), _ ("_Rename"));
}

/* ---- opening */

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (widget);
  RungsScenario *scenario = rungs_scenario_new ();

  scenario->days = rungs_what_if_view_get_days (self);
  set_kept (self, scenario);
  rungs_what_if_view_open (self, scenario);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (widget);
  gint64 id = g_variant_get_int64 (parameter);

  for (guint i = 0; self->scenarios != NULL && i < self->scenarios->len; i++)
    {
      const RungsScenario *scenario = self->scenarios->pdata[i];

      if (scenario->id == id)
        {
          set_kept (self, copy_scenario (scenario));
          rungs_what_if_view_open (self, self->kept);
          return;
        }
    }
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (widget);
  RungsScenario *fresh = rungs_scenario_new ();
  RungsPageWork work = {
    .func = delete,
    .data = copy_scenario (self->kept),
    .data_free = (GDestroyNotify) rungs_scenario_free,
    .done = _ ("What-if deleted"),
    .failed = _ ("The What-If Could Not Be Deleted"),
  };
  RungsPageWork undo = {
    .func = restore,
    .data = copy_scenario (self->kept),
    .data_free = (GDestroyNotify) rungs_scenario_free,
    .failed = _ ("The What-If Could Not Be Brought Back"),
  };

  rungs_page_do (self->page, &work, &undo);
  set_kept (self, fresh);
}

/* ---- as a table */

static void
exported_cb (GtkWidget *widget)
{
  RungsPage *page = RUNGS_WHAT_IF_VIEW (widget)->page;

  if (page != NULL)
    rungs_page_notify (page, _ ("The table is in the file"));
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsWhatIfView *self = RUNGS_WHAT_IF_VIEW (widget);
  g_autofree char *proposed
      = g_strdup_printf ("%s.csv", *self->kept->name ? self->kept->name : _ ("What if"));

  if (self->year != NULL)
    rungs_csv_save (widget, _ ("Export the Year"), proposed,
                    rungs_what_if_to_csv (self->what_if, self->base, self->year), exported_cb);
}

/* ---- the menu */

static void
add_open (GMenu               *menu,
          const RungsScenario *scenario)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (scenario->name, NULL);

  g_menu_item_set_action_and_target (item, "what-if.open", "x", scenario->id);
  g_menu_append_item (menu, item);
}

void
rungs_what_if_keep_show (RungsWhatIfView *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) things = g_menu_new ();
  g_autoptr (GMenu) kept = g_menu_new ();
  gboolean dirty = rungs_what_if_keep_is_dirty (self);
  GtkWidget *widget = GTK_WIDGET (self);

  g_menu_append (things, _ ("_New"), "what-if.new");
  g_menu_append (things, _ ("Save _As…"), "what-if.save-as");
  g_menu_append (things, _ ("_Rename…"), "what-if.rename");
  g_menu_append (things, _ ("_Delete"), "what-if.delete");
  g_menu_append (things, _ ("_Export as CSV…"), "what-if.export");
  for (guint i = 0; self->scenarios != NULL && i < self->scenarios->len; i++)
    add_open (kept, self->scenarios->pdata[i]);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (things));
  g_menu_append_section (menu, _ ("Kept"), G_MENU_MODEL (kept));
  gtk_menu_button_set_menu_model (self->menu, G_MENU_MODEL (menu));
  gtk_menu_button_set_label (self->menu, *self->kept->name ? self->kept->name : _ ("Not Kept"));
  gtk_widget_action_set_enabled (widget, "what-if.save",
                                 dirty || (self->kept->id != 0
                                           && self->kept->days
                                                  != rungs_what_if_view_get_days (self)));
  gtk_widget_action_set_enabled (widget, "what-if.rename", self->kept->id != 0);
  gtk_widget_action_set_enabled (widget, "what-if.delete", self->kept->id != 0);
}

void
rungs_what_if_keep_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "what-if.new", NULL, new_action);
  gtk_widget_class_install_action (klass, "what-if.open", "x", open_action);
  gtk_widget_class_install_action (klass, "what-if.save", NULL, save_action);
  gtk_widget_class_install_action (klass, "what-if.save-as", NULL, save_as_action);
  gtk_widget_class_install_action (klass, "what-if.rename", NULL, rename_action);
  gtk_widget_class_install_action (klass, "what-if.delete", NULL, delete_action);
  gtk_widget_class_install_action (klass, "what-if.export", NULL, export_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_s, GDK_CONTROL_MASK, "what-if.save", NULL);
}
