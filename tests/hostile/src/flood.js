// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Writes `piece` again and again as fast as the other end takes it, and reads nothing.
 * @param socket of node:net or node:tls
 * @param settings `for`: ms; `most`: bytes
 * @returns bytes written; it ends early where the other end has enough
 */
export async function flood(socket, piece, { for: duration, most = Infinity }) {
    const end = performance.now() + duration;
    let sent = 0;
    while (performance.now() < end && sent < most && !socket.destroyed && socket.writable) {
        sent += piece.length;
        if (socket.write(piece)) {
            // Others in this thread have their turn.
            await new Promise((resolve) => setImmediate(resolve));
            continue;
        }
        await new Promise((resolve) => {
            const done = () => {
                clearTimeout(late);
                socket.off("drain", done).off("close", done).off("error", done);
                resolve();
            };
            const late = setTimeout(done, Math.max(0, end - performance.now()));
            socket.on("drain", done).on("close", done).on("error", done);
        });
    }
    return sent;
}
