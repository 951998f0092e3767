/* rungs-retention-group.c: for how long each kind of event is kept.
 *
 * A row a kind, with the spans that can be chosen. What is chosen is counted first; where something
 * would go at once it is asked, with the figure, for it cannot be undone. */

#include "rungs-retention-group.h"

#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "engine/rungs-retention-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

/* In months; 0: for ever. */
static const gint64 SPANS[] = { 0, 1, 3, 6, 12, 18, 24, 36, 60, 120 };

struct _RungsRetentionGroup
{
  RungsSettingsGroup parent_instance;

  AdwExpanderRow *kinds_row;

  GPtrArray *rows;     /* (owned): AdwComboRow, not owned; each knows its "kind" and "months" */
  gboolean is_showing; /* what is selected is not a choice of the user's */
};

G_DEFINE_FINAL_TYPE (RungsRetentionGroup, rungs_retention_group, RUNGS_TYPE_SETTINGS_GROUP)

static RungsPage *
page_of (RungsRetentionGroup *self)
{
  return rungs_settings_group_get_page (RUNGS_SETTINGS_GROUP (self));
}

/* Something that was chosen. */
typedef struct
{
  RungsRetentionGroup *group; /* (owned) */
  const char *kind;
  const char *label;
  gint64 months;
  gint64 goes;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->group);
  g_free (choice);
}

static char *
describe_span (gint64 months)
{
  if (months == 0)
    return g_strdup (_ ("for ever"));
  if (months % 12 == 0)
    return g_strdup_printf (ngettext ("%u year", "%u years", (guint) (months / 12)),
                            (guint) (months / 12));
  return g_strdup_printf (ngettext ("%u month", "%u months", (guint) months), (guint) months);
}

static RungsRetention *
copy_retention (const RungsRetention *retention)
{
  return g_memdup2 (retention, sizeof *retention);
}

/* ---- what was chosen */

/* On the store's writing thread. */
static gpointer
store_choice (RungsDb      *db,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  const RungsRetention *retention = data;

  return GINT_TO_POINTER (rungs_retention_set (db, retention->kind, retention->months, error));
}

static void
write_choice (const Choice *choice)
{
  RungsRetention wanted = { .kind = choice->kind, .months = choice->months };
  RungsPageWork work = { .func = store_choice,
                         .data = copy_retention (&wanted),
                         .data_free = g_free,
                         .done = _ ("The time is saved"),
                         .failed = _ ("The Time Could Not Be Saved") };

  if (page_of (choice->group) != NULL)
    rungs_page_do (page_of (choice->group), &work, NULL);
  else
    g_free (work.data);
}

static void
answered_cb (gboolean agreed,
             gpointer data)
{
  Choice *choice = data;

  if (agreed)
    write_choice (choice);
  else if (page_of (choice->group) != NULL)
    rungs_settings_group_refresh (RUNGS_SETTINGS_GROUP (choice->group),
                                  page_of (choice->group));
  choice_free (choice);
}

/* On a reading thread of the store. */
static gpointer
count (RungsDb      *db,
       gpointer      data,
       GCancellable *cancellable,
       GError      **error)
{
  RungsRetention *retention = data;
  g_autofree RungsRetention *counted = copy_retention (retention);

  if (!rungs_retention_preview (db, retention->kind, retention->months, rungs_display_now (),
                                &counted->goes, error))
    return NULL;
  return g_steal_pointer (&counted);
}

static void
ask (Choice *choice)
{
  g_autofree char *number = rungs_display_number (choice->goes);
  g_autofree char *span = describe_span (choice->months);
  /* Translators: the kind of event, as in "Clicks in messages", and "6 months". */
  g_autofree char *heading = g_strdup_printf (_ ("Keep “%s” for %s Only?"), choice->label, span);
  g_autofree char *body = g_strdup_printf (
      ngettext ("%s event is older, and is removed now, for ever. Figures and rules about it answer"
                " as if it had not happened.",
                "%s events are older, and are removed now, for ever. Figures and rules about them"
                " answer as if they had not happened.",
                (gulong) choice->goes),
      number);

  rungs_question_ask (GTK_WIDGET (choice->group), heading, body, _ ("_Remove What Is Older"),
                      RUNGS_QUESTION_DESTRUCTIVE, answered_cb, choice);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Choice *choice = data;
  g_autoptr (GError) error = NULL;
  g_autofree RungsRetention *counted
      = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (page_of (choice->group) == NULL)
    {
      choice_free (choice);
      return;
    }
  if (counted == NULL)
    {
      rungs_error_tell (GTK_WIDGET (choice->group), _ ("The Time Could Not Be Saved"), error);
      rungs_settings_group_refresh (RUNGS_SETTINGS_GROUP (choice->group),
                                    page_of (choice->group));
      choice_free (choice);
      return;
    }
  choice->goes = counted->goes;
  if (choice->goes > 0)
    {
      ask (choice);
      return;
    }
  write_choice (choice);
  choice_free (choice);
}

static void
selected_cb (AdwComboRow         *row,
             GParamSpec          *pspec,
             RungsRetentionGroup *self)
{
  guint selected = adw_combo_row_get_selected (row);
  gint64 *spans = g_object_get_data (G_OBJECT (row), "spans");
  RungsRetention *shown = g_object_get_data (G_OBJECT (row), "retention");
  RungsRetention wanted;
  Choice *choice;

  if (self->is_showing || page_of (self) == NULL || selected == GTK_INVALID_LIST_POSITION
      || spans[selected] == shown->months)
    return;
  wanted = *shown;
  wanted.months = spans[selected];
  choice = g_new0 (Choice, 1);
  choice->group = g_object_ref (self);
  choice->kind = shown->kind;
  choice->label = shown->label;
  choice->months = wanted.months;
  rungs_store_read_async (rungs_page_get_store (page_of (self)), count, copy_retention (&wanted),
                          g_free, g_free, NULL, counted_cb, choice);
}

/* ---- showing */

/* The spans, and the one that is set where it is another: by the command line. */
static void
offer_spans (AdwComboRow *row,
             gint64       months)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  gint64 *spans = g_new0 (gint64, G_N_ELEMENTS (SPANS) + 1);
  guint n = 0, selected = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (SPANS); i++)
    spans[n++] = SPANS[i];
  for (selected = 0; selected < n && spans[selected] != months; selected++)
    continue;
  if (selected == n)
    spans[n++] = months;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *span = describe_span (spans[i]);

      gtk_string_list_append (words, span);
    }
  g_object_set_data_full (G_OBJECT (row), "spans", spans, g_free);
  adw_combo_row_set_model (row, G_LIST_MODEL (words));
  adw_combo_row_set_selected (row, selected);
}

static GtkWidget *
new_row (RungsRetentionGroup *self)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  return row;
}

static void
show_kind (GtkWidget            *row,
           const RungsRetention *retention)
{
  const RungsRetention *shown = g_object_get_data (G_OBJECT (row), "retention");

  if (shown == NULL || shown->months != retention->months
      || g_object_get_data (G_OBJECT (row), "spans") == NULL)
    offer_spans (ADW_COMBO_ROW (row), retention->months);
  g_object_set_data_full (G_OBJECT (row), "retention", copy_retention (retention), g_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), retention->label);
  for (guint i = 0; i <= G_N_ELEMENTS (SPANS); i++)
    if (((gint64 *) g_object_get_data (G_OBJECT (row), "spans"))[i] == retention->months)
      {
        adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
        break;
      }
}

static void
show_summary (RungsRetentionGroup *self,
              const GPtrArray     *list)
{
  guint limited = 0;
  g_autofree char *title = NULL;

  for (guint i = 0; i < list->len; i++)
    limited += ((RungsRetention *) g_ptr_array_index (list, i))->months > 0;
  title = limited == 0
              ? g_strdup (_ ("Everything Is Kept"))
              : g_strdup_printf (ngettext ("%u Kind of Event Is Kept for a Time",
                                           "%u Kinds of Events Are Kept for a Time", limited),
                                 limited);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kinds_row), title);
}

static void
show (RungsSettingsGroup *group,
      gpointer            data)
{
  RungsRetentionGroup *self = RUNGS_RETENTION_GROUP (group);
  const GPtrArray *list = data;

  self->is_showing = TRUE;
  for (guint i = 0; i < list->len; i++)
    {
      if (i == self->rows->len)
        {
          GtkWidget *row = new_row (self);

          adw_expander_row_add_row (self->kinds_row, row);
          g_ptr_array_add (self->rows, row);
        }
      show_kind (g_ptr_array_index (self->rows, i), g_ptr_array_index (list, i));
    }
  self->is_showing = FALSE;
  show_summary (self, list);
}

/* On a reading thread of the store. */
static gpointer
load (RungsDb      *db,
      gpointer      data,
      GCancellable *cancellable,
      GError      **error)
{
  return rungs_retention_list (db, rungs_display_now (), error);
}

static void
rungs_retention_group_finalize (GObject *object)
{
  g_ptr_array_unref (RUNGS_RETENTION_GROUP (object)->rows);

  G_OBJECT_CLASS (rungs_retention_group_parent_class)->finalize (object);
}

static void
rungs_retention_group_class_init (RungsRetentionGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsSettingsGroupClass *group_class = RUNGS_SETTINGS_GROUP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_retention_group_finalize;
  group_class->load = load;
  group_class->found_free = (GDestroyNotify) g_ptr_array_unref;
  group_class->show = show;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/settings/rungs-retention-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsRetentionGroup, kinds_row);
}

static void
rungs_retention_group_init (RungsRetentionGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
