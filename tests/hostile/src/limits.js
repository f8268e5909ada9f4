// SPDX-License-Identifier: GPL-3.0-or-later
/** What docs/protocol.md and docs/security.md promise, and what a busy machine adds to it. */

/** To authenticate, to finish a handshake, to send a request's head: from the connection on. */
export const handshakeWithin = 10_000;
/** What a turn for a handshake of TLS may take, in ms, with eight of them at once in each of two threads. */
export const encryptingTurn = 60 / 16;
/** A body after its head. */
export const bodyWithin = 40_000;
/** A connection without a request or an answer for so long is let go. */
export const silentAtMost = 75_000;
/** So is one whose client takes nothing of what was sent. */
export const unreadAtMost = 30_000;
/** How often the server pings its WebSockets; two pings without an answer end them. */
export const pingEvery = 30_000;
/** A command that its device could not begin yet is asked for again after this. */
export const unbegunAgain = 5_000;
/** The other end's answer to a close frame, and what was said last. */
export const goodbyeWithin = 5_000;
/** Timers are looked at once a second, and two busy processors add theirs. */
export const slack = 5_000;

/** The server's memory may grow by so much while it is attacked, and must come back to this above where it was. */
export const growthMiB = 64;
export const keptMiB = 32;

/** Round trips of those who work: never judged below this, because a busy test machine has moments of its own. */
export const roundTripFloor = 100;
/** The same for those who come anew: behind them stand TLS handshakes of strangers who came before. */
export const arrivalFloor = 500;

/** What the machine's own delays may add to that. */
export const machineAtMost = 200;

/** Files that the server may have open where a test fills it: few enough to be reached, as on a small machine. */
export const descriptors = 4_096;
