// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * Why a device did not do what it was asked. The generations have numbers of their own for the kinds: "method" (there is none of that
 * name), "arguments", "missing" (a key that is not there), "failed".
 */
export class Refusal extends Error {
    constructor(kind, message) {
        super(message);
        this.kind = kind;
    }
}
