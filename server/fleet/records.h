// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/enrolment.h"
#include "server/fleet/tokenbook.h"

namespace muster::fleet {

/// The devices' own records: what they are called, and the tokens of those that people made for one. Lives in the fleet's thread.
class Records : public QObject
{
    Q_OBJECT

public:
    /// All of them must outlive this.
    Records(store::DeviceStore &store, Registry &registry, Enrolment &enrolment, History &history, EventStream &events, QObject *parent);

    /// Which devices there are beside those with keys, and what all are called. Blocks; before the fleet's thread starts.
    [[nodiscard]] Result<void> load();
    /// Whether there is a door for devices with tokens; where there is none, none are made. Call before the thread starts.
    void setTokensTaken(bool taken) { m_tokensTaken = taken; }
    /// For doors, from any thread.
    [[nodiscard]] const TokenBook &tokens() const { return m_tokens; }

    /// A device that people want to have, and that will show a token.
    struct Wish
    {
        QString id;   ///< empty: a random one
        QString name; ///< may be empty
        QString door; ///< the protocol that it will speak
    };
    /// Makes it. @return {id, token}: the token is told this once. Conflict where there is one of this id, InvalidParams
    [[nodiscard]] QFuture<Result<QJsonObject>> make(const Wish &wish, const Decider &by);
    /// Gives a device another token; the old one counts for nothing from now on, also where it is in use. @return {id, token}
    [[nodiscard]] QFuture<Result<QJsonObject>> renewToken(const QString &id, const Decider &by);
    /// Takes a device's token back: it is cut off, and may come again with a new one only. @return {id}
    [[nodiscard]] QFuture<Result<QJsonObject>> takeTokenBack(const QString &id, const Decider &by);
    /// @param name empty: none; then it is called by its id again. @return the device
    [[nodiscard]] QFuture<Result<QJsonObject>> rename(const QString &id, const QString &name, const Decider &by);

signals:
    /// The device's token, which its connection showed, is none any more.
    void tokenEnded(const QString &deviceId, const QString &reason);

private:
    [[nodiscard]] QFuture<Result<QJsonObject>> setToken(const QString &id, const QString &token, const Decider &by);
    void note(const QString &deviceId, const QString &name, const QString &by);

    store::DeviceStore &m_store;
    Registry &m_registry;
    Enrolment &m_enrolment;
    History &m_history;
    EventStream &m_events;
    TokenBook m_tokens;
    bool m_tokensTaken = true;
};

} // namespace muster::fleet
