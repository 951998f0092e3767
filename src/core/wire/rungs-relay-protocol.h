/* rungs-relay-protocol.h: what a desktop and its relay say to each other.
 *
 * HTTP/1.1 under "/relay/1/"; every request but the first carries "Authorization: Bearer KEY".
 *
 *   POST pair            {"code": "ABCD-EFGH"} -> {"key": "…", "relay": "UUID"}
 *                        The code is shown where the relay runs, and counts once. The key takes the
 *                        place of one that was given out before.
 *   GET health           -> {"relay": "UUID", "version": "0.1.0", "waiting": 3, "bytes": 4711,
 *                            "oldest_at": 1767168000000 or null, "published": "STAMP"}
 *   GET deliveries?after=ID&wait=SECONDS
 *                        -> what came in after that one, the oldest first, at most
 *                        RUNGS_RELAY_ANSWER_BYTES or one: for each "ID LENGTH\n", then so many
 *                        bytes in the form of wire/rungs-raw-delivery.h. Where there is none, the
 *                        answer waits for the next one, at most RUNGS_RELAY_WAIT_MOST seconds, and
 *                        is empty then.
 *   POST taken?through=ID
 *                        -> 204: the relay forgets them and all before. Nothing is forgotten
 *                        otherwise; ids rise, and are never given twice.
 *   PUT published        {"stamp": "…", "endpoints": [{"path": "stripe-x7…", "handshake": "…"}]}
 *                        -> 204: what the relay answers for from now on. An endpoint is reached at
 *                        "/in/PATH"; "handshake" (may be missing) is the word with which Meta asks
 *                        whether it is ours.
 *
 * A request that is refused has a body {"error": "…"} in English. */

#pragma once

#define RUNGS_RELAY_API "/relay/1/"
#define RUNGS_RELAY_IN "/in/"

#define RUNGS_RELAY_ANSWER_BYTES (4 * 1024 * 1024)
#define RUNGS_RELAY_WAIT_MOST 25
#define RUNGS_RELAY_PUBLISHED_MOST (1024 * 1024)
#define RUNGS_RELAY_DELIVERIES_TYPE "application/vnd.rungs.deliveries"
