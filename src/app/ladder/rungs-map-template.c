/* rungs-map-template.c: asks with which whole ladder to start, and adds it. */

#include "rungs-map-private.h"

#include <glib/gi18n.h>

#include "ladder/rungs-ladder-template.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsMapView *view; /* (unowned) (nullable): NULL where it was closed */
  RungsForm *form;
  GPtrArray *templates; /* (owned) (element-type RungsLadderTemplate) */
  GPtrArray *choices;   /* (owned) (element-type GtkCheckButton): one for each */
} Dialog;

static void
dialog_free (Dialog  *self,
             GObject *form)
{
  g_clear_weak_pointer (&self->view);
  g_ptr_array_unref (self->templates);
  g_ptr_array_unref (self->choices);
  g_free (self);
}

/* Returns: (nullable) */
static const RungsLadderTemplate *
find_chosen (Dialog *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (gtk_check_button_get_active (self->choices->pdata[i]))
      return self->templates->pdata[i];
  return NULL;
}

/* What stands in the way is said over the map. */
static void
agreed_cb (Dialog *self)
{
  const RungsLadderTemplate *template = find_chosen (self);
  RungsMapView *view = self->view;
  RungsMapEdit *edit;

  if (template == NULL || view == NULL)
    return;
  edit = rungs_map_edit_use_template (template->id);
  gtk_window_destroy (GTK_WINDOW (self->form));
  rungs_map_view_do (view, _ ("template"), edit);
}

static void
add_choice (Dialog                    *self,
            const RungsLadderTemplate *template)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  gboolean first = self->choices->len == 0;

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check),
                              first ? NULL : self->choices->pdata[0]);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), first);
  g_ptr_array_add (self->choices, check);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), template->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), template->summary);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  rungs_form_add_widget (self->form, row);
}

static void
present (RungsMapView *view,
         GPtrArray    *templates)
{
  Dialog *self = g_new0 (Dialog, 1);

  g_set_weak_pointer (&self->view, view);
  self->templates = templates;
  self->choices = g_ptr_array_new ();
  self->form = rungs_form_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view))),
                               _ ("Start from a Template"), _ ("_Add"));
  rungs_form_set_text (self->form,
                       _ ("Products, offers and outlines of sales letters are added, at round"
                          " prices. Change them as you like; Ctrl+Z takes all of it back."));
  for (guint i = 0; i < templates->len; i++)
    add_choice (self, templates->pdata[i]);
  g_object_weak_ref (G_OBJECT (self->form), (GWeakNotify) dialog_free, self);
  g_signal_connect_swapped (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  gtk_window_present (GTK_WINDOW (self->form));
}

static void
template_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RungsMapView *self = RUNGS_MAP_VIEW (widget);
  g_autoptr (GError) error = NULL;
  GPtrArray *templates;

  if (self->map == NULL || self->page == NULL)
    return;
  templates = rungs_ladder_template_list (self->map->ladder->currency, g_get_language_names (),
                                          &error);
  if (templates == NULL)
    rungs_page_notify_error (self->page, error);
  else
    present (self, templates);
}

void
rungs_map_template_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "map.template", NULL, template_action);
}
