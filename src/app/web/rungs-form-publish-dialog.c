/* rungs-form-publish-dialog.c: shows what publishing the draft of an opt-in form changes, asks, and
 * publishes it. */

#include "rungs-form-publish-dialog.h"

#include <glib/gi18n.h>

#include "rungs-form-changes.h"
#include "rungs-form-facts.h"
#include "rungs-form-share-dialog.h"
#include "rungs-form-words.h"
#include "rungs-page-opening.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsForm *form;       /* (unowned): that has it; NULL before the facts are there */
  GWeakRef page;
  RungsStore *store;     /* (owned) */
  gint64 id;             /* of what is published */
  RungsFormFacts *facts; /* (owned) (nullable): NULL before it was read */
} Dialog;

static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Dialog *self = data;

  self->facts = rungs_form_facts_load (db, &self->id, cancellable, error);
  return self->facts != NULL ? self : NULL;
}

static gpointer
publish (RungsDb       *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  guint number;

  rungs_opt_in_publish (db, *(gint64 *) data, rungs_display_now (), &number, error);
  return NULL;
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_weak_ref_clear (&self->page);
  g_clear_pointer (&self->facts, rungs_form_facts_free);
  g_object_unref (self->store);
  g_free (self);
}

static void
agreed_cb (Dialog *self)
{
  rungs_form_save (self->form, self->store, publish,
                   g_memdup2 (&self->id, sizeof self->id), g_free,
                   _ ("The Form Could Not Be Published"), NULL);
}

static void
saved_cb (RungsForm *form,
          gint64     ignored,
          Dialog    *self)
{
  g_autoptr (RungsPage) page = g_weak_ref_get (&self->page);
  g_autofree char *done = g_strdup_printf (_ ("“%s” was published"), self->facts->form->name);
  GtkRoot *root = page != NULL ? gtk_widget_get_root (GTK_WIDGET (page)) : NULL;

  if (page != NULL)
    rungs_page_notify (page, done);
  if (self->facts->form->version == 0 && GTK_IS_WINDOW (root))
    rungs_form_share_dialog_present (GTK_WINDOW (root), self->store, self->id);
}

/* ---- what it says */

static void
add_line (Dialog     *self,
          const char *icon_name,
          const char *style,
          const char *words)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (icon, style);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  rungs_form_add_widget (self->form, row);
}

/* Returns: whether one of them keeps it from being published. */
static gboolean
add_problems (Dialog *self)
{
  GPtrArray *problems = self->facts->draft.problems;
  gboolean blocks = FALSE;

  if (problems->len > 0)
    rungs_form_add_group (self->form, _ ("What Is Not Right"));
  for (guint i = 0; i < problems->len; i++)
    {
      const RungsOptInProblem *problem = g_ptr_array_index (problems, i);

      blocks |= problem->blocks;
      add_line (self, "dialog-warning-symbolic", problem->blocks ? "error" : "warning",
                rungs_form_problem_words (problem));
    }
  return blocks;
}

static const RungsOptIn *
find_published (Dialog *self)
{
  for (guint i = 0; i < self->facts->versions->len; i++)
    {
      const RungsOptInVersion *version = g_ptr_array_index (self->facts->versions, i);

      if (version->id == self->facts->form->version)
        return version->definition;
    }
  return NULL;
}

/* Returns: whether there is something to publish. */
static gboolean
add_changes (Dialog *self)
{
  const RungsOptIn *before = find_published (self);
  g_autoptr (GPtrArray) changes
    = before != NULL ? rungs_form_changes (before, self->facts->form->draft) : NULL;

  if (before == NULL)
    {
      g_autofree char *text
        = g_strdup_printf (_ ("Visitors can fill it in from then on, at /f/%s of your relay."),
                           self->facts->form->slug);

      rungs_form_set_text (self->form, text);
      return TRUE;
    }
  if (changes->len == 0)
    {
      rungs_form_set_text (self->form, _ ("What visitors see is the same already."));
      return FALSE;
    }
  rungs_form_add_group (self->form, _ ("What Changes for Visitors"));
  for (guint i = 0; i < changes->len; i++)
    add_line (self, "document-edit-symbolic", "dim-label", g_ptr_array_index (changes, i));
  return TRUE;
}

static void
show (RungsPage *page,
      GtkWindow *parent,
      gpointer   facts)
{
  Dialog *self = facts;
  g_autofree char *title = g_strdup_printf (_ ("Publish “%s”"), self->facts->form->name);
  gboolean changes, blocks;

  self->form = rungs_form_new (parent, title, _ ("_Publish"));
  changes = add_changes (self);
  blocks = add_problems (self);
  rungs_form_set_ready (self->form, changes && !blocks);
  g_object_set_data_full (G_OBJECT (self->form), "rungs-dialog", self, dialog_free);
  g_signal_connect_swapped (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (self->form, "saved", G_CALLBACK (saved_cb), self);
  gtk_window_present (GTK_WINDOW (self->form));
}

void
rungs_form_publish_dialog_present (RungsPage *page,
                                   gint64     form)
{
  Dialog *self = g_new0 (Dialog, 1);

  g_return_if_fail (RUNGS_IS_PAGE (page));

  self->id = form;
  self->store = g_object_ref (rungs_page_get_store (page));
  g_weak_ref_init (&self->page, page);
  rungs_page_open_with (page, load, self, dialog_free, show);
}
