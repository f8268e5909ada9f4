// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QObject>
#include <QUrl>

namespace muster {

/// The server within the desktop program: a technician starts `muster` and has all there is.
class EmbeddedServer : public QObject
{
    Q_OBJECT

public:
    struct Access
    {
        QUrl url;      ///< where it listens, on loopback
        QString token; ///< a session token or API key of the person at this machine
    };

    explicit EmbeddedServer(QObject *parent = nullptr);
    ~EmbeddedServer() override;

    /// Starts it in the user's own data folder, with its keys and databases made where they are missing.
    [[nodiscard]] Result<Access> start();
};

} // namespace muster
