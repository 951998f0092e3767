/* rungs-lead-sections.c: the parts of a lead's details, each changed into what was read. */

#include "rungs-lead-sections.h"

#include <glib/gi18n.h>
#include <string.h>

#include "insights/rungs-contact-words.h"
#include "ladder/rungs-offer-words.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-tag-store.h"
#include "partners/rungs-partner-words.h"
#include "rungs-lead-facts.h"
#include "rungs-lead-words.h"
#include "rungs-timeline-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-field-words.h"
#include "widgets/rungs-keyed-rows.h"
#include "widgets/rungs-why-lines.h"
#include "widgets/rungs-why-popover.h"

/* Bytes of an address that fit into a line of the details at their narrowest. */
#define LONG_PART 26
#define TAG_CHARS 28

/* ---- the address */

/* Keeps the part of an address from `start` to `end` together; or pieces of it,
 * where it is long. */
static void
keep_together (PangoAttrList *attributes,
               const char    *email,
               guint          start,
               guint          end)
{
  while (start < end)
    {
      PangoAttribute *attribute = pango_attr_allow_breaks_new (FALSE);
      guint stop = MIN (start + LONG_PART, end);

      while (stop < end && (email[stop] & 0xC0) == 0x80)
        stop++;
      attribute->start_index = start;
      attribute->end_index = stop;
      pango_attr_list_insert (attributes, attribute);
      start = stop;
    }
}

void
rungs_lead_sections_show_email (RungsLeadFact       *fact,
                                const RungsLeadView *view)
{
  const char *email = view->lead->email ? view->lead->email : "";
  g_autoptr (RungsLeadFactItem) item = rungs_lead_facts_new_email (view);
  const char *at = strrchr (email, '@');
  guint domain = at != NULL ? (guint) (at + 1 - email) : 0;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  keep_together (attributes, email, 0, domain);
  keep_together (attributes, email, domain, (guint) strlen (email));
  rungs_lead_fact_show (fact, item);
  gtk_label_set_attributes (rungs_lead_fact_get_label (fact), attributes);
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

void
rungs_lead_sections_show_consent (RungsLeadLine       *line,
                                  GtkButton           *button,
                                  const RungsLeadView *view)
{
  gboolean given = view->consent == RUNGS_CONSENT_GIVEN;
  g_autofree char *words = consent_words (view);

  rungs_lead_line_set_texts (line, words,
                             view->last_consent != NULL ? view->last_consent->wording : NULL);
  gtk_button_set_label (button, given ? _ ("No More…") : _ ("Agreed…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button),
                                  given ? "lead.withdraw" : "lead.consent");
}

typedef struct
{
  gint64 key;
  char *text; /* (owned) */
} Obstacle;

static void
obstacle_free (Obstacle *self)
{
  g_free (self->text);
  g_free (self);
}

/* Takes the text. */
static void
add_obstacle (GPtrArray *obstacles,
              gint64     key,
              char      *text)
{
  Obstacle *obstacle = g_new (Obstacle, 1);

  *obstacle = (Obstacle) { key, text };
  g_ptr_array_add (obstacles, obstacle);
}

static gint64
obstacle_key (gconstpointer item)
{
  return ((const Obstacle *) item)->key;
}

static void
show_obstacle (GtkWidget     *row,
               gconstpointer  item)
{
  rungs_lead_line_set_icon (RUNGS_LEAD_LINE (row), "dialog-warning-symbolic", "warning");
  rungs_lead_line_set_texts (RUNGS_LEAD_LINE (row), ((const Obstacle *) item)->text, NULL);
}

void
rungs_lead_sections_show_obstacles (GtkWidget           *box,
                                    const RungsLeadView *view)
{
  static const RungsKeyedRows rows = { obstacle_key, rungs_lead_line_new, show_obstacle };
  g_autoptr (GPtrArray) obstacles = g_ptr_array_new_with_free_func ((GDestroyNotify) obstacle_free);

  if (view->suppressed != RUNGS_SUPPRESSED_NOT)
    add_obstacle (obstacles, 1,
                  g_strdup_printf (_ ("On the do-not-send list: %s"),
                                   rungs_suppressed_words (view->suppressed)));
  if (view->lead->bounced_at != 0)
    {
      g_autofree char *day = rungs_display_day (view->lead->bounced_at);

      add_obstacle (obstacles, 2,
                    g_strdup_printf (_ ("The address was refused for good on %s"), day));
    }
  rungs_keyed_rows_update (box, &rows, obstacles);
}

/* ---- tags */

static gint64
tag_key (gconstpointer item)
{
  return ((const RungsTag *) item)->id;
}

/* The chip, not what the flow box puts around it, has the focus. */
static GtkWidget *
make_tag (void)
{
  GtkWidget *row = gtk_flow_box_child_new ();
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TAG_CHARS);
  gtk_box_append (GTK_BOX (content), label);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_add_css_class (chip, "small-button");
  gtk_widget_add_css_class (chip, "filter-chip");
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (row), chip);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
show_tag (GtkWidget     *row,
          gconstpointer  item)
{
  const RungsTag *tag = item;
  GtkWidget *chip = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (row));
  GtkWidget *content = gtk_button_get_child (GTK_BUTTON (chip));
  g_autofree char *hint = g_strdup_printf (_ ("Take the tag “%s” away"), tag->name);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (content)), tag->name);
  gtk_widget_set_tooltip_text (chip, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (chip), "x", tag->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), "lead.remove-tag");
}

void
rungs_lead_sections_show_tags (GtkWidget           *box,
                               const RungsLeadView *view)
{
  static const RungsKeyedRows rows = { tag_key, make_tag, show_tag };

  rungs_keyed_rows_update (box, &rows, view->tags);
}

/* ---- the ladder */

static gint64
owned_key (gconstpointer item)
{
  return ((const RungsOwned *) item)->product;
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

static void
show_owned (GtkWidget     *row,
            gconstpointer  item)
{
  const RungsOwned *owned = item;
  g_autofree char *words = ownership_words (owned);

  rungs_lead_line_set_texts (RUNGS_LEAD_LINE (row), owned->name, words);
}

void
rungs_lead_sections_show_owned (GtkWidget           *box,
                                const RungsLeadView *view)
{
  static const RungsKeyedRows rows = { owned_key, rungs_lead_line_new, show_owned };

  rungs_keyed_rows_update (box, &rows, view->owned);
}

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

static void
show_reasons (RungsWhyPopover     *popover,
              const char          *decision,
              const RungsLeadView *view)
{
  rungs_why_popover_set_decision (popover, decision);
  rungs_why_popover_clear (popover);
  for (guint i = 0; i < view->next->candidates->len; i++)
    add_reasons (popover, g_ptr_array_index (view->next->candidates, i));
  if (view->next->candidates->len == 0)
    rungs_why_popover_add (popover, RUNGS_WHY_NEUTRAL,
                           _ ("No offer of the ladder leaves from what this lead owns"), TRUE);
}

/* What the offer may be expected to bring; NULL where there is none. */
static char *
expected_words (const RungsNextOffer *next)
{
  for (guint i = 0; i < next->candidates->len; i++)
    {
      const RungsCandidate *candidate = g_ptr_array_index (next->candidates, i);

      if (candidate->chosen)
        return rungs_expectation_sentence (&candidate->expected);
    }
  return NULL;
}

void
rungs_lead_sections_show_next (RungsLeadLine       *line,
                               GtkMenuButton       *why,
                               const RungsLeadView *view)
{
  g_autofree char *decision = NULL;
  g_autofree char *expected = NULL;

  gtk_widget_set_visible (GTK_WIDGET (why), view->next != NULL);
  if (view->next == NULL)
    {
      rungs_lead_line_set_texts (line, _ ("The next offer is not known"), view->next_fault);
      return;
    }
  decision = view->next->product != 0 ? g_strdup_printf (_ ("Offer %s next"), view->next->name)
                                      : g_strdup (_ ("Nothing to offer now"));
  expected = expected_words (view->next);
  rungs_lead_line_set_texts (line, decision, expected);
  show_reasons (RUNGS_WHY_POPOVER (gtk_menu_button_get_popover (why)), decision, view);
}

/* ---- orders */

static gint64
order_key (gconstpointer item)
{
  return ((const RungsOrder *) item)->id;
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

static void
show_order (GtkWidget     *row,
            gconstpointer  item)
{
  const RungsOrder *order = item;
  gboolean is_left = rungs_order_refunded (order).minor < rungs_order_total (order).minor;
  g_autofree char *words = order_words (order);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < order->lines->len; i++)
    {
      const RungsOrderLine *line = g_ptr_array_index (order->lines, i);

      g_string_append (names, i > 0 ? ", " : "");
      if (line->quantity > 1)
        g_string_append_printf (names, "%" G_GINT64_FORMAT " × ", line->quantity);
      g_string_append (names, line->name ? line->name : "");
    }
  rungs_lead_line_set_texts (RUNGS_LEAD_LINE (row), names->str, words);
  rungs_lead_line_set_button (RUNGS_LEAD_LINE (row), _ ("Refund…"), is_left ? "lead.refund" : NULL,
                              order->id);
}

void
rungs_lead_sections_show_orders (GtkWidget           *box,
                                 const RungsLeadView *view)
{
  static const RungsKeyedRows rows = { order_key, rungs_lead_line_new, show_order };

  rungs_keyed_rows_update (box, &rows, view->orders);
}

/* ---- sequences */

static gint64
walk_key (gconstpointer item)
{
  return ((const RungsLeadWalk *) item)->enrolment->id;
}

/* Since when, and what comes when. */
static char *
walking_words (const RungsLeadWalk *walk)
{
  const RungsEnrolment *enrolment = walk->enrolment;
  g_autofree char *since = rungs_display_moment (enrolment->entered_at, rungs_display_now ());
  g_autofree char *due = NULL;

  if (enrolment->due_at == 0)
    return g_strdup_printf (_ ("in it since %s"), since);
  if (enrolment->due_at == G_MAXINT64)
    return g_strdup_printf (_ ("in it since %s · waits until something happens"), since);
  due = rungs_display_moment (enrolment->due_at, rungs_display_now ());
  if (walk->message != NULL)
    return g_strdup_printf (_ ("in it since %s · “%s” comes: %s"), since, walk->message, due);
  return g_strdup_printf (_ ("in it since %s · goes on: %s"), since, due);
}

static char *
walk_words (const RungsLeadWalk *walk)
{
  const RungsEnrolment *enrolment = walk->enrolment;
  g_autofree char *ended = NULL;

  if (enrolment->outcome == NULL)
    return walking_words (walk);
  ended = rungs_display_moment (enrolment->ended_at, rungs_display_now ());
  return g_strdup_printf ("%s · %s", rungs_outcome_words (enrolment->outcome), ended);
}

static void
show_walk (GtkWidget     *row,
           gconstpointer  item)
{
  const RungsLeadWalk *walk = item;
  gboolean walking = walk->enrolment->outcome == NULL;
  g_autofree char *words = walk_words (walk);

  rungs_lead_line_set_texts (RUNGS_LEAD_LINE (row), walk->enrolment->sequence_name, words);
  rungs_lead_line_set_button (RUNGS_LEAD_LINE (row), _ ("Stop…"),
                              walking ? "lead.stop-sequence" : NULL, walk->enrolment->sequence);
  if (walk->why != NULL)
    rungs_why_lines_show (RUNGS_WHY_POPOVER (rungs_lead_line_get_why (RUNGS_LEAD_LINE (row))),
                          walking ? _ ("What it waits for") : _ ("Whether it may enter again"),
                          walk->why->lines);
}

void
rungs_lead_sections_show_contact (GtkLabel            *label,
                                  const RungsLeadView *view)
{
  const RungsFirstContact *contact = view->contact;
  gboolean waits = contact != NULL && contact->contacted_at == 0;
  g_autofree char *words
    = contact != NULL ? rungs_contact_dup_words (contact, rungs_display_now ()) : NULL;

  gtk_label_set_label (label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (label), waits ? "dim-label" : "warning");
  gtk_widget_add_css_class (GTK_WIDGET (label), waits ? "warning" : "dim-label");
}

void
rungs_lead_sections_show_partner (RungsLeadLine       *line,
                                  const RungsLeadView *view)
{
  const RungsPartner *partner = view->partner;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (line), partner != NULL);
  if (partner == NULL)
    return;
  words = g_strdup_printf (_ ("Partner “%s”"), partner->name);
  rungs_lead_line_set_icon (line, "rungs-partners-symbolic", "dim-label");
  rungs_lead_line_set_texts (line, words,
                             partner->status != RUNGS_PARTNER_ACTIVE
                                 ? rungs_partner_status_words (partner->status)
                                 : NULL);
  rungs_lead_line_set_button (line, _ ("Open Partner"), "lead.open-partner", partner->id);
}

void
rungs_lead_sections_show_sequences (GtkWidget           *box,
                                    const RungsLeadView *view)
{
  static const RungsKeyedRows rows = { walk_key, rungs_lead_line_new, show_walk };

  rungs_keyed_rows_update (box, &rows, view->walks);
}
