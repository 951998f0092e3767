/* rungs-relay-protocol.h: what a desktop and its relay say to each other.
 *
 * HTTP/1.1 under "/relay/1/"; every request but the first carries "Authorization: Bearer KEY".
 *
 *   POST pair            {"code": "ABCD-EFGH"} -> {"key": "…", "relay": "UUID"}
 *                        The code is shown where the relay runs, and counts once. The key takes the
 *                        place of one that was given out before.
 *   GET health           -> {"relay": "UUID", "version": "0.1.0", "waiting": 3, "bytes": 4711,
 *                            "oldest_at": 1767168000000 or null, "published": "STAMP",
 *                            "mail": "STAMP" or "", "partners": "STAMP" or ""}
 *   GET deliveries?after=ID&wait=SECONDS
 *                        -> what came in after that one, the oldest first, at most
 *                        RUNGS_RELAY_ANSWER_BYTES or one: for each "ID LENGTH\n", then so many
 *                        bytes in the form of wire/rungs-raw-delivery.h. Where there is none, the
 *                        answer waits for the next one, at most RUNGS_RELAY_WAIT_MOST seconds, and
 *                        is empty then.
 *   POST taken?through=ID
 *                        -> 204: the relay forgets them and all before. Nothing is forgotten
 *                        otherwise; ids rise, and are never given twice.
 *   PUT published        DOCUMENT -> 204: what the relay answers for from now on, whole. At most
 *                        RUNGS_RELAY_PUBLISHED_MOST.
 *
 *   PUT partners         {"stamp", "pages": [{"key", "html": a whole page, "styles":
 *                        ["sha256-…"]}]} -> 204: the private pages of partners from now on, all
 *                        of them: whoever asks for /partner/TOKEN gets the one whose key is the
 *                        SHA-256 of TOKEN, in hex. At most RUNGS_RELAY_PARTNERS_MOST. A relay whose
 *                        health does not tell of them has none
 *   PUT mail             {"stamp", "address": "https://relay.example", "from", "host", "port": 587,
 *                        "security": "starttls", "tls" or "none" (on its own machine only), "auth":
 *                        "none", "auto", "plain" or "login", "username", "password", "per_hour":
 *                        100} -> 204: the relay itself asks people to confirm their address from
 *                        now on, by this account. It keeps the password.
 *   DELETE mail          -> 204: it does not any more, and has forgotten the account. So it has
 *                        when it is paired again.
 *
 * A request that is refused has a body {"error": "…"} in English.
 *
 * DOCUMENT is an object; all but the first two members may be missing:
 *
 *   "stamp"      text: what "published" of `health` says from then on
 *   "endpoints"  [{"path": "stripe-x7…", "handshake": "…"}]: each is reached at "/in/PATH"; the
 *                handshake (may be missing) is the word with which Meta asks whether it is ours
 *   "link_keys"  [text]: rungs_link_key_to_text(), the newest first, at most 16
 *   "pages"      [{"kind", "language": "de", "html": a whole page, "styles": ["sha256-…"]}]: the
 *                one of the language that who asks prefers (?lang=, Accept-Language), else the
 *                first. Where there is none, the relay has a plain one in English. Kinds:
 *                  unsubscribe    GET /u/TOKEN: asks; what its form posts is the delivery's body
 *                  unsubscribed   after the POST
 *                  confirm, confirmed  the same of /c/TOKEN
 *                  gone           404: a link, form or page that is none, or no more
 *                  prove          a form was sent without a token that holds: its fields come
 *                                 again, hidden, with a button
 *                  later          429: too many of this address
 *                  landing        /p/SLUG: has "slug", and "variant": "", "ppc" or "email", chosen
 *                                 by ?v=VARIANT, else the first in this order
 *   "forms"      [{"slug", "least_seconds": 2, "bits": 14, "per_hour": 20, "trap": "name",
 *                "most": 0, "always": ["email"], "then": "https://…" or "", "languages":
 *                [{"language", "head", "fields": [{"key", "html"}], "tail", "thanks": a whole page,
 *                "styles": ["sha256-…"]}]}]: GET /f/SLUG is head, fields and tail. Asked are the
 *                fields "always" names, and of the others the first "most" (0: all) whose keys
 *                ?k=TOKEN (RUNGS_LINK_KNOWN) does not name. "bits": how much work a script does,
 *                0 to RUNGS_RELAY_BITS_MOST. "per_hour": submissions of one address; 0: any number
 *   "sources"    [{"code", "to": "https://…", "remember": "first", "last", "both" or "",
 *                "days": 30}]: GET /r/CODE leads there
 *
 * Slugs and codes are 1 to 64 of a-z, 0-9, - and _ (codes also of A-Z). "styles" are the hashes of
 * the <style> elements of a page, as a Content-Security-Policy names them; other styles (but for
 * style="…" on landing pages), scripts but "/f.js" (on forms and landing pages), frames and fonts
 * do not work there; pictures are from https: or data:. "/r/CODE/PATH" leads below where a source
 * leads, "/r/CODE?to=/PATH" elsewhere on the same site; what else stands behind "?" is passed on.
 *
 * A form of whose people it is asked that they confirm their address has "confirm_address",
 * "confirm_name" and "confirm_agreed": the names of the inputs of the address, of the first name,
 * and of what must be "yes"; and in each language "confirm", the message that asks for it, as MIME
 * without the headers Date, To and Message-ID, its texts in quoted-printable, and "confirm_named",
 * the same for whoever tells a first name. Where RUNGS_RELAY_MARK_LINK stands, the relay puts its
 * link (RUNGS_LINK_CONFIRM, whose rest is the SHA-256, in hex, of Rungs-Once), and the name for the
 * other two marks.
 *
 * In the html of pages, and in head, fields and tail of forms, the relay replaces, escaped:
 *
 *   {{action}}   where to post: "/u/TOKEN", "/f/SLUG?…" with what stood behind the "?"
 *   {{hidden}}   hidden inputs of its own; the form of "prove" consists of it and a button
 *   {{token}}    the time token, for <input type="hidden" name="rungs-token" value="{{token}}">
 *   {{language}} the language of the page
 *
 * Names of inputs that begin with "rungs-" are the relay's own, and no answers: "rungs-token",
 * "rungs-work", "rungs-language", "rungs-page" (where a snippet stood). An embedded or pasted form
 * is <form method="post" action="https://RELAY/f/SLUG" data-rungs>, with
 * <script src="https://RELAY/f.js" defer></script> or without; its attribute data-rungs-failed is
 * what the script says where sending fails.
 *
 * What comes in at addresses of the relay's own is a delivery as any other, without the headers
 * Cookie and Rungs-…, to which the relay adds:
 *
 *   POST /f/SLUG   Rungs-Form: SLUG. Rungs-Language: de. Rungs-Proof: work (a script has worked),
 *                  time (it took time to fill in) or step (a button was pressed). Rungs-Once: the
 *                  same for one submission that was sent twice. Rungs-Suspect: trap. Rungs-Touch:
 *                  CODE;FIRST;LAST for each source by which who sends it came, parted by "; ", in
 *                  milliseconds, the one that came last at the end
 *                  Rungs-Confirm: relay: the relay sends the message that asks to confirm, and the
 *                  desktop must not, until POST /m says otherwise
 *   POST /m        what became of such a message: {"once": SHA-256 in hex, "outcome": "sent",
 *                  "failed" (nobody has it: the desktop asks itself) or "doubt" (the mail server
 *                  may have it), "message_id", "to", "reply": the server's words}
 *   GET /l/TOKEN (or HEAD), POST /u/TOKEN, POST /c/TOKEN, GET /r/CODE…   Rungs-Language
 *   POST /v        visits, added up: {"from", "to": milliseconds, "counts": [{"path", "variant",
 *                  "code", "machine": true or false, "n"}]}. The path is "/p/SLUG", or of the
 *                  owner's site "www.example.com/prices" */

#pragma once

#define RUNGS_RELAY_API "/relay/1/"
#define RUNGS_RELAY_IN "/in/"
#define RUNGS_RELAY_FORM "/f/"
#define RUNGS_RELAY_PAGE "/p/"
#define RUNGS_RELAY_CLICK "/l/"
#define RUNGS_RELAY_UNSUBSCRIBE "/u/"
#define RUNGS_RELAY_CONFIRM "/c/"
#define RUNGS_RELAY_SOURCE "/r/"
#define RUNGS_RELAY_PARTNER "/partner/"
#define RUNGS_RELAY_VISIT "/v"
#define RUNGS_RELAY_LETTER "/m"

#define RUNGS_RELAY_FIELD_TOKEN "rungs-token"
#define RUNGS_RELAY_FIELD_WORK "rungs-work"
#define RUNGS_RELAY_FIELD_LANGUAGE "rungs-language"

/* In quoted-printable: U+E00A, U+E00B and, in HTML, U+E00C, which are nobody's letters. */
#define RUNGS_RELAY_MARK_LINK "=EE=80=8A"
#define RUNGS_RELAY_MARK_NAME "=EE=80=8B"
#define RUNGS_RELAY_MARK_NAME_HTML "=EE=80=8C"

#define RUNGS_RELAY_ANSWER_BYTES (4 * 1024 * 1024)
#define RUNGS_RELAY_WAIT_MOST 25
#define RUNGS_RELAY_PUBLISHED_MOST (16 * 1024 * 1024)
#define RUNGS_RELAY_PARTNERS_MOST (16 * 1024 * 1024)
#define RUNGS_RELAY_BITS_MOST 20
#define RUNGS_RELAY_DELIVERIES_TYPE "application/vnd.rungs.deliveries"
