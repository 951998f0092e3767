/* rungs-partner-page-row.c: the private page of a partner at the relay.
 *
 * What stands there is made here and kept in the file; the engine gives it to the relay within a
 * moment, and this row tells whether it did. */

#include "rungs-partner-page-row.h"

#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "rungs-page.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-row-menu.h"

struct _RungsPartnerPageRow
{
  AdwActionRow parent_instance;

  GtkWidget *put_up;
  GtkWidget *menu;
  gint64 partner;
  char *name;    /* (owned) */
  char *address; /* (owned) (nullable): NULL: it has none */
};

G_DEFINE_FINAL_TYPE (RungsPartnerPageRow, rungs_partner_page_row, ADW_TYPE_ACTION_ROW)

static RungsPage *
page_of (RungsPartnerPageRow *self)
{
  return RUNGS_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (self), RUNGS_TYPE_PAGE));
}

/* ---- on the store's thread */

static gpointer
do_open (RungsDb      *db,
         gpointer      data,
         GCancellable *cancellable,
         GError      **error)
{
  rungs_partner_page_open (db, *(gint64 *) data, FALSE, g_get_real_time () / 1000, error);
  return NULL;
}

static gpointer
do_move (RungsDb      *db,
         gpointer      data,
         GCancellable *cancellable,
         GError      **error)
{
  rungs_partner_page_open (db, *(gint64 *) data, TRUE, g_get_real_time () / 1000, error);
  return NULL;
}

static gpointer
do_close (RungsDb      *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  rungs_partner_page_close (db, *(gint64 *) data, error);
  return NULL;
}

static void
work (RungsPartnerPageRow *self,
      RungsStoreFunc       func,
      const char          *done,
      const char          *failed)
{
  RungsPageWork of = { .func = func,
                       .data = g_memdup2 (&self->partner, sizeof self->partner),
                       .data_free = g_free,
                       .done = done,
                       .failed = failed };

  rungs_page_do (page_of (self), &of, NULL);
}

/* ---- what can be done */

static void
put_up_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  work (RUNGS_PARTNER_PAGE_ROW (widget), do_open, _ ("The page is made"),
        _ ("The Page Could Not Be Made"));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsPartnerPageRow *self = RUNGS_PARTNER_PAGE_ROW (widget);

  if (self->address == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->address);
  rungs_page_notify (page_of (self),
                     _ ("The address is in the clipboard; whoever has it can read the page"));
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsPartnerPageRow *self = RUNGS_PARTNER_PAGE_ROW (widget);

  if (self->address != NULL)
    g_app_info_launch_default_for_uri_async (self->address, NULL, NULL, NULL, NULL);
}

static void
move_answered_cb (gboolean agreed,
                  gpointer data)
{
  g_autoptr (RungsPartnerPageRow) self = data;

  if (agreed && page_of (self) != NULL)
    work (self, do_move, _ ("The page has a new address"), _ ("The Page Could Not Be Made"));
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsPartnerPageRow *self = RUNGS_PARTNER_PAGE_ROW (widget);
  g_autofree char *body = g_strdup_printf (
      _ ("The address that %s has leads nowhere any more: send the new one."), self->name);

  rungs_question_ask (widget, _ ("Give the Page a New Address?"), body, _ ("_New Address"),
                      RUNGS_QUESTION_DESTRUCTIVE, move_answered_cb, g_object_ref (self));
}

static void
close_answered_cb (gboolean agreed,
                   gpointer data)
{
  g_autoptr (RungsPartnerPageRow) self = data;

  if (agreed && page_of (self) != NULL)
    work (self, do_close, _ ("The page is taken down"), _ ("The Page Could Not Be Taken Down"));
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsPartnerPageRow *self = RUNGS_PARTNER_PAGE_ROW (widget);
  g_autofree char *body = g_strdup_printf (
      _ ("%s cannot read it any more. Put up again, it has another address."), self->name);

  rungs_question_ask (widget, _ ("Take the Page Down?"), body, _ ("_Take Down"),
                      RUNGS_QUESTION_DESTRUCTIVE, close_answered_cb, g_object_ref (self));
}

/* ---- the row */

static GMenu *
make_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Copy the Address"), "partner-page.copy");
  g_menu_append (menu, _ ("_Open"), "partner-page.open");
  g_menu_append (menu, _ ("_Make It Anew"), "partner-page.put-up");
  g_menu_append (menu, _ ("_New Address…"), "partner-page.move");
  g_menu_append (menu, _ ("_Take Down…"), "partner-page.close");
  return menu;
}

static void
rungs_partner_page_row_finalize (GObject *object)
{
  RungsPartnerPageRow *self = RUNGS_PARTNER_PAGE_ROW (object);

  g_free (self->name);
  g_free (self->address);
  G_OBJECT_CLASS (rungs_partner_page_row_parent_class)->finalize (object);
}

static void
rungs_partner_page_row_class_init (RungsPartnerPageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_partner_page_row_finalize;
  gtk_widget_class_install_action (widget_class, "partner-page.put-up", NULL, put_up_action);
  gtk_widget_class_install_action (widget_class, "partner-page.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "partner-page.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "partner-page.move", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "partner-page.close", NULL, close_action);
}

static void
rungs_partner_page_row_init (RungsPartnerPageRow *self)
{
  g_autoptr (GMenu) menu = make_menu ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Partner's Page"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  self->put_up = gtk_button_new_with_label (_ ("Put Up"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->put_up), "partner-page.put-up");
  gtk_widget_set_tooltip_text (self->put_up,
                               _ ("A private page on the web with links, sales and balance"));
  gtk_widget_set_valign (self->put_up, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->put_up, "small-button");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->put_up);
  self->menu = rungs_row_menu_button_new (menu, _ ("Partner's Page"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->menu);
}

static char *
words_of (const RungsPartner          *partner,
          const RungsPartnerPagePlace *place)
{
  g_autofree char *day = NULL;

  if (partner->status == RUNGS_PARTNER_ENDED)
    return g_strdup (_ ("None: the partner has ended"));
  if (partner->status == RUNGS_PARTNER_APPLIED)
    return g_strdup (_ ("None: the partner has only applied"));
  if (place == NULL)
    return g_strdup (_ ("None"));
  if (place->address == NULL)
    return g_strdup (_ ("Made; it can be read when a relay is paired"));
  if (place->put_at == 0)
    return g_strdup (_ ("Made; the relay is given it when it is next asked"));
  day = rungs_display_time (place->made_at);
  /* Translators: a day and time. */
  return g_strdup_printf (_ ("At the relay, as of %s"), day);
}

void
rungs_partner_page_row_set (RungsPartnerPageRow         *self,
                            const RungsPartner          *partner,
                            const RungsPartnerPagePlace *place)
{
  g_autofree char *words = NULL;
  gboolean is_on = place != NULL && !place->is_off;
  gboolean is_reached = is_on && place->address != NULL;

  g_return_if_fail (RUNGS_IS_PARTNER_PAGE_ROW (self));

  self->partner = partner->id;
  g_free (self->name);
  self->name = g_strdup (partner->name);
  g_free (self->address);
  self->address = is_reached ? g_strdup (place->address) : NULL;
  words = words_of (partner, place);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_widget_set_visible (self->put_up, !is_on && partner->status != RUNGS_PARTNER_ENDED
                                            && partner->status != RUNGS_PARTNER_APPLIED);
  gtk_widget_set_visible (self->menu, is_on);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "partner-page.copy", is_reached);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "partner-page.open", is_reached);
}
