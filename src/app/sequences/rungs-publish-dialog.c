/* rungs-publish-dialog.c: shows what publishing a draft does to whom, asks, and publishes it. */

#include "rungs-publish-dialog.h"

#include <glib/gi18n.h>

#include "messages/rungs-check-list.h"
#include "rungs-page-opening.h"
#include "rungs-publish-words.h"
#include "sequences/rungs-publish-check.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsForm *form;        /* (unowned): that has it; NULL before the plan is there */
  GWeakRef page;
  RungsStore *store;      /* (owned) */
  gint64 id;              /* of what is published */
  RungsPublishPlan *plan; /* (owned) (nullable): NULL before it was read, as are the names */
  RungsStepNames *names;  /* (owned) (nullable) */
  RungsCheckList *checks;
} Dialog;

/* ---- on the threads of the store */

static gpointer
load_plan (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Dialog *self = data;

  self->plan = rungs_publish_plan_load (db, self->id, rungs_display_now (), error);
  if (self->plan != NULL)
    self->names = rungs_step_names_load (db, error);
  return self->names != NULL ? self : NULL;
}

static gpointer
load_checks (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  gint64 now = rungs_display_now ();
  g_autoptr (RungsPublishPlan) plan
    = rungs_publish_plan_load (db, *(gint64 *) data, now, error);

  return plan != NULL
           ? rungs_checked_new (db, rungs_publish_findings (db, plan, now, error), error)
           : NULL;
}

static gpointer
publish (RungsDb       *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  const RungsPublishPlan *plan = data;

  rungs_publish_apply (db, plan->sequence, plan, rungs_display_now (), error);
  return NULL;
}

static gpointer
take_back (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  RungsPublishUndone undone;

  rungs_publish_undo (db, *(gint64 *) data, rungs_display_now (), &undone, error);
  return NULL;
}

/* ---- the dialog */

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_clear_pointer (&self->plan, rungs_publish_plan_free);
  g_clear_pointer (&self->names, rungs_step_names_free);
  g_weak_ref_clear (&self->page);
  g_object_unref (self->store);
  g_free (self);
}

static void
show_state (Dialog *self)
{
  g_autofree char *text = rungs_publish_plan_words (self->plan);

  rungs_form_set_text (self->form, text);
  rungs_form_set_ready (self->form, rungs_publish_plan_check (self->plan, NULL)
                                      && rungs_check_list_passes (self->checks));
}

/* The first entry of a row without a choice asks for one. */
static void
chosen_cb (AdwComboRow *row,
           GParamSpec  *pspec,
           Dialog      *self)
{
  RungsPublishGroup *group = g_object_get_data (G_OBJECT (row), "rungs-group");
  int asks = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "rungs-asks"));

  group->chosen = (int) adw_combo_row_get_selected (row) - asks;
  show_state (self);
}

static void
add_group (Dialog            *self,
           RungsPublishGroup *group)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = rungs_publish_group_words (self->plan, group, self->names);
  int asks = group->chosen < 0 ? 1 : 0;
  AdwComboRow *row;

  if (asks != 0)
    g_ptr_array_add (labels, g_strdup (_ ("The step is gone: choose what happens")));
  for (guint i = 0; i < group->ways->len; i++)
    g_ptr_array_add (labels,
                     rungs_publish_way_words (self->plan, group,
                                              g_ptr_array_index (group->ways, i), self->names));
  g_ptr_array_add (labels, NULL);
  row = rungs_form_add_choice (self->form, title, (const char *const *) labels->pdata);
  adw_combo_row_set_use_subtitle (row, TRUE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_combo_row_set_selected (row, (guint) (group->chosen + asks));
  g_object_set_data (G_OBJECT (row), "rungs-group", group);
  g_object_set_data (G_OBJECT (row), "rungs-asks", GINT_TO_POINTER (asks));
  g_signal_connect (row, "notify::selected", G_CALLBACK (chosen_cb), self);
}

static void
agreed_cb (Dialog *self)
{
  rungs_form_save (self->form, self->store, publish,
                   rungs_publish_plan_copy (self->plan),
                   (GDestroyNotify) rungs_publish_plan_free,
                   _ ("The Sequence Could Not Be Published"), NULL);
}

static void
saved_cb (RungsForm *form,
          gint64     ignored,
          Dialog    *self)
{
  g_autoptr (RungsPage) page = g_weak_ref_get (&self->page);
  g_autofree char *done = NULL;
  const RungsPageWork undo = {
    .func = take_back,
    .data = g_memdup2 (&self->id, sizeof self->id),
    .data_free = g_free,
    .done = _ ("The version before is in use again"),
    .failed = _ ("Publishing Could Not Be Taken Back"),
  };

  done = g_strdup_printf (_ ("“%s” was published"), self->plan->graph->name);
  if (page != NULL)
    rungs_page_offer_undo (page, done, &undo);
  else
    g_free (undo.data);
}

static void
show (RungsPage *page,
      GtkWindow *parent,
      gpointer   facts)
{
  Dialog *self = facts;
  g_autofree char *title = g_strdup_printf (_ ("Publish “%s”"), self->plan->name);

  self->form = rungs_form_new (parent, title, _ ("_Publish"));
  for (guint i = 0; i < self->plan->groups->len; i++)
    add_group (self, g_ptr_array_index (self->plan->groups, i));
  self->checks = RUNGS_CHECK_LIST (rungs_check_list_new ());
  rungs_form_add_group (self->form, _ ("Its Messages"));
  rungs_form_add_widget (self->form, GTK_WIDGET (self->checks));
  show_state (self);
  gtk_window_set_default_size (GTK_WINDOW (self->form), 520, 560); /* the list comes later */
  g_object_set_data_full (G_OBJECT (self->form), "rungs-dialog", self, dialog_free);
  g_signal_connect_swapped (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (self->form, "saved", G_CALLBACK (saved_cb), self);
  g_signal_connect_swapped (self->checks, "checked", G_CALLBACK (show_state), self);
  gtk_window_present (GTK_WINDOW (self->form));
  rungs_check_list_check (self->checks, self->store, load_checks,
                          g_memdup2 (&self->id, sizeof self->id), g_free);
}

void
rungs_publish_dialog_present (RungsPage *page,
                              gint64     sequence)
{
  Dialog *self = g_new0 (Dialog, 1);

  g_return_if_fail (RUNGS_IS_PAGE (page));

  self->id = sequence;
  self->store = g_object_ref (rungs_page_get_store (page));
  g_weak_ref_init (&self->page, page);
  rungs_page_open_with (page, load_plan, self, dialog_free, show);
}

void
rungs_publish_take_back (RungsPage *page,
                         gint64     sequence)
{
  const RungsPageWork work = {
    .func = take_back,
    .data = g_memdup2 (&sequence, sizeof sequence),
    .data_free = g_free,
    .done = _ ("The version before is in use again"),
    .failed = _ ("Publishing Could Not Be Taken Back"),
  };

  rungs_page_do (page, &work, NULL);
}
