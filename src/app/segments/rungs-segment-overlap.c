/* rungs-segment-overlap.c: how two or three segments lie over each other.
 *
 * Each row is a part of the picture: the leads who are in exactly these of the segments. */

#include "rungs-segment-overlap.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rungs-segment-work.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

#define MOST 3

/* An open window. */
typedef struct
{
  RungsStore *store;          /* (owned) */
  GPtrArray *others;          /* (owned) (element-type RungsSegment): what can be chosen */
  gint64 segment;
  char *name;                 /* (owned) */
  AdwComboRow *choices[MOST - 1];
  GtkWidget *parts;           /* rows; of the window */
  GCancellable *cancellable;  /* (owned) */
} Overlap;

/* A question: the segments' ids; 0: none. And its answer. */
typedef struct
{
  gint64 ids[MOST];
  guint n;
  gint64 counts[1 << MOST];
} Counts;

static void
overlap_free (gpointer  data,
              GObject  *window)
{
  Overlap *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_object_unref (self->store);
  g_ptr_array_unref (self->others);
  g_free (self->name);
  g_free (self);
}

static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Counts *counts = g_memdup2 (data, sizeof (Counts));
  RungsSegment *segments[MOST] = { NULL };
  gboolean good = TRUE;

  for (guint i = 0; i < counts->n && good; i++)
    good = (segments[i] = rungs_segment_load (db, counts->ids[i], error)) != NULL;
  if (good)
    good = rungs_segment_overlap (db, (const RungsSegment *const *) segments, counts->n,
                                  rungs_display_now (), counts->counts, error);
  for (guint i = 0; i < counts->n; i++)
    rungs_segment_free (segments[i]);
  if (!good)
    g_clear_pointer (&counts, g_free);
  return counts;
}

static const RungsSegment *
chosen (const Overlap *self,
        guint          choice)
{
  guint selected = adw_combo_row_get_selected (self->choices[choice]);

  /* the first of the second choice is nobody */
  if (choice > 0 && selected-- == 0)
    return NULL;
  return selected < self->others->len ? g_ptr_array_index (self->others, selected) : NULL;
}

/* "In A and B only", for the segments whose bits are set. */
static char *
part_words (const Overlap *self,
            const Counts  *counts,
            guint          bits)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (guint i = 0; i < counts->n; i++)
    {
      const RungsSegment *other = i > 0 ? chosen (self, i - 1) : NULL;

      if (bits & (1u << i))
        g_ptr_array_add (names, i == 0 ? self->name : other ? other->name : (char *) "");
    }
  g_ptr_array_add (names, NULL);
  joined = g_strjoinv (_ (" and "), (char **) names->pdata);
  if (bits == (1u << counts->n) - 1)
    return g_strdup_printf (counts->n == 2 ? _ ("In both: %s") : _ ("In all three: %s"), joined);
  return g_strdup_printf (_ ("Only in %s"), joined);
}

static void
show_counts (Overlap      *self,
             const Counts *counts)
{
  GtkWidget *row;
  gint64 most = 1;

  while ((row = gtk_widget_get_first_child (self->parts)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->parts), row);
  for (guint bits = 1; bits < 1u << counts->n; bits++)
    most = MAX (most, counts->counts[bits]);
  for (guint bits = (1u << counts->n) - 1; bits > 0; bits--)
    {
      g_autofree char *words = part_words (self, counts, bits);
      g_autofree char *number = rungs_display_number (counts->counts[bits]);
      GtkWidget *bar = gtk_level_bar_new_for_interval (0, (double) most);
      GtkWidget *label = gtk_label_new (number);

      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
      gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), (double) counts->counts[bits]);
      gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), NULL);
      gtk_widget_set_size_request (bar, 120, -1);
      gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
      gtk_widget_add_css_class (label, "numeric");
      gtk_label_set_width_chars (GTK_LABEL (label), 7);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), bar);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      gtk_list_box_append (GTK_LIST_BOX (self->parts), row);
    }
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autofree Counts *counts = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  /* where the window is gone, or another question was asked */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (counts != NULL)
    show_counts (data, counts);
  else
    rungs_error_tell (((Overlap *) data)->parts, _ ("The Segments Could Not Be Compared"), error);
}

static void
ask (Overlap *self)
{
  Counts *counts = g_new0 (Counts, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  counts->ids[counts->n++] = self->segment;
  for (guint i = 0; i < G_N_ELEMENTS (self->choices); i++)
    {
      const RungsSegment *other = chosen (self, i);

      if (other != NULL && other->id != counts->ids[counts->n - 1])
        counts->ids[counts->n++] = other->id;
    }
  rungs_store_read_async (self->store, load, counts, g_free, g_free, self->cancellable, loaded_cb,
                          self);
}

static GPtrArray *
others_of (GPtrArray *segments,
           gint64     segment,
           char     **name)
{
  GPtrArray *others = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_segment_free);

  for (guint i = 0; i < segments->len; i++)
    {
      const RungsSegment *one = g_ptr_array_index (segments, i);
      RungsSegment *other;

      if (one->id == segment)
        {
          *name = g_strdup (one->name);
          continue;
        }
      other = g_new0 (RungsSegment, 1);
      other->id = one->id;
      other->name = g_strdup (one->name);
      g_ptr_array_add (others, other);
    }
  return others;
}

static AdwComboRow *
add_choice (Overlap    *self,
            RungsForm  *form,
            const char *title,
            const char *first)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;
  AdwComboRow *row;

  if (first != NULL)
    g_strv_builder_add (names, first);
  for (guint i = 0; i < self->others->len; i++)
    g_strv_builder_add (names, ((RungsSegment *) g_ptr_array_index (self->others, i))->name);
  labels = g_strv_builder_end (names);
  row = rungs_form_add_choice (form, title, (const char *const *) labels);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (ask), self);
  return row;
}

void
rungs_segment_overlap_open (GtkWidget  *parent,
                            RungsStore *store,
                            GPtrArray  *segments,
                            gint64      segment)
{
  Overlap *self = g_new0 (Overlap, 1);
  RungsForm *form = rungs_form_new (GTK_WINDOW (gtk_widget_get_root (parent)),
                                    _ ("Compare Segments"), _ ("_Close"));

  self->store = g_object_ref (store);
  self->segment = segment;
  self->others = others_of (segments, segment, &self->name);
  rungs_form_set_text (form, self->name);
  self->choices[0] = add_choice (self, form, _ ("Compared with"), NULL);
  self->choices[1] = add_choice (self, form, _ ("And with"), _ ("No other"));
  self->parts = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->parts), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->parts, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->parts), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How they lie over each other"), -1);
  rungs_form_add_group (form, _ ("How they lie over each other"));
  rungs_form_add_widget (form, self->parts);
  g_object_weak_ref (G_OBJECT (form), overlap_free, self);
  g_signal_connect_swapped (form, "agreed", G_CALLBACK (gtk_window_close), form);
  /* the rows come later */
  gtk_window_set_default_size (GTK_WINDOW (form), 560, 560);
  gtk_window_present (GTK_WINDOW (form));
  ask (self);
}
