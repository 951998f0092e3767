/* rungs-ladder-list-view.c: the product ladder, as a list from the dearest rung down. */

#include "rungs-ladder-list-view.h"

#include <glib/gi18n.h>

#include "rungs-inspector-window.h"
#include "rungs-ladder-load.h"
#include "rungs-map-edit.h"
#include "rungs-product-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-focus.h"

struct _RungsLadderListView
{
  GtkWidget parent_instance;

  RungsPage *page;           /* (unowned) (nullable): that it stands in */
  RungsLadderWriter *writer; /* (owned) (nullable) */
  RungsLadder *ladder;       /* (owned) (nullable): what is shown */
  GtkWidget *stack;
  GtkBox *rungs;
};

static void
show_ladder (RungsLadderListView *self)
{
  GtkWidget *row;
  guint n = self->ladder->products->len;
  RungsFocus *focus = rungs_focus_note (GTK_WIDGET (self->rungs));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rungs))) != NULL)
    gtk_box_remove (self->rungs, row);
  for (guint i = 0; i < n; i++)
    {
      const RungsProduct *product = g_ptr_array_index (self->ladder->products, i);

      row = rungs_product_row_new (self->ladder, product);
      /* the store lists from the foot up, and retired ones last: those stay at the end here too */
      if (product->retired_at == 0 && product->rung > 0)
        gtk_box_prepend (self->rungs, row);
      else
        gtk_box_append (self->rungs, row);
    }
  if (n > 0)
    gtk_box_append (self->rungs, rungs_product_row_new (self->ladder, NULL));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "rungs" : "empty");
  rungs_focus_restore (focus, GTK_WIDGET (self->rungs));
  rungs_ladder_view_summary_changed (RUNGS_LADDER_VIEW (self));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsLadderListView) self = data;
  g_autoptr (GError) error = NULL;
  RungsLadder *ladder = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->page == NULL)
    {
      g_clear_pointer (&ladder, rungs_ladder_free);
      return;
    }
  if (ladder == NULL)
    {
      rungs_page_notify_error (self->page, error);
      return;
    }
  g_clear_pointer (&self->ladder, rungs_ladder_free);
  self->ladder = ladder;
  show_ladder (self);
}

static void
refresh (RungsLadderView *view)
{
  rungs_store_read_async (rungs_page_get_store (RUNGS_LADDER_LIST_VIEW (view)->page),
                          rungs_ladder_load, NULL, NULL, (GDestroyNotify) rungs_ladder_free, NULL,
                          loaded_cb, g_object_ref (view));
}

static char *
dup_summary (RungsLadderView *view)
{
  RungsLadderListView *self = RUNGS_LADDER_LIST_VIEW (view);
  g_autofree char *number = NULL;
  guint sold = 0;

  if (self->ladder == NULL || self->ladder->products->len == 0)
    return NULL;
  for (guint i = 0; i < self->ladder->products->len; i++)
    sold += ((RungsProduct *) g_ptr_array_index (self->ladder->products, i))->retired_at == 0;
  number = rungs_display_number (sold);
  return g_strdup_printf (ngettext ("%s product", "%s products", sold), number);
}

/* ---- giving up, and taking that back */

/* Retires a product or an offer, by `func`, or brings it back. */
static RungsPageWork
retirement (RungsStoreFunc func,
            gint64         id,
            gint64         at)
{
  RungsRetirement *retirement = g_new (RungsRetirement, 1);

  *retirement = (RungsRetirement) { id, at };
  return (RungsPageWork) {
    .func = func,
    .data = retirement,
    .data_free = g_free,
    .failed = _ ("The Ladder Could Not Be Changed"),
  };
}

static void
retire (RungsLadderListView *self,
        RungsStoreFunc   func,
        gint64           id,
        const char      *done)
{
  RungsPageWork work = retirement (func, id, g_get_real_time () / 1000);
  const RungsPageWork undo = retirement (func, id, 0);

  work.done = done;
  rungs_page_do (self->page, &work, &undo);
}

static void
remove_offer_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  retire (RUNGS_LADDER_LIST_VIEW (widget), rungs_ladder_retire_offer,
          g_variant_get_int64 (parameter), _ ("The offer was removed"));
}

/* ---- windows */

static GtkWindow *
window_of (RungsLadderListView *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
edit_product_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  RungsLadderListView *self = RUNGS_LADDER_LIST_VIEW (widget);

  rungs_product_window_present (window_of (self), self->writer, g_variant_get_int64 (parameter));
}

static void
edit_offer_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  RungsLadderListView *self = RUNGS_LADDER_LIST_VIEW (widget);

  rungs_offer_window_present (window_of (self), self->writer, g_variant_get_int64 (parameter));
}

/* ---- adding: it is there at once, and its window says the rest */

static void
written_cb (RungsLadderListView   *self,
            const RungsLadderEdit *edit)
{
  gint64 product = rungs_ladder_edit_find_added (edit, "product");
  gint64 offer = rungs_ladder_edit_find_added (edit, "offer");

  if (self->page == NULL || window_of (self) == NULL)
    return;
  if (product != 0)
    rungs_product_window_present (window_of (self), self->writer, product);
  else if (offer != 0)
    rungs_offer_window_present (window_of (self), self->writer, offer);
}

static void
add (RungsLadderListView *self,
     RungsMapEdit        *edit,
     const char          *label)
{
  rungs_ladder_writer_do (self->writer, rungs_map_edit_run, edit,
                          (GDestroyNotify) rungs_map_edit_free, label, NULL,
                          _ ("The Ladder Could Not Be Changed"));
}

static gint64
next_rung (const RungsLadder *ladder)
{
  gint64 highest = 0;

  for (guint i = 0; i < ladder->products->len; i++)
    highest = MAX (highest, ((RungsProduct *) g_ptr_array_index (ladder->products, i))->rung);
  return highest + 1;
}

static const char *
get_main_action_label (RungsLadderView *view)
{
  return _ ("_New Product");
}

static void
main_action (RungsLadderView *view)
{
  RungsLadderListView *self = RUNGS_LADDER_LIST_VIEW (view);

  if (self->ladder != NULL)
    add (self,
         rungs_map_edit_add_product (_ ("New product"), self->ladder->currency,
                                     next_rung (self->ladder), TRUE),
         _ ("The product was added"));
}

static void
add_offer_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsLadderListView *self = RUNGS_LADDER_LIST_VIEW (widget);
  gint64 from = g_variant_get_int64 (parameter);
  const RungsProduct *target;

  if (self->ladder == NULL)
    return;
  target = rungs_ladder_find_target (self->ladder, from, RUNGS_OFFER_NEXT);
  if (target == NULL)
    rungs_page_notify (self->page, _ ("There is no other product to offer"));
  else
    add (self, rungs_map_edit_add_offer (from, target->id, RUNGS_OFFER_NEXT),
         _ ("The offer was added"));
}

/* ---- the class */

static void
set_up (RungsLadderView *view,
        RungsPage       *page)
{
  RungsLadderListView *self = RUNGS_LADDER_LIST_VIEW (view);

  self->page = page;
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &self->page);
  self->writer = rungs_ladder_writer_new (page);
  g_signal_connect_object (self->writer, "written", G_CALLBACK (written_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
ladder_view_init (RungsLadderViewInterface *iface)
{
  iface->set_up = set_up;
  iface->refresh = refresh;
  iface->dup_summary = dup_summary;
  iface->get_main_action_label = get_main_action_label;
  iface->main_action = main_action;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsLadderListView, rungs_ladder_list_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RUNGS_TYPE_LADDER_VIEW, ladder_view_init))

static void
rungs_ladder_list_view_dispose (GObject *object)
{
  RungsLadderListView *self = RUNGS_LADDER_LIST_VIEW (object);

  g_clear_weak_pointer (&self->page);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->ladder, rungs_ladder_free);
  G_OBJECT_CLASS (rungs_ladder_list_view_parent_class)->dispose (object);
}

static void
rungs_ladder_list_view_class_init (RungsLadderListViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_ladder_list_view_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-ladder-list-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLadderListView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsLadderListView, rungs);
  gtk_widget_class_install_action (widget_class, "ladder.edit-product", "x", edit_product_action);
  gtk_widget_class_install_action (widget_class, "ladder.add-offer", "x", add_offer_action);
  gtk_widget_class_install_action (widget_class, "ladder.edit-offer", "x", edit_offer_action);
  gtk_widget_class_install_action (widget_class, "ladder.remove-offer", "x", remove_offer_action);
}

static void
rungs_ladder_list_view_init (RungsLadderListView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
