// SPDX-License-Identifier: GPL-3.0-or-later
// What Qt 6.8 leaves to the page about fingers, keyboards on a screen and screen readers. Each guard says what happens without it.
"use strict";

(() => {
    // A touch that the browser takes back (QTBUG-141505, QTBUG-147635): Qt 6.8 fails on the event, keeps its point pressed for ever, and
    // no later touch is understood. It gets a release instead, far to the side: what lies under the finger is not pressed by it.
    const aside = 10000;
    addEventListener("pointercancel", (event) => {
        if (event.pointerType !== "touch" || !event.isTrusted)
            return;
        event.stopImmediatePropagation();
        const target = event.composedPath()[0];
        const {pointerId, pointerType, isPrimary, clientX, clientY} = event;
        for (const type of ["pointermove", "pointerup"])
            target.dispatchEvent(new PointerEvent(type, {pointerId, pointerType, isPrimary, clientX: clientX - aside, clientY, bubbles: true, composed: true}));
    }, true);

    // Qt lets go of a pointer that the browser has let go of already, which is an error of the page then.
    const release = Element.prototype.releasePointerCapture;
    Element.prototype.releasePointerCapture = function (id) {
        if (this.hasPointerCapture(id))
            release.call(this, id);
    };

    // A keyboard on the screen covers the page without telling Qt (QTBUG-128406): the page is made as high as what is left.
    const viewport = window.visualViewport;
    const screen = document.getElementById("screen");
    function fit() {
        const covered = window.innerHeight - viewport.height * viewport.scale;
        screen.style.height = covered > 1 ? `${viewport.height * viewport.scale}px` : "";
        screen.style.bottom = covered > 1 ? "auto" : "";
        // A browser scrolls the hidden field into view, and the dashboard out of it.
        if (covered > 1)
            scrollTo(0, 0);
    }
    viewport?.addEventListener("resize", fit);
    viewport?.addEventListener("scroll", fit);

    // Qt gives the focus of the browser to a hidden field whatever has its own focus, so that a tap on a button would bring the
    // keyboard up. The program says what it wants to be typed (see wasm/page.cpp): nothing, or a kind of text.
    const hiddenField = () => document.querySelector("body > input");
    let wanted = "none";
    window.musterKeyboard = (kind) => {
        const field = hiddenField();
        if (!field)
            return;
        const changed = kind !== wanted;
        wanted = kind;
        field.inputMode = kind;
        field.autocapitalize = "off";
        field.autocomplete = "off";
        field.spellcheck = false;
        field.tabIndex = -1;
        field.setAttribute("aria-label", document.title); // it has the focus: hidden from readers, it would be a place without a name
        // A keyboard comes with the focus, not with what changes under it.
        if (changed && kind !== "none" && document.activeElement === field) {
            field.blur();
            field.focus({preventScroll: true});
        }
    };

    // Some browsers take the focus away from the hidden field when the finger leaves the screen: the keyboard would close at once.
    screen.addEventListener("touchend", (event) => {
        if (wanted !== "none" && event.cancelable)
            event.preventDefault();
    }, {passive: false});
    addEventListener("focusout", (event) => {
        if (wanted === "none" || event.target !== hiddenField() || event.relatedTarget)
            return;
        queueMicrotask(() => {
            if (document.hasFocus() && document.activeElement === document.body)
                event.target.focus({preventScroll: true});
        });
    });

    // Qt's own bridge for screen readers would write the names of devices as HTML into the page, once somebody has pressed a button that it
    // hides in every window. reader.js is there instead: the button leaves the page before it is seen. It keeps a parent, out of which Qt
    // takes it when its window goes.
    const away = document.createElement("div");
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) {
        const root = attach.call(this, options);
        new MutationObserver(() => away.append(...root.querySelectorAll(".qt-window-a11y-container button"))).observe(root, {childList: true, subtree: true});
        return root;
    };

    // That bridge is the only one here that writes HTML: should it come to it after all, it writes text.
    Object.defineProperty(Element.prototype, "innerHTML", {
        get() {
            return this.textContent;
        },
        set(text) {
            this.textContent = text;
        },
    });
})();
