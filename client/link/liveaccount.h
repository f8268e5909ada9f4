// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/account.h"

#include <QJsonObject>

namespace muster {

class LiveLink;
class RestClient;

/// Signs in to a real server over REST, and finds out at each attempt of the link who this is. A refused session and an unreachable
/// server are told apart by GET /api/v2/session.
class LiveAccount : public Account
{
    Q_OBJECT

public:
    /// @param rest where all of this is asked; it and `link` must outlive this
    LiveAccount(RestClient *rest, LiveLink *link, QObject *parent = nullptr);

public slots:
    void signIn(const QString &user, const QString &password) override;
    void redeem(const QString &tokenOrLink) override;
    void completeSetup(const QString &tokenOrLink, const QString &user, const QString &password) override;
    void signOut() override;

private:
    void identify();
    void askSession();
    void askSetup();
    void credentials(const QString &path, const QJsonObject &body);
    void sendCredentials(const QString &path, const QJsonObject &body);

    RestClient *m_rest;
    LiveLink *m_link;
    QString m_refusedLink;
};

} // namespace muster
