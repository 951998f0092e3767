/* rungs-rehearsal-view.c: what came of a rehearsal: how much leaves on which day, who gets several
 * messages a day, who falls out, and the way of each lead. */

#include "rungs-rehearsal-view.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "leads/rungs-timeline-words.h"
#include "rungs-rehearsal-load.h"
#include "rungs-rehearsal-table.h"
#include "rungs-rehearsal-words.h"
#include "widgets/rungs-chart.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-figure.h"

struct _RungsRehearsalView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *note;
  RungsFigure *mails;
  RungsFigure *leads;
  RungsFigure *most;
  RungsFigure *fallen;
  GtkStack *stack;
  RungsChart *chart;
  RungsRehearsalTable *days;
  RungsRehearsalTable *of_day;
  RungsRehearsalTable *crowds;
  RungsRehearsalTable *falls;
  GtkEditable *search;
  RungsRehearsalTable *walks;
  RungsRehearsalTable *way;

  RungsStore *store;         /* (owned) (nullable) */
  RungsRehearsal *rehearsal; /* (owned) (nullable) */
  GCancellable *loading;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsRehearsalView, rungs_rehearsal_view, GTK_TYPE_WIDGET)

static const RungsRehearsalColumn DAYS[] = {
  { N_ ("Day"), FALSE, TRUE },
  { N_ ("Messages"), TRUE, FALSE },
  { N_ ("Others"), TRUE, FALSE },
  { N_ ("Late"), TRUE, FALSE },
};

static const RungsRehearsalColumn OF_DAY[] = {
  { N_ ("Leaves"), FALSE, FALSE },
  { N_ ("Lead"), FALSE, TRUE },
  { N_ ("Message"), FALSE, TRUE },
};

static const RungsRehearsalColumn CROWDS[] = {
  { N_ ("Day"), FALSE, FALSE },
  { N_ ("Lead"), FALSE, TRUE },
  { N_ ("Messages"), TRUE, FALSE },
};

static const RungsRehearsalColumn FALLS[] = {
  { N_ ("When"), FALSE, FALSE },
  { N_ ("Lead"), FALSE, TRUE },
  { N_ ("Why"), FALSE, TRUE },
};

static const RungsRehearsalColumn WALKS[] = {
  { N_ ("Lead"), FALSE, TRUE },
  { N_ ("Messages"), TRUE, FALSE },
  { N_ ("At the end"), FALSE, FALSE },
};

static const RungsRehearsalColumn WAY[] = {
  { N_ ("When"), FALSE, FALSE },
  { N_ ("What Happens"), FALSE, TRUE },
};

/* Texts of a row; takes them. */
static GStrv
texts_of (char *first,
          char *second,
          char *third,
          char *fourth)
{
  char *texts[] = { first, second, third, fourth, NULL };

  return g_memdup2 (texts, sizeof texts);
}

/* ---- figures and chart */

static guint
count_of (const RungsRehearsalDay *day)
{
  return day->mails + day->others;
}

static const RungsRehearsalDay *
fullest_day (GArray *days)
{
  const RungsRehearsalDay *most = NULL;

  for (guint i = 0; i < days->len; i++)
    {
      const RungsRehearsalDay *day = &g_array_index (days, RungsRehearsalDay, i);

      if (most == NULL || count_of (day) > count_of (most))
        most = day;
    }
  return most;
}

static void
set_figure (RungsFigure *figure,
            gint64       value,
            const char  *remark)
{
  g_autofree char *words = rungs_display_number (value);

  rungs_figure_set (figure, words, remark);
}

static char *
limit_words (RungsRehearsal *rehearsal)
{
  GArray *limits = rungs_rehearsal_get_limits (rehearsal);
  gint64 first = g_array_index (limits, gint64, 0);
  gint64 last = g_array_index (limits, gint64, limits->len - 1);
  g_autofree char *number = rungs_display_number (first);
  g_autofree char *later = rungs_display_number (last);

  if (first == 0)
    return g_strdup (_ ("the mail account has no limit a day"));
  if (first == last)
    return g_strdup_printf (_ ("the mail account sends at most %s a day"), number);
  return g_strdup_printf (_ ("at most %s may leave on the first day, %s on the last"), number,
                          later);
}

static char *
entered_words (RungsRehearsal *rehearsal)
{
  gint64 entered = rungs_rehearsal_get_answers (rehearsal)[RUNGS_ENROL_OK];
  g_autofree char *number = rungs_display_number (entered);

  if (entered == 0)
    return g_strdup (_ ("nobody was put in on the first day"));
  return g_strdup_printf (_ ("%s of them were put in on the first day"), number);
}

static void
show_figures (RungsRehearsalView *self)
{
  GArray *days = rungs_rehearsal_get_days (self->rehearsal);
  const RungsRehearsalDay *most = fullest_day (days);
  g_autofree char *first
      = rungs_display_day (rungs_rehearsal_get_from (self->rehearsal));
  g_autofree char *last = rungs_display_day (rungs_rehearsal_get_until (self->rehearsal));
  g_autofree char *span = g_strdup_printf (_ ("%s to %s"), first, last);
  g_autofree char *limit = limit_words (self->rehearsal);
  g_autofree char *entered = entered_words (self->rehearsal);

  set_figure (self->mails, rungs_rehearsal_get_mails (self->rehearsal)->len, span);
  set_figure (self->leads, rungs_rehearsal_get_walks (self->rehearsal)->len, entered);
  set_figure (self->most, most != NULL ? count_of (most) : 0, limit);
  set_figure (self->fallen, rungs_rehearsal_get_falls (self->rehearsal)->len,
              _ ("with the reason for each"));
}

static void
show_note (RungsRehearsalView *self)
{
  const RungsAccount *account = rungs_rehearsal_get_account (self->rehearsal);
  g_autofree char *words = NULL;

  if (account->paused_at != 0)
    words = g_strdup_printf (_ ("The mail account “%s” is paused. It is rehearsed as if it sent."),
                             account->name);
  gtk_label_set_label (self->note, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), words != NULL);
}

static char *
value_words (double   value,
             gpointer data)
{
  return rungs_display_number ((gint64) value);
}

/* Which day of the rehearsal that is, from 0 on. */
static guint
place_of (RungsRehearsal *rehearsal,
          gint64          begins_at)
{
  gint64 from = rungs_rehearsal_get_from (rehearsal);

  return begins_at <= from ? 0 : (guint) ((begins_at - from) / RUNGS_DAY) + 1;
}

/* A label for the first day and each seventh from it on, as many as there is room for. */
static GStrv
chart_labels (RungsRehearsal *rehearsal,
              guint           n)
{
  GStrv labels = g_new0 (char *, n + 1);
  guint every = n > 120 ? 56 : n > 40 ? 14 : n > 10 ? 7 : 1;

  for (guint i = 0; i < n; i++)
    {
      gint64 at = rungs_rehearsal_get_from (rehearsal) + i * RUNGS_DAY;
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);

      labels[i] = i % every == 0 ? g_date_time_format (time, "%-d %b") : g_strdup ("");
    }
  return labels;
}

static void
show_chart (RungsRehearsalView *self)
{
  GArray *days = rungs_rehearsal_get_days (self->rehearsal);
  guint n = place_of (self->rehearsal, rungs_rehearsal_get_until (self->rehearsal)) + 1;
  g_autofree double *values = g_new0 (double, n);
  g_autofree double *limits = g_new0 (double, n);
  g_auto (GStrv) labels = chart_labels (self->rehearsal, n);
  GArray *most = rungs_rehearsal_get_limits (self->rehearsal);

  for (guint i = 0; i < n; i++)
    limits[i] = g_array_index (most, gint64, MIN (i, most->len - 1));
  for (guint i = 0; i < days->len; i++)
    {
      const RungsRehearsalDay *day = &g_array_index (days, RungsRehearsalDay, i);

      values[MIN (place_of (self->rehearsal, day->begins_at), n - 1)] += count_of (day);
    }
  rungs_chart_set_steps (self->chart, _ ("Messages a day"), (const char *const *) labels);
  rungs_chart_set_words (self->chart, value_words, NULL, NULL);
  if (limits[0] != 0)
    rungs_chart_add_line (self->chart, _ ("Limit of the mail account"), limits, NULL, NULL);
  rungs_chart_add_line (self->chart, _ ("Messages that would leave"), values, NULL, NULL);
}

/* ---- tables */

static char *
count_words (guint n)
{
  return n > 0 ? rungs_display_number (n) : g_strdup ("");
}

static void
show_days (RungsRehearsalView *self)
{
  GArray *days = rungs_rehearsal_get_days (self->rehearsal);

  rungs_rehearsal_table_begin (self->days);
  for (guint i = 0; i < days->len; i++)
    {
      const RungsRehearsalDay *day = &g_array_index (days, RungsRehearsalDay, i);

      rungs_rehearsal_table_add (self->days, i + 1,
                                 texts_of (rungs_display_calendar_day (day->day),
                                           rungs_display_number (day->mails),
                                           count_words (day->others), count_words (day->late)));
    }
  rungs_rehearsal_table_end (self->days);
}

static gint64
end_of_day (GArray *days,
            guint   place)
{
  return place + 1 < days->len ? g_array_index (days, RungsRehearsalDay, place + 1).begins_at
                               : G_MAXINT64;
}

/* What leaves on that day. */
static void
day_selected_cb (RungsRehearsalView *self,
                 gint64              key)
{
  GArray *days = rungs_rehearsal_get_days (self->rehearsal);
  GArray *mails = rungs_rehearsal_get_mails (self->rehearsal);
  gint64 from = key > 0 ? g_array_index (days, RungsRehearsalDay, key - 1).begins_at : G_MAXINT64;
  gint64 to = key > 0 ? end_of_day (days, (guint) key - 1) : 0;

  rungs_rehearsal_table_begin (self->of_day);
  for (guint i = 0; i < mails->len; i++)
    {
      const RungsRehearsalMail *mail = &g_array_index (mails, RungsRehearsalMail, i);
      g_autoptr (GDateTime) time = NULL;

      if (mail->left_at < from || mail->left_at >= to)
        continue;
      time = g_date_time_new_from_unix_local (mail->left_at / 1000);
      rungs_rehearsal_table_add (self->of_day, mail->lead,
                                 texts_of (g_date_time_format (time, "%H:%M"),
                                           g_strdup (mail->lead_name), g_strdup (mail->message),
                                           NULL));
    }
  rungs_rehearsal_table_end (self->of_day);
}

static void
show_crowds (RungsRehearsalView *self)
{
  GArray *crowds = rungs_rehearsal_get_crowds (self->rehearsal);

  rungs_rehearsal_table_begin (self->crowds);
  for (guint i = 0; i < crowds->len; i++)
    {
      const RungsRehearsalCrowd *crowd = &g_array_index (crowds, RungsRehearsalCrowd, i);

      rungs_rehearsal_table_add (self->crowds, crowd->lead,
                                 texts_of (rungs_display_calendar_day (crowd->day),
                                           g_strdup (crowd->lead_name),
                                           rungs_display_number (crowd->mails), NULL));
    }
  rungs_rehearsal_table_end (self->crowds);
}

static void
show_falls (RungsRehearsalView *self)
{
  GArray *falls = rungs_rehearsal_get_falls (self->rehearsal);

  rungs_rehearsal_table_begin (self->falls);
  for (guint i = 0; i < falls->len; i++)
    {
      const RungsRehearsalFall *fall = &g_array_index (falls, RungsRehearsalFall, i);

      rungs_rehearsal_table_add (self->falls, fall->lead,
                                 texts_of (rungs_display_time (fall->at),
                                           g_strdup (fall->lead_name),
                                           rungs_rehearsal_fall_words (fall), NULL));
    }
  rungs_rehearsal_table_end (self->falls);
}

static void
show_walks (RungsRehearsalView *self)
{
  GArray *walks = rungs_rehearsal_get_walks (self->rehearsal);

  rungs_rehearsal_table_begin (self->walks);
  for (guint i = 0; i < walks->len; i++)
    {
      const RungsRehearsalWalk *walk = &g_array_index (walks, RungsRehearsalWalk, i);

      rungs_rehearsal_table_add (self->walks, walk->lead,
                                 texts_of (g_strdup (walk->lead_name),
                                           rungs_display_number (walk->mails),
                                           g_strdup (rungs_outcome_words (walk->outcome)), NULL));
    }
  rungs_rehearsal_table_end (self->walks);
}

/* ---- the way of one lead */

static void
show_way (RungsRehearsalView *self,
          GPtrArray          *way)
{
  rungs_rehearsal_table_begin (self->way);
  for (guint i = 0; i < way->len; i++)
    {
      const RungsRehearsalWay *stop = g_ptr_array_index (way, i);

      rungs_rehearsal_table_add (self->way, i + 1,
                                 texts_of (rungs_display_time (stop->at),
                                           rungs_rehearsal_way_words (stop), NULL, NULL));
    }
  rungs_rehearsal_table_end (self->way);
}

static void
way_loaded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (RungsRehearsalView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) way = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->rehearsal == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (way == NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Way Could Not Be Shown"), error);
  else
    show_way (self, way);
}

static void
walk_selected_cb (RungsRehearsalView *self,
                  gint64              lead)
{
  RungsRehearsalWayRequest *request;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  rungs_rehearsal_table_begin (self->way);
  rungs_rehearsal_table_end (self->way);
  if (lead == 0)
    return;
  self->loading = g_cancellable_new ();
  request = g_new0 (RungsRehearsalWayRequest, 1);
  request->rehearsal = rungs_rehearsal_ref (self->rehearsal);
  request->lead = lead;
  rungs_store_read_async (self->store, rungs_rehearsal_load_way, request,
                          (GDestroyNotify) rungs_rehearsal_way_request_free,
                          (GDestroyNotify) g_ptr_array_unref, self->loading, way_loaded_cb,
                          g_object_ref (self));
}

static void
search_cb (RungsRehearsalView *self)
{
  rungs_rehearsal_table_search (self->walks, gtk_editable_get_text (self->search));
}

void
rungs_rehearsal_view_show (RungsRehearsalView *self,
                           RungsStore         *store,
                           RungsRehearsal     *rehearsal)
{
  g_return_if_fail (RUNGS_IS_REHEARSAL_VIEW (self));
  g_return_if_fail (RUNGS_IS_STORE (store));
  g_return_if_fail (rehearsal != NULL);

  g_set_object (&self->store, store);
  g_clear_pointer (&self->rehearsal, rungs_rehearsal_unref);
  self->rehearsal = rungs_rehearsal_ref (rehearsal);
  show_note (self);
  show_figures (self);
  show_chart (self);
  show_days (self);
  show_crowds (self);
  show_falls (self);
  gtk_editable_set_text (self->search, "");
  show_walks (self);
  gtk_stack_set_visible_child_name (self->stack, "days");
}

/* ---- the class */

static void
rungs_rehearsal_view_dispose (GObject *object)
{
  RungsRehearsalView *self = RUNGS_REHEARSAL_VIEW (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->rehearsal, rungs_rehearsal_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (rungs_rehearsal_view_parent_class)->dispose (object);
}

static void
rungs_rehearsal_view_class_init (RungsRehearsalViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_rehearsal_view_dispose;

  g_type_ensure (RUNGS_TYPE_CHART);
  g_type_ensure (RUNGS_TYPE_FIGURE);
  g_type_ensure (RUNGS_TYPE_REHEARSAL_TABLE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/sequences/"
                                               "rungs-rehearsal-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, box);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, note);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, mails);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, leads);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, most);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, fallen);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, chart);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, days);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, of_day);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, crowds);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, falls);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, search);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, walks);
  gtk_widget_class_bind_template_child (widget_class, RungsRehearsalView, way);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, walk_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
}

static void
rungs_rehearsal_view_init (RungsRehearsalView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_rehearsal_table_set_up (self->days, _ ("Days"), DAYS, G_N_ELEMENTS (DAYS));
  rungs_rehearsal_table_set_up (self->of_day, _ ("Messages of the day"), OF_DAY,
                                G_N_ELEMENTS (OF_DAY));
  rungs_rehearsal_table_set_up (self->crowds, _ ("Leads who get several messages on a day"),
                                CROWDS, G_N_ELEMENTS (CROWDS));
  rungs_rehearsal_table_set_up (self->falls, _ ("Leads who fall out"), FALLS,
                                G_N_ELEMENTS (FALLS));
  rungs_rehearsal_table_set_up (self->walks, _ ("Leads"), WALKS, G_N_ELEMENTS (WALKS));
  rungs_rehearsal_table_set_up (self->way, _ ("The way of the lead"), WAY, G_N_ELEMENTS (WAY));
}
