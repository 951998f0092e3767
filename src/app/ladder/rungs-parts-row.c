/* rungs-parts-row.c: what a product is a bundle of, to be checked in a list that opens. */

#include "rungs-parts-row.h"

#include <glib/gi18n.h>

#include "ladder/rungs-product.h"

#define PART "rungs-part"

struct _RungsPartsRow
{
  AdwExpanderRow parent_instance;

  GPtrArray *checks; /* (owned) (element-type GtkCheckButton) */
  GPtrArray *rows;   /* (owned) (element-type GtkWidget) */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RungsPartsRow, rungs_parts_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
toggled_cb (RungsPartsRow *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
rungs_parts_row_finalize (GObject *object)
{
  g_ptr_array_unref (RUNGS_PARTS_ROW (object)->checks);
  g_ptr_array_unref (RUNGS_PARTS_ROW (object)->rows);
  G_OBJECT_CLASS (rungs_parts_row_parent_class)->finalize (object);
}

static void
rungs_parts_row_class_init (RungsPartsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_parts_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", RUNGS_TYPE_PARTS_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_parts_row_init (RungsPartsRow *self)
{
  self->checks = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Is a bundle of"));
}

static gboolean
holds (GArray *parts,
       gint64  part)
{
  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, gint64, i) == part)
      return TRUE;
  return FALSE;
}

static void
add_part (RungsPartsRow      *self,
          const RungsProduct *part,
          gboolean            held)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), part->name);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), held);
  g_object_set_data_full (G_OBJECT (check), PART, g_memdup2 (&part->id, sizeof part->id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, part->name,
                                  -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->checks, check);
  g_ptr_array_add (self->rows, row);
}

/* Those that are there already are only checked anew, so that the focus stays. */
static gboolean
are_shown (RungsPartsRow *self,
           GPtrArray     *products,
           gint64         product)
{
  guint n = 0;

  for (guint i = 0; i < products->len; i++)
    {
      const RungsProduct *part = g_ptr_array_index (products, i);

      if (part->id == product || part->retired_at != 0)
        continue;
      if (n >= self->checks->len
          || *(gint64 *) g_object_get_data (self->checks->pdata[n], PART) != part->id)
        return FALSE;
      n++;
    }
  return n == self->checks->len;
}

static void
make_rows (RungsPartsRow *self,
           GPtrArray     *products,
           gint64         product)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->checks, 0);
  for (guint i = 0; i < products->len; i++)
    {
      const RungsProduct *part = g_ptr_array_index (products, i);

      if (part->id != product && part->retired_at == 0)
        add_part (self, part, FALSE);
    }
}

void
rungs_parts_row_show (RungsPartsRow *self,
                      GPtrArray     *products,
                      gint64         product,
                      GArray        *parts)
{
  g_autofree char *number = NULL;

  g_return_if_fail (RUNGS_IS_PARTS_ROW (self));

  self->filling = TRUE;
  if (!are_shown (self, products, product))
    make_rows (self, products, product);
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (self->checks->pdata[i],
                                 holds (parts, *(gint64 *) g_object_get_data (
                                                 self->checks->pdata[i], PART)));
  number = g_strdup_printf (ngettext ("%u product: who owns this owns it",
                                      "%u products: who owns this owns them", parts->len),
                            parts->len);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                 parts->len > 0 ? number : _ ("It is sold by itself"));
  gtk_widget_set_visible (GTK_WIDGET (self), self->checks->len > 0);
  self->filling = FALSE;
}

void
rungs_parts_row_get (RungsPartsRow *self,
                     GArray        *parts)
{
  g_return_if_fail (RUNGS_IS_PARTS_ROW (self));

  g_array_set_size (parts, 0);
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_array_append_vals (parts, g_object_get_data (self->checks->pdata[i], PART), 1);
}
