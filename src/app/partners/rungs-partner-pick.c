/* rungs-partner-pick.c: a button that chooses one of the partners, or all. */

#include "rungs-partner-pick.h"

#include <glib/gi18n.h>

#include "partners/rungs-partner-store.h"

#define ALL "0"

/* What is being read, and for which button. */
typedef struct
{
  RungsPickButton *button; /* (owned) */
  RungsPage *page;         /* (owned) */
  gint64 chosen;
} Reading;

static void
reading_free (Reading *self)
{
  g_object_unref (self->button);
  g_object_unref (self->page);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return rungs_partner_list (db, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Reading) reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) partners = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autoptr (GPtrArray) picks = rungs_picks_new ();
  g_autofree char *chosen = g_strdup_printf ("%" G_GINT64_FORMAT, reading->chosen);

  if (gtk_widget_get_root (GTK_WIDGET (reading->button)) == NULL)
    return;
  if (partners == NULL)
    {
      rungs_page_notify_error (reading->page, error);
      return;
    }
  g_ptr_array_add (picks, rungs_pick_new (ALL, _ ("All partners"), NULL));
  for (guint i = 0; i < partners->len; i++)
    {
      const RungsPartner *partner = partners->pdata[i];
      g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, partner->id);

      g_ptr_array_add (picks, rungs_pick_new (value, partner->name, NULL));
    }
  rungs_pick_button_set_picks (reading->button, picks);
  rungs_pick_button_set_value (reading->button, chosen);
}

GtkWidget *
rungs_partner_pick_new (void)
{
  return rungs_pick_button_new (_ ("Partner"), _ ("All partners"));
}

void
rungs_partner_pick_refresh (RungsPickButton *self,
                            RungsPage       *page,
                            gint64           chosen)
{
  Reading *reading = g_new0 (Reading, 1);

  g_return_if_fail (RUNGS_IS_PICK_BUTTON (self));
  g_return_if_fail (RUNGS_IS_PAGE (page));

  *reading = (Reading){ g_object_ref (self), g_object_ref (page), chosen };
  rungs_store_read_async (rungs_page_get_store (page), load, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, loaded_cb, reading);
}
