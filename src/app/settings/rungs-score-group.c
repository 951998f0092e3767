/* rungs-score-group.c: what things that leads do are worth, in words. */

#include "rungs-score-group.h"

#include <glib/gi18n.h>

#include "leads/rungs-score-store.h"
#include "settings/rungs-score-dialog.h"
#include "widgets/rungs-row-menu.h"

struct _RungsScoreGroup
{
  RungsSettingsGroup parent_instance;

  AdwPreferencesGroup *group;
  AdwActionRow *none_row;
  AdwActionRow *counting_row;
  GtkLevelBar *counting_bar;

  GPtrArray *rules; /* (owned) (nullable) (element-type RungsScoreRule) */
};

G_DEFINE_FINAL_TYPE (RungsScoreGroup, rungs_score_group, RUNGS_TYPE_SETTINGS_GROUP)

static RungsPage *
page_of (RungsScoreGroup *self)
{
  return rungs_settings_group_get_page (RUNGS_SETTINGS_GROUP (self));
}

/* What is read in one go. */
typedef struct
{
  GPtrArray *rules;
  gint64 done;
  gint64 all;
} Scores;

static void
scores_free (gpointer data)
{
  Scores *scores = data;

  g_clear_pointer (&scores->rules, g_ptr_array_unref);
  g_free (scores);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scores, scores_free)

static const RungsScoreRule *
find_rule (RungsScoreGroup *self,
           gint64           id)
{
  for (guint i = 0; self->rules != NULL && i < self->rules->len; i++)
    if (((RungsScoreRule *) g_ptr_array_index (self->rules, i))->id == id)
      return g_ptr_array_index (self->rules, i);
  return NULL;
}

/* ---- writing: on the store's writing thread */

/* `data` is a rule that was removed, or a copy of one that there is. */
static gpointer
put_back (RungsDb       *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return GINT_TO_POINTER (rungs_score_rule_add (db, data, g_get_real_time () / 1000, error) != 0);
}

static gpointer
save (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return GINT_TO_POINTER (rungs_score_rule_save (db, data, error));
}

static gpointer
remove_rule (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return GINT_TO_POINTER (rungs_score_rule_remove (db, ((RungsScoreRule *) data)->id, error));
}

static gpointer
add_usual (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return GINT_TO_POINTER (rungs_score_rule_add_usual (db, g_get_real_time () / 1000, error));
}

/* Takes the rule. */
static RungsPageWork
work_on (RungsScoreRule *rule,
         RungsStoreFunc  func,
         const char     *done,
         const char     *failed)
{
  return (RungsPageWork){
    .func = func,
    .data = rule,
    .data_free = (GDestroyNotify) rungs_score_rule_free,
    .done = done,
    .failed = failed,
  };
}

/* ---- actions */

static void
saved_cb (RungsForm *form,
          gint64     id,
          gpointer   data)
{
  RungsScoreGroup *self = g_object_get_data (G_OBJECT (form), "score-group");
  const RungsScoreRule *was = g_object_get_data (G_OBJECT (form), "score-rule");
  RungsScoreRule added = { .id = id };
  RungsPageWork undo =
    was != NULL ? work_on (rungs_score_rule_copy (was), save, _ ("The rule is as it was"),
                           _ ("The Rule Could Not Be Changed Back"))
                : work_on (rungs_score_rule_copy (&added), remove_rule, _ ("The rule is removed"),
                           _ ("The Rule Could Not Be Removed"));

  if (page_of (self) == NULL)
    {
      rungs_score_rule_free (undo.data);
      return;
    }
  rungs_page_offer_undo (page_of (self),
                         was != NULL ? _ ("The rule is changed") : _ ("The rule is added"), &undo);
}

static void
open_dialog (RungsScoreGroup      *self,
             const RungsScoreRule *rule)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  RungsForm *form;

  if (page_of (self) == NULL || rungs_page_get_store (page_of (self)) == NULL)
    return;
  form = rungs_score_dialog_new (GTK_WINDOW (root), rungs_page_get_store (page_of (self)), rule);
  g_object_set_data_full (G_OBJECT (form), "score-group", g_object_ref (self), g_object_unref);
  if (rule != NULL)
    g_object_set_data_full (G_OBJECT (form), "score-rule", rungs_score_rule_copy (rule),
                            (GDestroyNotify) rungs_score_rule_free);
  g_signal_connect (form, "saved", G_CALLBACK (saved_cb), NULL);
  gtk_window_present (GTK_WINDOW (form));
}

static void
add_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  open_dialog (RUNGS_SCORE_GROUP (widget), NULL);
}

static void
edit_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsScoreGroup *self = RUNGS_SCORE_GROUP (widget);
  const RungsScoreRule *rule = find_rule (self, g_variant_get_int64 (parameter));

  if (rule != NULL)
    open_dialog (self, rule);
}

static void
remove_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  RungsScoreGroup *self = RUNGS_SCORE_GROUP (widget);
  const RungsScoreRule *rule = find_rule (self, g_variant_get_int64 (parameter));
  RungsPageWork work, undo;

  if (rule == NULL)
    return;
  work = work_on (rungs_score_rule_copy (rule), remove_rule, _ ("The rule is removed"),
                  _ ("The Rule Could Not Be Removed"));
  undo = work_on (rungs_score_rule_copy (rule), put_back, _ ("The rule is back"),
                  _ ("The Rule Could Not Be Put Back"));
  rungs_page_do (page_of (self), &work, &undo);
}

static void
usual_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  RungsScoreGroup *self = RUNGS_SCORE_GROUP (widget);
  RungsPageWork work = { .func = add_usual,
                         .done = _ ("The usual rules are added"),
                         .failed = _ ("The Rules Could Not Be Added") };

  if (page_of (self) != NULL)
    rungs_page_do (page_of (self), &work, NULL);
}

/* ---- showing */

static GtkWidget *
new_row (const RungsScoreRule *rule)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = rungs_score_rule_describe (rule);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (
    ADW_ACTION_ROW (row),
    rungs_row_remove_button_new (_ ("Remove the Rule"), "scores.remove", rule->id));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", rule->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "scores.edit");
  return row;
}

static void
show_progress (RungsScoreGroup *self,
               const Scores    *scores)
{
  double part = scores->all > 0 ? (double) scores->done / scores->all : 1;
  g_autofree char *words = g_strdup_printf (_ ("%d %% done; you can go on working"),
                                            (int) (100 * part));

  gtk_widget_set_visible (GTK_WIDGET (self->counting_row), scores->all > 0);
  adw_action_row_set_subtitle (self->counting_row, words);
  gtk_level_bar_set_value (self->counting_bar, part);
}

static void
show_scores (RungsScoreGroup *self,
             const Scores    *scores)
{
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  self->rules = g_ptr_array_ref (scores->rules);
  gtk_widget_set_visible (GTK_WIDGET (self->none_row), self->rules->len == 0);
  rungs_settings_group_remove_rows (RUNGS_SETTINGS_GROUP (self), self->group);
  for (guint i = 0; i < self->rules->len; i++)
    rungs_settings_group_add_row (RUNGS_SETTINGS_GROUP (self), self->group,
                                  new_row (g_ptr_array_index (self->rules, i)));
  show_progress (self, scores);
}

static gboolean
is_same (const RungsScoreRule *a,
         const RungsScoreRule *b)
{
  return a->id == b->id && a->points == b->points && a->half_life == b->half_life
         && a->day_cap == b->day_cap && g_str_equal (a->kind, b->kind)
         && g_str_equal (a->pattern, b->pattern);
}

/* Then the rows stay, and whatever has the focus in them. */
static gboolean
are_shown (RungsScoreGroup *self,
           GPtrArray       *rules)
{
  if (self->rules == NULL || self->rules->len != rules->len)
    return FALSE;
  for (guint i = 0; i < rules->len; i++)
    if (!is_same (g_ptr_array_index (self->rules, i), g_ptr_array_index (rules, i)))
      return FALSE;
  return TRUE;
}

/* On a reading thread of the store. */
static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (Scores) scores = g_new0 (Scores, 1);

  scores->rules = rungs_score_rule_list (db, error);
  if (scores->rules == NULL
      || !rungs_scores_progress (db, &scores->done, &scores->all, error))
    return NULL;
  return g_steal_pointer (&scores);
}

static void
show (RungsSettingsGroup *group,
      gpointer            data)
{
  RungsScoreGroup *self = RUNGS_SCORE_GROUP (group);
  const Scores *scores = data;

  if (are_shown (self, scores->rules))
    show_progress (self, scores);
  else
    show_scores (self, scores);
}

static void
rungs_score_group_finalize (GObject *object)
{
  RungsScoreGroup *self = RUNGS_SCORE_GROUP (object);

  g_clear_pointer (&self->rules, g_ptr_array_unref);

  G_OBJECT_CLASS (rungs_score_group_parent_class)->finalize (object);
}

static void
rungs_score_group_class_init (RungsScoreGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsSettingsGroupClass *group_class = RUNGS_SETTINGS_GROUP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_score_group_finalize;
  group_class->load = load;
  group_class->found_free = scores_free;
  group_class->show = show;

  gtk_widget_class_install_action (widget_class, "scores.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "scores.edit", "x", edit_action);
  gtk_widget_class_install_action (widget_class, "scores.remove", "x", remove_action);
  gtk_widget_class_install_action (widget_class, "scores.usual", NULL, usual_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/settings/rungs-score-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsScoreGroup, group);
  gtk_widget_class_bind_template_child (widget_class, RungsScoreGroup, none_row);
  gtk_widget_class_bind_template_child (widget_class, RungsScoreGroup, counting_row);
  gtk_widget_class_bind_template_child (widget_class, RungsScoreGroup, counting_bar);
}

static void
rungs_score_group_init (RungsScoreGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
