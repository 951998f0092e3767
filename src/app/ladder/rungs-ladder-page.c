/* rungs-ladder-page.c: the ladder and what belongs to it, one view each (rungs-ladder-view.h).
 *
 * Only the view that is seen is kept up to date; another one is brought up to date when it is
 * shown. */

#include "rungs-ladder-page.h"

#include <glib/gi18n.h>

#include "ladder/rungs-coupons-view.h"
#include "ladder/rungs-ladder-list-view.h"
#include "ladder/rungs-map-view.h"
#include "ladder/rungs-next-offers-view.h"
#include "ladder/rungs-orders-view.h"
#include "ladder/rungs-what-if-view.h"

struct _RungsLadderPage
{
  RungsPage parent_instance;

  AdwViewStack *stack;
  GtkWidget *switcher; /* with its line; not shown while there is one view only */
};

G_DEFINE_FINAL_TYPE (RungsLadderPage, rungs_ladder_page, RUNGS_TYPE_PAGE)

typedef struct
{
  const char *name;
  const char *title;
  const char *icon;
  GType (*get_type) (void);
} View;

static const View VIEWS[] = {
  { "map", N_ ("Map"), "rungs-ladder-symbolic", rungs_map_view_get_type },
  { "products", N_ ("List"), "view-list-symbolic", rungs_ladder_list_view_get_type },
  { "offers", N_ ("Next Offers"), "go-next-symbolic", rungs_next_offers_view_get_type },
  { "what-if", N_ ("What If"), "dialog-question-symbolic", rungs_what_if_view_get_type },
  { "orders", N_ ("Orders"), "emblem-documents-symbolic", rungs_orders_view_get_type },
  { "coupons", N_ ("Coupons"), "starred-symbolic", rungs_coupons_view_get_type },
};

static RungsLadderView *
seen_view (RungsLadderPage *self)
{
  return RUNGS_LADDER_VIEW (adw_view_stack_get_visible_child (self->stack));
}

/* What the header says and offers is of the view that is seen. */
static void
show_summary_cb (RungsLadderPage *self)
{
  RungsLadderView *view = seen_view (self);
  const char *placeholder;
  g_autofree char *summary = NULL;

  if (rungs_page_get_store (RUNGS_PAGE (self)) == NULL)
    return;
  placeholder = rungs_ladder_view_get_search_placeholder (view);
  summary = rungs_ladder_view_dup_summary (view);
  rungs_page_set_subtitle (RUNGS_PAGE (self), summary);
  rungs_page_set_main_action_label (RUNGS_PAGE (self),
                                    rungs_ladder_view_get_main_action_label (view));
  rungs_page_set_search_shown (RUNGS_PAGE (self), placeholder != NULL);
  if (placeholder != NULL)
    g_object_set (self, "search-placeholder", placeholder, NULL);
  rungs_page_settle_focus (RUNGS_PAGE (self));
}

static void
rungs_ladder_page_refresh (RungsPage *page)
{
  rungs_ladder_view_refresh (seen_view (RUNGS_LADDER_PAGE (page)));
}

static void
rungs_ladder_page_search (RungsPage  *page,
                          const char *text)
{
  if (rungs_page_get_store (page) != NULL)
    rungs_ladder_view_search (seen_view (RUNGS_LADDER_PAGE (page)));
}

static gboolean
rungs_ladder_page_focus_content (RungsPage *page)
{
  return rungs_ladder_view_focus_content (seen_view (RUNGS_LADDER_PAGE (page)));
}

/* Another view is seen: it may be old, and is not searched yet. */
static void
view_changed_cb (RungsLadderPage *self)
{
  if (rungs_page_get_store (RUNGS_PAGE (self)) == NULL)
    return;
  rungs_page_set_search_text (RUNGS_PAGE (self), "");
  show_summary_cb (self);
  rungs_page_queue_refresh (RUNGS_PAGE (self));
}

static void
rungs_ladder_page_main_action (RungsPage *page)
{
  rungs_ladder_view_main_action (seen_view (RUNGS_LADDER_PAGE (page)));
}

/* The names of the views; what else there is, the views know. */
static void
rungs_ladder_page_show_target (RungsPage  *page,
                               const char *target)
{
  RungsLadderPage *self = RUNGS_LADDER_PAGE (page);

  if (adw_view_stack_get_child_by_name (self->stack, target) != NULL)
    {
      adw_view_stack_set_visible_child_name (self->stack, target);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (VIEWS); i++)
    {
      GtkWidget *view = adw_view_stack_get_child_by_name (self->stack, VIEWS[i].name);

      if (rungs_ladder_view_show_target (RUNGS_LADDER_VIEW (view), target))
        {
          adw_view_stack_set_visible_child (self->stack, view);
          return;
        }
    }
}

static char *
rungs_ladder_page_dup_unsaved (RungsPage *page)
{
  RungsLadderPage *self = RUNGS_LADDER_PAGE (page);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (VIEWS); i++)
    {
      GtkWidget *view = adw_view_stack_get_child_by_name (self->stack, VIEWS[i].name);
      char *unsaved = rungs_ladder_view_dup_unsaved (RUNGS_LADDER_VIEW (view));

      if (unsaved != NULL)
        g_ptr_array_add (all, unsaved);
    }
  if (all->len == 0)
    return NULL;
  g_ptr_array_add (all, NULL);
  return g_strjoinv ("\n", (char **) all->pdata);
}

static void
what_if_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  rungs_ladder_page_show_target (RUNGS_PAGE (widget), "what-if");
}

static void
add_view (RungsLadderPage *self,
          const View      *view)
{
  GtkWidget *widget = g_object_new (view->get_type (), NULL);

  adw_view_stack_add_titled (self->stack, widget, view->name, _ (view->title));
  adw_view_stack_page_set_icon_name (adw_view_stack_get_page (self->stack, widget), view->icon);
  g_signal_connect_object (widget, "summary-changed", G_CALLBACK (show_summary_cb), self,
                           G_CONNECT_SWAPPED);
  if (rungs_page_get_store (RUNGS_PAGE (self)) != NULL)
    rungs_ladder_view_set_up (RUNGS_LADDER_VIEW (widget), RUNGS_PAGE (self));
}

static void
rungs_ladder_page_constructed (GObject *object)
{
  RungsLadderPage *self = RUNGS_LADDER_PAGE (object);

  G_OBJECT_CLASS (rungs_ladder_page_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (VIEWS); i++)
    add_view (self, &VIEWS[i]);
  gtk_widget_set_visible (self->switcher, G_N_ELEMENTS (VIEWS) > 1);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_summary_cb (self);
}

static void
rungs_ladder_page_class_init (RungsLadderPageClass *klass)
{
  static const char *const tables[]
    = { "product", "product_part", "offer",    "offer_figure", "sales_order", "order_line",
        "refund",  "refund_line",  "business", "sequence",     "enrolment",
        "currency_rate", "what_if", "coupon", "coupon_given", "coupon_use", "source", "partner",
        "referral", NULL };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageClass *page_class = RUNGS_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rungs_ladder_page_constructed;
  page_class->tables = tables;
  page_class->refresh = rungs_ladder_page_refresh;
  page_class->search = rungs_ladder_page_search;
  page_class->focus_content = rungs_ladder_page_focus_content;
  page_class->main_action = rungs_ladder_page_main_action;
  page_class->show_target = rungs_ladder_page_show_target;
  page_class->dup_unsaved = rungs_ladder_page_dup_unsaved;

  gtk_widget_class_install_action (widget_class, "ladder-page.what-if", NULL, what_if_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK,
                                       "ladder-page.what-if", NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-ladder-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLadderPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsLadderPage, switcher);
}

static void
rungs_ladder_page_init (RungsLadderPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
