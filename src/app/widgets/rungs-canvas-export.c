/* rungs-canvas-export.c: a whole canvas on paper and in files. */

#include "rungs-canvas-export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <string.h>

#include "widgets/rungs-canvas-picture.h"

/* In points: A4, and what stays white around it. */
#define PAGE_SHORT 595.28
#define PAGE_LONG 841.89
#define BORDER 36.0

/* A pixel is three quarters of a point. */
#define POINTS 0.75

/* At which what is written on the arrows is six points high. */
#define LEAST 0.5

/* ---- files */

static cairo_status_t
append_cb (void                *data,
           const unsigned char *bytes,
           unsigned int         length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* As the page lies across, or stands upright. */
static RungsCanvasPages
lay_out (RungsCanvasPicture *picture,
         gboolean            across)
{
  return rungs_canvas_picture_lay_out (picture, (across ? PAGE_LONG : PAGE_SHORT) - 2 * BORDER,
                                       (across ? PAGE_SHORT : PAGE_LONG) - 2 * BORDER, POINTS,
                                       LEAST);
}

/* What takes fewer pages; on as many, what the drawing is larger on. */
static gboolean
is_across (RungsCanvasPicture *picture)
{
  RungsCanvasPages across = lay_out (picture, TRUE), upright = lay_out (picture, FALSE);
  guint n = rungs_canvas_pages_count (&across), m = rungs_canvas_pages_count (&upright);

  return n != m ? n < m : across.scale >= upright.scale;
}

static void
draw_pages (RungsCanvasPicture     *picture,
            const RungsCanvasPages *pages,
            cairo_surface_t        *surface)
{
  cairo_t *cr = cairo_create (surface);

  for (guint page = 0; page < rungs_canvas_pages_count (pages); page++)
    {
      cairo_save (cr);
      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      cairo_translate (cr, BORDER, BORDER);
      rungs_canvas_picture_draw (picture, pages, cr, page);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
}

static cairo_surface_t *
make_pdf (RungsCanvasPicture *picture,
          GByteArray         *bytes,
          RungsCanvasPages   *pages)
{
  cairo_surface_t *surface;

  *pages = lay_out (picture, is_across (picture));
  surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, pages->width + 2 * BORDER,
                                                 pages->height + 2 * BORDER);
  if (picture->paper->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, picture->paper->title);
  return surface;
}

static cairo_surface_t *
make_svg (RungsCanvasPicture *picture,
          GByteArray         *bytes,
          RungsCanvasPages   *pages)
{
  double width = picture->bounds.size.width;
  double height = picture->bounds.size.height
                  + rungs_canvas_paper_heading_height (picture->paper, width);

  *pages = rungs_canvas_picture_lay_out (picture, width, height, 1, 1);
  return cairo_svg_surface_create_for_stream (append_cb, bytes, width + 2 * BORDER,
                                              height + 2 * BORDER);
}

/* Returns: (transfer full): the file's contents. */
static GBytes *
draw_file (RungsCanvasPicture  *picture,
           gboolean             svg,
           GError             **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  RungsCanvasPages pages;
  cairo_surface_t *surface
    = svg ? make_svg (picture, bytes, &pages) : make_pdf (picture, bytes, &pages);
  cairo_status_t status;

  draw_pages (picture, &pages, surface);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
taken_for_file_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (GTask) task = data;
  GFile *file = g_task_get_task_data (task);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  GError *error = NULL;
  g_autoptr (RungsCanvasPicture) picture
    = rungs_canvas_picture_take_finish (RUNGS_CANVAS (source), result, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (picture != NULL)
    bytes = draw_file (picture, g_str_has_suffix (lower, ".svg"), &error);
  if (bytes == NULL)
    g_task_return_error (task, error);
  else
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                         G_FILE_CREATE_REPLACE_DESTINATION,
                                         g_task_get_cancellable (task), written_cb,
                                         g_object_ref (task));
}

void
rungs_canvas_export_async (RungsCanvas         *self,
                           GFile               *file,
                           RungsCanvasPaper    *paper,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             data)
{
  GTask *task;

  g_return_if_fail (RUNGS_IS_CANVAS (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  rungs_canvas_picture_take_async (self, paper, cancellable, taken_for_file_cb, task);
}

gboolean
rungs_canvas_export_finish (RungsCanvas   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- paper */

/* What is on paper while it is printed. */
typedef struct
{
  RungsCanvasPicture *picture; /* (owned) */
  RungsCanvasPages pages;      /* once the printer's paper is known */
} Printing;

static void
printing_free (gpointer  data,
               GClosure *closure)
{
  Printing *self = data;

  rungs_canvas_picture_free (self->picture);
  g_free (self);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Printing          *self)
{
  self->pages = rungs_canvas_picture_lay_out (self->picture, gtk_print_context_get_width (context),
                                              gtk_print_context_get_height (context), POINTS,
                                              LEAST);
  gtk_print_operation_set_n_pages (operation, (int) rungs_canvas_pages_count (&self->pages));
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Printing          *self)
{
  rungs_canvas_picture_draw (self->picture, &self->pages,
                             gtk_print_context_get_cairo_context (context), (guint) page);
}

static void
printed_cb (GtkPrintOperation       *operation,
            GtkPrintOperationResult  result,
            GTask                   *task)
{
  GError *error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      g_task_return_error (task, error);
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_CANCEL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", "Nothing was printed");
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static GtkPrintOperation *
make_operation (RungsCanvasPicture *picture)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  Printing *printing = g_new0 (Printing, 1);

  gtk_page_setup_set_orientation (setup, is_across (picture) ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                              : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  if (picture->paper->title != NULL)
    gtk_print_operation_set_job_name (operation, picture->paper->title);
  printing->picture = picture;
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), printing);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), printing,
                         printing_free, 0);
  return operation;
}

static void
taken_for_paper_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (GTask) task = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (source));
  GError *error = NULL;
  g_autoptr (RungsCanvasPicture) picture
    = rungs_canvas_picture_take_finish (RUNGS_CANVAS (source), result, &error);
  g_autoptr (GtkPrintOperation) operation = NULL;

  if (picture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  operation = make_operation (g_steal_pointer (&picture));
  g_signal_connect (operation, "done", G_CALLBACK (printed_cb), g_object_ref (task));
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}

void
rungs_canvas_print_async (RungsCanvas         *self,
                          RungsCanvasPaper    *paper,
                          GAsyncReadyCallback  callback,
                          gpointer             data)
{
  g_return_if_fail (RUNGS_IS_CANVAS (self));

  rungs_canvas_picture_take_async (self, paper, NULL, taken_for_paper_cb,
                                   g_task_new (self, NULL, callback, data));
}

gboolean
rungs_canvas_print_finish (RungsCanvas   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
