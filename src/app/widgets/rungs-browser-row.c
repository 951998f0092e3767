/* rungs-browser-row.c: one row of a browser: what the model hands to the table. */

#include "rungs-browser-row.h"

struct _RungsBrowserRow
{
  GObject parent_instance;

  gint64 id;
  guint position;
  GPtrArray *page; /* (owned) (nullable): holds data */
  gpointer data;   /* (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsBrowserRow, rungs_browser_row, G_TYPE_OBJECT)

typedef enum
{
  PROP_DATA = 1,
} RungsBrowserRowProperty;

static GParamSpec *properties[PROP_DATA + 1];

static void
rungs_browser_row_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_value_set_pointer (value, RUNGS_BROWSER_ROW (object)->data);
}

static void
rungs_browser_row_finalize (GObject *object)
{
  g_clear_pointer (&RUNGS_BROWSER_ROW (object)->page, g_ptr_array_unref);

  G_OBJECT_CLASS (rungs_browser_row_parent_class)->finalize (object);
}

static void
rungs_browser_row_class_init (RungsBrowserRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rungs_browser_row_finalize;
  object_class->get_property = rungs_browser_row_get_property;
  properties[PROP_DATA]
    = g_param_spec_pointer ("data", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
rungs_browser_row_init (RungsBrowserRow *self)
{
}

RungsBrowserRow *
rungs_browser_row_new (gint64 id)
{
  RungsBrowserRow *self = g_object_new (RUNGS_TYPE_BROWSER_ROW, NULL);

  self->id = id;
  return self;
}

gint64
rungs_browser_row_get_id (RungsBrowserRow *self)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER_ROW (self), 0);

  return self->id;
}

guint
rungs_browser_row_get_position (RungsBrowserRow *self)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER_ROW (self), G_MAXUINT);

  return self->position;
}

void
rungs_browser_row_set_position (RungsBrowserRow *self,
                                guint            position)
{
  g_return_if_fail (RUNGS_IS_BROWSER_ROW (self));

  self->position = position;
}

gpointer
rungs_browser_row_get_data (RungsBrowserRow *self)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER_ROW (self), NULL);

  return self->data;
}

void
rungs_browser_row_set_data (RungsBrowserRow *self,
                            GPtrArray       *page,
                            guint            index)
{
  g_return_if_fail (page != NULL);

  rungs_browser_row_become (self, rungs_browser_row_get_id (self), page, index);
}

void
rungs_browser_row_become (RungsBrowserRow *self,
                          gint64           id,
                          GPtrArray       *page,
                          guint            index)
{
  g_autoptr (GPtrArray) old = NULL;

  g_return_if_fail (RUNGS_IS_BROWSER_ROW (self));

  old = self->page;
  self->id = id;
  self->page = page != NULL ? g_ptr_array_ref (page) : NULL;
  self->data = page != NULL ? g_ptr_array_index (page, index) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATA]);
}
