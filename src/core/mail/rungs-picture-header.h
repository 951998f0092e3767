/* rungs-picture-header.h: what the first bytes of a picture say of it, before anything decodes it.
 *
 * Sources: JPEG (ITU-T T.81, B.2), Exif 2.32 (4.6), PNG (W3C, third edition), GIF89a, WebP (RFC
 * 9649). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_PICTURE_JPEG,
  RUNGS_PICTURE_PNG,
  RUNGS_PICTURE_GIF,
  RUNGS_PICTURE_WEBP,
} RungsPictureKind;

typedef struct
{
  RungsPictureKind kind;
  guint width;     /* as it is stored, before it is turned; never 0 */
  guint height;    /* likewise */
  int orientation; /* as Exif counts, 1 to 8; 1: upright */
} RungsPictureHeader;

/* Whether the bytes begin like a picture, whatever the file is called. */
gboolean rungs_picture_read_header (const guint8       *data,
                                    gsize               size,
                                    RungsPictureHeader *header);

/* Appends the picture without all that is not shown: where it was taken and by whom, comments,
 * thumbnails, what stands behind its end. Not a byte of what is shown changes. FALSE where it is
 * torn, or of a kind that is not kept as it is (WebP). */
gboolean rungs_picture_append_bare (const guint8     *data,
                                    gsize             size,
                                    RungsPictureKind  kind,
                                    GByteArray       *bare);

G_END_DECLS
