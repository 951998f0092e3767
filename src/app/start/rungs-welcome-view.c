/* rungs-welcome-view.c: the first start: the demo business, or a business of one's own. */

#include "rungs-welcome-view.h"

#include <glib/gi18n.h>

#include "start/rungs-business-maker.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-error-words.h"

struct _RungsWelcomeView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkStack *stack;
  GtkWidget *back_button;
  AdwEntryRow *name_row;
  AdwEntryRow *address_row;
  RungsChoiceRow *currency_row;
  RungsChoiceRow *zone_row;
  GtkWidget *create_button;

  char *path; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsWelcomeView, rungs_welcome_view, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_MADE,
} RungsWelcomeViewSignal;

static guint signals[SIGNAL_MADE + 1];

static void
show_step (RungsWelcomeView *self,
           const char       *step)
{
  gtk_stack_set_visible_child_name (self->stack, step);
  gtk_widget_set_visible (self->back_button, g_str_equal (step, "form"));
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (RungsWelcomeView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = rungs_business_make_finish (result, &error);

  if (path != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_MADE], 0, path);
      return;
    }
  show_step (self, "choice");
  rungs_error_tell (GTK_WIDGET (self), _ ("The Business Could Not Be Made"), error);
}

static void
make (RungsWelcomeView        *self,
      const RungsBusinessPlan *plan)
{
  show_step (self, "making");
  rungs_business_make_async (plan, made_cb, g_object_ref (self));
}

static void
demo_cb (RungsWelcomeView *self)
{
  make (self, &(RungsBusinessPlan) { .path = self->path });
}

static void
own_cb (RungsWelcomeView *self)
{
  if (rungs_choice_row_get_value (self->zone_row) == NULL)
    {
      rungs_choice_row_add_currencies (self->currency_row);
      rungs_choice_row_add_zones (self->zone_row);
    }
  show_step (self, "form");
  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
}

static void
back_cb (RungsWelcomeView *self)
{
  show_step (self, "choice");
}

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
name_changed_cb (RungsWelcomeView *self)
{
  g_autofree char *name = dup_text (self->name_row);

  gtk_widget_set_sensitive (self->create_button, *name != '\0');
}

static void
create_cb (RungsWelcomeView *self)
{
  g_autofree char *name = dup_text (self->name_row);
  g_autofree char *address = dup_text (self->address_row);

  if (*name == '\0')
    return;
  make (self, &(RungsBusinessPlan) {
                .path = self->path,
                .name = name,
                .address = *address != '\0' ? address : NULL,
                .currency = rungs_choice_row_get_value (self->currency_row),
                .zone = rungs_choice_row_get_value (self->zone_row),
              });
}

static void
rungs_welcome_view_dispose (GObject *object)
{
  RungsWelcomeView *self = RUNGS_WELCOME_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (rungs_welcome_view_parent_class)->dispose (object);
}

static void
rungs_welcome_view_class_init (RungsWelcomeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_welcome_view_dispose;

  signals[SIGNAL_MADE] = g_signal_new ("made", RUNGS_TYPE_WELCOME_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RUNGS_TYPE_CHOICE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/start/rungs-welcome-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsWelcomeView, box);
  gtk_widget_class_bind_template_child (widget_class, RungsWelcomeView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsWelcomeView, back_button);
  gtk_widget_class_bind_template_child (widget_class, RungsWelcomeView, name_row);
  gtk_widget_class_bind_template_child (widget_class, RungsWelcomeView, address_row);
  gtk_widget_class_bind_template_child (widget_class, RungsWelcomeView, currency_row);
  gtk_widget_class_bind_template_child (widget_class, RungsWelcomeView, zone_row);
  gtk_widget_class_bind_template_child (widget_class, RungsWelcomeView, create_button);
  gtk_widget_class_bind_template_callback (widget_class, demo_cb);
  gtk_widget_class_bind_template_callback (widget_class, own_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
}

static void
rungs_welcome_view_init (RungsWelcomeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_welcome_view_set_path (RungsWelcomeView *self,
                             const char       *path)
{
  g_autofree char *copy = g_strdup (path);

  g_return_if_fail (RUNGS_IS_WELCOME_VIEW (self));

  g_free (self->path);
  self->path = g_steal_pointer (&copy);
  show_step (self, "choice");
}
