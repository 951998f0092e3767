/* rungs-score-group.c: what things that leads do are worth, in words. */

#include "rungs-score-group.h"

#include <glib/gi18n.h>

#include "leads/rungs-score-store.h"
#include "settings/rungs-score-dialog.h"
#include "widgets/rungs-error-words.h"

struct _RungsScoreGroup
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  AdwActionRow *none_row;
  AdwActionRow *counting_row;
  GtkLevelBar *counting_bar;

  RungsPage *page;  /* (weak) (nullable): holds this */
  GPtrArray *rules; /* (owned) (nullable) (element-type RungsScoreRule) */
  GPtrArray *rows;  /* (owned): those of the rules, not owned */
};

G_DEFINE_FINAL_TYPE (RungsScoreGroup, rungs_score_group, ADW_TYPE_BIN)

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

  if (self->page == NULL)
    {
      rungs_score_rule_free (undo.data);
      return;
    }
  rungs_page_offer_undo (self->page,
                         was != NULL ? _ ("The rule is changed") : _ ("The rule is added"), &undo);
}

static void
open_dialog (RungsScoreGroup      *self,
             const RungsScoreRule *rule)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  RungsForm *form;

  if (self->page == NULL || rungs_page_get_store (self->page) == NULL)
    return;
  form = rungs_score_dialog_new (GTK_WINDOW (root), rungs_page_get_store (self->page), rule);
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
  rungs_page_do (self->page, &work, &undo);
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

  if (self->page != NULL)
    rungs_page_do (self->page, &work, NULL);
}

/* ---- showing */

static GtkWidget *
new_button (const char *icon,
            const char *tooltip,
            const char *action,
            gint64      id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

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
    new_button ("user-trash-symbolic", _ ("Remove the Rule"), "scores.remove", rule->id));
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
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->rules->len; i++)
    {
      GtkWidget *row = new_row (g_ptr_array_index (self->rules, i));

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
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
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsScoreGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Scores) scores = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->group == NULL || self->page == NULL || rungs_page_get_store (self->page) == NULL)
    return;
  if (scores == NULL)
    rungs_page_notify (self->page, error->message);
  else if (are_shown (self, scores->rules))
    show_progress (self, scores);
  else
    show_scores (self, scores);
}

static void
rungs_score_group_dispose (GObject *object)
{
  g_clear_weak_pointer (&RUNGS_SCORE_GROUP (object)->page);

  G_OBJECT_CLASS (rungs_score_group_parent_class)->dispose (object);
}

static void
rungs_score_group_finalize (GObject *object)
{
  RungsScoreGroup *self = RUNGS_SCORE_GROUP (object);

  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (rungs_score_group_parent_class)->finalize (object);
}

static void
rungs_score_group_class_init (RungsScoreGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_score_group_dispose;
  object_class->finalize = rungs_score_group_finalize;

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
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_score_group_refresh (RungsScoreGroup *self,
                           RungsPage       *page)
{
  g_return_if_fail (RUNGS_IS_SCORE_GROUP (self));
  g_return_if_fail (RUNGS_IS_PAGE (page));

  g_set_weak_pointer (&self->page, page);
  rungs_store_read_async (rungs_page_get_store (page), load, NULL, NULL, scores_free, NULL,
                          loaded_cb, g_object_ref (self));
}
