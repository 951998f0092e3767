/* rungs-test-goa.c: stands in for the Online Accounts of a computer.
 *
 *   rungs-test-goa XML ACCOUNTS
 *
 * Owns org.gnome.OnlineAccounts on the session bus with the interfaces of XML, which are those of
 * the real service, and prints "ready 0" then. ACCOUNTS is a JSON file that is read anew at each
 * call:
 *
 *   {"account_1": {"Account": {"PresentationIdentity": "a@b.example", …}, "Mail": {…},
 *                  "OAuth2Based": {}, "PasswordBased": {}, "tokens": ["one", "two"],
 *                  "expires_in": 3600, "passwords": {"smtp-password": "x"},
 *                  "error": "NotAuthorized"}}
 *
 * EnsureCredentials goes on to the next of the tokens; "error": every call that gives something
 * away fails so. It ends when its standard input does. */

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define SERVICE "org.gnome.OnlineAccounts"
#define ROOT "/org/gnome/OnlineAccounts"
#define ACCOUNTS ROOT "/Accounts/"

static const char *const INTERFACES[] = { "Account", "Mail", "OAuth2Based", "PasswordBased" };

typedef struct
{
  const char *accounts;      /* the file */
  GDBusNodeInfo *node;       /* (owned) */
  GHashTable *registered;    /* (owned): paths of accounts */
  GHashTable *renewed;       /* (owned): of each account, how often */
  GDBusConnection *bus;      /* (owned) */
} Service;

static JsonObject *
read_accounts (Service *self)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, self->accounts, &error);
  g_assert_no_error (error);
  return json_node_dup_object (json_parser_get_root (parser));
}

static GVariant *
read_property (JsonObject              *interface,
               const GDBusPropertyInfo *property)
{
  gboolean has = json_object_has_member (interface, property->name);

  if (g_str_equal (property->signature, "b"))
    return g_variant_new_boolean (has
                                  && json_object_get_boolean_member (interface, property->name));
  return g_variant_new_string (has ? json_object_get_string_member (interface, property->name)
                                   : "");
}

static GVariant *
describe_account (Service    *self,
                  JsonObject *account)
{
  GVariantBuilder interfaces;

  g_variant_builder_init (&interfaces, G_VARIANT_TYPE ("a{sa{sv}}"));
  for (gsize i = 0; i < G_N_ELEMENTS (INTERFACES); i++)
    {
      g_autofree char *name = g_strconcat (SERVICE ".", INTERFACES[i], NULL);
      GDBusInterfaceInfo *info = g_dbus_node_info_lookup_interface (self->node, name);
      GVariantBuilder properties;

      if (!json_object_has_member (account, INTERFACES[i]))
        continue;
      g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
      for (gsize k = 0; info->properties != NULL && info->properties[k] != NULL; k++)
        g_variant_builder_add (
          &properties, "{sv}", info->properties[k]->name,
          read_property (json_object_get_object_member (account, INTERFACES[i]),
                         info->properties[k]));
      g_variant_builder_add (&interfaces, "{sa{sv}}", name, &properties);
    }
  return g_variant_builder_end (&interfaces);
}

static void
refuse (GDBusMethodInvocation *call,
        const char            *name,
        const char            *why)
{
  g_autofree char *whole = g_strconcat (SERVICE ".Error.", name, NULL);

  g_dbus_method_invocation_return_dbus_error (call, whole, why);
}

static void
give_token (Service               *self,
            const char            *id,
            JsonObject            *account,
            GDBusMethodInvocation *call)
{
  JsonArray *tokens = json_object_get_array_member (account, "tokens");
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->renewed, id));

  n = MIN (n, json_array_get_length (tokens) - 1);
  g_dbus_method_invocation_return_value (
    call, g_variant_new ("(si)", json_array_get_string_element (tokens, n),
                         (int) json_object_get_int_member (account, "expires_in")));
}

static void
give_password (JsonObject            *account,
               const char            *id,
               GDBusMethodInvocation *call)
{
  JsonObject *passwords = json_object_get_object_member (account, "passwords");

  if (json_object_has_member (passwords, id))
    g_dbus_method_invocation_return_value (
      call, g_variant_new ("(s)", json_object_get_string_member (passwords, id)));
  else
    refuse (call, "Failed", "Did not find it in credentials");
}

static void
account_called_cb (GDBusConnection       *bus,
                   const char            *sender,
                   const char            *path,
                   const char            *interface,
                   const char            *method,
                   GVariant              *arguments,
                   GDBusMethodInvocation *call,
                   gpointer               data)
{
  Service *self = data;
  g_autoptr (JsonObject) accounts = read_accounts (self);
  const char *id = path + strlen (ACCOUNTS);
  JsonObject *account = json_object_has_member (accounts, id)
                          ? json_object_get_object_member (accounts, id)
                          : NULL;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->renewed, id));

  if (account == NULL)
    g_dbus_method_invocation_return_dbus_error (
      call, "org.freedesktop.DBus.Error.UnknownMethod", "No such object");
  else if (json_object_has_member (account, "error"))
    refuse (call, json_object_get_string_member (account, "error"), "So it was told");
  else if (g_str_equal (method, "GetAccessToken"))
    give_token (self, id, account, call);
  else if (g_str_equal (method, "GetPassword"))
    {
      const char *password = NULL;

      g_variant_get (arguments, "(&s)", &password);
      give_password (account, password, call);
    }
  else
    {
      g_hash_table_insert (self->renewed, g_strdup (id), GUINT_TO_POINTER (n + 1));
      g_dbus_method_invocation_return_value (call, g_variant_new ("(i)", 3600));
    }
}

static const GDBusInterfaceVTable ACCOUNT_TABLE = { account_called_cb, NULL, NULL, { 0 } };

/* Those with methods. */
static void
register_account (Service    *self,
                  const char *path)
{
  static const char *const NAMES[]
    = { SERVICE ".Account", SERVICE ".OAuth2Based", SERVICE ".PasswordBased" };

  if (!g_hash_table_add (self->registered, g_strdup (path)))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    g_dbus_connection_register_object (self->bus, path,
                                       g_dbus_node_info_lookup_interface (self->node, NAMES[i]),
                                       &ACCOUNT_TABLE, self, NULL, NULL);
}

static void
root_called_cb (GDBusConnection       *bus,
                const char            *sender,
                const char            *root,
                const char            *interface,
                const char            *method,
                GVariant              *arguments,
                GDBusMethodInvocation *call,
                gpointer               data)
{
  Service *self = data;
  g_autoptr (JsonObject) accounts = read_accounts (self);
  g_autoptr (GList) ids = json_object_get_members (accounts);
  GVariantBuilder objects;

  g_variant_builder_init (&objects, G_VARIANT_TYPE ("a{oa{sa{sv}}}"));
  for (GList *l = ids; l != NULL; l = l->next)
    {
      g_autofree char *path = g_strconcat (ACCOUNTS, l->data, NULL);

      register_account (self, path);
      g_variant_builder_add (
        &objects, "{o@a{sa{sv}}}", path,
        describe_account (self, json_object_get_object_member (accounts, l->data)));
    }
  g_dbus_method_invocation_return_value (call, g_variant_new ("(a{oa{sa{sv}}})", &objects));
}

static const GDBusInterfaceVTable ROOT_TABLE = { root_called_cb, NULL, NULL, { 0 } };

static void
owned_cb (GDBusConnection *bus,
          const char      *name,
          gpointer         data)
{
  g_print ("ready 0\n");
}

static gboolean
input_ended_cb (GObject  *stream,
                gpointer  loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GSource) end
    = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = NULL;
  Service self = { 0 };

  g_assert_cmpint (argc, ==, 3);
  g_file_get_contents (argv[1], &xml, NULL, &error);
  g_assert_no_error (error);
  self.node = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  self.accounts = argv[2];
  self.registered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.renewed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (
    self.bus, ROOT,
    g_dbus_node_info_lookup_interface (self.node, "org.freedesktop.DBus.ObjectManager"),
    &ROOT_TABLE, &self, NULL, &error);
  g_assert_no_error (error);
  g_bus_own_name_on_connection (self.bus, SERVICE, G_BUS_NAME_OWNER_FLAGS_NONE, owned_cb, NULL,
                                NULL, NULL);
  g_source_set_callback (end, G_SOURCE_FUNC (input_ended_cb), loop, NULL);
  g_source_attach (end, NULL);
  g_main_loop_run (loop);

  g_hash_table_unref (self.registered);
  g_hash_table_unref (self.renewed);
  g_dbus_node_info_unref (self.node);
  g_object_unref (self.bus);
  return 0;
}
