/* rungs-relay-plain.c: plain pages in English, for where the desktop has put up none. */

#include "rungs-relay-plain.h"

#define STYLE                                                                                     \
  "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;"                   \
  "padding:0 1rem;color:#1d1d1f;background:#fff}\n"                                               \
  "h1{font-size:1.6rem;line-height:1.2}\n"                                                        \
  "button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:.4rem;"                        \
  "background:#1c5fb0;color:#fff;cursor:pointer}\n"                                               \
  "button:focus-visible{outline:3px solid #1c5fb0;outline-offset:3px}\n"                          \
  "@media(prefers-color-scheme:dark){body{color:#f0f0f0;background:#1d1d1f}}"

/* So that it means the same as the button of a mail program (RFC 8058). */
#define ONE_CLICK "<input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\">"

char *
rungs_relay_plain_page (const char *title,
                        const char *text,
                        const char *form)
{
  g_autofree char *safe = g_markup_escape_text (text, -1);

  return g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                          "<title>%s</title>"
                          "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                          "<meta name=\"robots\" content=\"noindex\">"
                          "<style>" STYLE "</style></head>"
                          "<body><main><h1>%s</h1><p>%s</p>%s</main></body></html>\n",
                          title, title, safe, form != NULL ? form : "");
}

static const struct
{
  const char *title;
  const char *text;
  const char *button; /* (nullable): there is no form */
} PAGES[] = {
  [RUNGS_RELAY_PAGE_UNSUBSCRIBE] = { "Unsubscribe?",
                                     "You will get no more mail from us at this address.",
                                     "Unsubscribe" },
  [RUNGS_RELAY_PAGE_UNSUBSCRIBED] = { "You are unsubscribed",
                                      "You will get no more mail from us at this address.", NULL },
  [RUNGS_RELAY_PAGE_CONFIRM] = { "Please confirm",
                                 "Is this your address, and do you want our mail?",
                                 "Yes, confirm" },
  [RUNGS_RELAY_PAGE_CONFIRMED] = { "Thank you", "Your address is confirmed.", NULL },
  [RUNGS_RELAY_PAGE_GONE] = { "There is nothing here",
                              "The address is not complete, or counts no more.", NULL },
  [RUNGS_RELAY_PAGE_PROVE] = { "One more step",
                               "So that no machine fills in this form, please press the button.",
                               "Send" },
  [RUNGS_RELAY_PAGE_LATER] = { "Please try again later",
                               "This form was sent too often from where you are.", NULL },
};

char *
rungs_relay_plain_page_of (RungsRelayPageKind kind)
{
  g_autofree char *form = NULL;

  g_return_val_if_fail (kind < G_N_ELEMENTS (PAGES), NULL);

  if (PAGES[kind].button != NULL)
    form = g_strdup_printf ("<form method=\"post\" action=\"{{action}}\">{{hidden}}"
                            "%s<button>%s</button></form>",
                            kind == RUNGS_RELAY_PAGE_UNSUBSCRIBE ? ONE_CLICK : "",
                            PAGES[kind].button);
  return rungs_relay_plain_page (PAGES[kind].title, PAGES[kind].text, form);
}

char *
rungs_relay_plain_thanks (void)
{
  return rungs_relay_plain_page ("Thank you", "What you sent has reached us.", NULL);
}
