/* rungs-picture.h: a picture as messages carry it: small, upright, and without a word about where
 * it was taken. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNGS_PICTURE_MAX_WIDTH 1200  /* px: what is wider is scaled down; twice what is shown, … */
#define RUNGS_PICTURE_MAX_HEIGHT 4000 /* … for fine screens */
#define RUNGS_PICTURE_MAX_FILE (25 * 1024 * 1024) /* bytes of what comes in */
#define RUNGS_PICTURE_MAX_PIXELS (64 * 1000 * 1000) /* of what is decoded */

/* A picture of the business. */
typedef struct
{
  gint64 id;        /* 0: not stored */
  char *key;        /* (owned) what messages call it: "a-mug-2"; never changes */
  char *name;       /* (owned) what people call it */
  char *media_type; /* (owned) "image/jpeg", "image/png", "image/gif" */
  int width;        /* px */
  int height;       /* px */
  gsize size;       /* bytes */
  char *sha256;     /* (owned) of the bytes, in hexadecimal */
  GBytes *bytes;    /* (owned) (nullable) NULL where only the rest was asked for */
  gint64 created_at;
} RungsPicture;

void rungs_picture_free (RungsPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPicture, rungs_picture_free)

/* What is sent of a picture file, whatever its name says: JPEG, PNG and GIF that fit stay as they
 * are, but for what is not shown (rungs_picture_append_bare()); what is too wide or lies on its
 * side is scaled and turned, and WebP, which some mail programs do not show, becomes PNG or JPEG.
 * Of a film (GIF) that is too wide only the first picture is left. Without key, name and id.
 * Errors: INVALID, in words for the user: no picture, torn, too large. */
RungsPicture *rungs_picture_prepare (GBytes  *file,
                                     GError **error);

/* By which the HTML of a mail calls it (RFC 2392), without < >: the same bytes give the same. */
char *rungs_picture_dup_content_id (const RungsPicture *self);

/* What may stand in a key: small letters, digits and hyphens. Returns how many bytes of `text` are
 * such. */
gsize rungs_picture_key_length (const char *text);

/* A key made from a name or file name: "a-mug" from "A mug!.jpeg"; "picture" where nothing is
 * left. */
char *rungs_picture_dup_key (const char *name);

G_END_DECLS
