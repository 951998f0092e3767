/* rungs-background-group.c: whether Rungs goes on when its window is closed.
 *
 * The desktop is asked first; the switch moves when it has agreed. */

#include "rungs-background-group.h"

#include <glib/gi18n.h>

#include "background/rungs-autostart.h"
#include "widgets/rungs-error-words.h"

struct _RungsBackgroundGroup
{
  AdwBin parent_instance;

  GtkSwitch *toggle;

  GSettings *settings; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RungsBackgroundGroup, rungs_background_group, ADW_TYPE_BIN)

static void
show_setting (RungsBackgroundGroup *self)
{
  gboolean on = g_settings_get_boolean (self->settings, "background");

  gtk_switch_set_active (self->toggle, on);
  gtk_switch_set_state (self->toggle, on);
}

/* What was asked for, of which group. */
typedef struct
{
  RungsBackgroundGroup *group; /* (owned) */
  gboolean wanted;
} Wish;

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autofree Wish *wish = data;
  g_autoptr (RungsBackgroundGroup) self = wish->group;
  g_autoptr (GError) error = NULL;

  if (rungs_autostart_set_finish (result, &error))
    g_settings_set_boolean (self->settings, "background", wish->wanted);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("Rungs Cannot Go On in the Background"), error);
  show_setting (self);
}

static gboolean
state_set_cb (RungsBackgroundGroup *self,
              gboolean              wanted)
{
  Wish *wish = NULL;

  if (wanted == g_settings_get_boolean (self->settings, "background"))
    return GDK_EVENT_PROPAGATE;
  wish = g_new (Wish, 1);
  *wish = (Wish) { g_object_ref (self), wanted };
  rungs_autostart_set_async (rungs_autostart_get_way (), wanted,
                             GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), answered_cb,
                             wish);
  return GDK_EVENT_STOP;
}

static void
rungs_background_group_dispose (GObject *object)
{
  g_clear_object (&RUNGS_BACKGROUND_GROUP (object)->settings);

  G_OBJECT_CLASS (rungs_background_group_parent_class)->dispose (object);
}

static void
rungs_background_group_class_init (RungsBackgroundGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_background_group_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-background-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsBackgroundGroup, toggle);
  gtk_widget_class_bind_template_callback (widget_class, state_set_cb);
}

static void
rungs_background_group_init (RungsBackgroundGroup *self)
{
  self->settings = g_settings_new (RUNGS_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  show_setting (self);
  g_signal_connect_object (self->settings, "changed::background", G_CALLBACK (show_setting), self,
                           G_CONNECT_SWAPPED);
}
