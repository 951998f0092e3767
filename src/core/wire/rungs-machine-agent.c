/* rungs-machine-agent.c: programs that ask for pages and follow links without anybody looking.
 *
 * One of these words stands in the name of nearly all of them: what they call themselves in their
 * makers' documentation, and the libraries that scripts are made with. A browser has none, but for
 * the telephones of Cubot. */

#include "wire/rungs-machine-agent.h"

#include <string.h>

static const char *const WORDS[] = {
  "bot", "crawl", "spider", "slurp", "scan", "preview", "fetch", "monitor", "check", "validator",
  "archiver", "headless", "phantomjs", "lighthouse", "curl/", "wget/", "python", "java/",
  "go-http-client", "okhttp", "libwww", "httpclient", "axios/", "node", "ruby", "perl", "php/",
  "guzzle", "aiohttp", "httpx", "scrapy", "winhttp", "proofpoint", "barracuda", "mimecast",
  "symantec", "trendmicro", "safelinks", "microsoft office", "skypeuri", "ggpht",
  "feedburner", "googleimageproxy", "yahoomailproxy", "facebookexternalhit", "whatsapp",
  "embedly", "bitdefender", "sophos", "fortiguard", "zscaler", "urldefense",
};

gboolean
rungs_machine_agent_is (const char *agent)
{
  g_autofree char *small = agent != NULL ? g_ascii_strdown (agent, -1) : NULL;

  if (small == NULL || *small == '\0')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      const char *found = strstr (small, WORDS[i]);

      if (found != NULL && !(found - small >= 2 && strncmp (found - 2, "cubot", 5) == 0))
        return TRUE;
    }
  return FALSE;
}
