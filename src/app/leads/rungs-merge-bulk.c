/* rungs-merge-bulk.c: merges those of many leads who are surely one person with another. */

#include "rungs-merge-bulk.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-duplicate-group.h"
#include "leads/rungs-merge-store.h"
#include "rungs-bulk.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-progress-view.h"

/* More pairs than anybody has. */
#define MOST_PAIRS 200000
/* So many persons are shown before they are merged. */
#define SHOWN 100
#define LIST_HEIGHT 260

/* ---- merging */

/* Groups to be merged, and the merges that came of it. */
typedef struct
{
  GPtrArray *groups; /* (owned) (nullable) (element-type RungsDuplicateGroup) */
  GArray *merges;    /* (owned) (element-type gint64) */
  guint left_out;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_array_unref (self->merges);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static Work *
work_new (GPtrArray *groups)
{
  Work *self = g_new0 (Work, 1);

  self->groups = groups ? g_ptr_array_ref (groups) : NULL;
  self->merges = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

/* Whether others can be merged though these cannot: one is gone, or is being written to. */
static gboolean
is_left_out (const GError *error)
{
  return g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_BUSY);
}

static gboolean
merge_group (RungsDb                   *db,
             const RungsDuplicateGroup *group,
             Work                      *found,
             GError                   **error)
{
  g_autoptr (GError) refused = NULL;
  g_autoptr (RungsMergePlan) plan = rungs_merge_plan_load (db, group->leads, &refused);
  RungsMergeResult result;

  if (plan != NULL
      && rungs_leads_merge (db, plan, g_get_real_time () / 1000, &result, &refused))
    g_array_append_val (found->merges, result.merge);
  else if (is_left_out (refused))
    found->left_out++;
  else
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  return TRUE;
}

static gpointer
merge_part (RungsDb   *db,
            gpointer   data,
            guint      first,
            guint      n,
            GError   **error)
{
  const Work *self = data;
  g_autoptr (Work) found = work_new (NULL);

  for (guint i = first; i < first + n; i++)
    if (!merge_group (db, g_ptr_array_index (self->groups, i), found, error))
      return NULL;
  return g_steal_pointer (&found);
}

/* The merge that was made last is undone first. */
static gpointer
undo_part (RungsDb   *db,
           gpointer   data,
           guint      first,
           guint      n,
           GError   **error)
{
  const Work *self = data;
  g_autoptr (Work) found = work_new (NULL);

  for (guint i = first; i < first + n; i++)
    {
      gint64 merge = g_array_index (self->merges, gint64, self->merges->len - 1 - i);

      if (!rungs_merge_undo (db, merge, g_get_real_time () / 1000, NULL, error))
        return NULL;
    }
  found->left_out = n; /* of taking back: how many are done */
  return g_steal_pointer (&found);
}

static void
keep (gpointer data,
      gpointer found)
{
  Work *self = data;
  g_autoptr (Work) part = found;

  g_array_append_vals (self->merges, part->merges->data, part->merges->len);
  self->left_out += part->left_out;
}

static void
keep_undone (gpointer data,
             gpointer found)
{
  g_autoptr (Work) part = found;

  ((Work *) data)->left_out += part->left_out;
}

static char *
words_of_merging (gpointer data)
{
  const Work *self = data;
  guint n = self->merges->len;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *merged
    = g_strdup_printf (ngettext ("The leads of %s person merged", "The leads of %s persons merged",
                                 n),
                       number);
  g_autofree char *left = rungs_display_number (self->left_out);

  if (self->left_out == 0)
    return g_steal_pointer (&merged);
  /* Translators: the first is how many were merged. */
  return g_strdup_printf (_ ("%s · %s left as they are, because a message is leaving"), merged,
                          left);
}

static char *
words_of_undo (gpointer data)
{
  guint n = ((Work *) data)->left_out;
  g_autofree char *number = rungs_display_number (n);

  return g_strdup_printf (ngettext ("%s merge undone", "%s merges undone", n), number);
}

static gpointer
offer (gpointer  data,
       guint    *n)
{
  Work *self = data;
  Work *back;

  if (self->merges->len == 0)
    return NULL;
  back = work_new (NULL);
  g_array_append_vals (back->merges, self->merges->data, self->merges->len);
  *n = back->merges->len;
  return back;
}

static const RungsBulkKind UNDO = {
  .title = N_ ("Undoing Merges"),
  .failed = N_ ("The Merge Could Not Be Undone"),
  .part = undo_part,
  .found_free = work_free,
  .keep = keep_undone,
  .words = words_of_undo,
  .data_free = work_free,
};

static const RungsBulkKind MERGE = {
  .title = N_ ("Merging Leads"),
  .failed = N_ ("The Leads Could Not Be Merged"),
  .part = merge_part,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_merging,
  .offer = offer,
  .undo = &UNDO,
  .data_free = work_free,
};

/* ---- asking */

/* What would be merged, while the user thinks about it. */
typedef struct
{
  RungsPage *page;   /* (owned) */
  GPtrArray *groups; /* (owned) (element-type RungsDuplicateGroup) */
} Question;

static void
form_gone_cb (gpointer  data,
              GObject  *form)
{
  Question *self = data;

  g_object_unref (self->page);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

static void
agreed_cb (RungsForm *form,
           Question  *self)
{
  rungs_bulk_start (self->page, &MERGE, work_new (self->groups), self->groups->len);
  gtk_window_close (GTK_WINDOW (form));
}

static GtkWidget *
new_list (GPtrArray *groups)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  GtkWidget *list = gtk_list_box_new ();

  for (guint i = 0; i < MIN (groups->len, SHOWN); i++)
    {
      const RungsDuplicateGroup *group = g_ptr_array_index (groups, i);
      GtkWidget *label = gtk_label_new (group->words);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_widget_set_margin_start (label, 12);
      gtk_widget_set_margin_end (label, 12);
      gtk_widget_set_margin_top (label, 6);
      gtk_widget_set_margin_bottom (label, 6);
      gtk_list_box_append (GTK_LIST_BOX (list), label);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Who becomes one"), -1);
  gtk_scrolled_window_set_policy (scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (scroller, TRUE);
  gtk_scrolled_window_set_max_content_height (scroller, LIST_HEIGHT);
  gtk_scrolled_window_set_child (scroller, list);
  return GTK_WIDGET (scroller);
}

/* Takes `groups`. */
static void
ask (RungsPage *page,
     GPtrArray *groups)
{
  RungsForm *form = rungs_form_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                    _ ("Merge Leads"), _ ("_Merge"));
  Question *self = g_new0 (Question, 1);
  guint n_leads = 0;
  g_autofree char *leads = NULL;
  g_autofree char *persons = rungs_display_number (groups->len);
  g_autofree char *text = NULL;

  for (guint i = 0; i < groups->len; i++)
    n_leads += ((RungsDuplicateGroup *) g_ptr_array_index (groups, i))->leads->len;
  leads = rungs_display_number (n_leads);
  text = g_strdup_printf (
    ngettext ("%s of these leads are surely %s person: they share a mailbox, or their name with a"
              " birthday or a company. The one known longest stays, with what the others know"
              " and have.",
              "%s of these leads are surely %s persons: they share a mailbox, or their name with"
              " a birthday or a company. Of each, the one known longest stays, with what the"
              " others know and have.",
              groups->len),
    leads, persons);
  self->page = g_object_ref (page);
  self->groups = groups;
  rungs_form_set_text (form, text);
  rungs_form_add_group (form, _ ("Who becomes one"));
  rungs_form_add_widget (form, new_list (groups));
  g_object_weak_ref (G_OBJECT (form), form_gone_cb, self);
  g_signal_connect (form, "agreed", G_CALLBACK (agreed_cb), self);
  gtk_window_present (GTK_WINDOW (form));
}

/* ---- finding */

/* A search on a reading thread. */
typedef struct
{
  RungsPage *page;           /* (owned); not for the thread */
  GtkWindow *window;         /* (owned): how far it is; not for the thread */
  RungsLeadSet *among;       /* (owned) */
  RungsProgress *progress;   /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GPtrArray *pairs;          /* (owned) (nullable) */
} Search;

static void
search_free (Search *self)
{
  g_object_unref (self->page);
  g_clear_object (&self->window);
  g_clear_pointer (&self->among, rungs_lead_set_unref);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  rungs_progress_unref (self->progress);
  g_object_unref (self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static void
progress_cb (double   fraction,
             guint    found,
             gpointer data)
{
  rungs_progress_set (data, (gint64) (fraction * 100), 100);
}

static gboolean
find_pairs (RungsDb  *db,
            gpointer  data,
            GError  **error)
{
  Search *self = data;

  self->pairs = rungs_duplicates_find (db, MOST_PAIRS, progress_cb, self->progress,
                                       self->cancellable, NULL, error);
  return self->pairs != NULL;
}

/* A RungsStoreFunc. Returns: (element-type RungsDuplicateGroup). */
static gpointer
find_groups (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Search *self = data;

  return rungs_db_read (db, find_pairs, self, error)
           ? rungs_duplicate_groups (self->pairs, self->among, RUNGS_DUPLICATE_SURE)
           : NULL;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Search) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) groups = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  gtk_window_destroy (self->window);
  if (gtk_widget_get_root (GTK_WIDGET (self->page)) == NULL
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (groups == NULL)
    rungs_error_tell (GTK_WIDGET (self->page), _ ("Duplicates Could Not Be Found"), error);
  else if (groups->len == 0)
    rungs_page_notify (self->page, _ ("No two of these leads are surely one person. Find"
                                      " Duplicates… in the menu shows those that may be."));
  else
    ask (self->page, g_steal_pointer (&groups));
}

/* Takes `leads`. Returns: (nullable): NULL where there is no memory for it. */
static RungsLeadSet *
set_of (GArray *leads)
{
  g_autoptr (GArray) taken = leads;
  gint64 highest = 0;
  RungsLeadSet *set;

  for (guint i = 0; i < leads->len; i++)
    highest = MAX (highest, g_array_index (leads, gint64, i));
  set = rungs_lead_set_new (highest);
  for (guint i = 0; set != NULL && i < leads->len; i++)
    rungs_lead_set_add (set, g_array_index (leads, gint64, i));
  return set;
}

void
rungs_merge_bulk (RungsPage *page,
                  GArray    *leads)
{
  RungsLeadSet *among;
  Search *self;

  g_return_if_fail (RUNGS_IS_PAGE (page) && leads != NULL);

  among = set_of (leads);
  if (among == NULL)
    {
      rungs_page_notify (page, _ ("There is not enough memory for so many leads"));
      return;
    }
  self = g_new0 (Search, 1);
  self->page = g_object_ref (page);
  self->among = among;
  self->progress = rungs_progress_new ();
  self->cancellable = g_cancellable_new ();
  self->window = g_object_ref (rungs_progress_window_new (
    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), _ ("Looking for Duplicates"),
    self->progress, self->cancellable));
  gtk_window_present (self->window);
  rungs_store_read_async (rungs_page_get_store (page), find_groups, self, NULL,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, found_cb, self);
}
