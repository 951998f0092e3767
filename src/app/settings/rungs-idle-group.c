/* rungs-idle-group.c: leads of whom nothing was heard for long, and forgetting them.
 *
 * Who they are is shown before anything is done; forgetting goes on part by part, with a window
 * that says how far it is, and looks at each lead again: who came back meanwhile stays. */

#include "rungs-idle-group.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "compat/rungs-question.h"
#include "engine/rungs-idle-store.h"
#include "rungs-bulk.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

/* In months. */
static const gint64 SPANS[] = { 12, 18, 24, 36, 60, 120 };
#define SPAN_AT_FIRST 3

/* So many of them are shown. */
#define SHOWN 50

struct _RungsIdleGroup
{
  AdwBin parent_instance;

  AdwComboRow *span_row;
  AdwComboRow *way_row;
  AdwExpanderRow *leads_row;
  GtkWidget *forget_button;

  RungsPage *page;           /* (weak) (nullable): holds this */
  GArray *leads;             /* (owned) (nullable) (element-type gint64): who they are */
  GPtrArray *rows;           /* (owned): what stands in leads_row, not owned */
  GCancellable *cancellable; /* (owned) (nullable): of what is being read */
};

G_DEFINE_FINAL_TYPE (RungsIdleGroup, rungs_idle_group, ADW_TYPE_BIN)

/* ---- forgetting, part by part */

typedef struct
{
  GArray *leads; /* (owned) (nullable) (element-type gint64) */
  gint64 months;
  gboolean nameless;
  guint forgotten;
  guint kept;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_clear_pointer (&self->leads, g_array_unref);
  g_free (self);
}

/* One to whom a message is being sent just now stays for another time. */
static gboolean
forget_one (RungsDb     *db,
            const Work  *self,
            gint64       lead,
            Work        *found,
            GError     **error)
{
  g_autoptr (GError) refused = NULL;
  gboolean forgotten = FALSE;

  if (rungs_idle_forget (db, lead, self->months, self->nameless, rungs_display_now (), &forgotten,
                         &refused)
      || g_error_matches (refused, RUNGS_ERROR, RUNGS_ERROR_BUSY))
    {
      found->forgotten += forgotten;
      found->kept += !forgotten;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&refused));
  return FALSE;
}

static gpointer
forget_part (RungsDb   *db,
             gpointer   data,
             guint      first,
             guint      n,
             GError   **error)
{
  const Work *self = data;
  Work *found = g_new0 (Work, 1);

  for (guint i = first; i < first + n; i++)
    if (!forget_one (db, self, g_array_index (self->leads, gint64, i), found, error))
      {
        work_free (found);
        return NULL;
      }
  return found;
}

static void
keep (gpointer data,
      gpointer found)
{
  Work *self = data;
  Work *part = found;

  self->forgotten += part->forgotten;
  self->kept += part->kept;
  work_free (part);
}

static char *
words_of_forgetting (gpointer data)
{
  const Work *self = data;
  g_autofree char *number = rungs_display_number (self->forgotten);
  g_autofree char *kept = rungs_display_number (self->kept);
  g_autofree char *done = g_strdup_printf (
      ngettext ("%s lead forgotten", "%s leads forgotten", self->forgotten), number);
  g_autofree char *stay
      = g_strdup_printf (ngettext ("%s was heard of again", "%s were heard of again", self->kept),
                         kept);

  return self->kept > 0 ? g_strdup_printf ("%s · %s", done, stay) : g_steal_pointer (&done);
}

static const RungsBulkKind FORGET = {
  .title = N_ ("Forgetting Leads"),
  .failed = N_ ("The Leads Could Not Be Forgotten"),
  .part = forget_part,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_forgetting,
  .data_free = work_free,
};

static gint64
get_months (RungsIdleGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->span_row);

  return SPANS[MIN (selected, G_N_ELEMENTS (SPANS) - 1)];
}

static void
answered_cb (gboolean agreed,
             gpointer data)
{
  g_autoptr (RungsIdleGroup) self = data;
  Work *work;

  if (!agreed || self->page == NULL || self->leads == NULL)
    return;
  work = g_new0 (Work, 1);
  work->leads = g_steal_pointer (&self->leads);
  work->months = get_months (self);
  work->nameless = adw_combo_row_get_selected (self->way_row) == 1;
  gtk_widget_set_sensitive (self->forget_button, FALSE);
  rungs_page_end_undo (self->page);
  rungs_bulk_start (self->page, &FORGET, work, work->leads->len);
}

static void
forget_clicked_cb (RungsIdleGroup *self)
{
  guint n = self->leads != NULL ? self->leads->len : 0;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *heading
      = g_strdup_printf (ngettext ("Forget %s Lead?", "Forget %s Leads?", n), number);

  if (n > 0)
    rungs_question_ask (
        GTK_WIDGET (self), heading,
        adw_combo_row_get_selected (self->way_row) == 1
            ? _ ("Names, addresses and all texts go, for ever. From which sources they came"
                 " stays for the figures. They may come again.")
            : _ ("Everything that is known of them goes, for ever. They may come again; who was on"
                 " the do-not-send list stays there, as a salted hash."),
        _ ("_Forget for Ever"), RUNGS_QUESTION_DESTRUCTIVE, answered_cb, g_object_ref (self));
}

/* ---- who they are */

typedef struct
{
  GArray *leads;   /* (owned) */
  GPtrArray *list; /* (owned) (element-type RungsIdleLead) */
} Found;

static void
found_free (gpointer data)
{
  Found *self = data;

  g_clear_pointer (&self->leads, g_array_unref);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

/* On a reading thread of the store. */
static gpointer
find (RungsDb      *db,
      gpointer      data,
      GCancellable *cancellable,
      GError      **error)
{
  g_autoptr (Found) found = g_new0 (Found, 1);

  found->leads = rungs_idle_find (db, *(gint64 *) data, rungs_display_now (), error);
  if (found->leads == NULL
      || !(found->list = rungs_idle_list (db, found->leads, SHOWN, error)))
    return NULL;
  return g_steal_pointer (&found);
}

static GtkWidget *
new_row (const RungsIdleLead *idle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, idle->lead);
  g_autofree char *day = rungs_display_day (idle->last_at);
  g_autofree char *words = g_strdup_printf (_ ("Last heard of on %s"), day);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), idle->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", "leads", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-target");
  return row;
}

static void
show_rows (RungsIdleGroup  *self,
           const GPtrArray *list)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->leads_row, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < list->len; i++)
    {
      GtkWidget *row = new_row (g_ptr_array_index ((GPtrArray *) list, i));

      adw_expander_row_add_row (self->leads_row, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
show_count (RungsIdleGroup *self)
{
  guint n = self->leads->len;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *title = g_strdup_printf (ngettext ("%s Lead", "%s Leads", n), number);
  g_autofree char *shown = g_strdup_printf (_ ("The first %d are shown"), SHOWN);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->leads_row),
                                 n > 0 ? title : _ ("None"));
  adw_expander_row_set_subtitle (self->leads_row, n > SHOWN ? shown : "");
  adw_expander_row_set_enable_expansion (self->leads_row, n > 0);
  gtk_widget_set_sensitive (self->forget_button, n > 0);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsIdleGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->page == NULL || rungs_page_get_store (self->page) == NULL)
    return;
  if (found == NULL)
    {
      rungs_page_notify_error (self->page, error);
      return;
    }
  g_clear_pointer (&self->leads, g_array_unref);
  self->leads = g_steal_pointer (&found->leads);
  show_rows (self, found->list);
  show_count (self);
}

static void
look (RungsIdleGroup *self)
{
  gint64 months = get_months (self);

  if (self->page == NULL || rungs_page_get_store (self->page) == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (self->forget_button, FALSE);
  rungs_store_read_async (rungs_page_get_store (self->page), find,
                          g_memdup2 (&months, sizeof months), g_free, found_free,
                          self->cancellable, found_cb, g_object_ref (self));
}

static void
span_chosen_cb (RungsIdleGroup *self)
{
  look (self);
}

static void
rungs_idle_group_dispose (GObject *object)
{
  RungsIdleGroup *self = RUNGS_IDLE_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->page);
  G_OBJECT_CLASS (rungs_idle_group_parent_class)->dispose (object);
}

static void
rungs_idle_group_finalize (GObject *object)
{
  RungsIdleGroup *self = RUNGS_IDLE_GROUP (object);

  g_clear_pointer (&self->leads, g_array_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (rungs_idle_group_parent_class)->finalize (object);
}

static void
rungs_idle_group_class_init (RungsIdleGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_idle_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_idle_group_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/settings/rungs-idle-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsIdleGroup, span_row);
  gtk_widget_class_bind_template_child (widget_class, RungsIdleGroup, way_row);
  gtk_widget_class_bind_template_child (widget_class, RungsIdleGroup, leads_row);
  gtk_widget_class_bind_template_child (widget_class, RungsIdleGroup, forget_button);
  gtk_widget_class_bind_template_callback (widget_class, span_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_clicked_cb);
}

static void
rungs_idle_group_init (RungsIdleGroup *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (SPANS); i++)
    {
      g_autofree char *span
          = SPANS[i] % 12 == 0
                ? g_strdup_printf (ngettext ("%u year", "%u years", (guint) (SPANS[i] / 12)),
                                   (guint) (SPANS[i] / 12))
                : g_strdup_printf (ngettext ("%u month", "%u months", (guint) SPANS[i]),
                                   (guint) SPANS[i]);

      gtk_string_list_append (words, span);
    }
  adw_combo_row_set_model (self->span_row, G_LIST_MODEL (words));
  adw_combo_row_set_selected (self->span_row, SPAN_AT_FIRST);
}

void
rungs_idle_group_refresh (RungsIdleGroup *self,
                          RungsPage      *page)
{
  g_return_if_fail (RUNGS_IS_IDLE_GROUP (self));
  g_return_if_fail (RUNGS_IS_PAGE (page));

  g_set_weak_pointer (&self->page, page);
  look (self);
}
