/* rungs-arena.c: memory that is freed all at once.
 *
 * A chain of blocks, each as large as all before it together, of which the last is filled from the
 * front. A piece that is larger than the next block gets a block of its own size. */

#include "mail/rungs-arena.h"

#include <string.h>

#define FIRST_BLOCK 8192
#define LARGEST_BLOCK (1024 * 1024)
#define ALIGNMENT 16

typedef struct _Block Block;
struct _Block
{
  Block *previous; /* (owned) (nullable) */
  gsize size;
  gsize used;
  char bytes[] __attribute__ ((aligned (ALIGNMENT)));
};

struct _RungsArena
{
  Block *last; /* (owned) */
  gsize used;
};

static Block *
add_block (Block *previous,
           gsize  size)
{
  Block *block = g_malloc (sizeof (Block) + size);

  block->previous = previous;
  block->size = size;
  block->used = 0;
  return block;
}

RungsArena *
rungs_arena_new (void)
{
  RungsArena *self = g_new0 (RungsArena, 1);

  self->last = add_block (NULL, FIRST_BLOCK);
  return self;
}

void
rungs_arena_free (RungsArena *self)
{
  if (self == NULL)
    return;

  while (self->last != NULL)
    {
      Block *block = self->last;

      self->last = block->previous;
      g_free (block);
    }
  g_free (self);
}

gpointer
rungs_arena_alloc (RungsArena *self,
                   gsize       size)
{
  gsize rounded = (size + ALIGNMENT - 1) & ~(gsize) (ALIGNMENT - 1);
  gpointer piece;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->last->size - self->last->used < rounded)
    self->last =
        add_block (self->last, MAX (rounded, MIN (self->last->size * 2, (gsize) LARGEST_BLOCK)));
  piece = self->last->bytes + self->last->used;
  self->last->used += rounded;
  self->used += rounded;
  return memset (piece, 0, size);
}

char *
rungs_arena_strndup (RungsArena *self,
                     const char *text,
                     gsize       length)
{
  char *copy = rungs_arena_alloc (self, length + 1);

  memcpy (copy, text, length);
  return copy;
}

gsize
rungs_arena_get_used (RungsArena *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->used;
}
