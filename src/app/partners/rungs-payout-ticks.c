/* rungs-payout-ticks.c: who would be in a payout, or is left out.
 *
 * What is kept is whether everybody is ticked, and who is not as everybody is: so a plan that is
 * made anew, with others in it, finds each as the user left it. */

#include "rungs-payout-ticks.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "rungs-payout-load.h"
#include "widgets/rungs-display.h"

/* From so many rows on there is a search. */
#define MANY 12

/* How high the list gets, and about how high a row is: what is not seen has no height yet. */
#define HIGHEST 300
#define ROW_HEIGHT 52

#define ROW "rungs-row"

/* ---- a line of the list */

#define RUNGS_TYPE_PAYOUT_TICK (rungs_payout_tick_get_type ())

G_DECLARE_FINAL_TYPE (RungsPayoutTick, rungs_payout_tick, RUNGS, PAYOUT_TICK, GObject)

struct _RungsPayoutTick
{
  GObject parent_instance;

  const RungsPayoutLine *line; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (RungsPayoutTick, rungs_payout_tick, G_TYPE_OBJECT)

static void
rungs_payout_tick_class_init (RungsPayoutTickClass *klass)
{
}

static void
rungs_payout_tick_init (RungsPayoutTick *self)
{
}

/* ---- the list */

struct _RungsPayoutTicks
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *tools;
  GtkSearchEntry *search;
  GtkWidget *scroller;
  GtkListView *view;
  GListStore *store;         /* (owned) (element-type RungsPayoutTick) */
  GtkCustomFilter *filter;   /* (owned) */
  GtkFilterListModel *found; /* (owned) */
  char *folded;              /* (owned) (nullable) what is searched for */
  gboolean tickable;
  gboolean everybody;  /* who is not among the others is ticked */
  GHashTable *others;  /* (owned) gint64 ids of partners */
  GHashTable *rows;    /* (owned) (element-type Row) that are bound */
  char currency[4];
  char *(*words) (gconstpointer  line,
                  const char    *currency);
};

G_DEFINE_FINAL_TYPE (RungsPayoutTicks, rungs_payout_ticks, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_TICKED,
} RungsPayoutTicksSignal;

static guint signals[SIGNAL_TICKED + 1];

/* A row that is seen; it shows other lines as the list is scrolled. */
typedef struct
{
  RungsPayoutTicks *owner;     /* (unowned) */
  GHashTable *rows;            /* (owned) of the owner, with this one */
  const RungsPayoutLine *line; /* (unowned) (nullable): NULL: it shows none */
  GtkCheckButton *check;
  GtkLabel *name;
  GtkLabel *words;
  GtkLabel *amount;
} Row;

gboolean
rungs_payout_ticks_is_ticked (RungsPayoutTicks *self,
                              gint64            partner)
{
  g_return_val_if_fail (RUNGS_IS_PAYOUT_TICKS (self), FALSE);

  return self->everybody != g_hash_table_contains (self->others, &partner);
}

static void
set_ticked (RungsPayoutTicks *self,
            gint64            partner,
            gboolean          ticked)
{
  if (ticked == self->everybody)
    g_hash_table_remove (self->others, &partner);
  else
    g_hash_table_add (self->others, g_memdup2 (&partner, sizeof partner));
}

/* The rows that are seen show who is ticked. */
static void
show_ticks (RungsPayoutTicks *self)
{
  GHashTableIter rows;
  gpointer key;

  g_hash_table_iter_init (&rows, self->rows);
  while (g_hash_table_iter_next (&rows, &key, NULL))
    {
      Row *row = key;

      if (row->line != NULL)
        gtk_check_button_set_active (
            row->check, rungs_payout_ticks_is_ticked (self, row->line->item.partner));
    }
}

/* ---- rows */

static void
toggled_cb (GtkCheckButton *check,
            Row            *row)
{
  gboolean ticked = gtk_check_button_get_active (check);

  if (row->line == NULL
      || rungs_payout_ticks_is_ticked (row->owner, row->line->item.partner) == ticked)
    return;
  set_ticked (row->owner, row->line->item.partner, ticked);
  g_signal_emit (row->owner, signals[SIGNAL_TICKED], 0);
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
row_free (gpointer data)
{
  Row *row = data;

  g_hash_table_remove (row->rows, row);
  g_hash_table_unref (row->rows);
  g_free (row);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          RungsPayoutTicks         *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  Row *row = g_new0 (Row, 1);

  row->owner = self;
  row->rows = g_hash_table_ref (self->rows);
  g_hash_table_add (self->rows, row);
  gtk_widget_set_margin_top (line, 6);
  gtk_widget_set_margin_bottom (line, 6);
  gtk_widget_set_margin_start (line, 8);
  gtk_widget_set_margin_end (line, 8);
  if (self->tickable)
    {
      row->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
      gtk_widget_set_valign (GTK_WIDGET (row->check), GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (line), GTK_WIDGET (row->check));
      g_signal_connect (row->check, "toggled", G_CALLBACK (toggled_cb), row);
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  row->name = add_label (texts, NULL);
  row->words = add_label (texts, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (row->words), "caption");
  gtk_box_append (GTK_BOX (line), texts);
  row->amount = add_label (line, "numeric");
  gtk_label_set_wrap (row->amount, FALSE);
  gtk_list_item_set_activatable (item, self->tickable);
  gtk_list_item_set_child (item, line);
  g_object_set_data_full (G_OBJECT (item), ROW, row, row_free);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         RungsPayoutTicks         *self)
{
  const RungsPayoutLine *line = RUNGS_PAYOUT_TICK (gtk_list_item_get_item (item))->line;
  Row *row = g_object_get_data (G_OBJECT (item), ROW);
  g_autofree char *words = self->words (line, self->currency);
  g_autofree char *money = rungs_display_money (rungs_money (line->amount, self->currency));

  gtk_label_set_label (row->name, line->name);
  gtk_label_set_label (row->words, words);
  gtk_label_set_label (row->amount, money);
  row->line = NULL;
  if (row->check == NULL)
    return;
  gtk_check_button_set_active (row->check,
                               rungs_payout_ticks_is_ticked (self, line->item.partner));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  line->name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, money, -1);
  row->line = line;
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           RungsPayoutTicks         *self)
{
  Row *row = g_object_get_data (G_OBJECT (item), ROW);

  row->line = NULL;
}

/* A click on a row, or Enter in it, is one on its tick. */
static void
activated_cb (GtkListView      *view,
              guint             position,
              RungsPayoutTicks *self)
{
  g_autoptr (RungsPayoutTick) tick
      = g_list_model_get_item (G_LIST_MODEL (self->found), position);
  gint64 partner = tick->line->item.partner;

  set_ticked (self, partner, !rungs_payout_ticks_is_ticked (self, partner));
  show_ticks (self);
  g_signal_emit (self, signals[SIGNAL_TICKED], 0);
}

/* ---- searching, and all that is found */

static gboolean
is_found (gpointer item,
          gpointer data)
{
  RungsPayoutTicks *self = data;
  g_autofree char *name = NULL;

  if (self->folded == NULL)
    return TRUE;
  name = g_utf8_casefold (RUNGS_PAYOUT_TICK (item)->line->name, -1);
  return strstr (name, self->folded) != NULL;
}

static void
searched_cb (RungsPayoutTicks *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_pointer (&self->folded, g_free);
  if (*words != '\0')
    self->folded = g_utf8_casefold (words, -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
tick_found (RungsPayoutTicks *self,
            gboolean          ticked)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->found)); i++)
    {
      g_autoptr (RungsPayoutTick) tick = g_list_model_get_item (G_LIST_MODEL (self->found), i);

      set_ticked (self, tick->line->item.partner, ticked);
    }
  show_ticks (self);
  g_signal_emit (self, signals[SIGNAL_TICKED], 0);
}

static void
all_clicked_cb (RungsPayoutTicks *self)
{
  tick_found (self, TRUE);
}

static void
none_clicked_cb (RungsPayoutTicks *self)
{
  tick_found (self, FALSE);
}

static void
add_button (RungsPayoutTicks *self,
            const char       *label,
            const char       *tooltip,
            GCallback         clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (self->tools), button);
}

static void
add_tools (RungsPayoutTicks *self)
{
  self->tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _ ("Search by name"), "hexpand", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search by name"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (searched_cb), self);
  gtk_box_append (GTK_BOX (self->tools), GTK_WIDGET (self->search));
  if (self->tickable)
    {
      add_button (self, _ ("_All"), _ ("Tick all who are found"), G_CALLBACK (all_clicked_cb));
      add_button (self, _ ("N_one"), _ ("Tick none of those who are found"),
                  G_CALLBACK (none_clicked_cb));
    }
  gtk_box_append (GTK_BOX (self->box), self->tools);
}

/* ---- the widget */

static void
add_view (RungsPayoutTicks *self,
          const char       *label)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *shown = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->found)));
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (shown), factory);

  self->scroller = gtk_scrolled_window_new ();
  self->view = GTK_LIST_VIEW (view);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_single_click_activate (self->view, self->tickable);
  gtk_list_view_set_show_separators (self->view, TRUE);
  g_signal_connect_object (view, "activate", G_CALLBACK (activated_cb), self, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set (self->scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "child", view, NULL);
  gtk_widget_add_css_class (self->scroller, "card");
  gtk_widget_set_overflow (self->scroller, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (self->box), self->scroller);
}

static void
rungs_payout_ticks_dispose (GObject *object)
{
  RungsPayoutTicks *self = RUNGS_PAYOUT_TICKS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (rungs_payout_ticks_parent_class)->dispose (object);
}

static void
rungs_payout_ticks_finalize (GObject *object)
{
  RungsPayoutTicks *self = RUNGS_PAYOUT_TICKS (object);

  g_free (self->folded);
  g_hash_table_unref (self->others);
  g_hash_table_unref (self->rows);
  G_OBJECT_CLASS (rungs_payout_ticks_parent_class)->finalize (object);
}

static void
rungs_payout_ticks_class_init (RungsPayoutTicksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_payout_ticks_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_payout_ticks_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_TICKED] = g_signal_new ("ticked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_payout_ticks_init (RungsPayoutTicks *self)
{
  self->everybody = TRUE;
  self->others = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->rows = g_hash_table_new (NULL, NULL);
  self->store = g_list_store_new (RUNGS_TYPE_PAYOUT_TICK);
  self->filter = gtk_custom_filter_new (is_found, self, NULL);
  self->found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->store)),
                                           g_object_ref (GTK_FILTER (self->filter)));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
rungs_payout_ticks_new (const char *label,
                        gboolean    tickable)
{
  RungsPayoutTicks *self = g_object_new (RUNGS_TYPE_PAYOUT_TICKS, NULL);

  self->tickable = tickable;
  add_tools (self);
  add_view (self, label);
  return GTK_WIDGET (self);
}

void
rungs_payout_ticks_show (RungsPayoutTicks *self,
                         GPtrArray        *lines,
                         const char       *currency,
                         char           *(*words) (gconstpointer  line,
                                                   const char    *currency))
{
  g_autoptr (GPtrArray) ticks = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = lines != NULL ? lines->len : 0;

  g_return_if_fail (RUNGS_IS_PAYOUT_TICKS (self));

  for (guint i = 0; i < n; i++)
    {
      RungsPayoutTick *tick = g_object_new (RUNGS_TYPE_PAYOUT_TICK, NULL);

      tick->line = lines->pdata[i];
      g_ptr_array_add (ticks, tick);
    }
  self->words = words;
  g_strlcpy (self->currency, currency != NULL ? currency : "", sizeof self->currency);
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)),
                       ticks->pdata, n);
  gtk_widget_set_visible (self->tools, n > MANY);
  gtk_widget_set_size_request (self->scroller, -1, (int) MIN (n * ROW_HEIGHT, HIGHEST));
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

void
rungs_payout_ticks_set_only (RungsPayoutTicks *self,
                             GArray           *partners)
{
  g_return_if_fail (RUNGS_IS_PAYOUT_TICKS (self) && partners != NULL);

  self->everybody = FALSE;
  g_hash_table_remove_all (self->others);
  for (guint i = 0; i < partners->len; i++)
    set_ticked (self, g_array_index (partners, gint64, i), TRUE);
  show_ticks (self);
}
