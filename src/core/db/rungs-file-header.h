/* rungs-file-header.h: what a file says of itself before SQLite touches it.
 *
 * Opening a file with SQLite may already write to it (recovery, a log beside it); a file that is
 * refused must stay as it is, byte for byte. The format is SQLite's:
 * https://www.sqlite.org/fileformat2.html#the_database_header */

#pragma once

#include "db/rungs-schema.h"

G_BEGIN_DECLS

/**
 * RungsFileKind:
 * @RUNGS_FILE_MISSING: there is none
 * @RUNGS_FILE_EMPTY: it has no bytes
 * @RUNGS_FILE_OURS: a file with the schema that was asked about
 * @RUNGS_FILE_OTHER: another database
 * @RUNGS_FILE_NO_DATABASE: something else, or a database whose beginning is destroyed
 */
typedef enum
{
  RUNGS_FILE_MISSING,
  RUNGS_FILE_EMPTY,
  RUNGS_FILE_OURS,
  RUNGS_FILE_OTHER,
  RUNGS_FILE_NO_DATABASE,
} RungsFileKind;

typedef struct
{
  RungsFileKind kind;
  int version; /* of RUNGS_FILE_OURS: its last migration */
} RungsFileHeader;

/* Errors: FAILED where it cannot be read (a folder, no permission). */
gboolean rungs_file_header_read (const char         *path,
                                 const RungsSchema  *schema,
                                 RungsFileHeader    *header,
                                 GError            **error);

G_END_DECLS
