/* rungs-order-import-window.c: imports a file of orders.
 *
 * The file is read without writing anything; then the window says what is in it and asks which
 * products the names are that are not known. Each answer reads the file anew, for it changes what
 * is refused. Then the work, which can be cancelled, and what came of it, which can be taken back.
 */

#include "rungs-order-import-window.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "compat/rungs-file-chooser.h"
#include "ladder/rungs-product.h"
#include "leads/rungs-source-store.h"
#include "rungs-order-consent-group.h"
#include "rungs-order-import-job.h"
#include "rungs-order-import-words.h"
#include "rungs-order-shop-group.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-progress-view.h"

/* More names are not listed, those that are not known first. */
#define NAMES_SHOWN 200
#define REJECTS_SHOWN 50

/* The first choices of a name; the products follow. */
enum
{
  CHOICE_UNKNOWN,
  CHOICE_NEW,
  CHOICE_MONTHLY,
  CHOICE_YEARLY,
  CHOICE_SKIP,
  N_CHOICES,
};

struct _RungsOrderImportWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkWidget *import;
  RungsProgressView *progress;
  RungsOrderShopGroup *shop;
  RungsOrderConsentGroup *consent;
  GtkSpinner *spinner;
  AdwPreferencesGroup *products;
  GtkWidget *all_new;
  AdwPreferencesGroup *refused;
  GtkWidget *tax_group;
  AdwComboRow *tax;
  AdwComboRow *source;
  GtkSwitch *starts;
  AdwStatusPage *done;
  GtkWidget *undo;
  GtkWidget *save;

  RungsStore *store;         /* (owned) (nullable) until it is disposed of */
  RungsOrderPlan *plan;      /* (owned) */
  RungsOrderLook *look;      /* (owned) (nullable) the last one */
  GPtrArray *rows;           /* (owned) (element-type GtkWidget) in the groups */
  GCancellable *cancellable; /* (owned) (nullable) of the work under way */
  gboolean writing;          /* that work is an import, or the taking back of one */
  gboolean filling;          /* rows change because of us */
};

G_DEFINE_FINAL_TYPE (RungsOrderImportWindow, rungs_order_import_window, ADW_TYPE_WINDOW)

/* ---- what is in the file */

static void
clear_rows (RungsOrderImportWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      AdwPreferencesGroup *group
          = ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP));

      adw_preferences_group_remove (group, row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (RungsOrderImportWindow *self,
         AdwPreferencesGroup    *group,
         GtkWidget              *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

/* What the choice of a row is called in a plan. */
static char *
dup_choice (RungsOrderImportWindow *self,
            guint                   selected)
{
  static const char *const WORDS[N_CHOICES] = { NULL, "new", "monthly", "yearly", "skip" };
  const RungsProduct *product;

  if (selected < N_CHOICES)
    return g_strdup (WORDS[selected]);
  product = g_ptr_array_index (self->look->products, selected - N_CHOICES);
  return g_strdup (product->sku);
}

static void
chosen_cb (AdwComboRow            *row,
           GParamSpec             *pspec,
           RungsOrderImportWindow *self)
{
  const char *name = g_object_get_data (G_OBJECT (row), "rungs-name");
  char *choice;

  if (self->filling)
    return;
  choice = dup_choice (self, adw_combo_row_get_selected (row));
  if (choice != NULL)
    g_hash_table_insert (self->plan->choices, g_strdup (name), choice);
  else
    g_hash_table_remove (self->plan->choices, name);
  gtk_widget_activate_action (GTK_WIDGET (self), "import.look", NULL);
}

static guint
position_of (RungsOrderImportWindow *self,
             const RungsOrderName   *name)
{
  static const guint CHOICES[] = {
    [RUNGS_CHOICE_NONE] = CHOICE_UNKNOWN,   [RUNGS_CHOICE_NEW] = CHOICE_NEW,
    [RUNGS_CHOICE_MONTHLY] = CHOICE_MONTHLY, [RUNGS_CHOICE_YEARLY] = CHOICE_YEARLY,
    [RUNGS_CHOICE_LEAVE_OUT] = CHOICE_SKIP,
  };

  if (name->choice != RUNGS_CHOICE_PRODUCT)
    return CHOICES[name->choice];
  for (guint i = 0; i < self->look->products->len; i++)
    if (((RungsProduct *) g_ptr_array_index (self->look->products, i))->id == name->product)
      return N_CHOICES + i;
  return CHOICE_UNKNOWN;
}

static GtkStringList *
list_choices (RungsOrderImportWindow *self)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("Not known: refused"));
  gtk_string_list_append (list, _ ("A new product"));
  gtk_string_list_append (list, _ ("A new subscription, paid each month"));
  gtk_string_list_append (list, _ ("A new subscription, paid each year"));
  gtk_string_list_append (list, _ ("Leave it out"));
  for (guint i = 0; i < self->look->products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (self->look->products, i);

      gtk_string_list_append (list, product->name);
    }
  return list;
}

static GtkWidget *
new_name_row (RungsOrderImportWindow *self,
              const RungsOrderName   *name,
              GListModel             *choices)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *price = rungs_display_money (name->price);
  g_autofree char *number = rungs_display_number (name->lines);
  g_autofree char *lines
      = g_strdup_printf (ngettext ("%s line", "%s lines", (gulong) name->lines), number);
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s · %s", name->sku, *name->sku ? " · " : "",
                                               lines, price);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 *name->name ? name->name : _ ("Without a name"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), choices);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), position_of (self, name));
  if (name->choice == RUNGS_CHOICE_NONE)
    gtk_widget_add_css_class (row, "warning");
  g_object_set_data_full (G_OBJECT (row), "rungs-name", g_strdup (name->name), g_free);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (chosen_cb), self, 0);
  return row;
}

/* Those that are not known come first. */
static void
show_names (RungsOrderImportWindow *self)
{
  GPtrArray *names = self->look->result.names;
  g_autoptr (GListModel) choices = G_LIST_MODEL (list_choices (self));
  guint shown = 0;
  gboolean unknown = FALSE;

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < names->len && shown < NAMES_SHOWN; i++)
      {
        const RungsOrderName *name = g_ptr_array_index (names, i);

        if ((name->choice == RUNGS_CHOICE_NONE && !name->said) != (round == 0))
          continue;
        unknown |= name->choice == RUNGS_CHOICE_NONE;
        add_row (self, self->products, new_name_row (self, name, choices));
        shown++;
      }
  gtk_widget_set_visible (GTK_WIDGET (self->products), names->len > 0);
  gtk_widget_set_visible (self->all_new, unknown);
}

static void
show_refused (RungsOrderImportWindow *self)
{
  GPtrArray *rejects = self->look->result.rejects;

  for (guint i = 0; i < rejects->len && i < REJECTS_SHOWN; i++)
    {
      const RungsImportReject *reject = g_ptr_array_index (rejects, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *number = rungs_display_number (reject->line);
      g_autofree char *title = g_strdup_printf (_ ("Line %s: %s"), number, reject->reason);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reject->text);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
      gtk_widget_set_tooltip_text (row, reject->text);
      add_row (self, self->refused, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->refused), rejects->len > 0);
}

static void
show_sources (RungsOrderImportWindow *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  if (adw_combo_row_get_model (self->source) != NULL)
    return;
  gtk_string_list_append (list, _ ("Not said"));
  for (guint i = 0; i < self->look->sources->len; i++)
    {
      const RungsSource *source = g_ptr_array_index (self->look->sources, i);

      gtk_string_list_append (list, source->name);
    }
  adw_combo_row_set_model (self->source, G_LIST_MODEL (list));
}

/* Asks whether the tax is in the amounts, where the file has some. */
static void
show_tax (RungsOrderImportWindow *self)
{
  const RungsOrderImportResult *result = &self->look->result;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (self->tax_group, result->asks_tax);
  if (!result->asks_tax)
    return;
  title = g_strdup_printf (_ ("Tax, as in “%s”"), result->tax_heading);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->tax), title);
  adw_combo_row_set_selected (self->tax, result->tax_added ? 1 : 0);
}

/* What the file brings, or brought. */
static char *
dup_words (const RungsOrderImportResult *result)
{
  g_autofree char *words = rungs_order_import_words (result);
  g_autofree char *rest = rungs_order_import_rest_words (result);

  return g_strconcat (words, *rest ? "\n" : "", rest, NULL);
}

static void
show_look (RungsOrderImportWindow *self)
{
  const RungsOrderImportResult *result = &self->look->result;
  g_autofree char *all
      = result->shop_unsaid ? g_strdup (_ ("Which of its orders are new depends on the shop."))
                            : dup_words (result);

  self->filling = TRUE;
  clear_rows (self);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->shop), result->words);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->shop), all);
  rungs_order_shop_group_show (self->shop, result);
  rungs_order_consent_group_show (self->consent, result);
  show_names (self);
  show_refused (self);
  show_sources (self);
  show_tax (self);
  self->filling = FALSE;
  gtk_widget_set_visible (self->import, TRUE);
  gtk_widget_set_sensitive (self->import,
                            result->orders_created + result->refunds_created > 0
                                && !result->shop_unsaid);
  gtk_stack_set_visible_child_name (self->stack, "plan");
}

/* ---- looking into it */

/* Takes what came of the work; FALSE where nobody waits for it any more. */
static gboolean
take_look (RungsOrderImportWindow *self,
           GAsyncResult           *result,
           GError                **error)
{
  RungsOrderLook *look = rungs_order_import_job_finish (result, error);

  if (look == NULL)
    return self->store != NULL && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (self->store == NULL)
    {
      rungs_order_look_free (look);
      return FALSE;
    }
  g_clear_pointer (&self->look, rungs_order_look_free);
  self->look = look;
  return TRUE;
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsOrderImportWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!take_look (self, result, &error))
    return;
  gtk_spinner_stop (self->spinner);
  if (error == NULL)
    {
      show_look (self);
      return;
    }
  rungs_error_tell (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))),
                    _ ("The Orders Could Not Be Read"), error);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
begin_work (RungsOrderImportWindow *self,
            gboolean                writing,
            const char             *title,
            RungsProgress          *progress)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->writing = writing;
  rungs_progress_view_follow (self->progress, title, progress, self->cancellable);
}

static void
begin_reading (RungsOrderImportWindow *self,
               gboolean                dry_run,
               const char             *title,
               GAsyncReadyCallback     callback)
{
  g_autoptr (RungsProgress) progress = rungs_progress_new ();

  begin_work (self, !dry_run, title, progress);
  self->plan->dry_run = dry_run;
  rungs_order_import_job_async (self->store, self->plan, progress, self->cancellable, callback,
                                g_object_ref (self));
}

static void
look_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsOrderImportWindow *self = RUNGS_ORDER_IMPORT_WINDOW (widget);

  gtk_widget_set_sensitive (self->import, FALSE);
  gtk_spinner_start (self->spinner);
  begin_reading (self, TRUE, _ ("Reading the File"), looked_cb);
}

static void
shop_changed_cb (RungsOrderImportWindow *self)
{
  g_free (self->plan->shop);
  self->plan->shop = g_strdup (rungs_order_shop_group_get_shop (self->shop));
  gtk_widget_activate_action (GTK_WIDGET (self), "import.look", NULL);
}

static void
tax_changed_cb (RungsOrderImportWindow *self)
{
  if (self->filling)
    return;
  self->plan->tax
      = adw_combo_row_get_selected (self->tax) == 1 ? RUNGS_TAX_ADDED : RUNGS_TAX_WITHIN;
  gtk_widget_activate_action (GTK_WIDGET (self), "import.look", NULL);
}

static void
consent_changed_cb (RungsOrderImportWindow *self)
{
  self->plan->no_consent = rungs_order_consent_group_get_refused (self->consent);
  gtk_widget_activate_action (GTK_WIDGET (self), "import.look", NULL);
}

/* Products are made of all names that are not known. */
static void
all_new_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  g_hash_table_insert (RUNGS_ORDER_IMPORT_WINDOW (widget)->plan->choices, g_strdup ("*"),
                       g_strdup ("new"));
  gtk_widget_activate_action (widget, "import.look", NULL);
}

/* ---- the import */

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (RungsOrderImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  self->writing = FALSE;
  if (!take_look (self, result, &error))
    {
      if (self->store != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), "import.look", NULL);
      return;
    }
  if (error != NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "plan");
      gtk_widget_set_visible (self->import, TRUE);
      rungs_error_tell (GTK_WIDGET (self), _ ("The Orders Could Not Be Imported"), error);
      return;
    }
  words = dup_words (&self->look->result);
  adw_status_page_set_description (self->done, words);
  gtk_widget_set_visible (self->undo, self->look->result.run != 0);
  gtk_widget_set_visible (self->save, self->look->result.rows_refused > 0);
  gtk_stack_set_visible_child_name (self->stack, "done");
}

/* Refused rows are written beside, and go where the person wants them, if anywhere. */
static char *
dup_rejects_path (void)
{
  g_autofree char *folder = g_dir_make_tmp ("rungs-XXXXXX", NULL);

  return folder ? g_build_filename (folder, "refused.csv", NULL) : NULL;
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsOrderImportWindow *self = RUNGS_ORDER_IMPORT_WINDOW (widget);
  guint selected = adw_combo_row_get_selected (self->source);

  g_clear_pointer (&self->plan->source, g_free);
  if (selected > 0 && selected <= self->look->sources->len)
    {
      const RungsSource *source = g_ptr_array_index (self->look->sources, selected - 1);

      self->plan->source
          = g_strconcat (rungs_source_kind_to_text (source->kind), ":", source->name, NULL);
    }
  g_free (self->plan->consent);
  self->plan->consent = rungs_order_consent_group_dup_words (self->consent);
  self->plan->starts = gtk_switch_get_active (self->starts);
  if (self->plan->rejects == NULL)
    self->plan->rejects = dup_rejects_path ();
  gtk_widget_set_visible (self->import, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "work");
  begin_reading (self, FALSE, _ ("Importing the Orders"), imported_cb);
}

/* ---- afterwards */

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsOrderImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = rungs_imports_undo_finish (RUNGS_STORE (source), result, &error);

  if (self->store == NULL)
    return;
  self->writing = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "done");
  if (words != NULL)
    {
      gtk_widget_set_visible (self->undo, FALSE);
      adw_status_page_set_title (self->done, _ ("The Import Was Taken Back"));
      adw_status_page_set_description (self->done, words);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rungs_error_tell (GTK_WIDGET (self), _ ("The Import Could Not Be Taken Back"), error);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsOrderImportWindow *self = RUNGS_ORDER_IMPORT_WINDOW (widget);
  g_autoptr (RungsProgress) progress = rungs_progress_new ();
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (runs, self->look->result.run);
  begin_work (self, TRUE, _ ("Taking the Import Back"), progress);
  gtk_stack_set_visible_child_name (self->stack, "work");
  rungs_imports_undo_async (self->store, rungs_order_import_job_get_kind (), runs, progress,
                            self->cancellable, undone_cb, g_object_ref (self));
}

static void
place_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsOrderImportWindow) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);
  g_autoptr (GFile) rejects = NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL || self->store == NULL || self->plan->rejects == NULL)
    return;
  rejects = g_file_new_for_path (self->plan->rejects);
  if (g_file_copy (rejects, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    gtk_widget_set_visible (self->save, FALSE);
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Refused Rows Could Not Be Saved"), error);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  rungs_file_chooser_save_async (GTK_WINDOW (widget), _ ("Save Refused Rows"),
                                 _ ("refused orders.csv"), NULL, place_chosen_cb,
                                 g_object_ref (widget));
}

/* ---- the class */

static void
remove_rejects (RungsOrderImportWindow *self)
{
  g_autofree char *folder = self->plan && self->plan->rejects
                                ? g_path_get_dirname (self->plan->rejects)
                                : NULL;

  if (folder == NULL)
    return;
  g_remove (self->plan->rejects);
  g_rmdir (folder);
}

/* What writes is cancelled first, and the window stays to say so. */
static gboolean
rungs_order_import_window_close_request (GtkWindow *window)
{
  RungsOrderImportWindow *self = RUNGS_ORDER_IMPORT_WINDOW (window);

  if (!self->writing)
    return GTK_WINDOW_CLASS (rungs_order_import_window_parent_class)->close_request (window);
  g_cancellable_cancel (self->cancellable);
  return TRUE;
}

static void
rungs_order_import_window_dispose (GObject *object)
{
  RungsOrderImportWindow *self = RUNGS_ORDER_IMPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  remove_rejects (self);
  g_clear_object (&self->store);
  g_clear_pointer (&self->plan, rungs_order_plan_free);
  g_clear_pointer (&self->look, rungs_order_look_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_order_import_window_parent_class)->dispose (object);
}

static void
rungs_order_import_window_class_init (RungsOrderImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_order_import_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rungs_order_import_window_close_request;

  g_type_ensure (RUNGS_TYPE_ORDER_CONSENT_GROUP);
  g_type_ensure (RUNGS_TYPE_ORDER_SHOP_GROUP);
  g_type_ensure (RUNGS_TYPE_PROGRESS_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/ladder/rungs-order-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, import);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, shop);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, consent);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, products);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, all_new);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, refused);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, tax_group);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, tax);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, source);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, starts);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, done);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, undo);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderImportWindow, save);
  gtk_widget_class_bind_template_callback (widget_class, shop_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, consent_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, tax_changed_cb);
  gtk_widget_class_install_action (widget_class, "import.look", NULL, look_action);
  gtk_widget_class_install_action (widget_class, "import.all-new", NULL, all_new_action);
  gtk_widget_class_install_action (widget_class, "import.do", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "import.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "import.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_order_import_window_init (RungsOrderImportWindow *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

RungsOrderImportWindow *
rungs_order_import_window_new (GtkWindow  *parent,
                               RungsStore *store,
                               const char *path)
{
  RungsOrderImportWindow *self
      = g_object_new (RUNGS_TYPE_ORDER_IMPORT_WINDOW, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  self->plan = rungs_order_plan_new (path);
  gtk_widget_activate_action (GTK_WIDGET (self), "import.look", NULL);
  return self;
}
