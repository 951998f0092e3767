/* rungs-rule-samples.c: for how many leads a rule holds, and twenty of them. */

#include "rungs-rule-samples.h"

#include <glib/gi18n.h>

#include "leads/rungs-lead.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-keyed-rows.h"
#include "widgets/rungs-rows.h"
#include "widgets/rungs-rule-why.h"

struct _RungsRuleSamples
{
  GtkWidget parent_instance;

  RungsRuleFields *fields; /* (owned) */
  char *rule;              /* (owned) (nullable) */

  GtkWidget *box;
  GtkLabel *count;
  GtkWidget *spinner;
  GtkLabel *some;
  GtkWidget *rows;
};

G_DEFINE_FINAL_TYPE (RungsRuleSamples, rungs_rule_samples, GTK_TYPE_WIDGET)

#define LEAD "rungs-lead"

/* ---- one lead */

static gint64
lead_of (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_parent (widget);

  return *(gint64 *) g_object_get_data (G_OBJECT (row), LEAD);
}

static void
name_clicked_cb (GtkWidget *button)
{
  g_autofree char *target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, lead_of (button));

  gtk_widget_activate_action (button, "win.show-target", "(ss)", "leads", target);
}

static void
why_clicked_cb (GtkWidget *button)
{
  RungsRuleSamples *self
    = RUNGS_RULE_SAMPLES (gtk_widget_get_ancestor (button, RUNGS_TYPE_RULE_SAMPLES));

  if (self->rule != NULL)
    rungs_rule_why_open (button, self->fields, self->rule, lead_of (button));
}

static GtkWidget *
make_row (void)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_button_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *why = gtk_button_new_with_label (_ ("Why?"));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (name), label);
  gtk_button_set_has_frame (GTK_BUTTON (name), FALSE);
  gtk_widget_add_css_class (name, "sample");
  gtk_widget_add_css_class (why, "flat");
  gtk_widget_add_css_class (why, "small-button");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_set_valign (why, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (why, _ ("Why the rule holds for this lead"));
  g_signal_connect (name, "clicked", G_CALLBACK (name_clicked_cb), NULL);
  g_signal_connect (why, "clicked", G_CALLBACK (why_clicked_cb), NULL);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), why);
  return row;
}

static void
show_row (GtkWidget     *row,
          gconstpointer  item)
{
  const RungsLead *lead = item;
  GtkWidget *button = gtk_widget_get_first_child (row);
  g_autofree char *name = rungs_lead_dup_name (lead);
  const char *email = lead->email ? lead->email : "";
  g_autofree char *text = *email != '\0' && !g_str_equal (name, email)
                              ? g_strdup_printf ("%s · %s", name, email)
                              : g_strdup (name);

  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (row)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  g_object_set_data_full (G_OBJECT (row), LEAD, g_memdup2 (&lead->id, sizeof lead->id), g_free);
}

static gint64
key_of (gconstpointer item)
{
  return ((const RungsLead *) item)->id;
}

/* ---- the class */

static void
rungs_rule_samples_dispose (GObject *object)
{
  RungsRuleSamples *self = RUNGS_RULE_SAMPLES (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->fields);

  G_OBJECT_CLASS (rungs_rule_samples_parent_class)->dispose (object);
}

static void
rungs_rule_samples_finalize (GObject *object)
{
  g_free (RUNGS_RULE_SAMPLES (object)->rule);

  G_OBJECT_CLASS (rungs_rule_samples_parent_class)->finalize (object);
}

static void
rungs_rule_samples_class_init (RungsRuleSamplesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_rule_samples_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_rule_samples_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_rule_samples_init (RungsRuleSamples *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->count = GTK_LABEL (gtk_label_new (NULL));
  self->spinner = gtk_spinner_new ();
  self->some = GTK_LABEL (gtk_label_new (NULL));
  self->rows = g_object_new (RUNGS_TYPE_ROWS, NULL);
  gtk_label_set_xalign (self->count, 0);
  gtk_label_set_wrap (self->count, TRUE);
  gtk_label_set_xalign (self->some, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "title-4");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->some), "dim-label");
  gtk_widget_add_css_class (self->rows, "card");
  gtk_widget_add_css_class (self->rows, "samples");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (head), self->spinner);
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->some));
  gtk_box_append (GTK_BOX (self->box), self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self->some), FALSE);
  gtk_widget_set_visible (self->rows, FALSE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
rungs_rule_samples_new (RungsRuleFields *fields)
{
  RungsRuleSamples *self = g_object_new (RUNGS_TYPE_RULE_SAMPLES, NULL);

  self->fields = g_object_ref (fields);
  return GTK_WIDGET (self);
}

void
rungs_rule_samples_show (RungsRuleSamples     *self,
                         const char           *rule,
                         const RungsRuleTally *tally)
{
  static const RungsKeyedRows rows = { key_of, make_row, show_row };
  g_autofree char *number = rungs_display_number (tally->count);
  g_autofree char *words = g_strdup_printf (
    ngettext ("It holds for %s lead", "It holds for %s leads", (gulong) tally->count), number);
  g_autofree char *some
    = g_strdup_printf (ngettext ("%'u of them", "%'u of them", tally->samples->len),
                       tally->samples->len);

  g_return_if_fail (RUNGS_IS_RULE_SAMPLES (self));

  g_free (self->rule);
  self->rule = g_strdup (rule);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_label_set_label (self->count, words);
  gtk_label_set_label (self->some, some);
  gtk_widget_set_visible (GTK_WIDGET (self->some), (gint64) tally->samples->len < tally->count);
  rungs_keyed_rows_update (self->rows, &rows, tally->samples);
}

void
rungs_rule_samples_wait (RungsRuleSamples *self,
                         const char       *fault)
{
  g_return_if_fail (RUNGS_IS_RULE_SAMPLES (self));

  if (fault == NULL)
    {
      gtk_spinner_start (GTK_SPINNER (self->spinner));
      return;
    }
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_label_set_label (self->count, fault);
  gtk_widget_set_visible (GTK_WIDGET (self->some), FALSE);
  gtk_widget_set_visible (self->rows, FALSE);
}
