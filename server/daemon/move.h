// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/settings.h"

class QCommandLineParser;

namespace muster {

/// `musterd move --to PLACE`: copies all that a stopped server knows to another database, proves that it is the same there, and marks what is
/// left behind. `musterd move --undo` takes the mark away.
class Move
{
public:
    static void addOptions(QCommandLineParser &parser);
    /// Blocks until it is done; tells on the standard output. @return InvalidParams, Conflict, NotFound or Unavailable, with what to do
    [[nodiscard]] static Result<void> run(const QCommandLineParser &parser, const Settings &settings);
};

} // namespace muster
