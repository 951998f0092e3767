/* rungs-order-shop-group.c: of which of a seller's shops a file of orders is. */

#include "rungs-order-shop-group.h"

#include <glib/gi18n.h>

#include "ladder/rungs-order-shop-store.h"
#include "widgets/rungs-error-words.h"

struct _RungsOrderShopGroup
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *choice;
  AdwEntryRow *name;

  GPtrArray *shops; /* (owned) (element-type utf8) those that can be chosen */
  char *shop;       /* (owned) (nullable) what the user chose */
  guint first;      /* where they begin in the list: 1 where it begins with a question, else 0 */
  gboolean filling; /* the choice changes because of us */
};

G_DEFINE_FINAL_TYPE (RungsOrderShopGroup, rungs_order_shop_group, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

/* The last choice of the list is to name another one. */
static gboolean
wants_another (RungsOrderShopGroup *self)
{
  return adw_combo_row_get_selected (self->choice) == self->first + self->shops->len;
}

static void
take_shop (RungsOrderShopGroup *self,
           char                *shop)
{
  g_free (self->shop);
  self->shop = shop;
  g_signal_emit (self, changed_signal, 0);
}

static void
choice_changed_cb (RungsOrderShopGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->choice);

  gtk_widget_set_visible (GTK_WIDGET (self->name), wants_another (self));
  if (self->filling || selected < self->first)
    return;
  if (wants_another (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->name));
  else
    take_shop (self, g_strdup (g_ptr_array_index (self->shops, selected - self->first)));
}

static void
name_applied_cb (RungsOrderShopGroup *self)
{
  g_autoptr (GError) error = NULL;
  char *shop = rungs_order_shop_settle (self->shops,
                                        gtk_editable_get_text (GTK_EDITABLE (self->name)), &error);

  if (shop != NULL)
    take_shop (self, shop);
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Shop Cannot Be Called So"), error);
}

static void
rungs_order_shop_group_dispose (GObject *object)
{
  RungsOrderShopGroup *self = RUNGS_ORDER_SHOP_GROUP (object);

  g_clear_pointer (&self->shops, g_ptr_array_unref);
  g_clear_pointer (&self->shop, g_free);
  G_OBJECT_CLASS (rungs_order_shop_group_parent_class)->dispose (object);
}

static void
rungs_order_shop_group_class_init (RungsOrderShopGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_order_shop_group_dispose;

  changed_signal = g_signal_new ("changed", RUNGS_TYPE_ORDER_SHOP_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/ladder/rungs-order-shop-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsOrderShopGroup, choice);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderShopGroup, name);
  gtk_widget_class_bind_template_callback (widget_class, choice_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
}

static void
rungs_order_shop_group_init (RungsOrderShopGroup *self)
{
  self->shops = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_once (GPtrArray  *shops,
          const char *shop)
{
  if (!g_ptr_array_find_with_equal_func (shops, shop, g_str_equal, NULL))
    g_ptr_array_add (shops, g_strdup (shop));
}

/* Those that are known, the one that was read, if it is new, and one without a name. */
static void
note_shops (RungsOrderShopGroup          *self,
            const RungsOrderImportResult *result)
{
  g_ptr_array_set_size (self->shops, 0);
  for (guint i = 0; i < result->shops->len; i++)
    add_once (self->shops, g_ptr_array_index (result->shops, i));
  add_once (self->shops, result->shop);
  add_once (self->shops, "");
}

void
rungs_order_shop_group_show (RungsOrderShopGroup          *self,
                             const RungsOrderImportResult *result)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint position = 0;

  g_return_if_fail (RUNGS_IS_ORDER_SHOP_GROUP (self) && result != NULL);

  note_shops (self, result);
  self->first = result->shop_unsaid ? 1 : 0;
  if (result->shop_unsaid)
    gtk_string_list_append (list, _ ("Choose One…"));
  for (guint i = 0; i < self->shops->len; i++)
    {
      const char *shop = g_ptr_array_index (self->shops, i);

      gtk_string_list_append (list, *shop != '\0' ? shop : _ ("Without a name"));
    }
  gtk_string_list_append (list, _ ("Another One…"));
  if (result->shop_unsaid)
    gtk_widget_add_css_class (GTK_WIDGET (self->choice), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->choice), "warning");
  if (!result->shop_unsaid)
    g_ptr_array_find_with_equal_func (self->shops, result->shop, g_str_equal, &position);
  self->filling = TRUE;
  adw_combo_row_set_model (self->choice, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->choice, position);
  gtk_widget_set_visible (GTK_WIDGET (self->name), FALSE);
  self->filling = FALSE;
}

const char *
rungs_order_shop_group_get_shop (RungsOrderShopGroup *self)
{
  g_return_val_if_fail (RUNGS_IS_ORDER_SHOP_GROUP (self), NULL);

  return self->shop;
}
