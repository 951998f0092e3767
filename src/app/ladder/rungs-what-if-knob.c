/* rungs-what-if-knob.c: one thing that can be supposed otherwise: what it is now, and what then. */

#include "ladder/rungs-what-if-knob.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/rungs-rate.h"
#include "insights/rungs-what-if-words.h"
#include "widgets/rungs-display.h"

struct _RungsWhatIfKnob
{
  AdwActionRow parent_instance;

  RungsWhatIfChange about; /* with what holds now */
  gboolean known;          /* whether anything does */
  RungsWhatIfChange value; /* what is typed, where it is something else */
  gboolean changed;
  GtkWidget *entry;
  GtkWidget *reset;
};

enum
{
  SIGNAL_TYPED,
  SIGNAL_SETTLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RungsWhatIfKnob, rungs_what_if_knob, ADW_TYPE_ACTION_ROW)

/* ---- words */

static char *
title_of (const RungsWhatIfBasis  *basis,
          const RungsWhatIfChange *about)
{
  g_autofree char *from = rungs_what_if_name_place (basis, about->at);

  switch (about->kind)
    {
    case RUNGS_WHAT_IF_PRICE:
      return g_strdup (_ ("Price"));
    case RUNGS_WHAT_IF_COST:
      return g_strdup (_ ("Cost of delivery"));
    case RUNGS_WHAT_IF_REFUNDS:
      return g_strdup (_ ("Given back"));
    case RUNGS_WHAT_IF_RENEWALS:
      return g_strdup (_ ("Renewals"));
    case RUNGS_WHAT_IF_CONVERSION:
      /* Translators: of an arrow of the ladder: where it comes from. */
      return g_strdup_printf (_ ("Conversion from %s"), from);
    default:
      return g_steal_pointer (&from);
    }
}

static const RungsWhatIfShare *
share_of (const RungsWhatIf       *what_if,
          const RungsWhatIfChange *about)
{
  int found;

  if (about->kind == RUNGS_WHAT_IF_CONVERSION)
    {
      found = rungs_what_if_basis_find_arrow (what_if->basis, about->at, about->to);
      return found >= 0 ? &what_if->rates->arrows[found].share : NULL;
    }
  if (about->kind != RUNGS_WHAT_IF_RENEWALS)
    return NULL;
  found = rungs_what_if_basis_find_product (what_if->basis, about->at.id);
  return found >= 0 ? &what_if->rates->products[found].renewals : NULL;
}

static char *
value_words (const RungsWhatIfChange *change)
{
  if (rungs_what_if_kind_is_money (change->kind))
    return rungs_display_money (rungs_money (change->value, change->currency));
  return rungs_rate_format (change->value);
}

/* "Now 4.96 %, of 193 cases 3.1–8.3 %" */
static char *
subtitle_of (const RungsWhatIf       *what_if,
             const RungsWhatIfChange *about,
             gboolean                 known)
{
  const RungsWhatIfShare *share = share_of (what_if, about);
  g_autofree char *value = value_words (about);
  g_autofree char *cases = NULL;

  if (!known)
    return g_strdup (share != NULL ? _ ("Not known: no cases") : _ ("Not known"));
  if (share == NULL)
    return g_strdup_printf (_ ("Now %s"), value);
  cases = rungs_display_number (llround (share->cases));
  if (share->too_few)
    return g_strdup_printf (ngettext ("Now %s; %s case is too few to be sure",
                                      "Now %s; %s cases are too few to be sure",
                                      (gulong) llround (share->cases)),
                            value, cases);
  return g_strdup_printf (ngettext ("Now %s; of %s case, so %.1f–%.1f %%",
                                    "Now %s; of %s cases, so %.1f–%.1f %%",
                                    (gulong) llround (share->cases)),
                          value, cases, share->range.low * 100, share->range.high * 100);
}

/* The value as it is typed: without the currency or %, which stand beside it. */
static char *
typed_words (const RungsWhatIfChange *change)
{
  char *text;
  char *end;

  if (rungs_what_if_kind_is_money (change->kind))
    return rungs_money_format_amount (rungs_money (change->value, change->currency));
  text = rungs_rate_format (change->value);
  for (end = text; *end != '\0' && *end != ' ' && *end != '%'; end++)
    ;
  *end = '\0';
  return text;
}

/* ---- typing */

static gboolean
read_entry (RungsWhatIfKnob   *self,
            RungsWhatIfChange *change,
            GError           **error)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  RungsMoney money;

  *change = self->about;
  if (!rungs_what_if_kind_is_money (self->about.kind))
    return rungs_rate_parse (text, &change->value, error);
  if (!rungs_money_parse (text, self->about.currency, &money, error))
    return FALSE;
  if (money.minor < 0 || money.minor > RUNGS_WHAT_IF_MOST
      || !g_str_equal (money.currency, self->about.currency))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("Write an amount in %s, from 0 on"), self->about.currency);
      return FALSE;
    }
  change->value = money.minor;
  return TRUE;
}

static void
show_fault (RungsWhatIfKnob *self,
            const char      *why)
{
  if (why != NULL)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_widget_set_tooltip_text (self->entry, why);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               why != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                           : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_changed (RungsWhatIfKnob *self)
{
  /* its place stays, so that nothing moves while one types */
  gtk_widget_set_opacity (self->reset, self->changed ? 1 : 0);
  gtk_widget_set_sensitive (self->reset, self->changed);
  if (self->changed)
    gtk_widget_add_css_class (self->entry, "accent");
  else
    gtk_widget_remove_css_class (self->entry, "accent");
}

static gboolean
is_empty (RungsWhatIfKnob *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0';
}

/* While it is empty, or wrong, what it said before stays: something else may be on its way. */
static void
changed_cb (RungsWhatIfKnob *self)
{
  g_autoptr (GError) error = NULL;
  RungsWhatIfChange change;
  gboolean valid = !is_empty (self) && read_entry (self, &change, &error);

  show_fault (self, error != NULL ? error->message : NULL);
  if (!valid)
    return;
  self->changed = !self->known || change.value != self->about.value;
  self->value = change;
  show_changed (self);
  g_signal_emit (self, signals[SIGNAL_TYPED], 0);
}

/* What is left empty is as it is now. */
static void
settled_cb (RungsWhatIfKnob *self)
{
  if (is_empty (self) && (self->known || self->changed))
    {
      rungs_what_if_knob_set (self, NULL);
      g_signal_emit (self, signals[SIGNAL_TYPED], 0);
    }
  g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
}

static void
reset_cb (RungsWhatIfKnob *self)
{
  rungs_what_if_knob_set (self, NULL);
  g_signal_emit (self, signals[SIGNAL_TYPED], 0);
  g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
  gtk_widget_grab_focus (self->entry);
}

/* ---- public */

void
rungs_what_if_knob_set (RungsWhatIfKnob         *self,
                        const RungsWhatIfChange *change)
{
  const RungsWhatIfChange *shown;
  g_autofree char *text = NULL;

  g_return_if_fail (RUNGS_IS_WHAT_IF_KNOB (self));

  shown = change != NULL ? change : &self->about;
  text = change != NULL || self->known ? typed_words (shown) : g_strdup ("");
  self->changed = change != NULL;
  self->value = *shown;
  g_signal_handlers_block_by_func (self->entry, changed_cb, self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  g_signal_handlers_unblock_by_func (self->entry, changed_cb, self);
  show_fault (self, NULL);
  show_changed (self);
}

gboolean
rungs_what_if_knob_get (RungsWhatIfKnob   *self,
                        RungsWhatIfChange *change)
{
  g_return_val_if_fail (RUNGS_IS_WHAT_IF_KNOB (self), FALSE);

  *change = self->changed ? self->value : self->about;
  return self->changed;
}

void
rungs_what_if_knob_focus (RungsWhatIfKnob *self)
{
  gtk_widget_grab_focus (self->entry);
}

GtkWidget *
rungs_what_if_knob_new (const RungsWhatIf       *what_if,
                        const RungsWhatIfChange *about)
{
  RungsWhatIfKnob *self = g_object_new (RUNGS_TYPE_WHAT_IF_KNOB, NULL);
  g_autofree char *title = title_of (what_if->basis, about);
  g_autofree char *whole = rungs_what_if_describe (what_if->basis, about);
  g_autofree char *reset = g_strdup_printf (_ ("Put Back: %s"), whole);
  g_autofree char *subtitle = NULL;
  GtkWidget *unit
      = gtk_label_new (rungs_what_if_kind_is_money (about->kind) ? about->currency : "%");

  self->about = *about;
  self->known = rungs_what_if_present (what_if, &self->about);
  subtitle = subtitle_of (what_if, &self->about, self->known);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_widget_add_css_class (unit, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->entry);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), unit);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->reset);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  whole, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  reset, -1);
  gtk_widget_set_tooltip_text (self->reset, reset);
  rungs_what_if_knob_set (self, NULL);
  return GTK_WIDGET (self);
}

static void
rungs_what_if_knob_class_init (RungsWhatIfKnobClass *klass)
{
  signals[SIGNAL_TYPED] = g_signal_new ("typed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_what_if_knob_init (RungsWhatIfKnob *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_entry_new ();
  self->reset = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 8);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 8);
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 1);
  gtk_widget_add_css_class (self->entry, "numeric");
  gtk_widget_set_valign (self->entry, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->reset, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->reset, "flat");
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->entry);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (settled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (settled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reset, "clicked", G_CALLBACK (reset_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, focus);
}
