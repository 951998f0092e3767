/* rungs-lead-timeline.c: everything that happened to a lead, the newest first, filtered by kind.
 *
 * A page is read when its predecessor is nearly seen to its end, and put behind it; what is shown
 * stays as it is. When something changes, all that is shown is read again and changed in place.
 *
 * To make a row, to lay it out and to draw it takes two milliseconds: of a page that comes new,
 * each frame makes a row or two, so that nothing stutters while one scrolls. */

#include "rungs-lead-timeline.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "rungs-lead-happened.h"
#include "rungs-lead-line.h"
#include "rungs-lead-words.h"
#include "rungs-timeline-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-keyed-rows.h"
#include "widgets/rungs-rows.h"
#include "widgets/rungs-wrap-box.h"

/* Rows that are read at first, and at a time. */
#define FIRST_PAGE 25
#define PAGE 25

/* Rows that are made at once where none are yet, and for how long each frame makes more of them; a
 * row is laid out and drawn in the same frame, which takes longer. */
#define AT_ONCE 4
#define MAKING_US 500

#define KEY_GROUPS "timeline-groups"

/* In the order of the bits of RungsEventGroups. */
static const char *const LABELS[] = {
  N_ ("Messages"), N_ ("Orders"),  N_ ("Notes & Calls"), N_ ("Web & Sources"),
  N_ ("Consent"),  N_ ("Changes"), N_ ("Sequences"),
};

struct _RungsLeadTimeline
{
  GtkWidget parent_instance;

  GtkWidget *add_note; /* the first that takes the focus */
  GtkWidget *chips[G_N_ELEMENTS (LABELS)];
  GtkWidget *rows;
  GtkWidget *none;  /* says that nothing of those kinds happened */
  GtkWidget *fault;
  GtkWidget *more;

  RungsStore *store;         /* (owned) (nullable) */
  GSettings *settings;       /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): of what is being read */
  RungsHappened *shown;      /* (owned) (nullable) */
  guint n_made;              /* of its rows, from the first on */
  guint making;              /* tick callback that makes the others; 0: all are made */
  gint64 lead;               /* 0: none */
  gboolean going_on;         /* a further page is being read */
};

G_DEFINE_FINAL_TYPE (RungsLeadTimeline, rungs_lead_timeline, GTK_TYPE_WIDGET)

/* ---- rows */

static gint64
row_key (gconstpointer item)
{
  return ((const RungsTimelineRow *) item)->event->id;
}

/* When, and of a call or meeting who, how and where; of a broadcast's message, that broadcast. */
static char *
below (const RungsTimelineRow *happened)
{
  g_autofree char *when = rungs_display_moment (happened->event->at, rungs_display_now ());
  const RungsNote *note = happened->note;
  g_autoptr (GString) words = g_string_new (when);
  g_autofree char *outcome = note != NULL ? rungs_note_outcome_words (note) : NULL;
  g_autofree char *broadcast
    = happened->broadcast != NULL ? g_strdup_printf (_ ("broadcast “%s”"), happened->broadcast)
                                  : NULL;
  const char *parts[4] = { broadcast };

  if (note != NULL)
    {
      parts[0] = note->who;
      parts[1] = rungs_call_direction_words (note->direction);
      parts[2] = outcome;
      parts[3] = note->place;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (words, " · %s", parts[i]);
  return g_strdup (words->str);
}

static void
show_button (RungsLeadLine          *line,
             const RungsTimelineRow *happened)
{
  if (happened->note != NULL)
    rungs_lead_line_set_icon_button (line, "document-edit-symbolic", _ ("Edit"), "lead.edit-note",
                                     g_variant_new_int64 (happened->event->id));
  else if (g_str_equal (happened->event->kind, RUNGS_EVENT_LEAD_MERGED))
    rungs_lead_line_set_button (line, _ ("Undo"), "leads.undo-merge", happened->event->ref);
  else if (happened->page != NULL)
    rungs_lead_line_set_icon_button (
      line, "go-next-symbolic", _ ("Show what this is about"), "win.show-target",
      g_variant_new ("(ss)", happened->page, happened->target));
}

static void
show_row (GtkWidget     *row,
          gconstpointer  item)
{
  const RungsTimelineRow *happened = item;
  g_autofree char *under = below (happened);
  g_autofree char *full = rungs_display_time (happened->event->at);

  rungs_lead_line_set_icon (RUNGS_LEAD_LINE (row), rungs_timeline_icon (happened->event->kind),
                            "dim-label");
  rungs_lead_line_set_texts (RUNGS_LEAD_LINE (row), happened->words, under);
  show_button (RUNGS_LEAD_LINE (row), happened);
  gtk_widget_set_tooltip_text (row, full);
}

static const RungsKeyedRows ROWS = { row_key, rungs_lead_line_new, show_row };

void
rungs_lead_timeline_show_rows (GtkWidget *box,
                               GPtrArray *rows)
{
  rungs_keyed_rows_update (box, &ROWS, rows);
}

/* ---- reading */

/* How many rows have been read, which may be more than are made yet. */
static guint
get_n_read (RungsLeadTimeline *self)
{
  return self->shown != NULL && self->shown->lead == self->lead ? self->shown->rows->len : 0;
}

/* The kinds that are asked for; where no chip is pressed, all. */
static guint
get_groups (RungsLeadTimeline *self)
{
  guint groups = 0;

  for (guint i = 0; i < G_N_ELEMENTS (LABELS); i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->chips[i])))
      groups |= 1u << i;
  return groups != 0 ? groups : RUNGS_EVENTS_ALL;
}

static void
show_state (RungsLeadTimeline *self)
{
  gtk_widget_set_visible (self->more, !self->shown->whole);
  gtk_widget_set_visible (self->none, self->shown->rows->len == 0);
}

static void
show_fault (RungsLeadTimeline *self,
            const GError      *error)
{
  g_autofree char *words = error != NULL ? rungs_error_words (error) : NULL;

  gtk_label_set_label (GTK_LABEL (self->fault), words ? words : "");
  gtk_widget_set_visible (self->fault, words != NULL);
}

static gboolean
make_rows_cb (GtkWidget     *widget,
              GdkFrameClock *clock,
              gpointer       data)
{
  RungsLeadTimeline *self = RUNGS_LEAD_TIMELINE (widget);
  GPtrArray *rows = self->shown->rows;
  gint64 end = g_get_monotonic_time () + MAKING_US;

  while (self->n_made < rows->len && g_get_monotonic_time () < end)
    rungs_keyed_rows_append (self->rows, &ROWS, g_ptr_array_index (rows, self->n_made++));
  if (self->n_made < rows->len)
    return G_SOURCE_CONTINUE;
  self->making = 0;
  return G_SOURCE_REMOVE;
}

static void
make_rows (RungsLeadTimeline *self)
{
  if (self->making == 0 && self->n_made < self->shown->rows->len)
    self->making = gtk_widget_add_tick_callback (GTK_WIDGET (self), make_rows_cb, NULL, NULL);
}

static void
stop_making (RungsLeadTimeline *self)
{
  if (self->making != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->making);
  self->making = 0;
}

static void
take_more (RungsLeadTimeline *self,
           RungsHappened     *more)
{
  g_ptr_array_extend_and_steal (self->shown->rows, g_steal_pointer (&more->rows));
  self->shown->whole = more->whole;
  make_rows (self);
}

/* Of what was shown before as many rows are there at once as were before: nothing moves. */
static void
take_anew (RungsLeadTimeline *self,
           RungsHappened     *happened)
{
  gboolean same = self->shown != NULL && self->shown->lead == happened->lead
                  && self->shown->groups == happened->groups;
  guint at_once = MAX (same ? self->n_made : 0, AT_ONCE);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  stop_making (self);
  g_clear_pointer (&self->shown, rungs_happened_free);
  self->shown = happened;
  self->n_made = MIN (at_once, happened->rows->len);
  for (guint i = 0; i < self->n_made; i++)
    g_ptr_array_add (rows, g_ptr_array_index (happened->rows, i));
  rungs_lead_timeline_show_rows (self->rows, rows);
  make_rows (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (RungsLeadTimeline) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsHappened) happened
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->rows == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_BUSY))
    return;
  show_fault (self, error);
  if (happened == NULL || happened->lead != self->lead)
    return;
  if (self->going_on)
    take_more (self, happened);
  else
    take_anew (self, g_steal_pointer (&happened));
  self->going_on = FALSE;
  show_state (self);
}

static void
read_rows (RungsLeadTimeline *self,
           guint              limit,
           const RungsEvent  *after)
{
  RungsHappenedQuery query = { .lead = self->lead, .groups = get_groups (self), .limit = limit };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->going_on = after != NULL;
  if (self->store == NULL || self->lead == 0)
    return;
  if (after != NULL)
    {
      query.after_at = after->at;
      query.after_id = after->id;
    }
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (self->store, rungs_happened_read, g_memdup2 (&query, sizeof query),
                          g_free, (GDestroyNotify) rungs_happened_free, self->cancellable, read_cb,
                          g_object_ref (self));
}

void
rungs_lead_timeline_refresh (RungsLeadTimeline *self)
{
  g_return_if_fail (RUNGS_IS_LEAD_TIMELINE (self));

  read_rows (self, MAX (get_n_read (self), FIRST_PAGE), NULL);
}

void
rungs_lead_timeline_go_on (RungsLeadTimeline *self)
{
  const RungsTimelineRow *last;

  g_return_if_fail (RUNGS_IS_LEAD_TIMELINE (self));

  if (self->shown == NULL || self->shown->whole || self->going_on
      || self->shown->lead != self->lead)
    return;
  last = g_ptr_array_index (self->shown->rows, self->shown->rows->len - 1);
  read_rows (self, PAGE, last->event);
}

/* ---- the widget */

static void
more_clicked_cb (RungsLeadTimeline *self)
{
  rungs_lead_timeline_go_on (self);
}

/* From the newest on. */
static void
chip_toggled_cb (RungsLeadTimeline *self)
{
  guint groups = get_groups (self);

  g_settings_set_uint (self->settings, KEY_GROUPS, groups == RUNGS_EVENTS_ALL ? 0 : groups);
  read_rows (self, FIRST_PAGE, NULL);
}

/* What is written down by hand. */
static void
add_buttons (RungsLeadTimeline *self)
{
  static const char *const buttons[][2] = {
    { N_ ("Add Note…"), "lead.note" },
    { N_ ("Log Call…"), "lead.call" },
    { N_ ("Log Meeting…"), "lead.meeting" },
  };
  GtkWidget *box = rungs_wrap_box_new (6);

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (buttons[i][0]));

      gtk_widget_add_css_class (button, "small-button");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i][1]);
      if (i == 0)
        self->add_note = button;
      rungs_wrap_box_append (RUNGS_WRAP_BOX (box), button);
    }
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

static void
add_chips (RungsLeadTimeline *self)
{
  GtkWidget *box = rungs_wrap_box_new (3);
  guint groups = g_settings_get_uint (self->settings, KEY_GROUPS);

  for (guint i = 0; i < G_N_ELEMENTS (LABELS); i++)
    {
      g_autofree char *hint = g_strdup_printf (_ ("Show only: %s"), _ (LABELS[i]));

      self->chips[i] = gtk_toggle_button_new_with_label (_ (LABELS[i]));
      gtk_widget_add_css_class (self->chips[i], "filter-chip");
      gtk_widget_set_tooltip_text (self->chips[i], hint);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->chips[i]), (groups & 1u << i) != 0);
      g_signal_connect_swapped (self->chips[i], "toggled", G_CALLBACK (chip_toggled_cb), self);
      rungs_wrap_box_append (RUNGS_WRAP_BOX (box), self->chips[i]);
    }
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

static GtkWidget *
add_label (RungsLeadTimeline *self,
           const char        *text,
           const char        *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
rungs_lead_timeline_dispose (GObject *object)
{
  RungsLeadTimeline *self = RUNGS_LEAD_TIMELINE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  stop_making (self);
  self->rows = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->shown, rungs_happened_free);
  G_OBJECT_CLASS (rungs_lead_timeline_parent_class)->dispose (object);
}

static gboolean
rungs_lead_timeline_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RUNGS_LEAD_TIMELINE (widget)->add_note);
}

static void
rungs_lead_timeline_class_init (RungsLeadTimelineClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = rungs_lead_timeline_grab_focus;
  G_OBJECT_CLASS (klass)->dispose = rungs_lead_timeline_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
rungs_lead_timeline_init (RungsLeadTimeline *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
  self->settings = g_settings_new (RUNGS_APP_ID);
  add_buttons (self);
  add_chips (self);
  self->fault = add_label (self, "", "error");
  self->none = add_label (self, _ ("Nothing of this kind has happened yet"), "dim-label");
  self->rows = g_object_new (RUNGS_TYPE_ROWS, "spacing", 6, NULL);
  gtk_widget_set_parent (self->rows, GTK_WIDGET (self));
  self->more = gtk_button_new_with_mnemonic (_ ("Show _More"));
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_clicked_cb), self);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
}

void
rungs_lead_timeline_set_store (RungsLeadTimeline *self,
                               RungsStore        *store)
{
  g_return_if_fail (RUNGS_IS_LEAD_TIMELINE (self));

  g_set_object (&self->store, store);
}

void
rungs_lead_timeline_set_lead (RungsLeadTimeline *self,
                              gint64             lead)
{
  g_return_if_fail (RUNGS_IS_LEAD_TIMELINE (self));

  self->lead = lead;
}

guint
rungs_lead_timeline_get_n_rows (RungsLeadTimeline *self)
{
  g_return_val_if_fail (RUNGS_IS_LEAD_TIMELINE (self), 0);

  return self->shown != NULL && self->shown->lead == self->lead ? self->n_made : 0;
}
