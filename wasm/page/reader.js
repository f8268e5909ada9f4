// SPDX-License-Identifier: GPL-3.0-or-later
// The window for screen readers: a mirror of what the program shows (wasm/mirror.h), as elements with roles and names that nobody sees, each
// where its item is drawn. Texts come from devices: they become text and values of attributes here, and nothing else.
"use strict";

(() => {
    const element = (id) => document.getElementById(id);
    const {word} = window.musterWords;
    const toggle = element("reader-switch");
    const mirror = element("mirror");
    const key = "reader"; // of the choice that is kept

    /** How long a line stays in a live region: readers take it up as it comes, and nobody is to find it later. */
    const stays = 10000;

    let program = null; // with the functions of wasm/reader.cpp, once it runs
    let isOn = false;
    const mirrored = new Map(); // by id: {node, kind, box, label, inside, target}
    let focus = 0;
    let focusState = "";

    // --- what is said ---

    /** @param isUrgent may interrupt what is being said */
    function say(text, isUrgent = false) {
        const line = document.createElement("p");
        line.textContent = text;
        element(isUrgent ? "said-at-once" : "said").append(line);
        setTimeout(() => line.remove(), stays);
    }

    const kinds = {
        button: "button", link: "link", checkbox: "check box", radio: "radio button", tab: "tab", menuitem: "menu item",
        menuitemcheckbox: "menu item", textbox: "text field", textarea: "text field", password: "password field", list: "list", listitem: "list item",
        table: "table", row: "row", dialog: "dialog", menu: "menu",
    };

    function statesOf(node) {
        const states = [];
        if (node.checked !== undefined && node.role !== "row")
            states.push(word(node.checked ? "checked" : "not checked"));
        if (node.selected)
            states.push(word("selected"));
        if (node.expanded !== undefined)
            states.push(word(node.expanded ? "expanded" : "collapsed"));
        if (node.readOnly)
            states.push(word("read only"));
        if (node.disabled)
            states.push(word("unavailable"));
        return states;
    }

    const named = (node) => [node.name, node.value === node.name ? "" : node.value].filter(Boolean).join(": ");
    const described = (node) => [named(node), word(kinds[node.role] ?? ""), ...statesOf(node)].filter(Boolean).join(", ");

    // --- elements ---

    const tags = {textbox: "input", password: "input", textarea: "textarea"};
    for (const role of ["button", "checkbox", "radio", "tab", "menuitem", "menuitemcheckbox"])
        tags[role] = "button";
    /** These say their text in an element of its own, beside what is in them. */
    const labelled = ["row", "listitem", "note"];
    /** The text of these is what is in them. */
    const worded = ["button", "link", "checkbox", "radio", "tab", "menuitem", "menuitemcheckbox", "heading", "text"];

    const isField = (node) => ["textbox", "password", "textarea"].includes(node.role);
    /** What cannot change without another element. */
    const kindOf = (node) => `${node.role}${node.pressable ? "!" : ""}`;

    function put(box, name, value) {
        if (value === undefined || value === null || value === "")
            box.removeAttribute(name);
        else if (box.getAttribute(name) !== String(value))
            box.setAttribute(name, value);
    }

    function write(box, text) {
        if (box.textContent !== text)
            box.textContent = text;
    }

    function make(node) {
        const box = document.createElement(tags[node.role] ?? "div");
        const made = {node, kind: kindOf(node), box, label: null, inside: box, target: box};
        box.dataset.id = node.id;
        if (box.tagName === "BUTTON")
            box.type = "button";
        if (node.role === "password")
            box.type = "password";
        if (isField(node)) {
            box.autocomplete = "off";
            box.spellcheck = false;
        } else if (node.role !== "button" && node.role !== "text") {
            // Rows of a table cannot be chosen, and have no name: those of a grid.
            box.setAttribute("role", node.role === "table" ? "grid" : node.role);
        }
        if (node.role === "heading")
            box.setAttribute("aria-level", "2");
        if (node.role === "dialog")
            box.setAttribute("aria-modal", "true");
        if (node.role === "link")
            box.tabIndex = 0;
        if (labelled.includes(node.role)) {
            made.label = document.createElement(node.pressable ? "button" : "span");
            made.inside = document.createElement("div");
            const own = node.role === "row" ? document.createElement("div") : made.label;
            if (own !== made.label) {
                own.append(made.label);
                own.setAttribute("role", "gridcell");
                made.inside.setAttribute("role", "gridcell");
            }
            box.append(own, made.inside);
            if (node.pressable) {
                made.label.type = "button";
                made.target = made.label;
            }
        }
        return made;
    }

    function fill(made, node, corner) {
        const {box} = made;
        made.node = node;
        if (made.label) {
            write(made.label, named(node));
            made.inside.hidden = !node.inside;
            if (node.role === "row")
                put(box, "aria-label", node.name);
        } else if (worded.includes(node.role)) {
            write(box, named(node));
        } else {
            put(box, "aria-label", node.name);
        }
        if (isField(node)) {
            // What a person types here is in the program before it tells of it again. Of a password, it tells how long it is.
            if (node.role === "password" ? !node.value : box.value !== (node.value ?? ""))
                box.value = node.value ?? "";
            box.readOnly = node.readOnly === true;
        }
        put(box, "aria-description", node.description);
        put(box, "aria-haspopup", node.popup);
        put(box, "aria-expanded", node.expanded);
        put(box, "aria-disabled", node.disabled);
        put(box, "aria-busy", node.busy);
        if (["row", "tab"].includes(node.role))
            put(box, "aria-selected", node.selected === true);
        else
            put(box, "aria-current", node.selected);
        if (node.role === "button")
            put(box, "aria-pressed", node.checked);
        else if (!labelled.includes(node.role))
            put(box, "aria-checked", node.checked);
        if (node.role === "progressbar")
            put(box, "aria-valuetext", node.value);
        const [x, y, width, height] = node.rect;
        Object.assign(box.style, {left: `${x - corner[0]}px`, top: `${y - corner[1]}px`, width: `${width}px`, height: `${height}px`});
    }

    /** What stays is not moved, and what has not changed is not written: a reader keeps its place. */
    function place(parent, nodes, corner) {
        let next = parent.firstElementChild;
        for (const node of nodes) {
            let made = mirrored.get(node.id);
            if (!made) {
                made = make(node);
                mirrored.set(node.id, made);
            }
            if (made.box === next)
                next = next.nextElementSibling;
            else
                parent.insertBefore(made.box, next);
            fill(made, node, corner);
            if (node.inside)
                place(made.inside, node.inside, node.rect);
        }
    }

    /** @param nodes see wasm/mirror.h; @param focused id of what has the program's focus */
    function show({nodes, focus: focused}) {
        const isInside = mirror.contains(document.activeElement);
        const now = new Map();
        const collect = (node) => {
            now.set(node.id, node);
            node.inside?.forEach(collect);
        };
        nodes.forEach(collect);
        for (const [id, {box, kind}] of mirrored) {
            if (now.has(id) && kindOf(now.get(id)) === kind)
                continue;
            box.remove();
            mirrored.delete(id);
        }
        place(mirror, nodes, [0, 0]);
        follow(focused, isInside);
    }

    /** @param isInside the browser's focus was in the mirror: it goes along. Else it is the program's, and what has it is said. */
    function follow(focused, isInside) {
        const made = mirrored.get(focused);
        const state = made ? statesOf(made.node).join(", ") : "";
        const moved = focused !== focus;
        const turned = !moved && state !== focusState;
        focus = focused;
        focusState = state;
        const isGone = isInside && !mirror.contains(document.activeElement);
        if (isGone || (isInside && moved && made))
            return lead(made?.target ?? mirror);
        if (made && moved)
            say(described(made.node));
        else if (made && turned)
            say(state || word("not selected"));
    }

    function lead(target) {
        if (!target.hasAttribute("tabindex") && !["BUTTON", "INPUT", "TEXTAREA"].includes(target.tagName))
            target.tabIndex = -1;
        target.focus({preventScroll: true});
    }

    // --- what is done in the mirror is done in the program ---

    const madeOf = (target) => mirrored.get(Number(target.closest("[data-id]")?.dataset.id));
    const wish = (made, what, text = "") => program?.musterWish(made.node.id, what, text);

    mirror.addEventListener("click", ({target}) => {
        const made = madeOf(target);
        if (made?.node.pressable && !isField(made.node))
            wish(made, "press");
    });
    mirror.addEventListener("input", ({target}) => wish(madeOf(target), "type", target.value));
    mirror.addEventListener("focusin", ({target}) => {
        const made = madeOf(target);
        if (made)
            wish(made, "focus");
    });
    mirror.addEventListener("keydown", (event) => {
        const made = madeOf(event.target);
        const inField = made !== undefined && isField(made.node);
        if (event.key === "Enter" && !event.isComposing && (made?.node.role === "link" || (inField && made.node.role !== "textarea"))) {
            event.preventDefault();
            return wish(made, inField ? "enter" : "press");
        }
        // The program's own keys hold here as well, but not those that a field, a button or the browser needs.
        const isOwn = /^(Escape|F\d+)$/.test(event.key) || (!inField && (event.ctrlKey || event.altKey || /^(Arrow|Page|Home|End)/.test(event.key)));
        if (!isOwn || event.metaKey)
            return;
        event.preventDefault();
        const {key: name, code, location, ctrlKey, shiftKey, altKey, repeat} = event;
        for (const type of ["keydown", "keyup"])
            document.querySelector("body > input")?.dispatchEvent(new KeyboardEvent(type, {key: name, code, location, ctrlKey, shiftKey, altKey, repeat, cancelable: true}));
    });

    // Qt takes the browser's focus whenever its own one moves: while a reader is here, it stays here, until somebody presses elsewhere.
    const isHere = () => isOn && (mirror.contains(document.activeElement) || document.activeElement === toggle);
    const takeFocus = HTMLElement.prototype.focus;
    HTMLElement.prototype.focus = function (options) {
        if (!isHere() || mirror.contains(this) || element("loader").contains(this))
            takeFocus.call(this, options);
    };
    addEventListener("pointerdown", (event) => {
        if (event.isTrusted && isHere() && event.target !== toggle)
            document.activeElement.blur();
    }, true);

    // --- on and off ---

    function turn(on) {
        isOn = on;
        toggle.textContent = word(on ? "Turn off the screen reader's view" : "Turn on the screen reader's view");
        program?.musterSetReading(on);
        if (!on)
            show({nodes: [], focus: 0});
    }

    toggle.addEventListener("click", () => {
        turn(!isOn);
        window.muster.choose(key, isOn ? "on" : "off");
        if (isOn)
            say(word("The screen reader's view is on."));
    });

    window.musterReader = {
        /** The program runs, and is seen. @param started its module */
        start: (started) => {
            program = started;
            toggle.hidden = false;
            turn(window.muster.choice(key) === "on");
            // The focus begins in the drawing, of which a reader knows nothing.
            if (!isOn)
                say(word("For screen readers: the first button of this page turns on their view."));
        },

        /** The program is no more. */
        stop: () => {
            program = null;
            toggle.hidden = true;
            turn(false);
        },

        show,
        say,
    };
})();
