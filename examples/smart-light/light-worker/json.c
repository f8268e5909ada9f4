// SPDX-License-Identifier: GPL-3.0-or-later
#include "json.h"

#include <string.h>

static const char *skip_space(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

// Behind the text that begins at `at` with its quotation mark; NULL where it does not end.
static const char *skip_text(const char *at)
{
    for (++at; *at != '"'; ++at) {
        if (*at == '\\')
            ++at;
        if (*at == '\0')
            return NULL;
    }
    return at + 1;
}

// Behind the value at `at`, whatever is nested in it; NULL where it does not end.
static const char *skip_value(const char *at)
{
    int depth = 0;
    do {
        at = skip_space(at);
        if (*at == '\0')
            return NULL;
        if (*at == '"') {
            at = skip_text(at);
            if (!at)
                return NULL;
        } else if (*at == '{' || *at == '[') {
            ++depth;
            ++at;
        } else if (*at == '}' || *at == ']') {
            --depth;
            ++at;
        } else if (*at == ',' || *at == ':') {
            ++at;
        } else {
            at += strcspn(at, " \t\r\n,:{}[]\""); // a number, true, false, null
        }
    } while (depth > 0);
    return at;
}

const char *json_member(const char *object, const char *name)
{
    const size_t length = strlen(name);
    const char *at = object ? skip_space(object) : NULL;
    if (!at || *at != '{')
        return NULL;
    at = skip_space(at + 1);
    while (*at == '"') {
        const char *key = at + 1;
        const char *end = skip_text(at);
        if (!end)
            return NULL;
        at = skip_space(end);
        if (*at != ':')
            return NULL;
        at = skip_space(at + 1);
        if ((size_t)(end - 1 - key) == length && strncmp(key, name, length) == 0)
            return at;
        at = skip_value(at);
        if (!at)
            return NULL;
        at = skip_space(at);
        if (*at != ',')
            return NULL;
        at = skip_space(at + 1);
    }
    return NULL;
}

int json_bool(const char *value)
{
    if (value && strncmp(value, "true", 4) == 0)
        return 1;
    if (value && strncmp(value, "false", 5) == 0)
        return 0;
    return -1;
}
