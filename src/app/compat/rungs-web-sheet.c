/* rungs-web-sheet.c: a page of HTML that does nothing.
 *
 * WebKit has no switch that turns its network off. So the page is told by a policy (CSP) that it
 * may load nothing but what stands in it, every navigation is refused, and what asks all the
 * same meets a proxy that is not there. */

#include "compat/rungs-web-sheet.h"

#include "base/rungs-error.h"

#ifdef RUNGS_HAVE_WEBKIT

#include <webkit/webkit.h>

#define POLICY                                                                                     \
  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "                    \
  "img-src data:; style-src 'unsafe-inline'\">"
#define NOWHERE "http://127.0.0.1:1"

struct _RungsWebSheet
{
  GtkWidget parent_instance;

  WebKitWebView *view;
  int page_width;
};

G_DEFINE_FINAL_TYPE (RungsWebSheet, rungs_web_sheet, GTK_TYPE_WIDGET)

static guint pointed_signal;
static guint failed_signal;

/* ---- whether it can be */

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
rungs_web_sheet_probe_async (GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  const char *is_off = g_getenv ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS");
  g_autoptr (GSubprocess) sandbox = NULL;
  GError *error = NULL;

  if (g_strcmp0 (is_off, "1") == 0 || g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  sandbox = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "bwrap",
    "--unshare-all", "--dev-bind", "/", "/", "--proc", "/proc", "true", NULL);
  if (sandbox == NULL)
    g_task_return_error (task, error);
  else
    g_subprocess_wait_check_async (sandbox, cancellable, probed_cb, g_steal_pointer (&task));
}

/* ---- what the page may do */

/* The page itself comes as “other”; whoever clicks a link, or whatever else wants away, stays. */
static gboolean
policy_asked_cb (WebKitWebView            *view,
                 WebKitPolicyDecision     *decision,
                 WebKitPolicyDecisionType  type,
                 RungsWebSheet            *self)
{
  WebKitNavigationAction *action;
  const char *address;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    return FALSE;
  action = webkit_navigation_policy_decision_get_navigation_action (
    WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  address = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  if (g_strcmp0 (address, "about:blank") == 0)
    return FALSE;
  webkit_policy_decision_ignore (decision);
  g_signal_emit (self, pointed_signal, 0, address);
  return TRUE;
}

static void
pointed_cb (WebKitWebView       *view,
            WebKitHitTestResult *hit,
            guint                modifiers,
            RungsWebSheet       *self)
{
  g_signal_emit (self, pointed_signal, 0,
                 webkit_hit_test_result_context_is_link (hit)
                   ? webkit_hit_test_result_get_link_uri (hit)
                   : NULL);
}

static gboolean
refuse_cb (void)
{
  return TRUE;
}

static void
ended_cb (RungsWebSheet *self)
{
  g_signal_emit (self, failed_signal, 0);
}

static WebKitSettings *
new_settings (void)
{
  return webkit_settings_new_with_settings (
    "enable-javascript", FALSE, "enable-javascript-markup", FALSE, "enable-media", FALSE,
    "enable-webgl", FALSE, "enable-webaudio", FALSE, "enable-page-cache", FALSE,
    "enable-html5-database", FALSE, "enable-html5-local-storage", FALSE,
    "hardware-acceleration-policy", WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER, NULL);
}

static WebKitNetworkSession *
new_session (void)
{
  WebKitNetworkSession *session = webkit_network_session_new_ephemeral ();
  WebKitNetworkProxySettings *proxy = webkit_network_proxy_settings_new (NOWHERE, NULL);

  webkit_network_session_set_proxy_settings (session, WEBKIT_NETWORK_PROXY_MODE_CUSTOM, proxy);
  webkit_network_proxy_settings_free (proxy);
  return session;
}

/* ---- the class */

static void
rungs_web_sheet_dispose (GObject *object)
{
  RungsWebSheet *self = RUNGS_WEB_SHEET (object);
  GtkWidget *view = (GtkWidget *) self->view;

  self->view = NULL;
  g_clear_pointer (&view, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_web_sheet_parent_class)->dispose (object);
}

static void
rungs_web_sheet_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  RungsWebSheet *self = RUNGS_WEB_SHEET (widget);
  int shown = MIN (width, self->page_width);
  graphene_point_t at = GRAPHENE_POINT_INIT ((float) ((width - shown) / 2), 0);

  webkit_web_view_set_zoom_level (self->view, shown / (double) self->page_width);
  gtk_widget_allocate (GTK_WIDGET (self->view), shown, height, baseline,
                       gsk_transform_translate (NULL, &at));
}

static void
rungs_web_sheet_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (RUNGS_WEB_SHEET (widget)->view), orientation, -1, NULL, NULL,
                      NULL, NULL);
  *minimum = 200;
  *natural = 320;
}

static void
rungs_web_sheet_class_init (RungsWebSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_web_sheet_dispose;
  widget_class->measure = rungs_web_sheet_measure;
  widget_class->size_allocate = rungs_web_sheet_allocate;
  pointed_signal = g_signal_new ("pointed", RUNGS_TYPE_WEB_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  failed_signal = g_signal_new ("failed", RUNGS_TYPE_WEB_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
rungs_web_sheet_init (RungsWebSheet *self)
{
  g_autoptr (WebKitWebContext) context = webkit_web_context_new ();
  g_autoptr (WebKitNetworkSession) session = new_session ();
  g_autoptr (WebKitSettings) settings = new_settings ();

  self->page_width = 640;
  self->view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "web-context", context, "network-session",
                             session, "settings", settings, NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
  g_signal_connect_object (self->view, "decide-policy", G_CALLBACK (policy_asked_cb), self, 0);
  g_signal_connect_object (self->view, "mouse-target-changed", G_CALLBACK (pointed_cb), self, 0);
  g_signal_connect_object (self->view, "web-process-terminated", G_CALLBACK (ended_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self->view, "context-menu", G_CALLBACK (refuse_cb), NULL);
}

GtkWidget *
rungs_web_sheet_new (void)
{
  return g_object_new (RUNGS_TYPE_WEB_SHEET, NULL);
}

static void
replace (char       **text,
         const char  *pattern,
         const char  *by)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  char *replaced = g_regex_replace (regex, *text, -1, 0, by, 0, NULL);

  g_free (*text);
  *text = replaced;
}

/* The page with its colour scheme settled, and our policy in its head. */
static char *
settle (const char *html,
        gboolean    is_dark)
{
  char *page = g_utf8_make_valid (html, -1);

  replace (&page, "content=\"light dark\"", is_dark ? "content=\"dark\"" : "content=\"light\"");
  replace (&page, "color-scheme\\s*:\\s*light dark",
           is_dark ? "color-scheme: dark" : "color-scheme: light");
  replace (&page, "\\(\\s*prefers-color-scheme\\s*:\\s*dark\\s*\\)",
           is_dark ? "(min-width: 0)" : "(max-width: 0)");
  replace (&page, "<head>", "<head>" POLICY);
  return page;
}

void
rungs_web_sheet_show (RungsWebSheet *self,
                      const char    *html,
                      gboolean       is_dark,
                      int            width)
{
  const GdkRGBA dark = { 0.12f, 0.12f, 0.12f, 1 };
  const GdkRGBA light = { 1, 1, 1, 1 };
  g_autofree char *page = NULL;

  g_return_if_fail (RUNGS_IS_WEB_SHEET (self));
  g_return_if_fail (html != NULL);

  page = settle (html, is_dark);
  self->page_width = width;
  webkit_web_view_set_background_color (self->view, is_dark ? &dark : &light);
  webkit_web_view_load_html (self->view, page, NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

#else

struct _RungsWebSheet
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (RungsWebSheet, rungs_web_sheet, GTK_TYPE_WIDGET)

void
rungs_web_sheet_probe_async (GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             data)
{
  g_task_report_new_error (NULL, callback, data, rungs_web_sheet_probe_async, RUNGS_ERROR,
                           RUNGS_ERROR_NOT_FOUND, "Built without WebKitGTK");
}

static void
rungs_web_sheet_class_init (RungsWebSheetClass *klass)
{
  g_signal_new ("pointed", RUNGS_TYPE_WEB_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("failed", RUNGS_TYPE_WEB_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
rungs_web_sheet_init (RungsWebSheet *self)
{
}

GtkWidget *
rungs_web_sheet_new (void)
{
  return g_object_new (RUNGS_TYPE_WEB_SHEET, NULL);
}

void
rungs_web_sheet_show (RungsWebSheet *self,
                      const char    *html,
                      gboolean       is_dark,
                      int            width)
{
}

#endif

gboolean
rungs_web_sheet_probe_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
