/* rungs-arena.h: memory that is freed all at once. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whatever is made while a template is read, or while one message is rendered, lives in one arena
 * and ends with it: no part of it is freed alone. Used by one thread at a time. */
typedef struct _RungsArena RungsArena;

RungsArena *rungs_arena_new (void);
void rungs_arena_free (RungsArena *self);

/* Zeroed, aligned for any type; never NULL. */
gpointer rungs_arena_alloc (RungsArena *self,
                            gsize       size);

/* A copy of `length` bytes, with a NUL behind them. */
char *rungs_arena_strndup (RungsArena *self,
                           const char *text,
                           gsize       length);

/* Bytes given out so far. */
gsize rungs_arena_get_used (RungsArena *self);

#define rungs_arena_new_array(self, Type, n)                                                       \
  ((Type *) rungs_arena_alloc ((self), sizeof (Type) * (gsize) (n)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsArena, rungs_arena_free)

G_END_DECLS
