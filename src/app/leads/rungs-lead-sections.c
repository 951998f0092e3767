/* rungs-lead-sections.c: the parts of a lead's details, each made from what was read. */

#include "rungs-lead-sections.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-field-store.h"
#include "leads/rungs-tag-store.h"
#include "rungs-lead-words.h"
#include "rungs-timeline-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-why-popover.h"

/* ---- what sections are made of */

static GtkWidget *
new_label (const char *text,
           const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* an address must not get hyphens that are not in it */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_button (const char *label,
            const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/* A small button that acts on the thing with that id. */
static GtkWidget *
new_small_button (const char *label,
                  const char *action,
                  gint64      id)
{
  GtkWidget *button = new_button (label, NULL);

  gtk_widget_add_css_class (button, "small-button");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/* A section under a heading, with a button at its right where there is an action. */
static GtkWidget *
new_section (const char *title,
             const char *label,
             const char *action)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *heading = new_label (title, "heading");

  gtk_widget_set_hexpand (heading, TRUE);
  gtk_box_append (GTK_BOX (head), heading);
  if (action != NULL)
    {
      GtkWidget *button = new_button (label, action);

      gtk_widget_add_css_class (button, "small-button");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
      gtk_box_append (GTK_BOX (head), button);
    }
  gtk_box_append (GTK_BOX (section), head);
  return section;
}

/* A line of two texts, the second one dimmed below it, and a button (nullable). */
static GtkWidget *
new_line (const char *text,
          const char *below,
          GtkWidget  *button)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), new_label (text, NULL));
  if (below != NULL && *below != '\0')
    {
      GtkWidget *label = new_label (below, "dim-label");

      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_box_append (GTK_BOX (line), texts);
  if (button != NULL)
    gtk_box_append (GTK_BOX (line), button);
  return line;
}

/* ---- head and facts */

GtkWidget *
rungs_lead_section_head (const RungsLeadView *view)
{
  const RungsLead *lead = view->lead;
  g_autofree char *name = rungs_lead_dup_name (lead);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = new_label (*name != '\0' ? name : _ ("Nameless"), "title-3");

  gtk_label_set_selectable (GTK_LABEL (title), TRUE);
  gtk_widget_set_can_focus (title, FALSE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_widget_set_margin_top (buttons, 6);
  gtk_box_append (GTK_BOX (buttons), new_button (_ ("_Edit…"), "leads.edit"));
  gtk_box_append (GTK_BOX (buttons), new_button (_ ("New _Order…"), "lead.order"));
  gtk_box_append (GTK_BOX (head), buttons);
  return head;
}

static void
add_fact (GtkGrid    *grid,
          const char *title,
          const char *text)
{
  int row = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (grid), "rows"));
  GtkWidget *name, *value;

  if (text == NULL || *text == '\0')
    return;
  name = new_label (title, "dim-label");
  value = new_label (text, NULL);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 13);
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_set_can_focus (value, FALSE);
  gtk_grid_attach (grid, name, 0, row, 1, 1);
  gtk_grid_attach (grid, value, 1, row, 1, 1);
  g_object_set_data (G_OBJECT (grid), "rows", GINT_TO_POINTER (row + 1));
}

static char *
address_of (const RungsLead *lead)
{
  g_autoptr (GString) text = g_string_new (lead->street);
  const char *town[] = { lead->postcode, lead->city };
  const char *land[] = { lead->region, lead->country };

  for (guint i = 0; i < G_N_ELEMENTS (town); i++)
    if (*town[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len == 0 ? "" : i == 0 || *town[0] == '\0' ? "\n" : " ",
                              town[i]);
  for (guint i = 0; i < G_N_ELEMENTS (land); i++)
    if (*land[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len == 0 ? "" : i == 0 ? "\n" : ", ", land[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GtkWidget *
rungs_lead_section_facts (const RungsLeadView *view)
{
  const RungsLead *lead = view->lead;
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  g_autofree char *address = address_of (lead);
  g_autofree char *since = rungs_display_day (lead->created_at);
  g_autofree char *score = lead->score != 0 ? rungs_display_number (lead->score) : NULL;

  gtk_grid_set_column_spacing (grid, 12);
  gtk_grid_set_row_spacing (grid, 3);
  add_fact (grid, _ ("E-mail"), lead->email);
  add_fact (grid, _ ("Telephone"), lead->phone);
  add_fact (grid, _ ("Company"), lead->company);
  add_fact (grid, _ ("Address"), address);
  add_fact (grid, _ ("Language"), lead->language);
  add_fact (grid, _ ("Time zone"), lead->zone);
  add_fact (grid, _ ("Score"), score);
  add_fact (grid, _ ("Known since"), since);
  for (guint i = 0; i < view->values->len; i++)
    {
      const RungsFieldValue *value = g_ptr_array_index (view->values, i);

      add_fact (grid, value->label, value->value);
    }
  add_fact (grid, _ ("Notes"), lead->notes);
  return GTK_WIDGET (grid);
}

/* ---- consent */

static char *
consent_words (const RungsLeadView *view)
{
  g_autofree char *day
    = view->last_consent != NULL ? rungs_display_day (view->last_consent->at) : g_strdup ("");

  switch (view->consent)
    {
    case RUNGS_CONSENT_GIVEN:
      return g_strdup_printf (_ ("Agreed on %s"), day);
    case RUNGS_CONSENT_WITHDRAWN:
      return g_strdup_printf (_ ("Said no more on %s"), day);
    case RUNGS_CONSENT_NONE:
    default:
      return g_strdup (_ ("Has not agreed: gets no marketing"));
    }
}

static void
add_obstacle (GtkWidget  *section,
              const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), new_label (text, NULL));
  gtk_box_append (GTK_BOX (section), line);
}

GtkWidget *
rungs_lead_section_consent (const RungsLeadView *view)
{
  gboolean given = view->consent == RUNGS_CONSENT_GIVEN;
  GtkWidget *section = new_section (_ ("Marketing by E-mail"), given ? _ ("No More…") : _ ("Agreed…"),
                                    given ? "lead.withdraw" : "lead.consent");
  g_autofree char *words = consent_words (view);

  gtk_box_append (GTK_BOX (section),
                  new_line (words, view->last_consent != NULL ? view->last_consent->wording : NULL, NULL));
  if (view->suppressed != RUNGS_SUPPRESSED_NOT)
    {
      g_autofree char *text = g_strdup_printf (_ ("On the do-not-send list: %s"),
                                               rungs_suppressed_words (view->suppressed));

      add_obstacle (section, text);
    }
  if (view->lead->bounced_at != 0)
    {
      g_autofree char *day = rungs_display_day (view->lead->bounced_at);
      g_autofree char *text = g_strdup_printf (_ ("The address was refused for good on %s"), day);

      add_obstacle (section, text);
    }
  return section;
}

/* ---- tags */

GtkWidget *
rungs_lead_section_tags (const RungsLeadView *view)
{
  GtkWidget *section = new_section (_ ("Tags"), _ ("Add…"), "leads.add-tag");
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 3);
  for (guint i = 0; i < view->tags->len; i++)
    {
      const RungsTag *tag = g_ptr_array_index (view->tags, i);
      GtkWidget *chip = new_small_button (tag->name, "lead.remove-tag", tag->id);
      GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      g_autofree char *hint = g_strdup_printf (_ ("Take the tag “%s” away"), tag->name);

      gtk_box_append (GTK_BOX (content), gtk_label_new (tag->name));
      gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
      gtk_button_set_child (GTK_BUTTON (chip), content);
      gtk_widget_set_tooltip_text (chip, hint);
      gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
      gtk_widget_add_css_class (chip, "filter-chip");
      gtk_widget_set_halign (chip, GTK_ALIGN_START);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), chip);
    }
  if (view->tags->len > 0)
    gtk_box_append (GTK_BOX (section), flow);
  return section;
}

/* ---- the ladder */

static void
add_reasons (RungsWhyPopover      *popover,
             const RungsCandidate *candidate)
{
  for (guint i = 0; i < candidate->reasons->len; i++)
    {
      const RungsReason *reason = g_ptr_array_index (candidate->reasons, i);
      RungsReasonSide side = rungs_reason_code_get_side (reason->code);
      g_autofree char *words = rungs_reason_words (reason);
      g_autofree char *text = g_strdup_printf ("%s: %s", candidate->name, words);

      rungs_why_popover_add (popover, side == RUNGS_REASON_FOR       ? RUNGS_WHY_FOR
                                      : side == RUNGS_REASON_AGAINST ? RUNGS_WHY_AGAINST
                                                                     : RUNGS_WHY_NEUTRAL,
                             text, reason->deciding);
    }
}

static GtkWidget *
new_why_button (const RungsLeadView *view,
                const char          *decision)
{
  RungsWhyPopover *popover = rungs_why_popover_new (decision);
  GtkWidget *button = gtk_menu_button_new ();

  for (guint i = 0; i < view->next->candidates->len; i++)
    add_reasons (popover, g_ptr_array_index (view->next->candidates, i));
  if (view->next->candidates->len == 0)
    rungs_why_popover_add (popover, RUNGS_WHY_NEUTRAL,
                           _ ("No offer of the ladder leaves from what this lead owns"), TRUE);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Why?"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), GTK_WIDGET (popover));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "small-button");
  return button;
}

static GtkWidget *
new_next_line (const RungsLeadView *view)
{
  g_autofree char *decision = NULL;

  if (view->next == NULL)
    return new_line (_ ("The next offer is not known"), view->next_fault, NULL);
  decision = view->next->product != 0 ? g_strdup_printf (_ ("Offer %s next"), view->next->name)
                                      : g_strdup (_ ("Nothing to offer now"));
  return new_line (decision, NULL, new_why_button (view, decision));
}

static char *
ownership_words (const RungsOwned *owned)
{
  g_autofree char *since = rungs_display_day (owned->since);
  g_autofree char *until = owned->paid_until != 0 ? rungs_display_day (owned->paid_until) : NULL;
  g_autofree char *words = owned->direct || owned->through_name == NULL
                             ? g_strdup_printf (_ ("since %s"), since)
                             : g_strdup_printf (_ ("since %s, in %s"), since, owned->through_name);

  return until != NULL ? g_strdup_printf (_ ("%s, paid until %s"), words, until)
                       : g_steal_pointer (&words);
}

GtkWidget *
rungs_lead_section_ladder (const RungsLeadView *view)
{
  GtkWidget *section = new_section (_ ("Owns"), NULL, NULL);

  if (view->owned->len == 0)
    gtk_box_append (GTK_BOX (section), new_label (_ ("Nothing yet"), "dim-label"));
  for (guint i = 0; i < view->owned->len; i++)
    {
      const RungsOwned *owned = g_ptr_array_index (view->owned, i);
      g_autofree char *words = ownership_words (owned);

      gtk_box_append (GTK_BOX (section), new_line (owned->name, words, NULL));
    }
  gtk_box_append (GTK_BOX (section), new_next_line (view));
  return section;
}

static char *
order_words (const RungsOrder *order)
{
  RungsMoney refunded = rungs_order_refunded (order);
  g_autofree char *day = rungs_display_day (order->at);
  g_autofree char *money = rungs_display_money (rungs_order_total (order));
  g_autofree char *back = refunded.minor > 0 ? rungs_display_money (refunded) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, "%s · %s", day, money);
  if (*order->coupon != '\0')
    g_string_append_printf (words, " · %s", order->coupon);
  if (back != NULL)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("%s given back"), back);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static GtkWidget *
new_order_line (const RungsOrder *order)
{
  g_autofree char *words = order_words (order);
  g_autoptr (GString) names = g_string_new (NULL);
  GtkWidget *refund = NULL;

  for (guint i = 0; i < order->lines->len; i++)
    {
      const RungsOrderLine *line = g_ptr_array_index (order->lines, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", line->name ? line->name : "");
    }
  if (rungs_order_refunded (order).minor < rungs_order_total (order).minor)
    refund = new_small_button (_ ("Refund…"), "lead.refund", order->id);
  return new_line (names->str, words, refund);
}

GtkWidget *
rungs_lead_section_orders (const RungsLeadView *view)
{
  GtkWidget *section = new_section (_ ("Orders"), _ ("New…"), "lead.order");

  for (guint i = 0; i < view->orders->len; i++)
    gtk_box_append (GTK_BOX (section), new_order_line (g_ptr_array_index (view->orders, i)));
  return section;
}

/* ---- sequences */

static GtkWidget *
new_enrolment_line (const RungsEnrolment *enrolment)
{
  gboolean walking = enrolment->outcome == NULL;
  gint64 at = walking ? enrolment->entered_at : enrolment->ended_at;
  g_autofree char *when = rungs_display_moment (at, rungs_display_now ());
  g_autofree char *words = walking
                             ? g_strdup_printf (_ ("in it since %s"), when)
                             : g_strdup_printf ("%s · %s", rungs_outcome_words (enrolment->outcome), when);
  GtkWidget *stop = NULL;

  if (walking)
    stop = new_small_button (_ ("Stop…"), "lead.stop-sequence", enrolment->sequence);
  return new_line (enrolment->sequence_name, words, stop);
}

GtkWidget *
rungs_lead_section_sequences (const RungsLeadView *view)
{
  GtkWidget *section = new_section (_ ("Sequences"), _ ("Add…"), "leads.add-to-sequence");

  for (guint i = 0; i < view->enrolments->len; i++)
    gtk_box_append (GTK_BOX (section),
                    new_enrolment_line (g_ptr_array_index (view->enrolments, i)));
  return section;
}

/* ---- the timeline */

static GtkWidget *
new_timeline_line (const RungsTimelineRow *row)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (rungs_timeline_icon (row->event->kind));
  g_autofree char *when = rungs_display_moment (row->event->at, rungs_display_now ());
  g_autofree char *full = rungs_display_time (row->event->at);

  gtk_widget_add_css_class (icon, "dim-label");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);
  gtk_widget_set_tooltip_text (line, full);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), new_line (row->words, when, NULL));
  return line;
}

GtkWidget *
rungs_lead_section_timeline (const RungsLeadView *view)
{
  GtkWidget *section = new_section (_ ("What Happened"), _ ("Add Note…"), "lead.note");

  for (guint i = 0; i < view->timeline->len; i++)
    gtk_box_append (GTK_BOX (section), new_timeline_line (g_ptr_array_index (view->timeline, i)));
  if (!view->whole)
    gtk_box_append (GTK_BOX (section), new_button (_ ("Show _More"), "lead.more"));
  return section;
}
