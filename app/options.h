// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockbackend.h"
#include "protocol/rpc/result.h"

#include <QSize>
#include <QStringList>

#include <optional>

namespace muster {

/// What the desktop program was asked to do.
struct Options
{
    enum class Theme : quint8 { System, Dark, Light }; // the order of Theme.Mode in QML

    std::optional<MockBackend::Mode> mock;
    QString connectTo;     ///< address, several with commas, or a link; empty: none
    QString caCertificate; ///< PEM file; empty: the profile or the environment says
    QString screenshotFile;
    QString screenshotPage;
    std::optional<Theme> theme; ///< as it was last time where it is not named
    QString language;           ///< "de"; empty: as chosen, or as this machine has it
    double textScale = 0;       ///< 1.3 for 130; 0: as chosen
    QSize size;                 ///< invalid: the theme's own
    bool help = false;
    bool version = false;
};

/// @return the options, or InvalidParams in one sentence.
[[nodiscard]] Result<Options> parseOptions(const QStringList &arguments);
[[nodiscard]] QString usage();

} // namespace muster
