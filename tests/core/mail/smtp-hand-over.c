/* smtp-hand-over.c: hands messages to a mail server, as they are in files.
 *
 * smtp-hand-over PORT CA-FILE FILE… : to localhost; without TLS where CA-FILE is "-", else with
 * STARTTLS, as u1 with the password of tests/journeys/exim.sh. */

#include <stdlib.h>
#include <string.h>

#include "smtp/rungs-smtp-transport.h"

static RungsSmtpSettings *
make_settings (const char *port,
               const char *ca_file)
{
  gboolean clear = strcmp (ca_file, "-") == 0;
  RungsSmtpSettings *settings
    = rungs_smtp_settings_new ("localhost", (guint) g_ascii_strtoull (port, NULL, 10),
                               clear ? RUNGS_SMTP_CLEAR : RUNGS_SMTP_STARTTLS);

  if (clear)
    return settings;
  settings->ca_file = g_strdup (ca_file);
  settings->auth = RUNGS_SMTP_AUTH_PLAIN;
  settings->username = g_strdup ("u1");
  rungs_smtp_settings_set_password (settings, "correct horse");
  return settings;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (RungsSmtpSettings) settings = make_settings (argv[1], argv[2]);
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);

  for (int i = 3; i < argc; i++)
    {
      RungsEnvelope envelope = { "shop@example.com", "lead@example.com", "1@example.com" };
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) message = NULL;
      g_auto (RungsDelivery) delivery = { 0 };
      char *text;
      gsize length;

      if (!g_file_get_contents (argv[i], &text, &length, &error))
        g_error ("%s", error->message);
      message = g_bytes_new_take (text, length);
      rungs_transport_send (transport, &envelope, message, NULL, &delivery);
      if (delivery.outcome != RUNGS_DELIVERY_ACCEPTED)
        g_error ("%s: %s", argv[i], delivery.reply);
    }
  return EXIT_SUCCESS;
}
