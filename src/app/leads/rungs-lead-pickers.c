/* rungs-lead-pickers.c: asks for the tag or the sequence that leads are to get or to lose. */

#include "rungs-lead-pickers.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-lead-choices.h"
#include "widgets/rungs-error-words.h"

#define TAGS_OFFERED 40

/* A question under way. */
typedef struct
{
  GtkWidget *parent; /* (owned) (nullable) until the form is open */
  RungsForm *(*make_form) (gpointer   picker,
                           GtkWindow *window);
  guint leads;
  RungsLeadPickedFunc picked;
  GWeakRef data;

  RungsLeadChoices *choices; /* (owned) (nullable) */
  AdwEntryRow *entry;        /* of the tag */
  AdwComboRow *combo;        /* of the sequence, or of the tag to lose */
} Picker;

static void
picker_free (Picker *self)
{
  g_clear_object (&self->parent);
  g_clear_pointer (&self->choices, rungs_lead_choices_free);
  g_weak_ref_clear (&self->data);
  g_free (self);
}

static void
form_gone_cb (gpointer  data,
              GObject  *form)
{
  picker_free (data);
}

static void
answer (Picker     *self,
        RungsForm  *form,
        gint64      id,
        const char *name)
{
  g_autoptr (GObject) data = g_weak_ref_get (&self->data);

  if (data != NULL)
    self->picked (id, name, data);
  gtk_window_destroy (GTK_WINDOW (form));
}

static void
tag_agreed_cb (RungsForm *form,
               Picker    *self)
{
  g_autofree char *name = rungs_form_dup_entry (self->entry);
  const char *fault = *name == '\0'        ? _ ("Write a tag")
                      : strchr (name, ',') ? _ ("A tag has no comma")
                                           : NULL;

  rungs_error_mark_row (self->entry, fault);
  if (fault == NULL)
    answer (self, form, 0, name);
}

static void
sequence_agreed_cb (RungsForm *form,
                    Picker    *self)
{
  guint selected = adw_combo_row_get_selected (self->combo);
  const RungsLeadChoice *choice;

  if (selected >= self->choices->sequences->len)
    return;
  choice = g_ptr_array_index (self->choices->sequences, selected);
  answer (self, form, choice->id, NULL);
}

static void
offered_clicked_cb (GtkButton *button,
                    Picker    *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), gtk_button_get_label (button));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
add_offered_tags (Picker    *self,
                  RungsForm *form)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 3);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 4);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 3);
  for (guint i = 0; i < MIN (self->choices->tags->len, TAGS_OFFERED); i++)
    {
      const RungsLeadChoice *choice = g_ptr_array_index (self->choices->tags, i);
      GtkWidget *button = gtk_button_new_with_label (choice->name);

      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                               PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (button, "filter-chip");
      g_signal_connect (button, "clicked", G_CALLBACK (offered_clicked_cb), self);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), button);
    }
  rungs_form_add_group (form, _ ("Tags there are"));
  rungs_form_add_widget (form, flow);
}

static RungsForm *
make_tag_form (gpointer   picker,
               GtkWindow *window)
{
  Picker *self = picker;
  RungsForm *form = rungs_form_new (window, _ ("Add Tag"), _ ("_Add"));

  self->entry = rungs_form_add_entry (form, _ ("Tag"), NULL);
  if (self->choices->tags->len > 0)
    add_offered_tags (self, form);
  g_signal_connect (form, "agreed", G_CALLBACK (tag_agreed_cb), self);
  return form;
}

/* The names of the choices, after `first` (nullable). */
static char **
names_of (GPtrArray  *choices,
          const char *first)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (first != NULL)
    g_strv_builder_add (names, first);
  for (guint i = 0; i < choices->len; i++)
    g_strv_builder_add (names, ((RungsLeadChoice *) g_ptr_array_index (choices, i))->name);
  return g_strv_builder_end (names);
}

static RungsForm *
make_sequence_form (gpointer   picker,
                    GtkWindow *window)
{
  Picker *self = picker;
  RungsForm *form = rungs_form_new (window, _ ("Add to Sequence"), _ ("_Add"));
  g_auto (GStrv) labels = names_of (self->choices->sequences, NULL);
  g_autofree char *text = g_strdup_printf (
    ngettext ("%'u lead begins with the first step at once. One who has not agreed to"
              " marketing, or owns what it sells, is left out.",
              "%'u leads begin with the first step at once. Those who have not agreed to"
              " marketing, or own what it sells, are left out.",
              self->leads),
    self->leads);

  self->combo = rungs_form_add_choice (form, _ ("Sequence"), (const char *const *) labels);
  rungs_form_set_text (form, *labels != NULL
                               ? text
                               : _ ("There is no sequence yet. Add one on the page Sequences."));
  rungs_form_set_ready (form, *labels != NULL);
  g_signal_connect (form, "agreed", G_CALLBACK (sequence_agreed_cb), self);
  return form;
}

static void
lost_tag_agreed_cb (RungsForm *form,
                    Picker    *self)
{
  guint selected = adw_combo_row_get_selected (self->combo);
  g_autofree char *name = NULL;

  if (selected >= self->choices->tags->len)
    return;
  name = g_strdup (((RungsLeadChoice *) g_ptr_array_index (self->choices->tags, selected))->name);
  answer (self, form, 0, name);
}

static RungsForm *
make_lost_tag_form (gpointer   picker,
                    GtkWindow *window)
{
  Picker *self = picker;
  RungsForm *form = rungs_form_new (window, _ ("Take Tag Away"), _ ("_Take Away"));
  g_auto (GStrv) labels = names_of (self->choices->tags, NULL);

  self->combo = rungs_form_add_choice (form, _ ("Tag"), (const char *const *) labels);
  rungs_form_set_ready (form, *labels != NULL);
  g_signal_connect (form, "agreed", G_CALLBACK (lost_tag_agreed_cb), self);
  return form;
}

/* The first on the list are all of them. */
static void
left_sequence_agreed_cb (RungsForm *form,
                         Picker    *self)
{
  guint selected = adw_combo_row_get_selected (self->combo);
  const RungsLeadChoice *choice = NULL;

  if (selected > self->choices->sequences->len)
    return;
  if (selected > 0)
    choice = g_ptr_array_index (self->choices->sequences, selected - 1);
  answer (self, form, choice ? choice->id : 0, NULL);
}

static RungsForm *
make_left_sequence_form (gpointer   picker,
                         GtkWindow *window)
{
  Picker *self = picker;
  RungsForm *form = rungs_form_new (window, _ ("Take Out of Sequence"), _ ("_Take Out"));
  g_auto (GStrv) labels = names_of (self->choices->sequences, _ ("All sequences"));
  g_autofree char *text = g_strdup_printf (
    ngettext ("%'u lead stops where it stands. What was planned for it is not sent.",
              "%'u leads stop where they stand. What was planned for them is not sent.",
              self->leads),
    self->leads);

  self->combo = rungs_form_add_choice (form, _ ("Sequence"), (const char *const *) labels);
  rungs_form_set_text (form, text);
  g_signal_connect (form, "agreed", G_CALLBACK (left_sequence_agreed_cb), self);
  return form;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Picker *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkWidget) parent = g_steal_pointer (&self->parent);
  GtkRoot *window = gtk_widget_get_root (parent);
  RungsForm *form;

  self->choices = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  if (self->choices == NULL || window == NULL)
    {
      if (error != NULL && window != NULL)
        rungs_error_tell (parent, _ ("The File Could Not Be Read"), error);
      picker_free (self);
      return;
    }
  form = self->make_form (self, GTK_WINDOW (window));
  g_object_weak_ref (G_OBJECT (form), form_gone_cb, self);
  gtk_window_present (GTK_WINDOW (form));
}

void
rungs_lead_pick (GtkWidget           *parent,
                 RungsStore          *store,
                 RungsLeadPick        what,
                 guint                leads,
                 RungsLeadPickedFunc  picked,
                 gpointer             data)
{
  static RungsForm *(*const MAKE_FORM[]) (gpointer, GtkWindow *) = {
    [RUNGS_LEAD_PICK_TAG] = make_tag_form,
    [RUNGS_LEAD_PICK_SEQUENCE] = make_sequence_form,
    [RUNGS_LEAD_PICK_LOST_TAG] = make_lost_tag_form,
    [RUNGS_LEAD_PICK_LEFT_SEQUENCE] = make_left_sequence_form,
  };
  Picker *self = NULL;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (RUNGS_IS_STORE (store));

  self = g_new0 (Picker, 1);
  self->parent = g_object_ref (parent);
  self->make_form = MAKE_FORM[what];
  self->leads = leads;
  self->picked = picked;
  g_weak_ref_init (&self->data, data);
  rungs_store_read_async (store, rungs_lead_choices_load, NULL, NULL,
                          (GDestroyNotify) rungs_lead_choices_free, NULL, loaded_cb, self);
}
