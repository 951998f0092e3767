/* rungs-xml-part.c: a part of a ZIP file that is XML, read from beginning to end.
 *
 * libxml2 holds what it reads within limits of its own as long as XML_PARSE_HUGE is not asked for:
 * 10 MB for a name, a value or a comment, 256 elements within each other. */

#include "tables/rungs-xml-part.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <string.h>

#include "base/rungs-error.h"

/* So much is read at once, and so much is parsed: what is parsed can be many rows of the same long
 * text. */
#define READ_SIZE 16384
#define CHUNK 512

struct _RungsXmlAttributes
{
  int count;
  const xmlChar **values; /* five for each: name, prefix, namespace, begin and end of the value */
};

struct _RungsXmlPart
{
  RungsZipPart *part;             /* (owned) */
  const RungsXmlHandler *handler;
  gpointer data;
  xmlParserCtxtPtr parser;        /* (owned) */
  char *bytes;                    /* (owned) READ_SIZE; those from start to end are waiting */
  gsize start;
  gsize end;
  gboolean has_type;              /* declares a document type */
  gboolean is_stopped;            /* by the handler */
  gboolean is_done;
};

const char *
rungs_xml_attributes_get (const RungsXmlAttributes *self,
                          const char               *name,
                          gsize                    *length)
{
  for (int i = 0; i < self->count; i++)
    {
      const xmlChar **value = self->values + 5 * i;

      /* LibreOffice repeats its attributes under a second name space. */
      if (strcmp ((const char *) value[0], name) != 0
          || g_strcmp0 ((const char *) value[1], "calcext") == 0)
        continue;
      *length = value[4] - value[3];
      return (const char *) value[3];
    }
  return NULL;
}

char *
rungs_xml_attributes_dup (const RungsXmlAttributes *self,
                          const char               *name)
{
  gsize length;
  const char *value = rungs_xml_attributes_get (self, name, &length);

  return value != NULL ? g_strndup (value, length) : NULL;
}

gint64
rungs_xml_attributes_get_number (const RungsXmlAttributes *self,
                                 const char               *name,
                                 gint64                    fallback)
{
  gsize length;
  const char *value = rungs_xml_attributes_get (self, name, &length);
  gint64 number = 0;

  if (value == NULL || length == 0 || length > 10)
    return fallback;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (value[i]))
      number = number * 10 + g_ascii_digit_value (value[i]);
    else
      return fallback;
  return MIN (number, G_MAXINT32);
}

gboolean
rungs_xml_attributes_is (const RungsXmlAttributes *self,
                         const char               *name,
                         const char               *value)
{
  gsize length;
  const char *found = rungs_xml_attributes_get (self, name, &length);

  return found != NULL && length == strlen (value) && memcmp (found, value, length) == 0;
}

static void
internal_subset_cb (void          *data,
                    const xmlChar *name,
                    const xmlChar *external,
                    const xmlChar *system)
{
  RungsXmlPart *self = data;

  self->has_type = TRUE;
  xmlStopParser (self->parser);
}

static void
start_cb (void           *data,
          const xmlChar  *name,
          const xmlChar  *prefix,
          const xmlChar  *uri,
          int             n_namespaces,
          const xmlChar **namespaces,
          int             n_attributes,
          int             n_defaulted,
          const xmlChar **attributes)
{
  RungsXmlPart *self = data;
  RungsXmlAttributes told = { n_attributes, attributes };

  if (!self->is_stopped)
    self->handler->start (self->data, (const char *) name, &told);
}

static void
end_cb (void          *data,
        const xmlChar *name,
        const xmlChar *prefix,
        const xmlChar *uri)
{
  RungsXmlPart *self = data;

  if (!self->is_stopped && self->handler->end != NULL)
    self->handler->end (self->data, (const char *) name);
}

static void
text_cb (void          *data,
         const xmlChar *text,
         int            length)
{
  RungsXmlPart *self = data;

  if (!self->is_stopped && self->handler->text != NULL)
    self->handler->text (self->data, (const char *) text, length);
}

RungsXmlPart *
rungs_xml_part_open (RungsZip              *zip,
                     const char            *name,
                     const RungsXmlHandler *handler,
                     gpointer               data,
                     GError               **error)
{
  xmlSAXHandler told = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = internal_subset_cb,
    .startElementNs = start_cb,
    .endElementNs = end_cb,
    .characters = text_cb,
    .ignorableWhitespace = text_cb,
  };
  g_autoptr (RungsXmlPart) self = g_new0 (RungsXmlPart, 1);

  g_return_val_if_fail (zip != NULL && name != NULL && handler != NULL, NULL);

  self->handler = handler;
  self->data = data;
  self->bytes = g_malloc (READ_SIZE);
  self->part = rungs_zip_open_part (zip, name, error);
  if (self->part == NULL)
    return NULL;
  self->parser = xmlCreatePushParserCtxt (&told, self, NULL, 0, NULL);
  /* NOENT: else "&" in an attribute comes as "&#38;". There are no entities but those of XML. */
  xmlCtxtUseOptions (self->parser, XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOERROR
                                       | XML_PARSE_NOWARNING);
  return g_steal_pointer (&self);
}

void
rungs_xml_part_free (RungsXmlPart *self)
{
  if (self == NULL)
    return;
  rungs_zip_part_free (self->part);
  g_clear_pointer (&self->parser, xmlFreeParserCtxt);
  g_free (self->bytes);
  g_free (self);
}

static gboolean
refuse (RungsXmlPart *self,
        GError      **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       self->has_type
                           ? _ ("The file is not written as spreadsheets are; it is not read.")
                           : _ ("The file is damaged. Open it in a spreadsheet, save it anew, and "
                             "import that."));
  return FALSE;
}

static gboolean
fill (RungsXmlPart *self,
      GError      **error)
{
  gssize count;

  if (self->start < self->end)
    return TRUE;
  count = rungs_zip_part_read (self->part, self->bytes, READ_SIZE, error);
  self->start = 0;
  self->end = MAX (count, 0);
  return count >= 0;
}

gboolean
rungs_xml_part_step (RungsXmlPart *self,
                     GCancellable *cancellable,
                     GError      **error)
{
  gsize count;
  int problem;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->is_done)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !fill (self, error))
    return FALSE;
  count = MIN (self->end - self->start, CHUNK);
  problem = xmlParseChunk (self->parser, self->bytes + self->start, count, count == 0);
  self->start += count;
  self->is_done = count == 0 || self->is_stopped;
  return problem == XML_ERR_OK || self->is_stopped || refuse (self, error);
}

gboolean
rungs_xml_part_is_done (RungsXmlPart *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->is_done;
}

void
rungs_xml_part_stop (RungsXmlPart *self)
{
  g_return_if_fail (self != NULL);

  self->is_stopped = TRUE;
}

RungsZipPart *
rungs_xml_part_get_part (RungsXmlPart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->part;
}

gboolean
rungs_xml_part_read (RungsZip              *zip,
                     const char            *name,
                     const RungsXmlHandler *handler,
                     gpointer               data,
                     GError               **error)
{
  g_autoptr (RungsXmlPart) self = rungs_xml_part_open (zip, name, handler, data, error);

  while (self != NULL && !rungs_xml_part_is_done (self))
    if (!rungs_xml_part_step (self, NULL, error))
      return FALSE;
  return self != NULL;
}
