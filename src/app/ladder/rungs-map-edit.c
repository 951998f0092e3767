/* rungs-map-edit.c: what is done to the ladder on its map. */

#include "rungs-map-edit.h"

#include "base/rungs-error.h"
#include "ladder/rungs-ladder-change-store.h"
#include "ladder/rungs-ladder-template.h"
#include "ladder/rungs-product-copy.h"

typedef gboolean (*Doing) (RungsDb       *db,
                           RungsMapEdit  *self,
                           GError       **error);

struct _RungsMapEdit
{
  Doing doing;
  gint64 thing;
  gint64 rung;
  gboolean between;
  RungsOffer *offer;   /* (owned) (nullable) */
  RungsWay *way;       /* (owned) (nullable) */
  RungsSourceKind kind;
  RungsMoney amount;
  char *text;          /* (owned) (nullable) a name, a day, JSON */
  char *note;          /* (owned) (nullable) a note, a currency */
  char **ids;          /* (owned) (nullable) */
};

static gint64
now (void)
{
  return g_get_real_time () / 1000;
}

static RungsMapEdit *
edit_new (Doing doing)
{
  RungsMapEdit *self = g_new0 (RungsMapEdit, 1);

  self->doing = doing;
  return self;
}

void
rungs_map_edit_free (RungsMapEdit *self)
{
  g_clear_pointer (&self->offer, rungs_offer_free);
  g_clear_pointer (&self->way, rungs_way_free);
  g_free (self->text);
  g_free (self->note);
  g_strfreev (self->ids);
  g_free (self);
}

/* ---- products */

static gboolean
put (RungsDb       *db,
     RungsMapEdit  *self,
     GError       **error)
{
  return rungs_ladder_put_product (db, self->thing, self->rung, self->between, error);
}

RungsMapEdit *
rungs_map_edit_put (gint64   product,
                    gint64   rung,
                    gboolean between)
{
  RungsMapEdit *self = edit_new (put);

  self->thing = product;
  self->rung = rung;
  self->between = between;
  return self;
}

static gboolean
add_product (RungsDb       *db,
             RungsMapEdit  *self,
             GError       **error)
{
  g_autoptr (RungsProduct) product = rungs_product_new ();
  gint64 id;

  g_free (product->name);
  g_free (product->sku);
  product->name = g_strdup (self->text);
  product->price = rungs_money (0, self->note);
  product->sku = rungs_product_free_sku (db, "NEW", error);
  id = product->sku != NULL ? rungs_product_add (db, product, now (), error) : 0;
  return id != 0 && rungs_ladder_put_product (db, id, self->rung, self->between, error);
}

RungsMapEdit *
rungs_map_edit_add_product (const char *name,
                            const char *currency,
                            gint64      rung,
                            gboolean    between)
{
  RungsMapEdit *self = edit_new (add_product);

  self->text = g_strdup (name);
  self->note = g_strdup (currency);
  self->rung = rung;
  self->between = between;
  return self;
}

static gboolean
paste (RungsDb       *db,
       RungsMapEdit  *self,
       GError       **error)
{
  return rungs_product_paste (db, self->text, now (), error);
}

RungsMapEdit *
rungs_map_edit_paste (const char *json)
{
  RungsMapEdit *self = edit_new (paste);

  self->text = g_strdup (json);
  return self;
}

static gboolean
use_template (RungsDb       *db,
              RungsMapEdit  *self,
              GError       **error)
{
  return rungs_ladder_template_use (db, self->text, g_get_language_names (), now (), error);
}

RungsMapEdit *
rungs_map_edit_use_template (const char *id)
{
  RungsMapEdit *self = edit_new (use_template);

  self->text = g_strdup (id);
  return self;
}

/* ---- arrows */

static gboolean
add_offer (RungsDb       *db,
           RungsMapEdit  *self,
           GError       **error)
{
  return rungs_offer_add (db, self->offer, now (), error) != 0;
}

RungsMapEdit *
rungs_map_edit_add_offer (gint64         from,
                          gint64         to,
                          RungsOfferKind kind)
{
  RungsMapEdit *self = edit_new (add_offer);

  self->offer = rungs_offer_new ();
  self->offer->from_product = from;
  self->offer->to_product = to;
  self->offer->kind = kind;
  return self;
}

static gboolean
add_way (RungsDb       *db,
         RungsMapEdit  *self,
         GError       **error)
{
  return rungs_way_add (db, self->way, now (), error) != 0;
}

RungsMapEdit *
rungs_map_edit_add_way (RungsWay *way)
{
  RungsMapEdit *self = edit_new (add_way);

  self->way = way;
  return self;
}

/* ---- sources */

/* "New source", "New source 2", … */
static gboolean
add_source (RungsDb       *db,
            RungsMapEdit  *self,
            GError       **error)
{
  for (int i = 1;; i++)
    {
      g_autofree char *name
        = i == 1 ? g_strdup (self->text) : g_strdup_printf ("%s %d", self->text, i);
      g_autoptr (GError) failure = NULL;

      if (rungs_source_add (db, self->kind, name, now (), &failure) != 0)
        return TRUE;
      if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
        continue;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
}

RungsMapEdit *
rungs_map_edit_add_source (RungsSourceKind  kind,
                           const char      *name)
{
  RungsMapEdit *self = edit_new (add_source);

  self->kind = kind;
  self->text = g_strdup (name);
  return self;
}

static gboolean
rename_source (RungsDb       *db,
               RungsMapEdit  *self,
               GError       **error)
{
  return rungs_source_rename (db, self->thing, self->text, error);
}

RungsMapEdit *
rungs_map_edit_rename_source (gint64      source,
                              const char *name)
{
  RungsMapEdit *self = edit_new (rename_source);

  self->thing = source;
  self->text = g_strdup (name);
  return self;
}

static gboolean
add_spend (RungsDb       *db,
           RungsMapEdit  *self,
           GError       **error)
{
  return rungs_spend_add (db, self->thing, self->text, self->amount, self->note, error) != 0;
}

RungsMapEdit *
rungs_map_edit_add_spend (gint64      source,
                          const char *day,
                          RungsMoney  amount,
                          const char *note)
{
  RungsMapEdit *self = edit_new (add_spend);

  self->thing = source;
  self->text = g_strdup (day);
  self->amount = amount;
  self->note = g_strdup (note);
  return self;
}

static gboolean
remove_spend (RungsDb       *db,
              RungsMapEdit  *self,
              GError       **error)
{
  return rungs_spend_delete (db, self->thing, error);
}

RungsMapEdit *
rungs_map_edit_remove_spend (gint64 spend)
{
  RungsMapEdit *self = edit_new (remove_spend);

  self->thing = spend;
  return self;
}

static gboolean
revive (RungsDb       *db,
        RungsMapEdit  *self,
        GError       **error)
{
  return rungs_ladder_take_up_product (db, self->thing, error);
}

RungsMapEdit *
rungs_map_edit_revive (gint64 product)
{
  RungsMapEdit *self = edit_new (revive);

  self->thing = product;
  return self;
}

/* ---- removing */

/* What goes with a product that was removed before it is not asked for again. */
static gboolean
remove_one (RungsDb     *db,
            const char  *id,
            GError     **error)
{
  g_autoptr (RungsOffer) offer = NULL;
  gint64 number;

  if (rungs_map_id_is (id, "product", &number))
    return rungs_ladder_give_up_product (db, number, now (), error);
  if (rungs_map_id_is (id, "source", &number))
    return rungs_source_retire (db, number, now (), error);
  if (rungs_map_id_is (id, "offer", &number))
    return rungs_offer_retire (db, number, now (), error);
  if (rungs_map_id_is (id, "way", &number))
    return rungs_way_delete (db, number, error);
  return TRUE;
}

static gboolean
remove_all (RungsDb       *db,
            RungsMapEdit  *self,
            GError       **error)
{
  for (guint i = 0; self->ids[i] != NULL; i++)
    {
      g_autoptr (GError) failure = NULL;

      if (remove_one (db, self->ids[i], &failure))
        continue;
      if (g_str_has_prefix (self->ids[i], "way:")
          && g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
        continue;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

RungsMapEdit *
rungs_map_edit_remove (const char *const *ids)
{
  RungsMapEdit *self = edit_new (remove_all);

  self->ids = g_strdupv ((char **) ids);
  return self;
}

/* ---- doing, undoing, doing again */

gboolean
rungs_map_edit_run (RungsDb   *db,
                    gpointer   data,
                    GError   **error)
{
  RungsMapEdit *self = data;

  return self->doing (db, self, error);
}

typedef struct
{
  RungsStore *store;     /* (owned) */
  RungsLadderEdit *edit; /* (owned) */
} Command;

static void
command_free (gpointer data)
{
  Command *command = data;

  g_object_unref (command->store);
  rungs_ladder_edit_free (command->edit);
  g_free (command);
}

static gpointer
undo (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return GINT_TO_POINTER (rungs_ladder_edit_undo (db, data, error));
}

static gpointer
redo (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return GINT_TO_POINTER (rungs_ladder_edit_redo (db, data, error));
}

/* The command stays with the history until it has ended. */
static void
start (gpointer            data,
       gboolean            undoing,
       GAsyncReadyCallback callback,
       gpointer            callback_data)
{
  Command *command = data;

  rungs_store_write_async (command->store, undoing ? undo : redo, command->edit, NULL, NULL, NULL,
                           callback, callback_data);
}

static gboolean
finish (gpointer       data,
        GObject       *source,
        GAsyncResult  *result,
        GError       **error)
{
  return GPOINTER_TO_INT (rungs_store_write_finish (RUNGS_STORE (source), result, error));
}

void
rungs_map_edit_remember (RungsHistory    *history,
                         RungsStore      *store,
                         const char      *label,
                         RungsLadderEdit *edit)
{
  Command *command = g_new (Command, 1);

  *command = (Command) { g_object_ref (store), edit };
  rungs_history_add (history, label, start, finish, command, command_free);
}

char *
rungs_map_edit_dup_added (const RungsLadderEdit *edit)
{
  static const struct
  {
    const char *table;
    const char *what;
  } THINGS[] = { { "product", "product" }, { "offer", "offer" }, { "way_in", "way" },
                 { "source", "source" } };

  for (guint i = 0; i < G_N_ELEMENTS (THINGS); i++)
    {
      gint64 id = rungs_ladder_edit_find_added (edit, THINGS[i].table);

      if (id != 0)
        return rungs_map_id (THINGS[i].what, id);
    }
  return NULL;
}
