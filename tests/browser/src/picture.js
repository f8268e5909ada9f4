// SPDX-License-Identifier: GPL-3.0-or-later
import { PNG } from "pngjs";

/** How bright a picture is on average at a place of it, from 0 to 1. */
export function brightness(png, { x, y, width, height }) {
    const picture = PNG.sync.read(png);
    let sum = 0;
    for (let row = y; row < y + height; ++row) {
        for (let column = x; column < x + width; ++column) {
            const at = 4 * (row * picture.width + column);
            sum += picture.data[at] + picture.data[at + 1] + picture.data[at + 2];
        }
    }
    return sum / (3 * 255 * width * height);
}
