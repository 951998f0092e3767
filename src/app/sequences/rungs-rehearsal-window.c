/* rungs-rehearsal-window.c: rehearses a sequence, and shows what would leave to whom. */

#include "rungs-rehearsal-window.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "engine/rungs-rehearsal-csv.h"
#include "rungs-rehearsal-load.h"
#include "rungs-rehearsal-view.h"
#include "segments/rungs-segment-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-file-save.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-progress-view.h"
#include "widgets/rungs-sheet.h"

typedef enum
{
  NOBODY,
  SEGMENT,
  ONE_LEAD,
} Who;

struct _RungsRehearsalWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkWidget *again;
  GtkWidget *export;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwComboRow *who;
  AdwComboRow *segment;
  AdwEntryRow *email;
  GtkSpinButton *days;
  GtkWidget *draft_row;
  GtkSwitch *draft;
  GtkWidget *rehearse;
  RungsProgressView *progress;
  RungsRehearsalView *view;

  RungsStore *store;              /* (owned) (nullable) */
  gint64 sequence;
  RungsRehearsalChoices *choices; /* (owned) (nullable) */
  GCancellable *running;          /* (owned) (nullable) */
  RungsRehearsal *rehearsal;      /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsRehearsalWindow, rungs_rehearsal_window, ADW_TYPE_WINDOW)

static gboolean
is_open (RungsRehearsalWindow *self)
{
  return self->store != NULL;
}

static void
show_part (RungsRehearsalWindow *self,
           const char           *name)
{
  gboolean result = strcmp (name, "result") == 0;

  gtk_widget_set_visible (self->again, result);
  gtk_widget_set_visible (self->export, result);
  gtk_stack_set_visible_child_name (self->stack, name);
}

/* ---- asking */

static void
who_changed_cb (RungsRehearsalWindow *self)
{
  Who who = adw_combo_row_get_selected (self->who);

  gtk_widget_set_visible (GTK_WIDGET (self->segment), who == SEGMENT);
  gtk_widget_set_visible (GTK_WIDGET (self->email), who == ONE_LEAD);
  gtk_widget_set_sensitive (self->rehearse,
                            self->choices != NULL
                                && (who != SEGMENT || self->choices->segments->len > 0));
}

static void
email_changed_cb (RungsRehearsalWindow *self)
{
  rungs_error_mark_row (self->email, NULL);
}

static void
show_choices (RungsRehearsalWindow *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->choices->segments->len; i++)
    gtk_string_list_append (
        names, ((const RungsSegment *) g_ptr_array_index (self->choices->segments, i))->name);
  adw_combo_row_set_model (self->segment, G_LIST_MODEL (names));
  g_object_unref (names);
  adw_window_title_set_subtitle (self->title, self->choices->name);
  gtk_widget_set_visible (self->draft_row, self->choices->has_draft);
  gtk_switch_set_active (self->draft, self->choices->has_draft);
  gtk_widget_set_sensitive (GTK_WIDGET (self->draft), self->choices->has_version);
  who_changed_cb (self);
  gtk_widget_grab_focus (self->rehearse);
}

static void
choices_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (RungsRehearsalWindow) self = data;
  g_autoptr (GError) error = NULL;

  self->choices = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  if (!is_open (self))
    return;
  if (self->choices != NULL)
    show_choices (self);
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Sequence Could Not Be Read"), error);
}

/* ---- rehearsing */

static void
tell_failure (RungsRehearsalWindow *self,
              GError               *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (adw_combo_row_get_selected (self->who) == ONE_LEAD
      && g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    rungs_error_mark_row (self->email, error->message);
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Sequence Could Not Be Rehearsed"), error);
}

static void
rehearsed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsRehearsalWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRehearsal) rehearsal
      = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (!is_open (self))
    return;
  rungs_progress_view_follow (self->progress, "", NULL, NULL);
  if (rehearsal == NULL)
    {
      show_part (self, "ask");
      tell_failure (self, error);
      return;
    }
  g_clear_pointer (&self->rehearsal, rungs_rehearsal_unref);
  self->rehearsal = g_steal_pointer (&rehearsal);
  rungs_rehearsal_view_show (self->view, self->store, self->rehearsal);
  show_part (self, "result");
}

static RungsRehearsalRequest *
request_of (RungsRehearsalWindow *self)
{
  RungsRehearsalRequest *request = g_new0 (RungsRehearsalRequest, 1);
  guint place = adw_combo_row_get_selected (self->segment);

  request->plan.sequence = self->sequence;
  request->plan.draft = gtk_switch_get_active (self->draft);
  request->plan.from = rungs_display_now ();
  request->plan.days = (guint) gtk_spin_button_get_value_as_int (self->days);
  request->progress = rungs_progress_new ();
  if (adw_combo_row_get_selected (self->who) == SEGMENT && place < self->choices->segments->len)
    request->segment
        = ((const RungsSegment *) g_ptr_array_index (self->choices->segments, place))->id;
  if (adw_combo_row_get_selected (self->who) == ONE_LEAD)
    request->email = rungs_form_dup_entry (self->email);
  return request;
}

static void
rehearse_clicked_cb (RungsRehearsalWindow *self)
{
  RungsRehearsalRequest *request;

  if (!gtk_widget_get_sensitive (self->rehearse))
    return;
  request = request_of (self);
  g_clear_object (&self->running);
  self->running = g_cancellable_new ();
  rungs_progress_view_follow (self->progress, _ ("Rehearsing"), request->progress, self->running);
  show_part (self, "working");
  rungs_store_read_async (self->store, rungs_rehearsal_do_run, request,
                          (GDestroyNotify) rungs_rehearsal_request_free,
                          (GDestroyNotify) rungs_rehearsal_unref, self->running, rehearsed_cb,
                          g_object_ref (self));
}

static void
again_clicked_cb (RungsRehearsalWindow *self)
{
  show_part (self, "ask");
  gtk_widget_grab_focus (self->rehearse);
}

/* ---- as a table */

static void
written_cb (GtkWidget *widget)
{
  RungsRehearsalWindow *self = RUNGS_REHEARSAL_WINDOW (widget);

  if (is_open (self))
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("The table is in the file")));
}

static void
export_clicked_cb (RungsRehearsalWindow *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  /* Translators: the name of a file; %s is the name of a sequence. */
  g_autofree char *proposed = g_strdup_printf (_ ("Rehearsal of %s.csv"), self->choices->name);

  if (self->rehearsal != NULL)
    rungs_csv_save (GTK_WIDGET (self), _ ("Export the Rehearsal"), proposed,
                    rungs_rehearsal_to_csv (self->rehearsal, zone), written_cb);
}

/* ---- the class */

static void
rungs_rehearsal_window_dispose (GObject *object)
{
  RungsRehearsalWindow *self = RUNGS_REHEARSAL_WINDOW (object);

  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_object (&self->store);
  g_clear_pointer (&self->rehearsal, rungs_rehearsal_unref);
  G_OBJECT_CLASS (rungs_rehearsal_window_parent_class)->dispose (object);
}

static void
rungs_rehearsal_window_finalize (GObject *object)
{
  rungs_rehearsal_choices_free (RUNGS_REHEARSAL_WINDOW (object)->choices);

  G_OBJECT_CLASS (rungs_rehearsal_window_parent_class)->finalize (object);
}

static void
rungs_rehearsal_window_class_init (RungsRehearsalWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_rehearsal_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_rehearsal_window_finalize;

  g_type_ensure (RUNGS_TYPE_PROGRESS_VIEW);
  g_type_ensure (RUNGS_TYPE_REHEARSAL_VIEW);
  g_type_ensure (RUNGS_TYPE_SHEET);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/sequences/rungs-rehearsal-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, again);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, export);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, who);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, segment);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, email);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, days);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, draft_row);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, draft);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, rehearse);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, who_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, email_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rehearse_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked_cb);
}

static void
rungs_rehearsal_window_init (RungsRehearsalWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_value (self->days, RUNGS_REHEARSAL_DAYS);
  gtk_widget_set_sensitive (self->rehearse, FALSE);
}

GtkWindow *
rungs_rehearsal_window_present (GtkWindow  *parent,
                                RungsStore *store,
                                gint64      sequence)
{
  RungsRehearsalWindow *self;

  g_return_val_if_fail (RUNGS_IS_STORE (store), NULL);

  self = g_object_new (RUNGS_TYPE_REHEARSAL_WINDOW, "transient-for", parent, NULL);
  self->store = g_object_ref (store);
  self->sequence = sequence;
  rungs_store_read_async (store, rungs_rehearsal_load_choices,
                          g_memdup2 (&sequence, sizeof sequence), g_free,
                          (GDestroyNotify) rungs_rehearsal_choices_free, NULL, choices_loaded_cb,
                          g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
