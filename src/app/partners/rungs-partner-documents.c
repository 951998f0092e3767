/* rungs-partner-documents.c: the documents that are kept with a partner.
 *
 * What they say is sealed: adding, opening and saving ask the keyring for the key, on threads of
 * their own. A copy that is opened is written into the folder of the user's session, which is in
 * memory and for that user alone. */

#include "rungs-partner-documents.h"

#include <adwaita.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/rungs-error.h"
#include "compat/rungs-file-chooser.h"
#include "partners/rungs-partner-document-store.h"
#include "rungs-page.h"
#include "rungs-payee-load.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-file-save.h"
#include "widgets/rungs-row-menu.h"

struct _RungsPartnerDocuments
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkListBox *list;
  GtkWidget *none;

  gint64 partner;
  GHashTable *names; /* (owned) of what is shown, by gint64 id */
};

G_DEFINE_FINAL_TYPE (RungsPartnerDocuments, rungs_partner_documents, GTK_TYPE_WIDGET)

/* What is being done with a document: added, opened or saved. */
typedef struct
{
  GtkWidget *widget; /* (owned) a RungsPartnerDocuments */
  RungsPage *page;   /* (owned) */
  gint64 partner;    /* of one that is added */
  gint64 id;         /* of one that is read */
  char *name;        /* (owned) */
  gboolean opens;    /* it is opened, not saved */
  GFile *file;       /* (owned) (nullable) */
  GBytes *bytes;     /* (owned) (nullable) */
  RungsSealKey *key; /* (owned) (nullable) */
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_object_unref (self->widget);
  g_object_unref (self->page);
  g_free (self->name);
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->key, rungs_seal_key_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static Work *
work_new (RungsPartnerDocuments *self)
{
  Work *work = g_new0 (Work, 1);

  work->widget = g_object_ref (GTK_WIDGET (self));
  work->page = g_object_ref (
      RUNGS_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (self), RUNGS_TYPE_PAGE)));
  work->partner = self->partner;
  return work;
}

static void
tell (const Work   *work,
      const char   *heading,
      const GError *error)
{
  if (gtk_widget_get_root (GTK_WIDGET (work->page)) != NULL)
    rungs_error_tell (GTK_WIDGET (work->page), heading, error);
}

/* ---- removing, and undoing that */

/* A document that is taken out and put back, by two works that share it. */
typedef struct
{
  gint64 id;
  RungsPartnerDocumentOut *out; /* (owned) (nullable): NULL: it is there */
} Removal;

static void
removal_clear (gpointer data)
{
  Removal *self = data;

  g_clear_pointer (&self->out, rungs_partner_document_out_free);
}

static void
removal_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, removal_clear);
}

static gpointer
do_remove (RungsDb      *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  Removal *removal = data;
  RungsPartnerDocumentOut *out = rungs_partner_document_take_out (db, removal->id, error);

  if (out != NULL)
    {
      g_clear_pointer (&removal->out, rungs_partner_document_out_free);
      removal->out = out;
    }
  return NULL;
}

static gpointer
do_put_back (RungsDb      *db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  const Removal *removal = data;

  if (removal->out != NULL)
    rungs_partner_document_put_back (db, removal->out, error);
  return NULL;
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsPartnerDocuments *self = RUNGS_PARTNER_DOCUMENTS (widget);
  gint64 id = g_variant_get_int64 (parameter);
  const char *called = g_hash_table_lookup (self->names, &id);
  Removal *removal = g_atomic_rc_box_new0 (Removal);
  g_autofree char *done = g_strdup_printf (_ ("“%s” is removed"), called != NULL ? called : "");
  RungsPageWork work = { .func = do_remove,
                         .data = removal,
                         .data_free = removal_unref,
                         .done = done,
                         .failed = _ ("The Document Could Not Be Removed") };
  RungsPageWork undo = { .func = do_put_back,
                         .data = g_atomic_rc_box_acquire (removal),
                         .data_free = removal_unref,
                         .done = _ ("The document is there again"),
                         .failed = _ ("It Could Not Be Undone") };

  removal->id = id;
  rungs_page_do (RUNGS_PAGE (gtk_widget_get_ancestor (widget, RUNGS_TYPE_PAGE)), &work, &undo);
}

/* ---- adding */

static gpointer
do_add (RungsDb      *db,
        gpointer      data,
        GCancellable *cancellable,
        GError      **error)
{
  const Work *work = data;

  rungs_partner_document_add (db, work->partner, work->name, work->bytes, work->key,
                              g_get_real_time () / 1000, error);
  return NULL;
}

static void
key_of_added_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = NULL;
  RungsPage *page = work->page;

  if (!rungs_payee_key_finish (result, &work->key, &error))
    {
      if (gtk_widget_get_root (GTK_WIDGET (page)) != NULL)
        rungs_payee_tell (GTK_WIDGET (page), _ ("The Document Could Not Be Added"), error);
      return;
    }
  done = g_strdup_printf (_ ("“%s” is kept with the partner"), work->name);
  rungs_page_do (page,
                 &(RungsPageWork){ .func = do_add,
                                   .data = g_steal_pointer (&work),
                                   .data_free = work_free,
                                   .done = done,
                                   .failed = _ ("The Document Could Not Be Added") },
                 NULL);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  RungsStore *store = rungs_page_get_store (work->page);

  work->bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  if (work->bytes == NULL)
    tell (work, _ ("The Document Could Not Be Added"), error);
  else if (store != NULL)
    rungs_payee_key_async (store, TRUE, NULL, key_of_added_cb, g_steal_pointer (&work));
}

static void
looked_at_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info != NULL && g_file_info_get_size (info) > RUNGS_PARTNER_DOCUMENT_MOST)
    g_set_error_literal (&error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("a document may be of 10 MB at most"));
  if (error != NULL)
    {
      tell (work, _ ("The Document Could Not Be Added"), error);
      return;
    }
  work->name = g_strdup (g_file_info_get_display_name (info));
  g_file_load_bytes_async (G_FILE (source), NULL, loaded_cb, g_steal_pointer (&work));
}

static void
add_file (RungsPartnerDocuments *self,
          GFile                 *file)
{
  g_file_query_info_async (
      file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME,
      G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, looked_at_cb, work_new (self));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsPartnerDocuments) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);

  if (file != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    add_file (self, file);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  rungs_file_chooser_open_async (GTK_WINDOW (gtk_widget_get_root (widget)),
                                 _ ("Keep a Document"), _ ("Documents"),
                                 "*.pdf *.png *.jpg *.jpeg *.odt *.docx *.txt", NULL, chosen_cb,
                                 g_object_ref (widget));
}

static gboolean
dropped_cb (RungsPartnerDocuments *self,
            const GValue          *value)
{
  for (GSList *file = g_value_get_boxed (value); file != NULL; file = file->next)
    add_file (self, file->data);
  return TRUE;
}

/* ---- reading */

static void
saved_cb (GtkWidget *widget)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, RUNGS_TYPE_PAGE);

  if (page != NULL)
    rungs_page_notify (RUNGS_PAGE (page), _ ("The document is saved"));
}

static void
save (Work *work)
{
  RungsFileSave what = { .title = _ ("Save the Document"),
                         .proposed = work->name,
                         .bytes = g_steal_pointer (&work->bytes),
                         .flags = G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                         .failed = _ ("The Document Could Not Be Saved"),
                         .done = saved_cb };

  rungs_file_save (work->widget, &what);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Work) work = data;
  g_autofree char *words = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, NULL))
    return;
  words = g_strdup_printf (_ ("No program here opens “%s”; save it instead"), work->name);
  rungs_page_notify (work->page, words);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autofree char *uri = g_file_get_uri (G_FILE (source));

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      tell (work, _ ("The Document Could Not Be Opened"), error);
      return;
    }
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (work->page)));
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, opened_cb,
                                           g_steal_pointer (&work));
}

/* A new folder that nobody else reads; in a sandbox one that programs outside of it see, too. */
static char *
name_folder (void)
{
  const char *sandbox = g_getenv ("FLATPAK_ID");

  return sandbox != NULL
             ? g_build_filename (g_get_user_runtime_dir (), "app", sandbox, "rungs-XXXXXX", NULL)
             : g_build_filename (g_get_user_runtime_dir (), "rungs-XXXXXX", NULL);
}

static void
open_copy (Work *work)
{
  g_autofree char *folder = name_folder ();
  g_autofree char *name = g_strdelimit (g_strdup (work->name), "/", '-');
  g_autoptr (GFile) file = NULL;
  GBytes *bytes = work->bytes;

  if (g_mkdtemp (folder) == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (errno),
                                                      g_strerror (errno));

      tell (work, _ ("The Document Could Not Be Opened"), error);
      work_free (work);
      return;
    }
  file = g_file_new_build_filename (folder, name, NULL);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       written_cb, work);
}

static gpointer
read_document (RungsDb      *db,
               gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  const Work *work = data;

  return rungs_partner_document_read (db, work->id, work->key, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;

  work->bytes = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  if (gtk_widget_get_root (work->widget) == NULL)
    return;
  if (work->bytes == NULL)
    rungs_payee_tell (work->widget, _ ("The Document Could Not Be Read"), error);
  else if (work->opens)
    open_copy (g_steal_pointer (&work));
  else
    save (work);
}

static void
key_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;

  if (rungs_payee_key_finish (result, &work->key, &error) && work->key != NULL)
    {
      gpointer kept = g_steal_pointer (&work);

      rungs_store_read_async (RUNGS_STORE (source), read_document, kept, NULL,
                              (GDestroyNotify) g_bytes_unref, NULL, read_cb, kept);
      return;
    }
  if (error != NULL && gtk_widget_get_root (work->widget) != NULL)
    rungs_payee_tell (work->widget, _ ("The Document Could Not Be Read"), error);
}

static void
read_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsPartnerDocuments *self = RUNGS_PARTNER_DOCUMENTS (widget);
  gint64 id = g_variant_get_int64 (parameter);
  Work *work = work_new (self);

  work->id = id;
  work->name = g_strdup (g_hash_table_lookup (self->names, &id));
  work->opens = g_str_equal (name, "documents.open");
  rungs_payee_key_async (rungs_page_get_store (work->page), FALSE, NULL, key_cb, work);
}

/* ---- the section */

static GtkWidget *
new_row (const RungsPartnerDocument *document)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *size = g_format_size ((guint64) document->size);
  g_autofree char *day = rungs_display_day (document->added_at);
  g_autofree char *below = g_strdup_printf ("%s · %s", size, day);
  g_autoptr (GMenu) menu = g_menu_new ();

  rungs_row_menu_append (menu, _ ("_Open"), "documents.open", document->id);
  rungs_row_menu_append (menu, _ ("_Save As…"), "documents.save", document->id);
  rungs_row_menu_append (menu, _ ("_Remove"), "documents.remove", document->id);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), document->name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             rungs_row_menu_button_new (menu, document->name));
  return row;
}

static void
rungs_partner_documents_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_PARTNER_DOCUMENTS (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_partner_documents_parent_class)->dispose (object);
}

static void
rungs_partner_documents_finalize (GObject *object)
{
  g_hash_table_unref (RUNGS_PARTNER_DOCUMENTS (object)->names);
  G_OBJECT_CLASS (rungs_partner_documents_parent_class)->finalize (object);
}

static void
rungs_partner_documents_class_init (RungsPartnerDocumentsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_partner_documents_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_partner_documents_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "documents.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "documents.open", "x", read_action);
  gtk_widget_class_install_action (widget_class, "documents.save", "x", read_action);
  gtk_widget_class_install_action (widget_class, "documents.remove", "x", remove_action);
}

static GtkWidget *
new_heading (void)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_ ("Documents"));
  GtkWidget *add = gtk_button_new_with_label (_ ("Add Document…"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (add, "small-button");
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (add, _ ("A contract, a tax form; or drop a file here. Up to 10 MB, "
                                       "kept encrypted"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "documents.add");
  gtk_box_append (GTK_BOX (heading), title);
  gtk_box_append (GTK_BOX (heading), add);
  return heading;
}

static void
rungs_partner_documents_init (RungsPartnerDocuments *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->none = gtk_label_new (_ ("None yet"));
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Documents"), -1);
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_box_append (GTK_BOX (self->box), new_heading ());
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self->box), self->none);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
rungs_partner_documents_show (RungsPartnerDocuments *self,
                              gint64                 partner,
                              GPtrArray             *documents)
{
  GtkListBoxRow *row;

  g_return_if_fail (RUNGS_IS_PARTNER_DOCUMENTS (self));

  self->partner = partner;
  g_hash_table_remove_all (self->names);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < documents->len; i++)
    {
      const RungsPartnerDocument *document = documents->pdata[i];

      g_hash_table_insert (self->names, g_memdup2 (&document->id, sizeof document->id),
                           g_strdup (document->name));
      gtk_list_box_append (self->list, new_row (document));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), documents->len > 0);
  gtk_widget_set_visible (self->none, documents->len == 0);
}
