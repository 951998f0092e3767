/* rungs-field-choices.c: where the choices of a field are written, ordered and retired. */

#include "rungs-field-choices.h"

#include <glib/gi18n.h>

#include "leads/rungs-field-choice-store.h"
#include "widgets/rungs-form.h"

/* A choice, and where it is written. */
typedef struct
{
  RungsFieldChoice *choice; /* (owned) */
  GtkWidget *row;           /* (owned) */
  GtkWidget *retire;
} Line;

struct _RungsFieldChoices
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  GtkWidget *add_row;
  GPtrArray *lines; /* (owned) (element-type Line) */
};

G_DEFINE_FINAL_TYPE (RungsFieldChoices, rungs_field_choices, ADW_TYPE_BIN)

static void
line_free (Line *line)
{
  rungs_field_choice_free (line->choice);
  g_object_unref (line->row);
  g_free (line);
}

static guint
index_of (RungsFieldChoices *self,
          GtkWidget         *row)
{
  guint at = 0;

  while (at < self->lines->len && ((Line *) g_ptr_array_index (self->lines, at))->row != row)
    at++;
  return at;
}

/* All rows in their order, the one for a new choice last. */
static void
lay_out (RungsFieldChoices *self)
{
  if (gtk_widget_get_parent (self->add_row) != NULL)
    adw_preferences_group_remove (self->group, self->add_row);
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);

      if (gtk_widget_get_parent (line->row) != NULL)
        adw_preferences_group_remove (self->group, line->row);
      adw_preferences_group_add (self->group, line->row);
    }
  adw_preferences_group_add (self->group, self->add_row);
}

static void
move (RungsFieldChoices *self,
      GtkWidget         *row,
      int                by)
{
  guint at = index_of (self, row);
  int to = (int) at + by;
  Line *line;

  if (at >= self->lines->len || to < 0 || to >= (int) self->lines->len)
    {
      gtk_widget_error_bell (row);
      return;
    }
  line = g_ptr_array_steal_index (self->lines, at);
  g_ptr_array_insert (self->lines, to, line);
  lay_out (self);
  gtk_widget_grab_focus (row);
}

static void
show_retired (Line *line)
{
  gboolean retired = line->choice->retired_at != 0;
  const char *tip = retired ? _ ("Offer Again") : _ ("Offer No Longer");

  gtk_button_set_icon_name (GTK_BUTTON (line->retire),
                            retired ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (line->retire, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->retire), GTK_ACCESSIBLE_PROPERTY_LABEL, tip,
                                  -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line->row),
                                 retired ? _ ("Choice, no longer offered") : _ ("Choice"));
}

static void
retire_clicked_cb (GtkWidget         *button,
                   RungsFieldChoices *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ENTRY_ROW);
  Line *line = g_ptr_array_index (self->lines, index_of (self, row));

  line->choice->retired_at = line->choice->retired_at != 0 ? 0 : g_get_real_time () / 1000;
  show_retired (line);
}

static void
remove_clicked_cb (GtkWidget         *button,
                   RungsFieldChoices *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ENTRY_ROW);

  adw_preferences_group_remove (self->group, row);
  g_ptr_array_remove_index (self->lines, index_of (self, row));
  gtk_widget_grab_focus (self->add_row);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                RungsFieldChoices     *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));

  if ((state & GDK_ALT_MASK) == 0 || (key != GDK_KEY_Up && key != GDK_KEY_Down))
    return FALSE;
  move (self, row, key == GDK_KEY_Up ? -1 : 1);
  return TRUE;
}

static void
up_clicked_cb (GtkWidget         *button,
               RungsFieldChoices *self)
{
  move (self, gtk_widget_get_ancestor (button, ADW_TYPE_ENTRY_ROW), -1);
}

static GtkWidget *
add_button (GtkWidget         *row,
            const char        *icon,
            const char        *name,
            GCallback          clicked,
            RungsFieldChoices *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", clicked, self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  return button;
}

/* Takes `choice`. */
static void
add_line (RungsFieldChoices *self,
          RungsFieldChoice  *choice)
{
  Line *line = g_new0 (Line, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  line->choice = choice;
  line->row = g_object_ref_sink (adw_entry_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line->row), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (line->row), choice->label);
  add_button (line->row, "go-up-symbolic", _ ("Move Up"), G_CALLBACK (up_clicked_cb), self);
  line->retire = add_button (line->row, "view-reveal-symbolic", _ ("Offer No Longer"),
                             G_CALLBACK (retire_clicked_cb), self);
  add_button (line->row, "user-trash-symbolic", _ ("Delete"), G_CALLBACK (remove_clicked_cb), self);
  show_retired (line);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (line->row, keys);
  g_ptr_array_add (self->lines, line);
}

static void
add_written (RungsFieldChoices *self)
{
  g_autofree char *text = rungs_form_dup_entry (ADW_ENTRY_ROW (self->add_row));

  if (*text == '\0')
    return;
  add_line (self, rungs_field_choice_new (text));
  lay_out (self);
  gtk_editable_set_text (GTK_EDITABLE (self->add_row), "");
  gtk_widget_grab_focus (self->add_row);
}

static void
rungs_field_choices_dispose (GObject *object)
{
  RungsFieldChoices *self = RUNGS_FIELD_CHOICES (object);

  g_ptr_array_set_size (self->lines, 0);
  g_clear_object (&self->add_row);

  G_OBJECT_CLASS (rungs_field_choices_parent_class)->dispose (object);
}

static void
rungs_field_choices_finalize (GObject *object)
{
  g_ptr_array_unref (RUNGS_FIELD_CHOICES (object)->lines);

  G_OBJECT_CLASS (rungs_field_choices_parent_class)->finalize (object);
}

static void
rungs_field_choices_class_init (RungsFieldChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_field_choices_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_field_choices_finalize;
}

static void
rungs_field_choices_init (RungsFieldChoices *self)
{
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _ ("Choices"));
  adw_preferences_group_set_description (
    self->group, _ ("Alt+Up and Alt+Down move a choice. A choice that leads have can be renamed, "
                    "or offered no longer: they keep it."));
  self->add_row = g_object_ref_sink (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add_row),
                                 _ ("Add a choice, then Enter"));
  g_signal_connect_swapped (self->add_row, "entry-activated", G_CALLBACK (add_written), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

GtkWidget *
rungs_field_choices_new (GPtrArray *choices)
{
  RungsFieldChoices *self = g_object_new (RUNGS_TYPE_FIELD_CHOICES, NULL);

  for (guint i = 0; i < choices->len; i++)
    add_line (self, rungs_field_choice_copy (g_ptr_array_index (choices, i)));
  lay_out (self);
  return GTK_WIDGET (self);
}

GPtrArray *
rungs_field_choices_dup (RungsFieldChoices *self)
{
  g_autoptr (GPtrArray) choices
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_choice_free);
  g_autofree char *pending = NULL;

  g_return_val_if_fail (RUNGS_IS_FIELD_CHOICES (self), NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);
      RungsFieldChoice *choice = rungs_field_choice_copy (line->choice);

      g_free (choice->label);
      choice->label = rungs_form_dup_entry (ADW_ENTRY_ROW (line->row));
      if (*choice->label != '\0')
        g_ptr_array_add (choices, choice);
      else
        rungs_field_choice_free (choice);
    }
  /* what is written and not yet entered was meant to be there */
  pending = rungs_form_dup_entry (ADW_ENTRY_ROW (self->add_row));
  if (*pending != '\0')
    g_ptr_array_add (choices, rungs_field_choice_new (pending));
  return g_steal_pointer (&choices);
}
