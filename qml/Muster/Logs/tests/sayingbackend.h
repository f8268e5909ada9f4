// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "client/values/values.h"

#include <QHash>

namespace muster::test {

/// The connection to a server whose containers say what the test has them say.
class SayingLink : public Link
{
public:
    explicit SayingLink(ServerClock *clock)
        : Link(clock)
    {
        setState(State::Ready);
    }
    [[nodiscard]] QString serverAddress() const override { return {}; }
    void call(const QString &method, const QJsonObject &params, QObject *, const Reply &reply) override
    {
        if (method != QLatin1StringView("Live.Subscribe"))
            return;
        const QString container = params[QLatin1StringView("container")].toString();
        const QString id = QStringLiteral("s%1").arg(++m_lastId);
        if (refused.contains(container)) {
            reply(std::unexpected(refused[container]));
            return;
        }
        if (params[QLatin1StringView("topic")] == QLatin1StringView("logs")) {
            m_asked[container] = params;
            m_ids[container] = id;
        }
        reply(QJsonValue(QJsonObject{{QStringLiteral("subscription"), id}}));
    }
    /// Whole lines, each as "1 2026-03-14T09:41:02Z text\n".
    void say(const QString &container, const QString &text)
    {
        deliver(QStringLiteral("Live.Log"), {{QStringLiteral("subscription"), idOf(container)}, {QStringLiteral("text"), text}});
    }
    void end(const QString &container, const QJsonValue &error = QJsonValue::Null)
    {
        deliver(QStringLiteral("Live.LogEnd"), {{QStringLiteral("subscription"), idOf(container)}, {QStringLiteral("error"), error}});
    }
    void breakAndMend()
    {
        setState(State::Reconnecting);
        setState(State::Ready);
    }
    [[nodiscard]] QString idOf(const QString &container) const { return m_ids.value(container); }
    [[nodiscard]] QJsonObject asked(const QString &container) const { return m_asked.value(container); }
    [[nodiscard]] QStringList read() const { return m_ids.keys(); }

    void retryNow() override {}

    QHash<QString, Error> refused;

private:
    QHash<QString, QString> m_ids;
    QHash<QString, QJsonObject> m_asked;
    int m_lastId = 0;
};

/// Somebody is signed in, and stays so.
class StandingAccount : public Account
{
public:
    using Account::Account;
    void signIn(const QString &, const QString &) override {}
    void redeem(const QString &) override {}
    void completeSetup(const QString &, const QString &, const QString &) override {}
    void signOut() override {}
};

/// A server whose containers say what the test has them say.
class SayingBackend : public Backend
{
public:
    [[nodiscard]] SayingLink *link() override { return &m_link; }
    [[nodiscard]] Account *account() override { return &m_account; }
    [[nodiscard]] ServerClock *clock() override { return &m_clock; }
    [[nodiscard]] FleetWatch *fleet() override { return m_fleet; }

private:
    ServerClock m_clock;
    SayingLink m_link{&m_clock};
    StandingAccount m_account{&m_link};
    FleetWatch *m_fleet = new FleetWatch(&m_link);
};

} // namespace muster::test
