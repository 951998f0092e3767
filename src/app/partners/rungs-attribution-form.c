/* rungs-attribution-form.c: the form of the rules by which orders are credited.
 *
 * The rules stand in the order of asking, and are dragged by their handles or moved by Alt+Up and
 * Alt+Down. A kind of rule comes once at most, so its number is what a row is known by. After each
 * change it is read what the rules would have decided; until that is seen, nothing can be saved. */

#include "rungs-attribution-form.h"

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "rungs-attribution-load.h"
#include "rungs-page-opening.h"
#include "rungs-partner-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-movable-row.h"
#include "widgets/rungs-row-menu.h"
#include "widgets/rungs-value-row.h"

#define N_KINDS (RUNGS_ATTRIBUTION_CUSTOMERS + 1)
#define USUAL_DAYS 30
#define ASK_DELAY_MS 300

typedef struct
{
  RungsForm *form; /* owns this */
  RungsPage *page; /* (owned) */
  RungsAttributionNow *now; /* (owned) */
  GArray *rules;            /* (owned) (element-type RungsAttributionRule) */

  GtkListBox *list;
  GtkMenuButton *add;
  RungsValueRow *from;
  GtkLabel *sum;
  GtkListBox *examples;

  GCancellable *cancellable; /* (owned) (nullable): of what is being read */
  guint ask_source;          /* 0: nothing is to be asked */
} Form;

static void
form_free (gpointer data)
{
  Form *self = data;

  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_object_unref (self->page);
  rungs_attribution_now_free (self->now);
  g_array_unref (self->rules);
  g_free (self);
}

static RungsAttributionRule *
nth (Form *self,
     guint place)
{
  return &g_array_index (self->rules, RungsAttributionRule, place);
}

/* Rows are known by numbers from 1 on. */
static gint64
id_of (RungsAttributionKind kind)
{
  return (gint64) kind + 1;
}

static int
find_place (gpointer owner,
            gint64   id)
{
  Form *self = owner;

  for (guint i = 0; i < self->rules->len; i++)
    if (id_of (nth (self, i)->kind) == id)
      return (int) i;
  return -1;
}

/* ---- what they would have done */

static void
empty (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static GtkWidget *
new_line (const char *title,
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

static void
add_example (Form                          *self,
             const RungsAttributionExample *example)
{
  const RungsOrderRow *order = example->order;
  g_autofree char *day = rungs_display_day (order->at);
  g_autofree char *total = rungs_display_money (order->total);
  g_autofree char *title
      = g_strdup_printf ("%s → %s", example->before != NULL ? example->before : _ ("Nobody"),
                         example->after != NULL ? example->after : _ ("Nobody"));
  g_autofree char *words
      = g_strdup_printf ("%s · %s · %s · %s", order->lead_name, day, order->products, total);

  gtk_list_box_append (self->examples, new_line (title, words));
}

static char *
sum_words (const RungsAttributionOutcome *outcome)
{
  g_autofree char *orders = rungs_display_number (outcome->orders);
  g_autofree char *changed = rungs_display_number (outcome->changed);

  if (outcome->orders == 0)
    return g_strdup (_ ("There were no orders in the last 90 days"));
  if (outcome->changed == 0)
    return g_strdup_printf (
        ngettext ("The %s order of the last 90 days would be credited to the same partner",
                  "All %s orders of the last 90 days would be credited to the same partners",
                  (gulong) outcome->orders),
        orders);
  return g_strdup_printf (
      ngettext ("%s of the last 90 days' %s orders would be credited otherwise",
                "%s of the last 90 days' %s orders would be credited otherwise",
                (gulong) outcome->changed),
      changed, orders);
}

static void
show_outcome (Form                          *self,
              const RungsAttributionOutcome *outcome)
{
  g_autofree char *sum = sum_words (outcome);
  gint64 more = outcome->changed - (gint64) outcome->examples->len;

  empty (self->examples);
  gtk_label_set_label (self->sum, sum);
  for (guint i = 0; i < outcome->examples->len; i++)
    add_example (self, outcome->examples->pdata[i]);
  if (more > 0)
    {
      g_autofree char *number = rungs_display_number (more);
      g_autofree char *words
          = g_strdup_printf (ngettext ("And %s more", "And %s more", (gulong) more), number);

      gtk_list_box_append (self->examples, new_line (words, ""));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->examples), outcome->examples->len > 0);
}

static void
outcome_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  RungsAttributionOutcome *outcome = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  Form *self = g_object_get_data (G_OBJECT (form), "rungs-form-data");

  if (self != NULL && outcome != NULL)
    {
      show_outcome (self, outcome);
      rungs_form_set_ready (form, TRUE);
    }
  else if (self != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rungs_error_tell (GTK_WIDGET (form), _ ("The Rules Could Not Be Tried"), error);
  rungs_attribution_outcome_free (outcome);
}

static gboolean
ask_due_cb (gpointer data)
{
  Form *self = data;

  self->ask_source = 0;
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (rungs_page_get_store (self->page), rungs_attribution_load_outcome,
                          g_array_copy (self->rules), (GDestroyNotify) g_array_unref,
                          rungs_attribution_outcome_free, self->cancellable, outcome_loaded_cb,
                          g_object_ref (self->form));
  return G_SOURCE_REMOVE;
}

/* Soon, not at each step of a number that is being changed. */
static void
ask (Form *self)
{
  rungs_form_set_ready (self->form, FALSE);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->ask_source, g_source_remove);
  self->ask_source = g_timeout_add (ASK_DELAY_MS, ask_due_cb, self);
}

/* ---- the rows */

static char *
days_words (const RungsAttributionRule *rule)
{
  if (!rungs_attribution_kind_has_days (rule->kind))
    return g_strdup ("");
  if (rule->days == 0)
    return g_strdup (_ ("Ever before the order"));
  return g_strdup_printf (
      ngettext ("Within %u day before the order", "Within %u days before the order", rule->days),
      rule->days);
}

/* Counts as it is typed, not only when the field is left. */
static void
days_changed_cb (GtkEditable *days,
                 Form        *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (days), ADW_TYPE_ACTION_ROW);
  RungsAttributionRule *rule = nth (self, find_place (self, rungs_movable_row_get_id (row)));
  guint64 number = g_ascii_strtoull (gtk_editable_get_text (days), NULL, 10);
  g_autofree char *words = NULL;

  rule->days = (guint) MIN (number, RUNGS_ATTRIBUTION_DAYS_MOST);
  words = days_words (rule);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  ask (self);
}

static void
add_days (Form                       *self,
          AdwActionRow               *row,
          const RungsAttributionRule *rule)
{
  GtkWidget *days = gtk_spin_button_new_with_range (0, RUNGS_ATTRIBUTION_DAYS_MOST, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (days), rule->days);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (days), 5);
  gtk_editable_set_width_chars (GTK_EDITABLE (days), 5);
  gtk_widget_set_valign (days, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (days, _ ("Days; 0: ever"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (days), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Days; 0: ever"), -1);
  g_signal_connect (days, "changed", G_CALLBACK (days_changed_cb), self);
  adw_action_row_add_suffix (row, days);
}

/* ---- what is done with them */

/* Fills the menu with the rules that are not there. */
static void
show_missing (Form *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      const RungsAttributionRule rule = { .kind = kind };
      g_autofree char *words = rungs_partner_rule_words (&rule);

      if (find_place (self, id_of (kind)) < 0)
        rungs_row_menu_append (menu, words, "rules.add", id_of (kind));
    }
  gtk_menu_button_set_menu_model (self->add, G_MENU_MODEL (menu));
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), self->rules->len < N_KINDS);
}

static void
changed (Form *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->rules->len > 0);
  gtk_list_box_invalidate_sort (self->list);
  show_missing (self);
  ask (self);
}

static void
move_rule (gpointer owner,
           gint64   id,
           int      place)
{
  Form *self = owner;
  int from = find_place (self, id);
  RungsAttributionRule rule;

  if (from < 0 || place < 0 || place >= (int) self->rules->len)
    {
      gtk_widget_error_bell (GTK_WIDGET (self->list));
      return;
    }
  rule = *nth (self, (guint) from);
  g_array_remove_index (self->rules, (guint) from);
  g_array_insert_val (self->rules, (guint) place, rule);
  changed (self);
}

static const RungsRowMoves MOVES = { find_place, move_rule };

static GtkWidget *
new_row (Form                       *self,
         const RungsAttributionRule *rule)
{
  const RungsAttributionRule plain = { .kind = rule->kind };
  g_autofree char *title = rungs_partner_rule_words (&plain);
  g_autofree char *days = days_words (rule);
  g_autofree char *remove = g_strdup_printf (_ ("Remove “%s”"), title);
  GtkWidget *row = new_line (title, days);

  if (rungs_attribution_kind_has_days (rule->kind))
    add_days (self, ADW_ACTION_ROW (row), rule);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             rungs_row_remove_button_new (remove, "rules.remove",
                                                          id_of (rule->kind)));
  rungs_movable_row_make (ADW_ACTION_ROW (row), id_of (rule->kind), &MOVES, self);
  return row;
}

static int
compare_rows (GtkListBoxRow *row,
              GtkListBoxRow *other,
              gpointer       data)
{
  return find_place (data, rungs_movable_row_get_id (GTK_WIDGET (row)))
         - find_place (data, rungs_movable_row_get_id (GTK_WIDGET (other)));
}

/* At the end, with the usual days. */
static void
add_activated_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  Form *self = data;
  RungsAttributionRule rule = { .kind = g_variant_get_int64 (parameter) - 1 };
  GtkWidget *row;

  if (find_place (self, id_of (rule.kind)) >= 0)
    return;
  rule.days = rungs_attribution_kind_has_days (rule.kind) ? USUAL_DAYS : 0;
  g_array_append_val (self->rules, rule);
  row = new_row (self, &rule);
  gtk_list_box_append (self->list, row);
  changed (self);
  gtk_widget_grab_focus (row);
}

static void
remove_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       data)
{
  Form *self = data;
  int place = find_place (self, g_variant_get_int64 (parameter));
  GtkListBoxRow *next;

  if (place < 0)
    return;
  gtk_list_box_remove (self->list,
                       GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, place)));
  g_array_remove_index (self->rules, (guint) place);
  changed (self);
  next = gtk_list_box_get_row_at_index (self->list, MIN (place, (int) self->rules->len - 1));
  gtk_widget_grab_focus (next != NULL ? GTK_WIDGET (next) : GTK_WIDGET (self->add));
}

static void
add_actions (Form *self)
{
  static const GActionEntry ENTRIES[] = {
    { .name = "add", .activate = add_activated_cb, .parameter_type = "x" },
    { .name = "remove", .activate = remove_activated_cb, .parameter_type = "x" },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), ENTRIES, G_N_ELEMENTS (ENTRIES), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->form), "rules", G_ACTION_GROUP (group));
}

/* ---- saving */

static void
agreed_cb (RungsForm *form,
           Form      *self)
{
  RungsAttributionPlan *plan;
  g_autofree char *day = rungs_value_row_dup_text (self->from);
  gint64 from;
  gboolean is_right = *day == '\0' || rungs_time_parse (day, NULL, &from, NULL);

  rungs_value_row_mark (self->from, is_right ? NULL : _ ("a day, such as 2026-11-30"));
  if (!is_right)
    return;
  plan = g_new0 (RungsAttributionPlan, 1);
  plan->rules = g_array_copy (self->rules);
  plan->day = g_steal_pointer (&day);
  rungs_form_save (form, rungs_page_get_store (self->page), rungs_attribution_do_plan, plan,
                   rungs_attribution_plan_free, _ ("The Rules Could Not Be Saved"), NULL);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Form      *self)
{
  rungs_page_notify (self->page, _ ("Orders are credited by the new rules"));
}

/* ---- the form */

static GtkListBox *
add_list (Form       *self,
          const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  rungs_form_add_widget (self->form, list);
  return GTK_LIST_BOX (list);
}

static void
add_rules (Form *self)
{
  GtkWidget *add = gtk_menu_button_new ();

  rungs_form_add_group (self->form, _ ("Rules: the First That Decides Is the Answer"));
  self->list = add_list (self, _ ("Rules"));
  gtk_list_box_set_sort_func (self->list, compare_rows, self, NULL);
  for (guint i = 0; i < self->rules->len; i++)
    gtk_list_box_append (self->list, new_row (self, nth (self, i)));
  self->add = GTK_MENU_BUTTON (add);
  gtk_menu_button_set_label (self->add, _ ("Add _Rule"));
  gtk_menu_button_set_use_underline (self->add, TRUE);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_widget_set_margin_top (add, 12);
  rungs_form_add_widget (self->form, add);
}

static void
add_outcome (Form *self)
{
  GtkWidget *sum = gtk_label_new (_ ("Reading the orders of the last 90 days…"));

  rungs_form_add_group (self->form, _ ("What They Would Have Done"));
  gtk_label_set_xalign (GTK_LABEL (sum), 0);
  gtk_label_set_wrap (GTK_LABEL (sum), TRUE);
  gtk_widget_set_margin_bottom (sum, 12);
  self->sum = GTK_LABEL (sum);
  rungs_form_add_widget (self->form, sum);
  self->examples = add_list (self, _ ("Credited otherwise"));
  gtk_widget_set_visible (GTK_WIDGET (self->examples), FALSE);
}

/* "Coupon of the order; Link followed last, within 30 days" */
static char *
version_words (GArray *rules)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < rules->len; i++)
    {
      g_autofree char *rule
          = rungs_partner_rule_words (&g_array_index (rules, RungsAttributionRule, i));

      g_string_append_printf (words, "%s%s", i > 0 ? "; " : "", rule);
    }
  return g_strdup (rules->len > 0 ? words->str : _ ("No rule: nobody is credited"));
}

/* The newest first. */
static void
add_versions (Form *self)
{
  GPtrArray *versions = self->now->versions;
  g_autoptr (GArray) usual = rungs_attribution_rules_usual ();
  g_autofree char *usual_words = version_words (usual);
  GtkListBox *list;

  rungs_form_add_group (self->form, _ ("Until Now"));
  list = add_list (self, _ ("Until Now"));
  for (guint i = versions->len; i > 0; i--)
    {
      const RungsAttributionVersion *version = versions->pdata[i - 1];
      g_autofree char *day = rungs_display_day (version->from_at);
      g_autofree char *title = g_strdup_printf (_ ("From %s on"), day);
      g_autofree char *words = version_words (version->rules);

      gtk_list_box_append (list, new_line (title, words));
    }
  gtk_list_box_append (list, new_line (_ ("From the beginning"), usual_words));
}

static void
show (RungsPage *page,
      GtkWindow *parent,
      gpointer   facts)
{
  Form *self = g_new0 (Form, 1);

  self->page = g_object_ref (page);
  self->now = facts;
  self->rules = g_array_copy (self->now->rules);
  self->form = rungs_form_new (parent, _ ("Who Is Credited"), _ ("_Save"));
  rungs_form_set_text (self->form,
                       _ ("Orders before the rules are in force, and those that are credited "
                          "already, stay as they are."));
  add_actions (self);
  add_rules (self);
  rungs_form_add_group (self->form, NULL);
  self->from = rungs_value_row_new (_ ("In Force From"), _ ("Empty: from now on"), NULL, NULL);
  rungs_value_row_add_calendar (self->from, NULL);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->from));
  add_outcome (self);
  add_versions (self);
  gtk_window_set_default_size (GTK_WINDOW (self->form), 600, 640);
  rungs_form_set_first (self->form, self->rules->len > 0
                                        ? GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))
                                        : GTK_WIDGET (self->add));
  changed (self);
  rungs_form_open (self->form, self, form_free, G_CALLBACK (agreed_cb), G_CALLBACK (saved_cb));
}

void
rungs_attribution_form_open (RungsPage *page)
{
  g_return_if_fail (RUNGS_IS_PAGE (page));

  rungs_page_open_with (page, rungs_attribution_load_now, g_new0 (RungsAttributionNow, 1),
                        rungs_attribution_now_free, show);
}
