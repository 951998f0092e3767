/* rungs-segment-picker.c: puts leads into fixed segments, and takes them out. */

#include "rungs-segment-picker.h"

#include <glib/gi18n.h>

#include "rungs-segment-work.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

/* ---- the moving */

/* What takes the moving back; takes `moved`. */
static RungsPageWork
back (RungsSegmentWork *moved,
      gboolean          added)
{
  return (RungsPageWork) {
    .func = added ? rungs_segment_work_remove : rungs_segment_work_add,
    .data = moved,
    .data_free = (GDestroyNotify) rungs_segment_work_free,
    .result_free = (GDestroyNotify) rungs_segment_work_free,
    .failed = _ ("The Segment Could Not Be Changed"),
  };
}

/* Says how many were moved, and offers to undo it; or why they were not. */
static void
finish (RungsPage    *page,
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
      const RungsPageWork undo = back (moved, added);

      rungs_page_offer_undo (page, done, &undo);
      return;
    }
  if (moved != NULL)
    rungs_page_notify (page, added ? _ ("They were in it already")
                                   : _ ("They were not in it any more"));
  else if (gtk_widget_get_root (GTK_WIDGET (page)) != NULL)
    rungs_error_tell (GTK_WIDGET (page), _ ("The Segment Could Not Be Changed"), error);
  g_clear_pointer (&moved, rungs_segment_work_free);
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (RungsPage) page = data;

  finish (page, RUNGS_STORE (source), result, TRUE);
}

static void
taken_out_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsPage) page = data;

  finish (page, RUNGS_STORE (source), result, FALSE);
}

static void
move (RungsPage           *page,
      RungsStoreFunc       func,
      gint64               segment,
      GArray              *leads,
      GAsyncReadyCallback  done)
{
  rungs_store_write_async (rungs_page_get_store (page), func,
                           rungs_segment_work_new_for_leads (segment, leads),
                           (GDestroyNotify) rungs_segment_work_free,
                           (GDestroyNotify) rungs_segment_work_free, NULL, done,
                           g_object_ref (page));
}

void
rungs_segment_put_into (RungsPage *page,
                        gint64     segment,
                        GArray    *leads)
{
  g_return_if_fail (RUNGS_IS_PAGE (page));

  move (page, rungs_segment_work_add, segment, leads, put_cb);
}

void
rungs_segment_take_out (RungsPage *page,
                        gint64     segment,
                        GArray    *leads)
{
  g_return_if_fail (RUNGS_IS_PAGE (page));

  move (page, rungs_segment_work_remove, segment, leads, taken_out_cb);
}

/* ---- the question */

/* A question under way. */
typedef struct
{
  GWeakRef page;
  GArray *leads;     /* (owned) */
  GArray *ids;       /* (owned): of the choices */
  AdwComboRow *choice; /* (nullable) where there are none yet */
  AdwEntryRow *name;   /* of a new one */
} Picker;

static void
picker_free (Picker *self)
{
  g_weak_ref_clear (&self->page);
  g_array_unref (self->leads);
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
  g_autoptr (RungsPage) page = g_weak_ref_get (&self->page);

  if (page != NULL)
    rungs_segment_put_into (page, segment, g_array_ref (self->leads));
}

static void
saved_cb (RungsForm *form,
          gint64     segment,
          Picker    *self)
{
  answer (self, segment);
}

/* 0: a new one. */
static gint64
chosen_segment (Picker *self)
{
  guint selected = self->choice != NULL ? adw_combo_row_get_selected (self->choice) : 0;

  return selected < self->ids->len ? g_array_index (self->ids, gint64, selected) : 0;
}

static void
choice_changed_cb (Picker *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->name), chosen_segment (self) == 0);
}

static void
agreed_cb (RungsForm *form,
           Picker    *self)
{
  gint64 segment = chosen_segment (self);
  g_autofree char *name = rungs_form_dup_entry (self->name);
  g_autoptr (RungsPage) page = g_weak_ref_get (&self->page);

  if (segment != 0)
    {
      answer (self, segment);
      gtk_window_destroy (GTK_WINDOW (form));
      return;
    }
  rungs_error_mark_row (self->name, *name ? NULL : _ ("Write a name"));
  if (*name != '\0' && page != NULL)
    rungs_form_save (form, rungs_page_get_store (page), rungs_segment_work_create,
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
  if (self->ids->len > 0)
    self->choice = rungs_form_add_choice (form, _ ("Segment"), (const char *const *) labels);
  self->name = rungs_form_add_entry (
    form, self->choice ? _ ("Name") : _ ("Name of the new segment"), NULL);
  choice_changed_cb (self);
  if (self->choice != NULL)
    g_signal_connect_swapped (self->choice, "notify::selected", G_CALLBACK (choice_changed_cb),
                              self);
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
  g_autoptr (GtkWidget) page = g_weak_ref_get (&self->page);
  GtkRoot *window = page ? gtk_widget_get_root (page) : NULL;

  if (segments != NULL && window != NULL)
    {
      open_form (self, GTK_WINDOW (window), segments);
      return;
    }
  if (error != NULL && window != NULL)
    rungs_error_tell (page, _ ("The File Could Not Be Read"), error);
  picker_free (self);
}

void
rungs_segment_put (RungsPage *page,
                   GArray    *leads)
{
  Picker *self;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  self = g_new0 (Picker, 1);
  self->leads = leads;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_weak_ref_init (&self->page, page);
  rungs_store_read_async (rungs_page_get_store (page), rungs_segment_work_list, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, loaded_cb, self);
}
