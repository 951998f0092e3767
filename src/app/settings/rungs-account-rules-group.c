/* rungs-account-rules-group.c: which account sends what, in the settings.
 *
 * The rules stand in the order of asking, and are dragged by their handles or moved by Alt+Up and
 * Alt+Down or by their menus; behind them stands who sends the rest. A change writes the whole
 * list, and the list as it was takes it back. */

#include "rungs-account-rules-group.h"

#include <glib/gi18n.h>

#include "mail/rungs-account-rule-words.h"
#include "settings/rungs-account-rule-dialog.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-movable-row.h"
#include "widgets/rungs-row-menu.h"

struct _RungsAccountRulesGroup
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  AdwActionRow *rest_row;

  RungsPage *page;                /* (weak) (nullable): holds this */
  RungsAccountRuleChoices *known; /* (owned) (nullable) */
  GPtrArray *rules;               /* (owned) (nullable) (element-type RungsAccountRule) */
  GPtrArray *rows;                /* (owned): not owned */
  gint64 to_focus;                /* the rule whose row has the focus once they are shown anew */
};

G_DEFINE_FINAL_TYPE (RungsAccountRulesGroup, rungs_account_rules_group, ADW_TYPE_BIN)

/* What is read in one go. */
typedef struct
{
  RungsAccountRuleChoices *known;
  GPtrArray *rules;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->known, rungs_account_rule_choices_free);
  g_clear_pointer (&reading->rules, g_ptr_array_unref);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (Reading) reading = g_new0 (Reading, 1);

  reading->known = rungs_account_rule_choices_load (db, error);
  reading->rules = reading->known ? rungs_account_rule_list (db, error) : NULL;
  return reading->rules != NULL ? g_steal_pointer (&reading) : NULL;
}

static int
find_place (gpointer owner,
            gint64   id)
{
  RungsAccountRulesGroup *self = owner;

  for (guint i = 0; self->rules != NULL && i < self->rules->len; i++)
    if (((RungsAccountRule *) self->rules->pdata[i])->id == id)
      return (int) i;
  return -1;
}

/* ---- what is done */

static GPtrArray *
copy_rules (GPtrArray *rules)
{
  GPtrArray *copy
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_account_rule_free);

  for (guint i = 0; i < rules->len; i++)
    g_ptr_array_add (copy, rungs_account_rule_copy (rules->pdata[i]));
  return copy;
}

/* On the store's writing thread. */
static gpointer
write_rules (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return GINT_TO_POINTER (rungs_account_rules_write (db, data, rungs_display_now (), error));
}

/* Takes `rules`. */
static RungsPageWork
writing (GPtrArray  *rules,
         const char *done)
{
  return (RungsPageWork) {
    .func = write_rules,
    .data = rules,
    .data_free = (GDestroyNotify) g_ptr_array_unref,
    .done = done,
    .failed = _ ("The Rules Could Not Be Changed"),
  };
}

/* Takes `rules`. */
static void
change_rules (RungsAccountRulesGroup *self,
              GPtrArray              *rules,
              const char             *done)
{
  RungsPageWork work = writing (rules, done);
  RungsPageWork undo = writing (copy_rules (self->rules), _ ("The rules are as they were"));

  rungs_page_do (self->page, &work, &undo);
}

static void
move_rule (gpointer owner,
           gint64   id,
           int      place)
{
  RungsAccountRulesGroup *self = owner;
  int from = find_place (self, id);
  GPtrArray *rules;

  if (self->page == NULL || from < 0 || place < 0 || place >= (int) self->rules->len
      || place == from)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  self->to_focus = id;
  rules = copy_rules (self->rules);
  g_ptr_array_insert (rules, place, g_ptr_array_steal_index (rules, (guint) from));
  change_rules (self, rules, _ ("The rule is moved"));
}

static const RungsRowMoves MOVES = { find_place, move_rule };

static void
remove_rule (RungsAccountRulesGroup *self,
             int                     place)
{
  GPtrArray *rules = copy_rules (self->rules);

  g_ptr_array_remove_index (rules, (guint) place);
  change_rules (self, rules, _ ("The rule is removed"));
}

/* The dialog gives a rule, new or edited. */
static void
edited_cb (const RungsAccountRule *rule,
           gpointer                data)
{
  RungsAccountRulesGroup *self = data;
  int place = find_place (self, rule->id);
  GPtrArray *rules;

  if (self->page == NULL || self->rules == NULL)
    return;
  rules = copy_rules (self->rules);
  if (place >= 0)
    {
      rungs_account_rule_free (rules->pdata[place]);
      rules->pdata[place] = rungs_account_rule_copy (rule);
    }
  else
    g_ptr_array_add (rules, rungs_account_rule_copy (rule));
  self->to_focus = rule->id;
  change_rules (self, rules, place >= 0 ? _ ("The rule is saved") : _ ("The rule is added"));
}

static void
open_dialog (RungsAccountRulesGroup *self,
             const RungsAccountRule *rule)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  RungsForm *form
    = rungs_account_rule_dialog_new (window, self->known, rule, edited_cb, g_object_ref (self),
                                     g_object_unref);

  gtk_window_present (GTK_WINDOW (form));
}

static void
add_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  RungsAccountRulesGroup *self = RUNGS_ACCOUNT_RULES_GROUP (widget);

  if (self->page != NULL && self->rules != NULL)
    open_dialog (self, NULL);
}

/* The actions on one rule, by what follows "rules.". */
static void
rule_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsAccountRulesGroup *self = RUNGS_ACCOUNT_RULES_GROUP (widget);
  gint64 id = g_variant_get_int64 (parameter);
  int place = find_place (self, id);

  if (place < 0 || self->page == NULL)
    return;
  if (g_str_equal (action, "rules.edit"))
    open_dialog (self, self->rules->pdata[place]);
  else if (g_str_equal (action, "rules.up"))
    move_rule (self, id, place - 1);
  else if (g_str_equal (action, "rules.down"))
    move_rule (self, id, place + 1);
  else if (g_str_equal (action, "rules.remove"))
    remove_rule (self, place);
}

/* ---- the rows */

static GtkWidget *
new_menu_button (const RungsAccountRule *rule)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) moves = g_menu_new ();
  g_autoptr (GMenu) ends = g_menu_new ();

  rungs_row_menu_append (menu, _ ("_Edit…"), "rules.edit", rule->id);
  rungs_row_menu_append (moves, _ ("Move _Up"), "rules.up", rule->id);
  rungs_row_menu_append (moves, _ ("Move _Down"), "rules.down", rule->id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (moves));
  rungs_row_menu_append (ends, _ ("_Remove"), "rules.remove", rule->id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (ends));
  return rungs_row_menu_button_new (menu, NULL);
}

/* "broadcasts" → "Broadcasts", as titles begin. */
static char *
dup_title (const RungsAccountRule *rule)
{
  g_autofree char *words = rungs_account_rule_dup_words (rule);
  g_autofree char *first = g_utf8_substring (words, 0, 1);
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, g_utf8_next_char (words), NULL);
}

static GtkWidget *
new_row (RungsAccountRulesGroup *self,
         const RungsAccountRule *rule)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = dup_title (rule);
  /* Translators: %s is a mail account. */
  g_autofree char *subtitle = g_strdup_printf (_ ("By the account “%s”"), rule->account_name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_menu_button (rule));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", rule->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "rules.edit");
  rungs_movable_row_make (ADW_ACTION_ROW (row), rule->id, &MOVES, self);
  return row;
}

/* Who sends what no rule names. */
static void
show_rest (RungsAccountRulesGroup *self)
{
  const RungsAccount *standard = rungs_account_rule_choices_get_default (self->known);
  g_autofree char *subtitle
    = standard ? g_strdup_printf (_ ("By the account “%s”"), standard->name) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rest_row),
                                 self->rules->len > 0 ? _ ("Everything else") : _ ("Everything"));
  adw_action_row_set_subtitle (self->rest_row, subtitle != NULL ? subtitle : "");
}

static void
show_rules (RungsAccountRulesGroup *self)
{
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  rungs_focus_close_popovers (GTK_WIDGET (self->group));
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_object_ref (self->rest_row);
  adw_preferences_group_remove (self->group, GTK_WIDGET (self->rest_row));
  for (guint i = 0; i < self->rules->len; i++)
    {
      GtkWidget *row = new_row (self, self->rules->pdata[i]);

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
  adw_preferences_group_add (self->group, GTK_WIDGET (self->rest_row));
  g_object_unref (self->rest_row);
  show_rest (self);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->rules->len > 0
                            || rungs_account_rule_choices_count_accounts (self->known) > 1);
  for (guint i = 0; focused && i < self->rows->len; i++)
    if (rungs_movable_row_get_id (self->rows->pdata[i]) == self->to_focus)
      gtk_widget_grab_focus (self->rows->pdata[i]);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsAccountRulesGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Reading) reading = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->page == NULL)
    return;
  if (reading == NULL)
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Rules Could Not Be Read"), error);
      return;
    }
  g_clear_pointer (&self->known, rungs_account_rule_choices_free);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  self->known = g_steal_pointer (&reading->known);
  self->rules = g_steal_pointer (&reading->rules);
  show_rules (self);
}

static void
rungs_account_rules_group_dispose (GObject *object)
{
  g_clear_weak_pointer (&RUNGS_ACCOUNT_RULES_GROUP (object)->page);

  G_OBJECT_CLASS (rungs_account_rules_group_parent_class)->dispose (object);
}

static void
rungs_account_rules_group_finalize (GObject *object)
{
  RungsAccountRulesGroup *self = RUNGS_ACCOUNT_RULES_GROUP (object);

  g_clear_pointer (&self->known, rungs_account_rule_choices_free);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (rungs_account_rules_group_parent_class)->finalize (object);
}

static void
rungs_account_rules_group_class_init (RungsAccountRulesGroupClass *klass)
{
  static const char *const ACTIONS[] = { "rules.edit", "rules.up", "rules.down", "rules.remove" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_account_rules_group_dispose;
  object_class->finalize = rungs_account_rules_group_finalize;

  gtk_widget_class_install_action (widget_class, "rules.add", NULL, add_action);
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_widget_class_install_action (widget_class, ACTIONS[i], "x", rule_action);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-account-rules-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsAccountRulesGroup, group);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountRulesGroup, rest_row);
}

static void
rungs_account_rules_group_init (RungsAccountRulesGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_account_rules_group_refresh (RungsAccountRulesGroup *self,
                                   RungsPage              *page)
{
  g_return_if_fail (RUNGS_IS_ACCOUNT_RULES_GROUP (self));
  g_return_if_fail (RUNGS_IS_PAGE (page));

  g_set_weak_pointer (&self->page, page);
  rungs_store_read_async (rungs_page_get_store (page), load, NULL, NULL, reading_free, NULL,
                          loaded_cb, g_object_ref (self));
}
