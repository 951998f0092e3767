/* rungs-broadcast-dialog.c: makes or changes the draft of a broadcast. */

#include "rungs-broadcast-dialog.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-message-store.h"
#include "rungs-broadcast-load.h"
#include "widgets/rungs-condition-row.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-value-row.h"

/* What can be chosen. */
typedef struct
{
  GPtrArray *messages; /* (owned) (element-type RungsMessageRow) */
  GPtrArray *products; /* (owned) (element-type RungsProduct) */
  char *zone;          /* (owned) of the business */
} Choices;

static void
choices_free (Choices *self)
{
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_free (self->zone);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choices, choices_free)

typedef struct
{
  RungsPage *page;           /* (owned) */
  RungsBroadcast *broadcast; /* (owned): as it was */
  Choices *choices;          /* (owned) (nullable) */

  RungsForm *form;
  AdwEntryRow *name;
  AdwComboRow *message;
  AdwComboRow *product;
  RungsConditionRow *audience;
  RungsValueRow *start;
  RungsValueRow *morning;
  RungsValueRow *spread;
  AdwEntryRow *subjects[RUNGS_BROADCAST_SUBJECTS];
  RungsValueRow *test;
  RungsValueRow *hours;
  AdwComboRow *goal;
  RungsValueRow *held;
} Dialog;

static void
dialog_free (gpointer  data,
             GObject  *form)
{
  Dialog *self = data;

  g_object_unref (self->page);
  rungs_broadcast_free (self->broadcast);
  g_clear_pointer (&self->choices, choices_free);
  g_free (self);
}

static gpointer
load_choices (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (Choices) choices = g_new0 (Choices, 1);
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  choices->messages = business ? rungs_message_list (db, error) : NULL;
  choices->products = choices->messages ? rungs_product_list (db, error) : NULL;
  if (choices->products == NULL)
    return NULL;
  choices->zone = g_strdup (business->zone);
  return g_steal_pointer (&choices);
}

/* ---- reading the form */

/* Marks the row where `good` is not. */
static gboolean
judge (AdwEntryRow *row,
       gboolean     good,
       const char  *fault)
{
  rungs_error_mark_row (row, good ? NULL : fault);
  return good;
}

static gboolean
judge_value (RungsValueRow *row,
             gboolean       good,
             const char    *fault)
{
  rungs_value_row_mark (row, good ? NULL : fault);
  return good;
}

static gboolean
read_share (RungsValueRow *row,
            int           *share)
{
  g_autofree char *text = rungs_value_row_dup_text (row);
  gint64 points = 0;
  gboolean good = *text == '\0' || rungs_rate_parse (text, &points, NULL);

  *share = (int) points;
  return judge_value (row, good, _ ("Write a share between 0 and 100 %, or nothing"));
}

static gboolean
read_hours (RungsValueRow *row,
            int            fallback,
            int           *minutes)
{
  g_autofree char *text = rungs_value_row_dup_text (row);
  gint64 hours = 0;
  gboolean good = *text == '\0' || g_ascii_string_to_signed (text, 10, 1, 168, &hours, NULL);

  *minutes = *text != '\0' ? (int) hours * 60 : fallback;
  return judge_value (row, good, _ ("Write hours, 1 to 168, or nothing"));
}

static gboolean
read_morning (RungsValueRow *row,
              int           *morning)
{
  g_autofree char *text = rungs_value_row_dup_text (row);
  int hour = 0, minute = 0, length = 0;
  gboolean good = *text == '\0'
                  || (sscanf (text, "%2d:%2d%n", &hour, &minute, &length) == 2
                      && text[length] == '\0' && hour >= 0 && hour < 24 && minute >= 0
                      && minute < 60);

  *morning = *text != '\0' ? hour * 60 + minute : -1;
  return judge_value (row, good, _ ("Write a time of day such as 9:00, or nothing"));
}

static gboolean
read_start (Dialog *self,
            gint64 *start)
{
  g_autofree char *text = rungs_value_row_dup_text (self->start);
  g_autoptr (GTimeZone) zone = rungs_time_zone (self->choices->zone);
  gboolean good = TRUE;

  *start = 0;
  if (*text != '\0')
    good = rungs_time_parse (text, zone, start, NULL);
  return judge_value (self->start, good,
                      _ ("Write a day and a time such as 2026-11-24 9:00"));
}

static gboolean
read_test (Dialog         *self,
           RungsBroadcast *broadcast)
{
  gboolean good;

  g_ptr_array_set_size (broadcast->subjects, 0);
  for (guint i = 0; i < RUNGS_BROADCAST_SUBJECTS; i++)
    {
      g_autofree char *subject = rungs_form_dup_entry (self->subjects[i]);

      if (*subject != '\0')
        g_ptr_array_add (broadcast->subjects, g_steal_pointer (&subject));
    }
  good = read_share (self->test, &broadcast->test_share);
  good = read_hours (self->hours, 240, &broadcast->test_minutes) && good;
  broadcast->goal = adw_combo_row_get_selected (self->goal);
  return judge (self->subjects[1], broadcast->subjects->len != 1,
                _ ("Give it at least two subjects to try, or none"))
         && good
         && judge_value (self->test,
                         !rungs_broadcast_tests (broadcast) || broadcast->test_share > 0,
                         _ ("Say on which share they are tried"));
}

static gboolean
read_when (Dialog         *self,
           RungsBroadcast *broadcast)
{
  gboolean good = read_start (self, &broadcast->start_at);

  good = read_morning (self->morning, &broadcast->morning) && good;
  return read_hours (self->spread, 0, &broadcast->spread_minutes) && good;
}

static void
read_choices (Dialog         *self,
              RungsBroadcast *broadcast)
{
  const RungsMessageRow *row = g_ptr_array_index (self->choices->messages,
                                                  adw_combo_row_get_selected (self->message));
  guint product = adw_combo_row_get_selected (self->product);
  const char *rule = rungs_condition_row_get_rule (self->audience);

  broadcast->message = row->message->id;
  broadcast->sells = 0;
  if (product > 0)
    broadcast->sells
        = ((RungsProduct *) g_ptr_array_index (self->choices->products, product - 1))->id;
  rungs_broadcast_set (&broadcast->rule, rule != NULL ? rule : "{\"all\":[]}");
}

/* Returns: (nullable): NULL where something is wrong, which is marked. */
static RungsBroadcast *
read_form (Dialog *self)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_copy (self->broadcast);
  g_autofree char *name = rungs_form_dup_entry (self->name);
  gboolean good = judge (self->name, *name != '\0', _ ("Give it a name"));

  rungs_broadcast_set (&broadcast->name, name);
  read_choices (self, broadcast);
  good = read_when (self, broadcast) && good;
  good = read_test (self, broadcast) && good;
  good = read_share (self->held, &broadcast->held_share) && good;
  good = judge_value (self->held, broadcast->held_share <= 5000, _ ("At most half can be held out"))
         && good;
  return good ? g_steal_pointer (&broadcast) : NULL;
}

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  RungsBroadcast *broadcast = read_form (self);

  if (broadcast != NULL)
    rungs_form_save (form, rungs_page_get_store (self->page), rungs_broadcast_do_save, broadcast,
                     (GDestroyNotify) rungs_broadcast_free,
                     _ ("The Broadcast Could Not Be Saved"), self->name);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Dialog    *self)
{
  g_autofree char *target = g_strdup_printf ("broadcast:%" G_GINT64_FORMAT, id);
  gboolean added = self->broadcast->id == 0;
  const RungsPageWork undo
      = { .func = added ? rungs_broadcast_do_remove : rungs_broadcast_do_save,
          .data = added ? (gpointer) g_memdup2 (&id, sizeof id)
                        : rungs_broadcast_copy (self->broadcast),
          .data_free = added ? g_free : (GDestroyNotify) rungs_broadcast_free,
          .result_free = g_free,
          .failed = _ ("The Broadcast Could Not Be Put Back") };

  rungs_page_offer_undo (self->page,
                         added ? _ ("Draft of a broadcast added") : _ ("Broadcast changed"), &undo);
  rungs_page_show_target (self->page, target);
}

/* ---- making the form */

static void
add_message (Dialog *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  guint selected = 0;

  for (guint i = 0; i < self->choices->messages->len; i++)
    {
      const RungsMessageRow *row = g_ptr_array_index (self->choices->messages, i);

      g_ptr_array_add (labels, row->message->name);
      if (row->message->id == self->broadcast->message)
        selected = i;
    }
  g_ptr_array_add (labels, NULL);
  self->message = rungs_form_add_choice (self->form, _ ("Message"),
                                         (const char *const *) labels->pdata);
  adw_combo_row_set_selected (self->message, selected);
}

static void
add_product (Dialog *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  guint selected = 0;

  g_ptr_array_add (labels, (gpointer) _ ("Nothing"));
  for (guint i = 0; i < self->choices->products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (self->choices->products, i);

      g_ptr_array_add (labels, product->name);
      if (product->id == self->broadcast->sells)
        selected = i + 1;
    }
  g_ptr_array_add (labels, NULL);
  self->product = rungs_form_add_choice (self->form, _ ("Sells"),
                                         (const char *const *) labels->pdata);
  adw_combo_row_set_selected (self->product, selected);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->product), _ ("Owners are left out"));
}

static gboolean
asks_something (const char *rule)
{
  return g_strcmp0 (rule, "{\"all\":[]}") != 0;
}

static void
add_audience (Dialog *self)
{
  g_autoptr (RungsRuleFields) fields
      = rungs_rule_fields_new (rungs_page_get_store (self->page));

  self->audience = g_object_new (RUNGS_TYPE_CONDITION_ROW, "title",
                                 _ ("Only leads for whom this holds"), NULL);
  rungs_condition_row_set_fields (self->audience, fields);
  rungs_condition_row_set_rule (self->audience, asks_something (self->broadcast->rule)
                                                    ? self->broadcast->rule
                                                    : NULL);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->audience));
}

/* Takes `text` (nullable). */
static RungsValueRow *
add_value (Dialog        *self,
           RungsValueRow *row,
           char          *text)
{
  g_autofree char *shown = text;

  rungs_value_row_set_text (row, shown);
  g_signal_connect_object (row, "agreed", G_CALLBACK (rungs_form_agree), self->form,
                           G_CONNECT_SWAPPED);
  rungs_form_add_widget (self->form, GTK_WIDGET (row));
  return row;
}

static char *
hours_text (int minutes)
{
  return minutes > 0 ? g_strdup_printf ("%d", (minutes + 59) / 60) : NULL;
}

static char *
share_text (int share)
{
  return share > 0 ? rungs_rate_format (share) : NULL;
}

static void
add_when (Dialog *self)
{
  const RungsBroadcast *broadcast = self->broadcast;
  g_autoptr (GTimeZone) zone = rungs_time_zone (self->choices->zone);

  rungs_form_add_group (self->form, _ ("When It Leaves"));
  self->start = rungs_value_row_new (_ ("Not before"), _ ("Empty: as soon as it is sent"),
                                     "2026-11-24 9:00", NULL);
  rungs_value_row_add_calendar (self->start, " 9:00");
  add_value (self, self->start,
             broadcast->start_at != 0 ? rungs_time_format_minute (broadcast->start_at, zone)
                                      : NULL);
  self->morning = add_value (
      self,
      rungs_value_row_new (_ ("In each lead's own day at"), _ ("Empty: to all at once"), "9:00",
                           NULL),
      broadcast->morning >= 0
          ? g_strdup_printf ("%d:%02d", broadcast->morning / 60, broadcast->morning % 60)
          : NULL);
  self->spread = add_value (self,
                            rungs_value_row_new (_ ("Spread over"), NULL, NULL, _ ("hours")),
                            hours_text (broadcast->spread_minutes));
}

static void
add_test (Dialog *self)
{
  const char *const goals[] = { _ ("Clicks of people"), _ ("Orders of what it sells"), NULL };
  const RungsBroadcast *broadcast = self->broadcast;

  rungs_form_add_group (self->form, _ ("Subjects to Try Against Each Other"));
  for (guint i = 0; i < RUNGS_BROADCAST_SUBJECTS; i++)
    {
      g_autofree char *title = g_strdup_printf (_ ("Subject %u"), i + 1);

      self->subjects[i] = rungs_form_add_entry (
          self->form, title,
          i < broadcast->subjects->len ? g_ptr_array_index (broadcast->subjects, i) : NULL);
    }
  self->test = add_value (self,
                          rungs_value_row_new (_ ("Tried on"), _ ("The rest gets the best of them"),
                                               "10 %", NULL),
                          share_text (broadcast->test_share));
  self->hours = add_value (self,
                           rungs_value_row_new (_ ("Compared after"), NULL, "4", _ ("hours")),
                           hours_text (broadcast->test_minutes));
  rungs_form_add_group (self->form, _ ("What It Is Measured By"));
  self->goal = rungs_form_add_choice (self->form, _ ("It is for"), goals);
  adw_combo_row_set_selected (self->goal, broadcast->goal);
  self->held = add_value (self,
                          rungs_value_row_new (_ ("Held out"),
                                               _ ("These get nothing, to measure against"), "5 %",
                                               NULL),
                          share_text (broadcast->held_share));
}

static void
fill_form (Dialog *self)
{
  self->name = rungs_form_add_entry (self->form, _ ("Name"), self->broadcast->name);
  add_message (self);
  add_product (self);
  add_audience (self);
  add_when (self);
  add_test (self);
  rungs_form_set_ready (self->form, self->choices->messages->len > 0);
  if (self->choices->messages->len == 0)
    rungs_form_set_text (self->form, _ ("There is no message yet: write one first."));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Dialog *self = data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));
  gboolean added = self->broadcast->id == 0;

  self->choices = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  if (self->choices == NULL || root == NULL)
    {
      if (error != NULL)
        rungs_page_notify_error (self->page, error);
      dialog_free (self, NULL);
      return;
    }
  self->form = rungs_form_new (GTK_WINDOW (root),
                               added ? _ ("New Broadcast") : _ ("Edit Broadcast"),
                               added ? _ ("_Add") : _ ("_Save"));
  fill_form (self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (self->form, "saved", G_CALLBACK (saved_cb), self);
  g_object_weak_ref (G_OBJECT (self->form), dialog_free, self);
  gtk_window_present (GTK_WINDOW (self->form));
}

void
rungs_broadcast_dialog_open (RungsPage            *page,
                             const RungsBroadcast *broadcast)
{
  Dialog *self;

  g_return_if_fail (RUNGS_IS_PAGE (page));
  g_return_if_fail (broadcast != NULL);

  self = g_new0 (Dialog, 1);
  self->page = g_object_ref (page);
  self->broadcast = rungs_broadcast_copy (broadcast);
  rungs_store_read_async (rungs_page_get_store (page), load_choices, NULL, NULL,
                          (GDestroyNotify) choices_free, NULL, loaded_cb, self);
}
