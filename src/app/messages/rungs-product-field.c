/* rungs-product-field.c: picks a product of the ladder. */

#include "rungs-product-field.h"

#include <glib/gi18n.h>

#include "ladder/rungs-product-store.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-pick-button.h"

struct _RungsProductField
{
  GtkWidget parent_instance;

  GtkWidget *button; /* a RungsPickButton */
};

G_DEFINE_FINAL_TYPE (RungsProductField, rungs_product_field, GTK_TYPE_WIDGET)

static guint picked_signal;

static gpointer
load_picks (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GPtrArray) products = rungs_product_list (db, error);
  GPtrArray *picks;

  if (products == NULL)
    return NULL;
  picks = rungs_picks_new ();
  for (guint i = 0; i < products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (products, i);

      g_ptr_array_add (picks, rungs_pick_new (product->sku, product->name, NULL));
    }
  return picks;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsProductField) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) picks = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->button == NULL)
    return;
  if (picks != NULL)
    rungs_pick_button_set_picks (RUNGS_PICK_BUTTON (self->button), picks);
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Products Could Not Be Read"), error);
}

static void
picked_cb (RungsProductField *self,
           const char        *sku)
{
  g_signal_emit (self, picked_signal, 0, sku);
}

static void
rungs_product_field_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_PRODUCT_FIELD (object)->button, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_product_field_parent_class)->dispose (object);
}

static void
rungs_product_field_class_init (RungsProductFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_product_field_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  picked_signal = g_signal_new ("picked", RUNGS_TYPE_PRODUCT_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rungs_product_field_init (RungsProductField *self)
{
  self->button = rungs_pick_button_new (_ ("Product"), _ ("Choose a product"));
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  g_signal_connect_object (self->button, "picked", G_CALLBACK (picked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
rungs_product_field_new (RungsStore *store,
                         const char *sku)
{
  RungsProductField *self = g_object_new (RUNGS_TYPE_PRODUCT_FIELD, NULL);

  if (sku != NULL && *sku != '\0')
    rungs_pick_button_set_value (RUNGS_PICK_BUTTON (self->button), sku);
  if (store != NULL)
    rungs_store_read_async (store, load_picks, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                            NULL, loaded_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
