// SPDX-License-Identifier: GPL-3.0-or-later
#include "led.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static bool lit = false;

static void draw(void)
{
    printf("\r\x1b[K %s     \x1b[0m %s", lit ? "\x1b[48;2;255;190;60m" : "\x1b[48;2;70;70;70m", lit ? "on" : "off");
    fflush(stdout);
}

void led_show(bool on)
{
    lit = on;
    if (isatty(STDOUT_FILENO)) {
        draw();
    } else {
        printf("led: %s\n", on ? "on" : "off");
        fflush(stdout);
    }
}

void led_say(const char *format, ...)
{
    const bool terminal = isatty(STDOUT_FILENO);
    va_list arguments;
    if (terminal)
        fputs("\r\x1b[K", stdout);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    if (terminal)
        draw();
    fflush(stdout);
}
