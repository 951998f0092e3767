/* rungs-page.c: a page of the window: header bar, search, main action, content. */

#include "rungs-page.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "rungs-page-work.h"
#include "rungs-undo-offer.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"

/* Changes that come faster than this are shown together. */
#define REFRESH_INTERVAL_MS 250

typedef struct
{
  GtkWidget *box;
  AdwHeaderBar *header_bar;
  AdwWindowTitle *window_title;
  GtkWidget *main_button;
  GtkEditable *search_entry;
  AdwToastOverlay *toasts;
  GMenu *page_section;

  RungsStore *store;    /* (owned) (nullable) */
  RungsEngine *engine;  /* (owned) (nullable) */
  RungsUndoOffer *undo; /* (owned) */
  guint badge;
  guint refresh_source; /* 0: none is queued */
  gint64 refreshed_at;  /* monotonic, microseconds */
  gboolean stale;
  gboolean badge_stale;
  GtkWidget *stand_in; /* (unowned) (nullable): has the keys until what the page is about is there;
                        * only compared */
} RungsPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RungsPage, rungs_page, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_STORE = 1,
  PROP_ENGINE,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_CONTENT,
  PROP_START,
  PROP_END,
  PROP_MAIN_ACTION_LABEL,
  PROP_MAIN_ACTION_TOOLTIP,
  PROP_SEARCH_PLACEHOLDER,
  PROP_BADGE,
} RungsPageProperty;

static GParamSpec *properties[PROP_BADGE + 1];

static RungsPagePrivate *
private (RungsPage *self)
{
  return rungs_page_get_instance_private (self);
}

static void
do_refresh (RungsPage *self)
{
  RungsPagePrivate *priv = private (self);
  RungsPageClass *klass = RUNGS_PAGE_GET_CLASS (self);

  if (priv->store == NULL)
    return;
  priv->refreshed_at = g_get_monotonic_time ();
  if (priv->badge_stale && klass->refresh_badge != NULL)
    klass->refresh_badge (self);
  priv->badge_stale = FALSE;

  if (!priv->stale || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  priv->stale = FALSE;
  if (klass->refresh != NULL)
    klass->refresh (self);
}

static gboolean
refresh_due_cb (gpointer data)
{
  RungsPage *self = data;

  private (self)->refresh_source = 0;
  do_refresh (self);
  return G_SOURCE_REMOVE;
}

static gboolean
touches_page (RungsPage  *self,
              GHashTable *tables)
{
  const char *const *watched = RUNGS_PAGE_GET_CLASS (self)->tables;

  if (watched == NULL)
    return TRUE;
  for (guint i = 0; watched[i] != NULL; i++)
    if (rungs_store_change_touches (tables, watched[i]))
      return TRUE;
  return FALSE;
}

static void
store_changed_cb (RungsPage  *self,
                  GHashTable *tables)
{
  if (touches_page (self, tables))
    rungs_page_queue_refresh (self);
}

static void
search_changed_cb (RungsPage *self)
{
  RungsPageClass *klass = RUNGS_PAGE_GET_CLASS (self);

  /* who types on stays in the entry */
  private (self)->stand_in = NULL;
  if (klass->search != NULL)
    klass->search (self, rungs_page_get_search_text (self));
}

/* (nullable) */
static GtkWidget *
get_focus (RungsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

static gboolean
focus_content (RungsPage *self)
{
  RungsPageClass *klass = RUNGS_PAGE_GET_CLASS (self);
  GtkWidget *content = GTK_WIDGET (private (self)->toasts);

  if (klass->focus_content != NULL)
    return klass->focus_content (self);
  /* what scrolls takes the keys where nothing in it does */
  if (GTK_IS_SCROLLED_WINDOW (get_focus (self)))
    gtk_root_set_focus (gtk_widget_get_root (content), NULL);
  if (!rungs_focus_is_in (content))
    gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD);
  return rungs_focus_is_in (content) && !GTK_IS_SCROLLED_WINDOW (get_focus (self));
}

/* What is found takes the keys: when it is there, where it has yet to be looked for. */
static void
search_activated_cb (RungsPage *self)
{
  RungsPagePrivate *priv = private (self);

  priv->stand_in = focus_content (self) ? NULL : get_focus (self);
}

static void
search_stopped_cb (RungsPage *self)
{
  rungs_page_set_search_text (self, "");
  search_activated_cb (self);
}

static gboolean
search_key_pressed_cb (RungsPage      *self,
                       guint           key,
                       guint           code,
                       GdkModifierType modifiers)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  search_activated_cb (self);
  return GDK_EVENT_STOP;
}

static void
main_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  rungs_page_do_main_action (data);
}

static void
set_main_action_tooltip (RungsPage  *self,
                         const char *tooltip)
{
  gtk_widget_set_tooltip_text (private (self)->main_button, tooltip);
}

static void
rungs_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rungs_page_parent_class)->map (widget);
  do_refresh (RUNGS_PAGE (widget));
}

static void
rungs_page_constructed (GObject *object)
{
  RungsPage *self = RUNGS_PAGE (object);
  RungsPagePrivate *priv = private (self);

  G_OBJECT_CLASS (rungs_page_parent_class)->constructed (object);

  gtk_widget_set_visible (GTK_WIDGET (priv->search_entry),
                          RUNGS_PAGE_GET_CLASS (self)->search != NULL);
  if (priv->store != NULL)
    g_signal_connect_object (priv->store, "changed", G_CALLBACK (store_changed_cb), self,
                             G_CONNECT_SWAPPED);
  rungs_page_queue_refresh (self);
}

static void
rungs_page_dispose (GObject *object)
{
  RungsPage *self = RUNGS_PAGE (object);
  RungsPagePrivate *priv = private (self);

  g_clear_handle_id (&priv->refresh_source, g_source_remove);
  g_clear_pointer (&priv->undo, rungs_undo_offer_free);
  g_clear_pointer (&priv->box, gtk_widget_unparent);
  g_clear_object (&priv->store);
  g_clear_object (&priv->engine);

  G_OBJECT_CLASS (rungs_page_parent_class)->dispose (object);
}

static void
rungs_page_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  RungsPagePrivate *priv = private (RUNGS_PAGE (object));

  switch ((RungsPageProperty) id)
    {
    case PROP_STORE:
      g_value_set_object (value, priv->store);
      break;
    case PROP_ENGINE:
      g_value_set_object (value, priv->engine);
      break;
    case PROP_BADGE:
      g_value_set_uint (value, priv->badge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_search_placeholder (RungsPage  *self,
                        const char *text)
{
  GtkEditable *entry = private (self)->search_entry;

  g_object_set (entry, "placeholder-text", text, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : _ ("Search"), -1);
}

static void
rungs_page_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  RungsPage *self = RUNGS_PAGE (object);
  RungsPagePrivate *priv = private (self);

  switch ((RungsPageProperty) id)
    {
    case PROP_STORE:
      priv->store = g_value_dup_object (value);
      break;
    case PROP_ENGINE:
      priv->engine = g_value_dup_object (value);
      break;
    case PROP_TITLE:
      adw_window_title_set_title (priv->window_title, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      rungs_page_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_CONTENT:
      rungs_page_set_content (self, g_value_get_object (value));
      break;
    case PROP_START:
      adw_header_bar_pack_start (priv->header_bar, g_value_get_object (value));
      break;
    case PROP_END:
      adw_header_bar_pack_end (priv->header_bar, g_value_get_object (value));
      break;
    case PROP_MAIN_ACTION_LABEL:
      rungs_page_set_main_action_label (self, g_value_get_string (value));
      break;
    case PROP_MAIN_ACTION_TOOLTIP:
      set_main_action_tooltip (self, g_value_get_string (value));
      break;
    case PROP_SEARCH_PLACEHOLDER:
      set_search_placeholder (self, g_value_get_string (value));
      break;
    case PROP_BADGE:
      rungs_page_set_badge (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags set = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, RUNGS_TYPE_STORE,
                                                both | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_ENGINE] = g_param_spec_object ("engine", NULL, NULL, RUNGS_TYPE_ENGINE,
                                                 both | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", set);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", set);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, set);
  properties[PROP_START] = g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET, set);
  properties[PROP_END] = g_param_spec_object ("end", NULL, NULL, GTK_TYPE_WIDGET, set);
  properties[PROP_MAIN_ACTION_LABEL]
    = g_param_spec_string ("main-action-label", NULL, NULL, NULL, set);
  properties[PROP_MAIN_ACTION_TOOLTIP]
    = g_param_spec_string ("main-action-tooltip", NULL, NULL, NULL, set);
  properties[PROP_SEARCH_PLACEHOLDER]
    = g_param_spec_string ("search-placeholder", NULL, NULL, NULL, set);
  properties[PROP_BADGE] = g_param_spec_uint ("badge", NULL, NULL, 0, G_MAXUINT, 0,
                                              both | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
rungs_page_class_init (RungsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = rungs_page_constructed;
  object_class->dispose = rungs_page_dispose;
  object_class->get_property = rungs_page_get_property;
  object_class->set_property = rungs_page_set_property;
  widget_class->map = rungs_page_map;
  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/rungs/Rungs/rungs-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, RungsPage, box);
  gtk_widget_class_bind_template_child_private (widget_class, RungsPage, header_bar);
  gtk_widget_class_bind_template_child_private (widget_class, RungsPage, window_title);
  gtk_widget_class_bind_template_child_private (widget_class, RungsPage, main_button);
  gtk_widget_class_bind_template_child_private (widget_class, RungsPage, search_entry);
  gtk_widget_class_bind_template_child_private (widget_class, RungsPage, toasts);
  gtk_widget_class_bind_template_child_private (widget_class, RungsPage, page_section);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_pressed_cb);
}

static void
rungs_page_init (RungsPage *self)
{
  RungsPagePrivate *priv = private (self);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  const GActionEntry entries[] = {
    { .name = "main-action", .activate = main_action_cb },
  };

  priv->stale = TRUE;
  priv->badge_stale = TRUE;
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", G_ACTION_GROUP (actions));
  priv->undo = rungs_undo_offer_new (self, actions);
  gtk_widget_init_template (GTK_WIDGET (self));
}

RungsStore *
rungs_page_get_store (RungsPage *self)
{
  g_return_val_if_fail (RUNGS_IS_PAGE (self), NULL);

  return private (self)->store;
}

RungsEngine *
rungs_page_get_engine (RungsPage *self)
{
  g_return_val_if_fail (RUNGS_IS_PAGE (self), NULL);

  return private (self)->engine;
}

void
rungs_page_set_content (RungsPage *self,
                        GtkWidget *content)
{
  g_return_if_fail (RUNGS_IS_PAGE (self));

  adw_toast_overlay_set_child (private (self)->toasts, content);
}

void
rungs_page_set_subtitle (RungsPage  *self,
                         const char *subtitle)
{
  g_return_if_fail (RUNGS_IS_PAGE (self));

  adw_window_title_set_subtitle (private (self)->window_title, subtitle != NULL ? subtitle : "");
}

void
rungs_page_set_main_action_label (RungsPage  *self,
                                  const char *label)
{
  RungsPagePrivate *priv = private (self);

  g_return_if_fail (RUNGS_IS_PAGE (self));

  gtk_button_set_label (GTK_BUTTON (priv->main_button), label);
  gtk_widget_set_visible (priv->main_button, label != NULL);
}

void
rungs_page_set_menu (RungsPage  *self,
                     GMenuModel *menu)
{
  RungsPagePrivate *priv = private (self);

  g_return_if_fail (RUNGS_IS_PAGE (self));

  g_menu_remove_all (priv->page_section);
  for (int i = 0; menu != NULL && i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (menu, i);

      g_menu_append_item (priv->page_section, item);
    }
}

void
rungs_page_set_badge (RungsPage *self,
                      guint      badge)
{
  RungsPagePrivate *priv = private (self);

  g_return_if_fail (RUNGS_IS_PAGE (self));

  if (priv->badge == badge)
    return;
  priv->badge = badge;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BADGE]);
}

guint
rungs_page_get_badge (RungsPage *self)
{
  g_return_val_if_fail (RUNGS_IS_PAGE (self), 0);

  return private (self)->badge;
}

const char *
rungs_page_get_search_text (RungsPage *self)
{
  g_return_val_if_fail (RUNGS_IS_PAGE (self), NULL);

  return gtk_editable_get_text (private (self)->search_entry);
}

void
rungs_page_set_search_text (RungsPage  *self,
                            const char *text)
{
  g_return_if_fail (RUNGS_IS_PAGE (self));
  g_return_if_fail (text != NULL);

  gtk_editable_set_text (private (self)->search_entry, text);
}

void
rungs_page_set_search_shown (RungsPage *self,
                             gboolean   shown)
{
  g_return_if_fail (RUNGS_IS_PAGE (self));
  g_return_if_fail (RUNGS_PAGE_GET_CLASS (self)->search != NULL);

  gtk_widget_set_visible (GTK_WIDGET (private (self)->search_entry), shown);
}

void
rungs_page_start_search (RungsPage *self)
{
  RungsPagePrivate *priv = private (self);

  g_return_if_fail (RUNGS_IS_PAGE (self));

  if (gtk_widget_get_visible (GTK_WIDGET (priv->search_entry)))
    gtk_widget_grab_focus (GTK_WIDGET (priv->search_entry));
}

void
rungs_page_take_focus (RungsPage *self)
{
  RungsPagePrivate *priv = NULL;

  g_return_if_fail (RUNGS_IS_PAGE (self));

  priv = private (self);
  priv->stand_in = NULL;
  if (focus_content (self))
    return;
  if (!rungs_focus_is_in (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (priv->header_bar), GTK_DIR_TAB_FORWARD);
  priv->stand_in = get_focus (self);
}

void
rungs_page_settle_focus (RungsPage *self)
{
  RungsPagePrivate *priv = NULL;

  g_return_if_fail (RUNGS_IS_PAGE (self));

  priv = private (self);
  if (priv->stand_in != NULL && (get_focus (self) != priv->stand_in || focus_content (self)))
    priv->stand_in = NULL;
}

void
rungs_page_do_main_action (RungsPage *self)
{
  g_return_if_fail (RUNGS_IS_PAGE (self));

  if (gtk_widget_get_visible (private (self)->main_button)
      && RUNGS_PAGE_GET_CLASS (self)->main_action != NULL)
    RUNGS_PAGE_GET_CLASS (self)->main_action (self);
}

void
rungs_page_show_target (RungsPage  *self,
                        const char *target)
{
  g_return_if_fail (RUNGS_IS_PAGE (self));
  g_return_if_fail (target != NULL);

  if (RUNGS_PAGE_GET_CLASS (self)->show_target != NULL)
    RUNGS_PAGE_GET_CLASS (self)->show_target (self, target);
}

char *
rungs_page_dup_unsaved (RungsPage *self)
{
  RungsPageClass *klass;

  g_return_val_if_fail (RUNGS_IS_PAGE (self), NULL);

  klass = RUNGS_PAGE_GET_CLASS (self);
  return klass->dup_unsaved != NULL ? klass->dup_unsaved (self) : NULL;
}

void
rungs_page_queue_refresh (RungsPage *self)
{
  RungsPagePrivate *priv = private (self);
  gint64 elapsed_ms = (g_get_monotonic_time () - priv->refreshed_at) / 1000;

  g_return_if_fail (RUNGS_IS_PAGE (self));

  priv->stale = TRUE;
  priv->badge_stale = TRUE;
  if (priv->refresh_source == 0)
    priv->refresh_source
      = g_timeout_add (CLAMP (REFRESH_INTERVAL_MS - elapsed_ms, 0, REFRESH_INTERVAL_MS),
                       refresh_due_cb, self);
}

void
rungs_page_notify (RungsPage  *self,
                   const char *text)
{
  g_autofree char *title = NULL;

  g_return_if_fail (RUNGS_IS_PAGE (self));

  title = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (private (self)->toasts, adw_toast_new (title));
}

void
rungs_page_notify_of (RungsPage  *self,
                      const char *text,
                      const char *page,
                      const char *target)
{
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (title);

  g_return_if_fail (RUNGS_IS_PAGE (self));

  adw_toast_set_button_label (toast, _ ("_Show"));
  adw_toast_set_action_name (toast, "win.show-target");
  adw_toast_set_action_target (toast, "(ss)", page, target);
  adw_toast_overlay_add_toast (private (self)->toasts, toast);
}

void
rungs_page_notify_error (RungsPage    *self,
                         const GError *error)
{
  g_autofree char *words = NULL;

  g_return_if_fail (RUNGS_IS_PAGE (self));
  g_return_if_fail (error != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_BUSY))
    return;
  words = rungs_error_words (error);
  g_strdelimit (words, "\n", ' '); /* a notice has one line */
  rungs_page_notify (self, words);
}

void
rungs_page_end_undo (RungsPage *self)
{
  g_return_if_fail (RUNGS_IS_PAGE (self));

  if (private (self)->undo != NULL)
    rungs_undo_offer_end (private (self)->undo);
}

void
rungs_page_offer_undo (RungsPage           *self,
                       const char          *done,
                       const RungsPageWork *undo)
{
  RungsPagePrivate *priv = private (self);

  g_return_if_fail (RUNGS_IS_PAGE (self));
  g_return_if_fail (done != NULL && undo != NULL);

  /* what was done may have ended after the page was closed */
  if (priv->undo != NULL)
    rungs_undo_offer_make (priv->undo, priv->toasts, done, undo);
  else
    rungs_page_work_free (rungs_page_work_new (undo));
}
