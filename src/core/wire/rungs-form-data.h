/* rungs-form-data.h: the ways in which a form is sent: application/x-www-form-urlencoded (WHATWG
 * URL Standard), multipart/form-data (RFC 7578), and application/json.
 *
 * Read by hand, and not by libsoup: SoupMultipart of the releases that are about reads beyond its
 * input where a boundary is cut off, and soup_form_decode keeps one of several fields of a name.
 * What is read here may be anybody's, so that everything has a limit. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNGS_FORM_FIELDS_MOST 1000

typedef struct
{
  char *name;      /* (owned) UTF-8 */
  char *value;     /* (owned) UTF-8: bytes that are none are read as Windows-1252; of a file: "" */
  char *file_name; /* (owned) (nullable) of a file that was sent along, whose bytes stay in the
                    * body */
} RungsFormField;

void rungs_form_field_free (RungsFormField *self);

/* Whichever way `type` says, the header Content-Type (nullable): urlencoded unless it says
 * otherwise. Returns: (transfer full) (element-type RungsFormField). Errors: as those below. */
GPtrArray *rungs_form_data_read (const char  *type,
                                 const char  *body,
                                 gsize        length,
                                 GError     **error);

/* Returns: (transfer full) (element-type RungsFormField): in their order, a name as often as it
 * comes. Errors: INVALID, more than RUNGS_FORM_FIELDS_MOST. */
GPtrArray *rungs_form_data_read_urlencoded (const char  *text,
                                            gsize        length,
                                            GError     **error);

/* `type` is the header Content-Type, which tells the boundary. Errors: INVALID, it tells none, more
 * than RUNGS_FORM_FIELDS_MOST, or the body breaks off. */
GPtrArray *rungs_form_data_read_multipart (const char  *type,
                                           const char  *body,
                                           gsize        length,
                                           GError     **error);

/* The members of a JSON object, of an array among them each element; what is nested deeper is no
 * field. Errors: INVALID, it is none, or has more than RUNGS_FORM_FIELDS_MOST. */
GPtrArray *rungs_form_data_read_json (const char  *body,
                                      gsize        length,
                                      GError     **error);

/* Returns: (transfer none) (nullable): the first value of that name; `fields` may be NULL. */
const char *rungs_form_data_find (GPtrArray  *fields,
                                  const char *name);

/* A parameter of a header such as Content-Type or Content-Disposition: `; name="value"`. Returns:
 * (transfer full) (nullable). */
char *rungs_form_data_dup_parameter (const char *header,
                                     const char *name);

/* Bytes as text: as they are where they are UTF-8, else as Windows-1252, without NULs. */
char *rungs_form_data_dup_text (const char *bytes,
                                gsize       length);

G_END_DECLS
