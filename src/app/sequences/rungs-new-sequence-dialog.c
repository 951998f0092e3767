/* rungs-new-sequence-dialog.c: begins a sequence, from nothing or from a template.
 *
 * A template brings its messages. Their texts are to be written still: they say what is to be said,
 * marked with ✎, and as long as one has that mark the sequence cannot be published. */

#include "rungs-new-sequence-dialog.h"

#include <glib/gi18n.h>

#include "ladder/rungs-product-store.h"
#include "sequences/rungs-sequence-draft-store.h"
#include "sequences/rungs-sequence-template.h"
#include "widgets/rungs-error-words.h"

typedef struct
{
  RungsForm *form;
  RungsStore *store;    /* (owned) */
  GPtrArray *templates; /* (owned) (element-type RungsSequenceTemplate) */
  GPtrArray *products;  /* (owned) (nullable) (element-type RungsProduct): once they are read */
  GPtrArray *choices;   /* (owned) (element-type GtkCheckButton): nothing, then the templates */
  AdwEntryRow *name;
  char *named;          /* (owned): the name that the template gave */
  AdwComboRow *sells;   /* (unowned) (nullable): NULL once the form is closed */
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_clear_weak_pointer (&self->sells);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_ptr_array_unref (self->templates);
  g_ptr_array_unref (self->choices);
  g_object_unref (self->store);
  g_free (self->named);
  g_free (self);
}

/* ---- what is made */

typedef struct
{
  char *template; /* (owned) (nullable): NULL: nothing */
  char *name;     /* (owned) */
  char *sku;      /* (owned) (nullable) */
} New;

static void
new_free (gpointer data)
{
  New *new = data;

  g_free (new->template);
  g_free (new->name);
  g_free (new->sku);
  g_free (new);
}

static gpointer
create (RungsDb       *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const New *new = data;
  gint64 now = g_get_real_time () / 1000;
  gint64 id = new->template != NULL
                ? rungs_sequence_template_use (db, new->template, new->name, new->sku,
                                               g_get_language_names (), now, error)
                : rungs_sequence_create (db, new->name, now, error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

/* ---- the form */

/* NULL: nothing. */
static const RungsSequenceTemplate *
find_chosen (Dialog *self)
{
  for (guint i = 1; i < self->choices->len; i++)
    if (gtk_check_button_get_active (self->choices->pdata[i]))
      return self->templates->pdata[i - 1];
  return NULL;
}

static const char *
find_sku (Dialog *self)
{
  const RungsSequenceTemplate *template = find_chosen (self);
  guint chosen = adw_combo_row_get_selected (self->sells);

  if (template == NULL || !template->sells || self->products == NULL
      || chosen >= self->products->len)
    return NULL;
  return ((RungsProduct *) self->products->pdata[chosen])->sku;
}

static void
agreed_cb (Dialog *self)
{
  const RungsSequenceTemplate *template = find_chosen (self);
  g_autofree char *name = rungs_form_dup_entry (self->name);
  New *new;

  rungs_error_mark_row (self->name, *name == '\0' ? _ ("is missing") : NULL);
  if (*name == '\0')
    return;
  new = g_new0 (New, 1);
  new->template = template ? g_strdup (template->id) : NULL;
  new->name = g_steal_pointer (&name);
  new->sku = g_strdup (find_sku (self));
  rungs_form_save (self->form, self->store, create, new, new_free,
                   _ ("The Sequence Could Not Be Added"), self->name);
}

/* A template gives a name as long as there is no other. */
static void
chosen_cb (Dialog *self)
{
  const RungsSequenceTemplate *template = find_chosen (self);
  g_autofree char *name = rungs_form_dup_entry (self->name);

  gtk_widget_set_visible (GTK_WIDGET (self->sells), template != NULL && template->sells);
  if (g_strcmp0 (name, self->named) != 0)
    return;
  g_free (self->named);
  self->named = g_strdup (template ? template->name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->name), self->named);
}

static void
add_choice (Dialog     *self,
            const char *name,
            const char *summary)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  gboolean first = self->choices->len == 0;

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), first ? NULL : self->choices->pdata[0]);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), first);
  g_ptr_array_add (self->choices, check);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), summary);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (chosen_cb), self);
  rungs_form_add_widget (self->form, row);
}

/* ---- what can be sold */

static gpointer
load_products (RungsDb       *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return rungs_product_list (db, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  Dialog *self = g_object_get_data (G_OBJECT (form), "rungs-dialog");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) products
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (self->sells == NULL)
    return;
  if (products == NULL)
    {
      rungs_error_tell (GTK_WIDGET (form), _ ("The Products Could Not Be Read"), error);
      return;
    }
  self->products = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_product_free);
  for (guint i = products->len; i > 0; i--)
    if (((RungsProduct *) products->pdata[i - 1])->retired_at == 0)
      {
        RungsProduct *product = g_ptr_array_steal_index (products, i - 1);

        g_ptr_array_insert (self->products, 0, product);
      }
  for (guint i = 0; i < self->products->len; i++)
    gtk_string_list_append (names, ((RungsProduct *) self->products->pdata[i])->name);
  adw_combo_row_set_model (self->sells, G_LIST_MODEL (names));
}

static void
add_fields (Dialog *self)
{
  const char *const none[] = { NULL };

  self->name = rungs_form_add_entry (self->form, _ ("Name"), "");
  g_set_weak_pointer (&self->sells, rungs_form_add_choice (self->form, _ ("Sells"), none));
  gtk_widget_set_visible (GTK_WIDGET (self->sells), FALSE);
  rungs_form_add_group (self->form, _ ("Begin with"));
  add_choice (self, _ ("Nothing"), _ ("An empty sequence, to put steps into."));
  for (guint i = 0; i < self->templates->len; i++)
    {
      const RungsSequenceTemplate *template = self->templates->pdata[i];

      add_choice (self, template->name, template->summary);
    }
}

RungsForm *
rungs_new_sequence_dialog_new (GtkWindow  *parent,
                               RungsStore *store)
{
  Dialog *self = g_new0 (Dialog, 1);
  g_autoptr (GError) error = NULL;

  self->store = g_object_ref (store);
  self->choices = g_ptr_array_new ();
  self->named = g_strdup ("");
  self->templates = rungs_sequence_template_list (g_get_language_names (), &error);
  if (self->templates == NULL) /* one can begin with nothing all the same */
    self->templates = g_ptr_array_new ();
  self->form = rungs_form_new (parent, _ ("New Sequence"), _ ("_Add"));
  rungs_form_set_text (self->form,
                       _ ("A template brings its messages, in which is marked with ✎ what they"
                          " are to say. Write them: until then it cannot be published."));
  if (error != NULL)
    rungs_form_set_text (self->form, error->message);
  add_fields (self);
  g_object_set_data_full (G_OBJECT (self->form), "rungs-dialog", self, dialog_free);
  g_signal_connect_swapped (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  rungs_store_read_async (store, load_products, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                          NULL, loaded_cb, g_object_ref (self->form));
  return self->form;
}
