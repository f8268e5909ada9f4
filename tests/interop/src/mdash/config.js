// SPDX-License-Identifier: GPL-3.0-or-later
import { Refusal } from "./refusal.js";

const isTree = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** A device's configuration: a tree with names like "wifi.sta.pass". What is set is lost by a reboot unless it was saved. */
export class Config {
    #tree;
    #saved;

    constructor(tree) {
        this.#tree = tree;
        this.save();
    }

    /** @returns a sub-tree or a scalar; all there is, secrets too, without `key` */
    get({ key } = {}) {
        let found = this.#tree;
        for (const step of key ? key.split(".") : []) {
            if (!isTree(found) || !Object.hasOwn(found, step)) throw new Refusal("missing", "invalid key");
            found = found[step];
        }
        return found;
    }

    /** Sets what is named and leaves the rest. Names that the firmware does not know are refused, and nothing is set then. */
    set({ config, value = config, key }) {
        if (value === undefined) throw new Refusal("arguments", "config is required");
        const wanted = (key ? key.split(".") : []).reduceRight((inner, step) => ({ [step]: inner }), value);
        const next = structuredClone(this.#tree);
        const merge = (into, from) => {
            if (!isTree(from)) throw new Refusal("arguments", "config is no object");
            for (const [name, one] of Object.entries(from)) {
                if (!Object.hasOwn(into, name)) throw new Refusal("missing", "invalid key");
                if (isTree(into[name])) merge(into[name], one);
                else into[name] = one;
            }
        };
        merge(next, wanted);
        this.#tree = next;
    }

    save() {
        this.#saved = structuredClone(this.#tree);
    }
    reboot() {
        this.#tree = structuredClone(this.#saved);
    }
}
