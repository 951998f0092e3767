/* rungs-relay-submission.c: what a form sends. */

#include "rungs-relay-submission.h"

#include <string.h>

#include "base/rungs-error.h"
#include "rungs-relay-page.h"
#include "wire/rungs-form-data.h"
#include "wire/rungs-relay-protocol.h"

RungsRelaySubmission *
rungs_relay_submission_read (SoupServerMessage *message,
                             GError           **error)
{
  static const char *const TYPES[]
    = { "application/x-www-form-urlencoded", "multipart/form-data", "application/json", NULL };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr (GBytes) body
    = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (RungsRelaySubmission) self = g_new0 (RungsRelaySubmission, 1);
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);

  if (type == NULL || !g_strv_contains (TYPES, type))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           "a form is sent urlencoded, as multipart or as JSON");
      return NULL;
    }
  self->is_json = strcmp (type, "application/json") == 0;
  self->fields = rungs_form_data_read (soup_message_headers_get_one (headers, "Content-Type"),
                                       text != NULL ? text : "", length, error);
  return self->fields != NULL ? g_steal_pointer (&self) : NULL;
}

void
rungs_relay_submission_free (RungsRelaySubmission *self)
{
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

const char *
rungs_relay_submission_get (const RungsRelaySubmission *self,
                            const char                 *name)
{
  return rungs_form_data_find (self->fields, name);
}

char *
rungs_relay_submission_dup_hidden (const RungsRelaySubmission *self)
{
  GString *html = g_string_new (NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const RungsFormField *field = self->fields->pdata[i];

      if (field->file_name == NULL && strcmp (field->name, RUNGS_RELAY_FIELD_TOKEN) != 0
          && strcmp (field->name, RUNGS_RELAY_FIELD_WORK) != 0)
        rungs_relay_page_add_hidden (html, field->name, field->value);
    }
  return g_string_free (html, FALSE);
}
