/* rungs-composer.c: makes the bytes of a message for one lead, from all that this needs. */

#include "mail/rungs-composer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-click-links.h"
#include "mail/rungs-merge-data.h"
#include "mail/rungs-message-insets.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-mime.h"
#include "mail/rungs-picture-store.h"
#include "mail/rungs-relay-links-store.h"

/* Where a link to say no leads in what is not sent. */
#define PREVIEW_WAY_OUT "mailto:unsubscribe@business.example"

/* The same of one that confirms. */
#define PREVIEW_CONFIRM "https://relay.example/c/preview"

/* And of one that leads to a form. */
#define PREVIEW_FORM "https://relay.example/f/preview"

/* A version that was read; versions never change. */
typedef struct
{
  RungsMessageTemplate *template; /* (owned) */
  RungsMergeParts parts;
  gboolean marketing;
  gboolean confirms; /* it holds a link to confirm something */
  GPtrArray *forms;  /* (owned) (element-type utf8): its names of links to forms */
  char *language;  /* (owned) in which it is written */
  gboolean varies; /* it may be possible to merge it for one lead, and not for another */
  gboolean tried;  /* it was merged once */
} Version;

struct _RungsComposer
{
  GHashTable *versions; /* (owned) id -> Version */
  GHashTable *bytes;    /* (owned) SHA-256 of a picture -> GBytes: a run reads each once */
  GTimeZone *zone; /* (owned) (nullable) kept so that GLib, which reads it slowly, keeps it too */
};

static void
version_free (gpointer data)
{
  Version *version = data;

  rungs_message_template_unref (version->template);
  g_ptr_array_unref (version->forms);
  g_free (version->language);
  g_free (version);
}

RungsComposer *
rungs_composer_new (void)
{
  RungsComposer *self = g_new0 (RungsComposer, 1);

  self->versions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, version_free);
  self->bytes
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  return self;
}

void
rungs_composer_free (RungsComposer *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->versions);
  g_hash_table_unref (self->bytes);
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

static gboolean
uses (GPtrArray  *variables,
      const char *path)
{
  for (guint i = 0; i < variables->len; i++)
    if (g_strcmp0 (((const RungsLiquidVariable *) variables->pdata[i])->path, path) == 0)
      return TRUE;
  return FALSE;
}

/* The names of links to forms among the variables. */
static GPtrArray *
list_forms (GPtrArray *variables)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < variables->len; i++)
    {
      const char *path = ((const RungsLiquidVariable *) variables->pdata[i])->path;

      if (g_str_has_prefix (path, RUNGS_MERGE_FORM))
        g_ptr_array_add (forms, g_strdup (path));
    }
  return forms;
}

static Version *
read_version (const RungsMessage  *message,
              GError             **error)
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
  version->confirms = uses (variables, RUNGS_MERGE_CONFIRM);
  version->forms = list_forms (variables);
  version->marketing = message->marketing;
  version->language = g_strdup (message->language);
  version->varies
      = may_vary (message->subject) || may_vary (message->preview) || may_vary (message->blocks)
        || strstr (message->blocks, "\"link\"") != NULL; /* it may be empty for one lead */
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

/* How the lead can say no to more: by a mail, and at the relay where there is one. */
typedef struct
{
  char *mail; /* (owned) */
  char *web;  /* (owned) (nullable) */
} WaysOut;

static void
ways_out_clear (WaysOut *self)
{
  g_free (self->mail);
  g_free (self->web);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WaysOut, ways_out_clear)

static const char *
get_shown (const WaysOut *ways)
{
  return ways->web != NULL ? ways->web : ways->mail;
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

/* In whose language prices are written: the lead's, and where that is not known the message's. */
static const char *
get_price_language (const Version        *version,
                    const RungsMergeData *data)
{
  const char *language = rungs_merge_data_get_language (data);

  return *language != '\0' ? language : version->language;
}

static gboolean
render (const Version             *version,
        RungsDb                   *db,
        const RungsMergeData      *data,
        const char                *unsubscribe,
        gint64                     now,
        gboolean                   is_preview,
        RungsMessageInsets        *insets,
        RungsMessageContent       *content,
        GError                   **error)
{
  const RungsBusiness *business = rungs_merge_data_get_business (data);
  RungsMessageFrame frame = { .business_name = business->name,
                              .business_address = business->address,
                              .unsubscribe = unsubscribe,
                              .language = rungs_merge_data_get_language (data),
                              .written_in = version->language,
                              .signature = business->signature,
                              .embeds_pictures = is_preview,
                              .is_example = rungs_merge_data_is_example (data) };

  if (!rungs_message_insets_load (db, version->template, get_price_language (version, data),
                                  is_preview, insets, error))
    return FALSE;
  frame.products = insets->products;
  frame.pictures = insets->pictures;
  return rungs_message_template_render (version->template, &frame,
                                        rungs_merge_data_get_values (data), now,
                                        rungs_merge_data_get_zone (data), content, error);
}

/* ---- pictures */

/* Lends the bytes. */
static GBytes *
ensure_bytes (RungsComposer       *self,
              RungsDb             *db,
              const RungsPicture  *picture,
              GError             **error)
{
  GBytes *bytes = g_hash_table_lookup (self->bytes, picture->sha256);
  g_autoptr (RungsPicture) whole = NULL;

  if (bytes != NULL)
    return bytes;
  whole = rungs_picture_load (db, picture->key, TRUE, error);
  if (whole == NULL)
    return NULL;
  bytes = g_bytes_ref (whole->bytes);
  g_hash_table_insert (self->bytes, g_strdup (picture->sha256), bytes);
  return bytes;
}

static void
clear_picture (gpointer data)
{
  RungsMimePicture *picture = data;

  g_free ((char *) picture->content_id);
}

/* Those of the message that its HTML shows. The names are lent by `insets`. */
static GArray *
collect_pictures (RungsComposer              *self,
                  RungsDb                    *db,
                  const RungsMessageInsets   *insets,
                  const RungsMessageContent  *content,
                  GError                    **error)
{
  g_autoptr (GArray) pictures = g_array_new (FALSE, FALSE, sizeof (RungsMimePicture));

  g_array_set_clear_func (pictures, clear_picture);
  for (guint i = 0; i < insets->pictures->len; i++)
    {
      const RungsPicture *picture = g_ptr_array_index (insets->pictures, i);
      RungsMimePicture part = { .media_type = picture->media_type, .name = picture->key };

      if (!g_ptr_array_find_with_equal_func (content->pictures, picture->key, g_str_equal, NULL))
        continue;
      part.bytes = ensure_bytes (self, db, picture, error);
      if (part.bytes == NULL)
        return NULL;
      part.content_id = rungs_picture_dup_content_id (picture);
      g_array_append_val (pictures, part);
    }
  return g_steal_pointer (&pictures);
}

/* ---- messages */

static GBytes *
compose (const RungsOutboxClaim     *claim,
         const RungsAccount         *account,
         const RungsMergeData       *data,
         const RungsMessageContent  *content,
         GArray                     *pictures,
         const WaysOut              *ways,
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
    .pictures = (const RungsMimePicture *) pictures->data,
    .n_pictures = pictures->len,
    .message_id = claim->message_id,
    .date = now,
    .zone = rungs_merge_data_get_zone (data),
    .unsubscribe = claim->marketing ? ways->mail : NULL,
    .unsubscribe_web = claim->marketing ? ways->web : NULL,
    .list_name = business->name,
    .list_id = list_id,
  };

  return rungs_mime_compose (&mime, error);
}

/* A link of a message that is being made. */
typedef struct
{
  const RungsOutboxClaim *claim;
  const RungsRelayLinks *links;
  gint64 now;
} Clicking;

static char *
dup_click (const char *target,
           gpointer    data)
{
  const Clicking *clicking = data;

  return rungs_relay_links_dup_click (clicking->links, clicking->claim->id, clicking->claim->lead,
                                      clicking->now, target);
}

static void
count_clicks (const RungsOutboxClaim *claim,
              const RungsRelayLinks  *links,
              gint64                  now,
              RungsMessageContent    *content)
{
  Clicking clicking = { claim, links, now };

  if (links->counts && claim->marketing)
    rungs_click_links_replace (content, dup_click, &clicking);
}

/* Of a message that asks to confirm something. Errors: INVALID, there is nothing to confirm, or
 * nowhere to do it. */
static gboolean
set_confirm (const Version          *version,
             RungsMergeData         *data,
             RungsDb                *db,
             const RungsOutboxClaim *claim,
             const RungsRelayLinks  *links,
             gint64                  now,
             GError                **error)
{
  g_autofree char *link = NULL;

  if (!version->confirms)
    return TRUE;
  if (!rungs_relay_links_find_confirm (links, db, claim->id, claim->lead, now, &link, error))
    return FALSE;
  if (link == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("It holds a link to confirm something, and there is nothing to be"
                              " confirmed, or no relay where that could be done."));
      return FALSE;
    }
  rungs_merge_data_set_link (data, RUNGS_MERGE_CONFIRM, link);
  return TRUE;
}

/* Errors: INVALID, a form is not published, or there is no relay. */
static gboolean
set_forms (const Version           *version,
           RungsMergeData          *data,
           RungsDb                 *db,
           const RungsOutboxClaim  *claim,
           const RungsRelayLinks   *links,
           gint64                   now,
           GError                 **error)
{
  for (guint i = 0; i < version->forms->len; i++)
    {
      const char *name = version->forms->pdata[i];
      g_autofree char *slug
        = g_strdelimit (g_strdup (name + strlen (RUNGS_MERGE_FORM)), "_", '-');
      g_autofree char *link = NULL;

      if (!rungs_relay_links_find_form (links, db, slug, claim->id, claim->lead, now, &link,
                                        error))
        return FALSE;
      if (link == NULL)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("It links to the form “%s”, which is not published, or there is no"
                          " relay."),
                       slug);
          return FALSE;
        }
      rungs_merge_data_set_link (data, name, link);
    }
  return TRUE;
}

/* What stands in place of links where nothing is sent. */
static void
set_preview_links (const Version  *version,
                   RungsMergeData *data)
{
  rungs_merge_data_set_link (data, RUNGS_MERGE_PREFERENCES, PREVIEW_WAY_OUT);
  rungs_merge_data_set_link (data, RUNGS_MERGE_CONFIRM, PREVIEW_CONFIRM);
  for (guint i = 0; i < version->forms->len; i++)
    rungs_merge_data_set_link (data, version->forms->pdata[i], PREVIEW_FORM);
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
  g_auto (RungsMessageInsets)
    insets = { NULL };
  g_auto (RungsMessageContent)
    content = { NULL };
  g_auto (RungsRelayLinks)
    links = { NULL };
  g_auto (WaysOut)
    ways = { NULL };
  g_autoptr (GArray) pictures = NULL;
  Version *version;

  g_return_val_if_fail (self != NULL && db != NULL && claim != NULL && account != NULL, NULL);

  version = ensure_version (self, db, claim->message_version, error);
  if (version == NULL)
    return NULL;
  data = rungs_merge_data_new (db, claim->lead, claim->sells, version->parts, now, error);
  if (data == NULL || !rungs_relay_links_load (db, &links, error))
    return NULL;

  keep_zone (self, data);
  ways.mail = dup_unsubscribe (get_reply_address (account), claim->message_id);
  ways.web = rungs_relay_links_dup_unsubscribe (&links, claim->id, claim->lead, now);
  rungs_merge_data_set_link (data, RUNGS_MERGE_PREFERENCES, get_shown (&ways));
  if (!set_confirm (version, data, db, claim, &links, now, error)
      || !set_forms (version, data, db, claim, &links, now, error))
    return NULL;
  if (!render (version, db, data, claim->marketing ? get_shown (&ways) : NULL, now, FALSE, &insets,
               &content, error))
    return NULL;
  count_clicks (claim, &links, now, &content);
  pictures = collect_pictures (self, db, &insets, &content, error);
  return pictures ? compose (claim, account, data, &content, pictures, &ways, now, error) : NULL;
}

/* ---- letters of the relay */

static gboolean
render_letter (const Version             *version,
               RungsDb                   *db,
               const RungsComposerLetter *letter,
               const char                *first_name,
               gint64                     now,
               RungsMessageInsets        *insets,
               RungsMessageContent       *content,
               GError                   **error)
{
  g_autoptr (RungsMergeData) data
    = rungs_merge_data_new_stranger (db, letter->language, first_name, now, error);

  if (data == NULL)
    return FALSE;
  rungs_merge_data_set_link (data, RUNGS_MERGE_CONFIRM, letter->link);
  return render (version, db, data, NULL, now, FALSE, insets, content, error);
}

/* A name in a subject would stand in a header, where it cannot be filled in. */
static char *
dup_subject (const Version             *version,
             RungsDb                   *db,
             const RungsComposerLetter *letter,
             gint64                     now,
             GError                   **error)
{
  g_auto (RungsMessageInsets)
    insets = { NULL };
  g_auto (RungsMessageContent)
    content = { NULL };

  return render_letter (version, db, letter, "", now, &insets, &content, error)
           ? g_steal_pointer (&content.subject)
           : NULL;
}

GBytes *
rungs_composer_compose_letter (RungsComposer             *self,
                               RungsDb                   *db,
                               const RungsComposerLetter *letter,
                               gint64                     now,
                               GError                   **error)
{
  Version *version = ensure_version (self, db, letter->message_version, error);
  g_autoptr (RungsBusiness) business = version != NULL ? rungs_business_load (db, error) : NULL;
  g_autofree char *subject
    = business != NULL ? dup_subject (version, db, letter, now, error) : NULL;
  const RungsAccount *account = letter->account;
  g_auto (RungsMessageInsets)
    insets = { NULL };
  g_auto (RungsMessageContent)
    content = { NULL };
  g_autoptr (GArray) pictures = NULL;
  RungsMime mime = { .is_encoded = TRUE, .to_name = "", .to_email = "nobody@invalid.example" };

  if (subject == NULL
      || !render_letter (version, db, letter, letter->first_name, now, &insets, &content, error))
    return NULL;
  pictures = collect_pictures (self, db, &insets, &content, error);
  if (pictures == NULL)
    return NULL;
  mime.from_name = *account->from_name != '\0' ? account->from_name : business->name;
  mime.from_email = account->from_email;
  mime.reply_to = account->reply_to;
  mime.subject = subject;
  mime.text = content.text;
  mime.html = content.html;
  mime.pictures = (const RungsMimePicture *) pictures->data;
  mime.n_pictures = pictures->len;
  mime.message_id = letter->id;
  mime.date = now;
  return rungs_mime_compose (&mime, error);
}

gboolean
rungs_composer_try (RungsComposer           *self,
                    RungsDb                 *db,
                    const RungsOutboxClaim  *claim,
                    gint64                   now,
                    GError                 **error)
{
  g_autoptr (RungsMergeData) data = NULL;
  g_auto (RungsMessageInsets)
    insets = { NULL };
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
  set_preview_links (version, data);
  version->tried
      = render (version, db, data, claim->marketing ? "mailto:" : NULL, now, FALSE, &insets,
                &content, error);
  return version->tried;
}

static gboolean
preview (const Version        *version,
         RungsDb              *db,
         gint64                lead,
         gint64                sells,
         gint64                now,
         RungsMessageContent  *content,
         GError              **error)
{
  g_auto (RungsMessageInsets)
    insets = { NULL };
  g_autoptr (RungsMergeData) data
    = lead != 0 ? rungs_merge_data_new (db, lead, sells, version->parts, now, error)
                : rungs_merge_data_new_example (db, sells, now, error);

  if (data == NULL)
    return FALSE;
  set_preview_links (version, data);
  return render (version, db, data, version->marketing ? "mailto:" : NULL, now, TRUE, &insets,
                 content, error);
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
  Version *version;

  g_return_val_if_fail (self != NULL && db != NULL && content != NULL, FALSE);

  version = ensure_version (self, db, message_version, error);
  return version != NULL && preview (version, db, lead, sells, now, content, error);
}

gboolean
rungs_composer_preview_message (RungsDb              *db,
                                const RungsMessage   *message,
                                gint64                lead,
                                gint64                sells,
                                gint64                now,
                                RungsMessageContent  *content,
                                GError              **error)
{
  Version *version;
  gboolean good;

  g_return_val_if_fail (db != NULL && message != NULL && content != NULL, FALSE);

  version = read_version (message, error);
  good = version != NULL && preview (version, db, lead, sells, now, content, error);
  g_clear_pointer (&version, version_free);
  return good;
}
