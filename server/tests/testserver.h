// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/server.h"
#include "server/tests/testdevice.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>

namespace muster::test {

/// An answer of REST.
struct HttpAnswer
{
    int status = 0;
    QByteArray body;
    QJsonObject json;
    QByteArray cookie;
    [[nodiscard]] int errorCode() const
    {
        return json.value(QLatin1StringView("error")).toObject().value(QLatin1StringView("code")).toInt();
    }
};

/// A real server on loopback with an admin who is signed in.
class TestServer : public QObject
{
    Q_OBJECT

public:
    explicit TestServer(Settings settings = {});
    /// @return what stood in the way; empty for nothing
    [[nodiscard]] QString start();
    void stop() { server.reset(); }

    [[nodiscard]] HttpAnswer http(const QByteArray &verb, const QString &path, const QByteArray &body, const QString &token,
                                  const QHash<QByteArray, QByteArray> &headers = {});
    [[nodiscard]] HttpAnswer get(const QString &path) { return http("GET", path, {}, admin); }
    [[nodiscard]] HttpAnswer post(const QString &path, const QJsonObject &body = {});
    /// A new account's session token.
    [[nodiscard]] QString signedIn(const QString &user, const QString &role);
    [[nodiscard]] std::unique_ptr<TestDevice> device(const QString &id, const KeyPair &key);
    /// A device whose key was accepted, and that was told so; null where that failed.
    [[nodiscard]] std::unique_ptr<TestDevice> acceptedDevice(const QString &id, const KeyPair &key);
    /// Accepts the newest pending key of a device. @return its state
    [[nodiscard]] QString acceptKeyOf(const QString &id);
    [[nodiscard]] QByteArray cloudPem() const;

    QTemporaryDir folder;
    Settings settings;
    std::unique_ptr<Server> server;
    QNetworkAccessManager network;
    QString admin; ///< the admin's session token
};

/// The password of every account of the tests.
inline constexpr QLatin1StringView testPassword("correct horse 1");

} // namespace muster::test
