/* rungs-jmap-reader.c: a folder of a JMAP mailbox.
 *
 * A mail's key is its id. How far the folder was read is kept as the state of all mails of the
 * account (Email/changes): mails that are new, and mails that changed, for one that was moved into
 * the folder has only changed. Of them those count that lie in the folder. Where the server cannot
 * tell the changes any more, and at first, the newest mails of the folder are listed; what was
 * taken before is known by its hash.
 *
 * The state is only noted when all of a part has been read: if that breaks off, the part is read
 * again. Headers are fetched for many mails at once. */

#include "mail/rungs-jmap-reader.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "mail/rungs-jmap.h"
#include "mail/rungs-secret.h"

#define MOST_CHANGES 500
#define MAILS_AT_ONCE 50
#define MOST_DEPTH 20

/* What is known of a mail before it is read whole. */
typedef struct
{
  char *blob;      /* (owned) */
  GBytes *headers; /* (owned) */
} Mail;

struct _RungsJmapReader
{
  RungsMailFolder parent_instance;

  RungsMailbox *mailbox; /* (owned) */
  RungsAccess *access;   /* (owned) (nullable) */
  char *secret;          /* (owned) (nullable) */
  RungsJmap *jmap;       /* (owned) (nullable) */
  char *account;         /* (owned) (nullable) */
  char *folder;          /* (owned) (nullable): the mailbox's id */
  char *state;           /* (owned): up to which it has been read */
  char *next_state;      /* (owned) (nullable): the same, after this part */
  GPtrArray *keys;       /* (owned) (nullable): of this part */
  guint fetched;         /* of them */
  GHashTable *mails;     /* (owned): of the keys that were fetched last: id → Mail */
};

G_DEFINE_FINAL_TYPE (RungsJmapReader, rungs_jmap_reader, RUNGS_TYPE_MAIL_FOLDER)

static void
mail_free (gpointer data)
{
  Mail *mail = data;

  g_free (mail->blob);
  g_bytes_unref (mail->headers);
  g_free (mail);
}

/* BUSY would be taken for trouble with the file. */
static gboolean
fail (GError  *failure,
      GError **error)
{
  if (failure != NULL && failure->domain == RUNGS_ERROR && failure->code == RUNGS_ERROR_BUSY)
    failure->code = RUNGS_ERROR_NETWORK;
  g_propagate_error (error, failure);
  return FALSE;
}

static JsonObject *
new_arguments (RungsJmapReader *self)
{
  JsonObject *arguments = json_object_new ();

  json_object_set_string_member (arguments, "accountId", self->account);
  return arguments;
}

/* Returns: (transfer full) (nullable) */
static RungsJmapAnswer *
call (RungsJmapReader        *self,
      const RungsJmapRequest *request,
      GCancellable           *cancellable,
      GError                **error)
{
  GError *failure = NULL;
  RungsJmapAnswer *answer
    = rungs_jmap_call (self->jmap, request, 0, NULL, cancellable, &failure);

  if (answer == NULL)
    fail (failure, error);
  return answer;
}

static JsonObject *
get_result (const RungsJmapAnswer *answer,
            const char            *id,
            const char            *method,
            GError               **error)
{
  GError *failure = NULL;
  JsonObject *result = rungs_jmap_answer_get (answer, id, method, &failure);

  if (result == NULL)
    fail (failure, error);
  return result;
}

/* ---- which folder */

static JsonObject *
find_mailbox (JsonArray  *list,
              const char *id)
{
  for (guint i = 0; i < rungs_jmap_json_get_length (list); i++)
    {
      JsonObject *mailbox = rungs_jmap_json_get_object_at (list, i);

      if (g_strcmp0 (rungs_jmap_json_get_text (mailbox, "id"), id) == 0)
        return mailbox;
    }
  return NULL;
}

/* "Shop/Returns": its name with those of the ones around it. */
static char *
dup_path (JsonArray  *list,
          JsonObject *mailbox)
{
  char *path = g_strdup (rungs_jmap_json_get_text (mailbox, "name"));

  for (int i = 0; i < MOST_DEPTH && path != NULL; i++)
    {
      const char *parent = rungs_jmap_json_get_text (mailbox, "parentId");
      const char *name;
      char *longer;

      mailbox = parent ? find_mailbox (list, parent) : NULL;
      name = rungs_jmap_json_get_text (mailbox, "name");
      if (name == NULL)
        break;
      longer = g_strconcat (name, "/", path, NULL);
      g_free (path);
      path = longer;
    }
  return path;
}

static gboolean
is_folder (JsonArray  *list,
           JsonObject *mailbox,
           const char *folder)
{
  g_autofree char *path = dup_path (list, mailbox);

  if (g_ascii_strcasecmp (folder, "INBOX") == 0)
    return g_strcmp0 (rungs_jmap_json_get_text (mailbox, "role"), "inbox") == 0;
  return g_strcmp0 (path, folder) == 0;
}

static gboolean
find_folder (RungsJmapReader *self,
             JsonArray       *list,
             GError         **error)
{
  for (guint i = 0; i < rungs_jmap_json_get_length (list); i++)
    {
      JsonObject *mailbox = rungs_jmap_json_get_object_at (list, i);
      const char *id = rungs_jmap_json_get_text (mailbox, "id");

      if (id != NULL && is_folder (list, mailbox, self->mailbox->folder))
        {
          self->folder = g_strdup (id);
          return TRUE;
        }
    }
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
               _ ("there is no folder “%s” in the mailbox"), self->mailbox->folder);
  return FALSE;
}

/* Takes what lets one in: another one than what was refused, where that is not NULL. */
static gboolean
take_secret (RungsJmapReader *self,
             const char      *refused,
             GCancellable    *cancellable,
             GError         **error)
{
  g_auto (RungsAccessKey) key = { 0 };

  if (!rungs_access_take (self->access, refused, &key, cancellable, error))
    return FALSE;
  g_clear_pointer (&self->secret, rungs_secret_free);
  self->secret = g_strdup (key.secret);
  return TRUE;
}

static gboolean
sign_in (RungsJmapReader *self,
         GCancellable    *cancellable,
         GError         **error)
{
  g_autoptr (RungsJmapSettings) settings = rungs_mailbox_dup_jmap_settings (self->mailbox);

  g_clear_pointer (&self->jmap, rungs_jmap_free);
  rungs_jmap_settings_set_password (settings, self->secret);
  self->jmap = rungs_jmap_new (settings);
  return rungs_jmap_open (self->jmap, cancellable, error);
}

/* Where what was given is refused, once more with what is given then. */
static gboolean
sign_in_by_access (RungsJmapReader *self,
                   GCancellable    *cancellable,
                   GError         **error)
{
  g_autoptr (GError) failure = NULL;

  if (!take_secret (self, NULL, cancellable, error))
    return FALSE;
  if (sign_in (self, cancellable, &failure))
    return TRUE;
  if (rungs_jmap_get_status (self->jmap) == 401)
    return take_secret (self, self->secret, cancellable, error)
           && sign_in (self, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
connect (RungsJmapReader *self,
         GCancellable    *cancellable,
         GError         **error)
{
  g_autoptr (RungsJmapRequest) request = NULL;
  g_autoptr (RungsJmapAnswer) answer = NULL;
  GError *failure = NULL;
  JsonObject *arguments;
  JsonObject *got;

  if (self->folder != NULL)
    return TRUE;
  if (!(self->access != NULL ? sign_in_by_access (self, cancellable, &failure)
                             : sign_in (self, cancellable, &failure)))
    return fail (failure, error);
  g_free (self->account);
  self->account = g_strdup (rungs_jmap_get_account (self->jmap, RUNGS_JMAP_MAIL));
  if (self->account == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("the JMAP server has no mail for this user"));
      return FALSE;
    }
  request = rungs_jmap_request_new ();
  arguments = new_arguments (self);
  json_object_set_null_member (arguments, "ids");
  json_object_set_array_member (arguments, "properties",
                                rungs_jmap_json_new_list ("id", "name", "parentId", "role", NULL));
  rungs_jmap_request_add (request, "Mailbox/get", arguments, "m");
  answer = call (self, request, cancellable, error);
  got = answer ? get_result (answer, "m", "Mailbox/get", error) : NULL;
  return got != NULL && find_folder (self, rungs_jmap_json_get_array (got, "list"), error);
}

/* ---- what is new */

/* The newest mails of the folder, and the state in which they are. */
static RungsJmapRequest *
new_first_request (RungsJmapReader *self,
                   guint            position)
{
  RungsJmapRequest *request = rungs_jmap_request_new ();
  JsonObject *arguments = new_arguments (self);
  JsonObject *filter = json_object_new ();
  JsonObject *newest = json_object_new ();
  JsonArray *sort = json_array_new ();

  json_object_set_array_member (arguments, "ids", json_array_new ());
  json_object_set_array_member (arguments, "properties", rungs_jmap_json_new_list ("id", NULL));
  rungs_jmap_request_add (request, "Email/get", arguments, "s");

  arguments = new_arguments (self);
  json_object_set_string_member (filter, "inMailbox", self->folder);
  json_object_set_string_member (newest, "property", "receivedAt");
  json_object_set_boolean_member (newest, "isAscending", FALSE);
  json_array_add_object_element (sort, newest);
  json_object_set_object_member (arguments, "filter", filter);
  json_object_set_array_member (arguments, "sort", sort);
  json_object_set_int_member (arguments, "position", position);
  json_object_set_int_member (arguments, "limit", RUNGS_MAIL_FOLDER_FIRST - position);
  rungs_jmap_request_add (request, "Email/query", arguments, "q");
  return request;
}

/* Puts what a query found before what is there: it tells the newest first. Returns how many. */
static guint
put_before (GPtrArray *keys,
            JsonArray *ids)
{
  guint n = rungs_jmap_json_get_length (ids);

  for (guint i = 0; i < n; i++)
    if (rungs_jmap_json_get_text_at (ids, i) != NULL)
      g_ptr_array_insert (keys, 0, g_strdup (rungs_jmap_json_get_text_at (ids, i)));
  return n;
}

static gboolean
list_first (RungsJmapReader *self,
            RungsMailNews   *news,
            GCancellable    *cancellable,
            GError         **error)
{
  guint position = 0;
  guint n;

  g_clear_pointer (&self->next_state, g_free);
  do
    {
      g_autoptr (RungsJmapRequest) request = new_first_request (self, position);
      g_autoptr (RungsJmapAnswer) answer = call (self, request, cancellable, error);
      JsonObject *got = answer ? get_result (answer, "s", "Email/get", error) : NULL;
      JsonObject *query = got ? get_result (answer, "q", "Email/query", error) : NULL;

      if (query == NULL)
        return FALSE;
      if (self->next_state == NULL)
        self->next_state = g_strdup (rungs_jmap_json_get_text (got, "state"));
      n = put_before (news->keys, rungs_jmap_json_get_array (query, "ids"));
      position += n;
    }
  while (n > 0 && position < RUNGS_MAIL_FOLDER_FIRST);
  news->moved = TRUE;
  return TRUE;
}

static void
add_changed (RungsJmapReader  *self,
             RungsJmapRequest *request,
             const char       *path,
             const char       *id)
{
  JsonObject *arguments = new_arguments (self);

  rungs_jmap_refer (arguments, "ids", "c", "Email/changes", path);
  json_object_set_array_member (arguments, "properties",
                                rungs_jmap_json_new_list ("id", "mailboxIds", NULL));
  rungs_jmap_request_add (request, "Email/get", arguments, id);
}

/* Those of the mails that lie in the folder. */
static void
take_changed (RungsJmapReader *self,
              JsonObject      *got,
              GPtrArray       *keys)
{
  JsonArray *list = rungs_jmap_json_get_array (got, "list");

  for (guint i = 0; i < rungs_jmap_json_get_length (list); i++)
    {
      JsonObject *mail = rungs_jmap_json_get_object_at (list, i);
      JsonObject *places = rungs_jmap_json_get_object (mail, "mailboxIds");
      const char *id = rungs_jmap_json_get_text (mail, "id");

      if (id != NULL && rungs_jmap_json_get_flag (places, self->folder))
        g_ptr_array_add (keys, g_strdup (id));
    }
}

/* `forgotten` (out): the server cannot tell what has changed since. */
static gboolean
list_changes (RungsJmapReader *self,
              RungsMailNews   *news,
              gboolean        *forgotten,
              GCancellable    *cancellable,
              GError         **error)
{
  gint64 most = MIN (MOST_CHANGES, rungs_jmap_get_limits (self->jmap)->get);
  g_autoptr (RungsJmapRequest) request = rungs_jmap_request_new ();
  g_autoptr (RungsJmapAnswer) answer = NULL;
  JsonObject *arguments = new_arguments (self);
  JsonObject *changes;
  JsonObject *created;
  JsonObject *updated;

  json_object_set_string_member (arguments, "sinceState", self->state);
  json_object_set_int_member (arguments, "maxChanges", most);
  rungs_jmap_request_add (request, "Email/changes", arguments, "c");
  add_changed (self, request, "/created", "n");
  add_changed (self, request, "/updated", "u");
  answer = call (self, request, cancellable, error);
  if (answer == NULL)
    return FALSE;
  *forgotten = g_strcmp0 (rungs_jmap_answer_get_refusal (answer, "c"), "cannotCalculateChanges")
               == 0;
  if (*forgotten)
    return TRUE;
  if (!(changes = get_result (answer, "c", "Email/changes", error))
      || !(created = get_result (answer, "n", "Email/get", error))
      || !(updated = get_result (answer, "u", "Email/get", error)))
    return FALSE;
  take_changed (self, created, news->keys);
  take_changed (self, updated, news->keys);
  g_free (self->next_state);
  self->next_state = g_strdup (rungs_jmap_json_get_text (changes, "newState"));
  news->moved = g_strcmp0 (self->next_state, self->state) != 0;
  news->more = news->moved && rungs_jmap_json_get_flag (changes, "hasMoreChanges");
  return TRUE;
}

static gboolean
rungs_jmap_reader_list (RungsMailFolder *folder,
                        RungsMailNews   *news,
                        GCancellable    *cancellable,
                        GError         **error)
{
  RungsJmapReader *self = RUNGS_JMAP_READER (folder);
  gboolean forgotten = *self->state == '\0';

  if (!connect (self, cancellable, error)
      || (!forgotten && !list_changes (self, news, &forgotten, cancellable, error))
      || (forgotten && !list_first (self, news, cancellable, error)))
    return FALSE;
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  self->keys = g_ptr_array_ref (news->keys);
  self->fetched = 0;
  g_hash_table_remove_all (self->mails);
  return TRUE;
}

/* ---- reading */

/* As they stood in the mail: a raw value begins after the colon, and keeps its folding. */
static GBytes *
write_headers (JsonArray *headers)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rungs_jmap_json_get_length (headers); i++)
    {
      JsonObject *header = rungs_jmap_json_get_object_at (headers, i);
      const char *name = rungs_jmap_json_get_text (header, "name");
      const char *value = rungs_jmap_json_get_text (header, "value");

      if (name != NULL && value != NULL)
        g_string_append_printf (text, "%s:%s\r\n", name, value);
    }
  g_string_append (text, "\r\n");
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static void
take_mails (RungsJmapReader *self,
            JsonArray       *list)
{
  g_hash_table_remove_all (self->mails);
  for (guint i = 0; i < rungs_jmap_json_get_length (list); i++)
    {
      JsonObject *told = rungs_jmap_json_get_object_at (list, i);
      const char *id = rungs_jmap_json_get_text (told, "id");
      const char *blob = rungs_jmap_json_get_text (told, "blobId");
      Mail *mail;

      if (id == NULL || blob == NULL)
        continue;
      mail = g_new0 (Mail, 1);
      mail->blob = g_strdup (blob);
      mail->headers = write_headers (rungs_jmap_json_get_array (told, "headers"));
      g_hash_table_replace (self->mails, g_strdup (id), mail);
    }
}

/* Fetches the headers of the next mails, that one first. */
static gboolean
fetch_from (RungsJmapReader *self,
            const char      *key,
            GCancellable    *cancellable,
            GError         **error)
{
  guint most = (guint) MIN (MAILS_AT_ONCE, rungs_jmap_get_limits (self->jmap)->get);
  g_autoptr (RungsJmapRequest) request = rungs_jmap_request_new ();
  g_autoptr (RungsJmapAnswer) answer = NULL;
  JsonObject *arguments = new_arguments (self);
  JsonArray *ids = json_array_new ();
  JsonObject *got;
  guint begin = 0;

  g_ptr_array_find_with_equal_func (self->keys, key, g_str_equal, &begin);
  self->fetched = MIN (begin + most, self->keys->len);
  for (guint i = begin; i < self->fetched; i++)
    json_array_add_string_element (ids, self->keys->pdata[i]);
  json_object_set_array_member (arguments, "ids", ids);
  json_object_set_array_member (arguments, "properties",
                                rungs_jmap_json_new_list ("id", "blobId", "headers", NULL));
  rungs_jmap_request_add (request, "Email/get", arguments, "g");
  answer = call (self, request, cancellable, error);
  got = answer ? get_result (answer, "g", "Email/get", error) : NULL;
  if (got == NULL)
    return FALSE;
  take_mails (self, rungs_jmap_json_get_array (got, "list"));
  return TRUE;
}

static GBytes *
rungs_jmap_reader_read_headers (RungsMailFolder *folder,
                                const char      *key,
                                GCancellable    *cancellable,
                                GError         **error)
{
  RungsJmapReader *self = RUNGS_JMAP_READER (folder);
  guint place = 0;
  Mail *mail;

  g_ptr_array_find_with_equal_func (self->keys, key, g_str_equal, &place);
  if (place >= self->fetched && !fetch_from (self, key, cancellable, error))
    return NULL;
  mail = g_hash_table_lookup (self->mails, key);
  return mail ? g_bytes_ref (mail->headers) : g_bytes_new_static ("", 0);
}

static GBytes *
rungs_jmap_reader_read_mail (RungsMailFolder *folder,
                             const char      *key,
                             gsize            limit,
                             GCancellable    *cancellable,
                             GError         **error)
{
  RungsJmapReader *self = RUNGS_JMAP_READER (folder);
  const Mail *mail = g_hash_table_lookup (self->mails, key);
  GError *failure = NULL;
  GBytes *bytes;

  if (mail == NULL)
    return g_bytes_new_static ("", 0);
  bytes = rungs_jmap_download (self->jmap, self->account, mail->blob, limit, cancellable, &failure);
  if (bytes != NULL)
    return bytes;
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_error_free (failure);
      return g_bytes_new_static ("", 0);
    }
  fail (failure, error);
  return NULL;
}

static gboolean
rungs_jmap_reader_note (RungsMailFolder *folder,
                        RungsDb         *db,
                        const char      *key,
                        gboolean         is_last,
                        GError         **error)
{
  RungsJmapReader *self = RUNGS_JMAP_READER (folder);

  if (!is_last || self->next_state == NULL)
    return TRUE;
  if (!rungs_mailbox_note_state (db, self->mailbox->id, self->next_state, error))
    return FALSE;
  g_free (self->state);
  self->state = g_strdup (self->next_state);
  return TRUE;
}

static void
rungs_jmap_reader_finalize (GObject *object)
{
  RungsJmapReader *self = RUNGS_JMAP_READER (object);

  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_hash_table_unref (self->mails);
  g_free (self->next_state);
  g_free (self->state);
  g_free (self->folder);
  g_free (self->account);
  rungs_jmap_free (self->jmap);
  rungs_secret_free (self->secret);
  g_clear_pointer (&self->access, rungs_access_unref);
  rungs_mailbox_free (self->mailbox);
  G_OBJECT_CLASS (rungs_jmap_reader_parent_class)->finalize (object);
}

static void
rungs_jmap_reader_class_init (RungsJmapReaderClass *class)
{
  RungsMailFolderClass *folder_class = RUNGS_MAIL_FOLDER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = rungs_jmap_reader_finalize;
  folder_class->list = rungs_jmap_reader_list;
  folder_class->read_headers = rungs_jmap_reader_read_headers;
  folder_class->read_mail = rungs_jmap_reader_read_mail;
  folder_class->note = rungs_jmap_reader_note;
}

static void
rungs_jmap_reader_init (RungsJmapReader *self)
{
  self->mails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mail_free);
}

RungsMailFolder *
rungs_jmap_reader_new (const RungsMailbox *mailbox,
                       RungsAccess        *access,
                       const char         *secret)
{
  RungsJmapReader *self;

  g_return_val_if_fail (mailbox != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_JMAP_READER, NULL);
  self->mailbox = rungs_mailbox_copy (mailbox);
  self->access = access ? rungs_access_ref (access) : NULL;
  self->secret = g_strdup (secret);
  self->state = g_strdup (mailbox->state);
  return RUNGS_MAIL_FOLDER (self);
}
