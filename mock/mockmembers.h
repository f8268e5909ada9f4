// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockseed.h"

#include "client/values/values.h"

#include <QJsonObject>
#include <QList>

#include <optional>

namespace muster {

/// The devices of an invented fleet. What they measure is a function of (device, time): nothing is stored.
class MockMembers
{
public:
    enum class Fate : quint8 { Well, Warning, Failing, Offline, Never };
    /// In the place of a key: a secret that the device shows.
    struct Token
    {
        bool isGiven = true; ///< false: it was taken back
        qint64 changedAt = 0;
        QString changedBy;
    };
    struct Member
    {
        QString id;
        QString name; // what people call it; empty: by its id
        quint64 seed = 0;
        Fate fate = Fate::Well;
        QString trouble;            // the condition text of Warning and Failing
        qint64 offlineFor = 0;      // below 0: since after the origin
        std::optional<Token> token; // what it is trusted by, where that is no key
        bool pendingKey = false;
        quint64 keySeed = 0;
        QString acceptedBy;
        qint64 acceptedAt = 0;
    };

    /// @param origin the moment from which ages and outages count
    MockMembers(int devices, bool isHostile, qint64 origin);

    void setNow(qint64 now) { m_now = now; }
    [[nodiscard]] const QList<Member> &all() const { return m_list; }
    [[nodiscard]] const Member *find(const QString &id) const;
    /// What other parts know of a device; with an empty id where there is none.
    [[nodiscard]] mock::Device facts(const QString &id) const;
    /// Those that fit `text`, `state` and `level`, in the order of `sort`.
    [[nodiscard]] QList<const Member *> select(const QJsonObject &params) const;
    /// A device as the API shows it.
    [[nodiscard]] QJsonObject row(const Member &member) const;
    [[nodiscard]] QJsonObject machine(quint64 seed) const;
    /// Of the devices alone.
    [[nodiscard]] FleetCounts counts() const;
    [[nodiscard]] qint64 evidenceAt(const Member &member) const;
    /// NaN: a gap. @param field an ordinal of HealthField
    [[nodiscard]] double value(const Member &member, int field, qint64 time) const;
    [[nodiscard]] QJsonObject sampleOf(const Member &member, qint64 time) const;

    bool forget(const QString &id);
    /// A device that people want to have, and that has not come yet.
    void make(const QString &id, const QString &name, const QString &by);
    void rename(const QString &id, const QString &name);
    /// A device has another token, or none: it is cut off.
    void setToken(const QString &id, const Token &token);
    /// A person decided on the key that a device, known or not, came with. @param keySeed of the accepted key; 0: it was rejected
    void decideKey(const QString &id, quint64 keySeed);

private:
    [[nodiscard]] static QJsonObject reported(const Member &member);
    /// What differs in the row of a device with a token: it speaks mDash, and says less of itself.
    void putToken(const Member &member, const Token &token, QJsonObject &row) const;
    [[nodiscard]] Member *found(const QString &id);

    bool m_isHostile;
    qint64 m_origin;
    qint64 m_now = m_origin;
    QList<Member> m_list;
};

} // namespace muster
