// SPDX-License-Identifier: GPL-3.0-or-later

/** One finger on the glass, as the browser gets it from a screen: what no tap of Playwright's can do. */
export class Finger {
    static async over(page) {
        const finger = new Finger();
        finger.session = await page.context().newCDPSession(page);
        return finger;
    }

    #send(type, points) {
        return this.session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    }

    down(x, y) {
        return this.#send("touchStart", [{ x, y }]);
    }
    move(x, y) {
        return this.#send("touchMove", [{ x, y }]);
    }
    up() {
        return this.#send("touchEnd", []);
    }
    /** The system takes the touch away: for a gesture of its own, or a call that comes. */
    cancel() {
        return this.#send("touchCancel", []);
    }

    /** Draws from one point to the other without letting go. */
    async drag(from, to, steps = 12) {
        await this.down(from.x, from.y);
        for (let step = 1; step <= steps; ++step)
            await this.move(from.x + ((to.x - from.x) * step) / steps, from.y + ((to.y - from.y) * step) / steps);
    }
}
