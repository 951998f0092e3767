/* rungs-partner-flags.c: what a person is to look at with a partner's orders: the evidence, the
 * newest orders that it is about, and what can be done. */

#include "rungs-partner-flags.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "ladder/rungs-order-list-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-partner-look-store.h"
#include "partners/rungs-referral-store.h"
#include "rungs-page.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-row-menu.h"
#include "widgets/rungs-wrap-box.h"

/* So many of the newest orders are shown. */
#define SHOWN 3

/* ---- what is shown, on threads of the store */

typedef struct
{
  RungsPartnerFlag *flag; /* (owned) */
  GPtrArray *orders;      /* (owned) (element-type RungsOrderRow) of its first cases, in their
                           * order; NULL where an order is gone */
} Item;

static void
order_free (gpointer order)
{
  if (order != NULL)
    rungs_order_row_free (order);
}

static void
item_free (gpointer data)
{
  Item *item = data;

  rungs_partner_flag_free (item->flag);
  g_ptr_array_unref (item->orders);
  g_free (item);
}

static Item *
item_new (RungsDb          *db,
          RungsPartnerFlag *flag)
{
  Item *item = g_new0 (Item, 1);

  item->flag = flag;
  item->orders = g_ptr_array_new_with_free_func (order_free);
  for (guint i = 0; i < MIN (flag->cases->len, SHOWN); i++)
    g_ptr_array_add (item->orders,
                     rungs_order_row_load (
                         db, g_array_index (flag->cases, RungsPartnerFlagCase, i).order, NULL));
  return item;
}

GPtrArray *
rungs_partner_flags_load (RungsDb *db,
                          gint64   partner,
                          gint64   now,
                          GError **error)
{
  g_autoptr (GPtrArray) flags = rungs_partner_flags_find (db, partner, NULL, now, error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);

  if (flags == NULL)
    return NULL;
  g_ptr_array_set_free_func (flags, NULL);
  for (guint i = 0; i < flags->len; i++)
    if (rungs_partner_flag_waits (flags->pdata[i]))
      g_ptr_array_add (items, item_new (db, flags->pdata[i]));
    else
      rungs_partner_flag_free (flags->pdata[i]);
  return g_steal_pointer (&items);
}

/* ---- the section */

struct _RungsPartnerFlags
{
  GtkWidget parent_instance;

  GtkWidget *box;   /* (owned) */
  GPtrArray *items; /* (owned) (nullable) (element-type Item) */
};

G_DEFINE_FINAL_TYPE (RungsPartnerFlags, rungs_partner_flags, GTK_TYPE_WIDGET)

static RungsPage *
page_of (RungsPartnerFlags *self)
{
  return RUNGS_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (self), RUNGS_TYPE_PAGE));
}

/* ---- deciding */

/* What somebody said, which may be taken back at once: two works share it. */
typedef struct
{
  RungsPartnerFlagSeen *seen; /* (owned) */
  RungsPartnerFlagVerdict verdict;
  char *note; /* (owned) */
  gint64 id;  /* of the decision, when it is in the file */
} Decision;

static void
decision_clear (gpointer data)
{
  Decision *decision = data;

  rungs_partner_flag_seen_free (decision->seen);
  g_free (decision->note);
}

static void
decision_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, decision_clear);
}

static gpointer
do_decide (RungsDb      *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  Decision *decision = data;

  decision->id = rungs_partner_flag_decide (db, decision->seen, decision->verdict, decision->note,
                                            rungs_display_now (), error);
  return NULL;
}

static gpointer
undo_decide (RungsDb      *db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  rungs_partner_flag_undecide (db, ((Decision *) data)->id, error);
  return NULL;
}

typedef struct
{
  RungsPage *page;     /* (owned) */
  Decision *decision;  /* (owned) */
  GtkEditable *note;   /* (owned) */
} Asked;

static void
decided_cb (gboolean agreed,
            gpointer data)
{
  Asked *asked = data;
  Decision *decision = asked->decision;
  RungsPageWork work = { .func = do_decide,
                         .data = decision,
                         .data_free = decision_release,
                         .done = _ ("Noted; it comes back when there is much more evidence"),
                         .failed = _ ("It Could Not Be Noted") };
  RungsPageWork undo = { .func = undo_decide,
                         .data_free = decision_release,
                         .done = _ ("To be looked at again"),
                         .failed = _ ("It Could Not Be Undone") };

  if (agreed)
    {
      decision->note = g_strdup (gtk_editable_get_text (asked->note));
      undo.data = g_atomic_rc_box_acquire (decision);
      rungs_page_do (asked->page, &work, &undo);
    }
  else
    decision_release (decision);
  g_object_unref (asked->note);
  g_object_unref (asked->page);
  g_free (asked);
}

static void
ask_verdict (RungsPartnerFlags       *self,
             const RungsPartnerFlag  *flag,
             RungsPartnerFlagVerdict  verdict)
{
  gboolean is_fine = verdict == RUNGS_PARTNER_FLAG_FINE;
  GtkWidget *note = gtk_entry_new ();
  Asked *asked = g_new0 (Asked, 1);

  gtk_entry_set_placeholder_text (GTK_ENTRY (note), _ ("Why, for later"));
  gtk_entry_set_activates_default (GTK_ENTRY (note), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (note), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Why, for later"), -1);
  asked->page = g_object_ref (page_of (self));
  asked->note = g_object_ref_sink (GTK_EDITABLE (note));
  asked->decision = g_atomic_rc_box_new0 (Decision);
  asked->decision->seen = rungs_partner_flag_seen_new (flag);
  asked->decision->verdict = verdict;
  rungs_question_ask_with (
      GTK_WIDGET (self), is_fine ? _ ("Is It Fine?") : _ ("Is It Not Fine?"),
      is_fine ? _ ("It is not shown any more, unless there is much more evidence. No money moves.")
              : _ ("It is noted with the evidence, and not shown any more, unless there is much "
                   "more of it. No money moves: take single orders from the partner, or end it."),
      note, is_fine ? _ ("It Is _Fine") : _ ("It Is _Not Fine"), RUNGS_QUESTION_PLAIN, decided_cb,
      asked);
}

static const RungsPartnerFlag *
find_flag (RungsPartnerFlags *self,
           gint64             kind)
{
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    if (((Item *) self->items->pdata[i])->flag->kind == (RungsPartnerFlagKind) kind)
      return ((Item *) self->items->pdata[i])->flag;
  return NULL;
}

static void
verdict_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsPartnerFlags *self = RUNGS_PARTNER_FLAGS (widget);
  const RungsPartnerFlag *flag = find_flag (self, g_variant_get_int64 (parameter));

  if (flag != NULL)
    ask_verdict (self, flag,
                 g_str_equal (name, "flags.fine") ? RUNGS_PARTNER_FLAG_FINE
                                                  : RUNGS_PARTNER_FLAG_NOT_FINE);
}

/* ---- crediting nobody */

static gpointer
load_losses (RungsDb      *db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  return rungs_commission_preview_nobody (db, *(gint64 *) data, error);
}

static gpointer
do_credit_nobody (RungsDb      *db,
                  gpointer      data,
                  GCancellable *cancellable,
                  GError      **error)
{
  gint64 order = *(gint64 *) data;
  gint64 now = rungs_display_now ();

  if (rungs_referral_set (db, order, 0, now, error))
    rungs_commission_settle (db, order, now, error);
  return NULL;
}

typedef struct
{
  RungsPage *page; /* (owned) */
  gint64 order;
} Crediting;

static void
agreed_cb (gboolean agreed,
           gpointer data)
{
  Crediting *crediting = data;

  if (agreed)
    rungs_page_do (crediting->page,
                   &(RungsPageWork){
                       .func = do_credit_nobody,
                       .data = g_memdup2 (&crediting->order, sizeof crediting->order),
                       .data_free = g_free,
                       .done = _ ("The order is credited to nobody"),
                       .failed = _ ("The Order Could Not Be Credited to Nobody") },
                   NULL);
  g_object_unref (crediting->page);
  g_free (crediting);
}

static void
add_loss (GString    *words,
          const char *format,
          gint64      minor,
          const char *currency)
{
  g_autofree char *money = rungs_display_money (rungs_money (minor, currency));

  if (minor == 0)
    return;
  g_string_append_c (words, ' ');
  g_string_append_printf (words, format, money);
}

/* What is taken back, of all partners who earn by it. */
static char *
loss_words (GArray *losses)
{
  g_autoptr (GString) words = g_string_new (_ ("The ledger takes back what it earned."));

  for (guint i = 0; i < losses->len; i++)
    {
      const RungsCommissionLoss *loss = &g_array_index (losses, RungsCommissionLoss, i);

      add_loss (words, _ ("Out of what is held: %s."), loss->held, loss->currency);
      add_loss (words, _ ("Out of what may be paid: %s."), loss->approved, loss->currency);
      add_loss (words, _ ("Was paid, and has to be given back: %s."), loss->carried,
                loss->currency);
    }
  if (losses->len == 0)
    g_string_assign (words, _ ("It earned nothing, so the ledger stays as it is."));
  return g_strdup (words->str);
}

static void
losses_loaded_cb (GObject      *store,
                  GAsyncResult *result,
                  gpointer      data)
{
  Crediting *crediting = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) losses = rungs_store_read_finish (RUNGS_STORE (store), result, &error);
  g_autofree char *body = NULL;

  if (losses == NULL)
    {
      rungs_page_notify_error (crediting->page, error);
      agreed_cb (FALSE, crediting);
      return;
    }
  body = loss_words (losses);
  rungs_question_ask (GTK_WIDGET (crediting->page), _ ("Credit the Order to Nobody?"), body,
                      _ ("_Credit Nobody"), RUNGS_QUESTION_DESTRUCTIVE, agreed_cb, crediting);
}

static void
nobody_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsPage *page = page_of (RUNGS_PARTNER_FLAGS (widget));
  gint64 order = g_variant_get_int64 (parameter);
  Crediting *crediting = g_new0 (Crediting, 1);

  crediting->page = g_object_ref (page);
  crediting->order = order;
  rungs_store_read_async (rungs_page_get_store (page), load_losses,
                          g_memdup2 (&order, sizeof order), g_free,
                          (GDestroyNotify) g_array_unref, NULL, losses_loaded_cb, crediting);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autofree char *target
      = g_strdup_printf ("order:%" G_GINT64_FORMAT, g_variant_get_int64 (parameter));

  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "ladder", target);
}

/* ---- rows */

static GtkWidget *
row_new (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static GtkWidget *
evidence_row (const RungsPartnerFlag *flag)
{
  g_autofree char *evidence = rungs_partner_flag_dup_words (flag);
  g_autofree char *day = rungs_display_day (rungs_partner_flag_since (flag));
  /* Translators: the evidence in sentences, and the day of its first order. */
  g_autofree char *words = g_strdup_printf (_ ("%s Since %s."), evidence, day);
  GtkWidget *row = row_new (rungs_partner_flag_kind_words (flag->kind), words);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static GtkWidget *
order_row (const RungsPartnerFlagCase *found,
           const RungsOrderRow        *order)
{
  const char *name = order != NULL ? order->lead_name : _ ("An order that is gone");
  const char *why = rungs_partner_flag_reason_words (found->why);
  g_autofree char *day = rungs_display_day (found->at);
  g_autofree char *words = g_strdup_printf ("%s%s%s", day, *why != '\0' ? " · " : "", why);
  GtkWidget *row = row_new (name, words);
  g_autoptr (GMenu) menu = g_menu_new ();

  rungs_row_menu_append (menu, _ ("_Open Order"), "flags.open", found->order);
  rungs_row_menu_append (menu, _ ("_Credit Nobody…"), "flags.nobody", found->order);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), rungs_row_menu_button_new (menu, name));
  return row;
}

static GtkWidget *
button_new (const char             *label,
            const char             *action,
            gint64                  parameter,
            const RungsPartnerFlag *flag)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", parameter);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  rungs_partner_flag_kind_words (flag->kind), -1);
  gtk_widget_add_css_class (button, "small-button");
  return button;
}

static GtkWidget *
buttons_new (const RungsPartnerFlag *flag)
{
  GtkWidget *box = rungs_wrap_box_new (6);
  const RungsPartnerFlagCase *newest = &g_array_index (flag->cases, RungsPartnerFlagCase, 0);
  GtkWidget *buttons[]
      = { button_new (_ ("It Is _Fine…"), "flags.fine", flag->kind, flag),
          button_new (_ ("It Is _Not Fine…"), "flags.not-fine", flag->kind, flag),
          button_new (_ ("_Open Order"), "flags.open", newest->order, flag) };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    rungs_wrap_box_append (RUNGS_WRAP_BOX (box), buttons[i]);
  return box;
}

static void
show_item (RungsPartnerFlags *self,
           const Item        *item)
{
  GtkWidget *list = gtk_list_box_new ();
  guint more = item->flag->cases->len - item->orders->len;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  rungs_partner_flag_kind_words (item->flag->kind), -1);
  gtk_list_box_append (GTK_LIST_BOX (list), evidence_row (item->flag));
  for (guint i = 0; i < item->orders->len; i++)
    gtk_list_box_append (
        GTK_LIST_BOX (list),
        order_row (&g_array_index (item->flag->cases, RungsPartnerFlagCase, i),
                   item->orders->pdata[i]));
  if (more > 0)
    {
      g_autofree char *number = rungs_display_number (more);
      g_autofree char *words
          = g_strdup_printf (ngettext ("and %s more order", "and %s more orders", more), number);

      gtk_list_box_append (GTK_LIST_BOX (list), row_new (words, ""));
    }
  gtk_box_append (GTK_BOX (self->box), list);
  gtk_box_append (GTK_BOX (self->box), buttons_new (item->flag));
}

void
rungs_partner_flags_show (RungsPartnerFlags *self,
                          GPtrArray         *items)
{
  GtkWidget *title = gtk_label_new (_ ("To Look At"));
  GtkWidget *child;

  g_return_if_fail (RUNGS_IS_PARTNER_FLAGS (self));

  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = g_ptr_array_ref (items);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (self->box), title);
  for (guint i = 0; i < items->len; i++)
    show_item (self, items->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self), items->len > 0);
}

static void
rungs_partner_flags_dispose (GObject *object)
{
  RungsPartnerFlags *self = RUNGS_PARTNER_FLAGS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_partner_flags_parent_class)->dispose (object);
}

static void
rungs_partner_flags_class_init (RungsPartnerFlagsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_partner_flags_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "flags.fine", "x", verdict_action);
  gtk_widget_class_install_action (widget_class, "flags.not-fine", "x", verdict_action);
  gtk_widget_class_install_action (widget_class, "flags.open", "x", open_action);
  gtk_widget_class_install_action (widget_class, "flags.nobody", "x", nobody_action);
}

static void
rungs_partner_flags_init (RungsPartnerFlags *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
