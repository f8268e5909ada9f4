// SPDX-License-Identifier: GPL-3.0-or-later
import { PNG } from "pngjs";

/** Mean and spread of each channel, 0 to 255, at a place of a picture. */
function ink(picture, { x, y, width, height }) {
    const left = Math.max(0, Math.round(x)), right = Math.min(picture.width, Math.round(x + width));
    const top = Math.max(0, Math.round(y)), bottom = Math.min(picture.height, Math.round(y + height));
    const sums = [0, 0, 0], squares = [0, 0, 0];
    for (let row = top; row < bottom; ++row) {
        for (let column = left; column < right; ++column) {
            const at = 4 * (row * picture.width + column);
            for (let channel = 0; channel < 3; ++channel) {
                sums[channel] += picture.data[at + channel];
                squares[channel] += picture.data[at + channel] ** 2;
            }
        }
    }
    const count = Math.max(1, (right - left) * (bottom - top));
    const mean = sums.map((sum) => sum / count);
    const spread = Math.max(...squares.map((square, channel) => Math.sqrt(Math.max(0, square / count - mean[channel] ** 2))));
    return { mean, spread };
}

/** How bright a picture is on average at a place of it, from 0 to 1. */
export function brightness(png, place) {
    return ink(PNG.sync.read(png), place).mean.reduce((sum, channel) => sum + channel, 0) / (3 * 255);
}

/** What is another a second later, or belongs to the one program alone. */
const live = /\bago\b|\bms$|just now|\bold\b|\d\d:\d\d:\d\d|\bfor \d|\bup \d|%|B\/s|\d GiB|^Theme: |^Load|^Live/;
/** Rows of lists are named by all that is in them: their texts are looked at one by one instead. */
const containers = new Set(["Window", "Row", "ListItem", "List", "Table", "PageTabList", "Grouping", "Chart", "Dialog"]);

/** Pixels; a word of body text fills several. */
const block = 24;
/** Of 255. Letters lie a fraction of a pixel elsewhere where another library draws them; what is missing differs by more. */
const blockMayDiffer = 30;
const mostBlocksDiffer = 6;
const mostBlocks = 0.975;
/** What is hidden, or in the colour of its background, has no spread. */
const spreadMayDiffer = 1.8;

const apart = (a, b) => Math.max(...a.mean.map((channel, i) => Math.abs(channel - b.mean[i])));

/**
 * Compares two pictures of the same state, drawn by different programs.
 * @param items what the page says it shows (Dashboard.screen()): each named thing is looked at by itself
 * @returns {string[]} what differs, in words
 */
export function differences(png, otherPng, items) {
    const pictures = [PNG.sync.read(png), PNG.sync.read(otherPng)];
    const [one, other] = pictures;
    if (one.width !== other.width || one.height !== other.height)
        return [`${one.width}x${one.height} and ${other.width}x${other.height} pixels`];
    const moving = items.filter((item) => live.test(item.text) && !containers.has(item.role));
    for (const picture of pictures) {
        for (const item of moving) {
            // A number grows by a digit, and what it stands in with it.
            for (let row = Math.max(0, item.y - 4); row < Math.min(picture.height, item.y + item.height + 4); ++row) {
                const from = 4 * (row * picture.width + Math.max(0, item.x - block)), to = 4 * (row * picture.width + Math.min(picture.width, item.x + item.width + block));
                picture.data.fill(128, from, to);
            }
        }
    }

    const found = [];
    let blocks = 0, alike = 0;
    for (let y = 0; y + block <= one.height; y += block) {
        for (let x = 0; x + block <= one.width; x += block) {
            const place = { x, y, width: block, height: block };
            const difference = apart(ink(one, place), ink(other, place));
            ++blocks;
            alike += difference <= mostBlocksDiffer ? 1 : 0;
            if (difference > blockMayDiffer)
                found.push(`the block at ${x},${y} by ${Math.round(difference)}`);
        }
    }
    if (alike < mostBlocks * blocks)
        found.push(`${blocks - alike} of ${blocks} blocks`);

    for (const item of items) {
        if (containers.has(item.role) || moving.some((masked) => masked.y < item.y + item.height + 4 && item.y < masked.y + masked.height + 4
            && masked.x - block < item.x + item.width && item.x < masked.x + masked.width + block))
            continue;
        const [a, b] = pictures.map((picture) => ink(picture, item));
        const ratio = (a.spread + 2) / (b.spread + 2);
        if (ratio > spreadMayDiffer || ratio < 1 / spreadMayDiffer || apart(a, b) > blockMayDiffer)
            found.push(`${item.role} "${item.text}": spread ${a.spread.toFixed(1)} and ${b.spread.toFixed(1)}, mean apart by ${apart(a, b).toFixed(1)}`);
    }
    return found;
}
