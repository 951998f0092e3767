/* rungs-practice-folder.c: reads what the practice account has written. */

#include "mail/rungs-practice-folder.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>
#include <gmime/gmime.h>

#include "base/rungs-error.h"
#include "mail/rungs-mime.h"

/* A file that might be a message, before it is looked into. */
typedef struct
{
  char *name; /* (owned) */
  gint64 at;  /* ns, for the order */
  gint64 size;
} Entry;

static void
entry_free (Entry *entry)
{
  g_free (entry->name);
  g_free (entry);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const Entry *one = *(const Entry *const *) a;
  const Entry *other = *(const Entry *const *) b;

  if (one->at != other->at)
    return one->at > other->at ? -1 : 1;
  return strcmp (other->name, one->name);
}

static Entry *
find_entry (const char *folder,
            const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;
  Entry *entry;

  if (stat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return NULL;

  entry = g_new0 (Entry, 1);
  entry->name = g_strdup (name);
  entry->at = (gint64) status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
  entry->size = status.st_size;
  return entry;
}

/* Returns: (transfer full) (element-type Entry): newest first; NULL on error. */
static GPtrArray *
list_entries (const char  *folder,
              GError     **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &trouble);
  const char *name;

  if (dir == NULL)
    {
      if (g_error_matches (trouble, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&entries);
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                   _ ("the practice folder cannot be read: %s"), trouble->message);
      return NULL;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      Entry *entry = g_str_has_suffix (name, ".eml") ? find_entry (folder, name) : NULL;

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  g_ptr_array_sort (entries, compare_newest_first);
  return g_steal_pointer (&entries);
}

static GMimeMessage *
parse_message (const char *bytes,
               gsize       size)
{
  GMimeStream *stream;
  GMimeParser *parser;
  GMimeMessage *message;

  stream = g_mime_stream_mem_new_with_buffer (bytes, size);
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, NULL);
  g_object_unref (parser);
  g_object_unref (stream);
  return message;
}

static char *
addresses_of (GMimeMessage    *message,
              GMimeAddressType type)
{
  InternetAddressList *list = g_mime_message_get_addresses (message, type);
  char *text = list != NULL ? internet_address_list_to_string (list, NULL, FALSE) : NULL;

  return text != NULL ? text : g_strdup ("");
}

static char *
text_of_part (GMimeObject *part)
{
  char *text = g_mime_text_part_get_text (GMIME_TEXT_PART (part));
  char *valid = text != NULL ? g_utf8_make_valid (text, -1) : g_strdup ("");

  g_free (text);
  return valid;
}

static void
fill_body (RungsPracticeMail *mail,
           GMimeMessage      *message)
{
  GMimePartIter *iter = g_mime_part_iter_new (GMIME_OBJECT (message));

  mail->headers = g_mime_object_get_headers (GMIME_OBJECT (message), NULL);
  do
    {
      GMimeObject *part = g_mime_part_iter_get_current (iter);

      if (part == NULL || !GMIME_IS_TEXT_PART (part))
        continue;
      if (mail->text == NULL && g_mime_content_type_is_type (part->content_type, "text", "plain"))
        mail->text = text_of_part (part);
      else if (mail->html == NULL
               && g_mime_content_type_is_type (part->content_type, "text", "html"))
        mail->html = text_of_part (part);
    }
  while (g_mime_part_iter_next (iter));
  g_mime_part_iter_free (iter);
  if (mail->text == NULL)
    mail->text = g_strdup ("");
}

/* Returns: (nullable): NULL where the bytes are no message. */
static RungsPracticeMail *
read_bytes (const char *bytes,
            gsize       size,
            gboolean    whole)
{
  GMimeMessage *message = parse_message (bytes, size);
  RungsPracticeMail *mail;

  if (message == NULL)
    return NULL;

  mail = g_new0 (RungsPracticeMail, 1);
  mail->size = (gint64) size;
  mail->from = addresses_of (message, GMIME_ADDRESS_TYPE_FROM);
  mail->to = addresses_of (message, GMIME_ADDRESS_TYPE_TO);
  mail->subject = g_strdup (g_mime_message_get_subject (message));
  mail->message_id = g_strdup (g_mime_message_get_message_id (message));
  if (mail->subject == NULL)
    mail->subject = g_strdup ("");
  if (mail->message_id == NULL)
    mail->message_id = g_strdup ("");
  if (whole)
    fill_body (mail, message);
  g_object_unref (message);
  return mail;
}

/* NULL where the file is no message, or has just gone. */
static RungsPracticeMail *
read_entry (const char  *folder,
            const Entry *entry,
            gboolean     whole)
{
  g_autofree char *path = g_build_filename (folder, entry->name, NULL);
  g_autofree char *bytes = NULL;
  gsize size = 0;
  RungsPracticeMail *mail = NULL;

  if (g_file_get_contents (path, &bytes, &size, NULL))
    mail = read_bytes (bytes, size, whole);
  if (mail == NULL)
    return NULL;
  mail->name = g_strdup (entry->name);
  mail->at = entry->at / 1000000;
  return mail;
}

void
rungs_practice_mail_free (RungsPracticeMail *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->from);
  g_free (self->to);
  g_free (self->subject);
  g_free (self->message_id);
  g_free (self->headers);
  g_free (self->text);
  g_free (self->html);
  g_free (self);
}

GPtrArray *
rungs_practice_folder_list (const char  *folder,
                            guint        limit,
                            guint       *total,
                            GError     **error)
{
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_practice_mail_free);
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  rungs_mime_init ();
  entries = list_entries (folder, error);
  if (entries == NULL)
    return NULL;

  for (guint i = 0; i < entries->len && mails->len < limit; i++)
    {
      RungsPracticeMail *mail = read_entry (folder, g_ptr_array_index (entries, i), FALSE);

      if (mail != NULL)
        g_ptr_array_add (mails, mail);
    }
  if (total != NULL)
    *total = entries->len;
  return g_steal_pointer (&mails);
}

RungsPracticeMail *
rungs_practice_folder_read (const char  *folder,
                            const char  *name,
                            GError     **error)
{
  RungsPracticeMail *mail;
  Entry *entry;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  rungs_mime_init ();
  entry = strchr (name, '/') == NULL ? find_entry (folder, name) : NULL;
  if (entry == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("there is no message “%s”"), name);
      return NULL;
    }

  mail = read_entry (folder, entry, TRUE);
  if (mail == NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED, _ ("“%s” is not a message"), name);
  entry_free (entry);
  return mail;
}

RungsPracticeMail *
rungs_practice_mail_from_bytes (GBytes  *bytes,
                                GError **error)
{
  gsize size = 0;
  const char *data;
  RungsPracticeMail *mail;

  g_return_val_if_fail (bytes != NULL, NULL);

  rungs_mime_init ();
  data = g_bytes_get_data (bytes, &size);
  mail = read_bytes (data, size, TRUE);
  if (mail == NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED, _ ("this is not a message"));
  else
    mail->name = g_strdup ("");
  return mail;
}

/* Whether one of the receivers of that kind is meant. */
static gboolean
is_meant (GMimeMessage     *message,
          GMimeAddressType  type,
          RungsPracticeFunc func,
          gpointer          data)
{
  InternetAddressList *list = g_mime_message_get_addresses (message, type);

  for (int i = 0; list != NULL && i < internet_address_list_length (list); i++)
    {
      InternetAddress *address = internet_address_list_get_address (list, i);

      if (INTERNET_ADDRESS_IS_MAILBOX (address)
          && func (internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address)), data))
        return TRUE;
    }
  return FALSE;
}

static gboolean
file_is_meant (const char       *path,
               RungsPracticeFunc func,
               gpointer          data)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  GMimeMessage *message = NULL;
  gboolean meant;

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && g_file_get_contents (path, &bytes, &size, NULL))
    message = parse_message (bytes, size);
  if (message == NULL)
    return FALSE;
  meant = is_meant (message, GMIME_ADDRESS_TYPE_TO, func, data)
          || is_meant (message, GMIME_ADDRESS_TYPE_CC, func, data)
          || is_meant (message, GMIME_ADDRESS_TYPE_BCC, func, data);
  g_object_unref (message);
  return meant;
}

gboolean
rungs_practice_folder_remove (const char       *folder,
                              RungsPracticeFunc func,
                              gpointer          data,
                              gint64           *removed,
                              GError          **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GDir) dir = NULL;
  gint64 count = 0;
  const char *name;

  g_return_val_if_fail (folder != NULL && func != NULL, FALSE);

  rungs_mime_init ();
  dir = g_dir_open (folder, 0, &trouble);
  if (dir == NULL && !g_error_matches (trouble, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                   _ ("the practice folder cannot be read: %s"), trouble->message);
      return FALSE;
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!file_is_meant (path, func, data))
        continue;
      if (g_unlink (path) != 0 && errno != ENOENT)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("cannot remove %s: %s"), path,
                       g_strerror (errno));
          return FALSE;
        }
      count++;
    }
  if (removed != NULL)
    *removed = count;
  return TRUE;
}
