/* rungs-account-provider.c: the provider of an HTTP account, with what it was told. */

#include "mail/rungs-account-provider.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "wire/rungs-provider-option.h"

/* (transfer full): empty where the text is none. */
static JsonNode *
parse_options (const char *text)
{
  JsonNode *node = json_from_string (text, NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return node;
  g_clear_pointer (&node, json_node_unref);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, json_object_new ());
  return node;
}

RungsProvider *
rungs_account_load_provider (const RungsAccount  *account,
                             JsonObject         **options,
                             GError             **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (RungsProvider) provider = NULL;
  g_autoptr (JsonNode) given = NULL;

  g_return_val_if_fail (account != NULL && options != NULL, NULL);

  provider = rungs_provider_load (account->provider, &trouble);
  if (provider == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, trouble->message);
      return NULL;
    }
  if (rungs_provider_get_section (provider, RUNGS_PROVIDER_SEND) == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("No mail can be sent by %s."),
                   rungs_provider_get_name (provider));
      return NULL;
    }
  given = parse_options (account->options);
  *options = rungs_provider_complete_options (provider, RUNGS_PROVIDER_SEND,
                                              json_node_get_object (given), error);
  return *options != NULL ? g_steal_pointer (&provider) : NULL;
}
