/* rungs-account-http-form.c: the provider of an HTTP account; its rows are made from its file. */

#include "rungs-account-http-form.h"

#include <glib/gi18n.h>

#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-error-words.h"
#include "wire/rungs-provider-option.h"

/* What is told of one option. */
typedef struct
{
  GtkWidget *row;                    /* (unowned): an AdwEntryRow, or a RungsChoiceRow */
  const RungsProviderOption *option; /* (unowned): of `options` */
} Field;

struct _RungsAccountHttpForm
{
  RungsAccountForm parent_instance;

  RungsChoiceRow *provider_row;
  GtkLabel *help_label;
  GtkLinkButton *home_link;
  AdwPasswordEntryRow *key_row;

  GPtrArray *providers;    /* (owned) (element-type RungsProvider) */
  RungsProvider *provider; /* (unowned) (nullable): that is chosen */
  GPtrArray *options;      /* (owned) (nullable) (element-type RungsProviderOption) */
  GArray *fields;          /* (owned) (element-type Field) */
  JsonNode *given;         /* (owned) (nullable): what the account has */
  gboolean is_stored;      /* the keyring has a key already */
};

G_DEFINE_FINAL_TYPE (RungsAccountHttpForm, rungs_account_http_form, RUNGS_TYPE_ACCOUNT_FORM)

/* ---- rows of a provider */

static void
remove_fields (RungsAccountHttpForm *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                  g_array_index (self->fields, Field, i).row);
  g_array_set_size (self->fields, 0);
}

static GtkWidget *
make_choice (const RungsProviderOption *option,
             const char                *value)
{
  RungsChoiceRow *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", option->label, "subtitle",
                                      option->help, NULL);

  for (guint i = 0; i < option->choices->len; i++)
    {
      const RungsProviderChoice *choice = option->choices->pdata[i];

      rungs_choice_row_add (row, choice->value, choice->label);
    }
  rungs_choice_row_set_value (row, value);
  return GTK_WIDGET (row);
}

static GtkWidget *
make_entry (const RungsProviderOption *option,
            const char                *value)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", option->label, "tooltip-text",
                                 option->help, NULL);

  gtk_editable_set_text (GTK_EDITABLE (row), value);
  return row;
}

/* What the account has of it, else what is usual; lent. */
static const char *
get_value (RungsAccountHttpForm      *self,
           const RungsProviderOption *option)
{
  JsonObject *given = self->given ? json_node_get_object (self->given) : NULL;
  JsonNode *node = given ? json_object_get_member (given, option->key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : option->usual;
}

/* The key stands below what is told with it. */
static void
add_fields (RungsAccountHttpForm *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  g_object_ref (self->key_row);
  adw_preferences_group_remove (group, GTK_WIDGET (self->key_row));
  for (guint i = 0; i < self->options->len; i++)
    {
      const RungsProviderOption *option = self->options->pdata[i];
      const char *value = get_value (self, option);
      Field field = { .option = option };

      field.row = option->choices->len > 0 ? make_choice (option, value)
                                           : make_entry (option, value);
      adw_preferences_group_add (group, field.row);
      g_array_append_val (self->fields, field);
    }
  adw_preferences_group_add (group, GTK_WIDGET (self->key_row));
  g_object_unref (self->key_row);
}

/* Where one finds what is asked for, a line each. */
static void
show_help (RungsAccountHttpForm *self)
{
  g_autoptr (GString) help = g_string_new (NULL);
  const char *const *languages = g_get_language_names ();
  const char *label = rungs_provider_get_secret_label (self->provider, RUNGS_PROVIDER_SEND,
                                                       languages);
  const char *secret = rungs_provider_get_secret_help (self->provider, RUNGS_PROVIDER_SEND,
                                                       languages);
  g_autofree char *title
    = self->is_stored ? g_strdup_printf (_ ("%s (empty: the stored one stays)"), label)
                      : g_strdup (label);

  for (guint i = 0; i < self->options->len; i++)
    {
      const RungsProviderOption *option = self->options->pdata[i];

      if (option->choices->len == 0 && *option->help != '\0')
        g_string_append_printf (help, "%s: %s\n", option->label, option->help);
    }
  if (*secret != '\0')
    g_string_append_printf (help, "%s: %s", label, secret);
  gtk_label_set_label (self->help_label, g_strchomp (help->str));
  gtk_widget_set_visible (GTK_WIDGET (self->help_label), *help->str != '\0');
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key_row), title);
}

static RungsProvider *
find_provider (RungsAccountHttpForm *self,
               const char           *key)
{
  for (guint i = 0; i < self->providers->len; i++)
    if (g_strcmp0 (rungs_provider_get_key (self->providers->pdata[i]), key) == 0)
      return self->providers->pdata[i];
  return NULL;
}

static void
show_provider (RungsAccountHttpForm *self)
{
  const char *key = rungs_choice_row_get_value (self->provider_row);
  RungsProvider *provider = find_provider (self, key);

  if (provider == self->provider || provider == NULL)
    return;
  self->provider = provider;
  remove_fields (self);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  self->options = rungs_provider_list_options (provider, RUNGS_PROVIDER_SEND,
                                               g_get_language_names ());
  add_fields (self);
  show_help (self);
  gtk_link_button_set_uri (self->home_link, rungs_provider_get_home (provider));
  gtk_button_set_label (GTK_BUTTON (self->home_link), rungs_provider_get_home (provider));
}

/* ---- what is entered */

static char *
dup_value (const Field *field)
{
  return field->option->choices->len > 0
           ? g_strdup (rungs_choice_row_get_value (RUNGS_CHOICE_ROW (field->row)))
           : rungs_account_form_dup_text (ADW_ENTRY_ROW (field->row));
}

static gboolean
check_field (const Field *field)
{
  g_autofree char *value = dup_value (field);
  g_autoptr (GError) fault = NULL;
  gboolean right = rungs_provider_option_check (field->option, value ? value : "", &fault);

  if (ADW_IS_ENTRY_ROW (field->row))
    rungs_error_mark_row (ADW_ENTRY_ROW (field->row), right ? NULL : fault->message);
  return right;
}

static gboolean
rungs_account_http_form_check (RungsAccountForm *form)
{
  RungsAccountHttpForm *self = RUNGS_ACCOUNT_HTTP_FORM (form);
  gboolean right = self->provider != NULL;

  for (guint i = 0; i < self->fields->len; i++)
    right = check_field (&g_array_index (self->fields, Field, i)) && right;
  if (!self->is_stored)
    right = rungs_account_form_require (ADW_ENTRY_ROW (self->key_row)) && right;
  return right;
}

static void
rungs_account_http_form_read (RungsAccountForm *form,
                              RungsAccount     *account)
{
  RungsAccountHttpForm *self = RUNGS_ACCOUNT_HTTP_FORM (form);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *field = &g_array_index (self->fields, Field, i);
      g_autofree char *value = dup_value (field);

      json_object_set_string_member (object, field->option->key, value ? value : "");
    }
  json_node_take_object (node, object);
  g_free (account->options);
  g_free (account->provider);
  account->options = json_to_string (node, FALSE);
  account->provider
    = g_strdup (self->provider ? rungs_provider_get_key (self->provider) : "");
}

static const char *
rungs_account_http_form_get_secret (RungsAccountForm *form)
{
  RungsAccountHttpForm *self = RUNGS_ACCOUNT_HTTP_FORM (form);

  return gtk_editable_get_text (GTK_EDITABLE (self->key_row));
}

static void
rungs_account_http_form_fill (RungsAccountForm   *form,
                              const RungsAccount *account,
                              const char         *file)
{
  RungsAccountHttpForm *self = RUNGS_ACCOUNT_HTTP_FORM (form);

  g_clear_pointer (&self->given, json_node_unref);
  self->given = json_from_string (account->options, NULL);
  if (self->given != NULL && !JSON_NODE_HOLDS_OBJECT (self->given))
    g_clear_pointer (&self->given, json_node_unref);
  self->is_stored = account->id != 0;
  if (find_provider (self, account->provider) != NULL)
    rungs_choice_row_set_value (self->provider_row, account->provider);
  self->provider = NULL;
  show_provider (self);
}

/* ---- the widget */

static void
rungs_account_http_form_finalize (GObject *object)
{
  RungsAccountHttpForm *self = RUNGS_ACCOUNT_HTTP_FORM (object);

  g_ptr_array_unref (self->providers);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_array_unref (self->fields);
  g_clear_pointer (&self->given, json_node_unref);
  G_OBJECT_CLASS (rungs_account_http_form_parent_class)->finalize (object);
}

static void
rungs_account_http_form_class_init (RungsAccountHttpFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsAccountFormClass *form_class = RUNGS_ACCOUNT_FORM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_account_http_form_finalize;
  form_class->fill = rungs_account_http_form_fill;
  form_class->check = rungs_account_http_form_check;
  form_class->read = rungs_account_http_form_read;
  form_class->get_secret = rungs_account_http_form_get_secret;

  g_type_ensure (RUNGS_TYPE_CHOICE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/settings/rungs-account-http-form.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsAccountHttpForm, provider_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountHttpForm, help_label);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountHttpForm, home_link);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountHttpForm, key_row);
  gtk_widget_class_bind_template_callback (widget_class, show_provider);
}

static void
rungs_account_http_form_init (RungsAccountHttpForm *self)
{
  self->fields = g_array_new (FALSE, FALSE, sizeof (Field));
  self->providers = rungs_provider_list (RUNGS_PROVIDER_SEND, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < self->providers->len; i++)
    rungs_choice_row_add (self->provider_row, rungs_provider_get_key (self->providers->pdata[i]),
                          rungs_provider_get_name (self->providers->pdata[i]));
}
