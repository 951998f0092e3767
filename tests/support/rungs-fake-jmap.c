/* rungs-fake-jmap.c: the JMAP server that does wrong what a test tells it to. */

#include "rungs-fake-jmap.h"

#include <libsoup/soup.h>
#include <string.h>

#include "rungs-test-server.h"

struct _RungsFakeJmap
{
  RungsTestServer *server;
  SoupSession *session;
  char *url;
};

RungsFakeJmap *
rungs_fake_jmap_start (void)
{
  const char *argv[] = { "tests/support/fake-jmap.py", NULL };
  RungsFakeJmap *self = g_new0 (RungsFakeJmap, 1);

  self->server = rungs_test_server_start (argv);
  self->session = soup_session_new ();
  self->url = g_strdup_printf ("http://127.0.0.1:%u", rungs_test_server_get_port (self->server, 0));
  return self;
}

void
rungs_fake_jmap_stop (RungsFakeJmap *self)
{
  g_object_unref (self->session);
  rungs_test_server_stop (self->server);
  g_free (self->url);
  g_free (self);
}

const char *
rungs_fake_jmap_get_url (RungsFakeJmap *self)
{
  return self->url;
}

RungsJmapSettings *
rungs_fake_jmap_new_settings (RungsFakeJmap *self)
{
  RungsJmapSettings *settings = rungs_jmap_settings_new (self->url, RUNGS_JMAP_AUTH_BASIC);

  settings->username = g_strdup ("u1@shop.example");
  rungs_jmap_settings_set_password (settings, "correct-horse");
  settings->timeout = 1;
  settings->settle = 1;
  return settings;
}

static GBytes *
ask (RungsFakeJmap *self,
     const char    *method,
     const char    *path,
     const char    *body)
{
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) bytes = body ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GError) error = NULL;
  GBytes *answer;

  if (bytes != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  answer = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  return answer;
}

void
rungs_fake_jmap_control (RungsFakeJmap *self,
                         const char    *control)
{
  g_autofree char *json = g_strdelimit (g_strdup (control), "'", '"');
  g_autoptr (GBytes) answer = ask (self, "POST", "/control", json);
}

void
rungs_fake_jmap_deliver (RungsFakeJmap *self,
                         const char    *mail)
{
  g_autoptr (GBytes) answer = ask (self, "POST", "/deliver", mail);
}

JsonObject *
rungs_fake_jmap_tell (RungsFakeJmap *self)
{
  g_autoptr (GBytes) answer = ask (self, "GET", "/control", NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return json_object_ref (json_node_get_object (node));
}

guint
rungs_fake_jmap_count_sent (RungsFakeJmap *self)
{
  g_autoptr (JsonObject) told = rungs_fake_jmap_tell (self);

  return json_array_get_length (json_object_get_array_member (told, "sent"));
}

guint
rungs_fake_jmap_count_in (RungsFakeJmap *self,
                          const char    *mailbox)
{
  g_autoptr (JsonObject) told = rungs_fake_jmap_tell (self);
  JsonArray *mails = json_object_get_array_member (told, "mails");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (mails); i++)
    {
      JsonObject *mail = json_array_get_object_element (mails, i);

      n += json_object_has_member (json_object_get_object_member (mail, "mailboxIds"), mailbox);
    }
  return n;
}
