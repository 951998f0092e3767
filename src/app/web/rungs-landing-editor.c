/* rungs-landing-editor.c: the window in which a landing page is written.
 *
 * A moment after each edit the page is made anew on a thread of the store, as the relay will show
 * it, and drawn; what stands in the way of that is said over it. */

#include "rungs-landing-editor.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "compat/rungs-question.h"
#include "ladder/rungs-product-store.h"
#include "mail/rungs-language-names.h"
#include "messages/rungs-block-editor.h"
#include "messages/rungs-text-history.h"
#include "web/rungs-landing-store.h"
#include "web/rungs-opt-in-store.h"
#include "web/rungs-web-html.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-undo-keys.h"
#include "widgets/rungs-web-pane.h"

#define DELAY_MS 250
#define PAGE_WIDTH 720

static const char EMPTY[] = "[{\"type\":\"text\",\"text\":\"\"}]";

struct _RungsLandingEditor
{
  AdwWindow parent_instance;

  AdwEntryRow *title_row;
  AdwEntryRow *slug_row;
  AdwComboRow *language_row;
  AdwComboRow *product_row;
  AdwComboRow *form_row;
  GtkScrolledWindow *palette;
  RungsBlockEditor *editor;
  GtkTextView *content;
  GtkToggleButton *ppc;
  GtkLabel *status;
  GtkWidget *undrawn;
  RungsWebPane *pane;

  RungsStore *store;    /* (owned) */
  gint64 page;          /* 0: a new one */
  GArray *products;     /* (owned) (element-type gint64): of the row, the first is none */
  GArray *forms;        /* (owned) the same */
  char *tag;            /* (owned) the language as it was; "" */
  char *opened;         /* (owned) (nullable): how it was; NULL: it is not loaded yet */
  RungsTextHistory *history; /* (owned) (nullable): of the whole page, from then on */
  gboolean filling;     /* the program changes what is in the fields */
  char *html;           /* (owned) (nullable): what is drawn */
  guint source;         /* 0: nothing waits to be drawn */
  GCancellable *cancellable; /* (owned): of what is read */
  gboolean saving;
  gboolean may_lose;    /* what is not saved: the question was answered so */
};

G_DEFINE_FINAL_TYPE (RungsLandingEditor, rungs_landing_editor, ADW_TYPE_WINDOW)

/* ---- what is in the fields */

static gint64
get_choice (AdwComboRow *row,
            GArray      *ids)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < ids->len ? g_array_index (ids, gint64, selected) : 0;
}

static const char *
get_language (RungsLandingEditor *self)
{
  guint selected = adw_combo_row_get_selected (self->language_row);
  gsize n;
  const RungsLanguageName *languages = rungs_language_names (&n);

  return selected < n ? languages[selected].tag : self->tag;
}

static char *
dup_entry (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static char *
dup_content (RungsLandingEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->content);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static RungsLanding *
read_draft (RungsLandingEditor *self)
{
  RungsLanding *draft = rungs_landing_new ();
  g_autofree char *title = dup_entry (self->title_row);
  g_autofree char *blocks = rungs_block_editor_dup_json (self->editor);
  g_autofree char *content = dup_content (self);

  rungs_landing_set (&draft->title, title);
  rungs_landing_set (&draft->language, get_language (self));
  rungs_landing_set (&draft->blocks, blocks);
  rungs_landing_set (&draft->content, content);
  draft->form = get_choice (self->form_row, self->forms);
  return draft;
}

/* All that is in the fields, to be compared and to be brought back. */
static char *
dup_state (RungsLandingEditor *self)
{
  g_autoptr (RungsLanding) draft = read_draft (self);
  g_autofree char *slug = dup_entry (self->slug_row);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  JsonArray *all = json_array_new ();

  json_array_add_string_element (all, draft->title);
  json_array_add_string_element (all, slug);
  json_array_add_string_element (all, draft->blocks);
  json_array_add_string_element (all, draft->content);
  json_array_add_int_element (all, adw_combo_row_get_selected (self->language_row));
  json_array_add_int_element (all, adw_combo_row_get_selected (self->product_row));
  json_array_add_int_element (all, adw_combo_row_get_selected (self->form_row));
  json_node_take_array (root, all);
  return json_to_string (root, FALSE);
}

/* ---- drawing */

static void
draw (RungsLandingEditor *self)
{
  if (self->html != NULL)
    rungs_web_pane_show (self->pane, self->html, FALSE, PAGE_WIDTH);
}

typedef struct
{
  RungsLanding *draft;
  RungsLandingVariant variant;
} Drawing;

static void
drawing_free (gpointer data)
{
  Drawing *drawing = data;

  rungs_landing_free (drawing->draft);
  g_free (drawing);
}

/* On a thread of the store. */
static gpointer
make_html (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Drawing *drawing = data;

  return rungs_landing_dup_html (db, drawing->draft, drawing->variant, NULL, error);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (RungsLandingEditor) self = data;
  g_autoptr (GError) error = NULL;
  char *html = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *words = error != NULL ? rungs_error_words (error) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->editor == NULL)
    return;
  gtk_label_set_label (self->status, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status), words != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.publish", html != NULL);
  if (html == NULL)
    return;
  g_free (self->html);
  self->html = rungs_web_html_without_blanks (html);
  draw (self);
}

static gboolean
make_cb (gpointer data)
{
  RungsLandingEditor *self = data;
  Drawing *drawing = g_new0 (Drawing, 1);

  self->source = 0;
  drawing->draft = read_draft (self);
  drawing->variant
    = gtk_toggle_button_get_active (self->ppc) ? RUNGS_LANDING_PPC : RUNGS_LANDING_EMAIL;
  rungs_store_read_async (self->store, make_html, drawing, drawing_free, g_free,
                          self->cancellable, made_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
draw_soon (RungsLandingEditor *self)
{
  if (self->opened == NULL)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (DELAY_MS, make_cb, self);
}

static void
settled_cb (RungsLandingEditor *self)
{
  gtk_widget_set_visible (self->undrawn, !rungs_web_pane_can_draw (self->pane));
  draw (self);
}

/* ---- changes */

static void
show_history (RungsLandingEditor *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.undo",
                                 self->history != NULL
                                   && rungs_text_history_can_undo (self->history));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.redo",
                                 self->history != NULL
                                   && rungs_text_history_can_redo (self->history));
}

/* `place`: what was typed into; "": nothing that one types into. */
static void
changed_in (RungsLandingEditor *self,
            const char         *place)
{
  g_autofree char *state = NULL;

  if (self->filling || self->history == NULL)
    return;
  state = dup_state (self);
  rungs_text_history_push (self->history, state, *place != '\0' ? place : NULL,
                           g_get_monotonic_time () / 1000);
  show_history (self);
  draw_soon (self);
}

static void
entry_changed_cb (RungsLandingEditor *self,
                  AdwEntryRow        *row)
{
  changed_in (self, row == self->title_row ? "title" : "slug");
}

static void
content_changed_cb (RungsLandingEditor *self)
{
  changed_in (self, "content");
}

static void
chosen_cb (RungsLandingEditor *self)
{
  changed_in (self, "");
}

static void
blocks_changed_cb (RungsLandingEditor *self,
                   const char         *place)
{
  changed_in (self, place);
}

/* Whoever sees a field change wants to go on there. */
static void
fill_entry (AdwEntryRow *row,
            const char  *text)
{
  g_autofree char *now = dup_entry (row);

  if (g_str_equal (now, text))
    return;
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_editable_set_position (GTK_EDITABLE (row), -1);
}

static void
fill_content (RungsLandingEditor *self,
              const char         *text)
{
  g_autofree char *now = dup_content (self);

  if (g_str_equal (now, text))
    return;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->content), text, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->content));
}

static void
show_state (RungsLandingEditor *self,
            const char         *state)
{
  g_autoptr (JsonNode) root = json_from_string (state, NULL);
  JsonArray *all = json_node_get_array (root);

  self->filling = TRUE;
  fill_entry (self->title_row, json_array_get_string_element (all, 0));
  fill_entry (self->slug_row, json_array_get_string_element (all, 1));
  rungs_block_editor_set_json (self->editor, json_array_get_string_element (all, 2));
  fill_content (self, json_array_get_string_element (all, 3));
  adw_combo_row_set_selected (self->language_row, (guint) json_array_get_int_element (all, 4));
  adw_combo_row_set_selected (self->product_row, (guint) json_array_get_int_element (all, 5));
  adw_combo_row_set_selected (self->form_row, (guint) json_array_get_int_element (all, 6));
  self->filling = FALSE;
  show_history (self);
  draw_soon (self);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsLandingEditor *self = RUNGS_LANDING_EDITOR (widget);
  const char *state = rungs_text_history_undo (self->history);

  if (state != NULL)
    show_state (self, state);
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsLandingEditor *self = RUNGS_LANDING_EDITOR (widget);
  const char *state = rungs_text_history_redo (self->history);

  if (state != NULL)
    show_state (self, state);
}

/* ---- loading */

typedef struct
{
  RungsLandingPage *page; /* (owned) (nullable) */
  GPtrArray *products;    /* (owned) (element-type RungsProduct) */
  GPtrArray *forms;       /* (owned) (element-type RungsOptInForm) */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->page, rungs_landing_page_free);
  g_clear_pointer (&found->products, g_ptr_array_unref);
  g_clear_pointer (&found->forms, g_ptr_array_unref);
  g_free (found);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

/* On a thread of the store. */
static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  gint64 page = *(gint64 *) data;
  g_autoptr (Found) found = g_new0 (Found, 1);

  if (page != 0 && (found->page = rungs_landing_load (db, page, error)) == NULL)
    return NULL;
  found->products = rungs_product_list (db, error);
  found->forms
    = found->products != NULL ? rungs_opt_in_list (db, rungs_display_now (), error) : NULL;
  return found->forms != NULL ? g_steal_pointer (&found) : NULL;
}

static void
add_choice (AdwComboRow *row,
            GArray      *ids,
            gint64       id,
            const char  *name,
            gint64       chosen)
{
  gtk_string_list_append (GTK_STRING_LIST (adw_combo_row_get_model (row)), name);
  g_array_append_val (ids, id);
  if (id == chosen)
    adw_combo_row_set_selected (row, ids->len - 1);
}

static void
fill_choices (RungsLandingEditor *self,
              const Found        *found)
{
  gint64 product = found->page != NULL ? found->page->product : 0;
  gint64 form = found->page != NULL ? found->page->draft->form : 0;

  add_choice (self->product_row, self->products, 0, _ ("No product"), product);
  for (guint i = 0; i < found->products->len; i++)
    {
      const RungsProduct *one = found->products->pdata[i];

      add_choice (self->product_row, self->products, one->id, one->name, product);
    }
  add_choice (self->form_row, self->forms, 0, _ ("No form"), form);
  for (guint i = 0; i < found->forms->len; i++)
    {
      const RungsOptInForm *one = found->forms->pdata[i];

      if (one->retired_at == 0 || one->id == form)
        add_choice (self->form_row, self->forms, one->id, one->name, form);
    }
}

static void
fill_language (RungsLandingEditor *self,
               const char         *tag)
{
  GtkStringList *names = GTK_STRING_LIST (adw_combo_row_get_model (self->language_row));
  gsize n;
  const RungsLanguageName *languages = rungs_language_names (&n);
  guint selected = (guint) n;

  for (guint i = 0; i < n; i++)
    {
      gtk_string_list_append (names, languages[i].name);
      if (g_str_equal (languages[i].tag, tag))
        selected = i;
    }
  if (selected == n)
    gtk_string_list_append (names, tag);
  g_free (self->tag);
  self->tag = g_strdup (tag);
  adw_combo_row_set_selected (self->language_row, selected);
}

static void
fill (RungsLandingEditor *self,
      const Found        *found)
{
  const RungsLandingPage *page = found->page;
  g_autoptr (RungsLanding) blank = rungs_landing_new ();
  const RungsLanding *draft = page != NULL ? page->draft : blank;

  gtk_editable_set_text (GTK_EDITABLE (self->title_row), draft->title);
  gtk_editable_set_text (GTK_EDITABLE (self->slug_row), page != NULL ? page->slug : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->slug_row),
                            page == NULL || page->published_at == 0);
  fill_language (self, draft->language);
  fill_choices (self, found);
  rungs_block_editor_set_json (self->editor,
                               g_str_equal (draft->blocks, "[]") ? EMPTY : draft->blocks);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->content), draft->content, -1);
  self->opened = dup_state (self);
  self->history = rungs_text_history_new (self->opened);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.save", TRUE);
  draw_soon (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsLandingEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->editor == NULL)
    return;
  if (found != NULL)
    fill (self, found);
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Page Could Not Be Read"), error);
}

/* ---- saving */

typedef struct
{
  gint64 page;
  char *slug;
  gint64 product;
  RungsLanding *draft;
  gboolean publishes;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->slug);
  rungs_landing_free (saving->draft);
  g_free (saving);
}

/* On the store's writing thread. */
static gpointer
save (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  const Saving *saving = data;
  gint64 now = rungs_display_now ();
  gint64 id = saving->page;

  if (id == 0)
    id = rungs_landing_add (db, saving->slug, saving->product, saving->draft, now, error);
  else if (!rungs_landing_save (db, id, saving->slug, saving->product, saving->draft, now, error))
    return NULL;
  if (id == 0 || (saving->publishes && !rungs_landing_publish (db, id, now, error)))
    return NULL;
  return g_memdup2 (&id, sizeof id);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsLandingEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  self->saving = FALSE;
  if (self->editor == NULL)
    return;
  if (error != NULL)
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Page Could Not Be Saved"), error);
      return;
    }
  self->may_lose = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_all (RungsLandingEditor *self,
          gboolean            publishes)
{
  Saving *saving;

  if (self->opened == NULL || self->saving)
    return;
  saving = g_new0 (Saving, 1);
  saving->page = self->page;
  saving->slug = dup_entry (self->slug_row);
  saving->product = get_choice (self->product_row, self->products);
  saving->draft = read_draft (self);
  saving->publishes = publishes;
  self->saving = TRUE;
  rungs_store_write_async (self->store, save, saving, saving_free, g_free, NULL, saved_cb,
                           g_object_ref (self));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  save_all (RUNGS_LANDING_EDITOR (widget), FALSE);
}

static void
publish_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  save_all (RUNGS_LANDING_EDITOR (widget), TRUE);
}

/* ---- closing */

static void
close_answered_cb (gboolean agreed,
                   gpointer data)
{
  RungsLandingEditor *self = data;

  self->may_lose = agreed;
  if (agreed)
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
rungs_landing_editor_close_request (GtkWindow *window)
{
  RungsLandingEditor *self = RUNGS_LANDING_EDITOR (window);
  g_autofree char *state = self->opened != NULL ? dup_state (self) : NULL;

  if (self->may_lose || state == NULL || g_str_equal (state, self->opened))
    return GTK_WINDOW_CLASS (rungs_landing_editor_parent_class)->close_request (window);
  rungs_question_ask (GTK_WIDGET (self), _ ("Close Without Saving?"),
                      _ ("What you changed of this page is lost."), _ ("_Close Without Saving"),
                      RUNGS_QUESTION_DESTRUCTIVE, close_answered_cb, self);
  return TRUE;
}

static void
rungs_landing_editor_dispose (GObject *object)
{
  RungsLandingEditor *self = RUNGS_LANDING_EDITOR (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  self->editor = NULL;
  G_OBJECT_CLASS (rungs_landing_editor_parent_class)->dispose (object);
}

static void
rungs_landing_editor_finalize (GObject *object)
{
  RungsLandingEditor *self = RUNGS_LANDING_EDITOR (object);

  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_array_unref (self->products);
  g_array_unref (self->forms);
  g_free (self->tag);
  g_free (self->opened);
  g_clear_pointer (&self->history, rungs_text_history_free);
  g_free (self->html);
  G_OBJECT_CLASS (rungs_landing_editor_parent_class)->finalize (object);
}

static void
rungs_landing_editor_class_init (RungsLandingEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rungs_landing_editor_dispose;
  object_class->finalize = rungs_landing_editor_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = rungs_landing_editor_close_request;

  gtk_widget_class_install_action (widget_class, "page.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "page.publish", NULL, publish_action);
  gtk_widget_class_install_action (widget_class, "page.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "page.redo", NULL, redo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "page.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  g_type_ensure (RUNGS_TYPE_BLOCK_EDITOR);
  g_type_ensure (RUNGS_TYPE_WEB_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-landing-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, title_row);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, slug_row);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, language_row);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, product_row);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, form_row);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, palette);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, editor);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, content);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, ppc);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, pane);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, status);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingEditor, undrawn);
  gtk_widget_class_bind_template_callback (widget_class, blocks_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, draw_soon);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, settled_cb);
}

static void
rungs_landing_editor_init (RungsLandingEditor *self)
{
  self->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->forms = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->tag = g_strdup ("");
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.save", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.publish", FALSE);
  gtk_scrolled_window_set_child (self->palette, rungs_block_editor_new_palette (self->editor));
  g_signal_connect_object (gtk_text_view_get_buffer (self->content), "changed",
                           G_CALLBACK (content_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->title_row), FALSE);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->slug_row), FALSE);
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (self->content), FALSE);
  rungs_undo_keys_add (GTK_WIDGET (self), "page.undo", "page.redo", GTK_PHASE_CAPTURE);
  show_history (self);
}

RungsLandingEditor *
rungs_landing_editor_new (GtkWindow  *parent,
                          RungsStore *store,
                          gint64      page)
{
  RungsLandingEditor *self
    = g_object_new (RUNGS_TYPE_LANDING_EDITOR, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  self->page = page;
  rungs_block_editor_set_store (self->editor, store);
  rungs_store_read_async (store, load, g_memdup2 (&page, sizeof page), g_free, found_free,
                          self->cancellable, loaded_cb, g_object_ref (self));
  return self;
}
