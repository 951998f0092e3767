/* rungs-coupon-dialog.c: makes or changes a coupon.
 *
 * A new one is used at once by the orders that carry its code already. */

#include "rungs-coupon-dialog.h"

#include <glib/gi18n.h>

#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-coupon-use-store.h"
#include "ladder/rungs-product-store.h"
#include "import/rungs-import-words.h"
#include "segments/rungs-rule-choice-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

/* What can be chosen. */
typedef struct
{
  GPtrArray *sources;  /* (owned) (element-type RungsSource) */
  GPtrArray *products; /* (owned) (element-type RungsProduct) */
} Choices;

static void
choices_free (Choices *self)
{
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choices, choices_free)

typedef struct
{
  RungsPage *page;     /* (owned) */
  RungsCoupon *coupon; /* (owned): as it was */
  Choices *choices;    /* (owned) (nullable) */

  RungsForm *form;
  AdwEntryRow *code;
  AdwEntryRow *name;
  AdwEntryRow *discount;
  AdwComboRow *source;
  AdwComboRow *path;
  AdwComboRow *product;
  AdwEntryRow *from;
  AdwEntryRow *until;
  AdwEntryRow *uses;
  AdwEntryRow *per_lead;
} Dialog;

static void
dialog_free (gpointer  data,
             GObject  *form)
{
  Dialog *self = data;

  g_object_unref (self->page);
  rungs_coupon_free (self->coupon);
  g_clear_pointer (&self->choices, choices_free);
  g_free (self);
}

/* ---- on threads of the store */

static gpointer
load_choices (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (Choices) choices = g_new0 (Choices, 1);

  choices->sources = rungs_source_list (db, error);
  choices->products = choices->sources ? rungs_product_list (db, error) : NULL;
  return choices->products != NULL ? g_steal_pointer (&choices) : NULL;
}

static gpointer
save (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  const RungsCoupon *coupon = data;
  gint64 id = coupon->id;

  if (id != 0)
    return rungs_coupon_save (db, coupon, rungs_display_now (), error)
               ? g_memdup2 (&id, sizeof id)
               : NULL;
  id = rungs_coupon_add (db, coupon, rungs_display_now (), error);
  return id != 0 && rungs_coupon_adopt (db, id, NULL, error) ? g_memdup2 (&id, sizeof id) : NULL;
}

static gpointer
put_back (RungsDb       *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  rungs_coupon_save (db, data, rungs_display_now (), error);
  return NULL;
}

static gpointer
take_away (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  gint64 id = *(gint64 *) data;

  if (rungs_coupon_release_all (db, id, rungs_display_now (), error))
    rungs_coupon_delete (db, id, error);
  return NULL;
}

static gpointer
set_retired (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const RungsCoupon *coupon = data;

  rungs_coupon_retire (db, coupon->id, coupon->retired_at, error);
  return NULL;
}

/* ---- reading the form */

static gboolean
read_count (AdwEntryRow *row,
            gint64      *count)
{
  g_autofree char *text = rungs_form_dup_entry (row);
  gboolean good;

  *count = 0;
  good = *text == '\0'
         || g_ascii_string_to_signed (text, 10, 1, G_MAXINT32, count, NULL);
  rungs_error_mark_row (row, good ? NULL : _ ("Write a number, or nothing"));
  return good;
}

/* The texts are tidied as they are stored. */
static void
take_text (char       **text,
           AdwEntryRow *row)
{
  g_autofree char *entry = rungs_form_dup_entry (row);

  rungs_coupon_set (text, entry);
}

static RungsCoupon *
read_form (Dialog *self)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_copy (self->coupon);
  guint source = adw_combo_row_get_selected (self->source);
  guint product = adw_combo_row_get_selected (self->product);
  gboolean good;

  take_text (&coupon->code, self->code);
  take_text (&coupon->name, self->name);
  take_text (&coupon->discount, self->discount);
  take_text (&coupon->valid_from, self->from);
  take_text (&coupon->valid_until, self->until);
  coupon->path = adw_combo_row_get_selected (self->path);
  coupon->source = 0;
  coupon->product = 0;
  if (source > 0)
    coupon->source
        = ((RungsSource *) g_ptr_array_index (self->choices->sources, source - 1))->id;
  if (product > 0)
    coupon->product
        = ((RungsProduct *) g_ptr_array_index (self->choices->products, product - 1))->id;
  good = read_count (self->uses, &coupon->most_uses);
  good = read_count (self->per_lead, &coupon->most_per_lead) && good;
  rungs_error_mark_row (self->code, *coupon->code != '\0' ? NULL : _ ("Give it a code"));
  return good && *coupon->code != '\0' ? g_steal_pointer (&coupon) : NULL;
}

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  RungsCoupon *coupon = read_form (self);

  if (coupon != NULL)
    rungs_form_save (form, rungs_page_get_store (self->page), save, coupon,
                     (GDestroyNotify) rungs_coupon_free, _ ("The Coupon Could Not Be Saved"),
                     self->code);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Dialog    *self)
{
  const RungsPageWork away = { .func = take_away,
                               .data = g_memdup2 (&id, sizeof id),
                               .data_free = g_free,
                               .failed = _ ("The Coupon Could Not Be Taken Away") };
  const RungsPageWork back = { .func = put_back,
                               .data = rungs_coupon_copy (self->coupon),
                               .data_free = (GDestroyNotify) rungs_coupon_free,
                               .failed = _ ("The Coupon Could Not Be Put Back") };
  gboolean added = self->coupon->id == 0;

  rungs_page_offer_undo (self->page, added ? _ ("Coupon added") : _ ("Coupon changed"),
                         added ? &away : &back);
  if (added)
    rungs_coupon_free (back.data);
  else
    g_free (away.data);
}

/* ---- making the form */

/* The first choice is `none`. */
static AdwComboRow *
add_choice (Dialog     *self,
            const char *title,
            const char *none,
            GPtrArray  *labels)
{
  g_ptr_array_insert (labels, 0, g_strdup (none));
  g_ptr_array_add (labels, NULL);
  return rungs_form_add_choice (self->form, title, (const char *const *) labels->pdata);
}

static void
add_source (Dialog *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint selected = 0;

  for (guint i = 0; i < self->choices->sources->len; i++)
    {
      const RungsSource *source = g_ptr_array_index (self->choices->sources, i);

      g_ptr_array_add (labels, g_strdup_printf ("%s (%s)", source->name,
                                                rungs_source_kind_words (source->kind)));
      if (source->id == self->coupon->source)
        selected = i + 1;
    }
  self->source = add_choice (self, _ ("Source"), _ ("Not told by the coupon"), labels);
  adw_combo_row_set_selected (self->source, selected);
}

static void
add_path (Dialog *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (RungsPath path = RUNGS_PATH_OPT_IN; path <= RUNGS_PATH_IN_PERSON; path++)
    g_ptr_array_add (labels, (gpointer) _ (rungs_rule_word_get_label (RUNGS_RULE_FROM_PATHS,
                                                                      rungs_path_to_text (path))));
  g_ptr_array_add (labels, NULL);
  self->path
      = rungs_form_add_choice (self->form, _ ("Path"), (const char *const *) labels->pdata);
  adw_combo_row_set_selected (self->path, self->coupon->path);
}

static void
add_product (Dialog *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint selected = 0;

  for (guint i = 0; i < self->choices->products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (self->choices->products, i);

      g_ptr_array_add (labels, g_strdup (product->name));
      if (product->id == self->coupon->product)
        selected = i + 1;
    }
  self->product = add_choice (self, _ ("Product"), _ ("Any product"), labels);
  adw_combo_row_set_selected (self->product, selected);
}

static AdwEntryRow *
add_count (Dialog     *self,
           const char *title,
           gint64      count)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  return rungs_form_add_entry (self->form, title, count > 0 ? text : NULL);
}

static void
source_chosen_cb (Dialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->path),
                            adw_combo_row_get_selected (self->source) > 0);
}

static void
fill_form (Dialog *self)
{
  self->code = rungs_form_add_entry (self->form, _ ("Code"), self->coupon->code);
  self->name = rungs_form_add_entry (self->form, _ ("What it is for"), self->coupon->name);
  self->discount = rungs_form_add_entry (self->form, _ ("Discount, in words"),
                                         self->coupon->discount);
  rungs_form_add_group (self->form, _ ("Where Its Orders Come From"));
  add_source (self);
  add_path (self);
  rungs_form_add_group (self->form, _ ("What It Is Good For"));
  add_product (self);
  self->from = rungs_form_add_entry (self->form, _ ("First day"), self->coupon->valid_from);
  self->until = rungs_form_add_entry (self->form, _ ("Last day"), self->coupon->valid_until);
  self->uses = add_count (self, _ ("Orders at most"), self->coupon->most_uses);
  self->per_lead = add_count (self, _ ("Orders of one lead at most"), self->coupon->most_per_lead);
  g_signal_connect_swapped (self->source, "notify::selected", G_CALLBACK (source_chosen_cb), self);
  source_chosen_cb (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Dialog *self = data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));
  gboolean added = self->coupon->id == 0;

  self->choices = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  if (self->choices == NULL || root == NULL)
    {
      if (error != NULL)
        rungs_page_notify_error (self->page, error);
      dialog_free (self, NULL);
      return;
    }
  self->form = rungs_form_new (GTK_WINDOW (root), added ? _ ("New Coupon") : _ ("Edit Coupon"),
                               added ? _ ("_Add") : _ ("_Save"));
  fill_form (self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (self->form, "saved", G_CALLBACK (saved_cb), self);
  g_object_weak_ref (G_OBJECT (self->form), dialog_free, self);
  gtk_window_present (GTK_WINDOW (self->form));
}

void
rungs_coupon_dialog_open (RungsPage         *page,
                          const RungsCoupon *coupon)
{
  Dialog *self;

  g_return_if_fail (RUNGS_IS_PAGE (page));
  g_return_if_fail (coupon != NULL);

  self = g_new0 (Dialog, 1);
  self->page = g_object_ref (page);
  self->coupon = rungs_coupon_copy (coupon);
  rungs_store_read_async (rungs_page_get_store (page), load_choices, NULL, NULL,
                          (GDestroyNotify) choices_free, NULL, loaded_cb, self);
}

void
rungs_coupon_retire_or_not (RungsPage         *page,
                            const RungsCoupon *coupon)
{
  RungsCoupon *other;
  RungsPageWork work = { .func = set_retired,
                         .data_free = (GDestroyNotify) rungs_coupon_free,
                         .failed = _ ("The Coupon Could Not Be Saved") };
  RungsPageWork undo = work;

  g_return_if_fail (RUNGS_IS_PAGE (page));
  g_return_if_fail (coupon != NULL);

  other = rungs_coupon_copy (coupon);
  other->retired_at = coupon->retired_at == 0 ? rungs_display_now () : 0;
  work.data = other;
  work.done = other->retired_at != 0 ? _ ("The coupon is not accepted any more")
                                     : _ ("The coupon is accepted again");
  undo.data = rungs_coupon_copy (coupon);
  rungs_page_do (page, &work, &undo);
}
