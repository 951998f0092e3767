/* rungs-lead-export-dialog.c: writes leads into a file that the user names. */

#include "rungs-lead-export-dialog.h"

#include <glib/gi18n.h>
#include <langinfo.h>

#include "compat/rungs-file-chooser.h"
#include "leads/rungs-lead-export.h"
#include "widgets/rungs-browser-column.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-progress-view.h"

struct _RungsLeadExportDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkCheckButton *csv;
  GtkCheckButton *shown;
  GtkCheckButton *json;
  GtkCheckButton *vcard;

  RungsPage *page;       /* (owned) */
  GArray *leads;         /* (owned) (nullable) */
  RungsLeadRowsQuery *query; /* (owned) (nullable) */
  GPtrArray *names;          /* (owned) (element-type utf8): of the columns that are shown */
  GPtrArray *titles;         /* (owned) (element-type utf8): of them */
};

G_DEFINE_FINAL_TYPE (RungsLeadExportDialog, rungs_lead_export_dialog, ADW_TYPE_WINDOW)

/* An export on a reading thread. */
typedef struct
{
  RungsPage *page;         /* (owned); not for the thread */
  GtkWindow *window;       /* (owned): how far it is; not for the thread */
  GArray *leads;           /* (owned) (nullable) */
  RungsLeadRowsQuery *query; /* (owned) (nullable) */
  RungsLeadExportFormat format;
  char *path;              /* (owned) */
  GPtrArray *headings;     /* (owned) (element-type utf8): of a whole table */
  GPtrArray *names;        /* (owned) (nullable) (element-type utf8): only these columns */
  GPtrArray *titles;       /* (owned) (nullable) (element-type utf8): of them */
  RungsProgress *progress; /* (owned) */
  gint64 written;
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->page);
  g_clear_object (&job->window);
  g_clear_pointer (&job->leads, g_array_unref);
  g_clear_pointer (&job->query, rungs_lead_rows_query_free);
  g_clear_pointer (&job->progress, rungs_progress_unref);
  g_clear_pointer (&job->headings, g_ptr_array_unref);
  g_clear_pointer (&job->names, g_ptr_array_unref);
  g_clear_pointer (&job->titles, g_ptr_array_unref);
  g_free (job->path);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* ---- on the thread */

static void
progress_cb (guint    done,
             guint    total,
             gpointer data)
{
  rungs_progress_set (data, done, total);
}

static GArray *
find_leads (RungsDb                  *db,
            const RungsLeadRowsQuery *query,
            GError                  **error)
{
  g_autoptr (RungsLeadList) list = rungs_lead_rows_find (db, query, error);
  GArray *leads;

  if (list == NULL)
    return NULL;
  leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < rungs_lead_list_get_count (list); i++)
    {
      gint64 id = rungs_lead_list_get_id (list, i);

      g_array_append_val (leads, id);
    }
  return leads;
}

/* Where a decimal is written with a comma, spreadsheets part their columns by semicolons. */
static char
delimiter_here (void)
{
  return g_str_equal (nl_langinfo (RADIXCHAR), ",") ? ';' : ',';
}

/* The columns that were chosen: none where all are written. */
static GArray *
columns_of (const Job *job)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (RungsLeadExportColumn));

  for (guint i = 0; job->names != NULL && i < job->names->len; i++)
    {
      RungsLeadExportColumn column
          = { g_ptr_array_index (job->names, i), g_ptr_array_index (job->titles, i) };

      g_array_append_val (columns, column);
    }
  return columns;
}

/* A RungsStoreFunc with a Job as data; returns NULL. */
static gpointer
export_leads (RungsDb      *db,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  Job *job = data;
  g_autoptr (GArray) columns = columns_of (job);
  RungsLeadExport export = {
    .columns = (const RungsLeadExportColumn *) (gpointer) columns->data,
    .n_columns = columns->len,
    .path = job->path,
    .format = job->format,
    .delimiter = delimiter_here (),
    .headings = (const char *const *) job->headings->pdata,
    .progress = progress_cb,
    .progress_data = job->progress,
  };

  if (job->leads == NULL)
    job->leads = find_leads (db, job->query, error);
  export.leads = job->leads;
  if (job->leads != NULL)
    job->written = rungs_lead_export_write (db, &export, cancellable, error);
  return NULL;
}

/* ---- in the window */

/* The headings of a table, in the user's language. An import knows them again. */
static GPtrArray *
new_headings (void)
{
  static const char *const WORDS[]
      = { N_ ("Rungs number"), N_ ("E-mail"),      N_ ("First name"), N_ ("Last name"),
          N_ ("Company"),      N_ ("Telephone"),   N_ ("Street"),     N_ ("Postcode"),
          N_ ("City"),         N_ ("Region"),      N_ ("Country"),    N_ ("Language"),
          N_ ("Time zone"),    N_ ("Notes"),       N_ ("Tags"),       N_ ("Known since"),
          N_ ("Status"),       N_ ("Agreed on"),   N_ ("Rungs source") };
  const char *const *names = rungs_lead_export_column_names ();
  GPtrArray *headings = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      g_assert (g_str_equal (rungs_lead_export_column_heading (names[i]), WORDS[i]));
      g_ptr_array_add (headings, g_strdup (_ (WORDS[i])));
    }
  g_ptr_array_add (headings, NULL);
  return headings;
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (job->path);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *number = rungs_display_number (job->written);
  g_autofree char *words = NULL;

  rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  gtk_window_destroy (job->window);
  if (gtk_widget_get_root (GTK_WIDGET (job->page)) == NULL)
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      rungs_page_notify (job->page, _ ("The export was cancelled. No file was written."));
      return;
    }
  if (error != NULL)
    {
      rungs_error_tell (GTK_WIDGET (job->page), _ ("The Leads Could Not Be Exported"), error);
      return;
    }
  words = g_strdup_printf (ngettext ("%s lead written to %s", "%s leads written to %s",
                                     (gulong) job->written),
                           number, shown);
  rungs_page_notify (job->page, words);
}

/* Takes `job`, which has a path. */
static void
start_job (Job *job)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (job->page));

  job->headings = new_headings ();
  job->progress = rungs_progress_new ();
  job->window = g_object_ref (rungs_progress_window_new (GTK_WINDOW (root), _ ("Exporting Leads"),
                                                         job->progress, cancellable));
  gtk_window_present (job->window);
  rungs_store_read_async (rungs_page_get_store (job->page), export_leads, job, NULL, NULL,
                          cancellable, exported_cb, job);
}

static void
place_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GFile) place = rungs_file_chooser_finish (result);

  if (place == NULL || gtk_widget_get_root (GTK_WIDGET (job->page)) == NULL
      || rungs_page_get_store (job->page) == NULL)
    return;
  if (g_file_peek_path (place) == NULL)
    {
      rungs_page_notify (job->page, _ ("Choose a folder of this computer: leads cannot be"
                                       " written there."));
      return;
    }
  job->path = g_file_get_path (place);
  start_job (g_steal_pointer (&job));
}

static void
export_clicked_cb (RungsLeadExportDialog *self)
{
  static const char *const NAMES[] = { N_ ("leads.csv"), N_ ("leads.json"), N_ ("leads.vcf") };
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));
  Job *job = g_new0 (Job, 1);

  job->page = g_object_ref (self->page);
  job->leads = g_steal_pointer (&self->leads);
  job->query = g_steal_pointer (&self->query);
  if (gtk_check_button_get_active (self->json))
    job->format = RUNGS_LEAD_EXPORT_JSON;
  else if (gtk_check_button_get_active (self->vcard))
    job->format = RUNGS_LEAD_EXPORT_VCARD;
  else if (gtk_check_button_get_active (self->shown))
    {
      job->names = g_ptr_array_ref (self->names);
      job->titles = g_ptr_array_ref (self->titles);
    }
  gtk_window_close (GTK_WINDOW (self));
  rungs_file_chooser_save_async (window, _ ("Export Leads"), _ (NAMES[job->format]), NULL,
                                 place_chosen_cb, job);
}

static void
rungs_lead_export_dialog_dispose (GObject *object)
{
  RungsLeadExportDialog *self = RUNGS_LEAD_EXPORT_DIALOG (object);

  g_clear_object (&self->page);
  g_clear_pointer (&self->leads, g_array_unref);
  g_clear_pointer (&self->query, rungs_lead_rows_query_free);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->titles, g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_lead_export_dialog_parent_class)->dispose (object);
}

static void
rungs_lead_export_dialog_class_init (RungsLeadExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_lead_export_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/leads/rungs-lead-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLeadExportDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadExportDialog, csv);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadExportDialog, json);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadExportDialog, shown);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadExportDialog, vcard);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_lead_export_dialog_init (RungsLeadExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The columns that the browser shows; what only a search tells is no column of a file. */
static void
note_columns (RungsLeadExportDialog *self,
              RungsBrowser          *browser)
{
  g_autoptr (GPtrArray) shown = rungs_browser_get_shown (browser);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->titles = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < shown->len; i++)
    {
      const RungsBrowserColumn *column = g_ptr_array_index (shown, i);

      if (column->flags & RUNGS_BROWSER_COLUMN_SEARCHED)
        continue;
      g_ptr_array_add (self->names, g_strdup (column->id));
      g_ptr_array_add (self->titles, g_strdup (rungs_browser_column_get_title (column)));
    }
}

void
rungs_lead_export_open (RungsPage          *page,
                        GArray             *leads,
                        RungsLeadRowsQuery *query,
                        guint               n,
                        RungsBrowser       *browser)
{
  RungsLeadExportDialog *self;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%s lead", "%s leads", n), number);

  g_return_if_fail (RUNGS_IS_PAGE (page) && (leads != NULL || query != NULL));

  self = g_object_new (RUNGS_TYPE_LEAD_EXPORT_DIALOG, "transient-for",
                       gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  self->page = g_object_ref (page);
  self->leads = leads;
  self->query = query;
  note_columns (self, browser);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_present (GTK_WINDOW (self));
}

void
rungs_lead_export_to (RungsPage            *page,
                      GArray               *leads,
                      RungsLeadRowsQuery   *query,
                      RungsLeadExportFormat format,
                      const char           *path)
{
  Job *job;

  g_return_if_fail (RUNGS_IS_PAGE (page) && (leads != NULL || query != NULL) && path != NULL);

  job = g_new0 (Job, 1);
  job->page = g_object_ref (page);
  job->leads = leads;
  job->query = query;
  job->format = format;
  job->path = g_strdup (path);
  start_job (job);
}
