// SPDX-License-Identifier: GPL-3.0-or-later
// Just enough JSON for a light: finds a member of an object in a text.
#ifndef LIGHT_JSON_H
#define LIGHT_JSON_H

// The value of the member with that name (without escapes in it) of the object at `object`; NULL where it is none, or has no such member.
const char *json_member(const char *object, const char *name);

// 1 for true, 0 for false, -1 for anything else and for NULL.
int json_bool(const char *value);

#endif
