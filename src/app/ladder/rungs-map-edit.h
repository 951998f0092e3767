/* rungs-map-edit.h: what is done to the ladder on its map, for the threads of the store, each so
 * that it can be undone and done again. */

#pragma once

#include "ladder/rungs-ladder-edit-store.h"
#include "ladder/rungs-map.h"
#include "widgets/rungs-history.h"

G_BEGIN_DECLS

/* One thing to do. Made by the functions below. */
typedef struct _RungsMapEdit RungsMapEdit;

void rungs_map_edit_free (RungsMapEdit *self);

/* A product goes onto a rung, or between two (rungs_ladder_put_product()). */
RungsMapEdit *rungs_map_edit_put (gint64   product,
                                  gint64   rung,
                                  gboolean between);

/* A new product there, of that name, free in that currency. */
RungsMapEdit *rungs_map_edit_add_product (const char *name,
                                          const char *currency,
                                          gint64      rung,
                                          gboolean    between);
RungsMapEdit *rungs_map_edit_add_offer (gint64         from,
                                        gint64         to,
                                        RungsOfferKind kind);
RungsMapEdit *rungs_map_edit_add_source (RungsSourceKind  kind,
                                         const char      *name);
RungsMapEdit *rungs_map_edit_rename_source (gint64      source,
                                            const char *name);
RungsMapEdit *rungs_map_edit_add_spend (gint64      source,
                                        const char *day,
                                        RungsMoney  amount,
                                        const char *note);
RungsMapEdit *rungs_map_edit_remove_spend (gint64 spend);

/* Takes the way. */
RungsMapEdit *rungs_map_edit_add_way (RungsWay *way);

/* A product that is no longer sold is sold again. */
RungsMapEdit *rungs_map_edit_revive (gint64 product);

/* Things of the map, by their ids: products and sources are given up, offers and ways removed. */
RungsMapEdit *rungs_map_edit_remove (const char *const *ids);

/* Products that were copied, as rungs_product_list_to_json() has them. */
RungsMapEdit *rungs_map_edit_paste (const char *json);

/* A whole ladder to start from (rungs-ladder-template.h), in the language of the program. */
RungsMapEdit *rungs_map_edit_use_template (const char *id);

/* Does it (RungsMapEdit), in a write transaction. */
gboolean rungs_map_edit_run (RungsDb   *db,
                             gpointer   data,
                             GError   **error);

/* Remembers an edit that was done. Takes `edit`. */
void rungs_map_edit_remember (RungsHistory    *history,
                              RungsStore      *store,
                              const char      *label,
                              RungsLadderEdit *edit);

/* What the edit added, as the map calls it; NULL: nothing. */
char *rungs_map_edit_dup_added (const RungsLadderEdit *edit);

G_END_DECLS
