/* rungs-message-file.c: a message as a text file. */

#include "mail/rungs-message-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"

/* The fields, in the order in which they are written. */
enum
{
  SUBJECT,
  PREVIEW,
  PURPOSE,
  VALUE,
  KIND,
  N_FIELDS
};

static const char *const FIELDS[N_FIELDS] = { "Subject", "Preview", "Purpose", "Value", "Kind" };

static gboolean
refuse (GError    **error,
        int         line,
        const char *what,
        const char *why)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("line %d: “%s” %s"), line, what, why);
  return FALSE;
}

static int
find_field (const char *name)
{
  for (int i = 0; i < N_FIELDS; i++)
    if (g_ascii_strcasecmp (FIELDS[i], name) == 0)
      return i;
  return -1;
}

static gboolean
parse_field (char       *line,
             int         number,
             char       *fields[N_FIELDS],
             GError    **error)
{
  char *colon = strchr (line, ':');
  int field;

  if (colon == NULL)
    return refuse (error, number, line,
                   _ ("is no “Field: text”; an empty line parts the fields from the text"));
  *colon = '\0';
  field = find_field (g_strstrip (line));
  if (field < 0)
    return refuse (error, number, line,
                   _ ("is not one of the fields Subject, Preview, Purpose, Value, Kind"));
  if (fields[field] != NULL)
    return refuse (error, number, line, _ ("comes twice"));
  fields[field] = g_strstrip (g_strdup (colon + 1));
  return TRUE;
}

/* Reads the fields; `*rest` is where the text begins. */
static gboolean
parse_fields (const char *text,
              char       *fields[N_FIELDS],
              const char **rest,
              int        *line_number,
              GError    **error)
{
  *line_number = 0;
  while (*text != '\0')
    {
      size_t length = strcspn (text, "\n");
      g_autofree char *line = g_strstrip (g_strndup (text, length));

      ++*line_number;
      text += length + (text[length] == '\n' ? 1 : 0);
      if (*line == '\0')
        break;
      if (!parse_field (line, *line_number, fields, error))
        return FALSE;
    }
  *rest = text;
  return TRUE;
}

static gboolean
take_fields (RungsMessage *message,
             char         *fields[N_FIELDS],
             int           line,
             GError      **error)
{
  char **targets[] = { &message->subject, &message->preview, &message->purpose, &message->value };

  for (int i = SUBJECT; i < KIND; i++)
    {
      if (i != PREVIEW && (fields[i] == NULL || *fields[i] == '\0'))
        return refuse (error, line, FIELDS[i], _ ("is missing"));
      if (fields[i] != NULL)
        {
          g_free (*targets[i]);
          *targets[i] = g_steal_pointer (&fields[i]);
        }
    }
  if (fields[KIND] == NULL || g_ascii_strcasecmp (fields[KIND], "marketing") == 0)
    return TRUE;
  message->marketing = FALSE;
  return g_ascii_strcasecmp (fields[KIND], "transactional") == 0
         || refuse (error, line, fields[KIND], _ ("is neither marketing nor transactional"));
}

RungsMessage *
rungs_message_file_parse (const char *text,
                          GError    **error)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();
  char *fields[N_FIELDS] = { NULL };
  const char *rest = NULL;
  g_autofree char *body = NULL;
  gboolean taken;
  int line;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the file is not UTF-8 text"));
      return NULL;
    }
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  taken = parse_fields (text, fields, &rest, &line, error)
          && take_fields (message, fields, line, error);
  for (int i = 0; i < N_FIELDS; i++)
    g_free (fields[i]);
  if (!taken)
    return NULL;

  body = g_strstrip (g_strdup (rest));
  if (*body == '\0')
    {
      refuse (error, line, "Subject: …", _ ("and the other fields are followed by no text"));
      return NULL;
    }
  g_free (message->blocks);
  message->blocks = rungs_message_blocks_from_text (body);
  return g_steal_pointer (&message);
}

char *
rungs_message_file_write (const RungsMessage *message,
                          GError            **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (message != NULL, NULL);

  text = rungs_message_text_from_blocks (message->blocks, error);
  if (text == NULL)
    return NULL;
  if (!rungs_message_is_text (message->blocks))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("the message is made of more than text"));
      return NULL;
    }
  return g_strdup_printf ("%s: %s\n%s: %s\n%s: %s\n%s: %s\n%s: %s\n\n%s\n", FIELDS[SUBJECT],
                          message->subject, FIELDS[PREVIEW], message->preview, FIELDS[PURPOSE],
                          message->purpose, FIELDS[VALUE], message->value, FIELDS[KIND],
                          message->marketing ? "marketing" : "transactional", text);
}
