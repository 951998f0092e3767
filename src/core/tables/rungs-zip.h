/* rungs-zip.h: the parts of a ZIP file, as spreadsheets are made of them.
 *
 * Nothing is unpacked to disk, and what a part grows to is limited, in itself and by how large the
 * file is. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A part of more bytes is refused, and so is a file that unpacks to so many times its own size once
 * that is worth a look: nothing that people type compresses like that. */
#define RUNGS_ZIP_PART_MAX (G_GINT64_CONSTANT (4) * 1024 * 1024 * 1024)
#define RUNGS_ZIP_RATIO_MAX 250
#define RUNGS_ZIP_RATIO_FROM (16 * 1024 * 1024)

typedef struct _RungsZip RungsZip;

/* Reads what is in it. Errors: NOT_FOUND; INVALID for a damaged file, or one with more parts than
 * a spreadsheet has. */
RungsZip *rungs_zip_open (const char *path,
                          GError    **error);

void rungs_zip_free (RungsZip *self);

/* Names are compared without regard to case, "\" is "/", and a "/" at the start is left out. */
gboolean rungs_zip_has (RungsZip   *self,
                        const char *name);

/* Whether a part's name begins so. */
gboolean rungs_zip_has_prefix (RungsZip   *self,
                               const char *prefix);

/* Whether so many bytes can come out of the file. Errors: INVALID. */
gboolean rungs_zip_check_size (RungsZip *self,
                               gint64    bytes,
                               GError  **error);

typedef struct _RungsZipPart RungsZipPart;

/* Errors: NOT_FOUND where there is no such part; INVALID where it is encrypted or damaged. */
RungsZipPart *rungs_zip_open_part (RungsZip   *self,
                                   const char *name,
                                   GError    **error);

void rungs_zip_part_free (RungsZipPart *self);

/* Up to `size` bytes; 0 at the end, -1 with `error` set: INVALID for what is damaged or too large.
 */
gssize rungs_zip_part_read (RungsZipPart *self,
                            void         *buffer,
                            gsize         size,
                            GError      **error);

/* How many bytes have been read, and how many there are, as far as the file says (0: it does not).
 */
gint64 rungs_zip_part_get_position (RungsZipPart *self);
gint64 rungs_zip_part_get_size (RungsZipPart *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsZip, rungs_zip_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsZipPart, rungs_zip_part_free)

G_END_DECLS
