/* rungs-lead-score.c: the score of a lead, what it is made of, and giving points by hand. */

#include "rungs-lead-score.h"

#include <glib/gi18n.h>
#include <math.h>

#include "leads/rungs-lead-store.h"
#include "leads/rungs-score-explain-store.h"
#include "rungs-page.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-why-popover.h"

#define MOST 1000

struct _RungsLeadScore
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *label;
  GtkMenuButton *why;

  RungsStore *store;         /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of what is being read */
  gint64 lead;               /* 0: none */
};

G_DEFINE_FINAL_TYPE (RungsLeadScore, rungs_lead_score, GTK_TYPE_WIDGET)

/* ---- what it is made of */

/* With one digit behind the point where it is not whole. */
static char *
dup_points (double points)
{
  double tenths = round (points * 10) / 10;

  return g_strdup_printf (tenths == trunc (tenths) ? "%.0f" : "%.1f", tenths == 0 ? 0 : tenths);
}

static char *
describe_term (const RungsScoreTerm *term)
{
  g_autofree char *subject = rungs_score_rule_describe_subject (term->rule);
  g_autofree char *times = rungs_display_number (term->events);
  g_autofree char *full = rungs_display_number (term->full);
  g_autofree char *points = dup_points (term->points);

  if (term->rule->half_life == 0)
    /* Translators: "An order, 3 times: 150 points" */
    return g_strdup_printf (ngettext ("%s, %s time: %s points", "%s, %s times: %s points",
                                      (gulong) term->events),
                            subject, times, points);
  /* Translators: "An order, 3 times: 87.3 of 150 points are left" */
  return g_strdup_printf (ngettext ("%s, %s time: %s of %s points are left",
                                    "%s, %s times: %s of %s points are left",
                                    (gulong) term->events),
                          subject, times, points, full);
}

static void
add_number (RungsWhyPopover *popover,
            const char      *format,
            gint64           number)
{
  g_autofree char *shown = rungs_display_number (number);
  g_autofree char *words = g_strdup_printf (format, shown);

  rungs_why_popover_add (popover, number < 0 ? RUNGS_WHY_AGAINST : RUNGS_WHY_FOR, words, FALSE);
}

static void
add_next_change (RungsWhyPopover         *popover,
                 const RungsScoreReasons *reasons)
{
  g_autofree char *day = rungs_display_day (reasons->rescore_at);
  g_autofree char *words = g_strdup_printf (_ ("Changes by itself on %s"), day);

  rungs_why_popover_add (popover, RUNGS_WHY_NEUTRAL, words, FALSE);
}

static void
show_reasons (RungsLeadScore          *self,
              const RungsScoreReasons *reasons)
{
  RungsWhyPopover *popover = RUNGS_WHY_POPOVER (gtk_menu_button_get_popover (self->why));
  g_autofree char *score = rungs_display_number (reasons->score);
  g_autofree char *decision = g_strdup_printf (_ ("Score %s"), score);
  guint terms = 0;

  rungs_why_popover_clear (popover);
  rungs_why_popover_set_decision (popover, decision);
  for (guint i = 0; i < reasons->terms->len; i++)
    {
      const RungsScoreTerm *term = g_ptr_array_index (reasons->terms, i);
      g_autofree char *words = describe_term (term);

      if (term->events == 0)
        continue;
      terms++;
      rungs_why_popover_add (popover, term->rule->points < 0 ? RUNGS_WHY_AGAINST : RUNGS_WHY_FOR,
                             words, FALSE);
    }
  if (reasons->given != 0)
    add_number (popover, _ ("Given by hand or by sequences: %s points"), reasons->given);
  else if (terms == 0)
    rungs_why_popover_add (popover, RUNGS_WHY_NEUTRAL, _ ("Nothing that is worth points yet"),
                           FALSE);
  if (reasons->rescore_at != 0)
    add_next_change (popover, reasons);
  if (reasons->stored != reasons->score)
    rungs_why_popover_add (popover, RUNGS_WHY_NEUTRAL,
                           _ ("The score is being counted anew: lists show the old one until then"),
                           FALSE);
}

/* On a reading thread of the store. */
static gpointer
explain (RungsDb       *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  return rungs_score_explain (db, *(gint64 *) data, g_get_real_time () / 1000, error);
}

static void
explained_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsLeadScore) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsScoreReasons) reasons =
    rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *words = NULL;

  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || (reasons != NULL && reasons->lead != self->lead))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->why), TRUE);
  if (reasons != NULL)
    {
      show_reasons (self, reasons);
      return;
    }
  words = rungs_error_words (error);
  rungs_why_popover_set_decision (RUNGS_WHY_POPOVER (gtk_menu_button_get_popover (self->why)),
                                  words);
}

void
rungs_lead_score_show (RungsLeadScore  *self,
                       RungsStore      *store,
                       const RungsLead *lead)
{
  g_autofree char *score = NULL;
  g_autofree char *question = NULL;

  g_return_if_fail (RUNGS_IS_LEAD_SCORE (self));
  g_return_if_fail (lead != NULL);

  score = rungs_display_number (lead->score);
  /* Translators: why the score is that number; another button says “Why?” */
  question = g_strdup_printf (_ ("Why %s?"), score);
  gtk_label_set_label (self->label, score);
  gtk_menu_button_set_label (self->why, question);
  g_set_object (&self->store, store);
  gtk_widget_set_sensitive (GTK_WIDGET (self->why), self->lead == lead->id);
  self->lead = lead->id;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (store, explain, g_memdup2 (&self->lead, sizeof self->lead), g_free,
                          (GDestroyNotify) rungs_score_reasons_free, self->cancellable,
                          explained_cb, g_object_ref (self));
}

/* ---- giving points */

typedef struct
{
  gint64 lead;
  gint64 points;
  char *why; /* (owned) */
} Gift;

static void
gift_free (gpointer data)
{
  Gift *gift = data;

  g_free (gift->why);
  g_free (gift);
}

static Gift *
gift_new (gint64      lead,
          gint64      points,
          const char *why)
{
  Gift *gift = g_new0 (Gift, 1);

  gift->lead = lead;
  gift->points = points;
  gift->why = g_strdup (why);
  return gift;
}

/* On the store's writing thread. */
static gpointer
give (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Gift *gift = data;

  rungs_lead_add_score (db, gift->lead, gift->points, gift->why, g_get_real_time () / 1000, error);
  return NULL;
}

/* An open form that gives points. */
typedef struct
{
  RungsStore *store; /* (owned) */
  RungsPage *page;   /* (owned) (nullable) */
  gint64 lead;
  gint64 given;
  GtkSpinButton *points;
  AdwEntryRow *why;
} Prompt;

static void
prompt_free (gpointer data)
{
  Prompt *self = data;

  g_object_unref (self->store);
  g_clear_object (&self->page);
  g_free (self);
}

static void
given_cb (RungsForm *form,
          gint64     id,
          Prompt    *self)
{
  RungsPageWork undo = {
    .func = give,
    .data = gift_new (self->lead, -self->given, "taken back"),
    .data_free = gift_free,
    .done = _ ("The points are taken back"),
    .failed = _ ("The Points Could Not Be Taken Back"),
  };

  if (self->page != NULL)
    rungs_page_offer_undo (self->page, _ ("The points are given"), &undo);
  else
    gift_free (undo.data);
}

static void
agreed_cb (RungsForm *form,
           Prompt    *self)
{
  g_autofree char *why = rungs_form_dup_entry (self->why);

  self->given = gtk_spin_button_get_value_as_int (self->points);
  rungs_error_mark_row (self->why, *why != '\0' ? NULL : _ ("write down what they are for"));
  if (*why != '\0' && self->given != 0)
    rungs_form_save (form, self->store, give, gift_new (self->lead, self->given, why), gift_free,
                     _ ("The Points Could Not Be Given"), self->why);
}

static GtkSpinButton *
add_points (RungsForm *form)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (-MOST, MOST, 1);

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 10);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Points"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Below 0 they are taken away"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Points"), -1);
  rungs_form_add_widget (form, row);
  return GTK_SPIN_BUTTON (spin);
}

static void
give_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsLeadScore *self = RUNGS_LEAD_SCORE (widget);
  GtkWidget *page = gtk_widget_get_ancestor (widget, RUNGS_TYPE_PAGE);
  Prompt *prompt;
  RungsForm *form;

  if (self->lead == 0 || self->store == NULL)
    return;
  form = rungs_form_new (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Give Points"), _ ("_Give"));
  prompt = g_new0 (Prompt, 1);
  prompt->store = g_object_ref (self->store);
  prompt->page = page != NULL ? RUNGS_PAGE (g_object_ref (page)) : NULL;
  prompt->lead = self->lead;
  g_object_set_data_full (G_OBJECT (form), "give-points", prompt, prompt_free);
  rungs_form_set_text (form, _ ("They stay: points that are given do not grow fewer with time."));
  prompt->why = rungs_form_add_entry (form, _ ("What they are for"), NULL);
  prompt->points = add_points (form);
  g_signal_connect (form, "agreed", G_CALLBACK (agreed_cb), prompt);
  g_signal_connect (form, "saved", G_CALLBACK (given_cb), prompt);
  gtk_window_present (GTK_WINDOW (form));
}

/* ---- the widget */

static GtkWidget *
new_title (void)
{
  GtkWidget *title = gtk_label_new (_ ("Score"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  return title;
}

static GtkWidget *
new_why_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button),
                               GTK_WIDGET (rungs_why_popover_new (NULL)));
  gtk_widget_add_css_class (button, "small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("Score"), -1);
  return button;
}

static GtkWidget *
new_give_button (void)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Give Points…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "score.give");
  gtk_widget_add_css_class (button, "small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static void
rungs_lead_score_dispose (GObject *object)
{
  RungsLeadScore *self = RUNGS_LEAD_SCORE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_lead_score_parent_class)->dispose (object);
}

static void
rungs_lead_score_class_init (RungsLeadScoreClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_lead_score_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "score.give", NULL, give_action);
}

static void
rungs_lead_score_init (RungsLeadScore *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->label = GTK_LABEL (label);
  self->why = GTK_MENU_BUTTON (new_why_button ());
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_selectable (self->label, TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (self->box), new_title ());
  gtk_box_append (GTK_BOX (self->box), label);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->why));
  gtk_box_append (GTK_BOX (self->box), new_give_button ());
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
