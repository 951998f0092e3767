/* rungs-segment-picker.c: asks into which fixed segment leads are to be put. */

#include "rungs-segment-picker.h"

#include <glib/gi18n.h>

#include "rungs-segment-work.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

/* A question under way. */
typedef struct
{
  RungsStore *store; /* (owned) */
  GWeakRef parent;
  RungsSegmentPickedFunc picked;
  GWeakRef data;

  GArray *ids;       /* (owned): of the choices */
  AdwComboRow *choice;
  AdwEntryRow *name; /* of a new one */
} Picker;

static void
picker_free (Picker *self)
{
  g_object_unref (self->store);
  g_weak_ref_clear (&self->parent);
  g_weak_ref_clear (&self->data);
  g_array_unref (self->ids);
  g_free (self);
}

static void
form_gone_cb (gpointer  data,
              GObject  *form)
{
  picker_free (data);
}

static void
answer (Picker *self,
        gint64  segment)
{
  g_autoptr (GObject) data = g_weak_ref_get (&self->data);

  if (data != NULL)
    self->picked (segment, data);
}

static void
saved_cb (RungsForm *form,
          gint64     segment,
          Picker    *self)
{
  answer (self, segment);
}

static void
choice_changed_cb (Picker *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->name),
                          adw_combo_row_get_selected (self->choice) >= self->ids->len);
}

static void
agreed_cb (RungsForm *form,
           Picker    *self)
{
  guint selected = adw_combo_row_get_selected (self->choice);
  g_autofree char *name = rungs_form_dup_entry (self->name);

  if (selected < self->ids->len)
    {
      answer (self, g_array_index (self->ids, gint64, selected));
      gtk_window_destroy (GTK_WINDOW (form));
      return;
    }
  rungs_error_mark_row (self->name, *name ? NULL : _ ("Write a name"));
  if (*name != '\0')
    rungs_form_save (form, self->store, rungs_segment_work_create,
                     rungs_segment_work_new (0, name, NULL),
                     (GDestroyNotify) rungs_segment_work_free,
                     _ ("The Segment Could Not Be Saved"), self->name);
}

static void
open_form (Picker    *self,
           GtkWindow *window,
           GPtrArray *segments)
{
  RungsForm *form = rungs_form_new (window, _ ("Add to Segment"), _ ("_Add"));
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;

  for (guint i = 0; i < segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (segments, i);

      if (segment->kind != RUNGS_SEGMENT_FIXED)
        continue;
      g_array_append_val (self->ids, segment->id);
      g_strv_builder_add (names, segment->name);
    }
  g_strv_builder_add (names, _ ("A new one"));
  labels = g_strv_builder_end (names);
  rungs_form_set_text (form, _ ("Leads are put into segments that are chosen by hand. Who is in a"
                                " live one is decided by its rule."));
  self->choice = rungs_form_add_choice (form, _ ("Segment"), (const char *const *) labels);
  self->name = rungs_form_add_entry (form, _ ("Name"), NULL);
  choice_changed_cb (self);
  g_signal_connect_swapped (self->choice, "notify::selected", G_CALLBACK (choice_changed_cb), self);
  g_signal_connect (form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (form, "saved", G_CALLBACK (saved_cb), self);
  g_object_weak_ref (G_OBJECT (form), form_gone_cb, self);
  gtk_window_present (GTK_WINDOW (form));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Picker *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) segments
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);
  GtkRoot *window = parent ? gtk_widget_get_root (parent) : NULL;

  if (segments != NULL && window != NULL)
    {
      open_form (self, GTK_WINDOW (window), segments);
      return;
    }
  if (error != NULL && window != NULL)
    rungs_error_tell (parent, _ ("The File Could Not Be Read"), error);
  picker_free (self);
}

void
rungs_segment_pick (GtkWidget              *parent,
                    RungsStore             *store,
                    RungsSegmentPickedFunc  picked,
                    gpointer                data)
{
  Picker *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (RUNGS_IS_STORE (store));

  self = g_new0 (Picker, 1);
  self->store = g_object_ref (store);
  self->picked = picked;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_weak_ref_init (&self->parent, parent);
  g_weak_ref_init (&self->data, data);
  rungs_store_read_async (store, rungs_segment_work_list, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, loaded_cb, self);
}

/* ---- afterwards */

static void
taken_back_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GtkWidget) page = data;
  g_autoptr (GError) error = NULL;
  RungsSegmentWork *again = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  g_clear_pointer (&again, rungs_segment_work_free);
  if (error != NULL && gtk_widget_get_root (page) != NULL)
    rungs_error_tell (page, _ ("The Segment Could Not Be Changed"), error);
}

static void
take_back (RungsPage      *page,
           const gpointer  data,
           RungsStoreFunc  func)
{
  const RungsSegmentWork *moved = data;

  rungs_store_write_async (
    rungs_page_get_store (page), func,
    rungs_segment_work_new_for_leads (moved->segment, g_array_ref (moved->leads)),
    (GDestroyNotify) rungs_segment_work_free, (GDestroyNotify) rungs_segment_work_free, NULL,
    taken_back_cb, g_object_ref (page));
}

static void
undo_add (RungsPage *page,
          gpointer   data)
{
  take_back (page, data, rungs_segment_work_remove);
}

static void
undo_remove (RungsPage *page,
             gpointer   data)
{
  take_back (page, data, rungs_segment_work_add);
}

void
rungs_segment_moved (RungsPage    *page,
                     RungsStore   *store,
                     GAsyncResult *result,
                     gboolean      added)
{
  g_autoptr (GError) error = NULL;
  RungsSegmentWork *moved = rungs_store_write_finish (store, result, &error);
  guint n = moved ? moved->leads->len : 0;
  g_autofree char *done
    = added ? g_strdup_printf (ngettext ("%'u lead put into the segment",
                                         "%'u leads put into the segment", n), n)
            : g_strdup_printf (ngettext ("%'u lead taken out of the segment",
                                         "%'u leads taken out of the segment", n), n);

  if (n > 0)
    {
      rungs_page_offer_undo (page, done, added ? undo_add : undo_remove, moved,
                             (GDestroyNotify) rungs_segment_work_free);
      return;
    }
  if (moved != NULL)
    rungs_page_notify (page, added ? _ ("They were in it already")
                                   : _ ("They were not in it any more"));
  else if (gtk_widget_get_root (GTK_WIDGET (page)) != NULL)
    rungs_error_tell (GTK_WIDGET (page), _ ("The Segment Could Not Be Changed"), error);
  g_clear_pointer (&moved, rungs_segment_work_free);
}
