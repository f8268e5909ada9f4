// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/ansitext.h"
#include "client/values/states.h"

namespace muster {

/// What a line says of itself.
struct LineLevel
{
    states::LogLevel level = states::LogLevel::Unknown;
    bool continues = false; ///< it belongs to the line before: a stack trace, the detail of an error
};

/// The level by the forms in which programs write it: a member of a JSON object, level= of logfmt, syslog's <n>, a word at the head of the
/// line ("[error]", "ERROR:", "2026-03-14 … WARN …"), the letters of glog and Android. A word further on says nothing: "no error" is none.
/// @param line as readAnsi() gave it; a word at the head that is coloured by itself counts in any case
[[nodiscard]] LineLevel levelOf(const AnsiText &line);
[[nodiscard]] LineLevel levelOf(const QString &text);

} // namespace muster
