// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/settings.h"

class QCommandLineParser;

namespace muster {

/// `musterd user add`: adds an account, or a key or link to one that is there, while the server is stopped: for the first
/// set-up by script, and for the night in which nobody can sign in any more.
class UserAdd
{
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static Result<void> run(const QCommandLineParser &parser, const Settings &settings);
};

} // namespace muster
