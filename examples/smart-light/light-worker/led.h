// SPDX-License-Identifier: GPL-3.0-or-later
// The LED: a coloured block in the terminal, drawn anew in its place, and plain lines where standard output is no terminal.
#ifndef LIGHT_LED_H
#define LIGHT_LED_H

#include <stdbool.h>

void led_show(bool on);

// A line of what happens, above the block.
void led_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
