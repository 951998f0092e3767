/* rungs-xml-part.h: a part of a ZIP file that is XML, read from beginning to end.
 *
 * No tree is built, nothing is fetched, no entity is defined: a document that declares a type, as
 * the attacks on XML readers do, is refused. Names are told without their prefix. */

#pragma once

#include "tables/rungs-zip.h"

G_BEGIN_DECLS

/* Attributes of an element, while it is told of. */
typedef struct _RungsXmlAttributes RungsXmlAttributes;

/* The value of an attribute: `length` bytes of UTF-8 at what is returned; NULL where there is none.
 */
const char *rungs_xml_attributes_get (const RungsXmlAttributes *self,
                                      const char               *name,
                                      gsize                    *length);

/* Returns: (transfer full) (nullable). */
char *rungs_xml_attributes_dup (const RungsXmlAttributes *self,
                                const char               *name);

/* A number that is not negative; `fallback` where there is none. At most G_MAXINT32. */
gint64 rungs_xml_attributes_get_number (const RungsXmlAttributes *self,
                                        const char               *name,
                                        gint64                    fallback);

gboolean rungs_xml_attributes_is (const RungsXmlAttributes *self,
                                  const char               *name,
                                  const char               *value);

/* Told of what is read; `text` comes in pieces. */
typedef struct
{
  void (*start) (gpointer                  data,
                 const char               *name,
                 const RungsXmlAttributes *attributes);
  void (*end) (gpointer    data,
               const char *name);
  void (*text) (gpointer    data,
                const char *text,
                gsize       length);
} RungsXmlHandler;

typedef struct _RungsXmlPart RungsXmlPart;

/* Errors: those of rungs_zip_open_part(). */
RungsXmlPart *rungs_xml_part_open (RungsZip              *zip,
                                   const char            *name,
                                   const RungsXmlHandler *handler,
                                   gpointer               data,
                                   GError               **error);

void rungs_xml_part_free (RungsXmlPart *self);

/* Reads the next few hundred bytes. Errors: INVALID for what is no XML; G_IO_ERROR_CANCELLED. */
gboolean rungs_xml_part_step (RungsXmlPart *self,
                              GCancellable *cancellable,
                              GError      **error);

/* Whether all has been read, or the handler wanted no more. */
gboolean rungs_xml_part_is_done (RungsXmlPart *self);

/* For the handler: what follows is of no use. */
void rungs_xml_part_stop (RungsXmlPart *self);

RungsZipPart *rungs_xml_part_get_part (RungsXmlPart *self);

/* Reads a small part whole. */
gboolean rungs_xml_part_read (RungsZip              *zip,
                              const char            *name,
                              const RungsXmlHandler *handler,
                              gpointer               data,
                              GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsXmlPart, rungs_xml_part_free)

G_END_DECLS
