/* rungs-score-dialog.c: makes or edits a rule of the score, and shows what that changes.
 *
 * What it would change is asked a moment after the last key, of the file as it is; a question that
 * a newer one has made idle is cancelled. */

#include "rungs-score-dialog.h"

#include <glib/gi18n.h>

#include "leads/rungs-score-explain-store.h"
#include "leads/rungs-score-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-wrapping-label.h"

#define ASK_AFTER_MS 300

typedef struct
{
  RungsForm *form;           /* (unowned): owns this */
  RungsStore *store;         /* (owned) */
  RungsScoreRule *rule;      /* (owned): as it was; its id is 0 where it is new */
  AdwComboRow *kind;
  AdwEntryRow *pattern;
  GtkWidget *hint;
  GtkSpinButton *points;
  GtkSpinButton *half_life;
  GtkSpinButton *day_cap;
  GtkWidget *preview;        /* (nullable): NULL once the form is closed */
  guint timeout;             /* 0: nothing is to be asked */
  GCancellable *cancellable; /* (owned) (nullable): of what is being asked */
} Dialog;

static void
ask_no_more (Dialog *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
destroyed_cb (Dialog *self)
{
  ask_no_more (self);
  self->preview = NULL;
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  ask_no_more (self);
  g_object_unref (self->store);
  rungs_score_rule_free (self->rule);
  g_free (self);
}

static Dialog *
dialog_of (RungsForm *form)
{
  return g_object_get_data (G_OBJECT (form), "score-dialog");
}

static const RungsScoreKind *
chosen_kind (Dialog *self)
{
  return rungs_score_kind_get (adw_combo_row_get_selected (self->kind));
}

/* What the fields say. */
static RungsScoreRule *
read_fields (Dialog *self)
{
  RungsScoreRule *draft = rungs_score_rule_copy (self->rule);
  const RungsScoreKind *kind = chosen_kind (self);

  g_free (draft->kind);
  g_free (draft->pattern);
  draft->kind = g_strdup (kind->kind);
  draft->pattern = kind->about == RUNGS_SCORE_ABOUT_NOTHING ? g_strdup ("")
                                                            : rungs_form_dup_entry (self->pattern);
  draft->points = gtk_spin_button_get_value_as_int (self->points);
  draft->half_life = gtk_spin_button_get_value_as_int (self->half_life);
  draft->day_cap = gtk_spin_button_get_value_as_int (self->day_cap);
  return draft;
}

/* ---- what it would change */

/* What is asked on a reading thread of the store. */
typedef struct
{
  RungsScoreRule *draft; /* (owned) */
  gint64 id;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  rungs_score_rule_free (question->draft);
  g_free (question);
}

static gpointer
ask (RungsDb       *db,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Question *question = data;
  g_autofree RungsScorePreview *preview = g_new0 (RungsScorePreview, 1);

  if (!rungs_score_preview (db, question->id, question->draft, g_get_real_time () / 1000, preview,
                            error))
    return NULL;
  return g_steal_pointer (&preview);
}

static char *
describe_preview (const RungsScorePreview *preview)
{
  g_autofree char *leads = rungs_display_number (preview->leads);
  g_autofree char *least = g_strdup_printf ("%+" G_GINT64_FORMAT, preview->least);
  g_autofree char *most = g_strdup_printf ("%+" G_GINT64_FORMAT, preview->most);

  if (preview->leads == 0)
    return g_strdup (_ ("No score changes now."));
  if (preview->least == preview->most)
    /* Translators: "12 scores change now, by +5." */
    return g_strdup_printf (ngettext ("%s score changes now, by %s.",
                                      "%s scores change now, by %s.", (gulong) preview->leads),
                            leads, most);
  return g_strdup_printf (ngettext ("%s score changes now, by %s to %s.",
                                    "%s scores change now, by %s to %s.",
                                    (gulong) preview->leads),
                          leads, least, most);
}

static void
show_preview (Dialog     *self,
              const char *words)
{
  gtk_label_set_label (GTK_LABEL (self->preview), words);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  Dialog *self = dialog_of (form);
  g_autoptr (GError) error = NULL;
  g_autofree RungsScorePreview *preview =
    rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *words = NULL;

  if (self->preview == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  words = preview != NULL ? describe_preview (preview) : rungs_error_words (error);
  show_preview (self, words);
}

static gboolean
ask_cb (gpointer data)
{
  Dialog *self = data;
  Question *question;
  g_autoptr (RungsScoreRule) draft = read_fields (self);
  g_autoptr (GError) error = NULL;

  self->timeout = 0;
  if (!rungs_score_rule_check (draft, &error))
    return G_SOURCE_REMOVE;
  question = g_new0 (Question, 1);
  question->id = self->rule->id;
  question->draft = g_steal_pointer (&draft);
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (self->store, ask, question, question_free, g_free, self->cancellable,
                          answered_cb, g_object_ref (self->form));
  return G_SOURCE_REMOVE;
}

static void
show_hint (Dialog               *self,
           const RungsScoreKind *kind)
{
  gboolean address = kind->about == RUNGS_SCORE_ABOUT_ADDRESS;
  g_autofree char *words = g_strdup_printf (
    /* Translators: %s is an example, such as Trial* */
    address ? _ ("Empty: every one. * stands for any letters, as in “%s”, which is what comes after"
                 " the name of the host.")
            : _ ("Empty: every one. * stands for any letters, as in “%s”."),
    kind->example);

  gtk_label_set_label (GTK_LABEL (self->hint), words);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->pattern),
                                 address ? _ ("Only to this address") : _ ("Only with this name"));
}

/* What the fields say is shown at once, what it changes a moment later. */
static void
edited_cb (Dialog *self)
{
  const RungsScoreKind *kind = chosen_kind (self);
  g_autoptr (RungsScoreRule) draft = read_fields (self);
  gboolean named = kind->about != RUNGS_SCORE_ABOUT_NOTHING;

  gtk_widget_set_visible (GTK_WIDGET (self->pattern), named);
  gtk_widget_set_visible (self->hint, named);
  show_hint (self, kind);
  rungs_form_set_ready (self->form, rungs_score_rule_check (draft, NULL));
  ask_no_more (self);
  show_preview (self,
                draft->points == 0 ? _ ("Say how many points it is worth.") : _ ("Counting…"));
  self->timeout = g_timeout_add (ASK_AFTER_MS, ask_cb, self);
}

/* ---- storing */

/* On the store's writing thread. */
static gpointer
store_rule (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  RungsScoreRule *rule = data;
  gint64 id = rule->id;

  if (id == 0)
    id = rungs_score_rule_add (db, rule, g_get_real_time () / 1000, error);
  else if (!rungs_score_rule_save (db, rule, error))
    return NULL;
  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

static void
agreed_cb (RungsForm *form)
{
  Dialog *self = dialog_of (form);

  rungs_form_save (form, self->store, store_rule, read_fields (self),
                   (GDestroyNotify) rungs_score_rule_free, _ ("The Rule Could Not Be Saved"),
                   NULL);
}

/* ---- the form */

static GtkSpinButton *
add_number (Dialog     *self,
            const char *title,
            const char *subtitle,
            int         least,
            int         most)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (least, most, 1);

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 6);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (edited_cb), self);
  rungs_form_add_widget (self->form, row);
  return GTK_SPIN_BUTTON (spin);
}

static GtkWidget *
add_label (Dialog *self)
{
  GtkWidget *label = rungs_wrapping_label_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  rungs_form_add_widget (self->form, label);
  return label;
}

static AdwComboRow *
add_kinds (Dialog *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  const RungsScoreKind *kind;
  guint selected = 0;
  AdwComboRow *row;

  for (guint i = 0; (kind = rungs_score_kind_get (i)) != NULL; i++)
    {
      if (g_str_equal (kind->kind, self->rule->kind))
        selected = i;
      g_ptr_array_add (labels, (gpointer) _ (kind->label));
    }
  g_ptr_array_add (labels, NULL);
  row = rungs_form_add_choice (self->form, _ ("Points for"), (const char *const *) labels->pdata);
  adw_combo_row_set_selected (row, selected);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (edited_cb), self);
  return row;
}

static void
fill_form (Dialog *self)
{
  self->kind = add_kinds (self);
  self->pattern = rungs_form_add_entry (self->form, "", self->rule->pattern);
  g_signal_connect_swapped (self->pattern, "changed", G_CALLBACK (edited_cb), self);
  self->hint = add_label (self);
  gtk_widget_add_css_class (self->hint, "dim-label");
  rungs_form_add_group (self->form, NULL);
  self->points = add_number (self, _ ("Points"), _ ("For each; below 0 they are taken away"),
                             -RUNGS_SCORE_MOST_POINTS, RUNGS_SCORE_MOST_POINTS);
  self->half_life = add_number (self, _ ("Half of It Is Gone after"), _ ("Days; 0: it stays"), 0,
                                RUNGS_SCORE_MOST_DAYS);
  self->day_cap = add_number (self, _ ("At Most in One Day"), _ ("Points; 0: no limit"), 0,
                              RUNGS_SCORE_MOST_CAP);
  rungs_form_add_group (self->form, NULL);
  self->preview = add_label (self);
  gtk_widget_add_css_class (self->preview, "heading");
}

RungsForm *
rungs_score_dialog_new (GtkWindow            *parent,
                        RungsStore           *store,
                        const RungsScoreRule *rule)
{
  Dialog *self = g_new0 (Dialog, 1);
  RungsScoreRule usual = { .kind = (char *) "", .points = 10, .half_life = 90 };

  g_return_val_if_fail (RUNGS_IS_STORE (store), NULL);

  self->store = g_object_ref (store);
  self->rule = rungs_score_rule_copy (rule ? rule : &usual);
  self->form = rungs_form_new (parent, rule ? _ ("Edit Rule") : _ ("New Rule"), _ ("_Save"));
  g_object_set_data_full (G_OBJECT (self->form), "score-dialog", self, dialog_free);
  fill_form (self);
  gtk_spin_button_set_value (self->points, self->rule->points);
  gtk_spin_button_set_value (self->half_life, self->rule->half_life);
  gtk_spin_button_set_value (self->day_cap, self->rule->day_cap);
  edited_cb (self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), NULL);
  g_signal_connect_swapped (self->form, "destroy", G_CALLBACK (destroyed_cb), self);
  return self->form;
}
