/* rungs-statement-save.c: writes what a partner is paid, and what for, and opens it. */

#include "rungs-statement-save.h"

#include <glib/gi18n.h>
#include <string.h>

#include "compat/rungs-file-chooser.h"
#include "partners/rungs-partner-statement.h"
#include "widgets/rungs-error-words.h"

typedef struct
{
  RungsPage *page; /* (owned) */
  gint64 payout;
  gint64 partner;
  char *name;    /* (owned) of the file, as it is proposed */
  gboolean pdf;
  GBytes *bytes; /* (owned) (nullable): NULL: it is not made yet */
} Saving;

static void
saving_free (Saving *self)
{
  g_object_unref (self->page);
  g_free (self->name);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Saving) self = data;

  if (g_app_info_launch_default_for_uri_finish (result, NULL))
    rungs_page_notify (self->page, _ ("The statement is saved"));
  else
    rungs_page_notify (self->page, _ ("The statement is saved; no program here opens it"));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Saving) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autofree char *uri = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      rungs_error_tell (GTK_WIDGET (self->page), _ ("The Statement Could Not Be Written"), error);
      return;
    }
  uri = g_file_get_uri (G_FILE (source));
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self->page)));
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, opened_cb,
                                           g_steal_pointer (&self));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Saving) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);
  GBytes *bytes = self->bytes;

  if (file != NULL)
    g_file_replace_contents_bytes_async (
        file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL,
        written_cb, g_steal_pointer (&self));
}

/* On a reading thread. */
static gpointer
load_statement (RungsDb       *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Saving *self = data;
  g_autoptr (RungsPartnerStatement) statement
      = rungs_partner_statement_load (db, self->payout, self->partner, error);
  g_autoptr (RungsPaper) paper = NULL;
  char *page;

  if (statement == NULL)
    return NULL;
  paper = rungs_partner_statement_to_paper (statement, g_get_language_names ()[0]);
  if (self->pdf)
    return rungs_paper_to_pdf (paper, error);
  page = rungs_paper_to_html (paper);
  return g_bytes_new_take (page, strlen (page));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Saving) self = data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));
  const char *name = self->name;

  self->bytes = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  if (self->bytes == NULL && root != NULL)
    rungs_error_tell (GTK_WIDGET (self->page), _ ("The Statement Could Not Be Made"), error);
  else if (root != NULL)
    rungs_file_chooser_save_async (GTK_WINDOW (root), _ ("Save the Statement"), name, NULL,
                                   chosen_cb, g_steal_pointer (&self));
}

void
rungs_statement_save (RungsPage  *page,
                      gint64      payout,
                      gint64      partner,
                      const char *name,
                      gboolean    pdf)
{
  Saving *self;

  g_return_if_fail (RUNGS_IS_PAGE (page) && name != NULL);

  self = g_new0 (Saving, 1);
  self->page = g_object_ref (page);
  self->payout = payout;
  self->partner = partner;
  self->name = g_strdup_printf ("payout-%" G_GINT64_FORMAT " %s%s", payout, name,
                                pdf ? ".pdf" : ".html");
  g_strdelimit (self->name, "/", '-');
  self->pdf = pdf;
  rungs_store_read_async (rungs_page_get_store (page), load_statement, self, NULL,
                          (GDestroyNotify) g_bytes_unref, NULL, loaded_cb, self);
}
