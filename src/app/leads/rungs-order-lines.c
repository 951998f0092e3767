/* rungs-order-lines.c: what is ordered: the products, how many of each, and what was paid. */

#include "rungs-order-lines.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ladder/rungs-product.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

#define MOST_OF_ONE 999

struct _RungsOrderLines
{
  GtkWidget parent_instance;

  GPtrArray *products;  /* (owned) (element-type RungsProduct) */
  GtkStringList *names; /* (owned): of the products */
  GPtrArray *lines;     /* (owned) (element-type Line) */
  char currency[4];     /* in which all is paid; "": in that of each price */
  GtkBox *groups;
  GtkWidget *total_group;
  AdwActionRow *total_row;
  GtkLabel *total;
};

G_DEFINE_FINAL_TYPE (RungsOrderLines, rungs_order_lines, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_CHANGED,
} RungsOrderLinesSignal;

static guint signals[SIGNAL_CHANGED + 1];

typedef struct
{
  RungsOrderLines *owner;
  AdwPreferencesGroup *group;
  AdwComboRow *product;
  GtkSpinButton *quantity;
  AdwEntryRow *amount;
  AdwExpanderRow *more;
  AdwEntryRow *discount;
  AdwEntryRow *tax;
  gint64 proposed; /* the amount that stands there by itself; -1: none */
  GtkWidget *remove;
} Line;

static const RungsProduct *
product_of (const Line *line)
{
  return g_ptr_array_index (line->owner->products, adw_combo_row_get_selected (line->product));
}

static const char *
currency_of (const Line *line)
{
  return *line->owner->currency != '\0' ? line->owner->currency
                                        : product_of (line)->price.currency;
}

static gboolean
read_amount (const Line *line,
             RungsMoney *money)
{
  const char *currency = currency_of (line);
  g_autofree char *text = rungs_form_dup_entry (line->amount);

  return rungs_money_parse (text, currency, money, NULL) && money->minor >= 0
         && g_str_equal (money->currency, currency);
}

/* An amount of the line's currency; nothing where nothing stands there. */
static gboolean
read_part (const Line  *line,
           AdwEntryRow *row,
           gint64       nothing,
           gint64      *minor)
{
  g_autofree char *text = rungs_form_dup_entry (row);
  RungsMoney money;

  *minor = nothing;
  if (*text == '\0')
    return TRUE;
  if (!rungs_money_parse (text, currency_of (line), &money, NULL) || money.minor < 0
      || !g_str_equal (money.currency, currency_of (line)))
    return FALSE;
  *minor = money.minor;
  return TRUE;
}

/* "19 %" of what is without it, which `amount` holds. FALSE where it is no rate. */
static gboolean
read_rate (const char *text,
           gint64      amount,
           gint64     *tax)
{
  const char *sign = strchr (text, '%');
  g_autofree char *number = g_strndup (text, sign != NULL ? (gsize) (sign - text) : 0);
  RungsMoney rate; /* hundredths of a per cent */

  return sign != NULL && rungs_money_parse (g_strstrip (number), "EUR", &rate, NULL)
         && rate.minor >= 0 && rungs_money_times (amount, rate.minor, 10000 + rate.minor, tax);
}

static gboolean
read_tax (const Line *line,
          gint64      amount,
          gint64     *tax)
{
  g_autofree char *text = rungs_form_dup_entry (line->tax);

  return read_rate (text, amount, tax)
         || (read_part (line, line->tax, RUNGS_TAX_UNKNOWN, tax) && *tax <= amount);
}

/* ---- what it comes to */

/* Adds it to the sum of its currency. Returns: FALSE where the sum is too large. */
static gboolean
add_to_sums (GArray     *sums,
             RungsMoney  money)
{
  for (guint i = 0; i < sums->len; i++)
    {
      RungsMoney *sum = &g_array_index (sums, RungsMoney, i);

      if (g_str_equal (sum->currency, money.currency))
        return rungs_money_add (*sum, money, sum, NULL);
    }
  g_array_append_val (sums, money);
  return TRUE;
}

/* Returns: FALSE while an amount cannot be read. */
static gboolean
sum_up (RungsOrderLines *self,
        GArray          *sums)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      RungsMoney money;

      if (!read_amount (g_ptr_array_index (self->lines, i), &money) || !add_to_sums (sums, money))
        return FALSE;
    }
  return TRUE;
}

/* "€49.00 + £20.00". */
static void
show_total (RungsOrderLines *self)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  g_autoptr (GString) words = g_string_new (NULL);

  if (!sum_up (self, sums))
    {
      g_array_set_size (sums, 0);
      g_string_append (words, "–");
    }
  for (guint i = 0; i < sums->len; i++)
    {
      g_autofree char *sum = rungs_display_money (g_array_index (sums, RungsMoney, i));

      g_string_append_printf (words, "%s%s", i > 0 ? " + " : "", sum);
    }
  gtk_label_set_label (self->total, words->str);
  adw_action_row_set_subtitle (
    self->total_row, sums->len > 1 ? _ ("Each currency becomes an order of its own") : "");
}

/* One line needs no number, cannot be removed, and is the total. */
static void
show_numbers (RungsOrderLines *self)
{
  gboolean several = self->lines->len > 1;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (self->lines, i);
      g_autofree char *title = g_strdup_printf (_ ("Product %u"), i + 1);
      g_autofree char *remove = g_strdup_printf (_ ("Take product %u out of the order"), i + 1);

      adw_preferences_group_set_title (line->group, several ? title : "");
      gtk_widget_set_visible (line->remove, several);
      gtk_widget_set_tooltip_text (line->remove, remove);
      gtk_accessible_update_property (GTK_ACCESSIBLE (line->remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      remove, -1);
    }
  gtk_widget_set_visible (self->total_group, several);
  show_total (self);
}

/* A window that nobody has drawn larger takes the height that its contents ask for. */
static void
fit_window (RungsOrderLines *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int width = 0;
  int height = 0;

  if (!GTK_IS_WINDOW (root))
    return;
  gtk_window_get_default_size (GTK_WINDOW (root), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (root), width, -1);
}

/* ---- a line */

/* The price of all pieces, less the discount. */
static void
propose_amount (Line *line)
{
  const RungsProduct *product = product_of (line);
  gint64 n = gtk_spin_button_get_value_as_int (line->quantity);
  gint64 price = n * product->price.minor;
  g_autofree char *amount = NULL;
  gint64 discount;

  line->proposed = -1;
  if (!g_str_equal (currency_of (line), product->price.currency))
    {
      gtk_editable_set_text (GTK_EDITABLE (line->amount), "");
      return;
    }
  if (read_part (line, line->discount, 0, &discount) && discount <= price)
    price -= discount;
  amount = rungs_money_format_amount (rungs_money (price, product->price.currency));
  gtk_editable_set_text (GTK_EDITABLE (line->amount), amount);
  line->proposed = price;
}

static void
price_changed_cb (Line *line)
{
  g_autofree char *title = g_strdup_printf (_ ("Amount in %s"), currency_of (line));
  g_autofree char *discount = g_strdup_printf (_ ("Discount in %s"), currency_of (line));
  g_autofree char *tax = g_strdup_printf (_ ("Tax in %s, or such as 19 %%"), currency_of (line));

  propose_amount (line);
  rungs_error_mark_row (line->amount, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line->amount), title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line->discount), discount);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line->tax), tax);
  g_signal_emit (line->owner, signals[SIGNAL_CHANGED], 0);
}

/* An amount that somebody typed stays. */
static void
discount_changed_cb (Line *line)
{
  RungsMoney amount;

  if (read_amount (line, &amount) && amount.minor == line->proposed)
    propose_amount (line);
}

static void
amount_changed_cb (Line *line)
{
  show_total (line->owner);
}

static void
activated_cb (Line *line)
{
  g_signal_emit (line->owner, signals[SIGNAL_ACTIVATED], 0);
}

static void
remove_cb (Line *line)
{
  RungsOrderLines *self = line->owner;
  guint position = 0;
  const Line *near;

  g_ptr_array_find (self->lines, line, &position);
  g_signal_handlers_disconnect_by_data (line->product, line); /* what goes may still notify */
  gtk_box_remove (self->groups, GTK_WIDGET (line->group));
  g_ptr_array_remove_index (self->lines, position);
  near = g_ptr_array_index (self->lines, MIN (position, self->lines->len - 1));
  gtk_widget_grab_focus (GTK_WIDGET (near->product));
  show_numbers (self);
  fit_window (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_product_row (Line *line)
{
  GtkWidget *row = adw_combo_row_new ();

  line->product = ADW_COMBO_ROW (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Product"));
  adw_combo_row_set_use_subtitle (line->product, TRUE);
  adw_combo_row_set_model (line->product, G_LIST_MODEL (line->owner->names));
  adw_preferences_group_add (line->group, row);
}

static void
add_quantity_row (Line *line)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *quantity = gtk_spin_button_new_with_range (1, MOST_OF_ONE, 1);

  line->quantity = GTK_SPIN_BUTTON (quantity);
  gtk_widget_set_valign (quantity, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (quantity), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Quantity"), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Quantity"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), quantity);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), quantity);
  adw_preferences_group_add (line->group, row);
}

static void
add_amount_row (Line *line)
{
  GtkWidget *row = adw_entry_row_new ();

  line->amount = ADW_ENTRY_ROW (row);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (activated_cb), line);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (amount_changed_cb), line);
  adw_preferences_group_add (line->group, row);
}

static AdwEntryRow *
add_part (Line *line)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (activated_cb), line);
  adw_expander_row_add_row (line->more, row);
  return ADW_ENTRY_ROW (row);
}

static void
expanded_cb (Line *line)
{
  fit_window (line->owner);
}

static void
add_more_row (Line *line)
{
  GtkWidget *row = adw_expander_row_new ();

  line->more = ADW_EXPANDER_ROW (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Tax and Discount"));
  adw_expander_row_set_subtitle (line->more, _ ("What of the amount is tax, and what was taken off"
                                                " before"));
  line->discount = add_part (line);
  line->tax = add_part (line);
  g_signal_connect_swapped (line->discount, "changed", G_CALLBACK (discount_changed_cb), line);
  g_signal_connect_swapped (row, "notify::expanded", G_CALLBACK (expanded_cb), line);
  adw_preferences_group_add (line->group, row);
}

static void
add_remove_button (Line *line)
{
  line->remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_add_css_class (line->remove, "flat");
  g_signal_connect_swapped (line->remove, "clicked", G_CALLBACK (remove_cb), line);
  adw_preferences_group_set_header_suffix (line->group, line->remove);
}

static const Line *
add_line (RungsOrderLines *self,
          guint            product)
{
  Line *line = g_new0 (Line, 1);

  line->owner = self;
  line->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_ptr_array_add (self->lines, line);
  add_product_row (line);
  add_quantity_row (line);
  add_amount_row (line);
  add_more_row (line);
  add_remove_button (line);
  adw_combo_row_set_selected (line->product, product);
  price_changed_cb (line);
  g_signal_connect_swapped (line->product, "notify::selected", G_CALLBACK (price_changed_cb), line);
  g_signal_connect_swapped (line->quantity, "value-changed", G_CALLBACK (price_changed_cb), line);
  gtk_box_append (self->groups, GTK_WIDGET (line->group));
  show_numbers (self);
  return line;
}

/* ---- which product */

static gboolean
is_ordered (RungsOrderLines    *self,
            const RungsProduct *product)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (product_of (g_ptr_array_index (self->lines, i)) == product)
      return TRUE;
  return FALSE;
}

/* Where the product with that id stands; else the first that costs something and stands in no line
 * yet. */
static guint
position_of_proposed (RungsOrderLines *self,
                      gint64           proposed)
{
  guint position = G_MAXUINT;

  for (guint i = 0; i < self->products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (self->products, i);

      if (product->id == proposed)
        return i;
      if (position == G_MAXUINT && product->price.minor > 0 && !is_ordered (self, product))
        position = i;
    }
  return position == G_MAXUINT ? 0 : position;
}

/* ---- the class */

static void
rungs_order_lines_dispose (GObject *object)
{
  RungsOrderLines *self = RUNGS_ORDER_LINES (object);
  GtkWidget *child;

  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);

      g_signal_handlers_disconnect_by_data (line->product, line);
    }
  g_ptr_array_set_size (self->lines, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (rungs_order_lines_parent_class)->dispose (object);
}

static void
rungs_order_lines_finalize (GObject *object)
{
  RungsOrderLines *self = RUNGS_ORDER_LINES (object);

  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_object (&self->names);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_order_lines_parent_class)->finalize (object);
}

static gboolean
rungs_order_lines_grab_focus (GtkWidget *widget)
{
  const Line *line = g_ptr_array_index (RUNGS_ORDER_LINES (widget)->lines, 0);

  return gtk_widget_grab_focus (GTK_WIDGET (line->product));
}

static void
rungs_order_lines_class_init (RungsOrderLinesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rungs_order_lines_dispose;
  object_class->finalize = rungs_order_lines_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = rungs_order_lines_grab_focus;
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", RUNGS_TYPE_ORDER_LINES, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RUNGS_TYPE_ORDER_LINES, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
add_total (RungsOrderLines *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *total = gtk_label_new (NULL);

  self->total_group = group;
  self->total_row = ADW_ACTION_ROW (row);
  self->total = GTK_LABEL (total);
  gtk_label_set_selectable (self->total, TRUE);
  gtk_widget_set_can_focus (total, FALSE);
  gtk_widget_add_css_class (total, "heading");
  gtk_widget_add_css_class (total, "numeric");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Total"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), total);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_widget_set_parent (group, GTK_WIDGET (self));
}

static void
add_button (RungsOrderLines *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Add _Product"));

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (rungs_order_lines_add), self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
}

static void
rungs_order_lines_init (RungsOrderLines *self)
{
  GtkWidget *groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->groups = GTK_BOX (groups);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
  gtk_widget_set_parent (groups, GTK_WIDGET (self));
  add_button (self);
  add_total (self);
}

GtkWidget *
rungs_order_lines_new (GPtrArray *products,
                       gint64     proposed)
{
  RungsOrderLines *self = g_object_new (RUNGS_TYPE_ORDER_LINES, NULL);

  g_return_val_if_fail (products->len > 0, GTK_WIDGET (self));

  self->products = g_ptr_array_ref (products);
  self->names = gtk_string_list_new (NULL);
  for (guint i = 0; i < products->len; i++)
    gtk_string_list_append (self->names, ((RungsProduct *) g_ptr_array_index (products, i))->name);
  add_line (self, position_of_proposed (self, proposed));
  return GTK_WIDGET (self);
}

void
rungs_order_lines_set_currency (RungsOrderLines *self,
                                const char      *currency)
{
  g_return_if_fail (RUNGS_IS_ORDER_LINES (self) && currency != NULL);

  if (g_str_equal (self->currency, currency))
    return;
  g_strlcpy (self->currency, currency, sizeof self->currency);
  for (guint i = 0; i < self->lines->len; i++)
    price_changed_cb (g_ptr_array_index (self->lines, i));
  show_total (self);
}

void
rungs_order_lines_add (RungsOrderLines *self)
{
  const Line *line;

  g_return_if_fail (RUNGS_IS_ORDER_LINES (self));

  line = add_line (self, position_of_proposed (self, 0));
  fit_window (self);
  gtk_widget_grab_focus (GTK_WIDGET (line->product));
}

/* The order of that currency, begun where there is none yet. */
static RungsOrder *
order_in (GPtrArray  *orders,
          const char *currency,
          gint64      lead,
          gint64      at,
          const char *coupon)
{
  RungsOrder *order;

  for (guint i = 0; i < orders->len; i++)
    {
      order = g_ptr_array_index (orders, i);
      if (g_str_equal (order->currency, currency))
        return order;
    }
  order = rungs_order_new (lead, at);
  g_strlcpy (order->currency, currency, sizeof order->currency);
  g_free (order->coupon);
  order->coupon = g_strdup (coupon);
  g_ptr_array_add (orders, order);
  return order;
}

/* Tax and discount of a line whose amount can be read. FALSE, and said there, where they cannot. */
static gboolean
read_more (const Line *line,
           gint64      amount,
           gint64     *tax,
           gint64     *discount)
{
  gboolean has_discount = read_part (line, line->discount, 0, discount);
  gboolean has_tax = read_tax (line, amount, tax);

  rungs_error_mark_row (line->discount, has_discount ? NULL : _ ("Write an amount such as 10.00"));
  rungs_error_mark_row (line->tax, has_tax ? NULL
                                           : _ ("Write an amount, no more than what was paid, or"
                                                " a rate such as 19 %"));
  if (!has_discount || !has_tax)
    adw_expander_row_set_expanded (line->more, TRUE);
  return has_discount && has_tax;
}

/* Adds the line to the order of its currency. FALSE, and said there, where it cannot be read. */
static gboolean
read_line (const Line *line,
           GPtrArray  *orders,
           gint64      lead,
           gint64      at,
           const char *coupon)
{
  gint64 tax = RUNGS_TAX_UNKNOWN, discount = 0;
  RungsOrderLine *added;
  RungsOrder *order;
  RungsMoney money;
  gboolean readable = read_amount (line, &money);

  rungs_error_mark_row (line->amount, readable ? NULL : _ ("Write an amount such as 49.00"));
  if (!readable || !read_more (line, money.minor, &tax, &discount))
    return FALSE;
  order = order_in (orders, money.currency, lead, at, coupon);
  rungs_order_add_line (order, product_of (line)->id,
                        gtk_spin_button_get_value_as_int (line->quantity), money.minor);
  added = g_ptr_array_index (order->lines, order->lines->len - 1);
  added->tax = tax;
  added->discount = discount;
  return TRUE;
}

GPtrArray *
rungs_order_lines_read (RungsOrderLines *self,
                        gint64           lead,
                        gint64           at,
                        const char      *coupon)
{
  g_autoptr (GPtrArray) orders = NULL;
  gboolean good = TRUE;

  g_return_val_if_fail (RUNGS_IS_ORDER_LINES (self), NULL);

  orders = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_order_free);
  for (guint i = 0; i < self->lines->len; i++)
    good = read_line (g_ptr_array_index (self->lines, i), orders, lead, at, coupon) && good;
  return good ? g_steal_pointer (&orders) : NULL;
}

GArray *
rungs_order_lines_list_products (RungsOrderLines *self)
{
  GArray *products;

  g_return_val_if_fail (RUNGS_IS_ORDER_LINES (self), NULL);

  products = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->lines->len; i++)
    g_array_append_val (products, product_of (g_ptr_array_index (self->lines, i))->id);
  return products;
}

AdwEntryRow *
rungs_order_lines_get_amount (RungsOrderLines *self)
{
  g_return_val_if_fail (RUNGS_IS_ORDER_LINES (self), NULL);

  return ((Line *) g_ptr_array_index (self->lines, 0))->amount;
}
