// SPDX-License-Identifier: GPL-3.0-or-later
// Gives back what it gets: a round trip through another process that has nothing to do with the server. What that takes is the machine's.
import net from "node:net";

net.createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.pipe(socket);
}).listen(0, "127.0.0.1", function listening() {
    process.send(this.address().port);
});
process.on("disconnect", () => process.exit());
