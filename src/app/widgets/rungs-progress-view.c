/* rungs-progress-view.c: shows long work: amount, rate, time left, and a button to cancel.
 *
 * The rate is that of the last few seconds: each tenth of a second the one that was seen counts for
 * a fifteenth of what is shown. */

#include "rungs-progress-view.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"

#define INTERVAL_MS 100
#define SMOOTHING (1.0 / 15)

struct _RungsProgressView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title_label;
  GtkProgressBar *bar;
  GtkLabel *amount_label;
  GtkWidget *cancel_button;

  RungsProgress *progress;   /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  guint source;
  gint64 seen_at;            /* monotonic, microseconds */
  gint64 seen_done;
  double rate;               /* a second; 0: not known yet */
};

G_DEFINE_FINAL_TYPE (RungsProgressView, rungs_progress_view, GTK_TYPE_WIDGET)

static void
measure_rate (RungsProgressView *self,
              gint64             done)
{
  gint64 now = g_get_monotonic_time ();
  double seconds = (now - self->seen_at) / (double) G_USEC_PER_SEC;
  double rate = (done - self->seen_done) / MAX (seconds, 0.001);

  self->rate = self->rate == 0 ? rate : self->rate + (rate - self->rate) * SMOOTHING;
  self->seen_at = now;
  self->seen_done = done;
}

/* "12,345 of 50,000 · 4,100 a second · 9 seconds left", as far as it is known. */
static char *
describe (RungsProgressView *self,
          gint64             done,
          gint64             total,
          const char        *note)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *done_text = rungs_display_number (done);
  g_autofree char *total_text = rungs_display_number (total);
  g_autofree char *rate_text = rungs_display_number ((gint64) self->rate);

  if (total > 0)
    /* Translators: how many of how many are done. */
    g_string_append_printf (text, _ ("%s of %s"), done_text, total_text);
  else if (done > 0)
    g_string_append (text, done_text);
  if (self->rate >= 1)
    /* Translators: so many a second are done; a separator stands before it. */
    g_string_append_printf (text, _ (" · %s a second"), rate_text);
  if (self->rate >= 1 && total > done)
    {
      g_autofree char *span = rungs_display_span ((gint64) (1000 * (total - done) / self->rate));

      /* Translators: a duration, such as "9 seconds"; a separator stands before it. */
      g_string_append_printf (text, _ (" · %s left"), span);
    }
  if (note != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", note);
  return g_strdup (text->str);
}

static gboolean
look (gpointer data)
{
  RungsProgressView *self = data;
  g_autofree char *note = NULL;
  g_autofree char *text = NULL;
  gint64 done = 0;
  gint64 total = 0;

  rungs_progress_get (self->progress, &done, &total, &note);
  measure_rate (self, done);
  text = describe (self, done, total, note);
  gtk_label_set_label (self->amount_label, text);
  if (total > 0)
    gtk_progress_bar_set_fraction (self->bar, CLAMP (done / (double) total, 0, 1));
  else
    gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

static void
cancel_cb (RungsProgressView *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->cancel_button, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), _ ("Cancelling…"));
}

static void
rungs_progress_view_dispose (GObject *object)
{
  RungsProgressView *self = RUNGS_PROGRESS_VIEW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->progress, rungs_progress_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rungs_progress_view_parent_class)->dispose (object);
}

static void
rungs_progress_view_class_init (RungsProgressViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_progress_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/widgets/rungs-progress-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsProgressView, box);
  gtk_widget_class_bind_template_child (widget_class, RungsProgressView, title_label);
  gtk_widget_class_bind_template_child (widget_class, RungsProgressView, bar);
  gtk_widget_class_bind_template_child (widget_class, RungsProgressView, amount_label);
  gtk_widget_class_bind_template_child (widget_class, RungsProgressView, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
rungs_progress_view_init (RungsProgressView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RungsProgressView *
rungs_progress_view_new (void)
{
  return g_object_new (RUNGS_TYPE_PROGRESS_VIEW, NULL);
}

void
rungs_progress_view_follow (RungsProgressView *self,
                            const char        *title,
                            RungsProgress     *progress,
                            GCancellable      *cancellable)
{
  g_return_if_fail (RUNGS_IS_PROGRESS_VIEW (self));

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->progress, rungs_progress_unref);
  g_set_object (&self->cancellable, cancellable);
  gtk_widget_set_visible (self->cancel_button, cancellable != NULL);
  gtk_widget_set_sensitive (self->cancel_button, TRUE);
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), _ ("_Cancel"));
  gtk_label_set_label (self->title_label, title);
  self->rate = 0;
  self->seen_done = 0;
  self->seen_at = g_get_monotonic_time ();
  if (progress == NULL)
    return;
  self->progress = rungs_progress_ref (progress);
  self->source = g_timeout_add (INTERVAL_MS, look, self);
  look (self);
}

static gboolean
refuse_to_close_cb (GtkWindow    *window,
                    GCancellable *cancellable)
{
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  return TRUE;
}

static void
release_cb (gpointer  data,
            GClosure *closure)
{
  g_clear_object (&data);
}

GtkWindow *
rungs_progress_window_new (GtkWindow     *parent,
                           const char    *title,
                           RungsProgress *progress,
                           GCancellable  *cancellable)
{
  RungsProgressView *view = rungs_progress_view_new ();
  GtkWidget *handle = gtk_window_handle_new ();
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW,
                                    "transient-for", parent,
                                    "modal", TRUE,
                                    "resizable", FALSE,
                                    "default-width", 420,
                                    "title", title,
                                    NULL);

  rungs_progress_view_follow (view, title, progress, cancellable);
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), GTK_WIDGET (view));
  adw_window_set_content (ADW_WINDOW (window), handle);
  g_signal_connect_data (window, "close-request", G_CALLBACK (refuse_to_close_cb),
                         cancellable != NULL ? g_object_ref (cancellable) : NULL,
                         release_cb, 0);
  return GTK_WINDOW (window);
}
