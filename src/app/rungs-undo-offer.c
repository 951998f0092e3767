/* rungs-undo-offer.c: the toast of a page that offers to take back what was just done. */

#include "rungs-undo-offer.h"

#include <glib/gi18n.h>

#include "rungs-page-work.h"
#include "rungs-toast.h"

/* After so long a toast was there to be read, wherever it stood in the queue. */
#define IS_READ_MS 2000

struct _RungsUndoOffer
{
  RungsPage *page;       /* (unowned) */
  GSimpleAction *action; /* (owned) */
  AdwToast *toast;       /* (owned) (nullable): stands for the offer */
  RungsPageWork *undo;   /* (owned) (nullable): there with the toast */
  gint64 made_at;        /* monotonic, microseconds */
  gboolean gone;         /* the toast is seen no longer; Ctrl+Z still takes the offer */
};

static void
undo_cb (RungsUndoOffer *self)
{
  if (self->toast == NULL)
    return;
  rungs_page_do (self->page, self->undo, NULL);
  self->undo->data = NULL;
  rungs_undo_offer_end (self);
}

static gboolean
undo_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_activate_action (widget, "page.undo", NULL);
}

static void
add_key (GtkWidget *page)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut
      = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK),
                          gtk_callback_action_new (undo_key_cb, NULL, NULL));

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_widget_add_controller (page, controller);
}

RungsUndoOffer *
rungs_undo_offer_new (RungsPage          *page,
                      GSimpleActionGroup *actions)
{
  RungsUndoOffer *self = g_new0 (RungsUndoOffer, 1);

  self->page = page;
  self->action = g_simple_action_new ("undo", NULL);
  g_signal_connect_swapped (self->action, "activate", G_CALLBACK (undo_cb), self);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (self->action));
  add_key (GTK_WIDGET (page));
  return self;
}

void
rungs_undo_offer_free (RungsUndoOffer *self)
{
  if (self == NULL)
    return;

  rungs_undo_offer_end (self);
  g_signal_handlers_disconnect_by_data (self->action, self);
  g_object_unref (self->action);
  g_free (self);
}

static void
dismissed_cb (RungsUndoOffer *self)
{
  self->gone = TRUE;
}

/* A toast that came just now says what was done last, in place of what was done before: it may
 * still wait for its turn, and one that slides in must not be dismissed. */
static gboolean
say_in_place (RungsUndoOffer      *self,
              const char          *title,
              const RungsPageWork *undo)
{
  if (self->toast == NULL || self->gone
      || (g_get_monotonic_time () - self->made_at) / 1000 >= IS_READ_MS)
    return FALSE;
  g_clear_pointer (&self->undo, rungs_page_work_free);
  self->undo = rungs_page_work_new (undo);
  adw_toast_set_title (self->toast, title);
  return TRUE;
}

void
rungs_undo_offer_make (RungsUndoOffer      *self,
                       AdwToastOverlay     *toasts,
                       const char          *done,
                       const RungsPageWork *undo)
{
  g_autofree char *title = g_markup_escape_text (done, -1);

  if (say_in_place (self, title, undo))
    return;
  rungs_undo_offer_end (self);
  self->gone = FALSE;
  self->toast = g_object_ref_sink (adw_toast_new (title));
  self->undo = rungs_page_work_new (undo);
  adw_toast_set_button_label (self->toast, _ ("_Undo"));
  adw_toast_set_action_name (self->toast, "page.undo");
  g_signal_connect_swapped (self->toast, "dismissed", G_CALLBACK (dismissed_cb), self);
  g_simple_action_set_enabled (self->action, TRUE);
  adw_toast_overlay_add_toast (toasts, g_object_ref (self->toast));
  self->made_at = g_get_monotonic_time ();
}

void
rungs_undo_offer_end (RungsUndoOffer *self)
{
  if (self->toast == NULL)
    return;

  g_simple_action_set_enabled (self->action, FALSE);
  g_clear_pointer (&self->undo, rungs_page_work_free);
  g_signal_handlers_disconnect_by_data (self->toast, self);
  /* until it is gone its button does nothing */
  adw_toast_set_action_name (self->toast, NULL);
  rungs_toast_dismiss (g_steal_pointer (&self->toast), self->made_at);
}
