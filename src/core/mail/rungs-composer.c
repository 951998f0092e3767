/* rungs-composer.c: makes the bytes of a message for one lead, from all that this needs. */

#include "mail/rungs-composer.h"

#include <string.h>

#include "mail/rungs-merge-data.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-mime.h"

/* A version that was read; versions never change. */
typedef struct
{
  RungsMessageTemplate *template; /* (owned) */
  RungsMergeParts parts;
  gboolean marketing;
  gboolean varies; /* it may be possible to merge it for one lead, and not for another */
  gboolean tried;  /* it was merged once */
} Version;

struct _RungsComposer
{
  GHashTable *versions; /* (owned) id -> Version */
  GTimeZone *zone; /* (owned) (nullable) kept so that GLib, which reads it slowly, keeps it too */
};

static void
version_free (gpointer data)
{
  Version *version = data;

  rungs_message_template_unref (version->template);
  g_free (version);
}

RungsComposer *
rungs_composer_new (void)
{
  RungsComposer *self = g_new0 (RungsComposer, 1);

  self->versions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, version_free);
  return self;
}

void
rungs_composer_free (RungsComposer *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->versions);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

/* Names and choices never fail. What calculates, makes dates or repeats may. */
static gboolean
may_vary (const char *text)
{
  return g_regex_match_simple ("\\|\\s*(?!(default|escape|capitalize|upcase|downcase|strip)\\b)\\w"
                               "|\\{%-?\\s*(?!(if|elsif|else|endif|unless|endunless)\\b)\\w",
                               text, 0, 0);
}

static Version *
read_version (RungsMessage  *message,
              GError       **error)
{
  g_autoptr (RungsMessageTemplate) template =
      rungs_message_template_new (message->subject, message->preview, message->blocks, error);
  g_autoptr (GPtrArray) variables = NULL;
  Version *version;

  if (template == NULL)
    return NULL;
  variables = rungs_message_template_list_variables (template);
  version = g_new0 (Version, 1);
  version->parts = rungs_merge_parts_of (variables);
  version->marketing = message->marketing;
  version->varies
      = may_vary (message->subject) || may_vary (message->preview) || may_vary (message->blocks);
  version->template = g_steal_pointer (&template);
  return version;
}

/* Lends the version. */
static Version *
ensure_version (RungsComposer  *self,
                RungsDb        *db,
                gint64          id,
                GError        **error)
{
  Version *version = g_hash_table_lookup (self->versions, &id);
  g_autoptr (RungsMessage) message = NULL;

  if (version != NULL)
    return version;
  message = rungs_message_load_version (db, id, error);
  version = message ? read_version (message, error) : NULL;
  if (version != NULL)
    g_hash_table_insert (self->versions, g_memdup2 (&id, sizeof id), version);
  return version;
}

/* A practice account need not have an address; what it writes leaves nowhere. */
static const char *
get_from_address (const RungsAccount *account)
{
  return *account->from_email != '\0' ? account->from_email : "practice@business.example";
}

static const char *
get_reply_address (const RungsAccount *account)
{
  return *account->reply_to != '\0' ? account->reply_to : get_from_address (account);
}

/* A mail that says by its subject which message its sender wants no more of. */
static char *
dup_unsubscribe (const char *address,
                 const char *message_id)
{
  g_autofree char *to = g_uri_escape_string (address, "@", FALSE);
  g_autofree char *id = g_uri_escape_string (message_id, "@", FALSE);

  return g_strdup_printf ("mailto:%s?subject=unsubscribe%%20%s", to, id);
}

/* RFC 2919: within a domain of ours, the same for all messages of the business. */
static char *
dup_list_id (const RungsBusiness *business,
             const RungsAccount  *account)
{
  const char *at = strrchr (get_from_address (account), '@');

  return g_strdup_printf ("%s.%s", business->uuid, at ? at + 1 : "localhost");
}

static void
keep_zone (RungsComposer        *self,
           const RungsMergeData *data)
{
  GTimeZone *zone = rungs_merge_data_get_zone (data);

  if (self->zone == zone)
    return;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
}

static gboolean
render (const Version         *version,
        const RungsMergeData  *data,
        const char            *unsubscribe,
        gint64                 now,
        RungsMessageContent   *content,
        GError               **error)
{
  const RungsBusiness *business = rungs_merge_data_get_business (data);
  const RungsMessageFrame frame = { .business_name = business->name,
                                    .business_address = business->address,
                                    .unsubscribe = unsubscribe,
                                    .language = rungs_merge_data_get_language (data) };

  return rungs_message_template_render (version->template, &frame,
                                        rungs_merge_data_get_values (data), now,
                                        rungs_merge_data_get_zone (data), content, error);
}

static GBytes *
compose (const RungsOutboxClaim     *claim,
         const RungsAccount         *account,
         const RungsMergeData       *data,
         const RungsMessageContent  *content,
         const char                 *unsubscribe,
         gint64                      now,
         GError                    **error)
{
  const RungsBusiness *business = rungs_merge_data_get_business (data);
  g_autofree char *list_id = claim->marketing ? dup_list_id (business, account) : NULL;
  const RungsMime mime = {
    .from_name = *account->from_name != '\0' ? account->from_name : business->name,
    .from_email = get_from_address (account),
    .to_name = rungs_merge_data_get_lead_name (data),
    .to_email = claim->email,
    .reply_to = account->reply_to,
    .subject = content->subject,
    .text = content->text,
    .html = content->html,
    .message_id = claim->message_id,
    .date = now,
    .zone = rungs_merge_data_get_zone (data),
    .unsubscribe = unsubscribe,
    .list_name = business->name,
    .list_id = list_id,
  };

  return rungs_mime_compose (&mime, error);
}

GBytes *
rungs_composer_compose (RungsComposer           *self,
                        RungsDb                 *db,
                        const RungsOutboxClaim  *claim,
                        const RungsAccount      *account,
                        gint64                   now,
                        GError                 **error)
{
  g_autoptr (RungsMergeData) data = NULL;
  g_auto (RungsMessageContent)
    content = { NULL };
  g_autofree char *unsubscribe = NULL;
  Version *version;

  g_return_val_if_fail (self != NULL && db != NULL && claim != NULL && account != NULL, NULL);

  version = ensure_version (self, db, claim->message_version, error);
  if (version == NULL)
    return NULL;
  data = rungs_merge_data_new (db, claim->lead, claim->sells, version->parts, now, error);
  if (data == NULL)
    return NULL;

  keep_zone (self, data);
  if (claim->marketing)
    unsubscribe = dup_unsubscribe (get_reply_address (account), claim->message_id);
  if (!render (version, data, unsubscribe, now, &content, error))
    return NULL;
  return compose (claim, account, data, &content, unsubscribe, now, error);
}

gboolean
rungs_composer_try (RungsComposer           *self,
                    RungsDb                 *db,
                    const RungsOutboxClaim  *claim,
                    gint64                   now,
                    GError                 **error)
{
  g_autoptr (RungsMergeData) data = NULL;
  g_auto (RungsMessageContent)
    content = { NULL };
  Version *version;

  g_return_val_if_fail (self != NULL && db != NULL && claim != NULL, FALSE);

  version = ensure_version (self, db, claim->message_version, error);
  if (version == NULL)
    return FALSE;
  if (version->tried && !version->varies)
    return TRUE;
  data = rungs_merge_data_new (db, claim->lead, claim->sells, version->parts, now, error);
  if (data == NULL)
    return FALSE;
  keep_zone (self, data);
  version->tried
      = render (version, data, claim->marketing ? "mailto:" : NULL, now, &content, error);
  return version->tried;
}

gboolean
rungs_composer_preview (RungsComposer        *self,
                        RungsDb              *db,
                        gint64                message_version,
                        gint64                lead,
                        gint64                sells,
                        gint64                now,
                        RungsMessageContent  *content,
                        GError              **error)
{
  g_autoptr (RungsMergeData) data = NULL;
  Version *version;

  g_return_val_if_fail (self != NULL && db != NULL && content != NULL, FALSE);

  version = ensure_version (self, db, message_version, error);
  if (version == NULL)
    return FALSE;
  data = lead != 0 ? rungs_merge_data_new (db, lead, sells, version->parts, now, error)
                   : rungs_merge_data_new_example (db, sells, now, error);
  return data != NULL
         && render (version, data, version->marketing ? "mailto:" : NULL, now, content, error);
}
