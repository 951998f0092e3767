/* rungs-canvas-output.c: a drawing is printed, or goes into a file that the user chooses. */

#include "rungs-canvas-output.h"

#include "compat/rungs-file-chooser.h"
#include "widgets/rungs-error-words.h"

typedef struct
{
  GtkWidget *widget;       /* (owned) */
  RungsCanvas *canvas;     /* (owned) */
  RungsCanvasPaper *paper; /* (owned) (nullable): until it is handed on */
  const char *failed;
  void (*done) (GtkWidget *widget);
} Job;

static Job *
job_new (GtkWidget               *widget,
         const RungsCanvasOutput *output)
{
  Job *self = g_new0 (Job, 1);

  self->widget = g_object_ref (widget);
  self->canvas = g_object_ref (output->canvas);
  self->paper = output->paper;
  self->failed = output->failed;
  self->done = output->done;
  return self;
}

static void
job_free (Job *self)
{
  g_object_unref (self->widget);
  g_object_unref (self->canvas);
  g_clear_pointer (&self->paper, rungs_canvas_paper_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* Unless the person thought better of it. */
static void
tell (Job          *self,
      const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rungs_error_tell (self->widget, self->failed, error);
}

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Job) self = data;
  g_autoptr (GError) error = NULL;

  if (!rungs_canvas_print_finish (self->canvas, result, &error))
    tell (self, error);
}

void
rungs_canvas_output_print (GtkWidget               *widget,
                           const RungsCanvasOutput *output)
{
  Job *self = job_new (widget, output);

  rungs_canvas_print_async (self->canvas, g_steal_pointer (&self->paper), printed_cb, self);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Job) self = data;
  g_autoptr (GError) error = NULL;

  if (rungs_canvas_export_finish (self->canvas, result, &error))
    self->done (self->widget);
  else
    tell (self, error);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Job) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);
  Job *job;

  if (file == NULL)
    return;
  job = g_steal_pointer (&self);
  rungs_canvas_export_async (job->canvas, file, g_steal_pointer (&job->paper), NULL, exported_cb,
                             job);
}

void
rungs_canvas_output_save (GtkWidget               *widget,
                          const RungsCanvasOutput *output)
{
  rungs_file_chooser_save_async (GTK_WINDOW (gtk_widget_get_root (widget)), output->title,
                                 output->proposed, NULL, chosen_cb, job_new (widget, output));
}
