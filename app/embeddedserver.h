// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/keys.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace muster {

class Server;

/// The server within the desktop program: a technician starts `muster` and has all there is.
class EmbeddedServer : public QObject
{
    Q_OBJECT

public:
    struct Access
    {
        QUrl url;      ///< where it listens, on loopback
        QString token; ///< signs the person at this machine in, once: the token of a sign-in link
    };

    explicit EmbeddedServer(QObject *parent = nullptr);
    ~EmbeddedServer() override;

    /// Starts it in the user's own data folder, with its keys and databases made where they are missing.
    /// Whoever may use that folder is its admin: there is no account to make first.
    [[nodiscard]] Result<Access> start();

private:
    CryptoLibrary m_crypto;
    std::unique_ptr<Server> m_server;
};

} // namespace muster
